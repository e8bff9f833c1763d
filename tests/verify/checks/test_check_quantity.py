"""Quantity: how many, and which kind, as the sentences have it."""

from __future__ import annotations

import pytest
from claims import verdict


@pytest.mark.parametrize(
    ("line", "sentence", "expected"),
    [
        ("All schools in Norl closed on Monday.", "Some schools in Norl closed on Monday.", "withheld"),
        ("Only schools in Norl closed on Monday.", "Schools in Norl closed on Monday.", "withheld"),
        ("All schools in Norl closed.", "Every school in Norl closed on Monday.", "stands"),
        ("The largest dam on the river burst.", "The dam on the river burst at noon.", "withheld"),
        ("The largest dam burst.", "The largest dam on the river burst at noon.", "stands"),
        ("The mayor of Norl resigned.", "The former mayor of Norl resigned on Monday.", "withheld"),
        ("The former mayor resigned.", "The former mayor of Norl resigned on Monday.", "stands"),
    ],
)
def test_quantities(line: str, sentence: str, expected: str) -> None:
    assert verdict(line, sentence) == expected


@pytest.mark.parametrize(
    ("language", "sentence", "wrong", "right"),
    [
        (
            "en",
            "Former President Lucie Orval spoke in Norl on Monday and said that she would not stand again.",
            "In Norl President Lucie Orval told an audience she would not stand again.",
            "In Norl former President Lucie Orval told an audience she would not stand again.",
        ),
        (
            "en",
            "It is one of the oldest wooden bridges in the north, and it was closed on Monday.",
            "The oldest wooden bridge in the north has been shut.",
            "One of the oldest wooden bridges in the north has been shut.",
        ),
        (
            "de",
            "Wersum ist eine der größten Werften des Landes und baut seit 1990 Fähren.",
            "In Wersum steht die größte Werft des Landes.",
            "In Wersum steht eine der größten Werften des Landes.",
        ),
        (
            "fr",
            "C’est l’une des plus grandes gares du pays, fermée depuis lundi.",
            "La plus grande gare du pays est fermée.",
            "L’une des plus grandes gares du pays est fermée.",
        ),
    ],
)
def test_what_makes_a_thing_another_one_stays(language: str, sentence: str, wrong: str, right: str) -> None:
    assert verdict(wrong, sentence, language=language) == "withheld"
    assert verdict(right, sentence, language=language) == "stands"
