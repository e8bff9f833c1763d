"""Which items of a source are published posts, by the state and type that they bear, and how the others are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from briefing.exceptions import NotAPostError

_PUBLISHED = frozenset({"", "publish", "published", "public", "live", "sent"})
_POSTS = frozenset({"", "post", "posts"})


def check_is_post(source: str, *, kind: object = None, status: object = None) -> None:
    """NotAPostError where an item's own word is that it is of another type than a post, or is not published.

    Both are what the source writes there ("attachment", "draft"); what is no text, or not there, says nothing.
    """
    of_kind, of_status = (value.strip() if isinstance(value, str) else "" for value in (kind, status))
    if of_kind.lower() not in _POSTS:
        raise NotAPostError(source, f"type {of_kind}")
    if of_status.lower() not in _PUBLISHED:
        raise NotAPostError(source, f"status {of_status}")


def counted(causes: Iterable[str]) -> str:
    """Those left out by state and type, in English, as in "5 not published, 1 page, 2 of other types (news)"."""
    found = Counter(causes)
    unpublished = sum(n for cause, n in found.items() if cause.startswith("status "))
    types = Counter({cause.removeprefix("type "): n for cause, n in found.items() if cause.startswith("type ")})
    pages = types.pop("page", 0)
    parts = [f"{unpublished} not published"] if unpublished else []
    parts += [f"{pages} page{'' if pages == 1 else 's'}"] if pages else []
    if others := types.total():
        parts.append(f"{others} of {'another type' if others == 1 else 'other types'} ({', '.join(types)})")
    return ", ".join(parts)
