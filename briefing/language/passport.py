"""How much is known of each language."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.language.tables import kinds, languages, table


def passport(language: str) -> Mapping[str, int]:
    """The kinds of table a language has, in alphabetical order, each with its number of rows."""
    known = {kind: table(language, kind) for kind in kinds()}
    return {kind: sum(map(_rows, content.values())) for kind, content in known.items() if content}


def _rows(value: object) -> int:
    return len(value) if isinstance(value, Mapping | tuple) else 1


def known_languages() -> tuple[str, ...]:
    """The languages of which anything is known, as primary BCP 47 subtags; what is of all of them is none."""
    return tuple(sorted({language for kind in kinds() for language in languages(kind)} - {"mul"}))
