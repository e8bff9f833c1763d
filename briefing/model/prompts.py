"""Prompts are files: `prompts/<task>/{system,user}.j2`, one folder a task, rendered so that no text can forge a line.

Text from outside stands in `user.j2` only, as numbered lines between two fence lines. Each line begins with a number
that code put there, and the fence bears a hash of what it encloses, so that no line of a post can pass for either.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound

from briefing.exceptions import ConfigError
from briefing.model.chunker import numbered_line
from briefing.types import Brief, Length

TASKS = (
    "answer_question",
    "mend_lines",
    "merge_claims",
    "second_reader",
    "summarise_chunk",
    "summarise_document",
    "write_lead",
)
BOTTOM_LINE_WORDS = 60

_LENGTHS: Mapping[Length, str] = {
    "short": "Length: only the lines without which it would mislead.",
    "medium": "Length: a page read in two minutes.",
    "long": "Length: as long as there is something to report.",
}


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent: two messages. `hash` is that of the template files, for the cache key and the coverage."""

    task: str
    system: str
    user: str
    hash: str


def shipped() -> Path:
    """The folder of the prompts that ship: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "prompts"
    return inside if inside.is_dir() else package.parent / "prompts"


@lru_cache(maxsize=8)
def _environment(folder: Path | None) -> Environment:
    """A user's folder overrides single files of ours. Prompts are plain text, so nothing is escaped as HTML."""
    folders = [path for path in (folder, shipped()) if path]
    loader = ChoiceLoader([FileSystemLoader(path) for path in folders])
    return Environment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )


def fenced(lines: Iterable[tuple[int, str]]) -> tuple[str, str]:
    """The fence and the numbered lines it encloses; a text cannot hold the hash of itself."""
    material = "".join(numbered_line(number, text) for number, text in lines).rstrip("\n")
    return fence_of(material), material


def fence_of(material: str) -> str:
    """The line that stands before and behind what is from outside, each line of which opens with words of ours."""
    return f"=== {hashlib.sha256(material.encode('utf-8', 'replace')).hexdigest()[:12]} ==="


def _language_line(brief: Brief) -> str:
    if brief.language is None:
        return "write in that of the sentences"
    return f"write in {brief.language} (BCP 47), whatever the sentences are in"


def render_prompt(task: str, *, brief: Brief, folder: Path | None = None, **values: Any) -> Prompt:
    """The two messages of a task. ConfigError names the file where a template is missing, wrong or asks for more."""
    shared = {
        "brief": brief,
        "language_line": _language_line(brief),
        "length_line": _LENGTHS[brief.length],
        "bottom_line_words": BOTTOM_LINE_WORDS,
    }
    environment = _environment(folder)
    try:
        system = environment.get_template(f"{task}/system.j2").render(shared)
        user = environment.get_template(f"{task}/user.j2").render(shared | values)
    except TemplateNotFound as error:
        raise ConfigError(f"prompt {error.message or task}: there is no such file") from error
    except TemplateError as error:
        raise ConfigError(f"prompt {task}: {error.message}") from error
    return Prompt(task, system, user, _hash(environment, task))


def _hash(environment: Environment, task: str) -> str:
    """Over the files as they stand, the shared parts included."""
    digest = hashlib.sha256()
    for name in sorted(_files(environment, task)):
        source, _, _ = environment.loader.get_source(environment, name)  # type: ignore[union-attr]
        digest.update(f"{name}\n{source}\n".encode())
    return digest.hexdigest()[:16]


def hash_of_all(folder: Path | None = None) -> str:
    """The hash of every prompt file as it holds, for the coverage."""
    digest = hashlib.sha256()
    for name, path in sorted(files(folder).items()):
        digest.update(f"{name}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _files(environment: Environment, task: str) -> list[str]:
    names = environment.list_templates(filter_func=lambda name: name.startswith((f"{task}/", "partials/")))
    return [name for name in names if name.endswith(".j2")]


def files(folder: Path | None = None) -> dict[str, Path]:
    """Each prompt file by its name, as in "merge_claims/user.j2", and where it is read from."""
    found: dict[str, Path] = {}
    for root in [shipped()] + ([folder] if folder else []):
        for path in sorted(root.rglob("*.j2")):
            found[path.relative_to(root).as_posix()] = path
    return found
