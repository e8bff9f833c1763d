"""Dates as feeds and pages write them: how many are read rightly, how many not at all, how many wrongly.

    python -m benchmarks.dates

`tests/data/dates` says where they come from. A date read wrongly is worse than one that is not read.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from briefing.language.timestamps import read_timestamp

DATA = Path(__file__).parents[1] / "tests" / "data" / "dates"
DAY_CHARS = len("2026-11-26")


def rows(name: str, *, is_odd: bool) -> Iterator[Mapping[str, Any]]:
    """The odd rows of a file, which the reader was made with, or the even ones, which measure it."""
    for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["id"] % 2 == is_odd:
            yield row


def outcome(row: Mapping[str, Any]) -> str:
    """ "right", "no date" where there is one, or "wrong"."""
    read = read_timestamp(row["text"])
    if any(_is(read, expected) for expected in (row["expected"], *row.get("also_ok", ()))):
        return "right"
    return "no date" if read is None else "wrong"


def _is(read: datetime | None, expected: str | None) -> bool:
    if read is None or expected is None:
        return read is None and expected is None
    if len(expected) == DAY_CHARS:
        return read.date().isoformat() == expected
    return read.replace(microsecond=0) == datetime.fromisoformat(expected)


def main() -> None:
    """Print the counts, by file and half."""
    for name in ("dates", "zones"):
        for is_odd, half in ((True, "made with"), (False, "measured on")):
            counted = Counter(outcome(row) for row in rows(name, is_odd=is_odd))
            print(f"{name}, {half}: {counted['right']} right, {counted['no date']} no date, {counted['wrong']} wrong")


if __name__ == "__main__":
    main()
