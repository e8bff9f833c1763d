"""The kinds of columns: instants that sort as text, and texts that are kept compressed."""

from __future__ import annotations

import hashlib
import re
import zlib
from datetime import UTC, datetime
from typing import Final

import sqlalchemy as sa

_LEVEL: Final = 3  # of 1 to 9: a third faster than zlib's own 6, and 5 % larger
_UNSTORABLE: Final = re.compile("[\\0\ud800-\udfff]")


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware datetime, kept in UTC as text of one width, so that it sorts and compares alike in every database."""

    impl = sa.String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> str | None:
        """ValueError for a naive datetime: it names no instant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()}: a datetime without a time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> datetime | None:
        """In UTC."""
        return None if value is None else datetime.fromisoformat(value)


class PackedText(sa.types.TypeDecorator[str]):
    """Text, compressed."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> bytes | None:
        """A lone surrogate, which JSON text may hold, survives."""
        return None if value is None else zlib.compress(value.encode("utf-8", "surrogatepass"), _LEVEL)

    def process_result_value(self, value: bytes | None, dialect: sa.Dialect) -> str | None:
        """The text as it was."""
        return None if value is None else zlib.decompress(value).decode("utf-8", "surrogatepass")


class PlainText(sa.types.TypeDecorator[str]):
    """Text as it is, but for NUL and lone surrogates, which PostgreSQL refuses: U+FFFD stands for them."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        """The same for what is kept and what is looked for."""
        return None if value is None else _UNSTORABLE.sub("\ufffd", value)


def short_name(text: str) -> str:
    """A short name for a text from outside: PostgreSQL's indexes take no more than 2,700 bytes a row."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:40]
