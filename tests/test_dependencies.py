"""What is imported is declared."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parent.parent


def _normalised(name: str) -> str:
    """PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _imported() -> set[str]:
    """Top-level modules that `briefing` imports anywhere, those of the standard library and its own apart."""
    modules: set[str] = set()
    for path in (ROOT / "briefing").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                modules.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                modules.add(str(node.module).partition(".")[0])
    return modules - set(sys.stdlib_module_names) - {"briefing"}


def _declared() -> set[str]:
    """The distributions that `briefing` depends on, those of its extras among them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    return {_normalised(re.split(r"[^\w.-]", requirement, maxsplit=1)[0]) for requirement in wanted}


def test_what_is_imported_is_declared() -> None:
    distributions, declared = packages_distributions(), _declared()
    providers = {module: {_normalised(name) for name in distributions.get(module, [])} for module in _imported()}
    assert "httpx2" in providers
    assert {module: names for module, names in providers.items() if not names & declared} == {}


def test_what_is_declared_is_imported() -> None:
    """`psycopg` is SQLAlchemy's to import, and `tzdata` is zoneinfo's."""
    distributions, modules = packages_distributions(), _imported()
    imported = {_normalised(name) for module in modules for name in distributions.get(module, [])}
    assert _declared() - imported == {"psycopg", "tzdata"}
