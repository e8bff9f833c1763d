"""Roots: the consonants by which Arabic and Hebrew forms of one word are found."""

import pytest

from briefing.language.semitic_roots import bare_forms, root, verb, without_article
from briefing.language.words import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أغلق", "إغلاق"),
        ("تكلفة", "كلفة"),
        ("الوزير", "وزير"),
        ("נסגרת", "סגורה"),
        ("התחנה", "תחנת"),
        ("דורשים", "דורש"),
    ],
)
def test_forms_of_one_word_share_a_root(one: str, other: str) -> None:
    assert root(fold(one)) == root(fold(other)) != ""


@pytest.mark.parametrize("word", ["port", "мост", "図書館", "", "من", "של"])
def test_other_scripts_and_small_words_have_none(word: str) -> None:
    assert root(fold(word)) == ""


def test_other_words_have_other_roots() -> None:
    assert len({root(fold(word)) for word in ("أغلق", "كلفة", "وزير", "סגורה", "תחנת", "דורש")}) == 6


def test_forms_of_an_arabic_verb_are_one() -> None:
    assert verb(fold("تعلن")) == verb(fold("أعلنت")) != ""
    assert verb("port") == verb("דורש") == ""


def test_what_is_written_onto_a_word_is_taken_off() -> None:
    assert bare_forms("ובתחנה") == ["בתחנה", "תחנה"]
    assert bare_forms("port") == []
    assert [without_article(word) for word in ("الوزير", "התחנה", "port")] == ["وزير", "תחנה", "port"]
