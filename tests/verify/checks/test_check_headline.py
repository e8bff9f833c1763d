"""Headline: it is no evidence for what the text does not say, or says more weakly."""

from __future__ import annotations

from claims import check, document, users_post


def test_the_headline_alone_is_no_evidence() -> None:
    source = document("Reports say the first troops are in Israel.", title="Moroccan troops on their way to Gaza")
    assert check("Moroccan troops are on their way to Gaza.", source, 0).check.verdict == "withheld"  # type: ignore[union-attr]


def test_a_claim_about_the_headline_may_rest_on_it() -> None:
    source = users_post()
    text = (
        "The headline has Moroccan military personnel en route to Gaza; the text has reports of an arrival in Israel."
    )
    found = check(text, source, 0, 2).check
    assert found is not None
    assert (found.verdict, found.before) == ("unread", None)
    other = check("Moroccan military personnel are en route to Gaza.", source, 0, 2).check
    assert other is not None
    assert other.verdict == "withheld" or other.before is not None
