"""Names: people, places, organisations and acronyms of a claim stand in its sentences, else in its document."""

from __future__ import annotations

import pytest
from claims import check, document, verdict


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Macron went to Rabat.", "stands"),
        ("The WHO welcomed the Moroccan plan.", "stands"),
        ("Emmanuel Macron went to Berlin.", "withheld"),
        ("Scholz went to Rabat.", "withheld"),
    ],
)
def test_names_stand_in_the_text(text: str, expected: str) -> None:
    lines = ("Emmanuel Macron went to Rabat.", "The World Health Organization welcomed Morocco's plan.")
    assert verdict(text, *lines) == expected


def test_a_name_of_the_document_put_for_that_of_the_sentence_is_withheld() -> None:
    lines = ("Anna Weber won the race in Lyon.", "Clara Dupont came second.", "They will meet again in Nantes.")
    assert check("Clara Dupont won the race in Lyon.", document(*lines), 1).check.verdict == "withheld"  # type: ignore[union-attr]


def test_places_are_known_in_scripts_without_capitals() -> None:
    assert verdict("وصل الوزير إلى لبنان.", "وصل الوزير إلى المغرب.", language="ar") == "withheld"
    assert verdict("وصل الوزير إلى المغرب.", "وصل الوزير أمس إلى المغرب.", language="ar") == "stands"


def test_a_name_from_another_part_of_a_long_text() -> None:
    lines = (
        "The train left Zagreb for Split on Friday morning with 90 passengers.",
        "It ran off the rails near Split at noon.",
        "Rain fell all day on the hills.",
        "The line was built in the twenties.",
        "A similar crash happened in Vienna ten years ago.",
        "Engineers from Vienna will help.",
    )
    assert verdict("The train left Vienna on Friday morning with 90 passengers.", *lines) == "withheld"
    assert verdict("The train left Zagreb on Friday morning with 90 passengers.", *lines) == "stands"


def test_a_persons_name_put_for_that_of_the_sentence_is_withheld() -> None:
    source = document(
        "Anna Berger presented the annual report to the city council on Friday.", "Later Clara Moreau left the room."
    )
    found = check("The annual report went before the council on Friday, presented by Clara Moreau.", source, 1).check
    assert found is not None
    assert found.verdict == "withheld"
    assert found.at_fault
