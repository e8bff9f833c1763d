"""Names, places, acronyms and consonants."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language.annotation import annotate
from briefing.language.entities import same_name
from briefing.language.name_endings import same_plural
from briefing.language.places import place
from briefing.language.transliteration import can_be
from briefing.language.words import common_words, fold, same_word, script, words


def test_the_words_of_a_name_share_a_group_and_openers_are_not_sure() -> None:
    found = annotate("Police met Emmanuel Macron in Kiryat Gat.", "en").names
    assert [(one.key, one.is_sure) for one in found] == [
        ("police", False), ("emmanuel", True), ("macron", True), ("kiryat", True), ("gat", True),
    ]  # fmt: skip
    assert found[1].group == found[2].group != found[3].group


def test_places_are_found_without_capitals() -> None:
    assert [one.place for one in annotate("وصل الوزير الفرنسي إلى المغرب", "ar").names] == ["FR", "MA"]
    assert [one.place for one in annotate("東京都と福岡市", "ja").names] == ["Tokyo", "Fukuoka"]
    assert [one.place for one in annotate("il a rencontré un ministre français", "fr").names] == ["FR"]


@pytest.mark.parametrize(
    ("names", "language"),
    [
        ("Morocco Moroccan Maroc", "en"),
        ("French France", "en"),
        ("Europe European Europeans", "en"),
        ("Islam Islamic Islamist", "en"),
        ("Berlin Berliner", "de"),
        ("Zelensky Zelenskyy Zelenskiy Zelenskyi Zelenskij Zelenski", "en"),
        ("Sergei Sergey Sergej", "fr"),
        ("Yanukovych Yanukovich", "en"),
        ("Merkel Merkels", "de"),
        ("Kristersson Kristerssons", "sv"),
        ("Путин Путина Путину Путиным Путине", "ru"),
        ("Зеленский Зеленского Зеленскому Зеленским Зеленском", "ru"),
        ("Толстая Толстой Толстую", "ru"),
        ("Москва Москвы Москве Москву Москвой", "ru"),
        ("Донец Донца", "ru"),
        ("Иран иранский иранских", "ru"),
        ("Україна українського", "uk"),
        ("Зеленський Зеленського Зеленським", "uk"),
        ("Кличко Кличка Кличком", "uk"),
        ("Київ Києва Києві", "uk"),
        ("Tusk Tuska Tuskowi Tuskiem", "pl"),
        ("Kowalski Kowalskiego Kowalskim", "pl"),
        ("Ameryka Ameryki Ameryce", "pl"),
        ("Babiš Babiše Babišovi", "cs"),
        ("Nová Nové Novou", "cs"),
        ("Fico Fica Ficovi", "sk"),
        ("Plenković Plenkovića Plenkoviću", "hr"),
        ("Μητσοτάκης Μητσοτάκη", "el"),
        ("Παπαδόπουλος Παπαδόπουλου", "el"),
        ("Niinistö Niinistön Niinistölle", "fi"),
        ("Trump Trumpin Trumpille", "fi"),
        ("Helsinki Helsingin Helsingissä", "fi"),
        ("Orbán Orbánnak Orbánt", "hu"),
        ("Kallas Kallasega", "et"),
    ],
)
def test_forms_of_a_name(names: str, language: str) -> None:
    first, *others = map(fold, names.split())
    assert [one for one in others if not same_name(first, one, language)] == []
    assert [one for one in others if not same_name(one, first, language)] == []


@pytest.mark.parametrize(
    ("names", "language"),
    [
        ("Austria Australia", "en"),
        ("Macron Scholz", "en"),
        ("Martin Martinez", "es"),
        ("Johnson Johnston", "en"),
        ("Carlson Carlsen", "en"),
        ("Peterson Petersen", "da"),
        ("Zelinsky Zelensky", "en"),
        ("Zelinskyy Zelenskiy", "en"),
        ("Braun Brown", "en"),
        ("Karim Karimi", "en"),
        ("Delvalee Delvallee", "fr"),
        ("Martin Martina", "en"),
        ("Henri Henry", "fr"),
        ("Kay Kai", "en"),
        ("Robert Roberts", "en"),
        ("Davis Davies", "en"),
        ("Park Parker", "de"),
        ("Петров Петровский", "ru"),
        ("Иван Иванов", "ru"),
        ("Зелинский Зеленский", "ru"),
        ("Зелінський Зеленський", "uk"),
        ("Новак Новиков", "ru"),
        ("Kowalski Kowalczyk", "pl"),
        ("Nowak Nowacki", "pl"),
        ("Novák Novotný", "cs"),
        ("Παπαδόπουλος Παπαδάκης", "el"),
    ],
)
def test_names_that_differ_by_a_letter_are_two(names: str, language: str) -> None:
    one, other = map(fold, names.split())
    assert not same_name(one, other, language)
    assert not same_name(other, one, language)


@pytest.mark.parametrize(
    ("words_", "language", "is_plural"),
    [("Democrat Democrats", "en", True), ("Kurds Kurdish", "en", True), ("Republicano Republicanos", "es", True),
     ("Karim Karimi", "en", False), ("Martin Marten", "en", False), ("Robert Roberts", "en", False)],
)  # fmt: skip
def test_one_and_many_of_a_kind(words_: str, language: str, is_plural: bool) -> None:
    one, other = map(fold, words_.split())
    assert same_plural(one, other, language) is is_plural


def test_a_place_has_one_name_in_every_language() -> None:
    assert {place(fold(name)) for name in ("germany", "allemagne", "ألمانيا", "גרמניה", "германия", "ドイツ")} == {"DE"}


def test_acronyms_of_what_is_spelt_out() -> None:
    assert "isf" in annotate("the International Stabilisation Force", "en").acronyms


@pytest.mark.parametrize(
    ("name", "word", "language"),
    [
        ("Kiryat", "בקריית", "he"),
        ("Netanyahu", "ונתניהו", "he"),
        ("Putin", "Путиным", "ru"),
        ("Zelensky", "Зеленского", "uk"),
        ("Hillary", "Хиллари", "ru"),
        ("George", "Джорджа", "ru"),
        ("Netanyahu", "نتنياهو", "ar"),
        ("Ghannouchi", "والغنوشي", "ar"),
        ("Mitsotakis", "Μητσοτάκη", "el"),
        ("Biden", "Μπάιντεν", "el"),
        ("Putin", "Poutine", "fr"),
        ("Netanyahu", "Netanjahu", "de"),
        ("Modi", "मोदी", "hi"),
        ("Gil", "גיל", "he"),
        ("Omar", "وعمر", "ar"),
    ],
)
def test_consonants_across_languages(name: str, word: str, language: str) -> None:
    assert can_be(fold(name), fold(word), language)


@pytest.mark.parametrize(
    ("name", "word", "language"),
    [
        ("Trump", "המפקדה", "he"),
        ("Putin", "Путинцева", "ru"),
        ("Omar", "مرة", "ar"),
        ("Dan", "עדן", "he"),
        ("Navalny", "Навальчук", "ru"),
        ("Macron", "Macronnette", "fr"),
        ("Lee", "לאור", "he"),
        ("Merkel", "Маркелов", "ru"),
    ],
)
def test_another_name_has_other_consonants(name: str, word: str, language: str) -> None:
    assert not can_be(fold(name), fold(word), language)


def test_words_are_folded_and_elided_articles_apart() -> None:
    assert [word.key for word in words("L’été d’Émile", "fr")] == ["l", "ete", "d", "emile"]
    assert "ete" in common_words("fr")
    assert same_word("reconstruction", "reconstructions")
    assert script("צה״ל") == "hebrew"


@given(st.text(max_size=150), st.sampled_from(["en", "fr", "ar", "ja", "ru", "und"]))
def test_offsets_lie_in_the_text(text: str, language: str) -> None:
    spans = [(one.start, one.end) for one in words(text, language)]
    spans += [(one.start, one.end) for one in annotate(text, language).names]
    assert all(0 <= start < end <= len(text) for start, end in spans)


@pytest.mark.parametrize(
    ("language", "text"), [("fr", "C’est en mars."), ("fr", "D'abord en mars."), ("it", "C’è un ponte.")]
)
def test_an_elided_word_is_no_name(language: str, text: str) -> None:
    assert not [one for one in annotate(text, language).names if len(one.key) == 1]
