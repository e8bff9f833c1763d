"""The other shapes in which WordPress gives its posts as JSON, put into that of the REST API.

wp-cli's `wp post list --format=json` names the columns of the database, with texts as they are stored
(https://developer.wordpress.org/cli/commands/post/list/). WordPress.com's API v1.1 names its own, an object around a
list (https://developer.wordpress.com/docs/api/1.1/get/sites/%24site/posts/).
"""

from __future__ import annotations

from typing import Any

from briefing.exceptions import ParseError
from briefing.sources.wordpress.stored_text import shown
from briefing.types import Notice

# wp-cli's name of each field of ours.
_COLUMNS = {
    "id": "ID",
    "date": "post_date",
    "date_gmt": "post_date_gmt",
    "modified": "post_modified",
    "modified_gmt": "post_modified_gmt",
    "status": "post_status",
    "type": "post_type",
}


def in_rest_shape(item: object, source: str) -> object:
    """The item as the REST API has it; what is of neither other shape stays. ParseError: wp-cli gave no texts."""
    if not isinstance(item, dict):
        return item
    if "post_title" in item and "ID" in item:
        return _of_wp_cli(item, source)
    if "ID" in item and "URL" in item and "content" in item:
        return _of_wordpress_com(item)
    return item


def items_of_response(whole: object) -> list[object]:
    """The items of what a response holds: a list, an object, or the list in WordPress.com's object."""
    if isinstance(whole, dict) and isinstance(whole.get("posts"), list) and "found" in whole:
        return list(whole["posts"])
    return whole if isinstance(whole, list) else [whole]


def _of_wp_cli(item: dict[str, Any], source: str) -> dict[str, Any]:
    given = {ours: item[theirs] for ours, theirs in _COLUMNS.items() if theirs in item}
    if "post_content" not in item and item.get("post_status") in (None, "publish"):
        fields = "ID,post_title,post_content,post_date_gmt,post_status,post_type,url"
        raise ParseError(
            source, Notice("a list of wp-cli without the texts; write it with --fields={fields}", fields=fields)
        )
    is_protected = bool(item.get("post_password"))
    text = "" if is_protected else shown(str(item.get("post_content") or ""))
    excerpt = "" if is_protected else shown(str(item.get("post_excerpt") or ""))
    return given | {
        "link": item.get("url") or item.get("guid"),
        "title": {"rendered": str(item["post_title"])},
        "content": {"rendered": text, "protected": is_protected},
        "excerpt": {"rendered": excerpt},
    }


def _of_wordpress_com(item: dict[str, Any]) -> dict[str, Any]:
    author = item.get("author")
    terms = [
        {"name": name, "taxonomy": taxonomy}
        for field, taxonomy in (("categories", "category"), ("tags", "post_tag"))
        for name in (item.get(field) or ())
    ]
    media = [{"source_url": item["featured_image"]}] if item.get("featured_image") else []
    embedded = {
        "author": [author] if isinstance(author, dict) else [],
        "wp:term": [terms],
        "wp:featuredmedia": media,
    }
    kept = {name: item.get(name) for name in ("date", "modified", "title", "content", "excerpt", "status", "type")}
    return kept | {"id": item["ID"], "link": item["URL"], "_embedded": embedded}
