"""Lists of subscribers: how many who had left would be mailed, and how many who had not would be left out.

    python -m benchmarks.subscriber_lists

`tests/data/lists` says where they come from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from briefing.newsletter.commands import recipients_of

DATA = Path(__file__).parents[1] / "tests" / "data" / "lists"


def lists(*, is_odd: bool) -> list[Mapping[str, Any]]:
    """What is expected of the odd files, which the reader was made with, or of the even ones, which measure it."""
    rows = json.loads((DATA / "expected.json").read_text(encoding="utf-8"))
    return [row for row in rows if row["id"] % 2 == is_odd]


def mistakes(expected: Mapping[str, Any]) -> tuple[set[str], set[str]]:
    """Who would be mailed though they left, and who would not though they did not leave."""
    mailed = {who.address.lower() for who in recipients_of(DATA / expected["file"]).accepted}
    left, stayed = ({one.lower() for one in expected[key]} for key in ("must_not", "may_mail"))
    return mailed & left, stayed - mailed


def main() -> None:
    """Print the counts of both halves."""
    for is_odd, half in ((True, "made with"), (False, "measured on")):
        rows = lists(is_odd=is_odd)
        found = [mistakes(row) for row in rows]
        mailed, left_out = (sum(len(one[side]) for one in found) for side in (0, 1))
        print(f"{half}: {len(rows)} lists, mailed who had left {mailed}, left out who had not {left_out}")


if __name__ == "__main__":
    main()
