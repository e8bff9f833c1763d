"""Drafts judged: grounded, checked by code, read by the second reader, and asked for once more where they fall."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from briefing.exceptions import BudgetError, ModelError, PostError
from briefing.language.annotation import Annotated, annotate
from briefing.summarise.engine import Engine, SecondReader
from briefing.types import Brief, Claim, Document, Draft, Requirement, Verdict
from briefing.verify.citation import cite
from briefing.verify.verifier import verify


def stands(claim: Claim) -> bool:
    """Whether a checked claim was not withheld."""
    return claim.check is not None and claim.check.verdict != "withheld"


def is_shown(claim: Claim, brief: Brief) -> bool:
    """Whether a judged claim is shown: it stands, and it is not unread where the brief requires that it was read."""
    return claim.check is not None and claim.check.verdict in _SHOWN[brief.require]


_SHOWN: Mapping[Requirement, tuple[Verdict, ...]] = {"any": ("carried", "read", "unread"), "read": ("carried", "read")}


def not_read(claims: Iterable[Claim], brief: Brief) -> tuple[Claim, ...]:
    """The claims that stand and are not shown, since nobody read them."""
    return tuple(claim for claim in claims if stands(claim) and not is_shown(claim, brief))


async def judge(
    drafts: Sequence[Draft],
    documents: Mapping[str, Document],
    engine: Engine,
    brief: Brief,
    *,
    second_reader: SecondReader | None,
    prefix: str,
) -> list[Claim]:
    """The drafts as claims in their order, each with its verdict; they are called by the prefix and their place.

    A written line that falls, by code or by the reader's no, is asked for once more with the reason, where the engine
    can write; what it writes instead takes the line's place if it stands. Failing to is no failure.
    """
    annotated = {key: annotate(document) for key, document in documents.items()}
    named = [(f"{prefix}{number}", draft) for number, draft in enumerate(drafts, 1)]
    claims = await _checked(named, annotated, second_reader)
    mended = await _mended(claims, annotated, engine, brief)
    again = await _checked([(claims[place].id, draft) for place, draft in mended.items()], annotated, second_reader)
    for place, claim in zip(mended, again, strict=True):
        if stands(claim):
            claims[place] = claim
    return claims


async def _checked(
    named: Iterable[tuple[str, Draft]], documents: Mapping[str, Annotated], second_reader: SecondReader | None
) -> list[Claim]:
    claims = [verify(cite(draft, documents, id=id), documents) for id, draft in named]
    return list(await second_reader.read(claims, documents)) if second_reader else claims


async def _mended(
    claims: Sequence[Claim], documents: Mapping[str, Annotated], engine: Engine, brief: Brief
) -> dict[int, Draft]:
    """What the engine writes in place of the lines that fell, by their places, as far as it is anything new."""
    found: dict[int, Draft] = {}
    for document in documents.values():
        fallen = [place for place, claim in enumerate(claims) if _may_be_mended(claim, document.key)]
        if not fallen:
            continue
        try:
            written = await engine.mend([claims[place] for place in fallen], document, brief)
        except (PostError, ModelError, BudgetError):
            return found
        found |= {
            fallen[number]: draft for number, draft in written.items() if not _is_same(draft, claims[fallen[number]])
        }
    return found


def _may_be_mended(claim: Claim, key: str) -> bool:
    is_of_it = bool(claim.evidence) and all(piece.post == key for piece in claim.evidence)
    return is_of_it and claim.origin == "written" and not stands(claim)


def _is_same(draft: Draft, claim: Claim) -> bool:
    """Whether it is the line that fell: to have that read twice would be to ask until the answer suits."""
    return draft.text == claim.text and set(draft.evidence) <= {
        (piece.post, piece.sentence) for piece in claim.evidence
    }
