import json
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import jsonschema
import pytest
from digest_samples import arabic, digest, gaza, written

from briefing import types
from briefing.render.schema import documents_from_json, documents_to_json, from_json, json_schema, to_json
from briefing.types import Block, Document, DroppedText, Embed, Post, Sentence


def _validator() -> jsonschema.Draft202012Validator:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def test_a_digest_comes_back_as_it_went() -> None:
    value = digest()
    assert from_json(to_json(value)) == value


def test_what_is_written_validates() -> None:
    for value in (digest(), digest(written(), language="ar"), digest(arabic())):
        _validator().validate(json.loads(to_json(value)))


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("stories", 0, "summaries", 0, "claims", 0, "certainty"), "certain"),
        (("stories", 0, "summaries", 0, "claims", 0, "evidence", 0, "start"), "10"),
        (("coverage", "posts_read"), None),
        (("made_at",), 7),
    ],
)
def test_what_is_wrong_does_not_validate(path: tuple[str | int, ...], wrong: object) -> None:
    value = json.loads(to_json(digest()))
    at: Any = value
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = wrong
    with pytest.raises(jsonschema.ValidationError):
        _validator().validate(value)


def test_a_field_left_out_does_not_validate() -> None:
    value = json.loads(to_json(digest()))
    del value["stories"][0]["summaries"][0]["claims"][0]["evidence"][0]["quote"]
    with pytest.raises(jsonschema.ValidationError):
        _validator().validate(value)


def test_the_schema_names_its_unit() -> None:
    schema = json_schema()
    assert "Unicode code points" in schema["description"]
    for end in ("start", "end"):
        assert "Unicode code points" in schema["$defs"]["Evidence"]["properties"][end]["description"]


def _undescribed() -> Iterator[str]:
    schema = json_schema()
    for name, definition in {"Digest": schema, **schema["$defs"]}.items():
        assert {f.name for f in fields(getattr(types, name))} == set(definition["properties"])
        yield from (
            f"{name}.{field}" for field, about in definition["properties"].items() if "description" not in about
        )


def test_every_field_says_what_it_is() -> None:
    assert list(_undescribed()) == []


@pytest.mark.parametrize("text", ["", "{}", "[]", "not json", to_json(gaza())])
def test_what_is_no_digest_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_json(text)


def test_another_version_is_refused() -> None:
    for version in (1, 4):
        with pytest.raises(ValueError, match=f"schema_version is {version}"):
            from_json(to_json(replace(digest(), schema_version=version)))


def test_what_version_2_wrote_is_read_in_the_words_of_version_3() -> None:
    """Lines that were selected and stood are carried, written ones nobody read; what a line was before is kept."""
    value = json.loads(to_json(digest(gaza(), written())))
    value["schema_version"] = 2
    value["coverage"]["sentences_unread"] = value["coverage"].pop("sentences_unseen")
    for name in ("carried", "read", "unread"):
        del value["coverage"][name]
    for story in value["stories"]:
        for summary in story["summaries"]:
            summary["unread"] = summary.pop("unseen")
            for claim in summary["claims"]:
                if check := claim["check"]:
                    check["verdict"] = "repaired" if check["before"] else "supported"
                    del check["reader"], check["unaccounted"], check["rows"]
    read = from_json(json.dumps(value))
    marks = {(c.origin, c.check.verdict, c.check.before is None) for c in read.lines if c.check}
    assert {("selected", "carried", True), ("written", "unread", False)} <= marks
    assert read.coverage.unread == [c.check and c.check.verdict for c in read.lines].count("unread")
    assert read.schema_version == 3


def test_json_is_inert_in_a_terminal_and_in_a_page() -> None:
    """Escapes, not deletions: the words come back as they were."""
    title = "<script>\x1b[31m\x9b\u202eevil\u2028\ufeff\x00"
    text = to_json(digest(title=title))
    assert not set(title) & set(text) - set("script[31mevil>")
    assert from_json(text).title == title


def test_documents_come_back_as_they_went() -> None:
    post = Post(key="k", title="T", html="<p>Ça va.</p>", categories=("a", "b"))
    embed = Embed("x", author="A", url="https://x.example/1")
    document = Document(
        post=post,
        title="T",
        text="Ça va.",
        blocks=(Block("embed", 0, 6, 1, 1, embed=embed),),
        sentences=(Sentence(0, 0, 1, -1), Sentence(1, 0, 6, 0)),
        dropped=(DroppedText("script", "x"),),
    )
    assert documents_from_json(documents_to_json([document])) == [document]
