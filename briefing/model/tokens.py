"""Counting tokens: tiktoken's `o200k_base`, its vocabulary shipped in the package and never fetched.

The vocabulary loads once, at the first count (about 0.4 s), whatever the number of threads.
"""

from __future__ import annotations

import gzip
import zlib
from binascii import a2b_base64
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from threading import Lock

from tiktoken import Encoding

from briefing.exceptions import ConfigError

_FILE = "o200k_base.tiktoken.gz"
_SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
_SPECIAL_TOKENS = {"<|endoftext|>": 199999, "<|endofprompt|>": 200018}

# How `o200k_base` cuts text before merging (tiktoken_ext/openai_public.py).
_PATTERN = "|".join(
    [
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    ]
)

# `\s+(?!\S)` makes tiktoken panic on a million white-space characters (openai/tiktoken#15), with an exception that
# `except Exception` misses. A run as long as two of these windows always holds a whole one, at which it is cut.
_WINDOW_CHARS = 65_536

_loading = Lock()


def count_tokens(text: str) -> int:
    """How many tokens of `o200k_base` the text costs; `<|endoftext|>` and its like count as ordinary text.

    Exact, but for runs of more than 65,536 white-space characters: those are cut, which counts a few tokens too many.
    """
    encoding = o200k_base()
    if len(text) <= _WINDOW_CHARS:
        return len(encoding.encode_ordinary(text))
    return sum(len(encoding.encode_ordinary(part)) for part in _bounded(text))


def count_each(texts: Sequence[str]) -> list[int]:
    """`count_tokens` of each text, at less cost for many short ones."""
    if max(map(len, texts), default=0) > _WINDOW_CHARS:
        return [count_tokens(text) for text in texts]
    return list(map(len, map(o200k_base().encode_ordinary, texts)))


def o200k_base() -> Encoding:
    """The encoding, loaded at the first call. ConfigError where the packed vocabulary is missing or damaged."""
    with _loading:
        return _load()


@cache
def _load() -> Encoding:
    fields = _unpacked().split()
    return Encoding(
        "o200k_base",
        pat_str=_PATTERN,
        # The hash fixes the file, and in it the rank of a line is its place: no need to parse 200,000 numbers.
        mergeable_ranks=dict(zip(map(a2b_base64, fields[::2]), range(len(fields) // 2), strict=True)),
        special_tokens=_SPECIAL_TOKENS,
    )


def _unpacked() -> bytes:
    try:
        content = gzip.decompress((files("briefing") / "vocabulary" / _FILE).read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise ConfigError(f"the vocabulary {_FILE} cannot be read, install the package again: {error}") from error
    if sha256(content).hexdigest() != _SHA256:
        raise ConfigError(f"the vocabulary {_FILE} is not the one this version was built with, install it again")
    return content


def _bounded(text: str) -> list[str]:
    """The text in parts, cut so that no run of white space reaches two windows.

    Cuts are made at the start of a window of nothing but white space: the end of a run, which tokens share with the
    word after it, stays whole.
    """
    windows = range(0, len(text), _WINDOW_CHARS)
    cuts = [start for start in windows if start and text[start : start + _WINDOW_CHARS].isspace()]
    return [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
