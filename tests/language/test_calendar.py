"""What a post's own date adds to a date of its text."""

from __future__ import annotations

from datetime import date

import pytest

from briefing.language.annotation import annotate
from briefing.language.calendar import agrees

WRITTEN = date(2026, 6, 23)  # a Tuesday


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
