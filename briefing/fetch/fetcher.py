"""The one function for every byte from outside: polite, bounded in time and size, and guarded.

It stands on httpx2's engine, httpcore2, and not on its client: that one keeps cookies, logs addresses and follows
redirects without asking. Here every hop is checked (`addresses`), every body is capped (`bodies`), every failure is one
FetchError (`causes`), and nobody else retries.
"""

from __future__ import annotations

import asyncio
import random
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Container, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from types import TracebackType
from typing import Final, Self

import httpcore2
import httpx2
from httpx2 import URL

from briefing.exceptions import ConfigError, FetchError
from briefing.fetch import network_errors
from briefing.fetch.address_guard import (
    PORTS,
    AddressRefusedError,
    Guard,
    GuardedNetwork,
    Resolve,
    host_of,
    literal,
    port_of,
)
from briefing.fetch.bodies import BodyError, read_body
from briefing.fetch.network_errors import Fault, shown_address
from briefing.fetch.robots import DISALLOW_ALL, Robots, robots_from
from briefing.fetch.robots import MOST_BYTES as MOST_ROBOTS_BYTES
from briefing.types import Notice

MOST_REDIRECTS: Final = 5
TRIES: Final = 3
PAUSE_SECONDS: Final = 1.0
IDLE_SECONDS: Final = 15.0
MOST_ERROR_BYTES: Final = 64 * 1024  # of a page that is only looked at for why it came
ROBOTS_SECONDS: Final = 86_400.0  # RFC 9309, 2.4
NO_ROBOTS_SECONDS: Final = 300.0

_REDIRECTS: Final = (301, 302, 303, 307, 308)
_PERMANENT: Final = (301, 308)
_ENGINE_ERRORS: Final = (
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.ProxyError,
    httpcore2.TimeoutException,
    httpcore2.UnsupportedProtocol,
)


@dataclass(frozen=True, slots=True)
class Rules:
    """How to fetch. `allow_private_hosts` holds "host" or "host:port" in lower case; sizes are of decoded bytes.

    `deadline_seconds` is for one request with its redirects and retries; waiting for one's turn is not counted.
    `pause_seconds` is kept between requests to one host; None: 1 s, and none on loopback. With a `proxy`, names are
    resolved there, so that only addresses written as numbers can be checked.
    """

    contact: str = ""
    allow_private_hosts: frozenset[str] = frozenset()
    deadline_seconds: float = 30.0
    most_bytes: int = 8 * 2**20
    pause_seconds: float | None = None
    most_at_once: int = 20
    proxy: str | None = None

    @property
    def user_agent(self) -> str:
        """Who asks, and whom to write to."""
        name = f"briefing/{version('briefing')}"
        return f"{name} (+{self.contact})" if self.contact else name


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to be asked with again, unchanged."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """An answer that came whole; header names in lower case.

    `moved_to` is the new address where every redirect said that it is for good. `validators` are those to ask with the
    next time: of this response, or those that were sent where nothing has changed.
    """

    asked: str
    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    moved_to: str | None = None
    is_not_modified: bool = False
    validators: Validators = field(default_factory=Validators)


class Fetcher:
    """An async context manager. `resolve`, `network` (which opens connections), `tls` and `now` are for tests."""

    def __init__(
        self,
        rules: Rules | None = None,
        *,
        resolve: Resolve | None = None,
        network: httpcore2.AsyncNetworkBackend | None = None,
        tls: ssl.SSLContext | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.rules = rules or Rules()
        if not (self.rules.contact.isascii() and (self.rules.contact or "-").isprintable()):
            raise ConfigError("the contact for the User-Agent must be plain ASCII, as in an address")
        self._user_agent = self.rules.user_agent
        self._guard = Guard(self.rules.allow_private_hosts)
        direct = network or httpcore2.AnyIOBackend()
        self._network = GuardedNetwork(
            self._guard, most_at_once=self.rules.most_at_once, network=direct, resolve=resolve
        )
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=tls or _trusted(),
            proxy=_proxy(self.rules.proxy),
            max_connections=None,
            max_keepalive_connections=self.rules.most_at_once,
            keepalive_expiry=IDLE_SECONDS,
            network_backend=direct if self.rules.proxy else self._network,  # a proxy is where the user says it is
        )
        self.now = now
        self._turns = _Turns(self.rules)
        self._robots: dict[str, tuple[float, Robots, str]] = {}
        self._robots_locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._network.close()
        await self._pool.aclose()

    async def get(
        self,
        url: str,
        *,
        source: str = "",
        accept: str = "*/*",
        validators: Validators | None = None,
        obey_robots: bool = False,
        expect_status: Container[int] = (),
        found_by: str = "",
    ) -> Response:
        """Fetch. Raises FetchError for every failure; statuses in `expect_status` are answers like 200, body and all.

        `found_by` is the address of the source where `url` was found, empty for one that the user gave: what others
        link to may choose neither a port nor a private host.
        """
        sent = validators or Validators()
        conditions = {"if-none-match": sent.etag, "if-modified-since": sent.last_modified}
        errand = _Errand(
            source=shown_address(source or url),
            headers={"accept": accept} | {name: value for name, value in conditions.items() if value},
            expected=expect_status,
            most_bytes=self.rules.most_bytes,
            time=_Time(self.rules.deadline_seconds),
        )
        with _naming(errand.source):
            final = await self._follow(url, errand, obey_robots=obey_robots, found_by=found_by)
            if final.status != 304:
                return final
            if sent == Validators():
                raise Fault(Notice("it answers 'not modified' (304) to one who knows nothing yet"), status=304)
        kept = Validators(final.validators.etag or sent.etag, final.validators.last_modified or sent.last_modified)
        return replace(final, is_not_modified=True, body=b"", validators=kept)

    async def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        source: str = "",
        expect_status: Container[int] = (),
    ) -> Response:
        """Hand something over, once: never retried, no redirect followed. Raises FetchError, also for a 4xx or 5xx.

        A login is sent over https only, or to a private host that the user named. After a FetchError without a status
        it is not known whether the other side has acted.
        """
        errand = _Errand(
            source=shown_address(source or url),
            headers={name.lower(): value for name, value in (headers or {}).items()},
            expected=expect_status,
            most_bytes=self.rules.most_bytes,
            time=_Time(self.rules.deadline_seconds),
            method=method.upper(),
            body=body,
            tries=1,
        )
        with _naming(errand.source):
            target = _url(url)
            self._guard.check(target)
            is_private = self._guard.is_named(host_of(target), port_of(target))
            if "authorization" in errand.headers and target.scheme != "https" and not is_private:
                raise AddressRefusedError(Notice("a login is not sent without https"))
            response = await self._ask(target, errand)
            if 300 <= response.status < 400:
                raise Fault(
                    Notice("it redirects ({status}): give the address it leads to", status=response.status),
                    status=response.status,
                )
        return response

    async def _follow(self, url: str, errand: _Errand, *, obey_robots: bool, found_by: str) -> Response:
        here, came_from = _url(url), _url(found_by) if found_by else None
        seen, is_for_good = {str(here)}, True
        for _hop in range(MOST_REDIRECTS + 1):
            self._guard.check(here, came_from=came_from)
            if obey_robots:
                await self._obey_robots(here, errand)
            response = await self._ask(here, errand)
            if response.status not in _REDIRECTS or response.status in errand.expected:
                moved_to = response.url if len(seen) > 1 and is_for_good else None
                return replace(response, asked=url, moved_to=moved_to)
            is_for_good = is_for_good and response.status in _PERMANENT
            came_from, here = here, _target(here, response)
            if str(here) in seen:
                raise Fault(Notice("its redirects go in a circle"), status=response.status)
            seen.add(str(here))
        raise Fault(Notice("it redirects more than {most} times", most=MOST_REDIRECTS), status=response.status)

    async def _ask(self, url: URL, errand: _Errand) -> Response:
        """One hop, with its retries."""
        tried = 0
        while True:
            tried += 1
            try:
                async with self._turns.take(url), errand.time.running():
                    return await self._once(url, errand)
            except TimeoutError as error:
                raise Fault(
                    Notice("no whole answer within {seconds} s", seconds=f"{self.rules.deadline_seconds:g}")
                ) from error
            except Fault as fault:
                wait = self._turns.pause(url) * 2**tried * random.uniform(0.5, 1.0)
                if not fault.is_passing or tried == errand.tries or wait >= errand.time.left:
                    raise
            errand.time.left -= wait
            await asyncio.sleep(wait)

    async def _once(self, url: URL, errand: _Errand) -> Response:
        headers = {
            "accept-encoding": "gzip",
            **errand.headers,
            "user-agent": self._user_agent,
            "host": url.netloc.decode("ascii"),
        }
        content = None if errand.method == "GET" else errand.body
        try:
            raw = [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers.items()]
            async with self._pool.stream(errand.method, _engine_url(url), headers=raw, content=content) as stream:
                return await self._read(url, stream, errand)
        except BodyError as error:
            raise Fault(error.cause, is_passing=error.is_passing) from error
        except (*_ENGINE_ERRORS, OSError, ValueError) as error:
            raise network_errors.of_error(error) from error

    async def _read(self, url: URL, stream: httpcore2.Response, errand: _Errand) -> Response:
        status, headers = stream.status, _headers(stream)
        is_wanted = status in errand.expected or (200 <= status < 300 and status != 206)
        most_bytes = errand.most_bytes if is_wanted else MOST_ERROR_BYTES
        try:
            parts = stream.aiter_stream()
            body = await read_body(parts, headers, most_bytes=most_bytes, is_cut=errand.is_cut or not is_wanted)
        except BodyError:
            if is_wanted:
                raise
            body = b""
        if not is_wanted and status not in (*_REDIRECTS, 304):
            raise network_errors.of_status(status, headers, body, now=self.now())
        keeps = Validators(headers.get("etag"), headers.get("last-modified")) if status in (200, 304) else Validators()
        return Response(str(url), str(url), status, headers, body if is_wanted else b"", validators=keeps)

    async def _obey_robots(self, url: URL, errand: _Errand) -> None:
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        async with self._robots_locks[origin]:
            until, robots, why = self._robots.get(origin, (0.0, DISALLOW_ALL, ""))
            now = asyncio.get_running_loop().time()
            if until <= now:
                robots, why = await self._read_robots(f"{origin}/robots.txt", errand)
                self._robots[origin] = (now + (NO_ROBOTS_SECONDS if why else ROBOTS_SECONDS), robots, why)
        if why:
            raise Fault(Notice("its robots.txt cannot be read ({why}), which means: keep out for now", why=why))
        if not robots.allows(url.raw_path.decode("ascii")):
            raise Fault(Notice("its robots.txt asks programs not to read this page"))

    async def _read_robots(self, url: str, errand: _Errand) -> tuple[Robots, str]:
        """The rules; where they cannot be had (RFC 9309, 2.3.1.4), why. A 4xx means that there are none."""
        asking = replace(
            errand,
            headers={"accept": "text/plain,*/*;q=0.5"},
            expected=[status for status in range(400, 500) if status != 429],
            most_bytes=MOST_ROBOTS_BYTES,
            is_cut=True,
        )
        try:
            response = await self._follow(url, asking, obey_robots=False, found_by=url)
        except (Fault, AddressRefusedError) as error:
            return DISALLOW_ALL, error.cause
        return robots_from(response.body) if response.status < 300 else Robots(), ""


@dataclass(slots=True)
class _Time:
    """What is left of a request's deadline. It runs while we ask, not while we wait for our turn."""

    left: float

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        clock = asyncio.get_running_loop().time
        started = clock()
        try:
            async with asyncio.timeout(self.left):
                yield
        finally:
            self.left = max(self.left - (clock() - started), 0.0)


@dataclass(frozen=True, slots=True)
class _Errand:
    """What is to be fetched for whom; the same for every hop."""

    source: str
    headers: Mapping[str, str]
    expected: Container[int]
    most_bytes: int
    time: _Time
    method: str = "GET"
    body: bytes = b""
    tries: int = TRIES
    is_cut: bool = False


@contextmanager
def _naming(source: str) -> Iterator[None]:
    """Turn what goes wrong inside into a FetchError of this source."""
    try:
        yield
    except Fault as fault:
        told = FetchError(source, fault.cause, status=fault.status, retry_after=fault.retry_after)
        raise told from fault.__cause__
    except AddressRefusedError as refusal:
        raise FetchError(source, refusal.cause) from refusal


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0


class _Turns:
    """One request at a time and a pause for each host; many hosts at once."""

    def __init__(self, rules: Rules) -> None:
        self._pause = rules.pause_seconds
        self._slots = asyncio.Semaphore(rules.most_at_once)
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)

    def pause(self, url: URL) -> float:
        """The seconds between two requests to this host."""
        if self._pause is not None:
            return self._pause
        address = literal(host_of(url))
        return 0.0 if host_of(url) == "localhost" or (address and address.is_loopback) else PAUSE_SECONDS

    @asynccontextmanager
    async def take(self, url: URL) -> AsyncIterator[None]:
        """Wait for the host, then for a free place; keep both."""
        port = port_of(url)
        host = self._hosts[host_of(url) if port in PORTS.values() else f"{host_of(url)}:{port}"]
        clock = asyncio.get_running_loop().time
        async with host.lock:
            if (wait := host.free_at - clock()) > 0:
                await asyncio.sleep(wait)
            async with self._slots:
                try:
                    yield
                finally:
                    host.free_at = clock() + self.pause(url) * random.uniform(1.0, 1.25)


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities this machine trusts; reading them takes a tenth of a second."""
    return httpx2.create_ssl_context(trust_env=False)


def _url(text: str) -> URL:
    try:
        return URL(text.strip()).copy_with(fragment=None)
    except (httpx2.InvalidURL, ValueError) as error:
        raise AddressRefusedError(Notice("its address cannot be read")) from error


def _target(here: URL, response: Response) -> URL:
    """Where a redirect leads. Raises Refused for what is no address, and for a way out of https."""
    location = response.headers.get("location", "").strip()
    if not location:
        raise AddressRefusedError(Notice("it redirects ({status}) without saying where to", status=response.status))
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    try:
        target = here.join(location).copy_with(fragment=None)
    except (httpx2.InvalidURL, ValueError) as error:
        raise AddressRefusedError(Notice("it redirects to what is no address")) from error
    if here.scheme == "https" and target.scheme == "http":
        raise AddressRefusedError(
            Notice("it redirects from https to http, which anybody on the way could read and change")
        )
    return target


def _headers(response: httpcore2.Response) -> dict[str, str]:
    headers: dict[str, str] = {}
    for raw_name, raw_value in response.headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _engine_url(url: URL) -> httpcore2.URL:
    return httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


def _proxy(address: str | None) -> httpcore2.Proxy | None:
    if not address:
        return None
    proxy = httpx2.Proxy(address)
    return httpcore2.Proxy(_engine_url(proxy.url), auth=proxy.raw_auth)
