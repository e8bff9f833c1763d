"""Any text checked against posts: a colleague's draft, another tool's summary; each sentence with its mark."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from briefing.clean.cleaner import clean
from briefing.exceptions import EmptyPostError
from briefing.language.annotation import Annotated, Annotation, annotate
from briefing.summarise.summary import card
from briefing.types import Check, CheckedText, Claim, Document, Notice, Post
from briefing.verify.citation import evidence
from briefing.verify.verifier import verify

_MOST_CITED = 3
_LEAST_GAIN = 0.15
_MOST_LOOKED_AT = 400


def check(text: str | Path | Post, posts: Iterable[Post | Document]) -> CheckedText:
    """Each sentence of the text with the sentences of the posts that come nearest, and its mark.

    The text is plain, Markdown or HTML, a `Path` is a file of it; the posts are as `load` returns them. Code only.
    EmptyPostError where the text has no sentence, TypeError where the posts are none.
    """
    from briefing.workflow.pipeline import document_of

    return check_document(document_of(text), [one if isinstance(one, Document) else _cleaned(one) for one in posts])


def check_document(document: Document, sources: Sequence[Document]) -> CheckedText:
    """As `check`, of a text that is cleaned already."""
    written = annotate(document)
    known = {one.key: annotate(one) for one in sources}
    index = _Sentences(known)
    lines = [_checked(line, f"c{number}", index, known) for number, line in enumerate(_lines(written), 1)]
    if not lines:
        raise EmptyPostError(document.key, "there is no sentence in it")
    cited = {piece.post for line in lines for piece in line.evidence}
    cards = tuple(card(one) for one in sources if one.key in cited)
    return CheckedText(tuple(lines), cards, len(known), written.language)


def _cleaned(post: Post) -> Document:
    if not isinstance(post, Post):
        raise TypeError(f"check takes posts, as `load` returns them, not {type(post).__name__}")
    return clean(post)


def _lines(document: Annotated) -> list[Annotation]:
    """The sentences of the text, its title too where it has one; a heading of a word or two says nothing."""
    headings = {n for block in document.blocks if block.kind == "heading" for n in range(block.first, block.last + 1)}
    return [line for line in document.annotations if len(line.words) > (2 if line.number in headings else 0)]


def _checked(line: Annotation, id: str, index: _Sentences, known: Mapping[str, Annotated]) -> Claim:
    cited = tuple(evidence(known[one.post], one.number) for one in index.nearest(line))
    claim = Claim(id, line.text.strip(), cited, origin="written")
    if not cited:
        return replace(claim, check=Check("withheld", reasons=(_NOTHING,), at_fault=(claim.text,)))
    return verify(claim, known, mends=False)


_NOTHING = Notice("no sentence of the posts speaks of this")


class _Sentences:
    """The sentences of the posts, by their stems and figures, rare ones counting for more."""

    def __init__(self, documents: Mapping[str, Annotated]) -> None:
        self._all = [one for document in documents.values() for one in document.annotations[1:]]
        self._marks = [_marks(one) for one in self._all]
        self._having: dict[str, list[int]] = {}
        for place, marks in enumerate(self._marks):
            for mark in marks:
                self._having.setdefault(mark, []).append(place)

    def nearest(self, line: Annotation) -> tuple[Annotation, ...]:
        """The sentences that together have most of what the line says; the nearest alone where it has nearly all."""
        known = _marks(line) & self._having.keys()
        wanted = {mark: math.log(1 + len(self._all) / len(self._having[mark])) for mark in known}
        near: defaultdict[int, float] = defaultdict(float)
        for mark, weight in wanted.items():
            for place in self._having[mark][:_MOST_LOOKED_AT]:
                near[place] += weight
        best = sorted(near, key=lambda place: -near[place])[:20]
        chosen: list[int] = []
        left, whole = set(wanted), sum(wanted.values())
        while best and len(chosen) < _MOST_CITED:
            place = max(best, key=lambda one: sum(wanted[mark] for mark in self._marks[one] & left))
            gain = sum(wanted[mark] for mark in self._marks[place] & left)
            if chosen and gain < _LEAST_GAIN * whole:
                break
            chosen.append(place)
            best.remove(place)
            left -= self._marks[place]
        return tuple(self._all[place] for place in sorted(chosen))


def _marks(line: Annotation) -> frozenset[str]:
    """What a sentence is found by across languages, too: stems, names of places, numbers."""
    numbers = {f"#{value:g}" for found in line.quantities for value in found.readings}
    places = {f"@{name.place}" for name in line.names if name.place}
    return frozenset({word.stem for word in line.content} | numbers | places)
