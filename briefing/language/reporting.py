"""Who is said to say so, also where it is no name: "the ministry said", "said prosecutors", "a-t-elle déclaré"."""

# One row of verbs a line reads best.
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from briefing.language.attribution import Attribution
from briefing.language.line import Line

_VERBS = {
    "en": r"said|says|told \w+|announced|warned|claimed|claims|reported|confirmed|explained|stated|argued|insisted|added|alleged|wrote|testified",
    "fr": r"(?:a|ont)(?:-t-(?:il|elle|on)|-ils|-elles)?(?: [^\W\d_]{4,})? (?:déclaré|affirmé|indiqué|précisé|ajouté|expliqué|annoncé|estimé|souligné|"
    r"rappelé|assuré|confirmé|dit|écrit|rapporté|lancé|promis)|(?:déclare|affirme|indique|précise|explique|estime|souligne|rappelle|"
    r"assure|rapporte|annonce|écrit)(?:nt)?",
    "es": r"dijo|dijeron|afirmó|afirmaron|aseguró|aseguraron|explicó|señaló|señalaron|indicó|indicaron|declaró|añadió|sostuvo|"
    r"anunció|anunciaron|advirtió|confirmó|informó|informaron|manifestó|denunció|indican|aseguran|señalan|afirman|afirma|explica|asegura",
    "pt": r"disse|disseram|afirmou|afirmaram|declarou|explicou|anunciou|informou|destacou|acrescentou|confirmou|revelou|alertou",
    "ar": r"(?:و|ف)?(?:قال|قالت|يقول|تقول|أعلن|أعلنت|أكد|أكدت|أفاد|أفادت|أوضح|أوضحت|ذكر|ذكرت|أضاف|أضافت)",
}  # fmt: skip
_CLAIMING = (
    r"claiming|alleging|arguing|insisting|asserting|affirmant|assurant|prétendant|arguant|afirmando|asegurando|alegando"
)
_PRONOUNS = re.compile(
    r"(?:he|she|they|it|i|we|you|who|which|il|elle|ils|elles|on|qui|que|él|ella|ellos|quien|ele|ela)$", re.I
)
_WHO = r"(?:[^\W\d_][\w’'-]*)(?: [^\W\d_][\w’'-]*){0,6}"


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    verbs = _VERBS.get(language)
    if verbs is None:
        return ()
    behind = rf"(?<!\w)(?P<cue>{verbs})(?!\w) (?P<who>{_WHO})(?=[.,;:\"”»،؟]|$)"
    if language == "ar":
        return (
            re.compile(
                rf"(?<!\w)(?P<cue>{verbs}) (?P<who>[^\W\d_]+(?: [^\W\d_]+){{0,5}}?|)(?= ?(?:إن|أن|أنه|إنه|أنها|إنها)(?!\w))"
            ),
        )
    before = rf"(?:^|[.,;:\"”»] ?)(?P<who>{_WHO}) (?P<cue>{verbs})(?= (?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|ayer|este [^\\W\\d_]+|el [^\\W\\d_]+) )?(?:that|que|qu[’']|on |in |to )|[.,;:\"“«]|$)"
    claiming = rf"(?P<who>)(?<=, )(?P<cue>{_CLAIMING})(?= \\w)"
    tag = rf"(?<!\w)(?P<cue>{verbs})(?P<who>)(?=[.,;:]|$)"
    return tuple(re.compile(pattern, re.I) for pattern in (before, behind, tag, claiming))


_FINITE = re.compile(
    r"\s(?:ha|han|había|habían|fue|fueron|es|son|está|están|tiene|tienen|se|no|a|ont|est|sont|avait|avaient|ne|"
    r"has|have|had|was|were|is|are|will)\s",
    re.I,
)


def _without_verb(voice: Attribution, text: str) -> Attribution:
    """A "según los sindicatos ha tenido …" without comma ends where its clause goes on with a verb."""
    if voice.name is not None or voice.cue_start > voice.start or voice.end - voice.start < 30:
        return voice
    verb = _FINITE.search(text, voice.start, voice.end)
    return replace(voice, end=verb.start()) if verb else voice


def reports(line: Line, attributions: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """Who is said to say so in a line, in order: those of `attributions`, and bodies, pronouns and participles."""
    text = line.text
    found = [_without_verb(voice, text) for voice in attributions]
    for pattern in _patterns(line.language):
        for match in pattern.finditer(text[:8000]):
            cue = match.span("cue")
            if any(voice.cue_start < cue[1] and cue[0] < voice.cue_end for voice in found):
                continue
            who = match.span("who") if match["who"] else cue
            pronoun = not match["who"] or bool(_PRONOUNS.search(match["who"]))
            found.append(Attribution(*who, *cue, "unnamed", None, pronoun))
    return tuple(sorted(found, key=lambda voice: voice.cue_start))
