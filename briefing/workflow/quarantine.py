"""Posts at which something breaks that nobody foresaw: left out, named, and kept as a file that breaks it again.

With the last net of the command line the only place that catches what is no error of ours.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import traceback
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from briefing.exceptions import BriefingError, PostError
from briefing.types import Failure, Notice, Post

_MOST_TOGETHER = 4  # posts that break something only side by side, as two authors of one name may
_MOST_LEFT_OUT = 20  # at so many, it is not the posts
_MOST_SAID = 160


@dataclass(frozen=True, slots=True)
class BrokenPost:
    """A post that is left out, why, and the posts that it takes besides to break it again."""

    post: Post
    why: Notice
    beside: tuple[Post, ...] = ()

    @property
    def failure(self) -> Failure:
        """As the coverage names it."""
        return Failure(self.post.title or self.post.key, self.why)

    def save(self, folder: Path) -> Path:
        """Keep what breaks it in a file that `briefing digest` reads, for nobody else to read; its path."""
        data = json.dumps([_item(post) for post in (*self.beside, self.post)], ensure_ascii=False, indent=1).encode()
        path = folder / f"{hashlib.sha256(data).hexdigest()[:16]}.json"
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
            with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
                file.write(data)
        return path


def _item(post: Post) -> dict[str, Any]:
    """The post as WordPress would answer it."""
    terms = [
        [{"taxonomy": kind, "name": html.escape(name)} for name in names]
        for kind, names in (("category", post.categories), ("post_tag", post.tags))
    ]
    return {
        "id": post.id,
        "link": post.url,
        "date_gmt": post.published.isoformat() if post.published else None,
        "modified_gmt": post.modified.isoformat() if post.modified else None,
        "title": {"rendered": html.escape(post.title)},
        "content": {"rendered": post.html, "protected": post.is_protected},
        "excerpt": {"rendered": post.excerpt_html},
        "_embedded": {"author": [{"name": post.author}] if post.author else [], "wp:term": terms},
    }


def mistake_notice(error: Exception) -> Notice:
    """What happened, and where, as far as an exception tells."""
    said = " ".join(str(error).split())[:_MOST_SAID]
    where = traceback.extract_tb(error.__traceback__)[-1:]
    at = "".join(f", {Path(frame.filename).name}:{frame.lineno}" for frame in where)
    return Notice(
        "a mistake in briefing itself ({error})", error=f"{type(error).__name__}{f': {said}' if said else ''}{at}"
    )


class BrokenPostError(PostError):
    """Something broke at this post that nobody foresaw."""


@dataclass(slots=True)
class Quarantine:
    """The posts that are left out of one run."""

    posts: list[BrokenPost] = field(default_factory=list)

    @contextmanager
    def of(self, post: Post) -> Iterator[None]:
        """What breaks at this post alone is a BrokenPostError, and the post is among those left out."""
        try:
            yield
        except BriefingError:
            raise
        except Exception as error:
            broken = BrokenPost(post, mistake_notice(error))
            if post not in [known.post for known in self.posts]:
                self.posts.append(broken)
            raise BrokenPostError(post.title or post.key, broken.why) from error

    async def those_at_fault(
        self, posts: Sequence[Post], attempt: Callable[[Sequence[Post]], Awaitable[object]], error: Exception
    ) -> list[BrokenPost]:
        """The posts without which the attempt does not break, which are left out from now on; none where it is not
        posts at which it breaks, or too many."""

        async def breaks(few: Sequence[Post]) -> bool:
            return await unforeseen(attempt(few)) is not None

        found: list[BrokenPost] = []
        kept = list(posts)
        while await breaks(kept):
            together = await _fewest(kept, breaks)
            if not together or len(found) == _MOST_LEFT_OUT:
                return []
            *beside, last = together
            why = mistake_notice(await unforeseen(attempt(together)) or error)
            found.append(BrokenPost(last, why, tuple(beside)))
            kept.remove(last)
        self.posts += found
        return found


async def unforeseen(attempt: Awaitable[object]) -> Exception | None:
    """What breaks an attempt, and is no error of ours; those are raised."""
    try:
        await attempt
    except BriefingError:
        raise
    except Exception as error:  # noqa: BLE001 - one bad post ends nothing
        return error
    return None


async def _fewest(posts: Sequence[Post], breaks: Callable[[Sequence[Post]], Awaitable[bool]]) -> list[Post]:
    """Few posts at which it breaks, in their order; none where it breaks without any, or only with many.

    Of the shortest beginning at which it breaks, the last post is needed; so on with those before it.
    """
    found: list[Post] = []
    rest = list(posts)
    while not await breaks(found):
        if len(found) == _MOST_TOGETHER:
            return []
        holds, breaking = 0, len(rest)
        while breaking - holds > 1:
            middle = (holds + breaking) // 2
            if await breaks([*rest[:middle], *found]):
                breaking = middle
            else:
                holds = middle
        if not breaking:
            return []
        found.insert(0, rest[breaking - 1])
        rest = rest[: breaking - 1]
    return found
