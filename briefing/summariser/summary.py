"""One document's drafts made into a summary: grounded, verified, and set beside what code counts of the text."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import replace

from briefing.summariser.engine import Engine
from briefing.summariser.evidence import ground, link
from briefing.summariser.verifier import verify
from briefing.summariser.xray import counts, dates_ahead, genre, headline
from briefing.types import Brief, Claim, DateAhead, Document, Draft, Drafts, PostCard, Summary


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


def stands(claim: Claim) -> bool:
    """Whether a checked claim may be shown."""
    return claim.check is not None and claim.check.verdict != "withheld"


async def summarise_document(document: Document, engine: Engine, brief: Brief) -> Summary:
    """The summary of one document. Every line in it was verified; what failed is in `withheld`.

    PostError where the engine cannot do this post, ModelError where it can do none.
    """
    return _assembled(document, await engine.summarise(document, brief), engine)


def _assembled(document: Document, drafts: Drafts, engine: Engine) -> Summary:
    documents = {document.key: document}
    numbers = itertools.count(1)
    fallen: list[Claim] = []

    def checked(part: Iterable[Draft]) -> tuple[Claim, ...]:
        claims = [verify(ground(draft, documents, id=f"c{next(numbers)}"), documents) for draft in part]
        fallen.extend(claim for claim in claims if not stands(claim))
        return tuple(filter(stands, claims))

    headlines = checked([drafts.headline] if drafts.headline else [])
    return Summary(
        post=card(document),
        engine=engine.name,
        genre=genre(document),
        headline=headline(document),
        counts=counts(document),
        written_headline=headlines[0] if headlines else None,
        bottom_line=checked(drafts.bottom_line),
        embeds=checked(drafts.embeds),
        claims=checked(drafts.claims),
        why_it_matters=checked(drafts.why_it_matters),
        disputed=checked(drafts.disputed),
        questions=checked(drafts.questions),
        quotes=checked(drafts.quotes),
        missing=tuple(phrase for phrase in drafts.missing if _is_absent(phrase, documents)),
        dates_ahead=_dates_ahead(document),
        withheld=tuple(fallen),
        provenance=document.provenance,
        unread=drafts.unread,
    )


def _is_absent(phrase: str, documents: Mapping[str, Document]) -> bool:
    """Whether the documents really do not say it: a line on what is missing is checked against all of them."""
    return stands(verify(Claim("missing", f"Not in this post: {phrase}", ()), documents))
