"""One thing for another of the same sort: "an iron mine" for "a gold mine", "mosques" for "schools".

Catches it where the word stands nowhere in the document and the nearest sentences have the other thing beside the very
words that the claim has beside this one; also one count put for another before the same thing. Lets pass every word
whose sort `briefing.language.cohyponyms` does not know.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.annotation import Annotation
from briefing.language.cohyponyms import sorts
from briefing.language.words import Word, common_words
from briefing.verify.claim_context import ClaimContext, Finding

_NEAREST = 4
_AROUND = 4


def check(context: ClaimContext) -> Iterator[Finding]:
    """A finding for each word that stands where the sentences have another thing of its sort."""
    yield from _another_count(context)
    mine_things = {thing for word in context.line.words for thing in sorts(word.key, context.language)}
    for word in context.line.words:
        own = sorts(word.key, context.language)
        if not own or word.stem in context.document_lexicon.stems or word.key in context.document_lexicon.keys:
            continue
        if any(thing in context.things for thing in own):
            continue
        found = _instead(word, dict(own), mine_things, context)
        if found:
            other, sentence = found
            said = context.line.text[word.start : word.end]
            reason = f"wording: “{said}” stands where the sentence has “{other.key}” [{sentence.number}]"
            yield Finding("wording", "fail", reason, (said,))


def _another_count(context: ClaimContext) -> Iterator[Finding]:
    """ "Killed at least three people" for "killing at least two people", although another sentence has a three."""
    mine = _counted(context.line)
    if not mine:
        return
    theirs = {
        (beside, number): found
        for sentence in context.own
        if any(beside[1] in sentence.stems for beside, _, _ in mine)
        for beside, number, found in _counted(sentence)
    }
    for beside, number, found in mine:
        others = [other for (around, value), other in theirs.items() if around == beside and value != number]
        if (beside, number) in theirs or len(others) != 1 or _told_elsewhere(beside[0], number, context):
            continue
        reason = f"number: “{found}” stands where the sentence has “{others[0]}”"
        yield Finding("numbers", "fail", reason, (found,))


def _told_elsewhere(stem: str, number: frozenset[float], context: ClaimContext) -> bool:
    """Whether some sentence has this number and the word ahead of it, in whatever order."""
    return any(
        stem in sentence.stems and any(number & quantity.readings for quantity in sentence.quantities)
        for document in context.documents
        for sentence in document.annotations
    )


_Counted = tuple[tuple[str, str], frozenset[float], str]


def _counted(line: Annotation) -> list[_Counted]:
    """Each plain count with the word of content ahead of it and the thing counted: (stems, readings, as it stands)."""
    common = common_words(line.language) | _MEASURES
    found: list[_Counted] = []
    for quantity in line.quantities:
        if quantity.kind != "number" or quantity.unit or not all(value == int(value) for value in quantity.readings):
            continue
        before = [word for word in line.words if word.end <= quantity.start and word.key not in common]
        behind = [word for word in line.words if word.start >= quantity.end and word.key not in common]
        if not before or not behind or behind[0].start - quantity.end > 2:
            continue
        if any(mark in line.text[before[-1].end : behind[0].start] for mark in ",;:.–—()%"):
            continue
        said = line.text[quantity.start : quantity.end]
        found.append(((before[-1].stem, behind[0].stem), quantity.readings, said))
    return found


_MEASURES = frozenset("least most more than about around nearly almost some over under up first second".split())


def _instead(
    word: Word, own: dict[int, int], mine: set[tuple[int, int]], context: ClaimContext
) -> tuple[Word, Annotation] | None:
    common = common_words(context.language)
    around = _beside(word.start, context.line.words, common)
    for sentence in context.nearest(_NEAREST):
        for item in sentence.words:
            for sort, thing in sorts(item.key, context.language):
                if sort not in own or own[sort] == thing or (sort, thing) in mine:
                    continue
                if around & _beside(item.start, sentence.words, common):
                    return item, sentence
    return None


def _beside(start: int, words: tuple[Word, ...], common: frozenset[str]) -> frozenset[str]:
    content = [item for item in words if item.key not in common or item.start == start]
    at = next((index for index, item in enumerate(content) if item.start == start), None)
    if at is None:
        return frozenset()
    near = content[max(0, at - _AROUND) : at + _AROUND + 1]
    return frozenset(item.stem for item in near if item.start != start)
