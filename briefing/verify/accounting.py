"""Accounting: whether every part of a line is in its sentences, and nothing was lost that would change the sense.

A line is accounted for where each of its clauses is one cited sentence made shorter: the sentence's own words, in their
order, with whole constituents left out. What was put in besides an article, and what was left out that governs, denies,
doubts, restricts or attributes what stayed, is not accounted for; nor is anything through a translation. That says
nothing against a line: it is one for a reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from briefing.language.annotation import Annotation
from briefing.language.attribution import Attribution
from briefing.language.function_words import WordSort, small_words_known, sort_of
from briefing.language.patterns import anywhere
from briefing.language.patterns import folded as folded_words
from briefing.language.profile import profile
from briefing.language.words import fold

_MOST_TOKENS = 160
_NUMBER = re.compile(r"\d+(?:[.,:'’/\u00a0\u202f]?\d+)*|[$€£¥₹₪₽%°]")
_MARK = re.compile(r"[,;:.!?()\[\]—–،؛。，；：！？]|--|\s-\s")
_FULL_STOP = re.compile(r"[.!?;。！？؛]")
_CONDITION = anywhere("clauses", "condition")
_VIEWPOINT = anywhere("arguments", "viewpoints")
_CONTENT: WordSort = "content"


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, number or sign of a text: `text[start:end]`, folded, by what it does; `is_parted` by a mark before it."""

    start: int
    end: int
    key: str
    sort: WordSort
    is_parted: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """What of the sentence was left out between two tokens of it that stayed: `left`, `right` (None at an end)."""

    left: Unit | None
    lost: tuple[Unit, ...]
    right: Unit | None

    @property
    def is_bounded(self) -> bool:
        """Whether it is a part by itself: marks or conjunctions stand at both its ends, or the sentence ends there."""
        opens = self.left is None or self.lost[0].is_parted or self.lost[0].sort in ("coordinating", "subordinating")
        return opens and (self.right is None or self.right.is_parted)


LossKind = Literal["denial", "condition", "attribution", "doubt", "count", "kind", "part"]


@dataclass(frozen=True, slots=True)
class Loss:
    """Words of sentence `number` that were left out though they bear on what stayed, and what they would have done.

    A "count" tells how many ("at least", "some of"), a "kind" makes the thing another ("former"); a "part" belongs to a
    constituent of which the rest stayed.
    """

    kind: LossKind
    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Account:
    """What of a line is not accounted for: the words put in, and what was lost; both empty where all is."""

    put_in: tuple[Unit, ...] = ()
    lost: tuple[Loss, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether every part of the line is accounted for."""
        return not self.put_in and not self.lost

    @property
    def is_close(self) -> bool:
        """Whether the line is its sentence but for what was left out, and a word of content at most that was put in."""
        return sum(unit.sort in (_CONTENT, "number", "verbal") for unit in self.put_in) <= 1


def account(line: Annotation, sentences: Sequence[Annotation]) -> Account:
    """What sentences of the line's language do not account for, by the way of reading it that leaves least."""
    tokens = tokens_of(line)
    if not sentences or not small_words_known(line.language):
        return Account(tokens)
    best = min((_follow(tokens, line, one) for one in sentences), key=_size)
    if best.is_complete or len(tokens) < 2:
        return best
    for parts in _partitions(tokens):
        accounts = [min((_follow(part, line, one) for one in sentences), key=_size) for part in parts]
        if all(one.is_complete for one in accounts):
            return Account()
    return best


def _size(one: Account) -> int:
    return sum(unit.end - unit.start for unit in one.put_in) + 10 * len(one.lost)


def tokens_of(line: Annotation) -> tuple[Unit, ...]:
    """The words, numbers and signs of a text in order."""
    text = line.text
    found = [
        (word.start, word.end, word.key, sort_of(text[word.start : word.end], line.language)) for word in line.words
    ]
    found += [(*match.span(), _number(match.group()), "number") for match in _NUMBER.finditer(line.plain_digits)]
    found.sort()
    ends = [0, *(end for _, end, _, _ in found)]
    return tuple(
        Unit(start, end, key, sort, before > 0 and _MARK.search(text, before, start) is not None)
        for before, (start, end, key, sort) in zip(ends, found, strict=False)
    )[:_MOST_TOKENS]


def _number(digits: str) -> str:
    return re.sub(r"[\u00a0\u202f'’]", "", digits)


def _partitions(tokens: Sequence[Unit]) -> Iterator[tuple[Sequence[Unit], ...]]:
    """The line in two or three parts, each of which could stand by itself: cut at a mark or between coordinates."""
    cuts = [n for n in range(2, len(tokens) - 1) if tokens[n].is_parted or tokens[n].sort == "coordinating"][:8]
    for cut in cuts:
        yield _stripped(tokens[:cut]), _stripped(tokens[cut:])
    for first, second in ((a, b) for a in cuts for b in cuts if b - a > 1):
        yield _stripped(tokens[:first]), _stripped(tokens[first:second]), _stripped(tokens[second:])


def _stripped(tokens: Sequence[Unit]) -> Sequence[Unit]:
    return tokens[1:] if tokens and tokens[0].sort == "coordinating" else tokens


def _follow(tokens: Sequence[Unit], line: Annotation, sentence: Annotation) -> Account:
    """What of the tokens is not in the sentence, read as the sentence made shorter; who says so may stand elsewhere."""
    whole = tokens_of(sentence)
    plain = _shortened(tokens, whole, sentence, sentence.attributions)
    if plain.is_complete or not tokens:
        return plain
    span = (tokens[0].start, tokens[-1].end)
    for mine in (one for one in line.attributions if span[0] <= one.start and one.end <= span[1]):
        for theirs in sentence.attributions:
            if _says_the_same(mine, line, theirs, sentence):
                others = [one for one in sentence.attributions if one is not theirs]
                rest = _shortened(
                    _without(tokens, mine, to_whom=False), _without(whole, theirs, to_whom=True), sentence, others
                )
                plain = min(plain, rest, key=_size)
    return plain


def _shortened(
    tokens: Sequence[Unit], whole: Sequence[Unit], sentence: Annotation, voices: Sequence[Attribution]
) -> Account:
    pairs = _aligned(tokens, whole)
    if not pairs:
        return Account(tuple(tokens))
    put_in = tuple(_put_in(tokens, pairs, whole))
    lost = [loss for gap in _gaps(pairs, whole) for loss in _losses(gap, sentence, voices)]
    return Account(put_in, tuple(dict.fromkeys(lost)))


def _says_the_same(mine: Attribution, line: Annotation, theirs: Attribution, sentence: Annotation) -> bool:
    """Whether the line names the sentence's voice, and both with a word that says no more than that it said so."""
    cues = (line.text[mine.cue_start : mine.cue_end], sentence.text[theirs.cue_start : theirs.cue_end])
    if cues[0].casefold() != cues[1].casefold() and not all(_is_plain(cue, line.language) for cue in cues):
        return False
    who = [token for token in tokens_of(line) if mine.start <= token.start < mine.end]
    whole = [token for token in tokens_of(sentence) if theirs.start <= token.start < theirs.end]
    return bool(who) and bool(whole) and _shortened(who, whole, sentence, ()).is_complete


def _is_plain(cue: str, language: str) -> bool:
    words = set(fold(cue).split())
    return bool(words) and words <= folded_words("reporting_verbs", "plain", language)


def _without(tokens: Sequence[Unit], voice: Attribution, *, to_whom: bool) -> tuple[Unit, ...]:
    """The tokens without who says so and the word for saying; a mark stands there now.

    A "that" right behind goes with them, of the sentence also `to_whom` it was said: that may be left out.
    """
    start, end = min(voice.start, voice.cue_start), max(voice.end, voice.cue_end)
    behind = [token for token in tokens if token.start >= end][: _TO_WHOM if to_whom else 1]
    end = next((token.end for token in behind if token.sort == "linking"), end)
    kept = [token for token in tokens if token.start < start]
    rest = [token for token in tokens if token.start >= end]
    return (*kept, *(replace(token, is_parted=True) for token in rest[:1]), *rest[1:])


_TO_WHOM = 4  # "told reporters in Norl that"


def _aligned(tokens: Sequence[Unit], whole: Sequence[Unit]) -> list[tuple[int, int]]:
    """Pairs (place in the line, place in the sentence) of the same word, in order: the most words, in longest runs.

    `best[row][at]` is the worth of the first `row` tokens beside the first `at` of the sentence; `ends[row]` has, by
    place, what a pairing of that token with that word is worth at most, and whether it goes on a run.
    """
    places: dict[str, list[int]] = {}
    for at, token in enumerate(whole):
        places.setdefault(token.key, []).append(at)
    best = [[0.0] * (len(whole) + 1)]
    ends: list[dict[int, tuple[float, bool]]] = []
    for row, token in enumerate(tokens):
        above, ending = best[-1], {}
        for at in places.get(token.key, ()):
            run = ends[row - 1][at - 1][0] + _RUN if row and at - 1 in ends[row - 1] else -1.0
            ending[at] = (_WEIGHT.get(token.sort, 3.0) + max(above[at], run), run >= above[at])
        current = above.copy()
        for at in sorted(ending):
            worth = ending[at][0]
            if worth > current[at + 1]:
                current[at + 1 :] = [max(worth, other) for other in current[at + 1 :]]
        best.append(current)
        ends.append(ending)
    return _traced(best, ends)


_RUN = 0.75
_WEIGHT: Mapping[WordSort, float] = {"articles": 0.4, "linking": 0.4, "prepositions": 0.8, "coordinating": 0.6}


def _traced(best: list[list[float]], ends: list[dict[int, tuple[float, bool]]]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    row, at, is_run = len(ends), len(best[0]) - 1, False
    while row > 0 and at > 0:
        worth, runs = ends[row - 1].get(at - 1, (-1.0, False))
        if is_run or (worth == best[row][at] and worth > best[row - 1][at]):
            pairs.append((row - 1, at - 1))
            row, at, is_run = row - 1, at - 1, runs
        elif best[row - 1][at] == best[row][at]:
            row -= 1
        else:
            at -= 1
    return pairs[::-1]


def _gaps(pairs: Sequence[tuple[int, int]], whole: Sequence[Unit]) -> Iterator[Gap]:
    places = [at for _, at in pairs]
    if places[0] > 0:
        yield Gap(None, tuple(whole[: places[0]]), whole[places[0]])
    for left, right in pairwise(places):
        if right - left > 1:
            yield Gap(whole[left], tuple(whole[left + 1 : right]), whole[right])
    if places[-1] < len(whole) - 1:
        yield Gap(whole[places[-1]], tuple(whole[places[-1] + 1 :]), None)


def _put_in(tokens: Sequence[Unit], pairs: Sequence[tuple[int, int]], whole: Sequence[Unit]) -> Iterator[Unit]:
    """What stands in the line that its sentence does not have there."""
    held = dict(pairs)
    for place, token in enumerate(tokens):
        if place in held or token.sort in ("articles", "linking"):
            continue
        if token.sort == "coordinating" and _parts_coordinates(place, held, whole):
            continue
        yield token


def _parts_coordinates(place: int, held: dict[int, int], whole: Sequence[Unit]) -> bool:
    """Whether the sentence goes on with another coordinate, or a mark, where the line says "and"."""
    left = max((held[one] for one in held if one < place), default=None)
    right = min((held[one] for one in held if one > place), default=None)
    if left is None or right is None:
        return False
    return any(token.is_parted or token.sort == "coordinating" for token in whole[left + 1 : right + 1])


def _losses(gap: Gap, sentence: Annotation, voices: Sequence[Attribution]) -> Iterator[Loss]:
    """What is wrong with leaving that out; nothing where it is a constituent that governs nothing of what stayed."""
    lost = [token for token in gap.lost if token.sort not in ("articles", "linking", "adverbs")]
    if not lost or _is_perfect(gap, lost):
        return
    bearing = list(_bearing(gap, sentence, voices))
    yield from bearing
    if not bearing and _is_torn(gap, sentence):
        yield Loss("part", sentence.text[gap.lost[0].start : gap.lost[-1].end], sentence.number)


def _is_perfect(gap: Gap, lost: Sequence[Unit]) -> bool:
    return all(token.sort == "perfect" for token in lost) and gap.right is not None and gap.right.sort == _CONTENT


def _bearing(gap: Gap, sentence: Annotation, voices: Sequence[Attribution]) -> Iterator[Loss]:
    """What in the gap denies, doubts, attributes, restricts or counts what stayed, or makes it another thing."""
    start, end = _reach(gap, sentence)
    for kind, spans in _spans(gap, sentence, voices):
        for first, last in spans:
            if first < end and last > start:
                yield Loss(kind, sentence.text[first:last], sentence.number)
    beside = list(dict.fromkeys(_beside_what_stayed(gap)))
    is_clause = gap.lost[0].sort == "subordinating"  # its count is of its own
    for one in () if is_clause else sentence.quantifiers:
        if any(one.start <= unit.start < one.end for unit in beside):
            kind = "part" if one.sort in _MUCH else "count"
            yield Loss(kind, sentence.text[one.start : one.end], sentence.number)
    for token in gap.lost:
        if token.sort == "restricting":
            yield Loss("condition", sentence.text[token.start : token.end], sentence.number)
    is_beside = sum(unit.sort == _CONTENT for unit in gap.lost) <= _FEW  # else the whole of what it describes went
    for token in beside:
        if token.sort == "privative":
            yield Loss("kind" if is_beside else "part", sentence.text[token.start : token.end], sentence.number)


def _reach(gap: Gap, sentence: Annotation) -> tuple[int, int]:
    """From where to where what was left out can bear on what stayed: not over a full stop, but inside a quotation,
    which who says so covers whole."""
    start, end = gap.lost[0].start, gap.lost[-1].end
    if (gap.left is None) == (gap.right is None):
        return start, end
    edges = (gap.lost[0].start, gap.right.start) if gap.right else (gap.left.end if gap.left else start, end)
    stops = [stop.start() for stop in _FULL_STOP.finditer(sentence.text, *edges)]
    stops = [at for at in stops if not any(first <= at < last for first, last in sentence.quotations)]
    if not stops:
        return start, end
    return (stops[-1], end) if gap.left is None else (start, stops[0])


def _spans(
    gap: Gap, sentence: Annotation, voices: Sequence[Attribution]
) -> Iterator[tuple[LossKind, Iterable[tuple[int, int]]]]:
    """By what they do, where such words stand. Doubt of a clause that was left out whole is its own."""
    yield "denial", (sentence.denials if gap.is_bounded and gap.left else (*sentence.negations, *sentence.denials))
    yield "condition", (match.span() for match in _CONDITION.finditer(sentence.text))
    yield "attribution", ((min(v.start, v.cue_start), max(v.end, v.cue_end)) for v in voices)
    yield "attribution", (match.span() for match in _VIEWPOINT.finditer(sentence.text))
    if not gap.is_bounded:
        yield "doubt", ((hedge.start, hedge.end) for hedge in sentence.hedges)


_MUCH = ("all", "many")  # without one, less is said
_FEW = 3


def _beside_what_stayed(gap: Gap) -> Iterator[Unit]:
    if gap.left is not None and not gap.lost[0].is_parted:
        yield gap.lost[0]
    if gap.right is not None and not gap.right.is_parted:
        yield gap.lost[-1]


def _is_torn(gap: Gap, sentence: Annotation) -> bool:
    """Whether what was left out is no constituent: its head or its object stayed, or a number lost its neighbour."""
    first, last, left, right = gap.lost[0], gap.lost[-1], gap.left, gap.right
    if not gap.is_bounded and (_loses_its_number(gap, sentence) or _crosses(gap)):
        return True
    if right is not None and not right.is_parted and _governs(last):
        return True
    core = _core(gap, sentence)
    if not core or (first.is_parted and len(gap.lost) == 2 and first.sort == "subordinating" and last.sort == "verbal"):
        return False  # no more than a date, or "[, which is] the oldest one"
    if left is None:
        return right is not None and not right.is_parted and not _is_short_adjunct(core)
    if core[0].is_parted or core[0].sort in ("prepositions", "coordinating", "subordinating"):
        return False
    if right is None and left.sort not in (_CONTENT, "number"):
        return True
    return not _is_modifier(gap, core, sentence.language)


def _loses_its_number(gap: Gap, sentence: Annotation) -> bool:
    """Whether a number that stayed lost what stands right beside it; one of a date has its date."""
    dates = [(one.start, one.end) for one in sentence.dates]
    left, right = (
        one is not None and one.sort == "number" and not any(start <= one.start < end for start, end in dates)
        for one in (gap.left, gap.right)
    )
    if left and not gap.lost[0].is_parted:
        return True
    is_beside = right and gap.right is not None and not gap.right.is_parted
    return is_beside and gap.lost[-1].sort not in ("articles", "prepositions")


def _is_short_adjunct(core: Sequence[Unit]) -> bool:
    """Whether a sentence opens with it and goes on without a mark: a preposition and one word, "In Norl police …"."""
    content = [unit for unit in core[1:] if unit.sort == _CONTENT]
    return core[0].sort == "prepositions" and len(content) == 1 and core[-1] is content[0]


def _governs(token: Unit) -> bool:
    return token.sort in ("prepositions", "subordinating", "verbal", "perfect", "linking")


def _crosses(gap: Gap) -> bool:
    """Whether it takes the end of one part and the beginning of the next: a mark or an "and" stands inside it."""
    if gap.right is None or (gap.right.is_parted and gap.left is None):
        return False
    return any(token.is_parted or token.sort == "coordinating" for token in gap.lost[1:])


def _core(gap: Gap, sentence: Annotation) -> list[Unit]:
    """What was left out besides dates and adverbs, and the prepositions and articles ahead of them."""
    dates = [(one.start, one.end) for one in sentence.dates]
    core: list[Unit] = []
    for unit in gap.lost:
        if any(start <= unit.start < end for start, end in dates):
            while core and core[-1].sort in ("prepositions", "articles"):
                core.pop()
        elif unit.sort != "adverbs":
            core.append(unit)
    return core if any(unit.sort != "articles" for unit in core) else []


def _is_modifier(gap: Gap, core: Sequence[Unit], language: str) -> bool:
    """Whether it describes a noun that stayed: "the [main] bridge", « pont [principal] », "talks [held here] are"."""
    left, right, is_behind = gap.left, gap.right, profile(language).modifiers_behind
    if left is None or any(unit.sort in _CLAUSAL or unit.is_parted for unit in core):
        return False
    if len(core) > 1 and core[0].sort == _CONTENT and core[1].sort == "prepositions" and left.sort == _CONTENT:
        return right is None or right.is_parted or right.sort in ("verbal", "perfect") or is_behind
    if len(core) > 3 or any(unit.sort != _CONTENT for unit in core):
        return False
    if right is not None and right.sort == _CONTENT and left.sort in ("articles", "prepositions"):
        return not is_behind
    return is_behind and left.sort == _CONTENT and len(core) == 1


_CLAUSAL = frozenset({"linking", "subordinating", "coordinating", "verbal", "perfect", "restricting"})
