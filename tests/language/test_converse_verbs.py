"""Verbs that tell one event from its two sides."""

import pytest

from briefing.language.converse_verbs import sides
from briefing.language.words import fold


def events(verb: str, language: str) -> dict[int, bool]:
    """Event → whether the verb's subject is its other actor."""
    return {event: is_turned for event, is_turned, _ in sides(fold(verb), language)}


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("defeated", "lost", "en"),
        ("sold", "bought", "en"),
        ("gave", "received", "en"),
        ("bat", "perdu", "fr"),
        ("vend", "achète", "fr"),
        ("venció", "perdió", "es"),
        ("منحت", "حصلت", "ar"),
    ],
)
def test_the_two_sides_of_an_event_name_it_the_other_way_round(one: str, other: str, language: str) -> None:
    mine, theirs = events(one, language), events(other, language)
    assert any(event in theirs and theirs[event] != is_turned for event, is_turned in mine.items())


def test_two_verbs_of_one_side_tell_it_alike() -> None:
    assert events("beat", "en") == events("defeated", "en")


def test_an_unknown_verb_or_language_tells_no_event() -> None:
    assert sides("walked", "en") == sides("beat", "ja") == ()
