"""The README's commands and its Python, run as they stand."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.cli import main
from briefing.config import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(kind: str) -> str:
    found = re.search(rf"<!-- run: {kind} -->\n```\w+\n(.*?)```", README, re.S)
    assert found, f"the README has no block to run for {kind}"
    return found[1]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A directory that holds what the README's lines name."""
    examples = ROOT / "briefing" / "examples"
    shutil.copy(examples / "short-posts.json", tmp_path / "posts.json")
    shutil.copy(examples / "moroccan-personnel-gaza.json", tmp_path / "post.json")
    (tmp_path / "draft.md").write_text("# Today\n\nYet the fundamental challenge remains unchanged.\n")
    (tmp_path / "saved").mkdir()
    shutil.copy(examples / "moroccan-personnel-gaza.json", tmp_path / "saved")
    return tmp_path


def test_commands(desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """All but what reads standard input in this one process: to start one takes longer than most of them."""
    monkeypatch.chdir(desk)
    for name in [name for name in os.environ if name.startswith(("BRIEFING_", "OPENAI_"))]:
        monkeypatch.delenv(name)
    lines = [line.split("#")[0].strip() for line in block("cli").splitlines()]
    assert len(lines) >= 10
    for line in lines:
        command, _, file = map(str.strip, line.partition("<"))
        words = shlex.split(command)
        assert words[0] == "briefing"
        if file:
            program = [sys.executable, "-m", "briefing.cli", *words[1:]]
            done = subprocess.run(program, input=(desk / file).read_bytes(), capture_output=True, check=False)
            assert done.returncode == 0, (line, done.stderr.decode())
            assert done.stdout
        else:
            with pytest.raises(SystemExit) as stop:
                main(words[1:])
            written = capsys.readouterr()
            assert stop.value.code == 0, (line, written.err)
            assert written.out


def test_python(desk: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", block("python")], cwd=desk, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "[1]" in done.stdout.decode()


def test_settings() -> None:
    """Every setting is in the table or named as a table of briefing.toml, and nothing else is."""
    section = README.split("\n## Settings\n")[1].split("\n## ")[0]
    cells = [row.split("|")[1] for row in section.splitlines() if row.startswith("| `")]
    documented = set(re.findall(r"`\[\[(\w+)\]\]`", section))
    for cell in cells:
        first, *others = re.findall(r"`(\w+)`", cell)
        names = [first, *(first.rpartition("_")[0] + name if name.startswith("_") else name for name in others)]
        documented |= {name.removeprefix("BRIEFING_").lower() for name in names}
    assert documented == set(Settings.model_fields)
