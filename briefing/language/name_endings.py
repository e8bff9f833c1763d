"""What a name ends in by its case, its number, or as an adjective, by language: «Путин» and «Путину» are one name.

A row of the table holds endings that stand for one another behind one base. Those of transliterations ("-sky", "-skyy",
"-skiy") stand in all languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Literal

from briefing.language.tables import table
from briefing.language.words import fold

_Kind = Literal["cases", "adjectives", "peoples", "plurals"]
_NO_ENDING, _SHORTEST_BASE = "-", {"cases": 2, "adjectives": 3, "peoples": 3, "plurals": 3}


@cache
def _endings(language: str, kind: _Kind) -> Mapping[str, tuple[tuple[int, str], ...]]:
    """Folded ending → the rows of endings that have it, each by its number and its first ending."""
    found: dict[str, tuple[tuple[int, str], ...]] = {}
    for number, row in enumerate(table(language, "name_endings").get(kind, ())):
        endings = dict.fromkeys(fold(one).replace(_NO_ENDING, "") for one in row.split())
        for ending in endings:
            found[ending] = (*found.get(ending, ()), (number, next(iter(endings))))
    return found


@lru_cache(maxsize=65536)
def _bases(key: str, language: str, kind: _Kind) -> frozenset[tuple[int, str, str]]:
    """What a folded name is without each ending that it may have: (row, the row's first ending, base)."""
    known = _endings(language, kind)
    longest = max(map(len, known), default=-1)
    cuts = range(max(_SHORTEST_BASE[kind], len(key) - longest), len(key) + 1)
    return frozenset((number, first, key[:cut]) for cut in cuts for number, first in known.get(key[cut:], ()))


def share_a_base(one: str, other: str, language: str, kind: _Kind) -> frozenset[tuple[int, str, str]]:
    """The bases, of endings of one row, that two folded names have in common: (row, the row's first ending, base)."""
    return _bases(one, language, kind) & _bases(other, language, kind)


def plain_forms(key: str, language: str) -> frozenset[str]:
    """A folded name as it is, and with the first ending of each row that it may be another case of."""
    return frozenset((key, *(base + first for _, first, base in _bases(key, language, "cases"))))


def same_plural(one: str, other: str, language: str) -> bool:
    """Whether two folded words can be one and many of a kind: "democrat" and "democrats", but not "robert" and
    "roberts"."""
    return _surnames(language).isdisjoint((one, other)) and bool(share_a_base(one, other, language, "plurals"))


@cache
def _surnames(language: str) -> frozenset[str]:
    return frozenset(map(fold, table(language, "name_endings").get("no_plurals", ())))
