"""What a finished digest says of its posts, of its past and of itself, worked out again from its documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefing.language.annotation import Annotated, annotate
from briefing.stories.coverage import coverage
from briefing.stories.merging import merged
from briefing.stories.ranking import outlets
from briefing.stories.status import changes_between
from briefing.summarise.document_facts import counts, dates_ahead, genre, headline_facts
from briefing.summarise.summary import card
from briefing.types import (
    Answer,
    Block,
    Claim,
    Correction,
    Digest,
    Document,
    Failure,
    Position,
    Post,
    Reason,
    Sentence,
    Story,
    Summary,
    Verdict,
)
from briefing.verify.citation import evidence
from briefing.verify.verifier import verify
from briefing.workflow.recheck import is_ours, is_unchecked

_Documents = Mapping[str, Document]


def withheld_faults(digest: Digest, documents: _Documents) -> list[str]:
    """The lines that are said to be withheld, and that code would show; not those that a reader said no to."""
    fallen = []
    for name, part in _parts(digest):
        for claim in part.withheld:
            by_a_reader = claim.check is not None and claim.check.reader
            again = _verdict(claim, documents) if is_ours(digest) and not by_a_reader else "withheld"
            if again != "withheld":
                fallen.append(f"{name} {claim.id}: said to be withheld, and its sentences do not speak against it")
    return fallen


def _verdict(claim: Claim, documents: _Documents) -> Verdict | None:
    checked = verify(replace(claim, check=None), documents).check
    return checked.verdict if checked else None


def _parts(digest: Digest) -> Iterator[tuple[str, Summary | Answer]]:
    for story in (*digest.stories, *digest.also):
        yield from ((story.id, summary) for summary in story.summaries)
    yield from ((answer.id, answer) for answer in digest.answers)


def label_faults(digest: Digest, documents: _Documents) -> list[str]:
    """What the digest says of its posts and of itself that is not so: cards, titles, counts, corrections, coverage."""
    found: list[str] = []
    for story in (*digest.stories, *digest.also):
        found += [f"{story.id}: {why}" for why in _story_faults(story, digest, documents)]
        for summary in story.summaries:
            found += [f"{story.id}: {why}" for why in _summary_faults(summary, documents, digest)]
    for answer in digest.answers:
        found += [f"{answer.id}: {why}" for why in _answer_faults(answer, digest, documents)]
    for number, correction in enumerate(digest.corrections, 1):
        found += [f"correction {number}: {why}" for why in correction_faults(correction, digest, documents)]
    return found + _date_order_faults(digest) + _outlet_faults(digest) + _coverage_faults(digest, documents)


def _summary_faults(summary: Summary, documents: _Documents, digest: Digest) -> list[str]:
    return _label_faults(summary, documents.get(summary.post.key), is_ours=is_ours(digest))


def _label_faults(summary: Summary, document: Document | None, *, is_ours: bool) -> list[str]:
    if document is None:
        return ["the post is not among the documents"]
    own: dict[str, tuple[object, object]] = {
        "the post's card": (summary.post, card(document)),
        "the headline": (summary.headline.text, document.title),
        "the notes on how it was made": (summary.provenance, document.provenance),
    }
    if is_ours:
        own["the counts"] = summary.counts, counts(document, dates_ahead(document))
        own["the headline"] = summary.headline, headline_facts(document)
        own["the genre"] = summary.genre, genre(document)
    found = [f"{what}: not what the document gives" for what, (told, real) in own.items() if told != real]
    found += _counts_faults(summary, document)
    if summary.engine == "extractive" and any(claim.origin == "written" for claim in summary.lines):
        found.append("said to be selected, and has written lines")
    if not all(0 <= number < len(document.sentences) for number in summary.unseen):
        found.append("unseen: there is no such sentence")
    return found


def _counts_faults(summary: Summary, document: Document) -> Iterator[str]:
    """What is counted of a post and is not there, whichever version counted."""
    counted, text = summary.counts, f"{document.title}\n{document.text}"
    for name in ("doubt", "questions", "quotes"):
        if not all(0 <= number < len(document.sentences) for number in getattr(counted, name)):
            yield f"the counts: {name}: there is no such sentence"
    for word in (*counted.figures, *counted.speakers):
        if word not in text:
            yield f"the counts: “{word}” stands nowhere in the post"
    if counted.sentences > len(document.sentences):
        yield f"the counts: {counted.sentences} sentences of {len(document.sentences) - 1}"
    if counted.dates_ahead != len(summary.dates_ahead):
        yield f"the counts: {counted.dates_ahead} dates ahead of {len(summary.dates_ahead)}"


def _story_faults(story: Story, digest: Digest, documents: _Documents) -> list[str]:
    """A title that none of its posts has, and what several posts are said to have in common, or to differ on."""
    cards = [summary.post for summary in story.summaries]
    found: list[str] = []
    if story.title and story.title not in {one.title for one in cards} and not _is_edited(digest):
        found.append("the title is that of none of its posts")
    if not {*story.copies} <= {one.key for one in cards}:
        found.append("copies: not among its posts")
    texts = " ".join(f"{documents[one.key].title} {documents[one.key].text}" for one in cards if one.key in documents)
    found += [f"shared: “{word}” stands in none of its posts" for word in story.shared if not _stands(word, texts)]
    found += [f"reasons: {one.kind}: {one.value}" for one in story.reasons if not _is_reason(one, story, digest)]
    if (story.standing or story.since) and digest.compared_with is None:
        found.append("standing: there is no digest before it that it could be compared with")
    if not _is_edited(digest):
        found += _merging_faults(story, documents)
    return found


def _stands(words: str, text: str) -> bool:
    return " ".join(words.casefold().split()) in " ".join(text.casefold().split())


def _is_reason(reason: Reason, story: Story, digest: Digest) -> bool:
    """Whether a reason is so, as far as it can be told: what weight a source has is the desk's own."""
    if reason.kind == "sources":
        return reason.value == str(len(outlets(story)))
    if reason.kind == "standing":
        return reason.value == story.standing
    if reason.kind == "newest":
        return reason.value in {one.post.published.isoformat() for one in story.summaries if one.post.published}
    return True


def _merging_faults(story: Story, documents: _Documents) -> list[str]:
    """What a story of several posts says besides its posts' own lines, put together once more from these."""
    here = {
        summary.post.key: documents[summary.post.key] for summary in story.summaries if summary.post.key in documents
    }
    if len(here) < len(story.summaries):
        return []
    empty = replace(story, claims=(), positions=(), disagreements=())
    again = merged(empty, here) if len(story.summaries) > 1 else empty
    found = [
        f"{one.id}: not one of its posts' lines" for one in story.claims if _said(one) not in map(_said, again.claims)
    ]
    sides = {(one.about, frozenset(map(_said, one.claims))) for one in again.disagreements}
    for one in story.disagreements:
        if not any(one.about == about and {*map(_said, one.claims)} <= said for about, said in sides):
            found.append(f"disagreements: {one.about}: its posts do not differ on that")
    return found + [f"positions: {why}" for why in _position_faults(story.positions, again.positions)]


def _position_faults(told: Sequence[Position], real: Sequence[Position]) -> list[str]:
    known = {(one.who, one.is_outlet): {*map(_said, one.claims)} for one in real}
    return [
        f"“{one.who}” does not say that in its posts"
        for one in told
        if not {*map(_said, one.claims)} <= known.get((one.who, one.is_outlet), set())
    ]


def _said(claim: Claim) -> tuple[object, ...]:
    """A claim but for its name, which is another in a story than in a post."""
    return claim.text, frozenset((piece.post, piece.sentence) for piece in claim.evidence), claim.kind, claim.speaker


def _answer_faults(answer: Answer, digest: Digest, documents: _Documents) -> Iterator[str]:
    if (answer.state == "unanswered") == bool(answer.claims):
        yield f"said to be {answer.state}, with {len(answer.claims)} lines that answer it"
    texts = " ".join(f"{document.title} {document.text}" for document in documents.values())
    if answer.asked_by == "posts" and not _stands(answer.question, texts):
        yield "the question is asked in none of the posts"
    for position in answer.positions if not _is_edited(digest) else ():
        if not _may_hold(position, answer, documents):
            yield f"positions: “{position.who}” does not say that in the posts"
    if (answer.before or answer.before_at or answer.changed) and digest.compared_with is None:
        yield "there is no digest before it that it could have been answered in"


def _may_hold(position: Position, answer: Answer, documents: _Documents) -> bool:
    """Whether all that somebody is said to say to a question is among its lines, and his, or his posts'."""
    for claim in position.claims:
        sources = {documents[piece.post].post.source for piece in claim.evidence if piece.post in documents}
        name = claim.speaker.name if claim.speaker else None
        if claim not in answer.lines or not (position.who in sources if position.is_outlet else name):
            return False
    names = {claim.speaker.name for claim in position.claims if claim.speaker}
    return position.is_outlet or not position.claims or position.who in names


def correction_faults(correction: Correction, digest: Digest, documents: _Documents) -> list[str]:
    """What a correction says that is not so: of the post as it is now, and as it was where the digest keeps that."""
    document = documents.get(correction.post.key)
    found: list[str] = []
    if digest.compared_with is None:
        found.append("there is no digest before it that it could correct")
    if correction.noticed_at != digest.made_at or correction.briefed_at >= digest.made_at:
        found.append("dates: not noticed when the digest was made, or briefed after that")
    if correction.kind == "withdrawn" and correction.changes:
        found.append("said to be withdrawn, and to have changed")
    if document is not None and correction.kind == "changed":
        found += _change_faults(correction, document)
    elif correction.kind == "changed" and is_ours(digest):
        found.append("the post is not among the documents")
    if is_ours(digest) and (not correction.was or len(correction.grounds) != len(correction.lines)):
        found.append("was, grounds: it is not said how the post was, and what our lines rested on")
    fallen = [line for line, verdict in earlier_lines(correction, digest.language) if verdict == "withheld"]
    return found + [f"“{line}”: the post as it was does not carry it" for line in fallen]


def _change_faults(correction: Correction, document: Document) -> Iterator[str]:
    if correction.was:
        if correction.changes != changes_between(correction.was, document):
            yield "changes: not those between the post as it was and as it is"
        return
    now = " ".join(f"{document.title}\n{document.text}".split())
    for change in correction.changes:
        if change.after and " ".join(change.after.split()) not in now:
            yield f"“{change.after}” does not stand in the post"
        if change.before and " ".join(change.before.split()) in now and change.before not in change.after:
            yield f"“{change.before}” stands in the post as before"


def earlier_lines(correction: Correction, language: str) -> Iterator[tuple[str, Verdict | None]]:
    """Our lines of an earlier digest with the verdict that code gives them now on the post as it was; None where that
    cannot be told: they rested on other posts too, or the digest does not keep how the post was.

    `language` is that of the digest: in another one than the post's, a line shares no word with it.
    """
    was = _as_it_was(correction) if correction.was else None
    for number, line in enumerate(correction.lines):
        cited = correction.grounds[number] if number < len(correction.grounds) else ()
        if was is None or not cited:
            yield line, None
            continue
        pieces = tuple(evidence(was, n) for n in cited if 0 <= n < len(was.sentences))
        own = " ".join(" ".join(piece.quote for piece in pieces).split())
        is_own = all(" ".join(part.split()) in own for part in line.split("…"))
        checked = verify(Claim("c", line, pieces, origin="written"), {was.key: was}, mends=False).check
        is_strange = language == was.language and not _has_common_words(line, [piece.quote for piece in pieces], was)
        yield line, "carried" if is_own and pieces else "withheld" if is_strange or not checked else checked.verdict


def _has_common_words(line: str, sentences: Sequence[str], document: Annotated) -> bool:
    """Whether a line shares a word that says something with one of the sentences."""
    mine, *theirs = ({word.stem for word in document.annotation(text).content} for text in (line, *sentences))
    return not mine or not mine.isdisjoint(set().union(*theirs))


def _as_it_was(correction: Correction) -> Annotated:
    """The document of the post as it was, its sentences a paragraph each."""
    title, *said = correction.was
    blocks, sentences, at = [], [Sentence(0, 0, len(title), -1)], 0
    for number, line in enumerate(said, 1):
        blocks.append(Block("paragraph", at, at + len(line), number, number))
        sentences.append(Sentence(number, at, at + len(line), number - 1))
        at += len(line) + 2
    post = Post(correction.post.key, title, "", source=correction.post.source, url=correction.post.url)
    text = "\n\n".join(said)
    return annotate(Document(post, title, text, tuple(blocks), tuple(sentences), correction.post.language))


def _is_edited(digest: Digest) -> bool:
    """Whether the coverage says that a person edited it."""
    return any(note.what == "the editor" for note in digest.coverage.provenance)


def _date_order_faults(digest: Digest) -> list[str]:
    ordered = {
        "the period ends before it begins": (digest.since, digest.until),
        "compared with a digest made after it": (digest.compared_with, digest.made_at),
    }
    earlier = [answer.before_at for answer in digest.answers]
    earlier += [story.since for story in (*digest.stories, *digest.also)]
    ordered |= {f"before it was made: {one}": (one, digest.made_at) for one in earlier if one}
    return [f"dates: {what}" for what, (first, then) in ordered.items() if first and then and first > then]


def _outlet_faults(digest: Digest) -> list[str]:
    sources = {summary.post.source for _, summary in _parts(digest) if isinstance(summary, Summary)}
    return [f"outlets: “{one.name}” is none of the sources" for one in digest.outlets if one.name not in sources]


def _coverage_faults(digest: Digest, documents: _Documents) -> list[str]:
    """What the coverage counts, counted again; which sources failed and what a model cost cannot be."""
    covered = digest.coverage
    parts = [part for _, part in _parts(digest)]
    summaries = [part for part in parts if isinstance(part, Summary)]
    used = [documents[summary.post.key] for summary in summaries if summary.post.key in documents]
    marks = Counter(claim.check.verdict for claim in digest.lines if claim.check)
    again = coverage(used, (), sources=(), sources_failed=(), posts_dropped=(), engine=covered.engine)
    notes = [note for note in covered.provenance if note.what != "the editor"]
    sums: Mapping[str, tuple[object, object]] = {
        "posts used": (covered.posts_used, len(summaries)),
        "posts read": (covered.posts_read, covered.posts_used + len(covered.posts_dropped)),
        "sentences": (covered.sentences, again.sentences),
        "sentences unseen": (covered.sentences_unseen, sum(len(summary.unseen) for summary in summaries)),
        "lines": (covered.claims, len(digest.lines)),
        "carried": (covered.carried, marks["carried"]),
        "read": (covered.read, marks["read"]),
        "unread": (covered.unread, marks["unread"]),
        "withheld": (covered.withheld, sum(len(part.withheld) for part in parts)),
        "left out": (covered.left_out, sum(len(part.left_out) for part in parts)),
        "words dropped": (sum(covered.words_dropped.values()), sum(again.words_dropped.values())),
        "notes on how texts were made": (len(notes), len(again.provenance)),
    }
    found = [f"coverage: {name}: {told}, counted {real}" for name, (told, real) in sums.items() if told != real]
    if dict(covered.words_dropped) != dict(again.words_dropped):
        found.append("coverage: words dropped: not those of the documents")
    if Counter(map(_note, notes)) != Counter(map(_note, again.provenance)):
        found.append("coverage: the notes on how texts were made are not those of the documents")
    if covered.engine == "extractive" and (covered.model or any(one.engine == "model" for one in parts)):
        found.append("coverage: said to be selected, and a model was asked")
    return found


def _note(note: Failure) -> tuple[str, str]:
    return note.what, note.why


@dataclass(frozen=True, slots=True)
class Recount:
    """How many lines have which mark when they are marked again, and what stands on the word of whoever made them.

    `otherwise` are the lines that another version, where `is_anothers`, marked as carried or withheld and this one does
    not.
    """

    carried: int = 0
    unread: int = 0
    withheld: int = 0
    otherwise: int = 0
    read_by: Mapping[str, int] = field(default_factory=dict)
    refused_by_readers: int = 0
    editors: int = 0
    earlier_lines: int = 0
    is_anothers: bool = False

    @classmethod
    def of(cls, digest: Digest, documents: _Documents) -> Recount:
        """The counts of a digest whose lines stand."""
        lines, withheld = digest.lines, [claim for _, part in _parts(digest) for claim in part.withheld]
        marks = Counter(_mark(claim) for claim in lines)
        readers = Counter(claim.check.reader or "" for claim in lines if claim.check and _mark(claim) == "read")
        refused = sum(claim.check is not None and bool(claim.check.reader) for claim in withheld)
        marked = [claim for claim in (*lines, *withheld) if _mark(claim) in ("carried", "withheld")]
        again = [claim for claim in marked if not is_ours(digest) and not (claim.check and claim.check.reader)]
        earlier = [verdict for one in digest.corrections for _, verdict in earlier_lines(one, digest.language)]
        return cls(
            carried=marks["carried"],
            unread=marks["unread"],
            withheld=len(withheld) - refused,
            otherwise=sum(_verdict(claim, documents) != _mark(claim) for claim in again),
            read_by=dict(readers),
            refused_by_readers=refused,
            editors=sum(map(is_unchecked, lines)),
            earlier_lines=sum(verdict != "carried" for verdict in earlier),
            is_anothers=not is_ours(digest),
        )


def _mark(claim: Claim) -> Verdict | None:
    return claim.check.verdict if claim.check else None
