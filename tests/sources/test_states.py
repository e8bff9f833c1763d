"""What is not published, and what is no post, is counted at every door and told at none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from briefing.exceptions import LoadError, NotAPostError
from briefing.sources.files import post_from_bytes, read_bytes
from briefing.sources.states import counted
from briefing.types import Post


def told(data: bytes) -> tuple[list[str], list[str]]:
    """The titles of the posts, and what the others are."""
    outcome = read_bytes(data, source="x")
    return (
        [item.title for item in outcome if isinstance(item, Post)],
        [item.cause for item in outcome if isinstance(item, NotAPostError)],
    )


def rest(title: str, **fields: Any) -> dict[str, Any]:
    return {"title": {"rendered": title}, "content": {"rendered": "<p>The quay reopened.</p>"}, **fields}


def test_a_response_for_editors_holds_more_than_posts() -> None:
    items = [
        rest("A", status="publish", type="post"),
        *(rest("no", status=state, type="post") for state in ("draft", "pending", "private", "future", "trash")),
        rest("no", status="publish", type="page"),
        {"title": {"rendered": "photo"}, "caption": {"rendered": ""}, "status": "inherit", "type": "attachment"},
        {"content": {"rendered": "<p>First!</p>"}, "status": "approved", "type": "comment", "author_name": "x"},
    ]
    states = [f"status {state}" for state in ("draft", "pending", "private", "future", "trash")]
    assert told(json.dumps(items).encode()) == (["A"], [*states, "type page", "type attachment", "type comment"])


def test_wp_cli_gives_texts_as_they_are_stored() -> None:
    row = {"ID": 7, "post_title": "The quay", "post_date_gmt": "2026-06-01 06:00:00", "post_type": "post"}
    stored = {"post_content": "It reopened.\n\nShips wait.", "url": "https://example.org/quay/"}
    items = [row | stored | {"post_status": "publish"}, row | stored | {"post_status": "draft"}]
    post, left = read_bytes(json.dumps(items).encode(), source="x")
    assert isinstance(post, Post)
    assert (post.html, post.url) == ("<p>It reopened.</p>\n<p>Ships wait.</p>", "https://example.org/quay/")
    assert str(post.published) == "2026-06-01 06:00:00+00:00"
    assert str(left) == "x, item 1: status draft"


def test_wp_cli_without_texts_is_told_how_to_ask_for_them() -> None:
    row = {"ID": 7, "post_title": "The quay", "post_name": "quay", "post_date": "2026-06-01", "post_status": "publish"}
    with pytest.raises(LoadError, match=r"--fields=ID,post_title,post_content"):
        post_from_bytes(json.dumps([row]).encode(), source="x")


def test_wordpress_com() -> None:
    post = {
        "ID": 3,
        "author": {"name": "Lena Ortiz"},
        "date": "2026-06-01T08:00:00+02:00",
        "title": "The quay",
        "URL": "https://example.org/quay/",
        "content": "<p>It reopened.</p>",
        "excerpt": "",
        "status": "publish",
        "type": "post",
        "categories": {"Harbour": {"ID": 1}},
        "tags": {},
    }
    outcome = read_bytes(json.dumps({"found": 2, "posts": [post, post | {"status": "private"}]}).encode(), source="x")
    (read, left) = outcome
    assert isinstance(read, Post)
    assert (read.title, read.author, read.categories) == ("The quay", "Lena Ortiz", ("Harbour",))
    assert str(read.published) == "2026-06-01 06:00:00+00:00"
    assert isinstance(left, NotAPostError)


def test_a_response_without_its_texts_is_its_excerpts() -> None:
    item = {"title": {"rendered": "The quay"}, "excerpt": {"rendered": "<p>It reopened …</p>"}}
    post = post_from_bytes(json.dumps(item).encode(), source="x")
    assert (post.html, post.is_excerpt, post.excerpt_html) == ("<p>It reopened …</p>", True, "")


def atom(*entries: str) -> bytes:
    names = 'xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018"'
    return f"<feed {names} xmlns:p='http://www.w3.org/2007/app'><title>Quay</title>{''.join(entries)}</feed>".encode()


def entry(title: str, more: str = "") -> str:
    return f"<entry><id>{title}</id><title>{title}</title><content>It reopened.</content>{more}</entry>"


def blogger(title: str, kind: str) -> str:
    scheme, term = "http://schemas.google.com/g/2005#kind", f"http://schemas.google.com/blogger/2008/kind#{kind}"
    return entry(title, f"<category scheme='{scheme}' term='{term}'/><category term='Harbour'/>")


def test_a_draft_of_atom_whatever_its_prefix() -> None:
    draft = entry("B", "<p:control><p:draft>yes</p:draft></p:control>")
    kept = entry("C", "<p:control><p:draft>no</p:draft></p:control>")
    assert told(atom(entry("A"), draft, kept)) == (["A", "C"], ["status draft"])


def test_a_backup_of_blogger() -> None:
    kinds = ("template", "settings", "comment", "page")
    data = atom(blogger("A", "post"), *(blogger(kind, kind) for kind in kinds))
    assert told(data) == (["A"], [f"type {kind}" for kind in kinds])
    (post, *_) = read_bytes(data, source="x")
    assert isinstance(post, Post)
    assert post.categories == ("Harbour",)


def test_an_archive_of_blogger() -> None:
    def said(kind: str, status: str, more: str = "") -> str:
        return f"<blogger:type>{kind}</blogger:type><blogger:status>{status}</blogger:status>{more}"

    trashed = entry("D", said("POST", "LIVE", "<blogger:trashed>2026-06-01T00:00:00Z</blogger:trashed>"))
    entries = [entry("A", said("POST", "LIVE")), entry("B", said("POST", "DRAFT")), entry("C", said("COMMENT", "LIVE"))]
    assert told(atom(*entries, trashed)) == (["A"], ["status draft", "type comment", "status trash"])


def test_nothing_but_drafts_is_no_post_and_says_so() -> None:
    items = [rest("no", status="draft", type="post"), rest("no", status="publish", type="page")]
    with pytest.raises(LoadError, match="no published post in it: 1 not published, 1 page"):
        read_bytes(json.dumps(items).encode(), source="x")


def test_counted_by_state_and_type() -> None:
    causes = ["status draft", "type page", "type page", "type news", "status trash", "type news"]
    assert counted(causes) == "2 not published, 2 pages, 2 of other types (news)"
