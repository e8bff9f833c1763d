"""Stems: forms of one word are joined, and different words that begin alike are kept apart."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from briefing.language.generic_terms import generic_terms
from briefing.language.synonyms import synonyms
from briefing.language.words import stem, words

PAIRS = tomllib.loads((Path(__file__).parents[1] / "data/stems/pairs.toml").read_text(encoding="utf-8"))
# Of twelve pairs each: how many are joined, and how many kept apart, at least.
LEAST = {
    "en": (12, 11), "fr": (11, 9), "es": (12, 7), "pt": (12, 9), "it": (12, 9), "de": (10, 12), "nl": (9, 12),
    "sv": (10, 12), "ru": (12, 11), "tr": (8, 11), "pl": (12, 12), "uk": (9, 12), "cs": (11, 12), "fi": (7, 12),
    "el": (11, 11), "ar": (10, 11), "he": (9, 12),
}  # fmt: skip


def of_one_stem(pair: str, language: str) -> bool:
    one, other = (words(word, language)[0].stem for word in pair.split())
    return one == other


@pytest.mark.parametrize("language", LEAST)
def test_forms_are_joined_and_other_words_kept_apart(language: str) -> None:
    joined, apart = LEAST[language]
    assert sum(of_one_stem(pair, language) for pair in PAIRS[language]["same"]) >= joined
    assert sum(not of_one_stem(pair, language) for pair in PAIRS[language]["other"]) >= apart


def test_every_language_of_the_pairs_is_measured() -> None:
    assert LEAST.keys() == PAIRS.keys()


@pytest.mark.parametrize(
    ("pair", "language"),
    [
        ("flew flights", "en"),
        ("leader’s leaders", "en"),
        ("mujer mujeres", "es"),
        ("año años", "es"),
        ("voz voces", "es"),
        ("élu élus", "fr"),
        ("emploi emplois", "fr"),
        ("jeu jeux", "fr"),
        ("interdit interdites", "fr"),
        ("animal animais", "pt"),
        ("suomalainen suomalaisten", "fi"),
        ("skole skoler", "nb"),
        ("zakon zakoni", "hr"),
        ("закон законами", "uk"),
        ("کتاب کتاب‌ها", "fa"),
    ],
)
def test_what_no_algorithm_does_alone(pair: str, language: str) -> None:
    assert of_one_stem(pair, language)


@pytest.mark.parametrize(("pair", "language"), [("mal mais", "pt"), ("sei seis", "pt"), ("pari Paris", "it")])
def test_a_word_that_only_looks_like_a_plural(pair: str, language: str) -> None:
    assert not of_one_stem(pair, language)


def test_a_stem_goes_by_the_word_as_it_is_written_and_is_folded() -> None:
    assert stem("Élections", "fr") == stem("e\u0301lection", "fr") == stem("élection", "fr")
    assert stem("Élections", "fr").isascii()
    assert stem("geändert", "de").isascii()


def test_scripts_without_spaces_and_vietnamese_keep_their_words() -> None:
    assert [stem(word, language) for word, language in (("港湾計画", "ja"), ("nghị", "vi"))] == ["港湾計画", "nghi"]


def test_a_language_without_an_algorithm_is_cut() -> None:
    assert stem("правителството", "bg") == stem("правителство", "bg") == "правит"


def test_tables_are_stemmed_as_texts_are() -> None:
    assert words("announced", "en")[0].stem in generic_terms("en")
    assert words("purchased", "en")[0].stem in synonyms(words("buying", "en")[0].stem, "en")
