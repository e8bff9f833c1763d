"""What an address turns out to be, and what the desk's filters leave."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from loopback import Loopback, Received, response

from briefing.exceptions import FetchError, LoadError
from briefing.fetch.fetcher import Fetcher, Rules
from briefing.sources.source_state import KnownSource, ReadResult
from briefing.sources.visits import visit
from briefing.types import Source

HTML = {"Content-Type": "text/html; charset=utf-8"}
RSS = {"Content-Type": "application/rss+xml", "ETag": '"one"'}
ITEM = """<item><title>{title}</title><link>http://example.org/{title}</link><category>{category}</category>
<description>{text}</description></item>"""
ARTICLE = "<html lang='en'><head><title>A harbour reopens</title>{head}</head><body><article><h1>A harbour reopens</h1>"
TEXT = "<p>" + "The harbour reopened on Monday after a year of repairs, said the port's director. " * 8 + "</p>"
NAMES_FEED = '<link rel="alternate" type="application/rss+xml" href="/news/feed.xml">'
SERVED = dict[str, tuple[str, dict[str, str]]]


def feed(*items: tuple[str, str, str]) -> str:
    said = "".join(ITEM.format(title=title, category=category, text=text) for title, category, text in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>{said}</channel></rss>'


ONE_FEED = feed(
    ("one", "World", "In Gaza."), ("two", "Sport", "The Gazan team won."), ("three", "World News", "משלחת בעזה.")
)


def take(served: SERVED, path: str = "/", *visits: dict[str, Any]) -> tuple[list[ReadResult], list[str]]:
    """What visits in turn bring, each knowing what the one before it left; and the paths asked for."""

    async def run() -> tuple[list[ReadResult], list[str]]:
        async with Loopback(answering(served)) as server:
            origin = server.url.removesuffix("/v1")
            rules = Rules(allow_private_hosts=frozenset({origin.removeprefix("http://")}), pause_seconds=0.0)
            known, brought = KnownSource(), []
            async with Fetcher(rules) as fetch:
                for fields in visits or ({},):
                    brought.append(await visit(Source("s", origin + path, **fields), fetch, known, since=None))
                    known = brought[-1].known
            return brought, [received.path for received in server.received]

    return asyncio.run(run())


def answering(served: SERVED) -> Callable[[Received, asyncio.StreamWriter], Any]:
    async def answer(received: Received, writer: asyncio.StreamWriter) -> None:
        body, headers = served.get(received.path, ("no", HTML))
        if headers.get("ETag") and received.headers.get("if-none-match") == headers["ETag"]:
            writer.write(response(304, "", headers))
        else:
            writer.write(response(200 if received.path in served else 404, body, headers))

    return answer


def titles(taken: ReadResult) -> list[str]:
    return [post.title for post in taken.posts]


def test_a_feed_is_told_by_what_it_is_and_asked_once_a_visit() -> None:
    (first, second), asked = take({"/news.xml": (ONE_FEED, RSS)}, "/news.xml", {}, {})
    assert (first.kind, titles(first)) == ("feed", ["one", "two", "three"])
    assert second.is_unchanged
    assert asked[-1] == "/news.xml"
    assert len(asked) == 3, "to see what it is, to read it, and once to hear that nothing is new"


def test_a_feed_that_is_served_as_a_page() -> None:
    (taken,), _ = take({"/news": (ONE_FEED, HTML)}, "/news")
    assert taken.kind == "feed"


def test_the_feed_that_a_page_names() -> None:
    served = {"/": (f"<html><head>{NAMES_FEED}</head><body>Home", HTML), "/news/feed.xml": (ONE_FEED, RSS)}
    (first, second), asked = take(served, "/", {}, {})
    assert (first.kind, titles(first)) == ("feed", ["one", "two", "three"])
    assert urlsplit(first.endpoint).path == "/news/feed.xml"
    assert "read the feed" in first.notes[0]
    assert second.is_unchanged
    assert asked[-1] == "/news/feed.xml"


def test_an_article_is_itself_and_not_the_feed_of_its_site() -> None:
    head = NAMES_FEED + '<meta property="og:type" content="article">'
    served = {"/2026/harbour": (ARTICLE.format(head=head) + TEXT, HTML), "/news/feed.xml": (ONE_FEED, RSS)}
    (taken,), _ = take(served, "/2026/harbour")
    assert (taken.kind, titles(taken)) == ("page", ["A harbour reopens"])


def test_a_page_that_names_no_feed() -> None:
    (first, second), asked = take({"/about": (ARTICLE.format(head="") + TEXT, HTML)}, "/about", {}, {})
    assert (first.kind, titles(first)) == ("page", ["A harbour reopens"])
    assert second.kind == "page"
    assert asked[-1] == "/about"


def test_a_feed_that_is_named_and_missing_leaves_the_page() -> None:
    (taken,), _ = take({"/about": (ARTICLE.format(head=NAMES_FEED) + TEXT, HTML)}, "/about")
    assert taken.kind == "page"
    assert "could not be read" in taken.notes[0]


def test_a_page_that_is_missing() -> None:
    with pytest.raises(FetchError, match="404"):
        take({}, "/about")


def test_what_the_desk_says_it_is_is_not_guessed() -> None:
    (taken,), asked = take({"/": (ONE_FEED, RSS)}, "/", {"kind": "feed"})
    assert taken.kind == "feed"
    assert asked == ["/"]
    with pytest.raises(LoadError, match="a feed, not a page of a site"):
        take({"/": (ONE_FEED, RSS)}, "/", {"kind": "wordpress"})


@pytest.mark.parametrize("address", ["posts.json", "file:///etc/passwd", "-", "ftp://example.org/feed"])
def test_no_web_address(address: str) -> None:
    async def run() -> None:
        async with Fetcher(Rules()) as fetch:
            await visit(Source("s", address), fetch, KnownSource(), since=None)

    with pytest.raises(LoadError, match="no web address"):
        asyncio.run(run())


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({"include": ("gaza",)}, ["one"]),
        ({"include": ("עזה",)}, ["three"]),
        ({"include": ("the  gazan TEAM",)}, ["two"]),
        ({"exclude": ("gaza", "nothing")}, ["two", "three"]),
        ({"include": ("gaza",), "exclude": ("in",)}, []),
        ({"categories": ("world",)}, ["one"]),
        ({"categories": ("world-news", "Sport")}, ["two", "three"]),
        ({"categories": ("World News",), "include": ("gaza",)}, []),
        ({"tags": ("SPORT",)}, ["two"]),
        ({}, ["one", "two", "three"]),
    ],
)
def test_filters(filters: dict[str, tuple[str, ...]], left: list[str]) -> None:
    (taken,), _ = take({"/news.xml": (ONE_FEED, RSS)}, "/news.xml", filters)
    assert titles(taken) == left
    assert len(taken.left_out) == 3 - len(left), "what is filtered is counted"
