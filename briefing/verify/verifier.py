"""The verifier: of every line, whether code can account for it.

`verify` runs every check of `briefing.verify.checks` on one claim: where one fails, the claim is withheld, with the
reasons and the words at fault. Of the others `accounting` says whether every part of the line is in its sentences: then
it is carried, else unread, until a reader reads it. Code only: the same claim and the same documents always get the
same verdict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.language.annotation import Annotated, annotate
from briefing.language.hedges import FIRMNESS
from briefing.language.profile import language_name
from briefing.types import Check, Claim, Document, Notice, NotRun, Verdict
from briefing.verify.checks import absence, evidence, headline, truncation
from briefing.verify.checks.registry import checks_for, findings, name_of, unknowing
from briefing.verify.citation import evidence as evidence_of
from briefing.verify.claim_context import ClaimContext, Finding, claim_context, claim_language
from briefing.verify.doubt_scope import doubts, weakest
from briefing.verify.firmer_sentences import stronger
from briefing.verify.one_sided import one_sided

_TRANSLATED = Notice("translated: wording not checked")


def verify(claim: Claim, documents: Mapping[str, Document | Annotated], *, mends: bool = True) -> Claim:
    """The claim with its check: carried, unread or withheld; never raises on what a text or model says.

    A claim without evidence is withheld, unless it says what is *not* in the posts: then all of `documents` are read.
    Its words are mended where code can; without `mends` they stay, and what is wrong with them is a reason. Who has
    many claims of a document verified annotates it first, once.
    """
    if not claim.evidence and absence.is_line(claim.text):
        return _absence(claim, [annotate(document) for document in documents.values()])
    cited = {item.post: annotate(documents[item.post]) for item in claim.evidence if item.post in documents}
    once = _verified(claim, cited)
    return once.claim if once.better is None or not mends else _repaired(once, cited)


_NOTHING_FOUND = Check("unread")


@dataclass(frozen=True, slots=True)
class _Judgement:
    """A claim with the check of its words as they are; `better` is how they should read where the checks can tell, and
    `found` what the checks have to say against them."""

    claim: Claim
    check: Check
    better: str | None = None
    found: Check = _NOTHING_FOUND


_MOST_REPAIRS = 3


def _repaired(once: _Judgement, cited: Mapping[str, Annotated]) -> Claim:
    """The claim in the words that its checks give it, where these stand every check themselves; else as it was."""
    reasons, rows, again = once.found.reasons, once.found.rows, once
    for _ in range(_MOST_REPAIRS):
        assert again.better is not None
        again = _verified(replace(once.claim, text=again.better, hedges=(), check=None), cited)
        if again.better is None:
            if again.check.verdict == "withheld":
                break
            told = tuple(dict.fromkeys((*reasons, *again.check.reasons)))
            by = tuple(dict.fromkeys((*rows, *again.check.rows)))
            return replace(again.claim, check=replace(again.check, reasons=told, rows=by, before=once.claim.text))
        reasons, rows = (*reasons, *again.found.reasons), (*rows, *again.found.rows)
    return once.claim


def _verified(claim: Claim, cited: Mapping[str, Annotated]) -> _Judgement:
    missing = next(evidence.check(claim, cited), None)
    if missing:
        check = Check("withheld", reasons=(missing.reason,), at_fault=missing.words)
        return _Judgement(replace(claim, check=check), check)
    context = _without_headline(claim_context(claim, cited))
    copied = truncation.check(context)
    tagged, unknown = list[tuple[str, Finding]](), tuple[str, ...]()
    if copied is not None:  # in the post's own words: there is nothing that a language would have to be known for
        tagged = [("truncation", one) for one in copied]
    else:
        tagged = [*findings(context), *one_sided(context)]
        found = {name for name, _ in tagged}
        unknown = tuple(name for name in unknowing(context) if name not in found)
    check = judged = _judged(context, tagged, unknown)
    if check.verdict != "withheld":
        check = _in_its_own_words(check, context) if copied == () else _accounted(check, context)
    checked = _with_certainty(replace(claim, check=check), context)
    return _Judgement(checked, check, _better(tagged), judged)


def _better(tagged: Sequence[tuple[str, Finding]]) -> str | None:
    """How the line should read: as the first check that withholds it says, else the first that asks a reader."""
    found = [finding for _, finding in tagged]
    failed = [finding for finding in found if finding.severity == "fail"]
    return next((finding.text for finding in failed or found if finding.text), None)


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


def _judged(context: ClaimContext, tagged: Sequence[tuple[str, Finding]], unknown: Sequence[str]) -> Check:
    failed = {name for name, finding in tagged if finding.severity == "fail"}
    not_run = _not_run(context, [one for one in tagged if one[1].severity == "not_run"], unknown)
    passed = _passed(context, {name for name, finding in tagged if finding.severity != "not_run"}, not_run)
    reasons = tuple(dict.fromkeys(finding.reason for _, finding in tagged if finding.severity != "not_run"))
    at_fault = (word for _, finding in tagged if finding.severity == "fail" for word in finding.words)
    rows = tuple(dict.fromkeys(finding.row for _, finding in tagged if finding.row))
    verdict: Verdict = "withheld" if failed else "unread"
    return Check(verdict, passed, not_run, reasons, at_fault=tuple(dict.fromkeys(at_fault)), rows=rows)


def _in_its_own_words(check: Check, context: ClaimContext) -> Check:
    """Carried, unless it leans on a sentence that is not shown with it: whose word or deed it is stands there."""
    body = [one for one in context.sentences if one.number]
    if not context.line.is_anaphoric or body[0].number - 1 in [one.number for one in body]:
        return replace(check, verdict="carried")
    leans = Notice("it leans on the sentence before [{n}]", n=body[0].number)
    return replace(check, reasons=(*check.reasons, leans))


def _accounted(check: Check, context: ClaimContext) -> Check:
    """Carried where code accounts for every part of the line and no check left it to a reader; else with what it does
    not account for."""
    found = context.account
    if found.is_complete and not check.reasons and not context.foreign:
        return replace(check, verdict="carried")
    words = tuple(context.line.text[unit.start : unit.end] for unit in found.put_in)
    lost = tuple(Notice("left out: “{said}” [{n}]", said=one.text, n=one.number) for one in found.lost)
    return replace(check, reasons=(*check.reasons, *lost), unaccounted=words)


def _passed(context: ClaimContext, failed: set[str], not_run: tuple[NotRun, ...]) -> tuple[str, ...]:
    skipped = {item.check for item in not_run}
    return ("evidence", *(name for name in map(name_of, checks_for(context)) if name not in failed | skipped))


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
    """The words of doubt that stand in the claim, in order; those that selected words came with."""
    if claim.origin == "selected" and claim.hedges:
        return claim.hedges
    return tuple(context.line.text[hedge.start : hedge.end] for hedge in context.line.hedges)
