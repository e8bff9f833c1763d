"""Words of languages stand in `briefing/language/data`, so that who knows a language can read and mend them."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from briefing.language.tables import kinds, languages, table

PACKAGE = Path(__file__).parents[2] / "briefing"
FILES = {str(path.relative_to(PACKAGE)): path for path in sorted(PACKAGE.rglob("*.py"))}
# Which letters a script has, and the English in which services say what went wrong.
NO_TEXTS = ("clean/invisible.py", "model/endpoint.py", "render/escaping.py", "render/lines.py")
CHECKED = [name for name in FILES if not name.startswith("language/") and name not in NO_TEXTS]
_FEWEST = 3
_ELEMENTS = frozenset({"area", "article", "form", "main", "section", "video"})  # of HTML
# Kinds of words that name things: fields and labels of a program have the English ones, too.
_OPEN = {
    "antonyms",
    "cohyponyms",
    "converse_verbs",
    "event_words",
    "generic_terms",
    "genres",
    "irregular_forms",
    "page_furniture",
    "subscriber_lists",
    "synonyms",
    "the_post",
    "titles",
}


@cache
def _data_words(*, english: bool) -> frozenset[str]:
    """The words of four letters and more that stand in the data, in small letters."""
    known = ((language, kind) for kind in kinds() for language in languages(kind))
    tables = (table(language, kind) for language, kind in known if language != "en" or (english and kind not in _OPEN))
    words = frozenset(word for one in tables for text in _texts(one) for word in _long_words(text))
    return words if english else words - frozenset(_english())


@cache
def _english() -> frozenset[str]:
    tables = (table("en", kind) for kind in kinds())
    return frozenset(word for one in tables for text in _texts(one) for word in _long_words(text))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner) if key not in ("example", "not") else ()
    elif isinstance(value, tuple):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield value


def _long_words(text: str) -> list[str]:
    """Without names of groups, fields, classes and CSS, which are several words in one, and of elements."""
    tokens = re.findall(r"[^\W\d]+(?:-[^\W\d]+)*", re.sub(r"\\[a-z]|\(\?p<\w+>", " ", text.lower()))
    return [token for token in tokens if len(token) >= 4 and "_" not in token and token not in _ELEMENTS]


def _literals(node: ast.AST) -> list[str]:
    return [one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def _prose(tree: ast.AST) -> set[int]:
    """The identities of docstrings, which are no literals."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def foreign_letters(tree: ast.AST) -> list[str]:
    """The literals with letters beyond ASCII."""
    prose = _prose(tree)
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in prose]
    texts = [node.value for node in constants if isinstance(node.value, str)]
    return [text for text in texts if any(map(_is_foreign, text))]


def _is_foreign(letter: str) -> bool:
    return not letter.isascii() and unicodedata.category(letter).startswith("L")


def word_lists(tree: ast.AST) -> list[str]:
    """Collections and patterns that hold words of the data."""
    found, prose = [], _prose(tree)
    for node in ast.walk(tree):
        if id(node) in prose:
            continue
        if isinstance(node, ast.List | ast.Set | ast.Tuple | ast.Dict):
            parts = [*node.keys, *node.values] if isinstance(node, ast.Dict) else node.elts
            texts = [one.value for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        elif isinstance(node, ast.Call) and _is_split_or_pattern(node):
            texts = _literals(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "|" in node.value:
            texts = [node.value]
        else:
            continue
        is_pattern = isinstance(node, ast.Call | ast.Constant)
        words = {word for text in texts for word in _long_words(text)} & _data_words(english=is_pattern)
        if len(words) >= _FEWEST:
            found.append(" ".join(sorted(words)))
    return found


def _is_split_or_pattern(call: ast.Call) -> bool:
    function = call.func
    if not isinstance(function, ast.Attribute):
        return False
    return function.attr == "split" or (isinstance(function.value, ast.Name) and function.value.id == "re")


def words_of(source: str) -> list[str]:
    tree = ast.parse(source)
    return foreign_letters(tree) + word_lists(tree)


@pytest.mark.parametrize("name", CHECKED)
def test_words_of_languages_stand_in_the_data(name: str) -> None:
    assert not words_of(FILES[name].read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", NO_TEXTS)
def test_no_file_is_left_out_that_holds_none(name: str) -> None:
    assert words_of(FILES[name].read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        'AGREED = "d\u2019accord, voil\u00e0"',
        'SAID = re.compile(r"\\b(?:said|told|claimed)\\b")',
        'SAID = frozenset("said told claimed".split())',
        'DAYS = ("lundi", "mardi", "mercredi")',
        'DAYS = {"lundi": 0, "mardi": 1, "mercredi": 2}',
        'SAID = {"en": r"said|told|claimed"}',
    ],
)
def test_words_in_code_are_seen(source: str) -> None:
    assert words_of(source)


@pytest.mark.parametrize(
    "source",
    [
        '"""D\u00e9j\u00e0 vu, said the docstring that told and claimed."""',
        'MARKS = "\u201c\u201d \u2014 \u2192"',
        'FIELDS = ("number", "date", "subject", "text")',
        'TAG = re.compile(r"<(?:body|article|section|main)[ >]")',
        'STYLE = re.compile(r"(?:font-size|text-indent|left):\\s*none")',
        'GROUPS = re.compile(r"(?P<author>.+) (?P<report>.+) (?P<number>.+)")',
        'KEYS = re.compile(read("reading_time", "hidden_text", "left_out"))',
        'raise ValueError("said, told, claimed: not known")',
        'LETTERS = re.compile(r"[a-z]+\\s[0-9]")',
    ],
)
def test_other_text_in_code_is_none(source: str) -> None:
    assert not words_of(source)
