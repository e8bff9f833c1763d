"""The gold of tests/data/gold, marked by hand by somebody who had not seen the cleaner: every case, whole."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from briefing.clean.cleaner import clean
from briefing.types import Block, Document, Post

GOLD = Path(__file__).parent.parent / "data" / "gold" / "cases.jsonl"
CASES = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines() if line.strip()]
DATA = os.environ.get("BRIEFING_DATA")


def cases(sort: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in CASES if case["sort"] == sort]


def plain(text: str) -> str:
    """Compared as the gold's README says: NFC, no format characters but the joiners, white space as one space."""
    text = unicodedata.normalize("NFC", text)
    kept = (c for c in text if c in "\u200c\u200d" or unicodedata.category(c) != "Cf")
    return " ".join("".join(kept).split())


def cleaned(case: dict[str, Any], html: str) -> Document:
    return clean(Post(key="https://example.org/post", title="A title", html=html, language=case["language"]))


def shown(document: Document, block: Block) -> dict[str, Any]:
    text = document.text[block.start : block.end]
    if block.kind == "table_row":
        return {"kind": "table_row", "cells": [plain(cell) for cell in text.split("\t") if plain(cell)]}
    return {"kind": block.kind, "text": plain(text)}


def expected(block: dict[str, Any]) -> dict[str, Any]:
    if block["kind"] == "table_row":
        return {"kind": "table_row", "cells": [plain(cell) for cell in block["cells"] if plain(cell)]}
    return {"kind": block["kind"], "text": plain(block["text"])}


@pytest.mark.parametrize("case", cases("passage"))
def test_passage(case: dict[str, Any]) -> None:
    document = cleaned(case, case["html"])
    blocks = [shown(document, block) for block in document.blocks]
    answers = [case["blocks"], *case.get("also_accepted", [])]
    assert blocks in [[expected(block) for block in answer] for answer in answers]
    embeds = [block.embed for block in document.blocks if block.kind == "embed"]
    for embed, wanted in zip(embeds, (block for block in case["blocks"] if block["kind"] == "embed"), strict=True):
        assert embed is not None
        told = {"author", "handle", "published", "url"} & wanted.keys()
        assert {name: getattr(embed, name) for name in told} == {name: wanted[name] for name in told}


@pytest.mark.skipif(DATA is None, reason="BRIEFING_DATA does not name the folder of the development data")
@pytest.mark.parametrize("case", cases("post"))
def test_post(case: dict[str, Any]) -> None:
    raw = json.loads((Path(DATA or "") / "wordpress" / case["file"]).read_text(encoding="utf-8"))
    item = raw if case["index"] is None else raw[case["index"]]
    document = cleaned(case, item["content"]["rendered"])
    text = plain(document.text)
    at = 0
    for phrase in map(plain, case["present"]):
        found = text.find(phrase, at)
        assert found >= 0, f"missing, or out of order: {phrase!r}"
        at = found + len(phrase)
    assert [phrase for phrase in case.get("absent", ()) if plain(phrase) in text] == []
    assert [pair for pair in case.get("glue", ()) if plain("".join(pair)) in text] == []
    assert [phrase for phrase in case.get("once", ()) if text.count(plain(phrase)) != 1] == []
    starts = [
        (block.kind, plain(document.text[block.start : block.end].partition("\t")[0])) for block in document.blocks
    ]
    for wanted in case.get("blocks", ()):
        assert any(
            kind == wanted["kind"] and start.startswith(plain(wanted["starts_with"])) for kind, start in starts
        ), wanted
