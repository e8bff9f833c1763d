"""A post at which something breaks that nobody foresaw is left out, named, and kept; the others are told."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from briefing import load
from briefing.clean.cleaner import clean
from briefing.config import settings
from briefing.exceptions import ConfigError
from briefing.summarise.extractive import ExtractiveEngine
from briefing.types import Document, Post
from briefing.workflow.engines import EngineSession
from briefing.workflow.gathering import LoadResult
from briefing.workflow.pipeline import DigestRun, Plan, make
from briefing.workflow.quarantine import BrokenPost, Quarantine

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def post(name: str) -> Post:
    return Post(
        key=f"https://{name}.test/",
        url=f"https://{name}.test/",
        title=f"Port of {name} reopens & <more>",
        html=f"<p>The port of {name} reopened on Sunday after a storm, the mayor of {name} said.</p>",
        source=f"{name}.test",
        author=f"{name} Ann",
        published=NOW,
        categories=("a & b",),
        language="en",
    )


POSTS = tuple(post(name) for name in ("Sfax", "Jutland", "Arden", "Valmer", "Tarn", "Oulu", "Bari"))


def made(
    *,
    kept: Callable[[Post], Document] = clean,
    show: Callable[[DigestRun], object] = lambda made: None,
    engine: Any = None,
    posts: Sequence[Post] = POSTS,
    questions: tuple[str, ...] = (),
) -> DigestRun:
    plan = Plan(made_at=NOW, settings=settings(engine="extractive"), questions=questions)
    found = EngineSession(engine or ExtractiveEngine())
    return asyncio.run(make(LoadResult(("all",), tuple(posts)), plan, found, kept=kept, show=show))


def shown(run: DigestRun) -> set[str]:
    digest = run.digest
    return {summary.post.key for story in (*digest.stories, *digest.also) for summary in story.summaries}


def check_left_out(run: DigestRun, *names: str) -> None:
    keys = {f"https://{name}.test/" for name in names}
    assert shown(run) == {p.key for p in POSTS} - keys
    assert {broken.post.key for broken in run.broken} == keys
    told = {failure.what: failure.why for failure in run.digest.coverage.posts_dropped}
    assert told.keys() == {f"Port of {name} reopens & <more>" for name in names}
    assert all("a mistake in briefing itself (ZeroDivisionError" in why for why in told.values())
    assert run.failures == len(names)


def test_a_post_that_breaks_when_it_is_cleaned() -> None:
    def kept(post: Post) -> Document:
        return clean(post) if "Arden" not in post.title else 1 // 0  # type: ignore[return-value]

    check_left_out(made(kept=kept), "Arden")


@pytest.mark.parametrize("names", [("Sfax",), ("Bari",), ("Arden", "Tarn"), ("Sfax", "Jutland", "Bari")])
def test_posts_that_break_the_whole(names: tuple[str, ...]) -> None:
    """As grouping or rendering may, where nothing says which post it is."""

    def show(run: DigestRun) -> None:
        if any(name in key for key in shown(run) for name in names):
            raise ZeroDivisionError

    run = made(show=show)
    check_left_out(run, *names)
    assert all(broken.beside == () for broken in run.broken)


def test_posts_that_break_only_together() -> None:
    def show(run: DigestRun) -> None:
        if sum(name in key for key in shown(run) for name in ("Jutland", "Tarn")) == 2:
            raise ZeroDivisionError

    run = made(show=show)
    check_left_out(run, "Tarn")
    assert [p.title for p in run.broken[0].beside] == [POSTS[1].title]


def test_what_breaks_without_any_post_is_raised() -> None:
    def show(run: DigestRun) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        made(show=show)


def test_an_error_of_ours_is_raised_as_it_is() -> None:
    def show(run: DigestRun) -> None:
        raise ConfigError("a template is wrong")

    with pytest.raises(ConfigError):
        made(show=show)


class _Breaking(ExtractiveEngine):
    """A model's engine that breaks at its answers."""

    name = "model"

    async def answer(self, *_: Any, **__: Any) -> Any:
        raise ZeroDivisionError


class _BreakingAtEachPost(_Breaking):
    summarise = _Breaking.answer


def test_what_breaks_with_a_model_is_no_posts_fault() -> None:
    run = made(engine=_Breaking(), questions=("Which ports reopened?",))
    assert shown(run) == {p.key for p in POSTS}
    (fallback,) = run.digest.coverage.fallbacks
    assert fallback.what == "the model"
    assert "ZeroDivisionError" in fallback.why
    assert run.digest.answers
    each = made(engine=_BreakingAtEachPost())
    assert shown(each) == {p.key for p in POSTS}
    assert {failure.what for failure in each.digest.coverage.fallbacks} == {p.title for p in POSTS}
    assert (run.broken, each.broken) == ((), ())


def test_what_is_kept_reads_as_the_same_posts(tmp_path: Path) -> None:
    quarantine = Quarantine()
    odd = replace(POSTS[0], html="<p>\ufffd 'a' \"b\" &amp; <b>c</b></p>", modified=NOW, language=None)
    with pytest.raises(Exception, match="a mistake in briefing itself"), quarantine.of(odd):
        raise RecursionError
    (broken,) = quarantine.posts
    path = replace(broken, beside=(replace(POSTS[1], language=None),)).save(tmp_path / "kept")
    assert path.stat().st_mode & 0o077 == 0
    beside, again = load(path)
    assert again == replace(odd, id=again.id, source="sfax.test")
    assert beside.html == POSTS[1].html
    assert replace(broken, beside=(replace(POSTS[1], language=None),)).save(tmp_path / "kept") == path
    assert len(json.loads(path.read_text(encoding="utf-8"))) == 2


def test_a_post_without_a_link_is_kept_too(tmp_path: Path) -> None:
    bare = Post(key="sha256:1", title="", html="<p>The port reopened.</p>")
    (again,) = load(BrokenPost(bare, "why").save(tmp_path))  # type: ignore[arg-type]
    assert again.html == bare.html
