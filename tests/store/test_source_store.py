"""What is remembered of sources and their posts."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import postgres
import pytest
from tcp_proxy import Proxy

from briefing.store import DigestRecord, ForgottenCounts, PostRecord, SourceState, Store, VisitRecord

SITE = "https://example.org"
DAY = timedelta(days=1)
START = datetime(2026, 9, 1, 7, 0, tzinfo=UTC)


def _post(name: str, *, hash: str = "1", published: datetime | None = START - DAY, address: str = SITE) -> PostRecord:
    return PostRecord(
        key=f"{SITE}/{name}",
        address=address,
        id=name,
        hash=hash,
        published=published,
        modified=published,
        record=f'{{"title": "{name} {hash} \0 \ud83d"}}',
    )


def _state(at: datetime = START, address: str = SITE) -> SourceState:
    return SourceState(
        address=address,
        kind="feed",
        endpoint=f"{SITE}/feed",
        etag='"1"',
        last_modified="Tue, 01 Sep 2026 07:00:00 GMT",
        changed_after=at - DAY,
        ids='["a", "b"]',
        last_read_at=at,
        last_tried_at=at,
    )


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store(url) as made:
        yield made


def _names(posts: tuple[PostRecord, ...]) -> list[str]:
    return [post.id for post in posts]


def test_visit_is_remembered(store: Store) -> None:
    assert store.source(SITE) is None
    visit = store.keep_visit(_state(), [_post("a"), _post("b")])
    assert visit == VisitRecord(new=(f"{SITE}/a", f"{SITE}/b"))
    assert store.source(SITE) == _state()
    assert store.sources() == (_state(),)
    assert store.post(f"{SITE}/a") == replace(_post("a"), first_seen=START)
    assert store.post(f"{SITE}/none") is None
    assert set(store.posts_of([f"{SITE}/b", f"{SITE}/none"])) == {f"{SITE}/b"}


def test_second_visit_tells_what_changed(store: Store) -> None:
    store.keep_visit(_state(), [_post("a"), _post("b"), _post("c")])
    later = START + DAY
    visit = store.keep_visit(_state(later), [_post("a"), _post("b", hash="2"), _post("d")], gone=["c", "a", "other"])
    assert visit == VisitRecord((f"{SITE}/d",), (f"{SITE}/b",), (f"{SITE}/c",))
    assert store.post(f"{SITE}/b") == replace(_post("b", hash="2"), first_seen=START, changed_at=later)
    assert store.post(f"{SITE}/c") == replace(_post("c"), first_seen=START, gone_at=later)
    assert sorted(_names(store.posts([SITE]))) == ["a", "b", "d"]
    assert store.keep_visit(_state(later + DAY), [_post("c")]) == VisitRecord()
    assert sorted(_names(store.posts([SITE]))) == ["a", "b", "c", "d"]


def test_same_visit_again_says_the_same(store: Store) -> None:
    """As after a commit of which nobody knows whether it happened."""
    store.keep_visit(_state(), [_post("a"), _post("c")])
    again = [
        store.keep_visit(_state(START + DAY), [_post("a", hash="2"), _post("b")], gone=["c"]),
        store.keep_visit(_state(START + DAY), [_post("a", hash="2"), _post("b")], gone=["c"]),
    ]
    assert again[0] == again[1] == VisitRecord((f"{SITE}/b",), (f"{SITE}/a",), (f"{SITE}/c",))


def test_visit_whose_commit_went_unheard(postgresql: postgres.Server) -> None:
    name = postgresql.new_database().rpartition("/")[2]
    with Proxy(postgresql.port) as proxy, Store(postgresql.url(name, proxy.port)) as store:
        proxy.cut_at(b"COMMIT\0", arrives=True)
        assert store.keep_visit(_state(), [_post("a")]) == VisitRecord(new=(f"{SITE}/a",))
        assert proxy.cuts == 1
        assert _names(store.posts([SITE])) == ["a"]


def test_posts_of_a_period(store: Store) -> None:
    """A late one is not lost, whatever its date says, and the archive of a new source is no news."""
    store.keep_visit(_state(), [_post("old"), _post("undated", published=None), _post("future", published=START + DAY)])
    late, future = _post("late", published=START - DAY), _post("2099", published=datetime(2099, 1, 1, tzinfo=UTC))
    store.keep_visit(_state(START + DAY), [late, future, _post("on time", published=START + DAY / 2)])
    store.keep_visit(_state(START + 2 * DAY), [_post("old", hash="2")])
    hour = timedelta(hours=1)
    assert _names(store.posts([SITE], since=START - 2 * DAY, until=START)) == ["old", "late"]
    assert set(_names(store.posts([SITE], since=START, until=START + hour))) == {"undated", "future"}
    assert set(_names(store.posts([SITE], since=START + hour, until=START + DAY + hour))) == {
        "2099", "future", "late", "on time",
    }  # fmt: skip
    assert _names(store.posts([SITE], since=START + DAY + hour, until=START + 3 * DAY)) == ["old"]
    assert len(store.posts([SITE], since=START + DAY + hour)) == 2
    assert store.posts([SITE], until=START - DAY) == ()


def test_two_sources_with_one_post(store: Store) -> None:
    other = "https://example.org/category/news"
    store.keep_visit(_state(), [_post("a")])
    store.keep_visit(_state(START + DAY, other), [_post("a", hash="2", address=other)])
    assert {post.address for post in store.posts([SITE, other])} == {SITE, other}
    assert _names(store.posts([SITE])) == _names(store.posts([other])) == ["a"]
    kept = store.post(f"{SITE}/a")
    assert kept is not None
    assert kept.hash == "2"
    with pytest.raises(ValueError, match="another source"):
        store.keep_visit(_state(), [_post("a", address=other)])


def test_failures_add_up_until_a_visit(store: Store) -> None:
    store.keep_visit(_state(), [_post("a")])
    pause = START + 3 * DAY
    for number in (1, 2):
        at = START + number * DAY
        store.keep_failure(SITE, "503 \0", at, pause)
        store.keep_failure(SITE, "503 \0", at, pause)
    kept = store.source(SITE)
    assert kept == replace(
        _state(), failures=2, last_error="503 \ufffd", last_tried_at=START + 2 * DAY, not_before=pause
    )
    store.keep_visit(_state(pause), [])
    assert store.source(SITE) == _state(pause)


def test_failure_of_a_source_never_read(store: Store) -> None:
    state = store.keep_failure(SITE, "410", START, is_gone=True)
    assert store.source(SITE) == state
    assert (state.failures, state.is_gone, state.last_read_at) == (1, True, None)


def test_time_needs_a_zone(store: Store) -> None:
    with pytest.raises(Exception, match="without a time zone"):
        store.keep_failure(SITE, "503", datetime(2026, 9, 1))  # noqa: DTZ001
    assert store.source(SITE) is None


def test_long_keys_from_outside(store: Store) -> None:
    """PostgreSQL's indexes take 2,700 bytes; a hostile link may be longer."""
    link = "".join(random.Random(7).choices("abcdefghijklmnopqrstuvwxyz0123456789\0", k=20_000))
    store.keep_visit(_state(), [_post(link)], gone=[link + "2"])
    assert _names(store.posts([SITE]))[0].replace("\ufffd", "\0") == link


def test_documents(store: Store) -> None:
    assert store.document("h") is None
    store.keep_documents({"h": '{"text": "ü \0 \ud83d"}', "i": "{}"})
    store.keep_documents({"h": "another", "j": "[]"})
    assert store.document("h") == '{"text": "ü \0 \ud83d"}'
    assert store.documents_of(["h", "i", "j", "k"]) == {"h": '{"text": "ü \0 \ud83d"}', "i": "{}", "j": "[]"}


def test_forget(url: str) -> None:
    with Store(url, now=lambda: START) as store:
        names = ("old", "briefed", "lost", "new")
        posts = [_post(name, hash=name, published=START - (DAY if name == "new" else 30 * DAY)) for name in names]
        store.keep_visit(_state(), posts)
        store.keep_visit(_state(START + timedelta(hours=1)), posts, gone=["lost"])
        store.keep_visit(_state(START + timedelta(hours=2)), [], gone=["lost"])
        store.keep_documents(dict.fromkeys((*names, "of nobody"), "{}"))
        digest = DigestRecord("daily", START - 31 * DAY, START, START, "{}", "{}")
        store.keep_digest(digest, posts=[f"{SITE}/briefed"])
        assert store.forget(START - 2 * DAY) == ForgottenCounts(2, 0, 0)
        assert store.forget(START + timedelta(hours=3)) == ForgottenCounts(1, 1, 4)
        assert _names(store.posts([SITE])) == ["briefed"]
        assert store.document("briefed") == "{}"
        visit = store.keep_visit(_state(START + DAY), [_post("old", hash="old", published=START - 30 * DAY)])
        assert visit == VisitRecord()
        assert set(_names(store.posts([SITE]))) == {"old", "briefed"}


@pytest.mark.long
def test_many_posts_in_one_visit(store: Store) -> None:
    """In a generous time on any machine; benchmarks/store.py has the figures."""
    posts = [_post(str(number)) for number in range(10_000)]
    started = time.monotonic()
    assert len(store.keep_visit(_state(), posts).new) == 10_000
    assert store.keep_visit(_state(START + DAY), posts) == VisitRecord()
    assert len(store.posts([SITE])) == 10_000
    assert len(store.posts_of(post.key for post in posts)) == 10_000
    assert time.monotonic() - started < 60


def _visit_for_ever(url: str, first: int) -> None:
    """Each visit brings a new post and changes the others; the validator says up to which post it goes."""
    with Store(url) as store:
        for number in count(first):
            posts = [_post(str(old), hash=str(number)) for old in range(max(0, number - 5), number + 1)]
            state = replace(_state(START + timedelta(seconds=number)), etag=str(number))
            store.keep_visit(state, posts, gone=[str(number - 6)])


def _check_visits(url: str) -> int:
    """The number of the last visit, once everything is as that visit left it."""
    with Store(url) as store:
        state = store.source(SITE)
        if state is None:
            assert store.posts([SITE]) == ()
            return -1
        last = int(state.etag or "")
        shown = {post.id: post.hash for post in store.posts([SITE])}
        assert shown == {str(number): str(last) for number in range(max(0, last - 5), last + 1)}
        return last


@pytest.mark.long
def test_killed_at_any_instant(url: str) -> None:
    """Thirty times, or until thirty visits came to their end: neither validators nor posts are ever the newer ones."""
    chance, last, kills = random.Random(5), -1, 0
    context = multiprocessing.get_context("fork")
    while kills < 30 or last <= 30:
        kills += 1
        process = context.Process(target=_visit_for_ever, args=(url, last + 1))
        process.start()
        time.sleep(chance.uniform(0.02, 0.3) * (1 + kills / 30))  # a slow machine reaches something, too
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        assert process.exitcode == -signal.SIGKILL
        reached = _check_visits(url)
        assert reached >= last
        last = reached
        if url.startswith("sqlite"):
            with closing(sqlite3.connect(Path(url.removeprefix("sqlite:///")))) as plain:
                assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
