"""How fast an issue goes out with every phase committed, against `smtplib` with one commit a message.

    python -m benchmarks.outbox [RECIPIENTS]

Both send the same messages over four connections to one server on loopback, in a process of its own (asyncio, which
reads and answers and keeps nothing). The peer: four threads of `smtplib.sendmail`, each of which then commits "sent" to
SQLite with `synchronous=FULL` (WAL), under one lock. They take turns; each turn is a process of its own, whose peak
memory is the system's figure.
"""

from __future__ import annotations

import asyncio
import json
import resource
import smtplib
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock

from briefing.newsletter.delivery import deliver
from briefing.newsletter.mailer import Server
from briefing.newsletter.message import UNSUBSCRIBE, Composer, Issue, Sender
from briefing.newsletter.outbox import Outbox
from briefing.newsletter.subscribers import Recipient, recipients
from briefing.newsletter.unsubscribe_tokens import message_tag, recipient_id, unsubscribe_token
from briefing.store.database import Database

CONNECTIONS = 4
ROUNDS = 3
SECRET = b"a secret of thirty-two octets, or so"
SENDER = Sender("news@example.com", "The desk", bounces="bounces@example.com", unsubscribe_url="https://example.com/u")
PARAGRAPH = (
    "<p>What was reported, by whom, and how firmly: the ministry said on Monday that 1,200 people returned.</p>\n"
)


def issue() -> Issue:
    """About 12 kB of HTML and 6 kB of text."""
    html = PARAGRAPH * 110 + f'<p><a href="{UNSUBSCRIBE}">Unsubscribe</a></p>'
    text = "What was reported, by whom, and how firmly.\n" * 130 + UNSUBSCRIBE
    return Issue("daily", date(2026, 11, 23), "The day in seven stories", html, text)


def people(number: int) -> tuple[Recipient, ...]:
    return recipients("email,name\n" + "".join(f"reader{n}@example.org,Reader {n}\n" for n in range(number))).accepted


def ours(folder: Path, port: int, number: int) -> float:
    """Seconds for sending; queueing is done before."""
    outbox = Outbox(Database(f"sqlite:///{folder}/outbox.db"), secret=SECRET)
    outbox.queue(issue(), people(number))
    server = Server("127.0.0.1", port, "none", connections=CONNECTIONS)
    start = time.perf_counter()
    counts = deliver(outbox, issue().id, SENDER, server)
    taken = time.perf_counter() - start
    assert counts.sent == number, counts
    return taken


def plain(folder: Path, port: int, number: int) -> float:
    """The peer."""
    database = sqlite3.connect(folder / "plain.db", check_same_thread=False, isolation_level=None)
    for statement in (
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "CREATE TABLE sent (address TEXT PRIMARY KEY)",
    ):
        database.execute(statement)
    composer, lock = Composer(issue(), SENDER), Lock()

    def send(some: tuple[Recipient, ...]) -> None:
        connection = smtplib.SMTP("127.0.0.1", port, "bench.test")
        for who in some:
            person = recipient_id(SECRET, who.normalised)
            message = composer.compose(
                address=who.address,
                name=who.name,
                tag=message_tag(SECRET, issue=issue().id, address=who.normalised),
                token=unsubscribe_token(SECRET, newsletter="daily", recipient=person),
                at=datetime.now(UTC),
            )
            connection.sendmail(message.sender, [message.recipient], message.data)
            with lock:
                database.execute("INSERT INTO sent VALUES (?)", (who.normalised,))
        connection.quit()

    everybody = people(number)
    start = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(send, [everybody[n::CONNECTIONS] for n in range(CONNECTIONS)]))
    return time.perf_counter() - start


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A mail server that takes everything."""
    writer.write(b"220 mx.test\r\n")
    while line := await reader.readline():
        command = line[:4].upper()
        if command == b"DATA":
            writer.write(b"354 go on\r\n")
            await reader.readuntil(b"\r\n.\r\n")
        writer.write(b"250-mx.test\r\n250 SIZE 33554432\r\n" if command == b"EHLO" else b"250 2.0.0 OK\r\n")
        if command == b"QUIT":
            break
    writer.close()


async def serve() -> None:
    listener = await asyncio.start_server(answer, "127.0.0.1", 0, limit=2**22)
    print(listener.sockets[0].getsockname()[1], flush=True)
    await listener.serve_forever()


@contextmanager
def server() -> Iterator[int]:
    """The port of a server in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.outbox", "serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline())
        process.terminate()


def one(name: str, port: int, number: int) -> None:
    """One turn, in this process; prints its figures as JSON."""
    with tempfile.TemporaryDirectory(dir=".") as folder:
        seconds = {"ours": ours, "plain": plain}[name](Path(folder), port, number)
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**10 if sys.platform == "linux" else 2**20)
    print(json.dumps({"seconds": seconds, "peak_mib": peak_mib}))


def turn(name: str, port: int, number: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.outbox", "one", name, str(port), str(number)]
    figures: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return figures


def main() -> None:
    number = int(sys.argv[1]) if sys.argv[1:] else 10_000
    with server() as port:
        rounds = [{name: turn(name, port, number) for name in ("plain", "ours")} for _ in range(ROUNDS)]
    for name in ("plain", "ours"):
        speed = statistics.median(number / figures[name]["seconds"] for figures in rounds)
        peak = max(figures[name]["peak_mib"] for figures in rounds)
        print(f"{name:6} {speed:7.0f} messages a second, peak {peak:6.1f} MiB")
    ratio = statistics.median(figures["plain"]["seconds"] / figures["ours"]["seconds"] for figures in rounds)
    print(f"{ratio:.2f} x the speed of plain smtplib (at least 0.5); memory at most 150 MiB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        asyncio.run(serve())
    elif sys.argv[1:2] == ["one"]:
        one(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        main()
