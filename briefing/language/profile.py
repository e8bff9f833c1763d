"""What a language is like, for those who read it: its script, its spaces, its capitals, the order of its words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from briefing.language.tables import table

# The language that is meant where no more than the script is known.
BY_SCRIPT = {
    "latin": "en",
    "arabic": "ar",
    "hebrew": "he",
    "cyrillic": "ru",
    "cjk": "zh",
    "hangul": "ko",
    "greek": "el",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """A language's `profile` table; what it does not say is as in English.

    `script` is named as `briefing.language.words.script` names it. `prefix` is a pattern of what may be written onto a
    word. `verb_first` is "may", "always", or "second": behind whatever opens the sentence. With `cues_behind`, "not"
    and "may" stand behind what they cover, with `modifiers_behind` what describes a noun does. `ordinal_stop` tells
    that a number with a full stop is an ordinal, `regnal_stop` a Roman one. `stemmer` is the language whose Snowball
    algorithm stems it, where it has none of its own.
    """

    script: str = "latin"
    spaces: bool = True
    prefix: str = ""
    verb_first: str = ""
    cues_behind: bool = False
    capital_nouns: bool = False
    small_peoples: bool = False
    ordinal_stop: bool = False
    regnal_stop: bool = False
    modifiers_behind: bool = False
    stemmer: str = ""


@cache
def language_name(language: str, spoken: str = "en") -> str:
    """What a language is called in another, as CLDR has it; its tag where that has no name for it."""
    from babel import Locale

    return str(Locale.parse(spoken).languages.get(language, language))


@cache
def profile(language: str) -> Profile:
    """What a language (primary BCP 47 subtag) is like."""
    return Profile(**table(language, "profile"))
