"""When issues are due: each local date once, in zones that change their clocks, for machines that sleep."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.schedule import RULES, ZONES, differences
from briefing.config import Newsletter
from briefing.newsletter.schedule import LONGEST_SLEEP, Agenda, Due, Schedule, agenda, clock_fault

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
PARIS = ZoneInfo("Europe/Paris")
DAILY = Schedule("0 7 * * *", PARIS)
MONDAY = date(2026, 11, 23)
SEVEN = datetime(2026, 11, 23, 6, tzinfo=UTC)


def local(rule: str, zone: str, day: date) -> str | None:
    """When the issue of that date is due, by the zone's clocks."""
    due = Schedule(rule, ZoneInfo(zone)).due(day)
    return f"{due.at.astimezone(ZoneInfo(zone)):%d %H:%M %z}" if due else None


@pytest.mark.parametrize(
    ("rule", "zone", "day", "expected"),
    [
        ("30 2 * * *", "Europe/Paris", date(2026, 3, 29), "29 03:00 +0200"),  # S1: skipped, the first minute after
        ("59 2 * * *", "Europe/Paris", date(2026, 3, 29), "29 03:00 +0200"),
        ("30 2 * * *", "Europe/Paris", date(2026, 10, 25), "25 02:30 +0200"),  # S2: twice, the first of them
        ("30 2 * * *", "Australia/Lord_Howe", date(2026, 10, 4), "04 02:30 +1100"),  # clocks move by half an hour
        ("15 2 * * *", "Australia/Lord_Howe", date(2026, 10, 4), "04 02:30 +1100"),
        ("0 0 * * *", "Africa/Cairo", date(2026, 4, 24), "24 01:00 +0300"),  # no midnight
        ("30 23 * * *", "America/Nuuk", date(2024, 3, 30), "31 00:00 -0100"),  # the rest of the day is skipped
        ("0 7 * * *", "Pacific/Apia", date(2011, 12, 30), None),  # no such date
        ("0 7 * * *", "Pacific/Apia", date(2011, 12, 31), "31 07:00 +1400"),
        ("0 7 29 2 *", "UTC", date(2028, 2, 29), "29 07:00 +0000"),  # S4
        ("0 7 29 2 *", "UTC", date(2027, 2, 28), None),
        ("0 7,19 * * *", "UTC", date(2026, 6, 1), "01 07:00 +0000"),  # one issue a date
        ("*/5 * * * *", "UTC", date(2026, 6, 1), "01 00:00 +0000"),
    ],
)
def test_due(rule: str, zone: str, day: date, expected: str | None) -> None:
    assert local(rule, zone, day) == expected


@pytest.mark.parametrize(("rule", "days"), [("0 7 * * 1-5", "12345"), ("0 7 * * 0,6", "67"), ("0 7 * * 7", "7")])
def test_days_of_the_week_are_those_of_cron(rule: str, days: str) -> None:
    """S8: 1 is Monday, 0 and 7 are Sunday."""
    found = Schedule(rule, PARIS).between(date(2026, 6, 1), date(2026, 6, 28))
    assert [str(due.date.isoweekday()) for due in found] == list(days) * 4


@pytest.mark.long
def test_each_due_date_once_against_an_oracle() -> None:
    """Two years here; `python -m benchmarks.schedule` does twenty."""
    found = [differences(rule, zone, date(2011, 1, 1), date(2012, 12, 31)) for zone in ZONES for rule in RULES]
    assert [line for lines, _ in found for line in lines] == []
    assert sum(number for _, number in found) > 15_000


def plan(now: datetime, *handled: date, since: datetime = SEVEN - 30 * DAY, schedule: Schedule = DAILY) -> Agenda:
    known = {due.date for due in schedule.between(date(2026, 1, 1), MONDAY - DAY)} | set(handled)
    return agenda(schedule, now=now, since=since, handled=known, most_late=6 * HOUR, ahead=HOUR)


def test_due_now_and_ahead() -> None:
    due = Due(MONDAY, SEVEN)
    assert plan(SEVEN - HOUR - MINUTE) == Agenda()
    assert plan(SEVEN - HOUR) == Agenda(ahead=due)
    assert plan(SEVEN - HOUR, MONDAY) == Agenda()
    assert plan(SEVEN) == plan(SEVEN + 6 * HOUR) == Agenda(due=due)
    assert plan(SEVEN + 6 * HOUR + MINUTE) == Agenda(missed=(due,))
    assert plan(SEVEN + 9 * HOUR, MONDAY) == Agenda()


def test_a_machine_that_slept_catches_up_with_the_newest() -> None:
    later = plan(SEVEN + 3 * DAY + HOUR)
    assert later.due == Due(MONDAY + 3 * DAY, SEVEN + 3 * DAY)
    assert [due.date for due in later.missed] == [MONDAY, MONDAY + DAY, MONDAY + 2 * DAY]
    evening = plan(SEVEN + 3 * DAY + 12 * HOUR)
    assert (evening.due, len(evening.missed)) == (None, 4)


def test_an_older_one_never_follows_a_newer_one() -> None:
    """Where the newest is handled, what was left out before it is missed, however little late."""
    hourly = Schedule("0 7 * * *", PARIS)
    found = agenda(hourly, now=SEVEN + DAY, since=SEVEN - DAY, handled={MONDAY + DAY}, most_late=48 * HOUR, ahead=HOUR)
    assert (found.due, [due.date for due in found.missed]) == (None, [MONDAY])


def test_what_was_due_before_it_was_followed_is_nobodys() -> None:
    assert plan(SEVEN + HOUR, since=SEVEN + MINUTE) == Agenda()


def test_what_was_begun_counts_and_what_a_new_rule_adds_behind_us_does_not() -> None:
    """A rule that names Saturdays from today on does not miss those of the last month."""
    found = agenda(DAILY, now=SEVEN + HOUR, since=SEVEN + MINUTE, handled=(), most_late=6 * HOUR, ahead=HOUR)
    assert found == Agenda()
    begun = agenda(
        DAILY, now=SEVEN + HOUR, since=SEVEN + MINUTE, handled=(), begun=[MONDAY], most_late=6 * HOUR, ahead=HOUR
    )
    assert begun == Agenda(due=Due(MONDAY, SEVEN))


def test_a_changed_rule_of_the_zone_makes_no_second_issue() -> None:
    """S3: 07:00 comes again two hours after the issue went out; its date is handled."""
    moved = Schedule("0 7 * * *", ZoneInfo("Atlantic/Azores"))
    assert moved.due(MONDAY) == Due(MONDAY, SEVEN + 2 * HOUR)
    assert plan(SEVEN + 2 * HOUR, MONDAY, schedule=moved) == Agenda()


@given(
    st.lists(st.integers(0, 3 * 24 * 60), min_size=1, max_size=12),
    st.sampled_from(["0 7 * * *", "30 2 * * *", "0 0 * * *", "59 23 * * *"]),
    st.sampled_from([date(2026, 3, 27), date(2026, 10, 23), MONDAY]),
)
def test_runs_at_any_times_make_each_date_once(minutes: list[int], rule: str, first: date) -> None:
    schedule, start = Schedule(rule, PARIS), datetime.combine(first, datetime.min.time(), UTC)
    handled: list[date] = []
    last_run = start
    for minute in sorted(minutes):
        found = agenda(
            schedule,
            now=start + minute * MINUTE,
            since=last_run,
            handled=handled,
            most_late=6 * HOUR,
            ahead=timedelta(0),
        )
        handled += [due.date for due in (*found.missed, *([found.due] if found.due else []))]
        last_run = start + minute * MINUTE
    due = [
        due.date for due in schedule.between(first, first + 4 * DAY) if start < due.at <= start + max(minutes) * MINUTE
    ]
    assert handled == due


def test_a_clock_is_believed_within_reason() -> None:
    assert clock_fault(SEVEN + MINUTE, SEVEN) is None
    assert clock_fault(SEVEN - MINUTE, SEVEN) is None, "two machines' clocks differ"
    assert clock_fault(SEVEN + LONGEST_SLEEP, SEVEN) is None
    assert "2026-11-23 04:00 UTC" in (clock_fault(SEVEN - 2 * HOUR, SEVEN) or "")
    assert "365 days ago" in (clock_fault(SEVEN + 365 * DAY, SEVEN) or "")


@pytest.mark.parametrize("wrong", ["0 7 * *", "0 7 31 2 *", "60 7 * * *", "0 0 7 * * *", "every day"])
def test_a_wrong_expression_is_a_setting_that_is_wrong(wrong: str) -> None:
    with pytest.raises(ValueError, match="not a cron expression"):
        Newsletter(name="morning", schedule=wrong)
