"""Who is owed which issue: every recipient of every issue ends in exactly one recorded state, and the counts add up.

::

    pending → claimed → sending → sent | refused | uncertain        audience = sent + refused + skipped
                 ↓         ↓                                                  + uncertain + pending
              skipped   pending again, with a later time            (claimed and sending count as pending)

A sender claims a run of recipients at once, reading the suppression list as it does; `sending` is on the disk, synced,
before DATA goes out, and the answer is recorded as soon as it is there. Whoever starts next finds what a dead sender
left: `claimed` was not offered and becomes pending; `sending` may or may not have arrived, becomes `uncertain`, and is
never sent again but by hand.

Only one sender works on an issue at a time, by a lease. The lease spares work; what keeps a recipient from getting two
mails is the row itself: each step names the sender that claimed it, and changes nothing once somebody else has it. So a
sender that was frozen for an hour, or a clock that jumped, doubles nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Literal
from uuid import uuid4

import sqlalchemy as sa

from briefing.exceptions import DeliveryError
from briefing.newsletter.message import Issue
from briefing.newsletter.subscribers import Recipient, Suppression
from briefing.newsletter.unsubscribe_tokens import message_tag, read_token, recipient_id
from briefing.store.database import Database, SchemaPart
from briefing.store.leases import end_lease, renew_lease, take_lease
from briefing.store.tables import STORE

RETRY_AFTER: Final = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), timedelta(hours=12))
"""When a recipient whose server says "not now" is asked again; after the last one the message counts as refused."""
LEASE: Final = timedelta(seconds=90)
WAVE_AFTER: Final = 20
WAVE_SHARE: Final = 0.05
WAVE_LEAST: Final = 5
"""An issue is paused once it has 20 answers, and of them at least 5 and more than 5 % are refusals."""

DeliveryState = Literal["pending", "claimed", "sending", "sent", "refused", "skipped", "uncertain"]

_FURTHEST = timedelta(days=1)  # no retry is ever due later: a later time was written by a clock that was wrong

_tables = sa.MetaData()
_issues = sa.Table(
    "newsletter_issues",
    _tables,
    sa.Column("id", sa.String(70), primary_key=True),
    sa.Column("newsletter", sa.String(40), nullable=False),
    sa.Column("date", sa.String(10), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("html", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("language", sa.String(80), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("audience", sa.Integer, nullable=False),
    sa.Column("queued_at", sa.String(32), nullable=False),
    sa.Column("paused", sa.Text, nullable=False),
    sa.Column("answers_before", sa.Integer, nullable=False),  # answers and refusals when it was last resumed
    sa.Column("refusals_before", sa.Integer, nullable=False),
)
_outbox = sa.Table(
    "newsletter_outbox",
    _tables,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("issue", sa.String(70), sa.ForeignKey(_issues.c.id), nullable=False),
    sa.Column("normalised", sa.String(254), nullable=False),
    sa.Column("address", sa.String(254), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("person", sa.String(24), nullable=False),
    sa.Column("tag", sa.String(24), nullable=False, unique=True),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("due_at", sa.String(32), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("sender", sa.String(32), nullable=False),
    sa.Column("claim", sa.Integer, nullable=False),
    sa.Column("code", sa.Integer, nullable=False),
    sa.Column("reply", sa.Text, nullable=False),  # the server's words, or why it was skipped
    sa.Column("changed_at", sa.String(32), nullable=False),
    sa.UniqueConstraint("issue", "normalised"),
    sa.Index("newsletter_outbox_due", "issue", "state", "id"),
)
_senders = sa.Table(
    "newsletter_senders",
    _tables,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("issue", sa.String(70), nullable=False),
    sa.Column("is_over", sa.Boolean, nullable=False),
    sa.Index("newsletter_senders_issue", "issue", "is_over"),
)
_suppressions = sa.Table(
    "newsletter_suppressions",
    _tables,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("normalised", sa.String(254), nullable=False),
    sa.Column("person", sa.String(24), nullable=False, index=True),
    sa.Column("newsletter", sa.String(40), nullable=False),  # "": of every newsletter
    sa.Column("reason", sa.String(20), nullable=False),  # "lifted" takes back what stands before it
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
)


def _leave_leases_to_the_store(connection: sa.Connection) -> None:
    """Schema 1 kept process and time of each sender with it. One that is at work loses its claim, not its results."""
    connection.exec_driver_sql("UPDATE newsletter_outbox SET state = 'pending' WHERE state = 'claimed'")
    connection.exec_driver_sql(
        "UPDATE newsletter_outbox SET state = 'uncertain', reply = 'a new release came while the message was in flight'"
        " WHERE state = 'sending'"
    )
    connection.exec_driver_sql("DROP TABLE newsletter_senders")


OUTBOX: Final = SchemaPart("newsletter", _tables, (_leave_leases_to_the_store,))

# A result may also come for what was taken for dead meanwhile: it is the truth, and better than "uncertain". What is in
# its new state already is a commit that did happen before its connection was lost.
_STEP: Final = (
    sa.update(_outbox)
    .where(
        _outbox.c.id == sa.bindparam("of"),
        _outbox.c.sender == sa.bindparam("by"),
        sa.or_(
            _outbox.c.state == "claimed",
            _outbox.c.state == "sending",
            _outbox.c.state == sa.bindparam("to"),
            sa.and_(_outbox.c.state == "uncertain", sa.bindparam("to") != "sending"),
        ),
    )
    .values(
        state=sa.bindparam("to"),
        code=sa.bindparam("is_code"),
        reply=sa.bindparam("is_reply"),
        attempts=sa.bindparam("tried"),
        due_at=sa.bindparam("due"),
        changed_at=sa.bindparam("at"),
    )
)


class AlreadySendingError(DeliveryError):
    """Somebody else is sending this issue just now; there is nothing to do."""


class SupersededError(DeliveryError):
    """The issue was queued before with other bytes: what recipients got is never changed; make a correction."""


@dataclass(frozen=True, slots=True)
class DeliveryCounts:
    """Where the recipients of an issue are; pending are all that are not done with."""

    audience: int
    sent: int = 0
    refused: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    uncertain: int = 0
    pending: int = 0

    @property
    def is_balanced(self) -> bool:
        """The equation that always holds."""
        return self.audience == self.sent + self.refused + sum(self.skipped.values()) + self.uncertain + self.pending

    def __str__(self) -> str:
        reasons = ", ".join(f"{number} {reason}" for reason, number in self.skipped.items())
        skipped = f"{sum(self.skipped.values())} skipped" + (f" ({reasons})" if reasons else "")
        return (
            f"{self.audience} = {self.sent} sent + {self.refused} refused + {skipped}"
            f" + {self.uncertain} uncertain + {self.pending} pending"
        )


@dataclass(frozen=True, slots=True)
class Delivery:
    """One recipient of one issue, due at once where `due_at` is None.

    `reply` is what the server said last, or why the recipient was skipped.
    """

    id: int
    issue: str
    address: str
    normalised: str
    name: str
    person: str
    tag: str
    state: DeliveryState
    due_at: datetime | None
    attempts: int
    code: int
    reply: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class QueuedIssue:
    """An issue in the outbox; `paused` says why it is, and is empty where it is not."""

    issue: Issue
    queued_at: datetime
    audience: int
    paused: str


@dataclass(frozen=True, slots=True)
class SendLease:
    """The right to send an issue, until it is over."""

    sender: str
    issue: str
    newsletter: str

    @property
    def name(self) -> str:
        """What it is called among the leases of the store."""
        return f"sending {self.issue}"


@dataclass(frozen=True, slots=True)
class DeliveryStep:
    """A change of one claimed recipient, which was tried `attempts` times before.

    With `is_hard` the address is suppressed in the same transaction.

    "pending" is for what was not accepted: after the next pause of `RETRY_AFTER`; at once, if it is the first time
    ("soon"); or at once and not counted as an attempt ("free").
    """

    delivery: int
    attempts: int
    to: Literal["sending", "sent", "refused", "uncertain", "pending"]
    code: int = 0
    reply: str = ""
    is_hard: bool = False
    again: Literal["later", "soon", "free"] = "later"


class Outbox:
    """The outbox in `database`. `secret` makes tokens and tags, and stays the same; `now` gives aware times in UTC."""

    def __init__(self, database: Database, *, secret: bytes, now: Callable[[], datetime] | None = None) -> None:
        self._database = database
        self._now = now or database.now
        self.secret = secret
        database.prepare(STORE)
        database.prepare(OUTBOX)

    def queue(self, issue: Issue, people: Iterable[Recipient]) -> DeliveryCounts:
        """Put an issue in, with its audience, once: in one transaction, and not again where it is there already.

        Who comes twice, by their normalised address, is in it once. SupersededError where the issue is there with other
        bytes.
        """
        rows = list({who.normalised: self._row(issue, who) for who in reversed(list(people))}.values())[::-1]

        def act(connection: sa.Connection) -> None:
            kept = connection.scalar(sa.select(_issues.c.hash).where(_issues.c.id == issue.id))
            if kept is None:
                connection.execute(sa.insert(_issues), self._issue_row(issue, len(rows)))
                if rows:
                    connection.execute(sa.insert(_outbox), rows)
            elif kept != issue.hash:
                raise SupersededError(f"{issue.id}: queued before with other bytes; send a correction")

        self._database.write(act, durably=True)
        return self.counts(issue.id)

    def issue(self, id: str) -> QueuedIssue | None:
        """The issue as it was frozen."""
        return next(iter(self._read_issues(_issues.c.id == id)), None)

    def issues(self, newsletter: str | None = None) -> tuple[QueuedIssue, ...]:
        """All that were queued, the newest first."""
        return self._read_issues(sa.true() if newsletter is None else _issues.c.newsletter == newsletter)

    def counts(self, issue: str) -> DeliveryCounts:
        """The equation of an issue."""
        column = _outbox.c
        skipped = sa.select(column.reply, sa.func.count()).where(column.issue == issue, column.state == "skipped")
        with self._database.reading() as connection:
            audience = connection.scalar(sa.select(_issues.c.audience).where(_issues.c.id == issue)) or 0
            states = _states(connection, issue)
            reasons = connection.execute(skipped.group_by(column.reply).order_by(column.reply)).all()
        pending = sum(states.get(state, 0) for state in ("pending", "claimed", "sending"))
        done = {state: states.get(state, 0) for state in ("sent", "refused", "uncertain")}
        return DeliveryCounts(audience, skipped=dict(reasons), pending=pending, **done)

    def deliveries(self, issue: str, *states: DeliveryState) -> tuple[Delivery, ...]:
        """The recipients of an issue in these states (all: none named), in the order of the list."""
        wanted = sa.select(_outbox).where(_outbox.c.issue == issue).order_by(_outbox.c.id)
        with self._database.reading() as connection:
            found = connection.execute(wanted.where(_outbox.c.state.in_(states)) if states else wanted).mappings().all()
        return tuple(_delivery(row) for row in found)

    def has_due(self, issue: str) -> bool:
        """Whether a sender would have something to do: somebody is due, or a dead sender left something."""
        column = _outbox.c
        due = sa.or_(sa.and_(column.state == "pending", self._is_due()), column.state.in_(("claimed", "sending")))
        with self._database.reading() as connection:
            found = connection.execute(sa.select(column.id).where(column.issue == issue, due).limit(1)).first()
        return found is not None

    def begin(self, issue: str) -> SendLease:
        """The lease of an issue, after what dead senders left was settled; AlreadySendingError where it is taken."""
        lease = SendLease(uuid4().hex, issue, issue.partition("/")[0])

        def act(connection: sa.Connection) -> None:
            column = _senders.c
            if connection.scalar(sa.select(column.id).where(column.id == lease.sender)):
                return  # the commit before a lost connection did happen
            row = take_lease(
                connection, self._database, lease.name, LEASE.total_seconds(), lease.sender, outlasts_its_time=True
            )
            if not row.is_ours:
                who = f"process {row.holder.pid} on {row.holder.host}"
                raise AlreadySendingError(f"{issue}: is being sent already, by {who}")
            for other in connection.scalars(sa.select(column.id).where(column.issue == issue, ~column.is_over)).all():
                self._settle(connection, other, "its sender died while the message was in flight")
            connection.execute(sa.insert(_senders), {"id": lease.sender, "issue": issue, "is_over": False})

        self._database.write(act, durably=True)
        return lease

    def renew(self, lease: SendLease) -> bool:
        """Keep the lease for another while; False where somebody took it over."""
        with self._database.writing() as connection:
            return renew_lease(connection, self._database, lease.name, LEASE.total_seconds(), lease.sender)

    def end(self, lease: SendLease) -> None:
        """Give the lease back; what was claimed and not offered is pending again."""

        def act(connection: sa.Connection) -> None:
            self._settle(connection, lease.sender, "sending was broken off")
            end_lease(connection, lease.name, lease.sender)

        self._database.write(act, durably=True)

    def claim(self, lease: SendLease, number: int, *, most: int = 50) -> tuple[Delivery, ...]:
        """The next recipients that are due and may be sent to; empty when there are none, or the issue is paused.

        `number` counts the claims of this lease: asked for again after a lost connection, the same ones come. Those who
        are suppressed become "skipped".
        """

        def act(connection: sa.Connection) -> Sequence[sa.RowMapping]:
            mine = sa.and_(_outbox.c.sender == lease.sender, _outbox.c.claim == number, _outbox.c.state == "claimed")
            found = sa.select(_outbox).where(mine).order_by(_outbox.c.id)
            while not (rows := connection.execute(found).mappings().all()):
                if not self._claim(connection, lease, number, most):
                    return []
            return rows

        return tuple(_delivery(row) for row in self._database.write(act))

    def record(self, lease: SendLease, steps: Sequence[DeliveryStep]) -> list[bool]:
        """Take steps, in order, in one synced transaction; for each, whether the recipient was still this sender's.

        A wave of refusals pauses the issue in the same transaction.
        """

        def act(connection: sa.Connection) -> list[bool]:
            rows = [self._step_row(lease, step) for step in steps]
            done = [True] * len(rows)
            if connection.execute(_STEP, rows).rowcount != len(rows):
                done = [_is_done(connection, row) for row in rows]
            for step in (step for step, is_done in zip(steps, done, strict=True) if is_done and step.is_hard):
                self._suppress_hard(connection, step)
            if any(row["to"] == "refused" for row in rows):
                self._pause_in_a_wave(connection, lease.issue)
            return done

        return self._database.write(act, durably=True)

    def now(self) -> datetime:
        """The time by this outbox's clock."""
        return self._now()

    def is_paused(self, issue: str) -> bool:
        """Whether nobody is claimed any more."""
        with self._database.reading() as connection:
            return bool(connection.scalar(sa.select(_issues.c.paused).where(_issues.c.id == issue)))

    def pause(self, issue: str, why: str) -> None:
        """Let nobody be claimed any more, until `resume`; `why` is for a person."""
        self._execute(sa.update(_issues).where(_issues.c.id == issue).values(paused=why or "by hand"))

    def resume(self, issue: str) -> None:
        """Go on; waves are counted from here."""

        def act(connection: sa.Connection) -> None:
            answers, refusals = _answers(connection, issue)
            change = sa.update(_issues).where(_issues.c.id == issue)
            connection.execute(change.values(paused="", answers_before=answers, refusals_before=refusals))

        self._database.write(act, durably=True)

    def resend_uncertain(self, issue: str, *, addresses: Iterable[str] | None = None) -> int:
        """Make the uncertain ones (all, or of these normalised addresses) pending again; only ever by hand.

        The message is the same, by its Message-ID. Returns how many there were.
        """
        return self._decide(issue, addresses, {"state": "pending", "due_at": ""})

    def settle_uncertain(self, issue: str, addresses: Iterable[str], *, arrived: bool) -> int:
        """What a provider's log says of uncertain ones: they arrived, or will not."""
        state, reply = ("sent", "arrived, it was found") if arrived else ("refused", "did not arrive, it was found")
        return self._decide(issue, addresses, {"state": state, "reply": reply})

    def suppress(self, suppressions: Iterable[Suppression]) -> tuple[int, int]:
        """Add to the list: how many were new, and how many tokens were not ours. What stands in it stays."""
        rows, forged = [], 0
        for suppression in suppressions:
            row = self._suppression_row(suppression)
            forged += row is None
            rows += [] if row is None else [row]

        def act(connection: sa.Connection) -> int:
            found = self._suppressed(connection, {row["person"] for row in rows})
            new = [row for row in rows if (row["person"], row["newsletter"]) not in found]
            new = list({(row["person"], row["newsletter"]): row for row in new}.values())
            if new:
                connection.execute(sa.insert(_suppressions), new)
            return len(new)

        return self._database.write(act, durably=True), forged

    def lift(self, normalised: str, *, note: str) -> None:
        """Take somebody off the suppression list, of every newsletter: by a further row, so that both can be read."""
        row = {"normalised": normalised, "person": recipient_id(self.secret, normalised), "newsletter": ""}
        row |= {"reason": "lifted", "note": note, "at": _text(self._now())}
        self._execute(sa.insert(_suppressions).values(row))

    def suppressed(self, newsletter: str, addresses: Iterable[str]) -> dict[str, str]:
        """Of these normalised addresses those that must get no more of this newsletter, and why."""
        people = {recipient_id(self.secret, address): address for address in addresses}
        with self._database.reading() as connection:
            found = self._suppressed(connection, people)
        reasons = ((who, found.get((who, newsletter)) or found.get((who, ""))) for who in people)
        return {people[who]: reason for who, reason in reasons if reason}

    def _execute(self, change: sa.Insert | sa.Update) -> int:
        """How many rows it changed."""
        with self._database.writing_durably() as connection:
            return connection.execute(change).rowcount

    def _read_issues(self, which: sa.ColumnElement[bool]) -> tuple[QueuedIssue, ...]:
        wanted = sa.select(_issues).where(which).order_by(_issues.c.date.desc(), _issues.c.id)
        with self._database.reading() as connection:
            return tuple(_queued(row) for row in connection.execute(wanted).mappings())

    def _issue_row(self, issue: Issue, audience: int) -> dict[str, Any]:
        return {
            "id": issue.id,
            "newsletter": issue.newsletter,
            "date": issue.date.isoformat(),
            "number": issue.number,
            "subject": issue.subject,
            "html": issue.html,
            "text": issue.text,
            "language": issue.language,
            "hash": issue.hash,
            "audience": audience,
            "queued_at": _text(self._now()),
            "paused": "",
            "answers_before": 0,
            "refusals_before": 0,
        }

    def _row(self, issue: Issue, who: Recipient) -> dict[str, Any]:
        return {
            "issue": issue.id,
            "normalised": who.normalised,
            "address": who.address,
            "name": who.name,
            "person": recipient_id(self.secret, who.normalised),
            "tag": message_tag(self.secret, issue=issue.id, address=who.normalised),
            "state": "pending",
            "due_at": "",
            "attempts": 0,
            "sender": "",
            "claim": 0,
            "code": 0,
            "reply": "",
            "changed_at": _text(self._now()),
        }

    def _suppression_row(self, suppression: Suppression) -> dict[str, Any] | None:
        person, newsletter = recipient_id(self.secret, suppression.normalised), suppression.newsletter
        if suppression.token:
            read = read_token(self.secret, suppression.token)
            if read is None:
                return None
            person, newsletter = read.recipient, read.newsletter
        return {
            "normalised": suppression.normalised,
            "person": person,
            "newsletter": newsletter,
            "reason": suppression.reason,
            "note": suppression.note,
            "at": _text(suppression.at or self._now()),
        }

    def _suppressed(self, connection: sa.Connection, people: Iterable[str]) -> dict[tuple[str, str], str]:
        """(person, newsletter) → the reason that stands."""
        column = _suppressions.c
        found: dict[tuple[str, str], str] = {}
        for some in _in_runs(list(people)):
            wanted = sa.select(column.person, column.newsletter, column.reason).where(column.person.in_(some))
            for person, newsletter, reason in connection.execute(wanted.order_by(column.id)):
                if reason == "lifted":
                    found = {key: value for key, value in found.items() if key[0] != person}
                else:
                    found.setdefault((person, newsletter), reason)
        return found

    def _is_due(self) -> sa.ColumnElement[bool]:
        now = self._now()
        return sa.or_(_outbox.c.due_at <= _text(now), _outbox.c.due_at > _text(now + _FURTHEST))

    def _claim(self, connection: sa.Connection, lease: SendLease, number: int, most: int) -> bool:
        """Claim a run, and skip those who are suppressed; whether there was anybody."""
        is_open = sa.select(_issues.c.id).where(_issues.c.id == lease.issue, _issues.c.paused == "")
        is_mine = sa.select(_senders.c.id).where(_senders.c.id == lease.sender, ~_senders.c.is_over)
        if connection.execute(is_open).first() is None or connection.execute(is_mine).first() is None:
            return False
        due = sa.select(_outbox.c.id, _outbox.c.person).where(
            _outbox.c.issue == lease.issue, _outbox.c.state == "pending", self._is_due()
        )
        found = connection.execute(due.order_by(_outbox.c.id).limit(most)).all()
        reasons = self._suppressed(connection, [person for _, person in found])
        values = []
        for id, person in found:
            reason = reasons.get((person, lease.newsletter)) or reasons.get((person, ""))
            values.append({"of": id, "to": "skipped" if reason else "claimed", "why": reason or ""})
        if values:
            change = sa.update(_outbox).where(_outbox.c.id == sa.bindparam("of"))
            change = change.values(state=sa.bindparam("to"), reply=sa.bindparam("why"), sender=lease.sender)
            connection.execute(change.values(claim=number, changed_at=_text(self._now())), values)
        return bool(values)

    def _step_row(self, lease: SendLease, step: DeliveryStep) -> dict[str, Any]:
        """The values of `_STEP`. One that was put off too often is given up, and not suppressed for it."""
        now = self._now()
        row = {"of": step.delivery, "by": lease.sender, "to": step.to, "is_code": step.code, "is_reply": step.reply}
        row |= {"tried": step.attempts, "due": "", "at": _text(now)}
        if step.to != "pending" or step.again == "free":
            return row
        row["tried"] = step.attempts + 1
        if step.attempts >= len(RETRY_AFTER):
            row |= {"to": "refused", "is_reply": f"given up after {row['tried']} attempts: {step.reply}"}
        elif step.attempts or step.again == "later":
            row["due"] = _text(now + RETRY_AFTER[step.attempts])
        return row

    def _suppress_hard(self, connection: sa.Connection, step: DeliveryStep) -> None:
        column = _outbox.c
        row = connection.execute(sa.select(column.normalised, column.person).where(column.id == step.delivery)).one()
        if (row.person, "") not in self._suppressed(connection, [row.person]):
            values = {"normalised": row.normalised, "person": row.person, "newsletter": "", "reason": "bounced"}
            values |= {"note": f"{step.code} {step.reply}", "at": _text(self._now())}
            connection.execute(sa.insert(_suppressions), values)

    def _pause_in_a_wave(self, connection: sa.Connection, issue: str) -> None:
        answers, refusals = _answers(connection, issue)
        row = connection.execute(sa.select(_issues).where(_issues.c.id == issue)).mappings().one()
        answers, refusals = answers - row["answers_before"], refusals - row["refusals_before"]
        if answers >= WAVE_AFTER and refusals >= WAVE_LEAST and refusals > WAVE_SHARE * answers and not row["paused"]:
            why = f"{refusals} of {answers} were refused; look at why, then resume"
            connection.execute(sa.update(_issues).where(_issues.c.id == issue).values(paused=why))

    def _settle(self, connection: sa.Connection, sender: str, why: str) -> None:
        """What a sender left behind: not offered yet, or in flight."""
        for state, to, reply in (("claimed", "pending", ""), ("sending", "uncertain", why)):
            change = sa.update(_outbox).where(_outbox.c.sender == sender, _outbox.c.state == state)
            connection.execute(change.values(state=to, reply=reply, changed_at=_text(self._now())))
        connection.execute(sa.update(_senders).where(_senders.c.id == sender).values(is_over=True))

    def _decide(self, issue: str, addresses: Iterable[str] | None, values: dict[str, Any]) -> int:
        column = _outbox.c
        change = sa.update(_outbox).where(column.issue == issue, column.state == "uncertain")
        if addresses is not None:
            change = change.where(column.normalised.in_(list(addresses)))
        return self._execute(change.values(values | {"changed_at": _text(self._now())}))


def _is_done(connection: sa.Connection, row: Mapping[str, Any]) -> bool:
    """Whether a row of `_STEP` took effect."""
    column = _outbox.c
    done = sa.select(column.id).where(column.id == row["of"], column.sender == row["by"], column.state == row["to"])
    return connection.execute(done).first() is not None


def _answers(connection: sa.Connection, issue: str) -> tuple[int, int]:
    """(answers that settled something, refusals among them)."""
    found = _states(connection, issue)
    return found.get("sent", 0) + found.get("refused", 0), found.get("refused", 0)


def _states(connection: sa.Connection, issue: str) -> dict[str, int]:
    column = _outbox.c
    grouped = sa.select(column.state, sa.func.count()).where(column.issue == issue).group_by(column.state)
    return dict(connection.execute(grouped).all())


def _in_runs(values: list[str], length: int = 500) -> Iterable[list[str]]:
    """SQLite takes so many values in one statement."""
    return (values[start : start + length] for start in range(0, len(values), length))


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _delivery(row: sa.RowMapping) -> Delivery:
    times = {name: datetime.fromisoformat(row[name]) if row[name] else None for name in ("due_at", "changed_at")}
    return Delivery(**{name: row[name] for name in Delivery.__dataclass_fields__} | times)


def _queued(row: sa.RowMapping) -> QueuedIssue:
    names = ("newsletter", "subject", "html", "text", "language", "number")
    issue = Issue(date=date.fromisoformat(row["date"]), **{name: row[name] for name in names})
    return QueuedIssue(issue, datetime.fromisoformat(row["queued_at"]), row["audience"], row["paused"])
