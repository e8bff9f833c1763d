"""Who says it: whose word a sentence is labelled as, against what people who had not seen the code say it is.

    python -m benchmarks.who [--half dev|test|all] [--show wrong|unknown|own|all]

`tests/data/truth/who.jsonl`: 300 sentences in ten languages, each alone or behind the sentence before it, and the words
that name who says it; null where it is the text's own word. `tests/data/languages/attribution.jsonl`: 150 more. Rows of
odd numbers were developed on, those of even numbers are measured by default. A label is right where it names the same
as the row, by word or by name; it may be "not recognised"; and it must not give another's word as the text's own.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from briefing.clean.cleaner import clean
from briefing.language.annotation import annotate
from briefing.language.who_says import who_says
from briefing.language.words import common_words, words
from briefing.types import Post, Speaker

_DATA = Path(__file__).parents[1] / "tests" / "data"
FILES = {"who": _DATA / "truth" / "who.jsonl", "attribution": _DATA / "languages" / "attribution.jsonl"}


def rows(name: str, half: str) -> Iterator[dict[str, Any]]:
    """The rows of a file: of a half, or of "all"."""
    for text in FILES[name].read_text(encoding="utf-8").splitlines():
        row = json.loads(text)
        if half == "all" or (int(row["id"].rpartition("-")[2]) % 2 == 0) == (half == "test"):
            yield row


def labelled(row: dict[str, Any]) -> Speaker:
    """Whose word the sentence of a row is labelled as, the sentence before it in front."""
    html = "".join(f"<p>{part}</p>" for part in (row.get("before", ""), row["sentence"]) if part)
    document = annotate(clean(Post(key=row["id"], title="", html=html, language=row["lang"])))
    found = [who_says(document, one).speaker for one in document.annotations[1:]]
    return found[-1]


def outcome(speaker: Speaker, row: dict[str, Any]) -> str:
    """ "right", "unknown" (not recognised), "own" (another's word told as the text's own) or "wrong"."""
    if speaker.sourcing == "unknown":
        return "right" if speaker.voice and speaker.voice == row["who"] else "unknown"
    if speaker.sourcing == "author":
        return "right" if row["who"] is None else "own"
    if row["who"] is None:
        return "wrong"
    if row.get("who_is") == "unnamed" and speaker.sourcing == "unnamed":
        return "right"
    told = (speaker.voice, speaker.name or "")
    return "right" if any(_are_one(said, row["who"], row["lang"]) for said in told if said) else "wrong"


def _are_one(said: str, who: str, language: str) -> bool:
    """Whether one of two phrases has all words of the other that are not too common."""
    common = common_words(language)
    one, other = ({word.stem for word in words(text, language) if word.key not in common} for text in (said, who))
    return bool(one and other) and (one <= other or other <= one)


def figures() -> dict[str, float]:
    """The shares that have floors, of the half that no rule was tuned on."""
    measured = {}
    for name in FILES:
        counted = Counter(outcome(labelled(row), row) for row in rows(name, "test"))
        total = counted.total()
        measured[f"{name}: right"] = counted["right"] / total
        measured[f"{name}: recognised"] = 1 - counted["unknown"] / total
        measured[f"{name}: another's word not told as the post's own"] = 1 - counted["own"] / total
    return measured


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "test", "all"), default="test")
    parser.add_argument("--show", choices=("wrong", "unknown", "own", "all"), help="print the rows that end so")
    arguments = parser.parse_args()
    for name in FILES:
        ends: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for row in rows(name, arguments.half):
            speaker = labelled(row)
            end = outcome(speaker, row)
            for where in ("all", row["lang"], f"form: {row['form']}"):
                ends[where][end] += 1
            if arguments.show == end or (arguments.show == "all" and end != "right"):
                print(
                    f"{row['id']} {end}: {speaker} for {row['who']!r}\n    {row.get('before', '')} | {row['sentence']}"
                )
        for where, counted in ends.items():
            parts = "  ".join(f"{end} {n} ({n / counted.total():.0%})" for end, n in sorted(counted.items()))
            print(f"{name} {where:40} {counted.total():4}: {parts}")


if __name__ == "__main__":
    main()
