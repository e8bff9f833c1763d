"""What the pages for people point at is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
ROOMS = ROOT / "briefing"


def _without_code(text: str) -> str:
    return re.sub(r"(?ms)^ *```.*?^ *```$|`[^`\n]*`", "", text)


def _anchors(page: Path) -> set[str]:
    """What a forge makes of the headings."""
    text = re.sub(r"(?ms)^ *```.*?^ *```$", "", page.read_text(encoding="utf-8"))
    headings = re.findall(r"(?m)^#+ (.+)$", text)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", _without_code(page.read_text(encoding="utf-8"))):
        path, _, anchor = target.partition("#")
        if ":" in path:
            continue
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), target
        assert not anchor or anchor in _anchors(found), target


@pytest.mark.parametrize("name", ["ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_every_file_of_ours_that_is_named_is_there(name: str) -> None:
    """Named from the root, or from `briefing/`; a bare name of a module stands after one with its folder."""
    folder = ROOMS
    text = re.sub(r"(?ms)^\d\. Create `.*?`", "", (ROOT / name).read_text(encoding="utf-8"))
    for path in re.findall(r"`([\w/.-]+(?:/|\.(?:py|toml|j2|md)))`", re.sub(r"(?ms)^ *```.*?^ *```$", "", text)):
        places = [base / path for base in (ROOT, ROOMS, folder)]
        found = next((place for place in places if place.exists()), None)
        found = found or next(iter(ROOMS.glob(f"language/data/*/{path}")), None)
        assert found or path == "briefing.toml", path
        folder = found.parent if found and "/" in path else folder


def test_architecture_names_the_layers_as_they_are_held() -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ][0]
    section = (
        (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("\n## Rooms and layers\n")[1].split("\n## ")[0]
    )
    rows = [re.findall(r"`(\w+)`", row.split("|")[1]) for row in section.splitlines() if row.startswith("| `")]
    assert rows == [layer.split(" | ") for layer in contract["layers"]]


def test_the_changelog_tells_of_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    headings = re.findall(r"(?m)^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert headings[0] == version
