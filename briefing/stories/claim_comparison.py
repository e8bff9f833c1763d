"""Two statements side by side: whether they say the same, or on what they cannot both be right.

By code, and careful: what is merged or called a disagreement is shown to a reader as such, so where the words do not
tell, two statements are neither.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from briefing.language import calendar
from briefing.language.annotation import Annotation
from briefing.language.antonyms import opposites
from briefing.language.attribution import Attribution
from briefing.language.entities import NameMention, same_name
from briefing.language.event_words import happenings
from briefing.language.lazy import lazy
from briefing.language.patterns import folded
from briefing.language.quantities import Quantity, agree
from briefing.language.stopwords import is_unspaced
from briefing.language.words import Word, common_words

# The share of the shorter statement's words of content that the other must have, to say the same; and to speak of the
# same thing at all, once what they differ on is left out. Of fewer words nothing is told.
_SAME, _SAME_OF_BOTH, _ABOUT, _FEWEST_WORDS = 0.75, 0.5, 0.6, 3
_ABOUT_OPPOSITE = 0.5
_OPENS = 3  # where a first word may begin, behind a quotation mark
_WAY_CHARS, _NOUN_CHARS, _NOUN_WORDS = 20, 60, 3  # how far from a number stands what it counts

Difference = Literal["number", "date", "who", "whether"]


_Placement = NameMention | calendar.DateMention | Quantity | Attribution


@dataclass(frozen=True)
class Statement:
    """A sentence of ours or of a post as it is compared: its annotation, and the day its post was written."""

    line: Annotation
    written: date | None = None

    @property
    def language(self) -> str:
        """The language it is read in."""
        return self.line.language

    @lazy
    def numbers(self) -> tuple[Quantity, ...]:
        """Its numbers, but those of dates."""
        return tuple(quantity for quantity in self.line.quantities if not _is_covered(quantity.start, self.line.dates))

    @lazy
    def counted(self) -> tuple[str, ...]:
        """What each number counts (a stem), "" unknown."""
        return tuple(_counted(self.line, quantity) for quantity in self.numbers)

    @lazy
    def days(self) -> frozenset[date]:
        """The days it names."""
        return frozenset(day for mention in self.line.dates if (day := _day(mention, self.written)))

    @lazy
    def names(self) -> tuple[str, ...]:
        """Its names in order, a known place as "@MA"."""
        return tuple(dict.fromkeys(mention.known_as for mention in self._sure_names))

    @lazy
    def opener(self) -> str:
        """Its first word where that may be a name, but need not be."""
        undated = (mention for mention in self.line.names if not _is_covered(mention.start, self.line.dates))
        first = next(undated, None)
        return first.key if first and first.start < _OPENS and not _is_covered(first.start, self._covered) else ""

    @lazy
    def content(self) -> tuple[Word, ...]:
        """Its words of content that are no name, number or date."""
        common = common_words(self.language)
        return tuple(
            word for word in self.line.words if word.key not in common and not _is_covered(word.start, self._covered)
        )

    @lazy
    def keys(self) -> frozenset[str]:
        """Its words of content, folded."""
        return frozenset(word.key for word in self.content)

    @lazy
    def stems(self) -> frozenset[str]:
        """The stems of its words of content; of a script without spaces their pairs of characters."""
        return frozenset(part for word in self.content for part in _parts(word.stem))

    @lazy
    def voices(self) -> frozenset[str]:
        """The words that only name who says so."""
        return frozenset(word.key for word in self.content if _is_covered(word.start, self.line.attributions))

    @lazy
    def is_negative(self) -> bool:
        """Whether a "not" turns it, and no other turns it back."""
        return len(self.line.negations) % 2 == 1

    @lazy
    def _sure_names(self) -> tuple[NameMention, ...]:
        sure = (mention for mention in self.line.names if mention.is_sure or mention.place)
        return tuple(mention for mention in sure if not _is_covered(mention.start, self.line.dates))

    @lazy
    def _covered(self) -> tuple[_Placement, ...]:
        return (*self.line.dates, *self.numbers, *self._sure_names)


def _is_covered(at: int, places: Iterable[_Placement]) -> bool:
    return any(place.start <= at < place.end for place in places)


def _parts(stem: str) -> list[str]:
    """A stem; of a word in a script without spaces its pairs of characters."""
    return [stem[at : at + 2] for at in range(len(stem) - 1)] if len(stem) > 2 and is_unspaced(stem) else [stem]


def _counted(line: Annotation, quantity: Quantity) -> str:
    """What a number counts: its unit, or the first word of content behind it, with a "from" or "to" before it. ""
    where that cannot be told, and for somebody's age."""
    before = next((word.key for word in line.between(quantity.start - _WAY_CHARS, quantity.start)[-1:]), "")
    if before in folded("compared_numbers", "aged"):
        return ""
    way = f"{before} " if before in folded("compared_numbers", "ways") else ""
    if quantity.unit:
        return way + quantity.unit
    following = line.between(quantity.end, quantity.end + _NOUN_CHARS)[:_NOUN_WORDS]
    return next((way + word.stem for word in following if word.key not in common_words(line.language)), "")


def _day(mention: calendar.DateMention, written: date | None) -> date | None:
    is_full = mention.day or mention.weekday is not None or mention.shift is not None
    one = next(iter(calendar.resolve(mention, written)), None) if is_full else None
    return date(one.year, one.month, one.day) if one and one.year and one.month and one.day else None


def is_same(one: Statement, other: Statement) -> bool:
    """Whether two statements say the same: the same numbers, days, polarity, names in the same order, and words."""
    if one.line.folded == other.line.folded:
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
    places = [next(i for i, name in enumerate(other.names) if _is_name(mine, name, one.language)) for mine in one.names]
    return len(set(places)) < 2 or all(first <= second for first, second in pairwise(places))


def _lacking(one: Statement, other: Statement) -> list[str]:
    return [mine for mine in one.names if not any(_is_name(mine, name, one.language) for name in other.names)]


def _is_name(one: str, other: str, language: str) -> bool:
    return one == other or (not one.startswith("@") and not other.startswith("@") and same_name(one, other, language))


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
    is_denied = bool(one.line.denials) != bool(other.line.denials)
    return one.is_negative != other.is_negative, is_denied or _is_opposite(one, other)


def _other_opener(one: Statement, other: Statement) -> bool:
    """Whether both open with what may be a name, and neither has the other's."""
    both = one.opener and other.opener
    return bool(both) and not any(a.opener in (*b.keys, *b.names) for a, b in ((one, other), (other, one)))


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
    stems = {word.stem for word in other.content}
    aside = one.voices if _lacking(one, other) else one.voices | {one.opener}  # an opener may be all of a name
    mine = {word.key for word in one.content if word.key not in aside and word.stem not in stems}
    if is_unspaced(one.line.text):
        return mine if one.stems - other.stems else set()
    return {key for key in mine if not happenings(key, [key], one.language) & other.line.events}


def _is_denied(one: Statement, other: Statement) -> bool:
    """Whether the one says no to what the other says, and not only to a clause that the other leaves out."""
    has_not, is_opposite = one.is_negative != other.is_negative, _is_opposite(one, other)
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


def is_trivial(before: Annotation, after: Annotation) -> bool:
    """Whether a sentence was only retyped: spaces, marks, case, or a slip of one letter within a word.

    A slip is a letter left out, doubled or swapped with its neighbour, not at a word's ends, where it would make
    another word of it ("hired", "fired"; "attack", "attacks"); never in a name, a number or a short word.
    """
    if before.folded == after.folded:
        return True
    mine, theirs = before.folded.split(), after.folded.split()
    if len(mine) != len(theirs):
        return False
    pairs = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    if len(pairs) > 3 or not all(_is_slip(a, b) for a, b in pairs):
        return False
    one, other = Statement(before), Statement(after)
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


def text_similarity(one: Annotation, other: Annotation) -> float:
    """How much of two sentences is the same words in the same order, from 0 to 1."""
    return difflib.SequenceMatcher(None, one.folded.split(), other.folded.split(), autojunk=False).ratio()
