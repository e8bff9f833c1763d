"""Stems that news of a language is full of, beyond its stop words: they tell what a text is about hardly at all.

Counted over news articles (each stands in more than one article of eighteen); names left out. Stems as
`briefing.language.words` cuts them.
"""

from __future__ import annotations

from functools import cache

from briefing.language.tables import table


@cache
def generic_terms(language: str) -> frozenset[str]:
    """The stems that say little in news of a language; empty for a language without a list."""
    return frozenset(table(language, "generic_terms").get("stems", ()))
