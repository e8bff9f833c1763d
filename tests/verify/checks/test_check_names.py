"""Names: people, places, organisations and acronyms of a claim stand in its sentences, else in its document."""

from __future__ import annotations

import pytest
from claims import check, document, verdict


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Macron went to Rabat.", "stands"),
        ("The WHO welcomed the Moroccan plan.", "stands"),
        ("Emmanuel Macron went to Berlin.", "withheld"),
        ("Scholz went to Rabat.", "withheld"),
    ],
)
def test_names_stand_in_the_text(text: str, expected: str) -> None:
    lines = ("Emmanuel Macron went to Rabat.", "The World Health Organization welcomed Morocco's plan.")
    assert verdict(text, *lines) == expected


def test_a_name_of_the_document_put_for_that_of_the_sentence_is_withheld() -> None:
    lines = ("Anna Weber won the race in Lyon.", "Clara Dupont came second.", "They will meet again in Nantes.")
    assert check("Clara Dupont won the race in Lyon.", document(*lines), 1).check.verdict == "withheld"  # type: ignore[union-attr]


def test_places_are_known_in_scripts_without_capitals() -> None:
    assert verdict("وصل الوزير إلى لبنان.", "وصل الوزير إلى المغرب.", language="ar") == "withheld"
    assert verdict("وصل الوزير إلى المغرب.", "وصل الوزير أمس إلى المغرب.", language="ar") == "stands"


def test_a_name_from_another_part_of_a_long_text() -> None:
    lines = (
        "The train left Zagreb for Split on Friday morning with 90 passengers.",
        "It ran off the rails near Split at noon.",
        "Rain fell all day on the hills.",
        "The line was built in the twenties.",
        "A similar crash happened in Vienna ten years ago.",
        "Engineers from Vienna will help.",
    )
    assert verdict("The train left Vienna on Friday morning with 90 passengers.", *lines) == "withheld"
    assert verdict("The train left Zagreb on Friday morning with 90 passengers.", *lines) == "stands"


def test_a_persons_name_put_for_that_of_the_sentence_is_withheld() -> None:
    source = document(
        "Anna Berger presented the annual report to the city council on Friday.", "Later Clara Moreau left the room."
    )
    found = check("The annual report went before the council on Friday, presented by Clara Moreau.", source, 1).check
    assert found is not None
    assert found.verdict == "withheld"
    assert found.at_fault


@pytest.mark.parametrize(
    ("line", "sentence", "language"),
    [
        ("Officials met Petra Lindqvist on Monday.", "Officials met Petra Lindquist on Monday.", "en"),
        ("Robert Karimi signed the contract.", "Robert Karim signed the contract.", "en"),
        ("South Sudan signed the treaty.", "Sudan signed the treaty on Friday.", "en"),
        ("Sudan signed the treaty.", "South Sudan signed the treaty on Friday.", "en"),
        ("Votes are counted in Dakota.", "Votes are counted in South Dakota this week.", "en"),
        ("East Jerusalem was quiet overnight.", "Jerusalem was quiet overnight, police said.", "en"),
        ("Votes are counted in South Carolina.", "Votes are counted in North Carolina this week.", "en"),
        ("L’Irlande du Nord vote jeudi.", "L’Irlande vote jeudi.", "fr"),
        ("Corea del Norte disparó un misil.", "Corea del Sur disparó un misil el lunes.", "es"),
        ("Северная Осетия голосует в мае.", "Южная Осетия голосует в мае.", "ru"),
        ("President Kim Jong-nam spoke in Pyongyang.", "President Kim Jong-un spoke in Pyongyang.", "en"),
        ("Carlson won the vote in Oslo.", "Carlsen won the vote in Oslo.", "en"),
        ("Umowę podpisał w piątek Kowalczyk.", "Umowę podpisał w piątek Kowalski.", "pl"),
    ],
)
def test_a_name_is_equal_or_it_is_another(line: str, sentence: str, language: str) -> None:
    assert verdict(line, sentence, language=language) == "withheld"


@pytest.mark.parametrize(
    ("line", "sentence", "language"),
    [
        ("Zelenskyy met Scholz in Kyiv.", "Zelensky met Scholz in Kyiv on Monday.", "en"),
        ("The Democrats lost Ohio.", "The Democratic Party lost Ohio on Tuesday.", "en"),
        (
            "Northern Ireland votes in May.",
            "Voters in Northern Ireland go to the polls in May: Northern Ireland votes.",
            "en",
        ),
        ("Rain fell in Italy.", "Heavy rain fell in Northern Italy on Sunday: rain fell all day.", "en"),
        ("North Korea fired a missile.", "North and South Korea talked before North Korea fired a missile.", "en"),
        ("Los Republicanos votaron en contra.", "El senador Republicano y otros Republicanos votaron en contra.", "es"),
        ("В четверг Кремль посетил Лукашенко, Путин его встретил.", "В четверг Лукашенко был в Кремле у Путина.", "ru"),
        ("Tusk spotkał się z Macronem w Paryżu.", "Spotkanie Tuska i Macrona odbyło się w Paryżu.", "pl"),
        (
            "Erdoğan Berlin'de Scholz ile görüştü.",
            "Erdoğan'ın Scholz'la görüşmesi Berlin'deydi, Erdoğan Berlin'de görüştü.",
            "tr",
        ),
        ("Kim Jong-un spoke in Pyongyang.", "President Kim Jong-un spoke in Pyongyang.", "en"),
        ("The White House-backed plan passed.", "The plan, White House-led and backed by all, passed.", "en"),
    ],
)
def test_a_form_of_a_name_is_that_name(line: str, sentence: str, language: str) -> None:
    assert verdict(line, sentence, language=language) == "stands"


def test_the_first_name_of_one_with_the_surname_of_another_is_nobody() -> None:
    lines = ("Anna Weber chairs the council.", "Clara Dupont wrote the report for Dupont and her council.")
    assert verdict("The council is chaired by Clara Weber.", *lines) == "withheld"
    together = "Anna and Clara Weber chair the council with Clara Dupont."
    assert verdict("Clara Weber and Anna Weber chair the council.", *lines, together) == "stands"


def test_a_name_is_heard_through_another_script() -> None:
    lines = ("В среду Зеленский встретился с Шольцем в Киеве.",)
    assert verdict("Zelensky met Scholz in Kyiv on Wednesday.", *lines, language="ru") == "stands"
    found = check("On Wednesday Scholz met Poroshenko in Kyiv.", document(*lines, language="ru"), 1).check
    assert found is not None
    assert any(one.check == "names" for one in found.not_run)
