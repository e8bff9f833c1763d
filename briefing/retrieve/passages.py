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
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from briefing.exceptions import ConfigError
from briefing.language.annotation import Annotated, Annotation, annotate
from briefing.language.derivations import again, is_who_does
from briefing.language.detect import language_of
from briefing.language.entities import CASED, same_name
from briefing.language.lazy import lazy
from briefing.language.question_types import light_words
from briefing.language.semitic_roots import root
from briefing.language.synonyms import related, synonyms
from briefing.language.transliteration import skeleton
from briefing.language.words import common_words, same_word, script, stem
from briefing.retrieve.answerability import candidate, confidence, state_of, strongest
from briefing.retrieve.query import (
    FIRST_UNSPACED,
    IMPLIED,
    LAST_LATIN,
    RELATED,
    SYNONYM,
    UNSPACED_RUN,
    IndexedSentence,
    Question,
    Term,
    Token,
    WordForms,
    bare,
    place_form,
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

    document: Annotated
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
    document = annotate(document)
    return [
        Passage(document, number, block.first, tuple(range(block.first, block.last + 1)))
        for number, block in enumerate(document.blocks)
    ]


@dataclass(frozen=True, slots=True)
class SearchResult:
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


@dataclass(frozen=True, eq=False)
class _Post:
    """A document in the index: its sentences, and the words of its headline."""

    sentences: tuple[IndexedSentence, ...]
    title: tuple[str, ...]

    @lazy
    def frequency(self) -> Counter[str]:
        """In how many of its sentences each word stands."""
        return _frequency(self.sentences)


def _frequency(sentences: Iterable[IndexedSentence]) -> Counter[str]:
    return Counter(chain.from_iterable(set(sentence.forms) for sentence in sentences))


class Index:
    """The sentences of some documents, ready to be asked; headlines count for their post and are never passages.

    It is built when the first question is asked.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = tuple(map(annotate, documents))
        self._questions: dict[str, Question] = {}

    def of(self, keys: Collection[str]) -> Index:
        """The index of those of its documents that have one of these keys."""
        index = Index(document for document in self._documents if document.key in keys)
        index._posts = tuple(
            post for post, document in zip(self._posts, self._documents, strict=True) if document.key in keys
        )
        return index

    @lazy
    def _posts(self) -> tuple[_Post, ...]:
        forms: dict[str, WordForms] = {}
        return tuple(_post(document, forms) for document in self._documents)

    @lazy
    def _rows(self) -> tuple[tuple[_Post, IndexedSentence], ...]:
        return tuple((post, sentence) for post in self._posts for sentence in post.sentences)

    @lazy
    def _frequency(self) -> Counter[str]:
        """In how many sentences each word stands."""
        return _frequency(row for _, row in self._rows)

    @lazy
    def _languages(self) -> tuple[str, ...]:
        """The languages of the posts, the most frequent first."""
        return tuple(language for language, _ in Counter(post.language for post in self._documents).most_common())

    @lazy
    def _capitals(self) -> frozenset[str]:
        """The words that stand with a capital somewhere; a headline's capitals tell nothing."""
        stems = {word.stem for _, row in self._rows for word in row.sentence.words if word.is_capital}
        return frozenset(map(bare, stems))

    @lazy
    def _foreign(self) -> Mapping[str, str]:
        """The words of scripts other than Latin that stand without a capital, by their folded forms."""
        return {
            word.key: bare(word.stem)
            for _, row in self._rows
            for word in row.sentence.words
            if LAST_LATIN < word.key < FIRST_UNSPACED and not word.is_capital
        }

    @lazy
    def _full_text(self) -> sqlite3.Connection:
        database = _database()
        weakref.finalize(self, database.close)
        rows = ((at, " ".join(row.forms), " ".join(post.title)) for at, (post, row) in enumerate(self._rows))
        database.executemany("INSERT INTO sentences (rowid, own, title) VALUES (?, ?, ?)", rows)
        return database

    @property
    def documents(self) -> tuple[Annotated, ...]:
        """The documents, in the order given."""
        return self._documents

    def __len__(self) -> int:
        return sum(len(document.sentences) - 1 for document in self._documents)

    def search(self, question: str, most: int = 5) -> list[Passage]:
        """The passages that bear on the question, the best first; none where no word of it stands in the posts."""
        return list(self.find(question, most).passages)

    def find(self, question: str, most: int = 5, *, without: tuple[str, int] | None = None) -> SearchResult:
        """The passages, and whether they answer it. "unanswered" has them too: what comes nearest, and is no answer.

        `without` is a sentence, by its post's key and its number, that is no passage: the one that asks the question.
        """
        read = self._read(question)
        ranked = [passage for passage in self._ranked(read) if (passage.post, passage.hit) != without][:most]
        unknown = tuple(dict.fromkeys(term.text for term in read.terms if not term.forms and not term.is_implied))
        return SearchResult(tuple(ranked), strongest(passage.state for passage in ranked[:_FIRST]), unknown)

    # --- the question's words in these posts ---

    @lazy
    def _by_start(self) -> Mapping[str, list[str]]:
        table: dict[str, list[str]] = {}
        for one in self._frequency:
            table.setdefault(one[:3], []).append(one)
        return table

    @lazy
    def _by_root(self) -> Mapping[str, list[str]]:
        """The Arabic and Hebrew words by their consonants, without what is put before, in and behind them."""
        table: dict[str, list[str]] = {}
        for key, own in self._foreign.items():
            if consonants := root(key):
                table.setdefault(consonants, []).append(own)
        return table

    @lazy
    def _by_skeleton(self) -> Mapping[str, list[str]]:
        """The words of scripts other than Latin by the consonants that a name in Latin letters would have."""
        table: dict[str, list[str]] = {}
        for key, own in self._foreign.items():
            for cut in range(min(4, max(1, len(key) - 2))):
                table.setdefault(skeleton(key[cut:]), []).append(own)
        return table

    def _read(self, text: str) -> Question:
        if text not in self._questions:
            line = _question_line(text, self._languages)
            self._questions[text] = Question(line, tuple(self._terms(line)))
        return self._questions[text]

    def _terms(self, line: Annotation) -> Iterator[Term]:
        asked = line.asks_for
        named = {mention.start: mention.group for mention in line.names if mention.is_sure or mention.place}
        light = light_words(line.language)
        for token in tokens(line):
            if asked.start < token.end and token.start < asked.end:
                continue
            group = named.get(token.start, -1 if token.key.isdigit() else None)
            is_implied = token.key in asked.implied or token.key in light
            is_category = asked.wanted == "thing" and asked.end > 0 and 0 < token.start - asked.end <= 1
            factor = IMPLIED if is_implied else _CATEGORY if is_category and group is None else 1.0
            yield self._term(token, line, group, factor)

    def _term(self, token: Token, line: Annotation, group: int | None, factor: float) -> Term:
        written = line.text[token.start : token.end]
        forms = self._forms(token, written, line.language, is_name=group is not None)
        term = Term(written, token.key, 0.0, group, factor, forms)
        return replace(term, weight=_weight(term, self._frequency, len(self)))

    def _forms(self, token: Token, written: str, language: str, *, is_name: bool) -> dict[str, float]:
        """The words of the posts that can be this word of the question, by how surely they are."""
        forms: dict[str, float] = {}
        stems = (bare(stem(written, tongue)) for tongue in (*self._languages, language))
        own = dict.fromkeys((token.stem, *stems))
        candidates = dict.fromkeys(own, 1.0)
        candidates.update({other: SYNONYM for one in own for other in synonyms(one, language)} if not is_name else {})
        if not is_name:
            for one in own:
                candidates |= dict.fromkeys(again(one), SYNONYM)
                for other in related(one, language):
                    candidates.setdefault(other, RELATED)
        consonants = root(token.key)
        for other in self._by_root.get(consonants, ()) if consonants else ():
            candidates[other] = max(candidates.get(other, 0.0), _SAME_ROOT)
        for other in self._by_start.get(token.stem[:3], ()):
            likeness = (
                _name_likeness(token, other, (*self._languages, language)) if is_name else _likeness(token, other)
            )
            if likeness > candidates.get(other, 0.0):
                candidates[other] = likeness
        if where := place_form(token.key):
            candidates[where] = 1.0
        if is_name and script(token.key) == "latin" and len(skeleton(token.key)) > 2:
            for other in self._by_skeleton.get(skeleton(token.key), ()):
                candidates.setdefault(other, _TRANSLITERATED)
        for form in sorted(candidates, key=lambda form: -candidates[form]):
            if form in self._frequency and len(forms) < _MOST_FORMS and not (is_name and self._is_small(form)):
                forms[form] = candidates[form]
        return forms

    def _is_small(self, form: str) -> bool:
        """Whether a word, of a script with capitals, never has one in these posts: then it is no name there."""
        return form.isalpha() and script(form) in CASED and form not in self._capitals

    # --- weighing ---

    def _ranked(self, question: Question) -> list[Passage]:
        """The sentences that have most of the question's words, weighed with all else that tells an answer."""
        memo: dict[int, tuple[float, ...]] = {}
        read = [(row, *self._read_row(question, row, memo)) for row in self._candidates(question)]
        read.sort(key=lambda one: (-_covered(question, *one[1:]), one[0]))
        first = sorted(read[:_MOST_WEIGHED], key=lambda one: one[0])
        passages = sorted((self._passage(question, *one) for one in first), key=lambda passage: -passage.score)
        return [replace(passage, score=round(passage.score, 4)) for passage in passages]

    def _candidates(self, question: Question) -> list[int]:
        """The rows that the full-text index finds, and their neighbours, which may hold what they only lead up to."""
        forms = {form for term in question.terms for form in term.forms}
        if not forms:
            return []
        if len(self) <= _ALL_ROWS:
            return list(range(len(self)))
        query = " OR ".join(f'"{form}"' for form in sorted(forms))
        ranked = self._full_text.execute(
            "SELECT rowid FROM sentences WHERE sentences MATCH ? ORDER BY bm25(sentences, 1.0, 0.3) LIMIT ?",
            (query, _CANDIDATES),
        )
        return list(dict.fromkeys(near for (row,) in ranked for near in (row, *self._beside(row))))

    def _beside(self, row: int) -> list[int]:
        """The rows right before and behind it, as far as they are of the same post."""
        post = self._rows[row][0]
        return [near for near in (row - 1, row + 1) if 0 <= near < len(self._rows) and self._rows[near][0] is post]

    def _read_row(self, question: Question, row: int, memo: dict[int, tuple[float, ...]]) -> _Levels:
        likeness = 1.0 if question.line.language == self._rows[row][1].sentence.language else _OTHER_LANGUAGE
        factors = [1.0 if term.is_name else likeness for term in question.terms]
        own = tuple(map(operator.mul, self._own(question, row, memo), factors))
        alone = list(map(operator.mul, self._levels(question, row, memo), factors))
        return own, _as_names(question.terms, alone)

    def _passage(self, question: Question, row: int, own: tuple[float, ...], levels: tuple[float, ...]) -> Passage:
        """A sentence as a passage, scored by how rare its words are in all posts, judged by how rare in its own."""
        post, indexed = self._rows[row]
        answer = candidate(question, indexed, own, levels)
        score = confidence(question, answer, [term.weight for term in question.terms])
        here = [_weight(term, post.frequency, len(post.sentences)) for term in question.terms]
        return _passage(indexed, score, state_of(confidence(question, answer, here)))

    def _own(self, question: Question, row: int, memo: dict[int, tuple[float, ...]]) -> tuple[float, ...]:
        """How surely each word of the question stands in a sentence."""
        if row not in memo:
            words = self._rows[row][1].distinct
            memo[row] = tuple(
                max((likeness for form, likeness in term.forms.items() if form in words), default=0.0)
                for term in question.terms
            )
        return memo[row]

    def _levels(self, question: Question, row: int, memo: dict[int, tuple[float, ...]]) -> list[float]:
        """How much of each word of the question is in a sentence, or where it can be meant there."""
        post, indexed = self._rows[row]
        levels = self._own(question, row, memo)
        for near in self._beside(row):
            neighbour = self._rows[near][1].sentence
            if not neighbour.is_question:
                share = _BESIDE if neighbour.block == indexed.sentence.block else _IN_BLOCK
                there = self._own(question, near, memo)
                levels = tuple(max(one, share * other) for one, other in zip(levels, there, strict=True))
        return [max(level, _elsewhere(term, post)) for term, level in zip(question.terms, levels, strict=True)]


def _post(document: Annotated, forms: dict[str, WordForms]) -> _Post:
    def of(sentence: Annotation) -> tuple[str, ...]:
        return tuple(forms.setdefault(sentence.language, WordForms(sentence.language)).of(sentence))

    sentences = tuple(IndexedSentence(document, sentence, of(sentence)) for sentence in document.annotations[1:])
    return _Post(sentences, of(document.annotations[0]))


def _elsewhere(term: Term, post: _Post) -> float:
    """What a word counts for that stands in the headline, or in another part of the post."""
    in_post = _NAME_IN_POST if term.is_name else _WORD_IN_POST
    return max(
        (
            likeness * (_IN_TITLE if form in post.title else in_post)
            for form, likeness in term.forms.items()
            if form in post.title or form in post.frequency
        ),
        default=0.0,
    )


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


def _question_line(text: str, languages: Sequence[str]) -> Annotation:
    """The question in its language: of those of the posts and English the one whose small words it has, else the
    detector's: a question is too short for the detector alone."""
    lines = {language: annotate(text, language) for language in (*languages, "en")}
    keys = [word.key for word in annotate(text, "und").words]
    small = {
        language: sum(key in common_words(language) for key in keys)
        + 2 * (line.asks_for.end > 0 and line.asks_for.start < _OPENING)
        for language, line in lines.items()
    }
    best = max(small, key=lambda language: small[language])
    language = best if small[best] > 1 else language_of(text, languages[0] if languages else None)
    return lines.get(language) or annotate(text, language)


_OPENING = 4


def _weight(term: Term, frequency: Mapping[str, int], rows: int) -> float:
    """How much a word of the question tells: the fewer of the rows hold it, the more."""
    times = max((frequency[form] for form in term.forms), default=0)
    factor = _IMPLIED_ABSENT if not times and (term.is_implied or UNSPACED_RUN.fullmatch(term.key)) else term.factor
    return math.log(1 + (rows + 1) / (times + 0.5)) * (_NAME if term.is_name else 1.0) * factor


def _name_likeness(token: Token, other: str, languages: Sequence[str]) -> float:
    is_same = any(same_name(form, other, language) for language in languages for form in (token.key, token.stem))
    return _SAME_WORD if is_same else 0.0


def _likeness(token: Token, other: str) -> float:
    short, long = sorted((token.stem, other), key=len)
    if is_who_does(long, short):
        return _SAME_WORD
    if len(short) > 4 and len(long) < 3 * len(short) and long.startswith(short):
        return 0.8
    if len(short) < _SHORTEST or not same_word(token.stem, other):
        return 0.0
    common = next((at for at, (a, b) in enumerate(zip(token.stem, other, strict=False)) if a != b), None)
    common = min(len(token.stem), len(other)) if common is None else common
    return _SAME_WORD if common >= 0.8 * max(len(token.stem), len(other)) else 0.5


_SHORTEST = 5  # letters of a stem that may be another form of a word; of shorter ones too many look alike


def _passage(indexed: IndexedSentence, score: float, state: AnswerState) -> Passage:
    """The sentence with the ones before that it leans on, as far as they stand in its block."""
    document, sentence = indexed.document, indexed.sentence
    first = sentence.number
    earliest = max(document.blocks[sentence.block].first, first - _MOST_BEFORE)
    while first > earliest and document.annotations[first].is_anaphoric:
        first -= 1
    sentences = tuple(range(first, sentence.number + 1))
    return Passage(document, sentence.block, sentence.number, sentences, score, state)


_MOST_BEFORE = 2
