"""Words of report and doubt: hedges and press conditionals, by language.

A hedge is what a careful desk would not cut: "reports have revealed", "is said to", "according to …", the conditional
of report ("would", "aurait", "soll"), "may", "appears". All patterns are alternations with bounded gaps: linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import cast

from briefing.language.line import Line
from briefing.language.no_source import EN_NO_SOURCE, ES_NO_SOURCE, FR_NO_SOURCE
from briefing.language.vocabulary import compiled
from briefing.types import Certainty


@dataclass(frozen=True, slots=True)
class Hedge:
    """One hedge, `text[start:end]`, and what it makes of the sentence."""

    start: int
    end: int
    certainty: Certainty


# What goes between the parts of an English phrase: "is [therefore] seen as".
_ADVERB = r"(?:\s(?:also|now|still|therefore|thus|often|widely|generally|already|since|currently|only|never|\w+ly))?"
_BE = r"(?:is|are|was|were|been|being)"
_EN_SOURCES = (
    r"(?:(?:media|press|news|local|several|some|many|various|other|recent|unconfirmed|initial|early|earlier|multiple"
    r"|intelligence|diplomatic|military|security|official|informed|well-placed|anonymous|medical|hospital|western"
    r"|government|palace|industry)\s){0,3}"
    r"(?:reports?|sources?|rumou?rs?|leaks?|media|outlets|newspapers|observers|analysts|experts|insiders|critics)"
)

# language → (certainty, alternatives); tried in this order, and the longest match from a place wins only within one.
_HEDGES: dict[str, tuple[tuple[Certainty, str], ...]] = {
    "en": (
        ("alleged", r"allegedly|alleged|allegations?|alleges?|alleging|purported(?:ly)?|supposedly|so-called"),
        ("denied", r"(?:has|have|had)?\s?(?:denied|denies|deny|denying|refuted|rejected (?:claims|reports"
            r"|allegations))"),
        (
            "reported",
            rf"{_EN_SOURCES}(?:\s(?:have|has|had|that|who))?{_ADVERB}\s(?:reveal|suggest|say|said|claim|indicat|mention"
            r"|report|describ|confirm|point|show|warn|believ|alleg|tell|told|emerg|not|speculat|predict|argu)\w*"
            rf"|{_BE}{_ADVERB}\s(?:said|reported|thought|understood|rumou?red|claimed|alleged)\s(?:to(?:\s(?:be"
            rf"|have))?|that)"
            rf"|{_BE}{_ADVERB}\s(?:mentioned|reported|cited|described|named|quoted|claimed)\s(?:in|by)\s{_EN_SOURCES}"
            r"|(?:survey|study|poll|research|data|evidence|figures|analysis)(?:\s(?:has|have|had))?\s(?:suggest|found|indicat|show)\w*"
            rf"|reportedly|apparently|according\sto\s(?!{EN_NO_SOURCE})[^,;:.!?()“”\"\n]{{1,70}}|it\s(?:has\s)?emerged\sthat|unconfirmed"
            r"|unverified|by\s(?:all|some|most)\saccounts|rumou?rs?|rumou?red|word\sis|sources?\s(?:close|familiar)"
            rf"|in\s{_EN_SOURCES}\s(?:relating|concerning)",
        ),
        (
            "possible",
            rf"{_BE}{_ADVERB}\s(?:seen|regarded|viewed|considered|perceived|believed)\s(?:as|to)|believed\sto"
            r"|(?:is|are|was|were|be)?\s?(?:widely\s)?expected\sto|likely|unlikely|probably|possibly|perhaps|maybe"
            r"|presumably|arguably|potentially|(?<!no )doubts?|doubtful|uncertain|unclear|may(?!\s\d)|might|could"
            r"|appears?(?=\s(?:to|that|as|likely|set|increasingly|more|\w+ed\b))|appeared\s(?:to|that)|apparent"
            r"|seems?|seemed|seemingly|suggest(?:s|ed)?\sthat|estimated|thought\sto|set\sto|hopes?\sto|hoped\sto"
            r"|tends?\sto|it\sis\s(?:possible|believed|thought)|in\stheory",
        ),
        ("conditional", r"would(?!\s(?:like|you|rather|love))|should\sbe\sable\sto|(?:i|he|she|we|they|it"
            r"|you)[’']d(?=\s(?:be|have))"),
    ),
    "fr": (
        ("alleged", r"présumée?s?|prétend(?:u|ue|us|ues|ument|ent)?|soi-disant|accusée?s?\sd[e’']"
            r"|soupçonnée?s?\sd[e’']"),
        ("denied", r"dément(?:i|ent|it)?|a\snié|nie(?:nt)?|réfut(?:e|ent|é|ait)"),
        (
            "reported",
            rf"(?:selon|d[’']après|à\sen\scroire)\s(?!{FR_NO_SOURCE})[^,;:.!?()«»\"\n]{{1,70}}|aux\sdires\sde|(?:des|plusieurs|certaines)\s"
            r"(?:sources|médias|rumeurs)\s[^,;.]{0,30}(?:affirm|indiqu|évoqu|rapport|révél|suggèr|font\sétat)\w*"
            r"|affirment\s(?:des|plusieurs|certaines)\ssources|rapporte(?:nt)?(?=\s(?:que|le|la|l[’']|les))"
            r"|on\sapprend\sque"
            r"|est\sdite?|sont\sdits|rumeurs?|non\sconfirmée?s?",
        ),
        (
            "possible",
            r"peut-être|sans\sdoute|probable(?:ment)?|vraisemblable(?:ment)?|éventuel(?:le)?(?:ment)?|possible(?:ment)?"
            r"|semble(?:nt|rait|raient|it|ient)?|semblait|paraît|paraissent|apparemment|considérée?s?\scomme"
            r"|perçue?s?\scomme|vue?s?\scomme|censée?s?|attendue?s?|appelée?s?\sà|il\sse\speut"
            r"|(?<!le\s)(?<!un\s)(?<!en\s)(?<!du\s)risque(?:nt)?\sd(?:e\s|[’'])(?=[^\W\d_]+(?:er|ir|re|oir)(?!\w))"
            r"|peut(?=\s(?:être|constituer|représenter|marquer|signifier))",
        ),
        (
            "conditional",
            r"(?!serait-il|ferait-il)[^\W\d_]*erai(?:t|ent)|(?:aur(?!ai(?:t|ent)\s(?:dû|pu|fallu)\b)|saur|verr|pourr|devr|enverr|recevr|courr|voudr"
            r"|faudr|"
            r"vaudr|viendr|tiendr|deviendr|reviendr|maintiendr|prendr|comprendr|perdr|rendr|vendr|attendr|répondr|mettr"
            r"|permettr|connaîtr|naîtr|vivr|suivr|ir|dir|finir|partir|écrir|agir|subir|réunir|sortir|souffrir|ouvrir"
            r"|offrir|servir|fournir|produir|conduir|détruir|construir)ai(?:t|ent)",
        ),
    ),
    "es": (
        ("alleged", r"presunt[oa]s?|presuntamente|supuest[oa]s?|supuestamente|acusad[oa]s?\sde"),
        ("denied", r"desmint(?:ió|ieron)|desmiente|niega|negó|negaron|niegan"),
        (
            "reported",
            rf"(?:según|de\sacuerdo\scon|conforme\sa|a\sdecir\sde)\s(?!{ES_NO_SOURCE})[^,;:.!?()«»“”\"\n]{{1,70}}|al\sparecer"
            r"|trascendió\sque"
            r"|se\sdice\sque|se\shabría|fuentes\s[^,;.]{0,30}(?:asegur|indic|señal|afirm|revel|inform)\w*|rumor(?:es)?"
            r"|(?:se\s)?(?:ha\s)?(?:informado|reportado)\sque|sin\sconfirmar",
        ),
        (
            "possible",
            r"quizás?|tal\svez|acaso|a\slo\smejor|posible(?:mente)?|probable(?:mente)?|puede\sque"
            r"|puede(?:n)?\sser|(?<!no\s)(?<!se\s)podrán?"
            r"|parece(?:n|ría|rían)?|parecía|considerad[oa]s?\scomo|vist[oa]s?\scomo|se\sespera|se\sprevé|se\sestima"
            r"|aparentemente|eventual(?:mente)?|deb(?:e|en)\sde",
        ),
        (
            "conditional",
            r"(?:habr|ser|podr|tendr|har|vendr|pondr|saldr|dir|querr|valdr|sabr|deber|cabr|parecer|ofrecer|permanecer"
            r"|establecer|aparecer|reconocer|suceder|ver|[^\W\d_]{2,}ir|(?!secretar|sanitar|notar|comisar|mar"
            r"|veterinar)"
            r"[^\W\d_]{2,}ar)ía[ns]?",
        ),
    ),
    "pt": (
        ("alleged", r"alegad(?:o|a|os|as|amente)|suspostamente|supost(?:o|a|os|as|amente)|acusad[oa]s?\sde"),
        ("denied", r"desment(?:e|em|iu|iram)|nega(?:m|ram)?|negou"),
        (
            "reported",
            r"(?:segundo(?!\s(?:plano|lugar|tempo|turno|ano|andar|dia|mandato|filho|jogo|semestre|trimestre"
            r"|[a-z]+(?:ndo|mente)\b))"
            r"|de\sacordo\scom|conforme)\s[^,;:.!?()«»“”\"\n]{1,70}|ao\sque\studo\sindica|diz-se\sque|dizem\sque"
            r"|fontes\s[^,;.]{0,30}(?:afirm|indic|diss|revel|inform)\w*|rumores?|boatos?|não\sconfirmad[oa]s?",
        ),
        (
            "possible",
            r"talvez|quiçá|possível|possivelmente|provável|provavelmente|pode\sser|podem\sser|poderá|poderão"
            r"|parece(?:m)?"
            r"|aparentemente|é\svist[oa]\scomo|considerad[oa]s?\scomo|espera-se|estima-se|prevê-se|eventualmente",
        ),
        (
            "conditional",
            r"(?:ser|ter|haver|poder|estar|dever|far|dir|vir|ir|traria|quer|permitir|parecer)ia[m]?"
            r"|(?!padar|secretar|livrar|mar|pizzar|alfaiatar)[^\W\d_]{3,}[aei]riam",
        ),
    ),
    "it": (
        ("alleged", r"presunt[oaie]|accusat[oaie]\sdi"),
        ("denied", r"smentisc(?:e|ono)|ha\ssmentito|nega(?:no)?|ha\snegato"),
        ("reported", r"(?:secondo|stando\sa(?:lla|lle|i|gli|l)?)\s[^,;:.!?()«»“”\"\n]{1,70}|si\sdice\sche"
            r"|a\squanto\spare"),
        ("possible", r"forse|probabil(?:e|i|mente)|possibil(?:e|i|mente)|pare|sembra(?:no)?|può\sessere|potrebbero?"),
        ("conditional", r"(?:sar|avr|far|dovr|and|vorr|verr|[^\W\d_]{2,}er|[^\W\d_]{2,}ir)ebbe(?:ro)?"),
    ),
    "de": (
        ("alleged", r"angeblich\w*|mutmaßlich\w*|vermeintlich\w*|verdächtigt\w*"),
        ("denied", r"dementiert\w*|bestreite[tn]|bestritt(?:en)?|leugne[tn]|wies[^,.;]{0,40}zurück"),
        (
            "reported",
            r"(?:laut|gemäß)\s(?:\w+(?:en|er|em|n)\s"
            r"|[Aa]\s){0,2}(?-i:[A-ZÄÖÜ])[\w-]+(?:\s(?-i:[A-ZÄÖÜ])[\w-]+){0,3}|nach\s(?:Angaben|Informationen"
            r"|Berichten|Einschätzung|Aussage)"
            r"\s?[^,;:.!?()„“\"\n]{0,60}|zufolge|demnach|dem\sVernehmen\snach|hei(?:ß|ss)t\ses|hieß\ses"
            r"|soll(?:en)?|sei(?:en)?",
        ),
        (
            "possible",
            r"möglicherweise|vielleicht|vermutlich|wahrscheinlich|offenbar|anscheinend|wohl|eventuell|womöglich"
            r"|könnten?"
            r"|dürften?|schein(?:t|en)|gilt\sals|gelten\sals|voraussichtlich|mag|mögen",
        ),
        ("conditional", r"würden?|wären?|hätten?"),
    ),
    "nl": (
        ("alleged", r"vermeende?|beweerde?|verdacht\svan"),
        ("reported", r"(?:volgens)\s[^,;:.!?()“”\"\n]{1,60}|naar\sverluidt"),
        ("possible", r"mogelijk|misschien|wellicht|waarschijnlijk|vermoedelijk|lijkt|lijken|blijkbaar|kan\szijn"),
        ("conditional", r"zou(?:den)?"),
    ),
    "ru": (
        ("alleged", r"якобы|предполагаем\w*|обвиняем\w*|подозреваем\w*|подозрева\w*"),
        ("denied", r"опроверг\w*|отрица\w*"),
        (
            "reported",
            r"по\s(?:данным|словам|информации|сообщени\w+|мнению|сведениям|версии|оценк\w+)\s?[^,;:.!?()«»\n]{0,60}"
            r"|как\s(?:сообща\w+|сообщил\w*|пишет|пишут|передаёт|передает|утвержда\w+|отмеча\w+)|сообщается|сообщалось"
            r"|говорится|утвержда[ею]тся|согласно\s[^,;:.!?()«»\n]{1,60}|источник\w*\s(?:сообщ|утвержд|говор)\w*"
            r"|слух\w*",
        ),
        (
            "possible",
            r"возможно|вероятно|может\sбыть|по-видимому|видимо|наверное|похоже|кажется|ожидается|предположительно"
            r"|могут?|мог(?:ла|ло|ли)?\sбы|считается|предполагается|скорее\sвсего",
        ),
        ("conditional", r"бы"),
    ),
    "uk": (
        ("alleged", r"нібито|начебто|підозрюван\w*|підозрю\w*|ймовірн\w*\sвинн\w*"),
        ("denied", r"спростува\w*|заперечу\w*|заперечи\w*"),
        (
            "reported",
            r"за\s(?:даними|словами|інформацією|повідомленн\w+|оцінк\w+|версією)\s?[^,;:.!?()«»\n]{0,60}"
            r"|як\s(?:повідомля\w+|повідоми\w+|пише|пишуть|передає)|повідомляється|йдеться"
            r"|згідно\sз\s[^,;:.!?()«»\n]{1,60}",
        ),
        (
            "possible",
            r"можливо|ймовірно|мабуть|напевно|схоже|здається|очікується|може\sбути|можуть?|вважається|певно",
        ),
        ("conditional", r"би|б"),
    ),
    "ar": (
        ("alleged", r"يزعم|زعم(?:ت|وا)?|تزعم|مزاعم|المزعوم\w*|المزعومة|متهم\w*|المتهم\w*"),
        ("denied", r"نف(?:ى|ت|وا)|ينفي|تنفي|أنكر\w*"),
        (
            "reported",
            r"يقال|قيل|ذ[ُ]?كر(?:ت)?\s(?:أن|تقارير|مصادر|مصدر)|بحسب\s[^،؛:.!؟()«»\n]{1,60}|حسب\s[^،؛:.!؟()«»\n]{1,60}"
            r"|وفق(?:ا|اً|ًا)?\s[^،؛:.!؟()«»\n]{1,60}|نقلا\sعن|نقلاً\sعن|أفاد(?:ت)?\s(?:تقارير|مصادر|أنباء)"
            r"|تقارير\s(?:تفيد|كشفت|تشير|تحدثت)|كشفت\sتقارير|مصادر\s(?:مطلعة|كشفت|أكدت|أفادت)|أنباء\sعن|شائعات",
        ),
        (
            "possible",
            r"ربما|لعل|قد(?=\s[يتنأ]\w+)|يبدو|يحتمل|محتمل\w*|من\sالمحتمل|من\sالممكن|من\sالمتوقع|المتوقع|يتوقع|تتوقع"
            r"|يرجح|من\sالمرجح|يعتقد|على\sما\sيبدو|يمكن\sأن",
        ),
    ),
    "fa": (
        ("reported", r"به\sگفته\s[^،؛:.!؟()«»\n]{1,60}|گفته\sمی\s?‌?شود|بر\sاساس\s[^،؛:.!؟()«»\n]{1,60}"
            r"|طبق\s[^،؛:.!؟()«»\n]{1,60}"),
        ("possible", r"شاید|ممکن\sاست|احتمالا|احتمالاً|به\sنظر\sمی\s?‌?رسد|انتظار\sمی\s?‌?رود"),
    ),
    "he": (
        ("alleged", r"לכאורה|כביכול|לטענת\s[^,;:.!?()\n]{1,50}|חשוד\w*|נאשם\w*"),
        ("denied", r"הכחיש\w*|מכחיש\w*"),
        (
            "reported",
            r"לפי\s[^,;:.!?()\n]{1,60}|על\sפי\s[^,;:.!?()\n]{1,60}|על־פי\s[^,;:.!?()\n]{1,60}"
            r"|לדברי\s[^,;:.!?()\n]{1,50}"
            r"|דווח|מדווח\w*|נמסר|פורסם\sכי|שמועות|מקורות\s(?:אומרים|מסרו|טוענים)",
        ),
        (
            "possible",
            r"אולי|ייתכן|יתכן|עשוי(?:ה|ים|ות)?|עלול(?:ה|ים|ות)?|כנראה|נראה\s(?:כי|ש\w+)|צפוי(?:ה|ים|ות)?|ככל\sהנראה"
            r"|יכול\sלהיות|נחשב(?:ת|ים|ות)?|אמור(?:ה|ים|ות)?",
        ),
    ),
    "tr": (
        ("alleged", r"iddia\w*|sözde|şüpheli\w*"),
        ("reported", r"[^,;:.!?()“”\"\n]{0,40}\sgöre|bildirildi|söyleniyor|öne\ssürül\w*"),
        ("possible", r"belki|muhtemelen|olası\w*|görünüyor|olabilir\w*|bekleniyor|sanırım"),
    ),
    "ja": (
        ("alleged", r"疑い(?:がある|で)?|容疑(?:で|者)?|疑惑"),
        ("denied", r"否定(?:した|して|する)"),
        (
            "reported",
            r"によると|によれば|とされ(?:る|ている|ています|た|ます)|と(?:報じ|伝え)(?:られ|た|ている)\w{0,6}?|と言われて"
            r"|といわれて|とのこと|という(?:情報|報道|話)|だそうだ|そうです|伝えられ|噂",
        ),
        (
            "possible",
            r"かもしれ(?:ない|ません)|可能性|だろう|でしょう|と(?:思われ|見られ|みられ|考えられ)|おそらく|恐らく|たぶん"
            r"|もしかし(?:たら|て)|ようだ|ようです|らしい|見込み|見通し|予定",
        ),
    ),
    "zh": (
        ("alleged", r"涉嫌|嫌疑|指控|所谓|所謂"),
        ("denied", r"否认|否認|辟谣"),
        ("reported", r"据[^，。；：！？\n]{1,24}(?:报道|消息|透露|悉|介绍|统计)|据(?:说|称|悉|报道|了解|传)"
            r"|據[^，。；：！？\n]{1,24}(?:報導|消息|透露)|據(?:說|稱|悉|報導)|消息称|有消息|传闻"
            r"|根据[^，。；：！？\n]{1,24}"),
        ("possible", r"可能|也许|也許|或许|或許|大概|似乎|好像|看来|看來|恐怕|疑似|预计|預計|有望|估计|估計|或将"
            r"|或將|被视为|被認為|被认为"),
    ),
    "vi": (
        ("alleged", r"bị\scáo\sbuộc|nghi\sphạm|bị\stình\snghi|bị\snghi"),
        ("denied", r"phủ\snhận|bác\sbỏ"),
        ("reported", r"theo\s(?:nguồn\stin|thông\stin|báo\scáo|báo|lời|đại\sdiện|ông|bà"
            r"|các\snguồn)[^,;:.!?()“”\"\n]{0,50}|được\scho\slà|nghe\snói|tin\sđồn|được\sbiết"),
        ("possible", r"có\sthể|có\slẽ|dường\snhư|hình\snhư|có\skhả\snăng|dự\skiến|được\scoi\slà|được\sxem\slà"
            r"|chắc\slà|ước\stính"),
    ),
}  # fmt: skip


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    kinds = _HEDGES.get(language)
    return compiled("|".join(f"(?P<{kind}>{words})" for kind, words in kinds), language) if kinds else None


def _is_word_of_doubt(text: str, start: int, end: int) -> bool:
    """Not the month ("in May"), nor a capitalised name that only looks like a hedge."""
    word = text[start:end]
    return word not in ("May", "Might", "Could") or start == 0


def hedges(line: Line) -> tuple[Hedge, ...]:
    """The hedges of a line in order, without overlaps, each with the certainty it leaves."""
    pattern = _pattern(line.vocabulary)
    if pattern is None:
        return ()
    text = line.text
    return tuple(
        _hedge(text, match)
        for match in pattern.finditer(line.lower)
        if _is_word_of_doubt(text, match.start(), match.end())
    )


def _hedge(text: str, match: re.Match[str]) -> Hedge:
    words = text[match.start() : match.end()]
    start = match.start() + len(words) - len(words.lstrip())
    return Hedge(start, start + len(words.strip()), cast(Certainty, match.lastgroup))


def certainty(found: Iterable[Hedge]) -> Certainty:
    """How firmly a text with these hedges puts it; the press conditional says more than a mere "reports say"."""
    present = {hedge.certainty for hedge in found}
    order: tuple[Certainty, ...] = ("denied", "alleged", "conditional", "possible", "reported")
    return next((kind for kind in order if kind in present), "asserted")
