"""Polarity: "rose" for "fell", "the least frequent" for "the most frequent", "all" for "some".

Catches an opposite put in place of a sentence's word. Lets pass an opposite together with a negation ("did not accept"
for "rejected"), and one that the sentences use as well.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from briefing.language.annotation import Annotation
from briefing.language.antonyms import opposites, pairs_without_spaces, understated
from briefing.language.patterns import folded
from briefing.language.profile import profile
from briefing.language.rows import row_of_both
from briefing.language.tables import table
from briefing.language.words import Word, common_words
from briefing.types import Notice
from briefing.verify import alignment
from briefing.verify.alignment import Alignment, Slot, beside
from briefing.verify.claim_context import ClaimContext, Finding

_NEAR = 3  # words on either side


def knows(language: str) -> bool:
    """Whether any of its opposites are listed."""
    return bool(table(language, "antonyms"))


def check(context: ClaimContext) -> Iterator[Finding]:
    """A finding for an opposite."""
    if not profile(context.language).spaces:
        yield from _opposed_unspaced(context)
        return
    yield from _opposed(context)


def _opposed(context: ClaimContext) -> Iterator[Finding]:
    keys = {key for sentence in context.own for key in sentence.keys}
    mine = {word.key for word in context.line.words}
    aligned = context.alignment
    for word in context.line.words:
        against = opposites(word.key, context.language)
        if not against or (aligned is None):
            continue
        slot = _slot_of(word, aligned)
        is_weak = word.key in WEAK
        if (
            slot is not None
            and aligned.follows >= (0.75 if is_weak else 0.6)
            and any(item.key in against for item in slot.carried)
        ):
            other = next(item.key for item in slot.carried if item.key in against)
            if other not in mine and not _turned(context, aligned.sentence, word, other):
                yield _finding(word, other, context, aligned.sentence)
                continue
        if word.key in keys or any(item.stem == word.stem for sentence in context.own for item in sentence.words):
            continue
        if not is_weak:
            yield from _by_context(word, against, context, mine)
    yield from _before_the_same_word(context)


def _before_the_same_word(context: ClaimContext) -> Iterator[Finding]:
    """ "The least frequent" for "the most frequent": opposites, each right before the same word of content."""
    common = common_words(context.language)
    content = tuple(word for word in context.line.words if word.key not in common)
    pairs = [
        (one, two, context.line.words) for one, two in itertools.pairwise(context.line.words) if two.key not in common
    ]
    pairs += [(one, two, content) for one, two in itertools.pairwise(content) if one.key not in WEAK]
    for one, two, of in pairs:
        against = opposites(one.key, context.language) | understated(one.key, context.language)
        if not against or len(two.key) < 4 or _stand_together(one, two, context):
            continue
        for sentence in context.nearest(3):
            theirs = [word for word in sentence.words if of is context.line.words or word.key not in common]
            ahead = [word for word, following in itertools.pairwise(theirs) if following.stem == two.stem]
            if not any(word.key in against for word in ahead):
                continue
            other = next(word.key for word in ahead if word.key in against)
            if not _turned(context, sentence, one, other):
                yield _finding(one, other, context, sentence)
                return


# Opposites only where nothing else changes: too common, or roles of people that a paraphrase turns round.
WEAK = folded("antonyms", "weak")


def _slot_of(word: Word, aligned: Alignment) -> Slot | None:
    return next((slot for slot in aligned.slots if word in slot.claimed and len(slot.carried) <= 6), None)


def _finding(word: Word, other: str, context: ClaimContext, sentence: Annotation) -> Finding:
    said = context.line.text[word.start : word.end]
    reason = Notice("polarity: “{said}” for “{other}” [{n}]", said=said, other=other, n=sentence.number)
    row = row_of_both(word.key, other, context.language, "antonyms", "opposites", "overstated")
    return Finding("fail", reason, (said,), row=row)


def _by_context(word: Word, against: frozenset[str], context: ClaimContext, mine: set[str]) -> Iterator[Finding]:
    """In a claim told in other words: an opposite beside the very words that the claim has beside this one."""
    common = common_words(context.language)
    around = beside(context.line, word.start, _NEAR)
    if len(around) < 2:
        return
    for sentence in context.own:
        near = alignment.overlap(context.line.content, sentence) >= 0.4 and context.gravity == "fail"
        for item in sentence.words:
            if item.key not in against or item.key in mine or item.key in common:
                continue
            shared = around & beside(sentence, item.start, _NEAR)
            if (len(shared) >= 2 or (shared and near)) and not _turned(context, sentence, word, item.key):
                yield _finding(word, item.key, context, sentence)
                return


def _turned(context: ClaimContext, sentence: Annotation, word: Word, other: str) -> bool:
    """Whether exactly one side negates its word: "did not accept" is "rejected"."""
    here = any(0 <= word.start - end <= 25 for _, end in context.line.negations)
    starts = [item.start for item in sentence.words if item.key == other]
    there = any(0 <= start - end <= 25 for _, end in sentence.negations for start in starts)
    return here != there


def _opposed_unspaced(context: ClaimContext) -> Iterator[Finding]:
    """An opposite in a line that shares half of its pairs of characters with a sentence: a clause may be one word."""
    sentence = max(context.own, key=lambda one: _shared(context.line, one), default=None)
    if sentence is None or _shared(context.line, sentence) < _HALF:
        return
    text, said = context.line.text, sentence.text
    for pair in pairs_without_spaces(context.language):
        for one, other in (pair, pair[::-1]):
            if text.count(one) > said.count(one) and said.count(other) > text.count(other):
                reason = Notice("polarity: “{said}” for “{other}” [{n}]", said=one, other=other, n=sentence.number)
                yield Finding(
                    "fail", reason, (one,), row=row_of_both(*pair, context.language, "antonyms", "substrings")
                )
                return


_HALF = 0.5


def _shared(line: Annotation, sentence: Annotation) -> float:
    known = frozenset(sentence.terms)
    return sum(term in known for term in line.terms) / max(1, len(line.terms))


def _stand_together(one: Word, two: Word, context: ClaimContext) -> bool:
    """Whether a sentence of the document has both words near each other."""
    for document in context.documents:
        for sentence in document.annotations:
            if one.stem in sentence.stems and two.stem in sentence.stems:
                here = [word.start for word in sentence.words if word.stem == one.stem]
                there = [word.start for word in sentence.words if word.stem == two.stem]
                if any(abs(left - right) < _TOGETHER for left in here for right in there):
                    return True
    return False


_TOGETHER = 60
