"""WordPress exports (WXR 1.0 to 1.2): RSS with WordPress's own elements, as Tools → Export writes it.

Texts stand there as they are stored; `stored_text` does what WordPress does when it shows one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from briefing.exceptions import LoadError, NotAPostError, ParseError
from briefing.fetch.charset import decoded
from briefing.language.timestamps import read_timestamp
from briefing.sources.states import check_is_post
from briefing.sources.wordpress.rest import post_from, with_gmt, zone_of
from briefing.sources.wordpress.stored_text import shown
from briefing.sources.xml_characters import without_unfit, without_unfit_references
from briefing.types import Notice, Post

_DECLARED = re.compile(r"<!(?:ENTITY|ELEMENT|ATTLIST|NOTATION)\b", re.IGNORECASE)
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_XML_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>")
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)(\w{1,32};)?")
_NAMESPACES = (
    ("/excerpt/", "excerpt:"),
    ("wordpress.org/export/", "wp:"),
    ("purl.org/rss/1.0/modules/content", "content:"),
    ("purl.org/dc/elements", "dc:"),
)
_TAXONOMIES = {"category": "category", "post_tag": "post_tag", "tag": "post_tag"}


def is_wxr(data: bytes) -> bool:
    """Whether the bytes begin like a WordPress export; a site's feed names none of its namespaces."""
    return b"wordpress.org/export/" in data[:16384].replace(b"\x00", b"")


def posts_from_wxr(data: bytes, *, source: str) -> list[Post | LoadError]:
    """The published posts of an export, in its order; one that cannot be read is a ParseError in its place.

    Drafts, private posts, pages, attachments and other types are NotAPostErrors in theirs. LoadError where it holds
    nothing. A post behind a password comes without its text. Of an export that was cut short the posts that are whole
    are read, and a ParseError stands for the rest. ParseError where it is no export, or declares entities.
    """
    text = without_unfit(decoded(data)).lstrip("\ufeff \t\r\n")
    if _DECLARED.search(_CDATA.sub("", text)):
        raise ParseError(source, Notice("it declares entities of its own, which no export of WordPress does"))
    channel = _channel(text, source)
    items = channel.findall("item")
    is_cut = "</channel>" not in text[-4096:]
    whole = items[:-1] if is_cut and items and text.rfind("</item>") < text.rfind("<item") else items
    site = _Site(channel)
    outcome = list(_posts(whole, site, source))
    if is_cut:
        outcome.append(ParseError(source, Notice("cut short after {n} items", n=len(whole))))
    if not outcome:
        raise LoadError(source, Notice("no published post in it"))
    return outcome


def _channel(text: str, source: str) -> Any:
    """The channel, read as far as it can be: lxml mends what is not well-formed, and stops at 256 levels."""
    from lxml import etree  # takes a while to load

    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    mended = "".join(part if part.startswith("<![CDATA[") else _mended(part) for part in _CDATA.split(text))
    try:
        root = etree.fromstring(_XML_DECLARATION.sub("", mended, count=1).encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ParseError(source, Notice("not XML: {error}", error=error.msg)) from error
    channel = None if root is None else root.find("channel")
    if channel is None or not is_wxr(text[:16384].encode("utf-8", "replace")):
        raise ParseError(source, Notice("not an export of WordPress"))
    return channel


def _mended(markup: str) -> str:
    """XML knows five names of characters; exports that were edited by hand use HTML's, or a bare "&"."""
    markup = without_unfit_references(markup)
    return _BARE_AMPERSAND.sub(lambda match: html.escape(html.unescape(match[0]), quote=False), markup)


def _name(element: Any) -> str:
    """The name with the prefix that exports use, whatever the version of the namespace; undeclared prefixes stay."""
    if not isinstance(element.tag, str):
        return ""
    namespace, _, name = element.tag.rpartition("}")
    return next((prefix for part, prefix in _NAMESPACES if part in namespace), "") + name


def _fields(element: Any) -> dict[str, str]:
    """The texts of its children by name, the first of each."""
    fields: dict[str, str] = {}
    for child in element:
        fields.setdefault(_name(child), (child.text or "").strip())
    return fields


class _Site:
    """What the head of an export says of the site: its address, its language, and who its authors are."""

    def __init__(self, channel: Any) -> None:
        said = _fields(channel)
        self.address = (said.get("wp:base_blog_url") or said.get("link") or "").rstrip("/")
        self.language = said.get("language") or None
        authors = [_fields(child) for child in channel if _name(child) == "wp:author"]
        self.names = {a.get("wp:author_login", ""): a.get("wp:author_display_name", "") for a in authors}


def _posts(items: list[Any], site: _Site, source: str) -> Iterator[Post | LoadError]:
    zone = zone_of({"date": fields.get("wp:post_date"), "date_gmt": _gmt(fields)} for fields in map(_fields, items))
    for index, item in enumerate(items):
        fields, name = _fields(item), f"{source}, item {index}"
        try:
            check_is_post(name, kind=fields.get("wp:post_type"), status=fields.get("wp:status"))
            yield post_from(with_gmt(_rest_item(item, fields, site), zone), source=name)
        except (ParseError, NotAPostError) as error:
            yield error


def _rest_item(item: Any, fields: dict[str, str], site: _Site) -> dict[str, Any]:
    """The post in the shape of the REST API, which one module knows."""
    creator, number = fields.get("dc:creator", ""), fields.get("wp:post_id")
    author = site.names.get(creator) or creator
    is_protected = bool(fields.get("wp:post_password"))
    text = "" if is_protected else shown(fields.get("content:encoded", ""))
    return {
        "id": number or None,
        "link": fields.get("link"),
        "title": {"rendered": fields.get("title", "")},
        "content": {"rendered": text, "protected": is_protected},
        "excerpt": {"rendered": "" if is_protected else shown(fields.get("excerpt:encoded", ""))},
        "date_gmt": _gmt(fields),
        "date": fields.get("wp:post_date"),
        "modified_gmt": fields.get("wp:post_modified_gmt"),
        "modified": fields.get("wp:post_modified"),
        "lang": site.language,
        "_links": {"self": [{"href": f"{site.address}/wp-json/wp/v2/posts/{number}"}]},
        "_embedded": {"author": [{"name": author}], "wp:term": [_terms(item)]},
    }


def _terms(item: Any) -> list[dict[str, str]]:
    """WXR 1.0 names each term twice, once without saying whether it is a category or a tag."""
    found = [element for element in item if _name(element) == "category" and (element.text or "").strip()]
    said = [element for element in found if element.get("domain")]
    return [
        {"name": element.text.strip(), "taxonomy": _TAXONOMIES.get(element.get("domain", "category"), "")}
        for element in said or found
    ]


def _gmt(fields: dict[str, str]) -> str | None:
    """When it was published, in GMT, if that is said: what was never published has zeros, and a date in the feed."""
    stored = fields.get("wp:post_date_gmt")
    return stored if stored and read_timestamp(stored) else fields.get("pubDate")
