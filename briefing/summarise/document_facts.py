"""What code can tell of a document without judging it: counts, its headline against its text, dates ahead, genre."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from briefing.language.annotation import Annotated, Annotation, annotate
from briefing.language.calendar import DateMention
from briefing.language.lazy import lazy
from briefing.language.patterns import alternatives, anywhere, word_list
from briefing.language.question_types import asks
from briefing.language.script import word_count
from briefing.language.semitic_roots import bare_forms, verb, without_article
from briefing.language.stopwords import is_unspaced, stopwords
from briefing.language.tables import languages, table
from briefing.language.vocabulary import compiled, vocabulary
from briefing.language.words import Word, common_words, same_word
from briefing.types import Block, Counts, DateAhead, Document, Genre, Headline, Notice
from briefing.verify.citation import evidence

# Fewer quoted words than these are a term or a title, not somebody's speech, unless a verb of saying stands beside
# them.
_SPEECH_WORDS = 4


def prose(document: Annotated) -> Iterator[Annotation]:
    """The sentences that are the post's own: no headline, nothing embedded."""
    embedded = {index for index, block in enumerate(document.blocks) if block.kind == "embed"}
    return (sentence for sentence in document.annotations[1:] if sentence.block not in embedded)


def embeds(document: Document) -> list[tuple[Block, ...]]:
    """The embedded posts, each with its blocks: neighbouring ones of the same author, day and permalink are one."""
    groups: list[list[Block]] = []
    previous: Block | None = None
    for block in document.blocks:
        if block.kind == "embed":
            if previous is not None and block.embed is not None and previous.embed == block.embed:
                groups[-1].append(block)
            else:
                groups.append([block])
        previous = block if block.kind == "embed" else None
    return [tuple(group) for group in groups]


def counts(document: Document, ahead: Sequence[DateAhead]) -> Counts:
    """The document counted, with its `dates_ahead`. Doubt in a question is not counted: a question claims nothing."""
    document = annotate(document)
    sentences = list(prose(document))
    return Counts(
        sentences=len(sentences),
        words=sum(word_count(document.quote(sentence.number)) for sentence in sentences),
        doubt=tuple(one.number for one in sentences if not one.is_question and one.hedges),
        questions=tuple(one.number for one in sentences if one.is_question),
        quotes=tuple(one.number for one in sentences if is_quoted(one)),
        speakers=_speakers(sentences),
        embeds=len(embeds(document)),
        dates_ahead=len(ahead),
        figures=tuple(dict.fromkeys(_figures(document, sentences))),
    )


def _figures(document: Annotated, sentences: Sequence[Annotation]) -> Iterator[str]:
    """The amounts, each sentence read in the document's language, whatever its own: "2.7 EEE" in a Chinese list."""
    for sentence in sentences:
        line = document.annotation(sentence.text, document.language)
        yield from (line.text[start:end] for start, end in line.figures)


def is_quoted(sentence: Annotation) -> bool:
    """Whether somebody is quoted in a sentence: words between quotation marks that are more than a term or a title."""
    return sentence.quoted_words >= _SPEECH_WORDS or bool(sentence.quotations and sentence.attributions)


def _speakers(sentences: Sequence[Annotation]) -> tuple[str, ...]:
    """Who by name or office is said to say something, each once; a surname alone joins the full name before it."""
    names: list[str] = []
    for sentence in sentences:
        for voice in sentence.attributions:
            name = voice.name
            if voice.sourcing == "named" and name is None and not voice.is_pronoun:
                name = sentence.text[voice.start : voice.end]  # an office: "the ministry", "la direction"
            if name and not any(name.lower() in known.lower() for known in names):
                names.append(name)
    return tuple(names)


# --- the headline -----------------------------------------------------------------------------------------------------

_PARTS = re.compile(r"\s*[:：]\s+|\s+[–—|-]\s+")
_PARTICLE_LETTERS = 3
# A headline of which nearly nothing stands in the text is in another language, or about something else altogether.
_FEWEST_COMPARED, _MOST_ABSENT = 4, 0.8
_LETTERS = re.compile(r"[^\W\d_]")


def headline_facts(document: Document) -> Headline:
    """The headline as it stands, whether it asks, and its words that stand nowhere in the text.

    Of a headline "this: or that?" only the part before the question is compared, since a question claims nothing.
    Without an answer (no words) where text and headline are in different scripts, or written without spaces.
    """
    document = annotate(document)
    title = document.annotations[0]
    return Headline(document.title, is_question=title.is_question, not_in_text=_not_in_text(document, _claimed(title)))


def _claimed(title: Annotation) -> str:
    if not title.is_question:
        return title.text
    return " ".join(part for part in _PARTS.split(title.text) if not asks(part))


def _not_in_text(document: Annotated, claimed: str) -> tuple[str, ...]:
    language = document.annotations[0].language
    line = document.annotation(claimed, language)
    if is_unspaced(claimed) or line.vocabulary != vocabulary(document.text[:400], document.language):
        return ()
    text = _TextWords(prose(document))
    if not text.keys:
        return ()
    title = _phrases().sub(lambda match: " " * len(match.group()), claimed)
    compared = [word for word in line.words if _is_compared(word, title, language)]
    absent = [word for word in compared if word not in text]
    if len(compared) >= _FEWEST_COMPARED and len(absent) > _MOST_ABSENT * len(compared):
        return ()
    return tuple(title[start:end] for start, end in _runs(absent, title))


def _is_compared(word: Word, title: str, language: str) -> bool:
    said = title[word.start : word.end].lower()
    is_empty = (
        said in stopwords(language) or said in word_list("headlines", "words") or word.key in common_words(language)
    )
    return not is_empty and _LETTERS.search(said) is not None and not _is_tail(title, word.start)


def _runs(absent: Sequence[Word], title: str) -> list[tuple[int, int]]:
    """Where the words stand; one too short to be shown alone is joined with the next."""
    runs: list[tuple[int, int]] = []
    for word in absent:
        if runs and not title[runs[-1][1] : word.start].strip() and _is_particle(title, runs[-1][1]):
            runs[-1] = (runs[-1][0], word.end)
        else:
            runs.append((word.start, word.end))
    return runs


def _is_tail(title: str, start: int) -> bool:
    """Whether letters only end a number: "ra" of the Spanish "3ra"."""
    return start > 0 and title[start - 1].isdigit()


def _is_particle(title: str, end: int) -> bool:
    """Whether the word that ends there is too short to be shown alone: "en" of "en route"."""
    return len(title[:end].split()[-1]) <= _PARTICLE_LETTERS


class _TextWords:
    """The words of a document's own text; a word is in it if a form of it is."""

    def __init__(self, sentences: Iterable[Annotation]) -> None:
        words = [word for sentence in sentences for word in sentence.words]
        self.keys = {word.key for word in words}
        self._stems = {word.stem for word in words}

    @lazy
    def _forms(self) -> frozenset[str]:
        return frozenset(self.keys).union(*map(bare_forms, self.keys))

    @lazy
    def _verbs(self) -> frozenset[str]:
        return frozenset(map(verb, self.keys))

    def __contains__(self, word: Word) -> bool:
        key = word.key
        if key in self.keys or word.stem in self._stems or key in self._forms:
            return True
        form = verb(key)
        if form and form in self._verbs:
            return True
        bare = without_article(key)
        starts = {key[:3], bare[:3]}
        alike = (other for other in self._forms if other[:3] in starts)
        return any(same_word(key, other) or _same_stem(bare, other) for other in alike)


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives('headlines', 'phrases')})(?!\w)", re.IGNORECASE)


def _same_stem(one: str, other: str) -> bool:
    """Whether two words share all but an ending of at most three letters, and at least four letters."""
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    return shared >= 4 and max(len(one), len(other)) - shared <= 3


# --- dates ahead ------------------------------------------------------------------------------------------------------

_FARTHEST_DAYS = 366 * 30
_YEARLESS_DAYS = 300
_LONGEST_CHARS = 240


def dates_ahead(document: Document) -> tuple[DateAhead, ...]:
    """The days after the post's own that it names, each once, the earliest first; none where the post has no date.

    Conservative: a date without a year or "tomorrow" counts only beside a word of the future. `text` is the sentence,
    or the part of a long one that holds the date.
    """
    document = annotate(document)
    if document.written is None:
        return ()
    days: dict[date, DateAhead] = {}
    for sentence in prose(document):
        for day, start, end in _days_ahead(sentence, document.written):
            if day not in days:
                text = _around(sentence.text, start, end)
                days[day] = DateAhead(text, evidence(document, sentence.number), day)
    return tuple(days[day] for day in sorted(days))


def _days_ahead(sentence: Annotation, written: date) -> Iterator[tuple[date, int, int]]:
    if not _may_tell_a_day().search(sentence.text.lower()) or not sentence.dates:
        return
    cue = _cues("dates_ahead", "cues", sentence.vocabulary)
    is_future = cue is not None and cue.search(sentence.lower) is not None
    for mention in sentence.dates:
        day = _day(mention, written, is_future)
        if day and written < day <= written + timedelta(days=_FARTHEST_DAYS):
            yield day, mention.start, mention.end


@cache
def _may_tell_a_day() -> re.Pattern[str]:
    """A digit, or "tomorrow", without which no day ahead is told: to look for either is faster than to read a date."""
    rows = (table(language, "calendar").get("relative", {}).get("1", "") for language in languages("calendar"))
    return re.compile("|".join([r"\d", *(word for row in rows for word in row.split())]))


@cache
def _cues(kind: str, key: str, language: str) -> re.Pattern[str] | None:
    """A pattern of a language's entries, to be run over lowered text; None where it has none."""
    words = alternatives(kind, key, language)
    return compiled(words, language) if words else None


def _day(mention: DateMention, written: date, is_future: bool) -> date | None:
    """The day a mention stands for if it must lie ahead; a date that can be read in two ways has none."""
    if mention.other is not None:
        return None
    if mention.year and mention.month and mention.day:
        return _safe(mention.year, mention.month, mention.day)
    if not is_future:
        return None
    if mention.shift is not None:
        return written + timedelta(days=mention.shift)
    if mention.year is None and mention.month and mention.day:
        this_year = _safe(written.year, mention.month, mention.day)
        day = this_year if this_year and this_year > written else _safe(written.year + 1, mention.month, mention.day)
        return day if day and (day - written).days <= _YEARLESS_DAYS else None
    return None


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _around(quote: str, start: int, end: int) -> str:
    """The sentence, or of a long one the words around the date, cut between words with "…" at the cut."""
    if len(quote) <= _LONGEST_CHARS:
        return quote
    low, high = max(0, start - _LONGEST_CHARS // 2), min(len(quote), end + _LONGEST_CHARS // 2)
    low = quote.find(" ", low, start) + 1 if low else 0
    high = quote.rfind(" ", end, high) if high < len(quote) else high
    high = high if high > 0 else end
    return f"{'… ' if low else ''}{quote[low:high]}{' …' if high < len(quote) else ''}"


# --- the genre, by the whole text -------------------------------------------------------------------------------------

_FEWEST_SENTENCES = 12
_FEWEST_ARGUMENTS = 5
_FEWEST_QUESTIONS = 3
_LEAST_SHARE = 0.2


def argues(sentence: Annotation) -> int:
    """How many words of argument a sentence has ("must", "the real issue", "history teaches")."""
    pattern = _cues("arguments", "arguing", sentence.vocabulary)
    return len(pattern.findall(sentence.lower)) if pattern else 0


def genre(document: Document) -> Genre:
    """The document's genre; where its source does not tell, "opinion" if the whole text argues, with the counts.

    It argues if it asks questions of its own, quotes nobody, names nobody who says something, does not address the
    reader (as instructions and offers do), and a fifth of its sentences are argument, more than carry a report.
    """
    if document.genre.kind != "unknown":
        return document.genre
    sentences = list(prose(annotate(document)))
    asking = sum(sentence.is_question for sentence in sentences)
    if len(sentences) < _FEWEST_SENTENCES or asking < _FEWEST_QUESTIONS:
        return document.genre
    arguing = sum(argues(sentence) > 0 for sentence in sentences if not sentence.is_question)
    if arguing < max(_FEWEST_ARGUMENTS, _LEAST_SHARE * len(sentences)):
        return document.genre
    addressing = anywhere("arguments", "addressing")
    addressed = sum(addressing.search(sentence.text) is not None for sentence in sentences)
    if addressed > len(sentences) // 10 or _speakers(sentences) or any(map(is_quoted, sentences)):
        return document.genre
    return Genre(
        "opinion",
        Notice(
            "{a} questions of its own and {b} of {c} sentences of argument; nobody is quoted",
            a=asking,
            b=arguing,
            c=len(sentences),
        ),
    )
