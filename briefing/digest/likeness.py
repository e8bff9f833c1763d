"""How alike two posts are, in figures that can be shown: shared names, numbers, rare words, and what sets them apart.

Nothing here is learned from a corpus of its own: a word's rarity is counted in the batch at hand, on top of what is
known of its language (stop words, words the news is full of, the length of the word), so that two posts are enough.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache

from briefing.digest.commonplace import COMMONPLACE
from briefing.language.calendar import Mention as Day
from briefing.language.calendar import mentions, resolve
from briefing.language.names import Mention, names
from briefing.language.numbers import plain_digits, quantities
from briefing.language.transliteration import skeleton
from briefing.language.words import common_words, fold, script, stem, words
from briefing.types import Document

# Read of a post: its headline and this much of its text; what it opens with, as news does, counts more.
_MOST_CHARS = 3000
_LEAD_CHARS = 420
_WINDOW = 1000  # looked through at once for the form of a word
_TITLE, _LEAD, _REST = 3.0, 2.0, 1.0
_HAN = re.compile(r"[\u3005\u3400-\u4dbf\u4e00-\u9fff]+\Z")
_HIRAGANA = re.compile(r"[\u3041-\u309f]+\Z")
_THAI = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+\Z")
_RESULT = re.compile(r"(?<![\d.,/-])(\d{1,3})\s?[-–:]\s?(\d{1,3})(?![\d.,/-])")
_LEAST_COUNTED = 10
# A name of fewer consonants says too little in another script.
_LEAST_SKELETON = 4


@dataclass(frozen=True, slots=True)
class Features:
    """What of a post is compared.

    Keys of `terms` are stems (pairs of characters where no spaces part the words), their values how prominent they
    are; `names` are folded, a known place as "@MA"; `numbers` as "31683", "9.5 percent", "3-1" (a result). `lead` holds
    those of the three that stand in the headline or the opening, `called` the stems that belong to names and dates,
    `latin` the names of the opening in Latin letters, `skeletons` the consonants of a text in another script.
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
    latin: frozenset[str]
    skeletons: frozenset[str]
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two posts are: `score` from 0 to 1, and the features `shared`, the most telling first."""

    score: float
    shared: tuple[str, ...]


def features(document: Document) -> Features:
    """The features of a document's headline and text."""
    return features_of(document.title, document.text, document.language, document.post.published, document.post.source)


@lru_cache(maxsize=512)
def features_of(title: str, text: str, language: str, published: datetime | None = None, source: str = "") -> Features:
    """The features of a headline and a text, of which no more than the first 3,000 characters are read."""
    body = text[:_MOST_CHARS]
    lead, rest = _parted(body)
    written_on = published.date() if published else None
    parts = [_read(part, language, written_on) for part in (title, lead, rest)]
    weights: dict[str, float] = {}
    for part, weight in zip(parts, (_TITLE, _LEAD, _REST), strict=True):
        for term, count in part.terms.items():
            weights[term] = weights.get(term, 0.0) + weight * (1 + math.log(count))
    return Features(
        language,
        source,
        weights,
        frozenset[str]().union(*(part.names for part in parts)),
        frozenset[str]().union(*(part.numbers for part in parts)),
        frozenset[str]().union(*(part.days for part in parts)),
        frozenset[str]().union(*({*part.terms, *part.names, *part.numbers} for part in parts[:2])),
        frozenset(parts[0].terms),
        frozenset[str]().union(*(part.called for part in parts)),
        parts[0].latin | parts[1].latin,
        _skeletons(body),
        published,
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """The features of one part of a post: headline, opening or the rest."""

    terms: Mapping[str, int]
    names: frozenset[str]
    numbers: frozenset[str]
    days: frozenset[str]
    called: frozenset[str]
    latin: frozenset[str]


def telling_words(text: str, language: str) -> frozenset[str]:
    """The words and names of a text that can tell what it is about, those that news is full of left out."""
    known = COMMONPLACE.get(language, frozenset())
    places = {_name(mention, language) for mention in names(text, language) if mention.place}
    return frozenset(term for term in _terms(text, language) if term not in known) | places


def _read(text: str, language: str, written_on: date | None) -> _Part:
    called = names(text, language)
    dates = mentions(text, language)
    return _Part(
        Counter(_terms(text, language)),
        frozenset(_name(mention, language) for mention in called if mention.is_sure or mention.place),
        frozenset(_numbers(text, language, [(day.start, day.end) for day in dates])),
        frozenset(_days(dates, written_on)),
        _called(text, called, dates, language),
        frozenset(m.key for m in called if m.is_sure and not m.place and m.key.isascii() and len(m.key) > 2),
    )


def _called(text: str, called: Iterable[Mention], dates: Iterable[Day], language: str) -> frozenset[str]:
    """The stems that name somebody, a place or a day: they tell who and when, not what happened."""
    when = (word.stem for day in dates for word in words(text[day.start : day.end], language))
    return frozenset(when) | {stem(mention.key, language) for mention in called if mention.is_sure or mention.place}


def _name(mention: Mention, language: str) -> str:
    """A name as it is compared: a known place by its code."""
    return f"@{mention.place}" if mention.place else stem(mention.key, language)


def written(document: Document, asked: Sequence[str]) -> list[str]:
    """The features asked for as the document writes them, each in the form in which it comes first."""
    text = f"{document.title}\n{document.text[:_MOST_CHARS]}"
    found: dict[str, str] = {}
    for start in range(0, len(text), _WINDOW):
        if not set(asked) - found.keys():
            break
        found = _forms(text[start : start + _WINDOW], document.language) | found
    return [found[term] for term in asked if term in found]


def _forms(text: str, language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for mention in names(text, language):
        found.setdefault(_name(mention, language), text[mention.start : mention.end])
        found.setdefault(mention.key, text[mention.start : mention.end])
    for word in words(text, language):
        found.setdefault(word.stem, text[word.start : word.end])
    for quantity in quantities(text, language):
        for value in quantity.readings:
            found.setdefault(_number(value, quantity.unit), text[quantity.start : quantity.end])
    for match in _RESULT.finditer(plain_digits(text)):
        found.setdefault(f"{match[1]}-{match[2]}", match.group())
    return found


def _parted(text: str) -> tuple[str, str]:
    """What the text opens with, up to a word's end, and the rest."""
    if len(text) <= _LEAD_CHARS:
        return text, ""
    cut = text.find(" ", _LEAD_CHARS)
    cut = cut if 0 <= cut < _LEAD_CHARS + 40 else _LEAD_CHARS
    return text[:cut], text[cut:]


def _terms(text: str, language: str) -> list[str]:
    """The stems that can tell what a text is about; of scripts without spaces every pair of neighbouring characters."""
    common = common_words(language)
    found: list[str] = []
    for word in words(text, language):
        if _HIRAGANA.match(word.key):
            continue
        if _HAN.match(word.key) or _THAI.match(word.key):
            found += [word.key[at : at + 2] for at in range(len(word.key) - 1)]
        elif len(word.key) > 2 and word.key not in common:
            found.append(word.stem)
    return found


def _skeletons(text: str) -> frozenset[str]:
    """The consonants of every word of a text in another script than Latin, with and without a prefix glued on."""
    if script(text) not in {"arabic", "hebrew", "cyrillic"}:
        return frozenset()
    keys = {fold(match.group()) for match in re.finditer(r"[^\W\d_]{4,}", text)}
    found = {skeleton(key[cut:]) for key in keys for cut in range(3)}
    return frozenset(one for one in found if len(one) >= _LEAST_SKELETON)


def _numbers(text: str, language: str, dates: Iterable[tuple[int, int]]) -> set[str]:
    """The numbers that identify: results, those with a unit or a fraction, those from ten on; no dates and years."""
    results = list(_RESULT.finditer(plain_digits(text)))
    taken = [match.span() for match in results] + list(dates)
    found = {f"{match[1]}-{match[2]}" for match in results}
    for quantity in quantities(text, language):
        inside = any(start <= quantity.start < end for start, end in taken)
        if inside or quantity.kind not in {"number", "fraction"} or not quantity.readings:
            continue
        value = max(quantity.readings)
        is_year = not quantity.unit and value == int(value) and 1900 <= value <= 2100
        if (value >= _LEAST_COUNTED or quantity.unit or value != int(value)) and not is_year:
            found.add(_number(value, quantity.unit))
    return found


def _number(value: float, unit: str | None) -> str:
    return f"{value:g} {unit}" if unit in {"percent", "degree"} else f"{value:g}"


def _days(dates: Iterable[Day], written_on: date | None) -> Iterator[str]:
    """The full days a text names, as "2026-06-23"."""
    for mention in dates:
        for option in resolve(mention, written_on)[:1] if mention.day else ():
            if option.year and option.month and option.day:
                yield f"{option.year}-{option.month:02}-{option.day:02}"


# --- how rare a word is ----------------------------------------------------------------------------------------------

# The share of texts that hold a word of which nothing is known, by its length (rough, from news in five languages), and
# how many texts that knowledge is worth beside those of the batch.
_PRIOR_BY_LENGTH = {1: 0.3, 2: 0.25, 3: 0.12, 4: 0.06, 5: 0.035, 6: 0.025}
_PRIOR_LONG, _PRIOR_COMMON, _PRIOR_PAIR, _PRIOR_PLACE = 0.02, 0.2, 0.03, 0.08
_PRIOR_TEXTS = 60


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare the features of a batch are: the batch's own counts on top of what is known of the language."""

    texts: int
    counts: Mapping[str, int]

    def of(self, term: str, language: str) -> float:
        """The rarity of a term: 0 for one that every text holds, about 6 for one that nothing is known of."""
        known = _prior(term, language) * _PRIOR_TEXTS
        return math.log((self.texts + _PRIOR_TEXTS) / (max(0, self.counts.get(term, 0) - 2) + known + 0.3))


def rarity(batch: Iterable[Features]) -> Rarity:
    """The rarity of words in a batch. Of two texts that hold a word nothing is counted: they may be of one event."""
    texts, counts = 0, Counter[str]()
    for one in batch:
        texts += 1
        counts.update({*one.terms, *one.names, *one.numbers})
    return Rarity(texts, counts)


@cache
def _prior(term: str, language: str) -> float:
    if term.startswith("@"):
        return _PRIOR_PLACE
    if term[0].isdigit():
        return 0.02
    if term in COMMONPLACE.get(language, ()):
        return _PRIOR_COMMON
    if term[0] >= "\u2e80":
        return _PRIOR_PAIR
    return _PRIOR_BY_LENGTH.get(len(term), _PRIOR_LONG)


# --- two posts -------------------------------------------------------------------------------------------------------

# What each signal adds to the log odds of one event: fitted on pairs of real news (an article and its summaries; the
# articles most like it on other events) and pairs written on the same names, then rounded. The last five are set
# by hand, as those pairs have too few of them.
_WEIGHTS = {
    "words": 1.4,  # the cosine of the rare words
    "opening": 2.3,  # how much of what the one opens with stands in the other
    "whole": 3.4,  # how much of all it holds
    "length": -1.0,  # a long text holds much of anything
    "names": 2.6,  # how many of the names it opens with the other has
    "headline": 1.3,
    "numbers": 1.9,
    "other numbers": -2.5,
    "other result": -2.5,
    "other place": -0.9,
    "elsewhere": -0.5,  # no place of the one's opening in the other's
    "other day": -0.5,
    "one source": -0.8,
}
_BIAS = -4.1
# From this likeness on two posts are about one thing.
ALIKE = 0.5
_LONG = 6.0  # the logarithm of the stems of a long post
_DAYS_APART, _MOST_DAYS = 4, 45


@dataclass(frozen=True, slots=True)
class Weighed:
    """A post's features with how rare each is in the batch, and how heavy each word: rarity by prominence."""

    features: Features
    rarity: Mapping[str, float]
    weights: Mapping[str, float]
    square: float


def weigh(one: Features, rare: Rarity) -> Weighed:
    """The features made ready to be compared with the others of the batch."""
    rarities = {term: rare.of(term, one.language) for term in {*one.terms, *one.names, *one.numbers}}
    weights = {term: math.sqrt(prominence) * rarities[term] for term, prominence in one.terms.items()}
    return Weighed(one, rarities, weights, sum(weight * weight for weight in weights.values()))


def likeness(one: Weighed, other: Weighed) -> Likeness:
    """How alike two posts are; across languages by the names, places and numbers that both write alike."""
    mine, theirs = one.features, other.features
    if mine.language != theirs.language and "und" not in (mine.language, theirs.language):
        return _across(mine, theirs)
    found = signals(one, other)
    odds = _BIAS + sum(_WEIGHTS[name] * value for name, value in found.items())
    return Likeness(_logistic(odds - _late(mine, theirs)), _shared(one, other))


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _late(one: Features, other: Features) -> float:
    """What the days between two posts take from the odds: little for some days, much for weeks."""
    if one.published is None or other.published is None:
        return 0.0
    days = abs((one.published - other.published).total_seconds()) / 86_400
    return min(max(0.0, days - _DAYS_APART), _MOST_DAYS) / 8


def telling(one: Weighed, most: int) -> set[str]:
    """What an index finds like posts by: the most telling words, the names and numbers of the opening."""
    known = one.features
    heavy = {term: one.rarity[term] * prominence for term, prominence in known.terms.items()}
    terms = sorted(heavy, key=lambda term: (-heavy[term], term))[:most]
    return {*terms, *(known.lead & (known.names | known.numbers)), *map(skeleton, known.latin), *known.skeletons}


def signals(one: Weighed, other: Weighed) -> dict[str, float]:
    """What speaks for and against one event, each from 0 to 1, by the names of `_WEIGHTS`.

    Who and where is told apart from what: posts on the same people are not yet posts on the same event.
    """
    mine, theirs = one.features, other.features
    called = mine.called | theirs.called
    named = max(_held_names(one, theirs), _held_names(other, mine))
    titled = max(
        _share(mine.title - called, theirs.terms.keys(), one), _share(theirs.title - called, mine.terms.keys(), other)
    )
    return {
        "words": _cosine(one, other, called),
        "opening": max(_held(one, theirs, called), _held(other, mine, called)),
        "whole": max(_whole(one, theirs, called), _whole(other, mine, called)),
        "length": min(1.0, math.log(1 + max(len(mine.terms), len(theirs.terms))) / _LONG),
        "names": named,
        "headline": titled,
        "numbers": min(len(mine.numbers & theirs.numbers), 3) / 3,
        "other numbers": float(_opposed(mine.lead & mine.numbers, theirs.lead & theirs.numbers, mine, theirs)),
        "other result": float(_opposed(_results(mine), _results(theirs), mine, theirs)),
        "other place": float(_opposed(_places(mine), _places(theirs), mine, theirs)),
        "elsewhere": float(bool(_places(mine) and _places(theirs)) and not _places(mine) & _places(theirs)),
        "other day": float(bool(mine.days and theirs.days) and not mine.days & theirs.days),
        "one source": float(bool(mine.source) and mine.source == theirs.source),
    }


def _opposed(ours: frozenset[str], others: frozenset[str], mine: Features, theirs: Features) -> bool:
    """Whether both posts open with such things, and neither post holds any of the other's."""
    held, carried = mine.numbers | mine.names, theirs.numbers | theirs.names
    return bool(ours and others) and not (ours & carried or others & held)


def _results(one: Features) -> frozenset[str]:
    return frozenset(number for number in one.lead & one.numbers if "-" in number[1:])


def _places(one: Features) -> frozenset[str]:
    return frozenset(name for name in one.lead & one.names if name.startswith("@"))


def _cosine(one: Weighed, other: Weighed, without: Set[str]) -> float:
    common = one.weights.keys() & other.weights.keys() - without
    norms = _norm(one, without) * _norm(other, without)
    return sum(one.weights[term] * other.weights[term] for term in common) / norms if norms else 0.0


def _norm(one: Weighed, without: Set[str]) -> float:
    left_out = sum(one.weights[term] ** 2 for term in without & one.weights.keys())
    return math.sqrt(max(0.0, one.square - left_out))


def _held(one: Weighed, other: Features, without: Set[str]) -> float:
    """The share, by rarity, of what the one opens with that stands anywhere in the other."""
    return _share((one.features.lead & one.features.terms.keys()) - without, other.terms.keys(), one)


def _whole(one: Weighed, other: Features, without: Set[str]) -> float:
    """The share, by rarity, of all that the one holds which stands in the other."""
    return _share(one.features.terms.keys() - without, other.terms.keys(), one)


def _held_names(one: Weighed, other: Features) -> float:
    return _share(one.features.lead & one.features.names, other.names | other.terms.keys(), one, none=0.5)


def _share(asked: Set[str], held: Set[str], one: Weighed, none: float = 0.0) -> float:
    """The share of the terms asked that are held, each as heavy as it is rare; `none` where none is asked."""
    total = sum(one.rarity[term] for term in asked)
    return sum(one.rarity[term] for term in asked & held) / total if total else none


def _shared(one: Weighed, other: Weighed) -> tuple[str, ...]:
    """The rare words, names and numbers that both have, the most telling first."""
    mine, theirs = one.features, other.features
    common = (mine.terms.keys() & theirs.terms.keys()) | (mine.names & theirs.names) | (mine.numbers & theirs.numbers)
    weight = {
        term: one.rarity[term] * math.sqrt(mine.terms.get(term, 2.0) * theirs.terms.get(term, 2.0)) for term in common
    }
    return tuple(sorted(common, key=lambda term: (-weight[term], term)))


# --- two languages ---------------------------------------------------------------------------------------------------

# The points that names, places and numbers of both make, and how many are needed: no single name or place is enough.
_NAME_POINT, _PLACE_POINT, _NUMBER_POINT, _POINTS_NEEDED = 1.0, 0.6, 0.9, 2.6
_MOST_OF_A_KIND = 3


def _across(one: Features, other: Features) -> Likeness:
    """The likeness of two posts in different languages, from what both write alike.

    It must stand in the opening of one of them; other places, results or days take points off.
    """
    opens = one.lead | other.lead
    names = _same_names(one, other)
    places = {place for place in one.names & other.names & opens if place.startswith("@")}
    numbers = one.numbers & other.numbers & opens
    apart = (
        _opposed(_places(one), _places(other), one, other),
        _opposed(_results(one), _results(other), one, other),
        bool(one.days and other.days) and not one.days & other.days,
    )
    points = sum(
        value * min(len(found), _MOST_OF_A_KIND)
        for value, found in ((_NAME_POINT, names), (_PLACE_POINT, places), (_NUMBER_POINT, numbers))
    )
    if not numbers:  # the same people meet again and again
        points = min(points, _POINTS_NEEDED - 0.5)
    odds = 2.0 * (points - sum(apart) - _POINTS_NEEDED) - _late(one, other)
    return Likeness(_logistic(odds), (*sorted(names), *sorted(numbers), *sorted(places)))


def _same_names(one: Features, other: Features) -> set[str]:
    """The names that both have: in the same letters, or with the same consonants in another script."""
    found = set(one.latin & other.latin)
    for mine, theirs in ((one, other), (other, one)):
        found |= {name for name in mine.latin if skeleton(name) in theirs.skeletons}
    return found
