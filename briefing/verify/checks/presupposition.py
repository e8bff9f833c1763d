"""Presupposition: what a sentence takes for granted is no evidence for what the text only reports.

Catches "soldiers have arrived" resting on "the arrival of soldiers …" where the text elsewhere says "reports have
revealed the arrival". Lets it pass where the text itself asserts it.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.annotation import Annotation
from briefing.language.modals import EVENT
from briefing.language.rows import row_of
from briefing.language.words import fold
from briefing.types import Notice
from briefing.verify.claim_context import ClaimContext, Finding, Severity
from briefing.verify.doubt_scope import leant_on


def knows(language: str) -> bool:
    """Whether its nouns of events are listed."""
    return language in EVENT


def check(context: ClaimContext) -> Iterator[Finding]:
    """ "The arrival of soldiers …" taken as a report that they arrived, where the text elsewhere only reports it."""
    pattern = EVENT.get(context.language)
    if pattern is None or context.line.hedges:
        return
    for sentence in leant_on(context):
        for match in pattern.finditer(sentence.text):
            root = fold(match[1])[:5]
            verb = next(
                (word for word in context.line.words if word.key.startswith(root) and word.key != fold(match[1])), None
            )
            if verb is None:
                continue
            hedged = _hedged_elsewhere(root, sentence, context)
            if hedged is None:
                continue
            said, where = hedged
            reason = Notice(
                "presupposed: “{taken}” [{n}] is taken for granted; the text says “{said}” [{place}]",
                taken=match.group(),
                n=sentence.number,
                said=said,
                place=where.number,
            )
            grave: Severity = "fail" if _elsewhere(context) else "note"
            row = row_of(sentence.text, match.span(), context.language, "modals", "row")
            yield Finding(grave, reason, (context.line.text[verb.start : verb.end],), row=row)
            return


def _elsewhere(context: ClaimContext) -> bool:
    """Whether the claim names something that its sentences do not."""
    return any(mention.is_sure and not context.lexicon.has_name(mention) for mention in context.line.names)


def _hedged_elsewhere(root: str, sentence: Annotation, context: ClaimContext) -> tuple[str, Annotation] | None:
    document = context.document_of(sentence)
    for other in document.annotations[1:]:
        if other is sentence or not any(key.startswith(root) for key in other.keys):
            continue
        for mark in other.hedges:
            behind = [word for word in other.words if word.start >= mark.end][:6]
            if any(word.key.startswith(root) for word in behind):
                return other.text[mark.start : mark.end].strip(), other
    return None
