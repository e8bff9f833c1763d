"""What of a post is compared with others: words, names, numbers, days, and what happened, as far as words tell."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from briefing.language.calendar import NameMention as Day
from briefing.language.calendar import mentions, resolve
from briefing.language.entities import NameMention, names
from briefing.language.event_words import happenings
from briefing.language.generic_terms import generic_terms
from briefing.language.quantities import plain_digits, quantities
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
    known = generic_terms(language)
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


def _called(text: str, called: Iterable[NameMention], dates: Iterable[Day], language: str) -> frozenset[str]:
    """The stems that name somebody, a place or a day: they tell who and when, not what happened."""
    when = (word.stem for day in dates for word in words(text[day.start : day.end], language))
    return frozenset(when) | {stem(mention.key, language) for mention in called if mention.is_sure or mention.place}


def _name(mention: NameMention, language: str) -> str:
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
def consonants(key: str) -> str:
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
    found = {consonants(key[cut:]) for key in keys for cut in range(cuts)}
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
