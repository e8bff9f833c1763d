"""Dates in several languages, and what a post's own date adds."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language.annotation import annotate
from briefing.language.calendar import agrees

WRITTEN = date(2026, 6, 23)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "language", "year", "month", "day"),
    [
        ("June 23, 2026", "en", 2026, 6, 23),
        ("23rd of June", "en", None, 6, 23),
        ("in May", "en", None, 5, None),
        ("le 1er janvier 2024", "fr", 2024, 1, 1),
        ("5 de mayo de 2024", "es", 2024, 5, 5),
        ("23 يونيو 2026", "ar", 2026, 6, 23),
        ("٢٥ حزيران ٢٠٢٦", "ar", 2026, 6, 25),
        ("ב-23 ביוני 2026", "he", 2026, 6, 23),
        ("23 июня 2026 года", "ru", 2026, 6, 23),
        ("2024年5月6日", "ja", 2024, 5, 6),
        ("ngày 5 tháng 6 năm 2024", "vi", 2024, 6, 5),
        ("2026-06-23", "en", 2026, 6, 23),
        ("5.10.2025", "de", 2025, 10, 5),
    ],
)
def test_a_date_is_read(text: str, language: str, year: int | None, month: int, day: int | None) -> None:
    found = annotate(text, language).dates
    assert [(one.year, one.month, one.day) for one in found] == [(year, month, day)]


@pytest.mark.parametrize("text", ["She may go.", "They march on.", "He sat down.", "5 per second"])
def test_words_that_only_look_like_dates_are_none(text: str) -> None:
    assert annotate(text, "en").dates == ()


def test_a_weekday_beside_a_date_is_one_date() -> None:
    assert len(annotate("Thursday 25 June", "en").dates) == 1


@pytest.mark.parametrize(
    ("claimed", "carried", "expected"),
    [
        ("23 June 2026", "on 23 June", True),
        ("23 June 2025", "on 23 June", False),
        ("22 June", "yesterday", True),
        ("21 June", "yesterday", False),
        ("Monday", "yesterday", True),
        ("30 June", "Tuesday", True),
        ("Friday", "Thursday 25 June", False),
        ("June", "23 June", True),
        ("23 June", "June", False),
    ],
)
def test_agreement_in_a_post_of_23_june_2026(claimed: str, carried: str, expected: bool) -> None:
    one, other = annotate(f"in {claimed}", "en").dates[0], annotate(f"in {carried}", "en").dates[0]
    assert agrees(one, other, WRITTEN) is expected


@given(st.text(max_size=120), st.dates())
def test_hostile_text_and_dates_do_not_raise(text: str, day: date) -> None:
    for one in annotate(text + " yesterday 31/02/2024 Tuesday", "en").dates:
        assert agrees(one, one, day) in (True, False)
