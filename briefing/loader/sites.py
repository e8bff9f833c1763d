"""WordPress sites: the REST API, found from any address of a site, and the posts it gives.

What is asked, and what comes back, is told in https://developer.wordpress.org/rest-api/ (using-the-rest-api/discovery,
/pagination, /global-parameters, reference/posts). What sites do otherwise is said where it is dealt with.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from briefing.exceptions import FetchError, LoadError, ParseError
from briefing.loader.cleaner import plain_text
from briefing.loader.fetcher import Fetcher, Response
from briefing.loader.links import head_of
from briefing.loader.visit import Known, Taken
from briefing.loader.wordpress import post_from
from briefing.types import Post, Source

# What an API that is switched off, hidden or guarded answers; a plugin may also answer a page (a ParseError here).
CLOSED = frozenset({401, 403, 404, 405, 406, 410, 451})
_POSTS = "wp/v2/posts"
_FIELDS = (
    "id,date,date_gmt,modified,modified_gmt,link,title,content,excerpt,lang,class_list,"
    "yoast_head_json.author,yoast_head_json.og_locale,_links,_embedded"
)
_EMBEDDED = "author,wp:term,wp:featuredmedia"
_LIGHT_FIELDS = "id,date_gmt,modified_gmt"
# Each divides the one before, so that a page of the smaller size begins where the larger one did.
_PAGE_SIZES = (100, 50, 25, 5, 1)
_WINDOW = 100
# A post that is deleted, in the bin, private or a draft again.
_NOT_SHOWN = frozenset({401, 404, 410})
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_CONFIRMED = 10
_FEED = re.compile(rb"\s*(?:<\?[^>]*>\s*|<!--[^>]*-->\s*)*<(?:rss|feed|rdf:RDF)\b")

_LINK = re.compile(r"<([^<>]*)>([^<>]*)")
_ROUTE = re.compile(r"(?P<root>.*[/=])(?P<route>wp/v2/[\w-]+(?:/\d+)?)/?(?:[?&](?P<query>.*))?", re.DOTALL)
_ITEM_ROUTE = re.compile(r"wp/v2/([\w-]+)/(\d+)$")
_TERM_PARAMETERS = {"categories": "categories", "tags": "tags", "users": "author"}
_BODY_CLASS = re.compile(r"\b(postid|category|tag|author)-(\d+)\b")
_BODY_ROUTES = {"postid": "posts", "category": "categories", "tag": "tags", "author": "users"}
_API_FOLDER = re.compile(r"/(?:index\.php/)?[^/]+/$")
_LANGUAGE_PATH = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,4})?", re.IGNORECASE)
_KEPT_PARAMETERS = frozenset({"categories", "tags", "author", "lang", "search"})


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where posts are asked for, and what is remembered with it from visit to visit.

    `root` ends where a route begins: "https://example.org/en/wp-json/" or "https://example.org/?rest_route=/".
    `narrowed` are the parameters that hold the posts to a category, a tag, an author or a language. `below` is what
    the path of each post's link begins with. `language` is what the site's pages say of themselves. All that was
    published or changed since `read_from` has been read; `latest` are the ids of the posts changed last, for those of
    the same second are asked for again. `filters` is the source's filters as a hash.
    """

    root: str
    route: str = _POSTS
    narrowed: tuple[tuple[str, str], ...] = ()
    below: str = ""
    language: str | None = None
    read_from: datetime | None = None
    latest: frozenset[str] = frozenset()
    filters: str = ""

    @property
    def is_single(self) -> bool:
        """Whether it is that of one post."""
        return self.route[-1].isdigit()

    @property
    def address(self) -> str:
        """The URL that lists its posts, or gives its post."""
        return self.url(self.route, dict(self.narrowed))

    def url(self, route: str, parameters: Mapping[str, str]) -> str:
        """The URL of a route of the same API."""
        query = urlencode(parameters)
        return f"{self.root}{route}" + (("&" if "rest_route=" in self.root else "?") + query if query else "")

    def remembered(self) -> str:
        """Its address, and in the fragment (never sent) what `recalled` needs besides."""
        besides = {
            "below": self.below,
            "language": self.language or "",
            "read_from": self.read_from.isoformat() if self.read_from else "",
            "latest": " ".join(sorted(self.latest)),
            "filters": self.filters,
        }
        return f"{self.address}#{urlencode({name: value for name, value in besides.items() if value})}"


def recalled(remembered: str) -> Endpoint | None:
    """The endpoint of a `Known.endpoint`, or None where it is not one of an API."""
    address, _, fragment = remembered.partition("#")
    found = _from_address(address)
    if not found:
        return None
    besides = dict(parse_qsl(fragment))
    read_from = besides.get("read_from")
    return replace(
        found,
        below=besides.get("below", ""),
        language=besides.get("language"),
        read_from=datetime.fromisoformat(read_from) if read_from else None,
        latest=frozenset(besides.get("latest", "").split()),
        filters=besides.get("filters", ""),
    )


def _from_address(address: str) -> Endpoint | None:
    """The endpoint that an address of the API itself names, with the parameters that narrow it."""
    match = _ROUTE.fullmatch(address)
    if not match:
        return None
    route, query = match["route"], match["query"] or ""
    kept = tuple(pair for pair in parse_qsl(query) if pair[0].partition("[")[0] in _KEPT_PARAMETERS)
    return _narrowed(Endpoint(match["root"], narrowed=kept), route)


def _narrowed(endpoint: Endpoint, route: str) -> Endpoint:
    """The endpoint held to what a route like "wp/v2/categories/3" or "wp/v2/posts/7" names."""
    item = _ITEM_ROUTE.match(route)
    if not item:
        return endpoint
    if parameter := _TERM_PARAMETERS.get(item[1]):
        return replace(endpoint, narrowed=((parameter, item[2]),))
    return replace(endpoint, route=route, narrowed=())


def filters_of(source: Source) -> str:
    """A hash of what a source filters by; where it has changed, what was read before says nothing."""
    said = (source.categories, source.tags, source.include, source.exclude, source.language)
    return sha256(repr(said).encode()).hexdigest()[:12]


# --- Finding the API ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """What an address turned out to be: `endpoint` is None where no API was found, `why` then says what stood there.

    `is_closed`: there is an API, which answers strangers nothing. `page` is the response of the address itself, where
    it was asked for. `name` is what the site calls itself.
    """

    endpoint: Endpoint | None
    page: Response | None = None
    why: str = ""
    is_closed: bool = False
    notes: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Head:
    """What the head and the body's classes of a page say."""

    root: str | None = None
    item: str | None = None
    language: str | None = None
    is_one_post: bool = False
    is_front: bool = False


async def find_api(source: Source, fetch: Fetcher) -> Found:
    """The API behind any address of a site, held to what the address and the source's filters name.

    Asks for the address, then the API's index, and at most four guesses where the page names none. FetchError where
    the address itself cannot be reached; LoadError where none of the source's categories or tags exists there.
    """
    endpoint = _from_address(source.address) or _from_root(source.address)
    page = None if endpoint else await _page(source, fetch)
    head = _head(page) if page else _Head()
    if head.root:
        endpoint = Endpoint(_with_route_last(head.root))
    elif page and is_feed(page):
        return Found(None, page, "a feed, not a page of a site")
    elif page:
        endpoint, closed = await _guessed(source, fetch, page.url)
        if closed:
            return Found(None, page, closed, is_closed=True)
    if not endpoint:
        return Found(None, page, "no WordPress API there")
    index = await _index(source, fetch, endpoint)
    notes: tuple[str, ...] = ()
    if page:
        _refuse_missing(source, page, str(index.get("home") or ""))
        endpoint, notes = _held_to(endpoint, page, head, str(index.get("home") or ""))
    try:
        endpoint, more = await _with_filters(source, fetch, replace(endpoint, language=head.language))
    except FetchError as error:
        if error.status not in CLOSED:
            raise
        return Found(None, page, error.cause, is_closed=True)
    name = index.get("name")
    return Found(endpoint, page, notes=notes + more, name=plain_text(name) if isinstance(name, str) else "")


def _from_root(address: str) -> Endpoint | None:
    """The endpoint of "…/wp-json", "…/wp-json/wp/v2" or "…?rest_route=/"."""
    before, found, _ = address.partition("/wp-json")
    if found:
        return Endpoint(before + "/wp-json/")
    before, found, _ = address.partition("rest_route=")
    return Endpoint(before + "rest_route=/") if found else None


async def _page(source: Source, fetch: Fetcher) -> Response:
    accept = "text/html,application/xhtml+xml,*/*;q=0.8"
    return await fetch.get(source.address, source=source.address, accept=accept, expect_status=CLOSED)


def _head(page: Response) -> _Head:
    links = _header_links(page.headers.get("link", ""))
    if "html" not in page.headers.get("content-type", "html"):
        return _Head(root=links.get("https://api.w.org/"))
    tree = LexborHTMLParser(head_of(page.body))
    for link in tree.css("link[rel][href]"):
        links.setdefault(_rel(link.attributes.get("rel"), link.attributes.get("type")), link.attributes["href"] or "")
    classes = (tree.body.attributes.get("class") or "") if tree.body else ""
    root, item = links.get("https://api.w.org/"), links.get("alternate json")
    language = tree.root.attributes.get("lang") if tree.root else None
    return _Head(
        root=urljoin(page.url, root) if root else None,
        item=item if item and _ROUTE.fullmatch(item) else _item_of(classes, links.get("shortlink")),
        language=language or None,
        is_one_post="single" in classes.split(),
        is_front=bool({"home", "blog"} & set(classes.split())),
    )


def _rel(rel: str | None, kind: str | None) -> str:
    return f"{(rel or '').strip().lower()}{' json' if kind == 'application/json' else ''}"


def _header_links(header: str) -> dict[str, str]:
    """The targets of a Link header (RFC 8288) by relation; "alternate json" for the alternate that is JSON."""
    links: dict[str, str] = {}
    for target, parameters in _LINK.findall(header):
        said = {name.lower(): value for name, value in re.findall(r';\s*(\w+)\s*=\s*"?([^";,]*)"?', parameters)}
        links.setdefault(_rel(said.get("rel"), said.get("type")), target)
    return links


def _item_of(classes: str, shortlink: str | None) -> str | None:
    """The route of what a page shows, from its body's classes or its short link; WordPress < 5.5 names no JSON."""
    if shortlink and (match := re.search(r"[?&]p=(\d+)$", shortlink)):
        return f"wp/v2/posts/{match[1]}"
    match = _BODY_CLASS.search(classes)
    return f"wp/v2/{_BODY_ROUTES[match[1]]}/{match[2]}" if match else None


async def _guessed(source: Source, fetch: Fetcher, address: str) -> tuple[Endpoint | None, str]:
    """The endpoint at one of the usual places; where there is none, the words of one that is closed."""
    closed = ""
    for root in _guesses(address):
        try:
            await _ask(fetch, source, Endpoint(root).url("", {"_fields": "name"}), is_wanted=_is_index)
        except ParseError:
            continue
        except FetchError as error:
            closed = error.cause if error.status in (401, 403) and ":" in error.cause else closed
            if error.status is None:
                break
            continue
        return Endpoint(root), ""
    return None, closed


def is_feed(page: Response) -> bool:
    """Whether a response is a feed: by its type, or by how it begins, for many are served as HTML."""
    if _FEED.match(page.body.removeprefix(b"\xef\xbb\xbf")[:4096]):
        return True
    kind = page.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind != "application/xhtml+xml" and (kind.endswith(("xml", "+json")) or kind == "application/json")


def _guesses(address: str) -> list[str]:
    """Where the API of a site would be: in the folder named first in the path, and at the top."""
    parts = urlsplit(address)
    top = f"{parts.scheme}://{parts.netloc}/"
    first = parts.path.strip("/").partition("/")[0]
    folders = [f"{top}{first}/", top] if first and "." not in first else [top]
    return [folder + "wp-json/" for folder in folders] + [folder + "?rest_route=/" for folder in folders]


def _with_route_last(root: str) -> str:
    """The root with its slash, and with `rest_route` as the last of its parameters: routes are put at its end."""
    if "rest_route=" not in root:
        return root.partition("?")[0].rstrip("/") + "/"
    address, _, query = root.partition("?")
    others = [pair for pair in parse_qsl(query) if pair[0] != "rest_route"]
    return f"{address}?{urlencode(others)}{'&' if others else ''}rest_route=/"


def _is_index(value: object) -> bool:
    return isinstance(value, dict) and "code" not in value and bool({"name", "namespaces", "routes"} & value.keys())


async def _index(source: Source, fetch: Fetcher, endpoint: Endpoint) -> dict[str, Any]:
    """What the API says of the site; empty where it keeps that to itself."""
    try:
        value, _ = await _ask(fetch, source, endpoint.url("", {"_fields": "name,home,namespaces"}), is_wanted=_is_index)
    except LoadError:
        return {}
    return value if isinstance(value, dict) else {}


def _refuse_missing(source: Source, page: Response, home: str) -> None:
    """A mistyped address of a real site is an error, and no other name for its home."""
    if page.status in (404, 410) and urlsplit(page.url).path.strip("/") != urlsplit(home).path.strip("/"):
        raise FetchError(source.address, f"HTTP {page.status}: there is no such page at this site", status=page.status)


def _held_to(endpoint: Endpoint, page: Response, head: _Head, home: str) -> tuple[Endpoint, tuple[str, ...]]:
    """The endpoint held to the category, tag, author, post or language that the page's address names."""
    path = urlsplit(page.url).path.strip("/")
    home_path = urlsplit(home).path.strip("/") if home else _API_FOLDER.sub("", urlsplit(endpoint.root).path).strip("/")
    if path == home_path and not urlsplit(page.url).query:
        return endpoint, ()
    item = _ITEM_ROUTE.search(head.item.replace("%2F", "/")) if head.item else None
    if item and (item[1] == "posts" or item[1] in _TERM_PARAMETERS or (head.is_one_post and item[1] != "pages")):
        return _narrowed(endpoint, item[0]), ()
    rest = path.removeprefix(home_path).strip("/")
    if _LANGUAGE_PATH.fullmatch(rest) and (head.language or "").lower().startswith(rest[:2].lower()):
        return replace(endpoint, narrowed=(("lang", rest.lower()),), below=f"/{path}/"), ()
    note = "the address is neither a category nor a post of the site; all its posts are read"
    return endpoint, () if head.is_front or is_feed(page) else (note,)


# --- The source's own filters ---------------------------------------------------------------------------------------


async def _with_filters(source: Source, fetch: Fetcher, endpoint: Endpoint) -> tuple[Endpoint, tuple[str, ...]]:
    """The endpoint with the source's categories, tags and language as parameters of the API."""
    notes: list[str] = []
    parameters = dict(endpoint.narrowed)
    if not endpoint.is_single:
        for taxonomy, asked in (("categories", source.categories), ("tags", source.tags)):
            if asked:
                ids, missing = await _term_ids(source, fetch, endpoint, taxonomy, asked)
                parameters[taxonomy] = ",".join(ids)
                notes += [f"the site has no {taxonomy} called {', '.join(missing)}"] if missing else []
    if source.language:
        parameters["lang"] = source.language.partition("-")[0].lower()
    held = replace(endpoint, narrowed=tuple(parameters.items()), filters=filters_of(source))
    return await _with_children(source, fetch, held), tuple(notes)


async def _term_ids(
    source: Source, fetch: Fetcher, endpoint: Endpoint, taxonomy: str, asked: Sequence[str]
) -> tuple[list[str], list[str]]:
    """The ids of terms asked for by slug, name or id, and those that the site does not have."""
    slugs = ",".join(dict.fromkeys(_slug(name) for name in asked))
    found = await _terms(source, fetch, endpoint, taxonomy, {"slug": slugs})
    ids: list[str] = []
    missing: list[str] = []
    for name in asked:
        matching = _matching(found, name) or _matching(
            await _terms(source, fetch, endpoint, taxonomy, {"search": name}), name
        )
        ids += matching or ([name] if name.isdigit() else [])
        missing += [] if matching or name.isdigit() else [name]
    if not ids:
        raise LoadError(source.address, f"the site has no {taxonomy} called {', '.join(missing)}")
    return list(dict.fromkeys(ids)), missing


async def _terms(
    source: Source, fetch: Fetcher, endpoint: Endpoint, taxonomy: str, by: Mapping[str, str]
) -> list[dict[str, Any]]:
    url = endpoint.url(f"wp/v2/{taxonomy}", {**by, "per_page": "100", "_fields": "id,name,slug"})
    value, _ = await _ask(fetch, source, url, is_wanted=_is_list)
    return _items(value)


def _matching(terms: Sequence[Mapping[str, Any]], name: str) -> list[str]:
    wanted = name.strip().casefold()
    return [
        str(term["id"])
        for term in terms
        if "id" in term and wanted in (plain_text(str(term.get("name"))).casefold(), str(term.get("slug")).casefold())
    ]


def _slug(name: str) -> str:
    return re.sub(r"[\W_]+", "-", name.strip().lower()).strip("-")


async def _with_children(source: Source, fetch: Fetcher, endpoint: Endpoint) -> Endpoint:
    """The endpoint that takes in a category's sub-categories, as the site's own page does, where it can (≥ 5.7)."""
    parameters = dict(endpoint.narrowed)
    ids = parameters.pop("categories", "")
    if not ids or endpoint.is_single:
        return endpoint
    parameters |= {"categories[terms]": ids, "categories[include_children]": "true"}
    wider = replace(endpoint, narrowed=tuple(parameters.items()))
    try:
        await _ask(fetch, source, wider.address + "&per_page=1&_fields=id", is_wanted=_is_list)
    except (FetchError, ParseError):
        return endpoint
    return wider


# --- Asking ---------------------------------------------------------------------------------------------------------


async def _ask(
    fetch: Fetcher, source: Source, url: str, *, is_wanted: Callable[[object], bool]
) -> tuple[object, Mapping[str, str]]:
    """The JSON that a URL of the API answers, and its headers.

    FetchError with the status and WordPress's own words where it refuses, ParseError where it is something else.
    """
    response = await fetch.get(
        url, source=source.address, accept="application/json", expect_status=CLOSED | {400}, found_by=source.address
    )
    value = json_of(response.body, is_wanted=is_wanted if response.status < 400 else _is_refusal)
    if response.status >= 400:
        raise FetchError(source.address, f"HTTP {response.status}{_words(value)}", status=response.status)
    if value is None:
        raise ParseError(
            source.address, f"{response.url.partition('?')[0]} answered {_what(response)}, not JSON of WordPress"
        )
    return value, response.headers


def json_of(body: bytes, *, is_wanted: Callable[[object], bool]) -> object:
    """The JSON of an answer, also behind a byte order mark or the PHP notices that a site prints before it, or None.

    Notices hold brackets of their own, so the first twenty that could begin JSON are tried.
    """
    text = body.decode("utf-8-sig", "replace")
    decoder = json.JSONDecoder()
    for tried, start in enumerate(re.finditer(r"[\[{](?=\s*[\"{\]}])", text)):
        if tried == 20:
            break
        try:
            value, _ = decoder.raw_decode(text, start.start())
        except (ValueError, RecursionError):
            continue
        if is_wanted(value):
            return value
    return None


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _is_item(value: object) -> bool:
    return isinstance(value, dict) and "id" in value


def _is_refusal(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("code"), str)


def _words(refusal: object) -> str:
    """The code and message of a WordPress error, as in ": rest_forbidden, Sorry, you are not allowed to do that"."""
    if not isinstance(refusal, dict):
        return ""
    return f": {refusal.get('code')}, {plain_text(str(refusal.get('message', '')))[:200]}"


def _what(response: Response) -> str:
    return "nothing" if not response.body.strip() else "a page" if b"<html" in response.body[:5000].lower() else "text"


def _items(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


# --- Reading --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Visit:
    """A visit under way: what it asks, and what has been noticed on the way."""

    source: Source
    fetch: Fetcher
    endpoint: Endpoint
    most: int
    size: int = _PAGE_SIZES[0]
    total: int = 0
    site_clock: datetime | None = None
    failed: list[LoadError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    async def ask(self, url: str, *, is_wanted: Callable[[object], bool] = _is_list) -> object:
        value, headers = await _ask(self.fetch, self.source, url, is_wanted=is_wanted)
        self.total = _number(headers.get("x-wp-total")) or 0
        self.site_clock = self.site_clock or _http_date(headers.get("date"))
        return value

    async def listed(self, parameters: Mapping[str, str]) -> list[dict[str, Any]]:
        """The items of one request, of whole posts unless `_fields` are given."""
        whole = {"_fields": _FIELDS, "_embed": _EMBEDDED}
        asked = {**dict(self.endpoint.narrowed), **({} if "_fields" in parameters else whole), **parameters}
        return _items(await self.ask(self.endpoint.url(_POSTS, asked)))

    async def walk(
        self, parameters: Mapping[str, str], is_wanted: Callable[[dict[str, Any]], bool]
    ) -> list[dict[str, Any]]:
        """The items that are wanted, page by page, until a page holds none, or `most` are found.

        A page that is too large, or takes too long, is asked for again in smaller ones.
        """
        found: dict[str, dict[str, Any]] = {}
        start = total = 0
        while len(found) < self.most:
            items = await self.page_from(start, parameters)
            if items is None:
                start += 1
                continue
            # Posts that were taken down meanwhile pull the others up: the page before holds some not seen yet.
            moved_up = start > 0 and self.total < total
            again = (await self.page_from(start - self.size, parameters) or []) if moved_up else []
            fresh = [item for item in again + items if is_wanted(item)]
            found |= {str(item.get("id")): item for item in fresh if str(item.get("id")) not in found}
            start, total = start + self.size, self.total
            if not fresh or (start >= total if total else len(items) < self.size):
                break
        return list(found.values())[: self.most]

    async def page_from(self, start: int, parameters: Mapping[str, str]) -> list[dict[str, Any]] | None:
        """The page that begins with item `start`; empty past the last one, None for one post that is too large."""
        while True:
            page = {"per_page": str(self.size), "page": str(start // self.size + 1)}
            try:
                return await self.listed({**parameters, **page})
            except FetchError as error:
                if error.status == 400 and start:
                    return []  # "rest_post_invalid_page_number": past the last page
                if not _asks_for_less(error, self.size):
                    raise
                if self.size == _PAGE_SIZES[-1]:
                    self.failed.append(LoadError(self.source.address, f"post {start + 1} of the list: {error.cause}"))
                    return None
                self.size = _PAGE_SIZES[_PAGE_SIZES.index(self.size) + 1]


def _asks_for_less(error: FetchError, size: int) -> bool:
    """Whether a smaller page could do: this one was too large, too much work, or more than the site allows."""
    if error.status == 400:
        return "per_page" in error.cause and size > 1
    return is_too_large(error) or (error.status in (500, 502, 504) and size > 25)


def is_too_large(error: FetchError) -> bool:
    """Whether a body passed the fetcher's cap."""
    return "larger than" in error.cause


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None


def _http_date(text: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC) if text else None
    except ValueError:
        return None


def _gmt(moment: datetime) -> str:
    """With its zone: without one, WordPress reads it in the site's own."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(item: Mapping[str, Any], name: str) -> datetime | None:
    """A date of an item ("date", "modified") in UTC; None where it is missing or none."""
    text = item.get(f"{name}_gmt") or item.get(name)
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
        return moment and (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def _is_since(item: Mapping[str, Any], moment: datetime) -> bool:
    """Whether it was published or changed at `moment` or later; one without dates may have been."""
    dates = [date for date in (_moment(item, "date"), _moment(item, "modified")) if date]
    return not dates or max(dates) >= moment


async def read_site(source: Source, fetch: Fetcher, known: Known, *, since: datetime | None, most: int = 500) -> Taken:
    """The posts of a WordPress site: those new or changed since the last visit, which `known` remembers.

    On a first visit those published or changed since `since`, or the newest; at most `most` in any case. A visit that
    finds nothing new makes two requests. FetchError (with status) or ParseError where the API is closed or broken,
    LoadError where there is none.
    """
    if endpoint := remembered_endpoint(source, known):
        return await read_posts(source, fetch, endpoint, known, since=since, most=most)
    found = await find_api(source, fetch)
    if not found.endpoint:
        raise LoadError(source.address, found.why)
    taken = await read_posts(source, fetch, found.endpoint, Known(), since=since, most=most)
    return replace(taken, notes=found.notes + taken.notes, name=found.name)


def remembered_endpoint(source: Source, known: Known) -> Endpoint | None:
    """The endpoint that was found before, unless the source's filters have changed since."""
    endpoint = recalled(known.endpoint) if known.kind == "wordpress" and known.endpoint else None
    return endpoint if endpoint and endpoint.filters == filters_of(source) else None


async def read_posts(
    source: Source, fetch: Fetcher, endpoint: Endpoint, known: Known, *, since: datetime | None, most: int
) -> Taken:
    """What `read_site` says, of an endpoint that is found already."""
    size = min((size for size in _PAGE_SIZES if size >= most), default=_PAGE_SIZES[0])
    visit = _Visit(source, fetch, endpoint, most, size)
    if endpoint.is_single:
        return await _read_one(visit, known)
    if since is None and known.changed_after is None:
        return await _read_newest(visit)
    return await _read_since(visit, known, since)


async def _read_one(visit: _Visit, known: Known) -> Taken:
    number = visit.endpoint.route.rpartition("/")[2]
    url = visit.endpoint.url(visit.endpoint.route, {"_fields": _FIELDS, "_embed": _EMBEDDED})
    try:
        item = await visit.ask(url, is_wanted=_is_item)
    except FetchError as error:
        if error.status in _NOT_SHOWN and number in known.ids:
            return _taken(visit, [], replace(known, ids=frozenset()), gone=frozenset({number}), is_first=False)
        raise
    items = _items([item])
    fresh = [item for item in items if number not in known.ids or _newest([item]) != known.changed_after]
    now_known = _known(visit, items, _newest(items), frozenset({number}))
    return _taken(visit, fresh, now_known, is_first=known.changed_after is None)


async def _read_newest(visit: _Visit) -> Taken:
    items = await visit.walk({"orderby": "date", "order": "desc"}, lambda _: True)
    read_from = _BEGINNING
    if visit.total > len(items):
        visit.notes.append(f"holds {visit.total} posts; the newest {len(items)} were read")
        read_from = min((date for date in (_moment(i, "date") for i in items) if date), default=read_from)
    visit.endpoint = replace(visit.endpoint, read_from=read_from)
    # What was changed before, and is not among the newest, is not wanted; by how much the clocks may differ is a guess.
    clock = visit.site_clock and visit.site_clock - timedelta(minutes=5)
    after = max((date for date in (_newest(items, until=visit.site_clock), clock) if date), default=None)
    return _taken(visit, items, _known(visit, items, after, _ids(items[:_WINDOW])), is_first=True)


async def _read_since(visit: _Visit, known: Known, since: datetime | None) -> Taken:
    """Two questions: what was changed, and which posts there are.

    The second finds posts whose scheduled hour has come (WordPress does not call that a change), and, by their
    absence, those that were taken down.
    """
    start, seen = _start(visit.endpoint, known, since)
    newest = await _changed(visit, start)
    changed = [item for item in newest if not (seen.changed_after and _is_seen(item, visit.endpoint, start))]
    clock = visit.site_clock
    listed = await _listed(visit, None if seen.changed_after else start)
    unread = _ids(_new_on_the_list(listed, seen.ids, start)) - _ids(newest)
    items = changed + await _by_id(visit, frozenset(sorted(unread)[: visit.most]))
    gone, undecided = await _gone(visit, known.ids - _ids(listed) - _ids(items) if listed else frozenset())
    reached = visit.endpoint.read_from
    visit.endpoint = replace(visit.endpoint, read_from=min(start, reached) if reached else start)
    # Not by what was listed: a post that was changed between the two questions has not been read yet.
    after = max(start, _newest(newest, until=clock) or start)
    ids = _ids(listed[:_WINDOW]) | undecided if listed else known.ids
    is_first = known.changed_after is None
    return _taken(visit, items, _known(visit, newest, after, ids), gone=gone, is_first=is_first)


def _start(endpoint: Endpoint, known: Known, since: datetime | None) -> tuple[datetime, Known]:
    """From when on to ask, and what need not be read again; nothing, where it is from before all that was read."""
    if known.changed_after is None:
        return since or _BEGINNING, Known()
    if since and endpoint.read_from and since < endpoint.read_from:
        return since, Known()
    return known.changed_after, known


def _is_seen(item: Mapping[str, Any], endpoint: Endpoint, start: datetime) -> bool:
    return str(item.get("id")) in endpoint.latest and _newest([item]) == start


async def _changed(visit: _Visit, start: datetime) -> list[dict[str, Any]]:
    """Sites before WordPress 5.7 ignore `modified_after`; the order, and a look at the dates, do the same there."""
    after = _gmt(start - timedelta(seconds=1)) if start > _BEGINNING else _gmt(start)
    parameters = {"orderby": "modified", "order": "desc", "modified_after": after}
    items = await visit.walk(parameters, lambda item: _is_since(item, start))
    if len(items) == visit.most < visit.total:
        visit.notes.append(f"{visit.total} posts changed since {after}; the newest {visit.most} were read")
    return items


async def _listed(visit: _Visit, since: datetime | None) -> list[dict[str, Any]]:
    """The ids and dates of the site's newest posts: a hundred, or as many as are not older than `since`."""
    light = replace(visit, size=_PAGE_SIZES[0])
    parameters = {"orderby": "date", "order": "desc", "_fields": _LIGHT_FIELDS}
    window = await light.page_from(0, parameters) or []
    if since is None or light.total <= _WINDOW or not window or not _is_since(window[-1], since):
        return window
    return await light.walk(parameters, lambda item: _is_since(item, since))


def _new_on_the_list(listed: list[dict[str, Any]], known: frozenset[str], start: datetime) -> list[dict[str, Any]]:
    """The posts listed before one that is known; those after it were drawn in where others were taken down.

    They need not have a new date: a scheduled post has that of its hour, which may have been missed, and an imported
    one any.
    """
    places = [place for place, item in enumerate(listed) if str(item.get("id")) in known]
    if not places:
        return [item for item in listed if (_moment(item, "date") or start) >= start]
    return [item for item in listed[: places[-1]] if str(item.get("id")) not in known]


async def _by_id(visit: _Visit, ids: frozenset[str]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    wanted = sorted(ids)
    for start in range(0, len(wanted), _WINDOW):
        some = ",".join(wanted[start : start + _WINDOW])
        items += await visit.walk({"include": some}, lambda item: str(item.get("id")) in ids)
    return items


async def _gone(visit: _Visit, unlisted: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Of ids that are listed no more, those that the site surely shows no more, and those not looked at yet.

    Newer posts push others off the list, so the site is asked for them by id; what it then leaves out is asked for
    one by one. A post moved to the bin, or made private or a draft again, answers 401, one deleted 404.
    """
    if not unlisted:
        return frozenset(), frozenset()
    some = sorted(unlisted)[:_WINDOW]
    language = {name: value for name, value in visit.endpoint.narrowed if name == "lang"}
    parameters = {**language, "include": ",".join(some), "per_page": str(_WINDOW), "_fields": "id"}
    try:
        shown = _ids(_items(await visit.ask(visit.endpoint.url(_POSTS, parameters))))
    except LoadError:
        return frozenset(), frozenset()
    if not shown <= unlisted:
        return frozenset(), frozenset()  # it does not heed `include`, and so says nothing
    doubtful = [number for number in some if number not in shown]
    gone = [number for number in doubtful[:_MOST_CONFIRMED] if await _is_gone(visit, number)]
    return frozenset(gone), frozenset(doubtful[_MOST_CONFIRMED:])


async def _is_gone(visit: _Visit, number: str) -> bool:
    try:
        await visit.ask(visit.endpoint.url(f"{_POSTS}/{number}", {"_fields": "id"}), is_wanted=_is_item)
    except FetchError as error:
        return error.status in _NOT_SHOWN
    except ParseError:
        return False
    return False


def _ids(items: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(str(item["id"]) for item in items if item.get("id"))


def _newest(items: Sequence[Mapping[str, Any]], *, until: datetime | None = None) -> datetime | None:
    """The newest change of the items; one of tomorrow, on a site whose clock says today, would hide all till then."""
    dates = [_moment(item, "modified") or _moment(item, "date") for item in items]
    return max((date for date in dates if date and (until is None or date <= until)), default=None)


def _known(visit: _Visit, items: Sequence[dict[str, Any]], after: datetime | None, ids: frozenset[str]) -> Known:
    latest = _ids([item for item in items if after and _newest([item]) == after])
    visit.endpoint = replace(visit.endpoint, latest=latest)
    return Known(kind="wordpress", changed_after=after, ids=ids)


def _taken(
    visit: _Visit,
    items: Sequence[dict[str, Any]],
    known: Known,
    *,
    gone: frozenset[str] = frozenset(),
    is_first: bool,
) -> Taken:
    found = [post for post in (_post(visit, item) for item in items) if post]
    if is_first and visit.failed and not found:
        raise visit.failed[0]  # a site whose posts cannot be read at all, as where a plugin takes their content away
    if is_first and not any(_is_below(post, visit.endpoint.below) for post in found):
        visit.endpoint = replace(visit.endpoint, below="")
    posts = [post for post in found if _is_asked_for(post, visit.endpoint)]
    return Taken(
        kind="wordpress",
        endpoint=visit.endpoint.address,
        posts=tuple(posts),
        failed=tuple(visit.failed),
        notes=tuple(visit.notes),
        known=replace(known, endpoint=visit.endpoint.remembered()),
        is_unchanged=not (posts or visit.failed or gone or is_first),
        gone=tuple(sorted(gone)),
    )


def _post(visit: _Visit, item: dict[str, Any]) -> Post | None:
    try:
        post = post_from(item, source=f"{visit.source.address}, post {item.get('id')}")
    except ParseError as error:
        visit.failed.append(error)
        return None
    return post if post.language else replace(post, language=visit.endpoint.language)


def _is_asked_for(post: Post, endpoint: Endpoint) -> bool:
    """Whether it is of the language asked for: sites without the plugin's paid part give all, whatever `lang` says."""
    if not _is_below(post, endpoint.below):
        return False
    asked = dict(endpoint.narrowed).get("lang", "")
    return not asked or not post.language or post.language.lower().partition("-")[0] == asked.partition("-")[0]


def _is_below(post: Post, path: str) -> bool:
    return not path or not post.url or urlsplit(post.url).path.startswith(path)
