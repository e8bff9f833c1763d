"""What sites do that WordPress by itself does not: a server on loopback that does it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from loopback import Loopback, Received, response

from briefing.exceptions import FetchError, LoadError
from briefing.fetch.fetcher import Fetcher, Rules
from briefing.sources.discovery import ApiAddress, json_of, recalled
from briefing.sources.source_state import KnownSource, ReadResult
from briefing.sources.visits import visit
from briefing.types import Source

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HTML = {"Content-Type": "text/html; charset=utf-8"}
XML = {"Content-Type": "application/rss+xml"}
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>F</title><link>http://example.org/</link><item>
<title>From the feed</title><link>http://example.org/from-the-feed</link><category>World</category>
<description>A text that is long enough to be one.</description></item></channel></rss>"""
Hook = Callable[[str, dict[str, str]], bytes | None]


@dataclass
class Gazette:
    """A site of posts, by id; `hook` may answer a path and its parameters in its own way."""

    posts: dict[int, dict[str, Any]] = field(default_factory=dict)
    hook: Hook = lambda path, asked: None
    home: str = '<html lang="fr-FR"><head><link rel="https://api.w.org/" href="/wp-json/"></head><body>'
    heeds_modified_after: bool = True
    tells_totals: bool = True
    now: datetime = NOW
    index: dict[str, Any] = field(default_factory=dict)

    async def answer(self, received: Received, writer: asyncio.StreamWriter) -> None:
        parts = urlsplit(received.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        path = asked.pop("rest_route", parts.path)
        writer.write(self.hook(path, asked) or self.usual(path.removeprefix("/wp-json"), asked))

    def usual(self, path: str, asked: dict[str, str]) -> bytes:
        if path == "/wp/v2/posts":
            return self.listed(asked)
        if path.startswith("/wp/v2/posts/"):
            post = self.posts.get(int(path.rpartition("/")[2]))
            return self.json(post) if post else refusal(404, "rest_post_invalid_id")
        if path == "/" and not asked:
            return response(200, self.home, HTML)
        about = {"name": "Gazette", "namespaces": ["wp/v2"], **self.index}
        return self.json(about) if path == "/" else response(404, "no", HTML)

    def listed(self, asked: dict[str, str]) -> bytes:
        by = "modified_gmt" if asked.get("orderby") == "modified" else "date_gmt"
        posts = sorted(self.posts.values(), key=lambda post: str(post.get(by)), reverse=True)
        if (after := asked.get("modified_after")) and self.heeds_modified_after:
            posts = [post for post in posts if post["modified_gmt"] > after.rstrip("Z")]
        if "include" in asked:
            posts = [post for post in posts if str(post["id"]) in asked["include"].split(",")]
        size, page = int(asked["per_page"]), int(asked.get("page", "1"))
        some = posts[(page - 1) * size : page * size]
        if page > 1 and not some:
            return refusal(400, "rest_post_invalid_page_number")
        return self.json(some, {"X-WP-Total": str(len(posts)), "X-WP-TotalPages": str(-(-len(posts) // size))})

    def json(self, value: object, totals: dict[str, str] | None = None) -> bytes:
        date = {"Date": f"{self.now:%a, %d %b %Y %H:%M:%S GMT}"}
        return response(200, json.dumps(value), {**date, **((totals or {}) if self.tells_totals else {})})


def refusal(status: int, code: str) -> bytes:
    return response(status, json.dumps({"code": code, "message": "Sorry, you may not.", "data": {"status": status}}))


def posts(count: int, **fields: Any) -> dict[int, dict[str, Any]]:
    return {number: post(number, **fields) for number in range(1, count + 1)}


def post(number: int, **fields: Any) -> dict[str, Any]:
    """A post of so many hours after the year began, not changed since."""
    moment = f"{datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number):%Y-%m-%dT%H:%M:%S}"
    return {
        "id": number,
        "date_gmt": moment,
        "modified_gmt": moment,
        "link": f"http://example.org/{number}/",
        "title": {"rendered": f"Post {number}"},
        "content": {"rendered": f"<p>Text {number}.</p>", "protected": False},
        **fields,
    }


def read(
    gazette: Gazette,
    path: str = "/",
    known: KnownSource | None = None,
    *,
    since: datetime | None = None,
    **fields: Any,
) -> tuple[ReadResult, list[str]]:
    """What one visit brings, and the paths that were asked for."""

    async def run() -> tuple[ReadResult, list[str]]:
        async with Loopback(gazette.answer) as server:
            origin = server.url.removesuffix("/v1")
            here = known and KnownSource(**{**plain(known), "endpoint": moved(known.endpoint, origin)})
            rules = Rules(allow_private_hosts=frozenset({origin.removeprefix("http://")}), pause_seconds=0.0)
            async with Fetcher(rules) as fetch:
                source = Source(name="gazette", address=origin + path, **fields)
                taken = await visit(source, fetch, here or KnownSource(), since=since)
            return taken, [received.path for received in server.received]

    return asyncio.run(run())


def plain(known: KnownSource) -> dict[str, Any]:
    return {name: getattr(known, name) for name in ("kind", "validators", "changed_after", "ids")}


def moved(endpoint: str | None, origin: str) -> str | None:
    """The endpoint on the server of this visit, which has another port."""
    return endpoint and origin + "/" + endpoint.split("/", 3)[3]


def titles(taken: ReadResult) -> list[str]:
    return [post.title for post in taken.posts]


def newest_first(count: int) -> list[str]:
    return [f"Post {number}" for number in range(count, 0, -1)]


@pytest.mark.parametrize(
    ("index", "hour"),
    [
        ({"timezone_string": "Asia/Kolkata", "gmt_offset": 5.5}, 2),
        ({"timezone_string": "", "gmt_offset": "5.5"}, 2),
        ({"timezone_string": "Nowhere/At_all"}, 7),
        ({}, 7),
    ],
)
def test_a_date_without_gmt_is_in_the_zone_of_the_site(index: dict[str, Any], hour: int) -> None:
    local = {"date_gmt": None, "modified_gmt": None, "date": "2026-03-08T07:30:00", "modified": "2026-03-08T07:30:00"}
    gazette = Gazette({7: post(7, **local)}, index=index)
    taken, _ = read(gazette)
    moment = datetime(2026, 3, 8, hour, 0 if hour == 2 else 30, tzinfo=UTC)
    assert [(one.published, one.modified) for one in taken.posts] == [(moment, moment)]
    endpoint = recalled(taken.known.endpoint or "")
    assert endpoint is not None
    assert endpoint.zone == (index.get("timezone_string") or index.get("gmt_offset") or "")


def test_a_total_that_shrinks_while_paging_loses_and_doubles_nothing() -> None:
    gazette = Gazette(posts(250))

    def hook(path: str, asked: dict[str, str]) -> None:
        if asked.get("page") == "2":
            gazette.posts.pop(250, None)
            gazette.posts.pop(249, None)

    gazette.hook = hook
    assert titles(read(gazette)[0]) == newest_first(250)


def test_the_end_of_the_list_where_totals_are_not_told() -> None:
    assert titles(read(Gazette(posts(200), tells_totals=False))[0]) == newest_first(200)
    assert titles(read(Gazette(posts(130), tells_totals=False))[0]) == newest_first(130)


@pytest.mark.parametrize("status", [401, 403, 404])
def test_an_api_that_is_closed_names_its_own_words(status: int) -> None:
    gazette = Gazette(hook=lambda path, _: refusal(status, "rest_cannot_access") if "/wp/" in path else None)
    gazette.home = f"<html><body><p>{'The harbour reopened on Monday, its director said. ' * 9}</p>"
    taken, _ = read(gazette)
    assert taken.notes[0].startswith(f"the REST API is closed (HTTP {status}: rest_cannot_access, Sorry, you may not.")


def closed(path: str, asked: dict[str, str]) -> bytes | None:
    return refusal(403, "rest_cannot_access") if "wp-json" in path or "_fields" in asked else feed(path)


def login_page(path: str, asked: dict[str, str]) -> bytes | None:
    return response(200, "<html><body>Log in", HTML) if "/wp/v2" in path else feed(path)


def feed(path: str) -> bytes | None:
    return response(200, FEED, XML) if path == "/feed/" else None


@pytest.mark.parametrize("hook", [closed, login_page])
def test_a_closed_api_and_the_feed_at_its_usual_place(hook: Hook) -> None:
    taken, _ = read(Gazette(hook=hook))
    assert (taken.kind, titles(taken)) == ("feed", ["From the feed"])
    assert taken.notes[0].startswith("the REST API is closed (")
    assert "read the feed" in taken.notes[0]


def test_a_closed_api_is_found_by_guessing_too() -> None:
    taken, _ = read(Gazette(hook=closed, home="<html><body>Nothing is said here"))
    assert (taken.kind, titles(taken)) == ("feed", ["From the feed"])


def test_an_api_that_no_page_names() -> None:
    gazette = Gazette(posts(3), home="<html><body>Nothing is said here")
    taken, _ = read(gazette)
    assert titles(taken) == newest_first(3)
    assert "/wp-json/wp/v2/posts" in taken.endpoint
    gazette.hook = lambda path, asked: response(404, "no", HTML) if path.startswith("/wp-json") else None
    taken, _ = read(gazette)
    assert titles(taken) == newest_first(3)
    assert "/?rest_route=/wp/v2/posts" in taken.endpoint


def test_no_wordpress_at_all() -> None:
    gazette = Gazette(hook=lambda path, _: response(404 if path != "/" else 200, "<html><body>Hello", HTML))
    with pytest.raises(LoadError, match="no WordPress API there"):
        read(gazette, kind="wordpress")


def test_one_post_without_content_costs_that_post_only() -> None:
    gazette = Gazette(posts(3))
    del gazette.posts[2]["content"]
    taken, _ = read(gazette)
    assert titles(taken) == ["Post 3", "Post 1"]
    assert "post 2: not a WordPress post: content: field required" in str(taken.failed[0])


def test_posts_without_any_content_are_no_posts() -> None:
    gazette = Gazette({1: {key: value for key, value in post(1).items() if key != "content"}})
    gazette.hook = lambda path, _: response(404, "no", HTML) if path == "/" else None
    with pytest.raises(FetchError, match=r"the REST API is closed .*: content: field required"):
        read(gazette)


def test_a_site_that_ignores_modified_after() -> None:
    """As all do before WordPress 5.7."""
    gazette = Gazette(posts(150), heeds_modified_after=False)
    first, _ = read(gazette)
    second, asked = read(gazette, known=first.known)
    assert second.is_unchanged
    assert len(asked) == 2
    gazette.posts[7] |= {"modified_gmt": "2026-11-23T11:59:00", "title": {"rendered": "Changed"}}
    third, _ = read(gazette, known=second.known)
    assert titles(third) == ["Changed"]


def test_a_change_dated_tomorrow_does_not_hide_those_of_today() -> None:
    gazette = Gazette(posts(3))
    gazette.posts[1]["modified_gmt"] = "2099-01-01T00:00:00"
    first, _ = read(gazette)
    gazette.posts[2] |= {"modified_gmt": "2026-11-23T12:10:00", "title": {"rendered": "Changed"}}
    gazette.now = NOW + timedelta(hours=1)
    assert "Changed" in titles(read(gazette, known=first.known)[0])


def test_an_empty_list_takes_nothing_away() -> None:
    gazette = Gazette(posts(5))
    first, _ = read(gazette)
    gazette.posts = {}
    second, _ = read(gazette, known=first.known)
    assert second.gone == ()
    assert second.known.ids == first.known.ids


def test_a_site_that_ignores_include_takes_nothing_away() -> None:
    gazette = Gazette(posts(5))
    first, _ = read(gazette)
    del gazette.posts[2]
    gazette.hook = lambda path, asked: gazette.listed({"per_page": "100"}) if "include" in asked else None
    assert read(gazette, known=first.known)[0].gone == ()


def test_a_post_that_still_answers_by_its_id_is_not_gone() -> None:
    gazette = Gazette(posts(5))
    first, _ = read(gazette)
    hidden = gazette.posts.pop(2)
    gazette.hook = lambda path, asked: gazette.json(hidden) if path.endswith("/posts/2") else None
    assert read(gazette, known=first.known)[0].gone == ()


def test_of_many_that_are_gone_some_are_looked_at_in_the_next_visit() -> None:
    gazette = Gazette(posts(50))
    known = read(gazette)[0].known
    for number in range(1, 16):
        del gazette.posts[number]
    gone: list[str] = []
    for _ in range(2):
        taken, _ = read(gazette, known=known)
        gone += taken.gone
        known = taken.known
    assert sorted(map(int, gone)) == list(range(1, 16))


def test_a_language_in_the_path_where_the_api_gives_all_languages() -> None:
    gazette = Gazette(posts(4))
    gazette.posts[1]["link"] = "http://example.org/fr/un/"
    gazette.posts[3]["link"] = "http://example.org/fr/trois/"
    gazette.hook = lambda path, asked: response(200, gazette.home, HTML) if path == "/fr/" else None
    assert titles(read(gazette, "/fr/")[0]) == ["Post 3", "Post 1"]


def test_a_language_that_the_plugin_tells() -> None:
    gazette = Gazette({1: post(1, lang="fr"), 2: post(2, lang="en"), 3: post(3, lang="fr")})
    taken, asked = read(gazette, language="fr")
    assert titles(taken) == ["Post 3", "Post 1"]
    assert any("lang=fr" in path for path in asked)


def test_the_language_of_the_page_is_that_of_posts_that_name_none() -> None:
    gazette = Gazette(posts(1))
    taken, _ = read(gazette)
    assert taken.posts[0].language == "fr-FR"
    gazette.posts[2] = post(2)
    assert read(gazette, known=taken.known)[0].posts[0].language == "fr-FR"


def test_other_filters_than_before_read_anew() -> None:
    gazette = Gazette(posts(3))
    first, _ = read(gazette, include=("Post 1",))
    assert titles(first) == ["Post 1"]
    second, _ = read(gazette, known=first.known, include=("Post 2",))
    assert titles(second) == ["Post 2"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'\xef\xbb\xbf[{"id": 1}]', [{"id": 1}]),
        (b"\n\n  []", []),
        (b'<br />\n<b>Notice</b>: Undefined offset [0] in {x} on line 3<br />[{"id": 1}]<!-- cached -->', [{"id": 1}]),
        (b'Array ( [a] => ["x"] ) [{"id": 1}]', [{"id": 1}]),
        (b"<html><body>Please log in", None),
        (b"", None),
        (b'[{"id": 1}, {"id"', None),
        (b"[" * 100_000, None),
    ],
)
def test_json_behind_what_php_prints(body: bytes, expected: object) -> None:
    assert json_of(body, is_wanted=lambda v: isinstance(v, list) and all(isinstance(i, dict) for i in v)) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "https://x.org/en/wp-json/wp/v2/posts?categories=3&per_page=7",
            "https://x.org/en/wp-json/wp/v2/posts?categories=3",
        ),
        ("https://x.org/wp-json/wp/v2/posts/7", "https://x.org/wp-json/wp/v2/posts/7"),
        ("https://x.org/wp-json/wp/v2/tags/7", "https://x.org/wp-json/wp/v2/posts?tags=7"),
        ("https://x.org/?rest_route=/wp/v2/posts", "https://x.org/?rest_route=/wp/v2/posts"),
        ("https://x.org/?rest_route=/wp/v2/categories/3", "https://x.org/?rest_route=/wp/v2/posts&categories=3"),
        ("https://x.org/api/wp/v2/posts", "https://x.org/api/wp/v2/posts"),
        ("https://x.org/news", None),
    ],
)
def test_addresses_of_the_api_itself(address: str, expected: str | None) -> None:
    found = recalled(address)
    assert (found and found.address) == expected


def test_what_is_remembered_is_recalled() -> None:
    endpoint = ApiAddress(
        "https://x.org/?rest_route=/",
        narrowed=(("categories[terms]", "3,5"), ("lang", "fr")),
        below="/fr/",
        language="fr-FR",
        read_from=NOW,
        latest=frozenset({"1", "22"}),
        filters="ab12",
    )
    assert recalled(endpoint.remembered()) == endpoint
