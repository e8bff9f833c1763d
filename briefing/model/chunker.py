"""Packing a document's sentences into chunks that fit a token budget.

A sentence costs what it costs in a prompt: its numbered line, counted once. The costs of lines add up to that of the
lines joined, because `o200k_base` cuts text after every line break that a `[` follows (`_PATTERN` in `tokens`: no
alternative goes on from a line break to a bracket), and a line holds no line break but its last character.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, repeat
from itertools import count as naturals
from operator import add
from unicodedata import category

from briefing.exceptions import ConfigError
from briefing.model.tokens import count_each, count_tokens
from briefing.types import Chunk, Document, Piece, Sentence

# Where a sentence that exceeds the budget may be cut, the best first: after punctuation that ends a clause, or at a
# line break; after a word. In scripts without spaces the clause marks need none after them.
_CLAUSE_END = re.compile(r"[,;:.!?…،؛؟۔।–—)\]}»”’](?=\s)|[、，；：。！？]+[」』”’）】》]*|\S(?=\s*\n)")
_WORD_END = re.compile(r"\S(?=\s)")
_JOINERS = "\u200c\u200d"

# Every character that `str.split` splits at, but the space itself.
_SPACES = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


def numbered_line(number: int, text: str) -> str:
    """The line of a prompt that carries sentence `number`.

    Each run of white space in it becomes one space, so that no text can pass for a line of its own.
    """
    return f"[{number}] {' '.join(text.split())}\n"


def chunk(document: Document, *, budget_tokens: int, count: Callable[[str], int] = count_tokens) -> list[Chunk]:
    """The document's numbered sentences (not its headline), in order, in as few chunks as fit the budget.

    Headings share a chunk with the sentence after them where both fit. A sentence that alone exceeds the budget is
    cut: at the end of a clause where that uses half of the room, else at the end of a word, else anywhere. `count`
    must add up over lines, as `o200k_base` does. ConfigError where the budget cannot hold a number and a token.
    """
    numbers = max(1, len(document.sentences) - 1)
    if budget_tokens < count(numbered_line(numbers, "a")):
        raise ConfigError(f"a chunk of {budget_tokens} tokens cannot hold the number of a sentence and a word of it")
    return _Packing(document, budget_tokens, count).pack()


def _headings(document: Document) -> set[int]:
    headings = (block for block in document.blocks if block.kind == "heading")
    return {number for block in headings for number in range(block.first, block.last + 1)}


def _costs(text: str, sentences: Sequence[Sentence], count: Callable[[str], int]) -> Iterable[int]:
    """What each sentence's numbered line costs.

    For our own counter, number and words are counted apart, to save time: `]` and a space never share a token, and
    numbers of as many digits cost the same.
    """
    if count is not count_tokens:
        return [count(numbered_line(sentence.number, text[sentence.start : sentence.end])) for sentence in sentences]
    return map(add, count_each(list(_lines_without_numbers(text, sentences))), _number_costs())


def _number_costs() -> Iterator[int]:
    """What `[1]`, `[2]`, … cost, without end."""
    for digits in naturals(1):
        yield from repeat(count_tokens(f"[{'1' * digits}]"), 9 * 10 ** (digits - 1))


def _lines_without_numbers(text: str, sentences: Sequence[Sentence]) -> Iterator[str]:
    """What follows `[n]` in each numbered line; white space is replaced once, in the whole text."""
    for space in _SPACES:
        text = text.replace(space, " ")
    for sentence in sentences:
        line = f" {text[sentence.start : sentence.end]}\n"
        yield f" {' '.join(line.split())}\n" if "  " in line or " \n" in line else line


class _Packing:
    """The chunks that are full, and the one being filled. Sentences go by their place: sentence n has place n - 1."""

    def __init__(self, document: Document, budget_tokens: int, count: Callable[[str], int]) -> None:
        self._text = document.text
        self._sentences = document.sentences[1:]
        self._headings = _headings(document)
        self._count = count
        self._costs_before = list(accumulate(_costs(self._text, self._sentences, count), initial=0))
        self._budget = budget_tokens
        self._room = budget_tokens
        self._full: list[Chunk] = []
        self._pieces: list[Piece] = []

    def pack(self) -> list[Chunk]:
        """All the chunks. Each takes as much as fits, which makes the fewest."""
        place = 0
        while place < len(self._sentences):
            end, unit_end = self._furthest(place), self._unit_end(place)
            if end > place:
                self._add(place, end)
                place = end
            elif self._cost(place, unit_end) <= self._budget:
                self._close()
            else:
                self._add_apart(place, unit_end)
                place = unit_end
        self._close()
        return self._full

    def _cost(self, place: int, end: int) -> int:
        return self._costs_before[end] - self._costs_before[place]

    def _furthest(self, place: int) -> int:
        """How far whole sentences from `place` on fit the room, if no heading is to be the last of them."""
        end = bisect_right(self._costs_before, self._costs_before[place] + self._room, lo=place) - 1
        while place < end < len(self._sentences) and end in self._headings:
            end -= 1
        return end

    def _unit_end(self, place: int) -> int:
        """The end of what should not be parted: a sentence, with the headings directly before it."""
        while place + 1 < len(self._sentences) and place + 1 in self._headings:
            place += 1
        return place + 1

    def _add(self, place: int, end: int) -> None:
        self._pieces += [
            Piece(sentence.number, sentence.start, sentence.end) for sentence in self._sentences[place:end]
        ]
        self._room -= self._cost(place, end)

    def _close(self) -> None:
        if self._pieces:
            self._full.append(Chunk(tuple(self._pieces), self._budget - self._room))
        self._pieces, self._room = [], self._budget

    def _add_apart(self, place: int, end: int) -> None:
        """Adds a unit that exceeds the budget: as many of its headings with its last sentence as will go."""
        last = end - 1
        cost = self._cost(last, end)
        least = cost if cost <= self._budget else self._opening_tokens(self._sentences[last])
        kept = next((n for n in range(place, last) if self._cost(n, last) + least <= self._budget), last)
        for heading in range(place, kept):
            self._add_or_cut(heading)
        if self._cost(kept, last) + least > self._room:
            self._close()
        self._add(kept, last)
        self._add_or_cut(last, is_headed=kept < last)

    def _add_or_cut(self, place: int, *, is_headed: bool = False) -> None:
        cost = self._cost(place, place + 1)
        if self._room < min(cost, self._budget // 4) and not is_headed:
            self._close()
        if cost <= self._room:
            self._add(place, place + 1)
        else:
            self._cut(self._sentences[place], cost, is_headed=is_headed)

    def _cut(self, sentence: Sentence, cost: int, *, is_headed: bool) -> None:
        """Adds the sentence in pieces.

        In a chunk that others began, unless they are its headings, a piece must be worth it: a clause of some length.
        """
        start = sentence.start
        chars_per_token = (sentence.end - sentence.start) / cost
        while start < sentence.end:
            rest = Sentence(sentence.number, start, sentence.end, sentence.block)
            is_guest = bool(self._pieces) and not is_headed
            fitting = self._longest_start(rest, chars_per_token, is_guest=is_guest)
            if fitting is not None:
                end, tokens = fitting
                self._pieces.append(Piece(sentence.number, start, end))
                self._room -= tokens
                start = _skip_space(self._text, end, sentence.end)
            elif not self._pieces:
                raise ConfigError(f"a chunk of {self._budget} tokens cannot hold any of sentence {sentence.number}")
            if start < sentence.end:
                self._close()
                is_headed = False

    def _longest_start(self, rest: Sentence, chars_per_token: float, *, is_guest: bool) -> tuple[int, int] | None:
        """Where the longest start of `rest` that fits the room may end best, and its cost; None where nothing fits."""
        reach = max(32, int(2 * chars_per_token * self._room))
        stop = min(rest.end, rest.start + reach)
        for ends, least_tokens in self._ways_to_end(rest, stop):
            fitting = self._last_fitting(rest, ends, chars_per_token)
            if fitting is not None and (fitting[0] == rest.end or fitting[1] >= least_tokens):
                return fitting
            if is_guest:
                break
        return None

    def _ways_to_end(self, rest: Sentence, stop: int) -> Iterator[tuple[list[int], int]]:
        """Where a piece may end, up to `stop`, the best way first; and how many tokens make a cut there worth it."""
        text, start = self._text, rest.start
        whole = [stop] if stop == rest.end else []
        yield [*(match.end() for match in _CLAUSE_END.finditer(text, start, stop)), *whole], self._room // 2
        yield [*(match.end() for match in _WORD_END.finditer(text, start, stop)), *whole], 0
        yield [end for end in range(start + 1, stop + 1) if end == rest.end or _parts_characters(text, end)], 0
        yield list(range(start + 1, stop + 1)), 0

    def _last_fitting(self, rest: Sentence, ends: Sequence[int], chars_per_token: float) -> tuple[int, int] | None:
        """One of the last ends to fit the room, and its cost: short of the very last by a sixty-fourth at most.

        Guesses by the length of a token first, then halves what is left.
        """
        room, enough = self._room, self._room - self._room // 64
        fitting: tuple[int, int] | None = None
        low, high = 0, len(ends)
        guess = chars_per_token * room
        probe = 0
        while low < high and (fitting is None or fitting[1] < enough):
            middle = bisect_right(ends, rest.start + guess, low, high - 1) if probe < 4 else (low + high) // 2
            tokens = self._tokens(rest, ends[middle])
            guess = (ends[middle] - rest.start) * 0.99 * room / max(1, tokens)
            probe += 1
            if tokens <= room:
                fitting, low = (ends[middle], tokens), middle + 1
            else:
                high = middle
        return fitting

    def _tokens(self, rest: Sentence, end: int) -> int:
        return self._count(numbered_line(rest.number, self._text[rest.start : end]))

    def _opening_tokens(self, sentence: Sentence) -> int:
        """What a sentence's line costs with its first word alone, or with the first letters of a long one."""
        end = min(sentence.end, sentence.start + 16)
        word = _WORD_END.search(self._text, sentence.start, end)
        return self._tokens(sentence, word.end() if word else end)


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _parts_characters(text: str, end: int) -> bool:
    """Whether a cut at `end` keeps whole what a reader sees as one character (a letter's marks, a joined emoji)."""
    before, after = text[end - 1], text[end]
    return not (category(after).startswith("M") or after in _JOINERS or before in _JOINERS)
