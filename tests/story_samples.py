"""Posts made for the tests of stories, cleaned and summarised as the pipeline does without a model."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from briefing.clean.cleaner import clean
from briefing.language.annotation import Annotated, annotate
from briefing.summarise.summary import summarise_document
from briefing.types import Brief, Claim, Document, Evidence, Post, Speaker, Summary
from briefing.workflow.engines import extractive

MORNING = datetime(2026, 3, 10, 7, tzinfo=UTC)

QUAKE = (
    "Quake of magnitude 6.1 shakes northern Morocco, nine dead",
    "A 6.1-magnitude earthquake struck near Al Hoceima on Tuesday night, killing at least nine people and injuring "
    "more than 40, the interior ministry said.",
    "Rescuers searched collapsed houses in the village of Imzouren, where two schools fell.",
    "King Mohammed VI ordered the army to set up three field hospitals.",
    "Aftershocks were felt as far as Melilla, residents told reporters.",
    "The tremor struck at a depth of 12 kilometres, the national institute of geophysics said.",
    "Trains between Fez and Oujda were halted for the night while engineers inspected bridges.",
)
QUAKE_TOLD_ELSEWHERE = (
    "Al Hoceima: death toll of earthquake rises to 12",
    "Twelve people have died after the 6.1-magnitude earthquake near Al Hoceima in northern Morocco, officials said.",
    "Soldiers were setting up field hospitals close to Imzouren, where rescuers searched collapsed houses.",
    "The army flew in blankets, tents and generators from Meknes.",
)
RATES = (
    "Bank of Norland raises key rate to 4.5 percent",
    "The Bank of Norland on Thursday lifted its benchmark rate by half a point to 4.5 percent, citing inflation.",
    "Governor Lena Strand said further increases could follow if prices did not cool.",
    "The krone gained 1.2 percent against the euro after the announcement.",
    "Economists had expected a smaller step after weak retail sales in February.",
)


def post(
    key: str, text: Sequence[str], *, source: str = "", at: datetime = MORNING, language: str | None = None
) -> Post:
    """A post of a headline and paragraphs."""
    html = "".join(f"<p>{paragraph}</p>" for paragraph in text[1:])
    return Post(
        key, text[0], html, source=source or key, published=at, language=language, url=f"https://{key}.example/"
    )


def read(*posts: Post) -> list[tuple[Document, Summary]]:
    """The posts' documents and summaries."""

    async def one(document: Document) -> Summary:
        return await summarise_document(document, extractive(), Brief())

    documents = [clean(one_post) for one_post in posts]
    return [(document, asyncio.run(one(document))) for document in documents]


def by_key(pairs: Sequence[tuple[Document, Summary]]) -> dict[str, Annotated]:
    """The documents by the keys of their posts."""
    return {document.key: annotate(document) for document, _ in pairs}


def later(days: float) -> datetime:
    """So many days after the first morning."""
    return MORNING + timedelta(days=days)


def claim(text: str, post_key: str, *, speaker: Speaker | None = None) -> Claim:
    """A claim that rests on the first sentence of a post."""
    return Claim("c1", text, (Evidence(post_key, 1, 0, len(text), text),), speaker=speaker)
