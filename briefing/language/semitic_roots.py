"""The consonants that Semitic forms of one word share: "closing" and "was closed", "the minister" and "ministers".

Rougher than a stem, and only a hint: what stands before, in and behind the root is taken off by its letters alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

_ARABIC_BEFORE = re.compile("^(?:[وف]?(?:[بك]?ال|لل)|[وف](?=....)|[بلس](?=....))")
_ARABIC_BEHIND = re.compile("(?<=...)(?:تها|تهم|ها|هم|ات|ون|ين|ان|وا|تي|يه|ه|ت|ي|ا)$")
_ARABIC_WEAK = re.compile("[اويءأإآؤئى]")
_ARABIC_VERB = re.compile("^(?:است|[يتن]ست|س[يتن](?=..)|ان(?=...)|[يتنم](?=...))")
_HEBREW_BEFORE = re.compile("^(?:[ושכ]?[הבלמ]?(?=...)|כש(?=...))")
_HEBREW_BEHIND = re.compile("(?<=..)(?:ים|ות|יות|ין|תי|נו|ה|ת|י|ו)$")
_HEBREW_VERB = re.compile("^(?:הת|[נתיאמה])(?=...)")
_FEWEST = 3
_FINAL = str.maketrans("ךםןףץ", "כמנפצ")


@lru_cache(maxsize=65536)
def root(key: str) -> str:
    """The root of a folded Arabic or Hebrew word, "" of any other and of one that is too short to have one."""
    if "\u0600" <= key[:1] <= "\u06ff":
        found = _arabic(key)
    elif "\u0590" <= key[:1] <= "\u05ff":
        found = _hebrew(key)
    else:
        return ""
    return found if len(found) >= _FEWEST else ""


def _arabic(key: str) -> str:
    """ "الوزير" and "وزير" keep their first letter: only what is weak behind it falls."""
    bare = _ARABIC_BEHIND.sub("", _ARABIC_BEFORE.sub("", key) if len(key) > _FEWEST + 1 else key)
    bare = _ARABIC_VERB.sub("", bare)
    if bare[:1] in "أإاآ":
        bare = bare[1:]
    return bare[:1] + _ARABIC_WEAK.sub("", bare[1:])


def _hebrew(key: str) -> str:
    bare = _HEBREW_BEHIND.sub("", _HEBREW_BEFORE.sub("", key)) if len(key) > _FEWEST else key
    bare = bare[:1] + re.sub("[וי]", "", bare[1:])
    return _HEBREW_VERB.sub("", bare).translate(_FINAL)


_VERB = re.compile("(?:[وف]?(?:ال|لل|س)?)?[أاإتينم]?(\\w{3,}?)(?:ت|وا|ون|ين|ها|هم|ه|ان|ات|ة)?$")


def verb(key: str) -> str:
    """What the forms of an Arabic verb share: "تعلن" and "أعلنت" are one; "" of any other folded word."""
    if not "\u0600" <= key[:1] <= "\u06ff":
        return ""
    match = _VERB.match(key)
    return f"√{match[1]}" if match else key


def bare_forms(key: str) -> list[str]:
    """What is left of a folded Hebrew word without the one or two letters that may be written onto it."""
    if not "\u0590" <= key[:1] <= "\u05ff":
        return []
    return [key[cut:] for cut in (1, 2) if len(key) - cut >= _FEWEST and set(key[:cut]) <= set("ובלמשכה")]


def without_article(key: str) -> str:
    """A folded Arabic word without its article, a Hebrew one without the letter that may be written onto it."""
    if key.startswith("ال"):
        return key[2:]
    return key[1:] if key[:1] in "הובלמשכבו" and len(key) > _FEWEST else key
