"""Which stories are told, in which order, and why: by counts that the digest can state, by no judgement of worth."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from briefing.stories.features import telling_words
from briefing.stories.merging import told
from briefing.types import Reason, Source, Standing, Story

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
class _Scored:
    story: Story
    score: float
    sources: frozenset[str]


def arrange(
    stories: Sequence[Story],
    *,
    questions: Sequence[str] = (),
    sources: Mapping[str, Source] | None = None,
    most: int = MOST_TOLD,
) -> tuple[tuple[Story, ...], tuple[Story, ...]]:
    """The stories to tell, at most `most`, and the others, each in order and with the reasons why it stands there.

    `sources` by their names. The stories of a section stand together where the sources have sections, the section of
    the first story first.
    """
    newest = max((_published(story) for story in stories), default=_OLDEST)
    scored = [_scored(story, questions, sources or {}, newest) for story in stories]
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


def _scored(story: Story, questions: Sequence[str], sources: Mapping[str, Source], newest: datetime) -> _Scored:
    """The story with its reasons, the weightiest first, and what they come to."""
    found = outlets(story)
    asked = [question for question in questions if _is_named(question, story)]
    weight = max((sources[name].weight for name in found if name in sources), default=1.0)
    published = _published(story)
    is_newest = published == newest and newest != _OLDEST
    age = (newest - published).total_seconds() / _HALF_A_DAY if published != _OLDEST else math.inf
    weighed = [
        (_SOURCE * math.log2(len(found) or 1), Reason("sources", str(len(found)))),
        (_STANDING[story.standing], Reason("standing", story.standing or "")),
        (_QUESTION * min(len(asked), 2), Reason("question", asked[0] if asked else "")),
        (2 * math.log2(max(weight, 0.01)), Reason("weight", f"{weight:g}")),
        (_NEWEST / (1 + age), Reason("newest", published.isoformat() if is_newest else "")),
    ]
    shown = [(value, reason) for value, reason in weighed if _is_shown(reason)]
    reasons = tuple(reason for _, reason in sorted(shown, key=lambda pair: -abs(pair[0])))
    score = sum(value for value, _ in weighed) + _REPORTED * _reported(story)
    return _Scored(replace(story, reasons=reasons), score, found)


def _is_shown(reason: Reason) -> bool:
    """A weight of one is everybody's, and an empty value no reason."""
    return bool(reason.value) and (reason.kind, reason.value) != ("weight", "1")


def _reported(story: Story) -> float:
    """The share of the story's claims that report and do not argue."""
    claims = told(story)
    return sum(claim.kind in {"fact", "attributed"} for claim in claims) / len(claims) if claims else 0.0


def _is_named(question: str, story: Story) -> bool:
    """Whether the story has what a question asks about: most of its words that tell, in any form."""
    language = story.summaries[0].post.language
    asked = telling_words(question, language)
    texts = [story.title, *(claim.text for claim in told(story))]
    held = frozenset[str]().union(*(telling_words(text, language) for text in texts))
    return bool(asked) and len(asked & held) >= min(_MOST_ASKED, math.ceil(_ASKED * len(asked)))


def _balanced(scored: Sequence[_Scored]) -> list[Story]:
    """By score, where each further story that one source alone carries counts for less: no site fills the page."""
    left = sorted(scored, key=lambda one: (-one.score, one.story.summaries[0].post.key))
    told_of: Counter[str] = Counter()
    ordered = []
    while left:
        chosen = max(left, key=lambda one: one.score - _lessened(one, told_of))
        left.remove(chosen)
        told_of.update(chosen.sources)
        ordered.append(chosen.story)
    return ordered


def _lessened(one: _Scored, told_of: Mapping[str, int]) -> float:
    return _SAME_SOURCE * min(told_of.get(name, 0) for name in one.sources) if one.sources else 0.0


def _by_section(stories: Sequence[Story]) -> tuple[Story, ...]:
    first = {story.section: place for place, story in reversed(list(enumerate(stories)))}
    return tuple(sorted(stories, key=lambda story: first[story.section]))
