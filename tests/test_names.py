"""Names say what a thing is, and each of them is one thing."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent / "briefing"

# Each module of a registry offers these by the same name.
SEAMS = {"check", "knows", "name"}

NOUNS = {"Annotated", "Embed", "Feed"}  # an annotated document has the field's own name
IRREGULAR = set(
    "Begun Bought Broken Brought Built Caught Chosen Dealt Done Drawn Driven Fallen Felt Forgotten Fought Found"
    " Frozen Given Gone Grown Heard Held Hidden Kept Known Laid Left Lent Lost Made Meant Met Paid Risen Said Seen Sent"
    " Shown Sold Sought Spent Spoken Stood Stuck Taken Taught Thought Thrown Told Torn Understood Won Worn"
    " Written".split()
)


@cache
def _modules() -> dict[str, ast.Module]:
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in sorted(ROOT.rglob("*.py"))}


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Those of a module, of its conditions and attempts too."""
    for node in body:
        yield node
        if isinstance(node, ast.If | ast.Try):
            yield from _statements(node.body + node.orelse)


def _defined(module: ast.Module) -> set[str]:
    """The names of a module's functions, classes, constants and type aliases."""
    names: set[str] = set()
    for node in _statements(module.body):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        names.update(each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name))
    return names


def _types(module: ast.Module) -> set[str]:
    """Classes, wherever they stand, and what is called like one."""
    classes = {node.name for node in ast.walk(module) if isinstance(node, ast.ClassDef)}
    return classes | {name for name in _defined(module) if re.fullmatch(r"_?[A-Z][a-z]\w*", name)}


def _is_participle(name: str) -> bool:
    """Whether it is one word, and that the past participle of a verb."""
    word = name.lstrip("_")
    is_one_word = bool(re.fullmatch("[A-Z][a-z]+", word))
    return is_one_word and word not in NOUNS and (word.endswith("ed") or word in IRREGULAR)


def test_no_type_is_a_bare_participle() -> None:
    """It is what it is, not what was done to it: `Made` is a `DigestRun`, `Frozen` a `FrozenIssue`."""
    found = {name for module in _modules().values() for name in _types(module) if _is_participle(name)}
    assert found == set()


def test_no_public_name_is_defined_in_two_modules() -> None:
    """Whoever searches for it finds one."""
    times = Counter(name for module in _modules().values() for name in _defined(module) if not name.startswith("_"))
    twice = {name for name, number in times.items() if number > 1}
    assert twice <= SEAMS


def test_what_is_taken_for_a_participle() -> None:
    assert all(map(_is_participle, ("Made", "_Folded", "Loaded")))
    assert not any(map(_is_participle, ("FrozenIssue", "_ChildDiedError", "Embed", "Reading", "Line", "CHECKED")))
