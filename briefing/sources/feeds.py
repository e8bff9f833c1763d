"""Feeds in, posts out: RSS, RDF and Atom by feedparser, which is only ever given bytes, and JSON Feed.

An item's link is its key where it is its own: GUIDs are reused by some feeds and new at each fetch in others. HTML
stays as the feed gave it, for the cleaner is what reads it.
"""

from __future__ import annotations

import asyncio
import hashlib
import html
import io
import json
import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from html.entities import html5
from typing import TYPE_CHECKING, Annotated, Any, TypedDict
from urllib.parse import parse_qsl, urlsplit
from xml.parsers import expat

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from briefing.clean.cleaner import plain_text
from briefing.exceptions import FetchError, LoadError, NotAPostError, ParseError
from briefing.fetch.charset import decoded
from briefing.language.patterns import alternatives
from briefing.language.timestamps import as_written, read_timestamp
from briefing.sources.links import canonical, is_front_page, site_of, web_address
from briefing.sources.one_item import each_post
from briefing.sources.pages import FIRST_YEAR, feeds_of_page, is_article, load_page
from briefing.sources.source_kind import Body, Likeness, SourceKind, Visit, body_of
from briefing.sources.source_state import KnownSource, ReadResult
from briefing.sources.states import check_is_post
from briefing.sources.xml_characters import without_unfit, without_unfit_references
from briefing.types import Notice, Post, Source

if TYPE_CHECKING:
    from briefing.fetch.fetcher import Fetcher, Response

MOST_PAGES = 50  # loaded behind the excerpts of one feed in one visit
_MOST_DEPTH = 200
_MOST_ATTRIBUTES = 1000  # of one element: what parsers do with them grows with their square
_HEAD_CHARS = 8192  # in which a feed must have begun
_TEASER_CHARS = 600
_END_CHARS = 6000  # of HTML, in which a teaser says that it is one
_MOST_ITEMS = 2000
_AHEAD = timedelta(days=2)

_BEGIN = re.compile(r"<\?xml\b|<!DOCTYPE\s+(?!html)|<(?:[\w.-]+:)?(?:rss|feed|RDF|channel)[\s>]", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!DOCTYPE\s+html|html|head|body)\b", re.IGNORECASE)
_ELEMENT = re.compile(r"<([A-Za-z_][\w.:-]*)")
_DECLARATION = re.compile(r"<\?xml\b[^>]*>", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^\[>]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
_ROOTS = frozenset(["rss", "feed", "rdf", "channel"])
_END = re.compile(r"</(?:[\w.-]+:)?(?:rss|feed|RDF|channel)\s*>", re.IGNORECASE)
_JSON_FEED = re.compile(rb'\s*\{.*"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org', re.DOTALL)
_UNDECLARED = re.compile(r"(</?)rss:")
_ENDS_EARLY = [
    expat.errors.codes[message]
    for message in (expat.errors.XML_ERROR_UNCLOSED_TOKEN, expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION)
]
_AMPERSAND = re.compile(r"&(?:(#\d+;|#x[\da-f]+;|(?:lt|gt|amp|quot|apos);)|([A-Za-z]\w*;)|)", re.IGNORECASE)
_COMMENT = re.compile(r"#comment-\d+$|[?&]showComment=")
_ELLIPSIS = re.compile(r"(?:…|\.\.\.)\W*$")
_BLOCK = re.compile(r"<(?:p|div|ul|ol|pre|table|blockquote|figure|img|h[1-6])\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z\d]{2,8})*")


def posts_from_feed(
    body: bytes, *, url: str, content_type: str = "", source: str, now: datetime | None = None
) -> list[Post | LoadError]:
    """The posts of a feed, as it orders them; behind the first 2,000 a ParseError says how many were left out.

    Behind them stand NotAPostErrors for drafts (RFC 5023, 13.1.1), comments (RFC 4685), and what else Blogger keeps in
    the feed that is its backup: pages, templates, settings.

    `url` is where the body came from: relative links start there. Dates before there was a web, or more than two days
    after `now`, are no dates. ParseError where it is no feed, was cut short, or declares entities.
    """
    text = without_unfit(decoded(body, content_type=content_type)).strip("\ufeff \t\r\n")
    if not text:
        raise ParseError(source, Notice("an empty response, not a feed"))
    feed = _read_json(text, url, source) if text[0] in "{[" else _read_xml(_sound_xml(text, source), url, source)
    posts = [
        replace(post, published=_sane(post.published, now), modified=_sane(post.modified, now)) for post in feed.posts
    ]
    outcome: list[Post | LoadError] = list(_with_keys(posts, {canonical(feed.home), canonical(url)}))
    outcome += feed.not_posts
    if feed.items > len(posts) + len(feed.not_posts):
        outcome.append(
            ParseError(source, Notice("holds {n} items; the first {read} were read", n=feed.items, read=len(posts)))
        )
    return outcome


@dataclass(frozen=True, slots=True)
class _Feed:
    """The posts of a feed without their keys, its site's address, how many items it holds, and which of them are no
    posts, or none that can be read."""

    posts: list[Post]
    home: str | None
    items: int
    not_posts: tuple[LoadError, ...] = ()


# XML


class _Look:
    """A first look at the XML, by the parser alone: what is outermost, and what is wrong with it.

    Entities that a DTD defines are refused where they are declared, before any is used.
    """

    def __init__(self, text: str, source: str) -> None:
        self.root = ""
        self.error: expat.ExpatError | None = None
        self._source = source
        self._depth = 0
        parser = expat.ParserCreate("utf-8")
        parser.EntityDeclHandler = self._refuse_entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            parser.Parse(text.encode(), True)
        except expat.ExpatError as error:
            self.error = error

    def _refuse_entity(self, *_: object) -> None:
        raise ParseError(self._source, Notice("refused: its document type defines entities"))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.root = self.root or name
        if len(attributes) > _MOST_ATTRIBUTES:
            raise ParseError(self._source, Notice("refused: an element of it has too many attributes"))
        self._depth += 1
        if self._depth > _MOST_DEPTH:
            raise ParseError(self._source, Notice("refused: its elements are nested too deeply"))

    def _end(self, _: str) -> None:
        self._depth -= 1


def _sound_xml(text: str, source: str) -> bytes:
    """The feed as XML that a strict parser takes, where that can be had without guessing. ParseError: not a feed."""
    text = _from_beginning(text, source)
    _Look(text, source)
    text = _without_doctype(text)
    if "<rss:" in text and "xmlns:rss" not in text:
        text = _UNDECLARED.sub(r"\1", text)
    look = _Look(text, source)
    if look.error:
        text = _without_bare_ampersands(without_unfit_references(text))
        look = _Look(text, source)
    _check_root(look, text, source)
    has_end = _END.search(text, max(0, len(text) - _HEAD_CHARS)) is not None
    if look.error and (not has_end or look.error.code in _ENDS_EARLY):
        raise ParseError(source, Notice("cut short: {error}", error=str(look.error)))
    return b'<?xml version="1.0" encoding="utf-8"?>' + text.encode()


def _without_doctype(text: str) -> str:
    """Nobody loads a DTD here, and a parser leaves out the entities of one without a word."""
    root = _ELEMENT.search(text)
    doctype = _DOCTYPE.search(text, 0, root.start() if root else 0)
    return text[: doctype.start()] + text[doctype.end() :] if doctype else text


def _from_beginning(text: str, source: str) -> str:
    """Without what stands before the feed (warnings of PHP, blank lines) and without its XML declaration."""
    begin = _BEGIN.search(text, 0, _HEAD_CHARS)
    page = _PAGE.search(text, 0, begin.start() if begin else _HEAD_CHARS)
    if page or not begin:
        raise ParseError(source, Notice("not a feed but an HTML page") if page else Notice("not a feed"))
    text = text[begin.start() :]
    if declaration := _DECLARATION.match(text):
        text = text[declaration.end() :]
    root = _ELEMENT.search(text)
    if "<!entity" in text[: root.start() if root else None].lower():
        raise ParseError(source, Notice("refused: its document type defines entities"))
    return text


def _without_bare_ampersands(text: str) -> str:
    """Names of HTML's characters made numbers, and ampersands that begin no name escaped; CDATA as it is."""

    def mended(found: re.Match[str]) -> str:
        if found[1]:
            return found[0]
        if found[2] and (characters := html5.get(found[2])):
            return "".join(f"&#{ord(character)};" for character in characters)
        return "&amp;" + found[0][1:]

    parts, done = [], 0
    while (start := text.find("<![CDATA[", done)) >= 0 and (end := text.find("]]>", start)) >= 0:
        parts += [_AMPERSAND.sub(mended, text[done:start]), text[start:end]]
        done = end
    return "".join([*parts, _AMPERSAND.sub(mended, text[done:])])


def _check_root(look: _Look, text: str, source: str) -> None:
    first = _ELEMENT.search(text)
    root = look.root or (first[1] if first else "")
    if root.rpartition(":")[2].lower() not in _ROOTS:
        raise ParseError(source, _rootless(root))


def _rootless(root: str) -> Notice:
    return Notice("not a feed: its outermost element is <{name}>", name=root[:40]) if root else Notice("not a feed")


def _read_xml(xml: bytes, url: str, source: str) -> _Feed:
    import feedparser  # type: ignore[import-untyped]  # only a worker pays for it

    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    # Sanitised, content loses words and links that the cleaner reads; never give it anything but a stream of bytes.
    feed = feedparser.parse(io.BytesIO(xml), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries and not feed.version and not feed.feed:
        raise ParseError(source, Notice("not a feed"))
    home = web_address(feed.feed.get("link"))
    is_atom = str(feed.version).startswith("atom")
    site = site_of(home or url)
    posts, not_posts = [], []
    for index, entry in enumerate(feed.entries):
        try:
            check_is_post(f"{source}, item {index}", kind=_type(entry), status=_status(entry))
        except NotAPostError as error:
            not_posts.append(error)
        else:
            posts.append(entry)
    read, failed = each_post(posts[:_MOST_ITEMS], lambda entry: _post(entry, feed.feed, site, is_atom), source)
    return _Feed(read, home, len(feed.entries), (*not_posts, *failed))


def _type(entry: Any) -> str:
    """What an entry is by its own word: in Blogger's backups of before 2023 a category, since then an element."""
    kinds = [str(tag.get("term")) for tag in entry.get("tags", ()) if str(tag.get("scheme")).endswith("/g/2005#kind")]
    said = kinds[0].rpartition("#")[2] if kinds else str(entry.get("blogger_type") or "")
    is_comment = "thr_in-reply-to" in entry or _COMMENT.search(str(entry.get("link"))) is not None
    return "comment" if is_comment else said.lower()


def _status(entry: Any) -> str:
    """Whether it is published, by its own word; whatever prefix its document gives to `draft`."""
    if any(value == "yes" for name, value in entry.items() if name.rpartition("_")[2] == "draft"):
        return "draft"
    return "trash" if entry.get("blogger_trashed") else str(entry.get("blogger_status") or "").lower()


def _post(entry: Any, feed: Any, site: str, is_atom: bool) -> Post:
    language = _language(entry, feed)
    dates = _dates(dict.get(entry, "published"), dict.get(entry, "updated"), language)
    content, excerpt = _content(entry)
    body = content or excerpt
    return Post(
        key="",
        title=_plain(entry.get("title_detail")),
        html=body,
        source=site,
        url=web_address(entry.get("feedburner_origlink")) or web_address(entry.get("link")),
        id=entry.get("id") or None,
        author=_author(entry) or (_author(feed) if is_atom else None),
        categories=_categories(entry),
        language=language,
        excerpt_html=excerpt if content else "",
        is_excerpt=_is_teaser(body, is_summary=not content, is_atom=is_atom, has_title=bool(entry.get("title"))),
        image_url=_image(entry),
        **dates,
    )


class _Dates(TypedDict):
    published: datetime | None
    modified: datetime | None
    date_text: str


def _dates(published: str | None, updated: str | None, language: str | None) -> _Dates:
    """When a post was published and changed; one that only says when it was changed was published then.

    A date that cannot be read is none, and kept as it is written; one without a zone is read as UTC.
    """
    said, changed = (read_timestamp(text or "", language=language) for text in (published, updated))
    if said is None and (published or "").strip():
        return _Dates(published=None, modified=changed, date_text=as_written(published))
    if said is None and changed is None:
        return _Dates(published=None, modified=None, date_text=as_written(updated))
    return _Dates(published=said or changed, modified=changed if said else None, date_text="")


def _content(entry: Any) -> tuple[str, str]:
    """The longest content, and the summary where it is another text; HTML both."""
    content = max((_as_html(part) for part in entry.get("content", ())), key=len, default="")
    summary = _as_html(entry.get("summary_detail"))
    if len(summary) > len(content) and content:  # some feeds mistake the one for the other
        content, summary = summary, content
    return content, "" if summary == content else summary


def _as_html(detail: Any) -> str:
    if not detail or not detail.get("value"):
        return ""
    value = str(detail["value"])
    if "html" in (detail.get("type") or "html"):
        return value
    return "".join(f"<p>{html.escape(part, quote=False)}</p>\n" for part in re.split(r"\n\s*\n", value))


def _plain(detail: Any) -> str:
    value = str((detail and detail.get("value")) or "")
    return plain_text(value if "html" in str(detail and detail.get("type")) else html.escape(value))


def _author(holder: Any) -> str | None:
    names = [author.get("name") for author in holder.get("authors", ())]
    return ", ".join(dict.fromkeys(plain_text(name) for name in names if name)) or None


def _categories(entry: Any) -> tuple[str, ...]:
    tags = (tag for tag in entry.get("tags", ()) if not str(tag.get("scheme")).endswith("/g/2005#kind"))
    names = (tag.get("label") or tag.get("term") for tag in tags)
    return tuple(dict.fromkeys(plain_text(name) for name in names if name))


def _language(entry: Any, feed: Any) -> str | None:
    details = [*entry.get("content", ()), entry.get("summary_detail"), entry.get("title_detail")]
    said = [detail.get("language") for detail in details if detail] + [feed.get("language")]
    return next((word.replace("_", "-") for word in said if word and _LANGUAGE.fullmatch(word)), None)


def _image(entry: Any) -> str | None:
    found = [part.get("url") for part in entry.get("media_thumbnail", ())]
    parts = [*entry.get("media_content", ()), *entry.get("enclosures", ())]
    found += [
        part.get("url") or part.get("href")
        for part in parts
        if part.get("medium") == "image" or str(part.get("type")).startswith("image/")
    ]
    return next(filter(None, map(web_address, found)), None)


# JSON Feed


def _objects(value: object) -> object:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _words(value: object) -> object:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _text(value: object) -> object:
    """Ids may be numbers; anything else in the place of a text is no text."""
    return str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else None


_Text = Annotated[str | None, BeforeValidator(_text)]


class _Author(BaseModel):
    model_config = ConfigDict(extra="ignore")
    name: _Text = None


_Authors = Annotated[list[_Author], BeforeValidator(_objects)]
_OneAuthor = Annotated[_Author | None, BeforeValidator(lambda value: value if isinstance(value, dict) else None)]


class _Item(BaseModel):
    """https://www.jsonfeed.org/version/1.1/#items-a-name-items-a"""

    model_config = ConfigDict(extra="ignore")
    id: _Text = None
    url: _Text = None
    title: _Text = None
    content_html: _Text = None
    content_text: _Text = None
    summary: _Text = None
    image: _Text = None
    date_published: _Text = None
    date_modified: _Text = None
    language: _Text = None
    authors: _Authors = []
    author: _OneAuthor = None
    tags: Annotated[list[str], BeforeValidator(_words)] = []


class _JsonFeed(BaseModel):
    """https://www.jsonfeed.org/version/1.1/#top-level-a-name-top-level-a"""

    model_config = ConfigDict(extra="ignore")
    version: str
    items: Annotated[list[dict[str, Any]], BeforeValidator(_objects)]
    home_page_url: _Text = None
    language: _Text = None
    authors: _Authors = []
    author: _OneAuthor = None


def _read_json(text: str, url: str, source: str) -> _Feed:
    try:
        feed = _JsonFeed.model_validate(json.loads(text))
    except ValidationError as error:
        raise ParseError(source, Notice("not a feed but other JSON")) from error
    except (ValueError, RecursionError) as error:
        raise ParseError(source, Notice("not a feed: {error}", error=str(error))) from error
    if "jsonfeed.org/version/" not in feed.version:
        raise ParseError(source, Notice("not a feed but other JSON"))
    home = web_address(feed.home_page_url)
    site = site_of(home or url)
    items = feed.items[:_MOST_ITEMS]
    posts, failed = each_post(items, lambda item: _json_post(_Item.model_validate(item), feed, url, site), source)
    return _Feed(posts, home, len(feed.items), tuple(failed))


def _json_post(item: _Item, feed: _JsonFeed, url: str, site: str) -> Post:
    plain = {"value": item.content_text or "", "type": "text/plain"}
    content = item.content_html or _as_html(plain)
    summary = _as_html({"value": item.summary or "", "type": "text/plain"})
    people = item.authors or [item.author or _Author()]
    names = [person.name for person in people] if any(person.name for person in people) else _feed_names(feed)
    language = next((word for word in (item.language, feed.language) if word and _LANGUAGE.fullmatch(word)), None)
    return Post(
        key="",
        title=plain_text(html.escape(item.title or "")),
        html=content or summary,
        source=site,
        url=web_address(item.url, base=url),
        id=item.id,
        author=", ".join(dict.fromkeys(name for name in names if name)) or None,
        categories=tuple(dict.fromkeys(item.tags)),
        language=language,
        excerpt_html=summary if content else "",
        is_excerpt=_is_teaser(content or summary, is_summary=not content, is_atom=True, has_title=bool(item.title)),
        image_url=web_address(item.image, base=url),
        **_dates(item.date_published, item.date_modified, language),
    )


def _feed_names(feed: _JsonFeed) -> list[str | None]:
    return [person.name for person in feed.authors or [feed.author or _Author()]]


# What both have in common


def _is_teaser(body: str, *, is_summary: bool, is_atom: bool, has_title: bool) -> bool:
    """Whether this is only a part of the post: it says so, ends so, or is a summary by its format's own word.

    An RSS description may be either: short words without the markup of a text are a summary, unless there is no title
    (then they are a message, and the whole of it).
    """
    end = body[-_END_CHARS:]
    text = _first_published().sub("", plain_text(end if len(end) == len(body) else end.partition(">")[2])).rstrip()
    if not text:
        return not body.strip()
    if _more().search(text[-300:]):
        return True
    if not is_summary or not has_title:
        return False
    is_bare = len(body) < _END_CHARS and len(text) < _TEASER_CHARS and len(_BLOCK.findall(body)) < 2
    return is_atom or is_bare or _ELLIPSIS.search(text[-20:]) is not None


@cache
def _more() -> re.Pattern[str]:
    words = alternatives("page_furniture", "more")
    return re.compile(rf"(?:\[(?:…|\.\.\.|&hellip;|&#8230;)\]|{words})[\s»→.…\])]*$", re.IGNORECASE)


@cache
def _first_published() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('page_furniture', 'first_published')})$", re.IGNORECASE)


def _sane(moment: datetime | None, now: datetime | None) -> datetime | None:
    if moment is None or moment.year < FIRST_YEAR or (now and moment > now + _AHEAD):
        return None
    return moment


def _with_keys(posts: Sequence[Post], homes: Container[str]) -> Iterator[Post]:
    """Each post with its key: its link where it is its own, else its id, else its words. The same item twice is one."""
    unique = list(dict.fromkeys(posts))
    links = Counter(canonical(post.url) for post in unique)
    ids = Counter(post.id for post in unique)
    for post in unique:
        link = canonical(post.url)
        if link and links[link] == 1 and link not in homes and not is_front_page(link):
            yield replace(post, key=link)
        elif post.id and ids[post.id] == 1:
            yield replace(post, key=f"{link or post.source}#{post.id}")
        else:
            words = f"{post.title}\n{post.html}".encode("utf-8", "surrogatepass")
            yield replace(post, key="sha256:" + hashlib.sha256(words).hexdigest()[:32])


# A visit


class Feed(SourceKind):
    """A feed. `KnownSource.ids` are the keys of the posts that were taken whole.

    With `full_text` there is one request more for each page behind a new excerpt from the time asked for on; what
    cannot be loaded keeps its excerpt, is noted, and is tried again.
    """

    name = "feed"
    accept = (
        "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
        "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
    )

    def sniff(self, body: Body) -> Likeness:
        """By how it begins, for many are served as HTML; else by what it is said to be."""
        if body.begins_with(rb"rss|feed|rdf:RDF|\w+:feed") or _JSON_FEED.match(body.head):
            return Likeness.SURELY
        said = body.media_type.partition(";")[0].strip().lower()
        is_data = said.endswith(("xml", "+json")) or said == "application/json"
        return Likeness.PERHAPS if is_data and said != "application/xhtml+xml" else Likeness.NO

    def read(self, body: Body) -> list[Post | LoadError]:
        """As `posts_from_feed`."""
        return posts_from_feed(
            body.data, url=body.url, content_type=body.media_type, source=body.source, now=body.fetched_at
        )

    async def visit(self, visit: Visit) -> ReadResult | None:
        """What the feed holds now: the one at the address, else the one that its page names."""
        if visit.is_of(self.name):
            known = visit.known.endpoint if visit.known.kind == self.name else None
            return await self._whole(known or visit.source.address, visit, visit.known)
        page = await visit.front()
        for address in _feeds_at(page, visit):
            try:
                taken = await self._whole(address, visit, KnownSource())
            except (FetchError, ParseError) as error:
                if is_feed(page):
                    raise
                visit.notes.append(
                    Notice("the feed {address} could not be read ({why})", address=address, why=error.cause)
                )
                continue
            said = "; ".join([*visit.notes, f"read the feed {address}{' instead' if visit.notes else ''}"])
            return replace(taken, notes=((said,) if address != visit.source.address else ()) + taken.notes)
        return None

    async def _whole(self, address: str, visit: Visit, known: KnownSource) -> ReadResult:
        """What an address holds, with the pages behind excerpts where they are asked for."""
        taken = await self.taken_from(address, visit, known)
        if taken.is_unchanged or not visit.source.full_text:
            return taken
        posts, whole, notes = await _with_pages(taken.posts, visit.source, visit.fetch, known, visit.since)
        now_known = replace(taken.known, ids=frozenset(whole))
        return replace(taken, posts=tuple(posts), notes=(*taken.notes, *notes), known=now_known)


def is_feed(page: Response) -> bool:
    """Whether a response is a feed, or may be one."""
    return Feed().sniff(body_of(page, page.url)) is not Likeness.NO


def _feeds_at(page: Response, visit: Visit) -> list[str]:
    """Where to look for a feed of what the page shows, the likeliest first; nowhere, where it shows one article."""
    if is_feed(page):
        return [page.asked]
    if page.status < 400 and is_article(page):
        return []
    named = feeds_of_page(page.body, url=page.url) if page.status < 400 else []
    named.sort(key=lambda feed: not _is_of(feed, page.url))
    address = page.url.partition("?")[0].rstrip("/")
    usual = [f"{address}/feed/", f"{address}/?feed=rss2"] if visit.refusal else []
    return named[:1] or usual


def _is_of(feed: str, page: str) -> bool:
    """Whether a feed is of the very part of the site that a page shows, as "/news/feed/" is of "/news/"."""
    one, other = urlsplit(feed), urlsplit(page)
    return one.path.startswith(other.path.rstrip("/") + "/") and set(parse_qsl(other.query)) <= set(
        parse_qsl(one.query)
    )


async def _with_pages(
    posts: Sequence[Post], source: Source, fetch: Fetcher, known: KnownSource, since: datetime | None
) -> tuple[list[Post], set[str], list[str]]:
    """The posts that are new or changed, those that are excerpts by the pages behind them; the keys of all that are
    whole now; and what a person should know."""
    fresh = [post for post in posts if post.key not in known.ids or _is_edited(post, known)]
    wanted = [post for post in fresh if post.is_excerpt and post.url and _is_from(post, since)]
    chosen = wanted[:MOST_PAGES]
    pages = await asyncio.gather(*(_page_of(post, source, fetch) for post in chosen))
    loaded = {post.key: page for post, page in zip(chosen, pages, strict=True)}
    notes = [f"kept the excerpt of {error.source}: {error.cause}" for error in pages if isinstance(error, LoadError)]
    if len(wanted) > MOST_PAGES:
        notes.append(f"loaded the pages of {MOST_PAGES} of {len(wanted)} excerpts; the others follow in the next runs")
    taken = [page if isinstance(page := loaded.get(post.key), Post) else post for post in fresh]
    waiting = {post.key for post in fresh if post.is_excerpt and not isinstance(loaded.get(post.key), Post)}
    return taken, {post.key for post in posts} - waiting, notes


async def _page_of(post: Post, source: Source, fetch: Fetcher) -> Post | LoadError:
    """The post with the text of its page; its names and dates stay those of the feed."""
    assert post.url
    try:
        page = await load_page(post.url, fetch, found_by=source.address)
    except LoadError as error:
        return ParseError(post.url, error.cause)
    if len(plain_text(page.html)) <= len(plain_text(post.html)):
        return ParseError(post.url, Notice("its page shows no more"))
    return replace(
        post,
        title=post.title or page.title,
        html=page.html,
        author=post.author or page.author,
        published=post.published or page.published,
        modified=post.modified or page.modified,
        language=post.language or page.language,
        excerpt_html=post.html,
        is_excerpt=page.is_excerpt,
        image_url=post.image_url or page.image_url,
    )


def _is_edited(post: Post, known: KnownSource) -> bool:
    return bool(post.modified and known.changed_after and post.modified > known.changed_after)


def _is_from(post: Post, since: datetime | None) -> bool:
    return since is None or post.published is None or max(filter(None, (post.published, post.modified))) >= since
