"""Everything else: a claim whose words of content are largely foreign to its sentences is "weakly carried".

Catches a sentence cited for something it does not speak of at all (withheld). Lets pass, with a note, a claim told in
other words.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.quantities import agree, quantities
from briefing.language.words import same_word
from briefing.verify.claim_context import Finding, Ground

_WEAK = 0.34
_FEW = 4
_OF_THE_TEXT = frozenset("headline text post article author tweet titre texte auteur titular texto autor".split())


def carried(ground: Ground) -> float:
    """The share of the claim's words of content that its sentences have in some form; 1.0 where nothing can be told."""
    if not ground.own or not ground.content:
        return 1.0
    stems = frozenset(stem for passage in ground.own for stem in passage.stems)
    keys = [key for passage in ground.own for key in passage.keys if len(key) > 3]
    held = sum(
        word.stem in stems or any(same_word(word.key, key) for key in keys[:400]) for word in ground.content[:80]
    )
    return held / len(ground.content[:80])


def check(ground: Ground) -> Iterator[Finding]:
    """A note, or a failure where the sentences have none of the claim's words and not its names either."""
    if ground.language in {"ja", "zh", "th"} or not ground.own or ground.foreign:
        return
    share = carried(ground)
    if share >= _WEAK:
        return
    carried_numbers = [found for passage in ground.own for found in quantities(passage.text, passage.language)]
    if any(agree(one, found) for one in quantities(ground.text, ground.language) for found in carried_numbers[:60]):
        share = max(share, 0.1)
    sure = [mention for mention in ground.names if mention.is_sure]
    astray = sure and not any(ground.lexicon.has_name(mention.key, mention.place) for mention in sure)
    if (
        len(ground.content) >= _FEW
        and _OF_THE_TEXT.isdisjoint(word.key for word in ground.words)
        and (share < 0.1 or (share < 0.3 and astray))
    ):
        yield Finding("wording", "fail", "wording: its sentences do not speak of this", (ground.text,))
    else:
        yield Finding("wording", "note", f"wording: weakly carried, {share:.0%} of its words stand in its sentences")
