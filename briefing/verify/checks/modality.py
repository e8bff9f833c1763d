"""Modality: what is still ahead, hangs on a condition, or is only in somebody's mind, told as what is.

Catches "has been pledged" for "will require", "the beach reopens" without its "if the tests are clean", "can crush" for
"is confident that …". Lets pass a claim that keeps a condition, a plan or a doubt in words of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.annotation import Annotation
from briefing.language.modals import AHEAD, ATTITUDE, CONDITION, DONE, FUTURE, FUTURE_EN, PAST, hanging, leaving_open
from briefing.language.rows import row_of
from briefing.language.words import common_words
from briefing.types import Notice, Span
from briefing.verify.claim_context import ClaimContext, Finding
from briefing.verify.doubt_scope import CLAUSE, leant_on
from briefing.verify.repair import put_back


def knows(language: str) -> bool:
    """Whether its futures, conditions or attitudes are listed."""
    return any(language in patterns for patterns in (FUTURE, CONDITION, ATTITUDE))


def check(context: ClaimContext) -> Iterator[Finding]:
    """A finding for what is ahead, conditional or thought, told as what is."""
    yield from _not_yet(context)
    yield from _dropped_condition(context)
    yield from _dropped_attitude(context)


def _not_yet(context: ClaimContext) -> Iterator[Finding]:
    """ "Tens of billions have been pledged" for "will require tens of billions": what is ahead, told as done."""
    if context.language in FUTURE:
        yield from _told_as_done(context)
    if (
        context.language != "en"
        or not DONE.search(context.line.text)
        or any(word.key in AHEAD for word in context.line.words)
    ):
        return
    stems = {word.stem for word in context.line.words}
    for sentence in leant_on(context)[:1]:
        for match in FUTURE_EN.finditer(sentence.text):
            common = common_words("en")
            behind = [w for w in sentence.words if w.start >= match.start(1) and w.key not in common][:4]
            if any(word.stem in stems for word in behind) and not DONE.search(sentence.text):
                said = match.group()
                reason = Notice(
                    "certainty: the text speaks of what is ahead: “{said}” [{n}]", said=said, n=sentence.number
                )
                row = row_of(sentence.text, match.span(), "en", "modals", "coming")
                yield Finding("note", reason, (said,), put_back(context.line, sentence, match.span()), row)
                return


def _future_of(context: ClaimContext) -> tuple[str, Annotation, Span] | None:
    """The future form of the sentence nearest to the claim, where claim and sentence share the words behind it."""
    pattern = FUTURE[context.language]
    stems = {word.stem for word in context.line.words}
    for sentence in context.nearest(1):
        match = pattern.search(sentence.text)
        if not match or (PAST[context.language].search(sentence.text) and context.language != "ar"):
            return None
        common = common_words(context.language)
        behind = [word for word in sentence.words if word.start >= match.end() and word.key not in common][:5]
        if sum(word.stem in stems for word in behind) >= 2:
            return match.group(), sentence, match.span()
    return None


def _told_as_done(context: ClaimContext) -> Iterator[Finding]:
    if (
        FUTURE[context.language].search(context.line.text)
        or context.line.hedges
        or not PAST[context.language].search(context.line.text)
    ):
        return
    found = _future_of(context)
    if found:
        said, sentence, span = found
        reason = Notice("certainty: the text speaks of what is ahead: “{said}” [{n}]", said=said, n=sentence.number)
        yield Finding("note", reason, (said,), put_back(context.line, sentence, span), _row(sentence, span))


def _row(sentence: Annotation, span: Span) -> str | None:
    """The row that finds a future, a condition or an attitude there."""
    return row_of(sentence.text, span, sentence.language, "modals", "row")


def _dropped_condition(context: ClaimContext) -> Iterator[Finding]:
    """ "If the tests are clean" left out of what only then happens."""
    pattern = CONDITION.get(context.language)
    if pattern is None or hanging(context.language).search(context.line.text):
        return
    stems = {word.stem for word in context.line.words}
    common = common_words(context.language)
    for sentence in context.nearest(1):
        match = pattern.search(sentence.text)
        if not match:
            return
        main = [
            word for word in sentence.words if not match.start() <= word.start < match.end() and word.key not in common
        ]
        near = [word for word in main if abs(word.start - match.start()) < 80 or abs(word.start - match.end()) < 80]
        if sum(word.stem in stems for word in near) >= 2:
            said = match.group().strip()
            reason = Notice("certainty: only “{said}” [{n}]", said=said, n=sentence.number)
            row = _row(sentence, match.span())
            yield Finding("note", reason, (said,), put_back(context.line, sentence, match.span()), row)
        return


def _dropped_attitude(context: ClaimContext) -> Iterator[Finding]:
    """ "Is confident that", "is mulling", "accuses": what somebody thinks or plans, told as what is."""
    pattern = ATTITUDE.get(context.language)
    if pattern is None or context.line.hedges or context.line.attributions:
        return
    stems = {word.stem for word in context.line.words}
    common = common_words(context.language)
    if stems & leaving_open(context.language):
        return
    for sentence in context.nearest(1):
        for match in pattern.finditer(sentence.text):
            boundary = CLAUSE.search(sentence.text, match.end())
            end = max(match.end() + 30, boundary.start() if boundary else len(sentence.text))
            behind = [word for word in sentence.words if match.end() <= word.start < end and word.key not in common][:6]
            cue = {
                word.stem
                for word in sentence.words
                if match.start() <= word.start < match.end() and word.key not in common
            }
            if sum(word.stem in stems for word in behind) >= 2 and not cue & stems:
                said = match.group().strip()
                reason = Notice("certainty: the text says “{said}” [{n}]", said=said, n=sentence.number)
                row = _row(sentence, match.span())
                yield Finding("note", reason, (said,), put_back(context.line, sentence, match.span()), row)
                return
