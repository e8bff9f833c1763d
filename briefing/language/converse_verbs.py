"""Verbs that tell one event from its two sides: who wins and who loses, who gives and who gets."""

from __future__ import annotations

from functools import cache

from briefing.language.tables import table
from briefing.language.words import fold


@cache
def _table(language: str) -> dict[str, tuple[tuple[int, bool, frozenset[str]], ...]]:
    """Folded verb → its senses: see `sides`."""
    known: dict[str, tuple[tuple[int, bool, frozenset[str]], ...]] = {}
    for number, event in enumerate(table(language, "converse_verbs").get("event", ())):
        for is_turned, sides_ in ((False, event["first"]), (True, event["second"])):
            for side in sides_:
                sense = (number, is_turned, frozenset(map(fold, side["leads"].split())))
                for verb in map(fold, side["verbs"].split()):
                    known[verb] = (*known.get(verb, ()), sense)
    return known


def sides(key: str, language: str) -> tuple[tuple[int, bool, frozenset[str]], ...]:
    """Of a folded verb: (event, whether its subject is the second actor, prepositions to the one who is not)."""
    return _table(language).get(key, ())
