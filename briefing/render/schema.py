"""JSON in and out of our values, and its JSON Schema, from the dataclasses themselves."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import ConfigDict, TypeAdapter, ValidationError

from briefing.render.escaping import json_safe
from briefing.render.shape import whole_digest, whole_documents
from briefing.types import Answer, CheckedText, Digest, Document, Summary

if TYPE_CHECKING:
    from briefing.render.subject import Subject

SCHEMA_VERSION = 3
_Value = TypeVar("_Value")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def to_json(value: Summary | Digest | Answer | CheckedText) -> str:
    """The value as indented JSON with a final newline; every field is there, empty ones too."""
    return _dumped(type(value), value)


def json_page(subject: Subject) -> bytes:
    """The subject as `to_json` writes it, a digest in the language asked for."""
    value, language = subject.value, subject.language
    return to_json(replace(value, language=language) if language and isinstance(value, Digest) else value).encode()


def from_json(text: str) -> Digest:
    """The digest `to_json` wrote, of this schema or of version 2.

    ValueError where it is none, or of another, which names the field that is wrong.
    """
    given = _loaded(text)
    version = given.get("schema_version") if isinstance(given, dict) else None
    if version == 2:
        return whole_digest(_counted(_read_as(Digest, _upgraded(given))))
    digest = _read_as(Digest, given)
    if digest.schema_version != SCHEMA_VERSION:
        raise ValueError(f"schema_version is {digest.schema_version}; this version reads {SCHEMA_VERSION}")
    return whole_digest(digest)


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested deeper than any digest is") from error


def answer_from_json(text: str) -> Answer:
    """An answer as it was stored, of this schema or of version 2."""
    return _read_as(Answer, _upgraded(_loaded(text)))


def _read_as(kind: type[_Value], value: Any) -> _Value:
    return cast(_Value, _validated(kind, json.dumps(value)))


def _validated(kind: Any, text: str) -> Any:
    """The value in a JSON text; a ValueError that names the field where it is of the wrong shape."""
    try:
        return _adapter(kind).validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise ValueError(f"{where}: {first['msg']}" if where else first["msg"]) from error


def _upgraded(value: Any) -> Any:
    """What version 2 wrote in the words of version 3: code had checked selected lines; nobody read the others."""
    if isinstance(value, list):
        return [_upgraded(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    renamed = {_RENAMED.get(key, key): _upgraded(inner) for key, inner in value.items()}
    if renamed.get("schema_version") == 2:
        renamed["schema_version"] = SCHEMA_VERSION
    check = renamed.get("check")
    if isinstance(check, dict) and check.get("verdict") in ("supported", "repaired"):
        is_selected = renamed.get("origin") == "selected" and check["verdict"] == "supported"
        renamed["check"] = check | {"verdict": "carried" if is_selected else "unread"}
    return renamed


_RENAMED = {"sentences_unread": "sentences_unseen", "unread": "unseen"}


def _counted(digest: Digest) -> Digest:
    """The digest with its lines counted by their marks, which version 2 did not have."""
    marks = Counter(claim.check.verdict for claim in digest.lines if claim.check)
    covered = replace(digest.coverage, carried=marks["carried"], read=marks["read"], unread=marks["unread"])
    return replace(digest, coverage=covered)


def documents_to_json(documents: Iterable[Document]) -> str:
    """The documents a digest rests on, as a JSON array with a final newline."""
    return _dumped(list[Document], list(documents))


def documents_from_json(text: str) -> list[Document]:
    """The documents `documents_to_json` wrote. ValueError where it is no such array, which names the field."""
    documents: list[Document] = _validated(list[Document], text)
    return whole_documents(documents)


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
