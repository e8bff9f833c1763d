"""What a series of digests remembers: the stories it told, the answers it gave, and what became of their posts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from pydantic import TypeAdapter

from briefing.render.schema import answer_from_json, documents_from_json, documents_to_json, to_json
from briefing.stories.coverage import Period
from briefing.stories.status import StoryRecord, record_from_json, record_to_json, story_records
from briefing.types import Answer, Digest, Document, Post
from briefing.workflow.gathering import post_of

if TYPE_CHECKING:
    from briefing.store import Store

# A story that nobody told for so long is new when it comes back; a post that was briefed longer ago is not watched.
REMEMBERED = timedelta(days=30)
_SLACK = timedelta(hours=1)
_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True)
class Past:
    """What a digest is compared with; `briefed` None: there was none.

    `changed` are briefed posts as their source shows them now, where that differs from what was last seen; `gone` the
    keys of those withdrawn since the last digest. `answers` are the last ones, by question, and when they were given.
    """

    briefed: tuple[StoryRecord, ...] | None = None
    changed: tuple[Post, ...] = ()
    gone: frozenset[str] = frozenset()
    answers: Mapping[str, tuple[Answer, datetime]] = field(default_factory=dict)
    compared_with: datetime | None = None


def covered_until(store: Store, series: str) -> datetime | None:
    """Until when the digests of a series cover time without a gap; None where there are none.

    One that was made in between for a period of its own covers that only: what lies before it is still to be told.
    """
    until = None
    for since, end in store.periods(series):
        if until is None or since <= until:
            until = end if until is None else max(until, end)
    return until


def past_of(store: Store, series: str, period: Period, *, questions: Sequence[str]) -> Past:
    """The past of a digest of the series for the period: every digest whose own ended when this one's begins.

    A run that is called every day is never called at the same second; so what ended a little later counts, too.
    """
    if period.since is None:
        return Past()
    length = (period.until - period.since) if period.until else _SLACK
    before = period.since + max(min(_SLACK, length / 10), timedelta(microseconds=1))
    last = store.last_digest(series, before)
    if last is None:
        return Past()
    rows = store.briefed(series, since=before - REMEMBERED, before=before)
    briefed = tuple(_read(record_from_json, (row.record for row in rows)))
    watched = {key: story.last_at for story in reversed(briefed) for key in story.posts}
    records = store.posts_of(watched)
    changed = [r for key, r in records.items() if r.changed_at and r.changed_at >= watched[key] and r.gone_at is None]
    return Past(
        briefed=briefed,
        changed=tuple(map(post_of, changed)),
        gone=frozenset(key for key, r in records.items() if r.gone_at is not None and r.gone_at >= last.made_at),
        answers=_answers(store, series, questions, before),
        compared_with=last.made_at,
    )


@cache
def _answer() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)


def _answers(
    store: Store, series: str, questions: Sequence[str], before: datetime
) -> dict[str, tuple[Answer, datetime]]:
    given = {question: store.last_answer(series, question, before) for question in questions}
    return {
        question: (answer, row.at)
        for question, row in given.items()
        if row is not None
        for answer in _read(answer_from_json, [row.record])
    }


def _read(read: Callable[[str], _Record], records: Iterable[str]) -> Iterator[_Record]:
    """What can be read of the past; what another version wrote otherwise is no past."""
    for record in records:
        with suppress(ValueError):
            yield read(record)


def keep(
    store: Store,
    series: str,
    digest: Digest,
    documents: Sequence[Document],
    *,
    past: Past,
    since: datetime,
    shown: Digest | None = None,
) -> None:
    """Remember a digest that was written: all of it, its stories and its answers, in one transaction.

    `shown`, where given, is what is kept to look at, as an editor changed it. Every story is remembered, told or only
    named, or it would be new again tomorrow.
    """
    from briefing.store import AnswerGiven, BriefedStory, DigestRecord

    by_key = {document.key: document for document in documents}
    records = story_records((*digest.stories, *digest.also), by_key, digest.made_at, past=past.briefed or ())
    until = digest.until or digest.made_at
    store.keep_digest(
        DigestRecord(series, since, until, digest.made_at, to_json(shown or digest), documents_to_json(documents)),
        [BriefedStory(series, r.id, r.first_at, r.last_at, record_to_json(r)) for r in records],
        [
            AnswerGiven(series, a.question, digest.made_at, a.state, _answer().dump_json(a).decode())
            for a in digest.answers
        ],
        posts=by_key,
    )


def documents_kept(store: Store, series: Iterable[str] = ()) -> dict[str, Document]:
    """The documents of past digests, each as it was last briefed; of every series, where none is named."""
    found: dict[str, Document] = {}
    for name in list(series) or store.series():
        for record in store.digests(name):
            for document in documents_from_json(record.documents):
                found.setdefault(document.key, document)
    return found
