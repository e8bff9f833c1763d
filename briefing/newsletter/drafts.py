"""An issue as a draft on a WordPress site: written and brought up to date by us, published by a person.

Nothing here is remembered on this side. The draft carries a mark, an HTML comment with the issue's id and a hash of the
draft as the site stored it. By the mark it is found again, also after a crash between writing and recording (and by its
slug, should the mark be gone); by the hash it is told whether somebody has edited it since. What a person has edited,
published, scheduled or thrown away is theirs, and is left alone.

The API is told in https://developer.wordpress.org/rest-api/reference/posts/ and the login in
https://make.wordpress.org/core/2020/11/05/application-passwords-integration-guide/.
"""

from __future__ import annotations

import html as markup
import json
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlsplit

from briefing.clean.cleaner import plain_text
from briefing.config import Newsletter, Settings
from briefing.exceptions import ConfigError, DeliveryError, LoadError
from briefing.fetch.fetcher import Fetcher, Response
from briefing.newsletter.issue_content import settings_of
from briefing.newsletter.issues import FrozenIssue
from briefing.render.renderer import render
from briefing.render.schema import from_json
from briefing.sources.discovery import POSTS, ApiAddress, find_api, json_of
from briefing.types import Source
from briefing.workflow.gathering import rules_of
from briefing.workflow.pipeline import run

_STATUSES: Final = "publish,future,draft,pending,private,trash"
_FIELDS: Final = "id,status,link,slug,title,content"
_TEXTS: Final = ("title", "content")
_MOST_FOUND: Final = 20
_MARK: Final = re.compile(r"\s*<!-- briefing-issue:(?P<issue>[a-z0-9/_-]+); written:(?P<hash>[0-9a-f]{64}) -->")
# 429 stays an error of the fetcher, which reads how long to wait.
_REFUSALS: Final = frozenset(range(400, 500)) - {429}

_MAKE_ONE: Final = "make an application password on the user's profile page there"
_CAUSES: Final = {
    "incorrect_password": f"the password is refused: {_MAKE_ONE} (the password of the login page is no use)",
    "invalid_username": "it knows no such user",
    "invalid_email": "it knows no user of this mail address",
    "application_passwords_disabled": "application passwords are switched off there",
    "application_passwords_disabled_for_user": "application passwords are switched off for this user",
    "rest_no_route": "it has no API for posts (a plugin may have closed it)",
    "rest_cannot_create": "this user may not write posts: make them a contributor, author or editor",
    "rest_cannot_edit": "this user may not edit the draft, which is another user's",
    "rest_forbidden_context": "this user may not edit the draft, which is another user's",
}
_TAKEN: Final = {
    "publish": "it is published",
    "private": "it is published privately",
    "future": "it is scheduled for publication",
    "pending": "it awaits review",
    "trash": "it is in the trash; delete it there for good, and the next run makes it anew",
}


@dataclass(frozen=True, slots=True)
class SiteDraft:
    """A draft on the site, for a person to look at (`url`, logged in) and to edit (`edit_url`).

    `note` is empty where the site holds what was given, and says otherwise why the draft was left as it is.
    """

    url: str
    edit_url: str
    id: int
    was_new: bool
    note: str = ""

    def __str__(self) -> str:
        """Where to edit it, for a person."""
        return f"{self.edit_url} (left as it is: {self.note})" if self.note else self.edit_url


def put_draft(settings: Settings, newsletter: Newsletter, frozen: FrozenIssue) -> SiteDraft:
    """Write the draft of a frozen issue to the site that the settings name, as `write_draft` does.

    ConfigError where no site, user or password is set.
    """
    site, user, password = settings.wordpress_url, settings.wordpress_user, settings.wordpress_password
    if not (site and user and password):
        raise ConfigError("drafts need BRIEFING_WORDPRESS_URL, BRIEFING_WORDPRESS_USER and BRIEFING_WORDPRESS_PASSWORD")
    given = {"user": user, "password": password.get_secret_value(), "issue": frozen.issue.id}
    html = _fragment(settings_of(newsletter, settings), frozen)

    async def write() -> SiteDraft:
        async with Fetcher(rules_of(settings)) as fetch:
            return await write_draft(site, title=frozen.issue.subject, html=html, fetch=fetch, **given)

    return run(write())


async def write_draft(
    site: str, *, user: str, password: str, issue: str, title: str, html: str, fetch: Fetcher
) -> SiteDraft:
    """Write the draft of an issue (its id, as in "daily/2026-11-23"), or bring the one that is there up to date.

    `title` is plain text, `html` a fragment in which everything from outside is escaped. DeliveryError, in one line for
    the operator, where the site does not take it; after a failure in the middle, call it again.
    """
    place = await _Place.opened(site, user, password, fetch)
    wanted = _DraftContent(issue, title, html)
    found = await place.find(wanted)
    if found is None:
        stored = await place.write(POSTS, wanted.fields() | {"status": "draft", "slug": wanted.slug})
    elif note := wanted.why_not(found):
        return place.draft(found, note=note)
    else:
        stored = found if wanted.is_in(found) else await place.write(f"{POSTS}/{found['id']}", wanted.fields())
    if not _is_untouched(stored):
        # The site has changed what it was given, as it does for users who may not write any HTML.
        stored = await place.write(f"{POSTS}/{stored['id']}", wanted.sealed(stored))
    return place.draft(stored, was_new=found is None)


async def check_login(site: str, *, user: str, password: str, fetch: Fetcher) -> None:
    """DeliveryError where `write_draft` would find that the site cannot be written to; nothing is written."""
    await _Place.opened(site, user, password, fetch)


@dataclass(frozen=True, slots=True)
class _DraftContent:
    """The draft as it shall be."""

    issue: str
    title: str
    html: str

    @property
    def slug(self) -> str:
        return self.issue.replace("/", "-")

    @property
    def search(self) -> str:
        """What finds the mark: one word, since WordPress searches for each word alone."""
        return f"briefing-issue:{self.marked};"

    @property
    def marked(self) -> str:
        """The id as the mark has it: WordPress takes two hyphens in a row out of comments. No id has an underscore."""
        return self.issue.replace("--", "-_")

    def fields(self) -> dict[str, str]:
        """What the site is given; it prints titles as they are."""
        return self._with_mark(markup.escape(self.title, quote=False), _content(self.html))

    def sealed(self, stored: Mapping[str, Any]) -> dict[str, str]:
        """The post as it was stored, with a mark for that."""
        return self._with_mark(_raw(stored, "title"), _MARK.sub("", _raw(stored, "content")))

    def _with_mark(self, title: str, content: str) -> dict[str, str]:
        mark = f"<!-- briefing-issue:{self.marked}; written:{_hash(title, content)} -->"
        return {"title": title, "content": f"{content}\n{mark}"}

    def is_in(self, found: Mapping[str, Any]) -> bool:
        return self.fields() == {name: _raw(found, name) for name in _TEXTS}

    def why_not(self, found: Mapping[str, Any]) -> str:
        """Why the draft that was found must not be written to; empty where it may."""
        if found["status"] != "draft":
            return _TAKEN.get(found["status"], f"its status is {found['status']}")
        mark = _MARK.search(_raw(found, "content"))
        if mark is None or mark["issue"] != self.marked:
            return "a draft with this address is there without our mark: another's, or with its text replaced"
        return "" if _is_untouched(found) else "somebody has edited it since it was written"


@dataclass(frozen=True, slots=True)
class _Place:
    """The API of a site, with a login that may write posts; `admin` is where people edit."""

    site: str
    api: ApiAddress
    login: str
    fetch: Fetcher
    admin: str = ""

    @classmethod
    async def opened(cls, site: str, user: str, password: str, fetch: Fetcher) -> _Place:
        if not site.startswith(("http://", "https://")):
            raise ConfigError(f"{site}: not the address of a site, as https://example.org is")
        if not user or ":" in user or not password:
            raise ConfigError(f"{site}: drafts need the name of a user and an application password")
        login = "Basic " + b64encode(f"{user}:{password}".encode()).decode()
        place = cls(site, await _api(site, fetch), login, fetch)
        index = await place.ask("GET", "", {"_fields": "url,authentication"}, is_wanted=lambda value: "url" in value)
        await place._check_user(index)
        return replace(place, admin=f"{str(index['url']).rstrip('/')}/wp-admin/")

    async def _check_user(self, index: Mapping[str, Any]) -> None:
        try:
            me = await self.ask("GET", "wp/v2/users/me", {"context": "edit", "_fields": "id,capabilities"})
        except _RefusedError as refusal:
            if refusal.code != "rest_not_logged_in":
                raise
            if "application-passwords" not in (index.get("authentication") or ()):
                why = "application passwords are not available there (over https only, or closed by a plugin)"
            else:
                why = f"the login is not taken: {_MAKE_ONE}; if it is right, the server drops the Authorization header"
            raise DeliveryError(f"{self.site}: {why}") from refusal
        if not dict(me.get("capabilities") or {}).get("edit_posts"):
            raise DeliveryError(f"{self.site}: {_CAUSES['rest_cannot_create']}")

    async def find(self, wanted: _DraftContent) -> Mapping[str, Any] | None:
        """The post of the issue in whatever state, the one a person has taken first, with its text where we may."""
        for query in ({"search": wanted.search}, {"slug": f"{wanted.slug},{wanted.slug}__trashed"}):
            parameters = query | {"status": _STATUSES, "per_page": str(_MOST_FOUND), "_fields": _FIELDS}
            listed = await self.ask("GET", POSTS, parameters, is_wanted=_is_list_of_posts)
            # A search that a plugin has taken over finds other things, too; of "a--b" WordPress makes the slug "a-b".
            marks = [(post, _MARK.search(str(post["content"].get("rendered")))) for post in listed]
            found = [post for post, mark in marks if (mark["issue"] == wanted.marked if mark else "slug" in query)]
            if found:
                first = min(found, key=lambda post: (post["status"] == "trash", post["status"] == "draft", post["id"]))
                return first if first["status"] != "draft" else await self._whole(first)
        return None

    async def _whole(self, post: Mapping[str, Any]) -> Mapping[str, Any]:
        """The post with its text as it is stored."""
        parameters = {"context": "edit", "_fields": _FIELDS}
        whole: Mapping[str, Any] = await self.ask("GET", f"{POSTS}/{post['id']}", parameters, is_wanted=_is_whole)
        return whole

    async def write(self, route: str, fields: Mapping[str, str]) -> Mapping[str, Any]:
        """The post as it is stored now."""
        stored: Mapping[str, Any] = await self.ask("POST", route, {"_fields": _FIELDS}, fields, is_wanted=_is_whole)
        return stored

    def draft(self, post: Mapping[str, Any], *, was_new: bool = False, note: str = "") -> SiteDraft:
        edit_url = f"{self.admin}post.php?post={int(post['id'])}&action=edit"
        return SiteDraft(str(post["link"]), edit_url, int(post["id"]), was_new, note)

    async def ask(
        self,
        method: str,
        route: str,
        parameters: Mapping[str, str],
        fields: Mapping[str, str] | None = None,
        *,
        is_wanted: Callable[[Any], bool] = lambda value: isinstance(value, dict) and "id" in value,
    ) -> Any:
        """What the API answers to the user. DeliveryError, `_RefusedError` where WordPress gives a reason."""
        headers = {"authorization": self.login, "accept": "application/json", "content-type": "application/json"}
        body = json.dumps(fields).encode() if fields is not None else b""
        url = self.api.url(route, parameters)
        try:
            response = await self.fetch.send(
                method, url, headers=headers, body=body, source=self.site, expect_status=_REFUSALS
            )
        except LoadError as error:
            raise DeliveryError(str(error)) from error
        if response.status >= 400:
            raise _refusal(self.site, response)
        value = json_of(response.body, is_wanted=is_wanted)
        if value is None:
            raise DeliveryError(f"{self.site}: its API answers something else than WordPress does")
        return value


class _RefusedError(DeliveryError):
    """WordPress refused, and gave a code for why."""

    def __init__(self, text: str, code: str) -> None:
        super().__init__(text)
        self.code = code


def _refusal(site: str, response: Response) -> DeliveryError:
    said = json_of(response.body, is_wanted=lambda value: isinstance(value, dict) and "code" in value)
    if not isinstance(said, dict):
        why = "a firewall or a plugin stands before its API" if response.status in (401, 403) else "no word of why"
        return DeliveryError(f"{site}: it refuses the draft ({response.status}, {why})")
    code = str(said["code"])
    words = plain_text(str(said.get("message", "")))[:200]
    return _RefusedError(f"{site}: " + _CAUSES.get(code, f"it refuses ({response.status}, {code}): {words}"), code)


async def _api(site: str, fetch: Fetcher) -> ApiAddress:
    """The site's API. A login goes to no other host than the one that was given, and to https where that was."""
    try:
        found = await find_api(Source(site, site), fetch)
    except LoadError as error:
        raise DeliveryError(str(error)) from error
    if found.endpoint is None and not found.is_closed:
        raise DeliveryError(f"{site}: {found.why}")
    root = found.endpoint.root if found.endpoint else f"{site.partition('?')[0].rstrip('/')}/wp-json/"
    here, there = urlsplit(site), urlsplit(root)
    if _host(here.netloc) != _host(there.netloc):
        raise DeliveryError(f"{site}: its API is at {there.netloc}; give the site's address there")
    if here.scheme == "https" and there.scheme == "http":  # a site behind a proxy that does not know of its https
        root = "https" + root.removeprefix("http")
    return ApiAddress(root)


def _host(netloc: str) -> str:
    return netloc.lower().removeprefix("www.")


def _is_list_of_posts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_post, value))


def _is_post(value: object) -> bool:
    return isinstance(value, dict) and value.keys() >= {"id", "status", "link", "content"}


def _is_whole(value: object) -> bool:
    return isinstance(value, dict) and _is_post(value) and all("raw" in value.get(name, ()) for name in _TEXTS)


def _fragment(settings: Settings, frozen: FrozenIssue) -> str:
    """The digest to paste; of a correction, its words without the headline and the foot."""
    if frozen.digest:
        return render(from_json(frozen.digest), "fragment", language=settings.language, templates=settings.templates)
    words = frozen.issue.text.partition("\n-- \n")[0].partition("\n\n")[2]
    return "".join(f"<p>{markup.escape(' '.join(part.split()))}</p>" for part in words.split("\n\n") if part.strip())


def _content(html: str) -> str:
    """The fragment as WordPress leaves it alone: it makes breaks of line ends, and runs what stands in [brackets]."""
    return " ".join(html.split("\n")).strip().replace("[", "&#91;").replace("]", "&#93;")


def _is_untouched(stored: Mapping[str, Any]) -> bool:
    content = _raw(stored, "content")
    mark = _MARK.search(content)
    return mark is not None and mark["hash"] == _hash(_raw(stored, "title"), _MARK.sub("", content))


def _hash(title: str, content: str) -> str:
    return sha256(f"{title}\0{content}".encode()).hexdigest()


def _raw(post: Mapping[str, Any], name: str) -> str:
    return str(post[name]["raw"])
