"""Who is said to say so, by language: "X said", "according to X", "said X"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from briefing.language.entities import CASED
from briefing.language.patterns import alternatives, word_list
from briefing.language.profile import profile
from briefing.language.reading import TextReading
from briefing.language.stopwords import stopwords
from briefing.language.tables import pattern_of, table
from briefing.language.vocabulary import WORD_END, bounded, sorted_words
from briefing.types import Sourcing


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to say so: `text[start:end]` is who, `text[cue_start:cue_end]` the words that say it.

    `name` is the name in it, if there is one; "unnamed" is a voice nobody could ring up ("reports", "sources"), and
    `is_pronoun` one that only the sentence before names.
    """

    start: int
    end: int
    cue_start: int
    cue_end: int
    sourcing: Sourcing
    name: str | None = None
    is_pronoun: bool = False


# Where who-said-it ends, going back from the verb or on from the preposition.
_TITLED = "".join(rf"(?<!\b(?-i:{title})\.)" for title in sorted(word_list("titles", "abbreviated")))
_CAPITAL = f"[{''.join(filter(str.isupper, map(chr, range(0x1F00))))}]"  # of Latin, also Vietnamese, Greek and Cyrillic
_MARK = rf"[,;:!?()“”„«»\"،؛。，：；！？「」\n—–]|(?<=\s)-(?=\s)|\.{_TITLED}(?<!\b(?-i:{_CAPITAL})\.)"
_REACH_CHARS = 90
_MOST_WORDS = 9
_LONG_WORDS = 5  # a source without a comma behind it that has more may be the beginning of what it says
_BEFORE_INVERSION = (",", '"', "”", "“", "»", "’", "—", "–", "-", "!", "?", "…")
_WORD_OF_NAME = rf"{_CAPITAL}[\w’'.-]*"
_NAME = re.compile(
    rf"(?:{_WORD_OF_NAME}|@\w+)(?:\s(?:(?:{alternatives('titles', 'particles')})\s)?(?:{_WORD_OF_NAME}))*"
)
# A paper's name, in quotation marks behind what it is: «газета „Вестник“ пишет».
_QUOTED_NAME = re.compile(rf"(?<=\w)\s[«“„\"]\s?{_CAPITAL}[^«»“”„\"\n.!?]{{1,50}}[»”“\"]\s*$")
# Behind "according to" a place still tells who it is: "a source in the ministry".
_KEEPS_PLACE = frozenset({"ar", "he"})
_NOWHERE = r"(?!)"


@dataclass(frozen=True, slots=True, eq=False)
class _Speech:
    """The words around who says so in one language, as patterns; what it has none of is found nowhere."""

    language: str
    has_capitals: bool
    has_articles: bool
    # A preposition, behind which the source stands, and verbs: of saying, and of what documents do ("shows that").
    source: re.Pattern[str]
    verb: re.Pattern[str]
    unnamed: re.Pattern[str]
    documents: re.Pattern[str]
    # With the groups `who` and `cue`: « …, a-t-il dit », 「商工会は…と発表した」, "ministeriön mukaan".
    inverted: tuple[re.Pattern[str], ...]
    reported: tuple[re.Pattern[str], ...]
    stop: re.Pattern[str]
    # Behind who says it, of a verb's subject and of a source: when, where and to whom it was said.
    trailing: re.Pattern[str]
    trailing_source: re.Pattern[str]
    leading: re.Pattern[str]
    # A passive ("is said", "was told") says that somebody said it of the subject, not that the subject said it.
    passive: re.Pattern[str]
    before: re.Pattern[str]
    # A verb of its own shows that what stands behind "said" is what was said: "said his predecessor had left".
    finite: re.Pattern[str]
    # The same without what is a relative word as well: "anunció el cierre que …" does not say that.
    that: re.Pattern[str]
    only_that: re.Pattern[str]
    relative: re.Pattern[str]
    determined: re.Pattern[str]
    indefinite: re.Pattern[str]
    counted: re.Pattern[str]
    # A name behind one of these belongs to somebody else: "le président du Sénat" is not the Senate.
    governed: re.Pattern[str]
    # Who holds an office or is an institution can be asked, though no name is given: "la chambre de commerce".
    office: re.Pattern[str]
    # Somebody, with whom or what they belong to: "de directeur van het Museum van Gent".
    somebody: re.Pattern[str]


@cache
def _speech(language: str) -> _Speech:
    def pattern(around: str, kind: str, *keys: str) -> re.Pattern[str]:
        words = "|".join(words for key in keys if (words := alternatives(kind, key, language)))
        return re.compile(around % f"(?:{words})" if words else _NOWHERE, re.IGNORECASE)

    def each(kind: str, key: str) -> tuple[re.Pattern[str], ...]:
        return tuple(map(re.compile, map(pattern_of, table(language, kind).get(key, ()))))

    whole, opening = rf"(?<!\w)%s{WORD_END}", r"^%s\s"
    nowhere, unnamed = re.compile(_NOWHERE), alternatives("sources", "unnamed", language)
    articles = alternatives("determiners", "articles", language)
    ends, trails = alternatives("clauses", "end", language), rf"(?<=\w)\s+%s{WORD_END}"
    return _Speech(
        language=language,
        has_capitals=profile(language).script in CASED,
        has_articles=bool(word_list("determiners", "subject", language)),
        source=sorted_words("sources", ("prepositions",), language) or nowhere,
        verb=sorted_words("reporting_verbs", ("saying", "showing"), language) or nowhere,
        unnamed=re.compile(bounded(unnamed, language), re.IGNORECASE) if unnamed else nowhere,
        documents=pattern(whole, "sources", "documents"),
        inverted=each("reporting_verbs", "inverted"),
        reported=each("reporting_verbs", "reported"),
        stop=re.compile(rf"{_MARK}|(?<!\w)(?:{ends}){WORD_END}" if ends else _MARK, re.IGNORECASE),
        trailing=pattern(trails, "reporting_verbs", "trails", "when"),
        trailing_source=pattern(trails, "reporting_verbs", *(["trails"] * (language not in _KEEPS_PLACE)), "when"),
        leading=pattern(r"(?:\s+%s(?!\w))+(?=\s)", "reporting_verbs", "when", "where"),
        passive=pattern(r"(?<!\w)%s(?:\s\w+ly)?\s*$", "reporting_verbs", "passive"),
        before=pattern(r"(?:(?:^|\s)%s)+\s*$", "reporting_verbs", "before", "when"),
        finite=pattern(r"(?<!\w)%s(?!\w)", "clauses", "finite"),
        that=pattern(rf",?\s*%s{WORD_END}", "clauses", "that"),
        only_that=_only_that(language),
        relative=pattern(r",\s%s(?!\w)", "clauses", "relative"),
        determined=_determined(language),
        indefinite=pattern(opening, "determiners", "indefinite"),
        counted=pattern(opening, "determiners", "counting"),
        governed=pattern(rf"(?<!\w)%s(?:{articles})?$", "determiners", "governing"),
        office=pattern(r"(?<!\w)%s(?!\w)", "titles", "offices"),
        somebody=_somebody(language),
    )


def _only_that(language: str) -> re.Pattern[str]:
    words = word_list("clauses", "that", language) - word_list("clauses", "relative", language)
    return re.compile(rf",?\s*(?:{'|'.join(sorted(words)) or _NOWHERE}){WORD_END}", re.IGNORECASE)


def _somebody(language: str) -> re.Pattern[str]:
    kinds = ("titles", "offices"), ("sources", "unnamed")
    nouns = "|".join(words for kind, key in kinds if (words := alternatives(kind, key, language))) or _NOWHERE
    belonging, articles = (alternatives("determiners", key, language) for key in ("governing", "articles"))
    whose = rf"\s(?i:{belonging or _NOWHERE})(?i:{articles})?\w[\w’'-]*"
    # "De Spaanse media": a capital behind an article may be an adjective's.
    adjective = _NOWHERE if profile(language).capital_nouns else rf"(?i:{articles or _NOWHERE}){_WORD_OF_NAME}\s\w+"
    who = rf"{adjective}|{_NAME.pattern}|(?i:{nouns})(?!\w)"
    return re.compile(rf"(?<!\w)(?:{who})(?:{whose}|\s{_WORD_OF_NAME})*")


def _determined(language: str) -> re.Pattern[str]:
    """What can be a subject behind its verb: a noun with an article, and nouns that need none ("police")."""
    articles = alternatives("determiners", "subject", language) or _NOWHERE
    bare = alternatives("determiners", "bare_subjects", language) or _NOWHERE
    return re.compile(rf"(?:{articles})(?:\s|(?<=[’']))\S|(?:{bare})$", re.IGNORECASE)


def attributions(line: TextReading) -> tuple[Attribution, ...]:
    """Who is said to say so, in the order of the words that say it: "X said", "according to X", "said X"."""
    text, lower, speech = line.text, line.lower, _speech(line.vocabulary)
    voices = [voice for cue in speech.source.finditer(lower) if (voice := _ahead(text, cue, speech))]
    for match in (match for pattern in speech.inverted for match in pattern.finditer(lower)):
        voices.append(Attribution(*match.span("who"), *match.span(), "named", None, is_pronoun=True))
    for match in (match for pattern in speech.reported for match in pattern.finditer(text)):
        voices += [voice for voice in _reported(text, match, speech) if not _is_taken(voice, voices)]
    for cue in speech.verb.finditer(lower):
        if speech.passive.search(text, max(0, cue.start() - 30), cue.start()):
            continue
        voice = _speaker(text, cue, speech)
        if voice and not _is_taken(voice, voices):
            voices.append(voice)
    return tuple(sorted(voices, key=lambda voice: voice.cue_start))


def knows_saying(language: str) -> bool:
    """Whether the verbs of saying of a language are known, so that a sentence without one can be its author's word."""
    rows = table(language, "reporting_verbs")
    return bool(rows.get("saying") or rows.get("reported"))


def names_in(line: TextReading) -> Iterator[tuple[int, str]]:
    """Where the runs of capitalised words begin in a line, and the runs, without an article before them."""
    if not _speech(line.vocabulary).has_capitals:
        return
    for match in _NAME.finditer(line.text):
        name = _bare(match.group().rstrip(".,'’-"), line.vocabulary)
        yield match.start() + match.group().find(name), name


def _is_taken(voice: Attribution, voices: Iterable[Attribution]) -> bool:
    """Whether one of the voices stands in the same place, or is told of by the same words."""
    return any(
        (voice.start < other.end and other.start < voice.end)
        or (voice.cue_start < other.cue_end and other.cue_start < voice.cue_end)
        for other in voices
    )


def _reported(text: str, match: re.Match[str], speech: _Speech) -> Iterator[Attribution]:
    voice = _voice(text, *match.span("who"), match, speech, is_source=True)
    if voice:
        yield replace(voice, cue_start=match.start("cue"), cue_end=match.end("cue"))


def _speaker(text: str, cue: re.Match[str], speech: _Speech) -> Attribution | None:
    """Whose verb it is: before it, at the sentence's opening, or behind it. Of "shows that", a document only."""
    voice = _behind(text, cue, speech)
    if cue.lastgroup == "showing":
        return voice if voice and speech.documents.search(text, voice.start, voice.end) else None
    return voice or _beside(text, cue, speech) or _after(text, cue, speech)


def _after(text: str, cue: re.Match[str], speech: _Speech) -> Attribution | None:
    """Who stands behind a verb of saying, as after a quotation: “…,” said X. Whom one told it to is somebody else."""
    language = speech.language
    if not profile(language).spaces or cue.group() in word_list("reporting_verbs", "told_to", language):
        return None
    order = profile(language).verb_first
    before = text[: _end_before(text, cue, speech) if order else cue.start()].rstrip()
    is_aside = before.endswith(_BEFORE_INVERSION)
    if before and not is_aside and not order:  # else only behind a quotation or a comma
        return None
    is_tag = before.rstrip(", ").endswith(_BEFORE_INVERSION[1:])
    voice = _ahead(text, cue, speech, is_subject=True, is_anybody=is_tag and not speech.has_articles)
    if voice is None or not speech.has_capitals:
        return voice
    who = text[voice.start : voice.end]
    if "‘" in text[cue.end() : voice.start]:
        return None
    first = who.split()[0]
    if first.lower() in word_list("pronouns", "behind_verb", language):
        return replace(voice, end=voice.start + len(first), sourcing="named", name=None, is_pronoun=True)
    # Where verbs may come first, a comma may part them from their own subject, and an object stands behind them.
    is_said = is_tag or (order != "may" and (is_aside or not before))
    is_said = is_said or speech.only_that.match(text, voice.end) is not None
    return voice if _is_subject(who, speech, is_aside=is_aside, is_said=is_said) else None


def _is_subject(who: str, speech: _Speech, *, is_aside: bool, is_said: bool) -> bool:
    """Whether it can be the subject behind its verb: "announced this year the bill" names nobody.

    `is_aside` tells that a mark stands before the verb, `is_said` that what is said stands beside it, so that a noun
    behind the verb is no object of it.
    """
    if speech.unnamed.match(who) or ((is_said or is_aside) and _TITLED_NAME.fullmatch(who)):
        return True
    is_office = speech.office.search(" ".join(who.split()[:3])) is not None
    if speech.determined.match(who):
        return is_said or is_office
    if not speech.has_articles and (is_said or (is_aside and is_office)):
        return not _opens_with_adverbial(who, speech)
    return who[:1].isupper() and (is_said or not profile(speech.language).capital_nouns)


# "Said director Ola Finn".
_TITLED_NAME = re.compile(rf"[^\W\d_][\w’'-]{{3,}}\s{_NAME.pattern}")


def _ahead(
    text: str, cue: re.Match[str], speech: _Speech, *, is_subject: bool = False, is_anybody: bool = False
) -> Attribution | None:
    """Who stands behind the cue, without the time and place of saying it: up to the clause's end.

    Behind a verb it must be its subject: what runs on without an end, or has a verb of its own, is what was said.
    `is_anybody` takes a noun without an article for a voice, too.
    """
    is_arabic = speech.language == "ar"
    # Behind the time that may stand between a verb and its subject: "informó este martes el ayuntamiento".
    time = speech.leading.match(text, cue.end()) if is_subject else None
    start = time.end() if time else cue.end()
    stop = speech.stop.search(text, start, start + _REACH_CHARS)
    end = stop.start() if stop else min(len(text), start + _REACH_CHARS)
    trailing = (speech.trailing if is_subject else speech.trailing_source).search(text, start, end)
    if trailing:
        end = trailing.start()
    if not is_subject:
        end = _end_of_source(text, start, end, speech)
    if is_subject and is_arabic and not _is_clause_of_saying(stop):
        end = start + _end_of_arabic_subject(text[start:end])
    spans = [match.span() for match in _RUN.finditer(text, start, end)][: _MOST_WORDS + 2]
    if not spans:
        return None
    is_open = not (stop or trailing or end == len(text) or is_arabic)
    if is_subject and (is_open or speech.finite.search(text, spans[0][0], spans[-1][1])):
        return None
    return _voice(text, spans[0][0], spans[-1][1], cue, speech, is_source=not is_subject or is_anybody)


_RUN = re.compile(r"\S+")


def _end_of_source(text: str, start: int, end: int, speech: _Speech) -> int:
    """Where the clause goes on behind a source without a comma: at its verb.

    That may be any word where it stands second; there, and where a source is long, it ends where somebody ends.
    """
    verb = speech.finite.search(text, start, end)
    goes_on = verb is not None and bool(text[start : verb.start()].strip())
    if verb and goes_on:
        end = verb.start()
    order = profile(speech.language).verb_first
    if order == "second" or (order == "may" and (goes_on or len(text[start:end].split()) > _LONG_WORDS)):
        somebody = speech.somebody.search(text, start, end)
        return somebody.end() if somebody else end
    return end


def _is_clause_of_saying(stop: re.Match[str] | None) -> bool:
    """Whether "that" ends it, so that all before is the subject."""
    return stop is not None and stop.group() in word_list("clauses", "that")


def _end_of_arabic_subject(who: str) -> int:
    """The end of the first noun phrase: up to its first definite word and the definite words behind that.

    What follows without an article is the object ("أعلنت بلدية الواحة عودة المياه"), where no "that" parts the two.
    """
    end, is_definite = len(who), False
    for match in _RUN.finditer(who):
        word = match.group().removeprefix("و")
        if is_definite and not word.startswith("ال"):
            return end
        is_definite = is_definite or word.startswith(("ال", "لل"))
        end = match.end()
    return end


def _beside(text: str, cue: re.Match[str], speech: _Speech) -> Attribution | None:
    """Who opens the sentence, where words between commas part it from its verb: "Pope Francis, who …, told …"."""
    before = text[: cue.start()].rstrip()
    first = text.find(",", 0, _REACH_CHARS)
    if not before.endswith(",") or not 0 < first < len(before) - 1 or not speech.has_capitals:
        return None
    dateline = _DATELINE.match(text)
    start = dateline.end() if dateline else 0
    who = text[start:first].strip()
    if not 0 < len(who.split()) <= _MOST_WORDS or speech.finite.search(who) or any(mark in who for mark in '“”"«»'):
        return None
    is_relative = speech.relative.match(text, first) is not None
    # Where the verb stands second, what was said may stand before it: "Wir gehen, …, sagte Anna."
    may_be_said = profile(speech.language).verb_first == "second" and not speech.that.match(text, cue.end())
    if may_be_said and not (_NAME.fullmatch(who) or _TITLED_NAME.fullmatch(who)):
        return None
    if _opens_with_adverbial(who, speech) or not any(
        " " in name.group() or (is_relative and name.group() == who) for name in _NAME.finditer(who)
    ):
        return None
    at = text.index(who, start)
    return _voice(text, at, at + len(who), cue, speech)


_DATELINE = re.compile(r"(?:[A-Z][\w, ]{0,30})?\([A-Z]{2,9}\)\s?(?:[-–—]+\s)?")


def _opens_with_adverbial(who: str, speech: _Speech) -> bool:
    return who.split()[0].lower() in word_list("clauses", "opening", speech.language)


def _behind(text: str, cue: re.Match[str], speech: _Speech) -> Attribution | None:
    """Who stands before the verb: back to the clause's beginning; nobody where verbs come first."""
    order = profile(speech.language).verb_first
    if order == "always":
        return None
    low, end = max(0, cue.start() - _REACH_CHARS), _end_before(text, cue, speech)
    marked = _QUOTED_NAME.search(text, low, end)
    *_, stop = (None, *speech.stop.finditer(text, low, marked.start() if marked else end))
    if stop and speech.relative.fullmatch(f", {stop.group()}") and not speech.that.fullmatch(stop.group()):
        return None  # "the people who live there say": what stands behind "who" is no subject
    start = stop.end() if stop else text.find(" ", low, end) + 1 if low else 0
    who = text[start:end].rstrip()
    words = who.split()
    if words and words[-1].lower() in word_list("pronouns", "subject", speech.language):
        start, who = start + len(who) - len(words[-1]), words[-1]  # "this time she said"
    elif not 0 < len(words) <= _MOST_WORDS or (order and _opens_with_adverbial(who, speech)):
        return None
    begin = start + len(who) - len(who.lstrip())
    return _voice(text, begin, start + len(who), cue, speech)


def _end_before(text: str, cue: re.Match[str], speech: _Speech) -> int:
    """Where what stands before a verb ends, without auxiliaries, time and an aside: "Ann Lee (43) has since said"."""
    low = max(0, cue.start() - _REACH_CHARS)
    between = speech.before.search(text, low, cue.start())
    aside = _ASIDE.search(text, low, between.start() if between else cue.start())
    return aside.start() if aside else between.start() if between else cue.start()


_ASIDE = re.compile(r"(?<=\w)\s\([^()]{1,60}\)\s*$")


def _voice(
    text: str, start: int, end: int, cue: re.Match[str], speech: _Speech, *, is_source: bool = False
) -> Attribution | None:
    while start < end and text[start] in _LEADING_MARKS:
        start += 1
    end = start + len(text[start:end].rstrip())
    who = text[start:end]
    if not who or who.lower().split()[-1] in word_list("sources", "no_subject", speech.language):
        return None
    first, pronouns = who.split()[0], word_list("pronouns", "subject", speech.language)
    if is_source and first.lower() in pronouns and not speech.determined.match(who):
        end = start + len(first)
        who = first
    if who.lower() in pronouns:
        return Attribution(start, end, *cue.span(), "named", None, is_pronoun=True)
    if is_source and (verb := speech.verb.match(who.lower())) and verb.end() < len(who):
        return _voice(text, start + verb.end() + 1, end, cue, speech, is_source=True)
    is_vague = speech.unnamed.search(who) is not None
    is_anybody = is_vague and (not speech.has_capitals or speech.counted.match(who))
    name = None if is_anybody else _name(text, start, end, speech)
    if name:
        return Attribution(start, end, *cue.span(), "named", name)
    if not is_vague and speech.office.search(who) and not speech.indefinite.match(who):
        return Attribution(start, end, *cue.span(), "named")
    is_noun = not stopwords(speech.language).issuperset(who.lower().split())
    says = speech.that.match(text, cue.end()) or (not speech.has_articles and _MARKED.match(text, cue.end()))
    if is_vague or is_source or speech.determined.match(who) or (is_noun and says):
        return Attribution(start, end, *cue.span(), "unnamed")
    return None


_MARKED = re.compile(r"\s*(?:[.,:!?…\"“”„«»]|$)")
_LEADING_MARKS = " \t\n\u00a0’'‘-,"


def _name(text: str, start: int, end: int, speech: _Speech) -> str | None:
    """The name in `text[start:end]`: a run of capitalised words; the first word of a sentence needs a second one."""
    who, language = text[start:end].strip(), speech.language
    if not speech.has_capitals:
        return who or None
    if language == "en" and _ENDS_IN_NOUN.search(who) and _ENDS_IN_NOUN.search(_OF.split(who, maxsplit=1)[0]):
        return None
    for match in _NAME.finditer(who):
        name = _POSSESSOR.sub("", match.group()).rstrip(".,'’-")
        name = _bare(name, language)
        if len(name) < 2 or speech.unnamed.fullmatch(name) or speech.governed.search(who, 0, match.start()):
            continue
        if " " not in name and not _stands_alone(text, start, who, match, language):
            continue
        if language == "en" and _BEFORE_NOUN.match(who, match.end()):
            continue
        return name
    return None


_POSSESSOR = re.compile(r"^.*[’']s\s(?=\S+\s)")
# "Manchester City boss Pep Guardiola": a name before a noun before a name is no speaker.
_BEFORE_NOUN = re.compile(r"\s[a-z]{3,}(?:\s[a-z]+)?\s[A-Z]")


def _bare(name: str, language: str) -> str:
    """Without the conjunction or article before it: "And Attorney General Eric Holder", "The McLaren"."""
    first, _, rest = name.partition(" ")
    return rest if rest[:1].isupper() and first.lower() in stopwords(language) else name


# In English a name that a noun follows only tells of what: "the North High School principal", "Croatian police".
_ENDS_IN_NOUN = re.compile(r"[A-Z].*\s[a-z]{3,}$")
_OF = re.compile(rf"\s(?:{alternatives('determiners', 'behind_noun', 'en')})\s")


def _stands_alone(text: str, start: int, who: str, match: re.Match[str], language: str) -> bool:
    """Whether a single capitalised word is a name: no stop word, and no adjective ("Canadian men") of what follows."""
    name, rest = match.group(), who[match.end() :].split()
    if name.lower() in stopwords(language) or name.lower() in word_list("question_types", "asking", language):
        return False
    if match.start() == 0 and _opens_sentence(text, start):
        return not rest
    if rest and rest[0][0].isdigit():
        return False
    return not rest or not rest[0].isalpha() or not rest[0].islower() or rest[0] in stopwords(language)


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip()[-1:]
    return before == "" or before in '.!?…\n“"«'
