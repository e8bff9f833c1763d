"""Truncation: claims in the post's own words, whole sentences, or cut at a clause."""

from __future__ import annotations

from claims import check, document


def test_words_of_the_post_are_supported_and_a_cut_that_loses_a_condition_is_not() -> None:
    source = document("The beach reopens on Monday, the mayor’s office wrote, unless the tests fail.")
    whole = source.quote(1)
    assert check(whole, source, origin="selected").check.verdict != "withheld"  # type: ignore[union-attr]
    cut = check("The beach reopens on Monday, the mayor’s office wrote …", source, origin="selected")
    assert cut.check is not None
    assert (cut.check.before is not None, cut.text) == (True, whole)
