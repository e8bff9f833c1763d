"""What was briefed: digests, their stories, and the answers they gave.

The past of a digest that covers a period up to `until` is every digest of its series whose period ended before then;
so one that is made again for the same period does not meet itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from briefing.store.columns import short_name
from briefing.store.database import Database, insert_missing, upsert
from briefing.store.records import AnswerGiven, BriefedStory, DigestRecord
from briefing.store.tables import answers_given, digest_posts, digests, stories

_DIGEST: Final = [digests.c[field.name] for field in fields(DigestRecord)]
_STORY: Final = [stories.c[field.name] for field in fields(BriefedStory)]
_ANSWER: Final = [answers_given.c[field.name] for field in fields(AnswerGiven)]


class Digests:
    """The methods of `Store` for digests."""

    database: Database

    def keep_digest(
        self,
        record: DigestRecord,
        told: Sequence[BriefedStory] = (),
        given: Sequence[AnswerGiven] = (),
        posts: Iterable[str] = (),
    ) -> None:
        """Keep a digest, its stories, its answers, and the keys of the posts it rests on, in one transaction.

        It takes the place of the digest of the same series and period, with all that belonged to that one.
        """
        if ({row.series for row in told} | {row.series for row in given}) - {record.series}:
            raise ValueError(f"{record.series}: stories or answers of another series")
        period = {"series": record.series, "since": record.since, "until": record.until}
        answered = [{**asdict(row), **period, "question_name": short_name(row.question)} for row in given]
        cited = [{**period, "key_name": short_name(key)} for key in posts]

        def keep(connection: sa.Connection) -> None:
            for table in (stories, answers_given, digest_posts):
                connection.execute(sa.delete(table).where(*(table.c[name] == value for name, value in period.items())))
            upsert(connection, digests, [asdict(record)])
            upsert(connection, stories, [{**asdict(row), **period} for row in told])
            upsert(connection, answers_given, answered)
            insert_missing(connection, digest_posts, cited)

        self.database.write(keep)

    def digests(
        self, series: str | None = None, since: datetime | None = None, limit: int | None = None
    ) -> tuple[DigestRecord, ...]:
        """The digests, of one series or all, whose period ended after `since`; newest first."""
        wanted = [] if series is None else [digests.c.series == series]
        wanted += [] if since is None else [digests.c.until > since]
        return self._digests(*wanted, limit=limit)

    def last_digest(self, series: str, before: datetime | None = None) -> DigestRecord | None:
        """The newest digest of a series whose period ended before then."""
        wanted = [] if before is None else [digests.c.until < before]
        return next(iter(self._digests(digests.c.series == series, *wanted, limit=1)), None)

    def periods(self, series: str) -> tuple[tuple[datetime, datetime], ...]:
        """The periods of a series' digests, (since, until), the one that ended first first."""
        query = sa.select(digests.c.since, digests.c.until).where(digests.c.series == series).order_by(digests.c.until)
        with self.database.reading() as connection:
            return tuple((row.since, row.until) for row in connection.execute(query))

    def _digests(self, *wanted: sa.ColumnElement[bool], limit: int | None) -> tuple[DigestRecord, ...]:
        newest = (digests.c.until.desc(), digests.c.made_at.desc(), digests.c.series)
        query = sa.select(*_DIGEST).where(*wanted).order_by(*newest).limit(limit)
        with self.database.reading() as connection:
            return tuple(DigestRecord(**row) for row in connection.execute(query).mappings())

    def series(self) -> tuple[str, ...]:
        """The names of the series that have digests."""
        with self.database.reading() as connection:
            return tuple(sorted(connection.scalars(sa.select(digests.c.series).distinct())))

    def briefed(
        self, series: str, *, since: datetime | None = None, before: datetime | None = None
    ) -> tuple[BriefedStory, ...]:
        """The stories of the digests whose period ended before then, each as it was told last; newest first.

        `before` is the end of the period that is being made. With `since`: those last told then or later.
        """
        rows = self._rows(stories, _STORY, series, before, [] if since is None else [stories.c.last_at >= since])
        newest: dict[str, BriefedStory] = {}
        for row in rows:
            newest.setdefault(row["id"], BriefedStory(**row))
        return tuple(newest.values())

    def last_answer(self, series: str, question: str, before: datetime | None = None) -> AnswerGiven | None:
        """What the newest digest that took up the question, and whose period ended before then, answered."""
        is_it = answers_given.c.question_name == short_name(question)
        rows = self._rows(answers_given, _ANSWER, series, before, [is_it], limit=1)
        return AnswerGiven(**rows[0]) if rows else None

    def _rows(
        self,
        table: sa.Table,
        columns: Sequence[sa.ColumnElement[Any]],
        series: str,
        before: datetime | None,
        wanted: Sequence[sa.ColumnElement[bool]],
        limit: int | None = None,
    ) -> Sequence[sa.RowMapping]:
        past = [] if before is None else [table.c.until < before]
        query = sa.select(*columns).where(table.c.series == series, *past, *wanted)
        query = query.order_by(table.c.until.desc(), table.c.since).limit(limit)
        with self.database.reading() as connection:
            return connection.execute(query).mappings().all()
