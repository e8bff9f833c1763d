"""The verifier: of every line, whether code can account for it.

`verify` runs every check of `briefing.verify.checks` on one claim: where one fails, the claim is withheld, with the
reasons and the words at fault. Of the others `accounting` says whether every part of the line is in its sentences: then
it is carried, else unread, until a reader reads it. Code only: the same claim and the same documents always get the
same verdict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefing.language.annotation import Annotated, annotate
from briefing.language.hedges import FIRMNESS
from briefing.language.profile import language_name
from briefing.types import Check, Claim, Document, Notice, NotRun
from briefing.verify.checks import absence, evidence, headline, quotes, truncation
from briefing.verify.checks.registry import checks_for, findings, name_of, unknowing
from briefing.verify.citation import evidence as evidence_of
from briefing.verify.claim_context import ClaimContext, Finding, claim_context, claim_language
from briefing.verify.doubt_scope import doubts, weakest
from briefing.verify.firmer_sentences import stronger

_TRANSLATED = Notice("translated: wording not checked")


def verify(claim: Claim, documents: Mapping[str, Document | Annotated], *, mends: bool = True) -> Claim:
    """The claim with its check: carried, unread or withheld; never raises on what a text or model says.

    A claim without evidence is withheld, unless it says what is *not* in the posts: then all of `documents` are read.
    Its words are mended where code can; without `mends` they stay, and what is wrong with them is a reason. Who has
    many claims of a document verified annotates it first, once.
    """
    if not claim.evidence and absence.is_line(claim.text):
        return _absence(claim, [annotate(document) for document in documents.values()])
    once = _verified(claim, documents, mends=mends)
    return once if once.text == claim.text else _again(claim, once, documents)


def _again(claim: Claim, repaired: Claim, documents: Mapping[str, Document | Annotated]) -> Claim:
    """A repaired claim goes through every check once more; where it does not stand as it is, the first words are left,
    and what was found is for a reader."""
    found = _verified(replace(repaired, check=None), documents, mends=True)
    assert found.check is not None
    assert repaired.check is not None
    reasons = tuple(dict.fromkeys((*repaired.check.reasons, *found.check.reasons)))
    if found.text == repaired.text and found.check.verdict != "withheld":
        return replace(found, check=replace(found.check, reasons=reasons, before=claim.text))
    return _verified(claim, documents, mends=False)


def _verified(claim: Claim, documents: Mapping[str, Document | Annotated], *, mends: bool) -> Claim:
    cited = {item.post: annotate(documents[item.post]) for item in claim.evidence if item.post in documents}
    missing = next(evidence.check(claim, cited), None)
    if missing:
        return replace(claim, check=Check("withheld", reasons=(missing.reason,), at_fault=missing.words))
    context = _without_headline(claim_context(claim, cited))
    copied = truncation.check(context)
    if copied is not None:  # in the post's own words: there is nothing that a language would have to be known for
        judged = _judged(claim, context, [("truncation", one) for one in copied], (), mends)
        return _with_certainty(_in_its_own_words(judged, context) if not copied else judged, context)
    tagged = list(findings(context))
    found = {name for name, _ in tagged}
    unknown = tuple(name for name in unknowing(context) if name not in found)
    return _with_certainty(_judged(claim, context, tagged, unknown, mends), context)


def _absence(claim: Claim, documents: Sequence[Annotated]) -> Claim:
    language = claim_language(annotate(claim.text, documents[0].language if documents else "und"), ())
    found = list(absence.check(claim.text, language, documents))
    if found:
        reasons = tuple(finding.reason for finding in found)
        faults = tuple(word for finding in found for word in finding.words)
        return replace(claim, check=Check("withheld", reasons=reasons, at_fault=faults))
    foreign = any(one.language != language for one in documents)
    not_run = (NotRun("absence", _TRANSLATED),) if foreign else ()
    return replace(claim, check=Check("unread", () if foreign else ("absence",), not_run))


def _without_headline(context: ClaimContext) -> ClaimContext:
    """The headline is no evidence beside sentences of the text, except of what it says itself."""
    if headline.speaks_of_headline(context):
        return context
    body = tuple(sentence for sentence in context.sentences if sentence.number)
    return replace(context, sentences=body) if body and len(body) < len(context.sentences) else context


def _judged(
    claim: Claim, context: ClaimContext, tagged: Sequence[tuple[str, Finding]], unknown: Sequence[str], mends: bool
) -> Claim:
    failed = {name for name, finding in tagged if finding.severity == "fail"}
    not_run = _not_run(context, [one for one in tagged if one[1].severity == "not_run"], unknown)
    passed = _passed(context, failed, not_run)
    reasons = tuple(dict.fromkeys(finding.reason for _, finding in tagged if finding.severity != "not_run"))
    if failed:
        at_fault = (word for _, finding in tagged if finding.severity == "fail" for word in finding.words)
        return replace(
            claim, check=Check("withheld", passed, not_run, reasons, at_fault=tuple(dict.fromkeys(at_fault)))
        )
    repairs = [one for one in tagged if one[1].severity == "repair"]
    text = _repaired(claim.text, repairs) if mends else claim.text
    if text != claim.text:
        return replace(claim, text=text, check=Check("unread", passed, not_run, reasons, before=claim.text))
    check = _accounted(context, Check("unread", passed, not_run, reasons))
    return replace(claim, check=replace(check, verdict="unread") if repairs else check)


def _in_its_own_words(claim: Claim, context: ClaimContext) -> Claim:
    """Carried, unless it leans on a sentence that is not shown with it: whose word or deed it is stands there."""
    assert claim.check is not None
    body = [one for one in context.sentences if one.number]
    if not context.line.is_anaphoric or body[0].number - 1 in [one.number for one in body]:
        return replace(claim, check=replace(claim.check, verdict="carried", unaccounted=()))
    leans = Notice("it leans on the sentence before [{n}]", n=body[0].number)
    return replace(claim, check=replace(claim.check, verdict="unread", reasons=(*claim.check.reasons, leans)))


def _accounted(context: ClaimContext, check: Check) -> Check:
    """Carried where code accounts for every part of the line; else with what it does not account for."""
    found = context.account
    if found.is_complete and not context.foreign:
        return replace(check, verdict="carried")
    words = tuple(context.line.text[unit.start : unit.end] for unit in found.put_in)
    lost = tuple(Notice("left out: “{said}” [{n}]", said=one.text, n=one.number) for one in found.lost)
    return replace(check, reasons=(*check.reasons, *lost), unaccounted=words)


def _passed(context: ClaimContext, failed: set[str], not_run: tuple[NotRun, ...]) -> tuple[str, ...]:
    skipped = {item.check for item in not_run}
    return ("evidence", *(name for name in map(name_of, checks_for(context)) if name not in failed | skipped))


def _repaired(text: str, repairs: Sequence[tuple[str, Finding]]) -> str:
    """The text with every repair made: what is no quote loses its marks, then whose word it is comes back."""
    text = next((finding.text for _, finding in repairs if finding.text), text)
    for name, finding in repairs:
        if name == name_of(quotes):
            text = quotes.without_marks(text, finding.words[0])
    return text


def _not_run(context: ClaimContext, found: Sequence[tuple[str, Finding]], unknown: Sequence[str]) -> tuple[NotRun, ...]:
    """What could not be checked: the wording of translated sentences, names that another script hides, what a check
    could not decide, and what no words of the language are known for."""
    names = [word for name, finding in found if name == "names" for word in finding.words]
    undecided = [NotRun(name, finding.reason) for name, finding in found if name != "names"]
    skipped = [NotRun("overlap", _TRANSLATED)] if context.foreign else []
    if names:
        skipped.append(NotRun("names", Notice("translated: not checked: {x}", x=", ".join(dict.fromkeys(names)))))
    why = Notice("no words for it in {language}", language=language_name(context.language))
    return (*skipped, *undecided, *(NotRun(name, why) for name in unknown))


def _with_certainty(claim: Claim, context: ClaimContext) -> Claim:
    """The claim with a certainty no stronger than its sentences', its words of doubt, and where the post is firmer."""
    covering = doubts(context)
    claim = replace(claim, hedges=_hedges(claim, context))
    if not covering:
        return claim
    weaker = max(claim.certainty, weakest(covering), key=FIRMNESS.index)
    firmer = tuple(
        evidence_of(context.document_of(sentence), sentence.number) for sentence in stronger(context, covering)
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
