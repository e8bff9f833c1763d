"""Which stories are told, in which order, and the reasons given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from story_samples import QUAKE, QUAKE_TOLD_ELSEWHERE, RATES, by_key, later, post, read

from briefing.stories.clustering import group
from briefing.stories.ranking import MOST_TOLD, arrange, outlets
from briefing.types import Source, Story

_READ = read(post("a", QUAKE), post("b", QUAKE_TOLD_ELSEWHERE), post("c", RATES, at=later(0.5)))
(TWO,) = group(_READ[:2])
(ONE,) = group(_READ[2:])


def arranged(
    stories: Sequence[Story], questions: Sequence[str] = (), **given: Any
) -> tuple[tuple[Story, ...], tuple[Story, ...]]:
    """What is told and what is only named of the stories; a question is asked of those of the three posts only."""
    return arrange(stories, documents=by_key(_READ), questions=questions, **given)


def numbered(count: int, *, source: str = "", weight: float = 0.0) -> list[Story]:
    """Stories of one post each, all of one source where it is given."""
    posts = [
        post(f"p{number}", (f"{RATES[0]} {number}", *RATES[1:]), source=source or f"site {number}", at=later(-weight))
        for number in range(count)
    ]
    return [story for one in read(*posts) for story in group([one])]


def told_of(stories: tuple[Story, ...]) -> list[str]:
    return [story.summaries[0].post.key for story in stories]


def test_more_sources_come_first_and_the_reason_says_how_many() -> None:
    told, also = arranged([ONE, TWO])
    assert told_of(told) == ["a", "c"]
    assert also == ()
    assert (told[0].reasons[0].kind, told[0].reasons[0].value) == ("sources", "2")


def test_a_question_of_the_desk_comes_before_more_sources() -> None:
    told, _ = arranged([TWO, ONE], questions=["Will the Bank of Norland raise its key rate?"])
    assert told_of(told) == ["c", "a"]
    assert told[0].reasons[0].kind == "question"
    assert not any(reason.kind == "question" for reason in told[1].reasons)


@pytest.mark.parametrize("standing", ["correction", "update", "new"])
def test_what_goes_on_without_news_comes_last(standing: str) -> None:
    going_on = replace(TWO, standing="continuing")
    news = replace(ONE, standing=standing)  # type: ignore[arg-type]
    told, _ = arranged([going_on, news])
    assert [story.standing for story in told] == [standing, "continuing"]
    assert any(reason.value == standing for reason in told[0].reasons)


def test_copies_are_no_sources() -> None:
    (story,) = group(read(post("a", QUAKE), post("copy", ("Other headline", *QUAKE[1:]))))
    assert outlets(story) == {"a"}


def test_a_prolific_site_does_not_fill_the_page() -> None:
    told, _ = arranged([*numbered(12, source="prolific"), *numbered(3, weight=0.4)])
    sources = [story.summaries[0].post.source for story in told]
    assert set(sources) == {"prolific", "site 0", "site 1", "site 2"}


def test_weight_orders_and_never_hides() -> None:
    light = {"site 1": Source("site 1", "-", weight=0.1), "site 0": Source("site 0", "-", weight=3)}
    told, also = arranged(numbered(3), sources=light)
    assert told_of(told) == ["p0", "p2", "p1"]
    assert also == ()
    assert ("weight", "3") in [(reason.kind, reason.value) for reason in told[0].reasons]


def test_sections_stand_together() -> None:
    stories = [replace(story, section="AB"[at % 2]) for at, story in enumerate(numbered(6))]
    told, _ = arranged(stories)
    assert [story.section for story in told] in (list("AAABBB"), list("BBBAAA"))


@given(st.integers(0, 15), st.integers(1, MOST_TOLD))
def test_every_story_is_told_or_named_with_a_reason(count: int, most: int) -> None:
    told, also = arranged(MANY[:count], most=most)
    assert len(told) == min(count, most)
    assert sorted(told_of(told + also)) == sorted(told_of(tuple(MANY[:count])))
    assert all(story.reasons for story in told + also)


MANY = numbered(15)
