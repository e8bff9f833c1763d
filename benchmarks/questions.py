"""Questions asked of real posts: is the sentence that answers among the first five, and is "not in these posts" said?

    BRIEFING_DATA=… python -m benchmarks.questions [FILE]

FILE (by default tests/data/questions/questions.jsonl, by somebody who had not seen the retrieval and was asked to use
words of their own) has one question a line: `lang`, `post` (its title, and its text or where in the real texts that
stands), `question`, `answerable`, and `sentences`, words of those that answer. Asked once of the post alone and once of
all posts of the file together. An answerable question counts where one of the first five passages *is* the sentence and
the answer is not "not in these posts"; `hit@5` leaves out the second condition.

Plain BM25 beside it: SQLite FTS5 as it comes, over the same sentences, the words of the question joined by OR. It
cannot abstain, so it is given the score, picked with the answers at hand, that does best on both sorts together.
"""

from __future__ import annotations

import html
import json
import re
import sqlite3
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.corpus import folder, lines
from benchmarks.extractive import document
from briefing.retrieve.passages import Index
from briefing.types import Document, Sentence

_FILE = Path(__file__).parents[1] / "tests" / "data" / "questions" / "questions.jsonl"
_FIRST = 5
_POSTS = 2000
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Asked:
    language: str
    post: Document
    question: str
    is_answerable: bool
    sentences: tuple[str, ...]

    def holds(self, post: str, number: int) -> bool:
        """Whether this sentence is one of those that answer: its words and theirs, one inside the other."""
        if post != self.post.key:
            return False
        words = _plain(self.post.quote(number))
        return any(_is_inside(gold, words) for gold in map(_plain, self.sentences))


@dataclass(frozen=True, slots=True)
class Outcome:
    asked: Asked
    is_hit: bool
    is_told: bool
    """Whether anything but "not in these posts" was said."""

    @property
    def is_right(self) -> bool:
        return (self.is_hit and self.is_told) if self.asked.is_answerable else not self.is_told


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _is_inside(gold: str, words: str) -> bool:
    short, long = sorted((gold, words), key=len)
    return bool(short) and short in long and (short == gold or len(short) > len(gold) / 2)


def questions(file: Path) -> list[Asked]:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    posts: dict[str, Document] = {}
    found = []
    for row in rows:
        told = row["post"]
        text = str(told["text"]) if "text" in told else _excerpt(told)
        post = posts.setdefault(text, _document(f"post {len(posts)}", told["title"], text, row["lang"]))
        found.append(Asked(row["lang"], post, row["question"], row["answerable"], tuple(row.get("sentences", ()))))
    return found


def _excerpt(told: Mapping[str, Any]) -> str:
    """A piece of one of the real texts, white space collapsed: of `field` of `row` (from 0) of `file`."""
    text = (folder() / told["file"]).read_text(encoding="utf-8")
    rows = json.loads(text) if told["file"].endswith(".json") else [json.loads(line) for line in text.splitlines()]
    field = rows[told["row"]][told["field"]]
    whole = field if isinstance(field, str) else _without_tags(field["rendered"])
    return " ".join(whole.split())[told["from"] : told["to"]]


def _without_tags(markup: str) -> str:
    """As the pieces were measured off: not as our cleaner reads."""
    markup = re.sub(r"(?is)<(script|style)\b.*?</\1>", " ", markup)
    return html.unescape(re.sub(r"(?s)<[^>]*>", " ", markup))


def _document(key: str, title: str, text: str, language: str) -> Document:
    plain = document(key, text, language)
    headline = Sentence(0, 0, len(title), -1)
    return replace(plain, title=title, sentences=(headline, *plain.sentences[1:]))


def ours(asked: Asked, index: Index) -> Outcome:
    found = index.find(asked.question, _FIRST)
    is_hit = any(asked.holds(passage.post, passage.hit) for passage in found.passages)
    return Outcome(asked, is_hit, found.state != "unanswered")


class Plain:
    """SQLite's full-text search with its default tokenizer and rank."""

    def __init__(self, posts: Iterable[Document]) -> None:
        self._rows = [(post.key, s.number, post.quote(s.number)) for post in posts for s in post.sentences[1:]]
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE sentences USING fts5(text)")
        self._database.executemany(
            "INSERT INTO sentences (rowid, text) VALUES (?, ?)",
            ((n, text) for n, (_, _, text) in enumerate(self._rows)),
        )

    def ask(self, asked: Asked) -> tuple[bool, float]:
        """Whether the sentence is among the first five, and how high the first one scores."""
        query = " OR ".join(f'"{word}"' for word in _WORD.findall(asked.question))
        found = self._database.execute(
            "SELECT rowid, -rank FROM sentences WHERE sentences MATCH ? ORDER BY rank LIMIT ?", (query, _FIRST)
        ).fetchall()
        is_hit = any(asked.holds(*self._rows[row][:2]) for row, _ in found)
        return is_hit, max((score for _, score in found), default=0.0)


def plain(asked: Sequence[Asked], indexes: Sequence[Plain]) -> list[Outcome]:
    """The outcomes at the threshold that serves these very questions best."""
    found = [(one, *index.ask(one)) for one, index in zip(asked, indexes, strict=True)]
    tried = [
        [Outcome(one, is_hit, score >= least) for one, is_hit, score in found]
        for least in sorted({score for _, _, score in found} | {0.0})
    ]
    return max(tried, key=lambda outcomes: sum(map(_share, _sides(outcomes))))


def _sides(outcomes: Sequence[Outcome]) -> tuple[list[Outcome], list[Outcome]]:
    yes = [one for one in outcomes if one.asked.is_answerable]
    return yes, [one for one in outcomes if not one.asked.is_answerable]


def _share(outcomes: Sequence[Outcome]) -> float:
    return sum(one.is_right for one in outcomes) / len(outcomes) if outcomes else 0.0


def _report(name: str, outcomes: Sequence[Outcome]) -> None:
    yes, no = _sides(outcomes)
    print(
        f"  {name:30} hit@5 {_hits(outcomes):6.1%}   hit and told {_share(yes):6.1%}   "
        f"not in these posts {_share(no):6.1%}"
    )


def _by_language(outcomes: Sequence[Outcome]) -> None:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        groups[one.asked.language].append(one)
    for language, group in sorted(groups.items()):
        yes, no = _sides(group)
        print(
            f"    {language:4} {sum(o.is_right for o in yes)} of {len(yes)}, {sum(o.is_right for o in no)} of {len(no)}"
        )


def _speed(asked: Sequence[Asked]) -> None:
    """Real posts of every language at hand, repeated under other keys until there are enough."""
    texts = [
        (str(row["id"]), str(row["text"]), name[-2:])
        for name in ("cnndm_en", "writers_en", "orangesum_fr", "basse_es")
        for row in lines(f"references/{name}.jsonl")
    ]
    real = [document(key, text, language) for key, text, language in texts]
    posts = [real[n % len(real)] for n in range(_POSTS)]
    posts = [replace(post, post=replace(post.post, key=f"{post.key}#{n}")) for n, post in enumerate(posts)]
    index = Index(posts)
    began = time.process_time()
    index.find(asked[0].question)  # the first question has the posts annotated and the index built
    indexed = time.process_time() - began
    times = []
    for one in asked:
        began = time.process_time()
        index.find(one.question)
        times.append(time.process_time() - began)
    print(
        f"{len(posts)} posts ({len(real)} different), {len(index)} sentences: indexed in {indexed:.1f} s, "
        f"a question in {statistics.median(times) * 1000:.0f} ms (median; {max(times) * 1000:.0f} at most)"
    )


_ALONE, _TOGETHER = "each asked of its post", "each asked of all posts"


def outcomes(asked: Sequence[Asked]) -> dict[str, list[Outcome]]:
    """Ours: each question asked of its post alone, and of all posts together."""
    alone = {post.key: Index([post]) for post in _posts(asked)}
    together = Index(_posts(asked))
    return {
        _ALONE: [ours(one, alone[one.post.key]) for one in asked],
        _TOGETHER: [ours(one, together) for one in asked],
    }


def _posts(asked: Sequence[Asked]) -> list[Document]:
    return list({one.post.key: one.post for one in asked}.values())


def _hits(outcomes: Sequence[Outcome]) -> float:
    """The share of answerable questions with the sentence among the first five."""
    yes, _ = _sides(outcomes)
    return sum(one.is_hit for one in yes) / max(1, len(yes))


def figures() -> dict[str, float]:
    """What has a floor: shares of 1."""
    found: dict[str, float] = {}
    for title, given in outcomes(questions(_FILE)).items():
        yes, no = _sides(given)
        found |= {
            f"{title}: hit@5": _hits(given),
            f"{title}: hit and told": _share(yes),
            f"{title}: not in these posts": _share(no),
        }
    return found


def main() -> None:
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else _FILE
    if not file.is_file():
        sys.exit(f"{file}: there are no questions")
    asked = questions(file)
    posts = _posts(asked)
    answerable = sum(one.is_answerable for one in asked)
    print(f"{answerable} answerable questions and {len(asked) - answerable} others on {len(posts)} posts")
    together = Plain(posts)
    rivals = {
        _ALONE: {post.key: Plain([post]) for post in posts},
        _TOGETHER: dict.fromkeys((post.key for post in posts), together),
    }
    for title, given in outcomes(asked).items():
        print(title)
        _report("briefing", given)
        _by_language(given)
        _report("plain BM25, its best threshold", plain(asked, [rivals[title][one.post.key] for one in asked]))
    _speed(asked[:60])


if __name__ == "__main__":
    main()
