from datetime import UTC, date, datetime

import pytest

from briefing.language.question_types import asks
from briefing.language.sentences import split
from briefing.summarise.document_facts import counts, dates_ahead, embeds, genre, headline_facts
from briefing.types import Block, Counts, Document, Embed, Post, Sentence

TWEET = Embed("x", "Ann Lee", "annlee", "June 23, 2026", "https://x.com/annlee/status/1")


def document(
    text: str,
    *,
    title: str = "",
    language: str = "en",
    published: datetime | None = datetime(2026, 6, 23, 14, 0, tzinfo=UTC),
    tweet: str = "",
) -> Document:
    """A block a paragraph; `tweet` is one more at the end."""
    parts = [*text.split("\n\n"), *([tweet] if tweet else [])] if text or tweet else []
    whole, sentences = "", [Sentence(0, 0, len(title), -1)]
    blocks: list[Block] = []
    for part in parts:
        start = len(whole) + 2 if whole else 0
        whole = f"{whole}\n\n{part}" if whole else part
        first = len(sentences)
        is_tweet = bool(tweet) and part == tweet
        for low, high in split(part, language):
            sentences.append(Sentence(len(sentences), start + low, start + high, len(blocks)))
        kind, embed = ("embed", TWEET) if is_tweet else ("paragraph", None)
        blocks.append(Block(kind, start, len(whole), first, len(sentences) - 1, embed=embed))  # type: ignore[arg-type]
    post = Post("k", title, "", published=published)
    return Document(post, title, whole, tuple(blocks), tuple(sentences), language)


def counted(document: Document) -> Counts:
    return counts(document, dates_ahead(document))


def test_an_empty_document_counts_nothing() -> None:
    found = counted(document(""))
    assert (found.sentences, found.words, found.embeds, found.figures) == (0, 0, 0, ())


def test_counts_leave_what_is_embedded_to_its_author() -> None:
    found = counted(
        document(
            "Reports say 1,200 soldiers came. Will they stay? “We may well stay here,” said Ann Lee.",
            tweet="Perhaps 500 came? — Ann Lee (@annlee) June 23, 2026",
        )
    )
    assert found.sentences == 3
    assert found.doubt == (1, 3)
    assert found.questions == (2,)
    assert found.quotes == (3,)
    assert found.speakers == ("Ann Lee",)
    assert found.figures == ("1,200 soldiers",)
    assert found.embeds == 1


def test_doubt_in_a_question_is_not_counted() -> None:
    assert counted(document("Would it be a peace that may last?")).doubt == ()


def test_scare_quotes_quote_nobody() -> None:
    assert counted(document("They call it the “peace force” there.")).quotes == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Why?", True),
        ("He asked: “Why now?”", True),
        ("ماذا بعد؟", True),
        ("何が起きたのか。", True),
        ("会怎样？", True),
        ("Nobody knows.", False),
        ("", False),
    ],
)
def test_what_asks(text: str, *, expected: bool) -> None:
    assert asks(text) is expected


def test_neighbouring_blocks_of_one_embedded_post_are_one() -> None:
    blocks = tuple(Block("embed", 0, 0, n, n, embed=TWEET) for n in (1, 2))
    other = Block("embed", 0, 0, 3, 3, embed=Embed("x", "Ann Lee", "annlee", None, "https://x.com/annlee/status/2"))
    found = embeds(Document(Post("k", "", ""), "", "", (*blocks, other), ()))
    assert [len(group) for group in found] == [2, 1]


def test_words_of_the_headline_that_the_text_does_not_bear() -> None:
    found = headline_facts(
        document("Soldiers of Morocco arrived in Israel.", title="Moroccan personnel en route to Gaza: peace or war?")
    )
    assert found.is_question
    assert found.not_in_text == ("personnel", "en route", "Gaza")


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        ("The soldier arrives", "Soldiers arrived.", "en"),
        ("وصول الجنود", "وصل جنود الى المدينة بعد وصول الوفد", "ar"),
        ("English words over Arabic", "وصل جنود الى المدينة", "ar"),
        ("首相辞任", "首相が辞任した。", "ja"),
        ("Anything at all", "", "en"),
    ],
)
def test_a_headline_whose_words_are_there_or_cannot_be_compared(title: str, text: str, language: str) -> None:
    assert headline_facts(document(text, title=title, language=language)).not_in_text == ()


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "The summit will be held on 12 July.", date(2026, 7, 12)),
        ("en", "The vote is due on January 9, 2027.", date(2027, 1, 9)),
        ("en", "The talks will resume tomorrow.", date(2026, 6, 24)),
        ("fr", "Le sommet se tiendra le 12 juillet 2026.", date(2026, 7, 12)),
        ("es", "La cumbre se celebrará el 12 de julio.", date(2026, 7, 12)),
        ("de", "Der Gipfel findet am 12. Juli 2026 statt.", date(2026, 7, 12)),
        ("pt", "A cúpula será em 12 de julho de 2026.", date(2026, 7, 12)),
        ("ru", "Саммит состоится 12 июля 2026 года.", date(2026, 7, 12)),
        ("ar", "ستعقد القمة يوم 12 يوليو 2026", date(2026, 7, 12)),
        ("he", "הפסגה תתקיים ב-12 ביולי 2026", date(2026, 7, 12)),
    ],
)
def test_a_date_ahead(language: str, text: str, day: date) -> None:
    found = document(text, language=language)
    (ahead,) = dates_ahead(found)
    assert ahead.day == day
    assert found.text[ahead.evidence.start : ahead.evidence.end] == ahead.evidence.quote == found.quote(1)
    assert ahead.text == found.quote(1)


@pytest.mark.parametrize(
    "text",
    [
        "It was signed on 12 July 2020.",
        "It was signed on 3 June and nobody will forget.",
        "The war began on 12 December.",
        "In July they came.",
        "It happened today, 23 June 2026.",
    ],
)
def test_no_date_ahead(text: str) -> None:
    assert dates_ahead(document(text)) == ()


def test_without_the_post_s_own_day_nothing_lies_ahead() -> None:
    assert dates_ahead(document("The summit will be held on 12 July 2099.", published=None)) == ()


def test_a_text_that_argues_and_names_no_source_is_opinion_and_says_why() -> None:
    essay = (
        "The town must decide. " * 6 + "Who will pay? Who will live there? What is left? " + "The houses are old. " * 6
    )
    found = genre(document(essay))
    assert found.kind == "opinion"
    assert "3 questions" in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "The town must decide. Who will pay?",
        "You must fill in the form. Where do you live? Who are you? What is your name? " * 5,
        "The town must decide. " * 12 + "Who? Why? When? “We have to leave this town,” said Ann Lee.",
        "The mayor opened the bridge. It is new. " * 10,
    ],
)
def test_what_does_not_show_that_it_argues_stays_unknown(text: str) -> None:
    assert genre(document(text)).kind == "unknown"


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("es", "La biblioteca abrirá a partir de octubre", "La biblioteca abrirá en octubre."),
        ("ar", "بلدية الواحة تعلن عودة المياه", "أعلنت بلدية الواحة مساء الاثنين عودة المياه."),
        ("he", "רפואת שיניים לילדים", "אנו עוסקים ברפואת השיניים של הילדים."),
        ("en", "What is happening with health?", "There is a gap in health."),
        ("es", "Cuáles son los lugares de pago", "Los lugares de pago son dos."),
    ],
)
def test_fixed_phrases_clitics_and_questions_are_not_missing_from_the_text(
    language: str, title: str, text: str
) -> None:
    assert headline_facts(document(text, title=title, language=language)).not_in_text == ()


def test_an_office_or_institution_counts_as_a_speaker() -> None:
    found = counted(document("Il rouvre, a annoncé la direction du port dans un communiqué.", language="fr"))
    assert found.speakers == ("la direction du port",)
