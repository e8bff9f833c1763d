"""Who is said to say so, also where it is no name: "the ministry said", "said prosecutors", "a-t-elle déclaré"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from briefing.language.attribution import Attribution
from briefing.language.patterns import alternatives
from briefing.language.reading import TextReading

_WHO = r"(?:[^\W\d_][\w’'-]*)(?: [^\W\d_][\w’'-]*){0,6}"


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    verbs = alternatives("reporting_verbs", "body_saying", language)
    if not verbs:
        return ()
    if language == "ar":
        that = alternatives("reporting_verbs", "leads", language)
        verb = rf"(?<!\w)(?P<cue>(?:و|ف)?(?:{verbs}))"
        return (re.compile(rf"{verb} (?P<who>[^\W\d_]+(?: [^\W\d_]+){{0,5}}?|)(?= ?(?:{that})(?!\w))"),)
    days, leads = (alternatives("reporting_verbs", key, language) or "(?!)" for key in ("days_between", "leads"))
    before = rf"(?:^|[.,;:\"”»] ?)(?P<who>{_WHO}) (?P<cue>{verbs})(?= (?:(?:{days}) )?(?:{leads})|[.,;:\"“«]|$)"
    behind = rf"(?<!\w)(?P<cue>{verbs})(?!\w) (?P<who>{_WHO})(?=[.,;:\"”»،؟]|$)"
    tag = rf"(?<!\w)(?P<cue>{verbs})(?P<who>)(?=[.,;:]|$)"
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in (before, behind, tag))


@cache
def _pronouns(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('pronouns', 'ending', language) or '(?!)'})$", re.IGNORECASE)


@cache
def _predicate(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{alternatives('clauses', 'predicate', language) or '(?!)'})\s", re.IGNORECASE)


def _without_verb(voice: Attribution, line: TextReading) -> Attribution:
    """A "según los sindicatos ha tenido …" without comma ends where its clause goes on with a verb."""
    if voice.name is not None or voice.cue_start > voice.start or voice.end - voice.start < 30:
        return voice
    verb = _predicate(line.language).search(line.text, voice.start, voice.end)
    return replace(voice, end=verb.start()) if verb else voice


def reports(line: TextReading, attributions: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """Who is said to say so in a line, in order: those of `attributions`, and bodies and pronouns."""
    text = line.text
    found = [_without_verb(voice, line) for voice in attributions]
    for pattern in _patterns(line.language):
        for match in pattern.finditer(text[:8000]):
            cue = match.span("cue")
            if any(voice.cue_start < cue[1] and cue[0] < voice.cue_end for voice in found):
                continue
            who = match.span("who") if match["who"] else cue
            pronoun = not match["who"] or bool(_pronouns(line.language).search(match["who"]))
            found.append(Attribution(*who, *cue, "unnamed", None, pronoun))
    return tuple(sorted(found, key=lambda voice: voice.cue_start))
