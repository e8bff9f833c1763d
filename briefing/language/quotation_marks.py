"""Where a text quotes: the words between quotation marks of all styles."""

from __future__ import annotations

import re

# An opening mark and the marks that may close it: „ closes with “ (German) or ” (Polish, Romanian), » with « (German)
# or » (Swedish, Finnish), ” with itself (Swedish, Finnish). 《》 stand around titles, and are none.
_CLOSERS = {
    "“": "”“",
    "„": "“”",
    "‟": "”",
    "”": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "「": "」",
    "｢": "｣",
    "『": "』",
    "﹁": "﹂",
    "﹃": "﹄",
    "〝": "〞〟",
    "‘": "’",
    "‚": "‘’",
    '"': '"',
    "״": "״",
}
_OPENERS = "".join(_CLOSERS)
_MARK = re.compile(rf"[{_OPENERS}]|\n\n")
_FOLLOWING = {mark: re.compile(f"[{mark}{closers}]") for mark, closers in _CLOSERS.items()}
_LONGEST_CHARS = 3000
# Letters that are written without spaces, so that marks stand right beside them; Hangul has particles behind a mark.
_UNBOUND = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\U0003ffff]")
_HEBREW = re.compile("[\u05d0-\u05ea]")
# What Hebrew and Arabic write onto the front of a quotation: ש״לא נסכים״. Behind the gershayim of an acronym that
# begins so (מ״מ) there is one letter.
_PREFIX = re.compile("(?<![^\\W\\d_])(?:[ושכלבמה]{1,3}|[وفبلك]{1,2}\u0640?)$")
_LONGEST_PREFIX = 4


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
    """Whether the mark at `at` can open a quotation: one that may also close, or be an apostrophe, must stand ahead of
    a word and not behind one."""
    before, after, mark = text[at - 1 : at], text[at + 1 : at + 2], text[at]
    if mark in '"״':
        return bool(after.strip()) and (not _is_bound(before) or _is_prefixed(text, at))
    if mark in "‘‚":
        return not _is_bound(before) and bool(after.strip())
    if mark in "”»›":
        return not _is_bound(before) and before not in set(".,!?…") and after.isalnum()
    return True


def _is_bound(letter: str) -> bool:
    """Whether a letter or digit belongs to one word with what stands beside it."""
    return letter.isalnum() and not _UNBOUND.match(letter)


def _is_prefixed(text: str, at: int) -> bool:
    """Whether the mark opens a quotation onto whose front an "and", "that" or "in" is written."""
    word = text[at + 1 : at + 3]
    return len(word) == 2 and word.isalpha() and _PREFIX.search(text, max(0, at - _LONGEST_PREFIX), at) is not None


def _close(text: str, at: int) -> int | None:
    """Where the quotation that opens at `at` closes: the closing mark's index, a paragraph's end, or None."""
    mark, limit = text[at], min(len(text), at + _LONGEST_CHARS)
    paragraph = text.find("\n\n", at, limit)
    end = paragraph if paragraph >= 0 else limit
    depth, last = 1, None
    for found in _FOLLOWING[mark].finditer(text, at + 1, end):
        if _opens_within(text, found.start(), mark):
            depth += 1
        elif _may_close(text, found.start(), mark):
            depth, last = depth - 1, found.start()
            if not depth:
                return last
    if last is not None:
        return last
    return paragraph if paragraph >= 0 and mark in "“«" else None


def _opens_within(text: str, at: int, outer: str) -> bool:
    """Whether a mark opens a quotation in a quotation by the same marks: behind a space, where it may also close."""
    if text[at] != outer or outer in '"״‘‚”»›':
        return False
    return outer not in _CLOSERS[outer] or text[at - 1].isspace()


def _may_close(text: str, at: int, opener: str) -> bool:
    """Whether a mark can close; between two letters it is an apostrophe, or the gershayim of an acronym."""
    if text[at] not in _CLOSERS[opener]:
        return False
    before, after = text[at - 1], text[at + 1 : at + 2]
    if text[at] == "’":
        return not (before.isalpha() and _is_bound(after))
    return not (text[at] in '"״' and _HEBREW.match(before) and _HEBREW.match(after))
