"""The whole way, for one post and for many: load, clean, draft, verify, put together.

The only place where one item's failure is caught and recorded beside it, while the others go on.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from briefing.digest.digest import Period, coverage, stories, why_left_out
from briefing.exceptions import LoadError, PostError
from briefing.loader.cleaner import clean
from briefing.loader.files import post_from_file, post_from_text, read, read_bytes
from briefing.summariser.engine import Engine
from briefing.summariser.evidence import misquoted
from briefing.summariser.summary import summarise_document
from briefing.summariser.verifier import verify
from briefing.types import Brief, Claim, Digest, Document, Failure, Length, Post, Summary

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of the sources: the posts, and what failed (a source as a whole, or one item of it)."""

    sources: tuple[str, ...]
    posts: tuple[Post, ...]
    sources_failed: tuple[Failure, ...] = ()
    items_failed: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A digest and the documents it rests on. `failures` counts what was meant to be in it and could not be."""

    digest: Digest
    documents: tuple[Document, ...]
    failures: int


def extractive() -> Engine:
    """The engine that needs no key: it selects sentences."""
    from briefing.summariser.extractive import Extractive

    return Extractive()


def load_all(sources: Iterable[Path | bytes], *, names: Sequence[str]) -> Loaded:
    """The posts of all sources (paths, or the bytes of standard input); a source that fails is recorded."""
    posts: list[Post] = []
    failed: list[Failure] = []
    items: list[Failure] = []
    for source, name in zip(sources, names, strict=True):
        try:
            outcome = read_bytes(source, source=name) if isinstance(source, bytes) else read(source)
        except LoadError as error:
            failed.append(Failure(name, error.cause))
            continue
        items += [Failure(item.source, item.cause) for item in outcome if isinstance(item, LoadError)]
        found = [item for item in outcome if isinstance(item, Post)]
        if not found:
            failed.append(Failure(name, "no post in it could be read"))
        posts += found
    return Loaded(tuple(names), tuple(posts), tuple(failed), tuple(items))


def _once(posts: Iterable[Post]) -> tuple[list[Post], list[Failure]]:
    """Each key once: two sources that carry the same link carry the same post; the one changed last is kept."""
    oldest = datetime.min.replace(tzinfo=UTC)
    kept: dict[str, Post] = {}
    doubled: list[Failure] = []
    for post in posts:
        other = kept.setdefault(post.key, post)
        if other is not post:
            doubled.append(Failure(post.title or post.key, "the same post came twice"))
            kept[post.key] = max(other, post, key=lambda p: p.modified or oldest)
    return list(kept.values()), doubled


def _cleaned(posts: Iterable[Post]) -> tuple[list[Document], list[Failure]]:
    documents, failed = [], []
    for post in posts:
        try:
            documents.append(clean(post))
        except PostError as error:
            failed.append(Failure(post.title or post.key, error.cause))
    return documents, failed


async def _summaries(
    documents: Sequence[Document], engine: Engine, brief: Brief, tell: Callable[[int], None]
) -> list[Summary | Failure]:
    """A summary a document, in their order; the failure in its place where the engine cannot do a post."""

    async def one(document: Document) -> Summary | Failure:
        try:
            return await summarise_document(document, engine, brief)
        except PostError as error:
            return Failure(document.title or document.key, error.cause)
        finally:
            tell(1)

    return list(await asyncio.gather(*map(one, documents)))


async def make(
    loaded: Loaded,
    *,
    engine: Engine,
    brief: Brief,
    made_at: datetime,
    period: Period,
    timezone: str = "UTC",
    title: str = "",
    tell: Callable[[int], None] = lambda done: None,
) -> Made:
    """The digest of what was loaded, for one period. `tell` hears of each document that is done.

    Every post read ends as used or as dropped with its reason. ModelError where the engine can do no post at all.
    """
    posts, dropped = _once(loaded.posts)
    outside = [(post, why) for post in posts if (why := why_left_out(post, period))]
    dropped += [Failure(post.title or post.key, why) for post, why in outside]
    left_out = {post.key for post, _ in outside}
    documents, failed = _cleaned(post for post in posts if post.key not in left_out)
    outcomes = await _summaries(documents, engine, brief, tell)
    failed += [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    used = [d for d, outcome in zip(documents, outcomes, strict=True) if isinstance(outcome, Summary)]
    summaries = [outcome for outcome in outcomes if isinstance(outcome, Summary)]
    digest = Digest(
        title=title,
        made_at=made_at,
        stories=stories(summaries),
        coverage=coverage(
            used,
            summaries,
            sources=loaded.sources,
            sources_failed=loaded.sources_failed,
            posts_dropped=[*loaded.items_failed, *dropped, *failed],
            engine=engine.name,
        ),
        language=brief.language or "en",
        timezone=timezone,
        since=period.since,
        until=period.until,
        length=brief.length,
    )
    return Made(digest, tuple(used), len(loaded.sources_failed) + len(loaded.items_failed) + len(failed))


def document_of(subject: Post | Document | str | Path) -> Document:
    """The document of a post, of text or HTML (a `str`, never opened as a path), or of a file.

    A file may be a saved WordPress response that holds one post, or plain text or HTML. TypeError where the subject is
    none of these, LoadError where the file cannot be read, EmptyPostError where there is nothing in it to read.
    """
    if isinstance(subject, Document):
        return subject
    if isinstance(subject, Path):
        subject = post_from_file(subject)
    if isinstance(subject, str):
        subject = post_from_text(subject)
    if not isinstance(subject, Post):
        raise TypeError(f"summarise takes a Post, a Document, a str or a Path, not {type(subject).__name__}")
    return clean(subject)


async def asummarise(
    subject: Post | Document | str | Path,
    *,
    length: Length = "medium",
    language: str | None = None,
) -> Summary:
    """The summary of one post, document, text, HTML or file; every line of it carries its evidence, checked by code.

    `language` is that of the output (BCP 47); without a model the text stays in the source's. Errors as
    `document_of`'s, PostError where this post cannot be done.
    """
    return await summarise_document(document_of(subject), extractive(), Brief(language=language, length=length))


def summarise(
    subject: Post | Document | str | Path,
    *,
    length: Length = "medium",
    language: str | None = None,
) -> Summary:
    """`asummarise` for code that does not wait; works beside a running event loop too, as in a notebook."""
    return run(asummarise(subject, length=length, language=language))


def run(waiting: Coroutine[Any, Any, _T]) -> _T:
    """The result of a coroutine; on a thread of its own where this one already runs an event loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(waiting)
    outcome: list[_T] = []
    failure: list[BaseException] = []

    def work() -> None:
        try:
            outcome.append(asyncio.run(waiting))
        except BaseException as error:  # noqa: BLE001 - handed to the caller's thread below
            failure.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    if failure:
        raise failure[0]
    return outcome[0]


def load(source: str | Path, *, on_error: Callable[[LoadError], None] | None = None) -> list[Post]:
    """The posts of a saved WordPress response, or of a folder of them.

    LoadError where no post can be read. An item of the wrong shape raises its ParseError, unless `on_error` is given:
    then it hears of each, and the others are read.
    """
    posts = []
    for item in read(Path(source)):
        if isinstance(item, Post):
            posts.append(item)
        elif on_error is None:
            raise item
        else:
            on_error(item)
    if not posts:
        raise LoadError(str(source), "no post in it could be read")
    return posts


def make_digest(
    posts: Iterable[Post],
    *,
    title: str = "",
    length: Length = "medium",
    language: str | None = None,
    timezone: str = "UTC",
    made_at: datetime | None = None,
) -> Digest:
    """The digest of the posts, all of them. `made_at` (aware) is the time it bears, by default now."""
    given = tuple(posts)
    loaded = Loaded(tuple(dict.fromkeys(post.source for post in given if post.source)), given)
    made = run(
        make(
            loaded,
            engine=extractive(),
            brief=Brief(language=language, length=length),
            made_at=made_at or datetime.now(UTC),
            period=Period(),
            timezone=timezone,
            title=title,
        )
    )
    return made.digest


def digest_claims(digest: Digest) -> Iterable[tuple[str, Claim]]:
    """Every claim that the digest shows, with a name for it as in "s1 c3"."""
    for story in digest.stories:
        for summary in story.summaries:
            for claim in summary.lines:
                yield f"{story.id} {claim.id}", claim


def faults(claim: Claim, documents: Mapping[str, Document]) -> list[str]:
    """Why a claim of a finished digest does not stand: its evidence is not in the documents, or does not carry it."""
    found = [why for evidence in claim.evidence if (why := misquoted(evidence, documents))]
    if found:
        return found
    checked = verify(replace(claim, check=None), documents)
    if checked.check is None or checked.check.verdict == "supported":
        return []
    if checked.text == claim.text and checked.check.verdict == "repaired":
        return []
    return list(checked.check.reasons) or [checked.check.verdict]
