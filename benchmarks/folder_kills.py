"""Kill -9 of what writes the folder of a digest or of an archive: at every step, at random instants, two at once.

    python -m benchmarks.folder_kills [ROUNDS]

200 rounds of each without a number. Each round forks a process that has two digests, or two states of a site, made and
ready. After each, the folder is looked at as a visitor finds it: it must be one of the two, whole, with the files that
are somebody else's in it as they were.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import briefing
from briefing.archive.archive_folder import write_site
from briefing.archive.site import site
from briefing.archive.timelines import ArchivedDigest
from briefing.config import settings
from briefing.types import Post
from briefing.workflow.editing import write_edited
from briefing.workflow.engines import EngineSession, extractive
from briefing.workflow.gathering import LoadResult
from briefing.workflow.pipeline import DigestRun, Plan, make

EXAMPLES = Path(briefing.__file__).parent / "examples" / "short-posts.json"
MADE_AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
STEPS = ("open", "os.rename", "os.link", "os.mkdir", "os.rmdir", "os.remove", "os.chmod", "shutil.rmtree")
OTHERS = {"notes.txt": b"somebody's own", "assets/logo.svg": b"<svg/>"}

Write = Callable[[Path], object]


@dataclass
class Tally:
    """What came of it; `broken` are the rounds after which the folder was neither of the two."""

    rounds: int = 0
    kills: int = 0
    found: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


def files(folder: Path) -> dict[str, bytes]:
    """What a visitor finds."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def forked(write: Write, folder: Path, *, kill_at: int = 0) -> int:
    """The id of a process that writes into the folder; killed at that step of the file system, if at any."""
    pid = os.fork()
    if pid:
        return pid
    if kill_at:
        reached = count(1)

        def hook(event: str, arguments: object) -> None:
            if event in STEPS and next(reached) == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
    code = 1
    try:
        write(folder)
        code = 0
    finally:
        os._exit(code)


def ended(pid: int) -> int:
    """Its exit code; negative for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


class Rounds:
    """Two states of a folder, and processes that write them."""

    def __init__(self, one: Write, other: Write, chance: random.Random) -> None:
        self._writes = {"one": one, "other": other}
        self._chance = chance
        self._expected: dict[str, dict[str, bytes]] = {}
        self.seconds = 0.0
        for name, write in self._writes.items():
            with tempfile.TemporaryDirectory() as place:
                write(Path(place, "made"))  # what is loaded is loaded once
                began = time.monotonic()
                write(Path(place, "again"))
                self.seconds = max(self.seconds, time.monotonic() - began)
                self._expected[name] = files(Path(place, "made")) | OTHERS

    def _check(self, folder: Path, what: str, tally: Tally) -> None:
        tally.rounds += 1
        found = files(folder)
        name = next((name for name, expected in self._expected.items() if found == expected), "")
        tally.found[name] += 1
        if not name:
            tally.broken.append(what)

    def _begun(self, place: str) -> Path:
        folder = Path(place, "made")
        self._writes["one"](folder)
        for name, data in OTHERS.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(data)
        return folder

    def at_every_step(self) -> Tally:
        """One killed at its first step, at its second, and so on, until one comes to its end."""
        tally = Tally()
        for number in count(1):
            with tempfile.TemporaryDirectory() as place:
                folder = self._begun(place)
                code = ended(forked(self._writes["other"], folder, kill_at=number))
                self._check(folder, f"killed at step {number}", tally)
                if code == 0:
                    return tally
                tally.kills += 1
                self._writes["other"](folder)
                self._check(folder, f"written after a kill at step {number}", tally)
        raise AssertionError

    def two_at_once(self, rounds: int) -> Tally:
        """Two that write different things at the same time; of every second pair one is killed at a random instant."""
        tally = Tally()
        with tempfile.TemporaryDirectory() as place:
            folder = self._begun(place)
            for number in range(rounds):
                pids = [forked(write, folder) for write in self._writes.values()]
                if number % 2:
                    time.sleep(self._chance.uniform(0, self.seconds))
                    os.kill(self._chance.choice(pids), signal.SIGKILL)
                codes = [ended(pid) for pid in pids]
                tally.kills += codes.count(-signal.SIGKILL)
                self._check(folder, f"round {number}: {codes}", tally)
                if any(code > 0 for code in codes):
                    tally.broken.append(f"round {number} failed: {codes}")
        return tally


def digest_of(posts: Sequence[Post], made_at: datetime) -> DigestRun:
    """A digest, selected."""
    plan = Plan(made_at=made_at, settings=settings(engine="extractive"), title="Morning brief")
    return asyncio.run(make(LoadResult(("saved",), tuple(posts)), plan, EngineSession(extractive())))


def main(rounds: int = 200) -> None:
    """Print a line for each way to be killed; exit 1 where a folder was neither of the two."""
    posts = briefing.load(EXAMPLES)
    runs = [digest_of(posts[:2], MADE_AT), digest_of(posts[2:], MADE_AT + timedelta(days=1))]

    def writes(run: DigestRun, formats: Sequence[str]) -> Write:
        return lambda folder: write_edited(run.digest, run.documents, folder, formats=formats)

    stored = [ArchivedDigest("desk", run.digest.made_at, run.digest.made_at, run.digest) for run in runs]
    pages: list[Mapping[str, str]] = [dict(site(stored[:1])), dict(site(stored))]
    kinds: dict[str, tuple[Write, Write]] = {
        "digest": (writes(runs[0], ["html", "markdown", "text", "json"]), writes(runs[1], ["html", "json"])),
        "archive": (lambda at: write_site(pages[0].items(), at), lambda at: write_site(pages[1].items(), at)),
    }
    broken = 0
    for name, (one, other) in kinds.items():
        work = Rounds(one, other, random.Random(7))
        ways = {"killed at every step": work.at_every_step(), "two at once": work.two_at_once(rounds)}
        for way, tally in ways.items():
            states = f"{tally.found['one']} old, {tally.found['other']} new, {tally.found['']} neither"
            print(f"{name}, {way}: {tally.rounds} looks, {tally.kills} kills: {states}")
            for line in tally.broken:
                print(f"  {line}")
            broken += len(tally.broken)
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
