"""Senders in processes of their own, to be killed; and what must hold of an issue whatever happened to them.

Starting Python and importing everything takes longer than sending does. So one process imports, and forks for each
sender (`main`, run as a script); it has a single thread, which is what forking needs.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from smtp_server import Arrived

from briefing.exceptions import ConfigError, DeliveryError
from briefing.newsletter.delivery import deliver, stop_on_signals
from briefing.newsletter.mailer import Server
from briefing.newsletter.message import UNSUBSCRIBE, Issue, Sender
from briefing.newsletter.message_lint import message_problems
from briefing.newsletter.outbox import AlreadySendingError, DeliveryCounts, Outbox
from briefing.newsletter.subscribers import Recipient, recipients
from briefing.store.database import Database

SECRET = b"not a secret, but as long as one"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ORGANISATION = "Example Desk, 1 Example Street"
SENDER = Sender(
    "news@example.com", "The Désk", bounces="bounces@example.com", unsubscribe_url="https://example.com/unsubscribe"
)
EXIT_BUSY, EXIT_UNREACHABLE, EXIT_UNUSABLE = 10, 3, 4


def issue(day: int = 0, newsletter: str = "daily") -> Issue:
    """An issue of one of many days."""
    html = f'<p>Ça va. {ORGANISATION}</p><p><a href="{UNSUBSCRIBE}">Unsubscribe</a></p>'
    text = f"Ça va.\n.\n..two dots\n{ORGANISATION}\nUnsubscribe: {UNSUBSCRIBE}\n"
    return Issue(newsletter, date.fromordinal(date(2026, 1, 1).toordinal() + day), "Le jour où", html, text, "fr")


def people(number: int) -> tuple[Recipient, ...]:
    """p0@example.org and so on."""
    return recipients("".join(f"p{n}@example.org\n" for n in range(number))).accepted


OPENED: list[Database] = []


def open_outbox(url: str, now: datetime = NOON) -> Outbox:
    """An outbox whose clock stands still; the test's end closes it."""
    OPENED.append(Database(url))
    return Outbox(OPENED[-1], secret=SECRET, now=lambda: now)


def check(outbox: Outbox, of: Issue, received: Sequence[Arrived], *, most_uncertain: int = 0) -> DeliveryCounts:
    """Nobody was sent anything twice, nobody is lost, what went out is well-formed; returns the counts."""
    counts = outbox.counts(of.id)
    assert counts.is_balanced, counts
    times = Counter(arrived.recipient for arrived in received)
    assert [who for who, number in times.items() if number > 1] == []
    states = {delivery.address: delivery.state for delivery in outbox.deliveries(of.id)}
    assert {who for who, state in states.items() if state == "sent"} <= set(times)
    assert {states[who] for who in times} <= {"sent", "uncertain", "sending"}
    assert counts.uncertain <= most_uncertain, counts
    for arrived in received[:3]:
        assert message_problems(arrived.data, organisation=ORGANISATION) == []
    return counts


class Sending:
    """Starts senders; every one of them is waited for before the end."""

    def __init__(self) -> None:
        paths = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        )

    def start(self, url: str, of: Issue, port: int, **more: Any) -> int:
        """The process id of a sender of this issue; `more` as `run` reads it."""
        return self._ask({"url": url, "day": of.date.isoformat(), "port": port} | more)

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
    """Send an issue, as a job says; its exit code."""
    if "most_file_octets" in job:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (job["most_file_octets"],) * 2)
    if "kill_at" in job:
        kill_at(job["kill_at"])
    of = issue((date.fromisoformat(job["day"]) - date(2026, 1, 1)).days)
    settings: dict[str, Any] = {"connections": 2, "security": "none", "pause_seconds": 0.01}
    settings |= job.get("server", {})
    server = Server("127.0.0.1", job["port"], hostname=f"pid-{os.getpid()}.test", **settings)
    try:
        with stop_on_signals() as stop:
            deliver(open_outbox(job["url"]), of.id, SENDER, server, stop=stop)
            return stop.exit_code
    except AlreadySendingError:
        return EXIT_BUSY
    except DeliveryError:
        return EXIT_UNREACHABLE
    except ConfigError:
        return EXIT_UNUSABLE


def kill_at(number: int) -> None:
    """Kill this process at that side effect of the database: just before each commit, and just after it."""
    reached = count(1)

    def reach(*_: object) -> None:
        if next(reached) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(sa.Engine, "commit", reach)
    sa.event.listen(sa.pool.Pool, "checkin", reach)


def main() -> None:
    """Read jobs, one JSON object a line; answer each with a number."""
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
