"""When an issue is due: a cron expression on the wall clock of a zone, one issue a local date. No clock is read here.

The expression has the five fields of cron(5); `1-5` is Monday to Friday. The first time that it names on a date is when
the issue of that date is due; later ones on the same date make no second one. A time that the clocks skip is due at the
first minute after the gap, one that comes twice at its first coming, and a date that a zone left out has no issue.

A date is either handled (made, skipped or missed) or not; nothing else is remembered. So an issue cannot come twice
whatever becomes of the clock or of a zone's rules, and a machine that slept catches up with the newest date only.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from cronsim import CronSim

LONGEST_SLEEP: Final = timedelta(days=31)
"""A clock that is further ahead of the last run than this is asked about, not believed."""
CLOCK_STEP: Final = timedelta(minutes=15)
"""A clock may be set back by so much and nobody is told."""

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Due:
    """The issue of a local date, and the instant (UTC) at which it is due."""

    date: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Agenda:
    """What there is to do: `due` goes out now, `ahead` can be built already, `missed` will not be made any more."""

    due: Due | None = None
    ahead: Due | None = None
    missed: tuple[Due, ...] = ()


@dataclass(frozen=True, slots=True)
class Schedule:
    """A cron expression of five fields, as `briefing.config` has checked it, in a zone."""

    expression: str
    zone: ZoneInfo

    def due(self, day: date) -> Due | None:
        """The issue of that date; None where there is none."""
        return next(self.between(day, day), None)

    def between(self, first: date, last: date) -> Iterator[Due]:
        """The issues of the dates from the first to the last, both included."""
        day = first
        while day <= last:
            wall = self._next(day)
            if wall is None or wall.date() > last:
                return
            if is_date_of(wall.date(), self.zone):
                yield Due(wall.date(), instant(wall, self.zone))
            day = wall.date() + _DAY

    def before(self, day: date) -> Due | None:
        """The last issue before that date, within a year."""
        for days in (8, 366):
            found = list(self.between(day - days * _DAY, day - _DAY))
            if found:
                return found[-1]
        return None

    def _next(self, day: date) -> datetime | None:
        """The first wall clock time that the expression names on that date or later."""
        return next(CronSim(self.expression, datetime.combine(day, time()) - _SECOND), None)


def agenda(
    schedule: Schedule,
    *,
    now: datetime,
    since: datetime,
    handled: Container[date],
    begun: Container[date] = (),
    most_late: timedelta,
    ahead: timedelta,
) -> Agenda:
    """What there is to do at `now`, of all that came due after `since`, when it was last asked, and is not handled.

    The newest is due while it is no later than `most_late`; all before it are missed. What was `begun` counts whenever
    it came due.
    """
    days = [moment.astimezone(schedule.zone).date() for moment in (now - LONGEST_SLEEP - most_late, now + ahead)]
    near = [due for due in schedule.between(days[0] - _DAY, days[1] + _DAY) if due.at <= now + ahead]
    newest = next((due for due in reversed(near) if due.at <= now), None)
    todo = [due for due in near if due.date not in handled and (due.at > since or due.date in begun)]
    past = [due for due in todo if due.at <= now]
    is_in_time = newest is not None and now - newest.at <= most_late
    return Agenda(
        due=next((due for due in past if due is newest and is_in_time), None),
        ahead=next((due for due in todo if due.at > now), None),
        missed=tuple(due for due in past if due is not newest or not is_in_time),
    )


def clock_fault(now: datetime, last_run: datetime) -> str | None:
    """Why the clock is not to be believed, against when a run was last; None where it is."""
    if now < last_run - CLOCK_STEP:
        return f"the clock says {_told(now)}, and the last run was at {_told(last_run)}"
    if now > last_run + LONGEST_SLEEP:
        return f"the clock says {_told(now)}; the last run was at {_told(last_run)}, {(now - last_run).days} days ago"
    return None


def instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """When (UTC) a wall clock first shows that time; where it skips it, the first instant after the gap."""
    early, late = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (1, 0))
    if late <= early:  # an ordinary time, or the first of two
        return late
    offset = early.astimezone(zone).utcoffset()
    while late - early > _SECOND:
        middle = early + (late - early) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            early = middle
        else:
            late = middle
    return late.replace(microsecond=0)


def is_date_of(day: date, zone: ZoneInfo) -> bool:
    """Whether the zone had that date: Samoa had no 30 December 2011."""
    return instant(datetime.combine(day, time()), zone).astimezone(zone).date() == day


def _told(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
