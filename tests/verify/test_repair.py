"""Repairs: the text's own words, put back where a line left them out, and nothing where that place cannot be told."""

# A case a line reads best.
# ruff: noqa: E501

from __future__ import annotations

import pytest
from claims import check, document

from briefing.language.annotation import annotate
from briefing.verify.repair import put_back


def put(line: str, sentence: str, words: str, language: str = "en") -> str | None:
    """What becomes of a line that left out these words of its sentence."""
    whole = document(sentence, language=language)
    at = sentence.index(words)
    return put_back(annotate(line, language), annotate(whole).annotations[1], (at, at + len(words)))


@pytest.mark.parametrize(
    ("line", "sentence", "words", "told"),
    [
        ("The port is shut.", "The port is shut, staff said.", "staff said", "The port is shut, staff said."),
        ("The port is shut.", "Staff said that the port is shut.", "Staff said", "Staff said that the port is shut."),
        ("The port is shut.", "The port may be shut.", "may", "The port may be shut."),
        ("The port closes.", "The port may close.", "may", "The port may close."),
        ("The port closes.", "The port, which may close, is old.", "may", None),
        ("The port’s fees rise.", "The port may see fees rise.", "may", None),
        ("The port does not close.", "The port may close.", "may", None),
        ("The old bridge was shut.", "The port was shut, staff said.", "staff said", None),
        ("The port was shut.", "The port was shut, and the bridge fell, staff said.", "staff said", None),
        ("The port was shut.", "The port was shut, she said.", "she said", None),
        ("The port was shut.", "The port was shut, wrote Ada Roux (Tarn News), who saw it.", "wrote Ada Roux", "The port was shut, wrote Ada Roux (Tarn News)."),
        ("The port was shut.", "The port was shut, says Lang and asks: “Who pays?”", "says Lang", "The port was shut, says Lang."),
        ("Was the port shut?", "The port was shut, staff said.", "staff said", None),
    ],
)  # fmt: skip
def test_words_come_back_where_the_sentence_has_them(line: str, sentence: str, words: str, told: str | None) -> None:
    assert put(line, sentence, words) == told


def test_the_headlines_words_are_not_put_back() -> None:
    source = annotate(document("The port was shut.", title="Port shut, staff said"))
    assert put_back(annotate("Port shut.", "en"), source.annotations[0], (11, 21)) is None


def test_a_repaired_line_goes_through_every_check_and_is_repaired_as_often_as_needed() -> None:
    source = document("The port may have been shut in May, staff said.")
    found = check("The port was shut in May.", source)
    assert found.check is not None
    assert found.text == "The port may have been shut in May, staff said."
    assert (found.check.verdict, found.check.before) == ("carried", "The port was shut in May.")
    assert (found.certainty, found.hedges) == ("possible", ("may",))


def test_a_repair_that_does_not_stand_is_not_made() -> None:
    source = document("“We lost nine boats in May,” Ada Roux said.")
    line = "Ada Roux said on 7 June: “We lost six boats in May.”"
    found = check(line, source)
    assert found.check is not None
    assert (found.text, found.check.verdict, found.check.before) == (line, "withheld", None)
