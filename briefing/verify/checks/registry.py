"""The checks, in the order in which they are made. A module's name is the name of its check, in JSON and docs too.

To add one: a module here with `check(context) -> findings`, and its name in one of the two lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from briefing.verify.checks import (
    attribution,
    cause,
    dates,
    headline,
    hedging,
    maxims,
    modality,
    names,
    negation,
    numbers,
    overlap,
    polarity,
    presupposition,
    quantity,
    quotes,
    roles,
    speaker,
    substitution,
)
from briefing.verify.claim_context import ClaimContext, Finding


class CheckModule(Protocol):
    """A module that looks at a claim for one kind of fault."""

    __name__: str

    def check(self, context: ClaimContext, /) -> Iterable[Finding]:
        """What it has to say against the claim."""
        ...


class WordingCheck(CheckModule, Protocol):
    """One that looks at the wording, and so has to know the language."""

    def knows(self, language: str, /) -> bool:
        """Whether what it needs is known of a language (BCP 47 primary tag)."""
        ...


# Those that need no common language, and those of wording, which look at the sentences in the claim's own.
ACROSS_LANGUAGES: tuple[CheckModule, ...] = (dates, numbers, names, quotes)
IN_ONE_LANGUAGE: tuple[WordingCheck, ...] = (
    negation,
    polarity,
    headline,
    speaker,
    attribution,
    hedging,
    presupposition,
    modality,
    maxims,
    overlap,
    substitution,
    roles,
    quantity,
    cause,
)


def name_of(check: CheckModule) -> str:
    """The name of a check: its module's."""
    return check.__name__.rpartition(".")[2]


def checks_for(context: ClaimContext) -> tuple[CheckModule, ...]:
    """The checks that can be made on a claim."""
    return ACROSS_LANGUAGES + (IN_ONE_LANGUAGE if context.own else ())


def knowing(language: str) -> tuple[str, ...]:
    """The names of the checks that know a language; those of names and quotes read letters and marks of any."""
    by_words: tuple[WordingCheck, ...] = (dates, numbers, *IN_ONE_LANGUAGE)
    lacking = {name_of(check) for check in by_words if not check.knows(language)}
    return tuple(name for name in map(name_of, (*ACROSS_LANGUAGES, *IN_ONE_LANGUAGE)) if name not in lacking)


def unknowing(context: ClaimContext) -> tuple[str, ...]:
    """The names of the checks, of dates, numbers and wording, that lack words of the claim's language."""
    looking: tuple[WordingCheck, ...] = (dates, numbers, *(IN_ONE_LANGUAGE if context.own else ()))
    return tuple(name_of(check) for check in looking if not check.knows(context.language))


def findings(context: ClaimContext) -> Iterator[tuple[str, Finding]]:
    """What all checks that can be made have to say, each with the check's name."""
    for check in checks_for(context):
        for finding in check.check(context):
            yield name_of(check), finding
