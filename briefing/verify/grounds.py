"""What a reader of a claim has to see: the sentences it rests on, and those that these cannot be understood without."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.language.annotation import Annotated
from briefing.types import Claim
from briefing.verify.checks import headline
from briefing.verify.claim_context import claim_context
from briefing.verify.doubt_scope import from_opening

Place = tuple[str, int]
"""A sentence: the key of its post, and its number."""


def grounds(claim: Claim, documents: Mapping[str, Annotated]) -> tuple[Place, ...]:
    """The sentences a claim rests on and what these lean on, in the order of the texts: the one before a sentence that
    points back, the doubt that opens its paragraph. No headline that is no evidence for it."""
    context = claim_context(claim, documents)
    is_headline_left_out = any(one.number for one in context.sentences) and not headline.speaks_of_headline(context)
    found: dict[Place, None] = {}
    for sentence in context.sentences:
        if is_headline_left_out and not sentence.number:
            continue
        leant_on = [sentence.number - 1] if sentence.is_anaphoric and sentence.number > 1 else []
        leant_on += [doubt.sentence.number for doubt in from_opening(sentence, context)]
        found |= dict.fromkeys((sentence.post, number) for number in (*leant_on, sentence.number))
    posts = list(dict.fromkeys(post for post, _ in found))
    return tuple(sorted(found, key=lambda place: (posts.index(place[0]), place[1])))
