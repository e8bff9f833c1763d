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
from itertools import count, cycle
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from chromium import EVIL, Seen
from digest_samples import answered, arabic, ferry, gaza, whole, written
from markdown_it import MarkdownIt

from briefing.render.escaping import one_line
from briefing.render.mail import render_mail
from briefing.render.renderer import render
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


# How many items of a field a page is made of, so that every field is there and the page is not longer than it must be.
_KEPT_ITEMS = {"stories": 3, "summaries": 3, "claims": 3, "answers": 3, "corrections": 2, "positions": 3}


def _short(value: Any, name: str = "") -> Any:
    """The value with the first items of every field that holds several."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
        return replace(value, **{name: _short(one, name) for name, one in fields if isinstance(one, tuple) or one})
    if isinstance(value, tuple):
        return tuple(map(_short, value[: _KEPT_ITEMS.get(name, 1)]))
    return value


@cache
def _full() -> Digest:
    """Every kind of block and every optional field of a digest, in three stories."""
    whole_post = replace(written(), **{name: getattr(gaza(), name) for name in ("embeds", "questions")})
    asked = replace(whole_post, quotes=whole_post.claims, dates_ahead=arabic().dates_ahead, provenance=("x",))
    base = whole()
    use = ModelUse("model", "hash", 3, 1, 10, 20, 5)
    reported = replace(base.coverage, model=use, fallbacks=base.coverage.posts_dropped)
    story = Story("s9", asked.post.title, (asked,), "correction", section="World")
    short: Digest = _short(replace(base, stories=(ferry(), story, base.stories[-1]), coverage=reported))
    return short


@cache
def _full_of(evil: str, *, urls: bool) -> Digest:
    value: Digest = _poisoned(_full(), Digest, evil, count(), urls=urls)
    return value


def _evil(*evil: str, urls: bool = False) -> Digest:
    """One digest with the stories, answers, corrections and all else of a full one for each hostile text."""
    each = [_full_of(text, urls=urls) for text in evil]
    parts = ("stories", "also", "corrections", "answers", "outlets", "bottom_line")
    joined: dict[str, Any] = {name: tuple(item for one in each for item in getattr(one, name)) for name in parts}
    value: Digest = replace(each[0], **joined)
    return value


_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _harmless(text: str, number: int = 0) -> str:
    """Text of the same length in words and letters, so that a mail has room for as many lines.

    Each `number` has letters of its own: the names of two sections would else become one.
    """
    own = cycle((_LETTERS[number % 26], _LETTERS[number // 26]))
    return re.sub(r'[^\s“”«»"]', lambda _: next(own), one_line(text))


def _vectors() -> list[str]:
    folder = os.environ.get("BRIEFING_DATA")
    if not folder:
        return []
    lines = Path(folder, "attacks/xss_vectors.jsonl").read_text(encoding="utf-8").splitlines()
    vectors = (json.loads(line)["html"] for line in lines)
    return list({one_line(vector): vector for vector in vectors}.values())


def _printed(value: Digest | Answer, sink: str) -> str:
    if sink.startswith("mail"):
        if isinstance(value, Answer):
            return ""
        mail = render_mail(value, page_url=PAGE_URL, unsubscribe="UNSUBSCRIBE", organisation=value.title)
        return mail.html if sink == "mail" else mail.text
    return render(value, sink)


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
    seen.load(harmless)
    tags, handlers = seen.tags(), seen.handlers()
    seen.load(hostile)
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
        harmless, hostile = (_as_page(_printed(_evil(text), sink), sink) for text in (_harmless(evil), evil))
        _assert_only_text(seen, sink, harmless, hostile)


needs_data = pytest.mark.skipif(
    not os.environ.get("BRIEFING_DATA"), reason="BRIEFING_DATA is not set: no list of attack vectors"
)


# Scripts run and pictures are fetched all the same, but nobody waits for a page of thousands of lines to be drawn.
_UNSEEN = "<style>html { display: none }</style>"


def _pages(texts: list[str], sink: str) -> str:
    """Stories, corrections and all else for each text; a mail carries seven stories, so there are several of those."""
    step = len(texts) if not sink.startswith("mail") else 2
    batches = (texts[start : start + step] for start in range(0, len(texts), step))
    return _UNSEEN + "\n".join(_as_page(_printed(_evil(*some), sink), sink) for some in batches)


def _answers(texts: list[str], sink: str) -> str:
    answers = (_poisoned(_short(answered()), Answer, text, count(), urls=False) for text in texts)
    return _UNSEEN + "\n".join(_as_page(_printed(answer, sink), sink) for answer in answers)


_MADE: list[tuple[Callable[[list[str], str], str], str]] = [
    *((_pages, sink) for sink in SINKS),
    *((_answers, sink) for sink in SINKS if not sink.startswith("mail")),
]


@needs_data
@pytest.mark.parametrize(("made", "sink"), _MADE)
def test_every_known_vector_is_only_text(
    open_page: Callable[..., Seen], made: Callable[[list[str], str], str], sink: str
) -> None:
    """All vectors, each in every field, loaded as one page: digests, and answers by themselves."""
    vectors = _vectors()
    assert len(vectors) > 200
    harmless = [_harmless(vector, number) for number, vector in enumerate(vectors)]
    _assert_only_text(open_page(), sink, made(harmless, sink), made(vectors, sink))


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
