"""Kill -9 at every commit, in every phase of a message, and at random instants; SQLite and PostgreSQL.

    python -m benchmarks.soak [KILLS]

500 kills of each database without a number. It uses the senders and the mail server of the tests, and prints what
came of all messages: duplicates, losses, the uncertain ones against their bound, and how many of those had arrived.
PostgreSQL is left out, and named, where it is not installed.
"""

from __future__ import annotations

import inspect
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "tests"), str(Path(__file__).parents[1] / "tests" / "newsletter")]

import postgres  # noqa: E402 - found only from here on
import pytest  # noqa: E402 - found only from here on
from sending import OPENED, SENDER, Sending, check, issue, open_outbox, people  # noqa: E402 - found only from here on
from smtp_server import Act, MailServer, Script, healthy  # noqa: E402 - found only from here on

from briefing.newsletter.delivery import deliver  # noqa: E402 - found only from here on
from briefing.newsletter.mailer import Server  # noqa: E402 - found only from here on
from briefing.newsletter.outbox import Outbox  # noqa: E402 - found only from here on

CONNECTIONS = 4
AUDIENCE = 40
PHASES = ("connect", "EHLO", "MAIL", "RCPT", "DATA", "body", "dot", "QUIT")


@dataclass
class Tally:
    """What came of it."""

    kills: int = 0
    issues: int = 0
    recipients: int = 0
    uncertain: int = 0
    uncertain_arrived: int = 0


class Soak:
    """Kills senders of one database."""

    def __init__(self, url: str, sending: Sending, chance: random.Random) -> None:
        self._url = url
        self._sending = sending
        self._chance = chance
        self._mail = MailServer()
        self._days = count()
        self.tally = Tally()

    def run(self, kills: int) -> None:
        with self._mail:
            turns = (self._at_commits(), self._in_phases(), self._at_random())
            while self.tally.kills < kills:
                next(turns[self.tally.issues % 3])

    def _at_commits(self) -> Iterator[None]:
        """Before and after every commit in turn."""
        for kill_at in count(1):
            self._one(kill_at=kill_at % 60 + 1)
            yield

    def _in_phases(self) -> Iterator[None]:
        """By the mail server, in every phase; with a message taken or not."""
        for number in count():
            phase, nth = PHASES[number % len(PHASES)], number // len(PHASES) % AUDIENCE
            act = Act(is_kill=True, is_drop=True, is_accepted=bool(number % 2))
            self._mail.seen.clear()
            self._mail.script = _at(phase, nth, act)
            self._one()
            yield

    def _at_random(self) -> Iterator[None]:
        while True:
            self._mail.script = lambda moment: Act(wait_seconds=0.001)
            self._one(seconds=self._chance.uniform(0.0, 0.6))
            yield

    def _one(self, *, seconds: float | None = None, **more: int) -> None:
        """One issue: a sender that is killed, and again until none is; then whoever is left."""
        of, outbox = issue(next(self._days)), open_outbox(self._url)
        outbox.queue(of, people(AUDIENCE))
        self._mail.received.clear()
        pid = self._sending.start(self._url, of, self._mail.port, server={"connections": CONNECTIONS}, **more)
        if seconds is not None:
            time.sleep(seconds)
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        killed = self._sending.wait(pid) == -signal.SIGKILL
        self._mail.script = healthy
        deliver(outbox, of.id, SENDER, Server("127.0.0.1", self._mail.port, "none", connections=CONNECTIONS))
        counts = check(outbox, of, self._mail.received, most_uncertain=CONNECTIONS if killed else 0)
        assert counts.pending == 0, counts
        self._count(outbox, of.id, killed)
        while OPENED:
            OPENED.pop().close()

    def _count(self, outbox: Outbox, of: str, killed: bool) -> None:
        uncertain = {delivery.address for delivery in outbox.deliveries(of, "uncertain")}
        self.tally.kills += killed
        self.tally.issues += 1
        self.tally.recipients += AUDIENCE
        self.tally.uncertain += len(uncertain)
        self.tally.uncertain_arrived += len(uncertain & set(self._mail.recipients()))


def _at(phase: str, number: int, act: Act) -> Script:
    return lambda moment: act if (moment.phase, moment.before) == (phase, number) else None


@contextmanager
def databases() -> Iterator[list[str]]:
    """A URL of each kind."""
    with tempfile.TemporaryDirectory() as folder:
        urls = [f"sqlite:///{folder}/briefing.db"]
        server = inspect.unwrap(postgres.postgresql)()
        try:
            yield [*urls, next(server).new_database()]
        except pytest.skip.Exception as reason:
            print(f"without PostgreSQL: {reason}")
            yield urls
        finally:
            next(server, None)


def is_sound(url: str) -> str:
    """What SQLite says of the file."""
    if not url.startswith("sqlite"):
        return "-"
    with open_outbox(url)._database.reading() as connection:
        return str(connection.exec_driver_sql("PRAGMA integrity_check").scalar())


def main() -> None:
    kills = int(sys.argv[1]) if sys.argv[1:] else 500
    sending = Sending()
    with databases() as urls:
        for url in urls:
            soak = Soak(url, sending, random.Random(1))
            soak.run(kills)
            tally = soak.tally
            print(
                f"{url.partition(':')[0]:10} {tally.kills} kills, {tally.recipients} recipients of {tally.issues}"
                f" issues: 0 duplicates, 0 lost, {tally.uncertain} uncertain (at most {tally.kills * CONNECTIONS}),"
                f" of which {tally.uncertain_arrived} had arrived; integrity {is_sound(url)}"
            )
    sending.close()


if __name__ == "__main__":
    main()
