"""The seam between what proposes claims and what checks them."""

from __future__ import annotations

from typing import Protocol

from briefing.types import Brief, Document, Drafts, EngineName


class Engine(Protocol):
    """Draws drafts from a document; what it proposes is grounded and verified by code before anybody sees it."""

    @property
    def name(self) -> EngineName: ...

    async def summarise(self, document: Document, brief: Brief) -> Drafts:
        """Draft the summary of one document. PostError where this post cannot be done, ModelError where none can."""
        ...
