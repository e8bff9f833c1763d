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
        return self.is_ours and self.database.write(
            lambda connection: renew_lease(connection, self.database, self.name, self.seconds, self.token)
        )


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
        lease = self.database.write(lambda connection: take_lease(connection, self.database, name, seconds, token))
        try:
            yield lease
        finally:
            if lease.is_ours:
                with suppress(ConfigError):  # the database is away: the lease ends by itself
                    self.database.write(lambda connection: end_lease(connection, name, token))


def take_lease(
    connection: sa.Connection,
    database: Database,
    name: str,
    seconds: float,
    token: str,
    *,
    outlasts_its_time: bool = False,
) -> Lease:
    """The lease of that name, for whoever shows the `token`; not ours where its holder still counts.

    With `outlasts_its_time` a holder that is seen to run keeps it, however late it renews: for what is worse begun by a
    second one than left to a first that stands still.
    """
    now = _clock(connection, database)
    row = connection.execute(sa.select(leases).where(leases.c.name == name)).mappings().first()
    if row is not None and row["token"] != token:
        is_running = _is_running(row, is_one_host=database.is_sqlite)
        if (outlasts_its_time and is_running) or (is_running is not False and _is_in_time(row, now)):
            holder = Holder(row["host"], row["pid"], row["taken_at"], row["until"])
            return Lease(name, seconds, False, holder, token, database)
    until, us = now + timedelta(seconds=seconds), this_process()
    times = {"taken_at": now, "renewed_at": now, "until": until}
    upsert(connection, leases, [{"name": name, "token": token, **us, **times}])
    return Lease(name, seconds, True, Holder(us["host"], us["pid"], now, until), token, database)


def renew_lease(connection: sa.Connection, database: Database, name: str, seconds: float, token: str) -> bool:
    """Whether it was still the token's; then it is, for so long from now."""
    now = _clock(connection, database)
    changed = sa.update(leases).where(_is_of(name, token))
    values = {"renewed_at": now, "until": now + timedelta(seconds=seconds)}
    return connection.execute(changed.values(values)).rowcount == 1


def end_lease(connection: sa.Connection, name: str, token: str) -> None:
    """Give it back, where it is still the token's."""
    connection.execute(sa.delete(leases).where(_is_of(name, token)))


def _is_of(name: str, token: str) -> sa.ColumnElement[bool]:
    return sa.and_(leases.c.name == name, leases.c.token == token)


def _clock(connection: sa.Connection, database: Database) -> datetime:
    if database.is_sqlite:
        return database.now()
    return connection.execute(sa.select(sa.func.clock_timestamp(type_=sa.DateTime(timezone=True)))).scalar_one()


def _is_in_time(row: sa.RowMapping, now: datetime) -> bool:
    """A clock set back by more than the lease's length must not prolong it."""
    length = row["until"] - row["renewed_at"]
    return bool(row["renewed_at"] - length <= now < row["until"])


def _is_running(row: sa.RowMapping, *, is_one_host: bool) -> bool | None:
    """Whether the holder's process lives; None where this one cannot tell, so that only time does.

    Copies of a virtual machine may share id and name: that another boot means a reboot is sure only where the database
    is of one host. A process id that was given to another process since does not count, nor one that ended and was not
    waited for; a system that does not tell when a process started leaves both open.
    """
    us = this_process()
    if (row["machine"], row["host"]) != (us["machine"], us["host"]):
        return None
    if row["boot"] != us["boot"]:
        return False if is_one_host else None
    if row["pids"] != us["pids"] or sys.platform == "win32":  # there, os.kill would end it
        return None
    with suppress(PermissionError):
        try:
            os.kill(row["pid"], 0)
        except ProcessLookupError:
            return False
    return _started(row["pid"]) == row["started"] if row["started"] else None


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
    """When a process started, in clock ticks since the boot, by proc(5)'s stat; empty where it ended already."""
    fields = _text(Path(f"/proc/{pid}/stat")).rpartition(") ")[2].split(" ")  # from field 3, its state, on
    return fields[19] if len(fields) > 19 and fields[0] not in "ZX" else ""


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
