"""The limiter, its decisions in a simulated time, its queue in a real event loop."""

from __future__ import annotations

import asyncio
import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.rate_limit_headers import Quota, Reading, read_quotas
from briefing.model.rate_limiter import Limiter, Pace, RunStoppedError

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
COSTS = {"requests": 1.0}


@dataclass
class Limit:
    """What an endpoint lets through: a token bucket of one second, a count by the clock's second, or calls at once."""

    kind: Literal["bucket", "window", "at once", "none"]
    rate: float = 0.0
    tokens: float = 0.0
    as_of: float = 0.0
    in_hand: int = 0

    def __post_init__(self) -> None:
        self.tokens = self.rate

    def take(self, now: float) -> bool:
        if self.kind == "none":
            return True
        if self.kind == "at once":
            return self.in_hand < self.rate
        self._refill(now)
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True

    def reading(self, now: float) -> Reading:
        reset = (self.rate - self.tokens) / self.rate if self.kind == "bucket" else self.as_of + 1 - now
        return Reading("requests", self.rate, int(self.tokens), reset)

    def _refill(self, now: float) -> None:
        if self.kind == "bucket":
            self.tokens = min(self.rate, self.tokens + (now - self.as_of) * self.rate)
            self.as_of = now
        elif now >= self.as_of + 1:
            self.tokens, self.as_of = self.rate, float(int(now))


@dataclass(frozen=True)
class Outcome:
    seconds: float
    refused: int
    most_at_once: int


def run(
    limit: Limit,
    documents: int,
    *,
    latency: Callable[[], float] = lambda: 0.3,
    has_headers: bool = False,
    retry_after: float | None = 1.0,
    most_at_once: int = 50,
) -> Outcome:
    """`documents` calls through a Pace against a limit, in simulated time."""
    pace, now, refused, most, waiting, done, number = Pace(most_at_once), 0.0, 0, 0, documents, 0, 0
    ends: list[tuple[float, int, bool, tuple[Reading, ...]]] = []
    tickets = {}
    while done < documents:
        wait = pace.wait_seconds(COSTS, now) if waiting else None
        if wait == 0:
            number, waiting = number + 1, waiting - 1
            tickets[number] = pace.start(COSTS, now)
            is_taken = limit.take(now)
            limit.in_hand += is_taken
            readings = (limit.reading(now),) if has_headers else ()
            heapq.heappush(ends, (now + (latency() if is_taken else 0.003), number, is_taken, readings))
            most = max(most, pace.in_flight)
            continue
        if not ends or (wait is not None and now + wait < ends[0][0]):
            assert wait is not None, "nothing is under way and nothing may start"
            now += wait
            continue
        now, ended, is_taken, told = heapq.heappop(ends)
        assert now < 10_000, "it never ends"
        if is_taken:
            limit.in_hand -= 1
            done += 1
            pace.finish(tickets.pop(ended), now, accepted=True, readings=told)
        else:
            waiting, refused = waiting + 1, refused + 1
            pace.refuse(tickets.pop(ended), now, retry_after_seconds=retry_after, readings=told)
    assert pace.in_flight == 0
    return Outcome(now, refused, most)


@pytest.mark.parametrize("has_headers", [False, True])
@pytest.mark.parametrize("rate", [10, 20, 35, 50, 100])
def test_unknown_bucket_is_found(rate: int, has_headers: bool) -> None:
    outcome = run(Limit("bucket", rate), 1000, has_headers=has_headers)
    assert outcome.seconds <= 1.1 * max(1000 / rate, 0.3)
    assert outcome.refused <= 0.02 * 1000


@pytest.mark.parametrize("rate", [20, 50])
def test_latencies_that_differ(rate: int) -> None:
    chance = random.Random(rate)
    outcome = run(Limit("bucket", rate), 1000, latency=lambda: chance.uniform(0.2, 0.6))
    assert outcome.seconds <= 1.1 * 1000 / rate
    assert outcome.refused <= 0.02 * 1000


@pytest.mark.parametrize("rate", [20, 50])
def test_count_by_the_clocks_second(rate: int) -> None:
    """A refusal costs a whole second here, so it is found, but less closely; headers make up for it."""
    plain = run(Limit("window", rate), 1000)
    told = run(Limit("window", rate), 1000, has_headers=True)
    assert plain.seconds <= 1.35 * 1000 / rate
    assert told.seconds <= 1.05 * 1000 / rate
    assert (plain.refused <= 0.02 * 1000, told.refused) == (True, 0)


def test_no_limit_costs_little() -> None:
    outcome = run(Limit("none"), 1000)
    assert outcome.seconds <= 1.12 * 1000 / 50 * 0.3
    assert outcome.most_at_once == 50


def test_limit_on_calls_at_once() -> None:
    outcome = run(Limit("at once", 10), 500, retry_after=None)
    assert outcome.seconds <= 1.7 * 500 / 10 * 0.3
    assert outcome.refused <= 0.03 * 500


def test_limit_that_is_raised_is_used() -> None:
    limit = Limit("bucket", 10)
    chance = iter([0.3] * 400)

    def latency() -> float:
        if next(chance, None) is None:
            limit.rate = 40
        return 0.3

    assert run(limit, 3000, latency=latency).seconds < 400 / 10 + 2600 / 40 * 1.5


@given(
    kind=st.sampled_from(["bucket", "window", "at once", "none"]),
    rate=st.integers(1, 80),
    has_headers=st.booleans(),
    retry_after=st.sampled_from([None, 0.0, 0.2, 1.0, 5.0]),
    most_at_once=st.integers(1, 60),
    longest=st.floats(0.01, 3.0),
)
def test_all_are_answered_whatever_the_limit(
    kind: Literal["bucket", "window", "at once", "none"],
    rate: int,
    has_headers: bool,
    retry_after: float | None,
    most_at_once: int,
    longest: float,
) -> None:
    chance = random.Random(rate)
    outcome = run(
        Limit(kind, rate),
        100,
        latency=lambda: chance.uniform(0.005, longest),
        has_headers=has_headers and kind in ("bucket", "window"),
        retry_after=retry_after,
        most_at_once=most_at_once,
    )
    assert outcome.most_at_once <= most_at_once


def test_one_refusal_holds_all() -> None:
    pace = Pace(50)
    first, second = pace.start(COSTS, 0.0), pace.start(COSTS, 0.01)
    pace.refuse(first, 0.1, retry_after_seconds=3.0)
    assert pace.wait_seconds(COSTS, 0.2) == pytest.approx(2.9)
    pace.refuse(second, 0.3, retry_after_seconds=7.0)
    assert pace.wait_seconds(COSTS, 0.3) == pytest.approx(7.0), "the longest of them"
    assert pace.refused_seconds(0.3) == pytest.approx(7.2)


def test_backoff_grows_by_the_round() -> None:
    pace, now, pauses = Pace(50), 0.0, []
    for _ in range(7):
        ticket, also = pace.start(COSTS, now), pace.start(COSTS, now)
        pace.refuse(ticket, now + 0.1, retry_after_seconds=None)
        pace.refuse(also, now + 0.1, retry_after_seconds=None)
        pauses.append(round(pace.paused_until - now - 0.1, 6))
        now = pace.paused_until
    assert pauses == [1, 2, 4, 8, 16, 30, 30]


# Quotas


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (
            {
                "x-ratelimit-limit-requests": "20",
                "x-ratelimit-remaining-requests": "12",
                "x-ratelimit-reset-requests": "400ms",
            },
            [Reading("requests", 20, 12, 0.4)],
        ),
        (
            {
                "X-RateLimit-Limit-Tokens": "150000",
                "X-RateLimit-Remaining-Tokens": "149984",
                "X-RateLimit-Reset-Tokens": "6m0s",
            },
            [Reading("tokens", 150000, 149984, 360)],
        ),
        (
            {
                "anthropic-ratelimit-requests-limit": "50",
                "anthropic-ratelimit-requests-remaining": "49",
                "anthropic-ratelimit-requests-reset": "2026-09-01T12:00:30Z",
            },
            [Reading("requests", 50, 49, 30)],
        ),
        (
            {"x-ratelimit-limit-req-minute": "60", "x-ratelimit-remaining-req-minute": "59"},
            [Reading("requests", 60, 59, 60)],
        ),
        (
            {"x-ratelimit-limit": "20", "x-ratelimit-remaining": "3", "x-ratelimit-reset": "1788264010000"},
            [Reading("requests", 20, 3, 10)],
        ),
        (
            {"x-ratelimit-limit": "20", "x-ratelimit-remaining": "3", "x-ratelimit-reset": "1788264010"},
            [Reading("requests", 20, 3, 10)],
        ),
        (
            {"ratelimit-limit": "100", "ratelimit-remaining": "50", "ratelimit-reset": "30"},
            [Reading("requests", 100, 50, 30)],
        ),
        ({"ratelimit": '"default";r=50;t=30'}, [Reading("requests", 50, 50, 30)]),
        ({"x-ratelimit-remaining-requests": "7"}, []),
        (
            {"x-ratelimit-remaining": "nan", "x-ratelimit-limit": "-1", "x-ratelimit-reset": "inf"},
            [],
        ),
        ({"x-ratelimit-remaining": "5", "x-ratelimit-limit": "0", "x-ratelimit-reset": "never"}, []),
        ({"content-type": "application/json", "x-ratelimit": "5"}, []),
    ],
)
def test_headers_of_many_houses(headers: dict[str, str], expected: list[Reading]) -> None:
    assert list(read_quotas(headers, NOW)) == expected


@given(st.dictionaries(st.from_regex(r"(x-)?ratelimit-(limit|remaining|reset)(-requests)?", fullmatch=True), st.text()))
def test_no_header_breaks_the_reading(headers: dict[str, str]) -> None:
    assert all(reading.limit > 0 and reading.reset_seconds >= 0 for reading in read_quotas(headers, NOW))


def test_window_gives_no_more_than_is_left_before_its_reset() -> None:
    quota = Quota.first(Reading("requests", 10, 2, 5.0), sent_then=8, now=0.1)
    assert quota.wait_seconds(1, 0.2, sent=9) == 0
    assert quota.wait_seconds(1, 0.2, sent=10) == pytest.approx(4.9)
    assert quota.wait_seconds(1, 5.2, sent=10) == 0


def test_window_ends_when_it_was_first_said_to() -> None:
    quota = Quota.first(Reading("requests", 10, 2, 5.5), sent_then=8, now=0.1)
    quota.read(Reading("requests", 10, 0, 3.2), sent_then=10, started=2.3, now=2.9)
    assert not quota.is_gradual
    assert quota.reset_at == pytest.approx(5.6)


def test_bucket_is_known_by_a_reset_that_is_put_off() -> None:
    quota = Quota.first(Reading("requests", 10, 6, 0.4), sent_then=4, now=0.1)
    quota.read(Reading("requests", 10, 0, 0.95), sent_then=11, started=0.2, now=0.4)
    assert quota.is_gradual
    assert quota.wait_seconds(1, 0.4, sent=11) == pytest.approx(0.095)


def test_headers_of_an_older_call_say_nothing_new() -> None:
    quota = Quota.first(Reading("requests", 10, 5, 9.0), sent_then=5, now=0.1)
    quota.read(Reading("requests", 10, 9, 9.0), sent_then=1, started=0.0, now=0.2)
    assert quota.remaining == 5


def test_headers_that_came_too_late_say_nothing() -> None:
    pace = Pace(50)
    ticket = pace.start(COSTS, 0.0)
    pace.finish(ticket, 2.0, accepted=True, readings=(Reading("requests", 10, 0, 1.0),))
    assert not pace.quotas


def test_a_call_larger_than_its_quota_is_not_held_for_ever() -> None:
    pace = Pace(50)
    ticket = pace.start({"tokens": 10.0}, 0.0)
    pace.finish(ticket, 0.1, accepted=True, readings=(Reading("tokens", 100, 90, 600.0),))
    wait = pace.wait_seconds({"tokens": 5000.0}, 0.2)
    assert wait is not None
    assert wait <= 600
    later = pace.wait_seconds({"tokens": 5000.0}, 601.0)
    assert later == 0


# The queue


def test_first_come_first_served_and_those_again_before_them() -> None:
    async def work() -> list[str]:
        limiter, order = Limiter(most_at_once=1), []

        async def call(name: str, *, is_again: bool = False) -> None:
            ticket = await limiter.start(COSTS, is_again=is_again)
            order.append(name)
            await asyncio.sleep(0.01)
            limiter.finish(ticket, accepted=True)

        async with asyncio.TaskGroup() as group:
            for name in "abc":
                group.create_task(call(name))
            await asyncio.sleep(0)
            group.create_task(call("again", is_again=True))
        return order

    assert asyncio.run(work()) == ["a", "again", "b", "c"]


def test_one_who_leaves_the_queue_leaves_no_gap() -> None:
    async def work() -> int:
        limiter = Limiter(most_at_once=1)
        ticket = await limiter.start(COSTS)
        leaving, staying = (asyncio.create_task(limiter.start(COSTS)) for _ in range(2))
        await asyncio.sleep(0)
        limiter.finish(ticket, accepted=True)
        leaving.cancel()
        limiter.give_back(await asyncio.wait_for(staying, 1))
        return limiter.pace.in_flight

    assert asyncio.run(work()) == 0


def test_stop_wakes_all_who_wait() -> None:
    async def work() -> list[type]:
        limiter = Limiter(most_at_once=1)
        await limiter.start(COSTS)
        waiting = [asyncio.create_task(limiter.start(COSTS)) for _ in range(3)]
        await asyncio.sleep(0)
        limiter.stop()
        outcomes = [type(outcome) for outcome in await asyncio.gather(*waiting, return_exceptions=True)]
        with pytest.raises(RunStoppedError):
            await limiter.start(COSTS)
        return outcomes

    assert asyncio.run(work()) == [RunStoppedError] * 3
