"""Words that go with a number: which form a language takes for it, by the Unicode CLDR's rules for whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

Plurals = Mapping[str, str]


def one_other(number: int) -> str:
    """English, German, Spanish."""
    return "one" if number == 1 else "other"


def none_is_one(number: int) -> str:
    """French and Portuguese: nothing takes the singular."""
    return "one" if number in (0, 1) else "other"


def hebrew(number: int) -> str:
    """Hebrew has a dual."""
    return {1: "one", 2: "two"}.get(number, "other")


def arabic(number: int) -> str:
    """Arabic has six forms."""
    if number in (0, 1, 2):
        return ("zero", "one", "two")[number]
    rest = number % 100
    return "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"


def forms(**forms: str) -> Plurals:
    """The forms by category; "none" is a language's own word for no such thing."""
    return MappingProxyType(forms)
