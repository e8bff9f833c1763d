"""Numbers as people write them: every script's digits, separators, number words, scales, units, "about" and "half".

A number that could be read in two ways ("1.234") keeps both readings; two numbers agree where a reading is shared.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from briefing.language.magnitudes import BEHIND_SIGN, SIGN, SPACE, meanings, scales_behind, shared_meanings, unit_beside
from briefing.language.number_grammar import NumberPart, key_of, number
from briefing.language.number_words import SpelledNumber
from briefing.language.patterns import alternatives, word_list
from briefing.language.profile import profile
from briefing.language.reading import TextReading
from briefing.language.tables import languages, table

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


_MEASURED = frozenset("km mile m cm foot inch kg tonne hectare acre degree".split())
_BOUNDS: tuple[Bound, ...] = ("over", "under", "nearly", "about")  # tried in this order
_BOUND_ROWS = [row for language in languages("quantities") for row in table(language, "quantities").get("row", ())]
_BOUND_BEFORE = [
    (
        bound,
        re.compile(
            rf"(?:^|[\s(«“\"،,])(?:{'|'.join(row['pattern'] for row in _BOUND_ROWS if row['bound'] == bound)})"
            rf"[\s-]*(?:{alternatives('determiners', 'definite')})?(?:{SIGN})?\s*$",
            re.I,
        ),
    )
    for bound in _BOUNDS
]

_DIGITS = re.compile(
    rf"(?=\d)(?:(?<![\d.,A-Za-z\u00c0-\u024f\u0400-\u04ff_])|{BEHIND_SIGN})"
    rf"(?:\d{{1,3}}(?:[{SPACE}]\d{{3}})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,٫٬'’]\d+)*)"
)
_ORDINAL_AFTER = re.compile(rf"(?:{alternatives('quantities', 'ordinal_endings')})(?!\w)", re.IGNORECASE)
_TIME = re.compile(
    r"(?<![\d:])([01]?\d|2[0-4])(?::([0-5]\d)(?::\d\d)?|\s?[hH]\s?([0-5]\d)(?!\w)|[hH](?!\w))(?!\d)\s*([ap]\.?m\b)?",
    re.I,
)
_CLOCK = re.compile(r"(?<![\d:.])(1[0-2]|0?\d)(?:[:.]([0-5]\d))?\s*([ap])\.?m\b", re.I)


def _readings(digits: str) -> frozenset[float]:
    """Every value the digits can stand for: "1.234" is 1234 and 1.234, "1,234.5" is 1234.5 only."""
    compact = re.sub(rf"[{SPACE}'’]", "", digits)
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


def quantities(line: TextReading, spelled: Sequence[SpelledNumber]) -> tuple[Quantity, ...]:
    """Every number of the line in order, in digits or in words, of those in words the `spelled` ones that are read."""
    text, plain, language = line.text, line.plain_digits, line.language
    found = [*_times(plain, language), *_centuries(text, language)]
    taken = [(time.start, time.end) for time in found]
    found += _in_digits(text, plain, taken, language)
    found = _with_fractions(line, [*found, *_in_words(line, spelled)])
    found = _of_a_whole(line, spelled, found)
    found = [quantity for quantity in found if all(map(math.isfinite, quantity.readings))]  # "million" 60 times over
    return tuple(sorted(found, key=lambda quantity: (quantity.start, -quantity.end)))


def _times(plain: str, language: str) -> Iterator[Quantity]:
    for match in _found(plain, "clocks", language):
        hour, minute = map(int, [*filter(None, match.groups()), "0"][:2])
        start = re.search(r"\d", match.group())
        if start and hour <= 24 and minute < 60:
            yield Quantity(match.start() + start.start(), match.end(), _hours(hour, minute, ""), "time")
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


def _centuries(text: str, language: str) -> Iterator[Quantity]:
    """Roman numbers of centuries: "XIXe siècle", "siglo XIX"."""
    for match in _found(text, "centuries", language) if not _ROMAN.keys().isdisjoint(text) else ():
        at = match.lastindex or 0
        yield Quantity(*match.span(at), frozenset({float(_roman(match[at]))}), "ordinal", is_word=True)


def _found(text: str, key: str, language: str) -> Iterator[re.Match[str]]:
    pattern = _pattern(key, language)
    return pattern.finditer(text) if pattern else iter(())


@cache
def _pattern(key: str, language: str) -> re.Pattern[str] | None:
    if key not in table(language, "quantities"):
        return None
    edges = (r"(?<!\w)", r"(?!\w)") if profile(language).spaces else ("", "")
    return re.compile(rf"{edges[0]}(?:{alternatives('quantities', key, language)}){edges[1]}")


def _roman(letters: str) -> int:
    values = [_ROMAN[letter] for letter in letters]
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))


_ROMAN = {"I": 1, "V": 5, "X": 10}


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
    readings, end = _scaled(plain, match.start(), match.end(), language)
    unit, end = unit_beside(plain, match.start(), end, language)
    if unit is None and plain.startswith(".", end) and end > match.end():  # "5 Mrd. Euro"
        unit, behind = unit_beside(plain, match.start(), end + 1, language)
        end = behind if behind > end + 1 else end
    ordinal = _ORDINAL_AFTER.match(plain, match.end())
    kind: Kind = "ordinal" if ordinal else "number"
    end = max(end, ordinal.end()) if ordinal else end
    return Quantity(match.start(), end, _clean(readings), kind, unit, _bound(text, match.start()))


def _scaled(plain: str, start: int, end: int, language: str) -> tuple[frozenset[float], int]:
    """What the digits can stand for, times the scales behind them ("1.2 million", "5bn", "3万"); where those end."""
    readings = _readings(plain[start:end])
    glued = _WRITTEN_ON.match(plain, end)
    if glued and len(readings) == 1:
        value = _mixed(min(readings), glued.group())
        return (readings if value is None else frozenset({value})), glued.end()
    factors, end = scales_behind(plain, start, end, language)
    return frozenset(value * factor for value in readings for factor in factors), end


_WRITTEN_SCALES = {
    word: float(value) for word, value in shared_meanings("scales").items() if word >= "\u2e80" and len(word) == 1
}
_SCALE_LETTERS = "".join(_WRITTEN_SCALES)
_WRITTEN_ON = re.compile(rf"[{_SCALE_LETTERS}]+(?:\s?\d[\d,.]*[{_SCALE_LETTERS}]+)*(?:\d[\d,]*)?")
_MIXED_PART = re.compile(rf"\d[\d,.]*|[{_SCALE_LETTERS}]")


def _mixed(first: float, rest: str) -> float | None:
    """ "3" and "万5000" make 35,000."""
    parts = [NumberPart("add", first)]
    for piece in _MIXED_PART.findall(rest):
        scale = _WRITTEN_SCALES.get(piece)
        digits = _readings(piece.rstrip(",.")) if scale is None else ()
        parts.append(NumberPart("times", scale) if scale else NumberPart("add", max(digits, default=0.0)))
    return number(tuple(parts), {})


def _bound(text: str, start: int) -> Bound:
    before = text[max(0, start - 28) : start]
    if not before.strip():
        return "exact"
    for bound, pattern in _BOUND_BEFORE:
        if pattern.search(before):
            return bound
    return "exact"


def _in_words(line: TextReading, spelled: Iterable[SpelledNumber]) -> Iterator[Quantity]:
    for one in spelled:
        if one.kind == "doubtful" or one.kind == "unread":
            continue
        unit, end = (
            unit_beside(line.text, one.start, one.end, line.language) if one.kind == "number" else (None, one.end)
        )
        bound = _bound(line.text, one.start) if one.kind == "number" and one.bound == "exact" else one.bound
        yield Quantity(one.start, end, _clean(one.values), one.kind, unit, bound, is_word=True)


def _with_fractions(line: TextReading, found: list[Quantity]) -> list[Quantity]:
    """The numbers with the fractions in words: "half", "a third", and of a small number before it "two thirds"."""
    ahead = {one.end: one for one in found if one.is_word and one.kind == "number" and max(one.readings) < 10}
    for start, end, share in _fraction_words(line):
        before = ahead.get(start - 1) if line.text[start - 1 : start] in _JOINS else None
        covering = [one for one in found if one.is_word and one.start <= start < one.end]
        is_part = before or _is_part(line, start, end)
        if covering and not (is_part and covering[0].kind == "ordinal"):  # "third" is either
            continue
        found = [one for one in found if one not in (before, *covering)]
        share *= min(before.readings) if before else 1.0
        bound = "exact" if before else _bound(line.text, start)
        begin = before.start if before else start
        found.append(
            Quantity(begin, end, frozenset({_rounded(round(share, 4))}), "fraction", None, bound, is_word=True)
        )
    return found


def _is_part(line: TextReading, start: int, end: int) -> bool:
    """Whether a fraction has an article ahead, and "of" behind: "a third of"."""
    known = table(line.language, "quantities")
    ahead, behind = line.text[:start].split()[-1:], line.text[end : end + 6].split()[:1]
    return bool({*ahead} & {*known.get("one_of_scale", ())} and {*behind} & {*known.get("of", ())})


_JOINS = (" ", "-", "\u00a0", "‑")


def _fraction_words(line: TextReading) -> Iterator[tuple[int, int, float]]:
    shares, rules = meanings(line.language, "fractions"), table(line.language, "quantities").get("grammar", {})
    if profile(line.language).spaces:
        marks_tell = rules.get("marks_tell", False)
        for word in line.words if shares and (marks_tell or not shares.keys().isdisjoint(line.keys)) else ():
            key = key_of(line.text[word.start : word.end], rules) if marks_tell else word.key
            if key in shares:
                yield word.start, word.end, float(shares[key])
    else:
        for written, share in shares.items():
            for match in re.finditer(re.escape(written), line.text):
                yield *match.span(), float(share)


def _of_a_whole(line: TextReading, spelled: Iterable[SpelledNumber], found: list[Quantity]) -> list[Quantity]:
    """The numbers, of two with "parts of" between them the fraction: 三分之二."""
    words = table(line.language, "quantities").get("whole_first", ())
    if not any(word in line.text for word in words):
        return found
    spans = [(one.start, one.end, one.values) for one in spelled]
    spans = sorted(spans + [(one.start, one.end, one.readings) for one in found if not one.is_word])
    for (start, one_end, whole), (two_start, end, part) in itertools.pairwise(spans):
        if line.text[one_end:two_start].strip() in words and len(whole) == len(part) == 1 and max(whole):
            found = [one for one in found if not start <= one.start < end]
            share = _rounded(round(max(part) / max(whole), 4))
            found.append(Quantity(start, end, frozenset({share}), "fraction", is_word=True))
    return found


def agree(claimed: Quantity, carried: Quantity) -> bool:
    """Whether the text's number carries the claim's: one value in common, and no other unit.

    "5 %" is not carried by "5 people"; "160 million" is carried by "$160 million".
    """
    if "fraction" in (claimed.kind, carried.kind):
        return _same_value(claimed, carried)
    return _same_value(claimed, carried) and sameunit_beside(claimed.unit, carried.unit)


def sameunit_beside(claimed: str | None, carried: str | None) -> bool:
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
