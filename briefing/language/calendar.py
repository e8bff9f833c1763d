"""Dates of texts, and what a post's own date adds to them: the year, the day that "yesterday" was.

That is worked out in `resolve`, never guessed elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta


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
    if mention.month is None and mention.year:
        return (mention,)
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
