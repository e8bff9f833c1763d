"""Whatever happens, the command line ends with one line and an exit code: each a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "briefing" / "examples"
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
POST = {
    "title": "Port reopens",
    "content": "<p>The port of Sfax reopened, the mayor said.</p>",
    "link": "https://a.test/",
}


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What a shell makes of the command, with $BR for ours."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("BRIEFING_", "OPENAI_"))}
    ours |= {"BR": f"{sys.executable} -m briefing.cli", "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        ["sh", "-c", command], cwd=folder, env=ours, capture_output=True, text=True, check=False, timeout=120
    )


def told(done: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.splitlines()
    return line


RAISES = """
from briefing.cli.app import app, main
@app.command()
def boom(debug: bool = False):
    raise %s
main(%s)
"""


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        ("KeyError('a\\nb')", "a mistake in briefing itself (KeyError: 'a\\nb', at <string>:5); please report it"),
        ("RecursionError", "a mistake in briefing itself (RecursionError, at <string>:5); please report it"),
        ("MemoryError", "there is not enough memory"),
        ("PermissionError(13, 'Permission denied', 'here')", "briefing: here: Permission denied"),
        ("UnicodeEncodeError('utf-8', '\\ud800', 0, 1, 'no')", "a mistake in briefing itself (UnicodeEncodeError"),
    ],
)
def test_what_nobody_foresaw_is_one_line(raised: str, said: str) -> None:
    script = RAISES % (raised, "['boom']")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert said in told(done)


def test_a_traceback_is_for_who_asks_for_it() -> None:
    script = RAISES % ("ValueError('why')", "['boom', '--debug']")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "please report it" in done.stderr.splitlines()[-1]


@FULL
def test_a_full_output_is_told_and_no_success(tmp_path: Path) -> None:
    done = shell("$BR config > /dev/full", tmp_path)
    assert done.returncode == 1
    assert told(done) == "briefing: standard output: No space left on device"
    assert shell("$BR config > /dev/full 2> /dev/full", tmp_path).returncode == 1
    assert shell("$BR digets 2> /dev/full", tmp_path).returncode == 4


def test_a_closed_output_or_input(tmp_path: Path) -> None:
    for command in ("$BR config >&-", "$BR config 2>&-", "$BR config <&-", "$BR config >&- 2>&- <&-"):
        done = shell(command, tmp_path)
        assert (done.returncode, done.stderr) == (0, ""), command
    for command in ("$BR digest - <&-", "$BR summarise - <&-"):
        done = shell(command, tmp_path)
        assert done.returncode == 1
        assert "standard input: it is closed" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_reader_that_goes_is_no_failure(tmp_path: Path) -> None:
    done = shell("{ $BR config; echo $? >&2; } | head -n 1", tmp_path)
    assert done.stderr == "0\n"


def test_arguments_and_names_that_are_no_text(tmp_path: Path) -> None:
    name = os.fsdecode(b"p\xff.json")
    (tmp_path / name).write_text(json.dumps([POST]), encoding="utf-8")
    done = shell(
        "$BR digest p*.json --title \"$(printf 'T\\377')\" --question \"$(printf 'Who \\377 pays?')\" --out made",
        tmp_path,
    )
    assert done.returncode == 0, done.stderr
    made = (tmp_path / "made" / "digest.txt").read_text(encoding="utf-8")
    assert "T\ufffd" in made
    assert "Who \ufffd pays?" in made
    assert "p\ufffd.json" in made
    done = shell("$BR digest p*.json --out \"$(printf 'o\\377')\"; $BR verify \"$(printf 'o\\377')\"", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    done = shell("$BR digest \"$(printf 'no\\377')\"; $BR ask \"$(printf '\\377')\" p*.json", tmp_path)
    assert "Traceback" not in done.stderr


def test_posts_with_half_a_character_or_an_author_of_nothing(tmp_path: Path) -> None:
    """What JSON may hold and no encoder takes, in every place; what no letter is left of, where a surname is asked."""
    half, said = "\ud83d", "<p>I think the quay \udcff of Sfax port should reopen after works of 4.2 million euros.</p>"
    posts = [
        {
            "id": number,
            "date_gmt": "2026-06-23T06:30:00",
            "link": f"https://s{number}.test/{half}/{number}",
            "title": {"rendered": f"Quay of Sfax {half} port reopens"},
            "content": {"rendered": said},
            "excerpt": {"rendered": half},
            "_embedded": {
                "author": [{"name": name}],
                "wp:term": [[{"taxonomy": "category", "name": half}, {"taxonomy": "post_tag", "name": half}]],
            },
        }
        for number, name in enumerate(("\u00b4", "\u00a8", half, "\u3000"))
    ]
    (tmp_path / "posts.json").write_text(json.dumps(posts), encoding="utf-8")
    done = shell("$BR digest posts.json --out made && $BR verify made", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "4 posts" in done.stderr


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        ("touch made", "made: is there already, and is no folder"),
        (
            "mkdir made; echo mine > made/digest.html",
            "made/digest.html: is there already, and briefing did not make it",
        ),
        (
            "mkdir made; echo '{}' > made/digest.json",
            "made/digest.json: is there already, and briefing did not make it",
        ),
        ("ln -s made made", "made: is there already, and is no folder"),
    ],
)
def test_a_place_that_cannot_be_written_is_told_before_anything_is_read(
    prepare: str, said: str, tmp_path: Path
) -> None:
    done = shell(f"{prepare}; $BR digest nowhere.json --out made", tmp_path)
    assert done.returncode == 4
    assert said in told(done)
    name = "n" * 300
    done = shell(f"$BR digest nowhere.json --out {name}", tmp_path)
    assert done.returncode == 4
    assert told(done) == f"briefing: {name}: cannot be written: File name too long"
