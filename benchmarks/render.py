"""Rendering a digest of 200 posts in every format, against one bare Jinja2 render of the same page.

    python benchmarks/render.py

The bare render is the same HTML template with the layout made beforehand and Jinja2's own escaping, nothing else.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "digest"))

from digest_samples import arabic, digest, french, gaza, japanese

from briefing.digest.page import lay_out
from briefing.digest.renderer import _environment, render
from briefing.types import Digest, Story

POSTS, RUNS = 200, 5


def _digest() -> Digest:
    makers = (gaza, french, arabic, japanese)
    summaries = [makers[n % len(makers)]() for n in range(POSTS)]
    stories = tuple(Story(f"s{n}", s.post.title, (s,)) for n, s in enumerate(summaries))
    return replace(digest(gaza()), stories=stories)


def _seconds(work: Callable[[], object]) -> float:
    """The median of several runs, the first of them (which compiles templates) left out."""
    work()
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def main() -> None:
    """Print the time of each format, and of all together against the bare render."""
    value = _digest()
    page = lay_out(value, None)
    bare = _environment("html", "ltr").overlay(finalize=None)
    template = bare.get_template("page.html.j2")
    base = _seconds(lambda: template.render(page=page, label=page.labels, style="", style_hash=""))
    print(f"bare Jinja2, {POSTS} posts   {base * 1000:7.1f} ms    1.0 x")
    total = 0.0
    for format in ("html", "markdown", "text", "json"):
        seconds = _seconds(lambda format=format: render(value, format))  # type: ignore[misc]
        total += seconds
        size = len(render(value, format).encode()) / 1000
        print(f"{format:24}  {seconds * 1000:7.1f} ms  {seconds / base:5.1f} x  {size:8.0f} kB")
    print(f"{'all four':24}  {total * 1000:7.1f} ms  {total / base:5.1f} x")


if __name__ == "__main__":
    main()
