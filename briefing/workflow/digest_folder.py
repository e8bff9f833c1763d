"""A finished digest on disk: `digest.{html,md,txt,json}` and `documents.json`, written, read back and checked."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from briefing.exceptions import ConfigError, DigestError
from briefing.render.registry import OUTPUTS
from briefing.render.renderer import render_all
from briefing.render.schema import documents_from_json, documents_to_json, from_json, to_json
from briefing.types import Digest, Document
from briefing.workflow.regular_files import read_regular
from briefing.workflow.rendering import FILE_FORMATS, PageCheck, check_pages, pictures_in, rendering_of
from briefing.workflow.whole_folder import change_folder, check_folder

DIGEST, DOCUMENTS = "digest.json", "documents.json"
_Value = TypeVar("_Value")


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
    digest = replace(digest, rendering=rendering_of(templates, images))
    return _write(digest, render_all(digest, shown, templates=templates, images=images), kept, folder, beside)


def without_files(digest: Digest) -> Digest:
    """The digest as it was before it was written into a folder."""
    return replace(digest, files={}, rendering=None)


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
        found = json.loads(read_regular(folder / DIGEST))
        listed = {name for name in found["files"] if Path(name).name == name}
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return set()
    is_ours = "schema_version" in found and "stories" in found
    return {*listed, DIGEST, *beside} if is_ours else set()


def _bytes(folder: Path, name: str) -> bytes:
    try:
        return read_regular(folder / name)
    except OSError as error:
        raise DigestError(f"{folder / name}: cannot be read: {error.strerror or error}") from error


def read_digest_folder(folder: Path) -> tuple[Digest, dict[str, Document]]:
    """A finished digest and the documents it rests on, by post key.

    ConfigError where the folder holds none, DigestError where what it holds cannot be read or is none.
    """
    if not (folder / DIGEST).is_file():
        raise ConfigError(f"{folder}: there is no {DIGEST} in it; name the folder that `briefing digest --out` wrote")
    documents = _parsed(folder, DOCUMENTS, documents_from_json)
    return _parsed(folder, DIGEST, from_json), {document.key: document for document in documents}


def read_made(folder: Path, name: str) -> Digest:
    """The digest in a file of that name in the folder. DigestError where it is none."""
    return _parsed(folder, name, from_json)


def _parsed(folder: Path, name: str, parse: Callable[[str], _Value]) -> _Value:
    try:
        return parse(_bytes(folder, name).decode())
    except ValueError as error:
        raise DigestError(f"{folder / name}: not a digest: {str(error).splitlines()[0]}") from error


def render_again(folder: Path, *, templates: Path | None = None, digest: Digest | None = None) -> list[Path]:
    """Render every file of a finished digest from its `digest.json`, after a change by hand; the paths written.

    `digest`, as one edits it, takes the place of the one in `digest.json`. Pictures stay as they are on the page.
    """
    written, _ = read_digest_folder(folder)
    digest = replace(digest, files=written.files) if digest else written
    if any(line.startswith(DOCUMENTS) for line in changed_files(folder, digest)):
        raise ConfigError(f"{folder / DOCUMENTS}: not the texts the digest was made of; make the digest again")
    formats = [FILE_FORMATS[name] for name in digest.files if name in FILE_FORMATS]
    images = _pictures(folder, written)
    pages = render_all(digest, formats, templates=templates, images=images)
    return _write(replace(digest, rendering=rendering_of(templates, images)), pages, _bytes(folder, DOCUMENTS), folder)


def _pictures(folder: Path, digest: Digest) -> dict[str, str]:
    is_illustrated = digest.rendering is not None and digest.rendering.pictures
    page = _there(folder, "digest.html") if is_illustrated else None
    return pictures_in(page or b"", digest.rendering)


def changed_files(folder: Path, digest: Digest) -> list[str]:
    """A line for each file that `digest.json` lists and that is missing, or not the one it was rendered with; and for
    each that stands beside it as if it were listed."""
    changed = []
    for name, expected in digest.files.items():
        data = _there(folder, name)
        if data is None:
            changed.append(f"{name}: missing, or no regular file of a digest")
        elif hashlib.sha256(data).hexdigest() != expected:
            changed.append(f"{name}: not the file that was rendered with {DIGEST}")
    beside = [name for name in (*FILE_FORMATS, DOCUMENTS) if name != DIGEST and name not in digest.files]
    unlisted = [name for name in beside if os.path.lexists(folder / name)]
    return changed + [f"{name}: not listed in {DIGEST}" for name in unlisted]


def changed_pages(
    folder: Path, digest: Digest, documents: Iterable[Document], *, templates: Path | None = None
) -> PageCheck:
    """Whether the pages that are listed are what the digest renders to, as `check_pages` does it."""
    pages = {name: page for name in digest.files if (page := _there(folder, name)) is not None}
    return check_pages(pages, digest, documents, templates=templates)


def _there(folder: Path, name: str) -> bytes | None:
    """What is in a file of the folder; None where it is none that can be read, or its name is no file's."""
    if name != Path(name).name or not (name == DOCUMENTS or name.startswith("digest.")):
        return None
    try:
        return read_regular(folder / name)
    except OSError:
        return None
