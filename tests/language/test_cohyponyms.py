"""Words of one sort: which exclude each other, and which are left alone."""

import pytest

from briefing.language.cohyponyms import sorts
from briefing.language.words import fold


def excluded(one: str, other: str) -> bool:
    """Whether the two words are of one sort and name different things."""
    mine = dict(sorts(fold(one), "en"))
    theirs = dict(sorts(fold(other), "en"))
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
    assert sorts("aur", "ro") == ()


def test_french_words_are_told_apart_although_their_stems_are_short() -> None:
    assert sorts("prisons", "fr") == sorts("prison", "fr") != ()
    assert sorts("prises", "fr") == sorts("depuis", "fr") == ()
