"""One document's drafts made into a summary: grounded, verified, and set beside what code counts of the text."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefing.exceptions import BudgetError, ModelError, PostError
from briefing.language.annotation import Annotated, annotate
from briefing.summarise.document_facts import counts, dates_ahead, genre, headline_facts
from briefing.summarise.engine import Engine, SecondReader
from briefing.types import Brief, Claim, Document, Draft, Drafts, EngineName, PostCard, Summary
from briefing.verify.citation import cite
from briefing.verify.verifier import verify


def card(document: Document) -> PostCard:
    """What a reader is told of the document's post."""
    post = document.post
    return PostCard(
        key=post.key,
        title=document.title,
        source=post.source,
        url=post.url,
        author=post.author,
        published=post.published,
        modified=post.modified,
        language=document.language,
    )


def stands(claim: Claim) -> bool:
    """Whether a checked claim may be shown."""
    return claim.check is not None and claim.check.verdict != "withheld"


_PARTS = ("headline", "bottom_line", "embeds", "claims", "why_it_matters", "disputed", "questions", "quotes")


@dataclass(slots=True)
class _Line:
    """A draft's claim under way: where it stands in the drafts, and what became of it."""

    part: str
    claim: Claim


async def summarise_document(
    document: Document, engine: Engine, brief: Brief, *, second_reader: SecondReader | None = None
) -> Summary:
    """The summary of one document. Every line in it was verified; what failed is in `withheld`.

    A line that fails is asked for once more, with the reason, where the engine can write; a second reader, where there
    is one, reads what stands. PostError where the engine cannot do this post, ModelError where it can do none.
    """
    document = annotate(document)
    drafts = await engine.summarise(document, brief)
    documents = {document.key: document}
    lines = [
        _Line(part, verify(cite(draft, documents, id=f"c{number}"), documents))
        for number, (part, draft) in enumerate(_drafted(drafts), 1)
    ]
    await _mend([line for line in lines if not stands(line.claim)], document, engine, brief)
    if second_reader:
        written = [line for line in lines if stands(line.claim) and line.claim.origin == "written"]
        read = await asyncio.gather(*(second_reader.read(line.claim) for line in written))
        for line, claim in zip(written, read, strict=True):
            line.claim = claim
    return _assembled(document, drafts, lines, engine.name)


def _drafted(drafts: Drafts) -> Iterator[tuple[str, Draft]]:
    """Every draft with the part it belongs to, in the order of the page."""
    for part in _PARTS:
        value = getattr(drafts, part)
        for draft in (value,) if isinstance(value, Draft) else value or ():
            yield part, draft


async def _mend(fallen: Sequence[_Line], document: Annotated, engine: Engine, brief: Brief) -> None:
    """Put in the place of each fallen line what the engine writes instead, if that stands. Failing to is no failure."""
    if not fallen:
        return
    try:
        mended = await engine.mend([line.claim for line in fallen], document, brief)
    except (PostError, ModelError, BudgetError):
        return
    for index, draft in mended.items():
        claim = verify(cite(draft, {document.key: document}, id=fallen[index].claim.id), {document.key: document})
        if stands(claim):
            fallen[index].claim = claim


def _assembled(document: Annotated, drafts: Drafts, lines: Sequence[_Line], engine: EngineName) -> Summary:
    standing: dict[str, list[Claim]] = {part: [] for part in _PARTS}
    for line in lines:
        if stands(line.claim):
            standing[line.part].append(line.claim)
    headlines = standing.pop("headline")
    ahead = dates_ahead(document)
    return Summary(
        post=card(document),
        engine=engine,
        genre=genre(document),
        headline=headline_facts(document),
        counts=counts(document, ahead),
        written_headline=headlines[0] if headlines else None,
        missing=tuple(phrase for phrase in drafts.missing if _is_absent(phrase, {document.key: document})),
        dates_ahead=ahead,
        withheld=tuple(line.claim for line in lines if not stands(line.claim)),
        provenance=document.provenance,
        unseen=drafts.unseen,
        **{part: tuple(claims) for part, claims in standing.items()},
    )


def absence(phrase: str) -> Claim:
    """The line that says a post does not say something; it has no evidence, and is checked against all of the post."""
    return Claim("missing", f"Not in this post: {phrase}", (), origin="written")


def _is_absent(phrase: str, documents: Mapping[str, Document]) -> bool:
    return stands(verify(absence(phrase), documents))
