"""Evidence: a claim cites sentences that its documents have, in their own words.

Catches a sentence number that the document does not have, a quote that is not the sentence, and no evidence at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing.types import Claim, Document, Notice
from briefing.verify.claim_context import Finding


def check(claim: Claim, documents: Mapping[str, Document]) -> Iterator[Finding]:
    """A finding for the first thing that is wrong with what it cites; no other check can run then."""
    if not claim.evidence:
        yield Finding("fail", Notice("evidence: no sentence is cited"))
    for item in claim.evidence:
        document = documents.get(item.post)
        if document is None or not 0 <= item.sentence < len(document.sentences):
            yield Finding("fail", Notice("evidence: there is no sentence [{n}]", n=item.sentence))
        elif item.quote and item.quote != document.quote(item.sentence):
            yield Finding("fail", Notice("evidence: sentence [{n}] has other words", n=item.sentence), (item.quote,))
