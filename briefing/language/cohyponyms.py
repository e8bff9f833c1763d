"""Words of one sort that exclude each other: gold or iron, a school or a mosque, the father or the uncle.

A word that can stand for a whole sort ("building", "worker") is left out: putting it for one of them is a fair way to
tell it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache

from briefing.language.tables import table
from briefing.language.words import Word, fold, stem

_Thing = tuple[int, int]
_LONGEST_ENDING = 3


@cache
def _sorts(language: str) -> tuple[Mapping[str, tuple[_Thing, ...]], Mapping[str, tuple[tuple[int, _Thing], ...]]]:
    """The sorts that a word belongs to, each with the thing it names: by its folded form, and by its stem, there with
    the letters of the form listed. A stem that two things of one sort share ("abuelo", "abuela") tells neither.
    """
    by_key: dict[str, tuple[_Thing, ...]] = {}
    by_stem: dict[str, tuple[tuple[int, _Thing], ...]] = {}
    for sort, row in enumerate(table(language, "cohyponyms").get("sorts", ())):
        stems = Counter(one for named in row for one in {stem(word, language) for word in named.split()})
        for thing, named in enumerate(row):
            for word in named.split():
                key, stem_ = fold(word), stem(word, language)
                by_key[key] = (*by_key.get(key, ()), (sort, thing))
                if stems[stem_] == 1:
                    by_stem[stem_] = (*by_stem.get(stem_, ()), (len(key), (sort, thing)))
    return by_key, by_stem


def sorts(word: Word, language: str) -> tuple[_Thing, ...]:
    """Of a word: (sort, thing) for each sort it belongs to; different things of one sort exclude each other.

    Another form of a listed word has its sort, what is made of it has not: "journal" is no "journaliste".
    """
    by_key, by_stem = _sorts(language)
    if found := by_key.get(word.key):
        return found
    alike = by_stem.get(word.stem, ())
    return tuple(dict.fromkeys(thing for length, thing in alike if abs(length - len(word.key)) <= _LONGEST_ENDING))
