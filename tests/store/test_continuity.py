"""Backups, and how a database that was put back is told from the one that was last sent from."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import postgres
import pytest

from briefing.exceptions import ConfigError
from briefing.store import SourceState, Store


def _open(path: Path, machine: str = "here") -> Store:
    return Store(f"sqlite:///{path}", state_folder=path.parent / machine)


def test_backup_is_whole_and_alone(tmp_path: Path) -> None:
    with _open(tmp_path / "briefing.db") as store:
        store.keep_visit(SourceState(address="a"), [])
        with store.database.writing() as connection:  # a writer under way does not matter
            connection.exec_driver_sql("UPDATE sources SET etag = 'half'")
            store.backup(tmp_path / "copies" / "copy.db")
        with pytest.raises(ConfigError, match="exists already"):
            store.backup(tmp_path / "copies" / "copy.db")
    (copy,) = (tmp_path / "copies").iterdir()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert plain.execute("SELECT address, etag FROM sources").fetchall() == [("a", None)]


def test_backup_that_cannot_be_written(tmp_path: Path) -> None:
    with _open(tmp_path / "briefing.db") as store, pytest.raises(ConfigError, match="cannot be written"):
        store.backup(tmp_path / "briefing.db" / "copy.db")


def test_postgresql_has_its_own_backup(postgresql: postgres.Server, tmp_path: Path) -> None:
    with Store(postgresql.new_database()) as store, pytest.raises(ConfigError, match="pg_dump"):
        store.backup(tmp_path / "copy.db")


def test_epochs_grow(url: str, tmp_path: Path) -> None:
    with Store(url, state_folder=tmp_path / "here") as store:
        before = store.continuity()
        assert (before.verdict, before.epoch, before.seen) == ("same", 0, None)
        assert [store.advance_epoch(), store.advance_epoch()] == [1, 2]
    with Store(url, state_folder=tmp_path / "here") as store:
        after = store.continuity()
        assert (after.verdict, after.epoch, after.seen) == ("same", 2, 2)
        assert after.database_id == before.database_id
    (note,) = (tmp_path / "here").iterdir()
    assert stat.S_IMODE(note.stat().st_mode) == 0o600


@pytest.mark.parametrize("advances_before", [0, 1])
def test_backup_put_back(tmp_path: Path, advances_before: int) -> None:
    """Also one from before the first sending, and after the file's own folder was put back with it."""
    path = tmp_path / "briefing.db"
    with _open(path) as store:
        for _ in range(advances_before):
            store.advance_epoch()
        store.backup(tmp_path / "copy.db")
        store.advance_epoch()
    shutil.copy(tmp_path / "copy.db", path)
    with _open(path) as store:
        assert store.continuity().verdict == "older"
        assert store.continuity().verdict == "older"  # looking changes nothing
        store.advance_epoch()  # a person said so
        assert store.continuity().verdict == "same"


def test_postgresql_put_back(postgresql: postgres.Server, tmp_path: Path) -> None:
    url = postgresql.new_database()
    name = url.rpartition("/")[2]
    with Store(url, state_folder=tmp_path) as store:
        store.advance_epoch()
        postgresql.run("pg_dump", "-Fc", "-f", str(tmp_path / "dump"), name)
        store.advance_epoch()
    postgresql.run("pg_restore", "--clean", "-d", name, str(tmp_path / "dump"))
    with Store(url, state_folder=tmp_path) as store:
        assert store.continuity().verdict == "older"


def test_copy_on_another_machine(tmp_path: Path) -> None:
    path = tmp_path / "briefing.db"
    with _open(path) as store:
        assert store.continuity().verdict == "same"
        store.advance_epoch()
    with _open(path, "there") as store:
        assert store.continuity().verdict == "elsewhere"
        store.advance_epoch()
        assert store.continuity().verdict == "same"


def test_two_machines_at_one_database(url: str, tmp_path: Path) -> None:
    """Each notes what the other did as soon as it looks."""
    with Store(url, state_folder=tmp_path / "a") as one, Store(url, state_folder=tmp_path / "b") as other:
        for _ in range(3):
            one.advance_epoch()
            other.advance_epoch()
        assert (one.continuity().verdict, other.continuity().verdict) == ("same", "same")
        assert one.continuity().seen == 6


def test_note_that_cannot_be_read_is_not_taken_for_none(tmp_path: Path) -> None:
    with _open(tmp_path / "briefing.db") as store:
        store.advance_epoch()
        (note,) = (tmp_path / "here").iterdir()
        note.write_text("{")
        with pytest.raises(ConfigError, match="cannot be read"):
            store.continuity()


def test_in_memory() -> None:
    with Store("sqlite://") as store:
        assert store.advance_epoch() == 1
        assert store.continuity().verdict == "same"
