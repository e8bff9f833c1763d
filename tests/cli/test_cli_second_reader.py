"""The second reader by command line and settings, and what is required of a line that is shown."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest
from loopback import Behaviour, Received, Served, completion, failure

from briefing.cli import main

WRITER_KEY, READER_KEY = "sk-canary-writer-0123456789", "sk-canary-reader-0123456789"
TEXTS = {
    "harbour": "The harbour of Tavy opened in July. It has four cranes and a railway.",
    "library": "The library of Norl opened in May. It has nine rooms and a garden.",
}
REWORDED = {"harbour": "The harbour is equipped with four cranes.", "library": "The library is made of nine rooms."}


def _line(text: str, number: int) -> dict[str, Any]:
    plain = {"text": text, "rests_on": [number], "kind": "fact", "speaker": None, "voice": None}
    return plain | {"certainty": "asserted"}


def _summary(text: str) -> str:
    empty: dict[str, list[Any]] = {"bottom_line": [], "why_it_matters": [], "disputed": [], "missing": []}
    return json.dumps({"headline": None, "what_happened": [_line(text, 2)]} | empty)


def is_reading(received: Received) -> bool:
    return "at_fault" in json.dumps(received.body["response_format"])


async def model(received: Received, writer: asyncio.StreamWriter) -> None:
    """Writes a line in other words of each post, and in others again for the bottom line; says yes to all it reads."""
    if is_reading(received):
        numbers = [int(number) for number in re.findall(r"^Line (\d+):", received.user, re.M)]
        said = [{"number": n, "carried": "yes", "at_fault": [], "instead": ""} for n in numbers]
        await completion(json.dumps({"lines": said}))(received, writer)
        return
    if "bottom line of a digest" in json.dumps(received.body):
        first = next(text for text in REWORDED.values() if f"[1] {text}" in received.user)
        await completion(json.dumps({"lines": [_line(first.replace(" is ", " comes "), 1)]}))(received, writer)
        return
    text = next(text for word, text in REWORDED.items() if word in received.user)
    await completion(_summary(text))(received, writer)


def _post(number: int, text: str) -> dict[str, Any]:
    return {
        "id": number,
        "link": f"https://example.org/{number}/",
        "date_gmt": "2026-06-23T06:00:00",
        "title": {"rendered": f"What is new, part {number}"},
        "content": {"rendered": f"<p>{text}</p>"},
    }


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    posts = [_post(number, text) for number, text in enumerate(TEXTS.values(), 1)]
    Path("posts.json").write_text(json.dumps(posts), encoding="utf-8")
    monkeypatch.setenv("BRIEFING_DATABASE_URL", f"sqlite:///{tmp_path / 'answers.db'}")
    monkeypatch.setenv("BRIEFING_MODEL", "a-writer")
    monkeypatch.setenv("OPENAI_API_KEY", WRITER_KEY)


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert isinstance(stop.value.code, int)
    return stop.value.code


def made() -> Any:
    return json.loads(Path("digest/digest.json").read_text(encoding="utf-8"))


def verdicts() -> set[str]:
    value = made()
    claims = [claim for story in value["stories"] for claim in story["summaries"][0]["claims"]]
    return {claim["check"]["verdict"] for claim in (*claims, *value["bottom_line"])}


@pytest.mark.parametrize(("options", "verdict", "readings"), [((), "read", 3), (("--no-second-reader",), "unread", 0)])
def test_it_reads_where_a_model_writes_unless_told_not_to(
    monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], verdict: str, readings: int
) -> None:
    with Served(model) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        assert run("digest", "posts.json", *options) == 0
        assert sum(map(is_reading, server.received)) == readings, "a call a post, and one for the bottom line"
        calls = len(server.received)
        assert run("digest", "posts.json", *options) == 0
        assert len(server.received) == calls, "what was read is kept"
    assert verdicts() == {verdict}
    assert made()["coverage"][verdict] == 3
    assert run("verify", "digest") == 0


def test_nothing_is_read_where_sentences_are_selected(monkeypatch: pytest.MonkeyPatch) -> None:
    with Served(model) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("BRIEFING_SECOND_READER_URL", server.url)
        assert run("digest", "posts.json", "--engine", "extractive") == 0
        assert not server.received


@pytest.mark.parametrize("key", [READER_KEY, ""])
def test_it_may_be_another_model_at_another_endpoint(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    with Served(model) as writer, Served(model) as reader:
        monkeypatch.setenv("OPENAI_BASE_URL", writer.url)
        monkeypatch.setenv("BRIEFING_SECOND_READER_URL", reader.url)
        monkeypatch.setenv("BRIEFING_SECOND_READER_MODEL", "a-reader")
        monkeypatch.setenv("BRIEFING_SECOND_READER_KEY", key)
        assert run("digest", "posts.json") == 0
    assert not any(map(is_reading, writer.received))
    assert reader.received
    assert all(map(is_reading, reader.received))
    assert {received.body["model"] for received in reader.received} == {"a-reader"}
    assert all(WRITER_KEY not in json.dumps(dict(received.headers)) for received in reader.received)
    assert all(READER_KEY not in json.dumps(dict(received.headers)) for received in writer.received)
    assert all((key in received.headers.get("authorization", "")) for received in reader.received)
    used = made()["coverage"]["model"]
    assert used["model"] == "a-writer, a-reader"
    assert used["calls"] == len(writer.received) + len(reader.received)
    told = capsys.readouterr()
    written = "".join(path.read_text(encoding="utf-8") for path in Path("digest").iterdir())
    assert "canary" not in told.out + told.err + written


def test_its_key_is_masked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from briefing.config import settings
    from briefing.workflow.engines import reader_of

    monkeypatch.setenv("BRIEFING_SECOND_READER_KEY", READER_KEY)
    assert run("config") == 0
    rows = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines()}
    assert rows["BRIEFING_SECOND_READER_KEY"] == ["********", "environment"]
    assert rows["BRIEFING_SECOND_READER"] == ["True", "default"]
    assert "canary" not in repr(settings()) + repr(reader_of(settings()))


@pytest.mark.parametrize("answer", [failure(401, f"Incorrect API key provided: {READER_KEY}."), completion("Hm.")])
def test_a_reader_that_fails_loses_no_line_and_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: Behaviour
) -> None:
    with Served(model) as writer, Served(answer) as reader:
        monkeypatch.setenv("OPENAI_BASE_URL", writer.url)
        monkeypatch.setenv("BRIEFING_SECOND_READER_URL", reader.url)
        monkeypatch.setenv("BRIEFING_SECOND_READER_KEY", READER_KEY)
        assert run("digest", "posts.json") == 0, "unread lines are told, and no failure"
    assert verdicts() == {"unread"}
    (told,) = [failure for failure in made()["coverage"]["fallbacks"] if failure["what"] == "the second reader"]
    said = capsys.readouterr().err
    assert f"the second reader: {told['why']}" in said
    assert "canary" not in said


def test_the_cap_of_a_run_holds_for_both(monkeypatch: pytest.MonkeyPatch) -> None:
    async def dear(received: Received, writer: asyncio.StreamWriter) -> None:
        usage = {"prompt_tokens": 3_000, "completion_tokens": 3_000}
        await completion(_summary(REWORDED["harbour"]), usage=usage)(received, writer)

    Path("one.json").write_text(json.dumps([_post(1, TEXTS["harbour"])]), encoding="utf-8")
    with Served(dear) as writer, Served(model) as reader:
        monkeypatch.setenv("OPENAI_BASE_URL", writer.url)
        monkeypatch.setenv("BRIEFING_SECOND_READER_URL", reader.url)
        assert run("digest", "one.json", "--max-tokens", "9000") == 0
        assert not reader.received, "6,000 are spent of 9,000, and reading may take more than what is left"
    assert verdicts() == {"unread"}


def test_the_estimate_states_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with Served(model) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        assert run("digest", "posts.json", "--estimate") == 0
        told = capsys.readouterr().out
        (said,) = re.findall(r"^the second reader: at most (\d+) calls more, about (\d+) tokens in", told, re.M)
        assert int(said[0]) == 2
        assert 2 * 200 < int(said[1]) < 2 * 600
        assert run("digest", "posts.json", "--estimate", "--no-second-reader") == 0
        assert "second reader" not in capsys.readouterr().out
        assert not server.received


@pytest.mark.parametrize("reader", ["gpt-5.4-mini", "no-such-model"])
def test_the_estimate_has_the_price_of_both(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], reader: str
) -> None:
    monkeypatch.setenv("BRIEFING_MODEL", "gpt-5.4-mini")
    assert run("digest", "posts.json", "--estimate", "--no-second-reader") == 0
    without = _most(capsys.readouterr().out)
    monkeypatch.setenv("BRIEFING_SECOND_READER_MODEL", reader)
    assert run("digest", "posts.json", "--estimate") == 0
    most = _most(capsys.readouterr().out)
    assert without is not None
    assert (most is None) if reader == "no-such-model" else (most is not None and most > without)


def _most(told: str) -> float | None:
    found = re.search(r"to (\d+\.\d+) USD", told)
    return float(found[1]) if found else None


# --- what is required of a line --------------------------------------------------------------------------------------


def test_what_nobody_read_is_left_out_and_counted_where_reading_is_required(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Served(model) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        assert run("digest", "posts.json", "--no-second-reader", "--require", "read", "--show-withheld") == 0
        said = capsys.readouterr().err
        assert run("verify", "digest") == 0
        covered = made()["coverage"]
        assert verdicts() == set(), "and with no line of a story there is none to make a bottom line of"
        assert (covered["unread"], covered["withheld"], covered["left_out"]) == (0, 0, 2)
        assert "left out, nobody has read it: The harbour is equipped with four cranes. [2]" in said
        assert "2 left out unread" in said
        assert "2 left out: nobody has read them" in Path("digest/digest.txt").read_text(encoding="utf-8")
        monkeypatch.setenv("BRIEFING_REQUIRE", "read")
        assert run("digest", "posts.json") == 0
        assert verdicts() == {"read"}
        assert made()["coverage"]["left_out"] == 0
        assert run("digest", "posts.json", "--no-second-reader", "--require", "any") == 0
        assert verdicts() == {"unread"}


def test_a_bottom_line_that_nobody_read_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    async def half(received: Received, writer: asyncio.StreamWriter) -> None:
        is_lead = " comes " in received.user
        await (completion("Hm.") if is_reading(received) and is_lead else model)(received, writer)

    with Served(half) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        assert run("digest", "posts.json", "--require", "read") == 0
    assert made()["bottom_line"] == []
    assert {"what": "a bottom line", "why": "nobody has read it"} in made()["coverage"]["fallbacks"]


def test_selected_lines_that_lean_on_what_is_not_shown_are_left_out_too() -> None:
    leaning = (
        "<p>The ferry company lost a third of its passengers in the winter.</p><p>It closed its office in Tavy.</p>"
    )
    Path("one.json").write_text(json.dumps([_post(1, leaning)]), encoding="utf-8")
    assert run("digest", "one.json", "--engine", "extractive") == 0
    assert made()["coverage"]["unread"] == 1
    assert run("digest", "one.json", "--engine", "extractive", "--require", "read") == 0
    assert (made()["coverage"]["unread"], made()["coverage"]["left_out"]) == (0, 1)


def test_a_newsletter_may_require_it_or_not() -> None:
    from briefing.config import Newsletter, settings
    from briefing.newsletter.issue_content import settings_of

    desk = settings(require="read")
    assert settings_of(Newsletter(name="a"), desk).require == "read"
    assert settings_of(Newsletter(name="a", require="any"), desk).require == "any"
    assert settings_of(Newsletter(name="a", require="read"), settings()).require == "read"
