"""Attribution and doubt: what the text gives as said, alleged, expected or conditional is not stated as plain fact.

Catches a dropped "officials said", "will" for "would", the headline or "the arrival of …" taken as a report, "experts
say" where none speaks. Lets pass a doubt in other words ("reportedly" for "is said to"), a speaker told as the one who
does it ("Rooney praises …"), and a doubtful clause that the claim leaves out. What can be put back is: a repair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.language.annotation import Annotation
from briefing.language.hedges import Mark, Voice
from briefing.language.modals import OPEN
from briefing.language.words import common_words, fold
from briefing.verify.checks.hedging import Doubt, doubts, from_opening, leant_on
from briefing.verify.checks.modality import dropped_attitude, dropped_condition, not_yet
from briefing.verify.checks.presupposition import headline, maxim, taken_for_granted
from briefing.verify.checks.quotes import plain
from briefing.verify.checks.speaker import invented
from briefing.verify.claim_context import ClaimContext, Finding
from briefing.verify.repair import in_the_words, lowered, with_voice


def check(context: ClaimContext) -> Iterator[Finding]:
    """A finding for a voice or a doubt that the claim drops, or a voice that it makes up."""
    yield from headline(context)
    if not context.own:
        return
    yield from invented(context)
    yield from _dropped_voice(context)
    yield from _dropped_doubts(context)
    yield from taken_for_granted(context)
    yield from not_yet(context)
    yield from dropped_condition(context)
    yield from dropped_attitude(context)
    yield from maxim(context)


def _dropped_voice(context: ClaimContext) -> Iterator[Finding]:
    """Who says so, where a sentence has it and the claim tells what was said as fact."""
    own = context.line.reports
    stems = {word.stem for word in context.line.words}
    for sentence in leant_on(context):
        told = sentence.reports
        if len(own) >= max(1, len(told)) or _reports(context, sentence):
            continue
        for voice in told:
            if _tells_the_saying(voice, sentence, context, stems) or not _uses_what_is_said(voice, sentence, stems):
                continue
            said = sentence.text[min(voice.start, voice.cue_start) : max(voice.end, voice.cue_end)].strip()
            reason = f"attribution: the sentence gives it as said: “{said}” [{sentence.number}]"
            yield Finding("attribution", "repair", reason, (said,), with_voice(context, voice, sentence))
            return


def _reports(context: ClaimContext, sentence: Annotation) -> bool:
    """Whether the claim says in words of its own that it is only reported."""
    return any(
        mark.certainty in ("reported", "alleged")
        and plain(context.line.text[mark.start : mark.end]) not in plain(sentence.text)
        for mark in context.line.hedges
    )


def _tells_the_saying(voice: Voice, sentence: Annotation, context: ClaimContext, stems: set[str]) -> bool:
    """Whether the claim has the verb of saying or the one who speaks in it, so that it is told as theirs."""
    cue = [word.stem for word in sentence.between(voice.cue_start, voice.cue_end)]
    common = common_words(sentence.language)
    if any(item in stems for item in cue if item not in common and item not in _WEAK_CUES):
        return True
    if voice.is_pronoun:
        return False
    who = [word for word in sentence.between(voice.start, voice.end) if word.key not in common]
    told = sum(word.stem in stems for word in who)
    surname = fold(voice.name.split()[-1]) if voice.name else ""
    if _only_possessed(surname, context):
        return False
    return 2 * told > len(who) or (told >= 1 and any(word.key == surname and word.stem in stems for word in who[-1:]))


def _only_possessed(surname: str, context: ClaimContext) -> bool:
    """Whether the speaker stands in the claim as an owner only: "Guardiola's season has fallen short"."""
    named = [
        context.line.text[word.start : word.end]
        for word in context.line.words
        if word.key == surname and word.is_capital
    ]
    return bool(named) and all(said.endswith(("'s", "’s")) for said in named)


_WEAK_CUES = frozenset({"accord", "selon", "segun", "segund", "to", "a", "have", "be"})


def _uses_what_is_said(voice: Voice, sentence: Annotation, stems: set[str]) -> bool:
    """Whether the claim's words come from what is said, not from beside it: at least half its words in the sentence."""
    low, high = min(voice.start, voice.cue_start), max(voice.end, voice.cue_end)
    common = common_words(sentence.language)
    said = [word for word in sentence.words if (word.end <= low or word.start >= high) and word.key not in common]
    used = sum(word.stem in stems for word in said)
    return used >= 2 and _same_clause(voice, sentence, stems)


def _same_clause(voice: Voice, sentence: Annotation, stems: set[str]) -> bool:
    """Whether a word of the claim stands near the verb of saying: a later clause of its own may be the author's."""
    low, high = min(voice.start, voice.cue_start), max(voice.end, voice.cue_end)
    common = common_words(sentence.language)
    after = [word for word in sentence.words if word.start >= high and word.key not in common][:5]
    before = [word for word in sentence.words if word.end <= low and word.key not in common][-5:]
    return any(word.stem in stems for word in (*after, *before))


def _dropped_doubts(context: ClaimContext) -> Iterator[Finding]:
    """The doubt of the sentence itself put back, then the report that opens its paragraph; the last text has both."""
    own = list(_dropped_doubt(context))
    reworded = replace(context, claim=replace(context.claim, text=own[0].text)) if own and own[0].text else context
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
    reason = f"certainty: the text says “{doubt.said}” [{doubt.sentence.number}]"
    yield Finding("attribution", "repair", reason, (doubt.said,), _with_doubt(context, doubt))


def _dropped_opening(context: ClaimContext) -> Iterator[Finding]:
    """ "According to available information" opens the paragraph; "would" alone does not say whose word it is."""
    opening = next((doubt for sentence in leant_on(context) for doubt in from_opening(sentence, context)), None)
    if opening is None or _is_told(opening, context) or plain(opening.said) in plain(context.line.text):
        return
    own = context.line.hedges
    if any(mark.certainty in ("reported", "alleged") for mark in own) or context.line.reports:
        return
    reason = f"attribution: “{opening.said}” opens the paragraph [{opening.sentence.number}]"
    yield Finding("attribution", "repair", reason, (opening.said,), _with_doubt(context, opening))


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
    return any(word.stem in stems and word.key not in _WEAK_CUES for word in context.line.words)


def _left_out(found: tuple[Doubt, ...], own: Sequence[Mark], context: ClaimContext) -> tuple[Doubt, ...]:
    """The doubts to look for: of a claim that follows its sentence, those it leaves out without a word for them."""
    aligned = context.alignment
    if aligned is None or aligned.follows < 0.7:
        return found
    said = plain(aligned.sentence.text)
    if any(plain(context.line.text[mark.start : mark.end]) not in said for mark in own):
        return ()
    text = plain(context.line.text)
    here = [doubt for doubt in found if not own or doubt.sentence == aligned.sentence]
    return tuple(doubt for doubt in here if plain(doubt.said) not in text)


def _carries(own: Sequence[Mark], found: tuple[Doubt, ...], context: ClaimContext) -> bool:
    """Whether the claim has a doubt as weak as the text's, in whatever words."""
    aligned = context.alignment
    if aligned is not None and aligned.follows >= 0.7 and own:
        return False
    if not own:
        said = {word.stem for word in context.line.words}
        own_voices = context.line.reports
        kinds = {doubt.mark.certainty for doubt in found}
        known = {stem_ for doubt in found for stem_ in doubt.sentence.stems}
        return (bool(own_voices) and kinds <= {"reported"}) or bool((said & OPEN) - known)
    kinds = {mark.certainty for mark in own}
    needed = {doubt.mark.certainty for doubt in found}
    if needed <= {"reported", "alleged"}:
        return True
    return bool(kinds & {"possible", "conditional", "alleged", "denied"}) or not needed & {"possible", "conditional"}


def _gravest(found: tuple[Doubt, ...], own: Sequence[Mark]) -> Doubt | None:
    order = ("denied", "alleged", "conditional", "possible", "reported")
    had = {mark.certainty for mark in own}
    left = [doubt for doubt in found if doubt.mark.certainty not in had] or list(found)
    return min(left, key=lambda doubt: order.index(doubt.mark.certainty), default=None)


_MODALS = frozenset({"would", "may", "might", "could"})


def _with_doubt(context: ClaimContext, doubt: Doubt) -> str:
    said, text = doubt.said, context.line.text
    if said.casefold() in _MODALS and re.search(r"\bwill\b", text):
        text = re.sub(r"\bwill\b", said.casefold(), text, count=1)
        return text
    if doubt.mark.start <= 2 and " " in said and doubt.mark.certainty == "reported":
        comma = "، " if context.language in {"ar", "fa"} else ", "
        return f"{said}{comma}{lowered(context)}"
    return in_the_words(text, said, context.language)
