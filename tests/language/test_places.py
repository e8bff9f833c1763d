"""Places under their names in many languages, each language's own first."""

from __future__ import annotations

import pytest

from briefing.language.annotation import annotate
from briefing.language.places import place
from briefing.language.tables import languages, table
from briefing.language.words import fold


@pytest.mark.parametrize(
    ("language", "name", "expected"),
    [
        ("pl", "Niemcy", "DE"),
        ("fi", "Ruotsi", "SE"),
        ("tr", "Fas", "MA"),
        ("vi", "Mỹ", "US"),
        ("en", "Allemagne", "DE"),
        ("pl", "Allemagne", "DE"),
        ("en", "Marocain", "MA"),
        ("ar", "تونس", "TN"),
        ("fa", "آلمان", "DE"),
        ("en", "Indie", None),
        ("en", "Niemcy", None),
        ("pt", "Ao", None),
        ("en", "My", None),
        ("", "Deutschland", "DE"),
    ],
)
def test_a_place_is_known_by_its_names(language: str, name: str, expected: str | None) -> None:
    assert place(fold(name), language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("hi", "पेरू और फ्रांस पर", ["PE", "FR"]),
        ("hi", "दक्षिण अफ़्रीका में", ["ZA"]),
        ("hi", "वह घर पर है", []),
        ("th", "นายกรัฐมนตรีญี่ปุ่น", ["JP"]),
        ("zh", "访问秘鲁和德国", ["PE", "DE"]),
        ("ko", "독일 정부", ["DE"]),
    ],
)
def test_places_are_found_where_capitals_and_spaces_do_not_tell_them(
    language: str, text: str, expected: list[str]
) -> None:
    found = sorted(annotate(text, language).names, key=lambda mention: mention.start)
    assert [mention.place for mention in found] == expected


def test_no_name_of_a_country_is_written_by_hand_that_cldr_has() -> None:
    known = {
        (line[:2], fold(name))
        for language in languages("territories")
        for line in table(language, "territories")["countries"].splitlines()
        for name in line[4:].split("|")
    }
    rows = [row for language in languages("places") for row in table(language, "places")["countries"]]
    assert not known.intersection((row[:2], fold(name)) for row in rows for name in row[4:].split("|"))
