"""The claims people wrote: paraphrases and translations, true ones and their twins with one planted error.

`tests/data/paraphrases/README.md` says how they were written. A document is made of the sentences cited, then the rest
of the text they come from, so that names "from inside the document" are inside it.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.perturb import half
from briefing.language.sentences import split
from briefing.types import Block, Document, Post, Sentence

FOLDER = Path(__file__).parent.parent / "tests/data/paraphrases"


@dataclass(frozen=True, slots=True)
class Written:
    """One written claim: the sentences 1 to `cited` of its document are those it rests on."""

    id: str
    language: str
    document: Document
    cited: int
    claim: str
    error: str | None
    is_checkable: bool


def written(data: Path, name: str, part: str) -> Iterator[Written]:
    """The claims of a file ("paraphrases", "translated") whose text is in this part ("dev", "test", "all")."""
    for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        if part not in ("all", kept_for(str(record["source"]) + str(record["item"]))):
            continue
        document = _document(record, _text(data, str(record["source"]), record["item"]))
        yield Written(
            record["id"],
            record["lang"],
            document,
            len(record["sentences"]),
            record["claim"],
            record["error"],
            bool(record.get("checkable")),
        )


def kept_for(key: str) -> str:
    """Which part a text is in: a quarter of them are "test"."""
    return "test" if half(key) == "test" and hashlib.sha256(key.encode()).digest()[1] % 2 else "dev"


@cache
def _records(path: Path) -> list[dict[str, Any]]:
    text = path.read_text("utf-8")
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in text.splitlines()]
    found = json.loads(text)
    return found if isinstance(found, list) else [found]


def _text(data: Path, source: str, item: object) -> str:
    if source == "written":
        return next(str(record["text"]) for record in _records(FOLDER / "written.jsonl") if record["id"] == item)
    path = data / source if (data / source).exists() else FOLDER.parents[2] / source
    records = _records(path)
    if path.suffix == ".jsonl":
        return next(str(record["text"]) for record in records if record["id"] == item)
    index = int(str(item)) if isinstance(item, int | str) and str(item).isdigit() else 0
    record = records[min(index, len(records) - 1)]
    return html.unescape(re.sub(r"<[^>]+>", " ", record["content"]["rendered"]))


def _document(record: dict[str, Any], rest: str) -> Document:
    lines = list(record["sentences"])
    whole = " ".join(rest.split())
    lines += [whole[start:end] for start, end in split(whole, record["lang"])]
    title = record.get("title") or ""
    sentences, blocks, at = [Sentence(0, 0, len(title), -1)], [], 0
    for number, line in enumerate(lines, 1):
        sentences.append(Sentence(number, at, at + len(line), number - 1))
        blocks.append(Block("paragraph", at, at + len(line), number, number))
        at += len(line) + 2
    published = datetime.fromisoformat(record["published"].replace("Z", "+00:00")) if record.get("published") else None
    post = Post(f"{record['source']}#{record['item']}#{record['id']}", title, "", published=published)
    return Document(post, title, "\n\n".join(lines), tuple(blocks), tuple(sentences), record["lang"])
