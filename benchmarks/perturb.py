"""True claims and claims with one planted error, made by code from real posts and articles.

Every document belongs to one half, "dev" or "test", by a hash of its key: thresholds are looked for on the one and
figures come from the other. The generator finds names, numbers and negations by its own plain rules, so that it does
not share the verifier's blind spots; only dates and tokenising by white space are as simple as they look.
"""

# ruff: noqa: E501 - one language's words or patterns a line read best

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.clean.cleaner import clean
from briefing.exceptions import PostError
from briefing.language.annotation import Annotated, annotate
from briefing.sources.files import read_files
from briefing.types import Document, Post

LANGUAGES = ("en", "fr", "es", "ar", "pt", "ru", "uk", "ja", "vi", "he")
_MOST_DOCUMENTS = 60


@dataclass(frozen=True, slots=True)
class Case:
    """A claim, the sentences of its document that it cites, and the error planted in it (None: it is true)."""

    language: str
    document: Document
    sentences: tuple[int, ...]
    claim: str
    error: str | None
    kind: str  # "verbatim", "shortened", "paraphrase"


def half(key: str) -> str:
    """Which half a document is in: "dev" or "test"."""
    return "test" if hashlib.sha256(key.encode()).digest()[0] % 2 else "dev"


def documents(data: Path, language: str) -> list[Annotated]:
    """The posts and articles of a language, cleaned; at most a few from each site so that none rules the figures."""
    return [annotate(document) for document in (*_posts(data, language), *_articles(data, language))]


def _posts(data: Path, language: str) -> Iterator[Document]:
    for path in sorted((data / "wordpress" / language).glob("*.json")):
        for post in [item for item in read_files(path) if isinstance(item, Post)][:15]:
            try:
                document = clean(post)
            except PostError:
                continue
            if len(document.sentences) > 3 and document.language == language:
                yield document


_REFERENCES = {"en": ("writers_en", "cnndm_en"), "fr": ("orangesum_fr",), "es": ("basse_es",)}


def _articles(data: Path, language: str) -> Iterator[Document]:
    for name in _REFERENCES.get(language, ()):
        lines = (data / "references" / f"{name}.jsonl").read_text("utf-8").splitlines()[:_MOST_DOCUMENTS]
        yield from (article(record["id"], record["text"], language) for record in map(json.loads, lines))


def article(key: str, text: str, language: str) -> Document:
    """A plain text as a document without a headline."""
    paragraphs = "".join(f"<p>{_escape(part)}</p>" for part in re.split(r"\n+", text) if part.strip())
    return clean(Post(key, "", paragraphs, language=language))


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def sentences(document: Document) -> list[int]:
    """The sentences of running text that can stand as a claim of their own."""
    found = []
    for block in document.blocks:
        if block.kind not in {"paragraph", "quote"}:
            continue
        for number in range(block.first, block.last + 1):
            text = document.quote(number)
            count = len(text) / 3 if document.language == "ja" else len(text.split())
            if 7 <= count <= 45 and "\n" not in text and not text.endswith(("?", "؟", "？", ":", "…")):
                found.append(number)
    return found


# --- the errors -------------------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"(?<![\w.,:/-])\d{1,3}(?:[.,]\d{3})+(?![\w])|(?<![\w.,:/-])\d+(?:[.,]\d+)?(?![\w:/])")
_WORD_NUMBERS = {
    "en": "two three four five six seven eight nine ten twelve twenty thirty forty fifty sixty",
    "fr": "deux trois quatre cinq six sept huit dix douze vingt trente quarante cinquante",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez doce veinte treinta cuarenta cincuenta",
    "ar": "ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة عشرين ثلاثين أربعين خمسين",
}
_MONTHS = {
    "en": "January February March April June July August September October November December",
    "fr": "janvier février mars avril juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "he": "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
}
_DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
}


def _swap_word(text: str, words: Sequence[str], draw: random.Random, *, first: str = "") -> str | None:
    present = [word for word in words if re.search(rf"(?<!\w){first}{re.escape(word)}(?!\w)", text)]
    if not present:
        return None
    old = draw.choice(present)
    new = draw.choice([word for word in words if word not in present])
    return re.sub(rf"(?<!\w)({first}){re.escape(old)}(?!\w)", lambda m: m[1] + new, text, count=1)


def number(document: Document, text: str, draw: random.Random) -> str | None:
    """One number changed; half of the new ones stand elsewhere in the document."""
    spots = list(_NUMBER.finditer(text))
    if not spots:
        return _swap_word(text, _WORD_NUMBERS.get(document.language, "").split(), draw)
    spot = draw.choice(spots)
    here = {m.group() for m in spots}
    elsewhere = sorted({m.group() for m in _NUMBER.finditer(document.text)} - here)
    if elsewhere and draw.random() < 0.5:
        new = draw.choice(elsewhere)
    else:
        digits = list(spot.group())
        at = draw.choice([i for i, c in enumerate(digits) if c.isdigit()])
        digits[at] = draw.choice([c for c in "123456789" if c != digits[at]])
        new = "".join(digits)
    if new in here:
        return None
    return text[: spot.start()] + new + text[spot.end() :]


def date(document: Document, text: str, draw: random.Random) -> str | None:
    """One month, weekday or year changed."""
    changed = _swap_word(text, _MONTHS.get(document.language, "").split(), draw)
    changed = changed or _swap_word(text, _DAYS.get(document.language, "").split(), draw)
    if changed is None and (year := re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)):
        changed = (
            text[: year.start()] + str(int(year.group()) + draw.choice([-3, -2, -1, 1, 2, 3])) + text[year.end() :]
        )
    return changed


_CAPITALS = re.compile(r"(?<=[^\W\d_] )(?:[A-ZÀ-ÖØ-ÞĐА-ЯЁІЇЄҐ][^\W\d_]{2,})(?: [A-ZÀ-ÖØ-ÞĐА-ЯЁІЇЄҐ][^\W\d_]{2,}){0,2}")
_KNOWN_NAMES = {
    "ar": "محمد أحمد علي حسن محمود عمر خالد إبراهيم يوسف سعيد عبدالله مصطفى مصر سوريا العراق لبنان فلسطين إسرائيل أمريكا روسيا الصين فرنسا "
    "القاهرة دمشق بغداد بيروت الرياض الجزائر تونس المغرب تركيا إيران السعودية",
    "he": "ישראל ירושלים חיפה דוד משה יוסף אברהם רחל שרה יעקב מיכאל דניאל גרמניה צרפת רוסיה מצרים ירדן אמריקה לונדון פריז ברלין",
    "ja": "日本 東京 大阪 京都 中国 韓国 アメリカ フランス ドイツ イギリス 北海道 沖縄 福岡 名古屋 横浜 神戸 広島 ロシア インド",
}


def _name_spots(document: Document, text: str) -> list[tuple[int, int]]:
    if document.language in _KNOWN_NAMES:
        found = []
        for name in _KNOWN_NAMES[document.language].split():
            edge = "" if document.language == "ja" else r"(?!\w)"
            start = "" if document.language == "ja" else r"(?<!\w)"
            found += [m.span() for m in re.finditer(start + re.escape(name) + edge, text)]
        return found
    lowered = set(re.findall(r"(?<!\w)[^\W\d_A-Z]\w+", document.text))
    return [
        m.span()
        for m in _CAPITALS.finditer(text)
        if m.group().lower() not in lowered and not _is_date(m.group(), document)
    ]


def _is_date(word: str, document: Document) -> bool:
    return (
        word in (_MONTHS.get(document.language, "") + " " + _DAYS.get(document.language, "")).split() or word == "May"
    )


def names_of(document: Document) -> list[str]:
    """The names the generator finds in a document."""
    if document.language in _KNOWN_NAMES:
        return [name for name in _KNOWN_NAMES[document.language].split() if name in document.text]
    return sorted({document.text[a:b] for a, b in _name_spots(document, document.text)})


def name(document: Document, text: str, draw: random.Random, pool: Sequence[str]) -> str | None:
    """One name changed to one of the pool that shares no word with the sentence."""
    spots = _name_spots(document, text)
    if not spots:
        return None
    start, end = draw.choice(spots)
    old = text[start:end]
    fits = [new for new in pool if not _related(new, old) and not any(part in text for part in new.split())]
    return text[:start] + draw.choice(fits) + text[end:] if fits else None


def _related(one: str, other: str) -> bool:
    return any(a[:4].lower() == b[:4].lower() for a in one.split() for b in other.split())


def name_outside(document: Document, text: str, draw: random.Random, others: Sequence[str]) -> str | None:
    """One name changed to one that the document does not have."""
    return name(document, text, draw, [new for new in others if not any(part in document.text for part in new.split())])


def name_inside(document: Document, text: str, draw: random.Random) -> str | None:
    """One name changed to another one of the same document."""
    return name(document, text, draw, names_of(document))


_QUOTED = re.compile(r"“([^”]{12,300})”|«\s?([^»]{12,300})\s?»|\"([^\"]{12,300})\"|「([^」]{8,200})」")


def quote(document: Document, text: str, draw: random.Random) -> str | None:
    """One word of a quotation changed to another word of the document."""
    found = _QUOTED.search(text)
    if not found or text.count('"') not in (0, 2):
        return None  # which of several straight marks open is anybody's guess
    start, end = found.span(found.lastindex or 0)
    inside = text[start:end]
    if document.language == "ja":
        at = draw.randrange(2, len(inside) - 2)
        return text[:start] + inside[:at] + draw.choice("新大小前後") + inside[at + 1 :] + text[end:]
    words = list(re.finditer(r"[^\W\d_]{4,}", inside))
    pool = [w for w in re.findall(r"[^\W\d_]{4,}", document.text) if w.lower() not in inside.lower()]
    if not words or not pool:
        return None
    word = draw.choice(words)
    new: str = draw.choice(pool).lower()
    return text[: start + word.start()] + new + text[start + word.end() :]


# (pattern, what replaces it), tried in this order: a negation taken out, or put in.
_NEGATIONS = {
    "en": [(r"\b(is|are|was|were|has|have|had|will|can|could|would|should|did|does|do) not\b", r"\1"), (r"\b(is|are|was|were|did|does|do|has|have|had|would|could)n['’]t\b", r"\1"),
           (r"\bnever ", ""), (r"\b(is|are|was|were|has|have|had|will|can|could|would|should)\b(?! (?:not|no|never)\b)", r"\1 not")],
    "fr": [(r"\bn['’](est|a|ont|était|avait) pas\b", r"\1"), (r"\bne (\w+) (?:pas|plus|jamais)\b", r"\1"), (r"\b(est|sont|ont|était|sera|peut)\b", r"ne \1 pas"), (r"(?<!n['’])\ba\b(?= \w+é)", "n'a pas")],
    "es": [(r"\b[Nn]o (es|son|ha|han|fue|está|hay|se|puede|pueden|tiene|era|había)\b", r"\1"), (r"\bnunca ", ""), (r"\b(es|son|ha|han|fue|está|hay|puede|tiene|era|había)\b", r"no \1")],
    "pt": [(r"\b[Nn]ão (é|são|foi|está|há|se|pode|tem|era|tinha)\b", r"\1"), (r"\b(é|são|foi|está|há|pode|tem|era)\b", r"não \1")],
    "ru": [(r"\bне (\w+)", r"\1"), (r"\b(был|была|было|были|может|могут|является|будет|есть|стал|стала)\b", r"не \1")],
    "uk": [(r"\bне (\w+)", r"\1"), (r"\b(був|була|було|були|може|можуть|є|буде|став|стала)\b", r"не \1")],
    "ar": [(r"(?<!\w)(?:لا|لم|لن) (\w+)", r"\1"), (r"(?<!\w)(يمكن|يوجد|تعتبر|يعتبر|يتم|يجب|يكون)(?!\w)", r"لا \1"), (r"(?<!\w)كان(?!\w)", "لم يكن"), (r"(?<!\w)كانت(?!\w)", "لم تكن")],
    "he": [(r"(?<!\w)לא (\w+)", r"\1"), (r"(?<!\w)(היה|הייתה|היו|יכול|ניתן|צריך|הוא|היא)(?!\w)", r"לא \1"), (r"(?<!\w)יש(?!\w)", "אין")],
    "vi": [(r"\bkhông (\w+)", r"\1"), (r"\bchưa ", ""), (r"\b(là|có|được|phải|thể)\b", r"không \1")],
    "ja": [(r"ではない", "である"), (r"しない", "する"), (r"ません", "ます"), (r"できない", "できる"), (r"している", "していない"), (r"しました", "しませんでした"), (r"した。", "しなかった。"), (r"できる", "できない"), (r"あります", "ありません")],
}  # fmt: skip
_ALREADY_NO = {
    "en": r"\b(?:not|no|never|n't|nor)\b", "fr": r"\b(?:ne|n['’]|pas|aucun|sans|rien)", "es": r"\b(?:no|nunca|sin|nada|ni)\b",
    "pt": r"\b(?:não|nunca|sem|nada|nem)\b", "ru": r"\b(?:не|ни|без)\b", "uk": r"\b(?:не|ні|без)\b", "ar": r"(?<!\w)(?:لا|لم|لن|غير|ليس)(?!\w)",
    "he": r"(?<!\w)(?:לא|אין|בלי)(?!\w)", "vi": r"\b(?:không|chưa|chẳng)\b", "ja": r"ない|なか|ません|ず",
}  # fmt: skip


def negation(document: Document, text: str, draw: random.Random) -> str | None:
    """One "not" taken out, or one put in."""
    patterns = _NEGATIONS[document.language]
    options = []
    for pattern, new in patterns:
        match = re.search(pattern, text)
        if match:
            options.append((match, match.expand(new)))
    if not options:
        return None
    match, new = draw.choice(options[:2])
    return text[: match.start()] + new + text[match.end() :]


_ANTONYMS = {
    "en": "accepted/rejected rose/fell more/less increased/decreased won/lost supported/opposed higher/lower before/after "
    "first/last approved/refused arrived/left success/failure strong/weak positive/negative bought/sold opened/closed "
    "guilty/innocent allowed/banned best/worst early/late begin/end began/ended largest/smallest old/new young/old "
    "alive/dead happy/sad safe/dangerous rich/poor increase/decrease inside/outside public/private always/never",
    "fr": "accepté/refusé plus/moins hausse/baisse augmenté/diminué avant/après gagné/perdu ouvert/fermé premier/dernier "
    "meilleur/pire grand/petit victoire/défaite autorisé/interdit pour/contre première/dernière nouveau/ancien fort/faible jeune/vieux",
    "es": "aceptó/rechazó más/menos aumento/descenso aumentado/disminuido antes/después ganó/perdió mejor/peor mayor/menor "
    "primera/última primer/último victoria/derrota nuevo/viejo grande/pequeño abierto/cerrado subió/bajó favor/contra dentro/fuera",
    "pt": "mais/menos aumento/redução antes/depois melhor/pior maior/menor primeiro/último novo/velho grande/pequeno aberto/fechado dentro/fora bom/mau",
    "ru": "больше/меньше до/после лучше/хуже выше/ниже первый/последний новый/старый новые/старые большой/маленький увеличение/снижение легко/сложно",
    "uk": "більше/менше до/після краще/гірше вище/нижче перший/останній новий/старий великий/малий нові/старі важко/легко",
    "ar": "قبل/بعد أكثر/أقل زيادة/انخفاض داخل/خارج أول/آخر جديد/قديم كبير/صغير كبيرة/صغيرة جديدة/قديمة قوي/ضعيف ارتفاع/انخفاض أعلى/أدنى",
    "he": "לפני/אחרי יותר/פחות חדש/ישן גדול/קטן גדולה/קטנה ראשון/אחרון טוב/רע עלייה/ירידה בתוך/מחוץ גבוה/נמוך",
    "vi": "tăng/giảm trước/sau nhiều/ít lớn/nhỏ mới/cũ cao/thấp trong/ngoài tốt/xấu nhanh/chậm",
    "ja": "増加/減少 以上/以下 最大/最小 上昇/下落 成功/失敗 多い/少ない 高い/低い 前/後 新しい/古い 大きな/小さな 可能/不可能 賛成/反対",
}


def antonym(document: Document, text: str, draw: random.Random) -> str | None:
    """One word changed to its opposite."""
    options = []
    edge = ("", "") if document.language == "ja" else (r"(?<!\w)", r"(?!\w)")
    for pair in _ANTONYMS[document.language].split():
        one, other = pair.split("/")
        for old, new in ((one, other), (other, one)):
            match = re.search(edge[0] + re.escape(old) + edge[1], text)
            if match and not re.search(edge[0] + re.escape(new) + edge[1], text):
                options.append(text[: match.start()] + new + text[match.end() :])
    return draw.choice(options) if options else None


_ATTRIBUTIONS = {
    "en": [(r"^According to [^,]{3,60}, (\w)", 1), (r",? according to [^,.]{3,60}(?=[.,])", 0), (r",(?: \w+){0,5} (?:said|says|told \w+|added)(?: [A-Z]?\w+){0,4}(?=[.,])", 0), (r"^[A-Z][\w. ]{2,40} (?:said|says|claimed|argued|told reporters) (?:that )?(\w)", 1), (r" ?\b(?:reportedly|allegedly)\b", 0)],
    "fr": [(r"^(?:Selon|D['’]après) [^,]{3,60}, (\w)", 1), (r",? (?:selon|d['’]après) [^,.]{3,60}(?=[.,])", 0), (r", (?:a|ont)(?:-t-(?:il|elle|on)|-ils)? (?:déclaré|indiqué|affirmé|précisé|annoncé|expliqué|souligné)[^,.]{0,60}(?=[.,])", 0)],
    "es": [(r"^Según [^,]{3,60}, (\w)", 1), (r",? según [^,.]{3,60}(?=[.,])", 0), (r", (?:dijo|dice|afirmó|explicó|señaló|asegura|explica|señala|aseguró|cuenta)[^,.]{0,60}(?=[.,])", 0)],
    "pt": [(r"^(?:Segundo|De acordo com) [^,]{3,60}, (\w)", 1), (r",? (?:segundo|de acordo com) [^,.]{3,60}(?=[.,])", 0), (r", (?:disse|afirmou|explica|diz|conta)[^,.]{0,60}(?=[.,])", 0)],
    "ru": [(r"^По (?:данным|словам|мнению|информации) [^,]{3,60}, (\w)", 1), (r", (?:сказал|заявил|сообщил|отметил)а?[^,.]{0,60}(?=[.,])", 0)],
    "uk": [(r"^За (?:даними|словами|інформацією) [^,]{3,60}, (\w)", 1), (r", (?:сказав|заявив|повідомив|зазначив)[^,.]{0,60}(?=[.,])", 0)],
    "ar": [(r"(?<!\w)(?:بحسب|حسب|وفقا ل|وفقًا ل)[^،.]{3,50}[،.]", 0)],
    "he": [(r"(?:לפי|לדברי|על פי) [^,.]{3,50}, ?(\w)", 1)],
    "vi": [(r"^Theo [^,]{3,60}, (\w)", 1)],
    "ja": [(r"^[^、。]{2,20}によると、?", 0), (r"という。$", 0)],
}  # fmt: skip


def attribution(document: Document, text: str, draw: random.Random) -> str | None:
    """The words that say whose word it is, or that it is only said to be so, taken out."""
    if _QUOTED.search(text):
        return None
    for pattern, group in _ATTRIBUTIONS[document.language]:
        match = re.search(pattern, text)
        if not match:
            continue
        kept = text[: match.start()] + (match[group].upper() if group else "") + text[match.end() :]
        if len(kept.split()) >= 5 or document.language == "ja":
            return kept
    return None


def actors(document: Document, text: str, draw: random.Random) -> str | None:
    """Two names of the sentence changed places."""
    spots = sorted(_name_spots(document, text))
    if len(spots) < 2:
        return None
    (a, b), (c, d) = spots[0], spots[-1]
    if b >= c or _related(text[a:b], text[c:d]):
        return None
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


_CONDITION = re.compile(
    r"\b(?:if|unless|only|except|but|not|no|never|said|says|according|may|might|could|would|reportedly|allegedly|if|si|sauf|sans|pas|selon|"
    r"mais|sólo|solo|según|salvo|pero|sin|se|mas|apenas|segundo|если|только|но|кроме|якщо|лише|але|nếu|nhưng|chỉ)\b|إذا|إلا|لكن|فقط|אם|רק|אבל|ない|だけ|場合",
    re.I,
)


def shortened(document: Document, text: str) -> str | None:
    """The sentence without its last clause, where that holds no word of doubt, report, negation or condition."""
    mark = {"ar": "،", "ja": "、"}.get(document.language, ",")
    at = text.rfind(mark)
    if at < 0:
        return None
    head, tail = text[:at], text[at:]
    enough = len(head) >= 20 if document.language == "ja" else len(head.split()) >= 7
    if (
        not enough
        or _CONDITION.search(tail)
        or any(ch.isdigit() for ch in text[at - 1 : at + 2])
        or _QUOTED.search(text)
    ):
        return None
    return head + text[-1] if text[-1] in ".。!" else head


def cases(data: Path, language: str, part: str, *, per_error: int = 80, seed: int = 7) -> Iterator[Case]:
    """The suite of one language and half: true claims, and claims with one error each."""
    draw = random.Random(f"{seed}{language}{part}")
    texts = [document for document in documents(data, language) if half(document.key) == part]
    everybody = sorted({found for document in documents(data, language) for found in names_of(document)})
    places = [(document, found) for document in texts for found in sentences(document)]
    draw.shuffle(places)
    outside = (_KNOWN_NAMES[language].split() + _EXTRA[language].split()) if language in _KNOWN_NAMES else everybody
    makers = {
        "number": number,
        "date": date,
        "name_outside": lambda d, t, r: name_outside(d, t, r, outside),
        "name_inside": name_inside,
        "quote": quote,
        "negation": negation,
        "antonym": antonym,
        "attribution": attribution,
        "actors": actors,
    }
    for error, make in makers.items():
        yield from _of_error(language, places, error, make, draw, per_error)
    for document, found in places[:150]:
        yield Case(language, document, (found,), document.quote(found), None, "verbatim")
    cut = ((document, found, shortened(document, document.quote(found))) for document, found in places)
    for document, found, short in [item for item in cut if item[2]][:150]:
        yield Case(language, document, (found,), str(short), None, "shortened")


_EXTRA = {
    "ar": "باريس لندن برلين طوكيو ماكرون بوتين ترامب نتنياهو الهند اليابان البرازيل كندا أستراليا كريم فاطمة",
    "he": "טוקיו מדריד רומא מקרון פוטין טראמפ הודו סין ברזיל קנדה אוסטרליה יצחק רבקה",
    "ja": "ブラジル カナダ オーストラリア 仙台 札幌 マクロン プーチン トランプ イタリア スペイン",
}


def _of_error(language, places, error, make, draw, most) -> Iterator[Case]:  # type: ignore[no-untyped-def]
    made = 0
    for document, found in places:
        text = document.quote(found)
        claim = make(document, text, draw)
        if claim is None or " ".join(claim.split()) == " ".join(text.split()):
            continue
        yield Case(language, document, (found,), claim, error, "verbatim")
        made += 1
        if made >= most:
            return


def other(case: Case, claim: str, error: str) -> Case:
    """The same case with another claim and the error planted in it."""
    return replace(case, claim=claim, error=error)
