"""Who did it to whom, told with another verb or in the passive: "A lost to B" for "A beat B".

Catches the two names of one event in each other's place, where both texts tell it with verbs whose sides are known
(`briefing.language.converse_verbs`) or with the same verb, active or passive. Lets pass every other way to tell it, and
an event that some sentence tells the way the claim does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.language.annotation import Annotation
from briefing.language.converse_verbs import sides
from briefing.language.entities import Mention, same_name
from briefing.language.words import Word, common_words
from briefing.verify.claim_context import ClaimContext, Finding

_NEAR, _FAR = 60, 110
_VERB_FIRST = frozenset({"ar"})


@dataclass(frozen=True, slots=True)
class _Act:
    """An event between two named: its number in the table or its verb's stem, first actor, other actor."""

    event: int | str
    first: tuple[Mention, ...]
    other: tuple[Mention, ...]


def check(context: ClaimContext) -> Iterator[Finding]:
    """A finding where a claim turns round an event that a sentence tells between the same two names."""
    mine = _acts(context.line)
    theirs = [(act, sentence) for sentence in context.own for act in _acts(sentence)] if mine else []
    for act in mine:
        same = [
            (other, sentence)
            for other, sentence in theirs
            if other.event == act.event and {_meets(act.first, other.first), _meets(act.first, other.other)} != {False}
        ]
        if any(_meets(act.first, other.first) and _meets(act.other, other.other) for other, _ in same):
            continue
        for other, sentence in same:
            if _meets(act.first, other.other) and _meets(act.other, other.first):
                said = tuple(context.line.text[side[0].start : side[-1].end] for side in (act.first, act.other))
                reason = f"roles: “{said[0]}” and “{said[1]}” have changed places [{sentence.number}]"
                yield Finding("roles", "fail", reason, said)
                return


def _meets(one: tuple[Mention, ...], other: tuple[Mention, ...]) -> bool:
    """Whether two names name the same: their last words, or a place under another name."""
    mine, theirs = one[-1], other[-1]
    return same_name(mine.key, theirs.key) or (mine.place is not None and mine.place == theirs.place)


def _acts(line: Annotation) -> list[_Act]:
    named = _groups(line.names)
    if len(named) < 2:
        return []
    return [act for index, word in enumerate(line.words[:160]) for act in _acts_of(index, word, line, named)]


def _groups(names: tuple[Mention, ...]) -> list[tuple[Mention, ...]]:
    groups: dict[int, list[Mention]] = {}
    for mention in names:
        groups.setdefault(mention.group, []).append(mention)
    return [tuple(group) for group in groups.values()]


def _acts_of(index: int, word: Word, line: Annotation, named: list[tuple[Mention, ...]]) -> Iterator[_Act]:
    senses = sides(word.key, line.language)
    passive = _BY.match(line.text, word.end) if index and line.words[index - 1].key in _BE else None
    if passive:
        subject = _subject(word, line, named)
        agent = next((group for group in named if 0 <= group[0].start - passive.end() <= 1), None)
        if subject and agent:
            events: set[int | str] = {event for event, is_turned, _ in senses if not is_turned}
            yield from (_Act(event, agent, subject) for event in events or {word.stem})
        return
    for event, is_turned, leads in senses:
        found = _verb_first(word, line, named, leads) if line.language in _VERB_FIRST else None
        subject = found[0] if found else _subject(word, line, named)
        other = found[1] if found else _led_to(word, line, named, leads)
        if subject and other and not _meets(subject, other):
            yield _Act(event, *((other, subject) if is_turned else (subject, other)))
    if not senses and word.key not in common_words(line.language) and not word.is_capital:
        subject, other = _subject(word, line, named), _right_behind(word, line, named)
        if subject and other and not _meets(subject, other):
            yield _Act(word.stem, subject, other)


_BE = frozenset(
    "was were is are been being be est sont etait etaient ete fut furent es son fue fueron era sido foi foram".split()
)
_BY = re.compile(
    r"\s(?:[^\W\d_]+\s){0,2}?(?:by|par|por|pelo|pela)\s(?:(?:the|la|le|les|el|los|las|o|a)\s)?(?:[a-zà-ÿ]+\s){0,2}",
)
_STOP = re.compile(r"[.;:!?()«»“”\"]|,\s(?:and|but|et|mais|y|pero|who|which|qui|que|quien)\s")


def _subject(word: Word, line: Annotation, named: list[tuple[Mention, ...]]) -> tuple[Mention, ...] | None:
    """The name last ahead of the verb, nothing but small words, commas in pairs and auxiliaries between them."""
    before = [group for group in named if group[-1].end <= word.start]
    if not before:
        return None
    between = line.text[before[-1][-1].end : word.start]
    if len(between) > _NEAR or _STOP.search(between) or between.count(",") == 1:
        return None
    if _OF.search(line.text[max(0, before[-1][0].start - 12) : before[-1][0].start]):
        return None
    inside = [item for item in line.words if before[-1][-1].end <= item.start < word.start]
    common = common_words(line.language) | _BE
    content = [item for item in inside if item.key not in common and len(item.key) > 2]
    return before[-1] if len(content) <= _FEW else None


_FEW = 2
_OF = re.compile(
    r"\b(?:of|by|with|from|in|at|for|against|to|over|on|de|du|des|d[’']|par|avec|contre|à|en|dans|sur|del|por|con|contra|a|para)\s"
    r"(?:the\s|la\s|le\s|les\s|l[’']|el\s|los\s|las\s)?$",
    re.I,
)


def _led_to(
    word: Word, line: Annotation, named: list[tuple[Mention, ...]], leads: frozenset[str]
) -> tuple[Mention, ...] | None:
    """The name that one of these prepositions leads to, or that stands right behind the verb where none is needed."""
    for group in named:
        if not word.end <= group[0].start <= word.end + _FAR or _STOP.search(line.text, word.end, group[0].start):
            continue
        ahead = [item for item in line.words if word.end <= item.start < group[0].start]
        if any(item.key in leads for item in ahead[-3:]):
            return group
        if "-" in leads and all(item.key in common_words(line.language) for item in ahead):
            return group
    return None


def _right_behind(word: Word, line: Annotation, named: list[tuple[Mention, ...]]) -> tuple[Mention, ...] | None:
    return next((group for group in named if 1 <= group[0].start - word.end <= 5), None)


def _verb_first(
    word: Word, line: Annotation, named: list[tuple[Mention, ...]], leads: frozenset[str]
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]] | None:
    """ "منحت اليابان موريتانيا": the subject right behind the verb, the other behind it or behind its preposition."""
    behind = [group for group in named if word.end <= group[0].start <= word.end + _FAR]
    if len(behind) < 2 or behind[0][0].start - word.end > 3:
        return None
    ahead = [item for item in line.words if behind[0][-1].end <= item.start < behind[1][0].start]
    if not ahead and "-" in leads:
        return behind[0], behind[1]
    return (behind[0], behind[1]) if any(item.key in leads for item in ahead[-2:]) else None
