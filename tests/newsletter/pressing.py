"""A desk with one newsletter, at known times, and presses in processes of their own, to be killed.

One process imports everything and forks for each press (`main`, run as a script).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from briefing.config import Newsletter, Settings, settings
from briefing.newsletter.commands import CommandResult
from briefing.newsletter.scheduler import Press

MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # 07:00 in Paris
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ORGANISATION = "Example Desk, 1 Example Street"
PEOPLE = 4
FIRST = "morning/2026-11-23"
PORT = (
    "Port of Sfax reopens",
    "The port of Sfax reopened on Sunday after a storm, the harbour master Amel Trabelsi said. "
    "Repairs cost 4 million dinars, she said. Eleven ships are waiting outside the harbour.",
)
RYE = (
    "Farmers in Jutland sow less rye",
    "Farmers in Jutland have sown 11 percent less rye this spring, the ministry in Copenhagen reported. "
    "The union blamed late frost. Bread prices may rise in autumn.",
)


@dataclass
class Desk:
    """A folder with a posts.json and a list of recipients, where a press works at `now`; `said` is what it told."""

    folder: Path
    port: int | None = None
    now: datetime = MONDAY
    changes: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        (self.folder / "recipients.csv").write_text(
            "email,name\n" + "".join(f"p{n}@example.org,P {n}\n" for n in range(PEOPLE)), encoding="utf-8"
        )
        self.posts(PORT)

    def posts(self, *posts: tuple[str, str]) -> None:
        """What the source shows."""
        rows = [
            {"title": title, "content": f"<p>{text}</p>", "link": f"https://example.org/{n}"}
            for n, (title, text) in enumerate(posts)
        ]
        (self.folder / "posts.json").write_text(json.dumps(rows), encoding="utf-8")

    @property
    def held(self) -> Settings:
        """The settings; `changes` are the newsletter's, `more` the desk's."""
        newsletter = {
            "name": "morning",
            "title": "Morning brief",
            "schedule": "0 7 * * 1-5",
            "timezone": "Europe/Paris",
            "from": "Desk <news@example.com>",
            "recipients": self.folder / "recipients.csv",
            "organisation": ORGANISATION,
            "approval": False,
            "build_ahead_minutes": 0,
        } | self.changes
        desk: dict[str, Any] = {
            "sources": ({"name": "saved", "address": str(self.folder / "posts.json")},),
            "newsletters": (Newsletter.model_validate(newsletter),),
            "database_url": f"sqlite:///{self.folder}/desk.db",
            "outbox": self.folder / "outbox",
            "engine": "extractive",
            "allow_private_hosts": frozenset({"127.0.0.1"}),
            "pause_seconds": 0,
        }
        if self.port:
            desk |= {"smtp_host": "127.0.0.1", "smtp_port": self.port, "smtp_security": "none"}
        return settings(**desk | self.more)

    @contextmanager
    def press(self) -> Iterator[Press]:
        """The press at work."""
        with Press.opened(self.held, clock=lambda: self.now, tell=self.said.append) as press:
            yield press

    def run(self, *, force: bool = False) -> list[CommandResult]:
        """What `briefing newsletter run` does, at `now`."""
        with self.press() as press:
            return list(press.run(force=force))

    def states(self) -> dict[str, str]:
        """The state of every issue."""
        with self.press() as press:
            return {record.day: record.state for record in press.issues.of("morning")}


class Pressing:
    """Starts presses; every one of them is waited for before the end."""

    def __init__(self) -> None:
        paths = [str(Path(__file__).parent), str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        )

    def start(self, desk: Desk, **more: Any) -> int:
        """The process id of a `run` of this desk; killed at the commit that `kill_at` counts."""
        job = {"folder": str(desk.folder), "port": desk.port, "now": desk.now.isoformat(), "changes": desk.changes}
        return self._ask(job | {"state": os.environ["XDG_STATE_HOME"]} | more)

    def wait(self, pid: int) -> int:
        """Its exit code; negative for the signal that ended it."""
        return self._ask({"wait": pid})

    def close(self) -> None:
        """End the process that forks."""
        self._process.communicate()
        assert self._process.returncode == 0

    def _ask(self, job: Mapping[str, Any]) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


def run(job: Mapping[str, Any]) -> int:
    """One `run`, as a job says: 0, or 1 if anything failed."""
    os.environ["XDG_STATE_HOME"] = job["state"]
    os.chdir(job["folder"])
    if "kill_at" in job:
        kill_at(job["kill_at"])
    desk = Desk.__new__(Desk)  # the folder is as the test left it
    desk.folder, desk.port, desk.now = Path(job["folder"]), job["port"], datetime.fromisoformat(job["now"])
    desk.changes, desk.more, desk.said = job["changes"], {}, []
    return int(any(done.error for done in desk.run()))


def kill_at(number: int) -> None:
    """Kill this process just before that commit of a change, with all that happened since the one before it."""
    reached = count(1)

    def before(connection: sa.Connection) -> None:
        is_change = connection.get_execution_options().get("briefing_aim", "read") != "read"
        if is_change and next(reached) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(sa.Engine, "commit", before)


def main() -> None:
    """Read jobs, one JSON object a line; answer each with a number."""
    with TemporaryDirectory() as folder:  # what is loaded here is loaded once
        os.environ["XDG_STATE_HOME"] = folder
        Desk(Path(folder)).run()
    for line in sys.stdin:
        job = json.loads(line)
        if "wait" in job:
            sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(job['wait'], 0)[1])}\n")
        else:
            pid = os.fork()
            if not pid:
                os._exit(run(job))
            sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
