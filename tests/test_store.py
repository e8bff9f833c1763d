"""The store on real SQLite files, with other processes at the same file."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlalchemy.schema import CreateTable

from briefing.exceptions import ConfigError
from briefing.store import AnswersInfo, Store, StoredAnswer, _answers, _meta

ANSWER = StoredAnswer("k" * 64, "m", '{"línea": "ü"}', 100, 10, 5, datetime(2026, 9, 1, 12, 0, tzinfo=UTC))


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/deep/briefing.db"


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


def test_file_is_its_owners_alone(url: str) -> None:
    with Store(url) as store:
        store.keep_answer(ANSWER)
        folder = Path(url.removeprefix("sqlite:///")).parent
        assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_modes(url: str) -> None:
    with Store(url):
        pass
    with sqlite3.connect(url.removeprefix("sqlite:///")) as plain:
        assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert plain.execute("SELECT value FROM meta WHERE name = 'schema_version'").fetchone() == ("1",)
    plain.close()


def test_newer_schema_is_left_alone(url: str) -> None:
    with Store(url):
        pass
    path = url.removeprefix("sqlite:///")
    plain = sqlite3.connect(path)
    plain.execute("UPDATE meta SET value = '99'")
    plain.commit()
    plain.close()
    with pytest.raises(ConfigError, match="newer briefing"):
        Store(url)


def test_not_a_database(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database, and long enough to be none" * 50)
    with pytest.raises(ConfigError, match="file is not a database"):
        Store(f"sqlite:///{tmp_path}/notes.txt")


def test_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be written"):
        Store(f"sqlite:///{tmp_path}")


def test_folder_that_is_read_only(tmp_path: Path) -> None:
    """Root may write anywhere but where the kernel itself refuses."""
    tmp_path.chmod(0o500)
    folder = tmp_path if os.geteuid() else Path("/proc/self")
    with pytest.raises(ConfigError, match="cannot be written"):
        Store(f"sqlite:///{folder}/briefing.db")


@pytest.mark.parametrize("url", ["nonsense", "nosuchkind://host/db"])
def test_url_of_no_database(url: str) -> None:
    with pytest.raises(ConfigError, match="no such kind of database"):
        Store(url)


def test_full_disk_is_said(url: str) -> None:
    """`max_page_count` stands in for a disk that is full."""
    with Store(url) as store:
        with store._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(ConfigError, match="full"):
            store.keep_answer(replace(ANSWER, reply="x" * 1_000_000))
        assert store.answer(ANSWER.key) is None


def _fill(url: str, name: int) -> None:
    with Store(url) as store:
        for number in range(25):
            key = f"{name}-{number}"
            store.keep_answer(replace(ANSWER, key=key))
            assert store.has_answer(key)


def test_many_processes_write_at_once(url: str) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_fill, args=(url, name)) for name in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    with Store(url) as store:
        assert store.answers_info().answers == 100


def test_killed_writer_leaves_what_it_kept(url: str, tmp_path: Path) -> None:
    code = f"""
import os, signal
from datetime import datetime, UTC
from briefing.store import Store, StoredAnswer
store = Store({url!r})
store.keep_answer(StoredAnswer("kept", "m", "{{}}", 1, 1, 0, datetime(2026, 9, 1, tzinfo=UTC)))
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    with Store(url) as store:
        assert store.has_answer("kept")
    plain = sqlite3.connect(url.removeprefix("sqlite:///"))
    assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    plain.close()


def test_tables_compile_for_postgresql() -> None:
    dialect = make_url("postgresql://").get_dialect()()
    for table in (_meta, _answers):
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))


def test_password_is_not_shown() -> None:
    with pytest.raises(ConfigError) as caught:
        Store("nosuchkind://user:hunter2@host/db")
    assert "hunter2" not in str(caught.value)
