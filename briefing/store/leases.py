"""Leases: who does a thing that must not be done twice at once, for how long, on which machine.

A row in the database, not a file: two machines at one PostgreSQL see the same. A holder that died is told at once by
its process id, where it ran on this machine; else its lease ends by itself. Time is the server's, where there is one.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import socket
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from briefing.exceptions import ConfigError
from briefing.store.database import Database, upsert
from briefing.store.records import Holder
from briefing.store.tables import leases

_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
_MACHINE: Final = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


@dataclass(frozen=True, slots=True)
class Lease:
    """`is_ours`, or `holder` has it."""

    name: str
    seconds: float
    is_ours: bool
    holder: Holder
    token: str
    database: Database

    def renew(self) -> bool:
        """Hold it as long again from now; False where somebody else has it meanwhile, or never was it ours."""
        return self.is_ours and self.database.write(self._renew)

    def _renew(self, connection: sa.Connection) -> bool:
        now = _clock(connection, self.database)
        until = now + timedelta(seconds=self.seconds)
        changed = sa.update(leases).where(_is_held(self.name, self.token)).values(renewed_at=now, until=until)
        return connection.execute(changed).rowcount == 1


class Leases:
    """The method of `Store` for leases."""

    database: Database

    @contextmanager
    def lease(self, name: str, seconds: float) -> Iterator[Lease]:
        """The lease of that name for so long, if nobody has it; it is given back at the end of the block.

        Longer work renews it in between. ::

            with store.lease("newsletter", 600) as lease:
                if not lease.is_ours:
                    print(f"already running: process {lease.holder.pid} on {lease.holder.host}")
        """
        token = secrets.token_hex(16)
        lease = self.database.write(lambda connection: self._take(connection, name, seconds, token))
        try:
            yield lease
        finally:
            if lease.is_ours:
                with suppress(ConfigError):  # the database is away: the lease ends by itself
                    self.database.write(
                        lambda connection: connection.execute(sa.delete(leases).where(_is_held(name, token)))
                    )

    def _take(self, connection: sa.Connection, name: str, seconds: float, token: str) -> Lease:
        now = _clock(connection, self.database)
        row = connection.execute(sa.select(leases).where(leases.c.name == name)).mappings().first()
        us = this_process()
        if row is not None and row["token"] != token and _holds(row, us, now, is_one_host=self.database.is_sqlite):
            holder = Holder(row["host"], row["pid"], row["taken_at"], row["until"])
            return Lease(name, seconds, False, holder, token, self.database)
        until = now + timedelta(seconds=seconds)
        times = {"taken_at": now, "renewed_at": now, "until": until}
        upsert(connection, leases, [{"name": name, "token": token, **us, **times}])
        return Lease(name, seconds, True, Holder(us["host"], us["pid"], now, until), token, self.database)


def _is_held(name: str, token: str) -> sa.ColumnElement[bool]:
    return sa.and_(leases.c.name == name, leases.c.token == token)


def _clock(connection: sa.Connection, database: Database) -> datetime:
    if database.is_sqlite:
        return database.now()
    return connection.execute(sa.select(sa.func.clock_timestamp(type_=sa.DateTime(timezone=True)))).scalar_one()


def _holds(row: sa.RowMapping, us: dict[str, Any], now: datetime, *, is_one_host: bool) -> bool:
    """Whether the lease still counts.

    A clock set back by more than the lease's length must not prolong it. Copies of a virtual machine may share id and
    name: that another boot means a reboot is sure only where the database is of one host.
    """
    length = row["until"] - row["renewed_at"]
    if not row["renewed_at"] - length <= now < row["until"]:
        return False
    if (row["machine"], row["host"]) != (us["machine"], us["host"]):
        return True
    if row["boot"] != us["boot"]:
        return not is_one_host
    return row["pids"] != us["pids"] or _is_running(row["pid"], row["started"])


def _is_running(pid: int, started: str) -> bool:
    """Whether the process lives; a pid that was given to another one since does not count."""
    if sys.platform == "win32":  # there, os.kill would end it
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return _started(pid) == started


def this_process() -> dict[str, Any]:
    """Machine, host, boot, space of process ids, process id and its start, as far as the system tells them."""
    return {
        "machine": _machine(),
        "host": socket.gethostname(),
        "boot": _text(_BOOT),
        "pids": _pid_space(),
        "pid": os.getpid(),
        "started": _started(os.getpid()),
    }


def _machine() -> str:
    """machine-id(5) wants its value hashed before it is shown to anybody."""
    told = next((text for path in _MACHINE if (text := _text(path))), "") or f"{uuid.getnode():x}"
    return hashlib.sha256(f"briefing {told}".encode()).hexdigest()[:32]


def _pid_space() -> str:
    """Two containers on one machine do not see each other's processes."""
    with suppress(OSError):
        return os.readlink("/proc/self/ns/pid")
    return ""


def _started(pid: int) -> str:
    """When a process started, in clock ticks since the boot: field 22 of proc(5)'s stat."""
    fields = _text(Path(f"/proc/{pid}/stat")).rpartition(") ")[2].split(" ")  # from field 3 on
    return fields[19] if len(fields) > 19 else ""


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
