"""Posts with another post's text: the same wire copy under another headline, cut, or with some words changed.

Compared by runs of five words (of eight characters where no spaces part the words), in any script: how much of the
shorter text stands in the longer (Broder's containment, "On the resemblance and containment of documents", 1997).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain, combinations, islice
from zlib import crc32

from briefing.language.annotation import Annotated, Annotation
from briefing.language.stopwords import WORD, is_unspaced
from briefing.language.words import plain_digits

_RUN_WORDS, _RUN_CHARS = 5, 8
_FIGURE = re.compile(r"\b\d\w*")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_MOST_RUNS = 1200
# A copy has so much of its runs in common with the original; a text of fewer runs is too short to tell.
_COPIED, _FEWEST_RUNS = 0.6, 12
# Runs that so many posts of one source have are its furniture, and say nothing of what a post is about.
_FURNITURE = 4
# One run in so many leads to the posts to compare, and one that more than so many posts have leads nowhere.
_SAMPLED, _MOST_HOLDERS = 4, 60


def _runs(document: Annotated) -> frozenset[int]:
    """The hashed runs of a text: of five words, or of eight characters in a script without spaces."""
    words = chain.from_iterable(map(_words, document.annotations[1:]))
    if is_unspaced(document.text[:600]):
        letters = "".join(words)
        count = min(len(letters) - _RUN_CHARS + 1, 3 * _MOST_RUNS)
        return frozenset(crc32(letters[at : at + _RUN_CHARS].encode()) for at in range(count))
    hashed = list(map(_hashed, islice(words, _MOST_RUNS + _RUN_WORDS - 1)))
    return frozenset(map(hash, zip(*(hashed[at:] for at in range(_RUN_WORDS)), strict=False)))


def _words(sentence: Annotation) -> list[str]:
    """The words and figures of a sentence, with one kind of digits, so that typing alike is alike."""
    folded = sentence.folded
    return WORD.findall(plain_digits(folded) if _OTHER_DIGIT.search(folded) else folded)


@lru_cache(maxsize=65536)
def _hashed(word: str) -> int:
    return crc32(word.encode())


def copies_of(documents: Sequence[Annotated]) -> dict[int, int]:
    """The places of the copies in the batch → the place of the original each copies: the one published first, or the
    longest of those without a date. An original is nobody's copy."""
    texts = _without_furniture(documents, [_runs(document) for document in documents])
    originals: dict[int, int] = {}
    order = sorted(range(len(documents)), key=lambda index: _first(documents[index]))
    rank = {index: place for place, index in enumerate(order)}
    pairs = sorted(
        tuple(sorted(pair, key=rank.__getitem__)) for pair in _candidates(texts) if _is_copy(*pair, documents, texts)
    )
    for original, copy in sorted(pairs, key=lambda pair: (rank[pair[0]], rank[pair[1]])):
        if original not in originals:
            originals.setdefault(copy, original)
    return originals


def _first(document: Annotated) -> tuple[datetime, int, str]:
    return document.post.published or datetime.max.replace(tzinfo=UTC), -len(document.text), document.key


def _without_furniture(documents: Sequence[Annotated], texts: Sequence[frozenset[int]]) -> list[frozenset[int]]:
    holders: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for document, text in zip(documents, texts, strict=True):
        if document.post.source:
            holders[document.post.source].update(text)
    furniture = {
        source: {run for run, count in counts.items() if count >= _FURNITURE} for source, counts in holders.items()
    }
    return [text - furniture.get(document.post.source, set()) for document, text in zip(documents, texts, strict=True)]


def _candidates(texts: Sequence[frozenset[int]]) -> Iterator[tuple[int, int]]:
    once: set[int] = set()
    more: set[int] = set()
    for text in texts:
        more |= once & text
        once |= text
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        for run in text & more:
            if run % _SAMPLED == 0 or len(text) < 4 * _FEWEST_RUNS:
                holders[run].append(index)
    common = Counter[tuple[int, int]]()
    for posts in holders.values():
        if 1 < len(posts) <= _MOST_HOLDERS:
            common.update(combinations(posts, 2))
    yield from (pair for pair, count in common.items() if count > 1)


def _is_copy(one: int, other: int, documents: Sequence[Annotated], texts: Sequence[frozenset[int]]) -> bool:
    """Whether two posts carry one text. Where only figures differ (a bulletin, a result), they are two texts."""
    shorter = min(len(texts[one]), len(texts[other]))
    if shorter < _FEWEST_RUNS or len(texts[one] & texts[other]) < _COPIED * shorter:
        return False
    mine, theirs = (_figures(documents[index]) for index in (one, other))
    return not (mine - theirs and theirs - mine)


def _figures(document: Annotated) -> set[str]:
    """The numbers and dates of a post's headline and text."""
    days = (day for sentence in document.annotations for day in sentence.dates if day.month and day.day)
    numbers = (number for sentence in document.annotations for number in _FIGURE.findall(sentence.text))
    return {f"{day.month}/{day.day}" for day in days} | set(map(plain_digits, numbers))
