import json
import time
from pathlib import Path
from typing import Any

import pytest

from briefing.clean.cleaner import clean
from briefing.exceptions import LoadError, ParseError
from briefing.sources import files
from briefing.sources.files import post_from_bytes, post_from_file, post_from_text, read_bytes, read_files
from briefing.types import Post


def item(number: int) -> dict[str, Any]:
    return {
        "link": f"https://example.org/{number}/",
        "title": {"rendered": f"Title {number}"},
        "content": {"rendered": f"<p>Text {number}.</p>"},
    }


def titles(outcome: list[Post | LoadError]) -> list[str]:
    return [post.title for post in outcome if isinstance(post, Post)]


@pytest.mark.parametrize(
    "data",
    [
        json.dumps([item(1), item(2)]).encode(),
        "\n".join(json.dumps(item(n)) for n in (1, 2)).encode(),
        b"\xef\xbb\xbf" + json.dumps([item(1), item(2)]).encode(),
        json.dumps([item(1), item(2)]).encode("utf-16"),
        b"\r\n" + "\r\n".join(json.dumps(item(n)) for n in (1, 2)).encode() + b"\r\n",
    ],
    ids=["array", "json lines", "byte order mark", "utf-16", "json lines crlf"],
)
def test_told_apart_by_content(data: bytes) -> None:
    assert titles(read_bytes(data, source="x")) == ["Title 1", "Title 2"]


def test_one_object() -> None:
    assert titles(read_bytes(json.dumps(item(1), indent=1).encode(), source="x")) == ["Title 1"]


def test_wrong_item_is_named_and_the_others_go_on() -> None:
    data = json.dumps([item(1), {"title": "no content"}, item(3)]).encode()
    outcome = read_bytes(data, source="saved/posts.json")
    assert titles(outcome) == ["Title 1", "Title 3"]
    assert isinstance(outcome[1], ParseError)
    assert str(outcome[1]) == "saved/posts.json, item 1: not a WordPress post: content: field required"


def test_broken_json_line_is_named_and_the_others_go_on() -> None:
    outcome = read_bytes(f"{json.dumps(item(1))}\n{{broken\n{json.dumps(item(3))}".encode(), source="x")
    assert titles(outcome) == ["Title 1", "Title 3"]
    assert str(outcome[1]).startswith("x, line 2: not JSON")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "the file is empty"),
        (b"  \n", "the file is empty"),
        (b"[]", "an empty array"),
        (b"<p>Log in</p>", "a piece of HTML"),
        (b"<html></html>", "no text was found"),
        (b"<rss", "feed"),
        (b"[" * 100_000, "not"),
        (b"\xff\xfe\xfd", "not"),
        (json.dumps([item(1)]).encode()[:-5], "not JSON"),
    ],
    ids=["empty", "blank", "empty array", "html", "page", "feed", "deep", "not text", "cut off"],
)
def test_nothing_to_read_is_one_clear_line(data: bytes, why: str) -> None:
    with pytest.raises(LoadError) as error:
        read_bytes(data, source="saved.json")
    assert str(error.value).startswith("saved.json: ")
    assert why in str(error.value)
    assert "\n" not in str(error.value)


def test_folder(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.txt").write_text(json.dumps([item(2)]))
    (tmp_path / "sub" / "c").write_text(json.dumps(item(3)))
    (tmp_path / "a.json").write_text(json.dumps(item(1)))
    (tmp_path / "notes.md").write_text("# not posts")
    (tmp_path / ".hidden").write_text("not read")
    outcome = read_files(tmp_path)
    assert sorted(titles(outcome)) == ["Title 1", "Title 2", "Title 3"]
    assert [str(o) for o in outcome if isinstance(o, LoadError) and "notes.md: not JSON" in str(o)]
    assert len(outcome) == 4


def test_empty_folder_and_missing_file(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="holds no file"):
        read_files(tmp_path)
    with pytest.raises(LoadError, match="no such file"):
        read_files(tmp_path / "nowhere.json")


def test_text_that_begins_with_a_bracket_is_text() -> None:
    assert post_from_bytes(b"[Update] The port is open.", source="x").html == "<p>[Update] The port is open.</p>\n"


def test_text_and_html_are_told_apart() -> None:
    assert post_from_text("a < b & c\n\nd").html == "<p>a &lt; b &amp; c</p>\n<p>d</p>\n"
    assert post_from_text("<p>a &lt; b</p>").html == "<p>a &lt; b</p>"


def test_several_posts_are_not_one() -> None:
    with pytest.raises(LoadError, match="holds 2 posts"):
        post_from_bytes(json.dumps([item(1), item(2)]).encode(), source="x")


def test_a_line_separator_inside_a_json_string_is_no_line_end() -> None:
    odd = {**item(1), "title": "A\u2028B"}
    data = "\n".join(json.dumps(post, ensure_ascii=False) for post in (odd, item(2))).encode()
    assert len(titles(read_bytes(data, source="x"))) == 2


def test_a_finished_digest_is_not_read_as_posts(tmp_path: Path) -> None:
    (tmp_path / "posts.json").write_text(json.dumps(item(1)))
    (tmp_path / "digest").mkdir()
    for name in ("digest.json", "documents.json", "digest.html"):
        (tmp_path / "digest" / name).write_text("{}")
    assert titles(read_files(tmp_path)) == ["Title 1"]
    assert len(read_files(tmp_path)) == 1


_PAGE = b"""<!DOCTYPE html><html lang="en"><head><title>The quay</title>
<link rel="canonical" href="https://example.org/quay"></head><body><nav><a href="/">Home</a> <a href="/x">Sport</a>
</nav>
<article><h1>The quay</h1><p>The quay of Sfax reopened on Sunday after a storm that had closed it for nine days.</p>
<p>Repairs cost four million dinars, the harbour master said, and eleven ships are waiting outside.</p></article>
<footer>All rights reserved</footer></body></html>"""
_FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title><item><title>The quay</title>
<link>https://example.org/quay</link><description>&lt;p&gt;It reopened.&lt;/p&gt;</description></item>
</channel></rss>"""
_EXPORT = b"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2</wp:wxr_version><item><title>The quay</title>
<link>https://example.org/quay</link><content:encoded><![CDATA[It reopened.]]></content:encoded>
<wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item></channel></rss>"""


@pytest.mark.parametrize("data", [_PAGE, _FEED, _EXPORT], ids=["page", "feed", "export"])
def test_files_other_than_responses_are_told_by_what_they_hold(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "saved"
    file.write_bytes(data)
    (found,) = read_files(file)
    assert isinstance(found, Post)
    assert (found.title, found.url) == ("The quay", "https://example.org/quay")
    document = clean(found)
    assert "reopened" in document.text
    assert "Home" not in document.text
    assert post_from_file(file).key == found.key


# Of half a surrogate pair, of a control, of what is beyond Unicode: no XML may refer to them.
@pytest.mark.parametrize("reference", ["&#xDC41;", "&#55296;", "&#x2;", "&#x110000;", "&#99999999999999;", "&#0;"])
@pytest.mark.parametrize("data", [_FEED, _EXPORT], ids=["feed", "export"])
def test_a_reference_to_no_character_costs_no_post(reference: str, data: bytes) -> None:
    (found,) = read_bytes(data.replace(b"<title>The quay", b"<title>The" + reference.encode() + b" quay"), source="x")
    assert isinstance(found, Post)
    assert "quay" in found.title
    assert found.title.encode()


@pytest.mark.parametrize("count", [20_000, 200_000])
def test_an_element_of_so_many_attributes_is_refused_at_once(count: int, tmp_path: Path) -> None:
    attributes = b" ".join(b'b%d=""' % number for number in range(count))
    (tmp_path / "a.xml").write_bytes(_FEED.replace(b"<item>", b"<item %b>" % attributes))
    (tmp_path / "b.xml").write_bytes(_FEED)
    began = time.monotonic()
    refused, read = read_files(tmp_path)
    assert "too many attributes" in str(refused)
    assert isinstance(read, Post)
    assert time.monotonic() - began < 8


def test_what_is_saved_is_parsed_where_what_is_fetched_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("briefing.sources.source_kind.SECONDS", 0.5)
    (tmp_path / "a.txt").write_text(json.dumps(item(1)))
    (tmp_path / "b.txt").write_bytes(b"{" + b'"a":[' * 3 + b"]" * 3 + b"}" + b" " * 100)
    slow = _FEED.replace(b"It reopened.", b"&lt;p&gt;" * 700_000)
    (tmp_path / "c.xml").write_bytes(slow)
    good, *bad = read_files(tmp_path)
    assert isinstance(good, Post)
    assert [str(error).partition(": ")[2] for error in bad if isinstance(error, LoadError)][1:] == [
        "could not be read: it took longer than 0.5 s"
    ]


def test_a_file_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_MOST_BYTES", 2**20)
    with pytest.raises(LoadError, match="larger than 1 MiB"):
        read_files(Path("/dev/zero"))
