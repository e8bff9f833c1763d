"""One item that cannot be read costs that item, and nothing else of its source."""

import json

from briefing.exceptions import LoadError, ParseError
from briefing.sources.files import read_bytes
from briefing.sources.one_item import each_post
from briefing.types import Post


def _read(text: str) -> Post:
    if text == "refused":
        raise ParseError("x", "said so")
    return Post(key=str(1 // len(text)), title=text, html="")


def test_whatever_an_item_raises_the_others_are_read() -> None:
    posts, failed = each_post(["one", "", "two", "refused"], _read, "f.xml")
    assert [post.title for post in posts] == ["one", "two"]
    assert [error.source for error in failed] == ["f.xml, item 1", "x"]
    assert "ZeroDivisionError" in failed[0].cause


def test_an_item_of_the_wrong_shape_leaves_the_feed_its_others() -> None:
    items = [
        {"id": "1", "url": "https://j.test/1", "title": "Rain", "content_html": "<p>Rain fell in Bari.</p>"},
        {"id": "2", "url": "https://j.test/2", "title": "Snow", "content_html": {"not": "text"}, "tags": 7},
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "G", "items": items}
    outcome = read_bytes(json.dumps(feed).encode(), source="g.json")
    assert [item.title for item in outcome if isinstance(item, Post)][:1] == ["Rain"]
    assert len(outcome) == 2
    assert all(isinstance(item, Post | LoadError) for item in outcome)
