"""One visit to a source: what is known of it before, and what it brings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from briefing.exceptions import LoadError
from briefing.fetch.fetcher import Validators
from briefing.types import Post


@dataclass(frozen=True, slots=True)
class KnownSource:
    """What is remembered of a source from visit to visit; the empty one is that of a first visit.

    `endpoint` is what was found at its address: the API's posts or a feed. `changed_after` is the newest change seen
    (UTC). `ids` are those of the posts that the source showed when it was last read.
    """

    kind: str | None = None
    endpoint: str | None = None
    validators: Validators = field(default_factory=Validators)
    changed_after: datetime | None = None
    ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What one visit brought.

    `posts` are those that are new or changed, `failed` the items that could not be read, `notes` sentences for a
    person ("the REST API is closed (401); read the feed instead"). `known` is to be stored in one transaction with
    the posts. `gone` are ids of posts that the source surely shows no more.
    `name` is what the source calls itself, where its first visit told. `left_out` are posts that the desk's filters
    keep out.
    """

    kind: str
    endpoint: str
    posts: tuple[Post, ...]
    failed: tuple[LoadError, ...] = ()
    notes: tuple[str, ...] = ()
    known: KnownSource = field(default_factory=KnownSource)
    is_unchanged: bool = False
    gone: tuple[str, ...] = ()
    name: str = ""
    left_out: tuple[Post, ...] = ()
