"""Who is said to say so, by language: "X said", "according to X", "said X"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from briefing.language.line import Line
from briefing.language.no_source import EN_NO_SOURCE, ES_NO_SOURCE, FR_NO_SOURCE
from briefing.language.stopwords import stopwords
from briefing.language.vocabulary import UNSPACED_LANGUAGES, bounded, compiled
from briefing.types import Sourcing


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to say so: `text[start:end]` is who, `text[cue_start:cue_end]` the words that say it.

    `name` is the name in it, if there is one; "unnamed" is a voice nobody could ring up ("reports", "sources"), and
    `is_pronoun` one that only the sentence before names.
    """

    start: int
    end: int
    cue_start: int
    cue_end: int
    sourcing: Sourcing
    name: str | None = None
    is_pronoun: bool = False


# Verbs of saying. Before them stands who says it (in Arabic, and after a quotation in most languages, behind them).
_SAYING = {
    "en": r"said|says|say|told|tells|added|adds|announced|announces|(?<!the\s)(?<!a\s)claims?|claimed|argues?"
    r"|argued|warns?|warned"
    r"|insists?|insisted|explained|explains|stated|confirmed|confirms|reported|revealed|suggested|stressed"
    r"|noted|acknowledged|admitted|admits|denied|denies|declared|wrote|writes|tweeted|replied|recalled|promised"
    r"|believes?|believed|commented|concluded|testified|predicted|complained|urged|vowed|pledged|retorted|answered"
    r"|remarked|quipped|alleged|alleges?",
    "fr": r"rapporte(?:nt)?|a\srépondu|répond|poursuit|conclut|confie|a\sconfié|a\sdéclaré|ont\sdéclaré|a\saffirmé"
    r"|a\sindiqué|a\sprécisé|a\sajouté|a\sexpliqué|a\sannoncé|ont\sannoncé"
    r"|a\sestimé|a\ssouligné|a\srappelé|a\sassuré|a\sconfirmé|a\sdit|a\sécrit|a\stweeté|a\sraconté|a\srévélé|a\sdénoncé"
    r"|a\spromis|a\smartelé|a\slancé|a\sregretté|déclare|affirme|indique|précise|explique|estime|souligne|rappelle"
    r"|assure|confirme|raconte|ajoute|écrit|dit|disent|déclarait|expliquait|affirment|indiquent|annonce|annoncent"
    r"|reconnaît|reconnaissent|a\sreconnu|témoigne|a\stémoigné|prévient|a\sprévenu|avertit|a\saverti|assurent|estiment"
    r"|expliquent|précisent|soulignent|a\sdemandé|a\srapporté|a\sfait\ssavoir|fait\ssavoir|a\sfait\svaloir|martèle"
    r"|ont\s(?:indiqué|affirmé|expliqué|précisé|assuré|estimé|confirmé|rapporté)|détaille|a\sdétaillé|résume|juge"
    r"|a\sjugé|déplore|a\sdéploré|regrette|dénonce|dénoncent|révèle|a\scommenté|commente|plaide|s[’']est\sréjouie?",
    "es": r"dijo|dijeron|dice|dicen|afirmó|afirma|aseguró|asegura|explicó|explica|señaló|señala|indicó|indica|declaró"
    r"|declara|añadió|añade|agregó|agrega|sostuvo|sostiene|anunció|anuncia|advirtió|advierte|reconoció|reconoce"
    r"|recordó|recuerda|expresó|expresa|comentó|comenta|confirmó|cuenta|contó|apuntó|subrayó|manifestó|informó"
    r"|indican|señalan|aseguran|afirman|explican|aseguraron|informaron|anunciaron|señalaron|indicaron|afirmaron"
    r"|explicaron|confirmaron|argumenta|argumentó|reveló|revela|denunció|denuncia|precisó|precisa|insistió|insiste|relata"
    r"|relató|respondió|responde|concluyó|concluye|opina|opinó|lamentó|lamenta|destacó|destaca|resume|detalla|detalló"
    r"|admite|admitió|defiende|advierten|alertó|alerta|informa|comunicó"
    r"|(?:ha|han)\s(?:anunciado|dicho|asegurado|explicado|afirmado|señalado|indicado|confirmado|informado|declarado"
    r"|advertido|reconocido|añadido|precisado|denunciado|comunicado|destacado)",
    "pt": r"disse|disseram|diz|dizem|afirmou|afirma|declarou|explicou|explica|anunciou|informou|destacou|destaca"
    r"|acrescentou|ressaltou|ressalta|contou|conta|comentou|confirmou|revelou|alertou|lembrou|garantiu|afirmaram"
    r"|informaram|anunciaram|explicaram|declararam|relatou|avaliou|defendeu|criticou|respondeu|reforçou|pontuou",
    "it": r"ha\sdetto|ha\sdichiarato|ha\sspiegato|ha\saggiunto|ha\saffermato|ha\sannunciato|ha\sscritto|dice|spiega",
    "de": r"sagte|sagten|sagt|erklärte|erklärt|betonte|teilte|berichtete|berichtet|schrieb|schreibt|kündigte|fügte"
    r"|warnte|bestätigte|behauptete|meinte|forderte|kritisierte|lobte",
    "nl": r"zei|zegt|verklaarde|vertelde|schreef|meldde|meldt|stelt|stelde|liet\sweten",
    "ru": r"сказал[аи]?|заявил[аи]?|сообщил[аи]?|сообщает|рассказал[аи]?|отметил[аи]?|подчеркнул[аи]?|добавил[аи]?"
    r"|объяснил[аи]?|пояснил[аи]?|считает|утверждает|написал[аи]?|пишет|признал[аи]?|объявил[аи]?|говорит|говорят|уточнил[аи]?"
    r"|сообщают|сообщило|заявило|подтвердил[аио]?|предупредил[аи]?",
    "uk": r"сказа(?:в|ла|ли)|заяви(?:в|ла|ли)|повідоми(?:в|ла|ли)|розпові(?:в|ла|ли)|зазначи(?:в|ла|ли)|дода(?:в|ла|ли)"
    r"|наголоси(?:в|ла|ли)|поясни(?:в|ла|ли)|вважає|пише|написа(?:в|ла|ли)",
    "ar": r"قال(?:ت|وا)?|يقول|تقول|أضاف(?:ت)?|أعلن(?:ت)?|أكد(?:ت)?|صر[ّ]?ح(?:ت)?|أوضح(?:ت)?|ذكر(?:ت)?|أشار(?:ت)?"
    r"|أفاد(?:ت)?|كشف(?:ت)?|شدد(?:ت)?|حذر(?:ت)?|يؤكد|تؤكد|يضيف|تضيف|يعلن|تعلن|اعلن(?:ت)?|اكد(?:ت)?|اوضح(?:ت)?",
    "he": r"אמרה?|אמרו|אומר(?:ת|ים)?|מסרה?|הודיע(?:ה|ו)?|הוסיפה?|הסביר(?:ה|ו)?|טענה?|טוען|ציינה?|כתבה?|הדגיש(?:ה|ו)?",
    "vi": r"cho\sbiết|nói|phát\sbiểu|khẳng\sđịnh|chia\ssẻ|tuyên\sbố|nhấn\smạnh|cho\shay|cho\srằng",
    "tr": r"dedi|söyledi|açıkladı|belirtti|duyurdu|bildirdi|ifade\setti",
    "zh": r"表示|宣布|指出|强调|強調|透露|(?<!据)称(?!为|之|呼|号)|认为|認為",
    "ja": r"によると|によれば",
}
# Prepositions of source: who stands behind them.
_SOURCE = {
    "en": rf"according\sto(?!\s{EN_NO_SOURCE})",
    "fr": rf"(?:selon|d[’']après|à\sen\scroire)(?!\s{FR_NO_SOURCE})",
    "es": rf"(?:según|de\sacuerdo\scon|a\sdecir\sde)(?!\s{ES_NO_SOURCE})",
    "pt": r"segundo(?!\s(?:plano|lugar|tempo|turno|ano|andar|dia))|de\sacordo\scom",
    "it": r"secondo|stando\sa(?:lla|l|i|lle)?",
    "de": r"laut|nach\s(?:Angaben|Informationen|Aussage)(?:\s(?:von|der|des))?",
    "nl": r"volgens",
    "ru": r"по\s(?:данным|словам|информации|мнению|сообщению|версии)|согласно",
    "uk": r"за\s(?:даними|словами|інформацією)|згідно\sз",
    "ar": r"بحسب|حسب|وفقا?ً?ا?|نقلاً?\sعن",
    "he": r"לפי|על\sפי|לדברי|לטענת",
    "vi": r"theo",
    "zh": r"[据據](?![说說称稱悉了传])|根据",
}
_UNNAMED = {
    "en": r"reports?|sources?|rumou?rs?|media|information|observers|analysts|experts|critics|officials?|insiders"
    r"|some|many"
    r"|people|outlets|witnesses|leaks|researchers|scientists|studies|study|supporters|residents|locals|others"
    r"|historians",
    "fr": r"sources?|médias?|rumeurs?|informations?|observateurs|analystes|experts|témoins|certains|plusieurs|on"
    r"|responsables",
    "es": r"fuentes?|medios|rumores|información|observadores|analistas|expertos|testigos|algunos|muchos|versiones",
    "pt": r"fontes?|mídia|rumores|informações|observadores|analistas|especialistas|testemunhas|alguns|muitos|pesquisa",
    "it": r"fonti|media|voci|osservatori|analisti|esperti|testimoni|alcuni",
    "de": r"Berichten?|Quellen?|Medien|Medienberichten?|Beobachtern?|Experten|Analysten|Kreisen?|Zeugen|Angaben",
    "nl": r"bronnen|media|berichten|experts|waarnemers|getuigen",
    "ru": r"источник\w*|сми|данным|информации|слухам|эксперт\w*|аналитик\w*|очевидц\w*|некоторы\w*|сообщениям",
    "uk": r"джерел\w*|змі|даними|інформацією|експерт\w*|аналітик\w*|очевид\w*|деякі",
    "ar": r"أحد|إحدى|مسؤول\w*|البيان|بيان|التقرير"
    r"|تقارير|مصادر|مصدر|أنباء|وسائل|مراقب\w*|محلل\w*|خبراء|شهود|البعض|معلومات|المعلومات",
    "he": r"מקורות|מקור|דיווחים|פרסומים|פרשנים|מומחים|עדים|גורמים",
    "vi": r"nguồn\stin|thông\stin|báo\schí|chuyên\sgia|nhiều",
    "zh": r"消息|报道|報導|媒体|媒體|专家|專家|知情人士|分析人士",
}
_PRONOUNS = {
    "en": "he she they it",
    "fr": "il elle ils elles",
    "es": "él ella ellos ellas",
    "pt": "ele ela eles elas",
    "it": "lui lei loro egli",
    "de": "er sie es",
    "nl": "hij zij ze",
    "ru": "он она они оно",
    "uk": "він вона вони",
    "he": "הוא היא הם הן",
    "vi": "ông bà anh chị",
}
# Who speaks in the first person, or to the reader, is the author of the text; behind an "and" the subject is far away.
_AUTHOR = "we i you our nous je on vous yo nosotros usted tú eu nós você wir ich du ihr noi io мы я ми אני אנחנו نحن"
_NO_SUBJECT = frozenset(f"{_AUTHOR} and or et ou y e und oder и та і ו".split())
# Where who-said-it ends, going back from the verb or on from the preposition.
_STOP = re.compile(
    r"[,;:!?()“”„«»\"،؛。，：；！？「」\n—–]|\.(?<!\b(?-i:Dr|Mr|Ms|St|Sr|Jr)\.)(?<!\b(?-i:Mrs|Sra|Gen|Gov|Sen|Rep|Hon|Rev)\.)"
    r"(?<!\b(?-i:Prof)\.)(?<!\b(?-i:[A-Z])\.)|(?<!\w)(?:that|but|and then|while|as|because|since|when|after|who|which"
    r"|where|que|qu[’']|mais"
    r"|pero|mas|dass|aber|что|но|أن|إن|כי|rằng)(?!\w)",
    re.IGNORECASE,
)
_REACH_CHARS = 90
_MOST_WORDS = 9
# Where a verb may stand before its subject anyway; elsewhere only behind a quotation or a comma.
_VERB_FIRST = frozenset({"ar", "he", "es", "pt", "it", "ru", "uk"})
_SUBJECTS = frozenset({"he", "she", "they"})
_BEFORE_INVERSION = ("", ",", '"', "”", "“", "»", "’", "—", "–", "-", "!", "?", "…")
# A passive ("is said", "was told") says that somebody said it of the subject, not that the subject said it.
_PASSIVE = re.compile(
    r"(?<!\w)(?:is|are|was|were|be|been|being|wird|wurde|est|sont|était)(?:\s\w+ly)?\s*$", re.IGNORECASE
)
_BEFORE_VERB = re.compile(
    r"(?:\s(?:has|have|had|also|already|later|then|earlier|now|previously|recently|reportedly|a|ha|hat|haben|tem|\w+ly|is"
    r"|was|se|lui|leur|le|lo|les|y|en|también|ya|ainsi|également|aussi|também|já|s[’']est|s[’']))+\s*$",
    re.IGNORECASE,
)
_DETERMINED = re.compile(
    r"(?:the|an?|his|her|their|one|two|another|several|some|many|police|le|la|les|une?|des|l[’']|el|los|las|una?"
    r"|os?|as?"
    r"|uma?|der|die|das|eine?)(?:\s|(?<=[’']))\S|(?:police|authorities|prosecutors|scientists|doctors)$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:[A-ZÀ-ÖØ-ÞĐА-ЯЁІЇЄҐ][\w’'.-]*|@\w+)(?:\s(?:(?:al|bin|ben|de|de la|da|di|del|van|von|el|la|of|of the|for"
    r"|for the|du|des|dos)\s)?"
    r"(?:[A-ZÀ-ÖØ-ÞĐА-ЯЁІЇЄҐ][\w’'.-]*))*"
)
_CASELESS = frozenset({"ar", "he", "zh", "ja", "fa"})


@cache
def _cues(language: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    tables = (_SOURCE.get(language), _SAYING.get(language))
    source, saying = (compiled(words, language) if words else None for words in tables)
    return source, saying


@cache
def _unnamed(language: str) -> re.Pattern[str] | None:
    words = _UNNAMED.get(language)
    return re.compile(bounded(words, language), re.IGNORECASE) if words else None


# « …, a-t-il dit », « …, ajoute-t-on »
_INVERTED = re.compile(
    r"(?<!\w)(?:(?:a-t-|ont-)(?P<who>ils?|elles?|on)\s(?:dit|ajouté|précisé|déclaré|affirmé|indiqué|expliqué|assuré|estimé"
    r"|souligné|rappelé|confié|annoncé|lancé|poursuivi|conclu|écrit|répondu|demandé|regretté|raconté|insisté|martelé))"
    r"(?!\w)|(?<!\w)(?:ajoute|explique|précise|indique|assure|affirme|déclare|estime|souligne|poursuit|confie|raconte)"
    r"-t-(?P<whom>ils?|elles?|on)(?!\w)"
)
# 「商工会は…と発表した」
_REPORTED_JA = re.compile(
    r"(?:^|[。」』\s])(?P<who>[^\s。、「」『』は]{2,24})は[^。「」]*?(?:「[^」]*」[^。「」]*?){0,2}"
    r"と(?P<cue>(?:発表し|述べ|話し|語っ|語り|明らかにし|説明し|主張し|表明し|コメントし|指摘し|報じ|訴え)"
    r"(?:ている|ました|た|て)?)"
)


def attributions(line: Line) -> tuple[Attribution, ...]:
    """Who is said to say so, in the order of the words that say it: "X said", "according to X", "said X"."""
    text, lower, known = line.text, line.lower, line.vocabulary
    source, saying = _cues(known)
    voices = [voice for match in _matches(source, lower) if (voice := _ahead(text, match, known))]
    for match in _INVERTED.finditer(lower) if known == "fr" and ("-t-" in lower or "ont-" in lower) else ():
        who = match.span("who" if match["who"] else "whom")
        voices.append(Attribution(*who, *match.span(), "named", None, is_pronoun=True))
    for match in _REPORTED_JA.finditer(text) if known == "ja" else ():
        voices.append(Attribution(*match.span("who"), *match.span("cue"), "named", match["who"]))
    for match in _matches(saying, lower):
        if _PASSIVE.search(text, max(0, match.start() - 30), match.start()):
            continue
        voice = _behind(text, match, known) or _beside(text, match, known) or _after(text, match, known)
        if voice and not any(voice.start < other.end and other.start < voice.end for other in voices):
            voices.append(voice)
    return tuple(sorted(voices, key=lambda voice: voice.cue_start))


def _after(text: str, cue: re.Match[str], language: str) -> Attribution | None:
    """Who stands behind a verb of saying, as after a quotation: “…,” said X. Whom one told it to is somebody else."""
    if language in UNSPACED_LANGUAGES or cue.group() in ("told", "tells"):
        return None
    before = text[: cue.start()].rstrip()[-1:]
    if language not in _VERB_FIRST and before not in _BEFORE_INVERSION:
        return None
    voice = _ahead(text, cue, language, is_subject=True)
    if voice is None or language in _CASELESS:
        return voice
    unnamed, who = _unnamed(language), text[voice.start : voice.end]
    is_vague = unnamed is not None and unnamed.match(who) is not None
    return voice if is_vague or _opens_with_name(who) else None


def _opens_with_name(who: str) -> bool:
    """Whether it can be the subject behind its verb, not what was said: "announced this year the bill" names nobody."""
    return who[:1].isupper() or _DETERMINED.match(who) is not None or who.lower() in _SUBJECTS


def _matches(pattern: re.Pattern[str] | None, text: str) -> Iterator[re.Match[str]]:
    return pattern.finditer(text) if pattern else iter(())


def _ahead(text: str, cue: re.Match[str], language: str, *, is_subject: bool = False) -> Attribution | None:
    """Who stands behind the cue, without the time and place of saying it: up to the clause's end.

    Behind a verb it must be its subject: what runs on without an end, or has a verb of its own, is what was said.
    """
    start = _start_of_name(text, cue.end(), language) if is_subject else cue.end()
    stop = _STOP.search(text, start, start + _REACH_CHARS)
    end = stop.start() if stop else min(len(text), start + _REACH_CHARS)
    who = text[start:end]
    trailing = _trailing(language, is_subject).search(who)
    if trailing:
        end = start + trailing.start()
    if is_subject and language == "ar" and not _is_clause_of_saying(stop):
        end = start + _end_of_arabic_subject(text[start:end])
    spans = [match.span() for match in _RUN.finditer(text, start, end)][: _MOST_WORDS + 2]
    if not spans:
        return None
    is_open = not (stop or trailing or end == len(text) or language == "ar")
    verb = _FINITE.search(text, spans[0][0], spans[-1][1]) if is_subject else None
    return None if is_subject and (is_open or verb) else _voice(text, spans[0][0], spans[-1][1], cue, language)


_RUN = re.compile(r"\S+")
# A verb of its own shows that what stands behind "said" is what was said: "said his predecessor had reopened a door".
_FINITE = re.compile(
    r"(?<!\w)(?:had|has|have|was|were|is|are|would|will|could|can|did|does|\w+n[’']t|ont|avait|avaient|est|sont|était"
    r"|étaient|será|serán|son|era|fue|está|están|são|foi)(?!\w)"
)
_DAYS = {
    "en": r"(?:on\s)?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|yesterday|late|earlier)",
    "fr": r"(?:ce\s|dès\s)?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|hier|aujourd[’']hui)"
    r"(?:\s(?:matin|soir|après-midi|dernier))?(?:\s\d{1,2}(?:er)?\s[^\W\d_]+)?(?:\s\d{4})?",
    "es": r"(?:(?:este|esta|el|la|ayer|hoy)\s)?(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|ayer|hoy|mañana"
    r"|tarde|noche|semana|mes|año)(?:\s(?:pasad[oa]|\d{1,2}(?:\sde\s[^\W\d_]+)?))?",
    "pt": r"(?:(?:nest[ea]|n[ao]|ontem|hoje)\s)?(?:segunda|terça|quarta|quinta|sexta|sábado|domingo|ontem"
    "|hoje|manhã|tarde"
    r"|noite|semana)(?:-feira)?(?:\s\(\d+\))?",
    "de": r"(?:am\s)?(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|gestern|heute)",
    "it": r"(?:lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|ieri|oggi)",
    "ru": r"(?:во?\s)?(?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье|сегодня|вчера)",
    "uk": r"(?:[ву]\s)?(?:понеділок|вівторок|середу|четвер|п['’ʼ]ятницю|суботу|неділю|сьогодні|вчора|учора)",
    "ar": r"(?:مساء|صباح|يوم|ظهر|أمس|امس|اليوم|الليلة)(?:\s(?:أمس|اليوم))?"
    r"(?:\s(?:الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد))?",
    "he": r"(?:היום|אתמול|הבוקר|הערב|ביום\s[^\W\d_]+)",
}  # fmt: skip
# Where or how it was said, between the verb and who said it.
_PLACES = {
    "fr": r"dans\sun\s(?:communiqué|entretien|tweet)|(?:sur|à|au)\s(?:l[’'])?(?-i:[A-ZÉ])[\w-]+|à\sla\spresse",
    "es": r"en\s(?:un\scomunicado|rueda\sde\sprensa|una\sentrevista)|a\s(?-i:[A-Z])\w+",
    "pt": r"em\s(?:nota|entrevista|comunicado)|à\s(?-i:[A-Z])\w+",
}
_TRAILS = {
    "en": r"in|on|at|to|during|after|before|by|from|via|last|this|published|released|issued|conducted|seen"
    "|obtained|told"
    r"|late|earlier|about|when|if",
    "fr": r"qui|dans|en|à|au|aux|sur|lors|pour|avant|après|devant|auprès|ce|publiée?s?|parue?s?|diffusée?s?|réalisée?s?"
    r"|interrogée?s?|dont",
    "es": r"quien|en|a|al|durante|tras|este|esta|sobre|publicad[oa]s?|realizad[oa]s?|recogid[oa]s?"
    "|difundid[oa]s?|elaborad[oa]s?",
    "pt": r"em|no|na|nos|nas|ao|à|aos|durante|após|sobre|divulgad[oa]s?|publicad[oa]s?|feit[oa]s?|realizad[oa]s?",
    "de": r"in|im|am|bei|nach|vor|zu|zum|zur|gegenüber|mit|auf",
    "it": r"in|nel|nella|a|al|alla|durante|su|sul|dopo",
    "ru": r"в|во|на|о|об|после|перед|журналистам|для|по",
    "uk": r"у|в|на|про|після|перед|журналістам|для",
    "ar": r"في|فى|على|عن|خلال|بعد|قبل|إلى|مع|عبر|أثناء|لدى|أنه|أنها|إنه|إنها|إنهم|بأن|بان|بأنه|عقب|ضمن|حول|من",
    "he": r"על|עם|לאחר|בשיחה|בתגובה|בראיון|אחרי|לפני|בפני",
    "vi": r"trong|tại|với|vào|về|khi",
}
# Behind "according to" a place still tells who it is: "a source in the ministry".
_KEEPS_PLACE = frozenset({"ar", "he"})


@cache
def _trailing(language: str, is_subject: bool) -> re.Pattern[str]:
    """Where what stands behind a name begins: when, where and to whom it was said."""
    parts = [words for words in (_TRAILS.get(language), _DAYS.get(language)) if words]
    if not is_subject and language in _KEEPS_PLACE:
        parts = parts[1:]
    return re.compile(rf"(?<=\w)\s+(?:{'|'.join(parts)})(?!\w)" if parts else r"(?!)", re.IGNORECASE)


@cache
def _leading(language: str) -> re.Pattern[str] | None:
    parts = [words for words in (_DAYS.get(language), _PLACES.get(language)) if words]
    return re.compile(rf"(?:\s+(?:{'|'.join(parts)})(?!\w))+(?=\s)", re.IGNORECASE) if parts else None


def _start_of_name(text: str, start: int, language: str) -> int:
    """Behind the time that may stand between a verb and its subject: "informó este martes el ayuntamiento"."""
    pattern = _leading(language)
    match = pattern.match(text, start) if pattern else None
    return match.end() if match else start


def _is_clause_of_saying(stop: re.Match[str] | None) -> bool:
    """Whether "that" ends it, so that all before is the subject."""
    return stop is not None and stop.group() in ("أن", "إن")


def _end_of_arabic_subject(who: str) -> int:
    """The end of the first noun phrase: up to its first definite word and the definite words behind that.

    What follows without an article is the object ("أعلنت بلدية الواحة عودة المياه"), where no "that" parts the two.
    """
    end, is_definite = len(who), False
    for match in _RUN.finditer(who):
        word = match.group().removeprefix("و")
        if is_definite and not word.startswith("ال"):
            return end
        is_definite = is_definite or word.startswith(("ال", "لل"))
        end = match.end()
    return end


def _beside(text: str, cue: re.Match[str], language: str) -> Attribution | None:
    """Who opens the sentence, where words between commas part it from its verb: "Pope Francis, who …, told …"."""
    before = text[: cue.start()].rstrip()
    first = text.find(",", 0, _REACH_CHARS)
    if not before.endswith(",") or not 0 < first < len(before) - 1 or language in _CASELESS:
        return None
    dateline = _DATELINE.match(text)
    start = dateline.end() if dateline else 0
    who = text[start:first].strip()
    if not 0 < len(who.split()) <= _MOST_WORDS or _FINITE.search(who) or any(mark in who for mark in '“”"«»'):
        return None
    is_relative = _RELATIVE.match(text, first) is not None
    if who.split()[0].lower() in _PREPOSITIONS or not any(
        " " in name.group() or (is_relative and name.group() == who) for name in _NAME.finditer(who)
    ):
        return None
    at = text.index(who, start)
    return _voice(text, at, at + len(who), cue, language)


_DATELINE = re.compile(r"(?:[A-Z][\w, ]{0,30})?\([A-Z]{2,9}\)\s?(?:[-–—]+\s)?")
_RELATIVE = re.compile(r",\s(?:who|whose|qui|dont|quien|que)(?!\w)")
_PREPOSITIONS = frozenset(
    "in on at with after before as for by from since while when during under if although despite en dans à"
    " au avec après"
    " avant pour par depuis selon con tras según durante por para desde como em com após segundo no na".split()
)


def _behind(text: str, cue: re.Match[str], language: str) -> Attribution | None:
    """Who stands before the verb: back to the clause's beginning. Arabic verbs come first, so nobody is looked for."""
    if language == "ar":
        return None
    low = max(0, cue.start() - _REACH_CHARS)
    start = max((stop.end() for stop in _STOP.finditer(text, low, cue.start())), default=low)
    if start == low and low:
        start = text.find(" ", low, cue.start()) + 1
    who = _BEFORE_VERB.sub("", text[start : cue.start()]).rstrip()
    begin = start + len(who) - len(who.lstrip())
    return _voice(text, begin, start + len(who), cue, language) if 0 < len(who.split()) <= _MOST_WORDS else None


def _voice(text: str, start: int, end: int, cue: re.Match[str], language: str) -> Attribution | None:
    while start < end and text[start] in _LEADING_MARKS:
        start += 1
    end = start + len(text[start:end].rstrip())
    who = text[start:end]
    if not who or who.lower().split()[-1] in _NO_SUBJECT:
        return None
    first = who.split()[0]
    is_source = _is_source(cue, language)
    if is_source and first.lower() in _PRONOUNS.get(language, "").split():
        end = start + len(first)
        who = first
    if who.lower() in _PRONOUNS.get(language, "").split():
        return Attribution(start, end, cue.start(), cue.end(), "named", None, is_pronoun=True)
    if is_source and (saying := _cues(language)[1]) and (verb := saying.match(who.lower())) and verb.end() < len(who):
        return _voice(text, start + verb.end() + 1, end, cue, language)
    unnamed = _unnamed(language)
    vague = bool(unnamed and unnamed.search(who))
    name = None if vague and (language in _CASELESS or _COUNTED.match(who)) else _name(text, start, end, language)
    if name:
        return Attribution(start, end, cue.start(), cue.end(), "named", name)
    if not vague and _OFFICE.search(who) and not _INDEFINITE.match(who):
        return Attribution(start, end, cue.start(), cue.end(), "named")
    if vague or is_source or _DETERMINED.match(who):
        return Attribution(start, end, cue.start(), cue.end(), "unnamed")
    return None


_LEADING_MARKS = " \t\n\u00a0’'‘-,"
# Who holds an office or is an institution can be asked, though no name is given: "la chambre de commerce", "police".
_OFFICE = re.compile(
    r"(?<!\w)(?:police|polic[ií]a|ministry|ministère|ministerio|ministério|minister|ministre|ministr[oa]|government"
    r"|gouvernement|gobierno|governo|council|conseil|consejo|conselho|mairie|ayuntamiento|prefeitura|préfecture|prefecture"
    r"|chambre|cámara|câmara|chamber|court|tribunal|parquet|prosecutors?|procureure?|fiscal(?:ía)?|mayor|maire"
    r"|alcalde(?:sa)?|prefeit[oa]|president|présidente?|presidente|governor|gouverneure?|gobernador|governador|director"
    r"|coach|manager|principal|chief|chairman|chairwoman|ceo|pope|pape|papa|king|queen|roi|rey|directeur|directrice|directora?|direction|dirección|direção|university|université|universidad|universidade|bank"
    r"|banque|banco|company|entreprise|société|empresa|union|syndicat|sindicato|party|parti|partido|army|armée|ejército"
    r"|exército|agency|agence|agencia|agência|department"
    r"|département|departamento|secretary|secrétaire|secretari[oa]|opposition|oposición|oposição|club|federation"
    r"|fédération|federación|association|asociación|associação|office|bureau|institut[eo]?|commission|comisión|comissão"
    r"|committee|comité|parliament|parlement|parlamento|kremlin|palace|palais|palacio|embassy|ambassade|embajada"
    r"|regierung|ministerium|polizei|staatsanwaltschaft|governo|polizia|полици\w*|министерств\w*|прокуратур\w*|поліці\w*"
    r"|міністерств\w*)(?!\w)",
    re.IGNORECASE,
)
_INDEFINITE = re.compile(r"(?:an?|one|two|some|several|another|une?|des|un[ao]s?|uma?|umas|uns|eine?)\s", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:most|many|some|several|two|three|few|plusieurs|certains|algunos|muchos|alguns|muitos)\s", re.I
)


def _is_source(cue: re.Match[str], language: str) -> bool:
    source = _cues(language)[0]
    return source is not None and cue.re is source


# A name behind one of these belongs to somebody else: "le président du Sénat" is not the Senate.
_GOVERNED = re.compile(
    r"(?:(?<!\w)(?:of|for|from|in|at|on|with|de|du|des|del|da|do|dos|das|di|della|dei|pour|para|à|au|en|chez)\s"
    r"(?:the\s|la\s|les\s|los\s|las\s|l[’'])?|(?<!\w)d[’'])$",
    re.IGNORECASE,
)


def _name(text: str, start: int, end: int, language: str) -> str | None:
    """The name in `text[start:end]`: a run of capitalised words; the first word of a sentence needs a second one."""
    who = text[start:end].strip()
    if language in _CASELESS:
        return who or None
    unnamed = _unnamed(language)
    if language == "en" and _ENDS_IN_NOUN.search(who) and _ENDS_IN_NOUN.search(_OF.split(who, maxsplit=1)[0]):
        return None
    for match in _NAME.finditer(who):
        name = _POSSESSOR.sub("", match.group()).rstrip(".,'’-")
        name = _bare(name, language)
        if len(name) < 2 or (unnamed and unnamed.fullmatch(name)) or _GOVERNED.search(who, 0, match.start()):
            continue
        if " " not in name and not _stands_alone(text, start, who, match, language):
            continue
        if language == "en" and _BEFORE_NOUN.match(who, match.end()):
            continue
        return name
    return None


_POSSESSOR = re.compile(r"^.*[’']s\s(?=\S+\s)")
# "Manchester City boss Pep Guardiola": a name before a noun before a name is no speaker.
_BEFORE_NOUN = re.compile(r"\s[a-z]{3,}(?:\s[a-z]+)?\s[A-Z]")
_ASKING = frozenset(
    "cómo qué quién dónde cuándo por pourquoi comment quand how why what when where who autrement".split()
)


def _bare(name: str, language: str) -> str:
    """Without the conjunction or article before it: "And Attorney General Eric Holder", "The McLaren"."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() in stopwords(language) else name


# In English a name that a noun follows only tells of what: "the North High School principal", "Croatian police".
_ENDS_IN_NOUN = re.compile(r"[A-Z].*\s[a-z]{3,}$")
_OF = re.compile(r"\s(?:of|for|from)\s")


def _stands_alone(text: str, start: int, who: str, match: re.Match[str], language: str) -> bool:
    """Whether a single capitalised word is a name: no stop word, and no adjective ("Canadian men") of what follows."""
    name, rest = match.group(), who[match.end() :].split()
    if name.lower() in stopwords(language) or name.lower() in _ASKING:
        return False
    if match.start() == 0 and _opens_sentence(text, start):
        return not rest
    if rest and rest[0][0].isdigit():
        return False
    return not rest or not rest[0].isalpha() or not rest[0].islower() or rest[0] in stopwords(language)


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip()[-1:]
    return before == "" or before in '.!?…\n“"«'
