"""What the second reader reads, against the texts: tokens of its calls over tokens of the post.

    BRIEFING_DATA=… python -m benchmarks.reading [--half dev|test|all]

Of every real post of 800 to 1,200 words twelve sentences, from its beginning to its end, stand for twelve lines in
other words, of which the reader is sent all, or every second. A line that was shortened is shorter than its sentence,
and lines on the same sentence share it, so that a summary takes less. Of the lines of `tests/data/truth/slips.jsonl`,
honest and slipped, those of a post are sent as if they were its summary, as far as code leaves them unread; their posts
are shorter.
"""

from __future__ import annotations

import argparse
import asyncio
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import Any

from benchmarks.corpus import wordpress_posts
from benchmarks.truth import claim_of, documents, rows
from briefing.clean.cleaner import clean
from briefing.exceptions import PostError
from briefing.language.annotation import Annotated, annotate
from briefing.model.prompts import Prompt
from briefing.model.replies import SecondReading
from briefing.model.tokens import count_tokens
from briefing.summarise.document_facts import prose
from briefing.summarise.model_reader import ModelReader
from briefing.types import Check, Claim
from briefing.verify.citation import evidence
from briefing.verify.verifier import verify

_LINES = 12


def sent(claims: Sequence[Claim], known: Mapping[str, Annotated]) -> int:
    """The tokens that the reader is sent to read these claims."""
    asked: list[Prompt] = []

    async def ask(prompt: Prompt, shape: type[Any], *, post: str) -> Any:
        asked.append(prompt)
        return SecondReading(lines=[])

    asyncio.run(ModelReader(ask).read(claims, known))
    return sum(count_tokens(prompt.system) + count_tokens(prompt.user) for prompt in asked)


def long_posts() -> Iterator[tuple[Annotated, list[Claim]]]:
    """The posts of 800 to 1,200 words, each with sentences of its own that stand for unread lines."""
    for _, post in wordpress_posts():
        try:
            document = annotate(clean(post))
        except PostError:
            continue
        sentences = list(prose(document))
        if 800 <= len(document.text.split()) <= 1200 and len(sentences) >= _LINES:
            chosen = [sentences[place * len(sentences) // _LINES] for place in range(_LINES)]
            yield (
                document,
                [Claim("c", s.text, (evidence(document, s.number),), check=Check("unread")) for s in chosen],
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "test", "all"), default="test")
    half = parser.parse_args().half
    every, second = [], []
    for document, claims in long_posts():
        text, known = count_tokens(document.text), {document.key: document}
        every.append(sent(claims, known) / text)
        second.append(sent(claims[::2], known) / text)
    print(f"{len(every)} posts of 800 to 1,200 words, {_LINES} lines: {_told(every)}; every second: {_told(second)}")
    lines: defaultdict[str, list[Claim]] = defaultdict(list)
    for row in rows(half):
        lines[row["post"]] += [verify(claim_of(row[which], row), documents()) for which in ("honest", "slip")]
    ratios = [sent(claims, documents()) / count_tokens(documents()[key].text) for key, claims in lines.items()]
    unread = sum(claim.check is not None and claim.check.verdict == "unread" for one in lines.values() for claim in one)
    total = sum(map(len, lines.values()))
    print(f"{len(ratios)} posts of slips.jsonl ({half}), {total} lines, {unread} unread: {_told(ratios)}")


def _told(ratios: Sequence[float]) -> str:
    return f"{median(ratios):.2f} x the text (median; {min(ratios):.2f} to {max(ratios):.2f})"


if __name__ == "__main__":
    main()
