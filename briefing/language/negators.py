"""Words that say no: "not", "never", "without", and verbs that deny what follows ("failed to", "refused")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from briefing.language.patterns import alternatives, anywhere, folded
from briefing.language.reading import TextReading
from briefing.language.tables import table
from briefing.language.words import fold

# What must be, what need not be, and what is ruled out: there a "no" and its lack say the contrary without each other.
NO_NEED = anywhere("negators", "no_need")
NEED = anywhere("negators", "need")
RULING_OUT = anywhere("negators", "ruling_out")
_CONTRACTED = re.compile(rf"(?:{alternatives('negators', 'contracted')})$", re.IGNORECASE)


@cache
def _yes(language: str) -> re.Pattern[str] | None:
    """What makes a yes of a negation before it: "not only", "no less", "no doubt"."""
    affirming = table(language, "negators").get("affirming")
    return re.compile(rf"(?:{'|'.join(affirming)})\b", re.I) if affirming else None


@cache
def _unspaced(language: str) -> re.Pattern[str] | None:
    """Negations of a language whose words no spaces part."""
    rows = table(language, "negators").get("row")
    return re.compile("|".join(row["pattern"] for row in rows)) if rows else None


def negations(line: TextReading) -> tuple[tuple[int, int], ...]:
    """Where the words stand that turn a statement into its opposite; "ne … pas" counts once, "not only" not at all."""
    text, language = line.text, line.language
    if unspaced := _unspaced(language):
        return tuple(match.span() for match in unspaced.finditer(text))
    cues, tokens = folded("negators", "negations", language), line.words
    opening, second = folded("negators", "opening", language), folded("negators", "second", language)
    yes, only_before = _yes(language), _only_before(language)
    found: list[tuple[int, int]] = []
    open_ne = -9
    for index, word in enumerate(tokens):
        raw = text[word.start : word.end]
        if word.key not in cues and not _CONTRACTED.search(raw):
            continue
        following = text[word.end : word.end + 24].lstrip()
        if raw in ("NO", "No", "no") and following.lstrip(". ")[:1].isdigit():
            continue
        if yes and yes.match(following):
            continue
        if opening:
            if word.key in opening:
                if text[word.start : word.end + 1].startswith("N'") or index + 1 >= len(tokens):
                    continue
                open_ne = index
            elif word.key in second and index - open_ne <= 4:
                open_ne = -9
                continue
            elif word.key in folded("negators", "only_second", language):
                continue
        if word.key in only_before and not {one.key for one in tokens[index + 1 : index + 2]} & only_before[word.key]:
            continue
        found.append((word.start, word.end))
    return tuple(found)


@cache
def _only_before(language: str) -> Mapping[str, frozenset[str]]:
    """Words that say no ahead of a few others, and are no negation elsewhere: «ما زال»."""
    rows = table(language, "negators").get("only_before", {})
    return {fold(word): frozenset(map(fold, following.split())) for word, following in rows.items()}


def denials(line: TextReading) -> tuple[tuple[int, int], ...]:
    """Where verbs and adjectives stand that say no of what follows: "refused", "failed", "unlikely"."""
    cues = folded("negators", "denials", line.language)
    return tuple((word.start, word.end) for word in line.words if word.key in cues)
