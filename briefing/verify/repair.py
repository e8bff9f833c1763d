"""Repairs in words: who says so, or the text's own words of doubt, put back into a claim."""

from __future__ import annotations

from briefing.language.hedges import Voice, attribution
from briefing.language.words import common_words, fold
from briefing.verify.claim_context import Ground, Passage


def with_voice(ground: Ground, voice: Voice, passage: Passage) -> str:
    """The claim with the text's own words for who says so put back."""
    who = passage.text[voice.start : voice.end].strip(" ,،")
    cue = passage.text[voice.cue_start : voice.cue_end].strip()
    said = f"{who} {cue}" if voice.start < voice.cue_start else f"{cue} {who}"
    named = _antecedent(ground, passage) if voice.is_pronoun else who
    template = _ACCORDING.get(ground.language)
    if named is None or template is None or len(named.split()) > 8:
        return in_the_words(ground.text, said, ground.language)
    return template.format(_lower(named, passage), lowered(ground))


_ACCORDING = {
    "en": "According to {}, {}",
    "fr": "D’après {}, {}",
    "es": "Según {}, {}",
    "pt": "Segundo {}, {}",
    "it": "Secondo {}, {}",
    "de": "Laut {}: {}",
    "ar": "بحسب {}، {}",
    "he": "לפי {}, {}",
    "vi": "Theo {}, {}",
}


_WORDS_OF_THE_POST = {
    "en": "in the post’s words: “{}”",
    "fr": "selon les mots du texte : « {} »",
    "es": "en palabras del texto: «{}»",
    "pt": "nas palavras do texto: «{}»",
    "it": "nelle parole del testo: «{}»",
    "de": "mit den Worten des Textes: „{}“",
    "ru": "в тексте: «{}»",
    "uk": "у тексті: «{}»",
    "ar": "بكلمات النص: «{}»",
    "he": "בלשון הפוסט: „{}”",
    "ja": "原文：「{}」",
    "zh": "原文：“{}”",
    "vi": "nguyên văn: “{}”",
}


def _antecedent(ground: Ground, passage: Passage) -> str | None:
    """Who "he said" is: the one named voice of the three sentences before, None where there is none."""
    page = next(page for page in ground.pages if page.key == passage.post)
    for number in range(passage.number - 1, max(0, passage.number - 4), -1):
        before = page.passages[number]
        named = [voice for voice in attribution(before.text, before.language) if voice.name and not voice.is_pronoun]
        if named:
            return before.text[named[-1].start : named[-1].end].strip(" ,،")
    return None


def _lower(who: str, passage: Passage) -> str:
    """ "The ministry" as it stands inside a sentence; a name keeps its capital."""
    first = who.split(" ", 1)[0]
    return who[:1].lower() + who[1:] if fold(first) in common_words(passage.language) else who


def lowered(ground: Ground) -> str:
    """The claim as the second half of a sentence: its first letter small unless it begins with a name."""
    text = ground.text
    if not ground.words:
        return text
    first = ground.words[0]
    is_small = first.key in common_words(ground.language) or any(first.key in page.lower_keys for page in ground.pages)
    return text[:1].lower() + text[1:] if is_small and text[:2] not in ("I ", "I’", "I'") else text


def in_the_words(text: str, said: str, language: str) -> str:
    """The claim with the text's words of doubt beside it."""
    template = _WORDS_OF_THE_POST.get(language, "“{}”")
    end = len(text.rstrip(" .。؟!…"))
    return f"{text[:end]} ({template.format(said)}){text[end:].strip() or '.'}"
