"""Speaker: who a claim says is speaking."""

from __future__ import annotations

from claims import verdict


def test_a_quote_given_to_another_speaker_is_withheld() -> None:
    lines = ("“We may win the vote,” Anna Weber said.", "Clara Dupont did not answer.")
    assert verdict("Clara Dupont said “we may win the vote”.", *lines) == "withheld"


def test_a_voice_that_is_nowhere_is_withheld() -> None:
    assert verdict("Experts say the dam is safe.", "The dam is safe and the road is open.") == "withheld"
