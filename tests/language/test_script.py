"""Direction and word counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language.script import direction, word_count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "ltr"),
        ("2026 – 52 %", "ltr"),
        ("Hello", "ltr"),
        ("שלום עולם", "rtl"),
        ("WhatsApp أعلنت الشركة أنها ستوقف الخدمة في العام المقبل", "rtl"),
        ("שלום is the Hebrew word for peace", "ltr"),
        ("הגיעו למפקדה (ISF) @somebody https://example.com/aaaaaaaaaaaaaaaaaaaaaaa", "rtl"),
        ("— דנה לוי 🇮🇱 Dana Levi (@DanaLevi) June 23", "rtl"),
        ("یہ ایک گھر ہے", "rtl"),
        ("Привет", "ltr"),
    ],
)
def test_direction(text: str, expected: str) -> None:
    assert direction(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("One two – three & four", 4),
        ("l’été 3.5 %", 2),
        ("東京に行く", 5),
        ("東京 and 大阪", 5),
        ("שלום עולם", 2),
        ("그는 갔다", 2),
    ],
)
def test_word_count(text: str, expected: int) -> None:
    assert word_count(text) == expected


@given(st.text())
def test_a_text_has_no_more_words_than_characters(text: str) -> None:
    assert 0 <= word_count(text) <= len(text)
