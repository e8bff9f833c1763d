"""How firmly a text puts it, beyond words of report and doubt: conditions, plans, what is still ahead, by language."""

# One row of words a line reads best.
# ruff: noqa: E501

from __future__ import annotations

import re

from briefing.language.words import fold, stem

LEANING = frozenset(
    map(
        fold,
        "it its they their this these those such he his she her il elle ils elles ce cet cette ces son sa ses "
        "leur leurs "
        "su sus este esta estos estas ese esa esos ello ela ele eles elas seu sua seus suas isso esse essa он "
        "она оно они "
        "его её их это этот эта він вона вони його її їх це цей ця وهو وهي هذا هذه ذلك הוא היא הם זה זו nó họ".split(),
    )
)


# Words that leave it open without being words of doubt: plans, hopes, abilities.
OPEN = frozenset(
    stem(fold(word), language)
    for language, listed in {
        "en": "hope plan aim intend want seek propose consider believe think fear claim expect warn predict risk threaten should possible chance "
        "potential option if whether accuse suspect charge allege suggest aspire offer consider argue call",
        "fr": "espère veut souhaite prévoit compte envisage peut pourrait craint estime pense croit accuse suspecté soupçonné si risque",
        "es": "espera quiere desea prevé planea puede teme estima piensa cree acusa sospecha si riesgo busca",
    }.items()
    for word in listed.split()
)


OUR_VOICES = frozenset(
    map(
        fold,
        "post author article text report tweet video study statement writer piece page site editor headline "
        "letter survey poll paper film "
        "auteur autrice article texte étude sondage autor autora artículo texto estudio encuesta كاتب مقال النص المنشور דברי".split(),
    )
)


UNNAMED = frozenset(
    map(
        fold,
        "experts officials official analysts scientists researchers police critics observers witnesses "
        "sources doctors economists authorities "
        "diplomats lawyers investigators experts responsables analystes scientifiques chercheurs policiers "
        "témoins observateurs médecins "
        "autorités expertos funcionarios analistas científicos investigadores policía testigos fuentes "
        "médicos autoridades خبراء مسؤولون "
        "محللون علماء شهود مصادر أطباء".split(),
    )
)


EVENT = {
    "en": re.compile(r"\b(?:the|its|their|his|her)\s(?:[a-z]+\s)?([a-z]{4,}(?:al|tion|sion|ment|ance|ence|ure|ry|ing|th|se|ack|ath))\s(?:of|in|into|from|at|to|by)\b", re.I),
    "fr": re.compile(r"\b(?:l[’']|la\s|le\s|son\s|sa\s|leur\s)([^\W\d_]{5,}(?:ée|tion|sion|ment|ance|ence|art|ort))\s(?:de|d[’']|du|des|à|en)\b", re.I),
    "es": re.compile(r"\b(?:la|el|su)\s([^\W\d_]{4,}(?:ada|ción|sión|miento|encia|ancia|ida|que|rte))\s(?:de|del|en|a)\b", re.I),
}  # fmt: skip


FUTURE_EN = re.compile(r"\b(?:will|shall|(?:is|are) (?:going )?to)\s(?:not\s)?(?:be\s)?([a-z]+)", re.I)


AHEAD = frozenset(
    "will would shall going future expected plan need needs require requires must should may might could can aim hope "
    "set due likely to next tomorrow soon planned upcoming future forecast predict promise pledge vow want if".split()
)


DONE = re.compile(r"\b(?:has|have|had|was|were)\b", re.I)


FUTURE = {
    "ar": re.compile(r"(?<!\w)(?:و|ف)?(?:س[يتن]\w{2,}|سوف\s\w+)"),
    "fr": re.compile(r"\b[^\W\d_]{2,}(?:era|eront|rra|rront|dra|dront|ira|iront)\b"),
    "es": re.compile(r"\b[^\W\d_]{2,}(?:rá|rán)\b"),
}


PAST = {
    "ar": re.compile(r"(?<!\w)(?:و|ف)?[^\W\d_]{3,4}(?:ت|وا)?(?!\w)"),
    "fr": re.compile(
        r"\b(?:a|ont|est|sont|avait|avaient|fut|ont été|a été)\s[^\W\d_]+(?:é|és|ée|ées|i|is|u|us|ue|it|ert)\b"
    ),
    "es": re.compile(r"\b(?:ha|han|había|habían)\s[^\W\d_]+(?:ado|ido|to|cho)\b|\b[^\W\d_]+(?:ó|aron|ieron)\b"),
}


CONDITION = {
    "en": re.compile(r"\b(?:if|unless|provided that|as long as|on condition)\b[^,;:.]{3,90}", re.I),
    "fr": re.compile(
        r"(?:\bs[’']ils?\b|\bsi\b(?! (?:peu|bien|longtemps|souvent|grand|rare))|à condition|\bsauf si\b)[^,;:.]{3,90}",
        re.I,
    ),
    "es": re.compile(r"\b(?:si|salvo que|a menos que|siempre que|a condición)\b[^,;:.]{3,90}", re.I),
    "pt": re.compile(r"\b(?:se|caso|a menos que|desde que)\b[^,;:.]{3,90}", re.I),
    "ar": re.compile(r"(?<!\w)(?:إذا|إلا إذا|شرط|بشرط|ما لم|لو)(?!\w)[^،؛.]{3,90}"),
    "ru": re.compile(r"\b(?:если)\b[^,;:.]{3,90}", re.I),
    "uk": re.compile(r"\b(?:якщо)\b[^,;:.]{3,90}", re.I),
    "he": re.compile(r"(?<!\w)(?:אם|בתנאי|אלא אם)(?!\w)[^,;:.]{3,90}"),
    "vi": re.compile(r"\b(?:nếu|trừ khi)\b[^,;:.]{3,90}", re.I),
}


CONDITIONAL = re.compile(
    r"\b(?:if|unless|provided|condition\w*|would|could|might|may|should|whether|depend\w*|subject to|when|once|in case|without|should|si|à moins|sauf|"
    r"dépend\w*|selon que|faute de|avec|sans|en cas|salvo|siempre que|a menos|depende\w*|sin|caso|se|если|якщо|nếu|s[’']il)\b|إذا|شرط|إلا|ما لم|לו|אם|תנאי",
    re.I,
)


ATTITUDE = {
    "en": re.compile(
        r"\b(?:(?:is|are|was|were) (?:confident|convinced|certain|sure|considering|mulling|weighing|planning|hoping|confident that)|mulling|considering|"
        r"plans? to|hopes? to|intends? to|wants? to|aims? to|feels? (?:that)?|thinks?|believes?|accuses?|accused|fac(?:es|ing) (?:charges|trial))\b", re.I),
    "fr": re.compile(r"\b(?:accuse(?:nt)?|accusé|estime(?:nt)?|envisage(?:nt)?|souhaite(?:nt)?|espère(?:nt)?|pense(?:nt)?|croit|convaincu(?:e|s)?|compte(?:nt)? (?=\w+er)|veut|veulent)\b", re.I),
    "es": re.compile(r"\b(?:acusan?|acusó|estiman?|prevén?|quieren?|esperan?|confían? en|creen?|piensan?|se enfrentan? a|planean?|pretenden?)\b", re.I),
}  # fmt: skip


MAXIM = re.compile(r"(?:recent\s)?(?:history|experience)\s(?:shows|teaches|has shown|tells us)\b", re.I)


# What makes a number a floor or a ceiling, ahead of it or behind it.
AT_LEAST = re.compile(
    r"\b(?:at least|no (?:less|fewer) than|a minimum of|minimum|more than|over|au moins|au minimum|plus d[e’']|al menos|por lo menos|"
    r"como mínimo|más de|pelo menos|no mínimo|mais de|mindestens|не менее|более|больше|не менше|понад|ít nhất|hơn)(?!\w)|على الأقل|أكثر من|לפחות|יותר מ",
    re.I,
)
AT_MOST = re.compile(
    r"\b(?:at most|no more than|not more than|up to|a maximum of|maximum|less than|fewer than|under|au plus|au maximum|pas plus d[e’']|moins d[e’']|"
    r"jusqu[’']à|como máximo|a lo sumo|no más de|menos de|hasta|no máximo|até|höchstens|не более|менее|меньше|не більше|менше|không quá|dưới)(?!\w)"
    r"|على الأكثر|لا يزيد|أقل من|לכל היותר|פחות מ",
    re.I,
)
AT_LEAST_BEHIND = re.compile(
    r"\b(?:at least|or more|minimum|au moins|ou plus|au minimum|al menos|por lo menos|como mínimo|o más|pelo menos|ou mais)\b|على الأقل|فأكثر|לפחות",
    re.I,
)
AT_MOST_BEHIND = re.compile(
    r"\b(?:at most|or (?:less|fewer)|maximum|au plus|au maximum|ou moins|como máximo|a lo sumo|o menos|no máximo|ou menos)\b|على الأكثر|أو أقل|לכל היותר",
    re.I,
)
STRICT = re.compile(r"(?<!no )(?<!not )\b(?:less|fewer|more) than\s(?:[$€£]\s?)?$", re.I)
