"""HTML of a post in, a `Document` out: what a reader reads, in order, as numbered sentences.

The parser mends the markup and writes it out again well formed; that text is cut at its tags, and each tag makes one
move (`markup`, `reader`): it ends a block, begins a heading, opens a quotation, or drops what it holds (`furniture`).
What is kept, what is dropped, and how lines, cells and embeds come out is told in `docs/cleaner.md`.

Time and memory are linear in the length of the HTML: markup past what a browser nests is flattened before parsing.
"""

from __future__ import annotations

from html import unescape

from selectolax.lexbor import LexborHTMLParser

from briefing.exceptions import EmptyPostError
from briefing.language.detect import language_of
from briefing.language.sentences import split
from briefing.loader import furniture, provenance
from briefing.loader.genre import genre_of
from briefing.loader.invisible import has_unseen_letters, visible, without_invisible
from briefing.loader.nesting import flattened
from briefing.loader.reader import Line, Reader
from briefing.types import Block, Document, Post, Sentence

_FLATTEN_CHARS, _FLATTEN_TAGS = 1 << 16, 1000  # with less than both, HTML cannot nest deep enough to hurt


def clean(post: Post) -> Document:
    """The post as a reader reads it. EmptyPostError where nothing is left of it.

    Language: the post's own word, or what the text shows.
    """
    if post.is_protected:
        raise EmptyPostError(post.key, "protected by a password")
    reader = _read(post.html, (post.language or "")[:2].lower())
    if not reader.lines:
        raise EmptyPostError(post.key, "nothing is left after cleaning")
    text = "\n\n".join([line[1] for line in reader.lines])
    title = _one_line(post.title)
    language = language_of(text, post.language)
    blocks, sentences = _numbered(reader.lines, title, language)
    return Document(
        post=post,
        title=title,
        text=text,
        blocks=blocks,
        sentences=sentences,
        language=language,
        genre=genre_of(post, title, text),
        provenance=provenance.notes(reader.signs),
        dropped=tuple(reader.dropped),
    )


def plain_text(html: str) -> str:
    """A title or name without its tags: entities decoded once, white space collapsed, nothing invisible left."""
    if "<" in html:
        return " ".join(" ".join([line[1] for line in _read(html, "").lines]).split())
    return _one_line(unescape(html))


def _one_line(text: str) -> str:
    return visible(without_invisible(text) if has_unseen_letters(text) else text)


def _numbered(lines: list[Line], title: str, language: str) -> tuple[tuple[Block, ...], tuple[Sentence, ...]]:
    sentences = [Sentence(0, 0, len(title), -1)]
    blocks = []
    first, start = 1, 0
    for index, (kind, text, level, embed) in enumerate(lines):
        for begin, end in split(text, language):
            sentences.append(Sentence(len(sentences), start + begin, start + end, index))
        stop = start + len(text)
        blocks.append(Block(kind, start, stop, first, len(sentences) - 1, level, embed))
        first, start = len(sentences), stop + 2
    return tuple(blocks), tuple(sentences)


def _read(html: str, language: str) -> Reader:
    if len(html) > _FLATTEN_CHARS or html.count("<") > _FLATTEN_TAGS:
        html = flattened(html)
    reader = Reader(language)
    reader.read(_pieces(html))
    is_ambiguous = reader.is_ambiguous
    if is_ambiguous:
        reader = Reader(language)
        reader.read(_pieces(html, without_scripts=True))
    if reader.is_mostly_form:
        reader = Reader(language, furniture.FORM.name)
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
