"""Evidence: a claim cites sentences that its documents have, in their own words."""

from __future__ import annotations

from claims import check, document

from briefing.types import Claim
from briefing.verify.citation import evidence
from briefing.verify.verifier import verify


def test_a_claim_without_evidence_is_withheld() -> None:
    source = document("The bridge is open.")
    found = verify(Claim("c", "The bridge is open.", ()), {source.key: source}).check
    assert found is not None
    assert (found.verdict, found.reasons) == ("withheld", ("evidence: no sentence is cited",))


def test_evidence_that_the_document_does_not_have_is_withheld() -> None:
    source, other = document("The bridge is open."), document("The bridge is open.", "It was closed.")
    claim = Claim("c", "It was closed.", (evidence(other, 2),))
    found = verify(claim, {source.key: source}).check
    assert found is not None
    assert found.verdict == "withheld"


def test_offsets_and_documents_are_left_as_they_are() -> None:
    source = document("Officials said the bridge is open.")
    before = source.text
    check("The bridge is open.", source)
    assert source.text == before
