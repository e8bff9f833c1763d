"""How well each sentence stands for its text: by its place, its words, the headline, names and length."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain

from briefing.language.annotation import Annotated
from briefing.language.stopwords import stopwords
from briefing.summarise.candidate_lines import CandidateLine

# Few features, with round weights: fitted by halves of benchmarks' references, then rounded (benchmarks/extractive.py).
_POSITION = 1.0  # of 1/√(1 + place): the first sentence gets 1, the fourth a half
_CENTRALITY = 1.0  # of the tf-idf cosine with the rest of the text
_HEADLINE = 0.3  # of the tf-idf cosine with the headline, where there is one
_NAMES = 0.2  # of the share of capitalised words and numbers among its words
_QUOTE = 0.15  # taken off a sentence with words between quotation marks
_QUESTION = 0.3
_FRAGMENT = 0.3  # taken off what is no sentence: a short line without an end, one that only announces, an address
_SHORT_WORDS, _SHORT = 10, 0.3  # taken off in proportion below that many words
_LONG_WORDS, _LONG = 35, 0.3  # and above this many
_NAME_OR_NUMBER = re.compile(r"[A-Z\u00c0-\u00d6\u00d8-\u00de\u0110\u0410-\u042f\u0401\u0406\u0407\u0404\u0490\d]\w*")
_QUOTATION_MARK = re.compile('["“”„«»「『]')


def scores_of(document: Annotated, lines: Sequence[CandidateLine]) -> list[float]:
    """How well each sentence stands for the text: by place, centrality, headline, names, and length."""
    similarity = _Similarity(lines, document)
    return [_score(line, similarity.to_rest(line), similarity.to_headline(line)) for line in lines]


def _score(line: CandidateLine, to_rest: float, to_headline: float) -> float:
    text, length = line.sentence.text, line.length
    names = max(0, len(_NAME_OR_NUMBER.findall(text)) - 1) / max(1, length)  # the first word is no name
    score = _POSITION / math.sqrt(1 + line.place) + _CENTRALITY * to_rest + _HEADLINE * to_headline + _NAMES * names
    score -= _SHORT * max(0.0, (_SHORT_WORDS - length) / _SHORT_WORDS)
    score -= _LONG * max(0.0, (length - _LONG_WORDS) / _LONG_WORDS)
    if line.asks:
        score -= _QUESTION
    if is_fragment(line):
        score -= _FRAGMENT
    return score - _QUOTE if _QUOTATION_MARK.search(text) else score


_ENDED = re.compile(r"[.!?…。！？؟۔।’”\"»)\]」』*]\s*$")


def is_fragment(line: CandidateLine) -> bool:
    """Whether a line is no sentence: it announces, has an address in it, or is short without an end."""
    text = line.sentence.text
    if text.endswith((":", "：")) or text.startswith("(") or "://" in text or "www." in text:
        return True
    return line.length < 2 * _SHORT_WORDS and not _ENDED.search(text)


class _Similarity:
    """Cosines of sentences with the rest of their text and with its headline, in one pass over its words.

    A sentence is the set of its words, each weighed by how rare it is in the text; the rest of the text is the sum of
    the other sentences, so no two sentences are ever compared.
    """

    def __init__(self, lines: Sequence[CandidateLine], document: Annotated) -> None:
        frequency = Counter(chain.from_iterable(line.terms for line in lines))
        spread = Counter(frequency.values())
        squares = {times: math.log(1 + len(lines) / times) ** 2 for times in spread}
        self._square = {word: squares[times] for word, times in frequency.items()}
        self._with_total = {word: squares[times] * times for word, times in frequency.items()}
        self._total = sum(squares[times] * times * times * count for times, count in spread.items())
        headline = frozenset(document.annotations[0].terms) - stopwords(document.language)
        self._headline = headline & self._square.keys()
        self._headline_norm = math.sqrt(sum(map(self._square.__getitem__, self._headline)))

    def to_rest(self, line: CandidateLine) -> float:
        own = sum(map(self._square.__getitem__, line.terms))
        with_total = sum(map(self._with_total.__getitem__, line.terms))
        rest = self._total - 2 * with_total + own
        return (with_total - own) / math.sqrt(own * rest) if own > 0 and rest > 1e-9 else 0.0

    def to_headline(self, line: CandidateLine) -> float:
        shared = self._headline & line.terms
        if not shared:
            return 0.0
        norm = math.sqrt(sum(map(self._square.__getitem__, line.terms))) * self._headline_norm
        return sum(map(self._square.__getitem__, shared)) / norm if norm else 0.0
