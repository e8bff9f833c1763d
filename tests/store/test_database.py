"""Transactions, refusals and faults, on real files and a real server."""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

import postgres
import pytest
import sqlalchemy as sa
from tcp_proxy import Proxy

from briefing.exceptions import ConfigError
from briefing.store import Store, StoredAnswer
from briefing.store.database import (
    BUSY_SECONDS,
    ConnectionLostError,
    Database,
    SchemaPart,
    insert_missing,
    meta,
    upsert,
)

ANSWER = StoredAnswer("k" * 64, "m", "{}", 100, 10, 5, datetime(2026, 9, 1, 12, 0, tzinfo=UTC), 95, 100)

_tables = sa.MetaData()
_things = sa.Table(
    "things", _tables, sa.Column("name", sa.String(40), primary_key=True), sa.Column("number", sa.Integer)
)
THINGS = SchemaPart("things", _tables)


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    made = Database(url)
    made.prepare(THINGS)
    yield made
    made.close()


def _file(tmp_path: Path) -> tuple[Path, str]:
    path = tmp_path / "deep" / "briefing.db"
    return path, f"sqlite:///{path}"


def _things_in(database: Database) -> dict[str, int]:
    with database.reading() as connection:
        return {row.name: row.number for row in connection.execute(sa.select(_things))}


def test_transaction_is_kept_whole_or_not_at_all(database: Database) -> None:
    with database.writing() as connection:
        upsert(connection, _things, [{"name": "kept", "number": 1}])
    with pytest.raises(ZeroDivisionError), database.writing_durably() as connection:  # noqa: PT012
        upsert(connection, _things, [{"name": "kept", "number": 2}, {"name": "other", "number": 2}])
        raise ZeroDivisionError
    assert _things_in(database) == {"kept": 1}


def test_upsert_and_insert_missing(database: Database) -> None:
    with database.writing() as connection:
        upsert(connection, _things, [])
        upsert(connection, _things, [{"name": "a", "number": 1}, {"name": "b", "number": 1}])
        upsert(connection, _things, [{"name": "b", "number": 2}, {"name": "c", "number": 2}])
        insert_missing(connection, _things, [{"name": "c", "number": 3}, {"name": "d", "number": 3}])
    assert _things_in(database) == {"a": 1, "b": 2, "c": 2, "d": 3}


def test_reading_sees_one_state(database: Database) -> None:
    with database.reading() as connection:
        assert connection.execute(sa.select(_things)).all() == []
        with database.writing() as other:
            upsert(other, _things, [{"name": "new", "number": 1}])
        assert connection.execute(sa.select(_things)).all() == []
    assert _things_in(database) == {"new": 1}


def test_unique_is_told_as_such(database: Database) -> None:
    """A module may rely on a constraint of its own."""
    row = {"name": "a", "number": 1}
    with pytest.raises(sa.exc.IntegrityError), database.writing() as connection:  # noqa: PT012
        connection.execute(sa.insert(_things), row)
        connection.execute(sa.insert(_things), row)


def _count_up(url: str, rounds: int) -> None:
    database = Database(url)
    for _ in range(rounds):
        with database.writing() as connection:
            number = connection.execute(sa.select(_things.c.number).where(_things.c.name == "n")).scalar_one()
            upsert(connection, _things, [{"name": "n", "number": number + 1}])
    database.close()


@pytest.mark.long
def test_writers_that_read_first_lose_nothing(database: Database, url: str) -> None:
    """In deferred mode SQLite fails here at once; in READ COMMITTED PostgreSQL loses counts."""
    with database.writing() as connection:
        upsert(connection, _things, [{"name": "n", "number": 0}])
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_count_up, args=(url, 100)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 3
    assert _things_in(database) == {"n": 300}


def test_wait_for_a_writer_ends(database: Database, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.store.database.BUSY_SECONDS", 1.0)
    impatient = Database(url)
    started = time.monotonic()
    with (
        database.writing(),
        pytest.raises(ConfigError, match=r"locked|lock timeout"),
        impatient.writing(),
    ):
        pass
    assert 0.5 < time.monotonic() - started < BUSY_SECONDS
    impatient.close()


def test_durable_writes_are_synced(tmp_path: Path) -> None:
    _, url = _file(tmp_path)
    database = Database(url)
    database.prepare(THINGS)
    levels = []
    for transaction in (database.writing, database.writing_durably, database.writing, database.reading):
        with transaction() as connection:
            levels.append(connection.exec_driver_sql("PRAGMA synchronous").scalar())
    assert levels == [1, 2, 1, 1]
    database.close()


def test_durable_writes_are_synced_in_postgresql(postgresql: postgres.Server) -> None:
    database = Database(postgresql.new_database())
    with database.writing_durably() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
    database.close()


_JOURNALS: Final[tuple[Literal["wal", "delete"], ...]] = ("wal", "delete")


def test_journal_on_a_network_filesystem(tmp_path: Path) -> None:
    """A file that was in WAL mode leaves it, and every write is synced."""
    path, url = _file(tmp_path)
    for journal in _JOURNALS:
        database = Database(url, journal=journal)
        database.prepare(THINGS)
        with database.writing() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == journal
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == (1 if journal == "wal" else 2)
            upsert(connection, _things, [{"name": journal, "number": 1}])
        database.close()
    assert [file.name for file in path.parent.iterdir()] == ["briefing.db"]


def test_files_are_their_owners_alone(tmp_path: Path) -> None:
    path, url = _file(tmp_path)
    with Store(url) as store:
        store.keep_answer(ANSWER)
        assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


def test_not_a_database(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database, and long enough to be none" * 50)
    with pytest.raises(ConfigError, match="file is not a database"):
        Store(f"sqlite:///{tmp_path}/notes.txt")


def test_database_of_another_program(url: str) -> None:
    database = Database(url)
    with database.writing() as connection:
        _things.create(connection)
    with pytest.raises(ConfigError, match="another program"):
        Store(url)
    with database.reading() as connection:
        assert sa.inspect(connection).get_table_names() == ["things"]
    database.close()


def test_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be written"):
        Store(f"sqlite:///{tmp_path}")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """One that everybody may reach, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def as_nobody() -> Iterator[None]:
    """Root may write anywhere: as root, a test that is to be refused runs as another user."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield
    os.seteuid(user)


@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, 0o666), (0o555, None), (0o777, 0o000)])
def test_what_may_not_be_written(
    open_folder: Path, folder_mode: int, file_mode: int | None, request: pytest.FixtureRequest
) -> None:
    """A read-only folder, with the database in it or not, and a file of another owner."""
    path = open_folder / "briefing.db"
    if file_mode is not None:
        Store(f"sqlite:///{path}").close()
        path.chmod(file_mode)
    open_folder.chmod(folder_mode)
    request.getfixturevalue("as_nobody")
    with pytest.raises(ConfigError, match="cannot be written"):
        Store(f"sqlite:///{path}")


@pytest.mark.parametrize("url", ["nonsense", "nosuchkind://host/db", "mysql://host/db"])
def test_url_of_no_database(url: str) -> None:
    with pytest.raises(ConfigError, match="no such kind of database"):
        Store(url)


def test_server_that_is_not_there() -> None:
    with pytest.raises(ConfigError) as caught:
        Store("postgres://owner:secret@127.0.0.1:9/none")
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_full_disk_is_said(tmp_path: Path) -> None:
    """`max_page_count` stands in for a disk that is full."""
    _, url = _file(tmp_path)
    with Store(url) as store:
        with store.database.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(ConfigError, match="full"):
            store.keep_answer(replace(ANSWER, reply="x" * 1_000_000))
        assert store.answer(ANSWER.key) is None


def _write_within(url: str, most_bytes: int) -> None:
    with Store(url) as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
        store.keep_answer(ANSWER)
        with pytest.raises(ConfigError, match=r"cannot be used: (disk I/O error|database or disk is full)"):
            store.keep_answer(replace(ANSWER, key="other", reply="x" * most_bytes))
        assert store.answer(ANSWER.key) == ANSWER


def test_file_that_may_not_grow(tmp_path: Path) -> None:
    path, url = _file(tmp_path)
    process = multiprocessing.get_context("spawn").Process(target=_write_within, args=(url, 2**20))
    process.start()
    process.join()
    assert process.exitcode == 0
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with Store(url) as store:
        assert store.answer(ANSWER.key) == ANSWER
        assert not store.has_answer("other")


def test_import_is_cheap() -> None:
    code = "import sys, briefing.store; assert 'sqlalchemy' not in sys.modules; briefing.store.Store"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.fixture
def cut(postgresql: postgres.Server) -> Iterator[tuple[Database, Proxy]]:
    """A database behind a line that can be cut."""
    direct = postgresql.new_database()
    with Proxy(postgresql.port) as proxy:
        database = Database(postgresql.url(direct.rpartition("/")[2], proxy.port))
        database.prepare(THINGS)
        yield database, proxy
        database.close()


def _add(connection: sa.Connection) -> bool:
    """Not to be done twice, so it asks first; returns whether it was done already."""
    if connection.scalar(sa.select(sa.func.count()).select_from(meta).where(meta.c.name == "done")):
        return True
    upsert(connection, meta, [{"name": "done", "value": "yes"}])
    connection.execute(sa.insert(_things).values(name=f"added {datetime.now(UTC)}", number=1))
    return False


def test_line_cut_in_a_transaction(cut: tuple[Database, Proxy]) -> None:
    database, proxy = cut
    with pytest.raises(ConnectionLostError), database.writing() as connection:  # noqa: PT012
        _add(connection)
        proxy.cut()
        connection.execute(sa.select(_things))
    assert _things_in(database) == {}
    database.write(_add)
    assert len(_things_in(database)) == 1


@pytest.mark.parametrize("arrives", [True, False])
def test_line_cut_at_the_commit(cut: tuple[Database, Proxy], arrives: bool) -> None:
    """Whether the commit arrived or not, what was to be done once is done once."""
    database, proxy = cut
    proxy.cut_at(b"COMMIT\0", arrives=arrives)
    assert database.write(_add) is arrives
    assert proxy.cuts == 1
    assert len(_things_in(database)) == 1


def test_server_that_stays_away(cut: tuple[Database, Proxy]) -> None:
    database, proxy = cut
    proxy.close()
    with pytest.raises(ConnectionLostError):
        database.write(_add)


def test_server_that_comes_back(cut: tuple[Database, Proxy]) -> None:
    database, proxy = cut
    proxy.is_refusing = True
    proxy.cut()
    timer = threading.Timer(0.4, lambda: setattr(proxy, "is_refusing", False))
    timer.start()
    database.write(_add, durably=True)
    timer.join()
    assert len(_things_in(database)) == 1
