"""Words that say no, by language: "not", "never", "without", and verbs that deny what follows ("failed to", "refused")."""

# One row of words a line reads best.
# ruff: noqa: E501

from __future__ import annotations

import re
from functools import cache, lru_cache

from briefing.language.words import fold, words

# What turns a statement into its opposite.
_NOT = {
    "en": "not no never neither nor none nobody nothing nowhere without cannot hardly barely scarcely",
    "fr": "ne n non pas jamais aucun aucune rien personne sans ni nul nulle guère",
    "es": "no nunca jamás ningún ninguna ninguno nada nadie sin tampoco ni",
    "pt": "não nunca jamais nenhum nenhuma nada ninguém sem tampouco nem",
    "it": "non mai nessun nessuna nessuno niente nulla senza né",
    "de": "nicht kein keine keinen keiner keinem nie niemals nichts niemand ohne weder",
    "nl": "niet geen nooit niets niemand zonder noch",
    "ru": "не нет ни никогда никто ничего никакой никаких без нельзя нету",
    "uk": "не ні ніколи ніхто нічого жоден жодна жодного жодних без немає нема",
    "ar": "لا لم لن ليس ليست ليسوا غير بدون دون عدم ما بلا ولا ولم ولن وليس لست",
    "he": "לא אין אינו אינה אינם אינן בלי ללא אל מעולם ולא ואין שלא שאין",
    "vi": "không chưa chẳng đừng chả",
    "tr": "değil yok hiç asla",
}
# Verbs and adjectives that say no of what follows; where one side has them, the other may say "not".
_DENYING = {
    "en": "deny denied denies refuse refused refuses refusal reject rejected rejects rejecting fail failed fails failing failure lack lacks lacked "
    "lacking avoid avoided avoids prevent prevented prevents unable impossible unlikely absent absence stop stopped "
    "stops cease ceased decline declined declines dismiss dismissed rule ruled few little unclear unknown unaware "
    "neither halt halted cancel cancelled canceled ban banned prohibit prohibited forbid forbidden block blocked "
    "miss missed far instead except forget forgot forgotten omit omitted overlooked false untrue "
    "unfounded unverified unconfirmed zero free out",
    "fr": "oublié oublie oublier omis omet refuse refusé refuser refuserait nie nié démenti dément rejeté rejette rejeter échoué échoue manque empêche empêché évite éviter impossible "
    "absence faute peu loin interdit interdire refus",
    "es": "olvidó olvidado olvida omitió niega negó negado rechaza rechazó rechazado rechazar falta faltan evita evitar impide imposible ausencia poco lejos prohibido "
    "prohíbe negarse niegan carece carecen",
    "pt": "nega negou negado rejeita rejeitou recusou recusa falta faltam evita evitar impede impossível ausência pouco longe proibido",
    "ru": "отказался отказалась отказались отказ опроверг отрицает отверг невозможно отсутствие запрет запретил мало",
    "uk": "відмовився відмовилась відмовились відмова спростував заперечує неможливо відсутність заборона мало",
    "ar": "نفى نفت رفض رفضت يرفض ترفض فشل فشلت استحالة منع انعدام نفي قلة نادر مستحيل",
    "he": "סירב סירבה סירבו הכחיש הכחישה נכשל נכשלה חוסר היעדר אסור מנע דחה דחתה",
    "vi": "thiếu cấm",
}
# What must be, what need not be, and what is ruled out: there a "no" and its lack say the contrary without each other.
NO_NEED = re.compile(
    r"\b(?:no need|(?:do|does|did|is|are|was|were)(?: not|n['’]t) (?:need|required|necessary|obliged)|need(?:n['’]t| not)|"
    r"unnecessary|pas (?:besoin|nécessaires?|obligatoires?|obligés?|tenus?)|inutile|"
    r"no (?:hace|hacía|hará) falta|no (?:es|son|era) (?:necesari[oa]s?|obligatori[oa]s?)|no (?:se )?(?:necesita|requiere)n?|"
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
_JAPANESE = re.compile(
    r"ない|なかった|なく(?!な)|なし|ません|ずに|ぬ(?=[。、\s]|$)|ず(?=[、。])|不可能|未だ|非(?=常)|不要"
)
_CHINESE = re.compile(r"不(?!断|過|过|仅|僅|少|同|久|管|论)|没有?|沒有?|未(?!来|來)|无|無|非(?!常)|别|勿")
_THAI = re.compile("ไม่|มิได้|ไร้")
_APOSTROPHE = re.compile(r"n['’]t$", re.I)
# "Not only", "no less", "not just", "no doubt", "without doubt": they say yes.
_IS_YES = {
    "en": re.compile(
        r"(?:only|just|merely|simply|least|doubt|wonder|matter|later|longer than|less than|more than|sooner|other than|one)\b",
        re.I,
    ),
    "fr": re.compile(r"(?:seulement|uniquement|doute|que|moins|vie|abri|papiers)\b", re.I),
    "es": re.compile(r"(?:sólo|solo|solamente|obstante|embargo|duda|menos|cabe duda)\b", re.I),
    "pt": re.compile(r"(?:só|somente|apenas|obstante|dúvida)\b", re.I),
    "ar": re.compile(r"(?:فقط|سيما|شك|بد|يزال|تزال|زال|زالت)\b"),
    "ru": re.compile(r"(?:только|менее|лишь|сомневаюсь)\b", re.I),
    "uk": re.compile(r"(?:тільки|лише|менш)\b", re.I),
    "he": re.compile(r"(?:רק|ספק)\b"),
    "vi": re.compile(r"(?:chỉ|những)\b", re.I),
}
_RUSSIAN_LIKE = frozenset({"ru", "uk"})
_FRENCH_SECOND = frozenset(map(fold, "pas jamais rien aucun aucune plus personne guère que".split()))


@cache
def _nots(language: str) -> frozenset[str]:
    return frozenset(map(fold, _NOT.get(language, "").split()))


@cache
def _denials(language: str) -> frozenset[str]:
    return frozenset(map(fold, _DENYING.get(language, "").split()))


@lru_cache(maxsize=512)
def negations(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Where the words stand that turn a statement into its opposite; "ne … pas" counts once, "not only" not at all."""
    if language in {"ja", "zh", "th"}:
        pattern = {"ja": _JAPANESE, "zh": _CHINESE, "th": _THAI}[language]
        return tuple(match.span() for match in pattern.finditer(text))
    cues, tokens = _nots(language), words(text, language)
    yes = _IS_YES.get(language)
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


@lru_cache(maxsize=512)
def denials(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Where verbs and adjectives stand that say no of what follows: "refused", "failed", "unlikely"."""
    cues = _denials(language)
    return tuple((word.start, word.end) for word in words(text, language) if word.key in cues)
