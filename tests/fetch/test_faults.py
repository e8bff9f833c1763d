"""What a network does wrong: each fault on loopback, and what the fetcher makes of it."""

import asyncio
import gzip
import ssl
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpcore2
import pytest
import trustme
from faults import (
    PUBLIC,
    PUBLIC_V6,
    Behaviour,
    Internet,
    Names,
    Server,
    http,
    raw,
    reset,
    response,
    serving,
    silence,
    trusting,
    without_end,
)

from briefing.exceptions import FetchError
from briefing.fetch.fetcher import TRIES, Fetcher, Response, Rules, Validators
from briefing.fetch.network_errors import retry_after

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
DEADLINE = 1.0
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


def fetch(*names: str, url: str, deadline_seconds: float = 5.0, asked: Any = None, **parts: Any) -> Response:
    async def run() -> Response:
        rules = Rules(
            allow_private_hosts=frozenset(names), deadline_seconds=deadline_seconds, most_bytes=2**20, pause_seconds=0
        )
        async with Fetcher(rules, now=lambda: NOW, **parts) as fetcher:
            return await fetcher.get(url, source="gazette", **(asked or {}))

    return asyncio.run(run())


def fault(server: Server, path: str = "/", **parts: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetch(server.name, url=server.url + path, **parts)
    assert str(caught.value) == f"gazette: {caught.value.cause}"
    assert "\n" not in caught.value.cause
    return caught.value


# N1-5: no connection, or one that breaks


def test_a_name_that_is_not_known() -> None:
    with pytest.raises(FetchError, match="gazette: its host name is not found"):
        fetch(url="http://nowhere.invalid/")


def test_refused() -> None:
    with Server() as server:
        pass
    assert fault(server).cause == "it refuses connections"


@pytest.mark.parametrize(
    ("behaviour", "cause"),
    [
        (reset(), "the connection broke"),
        (raw(b""), "the connection broke"),
        (reset(b"HTTP/1.1 200 OK\r\nContent-"), "broke"),
        (reset(HEAD + b"Content-Length: 100\r\n\r\nhalf"), "broke"),
        (reset(CHUNKED + b"4\r\nhalf\r\n"), "broke"),
        (raw(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), "not HTTP"),
        (raw(HEAD + b"X: " + b"x" * 300_000), "not HTTP"),
    ],
)
def test_what_breaks_is_tried_again_and_then_given_up(behaviour: Behaviour, cause: str) -> None:
    with Server(behaviour) as server:
        error = fault(server)
    assert cause in error.cause
    assert error.status is None
    assert len(server.asked) == TRIES


@pytest.mark.parametrize("broken", [reset(), raw(b""), reset(HEAD), http(500), http(502), http(503), http(504)])
def test_what_goes_better_the_next_time_is_no_failure(broken: Behaviour) -> None:
    with Server(broken, broken, http(200, b"body")) as server:
        assert fetch(server.name, url=server.url).body == b"body"


def test_tries_are_some_time_apart_and_within_the_deadline() -> None:
    async def run(server: Server, pause: float) -> float:
        rules = Rules(allow_private_hosts=frozenset({server.name}), pause_seconds=pause, deadline_seconds=1.5)
        began = time.monotonic()
        async with Fetcher(rules) as fetcher:
            with pytest.raises(FetchError, match="fails"):
                await fetcher.get(server.url)
        return time.monotonic() - began

    with Server(http(500)) as server:
        assert asyncio.run(run(server, 0.1)) >= 0.1 + 0.2
        assert len(server.asked) == TRIES
        assert asyncio.run(run(server, 10.0)) < 1.5  # no time for another try: told at once
        assert len(server.asked) == TRIES + 1


# N6-8: slowness


@pytest.mark.parametrize(
    "behaviour",
    [
        silence,
        without_end(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x", every_seconds=0.05),
        without_end(HEAD + b"Content-Length: 100000\r\n\r\n", b"x", every_seconds=0.05),
        without_end(CHUNKED, b"1\r\nx\r\n", every_seconds=0.05),
        without_end(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", every_seconds=0.01),
    ],
)
def test_the_deadline_is_for_all_of_it(behaviour: Behaviour) -> None:
    with Server(behaviour) as server:
        began = time.monotonic()
        error = fault(server, deadline_seconds=DEADLINE)
        assert time.monotonic() - began < DEADLINE + 1
    assert "within 1 s" in error.cause
    assert len(server.asked) == 1


class Hanging(httpcore2.AsyncNetworkBackend):
    """Connections to one address never come about."""

    async def connect_tcp(self, host: str, port: int, timeout: float | None = None, *_: Any, **__: Any) -> Any:
        with_timeout = asyncio.timeout(timeout)
        try:
            async with with_timeout:
                await asyncio.sleep(60)
        except TimeoutError as error:
            raise httpcore2.ConnectTimeout from error


def test_a_connection_or_a_look_up_that_hangs() -> None:
    async def never(host: str, port: int) -> Sequence[str]:
        await asyncio.sleep(60)
        return []

    for parts in ({"network": Hanging(), "resolve": Names(slow_example=[[PUBLIC]])}, {"resolve": never}):
        began = time.monotonic()
        with pytest.raises(FetchError, match="within"):
            fetch(url="http://slow.example/", deadline_seconds=DEADLINE, **parts)
        assert time.monotonic() - began < DEADLINE + 1


# N9-12: asked to wait


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("-5", 0),
        ("1.5", 1.5),
        ("9" * 400, 86_400),
        ("Mon, 23 Nov 2026 06:10:00 GMT", 600),
        ("Mon, 23 Nov 2026 05:00:00 GMT", 0),
        ("Mon, 23 Nov 2036 06:00:00 GMT", 86_400),
        ("Mon, 23 Nov 99999 06:00:00 GMT", 3_600),
        ("soon", 3_600),
        ("", 3_600),
        ("nan", 3_600),
    ],
)
def test_who_asks_to_wait_is_left_alone(status: int, value: str, seconds: float) -> None:
    with Server(http(status, headers={"Retry-After": value})) as server:
        error = fault(server)
    assert (error.status, error.retry_after) == (status, seconds)
    assert len(server.asked) == 1


def test_too_many_requests_are_not_made_more() -> None:
    with Server(http(429)) as server:
        assert fault(server).retry_after is None
    assert len(server.asked) == 1
    assert retry_after(None, NOW) is None


# N13-17: statuses


@pytest.mark.parametrize("status", [500, 502, 504, 503, 520])
def test_a_failing_server_is_tried_again(status: int) -> None:
    with Server(http(status, b"<rss>posts</rss>")) as server:
        error = fault(server)
    assert (error.status, error.retry_after) == (status, None)
    assert len(server.asked) == TRIES


@pytest.mark.parametrize(
    ("status", "body", "cause"),
    [
        (403, b"<!DOCTYPE html><title>Just a moment...</title>", "blocked"),
        (403, gzip.compress(b"<html><form id=captcha>", mtime=0), "blocked"),
        (503, b" <html>Checking your browser before accessing", "blocked"),
        (403, b"<h1>Forbidden</h1>", "refuses access"),
        (403, b"{}", "refuses access"),
        (401, b"", "asks for a login"),
        (404, b"<rss/>", "nothing at this address"),
        (410, b"", "gone for good"),
        (418, b"", "418"),
        (300, b"", "300"),
        (206, b"part", "206"),
    ],
)
def test_each_status_has_its_cause(status: int, body: bytes, cause: str) -> None:
    headers = {"Content-Encoding": "gzip"} if body.startswith(b"\x1f") else {}
    with Server(http(status, body, headers)) as server:
        error = fault(server)
    assert cause in error.cause
    assert error.status == status


def test_an_endless_error_page_is_not_read() -> None:
    with Server(without_end(CHUNKED.replace(b"200", b"404"), b"400\r\n" + b"x" * 1024 + b"\r\n")) as server:
        assert fault(server).status == 404


# N18-20: redirects (those to private addresses: test_fetcher)


@pytest.mark.parametrize(
    ("location", "cause"),
    [
        ("/", "circle"),
        ("/?", "circle"),
        ("http://127.0.0.2/", "not a public address"),
        ("file:///etc/passwd", "http and https"),
        ("javascript:alert(1)", "http and https"),
        ("http://[", "no host name"),
        ("http://user:word@example.org/", "password"),
        ("", "without saying where"),
    ],
)
def test_redirects_that_are_not_followed(location: str, cause: str) -> None:
    with Server(http(302, headers={"Location": location})) as server:
        assert cause in fault(server).cause
    assert len(server.asked) <= 2


def test_two_that_point_at_each_other() -> None:
    paths = {"/a": http(301, headers={"Location": "/b"}), "/b": http(302, headers={"Location": "/a"})}
    with Server(paths=paths) as server:
        assert "circle" in fault(server, "/a").cause
    assert len(server.asked) == 2


# N21-23: too much (memory: below)


@pytest.mark.parametrize(
    "behaviour",
    [
        raw(HEAD + b"Content-Length: 314572800\r\n\r\n"),
        without_end(CHUNKED, b"10000\r\n" + b"x" * 0x10000 + b"\r\n"),
        without_end(HEAD + b"\r\n", b"x" * 0x10000),
        http(200, gzip.compress(b"\0" * 2**21), {"Content-Encoding": "gzip"}),
        without_end(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"")[:10], b"\0\0\0\xff\xff" * 10_000),
    ],
)
def test_more_than_the_cap_is_not_read(behaviour: Behaviour) -> None:
    with Server(behaviour) as server:
        assert fault(server).cause == "the answer is larger than 1 MiB"
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("encoding", "cause"),
    [("gzip, gzip", "more than once"), ("br", "not asked for"), ("zstd", "not asked for"), ("gzip", "not the gzip")],
)
def test_packings_that_are_refused(encoding: str, cause: str) -> None:
    with Server(http(200, b"plain", {"Content-Encoding": encoding})) as server:
        assert cause in fault(server).cause


def test_many_small_members_are_refused() -> None:
    with Server(http(200, gzip.compress(b"") * 20_000, {"Content-Encoding": "gzip"})) as server:
        assert "too many pieces" in fault(server).cause


# N24-26: cut short (cut XML and half characters that come whole are the parsers' part)


@pytest.mark.parametrize(
    "behaviour",
    [
        raw(HEAD + b'ETag: "1"\r\nContent-Length: 100\r\n\r\n<rss>half'),
        raw(CHUNKED + b"5\r\n<rss>\r\n"),
        raw(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"<rss>" * 100)[:-9]),
        http(200, gzip.compress(b"<rss>" * 100)[:-1], {"Content-Encoding": "gzip"}),
    ],
)
def test_a_short_body_is_no_body(behaviour: Behaviour) -> None:
    """Nothing is returned, so no validator can be stored, and no later 304 hides the posts."""
    with Server(behaviour) as server:
        assert fault(server).cause == "the answer broke off in the middle"


# N27-29: what is well for HTTP and of no use


def test_a_login_page_and_nothing_at_all_are_for_the_parsers_to_refuse() -> None:
    with Server(http(200, b"<form>login"), http(200), http(204)) as server:
        bodies = [fetch(server.name, url=server.url).body for _ in range(3)]
    assert bodies == [b"<form>login", b"", b""]


def test_nothing_has_changed_since_never() -> None:
    with Server(http(304)) as server:
        assert "304" in fault(server).cause
        assert fetch(server.name, url=server.url, asked={"validators": Validators(etag='"1"')}).is_not_modified


# N33-36: bytes are handed on as they are


def test_bytes_are_not_touched() -> None:
    body = bytes(range(256)) + b"\xef\xbb\xbf\0"
    with Server(http(200, body, {"Content-Type": "text/xml; charset=utf-7"})) as server:
        assert fetch(server.name, url=server.url).body == body


# N40-42: TLS, proxies (test_fetcher), broken IPv6


def certificate_cause(context: ssl.SSLContext, url: str = "") -> str:
    with Server(http(200), tls=context) as server:
        error = fault(server, tls=trusting())
        assert (server.asked, server.connections) == ([], 1)  # nothing was told, nothing tried again
    return error.cause


def test_certificates() -> None:
    now = datetime.now(UTC)
    assert certificate_cause(serving("127.0.0.1", not_after=now - timedelta(days=1))).startswith(
        "its certificate has expired"
    )
    assert certificate_cause(serving("other.example")).startswith("its certificate is for another host")
    assert "authority" in certificate_cause(serving("127.0.0.1", by=trustme.CA()))
    with Server(http(200, b"body"), tls=serving("127.0.0.1")) as server:
        assert fetch(server.name, url=server.url, tls=trusting()).body == b"body"


def test_plain_http_where_tls_is_expected() -> None:
    """This server waits for the end of a request that never comes: the handshake is given up, the connection closed."""
    with Server(http(200)) as server, pytest.raises(FetchError, match="within"):
        fetch(server.name, url=server.url.replace("http:", "https:"), tls=trusting(), deadline_seconds=DEADLINE)


def test_ipv6_only_and_broken_ipv6() -> None:
    with Server(http(200, b"six"), host="::1") as server:
        assert fetch(server.name, url=server.url).body == b"six"
    with Server(http(200, b"four")) as server:
        internet = Internet({PUBLIC: server.port, PUBLIC_V6: 9})
        names = Names(both_example=[[PUBLIC_V6, PUBLIC]])
        assert fetch(url="http://both.example/", network=internet, resolve=names).body == b"four"
    assert [host for host, _ in internet.connected] == [PUBLIC_V6, PUBLIC]


# The run goes on


def test_one_failing_source_stops_no_other() -> None:
    faults = [silence, reset(), http(500), http(403), without_end(CHUNKED, b"1\r\nx\r\n", every_seconds=0.05)]
    servers = [Server(behaviour) for behaviour in [*faults, http(200, b"one"), http(200, b"two")]]

    async def run() -> list[Response | BaseException]:
        rules = Rules(allow_private_hosts=frozenset(server.name for server in servers), deadline_seconds=DEADLINE)
        async with Fetcher(rules) as fetcher:
            return await asyncio.gather(*(fetcher.get(server.url) for server in servers), return_exceptions=True)

    for server in servers:
        server.__enter__()
    began = time.monotonic()
    answers = asyncio.run(run())
    assert time.monotonic() - began < DEADLINE + 1
    for server in servers:
        server.__exit__(None, None, None)
    assert [answer.body for answer in answers[len(faults) :] if isinstance(answer, Response)] == [b"one", b"two"]
    assert all(isinstance(answer, FetchError) for answer in answers[: len(faults)])


MEASURED = """
import asyncio, re, sys
from pathlib import Path
from briefing.exceptions import FetchError
from briefing.fetch.fetcher import Fetcher, Rules

def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])

async def run(name):
    async with Fetcher(Rules(allow_private_hosts=frozenset({name}), deadline_seconds=5)) as fetcher:
        base = peak()
        try:
            await fetcher.get(f"http://{name}/")
        except FetchError as error:
            print((peak() - base) // 1024, error.cause)

asyncio.run(run(sys.argv[1]))
"""


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process's own peak of memory")
@pytest.mark.parametrize("encoding", ["gzip", "gzip, gzip", "br"])
def test_a_bomb_takes_little_memory(encoding: str) -> None:
    bomb = gzip.compress(b"\0" * 2**28)  # 256 MiB in 260 kB
    bomb = gzip.compress(bomb) if "," in encoding else bomb
    root = Path(__file__).parents[2]
    with Server(raw(response(200, bomb, {"Content-Encoding": encoding}))) as server:
        command = [sys.executable, "-c", MEASURED, server.name]
        told = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True, cwd=root)
    mebibytes, _, cause = told.stdout.partition(" ")
    assert int(mebibytes) < 150
    assert cause.startswith(("the answer is larger than 8 MiB", "its answer is packed"))
