"""The outbox by itself: what is queued, claimed, suppressed, counted."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sending import NOON, SECRET, issue, open_outbox, people

from briefing.newsletter.message import Issue
from briefing.newsletter.outbox import AlreadySendingError, DeliveryCounts, DeliveryStep, Outbox, SupersededError
from briefing.newsletter.subscribers import Suppression
from briefing.newsletter.unsubscribe_tokens import recipient_id, unsubscribe_token
from briefing.store.database import meta
from briefing.store.tables import leases


@pytest.fixture
def outbox(url: str) -> Outbox:
    outbox = open_outbox(url)
    outbox.queue(issue(), people(3))
    return outbox


def test_an_issue_is_queued_once(outbox: Outbox) -> None:
    assert outbox.queue(issue(), people(3)) == DeliveryCounts(3, pending=3)
    assert outbox.queue(issue(), people(5)) == DeliveryCounts(3, pending=3)
    queued = outbox.issue(issue().id)
    assert queued is not None
    assert queued.issue == issue()
    assert queued.issue.hash == issue().hash


def test_what_was_queued_is_not_changed(outbox: Outbox) -> None:
    """M25: other bytes are another issue, which is a correction."""
    first = issue()
    edited = Issue(first.newsletter, first.date, "Another subject", first.html, first.text, first.language)
    with pytest.raises(SupersededError, match="daily/2026-01-01: queued before with other bytes"):
        outbox.queue(edited, people(3))
    correction = Issue(first.newsletter, first.date, "Another subject", first.html, first.text, first.language, 1)
    outbox.queue(correction, people(2))
    assert [queued.issue.id for queued in outbox.issues("daily")] == ["daily/2026-01-01", "daily/2026-01-01/1"]
    kept = outbox.issue(first.id)
    assert kept is not None
    assert kept.issue == first


def test_an_empty_audience(url: str) -> None:
    outbox = open_outbox(url)
    assert outbox.queue(issue(), []) == DeliveryCounts(0)
    assert not outbox.has_due(issue().id)


def test_only_one_has_the_lease(outbox: Outbox, url: str) -> None:
    lease = outbox.begin(issue().id)
    with pytest.raises(AlreadySendingError, match="is being sent already, by process"):
        open_outbox(url).begin(issue().id)
    outbox.end(lease)
    outbox.end(outbox.begin(issue().id))


def _alter_lease(outbox: Outbox, later: timedelta = timedelta(0), **values: object) -> None:
    with outbox._database.writing() as connection:
        lease = connection.execute(sa.select(leases)).mappings().one()
        times = {name: lease[name] + later for name in ("renewed_at", "until")}
        connection.execute(sa.update(leases).values(**values, **times))


@pytest.mark.parametrize("later", [timedelta(minutes=-3), timedelta(days=365)])
def test_a_lease_of_another_machine_runs_out(outbox: Outbox, url: str, later: timedelta) -> None:
    """While it runs nobody else begins; one that would run for a year was written by a clock that was wrong."""
    lease = outbox.begin(issue().id)
    first = outbox.claim(lease, 1, most=1)[0]
    assert outbox.record(lease, [DeliveryStep(first.id, 0, "sending")]) == [True]
    _alter_lease(outbox, timedelta(seconds=-60), machine="another", host="elsewhere")
    other = open_outbox(url)
    with pytest.raises(AlreadySendingError, match="on elsewhere"):
        other.begin(issue().id)
    _alter_lease(outbox, later)
    other.begin(issue().id)
    assert other.counts(issue().id) == DeliveryCounts(3, uncertain=1, pending=2)
    assert outbox.record(lease, [DeliveryStep(first.id, 0, "sent", 250, "OK")]) == [True]
    assert other.counts(issue().id) == DeliveryCounts(3, sent=1, pending=2)
    assert not outbox.renew(lease)


@pytest.mark.parametrize("later", [timedelta(days=-365), timedelta(minutes=-3), timedelta(days=365)])
def test_a_sender_that_is_seen_to_run_keeps_its_lease(outbox: Outbox, url: str, later: timedelta) -> None:
    """P15-16: whatever its clock did, or however long it stood still."""
    lease = outbox.begin(issue().id)
    _alter_lease(outbox, later)
    with pytest.raises(AlreadySendingError):
        open_outbox(url).begin(issue().id)
    _alter_lease(outbox, started="7")  # its process id was given to another process
    open_outbox(url).begin(issue().id)
    assert not outbox.renew(lease)


def test_a_sender_that_ended_and_was_not_waited_for_is_dead(outbox: Outbox, url: str) -> None:
    outbox.begin(issue().id)
    ended = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert ended.stdin is not None
    started = Path(f"/proc/{ended.pid}/stat").read_text().rpartition(") ")[2].split(" ")[19]
    _alter_lease(outbox, pid=ended.pid, started=started)
    with pytest.raises(AlreadySendingError, match=f"process {ended.pid} on"):
        open_outbox(url).begin(issue().id)
    ended.kill()
    ended.stdin.close()
    os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
    open_outbox(url).begin(issue().id)
    ended.wait()


def test_what_a_sender_of_the_first_release_left(outbox: Outbox, url: str) -> None:
    """Its process and time stood in its own row; its results are still heard."""
    lease = outbox.begin(issue().id)
    first, _ = outbox.claim(lease, 1, most=2)
    assert outbox.record(lease, [DeliveryStep(first.id, 0, "sending")]) == [True]
    with outbox._database.writing() as connection:
        connection.execute(sa.text("DELETE FROM leases"))
        for column in ("machine", "process", "until"):
            connection.execute(sa.text(f"ALTER TABLE newsletter_senders ADD COLUMN {column} TEXT"))
        connection.execute(sa.update(meta).where(meta.c.name == "schema_version.newsletter").values(value="1"))
    now = open_outbox(url)
    assert now.counts(issue().id) == DeliveryCounts(3, uncertain=1, pending=2)
    assert len(now.claim(now.begin(issue().id), 1)) == 2
    assert outbox.record(lease, [DeliveryStep(first.id, 0, "sent", 250, "OK")]) == [True]
    assert now.counts(issue().id) == DeliveryCounts(3, sent=1, pending=2)


def test_a_clock_that_was_wrong_keeps_nobody_waiting(outbox: Outbox, url: str) -> None:
    """P15-16: a retry noted for next year is due now."""
    ahead = open_outbox(url, NOON + timedelta(days=365))
    lease = ahead.begin(issue().id)
    steps = [DeliveryStep(one.id, 0, "pending", 450, "later") for one in ahead.claim(lease, 1)]
    assert ahead.record(lease, steps) == [True] * 3
    ahead.end(lease)
    lease = outbox.begin(issue().id)
    assert len(outbox.claim(lease, 1)) == 3


def test_a_claim_that_is_asked_for_again_is_the_same(outbox: Outbox) -> None:
    lease = outbox.begin(issue().id)
    first = outbox.claim(lease, 1, most=2)
    assert outbox.claim(lease, 1, most=2) == first
    assert len(outbox.claim(lease, 2, most=2)) == 1
    assert outbox.claim(lease, 3) == ()


def test_a_run_of_suppressed_ends_no_claim(url: str) -> None:
    outbox = open_outbox(url)
    outbox.queue(issue(), people(30))
    outbox.suppress(Suppression("bounced", f"p{n}@example.org") for n in range(25))
    claimed = outbox.claim(outbox.begin(issue().id), 1, most=10)
    assert [delivery.address for delivery in claimed] == [f"p{n}@example.org" for n in range(25, 30)]
    assert outbox.counts(issue().id) == DeliveryCounts(30, skipped={"bounced": 25}, pending=5)


def test_suppressions_are_only_added(outbox: Outbox) -> None:
    token = unsubscribe_token(SECRET, newsletter="daily", recipient=recipient_id(SECRET, "p0@example.org"))
    asked = [Suppression("unsubscribed", token=token), Suppression("unsubscribed", token=token + "0")]
    assert outbox.suppress(asked) == (1, 1)
    assert outbox.suppress(asked) == (0, 1)
    assert outbox.suppress([Suppression("bounced", "p1@example.org", note="5.1.1")]) == (1, 0)
    everybody = [f"p{n}@example.org" for n in range(3)]
    assert outbox.suppressed("daily", everybody) == {"p0@example.org": "unsubscribed", "p1@example.org": "bounced"}
    assert outbox.suppressed("weekly", everybody) == {"p1@example.org": "bounced"}
    outbox.lift("p1@example.org", note="a new mailbox")
    assert outbox.suppressed("weekly", everybody) == {}
    with outbox._database.reading() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM newsletter_suppressions")) == 3
    assert outbox.suppress([Suppression("complained", "p1@example.org")]) == (1, 0)
    assert outbox.suppressed("weekly", everybody) == {"p1@example.org": "complained"}


def test_a_paused_issue_is_not_claimed(outbox: Outbox) -> None:
    outbox.pause(issue().id, "the minister called")
    lease = outbox.begin(issue().id)
    assert outbox.claim(lease, 1) == ()
    outbox.resume(issue().id)
    assert len(outbox.claim(lease, 2)) == 3


def test_the_equation_in_words() -> None:
    counts = DeliveryCounts(10, 5, 1, {"bounced": 1, "unsubscribed": 1}, 1, 1)
    assert counts.is_balanced
    assert str(counts) == ("10 = 5 sent + 1 refused + 2 skipped (1 bounced, 1 unsubscribed) + 1 uncertain + 1 pending")
    assert not DeliveryCounts(2, 1).is_balanced
