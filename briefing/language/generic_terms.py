"""Words that news of a language is full of, beyond its stop words: they tell what a text is about hardly at all.

Counted over news articles (a form of each stands in more than one article of eighteen); names left out.
"""

from __future__ import annotations

from functools import cache

from briefing.language.tables import table
from briefing.language.words import stem


@cache
def generic_terms(language: str) -> frozenset[str]:
    """The stems that say little in news of a language; empty for a language without a list."""
    return frozenset(stem(word, language) for word in table(language, "generic_terms").get("words", ()))
