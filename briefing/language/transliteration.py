"""The consonants of a name, so that "Kiryat Gat" can be found in «קריית גת» and «Путин» in "Putin".

Rough on purpose: letters that languages mix up (b/v/p/f, k/q/c/g/h, s/z/sh/ts, d/t) fall together, vowels fall away:
a match says "can be the same name", and no match says little.
"""

from __future__ import annotations

from functools import lru_cache

_CLASSES = {
    "P": "bvpfبفפבпбвфپڤ",
    "K": "kqcghxكقغخحهגכקחהךкгхґچגعע",
    "S": "szjسصزشثظضذجזסצשץжзсцчшщ",
    "T": "dtدتطדטתдт",
    "M": "mمםמм",
    "N": "nنןנн",
    "L": "lלлل",
    "R": "rرרр",
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


def can_be(name: str, word: str) -> bool:
    """Whether a word of another script can write this name, with an "and", "the" or "in" glued to its front."""
    wanted = skeleton(name)
    if len(wanted) < 2:
        return False
    return any(
        wanted in (skeleton(word[cut:]), skeleton(word[cut:])[: len(wanted)])
        for cut in range(min(4, max(1, len(word) - 2)))
    )
