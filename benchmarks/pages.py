"""The main content of real news pages: F1 against the articles as people marked them, peers in the same run.

    python -m benchmarks.pages [misses]

The measure is that of the article-extraction-benchmark: shingles of four words, true and false ones counted a page and
divided by all of the page's, precision and recall averaged over pages, F1 of the two averages; ± is 1.96 times the
deviation of 1,000 resamples. Each extractor runs as it is and followed by our cleaner. `misses` shows what ours adds
and leaves out.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence

from benchmarks.corpus import folder
from briefing.clean.cleaner import clean
from briefing.exceptions import LoadError, PostError
from briefing.sources.pages import post_from_page
from briefing.types import Post

SHINGLE_WORDS = 4
RESAMPLES = 1000
Shares = tuple[float, float, float]  # true, false and missing shingles of a page, of all of the three


def pages() -> list[dict[str, str]]:
    with gzip.open(folder() / "pages" / "scrapinghub.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    count = max(1, len(words) - SHINGLE_WORDS + 1)
    return Counter(filter(None, (tuple(words[n : n + SHINGLE_WORDS]) for n in range(count))))


def shares(truth: str, found: str) -> Shares:
    true, ours = shingles(truth), shingles(found)
    counts = (true & ours).total(), (ours - true).total(), (true - ours).total()
    whole = sum(counts) or 1
    return counts[0] / whole, counts[1] / whole, counts[2] / whole


def figures(found: Sequence[Shares]) -> tuple[float, float, float]:
    """Precision, recall and F1; a page where nothing was found has no precision, and a recall of 0."""
    precision = statistics.mean([true / (true + false) for true, false, _ in found if true + false])
    recall = statistics.mean([true / (true + missing) for true, _, missing in found if true + missing])
    return precision, recall, 2 * precision * recall / (precision + recall)


def deviation(found: Sequence[Shares]) -> float:
    chance = random.Random(1)
    return 1.96 * statistics.stdev(figures(chance.choices(found, k=len(found)))[2] for _ in range(RESAMPLES))


def cleaned(html: str) -> str:
    try:
        return clean(Post(key="page", title="", html=html)).text
    except PostError:
        return ""


def ours(page: dict[str, str]) -> str:
    try:
        return cleaned(post_from_page(page["html"].encode(), url=page["url"], source=page["url"]).html)
    except LoadError:
        return ""


def ways() -> dict[str, Callable[[dict[str, str]], str | None]]:
    import readability
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree
    from trafilatura import extract

    def resiliparse_html(page: dict[str, str]) -> str:
        text = extract_plain_text(page["html"], main_content=True, alt_texts=False, preserve_formatting="minimal_html")
        return cleaned(text)

    def readability_text(page: dict[str, str]) -> str:
        body = HTMLTree.parse(readability.Document(page["html"]).summary()).body
        return str(body.text) if body else ""

    return {
        "briefing": ours,
        "trafilatura": lambda page: extract(page["html"], include_comments=False),
        "  fast": lambda page: extract(page["html"], include_comments=False, fast=True),
        "  favour precision": lambda page: extract(page["html"], include_comments=False, favor_precision=True),
        "  favour recall": lambda page: extract(page["html"], include_comments=False, favor_recall=True),
        "  then our cleaner": lambda page: cleaned(
            extract(page["html"], include_comments=False, output_format="html") or ""
        ),
        "resiliparse": lambda page: extract_plain_text(page["html"], main_content=True, alt_texts=False),
        "  then our cleaner ": resiliparse_html,
        "readability": readability_text,
        "  then our cleaner  ": lambda page: cleaned(readability.Document(page["html"]).summary()),
        "our cleaner alone": lambda page: cleaned(page["html"]),
    }


def show_misses(page: dict[str, str]) -> None:
    text, truth = ours(page), page["articleBody"]
    true, false, missing = shares(truth, text)
    if true > 0.95:
        return
    print(f"{false:.2f} too much, {missing:.2f} too little: {page['url']}")
    for sign, lines, other in (("+", text, truth), ("-", truth, text)):
        whole = " ".join(re.findall(r"\w+", other))
        for line in filter(None, lines.split("\n")):
            if " ".join(re.findall(r"\w+", line)) not in whole:
                print(f"  {sign} {line[:110]}")


def main() -> None:
    read = pages()
    if sys.argv[1:] == ["misses"]:
        for page in read:
            show_misses(page)
        return
    print(f"{len(read)} pages           precision  recall      F1            seconds")
    for name, way in ways().items():
        began = time.process_time()
        texts = [way(page) or "" for page in read]
        seconds = time.process_time() - began
        found = [shares(page["articleBody"], text) for page, text in zip(read, texts, strict=True)]
        precision, recall, f1 = figures(found)
        print(
            f"{name:22} {precision:7.3f} {recall:7.3f}   {f1:.4f} ± {deviation(found):.3f}  {seconds:6.1f}", flush=True
        )


if __name__ == "__main__":
    main()
