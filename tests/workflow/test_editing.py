"""A person's edit of digests that a desk made: applied, checked, refused, and carried over to a digest made again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import typer
from desk_days import MONDAY, Item, days
from digest_samples import arabic, digest, empty, french, gaza, written
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from briefing.cli.edit_commands import edit, render_edited
from briefing.types import Digest, Document
from briefing.workflow.digest_folder import changed_files
from briefing.workflow.digest_folder import read_digest_folder as read_folder
from briefing.workflow.edit_file import parts_of, read_edit
from briefing.workflow.editing import (
    EDIT,
    MADE,
    EditError,
    apply_edit,
    carry_over,
    edit_text,
    render_folder,
    start,
    write_edited,
)
from briefing.workflow.pipeline import DigestRun
from briefing.workflow.recheck import editors, lines
from briefing.workflow.recount import label_faults


@dataclass(frozen=True)
class Day:
    """A made digest and what it rests on."""

    made: DigestRun

    @property
    def digest(self) -> Digest:
        return self.made.digest

    @property
    def documents(self) -> dict[str, Document]:
        return {document.key: document for document in self.made.texts}

    @property
    def text(self) -> str:
        return edit_text(self.digest)

    def edited(self, text: str) -> Digest:
        found = apply_edit(self.digest, self.documents, text)
        assert not faults(found, self.documents)
        return found


def faults(digest: Digest, documents: dict[str, Document]) -> list[str]:
    fallen = [f"{name}: {why}" for name, why in lines(digest, documents) if why]
    return fallen + label_faults(digest, documents)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Day, Day, Day]]:
    """Monday's digest, the same made again with a post more, and Tuesday's."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("desk")
        patch.chdir(folder)
        for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
            patch.delenv(name, raising=False)
        with days(folder) as desk:
            monday = Day(desk.make(0, is_kept=False).made)
            desk.feed.items.append(Item("crane", "Crane of Nantes sold", _CRANE, MONDAY.replace(hour=6)))
            again = Day(desk.make(0).made)
            desk.go_on()
            yield monday, again, Day(desk.make(1).made)


_CRANE = "The city of Nantes sold its yellow crane on Monday, deputy mayor Chloé Girard said.\nIt fetched 90,000 euros."


@pytest.fixture
def monday(made: tuple[Day, Day, Day]) -> Day:
    return made[0]


def line_with(text: str, words: str) -> str:
    return next(line for line in text.splitlines() if words in line and re.match("[0-9a-f]{6} ", line))


def story_with(text: str, words: str) -> str:
    """A story's part of the file, from its === to the next."""
    return next(part for part in re.split("(?m)^(?==== )", text) if part.startswith("=== story") and words in part)


def texts(digest: Digest) -> list[str]:
    return [claim.text for story in digest.stories for s in story.summaries for claim in (*story.claims, *s.lines)]


def test_an_edit_that_changes_nothing_is_the_digest_as_made(made: tuple[Day, Day, Day]) -> None:
    for day in made:
        assert day.edited(day.text) is day.digest
        said = [
            (p.name, p.place, p.title, p.is_also, [line.said for line in p.lines]) for p in read_edit(day.text).parts
        ]
        shown = [
            (p.name, p.place, p.title, p.is_also, [line.said for line in p.lines]) for p in parts_of(day.digest).parts
        ]
        assert said == shown


def test_titles_of_any_kind_are_no_edit() -> None:
    """A post without a headline, a headline that ends as evidence does, a written one with evidence, five languages."""
    bracketed = replace(french(), post=replace(french().post, title="La loi [2]"))
    for made in (digest(gaza(), bracketed, arabic()), digest(written()), digest(empty())):
        assert apply_edit(made, {}, edit_text(made)) is made
        assert carry_over(made, edit_text(made), made) == (edit_text(made), ())


def test_a_story_left_out_is_counted(monday: Day) -> None:
    found = monday.edited(monday.text.replace(story_with(monday.text, "Jutland"), ""))
    assert [story.title for story in found.stories] == ["Port of Sfax reopens"]
    assert found.coverage.posts_used == monday.digest.coverage.posts_used - 1
    assert found.coverage.posts_dropped[-1].why == "left out by the editor"
    assert found.coverage.posts_dropped[-1].what == "Farmers in Jutland sow less rye"
    assert "1 story left out" in found.coverage.provenance[-1].why


def test_stories_stand_in_the_editors_order(monday: Day) -> None:
    rye = story_with(monday.text, "Jutland")
    port = story_with(monday.text, "Sfax")
    found = monday.edited(monday.text.replace(rye, "").replace(port, rye + port))
    assert [story.title for story in found.stories] == [s.title for s in monday.digest.stories][::-1]
    assert found.coverage.claims == monday.digest.coverage.claims


def test_a_story_can_be_named_only(monday: Day) -> None:
    rye = story_with(monday.text, "Jutland")
    found = monday.edited(monday.text.replace(rye, "") + "\n=== also reported\n" + rye.splitlines()[0])
    assert [story.title for story in found.also] == ["Farmers in Jutland sow less rye"]
    assert found.coverage.posts_used == monday.digest.coverage.posts_used


def test_a_line_left_out_is_nowhere_in_the_digest(monday: Day) -> None:
    line = line_with(monday.text, "Repairs cost 4 million")
    found = monday.edited("".join(part for part in monday.text.splitlines(keepends=True) if line not in part))
    assert not [text for text in texts(found) if "Repairs" in text]
    assert found.coverage.claims < monday.digest.coverage.claims
    told = story_with(monday.text, "Sfax")
    gone = monday.edited(monday.text.replace(told, re.sub(r"(?m)^[0-9a-f]{6} .*\n", "", told)))
    assert not [text for text in texts(gone) if "harbour" in text], "nor does a merged line come up again"


def test_changed_words_are_the_editors_and_keep_their_evidence(monday: Day) -> None:
    line = line_with(monday.text, "blamed late frost")
    words = "The union Bæredygtigt Landbrug blamed frost"
    found = monday.edited(monday.text.replace(line, f"{line[:6]} {words}."))
    (claim,) = [c for story in found.stories for s in story.summaries for c in s.lines if c.text == f"{words}."]
    assert (claim.origin, claim.check and claim.check.verdict) == ("editor", "unread")
    assert claim.evidence[0].quote == "The union Bæredygtigt Landbrug blamed late frost."
    assert editors(found) == (1, 0)


def test_lines_are_added_with_and_without_evidence(monday: Day) -> None:
    rye = line_with(monday.text, "11 percent less rye")
    lead = "=== bottom line\n- Farmers in Jutland have sown 11 percent less rye, the ministry reported. [s2 1]\n"
    own = f"{rye}\n- Bread may cost more in autumn. [3]\n- We asked the union for figures."
    found = monday.edited(monday.text.replace("=== bottom line\n", lead).replace(rye, own))
    assert [claim.evidence[0].sentence for claim in found.bottom_line] == [1]
    (summary,) = found.stories[1].summaries
    assert [claim.origin for claim in summary.claims][:3] == ["selected", "editor", "editor"]
    assert (summary.claims[2].evidence, summary.claims[2].check) == ((), None)
    assert editors(found) == (3, 1)
    assert "1 line without evidence, not checked" in found.coverage.provenance[-1].why
    assert found.coverage.claims == monday.digest.coverage.claims + 3


def test_title_headline_and_questions_are_edited(monday: Day) -> None:
    text = monday.text.replace("title: Morning brief", "title: Harbours")
    text = text.replace("headline: Farmers in Jutland sow less rye", "headline: Bread prices may rise [3]")
    question = next(part for part in re.split("(?m)^(?==== )", text) if part.startswith("=== question"))
    found = monday.edited(text.replace(question, ""))
    written = found.stories[1].summaries[0].written_headline
    assert written
    assert (found.title, written.text, written.origin) == ("Harbours", "Bread prices may rise", "editor")
    assert len(found.answers) == len(monday.digest.answers) - 1


def test_the_headline_of_several_posts_is_edited(monday: Day) -> None:
    found = monday.edited(monday.text.replace("headline: Port of Sfax reopens", "headline: Sfax is open"))
    assert found.stories[0].title == "Sfax is open"
    assert "1 headline changed" in found.coverage.provenance[-1].why


UNSUPPORTED: dict[str, Callable[[str], str]] = {
    "number": lambda t: t.replace("blamed late frost", "blamed 40 frosts"),
    "name": lambda t: t.replace("The union Bæredygtigt Landbrug", "The union Dansk Metal"),
    "added": lambda t: t.replace("=== bottom line\n", "=== bottom line\n- Nine ships sank in Sfax. [s1 A1]\n"),
}


@pytest.mark.parametrize("name", UNSUPPORTED)
def test_a_line_that_its_sentences_do_not_carry_is_refused(name: str, monday: Day) -> None:
    text = UNSUPPORTED[name](monday.text)
    with pytest.raises(EditError, match=r"^edit\.txt line \d+: “") as found:
        monday.edited(text)
    assert found.value.is_unsupported
    number = int(re.findall(r"line (\d+)", str(found.value))[0])
    assert text.splitlines()[number - 1] not in monday.text.splitlines()


def test_own_words_in_place_of_a_line_rest_on_nothing(monday: Day) -> None:
    line = line_with(monday.text, "blamed late frost")
    found = monday.edited(monday.text.replace(line, f"{line[:6]} The union was of no help. [own]"))
    assert editors(found) == (1, 1)


WRONG: dict[str, tuple[Callable[[str], str], str]] = {
    "words before": (lambda t: f"Some words\n{t}", "line 1: stands before the first ==="),
    "no mark": (lambda t: t + "Some words\n", "begins neither"),
    "a name unknown": (lambda t: t + "abcdef Words [1]\n", "no line of that name, abcdef"),
    "a name twice": (lambda t: t.replace(x := line_with(t, "late frost"), f"{x}\n{x}"), "stands there twice"),
    "a story twice": (lambda t: t + story_with(t, "Jutland"), "stands there twice"),
    "a story unknown": (lambda t: t + "=== story s9 00000000 · Nothing\n", "no story of that name, 00000000"),
    "a header broken": (lambda t: t.replace("=== story", "=== stroy", 1), "not the name of a story"),
    "a sentence unknown": (lambda t: t.replace("[1]", "[99]", 1), r"no sentence \[99\]"),
    "a post unknown": (lambda t: t.replace("[A1", "[Q1", 1), "no post Q"),
    "a story not said": (lambda t: t.replace("line\n", "line\n- Words [2]\n", 1), "say which story"),
    "a post elsewhere": (
        lambda t: t.replace(x := line_with(t, "late frost"), f"{x}\n- The port of Sfax reopened. [s1 A1]"),
        "own posts",
    ),
    "a line empty": (lambda t: t.replace("line\n", "line\n-\n", 1), "without words"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_one_clear_line(name: str, monday: Day) -> None:
    change, said = WRONG[name]
    with pytest.raises(EditError, match=said) as found:
        monday.edited(change(monday.text))
    assert not found.value.is_unsupported
    assert str(found.value).startswith(f"{EDIT} line ")
    assert "\n" not in str(found.value)


def test_a_file_as_editors_leave_it_is_read(monday: Day) -> None:
    wrapped = re.sub(r"(?m)^([0-9a-f]{6} .{30}\S*) ", r"\1\n   ", monday.text)
    for text in (wrapped, monday.text.replace("\n", "\r\n"), f"\ufeff{monday.text}", monday.text.rstrip()):
        assert monday.edited(text) is monday.digest


@given(data=st.data())
def test_whatever_is_left_out_or_moved_the_digest_still_verifies(
    made: tuple[Day, Day, Day], data: st.DataObject
) -> None:
    day = data.draw(st.sampled_from(made))
    head, *parts = re.split("(?m)^(?==== )", day.text)
    kept = data.draw(st.permutations([part for part in parts if data.draw(st.booleans())]))
    kept.sort(key=lambda part: part.startswith("=== also"))
    lines_of = [part.splitlines(keepends=True) for part in kept]
    told = "".join(
        line
        for part in lines_of
        for n, line in enumerate(part)
        if not re.match("[0-9a-f]{6} ", line) or n < 3 or data.draw(st.booleans())
    )
    found = day.edited(head + told)
    assert found.coverage.posts_read == day.digest.coverage.posts_read
    assert day.edited(head + told) == found


# --- folders ----------------------------------------------------------------------------------------------------------


def put(day: Day, folder: Path) -> None:
    write_edited(day.digest, day.made.documents, folder, formats=["html", "markdown", "text", "json"])


def app() -> typer.Typer:
    made = typer.Typer()
    made.command()(edit)
    made.command("render")(lambda folder: render_edited(Path(folder), templates=None))
    return made


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_an_edit_is_in_every_format_and_verifies(monday: Day, tmp_path: Path) -> None:
    put(monday, tmp_path)
    assert start(tmp_path) == tmp_path / EDIT
    line = line_with(monday.text, "late frost")
    own = "We asked <script>alert(1)</script> the union."
    changed = monday.text.replace(line, f"{line}\n- {own}").replace("title: Morning brief", "title: Harbours")
    (tmp_path / EDIT).write_text(changed, encoding="utf-8")
    rendered = render_folder(tmp_path)
    assert {path.name for path in rendered.paths} >= {"digest.html", "digest.md", "digest.txt", "digest.json"}
    for name in ("digest.html", "digest.md", "digest.txt"):
        page = (tmp_path / name).read_text(encoding="utf-8")
        assert "From the editor" in page
        assert "Harbours" in page
        assert "the union." in page
    assert "<script" not in (tmp_path / "digest.html").read_text(encoding="utf-8")
    digest, documents = read_folder(tmp_path)
    assert not faults(digest, documents)
    assert not changed_files(tmp_path, digest)
    assert editors(digest) == (1, 1)
    assert render_folder(tmp_path).digest == rendered.digest, "the edit is of the digest as made, not of its own result"


def test_the_commands_edit_and_render(monday: Day, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_DATABASE_URL", f"sqlite:///{tmp_path}/state.db")
    folder = tmp_path / "digest"
    put(monday, folder)
    run = CliRunner()
    assert run.invoke(app(), ["edit", str(folder)]).stdout.split() == [str(folder / EDIT)]
    text = (folder / EDIT).read_text(encoding="utf-8")
    (folder / EDIT).write_text(text.replace("blamed late frost", "blamed 40 frosts"), encoding="utf-8")
    before = contents(folder)
    refused = run.invoke(app(), ["render", str(folder)])
    assert (refused.exit_code, "40 frosts" in refused.stderr) == (5, True)
    assert contents(folder) == before
    (folder / EDIT).write_text(text.replace("blamed late frost", "blamed frost"), encoding="utf-8")
    done = run.invoke(app(), ["render", str(folder)])
    assert (done.exit_code, "1 line of the editor's, 0 of them" in done.stderr) == (0, True)
    assert "blamed frost" in (folder / "digest.txt").read_text(encoding="utf-8")


def test_an_edit_survives_a_digest_made_again(made: tuple[Day, Day, Day], tmp_path: Path) -> None:
    monday, again, _ = made
    put(monday, tmp_path)
    start(tmp_path)
    rye, port = story_with(monday.text, "Jutland"), story_with(monday.text, "Sfax")
    frost, gone = line_with(rye, "late frost"), line_with(port, "Repairs")
    mine = rye.replace(frost, f"{frost[:6]} The union Bæredygtigt Landbrug blamed frost. [2]\n- Nobody answered us.")
    text = monday.text.replace(rye, "").replace(port, mine + port).replace(f"{gone}\n", "")
    (tmp_path / EDIT).write_text(text, encoding="utf-8")
    rendered = write_edited(again.digest, again.made.documents, tmp_path, formats=["html", "json"])
    assert rendered.lost == ()
    digest, documents = read_folder(tmp_path)
    titles = [story.title for story in digest.stories]
    assert titles.index("Farmers in Jutland sow less rye") < titles.index("Port of Sfax reopens")
    assert "Crane of Nantes sold" in titles
    assert "The union Bæredygtigt Landbrug blamed frost." in texts(digest)
    assert "Nobody answered us." in texts(digest)
    assert not [text for text in texts(digest) if "Repairs" in text]
    assert not faults(digest, documents)
    assert "Nobody answered us." in (tmp_path / EDIT).read_text(encoding="utf-8")
    assert (tmp_path / MADE).is_file()
    assert render_folder(tmp_path).digest.stories == digest.stories


def test_what_no_longer_fits_is_told_and_kept_as_comment(made: tuple[Day, Day, Day], tmp_path: Path) -> None:
    monday, _, tuesday = made
    put(monday, tmp_path)
    start(tmp_path)
    frost, ships = line_with(monday.text, "late frost"), line_with(monday.text, "Repairs")
    text = monday.text.replace(frost, f"{frost[:6]} Frost, says the union.")
    text = text.replace(ships, f"{ships[:6]} Repairs cost 4 million dinars, Trabelsi said.")
    (tmp_path / EDIT).write_text(text, encoding="utf-8")
    rendered = write_edited(tuesday.digest, tuesday.made.documents, tmp_path, formats=["json"])
    assert len(rendered.lost) >= 2
    assert any("is not told any more" in line for line in rendered.lost)
    kept = (tmp_path / EDIT).read_text(encoding="utf-8")
    assert "# “Frost, says the union.”" in kept
    digest, documents = read_folder(tmp_path)
    assert not faults(digest, documents)


def test_an_unchanged_edit_carried_over_is_the_new_digests(made: tuple[Day, Day, Day]) -> None:
    for old in made:
        for new in made:
            text, lost = carry_over(old.digest, old.text, new.digest)
            assert lost == ()
            assert new.edited(text) == new.digest


def test_a_digest_without_an_edit_leaves_none_behind(made: tuple[Day, Day, Day], tmp_path: Path) -> None:
    monday, again, _ = made
    put(monday, tmp_path)
    assert not (tmp_path / EDIT).exists()
    written = read_folder(tmp_path)[0]
    assert render_folder(tmp_path).digest == replace(monday.digest, files=written.files, rendering=written.rendering)
    put(again, tmp_path)
    assert not (tmp_path / MADE).exists()
