"""One connection to a mail server, with every phase of a message told apart.

`smtplib.sendmail` raises the same error whether a connection broke before the final dot or after it. Before it the
message cannot have been accepted, and may be offered again; after it nobody knows (RFC 1047), and it may not. So MAIL,
RCPT, DATA, the body and the dot are driven here one by one; the dot is written by itself, after all else was written.

`smtplib` is kept for what it does well: EHLO, STARTTLS, the kinds of AUTH. Its reading is replaced, since a timeout of
its own counts anew with every byte; here every reply has a deadline, and a stop that is asked for shortens it.
"""

from __future__ import annotations

import re
import select
import smtplib
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Final, Literal

from briefing.exceptions import ConfigError, DeliveryError
from briefing.newsletter.message import Message

MOST_REPLY_OCTETS: Final = 64 * 1024

_TURN_SECONDS = 0.2
_ENHANCED = re.compile(r"\A\s*([245]\.\d{1,3}\.\d{1,3})\b")

Phase = Literal["MAIL", "RCPT", "DATA", "body", "dot"]
SendVerdict = Literal["sent", "refused", "deferred", "dropped", "uncertain", "not ours"]


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server as configured. ConfigError where a password would travel unprotected.

    `security` is TLS from the first byte ("tls", port 465), "starttls" (587; mandatory, not opportunistic) or "none",
    for a server on this machine. Certificates are always verified, against `ca_file` where one is given.
    """

    host: str
    port: int = 587
    security: Literal["tls", "starttls", "none"] = "starttls"
    user: str = ""
    password: str = ""
    ca_file: Path | None = None
    hostname: str = ""
    connections: int = 4
    per_second: float | None = None
    reconnect_each: int = 100
    pause_seconds: float = 1.0  # the first pause where the server asks for less, or is not there; they double
    connect_seconds: float = 30.0
    reply_seconds: float = 120.0
    dot_seconds: float = 600.0  # RFC 5321 4.5.3.2.6
    stop_seconds: float = 8.0  # what is in flight may still take so long once a stop was asked for

    def __post_init__(self) -> None:
        if self.password and self.security == "none":
            raise ConfigError(f"{self.host}: a password is not sent without TLS")
        if not f"{self.user}{self.password}".isascii():
            raise ConfigError(f"{self.host}: user and password may hold ASCII letters only")

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an offered message ended, and in which phase.

    "deferred" and "dropped" (the connection broke, or was slow) were not accepted for sure; "not ours" was not offered
    to the end, since its mark could not be set. `is_hard` says that there is no such mailbox. After `is_over` the
    connection cannot be used again; `is_slow_down` says that the server asked for less.
    """

    verdict: SendVerdict
    phase: Phase
    code: int = 0
    reply: str = ""
    is_hard: bool = False
    is_over: bool = False
    is_slow_down: bool = False


class Connection:
    """An open, authenticated connection; DeliveryError where there is none to be had, in one line for the operator."""

    def __init__(self, server: Server, *, stop: Event | None = None) -> None:
        self._server = server
        self._wire = _Wire(server, stop or Event())
        self.handed_over = 0
        try:
            self._open()
        except (OSError, smtplib.SMTPException, EOFError) as error:
            self._wire.close()
            raise DeliveryError(f"{server}: {_told(error)}; nothing was sent over this connection") from error

    @property
    def most_octets(self) -> int | None:
        """The longest message that the server says it takes (RFC 1870)."""
        size = self._wire.esmtp_features.get("size", "")
        return int(size) if size.isdigit() and int(size) else None

    def offer(self, message: Message, mark: Callable[[], bool]) -> Outcome:
        """Hand a message over. `mark` is called just before DATA; where it says no, the message is not sent.

        DeliveryError, with nothing sent, where the server takes nothing at all of this sender or this size.
        """
        if self.most_octets is not None and len(message.data) > self.most_octets:
            raise DeliveryError(
                f"{self._server}: takes {self.most_octets} octets, and the message has {len(message.data)}"
            )
        try:
            refusal = self._address(message)
        except (OSError, EOFError) as error:
            return Outcome("dropped", "MAIL", reply=_told(error), is_over=True)
        if refusal is not None:
            return self._after(refusal)
        if not mark():
            return self._after(Outcome("not ours", "RCPT"))
        outcome = self._transfer(message)
        self.handed_over += outcome.verdict == "sent"
        return outcome

    def close(self, *, is_over: bool = False) -> None:
        """Say QUIT, briefly, where anybody listens: what was accepted stays accepted whatever comes back."""
        if not is_over:
            with suppress(OSError, EOFError):
                self._wire.say("QUIT", seconds=2.0)
        self._wire.close()

    def _open(self) -> None:
        server = self._server
        self._wire.reply_seconds = server.connect_seconds
        context = _tls_context(server) if server.security != "none" else None
        self._wire.open(server, context if server.security == "tls" else None)
        self._wire.ehlo_or_helo_if_needed()
        if server.security == "starttls" and context is not None:
            self._wire.secure(context, server.connect_seconds)
            self._wire.ehlo_or_helo_if_needed()
        if server.user:
            self._wire.login(server.user, server.password)
        self._wire.reply_seconds = server.reply_seconds

    def _address(self, message: Message) -> Outcome | None:
        """MAIL and RCPT, in one go where the server takes that; None if both were taken."""
        size = f" SIZE={len(message.data)}" if "size" in self._wire.esmtp_features else ""
        commands = (f"MAIL FROM:<{message.sender}>{size}", f"RCPT TO:<{message.recipient}>")
        if "pipelining" in self._wire.esmtp_features:
            self._wire.put(*commands)
            mail, rcpt = self._wire.getreply(), self._wire.getreply()
            return self._sender_judged(*mail) or _recipient_judged(*rcpt)
        refusal = self._sender_judged(*self._wire.say(commands[0]))
        return refusal or _recipient_judged(*self._wire.say(commands[1]))

    def _sender_judged(self, code: int, text: bytes) -> Outcome | None:
        """A sender that is refused is refused for everybody."""
        if code >= 500:
            raise DeliveryError(f"{self._server}: refuses mail of this sender or size: {code} {_line(text)}")
        return None if _is_yes(code) else _judged("MAIL", code, text)

    def _transfer(self, message: Message) -> Outcome:
        phase: Phase = "DATA"
        try:
            code, text = self._wire.say("DATA")
            if code != 354:
                return self._after(_judged(phase, code, text))
            phase = "body"
            self._wire.send(_with_dots_doubled(message.data))
            if self._wire.has_answered():  # too early: it hung up, or has had enough, and cannot have accepted
                return _over(_judged(phase, *self._wire.getreply()))
            phase = "dot"
            self._wire.send(b".\r\n")
            code, text = self._wire.getreply(self._server.dot_seconds)
        except (OSError, EOFError) as error:
            verdict: SendVerdict = "uncertain" if phase == "dot" else "dropped"
            return Outcome(verdict, phase, reply=_told(error), is_over=True)
        if _is_yes(code):
            return Outcome("sent", phase, code, _line(text))
        if 400 <= code < 600:
            return _judged(phase, code, text)
        return Outcome("uncertain", phase, code, _line(text), is_over=True)

    def _after(self, outcome: Outcome) -> Outcome:
        """Make the connection ready for the next message; where that fails, it is over."""
        if outcome.is_over:
            return outcome
        try:
            is_ready = _is_yes(self._wire.say("RSET")[0])
        except (OSError, EOFError):
            is_ready = False
        return outcome if is_ready else _over(outcome)


class _Wire(smtplib.SMTP):
    """Reads and writes against a deadline, in short turns, so that a stop is noticed."""

    def __init__(self, server: Server, stop: Event) -> None:
        super().__init__(local_hostname=server.hostname or _hostname())
        self.reply_seconds = server.reply_seconds
        self._stop_seconds = server.stop_seconds
        self._stop = stop
        self._stop_by: float | None = None
        self._received = b""

    def open(self, server: Server, context: ssl.SSLContext | None) -> None:
        """Connect; with a context, TLS from the first byte."""
        self._host = server.host
        sock = socket.create_connection((server.host, server.port), server.connect_seconds)
        self.sock = sock
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else the dot waits for an acknowledgement
        if context is not None:
            self.sock = context.wrap_socket(sock, server_hostname=server.host)
        code, text = self.getreply()
        if code != 220:
            raise smtplib.SMTPConnectError(code, text)

    def secure(self, context: ssl.SSLContext, seconds: float) -> None:
        """STARTTLS. What came in the clear before the handshake is not carried over it (CVE-2011-0411)."""
        code, text = self.say("STARTTLS")
        if code != 220:
            raise smtplib.SMTPResponseException(code, text.decode("ascii", "replace"))
        if self._received or self.sock is None:
            raise EOFError("the server said more before TLS than it may")
        self.sock.settimeout(seconds)
        self.sock = context.wrap_socket(self.sock, server_hostname=self._host)
        self.ehlo_resp = self.helo_resp = None
        self.esmtp_features = {}

    def say(self, command: str, *, seconds: float | None = None) -> tuple[int, bytes]:
        """One command and its reply."""
        self.put(command)
        return self.getreply(seconds)

    def put(self, *commands: str) -> None:
        """Commands in one go; none of them can hold a line end, since addresses and names were checked before."""
        self.send("".join(f"{command}\r\n" for command in commands).encode("ascii"))

    def send(self, s: object) -> None:
        """All of it, or an OSError; when that comes, the last byte has not left."""
        if not isinstance(s, bytes):
            s = str(s).encode("ascii")
        rest, deadline = memoryview(s), self._deadline(self.reply_seconds)
        while rest:
            with suppress(TimeoutError):
                rest = rest[self._turn(deadline).send(rest) :]

    def has_answered(self) -> bool:
        """Whether there is something to read by now, be it the end."""
        if self.sock is None or self._received:
            return True
        if isinstance(self.sock, ssl.SSLSocket) and self.sock.pending():
            return True
        return bool(select.select([self.sock], [], [], 0)[0])

    def getreply(self, seconds: float | None = None) -> tuple[int, bytes]:
        """A whole reply, of several lines where it has them: its code and text. EOFError where the server hangs up."""
        deadline = self._deadline(self.reply_seconds if seconds is None else seconds)
        lines: list[bytes] = []
        while True:
            line = self._line(deadline)
            lines.append(line[4:].strip())
            if sum(map(len, lines)) > MOST_REPLY_OCTETS:
                raise OSError("a reply without an end")
            if line[3:4] != b"-":
                return (int(line[:3]) if re.match(rb"\d{3}(?!\d)", line) else -1), b"\n".join(lines)

    def _line(self, deadline: float) -> bytes:
        while b"\n" not in self._received:
            if len(self._received) > MOST_REPLY_OCTETS:
                raise OSError("a line without an end")
            with suppress(TimeoutError):
                part = self._turn(deadline).recv(8192)
                if not part:
                    raise EOFError("the server hung up")
                self._received += part
        line, _, self._received = self._received.partition(b"\n")
        return line

    def _deadline(self, seconds: float) -> float:
        return time.monotonic() + seconds

    def _turn(self, deadline: float) -> socket.socket:
        """The socket, good for a short wait; `_TooSlowError` when there is no time left."""
        if self.sock is None:
            raise EOFError("the connection is closed")
        now = time.monotonic()
        if self._stop.is_set() and self._stop_by is None:
            self._stop_by = now + self._stop_seconds
        left = min(deadline, deadline if self._stop_by is None else self._stop_by) - now
        if left <= 0:
            raise _TooSlowError("no reply in time")
        self.sock.settimeout(min(left, _TURN_SECONDS))
        return self.sock


class _TooSlowError(OSError):
    """Not a TimeoutError, which only ends a turn."""


def _recipient_judged(code: int, text: bytes) -> Outcome | None:
    """552 at RCPT means that the mailbox is full, or too many recipients: for now (RFC 5321 4.5.3.1.10)."""
    if _is_yes(code):
        return None
    outcome = _judged("RCPT", 452 if code == 552 else code, text)
    return outcome if outcome.verdict != "refused" else _judged("RCPT", code, text, is_hard=_is_hard(code, text))


def _is_hard(code: int, text: bytes) -> bool:
    """No such mailbox or domain (X.1.*), or one that is closed (X.2.1); a policy (X.7.*) is nobody's address."""
    enhanced = _ENHANCED.match(text.decode("ascii", "replace"))
    return enhanced[1].startswith(("5.1.", "5.2.1")) if enhanced else code in (550, 551, 553)


def _judged(phase: Phase, code: int, text: bytes, *, is_hard: bool = False) -> Outcome:
    """What a reply other than yes means for this message."""
    line = _line(text)
    enhanced = _ENHANCED.match(line)
    is_slow_down = code == 421 or (400 <= code < 500 and enhanced is not None and enhanced[1].startswith("4.7."))
    is_over = code == 421 or not 200 <= code < 600
    return Outcome("refused" if 500 <= code < 600 else "deferred", phase, code, line, is_hard, is_over, is_slow_down)


def _over(outcome: Outcome) -> Outcome:
    return Outcome(
        outcome.verdict, outcome.phase, outcome.code, outcome.reply, outcome.is_hard, True, outcome.is_slow_down
    )


def _is_yes(code: int) -> bool:
    return 200 <= code < 300


def _with_dots_doubled(data: bytes) -> bytes:
    """RFC 5321 4.5.2; the message ends in a line end, so that the dot stands on a line of its own."""
    doubled = data.replace(b"\r\n.", b"\r\n..")
    return b"." + doubled if doubled.startswith(b".") else doubled


def _tls_context(server: Server) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=server.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise ConfigError(f"{server.ca_file}: no certificates can be read from it: {error}") from error


def _hostname() -> str:
    """`smtplib` would ask the DNS, for as long as that takes."""
    name = socket.gethostname()
    return name if "." in name else "[127.0.0.1]"


def _told(error: BaseException) -> str:
    """An error in one line, without what was said to the server."""
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode()
        kind = "login refused" if isinstance(error, smtplib.SMTPAuthenticationError) else "refused"
        return f"{kind}: {error.smtp_code} {_line(text)}"
    return " ".join(str(error).split()) or type(error).__name__


def _line(text: bytes) -> str:
    """A server's text as one line, with nothing in it that a terminal would obey."""
    shown = text.decode("utf-8", "replace").replace("\n", " ")
    return "".join(character for character in shown if character.isprintable())[:300]
