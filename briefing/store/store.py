"""The store: one database, with a method for each thing that is kept in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from briefing.exceptions import ConfigError
from briefing.store.answer_store import Answers
from briefing.store.continuity import Continuities, give_id
from briefing.store.database import Database
from briefing.store.digest_store import Digests
from briefing.store.leases import Leases
from briefing.store.source_store import Sources
from briefing.store.tables import STORE


class Store(Answers, Sources, Digests, Leases, Continuities):
    """A database at `url`, made with its tables where there is none, and brought to this release's schema.

    ConfigError where it cannot be used: no such folder, no permission, not a database, made by a newer version.
    `state_folder` takes this machine's notes about the database; the user's own where it is not given.
    """

    def __init__(
        self,
        url: str,
        *,
        now: Callable[[], datetime] | None = None,
        state_folder: Path | None = None,
    ) -> None:
        self.database = Database(url, now=now)
        self._state_folder = state_folder
        try:
            self.database.prepare(STORE)
            give_id(self.database)
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
        self.database.close()

    def backup(self, path: Path) -> None:
        """A copy of the whole database as one file, consistent whatever runs meanwhile; `path` must be free.

        SQLite only; ConfigError for PostgreSQL, which has its own way.
        """
        if not self.database.is_sqlite:
            raise ConfigError(f"{self.database.shown}: PostgreSQL is backed up with pg_dump --format=custom")
        if path.exists():
            raise ConfigError(f"{path}: exists already; a backup takes the place of nothing")
        self.database.copy(path)
