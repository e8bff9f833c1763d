"""The engine that the settings ask for, with the model's client and the store of its answers behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from briefing.config import Settings
from briefing.exceptions import ConfigError
from briefing.summarise.engine import Engine, SecondReader
from briefing.types import Brief, Document, ModelUse

if TYPE_CHECKING:
    from pydantic import BaseModel

    from briefing.model.client import Client, Request
    from briefing.model.prompts import Prompt
    from briefing.store import Store
    from briefing.summarise.model_engine import Ask

_Reply = TypeVar("_Reply", bound="BaseModel")
# What one key question of a digest may have the model read; the passages that bear on it come first.
QUESTION_TOKENS = 6_000


def extractive() -> Engine:
    """The engine that needs no key: it selects sentences."""
    from briefing.summarise.extractive import ExtractiveEngine

    return ExtractiveEngine()


def brief_of(settings: Settings) -> Brief:
    """For whom and how, as the settings say."""
    return Brief(
        reader=settings.reader, house_style=settings.house_style, language=settings.language, length=settings.length
    )


@dataclass(frozen=True, slots=True)
class EngineSession:
    """The engine that the settings ask for. With a model, its client, for what it spent and what it would be asked."""

    engine: Engine
    client: Client | None = None
    model: str = ""
    prompts: str = ""
    second_reader: SecondReader | None = None

    def use(self) -> ModelUse | None:
        """What was asked of the model so far; None without one."""
        if self.client is None:
            return None
        spent = self.client.spent
        return ModelUse(
            model=self.model,
            prompts=self.prompts,
            calls=spent.calls,
            answers_stored=self.client.answers_from_store,
            input_tokens=spent.usage.input_tokens,
            output_tokens=spent.usage.output_tokens,
            cached_tokens=spent.usage.cached_tokens,
            cost_usd=spent.cost_usd,
        )


@asynccontextmanager
async def opened(
    settings: Settings, *, now: datetime, is_cached: bool = True, store: Store | None = None
) -> AsyncIterator[EngineSession]:
    """The engine for these settings: the model where it is asked for, or where a key or endpoint is set.

    Its answers are kept in `store`, or in one of its own where none is given; `now` decides what it costs. ConfigError
    where the model is asked for and neither is set.
    """
    if settings.engine == "extractive" or (settings.engine == "auto" and not settings.has_model):
        yield EngineSession(extractive())
        return
    if not settings.has_model:
        raise ConfigError("--engine model: set OPENAI_API_KEY, or OPENAI_BASE_URL for an endpoint of your own")
    from briefing.model.prompts import hash_of_all
    from briefing.summarise.model_engine import ModelEngine
    from briefing.summarise.model_reader import ModelReader

    with ExitStack() as stack:
        store = store or (stack.enter_context(open_store(settings)) if is_cached else None)
        async with _client(settings, store, now) as client:
            engine = ModelEngine(
                _asking(client, settings), input_tokens=settings.input_tokens, prompts=settings.prompts
            )
            reader = ModelReader(
                _asking(client, settings), input_tokens=settings.input_tokens, prompts=settings.prompts
            )
            second = reader if settings.second_reader else None
            yield EngineSession(engine, client, settings.model, hash_of_all(settings.prompts), second)


def open_store(settings: Settings) -> Store:
    """The database that BRIEFING_DATABASE_URL names, else a file in the user's data folder. ConfigError if unusable."""
    from briefing.store import Store

    if settings.database_url:
        return Store(settings.database_url.get_secret_value())
    import platformdirs

    folder = Path(platformdirs.user_data_dir("briefing", appauthor=False))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{folder}: cannot be made: {error.strerror}; set BRIEFING_DATABASE_URL") from error
    return Store(f"sqlite:///{folder / 'briefing.db'}")


def _client(settings: Settings, store: Store | None, now: datetime) -> Client:
    from briefing.model.client import OPENAI_URL, Client
    from briefing.model.prices import price_of
    from briefing.model.tokens import count_tokens

    base_url = settings.openai_base_url or OPENAI_URL
    return Client(
        model=settings.model,
        api_key=settings.openai_api_key.get_secret_value() if settings.openai_api_key else "",
        base_url=base_url,
        temperature=settings.temperature,
        deadline_seconds=settings.deadline_seconds,
        most_at_once=settings.most_at_once,
        max_usd=settings.max_usd,
        max_tokens=settings.max_tokens,
        price=price_of(settings.model, base_url=base_url, when=now),
        store=store,
        count_tokens=count_tokens,
    )


def _asking(client: Client, settings: Settings) -> Ask:
    async def ask(prompt: Prompt, shape: type[_Reply], *, post: str) -> _Reply:
        answer = await client.ask(request_of(prompt, shape, post=post, max_output_tokens=settings.max_output_tokens))
        return answer.value

    return ask


def request_of(prompt: Prompt, shape: type[_Reply], *, post: str, max_output_tokens: int) -> Request[_Reply]:
    """A prompt as a question to the client."""
    from briefing.model.client import Request

    return Request(post, prompt.system, prompt.user, shape, max_output_tokens)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run would ask of a model: `most_usd` is None where no price is known.

    `long_posts` are read in parts; what merging their claims takes is not in the figures, nor what a second reader
    takes for each line (`second_reading_tokens`; 0: none reads). Nor what `questions` key questions take, at most
    `question_tokens` in each.
    """

    calls: int
    stored: int
    input_tokens: int
    most_output_tokens: int
    least_usd: Decimal | None
    most_usd: Decimal | None
    long_posts: int = 0
    second_reading_tokens: int = 0
    questions: int = 0
    question_tokens: int = 0

    def lines(self) -> list[str]:
        """For a person to read."""
        told = [
            f"{self.calls} calls ({self.stored} answers are kept already and cost nothing)",
            f"{self.input_tokens} tokens in, at most {self.most_output_tokens} out",
            "price unknown for this model and endpoint; --max-tokens holds"
            if self.most_usd is None
            else f"{self.least_usd:.4f} to {self.most_usd:.4f} USD",
        ]
        if self.long_posts:
            told.append(f"{self.long_posts} posts are read in parts; merging what is drawn from them comes on top")
        if self.questions:
            told.append(f"{self.questions} key questions: a call each, at most {self.question_tokens} tokens in")
        if self.second_reading_tokens:
            told.append(f"the second reader: one more call a line, about {self.second_reading_tokens} tokens in each")
        return told


async def estimate(
    documents: Sequence[Document], found: EngineSession, settings: Settings, *, questions: int = 0
) -> Estimate:
    """What the model would be asked for these documents; nothing is sent. All zero for an engine that asks nothing."""
    if found.client is None:
        return Estimate(0, 0, 0, 0, Decimal(0), Decimal(0))
    from briefing.model.prices import Usage
    from briefing.model.replies import DocumentReply, LinesReply
    from briefing.summarise.model_engine import prompts_of

    stored, usage, long_posts = 0, [], 0
    for document in documents:
        prompts = prompts_of(document, brief_of(settings), input_tokens=settings.input_tokens, prompts=settings.prompts)
        long_posts += prompts[0].task == "summarise_chunk"
        for prompt in prompts:
            shape = LinesReply if prompt.task == "summarise_chunk" else DocumentReply
            request = request_of(prompt, shape, post=document.key, max_output_tokens=settings.max_output_tokens)
            if await found.client.has_answer(request):
                stored += 1
            else:
                usage.append(found.client.most_usage(request))
    most = sum(usage, Usage())
    price = found.client.price
    return Estimate(
        calls=len(usage),
        stored=stored,
        input_tokens=most.input_tokens,
        most_output_tokens=most.output_tokens,
        least_usd=price(Usage(most.input_tokens, 0)) if price else None,
        most_usd=price(most) if price else None,
        long_posts=long_posts,
        second_reading_tokens=_second_reading_tokens(settings) if settings.second_reader else 0,
        questions=questions,
        question_tokens=QUESTION_TOKENS,
    )


def _second_reading_tokens(settings: Settings) -> int:
    """What the second reader's prompt costs, and about as much again as a line and two sentences do."""
    from briefing.model.prompts import render_prompt
    from briefing.model.tokens import count_tokens

    empty = dict.fromkeys(("claim_fence", "claim", "fence", "material"), "")
    prompt = render_prompt("second_reader", brief=brief_of(settings), folder=settings.prompts, **empty)
    return count_tokens(prompt.system) + count_tokens(prompt.user) + 150
