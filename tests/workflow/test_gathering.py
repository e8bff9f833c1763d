"""Which posts of a source belong to a period, by what the store knows of them."""

from datetime import UTC, datetime, timedelta

import pytest

from briefing.store import PostRecord, SourceState, Store
from briefing.stories.coverage import Period
from briefing.types import Post, Source
from briefing.workflow.gathering import CleanedDocuments, _belonging, content_hash, source_key

NOW = datetime(2026, 6, 22, 7, tzinfo=UTC)
TODAY = Period(NOW - timedelta(days=1), NOW + timedelta(microseconds=1))
AT = "https://example.org/"


def record(number: int, *, published: datetime, modified: datetime | None = None, text: str = "a") -> PostRecord:
    return PostRecord(
        key=f"{AT}{number}", address=AT, id=str(number), hash=text, published=published, modified=modified, record="{}"
    )


def visit(store: Store, at: datetime, *records: PostRecord) -> None:
    store.keep_visit(SourceState(address=AT, kind="wordpress", last_read_at=at), list(records))


@pytest.mark.parametrize(("touched", "told"), [(2, 2), (40, 0)])
def test_old_posts_touched_all_at_once_are_no_news(touched: int, told: int) -> None:
    old, lately = NOW - timedelta(days=400), NOW - timedelta(hours=2)
    with Store("sqlite://") as store:
        visit(store, NOW - timedelta(days=1), record(0, published=old))
        visit(store, NOW, *(record(n, published=old, modified=lately) for n in range(1, touched + 1)))
        news, left_out = _belonging(store, AT, TODAY)
    assert (len(news), len(left_out)) == (told, touched - told)


def test_what_an_earlier_page_turned_up_is_no_news_and_what_came_late_is() -> None:
    with Store("sqlite://") as store:
        visit(store, NOW - timedelta(days=1), record(0, published=NOW - timedelta(days=2)))
        late = record(1, published=NOW - timedelta(days=2))
        visit(store, NOW, late, record(2, published=NOW - timedelta(days=30)))
        news, left_out = _belonging(store, AT, TODAY)
    assert [post.key for post in news] == [late.key]
    assert not left_out


def test_a_text_that_changed_is_news_whatever_its_dates_say() -> None:
    old = NOW - timedelta(days=400)
    with Store("sqlite://") as store:
        visit(store, NOW - timedelta(days=1), *(record(n, published=old) for n in range(30)))
        visit(store, NOW, *(record(n, published=old, text="b") for n in range(30)))
        news, left_out = _belonging(store, AT, TODAY)
    assert (len(news), len(left_out)) == (30, 0)


def test_a_post_is_cleaned_once_for_as_long_as_it_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    post = Post(key="a", title="T", html="<p>The port reopened.</p>")
    with Store("sqlite://") as store:
        first = CleanedDocuments(store)
        document = first(post)
        first.keep()
        monkeypatch.setattr("briefing.workflow.gathering.clean", lambda post: pytest.fail("cleaned again"))
        assert CleanedDocuments(store)(post) == document
        with pytest.raises(pytest.fail.Exception):
            CleanedDocuments(store)(Post(key="a", title="T", html="<p>The port closed.</p>"))


def test_markup_alone_does_not_change_what_a_post_says() -> None:
    one, other = (Post(key="a", title="T", html=f"<p data-n='{n}'>The port reopened.</p>") for n in "12")
    assert content_hash(one) == content_hash(other)
    assert content_hash(one) != content_hash(Post(key="a", title="T", html="<p>The port closed.</p>"))


def test_a_source_narrowed_otherwise_is_remembered_apart() -> None:
    assert source_key(Source("a", AT)) == AT
    assert len({source_key(Source("a", AT, categories=(c,))) for c in ("x", "y")} | {AT}) == 3
