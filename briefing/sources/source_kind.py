"""What a kind of source is: it tells whether bytes are its own, reads the posts in them, and visits addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar, Protocol, TypedDict

from briefing.exceptions import LoadError
from briefing.fetch.sandbox import MORE_BYTES, in_worker, worker_returns
from briefing.sources.source_state import KnownSource, ReadResult
from briefing.types import Post, Source

if TYPE_CHECKING:
    from briefing.fetch.fetcher import Fetcher, Response

SECONDS = 8.0  # for the posts of one answer, or of as much of a saved file
_ANSWER_BYTES = 8 * 2**20  # more than that does not come from an address
# What an API that is switched off, hidden or guarded answers; a plugin may also answer a page (a ParseError here).
CLOSED = frozenset({401, 403, 404, 405, 406, 410, 451})
_HEAD_BYTES = 4096
_BEGINNING = rb"(?:\s|<!--.*?-->|<\?xml[^>]*>)*<(?:%b)\b"


class Likeness(IntEnum):
    """Whether bytes are of a kind: what only begins like JSON may be of several, what bears its marks is of one."""

    NO = 0
    PERHAPS = 1
    SURELY = 2


@dataclass(frozen=True, slots=True)
class Body:
    """Bytes to read posts from: of a file, of standard input, or what an address answered.

    `source` names them in errors. `url` is where they came from, "" where nobody knows; relative links start there.
    `media_type` is what a server or mail says they are (a Content-Type with its parameters). `fetched_at` (aware) is
    None for what was saved: nothing then tells which dates lie ahead.
    """

    data: bytes
    source: str
    url: str = ""
    media_type: str = ""
    fetched_at: datetime | None = None

    @property
    def head(self) -> bytes:
        """How they begin: the first 4096 bytes, without a byte order mark."""
        return self.data[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf")

    def begins_with(self, elements: bytes) -> bool:
        """Whether the first element of the markup is one of those that the regular expression names."""
        return re.match(_BEGINNING % elements, self.head, re.DOTALL) is not None


def body_of(response: Response, source: str, *, at: datetime | None = None) -> Body:
    """What an address answered, and when; `source` names it in errors."""
    media_type = response.headers.get("content-type", "")
    return Body(response.body, source, response.url, media_type, at)


async def front_page(source: Source, fetch: Fetcher) -> Response:
    """What the address of a source answers, also where it refuses: an API may stand behind."""
    accept = "text/html,application/xhtml+xml,*/*;q=0.8"
    return await fetch.get(source.address, source=source.address, accept=accept, expect_status=CLOSED)


@dataclass(slots=True)
class Visit:
    """A visit under way: what is asked for and known, and what the kinds tried so far have found out.

    `since` and `most` bound what is read of a source that can be asked for a part. `page` is what the address answered,
    where it was asked. `refusal` is what an API that is closed has said. `notes` are sentences for a person. `stays` is
    what is known of the source whatever is read in its place this time.
    """

    source: Source
    fetch: Fetcher
    known: KnownSource
    since: datetime | None
    most: int
    page: Response | None = None
    refusal: str = ""
    notes: list[str] = field(default_factory=list)
    stays: KnownSource | None = None

    def is_of(self, kind: str) -> bool:
        """Whether the source is known to be of that kind, or said to be."""
        return (self.known.kind or self.source.kind) == kind

    async def front(self) -> Response:
        """What the address answers, asked once."""
        if self.page is None:
            self.page = await front_page(self.source, self.fetch)
        return self.page


class SourceKind(Protocol):
    """One kind of source. What only reads bytes leaves `visit` as it is: an address that answers them is read, too.

    `instead` names the kinds that a source of this one may be known as. `narrows` says that `visit` sees to the
    categories and tags of the source itself.
    """

    name: ClassVar[str]
    accept: ClassVar[str] = "*/*"
    obeys_robots: ClassVar[bool] = False
    instead: ClassVar[tuple[str, ...]] = ()
    narrows: ClassVar[bool] = False

    def sniff(self, body: Body) -> Likeness:
        """Whether the bytes are of this kind, by how they begin and what they are said to be.

        This is asked outside of the sandbox: what has to be parsed to be told apart is told apart by `read`.
        """

    def read(self, body: Body) -> list[Post | LoadError]:
        """The posts in the bytes, in their order; an item that cannot be read is a LoadError in its place.

        ParseError where they are not what they seem, LoadError where there is no post in them. Nobody calls it but
        `posts_in` and `posts_in_now`, in the sandbox.
        """

    async def visit(self, visit: Visit) -> ReadResult | None:
        """What the source brings now; None where its address is of another kind, and the next one is tried.

        LoadError where it is of this kind and cannot be read: what is known of it stays as it is.
        """
        if visit.is_of(self.name):
            return await self.taken_from(visit.source.address, visit, visit.known)
        page = await visit.front()
        is_ours = page.status < 400 and self.sniff(body_of(page, visit.source.address)) is Likeness.SURELY
        return await self.taken_from(visit.source.address, visit, KnownSource()) if is_ours else None

    async def taken_from(self, address: str, visit: Visit, known: KnownSource) -> ReadResult:
        """What an address holds now: one conditional request, the answer read where it can be stopped."""
        source = visit.source
        response = await visit.fetch.get(
            address,
            source=source.address,
            accept=self.accept,
            validators=known.validators,
            obey_robots=self.obeys_robots,
            found_by=source.address if address != source.address else "",
        )
        if response.is_not_modified:
            known = replace(known, validators=response.validators)
            return ReadResult(self.name, address, (), known=known, is_unchanged=True)
        outcome = await posts_in(body_of(response, source.address, at=visit.fetch.now()), self)
        posts = tuple(post for post in outcome if isinstance(post, Post))
        moments = [moment for post in posts for moment in (post.published, post.modified) if moment]
        return ReadResult(
            self.name,
            address,
            posts,
            failed=tuple(error for error in outcome if isinstance(error, LoadError)),
            notes=(f"moved permanently to {response.moved_to}",) if response.moved_to else (),
            known=KnownSource(
                kind=self.name,
                endpoint=address,
                validators=response.validators,
                changed_after=max([*moments, *filter(None, [known.changed_after])], default=None),
                ids=frozenset(post.key for post in posts),
            ),
        )


async def posts_in(body: Body, kind: SourceKind) -> list[Post | LoadError]:
    """What the kind reads in the bytes, where it can be stopped: the one way into every parser, of `posts_in_now` too.

    ParseError also where it takes too long or too much memory; both may grow with what is saved beyond the size of an
    answer.
    """
    return await in_worker(kind.read, body, source=body.source, **_allowance(body))


def posts_in_now(body: Body, kind: SourceKind) -> list[Post | LoadError]:
    """As `posts_in`, for those who wait for it."""
    return worker_returns(kind.read, body, source=body.source, **_allowance(body))


class _Allowance(TypedDict):
    seconds: float
    more_bytes: int


def _allowance(body: Body) -> _Allowance:
    answers = max(1.0, len(body.data) / _ANSWER_BYTES)
    return {"seconds": SECONDS * answers, "more_bytes": int(MORE_BYTES * answers)}
