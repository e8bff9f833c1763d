"""Words and patterns of the tables, put together."""

from __future__ import annotations

import pytest

from briefing.language.patterns import alternatives, anywhere, folded, phrases, word_list


def test_the_entries_of_a_language_are_alternatives_in_their_order() -> None:
    assert alternatives("passives", "by", "pt") == "por|pelo|pela"
    assert alternatives("passives", "by", "ja") == ""
    assert phrases("passives", "by")[:2] == ("by", "por")


def test_the_entries_of_all_languages_stand_once() -> None:
    assert sorted(alternatives("passives", "by").split("|")) == ["by", "par", "pela", "pelo", "por"]


def test_words_are_as_they_are_written_or_as_they_are_compared() -> None:
    assert "été" in word_list("passives", "be", "fr")
    assert "ete" in folded("passives", "be", "fr")
    assert "was" not in folded("passives", "be", "fr")


@pytest.mark.parametrize("read", [alternatives, phrases, word_list, folded, anywhere])
def test_a_key_that_no_language_has_is_a_mistake(read: object) -> None:
    assert callable(read)
    with pytest.raises(KeyError, match="passives: bye"):
        read("passives", "bye")


def test_words_are_found_whole_unless_others_are_written_onto_them() -> None:
    headline = anywhere("the_post", "headline")
    assert headline.search("The Headlines say so.")
    assert not headline.search("A headliner sang.")
    assert headline.search("\u0648\u0627\u0644\u0639\u0646\u0648\u0627\u0646 \u064a\u0642\u0648\u0644")
