"""What a model costs, from the genai-prices package: its list ships with it, so nothing is asked of the network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one or more calls. `cached_tokens` are those of `input_tokens` that the provider had at hand.

    `is_estimated` where the endpoint told nothing, and the most it can have been is counted.
    """

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    is_estimated: bool = False

    @property
    def tokens(self) -> int:
        """All of them."""
        return self.input_tokens + self.output_tokens

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cached_tokens + other.cached_tokens,
            self.is_estimated or other.is_estimated,
        )


Price = Callable[[Usage], Decimal]
"""What a usage costs, in US dollars. More tokens never cost less."""


def price_of(model: str, *, base_url: str, when: datetime) -> Price | None:
    """The price of `model` at the provider behind `base_url`, as of `when`; None where it is not known.

    A gateway or a machine of one's own has no list price, whatever the model is called.
    """
    import genai_prices

    def price(usage: Usage) -> Decimal:
        counted = genai_prices.Usage(
            input_tokens=usage.input_tokens,
            cache_read_tokens=usage.cached_tokens,
            output_tokens=usage.output_tokens,
        )
        return genai_prices.calc_price(
            counted, model, provider_api_url=base_url, genai_request_timestamp=when
        ).total_price

    try:
        price(Usage(1, 1))
    except LookupError:
        return None
    return price
