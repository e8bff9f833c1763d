"""The figures that gate: each measured now, beside the least that it may be (benchmarks/floors.toml).

    BRIEFING_DATA=… python -m benchmarks.floors [SECTION…]

Exits 1 where a figure is under its floor, or the file and what is measured name different figures. What the machine
lacks is skipped with the reason; in CI that fails, too.
"""

from __future__ import annotations

import os
import shutil
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

from benchmarks import cleaner, extractive, questions, stories, verifier

_FILE = Path(__file__).with_name("floors.toml")
_FIGURES: dict[str, Callable[[], dict[str, float]]] = {
    "verifier": verifier.figures,
    "extractive": extractive.figures,
    "pairs": stories.pair_figures,
    "days": stories.day_figures,
    "questions": questions.figures,
    "cleaner": cleaner.figures,
}


def _lacking(section: str) -> str:
    """What this machine lacks to measure the section; empty where nothing is."""
    if section != "pairs" and not os.environ.get("BRIEFING_DATA"):
        return "BRIEFING_DATA does not name the folder of real texts"
    if section == "cleaner" and not shutil.which("chromium"):
        return "Chromium is not installed (package chromium)"
    return ""


def _is_under(section: str, floors: dict[str, float]) -> bool:
    """Measure the section and print each figure beside its floor."""
    figures = _FIGURES[section]()
    for name in floors.keys() | figures.keys():
        if name not in floors or name not in figures:
            print(f"  {name}: {'measured, without a floor' if name in figures else 'a floor, but not measured'}")
    for name, figure in figures.items():
        floor = floors.get(name, 0.0)
        print(f"  {name:56} {figure:8.4f}  floor {floor:g}{'  UNDER IT' if figure < floor else ''}", flush=True)
    return floors.keys() != figures.keys() or any(figures[name] < floor for name, floor in floors.items())


def main() -> None:
    floors = tomllib.loads(_FILE.read_text("utf-8"))
    failed = []
    for section in sys.argv[1:] or _FIGURES:
        print(section, flush=True)
        if lacking := _lacking(section):
            print(f"  skipped: {lacking}")
            failed += [section] if os.environ.get("CI") else []
        elif _is_under(section, floors[section]):
            failed.append(section)
    if failed:
        sys.exit(f"under a floor, or not measured: {', '.join(failed)}")


if __name__ == "__main__":
    main()
