"""When posts say that they were published: read as it is written, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, available_timezones

import pytest

from benchmarks.dates import outcome, rows
from briefing.language.tables import table
from briefing.language.timestamps import as_written, read_timestamp


@pytest.mark.parametrize("name", ["dates", "zones"])
def test_the_dates_that_the_reader_was_made_with(name: str) -> None:
    assert [row["text"] for row in rows(name, is_odd=True) if outcome(row) != "right"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026年3月8日 23:40", "2026-03-08T23:40Z"),
        ("2026年3月8日 下午3:30", "2026-03-08T15:30Z"),
        ("2026년 3월 8일 오후 3시 30분", "2026-03-08T15:30Z"),
        ("令和8年3月8日", "2026-03-08T00:00Z"),
        ("Sun, 08 Mar 2026 23:40:00 JST", "2026-03-08T14:40Z"),
        ("8 mars 2026 à 14h", "2026-03-08T14:00Z"),
        ("1er mars 2026", "2026-03-01T00:00Z"),
        ("8 de marzo de 2026, 3:30 p. m.", "2026-03-08T15:30Z"),
        ("8. März 2026, 8.57 Uhr", "2026-03-08T08:57Z"),
        ("8 марта 2026 г., 18:05 МСК", "2026-03-08T15:05Z"),
        ("الأحد 8 مارس 2026 03:30 م", "2026-03-08T15:30Z"),
        ("8. 3. 2026 v 8:57", "2026-03-08T08:57Z"),
        ("8 มีนาคม 2569", "2026-03-08T00:00Z"),
        ("20260308T085700Z", "2026-03-08T08:57Z"),
        ("20260308085700", "2026-03-08T08:57Z"),
        ("2026-07-08 08:57 PDT", "2026-07-08T15:57Z"),
        ("8 July 2026 08:57 BST", "2026-07-08T07:57Z"),
        ("Mar 8, 2026 12:05 am", "2026-03-08T00:05Z"),
        ("Wed Jul 08 2026 08:30:00 GMT+0200 (Central European Summer Time)", "2026-07-08T06:30Z"),
        ("2026-07-08T08:57:00+02:00[Europe/Paris]", "2026-07-08T06:57Z"),
        ("Sun, 08 Mar 2026 23:59:60 +0000", "2026-03-08T23:59:59Z"),
    ],
)
def test_what_is_written_is_read(text: str, expected: str) -> None:
    assert read_timestamp(text) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    "text",
    [
        "8 March",
        "March 2026",
        "yesterday, 14:00",
        "14:00",
        "3 hours ago",
        "04/05/2026",
        "04.05.26",
        "8 Mar 2026 08:57 XYZ",
        "8 Mar 2026 08:57 IST",
        "8 January 2026 08:57 BST",
        "2026-03-08 08:57 CST",
        "8 Mar 2026 08:57 +0100 (JST)",
        "8 Mar 2026 08:57 and 9 Mar 2026 10:00",
        "8 Mar 2026 13:00 am",
        "30 February 2026",
        "Sun, 08 Mar 2026 25:00:00 GMT",
        "Sun, 08 Mar 2026 08:57:00 +0199",
        "2026-03-29T02:30:00[Europe/Paris]",
        "0001-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z",
        "12 listopada",
        "8 Mar 2026 " + "x" * 200,
        "",
    ],
)
def test_what_is_not_sure_is_no_date(text: str) -> None:
    assert read_timestamp(text) is None


@pytest.mark.parametrize(
    ("language", "month"), [("fr", 5), ("de-AT", 5), ("en-GB", 5), ("en-US", 4), ("en", None), ("xx", None)]
)
def test_of_two_figures_the_locale_says_which_is_the_day(language: str, month: int | None) -> None:
    read = read_timestamp("04/05/2026", language=language)
    assert (read and read.month) == month


def test_a_month_is_that_of_the_language() -> None:
    days = {language: read_timestamp("8. listopada 2026", language=language) for language in ("hr", "pl")}
    assert {language: day and day.month for language, day in days.items()} == {"hr": 10, "pl": 11}


def test_a_clock_without_a_zone_is_that_of_the_site() -> None:
    assert read_timestamp("2026-07-08 01:00", zone=ZoneInfo("Europe/Paris")) == datetime(2026, 7, 7, 23, tzinfo=UTC)
    assert read_timestamp("8 July 2026", zone=timezone(timedelta(hours=9))) == datetime(2026, 7, 7, 15, tzinfo=UTC)


def test_an_offset_is_what_the_zone_database_has() -> None:
    """Every abbreviation whose zone names itself so has that distance somewhere, this winter or this summer."""
    known: dict[str, set[timedelta | None]] = {}
    for name in available_timezones():
        for month in (1, 7):
            moment = datetime(2026, month, 8, tzinfo=ZoneInfo(name))
            known.setdefault(moment.tzname() or "", set()).add(moment.utcoffset())
    zones = table("mul", "clock")["zones"]
    told = {name: offset for offset, row in zones.items() for name in row.split() if name.upper() in known}
    for name, offset in told.items():
        distance = timedelta(hours=int(offset[1:3]), minutes=int(offset[4:]))
        assert (-distance if offset[0] == "-" else distance) in known[name.upper()], name
    assert len(told) > 30


def test_what_cannot_be_read_is_kept_short_and_on_one_line() -> None:
    assert as_written(" next\n week " + "x" * 200) == ("next week " + "x" * 200)[:80]
    assert as_written(None) == ""
