"""How much is known of each language: `python -m briefing.language.passport` prints the rows of its tables."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

from briefing.language.tables import kinds, languages, table


def passport(language: str) -> Mapping[str, int]:
    """The kinds of table a language has, in alphabetical order, each with its number of rows."""
    known = {kind: table(language, kind) for kind in kinds()}
    return {kind: sum(map(_rows, content.values())) for kind, content in known.items() if content}


def _rows(value: object) -> int:
    return len(value) if isinstance(value, Mapping | tuple) else 1


def _lines() -> Iterator[str]:
    for language in sorted({language for kind in kinds() for language in languages(kind)}):
        rows = passport(language)
        listed = ", ".join(f"{kind} {count}" for kind, count in rows.items())
        yield f"{language:<4}{sum(rows.values()):>6} rows: {listed}\n"


if __name__ == "__main__":
    sys.stdout.writelines(_lines())
