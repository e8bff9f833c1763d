"""What news tells of, by language: that a "quake", a «séisme» and a «زلزال» are one happening.

It joins reports of one event across languages and in other words. Only what tells one event from another is listed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from briefing.language.tables import languages, table
from briefing.language.words import fold

# In more than one text of twelve, so that they tell less.
EVERYDAY = frozenset("#president #minister #government #police #dead #hurt #people #price #money".split())
_PREFIXES = {"ar": re.compile("(?:و|ف)?(?:بال|كال|لل|ال|ب|ل|ك|س)?"), "he": re.compile("ו?(?:כש|שה|מה|ש|ה|ב|ל|מ|כ)?ה?")}
_SHORTEST = 3
_MOST_WORDS = 3


@cache
def _table(language: str) -> dict[str, frozenset[str]]:
    """The words and beginnings of words ("." at the end of a whole one) and what they tell of."""
    known: dict[str, frozenset[str]] = {}
    for name, words in table(language, "event_words").items():
        for word in words.split():
            key = fold(word.rstrip(".").replace("_", " ")) + "." * word.endswith(".")
            known[key] = known.get(key, frozenset()) | {f"#{name}"}
    return known


def happenings(text: str, keys: Sequence[str], language: str) -> frozenset[str]:
    """What a text tells of, as "#quake"; `keys` are its folded words in order. Empty in a language not listed."""
    if language == "ja":
        return frozenset[str]().union(*(found for word, found in _table("ja").items() if word in text))
    if language not in languages("event_words"):
        return frozenset()
    found = frozenset[str]().union(*(_of_word(key, language) for key in set(keys)))
    starts = _phrase_starts(language)
    for at, key in enumerate(keys):
        if any(form in starts for form in _forms(key, language)):
            found |= _of_phrase(keys[at : at + _MOST_WORDS], language)
    return found


@lru_cache(maxsize=65536)
def _of_word(key: str, language: str) -> frozenset[str]:
    known = _table(language)
    found = frozenset[str]()
    for form in _forms(key, language):
        found |= known.get(f"{form}.", frozenset())
        for end in range(_SHORTEST, len(form) + 1):
            found |= known.get(form[:end], frozenset())
    return found


def _forms(key: str, language: str) -> set[str]:
    """The word as it is and without the "and", "the", "in" that Arabic and Hebrew write in front of it."""
    prefix = _PREFIXES.get(language)
    match = prefix.match(key) if prefix else None
    return {key} | {key[cut:] for cut in range(1, match.end() + 1) if len(key) - cut >= _SHORTEST} if match else {key}


@cache
def _phrase_starts(language: str) -> frozenset[str]:
    return frozenset(key.split()[0] for key in _table(language) if " " in key)


def _of_phrase(keys: Sequence[str], language: str) -> frozenset[str]:
    known = _table(language)
    found = frozenset[str]()
    for first in _forms(keys[0], language):
        for count in range(2, len(keys) + 1):
            found |= known.get(" ".join((first, *keys[1:count])), frozenset())
    return found
