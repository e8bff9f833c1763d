"""Quotes: words between quotation marks must stand in the text, word for word."""

from __future__ import annotations

from claims import check, document, verdict


def test_a_quote_in_other_marks_passes_and_a_made_up_one_does_not() -> None:
    line = "“We may win the vote,” Weber said."
    assert verdict("Weber said: «We may win the vote».", line) == "stands"
    assert verdict("Weber said: “The economy collapsed entirely”.", line) == "withheld"


def test_a_near_quote_becomes_reported_speech() -> None:
    source = document("“We may win the vote on Sunday,” Weber said.")
    found = check("Weber said they “may win the Sunday vote”.", source)
    assert found.check is not None
    assert (found.check.before is not None, found.text) == (True, "Weber said they may win the Sunday vote.")
    assert found.check.before == "Weber said they “may win the Sunday vote”."
