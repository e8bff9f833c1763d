"""Exports of several versions and ages, whole and broken."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.clean.cleaner import clean
from briefing.exceptions import LoadError, NotAPostError, ParseError
from briefing.sources.files import read_bytes
from briefing.sources.wordpress.stored_text import shown
from briefing.sources.wordpress.wxr import posts_from_wxr
from briefing.types import Post

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!-- generator="WordPress" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/{version}/">
<channel><title>Gazette</title><link>https://www.example.org/en</link><language>en-GB</language>
<wp:wxr_version>{version}</wp:wxr_version><wp:base_blog_url>https://www.example.org/en</wp:base_blog_url>
<wp:author><wp:author_login>ana</wp:author_login>
<wp:author_display_name><![CDATA[Ana & Co]]></wp:author_display_name></wp:author>
"""
END = "</channel></rss>"


def item(
    title: str = "Bread &amp; roses",
    *,
    content: str = "First.\n\nSecond.",
    kind: str = "post",
    status: str = "publish",
    more: str = "",
    terms: str = '<category domain="category" nicename="world"><![CDATA[World]]></category>'
    '<category domain="post_tag" nicename="food"><![CDATA[Food]]></category>',
) -> str:
    return f"""<item><title>{title}</title><link>https://www.example.org/en/bread/</link>
<pubDate>Wed, 02 Jan 2013 12:00:00 +0000</pubDate><dc:creator><![CDATA[ana]]></dc:creator>
<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[In short.]]></excerpt:encoded>
<wp:post_id>7</wp:post_id><wp:post_date>2013-01-02 07:00:00</wp:post_date>
<wp:post_type>{kind}</wp:post_type><wp:status>{status}</wp:status>{terms}{more}</item>"""


def read(*items: str, version: str = "1.2", end: str = END) -> list[Post | LoadError]:
    return posts_from_wxr((HEAD.format(version=version) + "".join(items) + end).encode(), source="export.xml")


def only(*items: str, version: str = "1.2") -> Post:
    (post,) = read(*items, version=version)
    assert isinstance(post, Post)
    return post


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_every_version(version: str) -> None:
    dates = (
        "<wp:post_date_gmt>2013-01-02 12:30:00</wp:post_date_gmt>"
        "<wp:post_modified_gmt>2013-02-03 04:05:06</wp:post_modified_gmt>"
    )
    post = only(item(more=dates), version=version)
    assert (post.key, post.id, post.source) == ("https://www.example.org/en/bread/", "7", "example.org/en")
    assert (post.title, post.author, post.language) == ("Bread & roses", "Ana & Co", "en-GB")
    assert (post.categories, post.tags) == (("World",), ("Food",))
    assert post.published == datetime(2013, 1, 2, 12, 30, tzinfo=UTC)
    assert post.modified == datetime(2013, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert post.excerpt_html == "<p>In short.</p>"


def test_the_date_of_the_feed_where_no_other_is_in_gmt() -> None:
    zeros = "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>"
    assert only(item(more=zeros)).published == datetime(2013, 1, 2, 12, tzinfo=UTC)


def test_a_date_in_nobody_s_zone_but_the_site_s_is_read_in_that() -> None:
    dated = item(more="<wp:post_date_gmt>2013-01-02 12:30:00</wp:post_date_gmt>")
    bare = item().replace("<wp:post_id>7<", "<wp:post_id>8<")
    bare = re.sub("<pubDate>.*?</pubDate>", "<pubDate>Wed, 30 Nov -0001 00:00:00 +0000</pubDate>", bare)
    _, post = read(dated, bare)
    assert isinstance(post, Post)
    assert post.published == datetime(2013, 1, 2, 12, 30, tzinfo=UTC)


def test_terms_of_version_1_0_stand_there_twice() -> None:
    terms = (
        "<category><![CDATA[World]]></category>"
        '<category domain="category" nicename="world"><![CDATA[World]]></category>'
        "<category><![CDATA[Food]]></category>"
        '<category domain="tag" nicename="food"><![CDATA[Food]]></category>'
    )
    post = only(item(terms=terms), version="1.0")
    assert (post.categories, post.tags) == (("World",), ("Food",))
    assert only(item(terms="<category>World</category>")).categories == ("World",)


def test_only_what_is_published() -> None:
    kinds = [item(status=status) for status in ("draft", "private", "pending", "future", "trash", "inherit")]
    others = [item(kind=kind) for kind in ("page", "attachment", "nav_menu_item", "revision")]
    outcome = read(*kinds, item(), *others)
    assert len([post for post in outcome if isinstance(post, Post)]) == 1
    assert len([one for one in outcome if isinstance(one, NotAPostError)]) == 10
    with pytest.raises(LoadError, match=r"no published post in it: 1 not published, 1 page, 3 of other types "):
        read_bytes((HEAD.format(version="1.2") + "".join((kinds[0], *others)) + END).encode(), source="export.xml")


def test_a_post_behind_a_password_comes_without_its_text() -> None:
    post = only(item(more="<wp:post_password><![CDATA[secret]]></wp:post_password>"))
    assert (post.is_protected, post.html, post.excerpt_html) == (True, "", "")


def test_an_export_that_was_cut_short_gives_what_is_whole() -> None:
    posts = read(item("One"), item("Two"), item("Three").partition("<content:encoded>")[0], end="")
    assert [post.title for post in posts if isinstance(post, Post)] == ["One", "Two"]
    assert str(posts[-1]) == "export.xml: cut short after 2 items"


@pytest.mark.parametrize(
    ("title", "read_as"),
    [
        ("Bread & roses", "Bread & roses"),
        ("Caf&eacute; &hellip;", "Café …"),
        ("A \x0b line", "A line"),
        ("&#233;&#xe9;", "éé"),
        ("AT&T", "AT&T"),
    ],
)
def test_what_no_xml_may_hold(title: str, read_as: str) -> None:
    assert only(item(title)).title == read_as


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-16-le"])
def test_other_encodings(encoding: str) -> None:
    text = HEAD.format(version="1.2").replace('encoding="UTF-8"', "") + item("Été") + END
    (post,) = posts_from_wxr(text.encode(encoding), source="export.xml")
    assert isinstance(post, Post)
    assert post.title == "Été"


BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))


@pytest.mark.parametrize(
    "doctype",
    [
        f"<!DOCTYPE rss [{BOMB}]>",
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd"> %p;]>',
        "<!DOCTYPE rss [<!ATTLIST item a CDATA 'b'>]>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_its_own_are_refused(doctype: str, encoding: str) -> None:
    text = HEAD.format(version="1.2").replace("<!--", doctype + "<!--", 1) + item("&l9;&x;") + END
    with pytest.raises(ParseError, match="declares entities"):
        posts_from_wxr(text.replace('encoding="UTF-8"', "").encode(encoding), source="export.xml")


def test_a_plain_doctype_and_a_post_about_entities_are_none() -> None:
    text = HEAD.format(version="1.2").replace("<!--", "<!DOCTYPE rss><!--", 1)
    text += item(content='Write &lt;!ENTITY or <!ENTITY x "y"> so.') + END
    assert len(posts_from_wxr(text.encode(), source="export.xml")) == 1


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"<html><body>no", b"<rss><channel></channel></rss>", b"<a>" * 100_000, b"\x00\xff" * 50, b"<?xml"],
)
def test_what_is_no_export(data: bytes) -> None:
    with pytest.raises(ParseError):
        posts_from_wxr(data, source="export.xml")


@given(st.integers(0, len(HEAD) + 900), st.binary(max_size=40))
def test_any_damage_is_a_post_or_a_load_error(place: int, junk: bytes) -> None:
    data = (HEAD.format(version="1.2") + item() + END).encode()
    try:
        found = posts_from_wxr(data[:place] + junk + data[place + len(junk) :], source="export.xml")
    except LoadError:
        return
    assert all(isinstance(one, Post | LoadError) for one in found)


@pytest.mark.parametrize(
    ("stored", "blocks"),
    [
        ("One.\n\nTwo,\nstill two.\r\n\r\nThree.", ["One.", "Two,\nstill two.", "Three."]),
        ("<h2>Head</h2>\nText\n<ul>\n<li>a</li>\n\n<li>b</li>\n</ul>\nEnd", ["Head", "Text", "a", "b", "End"]),
        ('[caption id="a" width="3"]<img src="i.png" /> A boat[/caption]\n\nText.', ["A boat", "Text."]),
        ('[caption width="3" caption="A boat"]<a href="b"><img src="i.png" /></a>[/caption]', ["A boat"]),
        ('Text.\n\n[gallery ids="1,2"]\n\nEnd.', ["Text.", "End."]),
        ("<!-- wp:paragraph -->\n<p>One\ntwo.</p>\n<!-- /wp:paragraph -->", ["One two."]),
        ("One\n<hr />\n<pre>a\n\nb</pre>\nTwo", ["One", "a b", "Two"]),
        ("Before\n<!--more-->\nafter", ["Before", "after"]),
    ],
)
def test_what_a_stored_text_shows(stored: str, blocks: list[str]) -> None:
    document = clean(Post("k", "t", shown(stored)))
    shown_blocks = [document.text[block.start : block.end] for block in document.blocks]
    assert [re.sub(r"\s+", " ", block) for block in shown_blocks] == [re.sub(r"\s+", " ", block) for block in blocks]


def test_a_shortcode_that_is_only_named() -> None:
    assert shown("Write [[gallery]] so.") == "<p>Write [gallery] so.</p>"


@pytest.fixture
def exports() -> Path:
    folder = os.environ.get("BRIEFING_DATA")
    if not folder or not (Path(folder) / "wxr").is_dir():
        pytest.skip("the exports are in the folder that BRIEFING_DATA names")
    return Path(folder) / "wxr"


@pytest.mark.parametrize(
    ("name", "count"),
    [("64-block-test-data.xml", 61), ("theme-preview.xml", 7), ("themeunittestdata.wordpress.xml", 56)],
)
def test_real_exports(exports: Path, name: str, count: int) -> None:
    data = (exports / name).read_bytes()
    published = len(re.findall(rb"<wp:post_type>(?:<!\[CDATA\[)?post\b", data))
    found = posts_from_wxr(data, source=name)
    posts = [one for one in found if isinstance(one, Post)]
    assert all(post.title is not None and post.url for post in posts)
    assert len(posts) == count <= published
    assert all(isinstance(one, Post | NotAPostError) for one in found)
