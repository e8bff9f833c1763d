"""Whose word a sentence of a document is: of whom it names, of whom the sentences beside it name, or the text's own.

The text's own only where nothing speaks against it: a language whose verbs of saying are known, no quotation, and no
verb of saying or thinking without somebody who could be told. Else it is not recognised, and said to be so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from briefing.language.annotation import Annotated, Annotation
from briefing.language.attribution import Attribution, knows_saying, names_in
from briefing.language.patterns import alternatives
from briefing.language.stopwords import stopwords
from briefing.language.tables import table
from briefing.language.vocabulary import bounded
from briefing.types import Speaker


@dataclass(frozen=True, slots=True)
class Voicing:
    """Who says a sentence, and the number of the other sentence that names them, if that is another."""

    speaker: Speaker
    number: int | None = None


_OWN = Voicing(Speaker("the post", "author"))
_UNKNOWN = Voicing(Speaker("", "unknown"))
_UNNAMED = Voicing(Speaker("unnamed", "unnamed"))
_BEFORE = 3  # sentences in which the one is looked for whom a pronoun means
# Characters: a quotation mark, a full stop and a space may stand between a sentence's end and its quotation's.
_MARKS = 3
_FEW_QUOTED = 3  # words between marks that may be a term or a title


def who_says(document: Annotated, sentence: Annotation) -> Voicing:
    """Whose word it is. `sentence` is one of the document's annotations."""
    voices = [voice for voice in sentence.attributions if not _is_aside(sentence, voice)]
    if voices:
        voice = next((voice for voice in voices if voice.name), voices[0])
        return _told(document, sentence, voice)
    if (speech := speech_around(document, sentence) or _continued(document, sentence)) is not None:
        return speech
    if _is_in_mood_of_report(sentence) and (before := _told_before(document, sentence)):
        return before
    if any(mark.certainty in ("reported", "alleged") for mark in sentence.hedges):
        return _UNNAMED
    return _OWN if _is_own(sentence) else _UNKNOWN


def _told(document: Annotated, sentence: Annotation, voice: Attribution) -> Voicing:
    """The voice, by the name that it has or that the sentences before give it."""
    said = sentence.text[voice.start : voice.end].strip()
    if voice.is_pronoun:
        return _named_before(document, sentence) or Voicing(Speaker(said, "unknown"))
    if voice.name is None and voice.sourcing == "named":
        number, name = _titled_before(document, sentence, voice) or (None, None)
        return Voicing(Speaker(said, "named", name), number)
    return Voicing(Speaker(said, voice.sourcing, voice.name))


def _is_aside(sentence: Annotation, voice: Attribution) -> bool:
    """Whether the saying is itself what is told, as a time or a reason: "a day after the company said …"."""
    low = min(voice.start, voice.cue_start)
    return _event_ends(sentence, low, at_end=True) or _event_ends(sentence, low + 1, at_end=True)


def _event_ends(sentence: Annotation, at: int, *, at_end: bool = False) -> bool:
    """Whether the clause that `at` stands in opens with a word that makes it a time or a reason, right before it."""
    patterns = _event(sentence.vocabulary)
    if patterns is None:
        return False
    *_, stop = (0, *(mark.end() for mark in _CLAUSE.finditer(sentence.lower, 0, at)))
    return patterns[at_end].search(sentence.lower, max(0, stop - _COMMA_IN_EVENT), at) is not None


_CLAUSE = re.compile(r"[.;:!?،؛—–]|,")
_COMMA_IN_EVENT = 12  # characters before a comma that may belong to the word: "после того, как", "po tym, jak"


@cache
def _event(language: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """The words that open such a clause: anywhere, and at the end."""
    words = table(language, "clauses").get("event") and alternatives("clauses", "event", language)
    if not words:
        return None
    one = rf"(?<!\w)(?:{words})"
    return re.compile(rf"{one}(?![a-zà-ÿ])", re.IGNORECASE), re.compile(rf"{one}\s?$", re.IGNORECASE)


# --- somebody whom another sentence names --------------------------------------------------------------------


def _before(document: Annotated, sentence: Annotation, most: int) -> Iterator[Annotation]:
    """The sentences before it, the nearest first."""
    for number in range(sentence.number - 1, max(0, sentence.number - 1 - most), -1):
        yield document.annotations[number]


def _named_before(document: Annotated, sentence: Annotation) -> Voicing | None:
    """Whom a pronoun means: who is named last, as the one who speaks or alone; None where two could be meant."""
    for line in _before(document, sentence, _BEFORE):
        voices = [voice for voice in line.attributions if voice.name and not _is_aside(line, voice)]
        if len({voice.name for voice in voices}) == 1:
            said = line.text[voices[0].start : voices[0].end].strip()
            return Voicing(Speaker(said, "named", voices[0].name), line.number)
        people = dict.fromkeys(_people(line))
        if people or voices:
            name = next(iter(people), None)
            return Voicing(Speaker(name, "named", name), line.number) if name and len(people) == 1 else None
    return None


def _people(line: Annotation) -> Iterator[str]:
    """The names of two words and more that are no place."""
    places = {mention.start for mention in line.names if mention.place}
    for start, name in names_in(line):
        end = start + len(name)
        if " " in name and not any(start <= place < end for place in places):
            yield name


def _titled_before(document: Annotated, sentence: Annotation, voice: Attribution) -> tuple[int, str] | None:
    """The one name that the sentences before give to the holder of a title: "Mayor Delia Farrow" for "the mayor"."""
    common = stopwords(sentence.language)
    heads = {word.stem for word in sentence.between(voice.start, voice.end) if word.key not in common}
    found = {}
    for line in _before(document, sentence, sentence.number):
        for start, name in names_in(line) if heads & line.stems else ():
            words = [word for word in line.words if word.end <= start or start <= word.start < start + len(name)]
            inside = [word for word in words if word.start >= start]
            before = [word for word in words if word.end <= start][-1:]
            own = [word for word in inside if word.stem not in heads and word.key not in common]
            is_titled = any(word.stem in heads for word in (*before, *inside))
            if len(own) >= 2 and (is_titled or _is_apposed(line, start + len(name), heads)):
                found[line.text[own[0].start : own[-1].end]] = line.number
    return next(((number, name) for name, number in found.items()), None) if len(found) == 1 else None


def _is_apposed(line: Annotation, end: int, heads: set[str]) -> bool:
    """Whether the title stands behind a name and a comma: "Delia Farrow, the mayor"."""
    if not line.text.startswith(",", end):
        return False
    common = stopwords(line.language)
    behind = [word for word in line.words if word.start > end and word.key not in common][:1]
    return any(word.stem in heads for word in behind)


# --- speech that goes on ---------------------------------------------------------------------------------------


def speech_around(document: Annotated, sentence: Annotation) -> Voicing | None:
    """Whose the quotation is that a sentence lies inside, told by a sentence of the same block; None outside one."""
    block, own = document.blocks[sentence.block], document.sentences[sentence.number]
    if not _may_be_open(document.text[block.start : own.start + _MARKS]):
        return None
    low, high = own.start - block.start, own.end - block.start
    spans = document.annotation(document.text[block.start : block.end], document.language).quotations
    around = next(((start, end) for start, end in spans if start <= low + _MARKS and high - _MARKS <= end), None)
    if around is None:
        return None
    for number in range(block.last, block.first - 1, -1):
        teller = document.annotations[number]
        if number != sentence.number and teller.attributions and _touches(document, number, around):
            voices = teller.attributions
            voice = next((voice for voice in voices if voice.name), voices[0])
            return replace(_told(document, teller, voice), number=number)
    return _continued(document, sentence) or _UNKNOWN


def _may_be_open(before: str) -> bool:
    """Whether a quotation may be open at the end of this text: a cheap look that spares most lines the reading."""
    pairs = (("“", "”"), ("«", "»"), ("「", "」"), ("„", "“"), ("‘", "’"))
    return before.count('"') % 2 == 1 or any(
        before.count(one) > before.count(two) for one, two in pairs if one in before
    )


def _touches(document: Annotated, number: int, quotation: tuple[int, int]) -> bool:
    """Whether a sentence of the block holds an end of the quotation, or stands right before or behind it."""
    sentence = document.sentences[number]
    start = document.blocks[sentence.block].start
    low, high = sentence.start - start - _MARKS, sentence.end - start + _MARKS
    return any(low <= end <= high for end in quotation)


def _continued(document: Annotated, sentence: Annotation) -> Voicing | None:
    """Whose words a sentence is that is a quotation from end to end: of whom the sentence before it quotes."""
    if not _is_all_quoted(sentence):
        return None
    for line in _before(document, sentence, sentence.number):
        if voices := [voice for voice in line.attributions if not _is_aside(line, voice)]:
            if not line.quotations and not line.text.rstrip().endswith((":", "：")):
                return None
            voice = next((voice for voice in voices if voice.name), voices[0])
            return replace(_told(document, line, voice), number=line.number)
        if not _is_all_quoted(line):
            return None
    return None


_OPENING = re.compile(r"[“„«»”\"「『‚‘]")


def _is_all_quoted(line: Annotation) -> bool:
    """Whether it opens with a quotation mark, and none of it stands behind the mark that closes it."""
    text = line.text.strip()
    if not _OPENING.match(text):
        return False
    first = line.quotations[:1]
    return not first or not line.text[first[0][1] + 1 :].strip(" .,;!?。…")


# --- the text's own word ---------------------------------------------------------------------------------------


def _is_in_mood_of_report(sentence: Annotation) -> bool:
    """Whether the mood of its verb tells that somebody says it, without saying who: "Er habe das Geld nie gesehen"."""
    pattern = _mood(sentence.vocabulary)
    return pattern is not None and pattern.search(sentence.text) is not None


@cache
def _mood(language: str) -> re.Pattern[str] | None:
    verbs = table(language, "reporting_verbs").get("mood") and alternatives("reporting_verbs", "mood", language)
    return re.compile(verbs) if verbs else None


def _told_before(document: Annotated, sentence: Annotation) -> Voicing | None:
    """Who speaks in the sentence before, or is the only one named there."""
    for line in _before(document, sentence, 1):
        voices = [voice for voice in line.attributions if not _is_aside(line, voice)]
        if voices:
            voice = next((voice for voice in voices if voice.name), voices[0])
            return replace(_told(document, line, voice), number=line.number)
    return _named_before(document, sentence)


def _is_own(sentence: Annotation) -> bool:
    """Whether nothing in a sentence shows that it could be another's word."""
    language = sentence.vocabulary
    if not knows_saying(language) or _is_in_mood_of_report(sentence):
        return False
    if sentence.quoted_words > _FEW_QUOTED or _OPENING.match(sentence.text.strip()):
        return False
    pattern = _telling(language)
    told = [match.start() for match in pattern.finditer(sentence.lower)] if pattern else []
    phrases = _set_phrases(language)
    of_nobody = [match.span() for match in phrases.finditer(sentence.lower)] if told and phrases else []
    told = [at for at in told if not any(start <= at < end for start, end in of_nobody)]
    return all(_event_ends(sentence, at) for at in told)


@cache
def _telling(language: str) -> re.Pattern[str] | None:
    """Words of saying and thinking, wherever they stand; each a reason not to call a sentence the text's own."""
    return _words(language, "telling")


@cache
def _set_phrases(language: str) -> re.Pattern[str] | None:
    """What has such a word in it, and is said of nobody: "that is to say"."""
    return _words(language, "set_phrases")


def _words(language: str, key: str) -> re.Pattern[str] | None:
    words = table(language, "reporting_verbs").get(key) and alternatives("reporting_verbs", key, language)
    return re.compile(bounded(words, language), re.IGNORECASE) if words else None
