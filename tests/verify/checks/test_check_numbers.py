"""Numbers: money, units, percentages and ordinals, too; each one of a claim must stand in its sentences."""

from __future__ import annotations

import pytest
from claims import check, document, verdict

NUMBERS = [
    (
        "en",
        "The flood killed 23 people.",
        "At least 23 people died in the flood.",
        "At least 32 people died in the flood.",
    ),
    ("en", "It cost $1.2 million.", "It cost $1,200,000.", "It cost $1.2 billion."),
    ("en", "The road is 5 miles long.", "The road is five miles long.", "The road is 5 km long."),
    ("en", "There were 4,900 guests.", "There were nearly 5,000 guests.", "There were 5,000 guests."),
    ("en", "He was given a 12-year sentence.", "The sentence is twelve years.", "The sentence is twelve months."),
    ("en", "Turnout was 50%.", "Half of the voters took part.", "A third of the voters took part."),
    ("fr", "Il y a quatre-vingt-dix-sept blessés.", "On compte 97 blessés.", "On compte 87 blessés."),
    ("fr", "Le projet coûte 1 234,5 euros.", "Le coût est de 1.234,5 euros.", "Le coût est de 1.243,5 euros."),
    ("es", "Costó 2,3 millones de euros.", "El coste fue de 2.300.000 euros.", "El coste fue de 3.200.000 euros."),
    ("ar", "يضم المعرض ٣٤٠ قطعة قديمة.", "يضم المعرض 340 قطعة قديمة.", "يضم المعرض 430 قطعة قديمة."),
    ("ar", "سرق مجهولون خمس عشرة لوحة من متحف.", "سُرقت 15 لوحة من متحف.", "سُرقت 14 لوحة من متحف."),
    ("hi", "यहाँ १२३ लोग थे", "यहाँ 123 लोग थे", "यहाँ 132 लोग थे"),
    ("ja", "参加者は3万5000人だった。", "参加者は35,000人だった。", "参加者は53,000人だった。"),
    ("ru", "Бюджет вырос на 3,5 млн рублей.", "Бюджет вырос на 3 500 000 рублей.", "Бюджет вырос на 5,3 млн рублей."),
]


@pytest.mark.parametrize(("language", "sentence", "right", "wrong"), NUMBERS)
def test_numbers_stand_in_the_sentences(language: str, sentence: str, right: str, wrong: str) -> None:
    assert verdict(right, sentence, language=language) == "stands"
    assert verdict(wrong, sentence, language=language) == "withheld"


WORDS = [
    ("de", "Es kamen achtundvierzigtausend Menschen.", "48.000 Menschen kamen.", "47.000 Menschen kamen."),
    ("id", "Dua puluh lima orang tewas.", "25 orang tewas.", "15 orang tewas."),
    ("tr", "Depremde yüz kırk iki kişi öldü.", "Depremde 142 kişi öldü.", "Depremde 102 kişi öldü."),
    ("he", "במחנה שלוש מאות ושתים עשרה נשים.", "במחנה 312 נשים.", "במחנה 300 נשים."),
    ("ko", "스물다섯 명이 다쳤다.", "25명이 다쳤다.", "20명이 다쳤다."),
    ("pl", "Budżet wynosi dwa i pół miliona złotych.", "Budżet to 2,5 mln złotych.", "Budżet to 2 mln złotych."),
    ("id", "Dua orang tewas.", "Two people died.", "Three people died."),
    ("nl", "De storm beschadigde drie huizen.", "The storm damaged three houses.", "The storm damaged four houses."),
    (
        "de",
        "Der Plan kostet 2,5 Mrd. Euro.",
        "The plan will cost 2.5 billion euros.",
        "The plan will cost 2.5 million.",
    ),
    ("th", "มีผู้เสียชีวิต 23 คน", "23 people died.", "32 people died."),
]


@pytest.mark.parametrize(("language", "sentence", "right", "wrong"), WORDS)
def test_a_number_in_words_is_held_to_the_digits(language: str, sentence: str, right: str, wrong: str) -> None:
    assert verdict(right, sentence, language=language) == "stands"
    assert verdict(wrong, sentence, language=language) == "withheld"


@pytest.mark.parametrize(
    ("language", "sentence", "line", "why"),
    [
        ("de", "Ein Zwanzigjähriger starb.", "A 20-year-old died.", "that is not read: “Zwanzigjähriger”"),
        ("de", "Ein Mann starb mit 20 Jahren.", "Ein Zwanzigjähriger starb.", "that is not read: “Zwanzigjähriger”"),
        (
            "en",
            "He was born in nineteen eighty-four.",
            "He was born in 1984.",
            "that is not read: “nineteen eighty-four”",
        ),
        ("hu", "Hét ember meghalt.", "Seven people died.", "no words for it in Hungarian"),
        ("th", "สองคนเสียชีวิต", "สามคนเสียชีวิต", "no words for it in Thai"),
    ],
)
def test_a_number_that_cannot_be_read_is_not_checked(language: str, sentence: str, line: str, why: str) -> None:
    found = check(line, document(sentence, language=language)).check
    assert found is not None
    assert found.verdict == "unread"
    assert "numbers" not in found.passed
    assert any(item.check == "numbers" and item.why.endswith(why) for item in found.not_run)


def test_small_words_of_a_language_are_no_numbers_of_another() -> None:
    """Portuguese “dos” is "of the", Spanish "dos" two."""
    assert verdict("A maioria dos moradores saiu.", "Quase todos abandonaram a cidade.", language="pt") == "stands"


def test_another_number_is_withheld_although_one_is_not_read() -> None:
    assert verdict("A 30-year-old died.", "Ein Zwanzigjähriger starb.", language="de") == "withheld"
    assert verdict("30 people came.", "Es kamen 20 Zwanzigjährige.", language="de") == "withheld"


def test_numbers_that_changed_places_are_withheld() -> None:
    sentence = "The derailment killed six people and injured 45 passengers."
    assert verdict("The derailment killed 45 people and injured six passengers.", sentence) == "withheld"
    assert verdict("Six people were killed in the derailment and 45 passengers injured.", sentence) == "stands"


@pytest.mark.parametrize(
    ("claim", "source", "language", "expected"),
    [
        (
            "The noise is safe for at least 15 minutes.",
            "The noise is safe for no more than 15 minutes.",
            "en",
            "withheld",
        ),
        (
            "The noise is safe for 15 minutes at most.",
            "The noise is safe for no more than 15 minutes.",
            "en",
            "stands",
        ),
        ("Arrivals in June were down 3.2 %.", "In June, arrivals rose 3.2 %.", "en", "withheld"),
        ("Arrivals in June were up 3.2 %.", "In June, arrivals rose 3.2 %.", "en", "stands"),
        ("Less than 870 infections are known.", "In all, 870 infections are known.", "en", "withheld"),
        ("Plus de 40 maisons ont brûlé.", "Moins de 40 maisons ont brûlé.", "fr", "withheld"),
        ("Hay menos de diez pasos en la frontera.", "En la frontera hay más de 10 pasos.", "es", "withheld"),
        ("Some 45 people died and six were hurt.", "The crash killed six people and injured 45.", "en", "withheld"),
        ("Six people died and 45 were hurt.", "The crash killed six people and injured 45.", "en", "stands"),
    ],
)
def test_a_number_on_the_other_side(claim: str, source: str, language: str, expected: str) -> None:
    assert verdict(claim, source, language=language) == expected
