"""What the press knows of its newsletters: their settings, issues and list, and what a reader would get."""

from __future__ import annotations

import difflib
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, Self
from zoneinfo import ZoneInfo

from briefing.config import Newsletter, Settings
from briefing.exceptions import BriefingError, ConfigError, DeliveryError
from briefing.newsletter.issue_content import (
    folder_of,
    settings_of,
    write_file,
)
from briefing.newsletter.issues import FrozenIssue, IssueRecord, Issues, newest
from briefing.newsletter.mailer import Connection, Server
from briefing.newsletter.message import Composer, Issue, Message, Sender
from briefing.newsletter.message_lint import message_problems
from briefing.newsletter.outbox import Outbox
from briefing.newsletter.schedule import Schedule
from briefing.newsletter.subscriber_lists import list_text
from briefing.newsletter.subscribers import Recipients, parse_address, recipients
from briefing.newsletter.unsubscribe_tokens import message_tag, recipient_id, unsubscribe_token
from briefing.store import Store
from briefing.store.leases import Lease
from briefing.workflow.engines import open_store

LEASE_SECONDS: Final = 600.0
_READER: Final = "reader@example.org"
SENT: Final = ("leaving", "queued", "written", "done")


class BusyError(BriefingError):
    """Somebody else is at this newsletter just now; there is nothing to do."""


class HeldError(DeliveryError):
    """Nothing went out: a person has to look at the issue first."""


@dataclass(frozen=True, slots=True)
class CommandResult:
    """What was done for an issue or a newsletter, in one line; `is_partly`: something is missing or uncertain."""

    subject: str
    said: str
    error: BriefingError | None = None
    is_partly: bool = False

    def __str__(self) -> str:
        return f"{self.subject}: {self.said}"


@dataclass(frozen=True, slots=True)
class Newsroom:
    """A desk's newsletters. `tell` hears of what a person should know, a line at a time."""

    settings: Settings
    store: Store
    issues: Issues
    outbox: Outbox
    clock: Callable[[], datetime]
    tell: Callable[[str], None]

    @classmethod
    @contextmanager
    def opened(
        cls, settings: Settings, *, clock: Callable[[], datetime], tell: Callable[[str], None] = lambda line: None
    ) -> Iterator[Self]:
        """With the desk's store. ConfigError where it, or the secret of the tokens, cannot be used."""
        with open_store(settings) as store:
            issues = Issues(store.database)
            given = settings.unsubscribe_secret.get_secret_value() if settings.unsubscribe_secret else None
            outbox = Outbox(store.database, secret=issues.secret(given), now=clock)
            yield cls(settings, store, issues, outbox, clock, tell)

    def newsletter(self, name: str) -> Newsletter:
        """The newsletter of that name; ConfigError where there is none."""
        for newsletter in self.settings.newsletters:
            if newsletter.name == name:
                return newsletter
        known = ", ".join(newsletter.name for newsletter in self.settings.newsletters) or "there is none"
        raise ConfigError(f"{name!r}: no newsletter of that name in briefing.toml ({known})")

    def record(self, newsletter: Newsletter, day: str | None) -> IssueRecord:
        """The issue that a person names by its date, as in 2026-11-23 or 2026-11-23/1; the newest for None."""
        if day is None:
            found = newest(r for r in self.issues.of(newsletter.name) if r.hash)
        else:
            found = self.issues.get(f"{newsletter.name}/{day}")
        if found is None:
            raise ConfigError(f"{newsletter.name}{f'/{day}' if day else ''}: there is no such issue; `build` makes one")
        return found

    def today(self, newsletter: Newsletter) -> date:
        """The date where the newsletter is."""
        return self.clock().astimezone(self._zone(newsletter)).date()

    def _zone(self, newsletter: Newsletter) -> ZoneInfo:
        return ZoneInfo(settings_of(newsletter, self.settings).timezone)

    def _schedule(self, newsletter: Newsletter) -> Schedule | None:
        return Schedule(newsletter.schedule, self._zone(newsletter)) if newsletter.schedule else None

    @contextmanager
    def _leased(self, newsletter: Newsletter) -> Iterator[Lease]:
        with self.store.lease(f"newsletter {newsletter.name}", LEASE_SECONDS) as lease:
            if not lease.is_ours:
                who = f"process {lease.holder.pid} on {lease.holder.host}"
                raise BusyError(f"{newsletter.name}: already running, {who}")
            yield lease

    def preview(self, newsletter: Newsletter, record: IssueRecord) -> tuple[FrozenIssue, list[str]]:
        """What was frozen, and what is wrong with the message that a reader would get."""
        frozen = self.issues.frozen(record.id)
        return frozen, self._problems(newsletter, frozen.issue)

    def _problems(self, newsletter: Newsletter, issue: Issue) -> list[str]:
        message = self._message(newsletter, issue, _READER)
        return message_problems(message.data, organisation=newsletter.organisation)

    def diff(self, newsletter: Newsletter, record: IssueRecord) -> Iterator[str]:
        """The text of an issue against the one that went out before it, as a unified diff."""
        earlier = [r for r in self.issues.of(newsletter.name, *SENT) if r.date < record.date]
        last, new = newest(earlier), self.issues.frozen(record.id).issue
        old = self.issues.frozen(last.id).issue if last else None
        before, after = (issue.text.splitlines() if issue else [] for issue in (old, new))
        name = last.id if last else "nothing"
        return difflib.unified_diff(before, after, fromfile=name, tofile=record.id, lineterm="")

    def folder(self, newsletter: Newsletter, record: IssueRecord) -> Path:
        """The folder of an issue, written where it is not there."""
        return folder_of(self.issues.frozen(record.id), settings_of(newsletter, self.settings))

    def test(self, newsletter: Newsletter, record: IssueRecord, address: str) -> CommandResult:
        """An issue to one address, outside of the outbox; to a file, where no mail server is configured."""
        frozen = self.issues.frozen(record.id)
        try:
            checked = parse_address(address)
        except ValueError as error:
            raise ConfigError(str(error)) from error
        message = self._message(newsletter, frozen.issue, checked.address)
        if self.settings.smtp_host is None:
            path = self.folder(newsletter, record) / "test.eml"
            write_file(path, message.data)
            return CommandResult(record.id, f"no mail server is configured; the message is in {path}")
        connection = Connection(self._server())
        try:
            outcome = connection.offer(message, lambda: True)
        finally:
            connection.close()
        if outcome.verdict != "sent":
            raise DeliveryError(f"{checked.address}: {outcome.verdict}: {outcome.code} {outcome.reply}".rstrip())
        return CommandResult(record.id, f"sent to {checked.address}")

    def _message(self, newsletter: Newsletter, issue: Issue, address: str) -> Message:
        """A message that counts as nobody's: its name is new each time."""
        who, secret = parse_address(address).normalised, self.outbox.secret
        token = unsubscribe_token(secret, newsletter=newsletter.name, recipient=recipient_id(secret, who))
        tag = message_tag(secret, issue=f"test {secrets.token_hex(8)}", address=who)
        composer = Composer(issue, self._sender(newsletter))
        return composer.compose(address=address, name="", tag=tag, token=token, at=self.clock())

    def _has_mail(self, newsletter: Newsletter) -> bool:
        return "mail" in newsletter.channels and self.settings.smtp_host is not None

    def _has_files(self, newsletter: Newsletter) -> bool:
        return "eml" in newsletter.channels or ("mail" in newsletter.channels and self.settings.smtp_host is None)

    def _sender(self, newsletter: Newsletter) -> Sender:
        try:
            return sender_of(newsletter)
        except ConfigError as error:
            raise ConfigError(f"newsletter {newsletter.name}: {error}") from error

    def _server(self) -> Server:
        settings = self.settings
        if settings.smtp_host is None:
            raise ConfigError("no mail server is configured: set BRIEFING_SMTP_HOST")
        return Server(
            host=settings.smtp_host,
            port=settings.smtp_port,
            security=settings.smtp_security,
            user=settings.smtp_user or "",
            password=settings.smtp_password.get_secret_value() if settings.smtp_password else "",
            ca_file=settings.smtp_ca_file,
            connections=settings.smtp_connections,
            per_second=settings.smtp_per_second,
        )

    def _listed(self, newsletter: Newsletter) -> Recipients:
        """The newsletter's list of recipients, which has somebody in it."""
        if newsletter.recipients is None:
            raise ConfigError(f"newsletter {newsletter.name}: recipients is not set; name a CSV or text file")
        found = recipients_of(newsletter.recipients)
        if not found.accepted:
            raise ConfigError(f"{newsletter.recipients}: nobody in it gets mail ({found.told})")
        return found

    def _is_late(self, newsletter: Newsletter, record: IssueRecord) -> bool:
        """Corrections are never too late."""
        if record.due_at is None or record.number:
            return False
        return self.clock() - record.due_at > timedelta(hours=newsletter.most_late_hours)

    def _when(self, newsletter: Newsletter, record: IssueRecord) -> str:
        if record.state == "missed" or self._is_late(newsletter, record):
            return f"too late for `run`: `briefing newsletter send {newsletter.name} {record.day} --late` sends it"
        if record.due_at is None:
            return f"`briefing newsletter send {newsletter.name} {record.day}` sends it"
        return f"`run` sends it from {record.due_at.astimezone(self._zone(newsletter)):%Y-%m-%d %H:%M %Z} on"

    def _wanted(self, newsletter: Newsletter, record: IssueRecord) -> str:
        if record.needs_approval:
            return f"`briefing newsletter approve {newsletter.name} {record.day} --by NAME` lets it go out"
        return self._when(newsletter, record)


def sender_of(newsletter: Newsletter) -> Sender:
    """Who a newsletter comes from; ConfigError where the settings name nobody."""
    if not newsletter.sender:
        raise ConfigError('from is not set, as in "Desk <desk@example.org>"')
    name, bracket, address = newsletter.sender.rpartition("<")
    return Sender(
        address=address.rstrip("> ") if bracket else newsletter.sender,
        name=name.strip().strip('"'),
        reply_to=newsletter.reply_to,
        bounces=newsletter.bounces,
        unsubscribe_mail=newsletter.unsubscribe_mail,
        unsubscribe_url=newsletter.unsubscribe_url,
        archive_url=newsletter.archive_url,
    )


def recipients_of(path: Path) -> Recipients:
    """The recipients in a file, whatever its encoding. ConfigError where it cannot be read or has no addresses."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    return recipients(list_text(data), name=str(path))
