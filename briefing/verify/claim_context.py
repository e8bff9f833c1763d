"""What every check looks at: the claim, its sentences, and what its documents hold, each worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Literal

from briefing.language.detect import language_of
from briefing.language.entities import Mention, acronyms, names, same_name
from briefing.language.places import place
from briefing.language.stopwords import stopwords
from briefing.language.words import Word, common_words, script, words
from briefing.types import Claim, Document, Sentence

Severity = Literal["fail", "repair", "note", "not_run"]
_CLAIM_CHARS = 4000
_SENTENCE_CHARS = 8000


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check has to say against a claim, or about it: the check's name, how grave, why, and the words at fault.

    A repair carries the claim's text as it should be.
    """

    check: str
    severity: Severity
    reason: str
    words: tuple[str, ...] = ()
    text: str | None = None


@dataclass(frozen=True)
class Passage:
    """One sentence of a document and the words in it; `language` is the one it is read in, whatever the document's."""

    post: str
    number: int
    text: str
    block: int
    language: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return words(self.text, self.language)

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(word.key for word in self.words)

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(word.stem for word in self.words)

    @cached_property
    def names(self) -> tuple[Mention, ...]:
        return names(self.text, self.language)


class Lexicon:
    """The words of some passages, ready to be asked whether a name or word is among them."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self.keys: set[str] = set()
        self.stems: set[str] = set()
        self.places: set[str] = set()
        self._by_start: dict[str, list[str]] = {}
        for passage in passages:
            new = passage.keys - self.keys
            self.keys |= new
            self.stems |= passage.stems
            for key in new:
                self._by_start.setdefault(key[:3], []).append(key)
            self.places |= {mention.place for mention in passage.names if mention.place}
            self.places |= {known for key in new if (known := place(key))}

    def has_name(self, key: str, where: str | None = None) -> bool:
        """Whether a form of this name stands here, or another name of the same place."""
        if key in self.keys or (where is not None and where in self.places):
            return True
        if key[:1] >= "\u3040" and any(key in other for other in self.keys):
            return True
        return any(same_name(key, other) for other in self._by_start.get(key[:3], ())[:200])


@dataclass(frozen=True)
class Page:
    """A document as the checks read it; `passages[n]` is its sentence n, the headline is passage 0."""

    key: str
    language: str
    written: date | None
    passages: tuple[Passage, ...]
    first_of_block: Mapping[int, int] = field(default_factory=dict)

    @cached_property
    def lexicon(self) -> Lexicon:
        return Lexicon(self.passages)

    @cached_property
    def acronyms(self) -> frozenset[str]:
        found: set[str] = set()
        for passage in self.passages:
            found |= acronyms(passage.text, passage.language)
        return frozenset(found)

    @cached_property
    def lower_keys(self) -> frozenset[str]:
        """The words that stand without a capital somewhere: ordinary words, not names."""
        return frozenset(word.key for passage in self.passages for word in passage.words if not word.is_capital)


def page(document: Document) -> Page:
    """The document as the checks read it; kept for the documents used last."""
    post = document.post
    written = post.published.date() if post.published else None
    if written and not 1000 < written.year < 9000:
        written = None
    return read_page(document.key, document.title, document.text, document.sentences, document.language, written)


@lru_cache(maxsize=64)
def read_page(
    key: str, title: str, text: str, sentences: tuple[Sentence, ...], language: str, written: date | None
) -> Page:
    """The sentences of a document with the language each is read in; kept for the documents used last."""
    passages = []
    first: dict[int, int] = {}
    for index, sentence in enumerate(sentences):
        words_ = (text if index else title)[sentence.start : sentence.end][:_SENTENCE_CHARS]
        passages.append(Passage(key, index, words_, sentence.block, sentence_language(words_, language)))
        first.setdefault(sentence.block, index)
    return Page(key, language, written, tuple(passages), first)


_BY_SCRIPT = {
    "latin": "en",
    "arabic": "ar",
    "hebrew": "he",
    "cyrillic": "ru",
    "cjk": "zh",
    "hangul": "ko",
    "greek": "el",
}
_SCRIPTS = {"ar": "arabic", "fa": "arabic", "ur": "arabic", "he": "hebrew", "ru": "cyrillic", "uk": "cyrillic"}
_SCRIPTS |= {
    "bg": "cyrillic",
    "sr": "cyrillic",
    "ja": "cjk",
    "zh": "cjk",
    "ko": "hangul",
    "el": "greek",
    "hi": "devanagari",
}


def sentence_language(text: str, language: str) -> str:
    """The document's language, unless the sentence is in another script (a Hebrew tweet in an English post)."""
    primary = language.split("-")[0].casefold()
    if text.isascii() and _SCRIPTS.get(primary) is None and primary != "und":
        return primary
    written = script(text)
    if primary == "und" or (written and written != _SCRIPTS.get(primary, "latin")):
        if written == "latin":
            return tongue(text, "en")
        if written == "cjk" and any("\u3041" <= letter <= "\u30ff" for letter in text):
            return "ja"
        return _BY_SCRIPT.get(written, primary)
    return primary


_LATIN = ("en", "fr", "es", "pt", "it", "de", "nl", "vi")


def tongue(text: str, otherwise: str) -> str:
    """The Latin-script language whose small words the text has most of; `otherwise` where none clearly leads."""
    keys = [text[word.start : word.end].casefold() for word in words(text[:600], "fr")]
    if len(keys) < 4:
        return otherwise
    if sum(key in stopwords(otherwise) for key in keys) >= 0.3 * len(keys):
        return otherwise
    counts = {language: sum(key in stopwords(language) for key in keys) for language in _LATIN}
    best = max(counts, key=lambda language: counts[language])
    known = counts.get(otherwise, 0)
    return best if counts[best] >= known + max(2, len(keys) // 8) else otherwise


@dataclass(frozen=True)
class Ground:
    """A claim and what it rests on.

    `passages` are its sentences; `own` those written in the claim's own language, which the checks of wording use.
    """

    claim: Claim
    language: str
    passages: tuple[Passage, ...]
    pages: tuple[Page, ...]

    @property
    def text(self) -> str:
        return self.claim.text[:_CLAIM_CHARS]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return words(self.text, self.language)

    @cached_property
    def names(self) -> tuple[Mention, ...]:
        return names(self.text, self.language)

    @cached_property
    def content(self) -> tuple[Word, ...]:
        """The claim's words that tell what it is about."""
        common = common_words(self.language)
        return tuple(word for word in self.words if word.key not in common and len(word.key) > 1)

    @cached_property
    def own(self) -> tuple[Passage, ...]:
        return tuple(passage for passage in self.passages if passage.language == self.language)

    @cached_property
    def foreign(self) -> tuple[Passage, ...]:
        return tuple(passage for passage in self.passages if passage.language != self.language)

    @cached_property
    def lexicon(self) -> Lexicon:
        return Lexicon(self.passages)

    @cached_property
    def context(self) -> Lexicon:
        """Everything its documents hold."""
        return (
            Lexicon(passage for page in self.pages for passage in page.passages)
            if len(self.pages) != 1
            else (self.pages[0].lexicon)
        )

    @cached_property
    def remembered(self) -> dict[str, object]:
        """What checks worked out about this claim and others need again, by name."""
        return {}

    @property
    def written(self) -> date | None:
        return self.pages[0].written if self.pages else None

    def written_of(self, passage: Passage) -> date | None:
        return next((page.written for page in self.pages if page.key == passage.post), None)


def ground(claim: Claim, documents: Mapping[str, Document]) -> Ground:
    """The claim with those of its sentences that exist."""
    pages: dict[str, Page] = {}
    passages: list[Passage] = []
    for item in claim.evidence:
        document = documents.get(item.post)
        if document is None:
            continue
        if item.post not in pages:
            pages[item.post] = page(document)
        if 0 <= item.sentence < len(pages[item.post].passages):
            passages.append(pages[item.post].passages[item.sentence])
    main = pages[passages[0].post].language if passages else "und"
    return Ground(claim, _language(claim, main, passages), tuple(dict.fromkeys(passages)), tuple(pages.values()))


def _language(claim: Claim, main: str, passages: list[Passage]) -> str:
    """A claim that says what it was translated from is in another language, however short and like it is."""
    found = claim_language(claim.text, main, passages)
    if not claim.translated_from or found != claim.translated_from:
        return found
    other = language_of(claim.text, None)
    return other if other != claim.translated_from else "und"


def claim_language(text: str, main: str, passages: list[Passage]) -> str:
    """The language a claim is in: its sentences' own, unless its script or its small words say another."""
    beside = [passage.language for passage in passages if script(passage.text) == script(text)]
    expected = beside[0] if beside else main
    written = sentence_language(text, expected)
    return tongue(text, written) if script(text) == "latin" else written
