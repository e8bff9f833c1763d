"""The figures of a text: amounts with what they count, in every digit script; no dates, times or ordinals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from briefing.language.calendar import DateMention
from briefing.language.number_grammar import words_from
from briefing.language.patterns import alternatives, word_list
from briefing.language.profile import profile
from briefing.language.quantities import Quantity
from briefing.language.reading import TextReading
from briefing.language.stopwords import stopwords
from briefing.types import Span

_SCALE = alternatives("quantities", "scales_written")
_VAGUE = alternatives("quantities", "vague_written")
_MONEY = r"US\$|[$€£¥₽₴₪₹₫]"
_PERCENT = alternatives("quantities", "percent_written")
_BEHIND_DIGITS = alternatives("quantities", "counters_behind_digits")
_OF, _GLUED = alternatives("quantities", "of"), alternatives("quantities", "of_glued")
_OF_WORD = rf"(?:{_OF})\s|{_GLUED}"
_OF = rf"(?:{_OF}|{_GLUED})"
_NUMBER = r"\d{1,3}(?:[.,٬\u00a0\u202f ]\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,٫]\d+)?"
_FIGURE = re.compile(
    rf"(?P<digits>(?<![A-Za-zÀ-ɏЀ-ӿ\d_.,:/#@&+-])(?:{_MONEY})?\s?(?:{_NUMBER})"
    rf"(?:\s?(?:%|％|٪|‰)|\s(?:{_PERCENT}|{alternatives('quantities', 'percent_of')}))?"
    rf"(?:[\s\u00a0-]?(?:{_SCALE})(?!\w))?(?:\s?(?:{_MONEY})|\s?[万億亿兆千]*(?:{_BEHIND_DIGITS}))?)"
    rf"(?P<counted>\s(?:{_OF}\s?)?[^\W\d_]{{3,}})?"
    rf"|(?<!\w)(?P<vague>(?:{_VAGUE})(?:\s{_OF}\s?(?:{_VAGUE}|{_SCALE}))?)(?P<of>\s(?:{_OF}\s?)?[^\W\d_]{{3,}})?(?!\w)"
    rf"|(?P<cjk>{alternatives('quantities', 'several')})",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"\d+\Z")
_NOT_COUNTED = re.compile(rf"\s(?:{alternatives('quantities', 'not_counted')})$", re.IGNORECASE)
_BELOW_IS_TRIVIAL = 10


@cache
def _plural(language: str) -> re.Pattern[str] | None:
    """What is counted, where plurals end in a way that tells it from what only follows ("$700 million over")."""
    words = alternatives("quantities", "counted", language)
    return re.compile(words) if words else None


_BEFORE_NOUN = re.compile(alternatives("quantities", "before_noun"))
_NEXT = re.compile(rf"[\s\u00a0-](?:{_OF_WORD})?([^\W\d_]{{2,}})", re.IGNORECASE)
_MOST_BETWEEN = 2  # words between an English number and its noun: "31,683 expectant fans"
_VERB = re.compile(rf".+(?:{alternatives('quantities', 'verb_endings')})$")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,٬\u00a0\u202f ]\d{3})+(?:[.,]\d+)?$")
# The number of a law, a room, a standard, a version is a name.
_NAMED = re.compile(
    rf"(?:(?<!\w)(?:{alternatives('quantities', 'numbered')})\.?|(?-i:[A-Z]{{2,}}))\s*[:#-]?\s*$", re.IGNORECASE
)


def figures(
    line: TextReading, quantities: Callable[[], Iterable[Quantity]], dates: Callable[[], Iterable[DateMention]]
) -> list[Span]:
    """Where the line gives an amount, with its currency, scale and the word it counts ("tens of billions of dollars").

    In digits of every script; in words where the language is known and counts so ("eleven people", "三千人"). Not
    counted: years, days of a month, clock times, ordinals, list numbers, numbers of laws, and bare numbers below ten.
    """
    text, primary = line.text, line.language
    found = [span for match in _FIGURE.finditer(text) if (span := _span(text, match, primary))]
    written = _written(primary)
    if written and written.search(text):
        found += [
            span
            for span in _in_words(text, quantities(), primary)
            if not any(span[0] < end and at < span[1] for at, end in found)
        ]
        found.sort()
    days = dates() if found else ()
    return [span for span in found if not any(one.start <= span[0] < one.end for one in days)]


@cache
def _written(language: str) -> re.Pattern[str] | None:
    """Where numbers in words from ten on may stand, in the languages in which what they count is told."""
    is_told = _plural(language) or not profile(language).spaces
    words = "|".join(map(re.escape, words_from(_BELOW_IS_TRIVIAL, language))) if is_told else ""
    edges = (r"(?<!\w)", r"(?!\w)") if profile(language).spaces else ("", "")
    return re.compile(rf"{edges[0]}(?:{words}){edges[1]}", re.IGNORECASE) if words else None


_COUNTER = re.compile(rf"(?:万|億|亿)?(?:{alternatives('quantities', 'counters')})")


def _in_words(text: str, quantities: Iterable[Quantity], language: str) -> list[tuple[int, int]]:
    """Numbers in words from ten on, with what they count; without it they are a way of speaking."""
    spans = []
    for number in quantities:
        if not number.is_word or number.kind != "number" or max(number.readings) < _BELOW_IS_TRIVIAL:
            continue
        if not profile(language).spaces:
            counter = _COUNTER.match(text, number.end)
            end = counter.end() if counter else None
        else:
            end = _noun_end(text, number.end, language)
        if end is not None:
            spans.append((number.start, end))
    return spans


def _noun_end(text: str, end: int, language: str) -> int | None:
    """Where the word that a number counts ends; None where none follows."""
    plural = _plural(language)
    between = _MOST_BETWEEN if language == "en" else 0
    at = end
    while match := _NEXT.match(text, at):
        word = match[1].lower()
        if word in _common(language) or _NOT_COUNTED.match(f" {word}"):
            return None
        if plural is None:
            return None if _VERB.match(word) or len(word) < _SHORTEST_NOUN else match.end()
        if _BEFORE_NOUN.fullmatch(word):
            at = match.end()
            continue
        if plural.match(word):
            return match.end()
        if not between:
            return None
        between -= 1
        at = match.end()
    return None


_SHORTEST_NOUN = 3
_LONGEST = 18  # digits that are read; Python refuses to make a number of more than 4,300


@cache
def _common(language: str) -> frozenset[str]:
    return stopwords(language) | word_list("quantities", "not_nouns")


def _span(text: str, match: re.Match[str], language: str) -> tuple[int, int] | None:
    if match["digits"] is None:
        return match.start(), _vague_end(text, match, language)
    digits = match["digits"].strip()
    start = match.start("digits") + match["digits"].index(digits)
    end = start + len(digits)
    if end < len(text) and (text[end].isalnum() or text[end] in ":/") and not _glued(text[end]):
        return None
    is_bare = _PLAIN.match(digits) is not None
    counted = _counted_end(text, match, end, digits, language)
    if is_bare and not _is_amount(text, start, end, int(digits[:_LONGEST]), is_counted=counted is not None):
        return None
    if _BARE.match(digits) and not _stands(text, start, digits, is_counted=counted is not None):
        return None
    return start, counted or end


_BARE = re.compile(r"[\d.,٬٫\u00a0\u202f ]+\Z")


def _stands(text: str, start: int, digits: str, *, is_counted: bool) -> bool:
    """Whether a number without a unit is an amount: no name, and a decimal only beside what it counts."""
    if _NAMED.search(text, max(0, start - 24), start):
        return False
    return is_counted or _THOUSANDS.match(digits) is not None


def _vague_end(text: str, match: re.Match[str], language: str) -> int:
    """Of "tens of billions of dollars" the whole; without a word that is counted only "millions"."""
    if match["of"] is None or _plural(language) is None:
        return match.end()
    return _noun_end(text, match.end("vague"), language) or match.end("vague")


_HAS_UNIT = re.compile(rf"{_MONEY}|[%％٪‰]|(?:{_PERCENT}|円|元|人)$", re.IGNORECASE)


def _counted_end(text: str, match: re.Match[str], end: int, digits: str, language: str) -> int | None:
    if _HAS_UNIT.search(digits):
        return None
    if language:
        return _noun_end(text, end, language)
    counted = match["counted"]
    return match.end() if counted and not _NOT_COUNTED.match(counted) else None


def _glued(letter: str) -> bool:
    """Whether a letter written onto a number is a counter (Chinese, Japanese) and not part of a name."""
    return letter >= "\u3040"


def _is_amount(text: str, start: int, end: int, value: int, *, is_counted: bool) -> bool:
    """Whether a number without a unit counts something: no year, time, ordinal or list number."""
    if 1800 <= value <= 2199 and end - start == 4:
        return False
    listed = start == 0 or text[start - 1] == "\n"
    if listed and text[end : end + 1] in (".", ")"):
        return False
    return value >= _BELOW_IS_TRIVIAL and is_counted
