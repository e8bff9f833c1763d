"""Claims of several posts as one list: what is one statement, what is a disagreement, and what is neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from story_samples import QUAKE, QUAKE_TOLD_ELSEWHERE, by_key, claim, later, post, read

from briefing.language.annotation import annotate
from briefing.stories.claim_comparison import Statement, difference, is_same
from briefing.stories.clustering import group
from briefing.stories.merging import merged, positions
from briefing.types import Claim, Speaker, Story, Summary
from briefing.workflow.recheck import faults

WRITTEN = date(2026, 3, 10)

SAME = [
    ("Nine people died in the fire in Lyon.", "In Lyon nine people died in the fire.", "en"),
    ("Nine people died in the fire in Lyon.", "9 people died in the fire in Lyon", "en"),
    ("Le maire de Rouen a fermé trois écoles mardi.", "Mardi, le maire de Rouen a fermé 3 écoles.", "fr"),
    ("أغلقت السلطات 12 مدرسة في الرباط بسبب الأمطار", "السلطات أغلقت 12 مدرسة في الرباط بسبب الأمطار", "ar"),
]


@pytest.mark.parametrize(("one", "other", "language"), SAME)
def test_the_same_statement_in_other_order_or_digits(one: str, other: str, language: str) -> None:
    assert is_same(*(Statement(annotate(text, language), WRITTEN) for text in (one, other)))


NOT_SAME = [
    ("Nine people died in the fire in Lyon.", "Twelve people died in the fire in Lyon.", "number"),
    ("The council approved the tram line.", "The council did not approve the tram line.", "whether"),
    ("The court accepted the appeal of the city.", "The court rejected the appeal of the city.", "whether"),
    ("The talks on the border open on 3 April.", "The talks on the border open on 9 April.", "date"),
    ("Hamas fired rockets at the border town.", "Hezbollah fired rockets at the border town.", "who"),
    ("In Oslo the mayor sued the tram company.", "In Oslo the tram company closed two lines.", None),
    ("Israel attacked Iran with drones on Monday.", "Iran attacked Israel with drones on Monday.", None),
    ("Nine people died in the fire.", "Nine houses were damaged in the storm.", None),
    ("At least nine people died in the fire in Lyon.", "Fourteen people died in the fire in Lyon.", None),
    ("The parliament will vote on the bill on Monday.", "The parliament will vote on the bill on Thursday.", "date"),
    ("The side scored three goals in the first half.", "The side scored two goals in the second half.", None),
    ("Police arrested 12 men in the raid on the depot.", "Police arrested 3 women in the raid on the depot.", None),
    ("A man aged 44 was held in Malaga over the fraud.", "A man aged 39 was held in Malaga over the fraud.", None),
    ("The king will open parliament on 4 May.", "The king will open the museum on 9 May.", None),
    ("The bomb hurt 12 soldiers and killed two at the gate.", "The bomb killed two soldiers at the gate.", None),
    ("Sales rose 12 percent in the first quarter.", "Sales rose 9 percent in the second quarter.", None),
    ("The party won 41 percent of the vote in the city.", "The party won 38 percent of the vote in the area.", None),
    ("At least nine people died in the fire in Lyon.", "12 firefighters fought the fire in Lyon.", None),
]


@pytest.mark.parametrize(("one", "other", "about"), NOT_SAME)
def test_what_differs_is_never_the_same_and_is_called_by_its_kind(one: str, other: str, about: str | None) -> None:
    left, right = (Statement(annotate(text, "en"), WRITTEN) for text in (one, other))
    assert not is_same(left, right)
    assert difference(left, right) == difference(right, left) == about


def test_two_languages_are_not_compared() -> None:
    english, french = (
        Statement(annotate("Nine people died in Lyon.", "en")),
        Statement(annotate("Neuf personnes sont mortes à Lyon.", "fr")),
    )
    assert not is_same(english, french)
    assert difference(english, french) is None


PLAIN = "The port of Agadir was closed for two days after the storm damaged four cranes."
DOUBTED = "The port of Agadir was reportedly closed for two days after the storm damaged four cranes."


def test_a_merged_claim_has_the_evidence_of_all_and_the_weakest_wording() -> None:
    pairs = read(post("a", ("Port of Agadir closed", PLAIN)), post("b", ("Agadir port closed", DOUBTED)))
    (story,) = group(pairs)
    (one,) = [found for found in story.claims if "cranes" in found.text]
    assert {piece.post for piece in one.evidence} == {"a", "b"}
    assert one.text == DOUBTED
    assert one.certainty == "reported"
    assert "reportedly" in one.hedges


def test_merged_claims_stand_up_to_a_second_check() -> None:
    pairs = read(post("a", QUAKE), post("b", QUAKE_TOLD_ELSEWHERE), post("c", [*QUAKE[:3], RATHER_MORE]))
    (story,) = group(pairs)
    documents = by_key(pairs)
    assert [why for found in story.claims for why in faults(found, documents)] == []


RATHER_MORE = "The ministry of health sent 14 surgeons to the hospital of Al Hoceima by helicopter."


def test_no_evidence_is_lost_and_none_is_invented() -> None:
    pairs = read(post("a", QUAKE), post("b", QUAKE_TOLD_ELSEWHERE))
    (story,) = group(pairs)
    own = {(e.post, e.sentence) for _, s in pairs for one in s.claims + s.embeds for e in one.evidence}
    assert {(e.post, e.sentence) for one in story.claims for e in one.evidence} == own
    assert len({one.id for one in story.claims}) == len(story.claims)


def test_posts_that_count_otherwise_disagree_and_nobody_chooses() -> None:
    one = ("Fire in a hostel in Lyon", "Nine people died in the fire in a hostel in Lyon on Sunday, firefighters said.")
    other = ("Lyon hostel fire", "Fourteen people died in the fire in a hostel in Lyon on Sunday, the prefecture said.")
    (story,) = group(read(post("a", one), post("b", other)))
    (found,) = story.disagreements
    assert found.about == "number"
    assert {piece.post for side in found.claims for piece in side.evidence} == {"a", "b"}
    assert all(side in story.claims for side in found.claims)


def with_claims(pairs: Sequence[Claim], key: str) -> Summary:
    """A summary that says these claims."""
    (_, summary) = read(post(key, ("Nothing", "Nothing of note happened in the village hall on Monday morning.")))[0]
    return replace(summary, claims=tuple(pairs), quotes=(), embeds=())


def test_positions_are_by_actor_and_by_outlet() -> None:
    named = Speaker("Omar Benali", "named", "Omar Benali")
    surname = Speaker("Benali", "named", "Benali")
    author = Speaker("the author", "author")
    first = with_claims([claim("It is a balance.", "a", speaker=named)], "a")
    second = with_claims(
        [
            claim("It protects users.", "b", speaker=surname),
            replace(claim("The law is a mistake.", "b", speaker=author), kind="opinion", evidence=()),
        ],
        "b",
    )
    found = positions([first, second])
    assert [(one.who, one.is_outlet, len(one.claims)) for one in found] == [("Omar Benali", False, 2), ("b", True, 1)]


def test_a_story_of_one_post_keeps_its_summarys_claims() -> None:
    (story,) = group(read(post("a", QUAKE, at=later(1))))
    assert story.claims == ()
    assert merged(Story("s1", "x", story.summaries), by_key(read(post("a", QUAKE)))).claims
