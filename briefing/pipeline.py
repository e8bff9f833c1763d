"""The whole way, for one post and for many: load, clean, draft, verify, put together.

The only place where one item's failure is caught and recorded beside it, while the others go on.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from briefing.config import settings
from briefing.digest.digest import Period, coverage, stories, why_left_out
from briefing.engines import brief_of, extractive, opened
from briefing.exceptions import BriefingError, BudgetError, LoadError, ModelError, PostError
from briefing.loader.cleaner import clean
from briefing.loader.files import post_from_file, post_from_text, read, read_bytes
from briefing.summariser.engine import Engine, SecondReader
from briefing.summariser.evidence import ground
from briefing.summariser.summary import stands, summarise_document
from briefing.summariser.verifier import verify
from briefing.types import (
    Brief,
    Claim,
    Digest,
    Document,
    EngineChoice,
    Failure,
    Length,
    ModelUse,
    Post,
    Summary,
)

_T = TypeVar("_T")
# Posts whose prompts wait in memory; more than any limiter lets through at once.
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of the sources: the posts, and what failed (a source as a whole, or one item of it)."""

    sources: tuple[str, ...]
    posts: tuple[Post, ...]
    sources_failed: tuple[Failure, ...] = ()
    items_failed: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A digest and the documents it rests on. `failures` counts what was meant to be in it and could not
    be, or not as asked; `stopped` is why the model was not asked any more."""

    digest: Digest
    documents: tuple[Document, ...]
    failures: int
    stopped: BriefingError | None = None


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
        found = [item for item in outcome if isinstance(item, Post)]
        wrong = [Failure(item.source, item.cause) for item in outcome if isinstance(item, LoadError)]
        if len(outcome) == len(wrong) == 1:
            failed.append(Failure(name, wrong[0].why))
            continue
        if not found:
            failed.append(Failure(name, "no post in it could be read"))
        items += wrong
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
            doubled.append(Failure(_name(post.title, post.key), "the same post came twice"))
            kept[post.key] = max(other, post, key=lambda p: p.modified or oldest)
    return list(kept.values()), doubled


def _cleaned(posts: Iterable[Post]) -> tuple[list[Document], list[Failure]]:
    documents, failed = [], []
    for post in posts:
        try:
            documents.append(clean(post))
        except PostError as error:
            failed.append(Failure(_name(post.title, post.key), error.cause))
    return documents, failed


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of one document: its summary, or why there is none; `fell_back` says why another engine did it."""

    document: Document
    summary: Summary | None = None
    failed: str | None = None
    fell_back: BriefingError | None = None


async def _outcome(document: Document, engine: Engine, brief: Brief, second_reader: SecondReader | None) -> _Outcome:
    """A post that the model cannot do, and every post once nothing can be asked, is done by the extractive engine."""
    try:
        return _Outcome(document, await summarise_document(document, engine, brief, second_reader=second_reader))
    except PostError as error:
        if engine.name == "extractive":
            return _Outcome(document, failed=error.cause)
        trouble: BriefingError = error
    except (ModelError, BudgetError) as error:
        trouble = error
    return _Outcome(document, await summarise_document(document, extractive(), brief), fell_back=trouble)


async def _outcomes(
    documents: Sequence[Document],
    engine: Engine,
    brief: Brief,
    second_reader: SecondReader | None,
    tell: Callable[[int], None],
) -> list[_Outcome]:
    """An outcome a document, in their order."""

    turn = asyncio.Semaphore(_AT_ONCE)

    async def one(document: Document) -> _Outcome:
        async with turn:
            try:
                return await _outcome(document, engine, brief, second_reader)
            finally:
                tell(1)

    return list(await asyncio.gather(*map(one, documents)))


async def _bottom_line(
    done: Sequence[tuple[Document, Summary]], engine: Engine, brief: Brief
) -> tuple[tuple[Claim, ...], list[Failure]]:
    """The bottom line over several stories, checked as every line is; none where nothing may be asked any more."""
    first = [(s.bottom_line or s.claims)[:2] for _, s in done if s.engine == "model"]
    if len(first) < 2:
        return (), []
    documents = {document.key: document for document, _ in done}
    try:
        drafts = await engine.lead([claim for claims in first for claim in claims], brief)
    except (PostError, ModelError, BudgetError) as error:
        return (), [Failure("the bottom line", _cause(error))]
    claims = [verify(ground(draft, documents, id=f"b{n}"), documents) for n, draft in enumerate(drafts, 1)]
    fallen = [Failure("a bottom line", f"withheld: {'; '.join(_reasons(c))}") for c in claims if not stands(c)]
    return tuple(claim for claim in claims if stands(claim)), fallen


def in_period(loaded: Loaded, period: Period) -> list[Document]:
    """The documents that a digest of the period would be made of."""
    posts, _ = _once(loaded.posts)
    documents, _ = _cleaned(post for post in posts if not why_left_out(post, period))
    return documents


async def make(
    loaded: Loaded,
    *,
    engine: Engine,
    brief: Brief,
    made_at: datetime,
    period: Period,
    timezone: str = "UTC",
    title: str = "",
    second_reader: SecondReader | None = None,
    tell: Callable[[int], None] = lambda done: None,
    model_use: Callable[[], ModelUse | None] = lambda: None,
) -> Made:
    """The digest of what was loaded, for one period. `tell` hears of each document that is done.

    Every post read ends as used or as dropped with its reason. `model_use` is asked, at the end, what a model took.
    """
    posts, dropped = _once(loaded.posts)
    outside = [(post, why) for post in posts if (why := why_left_out(post, period))]
    dropped += [Failure(_name(post.title, post.key), why) for post, why in outside]
    left_out = {post.key for post, _ in outside}
    documents, failed = _cleaned(post for post in posts if post.key not in left_out)
    outcomes = await _outcomes(documents, engine, brief, second_reader, tell)
    failed += [Failure(_name(o.document.title, o.document.key), o.failed) for o in outcomes if o.failed]
    done = [(o.document, o.summary) for o in outcomes if o.summary]
    troubles = [(o.document, o.fell_back) for o in outcomes if o.fell_back]
    lead, lead_failed = await _bottom_line(done, engine, brief)
    digest = Digest(
        title=title,
        made_at=made_at,
        stories=stories(summary for _, summary in done),
        coverage=coverage(
            [document for document, _ in done],
            [summary for _, summary in done],
            sources=loaded.sources,
            sources_failed=loaded.sources_failed,
            posts_dropped=[*loaded.items_failed, *dropped, *failed],
            fallbacks=[Failure(_name(d.title, d.key), _cause(error)) for d, error in troubles] + lead_failed,
            engine=engine.name,
            bottom_line=lead,
            model=model_use(),
        ),
        language=brief.language or "en",
        timezone=timezone,
        since=period.since,
        until=period.until,
        length=brief.length,
        bottom_line=lead,
    )
    return Made(
        digest=digest,
        documents=tuple(document for document, _ in done),
        failures=len(loaded.sources_failed) + len(loaded.items_failed) + len(failed) + len(troubles) + len(lead_failed),
        stopped=next((error for _, error in troubles if not isinstance(error, PostError)), None),
    )


def _reasons(claim: Claim) -> tuple[str, ...]:
    return claim.check.reasons if claim.check else ()


def _name(title: str, key: str) -> str:
    return title or key


def _cause(error: BriefingError) -> str:
    return error.cause if isinstance(error, PostError) else str(error)


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
    length: Length | None = None,
    language: str | None = None,
    engine: EngineChoice | None = None,
    cache: bool = True,
) -> Summary:
    """The summary of one post, document, text, HTML or file; every line of it carries its evidence, checked by code.

    `language` is that of the output (BCP 47); without a model the text stays in the source's. What is not given comes
    from the settings; `engine` "auto" means the model where a key or endpoint is set. Nothing is kept but the model's
    answers, and not even those with `cache=False`. Errors as `document_of`'s; ConfigError; with a model ReplyError
    where its answer is unusable, ModelError and BudgetError.
    """
    held = settings(length=length, language=language, engine=engine)
    async with opened(held, is_cached=cache) as found:
        document = document_of(subject)
        return await summarise_document(document, found.engine, brief_of(held), second_reader=found.second_reader)


def summarise(
    subject: Post | Document | str | Path,
    *,
    length: Length | None = None,
    language: str | None = None,
    engine: EngineChoice | None = None,
    cache: bool = True,
) -> Summary:
    """`asummarise` for code that does not wait; works beside a running event loop too, as in a notebook."""
    return run(asummarise(subject, length=length, language=language, engine=engine, cache=cache))


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
    length: Length | None = None,
    language: str | None = None,
    engine: EngineChoice | None = None,
    timezone: str | None = None,
    made_at: datetime | None = None,
    cache: bool = True,
) -> Digest:
    """The digest of the posts, all of them. `made_at` (aware) is the time it bears, by default now.

    What else is not given comes from the settings, as in `asummarise`. A post that cannot be done is in the coverage.
    """
    given = tuple(posts)
    for post in given:
        if not isinstance(post, Post):
            raise TypeError(f"make_digest takes posts, as `load` returns them, not {type(post).__name__}")
    loaded = Loaded(tuple(dict.fromkeys(post.source for post in given if post.source)), given)
    held = settings(length=length, language=language, engine=engine, timezone=timezone)

    async def work() -> Made:
        async with opened(held, is_cached=cache) as found:
            return await make(
                loaded,
                engine=found.engine,
                brief=brief_of(held),
                made_at=made_at or datetime.now(UTC),
                period=Period(),
                timezone=held.timezone,
                title=title,
                second_reader=found.second_reader,
                model_use=found.use,
            )

    return run(work()).digest
