"""What a wheel holds that is made from its sources: the tables of `briefing/language/data`, compiled to one file."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Compile(BuildHookInterface[Any]):
    """Compiles for a wheel only: a checkout, an editable one too, and an sdist have the sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name == "wheel" and version == "standard":
            self._scratch = TemporaryDirectory()
            tables = Path(self._scratch.name, "tables.json")
            tables.write_text(compiled_tables(Path(self.root, "briefing/language/data")), encoding="utf-8")
            build_data["force_include"][str(tables)] = "briefing/language/tables.json"


def compiled_tables(source: Path) -> str:
    """Every `<language>/<kind>.toml` as one JSON object, by language and kind."""
    tables: dict[str, dict[str, Any]] = {}
    for path in sorted(source.glob("*/*.toml")):
        tables.setdefault(path.parent.name, {})[path.stem] = tomllib.loads(path.read_text(encoding="utf-8"))
    return json.dumps(tables, ensure_ascii=False, separators=(",", ":"))
