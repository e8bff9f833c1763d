"""A long line, cut at a clause, where the cut loses nothing that turns it."""

from __future__ import annotations

import re
from functools import cache

from briefing.language.annotation import Annotation
from briefing.language.patterns import alternatives
from briefing.language.stopwords import is_unspaced

_LONGEST_CHARS = 330
_SHORTEST_CHARS = 150


@cache
def _cut() -> re.Pattern[str]:
    """Where a long line may be cut: behind a clause, or in front of an aside."""
    asides = alternatives("cuts", "asides")
    return re.compile(rf"[,;:،؛，；、](?=\s|(?<=[，；、]))|\s[–—](?=\s)|\s(?=(?:{asides})\s)")


@cache
def _turns() -> re.Pattern[str]:
    """What must not fall to a cut: negations, conditions, exceptions, contrasts."""
    turns, within = alternatives("cuts", "turns"), alternatives("cuts", "turns_within")
    return re.compile(rf"(?<!\w)(?:{turns})(?!\w)|{within}", re.IGNORECASE)


def shorten(line: Annotation) -> str:
    """A long line cut at a clause, with " …" at the cut; whole where a cut would lose a word that turns it.

    Words of doubt, report, saying and negation, and quotation marks, never fall to a cut.
    """
    text = line.text
    if len(text) <= _LONGEST_CHARS // 2:
        return text
    limit = _LONGEST_CHARS // (2 if is_unspaced(text) else 1)
    if len(text) <= limit:
        return text
    uncut = max(
        [mark.end for mark in line.hedges]
        + [max(voice.end, voice.cue_end) for voice in line.attributions]
        + [end + 1 for _, end in line.quotations]
        + [match.end() for match in _turns().finditer(text)],
        default=0,
    )
    low = max(uncut, limit * _SHORTEST_CHARS // _LONGEST_CHARS)
    cuts = [match.start() for match in _cut().finditer(text, low, limit) if not _in_brackets(text, match.start())]
    return f"{text[: cuts[-1]].rstrip()} …" if cuts else text


def _in_brackets(text: str, at: int) -> bool:
    before = text[:at]
    return before.count("(") > before.count(")")
