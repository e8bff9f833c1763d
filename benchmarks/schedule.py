"""The schedule against an oracle that walks through the minutes of local days: `python -m benchmarks.schedule [years]`.

The oracle shares nothing with the schedule but `zoneinfo`. It reads the expression by itself and goes forward through
every minute there is, as a clock on the wall does: an issue is due at the first minute that the rule names, or at the
first after a jump over such a minute; the rest of that date is left out.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from briefing.newsletter.schedule import Schedule

# Half hours, midnights without an hour, a day that never was, dates without DST, and rules that changed in between.
ZONES = (
    *("Europe/Paris", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "Africa/Cairo"),
    *("Africa/Casablanca", "Asia/Kathmandu", "America/Nuuk", "Pacific/Apia", "Asia/Gaza"),
)
RULES = (
    *("0 7 * * *", "0 7 * * 1-5", "30 2 * * *", "0 0 * * *"),
    *("45 23 * * 0,6", "0 6 29 2 *", "15 1,13 1,15 * 1", "*/20 0-3 * * *"),
)
_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)


def _field(text: str, first: int, last: int) -> set[int]:
    """What a field of cron(5) names: `*`, lists, ranges and steps."""
    found: set[int] = set()
    for part in text.split(","):
        span, _, step = part.partition("/")
        start, _, end = span.partition("-")
        low, high = (first, last) if span == "*" else (int(start), int(end or start))
        found |= set(range(low, high + 1, int(step or 1)))
    return found


@cache
def _read(rule: str) -> tuple[frozenset[int], frozenset[int], frozenset[int], frozenset[int], bool]:
    """Minutes of a day, days of a month, months, days of a week (0: Sunday), and whether either kind of day will do."""
    minutes, hours, days, months, weekdays = rule.split()
    times = {60 * h + m for h in _field(hours, 0, 23) for m in _field(minutes, 0, 59)}
    either = not days.startswith("*") and not weekdays.startswith("*")
    week = {day % 7 for day in _field(weekdays, 0, 7)}
    return frozenset(times), frozenset(_field(days, 1, 31)), frozenset(_field(months, 1, 12)), frozenset(week), either


def _names(rule: str, day: date) -> bool:
    _, days, months, week, either = _read(rule)
    of_month, of_week = day.day in days, day.isoweekday() % 7 in week
    return day.month in months and (of_month or of_week if either else of_month and of_week)


@cache
def _minutes(zone: str, day: date) -> tuple[tuple[datetime, int], ...] | None:
    """Every minute of a local date with the minute of the day that the wall shows; None for a day like any other.

    A day is like any other where it has 24 hours that all begin on the hour, one after the other.
    """
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=16)
    local = ZoneInfo(zone)
    hours = [(at + timedelta(hours=n)).astimezone(local) for n in range(56)]
    if len({hour.utcoffset() for hour in hours}) == 1:
        return None
    found = []
    for n in range(56 * 60):
        wall = (at + n * _MINUTE).astimezone(local)
        if wall.date() == day:
            found.append((at + n * _MINUTE, 60 * wall.hour + wall.minute))
    return tuple(found)


def oracle(rule: str, zone: str, day: date) -> datetime | None:
    """When the issue of a local date is due."""
    times = _read(rule)[0]
    if not _names(rule, day):
        return None
    minutes = _minutes(zone, day)
    if minutes is None:
        first = next(minute for minute in range(24 * 60) if minute in times)
        return datetime(day.year, day.month, day.day, first // 60, first % 60, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    shown = -1  # nothing of the day yet: a day that begins after midnight jumped over that, too
    for at, minute in minutes:
        if any(skipped in times for skipped in range(shown + 1, minute + 1)):
            return at
        shown = max(shown, minute)
    # The clock jumped over the end of the day.
    is_named = minutes and any(skipped in times for skipped in range(shown + 1, 24 * 60))
    return minutes[-1][0] + _MINUTE if is_named else None


def differences(rule: str, zone: str, first: date, last: date) -> tuple[list[str], int]:
    """Where the schedule and the oracle differ, a line each; and how many dates they agree on."""
    found = list(Schedule(rule, ZoneInfo(zone)).between(first, last))
    told = {due.date: due.at for due in found}
    wrong = [f"{zone} {rule}: {len(found) - len(told)} dates twice"] if len(found) != len(told) else []
    agreed = 0
    for day in _days(first, last):
        expected = oracle(rule, zone, day)
        if told.get(day) != expected:
            wrong.append(f"{zone} {rule}: {day}: {told.get(day)}, and the oracle {expected}")
        elif expected:
            agreed += 1
    return wrong, agreed


def _days(first: date, last: date) -> Iterator[date]:
    return (first + n * _DAY for n in range((last - first).days + 1))


def main(years: int = 20) -> int:
    """Print the figure; the exit code says whether it is met."""
    started, wrong, agreed = time.monotonic(), [], 0
    first, last = date(2010, 1, 1), date(2009 + years, 12, 31)
    for zone in ZONES:
        _minutes.cache_clear()
        for rule in RULES:
            lines, number = differences(rule, zone, first, last)
            wrong += lines
            agreed += number
    print(f"{len(ZONES)} zones x {years} years x {len(RULES)} rules, {first} to {last}")
    print(f"{agreed} due dates, each once and at the oracle's minute; {len(wrong)} wrong")
    print(f"{time.monotonic() - started:.0f} s")
    print("\n".join(wrong[:20]))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
