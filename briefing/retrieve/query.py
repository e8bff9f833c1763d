"""The words of a question and of the posts, as they are looked for: stems, names, numbers, places."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefing.language.annotation import Annotated, Annotation
from briefing.language.entities import bare_place
from briefing.language.lazy import lazy
from briefing.language.patterns import word_list
from briefing.language.places import place
from briefing.language.question_types import QuestionReading
from briefing.language.words import common_words

# How surely a word of the posts is meant by one of the question that is not the same.
SYNONYM, RELATED = 0.7, 0.6
IMPLIED = 0.35  # what a word weighs that the thing asked for says by itself
LAST_LATIN, FIRST_UNSPACED = chr(0x370), chr(0x2E80)


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the question: its forms in the posts, by how surely each is it.

    `group` is shared by the words of one name; None for what is no name or number. `factor` is less than 1 for words
    that the answer need not repeat.
    """

    text: str
    key: str
    weight: float
    group: int | None
    factor: float
    forms: Mapping[str, float]

    @property
    def is_name(self) -> bool:
        return self.group is not None

    @property
    def is_implied(self) -> bool:
        return self.factor == IMPLIED


@dataclass(frozen=True, slots=True)
class Question:
    """A question read for some posts: its annotation, and its words as they stand in them."""

    line: Annotation
    terms: tuple[Term, ...]

    @property
    def asks_for(self) -> QuestionReading:
        return self.line.asks_for


UNSPACED_RUN = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]{2,}")
_HIRAGANA = re.compile(r"[\u3041-\u309f]+")
_DIGITS = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_NOT_WORD = re.compile(r"\W")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text as it is looked for, and where it stands; numbers are their digits."""

    key: str
    stem: str
    start: int
    end: int

    @property
    def forms(self) -> tuple[str, ...]:
        """The index's words for it."""
        return _forms(self.key, self.stem)


def tokens(line: Annotation) -> list[Token]:
    """The words that tell what a text is about: no stop words, scripts without spaces in pairs of characters."""
    parts = [
        Token(key, stem_, word.start + at, word.end if key == word.key else word.start + at + 2)
        for word in line.words
        for key, stem_, at in _parts(word.key, word.stem, line.language)
    ]
    digits = [Token(key, key, match.start(), match.end()) for match, key in _numbers(line.text)]
    return sorted(parts + digits, key=lambda token: token.start)


def _parts(key: str, stem_: str, language: str) -> Iterator[tuple[str, str, int]]:
    """What of a word is looked for, each with its stem and where in the word it begins."""
    if key in common_words(language):
        return
    if not UNSPACED_RUN.fullmatch(key):
        if not _HIRAGANA.fullmatch(key) and (len(key) > 1 or key >= "\u2e80"):
            yield key, bare(stem_), 0
        return
    for at in range(len(key) - 1):
        pair = key[at : at + 2]
        if word_list("particles", "characters", language).isdisjoint(pair):
            yield pair, pair, at


def _numbers(text: str) -> Iterator[tuple[re.Match[str], str]]:
    for match in _DIGITS.finditer(text):
        yield match, "".join(str(int(letter)) for letter in match.group() if letter.isdecimal())


def bare(stem_: str) -> str:
    """A stem as one token of the full-text index: without apostrophes and gershayim."""
    return stem_ if stem_.isalnum() else _NOT_WORD.sub("", stem_) or "_"


def place_form(key: str) -> str | None:
    """The index's word for the place a folded word names, in any script."""
    if len(key) < 2:
        return None
    known = bare_place(key) if key[0] > "\u0590" else place(key)
    return f"@{known}" if known else None


def _forms(key: str, stem_: str) -> tuple[str, ...]:
    where = place_form(key)
    return (stem_, where) if where else (stem_,)


class WordForms(dict[tuple[str, str], tuple[str, ...]]):
    """The index's words for a folded word and its stem, worked out once; texts repeat most of their words."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, word: tuple[str, str]) -> tuple[str, ...]:
        parts = _parts(*word, self._language)
        self[word] = tuple(sys.intern(form) for part, stem_, _ in parts for form in _forms(part, stem_))
        return self[word]

    def of(self, line: Annotation) -> list[str]:
        """The index's words for a text."""
        return [form for word in line.words for form in self[word.key, word.stem]] + [
            key for _, key in _numbers(line.text)
        ]


@dataclass(frozen=True, eq=False)
class IndexedSentence:
    """A sentence of a document, and the index's words for it, as often as each occurs."""

    document: Annotated
    sentence: Annotation
    forms: tuple[str, ...]

    @lazy
    def distinct(self) -> frozenset[str]:
        return frozenset(self.forms)

    @lazy
    def tokens(self) -> list[Token]:
        return tokens(self.sentence)

    @lazy
    def is_question(self) -> bool:
        """Whether it asks, and tells nothing: by its mark and, as texts lose their quotation marks, its words."""
        return self.sentence.is_question and any(map(self._asks, _CLAUSES.split(self.sentence.text)))

    def _asks(self, clause: str) -> bool:
        opening = self.document.annotation(clause, self.sentence.language).asks_for
        return opening.end > 0 and opening.start - len(clause) + len(clause.lstrip()) < _OPENING_WORD

    def between(self, start: int, end: int) -> list[Token]:
        """Its tokens that stand from `start` to `end`."""
        return [token for token in self.tokens if start <= token.start and token.end <= end]


_CLAUSES = re.compile(r"[:;,—–،؛]")
_OPENING_WORD = 6  # characters: "And why …?"
