"""Attribution: what the text gives as somebody's word is not stated as plain fact."""

from __future__ import annotations

from claims import check, users_post


def test_a_report_told_as_a_report_is_not_repaired() -> None:
    found = check("The reported arrival is a prelude to a deployment.", users_post(), 2).check
    assert found is not None
    assert found.verdict != "withheld"
