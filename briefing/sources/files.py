"""Saved posts: a file, a folder of files, or bytes from standard input, told apart by what they hold.

A WordPress response, a WordPress export (WXR), a feed, or a whole HTML page.
"""

from __future__ import annotations

import hashlib
import html
import re
from pathlib import Path

from briefing.exceptions import LoadError, NotAPostError
from briefing.sources.registry import kind_called, kind_of
from briefing.sources.source_kind import Body, Likeness, SourceKind, Visit, posts_in_now
from briefing.sources.source_state import ReadResult
from briefing.sources.states import counted
from briefing.types import Notice, Post

_MOST_BYTES = 512 * 2**20  # of one file
_TAG = re.compile(r"</[a-zA-Z]+\s*>|<(?:p|br|div|img|hr|li|h[1-6])\b[^<>]*>")


def read_bytes(data: bytes, *, source: str, url: str = "") -> list[Post | LoadError]:
    """The posts of a saved response, export, feed or page; `url` is where it came from, if that is known.

    An item of the wrong shape becomes a ParseError in its place, one that is no published post a NotAPostError; the
    others are read. ParseError is raised where it is none of these, LoadError where it holds no post.
    """
    body = Body(data, source, url)
    outcome = posts_in_now(body, kind_of(body) or kind_called("wordpress"))  # whose words say what was expected
    if outcome and all(isinstance(item, NotAPostError) for item in outcome):
        causes = [item.cause for item in outcome if isinstance(item, NotAPostError)]
        raise LoadError(source, Notice("no published post in it: {counted}", counted=counted(causes)))
    return outcome


def read_file(path: Path, *, name: str | None = None) -> list[Post | LoadError]:
    """The posts of one saved file; `name` (by default the path) names it in errors. LoadError if unreadable."""
    source = name or str(path)
    return read_bytes(_bytes(path, source), source=source, url=path.absolute().as_uri())


def read_files(path: Path) -> list[Post | LoadError]:
    """The posts of a saved file, or of every file of a folder (sub-folders too, by name, hidden ones left out).

    In a folder, a file that cannot be read as posts becomes a LoadError in its place. LoadError is raised where the
    path does not exist, or the folder holds no file.
    """
    if str(path).startswith(("http:", "https:")):
        raise LoadError(str(path), Notice("an address, not a file"))
    try:
        if not path.exists():
            raise LoadError(str(path), _missing(path))
        if not path.is_dir():
            return read_file(path)
        files = _files(path)
    except OSError as error:
        raise LoadError(str(path), error.strerror or str(error)) from error
    if not files:
        raise LoadError(str(path), Notice("the folder holds no file"))
    outcome: list[Post | LoadError] = []
    for file in files:
        try:
            outcome.extend(read_file(file))
        except LoadError as error:
            outcome.append(error)
    return outcome


_FILE_ENDINGS = frozenset("json jsonl html htm xml rss atom txt md opml csv zip gz pdf".split())


def _missing(path: Path) -> Notice:
    """With a hint for a site's address without its scheme."""
    host = path.parts[0] if path.parts else ""
    is_host = re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,24}", host) and path.suffix[1:].lower() not in _FILE_ENDINGS
    if is_host:
        return Notice("there is no such file or folder; if it is a site, write https://{path}", path=str(path))
    return Notice("there is no such file or folder")


def _files(folder: Path) -> list[Path]:
    """The files to read, by name; those of a finished digest of ours are left out."""
    next(folder.iterdir(), None)  # raises where the folder may not be read; rglob would pass it over
    found = sorted(file for file in folder.rglob("*") if file.is_file() and not _is_hidden(file, folder))
    made = {file.parent for file in found if file.name == "documents.json"}
    made &= {file.parent for file in found if file.name == "digest.json"}
    return [file for file in found if file.parent not in made]


def _is_hidden(file: Path, below: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(below).parts)


def post_from_text(text: str) -> Post:
    """A post of HTML where the text holds tags, of Markdown where it holds its signs, else of plain text, whose
    paragraphs blank lines part."""
    key = "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return Post(key=key, title="", html=text if _TAG.search(text) else _html_of(text))


# What opens a heading, an item or a quote, a link, and what is strong.
_MARKDOWN = re.compile(r"^\s{0,3}(?:#{1,6}\s|[-*+]\s|\d{1,3}[.)]\s|>)|\*\*\S|\]\(", re.MULTILINE)


def _html_of(text: str) -> str:
    if not _MARKDOWN.search(text):
        return _paragraphs(text)
    from markdown_it import MarkdownIt

    rendered: str = MarkdownIt("commonmark", {"html": False}).disable("code").render(text)
    return rendered


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(part)}</p>\n" for part in re.split(r"\n\s*\n", text))


def post_from_bytes(data: bytes, *, source: str, url: str = "") -> Post:
    """The one post that a saved response, export, feed, page, plain text or HTML holds. LoadError where it is not one.

    `url` as in `read_bytes`.
    """
    if kind_of(Body(data, source, url)) is None:
        return post_from_text(data.decode("utf-8-sig", "replace"))
    read = read_bytes(data, source=source, url=url)
    outcome = [item for item in read if not isinstance(item, NotAPostError)]
    if len(outcome) > 1:
        raise LoadError(
            source, Notice("holds {n} posts; make a digest of them, or name a file that holds one", n=len(outcome))
        )
    if isinstance(outcome[0], LoadError):
        raise outcome[0]
    return outcome[0]


def post_from_file(path: Path) -> Post:
    """The one post of a file, as `post_from_bytes` reads it. LoadError where it cannot be read."""
    return post_from_bytes(_bytes(path, str(path)), source=str(path), url=path.absolute().as_uri())


def _bytes(path: Path, source: str) -> bytes:
    """What the file holds. A pipe may be one, and a device that never ends."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # a name with a NUL in it
        raise LoadError(source, getattr(error, "strerror", None) or str(error)) from error
    if len(data) > _MOST_BYTES:
        raise LoadError(source, Notice("larger than {size}", size=f"{_MOST_BYTES >> 20} MiB"))
    return data


class Files(SourceKind):
    """What a source is that is no address: its files are read by the kinds that they are of."""

    name = "files"

    def sniff(self, body: Body) -> Likeness:
        """Bytes are always of another kind."""
        return Likeness.NO

    def read(self, body: Body) -> list[Post | LoadError]:
        """As `read_bytes`."""
        return read_bytes(body.data, source=body.source, url=body.url)

    async def visit(self, visit: Visit) -> ReadResult | None:
        """There is nothing to visit."""
        raise LoadError(visit.source.address, Notice("an address, not files"))
