"""Evidence, checked to the letter and in a browser.

Every claim of every digest of every post: `text[start:end] == quote`. Then a sample of the links is opened in Chromium
on the source's own HTML, served on loopback, each line of the page set so far apart that only the sentence that the
browser scrolled to is in view.

    python -m benchmarks.links [SAMPLE]
"""

from __future__ import annotations

import random
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from benchmarks.corpus import wordpress_posts
from briefing.clean.cleaner import clean
from briefing.exceptions import EmptyPostError
from briefing.summarise.summary import summarise_document
from briefing.types import Brief, Document
from briefing.verify.citation import evidence_link, misquoted
from briefing.workflow.engines import extractive
from briefing.workflow.pipeline import run

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
STYLE = "*{line-height:900px!important;max-height:none!important} img,iframe,video,svg{display:none!important}"

# Whether the first line of the sentence is in view: the page's text nodes are searched for its letters and digits.
IN_VIEW = """([sentence, copy]) => {
  const keep = (c) => /[\\p{L}\\p{N}]/u.test(c);
  const wanted = [...sentence].filter(keep).join('');
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const places = []; let all = '';
  for (let node; (node = walker.nextNode());) {
    if (['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(node.parentElement.tagName)) continue;
    let offset = 0;
    for (const c of node.data) {
      if (keep(c)) { all += c; for (let k = 0; k < c.length; k++) places.push([node, offset]); }
      offset += c.length;
    }
  }
  const found = []; let at = -1;
  while ((at = all.indexOf(wanted, at + 1)) >= 0) {
    const range = document.createRange();
    range.setStart(...places[at]); range.setEnd(places[at][0], places[at][1] + 1);
    const box = range.getBoundingClientRect();
    found.push(box.bottom > 0 && box.top < innerHeight && box.height > 0);
  }
  return found.length ? (found[copy] ? 'open' : found.some(Boolean) ? 'another copy' : 'elsewhere') : 'not on the page';
}"""


@contextmanager
def served(pages: dict[str, str]) -> Iterator[str]:
    """The pages on loopback; yields the base address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def page(document: Document) -> str:
    """The post as its site would show it."""
    heading = f"<h1>{escape(document.title)}</h1>"
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{heading}{document.post.html}"


def documents() -> list[Document]:
    """Every post that holds text, cleaned."""
    found = []
    for _, post in wordpress_posts():
        try:
            found.append(clean(post))
        except EmptyPostError:
            continue
    return found


def evidence_figure(cleaned: list[Document]) -> list[tuple[Document, int]]:
    """Print how much of the evidence holds to the letter; every (document, sentence) cited."""
    cited, wrong = [], 0
    for document in cleaned:
        summary = run(summarise_document(document, extractive(), Brief(length="long")))
        pieces = [e for claim in summary.lines for e in claim.evidence] + [a.evidence for a in summary.dates_ahead]
        wrong += sum(misquoted(piece, {document.key: document}) is not None for piece in pieces)
        cited += [(document, piece.sentence) for piece in pieces]
    print(f"evidence: {len(cited)} pieces of {len(cleaned)} posts, {len(cited) - wrong} to the letter, {wrong} wrong")
    return cited


def link_figure(cited: list[tuple[Document, int]], sample: int) -> None:
    """Open a sample of the links in Chromium and print how many open on their sentence."""
    from playwright.sync_api import sync_playwright

    own = [pair for pair in dict.fromkeys(cited) if _is_own(*pair)]
    chosen = random.Random(7).sample(own, min(sample, len(own)))
    paths = {document.key: f"/{n}" for n, (document, _) in enumerate(chosen)}
    outcomes: dict[str, list[str]] = {}
    with served({paths[d.key]: page(d) for d, _ in chosen}) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        tab = browser.new_page(viewport={"width": 1600, "height": 700}, java_script_enabled=True)
        tab.route("**/*", lambda route: route.continue_() if route.request.url.startswith(base) else route.abort())
        for document, number in chosen:
            local = replace(document, post=replace(document.post, url=base + paths[document.key]))
            tab.goto("about:blank")
            tab.goto(evidence_link(local, number) or "", wait_until="load")
            tab.wait_for_timeout(200)
            outcome = tab.evaluate(IN_VIEW, [document.quote(number), _earlier_copies(document, number)])
            outcomes.setdefault(outcome, []).append(f"{document.key} [{number}] {document.quote(number)[:90]}")
        browser.close()
    opened = len(outcomes.get("open", ()))
    print(f"links: {opened} of {len(chosen)} open on their sentence ({opened / len(chosen):.1%})")
    for outcome, names in outcomes.items():
        for name in names if outcome != "open" else ():
            print(f"  {outcome}: {name}")


def _earlier_copies(document: Document, number: int) -> int:
    """How often the letters and digits of the sentence stand on the page before it."""
    before = document.title + document.text[: document.sentences[number].start] if number else ""
    return _letters(before).count(_letters(document.quote(number)))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _is_own(document: Document, number: int) -> bool:
    """Not an embed's: its link is a permalink on another site."""
    block = document.blocks[document.sentences[number].block] if number else None
    return not (block and block.embed)


def main() -> None:
    """Print both figures."""
    sample = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    link_figure(evidence_figure(documents()), sample)


if __name__ == "__main__":
    main()
