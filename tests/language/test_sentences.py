"""Where sentences end."""

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language.sentences import split

WORDS = st.lists(
    st.sampled_from(
        [
            "Dr",
            "M",
            "He",
            "said",
            "3",
            ".",
            "...",
            "…",
            "!",
            "?",
            "。",
            "؟",
            "»",
            "«",
            '"',
            "“",
            "”",
            "(",
            ")",
            "'",
            " ",
            "\n",
            "\xa0",
            "a",
            "Z",
            "é",
            "я",
            "Я",
            "中",
            "ש",
            "1.",
            "2.",
            "•",
            "🎉",
            "’",
            "「",
            "」",
            "..",
            "U.S.",
        ]
    ),
    max_size=40,
).map("".join)


def sentences(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in split(text, language)]


def marked(text: str) -> tuple[str, list[str]]:
    """A text whose sentences are divided by " | ", as plain text and as sentences."""
    parts = text.split(" | ")
    return " ".join(parts), parts


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It rained. | Nobody came."),
        ("en", "They asked Dr. No. | He said nothing."),
        ("en", "He works for the U.S. Army. | I live in the U.S. | Where do you live?"),
        ("en", "J. K. Rowling wrote it, e.g. in Vol. 3 of p. 55. | See No. 5."),
        ("en", "It cost $3.50 at www.example.com. | Write to a.b@example.org. | Thanks!"),
        ("en", "What?! | Really... | Yes."),
        ("en", "“It was late. We left,” she said. | Nobody saw us."),
        ("en", 'She said, "This is great." | He left.'),
        ("en", "He teaches (He was an engineer.) at the school. | It is small."),
        ("en", "Great! 🎉 | Next one."),
        ("en", "Some agreed.[12] | Others did not."),
        ("en", "1. The first item | 2. The second item"),
        ("fr", "M. Dupont a dit oui. | Selon l’A.F.P. Marine est venue. | « Bonjour ! » | Il part."),
        ("fr", "L’art. 5 de M. Le Pen est clair. | Pourquoi ? demanda-t-il."),
        ("de", "Am 3. Mai kam er, d. h. spät. | Das war 1990. | Danach ging er."),
        ("de", "Kaiser Wilhelm II. Friedrich folgte. | „Ich gehe.“ | Er ging."),
        ("es", "El Sr. García vive en EE. UU. desde 1990. | ¿Qué? | ¡No!"),
        ("pt", "O Sr. Silva mora na Av. Paulista. | Ele saiu."),
        ("it", "Il Dott. Bianchi abita in V.le Roma. | È tardi."),
        ("nl", "Dhr. Jansen kwam o.a. uit Den Haag. | Dat was laat."),
        ("pl", "Prof. Kowalski mieszka przy ul. Długiej. | Potem wrócił."),
        ("ru", "Он жил в г. Москва на ул. Ленина и т. д. | Потом А. С. Пушкин уехал."),
        ("ru", "«Кто там?» — спросил он. | Никто."),
        ("uk", "Проф. Іваненко живе на вул. Шевченка. | Він прийшов."),
        ("bg", "Д-р Иванов и проф. Петров дойдоха. | Те говориха."),
        ("el", "Ο κ. Νίκος ήρθε. | Τι ώρα είναι; | Είναι αργά."),
        ("tr", "Prof. Ali geldi. | 2. Dünya Savaşı bitti."),
        ("vi", "TP. Hồ Chí Minh rất đẹp. | Ông ấy đi."),
        ("ar", "قال د. محمد نعم. | هل أنت هنا؟ | نعم!"),
        ("fa", "او رفت. | چرا؟ | نمی‌دانم."),
        ("ur", "وہ آئے۔ | کیا؟ | ہاں۔"),
        ("he", "א. ב. יהושע כתב. | מה שלומך? | טוב."),
        ("hi", "डॉ. शर्मा आए। | क्या? | हाँ।"),
        ("hy", "Այսօր երկուշաբթի է: | Ես գնում եմ աշխատանքի:"),
        ("ka", "ეს არის. | ის წავიდა."),
        ("ko", "그는 3.5킬로를 걸었다. | 정말?"),
    ],
)
def test_sentences_end_where_a_reader_ends_them(language: str, text: str) -> None:
    plain, expected = marked(text)
    assert sentences(plain, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "真的吗？！|好。|他说：“你好。我走了。”"),
        ("zh", "我们去看《摔跤吧！爸爸》好吗？|好！"),
        ("ja", "「行くの？」と彼は聞いた。|3.5％だ。|はい！"),
        ("am", "ሰላም።|እንዴት ነህ፧|ደህና።"),
        ("my", "မင်္ဂလာပါ။|နေကောင်းလား။"),
        ("und", "真的。|是的。"),
    ],
)
def test_scripts_without_spaces(language: str, text: str) -> None:
    assert sentences(text.replace("|", ""), language) == text.split("|")


def test_a_line_break_ends_a_sentence_unless_the_line_runs_on() -> None:
    assert sentences("Place: Rabat\nDate: 3 May", "en") == ["Place: Rabat", "Date: 3 May"]
    assert sentences("It was a cold \nnight.", "en") == ["It was a cold \nnight."]
    assert sentences("これは父の\n家です。", "ja") == ["これは父の\n家です。"]


def test_a_long_quotation_is_cut_like_other_text() -> None:
    quotation = "“" + "We went there and saw it. " * 20 + "We left.”"
    assert len(sentences(quotation, "en")) == 21


def test_blank_text_has_no_sentences() -> None:
    assert split("", "en") == []
    assert split(" \n\u00a0", "en") == []


@given(
    st.one_of(st.text(max_size=200), WORDS), st.sampled_from(["en", "de", "fr", "el", "hy", "ja", "ru", "und", "x", ""])
)
def test_nothing_is_lost(text: str, language: str) -> None:
    at = 0
    for start, end in split(text, language):
        assert at <= start < end
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "unit",
    [
        ".",
        '"',
        ". ",
        "A. ",
        "(",
        "“",
        " '",
        ".» ",
        " » ",
        "1. ",
        "• ",
        "• 1. ",
        ". . ",
        "?",
        "? a ",
        "\n",
        "a\n",
        "🎉",
        "。",
        "「。",
        "x",
        "([“«'",
        "a.b",
        ".[1]",
        "д. ",
        ". ...",
        "x. 12 ",
        "\xa0.",
    ],
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    """Eight times the text may take at most about eight times as long; quadratic time would be sixty-four."""

    def seconds(length: int) -> float:
        text = "1. " + unit * (length // len(unit)) + " x"
        start = time.process_time()
        split(text, "en")
        return time.process_time() - start

    assert any(seconds(160_000) < 24 * max(seconds(20_000), 0.005) for _ in range(3))


def test_a_million_characters_are_bounded() -> None:
    start = time.process_time()
    for text in ("." * 1_000_000, '"' * 1_000_000, "x" * 1_000_000, "A\n" + " " * 1_000_000 + "b"):
        split(text, "en")
    assert time.process_time() - start < 10


@pytest.mark.skipif("BRIEFING_DATA" not in os.environ, reason="needs the golden cases in BRIEFING_DATA")
def test_golden_cases_stay_whole() -> None:
    lines = (Path(os.environ["BRIEFING_DATA"]) / "sentences" / "golden.jsonl").read_text("utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if not case["clean_mode"]]
    whole = sum(sentences(case["text"], case["lang"]) == [s.strip() for s in case["sentences"]] for case in cases)
    assert whole >= 0.94 * len(cases)
