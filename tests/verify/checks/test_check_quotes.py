"""Quotes: words between quotation marks are the text's own, word for word, and stand between marks there."""

from __future__ import annotations

import pytest
from claims import check, document, verdict

from briefing.types import Claim
from briefing.verify.citation import evidence
from briefing.verify.verifier import verify


def reasons(found: Claim) -> tuple[str, ...]:
    assert found.check is not None
    return found.check.reasons


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


@pytest.mark.parametrize(
    ("language", "sentence", "line", "told"),
    [
        (
            "en",
            "“We may win the vote on Sunday,” Weber said.",
            "Weber said: “We will win the vote on Sunday.”",
            "Weber said: “We may win the vote on Sunday.”",
        ),
        (
            "fr",
            "« Le pont tiendra jusqu’au printemps », assure Ada Roux.",
            "Ada Roux assure que « le pont tiendra jusqu’au matin ».",
            "Ada Roux assure que « le pont tiendra jusqu’au printemps ».",
        ),
        (
            "ru",
            "«Мост простоит до самой весны», — сказала Вольская.",
            "Вольская сказала: «Мост простоит до самой осени».",
            "Вольская сказала: «Мост простоит до самой весны».",
        ),
    ],
)
def test_the_texts_own_words_come_back_inside_the_marks(language: str, sentence: str, line: str, told: str) -> None:
    found = check(line, document(sentence, language=language))
    assert found.check is not None
    assert (found.text, found.check.before) == (told, line)
    assert found.check.verdict != "withheld"


@pytest.mark.parametrize(
    "line",
    [
        "Weber said: “We shall surely lose the vote in March.”",
        "Weber called it a “splendid victory on Sunday”.",
        "Clara Dupont said: “We will win the vote on Sunday.”",
    ],
)
def test_what_cannot_be_put_right_is_withheld_with_its_marks(line: str) -> None:
    found = check(
        line, document("“We may win the vote on Sunday,” Weber said.", "Clara Dupont called it a great defeat.")
    )
    assert found.check is not None
    assert (found.check.verdict, found.text) == ("withheld", line)


def test_another_article_would_be_wanted_so_it_is_withheld() -> None:
    sentence = "The society described it as an “embarrassing turn”."
    assert verdict("The society described it as a “shameful turn”.", sentence) == "withheld"


TWO = "“The lights went out at nine,” said Amira Dunmore.|A pump failed.|“Nobody panicked,” Dunmore added."


def test_two_quotations_told_as_one_are_withheld_and_told_as_two_are_not() -> None:
    assert verdict("“The lights went out at nine and nobody panicked,” said Amira Dunmore.", TWO) == "withheld"
    assert verdict("“The lights went out at nine. Nobody panicked,” said Amira Dunmore.", TWO) == "withheld"
    assert verdict("“The lights went out at nine,” said Amira Dunmore, and “nobody panicked”.", TWO) == "stands"


def test_a_quotation_that_who_says_so_parts_may_be_told_whole() -> None:
    sentence = "“We will rebuild,” said Amira Dunmore, “and before winter.”"
    assert verdict("Amira Dunmore said: “We will rebuild, and before winter.”", sentence) == "stands"
    assert verdict("Amira Dunmore said: “We will rebuild … before winter.”", sentence) == "stands"


def test_a_quotation_runs_over_sentences_and_paragraphs() -> None:
    over = ("Ruth Lang said: “The pumps failed.|Nobody had tested them.", "“We saw it too late.”")
    assert verdict("Ruth Lang said the pumps failed: “Nobody had tested them.”", *over) == "stands"
    assert verdict("“Nobody had tested them. We saw it too late,” Ruth Lang said.", *over) == "stands"
    unopened = ("Ruth Lang said: “The pumps failed.", "Nobody had tested them.”")
    assert verdict("Ruth Lang said: “Nobody had tested them.”", *unopened) == "stands"


CLOSED = ("The committee said that the airline had ignored repeated warnings.", "Its chair called it “avoidable”.")


def test_words_that_the_text_does_not_quote_are_nobodys_speech() -> None:
    told = "The committee said the airline had “ignored repeated warnings”."
    found = check(told, document(*CLOSED))
    assert found.check is not None
    assert found.check.verdict == "withheld"
    assert reasons(found)[0] == "quote: the text does not have “ignored repeated warnings” between marks"
    assert verdict("The post says the airline “had ignored repeated warnings”.", *CLOSED) == "stands"


def test_a_name_between_marks_is_no_speech() -> None:
    lines = ("The mayor said Dark Harbour was fiction.", "She called it “untrue”.")
    assert verdict("The mayor said “Dark Harbour” was fiction.", *lines) == "stands"


@pytest.mark.parametrize(
    "lines",
    [
        ("The committee said that the airline had ignored repeated warnings.",),
        ('"The airline had "long" ignored repeated warnings", said the committee.',),
    ],
)
def test_where_no_marks_can_be_told_a_reader_is_asked(lines: tuple[str, ...]) -> None:
    found = check("The committee said the airline had “ignored repeated warnings”.", document(*lines))
    assert found.check is not None
    assert (found.check.verdict, "quotes" in found.check.passed) == ("unread", False)


def test_marks_that_the_text_puts_round_a_word_stay() -> None:
    line = "He called it “racist”."
    assert check(line, document("He called it 'racist' history.")).text == line
    wider = check("He called it “racist history”.", document("He called it 'racist' history."))
    assert (wider.text, wider.check and wider.check.verdict) == ("He called it “racist history”.", "unread")


def test_a_translated_quotation_keeps_its_marks_and_was_not_checked() -> None:
    source = document("„Wir haben keine Wahl“, sagte Weber.", language="de")
    line = "“We have no choice,” Weber said."
    claim = Claim("c", line, (evidence(source, 1),), origin="written", translated_from="de")
    found = verify(claim, {"k": source})
    assert found.check is not None
    assert found.text == line
    assert "quotes" not in found.check.passed
    assert ("quotes", "quote: translated, so not the words of the text") in [
        (item.check, item.why) for item in found.check.not_run
    ]
