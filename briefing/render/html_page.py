"""HTML: the page, and the fragment to paste into another one."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

from markupsafe import Markup, escape

from briefing.render.environments import Syntax, printed, style
from briefing.render.subject import Subject
from briefing.render.view_model import LineView, TextPiece


def _finalized(value: Any) -> str:
    return value if type(value) is Markup else escape(value)


def _piece(piece: TextPiece) -> Markup:
    text = Markup.escape(piece.text)
    if piece.is_unaccounted:
        return Markup("<u>{}</u>").format(text)
    return Markup("<mark>{}</mark>").format(text) if piece.is_doubt else text


def _marked(line: LineView) -> Markup:
    """The line behind the sign of who vouches for it, its words of doubt marked."""
    said = map(_piece, line.pieces)
    label = Markup.escape(line.mark_label)
    sign = f'<span role="img" aria-label="{label}" title="{label}">{line.sign}</span> '
    return Markup((sign if line.sign else "") + "".join(said))


HTML = Syntax(finalize=lambda direction: _finalized, marked=lambda direction: _marked)


def html_page(subject: Subject) -> bytes:
    """The page, whole."""
    sheet = style(subject.templates)
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    return _printed("page.html.j2", subject, style=Markup(sheet), style_hash=digest).lstrip().encode()


def fragment(subject: Subject) -> bytes:
    """The page without head, style and anything folded."""
    return (re.sub(r"\s*\n\s*", "\n", _printed("fragment.html.j2", subject)).strip() + "\n").encode()


def _printed(name: str, subject: Subject, **values: str) -> str:
    return printed(name, HTML, subject.page.labels, subject.templates, page=subject.page, **values)
