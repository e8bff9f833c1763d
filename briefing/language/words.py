"""Words of any script, in the form in which they are compared: folded (no case, no accents, no vowel points), stemmed.

Stems only answer "could these two be forms of one word?", and are never shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from Stemmer import Stemmer

from briefing.language.profile import profile
from briefing.language.stopwords import stopwords
from briefing.language.tables import table

_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd"
    "\u0a3c-\u0a4d\u0b82\u0bbe-\u0bcd\u0c3e-\u0c4d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d"
)
_KATAKANA = "\u30a1-\u30fa\u30fc\u30fd\uff66-\uff9f"
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff"
_HIRAGANA = "\u3041-\u309f"
# Inside a word: an apostrophe, and the gershayim of a Hebrew acronym, which elsewhere are quotation marks.
_INSIDE = "(?:['’ʼ]|[׳״\"](?=[\u05d0-\u05ea]))"
_TOKEN = re.compile(
    rf"[{_KATAKANA}]+|[{_HAN}]+|[{_HIRAGANA}]+"
    rf"|(?:[^\W\d_{_KATAKANA}{_HAN}{_HIRAGANA}][{_MARKS}]*)+"
    rf"(?:{_INSIDE}(?=[^\W\d_])(?:[^\W\d_{_KATAKANA}{_HAN}{_HIRAGANA}][{_MARKS}]*)+)*"
)
# The same for texts without marks and without scripts of their own tokens, which are most: several times as fast.
_HAS_OTHERS = re.compile(rf"[{_MARKS}{_KATAKANA}{_HAN}{_HIRAGANA}]")
_PLAIN_TOKEN = re.compile(rf"[^\W\d_]+(?:{_INSIDE}[^\W\d_]+)*")
_ELIDED = frozenset("l d qu n s c j m t jusqu lorsqu puisqu quoiqu presqu dell all nell sull un dall".split())
_LETTERS = {
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ة": "ه",
    "ک": "ك",
    "ё": "е",
    "’": "'",
    "ʼ": "'",
    "ı": "i",
    "ł": "l",
    "ø": "o",
}
_LETTER_TABLE = str.maketrans(_LETTERS)
_DROPPED = re.compile(f"[{_MARKS}]")


class Word(NamedTuple):
    """One word of a text: `text[start:end]`, its folded form and its stem."""

    start: int
    end: int
    key: str
    stem: str
    is_capital: bool


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The word without case, accents, vowel points and joiners; letters that Arabic writers mix up made one."""
    if word.isascii():
        return word.lower()
    bare = _DROPPED.sub("", unicodedata.normalize("NFKD", word)).casefold()
    return unicodedata.normalize("NFC", bare.translate(_LETTER_TABLE))


@lru_cache(maxsize=512)
def script(text: str) -> str:
    """The script most letters of the text are in: "latin", "arabic", "hebrew", "cyrillic", "cjk", …, or ""."""
    if text.isascii():
        return "latin" if _ASCII_LETTER.search(text) else ""
    counts: dict[str, int] = {}
    for letter in text[:600]:
        name = _letter_script(letter)
        if name:
            counts[name] = counts.get(name, 0) + 1
    return max(counts, key=lambda name: counts[name], default="")


_ASCII_LETTER = re.compile("[A-Za-z]")


@lru_cache(maxsize=8192)
def _letter_script(letter: str) -> str:
    if not letter.isalpha():
        return ""
    name = unicodedata.name(letter, "").split(" ", 1)[0].casefold()
    return "cjk" if name in {"cjk", "hiragana", "katakana", "katakana-hiragana", "ideographic", "fullwidth"} else name


def words(text: str, language: str) -> tuple[Word, ...]:
    """The words of a text in order, elided articles apart ("l'accord" → "l", "accord"), possessive "'s" left out."""
    return tuple(
        Word(match.start() + start, match.start() + end, key, stem_, is_capital)
        for match in (_TOKEN if _HAS_OTHERS.search(text) else _PLAIN_TOKEN).finditer(text)
        for start, end, key, stem_, is_capital in _parts(match.group(), language)
    )


@lru_cache(maxsize=65536)
def _parts(token: str, language: str) -> tuple[Word, ...]:
    """The words of a token, from its first letter on: a text has few tokens, many times."""
    plain = token.replace("’", "'").replace("ʼ", "'")
    head, apostrophe, _tail = plain.partition("'")
    if apostrophe and head.casefold() in _ELIDED and language not in {"en", "uk"}:
        cut = len(head) + 1
        rest = (word._replace(start=word.start + cut, end=word.end + cut) for word in _parts(token[cut:], language))
        return (Word(0, cut, fold(head), stem(head, language), head[:1].isupper()), *rest)
    owner = _owner(token, language)
    return (Word(0, len(token), fold(owner), stem(owner, language), token[:1].isupper()),)


def _owner(token: str, language: str) -> str:
    """The word without a possessive "'s", and without the ending that its language writes behind an apostrophe."""
    if len(token) > 2 and token[-2:] in _POSSESSIVES:
        return token[:-2]
    endings = _behind_apostrophe(language)
    at = max(map(token.rfind, _APOSTROPHES)) if endings else 0
    return token[:at] if at > 1 and fold(token[at + 1 :]) in endings else token


_APOSTROPHES = "'’ʼ"
_POSSESSIVES = frozenset(f"{apostrophe}{letter}" for apostrophe in _APOSTROPHES for letter in "sS")


@cache
def _behind_apostrophe(language: str) -> frozenset[str]:
    return frozenset(map(fold, table(language, "name_endings").get("behind_apostrophe", ())))


_ARABIC_PREFIXES = ("وال", "بال", "كال", "فال", "ولل", "لل", "ال", "و", "ف", "ب", "ل", "س")
_ARABIC_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "هم", "يا", "ه", "ي", "ا")
_HEBREW_PREFIXES = ("וה", "שה", "מה", "בה", "לה", "כש", "ו", "ה", "ב", "ל", "מ", "ש", "כ")


@lru_cache(maxsize=65536)
def stem(word: str, language: str) -> str:
    """The stem of a word as it is written, folded: Snowball goes by its accents.

    Arabic and Hebrew lose what is written onto a word; a language that Snowball does not know (Ukrainian, Bulgarian …)
    loses the endings that are listed for it, else what is behind the sixth letter; scripts without spaces, and
    Vietnamese, lose nothing.
    """
    word = _owner(word.rstrip(_APOSTROPHES), language)
    key = fold(word)
    first = key[:1]
    algorithm = _algorithm(language)
    if "\u0600" <= first <= "\u06ff" and not algorithm:
        return _arabic_stem(key)
    if "\u0590" <= first <= "\u05ff":
        return _strip_prefix(key, _HEBREW_PREFIXES, 3)[:5]
    if first >= "\u2e80" or language == "vi":
        return key
    plain = _irregular(language).get(key) or _undone(
        unicodedata.normalize("NFC", word.lower()).replace("\u00ad", ""), "undone", language
    )
    if algorithm:
        return fold(_undone(algorithm.stemWord(plain), "left", language))
    endings = _endings(language)
    return endings.sub("", key) if endings else key[: max(4, min(6, len(key) - 2))] if len(key) > 4 else key


@cache
def _algorithm(language: str) -> Stemmer | None:
    """Snowball's stemmer of a language; None where it has none, and of Arabic: it keeps "and" before an article."""
    try:
        return None if language == "ar" else Stemmer(profile(language).stemmer or language, 0)
    except KeyError:
        return None


@cache
def _irregular(language: str) -> Mapping[str, str]:
    """Folded form → the word it is a form of, where no rule tells."""
    rows = [row.split() for row in table(language, "irregular_forms").get("forms", ())]
    return {fold(form): row[0] for row in rows for form in row}


def _undone(word: str, which: str, language: str) -> str:
    """The word with the ending of its plain form, where it has one that Snowball keeps ("mujeres", "años")."""
    for ending, instead in _kept_endings(language, which):
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _SHORTEST_STEM:
            return word[: -len(ending)] + instead
    return word


@cache
def _kept_endings(language: str, which: str) -> tuple[tuple[str, str], ...]:
    """The endings of words ("undone") or of stems ("left") that Snowball keeps, and what stands for each of them."""
    rows = [row.split() for row in table(language, "word_endings").get(which, ())]
    return tuple((ending, row[0]) for row in rows for ending in row[1:])


_SHORTEST_STEM = 3


@cache
def _endings(language: str) -> re.Pattern[str] | None:
    """What is cut off a folded word of a language that Snowball does not know, where that is listed."""
    known = sorted(map(fold, table(language, "word_endings").get("cut", ())), key=len, reverse=True)
    return re.compile(rf"(?<=.{{{_SHORTEST_STEM}}})(?:{'|'.join(known)})$") if known else None


def _arabic_stem(key: str) -> str:
    base = _strip_prefix(key, _ARABIC_PREFIXES, 3)
    for ending in _ARABIC_ENDINGS:
        if base.endswith(ending) and len(base) - len(ending) >= 3:
            return base[: -len(ending)]
    return base


def _strip_prefix(key: str, prefixes: tuple[str, ...], keep: int) -> str:
    for prefix in prefixes:
        if key.startswith(prefix) and len(key) - len(prefix) >= keep:
            return key[len(prefix) :]
    return key


@cache
def common_words(language: str) -> frozenset[str]:
    """The folded words of a language that are too common to tell what a text is about."""
    return frozenset(fold(word) for word in stopwords(language))


def same_word(one: str, other: str) -> bool:
    """Whether two folded words could be forms of one name or word: equal, or a long common beginning.

    Case endings (Путина, Путину), plurals and adjectives of places (Morocco, Moroccan) pass; so may Austria and
    Australia's shorter forms not: the common part must be all but the last three letters of the longer.
    """
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 4 or len(long) - len(short) > 4:
        return False
    common = common_prefix(short, long)
    return common >= 4 and common >= len(short) - 2 and common >= len(long) - 4


def common_prefix(one: str, other: str) -> int:
    """How many characters both begin with."""
    for index, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return index
    return min(len(one), len(other))


class _PlainDigits(dict[int, str]):
    """Each character once: a decimal digit of any script as an ASCII one, an Arabic or wide separator made plain."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        value = unicodedata.decimal(letter, None)
        self[code] = letter if value is None else str(value)
        return self[code]


_PLAIN_DIGITS = _PlainDigits(zip(map(ord, "٫٬，．"), ".,,.", strict=True))


def plain_digits(text: str) -> str:
    """The text with every decimal digit as an ASCII one, offsets kept; Arabic separators and mult signs made plain."""
    return text if text.isascii() else text.translate(_PLAIN_DIGITS)
