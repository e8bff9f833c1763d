"""The checks: each a module of its name, listed once, told in the docs."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from briefing.verify import checks
from briefing.verify.checks.registry import ACROSS_LANGUAGES, IN_ONE_LANGUAGE, name_of

DOCS = Path(__file__).parents[3] / "docs" / "verifier.md"
LISTED = [name_of(check) for check in (*ACROSS_LANGUAGES, *IN_ONE_LANGUAGE)]
# Made before the others, and instead of them.
APART = {"evidence", "truncation", "absence"}


def test_every_module_is_listed_once() -> None:
    modules = {module.name for module in iter_modules(checks.__path__)} - {"registry"}
    assert len(LISTED) == len(set(LISTED))
    assert modules == {*LISTED, *APART}


def test_the_docs_tell_of_every_check_in_order() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", DOCS.read_text(encoding="utf-8"), re.M)
    assert set(rows) == {*LISTED, *APART}
    assert [row for row in rows if row not in APART] == LISTED


def test_every_check_says_what_it_catches_and_what_it_lets_pass() -> None:
    for name in (*LISTED, *APART):
        said = import_module(f"briefing.verify.checks.{name}").__doc__ or ""
        assert said.lower().startswith(f"{name}:"), name
        assert "Catches" in said, name
