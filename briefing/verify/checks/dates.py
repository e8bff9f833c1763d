"""Dates: each one of a claim must stand in its sentences, or follow from one of them and the day of the post.

Catches "22 June" for a "yesterday" that was the 21st. Lets pass a day, month and year that stand apart, and a day of a
list ("the 26th and the 27th"). A date that cannot be read, of the claim or of a sentence that may carry it, is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language import calendar
from briefing.language.annotation import Annotation
from briefing.language.calendar_words import knows_months
from briefing.language.profile import language_name
from briefing.language.rows import row_within
from briefing.types import Notice
from briefing.verify.claim_context import ClaimContext, Finding


def knows(language: str) -> bool:
    """Whether its months are known."""
    return knows_months(language)


def check(context: ClaimContext) -> Iterator[Finding]:
    """A finding for every date of the claim that its sentences do not carry, and for every one that is not read."""
    for start, end in context.line.date_reading.unread:
        said = context.line.text[start:end]
        yield Finding("not_run", Notice("date: “{said}” cannot be read", said=said))
    carried = [(mention, sentence) for sentence in context.sentences for mention in sentence.dates]
    for claimed in context.line.dates:
        if any(calendar.agrees(claimed, mention, context.written_of(sentence)) for mention, sentence in carried):
            continue
        if _by_parts(claimed, context, carried) or _listed_day(claimed, context, carried):
            continue
        said = context.line.text[claimed.start : claimed.end]
        if claimed.shift == 0:
            continue
        yield _not_read(said, context) or Finding(
            "fail",
            Notice("date: “{said}” does not stand in its sentences {cited}", said=said, cited=context.cited),
            (said,),
            row=row_within(context.line, (claimed.start, claimed.end), "calendar", "calendar_names"),
        )


def _not_read(said: str, context: ClaimContext) -> Finding | None:
    """That a date may stand in a sentence in a form that is not read; None where all dates are."""
    for sentence in context.sentences:
        for start, end in sentence.date_reading.unread:
            reason = Notice(
                "date: “{said}” may be “{other}”, which cannot be read", said=said, other=sentence.text[start:end]
            )
            return Finding("not_run", reason)
        if not knows(sentence.language):
            reason = Notice("no words for it in {language}", language=language_name(sentence.language))
            return Finding("not_run", reason)
    return None


def _by_parts(
    claimed: calendar.DateMention, context: ClaimContext, carried: list[tuple[calendar.DateMention, Annotation]]
) -> bool:
    """A day and month from one mention, the year from another place of the same sentences ("2024 … on 5 May")."""
    if claimed.year is None or claimed.month is None:
        return False
    years = any(
        float(claimed.year) in found.readings for sentence in context.sentences for found in sentence.quantities
    )
    rest = calendar.DateMention(claimed.start, claimed.end, None, claimed.month, claimed.day)
    return bool(
        years
        and any(mention.year in (None, claimed.year) and calendar.agrees(rest, mention, None) for mention, _ in carried)
    )


def _listed_day(
    claimed: calendar.DateMention, context: ClaimContext, carried: list[tuple[calendar.DateMention, Annotation]]
) -> bool:
    """ "26 and 27 May" for "from 26 May … the 26th and the 27th": the day stands alone beside a date of that month."""
    if claimed.day is None or claimed.month is None:
        return False
    near = {
        sentence
        for mention, sentence in carried
        if (mention.month == claimed.month and mention.year in (None, claimed.year))
        or (claimed.year is None and mention.month == claimed.month)
    }
    days = [
        found
        for sentence in context.sentences
        for found in sentence.quantities
        if float(claimed.day) in found.readings and found.unit is None and not found.is_word
    ]
    return bool(near) and any(
        not any(mention.start <= found.start < mention.end for mention, _ in carried) for found in days
    )
