"""What a story is since the last digests: new, update, continuing, correction; and what of their posts was changed.

A digest leaves a record of each of its stories (`StoryRecord`): its posts sentence by sentence, and the lines that
rested on them. The next one is compared with these records alone. A story is new only where no record is about the
same.
"""

from __future__ import annotations

import difflib
import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Literal

from pydantic import TypeAdapter

from briefing.language.annotation import Annotated, Annotation, annotate, in_its_language
from briefing.language.lazy import lazy
from briefing.stories.claim_comparison import Statement, is_known, is_trivial, text_similarity
from briefing.stories.features import Features, features
from briefing.stories.merging import reported_claims, statement_of
from briefing.stories.page_furniture import is_furniture
from briefing.stories.similarity import (
    FeatureWeights,
    Rarity,
    language_independent_features,
    similarity,
    telling_features,
    weigh,
)
from briefing.types import Change, Claim, ClaimKind, Correction, Document, Draft, PostCard, Speaker, Standing, Story

# A post under a new address is one that was briefed where so much of it is, sentence by sentence.
_SAME_TEXT = 0.6
# Days apart, two posts have to be more alike than on one day to be of one story.
_SAME_STORY = 0.5
# A sentence was altered, not replaced by another, where so many of its words stay.
_ALTERED = 0.5
_TELLING, _LEAST_COMMON = 30, 3
# Of the sentences added to a post so many are told; one of fewer words of content says nothing.
_MOST_ADDED, _FEWEST_ADDED = 3, 4


@dataclass(frozen=True, slots=True)
class BriefedLine:
    """A line of ours, and the numbers of the post's sentences that it rested on; whether it rested on them alone."""

    text: str
    sentences: tuple[int, ...]
    is_on_these_alone: bool = False


@dataclass(frozen=True)
class BriefedPost:
    """A post as it was when it was briefed: every sentence by its number (0 is the headline), and our lines on it."""

    card: PostCard
    sentences: tuple[str, ...]
    lines: tuple[BriefedLine, ...]
    features: Features

    @lazy
    def annotations(self) -> dict[str, Annotation]:
        """What is known of its sentences and of our lines, by their texts."""
        texts = (*self.sentences, *(line.text for line in self.lines))
        return {text: in_its_language(annotate(text, self.card.language)) for text in texts}


@dataclass(frozen=True, slots=True)
class StoryRecord:
    """The record of a story that a digest told: `id` stays the same over its life, from `first_at` to `last_at` (UTC).

    `posts` by their keys; `claims` are the texts of what was told of it.
    """

    id: str
    title: str
    first_at: datetime
    last_at: datetime
    posts: Mapping[str, BriefedPost]
    claims: tuple[str, ...]


@cache
def _adapter() -> TypeAdapter[StoryRecord]:
    return TypeAdapter(StoryRecord)


def record_to_json(record: StoryRecord) -> str:
    """The record as JSON, for the store."""
    return _adapter().dump_json(record).decode()


def record_from_json(text: str) -> StoryRecord:
    """The record `record_to_json` wrote. ValueError where it is none."""
    return _adapter().validate_json(text)


def story_records(
    stories: Sequence[Story], documents: Mapping[str, Document], at: datetime, *, past: Sequence[StoryRecord] = ()
) -> tuple[StoryRecord, ...]:
    """The records of the stories that a digest made `at` tells; each takes up those of `past` that are about the same.

    Its id and first day are then the oldest's; posts that are not in the story now stay in it as they were.
    """
    annotated = _annotated(documents)
    ids: set[str] = set()
    records = []
    for story, known in zip(stories, _matching(stories, past, annotated), strict=True):
        record = _record(story, known, annotated, at)
        if record.id in ids:  # two stories that were one: the first goes on under its id
            record = replace(record, id=_id(story))
        ids.add(record.id)
        records.append(record)
    return tuple(records)


def _annotated(documents: Mapping[str, Document]) -> dict[str, Annotated]:
    return {key: annotate(document) for key, document in documents.items()}


def _record(
    story: Story, known: Sequence[StoryRecord], documents: Mapping[str, Annotated], at: datetime
) -> StoryRecord:
    posts = {key: post for key, (_, post) in _newest_posts(known).items()}
    posts |= {
        summary.post.key: _briefed_post(story, documents[summary.post.key])
        for summary in story.summaries
        if summary.post.key in documents
    }
    claims = [claim for record in known for claim in record.claims] + [claim.text for claim in reported_claims(story)]
    first = min(known, key=lambda record: record.first_at, default=None)
    return StoryRecord(
        id=first.id if first else _id(story),
        title=story.title,
        first_at=first.first_at if first else at,
        last_at=at,
        posts=posts,
        claims=tuple(dict.fromkeys(claims)),
    )


def _id(story: Story) -> str:
    return hashlib.sha256(min(summary.post.key for summary in story.summaries).encode()).hexdigest()[:12]


def _briefed_post(story: Story, document: Annotated) -> BriefedPost:
    card = next(summary.post for summary in story.summaries if summary.post.key == document.key)
    lines = [*story.claims, *(claim for summary in story.summaries for claim in summary.lines)]
    resting = {
        line.text: tuple(piece.sentence for piece in line.evidence if piece.post == document.key) for line in lines
    }
    alone = {line.text: all(piece.post == document.key for piece in line.evidence) for line in lines}
    return BriefedPost(
        card,
        tuple(document.quote(sentence.number) for sentence in document.sentences),
        tuple(BriefedLine(text, numbers, alone[text]) for text, numbers in resting.items() if numbers),
        features(document),
    )


# --- standing --------------------------------------------------------------------------------------------------------


def stand(
    stories: Sequence[Story], past: Sequence[StoryRecord] | None, *, documents: Mapping[str, Document]
) -> tuple[tuple[Story, tuple[Draft, ...]], ...]:
    """The stories with their standing since the digests before, whose records are `past`; None: there was none.

    A story that was briefed is an update where something is in it that was not (the claims that say so are its
    `changed`), a correction where only words of briefed posts were altered or taken out, and continuing otherwise.
    With each come the first sentences that were added to a briefed post, where no claim of the story is new: drafts
    of what could be its `changed`, still to be checked; one that only asks is of kind "question".
    """
    if past is None:
        return tuple((story, ()) for story in stories)
    annotated = _annotated(documents)
    matches = _matching(stories, past, annotated)
    return tuple(
        _standing(story, known, annotated) if known else (replace(story, standing="new"), ())
        for story, known in zip(stories, matches, strict=True)
    )


def _standing(
    story: Story, known: Sequence[StoryRecord], documents: Mapping[str, Annotated]
) -> tuple[Story, tuple[Draft, ...]]:
    posts = {key: post for key, (_, post) in _newest_posts(known).items()}
    now = [documents[s.post.key] for s in story.summaries if s.post.key in documents and s.post.key in posts]
    compared = {document.key: _compared(posts[document.key].sentences, document) for document in now}
    news = tuple(_news(story, list(posts.values()), compared, documents))
    resting = {(piece.post, piece.sentence) for claim in news for piece in claim.evidence}
    untold = [
        (document, number)
        for document in now
        for number in _added(posts[document.key], document, compared[document.key])
        if (document.key, number) not in resting
    ]
    is_corrected = any(one.changes for one in compared.values())
    standing: Standing = "update" if news or untold else "correction" if is_corrected else "continuing"
    story = replace(story, standing=standing, since=min(record.first_at for record in known), changed=news)
    return story, () if news else tuple(_draft(document, number) for document, number in untold[:_MOST_ADDED])


def _draft(document: Annotated, number: int) -> Draft:
    """A sentence as it stands, and whose word it is."""
    text, sentence = document.quote(number), document.annotations[number]
    voice = next(iter(sentence.attributions), None)
    speaker = Speaker(text[voice.start : voice.end], voice.sourcing, voice.name) if voice else None
    kind: ClaimKind = "question" if sentence.is_question else "attributed" if voice else "fact"
    return Draft(text, ((document.key, number),), kind=kind, speaker=speaker)


def _added(post: BriefedPost, document: Annotated, compared: _PostDiff) -> Iterator[int]:
    """The added sentences that state something that the post did not: no caption, link or line of furniture."""
    known = [Statement(document.annotation(text)) for text in post.sentences] if compared.added else []
    for number in compared.added:
        statement = Statement(document.annotations[number])
        if len(statement.stems) + len(statement.names) >= _FEWEST_ADDED and not is_known(statement, known):
            yield number


def _news(
    story: Story,
    posts: Sequence[BriefedPost],
    compared: Mapping[str, _PostDiff],
    documents: Mapping[str, Annotated],
) -> Iterator[Claim]:
    """The claims of the story that no briefed post carried: neither in a sentence nor in a line of ours. A claim on
    words that were altered is no news: the correction says it."""
    sentences: list[Annotation] = []
    lines: list[Annotation] = []
    for post in posts:
        document = documents.get(post.card.key)  # a sentence that the post still has is the document's own
        read = document.annotation if document else post.annotations.__getitem__
        sentences += map(read, post.sentences)
        lines += (read(line.text) for line in post.lines)
    carried = {sentence.folded for sentence in sentences}
    said = list(map(Statement, (*sentences, *lines)))
    for claim in reported_claims(story):
        is_fresh = all(
            documents[piece.post].annotations[piece.sentence].folded not in carried
            and (piece.post not in compared or piece.sentence in compared[piece.post].added)
            for piece in claim.evidence
        )
        if is_fresh and not is_known(statement_of(claim, documents), said):
            yield claim


def _newest_posts(records: Sequence[StoryRecord]) -> dict[str, tuple[StoryRecord, BriefedPost]]:
    """Every briefed post as it was last briefed, with the record it is from."""
    ordered = sorted(records, key=lambda record: record.last_at)
    return {key: (record, post) for record in ordered for key, post in record.posts.items()}


def _matching(
    stories: Sequence[Story], past: Sequence[StoryRecord], documents: Mapping[str, Annotated]
) -> list[list[StoryRecord]]:
    """Of each story the records that are about the same: they hold one of its posts, or its text, or one like it."""
    ours = [
        (place, documents[summary.post.key])
        for place, story in enumerate(stories)
        for summary in story.summaries
        if summary.post.key in documents
    ]
    theirs = [(place, post) for place, record in enumerate(past) for post in record.posts.values()]
    matches: list[set[int]] = [set() for _ in stories]
    for one, other in _alike([document for _, document in ours], [post for _, post in theirs]):
        matches[ours[one][0]].add(theirs[other][0])
    return [[past[at] for at in sorted(places)] for places in matches]


def _alike(documents: Sequence[Annotated], posts: Sequence[BriefedPost]) -> Iterator[tuple[int, int]]:
    """The places of each document and briefed post that are one post, carry one text, or are about one thing."""
    mine = [features(document) for document in documents]
    theirs = [post.features for post in posts]
    rare = Rarity([*mine, *theirs])
    ready, briefed = [weigh(one, rare) for one in mine], [weigh(one, rare) for one in theirs]
    for one, other in _candidates(ready, briefed):
        is_alike = similarity(ready[one], briefed[other]).score >= _SAME_STORY
        if is_alike or _is_same_text(documents[one], posts[other]):
            yield one, other
    places = {post.card.key: place for place, post in enumerate(posts)}
    yield from ((one, places[document.key]) for one, document in enumerate(documents) if document.key in places)


def _candidates(ours: Sequence[FeatureWeights], theirs: Sequence[FeatureWeights]) -> Iterator[tuple[int, int]]:
    """The pairs worth comparing, by an index of what is most telling in each; of two languages by what both have."""
    yield from _in_common(
        [telling_features(one, _TELLING) for one in ours], [telling_features(one, _TELLING) for one in theirs]
    )
    if len({one.features.language for one in (*ours, *theirs)}) > 1:
        pairs = _in_common(
            [language_independent_features(one) for one in ours],
            [language_independent_features(one) for one in theirs],
            least=2,
        )
        yield from ((i, j) for i, j in pairs if ours[i].features.language != theirs[j].features.language)


def _in_common(
    ours: Sequence[Set[str]], theirs: Sequence[Set[str]], *, least: int = _LEAST_COMMON
) -> Iterator[tuple[int, int]]:
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, terms in enumerate(theirs):
        for term in terms:
            holders[term].append(place)
    for place, terms in enumerate(ours):
        common = Counter(other for term in terms for other in holders.get(term, ()))
        yield from ((place, other) for other, count in common.items() if count >= least)


def _is_same_text(document: Annotated, post: BriefedPost) -> bool:
    """Whether most of the shorter text's sentences are the other's, retyped or not."""
    mine = {sentence.folded for sentence in document.annotations[1:]}
    theirs = {post.annotations[text].folded for text in post.sentences[1:]}
    return bool(mine and theirs) and len(mine & theirs) >= _SAME_TEXT * min(len(mine), len(theirs))


# --- corrections -----------------------------------------------------------------------------------------------------


def corrections(
    past: Sequence[StoryRecord], documents: Mapping[str, Document], gone: Collection[str] = (), *, noticed_at: datetime
) -> tuple[Correction, ...]:
    """What was altered in, or taken out of, posts that were briefed, those that our lines rest on first.

    `documents` are the posts as they are now, `gone` the keys of those withdrawn since the last digest (given once:
    the record stays). What was only added is no correction, and neither is what was only retyped.
    """
    corrected = []
    for key, (record, post) in _newest_posts(past).items():
        if key in gone:
            corrected.append(_correction(post, "withdrawn", record.last_at, noticed_at, post.lines))
        elif key in documents and (diff := _compared(post.sentences, annotate(documents[key]))).changes:
            lines = [line for line in post.lines if not diff.touched.isdisjoint(line.sentences)]
            corrected.append(_correction(post, "changed", record.last_at, noticed_at, lines, diff.changes))
    return tuple(sorted(corrected, key=lambda one: (not one.lines, one.kind, one.post.key)))


def _correction(
    post: BriefedPost,
    kind: Literal["changed", "withdrawn"],
    briefed_at: datetime,
    noticed_at: datetime,
    lines: Sequence[BriefedLine],
    changes: tuple[Change, ...] = (),
) -> Correction:
    said = tuple(line.text for line in lines)
    grounds = tuple(line.sentences if line.is_on_these_alone else () for line in lines)
    return Correction(post.card, kind, briefed_at, noticed_at, changes, said, post.sentences, grounds)


def changes_between(then: Sequence[str], now: Document) -> tuple[Change, ...]:
    """What was altered or taken out of a post, given sentence by sentence as it was (0 is the headline)."""
    return _compared(then, annotate(now)).changes


@dataclass(frozen=True, slots=True)
class _PostDiff:
    """A post then and now: the words altered or taken out, the numbers of the sentences (then) that they were in, and
    of those (now) that were added."""

    changes: tuple[Change, ...] = ()
    touched: frozenset[int] = frozenset()
    added: tuple[int, ...] = ()


def _compared(sentences: Sequence[str], document: Annotated) -> _PostDiff:
    """Sentence by sentence; one that only moved, or was only split or retyped, is the same."""
    then, now = tuple(map(document.annotation, sentences)), document.annotations
    old, new = [line.folded for line in then], [line.folded for line in now]
    changes = {} if is_trivial(then[0], now[0]) else {0: Change(then[0].text, now[0].text)}
    added: list[int] = []
    matcher = difflib.SequenceMatcher(None, old[1:], new[1:], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes() if old[1:] != new[1:] else ():
        before, after = range(i1 + 1, i2 + 1), range(j1 + 1, j2 + 1)
        if tag == "equal" or " ".join(old[i] for i in before) == " ".join(new[j] for j in after):
            continue
        gone = {i: then[i] for i in before if old[i] and old[i] not in new}
        fresh = {j: now[j] for j in after if new[j] and new[j] not in old}
        for number, other in _paired(gone, fresh):
            line = fresh.pop(other) if other is not None else None
            if not _is_unchanged(then[number], line):
                changes[number] = Change(then[number].text, line.text if line else "")
        added += [number for number, line in fresh.items() if not is_furniture(line)]
    return _PostDiff(tuple(changes.values()), frozenset(changes), tuple(added))


def _is_unchanged(before: Annotation, after: Annotation | None) -> bool:
    """Whether a sentence was only retyped, or was and is what a page says of itself."""
    if is_furniture(before) and (after is None or is_furniture(after)):
        return True
    return after is not None and is_trivial(before, after)


def _paired(gone: Mapping[int, Annotation], fresh: Mapping[int, Annotation]) -> Iterator[tuple[int, int | None]]:
    """Each sentence that went with the one it was altered to; None where it was taken out."""
    left = dict(fresh)
    for number, line in gone.items():
        alike = {at: text_similarity(line, other) for at, other in left.items()}
        nearest = max(alike, key=alike.__getitem__, default=None)
        if nearest is not None and alike[nearest] >= _ALTERED:
            del left[nearest]
            yield number, nearest
        else:
            yield number, None
