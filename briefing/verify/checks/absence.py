"""Absence: lines that say what is not in the posts; they need no evidence, and are checked against every sentence.

Catches "No word from Rabat" where a sentence has Rabat saying something, "how many soldiers" where a number counts
them, and what smuggles a statement in: a number, an address, a name that the posts lack, "why he was arrested" where
nobody was. Lets pass "how many, when", and a thing whose words stand in a sentence apart, or in a question only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from briefing.language.annotation import Annotated, Annotation, annotate
from briefing.language.function_words import sort_of
from briefing.language.modals import leaning
from briefing.language.patterns import alternatives, anywhere, folded
from briefing.language.words import common_words, fold, script, words
from briefing.types import Notice
from briefing.verify.claim_context import Finding

_LINE = re.compile(rf"^\W*(?:{alternatives('the_post', 'not_said')})", re.IGNORECASE)
_UNSAID = folded("the_post", "unsaid")


def is_line(text: str) -> bool:
    """Whether a line says what the posts do not say."""
    return bool(_LINE.match(text))


def check(text: str, language: str, documents: Iterable[Annotated]) -> Iterator[Finding]:
    """A finding for each thing a line calls missing that a sentence of the posts has."""
    read = tuple(documents)
    groups = re.split(r"[;؛]", text.partition(":")[2] or text)
    fault = next((fault for group in groups for fault in _faults(group, language, read)), None)
    if fault is not None:
        yield fault
        return
    sentences = [sentence for document in read for sentence in document.annotations[1:]]
    for group in groups:
        is_word_from = bool(_WORD_FROM.search(group))
        for part in _PARTS.split(group):
            yield from _present(part, language, sentences, is_word_from)


_MOST_WORDS = 12
_ADDRESS = re.compile(r"\w\.\w|://|[@<>\[\]`|]|\bwww\b")
_OPENING = re.compile(r"(?:^|[,،、])\s*$")
_STATEMENT = re.compile(r"\.\s|[:!]")


def _faults(said: str, language: str, documents: Sequence[Annotated]) -> Iterator[Finding]:
    """What a line of what is missing may not hold: it names a thing, and states nothing."""
    line = annotate(said.strip().rstrip("."), language)
    if len(line.content) > _MOST_WORDS:
        yield Finding("fail", Notice("absence: more than {n} words", n=_MOST_WORDS), (said,))
    if any(character.isdigit() for character in said) or any(one.kind == "number" for one in line.quantities):
        yield Finding("fail", Notice("absence: it gives a number"), (said,))
    if _ADDRESS.search(said) or any(unicodedata.category(character) in ("Cc", "Cf", "Co") for character in said):
        yield Finding("fail", Notice("absence: it gives an address, or characters that nobody sees"), (said,))
    inside = [start for start, _ in line.negations if not _OPENING.search(line.text, 0, start)]
    if _STATEMENT.search(line.text) or inside:
        yield Finding("fail", Notice("absence: it states something"), (said,))
    for word in line.words:
        if _is_of_two_scripts(line.text[word.start : word.end]):
            yield Finding("fail", Notice("absence: “{said}” mixes two scripts", said=word.key), (word.key,))
    yield from _strange(line, documents)


def _strange(line: Annotation, documents: Sequence[Annotated]) -> Iterator[Finding]:
    """A name that the posts lack; and of what is asked as a fact ("why …", "that …"), any word that they lack."""
    for name in line.names:
        lacks = name.is_sure and not name.place and not any(one.lexicon.has_name(name) for one in documents)
        if lacks and not any(name.key in one.acronyms for one in documents):
            said = line.text[name.start : name.end]
            yield Finding("fail", Notice("absence: no post speaks of “{said}”", said=said), (said,))
    if not any(sort_of(line.text[w.start : w.end], line.language) == "linking" for w in line.words) and not _WHY.search(
        line.text
    ):
        return
    stems = frozenset[str]().union(*(one.lexicon.stems for one in documents))
    for word in line.content:
        if word.stem not in stems and word.key not in _UNSAID:
            said = line.text[word.start : word.end]
            yield Finding("fail", Notice("absence: no post speaks of “{said}”", said=said), (said,))


def _is_of_two_scripts(word: str) -> bool:
    """Whether letters of two alphabets that look alike stand in one word: "pаypаl" with a Cyrillic a."""
    scripts = {script(letter) for letter in word if letter.isalpha()}
    return len(scripts & {"latin", "cyrillic", "greek"}) > 1


_WHY = anywhere("the_post", "why")
_PARTS = re.compile(rf"[,،、]|(?<!\w)(?:{alternatives('clauses', 'choice')})(?!\w)")
_WORD_FROM = anywhere("the_post", "word_from")
# "Names of the other states": that the states are spoken of is no answer.
_NAMES_OF = re.compile(rf"\W*(?:{alternatives('the_post', 'names_of')})\b", re.IGNORECASE)


def _present(part: str, language: str, sentences: list[Annotation], is_word_from: bool) -> Iterator[Finding]:
    if _NAMES_OF.match(part):
        return
    common = common_words(language)
    content = [word for word in words(part, language) if word.key not in common and word.key not in _UNSAID]
    if not content or len(content) > 12:
        return
    stems = [word.stem for word in content]
    asked = _asked(part, language)
    for sentence in sentences:
        if sentence.text.rstrip().endswith(("?", "؟", "？")):
            continue
        if is_word_from:
            is_there = all(item in sentence.stems for item in stems) and _says(stems, sentence)
        elif asked:
            is_there = _is_answered(asked, stems, sentence)
        else:
            is_there = _stand_together(stems, part, content[0].key, sentence) or _leans(stems, sentence, sentences)
        if is_there:
            said = part.strip(" .")
            yield Finding(
                "fail", Notice("absence: “{said}” stands in the text [{n}]", said=said, n=sentence.number), (said,)
            )
            return


_ASKED = {
    "count": anywhere("the_post", "how_many"),
    "date": anywhere("the_post", "when"),
    "other": anywhere("the_post", "other_question"),
}


def _asked(part: str, language: str) -> str:
    """What kind of answer a part of the line misses: a "date", a "count", "other"; "" where it names a thing."""
    if annotate(part, language).quantities:
        return ""
    return next((kind for kind, pattern in _ASKED.items() if pattern.search(part)), "")


def _is_answered(asked: str, stems: list[str], sentence: Annotation) -> bool:
    """Whether a sentence speaks of the thing and has a count right by it, or a date; "who" and "why" are not judged."""
    if asked == "other" or not all(item in sentence.stems for item in stems):
        return False
    if asked == "date":
        return len(stems) > 1 and bool(sentence.dates)
    at = [word.start for word in sentence.words if word.stem in stems]
    dates = sentence.dates
    return len(stems) > 1 and any(
        0 < start - found.end <= _BESIDE
        for found in sentence.quantities
        if found.kind == "number"
        and max(found.readings, default=0) > 1
        and not any(date.start <= found.start < date.end for date in dates)
        for start in at
    )


_BESIDE = 25


def _stand_together(stems: list[str], part: str, first: str, sentence: Annotation) -> bool:
    """Whether a sentence has the words of the part as one phrase, not here one and there another."""
    if len(stems) == 1:
        return stems[0] in sentence.stems and (
            bool(annotate(part, sentence.language).quantities) or _is_the_whole(part, first)
        )
    if not all(item in sentence.stems for item in stems):
        return False
    common = common_words(sentence.language)
    content = [word.stem for word in sentence.words if word.key not in common]
    width = len(stems) + 1
    wanted = set(stems)
    return any(wanted <= set(content[at : at + width]) for at in range(max(1, len(content) - len(wanted) + 1)))


def _leans(stems: list[str], sentence: Annotation, sentences: list[Annotation]) -> bool:
    """Whether "Its mandate would include …" follows a sentence on the force: that is the mandate of the force."""
    content = sentence.words[:2]
    if len(stems) < 2 or len(content) < 2 or content[1].stem != stems[0]:
        return False
    if content[0].key not in leaning(sentence.language):
        return False
    before = next((one for one in sentences if one.post == sentence.post and one.number == sentence.number - 1), None)
    return before is not None and before.block == sentence.block and set(stems[1:]) <= before.stems


def _is_the_whole(part: str, key: str) -> bool:
    """Whether the part is one bare name ("Rabat"), not one word of a question that the post only touches."""
    return len(part.split()) <= 3 and fold(part.split()[-1].strip(".")) == key and part.split()[-1][:1].isupper()


def _says(stems: list[str], sentence: Annotation) -> bool:
    for voice in sentence.attributions:
        said = {word.stem for word in sentence.between(voice.start, voice.end)}
        if any(item in said for item in stems):
            return True
    return False
