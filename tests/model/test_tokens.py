"""Counts are tiktoken's own, from the vocabulary in the package."""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha1, sha256
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiktoken import Encoding
from tiktoken_ext import openai_public  # type: ignore[import-untyped]

from briefing.exceptions import ConfigError
from briefing.model import tokens
from briefing.model.tokens import count_each, count_tokens, o200k_base


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", 0), ("hello world", 2), ("tiktoken is great!", 6), ("お誕生日おめでとう", 8), ("2 + 2 = 4", 7)],
)
def test_known_counts(text: str, expected: int) -> None:
    """Counts of the tiktoken cookbook, by o200k_base."""
    assert count_tokens(text) == expected


def test_encoding_is_tiktokens_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Built by tiktoken itself, from its own pattern, its cache filled with our file so that it fetches nothing."""
    address = "https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken"
    (tmp_path / sha1(address.encode()).hexdigest()).write_bytes(tokens._unpacked())
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    theirs, ours = Encoding(**openai_public.o200k_base()), o200k_base()
    assert ours._pat_str == theirs._pat_str
    assert ours._mergeable_ranks == theirs._mergeable_ranks
    assert ours._special_tokens == theirs._special_tokens


def test_encoding_knows_its_tokens() -> None:
    encoding = o200k_base()
    assert encoding.n_vocab == 200019
    assert encoding.decode(encoding.encode_ordinary("مرحبا, Straße 😀")) == "مرحبا, Straße 😀"


def test_packed_vocabulary_is_the_published_one() -> None:
    packed = (files("briefing") / "vocabulary" / "o200k_base.tiktoken.gz").read_bytes()
    expected = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
    content = gzip.decompress(packed)
    assert sha256(content).hexdigest() == expected
    ranks = [int(line.split()[1]) for line in content.splitlines()]
    assert ranks == list(range(199998)), "the loader takes the rank of a line from its place"


@pytest.mark.parametrize(
    "content",
    [b"not gzip", gzip.compress(b"aGVsbG8= 0\n", mtime=0), gzip.compress(b"x" * 999, mtime=0)[:-9], None],
    ids=["no gzip", "another vocabulary", "cut short", "missing"],
)
def test_damaged_vocabulary_is_an_error(
    content: bytes | None, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("package")
    (folder / "vocabulary").mkdir()
    if content is not None:
        (folder / "vocabulary" / "o200k_base.tiktoken.gz").write_bytes(content)
    monkeypatch.setattr(tokens, "files", lambda _: folder)
    with pytest.raises(ConfigError, match=r"o200k_base\.tiktoken\.gz"):
        tokens._unpacked()


def test_special_tokens_are_ordinary_text() -> None:
    assert count_tokens("<|endoftext|>") == 7
    assert count_tokens("<|endofprompt|>") > 1


@pytest.mark.long
@pytest.mark.parametrize("character", [" ", "\t", "\n", "\xa0", "a", "A", "1", "^", ".", "中", "😀", "\u0301", " \n"])
def test_a_million_of_one_character(character: str) -> None:
    start = time.perf_counter()
    count = count_tokens("before" + character * 1_000_000 + "after")
    assert count >= 1_000_000 // 128
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize("space", [" ", "\t", "\xa0", "\u3000", " \t", "\r\n"])
@pytest.mark.parametrize("length", [65_535, 65_536, 131_072, 200_001, 400_000])
def test_cut_runs_never_count_too_few(space: str, length: int) -> None:
    """Just below the length at which tiktoken gives up, both can be compared."""
    text = f"before {space * (length // len(space))}after"
    exact = len(o200k_base().encode_ordinary(text))
    assert exact <= count_tokens(text) <= exact + 2 * (length // 65_536)


def test_long_text_without_long_runs_is_exact() -> None:
    text = "Nine words stand in this line, and a full stop.\n\n    " * 5_000
    assert count_tokens(text) == len(o200k_base().encode_ordinary(text))


def test_lone_surrogates_are_counted() -> None:
    assert count_tokens("a\ud800b") > 0


@given(st.lists(st.text()))
def test_counting_each_is_counting_one_by_one(texts: list[str]) -> None:
    assert count_each(texts) == [count_tokens(text) for text in texts]


def test_loads_once_for_many_threads_and_without_a_network() -> None:
    """In a fresh process: importing loads no vocabulary, threads share one, no socket is opened."""
    code = """
import socket, sys
from concurrent.futures import ThreadPoolExecutor
def refuse(*_): raise AssertionError("no network")
socket.socket.connect = socket.getaddrinfo = refuse
from briefing.model import tokens
assert tokens._load.cache_info().currsize == 0
with ThreadPoolExecutor(8) as pool:
    assert set(pool.map(tokens.count_tokens, ["hello world"] * 64)) == {2}
assert tokens._load.cache_info().misses == 1
assert "requests" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_threads_count_alike() -> None:
    texts = [f"sentence {number} of many, with words." * 20 for number in range(100)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(count_tokens, texts)) == count_each(texts)
