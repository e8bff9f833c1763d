"""The commands that read from the web, against a server on loopback."""

import json
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from desk_days import ORCHESTRA, PORT, RYE, Feed
from faults import Server, http
from test_cli import run

import briefing
from briefing.types import Post

PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")


@pytest.fixture
def wire(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A feed whose posts are of today, at an address that the settings allow."""
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BRIEFING_DATABASE_URL", f"sqlite:///{tmp_path}/desk.db")
    monkeypatch.setenv("BRIEFING_ALLOW_PRIVATE_HOSTS", "127.0.0.1")
    feed = Feed([PORT, RYE, ORCHESTRA])
    for hours, item in enumerate(feed.items, 1):
        feed.items[hours - 1] = type(item)(item.name, item.title, item.text, datetime.now(UTC) - timedelta(hours=hours))
    with Server(paths={"/feed": feed, "/gone": http(410)}) as server:
        yield server


def test_a_feed_by_its_address(wire: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("digest", f"{wire.url}/feed") == 0
    assert "3 posts, 1 site" in capsys.readouterr().err
    made = json.loads(Path("digest/digest.json").read_text(encoding="utf-8"))
    assert {story["title"] for story in made["stories"]} == {PORT.title, RYE.title, ORCHESTRA.title}
    assert run("verify", "digest") == 0
    assert run("digest", f"{wire.url}/feed") == 0
    assert "nothing new since" in capsys.readouterr().err
    assert json.loads(Path("digest/digest.json").read_text(encoding="utf-8")) == made, "what was written stays"


def test_nothing_new_beside_a_source_that_fails_is_partly_done(
    wire: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    both = [f"{wire.url}/feed", f"{wire.url}/gone"]
    assert run("digest", *both) == 2
    assert run("digest", *both) == 2
    assert "nothing new since" in (said := capsys.readouterr().err)
    assert "1 source could not be read" in said


def test_a_desk_is_set_up_from_addresses(wire: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("init", f"{wire.url}/feed", f"{wire.url}/gone") == 2
    told = capsys.readouterr()
    assert "410" in told.err
    written = tomllib.loads(Path("briefing.toml").read_text(encoding="utf-8"))
    assert [(source["address"], source["kind"]) for source in written["sources"]] == [(f"{wire.url}/feed", "feed")]
    assert run("init", f"{wire.url}/feed") == 4
    assert "is there already" in capsys.readouterr().err
    assert run("sources") == 0
    name, kind, posts, *_, language = capsys.readouterr().out.splitlines()[1].split()
    assert (name, kind, posts, language) == (f"{wire.name}/feed", "feed", "3", "en")
    assert run("digest", "--quiet") == 0
    covered = json.loads(Path("digest/digest.json").read_text(encoding="utf-8"))["coverage"]
    assert covered["sources"] == [f"{wire.name}/feed"]


def test_a_question_is_asked_of_addresses_and_of_the_past(wire: Server, capsys: pytest.CaptureFixture[str]) -> None:
    question = "How many ships are waiting outside the harbour?"
    assert run("ask", question, f"{wire.url}/feed") == 0
    told = capsys.readouterr()
    assert "Eleven ships" in told.out
    assert "asked of 3 posts" in told.err
    assert run("ask", question, "--history") == 1, "there is no past yet"
    assert run("digest", f"{wire.url}/feed", "--quiet") == 0
    capsys.readouterr()
    assert run("ask", question, "--history", "--format", "markdown") == 0
    assert "Eleven ships" in capsys.readouterr().out
    assert run("ask", "Who won the chess championship in Reykjavik?", f"{wire.url}/feed") == 0
    assert "not in these posts" in capsys.readouterr().out.casefold()
    assert run("ask", "Who rules the port of Sfax at night?", f"{wire.url}/feed") == 0
    said = capsys.readouterr().out.casefold()
    assert "not in these posts" in said
    assert "nearest sentences, and no answer" in said


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["ask", "Who pays?"], 4, "no source given"),
        (["ask", " ", "x"], 4, "question is empty"),
        (["sources"], 4, "no source given"),
        (["init"], 4, "ADDRESS"),
        (["init", "nowhere/"], 1, "no such file"),
    ],
)
def test_wrong_input_gets_one_clear_line(
    wire: Server, arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == code
    assert said in capsys.readouterr().err


def test_load_and_summarise_take_addresses(wire: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert [post.title for post in briefing.load(f"{wire.url}/feed")] == [PORT.title, RYE.title, ORCHESTRA.title]
    assert run("summarise", f"{wire.url}/feed") == 1
    assert "holds 3 posts" in capsys.readouterr().err
    with pytest.raises(briefing.FetchError):
        briefing.load(f"{wire.url}/gone")


def test_featured_images_are_inlined_where_asked_for(wire: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    from briefing.config import settings
    from briefing.sources.pictures import pictures
    from briefing.workflow.gathering import rules_of

    wire.paths |= {"/a.gif": http(200, PIXEL), "/b.gif": http(200, b"<svg onload=alert(1)>"), "/c.gif": http(404)}
    posts = [Post(key=name, title="", html="", image_url=f"{wire.url}/{name}.gif") for name in "abc"]
    found = asyncio.run(pictures([*posts, Post(key="d", title="", html="")], rules_of(settings())))
    assert list(found) == ["a"]
    assert found["a"].startswith("data:image/gif;base64,R0lGOD")
