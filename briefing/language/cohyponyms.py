"""Words of one sort that exclude each other: gold or iron, a school or a mosque, the father or the uncle.

A word that can stand for a whole sort ("building", "worker") is left out: putting it for one of them is a fair way to
tell it.
"""

from __future__ import annotations

from functools import cache

from briefing.language.tables import table
from briefing.language.words import fold, stem


@cache
def _sorts(language: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """Form → the sorts it belongs to, each with the thing it names."""
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for sort, row in enumerate(table(language, "cohyponyms").get("sorts", ())):
        for thing, named in enumerate(row):
            for form in {_form(fold(word), language) for word in named.split()}:
                found[form] = (*found.get(form, ()), (sort, thing))
    return found


def _form(key: str, language: str) -> str:
    """What two forms of a word share: its stem in English; elsewhere, where stems are short, all but a plural's end."""
    return stem(key, language) if language == "en" else key[:-1] if len(key) > 3 and key[-1] in "sx" else key


def sorts(key: str, language: str) -> tuple[tuple[int, int], ...]:
    """Of a folded word: (sort, thing) for each sort it belongs to; different things of one sort exclude each other."""
    return _sorts(language).get(_form(key, language), ())
