"""A text as it is compared letter by letter: marks, dashes and spaces made one."""

from __future__ import annotations

import re
import unicodedata

_GONE = re.compile("[\u00ad\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
MARKS = re.compile(r"[“”„‟«»‹›‘’‚‛'\"`´「」｢｣『』﹁﹂﹃﹄〝〞〟״׳]+")
_DASHES = re.compile("[‐‑‒–—―−-]+")


def plain(text: str) -> str:
    """The text with quotes, dashes and spaces made one, nothing else changed but case."""
    text = _GONE.sub("", unicodedata.normalize("NFKC", text))
    text = _DASHES.sub("-", MARKS.sub("'", text))
    return re.sub(r"\s+", " ", text).casefold()
