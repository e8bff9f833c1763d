"""Quotes: words between quotation marks must stand in the text, word for word."""

from __future__ import annotations

import pytest
from claims import check, document, verdict


def test_a_quote_in_other_marks_passes_and_a_made_up_one_does_not() -> None:
    line = "“We may win the vote,” Weber said."
    assert verdict("Weber said: «We may win the vote».", line) == "stands"
    assert verdict("Weber said: “The economy collapsed entirely”.", line) == "withheld"


@pytest.mark.parametrize(
    ("language", "sentence", "invented", "kept"),
    [
        ("he", "״לא נסכים לכך״, אמרה לוין אמש.", "לוין אמרה: ״איש לא סיפר לנו״.", 'לוין אמרה: "לא נסכים לכך".'),
        ("sv", "”Vi vet inte än”, sade Lind.", "Lind sade: ”Allt är förlorat nu”.", "Lind sade: »Vi vet inte än»."),
        (
            "pl",
            "„Jeszcze nie wiemy”, mówi Nowak.",
            "Nowak mówi: „Wszystko stracone”.",
            "Nowak mówi: «Jeszcze nie wiemy».",
        ),
        (
            "ja",
            "林氏は「まだ分からない」と述べた。",
            "林氏は「すべて失われた」と述べた。",
            "林氏は『まだ分からない』と述べた。",
        ),
        (
            "ko",
            "김 장관은 “아직 모른다”고 말했다.",
            '김 장관은 "모두 끝났다"고 말했다.',
            '김 장관은 "아직 모른다"고 말했다.',
        ),
    ],
)
def test_quotations_are_found_in_the_marks_of_each_language(
    language: str, sentence: str, invented: str, kept: str
) -> None:
    assert verdict(invented, sentence, language=language) != "stands"
    assert verdict(kept, sentence, language=language) == "stands"


def test_an_acronym_is_the_same_with_either_gershayim() -> None:
    assert verdict("הדובר אמר: ״צה״ל יפעל״.", 'הדובר אמר: "צה"ל יפעל".', language="he") == "stands"


def test_a_near_quote_becomes_reported_speech() -> None:
    source = document("“We may win the vote on Sunday,” Weber said.")
    found = check("Weber said they “may win the Sunday vote”.", source)
    assert found.check is not None
    assert (found.check.before is not None, found.text) == (True, "Weber said they may win the Sunday vote.")
    assert found.check.before == "Weber said they “may win the Sunday vote”."
