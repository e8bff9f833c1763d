"""What only one side of a translation has: a no, a doubt, a condition, a cause, "all", "only".

The words cannot be compared, but what changes the sense of them can: where the sentences of another language have it
and the line has not, or the other way round, a reader is told of it. Withheld is only what leaves no other reading: an
"all" where no sentence has any word of much, and a "may" of the one sentence that the line tells whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.annotation import Annotation
from briefing.language.patterns import alternatives, anywhere
from briefing.language.rows import row_of
from briefing.language.tables import table
from briefing.types import Notice, Span
from briefing.verify.claim_context import ClaimContext, Finding, Severity

_OPEN = ("possible", "conditional")
_MUCH = ("all", "most", "many", "none")


def one_sided(context: ClaimContext) -> Iterator[tuple[str, Finding]]:
    """What the line or its sentences, all in another language, have alone, each with the check it belongs to."""
    if context.own or not context.foreign:
        return
    yield from _put_in(context)
    yield from _left_out(context)


def _put_in(context: ClaimContext) -> Iterator[tuple[str, Finding]]:
    line, theirs = context.line, context.foreign
    sorts = {one.sort for sentence in theirs for one in sentence.quantifiers}
    are_known = all(table(sentence.language, "quantifiers") for sentence in theirs)
    for one in line.quantifiers if are_known else ():
        if (one.sort == "all" and sorts.isdisjoint(_MUCH)) or (one.sort == "only" and "only" not in sorts):
            yield "quantity", _unsaid("quantity", line, (one.start, one.end), "fail" if one.sort == "all" else "note")
    if not any(_says_no(sentence) for sentence in theirs) and all(
        table(sentence.language, "negators") for sentence in theirs
    ):
        for span in line.negations[:1]:
            yield "negation", _unsaid("negation", line, span, "note")
    cause = _found("cause", line)
    are_known = all(alternatives("clauses", "cause", sentence.language) for sentence in theirs)
    if cause and are_known and not any(_found("cause", one) or _found("causing", one) for one in theirs):
        yield "cause", _unsaid("cause", line, cause, "note")


def _left_out(context: ClaimContext) -> Iterator[tuple[str, Finding]]:
    line, theirs = context.line, context.foreign
    if not _says_no(line) and table(line.language, "negators"):
        for sentence in theirs:
            for span in sentence.negations[:1]:
                reason = Notice("only one of the two says no: “{said}”", said=sentence.text[slice(*span)])
                yield "negation", Finding("note", reason)
    is_open = line.hedges or line.reports or line.quotations or _found("condition", line)
    if is_open or not table(line.language, "hedges"):
        return
    for sentence in theirs:
        for mark in sentence.hedges:
            if mark.certainty in _OPEN:
                said = sentence.text[mark.start : mark.end].strip()
                row = row_of(sentence.lower, (mark.start, mark.end), sentence.vocabulary, "hedges", mark.certainty)
                reason = Notice("certainty: the text says “{said}” [{n}]", said=said, n=sentence.number)
                grave: Severity = "fail" if len(theirs) == 1 and _is_told_whole(line, sentence) else "note"
                yield "hedging", Finding(grave, reason, (said,), row=row)
                break


def _unsaid(check: str, line: Annotation, span: Span, grave: Severity) -> Finding:
    said = line.text[slice(*span)]
    reasons = {
        "quantity": Notice("quantity: “{said}” is not in its sentences", said=said),
        "negation": Notice("negation: “{said}” is not in its sentences", said=said),
        "cause": Notice("cause: “{said}” is not in its sentences", said=said),
    }
    return Finding(grave, reasons[check], (said,))


def _says_no(line: Annotation) -> bool:
    return bool(line.negations or line.denials)


def _found(key: str, line: Annotation) -> Span | None:
    match = anywhere("clauses", key, line.language).search(line.text)
    return match.span() if match else None


def _is_told_whole(line: Annotation, sentence: Annotation) -> bool:
    """Whether a line is about as long as its sentence: what is doubtful was not left out."""
    return len(line.words) >= _WHOLE * len(sentence.words)


_WHOLE = 0.7
