"""What a server read is measured: a blind answer is neither used nor kept, and a right one is never refused for it."""

from __future__ import annotations

import asyncio
import itertools
from datetime import UTC, datetime
from typing import Any, Literal

import pytest
import sqlalchemy as sa
from loopback import Loopback, completion, failure
from pydantic import BaseModel
from truncating_server import BLIND, Truncating

from briefing.clean.cleaner import clean
from briefing.exceptions import BriefingError, ReplyError
from briefing.model.client import Client, Request
from briefing.model.prompts import Prompt
from briefing.model.tokens import count_tokens
from briefing.model.window import Window
from briefing.render.renderer import render
from briefing.store import Store
from briefing.store.tables import model_answers
from briefing.summarise.model_engine import ModelEngine
from briefing.summarise.summary import summarise_document
from briefing.types import Brief, Document, Post, Summary

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)


def post(sentences: int) -> Document:
    text = " ".join(
        f"On day {n} the harbour board of Arden counted {n * 7} ships and paid {n * 3} pilots for their work at night."
        for n in range(1, sentences + 1)
    )
    return clean(Post(f"post-{sentences}", "The ledger of Arden", f"<p>{text}</p>"))


class Desk:
    """A client with its store, and the engine that asks through it, as a run has them."""

    def __init__(self, url: str, store: Store | None = None) -> None:
        self.client = Client(
            model="m", base_url=url, now=lambda: NOW, store=store, count_tokens=count_tokens, window=Window()
        )
        self.engine = ModelEngine(self._ask, window=self.client.window)

    async def _ask(self, prompt: Prompt, shape: type[Any], *, post: str) -> Any:
        return (await self.client.ask(Request(post, prompt.system, prompt.user, shape, 600))).value

    async def summary(self, document: Document) -> Summary | BriefingError:
        try:
            return await summarise_document(document, self.engine, Brief())
        except BriefingError as error:
            return error


def summaries(server: Truncating, *sentences: int) -> tuple[list[Summary | BriefingError], list[str], Window]:
    """What comes of posts of so many sentences, one after the other, the replies kept, and what was learnt."""

    async def run() -> tuple[list[Summary | BriefingError], list[str], Window]:
        with Store("sqlite://") as store:
            async with Loopback(server) as loopback:
                desk = Desk(loopback.url, store)
                async with desk.client:
                    found = [await desk.summary(post(n)) for n in sentences]
            with store.database.reading() as connection:
                kept = list(connection.scalars(sa.select(model_answers.c.reply)))
            return found, kept, desk.client.window

    return asyncio.run(run())


# --- Servers that read a part ----------------------------------------------------------------------------------------

CASES = list(itertools.product((1_024, 2_048, 4_096), ("end", "front", "n_ctx", "words"), (1.0,)))
CASES += [(2_048, "end", 1.5), (4_096, "front", 1.5)]


@pytest.mark.parametrize(("window", "keeps", "ratio"), CASES)
def test_no_blind_answer_is_used_or_kept(
    window: int, keeps: Literal["end", "front", "n_ctx", "words"], ratio: float
) -> None:
    server = Truncating(window, keeps, ratio)
    found, kept, _ = summaries(server, 200, 8)
    assert not [reply for reply in kept if BLIND in reply]
    for summary in found:
        if isinstance(summary, Summary):
            assert BLIND not in str(summary.missing)
            assert not summary.unseen
            assert summary.receipt
            assert summary.receipt.prompt_tokens_read
        else:
            assert isinstance(summary, ReplyError)
            assert "raise its context window" in summary.cause or "HTTP 400" in summary.cause
    assert server.most_read <= window


@pytest.mark.parametrize("keeps", ["end", "front", "n_ctx", "words"])
def test_a_long_post_is_cut_smaller_and_asked_for_again(keeps: Literal["end", "front", "n_ctx", "words"]) -> None:
    (summary,), _, window = summaries(Truncating(4_096, keeps), 300)
    assert isinstance(summary, Summary)
    assert window.most_sent
    assert window.most_sent < 4_096
    assert {piece.sentence for claim in summary.lines for piece in claim.evidence}
    assert summary.receipt
    assert summary.receipt.prompt_tokens > 8_000, "all of it was read, in parts"


def test_a_window_that_no_post_fits_names_what_to_raise() -> None:
    (error,), kept, _ = summaries(Truncating(700), 300)
    assert isinstance(error, ReplyError)
    assert error.reason == "truncated"
    assert "num_ctx" in error.cause
    assert kept == []


def test_a_post_that_fits_is_read_whole_after_one_that_did_not() -> None:
    server = Truncating(2_048)
    found, _, _ = summaries(server, 300, 8)
    assert isinstance(found[1], Summary)
    asked = server.calls
    summaries(server, 8)
    assert server.calls == asked + 1, "what fits costs no call more"


def test_the_answer_is_given_less_room_where_that_is_what_does_not_fit() -> None:
    said = "This model's maximum context length is 4096 tokens. However, you requested 6100 tokens"
    refusal = failure(400, f"{said} (100 in the messages, 6000 in the completion).")

    class Reply(BaseModel):
        lines: list[str]

    async def run() -> Loopback:
        async with (
            Loopback(refusal, completion('{"lines": []}')) as server,
            Client(model="m", base_url=server.url, now=lambda: NOW) as client,
        ):
            await client.ask(Request("post", "Summarise.", "[1] It rained.", Reply, 6_000))
            await client.ask(Request("other", "Summarise.", "[1] It snowed.", Reply, 6_000))
            return server

    asked = [call.body["max_tokens"] for call in asyncio.run(run()).received]
    assert asked == [6_000, 1_024, 1_024]


# --- Servers that read all -------------------------------------------------------------------------------------------

RATIOS = (0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6)


@pytest.mark.parametrize("counts", ["all", "none", "zero", "new"])
@pytest.mark.parametrize("ratio", RATIOS)
def test_no_right_reply_is_refused(ratio: float, counts: Literal["all", "none", "zero", "new"]) -> None:
    """A post of 80 words, then one of 3,000: replies to prompts that were read whole."""
    server = Truncating(ratio=ratio, counts=counts)
    found, kept, window = summaries(server, 4, 150)
    assert all(isinstance(summary, Summary) for summary in found), found
    assert len(kept) == 2
    assert window.most_sent is None
    assert server.calls <= 4
    for summary in found:
        assert isinstance(summary, Summary)
        assert summary.receipt
        if counts in ("none", "zero"):
            assert summary.receipt.prompt_tokens_read is None


def test_what_is_not_reported_is_not_called_seen() -> None:
    (told,), _, _ = summaries(Truncating(), 20)
    (untold,), _, _ = summaries(Truncating(counts="none"), 20)
    assert isinstance(told, Summary)
    assert isinstance(untold, Summary)
    assert "all seen" in render(told, "text")
    assert "the server read" in render(told, "text")
    assert "all seen" not in render(untold, "text")
    assert "does not report" in render(untold, "text")


# --- What the counts say ---------------------------------------------------------------------------------------------


def test_a_count_that_stays_while_prompts_grow_is_doubtful() -> None:
    window = Window()
    assert window.judge("latin", 2_000, 2_010) == "whole"
    assert window.judge("latin", 2_300, 2_011) == "doubtful"


def test_a_count_as_round_as_a_window_is_doubtful() -> None:
    assert Window().judge("latin", 2_600, 4_096) == "doubtful"
    assert Window().judge("latin", 2_600, 2_050) == "doubtful"
    assert Window().judge("latin", 2_600, 4_200) == "whole"


def test_each_script_has_its_own_ratio() -> None:
    window = Window()
    assert window.judge("latin", 1_000, 1_550) == "whole"
    assert window.judge("latin", 4_000, 4_200) == "doubtful"
    assert window.judge("arabic", 4_000, 4_300) == "whole"


def test_settling() -> None:
    assert Window().settle("latin", 3_000, 2_050, 64, 2_050) == "cut"
    assert Window().settle("latin", 3_000, 2_100, 64, 2_145) == "whole"
    assert Window().settle("latin", 3_000, 1_200, 64, 1_264) == "cut", "no vocabulary needs so little"
    assert Window().settle("latin", 3_000, 2_050, 64, 3) == "cut", "it had all that it keeps at hand"
    assert Window().settle("latin", 3_000, 2_050, 64, 70) == "not reported"
    assert Window().settle("latin", 3_000, 2_050, 64, None) == "not reported"


def test_a_settled_ratio_is_not_doubted_again() -> None:
    window = Window()
    assert window.judge("latin", 3_000, 2_150) == "doubtful"
    assert window.settle("latin", 3_000, 2_150, 64, 2_196) == "whole"
    assert window.judge("latin", 6_000, 4_310) == "whole"


@pytest.mark.parametrize(
    ("said", "window", "prompt"),
    [
        ("the input token count (9000) exceeds the maximum number of tokens allowed (8192).", 8_192, 9_000),
        ("prompt is too long: 210000 tokens > 200000 maximum", 200_000, 210_000),
        ("Prompt contains 40000 tokens and is too large for model with 32768 maximum context length", 32_768, 40_000),
        ("Requested tokens (5000) exceed context window of 4096", 4_096, 5_000),
        ("This model's maximum context length is 128000 tokens.", 128_000, None),
        ("the input length exceeds the context length", None, None),
    ],
)
def test_a_refusal_names_the_window(said: str, window: int | None, prompt: int | None) -> None:
    from briefing.model.endpoint import Endpoint
    from briefing.model.response import Trouble

    async def run() -> Trouble:
        async with Loopback(failure(400, said)) as server:
            endpoint = Endpoint(base_url=server.url, api_key="", now=lambda: NOW)
            try:
                await endpoint.complete({"messages": []}, within_seconds=5)
            except Trouble as trouble:
                return trouble
            finally:
                await endpoint.aclose()
        raise AssertionError(said)

    trouble = asyncio.run(run())
    assert (trouble.kind, trouble.window, trouble.prompt_tokens) == ("too long", window, prompt)
