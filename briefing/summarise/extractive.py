"""The engine that needs no model: it selects a post's own sentences and labels them, and writes nothing.

What a post reports comes first, its words of doubt never cut; then what it argues, what it asks, who is quoted.
Deterministic, in any language; time grows with the length of the text alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from briefing.language.annotation import Annotated, Annotation, annotate
from briefing.language.attribution import Attribution
from briefing.language.hedges import certainty
from briefing.language.patterns import alternatives
from briefing.language.who_says import Voicing
from briefing.summarise.candidate_lines import CandidateLine, candidate_lines, lines_of
from briefing.summarise.document_facts import embeds, genre, is_quoted
from briefing.summarise.sentence_ranking import is_fragment, scores_of
from briefing.summarise.shortening import shorten
from briefing.types import (
    AnswerDrafts,
    AnswerState,
    Block,
    Brief,
    Claim,
    ClaimKind,
    Document,
    Draft,
    Drafts,
    EngineName,
    Length,
    Speaker,
)

if TYPE_CHECKING:
    from briefing.retrieve.passages import Passage

_BEST = 3  # sentences where plain shortness is wanted

# --- units: a sentence, or two of which the second leans on the first ---------------------------------------


@dataclass(frozen=True)
class _Unit:
    """A claim to be: one line, or two that belong together, and how much it deserves to be shown."""

    lines: tuple[CandidateLine, ...]
    score: float

    @property
    def first(self) -> int:
        return self.lines[0].number

    def repeats(self, other: _Unit) -> bool:
        """Whether the two say the same in nearly the same words, as list items and teasers do."""
        ours, theirs = self.lines[-1].terms, other.lines[-1].terms
        return len(ours & theirs) > _REPEATED * min(len(ours), len(theirs)) > 0

    def overlaps(self, others: Iterable[_Unit]) -> bool:
        theirs = {line.number for other in others for line in other.lines}
        return any(line.number in theirs for line in self.lines)


_REPEATED = 0.8  # of the shorter one's words, from which on two sentences say the same


# What makes a sentence one of report: somebody reported it, or it names and counts. In shares of the ranking's score.
_SOURCED = 0.6
_CONDITIONAL = 0.45
_IN_REPORT = 0.2  # of that, in a text that is not an opinion
_ARGUED = 0.35  # taken off a sentence for its first word of argument, half of it for a second one
_LEANS = 0.15  # taken off a pair, which costs the reader two sentences
_LIMITS: dict[Length, tuple[int, int, int, int]] = {
    # reports, arguments, questions, quotes
    "short": (_BEST, 0, 0, 0),
    "medium": (4, 1, 1, 1),
    "long": (10, 3, 20, 4),
}


def _sourced(line: CandidateLine) -> float:
    """How much a sentence shows that it reports what somebody said or what is said to be so."""
    kinds = {mark.certainty for mark in line.marks}
    if "reported" in kinds or "alleged" in kinds or line.voices:
        return _SOURCED
    return _CONDITIONAL if "conditional" in kinds else 0.0


def _report_score(line: CandidateLine, score: float, *, is_opinion: bool) -> float:
    """Who says so weighs little in a report, where every sentence reports; in an opinion it tells report from case."""
    argued = _ARGUED * (1 + min(1, line.arguments - 1) / 2) if line.arguments else 0.0
    return score + _sourced(line) * (1.0 if is_opinion else _IN_REPORT) - argued


_MAXIM = 0.4  # taken off "History teaches that …", which is true of everything


def _argument_score(line: CandidateLine, score: float, lines: int) -> float:
    """Argument grows towards the end, where an author concludes."""
    is_weighed = any(mark.certainty == "possible" for mark in line.marks)
    if _maxim().search(line.sentence.text):
        score -= _MAXIM
    return score + 0.3 * min(2, line.arguments) + 0.2 * is_weighed + 0.5 * line.place / max(1, lines - 1)


@cache
def _maxim() -> re.Pattern[str]:
    return re.compile(alternatives("arguments", "maxims"), re.IGNORECASE)


def _with_support(lines: Sequence[CandidateLine], index: int, score: float) -> _Unit | None:
    """The unit of a line: with the one before where it leans on that; None where that one leans or asks itself."""
    line = lines[index]
    if not line.leans and not _is_covered(lines, index):
        return _Unit((line,), score)
    before = lines[index - 1] if index else None
    if before is None or before.block != line.block or before.number != line.number - 1:
        return _Unit((line,), score - 2 * _LEANS)
    if before.leans and index > 1:
        return _Unit((before, line), score - 3 * _LEANS)
    return _Unit((before, line), score - _LEANS) if not before.asks else None


def _is_covered(lines: Sequence[CandidateLine], index: int) -> bool:
    """Whether a doubt that opens the paragraph just before covers this line, which has none of its own."""
    if not index or lines[index].marks or lines[index].voices:
        return False
    before = lines[index - 1]
    opens_block = index < 2 or lines[index - 2].block != before.block
    opening = before.marks[0] if before.marks else None
    return bool(
        opens_block
        and before.block == lines[index].block
        and opening
        and opening.start == 0
        and opening.certainty == "reported"
    )


def _extended(
    units: Sequence[_Unit], lines: Sequence[CandidateLine], joins: Callable[[CandidateLine], bool]
) -> list[_Unit]:
    """Units, each with the next sentence where that leans on it, is free, and deserves it by `joins`."""
    chosen = {line.number for unit in units for line in unit.lines}
    free = {line.number: line for line in lines if line.number not in chosen}
    extended = []
    for unit in units:
        line = free.get(unit.lines[-1].number + 1) if len(unit.lines) == 1 else None
        if line and _leans_on(line, unit.lines[0]) and joins(line):
            unit = _Unit((*unit.lines, line), unit.score)
        extended.append(unit)
    return extended


def _leans_on(line: CandidateLine, before: CandidateLine) -> bool:
    return line.block == before.block and line.leans and not line.asks


def _choose(units: Iterable[_Unit], count: int, floor: float = -math.inf) -> list[_Unit]:
    """The best units that share no sentence, at most `count`; ties go to the earlier one."""
    chosen: list[_Unit] = []
    for unit in sorted(units, key=lambda unit: (-unit.score, unit.first)):
        if len(chosen) == count or unit.score < floor:
            break
        if not unit.overlaps(chosen) and not any(unit.repeats(other) for other in chosen):
            chosen.append(unit)
    return chosen


# --- labels -------------------------------------------------------------------------------------------------


def _hedges(line: Annotation, voices: Sequence[Attribution]) -> tuple[str, ...]:
    """The words of doubt and of saying as they stand, in order; what overlaps is one run of words."""
    spans = sorted(
        [(mark.start, mark.end) for mark in line.hedges] + [(voice.cue_start, voice.cue_end) for voice in voices],
        key=lambda span: (span[0], -span[1]),
    )
    runs: list[tuple[int, int]] = []
    for start, end in spans:
        if not runs or start >= runs[-1][1]:
            runs.append((start, end))
        else:
            runs[-1] = (runs[-1][0], max(end, runs[-1][1]))
    return tuple(line.text[start:end] for start, end in runs)


_BEST_TOLD = ("named", "unnamed", "unknown", "author")


def _telling(unit: _Unit) -> Voicing:
    """Whose word it is: of two sentences that which names somebody, else an unnamed voice."""
    return min((line.telling for line in unit.lines), key=lambda told: _BEST_TOLD.index(told.speaker.sourcing))


def _speaker(document: Document, told: Speaker, kind: ClaimKind) -> Speaker:
    """Whose word it is, in words of the text, or its author's."""
    if told.sourcing == "author":
        return Speaker("the author" if kind in ("opinion", "question") else "the post", "author", document.post.author)
    return told


def _kind(unit: _Unit, told: Speaker, *, is_argument: bool) -> ClaimKind:
    if is_argument:
        return "opinion"
    is_reported = any(mark.certainty in ("reported", "alleged") for line in unit.lines for mark in line.marks)
    is_said = told.sourcing in ("named", "unnamed") or (told.sourcing == "unknown" and told.voice)
    return "attributed" if is_said or is_reported else "fact"


def _draft(unit: _Unit, *, is_argument: bool = False, cut: bool = True) -> Draft:
    last = unit.lines[-1]
    document = last.document
    whole = document.annotation(" ".join(line.text for line in unit.lines), last.sentence.language)
    shown = document.annotation(shorten(whole), whole.language) if cut else whole
    telling = _telling(unit)
    kind = _kind(unit, telling.speaker, is_argument=is_argument)
    firm = certainty([mark for line in unit.lines for mark in line.marks])
    if firm == "asserted" and kind == "attributed":
        firm = "reported"
    return Draft(
        text=shown.text,
        evidence=tuple((document.key, number) for number in _numbers(unit, telling)),
        kind=kind,
        speaker=_speaker(document, telling.speaker, kind),
        certainty=firm,
        hedges=_hedges(shown, shown.attributions),
    )


def _numbers(unit: _Unit, telling: Voicing) -> list[int]:
    """The sentences a claim rests on, with the one that tells who speaks in it."""
    numbers = {line.number for line in unit.lines}
    return sorted(numbers | {telling.number} if telling.number is not None else numbers)


# --- embeds, questions, quotes ------------------------------------------------------------------------------

# Possessive, so that a run of flags that does not end the text is not tried in every way.
_TRAILING = re.compile(
    r"(?:\s*+(?:pic\.(?:twitter|x)\.com/\w++|https?://\S++|#?@\w++|[\U0001F1E6-\U0001FAFF\u2600-\u27bf\ufe0f]++))++\s*+$"
)
_TRAILING_CHARS = 300
_EMBED_SENTENCES = 3


def _embeds(document: Annotated) -> tuple[Draft, ...]:
    return tuple(draft for blocks in embeds(document) if (draft := _embed(document, blocks)) is not None)


def _embed(document: Annotated, blocks: Sequence[Block]) -> Draft | None:
    """An embedded post: its own words, without trailing picture links and tags; its author is who says so."""
    numbers = [n for block in blocks for n in range(block.first, block.last + 1) if document.quote(n).strip()]
    if not numbers:
        return None
    signature = [n for n in numbers[1:] if n == numbers[-1] and _is_signature(document.quote(n), blocks[0])]
    body = [n for n in numbers if n not in signature][:_EMBED_SENTENCES]
    whole = " ".join(map(document.quote, body))
    tail = len(whole) - min(len(whole), _TRAILING_CHARS)
    text = (whole[:tail] + _TRAILING.sub("", whole[tail:])) or whole
    line = document.annotation(text, document.annotations[body[0]].language)
    return Draft(
        text=text,
        evidence=tuple((document.key, n) for n in [*body, *signature]),
        kind="attributed",
        speaker=_embed_speaker(blocks[0]),
        certainty=certainty(line.hedges),
        hedges=_hedges(line, ()),
    )


def _is_signature(text: str, block: Block) -> bool:
    """Whether a line says who wrote an embedded post and when."""
    embed = block.embed
    names = [name for name in (embed.handle, embed.author, embed.published) if name] if embed else []
    return text.startswith(("—", "–")) or sum(name in text for name in names) >= 2


_PLATFORMS = {"x": "tweet", "twitter": "tweet", "x.com": "tweet", "twitter.com": "tweet"}


def _embed_speaker(block: Block) -> Speaker:
    embed = block.embed
    if embed is None:
        return Speaker("embedded post", "unnamed")
    what = _PLATFORMS.get(embed.platform.lower(), f"{embed.platform} post")
    name = embed.author or embed.handle
    return Speaker(f"embedded {what}", "named" if name else "unnamed", name)


_QUESTION_WORDS = 4


def _questions(document: Document, lines: Sequence[CandidateLine], count: int) -> tuple[Draft, ...]:
    """What the post asks, the main question first: the last one outside quotation marks."""
    asking = [line for line in lines if line.asks and not is_quoted(line.sentence) and not line.is_speech]
    whole = [line for line in asking if line.length >= _QUESTION_WORDS]  # "Why?" alone is nobody's main question
    ordered = [*(whole or asking)[-1:], *(line for line in asking if line is not (whole or asking)[-1])][:count]
    return tuple(
        Draft(
            text=line.text,
            evidence=((document.key, line.number),),
            kind="question",
            speaker=Speaker("the author", "author", document.post.author),
        )
        for line in ordered
    )


_NAMED = 1.0  # for a quotation of somebody who is named


def _quotes(
    lines: Sequence[CandidateLine], scores: Sequence[float], claims: Sequence[_Unit], count: int
) -> tuple[Draft, ...]:
    """Who is quoted: sentences with speech and somebody who says it, that are not among the claims."""
    units = [
        _Unit((line,), score + _NAMED * any(voice.name for voice in line.voices))
        for line, score in zip(lines, scores, strict=True)
        if any(not voice.is_pronoun for voice in line.voices) and is_quoted(line.sentence)
    ]
    chosen = _choose([unit for unit in units if not unit.overlaps(claims)], count)
    return tuple(_draft(unit) for unit in sorted(chosen, key=lambda unit: unit.first))


# --- the engine ---------------------------------------------------------------------------------------------


def extract(document: Document, length: Length = "medium") -> Drafts:
    """The X-ray of a document: embeds, then what it reports, what it argues, what it asks and whom it quotes.

    "short" gives the best three sentences in the order of the text and nothing else. An empty document gives nothing.
    """
    document = annotate(document)
    lines = candidate_lines(document)
    scores = scores_of(document, lines)
    is_opinion = genre(document).kind == "opinion"
    if length == "short":
        return Drafts(claims=_best(lines, scores, is_opinion=is_opinion))
    reports, arguments, questions, quotes = _LIMITS[length]
    reported = _reported(lines, scores, reports, is_opinion=is_opinion)
    argued = _argued(lines, scores, reported, arguments, is_opinion=is_opinion)
    return Drafts(
        claims=(*map(_draft, reported), *(_draft(unit, is_argument=True) for unit in argued)),
        embeds=_embeds(document),
        questions=_questions(document, lines, questions),
        quotes=_quotes(lines, scores, [*reported, *argued], quotes),
    )


def _best(lines: Sequence[CandidateLine], scores: Sequence[float], *, is_opinion: bool) -> tuple[Draft, ...]:
    """The best three sentences in their order; of an opinion, those that report before those that argue."""
    if is_opinion:
        scores = [score + _carries_report(line) for line, score in zip(lines, scores, strict=True)]
    units = _choose([_Unit((line,), score) for line, score in zip(lines, scores, strict=True)], _BEST)
    return tuple(_draft(unit, cut=False) for unit in sorted(units, key=lambda unit: unit.first))


def _reported(lines: Sequence[CandidateLine], scores: Sequence[float], count: int, *, is_opinion: bool) -> list[_Unit]:
    """What the text reports, in its order. Of an opinion only what it shows to be a report, however little that is."""
    of_report = [_report_score(line, score, is_opinion=is_opinion) for line, score in zip(lines, scores, strict=True)]
    telling = sum(not line.asks and not _is_aside(line) for line in lines) >= _FEWEST
    units = [
        unit
        for index, line in enumerate(lines)
        if not line.asks and (not is_opinion or _carries_report(line)) and not (telling and _is_aside(line))
        if (unit := _with_support(lines, index, of_report[index])) is not None
    ]
    chosen = _choose(units, count)
    floor = min((unit.score for unit in chosen), default=0.0) / 2
    extended = _extended(chosen, lines, lambda line: _sourced(line) > 0 and of_report[line.place] >= floor)
    return sorted(extended, key=lambda unit: unit.first)


_FEWEST = 2
_ASIDE_WORDS = 8


def _is_aside(line: CandidateLine) -> bool:
    """Whether a line tells nothing by itself: an address, a label, a salutation, "Meet our new site!"."""
    if line.length >= _ASIDE_WORDS and "://" not in line.sentence.text:
        return False
    return is_fragment(line) or line.sentence.text.rstrip().endswith(("!", "！", ":", "："))


def _carries_report(line: CandidateLine) -> bool:
    """Whether a sentence of an opinion reports: somebody is said to say so, or it gives a figure without arguing."""
    return _sourced(line) > 0 or (bool(line.sentence.figures) and not line.arguments)


def _argued(
    lines: Sequence[CandidateLine], scores: Sequence[float], claims: Sequence[_Unit], count: int, *, is_opinion: bool
) -> list[_Unit]:
    """What the text argues, in its order: a sentence with words of argument, of a text that is no opinion with two."""
    fewest = 1 if is_opinion else 2
    units = [
        unit
        for index, line in enumerate(lines)
        if line.arguments >= fewest and not line.asks and not line.voices and not line.is_speech
        if (unit := _with_support(lines, index, _argument_score(line, scores[index], len(lines)))) is not None
    ]
    chosen = _choose([unit for unit in units if not unit.overlaps(claims)], count)
    return sorted(_extended(chosen, lines, lambda line: bool(line.marks)), key=lambda unit: unit.first)


# --- the passages that bear on a question --------------------------------------------------------------------

_ANSWER_LINES: dict[Length, int] = {"short": 1, "medium": 5, "long": 5}
_DECIDING = 5  # passages, the best first, one of which must answer
_NEARLY = 0.55  # of the best passage's score, below which one bears on the question no longer


def select(passages: Sequence[Passage], count: int) -> AnswerDrafts:
    """The passages that bear on a question, the best first, each sentence with the one that it leans on.

    "unanswered" where code cannot tell that any of them answers it: then they are no more than the nearest.
    """
    ranked = sorted(passages, key=lambda passage: -passage.score)[:_DECIDING]
    states = {passage.state for passage in ranked}
    state: AnswerState = "answered" if "answered" in states else "partly" if "partly" in states else "unanswered"
    if state == "unanswered":
        near = [_passage_draft(passage) for passage in ranked[:count] if passage.score > 0]
        return AnswerDrafts(state, nearest=tuple({draft.evidence: draft for draft in near}.values()))
    # What answers it comes first, then what bears on it.
    ranked.sort(key=lambda passage: passage.state == "unanswered")
    floor = _NEARLY * max(passage.score for passage in ranked)
    drafts = [_passage_draft(passage) for passage in ranked[:count] if passage.score >= floor]
    return AnswerDrafts(state, tuple({draft.evidence: draft for draft in drafts}.values()))


def _passage_draft(passage: Passage) -> Draft:
    document = passage.document
    block = document.blocks[passage.block]
    embedded = next((group for group in embeds(document) if block in group), None)
    draft = _embed(document, embedded) if embedded else None
    if draft and (document.key, passage.hit) in draft.evidence:
        return draft
    lines = lines_of(document, document.annotations[block.first : block.last + 1])
    line = next((line for line in lines if line.number == passage.hit), None)
    if line is None:
        return Draft(document.quote(passage.hit), ((document.key, passage.hit),))
    unit = _with_support(lines, line.place, passage.score) or _Unit((line,), passage.score)
    return _draft(unit, is_argument=bool(line.arguments) and not line.voices, cut=False)


class ExtractiveEngine:
    """The engine that selects instead of writing: no key, no network, the same answer every time."""

    @property
    def name(self) -> EngineName:
        return "extractive"

    async def summarise(self, document: Document, brief: Brief) -> Drafts:
        """The document's own sentences, selected and labelled. Never fails: an empty document gives no drafts."""
        return extract(document, brief.length)

    async def answer(self, question: str, passages: Sequence[Passage], brief: Brief) -> AnswerDrafts:
        """The sentences that bear on the question, as far as code can tell that they do."""
        return select(passages, _ANSWER_LINES[brief.length])

    async def lead(self, claims: Sequence[Claim], brief: Brief) -> tuple[Draft, ...]:
        """Nothing: what selects sentences calls none of them the bottom line."""
        return ()

    async def mend(self, claims: Sequence[Claim], document: Document, brief: Brief) -> Mapping[int, Draft]:
        """Nothing: a selected sentence cannot be written again."""
        return {}
