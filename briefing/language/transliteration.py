"""The consonants of a name, so that "Kiryat Gat" can be found in «קריית גת» and «Путин» in "Putin".

Rough on purpose: letters that languages mix up (b/v/p/f, k/q/c/g/h, s/z/sh/ts, d/t) fall together, vowels fall away:
a match says "can be the same name", and no match says little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, islice, product

from briefing.language.name_endings import plain_forms
from briefing.language.words import script

_CLASSES = {
    "P": "bvpfبفפבпбвфپڤβπφपफबभ",
    "K": "kqcghxكقغخحهגכקחהךкгхґچגعעγκχξकखगघ",
    "S": "szjسصزشثظضذجזסצשץжзсцчшщσζशषसजझचछ",
    "T": "dtدتطדטתдтδτθटठडढतथदध",
    "M": "mمםמмμम",
    "N": "nنןנнνनणङञ",
    "L": "lלлلλलळ",
    "R": "rرרрρर",
}
_CLASS_OF = {letter: name for name, letters in _CLASSES.items() for letter in letters}


@lru_cache(maxsize=8192)
def skeleton(key: str) -> str:
    """The classes of the consonants of a folded word, doubled ones once, without "h" and its like."""
    found: list[str] = []
    plain = key.replace("sch", "s").replace("sh", "s").replace("ch", "k").replace("ph", "f").replace("th", "t")
    plain = plain.replace("ck", "k").replace("gh", "g").replace("wh", "w").replace("kh", "k").replace("ts", "s")
    for letter in plain.replace("x", "ks"):
        name = "" if letter in "hهהعע" else _CLASS_OF.get(letter, "")
        if name and (not found or found[-1] != name):
            found.append(name)
    return "".join(found)


_KANA = dict(
    zip(
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ",
        "a i u e o ka ki ku ke ko sa si su se so ta ti tu te to na ni nu ne no ha hi fu he ho ma mi mu me mo ya yu yo "
        "ra ri ru re ro wa o n ga gi gu ge go za zi zu ze zo da zi zu de do ba bi bu be bo pa pi pu pe po bu".split(),
        strict=True,
    )
)


@lru_cache(maxsize=8192)
def consonants(key: str) -> str:
    """The consonants by which a name is known in another script: "l" and "r" are one, as in Japanese."""
    latin = "".join(_KANA.get(letter, "") for letter in key) if "ァ" <= key[:1] <= "ヴ" else key
    return skeleton(latin).replace("L", "R")


# What a letter or two may stand for besides: "George" is «Джордж», "Hamas" «חמאס», "Walesa" «Валенса».
_DIGRAPHS = (
    ("tsch", "s"), ("tch", "s"), ("sch", "s"), ("sh", "s"), ("ts", "s"), ("tz", "s"), ("dj", "j"), ("дж", "ж"),
    ("дз", "з"), ("ph", "f"), ("ck", "k"), ("wh", "w"), ("kh", "k"), ("μπ", "β"), ("ντ", "δ"), ("γκ", "κ"), ("τσ", "σ"),
    ("τζ", "ζ"),
)  # fmt: skip
_ALSO = {
    "ch": ("K", "S"), "th": ("T", "S"), "gh": ("K", ""), "c": ("K", "S"), "g": ("K", "S"), "j": ("S", ""),
    "h": ("", "K"), "w": ("", "P"), "x": ("KS", "S"), "ו": ("", "P"), "و": ("", "P"), "ث": ("T", "S"), "ذ": ("T", "S"),
    "ظ": ("T", "S"), "ض": ("T", "S"), "ج": ("S", "K"), "ξ": ("KS", "S"), "χ": ("K", ""), "γ": ("K", ""), "г": ("K", ""),
    "х": ("K", ""), "ه": ("",), "ה": ("",), "ع": ("",), "ע": ("",),
}  # fmt: skip
_UNIT = re.compile("|".join([*sorted(_ALSO, key=len, reverse=True), "."]), re.DOTALL)
_MOST_READINGS = 64
_GLUED = {"hebrew": re.compile("[ושכלבמה]{1,3}"), "arabic": re.compile("[وف]?[بلك]?(?:ال|ل)?")}
_FEWEST = 2


@lru_cache(maxsize=8192)
def _readings(key: str) -> frozenset[str]:
    """The classes of the consonants of a folded word, doubled ones once, in every way it may be read."""
    for digraph, plain in _DIGRAPHS:
        key = key.replace(digraph, plain)
    options = [_ALSO.get(unit, (_CLASS_OF.get(unit, ""),)) for unit in _UNIT.findall(key)]
    read = islice(product(*options), _MOST_READINGS)
    return frozenset("".join(letter for letter, _ in groupby("".join(one))) for one in read)


def _begin_alike(one: str, other: str) -> bool:
    """Whether both words begin with a vowel, or both with a consonant; "h" and its like may be either."""
    options = [_ALSO.get(letter, (_CLASS_OF.get(letter, ""),)) for letter in (one[0], other[0])]
    return any(bool(a) == bool(b) for a in options[0] for b in options[1])


def can_be(name: str, word: str, language: str) -> bool:
    """Whether a folded word of another language can write this name: with the same consonants, apart from its case and
    from an "and", "the" or "in" glued to its front.

    Of a name with two consonants, "Omar", the word must begin alike.
    """
    wanted = {one for one in _readings(name) if len(one) >= _FEWEST}
    for form in _bare(word, language):
        shared = wanted & _readings(form)
        if any(len(one) > _FEWEST for one in shared) or (shared and _begin_alike(name, form)):
            return True
    return False


def _bare(word: str, language: str) -> Iterator[str]:
    glued = _GLUED.get(script(word))
    if glued is None:
        yield from plain_forms(word, language)
        return
    longest = glued.match(word)
    cuts = range(longest.end() + 1 if longest else 1)
    yield from (word[cut:] for cut in cuts if len(word) - cut >= _FEWEST and (not cut or glued.fullmatch(word, 0, cut)))
