"""Whether a message is what mail programs and providers ask of a newsletter; what is wrong with it, in plain words.

RFC 5322, 2047, 2369, 2919, 3834, 8058; the limits of providers where they are known. It reads the bytes alone and
shares nothing with what wrote them but the names of the headers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from html.parser import HTMLParser
from typing import Final

from briefing.newsletter.message import ARCHIVED, HEADERS, MOST_LINE_OCTETS, ONE_CLICK, UNSUBSCRIBE
from briefing.newsletter.subscribers import parse_address

MOST_HTML_OCTETS: Final = 102 * 1000  # Gmail shows no more

_FIXED: Final = {
    "Auto-Submitted": "auto-generated",
    "Precedence": "bulk",
    "X-Auto-Response-Suppress": "All",
    "MIME-Version": "1.0",
}
_DATE = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
_LINKS = re.compile(r"(?:<https://[!-;=?-~]+>, )?<mailto:[!-;=?-~]+>")
_LOADS = ("img", "source", "iframe", "script", "link", "video", "audio", "embed", "object", "input", "track")
_CSS_URL = re.compile(r"url\(\s*['\"]?(?!data:)|@import", re.IGNORECASE)


def message_problems(data: bytes, *, organisation: str = "", may_load_images: bool = False) -> list[str]:
    """What is wrong with a message, and nothing where it may go out.

    `organisation` is the line that says who sends it, which both parts have to show.
    """
    head, _, _ = data.partition(b"\r\n\r\n")
    fields = _fields(head)
    return [
        *_bytes(data, head),
        *_headers(fields),
        *_identity(fields),
        *_unsubscribing(fields),
        *_body(data, fields, organisation, may_load_images=may_load_images),
    ]


def _fields(head: bytes) -> list[tuple[str, str]]:
    """Header lines as they stand, continuation lines joined with their CRLF in them."""
    lines = re.split(r"\r\n(?![ \t])", head.decode("latin-1"))
    return [(name, value.strip(" ")) for name, _, value in (line.partition(":") for line in lines)]


def _bytes(data: bytes, head: bytes) -> Iterator[str]:
    if re.search(rb"(?<!\r)\n|\r(?!\n)", data):
        yield "a line ends in a bare CR or LF"
    if any(len(line) > MOST_LINE_OCTETS for line in data.split(b"\r\n")):
        yield f"a line is longer than {MOST_LINE_OCTETS} octets"
    if not head.isascii():
        yield "the head is not ASCII"
    if not data.isascii():
        yield "the body is not in quoted-printable throughout"


def _headers(fields: list[tuple[str, str]]) -> Iterator[str]:
    counts = Counter(name for name, _ in fields)
    allowed = {*HEADERS, ONE_CLICK, ARCHIVED}
    yield from (f"{name}: {counts[name]} times, not once" for name in HEADERS if counts[name] != 1)
    yield from (f"{name}: more than once" for name in (ONE_CLICK, ARCHIVED) if counts[name] > 1)
    yield from (f"{name}: no header of ours" for name in counts if name not in allowed)
    values = dict(fields)
    yield from (f"{name}: not {value}" for name, value in _FIXED.items() if values.get(name) != value)
    if not _DATE.fullmatch(values.get("Date", "")):
        yield "Date: not a date with a numeric zone"
    if not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", values.get("Content-Language", "")):
        yield "Content-Language: no language tag"
    for name, value in fields:
        if name.startswith("List-") and ("=?" in value or "\r\n" in value):
            yield f"{name}: folded or an encoded word; mail programs do not read that"


def _identity(fields: list[tuple[str, str]]) -> Iterator[str]:
    """One mailbox each, and identifiers under the domain of the sender."""
    values = dict(fields)
    boxes = {name: _mailbox(values.get(name, "")) for name in ("From", "To", "Reply-To")}
    yield from (f"{name}: not exactly one address" for name, box in boxes.items() if box is None)
    domain = (boxes["From"] or "").rpartition("@")[2]
    for name, pattern in (("Message-ID", r"<[!-;=?A-~]+@{}>"), ("List-Id", r"<[a-z0-9.-]+\.{}>")):
        if not re.fullmatch(pattern.replace("{}", re.escape(domain)), values.get(name, "")):
            yield f"{name}: not of the sender's domain"


def _mailbox(value: str) -> str | None:
    """The one address of a header, whatever its display name says."""
    unquoted = re.sub(r'"(\\.|[^"\\])*"', "", value)
    match = re.fullmatch(r"(?:[^<>@,;:]*\s)?<([^<>]+)>|([^<>\s,;:]+)", unquoted, re.DOTALL)
    try:
        return parse_address(match[1] or match[2]).address if match else None
    except ValueError:
        return None


def _unsubscribing(fields: list[tuple[str, str]]) -> Iterator[str]:
    values = dict(fields)
    links = values.get("List-Unsubscribe", "")
    if not _LINKS.fullmatch(links):
        yield "List-Unsubscribe: not <https://…>, <mailto:…> or <mailto:…>"
    if ("<https:" in links) != (values.get(ONE_CLICK) == "List-Unsubscribe=One-Click"):
        yield f"{ONE_CLICK}: belongs to an https link in List-Unsubscribe, and only there (RFC 8058)"


def _body(data: bytes, fields: list[tuple[str, str]], organisation: str, *, may_load_images: bool) -> Iterator[str]:
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    parts = list(message.iter_parts()) if message.get_content_type() == "multipart/alternative" else []
    if [part.get_content_type() for part in parts] != ["text/plain", "text/html"]:
        yield "the body is not a text and an HTML part, in this order"
        return
    for part in parts:
        if (part.get_content_charset(), part["Content-Transfer-Encoding"]) != ("utf-8", "quoted-printable"):
            yield f"{part.get_content_type()}: not UTF-8 in quoted-printable"
    text, html = (str(part.get_content()) for part in parts)
    page = _Page(html)
    links = re.findall(r"<([^>]+)>", dict(fields).get("List-Unsubscribe", ""))
    if not any(link in text for link in links):
        yield "the text shows no way to unsubscribe"
    if not any(link in page.links for link in links):
        yield "the HTML shows no way to unsubscribe"
    if UNSUBSCRIBE in text or UNSUBSCRIBE in html:
        yield "an unsubscribe link was not filled in"
    for name, shown in (("text", text), ("HTML", page.text)):
        if _squeezed(organisation) not in _squeezed(shown):
            yield f"the {name} does not say who sends it ({organisation})"
    if len(html.encode()) >= MOST_HTML_OCTETS:
        yield f"the HTML is longer than {MOST_HTML_OCTETS} octets; Gmail cuts it off"
    if page.loaded and not may_load_images:
        yield f"the HTML loads {page.loaded[0]}"


def _squeezed(text: str) -> str:
    return " ".join(text.split())


class _Page(HTMLParser):
    """What a reader sees and can follow, and what a mail program would fetch."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.links: list[str] = []
        self.loaded: list[str] = []
        self._in_style = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        for name, value in attrs:
            if tag == "a" and name == "href":
                self.links.append(value or "")
            elif (tag in _LOADS and name in ("src", "srcset", "href", "data")) or name in ("background", "poster"):
                self.loaded += [] if (value or "").startswith(("data:", "cid:")) else [f"{tag}: {(value or '')[:80]}"]
            elif name == "style":
                self._look_for_urls(value or "")

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self._look_for_urls(data)
        else:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def _look_for_urls(self, css: str) -> None:
        if _CSS_URL.search(css):
            self.loaded.append("what its style sheet names")
