"""A digest as one plain text file that a person edits: written, and read back.

A story is known by its posts, a line by its words and its sentences: six letters and digits before it are its name, the
same in every file that holds it. What stands in brackets at a line's end are its sentences, as on the page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from briefing.exceptions import ConfigError
from briefing.render.escaping import one_line
from briefing.types import Answer, Claim, Digest, Story, Summary

EDIT = "edit.txt"
PartKind = Literal["lead", "question", "story"]
Citation = tuple[str, int]  # a post's key, and the number of a sentence

REPORTS, MISSING = "reports", "not in the posts"
LABELS = (
    *("what changed", "bottom line", "embedded", "they differ", REPORTS, "why it matters", "argues", "disputed"),
    *(MISSING, "asks", "quotes", "who says what", "answer"),
)
_TITLE = 60
OWN = "own"  # in brackets: the editor's own words, which rest on no sentence

_GUIDE = """\
# {title}, made {made}. Edit it here, then run `briefing render` on its folder: every file is made again from it.
#
# Leave out a line, a story or a question: delete it. Another order: move the line, or the story from its === on.
# Other words: change them behind the six letters that name the line. They are then yours, and marked as the editor's.
# A line of your own: "- Your words [2]", with the sentences it rests on: [2 5]; [B2] of post B; [s1 2] of story s1.
# Such a line is checked against its sentences, and one that they do not carry is not printed. Without brackets, or
# with [own], it is shown as the editor's words, unchecked. A story with nothing under its name stays as it was made.
# Below "=== also reported" a story is named only. Lines that begin with # are not read.
"""


class EditError(ConfigError):
    """An edit that cannot be applied: one line for each thing that is wrong, with the number of the file's line.

    `is_unsupported`: the file can be read, but these lines say what their sentences do not carry.
    """

    def __init__(self, lines: Sequence[str], *, is_unsupported: bool = False) -> None:
        super().__init__("\n".join(lines))
        self.lines = tuple(lines)
        self.is_unsupported = is_unsupported


def wrong(number: int, why: str) -> EditError:
    """The error that a line of the file cannot be used."""
    return EditError([f"{EDIT} line {number}: {why}"])


@dataclass(frozen=True, slots=True)
class EditLine:
    """A line of the file: its name ("" for the editor's own), its words, and what stands in brackets behind them.

    `number` is that of the file's line; `cites` None: there are no brackets.
    """

    text: str
    name: str = ""
    cites: str | None = None
    label: str = REPORTS
    number: int = 0

    @property
    def whole(self) -> str:
        """The line with its brackets."""
        return f"{self.text} [{self.cites}]" if self.cites is not None else self.text

    @property
    def said(self) -> tuple[str, str, str | None, str]:
        """What it says, wherever it stands in the file."""
        return self.name, self.text, self.cites, self.label


@dataclass(frozen=True, slots=True)
class EditPart:
    """A story, a question or the bottom line in the file: `name` is its own, `place` the digest's id of it."""

    kind: PartKind
    name: str = ""
    place: str = ""
    title: str = ""
    headline: EditLine | None = None
    lines: tuple[EditLine, ...] = ()
    is_also: bool = False
    number: int = 0

    @property
    def is_bare(self) -> bool:
        """Whether nothing stands under its name."""
        return not self.lines and self.headline is None


@dataclass(frozen=True, slots=True)
class Edit:
    """The whole file."""

    title: str | None
    parts: tuple[EditPart, ...]

    def part(self, name: str, kind: PartKind = "story") -> EditPart | None:
        """The part of that name."""
        return next((part for part in self.parts if (part.kind, part.name) == (kind, name)), None)


# --- names -----------------------------------------------------------------------------------------------------------


def _hash(text: str, length: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def name_of_story(story: Story) -> str:
    """The same wherever its first post is, by key, in it."""
    return _hash(min(summary.post.key for summary in story.summaries), 8)


def name_of_question(answer: Answer) -> str:
    """The same for the same question."""
    return _hash(answer.question, 8)


def line_name(said: Claim | str) -> str:
    """A line's name: of its words and the sentences it rests on."""
    if isinstance(said, str):
        return _hash(f"missing\n{one_line(said)}", 6)
    return _hash("\n".join([one_line(said.text), *(f"{e.post} {e.sentence}" for e in said.evidence)]), 6)


@dataclass(frozen=True, slots=True)
class Numbering:
    """How the sentences of a digest's posts are written: `letters` are those of each story's posts, by its name.

    `places` leads from s1, s2, … to the names of the stories.
    """

    letters: Mapping[str, Mapping[str, str]]
    places: Mapping[str, str]

    @classmethod
    def of(cls, digest: Digest, parts: Iterable[EditPart] = ()) -> Numbering:
        """As in the digest; as in the file, where that has its own s1, s2, …"""
        stories = (*digest.stories, *digest.also)
        places = {story.id: name_of_story(story) for story in stories}
        places |= {part.place: part.name for part in parts if part.kind == "story" and part.place}
        return cls({name_of_story(story): letters_of(story) for story in stories}, places)

    def story_of(self, post: str) -> str | None:
        """The name of the story that the post is in."""
        return next((name for name, posts in self.letters.items() if post in posts.values()), None)

    def written(self, cited: Iterable[Citation], story: str | None) -> str:
        """The sentences as they stand in brackets, in a story or outside of all; without those of no story."""
        found, current = [], story
        places = {name: place for place, name in self.places.items() if _PLACE.fullmatch(place)}
        for post, sentence in cited:
            home = self.story_of(post)
            if home is None:
                continue
            if home != current:
                found.append(places.get(home, home))
                current = home
            letter = next(letter for letter, key in self.letters[home].items() if key == post)
            found.append(f"{letter}{sentence}")
        return " ".join(found)

    def cited(self, said: EditLine, story: str | None) -> tuple[Citation, ...]:
        """The sentences that the brackets of a line name. EditError where they name none."""
        found: list[Citation] = []
        current, letter = story, ""
        for token in _tokens(said.cites or ""):
            if place := _PLACE.fullmatch(token):
                current, letter = self._story(place[1], said.number), ""
            elif sentence := _SENTENCE.fullmatch(token):
                letter = sentence[1] or letter
                found.append((self._post(current, letter, said.number), int(sentence[2])))
        return tuple(dict.fromkeys(found))

    def _story(self, place: str, number: int) -> str:
        place = place if place.startswith("s") or len(place) == _NAME else f"s{place}"
        name = self.places.get(place, place)
        if name not in self.letters:
            raise wrong(number, f"there is no story {place}")
        return name

    def _post(self, story: str | None, letter: str, number: int) -> str:
        if story is None:
            raise wrong(number, "say which story the sentence is of, as in [s1 2]")
        posts = self.letters[story]
        if letter not in posts:
            known = ", ".join(filter(None, posts))
            why = f"say which post, as in [{known.split(', ')[0]}2]" if known else "the story has one post, as in [2]"
            raise wrong(number, f"there is no post {letter} in that story; {why}" if letter else why)
        return posts[letter]


def own(story: Story) -> list[Summary]:
    """The story's posts without the copies of another's text; all of them where nothing would be left."""
    return [summary for summary in story.summaries if summary.post.key not in story.copies] or list(story.summaries)


def letters_of(story: Story) -> dict[str, str]:
    """The posts by their letters, as the page has them: none for one post, those of copies after all others."""
    first = own(story)
    ordered = [*first, *(summary for summary in story.summaries if summary not in first)]
    letters = [_letter(n) for n in range(len(ordered))]
    letters[:1] = [""] if len(first) == 1 else letters[:1]
    return {letter: summary.post.key for letter, summary in zip(letters, ordered, strict=True)}


def _letter(index: int) -> str:
    return chr(ord("A") + index % 26) + (f"{index // 26 + 1}." if index >= 26 else "")


# --- what a digest says, by line --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A line of a digest under its label; `where` is the list it stands in: of which summary (-1: the story's)."""

    label: str
    said: Claim | str
    where: tuple[int, str] = (-1, "")


_FIELDS: Mapping[str, str] = {
    "bottom line": "bottom_line",
    "embedded": "embeds",
    "why it matters": "why_it_matters",
    "disputed": "disputed",
    "quotes": "quotes",
    MISSING: "missing",
}
_ARGUED = ("opinion", "forecast")


def field_of(label: str) -> str:
    """The list of a summary in which the lines under a label stand; a line of no list of its own is a claim."""
    return _FIELDS.get(label, "claims")


def listed(part: Story | Answer) -> dict[str, LabelledLine]:
    """The lines that are shown, by name, each once, in the order of the file. A story that goes on shows none."""
    found: dict[str, LabelledLine] = {}
    if isinstance(part, Story) and part.standing == "continuing":
        return found
    lines = _of_story(part) if isinstance(part, Story) else _of_answer(part)
    for line in sorted(lines, key=lambda line: LABELS.index(line.label)):
        found.setdefault(line_name(line.said), line)
    return found


def _of_answer(answer: Answer) -> Iterator[LabelledLine]:
    for label, field in (("what changed", "changed"), ("answer", "claims"), ("disputed", "disputed")):
        for claim in getattr(answer, field):
            yield LabelledLine(label, claim, (-1, field))
    for position in answer.positions:
        for claim in position.claims:
            yield LabelledLine("who says what", claim)
    for phrase in answer.missing:
        yield LabelledLine(MISSING, phrase, (-1, "missing"))


def _of_story(story: Story) -> Iterator[LabelledLine]:
    for claim in story.changed:
        yield LabelledLine("what changed", claim, (-1, "changed"))
    for claim in story.claims:
        yield LabelledLine(_label(claim), claim, (-1, "claims"))
    for index, summary in enumerate(story.summaries):
        if summary in own(story):
            yield from _of_summary(summary, index, has_claims=not story.claims)
    sides = [claim for one in story.disagreements for claim in one.claims]
    voices = [claim for position in story.positions for claim in position.claims]
    yield from (LabelledLine("they differ", claim) for claim in sides)
    yield from (LabelledLine("who says what", claim) for claim in voices)


def _of_summary(summary: Summary, index: int, *, has_claims: bool) -> Iterator[LabelledLine]:
    for label, field in _FIELDS.items():
        for said in getattr(summary, field):
            yield LabelledLine(label, said, (index, field))
    for claim in summary.claims if has_claims else ():
        yield LabelledLine(_label(claim), claim, (index, "claims"))
    for claim in summary.questions:
        yield LabelledLine("asks", claim, (index, "questions"))


def _label(claim: Claim) -> str:
    if claim.kind == "question":
        return "asks"
    return "argues" if claim.kind in _ARGUED else REPORTS


def shown_headline(story: Story) -> tuple[str, Claim | None]:
    """The headline a story is shown under, and the claim it is, where it was written."""
    first = own(story)
    if len(first) == 1 and story.title in (first[0].post.title, ""):
        written = first[0].written_headline
        return (written.text, written) if written else (first[0].post.title, None)
    return story.title, None


def parts_of(digest: Digest) -> Edit:
    """The file of a digest as it was made."""
    numbering = Numbering.of(digest)
    lead = {line_name(claim): LabelledLine(REPORTS, claim) for claim in digest.bottom_line}
    parts = [EditPart("lead", lines=tuple(_said(lead, numbering, None)))]
    parts += [_story_part(story, numbering, is_also=False) for story in digest.stories]
    for answer in digest.answers:
        lines = tuple(_said(listed(answer), numbering, None))
        title = _shortened(one_line(answer.question))
        parts.append(EditPart("question", name_of_question(answer), answer.id, title, lines=lines))
    parts += [_story_part(story, numbering, is_also=True) for story in digest.also]
    return Edit(one_line(digest.title), tuple(parts))


def _story_part(story: Story, numbering: Numbering, *, is_also: bool) -> EditPart:
    name = name_of_story(story)
    text, written = shown_headline(story)
    part = EditPart("story", name, story.id, _shortened(one_line(text)), is_also=is_also)
    if is_also:
        return part
    cites = numbering.written(_cited(written), name) if written and written.evidence else None
    return replace(
        part, headline=EditLine(one_line(text), cites=cites), lines=tuple(_said(listed(story), numbering, name))
    )


def _shortened(title: str) -> str:
    return title if len(title) <= _TITLE else f"{title[:_TITLE].rstrip()}…"


def _cited(claim: Claim) -> list[Citation]:
    return [(evidence.post, evidence.sentence) for evidence in claim.evidence]


def _said(lines: Mapping[str, LabelledLine], numbering: Numbering, story: str | None) -> Iterator[EditLine]:
    for name, line in lines.items():
        if isinstance(line.said, str):
            yield EditLine(one_line(line.said), name, None, line.label)
        else:
            yield EditLine(one_line(line.said.text), name, numbering.written(_cited(line.said), story), line.label)


# --- written ----------------------------------------------------------------------------------------------------------


def edit_text(digest: Digest) -> str:
    """The file in which a person edits the digest."""
    return text_of_edit(digest, parts_of(digest))


def text_of_edit(digest: Digest, edit: Edit, lost: Sequence[str] = ()) -> str:
    """An edit of the digest as its file; `lost` stands at its end, as comment."""
    guide = _GUIDE.format(title=one_line(digest.title) or "A digest", made=f"{digest.made_at:%Y-%m-%d %H:%M} UTC")
    lines = [*guide.splitlines(), "", f"title: {edit.title or ''}".rstrip()]
    posts = {name_of_story(story): story for story in (*digest.stories, *digest.also)}
    for part in (part for part in edit.parts if not part.is_also):
        lines += ["", *_part_lines(part, posts.get(part.name))]
    if any(part.is_also for part in edit.parts):
        lines += ["", "=== also reported", *(_header(part) for part in edit.parts if part.is_also)]
    if lost:
        lines += ["", "# What no longer fits the digest:", *(f"# {one_line(line)}" for line in lost)]
    return "\n".join(lines) + "\n"


def _header(part: EditPart) -> str:
    if part.kind == "lead":
        return "=== bottom line"
    return f"=== {part.kind} {part.place} {part.name} · {part.title}".rstrip()


def _part_lines(part: EditPart, story: Story | None) -> Iterator[str]:
    yield _header(part)
    if story and len(story.summaries) > 1:
        cards = {summary.post.key: summary.post for summary in story.summaries}
        for letter, key in letters_of(story).items():
            yield f"# {letter}: {one_line(cards[key].source)}: {one_line(cards[key].title)}"
    if story and story.standing == "continuing":
        yield "# It goes on as it was: the page names it only."
    if part.headline:
        yield f"headline: {part.headline.whole}"
    label = "answer" if part.kind == "question" else REPORTS
    for line in part.lines:
        if line.label != label and part.kind != "lead":
            label = line.label
            yield f"{label}:"
        yield f"{line.name or '-'} {line.whole}"


# --- read -------------------------------------------------------------------------------------------------------------

_NAME = 8
_PLACE = re.compile(rf"(s\d+|[0-9a-f]{{{_NAME}}}|\d+(?=:)):?")
_SENTENCE = re.compile(r"([A-Z](?:\d+\.)?)?(\d+)")
_LAST = re.compile(r"^(.*?)\s*(\[[^\[\]]*\])$")
_HEADER = re.compile(rf"===\s*(story|question)\s+(?:(\S+)\s+)?([0-9a-f]{{{_NAME}}})\b(?:\s*·\s*(.*))?")
_LINE = re.compile(r"([0-9a-f]{6})(?:\s+(.*))?$")


def read_edit(text: str) -> Edit:
    """The file as it was edited. EditError, with the number of the line, where it cannot be read."""
    reading = _Reading()
    for number, line in _joined(text):
        reading.take(number, line)
    return reading.edit()


def _joined(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are read, with their numbers; an indented one goes on with the line before it."""
    kept: list[tuple[int, str]] = []
    for number, raw in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        line = one_line(raw).rstrip()
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace() and kept:
            kept[-1] = (kept[-1][0], f"{kept[-1][1]} {line.strip()}")
        else:
            kept.append((number, line.strip()))
    yield from kept


class _Reading:
    """The file read line by line."""

    def __init__(self) -> None:
        self.title: str | None = None
        self.parts: list[EditPart] = []
        self.label = REPORTS
        self.is_also = False

    def edit(self) -> Edit:
        return Edit(self.title, tuple(self.parts))

    def take(self, number: int, line: str) -> None:
        if line.startswith("==="):
            self._open(number, line)
        elif line.startswith("title:") and not self.parts:
            self.title = line.removeprefix("title:").strip()
        elif not self.parts:
            raise wrong(number, "stands before the first ===, where only title: does")
        elif line.startswith("headline:") and self.parts[-1].kind == "story":
            headline = _line(number, line.removeprefix("headline:").strip(), "")
            self.parts[-1] = replace(self.parts[-1], headline=headline)
        elif line.endswith(":") and line[:-1].strip().lower() in LABELS:
            self.label = line[:-1].strip().lower()
        else:
            self._add(number, line)

    def _open(self, number: int, line: str) -> None:
        rest = line.strip("= ").lower()
        if rest == "also reported":
            self.is_also = True
            return
        if rest == "bottom line":
            part = EditPart("lead", number=number)
        else:
            match = _HEADER.fullmatch(line)
            if match is None:
                raise wrong(number, "not the name of a story or question; it must stay as it was")
            kind: PartKind = "story" if match[1] == "story" else "question"
            is_also = self.is_also and kind == "story"
            part = EditPart(kind, match[3], match[2] or "", match[4] or "", is_also=is_also, number=number)
        if any((other.kind, other.name) == (part.kind, part.name) for other in self.parts):
            raise wrong(number, "stands there twice")
        self.parts.append(part)
        self.label = "answer" if part.kind == "question" else REPORTS

    def _add(self, number: int, line: str) -> None:
        part = self.parts[-1]
        if self.is_also and not part.is_also:
            raise wrong(number, "below “also reported” stories are only named")
        if match := re.match(r"[-+*–—•](?:\s+(.*))?$", line):
            said = _line(number, match[1] or "", "", self.label)
        elif match := _LINE.match(line):
            said = _line(number, match[2] or "", match[1], self.label)
        else:
            raise wrong(number, "begins neither with a line's name nor with “- ” for a line of your own")
        if said.name and any(other.name == said.name for other in part.lines):
            raise wrong(number, f"{said.name} stands there twice")
        if said.text:  # a name alone: its words were deleted
            self.parts[-1] = replace(part, lines=(*part.lines, said))
        elif not said.name:
            raise wrong(number, "a line without words")


def _tokens(cites: str) -> list[str]:
    return cites.replace(":", ": ").replace(",", " ").replace(";", " ").split()


def _is_cites(inside: str) -> bool:
    """Whether what stands in brackets names sentences, or says that there are none."""
    is_one = (_PLACE.fullmatch(token) or _SENTENCE.fullmatch(token) for token in _tokens(inside))
    return inside.strip() == OWN or all(is_one)


def _line(number: int, words: str, name: str, label: str = REPORTS) -> EditLine:
    """A line cut into its words and its brackets: of a line that has a name the last ones, else all at its end."""
    found: list[str] = []
    while label != MISSING and (match := _LAST.match(words)) and _is_cites(match[2][1:-1]):
        words = match[1]
        found.insert(0, " ".join(match[2][1:-1].split()))
        if name:
            break
    return EditLine(words, name, " ".join(found).strip() if found else None, label, number)
