"""A finished digest checked again: every line, label, quote, link and count against the documents it was made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urldefrag

from briefing.summarise.document_facts import counts, dates_ahead, headline_facts
from briefing.summarise.summary import absence, card
from briefing.types import Answer, Claim, DateAhead, Digest, Document, Evidence, Speaker, Story, Summary
from briefing.verify.citation import misquoted
from briefing.verify.verifier import verify

_Documents = Mapping[str, Document]


def lines(digest: Digest, documents: _Documents) -> Iterator[tuple[str, list[str]]]:
    """Every line the digest shows, by a name as in "s1 c3", and why it does not stand: nothing where it does.

    Annotate the documents first, or each line does it anew.
    """
    for claim in digest.bottom_line:
        yield claim.id, faults(claim, documents)
    for answer in digest.answers:
        for claim in (*answer.lines, *answer.nearest):
            yield f"{answer.id} {claim.id}", faults(claim, documents)
        for phrase in answer.missing:
            yield f"{answer.id} missing", faults(absence(phrase), documents)
    for story in (*digest.stories, *digest.also):
        for claim in _of_the_story(story):
            yield f"{story.id} {claim.id}", faults(claim, documents)
        for summary in story.summaries:
            about = {key: d for key, d in documents.items() if key == summary.post.key}
            for claim in summary.lines:
                yield f"{story.id} {claim.id}", faults(claim, documents)
            for phrase in summary.missing:
                yield f"{story.id} missing", faults(absence(phrase), about)
            for ahead in summary.dates_ahead:
                yield f"{story.id} date", _date_faults(ahead, about)


def _of_the_story(story: Story) -> Iterator[Claim]:
    """The lines that a story has besides those of its posts' summaries, each once."""
    told = {claim for summary in story.summaries for claim in summary.lines}
    by_side = [*(part.claims for part in story.positions), *(part.claims for part in story.disagreements)]
    for claim in dict.fromkeys((*story.claims, *story.changed, *(claim for side in by_side for claim in side))):
        if claim not in told:
            yield claim


def label_faults(digest: Digest, documents: _Documents) -> list[str]:
    """What the digest says of its posts and of itself that is not so: cards, counts, coverage."""
    found = []
    stories = (*digest.stories, *digest.also)
    summaries = [(story.id, summary) for story in stories for summary in story.summaries]
    for name, summary in summaries:
        document = documents.get(summary.post.key)
        found += [f"{name}: {why}" for why in _label_faults(summary, document)]
    covered = digest.coverage
    parts: list[Summary | Answer] = [*(summary for _, summary in summaries), *digest.answers]
    marks = Counter(claim.check.verdict for claim in digest.lines if claim.check)
    sums = {
        "posts used": (covered.posts_used, len(summaries)),
        "posts read": (covered.posts_read, covered.posts_used + len(covered.posts_dropped)),
        "lines": (covered.claims, len(digest.lines)),
        "carried": (covered.carried, marks["carried"]),
        "read": (covered.read, marks["read"]),
        "unread": (covered.unread, marks["unread"]),
        "withheld": (covered.withheld, sum(len(part.withheld) for part in parts)),
        "left out": (covered.left_out, sum(len(part.left_out) for part in parts)),
    }
    return found + [f"coverage: {name}: {told}, counted {real}" for name, (told, real) in sums.items() if told != real]


def _label_faults(summary: Summary, document: Document | None) -> list[str]:
    if document is None:
        return ["the post is not among the documents"]
    own = {
        "the post's card": (summary.post, card(document)),
        "the counts": (summary.counts, counts(document, dates_ahead(document))),
        "the headline": (summary.headline, headline_facts(document)),
    }
    return [f"{what}: not what the document gives" for what, (told, real) in own.items() if told != real]


def editors(digest: Digest) -> tuple[int, int]:
    """How many of the lines shown are the editor's, and how many of these rest on no sentence and are not checked."""
    shown = [*digest.lines]
    shown += [claim for story in (*digest.stories, *digest.also) for claim in _of_the_story(story)]
    mine = {claim for claim in shown if claim.origin == "editor"}
    return len(mine), sum(map(_is_unchecked, mine))


def _is_unchecked(claim: Claim) -> bool:
    """Whether these are an editor's own words, which rest on nothing and say so."""
    return claim.origin == "editor" and not claim.evidence and claim.check is None


def faults(claim: Claim, documents: _Documents) -> list[str]:
    """Why a claim of a finished digest does not stand: its evidence, its labels, or what its sentences carry."""
    if _is_unchecked(claim):
        return []
    pieces = (*claim.evidence, *claim.put_more_strongly)
    found = [why for piece in pieces if (why := misquoted(piece, documents) or _astray(piece, documents))]
    found += [
        f"“{hedge}” is marked as doubt and is not in the line" for hedge in claim.hedges if hedge not in claim.text
    ]
    if found:
        return found
    found = _speaker_faults(claim.speaker, claim, documents) + _selected_faults(claim)
    checked = verify(replace(claim, check=None), documents)
    if checked.check is None or checked.check.verdict == "withheld":
        return found + (list(checked.check.reasons) if checked.check else [])
    if checked.text != claim.text:
        found += checked.check.reasons
    elif claim.check is not None and claim.check.verdict == "carried" != checked.check.verdict:
        found.append("marked as carried, and its sentences do not account for it")
    if checked.certainty != claim.certainty:
        found.append(f"certainty: “{claim.certainty}”, where its sentences are “{checked.certainty}”")
    return found


def _astray(piece: Evidence, documents: _Documents) -> str | None:
    """Why a link does not lead to the post or embed its sentence is of."""
    document = documents[piece.post]
    block = document.blocks[document.sentences[piece.sentence].block] if piece.sentence else None
    allowed = {None, document.post.url and urldefrag(document.post.url).url, block and block.embed and block.embed.url}
    if piece.url is None or urldefrag(piece.url).url in allowed or piece.url in allowed:
        return None
    return f"[{piece.sentence}]: the link leads elsewhere: {piece.url}"


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
