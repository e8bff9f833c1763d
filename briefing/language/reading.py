"""A text as every reading of it begins: its words, its script, whose words to look for in it."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.language.lazy import lazy
from briefing.language.vocabulary import lowered, vocabulary
from briefing.language.words import Word, common_words, plain_digits, script, words


@dataclass(frozen=True)
class TextReading:
    """A text read in a language (BCP 47 primary tag)."""

    text: str
    language: str

    @lazy
    def words(self) -> tuple[Word, ...]:
        """Its words in order, folded and stemmed."""
        return words(self.text, self.language)

    @lazy
    def keys(self) -> frozenset[str]:
        """Its words, folded."""
        return frozenset(word.key for word in self.words)

    @lazy
    def stems(self) -> frozenset[str]:
        """The stems of its words."""
        return frozenset(word.stem for word in self.words)

    @lazy
    def content(self) -> tuple[Word, ...]:
        """Its words that tell what it is about."""
        common = common_words(self.language)
        return tuple(word for word in self.words if word.key not in common and len(word.key) > 1)

    @lazy
    def script(self) -> str:
        """The script most of its letters are in."""
        return script(self.text)

    @lazy
    def vocabulary(self) -> str:
        """The language whose words of doubt and saying are looked for in it; "" where none is known."""
        return vocabulary(self.text, self.language)

    @lazy
    def lower(self) -> str:
        """Its text in small letters, offsets as they are; as it stands where capitals tell nouns (German)."""
        return lowered(self.text, self.vocabulary)

    @lazy
    def plain_digits(self) -> str:
        """Its text with the digits of every script as 0 to 9, offsets as they are."""
        return plain_digits(self.text)

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        """Its words that begin from `start` to before `end`."""
        return tuple(word for word in self.words if start <= word.start < end)
