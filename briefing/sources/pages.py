"""A web page in, the post on it out: its main content by trafilatura, what is known of it from its own metadata.

The extractor keeps paragraphs, headings, lists, quotations and tables, and the cleaner does the rest. Embedded posts
of other platforms, which it takes for furniture, are set aside before and put back behind. The text is what the page
shows: `articleBody` of the page's JSON-LD is used to tell a stub from a whole article, never as the text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from html import escape, unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from briefing.clean.cleaner import plain_text
from briefing.clean.embeds import PLATFORMS
from briefing.clean.flatten_html import flattened
from briefing.exceptions import FetchError, LoadError, ParseError
from briefing.fetch.charset import decoded
from briefing.fetch.sandbox import in_worker
from briefing.language.patterns import alternatives
from briefing.language.timestamps import as_written, read_timestamp
from briefing.sources.links import canonical, head_of, is_front_page, site_of, web_address
from briefing.sources.source_kind import SECONDS, Body, Likeness, SourceKind, Visit
from briefing.sources.source_state import KnownSource, ReadResult
from briefing.types import Notice, Post

if TYPE_CHECKING:
    from briefing.fetch.fetcher import Fetcher, Response

FIRST_YEAR = 1990  # there was no web to publish on before
_STUB_CHARS = 2000  # a text this long is no stub, whatever the page says of payment
_HEAD_CHARS = 1 << 19  # in which a page names its feeds
_MOST_OBJECTS = 500
_MOST_EMBEDS = 100

_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|div|p|article|section|main|table|h1)\b", re.IGNORECASE
)
_TYPES = ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "application/octet-stream", "text/plain")
_ARTICLE = re.compile(
    r"Article$|^(?:BlogPosting|LiveBlogPosting|Report|SocialMediaPosting|Review|DiscussionForumPosting)$"
)
_DATES = (
    "article:published_time", "article:published", "og:article:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date", "pubdate", "publishdate",
    "publish-date", "publication_date", "date",
)  # fmt: skip
_CHANGES = (
    "article:modified_time",
    "article:modified",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
)
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "cxenseparse:author")
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_LINK = re.compile(r"<(link|base)\b([^<>]{0,4000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-z-]{1,30})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_WALL_CHARS = 500  # from the end
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z\d]{2,8})*")


@dataclass(frozen=True, slots=True)
class _Page:
    """A parsed page, the properties of its `meta` elements (names in lower case, first one first), its JSON-LD."""

    tree: LexborHTMLParser
    url: str
    meta: Mapping[str, str]
    article: Mapping[str, Any]


def post_from_page(body: bytes, *, url: str, content_type: str = "", source: str) -> Post:
    """The post that a page shows. ParseError where it is no HTML page, or no text can be found on it.

    `url` is where the body came from. The page's canonical link is taken in its place where it is of the same site.
    """
    text = decoded(body, content_type=content_type)
    _check(text, content_type, source)
    text = flattened(text)
    page = _page(text, url)
    html = _main_content(page, text)
    if not plain_text(html):  # an extractor finds nothing in what nests too deep for it, or is all headings
        html = page.tree.body.inner_html or "" if page.tree.body else ""
    title = _title(page)
    if not (words := plain_text(html)):
        raise ParseError(source, Notice("no text was found on the page"))
    address = _canonical_url(page)
    language = _language(page)
    said = [*_dates_said(page, "datePublished", _DATES), *_time_element(page)]
    published = _first(said, language)
    return Post(
        key=canonical(address) or address,
        title=title,
        html=_without_title(html, title),
        source=site_of(address),
        url=web_address(address),
        author=_author(page),
        published=published,
        modified=_first(_dates_said(page, "dateModified", _CHANGES), language),
        language=language,
        is_excerpt=_is_stub(page, words),
        image_url=_image(page),
        date_text="" if published else as_written(next(iter(said), "")),
    )


def _check(text: str, content_type: str, source: str) -> None:
    kind = content_type.partition(";")[0].strip().lower()
    if kind and kind not in _TYPES:
        raise ParseError(source, Notice("not a page but {kind}", kind=kind))
    if not text.strip():
        raise ParseError(source, Notice("an empty response, not a page"))
    if not _TAG.search(text, 0, _HEAD_CHARS):
        raise ParseError(source, Notice("not a page: there is no HTML in it"))


def _page(text: str, url: str) -> _Page:
    tree = LexborHTMLParser(text)
    meta: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        for name in ("property", "name", "itemprop", "http-equiv"):
            if attributes.get(name) and (attributes.get("content") or "").strip():
                meta.setdefault(str(attributes[name]).lower(), str(attributes["content"]).strip())
    return _Page(tree, url, meta, _article(tree))


# The text


def _main_content(page: _Page, text: str) -> str:
    """The page's main content as HTML, "" where there is none; embedded posts as the page has them."""
    from trafilatura import extract  # only a worker pays for it

    embeds = _set_aside(page.tree)
    html = extract(
        (page.tree.html or "") if embeds else text,
        url=None,
        output_format="html",
        include_comments=False,
        include_tables=True,
        include_links=False,
    )
    return _put_back(html or "", embeds)


def _token(number: int) -> str:
    return f"\N{WHITE SQUARE}{number}\N{WHITE SQUARE}"


def _set_aside(tree: LexborHTMLParser) -> list[str]:
    """The embedded posts of the page; in the place of each stands a quotation of its words behind its number."""
    embeds: list[str] = []
    selector = ", ".join(f"blockquote.{name}" for name in PLATFORMS)
    for node in tree.css(selector)[:_MOST_EMBEDS]:
        words = " ".join(node.text(separator=" ").split())
        if not words or node.parent is None:
            continue
        stand_in = LexborHTMLParser(f"<blockquote><p>{_token(len(embeds))} {escape(words)}</p></blockquote>")
        quotation = stand_in.css_first("blockquote")
        if quotation is not None:
            embeds.append(node.html or "")
            node.replace_with(quotation)
    return embeds


def _put_back(html: str, embeds: list[str]) -> str:
    for number, embed in enumerate(embeds):
        token = re.escape(_token(number))
        html = re.sub(rf"<(blockquote|p)>\s*(?:<p>)?\s*{token}[^<]*(?:</p>)?\s*</\1>", lambda _: embed, html, count=1)  # noqa: B023
    return re.sub("\N{WHITE SQUARE}\\d+\N{WHITE SQUARE} ?", "", html)


def _without_title(html: str, title: str) -> str:
    """The headline stands above the text already: as its first line it would be read twice."""
    found = re.match(r"\s*(?:<html>\s*)?(?:<body>\s*)?<(h[1-6]|p)>(.{0,500}?)</\1>", html, re.DOTALL)
    if found and title and _words(plain_text(found[2])) == _words(title):
        return html[found.end() :]
    return html


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


# What the page says of itself


def _article(tree: LexborHTMLParser) -> Mapping[str, Any]:
    """The first JSON-LD object that is an article, else the first that has a headline; {} for none."""
    objects = []
    for node in tree.css('script[type="application/ld+json"]'):
        objects += list(_objects(_json(node.text())))[:_MOST_OBJECTS]
    articles = [item for item in objects if any(_ARTICLE.search(kind) for kind in _kinds(item))]
    return next(iter([*articles, *(item for item in objects if "headline" in item)]), {})


def _json(text: str) -> object:
    try:
        return json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: object) -> Iterator[Mapping[str, Any]]:
    """The objects of a list or graph; what an object's own properties hold is not looked at."""
    waiting = [value]
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting = item[:_MOST_OBJECTS] + waiting
        elif isinstance(item, dict):
            yield item
            waiting = [item.get("@graph"), item.get("mainEntity"), *waiting]


def _kinds(item: Mapping[str, Any]) -> list[str]:
    kind = item.get("@type")
    return [one for one in (kind if isinstance(kind, list) else [kind]) if isinstance(one, str)]


def _said(value: object) -> str | None:
    """The text or name that a JSON-LD property holds, or the first of several."""
    if isinstance(value, list):
        return next(filter(None, map(_said, value)), None)
    if isinstance(value, dict):
        return _said(value.get("name") or value.get("@value") or value.get("url"))
    return plain_text(value) or None if isinstance(value, str) else None


def _title(page: _Page) -> str:
    headings = [plain_text(node.html or "") for node in page.tree.css("h1")[:20]]
    given = _said(page.article.get("headline")) or page.meta.get("og:title") or page.meta.get("twitter:title")
    node = page.tree.css_first("title")
    shown = plain_text(escape(given)) if given else plain_text(escape(node.text())) if node else ""
    # A site's name is often set beside the headline, and search engines are given another one than readers.
    return max((heading for heading in headings if _is_same_headline(heading, shown)), key=len, default=shown) or next(
        filter(None, headings), ""
    )


def _is_same_headline(heading: str, shown: str) -> bool:
    if len(heading) * 3 < len(shown):
        return False
    ours, theirs = set(_words(heading)), set(_words(shown))
    return heading in shown or len(ours & theirs) * 2 > min(len(ours), len(theirs))


def _author(page: _Page) -> str | None:
    people = page.article.get("author")
    names = [_said(person) for person in (people if isinstance(people, list) else [people])]
    names = names if any(names) else [page.meta.get(name) for name in _AUTHORS]
    kept = [_byline().sub("", plain_text(name)) for name in names if name and not web_address(name)]
    if people is None and kept:
        kept = kept[:1]
    return ", ".join(dict.fromkeys(filter(None, kept))) or None


def _dates_said(page: _Page, name: str, properties: tuple[str, ...]) -> list[str]:
    """What the page's data say of a date, the surest first."""
    said: list[object] = [page.article.get(name), *(page.meta.get(key) for key in properties)]
    node = page.tree.css_first(f'time[itemprop="{name}"]')
    if node is not None:
        said.append(node.attributes.get("datetime"))
    return [text for text in said if isinstance(text, str) and text.strip()]


def _time_element(page: _Page) -> list[str]:
    """The date of the first `time` element of the article, where the page has one article only."""
    articles = page.tree.css("article")
    node = (articles[0] if len(articles) == 1 else page.tree).css_first("time[datetime]")
    text = node.attributes.get("datetime") if node is not None and len(articles) <= 1 else None
    return [text] if text and text.strip() else []


def _first(said: Iterable[str], language: str | None) -> datetime | None:
    """The first of the dates that can be read; without a zone it is read as UTC."""
    moments = (read_timestamp(text, language=language) for text in said)
    return next((moment for moment in moments if moment and moment.year >= FIRST_YEAR), None)


def _language(page: _Page) -> str | None:
    root = page.tree.css_first("html")
    said = [root.attributes.get("lang") or root.attributes.get("xml:lang")] if root is not None else []
    said += [_said(page.article.get("inLanguage")), page.meta.get("content-language"), page.meta.get("og:locale")]
    return next((word.strip().replace("_", "-") for word in said if word and _LANGUAGE.fullmatch(word.strip())), None)


def _image(page: _Page) -> str | None:
    image = page.article.get("image")
    image = image[0] if isinstance(image, list) and image else image
    said = [page.meta.get("og:image"), image.get("url") if isinstance(image, dict) else image]
    return next(filter(None, (web_address(address, base=page.url) for address in said)), None)


def _canonical_url(page: _Page) -> str:
    """The link that the page names as its own where that is of the same registrable domain, else where it came from.

    Of a page that was saved, nothing tells where it came from but itself.
    """
    from courlan import extract_domain  # knows the public suffixes; comes with trafilatura

    node = page.tree.css_first('link[rel="canonical"][href]')
    said = [node.attributes.get("href") if node is not None else None, page.meta.get("og:url")]
    for address in filter(None, (web_address(one, base=page.url) for one in said)):
        is_same = urlsplit(address).hostname == urlsplit(page.url).hostname
        is_near = is_same or extract_domain(address) == extract_domain(page.url) is not None
        if not web_address(page.url) or (is_near and (not is_front_page(address) or is_front_page(page.url))):
            return address
    return page.url


def _is_stub(page: _Page, words: str) -> bool:
    """Whether the page shows only a part of the post to those who do not pay.

    A page's word that it is not free counts only for a short text: many show the whole to a few.
    """
    if _is_far_shorter(page, words):
        return True
    if len(words) > _STUB_CHARS:
        return False
    is_free = str(page.article.get("isAccessibleForFree", True)).lower() not in ("false", "no", "0")
    tier = page.meta.get("article:content_tier", "").lower()
    return not is_free or tier in ("locked", "metered") or _says("paywall", words[-_WALL_CHARS:])


def _is_far_shorter(page: _Page, words: str) -> bool:
    whole = page.article.get("articleBody")
    if isinstance(whole, str) and len(words) * 2 < len(plain_text(whole)):
        return True
    count = str(page.article.get("wordCount"))[:18]
    return count.isdecimal() and len(words.split()) * 2 < int(count) < 100_000


def _says(key: str, text: str) -> bool:
    """Whether a text has one of those words of pages, whole or as the beginning of others."""
    return _furniture(key).search(text) is not None


@cache
def _furniture(key: str) -> re.Pattern[str]:
    return re.compile(alternatives("page_furniture", key), re.IGNORECASE)


@cache
def _byline() -> re.Pattern[str]:
    return re.compile(rf"^(?:{alternatives('authors', 'byline')})\s+", re.IGNORECASE)


# Feeds of a page


def feeds_of_page(body: bytes, *, url: str) -> list[str]:
    """The feeds that a page names in its head, in its order, feeds of comments left out. Linear in its length."""
    html = decoded(body[: _HEAD_CHARS * 2])[:_HEAD_CHARS]
    base, found = url, []
    for kind, inside in _LINK.findall(html):
        values = {m[0].lower(): unescape(m[1] or m[2] or m[3]).strip() for m in _ATTRIBUTE.findall(inside)}
        if kind.lower() == "base":
            base = web_address(values.get("href"), base=url) or base
        elif _is_feed(values) and (address := web_address(values.get("href"), base=base)):
            found.append(address)
    return list(dict.fromkeys(found))


def _is_feed(link: Mapping[str, str]) -> bool:
    if "alternate" not in link.get("rel", "").lower().split() or link.get("type", "").lower() not in _FEED_TYPES:
        return False
    return not _says("comments", f"{link.get('href', '')} {link.get('title', '')}")


class WebPage(SourceKind):
    """A web page: the one post that it shows."""

    name = "page"
    accept = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
    obeys_robots = True

    def sniff(self, body: Body) -> Likeness:
        """A page whole, not a fragment of one: what is the article in it has to be found."""
        return Likeness.SURELY if body.begins_with(rb"(?i:!doctype\s+html|html|head|body)") else Likeness.NO

    def read(self, body: Body) -> list[Post | LoadError]:
        """As `post_from_page`."""
        return [post_from_page(body.data, url=body.url, content_type=body.media_type, source=body.source)]

    async def visit(self, visit: Visit) -> ReadResult | None:
        """The page of any address that answers one."""
        if visit.is_of(self.name):
            return await self.taken_from(visit.source.address, visit, visit.known)
        page = await visit.front()
        if page.status >= 400:
            refused = Notice("HTTP {status}", status=page.status)
            notes = tuple(visit.notes)
            why = Notice("{refused}; {notes}", refused=refused, notes=notes) if notes else refused
            raise FetchError(visit.source.address, why, status=page.status)
        taken = await self.taken_from(visit.source.address, visit, KnownSource())
        return replace(taken, notes=(*visit.notes, *taken.notes))


async def load_page(url: str, fetch: Fetcher, *, found_by: str) -> Post:
    """The post of the page that a source links to, where its site lets robots read it. LoadError: it cannot be had."""
    response = await fetch.get(url, source=url, accept=WebPage.accept, obey_robots=True, found_by=found_by)
    content_type = response.headers.get("content-type", "")
    parse = partial(post_from_page, response.body, url=response.url, content_type=content_type, source=url)
    return await in_worker(parse, seconds=SECONDS, source=url)


def is_article(page: Response) -> bool:
    """Whether a page says that it shows one article."""
    if is_front_page(page.url):
        return False
    tree = LexborHTMLParser(head_of(page.body))
    kinds = [tag.attributes.get("content") for tag in tree.css("meta[property='og:type']")]
    classes = ((tree.body.attributes.get("class") or "") if tree.body else "").split()
    return "article" in kinds or "single-post" in classes
