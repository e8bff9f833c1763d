"""What a model may reply: small, strict shapes. No URL, HTML, id or quote is asked of it, only numbers it was shown.

What small models get wrong without meaning anything else is read as it is meant, where it would cost a call to have it
put right: "[1]" for 1, a nullable field left out, a label that is none of those asked for (code finds its own).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from briefing.types import Certainty

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1200)]
_Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
_FewWords = Annotated[str, AfterValidator(lambda words: " ".join(words.split())[:120])]


_NUMBER = re.compile(r"\s*\[?\s*(\d{1,6})\s*\]?\s*")


def _number(value: Any) -> Any:
    """A number of a line, also where it is written as the material shows it: "[1]"."""
    found = _NUMBER.fullmatch(value) if isinstance(value, str) else None
    return int(found[1]) if found else value


def _or(other: str, names: tuple[str, ...]) -> Callable[[Any], Any]:
    """The name, or the other one in the place of any that is not among them."""

    def read(value: Any) -> Any:
        name = value.strip().lower() if isinstance(value, str) else value
        return name if name in names else other if isinstance(value, str) or value is None else value

    return read


_Number = Annotated[int, BeforeValidator(_number)]
_Kind = Literal["fact", "attributed", "opinion", "forecast"]


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Line(_Reply):
    """One line and what it rests on."""

    text: _Text = Field(description="The line: one statement in one sentence, plain text.")
    rests_on: list[_Number] = Field(description="The numbers of the lines of the material that carry it.")
    kind: Annotated[_Kind, BeforeValidator(_or("fact", get_args(_Kind)))] = Field(
        description="What sort of statement it is."
    )
    speaker: _Phrase | None = Field(
        None, description="The name of whose word it is, as spelt in the material, else null."
    )
    voice: _Phrase | None = Field(
        None, description="What the material calls the source; null where it states it plainly."
    )
    certainty: Annotated[Certainty, BeforeValidator(_or("asserted", get_args(Certainty)))] = Field(
        description="How strongly the material puts it."
    )


class DocumentReply(_Reply):
    """The briefing of one post."""

    headline: Line | None = Field(None, description="What is new, in one line; null where there is nothing to say.")
    bottom_line: list[Line] = Field(description="What a reader must know who reads nothing else.")
    what_happened: list[Line] = Field(description="What the post reports, with whose word it is.")
    why_it_matters: list[Line] = Field(description="What the post says of consequences, as its view.")
    disputed: list[Line] = Field(description="Where the post contradicts itself, or people in it disagree.")
    missing: list[_Phrase] = Field(description="What the post does not say, as short noun phrases.")


class LinesReply(_Reply):
    """Lines drawn or merged, in the order to keep."""

    lines: list[Line] = Field(description="The lines.")


class MendedLine(_Reply):
    """What becomes of one line that failed."""

    number: _Number = Field(description="The number of the failed line.")
    line: Line | None = Field(None, description="The line written again; null to give it up.")


class MendReply(_Reply):
    """The failed lines, written again or given up."""

    lines: list[MendedLine] = Field(description="One entry for each failed line.")


class AnswerReply(_Reply):
    """The answer to one question."""

    state: Literal["answered", "partly", "unanswered"] = Field(description="Whether the material answers it.")
    answer: list[Line] = Field(description="The lines that answer it; empty when unanswered.")
    disputed: list[Line] = Field(description="Who in the material says otherwise.")
    missing: list[_Phrase] = Field(description="What the question asks and the material does not say.")


class LineReading(_Reply):
    """What a second reader says of one line."""

    number: _Number = Field(description="The number of the line.")
    carried: Literal["yes", "no", "unclear"] = Field(description="Whether its sentences carry it, label included.")
    at_fault: list[_FewWords] = Field(description="Its words that are not carried; empty for yes.")
    instead: _FewWords = Field(description="The sentences' own words for it; empty where there are none.")


class SecondReading(_Reply):
    """What a second reader says of the lines it was shown."""

    lines: list[LineReading] = Field(description="One entry for each line.")
