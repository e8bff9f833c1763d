"""The outputs by their names: one more is a function that renders it, and its line here.

Nothing is loaded before it is used: commands name the formats in their help.
"""

from __future__ import annotations

from dataclasses import dataclass
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from briefing.render.subject import Subject


class Renderer(Protocol):
    """Renders a summary, digest or answer."""

    def __call__(self, subject: Subject, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Output:
    """One format: what its files are, and where the `Renderer` stands ("module:function").

    `note` says in a word or two what it is for; `is_usual` whether a digest is written in it where nobody asks.
    """

    name: str
    media_type: str
    ending: str
    renderer: str
    note: str = ""
    is_usual: bool = True

    @property
    def is_text(self) -> bool:
        """Whether its bytes are UTF-8, to be printed."""
        return self.media_type.startswith("text/") or self.media_type == "application/json"

    def render(self, subject: Subject) -> bytes:
        """The subject in this format."""
        renderer: Renderer = resolve_name(self.renderer)
        return renderer(subject)


_ALL = (
    Output("html", "text/html", "html", "briefing.render.html_page:html_page"),
    Output("markdown", "text/markdown", "md", "briefing.render.markdown_page:markdown_page"),
    Output("text", "text/plain", "txt", "briefing.render.text_page:text_page"),
    Output("json", "application/json", "json", "briefing.render.schema:json_page"),
    Output(
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
        "briefing.render.docx_page:docx_page",
        "for Word",
        False,
    ),
    Output("fragment", "text/html", "fragment.html", "briefing.render.html_page:fragment", "HTML to paste", False),
)
OUTPUTS: Final = {output.name: output for output in _ALL}


def output_of(format: str) -> Output:
    """The output of that name. ValueError where there is none."""
    if format not in OUTPUTS:
        raise ValueError(f"unknown format {format!r}; there are {', '.join(OUTPUTS)}")
    return OUTPUTS[format]
