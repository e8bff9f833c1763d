"""The cleaner: the same words as a browser shows, what its rules take away, and its speed beside its peers.

    python -m benchmarks.cleaner [words] [rules] [speed]

words: against Chromium's `innerText` of the same HTML, network and scripts off, `<details>` opened, and the elements
that the drop rules name removed from Chromium's own DOM. NFC, format characters but ZWJ and ZWNJ out, split at white
space, CJK by character; F1 over the longest common runs in order.
rules: what each rule takes away, in words, with examples.
speed: CPU time of cleaning and sentence splitting as a multiple of the bare parse, peers in the same rounds.
"""

from __future__ import annotations

import re
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from statistics import fmean, median
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from benchmarks.corpus import wordpress_posts
from briefing.clean import boilerplate
from briefing.clean.cleaner import clean
from briefing.clean.genre import genre_of
from briefing.exceptions import EmptyPostError
from briefing.language.detect import language_of
from briefing.language.sentences import split
from briefing.types import Document, Post

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
CJK = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
ELEMENTS = """() => [...document.body.querySelectorAll('*')].map(
  (e) => [e.localName, Object.fromEntries([...e.attributes].map((a) => [a.name, a.value]))])"""
# The elements at these places are removed; brackets in code are no shortcodes, so they are set aside.
REMOVE = """(places) => {
  const all = [...document.body.querySelectorAll('*')];
  for (const place of places) all[place].remove();
  for (const details of document.querySelectorAll('details')) details.open = true;
  for (const code of document.querySelectorAll('pre')) {
    const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) node.data = node.data.replaceAll('[', '\\ue000');
  }
  return document.body.innerText;
}"""
ROUNDS = 9
SAME = 0.999


def words(text: str) -> list[str]:
    text = unicodedata.normalize("NFC", text)
    text = "".join(c for c in text if c in "\u200c\u200d" or unicodedata.category(c) != "Cf")
    return CJK.sub(lambda character: f" {character[0]} ", text).split()


def f1(ours: list[str], theirs: list[str]) -> float:
    if ours == theirs:
        return 1.0
    same = sum(match.size for match in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks())
    return 2 * same / (len(ours) + len(theirs))


def reason(ours: list[str], theirs: list[str]) -> str:
    if ours == words("".join(c for c in " ".join(theirs) if unicodedata.category(c) != "Cc")):
        return "the browser keeps control characters, the cleaner drops them"
    return "no reason known"


def differences(ours: list[str], theirs: list[str]) -> Iterator[str]:
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind != "equal":
            yield f"{' '.join(theirs[c:d])[:80]!r} → {' '.join(ours[a:b])[:80]!r}"


def cleaned(post: Post) -> Document | None:
    try:
        return clean(post)
    except EmptyPostError:
        return None


@contextmanager
def browser() -> Iterator[Callable[[str], str]]:
    """A function that gives what Chromium shows of a post's HTML, furniture removed."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = chromium.new_context(java_script_enabled=False, offline=True).new_page()
        body = ""

        def answer(route: Any) -> None:
            if route.request.url == "http://post.invalid/":
                route.fulfill(body=body, content_type="text/html; charset=utf-8")
            else:
                route.abort()

        page.route("**/*", answer)

        def shown(html: str) -> str:
            nonlocal body
            body = f"<!doctype html><meta charset=utf-8><body>{html}"
            page.goto("http://post.invalid/", wait_until="domcontentloaded")
            places = [
                n
                for n, (name, attributes) in enumerate(page.evaluate(ELEMENTS))
                if boilerplate.rule_of(name, attributes)
            ]
            return without_furniture(page.evaluate(REMOVE, places)).replace("\ue000", "[")

        yield shown
        chromium.close()


def without_furniture(text: str) -> str:
    """The rules that go by words, applied to what the browser shows."""
    lines = [line for line in text.split("\n") if line.strip()]
    closed = boilerplate.closed_shortcodes(text)
    lines = [boilerplate.without_shortcodes(line, closed)[0] for line in lines]
    near_edge = {*range(4), *range(len(lines) - 4, len(lines))}
    return "\n".join(
        line
        for n, line in enumerate(lines)
        if n not in near_edge or not boilerplate.rule_of_line(" ".join(line.split()))
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """The words of a post, as we and as Chromium have them."""

    post: Post
    ours: list[str]
    theirs: list[str]
    score: float


def compared(posts: list[Post]) -> list[Compared]:
    found = []
    with browser() as shown:
        for post in posts:
            document = cleaned(post)
            ours, theirs = words(document.text if document else ""), words(shown(post.html))
            found.append(Compared(post, ours, theirs, f1(ours, theirs)))
    return found


def figures() -> dict[str, float]:
    """What has a floor: shares of 1."""
    scores = [one.score for one in compared(saved_posts())]
    return {
        "words as in Chromium: posts at F1 ≥ 0.999": fmean(score >= SAME for score in scores),
        "words as in Chromium: mean F1": fmean(scores),
    }


def compare_words(posts: list[Post]) -> None:
    found = compared(posts)
    for one in found:
        if one.score < SAME:
            print(f"  {one.score:.4f}  {one.post.key}: {reason(one.ours, one.theirs)}")
            for difference in list(differences(one.ours, one.theirs))[:6]:
                print(f"          {difference}")
    scores = [one.score for one in found]
    good = sum(score >= SAME for score in scores)
    same = sum(score == 1 for score in scores)
    print(f"words as in Chromium: {good} of {len(scores)} posts at F1 ≥ {SAME}, {same} of them word for word;")
    print(f"  mean {fmean(scores):.5f}, least {min(scores):.4f}")


def list_rules(posts: list[Post]) -> None:
    taken: Counter[str] = Counter()
    where: Counter[str] = Counter()
    examples: defaultdict[str, list[str]] = defaultdict(list)
    kept = 0
    for post in posts:
        document = cleaned(post)
        if document is None:
            continue
        kept += len(words(document.text))
        for dropped in document.dropped:
            taken[dropped.rule] += len(words(dropped.text))
            where[dropped.rule] += 1
            examples[dropped.rule].append(dropped.text[:60])
    everything = kept + taken.total()
    print(f"{'rule':20} {'words':>6} {'of all':>7} {'times':>6}  examples")
    for rule in boilerplate.RULES:
        shown = " · ".join(sorted(set(examples[rule.name]), key=len, reverse=True)[:3])
        print(f"{rule.name:20} {taken[rule.name]:6} {taken[rule.name] / everything:7.2%} {where[rule.name]:6}  {shown}")
    print(f"{'together':20} {taken.total():6} {taken.total() / everything:7.2%} of {everything} words")


def measure_speed(posts: list[Post]) -> None:
    from resiliparse.extract.html2text import extract_plain_text
    from trafilatura import extract

    pages = [f"<html><body>{post.html}</body></html>" for post in posts]
    blocks = [
        (document.text[block.start : block.end], document.language)
        for document in filter(None, map(cleaned, posts))
        for block in document.blocks
    ]
    documents = [document for document in map(cleaned, posts) if document]
    ways: dict[str, Callable[[], object]] = {
        "bare parse": each(lambda post: LexborHTMLParser(post.html), posts),
        "clean": each(cleaned, posts),
        "  of it sentences": each(lambda block: split(*block), blocks),
        "  of it language": each(lambda document: language_of(document.text, document.post.language), documents),
        "  of it kind": each(lambda document: genre_of(document.post, document.title, document.text), documents),
        "resiliparse plain": each(extract_plain_text, pages),
        "resiliparse main": each(lambda page: extract_plain_text(page, main_content=True), pages),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            times[name].append(cpu_seconds(way))
    times["trafilatura fast"] = [cpu_seconds(each(lambda page: extract(page, fast=True), pages))]
    bare = min(times["bare parse"])
    print(f"{len(posts)} posts, CPU time, {ROUNDS} rounds (trafilatura one)")
    for name, seconds in times.items():
        ratios = [one / other for one, other in zip(seconds, times["bare parse"], strict=False)]
        print(
            f"{name:20} least {min(seconds) * 1e3:7.1f} ms = {min(seconds) / bare:5.2f} × bare; "
            f"median of rounds {median(ratios):5.2f} ×"
        )


def each(work: Callable[[Any], object], items: list[Any]) -> Callable[[], None]:
    """Does the work for one item after another and keeps nothing: a list of results would time the memory too."""

    def run() -> None:
        for item in items:
            work(item)

    return run


def cpu_seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def saved_posts() -> list[Post]:
    """A site says its language; these saved posts do not, their folder does."""
    return [replace(post, language=post.language or language) for language, post in wordpress_posts()]


def main() -> None:
    asked = sys.argv[1:] or ["words", "rules", "speed"]
    posts = saved_posts()
    for name, part in (("words", compare_words), ("rules", list_rules), ("speed", measure_speed)):
        if name in asked:
            part(posts)


if __name__ == "__main__":
    main()
