"""A word of the document in another word's place: "a threat to birds" where the text has "a threat to humans".

Catches an opposite, or another thing of the same sort, that stands somewhere in the document but never beside the
words the claim puts it beside, while a sentence has the other word beside those very words. Lets pass a word that any
sentence has near one of them, and every word whose opposites and sort no list knows.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.annotation import Annotation
from briefing.language.antonyms import opposites
from briefing.language.cohyponyms import sorts
from briefing.language.words import Word, common_words
from briefing.verify.checks.polarity import WEAK
from briefing.verify.claim_context import ClaimContext, Finding

_AROUND = 3
_NEAREST = 4
_LEAST = 2
# Words of two senses or of people that a text calls now this, now that.
_AMBIGUOUS = frozenset(
    "shot shots shoot fire fired firing boy boys girl girls male female well right fair just".split()
)


def check(context: ClaimContext) -> Iterator[Finding]:
    """A finding for each word in the place of one that excludes it."""
    if context.language in {"ja", "zh"}:
        return
    mine = {word.stem for word in context.line.words}
    for word in context.line.content[:80]:
        if word.stem not in context.document_lexicon.stems or word.key in WEAK | _AMBIGUOUS:
            continue
        against, things = opposites(word.key, context.language), sorts(word.key, context.language)
        if not against and not things:
            continue
        around = _around(word.start, context.line.words, context.language)
        if len(around) < _LEAST:
            continue
        found = _rival(word, around, against, dict(things), mine, context)
        if found and not _is_beside(word, around, context):
            other, sentence = found
            said = context.line.text[word.start : word.end]
            reason = f"wording: “{said}” stands where the sentence has “{other.key}” [{sentence.number}]"
            yield Finding("wording", "fail", reason, (said,))


def _rival(
    word: Word,
    around: frozenset[str],
    against: frozenset[str],
    things: dict[int, int],
    mine: set[str],
    context: ClaimContext,
) -> tuple[Word, Annotation] | None:
    """A word that excludes this one, beside at least two of the words that the claim has beside it."""
    for sentence in context.nearest(_NEAREST):
        if len(around & sentence.stems) < _LEAST:
            continue
        for item in sentence.words:
            if (
                item.stem in mine
                or item.key in _AMBIGUOUS
                or not (item.key in against or _excludes(item, things, context.language))
            ):
                continue
            shared = around & _around(item.start, sentence.words, sentence.language)
            if len(shared) >= _LEAST and not _is_negated(word, item, context, sentence):
                return item, sentence
    return None


def _excludes(item: Word, things: dict[int, int], language: str) -> bool:
    return any(sort in things and things[sort] != thing for sort, thing in sorts(item.key, language))


def _is_negated(word: Word, item: Word, context: ClaimContext, sentence: Annotation) -> bool:
    """Whether one side alone says no right ahead of its word."""
    here = any(0 <= word.start - end <= 25 for _, end in context.line.negations)
    there = any(0 <= item.start - end <= 25 for _, end in sentence.negations)
    return here != there


def _is_beside(word: Word, around: frozenset[str], context: ClaimContext) -> bool:
    """Whether some sentence has the word itself beside one of these words."""
    return any(
        around & _around(item.start, sentence.words, sentence.language)
        for document in context.documents
        for sentence in document.annotations
        if word.stem in sentence.stems
        for item in sentence.words
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
