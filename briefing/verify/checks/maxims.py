"""Maxims: "History shows …" is the author's argument, no finding.

Catches it where it is told as fact. Lets pass every other generality.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.modals import MAXIM
from briefing.language.rows import row_of
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
    told = [sentence for sentence in context.own if MAXIM.match(sentence.text)]
    if found and told:
        template = None if any(one.reports or one.quotations for one in told) else _template(context.language)
        text = template and template.format(context.line.text[:1].lower() + context.line.text[1:])
        row = row_of(context.line.text, found.span(), context.language, "modals", "maxims")
        yield Finding("note", Notice("attribution: the author's own maxim"), (found.group(),), text, row)


def _template(language: str) -> str | None:
    """How the tool says that it is the author's own; None where it does not know how in a language."""
    return table(language, "repairs").get("maxim")
