"""What a story is since the last digest, and what became of the posts it was told from."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from story_samples import MORNING, QUAKE, QUAKE_TOLD_ELSEWHERE, RATES, by_key, later, post, read

from benchmarks.stories import Series, altered
from briefing.language.annotation import annotate
from briefing.stories.claim_comparison import is_trivial
from briefing.stories.clustering import group
from briefing.stories.status import StoryRecord, corrections, record_from_json, record_to_json, stand, story_records
from briefing.types import Change, Post, Story
from briefing.workflow.pipeline import standing


def briefed(*posts: Post) -> tuple[StoryRecord, ...]:
    """The records that a first digest of the posts leaves."""
    pairs = read(*posts)
    return story_records(group(pairs), by_key(pairs), MORNING)


def now(past: tuple[StoryRecord, ...] | None, *posts: Post) -> tuple[Story, ...]:
    """The stories of the posts a day later."""
    pairs = read(*posts)
    return standing(group(pairs), past, by_key(pairs))


def test_a_first_digest_says_nothing_of_a_past_and_a_second_calls_news_new() -> None:
    (first,) = now(None, post("a", QUAKE))
    (second,) = now((), post("a", QUAKE))
    (third,) = now(briefed(post("a", QUAKE)), post("b", RATES))
    assert (first.standing, second.standing, third.standing) == (None, "new", "new")


AGAIN = {
    "the same post": post("a", QUAKE),
    "under a new address": post("a2", QUAKE, at=later(1)),
    "retyped": post("a", [text.replace(" ", "  ").replace("houses", "huoses") for text in QUAKE]),
    "with another headline": post("a3", ("What we know of the quake", *QUAKE[1:]), at=later(1)),
    "cut short": post("a4", QUAKE[:4], at=later(1)),
}


@pytest.mark.parametrize("case", AGAIN)
def test_what_only_re_appears_is_neither_new_nor_an_update(case: str) -> None:
    (story,) = now(briefed(post("a", QUAKE)), AGAIN[case])
    assert story.standing == "continuing"
    assert story.since == MORNING
    assert story.changed == ()


def test_another_report_with_more_is_an_update_that_says_what_is_more() -> None:
    (story,) = now(briefed(post("a", QUAKE)), post("b", QUAKE_TOLD_ELSEWHERE, at=later(1)))
    assert story.standing == "update"
    told_now = " ".join(claim.text for claim in story.changed)
    assert "Twelve" in told_now
    assert "Aftershocks" not in told_now


def test_a_post_that_grew_is_an_update_with_the_words_that_were_added() -> None:
    grown = (*QUAKE, "France and Spain have each offered 25 rescue dogs, the foreign ministry said on Thursday.")
    (story,) = now(briefed(post("a", QUAKE)), post("a", grown))
    assert story.standing == "update"
    assert [claim.text for claim in story.changed] == [grown[-1]]
    assert story.changed[0].check is not None
    past = briefed(post("a", QUAKE))
    assert corrections(past, by_key(read(post("a", grown))), noticed_at=later(1)) == ()


def test_words_altered_at_the_source_are_a_correction_with_both_wordings_and_our_lines() -> None:
    fixed = [text.replace("nine", "seven") for text in QUAKE]
    past = briefed(post("a", QUAKE))
    pairs = read(post("a", fixed))
    (found,) = corrections(past, by_key(pairs), noticed_at=later(1))
    assert (found.kind, found.briefed_at, found.noticed_at) == ("changed", MORNING, later(1))
    assert found.changes == (Change(QUAKE[0], fixed[0]), Change(QUAKE[1], fixed[1]))
    assert any("nine people" in line for line in found.lines)
    ((story, _),) = stand(group(pairs), past, documents=by_key(pairs))
    assert story.standing == "correction"


FURNITURE = [
    ("12,431 views · 3 hours ago", "14,020 views · 1 day ago"),
    ("Published 3 hours ago", "Published 2 days ago"),
    ("Last updated: 10 March 2026, 09:14", "Last updated: 11 March 2026, 10:20"),
    ("Il y a 3 heures", "Il y a 2 jours"),
    ("منذ 3 ساعات", "منذ يومين"),
    ("Просмотров: 1203", "Просмотров: 1410"),
    ("閲覧数 1,204", "閲覧数 1,377"),
    ("Related: Storm shuts schools in Maine", "Related: King opens parliament"),
    ("Advertisement", ""),
]


@pytest.mark.parametrize(("before", "after"), FURNITURE)
def test_what_a_page_says_of_itself_is_neither_a_correction_nor_news(before: str, after: str) -> None:
    past = briefed(post("a", [*QUAKE, before]))
    later_post = post("a", [*QUAKE, after] if after else QUAKE)
    assert corrections(past, by_key(read(later_post)), noticed_at=later(1)) == ()
    (story,) = now(past, later_post)
    assert story.standing == "continuing"


@pytest.mark.parametrize(("before", "after"), [("Dead: 9", "Dead: 12"), ("Shares fall 5%", "Shares fall 9%")])
def test_a_short_line_that_counts_what_is_reported_is_corrected(before: str, after: str) -> None:
    (found,) = corrections(
        briefed(post("a", [*QUAKE, before])), by_key(read(post("a", [*QUAKE, after]))), noticed_at=later(1)
    )
    assert found.changes == (Change(before, after),)


def test_a_sentence_taken_out_is_a_correction() -> None:
    (found,) = corrections(
        briefed(post("a", QUAKE)), by_key(read(post("a", [*QUAKE[:3], *QUAKE[4:]]))), noticed_at=later(1)
    )
    assert found.changes == (Change(QUAKE[3], ""),)


def test_moving_or_splitting_sentences_is_no_correction() -> None:
    moved = (*QUAKE[:3], QUAKE[4], QUAKE[3], *QUAKE[5:])
    assert corrections(briefed(post("a", QUAKE)), by_key(read(post("a", moved))), noticed_at=later(1)) == ()


def test_a_withdrawn_post_is_a_correction_with_all_our_lines_on_it() -> None:
    past = briefed(post("a", QUAKE))
    (found,) = corrections(past, {}, {"a"}, noticed_at=later(1))
    assert found.kind == "withdrawn"
    assert found.lines == tuple(line.text for line in past[0].posts["a"].lines)
    assert found.lines


def test_a_correction_is_told_once() -> None:
    past = briefed(post("a", QUAKE))
    pairs = read(post("a", [text.replace("nine", "seven") for text in QUAKE]))
    after = story_records(group(pairs), by_key(pairs), later(1), past=past)
    assert corrections(past, by_key(pairs), noticed_at=later(1))
    assert corrections(after, by_key(pairs), noticed_at=later(2)) == ()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("The goverment fell on Monday.", "The government fell on Monday.", True),
        ("He said “no” .", 'He said "no".', True),
        ("The minister recieved them.", "The minister received them.", True),
        ("He was hired in May.", "He was fired in May.", False),
        ("Nine people died.", "Ten people died.", False),
        ("It cost 5 million euros.", "It cost 5 billion euros.", False),
        ("Iran denied it.", "Iraq denied it.", False),
        ("They accepted the plan.", "They rejected the plan.", False),
        ("He is now leaving.", "He is not leaving.", False),
        ("Sie wird attack fahren.", "Sie wird attacks fahren.", False),
    ],
)
def test_what_is_only_retyped(before: str, after: str, *, expected: bool) -> None:
    assert is_trivial(annotate(before, "en"), annotate(after, "en")) is expected


def test_a_record_survives_the_store() -> None:
    (record,) = briefed(post("a", QUAKE, language="en"))
    assert record_from_json(record_to_json(record)) == record
    with pytest.raises(ValueError, match="json"):
        record_from_json("no json")


def test_a_story_keeps_its_id_and_its_first_day_over_its_life() -> None:
    past = briefed(post("a", QUAKE))
    pairs = read(post("b", QUAKE_TOLD_ELSEWHERE, at=later(1)))
    (record,) = story_records(group(pairs), by_key(pairs), later(1), past=past)
    assert (record.id, record.first_at, record.last_at) == (past[0].id, MORNING, later(1))
    assert set(record.posts) == {"a", "b"}


def test_two_stories_never_share_a_record_id() -> None:
    past = briefed(post("a", QUAKE))
    pairs = read(post("a", QUAKE), post("a", QUAKE, at=later(1)))
    stories = [replace(story, id=f"s{n}") for n, story in enumerate(group(pairs[:1]) + group(pairs[1:]))]
    ids = [record.id for record in story_records(stories, by_key(pairs), later(1), past=past)]
    assert len(ids) == len(stories)


@given(st.lists(st.sampled_from(range(1, len(QUAKE))), unique=True, min_size=2))
def test_no_part_of_a_briefed_post_is_news(kept: list[int]) -> None:
    part = post("part", (QUAKE[0], *(QUAKE[number] for number in kept)), at=later(1))
    (story,) = now(PAST, part)
    assert story.standing == "continuing"


PAST = briefed(post("a", QUAKE))


def test_a_week_of_digests_of_real_posts_repeats_nothing_and_misses_no_edit() -> None:
    """The planted days of `benchmarks.stories`, smaller."""
    if not os.environ.get("BRIEFING_DATA"):
        pytest.skip("BRIEFING_DATA names no folder of real posts")
    from random import Random

    from benchmarks.corpus import wordpress_posts

    chance = Random(7)
    posts = [p for language, p in wordpress_posts() if language in {"en", "ar", "fr"} and 1500 < len(p.html) < 9000]
    posts = [replace(p, published=MORNING, modified=None) for p in chance.sample(posts, 24)]
    series = Series()
    series.digest(read(*posts[:10]), set(), MORNING)
    live = read(*posts[:10])
    for day in range(1, 4):
        edits = [edit for pair in live if (edit := altered(pair, chance))][2 * day : 2 * day + 2]
        again = replace(live[0][0].post, key=f"again{day}", url=None)
        batch = read(*posts[6 + 4 * day : 10 + 4 * day], *edits, again)
        stories, corrected = series.digest(batch, set(), later(day))
        home = {summary.post.key: story.standing for story in stories for summary in story.summaries}
        assert home[again.key] in {"continuing", "update", "correction"}
        assert edits
        assert {edit.key for edit in edits} <= corrected.keys()
        assert all(home[edit.key] != "new" for edit in edits)
