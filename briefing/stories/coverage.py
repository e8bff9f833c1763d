"""The digest: summaries put in order, the period they cover, and the coverage, counted by code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from briefing.exceptions import ConfigError
from briefing.types import (
    Answer,
    Claim,
    Coverage,
    Document,
    EngineName,
    Failure,
    ModelUse,
    Notice,
    Post,
    Story,
    Summary,
)


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` (included) to `until` (excluded), both aware; None leaves that end open."""

    since: datetime | None = None
    until: datetime | None = None

    @classmethod
    def of_day(cls, day: date, timezone: str) -> Period:
        """The local day in `timezone` (an IANA name), 23 to 25 hours long where clocks change."""
        zone = ZoneInfo(timezone)
        try:
            start, end = (datetime.combine(d, time(), zone).astimezone(UTC) for d in (day, day + timedelta(days=1)))
        except OverflowError as error:
            raise ConfigError(f"{day}: no calendar reaches there") from error
        return cls(start, end)

    @property
    def is_open(self) -> bool:
        """Whether every post falls into it."""
        return self.since is None and self.until is None

    def holds(self, moment: datetime) -> bool:
        """Whether the moment falls into the period."""
        return (self.since is None or moment >= self.since) and (self.until is None or moment < self.until)


def why_left_out(post: Post, period: Period) -> Notice | None:
    """Why the post does not belong to a digest of the period; None where it does.

    A post belongs where it was published or last changed within the period.
    """
    if period.is_open:
        return None
    moments = [moment for moment in (post.published, post.modified) if moment]
    if not moments and post.date_text:
        return Notice("its date cannot be read: “{text}”", text=post.date_text)
    if not moments:
        return Notice("no date, so it cannot be told whether it falls into the period")
    return None if any(map(period.holds, moments)) else Notice("outside the period")


def coverage(
    documents: Sequence[Document],
    stories: Sequence[Story],
    *,
    sources: Sequence[str],
    sources_failed: Sequence[Failure],
    posts_dropped: Sequence[Failure],
    engine: EngineName,
    bottom_line: Sequence[Claim] = (),
    answers: Sequence[Answer] = (),
    fallbacks: Sequence[Failure] = (),
    sources_stale: Sequence[Failure] = (),
    model: ModelUse | None = None,
    not_posts: Iterable[str] = (),
) -> Coverage:
    """What the digest rests on; `sources_failed` and `posts_dropped` say what it does not.

    `not_posts` names the state or type of each item that is no published post.

    Lines are counted once each, in the summary or answer they belong to, wherever a story repeats them.
    """
    summaries = [summary for story in stories for summary in story.summaries]
    parts: list[Summary | Answer] = [*summaries, *answers]
    shown = [*bottom_line, *(claim for part in parts for claim in part.lines)]
    marks = Counter(claim.check.verdict for claim in shown if claim.check)
    receipts = [summary.receipt for summary in summaries if summary.receipt]
    written = sum(summary.engine == "model" for summary in summaries)
    words = Counter[str]()
    for document in documents:
        for dropped in document.dropped:
            words[dropped.rule] += len(dropped.text.split())
    return Coverage(
        sources=tuple(sources),
        sources_failed=tuple(sources_failed),
        posts_read=len(documents) + len(posts_dropped),
        posts_used=len(documents),
        posts_dropped=tuple(posts_dropped),
        sentences=sum(len(document.sentences) - 1 for document in documents),
        sentences_unseen=sum(len(summary.unseen) for summary in summaries),
        claims=len(shown),
        carried=marks["carried"],
        read=marks["read"],
        unread=marks["unread"],
        withheld=sum(len(part.withheld) for part in parts),
        left_out=sum(len(part.left_out) for part in parts),
        engine=engine,
        words_dropped=dict(sorted(words.items())),
        provenance=tuple(Failure(document.title, note) for document in documents for note in document.provenance),
        fallbacks=tuple(fallbacks),
        sources_stale=tuple(sources_stale),
        model=model,
        not_posts=dict(sorted(Counter(not_posts).items())),
        posts_written=written,
        posts_selected=len(summaries) - written,
        receipt=sum(receipts[1:], receipts[0]) if receipts else None,
    )
