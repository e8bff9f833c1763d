"""What real responses of wp-json/wp/v2/posts look like, and what must come of each."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from briefing.exceptions import ParseError
from briefing.sources.wordpress.rest import post_from, posts_from_responses
from briefing.types import Post

BASE: dict[str, Any] = {
    "id": 7,
    "date_gmt": "2026-06-23T14:47:24",
    "modified_gmt": "2026-06-23T15:49:10",
    "link": "https://www.example.org/en/a-post/",
    "title": {"rendered": "A &amp; B"},
    "content": {"rendered": "<p>Text.</p>", "protected": False},
}


def read(**changes: Any) -> Any:
    return post_from({**BASE, **changes}, source="posts.json, item 0")


def without(*names: str) -> Any:
    return post_from({k: v for k, v in BASE.items() if k not in names}, source="posts.json, item 0")


def test_plain_post() -> None:
    post = read()
    assert (post.key, post.url, post.id) == ("https://www.example.org/en/a-post/",) * 2 + ("7",)
    assert post.title == "A & B"
    assert post.published == datetime(2026, 6, 23, 14, 47, 24, tzinfo=UTC)
    assert post.modified == datetime(2026, 6, 23, 15, 49, 10, tzinfo=UTC)
    assert post.source == "example.org"


def test_entities_are_decoded_once() -> None:
    assert read(title={"rendered": "Use &amp;amp; in HTML"}).title == "Use &amp; in HTML"


@pytest.mark.parametrize("meta", [[], {}, {"footnotes": ""}, False])
def test_meta_of_any_shape(meta: object) -> None:
    assert read(meta=meta, tags=False, _embedded=[], _links=[], yoast_head_json=False).id == "7"


@pytest.mark.parametrize("value", ["0000-00-00T00:00:00", "", None])
def test_no_date(value: object) -> None:
    assert read(date_gmt=value).published is None


def test_date_without_gmt_is_read_as_gmt() -> None:
    post = post_from({"date": "2026-01-02T03:04:05", "title": "T", "content": "C"}, source="x")
    assert post.published == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_dates_without_gmt_are_in_the_zone_that_other_posts_tell() -> None:
    told = {"title": "T", "content": "C", "id": 1, "date": "2026-01-02T08:34:05", "date_gmt": "2026-01-02T03:04:05"}
    bare = {"title": "U", "content": "D", "id": 2, "date": "2026-01-03T01:00:00", "modified": "2026-01-03T05:30:00"}
    _, post = posts_from_responses(json.dumps([told, bare]).encode(), source="x")
    assert isinstance(post, Post)
    assert post.published == datetime(2026, 1, 2, 19, 30, tzinfo=UTC)
    assert post.modified == datetime(2026, 1, 3, tzinfo=UTC)


def test_fields_that_exports_leave_out() -> None:
    post = without("id", "link", "date_gmt", "modified_gmt")
    assert post.url is None
    assert post.key.startswith("sha256:")
    assert post == without("id", "link", "date_gmt", "modified_gmt"), "the key is stable"


def test_key_without_link_is_site_and_id() -> None:
    links = {"collection": [{"href": "https://example.org/en/wp-json/wp/v2/posts"}]}
    post = post_from({**{k: v for k, v in BASE.items() if k != "link"}, "_links": links}, source="x")
    assert (post.key, post.source) == ("example.org/en#7", "example.org/en")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.org/x", "//example.org/x", "data:text/html,x"])
def test_only_web_addresses_become_links(link: str) -> None:
    assert read(link=link).url is None


def test_author_from_embedded_then_yoast_then_nobody() -> None:
    assert read(_embedded={"author": [{"name": "Ana &amp; Co"}]}, yoast_head_json={"author": "Y"}).author == "Ana & Co"
    assert read(_embedded={"author": [{"code": "rest_user_invalid_id"}]}, yoast_head_json={"author": "Y"}).author == "Y"
    assert read().author is None


def test_terms_by_name_else_by_class() -> None:
    terms = [
        [{"taxonomy": "category", "name": "World &amp; Us", "slug": "world"}],
        [{"taxonomy": "post_tag", "name": "gaza", "slug": "gaza"}],
    ]
    post = read(_embedded={"wp:term": terms}, class_list=["category-africa"])
    assert (post.categories, post.tags) == (("World & Us",), ("gaza",))
    bare = read(class_list={"0": "post-7", "3": "category-middle-east", "4": "category-25", "5": "tag-press"})
    assert (bare.categories, bare.tags) == (("middle east",), ("press",))


def test_the_featured_image() -> None:
    image = "https://example.org/i.jpg"
    assert read(_embedded={"wp:featuredmedia": [{"source_url": image}]}).image_url == image
    for other in ([{"code": "rest_forbidden"}], [{"source_url": "javascript:x"}], [{"source_url": 7}], False):
        assert read(_embedded={"wp:featuredmedia": other}).image_url is None
    assert read().image_url is None


def test_language_of_multilingual_plugins() -> None:
    assert read(lang="fr").language == "fr"
    assert read(yoast_head_json={"og_locale": "pt_BR"}).language == "pt-BR"
    assert read().language is None


def test_protected_post_is_marked() -> None:
    assert read(content={"rendered": "", "protected": True}).is_protected


@pytest.mark.parametrize(
    ("item", "named"),
    [
        ({"title": {"rendered": "T"}}, "content"),
        ({"content": {"rendered": "C"}}, "title"),
        ({"title": {"rendered": 3}, "content": "C"}, "title.rendered"),
        ("a string", "the item"),
        (None, "the item"),
    ],
)
def test_wrong_shape_names_source_and_field(item: object, named: str) -> None:
    with pytest.raises(ParseError) as error:
        post_from(item, source="posts.json, item 3")
    assert str(error.value).startswith(f"posts.json, item 3: not a WordPress post: {named}")
    assert "\n" not in str(error.value)


def test_error_answer_of_the_site() -> None:
    with pytest.raises(ParseError, match="No route was found"):
        post_from({"code": "rest_no_route", "message": "No route was found.", "data": {"status": 404}}, source="x")


@pytest.mark.parametrize(
    "changes",
    [
        {"_links": {"self": 5}},
        {"_links": {"collection": [{"href": "http://[bad/x"}]}},
        {"_links": {"collection": [None, {"href": 7}]}},
        {"_embedded": {"author": True, "wp:term": [{"a": 1}, True]}},
        {"link": "http://[bad/x"},
        {"date_gmt": "-0001-11-30T00:00:00"},
        {"content": {"rendered": "a lone \ud800 surrogate"}, "link": None, "id": None},
    ],
)
def test_odd_values_of_real_sites_never_end_the_run(changes: dict[str, Any]) -> None:
    assert read(**changes).title == "A & B"


@pytest.mark.parametrize("date", ["yesterday", "0001-01-01T00:00:00+05:00", "2026-02-30T01:02:03"])
def test_a_date_that_cannot_be_read_costs_no_post(date: str) -> None:
    post = read(date_gmt=date)
    assert (post.title, post.published, post.date_text) == ("A & B", None, date)


def test_relative_links_of_two_sites_are_two_posts() -> None:
    one = read(link="/?p=1", _links={"self": [{"href": "https://a.example/wp-json/wp/v2/posts/7"}]})
    other = read(link="/?p=1", _links={"self": [{"href": "https://b.example/wp-json/wp/v2/posts/7"}]})
    assert one.key != other.key
    assert one.url is None
