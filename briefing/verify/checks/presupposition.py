"""The headline, and what a sentence takes for granted: no evidence for what the text only reports.

Catches "soldiers have arrived" resting on "the arrival of soldiers …" where the text elsewhere says "reports have
revealed the arrival", and a claim that only the headline carries. Lets pass both where the text itself asserts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from briefing.language.hedges import marks
from briefing.language.modals import EVENT, MAXIM
from briefing.language.words import common_words, fold
from briefing.verify import alignment
from briefing.verify.checks.hedging import Doubt, covers, leant_on
from briefing.verify.claim_context import Finding, Ground, Page, Passage
from briefing.verify.repair import in_the_words

_HEADLINE = re.compile(
    r"\b(?:headlines?|the title|(?:le|du|son) titre|intitulé|titular|el título|o título|manchete|titolo|"
    r"überschrift|schlagzeile|заголов\w+)\b|عنوان|כותרת|見出し|标题|標題",
    re.I,
)


def speaks_of_headline(ground: Ground) -> bool:
    """Whether the claim tells what the headline says ("The headline has them en route to …") and cites it."""
    return any(passage.number == 0 for passage in ground.passages) and bool(_HEADLINE.search(ground.text))


def headline(ground: Ground) -> Iterator[Finding]:
    """A claim that rests on the headline alone must be carried by the text."""
    if not ground.passages or any(passage.number for passage in ground.passages) or speaks_of_headline(ground):
        return
    body = [passage for page in ground.pages for passage in page.passages[1:]]
    if not body:
        return
    near = max(body, key=lambda passage: alignment.overlap(ground.content, passage))
    if alignment.overlap(ground.content, near) < 0.7:
        yield Finding(
            "headline", "fail", "headline: it stands in the headline only, the text does not say it", (ground.text,)
        )
        return
    for mark in marks(near.text, near.language):
        said = near.text[mark.start : mark.end].strip()
        if covers(mark, near, ground) and not marks(ground.text, ground.language):
            reason = f"headline: the text puts it more weakly: “{said}” [{near.number}]"
            yield Finding("attribution", "repair", reason, (said,), in_the_words(ground.text, said, ground.language))
            return


def taken_for_granted(ground: Ground) -> Iterator[Finding]:
    """ "The arrival of soldiers …" taken as a report that they arrived, where the text elsewhere only reports it."""
    pattern = EVENT.get(ground.language)
    if pattern is None or marks(ground.text, ground.language):
        return
    for passage in leant_on(ground):
        for match in pattern.finditer(passage.text):
            root = fold(match[1])[:5]
            verb = next(
                (word for word in ground.words if word.key.startswith(root) and word.key != fold(match[1])), None
            )
            if verb is None:
                continue
            hedged = _hedged_elsewhere(root, passage, ground)
            if hedged is None:
                continue
            said, where = hedged
            taken = f"“{match.group()}” [{passage.number}] is taken for granted"
            reason = f"presupposed: {taken}; the text says “{said}” [{where.number}]"
            if _elsewhere(ground):
                yield Finding("presupposed", "fail", reason, (ground.text[verb.start : verb.end],))
            else:
                yield Finding(
                    "attribution", "repair", reason, (said,), in_the_words(ground.text, said, ground.language)
                )
            return


def _elsewhere(ground: Ground) -> bool:
    """Whether the claim names something that its sentences do not."""
    return any(mention.is_sure and not ground.lexicon.has_name(mention.key, mention.place) for mention in ground.names)


def _hedged_elsewhere(root: str, passage: Passage, ground: Ground) -> tuple[str, Passage] | None:
    page = next(page for page in ground.pages if page.key == passage.post)
    for other in page.passages[1:]:
        if other is passage or not any(key.startswith(root) for key in other.keys):
            continue
        for mark in marks(other.text, other.language):
            behind = [word for word in other.words if word.start >= mark.end][:6]
            if any(word.key.startswith(root) for word in behind):
                return other.text[mark.start : mark.end].strip(), other
    return None


def maxim(ground: Ground) -> Iterator[Finding]:
    """ "History shows …" told as a finding: nobody but the author says so."""
    if ground.claim.kind not in ("fact", "forecast") or ground.claim.speaker is not None:
        return
    found = MAXIM.match(ground.text)
    if found and any(MAXIM.match(passage.text) for passage in ground.own):
        text = f"The author argues that {ground.text[:1].lower()}{ground.text[1:]}"
        yield Finding("attribution", "repair", "attribution: the author's own maxim", (found.group(),), text)


def stronger(ground: Ground, found: tuple[Doubt, ...]) -> tuple[Passage, ...]:
    """Other sentences of the same post that put it with less doubt: the headline, or a noun that takes it as given.

    None is better than a wrong one: a question or an argument has none, and a sentence counts only where it speaks of
    the very event that the doubt covers, or says nearly all that the claim says.
    """
    if not found or not ground.own or ground.claim.kind in ("question", "opinion"):
        return ()
    page: Page = next(page for page in ground.pages if page.key == found[0].passage.post)
    cited = {passage.number for passage in ground.passages}
    events = _doubted_events(found)
    plain = (
        passage
        for passage in page.passages
        if passage.number not in cited
        and passage.language == ground.language
        and not (passage.number and passage.text.rstrip().endswith(("?", "؟", "？")))
        and not marks(passage.text, passage.language)
    )
    firmer = (
        passage
        for passage in plain
        if _grants(passage, events, ground)
        or _says_as_much(passage, ground)
        or _announces(passage, events, found, ground)
    )
    return tuple(islice(firmer, 3))


_NEXT = 3


def _doubted_events(found: tuple[Doubt, ...]) -> frozenset[str]:
    """The beginnings of the first words of content behind each doubt: what it is that is only reported."""
    events: set[str] = set()
    for doubt in found:
        common = common_words(doubt.passage.language)
        behind = (word for word in doubt.passage.words if word.start >= doubt.mark.end and word.key not in common)
        events |= {word.key[:5] for word in islice(behind, _NEXT) if len(word.key) > 4}
    return frozenset(events)


def _grants(passage: Passage, events: frozenset[str], ground: Ground) -> bool:
    """Whether the sentence takes a doubted event of the claim for granted, with something of the claim beside it."""
    pattern = EVENT.get(passage.language)
    if pattern is None or not passage.number:
        return False
    content = {word.key[:5]: word.stem for word in ground.content}
    for match in pattern.finditer(passage.text):
        root = fold(match[1])[:5]
        beside = [word.stem for word in passage.words if match.end() <= word.start <= match.end() + 60]
        if root in events and root in content and any(stem in beside for stem in content.values()):
            return True
    return False


def _says_as_much(passage: Passage, ground: Ground) -> bool:
    """Whether a sentence has most of the claim's words and all its names."""
    shared = len({word.stem for word in ground.content} & passage.stems)
    named = all(mention.key in passage.keys for mention in ground.names if mention.is_sure)
    return named and shared >= 4 and shared >= 0.6 * len(ground.content)


def _announces(passage: Passage, events: frozenset[str], found: tuple[Doubt, ...], ground: Ground) -> bool:
    """Whether this is the headline of a text that only reports an event, with two words of the claim and its name."""
    pattern = EVENT.get(ground.language)
    if passage.number or pattern is None:
        return False
    told = (match for doubt in found for match in pattern.finditer(doubt.passage.text))
    shared = {word.stem for word in ground.content} & passage.stems
    named = any(mention.key in passage.keys for mention in ground.names)
    return named and len(shared) >= 2 and any(fold(match[1])[:5] in events for match in told)
