"""Numbers in words, where they stand in a text: "deux mille cinq cents", "zweieinhalb Millionen", 三百万, "thousands".

What a number word is and does is told in `number_grammar`. Words that have to do with a number which is not known
("zwanzigjährig", "nineteen eighty-four") are found as well, and told as not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from briefing.language.number_grammar import (
    Grammar,
    NumberRules,
    Parts,
    Phrase,
    grammar,
    key_of,
    number,
    pair,
    word_reading,
)
from briefing.language.reading import TextReading

Roughness = Literal["exact", "about", "over"]


@dataclass(frozen=True, slots=True)
class SpelledNumber:
    """A number in words, `text[start:end]`.

    A vague one ("thousands") has its lowest and its highest value. One that is not read has those that it may have, as
    far as they are known; a doubtful one is that number or none ("năm": five, year). "Une vingtaine" is about 20.
    """

    start: int
    end: int
    values: frozenset[float]
    kind: Literal["number", "ordinal", "fraction", "vague", "doubtful", "unread"] = "number"
    bound: Roughness = "exact"


class _Piece(NamedTuple):
    """A word of a number, or a phrase: `text[start:end]`."""

    start: int
    end: int
    key: str
    parts: Parts

    @property
    def opens_with_and(self) -> bool:
        return self.parts[0].role == "and"


class _Tile(NamedTuple):
    """Some pieces of a run, and the number that they make; None where it is one piece that makes none."""

    first: int
    last: int
    value: float | None


_GAP = re.compile(r"[\s\u200c‑-]*")
_CHARS_BEFORE = 24
_LONGEST_RUN = 24
_NEVER_FIRST = frozenset({"and", "point", "nth"})
_NEVER_LAST = frozenset({"and", "point", "share", "ahead"})


def spelled_numbers(line: TextReading) -> tuple[SpelledNumber, ...]:
    """The numbers in words of a text, in order, those that are not read among them."""
    known = grammar(line.language)
    if known is None:
        return ()
    return tuple(found for run in _runs(line, known) for found in _numbers(run, line.text, known))


def _runs(line: TextReading, known: Grammar) -> Iterator[list[_Piece]]:
    """Words of numbers that stand next to each other, only spaces or hyphens between."""
    run: list[_Piece] = []
    for piece in _written_together(line, known) if known.scan else _words(line, known):
        if run and not (len(run) < _LONGEST_RUN and _goes_on(run[-1], piece, line.text, known)):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _written_together(line: TextReading, known: Grammar) -> Iterator[_Piece]:
    for match in known.scan.finditer(line.text) if known.scan else ():
        reading = None if match["idiom"] else word_reading(match.group(), line.language)
        if reading:
            yield _Piece(*match.span(), match.group(), reading.parts)


def _words(line: TextReading, known: Grammar) -> Iterator[_Piece]:
    words, language, phrases, next_index = line.words, line.language, known.phrases, 0
    keys = [word.key for word in words]
    if known.rules.get("marks_tell"):
        keys = [key_of(line.text[word.start : word.end], known.rules) for word in words]
    for index, key in enumerate(keys):
        if index < next_index:
            continue
        phrase = _phrase(keys, index, phrases[key]) if key in phrases else None
        if phrase:
            next_index = index + 1 + len(phrase[0])
            if phrase[1].role != "idiom":
                end = words[next_index - 1].end
                yield _Piece(words[index].start, end, "_".join((key, *phrase[0])), (phrase[1],))
            continue
        reading = word_reading(key, language)
        if reading:
            start, end = words[index].start, words[index].end
            end = end if reading.length == len(key) else start + reading.length
            yield _Piece(start, end, key[: reading.length], reading.parts)


def _phrase(keys: list[str], index: int, phrases: Iterable[Phrase]) -> Phrase | None:
    return next((one for one in phrases if tuple(keys[index + 1 : index + 1 + len(one[0])]) == one[0]), None)


def _goes_on(one: _Piece, other: _Piece, text: str, known: Grammar) -> bool:
    """Whether two words may be of one number; "twenty second" is one only with its hyphen."""
    gap = text[one.end : other.start]
    is_unit = other.key in known.lists["units"] and other.parts[0].role == "ordinal" != one.parts[-1].role
    is_new = other.key not in known.words and any(map(other.key.startswith, known.lists["written_on"]))
    return _GAP.fullmatch(gap) is not None and not is_new and not (is_unit and "-" not in gap)


def _numbers(run: list[_Piece], text: str, known: Grammar) -> Iterator[SpelledNumber]:
    while run and run[-1].parts[-1].role in _NEVER_LAST:
        run.pop()
    while run and run[0].parts[0].role in _NEVER_FIRST and len(run[0].parts) == 1:
        del run[0]
    if not run or text[max(0, run[0].start - 2) : run[0].start].strip()[-1:].isdigit():
        return
    tiles = _tiles(run, known.rules, is_between=len(run) > 2 and _stands_before(text, run[0].start, "between", known))
    while tiles:
        tile, *tiles = tiles
        if tiles and _runs_on(run, tile, tiles[0]):
            yield _run_on(run, tile, tiles.pop(0))
        else:
            yield from _number(run[tile.first : tile.last], tile.value, text, known)


def _tiles(run: list[_Piece], rules: NumberRules, *, is_between: bool) -> list[_Tile]:
    """The run as the fewest numbers, parted by an "and" rather than by nothing: "one hundred and two hundred"."""
    is_between = is_between and any(piece.opens_with_and for piece in run)
    best: list[tuple[float, list[_Tile]]] = [(0.0, [])] * (len(run) + 1)
    for first in range(len(run) - 1, -1, -1):
        is_and = run[first].opens_with_and and len(run[first].parts) == 1
        cost, tiles = best[first + 1]
        ways = [(cost + (0.0 if is_and else _NO_NUMBER), [_Tile(first, first + 1, None), *tiles])]
        for last in range(first + 1, len(run) + 1):
            value = None if is_and or (is_between and last - first == len(run)) else _value(run[first:last], rules)
            if value is not None:
                is_parted = last == len(run) or run[last].opens_with_and
                cost, tiles = best[last]
                ways.append((cost + (1.0 if is_parted else _NOT_PARTED), [_Tile(first, last, value), *tiles]))
        best[first] = min(ways, key=lambda way: way[0])
    return best[0][1]


_NOT_PARTED = 1.5  # less than two numbers that are
_NO_NUMBER = 3.0


def _value(pieces: list[_Piece], rules: NumberRules) -> float | None:
    parts = tuple(part for piece in pieces for part in piece.parts)
    return number(parts[pieces[0].opens_with_and :], rules)


def _runs_on(run: list[_Piece], one: _Tile, other: _Tile) -> bool:
    """Whether a number goes on in a way that is not known: "nineteen eighty-four", "two million" and a compound."""
    last, following = run[one.last - 1].parts[-1], run[other.first].parts[0]
    if one.value is None or following.role == "and":
        return False
    if following.role == "unread":
        return last.role == "times" and last.value >= 1000
    return other.value is not None and min(one.value, other.value) >= 10


def _run_on(run: list[_Piece], one: _Tile, other: _Tile) -> SpelledNumber:
    first, second = one.value or 0.0, other.value or 0.0
    is_year = 0 < second < 100 and first < 100
    values = frozenset({100 * first + second} if is_year else ())
    return SpelledNumber(run[one.first].start, run[other.last - 1].end, values, "unread")


def _number(pieces: list[_Piece], value: float | None, text: str, known: Grammar) -> Iterator[SpelledNumber]:
    """What is told of pieces that make a number, or of one that makes none by itself."""
    start, end, part, key = pieces[0].start, pieces[-1].end, pieces[0].parts[0], pieces[-1].key
    only = key if len(pieces) == 1 else ""
    if part.role == "unread":
        yield SpelledNumber(start, end, frozenset({part.value}), "unread")
    elif part.role == "fraction":
        yield SpelledNumber(start, end, frozenset({part.value}), "fraction")
    elif only in known.vague:
        yield SpelledNumber(start, end, _low_and_high(known.vague[only]), "vague")
    elif part.role == "times" and _stands_before(text, start, "uncounted", known):
        yield SpelledNumber(start, end, _low_and_high(value or part.value), "vague")
    elif value is None:
        either = pair(pieces[0].parts, known.rules)
        if either:
            yield SpelledNumber(start, end, either, "vague")
    elif only in known.lists["doubtful"] and not _counts(start, end, text, known):
        yield SpelledNumber(start, end, frozenset({value}), "doubtful")
    elif only not in known.lists["only_within"]:
        roles = {part.role for piece in pieces for part in piece.parts}
        is_ordinal = roles & {"ordinal", "nth"} or _stands_before(text, start, "ordinal_before", known)
        bound = _roughness(key, text, end, known)
        yield SpelledNumber(start, end, frozenset({value}), "ordinal" if is_ordinal else "number", bound)


def _counts(start: int, end: int, text: str, known: Grammar) -> bool:
    """Whether something is counted here, so that a word with another sense ("năm": five, year) is a number."""
    before = ("percent_ahead", "ordinal_before")
    return bool(known.counter.match(text, end)) or any(_stands_before(text, start, one, known) for one in before)


def _roughness(key: str, text: str, end: int, known: Grammar) -> Roughness:
    if any(text.startswith(word, end) for word in known.lists["over_behind"]):
        return "over"
    return "about" if key in known.lists["rounded"] else "exact"


def _low_and_high(scale: float) -> frozenset[float]:
    """What "dozens", "hundreds", "thousands" can stand for."""
    return frozenset({2 * scale, 100 * scale - 1} if scale < 1000 else {scale, 1000 * scale - 1})


def _stands_before(text: str, start: int, name: str, known: Grammar) -> bool:
    """Whether a word of a list stands right before a place of the text."""
    words = known.lists[name]
    before = key_of(text[max(0, start - _CHARS_BEFORE) : start].rstrip(), known.rules) if words else ""
    return any(before.endswith(word) and (known.scan or not before[: -len(word)][-1:].isalpha()) for word in words)
