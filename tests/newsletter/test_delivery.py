"""The fault matrix of mail: each fault as it comes, and once more with a SIGKILL straight after it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sending import EXIT_UNREACHABLE, EXIT_UNUSABLE, NOON, SENDER, Sending, check, issue, open_outbox, people
from smtp_server import Act, MailServer, Moment, Script, healthy

from briefing.exceptions import DeliveryError
from briefing.newsletter.delivery import deliver
from briefing.newsletter.mailer import Server
from briefing.newsletter.outbox import RETRY_AFTER, DeliveryCounts, Outbox
from briefing.newsletter.subscribers import Recipient, Suppression, parse_address

AUDIENCE = 8
LATER = NOON + timedelta(hours=25)


def at(phase: str, recipient: str, act: Act, *, times: int = 1000) -> Callable[[], Script]:
    """A script that acts when this recipient is in that phase, so many times."""

    def make() -> Script:
        left = [times]

        def script(moment: Moment) -> Act | None:
            if moment.phase != phase or (recipient and not moment.recipient.startswith(recipient)) or not left[0]:
                return None
            left[0] -= 1
            return act

        return script

    return make


def at_number(phase: str, number: int, act: Act) -> Callable[[], Script]:
    """A script that acts at the n-th time that this phase comes up on the server."""
    return lambda: lambda moment: act if (moment.phase, moment.before) == (phase, number) else None


def each_third() -> Script:
    """Hangs up after three messages, without a word."""
    return lambda moment: Act(is_drop=True) if moment.phase == "MAIL" and moment.accepted_here >= 3 else None


def slowing() -> Script:
    """A provider that wants fewer messages a connection."""
    slow = Act("450 4.7.1 too many messages, slow down")
    return lambda moment: slow if moment.phase == "RCPT" and moment.recipient.startswith("p4") else None


@dataclass(frozen=True)
class Fault:
    """What a server does, and where the recipients are after one run against it."""

    script: Callable[[], Script]
    sent: int = AUDIENCE
    pending: int = 0
    refused: int = 0
    uncertain: int = 0
    is_error: bool = False
    settings: dict[str, Any] = field(default_factory=dict)
    size_limit: int = 33_554_432
    features: tuple[str, ...] = ()


def is_put_off(act: Act, phase: str, **more: Any) -> Fault:
    return Fault(at(phase, "p3", act), sent=AUDIENCE - 1, pending=1, **more)


def no_fault() -> Script:
    """What is wrong is not in the answers."""
    return healthy


IMPATIENT = {"connect_seconds": 0.4}
FAULTS = {
    "M2: 421 instead of a greeting": Fault(at("connect", "", Act("421 too busy")), 0, 8, is_error=True),
    "M2: 554 instead of a greeting": Fault(at("connect", "", Act("554 go away")), 0, 8, is_error=True),
    "M3: no greeting": Fault(at("connect", "", Act(is_hang=True)), 0, 8, is_error=True, settings=IMPATIENT),
    "M3: no answer to EHLO": Fault(at("EHLO", "", Act(is_hang=True)), 0, 8, is_error=True, settings=IMPATIENT),
    "M4: no TLS": Fault(no_fault, 0, 8, is_error=True, settings={"security": "starttls"}),
    "M4: no TLS from the first byte": Fault(no_fault, 0, 8, is_error=True, settings={"security": "tls"}),
    "M5: MAIL 450": Fault(at_number("MAIL", 2, Act("450 later")), 7, 1),
    "M5: MAIL 550": Fault(at("MAIL", "", Act("550 5.7.1 not you")), 0, 8, is_error=True),
    "M6: RCPT 450": is_put_off(Act("450 4.2.0 later"), "RCPT"),
    "M6: RCPT 451": is_put_off(Act("451 4.3.0 later"), "RCPT"),
    "M6: RCPT 452": is_put_off(Act("452 4.2.2 full"), "RCPT"),
    "M6: RCPT 552": is_put_off(Act("552 5.2.2 full"), "RCPT"),
    "M7: DATA 421": is_put_off(Act("421 4.3.2 shutting down"), "DATA"),
    "M7: 452 after the dot": is_put_off(Act("452 4.3.1 no room"), "dot"),
    "M7: 421 after the dot": is_put_off(Act("421 4.3.2 shutting down"), "dot"),
    "M8: RCPT 550": Fault(at("RCPT", "p3", Act("550 5.1.1 no such user")), 7, 0, 1),
    "M8: RCPT 550, pipelined": Fault(at("RCPT", "p3", Act("550 5.1.1 nobody")), 7, 0, 1, features=("PIPELINING",)),
    "M10: 554 after the dot": Fault(at("dot", "p3", Act("554 5.7.1 spam")), 7, 0, 1),
    "M11: drop after RCPT": Fault(at("DATA", "p3", Act(is_drop=True), times=1)),
    "M11: drop at RCPT": Fault(at("RCPT", "p3", Act(is_drop=True), times=1)),
    "M11: no answer to RCPT": Fault(at("RCPT", "p3", Act(is_hang=True), times=1), settings={"reply_seconds": 0.3}),
    "M12: drop in the body": Fault(at("body", "p3", Act(is_drop=True), times=1)),
    "M12: drop in the body, always": is_put_off(Act(is_drop=True), "body"),
    "M13: drop after the dot, not taken": Fault(at("dot", "p3", Act(is_drop=True)), 7, uncertain=1),
    "M13: drop after the dot, taken": Fault(at("dot", "p3", Act(is_drop=True, is_accepted=True)), 7, uncertain=1),
    "M14: no answer after the dot": Fault(
        at("dot", "p3", Act(is_hang=True, is_accepted=True)), 7, uncertain=1, settings={"dot_seconds": 0.3}
    ),
    "M14: nonsense after the dot": Fault(at("dot", "p3", Act("what?", is_accepted=True)), 7, uncertain=1),
    "M15: drop on QUIT": Fault(at("QUIT", "", Act(is_drop=True))),
    "M16: a rate limit": Fault(slowing, 7, 1),
    "M17: a drop after every third": Fault(each_third),
    "M18: too long for the server": Fault(no_fault, 0, 8, is_error=True, size_limit=600),
}


def settings_of(fault: Fault) -> dict[str, Any]:
    return {"security": "none", "connections": 2, "pause_seconds": 0.01} | fault.settings


def server_of(mail: MailServer, **settings: Any) -> Server:
    return Server("127.0.0.1", mail.port, **settings_of(Fault(no_fault, settings=settings)))


@pytest.fixture
def outbox(url: str) -> Outbox:
    """With one issue for eight recipients in it."""
    outbox = open_outbox(url)
    outbox.queue(issue(), people(AUDIENCE))
    return outbox


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault(name: str, outbox: Outbox, url: str) -> None:
    fault = FAULTS[name]
    with MailServer(fault.script(), size_limit=fault.size_limit, features=fault.features) as mail:
        started = time.monotonic()
        if fault.is_error:
            with pytest.raises(DeliveryError, match=r"127\.0\.0\.1"):
                deliver(outbox, issue().id, SENDER, server_of(mail, **fault.settings))
        else:
            deliver(outbox, issue().id, SENDER, server_of(mail, **fault.settings))
        assert time.monotonic() - started < 8
        counts = check(outbox, issue(), mail.received, most_uncertain=fault.uncertain)
        assert counts == DeliveryCounts(AUDIENCE, fault.sent, fault.refused, {}, fault.uncertain, fault.pending)
        assert {delivery.state for delivery in outbox.deliveries(issue().id)}.isdisjoint({"claimed", "sending"})
        mail.script, mail.size_limit = healthy, 33_554_432
        again = open_outbox(url, LATER)
        deliver(again, issue().id, SENDER, server_of(mail))
        settled = DeliveryCounts(
            AUDIENCE, AUDIENCE - fault.refused - fault.uncertain, fault.refused, {}, fault.uncertain
        )
        assert check(again, issue(), mail.received, most_uncertain=fault.uncertain) == settled


@pytest.mark.parametrize("name", [name for name in FAULTS if FAULTS[name].script is not no_fault])
def test_a_fault_and_a_kill_straight_after(name: str, outbox: Outbox, url: str, sending: Sending) -> None:
    fault = FAULTS[name]
    script = fault.script()

    def deadly(moment: Moment) -> Act | None:
        act = script(moment)
        return act and replace(act, is_kill=moment.phase != "connect")

    with MailServer(deadly, size_limit=fault.size_limit, features=fault.features) as mail:
        code = sending.wait(sending.start(url, issue(), mail.port, server=settings_of(fault)))
        assert code == (EXIT_UNREACHABLE if "greeting" in name else -signal.SIGKILL)
        mail.script = healthy
        again = open_outbox(url, LATER)
        deliver(again, issue().id, SENDER, server_of(mail))
        counts = check(again, issue(), mail.received, most_uncertain=2)
        assert counts.pending == 0


@pytest.mark.parametrize("fault", [FAULTS["M4: no TLS"], FAULTS["M18: too long for the server"]], ids=["M4", "M18"])
@pytest.mark.parametrize("kill_at", [1, 3, 5])
def test_a_fault_that_is_no_answer_and_a_kill(
    fault: Fault, kill_at: int, outbox: Outbox, url: str, sending: Sending
) -> None:
    with MailServer(size_limit=fault.size_limit) as mail:
        pid = sending.start(url, issue(), mail.port, server=settings_of(fault), kill_at=kill_at)
        assert sending.wait(pid) == -signal.SIGKILL
    with MailServer() as mail:
        deliver(outbox, issue().id, SENDER, server_of(mail))
        assert check(outbox, issue(), mail.received).sent == AUDIENCE


def test_nobody_listens(outbox: Outbox) -> None:
    """M1."""
    with MailServer() as mail:
        server = server_of(mail)
    with pytest.raises(DeliveryError, match=f"127.0.0.1:{server.port}: .*refused"):
        deliver(outbox, issue().id, SENDER, server)
    assert {(delivery.state, delivery.attempts) for delivery in outbox.deliveries(issue().id)} == {("pending", 0)}


def test_a_recipient_is_put_off_longer_each_time_and_then_given_up(url: str) -> None:
    """M6: after 15 minutes, an hour, four, twelve: within a day; who is given up so is not suppressed."""
    open_outbox(url).queue(issue(), people(1))
    now, waits = NOON, []
    with MailServer(at("RCPT", "p0", Act("450 4.2.0 later"))()) as mail:
        while (counts := deliver(open_outbox(url, now), issue().id, SENDER, server_of(mail))).pending:
            due = open_outbox(url).deliveries(issue().id)[0].due_at
            assert due is not None
            assert deliver(open_outbox(url, due - timedelta(seconds=1)), issue().id, SENDER, server_of(mail)) == counts
            waits.append(due - now)
            now = due
        assert mail.seen["RCPT"] == len(RETRY_AFTER) + 1
    assert tuple(waits) == RETRY_AFTER
    assert now - NOON <= timedelta(hours=24)
    assert counts.refused == 1
    assert open_outbox(url).suppressed("daily", ["p0@example.org"]) == {}


@pytest.mark.parametrize(
    ("act", "phase", "is_suppressed"),
    [
        (Act("550 5.1.1 no such user"), "RCPT", True),
        (Act("550 nobody of that name"), "RCPT", True),
        (Act("550 5.7.1 policy"), "RCPT", False),
        (Act("554 5.7.1 spam"), "dot", False),
    ],
)
def test_only_a_mailbox_that_is_not_there_is_suppressed(act: Act, phase: str, is_suppressed: bool, url: str) -> None:
    """M8, M10."""
    outbox = open_outbox(url)
    outbox.queue(issue(), people(3))
    with MailServer(at(phase, "p1", act)()) as mail:
        deliver(outbox, issue().id, SENDER, server_of(mail))
        outbox.queue(issue(1), people(3))
        counts = deliver(outbox, issue(1).id, SENDER, server_of(mail))
    assert bool(outbox.suppressed("other", ["p1@example.org"])) == is_suppressed
    assert counts.skipped == ({"bounced": 1} if is_suppressed else {})


@pytest.mark.parametrize(("phase", "reply"), [("RCPT", "550 5.7.1 policy"), ("dot", "554 5.7.1 spam")])
def test_a_wave_of_refusals_pauses_the_issue(phase: str, reply: str, url: str) -> None:
    """M9, M10: after the first twenty; resumed by hand it goes on, and pauses at the next wave."""
    outbox = open_outbox(url)
    outbox.queue(issue(), people(200))
    with MailServer(at(phase, "", Act(reply))()) as mail:
        counts = deliver(outbox, issue().id, SENDER, server_of(mail))
        assert 20 <= counts.refused <= 20 + 2
        assert counts.refused + counts.pending == 200
        queued = outbox.issue(issue().id)
        assert queued is not None
        assert "were refused" in queued.paused
        assert deliver(outbox, issue().id, SENDER, server_of(mail)) == counts
        outbox.resume(issue().id)
        assert 40 <= deliver(outbox, issue().id, SENDER, server_of(mail)).refused <= 40 + 4


def test_single_refusals_pause_nothing(url: str) -> None:
    """Five in a hundred are no wave."""
    outbox = open_outbox(url)
    outbox.queue(issue(), people(110))
    with MailServer(lambda m: Act("550 5.1.1 no") if m.phase == "RCPT" and m.recipient[1:2] == "9" else None) as mail:
        counts = deliver(outbox, issue().id, SENDER, server_of(mail))
    assert (counts.sent, counts.refused) == (99, 11) or counts.pending


def test_what_changed_between_queue_and_sending_is_heeded(outbox: Outbox) -> None:
    """M19."""
    outbox.suppress([Suppression("unsubscribed", "p2@example.org", newsletter="daily")])
    outbox.suppress([Suppression("unsubscribed", "p3@example.org", newsletter="weekly")])
    with MailServer() as mail:
        counts = deliver(outbox, issue().id, SENDER, server_of(mail))
        assert check(outbox, issue(), mail.received) == counts
    assert counts == DeliveryCounts(AUDIENCE, AUDIENCE - 1, skipped={"unsubscribed": 1})
    assert "p2@example.org" not in mail.recipients()


def test_the_uncertain_are_sent_again_only_by_hand_and_as_the_same_message(outbox: Outbox) -> None:
    with MailServer(at("dot", "p3", Act(is_drop=True, is_accepted=True), times=1)()) as mail:
        assert deliver(outbox, issue().id, SENDER, server_of(mail)).uncertain == 1
        assert outbox.resend_uncertain(issue().id) == 1
        assert deliver(outbox, issue().id, SENDER, server_of(mail)).sent == AUDIENCE
        twice = [arrived for arrived in mail.received if arrived.recipient == "p3@example.org"]
    ids = [line for arrived in twice for line in arrived.data.split(b"\r\n") if line.startswith(b"Message-ID")]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_a_log_settles_what_is_uncertain(outbox: Outbox) -> None:
    mail = MailServer(lambda moment: Act(is_drop=True) if moment.phase == "dot" else None)
    with mail, pytest.raises(DeliveryError, match="breaks every connection"):
        deliver(outbox, issue().id, SENDER, server_of(mail, connections=2))
    uncertain = [delivery.normalised for delivery in outbox.deliveries(issue().id, "uncertain")]
    assert len(uncertain) == 6
    assert outbox.settle_uncertain(issue().id, uncertain[:1], arrived=True) == 1
    assert outbox.settle_uncertain(issue().id, uncertain[1:3], arrived=False) == 2
    counts = outbox.counts(issue().id)
    assert (counts.sent, counts.refused, counts.uncertain, counts.pending) == (1, 2, 3, 2)


def test_tls_and_a_login(outbox: Outbox, certificate: Path, tls: Any) -> None:
    with MailServer(tls=tls, login=("desk", "correct horse")) as mail:
        settings = {"security": "starttls", "user": "desk", "password": "correct horse"}
        with pytest.raises(DeliveryError, match=r"(?i)certificate"):
            deliver(outbox, issue().id, SENDER, server_of(mail, **settings))
        with pytest.raises(DeliveryError, match="login refused: 535") as caught:
            deliver(
                outbox, issue().id, SENDER, server_of(mail, **settings | {"password": "wr", "ca_file": certificate})
            )
        assert "wr" not in str(caught.value).split()
        assert mail.received == []
        deliver(outbox, issue().id, SENDER, server_of(mail, **settings, ca_file=certificate))
        assert check(outbox, issue(), mail.received).sent == AUDIENCE


def test_tls_from_the_first_byte(outbox: Outbox, certificate: Path, tls: Any) -> None:
    with MailServer(tls=tls, is_tls_from_first_byte=True) as mail:
        with pytest.raises(DeliveryError, match=r"(?i)certificate"):
            deliver(outbox, issue().id, SENDER, server_of(mail, security="tls"))
        deliver(outbox, issue().id, SENDER, server_of(mail, security="tls", ca_file=certificate))
        assert check(outbox, issue(), mail.received).sent == AUDIENCE


def test_a_connection_is_not_used_for_ever(outbox: Outbox) -> None:
    with MailServer() as mail:
        deliver(outbox, issue().id, SENDER, server_of(mail, reconnect_each=2, connections=1))
        assert check(outbox, issue(), mail.received).sent == AUDIENCE
        assert [arrived.connection for arrived in mail.received] == [1, 1, 2, 2, 3, 3, 4, 4]


def test_the_rate_is_kept(outbox: Outbox) -> None:
    with MailServer() as mail:
        started = time.monotonic()
        deliver(outbox, issue().id, SENDER, server_of(mail, per_second=10.0))
        assert time.monotonic() - started >= (AUDIENCE - 1) / 10


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_lets_the_message_in_flight_arrive(
    number: int, code: int, outbox: Outbox, url: str, sending: Sending
) -> None:
    """P2-3."""
    reached = Event()

    def slow(moment: Moment) -> Act | None:
        reached.set() if moment.phase == "dot" else None
        return Act(wait_seconds=0.5) if moment.phase == "dot" else None

    with MailServer(slow) as mail:
        pid = sending.start(url, issue(), mail.port)
        assert reached.wait(10)
        os.kill(pid, number)
        started = time.monotonic()
        assert sending.wait(pid) == code
        assert time.monotonic() - started < 5
        counts = check(outbox, issue(), mail.received)
        assert 1 <= counts.sent <= 4
        assert counts.sent == len(mail.received)
        assert {delivery.state for delivery in outbox.deliveries(issue().id)} == {"sent", "pending"}


def test_a_stop_does_not_wait_long_for_an_answer(outbox: Outbox) -> None:
    stop = Event()
    stopped: list[float] = []

    def hang(moment: Moment) -> Act | None:
        if moment.phase == "dot" and moment.before == 1:  # both connections wait for an answer now
            stopped.append(time.monotonic())
            stop.set()
        return Act(is_hang=True) if moment.phase == "dot" else None

    with MailServer(hang) as mail:
        deliver(outbox, issue().id, SENDER, server_of(mail, stop_seconds=0.5), stop=stop)
        assert time.monotonic() - stopped[0] < 3
    assert check(outbox, issue(), mail.received, most_uncertain=2).pending == AUDIENCE - 2


def test_a_full_disk_sends_nothing_that_is_not_recorded(tmp_path: Path, sending: Sending) -> None:
    """P4: the log of SQLite may not grow any more."""
    url = f"sqlite:///{tmp_path}/briefing.db"
    outbox = open_outbox(url)
    outbox.queue(issue(), people(200))
    size = (tmp_path / "briefing.db-wal").stat().st_size
    with MailServer() as mail:
        pid = sending.start(url, issue(), mail.port, most_file_octets=size + 400_000)
        assert sending.wait(pid) == EXIT_UNUSABLE
        assert 0 < len(mail.received) < 200
        deliver(outbox, issue().id, SENDER, server_of(mail))
        assert check(outbox, issue(), mail.received, most_uncertain=2).pending == 0


def test_names_are_one_recipient_however_they_are_written(url: str) -> None:
    """M20."""
    outbox = open_outbox(url)
    written = (
        "Ann@example.org",
        "ann@EXAMPLE.org",
        "ann+news@example.org",
        "b@bücher.example",
        "b@xn--bcher-kva.example",
    )
    addresses = [parse_address(one) for one in written]
    everybody = [Recipient(address.address, address.normalised) for address in addresses]
    assert outbox.queue(issue(), everybody).audience == 2
    with MailServer() as mail:
        deliver(outbox, issue().id, SENDER, server_of(mail))
    assert sorted(mail.recipients()) == ["Ann@example.org", "b@xn--bcher-kva.example"]


def test_two_newsletters_of_one_person(url: str) -> None:
    """M21: both come; who leaves one gets the other."""
    outbox = open_outbox(url)
    for of in (issue(), issue(0, "weekly")):
        outbox.queue(of, people(2))
    outbox.suppress([Suppression("unsubscribed", "p0@example.org", newsletter="weekly")])
    with MailServer() as mail:
        for of in (issue(), issue(0, "weekly")):
            deliver(outbox, of.id, SENDER, server_of(mail))
    assert sorted(mail.recipients()) == ["p0@example.org", "p1@example.org", "p1@example.org"]
