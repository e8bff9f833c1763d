"""JSON in and out of our values, and its JSON Schema, from the dataclasses themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict, TypeAdapter

from briefing.render.escaping import json_safe
from briefing.types import Answer, Digest, Document, Summary

if TYPE_CHECKING:
    from briefing.render.subject import Subject

SCHEMA_VERSION = 2


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def to_json(value: Summary | Digest | Answer) -> str:
    """The value as indented JSON with a final newline; every field is there, empty ones too."""
    return _dumped(type(value), value)


def json_page(subject: Subject) -> bytes:
    """The subject as `to_json` writes it, a digest in the language asked for."""
    value, language = subject.value, subject.language
    return to_json(replace(value, language=language) if language and isinstance(value, Digest) else value).encode()


def from_json(text: str) -> Digest:
    """The digest `to_json` wrote. ValueError where it is none, or of another version of the schema."""
    digest: Digest = _adapter(Digest).validate_json(text)
    if digest.schema_version != SCHEMA_VERSION:
        raise ValueError(f"schema_version is {digest.schema_version}; this version reads {SCHEMA_VERSION}")
    return digest


def documents_to_json(documents: Iterable[Document]) -> str:
    """The documents a digest rests on, as a JSON array with a final newline."""
    return _dumped(list[Document], list(documents))


def documents_from_json(text: str) -> list[Document]:
    """The documents `documents_to_json` wrote. ValueError where it is no such array."""
    documents: list[Document] = _adapter(list[Document]).validate_json(text)
    return documents


def _dumped(kind: Any, value: Any) -> str:
    return json_safe(_adapter(kind).dump_json(value, indent=2).decode()) + "\n"


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `digest.json`; what a field holds is said under it in `types`."""
    # A dataclass takes no configuration from outside unless it stands in something else; and whoever only writes JSON
    # should not wait for the docstrings to be read from the source.
    nested = TypeAdapter(tuple[Digest], config=ConfigDict(use_attribute_docstrings=True))
    definitions = nested.json_schema(mode="serialization")["$defs"]
    digest = definitions.pop("Digest")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": definitions,
        **digest,
        "description": f"{digest['description']}\n\n{_OFFSETS}",
    }


_OFFSETS = (
    "Offsets count Unicode code points of the document's text (of its title, for sentence 0), `end` exclusive: "
    "text[start:end] == quote. They are neither bytes nor UTF-16 units, so in JavaScript split the text into code "
    "points first ([...text].slice(start, end).join(''))."
)
