"""Fixtures: an empty database for each test, in SQLite and in a real PostgreSQL on loopback.

Each test with a `url` runs against both.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest

_NUMBERS = count()


@dataclass(frozen=True)
class Server:
    """A PostgreSQL on loopback, where everybody may do everything."""

    programs: Path
    folder: Path
    port: int

    def new_database(self) -> str:
        """The URL of an empty database."""
        name = f"briefing_{os.getpid()}_{next(_NUMBERS)}"
        self.run("psql", "-d", "postgres", "-c", f"CREATE DATABASE {name}")
        return self.url(name)

    def url(self, name: str, port: int | None = None) -> str:
        """A database by its name, straight or by way of another port."""
        return f"postgresql://owner@127.0.0.1:{port or self.port}/{name}"

    def run(self, program: str, *arguments: str) -> str:
        """One of the clients that come with the server."""
        command = [str(self.programs / program), "-h", "127.0.0.1", "-p", str(self.port), "-U", "owner", *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _programs() -> Path | None:
    """Debian keeps them out of the path."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in installed), key=lambda path: int(path.parent.name), default=None)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """It refuses to run as root: then it is Debian's user postgres who runs it. What it writes is not synced."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="briefing-postgresql-"))
    if user is not None:
        shutil.chown(folder, user)

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL)

    run("initdb", "-U", "owner", "-A", "trust", "-E", "UTF8", "--no-sync")
    server = Server(programs, folder, _free_port())
    options = f"-h 127.0.0.1 -p {server.port} -k {folder} -c fsync=off -c max_connections=50"
    run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
    stop = f"cat; '{programs}/pg_ctl' -D data -w -m immediate stop; rm -rf data"
    with subprocess.Popen(["sh", "-c", stop], user=user, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL):
        yield server  # however the tests end, be it by a kill: their end of the pipe closes, and the server stops
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgresql_url(postgresql: Server) -> str:
    """One database for every test with a `url`: to make one and to remove it takes longer than most of them."""
    return postgresql.new_database()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/deep/briefing.db"
        return
    shared: str = request.getfixturevalue("postgresql_url")
    yield shared
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with psycopg.connect(shared, autocommit=True) as connection:
        connection.execute(f"SELECT pg_terminate_backend(pid) {others}")
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
