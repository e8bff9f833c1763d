"""The recipes of CONTRIBUTING.md, followed to the letter in a copy of the package."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

ROOT = Path(__file__).parents[1]
RECIPES = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("\n## Recipes\n")[2]
STEP = re.compile(r"(?ms)^\d\. (Create|In) `([^`]+)`(.*?)(?=^\d\. |^#|\Z)")
BLOCK = re.compile(r"(?ms)^ *```(python|diff|toml)\n(.*?)^ *```$")


def _follow(recipe: str, root: Path) -> list[str]:
    """The files that the recipe touches, in the order of its steps."""
    touched = []
    for what, name, said in STEP.findall(recipe):
        blocks = [dedent(body) for _, body in BLOCK.findall(said)]
        assert blocks, f"no code for {name}"
        touched.append(name)
        if what == "Create":
            assert not (root / name).exists(), f"there is a {name} already"
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text("".join(blocks), encoding="utf-8")
        for edit in blocks if what == "In" else ():
            _apply(edit, root / name)
    return touched


def _apply(edit: str, path: Path) -> None:
    lines, text = edit.splitlines(keepends=True), path.read_text(encoding="utf-8")
    before = "".join(line[1:] for line in lines if line[0] in " -")
    assert text.count(before) == 1, f"{path.name} does not hold this once:\n{before}"
    path.write_text(text.replace(before, "".join(line[1:] for line in lines if line[0] in " +")), encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("copy")
    for folder in ("briefing", "tests", "docs", "prompts"):
        shutil.copytree(ROOT / folder, root / folder)
    for file in ("pyproject.toml", "README.md", "hatch_build.py"):
        shutil.copy2(ROOT / file, root)
    return root


@pytest.mark.long
def test_the_recipes_work_as_they_stand(copy: Path) -> None:
    recipes = re.split(r"(?m)^### ", RECIPES)[1:]
    touched = {recipe.splitlines()[0]: _follow(recipe, copy) for recipe in recipes}
    code = {title: [name for name in names if name.startswith("briefing/")] for title, names in touched.items()}
    assert {title: len(names) for title, names in code.items()} == {
        "A source kind": 2,
        "An output": 2,
        "A check": 2,
        "A setting": 3,
        "A language": 3,
    }
    assert len({name.rpartition("/")[0] for name in code["A language"]}) == 1
    modules = [name for names in touched.values() for name in names if name.endswith(".py")]
    tests = [name for name in modules if name.startswith("tests/")]
    tests += ["tests/test_readme.py::test_settings", "tests/verify/checks/test_check_registry.py"]
    tests += ["tests/language/test_tables.py"]
    for command in (["ruff", "check", *modules], ["ruff", "format", "--check", *modules], ["pytest", "-q", *tests]):
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=copy,
            env=os.environ | {"PYTHONPATH": str(copy)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
