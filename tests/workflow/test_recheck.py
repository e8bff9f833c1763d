"""A finished digest, changed by hand in every way that `briefing verify` has to find out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefing.cli import main

EXAMPLES = Path(__file__).parents[2] / "briefing" / "examples"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("digest")
    with pytest.raises(SystemExit) as stop:
        main(["digest", str(EXAMPLES), "--engine", "extractive", "--out", str(folder), "--format", "json"])
    assert stop.value.code == 0
    return folder


def verified(made: Path, tmp_path: Path, change: Callable[[Any], None], capsys: pytest.CaptureFixture[str]) -> str:
    digest = json.loads((made / "digest.json").read_text(encoding="utf-8"))
    change(digest)
    (tmp_path / "digest.json").write_text(json.dumps(digest), encoding="utf-8")
    (tmp_path / "documents.json").write_bytes((made / "documents.json").read_bytes())
    capsys.readouterr()
    with pytest.raises(SystemExit) as stop:
        main(["verify", str(tmp_path)])
    assert stop.value.code == 5
    return capsys.readouterr().err


def gaza(digest: Any) -> Any:
    return next(s for story in digest["stories"] for s in story["summaries"] if "diplomatique" in s["post"]["key"])


def port(digest: Any) -> Any:
    return next(s for story in digest["stories"] for s in story["summaries"] if "gazette" in s["post"]["key"])


def reported(digest: Any) -> Any:
    return next(claim for claim in gaza(digest)["claims"] if "reports have revealed" in claim["text"])


CHANGES: dict[str, tuple[Callable[[Any], Any], str]] = {
    "certainty": (lambda d: reported(d).update(certainty="asserted"), "certainty"),
    "hedge": (lambda d: reported(d).update(hedges=["rumours"]), "rumours"),
    "speaker": (lambda d: reported(d).update(speaker={"voice": "x", "sourcing": "named", "name": "Nobody"}), "Nobody"),
    "words": (
        lambda d: reported(d).update(text=reported(d)["text"].replace("reports have revealed", "the army announced")),
        "s",
    ),
    "number": (lambda d: port(d)["claims"][1].update(text=port(d)["claims"][1]["text"].replace("4,2", "9,2")), "9,2"),
    "link": (lambda d: reported(d)["evidence"][0].update(url="https://elsewhere.example/"), "leads elsewhere"),
    "quote": (lambda d: reported(d)["evidence"][0].update(quote="Something else."), "quote"),
    "offset": (lambda d: reported(d)["evidence"][0].update(start=0), "quote"),
    "date": (lambda d: port(d)["dates_ahead"][0].update(day="2031-01-01"), "no such date"),
    "missing": (lambda d: gaza(d).update(missing=["Morocco"]), "Morocco"),
    "title": (lambda d: gaza(d)["post"].update(title="Another headline"), "card"),
    "author": (lambda d: gaza(d)["post"].update(author="Somebody"), "card"),
    "counts": (lambda d: gaza(d)["counts"].update(embeds=7), "counts"),
    "coverage": (lambda d: d["coverage"].update(withheld=3), "withheld"),
    "files": (lambda d: d.update(files={}), "not listed"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_by_hand_is_found_out(
    name: str, made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, said = CHANGES[name]
    assert said in verified(made, tmp_path, change, capsys)


def test_a_line_left_out_by_hand_is_no_fault(made: Path, tmp_path: Path) -> None:
    digest = json.loads((made / "digest.json").read_text(encoding="utf-8"))
    dropped = gaza(digest)["claims"].pop()
    assert dropped
    digest["coverage"]["claims"] -= 1
    digest["coverage"][dropped["check"]["verdict"]] -= 1
    (tmp_path / "digest.json").write_text(json.dumps(digest), encoding="utf-8")
    (tmp_path / "documents.json").write_bytes((made / "documents.json").read_bytes())
    with pytest.raises(SystemExit) as stop:
        main(["verify", str(tmp_path)])
    assert stop.value.code == 0
