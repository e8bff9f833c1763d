"""Which words of report and doubt cover what a claim says: those of its sentences, and of the paragraph's opening."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.language.hedges import Mark, certainty, marks
from briefing.language.modals import LEANING
from briefing.language.words import common_words
from briefing.types import Certainty
from briefing.verify import alignment
from briefing.verify.claim_context import Ground, Passage


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word of report or doubt that covers what a claim says, and the sentence it stands in."""

    passage: Passage
    mark: Mark

    @property
    def said(self) -> str:
        return self.passage.text[self.mark.start : self.mark.end].strip()


def doubts(ground: Ground) -> tuple[Doubt, ...]:
    """The words of report and doubt in its sentences that cover what the claim says, in order."""
    found: list[Doubt] = []
    for passage in leant_on(ground):
        for mark in marks(passage.text, passage.language):
            if covers(mark, passage, ground):
                found.append(Doubt(passage, mark))
        found += from_opening(passage, ground)
    return tuple(dict.fromkeys(found))


def leant_on(ground: Ground) -> tuple[Passage, ...]:
    """The sentences that carry a good part of the claim's words, the best one always among them."""
    if len(ground.own) <= 1:
        return ground.own
    shares = {passage: alignment.overlap(ground.content, passage) for passage in ground.own}
    best = max(shares.values(), default=0.0)
    return tuple(passage for passage, share in shares.items() if share >= 0.75 * best and share > 0.2)


def _is_whole(mark: Mark, passage: Passage) -> bool:
    """Whether a mark covers its whole sentence ("according to …", "…, reports say") and not one word of it."""
    said = passage.text[mark.start : mark.end]
    return mark.certainty == "reported" and (" " in said or mark.start <= 2 or passage.language in {"ja", "zh"})


def covers(mark: Mark, passage: Passage, ground: Ground) -> bool:
    """Whether the claim uses what the mark makes doubtful: the next word of content behind it."""
    stems = {word.stem for word in ground.words}
    common = common_words(passage.language)
    content = [word for word in passage.words if word.key not in common and len(word.key) > 1]
    outside = [word for word in content if word.end <= mark.start or word.start >= mark.end]
    if _is_whole(mark, passage):
        used = sum(word.stem in stems for word in outside)
        if _is_weak(passage, ground):
            return True
        behind = [word for word in outside if word.start >= mark.end][:6]
        return used >= 2 and (mark.start <= 2 or not behind or any(word.stem in stems for word in behind))
    if _is_weak(passage, ground):
        return True
    boundary = CLAUSE.search(passage.text, mark.end)
    end = boundary.start() if boundary else len(passage.text)
    behind = [word for word in content if mark.end <= word.start < end][:6]
    if passage.language == "ja":
        behind = [word for word in content if word.end <= mark.end][-2:]
    return any(word.stem in stems for word in behind)


CLAUSE = re.compile(r"[,;:،؛。、—–]|\s(?:who|which|qui|que|quien)\s")


def _is_weak(passage: Passage, ground: Ground) -> bool:
    """Whether the claim shares so little with the sentence that any doubt in it must be taken to cover it."""
    return len(ground.content) >= 1 and alignment.overlap(ground.content, passage) < 0.4


def from_opening(passage: Passage, ground: Ground) -> list[Doubt]:
    """The doubt that opens the paragraph, where this sentence leans on it ("Its mandate …")."""
    page = next(page for page in ground.pages if page.key == passage.post)
    first = page.first_of_block.get(passage.block, passage.number)
    if not 0 < first < passage.number <= first + 4 or not passage.words or passage.words[0].key not in LEANING:
        return []
    opening = page.passages[first]
    found = [mark for mark in marks(opening.text, opening.language) if mark.start <= 2 and mark.certainty == "reported"]
    return [Doubt(opening, mark) for mark in found[:1]]


def weakest(found: tuple[Doubt, ...]) -> Certainty:
    """How firmly the text puts it, given the doubts that cover it."""
    return certainty([doubt.mark for doubt in found])
