"""The posts of WordPress sites, read through their REST API (`discovery`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from briefing.exceptions import FetchError, LoadError, NotAPostError, ParseError
from briefing.fetch.fetcher import Fetcher, Response
from briefing.language.timestamps import read_timestamp
from briefing.sources.discovery import (
    POSTS,
    ApiAddress,
    Discovery,
    ask,
    filters_of,
    find_api,
    is_item,
    is_list,
    items_of,
    recalled,
)
from briefing.sources.feeds import is_feed
from briefing.sources.source_kind import CLOSED, Visit
from briefing.sources.source_state import KnownSource, ReadResult
from briefing.sources.wordpress.rest import post_from, with_gmt
from briefing.types import Notice, Post, Source

_FIELDS = (
    "id,date,date_gmt,modified,modified_gmt,link,title,content,excerpt,lang,class_list,"
    "yoast_head_json.author,yoast_head_json.og_locale,_links,_embedded"
)
_EMBEDDED = "author,wp:term,wp:featuredmedia"
_LIGHT_FIELDS = "id,date,date_gmt,modified,modified_gmt"
# Each divides the one before, so that a page of the smaller size begins where the larger one did.
_PAGE_SIZES = (100, 50, 25, 5, 1)
_WINDOW = 100
_API = re.compile(r"wp-json|(?:index\.php)?\?rest_route=")
# A post that is deleted, in the bin, private or a draft again.
_NOT_SHOWN = frozenset({401, 404, 410})
_HOURS = re.compile(r"[+-]?\d{1,2}(?:\.\d+)?")
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_CONFIRMED = 10


@dataclass(slots=True)
class _Visit:
    """A visit under way: what it asks, and what has been noticed on the way."""

    source: Source
    fetch: Fetcher
    endpoint: ApiAddress
    most: int
    size: int = _PAGE_SIZES[0]
    total: int = 0
    site_clock: datetime | None = None
    failed: list[LoadError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    async def ask(self, url: str, *, is_wanted: Callable[[object], bool] = is_list) -> object:
        value, headers = await ask(self.fetch, self.source, url, is_wanted=is_wanted)
        self.total = _number(headers.get("x-wp-total")) or 0
        self.site_clock = self.site_clock or _http_date(headers.get("date"))
        return value

    async def listed(self, parameters: Mapping[str, str]) -> list[dict[str, Any]]:
        """The items of one request, of whole posts unless `_fields` are given."""
        whole = {"_fields": _FIELDS, "_embed": _EMBEDDED}
        asked = {**dict(self.endpoint.narrowed), **({} if "_fields" in parameters else whole), **parameters}
        return [with_gmt(item, self.zone) for item in items_of(await self.ask(self.endpoint.url(POSTS, asked)))]

    @property
    def zone(self) -> tzinfo:
        """The site's own zone; UTC where its index does not tell."""
        return _zone(self.endpoint.zone)

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
                    self.failed.append(
                        LoadError(
                            self.source.address, Notice("post {n} of the list: {why}", n=start + 1, why=error.cause)
                        )
                    )
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


@cache
def _zone(name: str) -> tzinfo:
    """A zone by its name, "Europe/Paris", or by its hours from GMT, "5.5"."""
    try:
        return timezone(timedelta(hours=float(name))) if _HOURS.fullmatch(name) else ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _gmt(moment: datetime) -> str:
    """With its zone: without one, WordPress reads it in the site's own."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(item: Mapping[str, Any], name: str) -> datetime | None:
    """A date of an item ("date", "modified") in UTC; None where it is missing or none."""
    text = item.get(f"{name}_gmt") or item.get(name)
    return read_timestamp(text) if isinstance(text, str) else None


def _is_since(item: Mapping[str, Any], moment: datetime) -> bool:
    """Whether it was published or changed at `moment` or later; one without dates may have been."""
    dates = [date for date in (_moment(item, "date"), _moment(item, "modified")) if date]
    return not dates or max(dates) >= moment


async def visit_site(visit: Visit) -> ReadResult | None:
    """What the API of a site gives; None where there is none, or where it is closed.

    LoadError where the source is said to be WordPress, and is not.
    """
    source = visit.source
    if endpoint := remembered_endpoint(source, visit.known):
        taken = await _open_posts(visit, endpoint, visit.known)
        visit.stays = None if taken else visit.known
    else:
        found = await find_api(source, visit.fetch, visit.page)
        visit.page, visit.refusal = found.page, found.why if found.is_closed else ""
        if source.kind is None and found.page and is_feed(found.page) and not _is_of_all(found.page, found.endpoint):
            return None
        taken = await _first_posts(visit, found)
        if taken is None and source.kind == "wordpress" and not visit.refusal:
            raise LoadError(source.address, found.why)
    if visit.refusal:
        visit.notes.append(Notice("the REST API is closed ({why})", why=visit.refusal))
        visit.page = visit.page or await _home(visit)
    return taken


async def _open_posts(visit: Visit, endpoint: ApiAddress, known: KnownSource) -> ReadResult | None:
    """The posts of an endpoint; None where it is there for nobody, and not only out of order: the feed may well be."""
    try:
        return await read_posts(visit.source, visit.fetch, endpoint, known, since=visit.since, most=visit.most)
    except (FetchError, ParseError) as error:
        if isinstance(error, FetchError) and error.status not in CLOSED:
            raise
        visit.refusal = error.cause
        return None


async def _first_posts(visit: Visit, found: Discovery) -> ReadResult | None:
    taken = await _open_posts(visit, found.endpoint, KnownSource()) if found.endpoint else None
    moved = (f"moved permanently to {found.page.moved_to}",) if found.page and found.page.moved_to else ()
    return taken and replace(taken, notes=moved + found.notes + taken.notes, name=found.name)


def _is_of_all(feed: Response, endpoint: ApiAddress | None) -> bool:
    """Whether a feed is the one of all posts of the site, and so no more than its API gives."""
    if endpoint is None:
        return False
    home = urlsplit(_API.split(endpoint.root)[0]).path.strip("/")
    here = urlsplit(feed.url)
    rest = here.path.strip("/").removeprefix(home).strip("/")
    return rest in ("feed", "feed/rss2", "feed/atom", "feed/rdf") or (not rest and here.query.startswith("feed="))


async def _home(visit: Visit) -> Response:
    """The page of a site whose API was given as the address: its home."""
    address = visit.source.address
    return await visit.fetch.get(
        _API.split(address)[0], source=address, accept="text/html,*/*;q=0.8", expect_status=CLOSED
    )


def remembered_endpoint(source: Source, known: KnownSource) -> ApiAddress | None:
    """The endpoint that was found before, unless the source's filters have changed since."""
    endpoint = recalled(known.endpoint) if known.kind == "wordpress" and known.endpoint else None
    return endpoint if endpoint and endpoint.filters == filters_of(source) else None


async def read_posts(
    source: Source, fetch: Fetcher, endpoint: ApiAddress, known: KnownSource, *, since: datetime | None, most: int
) -> ReadResult:
    """The posts of a WordPress site: those new or changed since the last visit, which `known` remembers.

    On a first visit those published or changed since `since`, or the newest; at most `most` in any case. A visit that
    finds nothing new makes two requests. FetchError (with status) or ParseError where the API is closed or broken.
    """
    size = min((size for size in _PAGE_SIZES if size >= most), default=_PAGE_SIZES[0])
    visit = _Visit(source, fetch, endpoint, most, size)
    if endpoint.is_single:
        return await _read_one(visit, known)
    if since is None and known.changed_after is None:
        return await _read_newest(visit)
    return await _read_since(visit, known, since)


async def _read_one(visit: _Visit, known: KnownSource) -> ReadResult:
    number = visit.endpoint.route.rpartition("/")[2]
    url = visit.endpoint.url(visit.endpoint.route, {"_fields": _FIELDS, "_embed": _EMBEDDED})
    try:
        item = await visit.ask(url, is_wanted=is_item)
    except FetchError as error:
        if error.status in _NOT_SHOWN and number in known.ids:
            return _taken(visit, [], replace(known, ids=frozenset()), gone=frozenset({number}), is_first=False)
        raise
    items = [with_gmt(item, visit.zone) for item in items_of([item])]
    fresh = [item for item in items if number not in known.ids or _newest([item]) != known.changed_after]
    now_known = _known(visit, items, _newest(items), frozenset({number}))
    return _taken(visit, fresh, now_known, is_first=known.changed_after is None)


async def _read_newest(visit: _Visit) -> ReadResult:
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


async def _read_since(visit: _Visit, known: KnownSource, since: datetime | None) -> ReadResult:
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


def _start(endpoint: ApiAddress, known: KnownSource, since: datetime | None) -> tuple[datetime, KnownSource]:
    """From when on to ask, and what need not be read again; nothing, where it is from before all that was read."""
    if known.changed_after is None:
        return since or _BEGINNING, KnownSource()
    if since and endpoint.read_from and since < endpoint.read_from:
        return since, KnownSource()
    return known.changed_after, known


def _is_seen(item: Mapping[str, Any], endpoint: ApiAddress, start: datetime) -> bool:
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
        shown = _ids(items_of(await visit.ask(visit.endpoint.url(POSTS, parameters))))
    except LoadError:
        return frozenset(), frozenset()
    if not shown <= unlisted:
        return frozenset(), frozenset()  # it does not heed `include`, and so says nothing
    doubtful = [number for number in some if number not in shown]
    gone = [number for number in doubtful[:_MOST_CONFIRMED] if await _is_gone(visit, number)]
    return frozenset(gone), frozenset(doubtful[_MOST_CONFIRMED:])


async def _is_gone(visit: _Visit, number: str) -> bool:
    try:
        await visit.ask(visit.endpoint.url(f"{POSTS}/{number}", {"_fields": "id"}), is_wanted=is_item)
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


def _known(visit: _Visit, items: Sequence[dict[str, Any]], after: datetime | None, ids: frozenset[str]) -> KnownSource:
    latest = _ids([item for item in items if after and _newest([item]) == after])
    visit.endpoint = replace(visit.endpoint, latest=latest)
    return KnownSource(kind="wordpress", changed_after=after, ids=ids)


def _taken(
    visit: _Visit,
    items: Sequence[dict[str, Any]],
    known: KnownSource,
    *,
    gone: frozenset[str] = frozenset(),
    is_first: bool,
) -> ReadResult:
    found = [post for post in (_post(visit, item) for item in items) if post]
    if is_first and visit.failed and not found:
        raise visit.failed[0]  # a site whose posts cannot be read at all, as where a plugin takes their content away
    if is_first and not any(_is_below(post, visit.endpoint.below) for post in found):
        visit.endpoint = replace(visit.endpoint, below="")
    posts = [post for post in found if _is_asked_for(post, visit.endpoint)]
    return ReadResult(
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
    except (ParseError, NotAPostError) as error:
        visit.failed.append(error)
        return None
    return post if post.language else replace(post, language=visit.endpoint.language)


def _is_asked_for(post: Post, endpoint: ApiAddress) -> bool:
    """Whether it is of the language asked for: sites without the plugin's paid part give all, whatever `lang` says."""
    if not _is_below(post, endpoint.below):
        return False
    asked = dict(endpoint.narrowed).get("lang", "")
    return not asked or not post.language or post.language.lower().partition("-")[0] == asked.partition("-")[0]


def _is_below(post: Post, path: str) -> bool:
    return not path or not post.url or urlsplit(post.url).path.startswith(path)
