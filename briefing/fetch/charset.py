"""Bytes of a feed or page in, text out: what the bytes are counts for more than what they are said to be."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,100}?\sencoding\s*=\s*[\"']([\w.:-]+)")
_META = re.compile(rb"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META_BYTES = 4096  # the standard asks for 1024; real pages put more before it
# What a label means in a browser (https://encoding.spec.whatwg.org/#names-and-labels), where Python means less by it.
_WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip

# Codecs of Python that are no encoding of a page, and raise what no decoding of a page may raise.
_NO_ENCODINGS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})


def decoded(body: bytes, *, content_type: str = "") -> str:
    """The text of a feed or page: by its byte order mark, as UTF-8, as the text or else the header says, or nearly so.

    Never an error: bytes that fit nothing become U+FFFD.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    if body[:4].count(0) == 2:  # "<\0?\0": two bytes a character, and no mark
        return body.decode("utf-16-le" if body[1] == 0 else "utf-16-be", "replace")
    names = list(_said(body, content_type))
    for name in ["utf-8", *names] if not _is_seven_bit(names) else names:
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            pass
    return _nearly(body, names)


def _is_seven_bit(names: list[str]) -> bool:
    return bool(names) and names[0].startswith(("iso2022", "hz"))


def _said(body: bytes, content_type: str) -> Iterator[str]:
    """The names of the encodings that it is said to be in: its own word first, a server's is often its default."""
    head = body[:_META_BYTES]
    for found in (_XML.search(head), _META.search(head)):
        if found:
            yield from _known(found[1].decode("ascii"))
    if header := _HEADER.search(content_type):
        yield from _known(header[1])


def _known(label: str) -> Iterator[str]:
    try:
        b"".decode(label)  # "hex" and "rot13" are codecs too, and refused here
        name = codecs.lookup(label).name
    except LookupError:
        return
    if name in _NO_ENCODINGS:
        return
    if name.startswith(("utf-7", "utf-16", "utf-32")):  # it was read as bytes to find the label
        return
    yield _WIDER.get(name, name)


def _nearly(body: bytes, names: list[str]) -> str:
    """UTF-8 with a few bytes broken, where most of what is not ASCII is sound; else what it is said to be in."""
    text = body.decode("utf-8", "replace")
    sound = sum(not character.isascii() for character in text) - text.count("\N{REPLACEMENT CHARACTER}")
    if sound > text.count("\N{REPLACEMENT CHARACTER}"):
        return text
    name = next((name for name in names if name != "utf-8"), "cp1252")
    return body.decode(name, "replace")
