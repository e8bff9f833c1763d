"""The values that go into the store and come out of it. All datetimes are aware; they come back in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """One answer of a model as it came, under the hash of all that was asked.

    `prompt_tokens` is our count of the prompt, `prompt_tokens_read` the server's; None where it does not report it.
    """

    key: str
    model: str
    reply: str
    input_tokens: int
    output_tokens: int
    cached_tokens: int
    stored_at: datetime
    prompt_tokens: int
    prompt_tokens_read: int | None


@dataclass(frozen=True, slots=True)
class AnswersInfo:
    """How many answers are kept, of which models, how long their texts are, and when the first and last came."""

    answers: int
    models: tuple[str, ...]
    reply_chars: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is remembered of a source between two visits.

    `ids` is JSON text. `not_before`: the source asked to be left alone until then. `failures` in a row, the last of
    them with `last_error`. `is_gone`: it answered 410 and is not asked again.
    """

    address: str
    kind: str | None = None
    endpoint: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    changed_after: datetime | None = None
    ids: str = "[]"
    last_read_at: datetime | None = None
    last_tried_at: datetime | None = None
    not_before: datetime | None = None
    failures: int = 0
    last_error: str | None = None
    is_gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRecord:
    """A post as a source last showed it: `record` is its JSON, `hash` tells whether it changed.

    `keep_visit` sets `first_seen`, `changed_at` (the hash became another) and `gone_at` (the source shows it no
    longer); what is given for them is not read.
    """

    key: str
    address: str
    id: str
    hash: str
    published: datetime | None
    modified: datetime | None
    record: str
    first_seen: datetime | None = None
    changed_at: datetime | None = None
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """What a visit changed: the keys of the posts that were new, changed, or went away."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DigestRecord:
    """A digest of one period, with the documents it rests on; both are JSON."""

    series: str
    since: datetime
    until: datetime
    made_at: datetime
    digest: str
    documents: str


@dataclass(frozen=True, slots=True)
class BriefedStory:
    """A story as a digest of the series told it; `first_at` and `last_at` are of the story's life in the series."""

    series: str
    id: str
    first_at: datetime
    last_at: datetime
    record: str


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """What a digest of the series answered to a key question; `state` as in `briefing.types.Answer`."""

    series: str
    question: str
    at: datetime
    state: str
    record: str


@dataclass(frozen=True, slots=True)
class ForgottenCounts:
    """How many posts lost their text, how many were deleted (the source shows them no longer), how many documents."""

    emptied: int
    deleted: int
    documents: int


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that holds a lease; `host` and `pid` are for a person to look at."""

    host: str
    pid: int
    taken_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Continuity:
    """Whether the database is the one this machine last knew.

    `older`: it has been put back to an earlier state. `elsewhere`: others have sent from it, but never this machine
    (a copy, or a second machine's first day). `epoch` is the database's, `seen` what this machine last knew.
    """

    verdict: Literal["same", "older", "elsewhere"]
    database_id: str
    epoch: int
    seen: int | None
