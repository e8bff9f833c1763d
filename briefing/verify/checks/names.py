"""Names: people, places, organisations and acronyms of a claim stand in its sentences, else in its document.

Catches a name from outside the document ("Trump's Board of Peace") and, where the claim follows its sentence closely,
one name put for another of the same document; a name a letter off ("Carlson" for "Carlsen", "Kim Jong-nam"), and the
first name of one with the surname of another. Lets pass a surname for the full name, an acronym whose expansion the
document gives, a name in another case, "Moroccan" for "Morocco", and a name of the document that its sentence only
means ("the president").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from briefing.language.annotation import Annotation, Lexicon
from briefing.language.entities import NameMention, same_name
from briefing.language.patterns import folded, word_list
from briefing.language.profile import profile
from briefing.language.transliteration import can_be
from briefing.language.words import Word, common_prefix, common_words, fold, same_word
from briefing.types import Notice
from briefing.verify import alignment
from briefing.verify.alignment import Slot
from briefing.verify.claim_context import ClaimContext, Finding

_KINDS = folded("titles", "institutions")
_ALSO_FIRST_NAMES = folded("titles", "also_first_names")


def check(context: ClaimContext) -> Iterator[Finding]:
    """A finding for every name of the claim that its sentences and its document do not have."""
    dates = context.line.dates
    replaced = _replaced(context)
    for mention in context.line.names:
        if any(date.start <= mention.start < date.end for date in dates):
            continue
        yield from _check_one(mention, context, replaced)
    yield from _described(context)
    yield from _other_tail(context)
    yield from _of_two_people(context)


def _check_one(mention: NameMention, context: ClaimContext, replaced: dict[int, str]) -> Iterator[Finding]:
    said = context.line.text[mention.start : mention.end].removesuffix("'s").removesuffix("’s")
    instead = replaced.get(mention.start)
    if _stands(mention, context, context.lexicon):
        if instead and _aligned_only(context):
            yield Finding(
                "fail",
                Notice("name: “{said}” stands where the sentence has “{other}”", said=said, other=instead),
                (said,),
            )
        elif _is_apart(mention, context) and (orphan := instead or _orphan_like(mention, context)):
            yield Finding(
                "fail",
                Notice("name: “{said}” is not in these sentences, which have “{other}”", said=said, other=orphan),
                (said,),
            )
        return
    if _stands(mention, context, context.document_lexicon):
        if instead:
            yield Finding(
                "fail",
                Notice("name: “{said}” stands where the sentence has “{other}”", said=said, other=instead),
                (said,),
            )
        elif orphan := _orphan_like(mention, context):
            yield Finding(
                "fail",
                Notice("name: “{said}” is not in these sentences, which have “{other}”", said=said, other=orphan),
                (said,),
            )
        elif mention.place and context.foreign and not context.own and _is_at_home(context):
            yield Finding(
                "fail", Notice("name: “{said}” does not stand in these sentences, in any language", said=said), (said,)
            )
        else:
            yield Finding("note", Notice("name: “{said}” stands in the post, not in these sentences", said=said))
        return
    if not mention.is_sure and not mention.place and not instead and not _is_name_by_company(mention, context):
        return
    if (mention.key in _KINDS and not instead) or _may_be_of_there(mention, context):
        yield Finding("note", Notice("name: “{said}” is not the text's word", said=said))
        return
    if context.foreign and not instead:
        yield from _translated(mention, said, context)
        return
    yield Finding("fail", Notice("name: “{said}” does not stand in the text", said=said), (said,))


def _may_be_of_there(mention: NameMention, context: ClaimContext) -> bool:
    """Whether a sentence can have the adjective of a place, beside the same words: "dänisch" for "Dänemark"."""
    if not mention.place:
        return False
    near, mine = _near(mention, context.line.words, context.language), {word.key for word in context.line.words}
    return any(
        common_prefix(word.key, mention.key) >= _OF_THERE
        and word.key not in mine
        and not near.isdisjoint(_stems_beside(word.start, sentence.words, sentence.language))
        for sentence in context.nearest(2)
        for word in sentence.words
    )


_OF_THERE = 3  # letters that a place and its adjective share: "Финляндия", "финский"


def _aligned_only(context: ClaimContext) -> bool:
    """Whether the claim follows one sentence so closely that a name it has from another one is a swap."""
    aligned = context.alignment
    return aligned is not None and aligned.follows >= 0.75


_MANY = 3


def _is_apart(mention: NameMention, context: ClaimContext) -> bool:
    """Whether a claim on many sentences has a name that neither those it follows nor the ones beside them have."""
    if len(context.own) <= _MANY or not _is_known(mention, context):
        return False
    whole = [other for other in context.line.names if other.group == mention.group]
    return not any(_stands(other, context, context.neighbourhood) for other in whole)


def _translated(mention: NameMention, said: str, context: ClaimContext) -> Iterator[Finding]:
    """A name that stands nowhere in the claim's own letters: found by its consonants, or not checked.

    Where the document itself is in the claim's language (an English post around a Hebrew tweet), a name that neither
    the post nor, by its sound, the tweet has is from elsewhere.
    """
    if _sounds(mention, context):
        return
    is_sure = mention.is_sure or context.line.text[mention.start : mention.end].endswith(("'s", "’s"))
    if _is_at_home(context) and is_sure and not mention.place:
        yield Finding("fail", Notice("name: “{said}” does not stand in the text", said=said), (said,))
    else:
        yield Finding(
            "not_run", Notice("name: “{said}” could not be looked up in another language", said=said), (said,)
        )


def _sounds(mention: NameMention, context: ClaimContext) -> bool:
    return any(can_be(mention.key, key, sentence.language) for sentence in context.foreign for key in sentence.keys)


def _is_at_home(context: ClaimContext) -> bool:
    """Whether the document is in the claim's language, and only the sentence it cites is not."""
    return any(document.language == context.language for document in context.documents)


def _described(context: ClaimContext) -> Iterator[Finding]:
    """ "Israeli journalist Itay Blumental" where no sentence puts Israel and that person together."""
    for index, mention in enumerate(context.line.names[:-1]):
        person = context.line.names[index + 1]
        between = context.line.text[mention.end : person.start].split()
        if (
            profile(context.language).capital_nouns
            or not mention.place
            or person.place
            or not 1 <= len(between) <= 3
            or mention.key == fold(str(mention.place))
        ):
            continue
        if any(word[:1].isupper() or word in _LINKS or not word.isalpha() for word in between):
            continue
        if not _stands(person, context, context.document_lexicon) or _together(mention, person, context):
            continue
        said = context.line.text[mention.start : mention.end]
        yield Finding(
            "fail", Notice("name: the text does not call “{other}” “{said}”", other=person.key, said=said), (said,)
        )


_LINKS = word_list("determiners", "between_names")


def _together(mention: NameMention, person: NameMention, context: ClaimContext) -> bool:
    """Whether some sentence, with the one before and after it, has both the place and the person."""
    for document in context.documents:
        for number, sentence in enumerate(document.annotations):
            if any(same_name(person.key, key, sentence.language) for key in sentence.keys):
                near = Lexicon(document.annotations[max(0, number - 1) : number + 2])
                if near.has_name(mention):
                    return True
    return False


def _other_tail(context: ClaimContext) -> Iterator[Finding]:
    """ "Kim Jong-nam" where the text has "Kim Jong-un": a small part behind a hyphen is of the name, too."""
    for mention, tail in _tails(context.line):
        if tail.key in context.document_lexicon.keys or tail.stem != tail.key:  # "-backed", "-led"
            continue
        for document in context.documents:
            for sentence in document.annotations:
                for other, part in _tails(sentence):
                    if other.key == mention.key and part.key != tail.key:
                        said = context.line.text[mention.start : tail.end]
                        instead = sentence.text[other.start : part.end]
                        reason = Notice(
                            "name: “{said}” stands where the sentence has “{other}”", said=said, other=instead
                        )
                        yield Finding("fail", reason, (said,))
                        return


def _tails(line: Annotation) -> Iterator[tuple[NameMention, Word]]:
    """The last capitalised word of each name of several, where a small word is joined to it by a hyphen."""
    named = {mention.start: mention for mention in line.names}
    sizes = Counter(mention.group for mention in line.names)
    for one, two in pairwise(line.words):
        mention = named.get(one.start)
        is_joined = not two.is_capital and line.text[one.end : two.start] in _HYPHENS
        if mention and is_joined and sizes[mention.group] > 1:
            yield mention, two


_HYPHENS = ("-", "‑")
_NEAR_WORDS = 6


def _of_two_people(context: ClaimContext) -> Iterator[Finding]:
    """ "Clara Weber" where the text has "Anna Weber" and "Clara Dupont", and nowhere puts these two words together."""
    sure = {mention.key for mention in context.line.names if _is_known(mention, context)}
    for person in _people(context.line):
        if person.first not in sure or any(_stand_together(person, sentence) for sentence in context.sentences):
            continue
        lines = [line for document in context.documents for line in document.annotations]
        others = [other for line in lines for other in _people(line)]
        given = [other for other in others if same_name(other.first, person.first, context.language)]
        family = [other for other in others if same_name(other.last, person.last, context.language)]
        if not given or not family or any(other in family for other in given):
            continue
        if not any(_stand_together(person, line) for line in lines):
            reason = Notice(
                "name: “{said}” is not in these sentences, which have “{other}”", said=person.said, other=family[0].said
            )
            yield Finding("fail", reason, (person.said,))


class _Person(NamedTuple):
    """A full name: its first and last word, folded, and as it stands."""

    first: str
    last: str
    said: str


def _people(line: Annotation) -> Iterator[_Person]:
    for mentions in (list(group) for _, group in groupby(line.names, key=attrgetter("group"))):
        said = line.text[mentions[0].start : mentions[-1].end]
        if _is_person(mentions[0], line.names) and said.count(" ") < len(mentions):
            yield _Person(mentions[0].key, mentions[-1].key, said)


def _stand_together(person: _Person, sentence: Annotation) -> bool:
    """Whether both words of a name stand near each other: "Anna and Clara Weber"."""
    if not {person.first, person.last} <= sentence.keys:
        return False
    keys = [word.key for word in sentence.words]
    first, last = ([at for at, key in enumerate(keys) if key == one] for one in (person.first, person.last))
    return any(abs(one - other) <= _NEAR_WORDS for one in first for other in last)


def _leans_outward(sentence: Annotation, before: int) -> bool:
    """Whether a pronoun stands ahead of the sentence's first name: it means somebody named elsewhere."""
    pronouns = folded("pronouns", "third_person", sentence.language) or word_list("pronouns", "they")
    return any(word.key in pronouns and word.start < before for word in sentence.words)


def _orphan_like(mention: NameMention, context: ClaimContext) -> str | None:
    """A name of the same sort that the sentences have and the claim has not: this one was put in its place.

    A country for a country, a city for a city, a person for a person; where a sentence has a "he", the claim may name
    him, and a place of another size may be the same place seen from farther off.
    """
    claim = context.line_lexicon
    for sentence in context.nearest(2):
        for other in sentence.names:
            if not _is_known(other, context) or claim.has_name(other):
                continue
            if same_word(mention.key, other.key):
                continue
            if _whole_person(mention, other, sentence, context):
                return sentence.text[other.start : other.end]
            if _near(mention, context.line.words, context.language).isdisjoint(
                _near(other, sentence.words, sentence.language)
            ):
                continue
            if mention.place and other.place:
                if (len(mention.place) == 2) == (len(other.place) == 2):
                    return sentence.text[other.start : other.end]
            elif (
                _is_person(mention, context.line.names)
                and _is_person(other, sentence.names)
                and not _leans_outward(sentence, other.start)
            ):
                return sentence.text[other.start : other.end]
            elif _stands_alone(mention, context.line.names) and _stands_alone(other, sentence.names):
                near = _near(mention, context.line.words, context.language) & _near(
                    other, sentence.words, sentence.language
                )
                if len(near) >= 2 and not _leans_outward(sentence, other.start):
                    return sentence.text[other.start : other.end]
    return None


def _stands_alone(mention: NameMention, names_: tuple[NameMention, ...]) -> bool:
    """Whether a name is one word, no acronym and no kind of body."""
    if mention.is_acronym or mention.key in _KINDS or mention.place:
        return False
    return sum(other.group == mention.group for other in names_) == 1


_SPEAKS_OF = 0.3


def _whole_person(mention: NameMention, other: NameMention, sentence: Annotation, context: ClaimContext) -> bool:
    """Whether one full name of a person stands for another in a claim that tells what this sentence tells."""
    mine = [item for item in context.line.names if item.group == mention.group]
    theirs = [item for item in sentence.names if item.group == other.group]
    claim = context.line_lexicon
    return (
        _is_person(mention, context.line.names)
        and _is_person(other, sentence.names)
        and not any(context.lexicon.has_name(item) for item in mine)
        and not any(claim.has_name(item) for item in theirs)
        and not _leans_outward(sentence, other.start)
        and alignment.overlap(context.line.content, sentence) >= _SPEAKS_OF
    )


def _is_known(mention: NameMention, context: ClaimContext) -> bool:
    """Whether a capital means a name: inside a sentence, or of a word that stands elsewhere so and never small."""
    if mention.is_sure:
        return True
    return mention.key in context.known_names


def _near(mention: NameMention, words_: tuple[Word, ...], language: str) -> frozenset[str]:
    """The stems of the words of content that stand beside a name, three on either side."""
    return _stems_beside(mention.start, words_, language)


def _stems_beside(start: int, words_: tuple[Word, ...], language: str) -> frozenset[str]:
    common = common_words(language)
    content = [word for word in words_ if word.key not in common or word.start == start]
    at = next((index for index, word in enumerate(content) if word.start == start), None)
    if at is None:
        return frozenset()
    return frozenset(word.stem for word in content[max(0, at - 3) : at + 4] if word.start != start)


def _is_person(mention: NameMention, names_: tuple[NameMention, ...]) -> bool:
    """Whether a name can be a person's: two or three words, none of them a place or a kind of body."""
    group = [other for other in names_ if other.group == mention.group]
    return 2 <= len(group) <= 3 and not any(
        other.place or other.is_acronym or other.key in _KINDS - _ALSO_FIRST_NAMES for other in group
    )


def _stands(mention: NameMention, context: ClaimContext, lexicon: Lexicon) -> bool:
    return (
        lexicon.has_name(mention)
        or (mention.is_acronym and any(mention.key in document.acronyms for document in context.documents))
        or _expands(mention, context, lexicon)
    )


def _expands(mention: NameMention, context: ClaimContext, lexicon: Lexicon) -> bool:
    """Whether the name this word belongs to spells out an acronym of the text."""
    initials = "".join(other.key[0] for other in context.line.names if other.group == mention.group)
    return len(initials) > 1 and any(
        initials[: len(initials) - cut] in lexicon.keys for cut in range(min(2, len(initials) - 1))
    )


def _is_name_by_company(mention: NameMention, context: ClaimContext) -> bool:
    """Whether a sentence's first word begins a longer name of which nothing stands in the text ("Emmanuel Macron")."""
    others = [other for other in context.line.names if other.group == mention.group and other is not mention]
    return any(other.is_sure and not _stands(other, context, context.document_lexicon) for other in others)


def _replaced(context: ClaimContext) -> dict[int, str]:
    """For a claim that follows its sentence closely: start of a name → the sentence's name that it replaces."""
    aligned = context.alignment
    if aligned is None or not aligned.is_close:
        return {}
    own = {mention.start: mention for mention in context.line.names}
    carried = {mention.start: mention for mention in aligned.sentence.names}
    claim = context.line_lexicon
    found: dict[int, str] = {}
    for slot in aligned.slots:
        if not slot.claimed or not slot.carried or len(slot.claimed) > 4 or len(slot.carried) > 6:
            continue
        left = [carried[word.start] for word in slot.carried if word.start in carried]
        left = [mention for mention in left if mention.is_sure and not claim.has_name(mention)]
        others = [
            word for word in slot.claimed if word.start not in own and word.key not in common_words(context.language)
        ]
        if others and aligned.follows < 0.8:
            left = [mention for mention in left if mention.place]
        for word in slot.claimed:
            if others and aligned.follows < 0.8 and not (word.start in own and own[word.start].place):
                continue
            if word.start in own and left and not _same_thing(own[word.start], left, context.line):
                found[word.start] = aligned.sentence.text[left[0].start : left[-1].end]
        if _is_misspelt(slot, own, carried, context.language):
            found[slot.claimed[0].start] = aligned.sentence.text[slot.carried[0].start : slot.carried[0].end]
    return found


def _is_misspelt(slot: Slot, own: Container[int], carried: Container[int], language: str) -> bool:
    """Whether what may be a name stands for another a letter off, though both open their sentences: "Carlson"."""
    if len(slot.claimed) != 1 or len(slot.carried) != 1:
        return False
    one, other = slot.claimed[0], slot.carried[0]
    if one.start not in own or other.start not in carried or min(len(one.key), len(other.key)) < _SHORTEST:
        return False
    at = common_prefix(one.key, other.key)
    rests = one.key[at:], other.key[at:]
    is_letter_off = rests[0][1:] == rests[1][1:] or rests[0][1:] == rests[1] or rests[0] == rests[1][1:]
    return is_letter_off and not same_name(one.key, other.key, language)


_SHORTEST = 5


def _same_thing(mention: NameMention, left: list[NameMention], line: Annotation) -> bool:
    """Whether the claim's word can be the sentence's name said otherwise: an acronym, or what one spells out."""
    initials = "".join(other.key[0] for other in left)
    spelt = "".join(other.key[0] for other in line.names if other.group == mention.group)
    is_spelt_out = any(other.is_acronym and other.key == spelt for other in left)
    return is_spelt_out or (mention.is_acronym and (mention.key in initials or initials in mention.key))
