"""A finished digest on disk: `digest.{html,md,txt,json}` and `documents.json`, written, read back and checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from briefing.exceptions import ConfigError
from briefing.render.registry import OUTPUTS
from briefing.render.renderer import render_all
from briefing.render.schema import documents_from_json, documents_to_json, from_json, to_json
from briefing.types import Digest, Document
from briefing.workflow.whole_folder import change_folder, check_folder

_FORMATS: Final = {f"digest.{output.ending}": output.name for output in OUTPUTS.values()}
DIGEST, DOCUMENTS = "digest.json", "documents.json"


def _slim(document: Document) -> Document:
    """Without the source's HTML: what a check needs is the cleaned text."""
    return replace(document, post=replace(document.post, html="", excerpt_html=""))


def write_digest_folder(
    digest: Digest,
    documents: Iterable[Document],
    folder: Path,
    *,
    formats: Iterable[str],
    templates: Path | None = None,
    images: Mapping[str, str] | None = None,
    beside: Mapping[str, bytes | None] = MappingProxyType({}),
) -> list[Path]:
    """Render the digest into the folder, `digest.json` and `documents.json` always among the files; their paths.

    `templates` and `images` as `render_all` takes them. `digest.json` lists the hashes of its siblings. `beside` are
    files that go with the digest; None takes one away. All of it changes as one. ConfigError where the folder cannot be
    written, or holds something of the name of a file that is not of a digest.
    """
    kept = documents_to_json([_slim(document) for document in documents]).encode()
    shown = [name for name in formats if name != "json"]
    return _write(digest, render_all(digest, shown, templates=templates, images=images), kept, folder, beside)


def check_digest_folder(folder: Path, formats: Iterable[str], *, beside: Iterable[str] = ()) -> None:
    """ConfigError where `write_digest_folder` could not write there, as far as can be seen before."""
    names = [f"digest.{OUTPUTS[name].ending}" for name in formats]
    check_folder(folder, {*names, DOCUMENTS, DIGEST}, made=lambda target: _made(target, beside))


def _write(
    digest: Digest,
    pages: Mapping[str, bytes],
    documents: bytes,
    folder: Path,
    beside: Mapping[str, bytes | None] = MappingProxyType({}),
) -> list[Path]:
    files = {f"digest.{OUTPUTS[name].ending}": page for name, page in pages.items()} | {DOCUMENTS: documents}
    whole = replace(digest, files={name: hashlib.sha256(data).hexdigest() for name, data in files.items()})
    files[DIGEST] = to_json(whole).encode()
    more = {name: data for name, data in beside.items() if data is not None}
    change_folder(folder, files | more, made=lambda target: _made(target, beside))
    return [folder / name for name in files]


def _made(folder: Path, beside: Iterable[str]) -> set[str]:
    """What a digest in the folder says is of it, itself and what goes with it included; nothing where there is none."""
    try:
        found = json.loads((folder / DIGEST).read_bytes())
        listed = {name for name in found["files"] if Path(name).name == name}
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return set()
    is_ours = "schema_version" in found and "stories" in found
    return {*listed, DIGEST, *beside} if is_ours else set()


def _bytes(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise ConfigError(f"{folder / name}: cannot be read: {error}") from error


def read_digest_folder(folder: Path) -> tuple[Digest, dict[str, Document]]:
    """A finished digest and the documents it rests on, by post key. ConfigError where the folder holds none."""
    if not (folder / DIGEST).is_file():
        raise ConfigError(f"{folder}: there is no {DIGEST} in it; name the folder that `briefing digest --out` wrote")
    try:
        documents = documents_from_json(_bytes(folder, DOCUMENTS).decode())
        return from_json(_bytes(folder, DIGEST).decode()), {document.key: document for document in documents}
    except ValueError as error:
        raise ConfigError(f"{folder}: not a digest: {str(error).splitlines()[0]}") from error


def read_made(folder: Path, name: str) -> Digest:
    """The digest in a file of that name in the folder. ConfigError where it is none."""
    try:
        return from_json(_bytes(folder, name).decode())
    except ValueError as error:
        raise ConfigError(f"{folder / name}: not a digest: {str(error).splitlines()[0]}") from error


def render_again(folder: Path, *, templates: Path | None = None, digest: Digest | None = None) -> list[Path]:
    """Render every file of a finished digest from its `digest.json`, after a change by hand; the paths written.

    `digest`, as one edits it, takes the place of the one in `digest.json`.
    """
    written, _ = read_digest_folder(folder)
    digest = replace(digest, files=written.files) if digest else written
    if any(line.startswith(DOCUMENTS) for line in changed_files(folder, digest)):
        raise ConfigError(f"{folder / DOCUMENTS}: not the texts the digest was made of; make the digest again")
    formats = [_FORMATS[name] for name in digest.files if name in _FORMATS]
    return _write(digest, render_all(digest, formats, templates=templates), _bytes(folder, DOCUMENTS), folder)


def changed_files(folder: Path, digest: Digest) -> list[str]:
    """A line for each file that `digest.json` lists and that is missing, or not the one it was rendered with."""
    changed = []
    for name, expected in digest.files.items():
        path = folder / Path(name).name
        if not path.is_file():
            changed.append(f"{name}: missing")
        elif _hash_of(path) != expected:
            changed.append(f"{name}: not the file that was rendered with {DIGEST}")
    if DOCUMENTS not in digest.files:
        changed.append(f"{DOCUMENTS}: not listed in {DIGEST}")
    return changed


def _hash_of(path: Path) -> str:
    """The hash of a file; none where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
