"""Briefings you can check: digests of posts in which every line points at the sentences it rests on.

The names below load what they need on first use, so that `import briefing` costs nothing.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.clean.cleaner import clean
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
    from briefing.model.chunker import chunk
    from briefing.render.renderer import render
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
    from briefing.verify.verifier import verify
    from briefing.workflow.pipeline import asummarise, load, make_digest, summarise

_HOMES = {
    "briefing.render.renderer": ("render",),
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
    "briefing.clean.cleaner": ("clean",),
    "briefing.workflow.pipeline": ("asummarise", "load", "make_digest", "summarise"),
    "briefing.model.chunker": ("chunk",),
    "briefing.verify.verifier": ("verify",),
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


class _Package(ModuleType):
    """Keeps the functions `clean`, `render`, `summarise` and `verify` from being hidden by the rooms of the same names:
    the import system binds a room to its package when it is first imported."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return list(__all__)
