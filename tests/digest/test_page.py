"""The page in a real Chromium: what hostile text can do, what the keyboard reaches, what a phone and paper show."""

from __future__ import annotations

import dataclasses
import html
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from digest_samples import arabic, digest, gaza, written
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Dialog, Page, Route, sync_playwright

from briefing.digest.renderer import Format, render
from briefing.types import Digest, Summary

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ORIGIN = "http://digest.test/"
EVIL = "http://evil.test/"
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


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = _chromium()
    with sync_playwright() as playwright:
        if path is None and not Path(playwright.chromium.executable_path).exists():
            reason = "no Chromium found (chromium or google-chrome on the PATH, or `playwright install chromium`)"
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Seen:
    """A page loaded from our own origin: what it asked the network for, and whether any script of it ran."""

    def __init__(self, browser: Browser, width: int = 1280, **context: Any) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 900}, **context)
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.fired: list[str] = []
        self.body = ""
        self.page.on("dialog", self._dismiss)
        self.page.expose_function("fired", lambda *what: self.fired.append(str(what)))
        quiet = "for (const f of ['alert','confirm','prompt','print','open']) window[f] = () => window.fired(f)"
        self.page.add_init_script(quiet)
        self.page.route("**/*", self._answer)

    def _dismiss(self, dialog: Dialog) -> None:
        self.fired.append("dialog")
        dialog.dismiss()

    def _answer(self, route: Route) -> None:
        if route.request.url == ORIGIN and route.request.is_navigation_request():
            route.fulfill(body=self.body, content_type="text/html; charset=utf-8")
            return
        if not route.request.url.endswith("/favicon.ico"):
            self.requests.append(route.request.url)
        route.abort()

    def load(self, body: str) -> Page:
        self.body = body
        self.page.goto(ORIGIN, wait_until="load")
        self.page.wait_for_timeout(20)
        return self.page

    def tags(self) -> list[str]:
        tags: list[str] = self.page.evaluate("[...document.querySelectorAll('*')].map(e => e.localName)")
        return tags

    def links(self) -> set[str]:
        return set(self.page.evaluate("[...document.querySelectorAll('[href]')].map(e => e.getAttribute('href'))"))

    def handlers(self) -> list[str]:
        """Attributes that could run or load something."""
        script = """[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()
            .filter(n => /^on|^style$|^src|^action|^formaction|^srcdoc|^ping|^background/.test(n)))"""
        found: list[str] = self.page.evaluate(script)
        return found


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Seen]]:
    opened: list[Seen] = []

    def open_one(width: int = 1280, **context: Any) -> Seen:
        opened.append(Seen(browser, width, **context))
        return opened[-1]

    yield open_one
    for seen in opened:
        seen.context.close()


def _poisoned(value: Any, hint: Any, evil: str, *, urls: bool) -> Any:
    """The value with the hostile text in every text field; addresses and post keys only where `urls` is set."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        hints = get_type_hints(type(value))
        kept = {"timezone", "language", "translated_from"} | (set() if urls else {"url", "key", "post"})
        changes = {
            field.name: _poisoned(getattr(value, field.name), hints[field.name], evil, urls=urls)
            for field in dataclasses.fields(value)
            if not (field.name in kept and isinstance(getattr(value, field.name), str))
        }
        return replace(value, **changes)
    if isinstance(value, tuple):
        arguments = [argument for argument in get_args(hint) if argument is not Ellipsis] or [str]
        return tuple(_poisoned(item, arguments[0], evil, urls=urls) for item in value)
    if isinstance(value, dict):
        return dict.fromkeys([evil], sum(value.values())) if value else value
    if isinstance(value, str) and not _is_literal(hint):
        return evil
    return value


def _is_literal(hint: Any) -> bool:
    if get_origin(hint) in (Union, UnionType):
        return any(map(_is_literal, get_args(hint)))
    return get_origin(hint) is Literal


def _evil(*evil: str, urls: bool = False) -> Digest:
    """A digest with a story for each hostile text, every kind of block and every optional field in it, all hostile."""
    whole = replace(written(), **{name: getattr(gaza(), name) for name in ("embeds", "questions")})
    asked = replace(whole, quotes=whole.claims, dates_ahead=arabic().dates_ahead, provenance=("x",))
    digests = [_poisoned(digest(asked), Digest, text, urls=urls) for text in evil]
    value: Digest = replace(digests[0], stories=tuple(each.stories[0] for each in digests))
    return value


def _vectors() -> list[str]:
    folder = os.environ.get("BRIEFING_DATA")
    if not folder:
        return []
    lines = Path(folder, "attacks/xss_vectors.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["html"] for line in lines]


def _as_page(text: str, format: Format) -> str:
    """The output as a browser gets it at worst: Markdown made HTML with HTML let through, the rest served as HTML."""
    if format == "markdown":
        return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))
    if format == "html":  # without its policy, so that escaping alone is what holds
        return re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", text)
    return text if format == "json" else f"<pre>{html.escape(text)}</pre>"


def _own_links() -> set[str]:
    whole = _evil("x")
    summary = whole.stories[0].summaries[0]
    evidence = [e for claim in summary.lines for e in (*claim.evidence, *claim.put_more_strongly)]
    dates = [date.evidence for date in summary.dates_ahead]
    return {str(e.url) for e in evidence + dates} | {str(summary.post.url)}


def _assert_only_text(seen: Seen, format: Format, harmless: Digest, hostile: Digest) -> None:
    """Nothing runs, nothing is fetched, and the page has the very elements it has for harmless text."""
    seen.load(_as_page(render(harmless, format), format))
    tags = seen.tags()
    seen.load(_as_page(render(hostile, format), format))
    assert seen.tags() == tags
    assert not seen.fired
    assert not seen.requests
    assert not seen.handlers()
    assert seen.links() <= _own_links()


@pytest.mark.parametrize("format", ["html", "markdown", "text", "json"])
def test_hostile_text_is_only_text(open_page: Callable[..., Seen], format: Format) -> None:
    """One text at a time, in every field of a digest."""
    seen = open_page()
    for evil in OWN:
        _assert_only_text(seen, format, _evil("x"), _evil(evil))


@pytest.mark.skipif(not os.environ.get("BRIEFING_DATA"), reason="BRIEFING_DATA is not set: no list of attack vectors")
@pytest.mark.parametrize("format", ["html", "markdown", "text", "json"])
def test_every_known_vector_is_only_text(open_page: Callable[..., Seen], format: Format) -> None:
    """A story for each vector; those that open the digest, in its title and coverage too."""
    vectors = _vectors()
    assert len(vectors) > 200
    seen = open_page()
    for start in range(0, len(vectors), 50):
        some = vectors[start : start + 50]
        _assert_only_text(seen, format, _evil(*["x"] * len(some)), _evil(*some))


@pytest.mark.parametrize("format", ["html", "markdown", "text"])
def test_a_hostile_address_is_no_link(open_page: Callable[..., Seen], format: Format) -> None:
    seen = open_page()
    for evil in OWN:
        seen.load(_as_page(render(_evil(evil, urls=True), format), format))
        assert not seen.links()
        assert not seen.fired
        assert not seen.requests


@pytest.mark.parametrize("format", ["html", "markdown", "text", "json"])
def test_the_same_page_unescaped_does_fire(open_page: Callable[..., Seen], format: Format) -> None:
    """The control: with escaping undone the very same checks see scripts, requests and foreign elements."""
    seen = open_page()
    page = _as_page(render(_evil(OWN[0]), format), format)
    undone = page.replace("\\u003c", "<").replace('\\"', '"') if format == "json" else html.unescape(page)
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


def test_the_page_needs_no_network_and_its_style_is_let_through(open_page: Callable[..., Seen]) -> None:
    seen = open_page()
    errors: list[str] = []
    seen.page.on("console", lambda message: errors.append(message.text))
    page = seen.load(render(digest(), "html"))
    assert not seen.requests
    assert not errors
    assert page.locator("mark").first.evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"


@pytest.mark.parametrize("make", [digest, lambda: digest(written()), lambda: digest(arabic(), gaza(), language="ar")])
def test_the_keyboard_reaches_every_piece_of_evidence(
    open_page: Callable[..., Seen], make: Callable[[], Digest]
) -> None:
    """With scripts switched off, by Tab and Enter alone."""
    page = open_page(java_script_enabled=False).load(render(make(), "html"))
    total = page.locator("details").count()
    assert total > 5
    for _ in range(8 * total):
        page.keyboard.press("Tab")
        closed = page.locator("details:not([open]) > summary:focus")
        if closed.count():
            page.keyboard.press("Enter")
        if page.locator("details:not([open])").count() == 0:
            break
    assert page.locator("details[open]").count() == total
    panels = page.locator(".panel")
    assert all(panels.nth(n).is_visible() for n in range(panels.count()))


def test_evidence_opens_by_mouse_and_by_finger(open_page: Callable[..., Seen]) -> None:
    for context in ({}, {"has_touch": True}):
        page = open_page(390, **context).load(render(gaza(), "html"))
        panel = page.locator(".reports .panel").first
        assert not panel.is_visible()
        marker = page.locator(".reports summary").first
        marker.tap() if context else marker.click()
        assert panel.is_visible()
        assert "designed to manage the post-war period." in panel.inner_text()
        link = panel.locator("a")
        assert "diplomatique.ma" in link.inner_text()
        assert str(link.get_attribute("href")).endswith("#:~:text=2")


def test_focus_can_be_seen(open_page: Callable[..., Seen]) -> None:
    page = open_page().load(render(digest(), "html"))
    for _ in range(4):
        page.keyboard.press("Tab")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 2


@pytest.mark.parametrize("width", [320, 390, 640, 1280])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_runs_over_the_side(open_page: Callable[..., Seen], width: int, language: str) -> None:
    """320 px is 1280 px at 400 % zoom, 640 px at 200 % (WCAG 2.2, 1.4.10)."""
    page = open_page(width).load(render(digest(language=language, title="W" * 300), "html"))
    for summary in page.locator("details > summary").all():
        if summary.is_visible():
            summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_pressed_is_large_enough(open_page: Callable[..., Seen]) -> None:
    """24 by 24 CSS pixels (WCAG 2.2, 2.5.8)."""
    page = open_page(390).load(render(digest(), "html"))
    boxes = [summary.bounding_box() for summary in page.locator("summary").all() if summary.is_visible()]
    assert boxes
    assert all(box and box["width"] >= 24 and box["height"] >= 24 for box in boxes)


def test_direction_follows_the_text(open_page: Callable[..., Seen]) -> None:
    page = open_page().load(render(digest(), "html"))
    sides = "e => [getComputedStyle(e).direction, e.getBoundingClientRect().right]"
    tweet = page.locator("li", has_text="נציגים").first
    assert tweet.evaluate(sides)[0] == "rtl"
    assert tweet.evaluate("e => parseFloat(getComputedStyle(e).borderRightWidth)") >= 3
    report = page.locator("li", has_text="Far from humanitarian").first
    assert report.evaluate(sides)[0] == "ltr"
    right = open_page().load(render(digest(gaza(), language="ar"), "html"))
    assert right.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert right.locator("li", has_text="Far from humanitarian").first.evaluate(sides)[0] == "ltr"


def test_dark_is_dark_and_light_is_light(open_page: Callable[..., Seen]) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    dark = open_page(color_scheme="dark").load(render(digest(), "html")).evaluate(ground)
    light = open_page(color_scheme="light").load(render(digest(), "html")).evaluate(ground)
    assert sum(map(int, re.findall(r"\d+", dark)[:3])) < 120
    assert sum(map(int, re.findall(r"\d+", light)[:3])) > 700


def test_paper_carries_the_evidence_as_notes(open_page: Callable[..., Seen]) -> None:
    page = open_page().load(render(digest(), "html"))
    notes = page.locator(".notes").first
    assert not notes.is_visible()
    page.emulate_media(media="print")
    assert notes.is_visible()
    assert not page.locator(".panel").first.is_visible()
    text = notes.inner_text()
    assert "designed to manage the post-war period." in text
    assert "What will be the scope of its authority?" in text
    address = "e => getComputedStyle(e, '::after').content"
    assert "diplomatique.ma/en/moroccan" in page.locator(".headline a").first.evaluate(address)
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_paper_cuts_no_line(open_page: Callable[..., Seen]) -> None:
    page = open_page().load(render(digest(), "html"))
    page.emulate_media(media="print")
    inside = "e => getComputedStyle(e).breakInside"
    assert all(line.evaluate(inside) == "avoid" for line in page.locator(".block li, .notes li").all())


def test_headings_go_down_by_one(open_page: Callable[..., Seen]) -> None:
    values: list[Digest | Summary] = [digest(), digest(written()), gaza()]
    for value in values:
        page = open_page().load(render(value, "html"))
        levels: list[int] = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(e => +e.localName[1])")
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
