"""Pages: the text that they show, what they say of themselves, stubs, and the feeds that they name."""

import asyncio
from datetime import UTC, datetime

import pytest
from faults import Server, http
from hypothesis import given
from hypothesis import strategies as st

from briefing.clean.cleaner import clean, plain_text
from briefing.exceptions import FetchError, ParseError
from briefing.fetch.fetcher import Fetcher, Rules
from briefing.sources import visits
from briefing.sources.pages import feeds_of_page, post_from_page
from briefing.sources.source_state import KnownSource, ReadResult
from briefing.types import Post, Source

URL = "https://www.example.org/2026/11/post?utm_source=mail"
TEXT = "".join(f"<p>This is paragraph number {n} of the article, and it says something.</p>" for n in range(12))
TWEET = (
    '<blockquote class="twitter-tweet"><p>We are on our way.</p>&mdash; Port Authority (@port) '
    '<a href="https://twitter.com/port/status/1">November 20, 2026</a></blockquote>'
)


def page(inside: str, head: str = "", root: str = '<html lang="en-GB">') -> str:
    menu = '<nav><ul><li><a href="/">Home</a><li><a href="/world">World</a></ul></nav>'
    foot = '<footer><p>All rights reserved. <a href="/about">About us</a></p></footer>'
    body = f"<body>{menu}<main><article>{inside}</article></main>{foot}</body>"
    return f"<!DOCTYPE html>{root}<head>{head}</head>{body}</html>"


def post_of(html: str, url: str = URL) -> Post:
    return post_from_page(html.encode(), url=url, content_type="text/html; charset=utf-8", source="s")


def ld(**said: str) -> str:
    fields = ", ".join(f'"{name}": {value}' for name, value in said.items())
    graph = f'[{{"@type": "WebSite", "name": "Gazette"}}, {{"@type": "NewsArticle", {fields}}}]'
    return f'<script type="application/ld+json">{{"@graph": {graph}}}</script>'


def test_the_text_without_its_surroundings_in_order_and_with_its_structure() -> None:
    post = post_of(
        page(
            f"<h1>The port opens</h1>{TEXT}<h2>What follows</h2><ul><li>First of all this</li><li>Then that</li></ul>"
            f"<blockquote><p>I said what I said, and no more.</p></blockquote>{TWEET}<p>And this is the end of it.</p>"
            "<table><tr><th>Year</th><th>Ships</th></tr><tr><td>2025</td><td>17</td></tr></table>"
        )
    )
    document = clean(post)
    kinds = [block.kind for block in document.blocks]
    assert kinds[:12] == ["paragraph"] * 12
    assert kinds[12:15] == ["heading", "list_item", "list_item"]
    assert kinds[15] == "quote"
    assert {"embed", "table_row"} <= set(kinds)
    (embed,) = {block.embed for block in document.blocks if block.embed and block.embed.handle}
    assert (embed.author, embed.url) == ("Port Authority", "https://twitter.com/port/status/1")
    assert document.text.index("We are on our way") < document.text.index("And this is the end")
    assert document.text.endswith("2025\t17")
    assert "The port opens" not in document.text  # it is sentence 0
    assert "Home" not in document.text


def test_what_a_page_says_of_itself() -> None:
    head = (
        '<title>The port opens - Gazette</title><link rel="canonical" href="/2026/11/post">'
        '<meta property="og:image" content="/port.jpg">'
    ) + ld(
        headline='"The port &amp; the city"',
        datePublished='"2026-11-20T10:00:00+01:00"',
        dateModified='"2026-11-21"',
        author='[{"name": "Ana Ruiz"}, {"name": "https://facebook.com/li"}, "Li Wei"]',
    )
    post = post_of(page(TEXT, head))
    assert (post.url, post.key) == ("https://www.example.org/2026/11/post",) * 2
    assert (post.title, post.author, post.language) == ("The port & the city", "Ana Ruiz, Li Wei", "en-GB")
    assert post.published == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert post.modified == datetime(2026, 11, 21, tzinfo=UTC)
    assert (post.source, post.image_url, post.is_excerpt) == ("example.org", "https://www.example.org/port.jpg", False)


def test_what_a_page_without_json_says() -> None:
    head = (
        '<title>Gazette</title><meta property="og:title" content="The port opens | Gazette">'
        '<meta name="author" content="By Jo">'
        '<meta property="og:locale" content="fr_FR"><script type="application/ld+json">{"@type": broken</script>'
    )
    post = post_of(page(f'<h1>The port opens</h1><time datetime="2026-11-20">20 Nov</time>{TEXT}', head, "<html>"))
    assert (post.title, post.author, post.language) == ("The port opens", "Jo", "fr-FR")
    assert post.published == datetime(2026, 11, 20, tzinfo=UTC)
    assert (post.url, post.key) == (URL, "https://www.example.org/2026/11/post")


@pytest.mark.parametrize(
    ("said", "url"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("https://m.example.org/a", "https://m.example.org/a"),
        ("http://[", URL),
        ("https://evil.example/a", URL),
        ("https://www.example.org/", URL),
        ("javascript:alert(1)", URL),
        ("", URL),
    ],
)
def test_the_canonical_link_is_taken_of_the_same_site_only(said: str, url: str) -> None:
    assert post_of(page(TEXT, f'<link rel="canonical" href="{said}">')).url == url


def test_two_sites_below_a_public_suffix_are_two() -> None:
    post = post_of(page(TEXT, '<link rel="canonical" href="https://b.co.uk/a">'), "https://a.co.uk/a")
    assert post.url == "https://a.co.uk/a"


@pytest.mark.parametrize("date", ["0001-01-01T00:00:00Z", "1970-01-01", "soon", "", "2026-13-45"])
def test_dates_that_are_none(date: str) -> None:
    assert post_of(page(TEXT, ld(datePublished=f'"{date}"'))).published is None


def test_a_date_of_a_page_is_read_in_its_language_or_kept_as_it_is_written() -> None:
    head = '<meta name="date" content="04/05/2026">'
    assert post_of(page(TEXT, head, '<html lang="fr">')).published == datetime(2026, 5, 4, tzinfo=UTC)
    undated = post_of(page(TEXT, head, '<html lang="en">'))
    assert (undated.published, undated.date_text) == (None, "04/05/2026")


SHORT = (
    "<p>The port opened on Monday, and nobody was there to see it.</p><p>It was a cold day for the time of year.</p>"
)


@pytest.mark.parametrize(
    ("html", "is_excerpt"),
    [
        (page(SHORT), False),
        (page(SHORT, ld(isAccessibleForFree="false")), True),
        (page(SHORT, ld(isAccessibleForFree='"False"')), True),
        (page(TEXT * 5, ld(isAccessibleForFree="false")), False),
        (page(SHORT + "<p>Subscribe now to continue reading this article.</p>"), True),
        (page(SHORT + "<p>Cet article est réservé aux abonnés.</p>"), True),
        (page(SHORT, ld(wordCount="900")), True),
        (page(TEXT, ld(wordCount="140")), False),
    ],
)
def test_stubs_are_told(html: str, is_excerpt: bool) -> None:
    assert post_of(html).is_excerpt is is_excerpt


def test_the_text_is_what_the_page_shows() -> None:
    post = post_of(page(TEXT, ld(articleBody=f'"{"Words for machines only. " * 500}"')))
    assert "machines" not in plain_text(post.html)
    assert post.is_excerpt  # the page shows less than it says it has


def test_charset_of_a_page() -> None:
    html = page(f"<p>“Été” à l’œuvre</p>{TEXT}", '<meta charset="windows-1252">').encode("cp1252")
    assert "“Été” à l’œuvre" in plain_text(post_from_page(html, url=URL, source="s").html)


@pytest.mark.parametrize(
    ("body", "kind", "cause"),
    [
        (b"", "text/html", "an empty response"),
        (b"%PDF-1.7 words", "application/pdf", "not a page but application/pdf"),
        (b"plain words", "text/html", "there is no HTML"),
        (b'{"a": 1}', "application/json", "not a page but"),
        (b"<html><body></body></html>", "text/html", "no text"),
        (b"<html><body><script>words()</script></body></html>", "text/html", "no text"),
    ],
)
def test_what_is_no_page(body: bytes, kind: str, cause: str) -> None:
    with pytest.raises(ParseError, match=cause):
        post_from_page(body, url=URL, content_type=kind, source="s")


@given(st.text(alphabet="<>/=\"' pdivhtmlbody!-&;[]", max_size=300))
def test_any_markup_is_a_post_or_a_parse_error(noise: str) -> None:
    try:
        post_from_page(f"<html><body><p>Words.</p>{noise}".encode(), url=URL, source="s")
    except ParseError:
        return


def test_feeds_of_a_page() -> None:
    head = """<base href="https://example.org/en/">
<link rel="alternate" type="application/rss+xml" title="Gazette &raquo; Feed" href="feed/?a=1&amp;b=2">
<link rel="alternate" type="application/rss+xml" title="Gazette &raquo; Comments Feed" href="comments/feed/">
<LINK HREF='/atom.xml' TYPE='application/atom+xml' REL='home Alternate'>
<link rel=alternate type=application/feed+json href=https://feeds.example.net/json>
<link rel="alternate" type="text/html" hreflang="fr" href="/fr">
<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
<link rel="alternate" type="application/rss+xml" href="feed/?a=1&amp;b=2">"""
    assert feeds_of_page(page(TEXT, head).encode(), url=URL) == [
        "https://example.org/en/feed/?a=1&b=2",
        "https://example.org/atom.xml",
        "https://feeds.example.net/json",
    ]
    assert feeds_of_page(b"", url=URL) == []


# Visits


def visit(server: Server, known: KnownSource | None = None) -> ReadResult:
    async def run() -> ReadResult:
        async with Fetcher(Rules(allow_private_hosts=frozenset([server.name]), deadline_seconds=10)) as fetch:
            return await visits.visit(
                Source("Page", f"{server.url}/a", "page"), fetch, known or KnownSource(), since=None
            )

    return asyncio.run(run())


def test_the_second_visit_asks_one_condition() -> None:
    with Server(http(404)) as server:
        server.paths["/a"] = http(200, page(TEXT).encode(), {"ETag": '"1"', "Content-Type": "text/html"})
        first = visit(server)
        server.paths["/a"] = http(304)
        second = visit(server, first.known)
        assert [post.url for post in first.posts] == [f"{server.url}/a"]
    assert (second.is_unchanged, second.posts, second.known) == (True, (), first.known)
    assert [asked.headers.get("if-none-match") for asked in server.asked if asked.path == "/a"] == [None, '"1"']


def test_robots_are_obeyed() -> None:
    paths = {"/robots.txt": http(200, b"User-agent: *\nDisallow: /a")}
    with Server(http(200, page(TEXT).encode()), paths=paths) as server, pytest.raises(FetchError):
        visit(server)
    assert [asked.path for asked in server.asked] == ["/robots.txt"]
