"""Any text checked against posts: each sentence with the sentences that come nearest, and its mark."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import briefing
from briefing.cli import main
from briefing.exceptions import EmptyPostError
from briefing.render.renderer import render
from briefing.types import CheckedText, Post

WALL = Post(
    "a",
    "Wall gives way",
    "<p>The wall of quay 4 gave way at 6.10 on Wednesday, the harbour office said.</p><p>17 people were hurt.</p>",
    language="en",
)
BRIDGE = Post("b", "Bridge vote", "<p>The council put off the bridge vote to 9 December.</p>", language="en")
DRAFT = """# Morning

The wall of quay 4 gave way on Wednesday, the harbour office said. 71 people were hurt.

- The council postponed the vote on the bridge.
- A whale was seen off the coast.
"""


def marks(checked: CheckedText) -> list[str]:
    return [line.check.verdict for line in checked.lines if line.check]


def test_each_sentence_gets_its_mark_and_its_evidence() -> None:
    checked = briefing.check(DRAFT, [WALL, BRIDGE])
    assert marks(checked) == ["carried", "withheld", "unread", "withheld"]
    assert [[(piece.post, piece.sentence) for piece in line.evidence] for line in checked.lines] == [
        [("a", 1)],
        [("a", 2)],
        [("b", 1)],
        [],
    ]
    assert [card.key for card in checked.posts] == ["a", "b"]


def test_the_words_of_the_text_are_never_mended() -> None:
    checked = briefing.check("The wall of quay 4 gave way on Wednesday.", [WALL])
    (line,) = checked.lines
    assert line.text == "The wall of quay 4 gave way on Wednesday."
    assert line.check is not None
    assert line.check.verdict != "carried"
    assert any("the harbour office said" in reason for reason in line.check.reasons)


def test_html_and_files_are_read_too(tmp_path: Path) -> None:
    file = tmp_path / "draft.html"
    file.write_text("<p>17 people were <b>hurt</b>.</p>")
    assert (
        marks(briefing.check(file, [WALL]))
        == marks(briefing.check("<p>17 people were hurt.</p>", [WALL]))
        == ["carried"]
    )


def test_a_text_without_a_sentence_is_refused() -> None:
    with pytest.raises(EmptyPostError):
        briefing.check("  ", [WALL])


@pytest.mark.parametrize("output", ["text", "markdown", "html"])
def test_every_page_shows_what_does_not_stand_and_why(output: str) -> None:
    page = " ".join(render(briefing.check(DRAFT, [WALL, BRIDGE]), output).split())
    for words in ("●", "○", "✕", "71", "A whale was seen off the coast", "no sentence of the posts speaks of this"):
        assert words in page
    assert ("<u>postponed</u>" if output == "html" else "_postponed_") in page


def test_json_has_the_lines() -> None:
    value = json.loads(render(briefing.check(DRAFT, [WALL, BRIDGE]), "json"))
    assert [set(line) >= {"text", "evidence", "check"} for line in value["lines"]] == [True] * 4


@pytest.fixture
def saved(tmp_path: Path) -> str:
    path = tmp_path / "posts.json"
    posts = [
        {
            "id": n,
            "link": f"https://example.org/{n}",
            "title": {"rendered": post.title},
            "content": {"rendered": post.html},
        }
        for n, post in enumerate((WALL, BRIDGE), 1)
    ]
    path.write_text(json.dumps(posts))
    return str(path)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("17 people were hurt.", 0),
        ("17 people were hurt. The council postponed the vote on the bridge.", 2),
        ("17 people were hurt. A whale was seen.", 5),
    ],
)
def test_the_exit_code_tells_how_it_stands(words: str, code: int, saved: str) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["check", "--text", words, "--against", saved, "--quiet"])
    assert stop.value.code == code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "name a file"),
        (["check", "a.txt", "--text", "b"], "name a file"),
        (["check", "--text", "b"], "--against"),
    ],
)
def test_wrong_arguments_get_one_line(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 4
    assert said in capsys.readouterr().err
