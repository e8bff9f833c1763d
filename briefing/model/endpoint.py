"""One call to an OpenAI-compatible endpoint: out goes a body, back comes a `Completion` or a `Trouble`.

The one module that knows the SDK, its errors and the shape of what endpoints send. The SDK neither retries nor follows
redirects here: it would call three times behind our back, and hand the prompt to another host. Its transport is ours,
so that no answer is read past a cap, and so that nothing leaves but the headers named below: the SDK would add the
operating system, and whatever the environment asks it to.

An endpoint's words are masked before they are kept, and no error of the SDK is chained to ours: both may echo the key.
"""

from __future__ import annotations

import asyncio
import json
import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import httpx2
import openai
from pydantic import BaseModel, Field, ValidationError

from briefing.exceptions import ConfigError
from briefing.fetch.address_guard import AddressRefusedError, is_public, literal
from briefing.model.prices import Usage
from briefing.model.rate_limit_headers import Reading, read_quotas
from briefing.model.response import Completion, Trouble, TroubleKind
from briefing.types import Notice

MOST_ANSWER_BYTES: Final = 512 * 1024
CONNECT_SECONDS: Final = 10.0
MOST_CAUSE_CHARS: Final = 300
SENT_HEADERS: Final = ("accept", "content-type", "content-length", "host", "user-agent", "transfer-encoding")


_PRIVATE_NAME = re.compile(r"[^.]*|.*\.(?:local|localhost|internal|lan|home\.arpa)")


def is_private(base_url: str) -> bool:
    """Whether the address is on this machine or a network of one's own, as far as it says so itself."""
    host = httpx2.URL(base_url).host.lower()
    try:
        address = literal(host)
    except AddressRefusedError:
        return True
    return _PRIVATE_NAME.fullmatch(host) is not None if address is None else not is_public(address)


class Endpoint:
    """An endpoint by its base URL (up to and without `/chat/completions`); the key may be empty, for one's own."""

    def __init__(self, *, base_url: str, api_key: str, now: Callable[[], datetime]) -> None:
        url = httpx2.URL(base_url)
        if url.scheme not in ("http", "https") or not url.host:
            raise ConfigError(f"{mask(base_url, api_key)!r} is not the http(s) address of an endpoint")
        if not api_key.isascii() or re.search(r"[\s\x00-\x1f\x7f]", api_key):
            raise ConfigError("the API key holds characters that no key has")
        self.host = url.host
        self._api_key = api_key
        self._now = now
        self._http = httpx2.AsyncClient(
            transport=_BoundedTransport(api_key, is_tls=url.scheme == "https"),
            timeout=httpx2.Timeout(None, connect=CONNECT_SECONDS),
            follow_redirects=False,
            trust_env=False,
        )
        self._sdk = openai.AsyncOpenAI(
            api_key=api_key or "none", base_url=base_url, max_retries=0, http_client=self._http
        )

    async def complete(self, body: Mapping[str, Any], *, within_seconds: float) -> Completion:
        """Send one chat completion. Raises Trouble, whatever goes wrong, and no later than told."""
        try:
            async with asyncio.timeout(within_seconds):
                response = await self._sdk.post("/chat/completions", cast_to=httpx2.Response, body=dict(body))
            return self._completion(response)
        except TimeoutError:
            trouble = Trouble("outage", Notice("no answer in time"), may_be_billed=True)
        except openai.OpenAIError as error:
            trouble = translate(error, api_key=self._api_key, now=self._now())
        except Trouble as malformed:
            trouble = malformed
        raise trouble

    async def aclose(self) -> None:
        """Close every connection."""
        await self._http.aclose()

    def _completion(self, response: httpx2.Response) -> Completion:
        readings = read_quotas(response.headers, self._now())
        try:
            envelope = _Envelope.model_validate_json(response.content)
        except ValidationError:
            raise _no_envelope(response, readings, api_key=self._api_key, now=self._now()) from None
        choice = envelope.choices[0]
        text, refusal = _text(choice.message.content), _text(choice.message.refusal)
        return Completion(text, choice.finish_reason or "", refusal, _usage(envelope.usage), readings)


def translate(error: openai.OpenAIError, *, api_key: str, now: datetime) -> Trouble:
    """What an error of the SDK means to the caller. The pinned test goes through every class there is."""
    if isinstance(error, openai.APIStatusError):
        return _status_trouble(error.response, api_key=api_key, now=now)
    if isinstance(error, openai.APIConnectionError):
        return _connection_trouble(error)
    if isinstance(error, openai.LengthFinishReasonError | openai.APIResponseValidationError):
        return Trouble("malformed", Notice("the answer is cut short or broken"), may_be_billed=True)
    if isinstance(error, openai.ContentFilterFinishReasonError):
        return Trouble("filtered", Notice("the provider's content filter stopped the answer"), may_be_billed=True)
    return Trouble("unusable", Notice("the SDK cannot make the call ({name})", name=type(error).__name__))


def mask(text: str, api_key: str) -> str:
    """`text` on one line, without the key and whatever else looks like one."""
    if len(api_key) >= 4:
        text = text.replace(api_key, "***")
    text = re.sub(r"\b(?:sk|pk|gsk|xai|key|Bearer)[-_ ][\w*.\-]{6,}", "***", text)
    return " ".join(text.split())


class _Message(BaseModel):
    content: str | list[Any] | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Envelope(BaseModel):
    choices: list[_Choice] = Field(min_length=1)
    usage: Any = None


class _CachedTokens(BaseModel):
    cached_tokens: int | None = Field(default=None, ge=0)


class _UsageReport(BaseModel):
    prompt_tokens: int = Field(ge=0)
    completion_tokens: int = Field(ge=0)
    prompt_tokens_details: _CachedTokens | None = None


class _TooLarge(httpx2.RequestError):
    """An answer longer than any that was asked for."""


class _BoundedTransport(httpx2.AsyncBaseTransport):
    """Reads an answer whole, up to a cap on its decoded bytes; sends the headers named above and no others."""

    def __init__(self, api_key: str, *, is_tls: bool) -> None:
        self._inner = httpx2.AsyncHTTPTransport(
            # reading the certificates takes longer than a call to a machine of one's own
            verify=True if is_tls else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            trust_env=False,
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=100),
        )
        self._api_key = api_key

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        for name in set(request.headers) - set(SENT_HEADERS):
            del request.headers[name]
        request.headers["accept-encoding"] = "gzip"
        if self._api_key:
            request.headers["authorization"] = f"Bearer {self._api_key}"
        response = await self._inner.handle_async_request(request)
        try:
            content = await self._read(response)
        finally:
            await response.aclose()
        framing = ("content-encoding", "content-length", "transfer-encoding")
        headers = [(name, value) for name, value in response.headers.multi_items() if name not in framing]
        return httpx2.Response(response.status_code, headers=headers, content=content, request=request)

    async def aclose(self) -> None:
        await self._inner.aclose()

    @staticmethod
    async def _read(response: httpx2.Response) -> bytes:
        content = bytearray()
        announced = response.headers.get("content-length", "")
        if announced.isdecimal() and int(announced[:18]) > MOST_ANSWER_BYTES:
            raise _TooLarge(f"{announced} bytes")
        async for part in response.aiter_bytes():
            content += part
            if len(content) > MOST_ANSWER_BYTES:
                raise _TooLarge(f"more than {MOST_ANSWER_BYTES} bytes")
        return bytes(content)


def _text(content: str | list[Any] | None) -> str:
    """Text, or the text parts of a list of parts (some endpoints send thoughts and text apart)."""
    if isinstance(content, list):
        parts = [part.get("text") for part in content if isinstance(part, dict) and part.get("type") == "text"]
        return "".join(part for part in parts if isinstance(part, str))
    return content or ""


def _usage(report: Any) -> Usage | None:
    try:
        told = _UsageReport.model_validate(report)
    except ValidationError:
        return None
    cached = (told.prompt_tokens_details and told.prompt_tokens_details.cached_tokens) or 0
    return Usage(told.prompt_tokens, told.completion_tokens, min(cached, told.prompt_tokens))


@dataclass(frozen=True, slots=True)
class _ErrorBody:
    """What an error's body says: its words for us, all of it for comparing, and the code it gives."""

    message: str
    detail: str
    code: str


def _said(text: str, api_key: str) -> _ErrorBody:
    text = text[:20_000]
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        body = None
    while isinstance(body, list) and body:
        body = body[0]
    error = body.get("error", body) if isinstance(body, dict) else {}
    fields = error if isinstance(error, dict) else {"message": error}
    message = next((fields[name] for name in ("message", "detail", "error") if isinstance(fields.get(name), str)), "")
    message = message or ("" if text.lstrip().startswith("<") else text)
    code = str(fields.get("code") or fields.get("type") or "")
    return _ErrorBody(mask(message, api_key)[:MOST_CAUSE_CHARS], mask(text, api_key).lower(), code.lower())


def _no_envelope(response: httpx2.Response, readings: tuple[Reading, ...], *, api_key: str, now: datetime) -> Trouble:
    """A 200 that is no completion: some gateways wrap an upstream's error in one, with its status as the code."""
    said = _said(response.text, api_key)
    if re.fullmatch(r"[45]\d\d", said.code) and '"error"' in said.detail:
        inner = httpx2.Response(int(said.code), headers=response.headers, content=response.content)
        return _status_trouble(inner, api_key=api_key, now=now)
    return Trouble("malformed", _instead(response), may_be_billed=True, readings=readings)


def _instead(response: httpx2.Response) -> Notice:
    if not response.content.strip():
        return Notice("nothing came in the place of an answer")
    if response.text.lstrip().startswith("<"):
        return Notice("a web page came in the place of an answer")
    return Notice("something else came in the place of an answer")


def _connection_trouble(error: openai.APIConnectionError) -> Trouble:
    cause = error.__cause__
    if isinstance(cause, _TooLarge):
        return Trouble("malformed", Notice("the answer is too large ({size})", size=str(cause)), may_be_billed=True)
    if isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout):
        return Trouble("outage", Notice("cannot connect ({why})", why=str(cause)[:MOST_CAUSE_CHARS]))
    name = type(cause or error).__name__
    return Trouble("outage", Notice("the connection broke ({name})", name=name), may_be_billed=True)


_QUOTA = re.compile(r"insufficient_quota|exceeded your current quota|billing|credit balance|payment required")
_CONTEXT = re.compile(
    r"context_length|context length|context window|context size|context_size|maximum context|prompt is too long"
    r"|too many tokens|number of tokens allowed|`max_new_tokens` must be"
)
# What fits, and what the prompt was counted as, in the words of llama.cpp, OpenAI, vLLM, Mistral, Anthropic, Google,
# llama-cpp-python, LM Studio and TGI.
_WINDOW = re.compile(
    r'"n_ctx": ?(\d+)|maximum context length (?:is|of) (\d+)|(\d+) maximum context length|tokens > (\d+) maximum'
    r"|number of tokens allowed \(?(\d+)|context (?:window|length|size) of (?:only )?(\d+)|must be <= (\d+)"
)
_PROMPT = re.compile(
    r'"n_prompt_tokens": ?(\d+)|(\d+) in the messages|resulted in (\d+) tokens|request has (\d+) input tokens'
    r"|prompt contains (\d+) tokens|prompt is too long: (\d+) tokens|input token count \(?(\d+)"
    r"|requested tokens \((\d+)\)|the first (\d+) tokens|given: (\d+) `inputs`"
)
_FILTER = re.compile(r"content_filter|content_policy|content management policy|responsible ?ai")
_MODEL = re.compile(r"model_not_found|model[^.]{0,80}(?:not found|does not exist|not exist|no such)|unknown model")
_KEY = re.compile(r"api[_ ]key|invalid_api_key|authenticat|unauthori[sz]ed")
FORMAT_WORDS: Final = re.compile(
    r"response_format|json_schema|json_object|json schema|schema|grammar|structured output"
)


def _status_trouble(response: httpx2.Response, *, api_key: str, now: datetime) -> Trouble:
    status, said = response.status_code, _said(response.text, api_key)
    cause = Notice("HTTP {status}", status=status)
    if said.message:
        cause = Notice("HTTP {status}: {words}", status=status, words=said.message)
    readings = read_quotas(response.headers, now)
    wait = retry_after_seconds(response.headers, now)
    kind = _status_kind(status, said, is_told_to_wait=wait is not None)
    return Trouble(
        kind,
        _with_hint(cause, status),
        detail=said.detail,
        retry_after_seconds=wait,
        may_be_billed=kind == "outage" and status != 503 and not FORMAT_WORDS.search(said.detail),
        readings=readings,
        window=_number(_WINDOW, said.detail) if kind == "too long" else None,
        prompt_tokens=_number(_PROMPT, said.detail) if kind == "too long" else None,
    )


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    """The number that the pattern names, in one of its groups; digits beyond any window are none."""
    found = pattern.search(text)
    digits = next(filter(None, found.groups())) if found else ""
    return int(digits) if 0 < len(digits) < 10 and int(digits) else None


def _with_hint(cause: Notice, status: int) -> Notice:
    if 300 <= status < 400:
        return Notice("{cause} (a redirect is not followed: give the address it leads to as the base URL)", cause=cause)
    if status == 404:
        return Notice("{cause} (is the name of the model right, and the base URL?)", cause=cause)
    return cause


def _status_kind(status: int, said: _ErrorBody, *, is_told_to_wait: bool) -> TroubleKind:
    if 300 <= status < 400:
        return "unusable"
    if status in (401, 402, 403) or (status == 429 and _QUOTA.search(f"{said.code} {said.detail}")):
        return "unusable"
    if status == 429 or (status in (503, 529) and is_told_to_wait):
        return "busy"
    if status == 404:
        return "unusable"
    if status >= 500 or status in (408, 409, 425):
        return "outage"
    return _request_kind(status, said)


def _request_kind(status: int, said: _ErrorBody) -> TroubleKind:
    """What is wrong with a request, for the statuses that say no more than that (400, 413, 422 …)."""
    words = f"{said.code} {said.detail}"
    if "json_validate_failed" in words:  # Groq: what the model wrote was no JSON, which the next try may well be
        return "malformed"
    if status == 413 or _CONTEXT.search(words):
        return "too long"
    if _FILTER.search(words):
        return "filtered"
    return "unusable" if _MODEL.search(words) or _KEY.search(words) else "rejected"


def retry_after_seconds(headers: Mapping[str, str], now: datetime) -> float | None:
    """How long a response asks to wait: `retry-after-ms`, or `Retry-After` as seconds or a date (RFC 9110, 10.2.3)."""
    milliseconds, value = headers.get("retry-after-ms", ""), headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,12}(\.\d+)?", milliseconds):
        return float(milliseconds) / 1000
    if re.fullmatch(r"\d{1,12}(\.\d+)?", value):
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max((when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds(), 0.0)
