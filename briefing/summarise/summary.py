"""One document's drafts made into a summary: grounded, verified, and set beside what code counts of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefing.language.annotation import Annotated, annotate
from briefing.summarise.document_facts import counts, dates_ahead, genre, headline_facts
from briefing.summarise.engine import Engine, SecondReader
from briefing.summarise.judgement import is_shown, judge, not_read, stands
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
        date_text=post.date_text,
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
    return _assembled(document, drafts, lines, engine.name, brief)


def _drafted(drafts: Drafts) -> Iterator[tuple[str, Draft]]:
    """Every draft with the part it belongs to, in the order of the page."""
    for part in _PARTS:
        value = getattr(drafts, part)
        for draft in (value,) if isinstance(value, Draft) else value or ():
            yield part, draft


def _assembled(
    document: Annotated, drafts: Drafts, lines: Sequence[tuple[str, Claim]], engine: EngineName, brief: Brief
) -> Summary:
    standing: dict[str, list[Claim]] = {part: [] for part in _PARTS}
    for part, claim in lines:
        if is_shown(claim, brief):
            standing[part].append(claim)
    headlines = standing.pop("headline")
    absences = absent(drafts.missing, {document.key: document})
    ahead = dates_ahead(document)
    return Summary(
        post=card(document),
        engine=engine,
        genre=genre(document),
        headline=headline_facts(document),
        counts=counts(document, ahead),
        written_headline=headlines[0] if headlines else None,
        missing=tuple(phrase for phrase, claim in absences.items() if is_shown(claim, brief)),
        dates_ahead=ahead,
        withheld=tuple(claim for _, claim in lines if not stands(claim)),
        left_out=not_read([*(claim for _, claim in lines), *absences.values()], brief),
        provenance=document.provenance,
        unseen=drafts.unseen,
        receipt=drafts.receipt,
        **{part: tuple(claims) for part, claims in standing.items()},
    )


def absence(phrase: str) -> Claim:
    """The line that says a post does not say something; it has no evidence, and is checked against all of the post."""
    return Claim("missing", f"Not in this post: {phrase}", (), origin="written")


def absent(phrases: Iterable[str], documents: Mapping[str, Document]) -> dict[str, Claim]:
    """Of the phrases those that the documents do not say, each with its line as it was checked."""
    checked = {phrase: verify(absence(phrase), documents) for phrase in phrases}
    return {phrase: claim for phrase, claim in checked.items() if stands(claim)}
