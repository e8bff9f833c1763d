"""Which addresses are taken, and what is read from lists and exports."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.exceptions import ConfigError
from briefing.newsletter.subscribers import (
    Recipient,
    Suppression,
    bounces,
    parse_address,
    recipients,
    unsubscribes,
)

ATOM = "!#$%&'*+/=?^_`{|}~-"
GOOD_LOCALS = [
    "a",
    "Ann",
    "a.b",
    "a.b.c",
    "a+b",
    "a-b",
    "a_b",
    "0",
    "o'hara",
    "x" * 64,
    *(f"a{sign}b" for sign in ATOM),
]
GOOD_DOMAINS = ["example.org", "a.b.c.example", "EXAMPLE.org", "x-y.example", "3com.example", "a" * 63 + ".example"]
GOOD_DOMAINS += ["bücher.example", "xn--bcher-kva.example", "例え.テスト", "пример.испытание"]
GOOD = [f"{local}@{domain}" for local, domain in product(GOOD_LOCALS[:12], GOOD_DOMAINS)]
GOOD += [f"{local}@example.org" for local in GOOD_LOCALS[12:]]
BAD_LOCALS = ["", ".a", "a.", "a..b", "a b", '"a b"', '"a"', "a,b", "a;b", "a:b", "a<b", "a>b", "a(b)", "a[b", "a\\b"]
BAD_LOCALS += [
    "a\tb",
    "a\nb",
    "a\rb",
    "a\0b",
    "a\x7fb",
    "ä",
    "a\u200bb",
    "a\u202eb",
    "x" * 65,
    "a@b",
    "a\u2028b",
    "a\r\nBcc: v",
]
BAD_DOMAINS = [
    "",
    "example",
    "localhost",
    ".example.org",
    "example.org.",
    "a..b",
    "-a.example",
    "a-.example",
    "a_b.example",
]
BAD_DOMAINS += ["[127.0.0.1]", "127.0.0.1", "[IPv6:::1]", "exa mple.org", "example.org\n", "example.org\r\nBcc: v@x"]
BAD_DOMAINS += ["example.org,b@evil.org", "example.org)b@evil.org", "example.org;x", "example.org>", "exam\0ple.org"]
BAD_DOMAINS += [
    "a" * 64 + ".example",
    ".".join(["a" * 60] * 5),
    "xn--a.example",
    "xn--.example",
    "example.123",
    "bü cher.example",
]
BAD_DOMAINS += [
    "example\u3002",
    "exa\u202emple.org",
    "a" * 250 + ".org",
    "(x)example.org",
    "example.org(x)",
    "%00.org",
    "*.org",
]
BAD = [f"{local}@example.org" for local in BAD_LOCALS] + [f"ann@{domain}" for domain in BAD_DOMAINS]
BAD += [f"{local}@{domain}" for local, domain in product(BAD_LOCALS[1:9], BAD_DOMAINS[1:14])]
BAD += ["", "@", "ann", "ann@", "@example.org", "a@b@example.org", "Ann <ann@example.org>", "<ann@example.org>"]
BAD += ["ann@example.org bob@example.org", "ann@example.org,bob@example.org", "mailto:ann@example.org?cc=x@y.z@"]
BAD += ["ann@example.org\n", "\nann@example.org", "ann@example.org\x00", "ann at example.org", "ann＠example.org"]


def test_the_table_is_large() -> None:
    assert len(set(GOOD)) + len(set(BAD)) >= 300


@pytest.mark.parametrize("text", sorted(set(GOOD)))
def test_an_address_is_taken(text: str) -> None:
    address = parse_address(text)
    assert address.address.isascii()
    assert address.address.partition("@")[0] == text.partition("@")[0]
    assert parse_address(address.address) == address


@pytest.mark.parametrize("text", sorted(set(BAD)))
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"address|@|domain|longer"):
        parse_address(text)


@given(st.text())
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        address = parse_address(text).address
    except ValueError:
        return
    assert not set(address) & set("\r\n\0<>,;: \t")
    assert address.count("@") == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann@example.org", "ann@EXAMPLE.ORG"),
        ("ann@bücher.example", "ann@XN--BCHER-KVA.example"),
        ("ann@BÜCHER.example", "ann@bücher.example"),
        ("ann@bu\u0308cher.example", "ann@bücher.example"),
        ("ann+news@example.org", "ann@example.org"),
    ],
)
def test_the_same_person(one: str, other: str) -> None:
    assert parse_address(one).normalised == parse_address(other).normalised


def test_different_people() -> None:
    assert parse_address("a.b@example.org").normalised != parse_address("ab@example.org").normalised
    assert parse_address("+a@example.org").normalised != parse_address("+b@example.org").normalised


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv(delimiter: str) -> None:
    rows = [["Email", "Name", "Lang", "City"], ["Ann@example.org", "Ann", "fr", "Rabat"], ["bad@", "X", "", ""]]
    rows += [["", "nobody", "", ""], ["ann@example.org", "Twice", "", ""], ["bob@example.org", '"Bob\n2"', "", ""]]
    text = "\ufeff" + "\r\n".join(delimiter.join(row) for row in rows)
    read = recipients(text)
    assert read.accepted == (
        Recipient("Ann@example.org", "ann@example.org", "Ann", "fr", {"city": "Rabat"}),
        Recipient("bob@example.org", "bob@example.org", "Bob\n2"),
    )
    assert [(line.line, line.text) for line in read.rejected] == [(3, "bad@"), (4, "")]
    assert [(line.line, line.why) for line in read.duplicates] == [(5, "the same person as on line 2")]


def test_one_address_a_line() -> None:
    read = recipients("# the desk\nann@example.org\n\n  bob@example.org \r\nann@example.org,carl@example.org\nno\n")
    assert [who.address for who in read.accepted] == ["ann@example.org", "bob@example.org", "carl@example.org"]
    assert [line.line for line in read.duplicates] == [5]
    assert [line.line for line in read.rejected] == [6]


def test_a_csv_without_addresses_is_told() -> None:
    with pytest.raises(ConfigError, match=r"readers\.csv: no column is called address or email \(found: name, city\)"):
        recipients("name,city\nAnn,Rabat\n", name="readers.csv")


@given(st.text())
def test_any_file_is_read(text: str) -> None:
    try:
        read = recipients(text)
    except ConfigError:
        return
    names = [who.normalised for who in read.accepted]
    assert len(names) == len(set(names))


def test_unsubscribes() -> None:
    read = unsubscribes(
        "token,email,at\nT1,,2026-11-23T08:00:00+01:00\n,Ann+x@example.org,\n,no,\n", newsletter="daily"
    )
    assert read.accepted == (
        Suppression("unsubscribed", token="T1", newsletter="daily", at=datetime(2026, 11, 23, 7, tzinfo=UTC)),
        Suppression("unsubscribed", "ann@example.org", newsletter="daily"),
    )
    assert [line.line for line in read.rejected] == [4]


def test_bounces() -> None:
    rows = ["a@example.org,hard,", "b@example.org,soft,", "c@example.org,,5.1.1", "d@example.org,,4.2.2"]
    read = bounces("email,type,status\n" + "\n".join([*rows, "e@example.org,,", "f@example.org,complaint,"]))
    assert [(one.normalised, one.reason) for one in read.accepted] == [
        ("a@example.org", "bounced"),
        ("c@example.org", "bounced"),
        ("f@example.org", "complained"),
    ]
    assert [line.why for line in read.rejected] == ["says neither hard nor soft, and has no status like 5.1.1"]
