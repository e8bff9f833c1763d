"""A finished digest checked again: every line, label, quote, link and count against the documents it was made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urldefrag

from briefing.summariser.evidence import misquoted
from briefing.summariser.summary import absence, card
from briefing.summariser.verifier import verify
from briefing.summariser.xray import counts, dates_ahead, headline
from briefing.types import Claim, DateAhead, Digest, Document, Evidence, Speaker, Summary

_Documents = Mapping[str, Document]


def lines(digest: Digest, documents: _Documents) -> Iterator[tuple[str, list[str]]]:
    """Every line the digest shows, by a name as in "s1 c3", and why it does not stand: nothing where it does."""
    for claim in digest.bottom_line:
        yield claim.id, faults(claim, documents)
    for story in digest.stories:
        for summary in story.summaries:
            about = {key: d for key, d in documents.items() if key == summary.post.key}
            for claim in summary.lines:
                yield f"{story.id} {claim.id}", faults(claim, documents)
            for phrase in summary.missing:
                yield f"{story.id} missing", faults(absence(phrase), about)
            for ahead in summary.dates_ahead:
                yield f"{story.id} date", _date_faults(ahead, about)


def labels(digest: Digest, documents: _Documents) -> list[str]:
    """What the digest says of its posts and of itself that is not so: cards, counts, coverage."""
    found = []
    summaries = [(story.id, summary) for story in digest.stories for summary in story.summaries]
    for name, summary in summaries:
        document = documents.get(summary.post.key)
        found += [f"{name}: {why}" for why in _label_faults(summary, document)]
    covered = digest.coverage
    shown = len(digest.bottom_line) + sum(len(summary.lines) for _, summary in summaries)
    sums = {
        "posts used": (covered.posts_used, len(summaries)),
        "posts read": (covered.posts_read, covered.posts_used + len(covered.posts_dropped)),
        "lines": (covered.claims, shown),
        "withheld": (covered.withheld, sum(len(summary.withheld) for _, summary in summaries)),
    }
    return found + [f"coverage: {name}: {told}, counted {real}" for name, (told, real) in sums.items() if told != real]


def _label_faults(summary: Summary, document: Document | None) -> list[str]:
    if document is None:
        return ["the post is not among the documents"]
    own = {
        "the post's card": (summary.post, card(document)),
        "the counts": (summary.counts, counts(document)),
        "the headline": (summary.headline, headline(document)),
    }
    return [f"{what}: not what the document gives" for what, (told, real) in own.items() if told != real]


def faults(claim: Claim, documents: _Documents) -> list[str]:
    """Why a claim of a finished digest does not stand: its evidence, its labels, or what its sentences carry."""
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
