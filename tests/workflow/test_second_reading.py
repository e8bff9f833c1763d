"""What of a digest goes to the second reader: the lines of what is told, and what was added to its posts."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest
from story_samples import MORNING, by_key, later, post, read

from briefing.config import settings
from briefing.language.annotation import Annotated
from briefing.stories.clustering import group
from briefing.stories.status import story_records
from briefing.summarise.extractive import ExtractiveEngine
from briefing.types import Claim, Digest, EngineName, Post, Verdict
from briefing.workflow.engines import EngineSession
from briefing.workflow.gathering import LoadResult
from briefing.workflow.memory import Past
from briefing.workflow.pipeline import Plan, make

STRIKE = (
    "Dockers strike in Sfax",
    "Dockers in Sfax went on strike on Monday over the pay of 3,200 workers.",
    "The harbour company of Sfax refused to talk with their union.",
)
ADDED = "Its director, Karim Haddad, offered the dockers of Sfax a rise of 4 percent on Tuesday evening."


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


class Writer(ExtractiveEngine):
    """Stands for an engine that writes, and has only the first line of a post to say."""

    name: EngineName = "model"

    async def summarise(self, document: Any, brief: Any) -> Any:
        drafts = await super().summarise(document, brief)
        return replace(drafts, claims=drafts.claims[:1], questions=(), quotes=())


class Reader:
    """Finds all that it is given to read as it is told to."""

    trouble = ""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict: Verdict = verdict
        self.asked: list[str] = []

    async def read(self, claims: Sequence[Claim], documents: Mapping[str, Annotated]) -> Sequence[Claim]:
        found = []
        for claim in claims:
            if claim.check and claim.check.verdict == "unread":
                self.asked.append(claim.text)
                claim = replace(claim, check=replace(claim.check, verdict=self.verdict))
            found.append(claim)
        return found


def a_day_later(reader: Reader | None, *, require: Literal["any", "read"] = "any") -> Digest:
    """The digest of a post that was briefed, to which a sentence was added that leans on the one before."""
    before = read(post("a", STRIKE))
    past = Past(briefed=story_records(group(before), by_key(before), MORNING))
    now: Post = post("a", (*STRIKE, ADDED))
    plan = Plan(made_at=later(1), settings=settings(require=require), past=past)
    session = EngineSession(Writer(), second_reader=reader)
    return asyncio.run(make(LoadResult((now.source,), (now,)), plan, session)).digest


@pytest.mark.parametrize(("verdict", "told"), [("read", ["read"]), ("withheld", [])])
def test_what_was_added_is_read(verdict: Verdict, told: list[Verdict]) -> None:
    reader = Reader(verdict)
    (story,) = a_day_later(reader).stories
    assert story.standing == "update"
    assert reader.asked == [ADDED]
    assert [claim.check.verdict for claim in story.changed if claim.check] == told


def test_what_nobody_read_of_it_is_left_out_where_reading_is_required() -> None:
    (story,) = a_day_later(None).stories
    assert [claim.check.verdict for claim in story.changed if claim.check] == ["unread"]
    (story,) = a_day_later(None, require="read").stories
    assert story.changed == ()


def test_a_reader_that_failed_is_told_and_nothing_else_is_lost() -> None:
    reader = Reader("unread")
    reader.trouble = "the endpoint is away"
    digest = a_day_later(reader)
    assert [(one.what, one.why) for one in digest.coverage.fallbacks] == [("the second reader", "the endpoint is away")]
    assert digest.stories[0].changed
