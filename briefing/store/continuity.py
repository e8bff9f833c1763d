"""Whether a database is the one this machine last knew, so that one put back to an earlier state sends nothing again.

The database has a random id and an epoch that only grows. This machine notes the highest epoch it knows, under the id,
in the user's state folder: apart from the database, so that neither putting back the file nor the whole data folder
takes the note with it, and a copy on another machine has none. Whoever sends advances the epoch before the first
message and after the last: a copy taken at any moment is then of an earlier epoch than the note, or nothing was sent
since. docs/state.md says what this cannot tell.
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

import sqlalchemy as sa

from briefing.exceptions import ConfigError
from briefing.store.database import Database, insert_missing, meta, upsert
from briefing.store.records import Continuity


class Continuities:
    """The methods of `Store` that tell a restored database from the one that was last sent from."""

    database: Database
    _state_folder: Path | None

    def continuity(self) -> Continuity:
        """Whether what the database calls unsent can be trusted to be so; this machine's note is brought up to date."""
        with self.database.reading() as connection:
            name, epoch = _read(connection)
        seen = self._seen(name)
        if seen is None:
            is_elsewhere = epoch > 0 and self._file(name) is not None
            return Continuity("elsewhere" if is_elsewhere else "same", name, epoch, None)
        if seen < epoch:
            self._note(name, epoch)
        return Continuity("older" if seen > epoch else "same", name, epoch, seen)

    def advance_epoch(self) -> int:
        """Begin another epoch, beyond all that this machine knows; call it before the first message and after the last.

        After `older` or `elsewhere` that is a person's decision: from here on the database counts as the right one.
        """
        with self.database.reading() as connection:
            name, _ = _read(connection)
        seen = self._seen(name) or 0

        def advance(connection: sa.Connection) -> int:
            epoch = max(_read(connection)[1], seen) + 1
            upsert(connection, meta, [{"name": "epoch", "value": str(epoch)}])
            return epoch

        epoch = self.database.write(advance, durably=True)
        self._note(name, epoch)
        return epoch

    def _seen(self, name: str) -> int | None:
        path = self._file(name)
        try:
            return None if path is None else int(json.loads(path.read_text(encoding="utf-8"))["epoch"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ConfigError(
                f"{path}: cannot be read: {error}; it tells whether the database is up to date"
            ) from error

    def _note(self, name: str, epoch: int) -> None:
        path = self._file(name)
        if path is None:
            return
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
                json.dump({"epoch": epoch, "database": self.database.shown}, file)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        except OSError as error:
            raise ConfigError(f"{path}: cannot be written: {error.strerror}") from error

    def _file(self, name: str) -> Path | None:
        """None for a database in memory: it has no earlier state."""
        if self.database.is_sqlite and self.database.path is None:
            return None
        if self._state_folder is None:
            import platformdirs

            self._state_folder = Path(platformdirs.user_state_dir("briefing", appauthor=False))
        return self._state_folder / f"database-{name}.json"


def give_id(database: Database) -> None:
    """Give a database its id, where it has none."""
    with database.reading() as connection:
        if connection.scalar(sa.select(meta.c.value).where(meta.c.name == "database_id")):
            return
    row = {"name": "database_id", "value": secrets.token_hex(16)}
    database.write(lambda connection: insert_missing(connection, meta, [row]))


def _read(connection: sa.Connection) -> tuple[str, int]:
    kept = {row.name: row.value for row in connection.execute(sa.select(meta))}
    return kept["database_id"], int(kept.get("epoch", 0))
