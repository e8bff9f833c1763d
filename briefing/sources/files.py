"""Saved posts: a file, a folder of files, or bytes from standard input, told apart by what they hold.

A WordPress response, a WordPress export (WXR), a feed, or a whole HTML page.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

from briefing.exceptions import LoadError, ParseError
from briefing.sources.wordpress.rest import post_from
from briefing.types import Notice, Post

# How a JSON object, or an array of them, begins, whatever the encoding; a text may begin with a bracket too.
_JSON = re.compile(rb"[\xef\xbb\xbf\xff\xfe\s]*(?:\{\s*[\"}]|\[\s*[{\]])")
_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org')
_HEAD_BYTES = 4096
_BEGINNING = r"(?:\s|<!--.*?-->|<\?xml[^>]*>)*"
_XML = re.compile(rf"{_BEGINNING}<(?:rss|feed|rdf:RDF|\w+:feed)\b".encode(), re.DOTALL)
# A page whole, not a fragment of one: what is the article in it has to be found.
_PAGE = re.compile(rf"{_BEGINNING}<(?:!doctype\s+html|html|head|body)\b".encode(), re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</[a-zA-Z]+\s*>|<(?:p|br|div|img|hr|li|h[1-6])\b[^<>]*>")


def _text(data: bytes, source: str) -> str:
    """RFC 8259 asks for UTF-8; exports made on Windows come in UTF-16 and with a byte order mark."""
    try:
        return data.decode(json.detect_encoding(data))
    except UnicodeDecodeError as error:
        raise ParseError(
            source, Notice("not text in UTF-8 ({reason} at byte {place})", reason=error.reason, place=error.start)
        ) from error


def _lines(text: str, source: str) -> Iterator[object]:
    """JSON lines; a line that is not JSON is yielded as the error that names it."""
    # Not splitlines: a JSON string may hold U+2028, which is no line end there.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError as error:
                yield ParseError(f"{source}, line {number}", Notice("not JSON: {error}", error=str(error)))
            except RecursionError:
                yield ParseError(f"{source}, line {number}", Notice("not posts: JSON nested too deeply"))


def _items(text: str, source: str) -> list[object]:
    """The items of one object, an array or JSON lines. ParseError where the text is none of them."""
    try:
        whole = json.loads(text)
    except ValueError as error:
        lines = list(_lines(text, source))
        if not any(isinstance(line, dict) for line in lines):
            if text.lstrip()[:1] == "<":
                raise ParseError(source, Notice("not JSON but a piece of HTML, no whole page")) from error
            raise ParseError(source, Notice("not JSON: {error}", error=str(error))) from error
        return lines
    except RecursionError as error:
        raise ParseError(source, Notice("not posts: JSON nested too deeply")) from error
    return whole if isinstance(whole, list) else [whole]


def read_bytes(data: bytes, *, source: str, url: str = "") -> list[Post | LoadError]:
    """The posts of a saved response, export, feed or page; `url` is where it came from, if that is known.

    An item of the wrong shape becomes a ParseError in its place; the others are read. ParseError is raised where it is
    none of these, LoadError where it holds no item.
    """
    head = data[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf")
    if _PAGE.match(head):
        from briefing.sources.pages import post_from_page

        return [post_from_page(data, url=url, source=source)]
    if _XML.match(head):
        from briefing.sources.wordpress.wxr import is_wxr, posts_from_wxr

        if is_wxr(data):
            return posts_from_wxr(data, source=source)
    if _XML.match(head) or _JSON_FEED.search(head):
        from briefing.sources.feeds import posts_from_feed

        return posts_from_feed(data, url=url, source=source)
    return _responses(data, source)


def _responses(data: bytes, source: str) -> list[Post | LoadError]:
    """The posts of a saved `wp-json/wp/v2/posts` response: one object, an array or JSON lines.

    An item of the wrong shape is named by its index (from 0).
    """
    text = _text(data, source)
    if not text.strip():
        raise LoadError(source, Notice("the file is empty"))
    items = _items(text, source)
    if not items:
        raise LoadError(source, Notice("an empty array: there is no post in it"))
    outcome: list[Post | LoadError] = []
    for index, item in enumerate(items):
        try:
            outcome.append(
                item if isinstance(item, LoadError) else post_from(item, source=_item_name(source, index, len(items)))
            )
        except ParseError as error:
            outcome.append(error)
    return outcome


def _item_name(source: str, index: int, count: int) -> str:
    return source if count == 1 else f"{source}, item {index}"


def read_file(path: Path, *, name: str | None = None) -> list[Post | LoadError]:
    """The posts of one saved file; `name` (by default the path) names it in errors. LoadError if unreadable."""
    source = name or str(path)
    return read_bytes(_bytes(path, source), source=source, url=path.absolute().as_uri())


def read(path: Path) -> list[Post | LoadError]:
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
    """A post of plain text (paragraphs parted by blank lines) or of HTML, told apart by whether it holds tags."""
    key = "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return Post(key=key, title="", html=text if _TAG.search(text) else _paragraphs(text))


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(part)}</p>\n" for part in re.split(r"\n\s*\n", text))


def post_from_bytes(data: bytes, *, source: str, url: str = "") -> Post:
    """The one post that a saved response, export, feed, page, plain text or HTML holds. LoadError where it is not one.

    `url` as in `read_bytes`.
    """
    head = data[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf")
    if not (_JSON.match(data.replace(b"\x00", b"")) or _PAGE.match(head) or _XML.match(head)):
        return post_from_text(data.decode("utf-8-sig", "replace"))
    outcome = read_bytes(data, source=source, url=url)
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
    try:
        return path.read_bytes()
    except OSError as error:
        raise LoadError(source, error.strerror or str(error)) from error
