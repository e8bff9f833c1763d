"""Where a claim follows a sentence word by word, and where it departs from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from briefing.language.annotation import Annotation
from briefing.language.words import Word, common_words

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

    sentence: Annotation
    follows: float
    slots: tuple[Slot, ...]

    @property
    def is_close(self) -> bool:
        """Whether the claim is the sentence with some words changed, rather than told in other words."""
        return self.follows >= 0.6


def align(line: Annotation, sentence: Annotation) -> Alignment:
    """The line's words beside the sentence's, compared by their stems."""
    claimed, carried = line.words[:_MOST_WORDS], sentence.words[:_MOST_WORDS]
    matcher = SequenceMatcher(None, [word.stem for word in claimed], [word.stem for word in carried], autojunk=False)
    codes = matcher.get_opcodes()
    same = sum(i2 - i1 for code, i1, i2, _, _ in codes if code == "equal")
    slots = tuple(
        Slot(claimed[i1:i2], carried[j1:j2], index in (0, len(codes) - 1))
        for index, (code, i1, i2, j1, j2) in enumerate(codes)
        if code != "equal"
    )
    return Alignment(sentence, same / max(1, len(claimed)), slots)


def words_and_numbers(line: Annotation) -> list[Word]:
    """The words of a line, and its numbers in digits, in order."""
    numbers = (
        Word(*match.span(), match.group(), match.group(), False) for match in _NUMBER.finditer(line.plain_digits)
    )
    return sorted((*line.words, *numbers))


_NUMBER = re.compile(r"\d+(?:[.,:/]?\d+)*")


def by_shared_stems(line: Annotation, sentences: Sequence[Annotation]) -> tuple[Annotation, ...]:
    """The sentences in the order in which the line shares words with them, long ones a little behind."""
    return tuple(sorted(sentences, key=lambda one: -len(line.stems & one.stems) / (len(one.stems) + 8) ** 0.5))


def overlap(wanted: Sequence[Word], sentence: Annotation) -> float:
    """The share of these words that the sentence has in some form."""
    if not wanted:
        return 0.0
    return sum(word.stem in sentence.stems for word in wanted) / len(wanted)


def beside(line: Annotation, start: int, width: int) -> frozenset[str]:
    """The stems of the words of content beside the word that starts there, so many on either side."""
    common = common_words(line.language)
    content = [word for word in line.words if word.key not in common or word.start == start]
    at = next((index for index, word in enumerate(content) if word.start == start), None)
    if at is None:
        return frozenset()
    near = content[max(0, at - width) : at + width + 1]
    return frozenset(word.stem for word in near if word.start != start)
