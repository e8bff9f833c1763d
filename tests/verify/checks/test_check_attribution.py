"""Attribution: what the text gives as somebody's word is not stated as plain fact."""

# A case a line reads best.
# ruff: noqa: E501

from __future__ import annotations

import pytest
from claims import check, document, users_post


def test_a_report_told_as_a_report_is_not_repaired() -> None:
    found = check("The reported arrival is a prelude to a deployment.", users_post(), 2).check
    assert found is not None
    assert found.verdict != "withheld"


@pytest.mark.parametrize(
    ("language", "sentence", "line", "told"),
    [
        ("en", "The dam is safe, engineers said.", "The dam is safe.", "The dam is safe, engineers said."),
        ("en", "Officials said on Monday that 14 people were hurt.", "14 people were hurt.", "Officials said on Monday that 14 people were hurt."),
        ("en", "The dam, officials said, is safe.", "The dam is safe.", "The dam, officials said, is safe."),
        ("en", "The train hit a wall near Split in heavy rain, police said on Friday.", "The train hit a wall near Split.", "The train hit a wall near Split, police said on Friday."),
        ("en", "“No ward will close,” Quill said.", "“No ward will close.”", "“No ward will close,” Quill said."),
        ("fr", "Selon la police, trois hommes ont fui.", "Trois hommes ont fui.", "Selon la police, trois hommes ont fui."),
        ("es", "Tres hombres huyeron, según la policía.", "Tres hombres huyeron.", "Tres hombres huyeron, según la policía."),
        ("ru", "По данным полиции, пострадали 14 человек.", "Пострадали 14 человек.", "По данным полиции, пострадали 14 человек."),
    ],
)  # fmt: skip
def test_who_says_so_comes_back_in_the_texts_own_words(language: str, sentence: str, line: str, told: str) -> None:
    found = check(line, document(sentence, language=language))
    assert found.check is not None
    assert (found.text, found.check.before) == (told, line)
    assert found.check.verdict in ("carried", "unread")


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (("Ruth Lang blamed costs.", "“The plant closed in May,” she said."), "The plant closed in May."),
        (("Their union said that the plant closed in May.",), "The plant closed in May."),
        (("The ship lost power, Brand said, but the cause is not known.",), "The cause is not known."),
        (("The mayor resigned on Monday; the old bridge fell, officials said.",), "The mayor resigned on Monday."),
        (("The camp was encircled, but is now reported to be taken by rebels.",), "The camp was taken by rebels."),
        (("The army said that it had destroyed the depot.",), "The army destroyed the depot."),
        (("Members of the cult went on trial.", "The cult claims to have millions of members."), "Members of the cult went on trial."),
    ],
)  # fmt: skip
def test_no_line_is_put_into_a_mouth_that_may_be_another(lines: tuple[str, ...], line: str) -> None:
    found = check(line, document(*lines))
    assert found.check is not None
    assert found.text == line


def test_what_somebody_says_of_his_own_deed_is_for_a_reader() -> None:
    found = check("The army destroyed the depot.", document("The army said that it had destroyed the depot.")).check
    assert found is not None
    assert found.verdict == "unread"
    assert found.reasons[0] == "attribution: the sentence gives it as said: “The army said” [1]"


@pytest.mark.parametrize(
    ("language", "sentence", "line"),
    [
        ("en", "One in five families relies on fish, the fishing minister said.", "Fishing minister: one in five families relies on fish."),
        ("en", "One in five families relies on fish, the fishing minister said.", "One in five families relies on fish, a hospital spokeswoman said."),
        ("fr", "« Le pont est fermé », a déclaré Le Goff.", "Devant la presse, Le Goff a admis que le pont est fermé."),
        ("ar", "قال الحداد إن الجسر مغلق منذ الاثنين.", "علّق الحداد قائلا إن الجسر مغلق منذ الاثنين."),
    ],
)  # fmt: skip
def test_a_line_that_attributes_in_any_form_keeps_its_words(language: str, sentence: str, line: str) -> None:
    assert check(line, document(sentence, language=language)).text == line


def test_the_headline_gives_no_voice_and_no_other_sentence_does() -> None:
    lines = ("Two officials familiar with the talks said the ministers met on Monday.", "The dispute has ended.")
    source = document(*lines, title="Officials say the dispute has ended")
    assert check("The dispute has ended.", source, 0, 1, 2).text == "The dispute has ended."
    assert check("Kenya and Uganda have ended it.", source, 0, 1, 2).text == "Kenya and Uganda have ended it."
