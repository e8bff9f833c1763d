"""Modality: what is still ahead, hangs on a condition, or is only in somebody's mind, told as what is."""

from __future__ import annotations

from claims import check, document


def test_a_condition_is_put_back() -> None:
    found = check(
        "The beach will reopen on Monday.", document("The beach will reopen on Monday if the tests are clean.")
    )
    assert "if the tests are clean" in found.text
