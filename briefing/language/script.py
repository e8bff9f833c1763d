"""What the script of a text tells: its direction, how many words it has, and, for some scripts, its language."""

from __future__ import annotations

import re
from typing import Literal

# Hebrew, Arabic, Syriac, Thaana, N'Ko, Samaritan, Mandaic, Arabic presentation forms, and the right-to-left planes
# (Adlam, Hanifi Rohingya …). # source: Bidi_Class R and AL, DerivedBidiClass.txt
_RTL_RANGES = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff"
_RTL_LETTER = re.compile(f"[{_RTL_RANGES}]")
_RTL_WORD = re.compile(f"[{_RTL_RANGES}]+")
_NEITHER = re.compile(r"https?://\S+|www\.\S+|[@#][\w.]+|[^\W\d_]*\.[^\W\d_]+/\S+|(?:[^\w@#]|[\d_])+|[@#]")
_LOOKED_AT = 1000
_CJK = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_CJK}]|[^\W{_CJK}][^\s{_CJK}]*")


def direction(text: str) -> Literal["ltr", "rtl"]:
    """The direction a text is read in: "rtl" where most of its letters are, addresses, handles and digits left out.

    A third is enough where the first letter is right to left: Latin names are common in Arabic and Hebrew, the
    opposite is not. So a line that begins with a Latin name but is mostly Arabic is "rtl", and an English line that
    quotes a Hebrew word "ltr". The first thousand characters decide.
    """
    text = text[:_LOOKED_AT]
    if text.isascii() or not _RTL_LETTER.search(text):
        return "ltr"
    letters = _NEITHER.sub("", text)
    rtl = sum(map(len, _RTL_WORD.findall(letters)))
    share = 1 / 3 if _RTL_LETTER.match(letters) else 1 / 2
    return "rtl" if rtl >= share * len(letters) > 0 else "ltr"


def word_count(text: str) -> int:
    """How many words: Chinese and Japanese characters one by one, elsewhere what white space separates.

    Marks alone ("–", "&") are no words. Thai, Lao, Khmer and Burmese, written without spaces, count by phrase.
    """
    return len(_WORD.findall(text))
