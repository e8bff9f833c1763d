"""Feeds of every kind, sound and not: what becomes of each, and that nothing is opened on the way."""

import asyncio
import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from faults import Server, http
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.bombs import ATTACKS
from briefing.clean.cleaner import plain_text
from briefing.exceptions import LoadError, ParseError
from briefing.fetch.fetcher import Fetcher, Rules
from briefing.sources import visits
from briefing.sources.feeds import posts_from_feed
from briefing.sources.source_state import KnownSource, ReadResult
from briefing.types import Post, Source

URL = "https://example.org/feed.xml"
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


def posts(body: str | bytes, content_type: str = "") -> list[Post]:
    data = body.encode() if isinstance(body, str) else body
    found = posts_from_feed(data, url=URL, content_type=content_type, source="s", now=NOW)
    assert not [error for error in found if isinstance(error, LoadError)]
    return [post for post in found if isinstance(post, Post)]


def rss(items: str, head: str = "") -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>Gazette</title><link>https://www.example.org/</link>{head}{items}</channel></rss>"
    )


def atom(entries: str, head: str = "") -> str:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Gazette</title>{head}{entries}</feed>'


def cause(body: str | bytes) -> str:
    with pytest.raises(ParseError) as caught:
        posts(body)
    return caught.value.cause


# What a feed says


def test_rss() -> None:
    (post,) = posts(
        rss(
            "<item><title>A &amp;amp; B</title><guid isPermaLink='false'>7</guid>"
            "<link>/2026/a?utm_source=rss&amp;id=3</link>"
            "<pubDate>Sun, 22 Nov 2026 08:00:00 +0200</pubDate><dc:creator>Ana Ruiz</dc:creator>"
            "<category>World</category><category>World</category><description>A teaser […]</description>"
            "<content:encoded><![CDATA[<p>All of it.</p><script>x</script>]]></content:encoded>"
            '<enclosure url="https://example.org/a.jpg" type="image/jpeg"/></item>',
            "<language>en-gb</language>",
        )
    )
    assert post == Post(
        key="https://example.org/2026/a?id=3",
        title="A & B",
        html="<p>All of it.</p><script>x</script>",  # the cleaner's to judge
        source="example.org",
        url="https://example.org/2026/a?utm_source=rss&id=3",
        id="7",
        author="Ana Ruiz",
        published=datetime(2026, 11, 22, 6, tzinfo=UTC),
        categories=("World",),
        language="en-gb",
        excerpt_html="A teaser […]",
        image_url="https://example.org/a.jpg",
    )


def test_atom_with_xhtml_and_bases() -> None:
    (post,) = posts(
        atom(
            '<entry xml:base="2026/"><title type="html">&lt;b>Titre&lt;/b></title><id>urn:1</id><link href="a"/>'
            "<published>2026-11-20T10:00:00Z</published><updated>2026-11-21T10:00:00Z</updated>"
            '<summary>Court</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Un <em>texte'
            "</em>.</p></div></content></entry>",
            '<author><name>Zoé</name></author><link href="https://example.org/"/>',
        )
    )
    assert (post.title, post.url, post.author) == ("Titre", "https://example.org/2026/a", "Zoé")
    assert plain_text(post.html) == "Un texte."
    assert (post.published, post.modified) == (
        datetime(2026, 11, 20, 10, tzinfo=UTC),
        datetime(2026, 11, 21, 10, tzinfo=UTC),
    )
    assert (post.language, post.is_excerpt) == ("fr", False)


@pytest.mark.parametrize("version", ["0.91", "0.92", "2.0"])
def test_old_rss(version: str) -> None:
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss.dtd">'
    item = "<item><title>Caf&eacute;</title><link>http://example.org/a</link></item>"
    body = f'<?xml version="1.0"?>{doctype}<rss version="{version}"><channel><title>t</title>{item}</channel></rss>'
    (post,) = posts(body)
    assert (post.title, post.key) == ("Café", "http://example.org/a")


def test_rdf() -> None:
    (post,) = posts(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><link>http://example.org/</link></channel>'
        "<item><title>T</title><link>http://example.org/a</link><dc:date>2026-01-02T03:04:05+01:00</dc:date>"
        "<dc:creator>B</dc:creator></item></rdf:RDF>"
    )
    assert (post.title, post.author, post.published) == ("T", "B", datetime(2026, 1, 2, 2, 4, 5, tzinfo=UTC))


def test_json_feed() -> None:
    first, second = posts(
        '{"version": "https://jsonfeed.org/version/1.1", "home_page_url": "https://example.org/", "language": "de",'
        '"authors": [{"name": "Jo"}], "items": [{"id": 1, "url": "/a", "title": "A <b>", "content_html": "<p>x</p>",'
        '"date_published": "2026-11-01T10:00:00+01:00", "tags": ["t", 3], "image": "a.png"},'
        '{"id": "2", "content_text": "one < two\\n\\nthree", "author": {"name": "Li"}, "date_published": "soon"}, 7]}'
    )
    assert (first.key, first.title, first.author) == ("https://example.org/a", "A <b>", "Jo")
    assert (first.published, first.tags, first.language) == (datetime(2026, 11, 1, 9, tzinfo=UTC), (), "de")
    assert (first.image_url, first.categories) == ("https://example.org/a.png", ("t",))
    assert second.html == "<p>one &lt; two</p>\n<p>three</p>\n"
    assert (second.key, second.author, second.published) == ("example.org#2", "Li", None)


@pytest.mark.parametrize(
    ("item", "is_excerpt"),
    [
        ("<title>t</title><description>Only a few words.</description>", True),
        ("<title>t</title><description>&lt;p>One.&lt;/p>&lt;p>Two.&lt;/p></description>", False),
        ("<title>t</title><description>&lt;p>One.&lt;/p>&lt;p>Two […]&lt;/p></description>", True),
        ("<description>A short message without a title.</description>", False),
        ("<title>t</title><content:encoded>&lt;p>All of it…&lt;/p></content:encoded>", False),
        ("<title>t</title><content:encoded>&lt;p>Part. Continue reading&lt;/p></content:encoded>", True),
        ("<title>t</title>", True),
    ],
)
def test_what_is_only_an_excerpt(item: str, is_excerpt: bool) -> None:
    (post,) = posts(rss(f"<item>{item}</item>"))
    assert post.is_excerpt is is_excerpt


@pytest.mark.parametrize(
    "date",
    ["", "soon", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 01 Jan 2099 00:00:00 GMT", "0000-00-00T00:00:00Z",
     "Mon, 00 Foo 0000", "2026-13-45", "Sun, 99 Nov 99999"],
)  # fmt: skip
def test_dates_that_are_none(date: str) -> None:
    (post,) = posts(rss(f"<item><title>t</title><pubDate>{date}</pubDate></item>"))
    assert post.published is None


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2026年3月8日 23:40", datetime(2026, 3, 8, 23, 40, tzinfo=UTC)),
        ("Sun, 08 Mar 2026 23:40:00 JST", datetime(2026, 3, 8, 14, 40, tzinfo=UTC)),
        ("Sun, 08 Mar 2026 00:40:00 UTC+2", datetime(2026, 3, 7, 22, 40, tzinfo=UTC)),
        ("8 marzo 2026", datetime(2026, 3, 8, tzinfo=UTC)),
    ],
)
def test_dates_are_read_as_they_are_written(date: str, expected: datetime) -> None:
    (post,) = posts(rss(f"<item><title>t</title><pubDate>{date}</pubDate></item>"))
    assert (post.published, post.date_text) == (expected, "")


def test_a_date_that_cannot_be_read_is_kept_as_it_is_written() -> None:
    (post,) = posts(rss("<item><title>t</title><pubDate>08 Mar 2026 23:40 XYZ</pubDate></item>"))
    assert (post.published, post.modified, post.date_text) == (None, None, "08 Mar 2026 23:40 XYZ")
    (item,) = posts('{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "date_modified": "soon"}]}')
    assert (item.published, item.date_text) == (None, "soon")


# Whose is whose


def keys(*items: tuple[str, str, str]) -> list[str]:
    """The keys of items with these GUIDs, links and titles."""
    made = (f"<item><guid isPermaLink='false'>{g}</guid><link>{a}</link><title>{t}</title></item>" for g, a, t in items)
    return [post.key for post in posts(rss("".join(made)))]


def test_the_link_is_the_key_whatever_the_guid() -> None:
    first = keys(("1", "https://example.org/a", "A"), ("2", "https://example.org/b", "B"))
    later = keys(("x", "https://example.org/a", "A"), ("y", "https://example.org/b", "B"))
    assert first == later == ["https://example.org/a", "https://example.org/b"]


def test_one_guid_for_two() -> None:
    assert len(set(keys(("1", "https://example.org/a", "A"), ("1", "https://example.org/b", "B")))) == 2
    assert len(set(keys(("1", "", "A"), ("1", "", "B")))) == 2
    assert keys(("1", "", "A"), ("1", "", "A")) == keys(("1", "", "A"))


def test_one_link_for_all() -> None:
    home = keys(("1", "https://www.example.org/", "A"), ("2", "https://www.example.org/", "B"))
    assert home == ["https://www.example.org/#1", "https://www.example.org/#2"]
    assert len(set(keys(("1", "https://example.org/x", "A"), ("1", "https://example.org/x", "B")))) == 2


def test_links_that_are_none() -> None:
    (key,) = keys(("1", "javascript:alert(1)", "A"))
    assert key == "example.org#1"


# Bytes


@pytest.mark.parametrize(
    ("declared", "header", "encoding"),
    [
        ("utf-8", "", "utf-8"), ("iso-8859-1", "", "utf-8"), ("utf-8", "iso-8859-1", "utf-8"), ("", "", "utf-8-sig"),
        ("windows-1252", "", "cp1252"), ("iso-8859-1", "utf-8", "cp1252"), ("", "windows-1252", "cp1252"),
        ("utf-8", "", "cp1252"), ("", "", "utf-16"), ("utf-16", "", "utf-16-le"), ("no-such", "rot13", "utf-8"),
        ("utf-8", "", "utf-16"),
    ],
)  # fmt: skip
def test_charsets_said_and_meant(declared: str, header: str, encoding: str) -> None:
    said = f' encoding="{declared}"' if declared else ""
    body = f'<?xml version="1.0"{said}?><rss><channel><item><title>“Été – œuf” €</title></item></channel></rss>'
    (post,) = posts(body.encode(encoding), f"text/xml; charset={header}" if header else "text/xml")
    assert post.title == "“Été – œuf” €"


@pytest.mark.parametrize(
    ("encoding", "title"),
    [("shift_jis", "日本語の題"), ("gb2312", "中文标题"), ("koi8-r", "Заголовок"), ("iso-2022-jp", "日本語")],
)
def test_charsets_of_other_scripts(encoding: str, title: str) -> None:
    body = (
        f'<?xml version="1.0" encoding="{encoding}"?><rss><channel><item><title>{title}</title></item></channel></rss>'
    )
    assert posts(body.encode(encoding))[0].title == title


@pytest.mark.parametrize(
    "title",
    [
        "A\x00B\x08 word",
        "A&#0;B&#x1F; word",
        "AB &nbsp; word",
        "AB\ufffe word",
        "<![CDATA[AB & word]]>",
        "AB &unknown word",
    ],
)
def test_faults_of_xml_that_lose_no_words(title: str) -> None:
    first, second = posts(rss(f"<item><title>{title}</title></item><item><title>Q&A; R&D</title></item>"))
    assert first.title.startswith("AB")
    assert first.title.endswith("word")
    assert "R&D" in second.title


def test_links_with_bare_ampersands() -> None:
    (post,) = posts(rss("<item><link>https://example.org/a?b=1&c=2&copy=3</link><title>t</title></item>"))
    assert post.url is not None
    assert post.url.startswith("https://example.org/a?b=1&c=2")


def test_words_of_a_program_before_the_feed() -> None:
    assert len(posts("<br />\n<b>Warning</b>: in /x.php\n" + rss("<item><title>t</title></item>"))) == 1


def test_a_prefix_that_nobody_declared() -> None:
    items = "<rss:channel><rss:item><rss:title>T</rss:title></rss:item></rss:channel>"
    assert [post.title for post in posts(f"<?xml?xml ??><rss rss:version=2.0>{items}</rss>")] == ["T"]


WHOLE = rss("".join(f"<item><title>Été {n}</title><link>https://example.org/{n}</link></item>" for n in range(20)))


@given(st.integers(min_value=1, max_value=len(WHOLE.encode()) - 4))
def test_a_feed_cut_short_is_refused_wherever_it_is_cut(length: int) -> None:
    with pytest.raises(ParseError):
        posts_from_feed(WHOLE.encode()[:length], url=URL, source="s")


@given(st.binary(max_size=400))
def test_any_bytes_are_posts_or_a_parse_error(noise: bytes) -> None:
    for body in (noise, b"<rss><channel><item>" + noise + b"</item></channel></rss>", b'{"version":' + noise + b"}"):
        try:
            posts_from_feed(body, url=URL, source="s")
        except ParseError:
            continue


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "an empty response"),
        ("  \n", "an empty response"),
        ("<!DOCTYPE html><html><body><form>Log in</form></body></html>", "not a feed but an HTML page"),
        ("<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>", "not a feed but an HTML page"),
        ("<opml><body/></opml>", "not a feed"),
        ("<svg xmlns='http://www.w3.org/2000/svg'><title>channel</title></svg>", "not a feed"),
        ("{}", "not a feed but other JSON"),
        ('{"version": "1", "items": []}', "not a feed but other JSON"),
        ("[" * 100_000, "not a feed"),
        ("plain words", "not a feed"),
    ],
)
def test_what_is_no_feed(body: str, said: str) -> None:
    assert cause(body).startswith(said)


def test_a_document_type_in_the_words_of_a_post_stays() -> None:
    (post,) = posts(
        rss("<item><description><![CDATA[<pre>&lt;x></pre><!DOCTYPE html><p>All</p>]]></description></item>")
    )
    assert post.html == "<pre>&lt;x></pre><!DOCTYPE html><p>All</p>"


def test_more_items_than_are_read_are_told() -> None:
    body = rss("".join(f"<item><title>{n}</title></item>" for n in range(2005))).encode()
    *found, told = posts_from_feed(body, url=URL, source="s")
    assert len(found) == 2000
    assert str(told) == "s: holds 2005 items; the first 2000 were read"


def test_an_empty_feed_is_one() -> None:
    assert posts(rss("")) == []


# Nothing is opened


@contextmanager
def watched() -> Iterator[list[str]]:
    """What is opened and connected to meanwhile: an audit hook, which can be added and never taken away."""
    seen: list[str] = []
    _watchers.append(seen)
    yield seen
    _watchers.remove(seen)


_watchers: list[list[str]] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _watchers and event in ("open", "os.open", "socket.connect", "socket.getaddrinfo", "urllib.Request"):
        name = str(arguments[0])
        if not name.endswith((".py", ".pyc", ".so")) and "site-packages" not in name:
            _watchers[-1].append(f"{event} {name}")


sys.addaudithook(_watch)


def test_the_watcher_sees(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("words")
    with watched() as seen:
        (tmp_path / "a").read_text()
        with Server(http(200)) as server, socket.create_connection(("127.0.0.1", server.port)):
            pass
    assert [event.split()[0] for event in seen] == ["open", "socket.getaddrinfo", "socket.connect"]


def test_a_body_that_is_a_path_or_an_address_opens_nothing(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(rss("<item><title>secret</title></item>"))
    posts(rss("<item/>"))  # feedparser is loaded now
    bodies: list[str | bytes] = [
        str(feed),
        feed.as_uri(),
        "http://127.0.0.1:9/",
        "feed://127.0.0.1:9/",
        os.fsencode(feed),
    ]
    with watched() as seen:
        for body in bodies:
            assert cause(body).startswith("not a feed")
    assert seen == []


@pytest.mark.parametrize("name", ATTACKS)
def test_attacks_in_xml_are_refused_and_open_nothing(name: str) -> None:
    posts(rss("<item/>"))
    with watched() as seen:
        assert cause(ATTACKS[name]()).startswith(("refused", "cut short"))
    assert seen == []


# Visits


def visit(
    server: Server, known: KnownSource | None = None, since: datetime | None = None, **settings: bool
) -> ReadResult:
    async def run() -> ReadResult:
        rules = Rules(allow_private_hosts=frozenset([server.name]), deadline_seconds=10)
        async with Fetcher(rules) as fetch:
            source = Source("Gazette", f"{server.url}/feed", "feed", **settings)  # type: ignore[arg-type]
            return await visits.visit(source, fetch, known or KnownSource(), since=since)

    return asyncio.run(run())


def test_the_second_visit_asks_one_condition() -> None:
    feed = rss("<item><title>t</title><link>https://example.org/a</link></item>").encode()
    with Server(http(200, feed, {"ETag": '"1"', "Last-Modified": "yesterday"}), http(304)) as server:
        first = visit(server)
        second = visit(server, first.known)
    assert [post.title for post in first.posts] == ["t"]
    assert (first.kind, first.endpoint) == ("feed", f"{server.url}/feed")
    assert first.known.ids == {"https://example.org/a"}
    assert second.is_unchanged
    assert (second.posts, second.known) == ((), first.known)
    assert server.asked[1].headers["if-none-match"] == '"1"'
    assert len(server.asked) == 2


def test_a_feed_cut_short_keeps_nothing() -> None:
    with (
        Server(http(200, WHOLE.encode()[:500], {"ETag": '"1"'})) as server,
        pytest.raises(ParseError, match="cut short"),
    ):
        visit(server)


def test_a_move_is_told() -> None:
    paths = {"/feed": http(301, b"", {"Location": "/new"}), "/new": http(200, WHOLE.encode())}
    with Server(paths=paths) as server:
        taken = visit(server)
        assert taken.notes == (f"moved permanently to {server.url}/new",)
    assert len(taken.posts) == 20


PAGE = (
    "<html><body><article><h1>A</h1>" + "<p>Words of the whole of the post, and many of them.</p>" * 20 + "</article>"
)


def full(server: Server, known: KnownSource | None = None, since: datetime | None = None) -> ReadResult:
    return visit(server, known, since, full_text=True)


def items(server_url: str, *names: str) -> bytes:
    made = (
        f"<item><title>{name}</title><link>{server_url}/{name}</link><description>A teaser…</description>"
        "<pubDate>Sun, 22 Nov 2026 08:00:00 GMT</pubDate></item>"
        for name in names
    )
    return rss("".join(made)).encode()


def test_full_text_loads_the_page_behind_an_excerpt_once() -> None:
    with Server(http(404)) as server:
        server.paths["/feed"] = http(200, items(server.url, "a", "b"))
        server.paths["/a"] = http(200, PAGE.encode(), {"Content-Type": "text/html"})
        first = full(server)
        a, b = first.posts
        assert (a.is_excerpt, a.title, plain_text(a.excerpt_html)) == (False, "a", "A teaser…")
        assert plain_text(a.html).count("Words of the whole") == 20
        assert (b.is_excerpt, b.html) == (True, "A teaser…")
        (note,) = first.notes
        assert note.startswith(f"kept the excerpt of {server.url}/b: ")
        assert first.known.ids == {f"{server.url}/a"}
        second = full(server, first.known)
        assert [post.title for post in second.posts] == ["b"]
    assert [asked.path for asked in server.asked].count("/a") == 1


def test_full_text_leaves_what_is_older_than_asked_for() -> None:
    with Server(http(404)) as server:
        server.paths["/feed"] = http(200, items(server.url, "a"))
        taken = full(server, since=NOW)
    assert [post.is_excerpt for post in taken.posts] == [True]
    assert "/a" not in [asked.path for asked in server.asked]


def test_full_text_obeys_robots() -> None:
    with Server(http(404)) as server:
        server.paths["/feed"] = http(200, items(server.url, "a"))
        server.paths["/a"] = http(200, PAGE.encode())
        server.paths["/robots.txt"] = http(200, b"User-agent: *\nDisallow: /")
        taken = full(server)
    assert [post.is_excerpt for post in taken.posts] == [True]
    assert [asked.path for asked in server.asked] == ["/feed", "/robots.txt"]


def test_links_of_a_feed_do_not_lead_into_private_networks() -> None:
    with Server(http(200, PAGE.encode())) as secret, Server(http(404)) as server:
        server.paths["/feed"] = http(200, items(secret.url, "a"))
        taken = full(server)
    assert taken.posts[0].is_excerpt
    assert secret.connections == 0


def real_feeds() -> list[Path]:
    folder = os.environ.get("BRIEFING_DATA")
    return sorted((Path(folder) / "feeds").iterdir()) if folder else []


@pytest.mark.skipif(not real_feeds(), reason="BRIEFING_DATA does not name the folder of the development data")
def test_real_feeds() -> None:
    count: Callable[[Path], int] = lambda path: len(posts(path.read_bytes()))  # noqa: E731
    assert sum(map(count, real_feeds())) == 444
