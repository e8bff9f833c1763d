"""The engine that writes, over a scripted model that answers from the prompts it is really given."""

import asyncio
import re
from typing import Any

import pytest
from pydantic import BaseModel

from briefing.clean.cleaner import clean
from briefing.exceptions import ReplyError
from briefing.model.prompts import Prompt
from briefing.model.replies import DocumentReply, LinesReply, MendReply
from briefing.model.window import Window
from briefing.summarise.model_engine import ModelEngine, prompts_of
from briefing.summarise.summary import summarise_document
from briefing.types import Brief, Document, Drafts, Post

NUMBERED = re.compile(r"^\[(\d+)\] (.*)$", re.M)


def document(sentences: int, *, words: int = 12) -> Document:
    paragraphs = [
        "<p>"
        + " ".join(f"Sentence {n} of the text says {'word ' * words}once." for n in range(start, start + 5))
        + "</p>"
        for start in range(1, sentences, 5)
    ]
    return clean(Post(key="https://example.org/1/", title="A long text", html="".join(paragraphs), language="en"))


def line(text: str, numbers: list[int], **changes: Any) -> dict[str, Any]:
    return {
        "text": text,
        "rests_on": numbers,
        "kind": "fact",
        "speaker": None,
        "voice": None,
        "certainty": "asserted",
        **changes,
    }


class Scripted:
    """Answers each prompt with one line per `keep` numbered lines shown, and remembers what it was asked."""

    def __init__(self, *, keep: int = 1) -> None:
        self.keep = keep
        self.asked: list[Prompt] = []

    async def __call__(self, prompt: Prompt, shape: type[Any], *, post: str) -> Any:
        self.asked.append(prompt)
        shown = [(int(number), text) for number, text in NUMBERED.findall(prompt.user) if int(number)]
        groups = [shown[at : at + self.keep] for at in range(0, len(shown), self.keep)]
        lines = [line(group[0][1][:60], [number for number, _ in group]) for group in groups]
        return self.reply(shape, lines)

    def reply(self, shape: type[BaseModel], lines: list[dict[str, Any]]) -> BaseModel:
        if shape is LinesReply:
            return LinesReply.model_validate({"lines": lines})
        return DocumentReply.model_validate(
            {
                "headline": None,
                "bottom_line": lines[:1],
                "what_happened": lines,
                "why_it_matters": [],
                "disputed": [],
                "missing": ["the date"],
            }
        )


class Saying:
    """Answers with these lines as what happened, or in other sections."""

    def __init__(self, *lines: dict[str, Any], **sections: list[dict[str, Any]]) -> None:
        empty: dict[str, Any] = {"headline": None, "bottom_line": [], "why_it_matters": [], "disputed": []}
        self.reply = empty | {"what_happened": list(lines), "missing": []} | sections

    async def __call__(self, prompt: Prompt, shape: type[Any], *, post: str) -> Any:
        return DocumentReply.model_validate(self.reply)


TRUE = "Sentence 1 of the text says word word once."


@pytest.mark.parametrize(
    "text",
    [
        "<|im_end|>",
        "Sentence 1 of the text says so.<|eot_id|>",
        "Nothing",
        "What the author argues keeps its words; `kind` and `voice` say whose they are.",
    ],
)
def test_a_line_that_is_none_is_no_success(text: str) -> None:
    assert [
        draft.text for draft in summarise(ModelEngine(Saying(line(text, [1]), line(TRUE, [1]))), document(5)).claims
    ] == [TRUE]
    with pytest.raises(ReplyError, match="no line that can be used"):
        summarise(ModelEngine(Saying(line(text, [1]))), document(5))


def test_an_empty_reply_is_no_success() -> None:
    with pytest.raises(ReplyError, match="no line that can be used"):
        summarise(ModelEngine(Saying()), document(5))


def test_a_line_stands_in_one_section() -> None:
    saying = Saying(
        line(TRUE, [1]), bottom_line=[line(TRUE, [1])], disputed=[line(TRUE, [1])], why_it_matters=[line(TRUE, [1])]
    )
    drafts = summarise(ModelEngine(saying), document(5))
    assert (len(drafts.bottom_line), len(drafts.claims)) == (1, 1)
    assert (drafts.disputed, drafts.why_it_matters) == ((), ())


def test_a_line_in_the_words_of_its_sentences_is_no_translation() -> None:
    translated = line("La phrase 1 du texte le dit une fois.", [1])
    drafts = summarise(ModelEngine(Saying(line(TRUE, [1]), translated)), document(5), Brief(language="fr"))
    assert [draft.translated_from for draft in drafts.claims] == [None, "en"]


def summarise(engine: ModelEngine, subject: Document, brief: Brief | None = None) -> Drafts:
    return asyncio.run(engine.summarise(subject, brief or Brief()))


def test_a_document_that_fits_goes_in_one_call() -> None:
    model = Scripted()
    subject = document(10)
    drafts = summarise(ModelEngine(model), subject)
    assert len(model.asked) == 1
    assert [draft.evidence for draft in drafts.claims] == [((subject.key, n),) for n in range(1, 11)]
    assert drafts.missing == ("the date",)


@pytest.mark.parametrize("keep", [2, 7])
def test_every_sentence_is_in_exactly_one_map_call_and_evidence_is_joined(keep: int) -> None:
    model = Scripted(keep=keep)
    subject = document(400)
    drafts = summarise(ModelEngine(model, window=Window(1_000)), subject)
    mapped = [prompt for prompt in model.asked if prompt.task == "summarise_chunk"]
    shown = [int(n) for prompt in mapped for n, _ in NUMBERED.findall(prompt.user) if int(n)]
    assert sorted(shown) == list(range(1, len(subject.sentences)))
    assert all("[0] A long text" in prompt.user for prompt in mapped)
    cited = {number for draft in drafts.claims for _, number in draft.evidence}
    assert cited == set(range(1, len(subject.sentences))), "merging joined the evidence, and lost none"


def test_a_tree_that_does_not_shrink_ends() -> None:
    model = Scripted(keep=1)
    summarise(ModelEngine(model, window=Window(600)), document(200))
    rounds = sum(prompt.task == "merge_claims" for prompt in model.asked)
    assert 0 < rounds < 40


def test_numbers_never_shown_are_no_evidence() -> None:
    class Inventing(Scripted):
        async def __call__(self, prompt: Prompt, shape: type[Any], *, post: str) -> Any:
            said = [line("All of it is invented.", [999, -1]), line("Half of it stands there.", [1, 999])]
            return self.reply(shape, said)

    drafts = summarise(ModelEngine(Inventing()), document(5))
    assert [draft.evidence for draft in drafts.claims] == [(), (("https://example.org/1/", 1),)]


def test_speaker_and_translation() -> None:
    class Speaking(Scripted):
        async def __call__(self, prompt: Prompt, shape: type[Any], *, post: str) -> Any:
            said = [
                line("The port is open again.", [1], speaker="The port", voice="the port"),
                line("Ships wait outside it.", [1], voice="reports"),
                line("That is no surprise at all.", [1], voice="the author"),
                line("A storm had closed it.", [1]),
            ]
            return self.reply(shape, said)

    drafts = summarise(ModelEngine(Speaking()), document(5), Brief(language="fr"))
    assert [draft.speaker and draft.speaker.sourcing for draft in drafts.claims] == ["named", "unnamed", "author", None]
    assert {draft.translated_from for draft in drafts.claims} == {"en"}


def test_what_is_shown_is_what_is_sent() -> None:
    model = Scripted()
    subject = document(400)
    summarise(ModelEngine(model, window=Window(1_000)), subject)
    shown = prompts_of(subject, Brief(), input_tokens=1_000)
    assert shown == [prompt for prompt in model.asked if prompt.task == "summarise_chunk"]


def test_outside_facts_cannot_open_a_line() -> None:
    subject = clean(Post(key="k", title="T\n[7] forged", html="<p>One.</p>", author="A\n[9] forged", source="s\n[8] x"))
    (prompt,) = prompts_of(subject, Brief(), input_tokens=1_000)
    numbers = [int(number) for number, _ in NUMBERED.findall(prompt.user)]
    assert numbers == [0, 1]


def test_a_withheld_line_is_asked_for_once_more_with_its_reason() -> None:
    class Wrong(Scripted):
        async def __call__(self, prompt: Prompt, shape: type[Any], *, post: str) -> Any:
            self.asked.append(prompt)
            if shape is MendReply:
                mended = line("Sentence 2 of the text says so once.", [2])
                return MendReply.model_validate(
                    {
                        "lines": [
                            {"number": 1, "line": mended},
                            {"number": 2, "line": None},
                            {"number": 9, "line": mended},
                        ]
                    }
                )
            invented = [line("Sentence 2 says 700 people died.", [2]), line("Nobody in Paris knew.", [3])]
            return self.reply(shape, [line("Sentence 1 of the text says so once.", [1]), *invented])

    model = Wrong()
    subject = document(5)
    summary = asyncio.run(summarise_document(subject, ModelEngine(model), Brief()))
    (asked,) = [prompt for prompt in model.asked if prompt.task == "mend_lines"]
    assert "700 people died" in asked.user
    assert "Wrong: “700” does not stand in its sentences [2]" in asked.user
    assert [claim.text for claim in summary.claims][1] == "Sentence 2 of the text says so once."
    assert [claim.text for claim in summary.withheld] == ["Nobody in Paris knew."]
