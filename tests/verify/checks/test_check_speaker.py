"""Speaker: who a claim says is speaking."""

# A case a line reads best.
# ruff: noqa: E501

from __future__ import annotations

import pytest
from claims import check, document, verdict


def test_a_quote_given_to_another_speaker_is_withheld() -> None:
    lines = ("“We may win the vote,” Anna Weber said.", "Clara Dupont did not answer.")
    assert verdict("Clara Dupont said “we may win the vote”.", *lines) == "withheld"


def test_a_voice_that_is_nowhere_is_withheld() -> None:
    assert verdict("Experts say the dam is safe.", "The dam is safe and the road is open.") == "withheld"


LANG = ("Chief executive Ruth Lang blamed costs.|“We close in May,” she told analysts.",)
CLASH = (
    "Health minister Dara Quill and opposition leader Simon Hext clashed.|“No ward will close,” Quill said.",
    "Hext laughed.",
)


@pytest.mark.parametrize(
    ("language", "lines", "line"),
    [
        ("en", LANG, "“We close in May,” Lang told analysts."),
        ("en", LANG, "The chief executive said: “We close in May.”"),
        ("en", CLASH, "The health minister said: “No ward will close.”"),
        ("en", CLASH, "Dara Quill said: “No ward will close.”"),
        ("fr", ("Clarisse Diallo conduisait la délégation.|« Nous partons », a-t-elle déclaré.",), "« Nous partons », a dit Clarisse Diallo."),
        ("fr", ("Sa présidente, Maud Ferrandy, dénonce « une culture du secret ».",), "Mme Ferrandy dénonce « une culture du secret »."),
        ("fr", ("Rémi Castan et la ministre Lucie Orval s’opposent.|« Pas un euro », a promis la ministre.",), "Lucie Orval a promis : « Pas un euro. »"),
        ("de", ("Finanzministerin Edda Voll und Kai Tess stritten.|„Neue Schulden gibt es nicht“, sagte Voll.",), "Die Finanzministerin sagte: „Neue Schulden gibt es nicht.“"),
        ("ar", ("اختلفت وزيرة الصحة سهير القباني والنائب فادي مرعب.|«لن نغلق أي قسم»، قالت القباني.",), "قالت وزيرة الصحة: «لن نغلق أي قسم»."),
    ],
)  # fmt: skip
def test_a_true_quotation_is_not_withheld_for_how_its_speaker_is_told(
    language: str, lines: tuple[str, ...], line: str
) -> None:
    assert verdict(line, *lines, language=language) == "stands"


@pytest.mark.parametrize(
    ("language", "lines", "line"),
    [
        ("en", CLASH, "Opposition leader Simon Hext said: “No ward will close.”"),
        ("fr", ("Rémi Castan et la ministre Lucie Orval s’opposent.|« Pas un euro », a promis la ministre.",), "Rémi Castan a promis : « Pas un euro. »"),
        ("es", ("El alcalde de Norl, Ginés Robla, y la concejala Ada Ferrís discutían.|«No vamos a ceder», zanjó el alcalde.",), "«No vamos a ceder», zanjó la concejala Ada Ferrís."),
        ("de", ("Finanzministerin Edda Voll und Kai Tess stritten.|„Neue Schulden gibt es nicht“, sagte Voll.",), "Kai Tess sagte: „Neue Schulden gibt es nicht.“"),
    ],
)  # fmt: skip
def test_a_quotation_in_a_wrong_mouth_is_withheld(language: str, lines: tuple[str, ...], line: str) -> None:
    assert verdict(line, *lines, language=language) == "withheld"


def test_where_two_may_have_said_it_a_reader_is_asked() -> None:
    source = document("Dara Quill and Simon Hext clashed.|“No ward will close,” she said.")
    found = check("Dara Quill said: “No ward will close.”", source).check
    assert found is not None
    assert found.verdict == "unread"
    assert "quote: whose words these are cannot be told [2]" in found.reasons


def test_a_film_is_not_spoken_by_who_speaks_of_it() -> None:
    lines = ("In the suit, Peter Gall claims the film “Dark Harbour” is his.", "“It is mine,” said Ada Roux.")
    assert verdict("Ada Roux said “Dark Harbour” is Gall's.", *lines) == "stands"
