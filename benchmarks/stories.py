"""The figures of stories: which posts are put together, fourteen digests in a row, and the time it takes.

    python -m benchmarks.stories [pairs] [days] [speed] [--pairs FILE]

`pairs` reads tests/data/stories/pairs.jsonl ({"id", "lang", "a": {"title", "text", "source", "published"}, "b": …,
"same", "real"}), each pair as a batch of two, then all posts as one batch. `days` and `speed` take the real posts of
BRIEFING_DATA: `days` plants posts that re-appear, are retyped, altered, added to, withdrawn and copied.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.corpus import lines, wordpress_posts
from briefing.clean.cleaner import clean
from briefing.exceptions import EmptyPostError
from briefing.language.annotation import annotate
from briefing.stories.clustering import MOST_STORY_POSTS, group
from briefing.stories.merging import reported_claims
from briefing.stories.status import StoryRecord, corrections, record_from_json, record_to_json, story_records
from briefing.summarise.summary import summarise_document
from briefing.types import Brief, Document, Post, Story, Summary
from briefing.workflow.engines import extractive
from briefing.workflow.pipeline import standing

PAIRS = Path("tests/data/stories/pairs.jsonl")
Read = tuple[Document, Summary]


def read(posts: Sequence[Post]) -> list[Read]:
    """The posts cleaned and summarised without a model; those with nothing to read are left out."""
    documents = []
    for post in posts:
        try:
            documents.append(clean(post))
        except EmptyPostError:
            continue

    async def summaries() -> list[Summary]:
        return [await summarise_document(document, extractive(), Brief()) for document in documents]

    return list(zip(documents, asyncio.run(summaries()), strict=True))


# --- pairs -----------------------------------------------------------------------------------------------------------


def _post(key: str, given: Mapping[str, Any]) -> Post:
    paragraphs = "".join(f"<p>{_escaped(part)}</p>" for part in given["text"].split("\n\n") if part.strip())
    published = given.get("published")
    when = datetime.fromisoformat(published) if published else None
    when = when.replace(tzinfo=when.tzinfo or UTC) if when else None
    return Post(key, given.get("title", ""), paragraphs, source=given.get("source", ""), published=when)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _together(stories: Sequence[Story]) -> set[tuple[str, str]]:
    return {
        (min(pair), max(pair)) for story in stories for pair in combinations([s.post.key for s in story.summaries], 2)
    }


Scores = tuple[float, float, float]


def _scores(found: set[str], wanted: set[str]) -> Scores:
    """F1, precision and recall."""
    right = len(found & wanted)
    return 2 * right / (len(found) + len(wanted) or 1), right / (len(found) or 1), right / (len(wanted) or 1)


@dataclass(frozen=True, slots=True)
class Grouped:
    """The rows of a file of pairs; the ids of those of one event, and of those put together, two alone or all at once.

    `others` are pairs of posts put together that no row asks about; `largest` is the number of posts of a story.
    """

    rows: list[dict[str, Any]]
    wanted: set[str]
    alone: set[str]
    batch: set[str]
    others: int
    largest: int


def grouped(path: Path) -> Grouped:
    """Grouping over pairs: two posts alone, then all posts of the file together."""
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    known = {row["id"]: {side: read([_post(f"{row['id']}/{side}", row[side])]) for side in "ab"} for row in rows}
    rows = [row for row in rows if all(known[row["id"]].values())]
    stories = group([one for row in rows for side in "ab" for one in known[row["id"]][side]])
    together = _together(stories)
    asked = {row["id"]: (f"{row['id']}/a", f"{row['id']}/b") for row in rows}
    return Grouped(
        rows,
        wanted={row["id"] for row in rows if row["same"]},
        alone={id for id, both in known.items() if id in asked and _together(group([*both["a"], *both["b"]]))},
        batch={id for id, pair in asked.items() if pair in together},
        others=len(together - set(asked.values())),
        largest=max(len(story.summaries) - len(story.copies) for story in stories),
    )


def pair_figures() -> dict[str, float]:
    """What has a floor: shares of 1."""
    found = grouped(PAIRS)
    return {
        f"{name}: {measure}": score
        for name, ids in (("each pair alone", found.alone), ("all posts in one batch", found.batch))
        for measure, score in zip(("F1", "precision"), _scores(ids, found.wanted), strict=False)
    }


def pairs(path: Path) -> None:
    found = grouped(path)
    rows, wanted, alone = found.rows, found.wanted, found.alone
    real = sum(bool(row.get("real")) for row in rows)
    print(f"pairs: {len(rows)}, {len(wanted)} of one event, {real} said to be real")
    _print_scores("each pair alone", alone, wanted, len(rows))
    for language in sorted({row["lang"] for row in rows}):
        own = {row["id"] for row in rows if row["lang"] == language}
        _print_scores(f"  {language}", alone & own, wanted & own, len(own))
    _print_scores("all posts in one batch", found.batch, wanted, len(rows))
    print(f"  pairs put together that no row asks about: {found.others}")
    print(f"  largest story: {found.largest} (most {MOST_STORY_POSTS})")
    for name, ids in (("wrongly together", alone - wanted), ("missed", wanted - alone)):
        print(f"  {name}: {', '.join(sorted(ids)) or 'none'}")


def _print_scores(name: str, found: set[str], wanted: set[str], of: int) -> None:
    f1, precision, recall = _scores(found, wanted)
    print(f"  {name:28} F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}  n {of} ({len(wanted)} same)")


# --- fourteen days ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Planted:
    """What was planted on a day, as the keys of posts by kind, and what the digest said."""

    plants: dict[str, set[str]] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)

    def sum(self, kinds: Sequence[str], outcome: str = "") -> int:
        return sum(self.told[f"{kind}{outcome}"] for kind in kinds)


@dataclass(slots=True)
class Series:
    """A run of digests: what they left, and the posts as they stand at their sources now."""

    past: list[StoryRecord] | None = None
    live: dict[str, Read] = field(default_factory=dict)

    def digest(self, batch: Sequence[Read], gone: set[str], at: datetime) -> tuple[tuple[Story, ...], dict[str, str]]:
        """The stories of one day with their standing, and the corrections by the post's key, through JSON."""
        documents = {document.key: annotate(document) for document, _ in batch}
        stories = standing(group(batch), self.past, documents)
        found = {one.post.key: one.kind for one in corrections(self.past or (), documents, gone, noticed_at=at)}
        records = story_records(stories, documents, at, past=self.past or ())
        kept = {record.id: record for record in self.past or ()} | {record.id: record for record in records}
        self.past = [record_from_json(record_to_json(record)) for record in kept.values()]
        return stories, {key: str(kind) for key, kind in found.items()}


_INSTEAD = "zweiundvierzig"


def altered(read_post: Read, chance: random.Random) -> Post | None:
    """The post with a long word changed in a sentence that a line of ours rests on."""
    document, summary = read_post
    numbers = sorted({piece.sentence for claim in summary.claims for piece in claim.evidence if piece.sentence})
    chance.shuffle(numbers)
    for number in numbers:
        quote = document.quote(number)
        words = [word for word in quote.split() if word.isalpha() and len(word) > 5 and word != _INSTEAD]
        if len(quote.split()) > 7 and words and quote in document.post.html:
            changed = quote.replace(words[len(words) // 2], _INSTEAD)
            return replace(document.post, html=document.post.html.replace(quote, changed))
    return None


def retyped(read_post: Read) -> Post:
    """The post with double spaces and other quotation marks, and one slip of the keyboard within a word."""
    post = read_post[0].post
    slip = next((w for w in read_post[0].text.split() if w.isalpha() and w.islower() and 7 < len(w) < 12), "")
    typo = slip[:3] + slip[4] + slip[3] + slip[5:] if slip else ""
    html = post.html.replace(slip, typo, 1) if slip and f" {slip} " in post.html else post.html
    return replace(post, html=html.replace(". ", ".  ").replace("’", "'"))


def days(seed: int = 1) -> tuple[Planted, int]:
    """Fourteen digests in a row, with what is planted in them; what the posts of each day are is chosen by the seed.

    Also how many records were kept.
    """
    chance = random.Random(seed)
    posts = list({post.key: post for _, post in wordpress_posts()}.values())
    chance.shuffle(posts)
    start = datetime(2026, 3, 1, 7, tzinfo=UTC)
    series, total = Series(), Planted()
    spare = read([replace(post, key=f"spare:{post.key}") for post in posts[-40:]])
    posts = posts[:-40]
    for day in range(14):
        at = start + timedelta(days=day)
        fresh = [replace(post, published=at, modified=None) for post in posts[day::14]]
        plants, gone = _plants(series, spare[2 * day : 2 * day + 2], fresh, at, chance)
        planted = {key for keys in plants.values() for key in keys[1]}
        batch = read([*fresh, *(post for posts_, _ in plants.values() for post in posts_)])
        stories, corrected = series.digest(batch, gone, at)
        series.live |= {document.key: (document, summary) for document, summary in batch}
        series.live = {key: one for key, one in series.live.items() if key not in gone}
        _count(total, stories, corrected, plants, gone, planted, is_first=day == 0)
    return total, len(series.past or ())


Plants = dict[str, tuple[list[Post], set[str]]]


def _plants(
    series: Series, spare: Sequence[Read], fresh: Sequence[Post], at: datetime, chance: random.Random
) -> tuple[Plants, set[str]]:
    """What is planted on a day: posts by kind, with their keys, and the keys of those withdrawn."""
    wide = {key: one for key, one in series.live.items() if len(one[0].sentences) > 6 and one[1].claims}
    old = sorted(wide)
    chance.shuffle(old)
    plants: Plants = {}
    if len(old) >= 8:
        again = replace(wide[old[0]][0].post, key=f"{old[0]}?again", url=None, published=at)
        plants["re-appeared"] = ([again], {again.key})
        plants["retyped"] = ([replace(retyped(wide[old[1]]), modified=at)], {old[1]})
        edits = [(key, post) for key in old[2:6] if (post := altered(wide[key], chance))][:2]
        plants["altered"] = ([replace(post, modified=at) for _, post in edits], {key for key, _ in edits})
        grown = wide[old[6]][0].post
        more = max(spare, key=lambda one: len(one[1].claims))[1].claims if spare else ()
        added = "".join(f"<p>{_escaped(claim.text)}</p>" for claim in more[:2])
        if added:
            plants["added to"] = ([replace(grown, html=grown.html + added, modified=at)], {grown.key})
    long = [post for post in fresh if len(post.html) > 1500]
    if long:
        copy = replace(long[0], key=f"{long[0].key}#copy", source="another site", url=None, title="Copied: ")
        plants["copied"] = ([copy], {copy.key})
    return plants, {old[7]} if len(old) >= 8 else set()


def _count(
    total: Planted,
    stories: Sequence[Story],
    corrected: Mapping[str, str],
    plants: Plants,
    gone: set[str],
    planted: set[str],
    *,
    is_first: bool,
) -> None:
    home = {summary.post.key: story for story in stories for summary in story.summaries}
    for kind, (_, keys) in plants.items():
        for key in keys & home.keys():
            total.plants.setdefault(kind, set()).add(key)
            total.told[kind] += 1
            total.told[f"{kind}: {home[key].standing}"] += 1
            total.told[f"{kind}: a correction"] += key in corrected
            total.told[f"{kind}: a copy in its story"] += key in home[key].copies
            total.told[f"{kind}: told what was added"] += bool(home[key].changed)
    total.told["withdrawn"] += len(gone)
    total.told["withdrawn: a correction"] += sum(corrected.get(key) == "withdrawn" for key in gone)
    if not is_first:
        own = [key for key in home if key not in planted]
        total.told["posts not planted"] += len(own)
        total.told["posts not planted: new"] += sum(home[key].standing == "new" for key in own)
    total.told["stories"] += len(stories)
    total.told["stories of more than twelve"] += sum(
        len(s.summaries) - len(s.copies) > MOST_STORY_POSTS for s in stories
    )
    total.told["stories with nothing told"] += sum(not reported_claims(story) for story in stories)


_STAY = ("re-appeared", "retyped", "altered", "added to")  # what is planted of posts that a reader has had
_MENDED = ("altered", "withdrawn")


def _report(total: Planted, records: int) -> None:
    print(f"fourteen digests: {total.told['stories']} stories, {records} records kept")
    print(f"  repeats served as new: {total.sum(_STAY, ': new')} of {total.sum(_STAY)}")
    print(f"  edits and withdrawals reported: {total.sum(_MENDED, ': a correction')} of {total.sum(_MENDED)}")
    for name, count in sorted(total.told.items()):
        print(f"    {name}: {count}")


def day_figures() -> dict[str, float]:
    """What has a floor: shares of 1."""
    total, _ = days()
    return {
        "repeats not served as new": 1 - total.sum(_STAY, ": new") / total.sum(_STAY),
        "edits and withdrawals reported": total.sum(_MENDED, ": a correction") / total.sum(_MENDED),
        "copies in their story": total.told["copied: a copy in its story"] / total.told["copied"],
    }


# --- speed -----------------------------------------------------------------------------------------------------------


def speed(posts: int = 1000) -> None:
    """The seconds of one processor that grouping takes: news articles, each with its summary as another post."""
    found = [row for name in ("cnndm_en", "writers_en", "orangesum_fr") for row in lines(f"references/{name}.jsonl")]
    texts = [(str(row["text"]), str(row.get("reference", ""))) for row in found]
    given = [
        _post(f"{number}/{side}", {"title": " ".join(text.split()[:10]), "text": text, "source": f"site {number % 40}"})
        for number, both in enumerate(texts)
        for side, text in enumerate(both)
        if text
    ]
    more = [post for _, post in wordpress_posts()]
    ready = read([*given, *more][:posts])
    for count in (len(ready) // 4, len(ready) // 2, len(ready)):
        times = []
        for _ in range(3 if count < 600 else 2):
            begun = time.process_time()
            stories = group(ready[:count])
            times.append(time.process_time() - begun)
        print(f"  {count} posts: {statistics.median(times):.2f} s, {len(stories)} stories")


def main() -> None:
    """Print the figures asked for, all by default."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", choices=["pairs", "days", "speed"], default=["pairs", "days", "speed"])
    parser.add_argument("--pairs", type=Path, default=PAIRS)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for name in given.names:
        if name == "pairs":
            pairs(given.pairs)
        elif name == "days":
            _report(*days(given.seed))
        else:
            speed()


if __name__ == "__main__":
    main()
