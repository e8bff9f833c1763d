"""From sentence numbers to evidence: the quote, its offsets, and a link that opens the source on that very sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from urllib.parse import quote, unquote, urldefrag

from briefing.types import Block, Claim, Document, Draft, Evidence

# A whole sentence up to this many characters goes into the link; of a longer one only its first and last words do,
# since mail programs and chats cut long links.
_WHOLE_CHARS = 90
_EDGE_WORDS = 5
_PREFIX_WORDS = 4
_WORDS = re.compile(r"\S+")


def _encoded(words: str) -> str:
    """Percent-encoded for a text directive, in which `-`, `,` and `&` are syntax (WICG scroll-to-text-fragment)."""
    return quote(words, safe="").replace("-", "%2D")


class _FoldedText(dict[int, str]):
    """Browsers match without regard to case and accents; each character is folded to one, so that offsets hold."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFD", chr(code).lower())[0]
        self[code] = folded
        return folded


_FOLDED = _FoldedText()


def _fold(text: str) -> str:
    return text.translate(_FOLDED)


@dataclass(frozen=True, slots=True)
class _Page:
    """The text of a post as a browser searches it, and the source's HTML, where white space is still as it was."""

    text: str
    html: str

    def edges(self, sentence: str, at: int) -> tuple[str, ...]:
        """What names the sentence at `text[at:]`: the whole of it where it is short, or is written without spaces; else
        its first and last words, more of the first where the page has the same words earlier."""
        words = [match.span() for match in _WORDS.finditer(sentence)]
        is_short = len(sentence) <= _WHOLE_CHARS or len(words) <= 2 * _EDGE_WORDS
        if "\n" not in sentence and ((is_short and self._is_plain(sentence)) or len(words) < _EDGE_WORDS):
            return (sentence,)
        first, last = _first_line(sentence, words), _last_line(sentence, words)
        starts = [sentence[: words[n - 1][1]] for n in range(min(_EDGE_WORDS, first), first + 1)]
        ends = [sentence[words[-n][0] :] for n in range(min(_EDGE_WORDS, last), 0, -1)]
        start = next((start for start in starts if self._opens(start, at)), starts[0])
        return self._plain_start(start, at), self._plain_end(ends)

    def prefix(self, at: int) -> str:
        """The words before the sentence, which tell it from an earlier one of the same words."""
        words = self.text[max(0, at - 200) : at].rstrip().rsplit("\n", 1)[-1].split()
        return " ".join(words[-_PREFIX_WORDS:])

    def _opens(self, words: str, at: int) -> bool:
        return self.text.find(_fold(words)) == at

    def _is_plain(self, words: str) -> bool:
        """Whether the words stand in the source with the same white space: a browser does not fold other spaces."""
        return words in self.html

    def _plain_start(self, start: str, at: int) -> str:
        """Fewer first words where the source has other white space between them, as far as they still open it."""
        words = start.split(" ")
        shorter = [" ".join(words[:n]) for n in range(len(words), 1, -1)]
        return next((s for s in shorter if self._is_plain(s) and self._opens(s, at)), start)

    def _plain_end(self, ends: Sequence[str]) -> str:
        return next((end for end in ends if self._is_plain(end)), ends[0])


@lru_cache(maxsize=8)
def _page(title: str, text: str, html: str) -> _Page:
    """Made once for all the links of a document."""
    return _Page(_fold(f"{title}\n\n{text}"), unescape(html))


def _first_line(sentence: str, words: Sequence[tuple[int, int]]) -> int:
    """How many of the words stand on the first line: a match does not run over a line break."""
    return sum(end <= len(sentence.split("\n", 1)[0]) for _, end in words) or 1


def _last_line(sentence: str, words: Sequence[tuple[int, int]]) -> int:
    return sum(start > sentence.rfind("\n") for start, _ in words) or 1


def _directive(document: Document, number: int) -> str:
    """The text directive of a sentence, found in the page as a browser finds it: its first match is taken."""
    page = _page(document.title, document.text, document.post.html)
    at = document.sentences[number].start + (len(document.title) + 2 if number else 0)
    edges = page.edges(document.quote(number), at)
    prefix = page.prefix(at) if page.text.find(_fold(edges[0])) < at else ""
    return (f"{_encoded(prefix)}-," if prefix else "") + ",".join(map(_encoded, edges))


def names_words_of(document: Document, fragment: str) -> bool:
    """Whether what stands behind the "#" of an address highlights nothing but words of the document."""
    directive = fragment.removeprefix(":~:text=")
    if directive == fragment:
        return not fragment
    text = " ".join(_fold(f"{document.title}\n\n{document.text}").split())
    words = (_fold(unquote(part.removesuffix("-"))) for part in directive.split(","))
    return all(" ".join(part.split()) in text for part in words)


def _block_of(document: Document, number: int) -> Block | None:
    return document.blocks[document.sentences[number].block] if number else None


def evidence_link(document: Document, number: int) -> str | None:
    """The address that opens the source on sentence `number`, by a text fragment; for an embed its own permalink.

    None where the post has no address.
    """
    block = _block_of(document, number)
    if block and block.embed and block.embed.url:
        return block.embed.url
    if not document.post.url:
        return None
    address = urldefrag(document.post.url).url
    return f"{address}#:~:text={_directive(document, number)}" if document.quote(number) else address


def evidence(document: Document, number: int) -> Evidence:
    """Sentence `number` of the document as evidence. IndexError where the document has no such sentence."""
    words = document.quote(number)
    sentence = document.sentences[number]
    return Evidence(document.key, number, sentence.start, sentence.end, words, evidence_link(document, number))


def _has_sentence(documents: Mapping[str, Document], key: str, number: int) -> bool:
    return key in documents and 0 <= number < len(documents[key].sentences)


def cite(draft: Draft, documents: Mapping[str, Document], *, id: str) -> Claim:
    """The claim a draft becomes once its numbers are turned into quotes, offsets and links.

    Numbers that name no sentence are left out, so a claim may come out with no evidence: the verifier withholds it.
    """
    cited = [pair for pair in dict.fromkeys(draft.evidence) if _has_sentence(documents, *pair)]
    return Claim(
        id=id,
        text=draft.text,
        evidence=tuple(evidence(documents[key], number) for key, number in cited),
        kind=draft.kind,
        speaker=draft.speaker,
        certainty=draft.certainty,
        hedges=draft.hedges,
        origin=draft.origin,
        translated_from=draft.translated_from,
    )


def misquoted(evidence: Evidence, documents: Mapping[str, Document]) -> str | None:
    """Why a piece of evidence is not what its document says; None where it is, to the letter."""
    if not _has_sentence(documents, evidence.post, evidence.sentence):
        return f"[{evidence.sentence}] of {evidence.post}: not among the documents"
    document = documents[evidence.post]
    text = document.text if evidence.sentence else document.title
    if text[evidence.start : evidence.end] != evidence.quote:
        return f"[{evidence.sentence}]: the quote is not what stands from {evidence.start} to {evidence.end}"
    if document.quote(evidence.sentence) != evidence.quote:
        return f"[{evidence.sentence}]: the quote is not that sentence"
    sentence = document.sentences[evidence.sentence]
    if (evidence.start, evidence.end) != (sentence.start, sentence.end):  # the same words, elsewhere in the text
        return f"[{evidence.sentence}]: that sentence stands from {sentence.start} to {sentence.end}"
    return None
