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
from briefing.digest.happenings import EVERYDAY, LANGUAGES, happenings
from briefing.language.calendar import Mention as Day
from briefing.language.calendar import mentions, resolve
from briefing.language.names import Mention, names
from briefing.language.numbers import plain_digits, quantities
from briefing.language.polarity import opposites
from briefing.language.transliteration import skeleton
from briefing.language.words import common_words, fold, script, stem, words
from briefing.types import Document

# Read of a post: its headline and this much of its text; what it opens with, as news does, counts more.
_MOST_CHARS = 3000
_LEAD_CHARS = 420
_CLOSELY = 400  # of the rest so much is read for names, days and numbers, all of it for words
_WINDOW = 1000  # looked through at once for the form of a word
_TITLE, _LEAD, _REST = 3.0, 2.0, 1.0
_HIRAGANA = re.compile(r"[\u3041-\u309f]")
_UNSPACED = re.compile(r"[\u3005\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_RESULT = re.compile(r"(?<![\d.,/-])(\d{1,3})\s?[-–:]\s?(\d{1,3})(?![\d.,/-])")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_LEAST_COUNTED = 10
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


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two posts are: `score` from 0 to 1, and the features `shared`, the most telling first."""

    score: float
    shared: tuple[str, ...]


def features(document: Document) -> Features:
    """The features of a document's headline and text."""
    return features_of(document.title, document.text, document.language, document.post.published, document.post.source)


@lru_cache(maxsize=2048)
def features_of(title: str, text: str, language: str, published: datetime | None = None, source: str = "") -> Features:
    """The features of a headline and a text, of which no more than the first 3,000 characters are read."""
    lead, rest = _parted(text[:_MOST_CHARS])
    written_on = published.date() if published else None
    parts = [_read(part, language, written_on, opens=True) for part in (title, lead)]
    parts.append(_read(rest[:_CLOSELY], language, written_on, opens=False))
    weights: dict[str, float] = {}
    counted = (parts[0].terms, parts[1].terms, Counter(_terms(rest, language)))
    for terms, weight in zip(counted, (_TITLE, _LEAD, _REST), strict=True):
        for term, count in terms.items():
            weights[term] = weights.get(term, 0.0) + weight * (1 + math.log(count))
    return Features(
        language,
        source,
        weights,
        _union(part.names for part in parts),
        _union(part.numbers for part in parts),
        _union(part.days for part in parts),
        _union({*part.terms, *part.names, *part.numbers} for part in parts[:2]),
        frozenset(parts[0].terms),
        _union(part.called for part in parts),
        _skeletons(f"{title}\n{lead}"),
        parts[0].cased | parts[1].cased,
        parts[0].capital | parts[1].capital,
        parts[0].deeds | parts[1].deeds,
        _union(part.deeds for part in parts),
        parts[0].counts | parts[1].counts,
        frozenset(word.key for word in words(title, language)),
        published,
    )


def _union(sets: Iterable[Set[str]]) -> frozenset[str]:
    return frozenset[str]().union(*sets)


@dataclass(frozen=True, slots=True)
class _Part:
    """The features of one part of a post: headline, opening or the rest."""

    terms: Mapping[str, int]
    names: frozenset[str]
    numbers: frozenset[str]
    days: frozenset[str]
    called: frozenset[str]
    cased: frozenset[str]
    capital: frozenset[str]
    deeds: frozenset[str]
    counts: frozenset[str]


def telling_words(text: str, language: str) -> frozenset[str]:
    """The words and names of a text that can tell what it is about, those that news is full of left out."""
    known = COMMONPLACE.get(language, frozenset())
    places = {_name(mention, language) for mention in names(text, language) if mention.place}
    return frozenset(term for term in _terms(text, language) if term not in known) | places


def _read(text: str, language: str, written_on: date | None, *, opens: bool) -> _Part:
    """A part's features; of one that does not open the post neither words, which are read further on, nor counts."""
    called = names(text, language)
    dates = mentions(text, language) if text else ()
    spans = [(day.start, day.end) for day in dates]
    cased = [
        m for m in called if not m.place and m.key[:1] < "\u0590" and len(m.key) > 2 and not _within(m.start, spans)
    ]
    return _Part(
        Counter(_terms(text, language) if opens else ()),
        frozenset(_name(mention, language) for mention in called if mention.is_sure or mention.place),
        frozenset(_numbers(text, language, spans)),
        frozenset(_days(dates, written_on)),
        _called(text, called, dates, language),
        frozenset(mention.key for mention in cased if mention.is_sure),
        frozenset(mention.key for mention in cased),
        happenings(text, [word.key for word in words(text, language)], language),
        frozenset(_counts(text, language, spans) if opens else ()),
    )


def _within(at: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


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
        left = set(asked) - found.keys()
        if not left:
            break
        found = _forms(text[start : start + _WINDOW], document.language, left) | found
    return [found[term] for term in asked if term in found]


def _forms(text: str, language: str, asked: Set[str]) -> dict[str, str]:
    """What of the asked stands in the text, as it is written there; only what is asked for is looked for."""
    found: dict[str, str] = {}
    if any(not term[0].isdigit() for term in asked):
        for chunk in text.split():
            for key, term, form in _stems(chunk, language):
                if term in asked or key in asked:
                    found.setdefault(term if term in asked else key, form)
    if any(term[0] == "@" for term in asked):
        for mention in names(text, language):
            found.setdefault(_name(mention, language), text[mention.start : mention.end])
    if any(term[0].isdigit() for term in asked):
        found |= _number_forms(text, language)
    return found


def _number_forms(text: str, language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for quantity in quantities(text, language):
        for value in quantity.readings:
            found.setdefault(_number(value, quantity.unit), text[quantity.start : quantity.end])
    for match in _RESULT.finditer(_digits(text)):
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
    for chunk in text.split():
        for key, term, _form in _stems(chunk, language):
            if _UNSPACED.match(key):
                found += [key[at : at + 2] for at in range(len(key) - 1)] if not _HIRAGANA.match(key) else []
            elif len(key) > 2 and key not in common:
                found.append(term)
    return found


@lru_cache(maxsize=131072)
def _stems(chunk: str, language: str) -> tuple[tuple[str, str, str], ...]:
    """The words of what stands between two spaces, each folded, stemmed and as written: few chunks come only once."""
    found = words.__wrapped__(chunk, language)
    return tuple((word.key, word.stem, chunk[word.start : word.end]) for word in found)


_KANA = dict(
    zip(
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ",
        "a i u e o ka ki ku ke ko sa si su se so ta ti tu te to na ni nu ne no ha hi fu he ho ma mi mu me mo ya yu yo "
        "ra ri ru re ro wa o n ga gi gu ge go za zi zu ze zo da zi zu de do ba bi bu be bo pa pi pu pe po bu".split(),
        strict=True,
    )
)
_KATAKANA = re.compile("[ァ-ヴー]{3,}")


@lru_cache(maxsize=8192)
def _consonants(key: str) -> str:
    """The consonants by which a name is known in another script: "l" and "r" are one, as in Japanese."""
    latin = "".join(_KANA.get(letter, "") for letter in key) if "ァ" <= key[:1] <= "ヴ" else key
    return skeleton(latin).replace("L", "R")


def _skeletons(text: str) -> frozenset[str]:
    """The consonants of the words in another script than Latin: of capitalised ones where it has capitals, with and
    without a prefix glued on where it has those."""
    kind = script(text)
    if kind == "cjk":
        keys, cuts = set(_KATAKANA.findall(text)), 1
    elif kind == "cyrillic":
        keys, cuts = {fold(match.group()) for match in re.finditer(r"[А-ЯЁІЇЄҐ]\w{3,}", text)}, 1
        keys |= {key[:-cut] for key in keys for cut in (1, 2) if len(key) - cut > 3}
    elif kind in {"arabic", "hebrew"}:
        keys, cuts = {fold(match.group()) for match in re.finditer(r"[^\W\d_]{4,}", text)}, 3
    else:
        return frozenset()
    found = {_consonants(key[cut:]) for key in keys for cut in range(cuts)}
    return frozenset(one for one in found if len(one) >= _LEAST_SKELETON)


def _counts(text: str, language: str, dates: Sequence[tuple[int, int]]) -> Iterator[str]:
    """What the text counts, as "9 dead": numbers of any size with the word behind them, or with their unit."""
    for quantity in quantities(text, language):
        if quantity.kind not in {"number", "fraction", "ordinal"} or not quantity.readings:
            continue
        if _within(quantity.start, dates):
            continue
        yield f"{_number(max(quantity.readings), None)} {quantity.unit or _noun(text[quantity.end :][:40], language)}"


def _noun(following: str, language: str) -> str:
    if language in {"ja", "zh"}:
        return following[:1].strip()
    common = common_words(language)
    found = (
        term for chunk in following.split()[:3] for key, term, _form in _stems(chunk, language) if key not in common
    )
    return next(found, "")


def _digits(text: str) -> str:
    """The text with plain digits only; most texts have no others."""
    return plain_digits(text) if _OTHER_DIGIT.search(text) else text


def _numbers(text: str, language: str, dates: Iterable[tuple[int, int]]) -> set[str]:
    """The numbers that identify: results, those with a unit or a fraction, those from ten on; no dates and years."""
    results = list(_RESULT.finditer(_digits(text)))
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
_PRIOR_DEED, _PRIOR_EVERYDAY = 0.05, 0.5
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
        counts.update({*one.terms, *one.names, *one.numbers, *one.told})
    return Rarity(texts, counts)


@cache
def _prior(term: str, language: str) -> float:
    if term.startswith("@"):
        return _PRIOR_PLACE
    if term[0].isdigit():
        return 0.02
    if term[0] == "#":
        return _PRIOR_EVERYDAY if term in EVERYDAY else _PRIOR_DEED
    if term in COMMONPLACE.get(language, ()):
        return _PRIOR_COMMON
    if term[0] >= "\u2e80":
        return _PRIOR_PAIR
    return _PRIOR_BY_LENGTH.get(len(term), _PRIOR_LONG)


# --- two posts -------------------------------------------------------------------------------------------------------

# What each signal adds to the log odds of one event: fitted on one half of pairs of real news (an article and its
# summaries; the articles most like it on other events) and of pairs written on the same names in eight languages, then
# rounded. "template", "opposite", "other result" and "one source" are set by hand: those pairs have too few of them.
_WEIGHTS = {
    "words": 1.5,  # the cosine of the rare words
    "opening": 1.4,  # how much of what the one opens with stands in the other
    "whole": 3.2,  # how much of all it holds
    "happenings": 1.5,  # how much of what the openings tell of both texts tell
    "names": 2.2,  # how many of the names it opens with the other has
    "headline": 0.5,
    "numbers": 1.4,
    "other numbers": -1.2,
    "numbers apart": -1.0,  # how many of its numbers the other opening lacks
    "other counts": -1.3,  # both count one thing, and have other numbers of it
    "other result": -2.0,
    "other place": -0.3,
    "elsewhere": -1.1,  # no place of the one's opening in the other's
    "other day": -0.4,
    "opposite": -0.8,  # the headlines say the opposite
    "one source": -1.2,
    "template": -3.0,  # one source's wording again, with other names, numbers or days put in
}
_BIAS = -4.15
# From this likeness on two posts are about one thing; of two that are less alike than the second nobody asks why.
ALIKE, _WORTH_TELLING = 0.35, 0.1
_DAYS_APART, _MOST_DAYS, _LATE = 1.5, 45, 0.2
# How alike the words of two posts of one source are that fill one template.
_TEMPLATE = 0.5


@dataclass(frozen=True, slots=True)
class Weighed:
    """A post's features with how rare each is in the batch, and how heavy each word: rarity by prominence.

    `square` and `total` are the sums of all words' squared weights and rarity, `opening` the words of the opening.
    """

    features: Features
    rarity: Mapping[str, float]
    weights: Mapping[str, float]
    square: float
    total: float
    opening: frozenset[str]


def weigh(one: Features, rare: Rarity) -> Weighed:
    """The features made ready to be compared with the others of the batch."""
    rarities = {term: rare.of(term, one.language) for term in {*one.terms, *one.names, *one.numbers, *one.told}}
    weights = {term: math.sqrt(prominence) * rarities[term] for term, prominence in one.terms.items()}
    return Weighed(
        one,
        rarities,
        weights,
        sum(weight * weight for weight in weights.values()),
        sum(rarities[term] for term in one.terms),
        one.lead & one.terms.keys(),
    )


def likeness(one: Weighed, other: Weighed) -> Likeness:
    """How alike two posts are; across languages by the names, places and numbers that both write alike."""
    mine, theirs = one.features, other.features
    if mine.language != theirs.language and "und" not in (mine.language, theirs.language):
        return _across(one, other)
    found = signals(one, other)
    odds = _BIAS + sum(_WEIGHTS[name] * value for name, value in found.items())
    score = _logistic(odds - _late(mine, theirs))
    return Likeness(score, _shared(one, other) if score >= _WORTH_TELLING else ())


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _late(one: Features, other: Features) -> float:
    """What the days between two posts take from the odds: nothing for one, little for some, much for weeks."""
    if one.published is None or other.published is None:
        return 0.0
    days = abs((one.published - other.published).total_seconds()) / 86_400
    return min(max(0.0, days - _DAYS_APART), _MOST_DAYS) * _LATE


def telling(one: Weighed, most: int) -> set[str]:
    """What an index finds like posts by: the most telling words, the names and numbers of the opening."""
    known = one.features
    heavy = {term: one.rarity[term] * prominence for term, prominence in known.terms.items()}
    terms = sorted(heavy, key=lambda term: (-heavy[term], term))[:most]
    return {*terms, *(known.lead & (known.names | known.numbers))}


def told_alike(one: Weighed) -> set[str]:
    """What an index finds like posts in another language by: what is written alike in both, and what happened."""
    known = one.features
    alike = {name for name in known.lead & (known.names | known.numbers) if name[0] in "@0123456789"}
    return {*alike, *(known.deeds - EVERYDAY), *known.cased, *map(_consonants, known.cased), *known.skeletons}


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
    common = mine.terms.keys() & theirs.terms.keys() - called
    words_alike = _cosine(one, other, common, called)
    return {
        "words": words_alike,
        "opening": max(_held(one, common, called), _held(other, common, called)),
        "whole": max(_whole(one, common, called), _whole(other, common, called)),
        "names": named,
        "headline": titled,
        "numbers": min(len(mine.numbers & theirs.numbers), 3) / 3,
        "other numbers": float(_opposed(mine.lead & mine.numbers, theirs.lead & theirs.numbers, mine, theirs)),
        "other result": float(_opposed(_results(mine), _results(theirs), mine, theirs)),
        "other place": float(_opposed(_places(mine), _places(theirs), mine, theirs)),
        "elsewhere": float(bool(_places(mine) and _places(theirs)) and not _places(mine) & _places(theirs)),
        "other day": float(bool(mine.days and theirs.days) and not mine.days & theirs.days),
        "one source": float(bool(mine.source) and mine.source == theirs.source),
        "happenings": _happened(one, other),
        "opposite": float(_is_turned(mine, theirs)),
        "template": float(words_alike >= _TEMPLATE and _fills_template(mine, theirs)),
        "other counts": _counts_apart(mine, theirs),
        "numbers apart": _numbers_apart(mine, theirs),
    }


_KNOWN_LANGUAGES = frozenset(LANGUAGES)


def _happened(one: Weighed, other: Weighed) -> float:
    """How much of what the one opens with telling stands in the other, of both."""
    mine, theirs = one.features, other.features
    if not {mine.language, theirs.language} <= _KNOWN_LANGUAGES:
        return 0.5
    return (_share(mine.deeds, theirs.told, one, 0.5) + _share(theirs.deeds, mine.told, other, 0.5)) / 2


def _is_turned(one: Features, other: Features) -> bool:
    """Whether the headlines say the opposite of each other: "up" and "down"."""
    mine, theirs = one.headline - other.headline, other.headline - one.headline
    return any(opposites(word, one.language) & theirs for word in mine)


def _fills_template(one: Features, other: Features) -> bool:
    """Whether two posts of one source open with names, numbers or days that the other post has nowhere."""
    if not one.source or one.source != other.source:
        return False
    mine, theirs = _facts(one), _facts(other)
    return bool(mine - _everything(other)) and bool(theirs - _everything(one)) and not one.days & other.days


def _facts(one: Features) -> frozenset[str]:
    return (one.lead & (one.names | one.numbers)) | one.days | one.counts


def _everything(one: Features) -> frozenset[str]:
    return one.names | one.numbers | one.days | one.counts | one.terms.keys()


def _counts_apart(one: Features, other: Features) -> float:
    """The share of the things both openings count of which they have other numbers."""
    mine, theirs = _by_noun(one.counts), _by_noun(other.counts)
    both = mine.keys() & theirs.keys()
    return sum(not mine[noun] & theirs[noun] for noun in both) / len(both) if both else 0.0


def _by_noun(counts: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for count in counts:
        value, _, noun = count.partition(" ")
        if noun:
            found.setdefault(noun, set()).add(value)
    return found


def _numbers_apart(one: Features, other: Features) -> float:
    """The share of the numbers of the opening that has fewer which the other text does not have."""
    mine, theirs = one.lead & one.numbers, other.lead & other.numbers
    if not (mine and theirs):
        return 0.0
    return 1 - max(len(mine & other.numbers) / len(mine), len(theirs & one.numbers) / len(theirs))


def _opposed(ours: frozenset[str], others: frozenset[str], mine: Features, theirs: Features) -> bool:
    """Whether both posts open with such things, and neither post holds any of the other's."""
    held, carried = mine.numbers | mine.names, theirs.numbers | theirs.names
    return bool(ours and others) and not (ours & carried or others & held)


def _results(one: Features) -> frozenset[str]:
    return frozenset(number for number in one.lead & one.numbers if "-" in number[1:])


def _places(one: Features) -> frozenset[str]:
    return frozenset(name for name in one.lead & one.names if name.startswith("@"))


def _cosine(one: Weighed, other: Weighed, common: Set[str], without: Set[str]) -> float:
    norms = _norm(one, without) * _norm(other, without)
    return sum(one.weights[term] * other.weights[term] for term in common) / norms if norms else 0.0


def _norm(one: Weighed, without: Set[str]) -> float:
    left_out = sum(one.weights[term] ** 2 for term in without if term in one.weights)
    return math.sqrt(max(0.0, one.square - left_out))


def _held(one: Weighed, common: Set[str], without: Set[str]) -> float:
    """The share, by rarity, of the words that the one opens with which stand anywhere in the other."""
    total = sum(one.rarity[term] for term in one.opening - without)
    return sum(one.rarity[term] for term in common & one.opening) / total if total else 0.0


def _whole(one: Weighed, common: Set[str], without: Set[str]) -> float:
    """The share, by rarity, of all the words of the one that stand in the other."""
    total = one.total - sum(one.rarity[term] for term in without if term in one.weights)
    return sum(one.rarity[term] for term in common) / total if total > 0 else 0.0


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

_WEIGHTS_ACROSS = {
    "happenings": 5.5,
    "names": 1.5,
    "places": 1.0,
    "numbers": 2.0,
    "counts": 2.0,  # numbers of any size that both open with
    "names apart": -0.8,  # how many of its names the other opening lacks
    "other place": -1.0,
    "other numbers": -2.3,
    "other result": -1.0,
    "other day": -0.3,
}
_BIAS_ACROSS = -3.2


def _across(one: Weighed, other: Weighed) -> Likeness:
    """The likeness of two posts in different languages, from what both write alike and what both tell of."""
    mine, theirs = one.features, other.features
    happened = (mine.deeds & theirs.told | theirs.deeds & mine.told) - EVERYDAY
    odds = _BIAS_ACROSS + sum(_WEIGHTS_ACROSS[name] * value for name, value in signals_across(one, other).items())
    shared = (
        *sorted(_same_names(mine, theirs)),
        *sorted(mine.numbers & theirs.numbers),
        *sorted(mine.names & theirs.names & _places_named(mine)),
    )
    # What happened is no event yet, it happens everywhere; and the same people meet again and again.
    is_told = shared and (happened or mine.numbers & theirs.numbers)
    return Likeness(_logistic(odds - _late(mine, theirs)) if is_told else 0.0, shared)


def signals_across(one: Weighed, other: Weighed) -> dict[str, float]:
    """What speaks for and against one event in two languages, each from 0 to 1, by the names of `_WEIGHTS_ACROSS`."""
    mine, theirs = one.features, other.features
    opens = mine.lead | theirs.lead
    found = _same_names(mine, theirs)
    places = {place for place in mine.names & theirs.names & opens if place.startswith("@")}
    values = {count.partition(" ")[0] for count in mine.counts} & {count.partition(" ")[0] for count in theirs.counts}
    return {
        "happenings": _happened(one, other),
        "names": min(len(found), 3) / 3,
        "places": min(len(places), 3) / 3,
        "numbers": min(len(mine.numbers & theirs.numbers & opens), 3) / 3,
        "counts": min(len(values), 3) / 3,
        "names apart": _names_apart(mine, theirs, found),
        "other place": float(_opposed(_places(mine), _places(theirs), mine, theirs)),
        "other numbers": _numbers_apart(mine, theirs),
        "other result": float(_opposed(_results(mine), _results(theirs), mine, theirs)),
        "other day": float(bool(mine.days and theirs.days) and not mine.days & theirs.days),
    }


def _places_named(one: Features) -> frozenset[str]:
    return frozenset(name for name in one.names if name.startswith("@"))


def _same_names(one: Features, other: Features) -> set[str]:
    """The names that both open with: in the same letters, or with the same consonants in another script."""
    found = set(one.cased & other.capital | other.cased & one.capital)
    for mine, theirs in ((one, other), (other, one)):
        found |= {name for name in mine.capital if _consonants(name) in theirs.skeletons}
    return found


def _names_apart(one: Features, other: Features, found: Set[str]) -> float:
    """The share of the names of the opening that has fewer which the other lacks, where the other can have them."""
    shares = [
        1 - min(1.0, len(found) / len(mine.cased))
        for mine, theirs in ((one, other), (other, one))
        if mine.cased and (theirs.cased or theirs.skeletons)
    ]
    return min(shares, default=0.5)
