"""Whether a sentence holds the sort of thing that a question asks for: a number, a sum, a date, a name, a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from briefing.language.attribution import attribution
from briefing.language.calendar import mentions
from briefing.language.entities import CASED, NameMention, names, same_name
from briefing.language.quantities import Quantity, is_measured, quantities
from briefing.language.words import fold, script, words
from briefing.retrieve.query import RELATED, SYNONYM, Question, Term, stems, tokens
from briefing.types import Document

NEAR_CHARS = 40

_AGE = re.compile(
    r"\d+\s*[-‑]?\s*years?[-‑\s]old|\baged?\s+(?:of\s+)?\d+|\bage of \d+|[(（]\d\d[)）]|,\s\d\d,"
    r"|\b(?:am|is|was|turned|turns)\s\d\d(?=[.,;]|\sand\b|\swhen\b|\syears?\b|$)"
    r"|\bâgée?s? de \d+|[,(] ?\d+ ans\b|\b(?:a|avait|de) \d\d ans\b|\b(?:de|tiene|tenía|con|tem|tinha) \d\d a[ñn]os\b"
    r"|\d+[- ](?:Jahre alt|jährige)|\d+-летн|\d+-річн|(?:[,(]|возрасте|исполнилось)\s*\d+\s(?:лет|год|года|років)\b"
    r"|(?:عمره|عمرها|البالغ|البالغة|يبلغ|تبلغ)\D{0,20}\d+|\b(?:בן|בת|בני)\s+(?:ה-?)?\d+|\d\d\s*歳|\d\d\s*岁",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_REASON = re.compile(
    r"\b(?:because|due to|owing to|so that|in order to|thanks to|as a result|reasons?|cause[ds]?|blam\w+|over concerns"
    r"|parce qu\w*|car|afin|en raison|à cause|grâce à|à la demande|suite à|puisqu\w*|porque|debido|ya que|a fin de"
    r"|a causa|por culpa|pois|devido|por causa|weil|wegen|damit|denn|aufgrund|perché|omdat|wegens|vanwege|потому|из-за"
    r"|чтобы|так как|поскольку|через те|бо|щоб)\b|لأن|بسبب|لكي|نظرا|جراء|בגלל|כי|כדי|משום|עקב|בשל"
    r"|ため|ので|から|理由に|原因|因为|因為|由于|為|为",
    re.IGNORECASE,
)
_PERHAPS_REASON = re.compile(
    r"\b(?:since|after|following|over|for|with|to|pour|por|para|um|per|тому)\b|حتى|\bل\w{3}|\bل[وه]", re.IGNORECASE
)
_CURRENCY = re.compile(
    r"[$€£¥₽₴₪₹₫₩]|\b(?:Rs|dollars?|euros?|pounds?|francs?|rupees?|pesos?|reais|real|dirhams?|dinars?|riyals?|soles|lira"
    r"|shekels?|crowns?|krona|rand|naira|yen|yuan|won|baht|zlotys?|dólares|dinares|libras|livres|dollari"
    r"|доллар\w*|рубл\w*|евро|гривень|гривен|грн|крон\w*)\b|دولار|ريال|درهم|جنيه|يورو|دينار|ليرة|שקל|דולר|אירו|יורו|円|元|ドル|ユーロ",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(?:yesterday|today|tomorrow|tonight|next (?:week|month|year)|last (?:week|month|year)|hier|demain|aujourd'hui"
    r"|ayer|hoy|mañana|ontem|hoje|amanhã|gestern|morgen|heute|вчера|сегодня|завтра|сьогодні)\b|أمس|اليوم|غدا|אתמול|היום|מחר"
    r"|昨日|今日|明日|来年|昨年|今年|\d月|\d日",
    re.IGNORECASE,
)
_TIME_UNITS = re.compile(r"שבוע\w*|ימים|חודש\w*|שנים|שעות|דקות|يومين|أسبوع\w*|أسابيع|شهرين|أشهر|عامين|سنوات|ساعات|أيام")
_PERSON = re.compile(
    "氏|さん|様|選手|教授|容疑者|先生|女士|・[ァ-ヴー]{2}|[市町村]長の..|社長の..|大統領|首相の|说|表示"
)
Span = tuple[int, int]


def holds(question: Question, document: Document, number: int) -> float:
    """How surely the sentence holds the sort of thing asked for: 1 where it does, or where that cannot be told."""
    text, language = document.quote(number), document.language
    test = _TESTS.get(question.asked.wanted)
    return test(question, text, language) if test else 1.0


def _number(question: Question, text: str, language: str) -> float:
    amounts = _amounts(text, language)
    if not amounts:
        return 0.0
    counted = next((term for term in question.terms if not term.is_name), None)
    if counted is None or script(text) == "cjk":
        return 1.0
    return max(_counts(quantity, counted, text, language) for quantity in amounts)


def _counts(quantity: Quantity, counted: Term, text: str, language: str) -> float:
    """Whether it is the counted thing's number: that follows at once, or nothing does; not what counts another."""
    clause = _PAUSE.split(text[quantity.start : quantity.end + 60])[0]
    following = [token for token in tokens(clause, language) if not token.key.isdigit()][:3]
    before = list(tokens(text[max(0, quantity.start - 30) : quantity.start], language))[-2:]
    if any(counted.forms.get(token.stem, 0.0) >= SYNONYM for token in following):
        return 1.0
    likely = max((counted.forms.get(token.stem, 0.0) for token in (*following, *before)), default=0.0)
    if likely >= RELATED:
        return 0.85
    if quantity.unit or quantity.kind == "fraction" or counted.is_implied:
        return 0.7
    if any(word.key in _PEOPLE for word in words(text[quantity.end : quantity.end + 20], language)[:2]):
        return 0.7
    return 0.8 if not following else 0.35


_PAUSE = re.compile(r"[,.;:()?!،。、]")
_PEOPLE = frozenset(
    map(fold, "people persons personnes personas pessoas menschen человек людей شخص أشخاص אנשים איש".split())
)


def _amounts(text: str, language: str) -> list[Quantity]:
    """The numbers of a text that count something: no dates, years or ordinals."""
    taken = [(one.start, one.end) for one in mentions(text, language)]
    return [
        quantity
        for quantity in quantities(text, language)
        if quantity.kind in ("number", "fraction", "vague")
        and not _YEAR.fullmatch(text[quantity.start : quantity.end])
        and not any(start <= quantity.start < end for start, end in taken)
        and not (quantity.is_word and quantity.readings <= {0.0, 1.0})
    ]


def _money(question: Question, text: str, language: str) -> float:
    return 1.0 if _prices(text, language) else 0.0


def _prices(text: str, language: str) -> list[Span]:
    amounts = _amounts(text, language)
    return [
        (one.start, one.end)
        for one in amounts
        if (one.unit or "").isupper() or _CURRENCY.search(text[max(0, one.start - 12) : one.end + 16])
    ]


def _duration(question: Question, text: str, language: str) -> float:
    amounts = [q for q in _amounts(text, language) if not _AGE.match(text, q.start)]
    return 1.0 if any(q.unit for q in amounts) or _TIME_UNITS.search(text) else 0.6 if amounts else 0.0


_INCHES = re.compile(r"\d[\s-]?(?:inch|inches|pouces?|pulgadas?|polegadas?|Zoll|pollici|дюйм\w*|インチ)", re.IGNORECASE)


def _size(question: Question, text: str, language: str) -> float:
    amounts = _amounts(text, language)
    return 1.0 if any(is_measured(q.unit) for q in amounts) or (amounts and _INCHES.search(text)) else 0.0


def _age(question: Question, text: str, language: str) -> float:
    return 1.0 if _AGE.search(text) else 0.0


def _date(question: Question, text: str, language: str) -> float:
    return 1.0 if mentions(text, language) or _YEAR.search(text) or _TIMES.search(text) else 0.0


def _new_names(question: Question, text: str, language: str) -> list[NameMention]:
    asked_for = {term.key for term in question.terms}
    dates = [(one.start, one.end) for one in mentions(text, language)]
    return [
        mention
        for mention in names(text, language)
        if not any(start <= mention.start < end for start, end in dates)
        and not any(mention.key == key or same_name(mention.key, key) for key in asked_for)
    ]


def _who(question: Question, text: str, language: str) -> float:
    """A name that the question does not have, near what is asked about it: "its spokesman Rob Dwight"."""
    if script(text) == "cjk":
        return 1.0 if _PERSON.search(text) else 0.3
    if script(text) not in CASED:
        return 1.0
    found = [name for name in _new_names(question, text, language) if not name.place]
    if not found:
        return 0.3
    about = [term for term in question.terms if not term.is_name and not term.is_implied]
    places = [
        (token.start, token.end)
        for token in tokens(text, language)
        if any(term.forms.get(token.stem, 0.0) >= 0.5 for term in about)
    ]
    if not about:
        return 1.0
    if not places:
        return 0.5
    near = min(max(start - name.end, name.start - end, 0) for name in found for start, end in places)
    return 1.0 if near < NEAR_CHARS else 0.7


def _where(question: Question, text: str, language: str) -> float:
    if script(text) not in CASED:
        return 1.0
    return 1.0 if _new_names(question, text, language) else 0.3


def _reason(question: Question, text: str, language: str) -> float:
    return 1.0 if _REASON.search(text) else 0.7 if _PERHAPS_REASON.search(text) else 0.3


def _speech(question: Question, text: str, language: str) -> float:
    """Whether the one asked about speaks in the sentence."""
    voices = attribution(text, language)
    speaker = next((term for term in question.terms if not term.is_implied), None)
    if speaker is None:
        return 0.3
    if not voices:
        held = set(stems(text, language))
        speaks = any(held & term.forms.keys() for term in question.terms if term.is_implied)
        return 0.7 if speaks and held & speaker.forms.keys() else 0.3
    said = {one for voice in voices for one in stems(text[voice.start : voice.end], language)}
    if any(speaker.forms.get(one, 0.0) >= SYNONYM for one in said):
        return 1.0
    return 0.8 if any(voice.is_pronoun for voice in voices) else 0.4


_TESTS = {
    "number": _number,
    "money": _money,
    "duration": _duration,
    "size": _size,
    "age": _age,
    "date": _date,
    "who": _who,
    "place": _where,
    "reason": _reason,
    "speech": _speech,
}


SPANS: Mapping[str, Callable[[str, str], Sequence[Span]]] = {
    "money": _prices,
    "age": lambda text, _: [one.span() for one in _AGE.finditer(text)],
    "date": lambda text, language: [
        *((one.start, one.end) for one in mentions(text, language)),
        *(one.span() for one in _YEAR.finditer(text)),
        *(one.span() for one in _TIMES.finditer(text)),
    ],
    "number": lambda text, language: [(one.start, one.end) for one in _amounts(text, language)],
    "duration": lambda text, language: [(one.start, one.end) for one in _amounts(text, language) if one.unit],
    "size": lambda text, language: [(one.start, one.end) for one in _amounts(text, language)],
}
