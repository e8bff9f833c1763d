"""The months, weekdays and other words of dates of a language: what CLDR has of them, what is added by hand, inflected.

A text is read by its own language's words first: "listopad" is October in Croatian and November in Polish. Beside a
number the months of English are read as well, and where a language's own are not known, those of all others that agree.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

from briefing.language.profile import profile
from briefing.language.tables import languages, table
from briefing.language.words import fold

NameKind = Literal["month", "short month", "weekday", "shift", "other month", "other calendar"]
Reliance = Literal["nothing", "company", "number"]
_KINDS: dict[str, NameKind] = {
    "months": "month",
    "short_months": "short month",
    "weekdays": "weekday",
    "relative": "shift",
    "other_months": "other month",
    "other_calendar": "other calendar",
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPELLING = str.maketrans({"’": "'", "ʼ": "'", "ی": "ي", "ى": "ي", "ک": "ك", "-": " ", "\u00a0": " "}) | dict.fromkeys(
    map(ord, "\u200c\u200d\u0640\u093c\u0654")
)
_VOWEL_SIGNS = "\u0900"  # from here on scripts write vowels as signs, which fold drops


class CalendarName(NamedTuple):
    """What a word, or some words, of a text may name: a month 1 to 12, a weekday (Monday 0), a distance in days.

    `keys` are the words folded. `is_capital` tells how the language writes it, None where that tells nothing. An exact
    one is read only as it is spelt here. One that `needs` company is something else as well.
    """

    language: str
    kind: NameKind
    value: int
    spelling: str
    keys: tuple[str, ...]
    is_capital: bool | None = None
    is_exact: bool = False
    needs: Reliance = "nothing"
    is_also_name: bool = False


def spelt(words: str) -> str:
    """Words as spellings are compared: case and ways to write one letter made one, accents and vowel signs kept."""
    return words.casefold().translate(_SPELLING)


class CalendarWords(NamedTuple):
    """The names of a language by their first word folded, the longest first, and the words around them, folded.

    `written` finds names where no spaces part words.
    """

    names: Mapping[str, tuple[CalendarName, ...]]
    written: re.Pattern[str] | None
    company: frozenset[str]
    company_behind: frozenset[str]
    not_behind: frozenset[str]


def knows_months(language: str) -> bool:
    """Whether a language's own months are known, by name or number."""
    return bool(table(language, "calendar_names"))


@cache
def calendar_words(language: str) -> CalendarWords:
    """The words of a language (BCP 47 primary tag)."""
    own = list(_names(language))
    taken = {name.keys for name in own}
    every = own + [name for name in _lent(language) if name.keys not in taken]
    by_first: defaultdict[str, list[CalendarName]] = defaultdict(list)
    for name in every:
        by_first[name.keys[0]].append(name)
    known = table(language, "calendar")
    return CalendarWords(
        {key: tuple(sorted(names, key=lambda name: -len(name.keys))) for key, names in by_first.items()},
        None if profile(language).spaces else _any_of(own, known.get("not_behind", "")),
        *(_folded(known.get(key, "")) for key in ("company", "company_behind", "not_behind")),
    )


def _any_of(names: Iterable[CalendarName], not_behind: str) -> re.Pattern[str]:
    spellings = sorted({name.spelling for name in names}, key=lambda one: (-len(one), one))
    behind = f"(?!{'|'.join(map(re.escape, not_behind.split()))})" if not_behind else ""
    return re.compile(f"(?:{'|'.join(map(re.escape, spellings))}){behind}")


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


def _lent(language: str) -> Iterator[CalendarName]:
    """The months of English, which count beside a number; those of all languages where its own are not known."""
    lenders = ("en",) if knows_months(language) else languages("calendar_names")
    names = [
        name for one in lenders for name in _names(one, is_inflected=False) if name.kind in ("month", "short month")
    ]
    values: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for name in names:
        values[name.keys].add(name.value)
    return (name._replace(needs="number") for name in names if len(values[name.keys]) == 1)


def _names(language: str, *, is_inflected: bool = True) -> Iterator[CalendarName]:
    """Every name of a language, in every form or as it is listed."""
    known = table(language, "calendar")
    needs: dict[str, Reliance] = dict.fromkeys(_spellings(known.get("needs_company", "")), "company")
    exact, also_names = (frozenset(_spellings(known.get(key, ""))) for key in ("exact", "also_names"))
    needs_number = frozenset(_spellings(known.get("needs_number", "")))
    for kind, value, listed in _listed(language):
        base = spelt(listed.replace("_", " "))
        is_exact = base in exact or base[0] >= _VOWEL_SIGNS
        is_capital = None if known.get("any_case") or listed[0] == listed[0].swapcase() else listed[0].isupper()
        least: Reliance = "number" if base in needs_number else "company" if kind == "other calendar" else "nothing"
        for form, keys in _forms(base, known, is_weekday=kind == "weekday") if is_inflected else [(base, fold(base))]:
            need, is_name = needs.get(form, least), form in also_names
            yield CalendarName(language, kind, value, form, tuple(keys.split()), is_capital, is_exact, need, is_name)


def _spellings(words: str) -> Iterator[str]:
    return (spelt(word.replace("_", " ")) for word in words.split())


def _listed(language: str) -> Iterator[tuple[NameKind, int, str]]:
    """Every name in the tables of a language: its kind, its value, and how it is listed."""
    for known in (table(language, "calendar_names"), table(language, "calendar")):
        for key, kind in _KINDS.items():
            rows = known.get(key, {})
            for value, row in ({"0": rows} if isinstance(rows, str) else rows).items():
                yield from ((kind, _DAYS.index(value) if kind == "weekday" else int(value), one) for one in row.split())


def _forms(name: str, known: Mapping[str, Any], *, is_weekday: bool) -> Iterator[tuple[str, str]]:
    """A name in its cases, with what the language writes onto it, the name itself first; each with its form folded."""
    endings = f"{known.get('endings', '')} {known.get('weekday_endings', '') if is_weekday else ''}".split()
    parts = [(name, ""), *((case, "") for case in _cases(name, known.get("cases", ())))]
    parts += [(name, spelt(ending)) for ending in endings]
    for prefix in ("", *known.get("prefixes", "").split()):
        yield from ((prefix + base + ending, fold(prefix) + fold(base) + fold(ending)) for base, ending in parts)


def _cases(name: str, rows: Iterable[str]) -> Iterator[str]:
    """Other cases of a name: of the rows that begin with its end, those with the longest say what stands instead."""
    fitting = [row.split() for row in rows if name.endswith(spelt(row.split()[0]))]
    longest = max((len(row[0]) for row in fitting), default=0)
    for cut, *others in fitting:
        if len(cut) == longest:
            yield from (name[: len(name) - longest] + spelt(other) for other in others)
