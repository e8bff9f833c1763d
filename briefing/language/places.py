"""Countries, peoples and big cities under the names that ten languages give them.

One row a place: "Morocco", "Maroc", "المغرب" and "Moroccan" are one. Country names: Unicode CLDR 47 (Unicode licence).
Knowing a place is used to tell a name from an ordinary word where a script has no capitals, and to let an adjective
or another language's name stand for its country; never to add anything.
"""

from __future__ import annotations

from functools import cache

from briefing.language.tables import table
from briefing.language.words import fold


@cache
def _places() -> dict[str, str]:
    """Folded name → the place it stands for: a country's code, or a city's English name."""
    known: dict[str, str] = {}
    rows = table("mul", "places")
    for row in (*rows["cities"], *rows["more_peoples"], *rows["peoples"], *rows["countries"]):
        code, colon, names = row.partition(": ")
        entries = (names if colon else row).split("|")
        known.update({fold(name).strip("."): code if colon else entries[0] for name in entries if name})
    return known


@cache
def unspaced() -> tuple[str, ...]:
    """The names in scripts without spaces, to be looked for as substrings, the longest first."""
    return tuple(sorted((name for name in _places() if name[:1] >= "\u3040"), key=len, reverse=True))


def place(name: str) -> str | None:
    """Which place a folded name (its words joined by single spaces or as written) stands for; None where unknown."""
    return _places().get(name.strip("."))
