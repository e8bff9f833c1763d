"""Where a claim follows a sentence word by word, and where it departs from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from briefing.language.words import Word
from briefing.verify.claim_context import Ground, Passage

_MOST_WORDS = 160


@dataclass(frozen=True, slots=True)
class Slot:
    """A departure: `claimed` words of the claim stand where the sentence has `carried`; either may be empty."""

    claimed: tuple[Word, ...]
    carried: tuple[Word, ...]
    is_edge: bool


@dataclass(frozen=True, slots=True)
class Alignment:
    """A claim beside one sentence: `follows` is the share of the claim's words found there in the same order."""

    passage: Passage
    follows: float
    slots: tuple[Slot, ...]

    @property
    def is_close(self) -> bool:
        """Whether the claim is the sentence with some words changed, rather than told in other words."""
        return self.follows >= 0.6


def best(ground: Ground) -> Alignment | None:
    """The claim beside the sentence of its own language that it shares most words with; None without one."""
    if not ground.own:
        return None
    known = ground.remembered.get("alignment")
    if isinstance(known, Alignment):
        return known
    found = align(ground.words[:_MOST_WORDS], nearest(ground, 1)[0])
    ground.remembered["alignment"] = found
    return found


def nearest(ground: Ground, count: int) -> tuple[Passage, ...]:
    """The sentences of its own language that the claim shares most words with, the nearest first."""
    if len(ground.own) <= count:
        return ground.own
    stems = frozenset(word.stem for word in ground.words)
    ranked = sorted(ground.own, key=lambda passage: -len(stems & passage.stems) / (len(passage.stems) + 8) ** 0.5)
    return tuple(ranked[:count])


@lru_cache(maxsize=256)
def align(claimed: tuple[Word, ...], passage: Passage) -> Alignment:
    """The claim's words beside the sentence's, compared by their stems."""
    carried = passage.words[:_MOST_WORDS]
    matcher = SequenceMatcher(None, [word.stem for word in claimed], [word.stem for word in carried], autojunk=False)
    codes = matcher.get_opcodes()
    same = sum(i2 - i1 for code, i1, i2, _, _ in codes if code == "equal")
    slots = tuple(
        Slot(claimed[i1:i2], carried[j1:j2], index in (0, len(codes) - 1))
        for index, (code, i1, i2, j1, j2) in enumerate(codes)
        if code != "equal"
    )
    return Alignment(passage, same / max(1, len(claimed)), slots)


def overlap(wanted: Sequence[Word], passage: Passage) -> float:
    """The share of these words that the sentence has in some form."""
    if not wanted:
        return 0.0
    return sum(word.stem in passage.stems for word in wanted) / len(wanted)
