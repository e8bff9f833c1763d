"""Hedging: what the text gives as alleged, conditional, possible or only reported is not stated as plain fact.

Catches a dropped "reportedly", "would" and "may", and a report that opens the paragraph, also beside the claim's own
"would". Lets pass a doubt in other words ("reportedly" for "is said to"), and a doubtful clause that the claim leaves
out. What can be put back is: a repair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.language.hedges import FIRMNESS, Hedge
from briefing.language.modals import leaving_open
from briefing.language.patterns import word_list
from briefing.language.plain_text import plain
from briefing.language.tables import table
from briefing.language.words import common_words
from briefing.types import Notice
from briefing.verify.claim_context import ClaimContext, Finding
from briefing.verify.doubt_scope import WEAK_CUES, Doubt, doubts, from_opening, leant_on
from briefing.verify.repair import in_the_words, lower_first


def knows(language: str) -> bool:
    """Whether its words of doubt are listed."""
    return bool(table(language, "hedges"))


def check(context: ClaimContext) -> Iterator[Finding]:
    """The doubt of the sentence itself put back, then the report that opens its paragraph; the last text has both."""
    own = list(_dropped_doubt(context))
    reworded = context.with_text(own[0].text) if own and own[0].text else context
    opening = list(_dropped_opening(reworded))
    yield from opening
    yield from own


def _dropped_doubt(context: ClaimContext) -> Iterator[Finding]:
    """A doubt of the sentences that the claim has in no form."""
    own = context.line.hedges
    found = _left_out(doubts(context), own, context)
    found = tuple(doubt for doubt in found if not _is_told(doubt, context))
    if not found or _carries(own, found, context):
        return
    doubt = _gravest(found, own)
    if doubt is None:
        return
    reason = Notice("certainty: the text says “{said}” [{n}]", said=doubt.said, n=doubt.sentence.number)
    yield Finding("repair", reason, (doubt.said,), _with_doubt(context, doubt))


def _dropped_opening(context: ClaimContext) -> Iterator[Finding]:
    """ "According to available information" opens the paragraph; "would" alone does not say whose word it is."""
    opening = next((doubt for sentence in leant_on(context) for doubt in from_opening(sentence, context)), None)
    if opening is None or _is_told(opening, context) or plain(opening.said) in context.line.plain:
        return
    own = context.line.hedges
    if any(mark.certainty in ("reported", "alleged") for mark in own) or context.line.reports:
        return
    reason = Notice("attribution: “{said}” opens the paragraph [{n}]", said=opening.said, n=opening.sentence.number)
    yield Finding("repair", reason, (opening.said,), _with_doubt(context, opening))


def _is_told(doubt: Doubt, context: ClaimContext) -> bool:
    """Whether the claim has the word for the report in another form: "the reported arrival", "reports speak of"."""
    if doubt.mark.certainty != "reported":
        return False
    common = common_words(doubt.sentence.language)
    stems = {
        word.stem
        for word in doubt.sentence.words
        if doubt.mark.start <= word.start < doubt.mark.end and word.key not in common
    }
    return any(word.stem in stems and word.stem not in WEAK_CUES for word in context.line.words)


def _left_out(found: tuple[Doubt, ...], own: Sequence[Hedge], context: ClaimContext) -> tuple[Doubt, ...]:
    """The doubts to look for: of a claim that follows its sentence, those it leaves out without a word for them."""
    aligned = context.alignment
    if aligned is None or aligned.follows < 0.7:
        return found
    said = aligned.sentence.plain
    if any(plain(context.line.text[mark.start : mark.end]) not in said for mark in own):
        return ()
    text = context.line.plain
    here = [doubt for doubt in found if not own or doubt.sentence == aligned.sentence]
    return tuple(doubt for doubt in here if plain(doubt.said) not in text)


def _carries(own: Sequence[Hedge], found: tuple[Doubt, ...], context: ClaimContext) -> bool:
    """Whether the claim has a doubt as weak as the text's, in whatever words."""
    aligned = context.alignment
    if aligned is not None and aligned.follows >= 0.7 and own:
        return False
    if not own:
        said = {word.stem for word in context.line.words}
        own_voices = context.line.reports
        kinds = {doubt.mark.certainty for doubt in found}
        known = {stem_ for doubt in found for stem_ in doubt.sentence.stems}
        return (bool(own_voices) and kinds <= {"reported"}) or bool((said & leaving_open(context.language)) - known)
    kinds = {mark.certainty for mark in own}
    needed = {doubt.mark.certainty for doubt in found}
    if needed <= {"reported", "alleged"}:
        return True
    return bool(kinds & {"possible", "conditional", "alleged", "denied"}) or not needed & {"possible", "conditional"}


def _gravest(found: tuple[Doubt, ...], own: Sequence[Hedge]) -> Doubt | None:
    had = {mark.certainty for mark in own}
    left = [doubt for doubt in found if doubt.mark.certainty not in had] or list(found)
    return max(left, key=lambda doubt: FIRMNESS.index(doubt.mark.certainty), default=None)


_WEAKER = word_list("modals", "weaker_than_will", "en")


def _with_doubt(context: ClaimContext, doubt: Doubt) -> str:
    said, text = doubt.said, context.line.text
    if said.casefold() in _WEAKER and re.search(r"\bwill\b", text):
        text = re.sub(r"\bwill\b", said.casefold(), text, count=1)
        return text
    if doubt.mark.start <= 2 and " " in said and doubt.mark.certainty == "reported":
        comma = table(context.language, "repairs").get("comma", ",")
        return f"{said}{comma} {lower_first(context)}"
    return in_the_words(text, said, context.language)
