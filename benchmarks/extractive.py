"""Three sentences of ours, of lead-3 and of sumy's engines against what people wrote, and the time they take.

    BRIEFING_DATA=… python -m benchmarks.extractive [--quick]

ROUGE-1, -2 and -L F1: tokens `\\w+` lower-cased, no stemmer, over the three sentences joined, each measure the best of
several references. The sentences are the same for all (our splitter), fed to sumy through its own DOM classes. "paired"
is our mean difference to lead-3 in its standard errors. The weights were fitted by halves: articles whose first
sentence has an even CRC-32 against the odd ones; both halves are printed.
"""

from __future__ import annotations

import json
import math
import re
import statistics
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.corpus import folder
from briefing.language.sentences import split
from briefing.summarise.extractive import extract
from briefing.types import Block, Document, Post, Sentence

_FILES = {"en": ("cnndm_en", "writers_en"), "fr": ("orangesum_fr",), "es": ("basse_es",)}
_NAMES = {"en": "english", "fr": "french", "es": "spanish"}
_WORD = re.compile(r"\w+")
_MEASURES = ("R-1", "R-2", "R-L")
Scores = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Article:
    document: Document
    references: tuple[tuple[str, ...], ...]


class WordTokenizer:
    """What sumy asks of a tokenizer, without the nltk data that its own one downloads."""

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(_WORD.findall(text.lower()))


def tokens(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


def document(key: str, text: str, language: str) -> Document:
    """A document of plain text: a block a paragraph."""
    blocks: list[Block] = []
    sentences = [Sentence(0, 0, 0, -1)]
    for match in re.finditer(r"\S(?:.*\S)?", text):
        first = len(sentences)
        for start, end in split(match.group(), language):
            sentences.append(Sentence(len(sentences), match.start() + start, match.start() + end, len(blocks)))
        blocks.append(Block("paragraph", match.start(), match.end(), first, len(sentences) - 1))
    return Document(Post(key, "", ""), "", text, tuple(blocks), tuple(sentences), language)


def articles(folder: Path, language: str) -> list[Article]:
    rows = [json.loads(line) for name in _FILES[language] for line in (folder / f"{name}.jsonl").open(encoding="utf-8")]
    return [Article(document(row["id"], row["text"], language), _references(row)) for row in rows]


def _references(row: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
    given = row.get("references") or [row["reference"]]
    return tuple(tokens(one["summary"] if isinstance(one, dict) else one) for one in given)


def rouge(candidate: Sequence[str], references: Iterable[Sequence[str]]) -> Scores:
    scores = [_rouge(candidate, reference) for reference in references]
    return max(s[0] for s in scores), max(s[1] for s in scores), max(s[2] for s in scores)


def _rouge(candidate: Sequence[str], reference: Sequence[str]) -> Scores:
    one, two = (_overlap(candidate, reference, n) for n in (1, 2))
    return one, two, _f1(_longest_common(candidate, reference), len(candidate), len(reference))


def _overlap(candidate: Sequence[str], reference: Sequence[str], n: int) -> float:
    ours, theirs = (Counter(zip(*(side[i:] for i in range(n)), strict=False)) for side in (candidate, reference))
    return _f1((ours & theirs).total(), ours.total(), theirs.total())


def _f1(shared: int, ours: int, theirs: int) -> float:
    return 2 * shared / (ours + theirs) if shared else 0.0


def _longest_common(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest common subsequence, a bit a token (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for index, token in enumerate(one):
        places[token] = places.get(token, 0) | 1 << index
    full = (1 << len(one)) - 1
    row = full
    for token in other:
        matched = row & places.get(token, 0)
        row = ((row + matched) | (row - matched)) & full
    return len(one) - row.bit_count()


def ours(document: Document) -> str:
    return " ".join(draft.text for draft in extract(document, "short").claims)


def lead(document: Document) -> str:
    return " ".join(document.quote(number) for number in range(1, min(4, len(document.sentences))))


def sumy(summarizer: Callable[..., Iterable[object]]) -> Callable[[Document], str]:
    from sumy.models.dom import ObjectDocumentModel, Paragraph
    from sumy.models.dom import Sentence as SumySentence

    def summarise(document: Document) -> str:
        tokenizer = WordTokenizer()
        paragraphs = [
            Paragraph([SumySentence(document.quote(n), tokenizer) for n in range(block.first, block.last + 1)])
            for block in document.blocks
        ]
        return " ".join(map(str, summarizer(ObjectDocumentModel(paragraphs), 3)))

    return summarise


def _peers(language: str) -> dict[str, Callable[[Document], str]]:
    """sumy's engines set up as its README shows: with the language's stemmer and stop words."""
    from sumy.nlp.stemmers import Stemmer
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.lsa import LsaSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer
    from sumy.utils import get_stop_words

    name = _NAMES[language]
    engines = {"sumy LexRank": LexRankSummarizer, "sumy TextRank": TextRankSummarizer, "sumy LSA": LsaSummarizer}
    peers = {title: engine(Stemmer(name)) for title, engine in engines.items()}
    for peer in peers.values():
        peer.stop_words = get_stop_words(name)
    return {name: sumy(peer) for name, peer in peers.items()}


def _run(articles: Sequence[Article], engine: Callable[[Document], str]) -> tuple[list[Scores], float]:
    """The scores of each article, and the processor time for all in seconds: of each article the better of two runs."""
    texts, seconds = [], 0.0
    for article in articles:
        times = []
        for _ in range(2):
            began = time.process_time()
            text = engine(article.document)
            times.append(time.process_time() - began)
        texts.append(text)
        seconds += min(times)
    return [rouge(tokens(text), article.references) for text, article in zip(texts, articles, strict=True)], seconds


def _whole(document: Document) -> str:
    return " ".join(draft.text for draft in extract(document, "medium").claims)


def _means(scores: Sequence[Scores]) -> list[float]:
    return [100 * statistics.fmean(column) for column in zip(*scores, strict=True)]


def _paired(ours: Sequence[Scores], lead: Sequence[Scores]) -> list[float]:
    """Our mean difference to lead-3, in its standard errors, a measure each."""
    found = []
    for measure in range(3):
        differences = [mine[measure] - theirs[measure] for mine, theirs in zip(ours, lead, strict=True)]
        error = statistics.stdev(differences) / math.sqrt(len(differences))
        found.append(statistics.fmean(differences) / error if error else 0.0)
    return found


def _line(name: str, scores: Sequence[Scores], seconds: float) -> str:
    means = _means(scores)
    return (
        f"  {name:14}"
        + "".join(f"{mean:7.2f}" for mean in means)
        + f"{statistics.fmean(means):8.2f}{seconds * 1000 / len(scores):9.2f}"
    )


def _report_halves(articles: Sequence[Article], mine: Sequence[Scores], first: Sequence[Scores]) -> None:
    halves = [zlib.crc32(article.document.quote(1).encode()) % 2 for article in articles]
    for half in (0, 1):
        chosen = [index for index, side in enumerate(halves) if side == half]
        ahead, behind = (statistics.fmean(_means([side[i] for i in chosen])) for side in (mine, first))
        print(f"  half {half}: {len(chosen):3} articles, mean of the three {ahead - behind:+.2f} to lead-3")


def _report(folder: Path, language: str, *, quick: bool) -> None:
    read = articles(folder, language)
    print(f"{language}: {len(read)} articles{'':10}{'  '.join(f'{m:>5}' for m in _MEASURES)}    mean  ms each")
    mine, seconds = _run(read, ours)
    first, lead_seconds = _run(read, lead)
    print(_line("briefing", mine, seconds))
    print(_line("lead-3", first, lead_seconds))
    print("  paired: " + ", ".join(f"{m} {z:+.2f} SE" for m, z in zip(_MEASURES, _paired(mine, first), strict=True)))
    _report_halves(read, mine, first)
    for name, peer in {} if quick else _peers(language).items():
        scores, peer_seconds = _run(read, peer)
        print(_line(name, scores, peer_seconds))
        if name == "sumy LexRank":
            _, full = _run(read, _whole)
            print(
                f"  briefing takes 1/{peer_seconds / seconds:.1f} of that, the whole X-ray 1/{peer_seconds / full:.1f}"
            )


def figures() -> dict[str, float]:
    """What has a floor: the mean of the three measures, and by how much it is above lead-3, by language."""
    found: dict[str, float] = {}
    for language in _FILES:
        read = articles(folder() / "references", language)
        mine, first = (statistics.fmean(_means(_run(read, engine)[0])) for engine in (ours, lead))
        found |= {f"{language}: mean of R-1, R-2, R-L": mine, f"{language}: above lead-3": mine - first}
    return found


def main() -> None:
    for language in _FILES:
        _report(folder() / "references", language, quick="--quick" in sys.argv)


if __name__ == "__main__":
    main()
