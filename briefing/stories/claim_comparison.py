"""Two statements side by side: whether they say the same, or on what they cannot both be right.

By code, and careful: what is merged or called a disagreement is shown to a reader as such, so where the words do not
tell, two statements are neither.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from briefing.language.antonyms import opposites
from briefing.language.attribution import attribution
from briefing.language.calendar import DateMention, mentions, resolve
from briefing.language.entities import names, same_name
from briefing.language.event_words import happenings
from briefing.language.negators import denials, negations
from briefing.language.quantities import Quantity, agree, quantities
from briefing.language.stopwords import is_unspaced
from briefing.language.words import common_words, fold, stem, words

# The share of the shorter statement's words of content that the other must have, to say the same; and to speak of the
# same thing at all, once what they differ on is left out. Of fewer words nothing is told.
_SAME, _SAME_OF_BOTH, _ABOUT, _FEWEST_WORDS = 0.75, 0.5, 0.6, 3
_ABOUT_OPPOSITE = 0.5
_OPENS = 3  # where a first word may begin, behind a quotation mark

_AGED = frozenset("aged age agee agees ages edad idade".split())
_WAYS = frozenset("from to de a du au من الي с до від по".split())

Difference = Literal["number", "date", "who", "whether"]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of ours or of a post as it is compared. `counted` is what each number counts (a stem), "" unknown.

    `voices` are the words that only name who says so, `opener` its first word where that may be a name.
    """

    text: str
    language: str
    stems: frozenset[str]
    keys: frozenset[str]
    voices: frozenset[str]
    names: tuple[str, ...]
    numbers: tuple[Quantity, ...]
    counted: tuple[str, ...]
    days: frozenset[date]
    nots: int
    is_denial: bool
    opener: str


@lru_cache(maxsize=8192)
def statement(text: str, language: str, written: date | None = None) -> Statement:
    """The statement a text makes, in a post written on that day."""
    dates = mentions(text, language)
    dated = [(mention.start, mention.end) for mention in dates]
    numbers = tuple(q for q in quantities(text, language) if not _is_covered(q.start, dated))
    covered = dated + [(q.start, q.end) for q in numbers]
    every_name = [mention for mention in names(text, language) if not _is_covered(mention.start, dated)]
    called = [mention for mention in every_name if mention.is_sure or mention.place]
    name_keys = tuple(dict.fromkeys(f"@{mention.place}" if mention.place else mention.key for mention in called))
    covered += [(mention.start, mention.end) for mention in called]
    voiced = [(voice.start, voice.end) for voice in attribution(text, language)]
    common = common_words(language)
    content = [
        word for word in words(text, language) if word.key not in common and not _is_covered(word.start, covered)
    ]
    return Statement(
        text,
        language,
        frozenset(stem for word in content for stem in _parts(word.stem)),
        frozenset(word.key for word in content),
        frozenset(word.key for word in content if _is_covered(word.start, voiced)),
        name_keys,
        numbers,
        tuple(_counted(text, quantity, language) for quantity in numbers),
        frozenset(day for mention in dates if (day := _day(mention, written))),
        len(negations(text, language)),
        bool(denials(text, language)),
        next((m.key for m in every_name[:1] if m.start < _OPENS and not _is_covered(m.start, covered)), ""),
    )


def _is_covered(at: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _parts(stem: str) -> list[str]:
    """A stem; of a word in a script without spaces its pairs of characters."""
    return [stem[at : at + 2] for at in range(len(stem) - 1)] if is_unspaced(stem) and len(stem) > 2 else [stem]


def _counted(text: str, quantity: Quantity, language: str) -> str:
    """What a number counts: its unit, or the first word of content behind it, with a "from" or "to" before it. ""
    where that cannot be told, and for somebody's age."""
    before = next((word.key for word in reversed(words(text[: quantity.start][-20:], language))), "")
    if before in _AGED:
        return ""
    way = f"{before} " if before in _WAYS else ""
    if quantity.unit:
        return way + quantity.unit
    following = words(text[quantity.end : quantity.end + 60], language)
    return next((way + word.stem for word in following[:3] if word.key not in common_words(language)), "")


def _day(mention: DateMention, written: date | None) -> date | None:
    is_told = mention.day or mention.weekday is not None or mention.shift is not None
    found = resolve(mention, written)[:1] if is_told else ()
    one = found[0] if found else None
    return date(one.year, one.month, one.day) if one and one.year and one.month and one.day else None


def is_same(one: Statement, other: Statement) -> bool:
    """Whether two statements say the same: the same numbers, days, polarity, names in the same order, and words."""
    if fold_spaces(one.text) == fold_spaces(other.text):
        return True
    if one.language != other.language or not _agree_on_facts(one, other):
        return False
    return _overlap(one, other) >= _SAME and _overlap(one, other, of_both=True) >= _SAME_OF_BOTH


def _agree_on_facts(one: Statement, other: Statement) -> bool:
    return (
        _same_numbers(one.numbers, other.numbers)
        and one.days == other.days
        and not any(_turns(one, other))
        and _same_names(one, other)
        and not _other_opener(one, other)
    )


def is_known(one: Statement, known: Iterable[Statement]) -> bool:
    """Whether one of the known statements says this: the same, or the same and more."""
    return any(is_same(one, other) or _is_within(one, other) for other in known)


def _is_within(one: Statement, other: Statement) -> bool:
    """Whether the other has the one's numbers, names and nearly all of its words, and says neither the opposite."""
    if one.language != other.language or any(_turns(one, other)) or _other_opener(one, other):
        return False
    has_numbers = all(any(agree(a, b) for b in other.numbers) for a in one.numbers)
    has_facts = has_numbers and not _lacking(one, other) and one.days <= other.days
    return has_facts and len(one.stems) >= _FEWEST_WORDS and len(one.stems & other.stems) >= _SAME * len(one.stems)


def _same_numbers(one: tuple[Quantity, ...], other: tuple[Quantity, ...]) -> bool:
    """Whether each number of the one agrees with one of the other, and the other way round."""
    return all(any(agree(a, b) or agree(b, a) for b in other) for a in one) and all(
        any(agree(a, b) or agree(b, a) for a in one) for b in other
    )


def _same_names(one: Statement, other: Statement) -> bool:
    """Whether no name stands in the one only, and those of both come in the same order: who did it to whom."""
    if _lacking(one, other) or _lacking(other, one):
        return False
    places = [next(i for i, name in enumerate(other.names) if _is_name(mine, name)) for mine in one.names]
    return len(set(places)) < 2 or all(first <= second for first, second in pairwise(places))


def _lacking(one: Statement, other: Statement) -> list[str]:
    return [mine for mine in one.names if not any(_is_name(mine, name) for name in other.names)]


def _is_name(one: str, other: str) -> bool:
    return one == other or (not one.startswith("@") and not other.startswith("@") and same_name(one, other))


def _overlap(one: Statement, other: Statement, *, of_both: bool = False) -> float:
    """The share of the shorter's words (of all words, `of_both`) that both have."""
    common = len(one.stems & other.stems)
    if min(len(one.stems), len(other.stems)) < _FEWEST_WORDS:
        return 0.0
    return common / (len(one.stems | other.stems) if of_both else min(len(one.stems), len(other.stems)))


def _is_opposite(one: Statement, other: Statement) -> bool:
    """Whether the one has a word whose opposite the other has in its place."""
    mine, theirs = one.keys - other.keys, other.keys - one.keys
    return any(opposites(word, one.language) & theirs for word in mine)


def _turns(one: Statement, other: Statement) -> tuple[bool, bool]:
    """What makes the one say no where the other says yes: a "not", and a verb of the opposite meaning."""
    return one.nots % 2 != other.nots % 2, one.is_denial != other.is_denial or _is_opposite(one, other)


def _other_opener(one: Statement, other: Statement) -> bool:
    """Whether both open with what may be a name, and neither has the other's."""
    both = one.opener and other.opener
    return bool(both) and one.opener not in _everything(other) and other.opener not in _everything(one)


def _everything(one: Statement) -> frozenset[str]:
    return one.keys | frozenset(one.names)


def difference(one: Statement, other: Statement) -> Difference | None:
    """On what two statements about one thing cannot both be right; None where they can, or where it cannot be told.

    They must say the same but for the one thing they differ on: where each has a word of its own besides ("in the
    first half", "in the second half"), they may be about two things.
    """
    if one.language != other.language or _overlap(one, other) < _ABOUT:
        return None
    named_alike = not (_lacking(one, other) or _lacking(other, one) or _other_opener(one, other))
    are_one_day = one.days == other.days or not (one.days and other.days)
    if any(_turns(one, other)):
        is_else_alike = named_alike and are_one_day and _same_numbers(one.numbers, other.numbers)
        return "whether" if is_else_alike and _is_denied(one, other) else None
    if _own_words(one, other) and _own_words(other, one):
        return None
    if named_alike and are_one_day and _other_count(one, other):
        return "number"
    if named_alike and not are_one_day and not one.days & other.days and _same_numbers(one.numbers, other.numbers):
        return "date"
    return "who" if are_one_day and _other_actor(one, other) else None


def _own_words(one: Statement, other: Statement) -> set[str]:
    """The words of content that only the one has: not who says so, and nothing the other tells in other words."""
    theirs = happenings(other.text, sorted(other.keys), other.language)
    stems = {stem(key, other.language) for key in other.keys}
    taken = one.voices if _lacking(one, other) else one.voices | {one.opener}  # an opener may be all of a name
    mine = {key for key in one.keys - taken if stem(key, one.language) not in stems}
    if is_unspaced(one.text):
        return mine if one.stems - other.stems else set()
    return {key for key in mine if not happenings(key, [key], one.language) & theirs}


def _is_denied(one: Statement, other: Statement) -> bool:
    """Whether the one says no to what the other says, and not only to a clause that the other leaves out."""
    has_not, is_opposite = one.nots % 2 != other.nots % 2, _is_opposite(one, other)
    least = _ABOUT_OPPOSITE if is_opposite else _SAME
    is_about_all = _overlap(one, other, of_both=True) >= least
    return has_not != is_opposite and is_about_all and not _other_opener(one, other)


def _other_count(one: Statement, other: Statement) -> bool:
    """Whether both count one thing, and neither has the other's number of it anywhere; no "at least" among them."""
    if _ordinals(one) != _ordinals(other):
        return False
    for what in {counted for counted in one.counted if counted} & set(other.counted):
        mine = [q for q, counted in zip(one.numbers, one.counted, strict=True) if counted == what]
        theirs = [q for q, counted in zip(other.numbers, other.counted, strict=True) if counted == what]
        is_apart = not _any_agrees(mine, other.numbers) and not _any_agrees(theirs, one.numbers)
        if is_apart and _are_exact(mine + theirs):
            return True
    return False


def _any_agrees(numbers: Iterable[Quantity], others: Iterable[Quantity]) -> bool:
    return any(agree(a, b) or agree(b, a) for a in numbers for b in others)


def _ordinals(one: Statement) -> frozenset[float]:
    return frozenset(max(q.readings) for q in one.numbers if q.kind == "ordinal" and q.readings)


def _are_exact(numbers: list[Quantity]) -> bool:
    return all(q.kind in {"number", "fraction"} and q.bound in {"exact", "about"} for q in numbers)


def _other_actor(one: Statement, other: Statement) -> bool:
    """Whether the statements are of other people, who come first, and say the same of them."""
    mine, theirs = _lacking(one, other), _lacking(other, one)
    is_swapped = bool(mine and theirs) and one.names[0] in mine and other.names[0] in theirs
    if not (is_swapped or (_other_opener(one, other) and not mine and not theirs)):
        return False
    if any(name.startswith("@") for name in mine + theirs) and len(mine + theirs) > 2:
        return False
    is_same_else = _same_numbers(one.numbers, other.numbers) and one.days == other.days
    return is_same_else and _overlap(one, other, of_both=True) >= _ABOUT


# --- changed words -----------------------------------------------------------------------------------------------


@lru_cache(maxsize=65536)
def fold_spaces(text: str) -> str:
    """The words of a text without case, accents, punctuation and white space: what is alike here was only retyped."""
    return " ".join(fold(word) for word in _bare(text).split())


def _bare(text: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "%$€£-+" else " " for letter in text)


def is_trivial(before: str, after: str, language: str) -> bool:
    """Whether a sentence was only retyped: spaces, marks, case, or a slip of one letter within a word.

    A slip is a letter left out, doubled or swapped with its neighbour, not at a word's ends, where it would make
    another word of it ("hired", "fired"; "attack", "attacks"); never in a name, a number or a short word.
    """
    old, new = fold_spaces(before), fold_spaces(after)
    if old == new:
        return True
    mine, theirs = old.split(), new.split()
    if len(mine) != len(theirs):
        return False
    pairs = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    if len(pairs) > 3 or not all(_is_slip(a, b) for a, b in pairs):
        return False
    one, other = statement(before, language), statement(after, language)
    return _same_numbers(one.numbers, other.numbers) and one.names == other.names and not _is_opposite(one, other)


def _is_slip(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 5 or any(letter.isdigit() for letter in one + other):
        return False
    if one[0] != other[0] or one[-1] != other[-1]:
        return False
    if len(one) == len(other):
        apart = [at for at in range(len(one)) if one[at] != other[at]]
        return len(apart) == 2 and apart[1] == apart[0] + 1 and one[apart[0]] == other[apart[1]]
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(1, len(long) - 1))


def nearness(one: str, other: str) -> float:
    """How much of two sentences is the same words in the same order, from 0 to 1."""
    return difflib.SequenceMatcher(None, fold_spaces(one).split(), fold_spaces(other).split(), autojunk=False).ratio()
