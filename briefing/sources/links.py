"""Addresses in what others publish: which are links, and what makes two of them the same."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit


def web_address(value: object, *, base: str = "") -> str | None:
    """An http or https address, made whole by `base`, or None: no other scheme ever becomes a link."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        address = urljoin(base, value.strip())
        parts = urlsplit(address)
        return address if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:  # "http://["
        return None


def site_of(address: str) -> str:
    """The host, as in "example.org"."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def is_front_page(address: str) -> bool:
    """Whether it is a site's own address, which every item may carry."""
    parts = urlsplit(address)
    return parts.path in ("", "/") and not parts.query and not parts.fragment


def canonical(address: str | None) -> str:
    """The link without what only tells where it was clicked ("utm_source"); "" for None."""
    parts = urlsplit(address or "")
    if "utm_" in parts.query:
        kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not pair[0].startswith("utm_")]
        parts = parts._replace(query=urlencode(kept))
    return parts.geturl()


_BODY = re.compile(rb"<body\b[^<>]*>", re.IGNORECASE)
_MOST_HEAD_BYTES = 64 * 1024


def head_of(page: bytes) -> str:
    """What stands before a page's body, with the body's own tag; what is in the body may nest without end."""
    body = _BODY.search(page)
    return page[: body.end() if body else _MOST_HEAD_BYTES].decode("utf-8", "replace")
