"""Who is said to say so: what is found, what is not taken for a voice, and where a voice ends."""

from __future__ import annotations

import pytest

from briefing.language.annotation import annotate


def voices(text: str, language: str) -> list[str]:
    return [text[voice.start : voice.end] for voice in annotate(text, language).attributions]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "Газета «Северный край» пишет, что мост закрыт.", ["Газета «Северный край»"]),
        ("fr", "Le quotidien « La Côte » annonce une grève.", ["Le quotidien « La Côte »"]),
    ],
)
def test_a_name_in_quotation_marks_can_speak(language: str, text: str, expected: list[str]) -> None:
    assert voices(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "El ayuntamiento ha cerrado, y por la tarde anunció el cierre de la piscina."),
        ("es", "Este año se han anunciado una serie de obras."),
        ("es", "Ayer señaló la puerta."),
    ],
)
def test_what_stands_behind_a_verb_is_no_speaker_where_it_can_be_its_object(language: str, text: str) -> None:
    assert voices(text, language) == []
