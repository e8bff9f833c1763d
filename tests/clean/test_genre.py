import pytest

from briefing.clean.genre import genre_of
from briefing.types import Genre, GenreKind, Post

PLAIN = "Something happened in the town on Monday, and people came to see it. " * 30


def kind(title: str = "A town and its people", text: str = PLAIN, **fields: tuple[str, ...]) -> Genre:
    return genre_of(Post(key="k", title=title, html="", **fields), title, text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("Opinion", "opinion"),
        ("Tribunes", "opinion"),
        ("آراء", "opinion"),
        ("Communiqués de presse", "press release"),
        ("Entrevistas", "interview"),
        ("Live Blog", "live blog"),
        ("Reportage", "report"),
        ("World", "unknown"),
        ("Public opinion polls", "unknown"),
    ],
)
def test_a_category_or_tag_tells(category: str, expected: GenreKind) -> None:
    assert kind(categories=("News", category)).kind == expected
    assert kind(tags=(category,)).kind == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Opinion: why towns matter", "opinion"),
        ("Éditorial | La ville", "opinion"),
        ("Pressemitteilung zur Stadt", "press release"),
        ("LIVE: the town votes", "live blog"),
        ("Interview with the mayor", "interview"),
        ("The town speaks (interview)", "interview"),
        ("Opinion polls rise in town", "unknown"),
        ("Live well in town", "unknown"),
        ("Director: the town is mine", "unknown"),
    ],
)
def test_the_headline_tells(title: str, expected: GenreKind) -> None:
    assert kind(title).kind == expected


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        ("FOR IMMEDIATE RELEASE\n\n" + PLAIN, "press release", "for immediate release"),
        (PLAIN + "\n\nMedia contact: a@example.org", "press release", "media contact"),
        (PLAIN + "\n\nThe views expressed here are his own.", "opinion", "the views expressed"),
        ("PARIS (AFP) - " + PLAIN, "report", "PARIS (AFP)"),
        (PLAIN + "\n\nThis conversation has been edited for length.", "interview", "edited for length"),
        (PLAIN, "unknown", ""),
        ("", "unknown", ""),
    ],
)
def test_the_first_and_last_words_tell_and_the_reason_names_them(text: str, expected: GenreKind, words: str) -> None:
    found = kind(text=text)
    assert found.kind == expected
    assert words in found.reason


def test_a_broadcaster_s_name_alone_is_no_dateline() -> None:
    post = Post("k", "", "")
    assert genre_of(post, "", "(CNN)With the protests going on, we must act.").kind == "unknown"
    assert genre_of(post, "", "Tokyo (CNN)Police say they have arrested a man.").kind == "report"
