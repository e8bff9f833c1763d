"""What a question asks for, by its question words."""

import pytest

from briefing.language.question_types import asked, follow_ups_of


@pytest.mark.parametrize(
    ("question", "language", "wanted"),
    [
        ("How many ships called at Tangier?", "en", "number"),
        ("How much did the port cost?", "en", "money"),
        ("How old is the minister?", "en", "age"),
        ("How long does the crossing take?", "en", "duration"),
        ("In which year was the port opened?", "en", "date"),
        ("Why was the match postponed?", "en", "reason"),
        ("What did the minister say about the port?", "en", "speech"),
        ("What is the name of the port?", "en", "who"),
        ("Are Moroccan troops in Gaza?", "en", "whether"),
        ("What is Morocco's role?", "en", "thing"),
        ("Combien de personnes se sont rassemblées ?", "fr", "number"),
        ("Où aura lieu le rassemblement ?", "fr", "place"),
        ("¿Quién es la ministra?", "es", "who"),
        ("Quanto custa o seguro?", "pt", "money"),
        ("Wie alt ist der Minister?", "de", "age"),
        ("Когда была образована комиссия?", "ru", "date"),
        ("لماذا تستخدم هذه المواد؟", "ar", "reason"),
        ("כמה עולה השתלת שיניים?", "he", "money"),
        ("会員は何人いますか？", "ja", "number"),
        ("为什么比赛推迟？", "zh", "reason"),
        ("Whakamārama mai", "mi", "thing"),
    ],
)
def test_what_is_asked_for(question: str, language: str, wanted: str) -> None:
    assert asked(question, language).wanted == wanted


def test_only_the_asking_words_are_taken() -> None:
    found = asked("By how much did the appeal cut the compensation?", "en")
    assert (found.start, found.end) == (0, len("By how much"))
    assert "cost" in asked("How much did the port cost?", "en").implied


def test_follow_ups_hold_the_name() -> None:
    assert all("Rob Dwight" in question for question in follow_ups_of("Rob Dwight", "en"))
    assert follow_ups_of("Rob Dwight", "mi") == []
