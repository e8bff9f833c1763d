"""The words of a question and of the posts, as they are looked for: stems, names, numbers, places."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from briefing.language.entities import bare_place
from briefing.language.places import place
from briefing.language.question_types import Asked
from briefing.language.words import common_words, words

# How surely a word of the posts is meant by one of the question that is not the same.
SYNONYM, RELATED = 0.7, 0.6
IMPLIED = 0.35  # what a word weighs that the thing asked for says by itself
LAST_LATIN, FIRST_UNSPACED = 0x370, 0x2E80


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
    text: str
    language: str
    asked: Asked
    terms: tuple[Term, ...]


UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]{2,}")
_PARTICLES = frozenset("了的是在有和与與及也都就而吗嗎呢吧啊被把将將于於个個们們这這那之")
_HIRAGANA = re.compile(r"[\u3041-\u309f]+")
_DIGITS = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_NOT_WORD = re.compile(r"\W")
_CHUNK = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text as it is looked for, and where it stands; numbers are their digits."""

    key: str
    stem: str
    start: int
    end: int


def tokens(text: str, language: str) -> Iterator[Token]:
    """The words that tell what a text is about: no stop words, scripts without spaces in pairs of characters."""
    for match in _CHUNK.finditer(text):
        at = match.start()
        for token in _tokens_of(match.group(), language):
            yield Token(token.key, token.stem, at + token.start, at + token.end)


@lru_cache(maxsize=16384)
def _tokens_of(chunk: str, language: str) -> tuple[Token, ...]:
    """The words of what stands between two spaces."""
    found = []
    common = common_words(language)
    for word in words(chunk, language):
        if word.key in common or _HIRAGANA.fullmatch(word.key) or (len(word.key) == 1 and word.key < "\u2e80"):
            continue
        if UNSPACED.fullmatch(word.key):
            for at in range(len(word.key) - 1):
                pair = word.key[at : at + 2]
                if language != "zh" or _PARTICLES.isdisjoint(pair):
                    found.append(Token(pair, pair, word.start + at, word.start + at + 2))
        else:
            found.append(Token(word.key, bare(word.stem), word.start, word.end))
    for match in _DIGITS.finditer(chunk):
        digits = _plain(match.group())
        found.append(Token(digits, digits, match.start(), match.end()))
    return tuple(found)


def bare(stem_: str) -> str:
    """A stem as one token of the full-text index: without apostrophes and gershayim."""
    return _NOT_WORD.sub("", stem_) or "_"


def _plain(digits: str) -> str:
    return "".join(str(int(letter)) for letter in digits if letter.isdecimal())


@lru_cache(maxsize=65536)
def place_form(key: str) -> str | None:
    """The index's word for the place a folded word names, in any script."""
    if len(key) < 2:
        return None
    found = bare_place(key) if key[0] > "\u0590" else place(key)
    return f"@{found}" if found else None


def stems(text: str, language: str) -> list[str]:
    return [one for chunk in text.split() for one in _stems_of(chunk, language)]


def _stems_of(chunk: str, language: str) -> list[str]:
    found = []
    for token in _tokens_of(chunk, language):
        found.append(token.stem)
        if where := place_form(token.key):
            found.append(where)
    return found


class Lexicon(dict[str, tuple[str, ...]]):
    """The stems of what stands between two spaces, worked out once; texts repeat most of it."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self.capitals: set[str] = set()
        self.foreign: dict[str, str] = {}

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        for word in words(chunk, self._language):
            if word.is_capital:
                self.capitals.add(bare(word.stem))
            elif LAST_LATIN < ord(word.key[:1] or " ") < FIRST_UNSPACED:
                self.foreign[word.key] = bare(word.stem)
        self[chunk] = found = tuple(map(sys.intern, _stems_of(chunk, self._language)))
        return found

    def stems(self, text: str) -> list[str]:
        return [one for chunk in text.split() for one in self[chunk]]
