"""Dates in many languages: what is read, what is something else, and what is declared as not read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language.annotation import annotate
from briefing.language.calendar import DateMention, agrees
from briefing.language.date_reading import DateReading


def _reading(text: str, language: str) -> DateReading:
    return annotate(text, language).date_reading


def _parts(one: DateMention) -> tuple[int | None, int | None, int | None]:
    return one.year, one.month, one.day


@pytest.mark.parametrize(
    ("language", "text", "year", "month", "day"),
    [
        ("en", "June 23, 2026", 2026, 6, 23),
        ("en", "23rd of June", None, 6, 23),
        ("en", "the 14th of June", None, 6, 14),
        ("en", "June 5th", None, 6, 5),
        ("en", "in May", None, 5, None),
        ("en", "5 Dec 2024", 2024, 12, 5),
        ("en", "in '98", 1998, None, None),
        ("en", "2026-06-23", 2026, 6, 23),
        ("fr", "le 1er janvier 2024", 2024, 1, 1),
        ("fr", "premier mai", None, 5, 1),
        ("fr", "fin mars", None, 3, None),
        ("es", "5 de mayo de 2024", 2024, 5, 5),
        ("es", "septiembre 23, 2020", 2020, 9, 23),
        ("pt", "em março de 2021", 2021, 3, None),
        ("it", "a marzo", None, 3, None),
        ("de", "am 5. Juni", None, 6, 5),
        ("de", "5.10.2025", 2025, 10, 5),
        ("de", "im Jänner", None, 1, None),
        ("nl", "in maart 2022", 2022, 3, None),
        ("cs", "5. června", None, 6, 5),
        ("cs", "v září", None, 9, None),
        ("pl", "we wrześniu", None, 9, None),
        ("hr", "5. listopada 2024.", 2024, 10, 5),
        ("pl", "5 listopada 2024 r.", 2024, 11, 5),
        ("ru", "23 июня 2026 года", 2026, 6, 23),
        ("ru", "ноябрём 2018 года", 2018, 11, None),
        ("uk", "у лютому", None, 2, None),
        ("el", "τον Νοέμβρη του 2018", 2018, 11, None),
        ("fi", "elokuussa", None, 8, None),
        ("hu", "2026. június 5-én", 2026, 6, 5),
        ("tr", "2018'in kasım ayında", 2018, 11, None),
        ("tr", "Ocak'ta", None, 1, None),
        ("tr", "aralıkta", None, 12, None),
        ("ro", "a avut loc în mai în oraș", None, 5, None),
        ("ar", "23 يونيو 2026", 2026, 6, 23),
        ("ar", "٢٥ حزيران ٢٠٢٦", 2026, 6, 25),
        ("ar", "5 يوليو/تموز 2020", 2020, 7, 5),
        ("ar", "في الخامس والعشرين من يونيو", None, 6, 25),
        ("he", "ב-23 ביוני 2026", 2026, 6, 23),
        ("fa", "بیست و یکم ژوئن ۲۰۲۴", 2024, 6, 21),
        ("hi", "5 जून को", None, 6, 5),
        ("hi", "मार्च में", None, 3, None),
        ("ja", "2024年5月6日", 2024, 5, 6),
        ("ja", "令和8年6月5日", 2026, 6, 5),
        ("zh", "二〇二六年六月五日", 2026, 6, 5),
        ("zh", "民國115年6月5日", 2026, 6, 5),
        ("ko", "2026년 6월 5일에", 2026, 6, 5),
        ("vi", "ngày 5 tháng 6 năm 2024", 2024, 6, 5),
        ("vi", "tháng Mười Một năm 2023", 2023, 11, None),
        ("id", "Minggu (5/6)", None, 6, 5),
        ("th", "5 มิถุนายน พ.ศ. 2569", 2026, 6, 5),
        ("th", "5 มิ.ย. 2569", 2026, 6, 5),
        ("th", "ปี 2569", 2026, None, None),
        ("ru", "June 5, 2026", 2026, 6, 5),
        ("und", "5 августа", None, 8, 5),
    ],
)
def test_a_date_is_read(language: str, text: str, year: int | None, month: int | None, day: int | None) -> None:
    reading = _reading(text, language)
    assert list(map(_parts, reading.dates)) == [(year, month, day)]
    assert not reading.unread


@pytest.mark.parametrize(
    ("language", "text", "weekday"),
    [
        ("pt", "na segunda-feira", 0),
        ("pt", "nesta terça", 1),
        ("ru", "в среду", 2),
        ("de", "am Montagabend", 0),
        ("he", "ביום שני", 0),
        ("fa", "سه شنبه", 1),
        ("zh", "下周五举行", 4),
        ("ko", "화요일에", 1),
        ("vi", "sáng thứ Hai", 0),
        ("el", "την Τρίτη", 1),
    ],
)
def test_a_weekday_is_read(language: str, text: str, weekday: int) -> None:
    assert [one.weekday for one in _reading(text, language).dates] == [weekday]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "She may go."),
        ("en", "They march on."),
        ("en", "He sat down."),
        ("en", "5 per second"),
        ("en", "from 2010-12"),
        ("fr", "Au XIXe siècle"),
        ("fr", "sur la planète Mars"),
        ("pt", "Rio de Janeiro"),
        ("pt", "Marco Rubio chegou"),
        ("pt", "pela segunda vez, na quinta edição"),
        ("es", "las Madres de Plaza de Mayo"),
        ("es", "Julio Cortázar nació aquí"),
        ("it", "ha vinto in 3 set"),
        ("cs", "hlasovalo 5 pro"),
        ("ro", "mai multe orașe, de trei luni"),
        ("ru", "в окружающей среде"),
        ("el", "για τρίτη φορά"),
        ("tr", "kömür ocağı, pazar yeri"),
        ("uk", "лютий ворог"),
        ("ar", "مارس الضغط على أب"),
        ("ar", "قال رجب طيب، من صفر"),
        ("he", "אמר ניסן כהן, אב לשניים"),
        ("hi", "5 जन पर"),
        ("vi", "tháng sau, lần thứ hai"),
        ("zh", "一周一次，3个月"),
        ("id", "selama satu minggu"),
    ],
)
def test_words_that_only_look_like_dates_are_none(language: str, text: str) -> None:
    assert _reading(text, language) == DateReading((), ())


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fa", "در ۱۵ خرداد ۱۴۰۳ گفت", "۱۵ خرداد ۱۴۰۳"),
        ("fa", "در خرداد گفت", "خرداد"),
        ("fa", "1403/03/15", "1403/03/15"),
        ("ar", "يوم 10 رمضان 1445", "10 رمضان 1445"),
        ("ar", "خلال شهر رمضان", "رمضان"),
        ("tr", "Ramazan ayında", "Ramazan"),
        ("he", "חגגו ט״ו בשבט", "ט״ו בשבט"),
        ("he", "נפגשו בניסן", "בניסן"),
        ("zh", "农历八月十五", "农历八月十五"),
        ("vi", "rằm tháng Giêng", "rằm tháng Giêng"),
        ("en", "on 31/31/2024", "31/31/2024"),
        ("en", "on 15 Ramadan 1445", "15 Ramadan 1445"),
        ("be", "адбылося 5 ліпеня 2024 года", "5 ліпеня 2024"),
    ],
)
def test_a_date_that_cannot_be_read_is_told_and_never_another_month(language: str, text: str, words: str) -> None:
    reading = _reading(text, language)
    assert [text[slice(*span)] for span in reading.unread] == [words]
    assert not reading.dates


def test_a_date_of_another_calendar_with_ours_beside_it_is_read() -> None:
    reading = _reading("في 10 رمضان 1445 هـ الموافق 20 مارس 2024", "ar")
    assert (list(map(_parts, reading.dates)), reading.unread) == ([(2024, 3, 20)], ())


def test_both_readings_of_an_ambiguous_date_are_kept() -> None:
    (one,) = _reading("03/04/2026", "en").dates
    assert (one.day, one.month, one.other) == (3, 4, (3, 4))
    assert _reading("14/03/2026", "en").dates[0].other is None


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", "5-7 June", [5, 7]),
        ("en", "5, 6 and 7 June", [5, 6, 7]),
        ("en", "April 5–7, 2024", [5, 7]),
        ("fr", "du 5 au 7 juin", [5, 7]),
        ("de", "vom 5. bis zum 7. Juni", [5, 7]),
        ("ru", "с 5 по 7 июня", [5, 7]),
        ("es", "entre el 5 y el 7 de junio", [5, 7]),
    ],
)
def test_each_day_of_a_range_is_a_date(language: str, text: str, days: list[int]) -> None:
    assert [one.day for one in _reading(text, language).dates] == days


def test_a_weekday_beside_a_date_is_one_date() -> None:
    for language, text in (("en", "Thursday 25 June"), ("ru", "25 июня, четверг"), ("vi", "Thứ Năm, ngày 25/6")):
        (one,) = _reading(text, language).dates
        assert (one.weekday, one.day, one.month) == (3, 25, 6)


@given(st.text(max_size=120), st.dates(), st.sampled_from(["en", "ar", "he", "th", "tr", "vi", "zh", "und"]))
def test_hostile_text_and_dates_do_not_raise(text: str, day: date, language: str) -> None:
    reading = _reading(text + " yesterday 31/02/2024 Tuesday 5月 ٣ رمضان ١٤٤٥", language)
    for one in reading.dates:
        assert agrees(one, one, day) in (True, False)
    assert all(0 <= start < end for start, end in reading.unread)
