"""Which words of report and doubt cover what a claim says: those of its sentences, and of the paragraph's opening."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.language.annotation import Annotation
from briefing.language.hedges import Hedge, certainty
from briefing.language.modals import leaning
from briefing.language.patterns import alternatives
from briefing.language.profile import profile
from briefing.language.rows import row_of
from briefing.language.tables import languages, table
from briefing.language.words import common_words, stem
from briefing.types import Certainty
from briefing.verify import alignment
from briefing.verify.claim_context import ClaimContext


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word of report or doubt that covers what a claim says, and the sentence it stands in."""

    sentence: Annotation
    mark: Hedge

    @property
    def said(self) -> str:
        return self.sentence.text[self.mark.start : self.mark.end].strip()

    @property
    def row(self) -> str | None:
        """The row of the tables that it was found by."""
        return row_of_doubt(self.sentence, self.mark)


def row_of_doubt(sentence: Annotation, mark: Hedge) -> str | None:
    """The row of the tables that a word of report or doubt was found by."""
    return row_of(sentence.lower, (mark.start, mark.end), sentence.vocabulary, "hedges", mark.certainty)


def doubts(context: ClaimContext) -> tuple[Doubt, ...]:
    """The words of report and doubt in its sentences that cover what the claim says, in order."""
    found: list[Doubt] = []
    for sentence in leant_on(context):
        for mark in sentence.hedges:
            if covers(mark, sentence, context):
                found.append(Doubt(sentence, mark))
        found += from_opening(sentence, context)
    return tuple(dict.fromkeys(found))


def leant_on(context: ClaimContext) -> tuple[Annotation, ...]:
    """The sentences that carry a good part of the claim's words, the best one always among them."""
    if len(context.own) <= 1:
        return context.own
    shares = {sentence: alignment.overlap(context.line.content, sentence) for sentence in context.own}
    best = max(shares.values(), default=0.0)
    return tuple(sentence for sentence, share in shares.items() if share >= 0.75 * best and share > 0.2)


def _is_whole(mark: Hedge, sentence: Annotation) -> bool:
    """Whether a mark covers its whole sentence ("according to …", "…, reports say") and not one word of it."""
    said = sentence.text[mark.start : mark.end]
    return mark.certainty == "reported" and (" " in said or mark.start <= 2 or not profile(sentence.language).spaces)


def covers(mark: Hedge, sentence: Annotation, context: ClaimContext) -> bool:
    """Whether the claim uses what the mark makes doubtful: the next word of content behind it."""
    stems = {word.stem for word in context.line.words}
    common = common_words(sentence.language)
    content = [word for word in sentence.words if word.key not in common and len(word.key) > 1]
    outside = [word for word in content if word.end <= mark.start or word.start >= mark.end]
    if _is_whole(mark, sentence):
        used = sum(word.stem in stems for word in outside)
        if _is_weak(sentence, context):
            return True
        behind = [word for word in outside if word.start >= mark.end][:6]
        return used >= 2 and (mark.start <= 2 or not behind or any(word.stem in stems for word in behind))
    if _is_weak(sentence, context):
        return True
    boundary = CLAUSE.search(sentence.text, mark.end)
    if boundary and not sentence.text[mark.end : boundary.start()].strip():
        # "It is possible that …", "…, perhaps, …": what it makes doubtful stands behind the boundary.
        boundary = CLAUSE.search(sentence.text, boundary.end())
    end = boundary.start() if boundary else len(sentence.text)
    behind = [word for word in content if mark.end <= word.start < end][:6]
    if profile(sentence.language).cues_behind:
        behind = [word for word in content if word.end <= mark.end][-2:]
    return any(word.stem in stems for word in behind)


CLAUSE = re.compile(rf"[,;:،؛。、—–]|\s(?:{alternatives('clauses', 'turns')})\s")


def _is_weak(sentence: Annotation, context: ClaimContext) -> bool:
    """Whether the claim shares so little with the sentence that any doubt in it must be taken to cover it."""
    return len(context.line.content) >= 1 and alignment.overlap(context.line.content, sentence) < 0.4


def from_opening(sentence: Annotation, context: ClaimContext) -> list[Doubt]:
    """The doubt that opens the paragraph, where this sentence leans on it ("Its mandate …")."""
    document = context.document_of(sentence)
    first = document.first_of_block(sentence)
    leans = bool(sentence.words) and sentence.words[0].key in leaning(sentence.language)
    if not leans or not 0 < first < sentence.number <= first + 4:
        return []
    opening = document.annotations[first]
    found = [mark for mark in opening.hedges if mark.start <= 2 and mark.certainty == "reported"]
    return [Doubt(opening, mark) for mark in found[:1]]


def weakest(found: tuple[Doubt, ...]) -> Certainty:
    """How firmly the text puts it, given the doubts that cover it."""
    return certainty([doubt.mark for doubt in found])


# Stems of a cue that say nothing of who says it.
WEAK_CUES = frozenset(
    stem(word, language)
    for language in languages("sources")
    for word in table(language, "sources").get("weak_cues", ())
)
