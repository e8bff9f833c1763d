"""Issues made: when they are due or by hand, edited, corrected; each is frozen, and waits to be let out."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from briefing.config import Newsletter
from briefing.exceptions import BriefingError, ConfigError, LoadError
from briefing.newsletter.commands import CommandResult, HeldError, Newsroom
from briefing.newsletter.issue_content import (
    IssueContent,
    correction,
    edited_issue,
    freeze,
    make_content,
    settings_of,
    write_folder,
)
from briefing.newsletter.issues import OPEN_STATES, IssueRecord
from briefing.newsletter.schedule import Due
from briefing.store.leases import Lease
from briefing.workflow.pipeline import run as run_now

_BEAT_SECONDS: Final = 60.0
BUILD_AGAIN_AFTER: Final = (timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Builder(Newsroom):
    """Makes issues, and freezes them."""

    def build(self, newsletter: Newsletter, day: date | None = None) -> CommandResult:
        """The issue of a date (today's), made by hand, again where it was made before; it needs a new approval then."""
        day = day or self.today(newsletter)
        schedule = self._schedule(newsletter)
        with self._leased(newsletter) as lease:
            return self._build(newsletter, day, schedule.due(day) if schedule else None, lease, is_scheduled=False)

    def _build(
        self, newsletter: Newsletter, day: date, due: Due | None, lease: Lease, *, is_scheduled: bool
    ) -> CommandResult:
        now = self.clock()
        record = self.issues.begin(newsletter.name, day, due_at=due.at if due else None, at=now)
        try:
            self._check_settings(newsletter)
            made = self._made(newsletter, record, now, lease, is_scheduled=is_scheduled)
        except BriefingError as error:
            self._failed(record, str(error), now)
            raise
        for failure in made.told:
            self.tell(f"{failure.what}: {failure.why}")
        if made.frozen is None:
            return self._nothing(record, made, now)
        why = f"{made.stopped}; what the model had not done was selected" if made.stopped else ""
        record = self.issues.freeze(
            record,
            made.frozen,
            needs_approval=newsletter.approval or bool(why),
            why=why,
            posts=made.posts,
            made_at=made.edition.made.digest.made_at,
            since=made.edition.gathered.period.since,
            at=now,
        )
        self._miss_older(newsletter, record)
        at = write_folder(made.frozen, settings_of(newsletter, self.settings), images=made.images)
        hold = HeldError(f"{record.id}: held for a person: {why}") if why else None
        return CommandResult(record.id, f"built in {at}: {record.subject}", hold, is_partly=made.failures > 0)

    def _check_settings(self, newsletter: Newsletter) -> None:
        """What would keep the issue from going out is told before it is made."""
        if self._has_mail(newsletter) or self._has_files(newsletter):
            self._sender(newsletter)
            self._listed(newsletter)

    def _made(
        self, newsletter: Newsletter, record: IssueRecord, now: datetime, lease: Lease, *, is_scheduled: bool
    ) -> IssueContent:
        schedule = self._schedule(newsletter)
        before = schedule.before(record.date) if schedule else None
        if record.state == "written" and record.made_at:
            now = record.made_at  # once more what was written: of the same time, or it would meet itself as its past
        making = make_content(
            newsletter,
            settings_of(newsletter, self.settings),
            self.store,
            day=record.date,
            now=now,
            until=min(now, self._until(newsletter, record, now)),
            first_since=before.at if before else None,
            told=self.issues.told(newsletter.name, but=record.id),
            is_scheduled=is_scheduled,
        )
        return run_now(_beating(making, lease))

    def _until(self, newsletter: Newsletter, record: IssueRecord, now: datetime) -> datetime:
        """Where the period of an issue ends: now, or for an earlier date, when it was due, or at its end."""
        if record.date >= self.today(newsletter):
            return now
        end = datetime.combine(record.date + timedelta(days=1), datetime.min.time(), self._zone(newsletter))
        return min(now, record.due_at or end)

    def _nothing(self, record: IssueRecord, made: IssueContent, now: datetime) -> CommandResult:
        """No issue: skipped where nothing is new, tried again where something failed or there is time left."""
        is_early = record.due_at is not None and record.due_at > now
        if made.is_quiet and is_early:
            self._put_off(record, "nothing new yet", record.due_at or now, now)
            return CommandResult(record.id, "nothing new yet")
        if made.is_quiet:
            if record.state == "building":
                self.issues.change(record, state="skipped", why="nothing new", at=now)
            return CommandResult(record.id, "skipped: nothing new")
        dropped = [failure.why for failure in made.edition.made.digest.coverage.posts_dropped]
        why = f"no post could be used: {dropped[0]}" if dropped else "no source could be read"
        self._failed(record, why, now)
        return CommandResult(record.id, f"not built: {why}", LoadError(record.id, why))

    def _failed(self, record: IssueRecord, why: str, now: datetime) -> None:
        """To be tried again by the run, after longer each time."""
        self._put_off(record, why, now + BUILD_AGAIN_AFTER[min(record.tries, len(BUILD_AGAIN_AFTER)) - 1], now)

    def _put_off(self, record: IssueRecord, why: str, until: datetime, now: datetime) -> None:
        if record.state == "building":
            self.issues.change(record, why=why, try_at=until, at=now)

    def _miss_older(self, newsletter: Newsletter, record: IssueRecord) -> None:
        """Earlier issues that nobody let out: this one tells their stories."""
        for older in self.issues.of(newsletter.name, "building", "built", "approved"):
            if older.date < record.date and not older.number:
                why = "a newer issue was built before it was approved" if older.hash else older.why
                self.issues.change(older, state="missed", why=why, at=self.clock())

    def edit(self, newsletter: Newsletter, record: IssueRecord, *, who: str) -> tuple[Path, CommandResult | None]:
        """The file that the issue is edited in; and what was edited in it, frozen, if anything: to be approved anew.

        EditError where a line of it does not stand; then nothing is changed.
        """
        with self._leased(newsletter):
            return self._edit(newsletter, self.record(newsletter, record.day), who)

    def _edit(self, newsletter: Newsletter, record: IssueRecord, who: str) -> tuple[Path, CommandResult | None]:
        if record.state not in OPEN_STATES:
            raise ConfigError(f"{record.id}: went out already; `correct` sends a correction")
        settings, frozen = settings_of(newsletter, self.settings), self.issues.frozen(record.id)
        if not frozen.digest:
            raise ConfigError(f"{record.id}: a correction is not edited; make another one")
        path, digest = edited_issue(frozen, settings)
        if digest is None or not who:
            return path, None
        now = self.clock()
        new = freeze(newsletter, settings, digest, frozen.documents, record.date, record.number)
        record = self.issues.begin(newsletter.name, record.date, number=record.number, due_at=record.due_at, at=now)
        made_at = record.made_at or now
        is_free = not newsletter.approval and not record.why
        record = self.issues.freeze(
            record, new, needs_approval=not is_free, why=record.why, made_at=made_at, since=record.since, at=now
        )
        self.issues.note(record, "edited", who=who, at=now)
        write_folder(new, settings)
        return path, CommandResult(record.id, f"frozen anew, {record.hash[:12]}; {self._wanted(newsletter, record)}")

    def correct(self, newsletter: Newsletter, record: IssueRecord, text: str) -> CommandResult:
        """A correction to those who got an issue, or may have; it is approved and sent like an issue."""
        got = self.outbox.deliveries(record.id, "sent", "uncertain")
        if not got:
            raise ConfigError(f"{record.id}: nobody got it; build it again")
        of = self.issues.frozen(f"{newsletter.name}/{record.date.isoformat()}").issue
        number = 1 + max(r.number for r in self.issues.of(newsletter.name) if r.date == record.date)
        frozen = correction(of, text, number=number, organisation=newsletter.organisation)
        now = self.clock()
        made = self.issues.begin(newsletter.name, record.date, number=number, due_at=now, at=now)
        made = self.issues.freeze(made, frozen, needs_approval=newsletter.approval, made_at=now, at=now)
        write_folder(frozen, settings_of(newsletter, self.settings))
        pending = self.outbox.counts(record.id).pending
        waiting = f"; {pending} are still to get the issue, and not the correction" if pending else ""
        return CommandResult(made.id, f"for {len(got)} who got the issue{waiting}; {self._wanted(newsletter, made)}")


async def _beating(work: Coroutine[Any, Any, _T], lease: Lease) -> _T:
    """The work, with its lease kept while it lasts."""

    async def beat() -> None:
        while True:
            await asyncio.sleep(_BEAT_SECONDS)
            lease.renew()

    beats = asyncio.ensure_future(beat())
    try:
        return await work
    finally:
        beats.cancel()
