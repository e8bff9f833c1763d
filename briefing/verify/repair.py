"""Repairs: the text's own words, put back into a line at the place where the line left them out.

A repair writes nothing that the sentence does not have: who says so and how sure it is come back in the sentence's own
grammar, where they stand there. Where the line does not follow its sentence so closely that the place can be told,
there is no repair.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from briefing.language.annotation import Annotation
from briefing.language.words import Word, common_words
from briefing.types import Span
from briefing.verify.alignment import words_and_numbers
from briefing.verify.small_words import is_form, joins, leans, opens_clause

_PAUSE = re.compile(r"[,;:()\[\]—–،؛，；：、!?؟！？\n]|\s-\s")
_MARK = re.compile(r"[,;:—–،؛，；：、!?؟！？\n]|\s-\s")
_QUOTE = re.compile(r"[“”„‟«»‹›\"「」『』]|(?<!\w)['‘’]|['‘’](?!\w)")
_COLONS = ":："
_STOPS, _CLOSERS = " .。।…", '”»“"」』’'
# Words that may stand beside who says so: “said on Wednesday that”, “…, officials said in a statement”.
_MOST_BESIDE = 6
_FOLLOWS = 0.6


_Pair = tuple[Word, Word]


def put_back(line: Annotation, sentence: Annotation, span: Span) -> str | None:
    """The line with `sentence.text[span]`, which it left out, at the place where the sentence has it.

    None where that place cannot be told: words of content in the line are not the sentence's, others were left out
    there, too, or a pause parts the span from what the line kept. Words of the headline, or that mean somebody whom
    another sentence names, are never put back.
    """
    pairs, follows = _pairs(line, sentence, span)
    left = next((pair for pair in reversed(pairs) if pair[1].end <= span[0]), None)
    right = next((pair for pair in pairs if pair[1].start >= span[1]), None)
    if sentence.number == 0 or follows < _FOLLOWS or leans(sentence.between(*span), sentence.language):
        return None
    if left and right:
        is_aside = _PAUSE.search(sentence.text, left[1].end, right[1].start)
        return None if is_aside and follows < 1 else _between(line, sentence, span, left, right)
    if follows < 1:
        return None
    if right:
        return _ahead(line, sentence, span, right)
    return _behind(line, sentence, span, left) if left else None


def _pairs(line: Annotation, sentence: Annotation, span: Span) -> tuple[list[_Pair], float]:
    """The words of the line beside those of the sentence outside of the span, in order, and the share of its words of
    content that have one beside them anywhere."""
    mine, theirs, common = words_and_numbers(line), words_and_numbers(sentence), common_words(line.language)
    matcher = SequenceMatcher(None, [word.stem for word in mine], [word.stem for word in theirs], autojunk=False)
    found = [(mine[a + n], theirs[b + n]) for a, b, size in matcher.get_matching_blocks() for n in range(size)]
    content = {word for word in mine if word.key not in common}
    share = len(content & {one for one, _ in found}) / len(content) if len(content) > 1 else 0.0
    return [(one, other) for one, other in found if not span[0] <= other.start < span[1]], share


def _between(line: Annotation, sentence: Annotation, span: Span, left: _Pair, right: _Pair) -> str | None:
    """Between two words that are neighbours in the line but for small ones, or another form: "may have" for "has"."""
    start, end, common = left[1].end, right[1].start, common_words(line.language)
    gone = [word for word in words_and_numbers(sentence) if start <= word.start < end]
    instead = [word for word in words_and_numbers(line) if left[0].end <= word.start < right[0].start]
    spans = [span, *((mark.start, mark.end) for mark in sentence.hedges)]
    beside = [word for word in gone if not any(a <= word.start < b for a, b in spans)]
    if len(beside) > _MOST_BESIDE or any(opens_clause(word.key, line.language) for word in beside):
        return None
    told, left_out = [word.key for word in instead], [word.key for word in gone]
    if any(key not in common and not is_form(key, left_out) for key in told):
        return None
    if any(word.key not in common and not is_form(word.key, told) for word in beside):
        return None
    if any(begins < right[0].start and ends > left[0].end for begins, ends in line.negations):
        return None
    mine, theirs = line.text[left[0].start : left[0].end], sentence.text[left[1].start : left[1].end]
    if mine.casefold() != theirs.casefold():  # "Weber’s" for "Weber"
        return None
    gap = line.text[left[0].end : right[0].start]
    if _PAUSE.search(gap) or _QUOTE.search(gap) or _QUOTE.search(sentence.text[start:end]):
        return None
    return line.text[: left[0].end] + sentence.text[start : right[1].end] + line.text[right[0].end :]


def _ahead(line: Annotation, sentence: Annotation, span: Span, right: _Pair) -> str | None:
    """Ahead of the line's first word: "The ministry said on Monday that"."""
    head, gap = line.text[: right[0].start], sentence.text[span[1] : right[1].start]
    before = sentence.text[: span[0]]
    if re.search(r"\w", before) and not _PAUSE.search(before.rstrip()[-1:]):
        return None
    if _QUOTE.sub("", head).strip() or bool(_QUOTE.search(head)) != bool(_QUOTE.search(gap)):
        return None
    words = re.findall(r"\w+", gap)
    if words and (len(words) > _MOST_BESIDE or _PAUSE.search(gap)):
        return None
    opening = sentence.text[span[0] : right[1].end]
    return opening[:1].upper() + opening[1:] + line.text[right[0].end :]


def _behind(line: Annotation, sentence: Annotation, span: Span, left: _Pair) -> str | None:
    """Behind the line's last word: ", officials said on Wednesday"."""
    tail, gap = line.text[left[0].end :], sentence.text[left[1].end : span[0]]
    passed = list(re.finditer(r"\w+", gap))
    mark = gap[passed[-1].end() :] if passed else gap
    if passed and (len(passed) > _MOST_BESIDE or not _PAUSE.search(mark) or _PAUSE.search(gap[: -len(mark)])):
        return None
    if _QUOTE.sub("", tail).strip(_STOPS) or bool(_QUOTE.search(tail)) != bool(_QUOTE.search(mark)):
        return None
    end = _end_of_saying(sentence, span[1])
    said = sentence.text[span[0] : end].rstrip(_STOPS + _CLOSERS)
    if end is None or _QUOTE.search(said):
        return None
    stop = _QUOTE.sub("", tail).strip() or "."
    return line.text[: left[0].end] + mark + said + stop


def _end_of_saying(sentence: Annotation, start: int) -> int | None:
    """Where the words on when and where it was said end: at the next mark, where that is near; None in brackets."""
    text = sentence.text
    mark = _MARK.search(text, start)
    end = mark.start() if mark else len(text.rstrip(_STOPS))
    words = sentence.between(start, end)
    goes_on = mark is not None and mark.group() in _COLONS
    if len(words) <= _MOST_BESIDE and not goes_on and not any(joins(word.key, sentence.language) for word in words):
        return end
    return None if text[start:].lstrip().startswith(("(", "[")) else start
