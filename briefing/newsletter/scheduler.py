"""The press: makes issues, takes a person's decisions on them, and lets each go out once.

`Press.run` does what is due and returns; called every minute, from cron or a timer, on one machine or two, it is the
whole of the scheduling. What it does to one newsletter is done under a lease; the rows and the outbox hold what was
done, so a run that died at any instant is taken up by the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from briefing.config import TOML, Newsletter
from briefing.exceptions import BriefingError, ConfigError, DeliveryError
from briefing.newsletter.commands import BusyError, CommandResult, HeldError
from briefing.newsletter.issues import IssueRecord
from briefing.newsletter.outbox import AlreadySendingError, DeliveryCounts
from briefing.newsletter.publish import Publisher
from briefing.newsletter.schedule import Due, agenda, clock_fault
from briefing.store.leases import Lease

_FIRST_RUN: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class IssueStatus:
    """Where an issue is: its counts once it is in the outbox, and what it needs of a person."""

    record: IssueRecord
    state: str
    counts: DeliveryCounts | None
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Press(Publisher):
    """The newsletters of a desk, at work: what a person asks for, and what is due."""

    def run(self, names: Iterable[str] = (), *, force: bool = False) -> Iterator[CommandResult]:
        """Whatever is due now, of these newsletters (none named: all); one that fails does not stop the others."""
        wanted = [self.newsletter(name) for name in names] or self.settings.newsletters
        if not wanted:
            raise ConfigError(f"there are no [[newsletters]] in the {TOML} of this folder, or no {TOML}")
        self._check_continuity(force)
        for newsletter in wanted:
            try:
                yield from self._run(newsletter, force)
            except BusyError as error:
                yield CommandResult(newsletter.name, str(error).partition(": ")[2])
            except BriefingError as error:
                yield CommandResult(newsletter.name, str(error), error)

    def _run(self, newsletter: Newsletter, force: bool) -> Iterator[CommandResult]:
        now = self.clock()
        last_run = self.issues.last_run(newsletter.name, since=now - _FIRST_RUN)
        if (fault := clock_fault(now, last_run)) and not force:
            why = f"{fault}; nothing is made or sent: set the clock, or say --force where it is right"
            yield CommandResult(newsletter.name, why, HeldError(f"{newsletter.name}: {why}"))
            return
        with self._leased(newsletter) as lease:
            yield from self._make_due(newsletter, last_run, now, lease)
            yield from self._let_out_due(newsletter)
            self.issues.ran(newsletter.name, at=now)
        yield from self._deliver_due(newsletter)

    def _make_due(
        self, newsletter: Newsletter, last_run: datetime, now: datetime, lease: Lease
    ) -> Iterator[CommandResult]:
        schedule = self._schedule(newsletter)
        if schedule is not None:
            plan = agenda(
                schedule,
                now=now,
                since=last_run,
                begun=[record.date for record in self.issues.of(newsletter.name, "building")],
                handled=self.issues.dates(newsletter.name),
                most_late=timedelta(hours=newsletter.most_late_hours),
                ahead=timedelta(minutes=newsletter.build_ahead_minutes),
            )
            for due in plan.missed:
                yield self._miss(newsletter, due, now)
            for due in filter(None, (plan.due, plan.ahead)):
                record = self.issues.get(f"{newsletter.name}/{due.date.isoformat()}")
                if not (record and record.try_at and record.try_at > now):
                    yield _tried(partial(self._build, newsletter, due.date, due, lease, is_scheduled=True))
        for record in self.issues.of(newsletter.name, "built", "approved"):
            if self._is_late(newsletter, record):
                why = record.why or ("nobody approved it" if not record.is_ready else "it did not go out")
                self.issues.change(
                    record, state="missed", why=f"{why} within {newsletter.most_late_hours:g} hours", at=now
                )
                yield CommandResult(record.id, f"missed: {why}")

    def _miss(self, newsletter: Newsletter, due: Due, now: datetime) -> CommandResult:
        record = self.issues.begin(newsletter.name, due.date, due_at=due.at, at=now)
        why = record.why or f"no run within {newsletter.most_late_hours:g} hours, or a newer one is due"
        self.issues.change(record, state="missed", why=why, at=now)
        return CommandResult(record.id, f"missed: {why}")

    def _let_out_due(self, newsletter: Newsletter) -> Iterator[CommandResult]:
        now = self.clock()
        ready = [r for r in self.issues.of(newsletter.name, "built", "approved") if r.is_ready]
        leaving = self.issues.of(newsletter.name, "leaving")
        for record in (*leaving, *(r for r in ready if r.due_at is not None and r.due_at <= now)):
            yield _tried(partial(self._let_out, newsletter, record))
        for record in self.issues.of(newsletter.name, "queued", "written", "done"):
            self._pay(newsletter, record)

    def _deliver_due(self, newsletter: Newsletter) -> Iterator[CommandResult]:
        for record in self.issues.of(newsletter.name, "queued"):
            try:
                done = self._deliver(newsletter, record)
            except AlreadySendingError as error:
                done = CommandResult(record.id, str(error).partition(": ")[2])
            except DeliveryError as error:
                done = CommandResult(record.id, f"{error}; {self.outbox.counts(record.id)}", error)
            if done:
                yield done

    def next_due(self, newsletter: Newsletter) -> str:
        """When the next issue that is not handled yet is due, in words."""
        schedule = self._schedule(newsletter)
        if schedule is None:
            return "no schedule"
        now, today = self.clock(), self.today(newsletter)
        handled = self.issues.dates(newsletter.name)
        coming = schedule.between(today, today + timedelta(days=366))
        due = next((due for due in coming if due.at > now and due.date not in handled), None)
        return f"next due {due.at.astimezone(schedule.zone):%Y-%m-%d %H:%M %Z}" if due else "not due within a year"

    def standings(self, newsletter: Newsletter, *, most: int = 10) -> Iterator[IssueStatus]:
        """The newest issues, and every one that needs a person."""
        for number, record in enumerate(self.issues.of(newsletter.name)):
            standing = self._standing(newsletter, record)
            if number < most or (standing.needs and record.state != "missed"):
                yield standing

    def _standing(self, newsletter: Newsletter, record: IssueRecord) -> IssueStatus:
        queued = self.outbox.issue(record.id)
        counts = self.outbox.counts(record.id) if queued else None
        name, day, needs = newsletter.name, record.day, []
        if record.state == "built" and record.needs_approval:
            reason = f"held: {record.why}; " if record.why else ""
            needs.append(f"{reason}{self._wanted(newsletter, record)}")
        elif record.state in ("built", "approved") and record.due_at is None:
            needs.append(self._when(newsletter, record))
        if record.state == "building" and record.why:
            needs.append(f"not built: {record.why}")
        if record.state == "missed":
            needs.append(f"missed: {record.why}")
        if queued and queued.paused:
            needs.append(f"paused: {queued.paused}: `briefing newsletter resume {name} {day}`")
        if counts and counts.uncertain:
            needs.append(
                f"{counts.uncertain} may or may not have got it: ask the mail server's log, or "
                f"`briefing newsletter resend {name} {day} --uncertain`"
            )
        if record.owed:
            needs.append(f"still to do: {', '.join(record.owed)}")
        state = "sending" if record.state in ("leaving", "queued") and counts and counts.sent else record.state
        return IssueStatus(record, state, counts, tuple(needs))


def _tried(act: Callable[[], CommandResult]) -> CommandResult:
    """What fails with one issue is told, and the others go on."""
    try:
        return act()
    except BriefingError as error:
        subject, _, why = str(error).partition(": ")
        return CommandResult(subject, why, error)
