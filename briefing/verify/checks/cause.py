"""Cause: one thing is said to be the cause of another only where a sentence says so.

Catches a "because" between two facts that the sentences only tell one after the other. Lets pass any word of cause for
another, and a purpose.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.annotation import Annotation
from briefing.language.patterns import alternatives, anywhere
from briefing.language.rows import row_of
from briefing.types import Notice
from briefing.verify.alignment import overlap
from briefing.verify.claim_context import ClaimContext, Finding

_SPEAKS_OF = 0.34


def knows(language: str) -> bool:
    """Whether its words of cause are listed."""
    return bool(alternatives("clauses", "cause", language))


def check(context: ClaimContext) -> Iterator[Finding]:
    """A finding for a cause that no sentence gives."""
    found = anywhere("clauses", "cause", context.language).search(context.line.text) if context.own else None
    if found is None or any(_gives_a_cause(sentence) for sentence in context.own):
        return
    if overlap(context.line.content, context.nearest(1)[0]) >= _SPEAKS_OF:
        said = found.group()
        row = row_of(context.line.text, found.span(), context.language, "clauses", "cause")
        yield Finding("fail", Notice("cause: “{said}” is not in its sentences", said=said), (said,), row=row)


def _gives_a_cause(sentence: Annotation) -> bool:
    words = (anywhere("clauses", key, sentence.language) for key in ("cause", "causing"))
    return any(one.search(sentence.text) for one in words)
