"""Whose words to look for in a text, and patterns of them."""

from __future__ import annotations

import re
from collections.abc import Container

from briefing.language.patterns import alternatives
from briefing.language.profile import BY_SCRIPT, profile
from briefing.language.tables import languages, table
from briefing.language.words import script

WORD_END = r"(?:(?<=[’'])|(?!\w))"
"""Where a word ends; "qu’" ends where the next begins."""
# The languages whose hedges and verbs of saying are known.
KNOWN = frozenset(languages("hedges"))
_LETTERS = {"latin": ("A", "\u024f"), "cyrillic": ("\u0400", "\u052f"), "hebrew": ("\u0590", "\u05ff"),
            "arabic": ("\u0600", "\u077f")}  # fmt: skip
_FIRST_LETTER = re.compile(r"[^\W\d_]")
_KANA = re.compile("[\u3041-\u30ff]")


def vocabulary(text: str, language: str) -> str:
    """Whose words to look for: the text's language, or its script's where another script or no language is given.

    A Hebrew tweet in an English post is read as Hebrew. "" where nothing is known of the language.
    """
    primary = language.split("-")[0].lower()
    first = _FIRST_LETTER.search(text)
    own_script = profile(primary).script
    own_letters = _LETTERS.get(own_script, "")
    if primary in KNOWN and (first is None or (own_letters and own_letters[0] <= first.group() <= own_letters[1])):
        return primary
    written = script(text[:400])
    if primary in KNOWN and written in ("", own_script):
        return primary
    if written == "latin" and primary not in ("und", "") and primary not in KNOWN:
        return ""
    if written == "cjk" and _KANA.search(text, 0, 400):
        return "ja"
    likely = BY_SCRIPT.get(written, "")
    return likely if likely in KNOWN else ""


def bounded(alternatives: str, language: str) -> str:
    """The alternatives as whole words; in scripts without spaces anywhere."""
    if not profile(language).spaces:
        return f"(?:{alternatives})"
    return rf"(?<![\w’'-]){profile(language).prefix}(?:{alternatives}){WORD_END}"


def compiled(alternatives: str, language: str) -> re.Pattern[str]:
    """A pattern of whole words, to be run over `lowered` text: several times faster than ignoring case."""
    return re.compile(bounded(alternatives, language), re.IGNORECASE if profile(language).capital_nouns else re.NOFLAG)


def sorted_words(kind: str, sorts: Container[str], language: str) -> re.Pattern[str] | None:
    """A pattern of the words under these keys of a kind, each key's in a group of its name; None without any.

    The keys are tried in the order of the file: the first of which one fits counts.
    """
    groups = [f"(?P<{sort}>{alternatives(kind, sort, language)})" for sort in table(language, kind) if sort in sorts]
    return compiled("|".join(groups), language) if groups else None


def lowered(text: str, language: str) -> str:
    """The text in lower case with the same offsets; as it stands where a language's capitals tell nouns (German)."""
    lower = text if profile(language).capital_nouns else text.lower()
    return lower if len(lower) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
