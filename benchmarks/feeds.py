"""Real feeds: title, link, date, author and content as feedparser reads them with its own settings, and as we do.

    python -m benchmarks.feeds

Content is compared by the words that our cleaner finds in it. Where the two differ, the reason is named, or the field
counts as not explained.
"""

from __future__ import annotations

import io
import re
import time
from calendar import timegm
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import feedparser  # type: ignore[import-untyped]

from benchmarks.corpus import folder
from briefing.clean.cleaner import plain_text
from briefing.exceptions import LoadError
from briefing.sources.feeds import posts_from_feed
from briefing.types import Post

BASE = "https://example.org/feed"


def theirs(body: bytes) -> Any:
    return feedparser.parse(io.BytesIO(body), response_headers={"content-location": BASE})


def words(html: str) -> list[str]:
    return re.findall(r"\w+", plain_text(html))


def date_of(entry: Any) -> datetime | None:
    parsed = entry.get("published_parsed") or dict.get(entry, "updated_parsed")
    return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None


def content_of(entry: Any) -> str:
    return max((str(part.value) for part in entry.get("content", [])), key=len, default=str(entry.get("summary", "")))


def comparisons(entry: Any, feed: Any, post: Post) -> Iterator[tuple[str, bool, str]]:
    """Each field, whether both are the same, and else the reason (or "")."""
    title = entry.get("title", "")
    yield (
        "title",
        post.title == title,
        "entities, white space or tags" if words(post.title) == words(title) else "",
    )
    yield "link", post.url == entry.get("link"), ""
    yield "date", post.published == date_of(entry), ""
    author, names = entry.get("author"), [one.get("name") for one in entry.get("authors", [])]
    why = "all names of several" if len(names) > 1 else "address left out" if post.author in names else ""
    if not author and post.author and post.author in str(feed.get("author")):
        why = "the feed's author, as Atom says"
    elif author and words(post.author or "") == words(author):
        why = "entities decoded"
    yield "author", (post.author or None) == (author or None), why
    text = content_of(entry)
    why = "the summary is longer than the content" if len(str(entry.get("summary", ""))) > len(text) else ""
    yield "content", words(post.html) == words(text), why or sanitised(post.html, text)


def sanitised(ours: str, text: str) -> str:
    """Whether the words that feedparser left out or added are those of elements that it takes away."""
    lost = Counter(words(ours))
    lost.subtract(words(text))
    differing = {word for word, count in lost.items() if count}
    taken = re.findall(r"<(iframe|svg|math|object|embed|form|style|script|[a-z]+-[a-z-]+)\b", ours)
    return f"feedparser's sanitising (<{taken[0]}>) changes {len(differing)} words" if taken else ""


def main() -> None:
    same: Counter[str] = Counter()
    explained: Counter[tuple[str, str]] = Counter()
    unexplained: Counter[str] = Counter()
    entries = 0
    seconds = [0.0, 0.0]
    for path in sorted((folder() / "feeds").iterdir()):
        body = path.read_bytes()
        began = time.process_time()
        feed = theirs(body)
        middle = time.process_time()
        outcome = posts_from_feed(body, url=BASE, source=path.name)
        seconds = [seconds[0] + middle - began, seconds[1] + time.process_time() - middle]
        posts = [post for post in outcome if not isinstance(post, LoadError)]
        if len(posts) != len(feed.entries):
            print(
                f"  {path.name}: {len(posts)} posts, {len(feed.entries)} by feedparser ({feed.get('bozo_exception')})"
            )
            continue
        entries += len(posts)
        for entry, post in zip(feed.entries, posts, strict=True):
            for field, is_same, why in comparisons(entry, feed.feed, post):
                same[field] += is_same
                if not is_same and why:
                    explained[field, why] += 1
                elif not is_same:
                    unexplained[field] += 1
                    print(f"  {path.name}: {field} of {post.key}")
    print(f"{entries} entries; CPU time: feedparser {seconds[0]:.2f} s, ours {seconds[1]:.2f} s")
    for field in ("title", "link", "date", "author", "content"):
        print(f"{field:8} same {same[field]:4}  explained {entries - same[field] - unexplained[field]:4}", end="")
        print(f"  not explained {unexplained[field]:3}")
    for (field, why), count in explained.most_common():
        print(f"  {field}: {why} ({count})")


if __name__ == "__main__":
    main()
