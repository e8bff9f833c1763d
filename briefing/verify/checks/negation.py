"""Negation: a claim says no where its sentences do, and nowhere else.

Catches a "not" dropped or added, "never" for "ever". Lets pass "refused to" for "did not", "not only", and a clause
that is left out together with its "not".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.language.annotation import Annotation
from briefing.language.antonyms import opposites
from briefing.language.negators import NEED, NO_NEED, RULING_OUT
from briefing.language.patterns import alternatives, anywhere, folded
from briefing.language.profile import profile
from briefing.language.rows import row_of
from briefing.language.tables import table
from briefing.language.words import Word, common_words, fold
from briefing.types import Notice, Span
from briefing.verify import alignment
from briefing.verify.alignment import Alignment
from briefing.verify.claim_context import ClaimContext, Finding
from briefing.verify.quoted_speech import is_in_speech

_SCOPE = 2


def knows(language: str) -> bool:
    """Whether its words that say no are listed."""
    known = table(language, "negators")
    return "negations" in known or "row" in known


def check(context: ClaimContext) -> Iterator[Finding]:
    """A finding where claim and sentence speak of the same thing and only one of them says no."""
    if not context.own:
        return
    findings = [*_added(context), *_dropped(context), *_turned_into_no(context)]
    yield from findings or _undecided(context)


def _undecided(context: ClaimContext) -> Iterator[Finding]:
    """Only one of claim and sentence says no, and of what cannot be told: its verb may have been left out as well."""
    nearest = context.nearest(1)[0]
    if bool(context.line.negations) == bool(nearest.negations or nearest.denials):
        return
    line = context.line if context.line.negations else nearest
    span = (*line.negations, *line.denials)[0]
    said = line.text[slice(*span)]
    yield Finding("not_run", Notice("only one of the two says no: “{said}”", said=said), row=_row(line, span))


def _row(line: Annotation, span: Span) -> str | None:
    """The row that says no there."""
    keys = ("negations", "row", "only_before", "contracted", "denials")
    return row_of(line.text, span, line.language, "negators", *keys)


def _scope(line: Annotation, span: tuple[int, int]) -> tuple[Word, ...]:
    """The first words of content that a negation covers: those behind it, in Japanese those before it."""
    common = common_words(line.language) | _AUXILIARIES
    content = [word for word in line.words if word.key not in common and len(word.key) > 1]
    end = next((last for first, last in line.quotations if first <= span[0] < last), len(line.text))
    content = [word for word in content if word.start < end]  # who says so is not denied
    if profile(line.language).cues_behind:
        return tuple(word for word in content if word.start <= span[0])[-_SCOPE:]
    return tuple(word for word in content if word.start >= span[1])[:_SCOPE]


_AUXILIARIES = folded("negators", "auxiliaries")


def _no_near(sentence: Annotation, stems: set[str]) -> bool | None:
    """Whether the sentence says no near these words; None where it does not have them."""
    places = [word.start for word in sentence.words if word.stem in stems]
    if not places:
        return None
    spans = (*sentence.negations, *sentence.denials)
    return any(-60 <= start - at <= 45 for start, _ in spans for at in places)


def _added(context: ClaimContext) -> Iterator[Finding]:
    aligned = context.alignment
    if context.line.text.rstrip().endswith(("?", "؟", "？")):
        return
    for span in context.line.negations:
        said = context.line.text[span[0] : span[1]]
        if _OF_THE_TEXT.match(context.line.text, span[1]) or _BY_THE_TEXT.search(context.line.text, 0, span[0]):
            continue
        if is_in_speech(context.line, span, context.documents):
            continue
        if aligned is not None and aligned.follows >= _NEARLY:
            if _put_in(span, context, aligned):
                yield _unsaid(context.line, span)
            continue
        if context.gravity != "fail":
            continue
        if fold(said) in _WEAK or _EXCEPT.search(context.line.text, span[1], span[1] + 60):
            continue
        near = context.nearest(2)
        if _NEVER.search(context.line.text) and any(_FIRST & sentence.keys for sentence in near):
            continue
        scope = {word.stem for word in _scope(context.line, span)}
        told = [one for one in near if alignment.overlap(context.line.content, one) >= _SPEAKS_OF]
        unsaid = any(scope & sentence.stems for sentence in told) and not any(_says_no(sentence) for sentence in near)
        if unsaid or _nobody_says_no(context, span) or _is_said_plainly(scope, context):
            yield _unsaid(context.line, span)


def _unsaid(line: Annotation, span: Span) -> Finding:
    said = line.text[slice(*span)]
    reason = Notice("negation: “{said}” is not in its sentences", said=said)
    return Finding("fail", reason, (said,), row=_row(line, span))


def _nobody_says_no(context: ClaimContext, span: tuple[int, int]) -> bool:
    """Whether the sentences that share the claim's words say no in no form, nor by an "un-" or an opposite."""
    near = [one for one in context.nearest(3) if alignment.overlap(context.line.content, one) >= _SPEAKS_OF]
    if not near or any(_says_no(sentence) for sentence in near):
        return False
    keys = frozenset(key for sentence in near for key in sentence.keys)
    scope = {word.key for word in _scope(context.line, span)}
    against = {other for key in scope for other in opposites(key, context.language)}
    new = keys - {word.key for word in context.line.words}
    is_main = bool(_VERBAL.search(context.line.text[: span[1]]))
    return is_main and not (against | _IMPLYING_NO) & keys and not any(_NEGATIVE.match(key) for key in new)


_NEGATIVE = re.compile(rf"(?:{alternatives('negators', 'prefixes')})[a-z]{{4}}")
_VERBAL = re.compile(rf"(?<!\w)(?:{alternatives('negators', 'of_the_verb')})$", re.IGNORECASE)
_IMPLYING_NO = folded("negators", "implying")


def _is_said_plainly(scope: set[str], context: ClaimContext) -> bool:
    """Whether its sentences have what the claim negates, two words of it close together, and say no nowhere near."""
    if len(scope) < _SCOPE or profile(context.language).cues_behind:
        return False
    found = [near for sentence in context.nearest(6) if (near := _no_beside(sentence, scope)) is not None]
    return bool(found) and not any(found)


_NEVER = anywhere("negators", "never")
_FIRST = folded("negators", "first_time")


def _no_beside(sentence: Annotation, scope: set[str]) -> bool | None:
    """Whether the sentence says no before these words; None where it does not have them all close together."""
    places = [word.start for word in sentence.words if word.stem in scope]
    held = {word.stem for word in sentence.words} & scope
    if held != scope or max(places) - min(places) > _CLOSE:
        return None
    spans = (*sentence.negations, *sentence.denials)
    return any(
        min(places) - 60 <= start <= max(places) + 45
        and not _BUT.search(sentence.text, max(places), max(start, max(places)))
        for start, _ in spans
    )


_BUT = re.compile(rf"[;:،]|,?\s(?:{alternatives('clauses', 'but')})\s", re.IGNORECASE)
_CLOSE = 40


def _turned_into_no(context: ClaimContext) -> Iterator[Finding]:
    """ "No need of" for "must", "rules out" for "does not rule out": a no that another word takes back or gives."""
    near = context.nearest(2)
    need = NO_NEED.search(context.line.text)
    if need and not any(NO_NEED.search(sentence.text) for sentence in near):
        for sentence in near:
            must = NEED.search(sentence.text)
            if must and alignment.overlap(context.line.content, sentence) >= _SPEAKS_OF:
                reason = Notice("negation: the sentence says “{said}” [{n}]", said=must.group(), n=sentence.number)
                yield Finding("fail", reason, (need.group(),), row=_row_of(context.line, need, "no_need"))
                return
    mine = _rules_out(context.line)
    for sentence in near if mine else ():
        theirs = _rules_out(sentence)
        if theirs and mine and theirs[1] != mine[1]:
            reason = Notice("negation: the sentence says “{said}” [{n}]", said=theirs[0].group(), n=sentence.number)
            yield Finding("fail", reason, (mine[0].group(),), row=_row_of(context.line, mine[0], "ruling_out"))
            return


_SPEAKS_OF = 0.4


def _row_of(line: Annotation, found: re.Match[str], key: str) -> str | None:
    return row_of(line.text, found.span(), line.language, "negators", key)


def _rules_out(line: Annotation) -> tuple[re.Match[str], bool] | None:
    """The one word of ruling out in a text and whether it is negated; None where there is none or more than one."""
    found = list(RULING_OUT.finditer(line.text))
    if len(found) != 1:
        return None
    start = found[0].start()
    return found[0], any(start - 30 <= at <= start + 14 for at, _ in line.negations)


_NEARLY = 0.7
_WEAK = folded("negators", "weak")
_EXCEPT = anywhere("negators", "unless")


def _put_in(span: tuple[int, int], context: ClaimContext, aligned: Alignment) -> bool:
    """Whether a "not" of a claim that follows its sentence stands where the sentence has none."""
    carried = {
        start
        for start, _ in (
            *aligned.sentence.negations,
            *aligned.sentence.denials,
        )
    }
    for slot in aligned.slots:
        if any(word.start == span[0] for word in slot.claimed):
            is_new = not any(word.start in carried for word in slot.carried) and not _moved(context, aligned)
            return is_new and not _is_of_another(span, context, aligned)
    if profile(context.language).cues_behind:
        return len(context.line.negations) > len(aligned.sentence.negations)
    return False


def _is_of_another(span: tuple[int, int], context: ClaimContext, aligned: Alignment) -> bool:
    """Whether another of its sentences says no of the same words: the line joins two."""
    scope = {word.stem for word in _scope(context.line, span)}
    return any(_no_near(one, scope) for one in context.own if one is not aligned.sentence)


def _moved(context: ClaimContext, aligned: Alignment) -> bool:
    """Whether a "not" of the sentence stands elsewhere in the claim: "found no trace" for "have not found any"."""
    sentence = aligned.sentence
    mine = [start for start, _ in context.line.negations]
    spans = (*sentence.negations, *sentence.denials)
    theirs = {start for start, _ in spans}
    added = [w for slot in aligned.slots for w in slot.claimed if w.start in mine]
    gone = [w for slot in aligned.slots for w in slot.carried if w.start in theirs]
    return len(gone) >= len(added) > 0


def _taken_out(span: tuple[int, int], context: ClaimContext, aligned: Alignment) -> bool:
    """Whether a "not" of the sentence is missing from a claim that follows it, and no more than that."""
    spans = (*context.line.negations, *context.line.denials)
    own = {start for start, _ in spans}
    for slot in aligned.slots:
        if any(word.start == span[0] for word in slot.carried):
            if any(word.start in own for word in slot.claimed) or any(
                _denies(word, slot.carried, context) for word in slot.claimed
            ):
                return False
            if _moved(context, aligned):
                return False
            return len(slot.carried) <= 3 or (not slot.is_edge and len(slot.carried) <= 5)
    return False


def _denies(word: Word, carried: tuple[Word, ...], context: ClaimContext) -> bool:
    """Whether the claim's word is the opposite of one of the sentence's: "refused" for "did not accept"."""
    return any(item.key in opposites(word.key, context.language) for item in carried)


# "… that the post does not source": what the text leaves out, whatever the verb.
_BY_THE_TEXT = re.compile(rf"\b(?:{alternatives('the_post', 'itself')})\W+(?:\w{{1,4}}\W+)?$", re.IGNORECASE)
# "None named", "does not say": of the text itself, not of what it tells.
_OF_THE_TEXT = re.compile(rf"\W*(?:\w+\W+)?(?:{alternatives('the_post', 'does_not_say')})\b", re.IGNORECASE)


def _says_no(sentence: Annotation) -> bool:
    return bool(sentence.negations or sentence.denials)


def _dropped(context: ClaimContext) -> Iterator[Finding]:
    aligned = context.alignment
    if aligned is None:
        return
    if profile(context.language).cues_behind:
        yield from _fewer(context, aligned)
        return
    stems = {word.stem for word in context.line.words}
    is_close = aligned.follows >= _NEARLY
    for sentence in (aligned.sentence,) if is_close else context.nearest(2):
        for span in sentence.negations:
            scope = _scope(sentence, span)
            is_lost = (
                _taken_out(span, context, aligned) and any(word.stem in stems for word in scope)
                if is_close
                else _is_lost(span, scope, context, sentence, stems)
            )
            if is_lost and scope:
                said = sentence.text[span[0] : span[1]]
                reason = Notice(
                    "negation: the sentence says “{said} … {other}” [{n}]",
                    said=said,
                    other=scope[0].key,
                    n=sentence.number,
                )
                yield Finding("fail", reason, (scope[0].key,), row=_row(sentence, span))
                return


def _fewer(context: ClaimContext, aligned: Alignment) -> Iterator[Finding]:
    """Where the "not" is an ending (Japanese): a claim that follows its sentence and has one less."""
    sentence = aligned.sentence
    here, there = (len(side.negations) for side in (context.line, sentence))
    if aligned.follows >= _NEARLY and here < there and not _is_shorter(context, sentence):
        reason = Notice("negation: a “not” of the sentence [{n}] is missing", n=sentence.number)
        yield Finding("fail", reason, row=_row(sentence, sentence.negations[-1]))


def _is_shorter(context: ClaimContext, sentence: Annotation) -> bool:
    return len(context.line.text) < 0.8 * len(sentence.text)


def _denied_here(context: ClaimContext, scope: tuple[Word, ...]) -> bool:
    """Whether the claim says no of the first word that the sentence negates, or somewhere near it."""
    spans = (*context.line.negations, *context.line.denials)
    if len(scope) < _SCOPE or not {word.stem for word in scope} <= {word.stem for word in context.line.words}:
        return bool(spans)
    at = [word.start for word in context.line.words if word.stem == scope[0].stem]
    return any(
        -45 <= start - place <= 25 and not _APART.search(context.line.text, min(start, place), max(start, place))
        for start, _ in spans
        for place in at
    )


_APART = re.compile(r"[,;:،؛]")


def _is_lost(
    span: tuple[int, int], scope: tuple[Word, ...], context: ClaimContext, sentence: Annotation, stems: set[str]
) -> bool:
    """Whether a claim told in other words has what the sentence negates, and says no nowhere."""
    if not scope or scope[0].stem not in stems or _BEFORE.search(sentence.text, span[1], span[1] + 60):
        return False
    if _denied_here(context, scope):
        return False
    if any(opposites(word.key, context.language) & {item.key for item in scope} for word in context.line.words):
        return False
    return alignment.overlap(context.line.content, sentence) >= 0.5 and not _stands_without(context, sentence, scope)


_BEFORE = anywhere("negators", "until_then")


def _stands_without(context: ClaimContext, sentence: Annotation, scope: tuple[Word, ...]) -> bool:
    """Whether another of its sentences says the same thing without a no."""
    stem = scope[0].stem
    return any(
        other is not sentence and stem in other.stems and _no_near(other, {stem}) is False for other in context.own
    )
