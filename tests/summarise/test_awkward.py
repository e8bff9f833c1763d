"""Awkward answers, recorded from a loopback server that behaves as providers document, replayed with no network.

The good half of each is `GOOD`; `--record-mode=rewrite` plays the scripts below and records them again.
"""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from loopback import Behaviour, Loopback, completion, failure
from recording import CANARY, CASSETTES, CONFIG, cassette, recorded_url
from vcr.cassette import Cassette

from briefing.clean.cleaner import clean
from briefing.exceptions import BriefingError, ModelError, ReplyError
from briefing.model.client import Client, Request
from briefing.model.tokens import count_tokens
from briefing.summarise.model_engine import ModelEngine
from briefing.types import Brief, Drafts, Post

TEXT = "The north quay reopened on Tuesday, the port said. Traffic may grow by a third."
LINE = {
    "text": "The north quay reopened on Tuesday, the port said.",
    "rests_on": [1],
    "kind": "attributed",
    "speaker": None,
    "voice": "the port",
    "certainty": "reported",
}
GOOD = json.dumps(
    {
        "headline": LINE,
        "bottom_line": [],
        "what_happened": [LINE],
        "why_it_matters": [],
        "disputed": [],
        "missing": ["the cost"],
    }
)

SCRIPTS: dict[str, tuple[Behaviour, ...]] = {
    "test_truncated": (completion(GOOD[:60], finish="length"),),
    "test_truncated_once": (completion(GOOD[:60], finish="length"), completion(GOOD)),
    "test_refused": (completion(None, refusal="I cannot help with that."),),
    "test_filtered": (completion("", finish="content_filter"),),
    "test_broken_json_mended": (completion(GOOD.replace('"bottom_line": [],', "")), completion(GOOD)),
    "test_json_in_a_fence": (completion(f"Here is the briefing:\n```json\n{GOOD}\n```\n"),),
    "test_json_schema_refused": (
        failure(400, "response_format type 'json_schema' is not supported by this model", type="invalid_request_error"),
        completion(GOOD),
    ),
    "test_too_many_requests": (
        failure(429, "Rate limit reached", {"Retry-After": "1"}, code="rate_limit_exceeded"),
        completion(GOOD),
    ),
    "test_wrong_key": (failure(401, f"Incorrect API key provided: {CANARY}.", code="invalid_api_key"),),
}


@pytest.fixture(scope="module")
def vcr_config() -> dict[str, Any]:
    return CONFIG


@pytest.fixture(scope="module")
def vcr_cassette_dir() -> str:
    return str(CASSETTES / "test_awkward")


@pytest.fixture(autouse=True)
def _all_played_and_no_key(vcr: Cassette, request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    assert vcr.all_played or vcr.dirty
    path = cassette("test_awkward", request.node.name)
    assert not path.exists() or CANARY not in path.read_text(encoding="utf-8")


async def _drafts(url: str) -> Drafts:
    client = Client(
        model="gpt-5.4-mini",
        now=lambda: datetime.now(UTC),
        api_key=CANARY,
        base_url=url,
        temperature=None,
        count_tokens=count_tokens,
    )

    async def ask(prompt: Any, shape: type[Any], *, post: str) -> Any:
        return (await client.ask(Request(post, prompt.system, prompt.user, shape, 500))).value

    async with client:
        document = clean(Post(key="https://example.org/quay/", title="Quay reopens", html=f"<p>{TEXT}</p>"))
        return await ModelEngine(ask).summarise(document, Brief())


def drafts(test: str) -> Drafts:
    """The drafts by the cassette of the test; by its script, where it is being recorded."""

    async def work() -> Drafts:
        recorded = recorded_url(cassette("test_awkward", test))
        if recorded:
            return await _drafts(recorded)
        async with Loopback(*SCRIPTS[test]) as server:
            return await _drafts(server.url)

    return asyncio.run(work())


def fails(test: str) -> BriefingError:
    with pytest.raises(BriefingError) as error:
        drafts(test)
    assert CANARY not in str(error.value)
    return error.value


@pytest.mark.vcr
@pytest.mark.parametrize(
    "test", ["test_truncated_once", "test_broken_json_mended", "test_json_in_a_fence", "test_too_many_requests"]
)
def test_mended(test: str, request: pytest.FixtureRequest) -> None:
    SCRIPTS[request.node.name] = SCRIPTS[test]
    assert [draft.evidence for draft in drafts(request.node.name).claims] == [(("https://example.org/quay/", 1),)]


@pytest.mark.vcr
def test_json_schema_refused(request: pytest.FixtureRequest, vcr: Cassette) -> None:
    assert drafts(request.node.name).missing == ("the cost",)
    formats = [json.loads(sent.body)["response_format"]["type"] for sent in vcr.requests]
    assert formats == ["json_schema", "json_object"]


@pytest.mark.vcr
@pytest.mark.parametrize(
    ("test", "reason"), [("truncated", "truncated"), ("refused", "refused"), ("filtered", "filtered")]
)
def test_unusable(test: str, reason: str, request: pytest.FixtureRequest) -> None:
    SCRIPTS[request.node.name] = SCRIPTS[f"test_{test}"]
    error = fails(request.node.name)
    assert isinstance(error, ReplyError)
    assert error.reason == reason


@pytest.mark.vcr
def test_wrong_key(request: pytest.FixtureRequest, vcr: Cassette) -> None:
    assert isinstance(fails(request.node.name), ModelError)
    assert len(vcr.requests) == 1, "a wrong key is never tried twice"
