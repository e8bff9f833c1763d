"""What a question asks for (a number, a date, who, why, …), by its question words, and which of its words only ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from briefing.language.patterns import anywhere, folded, word_list
from briefing.language.tables import languages, table
from briefing.language.words import fold

AnswerKind = Literal[
    "age", "money", "duration", "size", "number", "date", "place", "reason", "speech", "who", "whether", "thing"
]

_UNSPACED = frozenset({"ja", "zh", "vi"})


@dataclass(frozen=True, slots=True)
class QuestionReading:
    """What a question asks for, `text[start:end]` of it being words that only ask.

    `implied` are folded words that the thing asked for says by itself; `is_name` tells "What is the name of …?".
    """

    wanted: AnswerKind
    start: int = 0
    end: int = 0
    implied: frozenset[str] = frozenset()
    is_name: bool = False


@cache
def _compiled(language: str) -> tuple[tuple[AnswerKind, re.Pattern[str]], ...]:
    edge = "" if language in _UNSPACED else r"(?<!\w)"
    close = "" if language in _UNSPACED else r"(?:(?<!\w)|(?!\w))"  # a look ahead may leave it before a word
    patterns: dict[AnswerKind, list[str]] = {}
    for row in table(language, "question_types").get("row", ()):
        patterns.setdefault(row["wanted"], []).append(row["pattern"])
    return tuple(
        (wanted, re.compile(f"{edge}(?:{'|'.join(alternatives)}){close}", re.IGNORECASE))
        for wanted, alternatives in patterns.items()
    )


@cache
def _implied(wanted: AnswerKind) -> frozenset[str]:
    """Words that the answer says without them: "How much does it cost?" — "the $3m network"."""
    rows = (table(language, "question_types").get("implied", {}) for language in languages("question_types"))
    return frozenset(fold(word) for row in rows for word in row.get(wanted, "").split())


@cache
def light_words(language: str) -> frozenset[str]:
    """Folded words that say little in a question, though they are no stop words: "take place", "according to"."""
    return folded("question_types", "light", language)


_OPENING_CHARS = 12
"""How far into a question its question word may stand to be taken before one of an earlier kind further on."""


def asked(question: str, language: str) -> QuestionReading:
    """What the question asks for; "thing" with no words where that cannot be told, as of a language without a list.

    The question word that opens it counts; without one the first that stands anywhere ("Das Netz kostet wie viel?").
    """
    found = [
        (match.start(), order, wanted, match)
        for order, (wanted, pattern) in enumerate(_compiled(language))
        if (match := pattern.search(question)) and (wanted != "whether" or not question[: match.start()].strip(" ¿"))
    ]
    if not found:
        return QuestionReading("thing")
    if language in _UNSPACED:
        found.sort(key=lambda one: one[1])
    else:
        opening = min(found)[0] + _OPENING_CHARS
        found = sorted((one for one in found if one[0] <= opening), key=lambda one: (one[1], one[0]))
        opens = [one for one in found if one[2] == "whether"]
        found = opens[:1] + found if opens and min(found, key=lambda one: one[0])[2] == "whether" else found
    _, _, wanted, match = found[0]
    is_name = wanted == "who" and bool(_NAME.search(question))
    return QuestionReading(wanted, match.start(), match.end(), _implied(wanted), is_name)


_NAME = anywhere("question_types", "name")


def follow_ups_of(name: str, language: str) -> list[str]:
    """Questions about somebody, in a language; none in one without a list."""
    return [question.format(name) for question in table(language, "question_types").get("follow_ups", ())]


_ENDING_CHARS = 12
_CLOSERS = " \t\n\u00a0\"'”’»)]›」』*_!！"
_QUESTION_MARKS = ("?", "？", "؟", "⁇", "⁈")
_ASKING = tuple(word_list("question_types", "ending"))


def asks(text: str) -> bool:
    """Whether a sentence is a question: it ends with a question mark, quotation marks and brackets aside."""
    ending = text[-_ENDING_CHARS:].rstrip(_CLOSERS)
    return ending.endswith(_QUESTION_MARKS) or (ending.endswith(_ASKING) and len(ending) > min(map(len, _ASKING)))
