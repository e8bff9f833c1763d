"""Characters that no XML may hold: https://www.w3.org/TR/xml/#charsets. Old exports and pasted posts hold them."""

from __future__ import annotations

import re
import sys

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:x([\da-f]+)|(\d+));", re.IGNORECASE)
_MOST_DIGITS = 10  # of a number that may be a character's, leading zeros among them


def without_unfit(text: str) -> str:
    """The text without them."""
    return _UNFIT.sub("", text)


def without_unfit_references(markup: str) -> str:
    """The markup without references to them, to half a surrogate pair, or to what is no character at all."""
    return _REFERENCE.sub(_fit, markup)


def _fit(reference: re.Match[str]) -> str:
    digits, base = (reference[1], 16) if reference[1] else (reference[2], 10)
    number = int(digits, base) if len(digits) <= _MOST_DIGITS else sys.maxunicode + 1
    return reference[0] if number <= sys.maxunicode and not _UNFIT.match(chr(number)) else ""
