"""A finding that rests on a row of a table says which."""

from __future__ import annotations

import pytest
from claims import check, document

from briefing.cli.console import tell_withheld


@pytest.mark.parametrize(
    ("language", "text", "sentence", "row"),
    [
        ("en", "The port was closed on Monday.", "The port was not closed on Monday.", "en/negators.negations: not"),
        ("en", "The port isn’t open today.", "The port is open today.", r"en/negators.contracted: \w+n[’']t"),
        ("fr", "Le port a été fermé lundi.", "Le port n’a pas été fermé lundi.", "fr/negators.negations: n"),
        ("pl", "Port został zamknięty.", "Port nie został zamknięty.", "pl/negators.negations: nie"),
        ("en", "Prices rose by a tenth in May.", "Prices fell by a tenth in May.", "en/antonyms.opposites: "),
        ("zh", "价格在五月上升了一成。", "价格在五月下降了一成。", "zh/antonyms.substrings: 上升 | 下降"),
        ("en", "All bridges were closed on Monday.", "Some bridges were closed on Monday.", "en/"),
        ("en", "It has a gold mine near Norl.", "It has an iron mine near Norl.", "en/cohyponyms.sorts: "),
        ("en", "Ash beat Elm in Norl.", "Ash lost to Elm in Norl.", "en/converse_verbs.event: beat beats "),
        ("en", "The bank has closed.", "The bank has reportedly closed.", "en/hedges.reported: reportedly"),
        ("en", "The road was closed because it rained.", "It rained, and the road was closed.", "en/clauses.cause: "),
        (
            "fr",
            "Trois ponts ont été fermés à Norl.",
            "Neuf ponts ont été fermés à Norl.",
            "fr/quantities.cardinals: 3 | ",
        ),
        ("en", "The port was closed on 4 May.", "The port was closed on 4 June.", "en/calendar_names.months: 5 | May"),
        ("en", "The road is closed.", "The road is closed, the ministry said.", "en/reporting_verbs.saying: said"),
    ],
)
def test_a_finding_names_the_row_it_rests_on(language: str, text: str, sentence: str, row: str) -> None:
    found = check(text, document(sentence, language=language)).check
    assert found is not None
    assert any(one.startswith(row) for one in found.rows), (found.reasons, found.rows)


def test_where_nothing_is_found_no_row_is_named() -> None:
    found = check("The port was closed.", document("The port was closed on Monday.")).check
    assert found is not None
    assert found.rows == ()


def test_the_row_is_told_with_a_withheld_line(capsys: pytest.CaptureFixture[str]) -> None:
    tell_withheld([check("The bank has closed.", document("The bank has reportedly closed."))])
    assert capsys.readouterr().err.rstrip().endswith("(found by en/hedges.reported: reportedly)")
