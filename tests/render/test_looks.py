"""The page and the mail as they look in a real Chromium: on a phone, on paper, in the dark, by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from chromium import COLOURS, Seen, grave
from digest_samples import answered, arabic, digest, gaza, whole, written

from briefing.render.mail import render_mail
from briefing.render.renderer import render
from briefing.types import Answer, Digest, Summary


def test_the_page_needs_no_network_and_its_style_is_let_through(open_page: Callable[..., Seen]) -> None:
    seen = open_page()
    errors: list[str] = []
    seen.page.on("console", lambda message: errors.append(message.text))
    page = seen.load(render(digest(), "html"))
    assert not seen.requests
    assert not errors
    assert page.locator("mark").first.evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"


@pytest.mark.parametrize("make", [whole, lambda: digest(written()), lambda: digest(arabic(), gaza(), language="ar")])
def test_the_keyboard_reaches_every_piece_of_evidence(
    open_page: Callable[..., Seen], make: Callable[[], Digest]
) -> None:
    """With scripts switched off, by Tab and Enter alone."""
    page = open_page(java_script_enabled=False).load(render(make(), "html"))
    total = page.locator("details").count()
    assert total > 5
    for _ in range(4 * total):
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
    page = open_page(width).load(render(replace(whole(language), title="W" * 300), "html"))
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
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
    values: list[Digest | Summary | Answer] = [digest(), digest(written()), gaza(), whole(), answered()]
    for value in values:
        page = open_page().load(render(value, "html"))
        levels: list[int] = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5')].map(e => +e.localName[1])")
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


@cache
def _pages() -> dict[str, str]:
    """English, Arabic and mixed pages, an answer, a long digest with a list of contents, and the mails."""
    many = replace(digest(), stories=tuple(replace(s, id=f"n{n}") for n in range(4) for s in digest().stories))
    mail = {lang: render_mail(whole(lang), page_url="https://example.org/", unsubscribe="x") for lang in ("en", "ar")}
    return {
        "English": render(whole(), "html"),
        "Arabic": render(whole("ar"), "html"),
        "written": render(digest(written()), "html"),
        "one Arabic post": render(arabic(), "html"),
        "answer": render(answered(), "html"),
        "many stories": render(many, "html"),
        "mail": mail["en"].html,
        "Arabic mail": mail["ar"].html,
    }


PAGES = ("English", "Arabic", "written", "one Arabic post", "answer", "many stories", "mail", "Arabic mail")


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(open_page: Callable[..., Seen], name: str) -> None:
    """On a phone, with every piece of evidence open; in the dark nothing but the colours is another."""
    page = open_page(390, color_scheme="light", bypass_csp=True).load(_pages()[name])
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    assert grave(page) == []
    page.emulate_media(color_scheme="dark")
    assert grave(page, *COLOURS) == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_asked_of_the_network(open_page: Callable[..., Seen], name: str) -> None:
    seen = open_page()
    seen.load(_pages()[name])
    assert not seen.requests


def test_a_story_says_at_a_glance_what_it_is(open_page: Callable[..., Seen]) -> None:
    """Standing, sources and firmness are seen without colour: words, and lines of another kind."""
    page = open_page(390).load(render(whole(), "html"))
    assert page.locator("#s1 .badge").inner_text() == "Update of a story of 23 June 2026"
    assert "2 independent sources" in page.locator("#s1 .status").inner_text()
    kinds = "[...document.querySelectorAll('li[class]')].map(e => e.className + getComputedStyle(e).borderLeftStyle)"
    found = set(page.evaluate(kinds))
    assert {"leaningdashed", "loosedotted"} <= found
    assert page.locator("#s1 .block").first.get_attribute("class") == "block changed"
    assert page.locator(".brief").bounding_box()["height"] < 150  # type: ignore[index]


def test_a_marker_of_the_mail_leads_to_its_line_on_the_page(open_page: Callable[..., Seen]) -> None:
    mail = render_mail(whole(), page_url="https://example.org/")
    names = set(re.findall(r'href="https://example\.org/#([^"]+)"', mail.html))
    assert len(names) > 5
    page = open_page().load(render(whole(), "html"))
    assert all(page.locator(f'[id="{name}"]').count() == 1 for name in names)


def test_a_long_digest_opens_with_its_contents(open_page: Callable[..., Seen]) -> None:
    page = open_page().load(_pages()["many stories"])
    links = page.locator("nav a")
    assert links.count() == 20
    links.nth(19).click()
    assert page.evaluate("document.querySelector(':target').id") == "s20"
    assert open_page().load(render(whole(), "html")).locator("nav").count() == 0


def test_a_picture_is_shown_where_it_is_handed_in(open_page: Callable[..., Seen]) -> None:
    dot = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    seen = open_page()
    page = seen.load(render(whole(), "html", images={gaza().post.key: dot}))
    assert page.locator("img").count() == 1
    assert page.locator("#s3 img").evaluate("e => e.complete && e.naturalWidth") == 1
    assert not seen.requests


def test_paper_holds_every_word(open_page: Callable[..., Seen]) -> None:
    """Nothing stands outside the paper, and no line is taller than a page could be."""
    page = open_page(794).load(render(whole(), "html"))
    page.emulate_media(media="print")
    wide = (
        "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert page.evaluate(wide) == 0
    tall = "Math.max(...[...document.querySelectorAll('.block li')].map(e => e.getBoundingClientRect().height))"
    assert page.evaluate(tall) < 900
    assert page.evaluate(
        "[...document.querySelectorAll('.story')].every(e => getComputedStyle(e).overflow === 'visible')"
    )
