"""Words too common to tell what a text is about, by language, and what counts as a word."""

from __future__ import annotations

import re
from functools import cache

from briefing.language.tables import table

WORD = re.compile(r"\w+")
# Scripts written without spaces: a run of them is read as overlapping pairs of characters.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")


@cache
def stopwords(language: str) -> frozenset[str]:
    """The stop words of a language by its BCP 47 tag, lower-cased; empty for a language without a list."""
    return frozenset(table(language.split("-")[0].lower(), "stop_words").get("words", ()))


def terms(text: str) -> list[str]:
    """The lower-cased words of a text; of scripts without spaces, every pair of neighbouring characters."""
    lower = text.lower()
    if lower.isascii() or not _UNSPACED.search(lower):
        return WORD.findall(lower)
    return [part for word in WORD.findall(lower) for part in _pairs(word)]


def _pairs(word: str) -> list[str]:
    if len(word) < 2 or not _UNSPACED.match(word):
        return [word]
    return [word[i : i + 2] for i in range(len(word) - 1)]


def is_unspaced(text: str) -> bool:
    """Whether a text holds a script that puts no spaces between words (Chinese, Japanese, Thai …)."""
    return _UNSPACED.search(text) is not None
