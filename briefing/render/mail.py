"""A digest in the form of a mail: short enough to finish, its evidence one step away on the page.

Lengths are held by leaving whole lines out, never by cutting one. A word is what stands between spaces, or a Chinese or
Japanese character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from briefing.language.script import word_count
from briefing.render.environments import printed
from briefing.render.escaping import safe_url, wrapped
from briefing.render.html_page import HTML
from briefing.render.layout import lay_out
from briefing.render.text_page import TEXT
from briefing.render.view_model import BlockView, Fix, LineView, Link, Mention, Note, Page, Reply, Section
from briefing.types import Digest

T = TypeVar("T")
_Unit = tuple[str, tuple[LineView, ...]]

MOST_STORIES = 7
LEAD_WORDS, STORY_WORDS, MAIL_WORDS = 60, 100, 900
_FIXES_WORDS, _REPLIES_WORDS, _AHEAD_WORDS, _ALSO_WORDS, _FOOT_WORDS = 120, 110, 50, 60, 45
_FEWEST_STORY_WORDS = 40
_READ_ON_WORDS = 6  # "Read it with the evidence", or the address
_PREHEADER_CHARS = 110
# In the order in which lines are taken, and whether the block's name stands before its first line.
_TAKEN = ("bottom_line", "changed", "disagree", "reports", "why", "missing", "embedded", "argues", "quoted", "asks")
_NAMED = frozenset({"changed", "disagree", "why", "missing", "argues", "embedded", "quoted", "asks"})
_FIRST = {"bottom_line": 2, "changed": 2, "reports": 1, "disagree": 1, "why": 1, "missing": 1}


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail ready to be put into a message: `preheader` is the line a list of mails shows beside the subject."""

    subject: str
    preheader: str
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the mail: the name of its block where it opens one, and where each of its markers leads."""

    label: str
    line: LineView
    marks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MailStory:
    """A story of the mail; `link` leads to the story on the page, or to its post."""

    section: Section
    link: Link | None
    items: tuple[Item, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Short:
    """The page as a mail carries it; `more_url` leads to the page where that names more."""

    page: Page
    lead: tuple[Item, ...] = ()
    fixes: tuple[Fix, ...] = ()
    stories: tuple[MailStory, ...] = ()
    replies: tuple[tuple[Reply, tuple[Item, ...]], ...] = ()
    ahead: tuple[Item, ...] = ()
    also: tuple[Mention, ...] = ()
    more_url: str = ""
    foot: Mapping[str, str] = field(default_factory=dict)


def render_mail(
    digest: Digest,
    *,
    page_url: str | None = None,
    unsubscribe: str = "",
    organisation: str = "",
    language: str | None = None,
    templates: Path | None = None,
    preheader: str | None = None,
) -> Mail:
    """The digest as a mail. `page_url` is where its page stands: markers lead there, without one to the sources.

    `unsubscribe` is the address of the link at the foot, or the placeholder that the mailer replaces by it, printed as
    given; `organisation` the line of who sends it and from where. `preheader` replaces the first thing said.
    ConfigError as for `render`.
    """
    page = lay_out(digest, language)
    foot = {"unsubscribe": unsubscribe, "organisation": organisation}
    short = _Cutter(safe_url(page_url) if page_url else None).cut(page, foot)
    subject = f"{page.name.text}{page.labels['comma']}{page.day}".replace("=?", "= ?")
    preheader = _preheader(short) if preheader is None else preheader
    values = {"mail": short, "page": short.page, **foot}
    html = printed("mail.html.j2", HTML, page.labels, templates, preheader=preheader, **values)
    return Mail(
        subject=subject,
        preheader=preheader,
        html=re.sub(r"\s*\n\s*", "\n", html).strip() + "\n",
        text=wrapped(printed("mail.txt.j2", TEXT, page.labels, templates, **values)),
    )


def _preheader(short: Short) -> str:
    """The first thing said, whole words of it."""
    said = [item.line.words.text for item in short.lead] or [told.section.name.text for told in short.stories]
    text = " ".join(said)
    return text if len(text) <= _PREHEADER_CHARS else text[:_PREHEADER_CHARS].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _words(text: str) -> int:
    """Words however one counts them: by spaces or by letters, whichever is more."""
    return max(word_count(text), len(text.split()))


def _cost(line: LineView, label: str = "") -> int:
    voice = " · ".join(words.text for words in line.voice)
    marks = " ".join(f"[{note.marker}]" for note in line.notes)
    return _words(f"- {label}: {voice}: {line.words.text} {marks}")


@dataclass(frozen=True, slots=True)
class _Cutter:
    """Chooses what a mail carries; `page_url` is safe, or None."""

    page_url: str | None

    def cut(self, page: Page, foot: Mapping[str, str]) -> Short:
        lead = self.fitting(_alone(page.lead.lines if page.lead else ()), LEAD_WORDS)
        fixes = tuple(_within(page.fixes, _fix_words, _FIXES_WORDS))
        replies = tuple(self.replies(page))
        ahead = self.fitting(_alone(page.ahead.lines if page.ahead else ()), _AHEAD_WORDS)
        told, left = page.sections[:MOST_STORIES], page.sections[MOST_STORIES:]
        named = [*map(_mentioned, left), *page.also]
        also = tuple(_within(named, _mention_words, _ALSO_WORDS))
        used = sum(_cost(item.line, item.label) for item in (*lead, *ahead)) + sum(map(_fix_words, fixes))
        used += sum(_reply_words(reply, items) for reply, items in replies) + sum(map(_mention_words, also))
        used += _words(" · ".join((page.name.text, page.made, page.period, page.compared, *page.top)))
        used += sum(_words(f"{what.text} {why.text}") + 6 for what, why in (*page.failures, *page.stale))
        used += _FOOT_WORDS + _words(foot["organisation"])
        used += sum(_words(section.group.text) for section in told if section.group)
        each = max(_FEWEST_STORY_WORDS, min(STORY_WORDS, (MAIL_WORDS - used) // max(1, len(told))))
        return Short(
            page=page,
            lead=lead,
            fixes=fixes,
            stories=tuple(self.story(section, each) for section in told),
            replies=replies,
            ahead=ahead,
            also=also,
            more_url=(self.page_url or "") if len(also) < len(named) or len(fixes) < len(page.fixes) else "",
            foot=foot,
        )

    def story(self, section: Section, words: int) -> MailStory:
        part = section.parts[0]
        head = f"{section.number}. {section.name.text} {section.standing_label} {' '.join(section.facts)} {part.genre}"
        head += f" · {part.source.text} · {' '.join(fact.text for fact in part.outlet)} · {part.published}"
        head += " ".join(mention.source.text for mention in section.copies)
        link = Link(f"{self.page_url}#{section.id}", "") if self.page_url else part.link
        items = self.fitting(_offered(section.blocks), words - _words(head) - _READ_ON_WORDS)
        has_more = len(items) < sum(len(lines) for block in section.blocks for lines in _units(block))
        return MailStory(section, link, items, has_more)

    def replies(self, page: Page) -> Iterator[tuple[Reply, tuple[Item, ...]]]:
        left = _REPLIES_WORDS - sum(_words(words.text) + 1 for words in page.unanswered)
        for reply in page.replies:
            lines = [line for block in reply.blocks if block.key != "missing" for line in block.lines][:2]
            head = _words(f"{reply.question.text} {reply.state_label}")
            items = self.fitting(_alone(lines), left - head)
            if not items:
                continue
            left -= _reply_words(reply, items)
            yield reply, items

    def fitting(self, offered: Iterable[_Unit], words: int) -> tuple[Item, ...]:
        """Lines in the order in which they are offered, those left out that no longer fit."""
        taken: list[Item] = []
        named: set[str] = set()
        for label, lines in offered:
            label = "" if label in named else label
            labels = (label, *[""] * (len(lines) - 1))
            cost = sum(_cost(line, name) for name, line in zip(labels, lines, strict=True))
            if cost <= words:
                words -= cost
                named.add(label)
                taken += [Item(name, line, tuple(self.marks(line))) for name, line in zip(labels, lines, strict=True)]
        return tuple(taken)

    def marks(self, line: LineView) -> Iterator[tuple[str, str]]:
        for note in line.notes:
            yield note.marker, self.target(line, note)

    def target(self, line: LineView, note: Note) -> str:
        if self.page_url and line.id:
            return f"{self.page_url}#{line.id}"
        return note.link.url if note.link else ""


def _offered(blocks: Iterable[BlockView]) -> Iterator[_Unit]:
    """A story's lines, the most telling first: what leads each block, then what is left of them."""
    by_key = {block.key: block for block in blocks}
    units = {key: list(_units(by_key[key])) for key in _TAKEN if key in by_key}
    for rest in (False, True):
        for key, some in units.items():
            first = _FIRST.get(key, 0)
            for lines in some[first:] if rest else some[:first]:
                yield (by_key[key].label if key in _NAMED else ""), lines


def _units(block: BlockView) -> Iterator[tuple[LineView, ...]]:
    """What is told whole or not at all: a line, or every side of a disagreement."""
    yield from ((line,) for line in block.lines)
    yield from (group.lines for group in block.groups if block.key == "disagree")


def _alone(lines: Iterable[LineView]) -> Iterator[_Unit]:
    return (("", (line,)) for line in lines)


def _within(items: Iterable[T], cost: Callable[[T], int], words: int) -> Iterator[T]:
    """The first of the items that together take no more than so many words."""
    for item in items:
        words -= cost(item)
        if words < 0:
            return
        yield item


def _mentioned(section: Section) -> Mention:
    part = section.parts[0]
    return Mention(section.name, part.source, part.link, (), section.number)


def _mention_words(mention: Mention) -> int:
    return _words(f"{mention.number}. {mention.title.text} · {mention.source.text} · {' '.join(mention.facts)}")


def _fix_words(fix: Fix) -> int:
    changed = [words.text for change in fix.changes for words in change if words]
    return _words(f"{fix.label} {fix.mention.title.text} · {fix.mention.source.text} · {fix.when}") + sum(
        _words(text) + 1 for text in changed
    )


def _reply_words(reply: Reply, items: Iterable[Item]) -> int:
    return _words(f"{reply.question.text} {reply.state_label}") + sum(_cost(i.line, i.label) for i in items)
