"""Sentences that lean on the one before: they open with "Its", "This", "They" …, by language."""

from __future__ import annotations

import re
from functools import cache

from briefing.language.reading import TextReading
from briefing.language.tables import table


@cache
def _compiled(language: str) -> re.Pattern[str] | None:
    rows = table(language, "anaphora").get("row")
    return re.compile(rf"[\s“\"«(„]*(?:{'|'.join(row['pattern'] for row in rows)})", re.IGNORECASE) if rows else None


def is_anaphoric(line: TextReading) -> bool:
    """Whether a sentence cannot be understood without the one before: it opens with "Its", "This", "They" …"""
    pattern = _compiled(line.vocabulary)
    return pattern is not None and pattern.match(line.text) is not None
