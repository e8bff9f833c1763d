"""Issues let out: approved by a person, asked for once more, queued or written, and sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.config import Newsletter
from briefing.exceptions import BriefingError, ConfigError
from briefing.newsletter.build import BUILD_AGAIN_AFTER, Builder
from briefing.newsletter.channels import write_messages
from briefing.newsletter.commands import CommandResult, HeldError
from briefing.newsletter.delivery import deliver, stop_on_signals
from briefing.newsletter.drafts import put_draft
from briefing.newsletter.issue_content import (
    CitationCheck,
    ask_again,
    folder_of,
    remember_issue,
    settings_of,
)
from briefing.newsletter.issues import OPEN_STATES, FrozenIssue, IssueRecord
from briefing.newsletter.message import Issue
from briefing.newsletter.subscribers import Recipient, parse_address
from briefing.workflow.pipeline import run as run_now


@dataclass(frozen=True, slots=True)
class Publisher(Builder):
    """Lets issues go out, each once."""

    def approve(
        self, newsletter: Newsletter, record: IssueRecord, *, who: str, as_it_is: bool = False
    ) -> CommandResult:
        """Somebody lets these very bytes go out. HeldError where a post they cite has changed, but for `as_it_is`."""
        if record.state not in ("built", "approved", "missed", "rejected") or not record.hash:
            raise ConfigError(f"{record.id}: is {record.state}; there is nothing to approve")
        for line in self._problems(newsletter, self.issues.frozen(record.id).issue):
            self.tell(f"{record.id}: {line}")
        asked = self._asked(newsletter, record)
        if asked.changed and not as_it_is:
            raise HeldError(
                f"{record.id}: {len(asked.changed)} of its posts are not as they were; `build` makes it anew, "
                "`approve --as-it-is` lets it go out"
            )
        now = self.clock()
        state = "missed" if record.state == "missed" else "approved"
        values = {"state": state, "approved_hash": record.hash, "why": record.why if state == "missed" else ""}
        approved = self.issues.change(record, at=now, seen_at=now, posts=asked.posts or record.posts, **values)
        if approved is None:
            raise HeldError(f"{record.id}: was changed in the meantime; look at it again")
        self.issues.note(approved, "approved", who=who, why="as it is" if asked.changed else "", at=now)
        return CommandResult(record.id, f"approved by {who}; {self._when(newsletter, approved)}")

    def reject(self, record: IssueRecord, *, who: str, why: str) -> CommandResult:
        """Somebody keeps an issue from going out."""
        if record.state not in OPEN_STATES:
            raise ConfigError(f"{record.id}: is on its way already")
        now = self.clock()
        values = {"state": "rejected", "approved_hash": "", "needs_approval": True, "why": f"{who}: {why}"}
        rejected = self.issues.change(record, at=now, **values)
        if rejected is None:
            raise HeldError(f"{record.id}: was changed in the meantime; look at it again")
        self.issues.note(rejected, "rejected", who=who, why=why, at=now)
        return CommandResult(record.id, f"rejected by {who}: {why}")

    def _asked(self, newsletter: Newsletter, record: IssueRecord) -> CitationCheck:
        """The cited posts asked for once more; what is not as it was is told."""
        asked = run_now(
            ask_again(newsletter, settings_of(newsletter, self.settings), self.store, record, now=self.clock())
        )
        for line in (*asked.changed, *(f"{note}; its posts could not be asked for again" for note in asked.notes)):
            self.tell(f"{record.id}: {line}")
        return asked

    def send(
        self, newsletter: Newsletter, record: IssueRecord, *, is_late: bool = False, force: bool = False
    ) -> CommandResult:
        """An issue sent now, by hand; one that is on its way is gone on with."""
        self._check_continuity(force)
        if record.state in ("queued", "done"):
            return self._delivered(newsletter, record)
        if not record.is_cleared:
            raise HeldError(f"{record.id}: {record.why or 'not approved'}; {self._wanted(newsletter, record)}")
        if record.state == "missed" or self._is_late(newsletter, record):
            if not is_late:
                raise HeldError(f"{record.id}: too late to go out ({record.why or 'late'}); send it with --late")
            record = self.issues.change(record, due_at=self.clock(), at=self.clock()) or record
        with self._leased(newsletter):
            done = self._let_out(newsletter, record)
        after = self.issues.get(record.id)
        if done.error is None and after is not None and after.state == "queued":
            return self._delivered(newsletter, after)
        return done

    def _let_out(self, newsletter: Newsletter, record: IssueRecord) -> CommandResult:
        """From frozen to queued, or written: every step can be done again, and nothing is left half done for long."""
        now, frozen = self.clock(), self.issues.frozen(record.id)
        if record.state != "leaving":
            self._check(newsletter, record, frozen.issue)
            people = self._audience(newsletter, record)
            owed = tuple(way for way in newsletter.channels if way == "wordpress")
            leaving = self.issues.change(record, state="leaving", owed=owed, try_at=None, at=now)
            if leaving is None:
                raise HeldError(f"{record.id}: was changed in the meantime; look at it again")
            record = leaving
        else:
            people = self._audience(newsletter, record)
        if self._has_mail(newsletter):
            self.outbox.queue(frozen.issue, people)
        files = self._write_files(newsletter, frozen, people)
        remember_issue(newsletter, settings_of(newsletter, self.settings), self.store, frozen)
        state = "queued" if self._has_mail(newsletter) else "written"
        record = self.issues.change(record, state=state, why="", at=self.clock()) or record
        self._pay(newsletter, record)
        return CommandResult(record.id, f"queued for {len(people)}" if state == "queued" else files)

    def _check(self, newsletter: Newsletter, record: IssueRecord, issue: Issue) -> None:
        """HeldError, and the issue waits for a person, where what it cites has changed or its message is malformed.

        What needs no approval goes out with changed posts: they are told, and the next issue corrects them.
        """
        asked = self._asked(newsletter, record)
        why = ""
        if asked.changed and record.needs_approval:
            why = f"{len(asked.changed)} of its posts changed since it was approved: {asked.changed[0]}"
        elif not record.needs_approval and (found := self._problems(newsletter, issue)):
            why = "; ".join(found)
        if why:
            values = {"state": "built", "approved_hash": "", "needs_approval": True, "why": why}
            self.issues.change(record, at=self.clock(), **values)
            raise HeldError(f"{record.id}: held for a person: {why}")

    def _audience(self, newsletter: Newsletter, record: IssueRecord) -> Sequence[Recipient]:
        """Who is to get it: of a correction, those who got the issue. ConfigError where there is nobody."""
        if not (self._has_mail(newsletter) or self._has_files(newsletter)):
            return ()
        if record.number:
            of = f"{newsletter.name}/{record.date.isoformat()}"
            got = self.outbox.deliveries(of, "sent", "uncertain")
            return [Recipient(one.address, one.normalised, one.name) for one in got]
        found = self._listed(newsletter)
        if found.service or found.columns or found.duplicates:
            self.tell(f"{newsletter.recipients}: {found.told}")
        for rejected in found.rejected:
            self.tell(f"{newsletter.recipients} line {rejected.line}: left out: {rejected.why}")
        return found.accepted

    def _write_files(self, newsletter: Newsletter, frozen: FrozenIssue, people: Sequence[Recipient]) -> str:
        """What goes into the issue's folder: the pages, and a message for each recipient where that is asked for."""
        at = folder_of(frozen, settings_of(newsletter, self.settings))
        if not self._has_files(newsletter):
            return f"written to {at}"
        suppressed = self.outbox.suppressed(newsletter.name, [who.normalised for who in people])
        due = [who for who in people if who.normalised not in suppressed]
        write_messages(
            frozen.issue,
            self._sender(newsletter),
            due,
            self.settings.outbox,
            secret=self.outbox.secret,
            at=self.clock(),
        )
        left_out = f", {len(people) - len(due)} suppressed" if len(due) < len(people) else ""
        return f"{len(due)} messages written to {at}{left_out}; nobody was sent anything"

    def _pay(self, newsletter: Newsletter, record: IssueRecord) -> None:
        """The ways out that are still owed; one that fails is tried again by a later run, and keeps no mail back."""
        now = self.clock()
        if "wordpress" not in record.owed or (record.try_at and record.try_at > now):
            return
        try:
            made = put_draft(self.settings, newsletter, self.issues.frozen(record.id))
        except BriefingError as error:
            self.tell(f"{record.id}: no WordPress draft: {error}; it is tried again")
            self.issues.change(record, try_at=now + BUILD_AGAIN_AFTER[1], at=now)
        else:
            self.tell(f"{record.id}: WordPress draft: {made.edit_url}{f' ({made.note})' if made.note else ''}")
            self.issues.change(record, owed=(), try_at=None, at=now)

    def _deliver(self, newsletter: Newsletter, record: IssueRecord) -> CommandResult | None:
        """Sends to those who are due; None where there is nobody."""
        queued = self.outbox.issue(record.id)
        if queued is None or queued.paused or not self.outbox.has_due(record.id):
            self._close(record)
            return None
        if self._is_late(newsletter, record) and not self._has_begun(record):
            why = f"more than {newsletter.most_late_hours:g} hours late, and nobody was sent it; resume sends it"
            self.outbox.pause(record.id, why)
            return CommandResult(record.id, f"paused: {why}", HeldError(f"{record.id}: {why}"))
        server, sender = self._server(), self._sender(newsletter)
        self.store.advance_epoch()
        try:
            with stop_on_signals() as stop:
                counts = deliver(self.outbox, record.id, sender, server, stop=stop)
        finally:
            self.store.advance_epoch()
        self._close(record)
        if stop.exit_code:
            self.tell(f"{record.id}: stopped: {counts}")
            raise SystemExit(stop.exit_code)
        paused = (self.outbox.issue(record.id) or queued).paused
        error = HeldError(f"{record.id}: paused: {paused}") if paused else None
        return CommandResult(record.id, str(counts), error, is_partly=counts.uncertain > 0)

    def _delivered(self, newsletter: Newsletter, record: IssueRecord) -> CommandResult:
        """What came of sending to those who are due, or why there is nobody."""
        if done := self._deliver(newsletter, record):
            return done
        queued = self.outbox.issue(record.id)
        paused = f"; paused: {queued.paused}" if queued and queued.paused else ""
        return CommandResult(record.id, f"{self.outbox.counts(record.id)}{paused}")

    def _close(self, record: IssueRecord) -> None:
        if record.state == "queued" and self.outbox.issue(record.id) and not self.outbox.counts(record.id).pending:
            self.issues.change(record, state="done", at=self.clock())

    def resend(
        self, newsletter: Newsletter, record: IssueRecord, *, addresses: Sequence[str] | None, force: bool = False
    ) -> CommandResult:
        """An issue once more to those who may not have got it (these addresses, or all); the message is the same."""
        self._check_continuity(force)
        try:
            wanted = None if addresses is None else [parse_address(address).normalised for address in addresses]
        except ValueError as error:
            raise ConfigError(str(error)) from error
        number = self.outbox.resend_uncertain(record.id, addresses=wanted)
        if not number:
            raise ConfigError(f"{record.id}: there is nobody of whom it is uncertain")
        now = self.clock()
        self.issues.note(record, "resent", why=f"to {number} uncertain", at=now)
        record = self.issues.change(record, state="queued", due_at=now, at=now) or record
        return self._delivered(newsletter, record)

    def resume(self, record: IssueRecord) -> CommandResult:
        """A paused issue goes on; if it is late, it counts as due now."""
        queued = self.outbox.issue(record.id)
        if queued is None or not queued.paused:
            raise ConfigError(f"{record.id}: is not paused")
        now = self.clock()
        self.issues.change(record, due_at=now, at=now)
        self.issues.note(record, "resumed", why=queued.paused, at=now)
        self.outbox.resume(record.id)
        return CommandResult(record.id, "goes on with the next run")

    def _has_begun(self, record: IssueRecord) -> bool:
        counts = self.outbox.counts(record.id)
        if counts.sent or counts.refused or counts.uncertain:
            return True
        return any(one.attempts for one in self.outbox.deliveries(record.id, "pending"))

    def _check_continuity(self, force: bool) -> None:
        """A database that was put back, or copied, calls unsent what was sent: a person decides. See docs/state.md."""
        found = self.store.continuity()
        if found.verdict == "same":
            return
        if force:
            self.store.advance_epoch()
            return
        what = (
            "was put back to an earlier state" if found.verdict == "older" else "was sent from, but not by this machine"
        )
        raise HeldError(
            f"{self.store.database.shown}: {what}: it may call unsent what was sent; nothing is sent. Where it is the "
            "right one, say so once with --force"
        )
