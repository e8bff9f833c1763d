"""A digest, summary or answer as a page to read: HTML, an HTML fragment to paste, Markdown, plain text, JSON.

Escaping is by construction: text from outside reaches a template as `Outside` or `Words` only, without control
characters, and whatever a template prints passes the escaper of its format. The templates themselves are trusted; text
from outside is only ever handed to them as a value.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

from markupsafe import Markup

from briefing.render.environments import environment, reading_templates, style
from briefing.render.escaping import wrap
from briefing.render.layout import lay_out
from briefing.render.schema import to_json
from briefing.render.view_model import Page
from briefing.types import Answer, Digest, PostCard, Summary

Format = Literal["html", "markdown", "text", "json", "fragment"]

COLUMNS = 72
_BLANKS = re.compile("\n\n\n+")


def render(
    value: Summary | Digest | Answer,
    format: Format,
    *,
    language: str | None = None,
    templates: Path | None = None,
    images: Mapping[str, str] | None = None,
    posts: Iterable[PostCard] = (),
) -> str:
    """The page in one format; see `render_all`."""
    return render_all(value, [format], language=language, templates=templates, images=images, posts=posts)[format]


def render_all(
    value: Summary | Digest | Answer,
    formats: Sequence[Format],
    *,
    language: str | None = None,
    templates: Path | None = None,
    images: Mapping[str, str] | None = None,
    posts: Iterable[PostCard] = (),
) -> dict[Format, str]:
    """The page in several formats, laid out once.

    `language` (BCP 47) overrides that of the labels; text of the posts is never translated. A summary's labels are
    otherwise in its post's language, a digest's in its own, English where we have no other. `templates` is a folder
    whose files replace ours of the same name. `images` gives posts, by key, a picture as a `data:` address, for HTML.
    `posts` are the cards of those that a single answer rests on.

    TypeError for anything else than a summary, digest or answer, ValueError for an unknown format, ConfigError where
    the digest's time zone does not exist or a template fails.
    """
    if not isinstance(value, Summary | Digest | Answer):
        raise TypeError(f"render() takes a Summary, a Digest or an Answer, not {type(value).__name__}")
    for format in formats:
        if format not in get_args(Format):
            raise ValueError(f"unknown format {format!r}; there are {', '.join(get_args(Format))}")
    page = lay_out(value, language, images=images, posts=posts) if set(formats) - {"json"} else None
    return {
        format: _json(value, language) if page is None or format == "json" else _RENDERERS[format](page, templates)
        for format in formats
    }


def _json(value: Summary | Digest | Answer, language: str | None) -> str:
    return to_json(replace(value, language=language) if language and isinstance(value, Digest) else value)


def _html(page: Page, templates: Path | None) -> str:
    sheet = style(templates)
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    return _printed(page, "html", "page.html.j2", templates, style=Markup(sheet), style_hash=digest).lstrip()


def _fragment(page: Page, templates: Path | None) -> str:
    return re.sub(r"\s*\n\s*", "\n", _printed(page, "html", "fragment.html.j2", templates)).strip() + "\n"


def _markdown(page: Page, templates: Path | None) -> str:
    return _BLANKS.sub("\n\n", _printed(page, "markdown", "page.md.j2", templates)).strip() + "\n"


def _text(page: Page, templates: Path | None) -> str:
    return wrapped(_printed(page, "text", "page.txt.j2", templates))


def wrapped(text: str) -> str:
    """Plain text as it is sent: 72 columns, never more than one blank line."""
    text = _BLANKS.sub("\n\n", text).strip()
    lines: list[str] = []
    for line in text.split("\n"):
        lines += [line] if not line else [out.rstrip() for out in wrap(line, COLUMNS)]
    return "\n".join(lines) + "\n"


def _printed(page: Page, format: str, name: str, templates: Path | None, **values: str) -> str:
    with reading_templates(templates):
        template = environment(format, page.labels.direction, templates).get_template(name)
        return template.render(page=page, label=page.labels, **values)


_RENDERERS: Mapping[Format, Callable[[Page, Path | None], str]] = {
    "html": _html,
    "fragment": _fragment,
    "markdown": _markdown,
    "text": _text,
}
