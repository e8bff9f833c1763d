"""A desk's days: a feed on loopback that changes from day to day, read into one store by runs at known times."""

import asyncio
import json
import sqlite3
import zlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from desk_days import DAY, MONDAY, ORCHESTRA, PORT, RYE, Feed, html, morning, order_of
from faults import Server, response

from briefing.config import Settings, settings
from briefing.stories.coverage import Period
from briefing.types import Source
from briefing.workflow.desk_run import Desk, Edition, Order, series_of


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return settings(
        database_url=f"sqlite:///{tmp_path}/desk.db", allow_private_hosts=frozenset({"127.0.0.1"}), pause_seconds=0
    )


def told(edition: Edition) -> list[tuple[str, str | None]]:
    return [(story.title, story.standing) for story in edition.made.digest.stories]


def test_a_first_run_covers_a_day_and_has_no_past(held: Settings) -> None:
    old = replace(RYE, name="old", at=MONDAY - 2 * DAY)
    with Server(Feed([PORT, old])) as wire:
        edition = morning(held, order_of(wire), MONDAY)
    assert told(edition) == [(PORT.title, None)]
    assert edition.made.digest.compared_with is None
    assert edition.made.digest.since == MONDAY - DAY


def test_a_second_run_with_nothing_new_asks_once_and_cleans_nothing(
    held: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server(Feed([PORT, RYE])) as wire:
        morning(held, order_of(wire), MONDAY)
        wire.asked.clear()
        monkeypatch.setattr("briefing.workflow.gathering.clean", lambda post: pytest.fail("cleaned again"))
        edition = morning(held, order_of(wire), MONDAY + timedelta(minutes=1))
        assert [asked.headers["if-none-match"] for asked in wire.asked] != [""]
        assert len(wire.asked) == 1
        assert edition.is_empty
        assert edition.is_quiet
        week = morning(held, order_of(wire, period=Period(MONDAY - 7 * DAY, MONDAY + DAY)), MONDAY + DAY)
        assert len(week.made.documents) == 2, "read back from the store, cleaned as they were"


def test_what_is_new_is_told_and_what_was_told_is_not_repeated(held: Settings) -> None:
    feed = Feed([PORT, RYE])
    with Server(feed) as wire:
        assert len(told(morning(held, order_of(wire), MONDAY))) == 2
        feed.items.append(ORCHESTRA)
        tuesday = morning(held, order_of(wire), MONDAY + DAY)
        assert told(tuesday) == [(ORCHESTRA.title, "new")]
        assert tuesday.made.digest.compared_with == MONDAY


def test_a_run_for_a_period_of_its_own_hides_nothing_from_the_next(held: Settings) -> None:
    feed = Feed([PORT])
    with Server(feed) as wire:
        morning(held, order_of(wire), MONDAY)
        feed.items += [ORCHESTRA, replace(RYE, at=MONDAY + timedelta(hours=8))]
        afternoon = MONDAY + timedelta(hours=9)
        hour = order_of(wire, period=Period(afternoon - timedelta(hours=2), afternoon))
        assert [title for title, _ in told(morning(held, hour, afternoon))] == [RYE.title]
        tuesday = morning(held, order_of(wire), MONDAY + DAY)
        assert {title for title, _ in told(tuesday)} == {ORCHESTRA.title, RYE.title}
        assert tuesday.made.digest.since == MONDAY + timedelta(microseconds=1)


def test_the_same_period_again_is_compared_with_the_same_past(held: Settings) -> None:
    with Server(Feed([PORT, RYE])) as wire:
        day = order_of(wire, period=Period(MONDAY - DAY, MONDAY))
        first, again = morning(held, day, MONDAY), morning(held, day, MONDAY + timedelta(hours=1))
    assert told(first) == told(again)
    assert first.made.digest.compared_with is again.made.digest.compared_with is None


def test_a_post_that_its_source_shows_late_is_not_lost(held: Settings) -> None:
    feed = Feed([PORT])
    with Server(feed) as wire:
        morning(held, order_of(wire), MONDAY)
        feed.items.append(RYE)  # dated before Monday's run, behind some cache until after it
        assert told(morning(held, order_of(wire), MONDAY + DAY)) == [(RYE.title, "new")]


def test_an_edit_of_a_briefed_post_is_a_correction_once(held: Settings) -> None:
    feed = Feed([PORT, RYE])
    with Server(feed) as wire:
        morning(held, order_of(wire), MONDAY)
        feed.items[0] = replace(PORT, text=PORT.text.replace("4 million", "9 million"))
        tuesday = morning(held, order_of(wire), MONDAY + DAY).made.digest
        (correction,) = tuesday.corrections
        assert correction.kind == "changed"
        assert ("4 million" in correction.changes[0].before, "9 million" in correction.changes[0].after) == (True, True)
        assert morning(held, order_of(wire), MONDAY + 2 * DAY).is_empty


def test_a_past_that_cannot_be_read_is_no_past(held: Settings, tmp_path: Path) -> None:
    feed = Feed([PORT])
    with Server(feed) as wire:
        morning(held, order_of(wire), MONDAY)
        with sqlite3.connect(tmp_path / "desk.db") as database:
            database.execute("UPDATE stories SET record = ?", (zlib.compress(b'{"of": "another version"}'),))
        feed.items.append(ORCHESTRA)
        assert told(morning(held, order_of(wire), MONDAY + DAY)) == [(ORCHESTRA.title, "new")]


def test_markup_that_changes_with_every_visit_is_no_change(held: Settings) -> None:
    feed = Feed([PORT])
    with Server(feed) as wire:
        morning(held, order_of(wire), MONDAY)
        feed.items[0] = replace(PORT, text=PORT.text + '<span data-nonce="8f3a"></span>')
        assert morning(held, order_of(wire), MONDAY + DAY).is_empty


def test_a_run_that_died_before_it_was_kept_is_made_again(held: Settings) -> None:
    feed = Feed([PORT])
    with Server(feed) as wire:
        lost = morning(held, order_of(wire), MONDAY, is_kept=False)
        again = morning(held, order_of(wire), MONDAY + timedelta(minutes=2))
        assert told(lost) == told(again) == [(PORT.title, None)]


def test_what_a_filter_leaves_out_is_counted(held: Settings) -> None:
    with Server(Feed([PORT, RYE])) as wire:
        order = order_of(wire)
        narrowed = replace(order, sources=(replace(order.sources[0], include=("Sfax",)),))
        covered = morning(held, narrowed, MONDAY).made.digest.coverage
    assert [(left.what, left.why) for left in covered.posts_dropped] == [
        (RYE.title, "left out by the source's filters")
    ]
    assert covered.posts_read == 2


def test_one_failing_source_does_not_stop_the_rest(held: Settings) -> None:
    good, bad = Feed([PORT]), Feed([RYE])
    with Server(good) as wire, Server(bad) as other:
        order = order_of(wire, other)
        assert len(told(morning(held, order, MONDAY))) == 2
        good.items.append(ORCHESTRA)
        bad.fails = response(429, headers={"Retry-After": "7200"})
        tuesday = morning(held, order, MONDAY + DAY)
        covered = tuesday.made.digest.coverage
        assert told(tuesday) == [(ORCHESTRA.title, "new")]
        assert [failure.what for failure in covered.sources_failed] == ["wire 2"]
        assert "24 hours ago" in covered.sources_stale[0].why
        asked = len(other.asked)
        soon = morning(held, order, MONDAY + DAY + timedelta(hours=1))
        assert len(other.asked) == asked, "it asked to be left alone for two hours"
        assert "left alone until 2026-06-23 09:00" in soon.gathered.loaded.sources_failed[0].why
        bad.fails = b""
        morning(held, order, MONDAY + DAY + timedelta(hours=3))
        assert len(other.asked) == asked + 1


def test_a_source_that_is_gone_is_not_asked_again(held: Settings) -> None:
    with Server(Feed(fails=response(410))) as wire:
        morning(held, order_of(wire), MONDAY)
        edition = morning(held, order_of(wire), MONDAY + DAY)
        assert len(wire.asked) == 1
        assert "take it out of briefing.toml" in edition.gathered.loaded.sources_failed[0].why


def test_a_scheduled_run_keeps_the_interval_and_backs_off(held: Settings) -> None:
    feed = Feed([PORT])
    with Server(feed) as wire:
        order = order_of(wire, is_scheduled=True)
        morning(held, order, MONDAY)
        morning(held, order, MONDAY + timedelta(minutes=59))
        assert len(wire.asked) == 1
        feed.fails = response(404)
        morning(held, order, MONDAY + timedelta(minutes=61))
        asked = len(wire.asked)
        morning(held, order, MONDAY + timedelta(minutes=90))
        assert len(wire.asked) == asked, "it failed an hour ago at most"
        morning(held, replace(order, is_scheduled=False), MONDAY + timedelta(minutes=91))
        assert len(wire.asked) == asked + 1, "a person may ask at once"


def test_a_question_is_answered_each_day_and_says_what_it_said_before(held: Settings) -> None:
    feed = Feed([PORT])
    questions = ("How many ships are waiting outside the harbour?", "Who pays for the tour of the orchestra?")
    with Server(feed) as wire:
        order = order_of(wire, questions=questions)
        first = {a.question: a for a in morning(held, order, MONDAY).made.digest.answers}
        assert first[questions[0]].state != "unanswered"
        assert first[questions[1]].state == "unanswered"
        assert first[questions[0]].before is None
        feed.items.append(ORCHESTRA)
        second = {a.question: a for a in morning(held, order, MONDAY + DAY).made.digest.answers}
        assert second[questions[0]].before == first[questions[0]].state
        assert second[questions[0]].before_at == MONDAY


def test_history_is_asked_too(held: Settings) -> None:
    with Server(Feed([PORT])) as wire:
        morning(held, order_of(wire), MONDAY)

    async def ask() -> str:
        async with Desk.opened(held, now=MONDAY + 3 * DAY) as desk:
            gathered = await desk.gather(Order(()))
            documents = desk.documents(gathered, has_history=True)
            return (await desk.ask("How many ships are waiting outside the harbour?", documents)).claims[0].text

    assert "Eleven ships" in asyncio.run(ask())


def test_files_have_no_past(held: Settings, tmp_path: Path) -> None:
    file = tmp_path / "posts.json"
    file.write_text(json.dumps([{"title": PORT.title, "content": html(PORT.text)}]), encoding="utf-8")
    sources = (Source("posts.json", str(file)),)
    order = Order(sources, series=series_of(sources, is_given=True))
    for now in (MONDAY, MONDAY + DAY):
        assert told(morning(held, order, now)) == [(PORT.title, None)]


def test_earlier_posts_are_fetched_where_an_earlier_period_is_asked_for(held: Settings) -> None:
    """A feed holds what it holds, but what lies before the first visit's period is not news to the next digest."""
    old = replace(RYE, at=MONDAY - 5 * DAY)
    with Server(Feed([PORT, old])) as wire:
        assert told(morning(held, order_of(wire), MONDAY)) == [(PORT.title, None)]
        week = order_of(wire, period=Period(MONDAY - 7 * DAY, MONDAY + timedelta(hours=1)), series=None)
        assert {title for title, _ in told(morning(held, week, MONDAY + timedelta(hours=1)))} == {PORT.title, old.title}
        assert morning(held, order_of(wire), MONDAY + DAY).is_empty
