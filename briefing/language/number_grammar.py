"""How number words make numbers: what each does ("forty" adds, "hundred" multiplies), and what they may make together.

All languages have one grammar, with words and rules of their own in the `quantities` table: a number is a word that
adds, or multiplies what stands ahead of it, and a smaller number behind it. What is put together in no such way is no
number: a wrong value is worse than none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import Any, Literal, NamedTuple

from briefing.language.patterns import alternatives
from briefing.language.profile import profile
from briefing.language.tables import table
from briefing.language.words import fold

Role = Literal[
    "add",
    "times",
    "teen",
    "ordinal",
    "nth",
    "and",
    "half",
    "share",
    "ahead",
    "point",
    "fraction",
    "vague",
    "idiom",
    "unread",
]


class NumberPart(NamedTuple):
    """What a word does in a number, and whether it is one by itself ("mille" is, "million" is not)."""

    role: Role
    value: float = 0.0
    is_number: bool = True


Parts = tuple[NumberPart, ...]
Phrase = tuple[tuple[str, ...], NumberPart]  # its words but for the first, and what it does
NumberRules = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a language counts in words: its `quantities` table, compiled."""

    words: Mapping[str, NumberPart]
    phrases: Mapping[str, tuple[Phrase, ...]]  # by their first word, the longest first
    vague: Mapping[str, float]
    lists: Mapping[str, frozenset[str]]
    rules: NumberRules
    scan: re.Pattern[str] | None  # where no spaces part words: a number, or an idiom that looks like one
    counter: re.Pattern[str]  # right behind a number: it counts something
    ending: re.Pattern[str] | None  # written onto a number
    begins: re.Pattern[str]  # with a number: perhaps a compound


_ROLES: Mapping[str, Role] = {
    "cardinals": "add",
    "ordinals": "ordinal",
    "scales": "times",
    "shares": "share",
    "ahead": "ahead",
    "nth": "nth",
    "vague": "vague",
    "fractions": "fraction",
}
_LISTED: tuple[tuple[str, Role, float], ...] = (
    ("teen", "teen", 10.0),
    ("and", "and", 0.0),
    ("half", "half", 0.5),
    ("point", "point", 0.0),
    ("one_of_scale", "share", 1.0),
    ("idioms", "idiom", 0.0),
)
_LISTS = (
    "and_written_on",
    "article_written_on",
    "between",
    "doubtful",
    "only_within",
    "ordinal_before",
    "over_behind",
    "percent_ahead",
    "rounded",
    "uncounted",
    "written_on",
)
_OTHERS = ("units", "fractions", "holds")
_HEADS = frozenset({"add", "times", "teen", "ordinal"})
_LONGEST_WORD = 120
_LONGEST_COMPOUND = 40
_MOST_PARTS = 60
_MOST_WAYS = 8
_LEAST_COMPOUND = 11
_SHORTEST_COMPOUND = 5


@cache
def grammar(language: str) -> Grammar | None:
    """How a language counts in words; None where its number words are not known."""
    known = table(language, "quantities")
    if not known.get("cardinals"):
        return None
    rules: NumberRules = known.get("grammar", {})
    entries = list(_entries(language, rules))
    words = {keys[0]: part for keys, part in reversed(entries) if len(keys) == 1}  # the first of two counts
    lists = {name: frozenset(key_of(word, rules) for word in known.get(name, ())) for name in _LISTS}
    lists["units"] = frozenset(key_of(word, rules) for _, word in _listed(language, "units"))
    lists["others"] = frozenset(key_of(word, rules) for name in _OTHERS for _, word in _listed(language, name))
    counters = alternatives("quantities", "classifiers", language) or r"(?!)"
    particles, spaces = known.get("particles", ()), profile(language).spaces
    idioms = [keys[0] for keys, part in entries if part.role == "idiom"]
    stop = r"(?!\w)" if spaces and not particles else ""
    big = [word for word, part in words.items() if part.role == "add" and len(word) >= _SHORTEST_COMPOUND]
    return Grammar(
        words=words,
        phrases=_by_first([entry for entry in entries if len(entry[0]) > 1]),
        vague={"_".join(keys): part.value for keys, part in entries if part.role == "vague"},
        lists=lists,
        rules=rules,
        scan=None if spaces else re.compile(rf"(?P<idiom>{_any(idioms)})|(?:{_any(words)})+"),
        counter=re.compile(rf"(?:{_any(lists['over_behind'])})?[\s-]?(?:{counters}){stop}", re.IGNORECASE),
        ending=re.compile(rf"(?:{counters})?(?:{_any(particles)})?\Z") if particles else None,
        begins=re.compile(_any(words if rules.get("glued") else big)),
    )


def words_from(least: float, language: str) -> list[str]:
    """The words of its numbers from `least` on as they are written, of a phrase the first, the longest first."""
    listed = [entry for name in ("cardinals", "scales") for entry in _listed(language, name)]
    words = {word.partition("_")[0] for value, word in listed if float(value) >= least}
    return sorted(words, key=len, reverse=True)


def _entries(language: str, rules: NumberRules) -> Iterator[tuple[tuple[str, ...], NumberPart]]:
    known = table(language, "quantities")
    alone = frozenset(key_of(word, rules) for word in known.get("alone", ()))
    rows = [(role, float(value), word) for name, role in _ROLES.items() for value, word in _listed(language, name)]
    rows += [(role, value, word) for name, role, value in _LISTED for word in known.get(name, ())]
    for role, value, word in rows:
        keys = tuple(key_of(one, rules) for one in word.split("_"))
        if role == "fraction" and len(keys) == 1:  # may be ahead of what it is a part of, or behind a number
            continue
        yield keys, NumberPart(role, value, role not in ("times", "teen") or keys[0] in alone)


def _listed(language: str, name: str) -> list[tuple[str, str]]:
    """The words of a table, each with what it stands for: those that are listed, and those of CLDR."""
    tables = [table(language, kind).get(name, {}) for kind in ("quantities", "magnitudes")]
    return [(value, word) for one in tables for value, row in one.items() for word in row.split()]


def _by_first(entries: list[tuple[tuple[str, ...], NumberPart]]) -> dict[str, tuple[Phrase, ...]]:
    phrases: dict[str, list[Phrase]] = {}
    for keys, part in sorted(entries, key=lambda entry: -len(entry[0])):
        phrases.setdefault(keys[0], []).append((keys[1:], part))
    return {first: tuple(some) for first, some in phrases.items()}


def _any(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first; one that is never found for none."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or r"(?!)"


def key_of(word: str, rules: NumberRules) -> str:
    """A word as it is compared: folded, or only in small letters where marks make other words (năm, nam)."""
    if not rules.get("marks_tell"):
        return fold(word)
    return unicodedata.normalize("NFC", word).lower().replace("\u0307", "")  # which a Turkish İ becomes


# What parts make together.


def number(parts: Parts, rules: NumberRules) -> float | None:
    """The number that the parts make; None where they make none."""
    if len(parts) > _MOST_PARTS:
        return None
    if parts and parts[-1].role == "nth":
        return number(parts[:-1], rules) if parts[-2:-1] and parts[-2].value >= parts[-1].value else None
    point = next((at for at, part in enumerate(parts) if part.role == "point"), -1)
    if point >= 0 and not any(part.role == "times" for part in parts[point:]):
        return _decimal(parts[:point], parts[point + 1 :], rules)
    if rules.get("digits_in_a_row") and len(parts) > 2 and all(map(_is_digit, parts)):
        return float("".join(f"{part.value:g}" for part in parts))
    heads = [at for at, part in enumerate(parts) if at > point and part.role in _HEADS]
    if not heads:
        return None
    at = max(heads, key=lambda at: parts[at].value)
    head, ahead, behind = parts[at], parts[:at], parts[at + 1 :]
    is_scale = head.role == "times" or (head.role == "ordinal" and head.value >= 100)
    base = _multiplied(head, ahead, rules) if is_scale else _added(head, ahead, rules)
    if base is None or not behind:
        return base
    return _with_rest(base, head, behind, rules, _room(head, rules) if is_scale or not ahead else 0.0)


def _is_digit(part: NumberPart) -> bool:
    return part.role == "add" and part.value < 10


def _decimal(whole: Parts, digits: Parts, rules: NumberRules) -> float | None:
    """ "Three point one four": digits one by one, or together a number below a hundred."""
    before = number(whole, rules)
    together = None if all(map(_is_digit, digits)) else number(digits, rules)
    if before is None or before != int(before) or not digits:
        return None
    if together is not None:
        return float(f"{before:.0f}.{together:g}") if 10 <= together < 100 else None
    return float(f"{before:.0f}." + "".join(f"{part.value:g}" for part in digits)) if _is_digit(digits[0]) else None


def _multiplied(scale: NumberPart, ahead: Parts, rules: NumberRules) -> float | None:
    if not ahead:
        return scale.value if scale.is_number else None
    if len(ahead) == 1 and ahead[0].role in ("share", "half", "ahead"):
        return scale.value * (ahead[0].value + (ahead[0].role == "ahead"))
    is_ordinal = scale.value > 10 and any(part.role == "ordinal" for part in ahead)
    times = None if is_ordinal else number(ahead, rules)
    return times * scale.value if times and times < scale.value else None


def _added(head: NumberPart, ahead: Parts, rules: NumberRules) -> float | None:
    if not ahead:
        return head.value if head.is_number else None
    first = ahead[0]
    is_unit = first.role in ("add", "ordinal") and 1 <= first.value < 10
    if head.role == "teen":
        return 10 + first.value if is_unit and len(ahead) == 1 else None
    if len(ahead) == 1 and first.role == "ahead":
        return head.value + first.value
    is_joined = len(ahead) == 2 and ahead[1].role == "and" and rules.get("units_first", False)
    is_tens = 20 <= head.value < 100 and head.value % 10 == 0
    return head.value + first.value if is_unit and is_joined and is_tens else None


def _room(head: NumberPart, rules: NumberRules) -> float:
    """What a number must be smaller than to stand behind this one: ten behind "forty", a thousand behind "mille"."""
    if head.role == "times":
        return head.value
    if head.value < 100:
        is_tens = head.value % 10 == 0 and head.value >= (10 if head.role == "ordinal" else 20)
        return (20.0 if head.value in rules.get("to_nineteen", ()) else 10.0) if is_tens else 0.0
    digits = f"{head.value:.0f}"
    return 10.0 ** (len(digits) - len(digits.rstrip("0")))


def _with_rest(base: float, head: NumberPart, rest: Parts, rules: NumberRules, room: float) -> float | None:
    """The number with the smaller one behind it; None where that is none, or not small enough."""
    if len(rest) == 1 and rest[0].role == "half":
        return base + (head.value if head.role == "times" and head.value >= 1000 else 1.0) / 2
    has_and, has_zero = rest[0].role == "and", rest[0].role == "add" and rest[0].value == 0
    value = number(rest[has_and or has_zero :], rules)
    if value is None or not 0 < value < room or (head.role == "ordinal" and rest[-1].role != "ordinal"):
        return None
    if has_and and not _may_join(head, value, rules):
        return None
    is_short = (
        rules.get("next_place") and not has_zero and len(rest) == 1 and head.role == "times" and head.value >= 100
    )
    return base + (value * head.value / 10 if is_short and value < 10 else value)


def _may_join(head: NumberPart, value: float, rules: NumberRules) -> bool:
    """Whether "and" may stand here: behind tens alone ("treinta y dos"), or hundreds alone ("a hundred and two")."""
    only, where = rules.get("and_ahead_of"), rules.get("and_behind")
    is_behind = where not in ("tens", "hundreds") or (where == "tens") == (head.value < 100)
    return is_behind and (not only or value in only)


# What a single word stands for.


class WordReading(NamedTuple):
    """What a word says in a number."""

    parts: Parts
    length: int  # of the number in the word; what follows it is an ending


@lru_cache(maxsize=65536)
def word_reading(key: str, language: str) -> WordReading | None:
    """What a word says in a number, by its `key`; None where it has to do with none."""
    known = grammar(language)
    if known is None or len(key) > _LONGEST_WORD:
        return None
    reading = _without_ending(key, known) or _compound(key, known)
    is_none = reading and (
        reading.parts[0].role == "idiom" or (reading.parts == (_AND,) and known.rules.get("and_behind") == "glued")
    )
    return None if is_none else reading


_AND = NumberPart("and")


def _without_ending(key: str, known: Grammar) -> WordReading | None:
    parts = _whole(key, known) or _prefixed(key, known)
    if parts:
        return WordReading(parts, len(key))
    for length in range(len(key) - 1, 0, -1) if known.ending else ():
        parts = _whole(key[:length], known) if known.ending and known.ending.match(key, length) else ()
        if parts:
            return WordReading(parts, length)
    return None


def _whole(key: str, known: Grammar) -> Parts:
    part = known.words.get(key)
    if part:
        return (part,)
    ways = islice(_ways(key, known), _MOST_WAYS) if known.rules.get("glued") and known.begins.match(key) else ()
    return next((way for way in ways if number(way, known.rules) is not None or pair(way, known.rules)), ())


def _ways(key: str, known: Grammar) -> Iterator[Parts]:
    """The ways to part a glued number into words, the longest first; of a long row of words there are very many."""
    ends = {len(key)}  # the places from which words lead to the end
    for start in range(len(key) - 1, -1, -1):
        if any(key[start:end] in known.words for end in ends):
            ends.add(start)

    def parted(start: int, before: Parts) -> Iterator[Parts]:
        if start == len(key):
            yield before
        for end in sorted(ends, reverse=True):
            part = known.words.get(key[start:end]) if end > start else None
            if part:
                yield from parted(end, (*before, part))

    return parted(0, ())


def _prefixed(key: str, known: Grammar) -> Parts:
    """A number word behind letters that are written onto it: "and", "in", "the"."""
    for name, opening in (("and_written_on", (_AND,)), ("article_written_on", ()), ("written_on", ())):
        for prefix in known.lists[name]:
            part = known.words.get(key[len(prefix) :]) if key.startswith(prefix) else None
            if part and len(key) > len(prefix) + 1:
                is_number = part.is_number and (bool(opening) or part.role != "times")  # "the million" is none
                return (*opening, part._replace(is_number=is_number))
    return ()


def _compound(key: str, known: Grammar) -> WordReading | None:
    """A word that is not known, and begins with a number: "zwanzigjährig" has to do with twenty."""
    if len(key) > _LONGEST_COMPOUND or not known.begins.match(key) or key in known.lists["others"]:
        return None
    for length in range(len(key) - 1, _SHORTEST_COMPOUND - 1, -1):
        parts = _whole(key[:length], known)
        value = number(parts, known.rules) if parts else None
        if value and (value >= _LEAST_COMPOUND or len(parts) > 1) and not _is_cut(key[:length], known):
            return WordReading((NumberPart("unread", value),), len(key))
    return None


def _is_cut(key: str, known: Grammar) -> bool:
    """Whether it ends with what is part of a longer number only: "trent"."""
    return any(map(key.endswith, known.lists["only_within"]))


def pair(parts: Parts, rules: NumberRules) -> frozenset[float]:
    """ "Two three hundred": two hundred, or three; nothing where it is no such pair."""
    if len(parts) < 2 or not all(map(_is_digit, parts[:2])) or parts[1].value != parts[0].value + 1:
        return frozenset()
    values = [number((part, *parts[2:]), rules) for part in parts[:2]]
    return frozenset(value for value in values if value) if all(values) else frozenset()
