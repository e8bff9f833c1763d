"""Stored digests as a static site: by day, a page a digest, a page a story with its life, a page a question.

Every page is whole in itself, with relative links only, so that it reads from a disk as from a server; no script.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from markupsafe import Markup

from briefing.archive.atom import feed
from briefing.archive.sparklines import Point, bars, last_days, line
from briefing.archive.timelines import (
    ArchivedDigest,
    DigestAnswer,
    Life,
    PrintedCorrection,
    QuestionTimeline,
    Telling,
    days_of,
    lives,
    oldest_first,
    question_timelines,
)
from briefing.exceptions import ConfigError
from briefing.render.catalogue import Catalogue, catalogue
from briefing.render.environments import environment, printed, reading_templates, style
from briefing.render.html_page import HTML
from briefing.render.lines import Home, Lines, link_to, outside
from briefing.render.renderer import render
from briefing.render.view_model import LineView, Link, PlainWords
from briefing.types import Answer, Claim, PostCard, Story
from briefing.workflow.edit_file import letters_of, own, shown_headline

_SHOWN_LINES, _SHOWN_SOURCES = 4, 12
_LEAST_DAYS, _MOST_DAYS = 14, 42
# Of so many digests the index tells the stories; older ones stand in one line each.
_TOLD_IN_INDEX = 14


@dataclass(frozen=True, slots=True)
class ListItem:
    """A line of a list that leads to a page of the archive: a story, a question, a digest."""

    title: PlainWords
    path: str
    facts: tuple[str, ...] = ()
    badge: str = ""
    badge_label: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A digest on the index."""

    item: ListItem
    day: str
    stories: tuple[ListItem, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source's row in the picture of the index."""

    name: PlainWords
    facts: tuple[str, ...]
    picture: Markup


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A correction on a story's page."""

    label: str
    title: PlainWords
    link: Link | None
    changes: tuple[tuple[PlainWords | None, PlainWords | None], ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What one digest said of a story, or answered to a question."""

    when: str
    path: str
    badge: str
    badge_label: str
    lines: tuple[LineView, ...] = ()
    fixes: tuple[CorrectionRow, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all pages share: the words, the title, where the templates are."""

    labels: Catalogue
    title: PlainWords
    templates: Path | None
    zone: tzinfo
    sheet: str
    sheet_hash: str = field(default="")

    @property
    def is_rtl(self) -> bool:
        return self.labels.direction == "rtl"

    def page(self, name: str, root: str, **values: object) -> str:
        """A page of the archive from the template of that name; `root` leads from it to the index's folder."""
        text = printed(
            name,
            HTML,
            self.labels,
            self.templates,
            site=self.title,
            root=root,
            style=Markup(self.sheet),
            style_hash=self.sheet_hash,
            **values,
        )
        return re.sub(r"\s*\n\s*", "\n", text).strip() + "\n"

    def day(self, moment: datetime) -> str:
        return self.labels.day(moment.astimezone(self.zone).date())

    def moment(self, moment: datetime) -> str:
        return self.labels.at(moment.astimezone(self.zone))

    def count(self, number: int) -> str:
        return self.labels.count("digests", number)


def site(
    stored: Iterable[ArchivedDigest],
    *,
    known: Iterable[tuple[str, Iterable[str]]] = (),
    title: str = "",
    url: str = "",
    templates: Path | None = None,
) -> Iterator[tuple[str, str]]:
    """The files of the archive, each its path and its text, in the language of the newest digest.

    `known` are the series and the posts of stories as the store remembers them, `url` is where the site will stand:
    the feed's links are then absolute. ConfigError where that is no http(s) address, or a template fails.
    """
    if url and urlsplit(url).scheme not in ("http", "https"):
        raise ConfigError(f"{url}: not the address of a site; it begins with https:// or http://")
    ordered = oldest_first(stored)
    frame = _frame(ordered, title, templates)
    found = [life for life in lives(ordered, known) if life.is_told or life.goes_on]
    questions = question_timelines(ordered)
    yield "index.html", _index(frame, ordered, found, questions)
    yield "feed.xml", feed(ordered, title=frame.title.text, url=url, headlines=_headlines)
    yield from _digests(frame, ordered, found, questions)
    for life in found:
        yield life.path, _story(frame, life)
    for one in questions:
        yield one.path, _question(frame, one)


def _frame(ordered: Sequence[ArchivedDigest], title: str, templates: Path | None) -> _Frame:
    newest = ordered[-1].digest if ordered else None
    words = catalogue(newest.language if newest else "en")
    is_one = len({stored.series for stored in ordered}) == 1
    name = title or (newest.title if newest and is_one else "") or words["archive.archive"]
    with reading_templates(templates):
        made = environment(HTML, words.direction, templates)
        own_sheet = made.loader.get_source(made, "archive.css")[0] if made.loader else ""
    sheet = f"{style(templates)}\n{_squeezed(own_sheet)}"
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    return _Frame(words, outside(name), templates, _zone(newest.timezone if newest else "UTC"), sheet, digest)


def _squeezed(sheet: str) -> str:
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)).strip()


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _title(story: Story) -> PlainWords:
    first = own(story)
    return outside(shown_headline(story)[0], first[0].post.language if len(first) == 1 else "")


def _headlines(stored: ArchivedDigest) -> list[str]:
    return [shown_headline(story)[0] for story in stored.digest.stories]


def _badge(frame: _Frame, story: Story) -> tuple[str, str]:
    return (story.standing, frame.labels[f"standing.{story.standing}"]) if story.standing else ("", "")


# --- the index --------------------------------------------------------------------------------------------------------


def _index(
    frame: _Frame, ordered: Sequence[ArchivedDigest], found: Sequence[Life], questions: Sequence[QuestionTimeline]
) -> str:
    homes = {id(telling.story): life.path for life in found for telling in life.tellings}
    newest = list(reversed(ordered))
    entries = [_entry(frame, stored, homes, is_told=n < _TOLD_IN_INDEX) for n, stored in enumerate(newest)]
    return frame.page(
        "archive_index.html.j2",
        "",
        entries=[entry for entry in entries if entry.stories],
        older=[entry for entry in entries if not entry.stories],
        questions=[_asked_item(frame, one) for one in sorted(questions, key=_last_asked, reverse=True)],
        sources=list(_sources(frame, ordered)),
        period=f"{frame.day(ordered[0].digest.made_at)} – {frame.day(ordered[-1].digest.made_at)}" if ordered else "",
        counted=frame.count(len(ordered)),
    )


def _entry(frame: _Frame, stored: ArchivedDigest, homes: Mapping[int, str], *, is_told: bool) -> Entry:
    stories = [
        ListItem(_title(story), homes.get(id(story), ""), (), *_badge(frame, story))
        for story in (stored.digest.stories if is_told else ())
    ]
    return Entry(_digest_item(frame, stored), frame.day(stored.digest.made_at), tuple(stories))


def _digest_item(frame: _Frame, stored: ArchivedDigest) -> ListItem:
    digest, say = stored.digest, frame.labels.count
    covered = digest.coverage
    facts = [frame.moment(digest.made_at)] if digest.title else []
    facts += [say("posts_read", covered.posts_read), say("sources", len(covered.sources))]
    facts += [say("sources_failed", len(covered.sources_failed))] if covered.sources_failed else []
    facts += [f"{frame.labels['corrections']}: {len(digest.corrections)}"] if digest.corrections else []
    return ListItem(outside(digest.title or frame.moment(digest.made_at)), stored.path, tuple(facts))


def _last_asked(one: QuestionTimeline) -> datetime:
    return one.replies[-1].stored.until


def _asked_item(frame: _Frame, one: QuestionTimeline) -> ListItem:
    last = one.replies[-1]
    facts = (
        frame.count(len(one.replies)),
        frame.labels["archive.last"].format(when=frame.day(last.stored.digest.made_at)),
    )
    return ListItem(outside(last.answer.question), one.path, facts, *_state(frame, last.answer))


def _state(frame: _Frame, answer: Answer) -> tuple[str, str]:
    return answer.state, frame.labels[f"state.{answer.state}"]


def _sources(frame: _Frame, ordered: Sequence[ArchivedDigest]) -> Iterator[SourceRow]:
    """The sources of most posts, with a bar a day; nothing where there is one day only."""
    made = {one.digest.made_at.astimezone(frame.zone).date() for one in ordered}
    days = last_days(sorted(made), least=_LEAST_DAYS, most=_MOST_DAYS)
    rows = days_of(ordered, frame.zone)[:_SHOWN_SOURCES] if len(made) > 1 else ()
    most = max((row.posts.get(day, 0) for row in rows for day in days), default=0) or 1
    for row in rows:
        told = list(_told_days(frame, row.posts, row.failed, days))
        description = f"{row.source}: {frame.labels['comma'].join(told) or frame.labels['archive.none_on']}"
        total = sum(row.posts.get(day, 0) for day in days)
        yield SourceRow(
            outside(row.source),
            (frame.labels.count("posts_read", total),),
            bars(row, days, most, outside(description).text, is_rtl=frame.is_rtl),
        )


def _told_days(
    frame: _Frame, posts: Mapping[date, int], failed: frozenset[date], days: Sequence[date]
) -> Iterator[str]:
    for day in days:
        if posts.get(day):
            yield frame.labels["archive.posts_on"].format(day=frame.labels.day(day), n=posts[day])
        elif day in failed:
            yield frame.labels["archive.failed_on"].format(day=frame.labels.day(day))


# --- the digests ------------------------------------------------------------------------------------------------------


def _digests(
    frame: _Frame, ordered: Sequence[ArchivedDigest], found: Sequence[Life], questions: Sequence[QuestionTimeline]
) -> Iterator[tuple[str, str]]:
    lasting: dict[str, list[ListItem]] = {}
    for life in (life for life in found if life.goes_on):
        paths = [telling.stored.path for telling in life.tellings] + [fix.stored.path for fix in life.fixes]
        for path in dict.fromkeys(paths):
            lasting.setdefault(path, []).append(_life_item(frame, life))
    for one in questions:
        for path in [reply.stored.path for reply in one.replies] if len(one.replies) > 1 else ():
            lasting.setdefault(path, []).append(_asked_item(frame, one))
    neighbours = _neighbours(ordered)
    for stored in ordered:
        older, newer = neighbours[stored.path]
        nav = frame.page("archive_nav.html.j2", "../", older=older, newer=newer)
        items = lasting.get(stored.path, [])
        more = frame.page("archive_more.html.j2", "../", items=items) if items else ""
        page = render(stored.digest, "html", templates=frame.templates)
        yield stored.path, _within(page, nav, more)


def _life_item(frame: _Frame, life: Life) -> ListItem:
    first, last = life.tellings[0].stored.digest.made_at, life.tellings[-1].stored.digest.made_at
    facts = [frame.labels["archive.first"].format(when=frame.day(first))]
    facts += [frame.labels["archive.last"].format(when=frame.day(last))] if last != first else []
    return ListItem(_title(life.tellings[-1].story), life.path, (*facts, frame.count(len(life.stored))))


def _neighbours(ordered: Sequence[ArchivedDigest]) -> dict[str, tuple[str, str]]:
    """Of each digest's page those of the one before and the one after it in its series."""
    found = {stored.path: ("", "") for stored in ordered}
    for series in {stored.series for stored in ordered}:
        for older, newer in pairwise([stored for stored in ordered if stored.series == series]):
            found[older.path] = (found[older.path][0], newer.path)
            found[newer.path] = (older.path, found[newer.path][1])
    return found


def _within(page: str, nav: str, more: str) -> str:
    """The page of a digest with the archive's links in it; text from outside holds no tag, so these are the page's."""
    page = page.replace("<body>\n", f"<body>\n{nav}", 1)
    before, end, after = page.rpartition("</main>")
    return f"{before}{more}{end}{after}"


# --- a story, a question ----------------------------------------------------------------------------------------------


def _story(frame: _Frame, life: Life) -> str:
    told: dict[str, list[Telling]] = {}
    for telling in life.tellings:
        told.setdefault(telling.stored.path, []).append(telling)
    fixed: dict[str, list[PrintedCorrection]] = {}
    for fix in life.fixes:
        fixed.setdefault(fix.stored.path, []).append(fix)
    stored = oldest_first({event.path: event for event in (*life.stored, *(fix.stored for fix in life.fixes))}.values())
    events = [_event(frame, one, told.get(one.path, ()), fixed.get(one.path, ())) for one in stored]
    days = [one.digest.made_at.astimezone(frame.zone).date() for one in stored]
    marks = [Point(day, event.badge or "new") for day, event in zip(days, events, strict=True)]
    posts = {s.post.key: s.post for telling in life.tellings for s in telling.story.summaries}
    return frame.page(
        "archive_story.html.j2",
        "../",
        title=_title(next((t for t in reversed(life.tellings) if t.anchor), life.tellings[-1]).story),
        facts=_life_item(frame, life).facts,
        picture=_picture(frame, marks, events),
        events=events,
        posts=[_post(frame, card) for card in posts.values()],
    )


def _picture(frame: _Frame, marks: Sequence[Point], events: Sequence[Event]) -> Markup | None:
    """A life's picture, where it has more than one day."""
    if len(marks) < 2:
        return None
    said = (f"{event.when}: {event.badge_label or frame.labels['archive.told']}" for event in events)
    return line(marks, frame.labels["semicolon"].join(said), is_rtl=frame.is_rtl)


# What a digest says of a story in two of its own, the first of these that one of them is.
_WEIGHT = ("update", "new", "correction", "continuing", None)


def _event(
    frame: _Frame, stored: ArchivedDigest, tellings: Sequence[Telling], fixes: Sequence[PrintedCorrection]
) -> Event:
    ordered = sorted(tellings, key=lambda telling: (not telling.anchor, _WEIGHT.index(telling.story.standing)))
    badge, badge_label = _badge(frame, ordered[0].story) if ordered else ("", "")
    if fixes and badge in ("", "continuing"):
        badge, badge_label = "correction", frame.labels["standing.correction"]
    anchor = ordered[0].anchor if ordered else ""
    return Event(
        when=frame.moment(stored.digest.made_at),
        path=f"{stored.path}#{anchor}" if anchor else stored.path,
        badge=badge,
        badge_label=badge_label,
        lines=tuple(line for telling in ordered if telling.anchor for line in _lines(frame, telling.story)),
        fixes=tuple(_fix(frame, fix) for fix in fixes),
        remark=frame.labels["archive.named"] if ordered and not anchor else "",
    )


def _lines(frame: _Frame, story: Story) -> Iterator[LineView]:
    """What changed; of a story that was new, what it says first."""
    cards = {summary.post.key: summary for summary in story.summaries}
    homes = {
        key: Home(letter, cards[key].post, cards[key].engine, n)
        for n, (letter, key) in enumerate(letters_of(story).items())
    }
    lines = Lines(frame.labels, homes, copies=frozenset(story.copies))
    for claim in _first(story):
        yield lines.line(claim)


def _first(story: Story) -> Sequence[Claim]:
    if story.standing == "continuing":
        return ()
    first = own(story)[0]
    claims = [claim for claim in story.claims or first.claims if claim.kind != "question"]
    return story.changed or (first.bottom_line or [*first.embeds, *claims])[:_SHOWN_LINES]


def _fix(frame: _Frame, fixed: PrintedCorrection) -> CorrectionRow:
    correction = fixed.correction
    language = correction.post.language
    changes = [
        (outside(one.before, language) if one.before else None, outside(one.after, language) if one.after else None)
        for one in correction.changes
    ]
    label = frame.labels[f"correction.{correction.kind}"]
    return CorrectionRow(label, outside(correction.post.title, language), link_to(correction.post.url), tuple(changes))


def _post(frame: _Frame, card: PostCard) -> tuple[PlainWords, PlainWords, Link | None, str]:
    title = outside(card.title, card.language) if card.title.strip() else outside(frame.labels["untitled"])
    return title, outside(card.source), link_to(card.url), frame.moment(card.published) if card.published else ""


def _question(frame: _Frame, one: QuestionTimeline) -> str:
    events = [_reply(frame, reply) for reply in one.replies]
    days = [reply.stored.digest.made_at.astimezone(frame.zone).date() for reply in one.replies]
    marks = [Point(day, reply.answer.state) for day, reply in zip(days, one.replies, strict=True)]
    return frame.page(
        "archive_question.html.j2",
        "../",
        title=outside(one.replies[-1].answer.question),
        facts=_asked_item(frame, one).facts,
        picture=_picture(frame, marks, events),
        events=events[::-1],
    )


def _reply(frame: _Frame, reply: DigestAnswer) -> Event:
    digest, answer = reply.stored.digest, reply.answer
    cards = {s.post.key: s.post for story in (*digest.stories, *digest.also) for s in story.summaries}
    lines = Lines(frame.labels, {key: Home("", card, answer.engine) for key, card in cards.items()})
    return Event(
        frame.moment(digest.made_at),
        f"{reply.stored.path}#{reply.anchor}" if reply.anchor else reply.stored.path,
        *_state(frame, answer),
        tuple(lines.line(claim) for claim in (*answer.claims, *answer.disputed)[:_SHOWN_LINES]),
    )
