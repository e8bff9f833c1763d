"""Hedging: what the text gives as alleged, conditional, possible or only reported is not stated as plain fact."""

from __future__ import annotations

from pathlib import Path

import pytest
from claims import check, document

from briefing.clean.cleaner import clean
from briefing.sources.files import read_files
from briefing.types import Post

EXAMPLE = Path(__file__).parents[3] / "briefing/examples/moroccan-personnel-gaza.json"


@pytest.mark.parametrize(
    ("sentence", "text", "repaired"),
    [
        ("The dam is safe, engineers said.", "The dam is safe.", "According to engineers, the dam is safe."),
        ("Morocco is said to have joined the force.", "Morocco has joined the force.", "is said to"),
        (
            "The force would include ten states.",
            "The force will include ten states.",
            "The force would include ten states.",
        ),
        ("Selon la police, trois hommes ont fui.", "Trois hommes ont fui.", "selon la police"),
        ("Según la policía, tres hombres huyeron.", "Tres hombres huyeron.", "según la policía"),
    ],
)
def test_a_dropped_voice_or_doubt_is_put_back(sentence: str, text: str, repaired: str) -> None:
    language = "fr" if "Selon" in sentence else "es" if "Según" in sentence else "en"
    found = check(text, document(sentence, language=language))
    assert found.check is not None
    assert found.check.before is not None
    assert repaired.casefold().replace("selon", "d’après") in found.text.casefold().replace("selon", "d’après")
    assert found.check.before == text


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
    assert found.check.verdict != "carried"
    assert any("certainty" in reason for reason in found.check.reasons)
