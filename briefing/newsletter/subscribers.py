"""Who gets a newsletter, and who does not: a list in (`subscriber_lists`), checked recipients out.

An address is checked by a grammar of our own (RFC 5321's Mailbox without quoted local parts and address literals):
`email.utils.parseaddr` takes `alice@example.org)bob@evil.org` for alice's. What does not fit is told with its line, and
never mended. One person is one recipient: addresses that differ in case, in the writing of an international domain or
in a `+tag` have the same normalised address, and the first one in the list is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Literal

import idna

from briefing.newsletter.subscriber_lists import ListRow, addresses_in, cells_of, is_known_column, read_list

MOST_ADDRESS_CHARS: Final = 254  # RFC 5321 4.5.3.1.3, less the angle brackets
MOST_LOCAL_CHARS: Final = 64

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_HARD = ("hard", "permanent", "hardbounce", "hard bounce", "hard_bounce", "complaint", "spam")


@dataclass(frozen=True, slots=True)
class MailAddress:
    """An address that was checked. `address` is what servers are told, `normalised` what says whose it is."""

    address: str
    normalised: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody on the list. `fields` are the other columns of their row, as they stand there."""

    address: str
    normalised: str
    name: str = ""
    language: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A line that names nobody, and why; for a duplicate, the line that was used in its place is in `why`."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Recipients:
    """A list as read: every address of it is in exactly one of the four.

    `left` are those of whom the list itself says that they get no mail. `service` is whose export it is, "" where that
    is not known, and `columns` are those that were read for who left.
    """

    accepted: tuple[Recipient, ...]
    rejected: tuple[RejectedLine, ...] = ()
    duplicates: tuple[RejectedLine, ...] = ()
    left: tuple[RejectedLine, ...] = ()
    service: str = ""
    columns: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """What the list was taken for, and how many are in it."""
        parts = [f"an export of {self.service}"] if self.service else []
        parts += [f"who left by {' and '.join(f'“{column}”' for column in self.columns)}"] if self.columns else []
        named = (("recipient", self.accepted), ("duplicate", self.duplicates))
        counts = [f"{len(found)} {noun}{'' if len(found) == 1 else 's'}" for noun, found in named]
        counts += [f"{len(self.left)} who left"] if self.left or self.columns else []
        return ", ".join([*parts, *counts])


@dataclass(frozen=True, slots=True)
class Suppression:
    """Somebody who must get no more mail: of one newsletter, or of any ("").

    `token` stands in the place of the address where a web server or a mail program told us; `at` is aware, in UTC.
    """

    reason: Literal["unsubscribed", "bounced", "complained", "by hand"]
    normalised: str = ""
    token: str = ""
    newsletter: str = ""
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Suppressions:
    """An import as read."""

    accepted: tuple[Suppression, ...]
    rejected: tuple[RejectedLine, ...] = ()


def parse_address(text: str) -> MailAddress:
    """The one address that the text is; ValueError says what is wrong with it."""
    local, at, domain = text.strip(" \t").rpartition("@")
    if not at or "@" in local:
        raise ValueError(f"{text!r} is not one address (name@example.org)")
    if not local.isascii():
        raise ValueError(f"{text!r}: letters other than a-z before the @ need SMTPUTF8, which few servers take")
    if len(local) > MOST_LOCAL_CHARS or not _LOCAL.fullmatch(local):
        raise ValueError(f"{text!r}: what stands before the @ is not allowed there")
    host = _host(text, domain)
    if len(local) + 1 + len(host) > MOST_ADDRESS_CHARS:
        raise ValueError(f"{text!r} is longer than {MOST_ADDRESS_CHARS} characters")
    person = local.lower().partition("+")[0] or local.lower()
    return MailAddress(f"{local}@{host}", f"{person}@{host}")


def recipients(text: str, *, name: str = "recipients") -> Recipients:
    """The recipients in a table or JSON of a service, or in a text with one address a line (`#` opens a comment).

    Who left by any of their rows gets no mail. ConfigError, which names the list, where a table has no column of
    addresses.
    """
    found = read_list(text, name=name)
    accepted: dict[str, tuple[int, Recipient]] = {}
    rejected, duplicates, left = [], [], []
    refused = dict[str, str]()
    for line, written, called, row in _addresses(found.rows):
        try:
            address = parse_address(written)
        except ValueError as error:
            rejected.append(RejectedLine(line, written, str(error)))
            continue
        if why := found.why_left(row):
            refused[address.normalised] = why
            left.append(RejectedLine(line, written, why))
        elif why := found.why_unclear(row):
            rejected.append(RejectedLine(line, written, why))
        elif address.normalised in accepted:
            why = f"the same person as on line {accepted[address.normalised][0]}"
            duplicates.append(RejectedLine(line, written, why))
        else:
            accepted[address.normalised] = line, _recipient(address, row, called)
    for key in accepted.keys() & refused.keys():
        line, who = accepted.pop(key)
        left.append(RejectedLine(line, who.address, f"left by another line: {refused[key]}"))
    said = sorted(left, key=lambda one: one.line)
    people = tuple(who for _, who in accepted.values())
    return Recipients(people, tuple(rejected), tuple(duplicates), tuple(said), found.service, found.columns)


def unsubscribes(text: str, *, newsletter: str = "", name: str = "unsubscribes") -> Suppressions:
    """Who unsubscribed, from a CSV with a column `token` or of addresses (and `at`), or one address a line."""
    accepted, rejected = [], []
    for line, written, _, (_, _, row) in _addresses(read_list(text, name=name, also="token").rows):
        try:
            who = {"token": written} if row.get("token") else {"normalised": parse_address(written).normalised}
            accepted.append(Suppression("unsubscribed", newsletter=newsletter, at=_time(row), **who))
        except ValueError as error:
            rejected.append(RejectedLine(line, written, str(error)))
    return Suppressions(tuple(accepted), tuple(rejected))


def bounces(text: str, *, name: str = "bounces") -> Suppressions:
    """Whose mail came back for good, or who complained: a CSV with `kind` (hard, soft, complaint) or `status` (5.1.1).

    What bounced for now only is left out; a line that says neither is rejected, since nobody may be dropped by a guess.
    """
    accepted, rejected = [], []
    for line, written, _, (_, _, row) in _addresses(read_list(text, name=name).rows):
        try:
            normalised, reason = parse_address(written).normalised, _bounce(row)
            if reason is not None:
                note = " ".join(row[key] for key in ("status", "reason", "diagnostic") if row.get(key))
                accepted.append(Suppression(reason, normalised, at=_time(row), note=note[:200]))
        except ValueError as error:
            rejected.append(RejectedLine(line, written, str(error)))
    return Suppressions(tuple(accepted), tuple(rejected))


def _host(text: str, domain: str) -> str:
    """The domain as servers write it: small letters, international labels as `xn--…` (IDNA 2008, UTS 46)."""
    host = domain.lower()
    if not host.isascii() or "xn--" in host:
        try:
            host = idna.encode(idna.decode(host, uts46=True), uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError) as error:
            raise ValueError(f"{text!r}: {domain!r} is no domain: {error}") from error
    labels = host.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels) or labels[-1].isdigit():
        raise ValueError(f"{text!r}: {domain!r} is no domain")
    return host


def _addresses(rows: Iterable[ListRow]) -> Iterator[tuple[int, str, str, ListRow]]:
    """Each address of the rows: its line, how it is written, the name with it, its row."""
    for row in rows:
        for written, called in addresses_in(row.cell):
            yield row.line, written, called, row


def _recipient(address: MailAddress, row: ListRow, called: str) -> Recipient:
    language = row.cells.get("language") or row.cells.get("lang") or ""
    whole = f"{cells_of(row, 'first_name')} {cells_of(row, 'last_name')}".strip()
    others = {
        column: value
        for column, value in row.cells.items()
        if value and not is_known_column(column) and column not in ("language", "lang")
    }
    return Recipient(address.address, address.normalised, called or cells_of(row, "name") or whole, language, others)


def _bounce(row: Mapping[str, str]) -> Literal["bounced", "complained"] | None:
    """None: it may still arrive. ValueError: the row does not say."""
    kind = (row.get("kind") or row.get("type") or row.get("bounce") or "").lower()
    status = row.get("status", "").lower()
    if kind in ("complaint", "spam") or status in ("complaint", "spam"):
        return "complained"
    if kind in _HARD or status in _HARD or status.startswith("5."):
        return "bounced"
    if kind.startswith(("soft", "temp", "transient")) or status.startswith(("4.", "soft")):
        return None
    raise ValueError("says neither hard nor soft, and has no status like 5.1.1")


def _time(row: Mapping[str, str]) -> datetime | None:
    """The row's own time; one without a zone is UTC. ValueError where it is no ISO time."""
    text: str = next((row[key] for key in ("at", "date", "time", "timestamp") if row.get(key)), "")
    if not text:
        return None
    at = datetime.fromisoformat(text)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
