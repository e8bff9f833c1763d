"""Headline: it is no evidence for what the text does not say, or says more weakly.

Catches a claim that only the headline carries. Lets pass what the text asserts, too, and what speaks of the headline.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.patterns import anywhere
from briefing.types import Notice
from briefing.verify import alignment
from briefing.verify.claim_context import ClaimContext, Finding
from briefing.verify.doubt_scope import covers, row_of_doubt

_HEADLINE = anywhere("the_post", "headline")


def speaks_of_headline(context: ClaimContext) -> bool:
    """Whether the claim tells what the headline says ("The headline has them en route to …") and cites it."""
    return any(sentence.number == 0 for sentence in context.sentences) and bool(_HEADLINE.search(context.line.text))


def knows(language: str) -> bool:
    """Every language: it compares the words of headline and text."""
    return True


def check(context: ClaimContext) -> Iterator[Finding]:
    """A claim that rests on the headline alone must be carried by the text."""
    if not context.sentences or any(sentence.number for sentence in context.sentences) or speaks_of_headline(context):
        return
    body = [sentence for document in context.documents for sentence in document.annotations[1:]]
    if not body:
        return
    near = max(body, key=lambda sentence: alignment.overlap(context.line.content, sentence))
    if alignment.overlap(context.line.content, near) < 0.7:
        yield Finding(
            "fail",
            Notice("headline: it stands in the headline only, the text does not say it"),
            (context.line.text,),
        )
        return
    for mark in near.hedges:
        said = near.text[mark.start : mark.end].strip()
        if covers(mark, near, context) and not context.line.hedges:
            reason = Notice("headline: the text puts it more weakly: “{said}” [{n}]", said=said, n=near.number)
            yield Finding("note", reason, (said,), row=row_of_doubt(near, mark))
            return
