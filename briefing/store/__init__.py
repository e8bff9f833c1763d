"""What outlives a run, in SQLite or, by its URL, PostgreSQL. docs/state.md says what is kept where.

`Store` loads SQLAlchemy on first use; the records cost nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.store.records import (
    AnswerGiven,
    AnswersInfo,
    BriefedStory,
    Continuity,
    DigestRecord,
    ForgottenCounts,
    Holder,
    PostRecord,
    SourceState,
    StoredAnswer,
    VisitRecord,
)

if TYPE_CHECKING:
    from briefing.store.store import Store

__all__ = [
    "AnswerGiven",
    "AnswersInfo",
    "BriefedStory",
    "Continuity",
    "DigestRecord",
    "ForgottenCounts",
    "Holder",
    "PostRecord",
    "SourceState",
    "Store",
    "StoredAnswer",
    "VisitRecord",
]


def __getattr__(name: str) -> Any:
    if name == "Store":
        from briefing.store.store import Store

        return Store
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
