"""Posts of other platforms embedded in a post: whose words they are, as far as their markup tells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from briefing.types import Embed

# The class of the element that an embed's script looks for, and the name of its platform.
PLATFORMS: Mapping[str, str] = {
    "twitter-tweet": "X",
    "twitter-video": "X",
    "instagram-media": "Instagram",
    "tiktok-embed": "TikTok",
    "bluesky-embed": "Bluesky",
    "mastodon-embed": "Mastodon",
    "reddit-embed-bq": "Reddit",
    "fb-post": "Facebook",
    "fb-video": "Facebook",
    "text-post-media": "Threads",
    "wp-embedded-content": "WordPress",
}
# Where an embed's own tag holds its permalink, best first.
_PERMALINKS = ("data-instgrm-permalink", "data-text-post-permalink", "data-embed-url", "data-href", "cite")
_ATTRIBUTE = re.compile(r'\s([^\s="]+)="([^"]*)"')
_HREF = re.compile(r'^a (?:[^>]*? )?href="([^"]*)"')
_DASH = r"(?:—|–|--|―)"
_HANDLE = r"\(\s*@?(?P<handle>[\w.-]+(?:@[\w.-]+)?)\s*\)"
_BYLINE = re.compile(rf"{_DASH}\s*(?P<author>[^\n—]{{0,150}}?)\s*{_HANDLE}\s*(?P<published>[^\n]{{0,60}})$")
_SHARED = re.compile(
    r"(?:A (?:post|photo|video|reel) )?shared by "
    rf"(?P<author>[^\n]{{0,150}}?)\s*{_HANDLE}(?: on (?P<published>[^\n]{{0,60}}))?$"
)
_POSTED = re.compile(r"Posted by (?P<author>[^\n]{1,100}?) on (?P<published>[^\n]{1,60})$")
_BYLINE_CHARS = 400  # it ends the embed
_POST_BY = re.compile(r"Post by @(?P<handle>[\w.@-]+)")


@dataclass(frozen=True, slots=True)
class EmbeddedPost:
    """The lines of one embedded post while they are read: its tag, and its links in order."""

    platform: str
    tag: str
    links: tuple[str, ...]


def embedded_post(platform: str, pieces: list[str]) -> EmbeddedPost:
    """The embed whose serialised pieces, cut at each `<`, these are."""
    found = (_HREF.match(piece) for piece in pieces)
    return EmbeddedPost(platform, pieces[0].partition(">")[0], tuple(unescape(link[1]) for link in found if link))


def read_embed(post: EmbeddedPost, lines: list[str]) -> tuple[list[str], Embed]:
    """The blocks of an embedded post, its words and the line that says whose they are, and what that line says."""
    text = "\n".join(lines)
    words, byline = text, None
    for pattern in (_BYLINE, _SHARED, _POSTED, _POST_BY):
        if byline := pattern.search(text, max(0, len(text) - _BYLINE_CHARS)):
            break
    if byline and byline.re in (_BYLINE, _SHARED):
        words = text[: byline.start()].rstrip()
    said = byline.groupdict() if byline else {}
    url = _permalink(post)
    embed = Embed(
        platform=post.platform,
        author=said.get("author") or None,
        handle=said.get("handle") or _handle_in(url),
        published=(said.get("published") or "").strip() or None,
        url=url,
    )
    blocks = [words, text[len(words) :].strip()]
    return [block for block in blocks if block], embed


# An embed of these opens on its platform or nowhere. Mastodon and WordPress live on any host.
_HOSTS = {
    "X": ("x.com", "twitter.com"),
    "Instagram": ("instagram.com",),
    "TikTok": ("tiktok.com",),
    "Bluesky": ("bsky.app",),
    "Reddit": ("reddit.com",),
    "Facebook": ("facebook.com", "fb.com", "fb.watch"),
    "Threads": ("threads.net", "threads.com"),
}


def _permalink(post: EmbeddedPost) -> str | None:
    """The https address of the embedded post itself, without the query by which a platform counts its readers."""
    attributes = dict(_ATTRIBUTE.findall(post.tag))
    named = [unescape(attributes[name]) for name in _PERMALINKS if attributes.get(name)]
    # The last link of a tweet is its date and leads to it; elsewhere the first is the post's own.
    links = reversed(post.links) if post.platform in ("X", "Bluesky", "Instagram", "Facebook") else post.links
    return next(filter(None, (_without_query(link, _HOSTS.get(post.platform)) for link in (*named, *links))), None)


def _without_query(link: str, hosts: tuple[str, ...] | None) -> str | None:
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        return None
    if hosts is None:
        is_ours = parts.scheme == "https"
    else:
        is_known = any(host == known or host.endswith(f".{known}") for known in hosts)
        is_ours = is_known and parts.scheme in ("http", "https")
    if not is_ours or not host or "@" in parts.netloc:
        return None
    keeps_query = parts.path.rstrip("/").endswith((".php", "/watch"))  # where the query names the post
    return parts._replace(scheme="https", query=parts.query if keeps_query else "", fragment="").geturl()


def _handle_in(url: str | None) -> str | None:
    """The handle in an address like tiktok.com/@name/video/1."""
    found = re.search(r"/@([\w.-]+)", url or "")
    return found[1] if found else None
