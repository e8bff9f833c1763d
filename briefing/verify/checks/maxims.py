"""Maxims: "History shows …" is the author's argument, no finding.

Catches it where it is told as fact. Lets pass every other generality.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.modals import MAXIM
from briefing.language.tables import table
from briefing.types import Notice
from briefing.verify.claim_context import ClaimContext, Finding


def knows(language: str) -> bool:
    """Whether its ways of arguing from history are listed."""
    return "maxims" in table(language, "modals")


def check(context: ClaimContext) -> Iterator[Finding]:
    """ "History shows …" told as a finding: nobody but the author says so."""
    if context.claim.kind not in ("fact", "forecast") or context.claim.speaker is not None:
        return
    found = MAXIM.match(context.line.text)
    if found and any(MAXIM.match(sentence.text) for sentence in context.own):
        text = table("en", "repairs")["maxim"].format(context.line.text[:1].lower() + context.line.text[1:])
        yield Finding("repair", Notice("attribution: the author's own maxim"), (found.group(),), text)
