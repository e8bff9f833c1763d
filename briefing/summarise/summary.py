"""One document's drafts made into a summary: grounded, verified, and set beside what code counts of the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from briefing.language.annotation import Annotated, annotate
from briefing.summarise.document_facts import counts, dates_ahead, genre, headline_facts
from briefing.summarise.engine import Engine, SecondReader
from briefing.summarise.judgement import judge, stands
from briefing.types import Brief, Claim, Document, Draft, Drafts, EngineName, PostCard, Summary
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


_PARTS = ("headline", "bottom_line", "embeds", "claims", "why_it_matters", "disputed", "questions", "quotes")


async def summarise_document(
    document: Document, engine: Engine, brief: Brief, *, second_reader: SecondReader | None = None
) -> Summary:
    """The summary of one document. Every line in it was judged; what fell is in `withheld`.

    PostError where the engine cannot do this post, ModelError where it can do none.
    """
    document = annotate(document)
    drafts = await engine.summarise(document, brief)
    drafted = list(_drafted(drafts))
    proposed = [draft for _, draft in drafted]
    claims = await judge(proposed, {document.key: document}, engine, brief, second_reader=second_reader, prefix="c")
    lines = [(part, claim) for (part, _), claim in zip(drafted, claims, strict=True)]
    return _assembled(document, drafts, lines, engine.name)


def _drafted(drafts: Drafts) -> Iterator[tuple[str, Draft]]:
    """Every draft with the part it belongs to, in the order of the page."""
    for part in _PARTS:
        value = getattr(drafts, part)
        for draft in (value,) if isinstance(value, Draft) else value or ():
            yield part, draft


def _assembled(document: Annotated, drafts: Drafts, lines: Sequence[tuple[str, Claim]], engine: EngineName) -> Summary:
    standing: dict[str, list[Claim]] = {part: [] for part in _PARTS}
    for part, claim in lines:
        if stands(claim):
            standing[part].append(claim)
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
        withheld=tuple(claim for _, claim in lines if not stands(claim)),
        provenance=document.provenance,
        unseen=drafts.unseen,
        **{part: tuple(claims) for part, claims in standing.items()},
    )


def absence(phrase: str) -> Claim:
    """The line that says a post does not say something; it has no evidence, and is checked against all of the post."""
    return Claim("missing", f"Not in this post: {phrase}", (), origin="written")


def _is_absent(phrase: str, documents: Mapping[str, Document]) -> bool:
    return stands(verify(absence(phrase), documents))
