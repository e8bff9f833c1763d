"""What stands beside digits: words that multiply them ("5 Mrd.", "3 lakh"), and what they count ("€", "km", "%").

Most of it is known from CLDR (`magnitudes`), the rest from `quantities`. A text may use words of another language, but
not its short ones: "an" is a year in French only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from briefing.language.number_grammar import key_of
from briefing.language.patterns import alternatives
from briefing.language.profile import profile
from briefing.language.tables import languages, table
from briefing.language.words import fold

_KINDS = ("magnitudes", "quantities")
_EVERYWHERE = "mul"
_SHORTEST_FOREIGN = 4  # letters
SPACE = " \u00a0\u202f\u2009"
# Letters with the marks that are no letters to `re`: vowel signs of Hindi and Thai, points, marks of abbreviation.
LETTERS = r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0591-\u05f4\u0610-\u0670\u0900-\u0963\u0e31-\u0e4e\u200c])*"


@cache
def meanings(language: str, key: str) -> Mapping[str, str]:
    """A word as it is compared → what it names in the language, under a key of its tables."""
    rules = table(language, "quantities").get("grammar", {})
    rows = [row for kind in _KINDS for row in table(language, kind).get(key, {}).items()]
    return {key_of(word, rules): name for name, row in rows for word in row.split()}


@cache
def shared_meanings(key: str) -> Mapping[str, str]:
    """A word → what it names where its own language has no such word: what it does in all that have, or in English."""
    names: dict[str, set[str]] = {}
    for language in {*languages("magnitudes"), *languages("quantities")}:
        for word, name in meanings(language, key).items():
            names.setdefault(word, set()).add(name)
    long = {word: name for word, name in names.items() if len(word) >= _SHORTEST_FOREIGN or word >= "\u2e80"}
    one = {word: name for word, (name, *others) in long.items() if not others}
    return {**one, **meanings("en", key), **meanings(_EVERYWHERE, key)}


@lru_cache(maxsize=8192)
def meaning(word: str, key: str, language: str) -> str | None:
    """What a word names in its language, or else in others."""
    rules = table(language, "quantities").get("grammar", {})
    return meanings(language, key).get(key_of(word, rules)) or shared_meanings(key).get(fold(word))


@cache
def holding(language: str) -> Mapping[str, float]:
    """Words of a language that hold a number, folded: a quarter is three months, twins are two."""
    rows = table(language, "quantities").get("holds", {})
    return {fold(word): float(value) for value, row in rows.items() for word in row.split()}


# Currencies.


@cache
def _signs(language: str) -> Mapping[str, str]:
    """A sign or a code beside an amount → its currency: as the language has it, or else the others."""
    tables = [table(one, kind) for one in (*languages("magnitudes"), "en", _EVERYWHERE, language) for kind in _KINDS]
    return {sign: name for one in tables for name, row in one.get("signs", {}).items() for sign in row.split()}


SIGN = "|".join(sorted(map(re.escape, _signs(_EVERYWHERE)), key=len, reverse=True))
_SIGN_BEFORE = re.compile(rf"(?<![^\W\d_])({SIGN})\s?\Z")
_SIGN_AFTER = re.compile(rf"\s?({SIGN})(?![^\W\d_])")
_LONGEST_SIGN = 6
# Where a number may begin right behind a letter: "Rp5.000".
BEHIND_SIGN = "|".join(rf"(?<=(?<!\w){re.escape(sign)})" for sign in _signs(_EVERYWHERE) if sign[-1].isalpha())


def _sign_before(plain: str, start: int) -> re.Match[str] | None:
    return _SIGN_BEFORE.search(plain, max(0, start - _LONGEST_SIGN), start)


# Scales.

_NEXT_WORD = re.compile(rf"[{SPACE}-]?({LETTERS})\.?")
_LEAST_SCALE = 1000.0  # "5 cents" are no 500
_ONLY_MONEY = 1e12  # "5T" may be tonnes
_MOST_SCALES = 2  # "5 mil millones"


def scales_behind(plain: str, start: int, end: int, language: str) -> tuple[frozenset[float], int]:
    """What the words behind `plain[start:end]` may multiply it by, and where they end."""
    factors = frozenset({1.0})
    for _ in range(_MOST_SCALES):
        match = _NEXT_WORD.match(plain, end)
        scales = _scales(match, plain, start, end, language) if match else ()
        if not match or not scales:
            break
        factors = frozenset(factor * scale for factor in factors for scale in scales)
        end = match.end(1)
    return factors, end


def _scales(match: re.Match[str], plain: str, start: int, end: int, language: str) -> tuple[float, ...]:
    word = match[1]
    if len(word) > 1:
        scale = _scale(word, language)
        return (scale,) if scale >= _LEAST_SCALE else ()
    scale = float(_letters(language).get(word, 0))
    if _sign_before(plain, start) or _SIGN_AFTER.match(plain, match.end()):
        return (scale,) if scale else ()
    if not scale or scale >= _ONLY_MONEY or match.start(1) != end:
        return ()
    return (scale, 1.0) if word in meanings(language, "units") else (scale,)  # "5m" may be metres


@lru_cache(maxsize=8192)
def _scale(word: str, language: str) -> float:
    """What a word multiplies by, in its language or else in others; 0 for one that does not."""
    key = key_of(word, table(language, "quantities").get("grammar", {}))
    own = meanings(language, "scales").get(key) or meanings(language, "short_scales").get(key)
    if own or meaning(word, "units", language):
        return float(own or 0)
    return float(shared_meanings("scales").get(fold(word)) or shared_meanings("short_scales").get(fold(word)) or 0)


@cache
def _letters(language: str) -> Mapping[str, str]:
    """Single letters that multiply, as they are written; those of English where the language has none."""
    known = language if table(language, "magnitudes") else "en"
    tables = [table(one, kind) for one in (_EVERYWHERE, known) for kind in _KINDS]
    return {word: value for one in tables for value, row in one.get("short_scales", {}).items() for word in row.split()}


# Units.

_PERCENT_AFTER = re.compile(rf"\s*(?:%|٪|％|{alternatives('quantities', 'percent')})", re.IGNORECASE)
_PERCENT_BEFORE = re.compile(rf"(?:{alternatives('quantities', 'percent_ahead')})\s*\Z", re.IGNORECASE)
_OF, _GLUED_OF = alternatives("quantities", "of"), alternatives("quantities", "of_glued")
_COUNTED = re.compile(rf"[{SPACE}-]?(?:US |U\.S\. |(?:{_OF}) |{_GLUED_OF})?({LETTERS})")


def unit_beside(plain: str, start: int, end: int, language: str) -> tuple[str | None, int]:
    """What the number counts, and where that ends: a sign beside it, or the next word ("a 12-year sentence")."""
    percent = _PERCENT_AFTER.match(plain, end)
    if percent:
        return "percent", percent.end()
    before, after = _sign_before(plain, start), _SIGN_AFTER.match(plain, end)
    if before:
        return _signs(language)[before[1]], end
    if after:
        return _signs(language)[after[1]], after.end()
    if _PERCENT_BEFORE.search(plain, max(0, start - 12), start):
        return "percent", end
    if not profile(language).spaces:
        unit = _written_on(language).match(plain, end)
        return (meanings(language, "units")[unit.group()] if unit else None), end
    match = _COUNTED.match(plain, end)
    return (meaning(match[1], "units", language) if match else None), end


@cache
def _written_on(language: str) -> re.Pattern[str]:
    words = sorted(map(re.escape, meanings(language, "units")), key=len, reverse=True)
    return re.compile("|".join(words) or r"(?!)")
