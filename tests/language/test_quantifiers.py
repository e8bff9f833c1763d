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
        ("nl", "Bijna alle winkels zijn dicht, niemand klaagt.", {"Bijna alle": "most", "niemand": "none"}),
        ("sv", "Inte alla båtar sjönk, bara några få.", {"Inte alla": "some", "bara några få": "few"}),
        ("pl", "Większość łodzi wróciła, tylko kilku rybaków nie.", {"Większość": "most", "tylko kilku": "few"}),
        ("ro", "Toate podurile sunt închise, în afară de câteva.", {"Toate": "all", "câteva": "some"}),
        ("el", "Σχεδόν όλα τα πλοία έφυγαν, κανένα δεν γύρισε.", {"Σχεδόν όλα": "most", "κανένα": "none"}),
        ("fi", "Useimmat veneet upposivat, vain muutama kellui.", {"Useimmat": "most", "vain muutama": "few"}),
        ("uk", "Не всі човни потонули, лише кілька.", {"Не всі": "some", "лише кілька": "few"}),
        ("it", "La maggior parte dei negozi è chiusa, nessuno apre.", {"La maggior parte": "most", "nessuno": "none"}),
        ("pt", "Nem todas as lojas fecharam, só as únicas.", {"Nem todas": "some", "só": "only", "as únicas": "only"}),
        ("de", "Fast alle Boote sanken, nur wenige nicht.", {"Fast alle": "most", "nur wenige": "few"}),
        ("es", "Casi todos los barcos volvieron, nadie falta.", {"Casi todos": "most", "nadie": "none"}),
        ("fr", "La plupart des ponts tiennent, seuls quelques élus doutent.",
         {"La plupart": "most", "seuls quelques": "few"}),
        ("ru", "Почти все лодки утонули, лишь несколько вернулись.",
         {"Почти все": "most", "лишь несколько": "few"}),
        ("sw", "Watu wote walikuja.", {}),
    ],
)  # fmt: skip
def test_how_many_are_spoken_of(language: str, text: str, expected: dict[str, str]) -> None:
    assert found(text, language) == expected
