"""Roles: who did it to whom, told with another verb or in the passive: "A lost to B" for "A beat B".

Catches the two names of one event in each other's place, where both texts tell it with verbs whose sides are known
(`briefing.language.converse_verbs`) or with the same verb, active or passive. Lets pass every other way to tell it, and
an event that some sentence tells the way the claim does.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

from briefing.language.annotation import Annotation
from briefing.language.converse_verbs import sides
from briefing.language.entities import NameMention, same_name
from briefing.language.patterns import alternatives, anywhere, folded
from briefing.language.profile import profile
from briefing.language.rows import row_at
from briefing.language.words import Word, common_words
from briefing.types import Notice
from briefing.verify.claim_context import ClaimContext, Finding

_NEAR, _FAR = 60, 110


@dataclass(frozen=True, slots=True)
class _Act:
    """An event between two named: its number in the table or its verb's stem, first actor, other actor."""

    event: int | str
    first: tuple[NameMention, ...]
    other: tuple[NameMention, ...]


def knows(language: str) -> bool:
    """Whether its words are parted: names that changed places are found by the words between them."""
    return profile(language).spaces


def check(context: ClaimContext) -> Iterator[Finding]:
    """A finding for names that changed places, however the event is told."""
    if not knows(context.language):
        return
    moved = list(_in_each_others_place(context)) or [*_turned_round(context), *_another_object(context)]
    yield from moved or _exchanged(context)
    yield from _converse(context)


def _exchange(
    names: tuple[str, ...],
    sentence: Annotation,
    weight: Literal["fail", "note"] = "fail",
    *,
    event: int | str = "",
) -> Finding:
    said, other = names
    reason = Notice(
        "roles: “{said}” and “{other}” have changed places [{n}]", said=said, other=other, n=sentence.number
    )
    row = row_at(event, sentence.language, "converse_verbs", "event") if isinstance(event, int) else None
    return Finding(weight, reason, names, row=row)


def _converse(context: ClaimContext) -> Iterator[Finding]:
    """A finding where a claim turns round an event that a sentence tells between the same two names."""
    mine = _acts(context.line)
    theirs = [(act, sentence) for sentence in context.own for act in _acts(sentence)] if mine else []
    meet = partial(_meets, language=context.language)
    for act in mine:
        same = [
            (other, sentence)
            for other, sentence in theirs
            if other.event == act.event and (meet(act.first, other.first) or meet(act.first, other.other))
        ]
        if any(meet(act.first, other.first) and meet(act.other, other.other) for other, _ in same):
            continue
        for other, sentence in same:
            if meet(act.first, other.other) and meet(act.other, other.first):
                said = tuple(context.line.text[side[0].start : side[-1].end] for side in (act.first, act.other))
                yield _exchange(said, sentence, event=act.event)
                return


def _meets(one: tuple[NameMention, ...], other: tuple[NameMention, ...], language: str) -> bool:
    """Whether two names name the same: their last words, or a place under another name."""
    mine, theirs = one[-1], other[-1]
    return same_name(mine.key, theirs.key, language) or (mine.place is not None and mine.place == theirs.place)


def _acts(line: Annotation) -> list[_Act]:
    named = _groups(_actors(line))
    if len(named) < 2:
        return []
    return [act for index, word in enumerate(line.words[:160]) for act in _acts_of(index, word, line, named)]


def _actors(line: Annotation) -> tuple[NameMention, ...]:
    """The names that can do something to each other: not the months of its dates, nor what is counted."""
    names = (name for name in line.names if not any(date.start <= name.start < date.end for date in line.dates))
    counted = {number.end + 1 for number in line.quantities}  # "7 Menschen", where nouns have capitals
    return tuple(name for name in names if name.start not in counted)


def _groups(names: tuple[NameMention, ...]) -> list[tuple[NameMention, ...]]:
    groups: dict[int, list[NameMention]] = {}
    for mention in names:
        groups.setdefault(mention.group, []).append(mention)
    return [tuple(group) for group in groups.values()]


def _acts_of(index: int, word: Word, line: Annotation, named: list[tuple[NameMention, ...]]) -> Iterator[_Act]:
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
        found = _verb_first(word, line, named, leads) if profile(line.language).verb_first == "always" else None
        subject = found[0] if found else _subject(word, line, named)
        other = found[1] if found else _led_to(word, line, named, leads)
        if subject and other and not _meets(subject, other, line.language):
            yield _Act(event, *((other, subject) if is_turned else (subject, other)))
    if not senses and word.key not in common_words(line.language) and not word.is_capital:
        subject, other = _subject(word, line, named), _right_behind(word, line, named)
        if subject and other and not _meets(subject, other, line.language):
            yield _Act(word.stem, subject, other)


_BE = folded("passives", "be")
_BY = re.compile(
    rf"\s(?:[^\W\d_]+\s){{0,2}}?(?:{alternatives('passives', 'by')})\s"
    rf"(?:(?:{alternatives('passives', 'articles')})\s)?(?:[a-z\u00e0-\u00ff]+\s){{0,2}}"
)
_STOP = re.compile(rf"[.;:!?()«»“”\"]|,\s(?:{alternatives('clauses', 'goes_on')})\s")


def _subject(word: Word, line: Annotation, named: list[tuple[NameMention, ...]]) -> tuple[NameMention, ...] | None:
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
    rf"\b(?:{alternatives('determiners', 'leading')})\s(?:{alternatives('determiners', 'definite')})?$", re.IGNORECASE
)


def _led_to(
    word: Word, line: Annotation, named: list[tuple[NameMention, ...]], leads: frozenset[str]
) -> tuple[NameMention, ...] | None:
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


def _right_behind(word: Word, line: Annotation, named: list[tuple[NameMention, ...]]) -> tuple[NameMention, ...] | None:
    return next((group for group in named if 1 <= group[0].start - word.end <= 5), None)


def _verb_first(
    word: Word, line: Annotation, named: list[tuple[NameMention, ...]], leads: frozenset[str]
) -> tuple[tuple[NameMention, ...], tuple[NameMention, ...]] | None:
    """ "منحت اليابان موريتانيا": the subject right behind the verb, the other behind it or behind its preposition."""
    behind = [group for group in named if word.end <= group[0].start <= word.end + _FAR]
    if len(behind) < 2 or behind[0][0].start - word.end > 3:
        return None
    ahead = [item for item in line.words if behind[0][-1].end <= item.start < behind[1][0].start]
    if not ahead and "-" in leads:
        return behind[0], behind[1]
    return (behind[0], behind[1]) if any(item.key in leads for item in ahead[-2:]) else None


# --- the same verb, the names in each other's place ---

_PASSIVE = anywhere("passives", "clause")


def _in_each_others_place(context: ClaimContext) -> Iterator[Finding]:
    """Two names of a sentence, each where the other stood, with more than a list between them."""
    aligned = context.alignment
    if aligned is None or aligned.follows < _SURE:
        return
    own = {mention.start: mention for mention in context.line.names}
    carried = {mention.start: mention for mention in aligned.sentence.names}
    moved: list[tuple[NameMention, NameMention]] = []
    for slot in aligned.slots[:40]:
        mine = [own[word.start] for word in slot.claimed if word.start in own]
        theirs = [carried[word.start] for word in slot.carried if word.start in carried]
        if mine and theirs:
            moved.append((mine[-1], theirs[-1]))
    for index, (here, there) in enumerate(moved):
        for other, beyond in moved[index + 1 :]:
            if (
                same_name(here.key, there.key, context.language)
                or not same_name(here.key, beyond.key, context.language)
                or not same_name(other.key, there.key, context.language)
            ):
                continue
            if _has_content(context, here.end, other.start):
                said = (context.line.text[here.start : here.end], context.line.text[other.start : other.end])
                yield _exchange(said, aligned.sentence)
                return


_CLOSE = 30


def _turned_round(context: ClaimContext) -> Iterator[Finding]:
    """ "A beat B" for "B beat A", told in however other words: the same verb right between the same two names."""
    if profile(context.language).verb_first == "always" or _PASSIVE.search(context.line.text):
        return
    claimed = _with_verb_between(context.line)
    for sentence in context.nearest(3) if claimed else ():
        if _PASSIVE.search(sentence.text):
            continue
        carried = _with_verb_between(sentence)
        if any(_same_pair(one, other, context.language) for one in claimed for other in carried):
            continue
        for one in claimed:
            turned = (one[1], one[0], one[2])
            if any(_same_pair(turned, other, context.language) for other in carried):
                said = tuple(context.line.text[mention.start : mention.end] for mention in one[:2])
                yield _exchange(said, sentence)
                return


_GAP = 14


def _another_object(context: ClaimContext) -> Iterator[Finding]:
    """ "Chose Ciotti" for "chose Solère": one verb with another name right behind it, both names of the sentence."""
    if context.language not in {"en", "fr", "es"}:
        return
    mine = _verb_and_name(context.line)
    for sentence in context.nearest(2) if mine else ():
        if bool(_PASSIVE.search(context.line.text)) != bool(_PASSIVE.search(sentence.text)):
            continue
        theirs = _verb_and_name(sentence)
        for verb, name in mine:
            others = [other for stem, other in theirs if stem == verb]
            if (
                len(others) != 1
                or same_name(others[0].key, name.key, context.language)
                or others[0].place != name.place
            ):
                continue
            held = [item for item in sentence.names if same_name(item.key, name.key, context.language)]
            if any(item.group == others[0].group or _listed(item, others[0], sentence) for item in held):
                continue
            mine_too = [item for item in context.line.names if same_name(others[0].key, item.key, context.language)]
            if any(item.group == name.group or _listed(item, name, context.line) for item in mine_too):
                continue
            if mine_too and context.lexicon.has_name(name):
                said = context.line.text[name.start : name.end]
                other_ = sentence.text[others[0].start : others[0].end]
                reason = Notice(
                    "roles: “{said}” stands where the sentence has “{other}” [{n}]",
                    said=said,
                    other=other_,
                    n=sentence.number,
                )
                yield Finding("fail", reason, (said,))
                return


def _listed(one: NameMention, two: NameMention, line: Annotation) -> bool:
    """Whether nothing but a list stands between two names."""
    first, last = sorted((one, two), key=lambda mention: mention.start)
    between = [word for word in line.words if first.end <= word.start < last.start]
    return all(word.is_capital or word.key in common_words(line.language) for word in between)


def _verb_and_name(line: Annotation) -> list[tuple[str, NameMention]]:
    """Small words of content with the full name that stands right behind them: (stem, the name's last word)."""
    common = common_words(line.language)
    last = {mention.group: mention for mention in line.names}
    found: list[tuple[str, NameMention]] = []
    for group, mention in last.items():
        whole = [item for item in line.names if item.group == group]
        if not 2 <= len(whole) <= 3 or any(item.place or item.is_acronym for item in whole):
            continue
        start = whole[0].start
        before = [word for word in line.words if word.end <= start and word.key not in common]
        if not before or before[-1].is_capital or len(before[-1].key) < 4:
            continue
        gap = line.text[before[-1].end : start]
        if len(gap) <= _GAP and not re.search(r"[,;:.()]", gap):
            found.append((before[-1].stem, mention))
    return found


_Pair = tuple[NameMention, NameMention, str]


def _same_pair(one: _Pair, other: _Pair, language: str) -> bool:
    same = same_name(one[0].key, other[0].key, language) and same_name(one[1].key, other[1].key, language)
    return one[2] == other[2] and same


def _with_verb_between(line: Annotation) -> list[_Pair]:
    """Two names that follow each other, with the first word of content between them, no comma and little else."""
    common = common_words(line.language)
    found: list[_Pair] = []
    firsts = _firsts(_actors(line))
    for one, two in (*itertools.pairwise(firsts), *zip(firsts, firsts[2:], strict=False)):
        between = line.text[one.end : two.start]
        content = [word for word in line.words if one.end <= word.start < two.start and word.key not in common]
        content = [word for word in content if not word.is_capital]
        if len(between) <= _CLOSE and 1 <= len(content) <= 2 and not re.search(r"[,;:.]", between):
            found.append((one, two, content[0].stem))
    return found


def _has_content(context: ClaimContext, start: int, end: int) -> bool:
    """Whether a word of content that is no name stands between: a list of names has none."""
    common, starts = common_words(context.language), {mention.start for mention in context.line.names}
    between = [word for word in context.line.words if start <= word.start < end]
    return any(word.key not in common and word.start not in starts and len(word.key) > 2 for word in between)


def _exchanged(context: ClaimContext) -> Iterator[Finding]:
    """Two names in the other order around the same words; a passive on one side only turns the order round rightly."""
    aligned = context.alignment
    if aligned is None or aligned.follows < 0.5:
        return
    sentence = aligned.sentence
    if bool(_PASSIVE.search(context.line.text)) != bool(_PASSIVE.search(sentence.text)):
        return
    claimed, carried = _firsts(_actors(context.line)), _firsts(_actors(sentence))
    order = [(mention, found) for mention in claimed if (found := _find(mention, carried, context.language))]
    for (one, there_one), (two, there_two) in itertools.pairwise(order):
        if one.group == two.group or there_one.group == there_two.group or there_one.start < there_two.start:
            continue
        between = context.line.text[one.end : two.start]
        beyond = sentence.text[there_two.end : there_one.start]
        if _only_listed(between) or not _same_between(between, beyond, context, sentence, one, two):
            continue
        said = (context.line.text[one.start : one.end], context.line.text[two.start : two.end])
        is_sure = aligned.follows >= _SURE and not profile(context.language).capital_nouns
        yield _exchange(said, sentence, "fail" if is_sure else "note")
        return


_SURE = 0.7


def _firsts(names: tuple[NameMention, ...]) -> list[NameMention]:
    """The last word of every name: the surname, where it is a person's; a name that stands twice is left out."""
    last = {mention.group: mention for mention in names if mention.end - mention.start > 1}
    keys = [mention.key for mention in last.values()]
    return [mention for mention in last.values() if keys.count(mention.key) == 1]


def _find(mention: NameMention, carried: list[NameMention], language: str) -> NameMention | None:
    return next((other for other in carried if same_name(mention.key, other.key, language)), None)


def _only_listed(between: str) -> bool:
    """Whether nothing but a list stands between two names: "A and B" may be said in either order."""
    return bool(_LISTED.fullmatch(between))


_LISTED = re.compile(
    rf"[\s,;&]*(?:{alternatives('clauses', 'listing')}|,)?[\s,;&]*(?:[^\W\d_]+\s?){{0,1}}", re.IGNORECASE
)


def _same_between(
    between: str, beyond: str, context: ClaimContext, sentence: Annotation, one: NameMention, two: NameMention
) -> bool:
    """Whether the same verb stands between the two names on both sides."""
    common = common_words(context.language)
    here = {word.stem for word in context.line.words if one.end <= word.start < two.start and word.key not in common}
    low = sentence.text.find(beyond) if beyond else -1
    if low < 0:
        return False
    there = {word.stem for word in sentence.words if low <= word.start < low + len(beyond) and word.key not in common}
    if not here or not there:
        return between.split() == beyond.split()
    return len(here & there) >= 0.6 * max(len(here), len(there))
