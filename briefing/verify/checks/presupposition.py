"""The headline, and what a sentence takes for granted: no evidence for what the text only reports.

Catches "soldiers have arrived" resting on "the arrival of soldiers …" where the text elsewhere says "reports have
revealed the arrival", and a claim that only the headline carries. Lets pass both where the text itself asserts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from briefing.language.annotation import Annotated, Annotation
from briefing.language.modals import EVENT, MAXIM
from briefing.language.words import common_words, fold
from briefing.verify import alignment
from briefing.verify.checks.hedging import Doubt, covers, leant_on
from briefing.verify.claim_context import ClaimContext, Finding
from briefing.verify.repair import in_the_words

_HEADLINE = re.compile(
    r"\b(?:headlines?|the title|(?:le|du|son) titre|intitulé|titular|el título|o título|manchete|titolo|"
    r"überschrift|schlagzeile|заголов\w+)\b|عنوان|כותרת|見出し|标题|標題",
    re.I,
)


def speaks_of_headline(context: ClaimContext) -> bool:
    """Whether the claim tells what the headline says ("The headline has them en route to …") and cites it."""
    return any(sentence.number == 0 for sentence in context.sentences) and bool(_HEADLINE.search(context.line.text))


def headline(context: ClaimContext) -> Iterator[Finding]:
    """A claim that rests on the headline alone must be carried by the text."""
    if not context.sentences or any(sentence.number for sentence in context.sentences) or speaks_of_headline(context):
        return
    body = [sentence for document in context.documents for sentence in document.annotations[1:]]
    if not body:
        return
    near = max(body, key=lambda sentence: alignment.overlap(context.line.content, sentence))
    if alignment.overlap(context.line.content, near) < 0.7:
        yield Finding(
            "headline",
            "fail",
            "headline: it stands in the headline only, the text does not say it",
            (context.line.text,),
        )
        return
    for mark in near.hedges:
        said = near.text[mark.start : mark.end].strip()
        if covers(mark, near, context) and not context.line.hedges:
            reason = f"headline: the text puts it more weakly: “{said}” [{near.number}]"
            yield Finding(
                "attribution", "repair", reason, (said,), in_the_words(context.line.text, said, context.language)
            )
            return


def taken_for_granted(context: ClaimContext) -> Iterator[Finding]:
    """ "The arrival of soldiers …" taken as a report that they arrived, where the text elsewhere only reports it."""
    pattern = EVENT.get(context.language)
    if pattern is None or context.line.hedges:
        return
    for sentence in leant_on(context):
        for match in pattern.finditer(sentence.text):
            root = fold(match[1])[:5]
            verb = next(
                (word for word in context.line.words if word.key.startswith(root) and word.key != fold(match[1])), None
            )
            if verb is None:
                continue
            hedged = _hedged_elsewhere(root, sentence, context)
            if hedged is None:
                continue
            said, where = hedged
            taken = f"“{match.group()}” [{sentence.number}] is taken for granted"
            reason = f"presupposed: {taken}; the text says “{said}” [{where.number}]"
            if _elsewhere(context):
                yield Finding("presupposed", "fail", reason, (context.line.text[verb.start : verb.end],))
            else:
                yield Finding(
                    "attribution", "repair", reason, (said,), in_the_words(context.line.text, said, context.language)
                )
            return


def _elsewhere(context: ClaimContext) -> bool:
    """Whether the claim names something that its sentences do not."""
    return any(
        mention.is_sure and not context.lexicon.has_name(mention.key, mention.place) for mention in context.line.names
    )


def _hedged_elsewhere(root: str, sentence: Annotation, context: ClaimContext) -> tuple[str, Annotation] | None:
    document = context.document_of(sentence)
    for other in document.annotations[1:]:
        if other is sentence or not any(key.startswith(root) for key in other.keys):
            continue
        for mark in other.hedges:
            behind = [word for word in other.words if word.start >= mark.end][:6]
            if any(word.key.startswith(root) for word in behind):
                return other.text[mark.start : mark.end].strip(), other
    return None


def maxim(context: ClaimContext) -> Iterator[Finding]:
    """ "History shows …" told as a finding: nobody but the author says so."""
    if context.claim.kind not in ("fact", "forecast") or context.claim.speaker is not None:
        return
    found = MAXIM.match(context.line.text)
    if found and any(MAXIM.match(sentence.text) for sentence in context.own):
        text = f"The author argues that {context.line.text[:1].lower()}{context.line.text[1:]}"
        yield Finding("attribution", "repair", "attribution: the author's own maxim", (found.group(),), text)


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
