import pytest

from briefing.language.annotation import annotate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It will require tens of billions of dollars.", ["tens of billions of dollars"]),
        ("1,200 soldiers and 5% of €3.5 million", ["1,200 soldiers", "5%", "€3.5 million"]),
        ("about 20 per cent, or $4.5bn", ["20 per cent", "$4.5bn"]),
        ("Il a coûté 3,5 millions d’euros à 12 000 personnes.", ["3,5 millions d’euros", "12 000 personnes"]),
        ("25 миллионов рублей", ["25 миллионов рублей"]),
        ("约500人，3亿元", ["500人", "3亿元"]),
        ("3 triệu đồng", ["3 triệu đồng"]),
    ],
)
def test_amounts_with_what_they_count(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in annotate(text).figures] == expected


@pytest.mark.parametrize(
    "text",
    [
        "On June 23, 2026 at 14:47, in 2015 and on 12 July.",
        "Le 12 août 2024, la 17e édition.",
        "COVID-19, the G20, the two-state solution and one of the first signs",
        "1. First\n2. Second",
        "2024年5月3日",
        "18-20 ноября",
    ],
)
def test_dates_times_ordinals_and_names_are_no_figures(text: str) -> None:
    assert annotate(text).figures == ()


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "31,683 expectant fans, 107 local schools and $700 million over", ["31,683 expectant fans",
                                                                                  "107 local schools", "$700 million"]),
        ("en", "Eleven people and one of the ten villages", ["Eleven people", "ten villages"]),
        ("fr", "onze mois, 25 dernières années, 40 millions d’automobilistes", ["onze mois", "25 dernières années",
                                                                               "40 millions d’automobilistes"]),
        ("es", "La Ley 26.743 de Identidad, quince barrios y 2,15 millones de turistas", ["quince barrios",
                                                                                         "2,15 millones de turistas"]),
        ("ja", "二十三日、出店は四十二店、三千人、百二十台。", ["四十二店", "三千人", "百二十台"]),
        ("uk", "сталь AISI 304 має 150 людей", ["150 людей"]),
        ("ru", "2400 участников", ["2400 участников"]),
        ("en", "10.2 Purpose", []),
        ("en", "They sold about 100 tickets on June 12.", ["100 tickets"]),
        ("es", "Tiene 49 años desde el 12 de enero.", ["49 años"]),
    ],
)  # fmt: skip
def test_figures_of_a_known_language(language: str, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in annotate(text, language).figures] == expected


@pytest.mark.parametrize("digits", ["7" * 5000, "٧" * 5000, "1." * 3000, "²" * 50])
def test_a_number_may_be_as_long_as_it_likes(digits: str) -> None:
    """Python refuses to read a number of more than 4,300 digits."""
    text = f"It has {digits} files and {digits} people."
    assert all(0 <= start < end <= len(text) for start, end in annotate(text, "en").figures)
