"""Quotes: words between quotation marks are the text's own, word for word, and stand between marks there.

Catches “We will win” where the text has “We may win”: the text's words come back inside the marks where one or two are
others, else the line is withheld. Catches two quotations told as one, and words of the text that a line puts between
marks as if somebody had said them. Lets pass other marks, a soft hyphen, a cut marked with "…", and a name or what the
post itself says between marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from briefing.language.annotation import Annotated, Annotation, annotate
from briefing.language.function_words import sort_of
from briefing.language.modals import OUR_VOICES
from briefing.language.patterns import folded, word_list
from briefing.language.words import Word, common_words, fold
from briefing.types import Notice, Span
from briefing.verify.alignment import words_and_numbers
from briefing.verify.claim_context import ClaimContext, Finding
from briefing.verify.quoted_speech import (
    QuotedSpeech,
    blocks,
    is_name,
    is_torn,
    letters,
    parts,
    speech_of,
    speeches,
    stand_in,
)

_MOST_OTHERS = 2
_FEW = 3
_OF_THE_TEXT = word_list("the_post", "spoken_of")


def check(context: ClaimContext) -> Iterator[Finding]:
    """A finding for every quotation of the claim that is not the text's."""
    for span in context.line.quotations:
        quoted = context.line.text[slice(*span)]
        if not parts(quoted) or any(speech_of(quoted, document) for document in context.documents):
            continue
        if context.foreign and not context.own:
            yield Finding("not_run", Notice("quote: translated, so not the words of the text"), (quoted,))
        elif any(stand_in(parts(quoted), block) for document in context.documents for block in blocks(document)):
            yield from _put_between_marks(quoted, span, context)
        else:
            yield from _altered(quoted, span, context)


def _put_between_marks(quoted: str, span: Span, context: ClaimContext) -> Iterator[Finding]:
    """Words of the text that it does not quote: nobody's speech. Between marks they may be a name, or the post's own
    words; where that cannot be told, a reader is asked."""
    authors = {key for document in context.documents for key in fold(document.post.author or "").split()}
    keys = {word.key for word in context.line.words}
    if not keys.isdisjoint(OUR_VOICES | _OF_THE_TEXT | authors) or is_name(context.line, span):
        return
    quotes = [speech for document in context.documents for speech in speeches(document)]
    is_partly = any(stand_in(parts(speech.text), letters(quoted)) for speech in quotes)
    is_unclear = any(_is_unclear(document) for document in context.documents)
    is_said = quotes and not is_partly and not is_unclear and _is_said(span, context)
    reason = Notice("quote: the text does not have “{said}” between marks", said=quoted.strip())
    yield Finding("fail" if is_said else "note", reason, (quoted,))


def _is_unclear(document: Annotated) -> bool:
    """Whether a document quotes without marks, or with marks that do not pair."""
    texts = (document.text[one.start : one.end] for one in document.blocks)
    return document.genre.kind == "interview" or any(map(is_torn, texts))


def _is_said(span: Span, context: ClaimContext) -> bool:
    """Whether the line gives it as somebody's word: who says so stands outside of the marks, or a "that" ahead."""
    that = folded("clauses", "that", context.language)
    ahead = (word.key for word in context.line.words if word.end <= span[0])
    if any(key in that or sort_of(key, context.language) == "linking" for key in ahead):
        return True
    spans = context.line.quotations
    return any(not any(a <= voice.cue_start < b for a, b in spans) for voice in context.line.reports)


def _altered(quoted: str, span: Span, context: ClaimContext) -> Iterator[Finding]:
    """A quotation that the text has in other words: its own, where one or two are others or stand in another form."""
    text = context.line.text
    mine = [word for word in words_and_numbers(context.line) if span[0] <= word.start < span[1]]
    quotes = [speech for document in context.documents for speech in speeches(document)]
    others, own = min((_nearest(mine, speech) for speech in quotes), default=(len(mine), ""))
    if others > _MOST_OTHERS or 3 * others > len(mine) or len(parts(quoted)) > 1 or "\n" in own:
        yield Finding("fail", Notice("quote: these words do not stand in the text"), (quoted,))
    elif not others and len(mine) <= _FEW:  # bent to the line: « contraignants »
        yield Finding("note", Notice("quote: not the text's own words"), (quoted,))
    elif parts(own) != parts(quoted):
        own = _with_capital(own, as_in=text[mine[0].start])
        fits = own.startswith(text[mine[0].start : mine[0].end]) or not _hangs(context.line, span)
        put_right = text[: mine[0].start] + own + text[mine[-1].end :] if fits else None
        yield Finding("fail", Notice("quote: not the text's own words"), (quoted,), put_right)


def _nearest(mine: list[Word], speech: QuotedSpeech) -> tuple[int, str]:
    """How many words are others at the place of the speech that is most like, and its words there."""
    theirs = words_and_numbers(annotate(speech.text, speech.document.language))
    matcher = SequenceMatcher(None, [word.stem for word in mine], [word.stem for word in theirs], autojunk=False)
    found = [block for block in matcher.get_matching_blocks() if block.size]
    if not found:
        return len(mine) + 1, ""
    first, last = found[0], found[-1]
    low = max(0, first.b - first.a)
    high = min(len(theirs), last.b + len(mine) - last.a)
    if abs(len(mine) - (high - low)) > 1:
        return len(mine) + 1, ""
    others = max(len(mine), high - low) - sum(block.size for block in found)
    return others, speech.text[theirs[low].start : theirs[high - 1].end]


def _hangs(line: Annotation, span: Span) -> bool:
    """Whether a small word stands directly ahead of the marks, which another word behind it may not go with: "a"."""
    ahead = next((word for word in reversed(line.words) if word.end <= span[0]), None)
    is_near = ahead is not None and not line.text[ahead.end : span[0] - 1].strip()
    return ahead is not None and is_near and ahead.key in common_words(line.language)


def _with_capital(text: str, *, as_in: str) -> str:
    first = text[:1].upper() if as_in.isupper() else text[:1].lower() if as_in.islower() else text[:1]
    return first + text[1:]
