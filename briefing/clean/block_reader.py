"""The walk over a post's serialised HTML: tags make their moves, words gather into lines, one a block.

A line becomes a block of the document once the whole post is read; see `cleaner`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from briefing.clean import boilerplate
from briefing.clean.embeds import EmbeddedPost, embedded_post, read_embed
from briefing.clean.invisible import has_unseen_letters, visible, without_invisible
from briefing.clean.markup import (
    BOUNDARY,
    BREAK,
    CLOSING,
    EMBED_END,
    ENCLOSE_END,
    RUN_ON,
    Move,
    Step,
    move_of,
    remembered,
)
from briefing.types import BlockKind, DroppedText, Embed

Stream = Iterator[tuple[int, str]]

_BR = "\0"  # cannot stand in parsed HTML: the parser makes U+FFFD of it
_SEVERAL_BR = re.compile(r"\0[\s\0]*\0")
_NAME = re.compile(r"[^\s/>]+")
_CELL_GAP = "\t"  # what a browser puts between cells that are copied: it parts them and adds no word
_LAYOUT = frozenset(
    ["table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "figure"]
)
_CELL_CHARS = 500  # several paragraphs longer than this are no cell of a table
_EDGE_LINES = 4  # how far from the beginning and the end of a post a line of furniture can stand
_FORM_CHARS = 200
_MOST_ENCLOSED = 50

# The marks that browsers set around <q>, outer and inner (CLDR, delimiters); others as in English.
_ENGLISH = "“”‘’"
_QUOTES = {
    "fr": "«»‹›", "es": "«»“”", "it": "«»“”", "ru": "«»„“", "uk": "«»„“", "de": "„“‚‘", "pl": "„”«»", "el": "«»“”",
    "ar": "”“’‘", "fa": "«»‹›", "he": "””’’", "ja": "「」『』", "sv": "””’’", "fi": "””’’",
}  # fmt: skip


# A block that has no place in the text yet: its kind, words, level and embed. Plain tuples, for there are many.
TextLine = tuple[BlockKind, str, int, Embed | None]
# What the words at hand are part of: kind, level, and whether line breaks and indents are meant as they stand.
_Context = tuple[BlockKind, int, bool]
_PLAIN: _Context = ("paragraph", 0, False)


class Reader:
    """Reads one post. `language` (two letters, or "") chooses the marks around <q>; rule `kept` drops no form."""

    def __init__(self, language: str, kept: str = "") -> None:
        self.lines: list[TextLine] = []
        self.dropped: list[DroppedText] = []
        self.signs: Counter[str] = Counter()
        self.is_ambiguous = False
        self._kept = kept
        self._marks = _QUOTES.get(language, _ENGLISH)
        self._buffer: list[str] = []
        self._context = _PLAIN
        self._stack: list[_Context] = []
        self._list_depth = 0
        self._quote_depth = 0
        self._row: list[list[str]] | None = None
        self._embed: EmbeddedPost | None = None
        self._embed_lines: list[str] = []
        self._pieces: list[str] = []

    def read(self, pieces: list[str]) -> None:
        """Read serialised HTML cut at each `<`; `pieces` is used up."""
        self._pieces = pieces
        known, buffer, stack, end_line = remembered.get, self._buffer, self._stack, self._end_line
        add = buffer.append
        stream: Stream = enumerate(pieces)
        # Nine tags in ten are dealt with here, for a call costs more than what they do.
        for at, piece in stream:
            tag, _, text = piece.partition(">")
            move = known(tag) or move_of(tag)
            if move is BOUNDARY:
                if buffer:
                    end_line()
            elif move is RUN_ON:
                pass
            elif move is CLOSING:
                if buffer:
                    end_line()
                if stack:  # it cannot be empty but in a first, ambiguous reading
                    self._context = stack.pop()
            elif move is BREAK:
                text = _BR + text
            else:
                if move.signs:
                    self.signs.update(move.signs)
                text = _STEPS[move.step](self, move, at, text, stream)
            if text and (buffer or not text.isspace()):
                add(text)
        self._end_line()
        self._finish()

    @property
    def is_mostly_form(self) -> bool:
        """Whether forms took more of the post than is left: then they are no furniture."""
        taken = sum(len(dropped.text) for dropped in self.dropped if dropped.rule == boilerplate.FORM.name)
        return taken > _FORM_CHARS and taken > sum(len(line[1]) for line in self.lines)

    # Lines

    def _end_line(self) -> None:
        buffer = self._buffer
        if not buffer:
            return
        text = (buffer[0] if len(buffer) == 1 else "".join(buffer)).strip()
        buffer.clear()
        if "&" in text:
            text = _decoded(text)
        kind, level, keeps_lines = self._context
        if keeps_lines:
            text = _lines_kept(text)
        elif _BR in text:
            self._put_lines(text)
            return
        else:
            text = visible(text)
        if not text:
            return
        if self._row is None and self._embed is None:
            self.lines.append((kind, text, level, None))
        else:
            self._put(text)

    def _put_lines(self, raw: str) -> None:
        """A line break separates lines of one block; two or more end a paragraph."""
        is_free = self._context[0] in ("paragraph", "quote") and self._row is None and self._embed is None
        for part in _SEVERAL_BR.split(raw) if is_free else (raw,):
            self._put("\n".join(filter(None, map(visible, part.split(_BR)))))

    def _put(self, text: str) -> None:
        if not text:
            return
        if self._embed:
            self._embed_lines.append(text)
        elif self._row is not None:
            self._row[-1:] = [[*(self._row[-1] if self._row else ()), text.replace("\n", " ")]]
        else:
            kind, level, _ = self._context
            self.lines.append((kind, text, level, None))

    # Steps: each takes what follows its tag, and gives back what is to be read on

    def _edge(self, move: Move, at: int, text: str, stream: Stream) -> str:
        self._end_line()
        return text

    def _run_on(self, move: Move, at: int, text: str, stream: Stream) -> str:
        return text

    def _break(self, move: Move, at: int, text: str, stream: Stream) -> str:
        return _BR + text

    def _open(self, move: Move, at: int, text: str, stream: Stream) -> str:
        if self._buffer:
            self._end_line()
        self._stack.append(self._context)
        level = max(self._list_depth, 1) if move.kind == "list_item" else move.level
        if move.kind:
            self._context = (move.kind, level, move.is_code)
        return text

    def _close(self, move: Move, at: int, text: str, stream: Stream) -> str:
        self._end_line()
        if self._stack:  # it cannot be empty but in a first, ambiguous reading
            self._context = self._stack.pop()
        return text

    def _list(self, move: Move, at: int, text: str, stream: Stream) -> str:
        self._end_line()
        self._list_depth += 1
        return text

    def _list_end(self, move: Move, at: int, text: str, stream: Stream) -> str:
        self._end_line()
        self._list_depth -= 1
        return text

    def _begin_row(self, move: Move, at: int, text: str, stream: Stream) -> str:
        self._end_line()
        if self._row is None and not self._is_layout(at):
            self._row = []
        return text

    def _end_row(self, move: Move, at: int, text: str, stream: Stream) -> str:
        self._end_line()
        if self._row is not None:
            cells = _CELL_GAP.join([" ".join(cell) for cell in self._row]).strip()
            self._row = None
            if cells:
                self.lines.append(("table_row", cells, 0, None))
        return text

    def _cell(self, move: Move, at: int, text: str, stream: Stream) -> str:
        self._end_line()
        if self._row is not None:
            self._row.append([])
        return text

    def _quote(self, move: Move, at: int, text: str, stream: Stream) -> str:
        mark = self._marks[self._quote_depth % 2 * 2]
        self._quote_depth += 1
        return mark + text

    def _quote_end(self, move: Move, at: int, text: str, stream: Stream) -> str:
        self._quote_depth -= 1
        return self._marks[self._quote_depth % 2 * 2 + 1] + text

    def _drop(self, move: Move, at: int, text: str, stream: Stream) -> str:
        if move.rule == self._kept and move.name == "form":
            return self._edge(move, at, text, stream)
        words, rest = self._swallow(move.name, text, stream)
        if words:
            self.dropped.append(DroppedText(move.rule, words))
        return rest

    def _drop_line(self, move: Move, at: int, text: str, stream: Stream) -> str:
        self._end_line()
        return self._drop(move, at, text, stream)

    def _skip(self, move: Move, at: int, text: str, stream: Stream) -> str:
        if move.name == "!":
            return _behind("-->", self._pieces[at][3:], stream)
        if move.name == "?":
            return _behind(">", self._pieces[at], stream)
        return self._raw(move.name, text, stream)[1]

    def _verbatim(self, move: Move, at: int, text: str, stream: Stream) -> str:
        self._end_line()
        raw, rest = self._raw(move.name, text, stream)
        self._context, context = ("code", 0, True), self._context
        self._put(_lines_kept(raw))
        self._context = context
        return rest

    def _enclose(self, move: Move, at: int, text: str, stream: Stream) -> str:
        if len(self._stack) > _MOST_ENCLOSED:  # each looks ahead for its end
            plain = remembered.get(move.name) or move_of(move.name)
            return _STEPS[plain.step](self, plain, at, text, stream)
        end = self._end_of(at, move.name)
        self._pieces[end] = f"{ENCLOSE_END}>{self._pieces[end].partition('>')[2]}"
        return self._open(move, at, text, stream)

    def _begin_embed(self, move: Move, at: int, text: str, stream: Stream) -> str:
        if self._embed:
            return self._enclose(move, at, text, stream)
        self._end_line()
        end = self._end_of(at, move.name)
        self._embed = embedded_post(move.rule, self._pieces[at:end])
        self._pieces[end] = f"{EMBED_END}>{self._pieces[end].partition('>')[2]}"
        return text

    def _end_embed(self, move: Move, at: int, text: str, stream: Stream) -> str:
        self._end_line()
        if self._embed and self._embed_lines:
            texts, embed = read_embed(self._embed, self._embed_lines)
            self.lines += [("embed", words, 0, embed) for words in texts]
        self._embed, self._embed_lines = None, []
        return text

    # Looking ahead

    def _tags(self, at: int) -> Iterator[tuple[int, str]]:
        """The pieces from `at` on that begin with a tag; what stands in comments and scripts is none."""
        end = ""
        for index in range(at, len(self._pieces)):
            piece = self._pieces[index]
            if end:
                is_over = end in piece if end in ("-->", ">") else piece.startswith(end)
                end = "" if is_over else end
                continue
            move = remembered.get(piece.partition(">")[0]) or move_of(piece.partition(">")[0])
            if move.step is not Step.SKIP:
                yield index, piece
            elif move.name not in "!?":
                end = f"/{move.name}>"
            elif move.name == "!" and "-->" not in piece[3:]:
                end = "-->"
            elif move.name == "?" and ">" not in piece:
                end = ">"

    def _end_of(self, at: int, name: str) -> int:
        """The index of the piece that closes the element opened at `at`."""
        depth = 0
        for index, piece in self._tags(at):
            depth += _depth_change(piece, name)
            if depth == 0:
                return index
        return len(self._pieces) - 1

    def _is_layout(self, at: int) -> bool:
        """Whether the row opened at `at` lays out a page: a cell holds lists, headings, tables or long paragraphs."""
        paragraphs = chars = 0
        for _, piece in self._tags(at + 1):
            found = _NAME.match(piece)
            name = found[0] if found else piece[:3]
            if name == "/tr":
                return False
            if name in ("td", "th"):
                paragraphs = chars = 0
            paragraphs += name == "p"
            chars += len(piece) - piece.find(">")
            if name in _LAYOUT or (paragraphs > 1 and chars > _CELL_CHARS):
                return True
        return False

    def _swallow(self, name: str, text: str, stream: Stream) -> tuple[str, str]:
        """The words of an element that is dropped, and what stands behind it."""
        words, depth, rest = [text], 1, ""
        for at, piece in stream:
            depth += _depth_change(piece, name)
            tag, _, rest = piece.partition(">")
            if not depth:
                break
            move = remembered.get(tag) or move_of(tag)
            if move.signs:
                self.signs.update(move.signs)
            if move.step is Step.SKIP:
                rest = self._skip(move, at, rest, stream)
            words.append(rest if move.step is Step.TEXT else f" {rest}")
        return visible(_decoded("".join(words))), rest

    def _raw(self, name: str, text: str, stream: Stream) -> tuple[str, str]:
        """The text of an element whose content is no markup, and what stands behind it."""
        words = [text]
        end = f"/{name}>"
        for _, piece in stream:
            if piece.startswith(end):
                return "<".join(words), piece[len(end) :]
            # After "<!--" a script may hold a whole <script>…</script>; where it ends, only the parser knows.
            self.is_ambiguous |= name == "script" and piece.startswith("!--")
            words.append(piece)
        return "<".join(words), ""

    # The post as a whole

    def _finish(self) -> None:
        text = "\n".join([line[1] for line in self.lines])
        if has_unseen_letters(text):
            self._rewrite(lambda kind, words: "\n".join(map(visible, without_invisible(words).split("\n"))))
        if "[" in text and "]" in text:
            self._drop_shortcodes(boilerplate.closed_shortcodes(text))
        self._drop_furniture_lines()

    def _drop_shortcodes(self, closed: frozenset[str]) -> None:
        def without(kind: BlockKind, text: str) -> str:
            if kind == "code" or "[" not in text:
                return text
            text, taken = boilerplate.without_shortcodes(text, closed)
            self.dropped += [DroppedText(boilerplate.SHORTCODE.name, code) for code in taken]
            return "\n".join(filter(None, map(visible, text.split("\n")))) if taken else text

        self._rewrite(without)

    def _rewrite(self, change: Callable[[BlockKind, str], str]) -> None:
        changed = [(kind, change(kind, text), level, embed) for kind, text, level, embed in self.lines]
        self.lines = [line for line in changed if line[1]]

    def _drop_furniture_lines(self) -> None:
        lines = self.lines
        near_end = max(_EDGE_LINES, len(lines) - _EDGE_LINES)
        for index in (*range(len(lines) - 1, near_end - 1, -1), *range(min(_EDGE_LINES, len(lines)) - 1, -1, -1)):
            if len(lines[index][1]) <= boilerplate.LINE_CHARS and (rule := boilerplate.rule_of_line(lines[index][1])):
                self.dropped.append(DroppedText(rule, lines.pop(index)[1]))


_STEPS: tuple[Callable[[Reader, Move, int, str, Stream], str], ...] = (
    Reader._run_on,
    Reader._edge,
    Reader._break,
    Reader._open,
    Reader._close,
    Reader._list,
    Reader._list_end,
    Reader._begin_row,
    Reader._end_row,
    Reader._cell,
    Reader._quote,
    Reader._quote_end,
    Reader._drop,
    Reader._drop_line,
    Reader._skip,
    Reader._verbatim,
    Reader._enclose,
    Reader._begin_embed,
    Reader._end_embed,
)
"""The method of each `Step`, by its number."""


def _decoded(text: str) -> str:
    """Serialised text with its four entities decoded, each once."""
    return text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _lines_kept(raw: str) -> str:
    """Lines with their indents but that of the first, without the blank ones: a blank line parts blocks."""
    lines = (line.expandtabs(4).replace("\u00a0", " ") for line in raw.replace(_BR, "\n").split("\n"))
    shown = (line if line.isprintable() else without_invisible(line) for line in lines)
    return "\n".join(filter(None, map(str.rstrip, shown))).strip()


def _depth_change(piece: str, name: str) -> int:
    """1 where the piece opens an element of this name, -1 where it closes one, else 0."""
    if piece.startswith((f"{name} ", f"{name}>")):
        return 1
    return -1 if piece.startswith(f"/{name}>") else 0


def _behind(end: str, text: str, stream: Stream) -> str:
    """What stands behind the first `end`, in this text or a later piece."""
    while end not in text:
        following = next(stream, None)
        if following is None:
            return ""
        text = following[1]
    return text.partition(end)[2]
