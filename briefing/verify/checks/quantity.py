"""Quantity: how many, how much of it, and which kind, as its sentences have it.

Catches "all" for some, "only" put in, "at least" or "former" left out of a line that otherwise follows its sentence,
"President Orval" for "former President Orval", "the largest" where nothing is compared or it is one of the largest.
Lets pass a quantifier that went with its clause, and other words for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from briefing.language.annotation import Annotation
from briefing.language.patterns import anywhere, folded
from briefing.language.rows import row_of
from briefing.language.tables import table
from briefing.language.words import common_prefix, common_words, fold, stem
from briefing.types import Notice, Span
from briefing.verify.accounting import Unit, tokens_of
from briefing.verify.alignment import overlap
from briefing.verify.claim_context import ClaimContext, Finding, Severity

_SPEAKS_OF = 0.5
_LESS = {"all": {"most", "many", "some", "few"}, "most": {"many", "some", "few"}}


def knows(language: str) -> bool:
    """Whether its quantifiers are listed."""
    return bool(table(language, "quantifiers"))


def check(context: ClaimContext) -> Iterator[Finding]:
    """A finding for each quantity that was put in, or left out of what stayed."""
    if not context.own:
        return
    yield from _left_out(context)
    yield from _put_in(context)
    yield from _no_longer_former(context)
    yield from _the_most_of_all(context)


def _left_out(context: ClaimContext) -> Iterator[Finding]:
    if not context.account.is_close:
        return
    told = {stem(unit.key, context.language) for unit in context.account.put_in}
    for loss in context.account.lost:
        if loss.kind in ("count", "kind") and stem(fold(loss.text), context.language) not in told:
            reason = Notice("quantity: the sentence says “{said}” [{n}]", said=loss.text, n=loss.number)
            kind = ("quantifiers",) if loss.kind == "count" else ("function_words", "privative")
            row = row_of(loss.text, (0, len(loss.text)), context.language, *kind)
            yield Finding("fail", reason, (loss.text,), row=row)


def _put_in(context: ClaimContext) -> Iterator[Finding]:
    """A quantifier of more than the sentences have, or a superlative where they have none."""
    near = [one for one in context.nearest(2) if overlap(context.line.content, one) >= _SPEAKS_OF]
    if not near:
        return
    sorts = {one.sort for sentence in context.own for one in sentence.quantifiers}
    beside = {one.sort for sentence in near for one in sentence.quantifiers}
    starts = {unit.start for unit in context.account.put_in}
    for one in context.line.quantifiers:
        is_more = bool(_LESS.get(one.sort, set()) & beside) or (one.sort == "only" and context.account.is_close)
        if is_more and one.sort not in sorts and starts & set(range(one.start, one.end)):
            yield _unsaid(context.line, (one.start, one.end), one.sort, context.gravity)
    superlatives = folded("quantifiers", "superlatives", context.language)
    if any(superlatives & sentence.keys for sentence in context.own):
        return
    for word in context.line.words:
        if word.key in superlatives and word.start in starts:
            yield _unsaid(context.line, (word.start, word.end), "superlatives", context.gravity)


def _no_longer_former(context: ClaimContext) -> Iterator[Finding]:
    """ "President Orval" where the sentence has "former President Orval": title and name stayed, the rest went."""
    line, common = tokens_of(context.line), common_words(context.language)
    titles = {one.key: one for one, _ in _before_names(line, context.line) if not _is_qualified(line, one)}
    for sentence in context.own if titles else ():
        theirs = tokens_of(sentence)
        named = [one for one, _ in _before_names(theirs, sentence) if one.key in titles]
        others = [other for other in context.own if other is not sentence]
        for before, title in pairwise(theirs):
            if before.sort != "privative" or before.key in common or title not in named:
                continue
            if any(title.key in other.keys for other in others):
                continue
            said, mine = sentence.text[before.start : before.end], titles[title.key]
            reason = Notice("quantity: the sentence says “{said}” [{n}]", said=said, n=sentence.number)
            yield Finding("fail", reason, (context.line.text[mine.start : mine.end],))
            return


def _before_names(units: Sequence[Unit], line: Annotation) -> Iterator[tuple[Unit, Unit]]:
    """The words that stand ahead of a name, up to three, as a title does."""
    starts = {mention.start for mention in line.names if mention.is_sure}
    for at, unit in enumerate(units):
        behind = next((one for one in units[at + 1 : at + 4] if one.start in starts and not one.is_parted), None)
        if behind is not None and unit.sort == "content":
            yield unit, behind


def _is_qualified(units: Sequence[Unit], title: Unit) -> bool:
    """Whether a word that makes it another thing stands close ahead of a title."""
    at = units.index(title)
    return any(unit.sort == "privative" for unit in units[max(0, at - 3) : at])


def _the_most_of_all(context: ClaimContext) -> Iterator[Finding]:
    """ "The best loved book" where the sentence has "one of the best loved books"."""
    pattern = anywhere("quantifiers", "among_the_most", context.language)
    if pattern.search(context.line.text):
        return
    words = context.line.words
    for sentence in context.nearest(2):
        for match in pattern.finditer(sentence.text):
            most = next(word for word in reversed(sentence.words) if word.start < match.end())
            behind = next((word for word in sentence.words if word.start >= match.end()), None)
            mine = [one for one, two in pairwise(words) if behind and two.stem == behind.stem]
            told = next((one for one in mine if common_prefix(one.key, most.key) >= min(_ROOT, len(most.key))), None)
            if told is not None:
                reason = Notice("quantity: the sentence says “{said}” [{n}]", said=match.group(), n=sentence.number)
                yield Finding("fail", reason, (context.line.text[told.start : told.end],))
                return


_ROOT = 5  # letters that the forms of a superlative share: "größte", "größten"


def _unsaid(line: Annotation, span: Span, key: str, grave: Severity) -> Finding:
    said = line.text[slice(*span)]
    reason = Notice("quantity: “{said}” is not in its sentences", said=said)
    return Finding(grave, reason, (said,), row=row_of(line.text, span, line.vocabulary, "quantifiers", key))
