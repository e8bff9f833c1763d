"""What a story is since the last digests: new, update, continuing, correction; and what of their posts was changed.

A digest leaves a record of each of its stories (`Briefed`): its posts sentence by sentence, and the lines that rested
on them. The next one is compared with these records alone. A story is new only where no record is about the same.
"""

from __future__ import annotations

import difflib
import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache

from pydantic import TypeAdapter

from briefing.language.hedges import attribution
from briefing.language.question_types import asks
from briefing.stories.claim_comparison import fold_spaces, is_known, is_trivial, nearness, statement
from briefing.stories.features import Features, features
from briefing.stories.merging import statement_of, told
from briefing.stories.page_furniture import is_furniture
from briefing.stories.similarity import Weighed, likeness, rarity, telling, told_alike, weigh
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
    """A line of ours, and the numbers of the post's sentences that it rested on."""

    text: str
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BriefedPost:
    """A post as it was when it was briefed: every sentence by its number (0 is the headline), and our lines on it."""

    card: PostCard
    sentences: tuple[str, ...]
    lines: tuple[BriefedLine, ...]
    features: Features


@dataclass(frozen=True, slots=True)
class Briefed:
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
def _adapter() -> TypeAdapter[Briefed]:
    return TypeAdapter(Briefed)


def to_json(record: Briefed) -> str:
    """The record as JSON, for the store."""
    return _adapter().dump_json(record).decode()


def from_json(text: str) -> Briefed:
    """The record `to_json` wrote. ValueError where it is none."""
    return _adapter().validate_json(text)


def briefed_of(
    stories: Sequence[Story], documents: Mapping[str, Document], at: datetime, *, past: Sequence[Briefed] = ()
) -> tuple[Briefed, ...]:
    """The records of the stories that a digest made `at` tells; each takes up those of `past` that are about the same.

    Its id and first day are then the oldest's; posts that are not in the story now stay in it as they were.
    """
    taken: set[str] = set()
    found = []
    for story, known in zip(stories, _matching(stories, past, documents), strict=True):
        record = _record(story, known, documents, at)
        if record.id in taken:  # two stories that were one: the first goes on under its id
            record = replace(record, id=_id(story))
        taken.add(record.id)
        found.append(record)
    return tuple(found)


def _record(story: Story, known: Sequence[Briefed], documents: Mapping[str, Document], at: datetime) -> Briefed:
    posts = {key: post for key, (_, post) in _newest_posts(known).items()}
    posts |= {
        summary.post.key: _briefed_post(story, documents[summary.post.key])
        for summary in story.summaries
        if summary.post.key in documents
    }
    claims = [claim for record in known for claim in record.claims] + [claim.text for claim in told(story)]
    first = min(known, key=lambda record: record.first_at, default=None)
    return Briefed(
        id=first.id if first else _id(story),
        title=story.title,
        first_at=first.first_at if first else at,
        last_at=at,
        posts=posts,
        claims=tuple(dict.fromkeys(claims)),
    )


def _id(story: Story) -> str:
    return hashlib.sha256(min(summary.post.key for summary in story.summaries).encode()).hexdigest()[:12]


def _briefed_post(story: Story, document: Document) -> BriefedPost:
    card = next(summary.post for summary in story.summaries if summary.post.key == document.key)
    lines = [*story.claims, *(claim for summary in story.summaries for claim in summary.lines)]
    resting = {
        line.text: tuple(piece.sentence for piece in line.evidence if piece.post == document.key) for line in lines
    }
    return BriefedPost(
        card,
        tuple(document.quote(sentence.number) for sentence in document.sentences),
        tuple(BriefedLine(text, numbers) for text, numbers in resting.items() if numbers),
        features(document),
    )


# --- standing --------------------------------------------------------------------------------------------------------


def stand(
    stories: Sequence[Story], past: Sequence[Briefed] | None, *, documents: Mapping[str, Document]
) -> tuple[tuple[Story, tuple[Draft, ...]], ...]:
    """The stories with their standing since the digests before, whose records are `past`; None: there was none.

    A story that was briefed is an update where something is in it that was not (the claims that say so are its
    `changed`), a correction where only words of briefed posts were altered or taken out, and continuing otherwise.
    With each come the first sentences that were added to a briefed post, where no claim of the story is new: drafts
    of what could be its `changed`, still to be checked; one that only asks is of kind "question".
    """
    if past is None:
        return tuple((story, ()) for story in stories)
    matches = _matching(stories, past, documents)
    return tuple(
        _standing(story, known, documents) if known else (replace(story, standing="new"), ())
        for story, known in zip(stories, matches, strict=True)
    )


def _standing(
    story: Story, known: Sequence[Briefed], documents: Mapping[str, Document]
) -> tuple[Story, tuple[Draft, ...]]:
    posts = {key: post for key, (_, post) in _newest_posts(known).items()}
    now = [documents[s.post.key] for s in story.summaries if s.post.key in documents and s.post.key in posts]
    compared = {document.key: _compared(posts[document.key], document) for document in now}
    news = tuple(_news(story, list(posts.values()), compared, documents))
    resting = {(piece.post, piece.sentence) for claim in news for piece in claim.evidence}
    untold = [
        (document, number)
        for document in now
        for number in compared[document.key].added
        if (document.key, number) not in resting and _says_more(document, number, posts[document.key])
    ]
    is_corrected = any(one.changes for one in compared.values())
    standing: Standing = "update" if news or untold else "correction" if is_corrected else "continuing"
    story = replace(story, standing=standing, since=min(record.first_at for record in known), changed=news)
    return story, () if news else tuple(_draft(document, number) for document, number in untold[:_MOST_ADDED])


def _draft(document: Document, number: int) -> Draft:
    """A sentence as it stands, and whose word it is."""
    text = document.quote(number)
    voice = next(iter(attribution(text, document.language)), None)
    speaker = Speaker(text[voice.start : voice.end], voice.sourcing, voice.name) if voice else None
    kind: ClaimKind = "question" if asks(text) else "attributed" if voice else "fact"
    return Draft(text, ((document.key, number),), kind=kind, speaker=speaker)


def _says_more(document: Document, number: int, before: BriefedPost) -> bool:
    """Whether an added sentence states something that the post did not: no caption, link or line of furniture."""
    added = statement(document.quote(number), document.language)
    known = (statement(text, document.language) for text in before.sentences)
    return len(added.stems) + len(added.names) >= _FEWEST_ADDED and not is_known(added, known)


def _news(
    story: Story,
    posts: Sequence[BriefedPost],
    compared: Mapping[str, _Compared],
    documents: Mapping[str, Document],
) -> Iterator[Claim]:
    """The claims of the story that no briefed post carried: neither in a sentence nor in a line of ours. A claim on
    words that were altered is no news: the correction says it."""
    carried = {fold_spaces(text) for post in posts for text in post.sentences}
    said = [
        statement(text, post.card.language)
        for post in posts
        for text in (*post.sentences, *(line.text for line in post.lines))
    ]
    for claim in told(story):
        is_fresh = all(
            fold_spaces(piece.quote) not in carried
            and (piece.post not in compared or piece.sentence in compared[piece.post].added)
            for piece in claim.evidence
        )
        if is_fresh and not is_known(statement_of(claim, documents), said):
            yield claim


def _newest_posts(records: Sequence[Briefed]) -> dict[str, tuple[Briefed, BriefedPost]]:
    """Every briefed post as it was last briefed, with the record it is from."""
    ordered = sorted(records, key=lambda record: record.last_at)
    return {key: (record, post) for record in ordered for key, post in record.posts.items()}


def _matching(
    stories: Sequence[Story], past: Sequence[Briefed], documents: Mapping[str, Document]
) -> list[list[Briefed]]:
    """Of each story the records that are about the same: they hold one of its posts, or its text, or one like it."""
    ours = [
        (place, documents[summary.post.key])
        for place, story in enumerate(stories)
        for summary in story.summaries
        if summary.post.key in documents
    ]
    theirs = [(place, post) for place, record in enumerate(past) for post in record.posts.values()]
    found: list[set[int]] = [set() for _ in stories]
    for one, other in _alike([document for _, document in ours], [post for _, post in theirs]):
        found[ours[one][0]].add(theirs[other][0])
    return [[past[at] for at in sorted(places)] for places in found]


def _alike(documents: Sequence[Document], posts: Sequence[BriefedPost]) -> Iterator[tuple[int, int]]:
    """The places of each document and briefed post that are one post, carry one text, or are about one thing."""
    mine = [features(document) for document in documents]
    theirs = [post.features for post in posts]
    rare = rarity([*mine, *theirs])
    ready, briefed = [weigh(one, rare) for one in mine], [weigh(one, rare) for one in theirs]
    for one, other in _candidates(ready, briefed):
        if likeness(ready[one], briefed[other]).score >= _SAME_STORY or _is_same_text(documents[one], posts[other]):
            yield one, other
    places = {post.card.key: place for place, post in enumerate(posts)}
    yield from ((one, places[document.key]) for one, document in enumerate(documents) if document.key in places)


def _candidates(ours: Sequence[Weighed], theirs: Sequence[Weighed]) -> Iterator[tuple[int, int]]:
    """The pairs worth comparing, by an index of what is most telling in each; of two languages by what both have."""
    yield from _in_common([telling(one, _TELLING) for one in ours], [telling(one, _TELLING) for one in theirs])
    if len({one.features.language for one in (*ours, *theirs)}) > 1:
        pairs = _in_common([told_alike(one) for one in ours], [told_alike(one) for one in theirs], least=2)
        yield from ((i, j) for i, j in pairs if ours[i].features.language != theirs[j].features.language)


def _in_common(
    ours: Sequence[Set[str]], theirs: Sequence[Set[str]], *, least: int = _LEAST_COMMON
) -> Iterator[tuple[int, int]]:
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, found in enumerate(theirs):
        for term in found:
            holders[term].append(place)
    for place, found in enumerate(ours):
        common = Counter(other for term in found for other in holders.get(term, ()))
        yield from ((place, other) for other, count in common.items() if count >= least)


def _is_same_text(document: Document, post: BriefedPost) -> bool:
    """Whether most of the shorter text's sentences are the other's, retyped or not."""
    mine = {fold_spaces(document.quote(sentence.number)) for sentence in document.sentences[1:]}
    theirs = {fold_spaces(text) for text in post.sentences[1:]}
    return bool(mine and theirs) and len(mine & theirs) >= _SAME_TEXT * min(len(mine), len(theirs))


# --- corrections -----------------------------------------------------------------------------------------------------


def corrections(
    past: Sequence[Briefed], documents: Mapping[str, Document], gone: Collection[str] = (), *, noticed_at: datetime
) -> tuple[Correction, ...]:
    """What was altered in, or taken out of, posts that were briefed, those that our lines rest on first.

    `documents` are the posts as they are now, `gone` the keys of those withdrawn since the last digest (given once:
    the record stays). What was only added is no correction, and neither is what was only retyped.
    """
    found = []
    for key, (record, post) in _newest_posts(past).items():
        if key in gone:
            lines = tuple(line.text for line in post.lines)
            found.append(Correction(post.card, "withdrawn", record.last_at, noticed_at, lines=lines))
        elif key in documents and (changes := _changes(post, documents[key])):
            lines = _lines_on(post, frozenset(_compared(post, documents[key]).touched))
            found.append(Correction(post.card, "changed", record.last_at, noticed_at, changes, lines))
    return tuple(sorted(found, key=lambda one: (not one.lines, one.kind, one.post.key)))


def _lines_on(post: BriefedPost, touched: frozenset[int]) -> tuple[str, ...]:
    return tuple(line.text for line in post.lines if touched & set(line.sentences))


def _changes(post: BriefedPost, document: Document) -> tuple[Change, ...]:
    return _compared(post, document).changes


@dataclass(frozen=True, slots=True)
class _Compared:
    """A post then and now: the words altered or taken out, the numbers of the sentences (then) that they were in, and
    of those (now) that were added."""

    changes: tuple[Change, ...] = ()
    touched: tuple[int, ...] = ()
    added: tuple[int, ...] = ()


def _compared(post: BriefedPost, document: Document) -> _Compared:
    """Sentence by sentence; one that only moved, or was only split or retyped, is the same."""
    now = tuple(document.quote(sentence.number) for sentence in document.sentences)
    return _diff(post.sentences, now, post.card.language)


@lru_cache(maxsize=256)
def _diff(then: tuple[str, ...], now: tuple[str, ...], language: str) -> _Compared:
    old, new = [fold_spaces(text) for text in then], [fold_spaces(text) for text in now]
    changes: list[Change] = []
    touched: list[int] = []
    added: list[int] = []
    if not is_trivial(then[0], now[0], language):
        changes.append(Change(then[0], now[0]))
        touched.append(0)
    matcher = difflib.SequenceMatcher(None, old[1:], new[1:], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        before, after = range(i1 + 1, i2 + 1), range(j1 + 1, j2 + 1)
        if tag == "equal" or " ".join(old[i] for i in before) == " ".join(new[j] for j in after):
            continue
        gone = [i for i in before if old[i] and old[i] not in new]
        fresh = [j for j in after if new[j] and new[j] not in old]
        for number, other in _paired([(i, then[i]) for i in gone], [(j, now[j]) for j in fresh]):
            fresh = [j for j in fresh if j != other]
            after_words = now[other] if other is not None else ""
            if is_furniture(then[number], language) and (not after_words or is_furniture(after_words, language)):
                continue
            if other is None or not is_trivial(then[number], after_words, language):
                changes.append(Change(then[number], after_words))
                touched.append(number)
        added += [number for number in fresh if not is_furniture(now[number], language)]
    return _Compared(tuple(changes), tuple(touched), tuple(added))


def _paired(gone: Sequence[tuple[int, str]], fresh: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int | None]]:
    """Each sentence that went with the one it was altered to; None where it was taken out."""
    left = dict(fresh)
    for number, text in gone:
        nearest = max(left, key=lambda at: nearness(text, left[at]), default=None)
        if nearest is not None and nearness(text, left[nearest]) >= _ALTERED:
            del left[nearest]
            yield number, nearest
        else:
            yield number, None
