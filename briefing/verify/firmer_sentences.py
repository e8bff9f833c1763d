"""Where the same post puts it with less doubt than the sentences a claim rests on."""

from __future__ import annotations

from itertools import islice

from briefing.language.annotation import Annotated, Annotation
from briefing.language.modals import EVENT
from briefing.language.words import common_words, fold
from briefing.verify.claim_context import ClaimContext
from briefing.verify.doubt_scope import Doubt


def stronger(context: ClaimContext, found: tuple[Doubt, ...]) -> tuple[Annotation, ...]:
    """Other sentences of the same post that put it with less doubt: the headline, or a noun that takes it as given.

    None is better than a wrong one: a question or an argument has none, and a sentence counts only where it speaks of
    the very event that the doubt covers, or says nearly all that the claim says.
    """
    if not found or not context.own or context.claim.kind in ("question", "opinion"):
        return ()
    document: Annotated = next(document for document in context.documents if document.key == found[0].sentence.post)
    cited = {sentence.number for sentence in context.sentences}
    events = _doubted_events(found)
    plain = (
        sentence
        for sentence in document.annotations
        if sentence.number not in cited
        and sentence.language == context.language
        and not (sentence.number and sentence.text.rstrip().endswith(("?", "؟", "？")))
        and not sentence.hedges
    )
    firmer = (
        sentence
        for sentence in plain
        if _grants(sentence, events, context)
        or _says_as_much(sentence, context)
        or _announces(sentence, events, found, context)
    )
    return tuple(islice(firmer, 3))


_NEXT = 3


def _doubted_events(found: tuple[Doubt, ...]) -> frozenset[str]:
    """The beginnings of the first words of content behind each doubt: what it is that is only reported."""
    events: set[str] = set()
    for doubt in found:
        common = common_words(doubt.sentence.language)
        behind = (word for word in doubt.sentence.words if word.start >= doubt.mark.end and word.key not in common)
        events |= {word.key[:5] for word in islice(behind, _NEXT) if len(word.key) > 4}
    return frozenset(events)


def _grants(sentence: Annotation, events: frozenset[str], context: ClaimContext) -> bool:
    """Whether the sentence takes a doubted event of the claim for granted, with something of the claim beside it."""
    pattern = EVENT.get(sentence.language)
    if pattern is None or not sentence.number:
        return False
    content = {word.key[:5]: word.stem for word in context.line.content}
    for match in pattern.finditer(sentence.text):
        root = fold(match[1])[:5]
        beside = [word.stem for word in sentence.words if match.end() <= word.start <= match.end() + 60]
        if root in events and root in content and any(stem in beside for stem in content.values()):
            return True
    return False


def _says_as_much(sentence: Annotation, context: ClaimContext) -> bool:
    """Whether a sentence has most of the claim's words and all its names."""
    shared = len({word.stem for word in context.line.content} & sentence.stems)
    named = all(mention.key in sentence.keys for mention in context.line.names if mention.is_sure)
    return named and shared >= 4 and shared >= 0.6 * len(context.line.content)


def _announces(sentence: Annotation, events: frozenset[str], found: tuple[Doubt, ...], context: ClaimContext) -> bool:
    """Whether this is the headline of a text that only reports an event, with two words of the claim and its name."""
    pattern = EVENT.get(context.language)
    if sentence.number or pattern is None:
        return False
    told = (match for doubt in found for match in pattern.finditer(doubt.sentence.text))
    shared = {word.stem for word in context.line.content} & sentence.stems
    named = any(mention.key in sentence.keys for mention in context.line.names)
    return named and len(shared) >= 2 and any(fold(match[1])[:5] in events for match in told)
