"""Countries, peoples and big cities under the names that languages give them.

"Morocco", "Maroc", "المغرب" and "Moroccan" are one. Names of countries are CLDR's, of each language; what CLDR lacks,
peoples and cities are of all languages together. Knowing a place is used to tell a name from an ordinary word where a
script has no capitals, and to let an adjective or another language's name stand for its country; never to add anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from briefing.language.tables import table
from briefing.language.words import fold

# Languages whose names of countries are known in texts of every language, in Latin letters and in others. Not all: a
# word of one language may be a country in another ("Indie" is India in Polish, "Ao" Austria in Vietnamese).
_EVERYWHERE = {True: ("en", "es", "fr", "pt", "de", "it"), False: ("ar", "he", "ru", "uk", "ja")}
_LATIN = "\u0250"  # the first letter that is none


@cache
def _places(language: str, *, is_latin: bool) -> dict[str, str]:
    """Name, as `place` is asked for it → the place it stands for: a country's code, or a city's English name."""
    if language:
        own = table(language, "territories").get("countries", "").splitlines()
        return _places("", is_latin=is_latin) | dict(_named((*table(language, "places").get("countries", ()), *own)))
    rows = table("mul", "places")
    peoples = (*rows["cities"], *rows["more_peoples"], *rows["peoples"], *rows["countries"])
    countries = (table(one, "territories")["countries"].splitlines() for one in _EVERYWHERE[is_latin])
    return dict(chain(_named(peoples), *map(_named, countries)))


def _named(rows: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each name of the rows, as it is asked for, and its place. Folded at once they take half the time."""
    for row, keys in zip(rows, _keys("\n".join(rows)).split("\n"), strict=False):
        code, colon, _ = row.partition(": ")
        names = keys.partition(": ")[2] if colon else keys
        where = code if colon else row.partition("|")[0]
        yield from ((name.strip("."), where) for name in names.split("|") if name)


def _keys(names: str) -> str:
    """Names folded; as they stand in scripts whose vowel signs that would drop, without the dot of a borrowed sound."""
    return names.replace("\u093c", "") if "\u0900" <= names[4:5] < "\u3040" else fold(names)


@cache
def unspaced(language: str) -> tuple[str, ...]:
    """The names in scripts without spaces, to be looked for as substrings, the longest first."""
    names = (name for name in _places(language, is_latin=False) if name[:1] >= "\u0e00")
    return tuple(sorted(names, key=len, reverse=True))


def place(name: str, language: str = "") -> str | None:
    """Which place a folded name (its words joined by single spaces or as written) stands for; None where unknown.

    In scripts with vowel signs (from Devanagari on) it is asked for as it is written.
    """
    asked = name.strip(".") if name[:1] < "\u0900" else name.replace("\u093c", "")
    return _places(language, is_latin=name[:1] < _LATIN).get(asked)
