"""Words that say no: "not", "never", "without", and verbs that deny what follows ("failed to", "refused")."""

from __future__ import annotations

import re
from functools import cache

from briefing.language.line import Line
from briefing.language.tables import table
from briefing.language.words import fold

# What must be, what need not be, and what is ruled out: there a "no" and its lack say the contrary without each other.
NO_NEED = re.compile(
    r"\b(?:no need|(?:do|does|did|is|are|was|were)(?: not|n['’]t) (?:need|required|necessary|obliged)|"
    r"need(?:n['’]t| not)|unnecessary|pas (?:besoin|nécessaires?|obligatoires?|obligés?|tenus?)|inutile|"
    r"no (?:hace|hacía|hará) falta|no (?:es|son|era) (?:necesari[oa]s?|obligatori[oa]s?)|"
    r"no (?:se )?(?:necesita|requiere)n?|"
    r"não (?:é|são) (?:necessári[oa]s?|obrigatóri[oa]s?))\b|لا حاجة|لا داعي|لا يلزم|لا يجب|ليس من الضروري",
    re.I,
)
NEED = re.compile(
    r"\b(?:must|need(?:s|ed)? to|ha(?:s|ve|d) to|require[sd]?|necessary|obliged|compulsory|mandatory|subject to|"
    r"conditional (?:up)?on|doi(?:t|vent)|il faut|obligatoires?|nécessaires?|exige(?:nt)?|subordonnée?s?|"
    r"deben?|hay que|tienen? que|necesita[n]?|requieren?|exigen?|obligatori[oa]s?|condicionad[oa]s?|"
    r"devem?|precisam?)\b|يجب|لا بد|ينبغي|يلزم|يشترط",
    re.I,
)
RULING_OUT = re.compile(
    r"\b(?:rul(?:e|es|ed|ing) out|exclu(?:de|des|ded|t|ent|ait|re)|écart(?:e|ent|é|er|ait)|"
    r"descart(?:a|an|ó|ado|ar|aron)|excluy(?:e|en|ó))\b|استبعد|يستبعد|تستبعد|استبعدت",
    re.I,
)
_APOSTROPHE = re.compile(r"n['’]t$", re.I)
_RUSSIAN_LIKE = frozenset({"ru", "uk"})
_FRENCH_SECOND = frozenset(map(fold, "pas jamais rien aucun aucune plus personne guère que".split()))


@cache
def _nots(language: str) -> frozenset[str]:
    return frozenset(map(fold, table(language, "negators").get("negations", ())))


@cache
def _denials(language: str) -> frozenset[str]:
    return frozenset(map(fold, table(language, "negators").get("denials", ())))


@cache
def _yes(language: str) -> re.Pattern[str] | None:
    """What makes a yes of a negation before it: "not only", "no less", "no doubt"."""
    affirming = table(language, "negators").get("affirming")
    return re.compile(rf"(?:{'|'.join(affirming)})\b", re.I) if affirming else None


@cache
def _unspaced(language: str) -> re.Pattern[str] | None:
    """Negations of a language whose words no spaces part."""
    rows = table(language, "negators").get("row")
    return re.compile("|".join(row["pattern"] for row in rows)) if rows else None


def negations(line: Line) -> tuple[tuple[int, int], ...]:
    """Where the words stand that turn a statement into its opposite; "ne … pas" counts once, "not only" not at all."""
    text, language = line.text, line.language
    if unspaced := _unspaced(language):
        return tuple(match.span() for match in unspaced.finditer(text))
    cues, tokens = _nots(language), line.words
    yes = _yes(language)
    found: list[tuple[int, int]] = []
    open_ne = -9
    for index, word in enumerate(tokens):
        raw = text[word.start : word.end]
        if word.key not in cues and not _APOSTROPHE.search(raw):
            continue
        following = text[word.end : word.end + 24].lstrip()
        if raw in ("NO", "No", "no") and following.lstrip(". ")[:1].isdigit():
            continue
        if yes and yes.match(following):
            continue
        if language == "fr":
            if word.key in {"ne", "n"}:
                if text[word.start : word.end + 1].startswith("N'") or index + 1 >= len(tokens):
                    continue
                open_ne = index
            elif word.key in _FRENCH_SECOND and index - open_ne <= 4:
                open_ne = -9
                continue
            elif word.key in {"personne", "plus"}:
                continue
        if (
            language == "ar"
            and word.key == "ما"
            and not _negates_ar(tokens[index + 1].key if index + 1 < len(tokens) else "")
        ):
            continue
        found.append((word.start, word.end))
    return tuple(found)


def _negates_ar(following: str) -> bool:
    """ "ما" is "not" before a few verbs, and "what" or "that which" nearly everywhere else."""
    return following in {"زال", "زالت", "كان", "كانت", "عاد", "عادت"}


def denials(line: Line) -> tuple[tuple[int, int], ...]:
    """Where verbs and adjectives stand that say no of what follows: "refused", "failed", "unlikely"."""
    cues = _denials(line.language)
    return tuple((word.start, word.end) for word in line.words if word.key in cues)
