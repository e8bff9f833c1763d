"""The engine that the settings ask for, with the model's client and the store of its answers behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from briefing.config import Settings
from briefing.exceptions import ConfigError
from briefing.summarise.engine import Engine, SecondReader
from briefing.types import Brief, Document, ModelUse

if TYPE_CHECKING:
    from pydantic import BaseModel, SecretStr

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
    return Brief(settings.reader, settings.house_style, settings.language, settings.length, settings.require)


@dataclass(frozen=True, slots=True)
class Provider:
    """Which model is asked, and where."""

    model: str
    base_url: str
    api_key: str = field(repr=False)


def writer_of(settings: Settings) -> Provider:
    """Who writes."""
    from briefing.model.client import OPENAI_URL

    return Provider(settings.model, settings.openai_base_url or OPENAI_URL, _secret(settings.openai_api_key))


def reader_of(settings: Settings) -> Provider:
    """Who reads what was written; the writer, but for what is set. The writer's key goes to no other endpoint."""
    writer = writer_of(settings)
    base_url = settings.second_reader_url or writer.base_url
    key = _secret(settings.second_reader_key) or (writer.api_key if base_url == writer.base_url else "")
    return Provider(settings.second_reader_model or writer.model, base_url, key)


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value else ""


@dataclass(frozen=True, slots=True)
class EngineSession:
    """The engine that the settings ask for. With a model, its client, for what it spent and what it would be asked;
    that of the second reader is the same one where nothing else is set for it."""

    engine: Engine
    client: Client | None = None
    model: str = ""
    prompts: str = ""
    second_reader: SecondReader | None = None
    reader_client: Client | None = None

    def use(self) -> ModelUse | None:
        """What was asked of the models so far; None without one."""
        if self.client is None:
            return None
        from briefing.model.prices import Usage

        clients = list(dict.fromkeys([self.client, self.reader_client or self.client]))
        costs = [client.spent.cost_usd for client in clients]
        usage = sum((client.spent.usage for client in clients), Usage())
        return ModelUse(
            model=self.model,
            prompts=self.prompts,
            calls=sum(client.spent.calls for client in clients),
            answers_stored=sum(client.answers_from_store for client in clients),
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cached_tokens=usage.cached_tokens,
            cost_usd=None if None in costs else sum(filter(None, costs), Decimal(0)),
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

    async with AsyncExitStack() as stack:
        store = store or (stack.enter_context(open_store(settings)) if is_cached else None)
        writer, reader = writer_of(settings), reader_of(settings)
        client = reading = await stack.enter_async_context(_client(writer, settings, store, now))
        names = [writer.model]
        if settings.second_reader and reader != writer:
            reading = await stack.enter_async_context(_client(reader, settings, store, now, beside=client))
            names.append(reader.model)
        folder = settings.prompts
        second = ModelReader(_asking(reading, settings), window=reading.window, prompts=folder)
        yield EngineSession(
            engine=ModelEngine(_asking(client, settings), window=client.window, prompts=folder),
            client=client,
            model=", ".join(dict.fromkeys(names)),
            prompts=hash_of_all(folder),
            second_reader=second if settings.second_reader else None,
            reader_client=reading,
        )


def data_folder() -> Path:
    """Where what outlives a run is kept, unless the settings say otherwise."""
    import platformdirs

    return Path(platformdirs.user_data_dir("briefing", appauthor=False))


def open_store(settings: Settings) -> Store:
    """The database that BRIEFING_DATABASE_URL names, else a file in the user's data folder.

    ConfigError where it is unusable, or would forget with the process what was briefed and who has got an issue.
    """
    from briefing.store import Store
    from briefing.store.database import is_in_memory

    if settings.database_url:
        url = settings.database_url.get_secret_value()
        if is_in_memory(url):
            raise ConfigError(
                "BRIEFING_DATABASE_URL: a database in memory forgets everything; name a file: sqlite:///…"
            )
        return Store(url)
    folder = data_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{folder}: cannot be made: {error.strerror}; set BRIEFING_DATABASE_URL") from error
    return Store(f"sqlite:///{folder / 'briefing.db'}")


def _client(
    provider: Provider, settings: Settings, store: Store | None, now: datetime, *, beside: Client | None = None
) -> Client:
    from briefing.model.client import Client
    from briefing.model.endpoint import is_private
    from briefing.model.prices import price_of
    from briefing.model.tokens import count_tokens
    from briefing.model.window import Window

    return Client(
        model=provider.model,
        api_key=provider.api_key,
        base_url=provider.base_url,
        # a server of one's own samples at 0.8 where it is not told; those of others may refuse to be told
        temperature=0.0 if settings.temperature is None and is_private(provider.base_url) else settings.temperature,
        deadline_seconds=settings.deadline_seconds,
        most_at_once=settings.most_at_once,
        max_usd=settings.max_usd,
        max_tokens=settings.max_tokens,
        price=price_of(provider.model, base_url=provider.base_url, when=now),
        beside=beside,
        window=Window(settings.input_tokens),
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
    """What a run would ask of its models: `most_usd` is None where a price is not known.

    `readings` are the calls that the second reader takes at most for what is written of the posts, with about
    `reading_tokens` in all of them. `long_posts` are read in parts; what merging their claims takes is not in the
    figures, nor what mending takes, nor `questions` key questions, at most `question_tokens` in each.
    """

    calls: int
    stored: int
    input_tokens: int
    most_output_tokens: int
    least_usd: Decimal | None
    most_usd: Decimal | None
    long_posts: int = 0
    readings: int = 0
    reading_tokens: int = 0
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
        if self.readings:
            about = f"at most {self.readings} calls more, about {self.reading_tokens} tokens in"
            told.insert(2, f"the second reader: {about}; answers, the bottom line and what is mended come on top")
        if self.long_posts:
            told.append(f"{self.long_posts} posts are read in parts; merging what is drawn from them comes on top")
        if self.questions:
            told.append(f"{self.questions} key questions: a call each, at most {self.question_tokens} tokens in")
        return told


async def estimate(
    documents: Sequence[Document], found: EngineSession, settings: Settings, *, questions: int = 0
) -> Estimate:
    """What the models would be asked for these documents; nothing is sent. All zero for an engine that asks nothing."""
    if found.client is None:
        return Estimate(0, 0, 0, 0, Decimal(0), Decimal(0))
    from briefing.model.prices import Usage
    from briefing.model.replies import DocumentReply, LinesReply
    from briefing.summarise.model_engine import prompts_of

    stored, usage, long_posts, to_read = 0, list[Usage](), 0, list[Document]()
    for document in documents:
        known = stored
        prompts = prompts_of(document, brief_of(settings), input_tokens=settings.input_tokens, prompts=settings.prompts)
        long_posts += prompts[0].task == "summarise_chunk"
        for prompt in prompts:
            shape = LinesReply if prompt.task == "summarise_chunk" else DocumentReply
            request = request_of(prompt, shape, post=document.key, max_output_tokens=settings.max_output_tokens)
            if await found.client.has_answer(request):
                stored += 1
            else:
                usage.append(found.client.most_usage(request))
        if found.second_reader and stored - known < len(prompts):
            to_read.append(document)
    most = sum(usage, Usage())
    reading = Usage(_reading_tokens(to_read, settings), len(to_read) * settings.max_output_tokens)
    price, reading_price = found.client.price, (found.reader_client or found.client).price
    return Estimate(
        calls=len(usage),
        stored=stored,
        input_tokens=most.input_tokens,
        most_output_tokens=most.output_tokens,
        least_usd=price(Usage(most.input_tokens, 0)) if price and reading_price else None,
        most_usd=price(most) + reading_price(reading) if price and reading_price else None,
        long_posts=long_posts,
        readings=len(to_read),
        reading_tokens=reading.input_tokens,
        questions=questions,
        question_tokens=QUESTION_TOKENS,
    )


def _reading_tokens(documents: Sequence[Document], settings: Settings) -> int:
    """What reading the lines of these documents takes, as far as one can tell before they are written: as much as the
    texts, and the prompt for each."""
    from briefing.model.tokens import count_tokens
    from briefing.summarise.model_reader import reading_prompt

    prompt = count_tokens(reading_prompt((), settings.prompts).system)
    return sum(prompt + count_tokens(document.text) for document in documents)
