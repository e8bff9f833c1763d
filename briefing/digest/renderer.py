"""A summary or digest as a page to read: HTML, Markdown, plain text for mail or a cable, JSON.

Escaping is by construction: whatever a template prints passes the escaper of its format, unless the code here made it.
The templates themselves are trusted; text from outside is only ever handed to them as a value.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache, partial
from typing import Any, Literal, get_args

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_environment
from markupsafe import Markup

from briefing.digest.escaping import ISOLATE, KEEP, POP_ISOLATE, markdown, plain, width, wrap
from briefing.digest.page import Line, Link, Note, Page, Words, lay_out
from briefing.digest.schema import to_json
from briefing.types import Digest, Summary

Format = Literal["html", "markdown", "text", "json"]

COLUMNS = 72


def render(value: Summary | Digest, format: Format, *, language: str | None = None) -> str:
    """The page in one format. `language` (BCP 47) overrides that of the labels; text of the posts is never translated.

    A summary's labels are otherwise in its post's language, a digest's in its own, English where we have no other.
    TypeError for anything else than a summary or digest, ValueError for an unknown format, ConfigError where the
    digest's time zone does not exist.
    """
    if not isinstance(value, Summary | Digest):
        raise TypeError(f"render() takes a Summary or a Digest, not {type(value).__name__}")
    if format not in get_args(Format):
        raise ValueError(f"unknown format {format!r}; there are {', '.join(get_args(Format))}")
    if format == "json":
        return to_json(replace(value, language=language) if language and isinstance(value, Digest) else value)
    return _RENDERERS[format](lay_out(value, language))


def _html(page: Page) -> str:
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    template = _environment("html", page.labels.direction).get_template("page.html.j2")
    return template.render(page=page, label=page.labels, style=Markup(style), style_hash=digest)


def _markdown(page: Page) -> str:
    template = _environment("markdown", page.labels.direction).get_template("page.md.j2")
    text = template.render(page=page, label=page.labels)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _text(page: Page) -> str:
    template = _environment("text", page.labels.direction).get_template("page.txt.j2")
    text = re.sub(r"\n{3,}", "\n\n", template.render(page=page, label=page.labels)).strip()
    return "\n".join(out.rstrip() for line in text.split("\n") for out in wrap(line, COLUMNS)) + "\n"


_RENDERERS: dict[str, Callable[[Page], str]] = {"html": _html, "markdown": _markdown, "text": _text}


@cache
def _loader() -> PackageLoader:
    return PackageLoader("briefing.digest")


@cache
def _style() -> str:
    source, _, _ = _loader().get_source(Environment(autoescape=True), "style.css")
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)).strip()


# `finalize` sees every value before it is printed: what it returns as Markup is printed as it is, the rest is
# HTML-escaped. So the two formats that are not HTML escape there, and a template cannot forget to.
@cache
def _environment(format: str, direction: str) -> Environment:
    escapers: dict[str, Callable[[str], str]] = {"html": plain, "markdown": markdown, "text": plain}
    escape = escapers[format]
    finalize = plain_unless_markup if format == "html" else partial(_escaped, escape=escape, direction=direction)
    environment = Environment(
        loader=_loader(),
        autoescape=True,  # not select_autoescape(): it decides by file name, and takes page.html.j2 for plain text
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters |= {
        "marked": partial(_marked, format=format, escape=escape, direction=direction),
        "linked": partial(_linked, direction=direction),
        "address": _address,
        "underlined": pass_environment(_underlined),
        "unseen": _unseen,
    }
    return environment


def plain_unless_markup(value: Any) -> Any:
    """For HTML: control characters go, Jinja2 escapes the rest."""
    return value if hasattr(value, "__html__") else plain(str(value))


def _escaped(value: Any, *, escape: Callable[[str], str], direction: str) -> Markup:
    if hasattr(value, "__html__"):
        return Markup(value)
    text = str(value.text if isinstance(value, Words) else value)
    return Markup(_isolated(escape(text), text, direction))


def _isolated(escaped: str, text: str, direction: str) -> str:
    """Inside an isolate where the text would disturb, or be disturbed by, the line it is printed into.

    That is where it begins or ends with a letter of the other direction: its neighbours would change places.
    """
    if direction == "ltr" and text.isascii():
        return escaped
    strong = [kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")]
    own = ("L",) if direction == "ltr" else ("R", "AL")
    if not strong or (strong[0] in own and strong[-1] in own):
        return escaped
    base = "ltr" if strong.count("L") * 2 > len(strong) else "rtl"
    return f"{ISOLATE[base]}{escaped}{POP_ISOLATE}"


_MARKS = {"html": ("<mark>", "</mark>"), "markdown": ("**", "**"), "text": ("*", "*")}
_EDGES = re.compile(r"^([\W_]*)(.*?)([\W_]*)$", re.DOTALL)


def _marked(line: Line, *, format: str, escape: Callable[[str], str], direction: str) -> Markup:
    """The line's text with its words of doubt marked. Without the marks it is the text, character by character."""
    opening, closing = _MARKS[format]
    parts: list[str] = []
    for piece in line.pieces:
        if not piece.is_doubt:
            parts.append(_piece(piece.text, format, escape))
            continue
        # Emphasis must touch letters on the inside, or Markdown shows the stars themselves.
        before, core, after = match.groups() if (match := _EDGES.match(piece.text)) else ("", piece.text, "")
        inner = [_piece(text, format, escape) for text in (before, core, after)]
        parts.append(f"{inner[0]}{opening}{inner[1]}{closing}{inner[2]}" if core else "".join(inner))
    joined = "".join(parts)
    return Markup(joined if format == "html" else _isolated(joined, line.words.text, direction))


def _piece(text: str, format: str, escape: Callable[[str], str]) -> str:
    if format == "html":
        return str(Markup.escape(escape(text)))
    return escape(text)


def _linked(link: Link | None, words: Words | str, *, direction: str) -> Markup:
    """A Markdown link: `words` are escaped, the address is one that `safe_url` let through."""
    escaped = _escaped(words, escape=markdown, direction=direction)
    return Markup(f"[{escaped}]({_destination(link)})") if link else escaped


def _destination(link: Link) -> str:
    return "<" + re.sub(r"&(?=#?\w+;)", "&amp;", link.url) + ">"


def _address(link: Link) -> Markup:
    """An address in plain text, kept in one piece when lines are wrapped."""
    return Markup(f"{KEEP}{link.url}")


def _underlined(environment: Environment, text: Any, character: str) -> Markup:
    """A heading of plain text: the text and a rule of the same width below it, one for each line it takes."""
    finalize = environment.finalize or str
    printed = str(finalize(text))
    lines = wrap(printed, COLUMNS)
    longest = max(width(line) for line in lines)
    return Markup("\n".join([*lines, character * longest]))


def _unseen(notes: Iterable[Note]) -> list[Note]:
    """The notes that show a reader something new: a sentence not on the page yet, or a link."""
    return [note for note in notes if not note.is_shown or note.link]
