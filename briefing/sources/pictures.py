"""Featured images of posts, small enough to stand in a page."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Sequence
from dataclasses import replace

from briefing.exceptions import FetchError
from briefing.fetch.fetcher import Fetcher, Rules
from briefing.types import Post

# Magic numbers of the kinds of picture that every browser and mail program shows.
_PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"GIF8": "image/gif"}
_PICTURE_BYTES, _ALL_PICTURES_BYTES = 60_000, 120_000


async def pictures(posts: Sequence[Post], rules: Rules) -> dict[str, str]:
    """The posts' featured images as `data:` addresses, by post key; what is too large or no picture is left out.

    A page stays small: at most 60 kB each and 120 kB together.
    """
    async with Fetcher(replace(rules, most_bytes=_PICTURE_BYTES)) as fetch:

        async def one(post: Post) -> bytes:
            try:
                return (await fetch.get(post.image_url, source=post.source)).body if post.image_url else b""
            except FetchError:
                return b""

        bodies = await asyncio.gather(*map(one, posts))
    found: dict[str, str] = {}
    room = _ALL_PICTURES_BYTES
    for post, body in zip(posts, bodies, strict=True):
        kind = next((kind for magic, kind in _PICTURES.items() if body.startswith(magic)), None)
        if kind and len(body) <= room:
            room -= len(body)
            found[post.key] = f"data:{kind};base64,{base64.b64encode(body).decode()}"
    return found
