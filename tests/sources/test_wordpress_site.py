"""A real WordPress, asked as a stranger would ask it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from wordpress_site import PACKAGES, WordPressSite, what_is_missing

from briefing.clean.cleaner import clean
from briefing.exceptions import FetchError, LoadError
from briefing.fetch.fetcher import Fetcher, Response, Rules
from briefing.sources.source_state import KnownSource, ReadResult
from briefing.sources.visits import visit
from briefing.sources.wordpress.wxr import posts_from_wxr
from briefing.types import Post, Source

COUNT = 250
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
CLOSED = """
add_filter('rest_authentication_errors',
  fn() => new WP_Error('rest_not_logged_in', 'You are not logged in.', ['status' => 401]));
"""
HIDDEN = """
remove_action('template_redirect', 'rest_output_link_header', 11);
remove_action('wp_head', 'rest_output_link_wp_head');
"""
NOTICES = """
add_filter('rest_pre_serve_request', function ($served) {
  echo "\\xEF\\xBB\\xBF<br />\\n<b>Notice</b>: Undefined index: title [0] in /www/plugin.php line 3<br />\\n";
  return $served; });
"""
CATEGORIES = """
foreach ([['World', 'world', 0], ['Africa', 'africa', 'world'], ['Sport', 'sport', 0]] as [$name, $slug, $above])
  wp_insert_term($name, 'category', ['slug' => $slug,
    'parent' => $above ? get_term_by('slug', $above, 'category')->term_id : 0]);
update_option('timezone_string', 'America/New_York'); // a site whose own time is not GMT, as of most
"""
DATES = """
global $wpdb;
$wpdb->query("UPDATE $wpdb->posts SET post_modified = post_date, post_modified_gmt = post_date_gmt");
foreach (['africa' => 20, 'world' => 21, 'sport' => 22] as $slug => $n)
  wp_set_post_terms(get_page_by_path("post-$n", OBJECT, 'post')->ID, [get_term_by('slug', $slug, 'category')->term_id],
    'category');
"""


@pytest.fixture(scope="module")
def wordpress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WordPressSite]:
    if missing := what_is_missing():
        pytest.skip(f"no WordPress on this machine: {missing} is missing (apt-get install {' '.join(PACKAGES)})")
    with WordPressSite(tmp_path_factory.mktemp("wordpress")) as started:
        started.php(CATEGORIES)
        started.add_posts([post(n) for n in range(COUNT)])
        started.add_posts(
            [
                post(900, post_status="draft"),
                post(901, post_status="private"),
                post(902, post_status="pending"),
                post(903, post_status="future", **at(datetime(2035, 1, 1, tzinfo=UTC))),
                post(904, post_type="page"),
            ]
        )
        started.php(DATES)
        yield started


@pytest.fixture
def site(wordpress: WordPressSite) -> WordPressSite:
    wordpress.stand("", "/%postname%/")
    return wordpress


def post(number: int, **fields: Any) -> dict[str, Any]:
    """A post an hour after the one before it."""
    return {
        "post_title": f"Post {number}",
        "post_name": f"post-{number}",
        "post_content": f"The text of post {number}.",
        "post_status": "publish",
        **at(FIRST + timedelta(hours=number)),
        **fields,
    }


def at(moment: datetime) -> dict[str, str]:
    """What `wp_insert_post` needs for a post to be of a moment; New York is five hours behind in winter."""
    return {
        "post_date": f"{moment - timedelta(hours=5):%Y-%m-%d %H:%M:%S}",
        "post_date_gmt": f"{moment:%Y-%m-%d %H:%M:%S}",
    }


class Counting(Fetcher):
    """The fetcher, and what it was asked."""

    def __init__(self, rules: Rules) -> None:
        super().__init__(rules)
        self.asked: list[str] = []

    async def get(self, url: str, **how: Any) -> Response:
        self.asked.append(url)
        return await super().get(url, **how)


def read(
    site: WordPressSite,
    path: str = "/",
    known: KnownSource | None = None,
    *,
    since: datetime | None = None,
    most_bytes: int = 8 * 2**20,
    most: int | None = None,
    **fields: Any,
) -> tuple[ReadResult, list[str]]:
    """What one visit brings, and the addresses that it asked for."""

    async def run() -> tuple[ReadResult, list[str]]:
        host = site.origin.removeprefix("http://")
        rules = Rules(allow_private_hosts=frozenset({host}), pause_seconds=0.0, most_bytes=most_bytes)
        async with Counting(rules) as fetch:
            source = Source(name="gazette", address=site.origin + path, **fields)
            bounds = {} if most is None else {"most": most}
            return await visit(source, fetch, known or KnownSource(), since=since, **bounds), fetch.asked

    return asyncio.run(run())


def titles(taken: ReadResult) -> list[str]:
    return [post.title for post in taken.posts]


def test_250_posts_over_three_pages_and_nothing_that_is_not_public(site: WordPressSite) -> None:
    taken, asked = read(site)
    assert titles(taken) == [f"Post {n}" for n in reversed(range(COUNT))]
    assert sum("per_page=100" in url for url in asked) == 3
    assert taken.failed == ()
    assert taken.name == "Test gazette"
    newest = taken.posts[0]
    assert newest.published == FIRST + timedelta(hours=COUNT - 1)
    assert (newest.author, newest.categories, newest.language) == ("admin", ("Uncategorized",), "en-US")
    assert newest.url == f"{site.url}/post-249/"
    assert newest.html == "<p>The text of post 249.</p>\n"


def test_the_second_visit_asks_twice_and_finds_nothing(site: WordPressSite) -> None:
    first, _ = read(site, most=100)
    second, asked = read(site, known=first.known)
    assert len(asked) == 2
    assert second.is_unchanged
    assert (second.posts, second.gone) == ((), ())
    assert second.known.ids == first.known.ids


@pytest.mark.parametrize(
    ("folder", "structure"),
    [
        ("", "/%postname%/"),
        ("", ""),
        ("", "/%year%/%monthnum%/%postname%/"),
        ("", "/index.php/archives/%post_id%"),
        ("/en", "/%postname%/"),
        ("/en", ""),
    ],
)
def test_every_address_of_a_site_leads_to_its_api(wordpress: WordPressSite, folder: str, structure: str) -> None:
    site = wordpress
    site.stand(folder, structure)
    addresses = """
    $post = get_page_by_path('post-7', OBJECT, 'post');
    return [get_category_link(get_term_by('slug', 'sport', 'category')), get_permalink($post), rest_url()];"""
    category, single, api = (address.removeprefix(site.origin) for address in site.php(addresses))
    for path in (folder or "/", f"{folder}/", api, f"{folder}/?rest_route=/", f"{folder}/?rest_route=/wp/v2/posts"):
        assert titles(read(site, path, most=2)[0]) == ["Post 249", "Post 248"], path
    assert titles(read(site, category)[0]) == ["Post 22"], category
    taken, _ = read(site, single)
    assert titles(taken) == ["Post 7"], single
    second, asked = read(site, single, taken.known)
    assert second.is_unchanged
    assert len(asked) == 1


@pytest.mark.parametrize("asked", ["world", "World", "africa, sport"])
def test_a_category_by_slug_or_name_with_those_below_it(site: WordPressSite, asked: str) -> None:
    categories = tuple(asked.split(", "))
    taken, _ = read(site, categories=categories)
    assert titles(taken) == (["Post 22", "Post 20"] if "," in asked else ["Post 21", "Post 20"])
    again, requests = read(site, known=taken.known, categories=categories)
    assert again.is_unchanged
    assert len(requests) == 2


def test_a_mistyped_address_is_an_error(site: WordPressSite) -> None:
    with pytest.raises(FetchError, match="no such page"):
        read(site, "/category/wrold/")


def test_a_category_that_is_not_there(site: WordPressSite) -> None:
    with pytest.raises(LoadError, match="no categories called politics"):
        read(site, categories=("politics",))
    taken, _ = read(site, categories=("politics", "uncategorized"), most=3)
    assert "the site has no categories called politics" in taken.notes


def test_a_category_page_takes_in_the_categories_below_it(site: WordPressSite) -> None:
    assert titles(read(site, "/category/world/")[0]) == ["Post 21", "Post 20"]
    assert titles(read(site, "/category/world/africa/")[0]) == ["Post 20"]
    assert "?author=1" in read(site, "/author/admin/", most=1)[0].endpoint


def test_an_edit_is_seen_and_nothing_else(site: WordPressSite) -> None:
    before, _ = read(site, most=5)
    number = site.php(
        """$id = get_page_by_path('post-5', OBJECT, 'post')->ID;
        wp_update_post(['ID' => $id, 'post_content' => 'Quite another text.']); return $id;"""
    )
    after, asked = read(site, known=before.known)
    assert [(p.title, p.html) for p in after.posts] == [("Post 5", "<p>Quite another text.</p>\n")]
    assert len(asked) == 2
    assert not after.is_unchanged
    assert read(site, known=after.known)[0].is_unchanged
    date(site, number, modified=FIRST, published=FIRST + timedelta(hours=5))


def test_a_new_post_of_the_second_of_the_newest_change_is_not_lost(site: WordPressSite) -> None:
    before, _ = read(site, most=5)
    assert before.known.changed_after
    with site.posted(post(500)) as (number,):
        date(site, number, modified=before.known.changed_after, published=FIRST)
        after, _ = read(site, known=before.known)
        assert titles(after) == ["Post 500"]
        assert read(site, known=after.known)[0].is_unchanged


def test_a_scheduled_post_is_seen_when_its_hour_comes(site: WordPressSite) -> None:
    """WordPress leaves `modified` as it was when the post was written."""
    later = datetime(2035, 2, 1, tzinfo=UTC)
    with site.posted(post(600, post_status="future", **at(later))) as (number,):
        date(site, number, modified=FIRST, published=later)
        before, _ = read(site, most=5)
        assert "Post 600" not in titles(before)
        date(site, number, modified=FIRST, published=datetime.now(UTC))
        site.php("wp_publish_post($values[0]);", number)
        after, asked = read(site, known=before.known)
        assert titles(after) == ["Post 600"]
        assert len(asked) == 3
        assert read(site, known=after.known)[0].is_unchanged


def date(site: WordPressSite, number: int, *, modified: datetime, published: datetime) -> None:
    """Dates a post as no editor can."""
    code = """
    global $wpdb; [$id, $modified, $published] = $values;
    $wpdb->update($wpdb->posts, ['post_modified_gmt' => $modified, 'post_modified' => get_date_from_gmt($modified),
      'post_date_gmt' => $published, 'post_date' => get_date_from_gmt($published)], ['ID' => $id]);
    clean_post_cache($id);"""
    site.php(code, number, f"{modified:%Y-%m-%d %H:%M:%S}", f"{published:%Y-%m-%d %H:%M:%S}")


@pytest.mark.parametrize(
    "taken_down",
    [
        "wp_delete_post($values[0], true);",
        "wp_trash_post($values[0]);",
        "wp_update_post(['ID' => $values[0], 'post_status' => 'private']);",
        "wp_update_post(['ID' => $values[0], 'post_status' => 'draft']);",
    ],
)
def test_a_post_taken_down_is_gone(site: WordPressSite, taken_down: str) -> None:
    with site.posted(post(700)) as (number,):
        before, _ = read(site, most=5)
        assert str(number) in before.known.ids
        site.php(taken_down, number)
        after, _ = read(site, known=before.known)
        assert after.gone == (str(number),)
        assert after.posts == ()
        again, asked = read(site, known=after.known)
        assert again.is_unchanged
        assert len(asked) == 2


def test_the_one_post_of_an_address_taken_down(site: WordPressSite) -> None:
    with site.posted(post(701)) as (number,):
        before, _ = read(site, "/post-701/")
        assert titles(before) == ["Post 701"]
        site.php("wp_trash_post($values[0]);", number)
        after, _ = read(site, "/post-701/", before.known)
        assert after.gone == (str(number),)


def test_posts_that_newer_ones_push_off_the_list_are_not_gone(site: WordPressSite) -> None:
    before, _ = read(site, most=100)
    with site.posted(*[post(800 + n) for n in range(3)]):
        after, _ = read(site, known=before.known)
        assert after.gone == ()
        assert sorted(titles(after)) == ["Post 800", "Post 801", "Post 802"]


def test_since_takes_what_was_published_or_changed_from_then_on(site: WordPressSite) -> None:
    since = FIRST + timedelta(hours=COUNT - 3)
    taken, _ = read(site, since=since)
    assert sorted(titles(taken)) == ["Post 247", "Post 248", "Post 249"]
    more, _ = read(site, known=taken.known, since=since - timedelta(hours=2))
    assert sorted(titles(more)) == [f"Post {n}" for n in range(245, 250)]
    assert read(site, known=more.known, since=since)[0].is_unchanged
    deep, _ = read(site, since=FIRST + timedelta(hours=20))
    assert len(deep.posts) == 230


def test_pages_that_pass_the_cap_are_asked_for_in_smaller_ones(site: WordPressSite) -> None:
    taken, asked = read(site, most_bytes=100_000, most=100)
    assert len(taken.posts) == 100
    assert any("per_page=25&page=4" in url for url in asked)


def test_notices_before_the_json(site: WordPressSite) -> None:
    site.use_plugin("notices", NOTICES)
    try:
        assert titles(read(site, most=2)[0]) == ["Post 249", "Post 248"]
    finally:
        site.use_plugin("notices", None)


def test_the_author_the_terms_and_the_image(site: WordPressSite) -> None:
    with site.posted(post(950)) as (number,):
        image = site.php(
            """$boat = ['post_title' => 'A boat', 'post_mime_type' => 'image/png'];
            $id = wp_insert_attachment($boat, '2026/01/boat.png');
            set_post_thumbnail($values[0], $id); wp_set_post_terms($values[0], ['harbour', 'Bread & roses']);
            wp_update_user(['ID' => 1, 'display_name' => 'Ana Editor']); return wp_get_attachment_url($id);""",
            number,
        )
        (taken,) = read(site, "/post-950/")[0].posts
        site.php("wp_update_user(['ID' => 1, 'display_name' => 'admin']);")
    assert (taken.author, taken.image_url) == ("Ana Editor", image)
    assert sorted(taken.tags) == ["Bread & roses", "harbour"]


def test_a_post_behind_a_password_comes_without_its_text(site: WordPressSite) -> None:
    with site.posted(post(960, post_password="secret")):
        (taken,) = read(site, "/post-960/")[0].posts
    assert taken.is_protected
    assert "The text of" not in taken.html + taken.excerpt_html


STORED = (
    "One paragraph.\n\nAnother,\non two lines.",
    "<h2>A heading</h2>\nText after it.\n\n<ul>\n\t<li>One</li>\n\t<li>Two</li>\n</ul>\nThe end.",
    '[caption id="a" align="left" width="30"]<img src="/b.png" width="30" /> A boat[/caption]\n\nText.',
    'Text\n\n[gallery ids="1,2"]\n\n<blockquote>Quoted\n\ntwice.</blockquote>\n<pre>kept\n\nas it is</pre>\nEnd.',
    "<!-- wp:paragraph -->\n<p>Made of blocks.</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:list --><ul><li>a</li></ul>"
    "<!-- /wp:list -->",
    "<div>Before\n\nafter</div>\n\n<table>\n<tr>\n<td>a</td>\n<td>b</td>\n</tr>\n</table>\n<!--more-->\nRest.",
)


def test_an_export_shows_the_words_that_the_api_shows(site: WordPressSite) -> None:
    """WordPress's own export of posts, read by us, beside what its API gives."""
    posts = [post(970 + n, post_content=text) for n, text in enumerate(STORED)]
    with site.posted(*posts) as numbers:
        by_api = {post.key: post for post in read(site, since=FIRST + timedelta(hours=970))[0].posts}
        export = site.php(
            """require_once ABSPATH . 'wp-admin/includes/export.php'; ob_start();
            @export_wp(['content' => 'post', 'start_date' => '2026-02-01', 'status' => 'publish']);
            return ob_get_clean();"""
        )
    exported = posts_from_wxr(export.encode(), source="export.xml")
    assert len(exported) == len(numbers)
    for post_ in exported:
        assert isinstance(post_, Post)
        beside = by_api[post_.key]
        assert blocks(post_) == blocks(beside)
        for name in ("title", "source", "id", "author", "published", "modified", "categories", "language"):
            assert getattr(post_, name) == getattr(beside, name), name


def blocks(post: Post) -> list[tuple[str, str]]:
    document = clean(post)
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


@pytest.mark.parametrize(("code", "kind"), [(CLOSED, None), (CLOSED + HIDDEN, "wordpress")])
def test_a_closed_api_and_the_feed_instead(site: WordPressSite, code: str, kind: Any) -> None:
    before, _ = read(site)
    site.use_plugin("closed", code)
    try:
        taken, _ = read(site, kind=kind)
        assert taken.kind == "feed"
        assert titles(taken)[:2] == ["Post 249", "Post 248"]
        assert "the REST API is closed (HTTP 401: rest_not_logged_in, You are not logged in.)" in taken.notes[0]
        again, asked = read(site, known=taken.known, kind=kind)
        assert len(asked) == 1
        assert again.kind == "feed"
        assert titles(read(site, "/category/sport/", kind=kind)[0]) == ["Post 22"]
        fallen, _ = read(site, known=before.known)
        assert (fallen.kind, fallen.known) == ("feed", before.known)
    finally:
        site.use_plugin("closed", None)
    assert read(site, known=fallen.known)[0].is_unchanged
