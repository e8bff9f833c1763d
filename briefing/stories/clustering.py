"""Posts of a period put together into stories, by what can be shown: shared names, numbers and rare words.

Two posts are one story where they are alike (`briefing.stories.similarity`); a group of them where every one is like
every other, so that no chain of posts makes a lump. A copy of another's text joins its story and is no source.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations

from briefing.language.annotation import Annotated, annotate
from briefing.stories.features import features, surface_forms
from briefing.stories.merging import merged
from briefing.stories.near_duplicates import copies_of
from briefing.stories.similarity import (
    ALIKE,
    FeatureWeights,
    Rarity,
    Similarity,
    language_independent_features,
    similarity,
    telling_features,
    weigh,
)
from briefing.types import Document, Source, Story, Summary

MOST_STORY_POSTS = 12
# A post joins a group where it is like each of them at least so much, and like them on average as two posts must be.
_LEAST_ALIKE, _ALIKE_ON_AVERAGE = 0.15, 0.35
# Posts are compared where they have in common at least so many of their most telling words, by way of an index; words
# that more than so many posts have do not lead there.
_TELLING, _LEAST_COMMON, _MOST_HOLDERS = 30, 3, 60
_MOST_SHARED = 6


def group(
    pairs: Sequence[tuple[Document, Summary]], *, sources: Mapping[str, Source] | None = None
) -> tuple[Story, ...]:
    """The stories of the posts, the newest first, the undated last; each post is in exactly one.

    A story of several posts has its claims merged, with the evidence of each, and says where they disagree. `sources`
    (by name) give the sections.
    """
    annotated = [(annotate(document), summary) for document, summary in pairs]
    originals = copies_of([document for document, _ in annotated])
    own = [index for index in range(len(annotated)) if index not in originals]
    stories = []
    for one in _grouped([annotated[index][0] for index in own]):
        members = _with_copies([own[place] for place in one.members], originals)
        stories.append(_story(annotated, members, originals, one.shared, sources or {}))
    ordered = sorted(stories, key=lambda story: (_newest(story), story.summaries[0].post.key), reverse=True)
    return tuple(replace(story, id=f"s{number}") for number, story in enumerate(ordered, 1))


def _with_copies(indices: Sequence[int], originals: Mapping[int, int]) -> list[int]:
    return [*indices, *(copy for copy, original in originals.items() if original in indices)]


_OLDEST = datetime.min.replace(tzinfo=UTC)


def _newest(story: Story) -> datetime:
    return max(summary.post.published or _OLDEST for summary in story.summaries)


def _story(
    pairs: Sequence[tuple[Annotated, Summary]],
    indices: Sequence[int],
    originals: Mapping[int, int],
    shared: Sequence[str],
    sources: Mapping[str, Source],
) -> Story:
    """One story: its posts by when they were published, copies last; titled as the first of them is."""
    own = sorted((i for i in indices if i not in originals), key=lambda i: _order(pairs[i][0]))
    copied = sorted((i for i in indices if i in originals), key=lambda i: _order(pairs[i][0]))
    documents = [pairs[i][0] for i in (*own, *copied)]
    story = Story(
        id="",
        title=documents[0].title,
        summaries=tuple(pairs[i][1] for i in (*own, *copied)),
        copies=tuple(pairs[i][0].key for i in copied),
        shared=_readable(shared, documents) if shared else (),
        section=_section(documents, sources),
    )
    return merged(story, {document.key: document for document in documents}) if len(documents) > 1 else story


def _order(document: Document) -> tuple[datetime, str]:
    return document.post.published or datetime.max.replace(tzinfo=UTC), document.key


def _readable(shared: Sequence[str], documents: Sequence[Annotated]) -> tuple[str, ...]:
    """The shared features as the posts write them; two features of one word once."""
    words = surface_forms(documents[0], shared[: _MOST_SHARED + 2])
    return tuple(dict.fromkeys(words))[:_MOST_SHARED]


def _section(documents: Sequence[Document], sources: Mapping[str, Source]) -> str:
    """The section most of the posts belong to: their source's, or the category by which their source was asked."""
    sections = Counter(
        section for document in documents if (section := _section_of(document, sources.get(document.post.source)))
    )
    return sections.most_common(1)[0][0] if sections else ""


def _section_of(document: Document, source: Source | None) -> str:
    if source is None:
        return ""
    carried = {category.casefold() for category in document.post.categories}
    return source.section or next((name for name in source.categories if name.casefold() in carried), "")


# --- groups ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Group:
    """Posts of one story, by their places in the batch, and what all of them share, the most telling first."""

    members: tuple[int, ...]
    shared: tuple[str, ...] = ()


def _grouped(documents: Sequence[Document]) -> list[_Group]:
    """The posts in groups: pairs joined from the most alike down, as long as each is like all of the group."""
    read = [features(document) for document in documents]
    rare = Rarity(read)
    batch = [weigh(one, rare) for one in read]
    scores = {pair: similarity(batch[pair[0]], batch[pair[1]]) for pair in _candidates(batch)}
    groups = {index: [index] for index in range(len(batch))}
    home = list(range(len(batch)))
    for one, other in sorted(scores, key=lambda pair: (-scores[pair].score, pair)):
        if scores[one, other].score < ALIKE:
            break
        mine, theirs = groups[home[one]], groups[home[other]]
        if mine is not theirs and _may_join(mine, theirs, scores, batch):
            for index in theirs:
                home[index] = home[mine[0]]
            del groups[theirs[0]]
            mine += theirs
    return [_Group(tuple(members), _common(members, scores)) for members in groups.values()]


def _may_join(
    mine: Sequence[int],
    theirs: Sequence[int],
    scores: dict[tuple[int, int], Similarity],
    batch: Sequence[FeatureWeights],
) -> bool:
    """Whether every post of the one group is like every post of the other; pairs the index did not give are read now,
    and kept in `scores`."""
    if len(mine) + len(theirs) > MOST_STORY_POSTS:
        return False
    pairs = [(min(i, j), max(i, j)) for i in mine for j in theirs]
    for pair in pairs:
        if pair not in scores:
            scores[pair] = similarity(batch[pair[0]], batch[pair[1]])
    values = [scores[pair].score for pair in pairs]
    return min(values) >= _LEAST_ALIKE and sum(values) / len(values) >= _ALIKE_ON_AVERAGE


def _common(members: Sequence[int], scores: Mapping[tuple[int, int], Similarity]) -> tuple[str, ...]:
    """What every two of the members share; of the closest two, where nothing is shared by all."""
    shared = [scores[pair].shared for pair in combinations(sorted(members), 2) if pair in scores]
    if not shared:
        return ()
    everywhere = set(shared[0]).intersection(*shared[1:])
    return tuple(term for term in shared[0] if term in everywhere) or shared[0]


def _candidates(batch: Sequence[FeatureWeights]) -> Iterator[tuple[int, int]]:
    """The pairs of posts worth comparing: those that have several of their most telling features in common."""
    if len(batch) <= 2 * _TELLING:
        yield from combinations(range(len(batch)), 2)
        return
    common = _in_common([telling_features(one, _TELLING) for one in batch])
    yield from (pair for pair, count in common.items() if count >= _least_common(batch[pair[0]], batch[pair[1]]))
    if len({one.features.language for one in batch}) > 1:
        alike = _in_common([language_independent_features(one) for one in batch])
        yield from (pair for pair, count in alike.items() if count > 1 and _are_of_two_languages(batch, pair))


def _in_common(features_of_posts: Sequence[Set[str]]) -> Counter[tuple[int, int]]:
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index, terms in enumerate(features_of_posts):
        for term in terms:
            holders[term].append(index)
    common = Counter[tuple[int, int]]()
    for posts in holders.values():
        if len(posts) <= _MOST_HOLDERS:
            common.update(combinations(posts, 2))
    return common


def _are_of_two_languages(batch: Sequence[FeatureWeights], pair: tuple[int, int]) -> bool:
    return batch[pair[0]].features.language != batch[pair[1]].features.language


def _least_common(one: FeatureWeights, other: FeatureWeights) -> int:
    """How much two posts must have in common to be compared: less where one of them is short."""
    return _LEAST_COMMON - (min(len(one.features.terms), len(other.features.terms)) < _TELLING)
