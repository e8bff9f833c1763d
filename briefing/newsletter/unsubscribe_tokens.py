"""Signed tokens: who unsubscribes from what, and which message a bounce is about. No address is ever in one.

An unsubscribe token is three parts with dots between them::

    <newsletter>.<recipient>.<signature>

`recipient` is a keyed hash of the address; only who holds the secret and the list of addresses can tell whose it is. A
web server needs the secret alone. It checks a token with `read_token` (this module imports nothing but the standard
library), answers a GET with a page that asks, since mail scanners follow every link, and writes the token down on a
POST; `briefing` reads what was written as a CSV with the columns `token` and `at`. `unsubscribe_app` is exactly that,
as a WSGI application::

    from briefing.newsletter.unsubscribe_tokens import unsubscribe_app
    application = unsubscribe_app(secret, note)      # note(token) appends a line to the CSV

RFC 8058: the POST of a mail program comes without cookies and without a login, its answer must not redirect.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

_TOKEN = re.compile(r"([a-z0-9][a-z0-9-]{0,39})\.([0-9a-f]{24})\.([0-9a-f]{32})", re.ASCII)
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Unsubscribe</title><body>{}</body></html>"""
_ASK = '<form method="post"><p>Do you want no more mail of this newsletter?</p><button>Unsubscribe</button></form>'


@dataclass(frozen=True, slots=True)
class UnsubscribeRequest:
    """What a genuine token says: which newsletter, and which recipient (as `recipient_id` makes it)."""

    newsletter: str
    recipient: str


def recipient_id(secret: bytes, address: str) -> str:
    """The 24 hexadecimal digits that stand for a normalised address."""
    return _digest(secret, "recipient", address)[:24]


def unsubscribe_token(secret: bytes, *, newsletter: str, recipient: str) -> str:
    """The token by which the recipient of that id leaves this newsletter; the same for every issue."""
    return f"{newsletter}.{recipient}.{_signature(secret, newsletter, recipient)}"


def read_token(secret: bytes, token: str) -> UnsubscribeRequest | None:
    """What the token says, or None where it is not one of ours; takes the same time for every wrong signature."""
    match = _TOKEN.fullmatch(token)
    if match is None:
        return None
    newsletter, recipient, signature = match.groups()
    if not hmac.compare_digest(signature, _signature(secret, newsletter, recipient)):
        return None
    return UnsubscribeRequest(newsletter, recipient)


def message_tag(secret: bytes, *, issue: str, address: str) -> str:
    """24 hexadecimal digits that name the one message of this issue to this normalised address.

    It is the left side of its Message-ID and the tag of its envelope sender.
    """
    return _digest(secret, "message", issue, address)[:24]


def unsubscribe_app(
    secret: bytes, act: Callable[[str], None]
) -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    """A WSGI application for `…?token=…`: GET asks, POST calls `act(token)` once the token has been checked."""

    def application(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        token = parse_qs(environ.get("QUERY_STRING", "")).get("token", [""])[0]
        if read_token(secret, token) is None:
            return _answer(start, "404 Not Found", "<p>This link is not complete.</p>")
        if environ["REQUEST_METHOD"] == "POST":
            act(token)
            return _answer(start, "200 OK", "<p>You will get no more mail of this newsletter.</p>")
        return _answer(start, "200 OK", _ASK)

    return application


def _answer(start: StartResponse, status: str, body: str) -> list[bytes]:
    page = _PAGE.format(body).encode()
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(page)),
        "Cache-Control": "no-store",
    }
    start(status, list(headers.items()))
    return [page]


def _signature(secret: bytes, newsletter: str, recipient: str) -> str:
    return _digest(secret, "unsubscribe", newsletter, recipient)[:32]


def _digest(secret: bytes, *parts: str) -> str:
    return hmac.new(secret, "\0".join(parts).encode(), sha256).hexdigest()
