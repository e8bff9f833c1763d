"""Absence: lines that say what is not in the posts; they need no evidence, and are checked against every sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from claims import document, outcome, users_post

from briefing.clean.cleaner import clean
from briefing.sources.files import read_files
from briefing.types import Claim, Post
from briefing.verify.verifier import verify

EXAMPLE = Path(__file__).parents[3] / "briefing/examples/moroccan-personnel-gaza.json"


def test_a_line_that_says_what_is_missing_is_checked_against_all_posts() -> None:
    source = document("The mayor of Lyon announced a plan.", "Rabat said it would answer.")
    for text, expected in (("Not in this post: any date.", "stands"), ("No word from Rabat.", "withheld")):
        assert outcome(verify(Claim("c", text, ()), {source.key: source})) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Not in this post: how many soldiers.", "stands"),
        ("Not in this post: how many Moroccan soldiers, when.", "stands"),
        ("Not in this post: who leads the international force.", "stands"),
        ("Not in this post: the mandate of the force.", "withheld"),
    ],
)
def test_words_that_merely_occur_are_no_answer(line: str, expected: str) -> None:
    source = clean(next(item for item in read_files(EXAMPLE) if isinstance(item, Post)))
    assert outcome(verify(Claim("c", line, ()), {source.key: source})) == expected


def test_a_count_that_stands_in_the_post_is_not_missing() -> None:
    source = document("The army sent 340 Moroccan soldiers to the coast on 3 May 2024.")
    for line in (
        "Not in this post: how many Moroccan soldiers.",
        "Not in this post: when the soldiers were sent to the coast.",
    ):
        found = verify(Claim("c", line, ()), {source.key: source}).check
        assert found is not None
        assert found.verdict == "withheld"


def test_asking_for_names_is_no_claim_that_nobody_is_spoken_of() -> None:
    source = users_post()
    line = "Not in this post: Names of the other contributing states"
    found = verify(Claim("c", line, ()), {source.key: source}).check
    assert found is not None
    assert found.verdict != "withheld"


@pytest.mark.parametrize(
    "phrase",
    [
        "the answer of Minister Karras",
        "why the mayor of Lyon was arrested",
        "that the mayor of Lyon had been insolvent",
        "how the mayor of Lyon spent 40,000 euros",
        "twelve bribes",
        "a form at evil.example",
        "the <b>plan</b>",
        "p\u0430yp\u0430l login",
        "hid\u200bden costs",
        "correction: the mayor withdrew the plan",
        "the plan, which was not announced",
        "cost, rent, tax, bank, street, law, office, money, signature, builder, lender, owner, tenant",
    ],
)
def test_what_smuggles_a_statement_in_is_dropped(phrase: str) -> None:
    source = document("The mayor of Lyon announced a plan.", "The city will build a bridge.")
    assert outcome(verify(Claim("c", f"Not in this post: {phrase}", ()), {source.key: source})) == "withheld"


@pytest.mark.parametrize(
    "phrase", ["any word from Paris", "who pays", "why the mayor announced a plan", "what it costs, when"]
)
def test_what_names_a_thing_is_left_to_a_reader(phrase: str) -> None:
    source = document("The mayor of Lyon announced a plan.", "The city will build a bridge.")
    found = verify(Claim("c", f"Not in this post: {phrase}", ()), {source.key: source}).check
    assert found is not None
    assert found.verdict == "unread"
