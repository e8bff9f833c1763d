"""Polarity and roles: "rose" for "fell", "A beat B" for "B beat A".

Catches an opposite put in place of a sentence's word, and two names that changed places around the same verb. Lets pass
an opposite together with a negation ("did not accept" for "rejected"), a passive, and an opposite that the sentences
use as well.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from briefing.language.annotation import Annotation
from briefing.language.antonyms import opposites, pairs_without_spaces, understated
from briefing.language.entities import Mention, same_name
from briefing.language.words import Word, common_words, fold
from briefing.verify import alignment
from briefing.verify.alignment import Alignment, Slot
from briefing.verify.claim_context import ClaimContext, Finding


def check(context: ClaimContext) -> Iterator[Finding]:
    """A finding for an opposite, and for names that changed places."""
    if context.language in {"ja", "zh"}:
        yield from _opposed_unspaced(context)
        return
    yield from _opposed(context)
    found = list(_in_each_others_place(context)) or [*_turned_round(context), *_another_object(context)]
    yield from found or _exchanged(context)


def _opposed(context: ClaimContext) -> Iterator[Finding]:
    keys = {key for sentence in context.own for key in sentence.keys}
    mine = {word.key for word in context.line.words}
    aligned = context.alignment
    for word in context.line.words:
        against = opposites(word.key, context.language)
        if not against or (aligned is None):
            continue
        slot = _slot_of(word, aligned)
        is_weak = word.key in WEAK
        if (
            slot is not None
            and aligned.follows >= (0.75 if is_weak else 0.6)
            and any(item.key in against for item in slot.carried)
        ):
            other = next(item.key for item in slot.carried if item.key in against)
            if other not in mine and not _turned(context, aligned.sentence, word, other):
                yield _finding(word, other, context, aligned.sentence)
                continue
        if word.key in keys or any(item.stem == word.stem for sentence in context.own for item in sentence.words):
            continue
        if not is_weak:
            yield from _by_context(word, against, context, mine)
    yield from _before_the_same_word(context)


def _before_the_same_word(context: ClaimContext) -> Iterator[Finding]:
    """ "The least frequent" for "the most frequent": opposites, each right before the same word of content."""
    common = common_words(context.language)
    content = tuple(word for word in context.line.words if word.key not in common)
    pairs = [
        (one, two, context.line.words) for one, two in itertools.pairwise(context.line.words) if two.key not in common
    ]
    pairs += [(one, two, content) for one, two in itertools.pairwise(content) if one.key not in WEAK]
    for one, two, of in pairs:
        against = opposites(one.key, context.language) | understated(one.key, context.language)
        if not against or len(two.key) < 4 or _stand_together(one, two, context):
            continue
        for sentence in context.nearest(3):
            theirs = [word for word in sentence.words if of is context.line.words or word.key not in common]
            ahead = [word for word, following in itertools.pairwise(theirs) if following.stem == two.stem]
            if not any(word.key in against for word in ahead):
                continue
            other = next(word.key for word in ahead if word.key in against)
            if not _turned(context, sentence, one, other):
                yield _finding(one, other, context, sentence)
                return


# Opposites only where nothing else changes: too common, or roles of people that a paraphrase turns round.
WEAK = frozenset(
    map(
        fold,
        "before after ahead earlier later since first last final up down left right more less man men woman "
        "women husband wife "
        "father mother son daughter brother sister over under above below near close far long short keep kept "
        "change leave left "
        "take took given give come came went return returned add follow followed lead led end ends open close "
        "mari femme épouse "
        "fille fils père mère frère sœur marido mujer esposa hijo hija padre madre hermano hermana plus moins "
        "avant après part "
        "pour contre haut bas más menos antes después tras todo nada mucho poco muchos bien mal "
        "buy buys bought buying purchase purchased sell sells "
        "sold selling sale import export lend lent borrow borrowed "
        "teach taught learn learned win wins won winning lose "
        "loses lost losing beat beats defeat defeated victory loss "
        "send sent receive received achète acheté achat vend vendu "
        "vente gagne gagné perd perdu bat battu victoire défaite "
        "compra compró vende vendió venta gana ganó pierde perdió vence venció victoria derrota "
        "قبل بعد אחרי לפני mais".split(),
    )
)


def _slot_of(word: Word, aligned: Alignment) -> Slot | None:
    return next((slot for slot in aligned.slots if word in slot.claimed and len(slot.carried) <= 6), None)


def _finding(word: Word, other: str, context: ClaimContext, sentence: Annotation) -> Finding:
    said = context.line.text[word.start : word.end]
    return Finding("polarity", "fail", f"polarity: “{said}” for “{other}” [{sentence.number}]", (said,))


def _by_context(word: Word, against: frozenset[str], context: ClaimContext, mine: set[str]) -> Iterator[Finding]:
    """In a claim told in other words: an opposite beside the very words that the claim has beside this one."""
    common = common_words(context.language)
    around = _beside(word.start, context.line.words, common)
    if len(around) < 2:
        return
    for sentence in context.own:
        near = alignment.overlap(context.line.content, sentence) >= 0.4
        for item in sentence.words:
            if item.key not in against or item.key in mine or item.key in common:
                continue
            shared = around & _beside(item.start, sentence.words, common)
            if (len(shared) >= 2 or (shared and near)) and not _turned(context, sentence, word, item.key):
                yield _finding(word, item.key, context, sentence)
                return


def _beside(start: int, words: tuple[Word, ...], common: frozenset[str]) -> frozenset[str]:
    content = [item for item in words if item.key not in common or item.start == start]
    at = next((index for index, item in enumerate(content) if item.start == start), None)
    if at is None:
        return frozenset()
    return frozenset(item.stem for item in content[max(0, at - 3) : at + 4] if item.start != start)


def _turned(context: ClaimContext, sentence: Annotation, word: Word, other: str) -> bool:
    """Whether exactly one side negates its word: "did not accept" is "rejected"."""
    here = any(0 <= word.start - end <= 25 for _, end in context.line.negations)
    starts = [item.start for item in sentence.words if item.key == other]
    there = any(0 <= start - end <= 25 for _, end in sentence.negations for start in starts)
    return here != there


def _opposed_unspaced(context: ClaimContext) -> Iterator[Finding]:
    aligned = context.alignment
    if aligned is None or aligned.follows < 0.5:
        return
    text, said = context.line.text, aligned.sentence.text
    for pair in pairs_without_spaces():
        for one, other in (pair, pair[::-1]):
            if text.count(one) > said.count(one) and said.count(other) > text.count(other):
                yield Finding(
                    "polarity", "fail", f"polarity: “{one}” for “{other}” [{aligned.sentence.number}]", (one,)
                )
                return


def _stand_together(one: Word, two: Word, context: ClaimContext) -> bool:
    """Whether a sentence of the document has both words near each other."""
    for document in context.documents:
        for sentence in document.annotations:
            if one.stem in sentence.stems and two.stem in sentence.stems:
                here = [word.start for word in sentence.words if word.stem == one.stem]
                there = [word.start for word in sentence.words if word.stem == two.stem]
                if any(abs(left - right) < _TOGETHER for left in here for right in there):
                    return True
    return False


_TOGETHER = 60


# --- roles ------------------------------------------------------------------------------------------------------------

_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|been|being|be)\s(?:\w+ly\s)?\w+(?:ed|en|wn|ght|ld|de|nt|ck|ot|t|n)\s(?:\w+\s){0,4}?by\b"
    r"|\b(?:est|sont|était|étaient|été|fut|furent)\s[^\W\d_]+(?:é|ée|és|ées|i|ie|is|ies|u|ue|us|ues|it|ite)\s(?:\w+\s){0,4}?par\b"
    r"|\b(?:es|son|fue|fueron|era|sido|ha sido)\s[^\W\d_]+(?:ad[oa]s?|id[oa]s?|to|ta|cho|cha)\s(?:\w+\s){0,4}?por\b",
    re.I,
)


def _in_each_others_place(context: ClaimContext) -> Iterator[Finding]:
    """Two names of a sentence, each where the other stood, with more than a list between them."""
    aligned = context.alignment
    if aligned is None or aligned.follows < _SURE:
        return
    own = {mention.start: mention for mention in context.line.names}
    carried = {mention.start: mention for mention in aligned.sentence.names}
    moved: list[tuple[Mention, Mention]] = []
    for slot in aligned.slots[:40]:
        mine = [own[word.start] for word in slot.claimed if word.start in own]
        theirs = [carried[word.start] for word in slot.carried if word.start in carried]
        if mine and theirs:
            moved.append((mine[-1], theirs[-1]))
    for index, (here, there) in enumerate(moved):
        for other, beyond in moved[index + 1 :]:
            if (
                same_name(here.key, there.key)
                or not same_name(here.key, beyond.key)
                or not same_name(other.key, there.key)
            ):
                continue
            if _has_content(context, here.end, other.start):
                said = (context.line.text[here.start : here.end], context.line.text[other.start : other.end])
                reason = f"roles: “{said[0]}” and “{said[1]}” have changed places [{aligned.sentence.number}]"
                yield Finding("roles", "fail", reason, said)
                return


_CLOSE = 30


def _turned_round(context: ClaimContext) -> Iterator[Finding]:
    """ "A beat B" for "B beat A", told in however other words: the same verb right between the same two names."""
    if context.language == "ar" or _PASSIVE.search(context.line.text):
        return
    claimed = _with_verb_between(context.line.names, context.line.words, context.line.text, context.language)
    for sentence in context.nearest(3) if claimed else ():
        if _PASSIVE.search(sentence.text):
            continue
        carried = _with_verb_between(sentence.names, sentence.words, sentence.text, sentence.language)
        if any(_same_pair(one, other) for one in claimed for other in carried):
            continue
        for one in claimed:
            turned = (one[1], one[0], one[2])
            if any(_same_pair(turned, other) for other in carried):
                said = tuple(context.line.text[mention.start : mention.end] for mention in one[:2])
                reason = f"roles: “{said[0]}” and “{said[1]}” have changed places [{sentence.number}]"
                yield Finding("roles", "fail", reason, said)
                return


_FEW = 14


def _another_object(context: ClaimContext) -> Iterator[Finding]:
    """ "Chose Ciotti" for "chose Solère": one verb with another name right behind it, both names of the sentence."""
    if context.language not in {"en", "fr", "es"}:
        return
    mine = _verb_and_name(context.line.words, context.line.names, context.line.text, context.language)
    for sentence in context.nearest(2) if mine else ():
        if bool(_PASSIVE.search(context.line.text)) != bool(_PASSIVE.search(sentence.text)):
            continue
        theirs = _verb_and_name(sentence.words, sentence.names, sentence.text, sentence.language)
        for verb, name in mine:
            others = [other for stem, other in theirs if stem == verb]
            if len(others) != 1 or same_name(others[0].key, name.key) or others[0].place != name.place:
                continue
            held = [item for item in sentence.names if same_name(item.key, name.key)]
            if any(item.group == others[0].group or _listed(item, others[0], sentence) for item in held):
                continue
            mine_too = [item for item in context.line.names if same_name(others[0].key, item.key)]
            if any(item.group == name.group or _listed(item, name, context.line) for item in mine_too):
                continue
            if mine_too and context.lexicon.has_name(name.key):
                said = context.line.text[name.start : name.end]
                other_ = sentence.text[others[0].start : others[0].end]
                reason = f"roles: “{said}” stands where the sentence has “{other_}” [{sentence.number}]"
                yield Finding("roles", "fail", reason, (said,))
                return


def _listed(one: Mention, two: Mention, line: Annotation) -> bool:
    """Whether nothing but a list stands between two names."""
    first, last = sorted((one, two), key=lambda mention: mention.start)
    between = [word for word in line.words if first.end <= word.start < last.start]
    return all(word.is_capital or word.key in common_words(line.language) for word in between)


def _verb_and_name(
    words: tuple[Word, ...], names: tuple[Mention, ...], text: str, language: str
) -> list[tuple[str, Mention]]:
    """Small words of content with the full name that stands right behind them: (stem, the name's last word)."""
    common = common_words(language)
    last = {mention.group: mention for mention in names}
    found: list[tuple[str, Mention]] = []
    for group, mention in last.items():
        whole = [item for item in names if item.group == group]
        if not 2 <= len(whole) <= 3 or any(item.place or item.is_acronym for item in whole):
            continue
        start = whole[0].start
        before = [word for word in words if word.end <= start and word.key not in common]
        if not before or before[-1].is_capital or len(before[-1].key) < 4:
            continue
        gap = text[before[-1].end : start]
        if len(gap) <= _FEW and not re.search(r"[,;:.()]", gap):
            found.append((before[-1].stem, mention))
    return found


_Pair = tuple[Mention, Mention, str]


def _same_pair(one: _Pair, other: _Pair) -> bool:
    return one[2] == other[2] and same_name(one[0].key, other[0].key) and same_name(one[1].key, other[1].key)


def _with_verb_between(names: tuple[Mention, ...], words: tuple[Word, ...], text: str, language: str) -> list[_Pair]:
    """Two names that follow each other, with the first word of content between them, no comma and little else."""
    common = common_words(language)
    found: list[_Pair] = []
    firsts = _firsts(names)
    for one, two in (*itertools.pairwise(firsts), *zip(firsts, firsts[2:], strict=False)):
        between = text[one.end : two.start]
        content = [word for word in words if one.end <= word.start < two.start and word.key not in common]
        content = [word for word in content if not word.is_capital]
        if len(between) <= _CLOSE and 1 <= len(content) <= 2 and not re.search(r"[,;:.]", between):
            found.append((one, two, content[0].stem))
    return found


def _has_content(context: ClaimContext, start: int, end: int) -> bool:
    """Whether a word of content that is no name stands between: a list of names has none."""
    common, starts = common_words(context.language), {mention.start for mention in context.line.names}
    between = [word for word in context.line.words if start <= word.start < end]
    return any(word.key not in common and word.start not in starts and len(word.key) > 2 for word in between)


def _exchanged(context: ClaimContext) -> Iterator[Finding]:
    """Two names in the other order around the same words; a passive on one side only turns the order round rightly."""
    aligned = context.alignment
    if aligned is None or aligned.follows < 0.5:
        return
    sentence = aligned.sentence
    if bool(_PASSIVE.search(context.line.text)) != bool(_PASSIVE.search(sentence.text)):
        return
    claimed, carried = _firsts(context.line.names), _firsts(sentence.names)
    order = [(mention, found) for mention in claimed if (found := _find(mention, carried))]
    for (one, there_one), (two, there_two) in itertools.pairwise(order):
        if one.group == two.group or there_one.group == there_two.group or there_one.start < there_two.start:
            continue
        between = context.line.text[one.end : two.start]
        beyond = sentence.text[there_two.end : there_one.start]
        if _only_listed(between) or not _same_between(between, beyond, context, sentence, one, two):
            continue
        said = (context.line.text[one.start : one.end], context.line.text[two.start : two.end])
        reason = f"roles: “{said[0]}” and “{said[1]}” have changed places [{sentence.number}]"
        yield Finding("roles", "fail" if aligned.follows >= _SURE else "note", reason, said)
        return


_SURE = 0.7


def _firsts(names: tuple[Mention, ...]) -> list[Mention]:
    """The last word of every name: the surname, where it is a person's; a name that stands twice is left out."""
    last = {mention.group: mention for mention in names if mention.end - mention.start > 1}
    keys = [mention.key for mention in last.values()]
    return [mention for mention in last.values() if keys.count(mention.key) == 1]


def _find(mention: Mention, carried: list[Mention]) -> Mention | None:
    return next((other for other in carried if same_name(mention.key, other.key)), None)


def _only_listed(between: str) -> bool:
    """Whether nothing but a list stands between two names: "A and B" may be said in either order."""
    return bool(
        re.fullmatch(
            r"[\s,;&]*(?:and|et|y|e|или|и|та|and the|et la|et le|ou|or|o|,)?[\s,;&]*(?:[^\W\d_]+\s?){0,1}",
            between,
            re.I,
        )
    )


def _same_between(
    between: str, beyond: str, context: ClaimContext, sentence: Annotation, one: Mention, two: Mention
) -> bool:
    """Whether the same verb stands between the two names on both sides."""
    common = common_words(context.language)
    here = {word.stem for word in context.line.words if one.end <= word.start < two.start and word.key not in common}
    low = sentence.text.find(beyond) if beyond else -1
    if low < 0:
        return False
    there = {word.stem for word in sentence.words if low <= word.start < low + len(beyond) and word.key not in common}
    if not here or not there:
        return between.split() == beyond.split()
    return len(here & there) >= 0.6 * max(len(here), len(there))
