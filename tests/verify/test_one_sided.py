"""What only one side of a translation has: a reader is told, and what leaves no other reading is withheld."""

from __future__ import annotations

import pytest
from claims import check, document


@pytest.mark.parametrize(
    ("sentence", "line", "verdict", "told"),
    [
        (
            "Die Brücke in Norl könnte im Mai wieder öffnen.",
            "The bridge in Norl is opening again in May.",
            "withheld",
            "certainty: the text says “könnte” [1]",
        ),
        (
            "Die Brücke in Norl könnte im Mai wieder öffnen.",
            "The bridge in Norl may open again in May.",
            "unread",
            None,
        ),
        (
            "Die Schulen in Norl schließen am Montag.",
            "All schools in Norl are to close on Monday.",
            "withheld",
            "quantity: “All” is not in its sentences",
        ),
        ("Alle Schulen in Norl schließen am Montag.", "All schools in Norl close on Monday.", "unread", None),
        (
            "Der Rat hat den Plan am Montag nicht gebilligt.",
            "The council approved the plan on Monday.",
            "unread",
            "only one of the two says no: “nicht”",
        ),
        (
            "Der Hafen war am Montag leer, die Fähre lag in Norl.",
            "The port was empty on Monday because the ferry was in Norl.",
            "unread",
            "cause: “because” is not in its sentences",
        ),
    ],
)
def test_what_one_side_has_alone(sentence: str, line: str, verdict: str, told: str | None) -> None:
    found = check(line, document(sentence, language="de")).check
    assert found is not None
    assert (found.verdict, told is None or told in found.reasons) == (verdict, True)
    assert told is not None or not found.reasons
