"""How firmly a text puts it, beyond words of report and doubt: conditions, plans, what is still ahead, by language."""

# Patterns of many languages in few lines.
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Mapping

from briefing.language.tables import languages, table
from briefing.language.words import fold, stem


def _words(key: str) -> frozenset[str]:
    return frozenset(fold(word) for language in languages("modals") for word in table(language, "modals").get(key, ()))


def _patterns(says: str, flags: re.RegexFlag = re.IGNORECASE) -> Mapping[str, re.Pattern[str]]:
    rows = {language: table(language, "modals").get("row", ()) for language in languages("modals")}
    listed = {language: [row["pattern"] for row in known if row["says"] == says] for language, known in rows.items()}
    return {language: re.compile("|".join(patterns), flags) for language, patterns in listed.items() if patterns}


LEANING = _words("leaning")
# Words that leave it open without being words of doubt: plans, hopes, abilities.
OPEN = frozenset(
    stem(fold(word), language) for language in languages("modals") for word in table(language, "modals").get("open", ())
)
OUR_VOICES = _words("our_voices")
UNNAMED = _words("unnamed")
EVENT = _patterns("event")
FUTURE = _patterns("future", re.NOFLAG)
PAST = _patterns("past", re.NOFLAG)
CONDITION = _patterns("condition")
ATTITUDE = _patterns("attitude")


FUTURE_EN = re.compile(r"\b(?:will|shall|(?:is|are) (?:going )?to)\s(?:not\s)?(?:be\s)?([a-z]+)", re.I)


AHEAD = frozenset(
    "will would shall going future expected plan need needs require requires must should may might could can aim hope "
    "set due likely to next tomorrow soon planned upcoming future forecast predict promise pledge vow want if".split()
)


DONE = re.compile(r"\b(?:has|have|had|was|were)\b", re.I)


CONDITIONAL = re.compile(
    r"\b(?:if|unless|provided|condition\w*|would|could|might|may|should|whether|depend\w*|subject to|when|once|in case|without|should|si|à moins|sauf|"
    r"dépend\w*|selon que|faute de|avec|sans|en cas|salvo|siempre que|a menos|depende\w*|sin|caso|se|если|якщо|nếu|s[’']il)\b|إذا|شرط|إلا|ما لم|לו|אם|תנאי",
    re.I,
)


MAXIM = re.compile(r"(?:recent\s)?(?:history|experience)\s(?:shows|teaches|has shown|tells us)\b", re.I)


# What makes a number a floor or a ceiling, ahead of it or behind it.
AT_LEAST = re.compile(
    r"\b(?:at least|no (?:less|fewer) than|a minimum of|minimum|more than|over|au moins|au minimum|plus d[e’']|al menos|por lo menos|"
    r"como mínimo|más de|pelo menos|no mínimo|mais de|mindestens|не менее|более|больше|не менше|понад|ít nhất|hơn)(?!\w)|على الأقل|أكثر من|לפחות|יותר מ",
    re.I,
)
AT_MOST = re.compile(
    r"\b(?:at most|no more than|not more than|up to|a maximum of|maximum|less than|fewer than|under|au plus|au maximum|pas plus d[e’']|moins d[e’']|"
    r"jusqu[’']à|como máximo|a lo sumo|no más de|menos de|hasta|no máximo|até|höchstens|не более|менее|меньше|не більше|менше|không quá|dưới)(?!\w)"
    r"|على الأكثر|لا يزيد|أقل من|לכל היותר|פחות מ",
    re.I,
)
AT_LEAST_BEHIND = re.compile(
    r"\b(?:at least|or more|minimum|au moins|ou plus|au minimum|al menos|por lo menos|como mínimo|o más|pelo menos|ou mais)\b|على الأقل|فأكثر|לפחות",
    re.I,
)
AT_MOST_BEHIND = re.compile(
    r"\b(?:at most|or (?:less|fewer)|maximum|au plus|au maximum|ou moins|como máximo|a lo sumo|o menos|no máximo|ou menos)\b|على الأكثر|أو أقل|לכל היותר",
    re.I,
)
STRICT = re.compile(r"(?<!no )(?<!not )\b(?:less|fewer|more) than\s(?:[$€£]\s?)?$", re.I)
