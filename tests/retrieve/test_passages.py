"""Passages that bear on a question, in many scripts, and the honest "not in these posts"."""

# ruff: noqa: E501 - a case a line reads best

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.clean.cleaner import clean
from briefing.retrieve.passages import Index, whole
from briefing.sources.files import read_files
from briefing.types import Document, Post

EXAMPLE = Path(__file__).parents[2] / "briefing" / "examples" / "moroccan-personnel-gaza.json"
PORT = (
    "<p>The port of Tangier opened in July 2007. It handled 10.2 million containers last year.</p>"
    "<p>Its director, Hassan Abkari, said the third terminal would cost 400 million euros.</p>"
    "<p>The work was delayed because a supplier went bankrupt. Why did nobody see it coming?</p>"
)
STRIKE = "<p>Dockers in Casablanca went on strike on Monday. Their union has 3,200 members.</p>"


def document(html: str, key: str = "https://example.org/1/", title: str = "", language: str = "en") -> Document:
    return clean(Post(key=key, title=title, html=html, language=language))


@pytest.fixture(scope="module")
def posts() -> Index:
    return Index([document(PORT, title="A port grows"), document(STRIKE, key="https://example.org/2/")])


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("When did the port of Tangier open?", "opened in July 2007"),
        ("How many containers did it handle?", "10.2 million"),
        ("Who is the director of the port?", "Hassan Abkari"),
        ("How much will the third terminal cost?", "400 million euros"),
        ("Why was the work delayed?", "because a supplier"),
        ("How many members does the union have?", "3,200"),
    ],
)
def test_the_sentence_that_answers_comes_first(posts: Index, question: str, words: str) -> None:
    found = posts.find(question)
    assert words in found.passages[0].document.quote(found.passages[0].hit)
    assert found.state != "unanswered"


@pytest.mark.parametrize(
    "question",
    [
        "Who designed the port of Tangier?",
        "How many people work in the port of Tangier?",
        "How old is Hassan Abkari?",
        "When will the strike end?",
        "What did the king say about the port?",
        "How much did the strike cost Marseille?",
        "Why did nobody see it coming?",
    ],
)
def test_what_is_not_told_is_not_answered(posts: Index, question: str) -> None:
    assert posts.find(question).state == "unanswered"


def test_words_that_stand_nowhere_are_named(posts: Index) -> None:
    assert posts.find("Does Zalando use the port?").unknown == ("Zalando",)


def test_a_question_is_never_its_own_answer(posts: Index) -> None:
    question = "Why did nobody see it coming?"
    post = posts.documents[0]
    number = next(s.number for s in post.sentences if post.quote(s.number) == question)
    assert all(p.hit != number for p in posts.find(question, without=(post.key, number)).passages)


@pytest.mark.parametrize(
    ("language", "html", "question", "words"),
    [
        ("fr", "<p>Le port a été inauguré en 2007. Il emploie 800 personnes.</p>", "Combien de personnes emploie le port ?", "800"),
        ("es", "<p>La ministra visitó Sevilla. Fueron detenidas dos feministas en Burgos.</p>", "¿Dónde fueron detenidas las feministas?", "Burgos"),
        ("ru", "<p>Погода была хорошей. Комиссия была образована 13 ноября 2020 года.</p>", "Когда образовали комиссию?", "13 ноября"),
        ("ar", "<p>كان الطقس جيدا. تستخدم مواد التغليف لحماية قطع الأثاث أثناء نقلها.</p>", "لماذا تستخدم مواد تغليف الاثاث؟", "لحماية"),
        ("ar", "<p>كان الطقس جيدا. وَصَلَتِ القُوّةُ إلى مدينة غزة يوم الاثنين.</p>", "متى وصلت القوة إلى غزة؟", "الاثنين"),
        ("he", "<p>מזג האוויר היה נאה. לרופא יותר מ 40 שנות ניסיון.</p>", "כמה שנות ניסיון יש לרופא?", "40"),
        ("ja", "<p>天気は良かった。告知プランは月額1,000円から利用できます。</p>", "告知プランは月額いくらですか？", "1,000円"),
        ("zh", "<p>天气很好。国际稳定部队的首批人员已抵达以色列。</p>", "国际稳定部队抵达了哪里？", "以色列"),
        ("de", "<p>Das Wetter war schön. Der Hafen wurde 2007 eröffnet.</p>", "Wann wurde der Hafen eröffnet?", "2007"),
    ],
)  # fmt: skip
def test_any_script(language: str, html: str, question: str, words: str) -> None:
    found = Index([document(html, language=language)]).find(question)
    assert words in found.passages[0].document.quote(found.passages[0].hit)
    assert found.state != "unanswered"


def test_a_place_and_a_name_are_found_across_scripts() -> None:
    index = Index([document("<p>הנציגים הגיעו לקריית גת. איתי בלומנטל דיווח על מרוקו.</p>", language="he")])
    for question, words in (("What about Morocco?", "מרוקו"), ("Who is Blumental?", "בלומנטל")):
        assert words in index.search(question)[0].document.quote(index.search(question)[0].hit)


def test_a_pronoun_brings_its_sentence() -> None:
    (passage, *_) = Index([document(PORT)]).search("How many containers were handled?")
    assert passage.sentences == (passage.hit - 1, passage.hit)


def test_nothing_to_ask_and_nothing_asked() -> None:
    assert Index([]).find("Who?").state == "unanswered"
    assert Index([document(PORT)]).search("") == []
    assert Index([document(PORT)]).search('"*^ NEAR( OR') == []


@given(question=st.text(max_size=60), html=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_can_be_asked_of_any_text(question: str, html: str) -> None:
    subject = document(f"<p>{html}</p><p>The port.</p><p>{question}</p>", title=question)
    for passage in Index([subject]).search(question, 5):
        block = subject.blocks[passage.block]
        assert passage.hit in passage.sentences
        assert block.first <= min(passage.sentences) <= max(passage.sentences) <= block.last


def test_the_same_question_gets_the_same_passages() -> None:
    one, other = (Index([document(PORT), document(STRIKE, key="k")]) for _ in range(2))
    question = "How much will the terminal cost?"
    assert one.find(question) == other.find(question)


def test_other_posts_do_not_change_what_a_post_answers() -> None:
    question = "Who designed the port of Tangier?"
    other = document("<p>Zaha Hadid designed the port house of Antwerp.</p>", key="k")
    assert Index([document(PORT), other]).find(question).state == "unanswered"


def test_whole_covers_every_sentence_of_the_text() -> None:
    subject = document(PORT)
    assert [n for passage in whole(subject) for n in passage.sentences] == list(range(1, len(subject.sentences)))


SFAX = (
    "<p>The port of Sfax reopened on Sunday after a storm. A guard was hurt, the harbour master told the radio. "
    "Repairs cost 4 million dinars, she said.</p><p>Would nobody pay? Fishermen say they got nothing.</p>"
)


def test_a_name_may_stand_sentences_before() -> None:
    index = Index([document(SFAX)])
    found = index.find("How much did the repairs in Sfax cost?")
    assert "4 million dinars" in found.passages[0].document.quote(found.passages[0].hit)
    assert found.state != "unanswered"
    assert index.find("How much did the repairs in Bizerte cost?").state == "unanswered"


def test_what_is_asked_beside_is_not_told() -> None:
    assert Index([document(SFAX)]).find("Would nobody pay?").state == "unanswered"


def test_other_words_for_the_same() -> None:
    index = Index([document("<p>The weather was fine. Eleven people will lose their jobs in May.</p>")])
    assert index.find("How many employees will lose their work?").state != "unanswered"


def test_the_users_post() -> None:
    (post,) = (post for post in read_files(EXAMPLE) if isinstance(post, Post))
    subject = clean(post)
    index = Index([subject])
    assert index.find("What would the mandate include?").passages[0].hit == 12
    for question in ("Are Moroccan troops in Gaza?", "Who commands the force?", "How many soldiers will be deployed?"):
        assert index.find(question).state == "unanswered", question


def test_the_index_of_some_documents_answers_as_one_made_of_them(posts: Index) -> None:
    of_one = posts.of({"https://example.org/2/"})
    anew = Index(of_one.documents)
    assert [one.key for one in of_one.documents] == ["https://example.org/2/"]
    for question in ("How many members does the union have?", "What will the third terminal cost?"):
        assert of_one.find(question) == anew.find(question)
