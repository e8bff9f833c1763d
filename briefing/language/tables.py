"""What is known of a language as tables (stop words, synonyms, abbreviations …): `data/<language>/<kind>.toml`.

A language is a primary BCP 47 subtag. A wheel holds all of them compiled to one JSON file (`hatch_build.py`); where the
files themselves lie, as in a checkout, only they are read, each when it is first asked for.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

_FILES = Path(__file__).with_name("data")
_COMPILED = Path(__file__).with_name("tables.json")


@cache
def table(language: str, kind: str) -> Mapping[str, Any]:
    """What is known of one kind in a language, by key, its lists as tuples; empty where nothing is."""
    if language not in languages(kind):
        return MappingProxyType({})
    if _FILES.is_dir():
        content = tomllib.loads((_FILES / language / f"{kind}.toml").read_text(encoding="utf-8"))
    else:
        content = _compiled()[language][kind]
    frozen: Mapping[str, Any] = _frozen(content)
    return frozen


@cache
def kinds() -> tuple[str, ...]:
    """The kinds of table there are, in alphabetical order."""
    if _FILES.is_dir():
        return tuple(sorted({path.stem for path in _FILES.glob("*/*.toml")}))
    return tuple(sorted({kind for tables in _compiled().values() for kind in tables}))


@cache
def languages(kind: str) -> tuple[str, ...]:
    """The languages that have a table of a kind, in alphabetical order."""
    if _FILES.is_dir():
        return tuple(sorted(path.parent.name for path in _FILES.glob(f"*/{kind}.toml")))
    return tuple(sorted(language for language, tables in _compiled().items() if kind in tables))


@cache
def _compiled() -> dict[str, dict[str, dict[str, Any]]]:
    content: dict[str, dict[str, dict[str, Any]]] = json.loads(_COMPILED.read_bytes())
    return content


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(inner) for key, inner in value.items()})
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
