"""What comes of one call to a model: a `Completion`, or `Trouble`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing.model.prices import Usage
from briefing.model.rate_limit_headers import Reading

TroubleKind = Literal["busy", "outage", "unusable", "malformed", "too long", "filtered", "rejected"]
"""busy: told to wait · outage: may be over soon · unusable: nothing will be answered · malformed: 200, but no answer ·
too long: for the model's context · filtered: by the provider · rejected: this request, as it was put."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What an endpoint answered: `text` is empty where there was none, `usage` None where it told none."""

    text: str
    finish: str
    refusal: str
    usage: Usage | None
    readings: tuple[Reading, ...]


class Trouble(Exception):
    """A call without a completion. `cause` can be shown; `detail` is all the endpoint said, in lower case, masked.

    Of a prompt that is too long, `window` is what fits and `prompt_tokens` what it was counted as, where it says so.
    """

    def __init__(
        self,
        kind: TroubleKind,
        cause: str,
        *,
        detail: str = "",
        retry_after_seconds: float | None = None,
        may_be_billed: bool = False,
        readings: tuple[Reading, ...] = (),
        window: int | None = None,
        prompt_tokens: int | None = None,
    ) -> None:
        super().__init__(cause)
        self.kind = kind
        self.cause = cause
        self.detail = detail
        self.retry_after_seconds = retry_after_seconds
        self.may_be_billed = may_be_billed
        self.readings = readings
        self.window = window
        self.prompt_tokens = prompt_tokens
