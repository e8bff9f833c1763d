"""What went wrong with a request, in one clause for a person; shown as "source: cause"."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import httpcore2

from briefing.types import Notice

MOST_WAIT_SECONDS: Final = 86_400.0
UNCLEAR_WAIT_SECONDS: Final = 3_600.0  # for a Retry-After that cannot be read: somebody wants to be left alone

_SECRET = re.compile(
    r"([?&;#][^=&;#]*(?:key|token|pass|pwd|secret|sig|auth|credential|session)[^=&;#]*=)[^&;#\s]*", re.IGNORECASE
)
_CHALLENGE = re.compile(
    rb"captcha|cf-chl|challenge-platform|just a moment|checking your browser|verify (?:that )?you are (?:a )?human"
    rb"|attention required|ddos-guard|incapsula|_incap_|sucuri|wordfence|perimeterx|datadome|akamai|bot (?:detection"
    rb"|protection)|unusual traffic|enable javascript and cookies",
    re.IGNORECASE,
)
_STATUSES: Final = {
    401: Notice("it asks for a login (401)"),
    402: Notice("it asks for payment (402)"),
    403: Notice("it refuses access (403)"),
    404: Notice("there is nothing at this address (404)"),
    407: Notice("the proxy asks for a login (407)"),
    410: Notice("it is gone for good (410); remove it, or give its new address"),
    429: Notice("it was asked too often (429)"),
    451: Notice("it is withheld for legal reasons (451)"),
    503: Notice("its server is not available now (503)"),
}
_CERTIFICATES: Final = {  # OpenSSL's X509_V_ERR_…
    9: Notice("its certificate is not valid yet (is this machine's clock right?)"),
    10: Notice("its certificate has expired"),
    18: Notice("its certificate is signed by itself"),
    62: Notice("its certificate is for another host"),
    64: Notice("its certificate is for another host"),
}


_UNTRUSTED: Final = Notice("its certificate is not from an authority this machine trusts")


class Fault(Exception):
    """A request that failed; the text is the cause. `is_passing`: the same request may go better in a moment."""

    def __init__(
        self, cause: Notice, *, status: int | None = None, retry_after: float | None = None, is_passing: bool = False
    ) -> None:
        super().__init__(cause)
        self.cause = cause
        self.status = status
        self.retry_after = retry_after
        self.is_passing = is_passing


def shown_address(address: str) -> str:
    """An address for people and logs: on one line, not endless, and without what may be a secret."""
    text = re.sub(r"(?<=//)[^/?#]*@", "***@", "".join(c for c in address if c.isprintable()))
    return _SECRET.sub(r"\1***", text)[:300]


def of_status(status: int, headers: Mapping[str, str], body: bytes, *, now: datetime) -> Fault:
    """What a status means that was not wanted. `body` is the beginning of what came with it."""
    wait = retry_after(headers.get("retry-after"), now) if status == 429 or status >= 500 else None
    if status in (401, 403, 429, 503) and is_challenge(headers, body):
        cause = Notice(
            "blocked: it shows a page meant to keep programs out ({status}); ask its owner to let briefing in",
            status=status,
        )
    elif status >= 500:
        cause = _STATUSES.get(status) or Notice("its server fails ({status})", status=status)
    else:
        cause = _STATUSES.get(status) or Notice("it answers {status}, which is of no use here", status=status)
    if wait:
        cause = Notice("{cause}, and asks to be left alone for {seconds} s", cause=cause, seconds=f"{wait:.0f}")
    return Fault(cause, status=status, retry_after=wait, is_passing=status >= 500 and wait is None)


def is_challenge(headers: Mapping[str, str], body: bytes) -> bool:
    """Whether a page tests for a human reader in front of what was asked for."""
    if "cf-mitigated" in headers:
        return True
    return body.lstrip()[:1] == b"<" and bool(_CHALLENGE.search(body[:65_536]))


def retry_after(value: str | None, now: datetime) -> float | None:
    """The seconds of a `Retry-After` (RFC 9110, 10.2.3: seconds or a date), from 0 to a day."""
    if value is None:
        return None
    if re.fullmatch(r"[+-]?\d+(\.\d*)?", value.strip(), re.ASCII):
        return min(max(float(value.strip()[:20]), 0.0), MOST_WAIT_SECONDS)
    try:
        when = parsedate_to_datetime(value)
        seconds = (when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return UNCLEAR_WAIT_SECONDS
    return min(max(seconds, 0.0), MOST_WAIT_SECONDS)


def of_error(error: Exception) -> Fault:
    """What an error of the connection means."""
    reason = _reason(error)
    if isinstance(reason, ssl.SSLCertVerificationError):
        why = _CERTIFICATES.get(reason.verify_code) or _UNTRUSTED
        return Fault(Notice("{why}, so the connection is not safe", why=why))
    if isinstance(reason, ssl.SSLError):
        return Fault(Notice("no secure connection comes about (TLS)"), is_passing=True)
    if isinstance(reason, socket.gaierror):
        return Fault(Notice("its host name is not found (is the address right?)"), is_passing=True)
    if isinstance(error, httpcore2.ProxyError):
        return Fault(Notice("the proxy refuses"), is_passing=False)
    if isinstance(error, httpcore2.ConnectError | httpcore2.ConnectTimeout):
        refused, unreached = Notice("it refuses connections"), Notice("it cannot be reached")
        return Fault(refused if isinstance(reason, ConnectionRefusedError) else unreached, is_passing=True)
    if isinstance(error, httpcore2.LocalProtocolError | httpcore2.UnsupportedProtocol | ValueError):
        return Fault(Notice("its address cannot be put into a request"))
    if isinstance(error, httpcore2.RemoteProtocolError) and "disconnected" not in str(error):
        cut = "incomplete" in str(error) or "without sending complete" in str(error)
        broken, foreign = Notice("the answer broke off in the middle"), Notice("its answer is not HTTP")
        return Fault(broken if cut else foreign, is_passing=True)
    return Fault(Notice("the connection broke before the answer was there"), is_passing=True)


def _reason(error: BaseException) -> BaseException:
    """The first error of a chain: the system's own."""
    while (deeper := error.__cause__ or error.__context__) is not None:
        if isinstance(error, ssl.SSLError | socket.gaierror | ConnectionRefusedError):
            return error
        error = deeper
    return error
