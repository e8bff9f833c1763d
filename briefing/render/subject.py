"""What is rendered, laid out once for all formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from briefing.render.layout import lay_out
from briefing.render.view_model import Page
from briefing.types import Answer, Digest, PostCard, Summary


@dataclass(frozen=True)
class Subject:
    """What is rendered, and how; `render_all` says what each means. TypeError for a value of another type."""

    value: Summary | Digest | Answer
    language: str | None = None
    templates: Path | None = None
    images: Mapping[str, str] | None = None
    posts: Iterable[PostCard] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.value, Summary | Digest | Answer):
            raise TypeError(f"render() takes a Summary, a Digest or an Answer, not {type(self.value).__name__}")

    @cached_property
    def page(self) -> Page:
        """The page, laid out once for all formats."""
        return lay_out(self.value, self.language, images=self.images, posts=self.posts)
