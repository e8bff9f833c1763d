"""Names in a text: people, places, organisations, acronyms; by capitals where the script has them, by places where not.

A name is checked word by word ("Macron" for "Emmanuel Macron"), so a mention is one capitalised word with what it
belongs to. A word that opens a sentence is capitalised anyway and therefore only a possible name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from briefing.language.name_endings import share_a_base
from briefing.language.patterns import alternatives, folded
from briefing.language.places import place, unspaced
from briefing.language.profile import profile
from briefing.language.reading import TextReading
from briefing.language.tables import table
from briefing.language.words import Word, common_words, fold

CASED = frozenset({"latin", "cyrillic", "greek", "armenian"})


@dataclass(frozen=True, slots=True)
class NameMention:
    """One word of a name, `text[start:end]`: `group` counts the names of the text, so one name's words share it.

    `is_sure` is False for the first word of a sentence, for title case and for German nouns. `place` is the place a
    known name stands for. `is_acronym` tells "ISF" from "Isf". `compass` is what a word beside it makes of it: "south"
    of "Korea" in "South Korea".
    """

    start: int
    end: int
    key: str
    group: int
    is_sure: bool
    place: str | None = None
    is_acronym: bool = False
    compass: str = ""

    @property
    def is_whole_place(self) -> bool:
        """Whether its place is that of several words together: "South Korea"."""
        return self.place is not None and place(self.key) != self.place

    @property
    def known_as(self) -> str:
        """The name as texts of different words are compared: a known place as "@MA", "north carolina" together."""
        way = "" if self.is_whole_place else self.compass
        return f"@{f'{way} {self.place}'.strip()}" if self.place else f"{way} {self.key}".strip()


_TITLES = folded("titles", "titles")
_JOIN = re.compile(rf"[\s.\-‑'’&/]{{1,3}}|\s(?:{alternatives('titles', 'joins')})\s")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;]|\n)[\s\"'“”‘’«»„(\[—–*•>-]*$")


def names(line: TextReading) -> tuple[NameMention, ...]:
    """Every word of a name in the line, in order."""
    text, tokens, language = line.text, line.words, line.language
    if line.script in CASED:
        return tuple(_with_compass(_cased(text, tokens, language), line))
    places = [] if profile(language).spaces else _unspaced(text, language)
    taken = {mention.start for mention in places}
    others = [mention for mention in _uncased(text, tokens, language) if mention.start not in taken]
    return (*places, *_with_compass(others, line), *_foreign(text, tokens))


def _unspaced(text: str, language: str) -> list[NameMention]:
    """Known places inside the runs of a script without spaces, none inside another."""
    found: list[NameMention] = []
    for name in unspaced(language):
        at = text.find(name)
        while at >= 0:
            if not any(mention.start <= at < mention.end for mention in found):
                found.append(NameMention(at, at + len(name), name, 20_000 + at, True, place(name, language)))
            at = text.find(name, at + len(name))
    return found


def _cased(text: str, tokens: tuple[Word, ...], language: str) -> list[NameMention]:
    common = common_words(language)
    titled = _is_title_case(tokens)
    whole = _places_of_several_words(text, tokens)
    found: list[NameMention] = []
    group, last_end = 0, -1
    for word in tokens:
        raw, is_capital = text[word.start : word.end], word.is_capital
        people = place(word.key) if not is_capital and profile(language).small_peoples and len(word.key) > 4 else None
        if people and len(people) == 2:
            group += 1
            found.append(NameMention(word.start, word.end, word.key, group, True, people))
            continue
        if not is_capital or word.key in common or word.key in _TITLES or _is_initial(raw):
            continue
        opens = _opens(text, word)
        joined = last_end >= 0 and _JOIN.fullmatch(text, last_end, word.start) is not None
        group += not joined
        acronym = raw.isupper() and len(raw) > 1
        sure = not (opens or titled or profile(language).capital_nouns) or acronym
        where = whole.get(word.start) or place(word.key, language)
        if not where and len(word.key) > 5 and word.key.endswith("s"):
            where = place(word.key[:-1], language)
        found.append(NameMention(word.start, word.end, word.key, group, sure, where, acronym and not titled))
        last_end = word.end
    return found


_MOST_WORDS = 4
_GAP = re.compile(r"[\s\-‑'’]{0,2}")


def _places_of_several_words(text: str, tokens: tuple[Word, ...]) -> dict[int, str]:
    """Where the words of places known by several words begin, each with the place: "South Korea", "Corea del Sur"."""
    found: dict[int, str] = {}
    capitals = [number for number, word in enumerate(tokens) if word.is_capital]
    for at, first in enumerate(capitals):
        near = [last for last in capitals[at + 1 : at + _MOST_WORDS] if last < first + _MOST_WORDS]
        for last in reversed(near) if tokens[first].start not in found else ():
            run = tokens[first : last + 1]
            where = place(" ".join([word.key for word in run])) or place("-".join([word.key for word in run]))
            if where and all(_GAP.fullmatch(text, one.end, two.start) for one, two in pairwise(run)):
                found |= dict.fromkeys((word.start for word in run), where)
                break
    return found


@cache
def compass(language: str) -> Mapping[str, str]:
    """Folded word → what it makes of a place beside it: "north" of «Северная»."""
    known = table(language, "compass")
    return {fold(word): way for way in known.keys() - {"behind", "between"} for word in known[way]}


def _with_compass(found: list[NameMention], line: TextReading) -> list[NameMention]:
    """The names, where a word of the compass stands beside one it knows of it; that word is no name of its own."""
    ways = compass(line.language)
    if line.keys.isdisjoint(ways):
        return found
    numbers = {word.start: number for number, word in enumerate(line.words)}
    beside = {
        mention.start: at
        for mention in found
        if mention.key not in ways
        for at in _beside(line, numbers.get(mention.start, -1))
        if ways[line.words[at].key] != "new" or not (_opens(line.text, line.words[at]) or _is_title_case(line.words))
    }
    taken = {line.words[at].start for at in beside.values()}
    return [
        replace(one, compass=ways[line.words[beside[one.start]].key]) if one.start in beside else one
        for one in found
        if one.start not in taken
    ]


def _beside(line: TextReading, number: int) -> Iterator[int]:
    """The number of the word of the compass that belongs to a word: right ahead of it, or behind it where one may be
    and it leads up to no other name ("Corea del Norte", «Jérusalem-Est»)."""
    if number < 0:
        return
    if (
        number
        and _is_compass(line, number - 1)
        and _GAP.fullmatch(line.text, line.words[number - 1].end, line.words[number].start)
    ):
        yield number - 1
        return
    known = table(line.language, "compass")
    at = number + 1
    while at < len(line.words) and line.words[at].key in known.get("between", ()) and not line.words[at].is_capital:
        at += 1
    if known.get("behind") and at < len(line.words) and _is_compass(line, at):
        run = line.words[number : at + 1]
        following = line.words[at + 1 : at + 2]
        leads = [word for word in following if word.is_capital and _GAP.fullmatch(line.text, run[-1].end, word.start)]
        if not leads and all(_GAP.fullmatch(line.text, one.end, two.start) for one, two in pairwise(run)):
            yield at


def _is_compass(line: TextReading, number: int) -> bool:
    word = line.words[number]
    return word.key in compass(line.language) and (word.is_capital or line.script not in CASED)


def _opens(text: str, word: Word) -> bool:
    """Whether a word opens a sentence, so that its capital tells nothing."""
    return bool(_SENTENCE_START.search(text, max(0, word.start - 12), word.start))


def _is_initial(raw: str) -> bool:
    return len(raw.rstrip("'’")) == 1


def _is_title_case(tokens: tuple[Word, ...]) -> bool:
    """Whether nearly every longer word is capitalised, as in a headline: then capitals tell nothing."""
    longer = [word for word in tokens if word.end - word.start > 3]
    return len(longer) >= 6 and sum(word.is_capital for word in longer) > 0.85 * len(longer)


_CLITICS = ("وال", "بال", "لل", "ال", "و", "ب", "ل", "ف", "ك", "ו", "ה", "ב", "ל", "מ", "ש", "כ")


def bare_place(key: str, language: str = "") -> str | None:
    """The place of a folded word, its Arabic or Hebrew prefix left out where it has one."""
    found = place(key, language)
    if found:
        return found
    for clitic in _CLITICS:
        if key.startswith(clitic) and len(key) > len(clitic) + 2:
            rest = key[len(clitic) :]
            found = place(rest) or (place("ال" + rest) if clitic in {"لل", "وال", "بال"} else None)
            if found:
                return found
            deeper = bare_place(rest) if clitic in {"و", "ו", "ש"} else None
            if deeper:
                return deeper
    return None


def _uncased(text: str, tokens: tuple[Word, ...], language: str) -> list[NameMention]:
    """In scripts without capitals: known places, and words in katakana, which writes foreign names."""
    found: list[NameMention] = []
    forms = [word.key if word.key[:1] < "\u0900" else text[word.start : word.end] for word in tokens]
    for index, word in enumerate(tokens):
        known = bare_place(forms[index], language) or _place_of_pair(forms, index, language)
        if known:
            found.append(NameMention(word.start, word.end, word.key, index, True, known))
        elif "ァ" <= word.key[:1] <= "ヺ" and len(word.key) >= 3:
            found.append(NameMention(word.start, word.end, word.key, index, False))
    return found


def _place_of_pair(forms: list[str], index: int, language: str) -> str | None:
    for count in (2, 3):
        if index + count <= len(forms):
            known = bare_place(" ".join(forms[index : index + count]), language)
            if known:
                return known
    return None


def _foreign(text: str, tokens: tuple[Word, ...]) -> list[NameMention]:
    """Latin words in a text of another script: names and acronyms nearly always."""
    return [
        NameMention(
            word.start, word.end, word.key, 10_000 + index, True, place(word.key), text[word.start : word.end].isupper()
        )
        for index, word in enumerate(tokens)
        if word.is_capital and "a" <= word.key[:1] <= "z" and word.end - word.start > 1
    ]


def same_name(one: str, other: str, language: str) -> bool:
    """Whether two folded names of a script are one: equal, two cases of the language, two transliterations, a place and
    its adjective.

    "moroccan" and "morocco", «путину» and «путин» (in Russian), "zelensky" and "zelenskyy" agree; "zelinsky" and
    "zelensky", "johnson" and "johnston", "martin" and "martina" (in English) do not.
    """
    if one == other:
        return True
    where, there = place(one), place(other)
    if where and there:
        return where == there
    return bool(
        share_a_base(one, other, language, "cases")
        or share_a_base(one, other, "mul", "cases")
        or share_a_base(one, other, language, "adjectives")
        or any(place(base + first) for _, first, base in share_a_base(one, other, language, "peoples"))
    )


def acronyms(line: TextReading) -> frozenset[str]:
    """The initials of every run of capitalised words: an acronym the text never writes but spells out."""
    text, tokens = line.text, line.words
    found: set[str] = set()
    run: list[Word] = []
    for word in (*tokens, None):
        small = word is not None and not word.is_capital and word.end - word.start <= 3
        if word is not None and (word.is_capital or (small and run)):
            gap = text[run[-1].end : word.start] if run else ""
            if len(gap) > 3 or any(mark in gap for mark in ".!?;:\n"):
                run = []
            run.append(word)
            run = run[-8:]
            capital = [item for item in run if item.is_capital]
            for start in range(len(capital) - 1):
                found.add("".join(item.key[0] for item in capital[start:]))
            if small:
                continue
            found.update("".join(item.key[0] for item in run[start:]) for start in range(len(run) - 1))
        else:
            run = []
    return frozenset(found)
