"""Schemas as endpoints want them, replies as models write them."""

from __future__ import annotations

import json
import time
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from briefing.model.reply_schema import problems, read_reply, schema_note, strict_schema


class Speaker(BaseModel):
    title: str = Field(description="Not a schema keyword here.")


class Reply(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=80)
    kind: Literal["fact", "opinion"] = "fact"
    speaker: Speaker | None = Field(default=None, description="Whose word it is.")
    first: Speaker = Field(default=Speaker(title="x"), description="Beside a reference.")
    more: list[Speaker] = []


def objects(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [found for item in node for found in objects(item)]
    if not isinstance(node, dict):
        return []
    return [node, *(found for item in node.values() for found in objects(item))]


def test_every_object_is_closed_and_complete() -> None:
    schema = strict_schema(Reply)
    closed = [node for node in objects(schema) if "properties" in node and "type" in node]
    assert len(closed) >= 2
    for node in closed:
        assert node["additionalProperties"] is False
        assert node["required"] == list(node["properties"])


def test_nothing_that_strict_refuses() -> None:
    for node in objects(strict_schema(Reply)):
        assert not {"default", "minLength", "maxLength"} & set(node)
        assert "$ref" not in node or list(node) == ["$ref"]


def test_a_property_may_be_called_like_a_keyword() -> None:
    assert "title" in strict_schema(Reply)["$defs"]["Speaker"]["properties"]


def test_description_beside_a_reference_is_kept() -> None:
    assert strict_schema(Reply)["properties"]["first"]["description"] == "Beside a reference."


def test_note_holds_the_schema() -> None:
    assert json.dumps(strict_schema(Reply), separators=(",", ":")) in schema_note(Reply)


@given(st.text(alphabet="abc {}[]\"'`\n:,", max_size=40), st.text(alphabet="abc ]}`\n", max_size=40))
def test_reply_is_found_between_anything_but_other_braces(before: str, after: str) -> None:
    reply = Reply(text="It rained.").model_dump_json()
    quiet = before.replace("{", "").replace("}", "").replace("`", "")
    assert read_reply(f"{quiet}\n{reply}\n{after}", Reply).text == "It rained."


@given(st.text(max_size=300))
def test_other_text_is_a_validation_error(text: str) -> None:
    with pytest.raises(ValidationError):
        read_reply(text, Reply)


@pytest.mark.parametrize(
    "text", ['{"a":' * 100_000, "{" * 400_000, "```\n" * 50_000, "<think>" * 50_000, '{"a":1}' * 50_000]
)
def test_bombs_end_soon(text: str) -> None:
    started = time.perf_counter()
    with pytest.raises(ValidationError):
        read_reply(text, Reply)
    assert time.perf_counter() - started < 2


def test_problems_name_the_field_and_not_the_rest() -> None:
    with pytest.raises(ValidationError) as caught:
        read_reply('Sure: {"text": "", "kind": "rumour", "extra": 1}', Reply)
    lines = problems(caught.value).splitlines()
    assert [line.split(":")[0] for line in lines] == ["- text", "- kind", "- extra"]
    assert "Sure" not in "".join(lines)
