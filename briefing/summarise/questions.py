"""Key questions: what the posts answer to them, every line grounded and verified, or that they do not.

Nothing comes from outside the posts. The passages that bear on a question are looked up by code, an engine drafts from
them, and what is drafted is checked as in a summary; the state told is never stronger than what stands.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from briefing.language.annotation import Annotated, Annotation, annotate
from briefing.language.patterns import word_list
from briefing.language.question_types import follow_ups_of
from briefing.language.stopwords import is_unspaced
from briefing.language.words import common_words, fold
from briefing.model.chunker import numbered_line
from briefing.model.tokens import count_tokens
from briefing.retrieve.passages import Index, Passage, whole
from briefing.summarise.document_facts import prose
from briefing.summarise.engine import Engine, SecondReader
from briefing.summarise.judgement import is_shown, judge, not_read, stands
from briefing.summarise.summary import absent
from briefing.types import Answer, AnswerDrafts, AnswerState, Brief, Claim, Document, Draft, Position
from briefing.verify.citation import cite
from briefing.verify.verifier import verify

_Asker = Literal["desk", "posts"]
_INPUT_TOKENS = 24_000
_SLACK = 0.85  # as the engine that writes keeps it: other models count tokens otherwise
_MOST_PASSAGES = 40
_MOST_FOLLOW_UPS = 3
_MOST_IN_A_DIGEST = 4
_DOUBTFUL = frozenset({"possible", "conditional", "alleged"})


async def answer(
    question: str,
    documents: Mapping[str, Document],
    engine: Engine,
    brief: Brief,
    *,
    second_reader: SecondReader | None = None,
    asked_by: _Asker = "desk",
    id: str = "q1",
    before: Answer | None = None,
    before_at: datetime | None = None,
    index: Index | None = None,
    input_tokens: int = _INPUT_TOKENS,
) -> Answer:
    """What the documents say to one question.

    `index` is that of the same documents, where there are several questions. `before` is the last answer, given at
    `before_at`. `input_tokens` bounds what the engine reads. Errors as the engine's.
    """
    index = index if index is not None else Index(documents.values())
    given, left_out = fit_passages(question, index, int(input_tokens * _SLACK), is_filled=_is_read_whole(index, engine))
    drafts = await engine.answer(question, given, brief) if given else AnswerDrafts("unanswered")
    read = {passage.post: passage.document for passage in given}
    claims = await judge(_drafted(drafts), read, engine, brief, second_reader=second_reader, prefix=f"{id}.")
    opening = len(_drafted(drafts)) - len(drafts.disputed)
    standing = tuple(claim for claim in claims[:opening] if is_shown(claim, brief))
    disputed = tuple(claim for claim in claims[opening:] if is_shown(claim, brief)) if standing else ()
    absences = absent(drafts.missing, read)
    missing = tuple(phrase for phrase, claim in absences.items() if is_shown(claim, brief))
    withheld = tuple(claim for claim in claims if not stands(claim))
    near = [verify(cite(d, read, id=f"{id}.n{n}"), read) for n, d in enumerate(drafts.nearest, 1)]
    return Answer(
        id=id,
        question=question,
        state=_state(drafts, standing, missing, is_cut=any(not is_shown(claim, brief) for claim in claims[:opening])),
        engine=engine.name,
        claims=standing,
        disputed=disputed,
        missing=missing,
        positions=_positions(standing + disputed, read),
        asked_by=asked_by,
        before=before.state if before else None,
        before_at=before_at if before else None,
        changed=_changed(standing + disputed, before) if before else (),
        follow_ups=_follow_ups(question, standing, index),
        passages=len(given) - drafts.passages_unread,
        passages_left_out=left_out + drafts.passages_unread,
        withheld=withheld,
        left_out=not_read([*claims, *absences.values()], brief),
        nearest=tuple(claim for claim in near if is_shown(claim, brief)),
    )


async def answer_questions(
    questions: Sequence[str],
    documents: Mapping[str, Document],
    engine: Engine,
    brief: Brief,
    *,
    second_reader: SecondReader | None = None,
    before: Mapping[str, tuple[Answer, datetime]] | None = None,
    most: int = _MOST_IN_A_DIGEST,
    input_tokens: int = _INPUT_TOKENS,
    in_digest: Collection[str] | None = None,
) -> tuple[Answer, ...]:
    """The desk's questions answered, and with what room is left, those of the posts: answered ones, then open ones.

    `in_digest` are the keys of the posts that the digest tells of: what only other posts ask is no question of the day.
    Without it no open question is taken from the posts. Answered ones come first, then those answered partly, each in
    the order in which they are asked. `before` holds the last answer to a question and when it was given. Errors as
    the engine's.
    """
    index = Index(documents.values())
    room = max(0, most - len(questions))
    own = _of_the_day(index, in_digest, map(_content, questions))[:room] if room else []
    to_answer: list[tuple[str, _Asker]] = [(question, "desk") for question in questions]
    to_answer += [(one.question, "posts") for one in own if one.state == "answered"]
    past = before or {}
    given = await asyncio.gather(
        *(
            answer(
                question,
                documents,
                engine,
                brief,
                second_reader=second_reader,
                asked_by=asker,
                id=f"q{number}",
                before=past[question][0] if question in past else None,
                before_at=past[question][1] if question in past else None,
                index=index,
                input_tokens=input_tokens,
            )
            for number, (question, asker) in enumerate(to_answer, 1)
        )
    )
    left_open = [one for one in own if one.state != "answered"]
    given += [
        Answer(f"q{number}", one.question, "unanswered", engine.name, asked_by="posts")
        for number, one in enumerate(left_open, len(to_answer) + 1)
    ]
    return tuple(sorted(given, key=lambda one: _ORDER.index(one.state)))


def _of_the_day(index: Index, in_digest: Collection[str] | None, known: Iterable[frozenset[str]]) -> list[PostQuestion]:
    """The questions of the posts worth a line in the digest: of a post it tells of, about something that has a name.

    Where it is not known which posts it tells of, only what one post asks and another answers. Explainers that ask
    under their headings, to answer themselves at once, raise none. "Partly" is left out: what code is not sure of is no
    answer to a question that nobody at the desk has asked, and not open either.
    """
    asking = (one for one in index.documents if (in_digest is None or one.key in in_digest) and not _explains(one))
    known = frozenset(known)
    return [
        one
        for one in post_questions(asking, index=index, most=_MOST_LOOKED_UP, is_named=True)
        if one.state != "partly"
        and (in_digest is not None or (one.state == "answered" and one.answered_by != one.post))
        and len(one.content) >= _FEWEST_TOLD
        and not _is_among(one.content, known)
    ]


_MOST_LOOKED_UP = 12
_FEWEST_TOLD = 3  # words that say what a question is about: "What is an NFT?" is nobody's question of the day


def _explains(document: Annotated) -> bool:
    """Whether a post asks in headings and answers itself: "What is …? How does … work?"."""
    headings = (document.text[one.start : one.end] for one in document.blocks if one.kind == "heading")
    lines = (document.annotation(text, document.language) for text in (document.title, *headings))
    return any(line.asks_for.end and (line.is_question or _is_how_to(line)) for line in lines)


def _is_how_to(line: Annotation) -> bool:
    return line.asks_for.start == 0 and line.asks_for.wanted in ("thing", "reason")


_ORDER: tuple[AnswerState, ...] = ("answered", "partly", "unanswered")


# --- what the engine reads --------------------------------------------------------------------------------------


def fit_passages(
    question: str, index: Index, budget_tokens: int, *, is_filled: bool = True
) -> tuple[tuple[Passage, ...], int]:
    """The passages for one call, widened to their blocks as far as the budget goes, and how many were left out.

    Those that bear on the question come first. Where there is room and it `is_filled`, the other blocks of the posts
    follow in their order, so that a short post is read whole, and a question in another language finds a post's text.
    """
    room = _Room(budget_tokens)
    ranked = index.search(question, _MOST_PASSAGES)
    by_block: dict[tuple[str, int], list[Passage]] = {}
    left_out = set()
    for passage in ranked:
        place = (passage.post, passage.block)
        if place in by_block:
            by_block[place].append(passage)
        elif room.holds(passage := _widened(passage)):
            by_block[place] = [passage]
        elif place not in left_out:
            left_out.add(place)
    given = [passage for passages in by_block.values() for passage in passages]
    given.sort(key=lambda passage: -passage.score)
    for passage in (one for document in index.documents if is_filled for one in whole(document)):
        if room.is_full:
            break
        place = (passage.post, passage.block)
        if place not in by_block and place not in left_out and room.holds(passage):
            given.append(passage)
    return tuple(given), len(left_out)


def _is_read_whole(index: Index, engine: Engine) -> bool:
    """Whether more than what bears on the question is worth counting: for an engine that reads, or of little text."""
    return engine.name == "model" or len(index) < _FEW_SENTENCES


_FEW_SENTENCES = 500


class _Room:
    """What is left of a budget of tokens, as passages and the headlines of their posts are taken in."""

    def __init__(self, tokens: int) -> None:
        self._left = tokens
        self._posts: set[str] = set()

    @property
    def is_full(self) -> bool:
        return self._left < _SMALLEST_TOKENS

    def holds(self, passage: Passage) -> bool:
        """Whether the passage fits; if so its room is taken."""
        document = passage.document
        numbers = [*([0] if passage.post not in self._posts else []), *passage.sentences]
        cost = sum(count_tokens(numbered_line(_WIDEST, document.quote(number))) for number in numbers)
        if cost > self._left:
            return False
        self._left -= cost
        self._posts.add(passage.post)
        return True


_SMALLEST_TOKENS = 8
_WIDEST = 99_999  # the number that a line costs most with
_MOST_WIDE = 8  # sentences of a block that are shown whole; of a longer one those around the hit
_AROUND = 3


def _widened(passage: Passage) -> Passage:
    block = passage.document.blocks[passage.block]
    if block.last - block.first < _MOST_WIDE:
        return replace(passage, sentences=tuple(range(block.first, block.last + 1)))
    first = max(block.first, min(passage.sentences) - _AROUND)
    return replace(passage, sentences=tuple(range(first, min(block.last, passage.hit + _AROUND) + 1)))


# --- what comes back --------------------------------------------------------------------------------------------


def _drafted(drafts: AnswerDrafts) -> tuple[Draft, ...]:
    """The lines that answer, then those that say otherwise; an engine that answers nothing has no lines."""
    return drafts.claims + drafts.disputed if drafts.state != "unanswered" else ()


def _state(drafts: AnswerDrafts, standing: Sequence[Claim], missing: Sequence[str], *, is_cut: bool) -> AnswerState:
    """The engine's state, no stronger than what stands: something missing, withheld or only doubtful is "partly"."""
    if not standing or drafts.state == "unanswered":
        return "unanswered"
    return "partly" if drafts.state == "partly" or missing or is_cut or _is_doubtful(standing[0]) else "answered"


def _is_doubtful(claim: Claim) -> bool:
    """Whether a claim is told with doubt, or by nobody who could be rung up."""
    is_unnamed = claim.speaker is not None and claim.speaker.sourcing == "unnamed"
    return claim.certainty in _DOUBTFUL or (claim.certainty == "reported" and is_unnamed)


def _positions(claims: Sequence[Claim], documents: Mapping[str, Document]) -> tuple[Position, ...]:
    """The claims by who is named as saying so, in the order in which they first speak, then by outlet.

    An outlet is named for what it says in nobody else's name, and only where the answer rests on several of them.
    """
    spoken: dict[str, list[Claim]] = {}
    named: dict[str, str] = {}
    outlets: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.speaker and claim.speaker.sourcing == "named" and claim.speaker.name:
            key = fold(claim.speaker.name)
            named.setdefault(key, claim.speaker.name)
            spoken.setdefault(key, []).append(claim)
        for outlet in dict.fromkeys(documents[piece.post].post.source for piece in claim.evidence):
            outlets.setdefault(outlet, []).append(claim)
    own = [
        Position(outlet, said, is_outlet=True)
        for outlet, published in outlets.items()
        if outlet and len(outlets) > 1 and (said := tuple(one for one in published if not _is_named(one)))
    ]
    return (*(Position(named[key], tuple(said)) for key, said in spoken.items()), *own)


def _is_named(claim: Claim) -> bool:
    return claim.speaker is not None and claim.speaker.sourcing == "named"


def _changed(claims: Sequence[Claim], before: Answer) -> tuple[Claim, ...]:
    """The claims that the last answer did not have: in other words, and on a sentence that it did not rest on."""
    rested_on = {(piece.post, fold(piece.quote)) for claim in before.lines for piece in claim.evidence}
    said = {fold(claim.text) for claim in before.lines}
    return tuple(
        claim
        for claim in claims
        if fold(claim.text) not in said
        and any((piece.post, fold(piece.quote)) not in rested_on for piece in claim.evidence)
    )


# --- questions that the posts answer ----------------------------------------------------------------------------


def _follow_ups(question: str, standing: Sequence[Claim], index: Index) -> tuple[str, ...]:
    """Questions that the same posts do answer: their own, and who those are that speak in them, and what they say."""
    if not standing:
        return ()
    near = index.of({piece.post for claim in standing for piece in claim.evidence})
    own = [
        one.question
        for one in post_questions(near.documents, index=near, most=_MOST_LOOKED_UP)
        if one.state == "answered"
    ]
    formed = [one for document in near.documents for one in _formed(document) if near.find(one).state == "answered"]
    chosen = {_content(question): question}
    for candidate in own + formed:
        content = _content(candidate)
        if len(chosen) <= _MOST_FOLLOW_UPS and not _is_among(content, chosen):
            chosen[content] = candidate
    return tuple(chosen.values())[1:]


_MOST_SPEAKERS = 3
_MOST_READ = 60  # sentences of a post in which speakers are looked for
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+){1,3}")


def _formed(document: Annotated) -> list[str]:
    """ "What does … say?" and "Who is …?" of the first who speak in a post under their full names."""
    voices = (voice for sentence in document.annotations[1:_MOST_READ] for voice in sentence.attributions)
    speakers = dict.fromkeys(voice.name for voice in voices if voice.name and _NAME.fullmatch(voice.name))
    people = [name for name in speakers if name][:_MOST_SPEAKERS]
    return [one for name in people for one in follow_ups_of(name, document.language)]


@dataclass(frozen=True, slots=True)
class PostQuestion:
    """A question that a post asks: its sentence, and how far code can tell that the posts answer it.

    `content` are the words that say what it is about; `answered_by` is the key of the post whose sentence comes nearest
    to an answer.
    """

    question: str
    post: str
    sentence: int
    content: frozenset[str]
    state: AnswerState
    answered_by: str | None = None


def post_questions(
    documents: Iterable[Document], *, index: Index | None = None, most: int = 60, is_named: bool = False
) -> list[PostQuestion]:
    """The questions that the posts ask, each once; those that the posts answer first, then in their order.

    Left out are questions to the reader, those that only make a point, and those that nobody understands alone, as far
    as their words show it; `is_named` leaves out those without a name too. At most three of a post and `most` of all
    are looked up.
    """
    if index is None:
        index = Index(documents)
        documents = index.documents
    looked_up: dict[frozenset[str], PostQuestion] = {}
    for line, asking in _askable(map(annotate, documents)):
        if len(looked_up) >= most:
            break
        content = _content(line.text)
        if content and not (is_named and not _names_something(line)) and not _is_among(content, looked_up):
            result = index.find(line.text, without=(asking.post, asking.number))
            nearest = result.passages[0].post if result.passages else None
            looked_up[content] = PostQuestion(line.text, asking.post, asking.number, content, result.state, nearest)
    return sorted(looked_up.values(), key=lambda one: _ORDER.index(one.state))


def _askable(documents: Iterable[Annotated]) -> Iterator[tuple[Annotation, Annotation]]:
    """What posts ask in earnest, each question with the sentence it stands in; of each post the last three."""
    for document in documents:
        asking = (sentence for sentence in prose(document) if sentence.is_question)
        lines = [(line, one) for one in asking if (line := _asked_in_earnest(document, one))]
        yield from lines[-_MOST_OF_A_POST:]


def _asked_in_earnest(document: Annotated, sentence: Annotation) -> Annotation | None:
    """The question of a sentence, where words lead up to it ("This raises several questions: what …?") without them.

    None of one that asks nothing in earnest, or leans on the sentence before.
    """
    half = len(sentence.text) // 2
    if sentence.is_anaphoric or any(end - start > half for start, end in sentence.quotations):
        return None
    text = " ".join(sentence.text.split())
    lead, colon, question = text.rpartition(": ")
    line = document.annotation(question[:1].upper() + question[1:] if colon and lead else text, document.language)
    return line if _is_in_earnest(line) else None


def _names_something(question: Annotation) -> bool:
    """Whether a question has a name in it, besides the word that asks."""
    opening = question.asks_for.end
    return any(one.start >= opening and (one.is_sure or one.place) for one in question.names)


_FEWEST_WORDS, _MOST_WORDS = 4, 30
_FEWEST_CHARS, _MOST_CHARS = 8, 90  # where words have no spaces
_MOST_OF_A_POST = 3
_REPEATED = 0.7  # of the words two questions have together, from which on they are the same


def _content(question: str) -> frozenset[str]:
    """The words of a question that say what it is about."""
    return frozenset(word.stem for word in annotate(question, "und").words if word.key not in _COMMON)


_COMMON = common_words("en")


def _is_among(content: frozenset[str], others: Iterable[frozenset[str]]) -> bool:
    return any(len(content & other) >= _REPEATED * len(content | other) for other in others)


_SPOKEN = re.compile(r"[\w'-]+")


def _is_in_earnest(question: Annotation) -> bool:
    """Whether a question asks after something that it names: it opens with a question word, and addresses nobody."""
    opening = question.asks_for
    if is_unspaced(question.text):
        return _FEWEST_CHARS <= len(question.text) <= _MOST_CHARS and opening.end > 0
    spoken = _SPOKEN.findall(question.text.lower().replace("’", "'"))
    if not _FEWEST_WORDS <= len(spoken) <= _MOST_WORDS or not opening.end or opening.start > _FEWEST_CHARS:
        return False
    return word_list("post_questions", "not_in_earnest", question.language).isdisjoint(spoken)
