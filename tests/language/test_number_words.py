"""Numbers in words, in twenty-four languages: every listed word, how they combine, and what is not read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language.annotation import annotate
from briefing.language.number_grammar import grammar
from briefing.language.tables import languages, table

KNOWN = [language for language in languages("quantities") if grammar(language)]


def values(text: str, language: str) -> list[set[float]]:
    return [set(found.readings) for found in annotate(text, language).quantities]


def unread(text: str, language: str) -> list[str]:
    return [text[one.start : one.end] for one in annotate(text, language).unread_numbers]


@pytest.mark.parametrize("language", KNOWN)
def test_every_listed_word_is_read_as_what_it_stands_for(language: str) -> None:
    known = grammar(language)
    assert known is not None
    rows = {**table(language, "quantities")["cardinals"]}.items()
    for value, word in ((float(value), word) for value, row in rows for word in row.split()):
        if word in table(language, "quantities").get("only_within", ()):
            continue
        line = annotate(word.replace("_", " "), language)
        told = [*(found.readings for found in line.quantities), *(one.values for one in line.unread_numbers)]
        assert told == [{value}], word


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "a million and a half crowns", 1_500_000),
        ("en", "fifteen hundred runners", 1500),
        ("en", "two dozen eggs", 24),
        ("en", "two point five percent", 2.5),
        ("fr", "soixante-dix-sept ans", 77),
        ("fr", "quatre-vingt-onze ans", 91),
        ("fr", "dix-huit jours", 18),
        ("fr", "deux millions et demi d’euros", 2_500_000),
        ("de", "achtundvierzigtausend Zuschauer", 48_000),
        ("de", "anderthalb Millionen Euro", 1_500_000),
        ("de", "zweieinhalb Stunden", 2.5),
        ("nl", "tweeënveertig mensen", 42),
        ("it", "centoquarantotto case", 148),
        ("es", "veintiuna mil personas", 21_000),
        ("pt", "cento e quarenta e oito militares", 148),
        ("sv", "fyrtioettusen kronor", 41_000),
        ("fi", "kaksikymmentäviisi ihmistä", 25),
        ("pl", "dwustu pięćdziesięciu rannych", 250),
        ("pl", "dwa i pół miliona złotych", 2_500_000),
        ("ro", "douăzeci de mii de oameni", 20_000),
        ("ru", "трёхстах двенадцати домах", 312),
        ("ru", "полтора миллиона рублей", 1_500_000),
        ("uk", "двох тисяч п’ятисот осіб", 2500),
        ("el", "διακόσιες πενήντα γυναίκες", 250),
        ("tr", "iki buçuk milyon lira", 2_500_000),
        ("tr", "üçyüzoniki kişi", 312),
        ("ar", "ألفين وخمسمئة شخص", 2500),
        ("ar", "مليون ونصف دولار", 1_500_000),
        ("he", "אלפיים וחמש מאות איש", 2500),
        ("he", "שלוש מאות ושתים עשרה נשים", 312),
        ("fa", "صد و چهل و پنج نفر", 145),
        ("hi", "साढ़े तीन लाख लोग", 350_000),
        ("hi", "डेढ़ करोड़ रुपये", 15_000_000),
        ("id", "dua setengah juta orang", 2_500_000),
        ("id", "sebelas ribu orang", 11_000),
        ("zh", "两千五百人", 2500),
        ("zh", "十四点五个", 14.5),
        ("zh", "二〇二六年", 2026),
        ("ja", "一万二千円", 12_000),
        ("ko", "스물다섯 명", 25),
        ("ko", "삼백만 원", 3_000_000),
        ("vi", "một trăm lẻ năm người", 105),
        ("vi", "hai mươi mốt người", 21),
    ],
)
def test_words_make_one_number(language: str, text: str, expected: float) -> None:
    assert values(text, language) == [{expected}]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "one hundred and two hundred", [100, 200]),
        ("en", "between one thousand and five hundred", [1000, 500]),
        ("de", "zwischen fünf und zwanzig Prozent", [5, 20]),
        ("nl", "tussen vijf en twintig procent", [5, 20]),
        ("pt", "entre mil e dois mil", [1000, 2000]),
        ("fr", "entre cent et deux cents", [100, 200]),
        ("ar", "بين ثلاثين وأربعين شخصا", [30, 40]),
        ("en", "two two-year-olds", [2, 2]),
    ],
)
def test_two_numbers_stay_two(language: str, text: str, expected: list[float]) -> None:
    assert values(text, language) == [{one} for one in expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "several hundred people"),
        ("pl", "kilkaset osób"),
        ("ru", "несколько сотен человек"),
        ("id", "beberapa ratus orang"),
        ("zh", "数百人"),
        ("ko", "수백 명"),
        ("vi", "vài trăm người"),
    ],
)
def test_how_many_hundreds_is_not_said(language: str, text: str) -> None:
    found = annotate(text, language).quantities
    assert [(one.kind, set(one.readings)) for one in found] == [("vague", {200, 9999})]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "le vingt et unième siècle", 21),
        ("de", "die dreiundzwanzigste Ausgabe", 23),
        ("it", "il ventunesimo posto", 21),
        ("pt", "o décimo segundo lugar", 12),
        ("pl", "dwudziesty pierwszy wiek", 21),
        ("tr", "yirmi birinci yüzyıl", 21),
        ("ar", "القرن التاسع عشر", 19),
        ("id", "abad kedua puluh", 20),
        ("zh", "第二十一届", 21),
        ("fr", "au XIXe siècle", 19),
        ("es", "el siglo XXI", 21),
    ],
)
def test_ordinals(language: str, text: str, expected: float) -> None:
    found = annotate(text, language).quantities
    assert [(one.kind, set(one.readings)) for one in found] == [("ordinal", {expected})]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "eine zwanzigjährige Frau", ["zwanzigjährige"]),
        ("en", "born in nineteen eighty-four", ["nineteen eighty-four"]),
        ("de", "drei Millionen dreihundertfache Wünsche", ["drei Millionen dreihundertfache"]),
        ("ru", "двадцатилетний студент", ["двадцатилетний"]),
        ("vi", "năm nay", ["năm"]),
        ("ro", "o nouă lege", ["nouă"]),
    ],
)
def test_what_is_no_number_that_is_known_is_told(language: str, text: str, expected: list[str]) -> None:
    assert unread(text, language) == expected
    assert not any(one.readings > {1} for one in annotate(text, language).quantities)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Ein Jahrhundert, und das ist dreist."),
        ("fr", "Dix-huit pour cent"),
        ("zh", "十分重要，千万不要去四川"),
        ("ko", "구조대가 사회를"),
        ("he", "ביום שני"),
        ("vi", "ba mẹ tôi"),
        ("it", "la centrale di Trentino"),
    ],
)
def test_words_that_only_look_like_numbers(language: str, text: str) -> None:
    assert [one for one in values(text, language) if one != {1.0}] in ([], [{18.0}])
    assert unread(text, language) == []


@given(st.lists(st.sampled_from("zwei und zwanzig hundert tausend Millionen halb Komma drei".split()), max_size=40))
def test_any_row_of_number_words_comes_to_an_end(words: list[str]) -> None:
    for text in (" ".join(words), "".join(words)):
        line = annotate(text, "de")
        assert all(0 <= one.start < one.end <= len(text) for one in line.spelled_numbers)
