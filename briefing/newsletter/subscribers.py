"""Who gets a newsletter, and who does not: CSV or text in, checked recipients out.

An address is checked by a grammar of our own (RFC 5321's Mailbox without quoted local parts and address literals):
`email.utils.parseaddr` takes `alice@example.org)bob@evil.org` for alice's. What does not fit is told with its line, and
never mended. One person is one recipient: addresses that differ in case, in the writing of an international domain or
in a `+tag` have the same normalised address, and the first one in the list is used.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO
from typing import Final, Literal

import idna

from briefing.exceptions import ConfigError

ADDRESS_COLUMNS: Final = ("address", "email", "e-mail", "mail", "email address", "recipient")
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
    """A list as read: every line with an address is in exactly one of the three."""

    accepted: tuple[Recipient, ...]
    rejected: tuple[RejectedLine, ...] = ()
    duplicates: tuple[RejectedLine, ...] = ()


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
    """The recipients in a CSV with a header row, or in a text with one address a line (`#` opens a comment).

    ConfigError, which names the list, where a CSV has no column of addresses.
    """
    accepted: dict[str, tuple[int, Recipient]] = {}
    rejected, duplicates = [], []
    for line, written, row in _rows(text, name):
        try:
            address = parse_address(written)
        except ValueError as error:
            rejected.append(RejectedLine(line, written, str(error)))
            continue
        if address.normalised in accepted:
            duplicates.append(
                RejectedLine(line, written, f"the same person as on line {accepted[address.normalised][0]}")
            )
        else:
            accepted[address.normalised] = line, _recipient(address, row)
    return Recipients(tuple(who for _, who in accepted.values()), tuple(rejected), tuple(duplicates))


def unsubscribes(text: str, *, newsletter: str = "", name: str = "unsubscribes") -> Suppressions:
    """Who unsubscribed, from a CSV with a column `token` or of addresses (and `at`), or one address a line."""
    accepted, rejected = [], []
    for line, written, row in _rows(text, name, also="token"):
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
    for line, written, row in _rows(text, name):
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


def _rows(text: str, name: str, *, also: str = "") -> Iterator[tuple[int, str, dict[str, str]]]:
    """(line, the address as written, the row by its small-letter column names)."""
    text = text.removeprefix("\ufeff")
    header = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=header.count)
    columns = [column.strip(' "').lower() for column in header.split(delimiter)]
    wanted = [column for column in (also, *ADDRESS_COLUMNS) if column and column in columns]
    if wanted:
        yield from _csv_rows(text, delimiter, wanted)
    elif header.count(delimiter) and "@" not in header:
        raise ConfigError(
            f"{name}: no column is called {' or '.join(ADDRESS_COLUMNS[:2])} (found: {', '.join(columns)})"
        )
    else:
        yield from _lines(text)


def _csv_rows(text: str, delimiter: str, wanted: list[str]) -> Iterator[tuple[int, str, dict[str, str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    columns: list[str] = []
    for cells in reader:
        if not columns:
            columns = [cell.strip().lower() for cell in cells]
        elif any(cell.strip() for cell in cells):
            row = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if column}
            yield reader.line_num, next((row[key] for key in wanted if row.get(key)), ""), row


def _lines(text: str) -> Iterator[tuple[int, str, dict[str, str]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line.strip(" \t\r"), {}


def _recipient(address: MailAddress, row: dict[str, str]) -> Recipient:
    language = row.get("language") or row.get("lang") or ""
    known = {*ADDRESS_COLUMNS, "name", "language", "lang"}
    others = {column: value for column, value in row.items() if column not in known and value}
    return Recipient(address.address, address.normalised, row.get("name", ""), language, others)


def _bounce(row: dict[str, str]) -> Literal["bounced", "complained"] | None:
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
