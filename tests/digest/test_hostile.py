"""Text that means harm, in every field and every format, in a real Chromium: it is only ever text."""

from __future__ import annotations

import dataclasses
import html
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from chromium import EVIL, Seen
from digest_samples import answered, arabic, ferry, gaza, whole, written
from markdown_it import MarkdownIt

from briefing.digest.escaping import plain
from briefing.digest.mail import render_mail
from briefing.digest.renderer import render
from briefing.types import Answer, Digest, ModelUse, Story

OWN = (
    f"<script>fired(1)</script><img src={EVIL}a onerror=fired(2)>\"'><svg/onload=fired(3)>",
    f'"><a href="javascript:fired(4)">x</a><iframe src="{EVIL}b"></iframe>',
    f"![x]({EVIL}c)[y](javascript:fired(5))<{EVIL}d> {EVIL}e www.evil.test/f a@evil.test",
    "</style></title></script><script>fired(6)</script><style>*{background:url(http://evil.test/g)}",
    "```\n# heading\n\n| a | b |\n|---|---|\n\n<script>fired(7)</script>\n- list\n\n[2]: http://evil.test/h",
    "{{ 7*7 }}{% include '/etc/passwd' %}${fired(8)}",
    "\x1b]8;;http://evil.test/i\x07x\x1b]8;;\x07\u202egpj.exe\u2066",
    '" autofocus onfocus="fired(9)" x="',
    "javascript:fired(10)",
    f"<meta http-equiv=refresh content='0;url={EVIL}j'><base href={EVIL}><form action=//evil.test>",
)


SINKS = ("html", "markdown", "text", "json", "fragment", "mail", "mail text")
PAGE_URL = "https://example.org/digests/2026-06-24/"
# Addresses, keys of posts and names of zones and languages are no text; a hostile address has a test of its own.
_KEPT = {"timezone", "language", "translated_from", "copies"}
_ADDRESSES = {"url", "key", "post"}


_hints = cache(get_type_hints)


def _poisoned(value: Any, hint: Any, evil: str, numbers: Iterator[int], *, urls: bool, name: str = "") -> Any:
    """The value with the hostile text in every text field; claims are numbered, or they would pass for the same one."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        hints = _hints(type(value))
        kept = _KEPT | (set() if urls else _ADDRESSES)
        changes = {
            field.name: _poisoned(
                getattr(value, field.name), hints[field.name], evil, numbers, urls=urls, name=field.name
            )
            for field in dataclasses.fields(value)
            if not (field.name in kept and isinstance(getattr(value, field.name), str | tuple))
        }
        return replace(value, **changes)
    if isinstance(value, tuple):
        arguments = [argument for argument in get_args(hint) if argument is not Ellipsis] or [str]
        return tuple(_poisoned(item, arguments[0], evil, numbers, urls=urls) for item in value)
    if isinstance(value, dict):
        return dict.fromkeys([evil], sum(value.values())) if value else value
    if isinstance(value, str) and not _is_literal(hint):
        return f"{evil}{next(numbers)}" if name == "text" else evil
    return value


def _is_literal(hint: Any) -> bool:
    if get_origin(hint) in (Union, UnionType):
        return any(map(_is_literal, get_args(hint)))
    return get_origin(hint) is Literal


def _full() -> Digest:
    """Every kind of block and every optional field of a digest, in three stories."""
    whole_post = replace(written(), **{name: getattr(gaza(), name) for name in ("embeds", "questions")})
    asked = replace(whole_post, quotes=whole_post.claims, dates_ahead=arabic().dates_ahead, provenance=("x",))
    base = whole()
    use = ModelUse("model", "hash", 3, 1, 10, 20, 5)
    reported = replace(base.coverage, model=use, fallbacks=base.coverage.posts_dropped)
    story = Story("s9", asked.post.title, (asked,), "correction", section="World")
    return replace(base, stories=(ferry(), story, base.stories[-1]), coverage=reported)


def _evil(*evil: str, urls: bool = False) -> Digest:
    """One digest with the stories, answers, corrections and all else of a full one for each hostile text."""
    each = [_poisoned(_full(), Digest, text, count(), urls=urls) for text in evil]
    parts = ("stories", "also", "corrections", "answers", "outlets", "bottom_line")
    joined = {name: tuple(item for one in each for item in getattr(one, name)) for name in parts}
    value: Digest = replace(each[0], **joined)
    return value


def _harmless(text: str) -> str:
    """Text of the same length in words and letters, so that a mail has room for as many lines."""
    return re.sub(r'[^\s“”«»"]', "x", plain(text))


def _vectors() -> list[str]:
    folder = os.environ.get("BRIEFING_DATA")
    if not folder:
        return []
    lines = Path(folder, "attacks/xss_vectors.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["html"] for line in lines]


def _printed(value: Digest | Answer, sink: str) -> str:
    if sink.startswith("mail"):
        if isinstance(value, Answer):
            return ""
        mail = render_mail(value, page_url=PAGE_URL, unsubscribe="UNSUBSCRIBE", organisation=value.title)
        return mail.html if sink == "mail" else mail.text
    return render(value, sink)  # type: ignore[arg-type]


def _as_page(text: str, sink: str) -> str:
    """The output as a browser gets it at worst: Markdown made HTML with HTML let through, the rest served as HTML."""
    if sink == "markdown":
        return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))
    if sink == "html":  # without its policy, so that escaping alone is what holds
        return re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", text)
    return f"<pre>{html.escape(text)}</pre>" if sink.endswith("text") else text


def _own_links() -> set[str]:
    """The addresses of the posts and of their sentences, as they are in the digest."""
    found: set[str] = set()

    def search(value: Any) -> None:
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            for field in dataclasses.fields(value):
                search(getattr(value, field.name))
        elif isinstance(value, tuple):
            for item in value:
                search(item)
        elif isinstance(value, str) and value.startswith("https://"):
            found.add(value)

    search(_full())
    return found


def _assert_only_text(seen: Seen, sink: str, harmless: str, hostile: str) -> None:
    """Nothing runs, nothing is fetched, and the page has the very elements it has for harmless text."""
    seen.load(_as_page(harmless, sink))
    tags, handlers = seen.tags(), seen.handlers()
    seen.load(_as_page(hostile, sink))
    assert seen.tags() == tags
    assert seen.handlers() == handlers
    assert sink == "mail" or not handlers  # a mail's styles are ours, and the very same
    assert not seen.fired
    assert not seen.requests
    foreign = {link for link in seen.links() if not link.startswith(("#", PAGE_URL, "UNSUBSCRIBE"))}
    assert foreign <= _own_links()


@pytest.mark.parametrize("sink", SINKS)
def test_hostile_text_is_only_text(open_page: Callable[..., Seen], sink: str) -> None:
    """One text at a time, in every field of a digest."""
    seen = open_page()
    for evil in OWN:
        _assert_only_text(seen, sink, _printed(_evil(_harmless(evil)), sink), _printed(_evil(evil), sink))


needs_data = pytest.mark.skipif(
    not os.environ.get("BRIEFING_DATA"), reason="BRIEFING_DATA is not set: no list of attack vectors"
)


@needs_data
@pytest.mark.parametrize("sink", SINKS)
def test_every_known_vector_is_only_text(open_page: Callable[..., Seen], sink: str) -> None:
    """Stories, corrections and all else for each vector; a mail carries seven stories, so it gets fewer at a time."""
    vectors = _vectors()
    assert len(vectors) > 200
    seen, step = open_page(), 30 if not sink.startswith("mail") else 6
    for start in range(0, len(vectors), step):
        some = vectors[start : start + step]
        _assert_only_text(seen, sink, _printed(_evil(*map(_harmless, some)), sink), _printed(_evil(*some), sink))


@needs_data
@pytest.mark.parametrize("sink", ["html", "markdown", "text", "json", "fragment"])
def test_every_known_vector_is_only_text_in_an_answer(open_page: Callable[..., Seen], sink: str) -> None:
    """A page for each answer, all of them loaded as one."""

    def printed(texts: list[str]) -> str:
        answers = (_poisoned(answered(), Answer, text, count(), urls=False) for text in texts)
        return "\n".join(_printed(answer, sink) for answer in answers)

    vectors = _vectors()
    _assert_only_text(open_page(), sink, printed([*map(_harmless, vectors)]), printed(vectors))


@pytest.mark.parametrize("evil", [*OWN, "data:image/svg+xml;base64,PHN2Zz4=", "data:text/html;base64,AAAA", EVIL])
def test_only_a_picture_is_shown_as_one(open_page: Callable[..., Seen], evil: str) -> None:
    seen = open_page()
    seen.load(_as_page(render(gaza(), "html", images={gaza().post.key: evil}), "html"))
    assert "img" not in seen.tags()
    assert not seen.requests


@pytest.mark.parametrize("sink", SINKS)
def test_a_hostile_address_is_no_link(open_page: Callable[..., Seen], sink: str) -> None:
    seen = open_page()
    for evil in OWN:
        seen.load(_as_page(_printed(_evil(evil, urls=True), sink), sink))
        assert not {link for link in seen.links() if not link.startswith(("#", PAGE_URL, "UNSUBSCRIBE"))}
        assert not seen.fired
        assert not seen.requests


@pytest.mark.parametrize("sink", SINKS)
def test_the_same_page_unescaped_does_fire(open_page: Callable[..., Seen], sink: str) -> None:
    """The control: with escaping undone the very same checks see scripts, requests and foreign elements."""
    seen = open_page()
    page = _as_page(_printed(_evil(OWN[0]), sink), sink)
    undone = page.replace("\\u003c", "<").replace('\\"', '"') if sink == "json" else html.unescape(page)
    seen.load(undone)
    seen.page.wait_for_timeout(200)
    assert seen.fired
    assert any(request.startswith(EVIL) for request in seen.requests)
    assert seen.handlers()


def test_the_policy_is_a_second_wall(open_page: Callable[..., Seen]) -> None:
    """Even unescaped, nothing runs and nothing is fetched from a page that carries its policy."""
    seen = open_page()
    seen.load(html.unescape(render(_evil(OWN[0]), "html")))
    seen.page.wait_for_timeout(200)
    assert not seen.fired
    assert not seen.requests
