"""Hostile feeds and pages, 1 MB each at most: how long each keeps its worker busy, and how much memory it takes.

    python -m benchmarks.bombs [name …]

Each goes through three ways, each in a worker: as a page, as the only item of a feed, and through the cleaner. XML
attacks go through the feed only. "above" is the peak memory of the workers above what an ordinary page takes. The
time is the whole of it, starting the worker and loading the parsers too, behind it the worker's CPU time. An outcome in
brackets is a typed error.
"""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial

from briefing.clean.cleaner import clean
from briefing.exceptions import LoadError, PostError
from briefing.fetch.sandbox import end_workers, in_worker
from briefing.sources import source_kind
from briefing.sources.feeds import posts_from_feed
from briefing.sources.pages import post_from_page
from briefing.types import Post

MB = 1_000_000
SECONDS, MEGABYTES = 10.0, 150
URL = "https://example.org/post"


def _filled(text: str, before: str = "", after: str = "", most: int = MB - 200) -> str:
    return before + text * ((most - len(before) - len(after)) // len(text)) + after


def _paired(opening: str, closing: str, inside: str = "words") -> str:
    count = (MB - 200) // len(opening + closing)
    return opening * count + inside + closing * count


_HEAD = "<html><head><title>A title</title></head><body><article>" + "<p>Some words of a post, and some more.</p>" * 10

HTML: dict[str, Callable[[], str]] = {
    "an ordinary page": lambda: "<p>And the last of its words.</p>",
    "open div": lambda: _filled("<div>"),
    "nested div": lambda: _paired("<div>", "</div>"),
    "div p b i u": lambda: _filled("<div><p><b><i><u>"),
    "nested span": lambda: _paired("<span>", "</span>"),
    "nested table": lambda: _paired("<table><tr><td>", "</td></tr></table>"),
    "nested list": lambda: _paired("<ul><li>", "</li></ul>"),
    "nested blockquote": lambda: _paired("<blockquote>", "</blockquote>"),
    "open b": lambda: _filled("<b>x<p>"),
    "a and div": lambda: _filled("<a href=x><div>"),
    "open font": lambda: _filled("<p><font color=red>"),
    "long attribute": lambda: f'<p title="{_filled("a", most=MB - 1000)}">words</p>',
    "many attributes": lambda: "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">words</p>",
    "same attribute": lambda: "<p " + _filled("a=1 ", most=MB - 1000) + ">words</p>",
    "a million spaces": lambda: f"<p>a{_filled(' ')}b</p>",
    "line breaks": lambda: _filled("<br>"),
    "newlines": lambda: f"<pre>{_filled(chr(10), most=MB - 1000)}</pre>",
    "one row": lambda: f"<table><tr>{_filled('<td>x', most=MB - 1000)}</table>",
    "many rows": lambda: f"<table>{_filled('<tr><td>x', most=MB - 1000)}</table>",
    "comments": lambda: _filled("<!-->x"),
    "open comments": lambda: _filled("<!--"),
    "open quotation mark": lambda: _filled('<a href="'),
    "references": lambda: _filled("&#x1F600;&nbsp"),
    "ampersands": lambda: _filled("&"),
    "less-than signs": lambda: _filled("<"),
    "scripts": lambda: _filled("<script>x</script>"),
    "open script": lambda: _filled("<script>"),
    "options": lambda: _filled("<select><option>"),
    "svg": lambda: _filled("<svg><g>"),
    "math": lambda: _filled("<math><mi><table>"),
    "headings": lambda: _filled("<h1>a title</h1>"),
    "open headings": lambda: _filled("<h1>"),
    "one long word": lambda: f"<p>{_filled('a')}</p>",
    "closing tags": lambda: _filled("</p>"),
    "templates": lambda: _filled("<template>"),
    "tweets": lambda: _filled('<blockquote class="twitter-tweet"><p>words</p>&mdash; A (@a)</blockquote>'),
    "nested tweets": lambda: _filled('<blockquote class="twitter-tweet">x'),
    "JSON-LD, deep": lambda: f'<script type="application/ld+json">{_filled("[", most=MB - 1000)}</script><p>words</p>',
    "JSON-LD, wide": lambda: (
        f'<script type="application/ld+json">[{_filled("{},", most=MB - 1000)}{{}}]</script><p>words</p>'
    ),
    "many JSON-LD": lambda: _filled('<script type="application/ld+json">{"@graph":[{"headline":""}]}</script>'),
    "meta": lambda: _filled('<meta name="author" content="A">'),
    "link": lambda: _filled('<link rel="alternate" href="a">'),
    "articles": lambda: _filled("<article><time datetime=x>"),
    "zero width": lambda: f"<p>{_filled(chr(0x200B), most=MB // 3)}</p>",
    "combining marks": lambda: f"<p>a{_filled(chr(0x301), most=MB // 2)}</p>",
    "short paragraphs": lambda: _filled("<p>a"),
    "digits": lambda: f"<p>{_filled('1 ')}</p>",
    "shortcodes": lambda: f"<p>{_filled('[caption ')}</p>",
    "brackets": lambda: f"<p>{_filled('[a')}</p>",
    "full stops": lambda: f"<p>{_filled('. ')}</p>",
    "initials": lambda: f"<p>{_filled('A. ')}</p>",
    "quotation marks": lambda: f"<p>{_filled('“a ', most=MB // 3)}</p>",
    "links": lambda: _filled('<a href="https://example.org/">x</a> '),
    "hidden": lambda: _filled("<p hidden><div hidden>"),
    "forms": lambda: _filled("<form><input><button>x"),
    "unclosed tag": lambda: _filled("<p "),
}


def _rss(inside: str, before: str = "") -> str:
    return f"{before}<rss version='2.0'><channel><title>t</title>{inside}</channel></rss>"


def _item(inside: str) -> str:
    return _rss(f"<item><title>t</title><link>{URL}</link><description>{inside}</description></item>")


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ATTACKS: dict[str, Callable[[], str]] = {
    "billion laughs": lambda: _rss("&l9;", f'<!DOCTYPE rss [<!ENTITY l0 "ha">{_LAUGHS}]>'),
    "quadratic": lambda: _rss(_filled("&a;", most=MB // 2), f'<!DOCTYPE rss [<!ENTITY a "{"a" * 400_000}">]>'),
    "external entity, file": lambda: _rss("&x;", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
    "external entity, http": lambda: _rss("&x;", '<!DOCTYPE rss [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>'),
    "parameter entity": lambda: _rss("x", '<!DOCTYPE rss [<!ENTITY % x SYSTEM "file:///etc/hostname"> %x;]>'),
    "entity behind a fault": lambda: '<?xml?xml ?><!DOCTYPE rss [<!ENTITY a "b">]>' + _rss("<item><title>&a;"),
    "entity of itself": lambda: _rss("&a;", '<!DOCTYPE rss [<!ENTITY a "&a;">]>'),
    "entity in lower case": lambda: _rss("&a;", '<!doctype rss [<!entity a "b">]>'),
    "deep elements": lambda: _rss(_paired("<a>", "</a>")),
    "open elements": lambda: _rss(_filled("<a>")),
    "never ends": lambda: _filled("<item><title>a</title>", "<rss><channel>"),
    "open CDATA": lambda: _rss(_filled("<![CDATA[")),
}
FEEDS: dict[str, Callable[[], str]] = {
    "external DTD": lambda: _rss("<item/>", '<!DOCTYPE rss SYSTEM "file:///etc/hostname">'),
    "style sheet": lambda: '<?xml-stylesheet href="file:///etc/hostname"?>' + _rss("<item/>"),
    "many items": lambda: _rss(_filled("<item><title>a</title></item>")),
    "many attributes of one": lambda: _rss("<item " + " ".join(f"a{n}='1'" for n in range(80_000)) + "/>"),
    "bad, many items": lambda: _rss(_filled("<item><title>a & <b></title></item>")),
    "bad, open elements": lambda: _filled("<a>", "<rss><channel><item><description>&", "</rss>"),
    "many names": lambda: _rss(_filled("<category>a</category><author>b</author>", "<item>", "</item>")),
    "many CDATA": lambda: _item(_filled("<![CDATA[a]]>", most=MB - 1000)),
    "a long date": lambda: _rss(f"<item><pubDate>{_filled('Mon, 1 Jan ')}</pubDate></item>"),
    "a long number for a date": lambda: _rss(f"<item><pubDate>{_filled('1')}</pubDate></item>"),
    "a long link": lambda: _rss(f"<item><link>http://a/{_filled('../')}</link></item>"),
    "a long author": lambda: _rss(f"<item><author>{_filled('a@')}</author></item>"),
    "JSON, deep": lambda: '{"version": "https://jsonfeed.org/version/1", "items": ' + _filled("["),
    "JSON, many items": lambda: (
        '{"version": "https://jsonfeed.org/version/1", "items": [' + _filled("{},", most=MB - 1000) + "{}]}"
    ),
    "xhtml": lambda: (
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>"
        + _filled("<p>a<br/></p>", most=MB - 1000)
        + "</content></entry></feed>"
    ),
}


def _as_feed(html: str) -> str:
    return _item(f"<![CDATA[{html}]]>")


def _cleaned(html: str) -> int:
    try:
        return len(clean(Post(key="bomb", title="A title", html=html)).text)
    except PostError:
        return 0


def _ways(name: str) -> dict[str, Callable[[], object]]:
    if make := HTML.get(name):
        html = make()
        return {
            "page": partial(post_from_page, (_HEAD + html).encode(), url=URL, source=name),
            "feed": partial(posts_from_feed, _as_feed(html).encode(), url=URL, source=name),
            "cleaner": partial(_cleaned, html),
        }
    body = (ATTACKS | FEEDS)[name]().encode()
    return {"feed": partial(posts_from_feed, body, url=URL, source=name)}


Found = dict[str, tuple[float, float, str]]


async def _one(name: str) -> Found:
    """Seconds, CPU seconds and outcome by way."""
    found = {}
    for way, work in _ways(name).items():
        began, cpu = time.monotonic(), _cpu_seconds()
        limit = source_kind.SECONDS if way in ("page", "feed") else SECONDS
        try:
            await in_worker(work, seconds=limit, source=name)
            outcome = "read"
        except LoadError as error:
            outcome = f"({error.cause})"
        seconds = time.monotonic() - began
        end_workers()
        found[way] = (seconds, _cpu_seconds() - cpu, outcome)
    return found


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _measured(name: str) -> tuple[Found, float]:
    """In a process of its own, so that the peak memory of its workers is this bomb's alone (MB)."""
    made = subprocess.run(
        [sys.executable, "-m", "benchmarks.bombs", "--one", name], capture_output=True, text=True, check=True
    )
    found, kilobytes = json.loads(made.stdout)
    return found, kilobytes / 1000


def main() -> None:
    asked = sys.argv[1:]
    if asked[:1] == ["--one"]:
        found = asyncio.run(_one(asked[1]))
        print(json.dumps([found, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss]))
        return
    names = asked or [*HTML, *ATTACKS, *FEEDS]
    base = _measured("an ordinary page")[1]
    slow, large, loud = 0, 0, 0
    for name in names:
        found, peak = _measured(name)
        slow += any(seconds > SECONDS for seconds, _, _ in found.values())
        large += peak - base > MEGABYTES
        loud += name in ATTACKS and not all(outcome.startswith("(") for _, _, outcome in found.values())
        times = "  ".join(
            f"{way} {seconds:4.1f} s ({cpu:.1f}) {outcome[:60]}" for way, (seconds, cpu, outcome) in found.items()
        )
        print(f"{name:24} {peak - base:5.0f} MB above  {times}", flush=True)
    print(f"{len(names)} bombs: {slow} took over {SECONDS:g} s, {large} more than {MEGABYTES} MB above {base:.0f} MB;")
    print(f"of {len(ATTACKS)} XML attacks, {loud} were read instead of refused")


if __name__ == "__main__":
    from benchmarks import bombs  # a worker cannot look into __main__

    bombs.main()
