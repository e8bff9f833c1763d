"""Quotas as rate-limit headers tell of them: reading the headers, and following a quota between two answers.

Providers agree on little: names (`x-ratelimit-remaining-requests`, `anthropic-ratelimit-requests-remaining`,
`x-ratelimit-remaining-req-minute`, `ratelimit-remaining`, `ratelimit: "default";r=50;t=30`), and what a reset is (`1s`,
`6m0s`, `120ms`, seconds, a Unix time in seconds or milliseconds, an RFC 3339 date).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

PERIODS: Final = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0, "month": 2592000.0}
DURATION_UNITS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
EPOCH_FROM: Final = 1e9
EPOCH_MILLISECONDS_FROM: Final = 1e11

_NAME = re.compile(
    r"(?:x-|anthropic-)?ratelimit-"
    r"(?:(?P<field>limit|remaining|reset)(?:-(?P<kind>[a-z-]+))?|(?P<kind_first>[a-z-]+)-(?P<field_last>limit|remaining|reset))"
)
_DURATION = re.compile(r"(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+")
_DURATION_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_STRUCTURED = re.compile(r";\s*([a-z]+)\s*=\s*(\d+)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one answer's headers say of one quota: `reset_seconds` until it is full, or full again."""

    kind: str
    limit: float
    remaining: float
    reset_seconds: float

    def is_over(self, started: float, now: float) -> bool:
        """Whether its reset may have come before it arrived, with the answer to a call that began at `started`."""
        return now - started > self.reset_seconds

    @property
    def refill_per_second(self) -> float:
        """How fast it fills, if it does so bit by bit."""
        return (self.limit - self.remaining) / self.reset_seconds if self.reset_seconds > 0 else 0.0

    @property
    def earliest_reset_seconds(self) -> float:
        """The soonest its reset can be, since whole seconds are often rounded up."""
        return self.reset_seconds - 1 if self.reset_seconds.is_integer() else self.reset_seconds


@dataclass(slots=True)
class Quota:
    """One quota of the endpoint's, followed between two of its headers.

    Some refill bit by bit (a token bucket: "reset" is when it is full), some all at once (a window). A window's end
    stays where it is, a bucket's is put off by every call; until that is seen, a quota counts as a window, which never
    promises too much.
    """

    limit: float
    remaining: float
    sent_then: float
    as_of: float
    reset_at: float
    period_seconds: float
    refill_per_second: float
    is_gradual: bool = False
    is_told: bool = True

    @classmethod
    def first(cls, reading: Reading, *, sent_then: float, now: float) -> Quota:
        """The quota as the first headers tell of it."""
        seconds = reading.reset_seconds
        refill = reading.refill_per_second
        return cls(reading.limit, reading.remaining, sent_then, now, now + seconds, seconds, refill)

    def read(self, reading: Reading, *, sent_then: float, started: float, now: float) -> None:
        """Take in the headers of a call; those of one that started before the one read last say nothing new.

        They were written at any time between the call's start and now; what may be over by now is not taken in.
        """
        if sent_then < self.sent_then or reading.is_over(started, now):
            return
        is_put_off = started + reading.earliest_reset_seconds > self.reset_at
        if now < self.reset_at and is_put_off:
            self.is_gradual = True
        is_same_window = now < self.reset_at and not is_put_off and not self.is_gradual
        self.reset_at = (
            min(self.reset_at, now + reading.reset_seconds) if is_same_window else now + reading.reset_seconds
        )
        self.limit, self.remaining, self.refill_per_second = reading.limit, reading.remaining, reading.refill_per_second
        self.period_seconds = max(self.period_seconds, reading.reset_seconds)
        self.as_of, self.sent_then, self.is_told = now, sent_then, True

    def credit(self, now: float, *, sent: float) -> float:
        """What may be sent now: `sent` is all that was ever sent."""
        if now >= self.reset_at:
            self._reset(now, sent)
        refilled = self.refill_per_second * (now - self.as_of) if self.is_gradual else 0.0
        return min(self.limit, self.remaining + refilled) - (sent - self.sent_then)

    def wait_seconds(self, cost: float, now: float, *, sent: float) -> float:
        """Until `cost` may be sent; 0 for now. A cost above the whole quota waits for a full one."""
        lacking = min(cost, self.limit) - self.credit(now, sent=sent)
        if lacking <= 0:
            return 0.0
        until_reset = max(self.reset_at - now, 0.001)
        if self.is_gradual and self.refill_per_second > 0:
            return min(lacking / self.refill_per_second, until_reset)
        return until_reset

    def _reset(self, now: float, sent: float) -> None:
        """The time named has come: all is there again.

        What was sent after the headers were read is taken off once: a bucket has not refilled by that.
        """
        unreported = sent - self.sent_then if self.is_told else 0.0
        self.remaining = max(self.limit - unreported, 0.0)
        self.as_of, self.sent_then, self.is_told = now, sent, False
        self.reset_at = now + self.period_seconds
        self.refill_per_second = (self.limit - self.remaining) / self.period_seconds if self.period_seconds else 0.0


def read_quotas(headers: Mapping[str, str], now: datetime) -> tuple[Reading, ...]:
    """The quotas that an answer's headers tell of; what cannot be read is left out (`now`: for absolute times)."""
    found: dict[str, dict[str, str]] = {}
    for name, value in headers.items():
        match = _NAME.fullmatch(name.lower())
        if match:
            kind = match["kind"] or match["kind_first"] or "requests"
            found.setdefault(kind, {})[match["field"] or match["field_last"]] = value.strip()
    readings = [_reading(kind, fields, now) for kind, fields in found.items()]
    return tuple(reading for reading in (*readings, _structured(headers.get("ratelimit", ""))) if reading)


def _reading(kind: str, fields: Mapping[str, str], now: datetime) -> Reading | None:
    name, period = _kind(kind)
    remaining = _number(fields.get("remaining"))
    reset = period if "reset" not in fields else _seconds(fields["reset"], now)
    if remaining is None or reset is None or name is None:
        return None
    limit = _number(fields.get("limit"))
    limit = max(remaining, 1.0) if limit is None else limit
    return Reading(name, limit, min(remaining, limit), reset) if limit > 0 else None


def _kind(kind: str) -> tuple[str | None, float | None]:
    """What a quota counts, and its period where the name tells: "req-minute" is (requests, 60)."""
    period = next((seconds for name, seconds in PERIODS.items() if kind.endswith(name)), None)
    if kind.startswith("req"):
        return "requests", period
    return ("tokens" if kind.startswith("tokens") else None), period


def _structured(header: str) -> Reading | None:
    """The `RateLimit` field of draft-ietf-httpapi-ratelimit-headers: `"default";r=50;t=30`."""
    fields = {name: float(value) for name, value in _STRUCTURED.findall(header)}
    if "r" not in fields or "t" not in fields:
        return None
    return Reading("requests", max(fields.get("q", 0.0), fields["r"], 1.0), fields["r"], fields["t"])


def _seconds(text: str, now: datetime) -> float | None:
    number = _number(text)
    if number is None:
        return _duration(text) if _DURATION.fullmatch(text) else _until(text, now)
    if number >= EPOCH_MILLISECONDS_FROM:
        return max(number / 1000 - now.timestamp(), 0.0)
    return max(number - now.timestamp(), 0.0) if number >= EPOCH_FROM else number


def _number(text: str | None) -> float | None:
    """A count, not below nothing; None for anything else (float() would take "nan" and "inf")."""
    return float(text) if text is not None and re.fullmatch(r"\d{1,18}(?:\.\d{1,9})?", text) else None


def _duration(text: str) -> float:
    return sum(float(number) * DURATION_UNITS[unit] for number, unit in _DURATION_PART.findall(text))


def _until(text: str, now: datetime) -> float | None:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return None
    return max((when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds(), 0.0)
