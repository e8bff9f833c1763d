"""Which row of the tables found something: `fr/negators.opening: ne`.

It is looked for only once there is something to say of what was found, so that it costs nothing where there is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from briefing.language.profile import profile
from briefing.language.reading import TextReading
from briefing.language.tables import filled, languages, pattern_of, written
from briefing.language.vocabulary import WORD_END
from briefing.language.words import fold
from briefing.types import Span

_MOST_CHARS = 100


def row_of(text: str, span: Span, language: str, kind: str, *keys: str) -> str | None:
    """The row under these keys, or any of the kind, that finds just these characters: of the language, else of another.

    None where no row does.
    """
    others = (other for other in languages(kind) if other != language)
    rows = (_row_of(text, span, one, kind, keys) for one in (language, *others))
    return next((row for row in rows if row), None)


def row_within(line: TextReading, span: Span, *kinds: str) -> str | None:
    """The row of these kinds, of its language, that finds the first word that one does between `start` and `end`."""
    spans = [(word.start, word.end) for word in line.between(*span)]
    rows = (_row_of(line.text, one, line.language, kind, ()) for one in spans for kind in kinds)
    return next((row for row in rows if row), None)


def _row_of(text: str, span: Span, language: str, kind: str, keys: Sequence[str]) -> str | None:
    rows = (one for one in _rows(language, kind) if not keys or one[0] in keys)
    return next((_named(language, kind, *one) for one in rows if _finds(one[1], text, span, language)), None)


def row_of_both(one: str, other: str, language: str, kind: str, *keys: str) -> str | None:
    """The row under these keys that has one folded word on one side and the other on another; None where none has."""
    for key, row in _rows(language, kind):
        sides = [frozenset(fold(side).split()) for side in row] if key in keys and isinstance(row, list) else []
        if any(one in mine and other in theirs for mine in sides for theirs in sides if mine is not theirs):
            return _named(language, kind, key, row)
    return None


def row_at(number: int, language: str, kind: str, key: str) -> str:
    """The row of this number, from 0, under a key."""
    return _named(language, kind, key, written(language, kind)[key][number])


@cache
def _rows(language: str, kind: str) -> tuple[tuple[str, Any], ...]:
    """Each row as it is written, behind its key."""
    return tuple((key, row) for key, value in written(language, kind).items() for row in _each(value))


def _each(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from ((name, words) for name, words in value.items() if isinstance(words, str))
    elif isinstance(value, list):
        yield from value


def _finds(row: Any, text: str, span: Span, language: str) -> bool:
    """Whether a row finds exactly these characters, and what may be written onto them."""
    said = text[slice(*span)].strip()
    key = fold(said).rstrip("'")
    if isinstance(row, tuple):
        return key in map(fold, (row[0], *row[1].split()))
    if isinstance(row, list) or (isinstance(row, dict) and "pattern" not in row):
        return False
    pattern = pattern_of(row)
    if fold(pattern) == key:
        return True
    starts = (span[0], max(0, span[0] - 1))  # a pattern may take the space ahead of its words
    found = (one.match(text, start) for one in _patterns(pattern, language) for start in starts)
    return any(match is not None and match.group().strip() == said for match in found)


@cache
def _patterns(pattern: str, language: str) -> tuple[re.Pattern[str], ...]:
    """To the end of a word, and as it is."""
    alone = f"{profile(language).prefix}(?:{filled(pattern, language)})"
    return re.compile(alone + WORD_END, re.IGNORECASE), re.compile(alone, re.IGNORECASE)


def _named(language: str, kind: str, key: str, row: Any) -> str:
    told = row if isinstance(row, str) else " | ".join(_told(row))
    return f"{language}/{kind}.{key}: {told if len(told) <= _MOST_CHARS else told[:_MOST_CHARS] + '…'}"


def _told(row: Any) -> Iterator[str]:
    if isinstance(row, (list, tuple)):
        yield from row
    elif "pattern" in row:
        yield row["pattern"]
    else:
        yield from (side["verbs"] for sides in row.values() for side in sides)
