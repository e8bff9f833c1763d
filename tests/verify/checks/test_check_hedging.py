"""Hedging: what the text gives as alleged, conditional, possible or only reported is not stated as plain fact."""

# A case a line reads best.
# ruff: noqa: E501

from __future__ import annotations

from pathlib import Path

import pytest
from claims import check, document, verdict

from briefing.clean.cleaner import clean
from briefing.sources.files import read_files
from briefing.types import Post

EXAMPLE = Path(__file__).parents[3] / "briefing/examples/moroccan-personnel-gaza.json"


@pytest.mark.parametrize(
    ("language", "sentence", "line", "told"),
    [
        ("en", "Morocco is said to have joined the force.", "Morocco has joined the force.", "Morocco is said to have joined the force."),
        ("en", "The force would include ten states.", "The force will include ten states.", "The force would include ten states."),
        ("en", "The ship may have lost power before it sank.", "The ship lost power before it sank.", "The ship may have lost power before it sank."),
        ("en", "The firm reportedly paid no tax in May.", "The firm paid no tax in May.", "The firm reportedly paid no tax in May."),
        ("fr", "L’exploitant aurait caché deux rapports.", "L’exploitant a caché deux rapports.", "L’exploitant aurait caché deux rapports."),
        ("fr", "Deux villages seraient évacués lundi.", "Deux villages seront évacués lundi.", "Deux villages seraient évacués lundi."),
        ("es", "La empresa habría recibido ayudas.", "La empresa ha recibido ayudas.", "La empresa habría recibido ayudas."),
    ],
)  # fmt: skip
def test_a_dropped_doubt_comes_back_where_the_sentence_has_it(
    language: str, sentence: str, line: str, told: str
) -> None:
    found = check(line, document(sentence, language=language))
    assert found.check is not None
    assert (found.text, found.check.before, found.check.verdict) == (told, line, "carried")


def test_a_doubt_that_cannot_be_put_back_withholds_a_line_that_follows_its_clause() -> None:
    found = check("Its rate rises in May and June.", document("Its rates might rise in May and June.")).check
    assert found is not None
    assert (found.verdict, found.at_fault) == ("withheld", ("might",))


def test_a_doubt_left_out_of_a_line_in_other_words_is_for_a_reader() -> None:
    sentence = "The ship may have lost power before it hit the rocks off Tarn."
    line = "A loss of power off Tarn was what sent the ship onto the rocks."
    found = check(line, document(sentence))
    assert found.check is not None
    assert (found.text, found.check.verdict) == (line, "unread")
    assert "certainty: the text says “may” [1]" in found.check.reasons


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("Slager was charged with murder on Wednesday and could face the death penalty.", "Slager was charged with murder."),
        ("The firm, which could be sold, closed two plants in May.", "The firm closed two plants in May."),
        ("The plan which would help farmers most was dropped.", "The plan was dropped."),
    ],
)  # fmt: skip
def test_a_doubt_of_a_clause_that_was_left_out_with_it_is_not_asked_for(sentence: str, line: str) -> None:
    assert verdict(line, sentence) == "stands"
    found = check(line, document(sentence)).check
    assert found is not None
    assert not any(reason.startswith("certainty:") for reason in found.reasons)


def test_nothing_is_put_behind_a_flat_falsehood() -> None:
    """Words of doubt in brackets behind a line leave it as false as it was."""
    lines = (
        ("It may rain in Tarn on Monday.", "Rain in Tarn on Monday."),
        ("It would be the worst year for Tarn since 1998.", "Tarn has had its worst year since 1998."),
    )
    for sentence, line in lines:
        assert check(line, document(sentence)).text == line


def test_a_doubt_that_opens_the_paragraph_covers_what_leans_on_it() -> None:
    source = document("According to leaked papers, the force has a plan.|Its mandate includes the border.")
    found = check("The mandate includes the border.", source, 2)
    assert found.check is not None
    assert found.check.before is not None
    assert found.text.startswith("According to leaked papers, ")
    assert found.certainty == "reported"


def test_the_opening_of_the_paragraph_comes_back_beside_the_claims_own_would() -> None:
    source = clean(next(item for item in read_files(EXAMPLE) if isinstance(item, Post)))
    number = next(n for n in range(1, len(source.sentences)) if source.quote(n).startswith("Its mandate"))
    found = check("The mandate would include monitoring the ceasefire.", source, number)
    assert found.text == "According to available information, the mandate would include monitoring the ceasefire."
    assert found.check is not None
    assert found.check.before is not None
    assert "opens the paragraph" in found.check.reasons[0]
    again = check(found.text, source, number)
    assert again.check is not None
    assert again.check.verdict != "withheld"


@pytest.mark.parametrize(
    ("language", "sentence", "text"),
    [
        (
            "es",
            "Es posible que la tasa encarezca los pasajes del puerto.",
            "La tasa encarecerá los pasajes del puerto.",
        ),
        ("ru", "Новый сбор, возможно, поднимет цены в порту.", "Новый сбор поднимет цены в порту."),
    ],
)
def test_a_doubt_reaches_over_the_mark_right_behind_it(language: str, sentence: str, text: str) -> None:
    found = check(text, document(sentence, language=language))
    assert found.check is not None
    assert found.text != text or found.check.verdict != "carried"
    assert any("certainty" in reason for reason in found.check.reasons)
