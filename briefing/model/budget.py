"""The caps of a run, in tokens and in dollars: reserved before each call, settled after it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from briefing.exceptions import BudgetError, ConfigError
from briefing.model.prices import Price, Usage
from briefing.types import Notice

NOTHING: Final = Usage()


@dataclass(frozen=True, slots=True)
class Spending:
    """What the calls of a run were billed. `cost_usd` is None where the price is unknown.

    `unanswered_calls` were sent and may have been billed without an answer that could be used; they are counted in.
    """

    calls: int = 0
    usage: Usage = NOTHING
    cost_usd: Decimal | None = None
    unanswered_calls: int = 0


@dataclass(slots=True)
class Reservation:
    """The most that one call may be billed, held until it is settled. Unsettled, it counts as billed in full."""

    most: Usage
    billed: Usage | None = None
    is_answered: bool = False

    def settle(self, billed: Usage) -> None:
        """The call was answered and billed so much."""
        self.billed, self.is_answered = billed, True

    def release(self) -> None:
        """The call was not billed: it was never sent, or refused."""
        self.billed = NOTHING


@dataclass(slots=True)
class Budget:
    """Caps that hold however many calls are under way: what they may yet be billed counts as spent.

    Without a price only `max_tokens` can hold, so a cap in dollars alone is a ConfigError. What is spent by the budgets
    `beside` this one counts against its caps too.
    """

    max_usd: Decimal | None = None
    max_tokens: int | None = None
    price: Price | None = None
    _calls: int = field(default=0, init=False)
    _unanswered_calls: int = field(default=0, init=False)
    _usage: Usage = field(default=NOTHING, init=False)
    _usd: Decimal = field(default=Decimal(0), init=False)
    _held: dict[int, Usage] = field(default_factory=dict, init=False)
    _waiting: list[asyncio.Future[None]] = field(default_factory=list, init=False)
    _all: list[Budget] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._all.append(self)
        if self.max_usd is not None and self.price is None and self.max_tokens is None:
            raise ConfigError("a cap in dollars cannot be held: the price of the model is unknown; cap the tokens")

    def beside(self, price: Price | None) -> Budget:
        """A budget under the same caps, for a model of another price. ConfigError as for the first."""
        other = Budget(self.max_usd, self.max_tokens, price)
        other._all = self._all
        self._all.append(other)
        return other

    @property
    def spent(self) -> Spending:
        """What was billed so far."""
        return Spending(self._calls, self._usage, None if self.price is None else self._usd, self._unanswered_calls)

    async def reserve(self, most: Usage, *, subject: str) -> Reservation:
        """Hold what a call may at most be billed; waits for calls under way, whose rest may make room.

        BudgetError where the cap would be overshot even so. Every reservation goes back by `close`.
        """
        while not self._fits(most):
            if not any(one._held for one in self._all):
                raise BudgetError(Notice("{subject}: {why}", subject=subject, why=self._shortage(most)))
            change: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._all[0]._waiting.append(change)
            await change
        reservation = Reservation(most)
        self._held[id(reservation)] = most
        return reservation

    def close(self, reservation: Reservation) -> None:
        """Book what became of a reservation, and let those who wait look again."""
        self._book(reservation)
        first = self._all[0]
        waiting, first._waiting = first._waiting, []
        for change in waiting:
            if not change.done():
                change.set_result(None)

    def _book(self, reservation: Reservation) -> None:
        most = self._held.pop(id(reservation))
        billed = reservation.billed
        if billed is None:
            billed = Usage(most.input_tokens, most.output_tokens, is_estimated=True)
        if billed == NOTHING and not reservation.is_answered:
            return
        self._calls += 1
        self._unanswered_calls += not reservation.is_answered
        self._usage += billed
        self._usd += self._cost(billed)

    def _fits(self, more: Usage) -> bool:
        tokens = more.tokens + sum(one._tokens_at_most for one in self._all)
        if self.max_tokens is not None and tokens > self.max_tokens:
            return False
        usd = self._cost(more) + sum(one._usd_at_most for one in self._all)
        return self.max_usd is None or self.price is None or usd <= self.max_usd

    @property
    def _tokens_at_most(self) -> int:
        return self._usage.tokens + sum(usage.tokens for usage in self._held.values())

    @property
    def _usd_at_most(self) -> Decimal:
        return self._usd + sum((self._cost(usage) for usage in self._held.values()), Decimal(0))

    def _cost(self, usage: Usage) -> Decimal:
        return Decimal(0) if self.price is None else self.price(usage)

    def _shortage(self, most: Usage) -> Notice:
        spent = sum(one._usage.tokens for one in self._all)
        if self.max_tokens is not None and spent + most.tokens > self.max_tokens:
            return Notice(
                "the cap of {most} tokens would be overshot: {spent} are spent, this call may take {more}",
                most=self.max_tokens,
                spent=spent,
                more=most.tokens,
            )
        return Notice(
            "the cap of {most} USD would be overshot: {spent} is spent, this call may cost {more}",
            most=str(self.max_usd),
            spent=f"{sum(one._usd for one in self._all):.4f}",
            more=f"{self._cost(most):.4f}",
        )
