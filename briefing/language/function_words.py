"""What the small words of a language do in a sentence: articles, prepositions, conjunctions, parts of verbs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal, cast, get_args

from briefing.language.patterns import word_list
from briefing.language.tables import table

WordSort = Literal[
    "articles",
    "linking",
    "perfect",
    "prepositions",
    "coordinating",
    "subordinating",
    "restricting",
    "verbal",
    "pronouns",
    "adverbs",
    "privative",
    "number",
    "content",
]


@cache
def _sorts(language: str) -> Mapping[str, WordSort]:
    known = table(language, "function_words")
    sorts = [sort for sort in get_args(WordSort) if sort in known]
    return {word: cast(WordSort, sort) for sort in sorts for word in word_list("function_words", sort, language)}


def small_words_known(language: str) -> bool:
    """Whether the small words of a language are listed."""
    return bool(table(language, "function_words"))


def sort_of(word: str, language: str) -> WordSort:
    """What a word does as it is written: accents tell « a » from « à »; "content" where it is no small one."""
    return _sorts(language).get(word.lower().replace("’", "'"), "content")
