"""The tables of the store, in their present shape, and the way from those of earlier releases."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from briefing.store.columns import Instant, PackedText, PlainText
from briefing.store.database import SchemaPart

_tables = sa.MetaData()

model_answers: Final = sa.Table(
    "answers",
    _tables,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("model", sa.Text, nullable=False),
    sa.Column("reply", PlainText, nullable=False),
    sa.Column("input_tokens", sa.BigInteger, nullable=False),
    sa.Column("output_tokens", sa.BigInteger, nullable=False),
    sa.Column("cached_tokens", sa.BigInteger, nullable=False),
    sa.Column("stored_at", sa.String(32), nullable=False),
    sa.Column("prompt_tokens", sa.BigInteger, nullable=False),
    sa.Column("prompt_tokens_read", sa.BigInteger),
)

sources: Final = sa.Table(
    "sources",
    _tables,
    sa.Column("address_name", sa.String(40), primary_key=True),
    sa.Column("address", PlainText, nullable=False),
    sa.Column("kind", sa.String(40)),
    sa.Column("endpoint", PlainText),
    sa.Column("etag", PlainText),
    sa.Column("last_modified", PlainText),
    sa.Column("changed_after", Instant),
    sa.Column("ids", PackedText, nullable=False),
    sa.Column("last_read_at", Instant),
    sa.Column("last_tried_at", Instant),
    sa.Column("not_before", Instant),
    sa.Column("failures", sa.BigInteger, nullable=False),
    sa.Column("last_error", PlainText),
    sa.Column("is_gone", sa.Boolean, nullable=False),
)

posts: Final = sa.Table(
    "posts",
    _tables,
    sa.Column("address_name", sa.String(40), primary_key=True),
    sa.Column("key_name", sa.String(40), primary_key=True),
    sa.Column("address", PlainText, nullable=False),
    sa.Column("key", PlainText, nullable=False),
    sa.Column("id", PlainText, nullable=False),
    sa.Column("hash", sa.String(200), nullable=False),
    sa.Column("published", Instant),
    sa.Column("modified", Instant),
    sa.Column("first_seen", Instant, nullable=False),
    sa.Column("changed_at", Instant),
    sa.Column("gone_at", Instant),
    sa.Column("news_at", Instant, nullable=False),  # when it became news to us: see `Sources.posts`
    sa.Column("record", PackedText),  # NULL: forgotten; the rest of the row stays, or the post would be new once more
    sa.Index("posts_by_key", "key_name"),
    sa.Index("posts_by_news", "news_at"),
)

documents: Final = sa.Table(
    "documents",
    _tables,
    sa.Column("hash", sa.String(200), primary_key=True),
    sa.Column("document", PackedText, nullable=False),
    sa.Column("kept_at", Instant, nullable=False),
)


def _of_a_digest() -> list[sa.Column[object]]:
    """The digest that a row belongs to."""
    return [
        sa.Column("series", sa.String(400), primary_key=True),
        sa.Column("since", Instant, primary_key=True),
        sa.Column("until", Instant, primary_key=True),
    ]


digests: Final = sa.Table(
    "digests",
    _tables,
    *_of_a_digest(),
    sa.Column("made_at", Instant, nullable=False),
    sa.Column("digest", PackedText, nullable=False),
    sa.Column("documents", PackedText, nullable=False),
)

digest_posts: Final = sa.Table(
    "digest_posts",
    _tables,
    *_of_a_digest(),
    sa.Column("key_name", sa.String(40), primary_key=True),
    sa.Index("digest_posts_by_key", "key_name"),
)

stories: Final = sa.Table(
    "stories",
    _tables,
    *_of_a_digest(),
    sa.Column("id", sa.String(400), primary_key=True),
    sa.Column("first_at", Instant, nullable=False),
    sa.Column("last_at", Instant, nullable=False),
    sa.Column("record", PackedText, nullable=False),
)

answers_given: Final = sa.Table(
    "answers_given",
    _tables,
    *_of_a_digest(),
    sa.Column("question_name", sa.String(40), primary_key=True),
    sa.Column("question", PlainText, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("state", sa.String(40), nullable=False),
    sa.Column("record", PackedText, nullable=False),
)

leases: Final = sa.Table(
    "leases",
    _tables,
    sa.Column("name", sa.String(200), primary_key=True),
    sa.Column("token", sa.String(40), nullable=False),
    sa.Column("machine", sa.String(40), nullable=False),
    sa.Column("host", PlainText, nullable=False),
    sa.Column("boot", sa.String(80), nullable=False),
    sa.Column("pids", sa.String(80), nullable=False),
    sa.Column("pid", sa.BigInteger, nullable=False),
    sa.Column("started", sa.String(40), nullable=False),
    sa.Column("taken_at", Instant, nullable=False),
    sa.Column("renewed_at", Instant, nullable=False),
    sa.Column("until", Instant, nullable=False),
)


def _keep_more_than_answers(connection: sa.Connection) -> None:
    """Schema 1 had `meta` and `answers`, and they are as they were; all else is made after the steps."""


def _drop_answers_without_a_receipt(connection: sa.Connection) -> None:
    """Schema 2 did not keep how much of a prompt was read: an answer to a part of it looks like any other."""
    connection.exec_driver_sql("DROP TABLE IF EXISTS answers")


STORE: Final = SchemaPart("store", _tables, (_keep_more_than_answers, _drop_answers_without_a_receipt))
