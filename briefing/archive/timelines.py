"""Stored digests read as what they tell of over time: a story's life, a question's answers, a source's days."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import cached_property

from briefing.types import Answer, Correction, Digest, Story


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


@dataclass(frozen=True)
class ArchivedDigest:
    """A digest as the store keeps it: of which series, for the period from `since` to `until`."""

    series: str
    since: datetime
    until: datetime
    digest: Digest

    @cached_property
    def path(self) -> str:
        """Where its page is, by day and a hash: nothing from outside is in the name."""
        name = _hash(self.series, self.since.isoformat(), self.until.isoformat())
        return f"digests/{self.digest.made_at:%Y-%m-%d}-{name}.html"


@dataclass(frozen=True, slots=True)
class Telling:
    """A story as one digest told it; `anchor` is its place on that digest's page, "" where it was named only."""

    stored: ArchivedDigest
    story: Story
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class PrintedCorrection:
    """A correction of one of a story's posts, and the digest that printed it."""

    stored: ArchivedDigest
    correction: Correction


@dataclass(frozen=True, slots=True)
class Life:
    """All that a series told of one story, the oldest first, and what was corrected of it."""

    tellings: tuple[Telling, ...]
    fixes: tuple[PrintedCorrection, ...] = ()

    @property
    def path(self) -> str:
        """Named after its first telling, so that it stays as the story goes on."""
        first = self.tellings[0]
        return f"stories/{_hash(first.stored.series, min(s.post.key for s in first.story.summaries))}.html"

    @property
    def stored(self) -> tuple[ArchivedDigest, ...]:
        """The digests that tell it or name it, the oldest first."""
        return tuple({telling.stored.path: telling.stored for telling in self.tellings}.values())

    @property
    def is_told(self) -> bool:
        """Whether there is more to show than a name."""
        return any(telling.anchor for telling in self.tellings)

    @property
    def goes_on(self) -> bool:
        """Whether it is in more than one digest, or was corrected."""
        return len(self.stored) > 1 or bool(self.fixes)


@dataclass(frozen=True, slots=True)
class DigestAnswer:
    """What one digest answered; `anchor` as a telling's."""

    stored: ArchivedDigest
    answer: Answer
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class QuestionTimeline:
    """A question of a series and its answers, the oldest first."""

    replies: tuple[DigestAnswer, ...]

    @property
    def path(self) -> str:
        return f"questions/{_hash(self.replies[0].stored.series, self.replies[0].answer.question)}.html"


def oldest_first(stored: Iterable[ArchivedDigest]) -> list[ArchivedDigest]:
    """By the end of their period."""
    return sorted(stored, key=lambda one: (one.until, one.digest.made_at, one.series))


def lives(stored: Sequence[ArchivedDigest], known: Iterable[tuple[str, Iterable[str]]] = ()) -> tuple[Life, ...]:
    """The stories of the digests, those of one series that share a post being one.

    `known` are the series and the keys of posts that the store remembers as one story.
    """
    ordered = oldest_first(stored)
    homes = _Homes()
    for series, keys in known:
        homes.join([(series, key) for key in keys])
    tellings = [telling for one in ordered for telling in _tellings(one)]
    for telling in tellings:
        homes.join(_keys(telling))
    found: dict[tuple[str, str], list[Telling]] = {}
    for telling in tellings:
        found.setdefault(homes.of(_keys(telling)[0]), []).append(telling)
    fixes: dict[tuple[str, str], list[PrintedCorrection]] = {}
    for one in ordered:
        for correction in one.digest.corrections:
            fixes.setdefault(homes.of((one.series, correction.post.key)), []).append(PrintedCorrection(one, correction))
    return tuple(Life(tuple(told), tuple(fixes.get(home, ()))) for home, told in found.items())


class _Homes:
    """Posts of one story under one of them (a disjoint-set forest)."""

    def __init__(self) -> None:
        self.parents: dict[tuple[str, str], tuple[str, str]] = {}

    def of(self, post: tuple[str, str]) -> tuple[str, str]:
        parent = self.parents.setdefault(post, post)
        while parent != self.parents[parent]:
            self.parents[post] = self.parents[parent]
            post, parent = parent, self.parents[parent]
        return parent

    def join(self, posts: Sequence[tuple[str, str]]) -> None:
        for post in posts[1:]:
            one, other = sorted((self.of(posts[0]), self.of(post)))
            self.parents[other] = one


def _keys(telling: Telling) -> list[tuple[str, str]]:
    return [(telling.stored.series, summary.post.key) for summary in telling.story.summaries]


def _tellings(stored: ArchivedDigest) -> list[Telling]:
    """The digest's stories, with the places that its page gives them: section by section, those of none first."""
    stories = stored.digest.stories
    first = {story.section: place for place, story in reversed(list(enumerate(stories, 1)))}
    placed = sorted(stories, key=lambda story: first[story.section] if story.section else 0)
    told = [Telling(stored, story, f"s{number}") for number, story in enumerate(placed, 1)]
    return told + [Telling(stored, story) for story in stored.digest.also]


_SHOWN_ANSWERS = 4  # as many as a digest's page has places for


def question_timelines(stored: Sequence[ArchivedDigest]) -> tuple[QuestionTimeline, ...]:
    """The desk's questions and what the digests answered."""
    found: dict[tuple[str, str], list[DigestAnswer]] = {}
    for one in oldest_first(stored):
        answered = [a for state in ("answered", "partly") for a in one.digest.answers if a.state == state]
        places = {answer.id: f"q{n}" for n, answer in enumerate(answered[:_SHOWN_ANSWERS], 1)}
        for answer in one.digest.answers:
            if answer.asked_by == "desk":
                reply = DigestAnswer(one, answer, places.get(answer.id, ""))
                found.setdefault((one.series, answer.question), []).append(reply)
    return tuple(QuestionTimeline(tuple(replies)) for replies in found.values())


@dataclass(frozen=True, slots=True)
class SourceDays:
    """How many posts of a source the digests of each day rest on; `failed` are the days on which it failed."""

    source: str
    posts: Mapping[date, int]
    failed: frozenset[date]


def days_of(stored: Sequence[ArchivedDigest], zone: tzinfo) -> tuple[SourceDays, ...]:
    """By source, those of most posts first."""
    counts: dict[str, Counter[date]] = {}
    failed: dict[str, set[date]] = {}
    for one in stored:
        day = one.digest.made_at.astimezone(zone).date()
        for story in (*one.digest.stories, *one.digest.also):
            for summary in story.summaries:
                counts.setdefault(summary.post.source, Counter())[day] += 1
        for failure in one.digest.coverage.sources_failed:
            failed.setdefault(failure.what, set()).add(day)
    names = sorted(counts.keys() | failed.keys(), key=lambda name: (-sum(counts.get(name, Counter()).values()), name))
    return tuple(
        SourceDays(name, dict(counts.get(name, {})), frozenset(failed.get(name, ()))) for name in names if name
    )
