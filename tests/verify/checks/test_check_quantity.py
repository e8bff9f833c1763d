"""Quantity: how many, and which kind, as the sentences have it."""

from __future__ import annotations

import pytest
from claims import verdict


@pytest.mark.parametrize(
    ("line", "sentence", "expected"),
    [
        ("All schools in Norl closed on Monday.", "Some schools in Norl closed on Monday.", "withheld"),
        ("Only schools in Norl closed on Monday.", "Schools in Norl closed on Monday.", "withheld"),
        ("All schools in Norl closed.", "Every school in Norl closed on Monday.", "stands"),
        ("The largest dam on the river burst.", "The dam on the river burst at noon.", "withheld"),
        ("The largest dam burst.", "The largest dam on the river burst at noon.", "stands"),
        ("The mayor of Norl resigned.", "The former mayor of Norl resigned on Monday.", "withheld"),
        ("The former mayor resigned.", "The former mayor of Norl resigned on Monday.", "stands"),
    ],
)
def test_quantities(line: str, sentence: str, expected: str) -> None:
    assert verdict(line, sentence) == expected
