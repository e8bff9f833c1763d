"""Whatever comes in by any door, the whole run ends with one of the exit codes, and with no mistake of ours.

Each example is a valid input with a few changes. `make fuzz` looks at 3,000 of each door.
"""

import io
import json
import shutil
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import cast

import pytest
from faults import Server, http
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.cli import main

pytestmark = pytest.mark.long

IS_LONG = settings.default is not None and settings.default.max_examples > 100
fuzzed = settings() if IS_LONG else settings(max_examples=12)  # each is a whole run

POSTS = [
    {
        "id": number,
        "date_gmt": "2026-06-23T06:30:00",
        "link": f"https://s{number}.test/a",
        "title": {"rendered": f"North quay of Valmer port reopens {number}"},
        "content": {
            "rendered": "<p>The port of Valmer, “open again”, may reopen on Tuesday after works of 4.2 million euros, "
            f"Ann Lee said.</p><ul><li>Eleven ships wait.</li></ul><p>It did not close in {number + 2020}.</p>"
        },
        "_embedded": {"author": [{"name": "Ann Lee"}], "wp:term": [[{"taxonomy": "category", "name": "News"}]]},
    }
    for number in range(2)
]
FEED = (
    b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Gazette</title>'
    b"<link>https://g.test/</link><item><title>The quay reopens</title><link>https://g.test/1</link><guid>g1</guid>"
    b"<pubDate>Tue, 23 Jun 2026 07:00:00 GMT</pubDate><description>&lt;p&gt;The quay reopened on Friday, the mayor "
    b"said.&lt;/p&gt;</description></item></channel></rss>"
)
EXPORT = (
    b'<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" '
    b'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><wp:wxr_version>1.2</wp:wxr_version>'
    b"<link>https://w.test</link><item><title>The dam holds</title><link>https://w.test/1</link><wp:post_id>1"
    b"</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status><wp:post_date_gmt>2026-06-23 07:00:00"
    b"</wp:post_date_gmt><content:encoded><![CDATA[<p>The dam of Tarn holds, the engineer said.</p>]]>"
    b"</content:encoded></item></channel></rss>"
)
PAGE = (
    b'<!doctype html><html lang="en"><head><title>Library closes</title><meta property="article:published_time" '
    b'content="2026-06-23T07:00:00Z"></head><body><article><h1>Library closes</h1><p>The council of Arden closed the '
    b"library on Friday because of damp in the cellar.</p><p>It will reopen in May, the mayor said.</p></article>"
)
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "G",
        "items": [{"id": "1", "url": "https://j.test/1", "title": "T", "content_html": "<p>Rain fell in Bari.</p>"}],
    }
).encode()
SEEDS = [json.dumps(POSTS).encode(), json.dumps(POSTS, ensure_ascii=False).encode(), FEED, EXPORT, PAGE, JSON_FEED]
TYPES = ["application/json", "application/rss+xml", "text/html", "text/html; charset=utf-7", "", "image/png"]

PIECES = [
    *(b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\x1b[2J", b"&#xD800;", b"\\ud800", b"\\u0000"),
    *(b"<", b">", b'"', b"'", b"\\", b"{", b"}", b"[", b"]", b"<p>", b"</p>", b"<![CDATA[", b"]]>", b"<!DOCTYPE a ["),
    *(
        b"null",
        b"-1",
        b"1e999",
        b"9" * 60,
        b"true",
        b"[]",
        b"{}",
        b'""',
        b"NaN",
        b"&amp;",
        b"javascript:x",
        b"http://[",
    ),
    *(text.encode() for text in ("\u00b4", "\u3000", "\u00a0", "\u2028", "\u200b", "\ufeff", "\u202e", "\U0001f6a2")),
    *(text.encode() for text in ("\u066a", "\u0130", "\u1e9e", "\ufb01", "\u0e2e", "“", "”", "«", "„", "‘", "״")),
    *(text.encode() for text in ("2026年9月15日", "Feb 29, 2025", "۱۵ خرداد", "١٤٤٧", "4.2 million million")),
    *(b"zwanzigtausend", b"MCMXCIX", b"half", b"said", b"not", b"may", b"%", b"/../", b"#"),
    *(b"=== story", b"--- ", b"[own]", b"[s1 2]"),
]


@st.composite
def changed(draw: st.DrawFn, seed: bytes) -> bytes:
    """The seed with some of it gone, doubled, or replaced by what breaks things."""
    data = seed
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from([0, 0, 1, 2, 8, 40, 400])))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=4))
        data = data[:start] + draw(st.sampled_from([piece, piece * 3, data[start:end] * 2, b""])) + data[end:]
    return data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A desk's folder, with a state of its own, in which every example runs."""
    at = tmp_path_factory.mktemp("desk")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
            patch.delenv(name, raising=False)
        for name in ("XDG_DATA_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(at / name))
        patch.setenv("BRIEFING_ALLOW_PRIVATE_HOSTS", "127.0.0.1")
        patch.setenv("BRIEFING_PAUSE_SECONDS", "0")
        patch.chdir(at)
        yield at


def run(*arguments: str) -> int:
    """The exit code of a command, which is one of the known ones and no mistake of ours."""
    outputs = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2)]
    with redirect_stdout(outputs[0]), redirect_stderr(outputs[1]), pytest.raises(SystemExit) as stop:
        main(arguments)
    for output in outputs:
        output.flush()
        told = output.buffer.getvalue().decode()
        assert "a mistake in briefing itself" not in told, (arguments, told)
        assert "Traceback" not in told
    assert stop.value.code in range(6), arguments
    return cast(int, stop.value.code)


@fuzzed
@given(data=st.sampled_from(SEEDS).flatmap(changed))
def test_files(data: bytes, folder: Path) -> None:
    (folder / "saved").write_bytes(data)
    if run("digest", "saved", "--out", "made", "--question", "Why did the library close?") in (0, 2):
        assert run("verify", "made") == 0


@fuzzed
@given(data=st.sampled_from(SEEDS).flatmap(changed), media_type=st.sampled_from(TYPES))
def test_live(data: bytes, media_type: str, folder: Path) -> None:
    with Server(http(200, data, {"Content-Type": media_type})) as server:
        run("digest", server.url, "--out", "live")
    shutil.rmtree(folder / "XDG_DATA_HOME", ignore_errors=True)


TOML = b"""timezone = "Europe/Paris"
questions = ["Who pays?", {text = "Why?"}]
[[sources]]
name = "saved"
address = "posts.json"
categories = ["News"]
weight = 2.0
[[newsletters]]
name = "morning"
title = "Morning"
schedule = "0 7 * * 1-5"
timezone = "Europe/Paris"
from = "Desk <news@example.com>"
recipients = "people.csv"
organisation = "Desk, 1 Street"
"""


@fuzzed
@given(data=changed(TOML))
def test_settings(data: bytes, folder: Path) -> None:
    (folder / "posts.json").write_bytes(SEEDS[0])
    (folder / "people.csv").write_text("email\nann@example.org\n", encoding="utf-8")
    (folder / "briefing.toml").write_bytes(data)
    try:
        run("config")
        run("digest", "--out", "of-toml")
        run("newsletter", "status")
    finally:
        (folder / "briefing.toml").unlink()


@pytest.fixture(scope="module")
def made(folder: Path) -> Path:
    """A digest as it was written."""
    at = folder / "whole"
    if not at.exists():
        (folder / "posts.json").write_bytes(SEEDS[0])
        assert run("digest", "posts.json", "--out", "whole", "--question", "Who spoke?") == 0
        assert run("edit", "whole") == 0
    return at


def copied(made: Path) -> Path:
    at = made.with_name("copy")
    shutil.rmtree(at, ignore_errors=True)
    return Path(shutil.copytree(made, at))


@fuzzed
@given(data=st.data())
def test_an_edit(data: st.DataObject, made: Path) -> None:
    at = copied(made)
    text = (at / "edit.txt").read_bytes()
    (at / "edit.txt").write_bytes(data.draw(changed(text)))
    if run("render", "copy") == 0:
        assert run("verify", "copy") == 0
    (made.parent / "posts.json").write_bytes(SEEDS[0])
    run("digest", "posts.json", "--out", "copy")


@fuzzed
@given(data=st.data(), name=st.sampled_from(["digest.json", "documents.json", "made.json"]))
def test_the_folder_of_a_digest(data: st.DataObject, name: str, made: Path) -> None:
    at = copied(made)
    (at / name).write_bytes(data.draw(changed((at / name).read_bytes())))
    run("verify", "copy")
    run("render", "copy")


WORDS = [
    *"digest ask check summarise verify render edit config sources schema prompts cache newsletter".split(),
    *"--out --since --date --format --title --question --length --language --engine --timezone --help -q".split(),
    *"--example --against --text --history --templates --prompts posts.json whole - html 24h 2026-06-23 fr".split(),
]


def _argument(data: bytes) -> str:
    """As Python reads the bytes of an argument, in which no system lets a NUL stand."""
    return data.replace(b"\0", b"").decode("utf-8", "surrogateescape")


@fuzzed
@given(
    words=st.lists(
        st.sampled_from(WORDS)
        | st.binary(max_size=12).map(lambda data: data.replace(b"\0", b"").decode("utf-8", "surrogateescape")),
        max_size=6,
    )
)
def test_arguments(words: list[str], made: Path) -> None:
    if not {"init", "backup", "doctor", "archive", "run", "serve"}.intersection(words):
        run(*words)
