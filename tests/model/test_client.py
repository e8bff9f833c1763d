"""The model client against an endpoint on loopback: every row L1 to L28 of the fault matrix that is the client's."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
import resource
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx2
import openai
import pytest
from loopback import (
    Behaviour,
    Loopback,
    Received,
    completion,
    cut_short,
    drip,
    failure,
    flood,
    hang,
    http,
    reset,
    response,
)
from pydantic import BaseModel, Field

from briefing.exceptions import BriefingError, BudgetError, ConfigError, ModelError, PostError, ReplyError
from briefing.model.client import Client, ModelAnswer, Request
from briefing.model.endpoint import retry_after_seconds, translate
from briefing.store import Store, StoredAnswer

KEY = "sk-canary-0123456789abcdef"
NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)


class Line(BaseModel):
    text: str
    rests_on: list[int]


class Reply(BaseModel):
    model_config = {"extra": "forbid"}

    lead: Line = Field(description="The first line.")
    others: list[Line] = []


GOOD = '{"lead": {"text": "A thing happened.", "rests_on": [1]}, "others": []}'
VALUE = Reply(lead=Line(text="A thing happened.", rests_on=[1]))


def request(number: int = 1, *, max_output_tokens: int = 200) -> Request[Reply]:
    return Request(f"post-{number}", "Summarise.", f"[1] Thing {number} happened.", Reply, max_output_tokens)


def client(server: Loopback, **settings: Any) -> Client:
    plain: dict[str, Any] = {"model": "m", "api_key": KEY, "now": lambda: NOW, "first_backoff_seconds": 0.01}
    return Client(base_url=server.url, **(plain | settings))


def ask(*script: Behaviour, **settings: Any) -> tuple[ModelAnswer[Reply] | BriefingError, Loopback, float]:
    """One question to an endpoint with this script: what came of it, the server, and the seconds it took."""

    async def run() -> tuple[ModelAnswer[Reply] | BriefingError, Loopback, float]:
        async with Loopback(*script) as server, client(server, **settings) as asking:
            started = time.monotonic()
            try:
                outcome: ModelAnswer[Reply] | BriefingError = await asking.ask(request())
            except BriefingError as error:
                outcome = error
            return outcome, server, time.monotonic() - started

    return asyncio.run(run())


def value_of(outcome: ModelAnswer[Reply] | BriefingError) -> Reply:
    assert isinstance(outcome, ModelAnswer), outcome
    return outcome.value


def reason_of(outcome: ModelAnswer[Reply] | BriefingError) -> str:
    assert isinstance(outcome, ReplyError), outcome
    assert outcome.post == "post-1"
    return outcome.reason


def test_what_a_model_wrote_wrong_is_asked_for_again_though_it_came_as_a_400() -> None:
    words = "Failed to generate JSON. Please adjust your prompt. See failed_generation for more details."
    outcome, server, _ = ask(failure(400, words, code="json_validate_failed"), completion(GOOD))
    assert value_of(outcome) == VALUE
    assert len(server.received) == 2


def test_a_loop_is_not_asked_for_twice_as_long() -> None:
    outcome, server, _ = ask(completion('{"lead": {"text": "' + "the the " * 300, finish="length"))
    assert reason_of(outcome) == "invalid"
    assert len(server.received) == 1


# What is sent


def test_request_as_it_is_sent() -> None:
    outcome, server, _ = ask(completion(GOOD))
    sent = server.received[0]
    assert value_of(outcome) == VALUE
    assert sent.path == "/v1/chat/completions"
    assert sent.body["messages"] == [
        {"role": "system", "content": "Summarise."},
        {"role": "user", "content": "[1] Thing 1 happened."},
    ]
    assert sent.headers["authorization"] == f"Bearer {KEY}"
    assert set(sent.headers) <= {
        *("host", "accept", "accept-encoding", "content-type", "content-length", "user-agent", "authorization")
    }


def test_schema_is_strict() -> None:
    _, server, _ = ask(completion(GOOD))
    sent = server.received[0].body["response_format"]["json_schema"]
    assert sent["strict"] is True
    assert sent["schema"]["required"] == ["lead", "others"]
    assert sent["schema"]["additionalProperties"] is False
    assert sent["schema"]["properties"]["lead"]["description"] == "The first line."
    assert sent["schema"]["properties"]["lead"]["required"] == ["text", "rests_on"]
    assert "default" not in sent["schema"]["properties"]["others"]


def test_no_key_no_header() -> None:
    _, server, _ = ask(completion(GOOD), api_key="")
    assert "authorization" not in server.received[0].headers


def test_environment_adds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK reads headers, organisation, key and address from the environment, httpx a proxy."""
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Secret: canary\nAuthorization: Bearer canary")
    monkeypatch.setenv("OPENAI_ORG_ID", "canary")
    monkeypatch.setenv("OPENAI_API_KEY", "canary")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://192.0.2.1/v1")
    monkeypatch.setenv("HTTP_PROXY", "http://192.0.2.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://192.0.2.1:9")
    outcome, server, _ = ask(completion(GOOD))
    assert value_of(outcome) == VALUE
    assert "canary" not in json.dumps({**server.received[0].headers, "authorization": ""})
    assert server.received[0].headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("base_url", ["", "localhost:8080", "ftp://host/v1", "file:///etc/passwd"])
def test_base_url_that_is_none(base_url: str) -> None:
    async def run() -> None:
        async with Client(model="m", base_url=base_url, now=lambda: NOW) as asking:
            await asking.ask(request())

    with pytest.raises(ConfigError):
        asyncio.run(run())


def test_key_that_cannot_be_sent() -> None:
    outcome, server, _ = ask(completion(GOOD), api_key="sk-\r\nX-Injected: 1")
    assert isinstance(outcome, ConfigError)
    assert not server.received


def test_import_loads_no_sdk() -> None:
    code = "import briefing.model.client, sys; assert not {'openai', 'sqlalchemy', 'genai_prices'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


# L1-4: what may be over soon


@pytest.mark.parametrize("trouble", [reset, cut_short, *(failure(status, "x") for status in (500, 502, 503, 504, 408))])
def test_passing_trouble_is_tried_again(trouble: Behaviour) -> None:
    outcome, server, _ = ask(trouble, trouble, completion(GOOD))
    assert value_of(outcome) == VALUE
    assert len(server.received) == 3


@pytest.mark.parametrize("trouble", [reset, failure(500, "x"), failure(503, "x")])
def test_lasting_trouble_is_tried_three_times(trouble: Behaviour) -> None:
    outcome, server, _ = ask(trouble)
    assert isinstance(outcome, ModelError)
    assert len(server.received) == 3


@pytest.mark.parametrize("trouble", [hang, drip])
def test_deadline_is_total(trouble: Behaviour) -> None:
    outcome, server, seconds = ask(trouble, deadline_seconds=0.6)
    assert isinstance(outcome, ModelError)
    assert "no answer in time" in str(outcome)
    assert seconds < 1.6
    assert len(server.received) == 1


def test_nobody_listens() -> None:
    async def run() -> None:
        async with Client(
            model="m", base_url="http://127.0.0.1:1/v1", now=lambda: NOW, first_backoff_seconds=0.01
        ) as asking:
            await asking.ask(request())

    with pytest.raises(ModelError, match=r"m at 127\.0\.0\.1: cannot connect"):
        asyncio.run(run())


def test_one_post_in_trouble_does_not_stop_the_others() -> None:
    async def behave(received: Received, writer: asyncio.StreamWriter) -> None:
        await (failure(500, "poison") if "Thing 3" in received.user else completion(GOOD))(received, writer)

    async def run() -> list[Any]:
        async with Loopback(behave) as server, client(server) as asking:
            return await asyncio.gather(*(asking.ask(request(n)) for n in range(10)), return_exceptions=True)

    outcomes = asyncio.run(run())
    assert [type(outcome) for outcome in outcomes] == [ModelAnswer] * 3 + [PostError] + [ModelAnswer] * 6
    assert str(outcomes[3]) == "post-3: HTTP 500: poison"


def test_outage_stops_the_run() -> None:
    async def run() -> tuple[list[Any], int]:
        async with Loopback(failure(500, "down")) as server, client(server) as asking:
            outcomes = await asyncio.gather(*(asking.ask(request(n)) for n in range(60)), return_exceptions=True)
            return outcomes, len(server.received)

    outcomes, calls = asyncio.run(run())
    assert all(isinstance(outcome, PostError | ModelError) for outcome in outcomes)
    assert sum(isinstance(outcome, PostError) for outcome in outcomes) == 4
    assert calls < 100


def test_retry_after_holds_everybody() -> None:
    arrivals: list[float] = []

    async def behave(received: Received, writer: asyncio.StreamWriter) -> None:
        arrivals.append(time.monotonic())
        first = failure(429, "slow down", {"Retry-After": "1"})
        await (first if len(arrivals) == 1 else completion(GOOD))(received, writer)

    async def run() -> list[ModelAnswer[Reply]]:
        async with Loopback(behave) as server, client(server, most_at_once=1) as asking:
            return await asyncio.gather(*(asking.ask(request(n)) for n in range(3)))

    answers = asyncio.run(run())
    assert [answer.value for answer in answers] == [VALUE] * 3
    assert arrivals[1] - arrivals[0] >= 1.0
    assert len(arrivals) == 4


def test_429_without_retry_after() -> None:
    outcome, server, seconds = ask(failure(429, "slow down"), completion(GOOD))
    assert value_of(outcome) == VALUE
    assert seconds >= 0.9
    assert len(server.received) == 2


def test_retry_after_beyond_the_deadline_is_not_waited_for() -> None:
    outcome, server, seconds = ask(failure(429, "slow down", {"Retry-After": "121"}))
    assert isinstance(outcome, ModelError)
    assert "121 seconds" in str(outcome)
    assert seconds < 5
    assert len(server.received) == 1


def test_endless_429_ends() -> None:
    outcome, _, seconds = ask(failure(429, "slow down", {"Retry-After": "0.2"}), deadline_seconds=1.0)
    assert isinstance(outcome, ModelError)
    assert seconds < 3


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "2"}, 2.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "250", "retry-after": "1"}, 0.25),
        ({"retry-after": "Tue, 01 Sep 2026 12:00:30 GMT"}, 30.0),
        ({"retry-after": "Tue, 01 Sep 2026 11:00:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "inf"}, None),
        ({}, None),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after_seconds(headers, NOW) == seconds


# L5-6, L25: what will not be over soon


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (failure(429, "You exceeded your current quota", type="insufficient_quota"), "quota"),
        (failure(401, f"Incorrect API key provided: {KEY}."), "HTTP 401"),
        (failure(403, "Country not supported"), "HTTP 403"),
        (failure(402, "Payment required"), "HTTP 402"),
        (failure(404, "The model `m` does not exist", code="model_not_found"), "name of the model"),
        (http(404, "<html>nginx</html>"), "base URL"),
        (failure(400, "API key not valid. Please pass a valid API key."), "HTTP 400"),
        (http(307, "", {"Location": "http://127.0.0.2:9/v1/chat/completions"}), "redirect"),
    ],
)
def test_unusable_provider_is_asked_once(trouble: Behaviour, said: str) -> None:
    outcome, server, _ = ask(trouble)
    assert isinstance(outcome, ModelError)
    assert said in str(outcome)
    assert len(server.received) == 1


def test_after_a_wrong_key_nothing_more_is_sent() -> None:
    async def run() -> tuple[list[Any], int]:
        async with Loopback(failure(401, "no")) as server, client(server, most_at_once=2) as asking:
            outcomes = await asyncio.gather(*(asking.ask(request(n)) for n in range(50)), return_exceptions=True)
            with pytest.raises(ModelError):
                await asking.ask(request(99))
            return outcomes, len(server.received)

    outcomes, calls = asyncio.run(run())
    assert all(isinstance(outcome, ModelError) for outcome in outcomes)
    assert calls <= 2


def test_redirect_is_not_followed() -> None:
    async def run() -> int:
        async with Loopback(completion(GOOD)) as elsewhere:
            location = {"Location": f"{elsewhere.url}/chat/completions"}
            async with Loopback(http(308, "", location)) as server, client(server) as asking:
                with pytest.raises(ModelError):
                    await asking.ask(request())
            return len(elsewhere.received)

    assert asyncio.run(run()) == 0


@pytest.mark.parametrize(
    "trouble",
    [
        failure(401, f"Incorrect API key provided: {KEY}. Bearer {KEY}"),
        http(401, f"<html>{KEY}</html>"),
        http(500, KEY),
        http(200, json.dumps({"error": {"message": KEY, "code": 401}})),
        http(400, json.dumps({"detail": KEY})),
    ],
)
def test_echoed_key_is_masked(trouble: Behaviour, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    outcome, _, _ = ask(trouble)
    assert isinstance(outcome, BriefingError)
    shown = "".join(traceback.format_exception(outcome)) + caplog.text
    assert KEY not in shown
    errors: BaseException | None = outcome
    while errors is not None:
        assert KEY not in f"{errors}{errors.__dict__}"
        errors = errors.__cause__ or errors.__context__


# L7-11, L18-20: a 200 that is no answer


NO_ANSWERS = {
    "html": http(200, "<html>Please log in</html>", {"Content-Type": "text/html"}),
    "empty": http(200, ""),
    "truncated": http(200, '{"choices": [{"message": {"content": "{'),
    "braces": http(200, "{}"),
    "null": http(200, "null"),
    "list": http(200, "[]"),
    "no choices": http(200, '{"choices": []}'),
    "null choices": http(200, '{"choices": null}'),
    "no message": http(200, '{"choices": [{}]}'),
    "error in 200": http(200, '{"error": {"message": "upstream"}}'),
    "null content": completion(None),
    "blank content": completion(""),
    "white space to the cap": completion(" \n" * 400, finish="length"),
    "numbers for text": http(200, '{"choices": [{"message": {"content": 5}}]}'),
    "not UTF-8": http(200, b'{"choices": [{"message": {"content": "\xff\xfe"}}]}'),
}


@pytest.mark.parametrize("name", NO_ANSWERS)
def test_no_answer_is_asked_for_once_more(name: str) -> None:
    outcome, server, _ = ask(NO_ANSWERS[name])
    assert reason_of(outcome) == "invalid"
    assert len(server.received) == 2


@pytest.mark.parametrize("name", NO_ANSWERS)
def test_no_answer_then_an_answer(name: str) -> None:
    outcome, _, _ = ask(NO_ANSWERS[name], completion(GOOD))
    assert value_of(outcome) == VALUE


def test_only_web_pages_mean_a_wrong_address() -> None:
    async def run() -> list[Any]:
        async with Loopback(NO_ANSWERS["html"]) as server, client(server) as asking:
            return await asyncio.gather(*(asking.ask(request(n)) for n in range(20)), return_exceptions=True)

    assert "is the base URL right?" in str(asyncio.run(run())[-1])


def test_upstream_error_in_a_200_is_that_error() -> None:
    upstream = http(200, '{"error": {"message": "slow down", "code": 429}}', {"Retry-After": "0.1"})
    outcome, server, _ = ask(upstream, completion(GOOD))
    assert value_of(outcome) == VALUE
    assert len(server.received) == 2


@pytest.mark.parametrize(
    "trouble",
    [flood, http(200, " " * 1_000_000), http(500, "x" * 1_000_000)],
)
def test_answer_too_large_is_not_read(trouble: Behaviour) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcome, _, _ = ask(trouble)
    assert isinstance(outcome, ReplyError)
    assert "too large" in str(outcome)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000


def test_gzip_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(b" " * 60_000_000, 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcome, _, _ = ask(http(200, bomb, {"Content-Encoding": "gzip"}))
    assert isinstance(outcome, ReplyError)
    assert "too large" in str(outcome)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000


# L12-14: text that does not fit


@pytest.mark.parametrize(
    "text",
    [
        f"```json\n{GOOD}\n```",
        f"Here you are:\n```\n{GOOD}\n```\nAnything else?",
        f"Sure! {GOOD} I hope this helps.",
        f"<think>{{hm, [1] and {{}}}}</think>\n{GOOD}",
        f'A shape like {{"a": 1}} will do: {GOOD}',
        f"\n\n  {GOOD}  \n",
    ],
)
def test_reply_is_found_in_its_wrapping(text: str) -> None:
    outcome, server, _ = ask(completion(text))
    assert value_of(outcome) == VALUE
    assert len(server.received) == 1


@pytest.mark.parametrize(
    "text",
    [
        "I cannot see any text.",
        '{"lead": null, "others": []}',
        GOOD.replace('"others": []', '"extra": 1'),
        '{"lead": {"text": "A thing',
        '{"a":' * 5000,
        "{" * 5000,
    ],
)
def test_misfit_is_mended_once(text: str) -> None:
    outcome, server, _ = ask(completion(text), completion(GOOD))
    mending = server.received[1].body["messages"]
    assert value_of(outcome) == VALUE
    assert mending[:2] == server.received[0].body["messages"]
    assert [message["role"] for message in mending[2:]] == ["assistant", "user"]
    assert mending[2]["content"] == text
    assert mending[3]["content"].startswith("That reply cannot be used:\n- ")


def test_misfit_twice() -> None:
    outcome, server, _ = ask(completion('{"lead": 1, "others": []}'))
    assert reason_of(outcome) == "invalid"
    assert "lead" in str(outcome)
    assert len(server.received) == 2


def test_parts_of_a_message_are_joined() -> None:
    parts = [{"type": "thinking", "thinking": "hm"}, {"type": "text", "text": GOOD}]
    body = {"choices": [{"message": {"content": parts}, "finish_reason": "stop"}]}
    assert value_of(ask(http(200, json.dumps(body)))[0]) == VALUE


# L15-17, L27


def test_cut_answer_gets_a_bigger_cap_once() -> None:
    outcome, server, _ = ask(completion(GOOD[:20], finish="length"), completion(GOOD))
    assert value_of(outcome) == VALUE
    assert [received.body["max_tokens"] for received in server.received] == [200, 400]


def test_answer_that_stays_cut() -> None:
    outcome, server, _ = ask(completion(GOOD[:20], finish="length"))
    assert reason_of(outcome) == "truncated"
    assert len(server.received) == 2


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (completion(None, refusal="I cannot help with that."), "refused"),
        (completion("", finish="content_filter"), "filtered"),
        (failure(400, "The response was filtered", code="content_filter"), "filtered"),
        (failure(400, "This model's maximum context length is 8192 tokens"), "truncated"),
        (failure(400, "too long", code="context_length_exceeded"), "truncated"),
        (failure(413, "Payload too large"), "truncated"),
    ],
)
def test_not_asked_again(trouble: Behaviour, reason: str) -> None:
    outcome, server, _ = ask(trouble)
    assert reason_of(outcome) == reason
    assert len(server.received) == 1


# What an endpoint's refusals teach


@pytest.mark.parametrize(
    "refusal",
    [
        failure(400, "Unknown parameter: 'response_format'."),
        failure(422, "response_format: extra fields not permitted"),
        failure(500, "[{'type': 'literal_error', 'loc': ('body', 'response_format', 'type')}]"),
        failure(400, "failed to parse grammar"),
        failure(400, "This model does not support structured output"),
    ],
)
def test_refused_schema_goes_into_the_prompt(refusal: Behaviour) -> None:
    async def run() -> tuple[list[ModelAnswer[Reply]], list[Received]]:
        async with Loopback(refusal, completion(GOOD)) as server, client(server) as asking:
            answers = [await asking.ask(request(1)), await asking.ask(request(2))]
            return answers, server.received

    answers, received = asyncio.run(run())
    assert [answer.value for answer in answers] == [VALUE, VALUE]
    kinds = [call.body["response_format"]["type"] for call in received]
    assert kinds == ["json_schema", "json_object", "json_object"], "remembered for the run"
    system = received[1].body["messages"][0]["content"]
    assert system.startswith("Summarise.\n\nAnswer with one JSON object")
    assert "The first line." in system
    assert system == received[2].body["messages"][0]["content"], "a provider's prefix cache can work"


def test_those_who_wait_ask_as_was_learned() -> None:
    async def behave(received: Received, writer: asyncio.StreamWriter) -> None:
        is_refused = received.body["response_format"]["type"] == "json_schema"
        await asyncio.sleep(0.02)
        await (failure(400, "response_format") if is_refused else completion(GOOD))(received, writer)

    async def run() -> tuple[list[Any], list[Received]]:
        async with Loopback(behave) as server, client(server, most_at_once=4) as asking:
            return await asyncio.gather(*(asking.ask(request(n)) for n in range(30))), server.received

    answers, received = asyncio.run(run())
    assert len(answers) == 30
    assert len(received) <= 34


def test_endpoint_without_any_format() -> None:
    refusal = failure(400, "response_format is not supported")
    outcome, server, _ = ask(refusal, refusal, completion(GOOD))
    assert value_of(outcome) == VALUE
    assert "response_format" not in server.received[2].body


def test_reasoning_model() -> None:
    limit = failure(400, "Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead.")
    warmth = failure(400, "Unsupported value: 'temperature' does not support 0.0 with this model.")
    outcome, server, _ = ask(limit, warmth, completion(GOOD))
    assert value_of(outcome) == VALUE
    assert server.received[2].body["max_completion_tokens"] == 200
    assert "max_tokens" not in server.received[2].body
    assert "temperature" not in server.received[2].body


def test_refusal_that_teaches_nothing_ends() -> None:
    outcome, server, _ = ask(failure(400, "no 'max_tokens' unknown temperature response_format schema"))
    assert isinstance(outcome, ModelError)
    assert len(server.received) < 6


# L26, L28: what it costs


def price(usage: Any) -> Decimal:
    return Decimal(usage.input_tokens + 2 * usage.output_tokens) / 1000


def test_usage_and_cost() -> None:
    usage = {"prompt_tokens": 50, "completion_tokens": 7, "prompt_tokens_details": {"cached_tokens": 30}}
    outcome, _, _ = ask(completion(GOOD, usage=usage), price=price)
    assert isinstance(outcome, ModelAnswer)
    assert (outcome.usage.input_tokens, outcome.usage.output_tokens, outcome.usage.cached_tokens) == (50, 7, 30)
    assert outcome.cost_usd == Decimal("0.064")
    assert not outcome.usage.is_estimated


@pytest.mark.parametrize("usage", [{}, {"prompt_tokens": -5, "completion_tokens": "x"}, {"prompt_tokens": None}])
def test_usage_not_told_counts_as_the_most_it_can_be(usage: dict[str, Any]) -> None:
    outcome, _, _ = ask(completion(GOOD, usage=usage))
    assert isinstance(outcome, ModelAnswer)
    assert outcome.usage.is_estimated
    assert outcome.usage.output_tokens == 200
    assert outcome.usage.input_tokens > 30


def test_call_without_an_answer_counts_as_billed() -> None:
    async def run() -> Any:
        async with Loopback(cut_short, completion(GOOD)) as server, client(server) as asking:
            most = asking.most_usage(request())
            await asking.ask(request())
            return most, asking.spent

    most, spent = asyncio.run(run())
    assert (spent.calls, spent.unanswered_calls) == (2, 1)
    assert spent.usage.tokens == most.tokens + 110


def test_refused_call_costs_nothing() -> None:
    async def run() -> Any:
        refusal = failure(429, "x", {"Retry-After": "0.1"})
        async with Loopback(refusal, completion(GOOD)) as server, client(server) as asking:
            await asking.ask(request())
            return asking.spent

    assert asyncio.run(run()).usage.tokens == 110


def test_cap_is_not_overshot_by_repairs() -> None:
    async def run() -> Any:
        async with Loopback(completion("no JSON")) as server, client(server) as asking:
            most = asking.most_usage(request()).tokens
        async with Loopback(completion("no JSON")) as server, client(server, max_tokens=most + 50) as asking:
            with pytest.raises(BudgetError, match="post-1: the cap of"):
                await asking.ask(request())
            return asking.spent, len(server.received)

    spent, calls = asyncio.run(run())
    assert calls == 1
    assert spent.usage.tokens == 110


# Stored answers


def test_stored_answer_makes_no_call() -> None:
    async def run() -> Any:
        with Store("sqlite://") as store:
            async with Loopback(completion(GOOD)) as server:
                async with client(server, store=store, price=price) as first:
                    paid = await first.ask(request())
                    assert await first.has_answer(request())
                    assert not await first.has_answer(request(2))
                async with client(server, store=store, price=price) as second:
                    found = await second.ask(request())
                    await second.ask(request(2))
                    return paid, found, len(server.received), second.spent.calls, second.answers_from_store

    paid, found, calls, paid_calls, from_store = asyncio.run(run())
    assert found.value == paid.value
    assert (found.is_stored, found.cost_usd, found.usage) == (True, 0, paid.usage)
    assert (calls, paid_calls, from_store) == (2, 1, 1), "only the other post is asked"


def test_stored_answer_that_no_longer_fits_is_asked_anew() -> None:
    async def run() -> int:
        with Store("sqlite://") as store:
            async with Loopback(completion(GOOD)) as server, client(server, store=store) as asking:
                store.keep_answer(StoredAnswer(asking.key_of(request()), "m", '{"lead": 1}', 1, 1, 0, NOW, 1, 1))
                assert (await asking.ask(request())).value == VALUE
                return len(server.received)

    assert asyncio.run(run()) == 1


def test_answer_is_stored_before_it_is_handed_out() -> None:
    async def run() -> bool:
        with Store("sqlite://") as store:
            async with Loopback(completion(GOOD)) as server, client(server, store=store) as asking:
                await asking.ask(request())
                return store.has_answer(asking.key_of(request()))

    assert asyncio.run(run())


class Other(Reply):
    more: str


def test_key_covers_all_that_could_change_an_answer() -> None:
    plain: dict[str, Any] = {"model": "m", "base_url": "http://127.0.0.1/v1", "now": lambda: NOW}
    settings: list[dict[str, Any]] = [
        {},
        {"model": "n"},
        {"base_url": "http://127.0.0.2/v1"},
        {"temperature": 0.5},
        {"temperature": None},
    ]
    asked: list[Request[Any]] = [
        Request("p", "s", "u", Reply, 10),
        Request("p", "s2", "u", Reply, 10),
        Request("p", "s", "u2", Reply, 10),
        Request("p", "s", "u", Other, 10),
        Request("p", "s", "u", Reply, 11),
        Request("p", "su", "", Reply, 10),
    ]

    async def run() -> list[str]:
        clients = [Client(**(plain | setting)) for setting in settings]
        keys = [one.key_of(asked[0]) for one in clients] + [clients[0].key_of(one) for one in asked[1:]]
        for one in clients:
            await one.aclose()
        return keys

    keys = asyncio.run(run())
    assert len(set(keys)) == len(keys)


def test_key_does_not_cover_the_post_or_the_api_key() -> None:
    async def run() -> set[str]:
        asked = [("post-1", KEY), ("post-2", KEY), ("post-1", "other")]
        keys = set()
        for post, api_key in asked:
            async with Client(model="m", api_key=api_key, now=lambda: NOW) as asking:
                keys.add(asking.key_of(Request(post, "s", "u", Reply, 10)))
        return keys

    assert len(asyncio.run(run())) == 1


# Many at once


def run_with(server_script: Behaviour, work: Callable[[Client, Loopback], Coroutine[Any, Any, Any]]) -> Any:
    async def run() -> Any:
        async with Loopback(server_script) as server, client(server) as asking:
            return await work(asking, server)

    return asyncio.run(run())


async def slow(received: Received, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(0.1)
    await completion(GOOD)(received, writer)


def test_equal_questions_share_a_call() -> None:
    async def work(asking: Client, server: Loopback) -> Any:
        asked = [Request(f"post-{n}", "s", "u", Reply, 100) for n in range(5)]
        return await asyncio.gather(*map(asking.ask, asked)), len(server.received)

    answers, calls = run_with(slow, work)
    assert calls == 1
    assert all(answer.value == VALUE for answer in answers)


def test_shared_failure_names_each_post() -> None:
    async def work(asking: Client, server: Loopback) -> Any:
        asked = [Request(f"post-{n}", "s", "u", Reply, 100) for n in range(3)]
        return await asyncio.gather(*map(asking.ask, asked), return_exceptions=True)

    outcomes = run_with(completion(None, refusal="no"), work)
    assert [outcome.post for outcome in outcomes] == ["post-0", "post-1", "post-2"]


def test_one_who_leaves_does_not_take_the_answer_along() -> None:
    async def work(asking: Client, server: Loopback) -> Any:
        first, second = (asyncio.create_task(asking.ask(request())) for _ in range(2))
        await asyncio.sleep(0.03)
        first.cancel()
        return await second, len(server.received)

    answer, calls = run_with(slow, work)
    assert answer.value == VALUE
    assert calls == 1


def test_called_off_by_everybody_leaves_room_and_counts() -> None:
    async def work(asking: Client, server: Loopback) -> Any:
        task = asyncio.create_task(asking.ask(request()))
        await asyncio.sleep(0.03)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        answer = await asking.ask(request(2))
        return answer, asking.spent.unanswered_calls

    answer, unanswered = run_with(slow, work)
    assert answer.value == VALUE
    assert unanswered == 1


def test_no_more_at_once_than_allowed() -> None:
    async def run() -> int:
        async with Loopback(slow) as server, client(server, most_at_once=7) as asking:
            await asyncio.gather(*(asking.ask(request(n)) for n in range(40)))
            return server.most_at_once

    assert asyncio.run(run()) == 7


def test_all_are_answered_under_a_limit() -> None:
    """A bucket of one second, 40 a second, no headers: nothing is lost, and little is refused."""
    state = {"tokens": 40.0, "at": time.monotonic(), "refused": 0.0}

    async def behave(received: Received, writer: asyncio.StreamWriter) -> None:
        now = time.monotonic()
        state["tokens"] = min(40.0, state["tokens"] + (now - state["at"]) * 40)
        state["at"] = now
        if state["tokens"] < 1:
            state["refused"] += 1
            writer.write(response(429, "{}", {"Retry-After": "1"}))
            return
        state["tokens"] -= 1
        await slow(received, writer)

    async def work(asking: Client, server: Loopback) -> int:
        return len(await asyncio.gather(*(asking.ask(request(n)) for n in range(120))))

    assert run_with(behave, work) == 120
    assert state["refused"] < 30


# Every error class of the SDK


def every_error() -> list[type[openai.OpenAIError]]:
    found, new = set[type[openai.OpenAIError]](), {openai.OpenAIError}
    while new:
        found |= new
        new = {inner for outer in new for inner in outer.__subclasses__()} - found
    return sorted(found, key=lambda error: error.__qualname__)


def example(kind: type[openai.OpenAIError]) -> openai.OpenAIError:
    sent = httpx2.Request("POST", "http://127.0.0.1/v1/chat/completions")
    status = getattr(kind, "status_code", 500)
    answered = httpx2.Response(status if isinstance(status, int) else 500, request=sent, text=f"{KEY} is wrong")
    arguments: list[dict[str, Any]] = [
        {},
        {"request": sent},
        {"response": answered, "body": None},
        {"message": KEY, "response": answered, "body": None},
        {"message": KEY, "request": sent, "body": None},
        {"completion": type("C", (), {"usage": None})()},
        {"message": KEY},
        {"message": KEY, "unsent_messages": []},
        {"symbol": KEY},
    ]
    for given in arguments:
        try:
            return kind(**given)
        except TypeError:
            continue
    raise AssertionError(f"how is a {kind.__name__} made?")


EXPECTED = {
    "_AmbiguousModuleClientUsageError": "unusable",
    "APIConnectionError": "outage",
    "APIError": "unusable",
    "APIResponseValidationError": "malformed",
    "APIStatusError": "outage",
    "APITimeoutError": "outage",
    "AuthenticationError": "unusable",
    "BadRequestError": "rejected",
    "ConflictError": "outage",
    "ContentFilterFinishReasonError": "filtered",
    "InternalServerError": "outage",
    "LengthFinishReasonError": "malformed",
    "APIRemovedInV1": "unusable",
    "MutuallyExclusiveAuthError": "unusable",
    "NotFoundError": "unusable",
    "OAuthError": "unusable",
    "OpenAIError": "unusable",
    "PermissionDeniedError": "unusable",
    "RateLimitError": "busy",
    "StreamAlreadyConsumed": "unusable",
    "SubjectTokenProviderError": "unusable",
    "UnprocessableEntityError": "rejected",
    "WebSocketConnectionClosedError": "unusable",
    "WebSocketQueueFullError": "unusable",
}


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_every_error_of_the_sdk_is_mapped(kind: type[openai.OpenAIError]) -> None:
    """A class that an upgrade adds is not in the table: it fails here and not in a morning's run."""
    trouble = translate(example(kind), api_key=KEY, now=NOW)
    assert trouble.kind == EXPECTED[kind.__name__]
    assert KEY not in f"{trouble}{trouble.__dict__}"
