"""The command line with a model, over an endpoint on loopback that answers from the prompts it is given."""

import asyncio
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from loopback import Loopback, Received, Served, completion, failure
from truncating_server import BLIND, Truncating

from briefing.cli import main

SHORT = Path(__file__).parents[2] / "briefing" / "examples" / "short-posts.json"
KEY = "sk-canary-0123456789abcdef"


def first_line(received: Received) -> str:
    """Sentence 1 of what was shown, as the one line of the reply."""
    shown = re.findall(r"^\[(\d+)\] (.*)$", received.user, re.M)
    number, text = next((int(n), text) for n, text in shown if int(n))
    line = {
        "text": text,
        "rests_on": [number],
        "kind": "fact",
        "speaker": None,
        "voice": None,
        "certainty": "asserted",
    }
    if "bottom line of a digest" in json.dumps(received.body):
        return json.dumps({"lines": [line]})
    parts: dict[str, Any] = {"headline": line, "bottom_line": [line], "what_happened": [line], "missing": []}
    return json.dumps(parts | {"why_it_matters": [], "disputed": []})


async def copies(received: Received, writer: asyncio.StreamWriter) -> None:
    await completion(first_line(received))(received, writer)


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIEFING_DATABASE_URL", f"sqlite:///{tmp_path / 'answers.db'}")
    monkeypatch.setenv("BRIEFING_MODEL", "a-model")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    with Served(copies) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        yield server


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert isinstance(stop.value.code, int)
    return stop.value.code


def digest(folder: str = "digest") -> Any:
    return json.loads(Path(folder, "digest.json").read_text(encoding="utf-8"))


def test_a_digest_is_written_and_verifies(endpoint: Loopback, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("digest", str(SHORT)) == 0
    assert len(endpoint.received) == 5, "a call a post, and one for the bottom line"
    made = digest()
    assert made["coverage"]["engine"] == "model"
    assert made["coverage"]["model"]["calls"] == 5
    assert made["bottom_line"]
    assert run("verify", "digest") == 0
    page = Path("digest/digest.html").read_text(encoding="utf-8")
    assert "a-model" in page
    assert KEY not in page + json.dumps(made) + capsys.readouterr().err


def test_second_run_asks_nothing_and_an_edited_post_asks_for_itself(endpoint: Loopback, tmp_path: Path) -> None:
    assert run("digest", str(SHORT)) == 0
    asked = len(endpoint.received)
    assert run("digest", str(SHORT), "--out", "again") == 0
    assert len(endpoint.received) == asked
    again = digest("again")
    assert again["stories"] == digest()["stories"]
    assert again["coverage"]["model"]["answers_stored"] == asked
    posts = json.loads(SHORT.read_text(encoding="utf-8"))
    posts[2]["content"]["rendered"] = posts[2]["content"]["rendered"].replace("seis meses", "ocho meses")
    edited = tmp_path / "edited.json"
    edited.write_text(json.dumps(posts), encoding="utf-8")
    assert run("digest", str(edited), "--out", "edited") == 0
    assert len(endpoint.received) == asked + 1


def test_estimate_sends_nothing(endpoint: Loopback, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("digest", str(SHORT), "--estimate") == 0
    assert not endpoint.received
    told = capsys.readouterr().out
    assert "4 calls (0 answers are kept already" in told
    assert "price unknown" in told
    assert not Path("digest").exists()


def test_a_cap_is_kept_and_what_is_left_is_selected(monkeypatch: pytest.MonkeyPatch) -> None:
    async def dear(received: Received, writer: asyncio.StreamWriter) -> None:
        usage = {"prompt_tokens": 1_500, "completion_tokens": 3_000}
        await completion(first_line(received), usage=usage)(received, writer)

    with Served(dear) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        assert run("digest", str(SHORT), "--max-tokens", "14000") == 2
    made = digest()
    used = made["coverage"]["model"]
    assert used["input_tokens"] + used["output_tokens"] <= 14_000
    assert 1 <= len(made["coverage"]["fallbacks"]) <= 4
    assert len(made["stories"]) == 4


def test_a_wrong_key_needs_the_operator(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with Served(failure(401, f"Incorrect API key provided: {KEY}.", code="invalid_api_key")) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        assert run("digest", str(SHORT)) == 3
    made = digest()
    assert len(made["coverage"]["fallbacks"]) == 4
    assert {story["summaries"][0]["engine"] for story in made["stories"]} == {"extractive"}
    told = capsys.readouterr()
    assert KEY not in told.err + told.out + json.dumps(made)
    assert len([line for line in told.err.splitlines() if line.startswith("briefing: ")]) == 1


def test_a_post_the_model_refuses_is_selected_and_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def mostly(received: Received, writer: asyncio.StreamWriter) -> None:
        is_refused = "Puerto Alba" in received.user and "write_lead" not in received.user
        answer = completion(None, refusal="No.") if is_refused else completion(first_line(received))
        await answer(received, writer)

    with Served(mostly) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        assert run("digest", str(SHORT)) == 2
    made = digest()
    assert any("biblioteca" in failure["what"] for failure in made["coverage"]["fallbacks"])
    assert len(made["stories"]) == 4
    assert "refus" in Path("digest/digest.txt").read_text(encoding="utf-8")


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    """A post of some 10,000 tokens."""
    days = (f"On day {n} the harbour board of Arden counted {n * 7} ships at its two quays." for n in range(1, 481))
    path = tmp_path / "ledger.html"
    body = f"<article><h1>The ledger of Arden</h1><p>{' '.join(days)}</p></article>"
    head = "<title>The ledger of Arden</title>"
    path.write_text(f"<!doctype html><html lang='en'><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
    return str(path)


def by_the_recipe(monkeypatch: pytest.MonkeyPatch, url: str) -> int:
    """Set what docs/models.md sets for Ollama, but for the address; the window that it gives the server."""
    text = (Path(__file__).parents[2] / "docs" / "models.md").read_text(encoding="utf-8")
    recipe = text.partition("https://ollama.com")[2].split("```")[1]
    for name, value in re.findall(r"(BRIEFING_\w+|OLLAMA_\w+)=(\S+)", recipe):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    return int(os.environ["OLLAMA_CONTEXT_LENGTH"])


@pytest.mark.parametrize("ratio", [1.0, 1.5])
def test_by_the_recipe_a_long_post_is_read_whole(monkeypatch: pytest.MonkeyPatch, ledger: str, ratio: float) -> None:
    server = Truncating(ratio=ratio)
    with Served(server) as endpoint:
        server.window = by_the_recipe(monkeypatch, endpoint.url)
        assert run("digest", ledger) == 0
    covered = digest()["coverage"]
    assert server.cut == 0
    assert (covered["posts_written"], covered["posts_selected"]) == (1, 0)
    assert covered["receipt"]["prompt_tokens_read"] > covered["receipt"]["prompt_tokens"] * ratio * 0.9


def test_with_the_window_ollama_has_by_default_it_is_read_in_parts(
    monkeypatch: pytest.MonkeyPatch, ledger: str
) -> None:
    server = Truncating(4_096)
    with Served(server) as endpoint:
        by_the_recipe(monkeypatch, endpoint.url)
        assert run("digest", ledger) == 0
    assert server.cut
    assert BLIND not in Path("digest/digest.json").read_text(encoding="utf-8")
    assert digest()["coverage"]["receipt"]["prompt_tokens"] > 10_000


def test_with_too_small_a_window_it_is_selected_and_the_terminal_says_why(
    monkeypatch: pytest.MonkeyPatch, ledger: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with Served(Truncating(700)) as endpoint:
        by_the_recipe(monkeypatch, endpoint.url)
        assert run("digest", ledger) == 2
    told = capsys.readouterr().err
    assert "0 written, 1 selected" in told
    assert "1 post selected, not written: the server read" in told
    page = Path("digest/digest.txt").read_text(encoding="utf-8")
    assert "none written" in page or "0 written" in page
    assert "num_ctx" in page


def test_extractive_asks_nothing_whatever_the_environment_holds(endpoint: Loopback) -> None:
    assert run("digest", "--example", "--engine", "extractive") == 0
    assert not endpoint.received


def test_config_shows_where_values_come_from_and_masks_keys(
    endpoint: Loopback, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "briefing.toml").write_text('timezone = "Europe/Paris"\n', encoding="utf-8")
    assert run("config") == 0
    told = capsys.readouterr().out
    assert KEY not in told
    rows = {line.split()[0]: line.split()[1:] for line in told.splitlines()}
    assert rows["OPENAI_API_KEY"] == ["********", "environment"]
    assert rows["BRIEFING_TIMEZONE"] == ["Europe/Paris", "briefing.toml"]
    assert rows["BRIEFING_LENGTH"] == ["medium", "default"]


def test_unknown_setting_is_refused_with_the_nearest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "briefing.toml").write_text('timezon = "Europe/Paris"\n', encoding="utf-8")
    assert run("config") == 4
    assert "did you mean 'timezone'?" in capsys.readouterr().err


def test_prompts_are_listed_and_shown(endpoint: Loopback, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("prompts", "list") == 0
    assert "summarise_document/system.j2" in capsys.readouterr().out
    post = str(SHORT.with_name("moroccan-personnel-gaza.json"))
    assert run("prompts", "show", "summarise_document", post) == 0
    assert "[13] Morocco is said to be" in capsys.readouterr().out
    assert run("prompts", "show", "no_task", post) == 4
    assert not endpoint.received


def test_cache_is_shown_and_cleared(endpoint: Loopback, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("digest", str(SHORT), "-q") == 0
    capsys.readouterr()
    assert run("cache", "info") == 0
    assert capsys.readouterr().out.startswith("5 answers of a-model")
    assert run("cache", "clear") == 0
    assert capsys.readouterr().out == "5 answers forgotten\n"
