"""Overlap: a claim whose words of content are largely foreign to its sentences is "weakly carried".

Catches a sentence cited for something it does not speak of at all (withheld). Lets pass, with a note, a claim told in
other words.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.patterns import word_list
from briefing.language.profile import profile
from briefing.language.quantities import agree
from briefing.language.words import same_word
from briefing.types import Notice
from briefing.verify.claim_context import ClaimContext, Finding

_WEAK = 0.34
_FEW = 4
_OF_THE_TEXT = word_list("the_post", "spoken_of")


def carried(context: ClaimContext) -> float:
    """The share of the claim's words of content that its sentences have in some form; 1.0 where nothing can be told."""
    if not context.own or not context.line.content:
        return 1.0
    stems = frozenset(stem for sentence in context.own for stem in sentence.stems)
    keys = [key for sentence in context.own for key in sentence.keys if len(key) > 3]
    held = sum(
        word.stem in stems or any(same_word(word.key, key) for key in keys[:400]) for word in context.line.content[:80]
    )
    return held / len(context.line.content[:80])


def knows(language: str) -> bool:
    """Whether its words are parted, so that they can be counted."""
    return profile(language).spaces


def check(context: ClaimContext) -> Iterator[Finding]:
    """A note, or a failure where the sentences have none of the claim's words and not its names either."""
    if not knows(context.language) or not context.own or context.foreign:
        return
    share = carried(context)
    if share >= _WEAK:
        return
    carried_numbers = [found for sentence in context.own for found in sentence.quantities]
    if any(agree(one, found) for one in context.line.quantities for found in carried_numbers[:60]):
        share = max(share, 0.1)
    sure = [mention for mention in context.line.names if mention.is_sure]
    astray = sure and not any(context.lexicon.has_name(mention) for mention in sure)
    if (
        len(context.line.content) >= _FEW
        and _OF_THE_TEXT.isdisjoint(word.key for word in context.line.words)
        and (share < 0.1 or (share < 0.3 and astray))
    ):
        yield Finding("fail", Notice("wording: its sentences do not speak of this"), (context.line.text,))
    else:
        yield Finding(
            "note", Notice("wording: weakly carried, {share} of its words stand in its sentences", share=f"{share:.0%}")
        )
