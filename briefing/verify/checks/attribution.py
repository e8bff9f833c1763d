"""Attribution: what the text gives as somebody's word is not stated as plain fact.

Catches a dropped "officials said", also of what they say of their own deeds: the text's own words come back where the
line follows the clause that they say, else the line is left to a reader. Lets pass a speaker told as the one who does
it ("Rooney praises …"), and a line that attributes in words of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from briefing.language.annotation import Annotation
from briefing.language.attribution import Attribution
from briefing.language.patterns import alternatives
from briefing.language.plain_text import plain
from briefing.language.rows import row_of, row_within
from briefing.language.tables import table
from briefing.language.vocabulary import bounded
from briefing.language.words import common_words, fold
from briefing.types import Notice, Span
from briefing.verify.alignment import overlap
from briefing.verify.claim_context import ClaimContext, Finding
from briefing.verify.doubt_scope import WEAK_CUES
from briefing.verify.repair import put_back


def knows(language: str) -> bool:
    """Whether its verbs of saying are listed."""
    return bool(table(language, "reporting_verbs"))


def check(context: ClaimContext) -> Iterator[Finding]:
    """Who says so, where the sentence that the line follows has it and the line tells what was said as fact."""
    stems = {word.stem for word in context.line.words}
    for sentence in context.nearest(1):
        if attributes(context.line, sentence) or overlap(context.line.content, sentence) < _SPEAKS_OF_IT:
            return
        for voice in sentence.reports:
            if not _uses_what_is_said(voice, sentence, stems) or _is_told(voice, sentence, context, stems):
                continue
            low, high = _span(voice)
            said = sentence.text[low:high].strip()
            reason = Notice("attribution: the sentence gives it as said: “{said}” [{n}]", said=said, n=sentence.number)
            is_told = voice.is_pronoun or attributes(context.line)
            text = None if is_told else put_back(context.line, sentence, (low, high))
            yield Finding("note", reason, (said,), text, _row(voice, sentence))
            return


def attributes(line: Annotation, sentence: Annotation | None = None) -> bool:
    """Whether a line says in any form whose word it is, or that it is only reported: a verb of saying, "Report: …".

    Beside a sentence only what that does not have counts, or as many voices: the rest may be part of what is said.
    """
    cue = _cue(line.language)
    spans = [(voice.cue_start, voice.cue_end) for voice in line.reports]
    spans += [(mark.start, mark.end) for mark in line.hedges if mark.certainty in ("reported", "alleged")]
    spans += [match.span() for match in cue.finditer(line.text)] if cue else []
    if sentence is not None:
        if line.reports and len(line.reports) >= len(sentence.reports):
            return True
        spans = [span for span in spans if plain(line.text[slice(*span)]) not in sentence.plain]
    return bool(spans) or _LABEL.match(line.text) is not None


_LABEL = re.compile(r"[^:：\d]{2,60}[:：]\s?\S")


@cache
def _cue(language: str) -> re.Pattern[str] | None:
    kinds = (("reporting_verbs", "saying"), ("reporting_verbs", "body_saying"), ("sources", "prepositions"))
    cues = [words for kind, key in kinds if (words := alternatives(kind, key, language))]
    return re.compile(bounded("|".join(cues), language), re.IGNORECASE) if cues else None


def _row(voice: Attribution, sentence: Annotation) -> str | None:
    """The row of the tables that says who says so."""
    cue = (voice.cue_start, voice.cue_end)
    whole = (row_of(sentence.text, cue, sentence.vocabulary, kind) for kind in ("reporting_verbs", "sources"))
    return next((row for row in whole if row), None) or row_within(sentence, cue, "reporting_verbs", "sources")


def _span(voice: Attribution) -> Span:
    return min(voice.start, voice.cue_start), max(voice.end, voice.cue_end)


def _is_told(voice: Attribution, sentence: Annotation, context: ClaimContext, stems: set[str]) -> bool:
    """Whether the claim has the verb of saying in it, or the one who speaks, so that it is told as theirs; a line that
    is what they say of themselves, word by word, is not."""
    cue = [word.stem for word in sentence.between(voice.cue_start, voice.cue_end)]
    common = common_words(sentence.language)
    if any(item in stems for item in cue if item not in common and item not in WEAK_CUES):
        return True
    if voice.is_pronoun:
        return False
    who = [word for word in sentence.between(voice.start, voice.end) if word.key not in common]
    told = sum(word.stem in stems for word in who)
    surname = fold(voice.name.split()[-1]) if voice.name and voice.name.split() else ""
    if _only_possessed(surname, context) or (context.alignment and context.alignment.follows >= _OWN_DEED):
        return False
    return 2 * told > len(who) or (told >= 1 and any(word.key == surname and word.stem in stems for word in who[-1:]))


_OWN_DEED = 0.8
_SPEAKS_OF_IT = 0.3  # the share of the line's words


def _only_possessed(surname: str, context: ClaimContext) -> bool:
    """Whether the speaker stands in the claim as an owner only: "Guardiola's season has fallen short"."""
    named = [
        context.line.text[word.start : word.end]
        for word in context.line.words
        if word.key == surname and word.is_capital
    ]
    return bool(named) and all(said.endswith(("'s", "’s")) for said in named)


def _uses_what_is_said(voice: Attribution, sentence: Annotation, stems: set[str]) -> bool:
    """Whether the claim's words come from what is said, not from beside it: two words of content, one of them near the
    verb of saying, since a later clause may be the author's."""
    low, high = _span(voice)
    common = common_words(sentence.language)
    before = [word for word in sentence.words if word.end <= low and word.key not in common]
    after = [word for word in sentence.words if word.start >= high and word.key not in common]
    near = (*before[-_NEAR:], *after[:_NEAR])
    return sum(word.stem in stems for word in (*before, *after)) >= 2 and any(word.stem in stems for word in near)


_NEAR = 5
