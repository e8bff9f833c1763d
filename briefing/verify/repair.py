"""Repairs in words: who says so, or the text's own words of doubt, put back into a claim."""

from __future__ import annotations

from briefing.language.annotation import Annotation
from briefing.language.attribution import Attribution
from briefing.language.tables import table
from briefing.language.words import common_words, fold
from briefing.verify.claim_context import ClaimContext


def with_voice(context: ClaimContext, voice: Attribution, sentence: Annotation) -> str:
    """The claim with the text's own words for who says so put back."""
    who = sentence.text[voice.start : voice.end].strip(" ,،")
    cue = sentence.text[voice.cue_start : voice.cue_end].strip()
    said = f"{who} {cue}" if voice.start < voice.cue_start else f"{cue} {who}"
    named = _antecedent(context, sentence) if voice.is_pronoun else who
    template = table(context.language, "repairs").get("according")
    if named is None or template is None or len(named.split()) > 8:
        return in_the_words(context.line.text, said, context.language)
    return str(template).format(_lower(named, sentence), lower_first(context))


def _antecedent(context: ClaimContext, sentence: Annotation) -> str | None:
    """Who "he said" is: the one named voice of the three sentences before, None where there is none."""
    document = context.document_of(sentence)
    for number in range(sentence.number - 1, max(0, sentence.number - 4), -1):
        before = document.annotations[number]
        named = [voice for voice in before.attributions if voice.name and not voice.is_pronoun]
        if named:
            return before.text[named[-1].start : named[-1].end].strip(" ,،")
    return None


def _lower(who: str, sentence: Annotation) -> str:
    """ "The ministry" as it stands inside a sentence; a name keeps its capital."""
    first = who.split(" ", 1)[0]
    return who[:1].lower() + who[1:] if fold(first) in common_words(sentence.language) else who


def lower_first(context: ClaimContext) -> str:
    """The claim as the second half of a sentence: its first letter small unless it begins with a name."""
    text = context.line.text
    if not context.line.words:
        return text
    first = context.line.words[0]
    is_small = first.key in common_words(context.language) or any(
        first.key in document.lower_keys for document in context.documents
    )
    return text[:1].lower() + text[1:] if is_small and text[:2] not in ("I ", "I’", "I'") else text


def in_the_words(text: str, said: str, language: str) -> str:
    """The claim with the text's words of doubt beside it."""
    template = table(language, "repairs").get("in_the_words", "“{}”")
    end = len(text.rstrip(" .。؟!…"))
    return f"{text[:end]} ({template.format(said)}){text[end:].strip() or '.'}"
