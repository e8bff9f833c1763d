"""Any source by its address: what it is, is found out once; what it brings, is held to the desk's filters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

from selectolax.lexbor import LexborHTMLParser

from briefing.clean.cleaner import plain_text
from briefing.exceptions import FetchError, LoadError, ParseError
from briefing.fetch.fetcher import Fetcher, Response
from briefing.sources.discovery import CLOSED, Endpoint, find_api, is_feed
from briefing.sources.feeds import read_feed
from briefing.sources.links import head_of, is_front_page
from briefing.sources.pages import feeds_of_page, read_page
from briefing.sources.source_state import Known, Taken
from briefing.sources.wordpress.client import read_posts, remembered_endpoint
from briefing.types import Notice, Post, Source

MOST_POSTS = 500
# Hebrew to Arabic, Thai to Burmese, Khmer, Japanese and Chinese, Korean.
_UNSPACED = re.compile(r"[\u0590-\u08ff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


async def visit(source: Source, fetch: Fetcher, known: Known, *, since: datetime | None) -> Taken:
    """What a source brings now: posts new or changed since the last visit, which `known` remembers.

    On a first visit those since `since`, or the newest. A source of no kind is a WordPress site if one answers there,
    else a feed (its own, or the one its page names), else the page itself; the visit's `known` holds what it was.
    LoadError where nothing could be read: all that was known stays as it is.
    """
    if urlsplit(source.address).scheme not in ("http", "https"):
        raise LoadError(source.address, Notice("no web address"))
    return _filtered(await _read(source, fetch, known, since), source)


async def _read(source: Source, fetch: Fetcher, known: Known, since: datetime | None) -> Taken:
    if source.kind and known.kind != source.kind and (source.kind, known.kind) != ("wordpress", "feed"):
        known = Known()
    kind = known.kind or source.kind
    if kind == "feed":
        return await read_feed(source, fetch, known, since=since)
    if kind == "page":
        return await read_page(source, fetch, known)
    if kind == "files":
        raise LoadError(source.address, Notice("an address, not files"))
    if endpoint := remembered_endpoint(source, known):
        return await _read_again(source, fetch, endpoint, known, since)
    return await _find_out(source, fetch, since)


async def _read_again(
    source: Source, fetch: Fetcher, endpoint: Endpoint, known: Known, since: datetime | None
) -> Taken:
    """A WordPress site that was read before; where its API is closed today, its feed, and tomorrow the API again."""
    try:
        return await read_posts(source, fetch, endpoint, known, since=since, most=MOST_POSTS)
    except (FetchError, ParseError) as error:
        if not _is_closed(error):
            raise
        taken = await _read_instead(source, fetch, await _page(source, fetch), since, closed=error.cause)
        return replace(taken, known=known)


async def _find_out(source: Source, fetch: Fetcher, since: datetime | None) -> Taken:
    found = await find_api(source, fetch)
    moved = (f"moved permanently to {found.page.moved_to}",) if found.page and found.page.moved_to else ()
    closed = found.why if found.is_closed else ""
    if source.kind is None and found.page and is_feed(found.page) and not _is_of_all(found.page, found.endpoint):
        return await read_feed(source, fetch, Known(), since=since)
    if found.endpoint:
        try:
            taken = await read_posts(source, fetch, found.endpoint, Known(), since=since, most=MOST_POSTS)
            return replace(taken, notes=moved + found.notes + taken.notes, name=found.name)
        except (FetchError, ParseError) as error:
            if not _is_closed(error):
                raise
            closed = error.cause
    if source.kind == "wordpress" and not closed:
        raise LoadError(source.address, found.why)
    page = found.page or await _page(source, fetch)
    return await _read_instead(source, fetch, page, since, closed=closed)


def _is_of_all(feed: Response, endpoint: Endpoint | None) -> bool:
    """Whether a feed is the one of all posts of the site, and so no more than its API gives."""
    if endpoint is None:
        return False
    home = urlsplit(re.split(r"wp-json|(?:index\.php)?\?rest_route=", endpoint.root)[0]).path.strip("/")
    here = urlsplit(feed.url)
    rest = here.path.strip("/").removeprefix(home).strip("/")
    return rest in ("feed", "feed/rss2", "feed/atom", "feed/rdf") or (not rest and here.query.startswith("feed="))


def _is_closed(error: LoadError) -> bool:
    """Whether the API is there for nobody, and not only out of order: the feed may well be."""
    return error.status in CLOSED if isinstance(error, FetchError) else True


async def _page(source: Source, fetch: Fetcher) -> Response:
    """The page of a site whose API was given as the address: its home."""
    home = re.split(r"wp-json|(?:index\.php)?\?rest_route=", source.address)[0]
    return await fetch.get(home, source=source.address, accept="text/html,*/*;q=0.8", expect_status=CLOSED)


async def _read_instead(
    source: Source, fetch: Fetcher, page: Response, since: datetime | None, *, closed: str
) -> Taken:
    """A feed or page, where there is no API to read; `closed` is what one that refused has said."""
    notes = [Notice("the REST API is closed ({why})", why=closed)] if closed else []
    for feed in _feeds(page, is_wordpress=bool(closed)):
        try:
            taken = await read_feed(source, fetch, Known(kind="feed", endpoint=feed), since=since)
        except (FetchError, ParseError) as error:
            if is_feed(page):
                raise
            notes.append(Notice("the feed {address} could not be read ({why})", address=feed, why=error.cause))
            continue
        said = "; ".join([*notes, f"read the feed {feed} instead"]) if notes else f"read the feed {feed}"
        return replace(taken, notes=((said,) if feed != source.address else ()) + taken.notes)
    if page.status >= 400:
        refused = Notice("HTTP {status}", status=page.status)
        why = Notice("{refused}; {notes}", refused=refused, notes=tuple(notes)) if notes else refused
        raise FetchError(source.address, why, status=page.status)
    taken = await read_page(source, fetch, Known())
    return replace(taken, notes=tuple(notes) + taken.notes)


def _feeds(page: Response, *, is_wordpress: bool) -> list[str]:
    """Where to look for a feed of what the page shows, the likeliest first; nowhere, where it shows one article."""
    if is_feed(page):
        return [page.asked]
    if page.status < 400 and _is_article(page):
        return []
    named = feeds_of_page(page.body, url=page.url) if page.status < 400 else []
    named.sort(key=lambda feed: not _is_of(feed, page.url))
    address = page.url.partition("?")[0].rstrip("/")
    usual = [f"{address}/feed/", f"{address}/?feed=rss2"] if is_wordpress else []
    return named[:1] or usual


def _is_of(feed: str, page: str) -> bool:
    """Whether a feed is of the very part of the site that a page shows, as "/news/feed/" is of "/news/"."""
    one, other = urlsplit(feed), urlsplit(page)
    return one.path.startswith(other.path.rstrip("/") + "/") and set(parse_qsl(other.query)) <= set(
        parse_qsl(one.query)
    )


def _is_article(page: Response) -> bool:
    if is_front_page(page.url):
        return False
    tree = LexborHTMLParser(head_of(page.body))
    kinds = [tag.attributes.get("content") for tag in tree.css("meta[property='og:type']")]
    classes = ((tree.body.attributes.get("class") or "") if tree.body else "").split()
    return "article" in kinds or "single-post" in classes


# --- Filters ----------------------------------------------------------------------------------------------------------


def _filtered(taken: Taken, source: Source) -> Taken:
    """What the visit brought, without what the desk's filters leave out; the API has seen to its own terms already."""
    posts = [post for post in taken.posts if not source.include or _holds(post, source.include)]
    posts = [post for post in posts if not (source.exclude and _holds(post, source.exclude))]
    if taken.kind != "wordpress":
        posts = [post for post in posts if _is_among(post.categories, source.categories)]
        posts = [post for post in posts if _is_among(post.tags + post.categories, source.tags)]
    kept = {post.key for post in posts}
    return replace(taken, posts=tuple(posts), left_out=tuple(p for p in taken.posts if p.key not in kept))


def _is_among(terms: Sequence[str], asked: Sequence[str]) -> bool:
    """Whether one of the terms is asked for, by its name or slug; feeds call tags categories."""
    return not asked or bool({_slug(term) for term in terms} & {_slug(term) for term in asked})


def _slug(name: str) -> str:
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", name).casefold()).strip("-")


def _holds(post: Post, words: Iterable[str]) -> bool:
    """Whether its title or text holds one of the words."""
    text = _plain(f"{post.title}\n{plain_text(post.html)}\n{plain_text(post.excerpt_html)}")
    return any(_is_in(_plain(word), text) for word in words if word.strip())


def _is_in(word: str, text: str) -> bool:
    """As a whole word; but Arabic and Hebrew write articles and prepositions on to it, and others no spaces."""
    if _UNSPACED.search(word):
        return word in text
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
