"""What is known of a language as tables (stop words, synonyms, abbreviations …): `data/<language>/<kind>.toml`.

A language is a primary BCP 47 subtag. A wheel holds all of them in one file, a table a line (`hatch_build.py`); where
the files themselves lie, as in a checkout, they are read. Either way a table is parsed when it is first asked
for. Where a pattern has `{{name}}`, the entries of that name in the language's `parts` stand, any one of them.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

_FILES = Path(__file__).with_name("data")
_COMPILED = Path(__file__).with_name("tables.txt")


@cache
def table(language: str, kind: str) -> Mapping[str, Any]:
    """What is known of one kind in a language, by key, its lists as tuples; empty where nothing is."""
    return MappingProxyType({key: _frozen(value, language) for key, value in written(language, kind).items()})


def written(language: str, kind: str) -> dict[str, Any]:
    """The same as it stands in the file, nothing put in the place of `{{name}}`; not kept."""
    source = _sources().get((language, kind), "{}")
    if source.startswith("{"):
        content: dict[str, Any] = json.loads(source)
        return content
    return tomllib.loads(Path(source).read_text(encoding="utf-8"))


def kinds() -> tuple[str, ...]:
    """The kinds of table there are, in alphabetical order."""
    return tuple(sorted({kind for _, kind in _sources()}))


@cache
def languages(kind: str) -> tuple[str, ...]:
    """The languages that have a table of a kind, in alphabetical order."""
    return tuple(sorted(language for language, one in _sources() if one == kind))


@cache
def _sources() -> Mapping[tuple[str, str], str]:
    """By language and kind: the path of the file, or the JSON it was compiled to."""
    if _FILES.is_dir():
        files = ((folder.name, file) for folder in os.scandir(_FILES) if folder.is_dir() for file in os.scandir(folder))
        return {
            (language, file.name.removesuffix(".toml")): file.path
            for language, file in files
            if file.name.endswith(".toml")
        }
    return compiled_lines(_COMPILED.read_text(encoding="utf-8"))


def compiled_lines(lines: str) -> dict[tuple[str, str], str]:
    """The JSON of every table, by language and kind, of what `hatch_build.compiled_tables` made."""
    rows = (line.split(" ", 2) for line in lines.split("\n") if line)
    return {(language, kind): content for language, kind, content in rows}


def _frozen(value: Any, language: str) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(inner, language) for key, inner in value.items()})
    if isinstance(value, list):
        return tuple(_frozen(inner, language) for inner in value)
    return filled(value, language) if isinstance(value, str) else value


_PART = re.compile(r"\{\{(\w+)\}\}")


def filled(pattern: str, language: str) -> str:
    """A pattern with the language's parts in their places. KeyError where it has none of that name."""
    return _PART.sub(lambda name: _part(name[1], language), pattern) if "{{" in pattern else pattern


@cache
def _part(name: str, language: str) -> str:
    entries = map(pattern_of, written(language, "parts")[name])
    return filled(f"(?:{'|'.join(entries)})", language)


def pattern_of(entry: str | Mapping[str, str]) -> str:
    """The pattern of an entry, which may have examples with it."""
    return entry if isinstance(entry, str) else entry["pattern"]
