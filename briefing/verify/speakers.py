"""Who speaks: whether the one a line gives a quotation to is the one whose words they are in the text.

A name is the same where it shares a word ("Lang" for "Ruth Lang"); a title is whom the sentences before name beside it
("the minister" for "Lucie Orval, minister of finance"); a pronoun, or nobody, is the one whom the nearest sentence
before names. Where that leaves more than one, it cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefing.language.annotation import Annotated, Annotation
from briefing.language.attribution import Attribution
from briefing.language.entities import CASED, same_name
from briefing.language.profile import profile
from briefing.language.words import Word, common_prefix, common_words, fold
from briefing.types import Span
from briefing.verify.quoted_speech import QuotedSpeech, speeches
from briefing.verify.small_words import joins

_BEFORE = 4
_BESIDE = 3
_TAG_WORDS = 8

_Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class SpeakerPhrase:
    """Words of a line that say who speaks, `line.text[start:end]`; `voice` where a verb of saying shows it."""

    line: Annotation
    start: int
    end: int
    voice: Attribution | None = None

    @property
    def text(self) -> str:
        """The words."""
        return self.line.text[self.start : self.end].strip(" ,،、")

    @property
    def is_pronoun(self) -> bool:
        """Whether only another sentence names who it is."""
        return self.voice is not None and self.voice.is_pronoun

    @property
    def words(self) -> list[Word]:
        """Its words but for those too common to tell anybody from others."""
        common = common_words(self.line.language)
        return [word for word in self.line.between(self.start, self.end) if word.key not in common]

    @property
    def names(self) -> _Names:
        """The words of the name in it; none where it only tells an office or a body. In scripts without capitals all
        words of a voice."""
        if self.line.script not in CASED:
            return frozenset(word.key for word in self.words) if self.voice else frozenset()
        if self.voice and not self.voice.name:
            return frozenset()
        groups = [[word for word in group if self._is_named(word)] for group in _groups(self.line)]
        sure = {mention.start for mention in self.line.names if mention.is_sure or self.voice}
        is_noun = profile(self.line.language).capital_nouns and len(self.text.split()) > 1
        alone = frozenset() if is_noun else sure
        return frozenset(word.key for group in groups for word in group if len(group) > 1 or word.start in alone)

    def _is_named(self, word: Word) -> bool:
        is_inside = self.start <= word.start < self.end
        return is_inside and (self.voice is None or word.key in fold(self.voice.name or "").split())


def voice_in(line: Annotation, voice: Attribution) -> SpeakerPhrase:
    """Who speaks, by a voice of the line."""
    return SpeakerPhrase(line, voice.start, voice.end, voice)


def who_is_told(line: Annotation, quoted: Span) -> SpeakerPhrase | None:
    """Whom the line gives a quotation to: the voice nearest to it, else what stands behind it, or ahead of it with a
    colon; None where that names nobody."""
    voices = [voice for voice in line.reports if not any(a <= voice.start < b for a, b in line.quotations)]
    if voices:
        voice = min(voices, key=lambda one: _distance(one, quoted))
        return None if voice.is_pronoun else voice_in(line, voice)
    return _tag(line, quoted)


def _tag(line: Annotation, quoted: Span) -> SpeakerPhrase | None:
    """The few words beside a quotation that say who speaks: all of the rest behind it, or all ahead of a colon."""
    head, tail = line.text[: max(0, quoted[0] - 1)].strip(), line.text[quoted[1] + 1 :].strip(" .。")
    if bool(head) == bool(tail) or (head and not head.endswith((":", "："))):
        return None
    phrase = SpeakerPhrase(line, 0, quoted[0] - 1) if head else SpeakerPhrase(line, quoted[1] + 1, len(line.text))
    return phrase if len(phrase.text.split()) <= _TAG_WORDS else None


def _distance(voice: Attribution, span: Span) -> int:
    return max(0, voice.cue_start - span[1], span[0] - voice.cue_end)


def is_said_by(claimed: SpeakerPhrase, speech: QuotedSpeech) -> bool | None:
    """Whether the text gives the speech to whom a line names; None where that cannot be told."""
    if (author := speech.author) is not None:
        return (
            True
            if any(
                _alike(one, other, speech.document.language) for one in claimed.names for other in fold(author).split()
            )
            else None
        )
    around = told_before(speech.document, speech.first, speech.last)
    real = _who_says(speech)
    if real and can_be_one(claimed, real, around):
        return True
    leans = real is not None and (real.is_pronoun or not _people(real, around))
    if real is None or leans:
        return _is_the_one_named(_aliases(claimed.names, speech.document), around[:-1] if leans else around)
    is_known = claimed.line.script in CASED or any(word.key in line.keys for line in around for word in claimed.words)
    return False if claimed.names and is_known else None


def can_be_one(one: SpeakerPhrase, other: SpeakerPhrase, around: Sequence[Annotation]) -> bool:
    """Whether two phrases can mean the same: they share a name, or a title, or one of those named beside them."""
    if any(_alike(mine, theirs, other.line.language) for mine in one.names for theirs in other.names):
        return True
    is_titled = one.voice and other.voice and not (one.names and other.names)
    if is_titled and any(mine.stem == theirs.stem for mine in one.words for theirs in other.words):
        return True
    people = _people(other, around)
    return any(_alike(mine, theirs, other.line.language) for mine in _people(one, around) for theirs in people)


def told_before(document: Annotated, first: int, last: int) -> Sequence[Annotation]:
    """The sentences that tell who is meant in some, and these."""
    return document.annotations[max(1, first - _BEFORE) : last + 1]


def _who_says(speech: QuotedSpeech) -> SpeakerPhrase | None:
    """Who says it in the sentences of the speech: the nearest voice, or the few words beside the marks; None where
    neither is."""
    document = speech.document
    for number in dict.fromkeys((speech.last, speech.first)):
        sentence, at = document.annotations[number], document.sentences[number].start
        quoted = [(one.start - at, one.end - at) for one in speeches(document) if one.first <= number <= one.last]
        voices = [one for one in sentence.reports if not any(a <= one.start < b for a, b in quoted)]
        own = (speech.start - at, speech.end - at)
        if voices:
            voice = min(voices, key=lambda one: _distance(one, own))
            return voice_in(sentence, voice)
        if tag := _tag(sentence, own):
            return tag
    return None


def _groups(line: Annotation) -> list[list[Word]]:
    """The names of a line, each as its words."""
    found: dict[int, list[Word]] = {}
    words = {word.start: word for word in line.words}
    for mention in line.names:
        if mention.start in words:
            found.setdefault(mention.group, []).append(words[mention.start])
    return list(found.values())


def _aliases(names: _Names, document: Annotated) -> _Names:
    """The names with those that the document has as words of the same: "Dawn" with "Purvis"."""
    groups = [{word.key for word in group} for line in document.annotations[1:] for group in _groups(line)]
    return names.union(*(group for group in groups if names & group))


def _people(phrase: SpeakerPhrase, around: Sequence[Annotation]) -> _Names:
    """Whom a phrase means: its names, and those that the sentences around have beside its words."""
    keys = {word.key for word in phrase.words}
    return phrase.names | {key for line in around for key in _beside(keys, line)}


def _beside(keys: Iterable[str], line: Annotation) -> Iterator[str]:
    """The names in a line that share a word with these, or stand beside one: "the minister Lucie Orval"."""
    keys = frozenset(keys)
    places = [n for n, word in enumerate(line.words) if any(_alike(word.key, key, line.language) for key in keys)]
    if line.script not in CASED:
        yield from (word.key for n in places for word in _following(n, line))
        return
    groups = [(line.words.index(group[0]), line.words.index(group[-1])) for group in _groups(line)]
    titles = [n for n in places if not any(first <= n <= last for first, last in groups)]
    for first, last in groups:
        if any(first <= n <= last for n in places) or any(_is_beside(n, first, last, line) for n in titles):
            yield from (word.key for word in line.words[first : last + 1])


def _following(place: int, line: Annotation) -> Iterator[Word]:
    """The words close behind one, as a name behind its title, up to one that "and" is written onto."""
    known = profile(line.language)
    for word in line.words[place + 1 : place + _BESIDE] if known.spaces else ():
        if known.prefix and re.match(known.prefix.removesuffix("?"), word.key):
            return
        yield word


def _is_beside(place: int, first: int, last: int, line: Annotation) -> bool:
    """Whether the word at a place stands close ahead of a name, or behind it and a comma."""
    low, high = (place, first) if place < first else (last, place)
    between = line.words[low + 1 : high]
    if len(between) >= _BESIDE or any(joins(word.key, line.language) for word in between):
        return False
    return place < first or "," in line.text[line.words[low].end : line.words[high].start]


def _is_the_one_named(names: _Names, around: Sequence[Annotation]) -> bool | None:
    """Whether the nearest of the sentences that names anybody names this one; None where it names others, too."""
    near = next((groups for line in reversed(around) if (groups := _groups(line))), [])
    language = around[-1].language if around else ""
    others = [group for group in near if not any(_alike(one, word.key, language) for one in names for word in group)]
    if not names or not near or (others and len(near) > 1):
        return None
    known = [word.key for line in around for group in _groups(line) for word in group]
    return None if others and any(_alike(one, key, language) for key in known for one in names) else not others


def _alike(one: str, other: str, language: str) -> bool:
    """Whether two folded words can be of one name in a language; where words run together, of which one is a part."""
    if one[:1] >= "\u2e80":
        return one in other or other in one or common_prefix(one, other) > 1
    return same_name(_unbound(one), _unbound(other), language)


def _unbound(key: str) -> str:
    """A name without an ending behind an apostrophe: "Kaya'nın"."""
    head = key.partition("'")[0]
    return head if len(head) > 2 else key
