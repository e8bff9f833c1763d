"""The seam between what proposes claims and what checks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from briefing.types import AnswerDrafts, Brief, Claim, Document, Draft, Drafts, EngineName

if TYPE_CHECKING:
    from briefing.language.annotation import Annotated
    from briefing.retrieve.passages import Passage


class Engine(Protocol):
    """Draws drafts from a document; what it proposes is grounded and verified by code before anybody sees it."""

    @property
    def name(self) -> EngineName: ...

    async def summarise(self, document: Document, brief: Brief) -> Drafts:
        """Draft the summary of one document. PostError where this post cannot be done, ModelError where none can."""
        ...

    async def answer(self, question: str, passages: Sequence[Passage], brief: Brief) -> AnswerDrafts:
        """Draft the answer to one question from these passages, the best first, and from nothing else.

        Errors as `summarise`'s.
        """
        ...

    async def lead(self, claims: Sequence[Claim], brief: Brief) -> tuple[Draft, ...]:
        """Draft the bottom line of a digest from the first lines of its stories. Errors as `summarise`'s."""
        ...

    async def mend(self, claims: Sequence[Claim], document: Document, brief: Brief) -> Mapping[int, Draft]:
        """Draft withheld claims once more, each with its reason at hand; by their index, those given up left out."""
        ...


class SecondReader(Protocol):
    """Reads lines that code cannot account for, each with its sentences and nothing else."""

    @property
    def trouble(self) -> str:
        """Why something could not be read, the last time; "" where everything could."""
        ...

    async def read(self, claims: Sequence[Claim], documents: Mapping[str, Annotated]) -> Sequence[Claim]:
        """The claims in their order, the unread ones with the reader's verdict; where it has none they stay unread.

        Never raises an error of ours: that it could not be asked is a reason at the line.
        """
        ...
