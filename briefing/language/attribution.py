"""Who is said to say so, by language: "X said", "according to X", "said X"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from briefing.language.entities import CASED
from briefing.language.patterns import alternatives, word_list
from briefing.language.profile import profile
from briefing.language.reading import TextReading
from briefing.language.stopwords import stopwords
from briefing.language.vocabulary import bounded, compiled
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
_MARK = rf"[,;:!?()“”„«»\"،؛。，：；！？「」\n—–]|\.{_TITLED}(?<!\b(?-i:[A-Z])\.)"
_STOP = re.compile(rf"{_MARK}|(?<!\w)(?:{alternatives('clauses', 'end')})(?!\w)", re.IGNORECASE)
_REACH_CHARS = 90
_MOST_WORDS = 9
_BEFORE_INVERSION = ("", ",", '"', "”", "“", "»", "’", "—", "–", "-", "!", "?", "…")
# A passive ("is said", "was told") says that somebody said it of the subject, not that the subject said it.
_PASSIVE = re.compile(rf"(?<!\w)(?:{alternatives('reporting_verbs', 'passive')})(?:\s\w+ly)?\s*$", re.IGNORECASE)
_BEFORE_VERB = re.compile(rf"(?:\s(?:{alternatives('reporting_verbs', 'before')}))+\s*$", re.IGNORECASE)
_DETERMINED = re.compile(
    rf"(?:{alternatives('determiners', 'subject')})(?:\s|(?<=[’']))\S"
    rf"|(?:{alternatives('determiners', 'bare_subjects')})$",
    re.IGNORECASE,
)
_WORD_OF_NAME = r"[A-ZÀ-ÖØ-ÞĐА-ЯЁІЇЄҐ][\w’'.-]*"
_NAME = re.compile(
    rf"(?:{_WORD_OF_NAME}|@\w+)(?:\s(?:(?:{alternatives('titles', 'particles')})\s)?(?:{_WORD_OF_NAME}))*"
)


@cache
def _cues(language: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    cues = (alternatives("sources", "prepositions", language), alternatives("reporting_verbs", "saying", language))
    source, saying = (compiled(words, language) if words else None for words in cues)
    return source, saying


@cache
def _unnamed(language: str) -> re.Pattern[str] | None:
    words = alternatives("sources", "unnamed", language)
    return re.compile(bounded(words, language), re.IGNORECASE) if words else None


@cache
def _inverted(language: str) -> tuple[re.Pattern[str], ...]:
    """« …, a-t-il dit », « …, ajoute-t-on »"""
    words = word_list("reporting_verbs", "inverted", language)
    return tuple(re.compile(rf"(?<!\w)(?:{verb})(?!\w)") for verb in words)


@cache
def _reported(language: str) -> re.Pattern[str] | None:
    """「商工会は…と発表した」"""
    words = alternatives("reporting_verbs", "reported", language)
    return re.compile(words) if words else None


def attributions(line: TextReading) -> tuple[Attribution, ...]:
    """Who is said to say so, in the order of the words that say it: "X said", "according to X", "said X"."""
    text, lower, known = line.text, line.lower, line.vocabulary
    source, saying = _cues(known)
    voices = [voice for match in _matches(source, lower) if (voice := _ahead(text, match, known))]
    for match in (match for pattern in _inverted(known) for match in pattern.finditer(lower)):
        voices.append(Attribution(*match.span("who"), *match.span(), "named", None, is_pronoun=True))
    for match in _matches(_reported(known), text):
        voices.append(Attribution(*match.span("who"), *match.span("cue"), "named", match["who"]))
    for match in _matches(saying, lower):
        if _PASSIVE.search(text, max(0, match.start() - 30), match.start()):
            continue
        voice = _behind(text, match, known) or _beside(text, match, known) or _after(text, match, known)
        if voice and not any(voice.start < other.end and other.start < voice.end for other in voices):
            voices.append(voice)
    return tuple(sorted(voices, key=lambda voice: voice.cue_start))


def _after(text: str, cue: re.Match[str], language: str) -> Attribution | None:
    """Who stands behind a verb of saying, as after a quotation: “…,” said X. Whom one told it to is somebody else."""
    if not profile(language).spaces or cue.group() in word_list("reporting_verbs", "told_to"):
        return None
    before = text[: cue.start()].rstrip()[-1:]
    if not profile(language).verb_first and before not in _BEFORE_INVERSION:  # else only behind a quotation or a comma
        return None
    voice = _ahead(text, cue, language, is_subject=True)
    if voice is None or not _has_capitals(language):
        return voice
    unnamed, who = _unnamed(language), text[voice.start : voice.end]
    is_vague = unnamed is not None and unnamed.match(who) is not None
    return voice if is_vague or _opens_with_name(who) else None


def _has_capitals(language: str) -> bool:
    return profile(language).script in CASED


def _opens_with_name(who: str) -> bool:
    """Whether it can be the subject behind its verb: "announced this year the bill" names nobody."""
    return (
        who[:1].isupper() or _DETERMINED.match(who) is not None or who.lower() in word_list("pronouns", "behind_verb")
    )


def _matches(pattern: re.Pattern[str] | None, text: str) -> Iterator[re.Match[str]]:
    return pattern.finditer(text) if pattern else iter(())


def _ahead(text: str, cue: re.Match[str], language: str, *, is_subject: bool = False) -> Attribution | None:
    """Who stands behind the cue, without the time and place of saying it: up to the clause's end.

    Behind a verb it must be its subject: what runs on without an end, or has a verb of its own, is what was said.
    """
    start = _start_of_name(text, cue.end(), language) if is_subject else cue.end()
    stop = _STOP.search(text, start, start + _REACH_CHARS)
    end = stop.start() if stop else min(len(text), start + _REACH_CHARS)
    who = text[start:end]
    trailing = _trailing(language, is_subject).search(who)
    if trailing:
        end = start + trailing.start()
    if is_subject and language == "ar" and not _is_clause_of_saying(stop):
        end = start + _end_of_arabic_subject(text[start:end])
    spans = [match.span() for match in _RUN.finditer(text, start, end)][: _MOST_WORDS + 2]
    if not spans:
        return None
    is_open = not (stop or trailing or end == len(text) or language == "ar")
    verb = _FINITE.search(text, spans[0][0], spans[-1][1]) if is_subject else None
    return None if is_subject and (is_open or verb) else _voice(text, spans[0][0], spans[-1][1], cue, language)


_RUN = re.compile(r"\S+")
# A verb of its own shows that what stands behind "said" is what was said: "said his predecessor had reopened a door".
_FINITE = re.compile(rf"(?<!\w)(?:{alternatives('clauses', 'finite')})(?!\w)")
# Behind "according to" a place still tells who it is: "a source in the ministry".
_KEEPS_PLACE = frozenset({"ar", "he"})


@cache
def _trailing(language: str, is_subject: bool) -> re.Pattern[str]:
    """Where what stands behind a name begins: when, where and to whom it was said."""
    parts = [words for key in ("trails", "when") if (words := alternatives("reporting_verbs", key, language))]
    if not is_subject and language in _KEEPS_PLACE:
        parts = parts[1:]
    return re.compile(rf"(?<=\w)\s+(?:{'|'.join(parts)})(?!\w)" if parts else r"(?!)", re.IGNORECASE)


@cache
def _leading(language: str) -> re.Pattern[str] | None:
    parts = [words for key in ("when", "where") if (words := alternatives("reporting_verbs", key, language))]
    return re.compile(rf"(?:\s+(?:{'|'.join(parts)})(?!\w))+(?=\s)", re.IGNORECASE) if parts else None


def _start_of_name(text: str, start: int, language: str) -> int:
    """Behind the time that may stand between a verb and its subject: "informó este martes el ayuntamiento"."""
    pattern = _leading(language)
    match = pattern.match(text, start) if pattern else None
    return match.end() if match else start


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


def _beside(text: str, cue: re.Match[str], language: str) -> Attribution | None:
    """Who opens the sentence, where words between commas part it from its verb: "Pope Francis, who …, told …"."""
    before = text[: cue.start()].rstrip()
    first = text.find(",", 0, _REACH_CHARS)
    if not before.endswith(",") or not 0 < first < len(before) - 1 or not _has_capitals(language):
        return None
    dateline = _DATELINE.match(text)
    start = dateline.end() if dateline else 0
    who = text[start:first].strip()
    if not 0 < len(who.split()) <= _MOST_WORDS or _FINITE.search(who) or any(mark in who for mark in '“”"«»'):
        return None
    is_relative = _RELATIVE.match(text, first) is not None
    if who.split()[0].lower() in word_list("clauses", "opening") or not any(
        " " in name.group() or (is_relative and name.group() == who) for name in _NAME.finditer(who)
    ):
        return None
    at = text.index(who, start)
    return _voice(text, at, at + len(who), cue, language)


_DATELINE = re.compile(r"(?:[A-Z][\w, ]{0,30})?\([A-Z]{2,9}\)\s?(?:[-–—]+\s)?")
_RELATIVE = re.compile(rf",\s(?:{alternatives('clauses', 'relative')})(?!\w)")


def _behind(text: str, cue: re.Match[str], language: str) -> Attribution | None:
    """Who stands before the verb: back to the clause's beginning; nobody where verbs come first."""
    if profile(language).verb_first == "always":
        return None
    low = max(0, cue.start() - _REACH_CHARS)
    start = max((stop.end() for stop in _STOP.finditer(text, low, cue.start())), default=low)
    if start == low and low:
        start = text.find(" ", low, cue.start()) + 1
    who = _BEFORE_VERB.sub("", text[start : cue.start()]).rstrip()
    begin = start + len(who) - len(who.lstrip())
    return _voice(text, begin, start + len(who), cue, language) if 0 < len(who.split()) <= _MOST_WORDS else None


def _voice(text: str, start: int, end: int, cue: re.Match[str], language: str) -> Attribution | None:
    while start < end and text[start] in _LEADING_MARKS:
        start += 1
    end = start + len(text[start:end].rstrip())
    who = text[start:end]
    if not who or who.lower().split()[-1] in word_list("sources", "no_subject"):
        return None
    first = who.split()[0]
    is_source, pronouns = _is_source(cue, language), word_list("pronouns", "subject", language)
    if is_source and first.lower() in pronouns:
        end = start + len(first)
        who = first
    if who.lower() in pronouns:
        return Attribution(start, end, cue.start(), cue.end(), "named", None, is_pronoun=True)
    if is_source and (saying := _cues(language)[1]) and (verb := saying.match(who.lower())) and verb.end() < len(who):
        return _voice(text, start + verb.end() + 1, end, cue, language)
    unnamed = _unnamed(language)
    vague = bool(unnamed and unnamed.search(who))
    name = None if vague and (not _has_capitals(language) or _COUNTED.match(who)) else _name(text, start, end, language)
    if name:
        return Attribution(start, end, cue.start(), cue.end(), "named", name)
    if not vague and _OFFICE.search(who) and not _INDEFINITE.match(who):
        return Attribution(start, end, cue.start(), cue.end(), "named")
    if vague or is_source or _DETERMINED.match(who):
        return Attribution(start, end, cue.start(), cue.end(), "unnamed")
    return None


_LEADING_MARKS = " \t\n\u00a0’'‘-,"
# Who holds an office or is an institution can be asked, though no name is given: "la chambre de commerce", "police".
_OFFICE = re.compile(rf"(?<!\w)(?:{alternatives('titles', 'offices')})(?!\w)", re.IGNORECASE)
_INDEFINITE = re.compile(rf"(?:{alternatives('determiners', 'indefinite')})\s", re.IGNORECASE)
_COUNTED = re.compile(rf"(?:{alternatives('determiners', 'counting')})\s", re.IGNORECASE)


def _is_source(cue: re.Match[str], language: str) -> bool:
    source = _cues(language)[0]
    return source is not None and cue.re is source


# A name behind one of these belongs to somebody else: "le président du Sénat" is not the Senate.
_GOVERNED = re.compile(
    rf"(?<!\w)(?:{alternatives('determiners', 'governing')})(?:{alternatives('determiners', 'articles')})?$",
    re.IGNORECASE,
)


def _name(text: str, start: int, end: int, language: str) -> str | None:
    """The name in `text[start:end]`: a run of capitalised words; the first word of a sentence needs a second one."""
    who = text[start:end].strip()
    if not _has_capitals(language):
        return who or None
    unnamed = _unnamed(language)
    if language == "en" and _ENDS_IN_NOUN.search(who) and _ENDS_IN_NOUN.search(_OF.split(who, maxsplit=1)[0]):
        return None
    for match in _NAME.finditer(who):
        name = _POSSESSOR.sub("", match.group()).rstrip(".,'’-")
        name = _bare(name, language)
        if len(name) < 2 or (unnamed and unnamed.fullmatch(name)) or _GOVERNED.search(who, 0, match.start()):
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
    return rest if rest and first.lower() in stopwords(language) else name


# In English a name that a noun follows only tells of what: "the North High School principal", "Croatian police".
_ENDS_IN_NOUN = re.compile(r"[A-Z].*\s[a-z]{3,}$")
_OF = re.compile(rf"\s(?:{alternatives('determiners', 'behind_noun')})\s")


def _stands_alone(text: str, start: int, who: str, match: re.Match[str], language: str) -> bool:
    """Whether a single capitalised word is a name: no stop word, and no adjective ("Canadian men") of what follows."""
    name, rest = match.group(), who[match.end() :].split()
    if name.lower() in stopwords(language) or name.lower() in word_list("question_types", "asking"):
        return False
    if match.start() == 0 and _opens_sentence(text, start):
        return not rest
    if rest and rest[0][0].isdigit():
        return False
    return not rest or not rest[0].isalpha() or not rest[0].islower() or rest[0] in stopwords(language)


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip()[-1:]
    return before == "" or before in '.!?…\n“"«'
