"""One limiter for the run: how many calls are on the wire at once, and when the next may start.

`Pace` decides: times and observations in, a start time out; it knows no clock and no event loop. `Limiter` queues the
callers before it. Three things hold a call back:

* the window: calls at once. It opens by eight in each round trip;
* the rate: unknown, and no limit, until the endpoint first answers 429. Then every call waits as long as it was told,
  and starts go on at the rate at which calls were accepted, which is what a token bucket lets through;
* the quotas: what rate-limit headers say is left, with the calls sent since taken off. They are advice, a 429 is law.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from briefing.model.rate_limit_headers import Quota, Reading

FIRST_WINDOW: Final = 18
WINDOW_STEP: Final = 8.0
FIRST_BACKOFF_SECONDS: Final = 1.0
LONGEST_BACKOFF_SECONDS: Final = 30.0
START_GAP_SECONDS: Final = 0.002
"""Between two starts while the rate is unknown: a first 429 is back before the whole window is gone."""
SAFE_SHARE: Final = 0.98
"""Of a measured rate."""
FIRST_GUESS_SHARE: Final = 1.2
"""Of the rate measured up to the first 429, which is low where a bucket ran over before it ran dry."""
UNSURE_TRIAL: Final = (1.0, 0.4)
FIRST_TRIAL: Final = (2.0, 0.10)
LATER_TRIAL: Final = (5.0, 0.03)
"""Seconds a new rate is kept, and the share by which it then grows each second."""
SURPRISES_BY_HEADERS: Final = 2
SURE_SAMPLE: Final = 8
"""Accepted calls from which a measured rate is trusted, and only slowly tried for more."""
LATE_SECONDS: Final = 0.5
"""Starts that a busy machine delayed by up to this are made up for by the next ones."""
CLOCK_STEP_SECONDS: Final = 1e-6
"""Waits below it are the rounding of times, not waits."""
LONGEST_QUOTA_WAIT_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Ticket:
    """A call that may start: when it did, and what had been sent up to and including it, by quota."""

    started: float
    sent: Mapping[str, float]


@dataclass(slots=True)
class Pace:
    """When the next call may start. All times are seconds of one monotonic clock."""

    most_at_once: int
    window: float = field(init=False)
    rate: float | None = field(default=None, init=False)
    paused_until: float = field(default=0.0, init=False)
    in_flight: int = field(default=0, init=False)
    quotas: dict[str, Quota] = field(default_factory=dict, init=False)
    _sent: dict[str, float] = field(default_factory=dict, init=False)
    _next_start: float = field(default=0.0, init=False)
    _first_start: float | None = field(default=None, init=False)
    _refused_at: float | None = field(default=None, init=False)
    _refused_since: float | None = field(default=None, init=False)
    _rounds: int = field(default=0, init=False)
    _accepted: int = field(default=0, init=False)
    _surprises: int = field(default=0, init=False)
    _refused_before: float | None = field(default=None, init=False)
    _must_measure: bool = field(default=False, init=False)
    _is_pausing: bool = field(default=False, init=False)
    _hold_seconds: float = field(default=0.0, init=False)
    _growth_per_second: float = field(default=0.0, init=False)
    _rate_then: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        self.window = float(min(FIRST_WINDOW, self.most_at_once))

    def wait_seconds(self, costs: Mapping[str, float], now: float) -> float | None:
        """Until a call of these costs may start: 0 for now, None where only the end of another call can tell."""
        if self.in_flight >= int(self.window):
            return None
        waits = [self.paused_until - now, self._next_start - now]
        waits += [self._quota_wait(kind, cost, now) for kind, cost in costs.items() if kind in self.quotas]
        longest = max(waits)
        return longest if longest > CLOCK_STEP_SECONDS else 0.0

    def start(self, costs: Mapping[str, float], now: float) -> Ticket:
        """Count a call that starts now."""
        if self._is_pausing:
            self._slow_down()
        self.in_flight += 1
        if self._first_start is None:
            self._first_start = now
        for kind, cost in costs.items():
            self._sent[kind] = self._sent.get(kind, 0.0) + cost
        self._grow(now)
        if self.rate is None:
            self._next_start = now + START_GAP_SECONDS
        else:
            self._next_start = max(self._next_start, now - LATE_SECONDS) + 1 / self.rate
        return Ticket(now, dict(self._sent))

    def finish(self, ticket: Ticket, now: float, *, accepted: bool, readings: tuple[Reading, ...] = ()) -> None:
        """Count a call that ended; `accepted` if the endpoint took it on, whatever it then made of it."""
        self.in_flight -= 1
        if accepted:
            self._accepted += 1
            self._refused_since = None
            self._rounds = 0
            self.window = min(self.window + WINDOW_STEP / self.window, float(self.most_at_once))
        for reading in readings:
            self._read(reading, ticket, now)

    def refuse(
        self,
        ticket: Ticket,
        now: float,
        *,
        retry_after_seconds: float | None,
        readings: tuple[Reading, ...] = (),
    ) -> None:
        """Count a call the endpoint pushed back: everybody waits, and goes on no faster than it took calls before."""
        self.in_flight -= 1
        for reading in readings:
            self._read(reading, ticket, now)
        if self._refused_since is None:
            self._refused_since = now
        is_same_round = self._refused_at is not None and ticket.started <= self._refused_at
        pause = self._backoff_seconds(is_same_round) if retry_after_seconds is None else retry_after_seconds
        self.paused_until = max(self.paused_until, now + pause)
        if not is_same_round:
            self._push_back(now)

    def refused_seconds(self, now: float) -> float:
        """How long nothing but refusals came, to the end of the pause that holds."""
        return 0.0 if self._refused_since is None else max(now, self.paused_until) - self._refused_since

    def _backoff_seconds(self, is_same_round: bool) -> float:
        if not is_same_round:
            self._rounds += 1
        return float(min(FIRST_BACKOFF_SECONDS * 2 ** max(self._rounds - 1, 0), LONGEST_BACKOFF_SECONDS))

    def _push_back(self, now: float) -> None:
        """A round of refusals began. The rate is set when the pause is over, and what was under way has ended.

        Where headers tell what is left, the first rounds only pause: a guess at the rate would cost more than it saves.
        """
        self._surprises += 1
        self._is_pausing = True
        self._refused_before, self._refused_at = self._refused_at, now
        self._must_measure = not self.quotas or self._surprises > SURPRISES_BY_HEADERS
        for quota in self.quotas.values():
            quota.is_gradual = False

    def _slow_down(self) -> None:
        accepted = self._accepted + self.in_flight
        if self._must_measure:
            self._hold_seconds, self._growth_per_second = self._trial(accepted)
            self.rate = self._rate_then = self._measured_rate(accepted)
            self._next_start = self.paused_until
        self._accepted, self._is_pausing = -self.in_flight, False

    def _trial(self, accepted: int) -> tuple[float, float]:
        """How long a new rate is kept, and by what share it then grows each second."""
        if accepted < SURE_SAMPLE:
            return UNSURE_TRIAL
        return FIRST_TRIAL if self.rate is None else LATER_TRIAL

    def _measured_rate(self, accepted: int) -> float:
        """Calls a second that the endpoint can be expected to take.

        Between two rounds of refusals a token bucket was drained twice: what went in between, the pause included, is
        what flowed in. A limit by the clock's second wastes the pause, so it lies just under the rate it refused. The
        middle of the two brings both home: above a bucket's rate by less each round, and what is above it only drains
        what the pause let flow in.
        """
        assert self._refused_at is not None
        if self.rate is None or self._refused_before is None:
            since = self._refused_at if self._first_start is None else self._first_start
            return max(FIRST_GUESS_SHARE * accepted, 1.0) / max(self.paused_until - since, 1.0)
        flowed_in = accepted / max(self._refused_at - self._refused_before, 0.001)
        return SAFE_SHARE * (min(max(flowed_in, self.rate / 3), self.rate) + self.rate) / 2

    def _grow(self, now: float) -> None:
        """Try for more after a while without a refusal: limits are raised, and a first guess may be low."""
        calm = now - self.paused_until - self._hold_seconds
        if self.rate is not None and calm > 0:
            self.rate = self._rate_then * (1 + self._growth_per_second) ** min(calm, 300.0)

    def _quota_wait(self, kind: str, cost: float, now: float) -> float:
        wait = self.quotas[kind].wait_seconds(cost, now, sent=self._sent.get(kind, 0.0))
        return 0.0 if wait > LONGEST_QUOTA_WAIT_SECONDS and not self.in_flight else wait

    def _read(self, reading: Reading, ticket: Ticket, now: float) -> None:
        sent_then = ticket.sent.get(reading.kind, 0.0)
        quota = self.quotas.get(reading.kind)
        if quota is None and reading.is_over(ticket.started, now):
            return
        if quota is None:
            self.quotas[reading.kind] = Quota.first(reading, sent_then=sent_then, now=now)
        else:
            quota.read(reading, sent_then=sent_then, started=ticket.started, now=now)


class RunStoppedError(Exception):
    """No further call may start: the run was stopped."""


class Limiter:
    """Lets calls start when `Pace` says so, first come, first served; those that come again go first."""

    def __init__(self, *, most_at_once: int = 50) -> None:
        self.pace = Pace(most_at_once)
        self._waiting: deque[tuple[asyncio.Future[Ticket], Mapping[str, float]]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._is_stopped = False

    async def start(self, costs: Mapping[str, float], *, is_again: bool = False) -> Ticket:
        """Wait for this call's turn; raises Stopped. Every ticket goes back by `finish`, `refuse` or `give_back`."""
        if self._is_stopped:
            raise RunStoppedError
        turn: asyncio.Future[Ticket] = asyncio.get_running_loop().create_future()
        (self._waiting.appendleft if is_again else self._waiting.append)((turn, costs))
        self._release()
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self.give_back(turn.result())
            raise

    def finish(self, ticket: Ticket, *, accepted: bool, readings: tuple[Reading, ...] = ()) -> None:
        """A call ended; `accepted` if the endpoint took it on."""
        self.pace.finish(ticket, self._now(), accepted=accepted, readings=readings)
        self._release()

    def give_back(self, ticket: Ticket) -> None:
        """A call ended of which nothing can be learned: it was never sent, or called off."""
        self.finish(ticket, accepted=False)

    def refuse(self, ticket: Ticket, *, retry_after_seconds: float | None, readings: tuple[Reading, ...] = ()) -> float:
        """The endpoint pushed a call back; returns how long it has done nothing else, to the end of this pause."""
        now = self._now()
        self.pace.refuse(ticket, now, retry_after_seconds=retry_after_seconds, readings=readings)
        self._release()
        return self.pace.refused_seconds(now)

    def stop(self) -> None:
        """Let nothing start any more; those who wait get Stopped."""
        self._is_stopped = True
        while self._waiting:
            turn, _ = self._waiting.popleft()
            if not turn.done():
                turn.set_exception(RunStoppedError())

    def _release(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        while self._waiting:
            turn, costs = self._waiting[0]
            wait = 0.0 if turn.done() else self.pace.wait_seconds(costs, self._now())
            if wait is None:
                return
            if wait > 0:
                self._timer = asyncio.get_running_loop().call_later(wait, self._release)
                return
            self._waiting.popleft()
            if not turn.done():
                turn.set_result(self.pace.start(costs, self._now()))

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
