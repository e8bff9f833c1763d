"""Which passages of many posts bear on a question, and whether any of them answers it: by words alone, no model.

SQLite's full-text index (FTS5, BM25) over the stems of every sentence finds the candidates; they are then weighed one
by one: which of the question's words stand in the sentence, beside it, or only in its post, and whether it holds the
sort of thing that is asked for (a number, a date, a name …).
"""

from __future__ import annotations

import math
import operator
import sqlite3
import weakref
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from briefing.exceptions import ConfigError
from briefing.language.anaphora import leans
from briefing.language.detect import language_of
from briefing.language.entities import CASED, names, same_name
from briefing.language.question_types import asked, asks, light_words
from briefing.language.semitic_roots import root
from briefing.language.synonyms import related, synonyms
from briefing.language.transliteration import skeleton
from briefing.language.words import common_words, same_word, script, stem, words
from briefing.retrieve.answer_types import holds
from briefing.retrieve.answerability import Weighed, nearness, says, state_of, strongest, sure
from briefing.retrieve.query import (
    IMPLIED,
    RELATED,
    SYNONYM,
    UNSPACED,
    Lexicon,
    Question,
    Term,
    Token,
    bare,
    place_form,
    stems,
    tokens,
)
from briefing.types import AnswerState, Document

_CANDIDATES = 60  # sentences that the full-text index hands on
_MOST_WEIGHED = 25
_ALL_ROWS = 60  # so few are all weighed
_FIRST = 5  # passages that may decide whether a question is answered
_MOST_FORMS = 40  # forms of one word of the question that are looked for

# How much of a word's weight counts where it stands: in the sentence itself, in the next one of its block or the
# headline, elsewhere in the post (a name the post is about is meant by "he" and "the company").
_BESIDE, _IN_TITLE, _IN_BLOCK = 0.75, 0.6, 0.5
_NAME_IN_POST, _WORD_IN_POST = 0.5, 0.15
_SAME_WORD, _TRANSLITERATED, _SAME_ROOT = 0.9, 0.8, 0.8
_OTHER_LANGUAGE = 0.6  # a word of another language may only look alike
_NAME = 1.4  # what a name or number weighs more than another word as rare
_CATEGORY = 0.5  # "Which company …?": the answer names it
_IMPLIED_ABSENT = 0.1  # and a word that the thing asked for says by itself next to nothing


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that bears on a question, with the neighbours without which it is not understood.

    `sentences` are numbers of one block of the document, in order; `hit` is the one that bears on the question. `state`
    is how far code can tell that this passage answers it.
    """

    document: Document
    block: int
    hit: int
    sentences: tuple[int, ...]
    score: float = 0.0
    state: AnswerState = "unanswered"

    @property
    def post(self) -> str:
        """The key of its post."""
        return self.document.key


def whole(document: Document) -> list[Passage]:
    """Every block of a document as a passage, in order."""
    return [
        Passage(document, number, block.first, tuple(range(block.first, block.last + 1)))
        for number, block in enumerate(document.blocks)
    ]


@dataclass(frozen=True, slots=True)
class Found:
    """The passages that bear on a question, the best first; `state` is how far code can tell that they answer it.

    `unknown` are the question's words that stand nowhere in the posts, as the question writes them.
    """

    passages: tuple[Passage, ...]
    state: AnswerState
    unknown: tuple[str, ...] = ()


# --- the index -----------------------------------------------------------------------------------------------


def _database() -> sqlite3.Connection:
    """An empty table in memory; its words are stems already, so that its tokenizer only parts them at spaces."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    try:
        database.execute("CREATE VIRTUAL TABLE sentences USING fts5(own, title, content='', tokenize='ascii')")
    except sqlite3.OperationalError as error:
        database.close()
        raise ConfigError(f"this Python's SQLite has no full-text search (FTS5): {error}") from error
    return database


class Index:
    """The sentences of some documents, ready to be asked; headlines count for their post and are never passages."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = tuple(documents)
        self._rows: list[tuple[int, int]] = []
        self._stems: list[frozenset[str]] = []
        self._titles: list[frozenset[str]] = []
        self._in_post: list[Counter[str]] = []
        self._held_by: Counter[str] = Counter()
        self._lexica: dict[str, Lexicon] = {}
        self._database = _database()
        weakref.finalize(self, self._database.close)
        for document in self._documents:
            self._add(document)
        self._capitals = frozenset(one for lexicon in self._lexica.values() for one in lexicon.capitals)
        self._foreign = {key: own for lexicon in self._lexica.values() for key, own in lexicon.foreign.items()}
        self._languages = tuple(sorted({document.language for document in self._documents}))

    def _add(self, document: Document) -> None:
        lexicon = self._lexica.setdefault(document.language, Lexicon(document.language))
        title = stems(document.title, document.language)  # its capitals tell nothing
        self._titles.append(frozenset(title))
        which, headline = len(self._titles) - 1, " ".join(title)
        post: Counter[str] = Counter()
        rows = []
        for sentence in document.sentences[1:]:
            own = lexicon.stems(document.text[sentence.start : sentence.end])
            rows.append((len(self._rows), " ".join(own), headline))
            self._rows.append((which, sentence.number))
            self._stems.append(frozenset(own))
            post.update(self._stems[-1])
        self._database.executemany("INSERT INTO sentences (rowid, own, title) VALUES (?, ?, ?)", rows)
        self._in_post.append(post)
        self._held_by.update(post)

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents, in the order given."""
        return self._documents

    def __len__(self) -> int:
        return len(self._rows)

    def search(self, question: str, most: int = 5) -> list[Passage]:
        """The passages that bear on the question, the best first; none where no word of it stands in the posts."""
        return list(self.find(question, most).passages)

    def find(self, question: str, most: int = 5, *, without: tuple[str, int] | None = None) -> Found:
        """The passages, and whether they answer it. "unanswered" has them too: what comes nearest, and is no answer.

        `without` is a sentence, by its post's key and its number, that is no passage: the one that asks the question.
        """
        read = self._read(question)
        weighed = [one for one in self._weighed(read) if (one.document.key, one.number) != without][:most]
        unknown = tuple(dict.fromkeys(term.text for term in read.terms if not term.forms and not term.is_implied))
        passages = tuple(_passage(read, one) for one in weighed)
        return Found(passages, strongest(passage.state for passage in passages[:_FIRST]), unknown)

    # --- the question's words in these posts ---

    @cached_property
    def _by_start(self) -> Mapping[str, list[str]]:
        table: dict[str, list[str]] = {}
        for one in self._held_by:
            table.setdefault(one[:3], []).append(one)
        return table

    @cached_property
    def _by_root(self) -> Mapping[str, list[str]]:
        """The Arabic and Hebrew words by their consonants, without what is put before, in and behind them."""
        table: dict[str, list[str]] = {}
        for key, own in self._foreign.items():
            if found := root(key):
                table.setdefault(found, []).append(own)
        return table

    @cached_property
    def _by_skeleton(self) -> Mapping[str, list[str]]:
        """The words of scripts other than Latin by the consonants that a name in Latin letters would have."""
        table: dict[str, list[str]] = {}
        for key, own in self._foreign.items():
            for cut in range(min(4, max(1, len(key) - 2))):
                table.setdefault(skeleton(key[cut:]), []).append(own)
        return table

    def _read(self, question: str) -> Question:
        languages = Counter(document.language for document in self._documents)
        language = _language(question, [language for language, _ in languages.most_common()])
        what = asked(question, language)
        found = [mention for mention in names(question, language) if mention.is_sure or mention.place]
        named = {mention.start: mention.group for mention in found}
        light = light_words(language)
        terms = []
        for token in tokens(question, language):
            if token.end <= what.start or token.start >= what.end:
                group = named.get(token.start, -1 if token.key.isdigit() else None)
                is_implied = token.key in what.implied or token.key in light
                is_category = (
                    what.wanted == "thing" and what.end > 0 and 0 < token.start - what.end <= 1 and group is None
                )
                factor = IMPLIED if is_implied else _CATEGORY if is_category else 1.0
                terms.append(self._term(token, question, language, group, factor))
        return Question(question, language, what, tuple(terms))

    def _term(self, token: Token, question: str, language: str, group: int | None, factor: float) -> Term:
        forms = self._forms(token, language, is_name=group is not None)
        term = Term(question[token.start : token.end], token.key, 0.0, group, factor, forms)
        return replace(term, weight=_weight(term, self._held_by, len(self)))

    def _forms(self, token: Token, language: str, *, is_name: bool) -> dict[str, float]:
        """The words of the posts that can be this word of the question, by how surely they are."""
        forms: dict[str, float] = {}
        own = {bare(stem(token.key, tongue)) for tongue in (*self._languages, language)} | {token.stem}
        candidates = dict.fromkeys(own, 1.0)
        candidates.update({other: SYNONYM for one in own for other in synonyms(one, language)} if not is_name else {})
        if not is_name:
            for one in own:
                candidates |= dict.fromkeys(_again(one), SYNONYM)
                for other in related(one, language):
                    candidates.setdefault(other, RELATED)
        for other in self._by_root.get(root(token.key), ()):
            candidates[other] = max(candidates.get(other, 0.0), _SAME_ROOT)
        for other in self._by_start.get(token.stem[:3], ()):
            likeness = _likeness(token, other, is_name=is_name)
            if likeness > candidates.get(other, 0.0):
                candidates[other] = likeness
        if where := place_form(token.key):
            candidates[where] = 1.0
        if is_name and script(token.key) == "latin" and len(skeleton(token.key)) > 2:
            for other in self._by_skeleton.get(skeleton(token.key), ()):
                candidates.setdefault(other, _TRANSLITERATED)
        for form in sorted(candidates, key=lambda form: -candidates[form]):
            if form in self._held_by and len(forms) < _MOST_FORMS and not (is_name and self._is_small(form)):
                forms[form] = candidates[form]
        return forms

    def _is_small(self, form: str) -> bool:
        """Whether a word, of a script with capitals, never has one in these posts: then it is no name there."""
        return form.isalpha() and script(form) in CASED and form not in self._capitals

    # --- weighing ---

    def _weighed(self, question: Question) -> list[Weighed]:
        """The sentences that have most of the question's words, weighed with all else that tells an answer."""
        memo: dict[int, tuple[float, ...]] = {}
        read = [(row, self._read_row(question, row, memo)) for row in self._candidates(question)]
        read.sort(key=lambda one: (-_covered(question, *one[1]), one[0]))
        found = [self._weigh(question, row, *levels) for row, levels in read[:_MOST_WEIGHED]]
        found.sort(key=lambda one: (-one.score, one.row))
        return found

    def _candidates(self, question: Question) -> list[int]:
        """The rows that the full-text index finds, and their neighbours, which may hold what they only lead up to."""
        forms = {form for term in question.terms for form in term.forms}
        if not forms:
            return []
        if len(self) <= _ALL_ROWS:
            return list(range(len(self)))
        query = " OR ".join(f'"{form}"' for form in sorted(forms))
        found = self._database.execute(
            "SELECT rowid FROM sentences WHERE sentences MATCH ? ORDER BY bm25(sentences, 1.0, 0.3) LIMIT ?",
            (query, _CANDIDATES),
        )
        rows: dict[int, None] = {}
        for (row,) in found:
            for near in (row, row - 1, row + 1):
                if 0 <= near < len(self._rows) and self._rows[near][0] == self._rows[row][0]:
                    rows[near] = None
        return list(rows)

    def _read_row(self, question: Question, row: int, memo: dict[int, tuple[float, ...]]) -> _Levels:
        language = self._documents[self._rows[row][0]].language
        likeness = 1.0 if question.language == language else _OTHER_LANGUAGE
        factors = [1.0 if term.is_name else likeness for term in question.terms]
        own = tuple(map(operator.mul, self._own(question, row, memo), factors))
        alone = list(map(operator.mul, self._levels(question, row, memo), factors))
        return own, _as_names(question.terms, alone)

    def _weigh(self, question: Question, row: int, own: tuple[float, ...], levels: tuple[float, ...]) -> Weighed:
        which, number = self._rows[row]
        document = self._documents[which]
        held = holds(question, document, number)
        weighed = Weighed(document, number, row, 0.0, 0.0, own, levels, held)
        weighed = replace(weighed, says=says(question, weighed), near=nearness(question, weighed))
        rows = len(document.sentences) - 1
        here = [_weight(term, self._in_post[which], rows) for term in question.terms]
        everywhere = [term.weight for term in question.terms]
        return replace(weighed, score=sure(question, weighed, everywhere), bears=sure(question, weighed, here))

    def _own(self, question: Question, row: int, memo: dict[int, tuple[float, ...]]) -> tuple[float, ...]:
        """How surely each word of the question stands in a sentence."""
        if row not in memo:
            held = self._stems[row]
            memo[row] = tuple(
                max((likeness for form, likeness in term.forms.items() if form in held), default=0.0)
                for term in question.terms
            )
        return memo[row]

    def _levels(self, question: Question, row: int, memo: dict[int, tuple[float, ...]]) -> list[float]:
        """How much of each word of the question is in a sentence, or where it can be meant there."""
        which = self._rows[row][0]
        found = list(self._own(question, row, memo))
        for near in (row - 1, row + 1):
            if 0 <= near < len(self._rows) and self._rows[near][0] == which and not self._asks(near):
                share = _BESIDE if self._block(near) == self._block(row) else _IN_BLOCK
                found = [
                    max(one, share * there) for one, there in zip(found, self._own(question, near, memo), strict=True)
                ]
        return [max(level, self._elsewhere(term, which)) for term, level in zip(question.terms, found, strict=True)]

    def _asks(self, row: int) -> bool:
        which, number = self._rows[row]
        return asks(self._documents[which].quote(number))

    def _elsewhere(self, term: Term, which: int) -> float:
        """What a word counts for that stands in the headline, or in another part of the post."""
        in_post = _NAME_IN_POST if term.is_name else _WORD_IN_POST
        title, post = self._titles[which], self._in_post[which]
        return max(
            (
                likeness * (_IN_TITLE if form in title else in_post)
                for form, likeness in term.forms.items()
                if form in title or form in post
            ),
            default=0.0,
        )

    def _block(self, row: int) -> int:
        which, number = self._rows[row]
        return self._documents[which].sentences[number].block


_Levels = tuple[tuple[float, ...], tuple[float, ...]]


def _covered(question: Question, own: Sequence[float], levels: Sequence[float]) -> float:
    """How much of the question a sentence has, first in itself and then around it."""
    return sum(term.weight * (here + level) for term, here, level in zip(question.terms, own, levels, strict=True))


def _as_names(terms: Sequence[Term], levels: Sequence[float]) -> tuple[float, ...]:
    """The levels, a name's other words counting as its last one does: "Houston" for the post's "Whitney Houston"."""
    last = {term.group: level for term, level in zip(terms, levels, strict=True) if term.group is not None}
    return tuple(
        max(level, last.get(term.group, 0.0)) if level and term.group is not None and term.group >= 0 else level
        for term, level in zip(terms, levels, strict=True)
    )


def _language(question: str, languages: Sequence[str]) -> str:
    """The question's language: of those of the posts and English the one whose small words it has; else the detector's.

    A question is too short for the detector alone.
    """
    small: dict[str, int] = {}
    keys = [word.key for word in words(question, "und")]
    for language in dict.fromkeys((*languages, "en")):
        begins = asked(question, language)
        is_asked = begins.end > 0 and begins.start < _OPENING
        small[language] = sum(key in common_words(language) for key in keys) + 2 * is_asked
    best = max(small, key=lambda language: small[language])
    return best if small[best] > 1 else language_of(question, languages[0] if languages else None)


_OPENING = 4


def _weight(term: Term, held_by: Mapping[str, int], rows: int) -> float:
    """How much a word of the question tells: the fewer of the rows hold it, the more."""
    held = max((held_by[form] for form in term.forms), default=0)
    factor = _IMPLIED_ABSENT if not held and (term.is_implied or UNSPACED.fullmatch(term.key)) else term.factor
    return math.log(1 + (rows + 1) / (held + 0.5)) * (_NAME if term.is_name else 1.0) * factor


def _again(stem_: str) -> tuple[str, ...]:
    """The stem with the "re-" that many languages of Latin letters put before a verb, and without it."""
    if not stem_.isascii() or len(stem_) < _SHORTEST:
        return ()
    return ("re" + stem_, stem_[2:]) if stem_.startswith("re") else ("re" + stem_,)


def _likeness(token: Token, other: str, *, is_name: bool) -> float:
    if is_name:
        return _SAME_WORD if same_name(token.key, other) or same_name(token.stem, other) else 0.0
    short, long = sorted((token.stem, other), key=len)
    if long in (short + "er", short + "or"):
        return _SAME_WORD
    if len(short) > 4 and len(long) < 3 * len(short) and long.startswith(short):
        return 0.8
    if len(short) < _SHORTEST or not same_word(token.stem, other):
        return 0.0
    common = next((at for at, (a, b) in enumerate(zip(token.stem, other, strict=False)) if a != b), None)
    common = min(len(token.stem), len(other)) if common is None else common
    return _SAME_WORD if common >= 0.8 * max(len(token.stem), len(other)) else 0.5


_SHORTEST = 5  # letters of a stem that may be another form of a word; of shorter ones too many look alike


def _passage(question: Question, weighed: Weighed) -> Passage:
    """The sentence with the ones before that it leans on, as far as they stand in its block."""
    document, number = weighed.document, weighed.number
    block = document.sentences[number].block
    first = number
    while (
        first > max(document.blocks[block].first, number - _MOST_BEFORE)
        and leans(document.quote(first), document.language)
    ):  # fmt: skip
        first -= 1
    sentences = tuple(range(first, number + 1))
    return Passage(document, block, number, sentences, round(weighed.score, 4), state_of(weighed.bears))


_MOST_BEFORE = 2
