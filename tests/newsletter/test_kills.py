"""Kill -9 at every commit and at random instants; two senders at once; a database that goes away.

`python -m benchmarks.soak` does the same for hundreds of kills.
"""

from __future__ import annotations

import os
import random
import signal
import time
from contextlib import suppress

import psycopg
import pytest
from sending import EXIT_BUSY, SENDER, Sending, check, issue, open_outbox, people
from smtp_server import Act, MailServer, Moment

from briefing.newsletter.delivery import deliver
from briefing.newsletter.mailer import Server
from briefing.newsletter.outbox import DeliveryStep

CONNECTIONS = 2
KILLS = 30
ROUNDS = {"sqlite": 50, "postgresql": 20}


def kill_after(pid: int, seconds: float) -> None:
    time.sleep(seconds)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def is_sound(url: str) -> bool:
    """SQLite's own word for it."""
    if not url.startswith("sqlite"):
        return True
    with open_outbox(url)._database.reading() as connection:
        return connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_a_kill_at_every_commit(url: str, sending: Sending) -> None:
    """Just before each commit, and just after it, until a sender gets through without coming to that one."""
    code, kill_at = -signal.SIGKILL, 0
    with MailServer() as mail:
        while code == -signal.SIGKILL:
            kill_at += 1
            mail.received.clear()
            of = issue(kill_at)
            outbox = open_outbox(url)
            outbox.queue(of, people(4))
            code = sending.wait(sending.start(url, of, mail.port, kill_at=kill_at))
            deliver(outbox, of.id, SENDER, Server("127.0.0.1", mail.port, "none", connections=CONNECTIONS))
            counts = check(outbox, of, mail.received, most_uncertain=CONNECTIONS if code else 0)
            assert counts.pending == 0
    assert code == 0
    assert kill_at > 15
    assert is_sound(url)


def test_kills_at_random_instants(url: str, sending: Sending) -> None:
    chance = random.Random(7)
    outbox, kills = open_outbox(url), 0
    with MailServer(lambda moment: Act(wait_seconds=0.002)) as mail:
        for day in range(100):
            if kills >= KILLS:
                break
            mail.received.clear()
            outbox.queue(issue(day), people(60))
            killed = 0
            while outbox.has_due(issue(day).id) and killed < 6:
                pid = sending.start(url, issue(day), mail.port)
                kill_after(pid, chance.uniform(0.01, 0.5))
                killed += sending.wait(pid) == -signal.SIGKILL
            deliver(outbox, issue(day).id, SENDER, Server("127.0.0.1", mail.port, "none"))
            assert check(outbox, issue(day), mail.received, most_uncertain=killed * CONNECTIONS).pending == 0
            kills += killed
    assert kills >= KILLS
    assert is_sound(url)


def test_two_senders_at_once(url: str, sending: Sending) -> None:
    """One of them sends; the other says so, or finds that all is done."""
    outbox = open_outbox(url)
    with MailServer() as mail:
        for day in range(ROUNDS[url.partition(":")[0]]):
            mail.received.clear()
            outbox.queue(issue(day), people(4))
            pids = [sending.start(url, issue(day), mail.port) for _ in range(2)]
            codes = sorted(sending.wait(pid) for pid in pids)
            assert codes in ([0, EXIT_BUSY], [0, 0])
            assert check(outbox, issue(day), mail.received).sent == 4


def test_a_sender_that_was_frozen_sends_nothing_of_what_others_took_over(url: str) -> None:
    """Its lease ran out elsewhere: here, its rows were settled while it stood between RCPT and its mark."""
    outbox = open_outbox(url)
    outbox.queue(issue(), people(4))
    frozen = outbox.begin(issue().id)
    mine = outbox.claim(frozen, 1)
    outbox.end(frozen)  # what another machine's `begin` does to it
    with MailServer() as mail:
        deliver(outbox, issue().id, SENDER, Server("127.0.0.1", mail.port, "none"))
        assert outbox.record(frozen, [DeliveryStep(one.id, 0, "sending") for one in mine]) == [False] * 4
        assert outbox.claim(frozen, 2) == ()
        assert not outbox.renew(frozen)
        assert check(outbox, issue(), mail.received).sent == 4


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_database_server_that_hangs_up(url: str) -> None:
    """P23: every connection to it is cut, twice, while mail goes out."""

    def cut(moment: Moment) -> None:
        if moment.phase in ("RCPT", "dot") and moment.before in (3, 9):
            with psycopg.connect(url, autocommit=True) as connection:
                others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                connection.execute(f"{others} AND pid <> pg_backend_pid()")

    outbox = open_outbox(url)
    outbox.queue(issue(), people(20))
    with MailServer(cut) as mail:
        deliver(outbox, issue().id, SENDER, Server("127.0.0.1", mail.port, "none", connections=CONNECTIONS))
        assert check(outbox, issue(), mail.received).sent == 20
