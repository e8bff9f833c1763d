"""Names in a text: people, places, organisations, acronyms; by capitals where the script has them, by places where not.

A name is checked word by word ("Macron" for "Emmanuel Macron"), so a mention is one capitalised word with what it
belongs to. A word that opens a sentence is capitalised anyway and therefore only a possible name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.language.patterns import alternatives, folded
from briefing.language.places import place, unspaced
from briefing.language.profile import profile
from briefing.language.reading import TextReading
from briefing.language.words import Word, common_prefix, common_words

CASED = frozenset({"latin", "cyrillic", "greek", "armenian"})


@dataclass(frozen=True, slots=True)
class NameMention:
    """One word of a name, `text[start:end]`: `group` counts the names of the text, so one name's words share it.

    `is_sure` is False for the first word of a sentence, for title case and for German nouns. `place` is the place a
    known name stands for. `is_acronym` tells "ISF" from "Isf".
    """

    start: int
    end: int
    key: str
    group: int
    is_sure: bool
    place: str | None = None
    is_acronym: bool = False


_TITLES = folded("titles", "titles")
_JOIN = re.compile(rf"[\s.\-‑'’&/]{{1,3}}|\s(?:{alternatives('titles', 'joins')})\s")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;]|\n)[\s\"'“”‘’«»„(\[—–*•>-]*$")


def names(line: TextReading) -> tuple[NameMention, ...]:
    """Every word of a name in the line, in order."""
    text, tokens, language = line.text, line.words, line.language
    if line.script in CASED:
        return tuple(_cased(text, tokens, language))
    places = [] if profile(language).spaces else _unspaced(text, language)
    taken = {mention.start for mention in places}
    others = [mention for mention in _uncased(text, tokens, language) if mention.start not in taken]
    return (*places, *others, *_foreign(text, tokens))


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
    capitals = [word.is_capital for word in tokens]
    titled = _is_title_case(tokens)
    found: list[NameMention] = []
    group, last_end = 0, -1
    for word, is_capital in zip(tokens, capitals, strict=True):
        raw = text[word.start : word.end]
        people = place(word.key) if not is_capital and profile(language).small_peoples and len(word.key) > 4 else None
        if people and len(people) == 2:
            group += 1
            found.append(NameMention(word.start, word.end, word.key, group, True, people))
            continue
        if not is_capital or word.key in common or word.key in _TITLES or _is_initial(raw):
            continue
        opens = bool(_SENTENCE_START.search(text, max(0, word.start - 12), word.start))
        joined = last_end >= 0 and _JOIN.fullmatch(text, last_end, word.start) is not None
        group += not joined
        acronym = raw.isupper() and len(raw) > 1
        sure = not (opens or titled or profile(language).capital_nouns) or acronym
        where = place(word.key, language)
        if not where and len(word.key) > 5 and word.key.endswith("s"):
            where = place(word.key[:-1], language)
        found.append(NameMention(word.start, word.end, word.key, group, sure, where, acronym and not titled))
        last_end = word.end
    return found


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


_LATIN_TAILS = frozenset(
    ", s,es,n,an,ian,ean,ese,i,ish,ic,en,enne,ien,ienne,ain,aine,ains,ais,aise,ois,oise,o,a,os,as,ano,ana,anos,anas,"
    "ense,es,eno,ena,ians,ans,is,e,ans,er,ers,esa,eses,ines,in,ine,y,ie,ia,ien,iens,iennes,ism,ist,ists,isme,iste".split(
        ","
    )
)
_CYRILLIC_TAIL = re.compile(r"[аеёиоуыэюяйьмвхгіїє]{0,4}|ск\w{1,3}|цев|цам")


def same_name(one: str, other: str) -> bool:
    """Whether two folded words can name the same: a case ending, a plural, the adjective of a place, one letter more.

    "moroccan" and "morocco", "путину" and "путин" agree; "austria" and "australia", "martin" and "martinez" do not.
    """
    if one == other:
        return True
    where, there = place(one), place(other)
    if where and there:
        return where == there
    common = common_prefix(one, other)
    if common < 3:
        return False
    tails = one[common:], other[common:]
    if "а" <= one[0] <= "ӿ":
        return common >= max(3, min(len(one), len(other)) - 3) and all(_CYRILLIC_TAIL.fullmatch(tail) for tail in tails)
    if common >= max(3, min(len(one), len(other)) - 3) and common >= 4 and set(tails) <= _LATIN_TAILS:
        return True
    return min(len(one), len(other)) >= 6 and common >= 2 and _one_apart(one, other)


def _one_apart(one: str, other: str) -> bool:
    """Whether one letter more, less or other makes the one word the other: "Zelensky", "Zelenskyy"."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = common_prefix(one, other)
    left, right = one[start:], other[start:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:]


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
