"""Plain text in lines of 72 columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment, pass_environment

from briefing.render.environments import Finalize, Syntax, emphasised, isolated, printed, signed
from briefing.render.escaping import COLUMNS, KEEP, one_line, width, wrap, wrapped
from briefing.render.subject import Subject
from briefing.render.view_model import LineView, Link, PlainWords, TextPiece


def _finalize(direction: str) -> Finalize:
    def finalize(value: Any) -> str:
        return isolated(value.text, value.text, direction) if type(value) is PlainWords else str(value)

    return finalize


def _piece(piece: TextPiece) -> str:
    mark = "*" if piece.is_doubt else "_" if piece.is_unaccounted else ""
    return emphasised(piece.text, mark, one_line) if mark else piece.text


def _marked(direction: str) -> Callable[[LineView], str]:
    def marked(line: LineView) -> str:
        text = "".join(_piece(piece) for piece in line.pieces)
        return signed(line.sign, isolated(text, line.words.text, direction))

    return marked


def _address(link: Link) -> str:
    """An address, kept in one piece when lines are wrapped."""
    return f"{KEEP}{link.url}"


def _kept(text: str) -> str:
    """Words of the caller that are kept in one piece: an address, or what stands in for one."""
    return f"{KEEP}{text}"


@pass_environment
def _underlined(environment: Environment, text: Any, character: str) -> str:
    """A heading: the text and a rule of the same width below it, one for each line it takes."""
    finalize = environment.finalize or str
    lines = wrap(str(finalize(text)), COLUMNS)
    longest = max(width(line) for line in lines)
    return "\n".join([*lines, character * longest])


_FILTERS: Mapping[str, Callable[..., str]] = {"address": _address, "kept": _kept, "underlined": _underlined}
TEXT = Syntax(finalize=_finalize, marked=_marked, filters=lambda direction: _FILTERS, is_markup=False)


def text_page(subject: Subject) -> bytes:
    """The page as plain text."""
    page = subject.page
    return wrapped(printed("page.txt.j2", TEXT, page.labels, subject.templates, page=page)).encode()
