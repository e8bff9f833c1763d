"""Markdown, of which every dialect shows the words as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from briefing.render.environments import Finalize, Syntax, emphasised, isolated, printed, signed
from briefing.render.escaping import BLANKS, markdown
from briefing.render.subject import Subject
from briefing.render.view_model import LineView, Link, PlainWords, TextPiece


def _finalize(direction: str) -> Finalize:
    def finalize(value: Any) -> str:
        if type(value) is Markup:
            return value
        return _escaped(value.text if type(value) is PlainWords else str(value), direction)

    return finalize


@lru_cache(maxsize=4096)
def _escaped(text: str, direction: str) -> Markup:
    return Markup(isolated(markdown(text), text, direction))


def _piece(piece: TextPiece) -> str:
    mark = "**" if piece.is_doubt else "_" if piece.is_unaccounted else ""
    return emphasised(piece.text, mark, markdown) if mark else markdown(piece.text)


def _marked(direction: str) -> Callable[[LineView], str]:
    def marked(line: LineView) -> Markup:
        text = "".join(_piece(piece) for piece in line.pieces)
        return Markup(signed(line.sign, isolated(text, line.words.text, direction)))

    return marked


def _numbers(markers: Iterable[str]) -> Markup:
    return Markup("".join([f" \\[{marker}\\]" for marker in markers]))


def _filters(direction: str) -> dict[str, Callable[..., Markup]]:
    def linked(link: Link | None, words: PlainWords | str) -> Markup:
        """A Markdown link: `words` are escaped, the address is one that `safe_url` let through."""
        escaped = _escaped(words.text if isinstance(words, PlainWords) else words, direction)
        return Markup(f"[{escaped}]({_destination(link)})") if link else escaped

    return {"linked": linked, "hashes": _hashes}


def _destination(link: Link) -> str:
    return "<" + re.sub(r"&(?=#?\w+;)", "&amp;", link.url) + ">"


def _hashes(level: int) -> Markup:
    """What opens a heading."""
    return Markup("#" * level)


MARKDOWN = Syntax(finalize=_finalize, marked=_marked, numbers=_numbers, filters=_filters, opening="_{}:_ ")


def markdown_page(subject: Subject) -> bytes:
    """The page as Markdown."""
    page = subject.page
    text = printed("page.md.j2", MARKDOWN, page.labels, subject.templates, page=page)
    return (BLANKS.sub("\n\n", text).strip() + "\n").encode()
