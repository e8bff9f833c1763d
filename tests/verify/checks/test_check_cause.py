"""Cause: one thing is the cause of another only where a sentence says so."""

from __future__ import annotations

import pytest
from claims import verdict


@pytest.mark.parametrize(
    ("language", "line", "sentence", "expected"),
    [
        ("en", "The mill closed because the river rose.", "The river rose on Sunday and the mill closed.", "withheld"),
        ("en", "The mill closed because the river rose.", "The mill closed after the river rose.", "stands"),
        ("fr", "Le moulin a fermé à cause du fleuve.", "Le moulin a fermé lundi, le fleuve monte.", "withheld"),
        ("fr", "Le moulin a fermé à cause du fleuve.", "Le moulin a fermé en raison du fleuve.", "stands"),
        ("es", "El molino cerró porque subió el río.", "El molino cerró y subió el río.", "withheld"),
    ],
)
def test_causes(language: str, line: str, sentence: str, expected: str) -> None:
    assert verdict(line, sentence, language=language) == expected
