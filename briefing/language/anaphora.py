"""Sentences that lean on the one before: they open with "Its", "This", "They" …, by language."""

from __future__ import annotations

import re

from briefing.language.hedges import vocabulary

_LEANING = {
    "en": r"(?:(?:and|but|so|yet|thus|then|however|moreover|still|also),?\s)?(?:its?|this|these|those|that|they"
        r"|their|he|she"
    r"|his|her|such|both|the (?:latter|former|move|decision|deal|same))\b(?!\s(?:is|was|seems|appears|has been"
    r"|would be|will be)"
    r"\s(?:\w+ly\s)?(?:possible|clear|unclear|important|necessary|likely|unlikely|time|said|expected|true|hard"
    r"|difficult)\b)",
    "fr": r"(?:(?:et|mais|or|ainsi|donc),?\s)?(?:il(?!\sy\sa|\sfaut|\ss['’]agit|\sest\s(?:possible|important|clair"
        r"|temps))|elle"
    r"|ils|elles|cela|ceci|celui-ci|celle-ci|ceux-ci|ce(?:t|tte|s)?|son|sa|ses|leurs?|c['’])(?=[\s’'a-zé])",
    "es": r"(?:(?:y|pero|así),?\s)?(?:él|ella|ellos|ellas|est[aeo]s?|es[aeo]s?|sus?|dich[oa]s?|aquell[oa]s?)\b",
    "pt": r"(?:(?:e|mas|assim),?\s)?(?:ele|ela|eles|elas|iss?to|isso|est[ae]s?|ess[ae]s?|seus?|suas?|tais|tal)\b",
    "it": r"(?:(?:e|ma),?\s)?(?:lui|lei|esso|essa|essi|loro|quest[oaie]|ciò|suo|sua|suoi|sue)\b",
    "de": r"(?:(?:und|aber|doch),?\s)?(?:er|sie|dies(?:e[rsnm]?)?|seine?[rnms]?|ihre?[rnms]?|dabei|damit|dazu|dafür"
        r"|davon|das)\b",
    "nl": r"(?:hij|zij|ze|dit|deze|die|dat|zijn|haar|hun)\b",
    "ru": r"(?:(?:и|но|а),?\s)?(?:он|она|оно|они|это|эт[аиоу]\w*|его|её|ее|их|так(?:ой|ая|ое|ие)|при этом"
        r"|кроме того)\b",
    "uk": r"(?:(?:і|але|а|та),?\s)?(?:він|вона|воно|вони|це|ц[яей]\w*|його|її|їх|так(?:ий|а|е|і)|при цьому)\b",
    "ar": r"[وف]?(?:هذا|هذه|هؤلاء|ذلك|تلك|هو|هي|هم|كما)(?!\w)",
    "he": r"[וש]?(?:הוא|היא|הם|הן|זה|זאת|זו|אלה|כך)(?!\w)",
    "ja": r"(?:これ|それ|この|その|こう|そう|彼|同)",
    "zh": r"(?:这|這|那|他|她|它|该|該|其|此)",
    "vi": r"(?:nó|họ|điều này|điều đó|đây|đó|những điều)\b",
}  # fmt: skip
_COMPILED_LEANING = {
    language: re.compile(rf"[\s“\"«(„]*(?:{words})", re.IGNORECASE) for language, words in _LEANING.items()
}


def leans(text: str, language: str) -> bool:
    """Whether a sentence cannot be understood without the one before: it opens with "Its", "This", "They" …"""
    pattern = _COMPILED_LEANING.get(vocabulary(text, language))
    return pattern is not None and pattern.match(text) is not None
