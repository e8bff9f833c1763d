"""The sentences of a document that may be selected, each with what is asked of it more than once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from briefing.language.annotation import Annotated, Annotation
from briefing.language.attribution import Attribution
from briefing.language.hedges import Hedge
from briefing.language.lazy import lazy
from briefing.language.stopwords import stopwords
from briefing.language.who_says import Voicing, speech_around, who_says
from briefing.summarise.document_facts import argues


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
    def telling(self) -> Voicing:
        """Who says it."""
        return who_says(self.document, self.sentence)

    @lazy
    def is_speech(self) -> bool:
        """Whether it has no voice of its own and is part of a longer quotation."""
        return not self.voices and speech_around(self.document, self.sentence) is not None


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
