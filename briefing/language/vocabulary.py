"""Whose words to look for in a text, and patterns of them."""

from __future__ import annotations

import re

from briefing.language.words import script

# The languages whose hedges and verbs of saying are known.
KNOWN = frozenset("en fr es pt it de nl ru uk ar fa he tr ja zh vi".split())
# Arabic and Hebrew write "and", "so" and "that" onto the next word.
_PREFIX = {"ar": "[وف]?", "he": "[וש]?"}
UNSPACED_LANGUAGES = frozenset({"ja", "zh"})
_CAPITALS_TELL = frozenset({"de"})
_BY_SCRIPT = {"arabic": "ar", "hebrew": "he", "cyrillic": "ru", "latin": "en", "cjk": "zh"}
_SCRIPTS = {
    "ar": "arabic",
    "fa": "arabic",
    "he": "hebrew",
    "ru": "cyrillic",
    "uk": "cyrillic",
    "ja": "cjk",
    "zh": "cjk",
}


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
    own_letters = _LETTERS.get(_SCRIPTS.get(primary, "latin"), "")
    if primary in KNOWN and (first is None or (own_letters and own_letters[0] <= first.group() <= own_letters[1])):
        return primary
    written = script(text[:400])
    if primary in KNOWN and written in ("", _SCRIPTS.get(primary, "latin")):
        return primary
    if written == "latin" and primary not in ("und", "") and primary not in KNOWN:
        return ""
    if written == "cjk" and _KANA.search(text, 0, 400):
        return "ja"
    return _BY_SCRIPT.get(written, "")


def bounded(alternatives: str, language: str) -> str:
    """The alternatives as whole words; in scripts without spaces anywhere."""
    if language in UNSPACED_LANGUAGES:
        return f"(?:{alternatives})"
    return rf"(?<![\w’'-]){_PREFIX.get(language, '')}(?:{alternatives})(?!\w)"


def compiled(alternatives: str, language: str) -> re.Pattern[str]:
    """A pattern of whole words, to be run over `lowered` text: several times faster than ignoring case."""
    return re.compile(bounded(alternatives, language), re.IGNORECASE if language in _CAPITALS_TELL else re.RegexFlag(0))


def lowered(text: str, language: str) -> str:
    """The text in lower case with the same offsets; as it stands where a language's capitals tell nouns (German)."""
    lower = text if language in _CAPITALS_TELL else text.lower()
    return lower if len(lower) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
