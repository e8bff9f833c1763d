"""A digest, summary, answer or checked text as a page to read or a file to keep, in any of the registered formats.

Escaping is by construction: text from outside reaches a template as `Outside` or `PlainWords` only, without control
characters, and whatever a template prints passes the escaper of its syntax. The templates themselves are trusted; text
from outside is only ever handed to them as a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from briefing.render.registry import output_of
from briefing.render.subject import Subject
from briefing.types import Answer, CheckedText, Digest, PostCard, Summary


def render(
    value: Summary | Digest | Answer | CheckedText,
    format: str,
    *,
    language: str | None = None,
    templates: Path | None = None,
    images: Mapping[str, str] | None = None,
    posts: Iterable[PostCard] = (),
) -> str:
    """The page in one format; see `render_all`, which also renders what is no text (ValueError here)."""
    if not output_of(format).is_text:
        raise ValueError(f"{format} is no text; ask render_all for its bytes")
    pages = render_all(value, [format], language=language, templates=templates, images=images, posts=posts)
    return pages[format].decode()


def render_all(
    value: Summary | Digest | Answer | CheckedText,
    formats: Iterable[str],
    *,
    language: str | None = None,
    templates: Path | None = None,
    images: Mapping[str, str] | None = None,
    posts: Iterable[PostCard] = (),
) -> dict[str, bytes]:
    """The page in several formats, laid out once; text in UTF-8.

    `language` (BCP 47) overrides that of the labels; text of the posts is never translated. A summary's labels are
    otherwise in its post's language, a digest's in its own, English where we have no other. `templates` is a folder
    whose files replace ours of the same name. `images` gives posts, by key, a picture as a `data:` address, for HTML.
    `posts` are the cards of those that a single answer rests on.

    TypeError for anything else than these, ValueError for an unknown format, ConfigError where
    the digest's time zone does not exist or a template fails.
    """
    subject = Subject(value, language, templates, images, posts)
    outputs = [output_of(format) for format in formats]
    return {output.name: output.render(subject) for output in outputs}
