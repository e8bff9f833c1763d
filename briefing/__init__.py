"""Briefings you can check: digests of posts in which every line points at the sentences it rests on.

The names below load what they need on first use, so that `import briefing` costs nothing.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.clean.cleaner import clean as clean
    from briefing.exceptions import BriefingError as BriefingError
    from briefing.exceptions import BudgetError as BudgetError
    from briefing.exceptions import ConfigError as ConfigError
    from briefing.exceptions import DeliveryError as DeliveryError
    from briefing.exceptions import EmptyPostError as EmptyPostError
    from briefing.exceptions import FetchError as FetchError
    from briefing.exceptions import LoadError as LoadError
    from briefing.exceptions import ModelError as ModelError
    from briefing.exceptions import ParseError as ParseError
    from briefing.exceptions import PostError as PostError
    from briefing.exceptions import ReplyError as ReplyError
    from briefing.model.chunker import chunk as chunk
    from briefing.render.renderer import render as render
    from briefing.types import Block as Block
    from briefing.types import Check as Check
    from briefing.types import CheckedText as CheckedText
    from briefing.types import Chunk as Chunk
    from briefing.types import Claim as Claim
    from briefing.types import Coverage as Coverage
    from briefing.types import Digest as Digest
    from briefing.types import Document as Document
    from briefing.types import Evidence as Evidence
    from briefing.types import Post as Post
    from briefing.types import Sentence as Sentence
    from briefing.types import Story as Story
    from briefing.types import Summary as Summary
    from briefing.verify.verifier import verify as verify
    from briefing.workflow.pipeline import asummarise as asummarise
    from briefing.workflow.pipeline import load as load
    from briefing.workflow.pipeline import make_digest as make_digest
    from briefing.workflow.pipeline import summarise as summarise
    from briefing.workflow.text_check import check as check

_HOMES = {
    "briefing.clean.cleaner": "clean",
    "briefing.exceptions": (
        "BriefingError BudgetError ConfigError DeliveryError EmptyPostError FetchError LoadError "
        "ModelError ParseError PostError ReplyError"
    ),
    "briefing.model.chunker": "chunk",
    "briefing.render.renderer": "render",
    "briefing.types": (
        "Block Check CheckedText Chunk Claim Coverage Digest Document Evidence Post Sentence Story Summary"
    ),
    "briefing.verify.verifier": "verify",
    "briefing.workflow.pipeline": "asummarise load make_digest summarise",
    "briefing.workflow.text_check": "check",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = sorted(_HOME, key=str.lower)


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
