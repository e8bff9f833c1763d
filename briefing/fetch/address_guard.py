"""Which addresses may be connected to: public ones, by an explicit list, and the private hosts that a user names.

`ipaddress.is_global` is not that list: it lets multicast, NAT64 forms of private addresses, 168.63.129.16 and, on older
Pythons, 6to4 forms of loopback through.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from itertools import chain, zip_longest
from typing import Any, Final

import httpcore2
from httpx2 import URL

from briefing.types import Notice

IPAddress = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

PORTS: Final = {"http": 80, "https": 443}
TRY_SECONDS: Final = 3.0  # for an address that has another one behind it: a broken IPv6 must not eat the deadline
MOST_ADDRESSES: Final = 6

# IANA's special-purpose registry (RFC 6890 and later), multicast, the reserved rest, and Azure's host address.
_CLOSED_V4: Final = tuple(
    IPv4Network(network)
    for network in """
    0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 168.63.129.16/32 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
    192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15
    198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
    """.split()
)
# Global unicast is 2000::/3; within it: IETF's own (Teredo, ORCHID, benchmarks), examples, 6to4, AS112.
_OPEN_V6: Final = IPv6Network("2000::/3")
_CLOSED_V6: Final = tuple(
    IPv6Network(network) for network in "2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20".split()
)
_NAT64: Final = IPv6Network("64:ff9b::/96")  # RFC 6052; a network without IPv4 gives every IPv4 host such an address


class AddressRefusedError(Exception):
    """An address that must not be asked; the text is the cause, in one clause."""

    def __init__(self, cause: Notice) -> None:
        super().__init__(cause)
        self.cause = cause


def is_public(address: IPAddress) -> bool:
    """Whether anybody may be sent there."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _CLOSED_V4)
    if address.scope_id is not None:
        return False
    if address in _NAT64:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    return address in _OPEN_V6 and not any(address in network for network in _CLOSED_V6)


def literal(host: str) -> IPAddress | None:
    """The IP address that a host of a URL is, None for a name. Refused: forms that are read differently by many.

    A host whose last label is a number is an address (WHATWG URL, 3.5); of those only four decimal numbers are taken.
    """
    if ":" not in host and not re.fullmatch(r"\d+|0x[0-9a-f]*", host.rpartition(".")[2]):
        return None
    try:
        return ip_address(host)
    except ValueError:
        raise AddressRefusedError(Notice("its host is an IP address written in an unusual form")) from None


def host_of(url: URL) -> str:
    """The host as it is compared: ASCII, lower case, without the dot of the root."""
    return url.raw_host.decode("ascii").lower().removesuffix(".")


def port_of(url: URL) -> int:
    """The port, told or not; 0 where the scheme has none."""
    return PORTS.get(url.scheme, 0) if url.port is None else url.port


@dataclass(frozen=True, slots=True)
class Guard:
    """The rules for a URL. `private` names hosts as "host" (all its ports) or "host:port"; IPv6 in brackets."""

    private: frozenset[str] = frozenset()

    def is_named(self, host: str, port: int) -> bool:
        """Whether the user has named this private host."""
        shown = f"[{host}]" if ":" in host else host
        return not self.private.isdisjoint({host, shown, f"{shown}:{port}"})

    def check(self, url: URL, *, came_from: URL | None = None) -> None:
        """Raise Refused for what no connection may be opened for. Names are judged again by their addresses, then.

        `came_from` is the URL that led here (by a redirect, or a link on it), None for one that the user gave. Only the
        user chooses a port, and only a named private host may lead to a named private host.
        """
        host, port = host_of(url), port_of(url)
        if url.scheme not in PORTS:
            raise AddressRefusedError(Notice("only http and https addresses are read"))
        if not 0 < port < 65536:
            raise AddressRefusedError(Notice("its address names no port there is"))
        if not re.fullmatch(r"[a-z0-9._-]+|[0-9a-f:.]+", host):
            raise AddressRefusedError(
                Notice("its host is no host name") if host else Notice("its address names no host")
            )
        if url.userinfo:
            raise AddressRefusedError(Notice("its address holds a user name or a password, which are not sent"))
        address = literal(host)
        if self.is_named(host, port) and (came_from is None or self.is_named(host_of(came_from), port_of(came_from))):
            return
        if address is not None and not is_public(address):
            raise AddressRefusedError(
                Notice("{host} is not a public address (allow_private_hosts can name it)", host=host)
            )
        is_given = came_from is None or (host, port) == (host_of(came_from), port_of(came_from))
        if port not in PORTS.values() and not is_given:
            raise AddressRefusedError(
                Notice("it leads to port {port}, and only 80 and 443 are open to others' links", port=port)
            )
        if self.is_named(host, port):
            raise AddressRefusedError(Notice("a public address leads to the private host {host}", host=host))


class GuardedNetwork(httpcore2.AsyncNetworkBackend):
    """Opens connections: a name is resolved once, all its addresses are checked, and one of these is connected to.

    TLS and the `Host` header still see the name. `network` and `resolve` are for tests.
    """

    def __init__(
        self, guard: Guard, *, most_at_once: int, network: httpcore2.AsyncNetworkBackend, resolve: Resolve | None
    ) -> None:
        self._guard = guard
        self._network = network
        # Not the loop's own few threads: names that take long to fail would keep all others waiting.
        self._resolvers = ThreadPoolExecutor(most_at_once, thread_name_prefix="resolver")
        self._resolve = resolve or self._ask_system

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """The first address that answers, in the system's order but IPv6 and IPv4 in turn."""
        addresses = await self._addresses(host, port)
        failure: httpcore2.ConnectError | httpcore2.ConnectTimeout | None = None
        for place, address in enumerate(addresses, 1):
            seconds = timeout if place == len(addresses) else TRY_SECONDS
            try:
                return _Stream(await self._network.connect_tcp(address, port, seconds, local_address, socket_options))
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore2.ConnectError("the name has no address")

    def close(self) -> None:
        """Wait for no look-up that is still under way."""
        self._resolvers.shutdown(wait=False, cancel_futures=True)

    async def _addresses(self, host: str, port: int) -> list[str]:
        address = literal(host.lower().removesuffix("."))
        found = [address] if address else [ip_address(text) for text in await self._resolve(host, port)]
        named = self._guard.is_named(host.lower().removesuffix("."), port)
        if not named and not all(is_public(each) for each in found):
            raise AddressRefusedError(
                Notice("its host name leads to an address that is not public (allow_private_hosts can name it)")
            )
        return [str(each) for each in _by_turns(found)][:MOST_ADDRESSES]

    async def _ask_system(self, host: str, port: int) -> Sequence[str]:
        look_up = partial(socket.getaddrinfo, host.encode("ascii"), port, type=socket.SOCK_STREAM)
        try:
            found = await asyncio.get_running_loop().run_in_executor(self._resolvers, look_up)
        except socket.gaierror as error:
            raise httpcore2.ConnectError(str(error)) from error
        return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class _Stream(httpcore2.AsyncNetworkStream):
    """A connection that is closed where a TLS handshake is cancelled: httpcore2 would leave it open."""

    def __init__(self, stream: httpcore2.AsyncNetworkStream) -> None:
        self._stream = stream

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.AsyncNetworkStream:
        try:
            return await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except BaseException:
            await self._stream.aclose()
            raise

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _by_turns(addresses: Sequence[IPAddress]) -> list[IPAddress]:
    """IPv6 and IPv4 in turn, so that one broken family costs one try (as in RFC 8305, section 4)."""
    if not addresses:
        return []
    first = [each for each in addresses if each.version == addresses[0].version]
    second = [each for each in addresses if each.version != addresses[0].version]
    return [each for each in chain.from_iterable(zip_longest(first, second)) if each is not None]
