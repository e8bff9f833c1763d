"""How alike two posts are, in figures that can be shown: shared names, numbers, rare words, and what sets them apart.

Nothing here is learned from a corpus of its own: a word's rarity is counted in the batch at hand, on top of what is
known of its language (stop words, words the news is full of, the length of the word), so that two posts are enough.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain

from briefing.language.antonyms import opposites
from briefing.language.event_words import EVERYDAY
from briefing.language.generic_terms import generic_terms
from briefing.language.tables import languages
from briefing.language.transliteration import consonants
from briefing.stories.features import Features


@dataclass(frozen=True, slots=True)
class Similarity:
    """How alike two posts are: `score` from 0 to 1, and the features `shared`, the most telling first."""

    score: float
    shared: tuple[str, ...]


# --- how rare a word is ----------------------------------------------------------------------------------------------

# The share of texts that hold a word of which nothing is known, by its length (rough, from news in five languages), and
# how many texts that knowledge is worth beside those of the batch.
_PRIOR_BY_LENGTH = {1: 0.3, 2: 0.25, 3: 0.12, 4: 0.06, 5: 0.035, 6: 0.025}
_PRIOR_LONG, _PRIOR_COMMON, _PRIOR_PAIR, _PRIOR_PLACE = 0.02, 0.2, 0.03, 0.08
_PRIOR_DEED, _PRIOR_EVERYDAY = 0.05, 0.5
_PRIOR_TEXTS = 60


class Rarity:
    """How rare the features of a batch are: the batch's own counts on top of what is known of the language.

    Of two texts that hold a word nothing is counted: they may be of one event.
    """

    def __init__(self, batch: Sequence[Features]) -> None:
        self._texts = len(batch) + _PRIOR_TEXTS
        self._counts = Counter(chain.from_iterable(map(_compared_terms, batch)))
        self._known: defaultdict[str, dict[str, float]] = defaultdict(dict)

    def of(self, one: Features) -> dict[str, float]:
        """The rarity of each term of a post: 0 for one that every text holds, about 6 for one nothing is known of."""
        terms, known = _compared_terms(one), self._known[one.language]
        known.update((term, self._of(term, one.language)) for term in terms - known.keys())
        return {term: known[term] for term in terms}

    def _of(self, term: str, language: str) -> float:
        known = _prior(term, language) * _PRIOR_TEXTS
        return math.log(self._texts / (max(0, self._counts[term] - 2) + known + 0.3))


def _compared_terms(one: Features) -> set[str]:
    return {*one.terms, *one.names, *one.numbers, *one.told}


def _prior(term: str, language: str) -> float:
    if term.startswith("@"):
        return _PRIOR_PLACE
    if term[0].isdigit():
        return 0.02
    if term[0] == "#":
        return _PRIOR_EVERYDAY if term in EVERYDAY else _PRIOR_DEED
    if term in generic_terms(language):
        return _PRIOR_COMMON
    if term[0] >= "\u2e80":
        return _PRIOR_PAIR
    return _PRIOR_BY_LENGTH.get(len(term), _PRIOR_LONG)


# --- two posts -------------------------------------------------------------------------------------------------------

# What each signal adds to the log odds of one event: fitted on one half of pairs of real news (an article and its
# summaries; the articles most like it on other events) and of pairs written on the same names in eight languages, then
# rounded. "template", "opposite", "other result" and "one source" are set by hand: those pairs have too few of them.
_WEIGHTS = {
    "words": 1.5,  # the cosine of the rare words
    "opening": 1.4,  # how much of what the one opens with stands in the other
    "whole": 3.2,  # how much of all it holds
    "happenings": 1.5,  # how much of what the openings tell of both texts tell
    "names": 2.2,  # how many of the names it opens with the other has
    "headline": 0.5,
    "numbers": 1.4,
    "other numbers": -1.2,
    "numbers apart": -1.0,  # how many of its numbers the other opening lacks
    "other counts": -1.3,  # both count one thing, and have other numbers of it
    "other result": -2.0,
    "other place": -0.3,
    "elsewhere": -1.1,  # no place of the one's opening in the other's
    "other day": -0.4,
    "opposite": -0.8,  # the headlines say the opposite
    "one source": -1.2,
    "template": -3.0,  # one source's wording again, with other names, numbers or days put in
}
_BIAS = -4.15
# From this similarity on two posts are about one thing; of two that are less alike than the second nobody asks why.
ALIKE, _WORTH_TELLING = 0.35, 0.1
_DAYS_APART, _MOST_DAYS, _LATE = 1.5, 45, 0.2
# How alike the words of two posts of one source are that fill one template.
_TEMPLATE = 0.5


@dataclass(frozen=True, slots=True)
class FeatureWeights:
    """A post's features with how rare each is in the batch, and how heavy each word: rarity by prominence.

    `square` and `total` are the sums of all words' squared weights and rarity, `opening` the words of the opening.
    """

    features: Features
    rarity: Mapping[str, float]
    weights: Mapping[str, float]
    square: float
    total: float
    opening: frozenset[str]


def weigh(one: Features, rare: Rarity) -> FeatureWeights:
    """The features made ready to be compared with the others of the batch."""
    rarities = rare.of(one)
    weights = {term: math.sqrt(prominence) * rarities[term] for term, prominence in one.terms.items()}
    return FeatureWeights(
        one,
        rarities,
        weights,
        sum(weight * weight for weight in weights.values()),
        sum(rarities[term] for term in one.terms),
        one.lead & one.terms.keys(),
    )


def similarity(one: FeatureWeights, other: FeatureWeights) -> Similarity:
    """How alike two posts are; across languages by the names, places and numbers that both write alike."""
    mine, theirs = one.features, other.features
    if mine.language != theirs.language and "und" not in (mine.language, theirs.language):
        return _across(one, other)
    odds = _BIAS + sum(_WEIGHTS[name] * value for name, value in signals(one, other).items())
    score = _logistic(odds - _late(mine, theirs))
    return Similarity(score, _shared(one, other) if score >= _WORTH_TELLING else ())


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _late(one: Features, other: Features) -> float:
    """What the days between two posts take from the odds: nothing for one, little for some, much for weeks."""
    if one.published is None or other.published is None:
        return 0.0
    days = abs((one.published - other.published).total_seconds()) / 86_400
    return min(max(0.0, days - _DAYS_APART), _MOST_DAYS) * _LATE


def telling_features(one: FeatureWeights, most: int) -> set[str]:
    """What an index finds like posts by: the most telling words, the names and numbers of the opening."""
    known = one.features
    heavy = {term: one.rarity[term] * prominence for term, prominence in known.terms.items()}
    terms = sorted(heavy, key=lambda term: (-heavy[term], term))[:most]
    return {*terms, *(known.lead & (known.names | known.numbers))}


def language_independent_features(one: FeatureWeights) -> set[str]:
    """What an index finds like posts in another language by: what is written alike in both, and what happened."""
    known = one.features
    alike = {name for name in known.lead & (known.names | known.numbers) if name[0] in "@0123456789"}
    return {*alike, *(known.deeds - EVERYDAY), *known.cased, *map(consonants, known.cased), *known.skeletons}


def signals(one: FeatureWeights, other: FeatureWeights) -> dict[str, float]:
    """What speaks for and against one event, each from 0 to 1, by the names of `_WEIGHTS`.

    Who and where is told apart from what: posts on the same people are not yet posts on the same event.
    """
    mine, theirs = one.features, other.features
    called = mine.called | theirs.called
    named = max(_names_carried(one, theirs), _names_carried(other, mine))
    titled = max(
        _share(mine.title - called, theirs.terms.keys(), one), _share(theirs.title - called, mine.terms.keys(), other)
    )
    common = mine.terms.keys() & theirs.terms.keys() - called
    words_alike = _cosine(one, other, common, called)
    return {
        "words": words_alike,
        "opening": max(_opening_carried(one, common, called), _opening_carried(other, common, called)),
        "whole": max(_text_carried(one, common, called), _text_carried(other, common, called)),
        "names": named,
        "headline": titled,
        "numbers": min(len(mine.numbers & theirs.numbers), 3) / 3,
        "other numbers": float(_opposed(mine.lead & mine.numbers, theirs.lead & theirs.numbers, mine, theirs)),
        "other result": float(_opposed(_results(mine), _results(theirs), mine, theirs)),
        "other place": float(_opposed(_places(mine), _places(theirs), mine, theirs)),
        "elsewhere": float(bool(_places(mine) and _places(theirs)) and not _places(mine) & _places(theirs)),
        "other day": float(bool(mine.days and theirs.days) and not mine.days & theirs.days),
        "one source": float(bool(mine.source) and mine.source == theirs.source),
        "happenings": _happened(one, other),
        "opposite": float(_is_turned(mine, theirs)),
        "template": float(words_alike >= _TEMPLATE and _fills_template(mine, theirs)),
        "other counts": _counts_apart(mine, theirs),
        "numbers apart": _numbers_apart(mine, theirs),
    }


def _happened(one: FeatureWeights, other: FeatureWeights) -> float:
    """How much of what the one opens with telling stands in the other, of both."""
    mine, theirs = one.features, other.features
    if not {mine.language, theirs.language}.issubset(languages("event_words")):
        return 0.5
    return (_share(mine.deeds, theirs.told, one, 0.5) + _share(theirs.deeds, mine.told, other, 0.5)) / 2


def _is_turned(one: Features, other: Features) -> bool:
    """Whether the headlines say the opposite of each other: "up" and "down"."""
    mine, theirs = one.headline - other.headline, other.headline - one.headline
    return any(opposites(word, one.language) & theirs for word in mine)


def _fills_template(one: Features, other: Features) -> bool:
    """Whether two posts of one source open with names, numbers or days that the other post has nowhere."""
    if not one.source or one.source != other.source:
        return False
    mine, theirs = _facts(one), _facts(other)
    return bool(mine - _everything(other)) and bool(theirs - _everything(one)) and not one.days & other.days


def _facts(one: Features) -> frozenset[str]:
    return (one.lead & (one.names | one.numbers)) | one.days | one.counts


def _everything(one: Features) -> frozenset[str]:
    return one.names | one.numbers | one.days | one.counts | one.terms.keys()


def _counts_apart(one: Features, other: Features) -> float:
    """The share of the things both openings count of which they have other numbers."""
    mine, theirs = _by_noun(one.counts), _by_noun(other.counts)
    both = mine.keys() & theirs.keys()
    return sum(not mine[noun] & theirs[noun] for noun in both) / len(both) if both else 0.0


def _by_noun(counts: Iterable[str]) -> dict[str, set[str]]:
    values: dict[str, set[str]] = {}
    for count in counts:
        value, _, noun = count.partition(" ")
        if noun:
            values.setdefault(noun, set()).add(value)
    return values


def _numbers_apart(one: Features, other: Features) -> float:
    """The share of the numbers of the opening that has fewer which the other text does not have."""
    mine, theirs = one.lead & one.numbers, other.lead & other.numbers
    if not (mine and theirs):
        return 0.0
    return 1 - max(len(mine & other.numbers) / len(mine), len(theirs & one.numbers) / len(theirs))


def _opposed(ours: frozenset[str], others: frozenset[str], mine: Features, theirs: Features) -> bool:
    """Whether both posts open with such things, and neither post holds any of the other's."""
    known, carried = mine.numbers | mine.names, theirs.numbers | theirs.names
    return bool(ours and others) and not (ours & carried or others & known)


def _results(one: Features) -> frozenset[str]:
    return frozenset(number for number in one.lead & one.numbers if "-" in number[1:])


def _places(one: Features) -> frozenset[str]:
    return frozenset(name for name in one.lead & one.names if name.startswith("@"))


def _cosine(one: FeatureWeights, other: FeatureWeights, common: Set[str], without: Set[str]) -> float:
    norms = _norm(one, without) * _norm(other, without)
    return sum(one.weights[term] * other.weights[term] for term in common) / norms if norms else 0.0


def _norm(one: FeatureWeights, without: Set[str]) -> float:
    left_out = sum(one.weights[term] ** 2 for term in without if term in one.weights)
    return math.sqrt(max(0.0, one.square - left_out))


def _opening_carried(one: FeatureWeights, common: Set[str], without: Set[str]) -> float:
    """The share, by rarity, of the words that the one opens with which stand anywhere in the other."""
    total = sum(one.rarity[term] for term in one.opening - without)
    return sum(one.rarity[term] for term in common & one.opening) / total if total else 0.0


def _text_carried(one: FeatureWeights, common: Set[str], without: Set[str]) -> float:
    """The share, by rarity, of all the words of the one that stand in the other."""
    total = one.total - sum(one.rarity[term] for term in without if term in one.weights)
    return sum(one.rarity[term] for term in common) / total if total > 0 else 0.0


def _names_carried(one: FeatureWeights, other: Features) -> float:
    return _share(one.features.lead & one.features.names, other.names | other.terms.keys(), one, none=0.5)


def _share(asked: Set[str], carried: Set[str], one: FeatureWeights, none: float = 0.0) -> float:
    """The share of the terms asked that are carried, each as heavy as it is rare; `none` where none is asked."""
    total = sum(one.rarity[term] for term in asked)
    return sum(one.rarity[term] for term in asked & carried) / total if total else none


def _shared(one: FeatureWeights, other: FeatureWeights) -> tuple[str, ...]:
    """The rare words, names and numbers that both have, the most telling first."""
    mine, theirs = one.features, other.features
    common = (mine.terms.keys() & theirs.terms.keys()) | (mine.names & theirs.names) | (mine.numbers & theirs.numbers)
    weight = {
        term: one.rarity[term] * math.sqrt(mine.terms.get(term, 2.0) * theirs.terms.get(term, 2.0)) for term in common
    }
    return tuple(sorted(common, key=lambda term: (-weight[term], term)))


# --- two languages ---------------------------------------------------------------------------------------------------

_WEIGHTS_ACROSS = {
    "happenings": 5.5,
    "names": 1.5,
    "places": 1.0,
    "numbers": 2.0,
    "counts": 2.0,  # numbers of any size that both open with
    "names apart": -0.8,  # how many of its names the other opening lacks
    "other place": -1.0,
    "other numbers": -2.3,
    "other result": -1.0,
    "other day": -0.3,
}
_BIAS_ACROSS = -3.2


def _across(one: FeatureWeights, other: FeatureWeights) -> Similarity:
    """How alike two posts are that are in different languages, from what both write alike and what both tell of."""
    mine, theirs = one.features, other.features
    happened = (mine.deeds & theirs.told | theirs.deeds & mine.told) - EVERYDAY
    odds = _BIAS_ACROSS + sum(_WEIGHTS_ACROSS[name] * value for name, value in signals_across(one, other).items())
    shared = (
        *sorted(_same_names(mine, theirs)),
        *sorted(mine.numbers & theirs.numbers),
        *sorted(mine.names & theirs.names & _places_named(mine)),
    )
    # What happened is no event yet, it happens everywhere; and the same people meet again and again.
    is_told = shared and (happened or mine.numbers & theirs.numbers)
    return Similarity(_logistic(odds - _late(mine, theirs)) if is_told else 0.0, shared)


def signals_across(one: FeatureWeights, other: FeatureWeights) -> dict[str, float]:
    """What speaks for and against one event in two languages, each from 0 to 1, by the names of `_WEIGHTS_ACROSS`."""
    mine, theirs = one.features, other.features
    opens = mine.lead | theirs.lead
    names = _same_names(mine, theirs)
    places = {place for place in mine.names & theirs.names & opens if place.startswith("@")}
    values = {count.partition(" ")[0] for count in mine.counts} & {count.partition(" ")[0] for count in theirs.counts}
    return {
        "happenings": _happened(one, other),
        "names": min(len(names), 3) / 3,
        "places": min(len(places), 3) / 3,
        "numbers": min(len(mine.numbers & theirs.numbers & opens), 3) / 3,
        "counts": min(len(values), 3) / 3,
        "names apart": _names_apart(mine, theirs, names),
        "other place": float(_opposed(_places(mine), _places(theirs), mine, theirs)),
        "other numbers": _numbers_apart(mine, theirs),
        "other result": float(_opposed(_results(mine), _results(theirs), mine, theirs)),
        "other day": float(bool(mine.days and theirs.days) and not mine.days & theirs.days),
    }


def _places_named(one: Features) -> frozenset[str]:
    return frozenset(name for name in one.names if name.startswith("@"))


def _same_names(one: Features, other: Features) -> set[str]:
    """The names that both open with: in the same letters, or with the same consonants in another script."""
    names = set(one.cased & other.capital | other.cased & one.capital)
    for mine, theirs in ((one, other), (other, one)):
        names |= {name for name in mine.capital if consonants(name) in theirs.skeletons}
    return names


def _names_apart(one: Features, other: Features, names: Set[str]) -> float:
    """The share of the names of the opening that has fewer which the other lacks, where the other can have them."""
    shares = [
        1 - min(1.0, len(names) / len(mine.cased))
        for mine, theirs in ((one, other), (other, one))
        if mine.cased and (theirs.cased or theirs.skeletons)
    ]
    return min(shares, default=0.5)
