"""The store with 10,000 posts of one source: kept in one visit, visited again with nothing new, read back.

    python -m benchmarks.store [POSTS]

The saved posts are taken in turn under new keys. Beside it, what SQLite by itself takes to insert the same JSON in one
transaction. A new SQLite file, or with BRIEFING_DATABASE_URL that (empty) database.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import TypeVar

from benchmarks.corpus import wordpress_posts
from briefing.store import PostRecord, SourceState, Store

_Result = TypeVar("_Result")
SITE = "https://example.org"
NOW = datetime(2026, 9, 1, tzinfo=UTC)


def records(wanted: int) -> list[PostRecord]:
    made = []
    for number, (_, post) in enumerate(islice(cycle(wordpress_posts()), wanted)):
        record = json.dumps(asdict(post), default=str, ensure_ascii=False)
        hashed = sha256(record.encode()).hexdigest()
        made.append(
            PostRecord(
                key=f"{SITE}/{number}",
                address=SITE,
                id=str(number),
                hash=hashed,
                published=NOW,
                modified=NOW,
                record=record,
            )
        )
    return made


def timed(what: str, act: Callable[[], _Result]) -> _Result:
    started = time.perf_counter()
    result = act()
    print(f"{what:<44} {time.perf_counter() - started:7.2f} s")
    return result


def insert_plainly(path: Path, posts: list[PostRecord]) -> None:
    with closing(sqlite3.connect(path)) as plain, plain:
        plain.execute("CREATE TABLE posts (key TEXT PRIMARY KEY, record TEXT)")
        plain.executemany("INSERT INTO posts VALUES (?, ?)", [(post.key, post.record) for post in posts])


def visit(store: Store, at: datetime, posts: list[PostRecord]) -> int:
    state = SourceState(address=SITE, last_read_at=at)
    return len(store.keep_visit(state, posts).new)


def main() -> None:
    wanted = int(sys.argv[1]) if sys.argv[1:] else 10_000
    posts = records(wanted)
    chars = sum(len(post.record) for post in posts)
    print(f"{len(posts)} posts, {chars / 1e6:.1f} million characters of JSON")
    with tempfile.TemporaryDirectory() as folder:
        plain, path = Path(folder) / "plain.db", Path(folder) / "briefing.db"
        timed("plain sqlite3, uncompressed", lambda: insert_plainly(plain, posts))
        url = os.environ.get("BRIEFING_DATABASE_URL") or f"sqlite:///{path}"
        with timed("a new database", lambda: Store(url, state_folder=Path(folder))) as store:
            assert timed("a visit, all new", lambda: visit(store, NOW, posts)) == wanted
            assert timed("a visit, nothing new, all shown again", lambda: visit(store, NOW + timedelta(1), posts)) == 0
            assert timed("a visit, 304", lambda: visit(store, NOW + timedelta(2), [])) == 0
            assert len(timed("all read back", lambda: store.posts([SITE]))) == wanted
            later = NOW + timedelta(1)
            assert timed("those of a day without news", lambda: store.posts([SITE], since=later)) == ()
        openings = []
        for _ in range(10):
            started = time.perf_counter()
            Store(url, state_folder=Path(folder)).close()
            openings.append(time.perf_counter() - started)
        print(f"{'opened again (median of 10)':<44} {median(openings) * 1000:7.1f} ms")
        if path.exists():
            print(f"on disk: {path.stat().st_size / 1e6:.1f} MB; plainly {plain.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
