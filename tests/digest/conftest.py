"""The browser of the tests that look."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import FLAGS, Seen, chromium
from playwright.sync_api import Browser, sync_playwright


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        if path is None and not Path(playwright.chromium.executable_path).exists():
            reason = "no Chromium found (chromium or google-chrome on the PATH, or `playwright install chromium`)"
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Seen]]:
    opened: list[Seen] = []

    def open_one(width: int = 1280, **context: Any) -> Seen:
        opened.append(Seen(browser, width, **context))
        return opened[-1]

    yield open_one
    for seen in opened:
        seen.context.close()
