"""A word of the document in another word's place: "a threat to birds" where the text has "a threat to humans".

Catches an opposite, or another thing of the same sort, that stands somewhere in the document but never beside the
words the claim puts it beside, while a sentence has the other word beside those very words. Lets pass a word that any
sentence has near one of them, and every word whose opposites and sort no list knows.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.antonyms import opposites
from briefing.language.cohyponyms import sorts
from briefing.language.negators import negations
from briefing.language.words import Word, common_words
from briefing.verify import alignment
from briefing.verify.checks.polarity import WEAK
from briefing.verify.claim_context import Finding, Ground, Passage

_AROUND = 3
_NEAREST = 4
_LEAST = 2
# Words of two senses or of people that a text calls now this, now that.
_AMBIGUOUS = frozenset(
    "shot shots shoot fire fired firing boy boys girl girls male female well right fair just".split()
)


def check(ground: Ground) -> Iterator[Finding]:
    """A finding for each word in the place of one that excludes it."""
    if ground.language in {"ja", "zh"}:
        return
    mine = {word.stem for word in ground.words}
    for word in ground.content[:80]:
        if word.stem not in ground.context.stems or word.key in WEAK | _AMBIGUOUS:
            continue
        against, things = opposites(word.key, ground.language), sorts(word.key, ground.language)
        if not against and not things:
            continue
        around = _around(word.start, ground.words, ground.language)
        if len(around) < _LEAST:
            continue
        found = _rival(word, around, against, dict(things), mine, ground)
        if found and not _is_beside(word, around, ground):
            other, passage = found
            said = ground.text[word.start : word.end]
            reason = f"wording: “{said}” stands where the sentence has “{other.key}” [{passage.number}]"
            yield Finding("wording", "fail", reason, (said,))


def _rival(
    word: Word, around: frozenset[str], against: frozenset[str], things: dict[int, int], mine: set[str], ground: Ground
) -> tuple[Word, Passage] | None:
    """A word that excludes this one, beside at least two of the words that the claim has beside it."""
    for passage in alignment.nearest(ground, _NEAREST):
        if len(around & passage.stems) < _LEAST:
            continue
        for item in passage.words:
            if (
                item.stem in mine
                or item.key in _AMBIGUOUS
                or not (item.key in against or _excludes(item, things, ground.language))
            ):
                continue
            shared = around & _around(item.start, passage.words, passage.language)
            if len(shared) >= _LEAST and not _is_negated(word, item, ground, passage):
                return item, passage
    return None


def _excludes(item: Word, things: dict[int, int], language: str) -> bool:
    return any(sort in things and things[sort] != thing for sort, thing in sorts(item.key, language))


def _is_negated(word: Word, item: Word, ground: Ground, passage: Passage) -> bool:
    """Whether one side alone says no right ahead of its word."""
    here = any(0 <= word.start - end <= 25 for _, end in negations(ground.text, ground.language))
    there = any(0 <= item.start - end <= 25 for _, end in negations(passage.text, passage.language))
    return here != there


def _is_beside(word: Word, around: frozenset[str], ground: Ground) -> bool:
    """Whether some sentence has the word itself beside one of these words."""
    return any(
        around & _around(item.start, passage.words, passage.language)
        for page in ground.pages
        for passage in page.passages
        if word.stem in passage.stems
        for item in passage.words
        if item.stem == word.stem
    )


def _around(start: int, words: tuple[Word, ...], language: str) -> frozenset[str]:
    """The stems of the words of content beside one that starts there, three on either side."""
    common = common_words(language)
    content = [item for item in words if item.key not in common or item.start == start]
    at = next((index for index, item in enumerate(content) if item.start == start), None)
    if at is None:
        return frozenset()
    near = content[max(0, at - _AROUND) : at + _AROUND + 1]
    return frozenset(item.stem for item in near if item.start != start)
