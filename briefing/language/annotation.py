"""What is known of a sentence, made once: every field is worked out when it is first asked for, and kept with it.

`annotate` is the one way in. Nothing else asks a text for its words, names, numbers, dates, hedges or speakers anew:
who needs them is handed the `Annotation` of a sentence or claim, or the `Annotated` document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import overload

from briefing.language.anaphora import is_anaphoric
from briefing.language.attribution import Attribution, attributions
from briefing.language.calendar import DateMention
from briefing.language.date_reading import DateReading, read_dates
from briefing.language.entities import NameMention, acronyms, compass, names, same_name
from briefing.language.event_words import happenings
from briefing.language.figure_spans import figures
from briefing.language.hedges import Hedge, hedges
from briefing.language.lazy import lazy
from briefing.language.name_endings import same_plural
from briefing.language.negators import denials, negations
from briefing.language.number_words import SpelledNumber, spelled_numbers
from briefing.language.places import place
from briefing.language.plain_text import plain
from briefing.language.quantifiers import Quantifier, quantifiers
from briefing.language.quantities import Quantity, quantities
from briefing.language.question_types import QuestionReading, asked, asks
from briefing.language.quotation_marks import quotations
from briefing.language.reading import TextReading
from briefing.language.reporting import reports
from briefing.language.script import word_count
from briefing.language.sentence_language import sentence_language
from briefing.language.stopwords import terms as terms
from briefing.language.words import fold
from briefing.types import Document, Sentence, Span

_NO_WORD = re.compile(r"[^\w%$€£+-]|_")
_LONGEST_CHARS = 8000  # of a sentence: what is longer is no sentence, and is not read to its end


@dataclass(frozen=True)
class Annotation(TextReading):
    """A sentence, or the text of a claim, and what is known of it. Spans are offsets into `text`, end exclusive.

    `language` is the one it is read in, whatever its document's. `post`, `number` and `block` say where a sentence
    stands; a claim has none.
    """

    post: str = ""
    number: int = -1
    block: int = -1

    @lazy
    def plain(self) -> str:
        """Its text with quotation marks, dashes and spaces made one, in small letters."""
        return plain(self.text)

    @lazy
    def folded(self) -> str:
        """Its words and figures folded, without marks: texts that are alike in this were only retyped."""
        return " ".join(_NO_WORD.sub(" ", fold(self.text)).split())

    @lazy
    def terms(self) -> tuple[str, ...]:
        """Its words in lower case; of scripts without spaces, every pair of neighbouring characters."""
        return tuple(terms(self.text))

    @lazy
    def names(self) -> tuple[NameMention, ...]:
        """Every word of a name: people, places, organisations, acronyms."""
        return names(self)

    @lazy
    def acronyms(self) -> frozenset[str]:
        """The acronyms that it spells out."""
        return acronyms(self)

    @lazy
    def spelled_numbers(self) -> tuple[SpelledNumber, ...]:
        """Its numbers in words, those that could not be read among them."""
        return spelled_numbers(self)

    @lazy
    def quantities(self) -> tuple[Quantity, ...]:
        """Its numbers, in digits and in words, with their readings."""
        return quantities(self, self.spelled_numbers)

    @lazy
    def unread_numbers(self) -> tuple[SpelledNumber, ...]:
        """Its words that may be a number, or have to do with one, and which one is not known."""
        spans = [(found.start, found.end) for found in self.quantities]
        unread = (one for one in self.spelled_numbers if one.kind in ("doubtful", "unread"))
        return tuple(one for one in unread if not any(start <= one.start < end for start, end in spans))

    @lazy
    def quantifiers(self) -> tuple[Quantifier, ...]:
        """Its words for how many where no number is given: "most", "only"."""
        return quantifiers(self)

    @lazy
    def dates(self) -> tuple[DateMention, ...]:
        """Its dates."""
        return self.date_reading.dates

    @lazy
    def date_reading(self) -> DateReading:
        """Its dates, and where dates stand that cannot be read."""
        return read_dates(self, lambda: self.quantities)

    @lazy
    def figures(self) -> tuple[Span, ...]:
        """Its amounts, with what they count."""
        return tuple(figures(self, lambda: self.quantities, lambda: self.dates))

    @lazy
    def hedges(self) -> tuple[Hedge, ...]:
        """Its words of report and doubt, each with the certainty it leaves."""
        return hedges(self)

    @lazy
    def attributions(self) -> tuple[Attribution, ...]:
        """Who is said to say so."""
        return attributions(self)

    @lazy
    def reports(self) -> tuple[Attribution, ...]:
        """Who is said to say so, pronouns and bodies among them."""
        return reports(self, self.attributions)

    @lazy
    def negations(self) -> tuple[Span, ...]:
        """The words that turn it into its opposite."""
        return negations(self)

    @lazy
    def denials(self) -> tuple[Span, ...]:
        """The verbs and adjectives that say no of what follows ("refused", "unlikely")."""
        return denials(self)

    @lazy
    def quotations(self) -> tuple[Span, ...]:
        """What stands between quotation marks, without the marks."""
        return tuple(quotations(self.text))

    @lazy
    def quoted_words(self) -> int:
        """How many words its longest quotation has; 0 without one."""
        return max((word_count(self.text[start:end]) for start, end in self.quotations), default=0)

    @lazy
    def events(self) -> frozenset[str]:
        """What it tells of, as "#quake"."""
        return happenings(self.text, [word.key for word in self.words], self.language)

    @lazy
    def is_question(self) -> bool:
        """Whether it ends as a question does."""
        return asks(self.text)

    @lazy
    def asks_for(self) -> QuestionReading:
        """What it asks for, read as a question."""
        return asked(self.text, self.language)

    @lazy
    def is_anaphoric(self) -> bool:
        """Whether it opens with a word that leans on the sentence before ("Its", "This")."""
        return is_anaphoric(self)


def in_its_language(line: Annotation) -> Annotation:
    """A sentence of a document in `line.language`, read in its own language where that is another."""
    language = sentence_language(line)
    return line if language == line.language else replace(line, language=language)


_BESIDE = 3  # words between a place and the word of the compass that is said of it: "North and South Korea"
_MOST_ALIKE = 200


class Lexicon:
    """The words of some sentences, ready to be asked whether a name or word is among them."""

    def __init__(self, sentences: Iterable[Annotation]) -> None:
        self.keys: set[str] = set()
        self.stems: set[str] = set()
        self.places: set[str] = set()
        self._sentences = tuple(sentences)
        self._by_start: dict[str, list[tuple[str, str]]] = {}
        self._alone: set[str] = set()  # the words that stand without a word of the compass somewhere
        for sentence in self._sentences:
            new = sentence.keys - self.keys
            self.keys |= new
            self.stems |= sentence.stems
            for key in new:
                self._by_start.setdefault(key[:3], []).append((key, sentence.language))
            self.places |= {mention.place for mention in sentence.names if mention.place}
            alone = sentence.keys.difference(mention.key for mention in sentence.names if mention.compass)
            self.places |= {known for key in alone - self._alone if (known := place(key, sentence.language))}
            self._alone |= alone

    def has_name(self, mention: NameMention) -> bool:
        """Whether a form of this name stands here, or another name of the same place."""
        key, where = mention.key, mention.place
        if mention.compass and not (mention.is_whole_place and where in self.places):
            return self._has_compass(mention)
        if where is not None and where in self.places:
            return True
        if key in self.keys:
            return mention.is_whole_place or (where is None and key in self._alone)
        if key[:1] >= "\u3040" and any(key in other for other in self.keys):
            return True
        alike = self._by_start.get(key[:3], ())[:_MOST_ALIKE]
        return any(same_name(key, other, tongue) or same_plural(key, other, tongue) for other, tongue in alike)

    def _has_compass(self, mention: NameMention) -> bool:
        """Whether the same word of the compass is said of this name somewhere."""
        return any(
            way == mention.compass
            and any(
                mention.key == other.key or same_name(mention.key, other.key, sentence.language)
                for other in sentence.words[max(0, at - _BESIDE) : at + _BESIDE + 1]
            )
            for sentence in self._sentences
            for at, word in enumerate(sentence.words)
            if (way := compass(sentence.language).get(word.key))
        )


@dataclass(frozen=True, eq=False)
class Annotated(Document):
    """A document and what is known of its sentences."""

    @lazy
    def annotations(self) -> tuple[Annotation, ...]:
        """What is known of each sentence: `annotations[n]` is of sentence n, `annotations[0]` of the headline."""
        return tuple(map(self._annotation, self.sentences))

    def _annotation(self, sentence: Sentence) -> Annotation:
        text = self.quote(sentence.number)[:_LONGEST_CHARS]
        return in_its_language(Annotation(text, self.language, self.key, sentence.number, sentence.block))

    @lazy
    def written(self) -> date | None:
        """The day it was published (UTC); None where it has no date that can be true."""
        published = self.post.published
        return published.date() if published and 1000 < published.year < 9000 else None

    @lazy
    def lexicon(self) -> Lexicon:
        """All its words and places."""
        return Lexicon(self.annotations)

    @lazy
    def acronyms(self) -> frozenset[str]:
        """The acronyms that its sentences spell out."""
        return frozenset[str]().union(*(sentence.acronyms for sentence in self.annotations))

    @lazy
    def lower_keys(self) -> frozenset[str]:
        """The words that stand without a capital somewhere: ordinary words, not names."""
        return frozenset(word.key for sentence in self.annotations for word in sentence.words if not word.is_capital)

    def first_of_block(self, sentence: Annotation) -> int:
        """The number of the first sentence of the block that a sentence stands in."""
        return self.blocks[sentence.block].first if sentence.number else 0

    def annotation(self, text: str, language: str | None = None) -> Annotation:
        """The annotation of a text that rests on this document: a sentence's own where it is one, else kept here.

        It is read in `language`; without one, in that in which a sentence of the document would be.
        """
        known = self._texts.get((text, language))
        if known is None:
            known = Annotation(text, language) if language else in_its_language(Annotation(text, self.language))
            known = self._texts[text, language] = self._texts.setdefault((text, known.language), known)
        return known

    @lazy
    def _texts(self) -> dict[tuple[str, str | None], Annotation]:
        own = list(reversed(self.annotations))
        return {(one.text, language): one for one in own for language in (one.language, None)}


@overload
def annotate(subject: Document | Annotated) -> Annotated: ...


@overload
def annotate(subject: str, language: str = "und") -> Annotation: ...


def annotate(subject: Document | Annotated | str, language: str = "und") -> Annotated | Annotation:
    """A document with its sentences annotated, or a text, read in `language`. What is annotated stays as it is."""
    if isinstance(subject, Annotated):
        return subject
    if isinstance(subject, str):
        return Annotation(subject, language)
    return Annotated(**{field.name: getattr(subject, field.name) for field in fields(Document)})
