"""Attribution: what the text gives as somebody's word is not stated as plain fact.

Catches a dropped "officials said". Lets pass a speaker told as the one who does it ("Rooney praises …"), and a claim
that says in words of its own that it is only reported. What can be put back is: a repair.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.annotation import Annotation
from briefing.language.attribution import Attribution
from briefing.language.plain_text import plain
from briefing.language.tables import table
from briefing.language.words import common_words, fold
from briefing.types import Notice
from briefing.verify.claim_context import ClaimContext, Finding
from briefing.verify.doubt_scope import WEAK_CUES, leant_on
from briefing.verify.repair import with_voice


def knows(language: str) -> bool:
    """Whether its verbs of saying are listed."""
    return bool(table(language, "reporting_verbs"))


def check(context: ClaimContext) -> Iterator[Finding]:
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
            reason = Notice("attribution: the sentence gives it as said: “{said}” [{n}]", said=said, n=sentence.number)
            yield Finding("repair", reason, (said,), with_voice(context, voice, sentence))
            return


def _reports(context: ClaimContext, sentence: Annotation) -> bool:
    """Whether the claim says in words of its own that it is only reported."""
    return any(
        mark.certainty in ("reported", "alleged")
        and plain(context.line.text[mark.start : mark.end]) not in sentence.plain
        for mark in context.line.hedges
    )


def _tells_the_saying(voice: Attribution, sentence: Annotation, context: ClaimContext, stems: set[str]) -> bool:
    """Whether the claim has the verb of saying or the one who speaks in it, so that it is told as theirs."""
    cue = [word.stem for word in sentence.between(voice.cue_start, voice.cue_end)]
    common = common_words(sentence.language)
    if any(item in stems for item in cue if item not in common and item not in WEAK_CUES):
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


def _uses_what_is_said(voice: Attribution, sentence: Annotation, stems: set[str]) -> bool:
    """Whether the claim's words come from what is said, not from beside it: at least half its words in the sentence."""
    low, high = min(voice.start, voice.cue_start), max(voice.end, voice.cue_end)
    common = common_words(sentence.language)
    said = [word for word in sentence.words if (word.end <= low or word.start >= high) and word.key not in common]
    used = sum(word.stem in stems for word in said)
    return used >= 2 and _same_clause(voice, sentence, stems)


def _same_clause(voice: Attribution, sentence: Annotation, stems: set[str]) -> bool:
    """Whether a word of the claim stands near the verb of saying: a later clause of its own may be the author's."""
    low, high = min(voice.start, voice.cue_start), max(voice.end, voice.cue_end)
    common = common_words(sentence.language)
    after = [word for word in sentence.words if word.start >= high and word.key not in common][:5]
    before = [word for word in sentence.words if word.end <= low and word.key not in common][-5:]
    return any(word.stem in stems for word in (*after, *before))
