"""Servers on loopback that fail as their script says, a stand-in for the Internet, and hosts that nobody may reach."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import TracebackType
from typing import Self

import httpcore2
import trustme

PUBLIC = "93.184.215.14"  # an address that the guard lets through; nothing is ever sent there
PUBLIC_V6 = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"

# How a URL can write hosts that are not public, and the address that each stands for. Sixty.
PRIVATE_FORMS: tuple[tuple[str, str], ...] = (
    ("127.0.0.1", "127.0.0.1"),
    ("127.0.0.1.", "127.0.0.1"),
    ("127.1", "127.0.0.1"),
    ("127.0.1", "127.0.0.1"),
    ("127.0.0.2", "127.0.0.2"),
    ("127.255.255.254", "127.255.255.254"),
    ("127.0.0.01", "127.0.0.1"),
    ("0177.0.0.1", "127.0.0.1"),
    ("0177.1", "127.0.0.1"),
    ("017700000001", "127.0.0.1"),
    ("2130706433", "127.0.0.1"),
    ("0x7f000001", "127.0.0.1"),
    ("0X7F.1", "127.0.0.1"),
    ("0x7f.0.0.0x1", "127.0.0.1"),
    ("0", "0.0.0.0"),
    ("0x0", "0.0.0.0"),
    ("0.0.0.0", "0.0.0.0"),
    ("１２７.0.0.1", "127.0.0.1"),
    ("①②⑦.0.0.1", "127.0.0.1"),
    ("127。0。0。1", "127.0.0.1"),
    ("%31%32%37.0.0.1", "127.0.0.1"),
    ("example.org@127.0.0.1", "127.0.0.1"),
    ("example.org%40@127.0.0.1", "127.0.0.1"),
    ("localhost", "127.0.0.1"),
    ("LocalHost.", "127.0.0.1"),
    ("10.0.0.1", "10.0.0.1"),
    ("100.64.0.1", "100.64.0.1"),
    ("100.100.100.200", "100.100.100.200"),
    ("168.63.129.16", "168.63.129.16"),
    ("169.254.169.254", "169.254.169.254"),
    ("2852039166", "169.254.169.254"),
    ("0xa9.0xfe.0xa9.0xfe", "169.254.169.254"),
    ("172.16.0.1", "172.16.0.1"),
    ("172.31.255.255", "172.31.255.255"),
    ("192.0.0.192", "192.0.0.192"),
    ("192.168.1.1", "192.168.1.1"),
    ("198.18.0.1", "198.18.0.1"),
    ("203.0.113.7", "203.0.113.7"),
    ("224.0.0.1", "224.0.0.1"),
    ("240.0.0.1", "240.0.0.1"),
    ("255.255.255.255", "255.255.255.255"),
    ("[::1]", "::1"),
    ("[0:0:0:0:0:0:0:1]", "::1"),
    ("[::]", "::"),
    ("[::ffff:127.0.0.1]", "::ffff:127.0.0.1"),
    ("[::ffff:7f00:1]", "::ffff:127.0.0.1"),
    ("[::ffff:0:127.0.0.1]", "::ffff:0:7f00:1"),
    ("[::127.0.0.1]", "::7f00:1"),
    ("[64:ff9b::7f00:1]", "64:ff9b::7f00:1"),
    ("[64:ff9b::a9fe:a9fe]", "64:ff9b::a9fe:a9fe"),
    ("[64:ff9b:1::7f00:1]", "64:ff9b:1::7f00:1"),
    ("[2002:7f00:1::]", "2002:7f00:1::"),
    ("[2001:0:7f00:1::]", "2001:0:7f00:1::"),
    ("[2001:db8::1]", "2001:db8::1"),
    ("[fe80::1]", "fe80::1"),
    ("[fe80::1%25lo]", "fe80::1%lo"),
    ("[fc00::1]", "fc00::1"),
    ("[fd00:ec2::254]", "fd00:ec2::254"),
    ("[fec0::1]", "fec0::1"),
    ("[ff02::1]", "ff02::1"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived; header names in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


Behaviour = Callable[[socket.socket, Asked], bool]  # whether the connection stays open


def response(status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> bytes:
    """The bytes of a whole response."""
    fields = {"Content-Length": str(len(body)), **(headers or {})}
    head = f"HTTP/1.1 {status} Said\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return head.encode("utf-8") + b"\r\n" + body


def http(status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Behaviour:
    """A whole response; the connection stays open."""
    return raw(response(status, body, headers), stays=True)


def raw(*parts: bytes, every_seconds: float = 0.0, stays: bool = False) -> Behaviour:
    """These bytes, one after another, then the end of the connection."""

    def behave(connection: socket.socket, _: Asked) -> bool:
        for part in parts:
            connection.sendall(part)
            if every_seconds:
                _wait(connection, every_seconds)
        return stays

    return behave


def without_end(head: bytes, part: bytes, *, every_seconds: float = 0.0) -> Behaviour:
    """`head`, then `part` again and again, until the other side hangs up."""

    def behave(connection: socket.socket, _: Asked) -> bool:
        connection.sendall(head)
        while True:
            connection.sendall(part)
            if every_seconds:
                _wait(connection, every_seconds)

    return behave


def silence(connection: socket.socket, _: Asked) -> bool:
    """Nothing at all, until the other side hangs up."""
    _wait(connection, 60)
    return False


def reset(after: bytes = b"") -> Behaviour:
    """A reset, after some bytes."""

    def behave(connection: socket.socket, _: Asked) -> bool:
        connection.sendall(after)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        return False

    return behave


def _wait(connection: socket.socket, seconds: float) -> None:
    """Wait, or fail as soon as the other side has hung up."""
    connection.settimeout(seconds)
    with suppress(TimeoutError):
        if not connection.recv(1):
            raise ConnectionError
    connection.settimeout(60)


class Server:
    """One behaviour a request, the last one for all that follow; or one a path.

    `asked` holds every request in the order of arrival, `connections` how many were opened.
    """

    def __init__(
        self,
        *script: Behaviour,
        paths: Mapping[str, Behaviour] | None = None,
        host: str = "127.0.0.1",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.script, self.paths, self.tls = script, dict(paths or {}), tls
        self.asked: list[Asked] = []
        self.connections = self.in_hand = self.most_in_hand = 0
        self._lock = threading.Lock()
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server((host, 0), family=family, backlog=512)
        self.port: int = self._listener.getsockname()[1]
        self.name = f"[{host}]:{self.port}" if ":" in host else f"{host}:{self.port}"
        self.url = f"{'https' if tls else 'http'}://{self.name}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with self._lock:
            self.connections += 1
            self.in_hand += 1
            self.most_in_hand = max(self.most_in_hand, self.in_hand)
        try:
            connection.settimeout(60)
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            while self._answer(connection):
                pass
        except (OSError, ValueError):
            pass
        finally:
            connection.close()
            with self._lock:
                self.in_hand -= 1

    def _answer(self, connection: socket.socket) -> bool:
        asked = _read(connection)
        if asked is None:
            return False
        with self._lock:
            number = len(self.asked)
            self.asked.append(asked)
        by_number = self.script[min(number, len(self.script) - 1)] if self.script else http(404)
        return self.paths.get(asked.path, by_number)(connection, asked)


def _read(connection: socket.socket) -> Asked | None:
    received = b""
    while b"\r\n\r\n" not in received:
        if not (part := connection.recv(65_536)):
            return None
        received += part
    head, _, body = received.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    fields = (line.partition(":") for line in lines[1:])
    headers = {name.lower(): value.strip() for name, _, value in fields}
    while len(body) < int(headers.get("content-length", "0")):
        body += connection.recv(65_536)
    method, path, _ = lines[0].split(" ")
    return Asked(method, path, headers, body)


@cache
def authority() -> trustme.CA:
    """An authority that only `trusting` trusts."""
    return trustme.CA()


def trusting() -> ssl.SSLContext:
    """A client's context."""
    context = ssl.create_default_context()
    authority().configure_trust(context)
    return context


def serving(*names: str, not_after: datetime | None = None, by: trustme.CA | None = None) -> ssl.SSLContext:
    """A server's context, with a certificate for these names."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    (by or authority()).issue_cert(*names, not_after=not_after).configure_cert(context)
    return context


class Internet(httpcore2.AsyncNetworkBackend):
    """Opens connections as told: `hosts` are addresses that lead to a port on loopback, others are connected to as is.

    `connected` holds every address and port that was tried. A port of `moved` is another one in truth, so that 80 can
    be tested without being root.
    """

    def __init__(self, hosts: Mapping[str, int] | None = None, *, moved: Mapping[int, int] | None = None) -> None:
        self.hosts, self.moved = dict(hosts or {}), dict(moved or {})
        self.connected: list[tuple[str, int]] = []
        self._direct = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        self.connected.append((host, port))
        if host in self.hosts:
            return await self._direct.connect_tcp("127.0.0.1", self.hosts[host], timeout)
        return await self._direct.connect_tcp(host, self.moved.get(port, port), timeout)


class Names:
    """A resolver: what each name leads to, one list of addresses a look-up, the last one for all that follow."""

    def __init__(self, **answers: Sequence[Sequence[str]]) -> None:
        self.answers = {name.replace("_", "."): list(lists) for name, lists in answers.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        name = host.lower().removesuffix(".")
        answers = self.answers[name]
        found = answers[min(self.asked.count(name), len(answers) - 1)]
        self.asked.append(name)
        return found
