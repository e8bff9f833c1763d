"""A finished digest checked again: every line with its labels, quotes and links, against the documents it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from urllib.parse import urldefrag

from briefing.summarise.document_facts import dates_ahead
from briefing.summarise.summary import absence
from briefing.types import Answer, Claim, DateAhead, Digest, Document, Evidence, Speaker, Story
from briefing.verify.citation import misquoted, names_words_of
from briefing.verify.verifier import verify
from briefing.workflow.rendering import this_version

_Documents = Mapping[str, Document]


def lines(digest: Digest, documents: _Documents) -> Iterator[tuple[str, list[str]]]:
    """Every line the digest shows, by a name as in "s1 c3", and why it does not stand: nothing where it does.

    Annotate the documents first, or each line does it anew. What another version made is not held to the labels and
    marks that this one would give.
    """
    why = partial(faults, documents=documents, is_ours=is_ours(digest))
    for claim in digest.bottom_line:
        yield claim.id, why(claim)
    for answer in digest.answers:
        for claim in dict.fromkeys((*answer.lines, *answer.changed, *_on_sides(answer), *answer.nearest)):
            yield f"{answer.id} {claim.id}", why(claim)
        for phrase in answer.missing:
            yield f"{answer.id} missing", _absence_faults(phrase, documents)
    for story in (*digest.stories, *digest.also):
        for claim in _of_the_story(story):
            yield f"{story.id} {claim.id}", why(claim)
        for summary in story.summaries:
            about = {key: d for key, d in documents.items() if key == summary.post.key}
            for claim in summary.lines:
                yield f"{story.id} {claim.id}", why(claim)
            for phrase in summary.missing:
                yield f"{story.id} missing", _absence_faults(phrase, about)
            for ahead in summary.dates_ahead:
                yield f"{story.id} date", _date_faults(ahead, about)


def _of_the_story(story: Story) -> Iterator[Claim]:
    """The lines that a story has besides those of its posts' summaries, each once."""
    told = {claim for summary in story.summaries for claim in summary.lines}
    for claim in dict.fromkeys((*story.claims, *story.changed, *_on_sides(story))):
        if claim not in told:
            yield claim


def _on_sides(part: Story | Answer) -> Iterator[Claim]:
    """The claims by which actors and posts differ."""
    for position in part.positions:
        yield from position.claims
    for disagreement in part.disagreements if isinstance(part, Story) else ():
        yield from disagreement.claims


def editors(digest: Digest) -> tuple[int, int]:
    """How many of the lines shown are the editor's, and how many of these rest on no sentence and are not checked."""
    shown = [*digest.lines]
    shown += [claim for story in (*digest.stories, *digest.also) for claim in _of_the_story(story)]
    mine = {claim for claim in shown if claim.origin == "editor"}
    return len(mine), sum(map(is_unchecked, mine))


def is_unchecked(claim: Claim) -> bool:
    """Whether these are an editor's own words, which rest on nothing and say so."""
    return claim.origin == "editor" and not claim.evidence and claim.check is None


def is_ours(digest: Digest) -> bool:
    """Whether it was made by the version that is running, which would give the same labels and marks again."""
    return digest.made_by == this_version()


def faults(claim: Claim, documents: _Documents, *, is_ours: bool = True) -> list[str]:
    """Why a claim of a finished digest does not stand: its evidence, its labels, or what its sentences carry.

    Of one that another version made, only what no version may say: its marks and labels are that version's.
    """
    if is_unchecked(claim):
        return []
    if claim.check is None or claim.check.verdict == "withheld":
        return ["shown without a verdict" if claim.check is None else "shown, and withheld"]
    if claim.check.verdict == "read" and not claim.check.reader:
        return ["read, and it is not said by whom"]
    pieces = (*claim.evidence, *claim.put_more_strongly)
    found = [why for piece in pieces if (why := misquoted(piece, documents) or _astray(piece, documents))]
    found += [
        f"“{hedge}” is marked as doubt and is not in the line" for hedge in claim.hedges if hedge not in claim.text
    ]
    if found:
        return found
    found = _speaker_faults(claim.speaker, claim, documents) + _selected_faults(claim)
    checked = verify(replace(claim, check=None), documents)
    if checked.check is None or (claim.origin == "selected" and not is_ours and not found):
        return found
    if checked.check.verdict == "withheld" or checked.text != claim.text:
        return [*found, *checked.check.reasons]
    if not is_ours:
        return found
    if claim.check.verdict == "carried" != checked.check.verdict:
        found.append("marked as carried, and its sentences do not account for it")
    if checked.certainty != claim.certainty:
        found.append(f"certainty: “{claim.certainty}”, where its sentences are “{checked.certainty}”")
    return found


def _absence_faults(phrase: str, documents: _Documents) -> list[str]:
    checked = verify(absence(phrase), documents).check
    return [*checked.reasons] if checked and checked.verdict == "withheld" else []


def _astray(piece: Evidence, documents: _Documents) -> str | None:
    """Why a link does not lead to the post or embed its sentence is of."""
    document = documents[piece.post]
    block = document.blocks[document.sentences[piece.sentence].block] if piece.sentence else None
    allowed = {None, document.post.url and urldefrag(document.post.url).url, block and block.embed and block.embed.url}
    if piece.url is None or piece.url in allowed:
        return None
    address, _, fragment = piece.url.partition("#")
    if address not in allowed or not names_words_of(document, fragment):
        return f"[{piece.sentence}]: the link leads elsewhere: {piece.url}"
    return None


def _speaker_faults(speaker: Speaker | None, claim: Claim, documents: _Documents) -> list[str]:
    """A name that stands in none of the documents cited, nor as their author or an embed's. Written lines may be in
    another language or script than the name, so only selected ones are held to it."""
    if speaker is None or not speaker.name or claim.origin != "selected":
        return []
    cited = {piece.post for piece in claim.evidence} & documents.keys()
    for document in (documents[key] for key in cited):
        embeds = [block.embed.author for block in document.blocks if block.embed]
        if speaker.name in document.text or speaker.name in (document.post.author, *embeds):
            return []
    return [f"speaker: “{speaker.name}” stands nowhere in the post"]


def _selected_faults(claim: Claim) -> list[str]:
    """A selected line is made of its sentences' own words, up to a cut marked with "…"."""
    if claim.origin != "selected":
        return []
    said = " ".join(" ".join(piece.quote for piece in claim.evidence).split())
    parts = [" ".join(part.split()) for part in claim.text.split("…")]
    is_own = all(part in said for part in parts)
    return [] if is_own else ["selected, but not in the words of its sentences"]


def _date_faults(ahead: DateAhead, documents: _Documents) -> list[str]:
    why = misquoted(ahead.evidence, documents) or _astray(ahead.evidence, documents)
    if why:
        return [why]
    real = {(own.evidence.sentence, own.day, own.text) for own in dates_ahead(documents[ahead.evidence.post])}
    is_own = (ahead.evidence.sentence, ahead.day, ahead.text) in real
    return [] if is_own else [f"[{ahead.evidence.sentence}] gives no such date"]
