"""What a type cannot say of a digest and its documents that came from a file: that their parts fit each other.

Everything after relies on it: numbers that name sentences, spans that lie in the text, moments that can be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from briefing.types import Block, Digest, Document, Sentence


def whole_documents(documents: list[Document]) -> list[Document]:
    """The documents. ValueError, which names the field, where a part of one does not fit the others."""
    keys: set[str] = set()
    for place, document in enumerate(documents):
        _refuse(f"{place}.{field}: {why}" for field, why in _faults(document))
        _refuse([f"{place}.post.key: the same post twice"] if document.key in keys else ())
        keys.add(document.key)
    return documents


def whole_digest(digest: Digest) -> Digest:
    """The digest. ValueError, which names the field, where something in it cannot be laid out."""
    for name in ("stories", "also"):
        for place, story in enumerate(getattr(digest, name)):
            _refuse([f"{name}.{place}.summaries: there is none"] if not story.summaries else ())
            numbers = [reason.value for reason in story.reasons if reason.kind == "sources"]
            _refuse(f"{name}.{place}.reasons: no number: {n[:20]}" for n in numbers if not _is_number(n))
    _refuse(_naive(digest, ""))
    _refuse([] if _is_zone(digest.timezone) else ["timezone: there is none of that name"])
    return digest


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _refuse(faults: Iterable[str]) -> None:
    for fault in faults:
        raise ValueError(fault)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _faults(document: Document) -> Iterator[tuple[str, str]]:
    if not document.sentences:
        yield "sentences", "there is none, not even a headline"
    for number, sentence in enumerate(document.sentences):
        text = document.text if number else document.title
        if sentence.number != number:
            yield f"sentences.{number}.number", f"{sentence.number}, in place {number}"
        elif not 0 <= sentence.start <= sentence.end <= len(text):
            yield f"sentences.{number}", f"from {sentence.start} to {sentence.end} of {len(text)} characters"
        elif number and not _is_of(sentence, document.blocks):
            yield f"sentences.{number}.block", f"{sentence.block}: none of the {len(document.blocks)} blocks holds it"
    for place, block in enumerate(document.blocks):
        if not 0 <= block.start <= block.end <= len(document.text):
            yield f"blocks.{place}", f"from {block.start} to {block.end} of {len(document.text)} characters"
        elif not 0 < block.first <= block.last < len(document.sentences):
            yield f"blocks.{place}", f"sentences {block.first} to {block.last} of {len(document.sentences) - 1}"
    yield from ((said.partition(": ")[0], "no time zone") for said in _naive(document.post, "post"))


def _is_of(sentence: Sentence, blocks: tuple[Block, ...]) -> bool:
    if not 0 <= sentence.block < len(blocks):
        return False
    return blocks[sentence.block].first <= sentence.number <= blocks[sentence.block].last


def _naive(value: Any, where: str) -> Iterator[str]:
    """The moments in a value that bear no time zone, by the way to them."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            yield f"{where}: no time zone"
    elif isinstance(value, tuple):
        for place, inner in enumerate(value):
            yield from _naive(inner, f"{where}.{place}")
    elif is_dataclass(value):
        for field in fields(value):
            yield from _naive(getattr(value, field.name), f"{where}.{field.name}".removeprefix("."))
