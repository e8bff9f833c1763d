"""The engine that writes: prompts out, numbered lines in, evidence always from the numbers it was shown.

A document that fits goes in one call. A longer one is mapped over chunks, each seeing the headline and its own
sentences; what comes back are claims, merged in a tree that ends, and their evidence is joined by code: it never passes
through a second call, so it cannot drift. Where the server turns out to read less than it was sent, the document is cut
smaller and asked for again.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import BaseModel

from briefing.exceptions import ReplyError
from briefing.language.annotation import annotate
from briefing.language.patterns import alternatives
from briefing.language.script import word_count
from briefing.language.words import fold, words
from briefing.model.chunker import chunk, numbered_line
from briefing.model.prompts import Prompt, fenced, render_prompt
from briefing.model.replies import AnswerReply, DocumentReply, Line, LinesReply, MendReply
from briefing.model.tokens import count_tokens
from briefing.model.window import LEAST_MATERIAL, Window, too_small
from briefing.retrieve.passages import Passage
from briefing.summarise.document_facts import genre
from briefing.summarise.extractive import extract
from briefing.types import AnswerDrafts, Brief, Check, Claim, Document, Draft, Drafts, EngineName, Notice, Speaker
from briefing.verify.grounds import grounds

_Reply = TypeVar("_Reply", bound=BaseModel)
_T = TypeVar("_T")

# Blank lines between blocks, and the fence, cost tokens that no numbered line bears.
_SLACK = 0.85

_NumberedLines = list[tuple[int, str]]
_Origins = Mapping[int, tuple[tuple[str, int], ...]]


class Ask(Protocol):
    """One question to the model: the prompt and the shape of its answer; `post` names the post in errors."""

    def __call__(self, prompt: Prompt, shape: type[_Reply], *, post: str) -> Awaitable[_Reply]: ...


@dataclass(frozen=True, slots=True)
class _Material:
    """What one call is shown: numbered lines, and the sentences that each number stands for."""

    lines: _NumberedLines
    origins: _Origins
    opens: frozenset[int] = frozenset()

    def fenced(self) -> tuple[str, str]:
        """With a blank line before each number that opens a block: a doubt covers its paragraph."""
        fence, _ = fenced(self.lines)
        parts = [("\n" if number in self.opens else "") + numbered_line(number, text) for number, text in self.lines]
        return fence, "".join(parts).rstrip("\n")


_MOST_OF_IT = 0.7
_LONG_WORD = 24  # characters; scripts without spaces have sentences of one word
_PARTS = ("bottom_line", "what_happened", "why_it_matters", "disputed")
# What a chat template puts between messages; a model that writes it has lost its place.
_CHAT_TOKEN = re.compile(r"<\|[\w ]{1,40}\|>|\[/?INST\]|</?s>|<(?:start|end)_of_turn>")
_NOTHING = _Material([], {})
_LEAD = "the bottom line"


class ModelEngine:
    """Writes summaries by asking a model; `window` bounds what one call's material may cost."""

    name: EngineName = "model"

    def __init__(self, ask: Ask, *, window: Window | None = None, prompts: Path | None = None) -> None:
        self._ask = ask
        self._window = window or Window()
        self._prompts = prompts

    async def summarise(self, document: Document, brief: Brief) -> Drafts:
        """Draft the summary of one document. ReplyError where no answer for this post is usable."""
        drafts = await self._in_less(document.key, lambda: self._summarised(document, brief))
        return replace(drafts, receipt=self._window.receipt(document.key))

    async def _in_less(self, post: str, attempt: Callable[[], Awaitable[_T]]) -> _T:
        """What comes of the attempt; it is made again for as long as the server turns out to read less than thought."""
        while True:
            bound = self._window.most_sent
            self._window.begin(post)
            try:
                return await attempt()
            except ReplyError as error:
                if error.reason != "truncated" or self._window.most_sent == bound:
                    raise

    def _room(self, post: str, frame: Prompt) -> int:
        """What material may cost beside a prompt without any. ReplyError where that is too little to be of use."""
        room = self._window.room(count_tokens(frame.system) + count_tokens(frame.user))
        if room < LEAST_MATERIAL:
            raise ReplyError(post, too_small(self._window.read_at_most or 0), reason="truncated")
        return int(room * _SLACK)

    def _document_room(self, task: str, document: Document, brief: Brief) -> int:
        return self._room(document.key, self._document_prompt(task, document, _NOTHING, brief, part=1, drawn=True))

    async def _summarised(self, document: Document, brief: Brief) -> Drafts:
        whole = _sentences(document)
        is_long = _cost(whole.lines) > self._document_room("summarise_document", document, brief)
        material, left_out = await self._drawn(document, brief) if is_long else (whole, ())
        prompt = self._document_prompt("summarise_document", document, material, brief, drawn=is_long)
        reply = _sound(await self._ask(prompt, DocumentReply, post=document.key), prompt)
        if not (reply.headline or any(getattr(reply, part) for part in _PARTS)):
            raise ReplyError(document.key, Notice("the answer has no line that can be used"), reason="invalid")
        return replace(_drafts(reply, material.origins, document, brief), unseen=left_out)

    async def answer(self, question: str, passages: Sequence[Passage], brief: Brief) -> AnswerDrafts:
        """Draft the answer to one question from these passages, which the caller fits to one call; the last of them are
        left out where the server turns out to read less."""
        return await self._in_less(question, lambda: self._answer(question, passages, brief))

    async def _answer(self, question: str, given: Sequence[Passage], brief: Brief) -> AnswerDrafts:
        room = self._room(question, self._question_prompt(question, _NOTHING, brief))
        passages, material = given, _numbered_through(given)
        while len(passages) > 1 and _cost(material.lines) > room:
            passages = passages[: len(passages) - 1]
            material = _numbered_through(passages)
        documents = {passage.post: passage.document for passage in passages}
        prompt = self._question_prompt(question, material, brief)
        reply = await self._ask(prompt, AnswerReply, post=question)
        drawn = [_across(line, material.origins, documents, brief) for line in reply.answer]
        disputed = [_across(line, material.origins, documents, brief) for line in reply.disputed]
        state = reply.state if drawn else "unanswered"
        return AnswerDrafts(
            state,
            tuple(drawn),
            tuple(disputed),
            tuple(map(_one_line, reply.missing)),
            passages_unread=len(given) - len(passages),
        )

    def _question_prompt(self, question: str, material: _Material, brief: Brief) -> Prompt:
        fence, text = material.fenced()
        return render_prompt(
            "answer_question",
            brief=brief,
            folder=self._prompts,
            question=_one_line(question),
            fence=fence,
            material=text,
        )

    async def lead(self, claims: Sequence[Claim], brief: Brief) -> tuple[Draft, ...]:
        """Draft the bottom line of a digest from the first lines of its stories; their evidence is joined by code."""
        return await self._in_less(_LEAD, lambda: self._lead(claims, brief))

    async def _lead(self, claims: Sequence[Claim], brief: Brief) -> tuple[Draft, ...]:
        frame = render_prompt("write_lead", brief=brief, folder=self._prompts, fence="", material="")
        claims = claims[: _most_that_fit([claim.text for claim in claims], self._room(_LEAD, frame))]
        cited = {n: tuple((e.post, e.sentence) for e in claim.evidence) for n, claim in enumerate(claims, 1)}
        material = _Material([(n, claim.text) for n, claim in enumerate(claims, 1)], cited)
        fence, text = material.fenced()
        prompt = render_prompt("write_lead", brief=brief, folder=self._prompts, fence=fence, material=text)
        reply = await self._ask(prompt, LinesReply, post=_LEAD)
        translated = next((claim.translated_from for claim in claims if claim.translated_from), None)
        return tuple(_line_draft(line, cited, translated) for line in reply.lines)

    async def mend(self, claims: Sequence[Claim], document: Document, brief: Brief) -> Mapping[int, Draft]:
        """Ask once more for claims that were withheld, with the reasons. Only numbers that were asked about count."""
        about = {document.key: annotate(document)}
        shown = sorted({number for claim in claims for _, number in grounds(claim, about)})
        material = _Material(
            [(n, document.quote(n)) for n in shown], {n: ((document.key, n),) for n in shown}, _opens(document)
        )
        fence, text = material.fenced()
        failed_fence, failed = fenced(enumerate(map(_failed, claims), 1))
        prompt = render_prompt(
            "mend_lines",
            brief=brief,
            folder=self._prompts,
            fence=fence,
            material=text,
            failed_fence=failed_fence,
            failed=failed,
        )
        reply = await self._ask(prompt, MendReply, post=document.key)
        written = {mended.number - 1: mended.line for mended in reply.lines if mended.line}
        return {
            index: _draft(line, material.origins, document, brief)
            for index, line in written.items()
            if 0 <= index < len(claims)
        }

    async def _drawn(self, document: Document, brief: Brief) -> tuple[_Material, tuple[int, ...]]:
        """The claims of a long document, few enough to fit one call, and the sentences whose claims did not fit."""
        room = self._document_room("summarise_chunk", document, brief)
        parts = [_part(document, numbers) for numbers in _pieces(document, _beside_title(document, room))]
        drawn = await asyncio.gather(*(self._lines_of(document, part, n, brief) for n, part in enumerate(parts, 1)))
        claims = [draft for lines in drawn for draft in lines]
        kept, cut = await self._merged(claims, document, brief)
        left_out = {pair for claim in cut for pair in claim.evidence} - {p for c in kept for p in c.evidence}
        return _claims(document, kept), tuple(sorted(number for _, number in left_out))

    async def _lines_of(self, document: Document, part: _Material, number: int, brief: Brief) -> list[Draft]:
        prompt = self._document_prompt("summarise_chunk", document, part, brief, part=number)
        reply = await self._ask(prompt, LinesReply, post=document.key)
        return [_draft(line, part.origins, document, brief) for line in reply.lines]

    async def _merged(self, claims: list[Draft], document: Document, brief: Brief) -> tuple[list[Draft], list[Draft]]:
        """Merge until all fit one call. Ends: each round has strictly fewer claims, or stops at those that fit.

        Returns those that fit, and those that do not where merging makes them no fewer.
        """
        budget = self._document_room("summarise_document", document, brief)
        while _cost(_claims(document, claims).lines) > budget:
            groups = _groups(claims, budget // 2)
            rounds = await asyncio.gather(*(self._merge(group, document, brief) for group in groups))
            fewer = [draft for lines in rounds for draft in lines]
            if len(fewer) >= len(claims):
                fit = _most_that_fit([document.title, *(claim.text for claim in claims)], budget) - 1
                return claims[: max(fit, 1)], claims[max(fit, 1) :]
            claims = fewer
        return claims, []

    async def _merge(self, claims: Sequence[Draft], document: Document, brief: Brief) -> list[Draft]:
        material = _claims(document, claims)
        fence, text = _Material(material.lines[1:], material.origins).fenced()
        prompt = render_prompt(
            "merge_claims",
            brief=brief,
            folder=self._prompts,
            headline=_one_line(document.title),
            fence=fence,
            material=text,
        )
        reply = await self._ask(prompt, LinesReply, post=document.key)
        return [_draft(line, material.origins, document, brief) for line in reply.lines]

    def _document_prompt(
        self,
        task: str,
        document: Document,
        material: _Material,
        brief: Brief,
        *,
        part: int | None = None,
        drawn: bool = False,
    ) -> Prompt:
        fence, text = material.fenced()
        return render_prompt(
            task,
            brief=brief,
            folder=self._prompts,
            post=_facts(document),
            part=part,
            drawn=drawn,
            fence=fence,
            material=text,
        )


def _failed(claim: Claim) -> str:
    """The line, its sentences, and in plain words what is wrong: the reasons that name words at fault, where any do."""
    check = claim.check or Check("withheld")
    numbers = "".join(f" [{piece.sentence}]" for piece in claim.evidence)
    grave = [reason for reason in check.reasons if any(words in reason for words in check.at_fault)]
    wrong = "; ".join(_NAME_OF_A_CHECK.sub("", reason) for reason in grave or check.reasons)
    return f"{claim.text} (rests on{numbers}) Wrong: {wrong}"


_NAME_OF_A_CHECK = re.compile(r"^(?:second reader|[a-z]+): ")


def prompts_of(document: Document, brief: Brief, *, input_tokens: int, prompts: Path | None = None) -> list[Prompt]:
    """What the first round of calls for a document sends: one prompt where it fits, else one a chunk."""
    engine = ModelEngine(_never, window=Window(input_tokens), prompts=prompts)
    whole, room = _sentences(document), int(input_tokens * _SLACK)
    if _cost(whole.lines) <= room:
        return [engine._document_prompt("summarise_document", document, whole, brief)]
    parts = [_part(document, numbers) for numbers in _pieces(document, _beside_title(document, room))]
    return [engine._document_prompt("summarise_chunk", document, p, brief, part=n) for n, p in enumerate(parts, 1)]


async def _never(prompt: Prompt, shape: type[_Reply], *, post: str) -> _Reply:
    raise AssertionError("nothing is asked while prompts are shown")


def _beside_title(document: Document, room: int) -> int:
    """What is left for sentences of a chunk, each of which sees the headline."""
    return max(64, room - _cost([(0, document.title)]))


def _cost(lines: _NumberedLines) -> int:
    return sum(count_tokens(numbered_line(number, text)) for number, text in lines)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _facts(document: Document) -> dict[str, str]:
    """What the prompt says of the post, one line each: outside text too, so that it cannot open a line of its own."""
    post = document.post
    return {
        "source": _one_line(post.source),
        "author": _one_line(post.author or ""),
        "published": post.published.strftime("%A %Y-%m-%d %H:%M UTC") if post.published else "",
        "language": document.language,
        "genre": genre(document).kind,
    }


def _opens(document: Document) -> frozenset[int]:
    return frozenset(block.first for block in document.blocks)


def _sentences(document: Document) -> _Material:
    lines = [(s.number, document.quote(s.number)) for s in document.sentences]
    return _Material(lines, {n: ((document.key, n),) for n, _ in lines}, _opens(document))


def _pieces(document: Document, budget: int) -> list[_NumberedLines]:
    """The chunks of a long document, as numbered lines; a sentence longer than a chunk keeps its number."""
    return [
        [(piece.number, document.text[piece.start : piece.end]) for piece in part.pieces]
        for part in chunk(document, budget_tokens=budget)
    ]


def _part(document: Document, lines: _NumberedLines) -> _Material:
    shown = [(0, document.title), *lines]
    return _Material(shown, {n: ((document.key, n),) for n, _ in shown}, _opens(document))


def _claims(document: Document, claims: Sequence[Draft]) -> _Material:
    lines = [(0, document.title), *((n, claim.text) for n, claim in enumerate(claims, 1))]
    origins = {n: claim.evidence for n, claim in enumerate(claims, 1)} | {0: ((document.key, 0),)}
    return _Material(lines, origins)


def _groups(claims: Sequence[Draft], budget: int) -> list[list[Draft]]:
    """Runs of claims that fit the budget; a claim that alone exceeds it stands alone."""
    groups: list[list[Draft]] = []
    left = 0
    for claim in claims:
        cost = _cost([(len(claims), claim.text)])
        if not groups or cost > left:
            groups.append([])
            left = budget
        groups[-1].append(claim)
        left -= cost
    return groups


def _most_that_fit(texts: Sequence[str], budget: int) -> int:
    """How many of the first texts fit the budget as numbered lines."""
    left = budget
    for number, text in enumerate(texts, 1):
        left -= _cost([(number, text)])
        if left < 0:
            return number - 1
    return len(texts)


def _speaker(line: Line) -> Speaker | None:
    if line.speaker is None and line.voice is None:
        return None
    voice = line.voice or line.speaker or ""
    if line.speaker:
        return Speaker(voice, "named", line.speaker)
    return Speaker(voice, "author" if _author().match(voice) else "unnamed")


@cache
def _author() -> re.Pattern[str]:
    """What a model calls the author; "Israeli authorities" is not one."""
    return re.compile(rf"(?:{alternatives('authors', 'called')})\b", re.IGNORECASE)


def _line_draft(
    line: Line, origins: _Origins, translated_from: str | None, documents: Mapping[str, Document] | None = None
) -> Draft:
    """The line as a draft; one in the words of its sentences is no translation, whatever was asked for."""
    cited = [pair for number in line.rests_on for pair in origins.get(number, ())]
    if translated_from and documents and _is_in_their_words(line.text, cited, documents):
        translated_from = None
    return Draft(
        text=_one_line(line.text),
        evidence=tuple(dict.fromkeys(cited)),
        kind=line.kind,
        speaker=_speaker(line),
        certainty=line.certainty,
        origin="written",
        translated_from=translated_from,
    )


def _is_in_their_words(text: str, cited: Iterable[tuple[str, int]], documents: Mapping[str, Document]) -> bool:
    """Whether most words of a line are words of the sentences it cites; names alone are too few."""
    theirs: set[str] = set()
    own: set[str] = set()
    for key, number in cited:
        language = documents[key].language
        theirs.update(word.key for word in words(documents[key].quote(number), language))
        own.update(word.key for word in words(text, language))
    return bool(own) and len(own & theirs) >= _MOST_OF_IT * len(own)


def _translated_from(document: Document, brief: Brief) -> str | None:
    """The document's language, where the brief asks for another."""
    is_other = brief.language is not None and brief.language.split("-")[0].lower() != document.language
    return document.language if is_other else None


def _draft(line: Line, origins: _Origins, document: Document, brief: Brief) -> Draft:
    return _line_draft(line, origins, _translated_from(document, brief), {document.key: document})


def _numbered_through(passages: Sequence[Passage]) -> _Material:
    """The sentences of the passages under one running number; the table back to them stays with us.

    Post by post, the headline first, in the order of the text: the best passage's post comes first.
    """
    by_post: dict[str, set[int]] = {}
    for passage in passages:
        by_post.setdefault(passage.post, {0}).update(passage.sentences)
    documents = {passage.post: passage.document for passage in passages}
    pairs = [(documents[key], number) for key, numbers in by_post.items() for number in sorted(numbers)]
    lines = [(n, document.quote(number)) for n, (document, number) in enumerate(pairs, 1)]
    origins = {n: ((document.key, number),) for n, (document, number) in enumerate(pairs, 1)}
    blocks = {key: _opens(document) for key, document in documents.items()}
    opens = {n for n, (document, number) in enumerate(pairs, 1) if number == 0 or number in blocks[document.key]}
    return _Material(lines, origins, frozenset(opens))


def _across(line: Line, origins: _Origins, documents: Mapping[str, Document], brief: Brief) -> Draft:
    """A line over several documents: translated where the first that it cites is in another language."""
    keys = [key for number in line.rests_on for key, _ in origins.get(number, ())]
    return _line_draft(line, origins, _translated_from(documents[keys[0]], brief) if keys else None, documents)


def _sound(reply: DocumentReply, prompt: Prompt) -> DocumentReply:
    """The reply without the lines that are none: too short for a statement, of chat tokens, words of the prompt itself;
    and each line once, in the first section of the page that has it, though the bottom line may say it again."""
    rules = fold(_one_line(prompt.system))
    told: set[str] = set()

    def is_line(line: Line) -> bool:
        text = _one_line(line.text)
        is_statement = word_count(text) > 1 or len(text) > _LONG_WORD
        return is_statement and not _CHAT_TOKEN.search(text) and fold(text).rstrip(".") not in rules

    def sound(lines: list[Line]) -> list[Line]:
        new = [line for line in lines if is_line(line) and _one_line(line.text) not in told]
        told.update(_one_line(line.text) for line in new)
        return new

    headline = reply.headline if reply.headline and is_line(reply.headline) else None
    bottom_line = [line for line in reply.bottom_line if is_line(line)]
    parts = {part: sound(getattr(reply, part)) for part in _PARTS[1:]}
    return reply.model_copy(update={"headline": headline, "bottom_line": bottom_line, **parts})


def _drafts(reply: DocumentReply, origins: _Origins, document: Document, brief: Brief) -> Drafts:
    """The reply as drafts, beside what code selects of any document: embeds, questions and quotes."""

    def drawn(lines: Iterable[Line]) -> tuple[Draft, ...]:
        return tuple(_draft(line, origins, document, brief) for line in lines)

    selected = extract(document, brief.length)
    return replace(
        selected,
        claims=drawn(reply.what_happened),
        headline=_draft(reply.headline, origins, document, brief) if reply.headline else None,
        bottom_line=drawn(reply.bottom_line),
        why_it_matters=drawn(reply.why_it_matters),
        disputed=drawn(reply.disputed),
        missing=tuple(_one_line(phrase) for phrase in reply.missing),
        unseen=(),
    )
