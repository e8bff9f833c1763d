"""What a table found can be told by its row."""

from __future__ import annotations

import pytest

from briefing.language.annotation import annotate
from briefing.language.rows import row_at, row_of, row_of_both, row_within
from briefing.language.tables import languages, table


@pytest.mark.parametrize("language", languages("hedges"))
def test_every_doubt_in_an_example_names_a_row_of_its_certainty(language: str) -> None:
    rows = [row for value in table(language, "hedges").values() for row in value if not isinstance(row, str)]
    lines = [annotate(row["example"], language) for row in rows if "example" in row]
    for line in (line for line in lines if line.vocabulary == language):
        for mark in line.hedges:
            row = row_of(line.lower, (mark.start, mark.end), language, "hedges", mark.certainty)
            assert row, f"{line.text[mark.start : mark.end]!r} of {line.text!r}"
            assert row.startswith(f"{language}/hedges.{mark.certainty}: ")


@pytest.mark.parametrize(
    ("language", "text", "row"),
    [
        ("fr", "Le pont n’est pas fermé.", "fr/negators.negations: n"),
        ("en", "The bridge isn’t closed.", r"en/negators.contracted: \w+n[’']t"),
        ("ru", "Мост не закрыт.", "ru/negators.negations: не"),
        ("he", "הגשר לא נסגר.", "he/negators.negations: לא"),
    ],
)
def test_a_no_names_its_row(language: str, text: str, row: str) -> None:
    line = annotate(text, language)
    (span,) = line.negations
    assert row_of(text, span, language, "negators", "negations", "contracted") == row


def test_two_words_name_the_row_that_sets_one_against_the_other() -> None:
    row = row_of_both("rose", "fell", "en", "antonyms", "opposites")
    assert row
    assert row.startswith("en/antonyms.opposites: ")
    assert row_of_both("rose", "rises", "en", "antonyms", "opposites") is None


def test_a_number_and_a_month_name_the_row_that_reads_them() -> None:
    line = annotate("Trois ponts, le 4 juin.", "fr")
    assert row_within(line, (0, 5), "quantities") == "fr/quantities.cardinals: 3 | trois"
    assert row_within(line, (16, 22), "calendar", "calendar_names") == "fr/calendar_names.months: 6 | juin"
    assert row_within(line, (6, 11), "quantities") is None


def test_a_long_row_is_cut() -> None:
    assert len(row_at(0, "en", "converse_verbs", "event")) < 140
