"""From sentence numbers to evidence: the quote, its offsets, and a link that opens the source on that very sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urldefrag

from briefing.types import Block, Claim, Document, Draft, Evidence

# A whole sentence up to this many characters goes into the link; of a longer one only its first and last words do,
# since mail programs and chats cut long links.
_WHOLE_CHARS = 90
_EDGE_WORDS = 5
_WORDS = re.compile(r"\S+")


def _encoded(words: str) -> str:
    """Percent-encoded for a text directive, in which `-`, `,` and `&` are syntax (WICG scroll-to-text-fragment)."""
    return quote(words, safe="").replace("-", "%2D")


def _edges(sentence: str) -> tuple[str, str] | None:
    """The first and last words of a long sentence; None where it is short, or written without spaces."""
    words = [match.span() for match in _WORDS.finditer(sentence)]
    if len(sentence) <= _WHOLE_CHARS or len(words) <= 2 * _EDGE_WORDS:
        return None
    return sentence[: words[_EDGE_WORDS - 1][1]], sentence[words[-_EDGE_WORDS][0] :]


def _directive(sentence: str) -> str:
    edges = _edges(sentence)
    return ",".join(_encoded(edge) for edge in edges) if edges else _encoded(sentence)


def _block_of(document: Document, number: int) -> Block | None:
    return document.blocks[document.sentences[number].block] if number else None


def link(document: Document, number: int) -> str | None:
    """The address that opens the source on sentence `number`, by a text fragment; for an embed its own permalink.

    None where the post has no address.
    """
    block = _block_of(document, number)
    if block and block.embed and block.embed.url:
        return block.embed.url
    if not document.post.url:
        return None
    words = document.quote(number)
    address = urldefrag(document.post.url).url
    return f"{address}#:~:text={_directive(words)}" if words else address


def evidence(document: Document, number: int) -> Evidence:
    """Sentence `number` of the document as evidence. IndexError where the document has no such sentence."""
    words = document.quote(number)
    sentence = document.sentences[number]
    return Evidence(document.key, number, sentence.start, sentence.end, words, link(document, number))


def _has_sentence(documents: Mapping[str, Document], key: str, number: int) -> bool:
    return key in documents and 0 <= number < len(documents[key].sentences)


def ground(draft: Draft, documents: Mapping[str, Document], *, id: str) -> Claim:
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
    return None
