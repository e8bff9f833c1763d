"""From one schema to the next: whole or not at all, with a copy beside it, and never back."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from briefing.exceptions import ConfigError
from briefing.store import SourceState, Store, StoredAnswer
from briefing.store.database import Database, SchemaPart, meta
from briefing.store.tables import STORE

SCHEMA_1 = (
    """CREATE TABLE meta (
        name VARCHAR(40) NOT NULL,
        value VARCHAR(200) NOT NULL,
        PRIMARY KEY (name)
    )""",
    """CREATE TABLE answers (
        "key" VARCHAR(64) NOT NULL,
        model TEXT NOT NULL,
        reply TEXT NOT NULL,
        input_tokens BIGINT NOT NULL,
        output_tokens BIGINT NOT NULL,
        cached_tokens BIGINT NOT NULL,
        stored_at VARCHAR(32) NOT NULL,
        PRIMARY KEY ("key")
    )""",
    "INSERT INTO meta VALUES ('schema_version', '1')",
    "INSERT INTO answers VALUES ('kept', 'm', '{}', 100, 10, 5, '2026-09-01T12:00:00+00:00')",
)
KEPT = StoredAnswer("kept", "m", "{}", 100, 10, 5, datetime(2026, 9, 1, 12, tzinfo=UTC), 95, 100)

_tables = sa.MetaData()
_issues = sa.Table("issues", _tables, sa.Column("id", sa.Integer, primary_key=True))
_tables_now = sa.MetaData()
_issues_now = sa.Table("issues", _tables_now, sa.Column("id", sa.Integer, primary_key=True), sa.Column("note", sa.Text))
_more_now = sa.Table("more", _tables_now, sa.Column("id", sa.Integer, primary_key=True))


def _add_note(connection: sa.Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE issues ADD COLUMN note TEXT")


ISSUES_1 = SchemaPart("issues", _tables)
ISSUES_2 = SchemaPart("issues", _tables_now, (_add_note,))


def _as_schema_1(url: str) -> None:
    engine = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        for statement in SCHEMA_1:
            connection.exec_driver_sql(statement)
    engine.dispose()


def _shape(url: str) -> dict[str, Any]:
    """Columns, keys and indexes of every table."""
    database = Database(url)
    with database.reading() as connection:
        found = sa.inspect(connection)
        shape = {
            name: (
                [(column["name"], str(column["type"]), column["nullable"]) for column in found.get_columns(name)],
                found.get_pk_constraint(name)["constrained_columns"],
                sorted(str(index["name"]) for index in found.get_indexes(name)),
            )
            for name in found.get_table_names()
        }
    database.close()
    return shape


def _copies(path: Path) -> list[Path]:
    return sorted(path.parent.glob("*.bak"))


@pytest.fixture
def old(tmp_path: Path) -> tuple[Path, str]:
    """A file as the first release made it."""
    path = tmp_path / "briefing.db"
    _as_schema_1(f"sqlite:///{path}")
    return path, f"sqlite:///{path}"


def test_from_schema_1(url: str, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    _as_schema_1(url)
    with Store(url) as store:
        assert store.answer("kept") is None, "nobody knows how much of its prompt was read"
        store.keep_answer(KEPT)
        assert store.answer("kept") == KEPT
        store.keep_visit(SourceState(address="https://example.org"), [])
        with store.database.reading() as connection:
            version = connection.scalar(sa.select(meta.c.value).where(meta.c.name == "schema_version"))
    assert version == str(STORE.version) == "3"


def test_from_schema_2_all_but_the_answers_is_kept(url: str, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    with Store(url) as store:
        store.keep_visit(SourceState(address="https://example.org"), [])
        with store.database.writing() as connection:
            for column in ("prompt_tokens", "prompt_tokens_read"):
                connection.exec_driver_sql(f"ALTER TABLE answers DROP COLUMN {column}")
            connection.exec_driver_sql("INSERT INTO answers VALUES ('kept', 'm', '{}', 100, 10, 5, '2026-09-01')")
            connection.execute(sa.update(meta).where(meta.c.name == "schema_version").values(value="2"))
    with Store(url) as store:
        assert store.answer("kept") is None
        assert [state.address for state in store.sources()] == ["https://example.org"]


def test_from_schema_1_is_like_new(old: tuple[Path, str], tmp_path: Path) -> None:
    Store(old[1]).close()
    Store(f"sqlite:///{tmp_path}/new.db").close()
    assert _shape(old[1]) == _shape(f"sqlite:///{tmp_path}/new.db")


def test_copy_is_kept_beside(old: tuple[Path, str]) -> None:
    path, url = old
    Store(url, now=lambda: datetime(2026, 9, 1, 12, 30, tzinfo=UTC)).close()
    Store(url).close()
    (copy,) = _copies(path)
    assert copy.name == "briefing.db.store-1-20260901T123000Z.bak"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as plain:
        assert plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [
            ("meta",),
            ("answers",),
        ]
        assert plain.execute("SELECT key FROM answers").fetchall() == [("kept",)]


def test_no_copy_of_what_is_new_or_up_to_date(tmp_path: Path) -> None:
    for _ in range(2):
        Store(f"sqlite:///{tmp_path}/briefing.db").close()
    assert _copies(tmp_path / "briefing.db") == []


def test_newer_schema_is_left_alone(url: str) -> None:
    Store(url).close()
    database = Database(url)
    with database.writing() as connection:
        connection.execute(sa.update(meta).where(meta.c.name == "schema_version").values(value="99"))
    database.close()
    file = Path(url.removeprefix("sqlite:///"))
    before = hashlib.sha256(file.read_bytes()).digest() if url.startswith("sqlite") else _shape(url)
    with pytest.raises(ConfigError, match="newer briefing"):
        Store(url)
    assert before == (hashlib.sha256(file.read_bytes()).digest() if url.startswith("sqlite") else _shape(url))


def test_other_parts_have_versions_of_their_own(url: str) -> None:
    with Store(url) as store:
        store.database.prepare(ISSUES_1)
        with store.database.writing() as connection:
            connection.execute(sa.insert(_issues).values(id=1))
        store.database.prepare(ISSUES_2)
        with store.database.reading() as connection:
            assert connection.execute(sa.select(_issues_now)).all() == [(1, None)]
            assert sa.inspect(connection).has_table("more")
        with pytest.raises(ConfigError, match="issues: schema 2, this one knows 1"):
            store.database.prepare(ISSUES_1)


def _add_note_and_fail(connection: sa.Connection) -> None:
    _add_note(connection)
    raise ZeroDivisionError


def test_step_that_fails_changes_nothing(url: str) -> None:
    with Store(url) as store:
        store.database.prepare(ISSUES_1)
    before = _shape(url)
    with Store(url) as store, pytest.raises(ZeroDivisionError):
        store.database.prepare(SchemaPart("issues", _tables_now, (_add_note_and_fail,)))
    assert _shape(url) == before


def _add_note_and_die(connection: sa.Connection) -> None:
    _add_note(connection)
    connection.exec_driver_sql("INSERT INTO issues VALUES (7, 'half')")
    os.kill(os.getpid(), signal.SIGKILL)


def _die_in_a_step(url: str, _: int) -> None:
    Store(url).database.prepare(SchemaPart("issues", _tables_now, (_add_note_and_die,)))


def _die_at_statement(url: str, number: int) -> None:
    """Of those of the real migration from schema 1."""
    statements = iter(range(number))

    @sa.event.listens_for(sa.Engine, "before_cursor_execute")
    def _(*_: object) -> None:
        if next(statements, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    Store(url).close()


def _run(function: Callable[[str, int], None], url: str, number: int = 0) -> int | None:
    process = multiprocessing.get_context("spawn").Process(target=function, args=(url, number))
    process.start()
    process.join()
    return process.exitcode


def test_killed_in_a_step(url: str) -> None:
    with Store(url) as store:
        store.database.prepare(ISSUES_1)
    before = _shape(url)
    assert _run(_die_in_a_step, url) == -signal.SIGKILL
    assert _shape(url) == before
    with Store(url) as store:
        store.database.prepare(ISSUES_2)
        with store.database.reading() as connection:
            assert connection.execute(sa.select(_issues_now)).all() == []


@pytest.mark.parametrize("number", [8, 16, 22])
def test_killed_on_the_way_from_schema_1(old: tuple[Path, str], number: int) -> None:
    path, url = old
    before = _shape(url)
    assert _run(_die_at_statement, url, number) == -signal.SIGKILL
    assert _shape(url) == before
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with Store(url) as store:
        assert store.answer("kept") is None
    assert len(_shape(url)) > len(before)


def _open(url: str, _: int) -> None:
    with Store(url) as store:
        assert store.answer("kept") is None


@pytest.mark.long
def test_many_migrate_at_once(url: str, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    _as_schema_1(url)
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_open, args=(url, 0)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    assert len(_copies(tmp_path / "deep" / "briefing.db")) == (1 if url.startswith("sqlite") else 0)
