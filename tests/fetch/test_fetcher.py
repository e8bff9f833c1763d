"""The fetcher where nothing fails: what is sent, what comes back, whose turn it is, and where nobody is let in."""

import asyncio
import gzip
import logging
import socket
import time
import zlib
from collections.abc import Awaitable, Callable, Container
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

import httpx2
import pytest
from faults import PRIVATE_FORMS, PUBLIC, Asked, Internet, Names, Server, http, raw, response, serving, trusting

from briefing.exceptions import ConfigError, FetchError
from briefing.fetch.fetcher import Fetcher, Response, Rules, Validators
from briefing.fetch.network_errors import shown_address

T = TypeVar("T")
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def use(rules: Rules, act: Callable[[Fetcher], Awaitable[T]], **parts: Any) -> T:
    async def run() -> T:
        async with Fetcher(rules, now=lambda: NOW, **parts) as fetch:
            return await act(fetch)

    return asyncio.run(run())


def named(*servers: Server) -> Rules:
    return Rules(allow_private_hosts=frozenset(server.name for server in servers), deadline_seconds=5)


def get(server: Server, path: str = "/", *, rules: Rules | None = None, **asked: Any) -> Response:
    return use(rules or named(server), lambda fetch: fetch.get(server.url + path, **asked))


def failure(server: Server, path: str = "/", *, rules: Rules | None = None, **asked: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        get(server, path, rules=rules, **asked)
    return caught.value


def test_what_is_sent_and_what_comes_back() -> None:
    headers = {"ETag": 'W/"ü"', "Last-Modified": "yesterday", "Link": "<a>", "LINK": "<b>", "Set-Cookie": "a=b"}
    with Server(http(200, b"body", headers)) as server:
        rules = replace(named(server), contact="https://example.org/who")
        answer = get(server, "/feed?a=1&b=ü#part", rules=rules, accept="text/xml", source="gazette")
    assert (answer.status, answer.body, answer.is_not_modified, answer.moved_to) == (200, b"body", False, None)
    assert answer.asked == server.url + "/feed?a=1&b=ü#part"
    assert answer.url == server.url + "/feed?a=1&b=%C3%BC"
    assert answer.headers["link"] == "<a>, <b>"
    assert answer.validators.last_modified == "yesterday"
    (asked,) = server.asked
    assert asked.path == "/feed?a=1&b=%C3%BC"
    assert asked.headers["user-agent"].startswith("briefing/")
    assert asked.headers["user-agent"].endswith(" (+https://example.org/who)")
    sent = {name: value for name, value in asked.headers.items() if name != "user-agent"}
    assert sent == {"accept": "text/xml", "accept-encoding": "gzip", "host": server.name}


def test_validators_go_back_as_they_came_and_cookies_do_not() -> None:
    first = http(200, b"body", {"ETag": 'W/"ü"', "Last-Modified": "yesterday", "Set-Cookie": "a=b"})
    with Server(first, http(304)) as server:

        async def twice(fetch: Fetcher) -> Response:
            known = await fetch.get(server.url)
            return await fetch.get(server.url, validators=known.validators)

        answer = use(named(server), twice)
    assert (answer.status, answer.is_not_modified, answer.body) == (304, True, b"")
    assert answer.validators.last_modified == "yesterday"  # the 304 gave none: those that were sent stay good
    assert server.asked[1].headers["if-none-match"].encode("latin-1").decode() == 'W/"ü"'
    assert server.asked[1].headers["if-modified-since"] == "yesterday"
    assert "cookie" not in server.asked[1].headers
    assert server.connections == 1


def test_the_environments_proxy_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with Server(http(200, b"proxied")) as proxy, Server(http(200, b"direct")) as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert get(server).body == b"direct"
        assert proxy.connections == 0
        rules = replace(named(server), proxy=proxy.url)
        assert get(server, rules=rules).body == b"proxied"
        with pytest.raises(FetchError, match="not a public address"):
            use(rules, lambda fetch: fetch.get("http://10.0.0.1/"))


@pytest.mark.parametrize("body", [b"", b"a", b"word " * 100_000])
def test_gzip_is_unpacked(body: bytes) -> None:
    joined = gzip.compress(body[:100]) + gzip.compress(body[100:]) + b"\0" * 5
    for packed in (gzip.compress(body), joined):
        with Server(http(200, packed, {"Content-Encoding": "gzip"})) as server:
            assert get(server).body == body


def test_statuses_that_are_expected_come_with_their_body() -> None:
    with Server(http(400, b'{"code":1}', {"ETag": '"a"'})) as server:
        answer = get(server, expect_status={400})
    assert (answer.status, answer.body, answer.validators) == (400, b'{"code":1}', Validators())


def test_redirects_are_followed_and_a_move_for_good_is_told() -> None:
    paths = {
        "/old": http(301, headers={"Location": "/older"}),
        "/older": http(308, headers={"Location": "new#part"}),
        "/now": http(302, headers={"Location": "/old"}),
        "/ü": http(200, b"accents"),
        "/new": http(200, b"body"),
        "/raw": raw(b"HTTP/1.1 307 Said\r\nLocation: /\xc3\xbc\r\nContent-Length: 0\r\n\r\n"),
        "/%C3%BC": http(200, b"accents"),
    }
    with Server(paths=paths) as server:
        moved, passing = get(server, "/old"), get(server, "/now")
        assert get(server, "/raw").body == b"accents"
    assert (moved.body, moved.url, moved.moved_to) == (b"body", server.url + "/new", server.url + "/new")
    assert (passing.url, passing.moved_to) == (server.url + "/new", None)
    assert all("referer" not in asked.headers for asked in server.asked)


def test_five_redirects_are_enough() -> None:
    steps = {f"/{n}": http(302, headers={"Location": f"/{n + 1}"}) for n in range(6)}
    with Server(paths={**steps, "/6": http(200, b"body")}) as server:
        assert get(server, "/1").body == b"body"
        assert "more than 5 times" in failure(server, "/0").cause


def test_https_keeps_the_name_at_the_checked_address() -> None:
    names: list[str | None] = []
    context = serving("site.example")
    context.sni_callback = lambda _socket, name, _context: names.append(name)
    with Server(http(200, b"body"), tls=context) as server:
        answer = use(
            Rules(),
            lambda fetch: fetch.get("https://site.example/"),
            resolve=Names(site_example=[[PUBLIC]]),
            network=(internet := Internet({PUBLIC: server.port})),
            tls=trusting(),
        )
    assert answer.body == b"body"
    assert names == ["site.example"]
    assert server.asked[0].headers["host"] == "site.example"
    assert internet.connected == [(PUBLIC, 443)]


# Where nobody is let in


@pytest.fixture(scope="module")
def canary() -> Any:
    """A listener on both loopback addresses, and the port of each."""
    with Server(http(200, b"sung")) as four, Server(http(200, b"sung"), host="::1") as six:
        yield four, six


def test_the_canary_sings() -> None:
    """The control: without the guard, such forms do reach a listener."""
    with Server(http(200, b"sung")) as four, Server(http(200, b"sung"), host="::1") as six:
        for host in ("127.0.0.1", "127.1", "2130706433", "0x7f.1", "localhost"):
            assert httpx2.get(f"http://{host}:{four.port}/", trust_env=False).content == b"sung"
        assert httpx2.get(six.url, trust_env=False).content == b"sung"
        assert (four.connections, six.connections) == (5, 1)


@pytest.mark.parametrize(("form", "address"), PRIVATE_FORMS)
def test_no_form_of_a_private_address_is_reached(form: str, address: str, canary: tuple[Server, Server]) -> None:
    before = [server.connections for server in canary]
    port = canary[1 if ":" in address else 0].port
    with Server(http(302, headers={"Location": f"http://{form}/"}), raw(response(200, b"first"))) as server:
        names = Names(public_example=[[PUBLIC]], rebinding_example=[[PUBLIC], [address]], localhost=[[address]])
        internet = Internet({PUBLIC: server.port}, moved={80: port})

        async def attack(fetch: Fetcher) -> None:
            for url in (f"http://{form}/", f"http://{form}:{port}/", "http://public.example/"):
                with pytest.raises(FetchError):
                    await fetch.get(url)
            assert (await fetch.get("http://rebinding.example/")).body == b"first"
            with pytest.raises(FetchError, match="not public"):
                await fetch.get("http://rebinding.example/again")

        use(Rules(pause_seconds=0), attack, network=internet, resolve=names)
    assert internet.connected == [(PUBLIC, 80), (PUBLIC, 80)]
    assert [server.connections for server in canary] == before


def test_names_of_the_system_that_mean_loopback(canary: tuple[Server, Server]) -> None:
    before = canary[0].connections
    for host in ("localhost", "LocalHost."):
        with pytest.raises(FetchError, match=r"not public|not found"):  # not every system knows the second
            use(Rules(pause_seconds=0), lambda fetch, host=host: fetch.get(f"http://{host}:{canary[0].port}/"))  # type: ignore[misc]
    assert canary[0].connections == before


def test_a_link_of_others_opens_no_port_and_no_private_host() -> None:
    with Server(http(200, b"body")) as server:
        rules = replace(named(server), pause_seconds=0)
        names = Names(public_example=[[PUBLIC]])
        for url in (server.url, "http://public.example:25/"):
            with pytest.raises(FetchError):
                use(rules, lambda fetch, url=url: fetch.get(url, found_by="https://public.example/feed"), resolve=names)  # type: ignore[misc]
        assert server.connections == 0
        assert get(server, found_by=server.url + "/feed").body == b"body"


def test_no_step_down_from_https() -> None:
    with (
        Server(http(200)) as plain,
        Server(http(302, headers={"Location": plain.url}), tls=serving("127.0.0.1")) as server,
    ):
        with pytest.raises(FetchError, match="https to http"):
            use(named(server, plain), lambda fetch: fetch.get(server.url), tls=trusting())
        assert plain.connections == 0


# Whose turn it is


def test_one_at_a_time_and_a_pause_for_a_host() -> None:
    def slow(connection: socket.socket, _: Asked) -> bool:
        time.sleep(0.02)
        connection.sendall(response(200, b"body"))
        return True

    with Server(slow) as server:
        rules = replace(named(server), pause_seconds=0.1)

        async def crowd(fetch: Fetcher) -> float:
            began = time.monotonic()
            await asyncio.gather(*(fetch.get(server.url) for _ in range(4)))
            return time.monotonic() - began

        assert use(rules, crowd) >= 4 * 0.02 + 3 * 0.1
    assert (server.connections, server.most_in_hand) == (1, 1)


@pytest.mark.block_network(allowed_hosts=[r"127\..*"])
def test_many_hosts_at_once_but_not_more_than_told() -> None:
    bodies: list[Response] = []
    in_hand: list[str] = []
    most: list[int] = []

    def slow(connection: socket.socket, asked: Asked) -> bool:
        in_hand.append(asked.headers["host"])
        most.append(len(in_hand))
        time.sleep(0.1)
        in_hand.remove(asked.headers["host"])  # before the answer: once it has that, the next one may ask
        connection.sendall(response(200, b"body"))
        return False

    with Server(slow, host="0.0.0.0") as server:
        hosts = [f"127.0.1.{n}:{server.port}" for n in range(1, 13)]
        rules = Rules(allow_private_hosts=frozenset(hosts), most_at_once=4)

        async def crowd(fetch: Fetcher) -> None:
            bodies.extend(await asyncio.gather(*(fetch.get(f"http://{host}/") for host in hosts)))

        use(rules, crowd)
    assert len(bodies) == 12
    assert max(most) == 4


def test_waiting_for_ones_turn_is_not_counted() -> None:
    def slow(connection: socket.socket, _: Asked) -> bool:
        time.sleep(0.5)
        connection.sendall(response(200, b"body"))
        return True

    with Server(slow) as server:

        async def crowd(fetch: Fetcher) -> list[Response]:
            return await asyncio.gather(*(fetch.get(server.url) for _ in range(4)))

        assert len(use(replace(named(server), deadline_seconds=1.5), crowd)) == 4


# robots.txt


def test_robots_are_asked_once_and_obeyed_where_told() -> None:
    robots = http(200, b"User-agent: *\nDisallow: /private")
    paths = {"/robots.txt": robots, "/go": http(302, headers={"Location": "/private/a"})}
    with Server(http(200, b"page"), paths=paths) as server:

        async def walk(fetch: Fetcher) -> None:
            assert (await fetch.get(server.url + "/private/a")).body == b"page"
            assert (await fetch.get(server.url + "/a", obey_robots=True)).body == b"page"
            for path in ("/private/a", "/go"):
                with pytest.raises(FetchError, match=r"robots\.txt asks"):
                    await fetch.get(server.url + path, obey_robots=True)

        use(named(server), walk)
    assert [asked.path for asked in server.asked] == ["/private/a", "/robots.txt", "/a", "/go"]


@pytest.mark.parametrize(("status", "expected"), [(404, True), (403, True), (429, False), (500, False), (503, False)])
def test_what_the_status_of_robots_means(status: int, expected: bool) -> None:
    with Server(http(200, b"page"), paths={"/robots.txt": http(status, b"<html>")}) as server:
        if expected:
            assert get(server, "/a", obey_robots=True).body == b"page"
        else:
            assert "robots.txt cannot be read" in failure(server, "/a", obey_robots=True).cause


def test_a_huge_robots_is_read_as_far_as_it_must_be() -> None:
    body = b"User-agent: *\nDisallow: /private\n" + b"# much\n" * 200_000
    with Server(http(200, b"page"), paths={"/robots.txt": http(200, body)}) as server:
        assert get(server, "/a", obey_robots=True).body == b"page"
        assert "robots.txt asks" in failure(server, "/private", obey_robots=True).cause


# Handing over


def hand_over(server: Server, *, expect_status: Container[int] = (), **parts: Any) -> Response:
    return use(
        named(server),
        lambda fetch: fetch.send(
            "post",
            server.url + "/posts",
            headers={"Authorization": "Basic c2VjcmV0", "Content-Type": "application/json"},
            body=b'{"title":"u"}',
            source="desk",
            expect_status=expect_status,
        ),
        **parts,
    )


def test_a_post_is_sent_once_and_its_answer_returned() -> None:
    with Server(http(201, b'{"id":7}')) as server:
        answer = hand_over(server)
    (asked,) = server.asked
    assert (answer.status, answer.body) == (201, b'{"id":7}')
    assert (asked.method, asked.path, asked.body) == ("POST", "/posts", b'{"title":"u"}')
    assert asked.headers["authorization"] == "Basic c2VjcmV0"


@pytest.mark.parametrize("behaviour", [http(500), http(503), raw(b"HTTP/1.1 2"), raw(b"")])
def test_a_post_is_never_sent_again(behaviour: Any) -> None:
    with Server(behaviour) as server, pytest.raises(FetchError):
        hand_over(server)
    assert len(server.asked) == 1


def test_a_post_follows_no_redirect() -> None:
    redirect = http(307, headers={"Location": "/elsewhere"})
    with Server(redirect) as server, pytest.raises(FetchError, match="give the address it leads to") as caught:
        hand_over(server)
    assert caught.value.status == 307
    assert len(server.asked) == 1


def test_a_login_is_not_sent_in_the_clear() -> None:
    internet = Internet()
    with pytest.raises(FetchError, match="without https"):
        use(
            Rules(),
            lambda fetch: fetch.send("POST", "http://site.example/", headers={"Authorization": "Basic c2VjcmV0"}),
            network=internet,
        )
    assert internet.connected == []


# Secrets


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://user:canary@example.org/a", "https://***@example.org/a"),
        ("https://example.org/a?b=1&api_key=canary&c=2", "https://example.org/a?b=1&api_key=***&c=2"),
        ("https://example.org/a?TOKEN=canary#password=canary", "https://example.org/a?TOKEN=***#password=***"),
        ("gazette\r\n\x1b[1m", "gazette[1m"),
    ],
)
def test_addresses_are_shown_without_secrets(address: str, expected: str) -> None:
    assert shown_address(address) == expected


def test_no_secret_is_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with Server(http(302, headers={"Location": "http://a:canary@10.0.0.1/?token=canary"}), http(404)) as server:
        for path in ("/?key=canary", "/x?password=canary"):
            assert "canary" not in str(failure(server, path))
            assert "canary" not in str(failure(server, path, source=server.url + path))
    ours = [record.getMessage() for record in caplog.records if "receive_response_headers" not in record.getMessage()]
    assert not [line for line in ours if "canary" in line]


def test_a_contact_is_one_plain_line() -> None:
    for contact in ("a\r\nCookie: b", "ü@example.org"):
        with pytest.raises(ConfigError):
            Fetcher(Rules(contact=contact))


def test_zlib_ends_are_not_lost() -> None:
    """A block of output that ends where the input does is no reason to stop (a run of one byte packs 1 : 1000)."""
    for size in (65_535, 65_536, 65_537, 131_072, 131_330):
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        packed = packer.compress(b"\0" * size) + packer.flush()
        with Server(http(200, packed, {"Content-Encoding": "gzip"})) as server:
            assert len(get(server).body) == size
