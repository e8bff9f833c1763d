"""Dates as texts write them: months, weekdays and "yesterday" of the languages we read, resolved by the post's date.

A mention keeps only what it says: "June" has no day, "23 June" has no year. What a post's own date adds (the year, the
day that "yesterday" was) is worked out in `resolve`, never guessed elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from briefing.language.patterns import alternatives, folded
from briefing.language.reading import TextReading
from briefing.language.tables import languages, table
from briefing.language.words import Word, fold


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date of a text: what of year, month, day of the month and weekday (Monday 0) it names.

    `shift` is the distance in days from the day of writing of "today", "yesterday", "tomorrow".
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    shift: int | None = None
    other: tuple[int, int] | None = None  # (month, day) the other way round, of 03/04/2026


_TABLES = [table(language, "calendar") for language in languages("calendar")]


def _names(key: str) -> dict[str, str]:
    """Word → what it names, of all languages together: a text may name a day in another one's words."""
    return {
        word.replace("_", " "): name
        for known in _TABLES
        for name, listed in known.get(key, {}).items()
        for word in listed.split()
    }


_MONTHS = {fold(name): int(month) for name, month in _names("months").items() if " " not in name}
_LONG_MONTHS = {name: int(month) for name, month in _names("months").items() if " " in name}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS = {fold(name): _DAYS.index(day) for name, day in _names("weekdays").items()}
_RELATIVE = {fold(name): int(shift) for name, shift in _names("relative").items()}
_NEEDS_COMPANY = folded("calendar", "needs_company")
_NOT_ALONE = folded("calendar", "not_alone")
_TIME_PREPOSITIONS = folded("calendar", "time_prepositions")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?(?![\d])")
_NUMERIC = re.compile(r"(?<![\d/.,])(?<!\d-)(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
_JAPANESE = re.compile(r"(\d{1,2})月(?:(\d{1,2})日)?")
_ORDINAL = alternatives("calendar", "ordinal_endings", "en")
_DAY_BEFORE = re.compile(
    rf"(?<![\d.,:/])(?<!\d-)(\d{{1,2}})(?:{alternatives('calendar', 'ordinal_endings')}|\.)?"
    rf"(?:\s*(?:-|–|,|{alternatives('calendar', 'between_days')})\s*(\d{{1,2}})(?:{_ORDINAL})?)?"
    rf"\s*(?:{alternatives('calendar', 'before_month')})?\s*$",
    re.IGNORECASE,
)
_DAY_AFTER = re.compile(
    rf"\.?\s+(?:the )?(\d{{1,2}})(?:{_ORDINAL})?(?![\d:%]|[.,]\d|\s*(?:%|{alternatives('calendar', 'no_day')}))",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(rf"\.?,?\s*(?:{alternatives('calendar', 'before_year')})?\s*((?:19|20)\d\d)(?!\d)")


@cache
def _written_dates(language: str) -> re.Pattern[str] | None:
    """Dates in digits that are told by words around them («ngày 5 tháng 6»)."""
    words = alternatives("calendar", "dates", language)
    return re.compile(f"(?:{words})", re.IGNORECASE) if words else None


def dates(line: TextReading) -> tuple[DateMention, ...]:
    """Every date of the line, in order."""
    text, plain = line.text, line.plain_digits
    found = [*_numeric(plain, line.language)]
    taken = [(mention.start, mention.end) for mention in found]
    tokens = line.words
    for index in range(len(tokens)):
        mention = _by_word(text, plain, tokens, index)
        if mention and not any(start <= mention.start < end for start, end in taken[:200]):
            found.append(mention)
    return tuple(_with_weekdays(sorted(found, key=lambda mention: mention.start), text))


def _with_weekdays(found: list[DateMention], text: str) -> list[DateMention]:
    """ "Thursday 25 June" as one date, not as any Thursday and a 25 June."""
    joined: list[DateMention] = []
    for mention in found:
        last = joined[-1] if joined else None
        if (
            last
            and last.weekday is not None
            and last.day is None
            and mention.day is not None
            and mention.start - last.end <= 6
        ):
            joined[-1] = replace(mention, start=last.start, weekday=last.weekday)
        elif last and last.day is not None and mention.weekday is not None and 0 <= mention.start - last.end <= 4:
            joined[-1] = replace(last, end=mention.end, weekday=mention.weekday)
        else:
            joined.append(mention)
    return joined


def _numeric(plain: str, language: str) -> list[DateMention]:
    found = []
    for match in _ISO.finditer(plain):
        month, day = int(match[2]), int(match[3]) if match[3] else None
        if 1 <= month <= 12 and (day is None or 1 <= day <= 31):
            found.append(DateMention(match.start(), match.end(), int(match[1]), month, day))
    for match in _NUMERIC.finditer(plain):
        found += _slashed(match)
    if "月" in plain:
        taken = [(mention.start, mention.end) for mention in found]
        for match in _JAPANESE.finditer(plain):
            if 1 <= int(match[1]) <= 12 and not any(start <= match.start() < end for start, end in taken[:200]):
                day = int(match[2]) if match[2] else None
                found.append(DateMention(match.start(), match.end(), None, int(match[1]), day))
    if told := _written_dates(language):
        found += [mention for match in told.finditer(plain) if (mention := _in_groups(match))]
    return found


def _slashed(match: re.Match[str]) -> list[DateMention]:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    if 1 <= second <= 12 and 1 <= first <= 31:
        other = (first, second) if first <= 12 and first != second else None
        return [DateMention(match.start(), match.end(), year, second, first, other=other)]
    if 1 <= first <= 12 and 1 <= second <= 31:
        return [DateMention(match.start(), match.end(), year, first, second)]
    return []


def _in_groups(match: re.Match[str]) -> DateMention | None:
    day = match[1] or match[4]
    month = match[2] or match[5] or match[7]
    year = match[3] or match[6] or match[8]
    if not 1 <= int(month) <= 12:
        return None
    return DateMention(match.start(), match.end(), int(year) if year else None, int(month), int(day) if day else None)


def _by_word(text: str, plain: str, tokens: tuple[Word, ...], index: int) -> DateMention | None:
    word = tokens[index]
    key = word.key
    month = _month(text, tokens, index)
    if month:
        return _month_mention(text, plain, tokens, index, *month)
    weekday = _WEEKDAYS.get(key)
    if weekday is None and key.startswith(("و", "ال", "يوم")):
        weekday = _WEEKDAYS.get(key[1:])
    if weekday is None and index + 1 < len(tokens) and text[word.end : word.end + 1] == "-":
        weekday = _WEEKDAYS.get(f"{key}-{tokens[index + 1].key}")
    if weekday is not None and key not in _NOT_ALONE and _day_is_meant(tokens, index):
        return DateMention(word.start, word.end, weekday=weekday)
    shift = _RELATIVE.get(key)
    if shift is not None and key not in _NOT_ALONE:
        return DateMention(word.start, word.end, shift=shift)
    return None


def _day_is_meant(tokens: tuple[Word, ...], index: int) -> bool:
    if tokens[index].key not in _NEEDS_COMPANY:
        return True
    return index > 0 and tokens[index - 1].key in folded("calendar", "company")


def _month(text: str, tokens: tuple[Word, ...], index: int) -> tuple[int, int] | None:
    """The month a word names and the index of its last word."""
    word = tokens[index]
    if index + 1 < len(tokens):
        pair = text[word.start : tokens[index + 1].end]
        if pair in _LONG_MONTHS:
            return _LONG_MONTHS[pair], index + 1
    month = _MONTHS.get(word.key) or (_MONTHS.get(word.key[1:]) if word.key[:1] in {"و", "ב"} else None)
    return (month, index) if month else None


def _month_mention(
    text: str, plain: str, tokens: tuple[Word, ...], index: int, month: int, last: int
) -> DateMention | None:
    word, end = tokens[index], tokens[last].end
    before = _DAY_BEFORE.search(plain, max(0, word.start - 24), word.start)
    after = None if before else _DAY_AFTER.match(plain, end)
    day = _day(before) or _day(after)
    start = before.start(1) if before and day else word.start
    end = after.end() if after and day else end
    year = _YEAR_AFTER.match(plain, end)
    alone = day is None and year is None
    previous = tokens[index - 1].key if index else ""
    if alone and word.key in _NEEDS_COMPANY and (not word.is_capital or previous not in _TIME_PREPOSITIONS):
        return None
    if alone and word.key in _NOT_ALONE:
        return None
    return DateMention(start, year.end() if year else end, int(year[1]) if year else None, month, day)


def _day(match: re.Match[str] | None) -> int | None:
    if not match:
        return None
    value = int(match.group(match.lastindex or 1)) if match.re is _DAY_BEFORE and match[2] else int(match[1])
    return value if 1 <= value <= 31 else None


def agrees(claimed: DateMention, carried: DateMention, written: date | None) -> bool:
    """Whether the text's date carries the claim's, given the day the post was written.

    Everything the claim names must be named by the text or follow from it and the post's date: "on 23 June" with a
    post of 2026 carries "23 June 2026"; "yesterday" carries the day before; "Tuesday" the Tuesday before or after.
    """
    if claimed.shift is not None and carried.shift is not None:
        return claimed.shift == carried.shift
    if claimed.weekday is not None and carried.weekday is not None and claimed.day is None:
        return claimed.weekday == carried.weekday
    candidates = [carried, *_alternatives(carried), *resolve(carried, written)]
    wanted = [claimed, *_alternatives(claimed)]
    if claimed.shift is not None:
        wanted = list(resolve(claimed, written))
    return any(_fits(one, other) for one in wanted for other in candidates)


def _alternatives(mention: DateMention) -> tuple[DateMention, ...]:
    return (replace(mention, month=mention.other[0], day=mention.other[1]),) if mention.other else ()


def _fits(claimed: DateMention, carried: DateMention) -> bool:
    pairs = (
        (claimed.year, carried.year),
        (claimed.month, carried.month),
        (claimed.day, carried.day),
        (claimed.weekday, carried.weekday),
    )
    return any(said is not None for said, _ in pairs) and all(said is None or said == true for said, true in pairs)


def resolve(mention: DateMention, written: date | None) -> tuple[DateMention, ...]:
    """The full dates a mention can stand for in a post written on that day; none where that cannot be told."""
    days = [day for day in _days(mention, written) if day]
    return tuple(
        DateMention(mention.start, mention.end, day.year, day.month, day.day, day.weekday()) for day in days
    ) + (_years(mention, written))


def _years(mention: DateMention, written: date | None) -> tuple[DateMention, ...]:
    if written is None or mention.year is not None or mention.month is None or mention.day is not None:
        return ()
    near = [
        year
        for year in (written.year - 1, written.year, written.year + 1)
        if _months_apart(year, mention.month, written) <= 6
    ]
    return tuple(replace(mention, year=year) for year in near)


def _months_apart(year: int, month: int, written: date) -> int:
    return abs((year - written.year) * 12 + month - written.month)


def _days(mention: DateMention, written: date | None) -> list[date | None]:
    if mention.month and mention.day and mention.year:
        return [_safe(mention.year, mention.month, mention.day)]
    if written is None:
        return []
    if mention.shift is not None:
        return [written + timedelta(days=mention.shift)]
    if mention.month and mention.day:
        days = [_safe(written.year + step, mention.month, mention.day) for step in (-1, 0, 1)]
        return [day for day in days if day and abs((day - written).days) <= 184]
    if mention.weekday is not None and mention.day is None:
        back = (written.weekday() - mention.weekday) % 7
        return [written - timedelta(days=back), written + timedelta(days=7 - back)]
    return []


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
