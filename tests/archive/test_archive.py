"""The archive of what a desk made over several days: every page, every link, the feed, and a look at it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest
import typer
from chromium import COLOURS, Seen, grave
from desk_days import DAY, MONDAY, QUESTIONS, three_days
from digest_samples import whole
from playwright.sync_api import Browser, Request
from typer.testing import CliRunner

from briefing.archive.archive_folder import write_site
from briefing.archive.site import site
from briefing.archive.timelines import ArchivedDigest, lives, question_timelines
from briefing.cli.edit_commands import archive, known_stories
from briefing.exceptions import ConfigError
from briefing.render.schema import from_json
from briefing.store import Store
from briefing.types import Digest
from briefing.workflow.desk_run import Edition
from briefing.workflow.editing import apply_edit, edit_text, remember_edit

NAME = re.compile(r"index\.html|feed\.xml|(?:digests/\d{4}-\d\d-\d\d-|stories/|questions/)[0-9a-f]{12}\.html")
ATOM = {"a": "http://www.w3.org/2005/Atom"}
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> ../../../etc/passwd %2e%2e/ \x00 \u202e"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[Edition]]]:
    """The folder of a desk, and what it made on three days in one series and once in another."""
    folder = tmp_path_factory.mktemp("desk")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
            patch.delenv(name, raising=False)
        yield folder, three_days(folder)


def stored_in(folder: Path) -> list[ArchivedDigest]:
    with Store(f"sqlite:///{folder}/desk.db") as store:
        return [ArchivedDigest(r.series, r.since, r.until, from_json(r.digest)) for r in store.digests()]


@pytest.fixture(scope="module")
def stored(made: tuple[Path, list[Edition]]) -> list[ArchivedDigest]:
    return stored_in(made[0])


def harbour(stored: list[ArchivedDigest]) -> list[str]:
    """The posts on the harbour, which are one story here whatever their likeness is taken for."""
    cards = {s.post.key: s.post.title for one in stored for story in one.digest.stories for s in story.summaries}
    return [key for key, title in cards.items() if "Sfax" in title]


@pytest.fixture(scope="module")
def built(
    made: tuple[Path, list[Edition]], stored: list[ArchivedDigest], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("site")
    with Store(f"sqlite:///{made[0]}/desk.db") as store:
        known = list(known_stories(store, store.series()))
    write_site(site(stored, known=[*known, (stored[1].series, harbour(stored))]), folder)
    return folder


def named(built: Path, kind: str, words: str) -> str:
    """The one page of a kind that has the words as its title."""
    pages = [path.read_text(encoding="utf-8") for path in (built / kind).iterdir()]
    (page,) = [page for page in pages if re.search(f"<title>{re.escape(words)}", page)]
    return page


def test_there_is_a_page_for_every_digest_story_and_question(built: Path, stored: list[ArchivedDigest]) -> None:
    counts = {kind: len(list((built / kind).iterdir())) for kind in ("digests", "stories", "questions")}
    assert counts == {"digests": 4, "stories": 4, "questions": 2}
    index = (built / "index.html").read_text(encoding="utf-8")
    assert [one.path for one in stored] == re.findall(r'class="issue"><a href="(.*?)"', index), "the newest first"
    assert "4 digests" in index


def test_a_storys_page_tells_its_life(built: Path) -> None:
    page = named(built, "stories", "Sfax port works normally")
    assert "First briefed 22 June 2026 · last 24 June 2026 · 3 digests" in page
    told = [
        re.sub(r"<.*?>", "", part)
        for part in re.findall(r'<li class="event">.*?(?=<li class="event">|</ol>)', page, re.S)
    ]
    assert [re.findall("New|Update|Correction", part)[:1] for part in told] == [[], ["Update"], ["Update"]]
    assert "Eleven ships" in told[0]
    assert re.search(r"Before\s*Repairs cost 4 million.*After\s*Repairs cost 9 million", told[1], re.S)
    assert "works normally again" in told[2]
    linked = set(re.findall(r'href="(http.*?)" rel="noreferrer"', page))
    assert {urlsplit(url).path for url in linked} == {"/port", "/agency", "/unloaded", "/again"}
    assert re.search(r'<svg class="life" role="img" aria-label="22 June 2026.*?: Told; .*?: Update; .*?: Update"', page)


def test_a_questions_page_has_its_answers_over_time(built: Path) -> None:
    page = named(built, "questions", QUESTIONS[0])
    assert page.count('<li class="event">') == 3
    assert page.index("24 June 2026, 07:00") < page.index("22 June 2026, 07:00 UTC</a>"), "the newest first"
    assert "Eleven ships" in page


def test_the_index_pictures_who_was_read_and_who_failed(built: Path) -> None:
    index = (built / "index.html").read_text(encoding="utf-8")
    pictures = re.findall(r'<svg class="bars" role="img" aria-label="(.*?)"(.*?)</svg>', index)
    assert [text for text, _ in pictures] == [
        "wire 1: 22 June 2026: 2, 23 June 2026: 3, 24 June 2026: 2",
        "wire 2: 22 June 2026: 1, 24 June 2026: failed",
    ]
    assert [(body.count('class="bar"'), body.count('class="gap"')) for _, body in pictures] == [(3, 0), (1, 1)]


def test_every_link_leads_somewhere_and_none_outside_but_to_the_posts(
    built: Path, stored: list[ArchivedDigest]
) -> None:
    posts = {s.post.url for one in stored for t in one.digest.stories for s in t.summaries}
    pages = {path: path.read_text(encoding="utf-8") for path in built.rglob("*.html")}
    for path, page in pages.items():
        for href in re.findall(r'href="(.*?)"', page):
            address = urlsplit(href)
            if address.scheme:
                assert href.partition("#")[0] in posts
                continue
            target = (path.parent / unquote(address.path)).resolve() if address.path else path
            assert target.is_file(), href
            if address.fragment and target in pages:
                assert f'id="{address.fragment}"' in pages[target], href


def test_a_digests_page_leads_to_its_neighbours_and_stories(built: Path, stored: list[ArchivedDigest]) -> None:
    tuesday = next(one for one in stored if one.digest.made_at == MONDAY + DAY)
    page = (built / tuesday.path).read_text(encoding="utf-8")
    around = [one.path for one in stored if one.series == tuesday.series and one is not tuesday][::-1]
    nav = re.search(r"<nav.*?</nav>", page, re.S)
    assert nav
    assert re.findall(r'href="\.\./(.*?)"', nav[0]) == ["index.html", *around]
    assert "../stories/" in page
    assert "../questions/" in page


def test_it_is_the_same_every_time_and_written_only_where_it_changed(
    stored: list[ArchivedDigest], tmp_path: Path
) -> None:
    one, other = dict(site(stored)), dict(site(stored[::-1]))
    assert one == other
    assert write_site(one.items(), tmp_path) == (len(one), len(one))
    (tmp_path / "stories" / "0123456789ab.html").write_text("not in the manifest", encoding="utf-8")
    (tmp_path / "stories" / "mine.html").write_text("somebody's own", encoding="utf-8")
    assert write_site(one.items(), tmp_path) == (len(one), 0)
    last = max(path for path in one if path.startswith("stories/"))
    fewer = {path: text for path, text in one.items() if path != last}
    assert write_site(fewer.items(), tmp_path) == (len(one) - 1, 0)
    assert not (tmp_path / last).exists()
    assert (tmp_path / "stories" / "0123456789ab.html").exists()
    assert (tmp_path / "stories" / "mine.html").exists()


def test_what_is_not_the_archives_is_never_replaced(stored: list[ArchivedDigest], tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("a home page", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"index\.html: is there already, and briefing did not make it"):
        write_site(site(stored), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "a home page"


def test_the_feed_is_atom_with_an_entry_a_digest(stored: list[ArchivedDigest]) -> None:
    for url, start in (
        ("", "digests/2026-06-24-"),
        ("https://example.org/b", "https://example.org/b/digests/2026-06-24-"),
    ):
        root = ET.fromstring(dict(site(stored, url=url))["feed.xml"])
        entries = root.findall("a:entry", ATOM)
        assert len(entries) == 4
        assert len({entry.findtext("a:id", "", ATOM) for entry in entries}) == 4
        first = entries[0].find("a:link", ATOM)
        assert first is not None
        assert first.attrib["href"].startswith(start)
        assert "Morning brief" in (entries[1].findtext("a:title", "", ATOM))
        assert root.findtext("a:updated", "", ATOM) == "2026-06-24T08:00:00+00:00"
    with pytest.raises(ConfigError, match="not the address of a site"):
        dict(site(stored, url="javascript:alert(1)"))


def test_stories_are_one_by_their_posts_and_by_what_the_store_remembers(stored: list[ArchivedDigest]) -> None:
    keys = {life.path: {s.post.key for t in life.tellings for s in t.story.summaries} for life in lives(stored)}
    assert all(one.isdisjoint(other) for p, one in keys.items() for q, other in keys.items() if p != q)
    joined = [(stored[-1].series, [min(posts) for posts in keys.values()])]
    series = {one.series for one in stored}
    assert len(lives(stored, joined)) == len(series)
    assert [len(one.replies) for one in question_timelines(stored)] == [3, 3]


def hostile(number: int) -> ArchivedDigest:
    """A digest whose every word is hostile."""
    words = f"{HOSTILE} {number}"
    made = whole()
    stories = tuple(
        replace(
            story,
            title=words,
            summaries=tuple(
                replace(s, post=replace(s.post, title=words, source=words, key=f"../{words}/{n}", author=words))
                for n, s in enumerate(story.summaries)
            ),
        )
        for story in made.stories
    )
    answers = tuple(replace(answer, question=words) for answer in made.answers)
    corrections = tuple(replace(fix, post=replace(fix.post, title=words)) for fix in made.corrections)
    made = replace(made, title=words, stories=stories, answers=answers, corrections=corrections)
    return ArchivedDigest(f"../{words}", MONDAY + number * DAY, MONDAY + (number + 1) * DAY, made)


def test_no_name_of_a_file_is_from_outside_and_nothing_hostile_is_printed(tmp_path: Path) -> None:
    made = dict(site([hostile(number) for number in range(3)], title=HOSTILE))
    assert all(NAME.fullmatch(path) for path in made)
    for text in made.values():
        assert not re.search(r"<script|<img|onerror=[^&\s]*>|\u202e|\x00", text.replace("onerror=alert(1)&gt;", ""))
    ET.fromstring(made["feed.xml"])
    write_site(made.items(), tmp_path / "site")
    assert {path.parent.parent.name for path in tmp_path.rglob("*.html")} <= {"site", tmp_path.name}
    elsewhere = tmp_path / "linked"
    elsewhere.mkdir()
    (elsewhere / "digests").symlink_to(tmp_path)
    with pytest.raises(ConfigError, match="did not make it"):
        write_site(made.items(), elsewhere)
    with pytest.raises(ValueError, match="no name"):
        write_site([("../outside.html", "")], tmp_path / "site")


@pytest.mark.parametrize("language", ["ar", "he", "fr", "es", "de", "pt"])
def test_it_is_in_the_language_of_the_newest_digest(language: str, stored: list[ArchivedDigest]) -> None:
    made = [replace(one, digest=replace(one.digest, language=language)) for one in stored]
    index = dict(site(made))["index.html"]
    assert f'<html lang="{language}" dir="{"rtl" if language in ("ar", "he") else "ltr"}">' in index
    assert "All digests" not in "".join(dict(site(made)).values())


def test_a_template_is_overridden_by_a_file(stored: list[ArchivedDigest], tmp_path: Path) -> None:
    (tmp_path / "archive_question.html.j2").write_text("ours: {{ title.text }}", encoding="utf-8")
    (tmp_path / "style.css").write_text("body { color: red }", encoding="utf-8")
    pages = dict(site(stored, templates=tmp_path))
    assert {f"ours: {question}\n" for question in QUESTIONS} == {
        page for path, page in pages.items() if path.startswith("questions/")
    }


def test_three_hundred_digests_take_seconds(stored: list[ArchivedDigest]) -> None:
    many = [_moved(stored[n % 3 + 1], n // 3 * 3) for n in range(300)]
    started = time.process_time()
    pages = dict(site(many))
    assert sum(path.startswith("digests/") for path in pages) == 300
    assert time.process_time() - started < 60, "it took 5 s where it was measured"


def _moved(one: ArchivedDigest, days: int) -> ArchivedDigest:
    step = timedelta(days=days)
    moved = replace(one.digest, made_at=one.digest.made_at + step)
    return ArchivedDigest(one.series, one.since + step, one.until + step, moved)


def app() -> typer.Typer:
    made = typer.Typer()
    made.command()(archive)
    return made


def test_the_command_archives_what_the_store_has_as_it_was_edited(
    made: tuple[Path, list[Edition]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, editions = made
    monkeypatch.setenv("BRIEFING_DATABASE_URL", f"sqlite:///{folder}/desk.db")
    wednesday = editions[2].made
    documents = {document.key: document for document in wednesday.documents}
    text = edit_text(wednesday.digest).replace("title: Morning brief", "title: The harbour is open")
    with Store(f"sqlite:///{folder}/desk.db") as store:
        assert remember_edit(store, wednesday.digest, apply_edit(wednesday.digest, documents, text))
        elsewhere: Digest = replace(wednesday.digest, made_at=MONDAY - DAY)
        assert not remember_edit(store, elsewhere, wednesday.digest)
    run = CliRunner()
    done = run.invoke(app(), [str(tmp_path / "all")])
    assert (done.exit_code, done.stdout.split()) == (0, [str(tmp_path / "all" / "index.html")])
    assert "The harbour is open" in (tmp_path / "all" / "index.html").read_text(encoding="utf-8")
    assert len(list((tmp_path / "all" / "digests").iterdir())) == 4
    (series,) = {one.series for one in stored_in(folder) if "بلدية" in one.digest.stories[0].title}
    for options, count in ((["--series", series], 1), (["--since", "2026-06-23T12:00"], 2)):
        done = run.invoke(app(), [str(tmp_path / "some"), *options])
        assert done.exit_code == 0
        assert len(list((tmp_path / "some" / "digests").iterdir())) == count
    unknown = run.invoke(app(), [str(tmp_path / "none"), "--series", "nobody"])
    assert isinstance(unknown.exception, ConfigError)
    assert run.invoke(app(), [str(tmp_path / "none"), "--since", "2030-01-01"]).exit_code == 1


# --- a look -----------------------------------------------------------------------------------------------------------


def test_nothing_leaves_the_disk_and_axe_finds_nothing_serious(
    built: Path, stored: list[ArchivedDigest], browser: Browser
) -> None:
    right = [replace(one, digest=replace(one.digest, language="ar")) for one in stored]
    pages = [built / "index.html", built / stored[1].path, next((built / "questions").iterdir())]
    pages.append(max((built / "stories").iterdir(), key=lambda path: path.stat().st_size))
    written = built.parent / "rtl-site"
    write_site(site(right), written)
    pages += [written / "index.html", max((written / "stories").iterdir(), key=lambda path: path.stat().st_size)]
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    asked_for: list[str] = []
    page.on("request", _noting(asked_for))
    looks: tuple[tuple[Literal["light", "dark"], int, tuple[str, ...]], ...]
    looks = (("light", 1280, COLOURS), ("dark", 360, ()))
    for path in pages:
        page.goto(path.as_uri())
        for scheme, width, rules in looks:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert grave(page, *rules) == [], path
    assert set(asked_for) == {path.as_uri() for path in pages}
    context.close()


def _noting(urls: list[str]) -> Callable[[Request], None]:
    return lambda request: urls.append(request.url)


def test_no_script_is_needed_and_none_runs(open_page: Callable[..., Seen]) -> None:
    seen = open_page()
    for path, text in site([hostile(number) for number in range(2)]):
        if path.endswith(".html"):
            seen.load(text)
            assert seen.page.locator("h1").count() == 1
    assert (seen.fired, seen.requests) == ([], [])
