"""The headline, and what a sentence takes for granted: no evidence for what the text only reports.

Catches "soldiers have arrived" resting on "the arrival of soldiers …" where the text elsewhere says "reports have
revealed the arrival", and a claim that only the headline carries. Lets pass both where the text itself asserts them.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.doubt import marks
from briefing.language.modality import EVENT, MAXIM
from briefing.language.words import fold
from briefing.summariser.checks import alignment
from briefing.summariser.checks.doubted import Doubt, covers, leant_on
from briefing.summariser.checks.ground import Finding, Ground, Page, Passage
from briefing.summariser.checks.restored import in_the_words


def headline(ground: Ground) -> Iterator[Finding]:
    """A claim that rests on the headline alone must be carried by the text."""
    if not ground.passages or any(passage.number for passage in ground.passages):
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
    """Other sentences of the same post that put it with less doubt: the headline, or a noun that takes it as given."""
    if not found or not ground.own:
        return ()
    page: Page = next(page for page in ground.pages if page.key == found[0].passage.post)
    cited = {passage.number for passage in ground.passages}
    stronger_: list[Passage] = []
    for passage in page.passages:
        if passage.number and passage.text.rstrip().endswith(("?", "؟", "？")):
            continue
        if passage.number in cited or passage.language != ground.language or marks(passage.text, passage.language):
            continue
        shared = sum(word.stem in passage.stems for word in ground.content)
        granted = passage.number and _grants(passage, ground)
        if (shared >= 3 and (granted or shared >= 0.5 * len(ground.content) or passage.number == 0)) or (
            granted and shared >= 2
        ):
            stronger_.append(passage)
    return tuple(stronger_[:3])


def _grants(passage: Passage, ground: Ground) -> bool:
    pattern = EVENT.get(passage.language)
    roots = {word.key[:5] for word in ground.content}
    return pattern is not None and any(fold(match[1])[:5] in roots for match in pattern.finditer(passage.text))
