"""A desk's digest: its sources visited, its past read, the digest made, and remembered once it is written."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from briefing.config import TOML, Settings
from briefing.sources.pictures import pictures
from briefing.store import Store
from briefing.stories.coverage import Period
from briefing.summarise.questions import answer
from briefing.types import Answer, Digest, Document, Failure, Source
from briefing.workflow.engines import EngineSession, brief_of, data_folder, estimate, open_store, opened
from briefing.workflow.gathering import CleanedDocuments, LoadResult, VisitContext, gather, is_live, rules_of
from briefing.workflow.memory import Past, covered_until, documents_kept, keep, past_of
from briefing.workflow.pipeline import DigestRun, Plan, documents_of, make, to_be_written
from briefing.workflow.quarantine import BrokenPost

FIRST_PERIOD = timedelta(hours=24)
QUARANTINE = "left out"  # the folder, in that of the data, for the posts at which the program broke
# Posts that no digest rests on are forgotten after so long; that they were seen is not.
KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: of which sources, in which series (None: no past is read or written), for which period.

    `period` None is what is new since the last digest of the series, without a past the last 24 hours; for a digest
    of files only, all of their posts.
    """

    sources: tuple[Source, ...]
    series: str | None = None
    period: Period | None = None
    title: str = ""
    questions: tuple[str, ...] = ()
    is_scheduled: bool = False


@dataclass(frozen=True, slots=True)
class GatheredPosts:
    """The posts of an order and its past, before anything is made of them."""

    order: Order
    period: Period
    loaded: LoadResult
    past: Past = field(default_factory=Past)


@dataclass(frozen=True, slots=True)
class Edition:
    """A digest made to order. `is_empty`: there is no story in it, so nothing is written. `kept` says of each post at
    which the program itself broke where a file is that breaks it again."""

    gathered: GatheredPosts
    made: DigestRun
    kept: tuple[Failure, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show: no document, and no correction of an earlier one."""
        return not self.made.documents and not self.made.digest.corrections

    @property
    def is_quiet(self) -> bool:
        """Whether it is empty because nothing is new at the sources that could be read."""
        loaded = self.gathered.loaded
        read = len(loaded.sources) - len(loaded.sources_failed)
        is_any_live = any(map(is_live, self.gathered.order.sources))
        return is_any_live and read > 0 and not self.made.digest.coverage.posts_used


def _kept(broken: BrokenPost) -> Failure:
    try:
        at = broken.save(data_folder() / QUARANTINE)
    except OSError as error:
        return Failure(broken.failure.what, f"{broken.why}; it could not be kept: {error.strerror}")
    return Failure(broken.failure.what, f"{broken.why}; report it with {at}, which holds the post")


def series_of(sources: Sequence[Source], *, is_given: bool) -> str | None:
    """The name under which the digests of these sources follow each other; None for files, which have no past.

    Those of a briefing.toml are the series of its folder, whatever is added to them; those given by hand, of the
    addresses.
    """
    if not any(map(is_live, sources)):
        return None
    if not is_given:
        return f"{Path(TOML).resolve().parent}"
    return "sources " + hashlib.sha256("\n".join(sorted(s.address for s in sources)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Desk:
    """One run: the settings, the time, the engine, and the store where something is to be remembered."""

    settings: Settings
    now: datetime
    found: EngineSession
    store: Store | None

    @classmethod
    @asynccontextmanager
    async def opened(cls, settings: Settings, *, now: datetime, has_past: bool = True) -> AsyncIterator[Desk]:
        """Everything a run needs, closed at its end. ConfigError before any request where the store is unusable."""
        async with AsyncExitStack() as stack:
            store = stack.enter_context(open_store(settings)) if has_past else None
            yield cls(settings, now, await stack.enter_async_context(opened(settings, now=now, store=store)), store)

    async def gather(
        self, order: Order, *, standard_input: bytes = b"", tell: Callable[[int], None] = lambda done: None
    ) -> GatheredPosts:
        """The posts of the order's period, and its past. `tell` hears of each source that is done."""
        period = self._period(order)
        visiting = VisitContext(
            now=self.now,
            rules=rules_of(self.settings),
            store=self.store,
            is_scheduled=order.is_scheduled,
            poll=timedelta(minutes=self.settings.poll_minutes),
        )
        loaded = await gather(order.sources, visiting, period=period, standard_input=standard_input, tell=tell)
        past = Past()
        if self.store and order.series:
            past = past_of(self.store, order.series, period, questions=order.questions)
        return GatheredPosts(order, period, loaded, past)

    def _period(self, order: Order) -> Period:
        """The order's own; else from where the last digest ended, or of the last 24 hours, to now.

        What a visit finds is dated now, so that the period ends an instant later.
        """
        if order.period is not None:
            return order.period
        if order.series is None or self.store is None:
            return Period()
        until = covered_until(self.store, order.series)
        since = min(until, self.now) if until else self.now - FIRST_PERIOD
        return Period(since, self.now + timedelta(microseconds=1))

    async def make(
        self,
        gathered: GatheredPosts,
        *,
        tell: Callable[[int], None] = lambda done: None,
        show: Callable[[DigestRun], object] = lambda made: None,
    ) -> Edition:
        """The digest of what was gathered. `tell` hears of each post that is done; `show` as for `pipeline.make`."""
        cleaned = CleanedDocuments(self.store)
        made = await make(gathered.loaded, self._plan(gathered), self.found, kept=cleaned, tell=tell, show=show)
        cleaned.keep()
        return Edition(gathered, made, tuple(_kept(broken) for broken in made.broken))

    async def images(self, edition: Edition) -> dict[str, str]:
        """The featured images of the stories told, as `data:` addresses by post; none unless the settings ask."""
        if not self.settings.images:
            return {}
        told = {summary.post.key for story in edition.made.digest.stories for summary in story.summaries[:1]}
        return await pictures([d.post for d in edition.made.documents if d.key in told], rules_of(self.settings))

    def keep(self, edition: Edition, *, shown: Digest | None = None) -> None:
        """Remember a digest, once its files are written: the next one is compared with it.

        `shown` is what an editor made of it, for the archive; what the next one is compared with is what was made.
        """
        gathered = edition.gathered
        if self.store and gathered.order.series:
            keep(
                self.store,
                gathered.order.series,
                edition.made.digest,
                edition.made.documents,
                past=gathered.past,
                since=gathered.period.since or self.now,
                shown=shown,
            )
            self.store.forget(self.now - KEPT)

    def documents(self, gathered: GatheredPosts, *, has_history: bool = False) -> dict[str, Document]:
        """The documents to ask: those of the posts gathered, and of past digests where asked for."""
        cleaned = CleanedDocuments(self.store)
        found = {document.key: document for document in documents_of(gathered.loaded, cleaned)}
        cleaned.keep()
        return (documents_kept(self.store) if has_history and self.store else {}) | found

    async def ask(self, question: str, documents: Mapping[str, Document]) -> Answer:
        """What the documents say to one question; by selection, where the model cannot."""
        brief = brief_of(self.settings)
        return await answer(
            question,
            documents,
            self.found.engine,
            brief,
            second_reader=self.found.second_reader,
            input_tokens=self.settings.input_tokens,
        )

    async def estimate(self, gathered: GatheredPosts) -> list[str]:
        """What a model would be asked for these posts, in lines for a person; nothing is sent."""
        kept = CleanedDocuments(self.store)
        documents = await to_be_written(gathered.loaded, self._plan(gathered), kept)
        return (await estimate(documents, self.found, self.settings, questions=len(gathered.order.questions))).lines()

    def _plan(self, gathered: GatheredPosts) -> Plan:
        order = gathered.order
        return Plan(
            made_at=self.now,
            settings=self.settings,
            period=gathered.period,
            title=order.title,
            questions=order.questions,
            sources={source.name: source for source in order.sources},
            past=gathered.past,
        )
