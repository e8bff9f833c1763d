"""Numbers as people write them, in digits; those in words are in `test_number_words.py`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language.annotation import annotate
from briefing.language.quantities import agree, shares, within


def values(text: str, language: str) -> list[set[float]]:
    return [set(found.readings) for found in annotate(text, language).quantities]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("1,234.5", "en", 1234.5),
        ("1.234,5", "es", 1234.5),
        ("1 234,5", "fr", 1234.5),
        ("١٬٢٣٤٫٥", "ar", 1234.5),
        ("१२३", "hi", 123),
        ("１２３", "ja", 123),
        ("1.2 million", "en", 1_200_000),
        ("3,5 млн", "ru", 3_500_000),
        ("٣ ملايين", "ar", 3_000_000),
        ("3万5000", "ja", 35_000),
        ("twenty-one", "en", 21),
        ("two hundred and fifty", "en", 250),
        ("quatre-vingt-dix-sept", "fr", 97),
        ("dos mil trescientos millones", "es", 2_300_000_000),
        ("خمسة وعشرون ألف", "ar", 25_000),
        ("أربعة عشر", "ar", 14),
        ("двадцать пять тысяч", "ru", 25_000),
        ("half a million", "en", 500_000),
        ("half a dozen", "en", 6),
        ("5bn", "en", 5_000_000_000),
    ],
)
def test_a_number_is_read(text: str, language: str, expected: float) -> None:
    found = annotate(text, language).quantities
    assert len(found) == 1
    assert expected in found[0].readings
    assert (found[0].start, found[0].end) == (0, len(text))


def test_an_ambiguous_separator_keeps_both_readings() -> None:
    assert values("1.234", "en") == [{1234.0, 1.234}]


@pytest.mark.parametrize(
    ("text", "unit"),
    [("5 %", "percent"), ("$5", "USD"), ("5 euros", "EUR"), ("٥ دولار", "USD"), ("5 km", "km"), ("12-year", "year")],
)
def test_units_are_told(text: str, unit: str) -> None:
    assert [found.unit for found in annotate(text, "en").quantities] == [unit]


@pytest.mark.parametrize(
    ("language", "text", "expected", "unit"),
    [
        ("fr", "3,4 Mds €", 3.4e9, "EUR"),
        ("fr", "5 M€", 5e6, "EUR"),
        ("de", "3,4 Mrd. Euro", 3.4e9, "EUR"),
        ("es", "5 mil millones de euros", 5e9, "EUR"),
        ("it", "3,2 mld di euro", 3.2e9, "EUR"),
        ("id", "Rp 1,5 triliun", 1.5e12, "IDR"),
        ("id", "25 juta orang", 25e6, None),
        ("en", "US$ 5m", 5e6, "USD"),
        ("en", "R$ 5 million", 5e6, "BRL"),
        ("en", "EUR 500 million", 500e6, "EUR"),
        ("en", "Rs 1,50,000", 150_000, "INR"),
        ("en", "5 crore rupees", 50e6, "INR"),
        ("hi", "3 लाख रुपये", 300_000, "INR"),
        ("pl", "5 tys. złotych", 5000, "PLN"),
        ("ru", "5 тыс. человек", 5000, None),
        ("el", "3 δισ. ευρώ", 3e9, "EUR"),
        ("tr", "yüzde 40", 40, "percent"),
        ("ro", "5 mil. lei", 5e6, "RON"),
        ("zh", "3千万元", 30e6, "CNY"),
        ("ja", "3億5千万円", 350e6, "JPY"),
        ("ko", "3만5000명", 35_000, None),
        ("th", "๓๐ ล้าน", 30e6, None),
        ("en", "120 km", 120, "km"),
    ],
)
def test_magnitudes_and_currencies(language: str, text: str, expected: float, unit: str | None) -> None:
    found = annotate(text, language).quantities
    assert [(set(one.readings), one.unit) for one in found] == [({expected}, unit)]


def test_five_m_may_be_metres_where_no_money_is_meant() -> None:
    assert values("a 5m wave", "en") == [{5, 5e6}]
    assert values("a €5m bridge", "en") == [{5e6}]


@pytest.mark.parametrize(
    ("language", "text"),
    [("de", "um 14.30 Uhr"), ("it", "alle 14.30"), ("sv", "kl. 14.30"), ("ru", "в 14.30"), ("id", "pukul 14.30")],
)
def test_a_time_with_a_dot(language: str, text: str) -> None:
    assert [(one.kind, set(one.readings)) for one in annotate(text, language).quantities] == [("time", {870})]
    assert [one.kind for one in annotate("14.30 €", language).quantities] == ["number"]


@pytest.mark.parametrize(
    ("language", "text", "minutes"),
    [
        ("hi", "बैठक 2 बजे है।", {120, 840}),
        ("ja", "会議は14時30分に始まる。", {870}),
        ("ko", "회의는 2시에 시작한다.", {120, 840}),
        ("en", "It starts at 2 o’clock.", {120, 840}),
        ("ja", "会議は14時間続いた。", set()),
        ("ko", "회의는 14시간 이어졌다.", set()),
    ],
)
def test_an_hour_is_a_time_of_day_and_a_number_of_hours_is_none(language: str, text: str, minutes: set[int]) -> None:
    times = [one.readings for one in annotate(text, language).quantities if one.kind == "time"]
    assert set().union(*times) == minutes


@pytest.mark.parametrize(("language", "text"), [("en", "two thirds"), ("zh", "三分之二"), ("pl", "dwie trzecie")])
def test_fractions_in_words(language: str, text: str) -> None:
    (found,) = annotate(text, language).quantities
    assert found.kind == "fraction"
    assert min(found.readings) == pytest.approx(2 / 3, abs=0.001)


@pytest.mark.parametrize(
    ("claimed", "carried", "expected"),
    [
        ("5 %", "5 people", False),
        ("160 million", "$160 million", True),
        ("nearly 5,000", "4,900", True),
        ("nearly 5,000", "5,100", False),
        ("more than 5,000", "5,212", True),
        ("about 30", "31", True),
        ("30", "31", False),
        ("dozens", "36", True),
        ("dozens", "7", False),
        ("half", "50%", True),
        ("3:30 p.m.", "15:30", True),
        ("five miles", "5 miles", True),
    ],
)
def test_agreement(claimed: str, carried: str, expected: bool) -> None:
    assert agree(annotate(claimed, "en").quantities[0], annotate(carried, "en").quantities[0]) is expected


def test_shares_of_two_numbers() -> None:
    text = "One in five"
    assert shares(annotate(text, "en").quantities, text) == {0.2}


def test_bounds() -> None:
    assert within("nearly", 100, 96)
    assert not within("nearly", 100, 101)


@given(st.text(max_size=120), st.sampled_from(["en", "fr", "ar", "ja", "ru", "he", "vi", "und"]))
def test_offsets_lie_in_the_text(text: str, language: str) -> None:
    for found in annotate(text, language).quantities:
        assert 0 <= found.start < found.end <= len(text)


@given(st.integers(0, 10**12))
def test_digits_are_read_back(number: int) -> None:
    assert float(number) in annotate(f"{number:,}", "en").quantities[0].readings


@pytest.mark.parametrize("text", ["9" * 5000, "一" * 5000, "million " * 300, "兆" * 100, "1." * 3000, "²" * 50])
@pytest.mark.parametrize("language", ["en", "zh", "ar"])
def test_no_number_is_too_long(text: str, language: str) -> None:
    for quantity in annotate(f"It is {text} long.", language).quantities:
        assert all(abs(value) < float("inf") for value in quantity.readings)
