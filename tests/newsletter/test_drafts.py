"""Drafts on a real WordPress, written with an application password."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from faults import Server, http
from selectolax.lexbor import LexborHTMLParser
from wordpress_site import PACKAGES, WordPressSite, what_is_missing

from briefing.config import Newsletter, settings
from briefing.exceptions import ConfigError, DeliveryError
from briefing.fetch.fetcher import Fetcher, Response, Rules
from briefing.newsletter.drafts import SiteDraft, check_login, put_draft, write_draft
from briefing.newsletter.issue_content import correction, freeze
from briefing.render.renderer import render
from briefing.workflow.pipeline import load, make_digest

EXAMPLES = Path(__file__).parents[2] / "briefing" / "examples"
# WordPress offers application passwords over https only, and this one has none.
AVAILABLE = "add_filter('wp_is_application_passwords_available', '__return_true');"
MAKE_USER = """
$user = wp_insert_user(['user_login' => $values[0], 'user_pass' => 'other', 'role' => $values[0],
  'user_email' => $values[0] . '@example.org']);
return WP_Application_Passwords::create_new_application_password($user, ['name' => 'briefing'])[0];
"""
ISSUE = "morning/2026-11-23"


@pytest.fixture(scope="module")
def wordpress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WordPressSite]:
    if missing := what_is_missing():
        pytest.skip(f"no WordPress on this machine: {missing} is missing (apt-get install {' '.join(PACKAGES)})")
    with WordPressSite(tmp_path_factory.mktemp("wordpress")) as started:
        started.use_plugin("available", AVAILABLE)
        started.stand("", "/%postname%/")
        yield started


@pytest.fixture(scope="module")
def passwords(wordpress: WordPressSite) -> dict[str, str]:
    """An application password for a user of each role, who is called like the role."""
    return {role: wordpress.php(MAKE_USER, role) for role in ("editor", "author", "contributor", "subscriber")}


class Desk:
    """Somebody who puts drafts on the site."""

    def __init__(self, site: WordPressSite, passwords: dict[str, str]) -> None:
        self.site = site
        self.passwords = passwords

    def put(self, title: str = "Morning", html: str = "<p>Text.</p>", **other: Any) -> SiteDraft:
        """Straight to the API, unless another `site` is given: its front page is slow to make."""

        async def run() -> SiteDraft:
            async with other.pop("fetcher", Fetcher)(rules(self.site)) as fetch:
                given = {"site": f"{self.site.url}/wp-json/", "user": "editor", "issue": ISSUE} | other
                given.setdefault("password", self.passwords.get(given["user"], "x"))
                return await write_draft(title=title, html=html, fetch=fetch, **given)

        return asyncio.run(run())

    def stored(self, draft: SiteDraft) -> dict[str, Any]:
        post: dict[str, Any] = self.site.php("return get_post($values[0], ARRAY_A);", draft.id)
        return post

    def count(self) -> int:
        return int(self.site.php("return count(get_posts(['post_status' => ['any', 'trash'], 'numberposts' => -1]));"))

    def edit(self, draft: SiteDraft, **fields: Any) -> None:
        """What a person does in the editor."""
        self.site.php("wp_update_post(wp_slash(['ID' => $values[0]] + $values[1]));", draft.id, fields)


def rules(site: WordPressSite) -> Rules:
    return Rules(allow_private_hosts=frozenset({site.origin.removeprefix("http://")}))


@pytest.fixture
def desk(wordpress: WordPressSite, passwords: dict[str, str]) -> Iterator[Desk]:
    yield Desk(wordpress, passwords)
    wordpress.php(
        "foreach (get_posts(['post_status' => ['any', 'trash'], 'numberposts' => -1]) as $p)"
        " wp_delete_post($p->ID, true);"
    )


def test_a_draft_is_made_once_and_brought_up_to_date(desk: Desk) -> None:
    first = desk.put()
    assert first.was_new
    assert first.note == ""
    assert first.edit_url == f"{desk.site.url}/wp-admin/post.php?post={first.id}&action=edit"
    post = desk.stored(first)
    assert (post["post_status"], post["post_title"], post["post_name"]) == ("draft", "Morning", "morning-2026-11-23")
    again = desk.put()
    assert (again.id, again.was_new, again.note) == (first.id, False, "")
    assert desk.stored(first)["post_modified"] == post["post_modified"]
    newer = desk.put(title="Morning, later", html="<p>Other text.</p>")
    assert (newer.id, newer.was_new, newer.note) == (first.id, False, "")
    post = desk.stored(first)
    assert post["post_title"] == "Morning, later"
    assert "Other text." in post["post_content"]
    assert desk.count() == 1


@pytest.mark.parametrize("user", ["author", "contributor"])
def test_users_whose_html_is_filtered(desk: Desk, user: str) -> None:
    html = '<p style="position:fixed">A &amp; <bdi dir="rtl">B</bdi><button onclick="x()">C</button></p>'
    first = desk.put(title="A & B", html=html, user=user)
    assert first.was_new
    assert "onclick" not in desk.stored(first)["post_content"]
    for title in ("A & B", "A & B, later"):
        again = desk.put(title=title, html=html, user=user)
        assert (again.id, again.was_new, again.note) == (first.id, False, "")
    assert desk.stored(first)["post_title"] == "A &amp; B, later"


TAKEN: list[tuple[dict[str, str], str]] = [
    ({"post_title": "By hand"}, "edited"),
    ({"post_content": "By hand, the mark is gone"}, "without our mark"),
    ({"post_status": "publish"}, "is published"),
    ({"post_status": "pending"}, "awaits review"),
    ({"post_status": "private"}, "published privately"),
    ({"post_status": "publish", "post_name": "another-address"}, "is published"),
    ({"post_status": "publish", "post_password": "secret"}, "is published"),
]


def test_what_a_person_has_taken_is_left_alone(desk: Desk) -> None:
    drafts = [desk.put(issue=f"daily/2026-11-{day + 10}") for day in range(len(TAKEN))]
    edits = [{"ID": draft.id} | fields for draft, (fields, _) in zip(drafts, TAKEN, strict=True)]
    desk.site.php("foreach ($values[0] as $fields) wp_update_post(wp_slash($fields));", edits)
    everything = "return array_map(fn($id) => get_post($id, ARRAY_A), $values[0]);"
    before = desk.site.php(everything, [draft.id for draft in drafts])
    for day, (draft, (_, said)) in enumerate(zip(drafts, TAKEN, strict=True)):
        left = desk.put(title="Newer", html="<p>Newer.</p>", issue=f"daily/2026-11-{day + 10}")
        assert (left.id, left.was_new) == (draft.id, False)
        assert said in left.note
    assert desk.site.php(everything, [draft.id for draft in drafts]) == before
    assert desk.count() == len(TAKEN)


def test_one_word_changed_in_the_text_is_an_edit(desk: Desk) -> None:
    draft = desk.put()
    content = desk.stored(draft)["post_content"]
    desk.edit(draft, post_content=content.replace("Text.", "Text!"))
    assert "edited" in desk.put(html="<p>Newer.</p>").note
    desk.edit(draft, post_content=content)
    assert desk.put(html="<p>Newer.</p>").note == ""


def test_another_address_of_the_draft_changes_nothing(desk: Desk) -> None:
    draft = desk.put()
    desk.edit(draft, post_name="another-address")
    newer = desk.put(html="<p>Newer.</p>")
    assert (newer.id, newer.note) == (draft.id, "")


def test_trashed_is_told_and_deleted_is_made_anew(desk: Desk) -> None:
    draft = desk.put()
    desk.site.php("wp_trash_post($values[0]);", draft.id)
    left = desk.put()
    assert (left.id, left.was_new) == (draft.id, False)
    assert "in the trash" in left.note
    assert desk.count() == 1
    desk.site.php("wp_delete_post($values[0], true);", draft.id)
    assert desk.put().was_new


def test_a_contributors_draft_that_was_published_is_still_found(desk: Desk) -> None:
    draft = desk.put(user="contributor")
    desk.edit(draft, post_status="publish")
    left = desk.put(title="Newer", user="contributor")
    assert (left.id, left.note) == (draft.id, "it is published")


class _Broken(Fetcher):
    """The fetcher of a program that dies as soon as the site has the draft."""

    async def send(self, method: str, url: str, **how: Any) -> Response:
        response = await super().send(method, url, **how)
        if method == "POST":
            raise KeyboardInterrupt
        return response


def test_a_crash_after_the_post_doubles_nothing(desk: Desk) -> None:
    with pytest.raises(KeyboardInterrupt):
        desk.put(fetcher=_Broken)
    assert desk.count() == 1
    again = desk.put(title="Newer")
    assert (again.was_new, again.note) == (False, "")
    assert desk.stored(again)["post_title"] == "Newer"
    assert desk.count() == 1


def test_issues_are_told_apart(desk: Desk) -> None:
    issues = ["morning/2026-11-2", "morning/2026-11-23", "morning/2026-11-23/1", "a--b/2026-11-23", "a-b/2026-11-23"]
    drafts = [desk.put(issue=issue, title=issue, user="author") for issue in issues]
    assert [draft.was_new for draft in drafts] == [True] * len(issues)
    again = [desk.put(issue=issue, title=f"{issue}, later", user="author") for issue in issues]
    assert [(draft.id, draft.note) for draft in again] == [(draft.id, "") for draft in drafts]
    assert desk.count() == len(issues)


# What readers see, but for curly quotes and pictures of faces.
SHOWN = """
foreach (['wptexturize', 'convert_smilies'] as $typography) remove_filter('the_content', $typography);
return apply_filters('the_content', get_post($values[0])->post_content);
"""


def words(html: str) -> list[str]:
    body = LexborHTMLParser(html).body
    return body.text(separator=" ").split() if body else []


def test_nothing_from_outside_runs(desk: Desk) -> None:
    """Shortcodes and a title that is HTML; a title of WordPress is printed as it is stored."""
    html = "<p>[gallery ids='1'] [audio src='https://example.org/a.mp3']\n[caption]x[/caption] [1]</p>"
    draft = desk.put(title="<script>alert(1)</script> & more", html=html)
    shown = desk.site.php(SHOWN, draft.id)
    assert words(shown) == words(html)
    assert set(re.findall(r"<(\w+)", shown)) == {"p"}
    assert desk.stored(draft)["post_title"] == "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more"


def test_a_digest_arrives_as_it_is(desk: Desk) -> None:
    html = render(make_digest(load(EXAMPLES), engine="extractive"), "fragment")
    draft = desk.put(html=html)
    shown = desk.site.php(SHOWN, draft.id)
    assert words(shown) == words(html)
    for what in (r'href="[^"]*"', r"<(?!/?p>)[^>]*>"):  # WordPress puts paragraphs where it likes
        assert re.findall(what, shown.partition("<!--")[0]) == re.findall(what, html)


PLUGINS = {
    # as on most sites: without it WordPress takes a wrong login for none
    "asks early": "add_filter('rest_authentication_errors', function ($e) { wp_get_current_user(); return $e; }, 1);",
    "no passwords": "add_filter('wp_is_application_passwords_available', '__return_false', 99);",
    "no header": "unset($_SERVER['PHP_AUTH_USER'], $_SERVER['PHP_AUTH_PW'], $_SERVER['HTTP_AUTHORIZATION']);",
    "no posts": "add_filter('rest_endpoints', fn($all) => array_filter($all,"
    " fn($route) => !str_contains($route, 'wp/v2/posts'), ARRAY_FILTER_USE_KEY));",
    "firewall": "if (str_contains($_SERVER['REQUEST_URI'] ?? '', 'wp-json'))"
    " { http_response_code(403); echo '<html>Forbidden</html>'; exit; }",
    "page": "if (str_contains($_SERVER['REQUEST_URI'] ?? '', 'wp-json')) { echo '<html>Hello</html>'; exit; }",
    "fails": "if (($_SERVER['REQUEST_METHOD'] ?? '') === 'POST') { http_response_code(500); exit; }",
}


@pytest.mark.parametrize(
    ("plugin", "given", "said"),
    [
        ("", {"password": "wrong"}, "the login is not taken"),
        ("asks early", {"password": "wrong"}, "the password is refused"),
        ("asks early", {"user": "nobody"}, "knows no such user"),
        ("", {"user": "subscriber"}, "may not write posts"),
        ("no passwords", {}, "application passwords are not available"),
        ("no header", {}, "the login is not taken"),
        ("no posts", {}, "no API for posts"),
        ("firewall", {}, "403"),
        ("page", {}, "something else than WordPress"),
        ("fails", {}, "its server fails"),
    ],
)
def test_what_a_site_refuses_is_one_clear_line(desk: Desk, plugin: str, given: dict[str, Any], said: str) -> None:
    desk.site.use_plugin("zz", PLUGINS.get(plugin))
    try:
        with pytest.raises(DeliveryError, match=re.escape(said)) as refused:
            desk.put(site=desk.site.url, **given)
    finally:
        desk.site.use_plugin("zz", None)
    assert str(refused.value).startswith(desk.site.url)
    assert "\n" not in str(refused.value)
    assert desk.passwords["editor"] not in str(refused.value)
    assert desk.count() == 0


def test_the_api_behind_plain_permalinks_and_in_a_folder(desk: Desk) -> None:
    try:
        for folder, structure in (("", ""), ("/en", "/%postname%/")):
            desk.site.stand(folder, structure)
            draft = desk.put(title=f"Below {folder}", site=desk.site.url)
            assert draft.note == ""
            assert draft.edit_url.startswith(f"{desk.site.url}/wp-admin/")
    finally:
        desk.site.stand("", "/%postname%/")
    assert desk.count() == 1


def test_an_issue_and_its_correction_by_the_settings(desk: Desk) -> None:
    made = make_digest(load(EXAMPLES), engine="extractive")
    newsletter = Newsletter(name="daily", title="Daily", organisation="Example Desk")
    login = {"wordpress_user": "editor", "wordpress_password": desk.passwords["editor"]}
    hosts = rules(desk.site).allow_private_hosts
    config = settings(wordpress_url=desk.site.url, allow_private_hosts=hosts, **login)
    frozen = freeze(newsletter, config, made, "{}", date(2026, 11, 23))
    draft = put_draft(config, newsletter, frozen)
    assert str(draft) == draft.edit_url
    assert desk.stored(draft)["post_name"] == "daily-2026-11-23"
    words = correction(frozen.issue, "It was four, not five.\n\nWe regret it.", number=1, organisation="Example Desk")
    corrected = put_draft(config, newsletter, words)
    assert corrected.id != draft.id
    content = desk.stored(corrected)["post_content"].partition("\n")[0]
    assert content == "<p>It was four, not five.</p><p>We regret it.</p>"
    with pytest.raises(ConfigError, match="BRIEFING_WORDPRESS_URL"):
        put_draft(settings(), newsletter, frozen)


def test_a_login_leaves_over_https_only(desk: Desk) -> None:
    async def run(site: str, **given: str) -> None:
        async with Fetcher(Rules()) as fetch:
            await check_login(site, **({"user": "u", "password": "p"} | given), fetch=fetch)

    with pytest.raises(DeliveryError, match="not a public address"):
        asyncio.run(run(desk.site.url))
    with pytest.raises(ConfigError, match="not the address of a site"):
        asyncio.run(run("example.org"))
    with pytest.raises(ConfigError, match="an application password"):
        asyncio.run(run("https://example.org", user="a:b"))


def test_a_login_goes_to_no_other_host() -> None:
    """The page of a site says where its API is; a page that somebody has changed may say anything."""

    async def run(site: str, *hosts: str) -> None:
        async with Fetcher(Rules(allow_private_hosts=frozenset(hosts))) as fetch:
            await check_login(site, user="u", password="p", fetch=fetch)

    with Server(http(200, b'{"name": "x", "url": "x", "namespaces": []}')) as other:
        link = {"Link": f'<{other.url}/wp-json/>; rel="https://api.w.org/"', "Content-Type": "text/html"}
        with (
            Server(http(200, b"<html>", link)) as site,
            pytest.raises(DeliveryError, match=f"its API is at {re.escape(other.name)}"),
        ):
            asyncio.run(run(site.url, site.name, other.name))
    assert not any("authorization" in asked.headers for asked in (*site.asked, *other.asked))


def test_check_login_writes_nothing(desk: Desk) -> None:
    async def run(user: str) -> None:
        async with Fetcher(rules(desk.site)) as fetch:
            await check_login(desk.site.url, user=user, password=desk.passwords[user], fetch=fetch)

    asyncio.run(run("contributor"))
    with pytest.raises(DeliveryError, match="may not write posts"):
        asyncio.run(run("subscriber"))
    assert desk.count() == 0
