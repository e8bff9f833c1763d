"""A real SMTP server (aiosmtpd) on loopback that does what its script says, in the phase that the script names.

    with MailServer(script) as server: ...      # server.port, server.received

The script is asked at every phase: "connect", "EHLO", "MAIL", "RCPT", "DATA", "body" (after 354), "dot" and "QUIT".
It answers None for what a healthy server does, or an `Act`.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import ssl
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Thread
from types import TracebackType
from typing import Any, AnyStr

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

CORK = getattr(socket, "TCP_CORK", 4)  # macOS: TCP_NOPUSH

logging.getLogger("mail.log").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Act:
    """What to do in place of the healthy answer; `is_accepted` matters after the dot only. Alone, `wait_seconds` is
    all that is not healthy.

    `is_kill` kills the client's process straight afterwards (it says its process id in EHLO: `pid-123.test`).
    """

    reply: str = ""
    is_drop: bool = False
    is_hang: bool = False
    is_accepted: bool = False
    is_kill: bool = False
    wait_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a connection is: which phase, for whom, and how many of that phase there were on this server before."""

    phase: str
    recipient: str
    before: int
    connection: int
    accepted_here: int  # messages that this connection has handed over


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message that the server took."""

    sender: str
    recipient: str
    data: bytes
    connection: int


Script = Callable[[Moment], Act | None]


def healthy(_: Moment) -> None:
    """The script of a server without faults."""


@dataclass
class MailServer:
    """Runs in a thread of its own, from `__enter__` to `__exit__`."""

    script: Script = healthy
    size_limit: int = 33_554_432
    tls: ssl.SSLContext | None = None
    is_tls_from_first_byte: bool = False
    login: tuple[str, str] | None = None
    features: tuple[str, ...] = ()
    received: list[Arrived] = field(default_factory=list)
    connections: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    port: int = 0

    def __enter__(self) -> MailServer:
        self._loop = asyncio.new_event_loop()
        self._ready = Event()
        self._faces: list[_Face] = []
        self._thread = Thread(target=self._run, name="smtp", daemon=True)
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join()
        self._loop.close()

    def recipients(self) -> list[str]:
        """Whom messages arrived for, in order, with repetitions."""
        return [arrived.recipient for arrived in self.received]

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._end = asyncio.Event()
        self._loop.run_until_complete(self._serve())
        for face in self._faces:
            face.hang_up(with_reset=True)
        while tasks := asyncio.all_tasks(self._loop):
            for task in tasks:
                task.cancel()
            self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.run_until_complete(asyncio.sleep(0))

    async def _serve(self) -> None:
        context = self.tls if self.is_tls_from_first_byte else None
        listener = await self._loop.create_server(self._protocol, "127.0.0.1", 0, ssl=context)
        self.port = listener.sockets[0].getsockname()[1]
        self._ready.set()
        await self._end.wait()
        listener.close()

    def _protocol(self) -> _Face:
        self.connections += 1
        self._faces.append(_Face(self, self.connections))
        return self._faces[-1]

    def authenticate(self, *arguments: Any) -> AuthResult:
        """For aiosmtpd: its arguments are server, session, envelope, mechanism and what was said."""
        said = arguments[-1]
        is_known = isinstance(said, LoginPassword) and self.login == (said.login.decode(), said.password.decode())
        return AuthResult(success=is_known, handled=False)

    async def handle_DATA(self, server: _Face, session: Session, envelope: Envelope) -> str:
        """After the dot; recorded before it is answered, as a real server does."""
        return await server.after_the_dot(envelope)


class _Face(SMTP):
    def __init__(self, owner: MailServer, number: int) -> None:
        self._owner = owner
        self._number = number
        self._accepted = 0
        self._recipient = ""
        self._client = ""
        super().__init__(
            owner,
            hostname="mx.test",
            data_size_limit=owner.size_limit,
            tls_context=None if owner.is_tls_from_first_byte else owner.tls,
            authenticator=owner.authenticate if owner.login else None,
            auth_required=owner.login is not None,
            timeout=600,
        )

    async def act(self, phase: str, *, accept: Callable[[], None] | None = None) -> bool:
        """Whether to go on as a healthy server does."""
        act = self._ask(phase)
        if act is not None and act.wait_seconds:
            await asyncio.sleep(act.wait_seconds)
            act = None if act == Act(wait_seconds=act.wait_seconds) else act
        if accept is not None and (act is None or act.is_accepted):
            accept()
        return act is None or await self._do(act)

    def _ask(self, phase: str) -> Act | None:
        moment = Moment(phase, self._recipient, self._owner.seen[phase], self._number, self._accepted)
        self._owner.seen[phase] += 1
        return self._owner.script(moment)

    async def _do(self, act: Act) -> bool:
        if act.reply:
            await self.push(act.reply)
        if act.is_drop or act.reply.startswith("421"):
            self.hang_up(with_reset=act.is_drop)
        if act.is_kill and self._client.startswith("pid-"):
            with suppress(ProcessLookupError):
                os.kill(int(self._client.removeprefix("pid-").partition(".")[0]), signal.SIGKILL)
        if act.is_drop or act.is_hang:
            await asyncio.sleep(3600)
        return not act.reply

    def hang_up(self, *, with_reset: bool) -> None:
        """Close the connection."""
        if self.transport is not None:
            getattr(self.transport, "abort" if with_reset else "close")()

    async def _handle_client(self) -> None:
        if await self.act("connect"):
            await super()._handle_client()

    async def smtp_EHLO(self, hostname: str) -> None:
        self._client = hostname
        if await self.act("EHLO"):
            await super().smtp_EHLO(hostname)

    async def smtp_MAIL(self, arg: str | None) -> None:
        self._recipient = ""
        if await self.act("MAIL"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:
        self._recipient = (arg or "").partition("<")[2].rstrip(">")
        if await self.act("RCPT"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        if await self.act("DATA"):
            await super().smtp_DATA(arg)

    async def smtp_QUIT(self, arg: str) -> None:
        if await self.act("QUIT"):
            await super().smtp_QUIT(arg)

    async def push(self, status: AnyStr) -> None:
        text = status.decode() if isinstance(status, bytes) else str(status)
        if not text:
            return  # it was answered already
        if text == "250 HELP":
            for feature in self._owner.features:
                await super().push(f"250-{feature}")
        act = self._ask("body") if text.startswith("354") else None
        if act is not None and act.is_drop and self.transport is not None:  # the end comes with the 354: before the dot
            self.transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, CORK, 1)
        await super().push(status)
        if act is not None:
            if act.is_drop and self.transport is not None:
                self.transport.get_extra_info("socket").shutdown(socket.SHUT_WR)
            await self._do(act)

    async def after_the_dot(self, envelope: Envelope) -> str:
        """The reply to a message."""
        replies: list[str] = []

        def accept() -> None:
            arrived = Arrived(
                str(envelope.mail_from), envelope.rcpt_tos[0], envelope.original_content or b"", self._number
            )
            self._owner.received.append(arrived)
            self._accepted += 1
            replies.append("250 OK: queued")

        await self.act("dot", accept=accept)
        return replies[0] if replies else ""
