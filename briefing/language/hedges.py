"""Words of report and doubt: hedges and press conditionals, by language.

A hedge is what a careful desk would not cut: "reports have revealed", "is said to", "according to …", the conditional
of report ("would", "aurait", "soll"), "may", "appears". All patterns are alternations with bounded gaps: linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import cast, get_args

from briefing.language.patterns import word_list
from briefing.language.reading import TextReading
from briefing.language.vocabulary import sorted_words
from briefing.types import Certainty

FIRMNESS: tuple[Certainty, ...] = ("asserted", "reported", "possible", "conditional", "alleged", "denied")
"""From the firmest to the least; the press conditional says more than a mere "reports say"."""
assert set(FIRMNESS) == set(get_args(Certainty))


@dataclass(frozen=True, slots=True)
class Hedge:
    """One hedge, `text[start:end]`, and what it makes of the sentence."""

    start: int
    end: int
    certainty: Certainty


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    """The hedges of a language, each in a group of its certainty."""
    return sorted_words("hedges", get_args(Certainty), language)


def _is_word_of_doubt(text: str, start: int, end: int) -> bool:
    """Not the month ("in May"), nor a capitalised name that only looks like a hedge."""
    return text[start:end] not in word_list("hedges", "capitalised") or start == 0


def hedges(line: TextReading) -> tuple[Hedge, ...]:
    """The hedges of a line in order, without overlaps, each with the certainty it leaves."""
    pattern = _pattern(line.vocabulary)
    if pattern is None:
        return ()
    text = line.text
    return tuple(
        _hedge(text, match)
        for match in pattern.finditer(line.lower)
        if _is_word_of_doubt(text, match.start(), match.end())
    )


def _hedge(text: str, match: re.Match[str]) -> Hedge:
    words = text[match.start() : match.end()]
    start = match.start() + len(words) - len(words.lstrip())
    return Hedge(start, start + len(words.strip()), cast(Certainty, match.lastgroup))


def certainty(found: Iterable[Hedge]) -> Certainty:
    """How firmly a text with these hedges puts it."""
    return max((hedge.certainty for hedge in found), key=FIRMNESS.index, default="asserted")
