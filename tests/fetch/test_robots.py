"""What a robots.txt allows."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.fetch.robots import DISALLOW_ALL, MOST_BYTES, Robots, robots_from


@pytest.mark.parametrize(
    ("text", "path", "allows"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("\ufeffUser-agent: *\nDisallow: /a", "/ab", False),  # a BOM voids nothing
        ("user-AGENT : Briefing/1.0\r\nDISALLOW: /a\r\nUser-agent: *\r\nDisallow: /", "/b", True),
        ("User-agent: *\nDisallow: /\nUser-agent: briefing\nDisallow: /a", "/b", True),  # our own group only
        (
            "User-agent: briefing\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: briefing\nDisallow: /b",
            "/b",
            False,
        ),
        ("User-agent: a\nUser-agent: briefing\nDisallow: /b", "/b", False),
        ("User-agent: briefingbot\nDisallow: /", "/b", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),  # the longest wins
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),  # allowing wins a tie
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?a", True),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /*?print=", "/a?x&print=1", True),
        ("User-agent: *\nDisallow: /*print=", "/a?x&print=1", False),
        ("User-agent: *\nDisallow: /a*b*c", "/a-b-c", False),
        ("User-agent: *\nDisallow: /a*b*c", "/a-c-b", True),
        ("User-agent: *\nDisallow: /ü", "/%C3%BC", False),
        ("User-agent: *\nDisallow: /%7ea", "/~a", False),
        ("User-agent: *\nDisallow: /a%2fb", "/a/b", True),  # an escaped mark of the syntax is another thing
        ("User-agent: *\nDisallow: /a%2fb", "/a%2Fb", False),
        ("User-agent: *\nDisallow: /b # a remark", "/b", False),
        ("User-agent: *\nSitemap: /s\nDisallow: /b", "/b", False),
        ("Disallow: /", "/b", True),  # for nobody
    ],
)
def test_rules(text: str, path: str, allows: bool) -> None:
    assert robots_from(text.encode()).allows(path) is allows


def test_latin_1_does_not_stop_it() -> None:
    assert not robots_from("# réservé\nUser-agent: *\nDisallow: /a".encode("latin-1")).allows("/a")


def test_all_or_nothing() -> None:
    assert Robots().allows("/a")
    assert not DISALLOW_ALL.allows("/a")


@given(st.binary(max_size=500), st.text(max_size=30))
def test_no_file_is_an_error(body: bytes, path: str) -> None:
    robots_from(b"User-agent: *\nDisallow: /" + body).allows("/" + path)


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"User-agent: a{n}\n" for n in range(15_000)) + "Disallow: /x\n" * 10_000,
        "User-agent: *\n" + "Disallow: /" + "*a" * 200_000 + "b$\n",
        "User-agent: *\n" + "".join(f"Disallow: /*{n}*a$\n" for n in range(30_000)),
        "User-agent: *\nDisallow: /" + "%41" * 160_000,
        ":" * MOST_BYTES,
        "\n" * MOST_BYTES,
    ],
)
def test_hostile_files_cost_little(body: str) -> None:
    began = time.process_time()
    robots_from(body.encode()).allows("/" + "a" * 2_000)
    assert time.process_time() - began < 2
