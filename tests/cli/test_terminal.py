"""What reaches a terminal, whatever stands in a file, a post or a name: nothing that it obeys, nothing unseen."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.cli import console, main
from briefing.cli.console import for_terminal

HOSTILE = "\x1b]0;pwned\x07\x1b[2J\x9b2J\x90q\x9c\r29 of 29 lines stand\x08\x08"
HOSTILE += "\u202etxt.exe\u202c\u2066x\u200b\u200f\u2060\ufeff\u00ad"
OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
EXAMPLES = Path(__file__).parents[2] / "briefing" / "examples"


def printed(*arguments: str, **options: object) -> str:
    """What a command writes to both its outputs, run as users run it."""
    command = [sys.executable, "-m", "briefing.cli", *arguments]
    done = subprocess.run(command, capture_output=True, check=False, **options)  # type: ignore[call-overload]
    both: bytes = done.stdout + done.stderr
    return both.decode(errors="surrogateescape")


def test_the_edge_lets_nothing_through() -> None:
    said = for_terminal(f"before {HOSTILE} after\nsecond line \udcff \ud800")
    assert not OBEYED.search(said)
    assert said.startswith("before ")
    assert "\nsecond line \\udcff \\ud800" in said


def test_words_stay_as_they_are() -> None:
    """Joiners that a script needs, accents, emoji of several characters, right-to-left words."""
    for words in ("می‌خواهم", "क्‍ष", "👩‍🚀 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "Żółć · 東京 · القاهرة"):
        assert for_terminal(words) == words


def test_there_is_one_edge() -> None:
    """No command prints but by it."""
    for path in Path(console.__file__).parent.glob("*.py"):
        source = path.read_text(encoding="utf-8")
        is_edge = path.name == "console.py"
        assert is_edge or not re.search(r"typer\.echo\(|\bprint\(|print_exc\(|std(?:out|err)\.write\(", source), path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("digest")
    with pytest.raises(SystemExit):
        main(["digest", str(EXAMPLES / "short-posts.json"), "--engine", "extractive", "--out", str(folder)])
    return folder


def test_a_digest_from_elsewhere(made: Path, tmp_path: Path) -> None:
    at = tmp_path / "d"
    shutil.copytree(made, at)
    value = json.loads((at / "digest.json").read_text(encoding="utf-8"))
    claim = value["stories"][0]["summaries"][0]["claims"][0]
    claim |= {"id": HOSTILE, "hedges": [HOSTILE]}
    claim["evidence"][0]["url"] = f"https://e.example/{HOSTILE}"
    value["stories"][0]["id"] = HOSTILE
    value["files"][f"digest.{HOSTILE}"] = "0"
    (at / "digest.json").write_text(json.dumps(value), encoding="utf-8")
    said = printed("verify", str(at))
    assert "29 of 29 lines stand" in said
    assert not OBEYED.search(said)


def test_posts_files_and_arguments(tmp_path: Path) -> None:
    post = json.loads((EXAMPLES / "short-posts.json").read_text(encoding="utf-8"))[0]
    post["title"]["rendered"] = f"Port {HOSTILE} reopens"
    post["content"]["rendered"] = f"<p>The port {HOSTILE} reopens, the mayor {HOSTILE} said.</p>" * 3
    file = tmp_path / "post.json"
    file.write_text(json.dumps([post]), encoding="utf-8")
    broken = tmp_path / f"bad{HOSTILE.replace('/', '')}.json"
    broken.write_text('{"title": ', encoding="utf-8")
    out = ["--engine", "extractive", "--out", str(tmp_path / "d"), "--show-withheld"]
    commands = [
        ("digest", str(file), str(broken), "--title", HOSTILE.replace("\x00", ""), *out),
        ("summarise", str(file), "--engine", "extractive"),
        ("sources", str(broken)),
        ("verify", str(broken)),
        (HOSTILE,),
    ]
    for command in commands:
        said = printed(*command, cwd=tmp_path)
        assert said.strip(), command
        rest = OBEYED.search(re.sub("[\u2066-\u2069]", "", said))  # isolates are set by the page itself
        assert not rest, (command[0], rest)
