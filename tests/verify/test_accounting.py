"""Accounting: a line is one of its sentences made shorter, or it is for a reader."""

from __future__ import annotations

import pytest
from claims import check, document, outcome

from briefing.types import Claim
from briefing.verify.citation import evidence
from briefing.verify.verifier import verify

WALL = "The wall of quay 4 gave way at 6.10 on Wednesday, the harbour office said."
HURT = "14 people were killed and 30 injured in Norl, police said."
BRIDGE = "The council plans to close the old bridge on Monday, which carries 4,000 cars a day."
MAYOR = "The former mayor, Ada Brandt, was charged with fraud, which she denies."
WORKERS = "A spokesman for the ministry told reporters that at least 17 workers had been hurt."


def mark(line: str, *sentences: str, language: str = "en") -> str:
    """The mark of a line as it is, without a mend."""
    source = document(*sentences, language=language)
    cited = tuple(evidence(source, number) for number in range(1, len(source.sentences)))
    found = verify(Claim("c", line, cited, origin="written"), {source.key: source}, mends=False).check
    assert found is not None
    return found.verdict


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("The wall gave way on Wednesday, the harbour office said.", WALL),
        ("The harbour office said the wall gave way.", WALL),
        ("14 people were killed, police said.", HURT),
        ("The council plans to close the bridge.", BRIDGE),
        ("A spokesman for the ministry said at least 17 workers had been hurt.", WORKERS),
        ("Ada Brandt was charged with fraud, which she denies.", MAYOR),
        ("Shares of Norl Mills fell 4% in May.", "Shares of Norl Mills fell 4% in May after it cut its forecast."),
    ],
)
def test_a_sentence_made_shorter_is_carried(line: str, sentence: str) -> None:
    assert mark(line, sentence) == "carried"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("30 people were killed, police said.", HURT),
        ("14 people injured in Norl, police said.", HURT),
        ("The council to close the old bridge.", BRIDGE),
        ("The council closed the old bridge.", BRIDGE),
        ("The council plans to close the old bridge, which carries 4,000 cars.", BRIDGE),
        ("The ministry told reporters that at least 17 workers had been hurt.", WORKERS),
        ("A spokesman for the ministry told reporters that 17 workers had been hurt.", WORKERS),
        ("The harbour office told the town that the wall of quay 4 gave way.", WALL),
        ("The former mayor, Ada Brandt, was charged with fraud.", MAYOR),
        ("The mayor, Ada Brandt, was charged with fraud, which she denies.", MAYOR),
        ("Norl Mills fell 4% in May.", "Norl Mills shares fell 4% in May."),
        ("Alpha hired 40 people and closed a plant.", "Alpha hired 40 people and praised Beta, which closed a plant."),
        ("The bank is the largest lender.", "The bank is one of the largest lenders."),
        ("The port reopens on Friday.", "The port reopens on Friday if the storm has passed."),
    ],
)
def test_what_was_put_in_or_torn_out_is_not_carried(line: str, sentence: str) -> None:
    assert mark(line, sentence) != "carried"


@pytest.mark.parametrize(
    ("language", "sentence", "line"),
    [
        ("en", "In our view the council should have acted years ago.", "The council should have acted years ago."),
        ("fr", "À notre avis, la mairie aurait dû fermer le pont.", "La mairie aurait dû fermer le pont."),
        ("pl", "Naszym zdaniem rada powinna zamknąć most.", "Rada powinna zamknąć most."),
        ("ru", "На наш взгляд, совет должен закрыть мост.", "Совет должен закрыть мост."),
    ],
)
def test_whose_view_it_is_stays_with_it(language: str, sentence: str, line: str) -> None:
    assert mark(line, sentence, language=language) != "carried"
    assert mark(sentence, sentence, language=language) == "carried"


def test_each_clause_may_be_of_a_sentence_of_its_own() -> None:
    sentences = ("Alpha hired 40 people in Norl.", "The strike at Beta ended on Monday.")
    assert mark("Alpha hired 40 people, and the strike at Beta ended on Monday.", *sentences) == "carried"
    assert mark("Alpha hired 40 people on Monday.", *sentences) != "carried"
    assert mark("Alpha hired 40 people, and ended on Monday.", *sentences) != "carried"


def test_what_a_reader_is_shown_of_an_unread_line() -> None:
    found = check("The harbour office said the wall of quay 4 crumbled.", document(WALL)).check
    assert found is not None
    assert (found.verdict, found.unaccounted) == ("unread", ("crumbled",))


@pytest.mark.parametrize(
    ("language", "sentence", "line", "other"),
    [
        (
            "fr",
            "Le conseil municipal a fermé le vieux pont lundi, a annoncé la mairie.",
            "Le conseil a fermé le vieux pont, a annoncé la mairie.",
            "Le conseil a fermé le vieux pont.",
        ),
        (
            "es",
            "El ayuntamiento cerró el puente viejo el lunes, según el alcalde.",
            "El ayuntamiento cerró el puente, según el alcalde.",
            "El ayuntamiento cerró el puente viejo el martes, según el alcalde.",
        ),
        (
            "de",
            "Der ehemalige Bürgermeister trat am Montag zurück, teilte die Stadt mit.",
            "Der ehemalige Bürgermeister trat zurück, teilte die Stadt mit.",
            "Der Bürgermeister trat am Montag zurück, teilte die Stadt mit.",
        ),
    ],
)
def test_lines_of_other_languages(language: str, sentence: str, line: str, other: str) -> None:
    assert mark(line, sentence, language=language) == "carried"
    assert mark(other, sentence, language=language) != "carried"


def test_through_a_translation_nothing_is_carried() -> None:
    source = document("Le pont a été fermé lundi.", language="fr")
    found = check("The bridge was closed on Monday.", source)
    assert found.check is not None
    assert found.check.verdict == "unread"
    assert outcome(found) == "stands"
