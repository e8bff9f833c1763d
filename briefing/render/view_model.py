"""What stands on a page, in its order, still as plain text: the values that `briefing.render.layout` hands templates.

Text from outside is always an `Outside`, and labels, counts and markers of ours are plain `str`: that is how the
environments of the renderer know what to escape. An `Outside` has been through `one_line` once, for every format.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefing.render.catalogue import Catalogue
from briefing.types import Verdict


class Outside(str):
    """Text from a post, a source, a model or a person, on one line and without control characters."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class PlainWords:
    """Text with its direction and language ("" where unknown); `is_ours` tells labels from words from outside."""

    text: str
    direction: str
    language: str
    is_ours: bool = False

    @property
    def needs_marks(self) -> bool:
        """Whether quotation marks of ours belong around it: not where it brings its own."""
        return self.text[:1] not in tuple('“"«„「『‘')


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A stretch of a line; `is_doubt` where it is a word of report or doubt. A line's pieces join to its text.

    `is_unaccounted` where its sentences do not account for it.
    """

    text: str
    is_doubt: bool
    is_unaccounted: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A safe http(s) address, and its host as it is looked up."""

    url: str
    host: str


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence of evidence: `marker` as in [2]; `is_shown` where the line beside it already is that sentence.

    `place` orders it: the post's place in its story, then the sentence.
    """

    marker: str
    sentence: int
    quote: PlainWords
    link: Link | None
    is_shown: bool
    place: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class LineView:
    """One claim on the page; `rule` is how firm it is at a glance: firm, leaning, loose, denied.

    `mark` is who vouches for it: carried, read, unread; "" of what is no line of ours. `mark_label` says it in words.

    `id` is its name on the page: a mail's markers lead there. `editors` says that the line is a person's, where it is;
    it stands in the voice, too, and a headline has no other place for it.
    """

    words: PlainWords
    pieces: tuple[TextPiece, ...]
    rule: str
    voice: tuple[PlainWords, ...]
    notes: tuple[Note, ...]
    stronger: tuple[Note, ...] = ()
    remarks: tuple[tuple[str, PlainWords], ...] = ()
    id: str = ""
    editors: tuple[PlainWords, ...] = ()
    mark: str = ""
    mark_label: str = ""

    @property
    def sign(self) -> str:
        """The mark as one character, which says the same in black and white."""
        return SIGNS.get(self.mark, "")


VERDICTS: tuple[Verdict, ...] = ("carried", "read", "unread", "withheld")
SIGNS: Mapping[str, str] = {"carried": "●", "read": "◐", "unread": "○", "withheld": "✕"}


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one side or of one who speaks: `facts` is what the desk notes of them, `refs` their lines above."""

    name: PlainWords
    lines: tuple[LineView, ...] = ()
    facts: tuple[PlainWords, ...] = ()
    refs: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockView:
    """Lines under one label; `more` are those a reader opens only when wanted."""

    key: str
    label: str
    lines: tuple[LineView, ...] = ()
    more: tuple[LineView, ...] = ()
    more_label: str = ""
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """One item of the X-ray: what was counted, the sentences where it stands, the words themselves."""

    text: str
    markers: tuple[str, ...] = ()
    words: tuple[PlainWords, ...] = ()
    is_quoted: bool = True
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One post of a story: its letter in the story, who published it and when, and what is counted in it.

    `outlet` is what the desk notes of its source; `image` a `data:` address of the picture it is shown with.
    """

    letter: str
    headline: PlainWords
    written: LineView | None
    link: Link | None
    genre: str
    reason: PlainWords
    author: PlainWords
    source: PlainWords
    host: str
    outlet: tuple[PlainWords, ...]
    published: str
    edited: str
    origin: str
    counts: tuple[Count, ...]
    headline_asks: bool
    headline_extra: tuple[PlainWords, ...]
    image: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A post named in one line: a copy of another's text, or a story that is not told."""

    title: PlainWords
    source: PlainWords
    link: Link | None
    facts: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A story. `title` is None where its one post's headline is its title; `group` opens a new section of the page.

    `is_brief`: it goes on as it was, and takes one line. `parts` are its posts without the copies. `unchecked` tells
    the checks that have no words of a language.
    """

    number: int
    id: str
    title: PlainWords | None
    group: PlainWords | None
    standing: str
    standing_label: str
    facts: tuple[str, ...]
    reasons: tuple[str, ...]
    shared: tuple[PlainWords, ...]
    copies: tuple[Mention, ...]
    parts: tuple[Part, ...]
    blocks: tuple[BlockView, ...]
    notes: tuple[Note, ...]
    is_brief: bool = False
    unchecked: tuple[str, ...] = ()

    @property
    def name(self) -> PlainWords:
        """What it is called in a list of contents."""
        return self.title or (self.parts[0].written.words if self.parts[0].written else self.parts[0].headline)


@dataclass(frozen=True, slots=True)
class Fix:
    """A post that was briefed and has changed since: the words before and after, and our lines that rested on them."""

    mention: Mention
    kind: str
    label: str
    when: str
    changes: tuple[tuple[PlainWords | None, PlainWords | None], ...]
    lines: tuple[PlainWords, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """A key question and what the posts say to it."""

    id: str
    question: PlainWords
    state: str
    state_label: str
    remarks: tuple[str, ...]
    blocks: tuple[BlockView, ...]
    follow_ups: tuple[PlainWords, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the coverage: what our own code counted, then items from outside, each with its reason if it has one."""

    label: str
    counted: tuple[str, ...] = ()
    items: tuple[tuple[PlainWords, PlainWords | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page. `title` is None for a single summary or answer, whose headline is the page's.

    `lead` is the bottom line (`lead_notes` its sentences, where they stand nowhere else), `unanswered` the questions
    that share a line, `sources` the posts a single answer or a checked text rests on, `is_written` whether a model
    wrote it.
    """

    labels: Catalogue
    name: PlainWords
    title: PlainWords | None
    coverage: tuple[Row, ...]
    made: str = ""
    day: str = ""
    period: str = ""
    compared: str = ""
    top: tuple[str, ...] = ()
    failures: tuple[tuple[PlainWords, PlainWords], ...] = ()
    stale: tuple[tuple[PlainWords, PlainWords], ...] = ()
    lead: BlockView | None = None
    lead_notes: tuple[Note, ...] = ()
    fixes: tuple[Fix, ...] = ()
    sections: tuple[Section, ...] = ()
    replies: tuple[Reply, ...] = ()
    unanswered: tuple[PlainWords, ...] = ()
    ahead: BlockView | None = None
    also: tuple[Mention, ...] = ()
    sources: tuple[tuple[str, Mention], ...] = ()
    is_answer: bool = False
    is_written: bool = False
