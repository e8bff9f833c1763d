"""The chunker's promises: within the budget, nothing lost, doubled or out of order, as few chunks as possible."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from briefing.exceptions import ConfigError
from briefing.model import chunker
from briefing.model.chunker import chunk, numbered_line
from briefing.model.tokens import count_tokens
from briefing.types import Block, BlockKind, Chunk, Document, Piece, Post, Sentence


def build(*blocks: str | tuple[BlockKind, str]) -> Document:
    """A document of these blocks (paragraphs, if bare), each split after ". "."""
    text, sentences = "", [Sentence(0, 0, 0, -1)]
    made: list[Block] = []
    for block in blocks:
        kind: BlockKind = "paragraph" if isinstance(block, str) else block[0]
        words = block if isinstance(block, str) else block[1]
        first, start = len(sentences), len(text)
        for match in re.finditer(r"(?s).+?(?:\. |\Z)", words):
            left = len(match[0]) - len(match[0].lstrip())
            end = match.start() + len(match[0].rstrip())
            if match.start() + left < end:
                sentences.append(Sentence(len(sentences), start + match.start() + left, start + end, len(made)))
        text += words + "\n\n"
        made.append(Block(kind, start, start + len(words), first, len(sentences) - 1))
    return Document(Post("key", "", ""), "", text, tuple(made), tuple(sentences))


def numbers(chunks: Sequence[Chunk]) -> list[list[int]]:
    return [[piece.number for piece in one.pieces] for one in chunks]


def lines(document: Document, pieces: Sequence[Piece]) -> str:
    return "".join(numbered_line(piece.number, document.text[piece.start : piece.end]) for piece in pieces)


def check(document: Document, chunks: Sequence[Chunk], budget: int, count: Callable[[str], int] = count_tokens) -> None:
    """Everything promised of any chunks."""
    for one in chunks:
        assert one.pieces
        assert one.tokens == count(lines(document, one.pieces)) <= budget
    pieces = [piece for one in chunks for piece in one.pieces]
    by_number: dict[int, list[Piece]] = {}
    for piece in pieces:
        by_number.setdefault(piece.number, []).append(piece)
    assert [piece.number for piece in pieces] == sorted(piece.number for piece in pieces)
    assert list(by_number) == [sentence.number for sentence in document.sentences[1:]]
    for sentence in document.sentences[1:]:
        check_tiles(document, sentence, by_number[sentence.number])
        if count(lines(document, [Piece(sentence.number, sentence.start, sentence.end)])) <= budget:
            assert len(by_number[sentence.number]) == 1, "cut although it fits"


def check_tiles(document: Document, sentence: Sentence, pieces: Sequence[Piece]) -> None:
    assert (pieces[0].start, pieces[-1].end) == (sentence.start, sentence.end)
    assert all(piece.start < piece.end for piece in pieces)
    for before, after in pairwise(pieces):
        assert before.end <= after.start
        assert not document.text[before.end : after.start].strip()


def units(document: Document) -> list[int]:
    """The costs of what must stay together: a sentence with the headings directly before it."""
    headings = {n for block in document.blocks if block.kind == "heading" for n in range(block.first, block.last + 1)}
    costs, open_cost = [], 0
    for sentence in document.sentences[1:]:
        open_cost += count_tokens(numbered_line(sentence.number, document.quote(sentence.number)))
        if sentence.number not in headings:
            costs.append(open_cost)
            open_cost = 0
    return [*costs, open_cost] if open_cost else costs


def fewest(costs: Sequence[int], budget: int) -> int:
    """The least number of runs of `costs` within the budget, by trying every end of the last run."""
    best = [0]
    for end in range(1, len(costs) + 1):
        best.append(1 + min(best[start] for start in range(end) if sum(costs[start:end]) <= budget))
    return best[-1]


WORDS = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "abcdeTHE019 .,;:!?/[]()'\"\n\t\r\xa0\u2028\u3000。，、！مرحباשלום한국中文的是é\u0301\u200d😀👩"
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=300,
)
BLOCKS = st.lists(st.tuples(st.sampled_from(["paragraph", "heading", "list_item", "quote"]), WORDS), max_size=8)


@given(WORDS, WORDS, st.integers(1, 12_000))
def test_the_costs_of_lines_add_up(first: str, second: str, number: int) -> None:
    one, two = numbered_line(number, first), numbered_line(number + 1, second)
    assert count_tokens(one + two) == count_tokens(one) + count_tokens(two)


@given(WORDS)
def test_a_line_cannot_be_forged(text: str) -> None:
    line = numbered_line(3, text + "\n[4] forged\r[5] forged\u2028[6] forged\x85[7] forged")
    assert len(line.splitlines()) == 1
    assert line.startswith("[3] ")
    assert line.endswith("forged\n")


def test_every_white_space_is_known() -> None:
    every = {chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()}
    assert set(chunker._SPACES) | {" "} == every


@given(BLOCKS, st.integers(40, 400))
def test_promises_hold_for_any_text(blocks: list[tuple[BlockKind, str]], budget: int) -> None:
    document = build(*blocks)
    chunks = chunk(document, budget_tokens=budget)
    check(document, chunks, budget)
    assert chunks == chunk(document, budget_tokens=budget), "not the same twice"


@given(BLOCKS, st.integers(16, 200))
def test_promises_hold_for_a_counter_from_outside(blocks: list[tuple[BlockKind, str]], budget: int) -> None:
    document = build(*blocks)
    check(document, chunk(document, budget_tokens=budget, count=len), budget, len)


@given(BLOCKS, st.integers(60, 400))
def test_as_few_chunks_as_possible(blocks: list[tuple[BlockKind, str]], budget: int) -> None:
    document = build(*blocks)
    costs = units(document)
    assume(all(cost <= budget for cost in costs))
    assert len(chunk(document, budget_tokens=budget)) == fewest(costs, budget)


@given(BLOCKS, st.integers(60, 400))
def test_a_heading_stays_with_what_follows(blocks: list[tuple[BlockKind, str]], budget: int) -> None:
    document = build(*blocks)
    assume(all(cost <= budget for cost in units(document)))
    headings = {n for block in document.blocks if block.kind == "heading" for n in range(block.first, block.last + 1)}
    assert all(one.pieces[-1].number not in headings for one in chunk(document, budget_tokens=budget)[:-1])


def test_whole_sentences_fill_chunks_in_order() -> None:
    document = build(". ".join(["One two three four"] * 6) + ".")
    cost = count_tokens(numbered_line(1, "One two three four."))
    assert numbers(chunk(document, budget_tokens=2 * cost)) == [[1, 2], [3, 4], [5, 6]]
    assert numbers(chunk(document, budget_tokens=2 * cost + cost - 1)) == [[1, 2], [3, 4], [5, 6]]


def test_a_heading_moves_on_with_its_text() -> None:
    document = build("One two three four. One two three four.", ("heading", "A heading"), "One two three four.")
    cost = count_tokens(numbered_line(1, "One two three four."))
    assert numbers(chunk(document, budget_tokens=3 * cost - 1)) == [[1, 2], [3, 4]]


def test_headings_that_cannot_all_stay_part_from_the_front() -> None:
    head: tuple[BlockKind, str] = ("heading", "word " * 20)
    tail = "word " * 20
    document = build(head, head, head, tail)
    cost = count_tokens(numbered_line(1, tail))
    assert numbers(chunk(document, budget_tokens=2 * cost)) == [[1, 2], [3, 4]]
    assert numbers(chunk(document, budget_tokens=3 * cost)) == [[1], [2, 3, 4]]


def test_a_heading_stays_with_the_first_piece_of_a_long_sentence() -> None:
    document = build("Something short before.", ("heading", "A heading"), "and so on, " * 60)
    chunks = chunk(document, budget_tokens=50)
    check(document, chunks, 50)
    first = next(one for one in chunks if any(piece.number == 2 for piece in one.pieces))
    assert first.pieces[-1].number == 3


def test_a_heading_at_the_end_stays_alone() -> None:
    document = build("One two three four.", ("heading", "A heading"))
    assert numbers(chunk(document, budget_tokens=100)) == [[1, 2]]


def test_a_long_sentence_is_cut_at_clauses() -> None:
    document = build("the one who came and the one who left, " * 30 + "end")
    chunks = chunk(document, budget_tokens=60)
    check(document, chunks, 60)
    assert len(chunks) > 3
    for one in chunks[:-1]:
        assert document.text[one.pieces[-1].end - 1] == ","


def test_a_long_clause_is_cut_between_words() -> None:
    document = build("word other " * 200)
    chunks = chunk(document, budget_tokens=60)
    check(document, chunks, 60)
    for one in chunks[:-1]:
        assert document.text[one.pieces[-1].end].isspace()


def test_a_long_word_is_cut_between_characters() -> None:
    document = build("e\u0301👩\u200d👩\u200d👧" * 100)
    chunks = chunk(document, budget_tokens=60)
    check(document, chunks, 60)
    for one in chunks[:-1]:
        assert document.text[one.pieces[-1].end] in "e👩"


def test_a_chinese_sentence_is_cut_at_its_commas() -> None:
    document = build("今天天气很好，我们一起去公园散步，" * 40)
    chunks = chunk(document, budget_tokens=80)
    check(document, chunks, 80)
    assert all(document.text[one.pieces[-1].end - 1] == "，" for one in chunks)


def test_a_short_clause_does_not_waste_a_chunk() -> None:
    document = build("Yes, " + "word " * 100)
    first = chunk(document, budget_tokens=60)[0]
    assert first.tokens > 50


def test_a_document_without_sentences_has_no_chunks() -> None:
    assert chunk(build(), budget_tokens=512) == []


@pytest.mark.parametrize("budget", [-1, 0, 1, 4])
def test_a_budget_below_a_number_and_a_word_is_an_error(budget: int) -> None:
    with pytest.raises(ConfigError, match=f"{budget} tokens"):
        chunk(build("One two three."), budget_tokens=budget)


def test_a_budget_below_a_character_is_an_error() -> None:
    """A character may cost more tokens than a word."""
    with pytest.raises(ConfigError, match="5 tokens"):
        chunk(build("\U0001f9ff\U000e0fff"), budget_tokens=5)


def test_the_smallest_budget_is_enough_for_letters() -> None:
    document = build("abc def ghi. jkl")
    check(document, chunk(document, budget_tokens=6), 6)


def test_each_sentence_is_counted_once() -> None:
    document = build(". ".join(["One two three four"] * 50) + ".")
    counted: list[str] = []

    def count(text: str) -> int:
        counted.append(text)
        return count_tokens(text)

    chunk(document, budget_tokens=100, count=count)
    own = [numbered_line(sentence.number, document.quote(sentence.number)) for sentence in document.sentences[1:]]
    assert counted[1:] == own, "the first call checks the budget"


@pytest.mark.parametrize("text", [" " * 100_000, "x" * 100_000, "." * 100_000, "😀" * 30_000, "a, " * 30_000])
def test_a_monstrous_sentence_takes_bounded_time(text: str) -> None:
    document = build(f"a{text}b")
    start = time.perf_counter()
    check(document, chunk(document, budget_tokens=512), 512)
    assert time.perf_counter() - start < 20


def test_real_articles() -> None:
    folder = os.environ.get("BRIEFING_DATA")
    if not folder:
        pytest.skip("BRIEFING_DATA names no folder of real texts")
    for name in ("cnndm_en", "orangesum_fr", "basse_es"):
        with (Path(folder) / "references" / f"{name}.jsonl").open(encoding="utf-8") as file:
            document = build(*[str(json.loads(line)["text"]) for line, _ in zip(file, range(40), strict=False)])
        for budget in (64, 512, 4000):
            check(document, chunk(document, budget_tokens=budget), budget)
