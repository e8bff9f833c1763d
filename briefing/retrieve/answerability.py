"""Whether a sentence answers a question: what of the question it has, weighed as answers and near misses have it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from briefing.language.patterns import folded
from briefing.retrieve.answer_types import NEAR_CHARS, SPANS, holds
from briefing.retrieve.query import RELATED, IndexedSentence, Question
from briefing.types import AnswerState


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, and what of the question it has: `own` in itself, `levels` with what stands around.

    `holds` is how surely it holds what is asked for, `says` whether it has a word by which such a thing is told, `near`
    how near the two stand.
    """

    indexed: IndexedSentence
    own: tuple[float, ...]
    levels: tuple[float, ...]
    holds: float
    says: float
    near: float


def candidate(
    question: Question, indexed: IndexedSentence, own: tuple[float, ...], levels: tuple[float, ...]
) -> Candidate:
    """A sentence read as an answer to the question."""
    how_surely = holds(question, indexed)
    near = _proximity(question, indexed) if how_surely >= _HARDLY else 0.0
    return Candidate(indexed, own, levels, how_surely, _says(question, indexed), near)


_STATES: tuple[AnswerState, ...] = ("unanswered", "partly", "answered")


def strongest(states: Iterable[AnswerState]) -> AnswerState:
    """The strongest of some states; "unanswered" of none."""
    return max(states, key=_STATES.index, default="unanswered")


def state_of(bears: float) -> AnswerState:
    return "answered" if bears >= _ANSWERED else "partly" if bears >= _PARTLY else "unanswered"


_ANSWERED, _PARTLY = 0.7, 0.5


def confidence(question: Question, one: Candidate, weights: Sequence[float]) -> float:
    """How surely a sentence answers, from 0 to 1; one that asks, or lacks the number asked for, does not."""
    score = _FITTED_BIAS + sum(_FITTED[name] * value for name, value in _features(question, one, weights).items())
    is_apart = question.asks_for.wanted == "whether" and any(
        own < _HARDLY for term, own in zip(question.terms, one.own, strict=True) if not term.is_implied
    )
    return (_NO_ANSWER if _is_none(question, one) else _APART if is_apart else 1.0) / (1 + math.exp(-score))


def _is_none(question: Question, one: Candidate) -> bool:
    """Whether a sentence cannot answer: it asks, lacks the number asked for, or tells of nothing that is asked."""
    terms = zip(question.terms, one.levels, strict=True)
    asked_for = [level for term, level in terms if not term.is_name and not term.is_implied]
    lacks = _SORTS[question.asks_for.wanted] == "hard" and one.holds < _HARDLY
    is_none = one.indexed.is_question or lacks or (bool(asked_for) and max(asked_for) < _FAR)
    return is_none or (question.asks_for.wanted == "date" and _is_about_another_end(question, one))


def _is_about_another_end(question: Question, one: Candidate) -> bool:
    """Whether the question is when something ends, and the post tells of no end: when it began is no answer."""
    ends = folded("answer_types", "ends")
    return any(term.key in ends and level < _FAR for term, level in zip(question.terms, one.levels, strict=True))


def _features(question: Question, one: Candidate, weights: Sequence[float]) -> dict[str, float]:
    """What speaks for and against a sentence as the answer, each from 0 to 1 or a small count."""
    terms = list(zip(question.terms, weights, one.levels, one.own, strict=True))
    content = [(w, level, own) for term, w, level, own in terms if not term.is_name and not term.is_implied]
    named = [(w, level, own) for term, w, level, own in terms if term.is_name]
    implied = [own for term, _, _, own in terms if term.is_implied]
    wanted = question.asks_for.wanted
    sort = _SORTS[wanted]
    own = _mean([(w, own) for w, _, own in content])
    level = _mean([(w, level) for w, level, _ in content])
    features = {
        "own": own,
        "level": level,
        "no content": float(not content),
        "absent": sum(level < _FAR for _, level, _ in content) / (len(content) or 1),
        "focus": content[0][1] if content else 0.0,
        "apart": float(bool(content) and max(own for *_, own in content) < _HARDLY),
        "several": min(3, len(content)) / 3 * level,
        "name own": _mean([(w, own) for w, _, own in named]),
        "name level": _mean([(w, level) for w, level, _ in named]),
        "no name": float(not named),
        "name absent": min(2.0, sum(level == 0.0 for _, level, _ in named)),
        "near": one.near,
        "implied": max(*implied, one.says, 0.0),
        "holds": one.holds,
        "holds not": float(one.holds < _HARDLY),
        "all names absent": float(bool(named) and all(level == 0.0 for _, level, _ in named)),
    }
    for name in ("hard", "open", "reason", "whether", "thing"):
        is_sort = float(sort == name)
        features[name] = is_sort
        features[f"{name} own"] = is_sort * own
    for name in ("hard", "open", "reason"):
        features[f"{name} holds"] = float(sort == name) * one.holds
    return features


def _says(question: Question, indexed: IndexedSentence) -> float:
    """Whether the sentence has one of the words by which such a thing is told: "cost" and "paid" for money."""
    return float(any(token.key in question.asks_for.implied for token in indexed.tokens))


def _proximity(question: Question, indexed: IndexedSentence) -> float:
    """How near what is asked for stands to the rarest other word of the question in the sentence: 1 at its side."""
    spans = SPANS.get(question.asks_for.wanted)
    if spans is None:
        return 0.0
    words = [
        token
        for token in indexed.tokens
        if any(term.forms.get(token.stem, 0.0) >= RELATED for term in question.terms if not term.is_implied)
    ]
    apart = [max(word.start - end, start - word.end, 0) for start, end in spans(indexed.sentence) for word in words]
    return math.exp(-min(apart) / NEAR_CHARS) if apart else 0.0


def _mean(levels: Sequence[tuple[float, float]]) -> float:
    """The mean of levels by their weights, each after its weight."""
    total = sum(weight for weight, _ in levels)
    return sum(weight * level for weight, level in levels) / total if total else 0.0


_SORTS = {
    "age": "hard", "money": "hard", "duration": "hard", "size": "hard", "number": "hard", "date": "hard",
    "place": "open", "who": "open", "speech": "open", "reason": "reason", "whether": "whether", "thing": "thing",
}  # fmt: skip
_HARDLY, _FAR, _NO_ANSWER = 0.5, 0.3, 0.4
_APART = 0.6  # what is asked together stands apart: "Are Moroccan troops in Gaza?"
# Fitted by logistic regression (ridge 1.0) on 429 questions written by hand, on what answers and what nearly does.
_FITTED_BIAS = -4.83
_FITTED: Mapping[str, float] = {
    "own": 1.33, "level": 0.62, "no content": 2.43, "absent": -1.55, "focus": 0.95, "apart": 0.27, "several": 0.62,
    "name own": 1.57, "name level": 0.18, "no name": 1.36, "name absent": -1.84, "near": 0.88, "implied": 0.25,
    "holds": 1.96, "holds not": -0.99, "all names absent": -1.12, "hard": -0.65, "hard own": 0.14, "open": -0.52,
    "open own": 0.06, "reason": 1.42, "reason own": 0.00, "whether": -0.34, "whether own": 0.39, "thing": 0.09,
    "thing own": 0.74, "hard holds": 0.51, "open holds": 0.50, "reason holds": 1.21,
}  # fmt: skip
