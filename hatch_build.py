"""What is made from its sources: tables of `briefing/language/data` in a wheel, and the catalogues of the pages' words.

`python hatch_build.py` puts the catalogues in order. A message of theirs is a key with its English in the English
catalogue, or the English of a `Notice` as it stands in the code.
"""

from __future__ import annotations

import ast
import json
import tomllib
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
PACKAGE = ROOT / "briefing"
LOCALE = PACKAGE / "render" / "locale"
SOURCES = {path.parts[-3]: path for path in sorted(LOCALE.glob("*/LC_MESSAGES/briefing.po"))}


class Compile(BuildHookInterface[Any]):
    """Compiles the catalogues beside their sources, and the tables for a wheel only: a checkout reads theirs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_all()
        if self.target_name == "wheel" and version == "standard":
            self._scratch = TemporaryDirectory()
            tables = Path(self._scratch.name, "tables.txt")
            tables.write_text(compiled_tables(Path(self.root, "briefing/language/data")), encoding="utf-8")
            build_data["force_include"][str(tables)] = "briefing/language/tables.txt"


def compiled_tables(source: Path) -> str:
    """Every `<language>/<kind>.toml` on a line: language, kind, and what it holds as JSON. See `language.tables`."""
    tables = ((path, tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(source.glob("*/*.toml")))
    return "".join(
        f"{path.parent.name} {path.stem} {json.dumps(table, ensure_ascii=False, separators=(',', ':'))}\n"
        for path, table in tables
    )


def compile_all() -> None:
    """Compile every language's catalogue."""
    for source in SOURCES.values():
        compile_one(source)


def compile_one(source: Path) -> None:
    """Write the `briefing.mo` beside a source; it carries the hash of what it was made from."""
    catalogue = read(source)
    catalogue.project, catalogue.version = "briefing", sha256(source.read_bytes()).hexdigest()
    with source.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


def read(source: Path) -> Catalog:
    """A catalogue. ValueError where it is none, or is not whole."""
    with source.open("rb") as file:
        return read_po(file, abort_invalid=True)


@cache
def notices() -> tuple[str, ...]:
    """The English of every notice that code makes, sorted; the renderer only makes them again from what it reads."""
    texts: set[str] = set()
    for path in sorted(path for path in PACKAGE.rglob("*.py") if path.parent != LOCALE.parent):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "Notice(" in text else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Notice":
                assert isinstance(node.args[0], ast.Constant), f"{path}:{node.lineno}: a notice is a literal"
                texts.add(str(node.args[0].value))
    return tuple(sorted(texts))


def in_order(language: str) -> str:
    """The language's catalogue with every message that there is, and no other; empty where a translation is missing."""
    source = SOURCES[language]
    known, english = read(source), read(SOURCES["en"])
    ordered = Catalog()
    ordered.mime_headers = known.mime_headers  # how many plurals there are
    for message in english:
        if message.id:
            _add(ordered, known, message, () if language == "en" else _words(message))
    for text in () if language == "en" else notices():
        _add(ordered, known, Message(text), ())
    return _HEAD.format(language=language, plurals=known.plural_forms) + _printed(ordered)


_HEAD = """\
# `make messages` keeps this file in order. A comment above a key is its English.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def _add(ordered: Catalog, known: Catalog, message: Message, comments: tuple[str, ...]) -> None:
    kept = known.get(message.id)
    ordered.add(message.id, kept.string if kept else "", auto_comments=comments)


def _words(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _printed(catalogue: Catalog) -> str:
    out = BytesIO()
    write_po(out, catalogue, width=0, omit_header=True)
    return out.getvalue().decode()


if __name__ == "__main__":
    for language, source in SOURCES.items():
        source.write_text(in_order(language), encoding="utf-8")
        for message in read(source):
            if not all([message.string] if isinstance(message.string, str) else message.string or [""]):
                print(f"{source}: no words for {message.id!r}")  # noqa: T201 - for whoever runs it
    compile_all()
