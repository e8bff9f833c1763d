"""Hedging: what the text gives as alleged, conditional, possible or only reported is not stated as plain fact.

Catches a dropped "reportedly", "would" and "may", and a report that opens the paragraph, also beside the claim's own
"would". The text's own words come back where their place can be told; else a line that follows the very clause is
withheld, another is left to a reader. Lets pass a doubt in other words ("reportedly" for "is said to"), and a doubtful
clause that the claim leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.language.hedges import FIRMNESS, Hedge
from briefing.language.modals import leaving_open
from briefing.language.plain_text import plain
from briefing.language.tables import table
from briefing.language.words import Word, common_words
from briefing.types import Notice
from briefing.verify.alignment import Alignment, Slot
from briefing.verify.checks.attribution import attributes
from briefing.verify.claim_context import ClaimContext, Finding
from briefing.verify.doubt_scope import WEAK_CUES, Doubt, doubts, from_opening, leant_on
from briefing.verify.repair import put_back
from briefing.verify.small_words import is_form


def knows(language: str) -> bool:
    """Whether its words of doubt are listed."""
    return bool(table(language, "hedges"))


def check(context: ClaimContext) -> Iterator[Finding]:
    """The doubt of the sentence itself, then the report that opens its paragraph."""
    yield from _dropped_doubt(context)
    yield from _dropped_opening(context)


def _dropped_doubt(context: ClaimContext) -> Iterator[Finding]:
    """A doubt of the sentences that the claim has in no form."""
    own = context.line.hedges
    near = context.nearest(1)
    found = _left_out(tuple(one for one in doubts(context) if one.sentence in near), own, context)
    found = tuple(doubt for doubt in found if not _is_told(doubt, context))
    if not found or _carries(own, found, context):
        return
    doubt = _gravest(found, own)
    if doubt is None:
        return
    reason = Notice("certainty: the text says “{said}” [{n}]", said=doubt.said, n=doubt.sentence.number)
    text = put_back(context.line, doubt.sentence, (doubt.mark.start, doubt.mark.end))
    yield Finding("fail" if _is_followed(doubt, context) else "note", reason, (doubt.said,), text, doubt.row)


def _is_followed(doubt: Doubt, context: ClaimContext) -> bool:
    """Whether the line follows the very clause that is doubtful: nothing but the doubt was left out there."""
    aligned = context.alignment
    if aligned is None or aligned.sentence != doubt.sentence or aligned.follows < _FOLLOWS:
        return False
    slot = _slot_of(doubt, aligned)
    if slot is None:  # another form of the same word: "sera" for "serait"
        return doubt.mark.certainty in ("conditional", "possible")
    common = common_words(context.language)
    carried = [word.key for word in slot.carried]
    is_plain = all(word.key in common or is_form(word.key, carried) for word in slot.claimed)
    return is_plain and not slot.is_edge and not _left_with(doubt, slot)


def _slot_of(doubt: Doubt, aligned: Alignment) -> Slot | None:
    """What a line has in the place of the doubt, and what else it left out there."""
    start, end = doubt.mark.start, doubt.mark.end
    return next((slot for slot in aligned.slots if any(start <= word.start < end for word in slot.carried)), None)


def _left_with(doubt: Doubt, slot: Slot) -> list[Word]:
    """The words of content that were left out together with the doubt, in any form."""
    common, claimed = common_words(doubt.sentence.language), [word.key for word in slot.claimed]
    marks = [(mark.start, mark.end) for mark in doubt.sentence.hedges]
    content = [word for word in slot.carried if word.key not in common and not is_form(word.key, claimed)]
    return [word for word in content if not any(a <= word.start < b for a, b in marks)]


_FOLLOWS = 0.7


def _dropped_opening(context: ClaimContext) -> Iterator[Finding]:
    """ "According to available information" opens the paragraph; "would" alone does not say whose word it is."""
    opening = next((doubt for sentence in leant_on(context) for doubt in from_opening(sentence, context)), None)
    if opening is None or _is_told(opening, context) or attributes(context.line):
        return
    reason = Notice("attribution: “{said}” opens the paragraph [{n}]", said=opening.said, n=opening.sentence.number)
    aligned = context.alignment
    is_near = aligned is not None and aligned.is_close
    yield Finding("note", reason, (opening.said,), _put_first(opening, context) if is_near else None, opening.row)


def _put_first(opening: Doubt, context: ClaimContext) -> str | None:
    """The line behind the words that open the paragraph, where a comma parts these from the rest."""
    comma = _COMMA.match(opening.sentence.text, opening.mark.end)
    return opening.sentence.text[opening.mark.start : comma.end()] + _lower_first(context) if comma else None


_COMMA = re.compile(r"[,،、，]\s?")


def _lower_first(context: ClaimContext) -> str:
    """The claim as the second half of a sentence: its first letter small unless it begins with a name."""
    text, first = context.line.text, next(iter(context.line.words), None)
    is_small = first is not None and (
        first.key in common_words(context.language)
        or any(first.key in document.lower_keys for document in context.documents)
    )
    return text[:1].lower() + text[1:] if is_small and text[:2] not in ("I ", "I’", "I'") else text


def _is_told(doubt: Doubt, context: ClaimContext) -> bool:
    """Whether the claim has the word for it in another form: "the reported arrival", "police accuse", "is seen, by whom
    is not said, as"."""
    marked = doubt.sentence.between(doubt.mark.start, doubt.mark.end)
    if doubt.mark.certainty not in ("reported", "alleged") and len(marked) < 2:
        return False
    common = common_words(doubt.sentence.language)
    stems = {word.stem for word in marked if word.key not in common}
    return any(word.stem in stems and word.stem not in WEAK_CUES for word in context.line.words)


def _left_out(found: tuple[Doubt, ...], own: Sequence[Hedge], context: ClaimContext) -> tuple[Doubt, ...]:
    """The doubts to look for: of a claim that follows its sentence, those it leaves out without a word for them."""
    aligned = context.alignment
    if aligned is None or aligned.follows < _FOLLOWS:
        return found
    said = aligned.sentence.plain
    if any(plain(context.line.text[mark.start : mark.end]) not in said for mark in own):
        return ()
    told = {plain(context.line.text[mark.start : mark.end]) for mark in own}
    here = [doubt for doubt in found if not own or doubt.sentence == aligned.sentence]
    return tuple(doubt for doubt in here if plain(doubt.said) not in told and not _is_passed_over(doubt, aligned))


def _is_passed_over(doubt: Doubt, aligned: Alignment) -> bool:
    """Whether what is doubtful was left out, too: "which could be sold" of a firm that closes a plant."""
    if doubt.sentence != aligned.sentence or doubt.mark.certainty == "reported":
        return False
    slot = _slot_of(doubt, aligned)
    return slot is not None and any(word.start >= doubt.mark.end for word in _left_with(doubt, slot))


def _carries(own: Sequence[Hedge], found: tuple[Doubt, ...], context: ClaimContext) -> bool:
    """Whether the claim has a doubt as weak as the text's, in whatever words."""
    aligned = context.alignment
    if aligned is not None and aligned.follows >= _FOLLOWS and own:
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
