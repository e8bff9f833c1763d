"""Words of news that stand for one another in a question and its answer: a deal that was "bought" or "acquired".

Each row is one sense; only pairs that hold in most texts are listed, for what they match is a hint and no proof.
"""

from __future__ import annotations

from functools import cache

from briefing.language.tables import table
from briefing.language.words import stem


@cache
def _senses(language: str) -> dict[str, frozenset[str]]:
    others: dict[str, set[str]] = {}
    for row in table(language, "synonyms").get("senses", ()):
        stems = {stem(word, language) for word in row.split()}
        for one in stems:
            others.setdefault(one, set()).update(stems - {one})
    return {one: frozenset(stems) for one, stems in others.items()}


@cache
def _kin(language: str) -> dict[str, frozenset[str]]:
    kin: dict[str, set[str]] = {}
    for row in table(language, "synonyms").get("related", ()):
        first, *others = [stem(word, language) for word in row.split()]
        kin.setdefault(first, set()).update(others)
        for other in others:
            kin.setdefault(other, set()).add(first)
    return {one: frozenset(stems - {one}) for one, stems in kin.items()}


def synonyms(stem_: str, language: str) -> frozenset[str]:
    """The stems that can stand for a stem of this language; an empty set where none is known."""
    return _senses(language).get(stem_, frozenset())


def related(stem_: str, language: str) -> frozenset[str]:
    """The stems with which a text may answer what a question asks by a stem of this language: a wider circle."""
    return _kin(language).get(stem_, frozenset()) - synonyms(stem_, language)
