"""Lines of a page about the page: view counters, "3 hours ago", "Share", "Subscribe". No news when they change.

Only short lines without a full stop are taken for one, and only where nothing but such words, a number, a date and a
sure name stand in them; a table's cell or a list's item that counts something is none.
"""

from __future__ import annotations

import re
from functools import cache

from briefing.language.annotation import Annotation
from briefing.language.patterns import alternatives, folded
from briefing.language.tables import languages, table
from briefing.language.words import common_words, fold

_MOST_WORDS = 14
_FULL_STOP = re.compile(r"[.!?。！？؟…][\"'”’»)\]]*\s*$")
_UNITS = ("minute", "hour", "day", "week", "month", "year")


@cache
def _opening() -> re.Pattern[str]:
    """How a line opens that says how old it is, or where else to read."""
    by, ago = alternatives("authors", "byline"), alternatives("page_furniture", "ago")
    leads_to = alternatives("page_furniture", "leads_to")
    return re.compile(rf"^\s*(?:(?:{by}) .{{2,40}}[,·|] *)?(?:{ago})|^\s*(?:{leads_to})\s*[:：|]", re.IGNORECASE)


@cache
def _known() -> frozenset[str]:
    """The words that such a line is made of, folded: what it says, what is counted and dated in it, buttons."""
    kinds = ("magnitudes", "quantities")
    units = (table(language, kind).get("units", {}) for kind in kinds for language in languages(kind))
    times = {fold(word) for named in units for unit in _UNITS for word in named.get(unit, "").split()}
    return folded("page_furniture", "signs") | folded("page_furniture", "beside") | times


def is_furniture(line: Annotation) -> bool:
    """Whether a line says something of the page and not of what is reported."""
    if _opening().search(line.text):
        return True
    if not line.words or len(line.words) > _MOST_WORDS or _FULL_STOP.search(line.text):
        return False
    signs = folded("page_furniture", "signs")
    if not any(word.key in signs or _has_sign(word.key) for word in line.words):
        return False
    apart = [(day.start, day.end) for day in line.dates]
    apart += [(name.start, name.end) for name in line.names if name.is_sure]
    known = _known() | common_words(line.language)
    return all(
        word.key in known or _has_sign(word.key) or any(start <= word.start < end for start, end in apart)
        for word in line.words
    )


def _has_sign(key: str) -> bool:
    """Whether a run of a script without spaces holds such a word."""
    return key[:1] >= "\u2e80" and any(sign in key for sign in _unspaced_signs())


@cache
def _unspaced_signs() -> tuple[str, ...]:
    return tuple(sign for sign in folded("page_furniture", "signs") if sign[:1] >= "\u2e80")
