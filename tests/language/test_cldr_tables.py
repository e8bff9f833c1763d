"""What `cldr_tables.py` writes is what lies in the data."""

from __future__ import annotations

import pytest

from briefing.language.tables import languages as table_languages
from briefing.language.tables import table
from cldr_tables import DATA, KINDS, head, languages, written


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", languages())
def test_a_file_is_as_it_would_be_written_now(language: str, kind: str) -> None:
    text = (DATA / language / f"{kind}.toml").read_text(encoding="utf-8")
    if not text.startswith(head()):
        pytest.skip(f"written from another version: {text.partition(chr(10))[0]} Here it would be: {head()}")
    assert text == written(language, kind)


def test_a_month_has_its_forms_and_those_of_regions() -> None:
    assert table("ru", "calendar_names")["months"]["6"] == "июня июнь"
    assert table("de", "calendar_names")["months"]["1"] == "Januar Jänner"
    assert "كانون_الثاني" in table("ar", "calendar_names")["months"]["1"].split()


@pytest.mark.parametrize("language", table_languages("calendar"))
def test_nothing_is_written_by_hand_that_cldr_has(language: str) -> None:
    generated, by_hand = table(language, "calendar_names"), table(language, "calendar")
    for key in ("months", "weekdays"):
        rows = (*generated.get(key, {}).items(), *generated.get(f"short_{key}", {}).items())
        known = {(value, word.casefold()) for value, row in rows for word in row.split()}
        added = [(value, word.casefold()) for value, row in by_hand.get(key, {}).items() for word in row.split()]
        assert not known.intersection(added)


def test_a_country_has_its_name_in_each_language() -> None:
    assert "\nDE: Німеччина\n" in table("uk", "territories")["countries"]
    assert "\nJE: " not in table("en", "territories")["countries"]


def test_what_one_language_says_is_not_read_as_anothers() -> None:
    """Babel keeps what it read of one locale where others inherit: the months of Hindi, standing alone, were Hebrew."""
    assert "ינואר" not in written("hi", "calendar_names")


def test_a_currency_is_known_by_the_word_that_its_names_share() -> None:
    assert table("pl", "magnitudes")["units"]["USD"].split()[0] == "dolar"
    assert table("de", "magnitudes")["units"]["EUR"] == "Euro"
    assert "coreano" not in table("es", "magnitudes")["units"].get("KRW", "")


def test_a_scale_is_worth_what_one_of_it_is() -> None:
    assert table("hi", "magnitudes")["scales"]["1e5"] == "लाख"
    assert table("de", "magnitudes")["short_scales"]["1e9"] == "Mrd"
