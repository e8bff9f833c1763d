"""Hostile or broken markup made bounded: what follows costs time and memory linear in the length of the HTML.

A parser that follows the HTML standard is quadratic in the depth of nesting (200,000 open <div> took 250 s), in the
attributes of one tag, and in the formatting elements left open before each paragraph. Browsers cap depth at 512.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

_DEPTH = 400
_TAG_CHARS = 20_000
_TAG = re.compile(r"<!--|<(/?)([a-zA-Z][^\s/><]*)")
_QUOTE_OR_END = re.compile("[\"'>]")


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Elements that a parser opens again in every later paragraph for as long as they stay open (HTML standard,
# "active formatting elements"). As <span> they keep their attributes and are closed with what holds them.
_FORMATTING = _names("b big code em font i nobr s small strike strong tt u")
# Void, or closed by the parser where the next one begins: they do not nest by themselves.
_FLAT = _names(
    "area base br col embed hr img input link meta param source track wbr li dt dd option optgroup tr td "
    "th tbody thead tfoot colgroup rt rp body html head"
)
_BLOCKS = _names(
    "address article aside blockquote center details dialog div dl fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup main menu nav ol pre search section summary table ul"
)
_RAW = _names("script style iframe noembed noframes textarea title xmp")


def flattened(html: str) -> str:
    """The HTML with nesting, attributes and open formatting within bounds; words, and all that is sane, unchanged."""
    return "".join(_Flattener(html).parts())


class _Flattener:
    """One pass over the tags with a stack of what is open, as a parser would keep it."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.stack: list[str] = []
        self.open: Counter[str] = Counter()
        self.skipped: Counter[str] = Counter()

    def parts(self) -> Iterator[str]:
        html, done = self.html, 0
        while tag := _TAG.search(html, done):
            yield html[done : tag.start()]
            is_comment = tag[0] == "<!--"
            end = html.find("-->", tag.start() + 2) + 3 if is_comment else self._end_of(tag.end())
            if end < tag.end():  # never ends: a parser takes all that follows for the comment, or for attributes
                return
            done = end
            if is_comment:
                continue
            name = tag[2].lower()
            yield self._closing(name) if tag[1] else self._opening(name, html[tag.end() : end])
            if not tag[1] and name in _RAW:
                done = self._raw_end(name, end)
                yield html[end:done]
        yield html[done:]

    def _end_of(self, start: int) -> int:
        """Behind the `>` that ends this tag (one in a quoted value does not); -1 where nothing ends it."""
        html, at = self.html, start
        while found := _QUOTE_OR_END.search(html, at):
            if found[0] == ">":
                return found.end()
            # A quotation mark opens a value only behind "=".
            is_value = html[max(start, found.start() - 20) : found.start()].rstrip().endswith("=")
            at = html.find(found[0], found.end()) + 1 if is_value else found.end()
            if at == 0:
                break
        return -1

    def _raw_end(self, name: str, start: int) -> int:
        found = re.compile(f"</{name}", re.IGNORECASE).search(self.html, start)
        return found.start() if found else len(self.html)

    def _opening(self, name: str, rest: str) -> str:
        if len(rest) > _TAG_CHARS:
            rest = ">"
        if name == "p":
            self._close_paragraph()
        if name in _FLAT or name in _RAW or (rest.endswith("/>") and name not in _BLOCKS):
            return f"<{name}{rest}"
        if name in _FORMATTING:
            name = "span"
        if len(self.stack) >= _DEPTH:
            if name == "p":
                return "<p>"
            self.skipped[name] += 1
            return "<br>" if name in _BLOCKS else ""
        self.stack.append(name)
        self.open[name] += 1
        return f"<{name}{rest}"

    def _closing(self, name: str) -> str:
        if name in _FORMATTING:
            name = "span"
        if self.skipped[name]:
            self.skipped[name] -= 1
            return "<br>" if name in _BLOCKS else ""
        if name == "p":
            self._close_paragraph()
        elif self.open[name]:
            while self._pop() != name:
                pass
        return f"</{name}>"

    def _close_paragraph(self) -> None:
        """A paragraph ends where the next begins, with what is open in its line."""
        for back in range(len(self.stack) - 1, -1, -1):
            if self.stack[back] in _BLOCKS:
                return
            if self.stack[back] == "p":
                while self._pop() != "p":
                    pass
                return

    def _pop(self) -> str:
        name = self.stack.pop()
        self.open[name] -= 1
        return name
