"""A response's body: read as it comes, unpacked bit by bit, up to a cap on its decoded bytes.

gzip is all we ask for, so it is all we unpack; what is packed twice, or otherwise, is refused unread.
"""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable, Iterator, Mapping
from typing import Final

from briefing.types import Notice

BLOCK_BYTES: Final = 64 * 1024
MOST_MEMBERS: Final = 100  # gzip files may be joined; each costs more than its bytes
_UNPACKED: Final = ("", "identity", "none", "utf-8")  # the last two are no encodings, but sent all the same


class BodyError(Exception):
    """The body cannot be had; the text is the cause, in one clause. `is_passing`: it may go better the next time."""

    def __init__(self, cause: Notice, *, is_passing: bool = False) -> None:
        super().__init__(cause)
        self.cause = cause
        self.is_passing = is_passing


async def read_body(
    parts: AsyncIterable[bytes], headers: Mapping[str, str], *, most_bytes: int, is_cut: bool = False
) -> bytes:
    """The decoded body. One that is longer than the cap is an error, or is cut there. Raises BodyError."""
    unpacking = _unpacking(headers.get("content-encoding", ""))
    announced = headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:18]) > most_bytes and not is_cut:
        raise _too_large(most_bytes)
    body, received = bytearray(), 0
    async for part in parts:
        received += len(part)
        for piece in unpacking.feed(part) if unpacking else (part,):
            body += piece
            if max(len(body), received) > most_bytes:
                if is_cut:
                    return bytes(body[:most_bytes])
                raise _too_large(most_bytes)
    if unpacking and received and not unpacking.is_whole:
        raise BodyError(Notice("the answer broke off in the middle"), is_passing=True)
    return bytes(body)


def _unpacking(header: str) -> _Gunzip | None:
    encodings = [name for part in header.lower().split(",") if (name := part.strip()) not in _UNPACKED]
    if not encodings:
        return None
    if len(encodings) > 1:
        raise BodyError(Notice("its answer is packed more than once"))
    if encodings[0] not in ("gzip", "x-gzip"):
        raise BodyError(
            Notice("its answer is packed as {name}, which was not asked for", name=ascii(encodings[0][:20]))
        )
    return _Gunzip()


def _too_large(most_bytes: int) -> BodyError:
    size = f"{most_bytes / 2**20:.0f} MiB" if most_bytes >= 2**20 else f"{most_bytes} bytes"
    return BodyError(Notice("the answer is larger than {size}", size=size))


class _Gunzip:
    """gzip (RFC 1952), never more than a block unpacked at once."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._members = 1

    @property
    def is_whole(self) -> bool:
        return self._member.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        try:
            while True:
                if self._member.eof:
                    if not data.strip(b"\0"):  # padding
                        return
                    self._begin()
                piece = self._member.decompress(data, BLOCK_BYTES)
                yield piece
                data = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
                if not data and (self._member.eof or len(piece) < BLOCK_BYTES):
                    return
        except zlib.error as error:
            raise BodyError(Notice("its answer is not the gzip that it says it is")) from error

    def _begin(self) -> None:
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise BodyError(Notice("its answer is packed in too many pieces"))
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
