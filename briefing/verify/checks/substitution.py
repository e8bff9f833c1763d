"""Substitution: one thing for another of its sort, or a word of the document in another word's place.

Catches "an iron mine" for "a gold mine" where the word stands nowhere in the document and the nearest sentences have
the other thing beside the very words that the claim has beside this one; and "a threat to birds" for "a threat to
humans", where it stands elsewhere, but never beside those words. Lets pass every word whose opposites and sort no list
knows (`briefing.language.cohyponyms`, `antonyms`), and one that any sentence has near one of these words.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.annotation import Annotation
from briefing.language.antonyms import opposites
from briefing.language.cohyponyms import sorts
from briefing.language.patterns import word_list
from briefing.language.profile import profile
from briefing.language.rows import row_at, row_of_both
from briefing.language.tables import table
from briefing.language.words import Word
from briefing.types import Notice
from briefing.verify.alignment import beside
from briefing.verify.checks.polarity import WEAK
from briefing.verify.claim_context import ClaimContext, Finding

_NEAREST = 4  # sentences that are looked at
_AROUND, _NEAR = 4, 3  # words on either side: of a thing the document never names, of one that it has elsewhere
_LEAST = 2
# Words of two senses or of people that a text calls now this, now that.
_AMBIGUOUS = word_list("antonyms", "ambiguous")


def knows(language: str) -> bool:
    """Whether any of its opposites or sorts are listed."""
    return bool(table(language, "antonyms") or table(language, "cohyponyms"))


def check(context: ClaimContext) -> Iterator[Finding]:
    """A finding for each word that stands where the sentences have another one that excludes it."""
    yield from _another_thing(context)
    if profile(context.language).spaces:
        yield from _misplaced(context)


def _another_thing(context: ClaimContext) -> Iterator[Finding]:
    """A word that stands nowhere in the document, where the sentences have another thing of its sort."""
    mine_things = {thing for word in context.line.words for thing in sorts(word, context.language)}
    for word in context.line.words:
        own = sorts(word, context.language)
        if not own or word.stem in context.document_lexicon.stems or word.key in context.document_lexicon.keys:
            continue
        if any(thing in context.things for thing in own):
            continue
        found = _instead(word, dict(own), mine_things, context)
        if found:
            yield _fault(context, word, *found)


def _fault(context: ClaimContext, word: Word, other: Word, sentence: Annotation) -> Finding:
    said = context.line.text[word.start : word.end]
    reason = Notice(
        "wording: “{said}” stands where the sentence has “{other}” [{n}]", said=said, other=other.key, n=sentence.number
    )
    return Finding(context.gravity, reason, (said,), row=_row(word, other, context.language))


def _row(word: Word, other: Word, language: str) -> str | None:
    """The row that has both, as opposites or as things of one sort."""
    sort = next((sort for sort, _ in sorts(word, language) if sort in dict(sorts(other, language))), None)
    if sort is not None:
        return row_at(sort, language, "cohyponyms", "sorts")
    return row_of_both(word.key, other.key, language, "antonyms", "opposites")


def _instead(
    word: Word, own: dict[int, int], mine: set[tuple[int, int]], context: ClaimContext
) -> tuple[Word, Annotation] | None:
    around = beside(context.line, word.start, _AROUND)
    for sentence in context.nearest(_NEAREST):
        for item in sentence.words:
            for sort, thing in sorts(item, context.language):
                if sort not in own or own[sort] == thing or (sort, thing) in mine:
                    continue
                if around & beside(sentence, item.start, _AROUND):
                    return item, sentence
    return None


def _misplaced(context: ClaimContext) -> Iterator[Finding]:
    """A word of the document in the place of one that excludes it."""
    mine = {word.stem for word in context.line.words}
    for word in context.line.content[:80]:
        if word.stem not in context.document_lexicon.stems or word.key in WEAK | _AMBIGUOUS:
            continue
        against, things = opposites(word.key, context.language), sorts(word, context.language)
        if not against and not things:
            continue
        around = beside(context.line, word.start, _NEAR)
        if len(around) < _LEAST:
            continue
        found = _rival(word, around, against, dict(things), mine, context)
        if found and not _is_beside(word, around, context):
            yield _fault(context, word, *found)


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
            shared = around & beside(sentence, item.start, _NEAR)
            if len(shared) >= _LEAST and not _is_negated(word, item, context, sentence):
                return item, sentence
    return None


def _excludes(item: Word, things: dict[int, int], language: str) -> bool:
    return any(sort in things and things[sort] != thing for sort, thing in sorts(item, language))


def _is_negated(word: Word, item: Word, context: ClaimContext, sentence: Annotation) -> bool:
    """Whether one side alone says no right ahead of its word."""
    here = any(0 <= word.start - end <= 25 for _, end in context.line.negations)
    there = any(0 <= item.start - end <= 25 for _, end in sentence.negations)
    return here != there


def _is_beside(word: Word, around: frozenset[str], context: ClaimContext) -> bool:
    """Whether some sentence has the word itself beside one of these words."""
    return any(
        around & beside(sentence, item.start, _NEAR)
        for document in context.documents
        for sentence in document.annotations
        if word.stem in sentence.stems
        for item in sentence.words
        if item.stem == word.stem
    )
