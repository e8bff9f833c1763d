"""Opposites: words that turn a statement round when one is put for the other ("accepted" for "rejected").

Words are compared in the forms that news uses, since a stem would throw "more" and "moral" together.
"""

from __future__ import annotations

from functools import cache

from briefing.language.tables import table
from briefing.language.words import fold


@cache
def _opposites(language: str) -> dict[str, frozenset[str]]:
    opposed: dict[str, set[str]] = {}
    for sides in table(language, "antonyms").get("opposites", ()):
        left, right = [[fold(word) for word in side.split()] for side in sides]
        for word in left:
            opposed.setdefault(word, set()).update(right)
        for word in right:
            opposed.setdefault(word, set()).update(left)
    return {word: frozenset(others) for word, others in opposed.items()}


def opposites(key: str, language: str) -> frozenset[str]:
    """The folded words that say the opposite of a folded word; an empty set where none is known."""
    return _opposites(language).get(key, frozenset())


@cache
def _overstated(language: str) -> dict[str, frozenset[str]]:
    return {
        fold(word): frozenset(map(fold, weak.split()))
        for strong, weak in table(language, "antonyms").get("overstated", ())
        for word in strong.split()
    }


def understated(key: str, language: str) -> frozenset[str]:
    """The folded words that say less than a folded quantifier ("some" of "all"); putting it for them says too much."""
    return _overstated(language).get(key, frozenset())


@cache
def rises_and_falls(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words for going up, and for going down, "more" and "less" among them; empty where none is known."""
    rise, more = (fold(table(language, "antonyms").get(key, "")) for key in ("rise", "more"))
    falls = opposites(rise, language) | opposites(more, language)
    rises = {word for fall in opposites(rise, language) for word in opposites(fall, language)} | {rise, more}
    return frozenset(rises - falls), frozenset(falls - rises)


@cache
def pairs_without_spaces(language: str) -> tuple[tuple[str, ...], ...]:
    """Opposites of a language without spaces, to be looked for as substrings."""
    return tuple(table(language, "antonyms").get("substrings", ()))
