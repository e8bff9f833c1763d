"""An issue made: its sources visited, its digest, its bytes; and its posts asked for once more before it goes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Final

from briefing.config import Newsletter, Settings
from briefing.exceptions import BriefingError, ConfigError, DeliveryError
from briefing.newsletter.channels import write_issue
from briefing.newsletter.issues import FrozenIssue, IssueRecord
from briefing.newsletter.message import UNSUBSCRIBE, Issue
from briefing.render.catalogue import catalogue
from briefing.render.escaping import wrapped
from briefing.render.mail import render_mail
from briefing.render.renderer import render
from briefing.render.schema import documents_from_json, documents_to_json, from_json, to_json
from briefing.store import Store
from briefing.stories.coverage import Period
from briefing.types import Digest, Failure, Source
from briefing.workflow.desk_run import FIRST_PERIOD, Desk, Edition, GatheredPosts, Order
from briefing.workflow.digest_folder import read_digest_folder, without_files, write_digest_folder
from briefing.workflow.editing import EDIT, render_folder, start, write_edited
from briefing.workflow.engines import opened
from briefing.workflow.gathering import content_hash, is_live, source_key
from briefing.workflow.memory import covered_until, keep, past_of

FRAGMENT, FROZEN = "fragment.html", "issue.json"
FORMATS: Final = ("html", "markdown", "text")
_HEADLINE_CHARS = 90
_INSTANT = timedelta(microseconds=1)
_FIELDS = re.compile(r"\{(title|date|headline)\}")


@dataclass(frozen=True, slots=True)
class IssueContent:
    """What a visit to the sources came to; `frozen` None: there was nothing to put into an issue.

    `is_quiet`: because nothing is new, and nothing failed. `stopped`: the model could not be asked to the end.
    `failures` counts what is missing in the issue, `told` are lines for a person.
    """

    edition: Edition
    frozen: FrozenIssue | None = None
    is_quiet: bool = False
    stopped: BriefingError | None = None
    failures: int = 0
    posts: Mapping[str, str] = field(default_factory=dict)
    images: Mapping[str, str] = field(default_factory=dict)
    told: tuple[Failure, ...] = ()


def settings_of(newsletter: Newsletter, settings: Settings) -> Settings:
    """The desk's settings, with what the newsletter says otherwise."""
    own = {name: getattr(newsletter, name) for name in ("timezone", "language", "length", "require", "templates")}
    return settings.model_copy(update={name: value for name, value in own.items() if value is not None})


def newsletter_sources(newsletter: Newsletter, settings: Settings) -> tuple[Source, ...]:
    """The newsletter's sources, by name or address; all of the desk's where it names none. ConfigError if unknown."""
    known = {key: source for source in settings.sources for key in (source.address, source.name)}
    if not (newsletter.sources or settings.sources):
        raise ConfigError(f"newsletter {newsletter.name}: there is no source; add [[sources]] to briefing.toml")
    for name in newsletter.sources:
        if name not in known:
            raise ConfigError(f"newsletter {newsletter.name}: no source is called {name!r}")
    return tuple(known[name] for name in newsletter.sources) or settings.sources


def newsletter_series(newsletter: Newsletter) -> str:
    """The name under which the digests of a newsletter follow each other."""
    return f"newsletter {newsletter.name}"


async def make_content(
    newsletter: Newsletter,
    settings: Settings,
    store: Store,
    *,
    day: date,
    now: datetime,
    until: datetime,
    first_since: datetime | None = None,
    told: set[tuple[str, str]],
    is_scheduled: bool,
) -> IssueContent:
    """The issue of that date, from what is new since the last one that went out; `told` are posts that did, by hash.

    `until` is where its period ends; `first_since` where it begins, if it is the first. `settings` as of `settings_of`.
    """
    order = _order(newsletter, settings, store, until=until, first_since=first_since, is_scheduled=is_scheduled)
    async with opened(settings, now=now, store=store) as found:
        desk = Desk(settings, now, found, store)
        gathered = await desk.gather(order)
        if not any(map(is_live, order.sources)):
            gathered = _untold(gathered, told)
        edition = await desk.make(
            gathered,
            show=lambda made: freeze(newsletter, settings, made.digest, documents_to_json(made.documents), day),
        )
        images = await desk.images(edition)
    loaded = gathered.loaded
    failed = (*loaded.sources_failed, *loaded.items_failed, *loaded.stale, *loaded.notes, *edition.kept)
    is_quiet = not loaded.sources_failed and not edition.made.digest.coverage.posts_dropped
    if edition.is_empty and not (is_quiet and newsletter.when_empty == "say"):
        return IssueContent(edition, is_quiet=is_quiet, told=failed)
    digest, lost = _as_edited(edition, settings, folder_at(settings, newsletter.name, day), images)
    failed += tuple(Failure("no longer fits the edit", line) for line in lost)
    frozen = freeze(newsletter, settings, digest, documents_to_json(edition.made.texts), day)
    posts = {document.key: content_hash(document.post) for document in edition.made.documents}
    return IssueContent(edition, frozen, is_quiet, edition.made.stopped, edition.made.failures, posts, images, failed)


def _order(
    newsletter: Newsletter,
    settings: Settings,
    store: Store,
    *,
    until: datetime,
    first_since: datetime | None,
    is_scheduled: bool,
) -> Order:
    """What a visit finds is dated now, so that a period that ends now ends an instant later."""
    sources, series = newsletter_sources(newsletter, settings), newsletter_series(newsletter)
    period = Period()
    if any(map(is_live, sources)):
        since = covered_until(store, series)
        if since is None or since > until:
            last = store.last_digest(series, before=until)
            since = last.until if last else first_since or until - FIRST_PERIOD
        period = Period(since, until + _INSTANT)
    return Order(
        sources=sources,
        series=series,
        period=period,
        title=newsletter.title or newsletter.name,
        questions=newsletter.questions or settings.questions,
        is_scheduled=is_scheduled,
    )


def _untold(gathered: GatheredPosts, told: set[tuple[str, str]]) -> GatheredPosts:
    """Of files, what no earlier issue brought: a folder has no day on which its posts were new."""
    new = tuple(post for post in gathered.loaded.posts if (post.key, content_hash(post)) not in told)
    return replace(gathered, loaded=replace(gathered.loaded, posts=new))


def _as_edited(
    edition: Edition, settings: Settings, at: Path, images: Mapping[str, str]
) -> tuple[Digest, tuple[str, ...]]:
    """The digest with what still fits of a person's edit of an earlier making, and what does not."""
    if not (at / EDIT).is_file():
        return edition.made.digest, ()
    (at / FROZEN).unlink(missing_ok=True)  # until it is frozen, what stands in the folder is not the issue
    made = edition.made
    found = write_edited(made.digest, made.texts, at, formats=FORMATS, templates=settings.templates, images=images)
    return found.digest, found.lost


def freeze(
    newsletter: Newsletter, settings: Settings, digest: Digest, documents: str, day: date, number: int = 0
) -> FrozenIssue:
    """The bytes of an issue: what every recipient gets, but for the unsubscribe link."""
    digest = without_files(digest)
    values = {
        "title": digest.title,
        "date": catalogue(digest.language).day(day),
        "headline": _headline(digest),
    }
    mail = render_mail(
        digest,
        page_url=newsletter.archive_url or None,
        unsubscribe=UNSUBSCRIBE,
        organisation=newsletter.organisation,
        language=settings.language,
        templates=settings.templates,
        preheader=_filled(newsletter.preheader, values) if newsletter.preheader else None,
    )
    subject = _filled(newsletter.subject, values)
    issue = Issue(newsletter.name, day, subject, mail.html, mail.text, catalogue(digest.language).language, number)
    return FrozenIssue(issue, to_json(digest), documents)


def _filled(template: str, values: dict[str, str]) -> str:
    """In one go: a headline that holds "{date}" is a headline."""
    return _FIELDS.sub(lambda match: values[match[1]], template)


def _headline(digest: Digest) -> str:
    """The title of what stands first, whole words of it."""
    titles = [story.title for story in (*digest.stories, *digest.also)]
    titles += [correction.post.title for correction in digest.corrections]
    text = " ".join(next(iter(titles), catalogue(digest.language)["empty"]).split())
    return text if len(text) <= _HEADLINE_CHARS else text[:_HEADLINE_CHARS].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def correction(of: Issue, text: str, *, number: int, organisation: str) -> FrozenIssue:
    """A correction of an issue: the text, who says it, and the way out; nothing of it is from outside."""
    words = catalogue(of.language)
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]
    if not paragraphs:
        raise ConfigError("the correction is empty")
    subject = f"{words['corrections']}: {of.subject}"
    foot = [part for part in (organisation,) if part]
    body = "".join(f"<p>{escape(part)}</p>" for part in (*paragraphs, *foot))
    html = (
        f'<!doctype html><html lang="{words.language}" dir="{words.direction}"><head><meta charset="utf-8">'
        f"<title>{escape(subject)}</title></head><body><h1>{escape(subject)}</h1>{body}"
        f'<p><a href="{UNSUBSCRIBE}">{escape(words["unsubscribe"])}</a></p></body></html>'
    )
    lines = [wrapped(part).strip() for part in (subject, *paragraphs)]
    text = "\n\n".join([*lines, "\n".join(["-- ", *foot, f"{words['unsubscribe']}: {UNSUBSCRIBE}"])]) + "\n"
    return FrozenIssue(Issue(of.newsletter, of.date, subject, html, text, of.language, number))


def write_folder(frozen: FrozenIssue, settings: Settings, *, images: Mapping[str, str] | None = None) -> Path:
    """The issue's folder: what was frozen, its digest in every format with its documents, a fragment to paste."""
    at = write_issue(frozen.issue, settings.outbox)
    if frozen.digest:
        digest = from_json(frozen.digest)
        documents = documents_from_json(frozen.documents)
        write_digest_folder(digest, documents, at, formats=FORMATS, templates=settings.templates, images=images)
        fragment = render(digest, "fragment", language=settings.language, templates=settings.templates)
        write_file(at / FRAGMENT, fragment.encode())
    return at


def write_file(path: Path, content: bytes) -> None:
    """DeliveryError where it cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise DeliveryError(f"{path}: cannot be written: {error.strerror}") from error


def folder_at(settings: Settings, newsletter: str, day: date, number: int = 0) -> Path:
    """Where an issue's folder is."""
    at = settings.outbox / newsletter / day.isoformat()
    return at / str(number) if number else at


def folder_of(frozen: FrozenIssue, settings: Settings) -> Path:
    """The issue's folder; written once more where it is not of these bytes, as on another machine."""
    issue = frozen.issue
    at = folder_at(settings, issue.newsletter, issue.date, issue.number)
    try:
        kept = json.loads((at / FROZEN).read_text(encoding="utf-8")).get("hash")
    except (OSError, ValueError):
        kept = None
    return at if kept == issue.hash else write_folder(frozen, settings)


def edited_issue(frozen: FrozenIssue, settings: Settings) -> tuple[Path, Digest | None]:
    """The file that a person edits the issue in; and the edited digest, where it is not the one that was frozen.

    EditError where a line of the edit does not stand, or cannot be read.
    """
    at = folder_of(frozen, settings)
    if not (at / EDIT).is_file() and to_json(without_files(read_digest_folder(at)[0])) == frozen.digest:
        return start(at), None
    digest = without_files(render_folder(at, templates=settings.templates).digest)
    return at / EDIT, None if to_json(digest) == frozen.digest else digest


def remember_issue(newsletter: Newsletter, settings: Settings, store: Store, frozen: FrozenIssue) -> None:
    """What the issue told, for the next one; done again, it is the same."""
    if not frozen.digest:
        return
    digest = from_json(frozen.digest)
    questions = newsletter.questions or settings.questions
    past = past_of(store, newsletter_series(newsletter), Period(digest.since, digest.until), questions=questions)
    since = digest.since or digest.made_at
    keep(store, newsletter_series(newsletter), digest, documents_from_json(frozen.documents), past=past, since=since)


@dataclass(frozen=True, slots=True)
class CitationCheck:
    """What became of the posts an issue cites since somebody last looked: a line for each that is not as it was."""

    changed: tuple[str, ...]
    notes: tuple[str, ...]
    posts: dict[str, str]


async def ask_again(
    newsletter: Newsletter, settings: Settings, store: Store, record: IssueRecord, *, now: datetime
) -> CitationCheck:
    """The cited posts asked for once more, by conditional requests; nothing is cleaned or written."""
    sources = newsletter_sources(newsletter, settings)
    if not record.posts:
        return CitationCheck((), (), {})
    since = record.since if any(map(is_live, sources)) else None
    period = Period(since, now + _INSTANT) if since else Period()
    async with opened(settings.model_copy(update={"engine": "extractive"}), now=now) as found:
        gathered = await Desk(settings, now, found, store).gather(Order(sources, period=period))
    loaded, has_files = gathered.loaded, not all(map(is_live, sources))
    live = {source_key(source) for source in sources if is_live(source)}
    here = {post.key: content_hash(post) for post in loaded.posts}
    kept = {key: found for key, found in store.posts_of(record.posts).items() if found.address in live}
    seen = record.seen_at or record.made_at or now
    changed = []
    for key, hash in record.posts.items():
        post = kept.get(key)
        if post is not None and post.gone_at is not None and post.gone_at > seen:
            changed.append(f"{key}: withdrawn by its source")
        elif post is not None and post.changed_at is not None and post.changed_at > seen:
            changed.append(f"{key}: changed since the issue was built")
        elif post is None and has_files and key not in here and not loaded.sources_failed:
            changed.append(f"{key}: no longer there")
        elif post is None and here.get(key, hash) != hash:
            changed.append(f"{key}: changed since the issue was built")
    notes = tuple(f"{failure.what}: {failure.why}" for failure in loaded.sources_failed)
    return CitationCheck(tuple(changed), notes, {key: here.get(key, hash) for key, hash in record.posts.items()})
