"""Negation: a claim says no where its sentences do, and nowhere else."""

from __future__ import annotations

from claims import check, document, verdict


def test_an_added_not_is_withheld() -> None:
    assert verdict("The mayor has not signed the deal.", "The mayor has signed the deal.") == "withheld"


def test_not_only_says_yes() -> None:
    assert (
        verdict("The mayor signed not only the deal.", "The mayor signed not only the deal but the plan.") == "stands"
    )


def test_a_negation_told_in_other_words_is_found_in_the_second_nearest_sentence() -> None:
    lines = (
        "Du Wei, 57, a été retrouvé mort dans sa villa.",
        "M. Rosenfeld a dit qu'il n'y avait pas d'enquête sur ce décès.",
    )
    assert verdict("Une enquête est en cours sur le décès, selon M. Rosenfeld.", *lines, language="fr") == "withheld"
    assert verdict("Il n'y a pas d'enquête sur le décès, selon M. Rosenfeld.", *lines, language="fr") == "stands"


def test_never_before_is_the_first_time() -> None:
    assert (
        verdict(
            "McGill said he had never violated the ordinance.",
            "It was the first time he'd violated the ordinance, McGill said.",
        )
        == "stands"
    )


def test_what_the_post_does_not_do_is_no_negation_of_its_sentence() -> None:
    sentence = "According to available information, the force is part of a broader architecture."
    text = "According to information that the post does not source, the force is part of a broader architecture."
    assert verdict(text, sentence) == "stands"


def test_a_no_of_which_nothing_can_be_told_is_not_passed() -> None:
    source = "The council voted on the new harbour in June, without the votes of the smaller parties."
    found = check("The council voted on the new harbour in June.", document(source)).check
    assert found is not None
    assert found.verdict != "withheld"
    assert "negation" not in found.passed
    assert [str(item.why) for item in found.not_run] == ["only one of the two says no: “without”"]
