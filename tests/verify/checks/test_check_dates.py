"""Dates: each one of a claim must stand in its sentences, or follow from one of them and the day of the post."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from claims import document, verdict

from briefing.types import Check, Claim
from briefing.verify.citation import evidence
from briefing.verify.verifier import verify


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor resigned on 22 June 2026.", "stands"),
        ("The mayor resigned on Monday.", "stands"),
        ("The mayor resigned on 21 June 2026.", "withheld"),
        ("The mayor resigned on Tuesday.", "withheld"),
    ],
)
def test_yesterday_is_resolved_by_the_date_of_the_post(text: str, expected: str) -> None:
    published = datetime(2026, 6, 23, 12, tzinfo=UTC)  # a Tuesday
    assert verdict(text, "The mayor resigned yesterday.", published=published) == expected


def _checked(text: str, sentence: str, language: str) -> Check:
    """The check of a line that was translated from its sentence, or is in its language."""
    source = document(sentence, language=language)
    foreign = language if text.isascii() else None
    claim = Claim("c", text, (evidence(source, 1),), origin="written", translated_from=foreign)
    done = verify(claim, {source.key: source}).check
    assert done is not None
    return done


def _not_run(text: str, sentence: str, language: str) -> list[str]:
    done = _checked(text, sentence, language)
    assert done.verdict == "unread"
    assert "dates" not in done.passed
    return [item.why for item in done.not_run if item.check == "dates"]


def test_a_date_that_cannot_be_read_is_not_told_as_passed() -> None:
    sentence = "نشست شورای شهر در ۱۵ خرداد ۱۴۰۳ برگزار شد."
    assert _not_run("شورای شهر ۱۵ خرداد ۱۴۰۳ نشست داشت.", sentence, "fa") == ["date: “۱۵ خرداد ۱۴۰۳” cannot be read"]
    said = "The council met on 4 June 2024."
    assert _not_run(said, sentence, "fa") == ["date: “4 June 2024” may be “۱۵ خرداد ۱۴۰۳”, which cannot be read"]


def test_of_a_language_without_months_that_is_told() -> None:
    with_numbers = "Пасяджэнне гарадскога савета адбылося 5 ліпеня 2024 года."
    assert _not_run("The council of the city met on 5 July 2024.", with_numbers, "be") == [
        "date: “5 July 2024” may be “5 ліпеня 2024”, which cannot be read"
    ]
    alone = "Пасяджэнне гарадскога савета адбылося ў ліпені."
    assert _not_run("The council of the city met in July.", alone, "be") == ["no words for it in Belarusian"]
    assert _not_run("У ліпені сабраўся гарадскі савет.", alone, "be") == ["no words for it in Belarusian"]


@pytest.mark.parametrize(
    ("language", "sentence", "month", "other"),
    [
        ("hr", "Sjednica vijeća održana je 5. listopada 2024.", "October", "November"),
        ("pl", "Posiedzenie rady odbyło się 5 listopada 2024 r.", "November", "October"),
        ("th", "สภาเมืองประชุมเมื่อวันที่ 5 มิถุนายน พ.ศ. 2567", "June", "July"),
        ("zh", "市议会于二〇二四年六月五日开会。", "June", "July"),
    ],
)
def test_a_month_is_that_of_the_sentences_language(language: str, sentence: str, month: str, other: str) -> None:
    assert _checked(f"The council of the city met on 5 {month} 2024.", sentence, language).verdict == "unread"
    assert _checked(f"The council of the city met on 5 {other} 2024.", sentence, language).verdict == "withheld"
