"""The words and patterns of the tables as a text is searched for them: those of one language, or of all together.

An entry is a word or a pattern, with or without examples. A key that no language has is a mistake: KeyError.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from briefing.language.profile import profile
from briefing.language.tables import languages, pattern_of, table
from briefing.language.words import fold


def alternatives(kind: str, key: str, language: str | None = None) -> str:
    """The entries as alternatives of a pattern: those of a language, "" where it has none, or those of all."""
    return "|".join(phrases(kind, key, language))


@cache
def phrases(kind: str, key: str, language: str | None = None) -> tuple[str, ...]:
    """The entries as they are written, each once, those of a language together and in their order."""
    return tuple(dict.fromkeys(_entries(kind, key, language)))


@cache
def word_list(kind: str, key: str, language: str | None = None) -> frozenset[str]:
    """The words as they are written."""
    return frozenset(_entries(kind, key, language))


@cache
def folded(kind: str, key: str, language: str | None = None) -> frozenset[str]:
    """The words as they are compared."""
    return frozenset(map(fold, _entries(kind, key, language)))


@cache
def anywhere(kind: str, key: str, language: str | None = None) -> re.Pattern[str]:
    """A pattern of the entries of a language, or of all, in any case: whole words, or parts where words run together.

    It matches nothing where the language has none.
    """
    known = [name for name in _having(kind, key) if language in (None, name)]
    apart = [language for language in known if profile(language).spaces and not profile(language).prefix]
    whole = [alternatives(kind, key, language) for language in apart]
    inside = [alternatives(kind, key, language) for language in known if language not in apart]
    bounded = [rf"(?<!\w)(?:{'|'.join(whole)})(?!\w)"] if whole else []
    return re.compile("|".join(bounded + inside) or "(?!)", re.IGNORECASE)


def _entries(kind: str, key: str, language: str | None) -> Iterator[str]:
    for name in _having(kind, key):
        if language in (None, name):
            yield from map(pattern_of, table(name, kind)[key])


def _having(kind: str, key: str) -> list[str]:
    known = [language for language in languages(kind) if key in table(language, kind)]
    if not known:
        raise KeyError(f"{kind}: {key}")
    return known
