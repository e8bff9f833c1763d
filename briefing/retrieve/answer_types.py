"""Whether a sentence holds the sort of thing that a question asks for: a number, a sum, a date, a name, a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from briefing.language import calendar
from briefing.language.annotation import Annotation
from briefing.language.entities import CASED, NameMention, same_name
from briefing.language.patterns import alternatives, anywhere, folded
from briefing.language.quantities import Quantity, is_measured
from briefing.retrieve.query import RELATED, SYNONYM, IndexedSentence, Question, Term
from briefing.types import Span

NEAR_CHARS = 40

_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")


@cache
def _ages() -> re.Pattern[str]:
    return re.compile(rf"[(（]\d\d[)）]|,\s\d\d,|{alternatives('answer_types', 'ages')}", re.IGNORECASE)


@cache
def _money_words() -> re.Pattern[str]:
    return re.compile(rf"[$€£¥₽₴₪₹₫₩]|{anywhere('answer_types', 'currencies').pattern}", re.IGNORECASE)


def _has(key: str, text: str) -> bool:
    """Whether one of those words stands in the text, of whatever language."""
    return anywhere("answer_types", key).search(text) is not None


@cache
def _inches() -> re.Pattern[str]:
    return re.compile(rf"\d[\s-]?(?:{alternatives('answer_types', 'inches')})", re.IGNORECASE)


def holds(question: Question, indexed: IndexedSentence) -> float:
    """How surely the sentence holds the sort of thing asked for: 1 where it does, or where that cannot be told."""
    test = _TESTS.get(question.asks_for.wanted)
    return test(question, indexed) if test else 1.0


def _number(question: Question, indexed: IndexedSentence) -> float:
    amounts = _amounts(indexed.sentence)
    if not amounts:
        return 0.0
    counted = next((term for term in question.terms if not term.is_name), None)
    if counted is None or indexed.sentence.script == "cjk":
        return 1.0
    return max(_counts(quantity, counted, indexed) for quantity in amounts)


def _counts(quantity: Quantity, counted: Term, indexed: IndexedSentence) -> float:
    """Whether it is the counted thing's number: that follows at once, or nothing does; not what counts another."""
    reach = quantity.end + _REACH_CHARS
    pause = _PAUSE.search(indexed.sentence.text, quantity.start, reach)
    clause = indexed.between(quantity.start, pause.start() if pause else reach)
    following = [token for token in clause if not token.key.isdigit()][:3]
    before = indexed.between(quantity.start - _REACH_CHARS // 2, quantity.start)[-2:]
    if any(counted.forms.get(token.stem, 0.0) >= SYNONYM for token in following):
        return 1.0
    likely = max((counted.forms.get(token.stem, 0.0) for token in (*following, *before)), default=0.0)
    if likely >= RELATED:
        return 0.85
    if quantity.unit or quantity.kind == "fraction" or counted.is_implied:
        return 0.7
    people = folded("answer_types", "people")
    if any(word.key in people for word in indexed.sentence.between(quantity.end, quantity.end + 20)[:2]):
        return 0.7
    return 0.8 if not following else 0.35


_REACH_CHARS = 60
_PAUSE = re.compile(r"[,.;:()?!،。、]")


def _amounts(sentence: Annotation) -> list[Quantity]:
    """The numbers of a sentence that count something: no dates, years or ordinals."""
    return [
        quantity
        for quantity in sentence.quantities
        if quantity.kind in ("number", "fraction", "vague")
        and not _YEAR.fullmatch(sentence.text[quantity.start : quantity.end])
        and not any(date.start <= quantity.start < date.end for date in sentence.dates)
        and not (quantity.is_word and quantity.readings <= {0.0, 1.0})
    ]


def _money(question: Question, indexed: IndexedSentence) -> float:
    return 1.0 if _prices(indexed.sentence) else 0.0


def _prices(sentence: Annotation) -> list[Span]:
    return [
        (one.start, one.end)
        for one in _amounts(sentence)
        if (one.unit or "").isupper() or _money_words().search(sentence.text[max(0, one.start - 12) : one.end + 16])
    ]


def _duration(question: Question, indexed: IndexedSentence) -> float:
    text = indexed.sentence.text
    amounts = [one for one in _amounts(indexed.sentence) if not _ages().match(text, one.start)]
    return 1.0 if any(one.unit for one in amounts) or _has("time_units", text) else 0.6 if amounts else 0.0


def _size(question: Question, indexed: IndexedSentence) -> float:
    amounts = _amounts(indexed.sentence)
    is_size = any(is_measured(one.unit) for one in amounts) or (amounts and _inches().search(indexed.sentence.text))
    return 1.0 if is_size else 0.0


def _age(question: Question, indexed: IndexedSentence) -> float:
    return 1.0 if _ages().search(indexed.sentence.text) else 0.0


def _date(question: Question, indexed: IndexedSentence) -> float:
    sentence = indexed.sentence
    return 1.0 if sentence.dates or _YEAR.search(sentence.text) or _has("times", sentence.text) else 0.0


def _new_names(question: Question, sentence: Annotation) -> list[NameMention]:
    asked_for = {term.key for term in question.terms}
    return [
        mention
        for mention in sentence.names
        if not any(date.start <= mention.start < date.end for date in sentence.dates)
        and not any(mention.key == key or same_name(mention.key, key, sentence.language) for key in asked_for)
    ]


def _who(question: Question, indexed: IndexedSentence) -> float:
    """A name that the question does not have, near what is asked about it: "its spokesman Rob Dwight"."""
    sentence = indexed.sentence
    if sentence.script == "cjk":
        return 1.0 if _has("persons", sentence.text) else 0.3
    if sentence.script not in CASED:
        return 1.0
    people = [name for name in _new_names(question, sentence) if not name.place]
    if not people:
        return 0.3
    about = [term for term in question.terms if not term.is_name and not term.is_implied]
    places = [token for token in indexed.tokens if any(term.forms.get(token.stem, 0.0) >= 0.5 for term in about)]
    if not about:
        return 1.0
    if not places:
        return 0.5
    near = min(max(place.start - name.end, name.start - place.end, 0) for name in people for place in places)
    return 1.0 if near < NEAR_CHARS else 0.7


def _where(question: Question, indexed: IndexedSentence) -> float:
    if indexed.sentence.script not in CASED:
        return 1.0
    return 1.0 if _new_names(question, indexed.sentence) else 0.3


def _reason(question: Question, indexed: IndexedSentence) -> float:
    text = indexed.sentence.text
    return 1.0 if _has("reasons", text) else 0.7 if _has("perhaps_reasons", text) else 0.3


def _speech(question: Question, indexed: IndexedSentence) -> float:
    """Whether the one asked about speaks in the sentence."""
    voices = indexed.sentence.attributions
    speaker = next((term for term in question.terms if not term.is_implied), None)
    if speaker is None:
        return 0.3
    if not voices:
        speaks = any(indexed.distinct & term.forms.keys() for term in question.terms if term.is_implied)
        return 0.7 if speaks and indexed.distinct & speaker.forms.keys() else 0.3
    said = {form for voice in voices for token in indexed.between(voice.start, voice.end) for form in token.forms}
    if any(speaker.forms.get(one, 0.0) >= SYNONYM for one in said):
        return 1.0
    return 0.8 if any(voice.is_pronoun for voice in voices) else 0.4


_TESTS: Mapping[str, Callable[[Question, IndexedSentence], float]] = {
    "number": _number,
    "money": _money,
    "duration": _duration,
    "size": _size,
    "age": _age,
    "date": _date,
    "who": _who,
    "place": _where,
    "reason": _reason,
    "speech": _speech,
}


def _spans(parts: Iterable[Quantity | calendar.DateMention]) -> list[Span]:
    return [(part.start, part.end) for part in parts]


def _matches(pattern: re.Pattern[str], sentence: Annotation) -> list[Span]:
    return [match.span() for match in pattern.finditer(sentence.text)]


# Where what is asked for stands in a sentence.
SPANS: Mapping[str, Callable[[Annotation], Sequence[Span]]] = {
    "money": _prices,
    "age": lambda sentence: _matches(_ages(), sentence),
    "date": lambda one: [*_spans(one.dates), *_matches(_YEAR, one), *_matches(anywhere("answer_types", "times"), one)],
    "number": lambda sentence: _spans(_amounts(sentence)),
    "duration": lambda sentence: _spans(one for one in _amounts(sentence) if one.unit),
    "size": lambda sentence: _spans(_amounts(sentence)),
}
