"""Characters that no reader sees, and white space: what of a text is left once both are in order.

Dropped: control characters, unpaired surrogates, and what Unicode calls default-ignorable (soft hyphens, zero-width
spaces, marks of direction, byte order marks, tags), for they change nothing a reader sees and hide words from a search.
Kept: variation selectors, the number signs of Arabic (format characters that are visible), the tags that make a flag of
England, Scotland or Wales, and the zero-width joiner and non-joiner beside a letter of a script that joins or stacks
its letters, or between two emoji.
"""

from __future__ import annotations

import re

_BLANK = "\u3164\uffa0\u2800"  # Hangul fillers and the empty braille cell: letters by name, blank to the eye
_UNSEEN_LETTERS = _BLANK + "\u034f\u115f\u1160\u17b4\u17b5"  # default-ignorable, but not of category Cf
_UNSEEN = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff0-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e00ff]+"
)
_FLAG = re.compile("\U0001f3f4(?:\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074"
                   "|\U000e0077\U000e006c\U000e0073)\U000e007f)")  # fmt: skip
_JOINER = re.compile("[\u200c\u200d]+")
# Arabic, Syriac, N'Ko, Mandaic; Indic scripts to Sinhala; Tibetan, Myanmar; Khmer, Mongolian; further Indic ones.
_JOINS = re.compile(
    "[\u0600-\u06ff\u0700-\u07ff\u0840-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1900-\u1cff\ua800-\uabff"
    "\ufb50-\ufdff\ufe70-\ufefe\U00010a00-\U00011fff\U0001e900-\U0001e95f]"
)
_EMOJI_BEFORE = re.compile("[\u00a9\u00ae\u203c-\u3299\ufe0f\U0001f000-\U0001faff]")
_EMOJI_AFTER = re.compile("[\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]")


def visible(text: str) -> str:
    """The text in one line: each run of white space one space, nothing invisible, nothing around it."""
    text = text.strip()
    # Printable is: no control, format or unassigned character, and no white space but the plain space.
    if text.isprintable():
        return " ".join(text.split()) if "  " in text else text
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join(without_invisible(text).split())


def has_unseen_letters(text: str) -> bool:
    """Whether the text holds characters that are letters, marks or symbols by category and yet not seen.

    `visible` does not look for them, for they are rare: ask once for a whole text, then call `without_invisible`.
    """
    return not text.isascii() and any([letter in text for letter in _UNSEEN_LETTERS])  # noqa: C419 - faster


def without_invisible(text: str) -> str:
    """The text without its invisible characters; white space stays as it is."""
    for blank in _BLANK:
        text = text.replace(blank, " ")
    flags = _FLAG.findall(text) if "\U000e007f" in text else []
    if flags:  # the tags of a flag are kept by keeping its place
        parts = [_UNSEEN.sub("", part) for part in _FLAG.split(text)]
        text = "".join(part + flag for part, flag in zip(parts, [*flags, ""], strict=True))
    else:
        text = _UNSEEN.sub("", text)
    if "\u200c" in text or "\u200d" in text:
        text = _JOINER.sub(_needed, text)
    return text


def _needed(joiners: re.Match[str]) -> str:
    """The joiners where the script needs them, else nothing."""
    text = joiners.string
    before, after = text[joiners.start() - 1 : joiners.start()], text[joiners.end() : joiners.end() + 1]
    if _JOINS.match(before) or _JOINS.match(after):
        return joiners[0]
    return "\u200d" if _EMOJI_BEFORE.match(before) and _EMOJI_AFTER.match(after) else ""
