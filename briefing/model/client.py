"""The model client: asks a model for a reply of a given shape, for many posts at once.

What it sees to, so that nobody else has to: one limiter for the run, one owner of retries, a total deadline, caps in
tokens and dollars that hold before a call is made, every answer stored before it is used, and every failure as one of
our own errors, without the key in it:

* ReplyError, PostError: this post cannot be had; the others go on. `reason` "truncated" also stands for a text that is
  too long for the model: smaller chunks may do.
* ModelError: nothing can be had (key, model, quota, outage); every later question gets the same.
* BudgetError: this call would overshoot a cap.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar

from pydantic import ValidationError

from briefing.exceptions import ModelError, PostError, ReplyError
from briefing.language.words import script
from briefing.model.budget import NOTHING, Budget, Spending
from briefing.model.prices import Price, Usage
from briefing.model.rate_limiter import Limiter, RunStoppedError, Ticket
from briefing.model.reply_schema import Shape, problems, read_reply, repeats_itself, schema_note, strict_schema
from briefing.model.response import Completion, Trouble
from briefing.model.window import SETTLING_TOKENS, ReadShare, Window, not_all_read
from briefing.types import Notice, Receipt

if TYPE_CHECKING:
    from briefing.model.endpoint import Endpoint
    from briefing.store import Store

OPENAI_URL: Final = "https://api.openai.com/v1"
KEY_VERSION: Final = 2
"""Raise it when what is sent for one and the same request changes, or what is held against the reply: stored answers
are then not found."""
MOST_TRIES: Final = 3
MOST_MISSES: Final = 5
LONGER_BY: Final = 2
MESSAGE_TOKENS: Final = 16
"""More than any chat template adds to a message."""

_T = TypeVar("_T")
LimitName = Literal["max_completion_tokens", "max_tokens"]
ReplyFault = Literal["refused", "truncated", "invalid", "filtered"]

_NOT_KNOWN = re.compile(r"unsupported|not supported|unknown|unrecogni[sz]ed|unexpected|extra|not permitted|not allowed")
_FORMAT = re.compile(r"json_schema|json_object|schema|grammar|structured output")


@dataclass(frozen=True, slots=True)
class Request(Generic[Shape]):
    """One question: `key` is the post's, for errors. `system` comes first, and is best the same for all posts."""

    key: str
    system: str
    user: str
    schema: type[Shape]
    max_output_tokens: int


@dataclass(frozen=True, slots=True)
class ModelAnswer(Generic[Shape]):
    """A reply that fits its schema. `usage` is what it took to get it, repairs included; `receipt` is of the prompt.

    `cost_usd` is what was billed for it now: 0 from the cache, None where the price is unknown.
    """

    value: Shape
    usage: Usage
    cost_usd: Decimal | None
    receipt: Receipt
    is_stored: bool = False


@dataclass(frozen=True, slots=True)
class _Reply:
    """A reply as it came, known to fit."""

    text: str
    usage: Usage
    cost_usd: Decimal | None
    receipt: Receipt
    is_stored: bool = False


@dataclass(slots=True)
class Dialect:
    """How the endpoint wants to be asked, as far as its refusals have taught it in this run."""

    format: Literal["json_schema", "json_object", "none"] = "json_schema"
    limit_name: LimitName = "max_completion_tokens"
    has_temperature: bool = True
    has_switched_limit: bool = False

    def body(self, turn: _Turn, *, model: str, temperature: float | None) -> dict[str, Any]:
        """The request as it is sent; where no schema is taken, it stands at the end of the system prompt."""
        system = turn.request.system
        if self.format != "json_schema":
            system = f"{system}\n\n{schema_note(turn.request.schema)}"
        messages = [{"role": "system", "content": system}, {"role": "user", "content": turn.request.user}]
        body: dict[str, Any] = {"model": model, "messages": messages + turn.more_messages}
        body[self.limit_name] = turn.max_output_tokens
        if temperature is not None and self.has_temperature:
            body["temperature"] = temperature
        if self.format == "json_schema":
            schema = {"name": "reply", "strict": True, "schema": strict_schema(turn.request.schema)}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif self.format == "json_object":
            body["response_format"] = {"type": "json_object"}
        return body

    def learn(self, refusal: str, sent: Mapping[str, Any]) -> bool:
        """Whether to ask again, as `refusal` (the endpoint's words, in lower case) wants it instead of as `sent`."""
        if "response_format" in sent and "response_format" in refusal:
            return self._step_down(sent["response_format"]["type"])
        mine: LimitName = "max_tokens" if "max_tokens" in sent else "max_completion_tokens"
        if mine in refusal and _NOT_KNOWN.search(refusal):
            return self._switch_limit(mine)
        if "temperature" in sent and "temperature" in refusal:
            self.has_temperature = False
            return True
        return (
            "response_format" in sent
            and _FORMAT.search(refusal) is not None
            and self._step_down(sent["response_format"]["type"])
        )

    def _switch_limit(self, refused: LimitName) -> bool:
        if self.limit_name == refused:
            if self.has_switched_limit:
                return False
            self.limit_name = "max_tokens" if refused == "max_completion_tokens" else "max_completion_tokens"
            self.has_switched_limit = True
        return True

    def _step_down(self, refused: str) -> bool:
        if self.format == refused:
            self.format = "json_object" if refused == "json_schema" else "none"
        return True


@dataclass(slots=True)
class _Turn:
    """One question under way: what was tried for it, and what it has cost so far."""

    request: Request[Any]
    max_output_tokens: int
    seconds_left: float
    more_messages: list[dict[str, str]] = field(default_factory=list)
    tried: set[str] = field(default_factory=set)
    tries: int = 0
    sent: Mapping[str, Any] = field(default_factory=dict)
    usage: Usage = NOTHING
    cost_usd: Decimal = Decimal(0)


@dataclass(slots=True)
class _SharedQuestion:
    """A question that several may wait for; it is called off when nobody does."""

    task: asyncio.Task[_Reply]
    waiting: int = 0


class Client:
    """Asks one model at one endpoint; for one event loop, any number of tasks at once. Close it, or use `async with`.

    `deadline_seconds` is the longest a question may be on the wire in all, its retries and repairs included; waiting
    for its turn is not counted. An endpoint that only asks to wait is given up after as long. `count_tokens` must
    never count less than the model does: the caps rest on it. Without it a text counts for its bytes in UTF-8. What a
    client `beside` it spends counts against that one's caps, which hold for both. `window` is what the endpoint reads
    of a prompt, as far as its replies tell: an answer to a part of one is a ReplyError, neither used nor kept.
    """

    def __init__(
        self,
        *,
        model: str,
        api_key: str = "",
        base_url: str = OPENAI_URL,
        temperature: float | None = 0.0,
        deadline_seconds: float = 120.0,
        most_at_once: int = 50,
        max_usd: Decimal | None = None,
        max_tokens: int | None = None,
        price: Price | None = None,
        beside: Client | None = None,
        window: Window | None = None,
        store: Store | None = None,
        count_tokens: Callable[[str], int] | None = None,
        first_backoff_seconds: float = 1.0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.window = window or Window()
        self._model = model
        self._now = now
        self._api_key = api_key
        self._base_url = base_url.rstrip("/")
        self._temperature = temperature
        self._deadline_seconds = deadline_seconds
        self._store = store
        self._count_tokens = count_tokens or _utf8_bytes
        self._first_backoff_seconds = first_backoff_seconds
        self._budget: Budget = beside._budget.beside(price) if beside else Budget(max_usd, max_tokens, price)
        self._limiter = Limiter(most_at_once=most_at_once)
        self._dialect = Dialect(limit_name="max_completion_tokens" if self._base_url == OPENAI_URL else "max_tokens")
        self._endpoint: Endpoint | None = None
        self._storing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="answers")
        self._under_way: dict[str, _SharedQuestion] = {}
        self._from_store = 0
        self._misses = 0
        self._has_answered = False
        self._stopped_by: str | None = None

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Call off what is under way and close every connection; the store is its owner's to close."""
        tasks = [shared.task for shared in self._under_way.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._endpoint:
            await self._endpoint.aclose()
        self._storing.shutdown()

    @property
    def spent(self) -> Spending:
        """What the calls of this client were billed so far."""
        return self._budget.spent

    @property
    def answers_from_store(self) -> int:
        """How many questions needed no call."""
        return self._from_store

    def key_of(self, request: Request[Any]) -> str:
        """The key an answer is stored under: the hash of everything that could change it."""
        asked = [
            KEY_VERSION,
            self._base_url,
            self._model,
            self._temperature,
            request.max_output_tokens,
            request.system,
            request.user,
            strict_schema(request.schema),
        ]
        return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()

    @property
    def price(self) -> Price | None:
        """What a usage costs; None where it is not known."""
        return self._budget.price

    def most_usage(self, request: Request[Any]) -> Usage:
        """The most that one call for `request` may be billed."""
        return self._most(self._turn(request))

    async def has_answer(self, request: Request[Any]) -> bool:
        """Whether the store holds an answer, so that no call would be made."""
        return await self._read_store(self.key_of(request), request) is not None

    async def ask(self, request: Request[Shape]) -> ModelAnswer[Shape]:
        """A reply in the shape asked for. Equal questions asked at once share one call.

        Raises ReplyError or PostError where this post cannot be had, BudgetError, and ModelError where none can.
        """
        key = self.key_of(request)
        shared = self._under_way.get(key)
        is_first = shared is None
        if shared is None:
            shared = self._under_way[key] = _SharedQuestion(asyncio.create_task(self._reply(key, request)))
            shared.task.add_done_callback(lambda _: self._under_way.pop(key, None))
        reply = await _wait_for(shared, request.key)
        cost = reply.cost_usd if is_first else Decimal(0)
        self.window.note(request.key, reply.receipt)
        value = read_reply(reply.text, request.schema)
        return ModelAnswer(value, reply.usage, cost, reply.receipt, reply.is_stored)

    def _turn(self, request: Request[Any]) -> _Turn:
        most = min(request.max_output_tokens, self.window.most_answer or request.max_output_tokens)
        return _Turn(request, most, self._deadline_seconds)

    async def _reply(self, key: str, request: Request[Any]) -> _Reply:
        stored = await self._read_store(key, request)
        if stored is not None:
            self._from_store += 1
            return stored
        turn = self._turn(request)
        text, receipt = await self._usable_text(turn)
        await self._keep(key, text, turn.usage, receipt)
        return _Reply(text, turn.usage, None if self._budget.price is None else turn.cost_usd, receipt)

    async def _usable_text(self, turn: _Turn) -> tuple[str, Receipt]:
        """The first reply that fits, and how much it is a reply to; each remedy is tried once."""
        while True:
            completion = await self._call(turn)
            receipt = await self._receipt(turn, completion)
            fault = _fault(completion, turn)
            if fault is None:
                return completion.text, receipt
            if not fault.remedy or fault.remedy in turn.tried:
                raise ReplyError(turn.request.key, fault.cause, reason=fault.reason)
            turn.tried.add(fault.remedy)
            turn.more_messages = fault.more_messages
            if fault.remedy == "longer":
                longer = turn.max_output_tokens * LONGER_BY
                turn.max_output_tokens = min(longer, self.window.most_answer or longer)

    async def _receipt(self, turn: _Turn, completion: Completion) -> Receipt:
        """How much of the prompt the server read. ReplyError where that is not all of it: the answer is blind."""
        window, sent, letters = self.window, _prompt_tokens(turn.sent), script(turn.request.user[-2_000:])
        read = completion.usage.input_tokens if completion.usage else None
        seen = window.judge(letters, sent, read)
        if seen == "doubtful":
            async with window.settling:  # what one doubt is settled by, others need not be
                seen = window.judge(letters, sent, read)
                seen = await self._settled(turn, letters, sent, read or 0) if seen == "doubtful" else seen
        if seen == "cut":
            window.shrink(letters, sent, read or 0)
            raise ReplyError(turn.request.key, not_all_read(sent, read or 0), reason="truncated")
        return Receipt(sent, read if seen == "whole" else None)

    async def _settled(self, turn: _Turn, letters: str, sent: int, read: int) -> ReadShare:
        """Whether all was read: the same prompt once more, with some of it again behind it, for a token of answer."""
        end = turn.request.user[-4 * SETTLING_TOKENS :]
        longer = replace(turn.request, user=f"{turn.request.user}\n{end}", max_output_tokens=1)
        probe = _Turn(longer, 1, self._deadline_seconds, more_messages=turn.more_messages)
        try:
            completion = await self._call(probe)
        except ReplyError as error:  # a server that says what is too long for it has read what is not
            if error.reason != "truncated":
                return "not reported"
            self.window.learn(letters, sent, read, is_settled=True)
            return "whole"
        except PostError:
            return "not reported"
        finally:
            turn.usage += probe.usage
            turn.cost_usd += probe.cost_usd
        more = _prompt_tokens(probe.sent) - sent
        return self.window.settle(
            letters, sent, read, more, completion.usage.input_tokens if completion.usage else None
        )

    async def _call(self, turn: _Turn) -> Completion:
        """One completion, whatever it takes within the deadline."""
        turn.tries, is_again = 0, False
        while True:
            try:
                completion = await self._send(turn, is_again=is_again)
            except Trouble as trouble:
                is_again = True
                await self._recover(turn, trouble)
            else:
                self._misses, self._has_answered = 0, True
                return completion

    async def _send(self, turn: _Turn, *, is_again: bool) -> Completion:
        """One call, when its turn has come and its budget is held, as the endpoint is by then known to want it."""
        endpoint = self._opened()
        try:
            ticket = await self._limiter.start(_likely_costs(turn), is_again=is_again)
        except RunStoppedError:
            raise self._model_error() from None
        try:
            most = self._most(turn)
            reservation = await self._budget.reserve(most, subject=turn.request.key)
        except BaseException:
            self._limiter.give_back(ticket)
            raise
        try:
            if self._stopped_by is not None:
                reservation.release()
                self._limiter.give_back(ticket)
                raise self._model_error()
            completion = await self._on_wire(turn, endpoint, ticket)
            billed = completion.usage or replace(most, is_estimated=True)
            reservation.settle(billed)
            turn.usage += billed
            turn.cost_usd += self._budget.price(billed) if self._budget.price else 0
        except Trouble as trouble:
            if not trouble.may_be_billed:
                reservation.release()
            raise
        finally:
            self._budget.close(reservation)
        return completion

    async def _on_wire(self, turn: _Turn, endpoint: Endpoint, ticket: Ticket) -> Completion:
        """Make the call and tell the limiter what came of it."""
        started = time.monotonic()
        turn.sent = self._body(turn)
        try:
            completion = await endpoint.complete(turn.sent, within_seconds=max(turn.seconds_left, 0.001))
        except Trouble as trouble:
            if trouble.kind == "busy":
                self._wait_all(ticket, trouble)
            else:
                self._limiter.finish(ticket, accepted=trouble.kind != "outage", readings=trouble.readings)
            raise
        except BaseException:
            self._limiter.give_back(ticket)
            raise
        finally:
            turn.seconds_left -= time.monotonic() - started
        self._limiter.finish(ticket, accepted=True, readings=completion.readings)
        return completion

    def _wait_all(self, ticket: Ticket, trouble: Trouble) -> None:
        """The endpoint asks to wait: everybody does, unless it has asked for nothing else for too long."""
        refused_seconds = self._limiter.refuse(
            ticket, retry_after_seconds=trouble.retry_after_seconds, readings=trouble.readings
        )
        if refused_seconds > self._deadline_seconds:
            self._stop(_impatient(trouble.cause, refused_seconds))

    async def _recover(self, turn: _Turn, trouble: Trouble) -> None:
        """Return to try again; raise where that is no use."""
        if self._stopped_by is not None:
            raise self._model_error()
        if trouble.kind == "busy" or self._dialect_learns(trouble, turn.sent):
            return
        if trouble.kind == "unusable":
            raise self._stop(trouble.cause)
        if trouble.kind in ("malformed", "too long", "filtered"):
            self._accept_or_repeat(turn, trouble)
            return
        turn.tries += 1
        pause = self._first_backoff_seconds * 2 ** (turn.tries - 1) * random.uniform(0.75, 1.25)
        if trouble.kind == "rejected" or turn.tries >= MOST_TRIES or turn.seconds_left <= pause:
            raise self._miss(turn.request.key, trouble.cause)
        turn.seconds_left -= pause
        await asyncio.sleep(pause)

    def _accept_or_repeat(self, turn: _Turn, trouble: Trouble) -> None:
        """A broken answer is asked for once more; what is too long or filtered stays so.

        Where nothing but broken answers comes from the start, it is no model that answers.
        """
        if trouble.kind == "malformed" and "again" not in turn.tried:
            turn.tried.add("again")
            return
        if trouble.kind == "too long" and self._leaves_less_for_the_answer(turn, trouble):
            return
        self._misses += trouble.kind == "malformed"
        if self._misses >= MOST_MISSES and not self._has_answered:
            raise self._stop(Notice("{cause} (is the base URL right?)", cause=trouble.cause))
        reasons: dict[str, ReplyFault] = {"too long": "truncated", "filtered": "filtered"}
        raise ReplyError(turn.request.key, trouble.cause, reason=reasons.get(trouble.kind, "invalid"))

    def _leaves_less_for_the_answer(self, turn: _Turn, trouble: Trouble) -> bool:
        """Whether to ask again: the prompt fits, and only the room asked for its answer did not."""
        letters, sent = script(turn.request.user[-2_000:]), _prompt_tokens(turn.sent)
        fits = self.window.refuse(letters, sent, window=trouble.window, prompt=trouble.prompt_tokens)
        most = self.window.most_answer or turn.max_output_tokens
        if not fits or most >= turn.max_output_tokens:
            return False
        turn.max_output_tokens = most
        return True

    def _dialect_learns(self, trouble: Trouble, sent: Mapping[str, Any]) -> bool:
        return trouble.kind in ("rejected", "outage") and self._dialect.learn(trouble.detail, sent)

    def _miss(self, key: str, cause: str) -> PostError | ModelError:
        """This post's failure; the run's, where nothing else was to be had either."""
        self._misses += 1
        if self._misses >= MOST_MISSES or not (self._has_answered or len(self._under_way) > 1):
            return self._stop(cause)
        return PostError(key, cause)

    def _stop(self, cause: str) -> ModelError:
        """Nothing more is asked of this endpoint."""
        self._stopped_by = self._stopped_by or cause
        self._limiter.stop()
        return self._model_error()

    def _model_error(self) -> ModelError:
        return ModelError(
            Notice("{model} at {host}: {why}", model=self._model, host=self._opened().host, why=self._stopped_by or "")
        )

    def _opened(self) -> Endpoint:
        """The endpoint; the SDK is loaded when the first call is made, since it takes as long as a small digest."""
        from briefing.model.endpoint import Endpoint

        if self._endpoint is None:
            self._endpoint = Endpoint(base_url=self._base_url, api_key=self._api_key, now=self._now)
        return self._endpoint

    def _body(self, turn: _Turn) -> dict[str, Any]:
        return self._dialect.body(turn, model=self._model, temperature=self._temperature)

    def _most(self, turn: _Turn) -> Usage:
        """The most that the call to be made next may be billed."""
        body = self._body(turn)
        texts = [message["content"] for message in body["messages"]]
        tokens = sum(self._count_tokens(text) + MESSAGE_TOKENS for text in texts)
        schema = len(json.dumps(body["response_format"]).encode()) if "response_format" in body else 0
        return Usage(tokens + schema, turn.max_output_tokens)

    async def _read_store(self, key: str, request: Request[Any]) -> _Reply | None:
        """The stored reply, if it still fits."""
        if self._store is None:
            return None
        stored = await self._in_thread(self._store.answer, key)
        if stored is None:
            return None
        try:
            read_reply(stored.reply, request.schema)
        except ValidationError:
            return None
        usage = Usage(stored.input_tokens, stored.output_tokens, stored.cached_tokens)
        receipt = Receipt(stored.prompt_tokens, stored.prompt_tokens_read)
        return _Reply(stored.reply, usage, Decimal(0), receipt, is_stored=True)

    async def _keep(self, key: str, text: str, usage: Usage, receipt: Receipt) -> None:
        if self._store is None:
            return
        from briefing.store import StoredAnswer

        answer = StoredAnswer(
            key=key,
            model=self._model,
            reply=text,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cached_tokens=usage.cached_tokens,
            stored_at=self._now(),
            prompt_tokens=receipt.prompt_tokens,
            prompt_tokens_read=receipt.prompt_tokens_read,
        )
        await asyncio.shield(self._in_thread(self._store.keep_answer, answer))

    def _in_thread(self, function: Callable[[Any], _T], argument: object) -> Awaitable[_T]:
        """A database may make us wait for its lock; the calls under way must not."""
        return asyncio.get_running_loop().run_in_executor(self._storing, function, argument)


def _likely_costs(turn: _Turn) -> dict[str, float]:
    """What a call takes of the endpoint's quotas, at four characters a token; only the endpoint knows."""
    chars = len(turn.request.system) + len(turn.request.user)
    return {"requests": 1.0, "tokens": chars / 4 + turn.max_output_tokens}


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with a completion, and what may mend it."""

    reason: ReplyFault
    cause: str
    remedy: Literal["", "again", "longer", "repair"] = ""
    more_messages: list[dict[str, str]] = field(default_factory=list)


def _fault(completion: Completion, turn: _Turn) -> _Fault | None:
    if completion.refusal:
        return _Fault("refused", Notice("the model refused"))
    if completion.finish == "content_filter":
        return _Fault("filtered", Notice("the provider's content filter stopped the answer"))
    is_cut, is_blank = completion.finish == "length", not completion.text.strip()
    if is_cut and not (is_blank and completion.text):
        if repeats_itself(completion.text):  # and would go on to, were it given more room
            return _Fault("invalid", Notice("the answer repeats itself"))
        cause = Notice("the answer was cut at {n} tokens", n=turn.max_output_tokens)
        return _Fault("truncated", cause, "longer", turn.more_messages)
    if is_blank:
        return _Fault("invalid", Notice("the answer is blank"), "again", turn.more_messages)
    try:
        read_reply(completion.text, turn.request.schema)
    except ValidationError as error:
        return _misfit(completion.text, problems(error))
    return None


def _impatient(cause: str, seconds: float) -> Notice:
    return Notice("{cause} (it asks to wait, {seconds} seconds by now)", cause=cause, seconds=f"{seconds:.0f}")


def _misfit(text: str, why: str) -> _Fault:
    first = why.splitlines()[0].removeprefix("- ")
    mend = f"That reply cannot be used:\n{why}\nAnswer again, with the JSON object only."
    messages = [{"role": "assistant", "content": text}, {"role": "user", "content": mend}]
    return _Fault("invalid", Notice("the answer does not fit: {why}", why=first), "repair", messages)


async def _wait_for(shared: _SharedQuestion, key: str) -> _Reply:
    """The shared reply; its errors name the post of whoever waits."""
    shared.waiting += 1
    try:
        return await asyncio.shield(shared.task)
    except ReplyError as error:
        raise ReplyError(key, error.cause, reason=error.reason) from error
    except PostError as error:
        raise PostError(key, error.cause) from error
    finally:
        shared.waiting -= 1
        if not shared.waiting and not shared.task.done():
            shared.task.cancel()


def _prompt_tokens(sent: Mapping[str, Any]) -> int:
    """Our count of what a request says; the schema beside it and the template around it are not in it."""
    from briefing.model.tokens import count_tokens

    return sum(count_tokens(message["content"]) for message in sent["messages"])


def _utf8_bytes(text: str) -> int:
    """No vocabulary has a token for less than a byte."""
    return len(text.encode())
