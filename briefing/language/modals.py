"""How firmly a text puts it, beyond words of report and doubt: conditions, plans, what is still ahead, by language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from briefing.language.patterns import alternatives, anywhere, folded, word_list
from briefing.language.tables import languages, table
from briefing.language.words import stem


def _patterns(says: str, flags: re.RegexFlag = re.IGNORECASE) -> Mapping[str, re.Pattern[str]]:
    rows = {language: table(language, "modals").get("row", ()) for language in languages("modals")}
    said = {language: [row["pattern"] for row in known if row["says"] == says] for language, known in rows.items()}
    return {language: re.compile("|".join(patterns), flags) for language, patterns in said.items() if patterns}


OUR_VOICES = folded("modals", "our_voices")
UNNAMED = folded("modals", "unnamed")
EVENT = _patterns("event")
FUTURE = _patterns("future", re.NOFLAG)
PAST = _patterns("past", re.NOFLAG)
CONDITION = _patterns("condition")
ATTITUDE = _patterns("attitude")
FUTURE_EN = re.compile(rf"\b(?:{alternatives('modals', 'coming')})", re.IGNORECASE)
AHEAD = word_list("modals", "ahead")
DONE = anywhere("modals", "done")
MAXIM = re.compile(alternatives("modals", "maxims"), re.IGNORECASE)
# What makes a number a floor or a ceiling, ahead of it or behind it.
AT_LEAST, AT_MOST = anywhere("quantities", "at_least"), anywhere("quantities", "at_most")
AT_LEAST_BEHIND, AT_MOST_BEHIND = anywhere("quantities", "at_least_behind"), anywhere("quantities", "at_most_behind")
STRICT = re.compile(rf"(?:{alternatives('quantities', 'strict')})\s(?:[$€£]\s?)?$", re.IGNORECASE)


def leaning(language: str) -> frozenset[str]:
    """The folded words of a language that stand for what was named before."""
    return folded("modals", "leaning", language)


@cache
def leaving_open(language: str) -> frozenset[str]:
    """The stems of words that leave it open without being words of doubt: plans, hopes, abilities."""
    return frozenset(stem(word, language) for word in word_list("modals", "open", language))


def hanging(language: str) -> re.Pattern[str]:
    """What makes a line of a language hang on something, in whatever words."""
    return anywhere("modals", "hanging", language)
