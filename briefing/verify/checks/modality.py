"""What is still ahead, hangs on a condition, or is only in somebody's mind, told as what is.

Catches "has been pledged" for "will require", "the beach reopens" without its "if the tests are clean", "can crush" for
"is confident that …". Lets pass a claim that keeps a condition, a plan or a doubt in words of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.language.hedges import attribution, marks
from briefing.language.modals import AHEAD, ATTITUDE, CONDITION, CONDITIONAL, DONE, FUTURE, FUTURE_EN, OPEN, PAST
from briefing.language.words import common_words
from briefing.verify import alignment
from briefing.verify.checks.hedging import CLAUSE, leant_on
from briefing.verify.claim_context import Finding, Ground, Passage
from briefing.verify.repair import in_the_words


def not_yet(ground: Ground) -> Iterator[Finding]:
    """ "Tens of billions have been pledged" for "will require tens of billions": what is ahead, told as done."""
    if ground.language in FUTURE:
        yield from _told_as_done(ground)
    if ground.language != "en" or not DONE.search(ground.text) or any(word.key in AHEAD for word in ground.words):
        return
    stems = {word.stem for word in ground.words}
    for passage in leant_on(ground)[:1]:
        for match in FUTURE_EN.finditer(passage.text):
            common = common_words("en")
            behind = [w for w in passage.words if w.start >= match.start(1) and w.key not in common][:4]
            if any(word.stem in stems for word in behind) and not DONE.search(passage.text):
                said = match.group()
                reason = f"certainty: the text speaks of what is ahead: “{said}” [{passage.number}]"
                yield Finding("attribution", "repair", reason, (said,), in_the_words(ground.text, said, "en"))
                return


def _future_of(ground: Ground) -> tuple[str, Passage] | None:
    """The future form of the sentence nearest to the claim, where claim and sentence share the words behind it."""
    pattern = FUTURE[ground.language]
    stems = {word.stem for word in ground.words}
    for passage in alignment.nearest(ground, 1):
        match = pattern.search(passage.text)
        if not match or (PAST[ground.language].search(passage.text) and ground.language != "ar"):
            return None
        common = common_words(ground.language)
        behind = [word for word in passage.words if word.start >= match.end() and word.key not in common][:5]
        if sum(word.stem in stems for word in behind) >= 2:
            return match.group(), passage
    return None


def _told_as_done(ground: Ground) -> Iterator[Finding]:
    if (
        FUTURE[ground.language].search(ground.text)
        or marks(ground.text, ground.language)
        or not PAST[ground.language].search(ground.text)
    ):
        return
    found = _future_of(ground)
    if found:
        said, passage = found
        reason = f"certainty: the text speaks of what is ahead: “{said}” [{passage.number}]"
        yield Finding("attribution", "repair", reason, (said,), in_the_words(ground.text, said, ground.language))


def dropped_condition(ground: Ground) -> Iterator[Finding]:
    """ "If the tests are clean" left out of what only then happens."""
    pattern = CONDITION.get(ground.language)
    if pattern is None or CONDITIONAL.search(ground.text):
        return
    stems = {word.stem for word in ground.words}
    common = common_words(ground.language)
    for passage in alignment.nearest(ground, 1):
        match = pattern.search(passage.text)
        if not match:
            return
        main = [
            word for word in passage.words if not match.start() <= word.start < match.end() and word.key not in common
        ]
        near = [word for word in main if abs(word.start - match.start()) < 80 or abs(word.start - match.end()) < 80]
        if sum(word.stem in stems for word in near) >= 2:
            said = match.group().strip()
            reason = f"certainty: only “{said}” [{passage.number}]"
            yield Finding("attribution", "repair", reason, (said,), in_the_words(ground.text, said, ground.language))
        return


def dropped_attitude(ground: Ground) -> Iterator[Finding]:
    """ "Is confident that", "is mulling", "accuses": what somebody thinks or plans, told as what is."""
    pattern = ATTITUDE.get(ground.language)
    if pattern is None or marks(ground.text, ground.language) or attribution(ground.text, ground.language):
        return
    stems = {word.stem for word in ground.words}
    common = common_words(ground.language)
    if stems & OPEN:
        return
    for passage in alignment.nearest(ground, 1):
        for match in pattern.finditer(passage.text):
            boundary = CLAUSE.search(passage.text, match.end())
            end = max(match.end() + 30, boundary.start() if boundary else len(passage.text))
            behind = [word for word in passage.words if match.end() <= word.start < end and word.key not in common][:6]
            cue = {
                word.stem
                for word in passage.words
                if match.start() <= word.start < match.end() and word.key not in common
            }
            if sum(word.stem in stems for word in behind) >= 2 and not cue & stems:
                said = match.group().strip()
                reason = f"certainty: the text says “{said}” [{passage.number}]"
                yield Finding(
                    "attribution", "repair", reason, (said,), in_the_words(ground.text, said, ground.language)
                )
                return
