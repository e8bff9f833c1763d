"""Words of any script, in the form in which they are compared: folded (no case, no accents, no vowel points), stemmed.

The stems are rough on purpose: they only answer "could these two be forms of one word?", never what is shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from briefing.language.stopwords import stopwords

_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd"
    "\u0a3c-\u0a4d\u0b82\u0bbe-\u0bcd\u0c3e-\u0c4d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d"
)
_KATAKANA = "\u30a1-\u30fa\u30fc\u30fd\uff66-\uff9f"
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff"
_HIRAGANA = "\u3041-\u309f"
_TOKEN = re.compile(
    rf"[{_KATAKANA}]+|[{_HAN}]+|[{_HIRAGANA}]+"
    rf"|(?:[^\W\d_{_KATAKANA}{_HAN}{_HIRAGANA}][{_MARKS}]*)+"
    rf"(?:['’ʼ׳״\"](?=[^\W\d_])(?:[^\W\d_{_KATAKANA}{_HAN}{_HIRAGANA}][{_MARKS}]*)+)*"
)
# The same for texts without marks and without scripts of their own tokens, which are most: several times as fast.
_HAS_OTHERS = re.compile(rf"[{_MARKS}{_KATAKANA}{_HAN}{_HIRAGANA}]")
_PLAIN_TOKEN = re.compile(r"[^\W\d_]+(?:['’ʼ׳״\"][^\W\d_]+)*")
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
        return (_word(head, cut, language), *rest)
    if plain.casefold().endswith("'s") and len(plain) > 2:
        return (_word(token[:-2], len(token), language),)
    return (_word(token, len(token), language),)


def _word(token: str, end: int, language: str) -> Word:
    key = fold(token)
    return Word(0, end, key, stem(key, language), token[:1].isupper())


# Irregular English forms that news is full of; every other language is cut to a prefix.
_IRREGULAR = {
    form: base
    for base, forms in {
        "say": "said says saying", "go": "went gone goes going", "rise": "rose risen", "fall": "fell fallen",
        "win": "won", "lose": "lost", "die": "died dead death deaths dies dying", "kill": "killed", "buy": "bought",
        "sell": "sold", "grow": "grew grown growth", "begin": "began begun", "break": "broke broken",
        "bring": "brought", "build": "built", "choose": "chose chosen choice", "come": "came", "cut": "cutting",
        "draw": "drew drawn", "drive": "drove driven", "eat": "ate eaten", "find": "found", "fight": "fought",
        "fly": "flew flown flight", "forget": "forgot forgotten", "get": "got gotten", "give": "gave given",
        "hear": "heard", "hide": "hid hidden", "hit": "hitting", "hold": "held", "keep": "kept",
        "know": "knew known", "lead": "led", "leave": "left", "lie": "lay lain", "make": "made", "mean": "meant",
        "meet": "met", "pay": "paid", "rebuild": "rebuilt", "ride": "rode ridden", "run": "ran", "see": "saw seen",
        "seek": "sought", "send": "sent", "shoot": "shot", "show": "showed shown", "shrink": "shrank shrunk",
        "sink": "sank sunk", "speak": "spoke spoken", "spend": "spent", "stand": "stood", "steal": "stole stolen",
        "strike": "struck", "swim": "swam swum", "take": "took taken", "teach": "taught", "tell": "told",
        "think": "thought", "throw": "threw thrown", "wear": "wore worn", "withdraw": "withdrew withdrawn",
        "write": "wrote written", "child": "children", "man": "men", "woman": "women", "person": "people",
        "become": "became", "feel": "felt", "sit": "sat", "wake": "woke", "bear": "born", "freeze": "froze frozen",
        "flee": "fled", "catch": "caught", "foot": "feet", "life": "lives", "wife": "wives", "have": "has had having",
        "be": "is are was were been being am", "do": "does did done doing",
    }.items()
    for form in (base, *forms.split())
}  # fmt: skip
_ENGLISH_ENDINGS = ("ingly", "edly", "ing", "ied", "ies", "ed", "es", "ly", "s")
_ARABIC_PREFIXES = ("وال", "بال", "كال", "فال", "ولل", "لل", "ال", "و", "ف", "ب", "ل", "س")
_ARABIC_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "هم", "يا", "ه", "ي", "ا")
_HEBREW_PREFIXES = ("וה", "שה", "מה", "בה", "לה", "כש", "ו", "ה", "ב", "ל", "מ", "ש", "כ")


@lru_cache(maxsize=65536)
def stem(key: str, language: str) -> str:
    """A rough stem of a folded word; of a short one the word itself."""
    first = key[:1]
    if "\u0600" <= first <= "\u06ff":
        return _arabic_stem(key)
    if "\u0590" <= first <= "\u05ff":
        return _strip_prefix(key, _HEBREW_PREFIXES, 3)[:5]
    if language == "en":
        return _english_stem(key)
    if first >= "\u2e80" or language == "vi":
        return key
    base = _singular(key) if language in _PLURAL_S else key
    return base[: max(4, min(6, len(base) - 2))] if len(base) > 4 else base


_PLURAL_S = frozenset({"fr", "es", "pt"})


def _singular(key: str) -> str:
    """A Romance word without the "s" of its plural, so that "erreur" and "erreurs" are cut at the same place."""
    return key[:-1] if len(key) > 4 and key[-1] in "sx" else key


def _english_stem(key: str) -> str:
    if key in _IRREGULAR:
        return _IRREGULAR[key]
    for ending in _ENGLISH_ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) >= 3 and not key.endswith("ss"):
            base = key[: -len(ending)]
            base = base + "y" if ending in {"ies", "ied"} else base
            return (base[:-1] if len(base) > 3 and base[-1] == base[-2:-1] and base[-1] not in "sl" else base).rstrip(
                "e"
            )
    return key.rstrip("e") if len(key) > 3 else key


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
