import asyncio
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import briefing
from briefing.clean.cleaner import clean
from briefing.stories.coverage import Period
from briefing.types import Post, Summary

EXAMPLES = Path(__file__).parents[2] / "briefing" / "examples"
TEXT = "The port reopened on Tuesday, officials said.\n\nTraffic may grow by a third. Will it last?"


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


TOLD = {
    1: "The quay of Sfax reopened after the storm, officials said. It cost 4 million euros.",
    2: "A museum of glass was founded in Murano. Its first show is about mirrors.",
    3: "Farmers in Jutland sow less rye this year. The ministry put the fall at 11 percent.",
    4: "The orchestra of Lyon tours Japan in May, its director said.",
}


def post(number: int, **changes: Any) -> Post:
    values: dict[str, Any] = {
        "key": f"https://example.org/{number}/",
        "url": f"https://example.org/{number}/",
        "title": f"Post {number}",
        "html": f"<p>{TOLD[number]}</p>",
        "source": "example.org",
        "published": datetime(2026, 6, number, tzinfo=UTC),
    }
    return Post(**(values | changes))


def assert_summary(summary: Summary) -> None:
    assert summary.claims
    assert all(claim.evidence and claim.check and claim.check.verdict != "withheld" for claim in summary.lines)


@pytest.mark.parametrize(
    "subject", [TEXT, f"<p>{TEXT}</p>", post(1), clean(post(2))], ids=["text", "html", "post", "doc"]
)
def test_what_summarise_takes(subject: Any) -> None:
    assert_summary(briefing.summarise(subject))


def test_a_path_is_a_file_and_a_str_never_is(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert_summary(briefing.summarise(file))
    assert_summary(briefing.summarise(EXAMPLES / "moroccan-personnel-gaza.json"))
    assert briefing.summarise(str(file)).counts.sentences == 1, "the words of the path, not what is in the file"


@pytest.mark.parametrize("subject", [None, 3, b"bytes", ["a"], {"title": "x"}])
def test_wrong_subject_says_what_it_got(subject: Any) -> None:
    with pytest.raises(TypeError, match=type(subject).__name__):
        briefing.summarise(subject)


@pytest.mark.parametrize("subject", ["", "   \n", "<p></p>", "<script>x</script>"])
def test_nothing_to_read(subject: str) -> None:
    with pytest.raises(briefing.EmptyPostError):
        briefing.summarise(subject)


def test_beside_a_running_loop_and_in_asynchronous_code() -> None:
    async def notebook() -> tuple[Summary, Summary]:
        return briefing.summarise(TEXT), await briefing.asummarise(TEXT)

    one, other = asyncio.run(notebook())
    assert one == other == briefing.summarise(TEXT)


def test_an_error_beside_a_running_loop_is_the_same_error() -> None:
    async def notebook() -> None:
        briefing.summarise("")

    with pytest.raises(briefing.EmptyPostError):
        asyncio.run(notebook())


def test_digest_of_posts_is_ordered_and_adds_up() -> None:
    posts = [post(1), post(3), post(2, html=""), post(3), post(4, published=None, is_protected=True)]
    digest = briefing.make_digest(posts, title="Brief", made_at=datetime(2026, 7, 1, tzinfo=UTC))
    assert [story.title for story in digest.stories] == ["Post 3", "Post 1"]
    covered = digest.coverage
    assert (covered.posts_read, covered.posts_used, len(covered.posts_dropped)) == (5, 2, 3)
    assert "the same post came twice" in [failure.why for failure in covered.posts_dropped]
    shown = [summary for story in digest.stories for summary in story.summaries] + list(digest.answers)
    assert covered.claims == sum(len(part.lines) for part in shown)


def test_the_post_changed_last_is_kept() -> None:
    newer = post(1, title="Edited", modified=datetime(2026, 6, 30, tzinfo=UTC))
    for posts in ([post(1), newer], [newer, post(1)]):
        digest = briefing.make_digest(posts)
        assert [story.title for story in digest.stories] == ["Edited"]


def test_load_stops_at_a_wrong_item_unless_told_to_go_on(tmp_path: Path) -> None:
    file = tmp_path / "posts.json"
    file.write_text('[{"title": "A", "content": "<p>Text.</p>"}, {"title": "B"}]', encoding="utf-8")
    with pytest.raises(briefing.ParseError, match="item 1"):
        briefing.load(file)
    heard: list[briefing.LoadError] = []
    assert [found.title for found in briefing.load(file, on_error=heard.append)] == ["A"]
    assert len(heard) == 1


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 6, 23), 24), (date(2026, 3, 29), 23), (date(2026, 10, 25), 25)],
)
def test_a_local_day_is_as_long_as_its_clocks_make_it(day: date, hours: int) -> None:
    period = Period.of_day(day, "Europe/Paris")
    assert period.since
    assert period.until
    assert (period.until - period.since).total_seconds() == hours * 3600
    assert period.holds(period.since)
    assert not period.holds(period.until)
