"""The Jinja2 environments, one a format and direction: each prints only what the escaper of its format let through."""

from __future__ import annotations

import re
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    nodes,
    pass_environment,
)
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from briefing.exceptions import ConfigError
from briefing.render.escaping import ISOLATE, KEEP, POP_ISOLATE, markdown, plain, width, wrap
from briefing.render.view_model import Count, Line, Link, Note, Words

TEMPLATES = (
    "page.html.j2",
    "page.md.j2",
    "page.txt.j2",
    "fragment.html.j2",
    "mail.html.j2",
    "mail.txt.j2",
    "style.css",
    "archive.css",
    "archive.html.j2",
    "archive_index.html.j2",
    "archive_macros.html.j2",
    "archive_more.html.j2",
    "archive_nav.html.j2",
    "archive_question.html.j2",
    "archive_story.html.j2",
)
_COLUMNS = 72


@cache
def _ours() -> PackageLoader:
    return PackageLoader("briefing.render")


def _loader(templates: Path | None) -> BaseLoader:
    if templates is None:
        return _ours()
    if not any((templates / name).is_file() for name in TEMPLATES):
        raise ConfigError(f"{templates}: holds none of the templates it could replace: {', '.join(TEMPLATES)}")
    return ChoiceLoader([FileSystemLoader(templates), _ours()])


def style(templates: Path | None) -> str:
    """The page's style, without comments and indents."""
    with reading_templates(templates):
        source, _, _ = _loader(templates).get_source(Environment(autoescape=True), "style.css")
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)).strip()


@contextmanager
def reading_templates(templates: Path | None) -> Iterator[None]:
    """Within, what fails in a template of `templates` is a ConfigError that names the file and the line."""
    try:
        yield
    except TemplateError as error:
        if templates is None:
            raise
        raise ConfigError(f"{_place(error, templates)}: {error.message or type(error).__name__}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{templates}: a template is not UTF-8: {error}") from error


def _place(error: TemplateError, templates: Path) -> str:
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or error.name or templates}:{error.lineno}"
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith((".j2", ".css"))]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else str(templates)


class _Final(CodeGenerator):
    """Prints what `finalize` returns, which escapes every value itself: Jinja2 would escape it once more.

    What is called by its name, a macro mostly, is called without a detour: no function of ours asks for the context.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(finalize.src or "escape(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(")")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if forward_caller or node.dyn_args or node.dyn_kwargs or not isinstance(node.node, nodes.Name):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")


class _Finalizing(Environment):
    """An environment whose `finalize` is the escaper of its format."""

    code_generator_class = _Final


# `finalize` sees every value before it is printed. So Markdown is escaped there, and a template cannot forget to. HTML
# needs nothing more than Jinja2's own escaping, plain text has nothing to escape: neither meets a control character,
# for `Outside` has been through `plain`.
@lru_cache(maxsize=16)
def environment(format: str, direction: str, templates: Path | None = None) -> Environment:
    """The environment of "html", "markdown" or "text" for a page in `direction`."""
    finalizers: dict[str, Callable[[Any], str]] = {
        "html": _html,
        "markdown": _markdown(direction),
        "text": _text(direction),
    }
    made = _Finalizing(
        loader=_loader(templates),
        autoescape=format != "text",  # not select_autoescape(): it takes page.html.j2 for plain text
        undefined=StrictUndefined,
        finalize=finalizers[format],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=templates is not None,
    )
    numbers = _numbers_markdown if format == "markdown" else _numbers_text
    made.filters |= {
        "dotted": partial(_dotted, finalize=finalizers[format]),
        "listed": partial(_listed, finalize=finalizers[format]),
        "quoted": partial(_quoted, finalize=finalizers[format]),
        "hashes": _hashes,
        "counted": partial(_counted, finalize=finalizers[format], numbers=numbers),
        "lined": partial(
            _lined,
            marked=partial(_MARKED[format], direction=direction),
            finalize=finalizers[format],
            numbers=numbers,
            opening=_OPENING[format],
        ),
        "marks": _marks_markdown if format == "markdown" else _marks_text,
        "numbers": numbers,
        "marked": partial(_MARKED[format], direction=direction),
        "linked": partial(_linked, direction=direction),
        "address": _address,
        "kept": _kept,
        "underlined": pass_environment(_underlined),
        "unseen": _unseen,
    }
    return made


def _html(value: Any) -> str:
    return value if type(value) is Markup else escape(value)


def _markdown(direction: str) -> Callable[[Any], str]:
    def finalize(value: Any) -> str:
        if type(value) is Markup:
            return value
        return _escaped(value.text if type(value) is Words else str(value), direction)

    return finalize


def _text(direction: str) -> Callable[[Any], str]:
    def finalize(value: Any) -> str:
        return isolated(value.text, value.text, direction) if type(value) is Words else str(value)

    return finalize


@lru_cache(maxsize=4096)
def _escaped(text: str, direction: str) -> Markup:
    return Markup(isolated(markdown(text), text, direction))


_LATIN = re.compile("[\x20-\u02ff\u2010-\u2027]*")


def isolated(escaped: str, text: str, direction: str) -> str:
    """Inside an isolate where the text would disturb, or be disturbed by, the line it is printed into.

    That is where it begins or ends with a letter of the other direction: its neighbours would change places.
    """
    if direction == "ltr" and text.isascii():
        return escaped
    isolate = _isolate(text, direction)
    return f"{isolate}{escaped}{POP_ISOLATE}" if isolate else escaped


@lru_cache(maxsize=4096)
def _isolate(text: str, direction: str) -> str:
    if direction == "ltr" and _LATIN.fullmatch(text):
        return ""
    first, last = _strong(text), _strong(reversed(text))
    own = ("L",) if direction == "ltr" else ("R", "AL")
    if not first or (first in own and last in own):
        return ""
    kinds = Counter(map(unicodedata.bidirectional, text))
    return ISOLATE["ltr" if kinds["L"] > kinds["R"] + kinds["AL"] else "rtl"]


_STRONG = ("L", "R", "AL")


def _strong(characters: Iterable[str]) -> str:
    """The direction of the first letter that has one."""
    return next((kind for kind in map(unicodedata.bidirectional, characters) if kind in _STRONG), "")


_EDGES = re.compile(r"^([\W_]*)(.*?)([\W_]*)$", re.DOTALL)


def _marked_html(line: Line, *, direction: str) -> Markup:
    """The line's text with its words of doubt marked. Without the marks it is the text, character by character."""
    return Markup(
        "".join(f"<mark>{Markup.escape(p.text)}</mark>" if p.is_doubt else Markup.escape(p.text) for p in line.pieces)
    )


def _marked_markdown(line: Line, *, direction: str) -> Markup:
    text = "".join(_emphasised(p.text, "**", markdown) if p.is_doubt else markdown(p.text) for p in line.pieces)
    return Markup(isolated(text, line.words.text, direction))


def _marked_text(line: Line, *, direction: str) -> str:
    text = "".join(_emphasised(p.text, "*", plain) if p.is_doubt else p.text for p in line.pieces)
    return isolated(text, line.words.text, direction)


def _emphasised(text: str, mark: str, escape: Callable[[str], str]) -> str:
    """The text between marks: they must touch letters on the inside, or Markdown shows the stars themselves."""
    before, core, after = match.groups() if (match := _EDGES.match(text)) else ("", text, "")
    return f"{escape(before)}{mark}{escape(core)}{mark}{escape(after)}" if core else escape(text)


_MARKED: dict[str, Callable[..., str]] = {
    "html": _marked_html,
    "markdown": _marked_markdown,
    "text": _marked_text,
}


def _dotted(items: Iterable[Words], *, finalize: Callable[[Any], Any]) -> Markup:
    """Words with dots between them; not for HTML, where each has its own element."""
    return Markup(" · ".join([finalize(words) for words in items]))


def _marks_markdown(notes: Iterable[Note]) -> Markup:
    return _numbers_markdown([note.marker for note in notes])


def _marks_text(notes: Iterable[Note]) -> str:
    return _numbers_text([note.marker for note in notes])


def _quoted(words: Words, *, finalize: Callable[[Any], str]) -> Markup:
    """Words in quotation marks, where they bring none of their own; not for HTML."""
    return Markup(f"“{finalize(words)}”" if words.needs_marks else finalize(words))


def _listed(items: Iterable[Words], comma: str, is_quoted: bool = True, *, finalize: Callable[[Any], str]) -> Markup:
    """Words with commas between them; not for HTML."""
    said = [_quoted(words, finalize=finalize) if is_quoted else finalize(words) for words in items]
    return Markup(finalize(comma).join(said))


def _counted(
    counts: Iterable[Count], comma: str, *, finalize: Callable[[Any], str], numbers: Callable[[Iterable[str]], str]
) -> Markup:
    """The X-ray of a post in one line; not for HTML."""
    said = []
    for count in counts:
        words = f": {_listed(count.words, comma, count.is_quoted, finalize=finalize)}" if count.words else ""
        said.append(f"{finalize(count.text)}{words}{numbers(count.markers)}{' …' if count.is_cut else ''}")
    return Markup(" · ".join(said))


def _lined(
    lines: Iterable[Line],
    stronger: str,
    *,
    marked: Callable[[Line], str],
    finalize: Callable[[Any], str],
    numbers: Callable[[Iterable[str]], str],
    opening: str,
) -> Markup:
    """Lines as a list: whose word it is, the words, the sentences they rest on; `stronger` is a label. Not for HTML."""
    said = []
    for line in lines:
        voice = opening.format(_dotted(line.voice, finalize=finalize)) if line.voice else ""
        text = f"- {voice}{marked(line)}{numbers([note.marker for note in line.notes])}"
        if line.stronger:
            text += f" ({finalize(stronger)}:{numbers([note.marker for note in line.stronger])})"
        for name, words in line.remarks:
            text += f" ({finalize(name)}: {finalize(words)})" if words.text else f" ({finalize(name)})"
        said.append(f"{text}\n")
    return Markup("".join(said))


_OPENING = {"html": "{}: ", "markdown": "_{}:_ ", "text": "{}: "}


def _hashes(level: int) -> Markup:
    """What opens a heading of Markdown."""
    return Markup("#" * level)


def _numbers_markdown(markers: Iterable[str]) -> Markup:
    return Markup("".join([f" \\[{marker}\\]" for marker in markers]))


def _numbers_text(markers: Iterable[str]) -> str:
    return "".join([f" [{marker}]" for marker in markers])


def _linked(link: Link | None, words: Words | str, *, direction: str) -> Markup:
    """A Markdown link: `words` are escaped, the address is one that `safe_url` let through."""
    escaped = _escaped(words.text if isinstance(words, Words) else words, direction)
    return Markup(f"[{escaped}]({_destination(link)})") if link else escaped


def _destination(link: Link) -> str:
    return "<" + re.sub(r"&(?=#?\w+;)", "&amp;", link.url) + ">"


def _address(link: Link) -> str:
    """An address in plain text, kept in one piece when lines are wrapped."""
    return f"{KEEP}{link.url}"


def _kept(text: str) -> str:
    """Words of the caller that are kept in one piece: an address, or what stands in for one."""
    return f"{KEEP}{text}"


def _underlined(environment: Environment, text: Any, character: str) -> str:
    """A heading of plain text: the text and a rule of the same width below it, one for each line it takes."""
    finalize = environment.finalize or str
    lines = wrap(str(finalize(text)), _COLUMNS)
    longest = max(width(line) for line in lines)
    return "\n".join([*lines, character * longest])


def _unseen(notes: Iterable[Note]) -> list[Note]:
    """The notes that show a reader something new: a sentence not on the page yet, or a link."""
    return [note for note in notes if not note.is_shown or note.link]
