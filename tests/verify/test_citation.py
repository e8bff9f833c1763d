import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.links import CHROMIUM, IN_VIEW, page, served
from briefing.clean.cleaner import clean
from briefing.sources.files import read_files
from briefing.types import Document, Draft, Post
from briefing.verify.citation import cite, evidence, evidence_link, misquoted

EXAMPLES = Path(__file__).parents[2] / "briefing" / "examples"
URL = "https://example.org/post/"


def document(html: str, *, title: str = "A title", url: str | None = URL) -> Document:
    return clean(Post(key="k", title=title, html=html, url=url, language="en"))


def bundled() -> list[Document]:
    return [clean(post) for post in read_files(EXAMPLES) if isinstance(post, Post)]


def test_a_long_sentence_is_named_by_its_first_and_last_words() -> None:
    words = "The first five words, a-b & then a great many more that nobody needs in a link until the very last five."
    found = evidence_link(document(f"<p>{words}</p>"), 1)
    assert found == f"{URL}#:~:text=The%20first%20five%20words%2C%20a%2Db,until%20the%20very%20last%20five."


def test_more_first_words_where_an_earlier_sentence_has_the_same() -> None:
    same = "The quay of the old town was opened"
    html = f"<p>{same} in May after many years of costly works. {same} again in June after a storm had shut it.</p>"
    found = evidence_link(document(html), 2)
    assert found is not None
    assert "opened%20again" in found


def test_words_before_where_the_whole_sentence_stands_twice() -> None:
    found = evidence_link(document("<p>It is open. The storm came. It is open.</p>"), 3)
    assert found == f"{URL}#:~:text=open.%20the%20storm%20came.-,It%20is%20open."


def test_no_address_no_link_and_a_fragment_is_replaced() -> None:
    assert evidence_link(document("<p>One.</p>", url=None), 1) is None
    assert evidence_link(document("<p>One.</p>", url=URL + "#top"), 1) == f"{URL}#:~:text=One."


def test_embeds_open_at_their_own_permalink() -> None:
    (gaza,) = [d for d in bundled() if "diplomatique" in d.key]
    assert evidence(gaza, 9).url == "https://x.com/ItayBlumental/status/2069371568317218830"


def test_numbers_that_name_no_sentence_are_left_out() -> None:
    subject = document("<p>One. Two.</p>")
    draft = Draft("Three.", (("k", 2), ("k", 7), ("other", 1), ("k", -1), ("k", 2)))
    claim = cite(draft, {"k": subject}, id="c1")
    assert [(piece.sentence, piece.quote) for piece in claim.evidence] == [(2, "Two.")]


def test_headline_is_sentence_zero() -> None:
    piece = evidence(document("<p>One.</p>", title="What now?"), 0)
    assert (piece.start, piece.end, piece.quote) == (0, 9, "What now?")


def test_a_quote_that_is_not_the_sentence_is_found_out() -> None:
    documents = {"k": document("<p>One is here. Two is there.</p>")}
    piece = evidence(documents["k"], 1)
    assert misquoted(piece, documents) is None
    assert misquoted(replace(piece, quote="One was here."), documents)
    assert misquoted(replace(piece, end=piece.end - 1, quote=piece.quote[:-1]), documents)
    assert misquoted(replace(piece, sentence=9), documents)
    assert misquoted(replace(piece, post="x"), documents)


@pytest.mark.real
@pytest.mark.skipif(
    not shutil.which("chromium") and not os.environ.get("CI"), reason="Chromium is not installed (package chromium)"
)
def test_links_open_on_their_sentence_in_a_browser() -> None:
    from playwright.sync_api import sync_playwright

    documents = bundled()
    pages = {f"/{n}": page(subject) for n, subject in enumerate(documents)}
    missed = []
    with served(pages) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        tab = browser.new_page(viewport={"width": 1600, "height": 700})
        tab.route("**/*", lambda route: route.continue_() if route.request.url.startswith(base) else route.abort())
        for n, subject in enumerate(documents):
            local = replace(subject, post=replace(subject.post, url=f"{base}/{n}"))
            for number in range(1, len(subject.sentences), 4):
                if subject.blocks[subject.sentences[number].block].kind == "embed":
                    continue
                tab.goto("about:blank")
                tab.goto(evidence_link(local, number) or "")
                tab.wait_for_timeout(150)
                if tab.evaluate(IN_VIEW, [subject.quote(number), 0]) != "open":
                    missed.append((subject.key, number, subject.quote(number)))
        browser.close()
    assert not missed
