"""Words that are made of one another in many languages of Latin letters: "open" and "reopen", "farm" and "farmer"."""

from __future__ import annotations

_AGAIN = "re"
_WHO_DOES = ("er", "or")
_SHORTEST = 5  # letters of a stem: shorter ones are no other's with "re-" before them


def again(stem: str) -> tuple[str, ...]:
    """The stem with the "re-" that may stand before a verb, and without it; nothing of a short one."""
    if not stem.isascii() or len(stem) < _SHORTEST:
        return ()
    return (_AGAIN + stem, stem.removeprefix(_AGAIN)) if stem.startswith(_AGAIN) else (_AGAIN + stem,)


def is_who_does(stem: str, what: str) -> bool:
    """Whether a stem is that of who does what another tells: "farmer", "inspector"."""
    return stem in [what + ending for ending in _WHO_DOES]
