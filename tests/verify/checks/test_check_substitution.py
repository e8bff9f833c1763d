"""Substitution: one thing for another of its sort, or a word of the document in another word's place."""

from __future__ import annotations

from claims import verdict


def test_a_word_of_the_document_in_anothers_place() -> None:
    lines = (
        "The virus was not a threat to humans until 1997.",
        "Most birds on the farm near the lake were culled in March.",
    )
    assert verdict("Until 1997 the virus was not a threat to birds.", *lines) == "withheld"
    assert verdict("Until 1997 the virus was not a threat to people.", *lines) == "stands"
