"""What is rendered, laid out once for all formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from briefing.render.layout import lay_out
from briefing.render.view_model import Page
from briefing.types import Answer, CheckedText, Digest, PostCard, Summary


@dataclass(frozen=True)
class Subject:
    """What is rendered, and how; `render_all` says what each means. TypeError for a value of another type."""

    value: Summary | Digest | Answer | CheckedText
    language: str | None = None
    templates: Path | None = None
    images: Mapping[str, str] | None = None
    posts: Iterable[PostCard] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.value, Summary | Digest | Answer | CheckedText):
            name = type(self.value).__name__
            raise TypeError(f"render() takes a Summary, a Digest, an Answer or a CheckedText, not {name}")

    @cached_property
    def page(self) -> Page:
        """The page, laid out once for all formats."""
        return lay_out(self.value, self.language, images=self.images, posts=self.posts)
