"""The real texts that the figures are measured on, from the folder that BRIEFING_DATA names."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from briefing.sources.files import read_files
from briefing.types import Post


def folder() -> Path:
    """The data folder; ends the program with one line where BRIEFING_DATA names none."""
    path = Path(os.environ.get("BRIEFING_DATA", ""))
    if not os.environ.get("BRIEFING_DATA") or not path.is_dir():
        sys.exit("set BRIEFING_DATA to the folder of real texts")
    return path


def wordpress_posts() -> list[tuple[str, Post]]:
    """Every saved WordPress post with the language folder it lies in ("en" for the single file)."""
    root = folder() / "wordpress"
    found = []
    for path in sorted(root.rglob("*.json")):
        language = path.parent.name if path.parent != root else "en"
        found += [(language, post) for post in read_files(path) if isinstance(post, Post)]
    return found


def lines(name: str) -> list[dict[str, object]]:
    """The objects of a JSON lines file below the data folder."""
    with (folder() / name).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]
