"""Which passages of many posts bear on a question, and whether any of them answers it: by words alone, no model.

SQLite's full-text index (FTS5, BM25) over the stems of every sentence finds the candidates; they are then weighed one
by one: which of the question's words stand in the sentence, beside it, or only in its post, and whether it holds the
sort of thing that is asked for (a number, a date, a name …).
"""

from __future__ import annotations

import math
import operator
import re
import sqlite3
import sys
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from briefing.exceptions import ConfigError
from briefing.language.asking import Asked, asked, light_words
from briefing.language.calendar import mentions
from briefing.language.detect import language_of
from briefing.language.doubt import attribution
from briefing.language.names import CASED, Mention, bare_place, names, same_name
from briefing.language.numbers import Quantity, is_measured, quantities
from briefing.language.places import place
from briefing.language.roots import root
from briefing.language.synonyms import related, synonyms
from briefing.language.transliteration import skeleton
from briefing.language.words import common_words, fold, same_word, script, stem, words
from briefing.summariser.extractive import leans
from briefing.summariser.xray import asks
from briefing.types import AnswerState, Document

_CANDIDATES = 60  # sentences that the full-text index hands on
_MOST_WEIGHED = 25
_ALL_ROWS = 60  # so few are all weighed
_MOST_FORMS = 40  # forms of one word of the question that are looked for

# How much of a word's weight counts where it stands: in the sentence itself, in the next one of its block or the
# headline, elsewhere in the post (a name the post is about is meant by "he" and "the company").
_BESIDE, _IN_TITLE, _IN_BLOCK = 0.75, 0.6, 0.5
_NAME_IN_POST, _WORD_IN_POST = 0.5, 0.15
_SAME_WORD, _SYNONYM, _TRANSLITERATED = 0.9, 0.7, 0.8
_SAME_ROOT, _RELATED = 0.8, 0.6
_OTHER_LANGUAGE = 0.6  # a word of another language may only look alike
_NAME = 1.4  # what a name or number weighs more than another word as rare
_CATEGORY = 0.5  # "Which company …?": the answer names it
_IMPLIED, _IMPLIED_ABSENT = 0.35, 0.1  # and a word that the thing asked for says by itself less


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


@dataclass(frozen=True, slots=True)
class _Term:
    """One word of the question: its forms in the posts, by how surely each is it.

    `group` is shared by the words of one name; None for what is no name or number. `factor` is less than 1 for words
    that the answer need not repeat.
    """

    text: str
    key: str
    weight: float
    group: int | None
    factor: float
    forms: Mapping[str, float]

    @property
    def is_name(self) -> bool:
        return self.group is not None

    @property
    def is_implied(self) -> bool:
        return self.factor == _IMPLIED


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    language: str
    asked: Asked
    terms: tuple[_Term, ...]


# --- words, as the index holds them --------------------------------------------------------------------------

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]{2,}")
_PARTICLES = frozenset("了的是在有和与與及也都就而吗嗎呢吧啊被把将將于於个個们們这這那之")
_HIRAGANA = re.compile(r"[\u3041-\u309f]+")
_DIGITS = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_NOT_WORD = re.compile(r"\W")
_CHUNK = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of a text as it is looked for, and where it stands; numbers are their digits."""

    key: str
    stem: str
    start: int
    end: int


def _tokens(text: str, language: str) -> Iterator[_Token]:
    """The words that tell what a text is about: no stop words, scripts without spaces in pairs of characters."""
    for match in _CHUNK.finditer(text):
        at = match.start()
        for token in _tokens_of(match.group(), language):
            yield _Token(token.key, token.stem, at + token.start, at + token.end)


@lru_cache(maxsize=16384)
def _tokens_of(chunk: str, language: str) -> tuple[_Token, ...]:
    """The words of what stands between two spaces."""
    found = []
    common = common_words(language)
    for word in words(chunk, language):
        if word.key in common or _HIRAGANA.fullmatch(word.key) or (len(word.key) == 1 and word.key < "\u2e80"):
            continue
        if _UNSPACED.fullmatch(word.key):
            for at in range(len(word.key) - 1):
                pair = word.key[at : at + 2]
                if language != "zh" or _PARTICLES.isdisjoint(pair):
                    found.append(_Token(pair, pair, word.start + at, word.start + at + 2))
        else:
            found.append(_Token(word.key, _bare(word.stem), word.start, word.end))
    for match in _DIGITS.finditer(chunk):
        digits = _plain(match.group())
        found.append(_Token(digits, digits, match.start(), match.end()))
    return tuple(found)


def _bare(stem_: str) -> str:
    """A stem as one token of the full-text index: without apostrophes and gershayim."""
    return _NOT_WORD.sub("", stem_) or "_"


def _plain(digits: str) -> str:
    return "".join(str(int(letter)) for letter in digits if letter.isdecimal())


@lru_cache(maxsize=65536)
def _place(key: str) -> str | None:
    """The index's word for the place a folded word names, in any script."""
    if len(key) < 2:
        return None
    found = bare_place(key) if key[0] > "\u0590" else place(key)
    return f"@{found}" if found else None


def _stems(text: str, language: str) -> list[str]:
    return [one for chunk in text.split() for one in _stems_of(chunk, language)]


def _stems_of(chunk: str, language: str) -> list[str]:
    found = []
    for token in _tokens_of(chunk, language):
        found.append(token.stem)
        if where := _place(token.key):
            found.append(where)
    return found


class _Lexicon(dict[str, tuple[str, ...]]):
    """The stems of what stands between two spaces, worked out once; texts repeat most of it."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self.capitals: set[str] = set()
        self.foreign: dict[str, str] = {}

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        for word in words(chunk, self._language):
            if word.is_capital:
                self.capitals.add(_bare(word.stem))
            elif _LAST_LATIN < ord(word.key[:1] or " ") < _FIRST_UNSPACED:
                self.foreign[word.key] = _bare(word.stem)
        self[chunk] = found = tuple(map(sys.intern, _stems_of(chunk, self._language)))
        return found

    def stems(self, text: str) -> list[str]:
        return [one for chunk in text.split() for one in self[chunk]]


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
        self._lexica: dict[str, _Lexicon] = {}
        self._database = _database()
        weakref.finalize(self, self._database.close)
        for document in self._documents:
            self._add(document)
        self._capitals = frozenset(one for lexicon in self._lexica.values() for one in lexicon.capitals)
        self._foreign = {key: own for lexicon in self._lexica.values() for key, own in lexicon.foreign.items()}
        self._languages = tuple(sorted({document.language for document in self._documents}))

    def _add(self, document: Document) -> None:
        lexicon = self._lexica.setdefault(document.language, _Lexicon(document.language))
        title = _stems(document.title, document.language)  # its capitals tell nothing
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

    def _read(self, question: str) -> _Question:
        languages = Counter(document.language for document in self._documents)
        language = _language(question, [language for language, _ in languages.most_common()])
        what = asked(question, language)
        found = [mention for mention in names(question, language) if mention.is_sure or mention.place]
        named = {mention.start: mention.group for mention in found}
        light = light_words(language)
        terms = []
        for token in _tokens(question, language):
            if token.end <= what.start or token.start >= what.end:
                group = named.get(token.start, -1 if token.key.isdigit() else None)
                is_implied = token.key in what.implied or token.key in light
                is_category = (
                    what.wanted == "thing" and what.end > 0 and 0 < token.start - what.end <= 1 and group is None
                )
                factor = _IMPLIED if is_implied else _CATEGORY if is_category else 1.0
                terms.append(self._term(token, question, language, group, factor))
        return _Question(question, language, what, tuple(terms))

    def _term(self, token: _Token, question: str, language: str, group: int | None, factor: float) -> _Term:
        forms = self._forms(token, language, is_name=group is not None)
        term = _Term(question[token.start : token.end], token.key, 0.0, group, factor, forms)
        return replace(term, weight=_weight(term, self._held_by, len(self)))

    def _forms(self, token: _Token, language: str, *, is_name: bool) -> dict[str, float]:
        """The words of the posts that can be this word of the question, by how surely they are."""
        forms: dict[str, float] = {}
        own = {_bare(stem(token.key, tongue)) for tongue in (*self._languages, language)} | {token.stem}
        candidates = dict.fromkeys(own, 1.0)
        candidates.update({other: _SYNONYM for one in own for other in synonyms(one, language)} if not is_name else {})
        if not is_name:
            for one in own:
                candidates |= dict.fromkeys(_again(one), _SYNONYM)
                for other in related(one, language):
                    candidates.setdefault(other, _RELATED)
        for other in self._by_root.get(root(token.key), ()):
            candidates[other] = max(candidates.get(other, 0.0), _SAME_ROOT)
        for other in self._by_start.get(token.stem[:3], ()):
            likeness = _likeness(token, other, is_name=is_name)
            if likeness > candidates.get(other, 0.0):
                candidates[other] = likeness
        if where := _place(token.key):
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

    def _weighed(self, question: _Question) -> list[_Weighed]:
        """The sentences that have most of the question's words, weighed with all else that tells an answer."""
        memo: dict[int, tuple[float, ...]] = {}
        read = [(row, self._read_row(question, row, memo)) for row in self._candidates(question)]
        read.sort(key=lambda one: (-_covered(question, *one[1]), one[0]))
        found = [self._weigh(question, row, *levels) for row, levels in read[:_MOST_WEIGHED]]
        found.sort(key=lambda one: (-one.score, one.row))
        return found

    def _candidates(self, question: _Question) -> list[int]:
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

    def _read_row(self, question: _Question, row: int, memo: dict[int, tuple[float, ...]]) -> _Levels:
        language = self._documents[self._rows[row][0]].language
        likeness = 1.0 if question.language == language else _OTHER_LANGUAGE
        factors = [1.0 if term.is_name else likeness for term in question.terms]
        own = tuple(map(operator.mul, self._own(question, row, memo), factors))
        alone = list(map(operator.mul, self._levels(question, row, memo), factors))
        return own, _as_names(question.terms, alone)

    def _weigh(self, question: _Question, row: int, own: tuple[float, ...], levels: tuple[float, ...]) -> _Weighed:
        which, number = self._rows[row]
        document = self._documents[which]
        holds = _holds(question, document, number)
        weighed = _Weighed(document, number, row, 0.0, 0.0, own, levels, holds)
        weighed = replace(weighed, says=_says(question, weighed), near=_nearness(question, weighed))
        rows = len(document.sentences) - 1
        here = [_weight(term, self._in_post[which], rows) for term in question.terms]
        everywhere = [term.weight for term in question.terms]
        return replace(weighed, score=_sure(question, weighed, everywhere), bears=_sure(question, weighed, here))

    def _own(self, question: _Question, row: int, memo: dict[int, tuple[float, ...]]) -> tuple[float, ...]:
        """How surely each word of the question stands in a sentence."""
        if row not in memo:
            held = self._stems[row]
            memo[row] = tuple(
                max((likeness for form, likeness in term.forms.items() if form in held), default=0.0)
                for term in question.terms
            )
        return memo[row]

    def _levels(self, question: _Question, row: int, memo: dict[int, tuple[float, ...]]) -> list[float]:
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

    def _elsewhere(self, term: _Term, which: int) -> float:
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


def _covered(question: _Question, own: Sequence[float], levels: Sequence[float]) -> float:
    """How much of the question a sentence has, first in itself and then around it."""
    return sum(term.weight * (here + level) for term, here, level in zip(question.terms, own, levels, strict=True))


def _as_names(terms: Sequence[_Term], levels: Sequence[float]) -> tuple[float, ...]:
    """The levels, a name's other words counting as its last one does: "Houston" for the post's "Whitney Houston"."""
    last = {term.group: level for term, level in zip(terms, levels, strict=True) if term.group is not None}
    return tuple(
        max(level, last.get(term.group, 0.0)) if level and term.group is not None and term.group >= 0 else level
        for term, level in zip(terms, levels, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A sentence and what of the question it has: `own` in itself, `levels` with what stands around it.

    `score` orders sentences, by how rare the words are in all posts; `bears` decides, by how rare they are in its own.
    """

    document: Document
    number: int
    row: int
    score: float
    bears: float
    own: tuple[float, ...]
    levels: tuple[float, ...]
    holds: float
    says: float = 0.0
    near: float = 0.0

    @property
    def is_heading(self) -> bool:
        return self.document.blocks[self.document.sentences[self.number].block].kind == "heading"

    @property
    def is_question(self) -> bool:
        return _is_question(self.document.quote(self.number), self.document.language)


def _is_question(text: str, language: str) -> bool:
    """Whether a sentence asks, and tells nothing: by its mark and, as texts lose their quotation marks, its words."""
    if not asks(text):
        return False
    clauses = [clause for clause in _CLAUSES.split(text) if clause.strip()]
    found = [(asked(clause, language), len(clause) - len(clause.lstrip())) for clause in clauses]
    return any(one.end > 0 and one.start - lead < _OPENING_WORD for one, lead in found)


_CLAUSES = re.compile(r"[:;,—–،؛]")
_OPENING_WORD = 6  # characters: "And why …?"


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


def _weight(term: _Term, held_by: Mapping[str, int], rows: int) -> float:
    """How much a word of the question tells: the fewer of the rows hold it, the more."""
    held = max((held_by[form] for form in term.forms), default=0)
    factor = _IMPLIED_ABSENT if not held and (term.is_implied or _UNSPACED.fullmatch(term.key)) else term.factor
    return math.log(1 + (rows + 1) / (held + 0.5)) * (_NAME if term.is_name else 1.0) * factor


def _again(stem_: str) -> tuple[str, ...]:
    """The stem with the "re-" that many languages of Latin letters put before a verb, and without it."""
    if not stem_.isascii() or len(stem_) < _SHORTEST:
        return ()
    return ("re" + stem_, stem_[2:]) if stem_.startswith("re") else ("re" + stem_,)


def _likeness(token: _Token, other: str, *, is_name: bool) -> float:
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


def _passage(question: _Question, weighed: _Weighed) -> Passage:
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
    return Passage(document, block, number, sentences, round(weighed.score, 4), _state(weighed.bears))


_MOST_BEFORE = 2


# --- whether a sentence holds what is asked for ----------------------------------------------------------------

_AGE = re.compile(
    r"\d+\s*[-‑]?\s*years?[-‑\s]old|\baged?\s+(?:of\s+)?\d+|\bage of \d+|[(（]\d\d[)）]|,\s\d\d,"
    r"|\b(?:am|is|was|turned|turns)\s\d\d(?=[.,;]|\sand\b|\swhen\b|\syears?\b|$)"
    r"|\bâgée?s? de \d+|[,(] ?\d+ ans\b|\b(?:a|avait|de) \d\d ans\b|\b(?:de|tiene|tenía|con|tem|tinha) \d\d a[ñn]os\b"
    r"|\d+[- ](?:Jahre alt|jährige)|\d+-летн|\d+-річн|(?:[,(]|возрасте|исполнилось)\s*\d+\s(?:лет|год|года|років)\b"
    r"|(?:عمره|عمرها|البالغ|البالغة|يبلغ|تبلغ)\D{0,20}\d+|\b(?:בן|בת|בני)\s+(?:ה-?)?\d+|\d\d\s*歳|\d\d\s*岁",
    re.IGNORECASE,
)
_LAST_LATIN, _FIRST_UNSPACED = 0x370, 0x2E80
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_REASON = re.compile(
    r"\b(?:because|due to|owing to|so that|in order to|thanks to|as a result|reasons?|cause[ds]?|blam\w+|over concerns"
    r"|parce qu\w*|car|afin|en raison|à cause|grâce à|à la demande|suite à|puisqu\w*|porque|debido|ya que|a fin de"
    r"|a causa|por culpa|pois|devido|por causa|weil|wegen|damit|denn|aufgrund|perché|omdat|wegens|vanwege|потому|из-за"
    r"|чтобы|так как|поскольку|через те|бо|щоб)\b|لأن|بسبب|لكي|نظرا|جراء|בגלל|כי|כדי|משום|עקב|בשל"
    r"|ため|ので|から|理由に|原因|因为|因為|由于|為|为",
    re.IGNORECASE,
)
_PERHAPS_REASON = re.compile(
    r"\b(?:since|after|following|over|for|with|to|pour|por|para|um|per|тому)\b|حتى|\bل\w{3}|\bل[وه]", re.IGNORECASE
)
_CURRENCY = re.compile(
    r"[$€£¥₽₴₪₹₫₩]|\b(?:Rs|dollars?|euros?|pounds?|francs?|rupees?|pesos?|reais|real|dirhams?|dinars?|riyals?|soles|lira"
    r"|shekels?|crowns?|krona|rand|naira|yen|yuan|won|baht|zlotys?|dólares|dinares|libras|livres|dollari"
    r"|доллар\w*|рубл\w*|евро|гривень|гривен|грн|крон\w*)\b|دولار|ريال|درهم|جنيه|يورو|دينار|ليرة|שקל|דולר|אירו|יורו|円|元|ドル|ユーロ",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(?:yesterday|today|tomorrow|tonight|next (?:week|month|year)|last (?:week|month|year)|hier|demain|aujourd'hui"
    r"|ayer|hoy|mañana|ontem|hoje|amanhã|gestern|morgen|heute|вчера|сегодня|завтра|сьогодні)\b|أمس|اليوم|غدا|אתמול|היום|מחר"
    r"|昨日|今日|明日|来年|昨年|今年|\d月|\d日",
    re.IGNORECASE,
)
_TIME_UNITS = re.compile(r"שבוע\w*|ימים|חודש\w*|שנים|שעות|דקות|يومين|أسبوع\w*|أسابيع|شهرين|أشهر|عامين|سنوات|ساعات|أيام")
_PERSON = re.compile(
    "氏|さん|様|選手|教授|容疑者|先生|女士|・[ァ-ヴー]{2}|[市町村]長の..|社長の..|大統領|首相の|说|表示"
)
Span = tuple[int, int]


def _holds(question: _Question, document: Document, number: int) -> float:
    """How surely the sentence holds the sort of thing asked for: 1 where it does, or where that cannot be told."""
    text, language = document.quote(number), document.language
    test = _TESTS.get(question.asked.wanted)
    return test(question, text, language) if test else 1.0


def _number(question: _Question, text: str, language: str) -> float:
    amounts = _amounts(text, language)
    if not amounts:
        return 0.0
    counted = next((term for term in question.terms if not term.is_name), None)
    if counted is None or script(text) == "cjk":
        return 1.0
    return max(_counts(quantity, counted, text, language) for quantity in amounts)


def _counts(quantity: Quantity, counted: _Term, text: str, language: str) -> float:
    """Whether it is the counted thing's number: that follows at once, or nothing does; not what counts another."""
    clause = _PAUSE.split(text[quantity.start : quantity.end + 60])[0]
    following = [token for token in _tokens(clause, language) if not token.key.isdigit()][:3]
    before = list(_tokens(text[max(0, quantity.start - 30) : quantity.start], language))[-2:]
    if any(counted.forms.get(token.stem, 0.0) >= _SYNONYM for token in following):
        return 1.0
    likely = max((counted.forms.get(token.stem, 0.0) for token in (*following, *before)), default=0.0)
    if likely >= _RELATED:
        return 0.85
    if quantity.unit or quantity.kind == "fraction" or counted.is_implied:
        return 0.7
    if any(word.key in _PEOPLE for word in words(text[quantity.end : quantity.end + 20], language)[:2]):
        return 0.7
    return 0.8 if not following else 0.35


_PAUSE = re.compile(r"[,.;:()?!،。、]")
_PEOPLE = frozenset(
    map(fold, "people persons personnes personas pessoas menschen человек людей شخص أشخاص אנשים איש".split())
)


def _amounts(text: str, language: str) -> list[Quantity]:
    """The numbers of a text that count something: no dates, years or ordinals."""
    taken = [(one.start, one.end) for one in mentions(text, language)]
    return [
        quantity
        for quantity in quantities(text, language)
        if quantity.kind in ("number", "fraction", "vague")
        and not _YEAR.fullmatch(text[quantity.start : quantity.end])
        and not any(start <= quantity.start < end for start, end in taken)
        and not (quantity.is_word and quantity.readings <= {0.0, 1.0})
    ]


def _money(question: _Question, text: str, language: str) -> float:
    return 1.0 if _prices(text, language) else 0.0


def _prices(text: str, language: str) -> list[Span]:
    amounts = _amounts(text, language)
    return [
        (one.start, one.end)
        for one in amounts
        if (one.unit or "").isupper() or _CURRENCY.search(text[max(0, one.start - 12) : one.end + 16])
    ]


def _duration(question: _Question, text: str, language: str) -> float:
    amounts = [q for q in _amounts(text, language) if not _AGE.match(text, q.start)]
    return 1.0 if any(q.unit for q in amounts) or _TIME_UNITS.search(text) else 0.6 if amounts else 0.0


_INCHES = re.compile(r"\d[\s-]?(?:inch|inches|pouces?|pulgadas?|polegadas?|Zoll|pollici|дюйм\w*|インチ)", re.IGNORECASE)


def _size(question: _Question, text: str, language: str) -> float:
    amounts = _amounts(text, language)
    return 1.0 if any(is_measured(q.unit) for q in amounts) or (amounts and _INCHES.search(text)) else 0.0


def _age(question: _Question, text: str, language: str) -> float:
    return 1.0 if _AGE.search(text) else 0.0


def _date(question: _Question, text: str, language: str) -> float:
    return 1.0 if mentions(text, language) or _YEAR.search(text) or _TIMES.search(text) else 0.0


def _new_names(question: _Question, text: str, language: str) -> list[Mention]:
    asked_for = {term.key for term in question.terms}
    dates = [(one.start, one.end) for one in mentions(text, language)]
    return [
        mention
        for mention in names(text, language)
        if not any(start <= mention.start < end for start, end in dates)
        and not any(mention.key == key or same_name(mention.key, key) for key in asked_for)
    ]


def _who(question: _Question, text: str, language: str) -> float:
    """A name that the question does not have, near what is asked about it: "its spokesman Rob Dwight"."""
    if script(text) == "cjk":
        return 1.0 if _PERSON.search(text) else 0.3
    if script(text) not in CASED:
        return 1.0
    found = [name for name in _new_names(question, text, language) if not name.place]
    if not found:
        return 0.3
    about = [term for term in question.terms if not term.is_name and not term.is_implied]
    places = [
        (token.start, token.end)
        for token in _tokens(text, language)
        if any(term.forms.get(token.stem, 0.0) >= 0.5 for term in about)
    ]
    if not about:
        return 1.0
    if not places:
        return 0.5
    near = min(max(start - name.end, name.start - end, 0) for name in found for start, end in places)
    return 1.0 if near < _NEAR_CHARS else 0.7


_NEAR_CHARS = 40


def _where(question: _Question, text: str, language: str) -> float:
    if script(text) not in CASED:
        return 1.0
    return 1.0 if _new_names(question, text, language) else 0.3


def _reason(question: _Question, text: str, language: str) -> float:
    return 1.0 if _REASON.search(text) else 0.7 if _PERHAPS_REASON.search(text) else 0.3


def _speech(question: _Question, text: str, language: str) -> float:
    """Whether the one asked about speaks in the sentence."""
    voices = attribution(text, language)
    speaker = next((term for term in question.terms if not term.is_implied), None)
    if speaker is None:
        return 0.3
    if not voices:
        held = set(_stems(text, language))
        speaks = any(held & term.forms.keys() for term in question.terms if term.is_implied)
        return 0.7 if speaks and held & speaker.forms.keys() else 0.3
    said = {one for voice in voices for one in _stems(text[voice.start : voice.end], language)}
    if any(speaker.forms.get(one, 0.0) >= _SYNONYM for one in said):
        return 1.0
    return 0.8 if any(voice.is_pronoun for voice in voices) else 0.4


_TESTS = {
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


# --- whether the passages answer the question --------------------------------------------------------------------

_FIRST = 5  # passages that may decide whether a question is answered
_STATES: tuple[AnswerState, ...] = ("unanswered", "partly", "answered")


def strongest(states: Iterable[AnswerState]) -> AnswerState:
    """The strongest of some states; "unanswered" of none."""
    return max(states, key=_STATES.index, default="unanswered")


def _state(bears: float) -> AnswerState:
    return "answered" if bears >= _ANSWERED else "partly" if bears >= _PARTLY else "unanswered"


_ANSWERED, _PARTLY = 0.7, 0.5


def _sure(question: _Question, one: _Weighed, weights: Sequence[float]) -> float:
    """How surely a sentence answers, from 0 to 1; one that asks, or lacks the number asked for, does not."""
    score = _FITTED_BIAS + sum(_FITTED[name] * value for name, value in _features(question, one, weights).items())
    is_apart = question.asked.wanted == "whether" and any(
        own < _HARDLY for term, own in zip(question.terms, one.own, strict=True) if not term.is_implied
    )
    return (_NO_ANSWER if _is_none(question, one) else _APART if is_apart else 1.0) / (1 + math.exp(-score))


def _is_none(question: _Question, one: _Weighed) -> bool:
    """Whether a sentence cannot answer: it asks, lacks the number asked for, or tells of nothing that is asked."""
    terms = zip(question.terms, one.levels, strict=True)
    asked_for = [level for term, level in terms if not term.is_name and not term.is_implied]
    lacks = _SORTS[question.asked.wanted] == "hard" and one.holds < _HARDLY
    is_none = one.is_question or lacks or (bool(asked_for) and max(asked_for) < _FAR)
    return is_none or (question.asked.wanted == "date" and _is_about_another_end(question, one))


def _is_about_another_end(question: _Question, one: _Weighed) -> bool:
    """Whether the question is when something ends, and the post tells of no end: when it began is no answer."""
    terms = zip(question.terms, one.levels, strict=True)
    return any(term.key in _ENDS and level < _FAR for term, level in terms)


_ENDS = frozenset(
    map(
        fold,
        "end ends ended finish finished expire expires terminer termine finir finit terminará termina terminan acabar "
        "acaba terminou endet enden закончится кончится завершится تنتهي ينتهي انتهت انتهى ייגמר תסתיים "
        "יסתיים נגמר".split(),
    )
)


def _features(question: _Question, one: _Weighed, weights: Sequence[float]) -> dict[str, float]:
    """What speaks for and against a sentence as the answer, each from 0 to 1 or a small count."""
    terms = list(zip(question.terms, weights, one.levels, one.own, strict=True))
    content = [(w, level, own) for term, w, level, own in terms if not term.is_name and not term.is_implied]
    named = [(w, level, own) for term, w, level, own in terms if term.is_name]
    implied = [own for term, _, _, own in terms if term.is_implied]
    wanted = question.asked.wanted
    sort = _SORTS[wanted]
    own = _mean([(w, own) for w, _, own in content])
    level = _mean([(w, level) for w, level, _ in content])
    found = {
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
        found[name] = is_sort
        found[f"{name} own"] = is_sort * own
    for name in ("hard", "open", "reason"):
        found[f"{name} holds"] = float(sort == name) * one.holds
    return found


def _says(question: _Question, one: _Weighed) -> float:
    """Whether the sentence has one of the words by which such a thing is told: "cost" and "paid" for money."""
    implied = question.asked.implied
    tokens = _tokens(one.document.quote(one.number), one.document.language)
    return float(any(token.key in implied for token in tokens))


def _nearness(question: _Question, one: _Weighed) -> float:
    """How near what is asked for stands to the rarest other word of the question in the sentence: 1 at its side."""
    spans = _SPANS.get(question.asked.wanted)
    if spans is None or one.holds < _HARDLY:
        return 0.0
    text, language = one.document.quote(one.number), one.document.language
    found = spans(text, language)
    words_ = [
        (token.start, token.end)
        for token in _tokens(text, language)
        if any(term.forms.get(token.stem, 0.0) >= _RELATED for term in question.terms if not term.is_implied)
    ]
    apart = [max(start - end, begin - finish, 0) for begin, end in found for start, finish in words_]
    return math.exp(-min(apart) / _NEAR_CHARS) if apart else 0.0


_SPANS: Mapping[str, Callable[[str, str], Sequence[Span]]] = {
    "money": _prices,
    "age": lambda text, _: [one.span() for one in _AGE.finditer(text)],
    "date": lambda text, language: [
        *((one.start, one.end) for one in mentions(text, language)),
        *(one.span() for one in _YEAR.finditer(text)),
        *(one.span() for one in _TIMES.finditer(text)),
    ],
    "number": lambda text, language: [(one.start, one.end) for one in _amounts(text, language)],
    "duration": lambda text, language: [(one.start, one.end) for one in _amounts(text, language) if one.unit],
    "size": lambda text, language: [(one.start, one.end) for one in _amounts(text, language)],
}


def _mean(weighed: Sequence[tuple[float, float]]) -> float:
    """The mean of levels by their weights."""
    total = sum(weight for weight, _ in weighed)
    return sum(weight * level for weight, level in weighed) / total if total else 0.0


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
