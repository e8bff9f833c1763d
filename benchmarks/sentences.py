"""Sentence ends against sentencex and pysbd: whole cases of the golden set, and speed on real texts.

Run: `BRIEFING_DATA=… python -m benchmarks.sentences`. The three splitters are timed in turn on the same blocks.
"""

from __future__ import annotations

import html
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import Any

import pysbd
import sentencex

from briefing.language.sentences import split

Splitter = Callable[[str, str], list[str]]
Block = tuple[str, str]  # language, text

_ROUNDS = 5
_SLOW_SHARE = 25  # the slow splitters are timed on every n-th block, and so is ours for the ratio
_REFERENCES = (("cnndm_en", "en"), ("orangesum_fr", "fr"), ("basse_es", "es"), ("writers_en", "en"))


def by_briefing(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in split(text, language)]


def by_sentencex(text: str, language: str) -> list[str]:
    return [sentence.strip() for sentence in sentencex.segment(language, text) if sentence.strip()]


def by_pysbd(text: str, language: str) -> list[str]:
    return [sentence.strip() for sentence in _pysbd(language).segment(text) if sentence.strip()]


@lru_cache(maxsize=64)
def _pysbd(language: str) -> Any:
    known = language if language in pysbd.languages.LANGUAGE_CODES else "en"
    return pysbd.Segmenter(language=known, clean=False)


SPLITTERS: dict[str, Splitter] = {"briefing": by_briefing, "sentencex": by_sentencex, "pysbd": by_pysbd}


def cases(data: Path) -> list[dict[str, Any]]:
    """The golden cases that do not change the text."""
    lines = (data / "sentences" / "golden.jsonl").read_text("utf-8").splitlines()
    return [case for case in map(json.loads, lines) if not case["clean_mode"]]


def is_whole(case: dict[str, Any], splitter: Splitter) -> bool:
    return splitter(case["text"], case["lang"]) == [sentence.strip() for sentence in case["sentences"]]


def blocks(data: Path) -> Iterator[Block]:
    """The blocks of the saved posts, tags stripped crudely, and the paragraphs of the reference articles."""
    for path in sorted((data / "wordpress").glob("*/*.json")):
        for post in json.loads(path.read_text("utf-8")):
            text = re.sub(r"<(style|script).*?</\1>|<!--.*?-->", "", post["content"]["rendered"], flags=re.S)
            for part in re.split(r"</?(?:p|div|h\d|li|ul|ol|td|tr|table|blockquote|figure|section)\b[^>]*>", text):
                plain = " ".join(html.unescape(re.sub(r"<[^>]+>", "", part)).split())
                if plain:
                    yield path.parent.name, plain
    for name, language in _REFERENCES:
        for line in (data / "references" / f"{name}.jsonl").read_text("utf-8").splitlines():
            for part in json.loads(line)["text"].split("\n"):
                if part.strip():
                    yield language, part.strip()


def seconds(splitter: Splitter, sample: list[Block], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.process_time()
        for language, text in sample:
            splitter(text, language)
        times.append(time.process_time() - start)
    return median(times)


def main() -> None:
    folder = os.environ.get("BRIEFING_DATA")
    if not folder:
        sys.exit("set BRIEFING_DATA to the folder of the data")
    data = Path(folder)
    golden, everything = cases(data), list(blocks(data))
    for name, splitter in SPLITTERS.items():
        whole = sum(is_whole(case, splitter) for case in golden)
        print(f"{name:10} {whole:4} of {len(golden)} cases whole  {whole / len(golden):6.1%}")
    sample = everything[::_SLOW_SHARE]
    words = sum(len(text.split()) for _, text in sample)
    ours = seconds(by_briefing, sample, _ROUNDS)
    for name, splitter in SPLITTERS.items():
        took = seconds(splitter, sample, _ROUNDS if name == "briefing" else 1)
        print(f"{name:10} {took / words * 500 * 1000:8.3f} ms per 500 words  {took / ours:7.1f} x briefing's time")
    took = seconds(by_briefing, everything, _ROUNDS)
    words = sum(len(text.split()) for _, text in everything)
    print(f"briefing, all {len(everything)} blocks: {took / words * 500 * 1000:.3f} ms per 500 words")


if __name__ == "__main__":
    main()
