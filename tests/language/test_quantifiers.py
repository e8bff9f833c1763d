"""Words for how many, where a text gives no number."""

from __future__ import annotations

import pytest

from briefing.language.annotation import annotate


def found(text: str, language: str) -> dict[str, str]:
    return {text[one.start : one.end]: one.sort for one in annotate(text, language).quantifiers}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Most shops closed, and not all of them reopened.", {"Most": "most", "not all": "some"}),
        ("en", "All but one of the boats sank; only a few sailors swam.", {"All but": "most", "only a few": "few"}),
        ("en", "Only members vote, and nobody else.", {"Only": "only", "nobody": "none"}),
        ("en", "Many came, several stayed, every seat was taken.", {"Many": "many", "several": "some", "every": "all"}),
        ("en", "It is the most serious fire at all, and no longer small.", {}),
        ("en", "Some 300 people asked how many there were.", {}),
        ("sw", "Watu wote walikuja.", {}),
    ],
)
def test_how_many_are_spoken_of(language: str, text: str, expected: dict[str, str]) -> None:
    assert found(text, language) == expected
