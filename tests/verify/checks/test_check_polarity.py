"""Polarity: "rose" for "fell", "the least frequent" for "the most frequent", "all" for "some"."""

# A case a line reads best.
# ruff: noqa: E501

from __future__ import annotations

import pytest
from claims import verdict

OPPOSITES = [
    ("en", "The council did not accept the plan.", "The council rejected the plan.", "The council accepted the plan."),
    ("en", "Prices rose in May in the whole country.", "Prices rose in the country in May.", "Prices fell in May in the whole country."),
    ("fr", "Le maire n’a pas signé l’accord sur l’eau.", "Le maire n’a pas signé l’accord.", "Le maire a signé l’accord sur l’eau."),
    ("es", "El consejo rechazó el plan de obras.", "El consejo rechazó el plan.", "El consejo aceptó el plan de obras."),
    ("ar", "رفض المجلس خطة البناء الجديدة.", "رفض المجلس خطة البناء.", "قبل المجلس خطة البناء الجديدة."),
    ("ja", "市議会は計画を承認した。", "市議会は計画を承認した。", "市議会は計画を却下した。"),
    ("zh", "今年粮食产量上升了一成。", "今年粮食产量上升。", "今年粮食产量下降了一成。"),
    ("ru", "Совет не принял план строительства.", "Совет не принял план.", "Совет принял план строительства."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "right", "wrong"), OPPOSITES)
def test_what_is_said_is_not_turned_round(language: str, sentence: str, right: str, wrong: str) -> None:
    assert verdict(right, sentence, language=language) == "stands"
    assert verdict(wrong, sentence, language=language) == "withheld"


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("All ministers voted for the budget last night.", "Some ministers voted for the budget last night."),
        ("Most villages have water again.", "A few villages have water again."),
    ],
)
def test_a_quantifier_that_says_too_much(claim: str, source: str) -> None:
    assert verdict(claim, source) == "withheld"
