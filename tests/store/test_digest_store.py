"""What was briefed, and what the past of a digest is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.store import AnswerGiven, BriefedStory, DigestRecord, Store

DAY = timedelta(days=1)
START = datetime(2026, 9, 1, 7, 0, tzinfo=UTC)
QUESTION = "What is Morocco's role?"


def _digest(day: int, series: str = "daily", text: str = "") -> DigestRecord:
    until = START + day * DAY
    return DigestRecord(series, until - DAY, until, until, f'{{"day": {day}, "text": "{text}"}}', '{"documents": []}')


def _story(day: int, id: str, series: str = "daily", first: int | None = None) -> BriefedStory:
    first_at = START + (day if first is None else first) * DAY
    return BriefedStory(series, id, first_at, START + day * DAY, f'{{"day": {day}}}')


def _answer(day: int, state: str, series: str = "daily") -> AnswerGiven:
    return AnswerGiven(series, QUESTION, START + day * DAY, state, f'{{"day": {day}}}')


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store(url) as made:
        yield made


def test_digests_newest_first(store: Store) -> None:
    assert store.digests() == ()
    assert store.last_digest("daily") is None
    for day in (2, 0, 1):
        store.keep_digest(_digest(day))
    store.keep_digest(_digest(1, "weekly"))
    assert store.digests("daily") == (_digest(2), _digest(1), _digest(0))
    assert store.digests() == (_digest(2), _digest(1), _digest(1, "weekly"), _digest(0))
    assert store.digests("daily", since=START + DAY) == (_digest(2),)
    assert store.digests(limit=1) == (_digest(2),)
    assert store.series() == ("daily", "weekly")
    assert store.last_digest("daily") == _digest(2)
    assert store.last_digest("daily", START + 2 * DAY) == _digest(1)
    assert store.last_digest("daily", START) is None


def test_digest_made_again_replaces_its_own(store: Store) -> None:
    store.keep_digest(_digest(0), [_story(0, "a")], [_answer(0, "answered")])
    store.keep_digest(_digest(1), [_story(1, "a", first=0), _story(1, "b")], [_answer(1, "partly")])
    store.keep_digest(_digest(1, text="again"), [_story(1, "c")])
    assert store.digests() == (_digest(1, text="again"), _digest(0))
    assert {story.id: story for story in store.briefed("daily")} == {"a": _story(0, "a"), "c": _story(1, "c")}
    assert store.last_answer("daily", QUESTION) == _answer(0, "answered")


def test_past_of_a_digest_is_without_itself(store: Store) -> None:
    store.keep_digest(_digest(0), [_story(0, "a"), _story(0, "b")], [_answer(0, "unanswered")])
    store.keep_digest(_digest(1), [_story(1, "a", first=0)], [_answer(1, "answered")])
    store.keep_digest(_digest(1, "weekly"), [_story(1, "a", "weekly")], [_answer(1, "partly", "weekly")])
    end = START + DAY
    assert store.briefed("daily", before=end) == (_story(0, "a"), _story(0, "b"))
    assert set(store.briefed("daily", before=end + DAY)) == {_story(1, "a", first=0), _story(0, "b")}
    assert store.briefed("daily", since=end, before=end + DAY) == (_story(1, "a", first=0),)
    assert store.last_answer("daily", QUESTION, end) == _answer(0, "unanswered")
    assert store.last_answer("daily", QUESTION, end + DAY) == _answer(1, "answered")
    assert store.last_answer("daily", QUESTION, START) is None
    assert store.last_answer("daily", "another?") is None


def test_nothing_is_kept_of_a_digest_that_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="another series"):
        store.keep_digest(_digest(0), [_story(0, "a", "weekly")])
    with pytest.raises(Exception, match="without a time zone"):
        store.keep_digest(_digest(0), [replace(_story(0, "a"), last_at=datetime(2026, 9, 1))])  # noqa: DTZ001
    assert store.digests() == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec=None)), minutes=st.integers(-(10**8), 10**8), offset=st.integers(-720, 720))
def test_any_text_and_time_come_back(store: Store, text: str, minutes: int, offset: int) -> None:
    until = (START + timedelta(minutes=minutes)).astimezone(timezone(timedelta(minutes=offset)))
    record = DigestRecord("any", until - DAY, until, until, text, text)
    store.keep_digest(record)
    assert record in store.digests("any")
