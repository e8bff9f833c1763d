"""The life of an issue above the outbox: what was made for a date, what a person said to it, what became of it.

::

    building → built → approved → leaving → queued → done
       │         │  ╲      │         └────→ written        done without mail: files only, nobody was sent anything
       │         │   rejected                             (what needs no approval goes from built to leaving)
       └→ skipped, missed ←┘

Of a newsletter, a date and a number (0, or that of a correction) there is one row, in whatever database, so that two
machines make and send one issue. A row changes only from the state, and with the hash, that the change was decided for.
`leaving` is on the disk before the outbox hears of the issue: whoever finds it does the rest, which can be done twice.
What a person decided stands in a list of its own that only grows.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final, Literal

import sqlalchemy as sa

from briefing.exceptions import ConfigError
from briefing.newsletter.message import Issue
from briefing.store.columns import Instant, PackedText, PlainText
from briefing.store.database import Database, SchemaPart, insert_missing

IssueState = Literal[
    "building", "built", "approved", "rejected", "leaving", "queued", "written", "done", "missed", "skipped"
]
OPEN_STATES: Final = ("building", "built", "approved", "rejected", "missed", "skipped", "written")
"""The states in which nobody was sent anything: the issue may be made or edited again."""

_tables = sa.MetaData()
_issues = sa.Table(
    "newsletter_press",
    _tables,
    sa.Column("id", sa.String(70), primary_key=True),
    sa.Column("newsletter", sa.String(40), nullable=False, index=True),
    sa.Column("date", sa.String(10), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("why", PlainText, nullable=False),
    sa.Column("due_at", Instant),
    sa.Column("needs_approval", sa.Boolean, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("approved_hash", sa.String(64), nullable=False),
    sa.Column("seen_at", Instant),
    sa.Column("made_at", Instant),
    sa.Column("since", Instant),
    sa.Column("posts", PackedText, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("try_at", Instant),
    sa.Column("owed", sa.String(200), nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
    sa.Column("subject", PlainText, nullable=False),
    sa.Column("language", sa.String(80), nullable=False),
    sa.Column("html", PackedText),
    sa.Column("text", PackedText),
    sa.Column("digest", PackedText),
    sa.Column("documents", PackedText),
)
_acts = sa.Table(
    "newsletter_acts",
    _tables,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("issue", sa.String(70), nullable=False, index=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("act", sa.String(20), nullable=False),
    sa.Column("who", PlainText, nullable=False),
    sa.Column("why", PlainText, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
)
_followed = sa.Table(
    "newsletter_followed",
    _tables,
    sa.Column("newsletter", sa.String(40), primary_key=True),
    sa.Column("last_run", Instant, nullable=False),
)
_secrets = sa.Table(
    "newsletter_secret",
    _tables,
    sa.Column("name", sa.String(20), primary_key=True),
    sa.Column("value", sa.String(128), nullable=False),
)
PRESS: Final = SchemaPart("press", _tables)


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """A row without its bytes.

    `why`: why it is held, missed or skipped, or what failed last; `posts` are the hashes of what it cites, by key, as
    they were when it was made, `seen_at` when somebody last accepted them; `owed` are the ways out still to be done.
    """

    id: str
    newsletter: str
    date: date
    number: int
    state: IssueState
    why: str
    due_at: datetime | None
    needs_approval: bool
    hash: str
    approved_hash: str
    seen_at: datetime | None
    made_at: datetime | None
    since: datetime | None
    posts: Mapping[str, str]
    tries: int
    try_at: datetime | None
    owed: tuple[str, ...]
    changed_at: datetime
    subject: str

    @property
    def day(self) -> str:
        """How a person names it: 2026-11-23, or 2026-11-23/1 for the first correction."""
        return self.id.partition("/")[2]

    @property
    def is_cleared(self) -> bool:
        """Whether it may go out: these very bytes were approved, or need no approval."""
        return bool(self.hash) and (not self.needs_approval or self.approved_hash == self.hash)

    @property
    def is_ready(self) -> bool:
        """Whether it goes out by itself once it is due."""
        return self.is_cleared and self.state in ("built", "approved")


@dataclass(frozen=True, slots=True)
class FrozenIssue:
    """What was made for a row; `digest` and `documents` are JSON, empty for a correction."""

    issue: Issue
    digest: str = ""
    documents: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody decided about an issue, and about which bytes of it."""

    at: datetime
    act: str
    who: str
    why: str
    hash: str


_LIGHT: Final = [_issues.c[field.name] for field in fields(IssueRecord)]


class Issues:
    """The rows in `database`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.prepare(PRESS)

    def get(self, id: str) -> IssueRecord | None:
        """The row of that id."""
        return next(iter(self._read(_issues.c.id == id)), None)

    def of(self, newsletter: str, *states: IssueState) -> tuple[IssueRecord, ...]:
        """The rows of a newsletter, in these states (all: none named); newest first."""
        wanted = _issues.c.newsletter == newsletter
        return self._read(sa.and_(wanted, _issues.c.state.in_(states)) if states else wanted)

    def _read(self, wanted: sa.ColumnElement[bool]) -> tuple[IssueRecord, ...]:
        query = sa.select(*_LIGHT).where(wanted).order_by(_issues.c.date.desc(), _issues.c.number.desc())
        with self._database.reading() as connection:
            return tuple(map(_record, connection.execute(query).mappings()))

    def frozen(self, id: str) -> FrozenIssue:
        """What was made for a row; ConfigError where nothing was."""
        with self._database.reading() as connection:
            row = connection.execute(sa.select(_issues).where(_issues.c.id == id)).mappings().first()
        if row is None or not row["hash"]:
            raise ConfigError(f"{id}: nothing was made for it yet")
        names = ("newsletter", "subject", "html", "text", "language", "number")
        issue = Issue(date=date.fromisoformat(row["date"]), **{name: row[name] for name in names})
        if issue.hash != row["hash"]:
            raise ConfigError(f"{id}: what is kept is not what was frozen; build it again")
        return FrozenIssue(issue, row["digest"] or "", row["documents"] or "")

    def dates(self, newsletter: str) -> frozenset[date]:
        """The dates that are handled: those with any row but one that is still being built."""
        wanted = sa.and_(_issues.c.newsletter == newsletter, _issues.c.number == 0, _issues.c.state != "building")
        with self._database.reading() as connection:
            return frozenset(map(date.fromisoformat, connection.scalars(sa.select(_issues.c.date).where(wanted))))

    def begin(
        self, newsletter: str, day: date, *, number: int = 0, due_at: datetime | None, at: datetime
    ) -> IssueRecord:
        """A row to be built, and one more try: of those who build at once, only the last may freeze.

        ConfigError where the issue is on its way to recipients already.
        """
        id = f"{newsletter}/{day.isoformat()}" + (f"/{number}" if number else "")
        blank: dict[str, Any] = dict.fromkeys(("why", "hash", "approved_hash", "owed", "subject", "language"), "")
        blank |= {"due_at": due_at, "needs_approval": True, "posts": "{}", "tries": 0, "changed_at": at}
        row = {
            "id": id,
            "newsletter": newsletter,
            "date": day.isoformat(),
            "number": number,
            "state": "building",
        } | blank

        def act(connection: sa.Connection) -> int:
            insert_missing(connection, _issues, [row])
            mine = sa.update(_issues).where(_issues.c.id == id, _issues.c.state.in_(OPEN_STATES))
            return connection.execute(mine.values(tries=_issues.c.tries + 1, changed_at=at)).rowcount

        if not self._database.write(act, durably=True):
            raise ConfigError(
                f"{id}: went out already, and what people got is not changed; `correct` sends a correction"
            )
        found = self.get(id)
        assert found is not None
        return found

    def freeze(
        self,
        record: IssueRecord,
        frozen: FrozenIssue,
        *,
        needs_approval: bool,
        why: str = "",
        posts: Mapping[str, str] | None = None,
        made_at: datetime,
        since: datetime | None = None,
        at: datetime,
    ) -> IssueRecord:
        """The bytes of a row: from now on it is built, and an approval of other bytes is worth nothing.

        ConfigError where somebody else has begun to build it since, or it went out.
        """
        issue = frozen.issue
        values: dict[str, Any] = {
            "subject": issue.subject,
            "html": issue.html,
            "text": issue.text,
            "language": issue.language,
        }
        values |= {"digest": frozen.digest, "documents": frozen.documents, "hash": issue.hash, "approved_hash": ""}
        values |= {"state": "built", "why": why, "needs_approval": needs_approval, "made_at": made_at, "seen_at": at}
        values |= {"since": since, "posts": json.dumps(record.posts if posts is None else posts), "changed_at": at}
        values |= {"try_at": None}
        still_mine = sa.and_(_issues.c.tries == record.tries, _issues.c.state.in_(OPEN_STATES))
        changed = sa.update(_issues).where(_issues.c.id == record.id, still_mine).values(values)
        if not self._database.write(lambda connection: connection.execute(changed).rowcount, durably=True):
            raise ConfigError(f"{record.id}: somebody else has made it, or sent it, in the meantime")
        return self._again(record)

    def change(self, record: IssueRecord, *, at: datetime, **values: Any) -> IssueRecord | None:
        """The row with other values, if it is still in the state, and has the bytes, that it was read with."""
        pack: dict[str, Callable[[Any], str]] = {"owed": " ".join, "posts": json.dumps}
        values = {name: pack[name](value) if name in pack else value for name, value in values.items()}
        is_same = sa.and_(_issues.c.state == record.state, _issues.c.hash == record.hash)
        changed = sa.update(_issues).where(_issues.c.id == record.id, is_same).values(values | {"changed_at": at})
        if not self._database.write(lambda connection: connection.execute(changed).rowcount, durably=True):
            now = self.get(record.id)  # a commit whose answer was lost did happen
            state = values.get("state", getattr(now, "state", None))
            if now is None or now.hash != values.get("hash", record.hash) or now.state != state:
                return None
        return self._again(record)

    def _again(self, record: IssueRecord) -> IssueRecord:
        found = self.get(record.id)
        assert found is not None
        return found

    def note(self, record: IssueRecord, act: str, *, who: str = "", why: str = "", at: datetime) -> None:
        """Write down what somebody decided."""
        row = {"issue": record.id, "at": at, "act": act, "who": who, "why": why, "hash": record.hash}
        with self._database.writing_durably() as connection:
            connection.execute(sa.insert(_acts), row)

    def acts(self, id: str) -> tuple[Act, ...]:
        """What was decided about an issue, in order."""
        query = sa.select(*(_acts.c[field.name] for field in fields(Act))).where(_acts.c.issue == id)
        with self._database.reading() as connection:
            return tuple(Act(**row) for row in connection.execute(query.order_by(_acts.c.id)).mappings())

    def told(self, newsletter: str, *, but: str) -> set[tuple[str, str]]:
        """The posts that issues brought already, all but that one, each with its hash."""
        gone = self.of(newsletter, "leaving", "queued", "written", "done")
        return {post for record in gone if record.id != but for post in record.posts.items()}

    def last_run(self, newsletter: str, *, since: datetime) -> datetime:
        """When a newsletter was last run; `since` the first time."""
        row = {"newsletter": newsletter, "last_run": since}

        wanted = sa.select(_followed.c.last_run).where(_followed.c.newsletter == newsletter)

        def act(connection: sa.Connection) -> datetime:
            insert_missing(connection, _followed, [row])
            kept: datetime = connection.execute(wanted).scalar_one()
            return kept

        with self._database.reading() as connection:
            known: datetime | None = connection.scalar(wanted)
        return known or self._database.write(act, durably=True)

    def ran(self, newsletter: str, *, at: datetime) -> None:
        """The last run was at that time."""
        change = sa.update(_followed).where(_followed.c.newsletter == newsletter).values(last_run=at)
        self._database.write(lambda connection: connection.execute(change).rowcount)

    def secret(self, given: str | None) -> bytes:
        """The secret of every token and tag: the one given, or one that is made once and kept here.

        It stays the same for ever: who unsubscribed is known by it. ConfigError where another one is given.
        """
        made = given or secrets.token_urlsafe(32)
        rows = [{"name": "check", "value": _check(made)}] + ([] if given else [{"name": "secret", "value": made}])

        def act(connection: sa.Connection) -> dict[str, str]:
            if connection.scalar(sa.select(_secrets.c.value).where(_secrets.c.name == "check")) is None:
                insert_missing(connection, _secrets, rows)
            return self._secrets(connection)

        with self._database.reading() as connection:
            kept = self._secrets(connection)
        kept = kept or self._database.write(act, durably=True)
        found = given or kept.get("secret")
        if found is None or _check(found) != kept["check"]:
            raise ConfigError(
                "BRIEFING_UNSUBSCRIBE_SECRET: not the one this database was first used with, by which it knows who has "
                "unsubscribed; set that one again (`briefing newsletter secret` prints one that was made here)"
            )
        return found.encode()

    def _secrets(self, connection: sa.Connection) -> dict[str, str]:
        return {row.name: row.value for row in connection.execute(sa.select(_secrets))}

    def made_secret(self) -> str | None:
        """The secret that was made here, where none was given."""
        with self._database.reading() as connection:
            return self._secrets(connection).get("secret")


def _check(secret: str) -> str:
    return sha256(f"briefing newsletter {secret}".encode()).hexdigest()[:32]


def _record(row: sa.RowMapping) -> IssueRecord:
    values = dict(row) | {"date": date.fromisoformat(row["date"]), "posts": json.loads(row["posts"])}
    return IssueRecord(**values | {"owed": tuple(row["owed"].split())})


def newest(records: Iterable[IssueRecord]) -> IssueRecord | None:
    """The newest issue among rows, corrections left aside."""
    return max((record for record in records if not record.number), key=lambda record: record.date, default=None)
