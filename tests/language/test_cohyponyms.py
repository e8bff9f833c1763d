"""Words of one sort: which exclude each other, and which are left alone."""

import pytest

from briefing.language.cohyponyms import sorts
from briefing.language.words import words


def known(word: str, language: str) -> tuple[tuple[int, int], ...]:
    return sorts(words(word, language)[0], language)


def excluded(one: str, other: str) -> bool:
    """Whether the two words are of one sort and name different things."""
    mine = dict(known(one, "en"))
    theirs = dict(known(other, "en"))
    return any(theirs.get(sort, thing) != thing for sort, thing in mine.items())


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("gold", "iron", True),
        ("mosques", "schools", True),
        ("doctor", "physicians", False),
        ("secretly", "covertly", False),
        ("gold", "school", False),
        ("building", "school", False),
    ],
)
def test_words_of_one_sort_exclude_each_other(one: str, other: str, expected: bool) -> None:
    assert excluded(one, other) is excluded(other, one) is expected


def test_a_language_without_a_list_excludes_nothing() -> None:
    assert known("aur", "ro") == ()


def test_another_form_of_a_word_is_of_its_sort_and_a_word_that_begins_alike_is_not() -> None:
    assert known("prisons", "fr") == known("prison", "fr") != ()
    assert known("prises", "fr") == known("depuis", "fr") == ()
    assert known("journaliste", "fr") != known("journal", "fr") == ()


def test_two_things_with_one_stem_stay_two_things() -> None:
    grandmother, grandfather = known("abuela", "es"), known("abuelo", "es")
    assert dict(grandmother).keys() == dict(grandfather).keys() != set()
    assert grandmother != grandfather
