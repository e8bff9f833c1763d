"""Claims to check, and the documents they rest on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from briefing.clean.cleaner import clean
from briefing.sources.files import read_files
from briefing.types import Block, Claim, Document, Origin, Post, Sentence
from briefing.verify.citation import evidence
from briefing.verify.verifier import verify

EXAMPLE = Path(__file__).parents[1] / "briefing/examples/moroccan-personnel-gaza.json"


def document(*lines: str, language: str = "en", title: str = "", published: datetime | None = None) -> Document:
    """One paragraph a line, one sentence a paragraph; a line with "|" is a paragraph of several sentences."""
    sentences, blocks, at, text = [Sentence(0, 0, len(title), -1)], [], 0, []
    for index, line in enumerate(lines):
        first = len(sentences)
        parts = line.split("|")
        for part in parts:
            sentences.append(Sentence(len(sentences), at, at + len(part), index))
            at += len(part) + 1
        blocks.append(Block("paragraph", sentences[first].start, at - 1, first, len(sentences) - 1))
        text.append(" ".join(parts))
        at += 1
    post = Post("k", title, "", published=published)
    return Document(post, title, "\n\n".join(text), tuple(blocks), tuple(sentences), language)


def check(text: str, source: Document, *numbers: int, origin: Origin = "written") -> Claim:
    cited = tuple(evidence(source, number) for number in numbers or range(1, len(source.sentences)))
    return verify(Claim("c", text, cited, origin=origin), {source.key: source})


def outcome(found: Claim) -> str:
    """What the checks make of a line: it "stands", is "repaired" where they changed its words, or "withheld"."""
    assert found.check is not None
    if found.check.verdict == "withheld":
        return "withheld"
    return "stands" if found.check.before is None else "repaired"


def verdict(text: str, *lines: str, language: str = "en", published: datetime | None = None) -> str:
    """The outcome of a line that rests on these sentences."""
    return outcome(check(text, document(*lines, language=language, published=published)))


def numbered(source: Document, start: str) -> int:
    """The sentence that begins so; "" is the headline, "@" the line with the name of the tweet's author."""
    numbers = range(1, len(source.sentences)) if start else range(1)
    part = "Itay Blumental" if start == "@" else start
    return next(n for n in numbers if part in source.quote(n) and (start == "@" or source.quote(n).startswith(part)))


def users_post() -> Document:
    (post,) = read_files(EXAMPLE)
    assert isinstance(post, Post)
    return clean(post)
