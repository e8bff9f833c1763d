"""Briefings you can check: digests of posts in which every line points at the sentences it rests on.

The names below load what they need on first use, so that `import briefing` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.digest.renderer import render
    from briefing.exceptions import (
        BriefingError,
        BudgetError,
        ConfigError,
        DeliveryError,
        EmptyPostError,
        FetchError,
        LoadError,
        ModelError,
        ParseError,
        PostError,
        ReplyError,
    )
    from briefing.loader.cleaner import clean
    from briefing.pipeline import asummarise, load, make_digest, summarise
    from briefing.summariser.chunker import chunk
    from briefing.summariser.verifier import verify
    from briefing.types import (
        Block,
        Check,
        Chunk,
        Claim,
        Coverage,
        Digest,
        Document,
        Evidence,
        Post,
        Sentence,
        Story,
        Summary,
    )

_HOMES = {
    "briefing.digest.renderer": ("render",),
    "briefing.exceptions": (
        "BriefingError",
        "BudgetError",
        "ConfigError",
        "DeliveryError",
        "EmptyPostError",
        "FetchError",
        "LoadError",
        "ModelError",
        "ParseError",
        "PostError",
        "ReplyError",
    ),
    "briefing.loader.cleaner": ("clean",),
    "briefing.pipeline": ("asummarise", "load", "make_digest", "summarise"),
    "briefing.summariser.chunker": ("chunk",),
    "briefing.summariser.verifier": ("verify",),
    "briefing.types": (
        "Block",
        "Check",
        "Chunk",
        "Claim",
        "Coverage",
        "Digest",
        "Document",
        "Evidence",
        "Post",
        "Sentence",
        "Story",
        "Summary",
    ),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [  # noqa: RUF022 - sorted without regard to case
    "asummarise",
    "Block",
    "BriefingError",
    "BudgetError",
    "Check",
    "chunk",
    "Chunk",
    "Claim",
    "clean",
    "ConfigError",
    "Coverage",
    "DeliveryError",
    "Digest",
    "Document",
    "EmptyPostError",
    "Evidence",
    "FetchError",
    "load",
    "LoadError",
    "make_digest",
    "ModelError",
    "ParseError",
    "Post",
    "PostError",
    "render",
    "ReplyError",
    "Sentence",
    "Story",
    "summarise",
    "Summary",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return list(__all__)
