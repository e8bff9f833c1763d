"""Presupposition: what a sentence takes for granted is no evidence for what the text only reports."""

from __future__ import annotations

from claims import check, document


def test_what_a_noun_takes_for_granted_is_no_report() -> None:
    lines = ("Reports have revealed the arrival of soldiers.", "The arrival of the soldiers in town matters.")
    found = check("The soldiers arrived in town.", document(*lines), 2)
    assert found.check is not None
    assert (found.text, found.check.verdict) == ("The soldiers arrived in town.", "unread")
    assert any(reason.startswith("presupposed") for reason in found.check.reasons)
