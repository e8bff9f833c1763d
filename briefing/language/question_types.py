"""What a question asks for (a number, a date, who, why, …), by its question words, and which of its words only ask."""

# One pattern a line reads best.
# ruff: noqa: E501

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from briefing.language.words import fold

Wanted = Literal[
    "age", "money", "duration", "size", "number", "date", "place", "reason", "speech", "who", "whether", "thing"
]

# Tried in this order; what matches only asks, and is not looked for in the posts.
_PATTERNS: dict[str, dict[Wanted, str]] = {
    "en": {
        "age": r"how old|(?:at )?what age",
        "money": r"how much (?=.*\b(?:cost|costs|pay|pays|paid|spend|spent|money|charge|charged|earn|earns|earned|worth"
        r"|owe|owes|price|fine|fined|invest|invested|receive|raise|raised|make|made|gross|grossed|contribute|contributed|donate|donated|claim|lose|lost|leave|left|salary|budget)\b)"
        r"|how much money|(?:at )?what (?:is|was|are|were|will be) the (?:price|cost|costs|salary|budget|fee|rent)|what price",
        "size": r"how (?:far|tall|high|wide|deep|heavy)\b",
        "duration": r"how (?:long|often)\b",
        "number": r"(?:by )?how (?:many|much|big|large|fast)|what (?:share|proportion|percentage|number|fraction|part) of|(?:as )?what (?:share|proportion|percentage)"
        r"|(?:what|which) (?:number|percentage|share|time did)|what (?:is|was) the (?:number|toll|population|size) of",
        "date": r"(?:since |until )?when\b|(?:(?:in|on|by) )?(?:what|which) (?:day|date|year|month|week|century|time)",
        "place": r"(?:from )?where\b|(?:(?:in|at|to|from) )?(?:what|which) (?=(?:country|city|town|place|village|state"
        r"|region|street|county|province|hospital|venue|stadium)\b)",
        "reason": r"why\b|for what reason|what (?:was|is) the (?:reason|cause)|what (?:caused|led to)",
        "speech": r"(?:what|how) (?:do|does|did|has|have) (?=.{2,80}\b(?:say|says|said|think|comment|respond|react"
        r"|reply|claim|argue|tell|tweet|announce|write|commented|responded|reacted|warn)\b)",
        "who": r"(?:by |to |with |from |for )?(?:who|whom|whose)\b(?: (?:is|was) (?:the |a )?(?:name of )?)?"
        r"|what (?:is|was) (?:the name of|(?=.{2,60}\b(?:name|called)\b))",
        "whether": r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|must)\b",
        "thing": r"(?:in |on |at |for |of |with |to |from |by )?(?:what|which|how)\b(?: (?:kind|sort|type) of)?",
    },
    "fr": {
        "age": r"quel (?:est l['’])?âge|à quel âge",
        "money": r"combien .{0,30}?\b(?:co[uû]te\w*|pay\w+|gagne\w*|d['’]argent|d['’]euros)|quel (?:est|était|sera) le (?:prix|coût|montant|budget|salaire)",
        "duration": r"combien de temps|(?:de|depuis) combien de temps|quelle (?:est la )?durée",
        "size": r"quelle (?:est |était )?(?:la )?(?:longueur|taille|hauteur|distance|largeur)",
        "number": r"(?:de |à )?combien\b|quel(?:le)? (?:est (?:le|la) )?(?:nombre|part|pourcentage|proportion|bilan)",
        "date": r"(?:depuis |jusqu['’]à )?quand\b|(?:à |en |depuis )?quel(?:le)? (?:jour|date|année|mois|heure|semaine)",
        "place": r"(?:d['’])?où\b|(?:dans |en |à |de )?quel(?:le)? (?=(?:ville|pays|lieu|région|endroit|hôpital)\b)",
        "reason": r"pourquoi\b|pour quelles? raisons?|quelle (?:est|était) la (?:raison|cause)",
        "speech": r"(?:que|qu['’]a|qu['’]|comment) ?(?=.{0,80}\b(?:dit|dire|pense\w*|répond\w*|réagi\w*|déclar\w+|affirm\w+|annonc\w+)\b)",
        "who": r"(?:à |de |par |pour |avec )?qui\b(?! est-ce que)|quel est le nom (?:de|du|des)|comment s['’]appelle",
        "whether": r"est-ce que",
        "thing": r"qu['’]est-ce qu(?:e|['’])(?: c['’]est que)?|(?:à |de |en |avec |dans |sur |pour )?(?:quel(?:le)?s?|quoi|que|comment)\b",
    },
    "es": {
        "age": r"(?:qué|cuál es la) edad|cuántos años (?=tiene|tenía)",
        "money": r"cuánto (?=.{0,20}\b(?:cuesta\w*|costó|costará|vale|pag\w+|cobra\w*|gana\w*|dinero)\b)|cuánto dinero|cuál (?:es|fue|será) el (?:precio|costo|coste|monto|presupuesto|valor)",
        "duration": r"cuánto (?:tiempo|dur\w+)",
        "number": r"cuánt[oa]s?\b|qué (?:porcentaje|parte|proporción|número|cantidad)",
        "date": r"(?:desde |hasta )?cuándo\b|(?:en |a )?qué (?:día|fecha|año|mes|hora|semana)",
        "place": r"(?:de |a |en |por )?d[óo]nde\b|adónde|(?:en |de |a )?qué (?=(?:ciudad|país|lugar|región|provincia)\b)",
        "reason": r"por qué\b|cuál (?:es|fue) (?:la razón|el motivo|la causa)",
        "speech": r"qué (?=(?:dijo|dice|dijeron|opina|piensa|respondió|declaró|afirm\w+|anunció)\b)",
        "who": r"(?:a |de |por |con |para )?qui[ée]n(?:es)?\b|cómo se llama",
        "thing": r"(?:a |de |en |con |por |para )?(?:qué|cuál(?:es)?|cómo)\b",
    },
    "pt": {
        "age": r"(?:qual (?:é )?a|que) idade|quantos anos (?=tem|tinha)",
        "money": r"quanto (?=.{0,20}\b(?:custa\w*|custou|custará|vale|pag\w+|cobra\w*|ganha\w*|dinheiro)\b)|qual (?:é|foi|será) o (?:preço|custo|valor|salário|orçamento|montante)|quanto dinheiro",
        "duration": r"(?:por )?quanto tempo",
        "number": r"quant[oa]s?\b|que (?:percentagem|porcentagem|parte|número)",
        "date": r"(?:desde |até )?quando\b|(?:em |a )?que (?:dia|data|ano|mês|hora)",
        "place": r"(?:de |para )?(?:aonde|onde)\b|em que (?=(?:cidade|país|lugar|região|estado)\b)",
        "reason": r"por ?qu[eê]\b|qual (?:é|foi) (?:a razão|o motivo|a causa)",
        "speech": r"o que (?=(?:disse|diz|disseram|acha|pensa|respondeu|declarou|afirm\w+|anunciou)\b)",
        "who": r"(?:a |de |por |com |para )?quem\b|como se chama",
        "thing": r"o que\b|(?:em |de |com )?(?:que|qual|quais|como)\b",
    },
    "it": {
        "age": r"(?:che|qual è l['’])età|quanti anni (?=ha|aveva)",
        "money": r"quanto (?=.{0,20}\b(?:costa\w*|costò|paga\w*|guadagna\w*|vale)\b)|qual è il (?:prezzo|costo)",
        "duration": r"(?:per |da )?quanto tempo|quanto (?=dura|è lung)",
        "number": r"quant[oaie]\b|che (?:percentuale|parte|numero)",
        "date": r"(?:da |fino a )?quando\b|(?:in )?(?:che|quale) (?:giorno|data|anno|mese|ora)",
        "place": r"(?:da )?dove\b|(?:in )?(?:che|quale) (?=(?:città|paese|luogo|regione)\b)",
        "reason": r"perché\b|per quale motivo",
        "speech": r"(?:che )?(?:cosa|che) (?=(?:ha detto|dice|dicono|pensa|ha risposto|ha dichiarato)\b)",
        "who": r"(?:a |di |da |con |per )?chi\b|come si chiama",
        "thing": r"(?:che )?cos['’]è|che cosa\b|(?:in |di |con |a )?(?:che|cosa|qual[ei]?|come)\b",
    },
    "de": {
        "age": r"wie alt",
        "money": r"wie ?viel (?=.{0,40}\b(?:kostet\w*|kosten|zahl\w+|bezahl\w+|verdien\w+|geld)\b)|wie viel geld|wie teuer|was kostete?n?",
        "size": r"wie (?:weit|hoch|tief|schwer|breit)\b",
        "duration": r"wie (?:lange|oft)\b",
        "number": r"(?:um )?wie ?viele?\b|welcher (?:anteil|prozentsatz)",
        "date": r"(?:seit |bis )?wann\b|(?:in welchem|an welchem|in welcher|welches) (?:jahr|tag|monat|woche|datum)",
        "place": r"wo(?:her|hin)?\b|(?:in|aus) welche[rmn] (?=(?:stadt|land|ort|region)\b)",
        "reason": r"warum|weshalb|wieso|aus welchem grund",
        "speech": r"was (?=(?:sagt|sagte|sagten|meint|meinte|antwortete|erklärte)\b)|wie (?=(?:reagierte|antwortete)\b)",
        "who": r"(?:mit |von |für |an |bei )?(?:wer|wen|wem|wessen)\b|wie (?:heißt|heißen|hieß)",
        "thing": r"(?:in |mit |an |auf |bei )?(?:was|welche[rsnm]?|wie|womit|wofür|worüber|wodurch)\b",
    },
    "nl": {
        "age": r"hoe oud", "money": r"hoeveel (?=.{0,40}\b(?:kost\w*|betaal\w*|geld)\b)|wat kost\w*",
        "duration": r"hoe (?:lang|ver|hoog|groot|vaak)", "number": r"hoeveel", "date": r"(?:sinds )?wanneer|in welk jaar",
        "place": r"waar(?:heen|vandaan)?\b", "reason": r"waarom", "speech": r"wat (?=(?:zegt|zei|zeiden)\b)",
        "who": r"(?:van |met |door )?wie\b|hoe heet", "thing": r"(?:wat|welke?|hoe)\b",
    },
    "ru": {
        "age": r"сколько (?:\w+ )?лет|какого возраста", "money": r"сколько (?=.*\b(?:сто[ия]\w+|плат\w+|заплат\w+|денег|зарабат\w+|рублей)\b)|какова (?:цена|стоимость)|какая (?:\w+ )?зарплата|сколько (?=.*обош\w+)",
        "size": r"какова (?:длина|высота|площадь|ширина|глубина)|какой (?:длины|высоты)", "duration": r"(?:как|сколько) (?:долго|времени)", "number": r"сколько|какая (?:доля|часть)|какое (?:число|количество)",
        "date": r"(?:с каких пор|когда|в каком (?:году|месяце)|какого числа)", "place": r"где|куда|откуда|в как(?:ом|ой) (?=(?:город|стран|мест|регион)\w*)",
        "reason": r"почему|зачем|по какой причине", "speech": r"(?:что|как) (?=(?:сказал|говорит|заявил|ответил|отреагировал|думает)\w*)",
        "who": r"(?:с |у |от |к |о |для )?(?:кто|кого|кому|кем|ком|чей|чья|чьё)\b(?: так(?:ой|ая|ие)\b)?|как зовут", "thing": r"(?:в |о |на |с |по |для )?(?:что|чем|чего|чему|как(?:ой|ая|ое|ие|ую|их|им|ими)?)\b(?: такое\b)?",
    },
    "uk": {
        "age": r"скільки (?:\w+ )?років", "money": r"скільки (?=.*\b(?:кошту\w+|плат\w+|грошей|гривень)\b)|яка (?:ціна|вартість)",
        "duration": r"як довго|скільки часу", "number": r"скільки|яка (?:частка|частина)|яка кількість", "date": r"коли|(?:у|в) якому (?:році|місяці)|якого числа",
        "place": r"де\b|куди|звідки|(?:у|в) як(?:ому|ій) (?=(?:міст|країн|місц|регіон)\w*)", "reason": r"чому|навіщо",
        "speech": r"(?:що|як) (?=(?:сказа|каже|заяви|відпові)\w*)", "who": r"(?:з |у |від |для )?(?:хто|кого|кому|ким|чий|чия)\b|як звати",
        "whether": r"чи\b", "thing": r"(?:у |в |з |про |на )?(?:що|чим|чого|як(?:ий|а|е|і|у|их|им)?)\b(?: таке\b)?",
    },
    "ar": {
        "age": r"كم (?:عمر|يبلغ عمر)\w*", "money": r"كم (?:سعر|ثمن|تكلفة|كلفة|كلف|كلفت|سيكلف|ستكلف|أنفقت|أنفق|يكلف|تكلف|يبلغ سعر|دفع|تدفع|يدفع)|ما (?:هو |هي )?(?:سعر|تكلفة|كلفة|ثمن|قيمة)|بكم",
        "duration": r"كم (?:استغرق|يستغرق|تستغرق|من الوقت|مرة|من الزمن|سيستمر|ستستمر|استمر|يستمر|يدوم|ستدوم|سيدوم)|ما (?:هي )?مدة", "number": r"كم(?: (?:عدد|يبلغ عدد|بلغ عدد|تبلغ نسبة|نسبة))?\b|ما (?:هو )?عدد|ما (?:هي )?نسبة",
        "date": r"(?:منذ )?متى|في أي (?:عام|سنة|يوم|شهر)", "place": r"(?:من |إلى |الى )?[أا]ين|في [أا]ي (?=(?:مدينة|بلد|دولة|مكان))",
        "reason": r"لماذا|لم\b|ما (?:هو )?(?:سبب|أسباب)", "speech": r"ماذا (?=(?:قال|قالت|يقول|تقول|صرح|اعلن|أعلن))",
        "who": r"من (?=(?!أجل|خلال|بين))(?:هو |هي |هم )?|ما اسم", "whether": r"هل", "thing": r"ماذا|بماذا|ما(?: (?:هو|هي|هم))?\b|[أا]ي\b|كيف",
    },
    "he": {
        "age": r"בן כמה|בת כמה|מה (?:ה)?גיל\w*", "money": r"כמה (?=(?:עולה|עולים|עלה|עלתה|יעלה|תעלה|עלו|עלות|שילם|שילמה|כסף))|מה (?:עלות|מחיר)\w*|מה המחיר|מהו המחיר",
        "duration": r"כמה זמן|באיזו תדירות|כל כמה זמן", "number": r"(?:ב|ל)?כמה\b|מה (?:מספר|שיעור|אחוז)", "date": r"(?:מ)?מתי|באיזו שנה|באיזה (?:יום|חודש|תאריך)",
        "place": r"(?:ל|מ)?איפה|היכן|לאן|מאין|באיזו (?=(?:עיר|מדינה))|באיזה (?=(?:מקום|בית))", "reason": r"מדוע|למה|מה (?:ה)?סיבה",
        "speech": r"מה (?=(?:אמר|אמרה|אמרו|אומר|הגיב))", "who": r"(?:ל|של |עם |על )?מי\b(?: (?:הוא|היא|הם))?|מה שמ\w+", "whether": r"האם", "thing": r"(?:ב|ל)?מה\b(?: (?:הוא|היא|הם))?|מהו|מהי|איזה|איזו|אילו|כיצד|איך",
    },
    "vi": {
        "age": r"bao nhiêu tuổi", "money": r"(?:giá )?bao nhiêu tiền|giá bao nhiêu", "duration": r"bao lâu", "number": r"(?:có )?(?:bao nhiêu|mấy)",
        "date": r"khi nào|bao giờ|năm nào|ngày nào", "place": r"(?:ở )?đâu|nơi nào|(?<=thành phố )nào", "reason": r"(?:tại|vì) sao",
        "who": r"(?:là )?ai\b|tên là gì", "thing": r"(?:là )?gì\b|nào\b|như thế nào|thế nào",
    },
    "ja": {
        "age": r"何歳", "money": r"いくら(?:から)?|何円|料金は", "duration": r"どのくらい|どれくらい|何(?:時間|日間|分)", "number": r"何(?:人|件|個|台|社|校|回|名|匹|枚|冊|%|パーセント|割)|いくつ",
        "date": r"いつ(?:から|まで)?|何(?:年|月|日|時|曜日)", "place": r"どこ(?:で|に|から|へ)?|どの(?=(?:国|都市|町|場所))", "reason": r"なぜ|どうして|理由は何",
        "who": r"(?:誰|だれ)(?:が|に|を|の|と)?", "thing": r"何(?:が|を|の|に|で)?|どんな|どの|どう|どれ",
    },
    "zh": {
        "age": r"多大(?:年[纪紀])?|几岁|幾歲", "money": r"多少[钱錢]|多少元", "duration": r"多[久长長]|多少时间", "number": r"多少|[几幾](?:[人个個名次家])|有几",
        "date": r"什[么麼][时時]候|何[时時]|哪[一]?年|哪天|几月|幾月", "place": r"哪[里裡儿]|在哪|什[么麼]地方|哪个(?=(?:国家|城市|地方))", "reason": r"[为為]什[么麼]|[为為]何",
        "who": r"[谁誰]", "whether": r"是否", "thing": r"什[么麼]|哪[个個些]|怎[么麼样樣]+|如何",
    },
}  # fmt: skip

# Words that a number, price, date … of the answer says without them: "How much does it cost?" — "the $3m network".
_IMPLIED: dict[Wanted, str] = {
    "age": "old age aged years âge ans edad años tiene tenía idade anos tem tinha età anni alt лет возраст גיל عمر 歳",
    "money": "cost costs price pay pays paid spend spent money charge charged worth amount earn fee euros argent prix "
    "coûte coût payer paye precio cuesta cuestan dinero pagar cobran preço custa custam valor prezzo costa kostet kosten preis "
    "geld zahlt стоит стоят цена денег рублей سعر ثمن تكلفة كلفة كلف يكلف مال أنفق قيمة עולה יעלה עלות עלה תקציב מחיר presupuesto budget salaire salário orçamento dinheiro כסף 円 料金 価格",
    "duration": "long take takes took last lasted far away tall time temps dure duré durera durée tiempo dura duró duraron durará durou tempo dauert zeit",
    "size": "measure measures size tall high far wide deep heavy",
    "number": "number total altogether there share nombre total numéro número cantidad total anzahl insgesamt عدد מספר",
    "date": "date day year take place happen happened held time lieu jour année fecha día año data dia ano datum",
    "place": "located held take place happen happened lieu situé situe situé lugar ubicado ocorreu lugar fica ort liegt",
    "who": "name named called nom appelle nombre llama nome chama heißt name имя зовут اسم שם",
    "reason": "reason cause raison cause razón motivo causa grund причина سبب סיבה 理由",
    "speech": "say says said think thinks comment commented respond responded response react reacted reply replied tell "
    "told tweet announce announced argue claim write dit dire pense répond réagi déclare dijo dice opina piensa declaró disse "
    "diz acha pensa ha detto sagt sagte meint сказал говорит заявил думает قال قالت يقول صرح أعلن אמר אמרה אומר אמרו",
    "thing": "called name named mean means meant stand stands signifie significa significan bedeutet значит означает",
    "whether": "",
}
assert set(_PATTERNS["en"]) == set(get_args(Wanted)) == set(_IMPLIED)
_UNSPACED = frozenset({"ja", "zh", "vi"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for, `text[start:end]` of it being words that only ask.

    `implied` are folded words that the thing asked for says by itself; `is_name` tells "What is the name of …?".
    """

    wanted: Wanted
    start: int = 0
    end: int = 0
    implied: frozenset[str] = frozenset()
    is_name: bool = False


@cache
def _compiled(language: str) -> tuple[tuple[Wanted, re.Pattern[str]], ...]:
    edge = "" if language in _UNSPACED else r"(?<!\w)"
    close = "" if language in _UNSPACED else r"(?:(?<!\w)|(?!\w))"  # a look ahead may leave it before a word
    return tuple(
        (wanted, re.compile(f"{edge}(?:{pattern}){close}", re.IGNORECASE))
        for wanted, pattern in _PATTERNS.get(language, {}).items()
    )


@cache
def _implied(wanted: Wanted) -> frozenset[str]:
    return frozenset(map(fold, _IMPLIED[wanted].split()))


_LIGHT = {
    "en": "take takes took taken taking place happen happens happened according mr mrs ms get gets got make makes made "
    "there else ever still already call called name named kind sort type people person thing way come came go goes went "
    "each every used using use much many us tell exactly actually currently",
    "fr": "va vont sera seront était étaient aura auront auraient aurait lieu selon faire fait font ont eu être passe passer mis mettre quel dernier",
    "es": "va van será serán fue fueron según hacer hizo hace hacen tener lugar hay habrá dar dio persona personas",
    "pt": "segundo fazer fez faz ter lugar há haver dar deu vai vão será serão foi foram",
    "ar": "يتم تم سوف هناك",
    "he": "תהיה יהיה יהיו היה הייתה היו יש עכשיו",
    "de": "laut machen macht gemacht gibt geben gab stattfinden findet statt",
    "it": "secondo fare fatto luogo avere dare",
    "ru": "согласно является стать были",
}


@cache
def light_words(language: str) -> frozenset[str]:
    """Folded words that say little in a question, though they are no stop words: "take place", "according to"."""
    return frozenset(map(fold, _LIGHT.get(language, "").split()))


_OPENING_CHARS = 12
"""How far into a question its question word may stand to be taken before one of an earlier kind further on."""


def asked(question: str, language: str) -> Asked:
    """What the question asks for; "thing" with no words where that cannot be told, as of a language without a list.

    The question word that opens it counts; without one the first that stands anywhere ("Das Netz kostet wie viel?").
    """
    found = [
        (match.start(), order, wanted, match)
        for order, (wanted, pattern) in enumerate(_compiled(language))
        if (match := pattern.search(question)) and (wanted != "whether" or not question[: match.start()].strip(" ¿"))
    ]
    if not found:
        return Asked("thing")
    if language in _UNSPACED:
        found.sort(key=lambda one: one[1])
    else:
        opening = min(found)[0] + _OPENING_CHARS
        found = sorted((one for one in found if one[0] <= opening), key=lambda one: (one[1], one[0]))
        opens = [one for one in found if one[2] == "whether"]
        found = opens[:1] + found if opens and min(found, key=lambda one: one[0])[2] == "whether" else found
    _, _, wanted, match = found[0]
    is_name = wanted == "who" and bool(_NAME.search(question))
    return Asked(wanted, match.start(), match.end(), _implied(wanted), is_name)


_NAME = re.compile(
    r"\b(?:names?|called|nom|appelle|llama|nome|chama|chiama|heißt|heet|зовут|звати)\b|اسم|שמ|שם", re.IGNORECASE
)


# What may be asked next of somebody who speaks in a post: what he or she says, and who that is.
_FOLLOW_UPS = {
    "en": ("What does {} say?", "Who is {}?"),
    "fr": ("Que dit {} ?", "Qui est {} ?"),
    "es": ("¿Qué dice {}?", "¿Quién es {}?"),
    "pt": ("O que diz {}?", "Quem é {}?"),
    "it": ("Che cosa dice {}?", "Chi è {}?"),
    "de": ("Was sagt {}?", "Wer ist {}?"),
    "nl": ("Wat zegt {}?", "Wie is {}?"),
    "ru": ("Что говорит {}?",),
    "uk": ("Що каже {}?",),
    "ar": ("ماذا قال {}؟",),
    "he": ("מה אמר {}?",),
}


def follow_ups_of(name: str, language: str) -> list[str]:
    """Questions about somebody, in a language; none in one without a list."""
    return [question.format(name) for question in _FOLLOW_UPS.get(language, ())]


_ENDING_CHARS = 12
_CLOSERS = " \t\n\u00a0\"'”’»)]›」』*_!！"
_QUESTION_MARKS = ("?", "？", "؟", "⁇", "⁈")
_ASKING = ("か。", "かな。", "の？")


def asks(text: str) -> bool:
    """Whether a sentence is a question: it ends with a question mark, quotation marks and brackets aside."""
    ending = text[-_ENDING_CHARS:].rstrip(_CLOSERS)
    return ending.endswith(_QUESTION_MARKS) or (ending.endswith(_ASKING) and len(ending) > len(_ASKING[0]))
