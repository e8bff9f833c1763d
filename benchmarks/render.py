"""Rendering a digest of 200 posts in every format, against one bare Jinja2 render of the same page.

    python -m benchmarks.render

No two posts have a line in common. Numerator: from the digest to the finished text of HTML, Markdown, plain text and
JSON, the layout made once, every cache empty. Denominator: a stock Jinja2 environment printing the same HTML template
from a layout made beforehand, with Jinja2's own escaping and nothing else. Both are the processor time of this process,
measured in turns; the ratio is the median of those of single turns. The fragment is printed beside: with it, the same
ratio of all five. The sizes of a page and a mail of seven stories follow.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from pydantic import TypeAdapter

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from digest_samples import arabic, digest, ferry, french, gaza, japanese

from briefing.render.environments import environment
from briefing.render.html_page import HTML
from briefing.render.layout import lay_out
from briefing.render.mail import render_mail
from briefing.render.registry import OUTPUTS
from briefing.render.renderer import render, render_all
from briefing.render.schema import to_json
from briefing.types import Digest, Story, Summary

POSTS, RUNS = 200, 7
FORMATS = ("html", "markdown", "text", "json")


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


def _seconds(work: Callable[[], object]) -> float:
    _forget()
    start = time.process_time()
    work()
    return time.process_time() - start


def _forget() -> None:
    """Empty the caches, so that no run is helped by the one before."""
    from briefing.render import environments, lines, markdown_page

    for cached in (markdown_page._escaped, environments._isolate, lines.link_to, lines.outside):
        cached.cache_clear()


def _bare() -> Environment:
    """Jinja2 as it comes, with the filters that the template names."""
    ours = environment(HTML, "ltr")
    stock = Environment(
        loader=ours.loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    stock.filters |= ours.filters
    return stock


def main() -> None:
    """Print the time of each format, and of all together against the bare render."""
    value = _digest(POSTS)
    page = lay_out(value, None)
    template = _bare().get_template("page.html.j2")
    bare = lambda: template.render(page=page, label=page.labels, style="", style_hash="")  # noqa: E731
    works: dict[str, Callable[[], object]] = {"bare Jinja2": bare}
    works |= {name: partial(render, value, name) for name in OUTPUTS}
    works["all four, laid out once"] = partial(render_all, value, FORMATS)
    works["and the fragment"] = partial(render_all, value, OUTPUTS)
    for work in works.values():
        work()  # compiles templates
    turns = [{name: _seconds(work) for name, work in works.items()} for _ in range(RUNS)]
    print(f"{POSTS} posts, median of {RUNS} turns")
    for name in works:
        seconds = statistics.median(turn[name] for turn in turns)
        ratio = statistics.median(turn[name] / turn["bare Jinja2"] for turn in turns)
        print(f"{name:24}  {seconds * 1000:7.1f} ms  {ratio:5.2f} x")
    seven = replace(_digest(6), stories=(*_digest(6).stories, ferry()))
    mail = render_mail(seven, page_url="https://example.org/digest/")
    print(
        f"seven stories: page {len(render(seven, 'html').encode()) / 1000:.0f} kB, mail {len(mail.html) / 1000:.0f} kB"
    )


if __name__ == "__main__":
    main()
