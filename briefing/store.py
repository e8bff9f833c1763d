"""What outlives a run, in SQLite or, by its URL, PostgreSQL: so far the model's answers.

Every statement is standard SQL or has its twin in both. SQLite runs in WAL mode; a transaction that will write takes
its lock at once (BEGIN IMMEDIATE), since one that reads first and writes later fails as soon as somebody else has
written in between.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from briefing.exceptions import ConfigError

SCHEMA_VERSION: Final = 1
BUSY_SECONDS: Final = 10.0

_tables = sa.MetaData()
_meta = sa.Table(
    "meta",
    _tables,
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.String(200), nullable=False),
)
_answers = sa.Table(
    "answers",
    _tables,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("model", sa.Text, nullable=False),
    sa.Column("reply", sa.Text, nullable=False),
    sa.Column("input_tokens", sa.BigInteger, nullable=False),
    sa.Column("output_tokens", sa.BigInteger, nullable=False),
    sa.Column("cached_tokens", sa.BigInteger, nullable=False),
    sa.Column("stored_at", sa.String(32), nullable=False),
)


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """One answer of a model as it came, under the hash of all that was asked. `stored_at` is aware, in UTC."""

    key: str
    model: str
    reply: str
    input_tokens: int
    output_tokens: int
    cached_tokens: int
    stored_at: datetime


@dataclass(frozen=True, slots=True)
class AnswersInfo:
    """How many answers are kept, of which models, how long their texts are, and when the first and last came."""

    answers: int
    models: tuple[str, ...]
    reply_chars: int
    first: datetime | None
    last: datetime | None


class Store:
    """A database at `url`, made with its tables where there is none.

    ConfigError where it cannot be used: no such folder, no permission, not a database, made by a newer version.
    """

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        try:
            with self._writing() as connection:
                _prepare(connection)
        except ConfigError:
            self.close()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def answer(self, key: str) -> StoredAnswer | None:
        """The answer under `key`, if there is one."""
        with self._reading() as connection:
            row = connection.execute(sa.select(_answers).where(_answers.c.key == key)).mappings().first()
        return None if row is None else StoredAnswer(**{**row, "stored_at": datetime.fromisoformat(row["stored_at"])})

    def has_answer(self, key: str) -> bool:
        """Whether there is an answer under `key`."""
        with self._reading() as connection:
            return connection.execute(sa.select(_answers.c.key).where(_answers.c.key == key)).first() is not None

    def keep_answer(self, answer: StoredAnswer) -> None:
        """Keep an answer, in the place of any under its key; it outlives this process from here on."""
        row = {
            "key": answer.key,
            "model": answer.model,
            "reply": answer.reply,
            "input_tokens": answer.input_tokens,
            "output_tokens": answer.output_tokens,
            "cached_tokens": answer.cached_tokens,
            "stored_at": answer.stored_at.isoformat(timespec="seconds"),
        }
        with self._writing() as connection:
            connection.execute(self._upsert(_answers, row))

    def answers_info(self) -> AnswersInfo:
        """What `briefing cache info` tells."""
        column = _answers.c
        totals = sa.select(
            sa.func.count(),
            sa.func.coalesce(sa.func.sum(sa.func.length(column.reply)), 0),
            sa.func.min(column.stored_at),
            sa.func.max(column.stored_at),
        ).select_from(_answers)
        with self._reading() as connection:
            answers, chars, first, last = connection.execute(totals).one()
            models = connection.scalars(sa.select(column.model).distinct().order_by(column.model)).all()
        first, last = (None if text is None else datetime.fromisoformat(text) for text in (first, last))
        return AnswersInfo(answers, tuple(models), int(chars), first, last)

    def clear_answers(self) -> int:
        """Forget every answer; returns how many there were."""
        with self._writing() as connection:
            return connection.execute(sa.delete(_answers)).rowcount

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with _database_errors(self._engine), self._engine.connect() as connection:
            yield connection

    def _upsert(self, table: sa.Table, row: dict[str, Any]) -> sa.Insert:
        keys = [column.name for column in table.primary_key]
        changes = {name: value for name, value in row.items() if name not in keys}
        if self._engine.dialect.name == "sqlite":
            return sqlite.insert(table).values(row).on_conflict_do_update(index_elements=keys, set_=changes)
        return postgresql.insert(table).values(row).on_conflict_do_update(index_elements=keys, set_=changes)

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with (
            _database_errors(self._engine),
            self._engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection


@contextmanager
def _database_errors(engine: sa.Engine) -> Iterator[None]:
    """A full disk, a lock that stays, a file that is no database: for the operator, whatever was being done."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        where = engine.url.render_as_string(hide_password=True)
        raise ConfigError(f"{where}: the database cannot be used: {error.orig}") from error


def _engine(url: str) -> sa.Engine:
    try:
        parsed = sa.make_url(url)
        if parsed.get_backend_name() != "sqlite":
            return sa.create_engine(parsed, pool_pre_ping=True)
    except (sa.exc.ArgumentError, ModuleNotFoundError) as error:
        raise ConfigError(f"{_shown(url)}: no such kind of database: {error}") from error
    if parsed.database in (None, "", ":memory:"):
        engine = sa.create_engine(parsed, poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        _create_privately(Path(str(parsed.database)))
        engine = sa.create_engine(parsed, connect_args={"timeout": BUSY_SECONDS})
    sa.event.listen(engine, "connect", _set_up)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _create_privately(path: Path) -> None:
    """Answers tell what somebody reads: the file is its owner's alone."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise ConfigError(f"{path}: the database cannot be written: {error.strerror}") from error


def _set_up(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # sqlite3's own switch: no implicit BEGIN
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare(connection: sa.Connection) -> None:
    """Make what is missing; a version row tells later releases what to add, and this one what it must not touch."""
    _tables.create_all(connection)
    version = connection.scalar(sa.select(_meta.c.value).where(_meta.c.name == "schema_version"))
    if version is None:
        connection.execute(sa.insert(_meta).values(name="schema_version", value=str(SCHEMA_VERSION)))
    elif int(version) > SCHEMA_VERSION:
        raise ConfigError(f"the database is of a newer briefing (schema {version}, this one knows {SCHEMA_VERSION})")


def _shown(url: str) -> str:
    """The URL without its password."""
    try:
        return sa.make_url(url).render_as_string(hide_password=True)
    except sa.exc.ArgumentError:
        return "BRIEFING_DATABASE_URL"
