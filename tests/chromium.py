"""A page in a real Chromium, loaded from an origin of ours: what it asks for, and whether any script of it ran."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route, sync_playwright

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ORIGIN = "http://digest.test/"
_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
EVIL = "http://evil.test/"


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


COLOURS = ("color-contrast", "link-in-text-block")  # axe's rules that a colour scheme may break


def grave(page: Page, *rules: str) -> list[str]:
    """What axe calls serious or critical on a page, each rule with the HTML it is first seen in; all rules, or some."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    only = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
    found = page.evaluate("options => axe.run(options).then(result => result.violations)", only)
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in ("serious", "critical")]


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
        tags: str = self.page.evaluate("[...document.querySelectorAll('*')].map(e => e.localName).join(' ')")
        return tags.split(" ")

    def links(self) -> set[str]:
        return set(self.page.evaluate("[...document.querySelectorAll('[href]')].map(e => e.getAttribute('href'))"))

    def handlers(self) -> list[str]:
        """Attributes that could run or load something, with their values."""
        script = """[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()
            .filter(n => /^on|^style$|^src|^action|^formaction|^srcdoc|^ping|^background/.test(n))
            .map(n => `${n}=${e.getAttribute(n)}`)).join('\\x00')"""
        found: str = self.page.evaluate(script)
        return found.split("\x00") if found else []


# No longer than a module: Playwright keeps the main thread's event loop, and the tests that come after want theirs.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium, or the one that `playwright install chromium` brought."""
    path = chromium()
    with sync_playwright() as playwright:
        if path is None and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("no Chromium found (chromium or google-chrome on the PATH, or `playwright install chromium`)")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Seen]]:
    """Opens pages that are closed when the test ends."""
    opened: list[Seen] = []

    def open_one(width: int = 1280, **context: Any) -> Seen:
        opened.append(Seen(browser, width, **context))
        return opened[-1]

    yield open_one
    for seen in opened:
        seen.context.close()
