"""The sentences of a document that may be selected, each with what is asked of it more than once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from briefing.language.annotation import Annotated, Annotation
from briefing.language.attribution import Attribution
from briefing.language.hedges import Hedge
from briefing.language.lazy import lazy
from briefing.language.stopwords import stopwords
from briefing.summarise.document_facts import argues
from briefing.types import Document, Speaker


@dataclass(frozen=True, eq=False)
class CandidateLine:
    """A sentence to choose from: its place among the others, and its words that tell something."""

    document: Annotated
    sentence: Annotation
    place: int
    terms: frozenset[str]

    @property
    def number(self) -> int:
        return self.sentence.number

    @property
    def block(self) -> int:
        return self.sentence.block

    @property
    def text(self) -> str:
        """All of it, however long."""
        return self.document.quote(self.number)

    @property
    def length(self) -> int:
        return len(self.sentence.terms)

    @property
    def marks(self) -> tuple[Hedge, ...]:
        return self.sentence.hedges

    @property
    def voices(self) -> tuple[Attribution, ...]:
        return self.sentence.attributions

    @property
    def asks(self) -> bool:
        return self.sentence.is_question

    @lazy
    def arguments(self) -> int:
        return argues(self.sentence)

    @lazy
    def leans(self) -> bool:
        """By its opening words, or because "she said" is all it tells of who says it."""
        return self.sentence.is_anaphoric or bool(self.voices and all(voice.is_pronoun for voice in self.voices))

    @lazy
    def speech(self) -> Speech | None:
        """The speech that a sentence without a voice of its own is part of; None where it is the post's own words."""
        return _speech(self)


_PROSE = ("paragraph", "list_item", "quote")
_BESIDE_PROSE = ("table_row", "caption", "code")


def candidate_lines(document: Annotated) -> list[CandidateLine]:
    """The sentences to choose from: running text; without any, list items, quotes and the like; without those, all."""
    for kinds in (_PROSE, _PROSE + _BESIDE_PROSE, ("heading",)):
        blocks = document.blocks
        lines = lines_of(document, (one for one in document.annotations[1:] if blocks[one.block].kind in kinds))
        if lines:
            return lines
    return []


def lines_of(document: Annotated, sentences: Iterable[Annotation]) -> list[CandidateLine]:
    """Those of the sentences that have words, in their order."""
    common = stopwords(document.language)
    worded = (sentence for sentence in sentences if sentence.terms)
    return [CandidateLine(document, one, place, frozenset(one.terms) - common) for place, one in enumerate(worded)]


def speaking(sentence: Annotation, voice: Attribution) -> Speaker:
    """Who speaks in a sentence, as it calls them."""
    return Speaker(sentence.text[voice.start : voice.end].strip(), voice.sourcing, voice.name)


@dataclass(frozen=True)
class Speech:
    """Whose words a sentence is that lies inside a longer quotation, and the sentence that tells it, if any does."""

    number: int | None
    speaker: Speaker


# Characters: a quotation mark, a full stop and a space may stand between a sentence's end and its quotation's.
_MARKS = 3


def _speech(line: CandidateLine) -> Speech | None:
    document = line.document
    block = document.blocks[line.block]
    sentence = document.sentences[line.number]
    if line.voices or not _may_be_open(document.text[block.start : sentence.start + _MARKS]):
        return None
    low, high = sentence.start - block.start, sentence.end - block.start
    spans = document.annotation(document.text[block.start : block.end], document.language).quotations
    around = next(((start, end) for start, end in spans if start <= low + _MARKS and high - _MARKS <= end), None)
    if around is None:
        return None
    for number in range(block.last, block.first - 1, -1):
        teller = document.annotations[number]
        if number != line.number and _touches(document, number, around) and teller.attributions:
            voices = teller.attributions
            return Speech(number, speaking(teller, next((voice for voice in voices if voice.name), voices[0])))
    return Speech(None, Speaker("unnamed", "unnamed"))


def _may_be_open(before: str) -> bool:
    """Whether a quotation may be open at the end of this text: a cheap look that spares most lines the reading."""
    pairs = (("“", "”"), ("«", "»"), ("「", "」"), ("„", "“"), ("‘", "’"))
    return before.count('"') % 2 == 1 or any(
        before.count(one) > before.count(two) for one, two in pairs if one in before
    )


def _touches(document: Document, number: int, quotation: tuple[int, int]) -> bool:
    """Whether a sentence of the block holds an end of the quotation, or stands right before or behind it."""
    sentence = document.sentences[number]
    start = document.blocks[sentence.block].start
    low, high = sentence.start - start - _MARKS, sentence.end - start + _MARKS
    return any(low <= end <= high for end in quotation)
