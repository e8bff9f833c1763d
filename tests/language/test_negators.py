"""Words that say no, and opposites."""

from __future__ import annotations

import pytest

from briefing.language.annotation import annotate
from briefing.language.antonyms import opposites


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("It is not true.", "en", 1),
        ("It isn’t true.", "en", 1),
        ("Not only the plan but the deal.", "en", 0),
        ("It is true.", "en", 0),
        ("Il n’a pas dit.", "fr", 1),
        ("Il ne vient jamais.", "fr", 1),
        ("No lo sabe.", "es", 1),
        ("لم يقل شيئا", "ar", 1),
        ("Он не пришёл.", "ru", 1),
        ("行かなかった", "ja", 1),
        ("הוא לא בא", "he", 1),
        ("Ranked No 1 in the world.", "en", 0),
    ],
)
def test_negations_are_counted_once(text: str, language: str, count: int) -> None:
    assert len(annotate(text, language).negations) == count


def test_verbs_of_denial() -> None:
    assert len(annotate("The council refused to sign and failed to pay.", "en").denials) == 2


def test_opposites_both_ways() -> None:
    assert "rejected" in opposites("accepted", "en")
    assert "accepted" in opposites("rejected", "en")
    assert opposites("house", "en") == frozenset()
