"""Quotes: words between quotation marks must stand in the text, word for word.

Catches “We will win” where the text has “We may win”. Lets pass another style of quotation marks, a soft hyphen, a
cut marked with "…", and words that the text itself does not put between marks (a title, a coined term).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.language.annotation import Annotation
from briefing.language.plain_text import MARKS, plain
from briefing.language.quotation_marks import quotations
from briefing.language.words import words
from briefing.types import Notice
from briefing.verify.claim_context import ClaimContext, Finding

_ELLIPSIS = re.compile(r"\s*(?:\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3})\s*|\s*\[[^\]]{0,60}\]\s*")
_NEAR = 0.6


def check(context: ClaimContext) -> Iterator[Finding]:
    """A finding for every quotation of the claim that is not in the text: a repair where the words are nearly there."""
    text = context.line.text
    for start, end in reversed(quotations(text)):
        quoted = text[start:end]
        if _stands(quoted, context):
            continue
        yield _verdict(context, quoted)


def _stands(quoted: str, context: ClaimContext) -> bool:
    parts = [part.strip(" .,;:!?'") for part in _ELLIPSIS.split(plain(quoted))]
    parts = [part for part in parts if part]
    return all(any(_contains(sentence.plain, part) for sentence in _where(context)) for part in parts) or (
        len(parts) == 1 and _contains(" ".join(sentence.plain for sentence in context.sentences), parts[0])
    )


def _where(context: ClaimContext) -> Iterator[Annotation]:
    yield from context.sentences
    for document in context.documents:
        yield from document.annotations


def _contains(text: str, part: str) -> bool:
    """Whether the part stands in the text from word to word ("art" does not stand in "party")."""
    at = text.find(part)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + len(part) : at + len(part) + 1]
        if not (_glued(before) and _glued(part[:1])) and not (_glued(after) and _glued(part[-1:])):
            return True
        at = text.find(part, at + 1)
    return False


def _glued(letter: str) -> bool:
    return letter.isalnum() and letter < "\u2e80"


def _verdict(context: ClaimContext, quoted: str) -> Finding:
    if context.foreign and not context.own:
        return Finding(
            "repair",
            Notice("quote: translated, so not the words of the text; shown as reported speech"),
            (quoted,),
        )
    if _nearness(quoted, context) >= _NEAR:
        return Finding("repair", Notice("quote: not the text's own words; shown as reported speech"), (quoted,))
    return Finding("fail", Notice("quote: these words do not stand in the text"), (quoted,))


def _nearness(quoted: str, context: ClaimContext) -> float:
    """The share of the quotation's words that one sentence of the text has."""
    wanted = [word.stem for word in words(quoted, context.language)]
    if not wanted:
        return 0.0
    return max(
        (sum(stem in sentence.stems for stem in wanted) / len(wanted) for sentence in context.sentences), default=0.0
    )


def without_marks(text: str, quoted: str) -> str:
    """The text with the marks around these words left out."""
    at = text.find(quoted)
    if at <= 0:
        return text
    end = at + len(quoted)
    tail = text[end + 1 :] if end < len(text) and MARKS.fullmatch(text[end]) else text[end:]
    head = text[: at - 1] if MARKS.fullmatch(text[at - 1]) else text[:at]
    return head + quoted.strip() + tail
