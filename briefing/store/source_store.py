"""What is remembered of sources, and the posts they showed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final

import sqlalchemy as sa

from briefing.store.columns import short_name
from briefing.store.database import Database, insert_missing, upsert
from briefing.store.records import ForgottenCounts, PostRecord, SourceState, VisitRecord
from briefing.store.tables import digest_posts, documents, posts, sources

_AT_ONCE: Final = 500  # values in one statement; SQLite and PostgreSQL both end at about 32,000
_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_STATE: Final = [sources.c[field.name] for field in fields(SourceState)]
_POST: Final = [posts.c[field.name] for field in fields(PostRecord)]


class Sources:
    """The methods of `Store` for sources, their posts, and the cleaned documents."""

    database: Database

    def source(self, address: str) -> SourceState | None:
        """What is remembered of a source, if it was ever visited."""
        with self.database.reading() as connection:
            row = connection.execute(sa.select(*_STATE).where(_is_source(address))).mappings().first()
        return None if row is None else SourceState(**row)

    def sources(self) -> tuple[SourceState, ...]:
        """Every source, by its address."""
        with self.database.reading() as connection:
            rows = connection.execute(sa.select(*_STATE)).mappings().all()
        return tuple(sorted((SourceState(**row) for row in rows), key=lambda state: state.address))

    def keep_visit(self, state: SourceState, found: Sequence[PostRecord], gone: Sequence[str] = ()) -> VisitRecord:
        """Keep what a visit brought, and the source's state and validators, in one transaction.

        `gone` are ids that the source no longer shows; a post that is shown again is no longer gone. The visit
        happened at `state.last_read_at` (now, where it has none).
        """
        at = state.last_read_at or self.database.now()
        shown = {post.key: post for post in found if post.address == state.address}
        if len(shown) != len({post.key for post in found}):
            raise ValueError(f"{state.address}: posts of another source")

        def keep(connection: sa.Connection) -> VisitRecord:
            is_known = connection.scalar(
                sa.select(sources.c.last_read_at).where(_is_source(state.address), sources.c.last_read_at != at)
            )
            visit = _keep_posts(connection, shown, _known(connection, state.address, shown), at, not is_known)
            lost = _mark_gone(connection, state.address, set(gone) - {post.id for post in shown.values()}, at)
            row = {**asdict(state), "last_read_at": at, "address_name": short_name(state.address)}
            upsert(connection, sources, [row])
            return VisitRecord(visit.new, visit.changed, lost)

        return self.database.write(keep)

    def keep_failure(
        self, address: str, error: str, at: datetime, not_before: datetime | None = None, *, is_gone: bool = False
    ) -> SourceState:
        """Keep that a visit failed; validators and posts stay. Said twice of the same instant, it counts once."""

        def keep(connection: sa.Connection) -> SourceState:
            row = connection.execute(sa.select(*_STATE).where(_is_source(address))).mappings().first()
            known = asdict(SourceState(address=address)) if row is None else dict(row)
            if known["last_tried_at"] != at or known["last_error"] is None:
                known["failures"] += 1
            known |= {"last_tried_at": at, "last_error": error, "not_before": not_before, "is_gone": is_gone}
            upsert(connection, sources, [{**known, "address_name": short_name(address)}])
            return SourceState(**known)

        return self.database.write(keep)

    def posts(
        self, addresses: Sequence[str], *, since: datetime | None = None, until: datetime | None = None
    ) -> tuple[PostRecord, ...]:
        """The posts these sources show, newest first; one that two sources carry comes once for each.

        With `since` and `until` (not included): those published in between, and those that became news to us then:
        changed, or first seen on any but the source's first visit, whatever their date says.
        """
        wanted: list[sa.ColumnElement[bool]] = [posts.c.gone_at.is_(None), posts.c.record.is_not(None)]
        if since is not None or until is not None:
            wanted.append(sa.or_(_between(posts.c.published, since, until), _between(posts.c.news_at, since, until)))
        found = self._posts(posts.c.address_name, addresses, *wanted)
        return tuple(sorted(found, key=lambda post: (post.published or post.first_seen or _NEVER, post.key)))[::-1]

    def post(self, key: str) -> PostRecord | None:
        """The post under a key, as the source that showed it last has it; gone or not."""
        return self.posts_of([key]).get(key)

    def posts_of(self, keys: Iterable[str]) -> Mapping[str, PostRecord]:
        """The posts under keys, gone or not, each as the source that showed it last has it; unknown keys are absent."""
        found = self._posts(posts.c.key_name, keys, posts.c.record.is_not(None))
        return {post.key: post for post in sorted(found, key=_last_shown)}

    def _posts(self, column: sa.Column[Any], texts: Iterable[str], *wanted: sa.ColumnElement[bool]) -> list[PostRecord]:
        found: list[PostRecord] = []
        with self.database.reading() as connection:
            for some in _batches(dict.fromkeys(texts)):
                query = sa.select(*_POST).where(column.in_([short_name(text) for text in some]), *wanted)
                found += (PostRecord(**row) for row in connection.execute(query).mappings())
        return found

    def document(self, hash: str) -> str | None:
        """The cleaned document under a hash."""
        with self.database.reading() as connection:
            return connection.scalar(sa.select(documents.c.document).where(documents.c.hash == hash))

    def documents_of(self, hashes: Iterable[str]) -> Mapping[str, str]:
        """The cleaned documents under hashes; unknown ones are left out."""
        found: dict[str, str] = {}
        with self.database.reading() as connection:
            for some in _batches(dict.fromkeys(hashes)):
                query = sa.select(documents.c.hash, documents.c.document).where(documents.c.hash.in_(some))
                found |= {row.hash: row.document for row in connection.execute(query)}
        return found

    def keep_documents(self, cleaned: Mapping[str, str]) -> None:
        """Keep cleaned documents under their hashes; what is there already stays."""
        now = self.database.now()
        rows = [{"hash": name, "document": text, "kept_at": now} for name, text in cleaned.items()]
        self.database.write(lambda connection: insert_missing(connection, documents, rows))

    def forget(self, before: datetime) -> ForgottenCounts:
        """Forget the texts of posts that were last news before then, unless a digest rests on them.

        That a post was seen stays known, or it would be new once more, unless its source no longer shows it.
        Documents go that no post's text has as its hash any more.
        """
        is_free = posts.c.key_name.not_in(sa.select(digest_posts.c.key_name))
        is_old = sa.and_(posts.c.news_at < before, is_free)
        in_use = sa.select(posts.c.hash).where(posts.c.record.is_not(None))
        with self.database.writing() as connection:
            deleted = connection.execute(sa.delete(posts).where(is_old, posts.c.gone_at < before)).rowcount
            emptied = connection.execute(
                sa.update(posts).where(is_old, posts.c.record.is_not(None)).values(record=None)
            ).rowcount
            cleaned = connection.execute(
                sa.delete(documents).where(documents.c.kept_at < before, documents.c.hash.not_in(in_use))
            ).rowcount
        return ForgottenCounts(emptied, deleted, cleaned)


def _is_source(address: str) -> sa.ColumnElement[bool]:
    return sources.c.address_name == short_name(address)


def _between(column: sa.Column[Any], since: datetime | None, until: datetime | None) -> sa.ColumnElement[bool]:
    bounds = [column >= since] if since is not None else []
    return sa.and_(sa.true(), *bounds, *([column < until] if until is not None else []))


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(texts)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def _last_shown(post: PostRecord) -> tuple[bool, datetime]:
    return post.gone_at is None, post.changed_at or post.first_seen or _NEVER


def _known(connection: sa.Connection, address: str, shown: Iterable[str]) -> dict[str, sa.Row[Any]]:
    """What is kept of these posts of a source, but for the records themselves."""
    column = posts.c
    query = sa.select(
        column.key, column.id, column.hash, column.published, column.modified, column.first_seen, column.changed_at,
        column.gone_at, column.news_at, column.record.is_(None).label("is_forgotten"),
    ).where(column.address_name == short_name(address))  # fmt: skip
    found: dict[str, sa.Row[Any]] = {}
    for some in _batches(shown):
        wanted = query.where(column.key_name.in_([short_name(key) for key in some]))
        found |= {row.key: row for row in connection.execute(wanted)}
    return found


def _keep_posts(
    connection: sa.Connection,
    shown: Mapping[str, PostRecord],
    known: Mapping[str, sa.Row[Any]],
    at: datetime,
    is_first_visit: bool,
) -> VisitRecord:
    """Write what differs. What an earlier try of this very visit wrote is told by its instant."""
    rows, new, changed = [], [], []
    for post in shown.values():
        before = known.get(post.key)
        if before is None:
            published = post.published if is_first_visit and post.published else at
            rows.append(_row(post, first_seen=at, changed_at=None, news_at=min(published, at)))
            new.append(post.key)
            continue
        is_changed = before.hash != post.hash
        if is_changed:
            rows.append(_row(post, first_seen=before.first_seen, changed_at=at, news_at=at))
        elif _differs(before, post):
            rows.append(_row(post, first_seen=before.first_seen, changed_at=before.changed_at, news_at=before.news_at))
        if before.first_seen == at:
            new.append(post.key)
        elif is_changed or before.changed_at == at:
            changed.append(post.key)
    upsert(connection, posts, rows)
    return VisitRecord(tuple(new), tuple(changed))


def _differs(before: sa.Row[Any], post: PostRecord) -> bool:
    kept = (before.id, before.published, before.modified, before.gone_at, before.is_forgotten)
    return kept != (post.id, post.published, post.modified, None, False)


def _row(post: PostRecord, **times: datetime | None) -> dict[str, Any]:
    return {
        **asdict(post),
        "address_name": short_name(post.address),
        "key_name": short_name(post.key),
        "gone_at": None,
        **times,
    }


def _mark_gone(connection: sa.Connection, address: str, ids: Iterable[str], at: datetime) -> tuple[str, ...]:
    of_source = posts.c.address_name == short_name(address)
    keys: list[str] = []
    for some in _batches(sorted(ids)):
        chosen = sa.and_(of_source, posts.c.id.in_(some), sa.or_(posts.c.gone_at.is_(None), posts.c.gone_at == at))
        keys += connection.scalars(sa.select(posts.c.key).where(chosen).order_by(posts.c.key))
        connection.execute(sa.update(posts).where(chosen).values(gone_at=at))
    return tuple(keys)
