"""Quantity: how many, how much of it, and which kind, as its sentences have it.

Catches "all" for some, "only" put in, "at least" or "former" left out of a line that otherwise follows its sentence,
and "the largest" where nothing is compared. Lets pass a quantifier that went with its clause, and other words for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.annotation import Annotation
from briefing.language.patterns import folded
from briefing.language.rows import row_of
from briefing.language.tables import table
from briefing.language.words import fold, stem
from briefing.types import Notice, Span
from briefing.verify.alignment import overlap
from briefing.verify.claim_context import ClaimContext, Finding, Severity

_SPEAKS_OF = 0.5
_LESS = {"all": {"most", "many", "some", "few"}, "most": {"many", "some", "few"}}


def knows(language: str) -> bool:
    """Whether its quantifiers are listed."""
    return bool(table(language, "quantifiers"))


def check(context: ClaimContext) -> Iterator[Finding]:
    """A finding for each quantity that was put in, or left out of what stayed."""
    if not context.own:
        return
    yield from _left_out(context)
    yield from _put_in(context)


def _left_out(context: ClaimContext) -> Iterator[Finding]:
    if not context.account.is_close:
        return
    told = {stem(unit.key, context.language) for unit in context.account.put_in}
    for loss in context.account.lost:
        if loss.kind in ("count", "kind") and stem(fold(loss.text), context.language) not in told:
            reason = Notice("quantity: the sentence says “{said}” [{n}]", said=loss.text, n=loss.number)
            kind = ("quantifiers",) if loss.kind == "count" else ("function_words", "privative")
            row = row_of(loss.text, (0, len(loss.text)), context.language, *kind)
            yield Finding("fail", reason, (loss.text,), row=row)


def _put_in(context: ClaimContext) -> Iterator[Finding]:
    """A quantifier of more than the sentences have, or a superlative where they have none."""
    near = [one for one in context.nearest(2) if overlap(context.line.content, one) >= _SPEAKS_OF]
    if not near:
        return
    sorts = {one.sort for sentence in context.own for one in sentence.quantifiers}
    beside = {one.sort for sentence in near for one in sentence.quantifiers}
    starts = {unit.start for unit in context.account.put_in}
    for one in context.line.quantifiers:
        is_more = bool(_LESS.get(one.sort, set()) & beside) or (one.sort == "only" and context.account.is_close)
        if is_more and one.sort not in sorts and starts & set(range(one.start, one.end)):
            yield _unsaid(context.line, (one.start, one.end), one.sort, context.gravity)
    superlatives = folded("quantifiers", "superlatives", context.language)
    if any(superlatives & sentence.keys for sentence in context.own):
        return
    for word in context.line.words:
        if word.key in superlatives and word.start in starts:
            yield _unsaid(context.line, (word.start, word.end), "superlatives", context.gravity)


def _unsaid(line: Annotation, span: Span, key: str, grave: Severity) -> Finding:
    said = line.text[slice(*span)]
    reason = Notice("quantity: “{said}” is not in its sentences", said=said)
    return Finding(grave, reason, (said,), row=row_of(line.text, span, line.vocabulary, "quantifiers", key))
