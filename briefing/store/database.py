"""A database by its URL: its transactions, and the versions of what is kept in it.

SQLite and PostgreSQL behave alike here. One transaction writes at a time: in SQLite by BEGIN IMMEDIATE (one that
reads first and writes later fails as soon as somebody else has written in between), in PostgreSQL by an advisory lock
that ends with the transaction. So what a writing transaction has read stays true until it commits. Nobody waits longer
than `BUSY_SECONDS`; hence nothing slow belongs inside a transaction.

A module that keeps tables of its own describes them as a `SchemaPart` and hands it to `Database.prepare`::

    _tables = sa.MetaData()
    _outbox = sa.Table("outbox", _tables, ...)
    OUTBOX = Part("outbox", _tables)  # a later release adds steps: Part("outbox", _tables, (_add_a_column,))
    store.database.prepare(OUTBOX)
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal, TypeVar
from urllib.parse import parse_qs

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from briefing.exceptions import ConfigError
from briefing.store.filesystems import is_on_network

BUSY_SECONDS: Final = 10.0
_PAUSES_SECONDS: Final = (0.1, 0.5, 2.0)
_WRITER: Final = 0x6272_6965_6669_6E67
"""The advisory lock of whoever writes ("briefing" in ASCII)."""

_Result = TypeVar("_Result")
_Aim = Literal["read", "write", "write durably"]

_tables = sa.MetaData()
meta: Final = sa.Table(
    "meta",
    _tables,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.String(200), nullable=False),
)
"""Facts about the database itself, among them the version of each part."""


class ConnectionLostError(ConfigError):
    """The server could not be reached, or went away: whether the last change was kept is not known."""


@dataclass(frozen=True, slots=True)
class SchemaPart:
    """Tables that belong together, and the steps that bring those of earlier releases to their present shape.

    `steps[n]` leads from version n + 1 to n + 2; all that are missing run in one transaction, and then the tables that
    are not there yet are made. So a step changes what an earlier release made, spells its own DDL, and asks first
    whether the table is there (`sa.inspect(connection).has_table`).
    """

    name: str
    tables: sa.MetaData
    steps: tuple[Callable[[sa.Connection], None], ...] = ()

    @property
    def version(self) -> int:
        """What this release knows."""
        return len(self.steps) + 1


class Database:
    """The database at `url`; nothing is written before `prepare`.

    ConfigError, here and later, where it cannot be used: no such folder, no permission, full, locked for too long, not
    a database. `journal` is SQLite's: WAL, but DELETE on a network filesystem, where WAL loses data.
    """

    def __init__(
        self,
        url: str,
        *,
        now: Callable[[], datetime] | None = None,
        journal: Literal["wal", "delete"] | None = None,
    ) -> None:
        self._now = now or partial(datetime.now, UTC)
        self._url = _read_url(url)
        self.path = _file_of(self._url)
        if self.path is not None:
            _create_privately(self.path)
        self._journal = journal or _journal_for(self.path)
        self._engine = _engine(self._url, is_wal=self._journal == "wal")

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite; else it is PostgreSQL."""
        return self._engine.dialect.name == "sqlite"

    @property
    def shown(self) -> str:
        """The URL without its password, or the path of the file."""
        return self._url.render_as_string(hide_password=True) if self.path is None else str(self.path)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def now(self) -> datetime:
        """The time that what is written is stamped with."""
        return self._now()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that sees one state of the database throughout."""
        with self._transaction("read") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that writes; committed at the end of the block, rolled back where it raises.

        It survives the death of the process; when the power fails, the last ones may be lost, each as a whole.
        """
        with self._transaction("write") as connection:
            yield connection

    @contextmanager
    def writing_durably(self) -> Iterator[sa.Connection]:
        """Like `writing`, but on the disk for good (synced) when the block ends."""
        with self._transaction("write durably") as connection:
            yield connection

    def write(self, act: Callable[[sa.Connection], _Result], *, durably: bool = False) -> _Result:
        """What `act` returns, run in a writing transaction, and again on a new connection where one was lost.

        The commit that was under way may have happened: `act` has to find by key what it has done already, and then
        do nothing. ConnectionLostError where the server stays away.
        """
        for pause in _PAUSES_SECONDS:
            try:
                return self._write_once(act, durably)
            except ConnectionLostError:
                time.sleep(pause)
        return self._write_once(act, durably)

    def _write_once(self, act: Callable[[sa.Connection], _Result], durably: bool) -> _Result:
        with self._transaction("write durably" if durably else "write") as connection:
            return act(connection)

    @contextmanager
    def _transaction(self, aim: _Aim) -> Iterator[sa.Connection]:
        with self._errors_told(), self._connected(aim) as connection, connection.begin():
            yield connection

    def _connected(self, aim: _Aim) -> sa.Connection:
        try:
            connection = self._engine.connect()
        except sa.exc.OperationalError as error:
            kind = ConfigError if self.is_sqlite else ConnectionLostError
            raise kind(f"{self.shown}: {_line(error)}") from error
        if self.is_sqlite or aim != "read":
            return connection.execution_options(briefing_aim=aim)
        return connection.execution_options(
            briefing_aim=aim, isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    @contextmanager
    def _errors_told(self) -> Iterator[None]:
        """A full disk, a lock that stays, a file that is no database: for the operator, whatever was being done."""
        try:
            yield
        except sa.exc.IntegrityError:
            raise
        except sa.exc.DBAPIError as error:
            if error.connection_invalidated:
                raise ConnectionLostError(f"{self.shown}: the connection was lost: {_line(error)}") from error
            raise ConfigError(f"{self.shown}: the database cannot be used: {_line(error)}") from error

    def prepare(self, part: SchemaPart) -> None:
        """Make the tables of `part`, or bring them to this release's version.

        In one transaction, with a copy of an SQLite file beside it first. ConfigError, with nothing written, where a
        newer release or another program made the database.
        """
        with self.reading() as connection:
            found = self._version(connection, part)
        self._set_journal()
        if found != part.version:
            self._migrate(part)

    def _migrate(self, part: SchemaPart) -> None:
        with self.writing_durably() as connection:
            found = self._version(connection, part)  # somebody else may have been here in between
            if found == part.version:
                return
            if found:
                self._copy_before(part, found)
                for step in part.steps[found - 1 :]:
                    step(connection)
            _tables.create_all(connection)
            part.tables.create_all(connection)
            upsert(connection, meta, [{"name": _version_name(part), "value": str(part.version)}])

    def _version(self, connection: sa.Connection, part: SchemaPart) -> int:
        """The version of the part in the database, 0 where it is not in it."""
        tables = sa.inspect(connection).get_table_names()
        if meta.name not in tables:
            if tables:
                raise ConfigError(f"{self.shown}: holds tables of another program; briefing needs a database to itself")
            return 0
        kept = connection.scalar(sa.select(meta.c.value).where(meta.c.name == _version_name(part)))
        version = 0 if kept is None else int(kept)
        if version > part.version:
            raise ConfigError(
                f"{self.shown}: made by a newer briefing ({part.name}: schema {version}, this one knows {part.version})"
            )
        return version

    def _copy_before(self, part: SchemaPart, version: int) -> None:
        if self.path is not None:
            stamp = f"{self._now():%Y%m%dT%H%M%SZ}"
            self.copy(self.path.with_name(f"{self.path.name}.{part.name}-{version}-{stamp}.bak"))

    def copy(self, target: Path) -> None:
        """A consistent copy of an SQLite file, however many write to it meanwhile; it takes the place of `target`."""
        if self.path is None:
            raise ConfigError(f"{self.shown}: only an SQLite file can be copied")
        unfinished = target.with_name(f"{target.name}.unfinished-{os.getpid()}")
        _create_privately(unfinished)
        try:
            _copy_sqlite(self.path, unfinished)
            unfinished.replace(target)
        except (OSError, sqlite3.Error) as error:
            raise ConfigError(f"{target}: the copy cannot be written: {error}") from error
        finally:
            unfinished.unlink(missing_ok=True)

    def _set_journal(self) -> None:
        """The file remembers its mode. To change it, nobody else may be at the file; SQLite does not wait for that."""
        if self.path is None:
            return
        give_up = time.monotonic() + BUSY_SECONDS
        with self._errors_told(), self._engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            while True:
                try:
                    if driver.execute("PRAGMA journal_mode").fetchone()[0] != self._journal:
                        driver.execute(f"PRAGMA journal_mode = {self._journal}")
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                        raise ConfigError(f"{self.shown}: the database cannot be used: {error}") from error
                    time.sleep(0.02)
                else:
                    return


def upsert(connection: sa.Connection, table: sa.Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows, each in the place of any with its primary key; every row names the same columns."""
    rows = [dict(row) for row in rows]
    if rows:
        insert = _insert(connection, table)
        keys = {column.name for column in table.primary_key}
        changes = {name: insert.excluded[name] for name in rows[0] if name not in keys}
        connection.execute(insert.on_conflict_do_update(index_elements=list(keys), set_=changes), rows)


def insert_missing(connection: sa.Connection, table: sa.Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert the rows that no unique column or key forbids; the others stay as they are."""
    rows = [dict(row) for row in rows]
    if rows:
        connection.execute(_insert(connection, table).on_conflict_do_nothing(), rows)


def _insert(connection: sa.Connection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def _read_url(url: str) -> sa.URL:
    try:
        parsed = sa.make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url)
    except sa.exc.ArgumentError as error:
        raise ConfigError("BRIEFING_DATABASE_URL: no such kind of database; sqlite:///… or postgresql://…") from error
    if parsed.get_backend_name() == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite":
        shown = parsed.render_as_string(hide_password=True)
        raise ConfigError(f"{shown}: no such kind of database; sqlite:///… or postgresql://…")
    return parsed


def is_in_memory(url: str) -> bool:
    """Whether a database of that URL ends with the process. ConfigError where it is no URL of one."""
    parsed = _read_url(url)
    if parsed.get_backend_name() != "sqlite":
        return False
    return _file_of(parsed) is None or ":memory:" in str(parsed.database) or "memory" in _values(parsed, "mode")


def _values(url: sa.URL, name: str) -> tuple[str, ...]:
    """The values of a parameter of the URL, or of the file: URI that is its database."""
    query = parse_qs(str(url.database).partition("?")[2])
    given = url.query.get(name, ())
    return (*((given,) if isinstance(given, str) else given), *query.get(name, ()))


def _file_of(url: sa.URL) -> Path | None:
    in_memory = url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:")
    return None if in_memory else Path(str(url.database))


def _journal_for(path: Path | None) -> str:
    return "delete" if path is not None and is_on_network(path) else "wal"


def _engine(url: sa.URL, *, is_wal: bool) -> sa.Engine:
    if url.get_backend_name() == "postgresql":
        engine = _postgresql(url)
        sa.event.listen(engine, "begin", _begin_in_postgresql)
        return engine
    if _file_of(url) is None:
        engine = sa.create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        engine = sa.create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    sa.event.listen(engine, "connect", partial(_set_up_sqlite, is_wal=is_wal))
    sa.event.listen(engine, "begin", partial(_begin_in_sqlite, is_wal=is_wal))
    return engine


def _postgresql(url: sa.URL) -> sa.Engine:
    """`prepare_threshold` None: prepared statements do not live behind a pooler such as PgBouncer."""
    arguments = {"connect_timeout": int(BUSY_SECONDS), "prepare_threshold": None}
    try:
        return sa.create_engine(url, pool_pre_ping=True, connect_args=arguments)
    except ModuleNotFoundError as error:
        raise ConfigError("PostgreSQL needs psycopg: pip install 'briefing[postgres]'") from error


def _create_privately(path: Path) -> None:
    """What is kept tells what somebody reads: the file is its owner's alone. The folder takes the journal's files."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from error
    if not os.access(path.parent, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        raise ConfigError(f"{path}: cannot be written: its folder is read-only")


def _copy_sqlite(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source, timeout=BUSY_SECONDS)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
    with target.open("rb") as written:
        os.fsync(written.fileno())


def _set_up_sqlite(connection: DBAPIConnection, entry: ConnectionPoolEntry, *, is_wal: bool) -> None:
    """Without WAL, anything less than FULL can leave a broken file when the power fails."""
    connection.isolation_level = None  # sqlite3's own switch: no implicit BEGIN
    for pragma in (f"synchronous = {'NORMAL' if is_wal else 'FULL'}", "foreign_keys = ON", "fullfsync = ON"):
        _pragma(connection, pragma)
    entry.info["is_durable"] = not is_wal


def _pragma(connection: DBAPIConnection, pragma: str) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_in_sqlite(connection: sa.Connection, *, is_wal: bool) -> None:
    aim = connection.get_execution_options().get("briefing_aim", "read")
    is_durable = aim == "write durably" or not is_wal
    if connection.info["is_durable"] != is_durable:  # SQLite takes it only outside a transaction
        connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if is_durable else 'NORMAL'}")
        connection.info["is_durable"] = is_durable
    connection.exec_driver_sql("BEGIN" if aim == "read" else "BEGIN IMMEDIATE")


def _begin_in_postgresql(connection: sa.Connection) -> None:
    aim = connection.get_execution_options().get("briefing_aim", "read")
    if aim != "read":
        is_durable = "SET LOCAL synchronous_commit = on; " if aim == "write durably" else ""
        connection.exec_driver_sql(
            f"{is_durable}SET LOCAL lock_timeout = '{int(BUSY_SECONDS)}s';"
            " SET LOCAL idle_in_transaction_session_timeout = '60s';"
            f" SELECT pg_advisory_xact_lock({_WRITER})"
        )


def _version_name(part: SchemaPart) -> str:
    return "schema_version" if part.name == "store" else f"schema_version.{part.name}"


def _line(error: sa.exc.DBAPIError) -> str:
    return " ".join(str(error.orig).split())
