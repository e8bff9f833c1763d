"""HTML of a post in, a `Document` out: what a reader reads, in order, as numbered sentences.

The parser mends the markup and writes it out again well formed; that text is cut at its tags, and each tag makes one
move (`markup`, `reader`): it ends a block, begins a heading, opens a quotation, or drops what it holds (`furniture`).
What is kept, what is dropped, and how lines, cells and embeds come out is told in `docs/cleaner.md`.

Time and memory are linear in the length of the HTML: markup past what a browser nests is flattened before parsing.
"""

from __future__ import annotations

from html import unescape
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from briefing.clean import boilerplate, provenance
from briefing.clean.block_reader import Reader, TextLine
from briefing.clean.flatten_html import flattened
from briefing.clean.genre import genre_of
from briefing.clean.invisible import has_unseen_letters, visible, without_invisible
from briefing.exceptions import EmptyPostError, PostError
from briefing.language.detect import language_of
from briefing.language.sentences import split_blocks
from briefing.types import Block, BlockKind, Document, Embed, Notice, Post, Sentence

_FLATTEN_CHARS, _FLATTEN_TAGS = 1 << 16, 1000  # with fewer opening tags, HTML cannot nest deep enough to hurt
# A long live blog has some ten thousand; with this many, a document takes about 150 MB.
MOST_TAGS = 300_000
_EXCERPT = Notice("The source gave only a part of this text: an excerpt, or what is shown before paying.")


def clean(post: Post) -> Document:
    """The post as a reader reads it. EmptyPostError where nothing is left of it, PostError where it is no post.

    Language: the post's own word, or what the text shows.
    """
    if post.is_protected:
        raise EmptyPostError(post.key, Notice("protected by a password"))
    if post.html.count("<") > MOST_TAGS:
        raise PostError(post.key, Notice("holds more than {most} tags, as no post does", most=MOST_TAGS))
    reader = _read(post.html, (post.language or "")[:2].lower())
    if not reader.lines:
        raise EmptyPostError(post.key, Notice("nothing is left after cleaning"))
    text = "\n\n".join([line[1] for line in reader.lines])
    title = _one_line(post.title)
    language = language_of(text, post.language)
    blocks, sentences = _numbered(reader.lines, text, title, language)
    return Document(
        post=post,
        title=title,
        text=text,
        blocks=blocks,
        sentences=sentences,
        language=language,
        genre=genre_of(post, title, text),
        provenance=((_EXCERPT,) if post.is_excerpt else ()) + provenance.notes(reader.signs),
        dropped=tuple(reader.dropped),
    )


def plain_text(html: str) -> str:
    """A title or name without its tags: entities decoded once, white space collapsed, nothing invisible left."""
    if "<" in html:
        return " ".join(" ".join([line[1] for line in _read(html, "").lines]).split())
    return _one_line(unescape(html))


def _one_line(text: str) -> str:
    return visible(without_invisible(text) if has_unseen_letters(text) else text)


class _NewSentence:
    """A `Sentence` being made. A frozen dataclass takes three times as long to fill, and a post has many of them."""

    __slots__ = ("block", "end", "number", "start")

    def __init__(self, number: int, start: int, end: int, block: int) -> None:
        self.number = number
        self.start = start
        self.end = end
        self.block = block


class _NewBlock:
    """A `Block` being made."""

    __slots__ = ("embed", "end", "first", "kind", "last", "level", "start")

    def __init__(
        self, kind: BlockKind, start: int, end: int, first: int, last: int, level: int, embed: Embed | None
    ) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.first = first
        self.last = last
        self.level = level
        self.embed = embed


def _numbered(
    lines: list[TextLine], text: str, title: str, language: str
) -> tuple[tuple[Block, ...], tuple[Sentence, ...]]:
    places = []
    start = 0
    for line in lines:
        stop = start + len(line[1])
        places.append((start, stop))
        start = stop + 2
    spans, counts = split_blocks(text, places, language)
    blocks: list[Any] = []
    sentences: list[Any] = [_NewSentence(0, 0, len(title), -1)]
    first = 1
    for index, ((kind, _, level, embed), (start, stop), last) in enumerate(zip(lines, places, counts, strict=True)):
        blocks.append(_NewBlock(kind, start, stop, first, last, level, embed))
        if first == last:
            sentences.append(_NewSentence(first, start, stop, index))
        else:
            for number, (begin, end) in enumerate(spans[first - 1 : last], first):
                sentences.append(_NewSentence(number, begin, end, index))
        first = last + 1
    for block in blocks:
        block.__class__ = Block
    for sentence in sentences:
        sentence.__class__ = Sentence
    return tuple(blocks), tuple(sentences)


def _read(html: str, language: str) -> Reader:
    if len(html) > _FLATTEN_CHARS or html.count("<") - html.count("</") > _FLATTEN_TAGS:
        html = flattened(html)
    reader = Reader(language)
    reader.read(_pieces(html))
    is_ambiguous = reader.is_ambiguous
    if is_ambiguous:
        reader = Reader(language)
        reader.read(_pieces(html, without_scripts=True))
    if reader.is_mostly_form:
        reader = Reader(language, boilerplate.FORM.name)
        reader.read(_pieces(html, without_scripts=is_ambiguous))
    return reader


def _pieces(html: str, *, without_scripts: bool = False) -> list[str]:
    """The parsed HTML written out and cut at each `<`: in text and attributes that is escaped.

    The tree is freed here, before anything else is made: a parser that finds its memory warm is twice as fast.
    """
    tree = LexborHTMLParser(html)
    if tree.body is None:  # a frameset stands in its place
        tree = LexborHTMLParser(html, is_fragment=True)
    if without_scripts:
        for script in tree.css("script"):
            script.decompose()
    root = tree.body or tree.root
    return (root.html or "").split("<")[1:] if root else []
