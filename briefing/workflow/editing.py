"""A person's edit of a finished digest: applied to what was made, checked like every line, carried over a rebuild."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.exceptions import ConfigError
from briefing.language.annotation import annotate
from briefing.render.escaping import one_line
from briefing.render.schema import to_json
from briefing.stories.coverage import coverage
from briefing.types import Answer, Claim, Digest, Document, Failure, Notice, Story, Summary
from briefing.verify.citation import evidence
from briefing.verify.verifier import verify
from briefing.workflow.digest_folder import DIGEST, check_digest_folder, read_made, render_again, without_files
from briefing.workflow.digest_folder import read_digest_folder as read_folder
from briefing.workflow.digest_folder import write_digest_folder as write_folder
from briefing.workflow.edit_file import (
    EDIT,
    MISSING,
    OWN,
    Citation,
    Edit,
    EditError,
    EditLine,
    EditPart,
    LabelledLine,
    Numbering,
    edit_text,
    field_of,
    line_name,
    listed,
    name_of_question,
    name_of_story,
    own,
    parts_of,
    read_edit,
    shown_headline,
    text_of_edit,
    wrong,
)
from briefing.workflow.regular_files import read_regular
from briefing.workflow.whole_folder import change_folder

if TYPE_CHECKING:
    from briefing.store import Store

__all__ = [
    "EDIT",
    "MADE",
    "EditError",
    "RenderResult",
    "apply_edit",
    "carry_over",
    "check_edited_folder",
    "edit_text",
    "remember_edit",
    "render_folder",
    "start",
    "write_edited",
]

MADE = "made.json"


# --- applied ----------------------------------------------------------------------------------------------------------


def apply_edit(digest: Digest, documents: Mapping[str, Document], text: str) -> Digest:
    """The digest as made, with the edit of it in `text`; the very same where nothing was edited.

    A line that the editor changed or added is of origin "editor". Its sentences must carry it, as any line's; without
    any it stands unchecked, and the coverage says so. EditError where the file is wrong or a line does not stand.
    """
    return _EditApplication.of(digest, documents, read_edit(text)).digest()


@dataclass(slots=True)
class _EditApplication:
    """An edit on its way into a digest: `fallen` are the lines that do not stand, by their number in the file."""

    made: Digest
    documents: Mapping[str, Document]
    edit: Edit
    numbering: Numbering
    fallen: dict[int, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, made: Digest, documents: Mapping[str, Document], edit: Edit) -> _EditApplication:
        annotated = {key: annotate(document) for key, document in documents.items()}
        return cls(made, annotated, edit, Numbering.of(made, edit.parts))

    def digest(self) -> Digest:
        """The edited digest. EditError with every line that does not stand."""
        stories = {name_of_story(story): story for story in (*self.made.stories, *self.made.also)}
        asked = {name_of_question(answer): answer for answer in self.made.answers}
        told: list[Story] = []
        also: list[Story] = []
        answers: list[Answer] = []
        for part in self.edit.parts:
            if part.kind == "story":
                story = self.story(part, _known(part, stories))
                (also if part.is_also else told).append(story)
            elif part.kind == "question":
                answers.append(self.answer(part, _known(part, asked)))
        lead = self.lead()
        title = self.made.title if self.edit.title in (None, one_line(self.made.title)) else self.edit.title or ""
        self.count("title changed", title != self.made.title)
        self.count("story left out", len(stories) - len(told) - len(also))
        self.count("question left out", len(asked) - len(answers))
        if self.fallen:
            raise EditError([self.fallen[number] for number in sorted(self.fallen)], is_unsupported=True)
        found = replace(
            self.made, title=title, stories=tuple(told), also=tuple(also), bottom_line=lead, answers=tuple(answers)
        )
        return self.made if found == self.made else self.covered(found)

    def count(self, what: str, number: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + number

    # --- lines --------------------------------------------------------------------------------------------------------

    def lines(
        self, part: EditPart, made: Mapping[str, LabelledLine], story: str | None
    ) -> list[tuple[EditLine, Claim | str]]:
        """The part's lines in the order of the file, each as it is to be shown."""
        found = [(said, self.line(said, made, story)) for said in part.lines]
        self.count("line left out", len(made.keys() - {said.name for said, _ in found}))
        return found

    def line(self, said: EditLine, made: Mapping[str, LabelledLine], story: str | None) -> Claim | str:
        if said.label == MISSING:
            return self.phrase(said, made)
        if not said.name:
            self.count("line added")
            return self.checked(said, Claim("", said.text, (), kind=_kind(said)), story)
        if said.name not in made:
            raise wrong(said.number, f"no line of that name, {said.name}, is in this part of the digest")
        before = made[said.name].said
        if isinstance(before, str):
            raise wrong(said.number, f"stands under “{MISSING}” and cannot be moved from there")
        cited = self.cited(said, before, story)
        is_same = cited is None or self.numbering.written(cited, story) == self.numbering.written(_cited(before), story)
        if is_same and said.text == one_line(before.text) and said.cites != OWN:
            return before
        self.count("line changed")
        kept = replace(before, text=said.text, certainty="asserted", hedges=(), put_more_strongly=(), check=None)
        return self.checked(said, kept if is_same else replace(kept, evidence=(), speaker=None), story)

    def phrase(self, said: EditLine, made: Mapping[str, LabelledLine]) -> str:
        """What the posts do not say can be left out; what is added to it would rest on nothing."""
        before = made[said.name].said if said.name in made else None
        if not isinstance(before, str) or one_line(before) != said.text:
            raise wrong(said.number, f"what stands under “{MISSING}” can be left out, not changed; say it as a line")
        return before

    def cited(self, said: EditLine, before: Claim | None, story: str | None) -> tuple[Citation, ...] | None:
        """The sentences that a line names; None where it names none and so keeps those it had."""
        if said.cites is None or (said.cites == "" and before and not before.evidence):
            return None
        return self.numbering.cited(said, story)

    def checked(self, said: EditLine, claim: Claim, story: str | None) -> Claim:
        """The editor's line with its evidence and the verifier's verdict; one without evidence has none."""
        grounds = claim.evidence or tuple(self.evidence(said, story))
        claim = replace(claim, id=claim.id or f"e{said.number}", evidence=grounds, origin="editor")
        if not grounds or said.cites == OWN:
            self.count("line without evidence, not checked")
            return replace(claim, evidence=(), speaker=None)
        found = verify(claim, self.documents)
        if found.text != claim.text or found.check is None or found.check.verdict == "withheld":
            self.fallen[said.number] = _fallen(said, found)
        return found

    def evidence(self, said: EditLine, story: str | None) -> Iterable[Any]:
        for post, number in self.cited(said, None, story) or ():
            document = self.documents.get(post)
            if document is None or number >= len(document.sentences):
                raise wrong(said.number, f"there is no sentence [{number}] in that post")
            if story is not None and self.numbering.story_of(post) != story:
                raise wrong(said.number, "the lines of a story rest on its own posts; say it in the bottom line")
            yield evidence(document, number)

    # --- parts --------------------------------------------------------------------------------------------------------

    def lead(self) -> tuple[Claim, ...]:
        part = self.edit.part("", "lead") or EditPart("lead")
        made = {line_name(claim): LabelledLine("", claim) for claim in self.made.bottom_line}
        return tuple(claim for _, claim in self.lines(part, made, None) if isinstance(claim, Claim))

    def answer(self, part: EditPart, answer: Answer) -> Answer:
        made = listed(answer)
        if part.is_bare and made:
            raise wrong(part.number, "nothing stands under the question; delete its === line, too, to leave it out")
        lines = self.lines(part, made, None)
        if _is_as_made(lines, made):
            return answer
        if answer.state == "unanswered" and any(isinstance(c, Claim) and not c.evidence for _, c in lines):
            raise wrong(part.number, "the posts do not answer it; a line needs the sentences that do, as in [s1 2]")
        filled = _PartLines.of(lines, made, lambda said: (-1, "claims"))
        claims = filled.claims((-1, "claims"), answer.claims)
        return replace(
            answer,
            state="partly" if answer.state == "unanswered" and claims else answer.state,
            claims=claims,
            changed=filled.claims((-1, "changed"), answer.changed),
            disputed=filled.claims((-1, "disputed"), answer.disputed),
            positions=_sides(answer.positions, filled, least=1),
            missing=filled.phrases(answer.missing),
        )

    def story(self, part: EditPart, story: Story) -> Story:
        if part.is_bare:
            return story
        story = self.headed(part, story)
        made = listed(story)
        if not made and part.lines:
            raise wrong(part.lines[0].number, "the story goes on as it was and is only named; it shows no lines")
        lines = self.lines(part, made, part.name)
        if _is_as_made(lines, made):
            return story
        filled = _PartLines.of(lines, made, lambda said: _home(said, story, self.numbering))
        return replace(
            story,
            claims=filled.claims((-1, "claims"), story.claims),
            changed=filled.claims((-1, "changed"), story.changed),
            positions=_sides(story.positions, filled, least=1),
            disagreements=_sides(story.disagreements, filled, least=2),
            summaries=tuple(_summary(summary, n, filled) for n, summary in enumerate(story.summaries)),
        )

    def headed(self, part: EditPart, story: Story) -> Story:
        """The story under the editor's headline; that of a single post stands above the source's own."""
        said, (text, claim) = part.headline, shown_headline(story)
        if said is None or not said.text or one_line(text) in (said.text, said.whole):
            return story
        self.count("headline changed")
        unwritten = Claim("h", said.text, ())
        kept = replace(claim, text=said.text, certainty="asserted", hedges=(), check=None) if claim else unwritten
        checked = self.checked(said, replace(kept, evidence=()) if said.cites else kept, part.name)
        first = own(story)
        if len(first) > 1 or story.title not in (first[0].post.title, ""):
            return replace(story, title=said.text)
        headed = replace(first[0], written_headline=checked)
        return replace(story, summaries=tuple(headed if s is first[0] else s for s in story.summaries))

    # --- coverage -----------------------------------------------------------------------------------------------------

    def covered(self, found: Digest) -> Digest:
        """The digest with its coverage counted again: what was left out, and what is the editor's."""
        made, stories = self.made.coverage, (*found.stories, *found.also)
        used = [self.documents[s.post.key] for story in stories for s in story.summaries]
        keys = {document.key for document in used}
        before = [s for story in (*self.made.stories, *self.made.also) for s in story.summaries]
        out = [Failure(s.post.title or s.post.key, _LEFT_OUT) for s in before if s.post.key not in keys]
        counted = coverage(
            used,
            stories,
            sources=made.sources,
            sources_failed=made.sources_failed,
            posts_dropped=[*made.posts_dropped, *out],
            engine=made.engine,
            bottom_line=found.bottom_line,
            answers=found.answers,
            fallbacks=made.fallbacks,
            sources_stale=made.sources_stale,
            model=made.model,
            not_posts=Counter(made.not_posts).elements(),
        )
        note = Failure("the editor", self.note())
        return replace(found, coverage=replace(counted, provenance=(*counted.provenance, note)))

    def note(self) -> Notice:
        """What a person did, for the coverage."""
        said = tuple(_CHANGES[what](number) for what, number in sorted(self.counts.items()) if number)
        if not said:
            return Notice("edited by a person: another order")
        return Notice("edited by a person: {changes}", changes=said)


# fmt: off
_CHANGES: Mapping[str, Callable[[int], Notice]] = {
    "title changed": lambda _: Notice("1 title changed"),
    "headline changed": lambda n: Notice("1 headline changed") if n == 1 else Notice("{n} headlines changed", n=n),
    "story left out": lambda n: Notice("1 story left out") if n == 1 else Notice("{n} stories left out", n=n),
    "question left out": lambda n: Notice("1 question left out") if n == 1 else Notice("{n} questions left out", n=n),
    "line left out": lambda n: Notice("1 line left out") if n == 1 else Notice("{n} lines left out", n=n),
    "line added": lambda n: Notice("1 line added") if n == 1 else Notice("{n} lines added", n=n),
    "line changed": lambda n: Notice("1 line changed") if n == 1 else Notice("{n} lines changed", n=n),
    "line without evidence, not checked": lambda n: (
        Notice("1 line without evidence, not checked") if n == 1
        else Notice("{n} lines without evidence, not checked", n=n)
    ),
}
# fmt: on


_LEFT_OUT = Notice("left out by the editor")


def _known(part: EditPart, made: Mapping[str, Any]) -> Any:
    if part.name not in made:
        raise wrong(part.number, f"no {part.kind} of that name, {part.name}, is in this digest")
    return made[part.name]


def _cited(claim: Claim) -> list[Citation]:
    return [(piece.post, piece.sentence) for piece in claim.evidence]


def _kind(said: EditLine) -> Any:
    if said.label == "asks" or said.text.endswith(("?", "؟", "？")):
        return "question"
    return "opinion" if said.label == "argues" else "fact"


def _fallen(said: EditLine, found: Claim) -> str:
    """Why a line does not stand; where other words would, these."""
    reasons = "; ".join(found.check.reasons) if found.check else ""
    would = f"; this would stand: {found.text}" if found.text != said.text else ""
    return f"{EDIT} line {said.number}: “{said.text}” [{said.cites or ''}]: {reasons}{would}"


def _is_as_made(lines: Sequence[tuple[EditLine, Claim | str]], made: Mapping[str, LabelledLine]) -> bool:
    return [shown for _, shown in lines] == [line.said for line in made.values()]


def _home(said: EditLine, story: Story, numbering: Numbering) -> tuple[int, str]:
    """The list that a line of the editor's stands in: the story's, or that of the post it rests on."""
    name = field_of(said.label)
    if name == "claims" and story.claims:
        return (-1, "claims")
    cited = numbering.cited(said, name_of_story(story)) if said.cites not in (None, OWN) else ()
    posts = [summary.post.key for summary in story.summaries]
    first = next((key for key, _ in cited), own(story)[0].post.key)
    return posts.index(first), name


@dataclass(frozen=True, slots=True)
class _PartLines:
    """What became of the lines of a part: `fates` of those it has, by name, `ranks` their order; `added` by list.

    `covers` are the sentences of those that were left out or changed: a claim that is not shown itself, but was merged
    into one of these, goes with it.
    """

    fates: Mapping[str, Claim | str]
    ranks: Mapping[str, int]
    added: Mapping[tuple[int, str], Sequence[tuple[int, Claim]]]
    made: Mapping[str, LabelledLine]
    covers: Sequence[frozenset[Citation]]

    @classmethod
    def of(
        cls,
        lines: Sequence[tuple[EditLine, Claim | str]],
        made: Mapping[str, LabelledLine],
        home: Callable[[EditLine], tuple[int, str]],
    ) -> _PartLines:
        fates = {said.name: shown for said, shown in lines if said.name}
        added: dict[tuple[int, str], list[tuple[int, Claim]]] = {}
        for rank, (said, shown) in enumerate(lines):
            if not said.name and isinstance(shown, Claim):
                added.setdefault(home(said), []).append((rank, shown))
        ranks = {said.name: rank for rank, (said, _) in enumerate(lines) if said.name}
        other = [line.said for name, line in made.items() if fates.get(name) != line.said]
        covers = [frozenset(_cited(claim)) for claim in other if isinstance(claim, Claim)]
        return cls(fates, ranks, added, made, covers)

    def claims(self, where: tuple[int, str], claims: Sequence[Claim]) -> tuple[Claim, ...]:
        """A list of claims as the editor wants it: in the file's order where that is another than was made."""
        kept: list[tuple[float, Claim]] = []
        rank = -1.0
        for claim in claims:
            name = line_name(claim)
            rank = self.ranks.get(name, rank)
            shown = self.fates.get(name) if name in self.made else self.hidden(claim)
            if isinstance(shown, Claim):
                kept.append((rank, shown))
        kept += self.added.get(where, ())
        return tuple(claim for _, claim in sorted(kept, key=lambda pair: pair[0]))

    def phrases(self, missing: Sequence[str]) -> tuple[str, ...]:
        """What is not said, without what was left out."""
        gone = self.made.keys() - self.fates.keys()
        return tuple(phrase for phrase in missing if line_name(phrase) not in gone)

    def hidden(self, claim: Claim) -> Claim | None:
        cited = frozenset(_cited(claim))
        return None if cited and any(cited <= cover for cover in self.covers) else claim


def _summary(summary: Summary, index: int, filled: _PartLines) -> Summary:
    fields = ("bottom_line", "embeds", "claims", "why_it_matters", "disputed", "questions", "quotes")
    lists: dict[str, Any] = {name: filled.claims((index, name), getattr(summary, name)) for name in fields}
    return replace(summary, **lists, missing=filled.phrases(summary.missing))


def _sides(sides: Sequence[Any], filled: _PartLines, *, least: int) -> tuple[Any, ...]:
    """Positions or disagreements without those that too few lines are left of."""
    found = [replace(side, claims=filled.claims((-2, ""), side.claims)) for side in sides]
    return tuple(side for side in found if len(side.claims) >= least)


# --- carried over -----------------------------------------------------------------------------------------------------


def carry_over(old_made: Digest, text: str, new_made: Digest) -> tuple[str, tuple[str, ...]]:
    """The edit of one digest as an edit of the digest made again, and what of it no longer fits, a line each.

    Stories are the same that share a post, lines those of the same words and sentences. What is new in the digest comes
    in as it was made. EditError where the file cannot be read.
    """
    carried = _EditTransfer(old_made, read_edit(text), new_made)
    edit = carried.edit()
    return text_of_edit(new_made, edit, carried.lost), tuple(carried.lost)


class _EditTransfer:
    """An edit on its way from the digest it was made of to another."""

    def __init__(self, old: Digest, edit: Edit, new: Digest) -> None:
        self.old, self.now, self.new = parts_of(old), edit, parts_of(new)
        self.numbered = Numbering.of(old, edit.parts)
        self.numbering = Numbering.of(new)
        self.matches = _matches(old, new)
        self.lost: list[str] = []

    def edit(self) -> Edit:
        title = self.new.title if self.now.title in (None, self.old.title) else self.now.title
        parts = [self.part(part) for part in self.new.parts]
        found = Edit(title, tuple(self.ordered([part for part in parts if part])))
        for before in self.old.parts:
            if before.kind != "lead" and before.name not in self.matches.values():
                self.tell_gone(before)
        return found

    def before(self, part: EditPart) -> EditPart | None:
        """The part of the old digest that is the same."""
        name = part.name if part.kind != "story" else self.matches.get(part.name, "-")
        return self.old.part(name, part.kind)

    def part(self, part: EditPart) -> EditPart | None:
        """A part of the new digest as the editor had it; None where it was left out."""
        before = self.before(part)
        if before is None:
            return part
        now = self.now.part(before.name, before.kind)
        if now is None:
            return part if part.kind == "lead" and not before.lines else None
        is_also = part.is_also if now.is_also == before.is_also else now.is_also
        if now.is_bare and part.kind == "story":
            return replace(part, is_also=is_also)
        if part.is_also and (before.lines or now.lines):
            self.tell_gone(before)
            return part
        return replace(
            part, is_also=is_also, headline=self.headline(before, now, part), lines=tuple(self.lines(before, now, part))
        )

    def headline(self, before: EditPart, now: EditPart, part: EditPart) -> EditLine | None:
        said, was = now.headline, before.headline
        if said is None or not said.text or (was and (said.text == was.text or said.whole == was.whole)):
            return part.headline if said else None
        return self.moved(said, before, part)

    def lines(self, before: EditPart, now: EditPart, part: EditPart) -> list[EditLine]:
        """The new part's lines without those left out, with the editor's words, and with his own where he put them."""
        was = {line.name: line for line in before.lines}
        kept = {line.name: line for line in now.lines if line.name}
        found = [
            kept_line
            for line in part.lines
            if (kept_line := self.line(line, was.get(line.name), kept.get(line.name), before, part))
        ]
        found = _in_order(found, [line.name for line in before.lines], [line.name for line in now.lines if line.name])
        after = ""
        for line in now.lines:
            known = any(line.name == other.name for other in part.lines)
            if not line.name or (not known and self.is_changed(line, was.get(line.name))):
                if line.name:
                    self.lost.append(f"the line that you changed to “{line.text}” is not there any more: kept as yours")
                mine = self.moved(replace(line, name=""), before, part)
                if mine:
                    at = next((n + 1 for n, other in enumerate(found) if other.name == after and after), None)
                    found.insert(len(found) if at is None else self.behind(found, at), mine)
            elif known:
                after = line.name
        gone = was.keys() - {line.name for line in now.lines} - {line.name for line in part.lines}
        again = [was[name].text for name in was if name in gone and self.is_reworded(was[name], before, part)]
        self.lost += [f"you left out “{text}”; a line on the same sentences is there again" for text in again]
        return found

    def behind(self, found: Sequence[EditLine], at: int) -> int:
        """Past the lines of the editor's own that stand there already."""
        while at < len(found) and not found[at].name:
            at += 1
        return at

    def line(
        self, line: EditLine, was: EditLine | None, now: EditLine | None, before: EditPart, part: EditPart
    ) -> EditLine | None:
        if was is None:
            return line
        if now is None:
            return None
        return self.moved(now, before, part) or line if self.is_changed(now, was) else line

    def is_changed(self, now: EditLine, was: EditLine | None) -> bool:
        return was is not None and (now.text != was.text or now.cites not in (None, was.cites))

    def is_reworded(self, was: EditLine, before: EditPart, part: EditPart) -> bool:
        if not was.cites:
            return False
        cited = set(self.numbered.cited(was, before.name if before.kind == "story" else None))
        story = part.name if part.kind == "story" else None
        old = {line.name for line in before.lines}
        return any(
            set(self.numbering.cited(line, story)) == cited
            for line in part.lines
            if line.cites and line.name not in old
        )

    def moved(self, said: EditLine, before: EditPart, part: EditPart) -> EditLine | None:
        """A line of the editor's with its sentences as the new digest numbers them; None where their post is gone."""
        if said.cites is None or said.cites == OWN:
            return said
        cited = self.numbered.cited(said, before.name if before.kind == "story" else None)
        story = part.name if part.kind == "story" else None
        homes = [self.numbering.story_of(post) for post, _ in cited]
        if None in homes or (story and any(home != story for home in homes)):
            self.lost.append(f"“{said.text}”: a post that it rests on is not in that story any more")
            return None
        return replace(said, cites=self.numbering.written(cited, story))

    def tell_gone(self, before: EditPart) -> None:
        """What the editor did to a part that is no longer told."""
        now = self.now.part(before.name, before.kind)
        was = {line.name: line for line in before.lines}
        mine = [line for line in now.lines if not line.name or self.is_changed(line, was.get(line.name))] if now else []
        self.lost += [f"“{line.text}”: the {before.kind} “{before.title}” is not told any more" for line in mine]

    def ordered(self, parts: list[EditPart]) -> list[EditPart]:
        """The stories in the editor's order, where he chose one; a new one stays behind the one it followed."""
        stories = [part for part in parts if part.kind == "story"]
        others = [part for part in parts if part.kind != "story"]
        was = [part.name for part in self.old.parts if part.kind == "story"]
        now = [part.name for part in self.now.parts if part.kind == "story"]
        as_old = {part.name: self.matches.get(part.name, part.name) for part in stories}
        names = _in_order([EditLine("", as_old[part.name]) for part in stories], was, now)
        by_old = {as_old[part.name]: part for part in stories}
        ordered = [by_old[said.name] for said in names]
        return [*others[:1], *(p for p in ordered if not p.is_also), *others[1:], *(p for p in ordered if p.is_also)]


def _in_order(lines: list[EditLine], was: Sequence[str], now: Sequence[str]) -> list[EditLine]:
    """The lines in the order of `now`, where that is not the one of `was`; one of neither follows its neighbour."""
    place = {name: n for n, name in enumerate(now)}
    if [name for name in was if name in place] == [name for name in now if name in was]:
        return lines
    ranked, rank = [], -1
    for line in lines:
        rank = place.get(line.name, rank)
        ranked.append((rank, line))
    return [line for _, line in sorted(ranked, key=lambda pair: pair[0])]


def _matches(old: Digest, new: Digest) -> dict[str, str]:
    """Of the names of the new stories and questions, those of the old ones they are the same as, each once."""
    before = [(name_of_story(story), _posts(story)) for story in (*old.stories, *old.also)]
    found: dict[str, str] = {name_of_question(answer): name_of_question(answer) for answer in new.answers}
    for story in (*new.stories, *new.also):
        shared = [(len(_posts(story) & posts), name) for name, posts in before if name not in found.values()]
        most, name = max(shared, key=lambda pair: pair[0], default=(0, ""))
        if most:
            found[name_of_story(story)] = name
    return found


def _posts(story: Story) -> set[str]:
    return {summary.post.key for summary in story.summaries}


# --- folders ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RenderResult:
    """The files written, the digest in them, and what of an edit did not fit, a line each; `made` is it unedited."""

    paths: tuple[Path, ...]
    digest: Digest
    lost: tuple[str, ...] = ()
    made: Digest | None = None


def start(folder: Path) -> Path:
    """The edit file of a finished digest's folder, made where there is none yet, and the digest as made beside it."""
    digest, _ = read_folder(folder)
    path = folder / EDIT
    if path.is_file():
        return path
    files = {MADE: to_json(without_files(digest)), EDIT: edit_text(digest)}
    change_folder(folder, {name: text.encode() for name, text in files.items()}, made=lambda target: {MADE})
    return path


def check_edited_folder(folder: Path, formats: Iterable[str]) -> None:
    """ConfigError where `write_edited` could not write there, as far as can be seen before a digest is made."""
    check_digest_folder(folder, formats, beside=(EDIT, MADE))
    _kept(folder)


def render_folder(folder: Path, *, templates: Path | None = None) -> RenderResult:
    """Every file of a finished digest rendered again, with the edit that stands beside it, if there is one.

    EditError, and every file as it was, where the edit is wrong or one of its lines does not stand.
    """
    digest, documents = read_folder(folder)
    text, made = _kept(folder)
    if text is not None and made is not None:
        digest = apply_edit(made, documents, text)
        return RenderResult(tuple(render_again(folder, templates=templates, digest=digest)), digest, made=made)
    return RenderResult(tuple(render_again(folder, templates=templates)), digest)


def _kept(folder: Path) -> tuple[str | None, Digest | None]:
    """The edit of a folder and the digest it is of."""
    path = folder / EDIT
    if not path.is_file():
        return None, None
    try:
        text = read_regular(path, most=_MOST_EDITED).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise EditError([f"{EDIT}: not UTF-8 ({error}); save it as UTF-8"]) from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    if not (folder / MADE).is_file():
        raise ConfigError(f"{folder / MADE}: missing, so it cannot be told what {EDIT} changes; delete {EDIT}")
    return text, read_made(folder, MADE)


_MOST_EDITED = 10_000_000


def write_edited(
    made: Digest,
    documents: Sequence[Document],
    folder: Path,
    *,
    formats: Iterable[str],
    templates: Path | None = None,
    images: Mapping[str, str] | None = None,
) -> RenderResult:
    """A digest written into its folder as `briefing.workflow.digest_folder.write` does it; where the folder holds an
    edit of a digest made before, with what of that still fits. What does not fit stands at its end, as comment."""
    text, old = _kept(folder) if (folder / DIGEST).is_file() else (None, None)
    beside: dict[str, bytes | None] = {EDIT: None, MADE: None}
    digest = made
    lost: tuple[str, ...] = ()
    if text is not None and old is not None:
        by_key = {document.key: document for document in documents}
        text, digest, lost = _fitted(old, text, made, by_key)
        beside = {EDIT: text.encode(), MADE: to_json(without_files(made)).encode()}
    paths = write_folder(digest, documents, folder, formats=formats, templates=templates, images=images, beside=beside)
    return RenderResult(tuple(paths), digest, lost, made if text is not None else None)


def _fitted(
    old: Digest, text: str, made: Digest, documents: Mapping[str, Document]
) -> tuple[str, Digest, tuple[str, ...]]:
    """The edit carried over without the lines that do not stand in the new digest."""
    text, lost = carry_over(old, text, made)
    try:
        return text, apply_edit(made, documents, text), lost
    except EditError as error:
        applied = _EditApplication.of(made, documents, read_edit(text))
        fallen = _fallen_of(applied) if error.is_unsupported else {}
        if not fallen:
            raise
    kept = Edit(applied.edit.title, tuple(_without(part, fallen, made) for part in applied.edit.parts))
    lost += tuple(line.split(": ", 1)[1] for line in fallen.values())
    text = text_of_edit(made, kept, lost)
    return text, apply_edit(made, documents, text), lost


def _fallen_of(applied: _EditApplication) -> dict[int, str]:
    try:
        applied.digest()
    except EditError:
        return applied.fallen
    return {}


def _without(part: EditPart, fallen: Mapping[int, str], made: Digest) -> EditPart:
    """The part without the editor's words that fell: a line that has a name stands again as it was made."""
    as_made = parts_of(made).part(part.name, part.kind) or part
    before = {line.name: line for line in as_made.lines}
    lines = [
        before.get(line.name) if line.number in fallen and line.name else line
        for line in part.lines
        if line.name or line.number not in fallen
    ]
    is_headed = part.headline is None or part.headline.number not in fallen
    return replace(
        part,
        headline=part.headline if is_headed else as_made.headline,
        lines=tuple(line for line in lines if line),
    )


def remember_edit(store: Store, made: Digest, digest: Digest) -> bool:
    """Let the store show an edited digest as it was edited; whether it keeps it. What is compared with it stays."""
    import sqlalchemy as sa

    from briefing.store.tables import digests

    same = (digests.c.made_at == made.made_at, digests.c.until == (made.until or made.made_at))
    change = sa.update(digests).where(*same).values(digest=to_json(without_files(digest)))
    return bool(store.database.write(lambda connection: connection.execute(change).rowcount))
