"""The Jinja2 environments, one a syntax and direction: each prints only what the escaper of its syntax let through."""

from __future__ import annotations

import re
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
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
)
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup

from briefing.exceptions import ConfigError
from briefing.render.catalogue import Catalogue
from briefing.render.escaping import ISOLATE, POP_ISOLATE
from briefing.render.view_model import Count, LineView, Note, PlainWords


@cache
def _ours() -> PackageLoader:
    return PackageLoader("briefing.render")


def _loader(templates: Path | None) -> BaseLoader:
    if templates is None:
        return _ours()
    names = _ours().list_templates()
    if not any((templates / name).is_file() for name in names):
        raise ConfigError(f"{templates}: holds none of the templates it could replace: {', '.join(names)}")
    return ChoiceLoader([FileSystemLoader(templates), _ours()])


def replaced_templates(templates: Path) -> dict[str, bytes]:
    """The templates of a folder that replace ours, by name. ConfigError where one cannot be read."""
    try:
        return {
            name: (templates / name).read_bytes() for name in _ours().list_templates() if (templates / name).is_file()
        }
    except OSError as error:
        raise ConfigError(f"{templates}: cannot be read: {error.strerror}") from error


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
    """An environment whose `finalize` is the escaper of its syntax."""

    code_generator_class = _Final


Finalize = Callable[[Any], str]


def _bracketed(markers: Iterable[str]) -> str:
    return "".join([f" [{marker}]" for marker in markers])


@dataclass(frozen=True, slots=True)
class Syntax:
    """How one kind of output prints: what `environment` needs to know of it.

    `finalize`, `marked` and what `filters` gives are made for a direction of writing. `finalize` escapes what a
    template prints, `marked` shows a line with its words of doubt marked, `numbers` the markers of sentences, `opening`
    whose word a line is. Where `is_markup`, Jinja2 escapes what `finalize` has left.
    """

    finalize: Callable[[str], Finalize]
    marked: Callable[[str], Callable[[LineView], str]]
    numbers: Callable[[Iterable[str]], str] = _bracketed
    filters: Callable[[str], Mapping[str, Callable[..., Any]]] = lambda direction: {}
    opening: str = "{}: "
    is_markup: bool = True


# `finalize` sees every value before it is printed. So Markdown is escaped there, and a template cannot forget to. HTML
# needs nothing more than Jinja2's own escaping, plain text has nothing to escape: neither meets a control character,
# for `Outside` has been through `one_line`.
@lru_cache(maxsize=16)
def environment(syntax: Syntax, direction: str, templates: Path | None = None) -> Environment:
    """The environment of a syntax for a page in `direction`."""
    finalize, marked = syntax.finalize(direction), syntax.marked(direction)
    made = _Finalizing(
        loader=_loader(templates),
        autoescape=syntax.is_markup,  # not select_autoescape(): it takes page.html.j2 for plain text
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=templates is not None,
    )
    made.filters |= {
        "dotted": partial(_dotted, finalize=finalize),
        "listed": partial(_listed, finalize=finalize),
        "quoted": partial(_quoted, finalize=finalize),
        "counted": partial(_counted, finalize=finalize, numbers=syntax.numbers),
        "lined": partial(_lined, marked=marked, finalize=finalize, numbers=syntax.numbers, opening=syntax.opening),
        "marks": partial(_marks, numbers=syntax.numbers),
        "numbers": syntax.numbers,
        "marked": marked,
        "unseen": _unseen,
        **syntax.filters(direction),
    }
    return made


def printed(name: str, syntax: Syntax, labels: Catalogue, templates: Path | None, **values: Any) -> str:
    """What the template of that name prints, in the language of the labels. ConfigError where one of theirs fails."""
    with reading_templates(templates):
        template = environment(syntax, labels.direction, templates).get_template(name)
        return template.render(label=labels, **values)


_LATIN = re.compile("[\x20-\u02ff\u2010-\u2027]*")


def isolated(escaped: str, text: str, direction: str) -> str:
    """Inside an isolate where the text would disturb, or be disturbed by, the line it is printed into.

    That is where it begins or ends with a letter of the other direction: its neighbours would change places.
    """
    if direction == "ltr" and text.isascii():
        return escaped
    isolate = _isolate(text, direction)
    return f"{isolate}{escaped}{POP_ISOLATE}" if isolate else escaped


def signed(sign: str, text: str) -> str:
    """The text behind the sign of who vouches for it, where there is one."""
    return f"{sign} {text}" if sign else text


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


def emphasised(text: str, mark: str, escape: Callable[[str], str]) -> str:
    """The text between marks: they must touch letters on the inside, or Markdown shows the stars themselves."""
    before, core, after = match.groups() if (match := _EDGES.match(text)) else ("", text, "")
    return f"{escape(before)}{mark}{escape(core)}{mark}{escape(after)}" if core else escape(text)


def _dotted(items: Iterable[PlainWords], *, finalize: Finalize) -> Markup:
    """Words with dots between them; not for HTML, where each has its own element."""
    return Markup(" · ".join([finalize(words) for words in items]))


def _marks(notes: Iterable[Note], *, numbers: Callable[[Iterable[str]], str]) -> str:
    return numbers([note.marker for note in notes])


def _quoted(words: PlainWords, *, finalize: Finalize) -> Markup:
    """Words in quotation marks, where they bring none of their own; not for HTML."""
    return Markup(f"“{finalize(words)}”" if words.needs_marks else finalize(words))


def _listed(items: Iterable[PlainWords], comma: str, is_quoted: bool = True, *, finalize: Finalize) -> Markup:
    """Words with commas between them; not for HTML."""
    said = [_quoted(words, finalize=finalize) if is_quoted else finalize(words) for words in items]
    return Markup(finalize(comma).join(said))


def _counted(
    counts: Iterable[Count], comma: str, *, finalize: Finalize, numbers: Callable[[Iterable[str]], str]
) -> Markup:
    """The X-ray of a post in one line; not for HTML."""
    said = []
    for count in counts:
        words = f": {_listed(count.words, comma, count.is_quoted, finalize=finalize)}" if count.words else ""
        said.append(f"{finalize(count.text)}{words}{numbers(count.markers)}{' …' if count.is_cut else ''}")
    return Markup(" · ".join(said))


def _lined(
    lines: Iterable[LineView],
    stronger: str,
    *,
    marked: Callable[[LineView], str],
    finalize: Finalize,
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


def _unseen(notes: Iterable[Note]) -> list[Note]:
    """The notes that show a reader something new: a sentence not on the page yet, or a link."""
    return [note for note in notes if not note.is_shown or note.link]
