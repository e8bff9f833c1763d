"""How many of them a text speaks of where it gives no number: all, most, many, some, few, none, only these."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from briefing.language.reading import TextReading
from briefing.language.vocabulary import sorted_words

QuantifierSort = Literal["all", "most", "many", "some", "few", "none", "only"]


@dataclass(frozen=True, slots=True)
class Quantifier:
    """One quantifier, `text[start:end]`, and how many it means."""

    start: int
    end: int
    sort: QuantifierSort


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    return sorted_words("quantifiers", get_args(QuantifierSort), language)


def quantifiers(line: TextReading) -> tuple[Quantifier, ...]:
    """The quantifiers of a line in order, without overlaps."""
    pattern = _pattern(line.vocabulary)
    found = pattern.finditer(line.lower) if pattern else ()
    return tuple(Quantifier(*match.span(), cast(QuantifierSort, match.lastgroup)) for match in found)
