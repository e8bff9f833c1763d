"""The model's answers, in SQLite and PostgreSQL, with other processes at the same database."""

from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from briefing.store import AnswersInfo, Store, StoredAnswer

ANSWER = StoredAnswer("k" * 64, "m", '{"línea": "ü"}', 100, 10, 5, datetime(2026, 9, 1, 12, 0, tzinfo=UTC), 95, 100)


def test_kept_across_runs(url: str) -> None:
    with Store(url) as store:
        assert store.answer(ANSWER.key) is None
        store.keep_answer(ANSWER)
    with Store(url) as store:
        assert store.answer(ANSWER.key) == ANSWER
        assert store.has_answer(ANSWER.key)
        assert not store.has_answer("other")


def test_later_answer_takes_the_place(url: str) -> None:
    with Store(url) as store:
        store.keep_answer(ANSWER)
        store.keep_answer(replace(ANSWER, reply="{}"))
        kept = store.answer(ANSWER.key)
        assert kept is not None
        assert kept.reply == "{}"
        assert store.answers_info().answers == 1


def test_info_and_clear(url: str) -> None:
    later = datetime(2026, 9, 2, tzinfo=UTC)
    with Store(url) as store:
        assert store.answers_info() == AnswersInfo(0, (), 0, None, None)
        store.keep_answer(ANSWER)
        store.keep_answer(replace(ANSWER, key="other", model="n", stored_at=later))
        assert store.answers_info() == AnswersInfo(2, ("m", "n"), 2 * len(ANSWER.reply), ANSWER.stored_at, later)
        assert store.clear_answers() == 2
        assert store.clear_answers() == 0


def test_in_memory() -> None:
    with Store("sqlite://") as store:
        store.keep_answer(ANSWER)
        assert store.answer(ANSWER.key) == ANSWER


def test_what_postgresql_refuses_is_replaced(url: str) -> None:
    with Store(url) as store:
        store.keep_answer(replace(ANSWER, reply="a\0b\ud800c"))
        kept = store.answer(ANSWER.key)
        assert kept is not None
        assert kept.reply == "a\ufffdb\ufffdc"


def _fill(url: str, name: int) -> None:
    with Store(url) as store:
        for number in range(25):
            key = f"{name}-{number}"
            store.keep_answer(replace(ANSWER, key=key))
            assert store.has_answer(key)


@pytest.mark.long
def test_many_processes_write_at_once(url: str) -> None:
    """They also make the tables at once."""
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_fill, args=(url, name)) for name in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    with Store(url) as store:
        assert store.answers_info().answers == 100


def test_killed_writer_leaves_what_it_kept(url: str) -> None:
    code = f"""
import os, signal
from datetime import datetime, UTC
from briefing.store import Store, StoredAnswer
store = Store({url!r})
store.keep_answer(StoredAnswer("kept", "m", "{{}}", 1, 1, 0, datetime(2026, 9, 1, tzinfo=UTC), 1, 1))
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    with Store(url) as store:
        assert store.has_answer("kept")
    if url.startswith("sqlite"):
        plain = sqlite3.connect(url.removeprefix("sqlite:///"))
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        plain.close()
