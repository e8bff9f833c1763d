"""The claims of a story's posts as one list: the same statement once, with the evidence of every post that carries it.

Nothing is written here. A merged claim has the words of the post that puts it most carefully, and so its certainty:
that another puts it more firmly makes it no firmer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from briefing.language.annotation import Annotated, annotate
from briefing.language.entities import same_name
from briefing.language.hedges import FIRMNESS
from briefing.language.words import fold
from briefing.stories.claim_comparison import Difference, Statement, difference, is_same
from briefing.types import Claim, Disagreement, Document, Position, Story, Summary

_REPORTS = frozenset({"fact", "attributed"})


@dataclass(slots=True)
class _ClaimGroup:
    """Claims of several posts that say the same."""

    claims: list[Claim]
    statements: list[Statement]

    @property
    def posts(self) -> set[str]:
        return {piece.post for claim in self.claims for piece in claim.evidence}


def merged(story: Story, documents: Mapping[str, Document]) -> Story:
    """The story with its posts' claims merged, where they disagree, and who holds what. Copies add nothing of their
    own to what the original says, and never count as another voice."""
    own = [summary for summary in story.summaries if summary.post.key not in story.copies]
    copied = [summary for summary in story.summaries if summary.post.key in story.copies]
    groups = _merge(own, copied, {key: annotate(document) for key, document in documents.items()})
    claims = [_as_claim(one, f"m{number}") for number, one in enumerate(groups, 1)]
    return replace(
        story,
        claims=tuple(claims),
        disagreements=tuple(_disagreements(groups, claims)),
        positions=positions(own),
    )


def reported_claims(story: Story) -> tuple[Claim, ...]:
    """What a story reports: its merged claims; those of its only post where it has one."""
    return story.claims or story.summaries[0].claims + story.summaries[0].embeds


def statement_of(claim: Claim, documents: Mapping[str, Annotated]) -> Statement:
    """What a claim states, read in the language of its words."""
    if not claim.evidence:
        return Statement(annotate(claim.text, "und"))
    document = documents[claim.evidence[0].post]
    return Statement(document.annotation(claim.text, "und" if claim.translated_from else None), document.written)


def _merge(own: Sequence[Summary], copied: Sequence[Summary], documents: Mapping[str, Annotated]) -> list[_ClaimGroup]:
    """The statements, those that most posts carry first, then in the order of the posts."""
    groups: list[_ClaimGroup] = []
    for is_copy, summaries in ((False, own), (True, copied)):
        for summary in summaries:
            for claim in summary.claims + summary.embeds:
                _add(groups, claim, statement_of(claim, documents), is_copy=is_copy)
    return sorted(groups, key=lambda one: -len(one.posts))


def _add(groups: list[_ClaimGroup], claim: Claim, said: Statement, *, is_copy: bool) -> None:
    for one in groups:
        if all(is_same(said, other) for other in one.statements) and all(
            _may_merge(claim, c, said.language) for c in one.claims
        ):
            if not is_copy:
                one.claims.append(claim)
                one.statements.append(said)
            return
    groups.append(_ClaimGroup([claim], [said]))


def _may_merge(one: Claim, other: Claim, language: str) -> bool:
    """Whether two claims are of one kind, a report or not, and not the words of two people."""
    names = [fold(claim.speaker.name) for claim in (one, other) if claim.speaker and claim.speaker.name]
    is_report = [claim.kind in _REPORTS for claim in (one, other)]
    same_kind = is_report[0] == is_report[1] and (is_report[0] or one.kind == other.kind)
    surnames = [name.split()[-1] for name in names if name.split()]  # of "´" nothing is left: a name of nobody
    return same_kind and (len(surnames) < 2 or same_name(surnames[0], surnames[1], language))


def _as_claim(one: _ClaimGroup, id: str) -> Claim:
    """The claim that puts it most carefully, with the evidence of all, its own first."""
    chosen = max(one.claims, key=lambda claim: (FIRMNESS.index(claim.certainty), claim.kind == "attributed"))
    others = [claim for claim in one.claims if claim is not chosen]
    pieces = [*chosen.evidence, *(piece for claim in others for piece in claim.evidence)]
    evidence = {(piece.post, piece.sentence): piece for piece in reversed(pieces)}
    return replace(chosen, id=id, evidence=tuple(reversed(evidence.values())))


# --- disagreements ---------------------------------------------------------------------------------------------------


def _disagreements(groups: Sequence[_ClaimGroup], claims: Sequence[Claim]) -> Iterator[Disagreement]:
    """The claims that cannot all be right, a side each; those on one point together."""
    sides: list[tuple[Difference, list[int]]] = []
    for one, other in combinations(range(len(groups)), 2):
        about = _difference(groups[one], groups[other])
        if about is None:
            continue
        known = next((side for side in sides if side[0] == about and {one, other} & set(side[1])), None)
        if known is None:
            sides.append((about, [one, other]))
        elif all(_difference(groups[index], groups[at]) == about for at in known[1] for index in {one, other} - {at}):
            known[1].extend({one, other} - set(known[1]))
    for about, members in sides:
        yield Disagreement(about, tuple(claims[index] for index in sorted(members)))


def _difference(one: _ClaimGroup, other: _ClaimGroup) -> Difference | None:
    """On what two merged claims of different posts differ. What one post says twice is no disagreement of posts, and
    an opinion has no fact to be wrong on."""
    opinions = {"opinion", "forecast", "question"} & {claim.kind for claim in one.claims + other.claims}
    if one.posts & other.posts or opinions:
        return None
    return difference(one.statements[0], other.statements[0])


# --- positions -------------------------------------------------------------------------------------------------------


def positions(summaries: Sequence[Summary]) -> tuple[Position, ...]:
    """What each named actor is reported to say, and what each outlet argues in its own voice, in the posts' order."""
    actors: dict[str, list[Claim]] = {}
    outlets: dict[str, list[Claim]] = {}
    for summary in summaries:
        for claim in summary.embeds + summary.quotes + summary.claims + summary.why_it_matters:
            speaker = claim.speaker
            if claim.kind in {"opinion", "forecast"} and (speaker is None or speaker.sourcing == "author"):
                outlets.setdefault(summary.post.source, []).append(claim)
            elif speaker and speaker.sourcing == "named":
                who = speaker.name or speaker.voice
                actors.setdefault(_known(who, actors, summary.post.language), []).append(claim)
    return tuple(
        [Position(who, _once(claims)) for who, claims in actors.items()]
        + [Position(who, _once(claims), is_outlet=True) for who, claims in outlets.items() if who]
    )


def _known(who: str, actors: Mapping[str, object], language: str) -> str:
    """The name under which an actor stands already: a surname joins the full name before it."""
    last = fold(who).split()[-1:]
    for known in actors:
        theirs = fold(known).split()
        is_shorter = len(last) == 1 and (len(fold(who).split()) == 1 or len(theirs) == 1)
        if fold(known) == fold(who) or (is_shorter and theirs and same_name(last[0], theirs[-1], language)):
            return known
    return who


def _once(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Each sentence once: a quote stands among the claims too."""
    return tuple({tuple((e.post, e.sentence) for e in claim.evidence): claim for claim in reversed(claims)}.values())[
        ::-1
    ]
