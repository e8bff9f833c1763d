"""Abbreviations and common sentence openers of each language: what the sentence splitter looks up around a full stop.

Words are written without their last full stop and in the case they are used in. Every language inherits the English
row, since names, firms and titles travel. Three classes, by what a capital letter after the full stop means:

- `never`: something always follows (a title before a name, "vs."), so it is no end;
- `number`: no end before a digit ("p. 5"), an ordinary word elsewhere ("No.", "art.");
- `sometimes`: an end only before a word that often opens a sentence ("Inc. The", but not "Inc. Chairman").

The lists are of common use; months and weekdays follow the abbreviated forms of CLDR. An abbreviation that mostly
stands before lower case needs no entry: no sentence begins there anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from briefing.language.tables import table


@dataclass(frozen=True, slots=True)
class AbbreviationList:
    """What is known of one language: see the module's docstring.

    `starters` are words that often open a sentence; `known` is the union of the first three.
    """

    never: frozenset[str]
    number: frozenset[str]
    sometimes: frozenset[str]
    starters: frozenset[str]
    known: frozenset[str]


# Close kin that share a row.
_KIN = {
    "no": "nb", "nn": "nb", "be": "ru", "mk": "bg", "bs": "hr", "sl": "hr", "gl": "pt", "ky": "kk", "ms": "id",
    "lb": "de", "gsw": "de", "af": "nl", "ne": "hi", "et": "fi", "oc": "fr", "ast": "es", "az": "tr", "mo": "ro",
}  # fmt: skip


@lru_cache(maxsize=128)
def words_of(language: str) -> AbbreviationList:
    """The lists of a primary language subtag joined with the English ones; the English ones where it has none."""
    known = [table(name, "abbreviations") for name in ("en", _KIN.get(language, language))]
    classes = ("never", "number", "sometimes", "starters")
    never, number, sometimes, starters = (
        frozenset(word for lists in known for word in lists.get(key, ())) for key in classes
    )
    return AbbreviationList(never, number, sometimes, starters, never | number | sometimes)


@lru_cache(maxsize=128)
def function_words(language: str) -> frozenset[str]:
    """The lower-cased words that often open a sentence in this very language: mostly articles, pronouns, particles."""
    starters = table(_KIN.get(language, language), "abbreviations").get("starters", ())
    return frozenset(word.lower() for word in starters)
