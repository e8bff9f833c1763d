"""What the small words of a sentence do, as far as its language's tables say."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.language.function_words import sort_of
from briefing.language.patterns import folded
from briefing.language.tables import table
from briefing.language.words import Word, common_prefix


def is_form(key: str, others: Iterable[str]) -> bool:
    """Whether a folded word can be another form of one of these: "seront" for "seraient"."""
    return any(common_prefix(key, other) >= max(3, min(len(key), len(other)) - 3) for other in others)


def opens_clause(key: str, language: str) -> bool:
    """Whether a folded word opens a clause of its own ("which", "that"); any may, where a language's are not known."""
    if not table(language, "clauses"):
        return True
    known = (folded("clauses", sort, language) for sort in ("end", "relative", "turns"))
    return any(key in words for words in known) or sort_of(key, language) in ("linking", "subordinating")


def joins(key: str, language: str) -> bool:
    """Whether a folded word joins two of a sort: "and"."""
    return sort_of(key, language) == "coordinating" or key in folded("clauses", "listing", language)


def leans(words: Iterable[Word], language: str) -> bool:
    """Whether words mean somebody whom another sentence names: "she", "their lawyer"."""
    keys = folded("pronouns", "subject", language) | folded("pronouns", "third_person", language)
    keys |= folded("modals", "leaning", language)
    return any(word.key in keys for word in words)
