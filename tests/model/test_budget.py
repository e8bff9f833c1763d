"""Caps that hold whatever runs at once, and prices."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.exceptions import BudgetError, ConfigError
from briefing.model.budget import Budget
from briefing.model.prices import Usage, price_of

WHEN = datetime(2026, 9, 1, tzinfo=UTC)
OPENAI = "https://api.openai.com/v1"


def price(usage: Usage) -> Decimal:
    return Decimal(usage.input_tokens + 3 * usage.output_tokens) / 1000


@given(
    max_tokens=st.none() | st.integers(0, 3000),
    max_cents=st.none() | st.integers(0, 600),
    at_once=st.integers(1, 12),
    seed=st.integers(0, 10_000),
)
def test_a_cap_is_never_overshot(max_tokens: int | None, max_cents: int | None, at_once: int, seed: int) -> None:
    """Calls that are answered, refused, lost on the way or called off, in any order."""
    chance = random.Random(seed)
    billed: list[Usage] = []
    max_usd = None if max_cents is None else Decimal(max_cents) / 100

    async def call(budget: Budget, gate: asyncio.Semaphore) -> None:
        async with gate:
            most = Usage(chance.randint(1, 200), chance.randint(1, 200))
            try:
                reservation = await budget.reserve(most, subject="post")
            except BudgetError:
                return
            try:
                await asyncio.sleep(0)
                fate = chance.choice(["answered", "refused", "lost"])
                used = Usage(chance.randint(0, most.input_tokens), chance.randint(0, most.output_tokens))
                if fate == "refused":
                    reservation.release()
                    return
                billed.append(used)
                if fate == "answered":
                    reservation.settle(used)
            finally:
                budget.close(reservation)

    async def work() -> Budget:
        budget, gate = Budget(max_usd, max_tokens, price), asyncio.Semaphore(at_once)
        await asyncio.gather(*(call(budget, gate) for _ in range(30)))
        return budget

    spent = asyncio.run(work()).spent
    truth = sum(billed, Usage())
    assert spent.calls == len(billed)
    assert spent.usage.tokens >= truth.tokens
    assert max_tokens is None or spent.usage.tokens <= max_tokens
    assert spent.cost_usd is not None
    assert max_usd is None or price(truth) <= spent.cost_usd <= max_usd


def test_what_is_held_counts_until_it_is_settled() -> None:
    async def work() -> list[str]:
        budget, order = Budget(max_tokens=100), []
        held = await budget.reserve(Usage(50, 40), subject="a")

        async def second() -> None:
            reservation = await budget.reserve(Usage(50, 10), subject="b")
            order.append("second held")
            budget.close(reservation)

        waiting = asyncio.create_task(second())
        await asyncio.sleep(0.01)
        order.append("first settled")
        held.settle(Usage(20, 10))
        budget.close(held)
        await waiting
        return order

    assert asyncio.run(work()) == ["first settled", "second held"]


def test_message_says_what_is_spent_and_needed() -> None:
    async def work() -> None:
        budget = Budget(max_usd=Decimal("0.10"), price=price)
        await budget.reserve(Usage(200, 0), subject="post-9")

    with pytest.raises(BudgetError, match=r"post-9: the cap of 0.10 USD .* 0.0000 is spent, .* may cost 0.2000"):
        asyncio.run(work())


def test_a_cap_holds_for_budgets_beside_each_other() -> None:
    async def work() -> Budget:
        writer = Budget(max_usd=Decimal("0.10"), price=price)
        reader = writer.beside(lambda usage: 10 * price(usage))
        held = await writer.reserve(Usage(40, 0), subject="written")
        waiting = asyncio.create_task(reader.reserve(Usage(8, 0), subject="read"))
        await asyncio.sleep(0)
        assert not waiting.done(), "0.04 are held of 0.10, and 0.08 more do not fit"
        held.settle(Usage(20, 0))
        writer.close(held)
        reader.close(await waiting)
        with pytest.raises(BudgetError, match=r"0.10 USD .* 0.1000 is spent"):
            await writer.reserve(Usage(1, 0), subject="written")
        assert [budget.spent.cost_usd for budget in (writer, reader)] == [Decimal("0.02"), Decimal("0.08")]
        return reader

    assert asyncio.run(work()).spent.calls == 1


def test_cap_in_dollars_needs_a_price_or_a_cap_in_tokens() -> None:
    with pytest.raises(ConfigError, match="price of the model is unknown"):
        Budget(max_usd=Decimal(1))
    assert Budget(max_usd=Decimal(1), max_tokens=1000).spent.cost_usd is None


def test_list_price() -> None:
    known = price_of("gpt-4o-mini", base_url=OPENAI, when=WHEN)
    assert known is not None
    assert known(Usage(1_000_000, 0)) == Decimal("0.15")
    assert known(Usage(1_000_000, 0, 1_000_000)) < known(Usage(1_000_000, 0))
    assert known(Usage(10, 10)) > known(Usage(10, 9))


@pytest.mark.parametrize(
    ("model", "base_url"),
    [
        ("no-such-model", OPENAI),
        ("gpt-4o-mini", "http://127.0.0.1:11434/v1"),
        ("gpt-4o-mini", "https://gateway.test/v1"),
    ],
)
def test_unknown_price(model: str, base_url: str) -> None:
    assert price_of(model, base_url=base_url, when=WHEN) is None
