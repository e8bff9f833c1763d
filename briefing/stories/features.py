"""What of a post is compared with others: words, names, numbers, days, and what happened, as far as words tell."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from weakref import WeakKeyDictionary

from briefing.language import calendar
from briefing.language.annotation import Annotated, Annotation, annotate
from briefing.language.entities import NameMention
from briefing.language.event_words import happenings
from briefing.language.generic_terms import generic_terms
from briefing.language.lazy import lazy
from briefing.language.quantities import Quantity
from briefing.language.transliteration import consonants
from briefing.language.words import Word, common_words, plain_digits, stem
from briefing.types import Document

# Read of a post: its headline and this much of its text; what it opens with, as news does, counts more.
_MOST_CHARS = 3000
_LEAD_CHARS = 420
_CLOSELY = 400  # of the rest so much is read for names, days and numbers, all of it for words
_TITLE, _LEAD, _REST = 3.0, 2.0, 1.0
_HIRAGANA = re.compile(r"[\u3041-\u309f]")
_KATAKANA = re.compile(r"[\u30a1-\u30f4\u30fc]{3,}")
_UNSPACED = re.compile(r"[\u3005\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_FIRST_UNSPACED = "\u0e00"
_RESULT = re.compile(r"(?<![\d.,/-])(\d{1,3})\s?[-–:]\s?(\d{1,3})(?![\d.,/-])")
_LEAST_COUNTED = 10
_NOUN_CHARS, _NOUN_WORDS = 40, 3  # so near behind a number stands what it counts
# A name of fewer consonants says too little in another script.
_LEAST_SKELETON = 4


@dataclass(frozen=True, slots=True)
class Features:
    """What of a post is compared.

    Keys of `terms` are stems (pairs of characters where no spaces part the words), their values how prominent they
    are; `names` are folded, a known place as "@MA"; `numbers` as "31683", "9.5 percent", "3-1" (a result). `lead` holds
    those of the three that stand in the headline or the opening, `called` the stems that belong to names and dates,
    `cased` the names of the opening in a script with capitals, `capital` every word of it that may be one, `skeletons`
    the consonants of its words in another script. `deeds` are the happenings of the opening, `told` those of the text;
    `counts` what the opening counts, as "9 dead"; `headline` the words of the headline as they stand.
    """

    language: str
    source: str
    terms: Mapping[str, float]
    names: frozenset[str]
    numbers: frozenset[str]
    days: frozenset[str]
    lead: frozenset[str]
    title: frozenset[str]
    called: frozenset[str]
    skeletons: frozenset[str]
    cased: frozenset[str] = frozenset()
    capital: frozenset[str] = frozenset()
    deeds: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    counts: frozenset[str] = frozenset()
    headline: frozenset[str] = frozenset()
    published: datetime | None = None


_KNOWN: WeakKeyDictionary[Annotated, Features] = WeakKeyDictionary()


def features(document: Document) -> Features:
    """The features of a document's headline and of the first 3,000 characters of its text."""
    annotated = annotate(document)
    known = _KNOWN.get(annotated)
    if known is None:
        known = _KNOWN[annotated] = _features(annotated)
    return known


def _features(document: Annotated) -> Features:
    cut = _end_of_lead(document.text)
    title = _Extract(document.annotations[0], document.language)
    opening = (title, *_extracts(document, 0, cut))
    near = _extracts(document, cut, cut + _CLOSELY)
    title_terms, lead_terms = _terms((title,)), _terms(opening[1:])
    names, numbers, deeds = (_all(read, opening) for read in (_names, _numbers, _events))
    return Features(
        language=document.language,
        source=document.post.source,
        terms=_prominence(title_terms, lead_terms, _terms(_extracts(document, cut, _MOST_CHARS))),
        names=names | _all(_names, near),
        numbers=numbers | _all(_numbers, near),
        days=_all(lambda extract: _days(extract, document.written), (*opening, *near)),
        lead=names | numbers | {*title_terms, *lead_terms},
        title=frozenset(title_terms),
        called=_all(_called, (*opening, *near)),
        skeletons=_all(_skeletons, opening),
        cased=frozenset(mention.key for extract in opening for mention in extract.cased if mention.is_sure),
        capital=frozenset(mention.key for extract in opening for mention in extract.cased),
        deeds=deeds,
        told=deeds | _all(_events, near),
        counts=_all(_counts, opening),
        headline=title.sentence.keys,
        published=document.post.published,
    )


def _prominence(title: Iterable[str], lead: Iterable[str], rest: Iterable[str]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for terms, weight in ((title, _TITLE), (lead, _LEAD), (rest, _REST)):
        for term, count in Counter(terms).items():
            weights[term] = weights.get(term, 0.0) + weight * (1 + math.log(count))
    return weights


# --- parts of a post -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Extract:
    """What of a sentence belongs to a part of its post: what begins from `start` to before `end` in it.

    Its words are compared as those of its post, in whose `language` they are stemmed whatever the sentence is in.
    """

    sentence: Annotation
    language: str
    start: int = 0
    end: int = _MOST_CHARS

    @lazy
    def is_whole(self) -> bool:
        return self.start <= 0 and self.end >= len(self.sentence.text)

    @lazy
    def words(self) -> tuple[Word, ...]:
        words = self.sentence.words if self.is_whole else self.sentence.between(self.start, self.end)
        if self.sentence.language == self.language:
            return words
        return tuple(word._replace(stem=self.stem_of(word)) for word in words)

    def stem_of(self, word: Word | NameMention) -> str:
        """The stem of a word of the sentence in the post's language."""
        return stem(self.sentence.text[word.start : word.end], self.language)

    @lazy
    def names(self) -> list[NameMention]:
        return [mention for mention in self.sentence.names if self.start <= mention.start < self.end]

    @lazy
    def dates(self) -> list[calendar.DateMention]:
        return [mention for mention in self.sentence.dates if self.start <= mention.start < self.end]

    @lazy
    def quantities(self) -> list[Quantity]:
        """Its numbers that are no part of a date."""
        return [
            quantity
            for quantity in self.sentence.quantities
            if self.start <= quantity.start < self.end and not self.is_dated(quantity.start)
        ]

    @lazy
    def cased(self) -> list[NameMention]:
        """What may be a name, by its capital, of what has one."""
        return [
            mention
            for mention in self.names
            if not mention.place and mention.key[:1] < "\u0590" and len(mention.key) > 2
            if not self.is_dated(mention.start)
        ]

    def is_dated(self, at: int) -> bool:
        return any(mention.start <= at < mention.end for mention in self.dates)


def _end_of_lead(text: str) -> int:
    """Where what a text opens with ends: at a word's end."""
    cut = text.find(" ", _LEAD_CHARS, _LEAD_CHARS + 40)
    return cut if cut >= 0 else _LEAD_CHARS


def _extracts(document: Annotated, start: int, end: int) -> tuple[_Extract, ...]:
    """The sentences of the text from `start` to before `end`, the first and the last as far as they belong there."""
    near = takewhile(lambda sentence: sentence.start < end, document.sentences[1:])
    return tuple(
        _Extract(document.annotations[sentence.number], document.language, start - sentence.start, end - sentence.start)
        for sentence in near
        if sentence.end > start
    )


def _all(read: Callable[[_Extract], Iterable[str]], extracts: Iterable[_Extract]) -> frozenset[str]:
    return frozenset(one for extract in extracts for one in read(extract))


# --- what they hold --------------------------------------------------------------------------------------------------


def telling_words(annotation: Annotation) -> frozenset[str]:
    """The words and names of a text that can tell what it is about, those that news is full of left out."""
    known = generic_terms(annotation.language)
    extract = _Extract(annotation, annotation.language)
    places = {f"@{mention.place}" for mention in annotation.names if mention.place}
    return frozenset(term for term in _terms([extract]) if term not in known) | places


def _events(extract: _Extract) -> frozenset[str]:
    if extract.is_whole:
        return extract.sentence.events
    part = extract.sentence.text[max(0, extract.start) : extract.end]
    return happenings(part, [word.key for word in extract.words], extract.sentence.language)


def _terms(extracts: Iterable[_Extract]) -> list[str]:
    """The stems that can tell what a text is about; of scripts without spaces every pair of neighbouring characters."""
    terms: list[str] = []
    for extract in extracts:
        common = common_words(extract.language)
        for word in extract.words:
            key = word.key
            if key >= _FIRST_UNSPACED and _UNSPACED.match(key):
                terms += [key[at : at + 2] for at in range(len(key) - 1)] if not _HIRAGANA.match(key) else []
            elif len(key) > 2 and key not in common:
                terms.append(word.stem)
    return terms


def _names(extract: _Extract) -> list[str]:
    return [_name(mention, extract) for mention in extract.names if mention.is_sure or mention.place]


def _name(mention: NameMention, extract: _Extract) -> str:
    """A name as it is compared: a known place by its code."""
    return mention.known_as if mention.place or mention.compass else extract.stem_of(mention)


def _called(extract: _Extract) -> list[str]:
    """The stems that name somebody, a place or a day: they tell who and when, not what happened."""
    when = [word.stem for word in extract.words if extract.is_dated(word.start)] if extract.dates else []
    return when + [extract.stem_of(mention) for mention in extract.names if mention.is_sure or mention.place]


def _numbers(extract: _Extract) -> Iterator[str]:
    """The numbers that identify: results, those with a unit or a fraction, those from ten on; no dates and years."""
    results = [
        match for match in _RESULT.finditer(extract.sentence.text) if extract.start <= match.start() < extract.end
    ]
    yield from map(_result, results)
    for quantity in extract.quantities:
        is_of_result = any(match.start() <= quantity.start < match.end() for match in results)
        if is_of_result or quantity.kind not in {"number", "fraction"} or not quantity.readings:
            continue
        value = max(quantity.readings)
        is_year = not quantity.unit and value == int(value) and 1900 <= value <= 2100
        if (value >= _LEAST_COUNTED or quantity.unit or value != int(value)) and not is_year:
            yield _number(value, quantity.unit)


def _number(value: float, unit: str | None) -> str:
    return f"{value:g} {unit}" if unit in {"percent", "degree"} else f"{value:g}"


def _result(match: re.Match[str]) -> str:
    return plain_digits(f"{match[1]}-{match[2]}")


def _counts(extract: _Extract) -> Iterator[str]:
    """What is counted, as "9 dead": numbers of any size with the word behind them, or with their unit."""
    for quantity in extract.quantities:
        if quantity.kind in {"number", "fraction", "ordinal"} and quantity.readings:
            noun = quantity.unit or _noun(extract, quantity.end)
            yield f"{_number(max(quantity.readings), None)} {noun}"


def _noun(extract: _Extract, at: int) -> str:
    if extract.language in {"ja", "zh"}:
        return extract.sentence.text[at : at + 1].strip()
    common = common_words(extract.language)
    following = extract.sentence.between(at, at + _NOUN_CHARS)[:_NOUN_WORDS]
    return next((extract.stem_of(word) for word in following if word.key not in common), "")


def _days(extract: _Extract, written: date | None) -> Iterator[str]:
    """The full days that are named, as "2026-06-23"."""
    for mention in extract.dates:
        for option in calendar.resolve(mention, written)[:1] if mention.day else ():
            if option.year and option.month and option.day:
                yield f"{option.year}-{option.month:02}-{option.day:02}"


# --- names in other scripts ------------------------------------------------------------------------------------------


def _skeletons(extract: _Extract) -> Iterator[str]:
    """The consonants of the words in another script than Latin: of capitalised ones where it has capitals, with and
    without a prefix glued on where it has those."""
    script = extract.sentence.script
    if script == "cjk":
        keys, cuts = {word.key for word in extract.words if _KATAKANA.fullmatch(word.key)}, 1
    elif script == "cyrillic":
        keys, cuts = {word.key for word in extract.words if word.is_capital and len(word.key) > 3}, 1
        keys |= {key[:-cut] for key in keys for cut in (1, 2) if len(key) - cut > 3}
    elif script in {"arabic", "hebrew"}:
        keys, cuts = {word.key for word in extract.words if len(word.key) > 3}, 3
    else:
        return
    for key in keys:
        yield from (one for cut in range(cuts) if len(one := consonants(key[cut:])) >= _LEAST_SKELETON)


# --- as the post writes them -----------------------------------------------------------------------------------------


def surface_forms(document: Annotated, asked: Sequence[str]) -> list[str]:
    """The features asked for as the document writes them, each in the form in which it comes first."""
    forms: dict[str, str] = {}
    title = _Extract(document.annotations[0], document.language)
    for extract in (title, *_extracts(document, 0, _MOST_CHARS)):
        for term, form in _forms(extract):
            if term in asked:
                forms.setdefault(term, form)
        if len(forms) == len(asked):
            break
    return [forms[term] for term in asked if term in forms]


def _forms(extract: _Extract) -> Iterator[tuple[str, str]]:
    """Each feature of a sentence with how it is written there."""
    sentence = extract.sentence
    for word in extract.words:
        form = sentence.text[word.start : word.end]
        yield word.stem, form
        yield word.key, form
    for mention in sentence.names:
        yield _name(mention, extract), sentence.text[mention.start : mention.end]
    for quantity in sentence.quantities:
        for value in quantity.readings:
            yield _number(value, quantity.unit), sentence.text[quantity.start : quantity.end]
    for match in _RESULT.finditer(sentence.text):
        yield _result(match), match.group()
