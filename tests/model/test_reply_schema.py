"""Schemas as endpoints want them, replies as models write them."""

from __future__ import annotations

import json
import time
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from briefing.model.replies import LinesReply
from briefing.model.reply_schema import problems, read_reply, repeats_itself, schema_note, strict_schema


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


LINE = {"text": "It rained.", "rests_on": [1], "kind": "fact", "speaker": None, "voice": None, "certainty": "asserted"}
LINES = json.dumps({"lines": [LINE]})


@pytest.mark.parametrize(
    "text",
    [
        f"Let me think. First: {LINES.replace('It rained.', 'A draft.')}\n</think>\n\n{LINES}",
        f"<think>A draft: {LINES.replace('It rained.', 'A draft.')}</think>{LINES}",
        json.dumps(LINES),
        LINES.replace("[1]", '["[1]"]'),
        LINES.replace("[1]", '["1"]'),
        json.dumps({"lines": [{"text": "It rained.", "rests_on": [1], "kind": "fact", "certainty": "asserted"}]}),
        LINES.replace('"fact"', '"statement"').replace('"asserted"', '"certain"'),
        LINES.replace('"fact"', '"Fact"'),
    ],
)
def test_what_small_models_get_wrong_is_read_as_it_is_meant(text: str) -> None:
    assert read_reply(text, LinesReply).model_dump() == {"lines": [LINE]}


@pytest.mark.parametrize("wrong", ['"one"', "1.5", "true", "[1]", "null"])
def test_what_is_no_number_is_none(wrong: str) -> None:
    with pytest.raises(ValidationError):
        read_reply(LINES.replace("[1]", f"[{wrong}]"), LinesReply)


@pytest.mark.parametrize(
    "text", ['{"lines": [{"text": "' + "the the " * 500, '{"lines": [' + f"{json.dumps(LINE)}, " * 9]
)
def test_a_reply_that_was_cut_in_a_loop_is_known(text: str) -> None:
    assert all(repeats_itself(text[: len(text) - cut]) for cut in range(0, 100, 7))


def test_a_reply_that_goes_on_is_no_loop() -> None:
    lines = [LINE | {"text": f"On day {n} the board counted {n * 7} ships."} for n in range(60)]
    assert not repeats_itself(json.dumps({"lines": lines}, indent=2)[:-40])
    assert not repeats_itself('{"lines": [')
