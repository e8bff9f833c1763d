"""One document's drafts made into a summary: grounded, verified, and set beside what code counts of the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from briefing.summariser.engine import Engine
from briefing.summariser.evidence import ground, link
from briefing.summariser.verifier import verify
from briefing.summariser.xray import counts, dates_ahead, genre, headline
from briefing.types import Brief, Claim, DateAhead, Document, Draft, PostCard, Summary


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


def _dates_ahead(document: Document) -> tuple[DateAhead, ...]:
    return tuple(
        replace(ahead, evidence=replace(ahead.evidence, url=link(document, ahead.evidence.sentence)))
        for ahead in dates_ahead(document)
    )


def _stands(claim: Claim) -> bool:
    return claim.check is not None and claim.check.verdict != "withheld"


async def summarise_document(document: Document, engine: Engine, brief: Brief) -> Summary:
    """The summary of one document. Every line in it was verified; what failed is in `withheld`.

    PostError where the engine cannot do this post, ModelError where it can do none.
    """
    drafts = await engine.summarise(document, brief)
    documents = {document.key: document}
    numbers = iter(range(1, 1 + sum(map(len, (drafts.claims, drafts.embeds, drafts.questions, drafts.quotes)))))

    def checked(part: Iterable[Draft]) -> tuple[Claim, ...]:
        return tuple(verify(ground(draft, documents, id=f"c{next(numbers)}"), documents) for draft in part)

    parts = [checked(part) for part in (drafts.embeds, drafts.claims, drafts.questions, drafts.quotes)]
    embeds, claims, questions, quotes = (tuple(filter(_stands, part)) for part in parts)
    return Summary(
        post=card(document),
        engine=engine.name,
        genre=genre(document),
        headline=headline(document),
        counts=counts(document),
        embeds=embeds,
        claims=claims,
        questions=questions,
        quotes=quotes,
        dates_ahead=_dates_ahead(document),
        withheld=tuple(claim for part in parts for claim in part if not _stands(claim)),
        provenance=document.provenance,
        unread=drafts.unread,
    )
