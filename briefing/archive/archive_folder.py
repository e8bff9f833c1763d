"""The archive's files on disk: written where they changed, and those of ours that no longer belong to it taken away."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from briefing.exceptions import ConfigError
from briefing.workflow.digest_folder import replace_file

_OURS = re.compile(
    r"index\.html|feed\.xml|digests/\d{4}-\d\d-\d\d-[0-9a-f]{12}\.html|(?:stories|questions)/[0-9a-f]{12}\.html"
)
_FOLDERS = ("digests", "stories", "questions")


def write_site(files: Iterable[tuple[str, str]], folder: Path) -> tuple[int, int]:
    """How many files the archive has, and how many of them changed. ConfigError where the folder cannot be written.

    Nothing is written outside of the folder: a name is made of dates and hashes only, and a link in the way is no
    folder of ours.
    """
    try:
        for name in _FOLDERS:
            if (folder / name).is_symlink():
                raise ConfigError(f"{folder / name}: leads elsewhere; remove the link, or choose another folder")
            (folder / name).mkdir(parents=True, exist_ok=True)
        kept = {path: _put(folder, path, text) for path, text in files}
        for path in [*folder.glob("*.*"), *(p for name in _FOLDERS for p in (folder / name).iterdir())]:
            name = path.relative_to(folder).as_posix()
            if _OURS.fullmatch(name) and name not in kept:
                path.unlink()
    except OSError as error:
        raise ConfigError(f"{folder}: cannot be written: {error.strerror}") from error
    return len(kept), sum(kept.values())


def _put(folder: Path, path: str, text: str) -> bool:
    """Whether it was written: what stands there already is left alone."""
    if not _OURS.fullmatch(path):
        raise ValueError(f"{path}: no name of the archive's")
    target, data = folder / path, text.encode()
    if target.is_file() and not target.is_symlink() and target.read_bytes() == data:
        return False
    replace_file(target, data)
    return True
