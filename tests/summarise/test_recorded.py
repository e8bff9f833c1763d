"""The whole way with a model, replayed from cassettes (cassettes/README.md says where the answers came from).

`make record` records them again against whatever OPENAI_BASE_URL says. What is asserted holds for any good answer.
"""

import asyncio
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from recording import CASSETTES, CONFIG, cassette, recorded_url
from vcr.cassette import Cassette

from briefing.clean.cleaner import clean
from briefing.language.annotation import annotate
from briefing.model.client import Client, Request
from briefing.model.prompts import Prompt
from briefing.model.tokens import count_tokens
from briefing.model.window import Window
from briefing.retrieve.passages import whole
from briefing.sources.files import read_files
from briefing.summarise.model_engine import ModelEngine
from briefing.summarise.model_reader import ModelReader
from briefing.summarise.summary import summarise_document
from briefing.types import Brief, Certainty, Check, Claim, Document, Post, Speaker, Summary
from briefing.verify.citation import cite, evidence, misquoted
from briefing.verify.verifier import verify

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "briefing" / "examples"


@pytest.fixture(scope="module")
def vcr_config() -> dict[str, Any]:
    return CONFIG


@pytest.fixture(scope="module")
def vcr_cassette_dir() -> str:
    return str(CASSETTES / "test_recorded")


@pytest.fixture(autouse=True)
def _all_played(vcr: Cassette) -> Iterator[None]:
    """A cassette that is only partly played tells of a call that is no longer made."""
    yield
    assert vcr.all_played or vcr.dirty


def base_url(test: str) -> str:
    """The endpoint of the cassette; what OPENAI_BASE_URL says where there is none yet."""
    default = os.environ.get("OPENAI_BASE_URL") or "https://api.openai.com/v1"
    return recorded_url(cassette("test_recorded", test)) or default


class Asked:
    """A model that is really asked, through the client, and the prompts it was asked with."""

    def __init__(self, test: str) -> None:
        self.test = test
        self.prompts: list[Prompt] = []

    async def __aenter__(self) -> "Asked":
        self.client = Client(
            model=os.environ.get("BRIEFING_MODEL", "gpt-5.4-mini"),
            now=lambda: datetime.now(UTC),
            api_key=os.environ.get("OPENAI_API_KEY", "unused"),
            base_url=base_url(self.test),
            temperature=None,
            deadline_seconds=1_800,
            count_tokens=count_tokens,
        )
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.client.aclose()

    async def __call__(self, prompt: Prompt, shape: type[Any], *, post: str) -> Any:
        self.prompts.append(prompt)
        answer = await self.client.ask(Request(post, prompt.system, prompt.user, shape, 6_000))
        return answer.value


def users_post() -> Document:
    (post,) = read_files(EXAMPLES / "moroccan-personnel-gaza.json")
    assert isinstance(post, Post)
    return clean(post)


def short_post(language: str) -> Document:
    posts = [clean(post) for post in read_files(EXAMPLES / "short-posts.json") if isinstance(post, Post)]
    return next(document for document in posts if document.language == language)


def summarised(
    test: str, document: Document, brief: Brief, *, input_tokens: int = 24_000
) -> tuple[Summary, list[Prompt]]:
    async def work() -> tuple[Summary, list[Prompt]]:
        async with Asked(test) as ask:
            summary = await summarise_document(document, ModelEngine(ask, window=Window(input_tokens)), brief)
            return summary, ask.prompts

    return asyncio.run(work())


def assert_stands(claims: tuple[Claim, ...], documents: dict[str, Document]) -> None:
    for claim in claims:
        assert claim.evidence
        assert claim.check
        assert claim.check.verdict in ("carried", "read", "unread")
        assert not [why for piece in claim.evidence if (why := misquoted(piece, documents))]


@pytest.mark.vcr
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_post_into_english(language: str, request: pytest.FixtureRequest) -> None:
    document = short_post(language)
    summary, _ = summarised(request.node.name, document, Brief(language="en"))
    written = [claim for claim in summary.lines if claim.origin == "written"]
    assert_stands(summary.lines, {document.key: document})
    assert written
    assert {claim.translated_from for claim in written} == {language}
    assert all(claim.check and claim.check.not_run for claim in written), "a translation is never passed off as checked"


@pytest.mark.vcr
def test_the_users_post(request: pytest.FixtureRequest) -> None:
    document = users_post()
    summary, prompts = summarised(request.node.name, document, Brief(language="en"))
    assert [prompt.task for prompt in prompts][:1] == ["summarise_document"]
    assert {prompt.task for prompt in prompts[1:]} <= {"mend_lines"}
    assert_stands(summary.lines, {document.key: document})
    assert summary.bottom_line
    assert {2, 9, 13} <= {piece.sentence for claim in summary.lines for piece in claim.evidence}
    assert summary.missing


@pytest.mark.vcr
def test_long_post_by_map_and_reduce(request: pytest.FixtureRequest) -> None:
    document = users_post()
    summary, prompts = summarised(request.node.name, document, Brief(language="en"), input_tokens=700)
    assert [prompt.task for prompt in prompts].count("summarise_chunk") > 2
    assert prompts[-1].task == "summarise_document"
    assert_stands(summary.lines, {document.key: document})
    assert {2, 13} <= {piece.sentence for claim in summary.lines for piece in claim.evidence}


@pytest.mark.vcr
def test_key_question_over_two_posts(request: pytest.FixtureRequest) -> None:
    documents = {document.key: document for document in (users_post(), short_post("fr"))}
    passages = [passage for document in documents.values() for passage in whole(document)]

    async def work() -> Any:
        async with Asked(request.node.name) as ask:
            return await ModelEngine(ask).answer("What is Morocco's role?", passages, Brief(language="en"))

    answer = asyncio.run(work())
    assert answer.state == "partly"
    claims = tuple(verify(cite(d, documents, id=f"a{n}"), documents) for n, d in enumerate(answer.claims, 1))
    assert_stands(claims, documents)
    assert {piece.post for claim in claims for piece in claim.evidence} == {users_post().key}


@pytest.mark.vcr
def test_question_that_the_posts_do_not_answer(request: pytest.FixtureRequest) -> None:
    async def work() -> Any:
        async with Asked(request.node.name) as ask:
            question = "How many ships called at Tangier in 2025?"
            return await ModelEngine(ask).answer(question, whole(short_post("fr")), Brief(language="en"))

    answer = asyncio.run(work())
    assert (answer.state, answer.claims) == ("unanswered", ())


HONEST = [
    (
        "en",
        "It is said that Morocco has agreed, with several partners, to contribute to this international effort.",
        13,
    ),
    ("en", "Its mandate, according to what is known, would be to monitor the ceasefire, among other things.", 12),
    ("fr", "Building took 4.2 million euros, which is 300,000 more than had been planned.", 2),
    ("fr", "Two of the five cranes have not been certified yet, the dockers' union claims.", 8),
]
SLIPS = [
    ("en", "Morocco has agreed to contribute to this effort, with several partners.", 13),
    ("en", "Its mandate is to monitor the ceasefire, among other things.", 12),
    ("fr", "Building took 4.2 million euros more than had been planned.", 2),
    ("fr", "Two cranes have not been certified yet, so the port's management disputes the timetable.", 8),
]


@pytest.mark.vcr
def test_a_second_reader_tells_slips_from_honest_lines(request: pytest.FixtureRequest) -> None:
    """All that it is shown of both posts is lines in other words and their sentences, in one call."""
    posts = {"en": annotate(users_post()), "fr": annotate(short_post("fr"))}

    def unread(language: str, text: str, number: int, voice: str = "", certainty: Certainty = "asserted") -> Claim:
        speaker = Speaker(voice, "unnamed") if voice else None
        cited = (evidence(posts[language], number),)
        return Claim("c", text, cited, speaker=speaker, certainty=certainty, check=Check("unread"))

    mislabelled = unread("fr", "Traffic could grow by a third this year.", 4, "la direction du port", "possible")
    lines = [unread(*line) for pair in zip(HONEST, SLIPS, strict=True) for line in pair]

    async def work() -> tuple[list[Claim], int]:
        async with Asked(request.node.name) as ask:
            documents = {document.key: document for document in posts.values()}
            return list(await ModelReader(ask).read([*lines, mislabelled], documents)), len(ask.prompts)

    read, calls = asyncio.run(work())
    assert calls == 1
    verdicts = {claim.text: claim.check.verdict for claim in read if claim.check}
    assert {verdicts[text] for _, text, _ in HONEST} == {"read"}
    assert {verdicts[text] for _, text, _ in SLIPS} == {"withheld"}
    assert verdicts[mislabelled.text] == "withheld", "the label is read, too"
    assert all(claim.check and claim.check.reader == "second reader" for claim in read)
