"""Digests forged in forty ways, with every hash put right: none verifies. Honest ones, edited, of old: all do."""

import json
import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from desk_days import days

from briefing.cli import main
from briefing.render.renderer import render_all
from briefing.render.schema import from_json
from briefing.workflow.digest_folder import write_digest_folder

EXAMPLES = Path(__file__).parents[2] / "briefing" / "examples"
POSTS = EXAMPLES / "short-posts.json"
SCHEMA_2 = Path(__file__).parents[1] / "data" / "schema2"
FORMATS = {"digest.html": "html", "digest.md": "markdown", "digest.txt": "text"}


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main([*arguments])
    code = stop.value.code
    assert isinstance(code, int)
    return code


@pytest.fixture(scope="module")
def mornings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """Monday's digest, with a story of several posts, and Tuesday's, with a correction and an update."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("desk")
        patch.chdir(folder)
        for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
            patch.delenv(name, raising=False)
        with days(folder) as desk:
            made = [desk.make(0).made]
            desk.go_on()
            made.append(desk.make(1).made)
        for name, one in zip(("monday", "tuesday"), made, strict=True):
            write_digest_folder(one.digest, one.texts, folder / name, formats=FORMATS.values())
            assert run("verify", str(folder / name)) == 0
        yield folder / "monday", folder / "tuesday"


@pytest.fixture
def tuesday(mornings: tuple[Path, Path]) -> Path:
    return mornings[1]


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A digest of posts in four languages, with dates ahead and an embedded post."""
    at = tmp_path_factory.mktemp("examples")
    assert run("digest", str(EXAMPLES), "--engine", "extractive", "--out", str(at), "--title", "Brief") == 0
    assert run("verify", str(at)) == 0
    return at


# --- forged ------------------------------------------------------------------------------------------------------


def summaries(digest: Any) -> list[Any]:
    return [s for story in (*digest["stories"], *digest["also"]) for s in story["summaries"]]


def claim_of(digest: Any) -> Any:
    return next(c for s in summaries(digest) for c in s["claims"] if c["origin"] == "selected")


def spoken(digest: Any) -> Any:
    return next(c for s in summaries(digest) for c in s["claims"] if c["speaker"])


def dated(digest: Any) -> Any:
    return next(s for s in summaries(digest) if s["dates_ahead"])


def several(digest: Any) -> Any:
    return next(story for story in digest["stories"] if len(story["summaries"]) > 1)


def correction(digest: Any) -> Any:
    return digest["corrections"][0]


def answered(digest: Any) -> Any:
    return next(answer for answer in digest["answers"] if answer["claims"])


def invented(digest: Any, **changes: Any) -> Any:
    return claim_of(digest) | {"id": "c99", "text": "The mayor took the money.", **changes}


def a_correction(digest: Any) -> Any:
    return {
        "post": summaries(digest)[0]["post"],
        "kind": "changed",
        "briefed_at": "2026-01-01T00:00:00Z",
        "noticed_at": digest["made_at"],
        "changes": [{"before": "The works cost 4.2 million.", "after": "The mayor took the money."}],
        "lines": ["The works cost 4.2 million."],
        "was": [],
        "grounds": [],
    }


def move_to_withheld(digest: Any) -> None:
    summary = next(s for s in summaries(digest) if s["claims"])
    hidden = summary["claims"].pop(0)
    digest["coverage"]["claims"] -= 1
    digest["coverage"][hidden["check"]["verdict"]] -= 1
    digest["coverage"]["withheld"] += 1
    summary["withheld"].append(hidden | {"check": hidden["check"] | {"verdict": "withheld"}})


def unanswer(digest: Any) -> None:
    answered(digest)["state"] = "unanswered"


Change = Callable[[Any], Any]
LINES: dict[str, Change] = {
    "words": lambda d: claim_of(d).update(text="The mayor took the money."),
    "a word more": lambda d: claim_of(d).update(text="Nearly " + claim_of(d)["text"]),
    "written": lambda d: claim_of(d).update(text="The mayor took the money.", origin="written"),
    "invented": lambda d: summaries(d)[0]["claims"].append(invented(d)),
    "bottom line": lambda d: d["bottom_line"].append(invented(d)),
    "no verdict": lambda d: claim_of(d).update(check=None),
    "read by nobody": lambda d: claim_of(d)["check"].update(verdict="read", reader=None),
    "certainty": lambda d: claim_of(d).update(certainty="denied", hedges=["denied"]),
    "hedges": lambda d: claim_of(d).update(hedges=["allegedly"]),
    "speaker": lambda d: spoken(d)["speaker"].update(name="Johanna Nobody"),
    "quote": lambda d: claim_of(d)["evidence"][0].update(quote="The mayor took the money."),
    "offset": lambda d: claim_of(d)["evidence"][0].update(start=claim_of(d)["evidence"][0]["start"] + 1),
    "other sentence": lambda d: claim_of(d)["evidence"][0].update(sentence=0),
    "other post": lambda d: claim_of(d)["evidence"][0].update(post="https://elsewhere.example/"),
    "no evidence": lambda d: claim_of(d).update(evidence=[]),
    "link": lambda d: claim_of(d)["evidence"][0].update(url="https://elsewhere.example/"),
    "fragment": lambda d: claim_of(d)["evidence"][0].update(
        url=claim_of(d)["evidence"][0]["url"].partition("#")[0] + "#:~:text=The%20mayor%20took%20the%20money"
    ),
    "missing": lambda d: summaries(d)[0]["missing"].append("Sfax"),
}
LABELS: dict[str, Change] = {
    "story's title": lambda d: d["stories"][0].update(title="Mayor took the money"),
    "card's title": lambda d: summaries(d)[0]["post"].update(title="Mayor took the money"),
    "author": lambda d: summaries(d)[0]["post"].update(author="Johanna Nobody"),
    "source": lambda d: summaries(d)[0]["post"].update(source="The Times"),
    "published": lambda d: summaries(d)[0]["post"].update(published="2026-06-01T00:00:00Z"),
    "address": lambda d: summaries(d)[0]["post"].update(url="https://elsewhere.example/"),
    "genre": lambda d: summaries(d)[0].update(genre={"kind": "press release", "reason": "it says so"}),
    "headline": lambda d: summaries(d)[0]["headline"].update(not_in_text=["port"]),
    "sentences": lambda d: summaries(d)[0]["counts"].update(sentences=40),
    "figures": lambda d: summaries(d)[0]["counts"].update(figures=["9 billion"]),
    "coverage": lambda d: d["coverage"].update(posts_read=40),
    "sentences read": lambda d: d["coverage"].update(sentences=4000),
    "carried": lambda d: d["coverage"].update(carried=d["coverage"]["carried"] + 1),
    "words dropped": lambda d: d["coverage"].update(words_dropped={"cookie banner": 4}),
    "note": lambda d: d["coverage"]["provenance"].append({"what": "Port of Sfax reopens", "why": "made by a machine"}),
    "withheld": move_to_withheld,
    "reason": lambda d: d["stories"][0]["reasons"].append({"kind": "sources", "value": "12"}),
    "outlet": lambda d: d["outlets"].append({"name": "The Times", "owner": "", "leaning": "left", "country": ""}),
    "compared": lambda d: d.update(compared_with="2031-01-01T00:00:00Z"),
}
PAST: dict[str, Change] = {
    "after": lambda d: correction(d)["changes"][0].update(after="Repairs cost 90 million dinars, she said."),
    "before": lambda d: correction(d)["changes"][0].update(before="Repairs cost 1 million dinars, she said."),
    "our line": lambda d: correction(d)["lines"].__setitem__(0, "The mayor took the money."),
    "as it was": lambda d: correction(d)["was"].__setitem__(2, "Repairs cost 1 million dinars, she said."),
    "kind": lambda d: correction(d).update(kind="withdrawn"),
    "briefed": lambda d: correction(d).update(briefed_at="2031-01-01T00:00:00Z"),
    "no past": lambda d: d.update(compared_with=None),
    "correction": lambda d: d["corrections"].append(a_correction(d)),
    "state": unanswer,
}
SEVERAL: dict[str, Change] = {
    "position": lambda d: several(d)["positions"][0].update(who="Johanna Nobody"),
    "in common": lambda d: several(d).update(shared=["Nobody"]),
    "differ": lambda d: several(d)["disagreements"].append({"about": "number", "claims": several(d)["claims"][:2]}),
    "copies": lambda d: several(d).update(copies=["https://elsewhere.example/"]),
    "merged": lambda d: several(d)["claims"][0].update(text=several(d)["summaries"][1]["claims"][-1]["text"]),
}
DATES: dict[str, Change] = {
    "day": lambda d: dated(d)["dates_ahead"][0].update(day="2031-01-01"),
    "words of a date": lambda d: dated(d)["dates_ahead"][0].update(text="on 1 January 2031"),
}


def forged(made: Path, at: Path, change: Change, *, is_rendered: bool) -> Path:
    """The digest with a change in its JSON; where it `is_rendered`, in its pages too, with the hashes of these."""
    shutil.copytree(made, at)
    value = json.loads((at / "digest.json").read_text(encoding="utf-8"))
    before = json.dumps(value)
    change(value)
    assert json.dumps(value) != before
    if is_rendered:
        pages = render_all(from_json(json.dumps(value)), FORMATS.values())
        for name, output in FORMATS.items():
            (at / name).write_bytes(pages[output])
            value["files"][name] = sha256(pages[output]).hexdigest()
    (at / "digest.json").write_text(json.dumps(value), encoding="utf-8")
    return at


@pytest.mark.parametrize("name", [*LINES, *LABELS, *PAST])
def test_no_forged_digest_verifies(name: str, tuesday: Path, tmp_path: Path) -> None:
    change = (LINES | LABELS | PAST)[name]
    assert run("verify", str(forged(tuesday, tmp_path / "f", change, is_rendered=True))) == 5


@pytest.mark.parametrize("name", SEVERAL)
def test_no_forged_story_of_several_posts_verifies(name: str, mornings: tuple[Path, Path], tmp_path: Path) -> None:
    assert run("verify", str(forged(mornings[0], tmp_path / "f", SEVERAL[name], is_rendered=True))) == 5


@pytest.mark.long
@pytest.mark.parametrize("name", [*DATES, *(name for name in LINES if name != "missing")])
def test_no_forged_digest_of_posts_in_other_languages_verifies(name: str, examples: Path, tmp_path: Path) -> None:
    change = (LINES | DATES)[name]
    assert run("verify", str(forged(examples, tmp_path / "f", change, is_rendered=True))) == 5


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("said", ["Sfax", " of ", "</p>"])
def test_no_page_that_says_something_else_verifies(name: str, said: str, tuesday: Path, tmp_path: Path) -> None:
    """A word of a page in place of another, and its hash put right."""
    at = tmp_path / "f"
    shutil.copytree(tuesday, at)
    page = (at / name).read_text(encoding="utf-8")
    forged_page = page.replace(said, f"Bizerte {said}", 1) if said in page else page + "Bizerte"
    (at / name).write_text(forged_page, encoding="utf-8")
    value = json.loads((at / "digest.json").read_text(encoding="utf-8"))
    value["files"][name] = sha256(forged_page.encode()).hexdigest()
    (at / "digest.json").write_text(json.dumps(value), encoding="utf-8")
    assert run("verify", str(at)) == 5
    value |= {"made_by": "", "rendering": None}  # as if another version had made it
    (at / "digest.json").write_text(json.dumps(value), encoding="utf-8")
    assert run("verify", str(at)) == 5


@pytest.mark.parametrize(
    "markup", ["<script>1</script>", '<a href="https://elsewhere.example/">Sfax</a>', '<img src="https://e.example/x">']
)
def test_no_page_of_another_version_has_markup_of_its_own(markup: str, tuesday: Path, tmp_path: Path) -> None:
    at = tmp_path / "f"
    shutil.copytree(tuesday, at)
    page = (at / "digest.html").read_text(encoding="utf-8").replace("</main>", f"{markup}</main>")
    assert markup in page
    (at / "digest.html").write_text(page, encoding="utf-8")
    value = json.loads((at / "digest.json").read_text(encoding="utf-8"))
    value["files"]["digest.html"] = sha256(page.encode()).hexdigest()
    (at / "digest.json").write_text(json.dumps(value | {"made_by": "", "rendering": None}), encoding="utf-8")
    assert run("verify", str(at)) == 5


def test_a_page_beside_those_listed_is_found_out(tuesday: Path, tmp_path: Path) -> None:
    at = tmp_path / "f"
    shutil.copytree(tuesday, at)
    value = json.loads((at / "digest.json").read_text(encoding="utf-8"))
    del value["files"]["digest.html"]
    (at / "digest.json").write_text(json.dumps(value), encoding="utf-8")
    assert run("verify", str(at)) == 5


# --- honest ------------------------------------------------------------------------------------------------------


def edited(at: Path) -> None:
    """Another title, a line left out, a line of the editor's own, the pages rendered from them."""
    assert run("edit", str(at)) == 0
    text = (at / "edit.txt").read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    said = [n for n, line in enumerate(lines) if line[:6].isalnum() and line[6:7] == " "]
    if said:
        del lines[said[0]]
    text = "".join(lines)
    (at / "edit.txt").write_text(text.replace("\ntitle:", "\ntitle: From the editor", 1), encoding="utf-8")
    assert run("render", str(at)) == 0


def left_alone(at: Path) -> None:
    """As it was made."""


def rendered(at: Path) -> None:
    assert run("render", str(at)) == 0


def indented(at: Path) -> None:
    """The same JSON, in another order of white space."""
    value = json.loads((at / "digest.json").read_text(encoding="utf-8"))
    (at / "digest.json").write_text(json.dumps(value), encoding="utf-8")


WAYS = [left_alone, rendered, edited, indented]
HONEST = {
    "usual": (),
    "short": ("--length", "short"),
    "long": ("--length", "long", "--title", "Morning"),
    "french": ("--language", "fr", "--question", "Qui ouvre la bibliothèque ?"),
    "arabic": ("--language", "ar", "--format", "html"),
    "text": ("--format", "text", "--format", "json"),
    "question": ("--question", "When does the library open?", "--question", "Who is the mayor of Paris?"),
    "day": ("--date", "2026-06-23"),
}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.long if name != "french" else ()) for name in HONEST]
)
def test_no_honest_digest_is_refused(name: str, way: Callable[[Path], None], tmp_path: Path) -> None:
    assert run("digest", str(POSTS), "--engine", "extractive", "--out", str(tmp_path / "d"), *HONEST[name]) == 0
    way(tmp_path / "d")
    assert run("verify", str(tmp_path / "d")) == 0


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("made", ["monday", "tuesday", "schema 2"])
def test_no_digest_with_a_past_or_of_the_past_is_refused(
    made: str,
    way: Callable[[Path], None],
    mornings: tuple[Path, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    at = tmp_path / "d"
    shutil.copytree({"monday": mornings[0], "tuesday": mornings[1], "schema 2": SCHEMA_2}[made], at)
    way(at)
    capsys.readouterr()
    assert run("verify", str(at)) == 0
    is_old = made == "schema 2" and way in (left_alone, indented)
    assert ("page not compared" in capsys.readouterr().out) == is_old
