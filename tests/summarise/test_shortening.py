"""Long lines are cut at clauses, and only where nothing that turns them falls to the cut."""

import pytest

from briefing.language.annotation import annotate
from briefing.summarise.shortening import shorten

LONG = "The force " + "will guard the long road between the two old towns, " * 8


def test_a_long_line_is_cut_at_a_clause() -> None:
    short = shorten(annotate(LONG + "and then it leaves.", "en"))
    assert short.endswith("towns …")
    assert len(short) <= 332


@pytest.mark.parametrize(
    "tail",
    [
        "reports say.",
        "but nobody will pay.",
        "unless it rains.",
        "said Ann Lee.",
        "it may be.",
        "they don’t know.",
        "והם לא יודעים.",
    ],
)
def test_no_word_that_turns_a_line_falls_to_a_cut(tail: str) -> None:
    assert shorten(annotate(LONG + tail, "en")) == LONG + tail
