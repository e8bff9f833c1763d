"""Opposites, quantifiers that say too much, and the words for going up and down."""

import pytest

from briefing.language.antonyms import opposites, rises_and_falls, understated


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("approved", "rejected", "en"),
        ("disclosed", "concealed", "en"),
        ("salue", "condamne", "fr"),
        ("oculto", "revelo", "es"),
    ],
)
def test_opposites_go_both_ways(one: str, other: str, language: str) -> None:
    assert other in opposites(one, language)
    assert one in opposites(other, language)


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt", "ru", "uk", "ar", "he"])
def test_no_word_is_both_a_rise_and_a_fall(language: str) -> None:
    rises, falls = rises_and_falls(language)
    assert rises
    assert falls
    assert rises.isdisjoint(falls)


def test_all_says_more_than_some_and_not_the_other_way_round() -> None:
    assert "some" in understated("all", "en")
    assert "all" not in understated("some", "en")
