"""One thing for another of the same sort: "an iron mine" for "a gold mine", "mosques" for "schools".

Catches it where the word stands nowhere in the document and the nearest sentences have the other thing beside the very
words that the claim has beside this one; also one count put for another before the same thing. Lets pass every word
whose sort `briefing.language.cohyponyms` does not know.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.cohyponyms import sorts
from briefing.language.quantities import quantities
from briefing.language.words import Word, common_words
from briefing.verify import alignment
from briefing.verify.claim_context import Finding, Ground, Passage

_NEAREST = 4
_AROUND = 4


def check(ground: Ground) -> Iterator[Finding]:
    """A finding for each word that stands where the sentences have another thing of its sort."""
    yield from _another_count(ground)
    mine_things = {thing for word in ground.words for thing in sorts(word.key, ground.language)}
    for word in ground.words:
        own = sorts(word.key, ground.language)
        if not own or word.stem in ground.context.stems or word.key in ground.context.keys:
            continue
        if any(_names(thing, ground) for thing in own):
            continue
        found = _instead(word, dict(own), mine_things, ground)
        if found:
            other, passage = found
            said = ground.text[word.start : word.end]
            reason = f"wording: “{said}” stands where the sentence has “{other.key}” [{passage.number}]"
            yield Finding("wording", "fail", reason, (said,))


def _another_count(ground: Ground) -> Iterator[Finding]:
    """ "Killed at least three people" for "killing at least two people", although another sentence has a three."""
    mine = _counted(ground.text, ground.words, ground.language)
    if not mine:
        return
    theirs = {
        (context, number): found
        for passage in ground.own
        if any(context[1] in passage.stems for context, _, _ in mine)
        for context, number, found in _counted(passage.text, passage.words, passage.language)
    }
    for context, number, found in mine:
        others = [other for (beside, value), other in theirs.items() if beside == context and value != number]
        if (context, number) in theirs or len(others) != 1 or _told_elsewhere(context[0], number, ground):
            continue
        reason = f"number: “{found}” stands where the sentence has “{others[0]}”"
        yield Finding("numbers", "fail", reason, (found,))


def _told_elsewhere(stem: str, number: frozenset[float], ground: Ground) -> bool:
    """Whether some sentence has this number and the word ahead of it, in whatever order."""
    return any(
        stem in passage.stems
        and any(number & quantity.readings for quantity in quantities(passage.text, passage.language))
        for page in ground.pages
        for passage in page.passages
    )


_Counted = tuple[tuple[str, str], frozenset[float], str]


def _counted(text: str, words_: tuple[Word, ...], language: str) -> list[_Counted]:
    """Each plain count with the word of content ahead of it and the thing counted: (stems, readings, as it stands)."""
    common = common_words(language) | _MEASURES
    found: list[_Counted] = []
    for quantity in quantities(text, language):
        if quantity.kind != "number" or quantity.unit or not all(value == int(value) for value in quantity.readings):
            continue
        before = [word for word in words_ if word.end <= quantity.start and word.key not in common]
        behind = [word for word in words_ if word.start >= quantity.end and word.key not in common]
        if not before or not behind or behind[0].start - quantity.end > 2:
            continue
        if any(mark in text[before[-1].end : behind[0].start] for mark in ",;:.–—()%"):
            continue
        said = text[quantity.start : quantity.end]
        found.append(((before[-1].stem, behind[0].stem), quantity.readings, said))
    return found


_MEASURES = frozenset("least most more than about around nearly almost some over under up first second".split())


def _names(thing: tuple[int, int], ground: Ground) -> bool:
    """Whether the document names this thing by any word."""
    known = ground.remembered.get("things")
    if not isinstance(known, frozenset):
        known = frozenset(found for key in ground.context.keys for found in sorts(key, ground.language))
        ground.remembered["things"] = known
    return thing in known


def _instead(
    word: Word, own: dict[int, int], mine: set[tuple[int, int]], ground: Ground
) -> tuple[Word, Passage] | None:
    common = common_words(ground.language)
    around = _beside(word.start, ground.words, common)
    for passage in alignment.nearest(ground, _NEAREST):
        for item in passage.words:
            for sort, thing in sorts(item.key, ground.language):
                if sort not in own or own[sort] == thing or (sort, thing) in mine:
                    continue
                if around & _beside(item.start, passage.words, common):
                    return item, passage
    return None


def _beside(start: int, words: tuple[Word, ...], common: frozenset[str]) -> frozenset[str]:
    content = [item for item in words if item.key not in common or item.start == start]
    at = next((index for index, item in enumerate(content) if item.start == start), None)
    if at is None:
        return frozenset()
    near = content[max(0, at - _AROUND) : at + _AROUND + 1]
    return frozenset(item.stem for item in near if item.start != start)
