"""The whole way, for one post and for many: load, clean, draft, verify, put together.

The only place where one item's failure is caught and recorded beside it, while the others go on.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from briefing.clean.cleaner import clean
from briefing.config import Settings, settings, source_name
from briefing.exceptions import BriefingError, BudgetError, LoadError, ModelError, NotAPostError, PostError
from briefing.language.annotation import Annotated, annotate
from briefing.sources.files import post_from_file, post_from_text, read_files
from briefing.stories.clustering import group
from briefing.stories.coverage import Period, coverage
from briefing.stories.merging import merged
from briefing.stories.ranking import arrange
from briefing.stories.status import StoryRecord, corrections, stand
from briefing.summarise.engine import Engine, SecondReader
from briefing.summarise.judgement import is_shown, judge, stands
from briefing.summarise.questions import answer_questions
from briefing.summarise.summary import summarise_document
from briefing.types import (
    Answer,
    Brief,
    Claim,
    Correction,
    Digest,
    Document,
    Draft,
    EngineChoice,
    Failure,
    Length,
    Notice,
    Outlet,
    Post,
    Source,
    Story,
    Summary,
)
from briefing.verify.citation import cite
from briefing.verify.verifier import verify
from briefing.workflow.engines import QUESTION_TOKENS, EngineSession, brief_of, extractive, opened
from briefing.workflow.gathering import LoadResult, rules_of, visited
from briefing.workflow.memory import Past
from briefing.workflow.quarantine import BrokenPost, BrokenPostError, Quarantine, mistake_notice, unforeseen
from briefing.workflow.rendering import this_version

_T = TypeVar("_T")
# Posts whose prompts wait in memory; more than any limiter lets through at once.
_AT_ONCE = 100

# How a post is cleaned: by the cleaner, or from the store where it was cleaned before.
DocumentOfPost = Callable[[Post], Document]


@dataclass(frozen=True, slots=True)
class DigestRun:
    """A digest and the documents it rests on. `failures` counts what was meant to be in it and could not
    be, or not as asked; `stopped` is why the model was not asked any more, `not_read` why the second reader failed;
    `broken` are the posts at which the program itself broke. `corrected` are posts that the digest does not tell of, as
    they are now: its corrections rest on them. `not_written` is why posts were selected that were to be written, one
    entry a post."""

    digest: Digest
    documents: tuple[Document, ...]
    failures: int
    stopped: BriefingError | None = None
    not_read: str = ""
    broken: tuple[BrokenPost, ...] = ()
    not_written: tuple[str, ...] = ()
    corrected: tuple[Document, ...] = ()

    @property
    def texts(self) -> tuple[Document, ...]:
        """Every document that something in the digest rests on."""
        return self.documents + self.corrected


def _once(posts: Iterable[Post]) -> tuple[list[Post], list[Failure]]:
    """Each key once: two sources that carry the same link carry the same post; the one changed last is kept."""
    oldest = datetime.min.replace(tzinfo=UTC)
    kept: dict[str, Post] = {}
    doubled: list[Failure] = []
    for post in posts:
        other = kept.setdefault(post.key, post)
        if other is not post:
            doubled.append(Failure(_name(post.title, post.key), Notice("the same post came twice")))
            kept[post.key] = max(other, post, key=lambda p: p.modified or oldest)
    return list(kept.values()), doubled


def _cleaned(
    posts: Iterable[Post], kept: DocumentOfPost, quarantine: Quarantine
) -> tuple[list[Annotated], list[Failure]]:
    documents, failed = [], []
    for post in posts:
        try:
            with quarantine.of(post):
                documents.append(annotate(kept(post)))
        except PostError as error:
            failed.append(Failure(_name(post.title, post.key), error.cause))
    return documents, failed


@dataclass(frozen=True, slots=True)
class _Asking:
    """Who writes, for whom, who reads it again, and who hears of each post that is done."""

    engine: Engine
    brief: Brief
    second_reader: SecondReader | None = None
    tell: Callable[[int], None] = lambda done: None
    quarantine: Quarantine = field(default_factory=Quarantine)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of one document: its summary, or why there is none; `fell_back` says why another engine did it."""

    document: Annotated
    summary: Summary | None = None
    failed: str | None = None
    fell_back: BriefingError | None = None


async def _outcome(document: Annotated, ask: _Asking) -> _Outcome:
    """A post that the model cannot do, and every post once nothing can be asked, is done by the extractive engine."""
    quarantine = ask.quarantine if ask.engine.name == "extractive" else Quarantine()
    try:
        with quarantine.of(document.post):
            summary = await summarise_document(document, ask.engine, ask.brief, second_reader=ask.second_reader)
        return _Outcome(document, summary)
    except PostError as error:
        if ask.engine.name == "extractive":
            return _Outcome(document, failed=error.cause)
        trouble: BriefingError = error
    except (ModelError, BudgetError) as error:
        trouble = error
    return _Outcome(document, await summarise_document(document, extractive(), ask.brief), fell_back=trouble)


async def _outcomes(documents: Sequence[Annotated], ask: _Asking) -> list[_Outcome]:
    """An outcome a document, in their order."""

    turn = asyncio.Semaphore(_AT_ONCE)

    async def one(document: Annotated) -> _Outcome:
        async with turn:
            try:
                return await _outcome(document, ask)
            finally:
                ask.tell(1)

    return list(await asyncio.gather(*map(one, documents)))


async def _bottom_line(
    told: Sequence[Story], documents: Mapping[str, Annotated], ask: _Asking
) -> tuple[list[Claim], list[Failure]]:
    """The lines over several stories, judged as every line is; none, and why, where nothing may be asked any more."""
    written = [summary for summary in (story.summaries[0] for story in told) if summary.engine == "model"]
    first = [lines[:2] for lines in (summary.bottom_line or summary.claims for summary in written) if lines]
    if len(first) < 2:
        return [], []
    try:
        drafts = await ask.engine.lead([claim for claims in first for claim in claims], ask.brief)
    except (PostError, ModelError, BudgetError) as error:
        return [], [Failure("the bottom line", _cause(error))]
    judged = await judge(drafts, documents, ask.engine, ask.brief, second_reader=ask.second_reader, prefix="b")
    return judged, []


def _not_shown(claims: Iterable[Claim], brief: Brief) -> list[Failure]:
    """The bottom lines that are not shown, and why."""
    hidden = (claim for claim in claims if not is_shown(claim, brief))
    return [Failure("a bottom line", _why_hidden(claim)) for claim in hidden]


def _why_hidden(claim: Claim) -> Notice:
    return Notice("nobody has read it") if stands(claim) else Notice("withheld: {reasons}", reasons=_reasons(claim))


async def _standing(
    stories: Sequence[Story], plan: Plan, documents: Mapping[str, Annotated], ask: _Asking
) -> tuple[Story, ...]:
    """The stories with their standing; what was added to their posts goes to the second reader, as their lines did."""

    async def one(story: Story) -> Story:
        known = {*story.claims, *(claim for summary in story.summaries for claim in summary.lines)}
        if known.issuperset(story.changed):
            return story
        read = await ask.second_reader.read(story.changed, documents) if ask.second_reader else story.changed
        return replace(story, changed=tuple(claim for claim in read if is_shown(claim, ask.brief)))

    return tuple(await asyncio.gather(*map(one, standing(stories, plan.past.briefed, documents))))


async def _written(
    told: Sequence[Story], documents: Mapping[str, Annotated], ask: _Asking
) -> tuple[tuple[Story, ...], list[_Outcome]]:
    """The stories with their posts' summaries by the engine that was asked for. What could not be written is among
    the outcomes, with its reason."""
    if ask.engine.name == "extractive":
        return tuple(told), []
    outcomes = await _outcomes([documents[key] for key in _keys_to_write(told)], ask)
    by_key = {o.document.key: o.summary for o in outcomes if o.summary}
    written = (replace(story, summaries=tuple(by_key.get(s.post.key, s) for s in story.summaries)) for story in told)
    return tuple(merged(story, documents) if len(story.summaries) > 1 else story for story in written), outcomes


async def _answered(
    plan: Plan, told: Sequence[Story], documents: Mapping[str, Annotated], ask: _Asking
) -> tuple[tuple[Answer, ...], list[Failure]]:
    """The key questions answered; by the extractive engine where the other one cannot."""
    if not documents:
        return (), []

    async def by(engine: Engine, second_reader: SecondReader | None) -> tuple[Answer, ...]:
        return await answer_questions(
            plan.questions,
            documents,
            engine,
            ask.brief,
            second_reader=second_reader,
            before=plan.past.answers,
            input_tokens=QUESTION_TOKENS,
            in_digest={summary.post.key for story in told for summary in story.summaries},
        )

    try:
        return await by(ask.engine, ask.second_reader), []
    except (PostError, ModelError, BudgetError) as error:
        return await by(extractive(), None), [Failure("the key questions", _cause(error))]


def documents_of(loaded: LoadResult, kept: DocumentOfPost = clean) -> list[Annotated]:
    """The documents that a digest of what was loaded is made of."""
    posts, _ = _once(loaded.posts)
    return _cleaned(posts, kept, Quarantine())[0]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a digest is to be, besides its posts: when, how and for which period it is made, its questions, its past."""

    made_at: datetime
    settings: Settings
    period: Period = field(default_factory=Period)
    title: str = ""
    questions: tuple[str, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    past: Past = field(default_factory=Past)


@dataclass(frozen=True, slots=True)
class _Selection:
    """The stories of what was loaded, as they are selected, not written, and what became of the other posts."""

    told: tuple[Story, ...]
    also: tuple[Story, ...]
    documents: dict[str, Annotated]
    doubled: tuple[Failure, ...]
    failed: tuple[Failure, ...]


def standing(
    stories: Sequence[Story], past: Sequence[StoryRecord] | None, documents: Mapping[str, Annotated]
) -> tuple[Story, ...]:
    """The stories with their standing as `stand` finds it; what was added to their posts is checked as any line."""
    return tuple(
        replace(story, changed=_stating(drafts, documents)) if drafts else story
        for story, drafts in stand(stories, past, documents=documents)
    )


def _stating(drafts: Sequence[Draft], documents: Mapping[str, Annotated]) -> tuple[Claim, ...]:
    claims = (verify(cite(draft, documents, id=f"n{n}"), documents) for n, draft in enumerate(drafts, 1))
    return tuple(claim for claim in claims if claim.kind != "question" and stands(claim))


async def _chosen(loaded: LoadResult, plan: Plan, select: _Asking, kept: DocumentOfPost) -> _Selection:
    posts, doubled = _once(loaded.posts)
    documents, failed = _cleaned(posts, kept, select.quarantine)
    selected = await _outcomes(documents, select)
    failed += [Failure(_name(o.document.title, o.document.key), o.failed) for o in selected if o.failed]
    pairs = [(o.document, o.summary) for o in selected if o.summary]
    by_key = {document.key: document for document, _ in pairs}
    grouped = group(pairs, sources=plan.sources)
    stories = await _standing(grouped, plan, by_key, select)
    told, also = arrange(
        stories,
        documents=by_key,
        questions=plan.questions,
        sources=plan.sources,
        most=plan.settings.most_stories,
    )
    return _Selection(told, also, by_key, tuple(doubled), tuple(failed))


async def to_be_written(loaded: LoadResult, plan: Plan, kept: DocumentOfPost = clean) -> list[Document]:
    """The documents that a model would be asked to sum up for this digest."""
    chosen = await _chosen(loaded, plan, _Asking(extractive(), brief_of(plan.settings)), kept)
    return [chosen.documents[key] for key in _keys_to_write(chosen.told)]


def _keys_to_write(told: Sequence[Story]) -> list[str]:
    """Copies of another's text, and stories that go on without news and get one line, stay as they were selected."""
    at_length = [story for story in told if story.standing != "continuing"]
    return [s.post.key for story in at_length for s in story.summaries if s.post.key not in story.copies]


async def make(
    loaded: LoadResult,
    plan: Plan,
    found: EngineSession,
    *,
    kept: DocumentOfPost = clean,
    tell: Callable[[int], None] = lambda done: None,
    show: Callable[[DigestRun], object] = lambda made: None,
) -> DigestRun:
    """The digest of what was loaded. `tell` hears of each document that is done.

    Every post read ends as used or as dropped with its reason. Which posts make a story, and which stories are told,
    is decided on what the extractive engine selects; the engine that was asked for then writes only what is told.
    `kept` cleans a post, or finds it cleaned. `show` does something with what was made, as rendering it. A post at
    which any of this breaks is left out; where it is no post, but what the model wrote, it is done without the model.
    """

    async def attempt(few: LoadResult, by: EngineSession, quarantine: Quarantine) -> DigestRun:
        made = await _make(few, plan, by, kept=kept, tell=tell, quarantine=quarantine)
        show(made)
        return made

    async def select(posts: Sequence[Post]) -> DigestRun:
        return await attempt(replace(loaded, posts=tuple(posts)), by_selection, Quarantine())

    by_selection = replace(found, engine=extractive(), second_reader=None)
    quarantine = Quarantine()
    error = await unforeseen(whole := asyncio.ensure_future(attempt(loaded, found, quarantine)))
    if error is None:
        return whole.result()
    left_out = await quarantine.those_at_fault(loaded.posts, select, error)
    if left_out:
        failed = (*loaded.items_failed, *(broken.failure for broken in left_out))
        at_fault = [broken.post for broken in left_out]
        loaded = replace(loaded, posts=tuple(p for p in loaded.posts if p not in at_fault), items_failed=failed)
        error = await unforeseen(whole := asyncio.ensure_future(attempt(loaded, found, quarantine)))
        if error is None:
            return whole.result()
    if found.engine.name == "extractive":
        raise error
    return _with_fallback(await attempt(loaded, by_selection, quarantine), Failure("the model", mistake_notice(error)))


def _with_fallback(made: DigestRun, failure: Failure) -> DigestRun:
    covered = replace(made.digest.coverage, fallbacks=(*made.digest.coverage.fallbacks, failure))
    return replace(made, digest=replace(made.digest, coverage=covered), failures=made.failures + 1)


async def _make(
    loaded: LoadResult,
    plan: Plan,
    found: EngineSession,
    *,
    kept: DocumentOfPost,
    tell: Callable[[int], None],
    quarantine: Quarantine,
) -> DigestRun:
    engine, brief = found.engine, brief_of(plan.settings)
    ask = _Asking(engine, brief, found.second_reader, tell, quarantine)
    is_model = engine.name != "extractive"
    select = _Asking(extractive(), brief, tell=_quiet if is_model else tell, quarantine=quarantine)
    chosen = await _chosen(loaded, plan, select, kept)
    by_key, past = chosen.documents, plan.past
    told, outcomes = await _written(chosen.told, by_key, ask)
    if is_model:
        told = await _standing(told, plan, by_key, ask)
    troubles = [(o.document, o.fell_back) for o in outcomes if o.fell_back]
    found_answers, unanswered = await _answered(plan, told, by_key, ask)
    lead, lead_failed = await _bottom_line(told, by_key, ask)
    incomplete = lead_failed + unanswered
    without_model = [Failure(_name(d.title, d.key), _cause(error)) for d, error in troubles] + incomplete
    without_model += _not_shown(lead, brief)
    not_read = ask.second_reader.trouble if ask.second_reader else ""
    without_model += [Failure("the second reader", not_read)] if not_read else []
    bottom_line = tuple(claim for claim in lead if is_shown(claim, brief))
    stories = _numbered((*told, *chosen.also))
    corrected, corrected_posts, unread = _corrections(plan, by_key, kept, quarantine)
    failed = [*chosen.failed, *unread]
    digest = Digest(
        title=plan.title,
        made_at=plan.made_at,
        stories=stories[: len(told)],
        also=stories[len(told) :],
        corrections=corrected,
        answers=found_answers,
        outlets=_outlets(plan.sources, list(by_key.values())),
        coverage=coverage(
            list(by_key.values()),
            stories,
            sources=loaded.sources,
            sources_failed=loaded.sources_failed,
            sources_stale=loaded.stale,
            posts_dropped=[*loaded.items_failed, *loaded.left_out, *chosen.doubled, *failed],
            not_posts=loaded.not_posts,
            fallbacks=without_model,
            engine=engine.name,
            bottom_line=bottom_line,
            answers=found_answers,
            model=found.use(),
        ),
        language=brief.language or "en",
        timezone=plan.settings.timezone,
        since=plan.period.since,
        until=plan.period.until,
        length=brief.length,
        bottom_line=bottom_line,
        compared_with=past.compared_with,
        made_by=this_version(),
    )
    lost = (*loaded.sources_failed, *loaded.items_failed, *failed, *incomplete)
    return DigestRun(
        digest=digest,
        documents=tuple(by_key.values()),
        failures=len(lost) + len(troubles),
        stopped=next((error for _, error in troubles if not isinstance(error, PostError)), None),
        not_read=not_read,
        broken=tuple(quarantine.posts),
        corrected=corrected_posts,
        not_written=tuple(_cause(error) for _, error in troubles if isinstance(error, PostError)),
    )


def _quiet(done: int) -> None:
    pass


def _numbered(stories: Sequence[Story]) -> tuple[Story, ...]:
    return tuple(replace(story, id=f"s{number}") for number, story in enumerate(stories, 1))


def _corrections(
    plan: Plan, documents: Mapping[str, Annotated], kept: DocumentOfPost, quarantine: Quarantine
) -> tuple[tuple[Correction, ...], tuple[Document, ...], list[Failure]]:
    """What was changed or withdrawn of what earlier digests briefed, those of its posts that are not told again, and
    those that could not be read."""
    if not plan.past.briefed:
        return (), (), []
    broken: list[Failure] = []
    now = dict(documents)
    gone = set(plan.past.gone)
    for post in plan.past.changed:
        if post.key not in now:
            try:
                with quarantine.of(post):
                    now[post.key] = annotate(kept(post))
            except BrokenPostError as error:
                broken.append(Failure(error.post, error.cause))
            except PostError:  # behind a password, or emptied
                gone.add(post.key)
    found = corrections(plan.past.briefed, now, gone, noticed_at=plan.made_at)
    changed = [one.post.key for one in found if one.kind == "changed" and one.post.key not in documents]
    return found, tuple(now[key] for key in changed), broken


def _outlets(sources: Mapping[str, Source], documents: Sequence[Document]) -> tuple[Outlet, ...]:
    """What the desk notes of the sources that the digest rests on."""
    used = dict.fromkeys(document.post.source for document in documents)
    noted = [sources[name] for name in used if name in sources]
    return tuple(Outlet(s.name, s.owner, s.leaning, s.country) for s in noted if s.owner or s.leaning or s.country)


def _reasons(claim: Claim) -> tuple[str, ...]:
    return claim.check.reasons if claim.check else ()


def _name(title: str, key: str) -> str:
    return title or key


def _cause(error: BriefingError) -> str:
    return error.cause if isinstance(error, PostError) else error.args[0]


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
    config = settings(length=length, language=language, engine=engine)
    async with opened(config, now=datetime.now(UTC), is_cached=cache) as found:
        document = document_of(subject)
        return await summarise_document(document, found.engine, brief_of(config), second_reader=found.second_reader)


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
    outcome: list[_T] = []
    failure: list[BaseException] = []

    async def kept() -> None:  # asyncio.run prints what its task gives, twice, where nobody sees it: it gives nothing
        outcome.append(await waiting)

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.run(kept())
        return outcome[0]

    def work() -> None:
        try:
            asyncio.run(kept())
        except BaseException as error:  # noqa: BLE001 - handed to the caller's thread below
            failure.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    if failure:
        raise failure[0]
    return outcome[0]


def load(source: str | Path, *, on_error: Callable[[LoadError], None] | None = None) -> list[Post]:
    """The posts of a site, feed or page (an address on the web), of a file, or of a folder.

    LoadError where no post can be read. An item of the wrong shape raises its ParseError, unless `on_error` is given:
    then it hears of each, and the others are read; drafts, pages and other items that are no published posts are left
    out. Nothing is remembered between two calls.
    """
    posts = []
    for item in _visited(str(source)) if str(source).startswith(("http://", "https://")) else read_files(Path(source)):
        if isinstance(item, Post):
            posts.append(item)
        elif isinstance(item, NotAPostError):
            continue
        elif on_error is None:
            raise item
        else:
            on_error(item)
    if not posts:
        raise LoadError(str(source), Notice("no post in it could be read"))
    return posts


def _visited(address: str) -> list[Post | LoadError]:
    return run(visited(Source(source_name(address), address), rules_of(settings())))


def make_digest(
    posts: Iterable[Post],
    *,
    title: str = "",
    questions: Sequence[str] = (),
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
    loaded = LoadResult(tuple(dict.fromkeys(post.source for post in given if post.source)), given)
    config = settings(length=length, language=language, engine=engine, timezone=timezone)
    now = datetime.now(UTC)
    plan = Plan(made_at=made_at or now, settings=config, title=title, questions=tuple(questions) or config.questions)

    async def work() -> DigestRun:
        async with opened(config, now=now, is_cached=cache) as found:
            return await make(loaded, plan, found)

    return run(work()).digest
