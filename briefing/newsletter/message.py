"""One recipient's message (RFC 5322), from an issue whose bytes are frozen.

The bytes are written here and not by the `email` package: its header writer lets a title add a header on every Python
before 3.13 (CVE-2024-6923), and turns a long `List-Unsubscribe` into encoded words, which no mail program reads. What
comes from outside (subject, names, addresses) passes `header_line`, then `encoded`; at the end `guard` reads the head
back.

Everything that is the same for all recipients is encoded once. The issue says `UNSUBSCRIBE` where each recipient's own
link belongs, in its HTML (in an attribute) and in its text.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from binascii import b2a_qp
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import format_datetime
from hashlib import sha256
from html import escape
from typing import Final
from urllib.parse import quote

from briefing.exceptions import ConfigError, DeliveryError
from briefing.newsletter.subscribers import parse_address

UNSUBSCRIBE: Final = "https://unsubscribe.invalid/"  # RFC 2606: no such host will ever be
HEADERS: Final = (
    "Date",
    "From",
    "To",
    "Subject",
    "Message-ID",
    "Reply-To",
    "List-Id",
    "List-Unsubscribe",
    "Auto-Submitted",
    "Precedence",
    "X-Auto-Response-Suppress",
    "Feedback-ID",
    "Content-Language",
    "MIME-Version",
    "Content-Type",
)
ONE_CLICK: Final = "List-Unsubscribe-Post"
ARCHIVED: Final = "Archived-At"
MOST_LINE_OCTETS: Final = 998

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)
_SPACE = re.compile(r"\s+")
# Controls (C0, DEL, C1), separators of lines and paragraphs, bidi embeddings, overrides and isolates, lone surrogates.
_UNSAFE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*", re.ASCII)
_FOLD_AT = 76
_LONGEST_PLAIN_WORD = 60
_ENCODED_WORD_OCTETS = 45  # 60 characters of base64, within the 75 that RFC 2047 allows an encoded word


@dataclass(frozen=True, slots=True)
class Issue:
    """One dated edition: what was frozen, and therefore what every recipient gets.

    `number` is 0 for the issue itself, 1 and up for corrections of it. ConfigError where the newsletter's name is not
    a short one in small letters (it stands in addresses, tokens and folders) or the unsubscribe link is missing.
    """

    newsletter: str
    date: date
    subject: str
    html: str
    text: str
    language: str = "en"
    number: int = 0

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.newsletter):
            raise ConfigError(f"{self.newsletter!r}: a newsletter's name is a-z, 0-9 and -, at most 40 of them")
        if not _LANGUAGE.fullmatch(self.language):
            raise ConfigError(f"{self.id}: {self.language!r} is no language tag (like en, or pt-BR)")
        for part, content in (("HTML", self.html), ("text", self.text)):
            if UNSUBSCRIBE not in content:
                raise ConfigError(f"{self.id}: its {part} has no {UNSUBSCRIBE}, the place of the unsubscribe link")

    @property
    def id(self) -> str:
        """`daily/2026-11-23`, or `daily/2026-11-23/1` for the first correction."""
        return f"{self.newsletter}/{self.date.isoformat()}" + (f"/{self.number}" if self.number else "")

    @property
    def hash(self) -> str:
        """SHA-256 of all that was frozen."""
        values = (self.id, self.subject, self.html, self.text, self.language)
        return sha256(json.dumps(values).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a newsletter comes from. Addresses are checked here: ConfigError.

    `bounces` is the address that failures come back to; each message's tag is put into it (`bounces+tag@…`).
    `unsubscribe_url` is an https endpoint that takes `?token=…`; without one there is no one-click, only mail to
    `unsubscribe_mail` (by default the address that replies go to).
    """

    address: str
    name: str = ""
    reply_to: str = ""
    bounces: str = ""
    unsubscribe_mail: str = ""
    unsubscribe_url: str = ""
    archive_url: str = ""

    def __post_init__(self) -> None:
        for which in ("address", "reply_to", "bounces", "unsubscribe_mail"):
            given = getattr(self, which)
            if given or which == "address":
                object.__setattr__(self, which, _checked_address(which, given))
        for which in ("unsubscribe_url", "archive_url"):
            given = getattr(self, which)
            if given and not re.fullmatch(r"https://[!-;=?-~]{1,400}", given):
                raise ConfigError(f"the newsletter's {which}: {given!r} is no https address")

    @property
    def domain(self) -> str:
        """The domain of the sender's address, which every identifier is aligned with."""
        return self.address.rpartition("@")[2]

    def envelope(self, tag: str) -> str:
        """The envelope sender of one message (VERP)."""
        local, _, domain = (self.bounces or self.address).rpartition("@")
        return f"{local}+{tag}@{domain}" if self.bounces else f"{local}@{domain}"

    def unsubscribe_links(self, token: str) -> tuple[str, ...]:
        """The links for a recipient, the best one first."""
        mail = self.unsubscribe_mail or self.reply_to or self.address
        by_mail = f"mailto:{quote(mail, safe='@')}?subject=unsubscribe%20{token}"
        if not self.unsubscribe_url:
            return (by_mail,)
        return (f"{self.unsubscribe_url}{'&' if '?' in self.unsubscribe_url else '?'}token={token}", by_mail)


@dataclass(frozen=True, slots=True)
class Message:
    """What is handed to a mail server: both ends of the envelope, and the bytes (CRLF; dots are not doubled yet)."""

    sender: str
    recipient: str
    id: str
    data: bytes


class Composer:
    """Writes the messages of one issue; whatever does not differ between recipients is encoded here, once."""

    def __init__(self, issue: Issue, sender: Sender) -> None:
        self.issue = issue
        self._sender = sender
        self._text = _pieces(issue.text)
        self._html = _pieces(issue.html)
        self._from = _mailbox("From", sender.name, sender.address)
        self._fixed: dict[str, str] = {
            "From": self._from,
            "Subject": encoded("Subject", header_line(issue.subject)),
            "Reply-To": sender.reply_to or sender.address,
            "List-Id": f"<{issue.newsletter}.{sender.domain}>",
            "Auto-Submitted": "auto-generated",
            "Precedence": "bulk",
            "X-Auto-Response-Suppress": "All",
            "Feedback-ID": f"{issue.date.isoformat()}:{issue.newsletter}:newsletter:briefing",
            "Content-Language": issue.language,
            "MIME-Version": "1.0",
        }
        if sender.unsubscribe_url:
            self._fixed[ONE_CLICK] = "List-Unsubscribe=One-Click"
        if sender.archive_url:
            self._fixed[ARCHIVED] = f"<{sender.archive_url}>"
        self._names = (*HEADERS[:-2], *(n for n in (ONE_CLICK, ARCHIVED) if n in self._fixed), *HEADERS[-2:])

    @property
    def least_octets(self) -> int:
        """No message of this issue is shorter: to hold against what a server takes before anybody is claimed."""
        return sum(map(len, (*self._text, *self._html)))

    def compose(self, *, address: str, name: str, tag: str, token: str, at: datetime) -> Message:
        """The message to one recipient: `address` as `parse_address` gave it, `at` the time of its Date header."""
        links = self._sender.unsubscribe_links(token)
        boundary = f"=_{tag}"  # quoted-printable never has "=_"
        own = {
            "Date": format_datetime(at),
            "To": _mailbox("To", name, address),
            "Message-ID": f"<{tag}@{self._sender.domain}>",
            "List-Unsubscribe": ", ".join(f"<{link}>" for link in links),
            "Content-Type": f'multipart/alternative;\r\n boundary="{boundary}"',
        }
        fields = self._fixed | own
        head = "".join(f"{header}: {fields[header]}\r\n" for header in self._names).encode("ascii")
        guard(head, self._names)
        data = b"".join((head, b"\r\n", *self._body(links[0], boundary.encode())))
        return Message(self._sender.envelope(tag), address, own["Message-ID"], data)

    def _body(self, link: str, boundary: bytes) -> Iterator[bytes]:
        for kind, pieces, written in ((b"plain", self._text, link), (b"html", self._html, escape(link))):
            yield b"--%b\r\nContent-Type: text/%b; charset=utf-8\r\n" % (boundary, kind)
            yield b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
            yield _quoted(written).join(pieces)
            yield b"\r\n"
        yield b"--%b--\r\n" % boundary


def header_line(text: str) -> str:
    """Text from outside as one line that is safe in a header: no controls, no bidi tricks, no encoded word in it."""
    return _SPACE.sub(" ", _UNSAFE.sub("", text)).replace("=?", "= ?").strip()


def encoded(header: str, text: str) -> str:
    """Unstructured text for a header: folded if it is ASCII, in RFC 2047's encoded words if not."""
    words = text.split(" ")
    if not text.isascii() or any(len(word) > _LONGEST_PLAIN_WORD for word in words):
        return "\r\n ".join(_encoded_words(text))
    lines, room = [""], _FOLD_AT - len(header) - 2
    for word in words:
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append(word)
            room = _FOLD_AT - 1
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return "\r\n ".join(lines)


def guard(head: bytes, names: Sequence[str]) -> None:
    """DeliveryError unless these bytes are exactly the headers of these names, in lines that every server takes."""
    lines = head.split(b"\r\n")
    if lines.pop() != b"" or any(
        not line or len(line) > MOST_LINE_OCTETS or not all(32 <= octet < 127 for octet in line) for line in lines
    ):
        raise DeliveryError("a message was not sent: its head has a line that is empty, too long, or not plain ASCII")
    found = [line.partition(b":")[0].decode() for line in lines if not line.startswith(b" ")]
    if found != list(names):
        raise DeliveryError(f"a message was not sent: its headers came out as {', '.join(found)}")


def _mailbox(header: str, name: str, address: str) -> str:
    """`name <address>`; the name is a display name only, never parsed."""
    phrase = header_line(name)
    if not phrase:
        return address
    if not phrase.isascii() or len(phrase) > _LONGEST_PLAIN_WORD:
        phrase = "\r\n ".join(_encoded_words(phrase))
    elif not _ATOMS.fullmatch(phrase):
        phrase = '"' + phrase.replace("\\", r"\\").replace('"', r"\"") + '"'
    last_line = phrase.rpartition("\r\n")[2]
    is_short = len(header) + len(last_line) + len(address) + 5 <= _FOLD_AT
    return f"{phrase}{' ' if is_short else chr(13) + chr(10) + ' '}<{address}>"


def _encoded_words(text: str) -> Iterator[str]:
    run = b""
    for character in text:
        octets = character.encode()
        if len(run) + len(octets) > _ENCODED_WORD_OCTETS:
            yield _encoded_word(run)
            run = b""
        run += octets
    yield _encoded_word(run)


def _encoded_word(octets: bytes) -> str:
    return f"=?utf-8?b?{b64encode(octets).decode()}?="


def _pieces(content: str) -> list[bytes]:
    """A part in quoted-printable, in pieces between which the link belongs (on lines of its own, softly broken)."""
    pieces = re.sub(r"\r\n?", "\n", content).split(UNSUBSCRIBE)
    return [_quoted_printable(piece) for piece in pieces]


def _quoted(link: str) -> bytes:
    return b"=\r\n" + _quoted_printable(link) + b"=\r\n"


def _quoted_printable(text: str) -> bytes:
    return b2a_qp(text.encode("utf-8", "replace"), istext=True).replace(b"\n", b"\r\n")


def _checked_address(which: str, given: str) -> str:
    try:
        return parse_address(given).address
    except ValueError as error:
        raise ConfigError(f"the newsletter's {which}: {error}") from error
