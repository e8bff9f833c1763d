"""Which stories are told, in which order, and why: by counts that the digest can state, by no judgement of worth."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from briefing.language.annotation import Annotated, annotate
from briefing.stories.features import telling_words
from briefing.stories.merging import reported_claims
from briefing.types import Document, Reason, Source, Standing, Story

MOST_TOLD = 7
# What each reason is worth. A question the desk asks weighs as much as three more sources; a story that goes on without
# news comes after all others.
_SOURCE, _QUESTION, _NEWEST, _REPORTED = 1.0, 2.0, 0.5, 1.0
_STANDING: Mapping[Standing | None, float] = {
    None: 0.0, "new": 1.0, "update": 1.5, "correction": 1.5, "continuing": -10.0,
}  # fmt: skip
# What a story loses for each story of the same source told before it, where one source alone carries it.
_SAME_SOURCE = 1.0
_HALF_A_DAY = 43_200
# The share of a question's words that a story must have to be what is asked about; and of a long question so many.
_ASKED, _MOST_ASKED = 0.6, 3


@dataclass(frozen=True, slots=True)
class _StoryScore:
    story: Story
    score: float
    sources: frozenset[str]


def arrange(
    stories: Sequence[Story],
    *,
    documents: Mapping[str, Document],
    questions: Sequence[str] = (),
    sources: Mapping[str, Source] | None = None,
    most: int = MOST_TOLD,
) -> tuple[tuple[Story, ...], tuple[Story, ...]]:
    """The stories to tell, at most `most`, and the others, each in order and with the reasons why it stands there.

    `documents` by the keys of their posts, `sources` by their names. The stories of a section stand together where the
    sources have sections, the section of the first story first.
    """
    newest = max((_published(story) for story in stories), default=_OLDEST)
    asked = _asked(stories, questions, documents) if questions else [[] for _ in stories]
    scored = [_scored(*both, sources or {}, newest) for both in zip(stories, asked, strict=True)]
    ordered = _balanced(scored)
    return _by_section(ordered[:most]), tuple(ordered[most:])


_OLDEST = datetime.min.replace(tzinfo=UTC)


def _published(story: Story) -> datetime:
    return max((summary.post.published or _OLDEST for summary in story.summaries), default=_OLDEST)


def outlets(story: Story) -> frozenset[str]:
    """The independent sources of a story by name (by host without one): copies of another's text are none."""
    return frozenset(
        summary.post.source or urlsplit(summary.post.url or "").netloc or summary.post.key
        for summary in story.summaries
        if summary.post.key not in story.copies
    )


def _scored(story: Story, asked: Sequence[str], sources: Mapping[str, Source], newest: datetime) -> _StoryScore:
    """The story with its reasons, the weightiest first, and what they come to; `asked` are the questions on it."""
    names = outlets(story)
    weight = max((sources[name].weight for name in names if name in sources), default=1.0)
    published = _published(story)
    is_newest = published == newest and newest != _OLDEST
    age = (newest - published).total_seconds() / _HALF_A_DAY if published != _OLDEST else math.inf
    weighed = [
        (_SOURCE * math.log2(len(names) or 1), Reason("sources", str(len(names)))),
        (_STANDING[story.standing], Reason("standing", story.standing or "")),
        (_QUESTION * min(len(asked), 2), Reason("question", asked[0] if asked else "")),
        (2 * math.log2(max(weight, 0.01)), Reason("weight", f"{weight:g}")),
        (_NEWEST / (1 + age), Reason("newest", published.isoformat() if is_newest else "")),
    ]
    shown = [(value, reason) for value, reason in weighed if _is_shown(reason)]
    reasons = tuple(reason for _, reason in sorted(shown, key=lambda pair: -abs(pair[0])))
    score = sum(value for value, _ in weighed) + _REPORTED * _reported(story)
    return _StoryScore(replace(story, reasons=reasons), score, names)


def _is_shown(reason: Reason) -> bool:
    """A weight of one is everybody's, and an empty value no reason."""
    return bool(reason.value) and (reason.kind, reason.value) != ("weight", "1")


def _reported(story: Story) -> float:
    """The share of the story's claims that report and do not argue."""
    claims = reported_claims(story)
    return sum(claim.kind in {"fact", "attributed"} for claim in claims) / len(claims) if claims else 0.0


def _asked(stories: Sequence[Story], questions: Sequence[str], documents: Mapping[str, Document]) -> list[list[str]]:
    """Of each story the questions on it, read in its language."""
    annotated = {key: annotate(document) for key, document in documents.items()}
    languages = {story.summaries[0].post.language for story in stories}
    words = {
        language: [(question, telling_words(annotate(question, language))) for question in questions]
        for language in languages
    }
    return [
        [question for question, asked in words[story.summaries[0].post.language] if _is_named(asked, known)]
        for story in stories
        for known in [_telling_words(story, annotated)]
    ]


def _telling_words(story: Story, documents: Mapping[str, Annotated]) -> frozenset[str]:
    """The words of a story's title and claims that tell what it is about."""
    first = story.summaries[0].post
    lines = [documents[first.key].annotation(story.title, first.language)]
    for claim in reported_claims(story):
        document = documents[claim.evidence[0].post if claim.evidence else first.key]
        lines.append(document.annotation(claim.text, first.language))
    return frozenset[str]().union(*map(telling_words, lines))


def _is_named(asked: frozenset[str], known: frozenset[str]) -> bool:
    """Whether a story has what a question asks about: most of its words that tell, in any form."""
    return bool(asked) and len(asked & known) >= min(_MOST_ASKED, math.ceil(_ASKED * len(asked)))


def _balanced(scored: Sequence[_StoryScore]) -> list[Story]:
    """By score, where each further story that one source alone carries counts for less: no site fills the page."""
    scored = sorted(scored, key=lambda one: (-one.score, one.story.summaries[0].post.key))
    left = [(-one.score, place) for place, one in enumerate(scored)]  # a heap: a score is never more than it says
    stories_of: Counter[str] = Counter()
    ordered = []
    while left:
        stated, place = left[0]
        one = scored[place]
        score = one.score - _SAME_SOURCE * min((stories_of[name] for name in one.sources), default=0)
        if score < -stated:
            heapq.heapreplace(left, (-score, place))
            continue
        heapq.heappop(left)
        stories_of.update(one.sources)
        ordered.append(one.story)
    return ordered


def _by_section(stories: Sequence[Story]) -> tuple[Story, ...]:
    first = {story.section: place for place, story in reversed(list(enumerate(stories)))}
    return tuple(sorted(stories, key=lambda story: first[story.section]))
