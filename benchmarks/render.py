"""Rendering a digest of 200 posts in every format, against one bare Jinja2 render of the same page.

    python benchmarks/render.py

No two posts have a line in common. The bare render is the same HTML template with the layout made beforehand and
Jinja2's own escaping, nothing else. The sizes of a page and a mail of seven stories follow.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "digest"))

from digest_samples import arabic, digest, ferry, french, gaza, japanese

from briefing.digest.environments import environment
from briefing.digest.layout import lay_out
from briefing.digest.mail import render_mail
from briefing.digest.renderer import Format, render, render_all
from briefing.digest.schema import to_json
from briefing.types import Digest, Story, Summary

POSTS, RUNS = 200, 7
FORMATS: tuple[Format, ...] = ("html", "markdown", "text", "json")


def _posts(number: int) -> list[Summary]:
    """Posts of five languages, each with words of its own in every line."""
    makers = (gaza, french, arabic, japanese)
    adapter = TypeAdapter(Summary)
    posts = []
    for n in range(number):
        text = to_json(makers[n % len(makers)]())
        text = re.sub(r'"(text|quote|title)": "(?=.)', rf'"\1": "{n}. ', text)
        posts.append(adapter.validate_json(re.sub(r'"(key|url|post)": "([^"#]+)', rf'"\1": "\2?{n}', text)))
    return posts


def _digest(number: int) -> Digest:
    stories = tuple(Story(f"s{n}", s.post.title, (s,)) for n, s in enumerate(_posts(number)))
    return replace(digest(gaza()), stories=stories)


def _seconds(work: Callable[[], object], *, before: Callable[[], object] = lambda: None) -> float:
    """The median of several runs, the first of them (which compiles templates) left out."""
    work()
    times = []
    for _ in range(RUNS):
        before()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def _forget() -> None:
    """Empty the caches, so that no run is helped by the one before."""
    from briefing.digest import environments, lines

    for cached in (environments._escaped, lines.link, lines.outside):
        cached.cache_clear()


def main() -> None:
    """Print the time of each format, and of all together against the bare render."""
    value = _digest(POSTS)
    page = lay_out(value, None)
    template = environment("html", "ltr").get_template("page.html.j2")
    base = _seconds(lambda: template.render(page=page, label=page.labels, style="", style_hash=""))
    print(f"bare Jinja2, {POSTS} posts   {base * 1000:7.1f} ms    1.0 x")
    for format in FORMATS:
        seconds = _seconds(lambda format=format: render(value, format), before=_forget)  # type: ignore[misc]
        size = len(render(value, format).encode()) / 1000
        print(f"{format:24}  {seconds * 1000:7.1f} ms  {seconds / base:5.1f} x  {size:8.0f} kB")
    total = _seconds(lambda: render_all(value, FORMATS), before=_forget)
    print(f"{'all four, laid out once':24}  {total * 1000:7.1f} ms  {total / base:5.1f} x")
    seven = replace(_digest(6), stories=(*_digest(6).stories, ferry()))
    mail = render_mail(seven, page_url="https://example.org/digest/")
    print(
        f"seven stories: page {len(render(seven, 'html').encode()) / 1000:.0f} kB, mail {len(mail.html) / 1000:.0f} kB"
    )


if __name__ == "__main__":
    main()
