"""What every check looks at: the claim's line, its sentences, and what its documents hold, annotated once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from briefing.language.annotation import Annotated, Annotation, Lexicon, annotate
from briefing.language.cohyponyms import sorts
from briefing.language.detect import language_of
from briefing.language.lazy import lazy
from briefing.language.sentence_language import sentence_language, tongue
from briefing.types import Claim
from briefing.verify.accounting import Account, account
from briefing.verify.alignment import Alignment, align, by_shared_stems

Severity = Literal["fail", "note", "not_run"]
_CLAIM_CHARS = 4000
_NEAREST = 3
_TOLD_ALIKE = 0.4


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check has to say against a claim: how grave, why, and the words at fault.

    `fail` withholds the line, `note` leaves it to a reader, `not_run` tells what could not be checked. `text` is the
    line as it should read, where code can tell: it is shown instead where it stands every check. `row` is the row of
    the language tables that it rests on (`briefing.language.rows`), where it rests on one.
    """

    severity: Severity
    reason: str
    words: tuple[str, ...] = ()
    text: str | None = None
    row: str | None = None


@dataclass(frozen=True)
class ClaimContext:
    """A claim, its text annotated as `line`, and what it rests on.

    `sentences` are those it cites, of `documents`; `own` those read in the line's own language, which the checks of
    wording use.
    """

    claim: Claim
    line: Annotation
    sentences: tuple[Annotation, ...]
    documents: tuple[Annotated, ...]

    @property
    def language(self) -> str:
        """The language the claim is in."""
        return self.line.language

    @lazy
    def own(self) -> tuple[Annotation, ...]:
        """Its sentences in its own language."""
        return tuple(sentence for sentence in self.sentences if sentence.language == self.language)

    @lazy
    def foreign(self) -> tuple[Annotation, ...]:
        """Its sentences in another language: it translates them."""
        return tuple(sentence for sentence in self.sentences if sentence.language != self.language)

    @lazy
    def lexicon(self) -> Lexicon:
        """The words of its sentences."""
        return Lexicon(self.sentences)

    @lazy
    def document_lexicon(self) -> Lexicon:
        """Everything its documents hold."""
        if len(self.documents) == 1:
            return self.documents[0].lexicon
        return Lexicon(sentence for document in self.documents for sentence in document.annotations)

    @lazy
    def line_lexicon(self) -> Lexicon:
        """The words of the line."""
        return Lexicon((self.line,))

    @lazy
    def neighbourhood(self) -> Lexicon:
        """The words of the sentences that the line shares most words with, and of those beside them."""
        around = (
            other
            for sentence in self.nearest(_NEAREST)
            for other in self.document_of(sentence).annotations[max(1, sentence.number - 1) : sentence.number + 2]
        )
        return Lexicon(dict.fromkeys(around))

    @lazy
    def known_names(self) -> frozenset[str]:
        """The words that its documents write with a capital inside a sentence, and never without."""
        mentions = (item for document in self.documents for sentence in document.annotations for item in sentence.names)
        sure = {item.key for item in mentions if item.is_sure}
        return frozenset(sure.difference(*(document.lower_keys for document in self.documents)))

    @lazy
    def things(self) -> frozenset[tuple[int, int]]:
        """Every thing of a known sort that its documents name."""
        words = {word.key: word for document in self.documents for line in document.annotations for word in line.words}
        return frozenset(thing for word in words.values() for thing in sorts(word, self.language))

    @lazy
    def alignment(self) -> Alignment | None:
        """The line beside the sentence of its own language that it shares most words with; None without one."""
        return align(self.line, self.nearest(1)[0]) if self.own else None

    @lazy
    def gravity(self) -> Severity:
        """How grave it is where words differ: a line on many sentences that follows none of them may have it from any,
        in any words, so that code cannot be sure."""
        is_alike = self.alignment is not None and self.alignment.follows >= _TOLD_ALIKE
        return "fail" if is_alike or len(self.own) <= _NEAREST else "note"

    @lazy
    def account(self) -> Account:
        """What its sentences of its own language do not account for."""
        return account(self.line, self.own)

    def nearest(self, count: int) -> tuple[Annotation, ...]:
        """The sentences of its own language that the line shares most words with, the nearest first."""
        return self.own if len(self.own) <= count else by_shared_stems(self.line, self.own)[:count]

    def document_of(self, sentence: Annotation) -> Annotated:
        """The document that a sentence stands in."""
        return next(document for document in self.documents if document.key == sentence.post)

    def written_of(self, sentence: Annotation) -> date | None:
        """The day the document of a sentence was published."""
        return self.document_of(sentence).written

    @property
    def cited(self) -> str:
        """The numbers of its sentences, as reasons name them: "[2] [9]"."""
        return " ".join(f"[{sentence.number}]" for sentence in self.sentences[:6])

    def with_text(self, text: str) -> ClaimContext:
        """The same claim in other words."""
        return replace(self, claim=replace(self.claim, text=text), line=_line(text, self.language, self.documents))


def _line(text: str, language: str, documents: Sequence[Annotated]) -> Annotation:
    text = text[:_CLAIM_CHARS]
    return documents[0].annotation(text, language) if documents else annotate(text, language)


def claim_context(claim: Claim, documents: Mapping[str, Annotated]) -> ClaimContext:
    """The claim with those of its sentences that exist."""
    cited: dict[str, Annotated] = {}
    sentences: list[Annotation] = []
    for item in claim.evidence:
        document = documents.get(item.post)
        if document is None:
            continue
        cited[item.post] = document
        if 0 <= item.sentence < len(document.annotations):
            sentences.append(document.annotations[item.sentence])
    main = documents[sentences[0].post].language if sentences else "und"
    line = _line(claim.text, main, tuple(cited.values()))
    language = _language(claim, claim_language(line, sentences))
    if language != line.language:
        line = _line(claim.text, language, tuple(cited.values()))
    return ClaimContext(claim, line, tuple(dict.fromkeys(sentences)), tuple(cited.values()))


def _language(claim: Claim, language: str) -> str:
    """A claim that says what it was translated from is in another language, however short and like it is."""
    if not claim.translated_from or language != claim.translated_from:
        return language
    other = language_of(claim.text, None)
    return other if other != claim.translated_from else "und"


def claim_language(line: Annotation, sentences: Sequence[Annotation]) -> str:
    """The language a claim is in: its sentences' own (else `line.language`, their document's), unless its script or its
    small words say another."""
    beside = next((sentence.language for sentence in sentences if sentence.script == line.script), line.language)
    is_sentence = line.number >= 0 and beside == line.language  # which is read in its own language already
    written = line.language if is_sentence else sentence_language(replace(line, language=beside))
    return tongue(line, written) if line.script == "latin" else written
