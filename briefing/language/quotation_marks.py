"""Where a text quotes: the words between quotation marks of all styles."""

from __future__ import annotations

import re

# An opening mark and the marks that may close it; „ closes with “ (German), ” (Polish, Romanian) or itself straight.
_CLOSERS = {
    "“": "”“",
    "„": "“”",
    "‟": "”",
    "”": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "「": "」",
    "『": "』",
    "﹁": "﹂",
    "﹃": "﹄",
    "〝": "〞〟",
    "《": "》",
    "‘": "’",
    "‚": "‘’",
    '"': '"',
}
_MARK = re.compile(r"[“„‟”«»‹「『﹁﹃〝‘‚\"]|\n\n")
_LONGEST_CHARS = 3000


def quotations(text: str) -> list[tuple[int, int]]:
    """The outermost runs of words between quotation marks, without the marks, in order.

    A paragraph break ends an open quotation (English opens each quoted paragraph anew). Apostrophes, inches and the
    Hebrew gershayim inside an abbreviation are not quotation marks.
    """
    spans: list[tuple[int, int]] = []
    position = 0
    while found := _MARK.search(text, position):
        position = found.end()
        if found.group() == "\n\n" or not _opens(text, found.start()):
            continue
        end = _close(text, found.start())
        if end is not None:
            if text[found.end() : end].strip():
                spans.append((found.end(), end))
            position = end + 1
    return spans


def _opens(text: str, at: int) -> bool:
    """Whether the mark at `at` can open a quotation: a straight or single one must not follow a letter or digit."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    mark = text[at]
    if mark in '"‘‚':
        return not before.isalnum() and not after.isspace()
    if mark in "”»":
        return not before.isalnum() and before not in ".,!?…" and after.isalnum()
    return True


def _close(text: str, at: int) -> int | None:
    """Where the quotation that opens at `at` closes: the closing mark's index, a paragraph's end, or None."""
    closers, limit = _CLOSERS[text[at]], min(len(text), at + _LONGEST_CHARS)
    paragraph = text.find("\n\n", at, limit)
    end = paragraph if paragraph >= 0 else limit
    found = min((i for c in closers if (i := _closing(text, c, at + 1, end)) >= 0), default=-1)
    if found >= 0:
        return found
    return paragraph if paragraph >= 0 and text[at] in "“«" else None


def _closing(text: str, mark: str, start: int, end: int) -> int:
    """The first `mark` in `text[start:end]` that can close; between two letters it is an apostrophe or gershayim."""
    at = text.find(mark, start, end)
    while at >= 0 and mark in '"’' and text[at - 1].isalpha() and at + 1 < len(text) and text[at + 1].isalnum():
        at = text.find(mark, at + 1, end)
    return at
