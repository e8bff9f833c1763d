"""Dates: each one of a claim must stand in its sentences, or follow from one of them and the day of the post.

Catches "22 June" for a "yesterday" that was the 21st. Lets pass a day, month and year that stand apart, and a day of a
list ("the 26th and the 27th").
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language import calendar
from briefing.language.annotation import Annotation
from briefing.types import Notice
from briefing.verify.claim_context import ClaimContext, Finding


def check(context: ClaimContext) -> Iterator[Finding]:
    """A finding for every date of the claim that its sentences do not carry."""
    carried = [(mention, sentence) for sentence in context.sentences for mention in sentence.dates]
    for claimed in context.line.dates:
        if any(calendar.agrees(claimed, mention, context.written_of(sentence)) for mention, sentence in carried):
            continue
        if _by_parts(claimed, context, carried) or _listed_day(claimed, context, carried):
            continue
        said = context.line.text[claimed.start : claimed.end]
        if claimed.shift == 0:
            continue
        yield Finding(
            "fail",
            Notice("date: “{said}” does not stand in its sentences {cited}", said=said, cited=context.cited),
            (said,),
        )


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
