"""The archive's files on disk: changed as one, and those of ours that no longer belong to it taken away."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path

from briefing.workflow.whole_folder import change_folder

MANIFEST = "archive.json"
_PAGES = re.compile(
    r"index\.html|feed\.xml|digests/\d{4}-\d\d-\d\d-[0-9a-f]{12}\.html|(?:stories|questions)/[0-9a-f]{12}\.html"
)


def write_site(files: Iterable[tuple[str, str]], folder: Path) -> tuple[int, int]:
    """How many files the archive has, and how many of them changed.

    Its manifest names them: nothing else in the folder is replaced or taken away. ConfigError where the folder cannot
    be written, or something that is not ours stands where a file is to be.
    """
    pages = {path: text.encode() for path, text in files}
    for path in pages:
        if not _PAGES.fullmatch(path):
            raise ValueError(f"{path}: no name of the archive's")
    hashes = {path: hashlib.sha256(data).hexdigest() for path, data in sorted(pages.items())}
    manifest = json.dumps({"made_by": "briefing archive", "files": hashes}, indent=1).encode()
    changed = change_folder(folder, pages | {MANIFEST: manifest}, made=_made)
    return len(pages), len(changed - {MANIFEST})


def _made(folder: Path) -> set[str]:
    """What the manifest in the folder says is of the archive, itself included; nothing where there is none."""
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
        if found["made_by"] != "briefing archive":
            return set()
        return {MANIFEST, *filter(_PAGES.fullmatch, found["files"])}
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return set()
