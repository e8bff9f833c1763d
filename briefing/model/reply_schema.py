"""The shape of a reply: its JSON schema as endpoints want it, and reading a reply back into it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

Shape = TypeVar("Shape", bound=BaseModel)

NOT_IN_STRICT: Final = ("default", "title", "minLength", "maxLength")
"""Keywords that "strict" refuses, or that only cost tokens; what they ask for is checked when the reply is read."""
MOST_CANDIDATES: Final = 20
MOST_PROBLEMS: Final = 6
MOST_PROBLEM_CHARS: Final = 200
LONGEST_LOOP: Final = 600
LEAST_LOOP: Final = 120
"""In characters, of what a reply may end in."""

_FENCE = re.compile(r"```[a-zA-Z]*\s*\n(.*?)```", re.DOTALL)
_THOUGHTS = re.compile(r"^\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
# Some templates open the thoughts themselves: the reply begins within them, and only their end is in it.
_OPENED_THOUGHTS = re.compile(r"^(?:(?!<think).)*</think(?:ing)?>", re.DOTALL)


def strict_schema(shape: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of `shape` as "strict" wants it: every object closed, every property required. Not to be changed.

    Made once for each shape: it is wanted three times a call, and takes as long to make as the rest of the call's work.
    """
    return _strict_schema(shape)


@cache
def _strict_schema(shape: type[BaseModel]) -> dict[str, Any]:
    schema = shape.model_json_schema()
    closed: dict[str, Any] = _strict(schema, schema.get("$defs", {}))
    return closed


def schema_note(shape: type[BaseModel]) -> str:
    """What is added to the system prompt where an endpoint takes no schema."""
    schema = json.dumps(strict_schema(shape), ensure_ascii=False, separators=(",", ":"))
    return f"Answer with one JSON object that fits this JSON schema, and with nothing else:\n{schema}"


def read_reply(text: str, shape: type[Shape]) -> Shape:
    """The reply in `text`: the text as it is, the inside of a code fence, or the first object that fits.

    Thoughts before it are left out; JSON within a JSON string is read as what it is.

    Raises pydantic's ValidationError, of the likeliest candidate, where nothing fits.
    """
    problem: ValidationError | None = None
    for candidate in _candidates(_answer_in(text)):
        try:
            return shape.model_validate_json(candidate)
        except ValidationError as error:
            problem = error if problem is None or _is_nearer(error, problem) else problem
    assert problem is not None
    raise problem


def _answer_in(text: str) -> str:
    """The text without the thoughts before it."""
    text = _THOUGHTS.sub("", text)
    return (_OPENED_THOUGHTS.sub("", text) if "</think" in text else text).strip()


def repeats_itself(text: str) -> bool:
    """Whether a reply that was cut ends in a loop: something three times in a row, over 120 characters at least.

    Where the cut falls in it does not matter, since what repeats does so from any of its places.
    """
    for length in range(1, LONGEST_LOOP + 1):
        end = text[-max(3 * length, LEAST_LOOP) :]
        if len(end) >= LEAST_LOOP and len(end) >= 3 * length and end[length:] == end[:-length]:
            return True
    return False


def problems(error: ValidationError) -> str:
    """What is wrong with a reply, for the model that wrote it: one line a problem."""
    lines = []
    for entry in error.errors(include_url=False, include_input=False, include_context=False)[:MOST_PROBLEMS]:
        where = ".".join(str(part) for part in entry["loc"]) or "the reply"
        lines.append(f"- {where}: {entry['msg']}"[:MOST_PROBLEM_CHARS])
    return "\n".join(lines)


def _candidates(text: str) -> Iterator[str]:
    yield text
    if text.startswith('"'):
        with suppress(ValueError):
            yield str(json.loads(text))
    yield from (match[1] for match in _FENCE.finditer(text))
    decoder, position = json.JSONDecoder(), text.find("{")
    for _ in range(MOST_CANDIDATES):
        if position < 0:
            return
        try:
            _, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            end = position + 1
        else:
            yield text[position:end]
        position = text.find("{", end)


def _is_nearer(error: ValidationError, other: ValidationError) -> bool:
    """JSON that does not fit is nearer to a reply than text that is no JSON."""
    return _is_no_json(other) and not _is_no_json(error)


def _is_no_json(error: ValidationError) -> bool:
    return error.errors(include_url=False)[0]["type"] == "json_invalid"


def _strict(node: Any, definitions: Mapping[str, Any]) -> Any:
    if isinstance(node, list):
        return [_strict(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node and len(node) > 1:
        # "strict" takes nothing beside a $ref, and the description beside it is what the model goes by
        beside = {name: value for name, value in node.items() if name != "$ref"}
        return _strict({**definitions[node["$ref"].rpartition("/")[2]], **beside}, definitions)
    closed = {
        name: {key: _strict(value, definitions) for key, value in inner.items()}
        if name in ("properties", "$defs")
        else _strict(inner, definitions)
        for name, inner in node.items()
        if name not in NOT_IN_STRICT
    }
    if "properties" in closed:
        closed |= {"additionalProperties": False, "required": list(closed["properties"])}
    return closed
