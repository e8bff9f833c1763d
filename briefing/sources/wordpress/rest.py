"""WordPress's REST shape of a post, and the one place that knows it.

The fields are those of `wp-json/wp/v2/posts` (https://developer.wordpress.org/rest-api/reference/posts/), as real sites
send them: `meta` may be a list, `tags` may be false, `_fields` and exports leave out `id`, `link` and `date_gmt`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Annotated, Any
from urllib.parse import SplitResult, unquote, urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from briefing.clean.cleaner import plain_text
from briefing.exceptions import LoadError, NotAPostError, ParseError
from briefing.language.timestamps import as_written, read_timestamp
from briefing.sources.one_item import one_post
from briefing.sources.states import check_is_post
from briefing.sources.wordpress.other_shapes import in_rest_shape, items_of_response
from briefing.types import Notice, Post

_NO_DATES = ("0000-", "-0001-")
_FURTHEST = timedelta(hours=14)  # of a zone from GMT
_API_PATH = re.compile(r"/(?:index\.php/)?wp-json/.*$")
_CLASS_TERM = re.compile(r"(category|tag)-(.+)")


def _rendered(value: object) -> object:
    """Some exports flatten `{"rendered": …}` to the string itself."""
    return {"rendered": value} if isinstance(value, str) else value


def _mapping(value: object) -> object:
    """PHP encodes an empty associative array as `[]`, and plugins send false or null for nothing."""
    return value if isinstance(value, dict) else {}


def _date_said(value: object) -> object:
    """A date as it is written; none where a draft was never dated, which WordPress says with zeros."""
    return value if isinstance(value, str) and value and not value.startswith(_NO_DATES) else None


def _moment(value: object, zone: tzinfo = UTC) -> datetime | None:
    said = _date_said(value)
    return read_timestamp(said, zone=zone) if isinstance(said, str) else None


def with_gmt(item: dict[str, Any], zone: tzinfo) -> dict[str, Any]:
    """The item with its dates in GMT, where it has them in the site's own zone only."""
    lacking = {}
    for name in ("date", "modified"):
        if _moment(item.get(f"{name}_gmt")) is None and (moment := _moment(item.get(name), zone)):
            lacking[f"{name}_gmt"] = moment.isoformat()
    return {**item, **lacking}


def zone_of(items: Iterable[object]) -> tzinfo:
    """The zone of the site that the items are of, as those tell that are dated in both; UTC where none is.

    Where they differ, as they do in summer and winter, that of the last one.
    """
    zone: tzinfo = UTC
    for item in items:
        if not isinstance(item, dict):
            continue
        local, gmt = _moment(item.get("date")), _moment(item.get("date_gmt"))
        if local and gmt and abs(local - gmt) <= _FURTHEST:
            zone = timezone(local - gmt)
    return zone


def _class_list(value: object) -> object:
    """A list in most versions, an object with numbered keys where PHP filtered it."""
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [item for item in items if isinstance(item, str)]


class _HtmlField(BaseModel):
    model_config = ConfigDict(extra="ignore")
    rendered: str
    protected: bool = False


_Mapping = Annotated[dict[str, Any], BeforeValidator(_mapping)]
_DateText = Annotated[str | None, BeforeValidator(_date_said)]


class _WordPressPost(BaseModel):
    model_config = ConfigDict(extra="ignore")

    title: Annotated[_HtmlField, BeforeValidator(_rendered)]
    content: Annotated[_HtmlField | None, BeforeValidator(_rendered)] = None
    excerpt: Annotated[_HtmlField | None, BeforeValidator(_rendered)] = None
    id: int | str | None = None
    link: str | None = None
    date: _DateText = None
    date_gmt: _DateText = None
    modified: _DateText = None
    modified_gmt: _DateText = None
    lang: Any = None
    class_list: Annotated[list[str], BeforeValidator(_class_list)] = []
    embedded: _Mapping = Field(default={}, alias="_embedded")
    links: _Mapping = Field(default={}, alias="_links")
    yoast: _Mapping = Field(default={}, alias="yoast_head_json")


def _site(raw: _WordPressPost) -> str:
    """Host and path of the site, as in "example.org/en", from the API's own link to itself, else the post's host."""
    for name in ("collection", "self"):
        for link in _objects(raw.links.get(name)):
            parts = _split(link.get("href"))
            if parts and parts.hostname:
                path = _API_PATH.sub("", parts.path) if "/wp-json/" in parts.path else ""
                return parts.hostname.removeprefix("www.") + path.rstrip("/")
    parts = _split(raw.link)
    return ((parts and parts.hostname) or "").removeprefix("www.")


def _objects(value: object) -> list[dict[str, Any]]:
    """The objects of what should be a list of them; plugins put anything in its place."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _split(address: object) -> SplitResult | None:
    """The parts of an address, or None where it is none ("http://[")."""
    try:
        return urlsplit(address) if isinstance(address, str) else None
    except ValueError:
        return None


def _author(raw: _WordPressPost) -> str | None:
    for author in _objects(raw.embedded.get("author")):
        if isinstance(author.get("name"), str):
            return plain_text(author["name"]) or None
    named = raw.yoast.get("author")
    return (plain_text(named) or None) if isinstance(named, str) else None


def _terms(raw: _WordPressPost, taxonomy: str) -> tuple[str, ...]:
    """Names of the post's terms where they were embedded, else the slugs its CSS classes give away."""
    names = [
        plain_text(str(term.get("name", "")))
        for group in _groups(raw.embedded.get("wp:term"))
        for term in _objects(group)
        if term.get("taxonomy") == taxonomy
    ]
    short = "category" if taxonomy == "category" else "tag"
    matches = (_CLASS_TERM.fullmatch(name) for name in raw.class_list)
    slugs = [unquote(m[2]).replace("-", " ") for m in matches if m and m[1] == short and not m[2].isdigit()]
    return tuple(dict.fromkeys(name for name in names or slugs if name))


def _groups(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _image(raw: _WordPressPost) -> str | None:
    """The featured image, as embedded; a private one is embedded as an error without an address."""
    for media in _objects(raw.embedded.get("wp:featuredmedia")):
        if address := _web_address(media.get("source_url")):
            return address
    return None


def _language(raw: _WordPressPost) -> str | None:
    """What Polylang or WPML (`lang`) or Yoast (`og_locale`) say of the post; WordPress itself says nothing."""
    said = raw.lang if isinstance(raw.lang, str) else raw.yoast.get("og_locale")
    return said.replace("_", "-") if isinstance(said, str) and said else None


def _web_address(value: object) -> str | None:
    """An http or https address, or None: no other scheme ever becomes a link."""
    parts = _split(value)
    return str(value) if parts and parts.scheme in ("http", "https") and parts.hostname else None


def _is_rendered(item: dict[str, Any]) -> bool:
    """Whether a field of it is as WordPress renders one: other JSON has types and states of its own."""
    fields = (item.get(name) for name in ("title", "content", "description", "caption", "guid"))
    return any(isinstance(field, dict) and "rendered" in field for field in fields)


def _key(raw: _WordPressPost, site: str, words: str) -> str:
    if _web_address(raw.link):
        return str(raw.link)
    if raw.id is not None and site:
        return f"{site}#{raw.id}"
    return "sha256:" + hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def post_from(item: object, *, source: str) -> Post:
    """The post that one item of a wp-json response holds. `source` names it in errors, as in "posts.json, item 3".

    A `date` without `date_gmt` is read as GMT: see `with_gmt` where the site's zone is known. ParseError names the
    field that is missing or wrong, or repeats the error that the site answered instead of posts. NotAPostError where it
    is of another type, or not published. Without its text (`_fields`) it is its excerpt.
    """
    if isinstance(item, dict) and "code" in item and "message" in item and "content" not in item:
        raise ParseError(
            source, Notice("the site answered an error, not a post: {message}", message=str(item["message"]))
        )
    shaped = in_rest_shape(item, source)
    is_of_another_shape, item = shaped is not item, shaped
    if isinstance(item, dict) and (is_of_another_shape or _is_rendered(item)):
        check_is_post(source, kind=item.get("type"), status=item.get("status"))
    try:
        raw = _WordPressPost.model_validate(item)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "the item"
        why = Notice("field required") if first["type"] == "missing" else Notice("not what WordPress sends there")
        raise ParseError(source, Notice("not a WordPress post: {field}: {why}", field=field, why=why)) from error
    content = raw.content or raw.excerpt
    if content is None:
        raise ParseError(
            source, Notice("not a WordPress post: {field}: {why}", field="content", why=Notice("field required"))
        )
    return one_post(lambda: _post(raw, content), source)


def _post(raw: _WordPressPost, content: _HtmlField) -> Post:
    title = plain_text(raw.title.rendered)
    site = _site(raw)
    said = raw.date_gmt or raw.date or ""
    published = read_timestamp(said)
    return Post(
        key=_key(raw, site, f"{title}\n{content.rendered}"),
        title=title,
        html=content.rendered,
        source=site,
        url=_web_address(raw.link),
        id=None if raw.id is None else str(raw.id),
        author=_author(raw),
        published=published,
        modified=read_timestamp(raw.modified_gmt or raw.modified or ""),
        categories=_terms(raw, "category"),
        tags=_terms(raw, "post_tag"),
        language=_language(raw),
        excerpt_html=raw.excerpt.rendered if raw.excerpt and raw.content else "",
        is_protected=content.protected,
        is_excerpt=raw.content is None,
        image_url=_image(raw),
        date_text="" if published else as_written(said),
    )


# --- Saved responses --------------------------------------------------------------------------------------------------


def _text(data: bytes, source: str) -> str:
    """RFC 8259 asks for UTF-8; exports made on Windows come in UTF-16 and with a byte order mark."""
    try:
        return data.decode(json.detect_encoding(data))
    except UnicodeDecodeError as error:
        why = Notice("not text in UTF-8 ({reason} at byte {place})", reason=error.reason, place=error.start)
        raise ParseError(source, why) from error


def _lines(text: str, source: str) -> Iterator[object]:
    """JSON lines; a line that is not JSON is yielded as the error that names it."""
    # Not splitlines: a JSON string may hold U+2028, which is no line end there.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError as error:
                yield ParseError(f"{source}, line {number}", Notice("not JSON: {error}", error=str(error)))
            except RecursionError:
                yield ParseError(f"{source}, line {number}", Notice("not posts: JSON nested too deeply"))


def _items(text: str, source: str) -> list[object]:
    """The items of one object, an array or JSON lines. ParseError where the text is none of them."""
    try:
        whole = json.loads(text)
    except ValueError as error:
        lines = list(_lines(text, source))
        if not any(isinstance(line, dict) for line in lines):
            if text.lstrip()[:1] == "<":
                raise ParseError(source, Notice("not JSON but a piece of HTML, no whole page")) from error
            raise ParseError(source, Notice("not JSON: {error}", error=str(error))) from error
        return lines
    except RecursionError as error:
        raise ParseError(source, Notice("not posts: JSON nested too deeply")) from error
    return items_of_response(whole)


def posts_from_responses(data: bytes, *, source: str) -> list[Post | LoadError]:
    """The posts of a saved `wp-json/wp/v2/posts` response: one object, an array or JSON lines.

    An item of the wrong shape, named by its index (from 0), becomes a ParseError in its place, one that is no published
    post a NotAPostError. wp-cli's and WordPress.com's shapes are read too. ParseError is raised
    where it is none of these, LoadError where it holds no item.
    """
    text = _text(data, source)
    if not text.strip():
        raise LoadError(source, Notice("the file is empty"))
    items = _items(text, source)
    if not items:
        raise LoadError(source, Notice("an empty array: there is no post in it"))
    outcome: list[Post | LoadError] = []
    zone = zone_of(items)
    for index, item in enumerate(items):
        try:
            whole = with_gmt(item, zone) if isinstance(item, dict) else item
            outcome.append(
                item if isinstance(item, LoadError) else post_from(whole, source=_item_name(source, index, len(items)))
            )
        except (ParseError, NotAPostError) as error:
            outcome.append(error)
    return outcome


def _item_name(source: str, index: int, count: int) -> str:
    return source if count == 1 else f"{source}, item {index}"
