"""Where the documents of a claim quote: what stands between marks, over sentences and paragraphs, and in quoted blocks.

Words are compared letter by letter, but for case, spaces, dashes and marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from briefing.language.annotation import Annotated, Annotation
from briefing.language.entities import CASED
from briefing.language.lazy import lazy
from briefing.language.plain_text import plain
from briefing.language.quotation_marks import quotations
from briefing.language.words import common_words
from briefing.types import Span

_CUT = re.compile(r"\s*(?:\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3})\s*|\s*\[[^\]]{0,60}\]\s*")
# Straight single marks, which are apostrophes elsewhere: told by the space before or behind them.
_OPENING, _CLOSING = re.compile(r"(?<![\w'’])'(?=[\w\"“])"), re.compile(r"(?<=[\w.,!?…])'(?!\w)")
_MARK = re.compile(r"[“”„«»\"]")
_ENDS_ONLY = "”»"
_STRAIGHT = re.compile(r"\"(?!(?<=[^\W\d_]\")[^\W\d_])")


@dataclass(frozen=True)
class QuotedSpeech:
    """Words that a document gives as quoted: `document.text[start:end]`, of its sentences `first` to `last`."""

    document: Annotated
    start: int
    end: int
    first: int
    last: int

    @property
    def text(self) -> str:
        """The words, with the marks that may stand among them."""
        return self.document.text[self.start : self.end]

    @property
    def author(self) -> str | None:
        """Whose an embedded post is, "" where that is not known; None where it is no block of its own."""
        block = self.document.blocks[self.document.sentences[self.first].block]
        if block.kind not in ("quote", "embed"):
            return None
        return (block.embed.author if block.embed else None) or ""

    @lazy
    def letters(self) -> str:
        """The words as they are compared."""
        return letters(self.text)


def letters(text: str) -> str:
    """A text as quotations are compared: without marks, in small letters."""
    return " ".join(plain(text).replace("'", "").split())


def parts(quoted: str) -> list[str]:
    """The parts of a quotation beside a cut marked with "…", or beside words in brackets, as they are compared."""
    found = (letters(part).strip(" .,;:!?") for part in _CUT.split(quoted))
    return [part for part in found if part]


def stand_in(wanted: Iterable[str], text: str) -> bool:
    """Whether the parts stand in the text in order, from word to word ("art" does not stand in "party")."""
    at = 0
    for part in wanted:
        at = _find(part, text, at)
        if at < 0:
            return False
        at += len(part)
    return True


def _find(part: str, text: str, start: int) -> int:
    at = text.find(part, start)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + len(part) : at + len(part) + 1]
        if not (_is_glued(before) and _is_glued(part[:1])) and not (_is_glued(after) and _is_glued(part[-1:])):
            return at
        at = text.find(part, at + 1)
    return at


def _is_glued(letter: str) -> bool:
    return letter.isalnum() and letter < "\u2e80"


def speech_of(quoted: str, document: Annotated) -> QuotedSpeech | None:
    """The speech of the document that a quotation is of: it holds it whole, or is where it begins, if the text has who
    says so among the words, or the quotation shows that it was cut."""
    wanted = parts(quoted)
    for speech in speeches(document):
        if stand_in(wanted, speech.letters):
            return speech
    for together in _runs(document, is_cut=len(wanted) > 1):
        if stand_in(wanted, " ".join(speech.letters for speech in together)):
            return together[0]
    return None


def is_in_speech(line: Annotation, span: Span, documents: Iterable[Annotated]) -> bool:
    """Whether words of a line stand in a quotation that is word for word one of the documents'."""
    within = [line.text[a:b] for a, b in line.quotations if a <= span[0] and span[1] <= b]
    return any(speech_of(quoted, document) for quoted in within for document in documents)


def _runs(document: Annotated, *, is_cut: bool) -> Iterator[list[QuotedSpeech]]:
    """The speeches of each paragraph; where nothing shows a cut, only those that who says so parts in one sentence."""
    for _, group in groupby(speeches(document), key=lambda one: document.annotations[one.first].block):
        together = list(group)
        if is_cut:
            yield together
        else:
            yield from ([one, other] for one, other in pairwise(together) if _is_parted_by_voice(one, other))


def _is_parted_by_voice(one: QuotedSpeech, other: QuotedSpeech) -> bool:
    if one.last != other.first:
        return False
    start = one.document.sentences[one.last].start
    voices = one.document.annotations[one.last].reports
    return any(one.end <= start + voice.cue_start < other.start for voice in voices)


def is_name(line: Annotation, span: Span) -> bool:
    """Whether what a line has between marks is a name, as of a film: every word of it but small ones has a capital."""
    common = common_words(line.language)
    words = [word for word in line.between(*span) if word.key not in common]
    return line.script in CASED and bool(words) and all(word.is_capital for word in words)


def is_torn(text: str) -> bool:
    """Whether straight marks do not pair in it, one inside another or one too few: then it is not known what they
    quote."""
    is_open = False
    for mark in _STRAIGHT.finditer(text):
        before = text[: mark.start()][-1:]
        opens = not is_open if before > "\u2e80" else not before.strip() or before in "([{—–-"
        if opens == is_open:
            return True
        is_open = opens
    return is_open


@lru_cache(maxsize=8)
def blocks(document: Annotated) -> tuple[str, ...]:
    """The words of the headline and of each block, as they are compared."""
    return (letters(document.title), *(letters(document.text[one.start : one.end]) for one in document.blocks))


@lru_cache(maxsize=8)
def speeches(document: Annotated) -> tuple[QuotedSpeech, ...]:
    """What the document quotes, in order: between marks, also over paragraphs, and its blocks of quoted text."""
    text = _CLOSING.sub("’", _OPENING.sub("‘", document.text))
    spans = [(start, _end(text, end)) for start, end in _merged(text, quotations(text))]
    spans += [(block.start, block.end) for block in document.blocks if block.kind in ("quote", "embed")]
    starts = [sentence.start for sentence in document.sentences[1:]]
    return tuple(QuotedSpeech(document, *span, *(bisect_right(starts, at) for at in span)) for span in sorted(spans))


def _merged(text: str, spans: list[Span]) -> list[Span]:
    """The spans, one that no mark ends in its paragraph with that which opens the next paragraph anew."""
    found: list[Span] = []
    for start, end in spans:
        if found and text.startswith("\n\n", found[-1][1]) and start <= found[-1][1] + len("\n\n“"):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _end(text: str, end: int) -> int:
    """Where a span ends that no mark ends in its paragraph: at the next mark, where that can only end one."""
    mark = _MARK.search(text, end) if text.startswith("\n\n", end) else None
    return mark.start() if mark and mark.group() in _ENDS_ONLY else end
