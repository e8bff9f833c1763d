"""Numbers as people write them: every script's digits, separators, number words, scales, units, "about" and "half".

A number that could be read in two ways ("1.234") keeps both readings; two numbers agree where a reading is shared.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from briefing.language.patterns import alternatives, folded, word_list
from briefing.language.reading import TextReading
from briefing.language.tables import languages, table
from briefing.language.words import Word, fold

Bound = Literal["exact", "about", "nearly", "over", "under"]
Kind = Literal["number", "ordinal", "fraction", "vague", "time"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a text, `text[start:end]` with its scale: its possible values and what it counts, if that is said.

    `unit` is a unit's name of ours ("percent", "EUR", "year", "km"), None where there is none. `is_word` tells number
    words from digits. A vague one ("dozens") has the lowest and the highest value it can stand for as its readings.
    """

    start: int
    end: int
    readings: frozenset[float]
    kind: Kind = "number"
    unit: str | None = None
    bound: Bound = "exact"
    is_word: bool = False


@cache
def _number_words(language: str, key: str) -> dict[str, float]:
    """Folded word → value."""
    return {word: float(value) for value, word in _entries(language, key)}


def _entries(language: str, key: str) -> list[tuple[str, str]]:
    names = table(language, "quantities").get(key, {})
    return [(name, fold(word)) for name, listed in names.items() for word in listed.split()]


def _everywhere(key: str) -> dict[str, str]:
    """Folded word → what it names, of all languages together: a text may count in another one's words."""
    return {word: name for language in languages("quantities") for name, word in _entries(language, key)}


_SCALES = {word: float(value) for word, value in _everywhere("scales").items()}
_LETTER_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "bn": 1e9, "mn": 1e6, "tn": 1e12, "mm": 1e6}
_HAN_SCALES = {"千": 1e3, "万": 1e4, "萬": 1e4, "億": 1e8, "亿": 1e8, "兆": 1e12}
_HAN_DIGITS = {letter: value for value, letter in enumerate("〇一二三四五六七八九")}

_FRACTIONS = {word: float(value) for word, value in _everywhere("fractions").items()}
_LOW_HIGH = {
    "tens": (20, 999),
    "hundreds": (200, 9_999),
    "thousands": (1_000, 999_999),
    "millions": (1_000_000, 999_999_999),
    "billions": (1e9, 1e12),
}
_VAGUE = {word: _LOW_HIGH[name] for word, name in _everywhere("vague").items()}
_UNITS = _everywhere("units")
HOLDS = {word: float(value) for word, value in _everywhere("holds").items()}
"""Words that hold a number, folded: a quarter is three months, twins are two."""
_SIGNS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₽": "RUB",
    "₴": "UAH",
    "₪": "ILS",
    "₹": "INR",
    "%": "percent",
}
_SIGNS |= {"٪": "percent", "％": "percent", "円": "JPY", "°": "degree"}
_MEASURED = frozenset("km mile m cm foot inch kg tonne hectare acre degree".split())
_PERCENT_AFTER = re.compile(rf"\s*(?:%|٪|％|{alternatives('quantities', 'percent')})", re.IGNORECASE)

_BOUNDS: tuple[Bound, ...] = ("over", "under", "nearly", "about")  # tried in this order
_BOUND_ROWS = [row for language in languages("quantities") for row in table(language, "quantities").get("row", ())]
_BOUND_BEFORE = [
    (
        bound,
        re.compile(
            rf"(?:^|[\s(«“\"،,])(?:{'|'.join(row['pattern'] for row in _BOUND_ROWS if row['bound'] == bound)})"
            rf"[\s-]*(?:{alternatives('determiners', 'definite')})?(?:[$€£¥₽₪₹]|US\$)?\s*$",
            re.I,
        ),
    )
    for bound in _BOUNDS
]

_SPACE = " \u00a0\u202f\u2009"
_DIGITS = re.compile(
    rf"(?<![\d.,A-Za-z\u00c0-\u024f\u0400-\u04ff_])(?:\d{{1,3}}(?:[{_SPACE}]\d{{3}})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,٫٬'’]\d+)*)"
)
_ORDINAL_AFTER = re.compile(rf"(?:{alternatives('quantities', 'ordinal_endings')})(?!\w)", re.IGNORECASE)
_TIME = re.compile(
    r"(?<![\d:])([01]?\d|2[0-4])(?::([0-5]\d)(?::\d\d)?|\s?[hH]\s?([0-5]\d)(?!\w)|[hH](?!\w))(?!\d)\s*([ap]\.?m\b)?",
    re.I,
)
_CLOCK = re.compile(r"(?<![\d:.])(1[0-2]|0?\d)(?:[:.]([0-5]\d))?\s*([ap])\.?m\b", re.I)
_HAN_NUMBER = re.compile(r"[〇一二三四五六七八九十百千]+(?:[万億兆][〇一二三四五六七八九十百千]*)*|[万億兆]")


def _readings(digits: str) -> frozenset[float]:
    """Every value the digits can stand for: "1.234" is 1234 and 1.234, "1,234.5" is 1234.5 only."""
    compact = re.sub(rf"[{_SPACE}'’]", "", digits)
    marks = [letter for letter in compact if letter in ".,"]
    if len(compact) > 40:
        return frozenset()
    if not marks:
        return frozenset({float(compact)})
    last = max(compact.rfind("."), compact.rfind(","))
    whole = float(re.sub(r"[.,]", "", compact))
    decimal = float(re.sub(r"[.,]", "", compact[:last]) + "." + compact[last + 1 :])
    tail = len(compact) - last - 1
    if len(set(marks)) == 2:
        return frozenset({decimal})
    if len(marks) > 1:
        return frozenset({whole})
    return frozenset({whole, decimal} if tail == 3 and last <= 3 else {decimal})


def _rounded(value: float) -> float:
    return float(f"{value:.15g}")


def _clean(values: Iterator[float] | frozenset[float]) -> frozenset[float]:
    return frozenset(_rounded(value) for value in values)


def quantities(line: TextReading) -> tuple[Quantity, ...]:
    """Every number of the line in order, in digits or in words."""
    text, plain, language = line.text, line.plain_digits, line.language
    times = list(_times(plain))
    taken = [(time.start, time.end) for time in times]
    found = [*times, *_in_digits(text, plain, taken, language), *_han(plain, language)]
    found += _in_words(line)
    found = [quantity for quantity in found if all(map(math.isfinite, quantity.readings))]  # "million" 60 times over
    return tuple(sorted(found, key=lambda quantity: (quantity.start, -quantity.end)))


def _times(plain: str) -> Iterator[Quantity]:
    if ":" not in plain and not any(mark in plain for mark in "hHmM"):
        return
    spans: list[tuple[int, int]] = []
    for match in _TIME.finditer(plain):
        hour, minute = int(match[1]), int(match[2] or match[3] or 0)
        readings = _hours(hour, minute, (match[4] or "")[:1])
        spans.append(match.span())
        yield Quantity(match.start(), match.end(), readings, "time")
    for match in _CLOCK.finditer(plain):
        if not any(start <= match.start() < end for start, end in spans):
            yield Quantity(match.start(), match.end(), _hours(int(match[1]), int(match[2] or 0), match[3]), "time")


def _hours(hour: int, minute: int, half: str) -> frozenset[float]:
    """Minutes of the day; 3:30 without "am" or "pm" may be either."""
    half = half.casefold()
    if half == "p":
        hours = {hour % 12 + 12}
    elif half == "a":
        hours = {hour % 12}
    else:
        hours = {hour, hour % 12 + 12} if hour <= 12 else {hour}
    return frozenset(float(value * 60 + minute) for value in hours)


def _in_digits(text: str, plain: str, taken: list[tuple[int, int]], language: str) -> Iterator[Quantity]:
    position = reached = 0
    for match in _DIGITS.finditer(plain):
        if match.start() < reached:
            continue
        while position < len(taken) and taken[position][1] <= match.start():
            position += 1
        if position < len(taken) and taken[position][0] <= match.start():
            continue
        found = _digit_quantity(text, plain, match, language)
        reached = found.end
        yield found


def _digit_quantity(text: str, plain: str, match: re.Match[str], language: str) -> Quantity:
    readings, end = _readings(match.group()), match.end()
    readings, end = _scaled(plain, readings, end)
    unit, end = _unit(plain, match.start(), end)
    ordinal = _ORDINAL_AFTER.match(plain, match.end())
    kind: Kind = "ordinal" if ordinal and language not in {"ar", "he"} else "number"
    if kind == "ordinal" and ordinal:
        end = max(end, ordinal.end())
    return Quantity(match.start(), end, _clean(readings), kind, unit, _bound(text, match.start()))


_NEXT_WORD = re.compile(rf"[{_SPACE}-]?([^\W\d_]+)\.?")


def _scaled(plain: str, readings: frozenset[float], end: int) -> tuple[frozenset[float], int]:
    """The readings times the scales that follow ("1.2 million", "5bn", "3万"), and where those end."""
    han = _HAN_MIXED.match(plain, end)
    if han and len(readings) == 1:
        return frozenset({_han_mixed(min(readings), han.group())}), han.end()
    for _ in range(2):
        match = _NEXT_WORD.match(plain, end)
        if not match:
            break
        word = match[1]
        glued = match.start(1) == end
        scale = _SCALES.get(fold(word))
        if scale is None and glued:
            scale = _LETTER_SCALES.get(word.casefold())
        if scale is None:
            break
        readings = frozenset(value * scale for value in readings)
        end = match.end(1)
    return readings, end


_HAN_MIXED = re.compile(r"[千万萬億亿兆](?:[\d,.]+[千万萬億亿兆]?)*")


def _han_mixed(first: float, rest: str) -> float:
    """ "3" and "万5000" make 35,000."""
    total = first * _HAN_SCALES[rest[0]]
    for digits, scale in re.findall(r"([\d,.]+)([千万萬億亿兆]?)", rest[1:]):
        plain = digits.replace(",", "").strip(".")
        total += (float(plain) if plain.count(".") <= 1 and plain else 0.0) * _HAN_SCALES.get(scale, 1.0)
    return total


_COUNTED = re.compile(rf"[{_SPACE}-]?(?:US |U\.S\. |de |d[’'])?([^\W\d_]+)")


def _unit(plain: str, start: int, end: int) -> tuple[str | None, int]:
    """What the number counts: a sign before or after it, or the next word (after "-" too: "a 12-year sentence")."""
    percent = _PERCENT_AFTER.match(plain, end)
    if percent:
        return "percent", percent.end()
    before = plain[max(0, start - 2) : start].strip()[-1:]
    if before in _SIGNS:
        return _SIGNS[before], end
    after = plain[end : end + 2].strip()[:1]
    if after in _SIGNS:
        return _SIGNS[after], end + 1
    match = _COUNTED.match(plain, end)
    return (_UNITS.get(fold(match[1])), end) if match else (None, end)


def _bound(text: str, start: int) -> Bound:
    before = text[max(0, start - 28) : start]
    if not before.strip():
        return "exact"
    for bound, pattern in _BOUND_BEFORE:
        if pattern.search(before):
            return bound
    return "exact"


def _han(plain: str, language: str) -> Iterator[Quantity]:
    """Numbers in Chinese characters where a counter or a unit follows: "三人", "十二月"; a single 一 is no number."""
    if language not in {"ja", "zh"}:
        return
    for match in _HAN_NUMBER.finditer(plain):
        number = match.group()
        if match.start() and plain[match.start() - 1].isdigit():
            continue
        value = _han_value(number)
        if value is None or number in {"一", "千", "万", "億", "兆", "百", "十"}:
            continue
        if plain[match.end() : match.end() + 1] in _HAN_COUNTERS or len(number) > 1:
            unit, end = _unit(plain, match.start(), match.end())
            yield Quantity(match.start(), end, frozenset({value}), unit=unit, is_word=True)


_HAN_COUNTERS = word_list("quantities", "han_counters")


def _han_value(number: str) -> float | None:
    total = section = 0.0
    digits = ""
    for letter in number:
        if letter in _HAN_DIGITS:
            digits += str(_HAN_DIGITS[letter])
        elif letter in "十百千":
            section += (float(digits) if digits else 1.0) * {"十": 10, "百": 100, "千": 1000}[letter]
            digits = ""
        else:
            section += float(digits) if digits else 0.0
            total += (section or 1.0) * _HAN_SCALES[letter]
            section, digits = 0.0, ""
    return total + section + (float(digits) if digits else 0.0)


def _in_words(line: TextReading) -> Iterator[Quantity]:
    """Numbers in words: cardinals put together, ordinals, fractions, and vague counts ("dozens")."""
    text, tokens, language = line.text, line.words, line.language
    cardinals, ordinals = _number_words(language, "cardinals"), _number_words(language, "ordinals")
    index = 0
    while index < len(tokens):
        used, quantity = _word_number(text, tokens, index, cardinals, ordinals, language)
        if quantity:
            yield quantity
        index += max(used, 1)


def _word_number(
    text: str,
    tokens: tuple[Word, ...],
    index: int,
    cardinals: dict[str, float],
    ordinals: dict[str, float],
    language: str,
) -> tuple[int, Quantity | None]:
    key = tokens[index].key
    start = tokens[index].start
    if key in _VAGUE and not _follows_number(text, start) and (key, language) != ("miles", "en"):
        low, high = _VAGUE[key]
        return 1, Quantity(start, tokens[index].end, frozenset({float(low), float(high)}), "vague", is_word=True)
    used, value = _cardinal(text, tokens, index, cardinals, language)
    if used:
        return _finish_cardinal(text, tokens, index, used, value, ordinals)
    if key in ordinals:
        return 1, Quantity(start, tokens[index].end, frozenset({ordinals[key]}), "ordinal", is_word=True)
    if key in _FRACTIONS:
        return _fraction(text, tokens, index, cardinals)
    return 0, None


def _finish_cardinal(
    text: str, tokens: tuple[Word, ...], index: int, used: int, value: float, ordinals: dict[str, float]
) -> tuple[int, Quantity | None]:
    start, end = tokens[index].start, tokens[index + used - 1].end
    following = tokens[index + used].key if index + used < len(tokens) else ""
    if following in _FRACTIONS and value < 10 and _joined(text, end, tokens[index + used].start):
        fraction = _rounded(round(value * _FRACTIONS[following], 4))
        return used + 1, Quantity(start, tokens[index + used].end, frozenset({fraction}), "fraction", is_word=True)
    if following in ordinals and value >= 20 and ordinals[following] < 10 and text[end : end + 1] == "-":
        return used + 1, Quantity(
            start, tokens[index + used].end, frozenset({value + ordinals[following]}), "ordinal", is_word=True
        )
    unit, end = _unit(text, start, end)
    return used, Quantity(start, end, frozenset({_rounded(value)}), "number", unit, _bound(text, start), is_word=True)


def _fraction(
    text: str, tokens: tuple[Word, ...], index: int, cardinals: dict[str, float]
) -> tuple[int, Quantity | None]:
    """ "half", "a third"; with a dozen or a scale behind it a number: "half a million", "half a dozen"."""
    share, start = _FRACTIONS[tokens[index].key], tokens[index].start
    for step in (1, 2):
        if index + step >= len(tokens) or (step == 2 and tokens[index + 1].key not in _ARTICLES):
            break
        key = tokens[index + step].key
        whole = _SCALES.get(key) or (cardinals.get(key) if cardinals.get(key, 0) >= 10 else None)
        if whole:
            end = tokens[index + step].end
            unit, end = _unit(text, start, end)
            return step + 1, Quantity(start, end, frozenset({_rounded(share * whole)}), "number", unit, is_word=True)
    bound = _bound(text, start)
    return 1, Quantity(start, tokens[index].end, frozenset({share}), "fraction", None, bound, is_word=True)


_ARTICLES = word_list("quantities", "articles")


def _joined(text: str, end: int, start: int) -> bool:
    return text[end:start] in {" ", "-", "\u00a0", "‑"}


def _follows_number(text: str, start: int) -> bool:
    before = text[max(0, start - 2) : start].strip()
    return bool(before) and before[-1].isdigit()


def _cardinal(
    text: str, tokens: tuple[Word, ...], index: int, table: dict[str, float], language: str
) -> tuple[int, float]:
    """How many words from `index` on make one cardinal, and its value; (0, 0) where none begins there."""
    total = current = 0.0
    used = taken = 0
    begun = False
    while index + taken < len(tokens) and taken < 12:
        key = tokens[index + taken].key
        joins = begun and key == _AND.get(language)
        value = table.get(key)
        if value is None and language == "ar" and key[:1] in ("و" if begun else "وبلف") and len(key) > 3:
            value = table.get(key[1:])
        if value is None and language == "ar" and key.endswith("ا") and len(key) > 4:
            value = table.get(key[:-1]) or (table.get(key[1:-1]) if key[0] == "و" else None)
        scale = _SCALES.get(key) if (begun and (current or total)) or key in _ALONE else None
        if taken and not _SPACED.fullmatch(text[tokens[index + taken - 1].end : tokens[index + taken].start]):
            break
        if value is None and scale is None:
            if not joins:
                break
            taken += 1
            continue
        if scale is not None:
            total = (total + current) * scale if 0 < total < scale else total + (current or 1) * scale
            current = 0.0
        elif value is not None:
            merged = _merge(current, value, language, begun)
            if merged is None:
                break
            current = merged
        begun = True
        taken += 1
        used = taken
    return (used, total + current) if begun else (0, 0.0)


_SPACED = re.compile(r"[\s‑-]*")
_AND = {language: table(language, "quantities").get("and") for language in languages("quantities")}
_ALONE = folded("quantities", "alone")


def _merge(current: float, value: float, language: str, begun: bool) -> float | None:
    """The number so far with one more number word; None where the word begins another number."""
    if not begun or current == 0:
        return value
    if language == "fr" and current % 100 == 4 and value == 20:
        return current - 4 + 80
    if value == 100:
        return current * 100 if 1 <= current < 100 else None
    if language == "ar" and value == 10 and 1 <= current < 10:
        return current + 10
    if value < 10 and language in {"ar", "de"}:
        return current + value if current >= 100 and current % 100 == 0 else None
    if language in {"ar", "de"} and 10 <= value < 100 and current % 100 < 10:
        return current + value
    if value < 10:
        return current + value if current % 10 == 0 and current >= 20 else None
    if value < 20 and language == "fr" and current % 100 in {60, 80}:
        return current + value
    if value < 100:
        return current + value if current % 100 == 0 and current >= 100 else None
    return None


def agree(claimed: Quantity, carried: Quantity) -> bool:
    """Whether the text's number carries the claim's: one value in common, and no other unit.

    "5 %" is not carried by "5 people"; "160 million" is carried by "$160 million".
    """
    if "fraction" in (claimed.kind, carried.kind):
        return _same_value(claimed, carried)
    return _same_value(claimed, carried) and same_unit(claimed.unit, carried.unit)


def same_unit(claimed: str | None, carried: str | None) -> bool:
    """Whether a number counted in the one unit may be said of the other; a unit left out is no other unit."""
    if claimed == carried or claimed is None:
        return True
    if carried is None:
        return claimed not in {"percent"}
    return {claimed, carried} == {"percent", "point"}


def _same_value(claimed: Quantity, carried: Quantity) -> bool:
    if (claimed.kind == "time") != (carried.kind == "time"):
        return False
    if claimed.kind == "vague" or carried.kind == "vague":
        return _vague_agrees(claimed, carried)
    if claimed.kind == "fraction" or carried.kind == "fraction":
        pairs = [(a, b) for a in _as_share(claimed) for b in _as_share(carried) if a <= 1 and b <= 1]
        return any(abs(a - b) < 0.005 or (claimed.bound != "exact" and within(claimed.bound, a, b)) for a, b in pairs)
    if claimed.readings & carried.readings:
        return True
    return claimed.bound != "exact" and any(
        within(claimed.bound, said, true) and _is_rounder(said, true)
        for said in claimed.readings
        for true in carried.readings
    )


def _is_rounder(said: float, true: float) -> bool:
    """Whether a number has fewer digits that matter: "about 30" rounds 31, "about 79.4" does not round 76.4."""
    return len(f"{said:.15g}".replace(".", "").strip("0")) < len(f"{true:.15g}".replace(".", "").strip("0"))


_OF_SO_MANY = re.compile(
    rf"\b({alternatives('quantities', 'out_of')})\b\s*(?:{alternatives('quantities', 'out_of_every')})?$", re.IGNORECASE
)


def shares(found: tuple[Quantity, ...], text: str) -> frozenset[float]:
    """The fractions two numbers make together: "one in five" and "3 of the 6" are 0.2 and 0.5."""
    made = set()
    for one, other in itertools.pairwise(found):
        between = text[one.end : other.start]
        match = _OF_SO_MANY.search(between)
        if not match or len(between) > (16 if match[1].casefold() in word_list("quantities", "out_of_near") else 45):
            continue
        is_plain = match[1].casefold() in word_list("quantities", "out_of_plain")
        whole = all(value == int(value) for value in one.readings | other.readings)
        if (is_plain and one.readings <= {1.0}) or not whole or {one.kind, other.kind} != {"number"}:
            continue
        made |= {_rounded(a / b) for a in one.readings for b in other.readings if 100 * a >= b > a > 0}
    return frozenset(made)


def _as_share(quantity: Quantity) -> frozenset[float]:
    if quantity.unit == "percent":
        return frozenset(value / 100 for value in quantity.readings)
    return quantity.readings


def _vague_agrees(claimed: Quantity, carried: Quantity) -> bool:
    low, high = min(claimed.readings), max(claimed.readings)
    if claimed.kind == carried.kind:
        return claimed.readings == carried.readings or (low <= max(carried.readings) and high <= max(carried.readings))
    if claimed.kind == "vague":
        return any(low <= value <= high for value in carried.readings)
    return False


def within(bound: Bound, said: float, true: float) -> bool:
    """Whether a rounded number is true: "nearly 100" of 96, "more than 5,000" of 5,212, "about 30" of 31."""
    if true <= 0 or said <= 0:
        return False
    ratio = said / true
    if bound == "nearly":
        return 1.0 <= ratio <= 1.12
    if bound == "over":
        return 0.8 <= ratio <= 1.0
    if bound == "under":
        return 1.0 <= ratio <= 1.25
    return 0.9 <= ratio <= 1.1


def is_measured(unit: str | None) -> bool:
    """Whether the unit is one of length, weight or area."""
    return unit in _MEASURED
