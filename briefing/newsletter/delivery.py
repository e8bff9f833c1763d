"""Sends one issue: the outbox says who, the mailer how; several connections at once, one recipient a message.

What is on the disk when::

    claimed          50 recipients at once, before anything is offered for them
    MAIL, RCPT       nothing yet: not accepted before the dot
    "sending"        synced, and then DATA goes out
    the reply        its result, at once; the connection does not wait for that, only for its next "sending"

One thread writes for all connections: what they ask while a commit is under way goes into the next one together. So a
kill finds at most one message a connection between its "sending" and its result.
"""

from __future__ import annotations

import signal
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from types import FrameType
from typing import Final

from briefing.exceptions import BriefingError, DeliveryError
from briefing.newsletter.mailer import Connection, Outcome, Server
from briefing.newsletter.message import Composer, Message, Sender
from briefing.newsletter.outbox import LEASE, Delivery, DeliveryCounts, DeliveryStep, Outbox, SendLease
from briefing.newsletter.unsubscribe_tokens import unsubscribe_token

BATCH: Final = 50
MOST_FAILURES: Final = 3
"""So many connections in a row, none of which handed a message over, end a worker."""
LONGEST_PAUSE_SECONDS: Final = 60.0
_BEAT_SECONDS: Final = LEASE.total_seconds() / 4


class Stop(Event):
    """Set when sending shall end; `exit_code` is what a shell expects where a signal said so (else 0)."""

    exit_code = 0

    def on_signal(self, number: int, _: FrameType | None) -> None:
        """For `signal.signal`."""
        self.exit_code = 128 + number
        self.set()


@contextmanager
def stop_on_signals() -> Iterator[Stop]:
    """SIGTERM and SIGINT set the `Stop`, in place of what they did; for the main thread."""
    stop = Stop()
    before = {number: signal.signal(number, stop.on_signal) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def deliver(outbox: Outbox, issue: str, sender: Sender, server: Server, *, stop: Event | None = None) -> DeliveryCounts:
    """Send a queued issue to all that are due now; afterwards every one of them is in a recorded state.

    AlreadySendingError where somebody else is at it. DeliveryError where the server cannot be used, now or after some
    messages: then the rest is pending. Once `stop` is set, nobody new is offered, and what is in flight has some
    seconds left.
    """
    queued = outbox.issue(issue)
    if queued is None:
        raise DeliveryError(f"{issue}: not in the outbox")
    if outbox.has_due(issue) and not queued.paused:
        composer = Composer(queued.issue, sender)
        lease = outbox.begin(issue)
        try:
            _Run(outbox, lease, composer, server, stop or Event()).run()
        finally:
            outbox.end(lease)
    return outbox.counts(issue)


class _Run:
    """The connections of one run, and what they share."""

    def __init__(self, outbox: Outbox, lease: SendLease, composer: Composer, server: Server, stop: Event) -> None:
        self._outbox = outbox
        self._lease = lease
        self._composer = composer
        self._server = server
        self._stop = stop
        self._halt = Event()  # set by what concerns all connections
        self._pace = _Pace(server, stop)
        self._ledger = _Ledger(outbox, lease)
        self._lock = Lock()
        self._claimed: deque[Delivery] = deque()
        self._claims = 0

    def run(self) -> None:
        first = Connection(self._server, stop=self._stop)  # before anybody is claimed
        try:
            self._check_size(first)
            workers = min(self._server.connections, self._outbox.counts(self._lease.issue).pending)
            with self._ledger, ThreadPoolExecutor(max(workers, 1), "mail") as pool:
                connections = [first, *[None] * (workers - 1)]
                ended = [pool.submit(self._work, connection) for connection in connections]
        finally:
            first.close()
        self._raise_first(ended)

    def _check_size(self, connection: Connection) -> None:
        """Held against a lower bound; each message is looked at again where it is offered."""
        if connection.most_octets is not None and self._composer.least_octets > connection.most_octets:
            raise DeliveryError(f"{self._server}: takes {connection.most_octets} octets, and the issue has more")

    def _raise_first(self, ended: list[Future[DeliveryError | None]]) -> None:
        """A connection that could not be made matters only where the others left something to do."""
        errors = [error for error in (future.result() for future in ended) if error is not None]
        is_open = not self._ledger.is_paused and not self._stop.is_set()
        if errors and (self._halt.is_set() or (is_open and self._outbox.has_due(self._lease.issue))):
            raise errors[0]

    def _work(self, connection: Connection | None) -> DeliveryError | None:
        """One connection's life, and its next ones'; returns what ended it early."""
        failures = 0
        try:
            while (delivery := self._next()) is not None:
                try:
                    connection = connection or Connection(self._server, stop=self._stop)
                    outcome = self._offer(connection, delivery)
                except DeliveryError as error:
                    self._give_back(delivery)
                    if connection is not None:
                        self._halt.set()
                        return error
                    failures += 1
                    if failures >= MOST_FAILURES:
                        return error
                    self._pace.rest(failures)
                    continue
                failures = 0 if connection.handed_over or not outcome.is_over else failures + 1
                self._heed(outcome)
                if outcome.is_over or connection.handed_over >= self._server.reconnect_each:
                    connection.close(is_over=outcome.is_over)
                    connection = None
                if failures >= MOST_FAILURES:
                    return DeliveryError(f"{self._server}: breaks every connection: {outcome.reply}")
        except BriefingError:
            self._halt.set()
            raise
        finally:
            if connection is not None:
                connection.close()
        return None

    def _is_ending(self) -> bool:
        return self._stop.is_set() or self._halt.is_set() or self._ledger.is_paused

    def _next(self) -> Delivery | None:
        """Whoever is next, once it is their turn; None when there is nobody, or sending shall end."""
        self._pace.wait()
        with self._lock:
            if self._is_ending():
                return None
            if not self._claimed:
                self._claims += 1
                with self._ledger.lock:
                    self._claimed.extend(self._outbox.claim(self._lease, self._claims, most=BATCH))
            return self._claimed.popleft() if self._claimed else None

    def _give_back(self, delivery: Delivery) -> None:
        """It was not offered: the next one that is free takes it, in this run or in another."""
        with self._lock:
            self._claimed.append(delivery)

    def _offer(self, connection: Connection, delivery: Delivery) -> Outcome:
        message = self._message(delivery)
        outcome = connection.offer(
            message, lambda: self._ledger.take(DeliveryStep(delivery.id, delivery.attempts, "sending"))
        )
        if outcome.verdict == "sent":
            self._ledger.note(_step(delivery, outcome))
        elif outcome.verdict != "not ours":
            self._ledger.take(_step(delivery, outcome))  # before the next claim, which may be for the same recipient
        return outcome

    def _message(self, delivery: Delivery) -> Message:
        token = unsubscribe_token(self._outbox.secret, newsletter=self._lease.newsletter, recipient=delivery.person)
        return self._composer.compose(
            address=delivery.address, name=delivery.name, tag=delivery.tag, token=token, at=self._outbox.now()
        )

    def _heed(self, outcome: Outcome) -> None:
        if outcome.is_slow_down:
            self._pace.slow_down()
        elif outcome.verdict == "sent":
            self._pace.speed_up()


class _Pace:
    """When the next message may go: as configured, and slower while the server asks for it."""

    def __init__(self, server: Server, stop: Event) -> None:
        self._least = 1 / server.per_second if server.per_second else 0.0
        self._first_pause = server.pause_seconds
        self._pause = 0.0
        self._next = 0.0
        self._lock = Lock()
        self._stop = stop

    def wait(self) -> None:
        """Until it is this message's turn, or a stop."""
        with self._lock:
            now = time.monotonic()
            at = max(now, self._next)
            self._next = at + max(self._least, self._pause)
        if at > now:
            self._stop.wait(at - now)

    def slow_down(self) -> None:
        """Twice as long between messages as before; the next one waits that long too."""
        with self._lock:
            self._pause = min(max(2 * self._pause, self._first_pause), LONGEST_PAUSE_SECONDS)
            self._next = max(self._next, time.monotonic() + self._pause)

    def speed_up(self) -> None:
        """A little, after every message that was taken."""
        self._pause = 0.0 if self._pause < self._first_pause / 8 else self._pause * 0.9

    def rest(self, failures: int) -> None:
        """Before another try to connect."""
        self._stop.wait(self._first_pause * 2 ** (failures - 1))


class _Ledger:
    """Writes for all connections; commits together what comes in meanwhile. What fails here fails every connection."""

    def __init__(self, outbox: Outbox, lease: SendLease) -> None:
        self.lock = Lock()  # whoever writes, so that the threads of one process do not wait for SQLite's
        self.is_paused = False
        self._outbox = outbox
        self._lease = lease
        self._asked: SimpleQueue[tuple[DeliveryStep, Future[bool]] | None] = SimpleQueue()
        self._error: BaseException | None = None
        self._thread = Thread(target=self._write, name="ledger")

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._asked.put(None)
        self._thread.join()
        if self._error is not None:
            raise self._error

    def take(self, step: DeliveryStep) -> bool:
        """The step, on the disk; whether the recipient was still ours."""
        return self.note(step).result()

    def note(self, step: DeliveryStep) -> Future[bool]:
        """The step, without waiting for it."""
        future: Future[bool] = Future()
        self._asked.put((step, future))
        return future

    def _write(self) -> None:
        renew_at = time.monotonic() + _BEAT_SECONDS
        is_open = True
        while is_open:
            asked = self._collect(renew_at)
            is_open = None not in asked
            self._record([ask for ask in asked if ask is not None])
            if time.monotonic() >= renew_at:
                self._renew()
                renew_at = time.monotonic() + _BEAT_SECONDS

    def _collect(self, until: float) -> list[tuple[DeliveryStep, Future[bool]] | None]:
        """All that is asked by now; waits for the first."""
        asked = []
        try:
            asked.append(self._asked.get(timeout=max(until - time.monotonic(), 0.0)))
            while True:
                asked.append(self._asked.get_nowait())
        except Empty:
            return asked

    def _record(self, asked: list[tuple[DeliveryStep, Future[bool]]]) -> None:
        if not asked:
            return
        steps = [step for step, _ in asked]
        try:
            if self._error is not None:
                raise self._error
            with self.lock:
                done = self._outbox.record(self._lease, steps)
            if any(step.to == "refused" for step in steps):
                self.is_paused = self.is_paused or self._outbox.is_paused(self._lease.issue)
        except BaseException as error:  # noqa: BLE001 - whoever waits for it raises it
            self._error = error
            for _, future in asked:
                future.set_exception(error)
        else:
            for (_, future), is_done in zip(asked, done, strict=True):
                future.set_result(is_done)

    def _renew(self) -> None:
        """A lease that cannot be renewed costs no more than its end: the rows themselves say whose they are."""
        try:
            with self.lock:
                self._outbox.renew(self._lease)
        except BriefingError as error:
            self._error = error


def _step(delivery: Delivery, outcome: Outcome) -> DeliveryStep:
    """What an outcome means for a recipient."""
    step = DeliveryStep(delivery.id, delivery.attempts, "pending", outcome.code, outcome.reply, is_hard=outcome.is_hard)
    if outcome.verdict in ("sent", "refused", "uncertain"):
        return replace(step, to=outcome.verdict)
    if outcome.verdict == "deferred":
        return step
    return replace(step, again="free" if outcome.phase == "MAIL" else "soon")
