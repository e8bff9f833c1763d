"""A site's REST API, found from any address of it, and asked.

What is asked, and what comes back, is told in https://developer.wordpress.org/rest-api/ (using-the-rest-api/discovery,
/pagination, /global-parameters, reference/posts). What sites do otherwise is said where it is dealt with.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from briefing.clean.cleaner import plain_text
from briefing.exceptions import FetchError, LoadError, ParseError
from briefing.fetch.fetcher import Fetcher, Response
from briefing.sources.feeds import is_feed
from briefing.sources.links import head_of
from briefing.sources.source_kind import CLOSED, front_page
from briefing.types import Notice, Source

POSTS = "wp/v2/posts"

_LINK = re.compile(r"<([^<>]*)>([^<>]*)")
_ROUTE = re.compile(r"(?P<root>.*[/=])(?P<route>wp/v2/[\w-]+(?:/\d+)?)/?(?:[?&](?P<query>.*))?", re.DOTALL)
_ITEM_ROUTE = re.compile(r"wp/v2/([\w-]+)/(\d+)$")
_TERM_PARAMETERS = {"categories": "categories", "tags": "tags", "users": "author"}
_BODY_CLASS = re.compile(r"\b(postid|category|tag|author)-(\d+)\b")
_BODY_ROUTES = {"postid": "posts", "category": "categories", "tag": "tags", "author": "users"}
_API_FOLDER = re.compile(r"/(?:index\.php/)?[^/]+/$")
_LANGUAGE_PATH = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,4})?", re.IGNORECASE)
_INDEX_FIELDS = "name,home,namespaces,timezone_string,gmt_offset"
_KEPT_PARAMETERS = frozenset({"categories", "tags", "author", "lang", "search"})


@dataclass(frozen=True, slots=True)
class ApiAddress:
    """Where posts are asked for, and what is remembered with it from visit to visit.

    `root` ends where a route begins: "https://example.org/en/wp-json/" or "https://example.org/?rest_route=/".
    `narrowed` are the parameters that hold the posts to a category, a tag, an author or a language. `below` is what
    the path of each post's link begins with. `language` is what the site's pages say of themselves. All that was
    published or changed since `read_from` has been read; `latest` are the ids of the posts changed last, for those of
    the same second are asked for again. `filters` is the source's filters as a hash. `zone` is the site's time zone, as
    the API's index names it.
    """

    root: str
    route: str = POSTS
    narrowed: tuple[tuple[str, str], ...] = ()
    below: str = ""
    language: str | None = None
    read_from: datetime | None = None
    latest: frozenset[str] = frozenset()
    filters: str = ""
    zone: str = ""

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
            "zone": self.zone,
        }
        return f"{self.address}#{urlencode({name: value for name, value in besides.items() if value})}"


def recalled(remembered: str) -> ApiAddress | None:
    """The endpoint of a `KnownSource.endpoint`, or None where it is not one of an API."""
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
        zone=besides.get("zone", ""),
    )


def _from_address(address: str) -> ApiAddress | None:
    """The endpoint that an address of the API itself names, with the parameters that narrow it."""
    match = _ROUTE.fullmatch(address)
    if not match:
        return None
    route, query = match["route"], match["query"] or ""
    kept = tuple(pair for pair in parse_qsl(query) if pair[0].partition("[")[0] in _KEPT_PARAMETERS)
    return _narrowed(ApiAddress(match["root"], narrowed=kept), route)


def _narrowed(endpoint: ApiAddress, route: str) -> ApiAddress:
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
class Discovery:
    """What an address turned out to be: `endpoint` is None where no API was found, `why` then says what stood there.

    `is_closed`: there is an API, which answers strangers nothing. `page` is the response of the address itself, where
    it was asked for. `name` is what the site calls itself.
    """

    endpoint: ApiAddress | None
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


async def find_api(source: Source, fetch: Fetcher, page: Response | None = None) -> Discovery:
    """The API behind any address of a site, held to what the address and the source's filters name.

    Asks for the address (unless its `page` is given), then the API's index, and at most four guesses where the page
    names none. FetchError where the address itself cannot be reached; LoadError where none of the source's categories
    or tags exists there.
    """
    endpoint = _from_address(source.address) or _from_root(source.address)
    page = None if endpoint else page or await front_page(source, fetch)
    head = _head(page) if page else _Head()
    if head.root:
        endpoint = ApiAddress(_with_route_last(head.root))
    elif page and is_feed(page):
        return Discovery(None, page, Notice("a feed, not a page of a site"))
    elif page:
        endpoint, closed = await _guessed(source, fetch, page.url)
        if closed:
            return Discovery(None, page, closed, is_closed=True)
    if not endpoint:
        return Discovery(None, page, Notice("no WordPress API there"))
    index = await _index(source, fetch, endpoint)
    notes: tuple[str, ...] = ()
    if page:
        _refuse_missing(source, page, str(index.get("home") or ""))
        endpoint, notes = _held_to(endpoint, page, head, str(index.get("home") or ""))
    try:
        endpoint, more = await _with_filters(
            source, fetch, replace(endpoint, language=head.language, zone=_zone_named(index))
        )
    except FetchError as error:
        if error.status not in CLOSED:
            raise
        return Discovery(None, page, error.cause, is_closed=True)
    name = index.get("name")
    return Discovery(endpoint, page, notes=notes + more, name=plain_text(name) if isinstance(name, str) else "")


def _from_root(address: str) -> ApiAddress | None:
    """The endpoint of "…/wp-json", "…/wp-json/wp/v2" or "…?rest_route=/"."""
    before, found, _ = address.partition("/wp-json")
    if found:
        return ApiAddress(before + "/wp-json/")
    before, found, _ = address.partition("rest_route=")
    return ApiAddress(before + "rest_route=/") if found else None


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


async def _guessed(source: Source, fetch: Fetcher, address: str) -> tuple[ApiAddress | None, str]:
    """The endpoint at one of the usual places; where there is none, the words of one that is closed."""
    closed = ""
    for root in _guesses(address):
        try:
            await ask(fetch, source, ApiAddress(root).url("", {"_fields": "name"}), is_wanted=_is_index)
        except ParseError:
            continue
        except FetchError as error:
            closed = error.cause if error.status in (401, 403) and ":" in error.cause else closed
            if error.status is None:
                break
            continue
        return ApiAddress(root), ""
    return None, closed


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


async def _index(source: Source, fetch: Fetcher, endpoint: ApiAddress) -> dict[str, Any]:
    """What the API says of the site; empty where it keeps that to itself."""
    try:
        value, _ = await ask(fetch, source, endpoint.url("", {"_fields": _INDEX_FIELDS}), is_wanted=_is_index)
    except LoadError:
        return {}
    return value if isinstance(value, dict) else {}


def _zone_named(index: Mapping[str, Any]) -> str:
    """The site's time zone as its index has it: a name, else its hours from GMT."""
    name, hours = index.get("timezone_string"), index.get("gmt_offset")
    if isinstance(name, str) and name:
        return name
    return str(hours) if isinstance(hours, (int, float, str)) and not isinstance(hours, bool) else ""


def _refuse_missing(source: Source, page: Response, home: str) -> None:
    """A mistyped address of a real site is an error, and no other name for its home."""
    if page.status in (404, 410) and urlsplit(page.url).path.strip("/") != urlsplit(home).path.strip("/"):
        raise FetchError(
            source.address,
            Notice("HTTP {status}: there is no such page at this site", status=page.status),
            status=page.status,
        )


def _held_to(endpoint: ApiAddress, page: Response, head: _Head, home: str) -> tuple[ApiAddress, tuple[str, ...]]:
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


async def _with_filters(source: Source, fetch: Fetcher, endpoint: ApiAddress) -> tuple[ApiAddress, tuple[str, ...]]:
    """The endpoint with the source's categories, tags and language as parameters of the API."""
    notes: list[str] = []
    parameters = dict(endpoint.narrowed)
    if not endpoint.is_single:
        for taxonomy, asked in (("categories", source.categories), ("tags", source.tags)):
            if asked:
                ids, missing = await _term_ids(source, fetch, endpoint, taxonomy, asked)
                parameters[taxonomy] = ",".join(ids)
                notes += [_unknown(taxonomy, missing)] if missing else []
    if source.language:
        parameters["lang"] = source.language.partition("-")[0].lower()
    held = replace(endpoint, narrowed=tuple(parameters.items()), filters=filters_of(source))
    return await _with_children(source, fetch, held), tuple(notes)


async def _term_ids(
    source: Source, fetch: Fetcher, endpoint: ApiAddress, taxonomy: str, asked: Sequence[str]
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
        raise LoadError(source.address, _unknown(taxonomy, missing))
    return list(dict.fromkeys(ids)), missing


async def _terms(
    source: Source, fetch: Fetcher, endpoint: ApiAddress, taxonomy: str, by: Mapping[str, str]
) -> list[dict[str, Any]]:
    url = endpoint.url(f"wp/v2/{taxonomy}", {**by, "per_page": "100", "_fields": "id,name,slug"})
    value, _ = await ask(fetch, source, url, is_wanted=is_list)
    return items_of(value)


def _matching(terms: Sequence[Mapping[str, Any]], name: str) -> list[str]:
    wanted = name.strip().casefold()
    return [
        str(term["id"])
        for term in terms
        if "id" in term and wanted in (plain_text(str(term.get("name"))).casefold(), str(term.get("slug")).casefold())
    ]


def _slug(name: str) -> str:
    return re.sub(r"[\W_]+", "-", name.strip().lower()).strip("-")


async def _with_children(source: Source, fetch: Fetcher, endpoint: ApiAddress) -> ApiAddress:
    """The endpoint that takes in a category's sub-categories, as the site's own page does, where it can (≥ 5.7)."""
    parameters = dict(endpoint.narrowed)
    ids = parameters.pop("categories", "")
    if not ids or endpoint.is_single:
        return endpoint
    parameters |= {"categories[terms]": ids, "categories[include_children]": "true"}
    wider = replace(endpoint, narrowed=tuple(parameters.items()))
    try:
        await ask(fetch, source, wider.address + "&per_page=1&_fields=id", is_wanted=is_list)
    except (FetchError, ParseError):
        return endpoint
    return wider


# --- Asking ---------------------------------------------------------------------------------------------------------


async def ask(
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
        raise FetchError(source.address, _refusal(response.status, value), status=response.status)
    if value is None:
        raise ParseError(source.address, _no_json(response.url.partition("?")[0], response.body))
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


def is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def is_item(value: object) -> bool:
    return isinstance(value, dict) and "id" in value


def _is_refusal(value: object) -> bool:
    return isinstance(value, dict) and isinstance(value.get("code"), str)


def _unknown(taxonomy: str, names: Sequence[str]) -> Notice:
    said = ", ".join(names)
    if taxonomy == "tags":
        return Notice("the site has no tags called {names}", names=said)
    return Notice("the site has no categories called {names}", names=said)


def _refusal(status: int, value: object) -> Notice:
    """With the code and message of a WordPress error, as in "rest_forbidden, Sorry, you are not allowed to do that"."""
    if not isinstance(value, dict):
        return Notice("HTTP {status}", status=status)
    words = f"{value.get('code')}, {plain_text(str(value.get('message', '')))[:200]}"
    return Notice("HTTP {status}: {words}", status=status, words=words)


def _no_json(address: str, body: bytes) -> Notice:
    if not body.strip():
        return Notice("{address} answered nothing, not JSON of WordPress", address=address)
    if b"<html" in body[:5000].lower():
        return Notice("{address} answered a page, not JSON of WordPress", address=address)
    return Notice("{address} answered text, not JSON of WordPress", address=address)


def items_of(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
