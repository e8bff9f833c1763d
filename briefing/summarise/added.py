"""A sentence that was added to a post, as a claim: its own words, whose word it is, checked as every line is."""

from __future__ import annotations

from briefing.language.attribution import attribution
from briefing.language.question_types import asks
from briefing.summarise.summary import stands
from briefing.types import Claim, Document, Draft, Speaker
from briefing.verify.evidence import ground
from briefing.verify.verifier import verify


def told(document: Document, number: int) -> Claim | None:
    """The claim that sentence `number` makes; None for a question, and where the check withholds it."""
    text = document.quote(number)
    if asks(text):
        return None
    voice = next(iter(attribution(text, document.language)), None)
    speaker = Speaker(text[voice.start : voice.end], voice.sourcing, voice.name) if voice else None
    draft = Draft(text, ((document.key, number),), kind="attributed" if voice else "fact", speaker=speaker)
    claim = verify(ground(draft, {document.key: document}, id="n1"), {document.key: document})
    return claim if stands(claim) else None
