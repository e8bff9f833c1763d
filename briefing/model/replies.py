"""What a model may reply: small, strict shapes. No URL, HTML, id or quote is asked of it, only numbers it was shown."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from briefing.types import Certainty

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1200)]
_Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
_FewWords = Annotated[str, AfterValidator(lambda words: " ".join(words.split())[:120])]


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Line(_Reply):
    """One line and what it rests on."""

    text: _Text = Field(description="The line: one statement in one sentence, plain text.")
    rests_on: list[int] = Field(description="The numbers of the lines of the material that carry it.")
    kind: Literal["fact", "attributed", "opinion", "forecast"] = Field(description="What sort of statement it is.")
    speaker: _Phrase | None = Field(description="The name of whose word it is, as spelt in the material, else null.")
    voice: _Phrase | None = Field(description="What the material calls the source; null where it states it plainly.")
    certainty: Certainty = Field(description="How strongly the material puts it.")


class DocumentReply(_Reply):
    """The briefing of one post."""

    headline: Line | None = Field(description="What is new, in one line; null where there is nothing to say.")
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

    number: int = Field(description="The number of the failed line.")
    line: Line | None = Field(description="The line written again; null to give it up.")


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

    number: int = Field(description="The number of the line.")
    carried: Literal["yes", "no", "unclear"] = Field(description="Whether its sentences carry it, label included.")
    at_fault: list[_FewWords] = Field(description="Its words that are not carried; empty for yes.")
    instead: _FewWords = Field(description="The sentences' own words for it; empty where there are none.")


class SecondReading(_Reply):
    """What a second reader says of the lines it was shown."""

    lines: list[LineReading] = Field(description="One entry for each line.")
