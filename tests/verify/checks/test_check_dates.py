"""Dates: each one of a claim must stand in its sentences, or follow from one of them and the day of the post."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from claims import verdict


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor resigned on 22 June 2026.", "stands"),
        ("The mayor resigned on Monday.", "stands"),
        ("The mayor resigned on 21 June 2026.", "withheld"),
        ("The mayor resigned on Tuesday.", "withheld"),
    ],
)
def test_yesterday_is_resolved_by_the_date_of_the_post(text: str, expected: str) -> None:
    published = datetime(2026, 6, 23, 12, tzinfo=UTC)  # a Tuesday
    assert verdict(text, "The mayor resigned yesterday.", published=published) == expected
