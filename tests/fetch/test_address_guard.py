"""Which addresses may be connected to."""

import asyncio
from ipaddress import IPv4Address, IPv6Address, ip_address

import httpcore2
import pytest
from faults import PRIVATE_FORMS, PUBLIC, PUBLIC_V6, Internet, Names, Server, http
from httpx2 import URL
from hypothesis import given
from hypothesis import strategies as st

from briefing.fetch.address_guard import AddressRefusedError, Guard, GuardedNetwork, is_public, literal


def test_there_are_sixty_forms() -> None:
    assert len(PRIVATE_FORMS) == len(set(PRIVATE_FORMS)) == 60


@pytest.mark.parametrize("address", sorted({address for _, address in PRIVATE_FORMS}))
def test_no_private_address_is_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [PUBLIC, "1.1.1.1", "172.32.0.1", "100.128.0.1", "223.255.255.255", PUBLIC_V6, "2a00::1", "64:ff9b::1.1.1.1"],
)
def test_public_addresses_are(address: str) -> None:
    assert is_public(ip_address(address))


@given(st.ip_addresses())
def test_what_the_standard_library_knows_to_be_private_is_never_public(address: IPv4Address | IPv6Address) -> None:
    if is_public(address) and not str(address).startswith("64:ff9b::"):
        assert address.is_global
        assert not any((address.is_private, address.is_multicast, address.is_loopback, address.is_reserved))


@pytest.mark.parametrize("host", ["example.org", "1.example.org", "0x7f.example", "xn--mnchen-3ya.de", "cafe.be"])
def test_names_are_no_addresses(host: str) -> None:
    assert literal(host) is None


@pytest.mark.parametrize(
    ("url", "cause"),
    [
        ("ftp://example.org/", "http and https"),
        ("file:///etc/passwd", "http and https"),
        ("//example.org/", "http and https"),
        ("http:///path", "names no host"),
        ("http://ex ample.org/", "no host name"),
        ("http://user:word@example.org/", "password"),
        ("http://127.1/", "unusual form"),
        ("http://10.0.0.1/", "not a public address"),
        ("http://example.org:0/", "port"),
        ("http://example.org:99999/", "port"),
    ],
)
def test_urls_that_are_refused(url: str, cause: str) -> None:
    with pytest.raises(AddressRefusedError, match=cause):
        Guard().check(URL(url))


def test_only_the_user_chooses_a_port() -> None:
    guard = Guard()
    given_by_user = URL("http://example.org:8080/feed")
    guard.check(given_by_user)
    guard.check(URL("http://example.org:8080/other"), came_from=given_by_user)
    guard.check(URL("https://example.net/"), came_from=given_by_user)
    for other in ("http://example.org:8081/", "http://example.net:8080/"):
        with pytest.raises(AddressRefusedError, match="port 80"):
            guard.check(URL(other), came_from=given_by_user)


def test_private_hosts_are_open_where_named() -> None:
    guard = Guard(frozenset({"intranet", "127.0.0.1:8088", "[::1]:8088"}))
    for url in ("http://intranet/", "http://intranet:9000/", "http://127.0.0.1:8088/", "http://[::1]:8088/"):
        guard.check(URL(url))
    for url in ("http://127.0.0.1/", "http://127.0.0.1:8089/", "http://[::1]/"):
        with pytest.raises(AddressRefusedError):
            guard.check(URL(url))


def test_a_public_page_cannot_lead_to_a_named_private_host() -> None:
    guard = Guard(frozenset({"127.0.0.1:8088", "intranet"}))
    guard.check(URL("http://127.0.0.1:8088/"), came_from=URL("http://intranet/"))
    for url in ("http://127.0.0.1:8088/", "http://intranet/"):
        with pytest.raises(AddressRefusedError):
            guard.check(URL(url), came_from=URL("https://example.org/"))


def connect(host: str, internet: Internet, names: Names, private: frozenset[str] = frozenset()) -> None:
    async def run() -> None:
        network = GuardedNetwork(Guard(private), most_at_once=2, network=internet, resolve=names)
        try:
            await (await network.connect_tcp(host, 80)).aclose()
        finally:
            network.close()

    asyncio.run(run())


@pytest.mark.parametrize("address", sorted({address for _, address in PRIVATE_FORMS}))
def test_one_private_answer_among_public_ones_closes_the_name(address: str) -> None:
    for answers in ([PUBLIC, address], [address, PUBLIC], [PUBLIC_V6, PUBLIC, address]):
        internet = Internet()
        with pytest.raises(AddressRefusedError, match="not public"):
            connect("mixed.example", internet, Names(mixed_example=[answers]))
        assert internet.connected == []


def test_a_broken_ipv6_falls_back_to_ipv4() -> None:
    with Server(http(200)) as server:
        internet = Internet({PUBLIC: server.port, PUBLIC_V6: 9, "2a00::1": 9})  # nothing listens on the discard port
        connect("both.example", internet, Names(both_example=[[PUBLIC_V6, "2a00::1", PUBLIC]]))
    assert internet.connected == [(PUBLIC_V6, 80), (PUBLIC, 80)]


def test_a_name_without_an_address_cannot_be_reached() -> None:
    with pytest.raises(httpcore2.ConnectError):
        connect("none.example", Internet(), Names(none_example=[[]]))
