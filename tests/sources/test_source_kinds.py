"""A kind of source is a module and a line: its bytes are found in files and at addresses, the desk may name it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from loopback import Loopback, Received, response

from briefing.config import settings
from briefing.exceptions import ConfigError, LoadError, ParseError
from briefing.fetch.fetcher import Fetcher, Rules
from briefing.sources.files import read_files
from briefing.sources.registry import KINDS, kind_of
from briefing.sources.source_kind import Body, Likeness, SourceKind
from briefing.sources.source_state import KnownSource, ReadResult
from briefing.sources.visits import visit
from briefing.types import Post, Source

LETTER = b"Message-ID: <1@example.org>\nSubject: The quay\n\nIt reopened on Monday.\n"


class Letter(SourceKind):
    """A mail, as little of one as a test needs."""

    name = "letter"

    def sniff(self, body: Body) -> Likeness:
        """Whether it has the header that every mail has."""
        return Likeness.SURELY if body.head.startswith(b"Message-ID:") else Likeness.NO

    def read(self, body: Body) -> list[Post | LoadError]:
        """The mail as a post. ParseError where it has no subject."""
        head, _, text = body.data.decode().partition("\n\n")
        if not (subject := re.search(r"Subject: (.*)", head)):
            raise ParseError(body.source, "a mail without a subject")
        return [Post(key=head.partition("\n")[0], title=subject[1], html=f"<p>{text}</p>")]


@pytest.fixture(autouse=True)
def _letters() -> Iterator[None]:
    """Its line stands first: the order of the lines is that in which an address is tried."""
    ours = dict(KINDS)
    KINDS.clear()
    KINDS.update({"letter": f"{__name__}:Letter", **ours})
    yield
    KINDS.clear()
    KINDS.update(ours)


def taken_at(body: bytes, known: KnownSource | None = None, **fields: Any) -> ReadResult:
    async def answer(_: Received, writer: asyncio.StreamWriter) -> None:
        writer.write(response(200, body.decode(), {"Content-Type": "text/html"}))

    async def run() -> ReadResult:
        async with Loopback(answer) as server:
            host = server.url.removesuffix("/v1")
            rules = Rules(allow_private_hosts=frozenset({host.removeprefix("http://")}), pause_seconds=0.0)
            async with Fetcher(rules) as fetch:
                return await visit(Source("s", f"{host}/a", **fields), fetch, known or KnownSource(), since=None)

    return asyncio.run(run())


def test_a_file_is_read_by_the_kind_that_its_bytes_are_of(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(LETTER)
    (tmp_path / "b.eml").write_bytes(b"Message-ID: <2@example.org>\n\nNothing.\n")
    post, error = read_files(tmp_path)
    assert isinstance(post, Post)
    assert post.title == "The quay"
    assert "a mail without a subject" in str(error)


@pytest.mark.parametrize("kind", [None, "letter"])
def test_an_address_that_answers_such_bytes_is_read_too(kind: str | None) -> None:
    taken = taken_at(LETTER, kind=kind)
    assert (taken.kind, taken.known.kind, [post.title for post in taken.posts]) == ("letter", "letter", ["The quay"])


def test_an_address_of_another_kind_is_left_to_the_next() -> None:
    text = "The harbour reopened on Monday after a year of repairs, said its director. " * 8
    assert taken_at(f"<html><body><article><p>{text}</p></article></body></html>".encode()).kind == "page"


def test_the_desk_may_name_a_kind_that_is_registered_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("briefing.toml").write_text('[[sources]]\naddress = "https://example.org"\nkind = "letter"\n')
    assert settings().sources[0].kind == "letter"
    Path("briefing.toml").write_text('[[sources]]\naddress = "https://example.org"\nkind = "leter"\n')
    with pytest.raises(ConfigError, match=r"\[\[sources\]\] 1: 'leter' is no kind of source; there are letter, \w+"):
        settings()


BODIES = {
    b'<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/">': "wordpress",
    json.dumps([{"id": 1, "content": {"rendered": "<p>x</p>"}}]).encode("utf-16"): "wordpress",
    b'{"title": "flattened", "content": "<p>x</p>"}': "wordpress",
    b'{"version": "https://jsonfeed.org/version/1.1", "items": []}': "feed",
    b"\xef\xbb\xbf <!-- made by hand --><feed xmlns='http://www.w3.org/2005/Atom'>": "feed",
    b"<!DOCTYPE HTML><title>x</title>": "page",
    LETTER: "letter",
    b"[Update] The port is open.": "",
    b"<p>A piece of HTML.</p>": "",
    b"": "",
}


@pytest.mark.parametrize("data", BODIES)
def test_what_bytes_are_is_told_by_how_they_begin(data: bytes) -> None:
    kind = kind_of(Body(data, "x"))
    assert (kind.name if kind else "") == BODIES[data]
