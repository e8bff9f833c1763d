"""The verifier: nothing is said that its sentences do not carry.

`verify` runs every check of `briefing.verify.checks` on one claim and gives it back with the verdict: supported,
repaired (with what it was before) or withheld (with the reasons and the words at fault). Code only: the same claim and
the same documents always get the same verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import get_args

from briefing.language.annotation import Annotated, annotate
from briefing.types import Certainty, Check, Claim, Document, NotRun
from briefing.verify.checks import (
    absence,
    attribution,
    cohyponyms,
    hedging,
    names,
    negation,
    numbers,
    overlap,
    polarity,
    presupposition,
    quotes,
    roles,
    speaker,
    substitution,
    truncation,
)
from briefing.verify.claim_context import ClaimContext, Finding, claim_context, claim_language
from briefing.verify.evidence import evidence

_TRANSLATED = "translated: wording not checked"
_Run = Callable[[ClaimContext], Iterator[Finding]]
# The checks that need no common language, and those of wording, which look at the sentences of the claim's language.
_ANYWHERE: tuple[tuple[tuple[str, ...], _Run], ...] = (
    (("numbers", "dates"), numbers.check),
    (("names",), names.check),
    (("quotes",), quotes.check),
)
_IN_ONE_LANGUAGE: tuple[tuple[tuple[str, ...], _Run], ...] = (
    (("speaker",), speaker.speaker),
    (("negation",), negation.check),
    (("polarity", "roles"), polarity.check),
    (("attribution", "headline", "presupposed"), attribution.check),
    (("wording",), overlap.check),
    ((), substitution.check),
    ((), roles.check),
    ((), cohyponyms.check),
)
_FIRMNESS: tuple[Certainty, ...] = ("asserted", "reported", "possible", "conditional", "alleged", "denied")
assert set(_FIRMNESS) == set(get_args(Certainty))


def verify(claim: Claim, documents: Mapping[str, Document | Annotated]) -> Claim:
    """The claim with its check: supported, repaired by code, or withheld; never raises on what a text or model says.

    A claim without evidence is withheld, unless it says what is *not* in the posts: then all of `documents` are read.
    Who verifies many claims of a document annotates it first, once.
    """
    if not claim.evidence and absence.is_line(claim.text):
        return _absence(claim, [annotate(document) for document in documents.values()])
    cited = {item.post: annotate(documents[item.post]) for item in claim.evidence if item.post in documents}
    missing = _missing_evidence(claim, cited)
    if missing:
        return replace(claim, check=Check("withheld", reasons=(missing.reason,), at_fault=missing.words))
    context = _without_headline(claim_context(claim, cited))
    copied = truncation.check(context)
    findings = list(copied) if copied is not None else _findings(context)
    return _with_certainty(_judged(claim, context, findings), context)


def _absence(claim: Claim, documents: Sequence[Annotated]) -> Claim:
    language = claim_language(claim.text, documents[0].language if documents else "und", [])
    findings = list(absence.check(claim.text, language, documents))
    if findings:
        reasons = tuple(finding.reason for finding in findings)
        faults = tuple(word for finding in findings for word in finding.words)
        return replace(claim, check=Check("withheld", reasons=reasons, at_fault=faults))
    foreign = any(one.language != language for one in documents)
    not_run = (NotRun("absence", _TRANSLATED),) if foreign else ()
    return replace(claim, check=Check("supported", () if foreign else ("absence",), not_run))


def _missing_evidence(claim: Claim, documents: Mapping[str, Annotated]) -> Finding | None:
    if not claim.evidence:
        return Finding("evidence", "fail", "evidence: no sentence is cited")
    for item in claim.evidence:
        document = documents.get(item.post)
        if document is None or not 0 <= item.sentence < len(document.annotations):
            return Finding("evidence", "fail", f"evidence: there is no sentence [{item.sentence}]")
        if item.quote and item.quote != document.quote(item.sentence):
            return Finding("evidence", "fail", f"evidence: sentence [{item.sentence}] has other words", (item.quote,))
    return None


def _without_headline(context: ClaimContext) -> ClaimContext:
    """The headline is no evidence beside sentences of the text, except of what it says itself."""
    if presupposition.speaks_of_headline(context):
        return context
    body = tuple(sentence for sentence in context.sentences if sentence.number)
    return replace(context, sentences=body) if body and len(body) < len(context.sentences) else context


def _findings(context: ClaimContext) -> list[Finding]:
    checks = _ANYWHERE + (_IN_ONE_LANGUAGE if context.own else ())
    return [finding for _, run in checks for finding in run(context)]


def _judged(claim: Claim, context: ClaimContext, findings: list[Finding]) -> Claim:
    failed = {finding.check for finding in findings if finding.severity == "fail"}
    not_run = _not_run(context, findings)
    passed = _passed(context, failed, not_run)
    reasons = tuple(dict.fromkeys(finding.reason for finding in findings if finding.severity != "not_run"))
    if failed:
        at_fault = (word for finding in findings if finding.severity == "fail" for word in finding.words)
        return replace(
            claim, check=Check("withheld", passed, not_run, reasons, at_fault=tuple(dict.fromkeys(at_fault)))
        )
    text = _repaired(claim.text, findings)
    if text != claim.text:
        return replace(claim, text=text, check=Check("repaired", passed, not_run, reasons, before=claim.text))
    return replace(claim, check=Check("supported", passed, not_run, reasons))


def _passed(context: ClaimContext, failed: set[str], not_run: tuple[NotRun, ...]) -> tuple[str, ...]:
    checks = _ANYWHERE + (_IN_ONE_LANGUAGE if context.own else ())
    skipped = {item.check for item in not_run}
    return ("evidence", *(name for names, _ in checks for name in names if name not in failed | skipped))


def _repaired(text: str, findings: list[Finding]) -> str:
    """The text with every repair made: what is no quote loses its marks, then whose word it is comes back."""
    unquoted = [finding.words[0] for finding in findings if finding.severity == "repair" and finding.check == "quotes"]
    restored = next((finding.text for finding in findings if finding.severity == "repair" and finding.text), None)
    text = restored or text
    for quoted in unquoted:
        text = quotes.without_marks(text, quoted)
    return text


def _not_run(context: ClaimContext, findings: list[Finding]) -> tuple[NotRun, ...]:
    """What could not be checked: the wording of translated sentences, and names that another script hides."""
    names = [word for finding in findings if finding.severity == "not_run" for word in finding.words]
    found = [NotRun("wording", _TRANSLATED)] if context.foreign else []
    if names:
        found.append(NotRun("names", "translated: not checked: " + ", ".join(dict.fromkeys(names))))
    return tuple(found)


def _with_certainty(claim: Claim, context: ClaimContext) -> Claim:
    """The claim with a certainty no stronger than its sentences', its words of doubt, and where the post is firmer."""
    doubts = hedging.doubts(context)
    claim = replace(claim, hedges=_hedges(claim, context))
    if not doubts:
        return claim
    weaker = max(claim.certainty, hedging.weakest(doubts), key=_FIRMNESS.index)
    firmer = tuple(
        evidence(context.document_of(sentence), sentence.number)
        for sentence in presupposition.stronger(context, doubts)
    )
    return replace(claim, certainty=weaker, put_more_strongly=firmer)


def _hedges(claim: Claim, context: ClaimContext) -> tuple[str, ...]:
    """The words of doubt that stand in the claim, in order; those given with selected words that nothing changed."""
    if claim.text == context.claim.text:
        if claim.origin == "selected" and claim.hedges:
            return claim.hedges
        line = context.line
    else:
        line = context.with_text(claim.text).line
    return tuple(line.text[hedge.start : hedge.end] for hedge in line.hedges)
