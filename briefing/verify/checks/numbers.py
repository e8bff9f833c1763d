"""Numbers: money, units, percentages and ordinals, too; each one of a claim must stand in its sentences.

Catches "32 people" where the sentence has 23, "5 km" for 5 miles.
Lets pass "nearly 5,000" for 4,900, "1.2 million" for 1,200,000, and "two women" where the sentence names them one by
one and counts nothing else. Is not run where a number is written in words that are not read.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from briefing.language import calendar
from briefing.language.annotation import Annotation
from briefing.language.antonyms import rises_and_falls
from briefing.language.detect import language_of
from briefing.language.magnitudes import holding
from briefing.language.modals import AT_LEAST, AT_LEAST_BEHIND, AT_MOST, AT_MOST_BEHIND, STRICT
from briefing.language.number_grammar import grammar
from briefing.language.patterns import alternatives, anywhere, folded, word_list
from briefing.language.profile import language_name
from briefing.language.quantities import Quantity, agree, shares, within
from briefing.language.rows import row_within
from briefing.language.synonyms import synonyms
from briefing.language.words import common_words, fold
from briefing.types import Notice
from briefing.verify.claim_context import ClaimContext, Finding

_SMALL = 12


def knows(language: str) -> bool:
    """Whether its number words are known."""
    return grammar(language) is not None


def check(context: ClaimContext) -> Iterator[Finding]:
    """A finding for every number of the claim that its sentences do not carry, or that stands on another thing."""
    yield from _carried(context)
    yield from _another_count(context)
    yield from _unread(context)


def _unread(context: ClaimContext) -> Iterator[Finding]:
    """A number of the claim in words that are not read, and that its sentences do not have as they are."""
    told = " ".join(sentence.folded for sentence in context.sentences)
    for one in context.line.unread_numbers:
        said = context.line.text[one.start : one.end]
        if one.kind == "unread" and fold(said) not in told:
            yield Finding("not_run", Notice("a number in words that is not read: “{said}”", said=said))


def _may_be_unread(quantity: Quantity, context: ClaimContext, claimed: list[Quantity]) -> Notice | None:
    """Why a number that was not found may stand in its sentences all the same, in words that are not read.

    Where they have another number of its kind that the claim leaves out, that one was replaced.
    """
    unread = [(sentence, one) for sentence in context.sentences for one in sentence.unread_numbers]
    is_replaced = any(
        found.kind == quantity.kind and not any(agree(other, found) for other in claimed)
        for sentence in context.sentences
        for found in sentence.quantities
        if not _inside(found, sentence.dates)
    )
    for sentence, one in unread:
        if one.values & quantity.readings or not (one.values or is_replaced):
            return Notice("a number in words that is not read: “{said}”", said=sentence.text[one.start : one.end])
    unknown = next((sentence.language for sentence in context.sentences if not knows(sentence.language)), None)
    if unknown is None or is_replaced:
        return None
    return Notice("no words for it in {language}", language=language_name(unknown))


def _carried(context: ClaimContext) -> Iterator[Finding]:
    carried = [found for sentence in context.sentences for found in sentence.quantities]
    resolved = _resolved(context)
    claimed = [found for found in _told(context) if not _inside(found, context.line.dates)]
    used: list[Quantity] = []
    missing: list[Quantity] = []
    for quantity in claimed:
        match = next((found for found in carried if agree(quantity, found)), None)
        if match:
            used.append(match)
        elif (
            not quantity.readings & resolved
            and not _is_idle(quantity, context)
            and not _follows(quantity, context, carried)
        ):
            missing.append(quantity)
    for quantity in missing:
        why = _may_be_unread(quantity, context, claimed)
        yield from [Finding("not_run", why)] if why else _missing(quantity, context, carried, claimed)
    yield from _other_side(context, claimed)
    if not missing and len(carried) > 1:
        yield from _misplaced(context, claimed)
        yield from _exchanged(context, claimed)


def _told(context: ClaimContext) -> tuple[Quantity, ...]:
    """The claim's numbers. One too short to tell its language is read in its own, if that is plainly not theirs."""
    line = context.line
    shared = [word for word in line.words if any(word.key in sentence.keys for sentence in context.sentences)]
    if not context.documents or 2 * len(shared) >= len(line.words):
        return line.quantities
    written = language_of(line.text, None)
    theirs, own = (sum(word.key in common_words(one) for word in line.words) for one in (line.language, written))
    is_own = own > theirs or not (shared or theirs)
    other = context.documents[0].annotation(line.text, written)
    return other.quantities if is_own and knows(written) else line.quantities


def _other_side(context: ClaimContext, claimed: list[Quantity]) -> Iterator[Finding]:
    """ "At least 15 minutes" for "no more than 15 minutes"; "down 3 %" for "up 3 %"."""
    for quantity in claimed:
        beside = [
            (sentence, found) for sentence in context.own for found in sentence.quantities if agree(quantity, found)
        ][:8]
        for side in (_limit, _direction):
            mine = side(context.line, quantity)
            if not mine or not beside:
                continue
            theirs = {side(sentence, found) for sentence, found in beside}
            if theirs == {-mine} or (
                theirs == {0} and side is _limit and _is_strict(context.line.text, quantity, beside)
            ):
                said = context.line.text[quantity.start : quantity.end]
                reason = Notice(
                    "number: “{said}” is on the other side in its sentences [{n}]", said=said, n=beside[0][0].number
                )
                yield Finding("fail", reason, (said,))
                return


def _is_strict(text: str, quantity: Quantity, beside: list[tuple[Annotation, Quantity]]) -> bool:
    """Whether a claim says "less than 870" or "more than 870" of what its sentences give as just 870."""
    exact = all(found.bound == "exact" and found.kind == quantity.kind for _, found in beside)
    same = all(found.readings & quantity.readings for _, found in beside)
    return exact and same and bool(STRICT.search(text, max(0, quantity.start - _BEHIND), quantity.start))


_BEHIND = 24


def _limit(line: Annotation, quantity: Quantity) -> int:
    """1 where the number is a floor ("at least"), -1 where a ceiling ("no more than"), 0 where neither is said."""
    before = re.split(r"[.,;:()،]|\d", line.text[max(0, quantity.start - _BEHIND) : quantity.start])[-1]
    behind = re.split(r"[.,;:()،]|\d", line.text[quantity.end : quantity.end + _BEHIND])[0]
    most = _ending(AT_MOST, before) or AT_MOST_BEHIND.search(behind)
    if most:
        return -1
    return 1 if _ending(AT_LEAST, before) or AT_LEAST_BEHIND.search(behind) else 0


def _ending(pattern: re.Pattern[str], before: str) -> bool:
    """Whether the words stand right ahead of the number, a currency sign or an article between at most."""
    return any(len(before) - match.end() <= _GAP for match in pattern.finditer(before))


_GAP = 6


def _direction(line: Annotation, quantity: Quantity) -> int:
    """1 where the number is a rise, -1 where a fall, by the words of its clause beside it; 0 where neither or both."""
    if quantity.unit not in {"percent", "point"}:
        return 0
    rises, falls = rises_and_falls(line.language)
    begin, end = _clause(line.text, quantity.start, quantity.end)
    clause = [word for word in line.words if begin <= word.start < end]
    near = [word for word in clause if word.end <= quantity.start][-4:]
    near += [word for word in clause if word.start >= quantity.end][:3]
    if any(begin <= start < end for start, _ in line.negations):
        return 0
    up, down = (any(word.key in side for word in near) for side in (rises, falls))
    return int(up) - int(down)


_CLAUSE = re.compile(rf"[,;:()،؛—–]\s|\s(?:{alternatives('clauses', 'beside')})\s")


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """From where to where the clause reaches that this part of the text stands in."""
    begin = max((match.end() for match in _CLAUSE.finditer(text, 0, start)), default=0)
    return begin, next((match.start() for match in _CLAUSE.finditer(text, end)), len(text))


def _around(quantity: Quantity, line: Annotation) -> frozenset[str]:
    """The stems of the words of content beside a number in its clause, two before it and three behind."""
    common = common_words(line.language)
    begin, end = _clause(line.text, quantity.start, quantity.end)
    inside = [(found.start, found.end) for found in line.quantities][:60]
    content = [word for word in line.words if begin <= word.start < end and word.key not in common]
    content = [word for word in content if len(word.key) > 2]
    content = [word for word in content if not any(start <= word.start < stop for start, stop in inside)]
    before = [word.stem for word in content if word.end <= quantity.start][-2:]
    behind = [word.stem for word in content if word.start >= quantity.end][:3]
    return frozenset((*before, *behind))


def _exchanged(context: ClaimContext, claimed: list[Quantity]) -> Iterator[Finding]:
    """Two numbers of one sentence that changed places: "45 died and six were hurt" for six dead and 45 hurt."""
    for sentence in context.nearest(1):
        here = sentence.quantities
        pairs = [
            (one, next((found for found in here if agree(one, found)), None))
            for one in claimed[:8]
            if max(one.readings, default=0) > 1
        ]
        for index, (one, first) in enumerate(pairs):
            for two, second in pairs[index + 1 :]:
                if first is None or second is None or first is second or agree(one, second) or one.unit != two.unit:
                    continue
                mine, others = (_around(item, context.line) for item in (one, two))
                there, beyond = (_around(item, sentence) for item in (first, second))
                mine, others = (_with_synonyms(item, context.language) for item in (mine, others))
                straight = len(mine & there - beyond) + len(others & beyond - there)
                crossed = bool(mine & beyond - there) + bool(others & there - beyond)
                if straight == 0 and crossed >= 2:
                    said = (context.line.text[one.start : one.end], context.line.text[two.start : two.end])
                    reason = Notice(
                        "number: “{said}” and “{other}” have changed places [{n}]",
                        said=said[0],
                        other=said[1],
                        n=sentence.number,
                    )
                    yield Finding(context.gravity, reason, said)
                    return


def _with_synonyms(stems: frozenset[str], language: str) -> frozenset[str]:
    return stems.union(*(synonyms(one, language) for one in stems))


def _counted(quantity: Quantity, line: Annotation) -> str | None:
    """The stem of what a number counts: the next word of content, at most two words on."""
    common = common_words(line.language)
    behind = [word for word in line.words if word.start >= quantity.end][:2]
    return next((word.stem for word in behind if word.key not in common and len(word.key) > 2), quantity.unit)


def _misplaced(context: ClaimContext, claimed: list[Quantity]) -> Iterator[Finding]:
    """A number of another sentence put for the one that counts the same thing in the sentence the claim follows."""
    for sentence in context.nearest(1):
        here = sentence.quantities
        told = context.line.quantities
        for quantity in claimed:
            if _makes_a_share(quantity, told, context.line.text):
                continue
            counted = _counted(quantity, context.line)
            if (
                counted is None
                or any(agree(quantity, found) for found in here)
                or quantity.kind in {"time", "fraction", "vague"}
            ):
                continue
            rivals = [found for found in here if found.kind == quantity.kind and max(found.readings, default=0) > 1]
            rivals = [found for found in rivals if _counted(found, sentence) == counted]
            if not rivals or any(_counts(quantity, counted, other) for other in context.own if other is not sentence):
                continue
            said, other = (
                context.line.text[quantity.start : quantity.end],
                sentence.text[rivals[0].start : rivals[0].end],
            )
            reason = Notice(
                "number: “{said}” stands where the sentence has “{other}” [{n}]",
                said=said,
                other=other,
                n=sentence.number,
            )
            yield Finding(context.gravity, reason, (said,))


def _counts(quantity: Quantity, counted: str, sentence: Annotation) -> bool:
    return any(agree(quantity, found) and _counted(found, sentence) == counted for found in sentence.quantities)


def _resolved(context: ClaimContext) -> frozenset[float]:
    """Years and days that follow from the post's date: "this year" is the post's, "on 23 June" is of its year."""
    values: set[float] = set()
    for sentence in context.sentences:
        written = context.written_of(sentence)
        for mention in sentence.dates:
            for day in calendar.resolve(mention, written):
                values |= {float(part) for part in (day.year, day.day) if part}
        if written and folded("quantities", "years") & sentence.keys:
            values |= {float(written.year + step) for step in (-1, 0, 1)}
    return frozenset(values)


def _inside(quantity: Quantity, dates: tuple[calendar.DateMention, ...]) -> bool:
    return any(mention.start <= quantity.start < mention.end for mention in dates)


def _is_idle(quantity: Quantity, context: ClaimContext) -> bool:
    """A word that only sometimes counts: "one", "a", "first", "second" of time, "half" of a match."""
    if not quantity.is_word:
        return False
    if quantity.kind in {"number", "ordinal"} and quantity.readings <= {0.0, 1.0}:
        return quantity.unit is None
    word = context.line.text[quantity.start : quantity.end].casefold()
    return quantity.kind == "fraction" and word in word_list("quantities", "idle")


def _missing(
    quantity: Quantity, context: ClaimContext, carried: list[Quantity], claimed: list[Quantity]
) -> Iterator[Finding]:
    said = context.line.text[quantity.start : quantity.end]
    told = context.line.quantities
    if (
        _may_be_counted(quantity)
        and not _makes_a_share(quantity, told, context.line.text)
        and not _orphans(carried, claimed, quantity)
    ):
        yield Finding(
            "note",
            Notice(
                "number: “{said}” is counted, not written, in its sentences {cited}", said=said, cited=context.cited
            ),
        )
        return
    yield Finding(
        "fail",
        Notice("number: “{said}” does not stand in its sentences {cited}", said=said, cited=context.cited),
        (said,),
        row=row_within(context.line, (quantity.start, quantity.end), "quantities") if quantity.is_word else None,
    )


def _may_be_counted(quantity: Quantity) -> bool:
    return (
        quantity.is_word
        and quantity.kind in {"number", "ordinal"}
        and max(quantity.readings, default=99) <= _SMALL / 2
        and quantity.unit is None
    )


def _orphans(carried: list[Quantity], claimed: list[Quantity], quantity: Quantity) -> bool:
    """Whether the sentences have a small number that the claim leaves out: then a new one replaces it."""
    return any(
        max(found.readings, default=99) <= _SMALL
        and found.kind == quantity.kind
        and not found.readings <= {1.0}
        and not any(agree(other, found) for other in claimed)
        for found in carried
    )


_COMPARES = anywhere("quantities", "comparing")


def _follows(quantity: Quantity, context: ClaimContext, carried: list[Quantity]) -> bool:
    """Whether the number can be worked out from those of its sentences: a share, a difference or a sum said as such."""
    told = context.line.quantities
    if quantity.readings & {value for sentence in context.sentences for value in _implied(sentence)}:
        return True
    if quantity.kind == "fraction" or _makes_a_share(quantity, told, context.line.text):
        return _is_share(quantity, told, context, carried)
    around = context.line.text[max(0, quantity.start - 40) : quantity.end + 40]
    if not quantity.is_word or not (_COMPARES.search(around) or quantity.unit == "point"):
        return False
    values = sorted({value for found in carried for value in found.readings if value > 1})[:40]
    made = {abs(a - b) for a in values for b in values if a != b} | {a + b for a in values for b in values if a != b}
    return bool(quantity.readings & made)


def _implied(sentence: Annotation) -> set[float]:
    held = holding(sentence.language)
    return {held[key] for key in sentence.keys if key in held}


def _makes_a_share(quantity: Quantity, told: tuple[Quantity, ...], text: str) -> bool:
    return any(shares((one, other), text) for one, other in itertools.pairwise(told) if quantity in (one, other))


def _is_share(quantity: Quantity, told: tuple[Quantity, ...], context: ClaimContext, carried: list[Quantity]) -> bool:
    """A fraction or percentage that two numbers of the sentences make ("half" of 3 and 6; "one in five" of 20 %)."""
    mine = shares(told, context.line.text) or frozenset(
        value / 100 if quantity.unit == "percent" else value for value in quantity.readings
    )
    theirs = {value / 100 for found in carried if found.unit == "percent" for value in found.readings}
    theirs |= {value for found in carried if found.kind == "fraction" for value in found.readings}
    for sentence in context.sentences:
        theirs |= shares(sentence.quantities, sentence.text)
    values = sorted({value for found in carried if found.unit != "percent" for value in found.readings if value >= 2})[
        :30
    ]
    if quantity.kind == "fraction":
        theirs |= {a / b for a in values for b in values if a < b}
    bound = quantity.bound
    loose = 0.03 if shares(told, context.line.text) else 0.006  # "one in four" of 27 %
    return any(
        abs(a - b) < min(loose, 0.2 * b) or (bound != "exact" and within(bound, a, b)) for a in mine for b in theirs
    )


def _another_count(context: ClaimContext) -> Iterator[Finding]:
    """ "Killed at least three people" for "killing at least two people", although another sentence has a three."""
    mine = _counts_of(context.line)
    if not mine:
        return
    theirs = {
        (beside, number): found
        for sentence in context.own
        if any(beside[1] in sentence.stems for beside, _, _ in mine)
        for beside, number, found in _counts_of(sentence)
    }
    for beside, number, found in mine:
        others = [other for (around, value), other in theirs.items() if around == beside and value != number]
        if (beside, number) in theirs or len(others) != 1 or _told_elsewhere(beside[0], number, context):
            continue
        reason = Notice("number: “{said}” stands where the sentence has “{other}”", said=found, other=others[0])
        yield Finding(context.gravity, reason, (found,))


def _told_elsewhere(stem: str, number: frozenset[float], context: ClaimContext) -> bool:
    """Whether some sentence has this number and the word ahead of it, in whatever order."""
    return any(
        stem in sentence.stems and any(number & quantity.readings for quantity in sentence.quantities)
        for document in context.documents
        for sentence in document.annotations
    )


_WordCount = tuple[tuple[str, str], frozenset[float], str]


def _counts_of(line: Annotation) -> list[_WordCount]:
    """Each plain count with the word of content ahead of it and the thing counted: (stems, readings, as it stands)."""
    common = common_words(line.language) | _MEASURES
    found: list[_WordCount] = []
    for quantity in line.quantities:
        if quantity.kind != "number" or quantity.unit or not all(value == int(value) for value in quantity.readings):
            continue
        before = [word for word in line.words if word.end <= quantity.start and word.key not in common]
        behind = [word for word in line.words if word.start >= quantity.end and word.key not in common]
        if not before or not behind or behind[0].start - quantity.end > 2:
            continue
        if any(mark in line.text[before[-1].end : behind[0].start] for mark in ",;:.–—()%"):
            continue
        said = line.text[quantity.start : quantity.end]
        found.append(((before[-1].stem, behind[0].stem), quantity.readings, said))
    return found


_MEASURES = folded("quantities", "beside")
