"""Truncation: claims in the post's own words, whole sentences, or cut at a clause.

Catches a cut that loses a doubt, a speaker, a negation or a condition ("unless …"). Lets pass every other cut, and
whole sentences at once: they say what they say.
"""

from __future__ import annotations

import re

from briefing.language.annotation import Annotation
from briefing.language.patterns import anywhere
from briefing.language.plain_text import plain
from briefing.language.rows import row_of
from briefing.types import Notice
from briefing.verify.claim_context import ClaimContext, Finding

_CUT = re.compile(r"\s*(?:\[\s*(?:…|\.{3})\s*\]|…|\.{3})\s*")

_WORDS = {
    "doubt": Notice("doubt"),
    "speaker": Notice("speaker"),
    "negation": Notice("negation"),
    "condition": Notice("condition"),
}
_TABLES = {
    "doubt": ("hedges",),
    "speaker": ("reporting_verbs",),
    "negation": ("negators",),
    "condition": ("clauses", "condition"),
}


def check(context: ClaimContext) -> tuple[Finding, ...] | None:
    """What a cut has lost; () where nothing is lost; None where the claim is not in the post's own words."""
    body = [sentence for sentence in context.sentences if sentence.number]
    if not body:
        return None
    parts = [part.strip(" .。") for part in _CUT.split(context.line.plain)]
    parts = [part for part in parts if part]
    wholes = [sentence.plain.strip(" .。") for sentence in body]
    if len(parts) == 1 and parts[0] in wholes:
        return ()
    text = " ".join(sentence.text for sentence in body)
    joined = context.line.plain if text == context.line.text else plain(text)
    if len(parts) == 1 and parts[0] == joined.strip(" .。"):
        return ()
    if not parts or context.claim.origin != "selected":
        return None
    lost: list[Finding] = []
    for part in parts:
        home = next((sentence for sentence, whole in zip(body, wholes, strict=True) if part in whole), None)
        if home is None:
            if part not in joined:
                return None
            continue
        lost += _lost(home, part, " ".join(parts))
    return tuple(lost)


def _lost(sentence: Annotation, part: str, kept: str) -> list[Finding]:
    """What the part of this sentence that was cut away said of the part that was kept."""
    text, conditions = sentence.text, anywhere("clauses", "condition", sentence.language)
    pieces: list[tuple[str, int, int]] = [("doubt", mark.start, mark.end) for mark in sentence.hedges]
    pieces += [("speaker", min(v.start, v.cue_start), max(v.end, v.cue_end)) for v in sentence.attributions]
    pieces += [("negation", start, end) for start, end in sentence.negations]
    pieces += [("condition", match.start(), match.end()) for match in conditions.finditer(text)]
    for what, start, end in pieces:
        said = plain(text[start:end]).strip()
        if said and said not in kept and _leans_on(what, text, start, part):
            reason = Notice(
                "cut: the {what} “{said}” [{n}] is lost; the whole sentence is shown",
                what=_WORDS[what],
                said=text[start:end].strip(),
                n=sentence.number,
            )
            row = row_of(text, (start, end), sentence.vocabulary, *_TABLES[what])
            return [Finding("fail", reason, (text[start:end].strip(),), text, row)]
    return []


def _leans_on(what: str, text: str, start: int, part: str) -> bool:
    """Whether what was cut away bears on what was kept: a "not" or a "may" of a clause cut as a whole does not."""
    if what in ("condition", "speaker"):
        return True
    before = plain(text[:start])
    clause = re.split(r"[,;:،؛、—–-]", before)[-1].strip()
    return not clause or clause in part or start < 3 or not re.search(r"[,;:،؛、—–-]", before)
