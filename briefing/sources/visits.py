"""Any source by its address: what it is, is found out once; what it brings, is held to the desk's filters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from briefing.clean.cleaner import plain_text
from briefing.exceptions import LoadError
from briefing.fetch.fetcher import Fetcher
from briefing.sources.registry import KINDS, kind_called
from briefing.sources.source_kind import Visit
from briefing.sources.source_state import KnownSource, ReadResult
from briefing.types import Notice, Post, Source

# Hebrew to Arabic, Thai to Burmese, Khmer, Japanese and Chinese, Korean.
_UNSPACED = re.compile(r"[\u0590-\u08ff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


async def visit(
    source: Source, fetch: Fetcher, known: KnownSource, *, since: datetime | None, most: int = 500
) -> ReadResult:
    """What a source brings now: posts new or changed since the last visit, which `known` remembers.

    On a first visit those since `since`, or the newest; at most `most` where a source can be asked for a part. A source
    of no kind is what the first of the kinds takes it for: a WordPress site if one answers there, else a feed (its own,
    or the one its page names), else the page itself; the visit's `known` holds what it was. LoadError where nothing
    could be read: all that was known stays as it is.
    """
    if urlsplit(source.address).scheme not in ("http", "https"):
        raise LoadError(source.address, Notice("no web address"))
    if source.kind and known.kind not in (source.kind, *kind_called(source.kind).instead):
        known = KnownSource()
    under_way = Visit(source, fetch, known, since, most)
    names = list(KINDS)
    for name in names[names.index(known.kind or source.kind or names[0]) :]:
        if taken := await kind_called(name).visit(under_way):
            return _filtered(replace(taken, known=under_way.stays or taken.known), source)
    raise LoadError(source.address, "; ".join(["nothing there that can be read", *under_way.notes]))


# --- Filters ----------------------------------------------------------------------------------------------------------


def _filtered(taken: ReadResult, source: Source) -> ReadResult:
    """What the visit brought, without what the desk's filters leave out; what a kind narrows, it has seen to."""
    posts = [post for post in taken.posts if not source.include or _holds(post, source.include)]
    posts = [post for post in posts if not (source.exclude and _holds(post, source.exclude))]
    if not kind_called(taken.kind).narrows:
        posts = [post for post in posts if _is_among(post.categories, source.categories)]
        posts = [post for post in posts if _is_among(post.tags + post.categories, source.tags)]
    kept = {post.key for post in posts}
    return replace(taken, posts=tuple(posts), left_out=tuple(p for p in taken.posts if p.key not in kept))


def _is_among(terms: Sequence[str], asked: Sequence[str]) -> bool:
    """Whether one of the terms is asked for, by its name or slug; feeds call tags categories."""
    return not asked or bool({_slug(term) for term in terms} & {_slug(term) for term in asked})


def _slug(name: str) -> str:
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", name).casefold()).strip("-")


def _holds(post: Post, words: Iterable[str]) -> bool:
    """Whether its title or text holds one of the words."""
    text = _plain(f"{post.title}\n{plain_text(post.html)}\n{plain_text(post.excerpt_html)}")
    return any(_is_in(_plain(word), text) for word in words if word.strip())


def _is_in(word: str, text: str) -> bool:
    """As a whole word; but Arabic and Hebrew write articles and prepositions on to it, and others no spaces."""
    if _UNSPACED.search(word):
        return word in text
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
