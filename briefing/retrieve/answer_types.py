"""Whether a sentence holds the sort of thing that a question asks for: a number, a sum, a date, a name, a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from briefing.language import calendar
from briefing.language.annotation import Annotation
from briefing.language.entities import CASED, NameMention, same_name
from briefing.language.quantities import Quantity, is_measured
from briefing.language.words import fold
from briefing.retrieve.query import RELATED, SYNONYM, IndexedSentence, Question, Term
from briefing.types import Span

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


def holds(question: Question, indexed: IndexedSentence) -> float:
    """How surely the sentence holds the sort of thing asked for: 1 where it does, or where that cannot be told."""
    test = _TESTS.get(question.asks_for.wanted)
    return test(question, indexed) if test else 1.0


def _number(question: Question, indexed: IndexedSentence) -> float:
    amounts = _amounts(indexed.sentence)
    if not amounts:
        return 0.0
    counted = next((term for term in question.terms if not term.is_name), None)
    if counted is None or indexed.sentence.script == "cjk":
        return 1.0
    return max(_counts(quantity, counted, indexed) for quantity in amounts)


def _counts(quantity: Quantity, counted: Term, indexed: IndexedSentence) -> float:
    """Whether it is the counted thing's number: that follows at once, or nothing does; not what counts another."""
    reach = quantity.end + _REACH_CHARS
    pause = _PAUSE.search(indexed.sentence.text, quantity.start, reach)
    clause = indexed.between(quantity.start, pause.start() if pause else reach)
    following = [token for token in clause if not token.key.isdigit()][:3]
    before = indexed.between(quantity.start - _REACH_CHARS // 2, quantity.start)[-2:]
    if any(counted.forms.get(token.stem, 0.0) >= SYNONYM for token in following):
        return 1.0
    likely = max((counted.forms.get(token.stem, 0.0) for token in (*following, *before)), default=0.0)
    if likely >= RELATED:
        return 0.85
    if quantity.unit or quantity.kind == "fraction" or counted.is_implied:
        return 0.7
    if any(word.key in _PEOPLE for word in indexed.sentence.between(quantity.end, quantity.end + 20)[:2]):
        return 0.7
    return 0.8 if not following else 0.35


_REACH_CHARS = 60
_PAUSE = re.compile(r"[,.;:()?!،。、]")
_PEOPLE = frozenset(
    map(fold, "people persons personnes personas pessoas menschen человек людей شخص أشخاص אנשים איש".split())
)


def _amounts(sentence: Annotation) -> list[Quantity]:
    """The numbers of a sentence that count something: no dates, years or ordinals."""
    return [
        quantity
        for quantity in sentence.quantities
        if quantity.kind in ("number", "fraction", "vague")
        and not _YEAR.fullmatch(sentence.text[quantity.start : quantity.end])
        and not any(date.start <= quantity.start < date.end for date in sentence.dates)
        and not (quantity.is_word and quantity.readings <= {0.0, 1.0})
    ]


def _money(question: Question, indexed: IndexedSentence) -> float:
    return 1.0 if _prices(indexed.sentence) else 0.0


def _prices(sentence: Annotation) -> list[Span]:
    return [
        (one.start, one.end)
        for one in _amounts(sentence)
        if (one.unit or "").isupper() or _CURRENCY.search(sentence.text[max(0, one.start - 12) : one.end + 16])
    ]


def _duration(question: Question, indexed: IndexedSentence) -> float:
    text = indexed.sentence.text
    amounts = [one for one in _amounts(indexed.sentence) if not _AGE.match(text, one.start)]
    return 1.0 if any(one.unit for one in amounts) or _TIME_UNITS.search(text) else 0.6 if amounts else 0.0


_INCHES = re.compile(r"\d[\s-]?(?:inch|inches|pouces?|pulgadas?|polegadas?|Zoll|pollici|дюйм\w*|インチ)", re.IGNORECASE)


def _size(question: Question, indexed: IndexedSentence) -> float:
    amounts = _amounts(indexed.sentence)
    is_size = any(is_measured(one.unit) for one in amounts) or (amounts and _INCHES.search(indexed.sentence.text))
    return 1.0 if is_size else 0.0


def _age(question: Question, indexed: IndexedSentence) -> float:
    return 1.0 if _AGE.search(indexed.sentence.text) else 0.0


def _date(question: Question, indexed: IndexedSentence) -> float:
    sentence = indexed.sentence
    return 1.0 if sentence.dates or _YEAR.search(sentence.text) or _TIMES.search(sentence.text) else 0.0


def _new_names(question: Question, sentence: Annotation) -> list[NameMention]:
    asked_for = {term.key for term in question.terms}
    return [
        mention
        for mention in sentence.names
        if not any(date.start <= mention.start < date.end for date in sentence.dates)
        and not any(mention.key == key or same_name(mention.key, key) for key in asked_for)
    ]


def _who(question: Question, indexed: IndexedSentence) -> float:
    """A name that the question does not have, near what is asked about it: "its spokesman Rob Dwight"."""
    sentence = indexed.sentence
    if sentence.script == "cjk":
        return 1.0 if _PERSON.search(sentence.text) else 0.3
    if sentence.script not in CASED:
        return 1.0
    people = [name for name in _new_names(question, sentence) if not name.place]
    if not people:
        return 0.3
    about = [term for term in question.terms if not term.is_name and not term.is_implied]
    places = [token for token in indexed.tokens if any(term.forms.get(token.stem, 0.0) >= 0.5 for term in about)]
    if not about:
        return 1.0
    if not places:
        return 0.5
    near = min(max(place.start - name.end, name.start - place.end, 0) for name in people for place in places)
    return 1.0 if near < NEAR_CHARS else 0.7


def _where(question: Question, indexed: IndexedSentence) -> float:
    if indexed.sentence.script not in CASED:
        return 1.0
    return 1.0 if _new_names(question, indexed.sentence) else 0.3


def _reason(question: Question, indexed: IndexedSentence) -> float:
    text = indexed.sentence.text
    return 1.0 if _REASON.search(text) else 0.7 if _PERHAPS_REASON.search(text) else 0.3


def _speech(question: Question, indexed: IndexedSentence) -> float:
    """Whether the one asked about speaks in the sentence."""
    voices = indexed.sentence.attributions
    speaker = next((term for term in question.terms if not term.is_implied), None)
    if speaker is None:
        return 0.3
    if not voices:
        speaks = any(indexed.distinct & term.forms.keys() for term in question.terms if term.is_implied)
        return 0.7 if speaks and indexed.distinct & speaker.forms.keys() else 0.3
    said = {form for voice in voices for token in indexed.between(voice.start, voice.end) for form in token.forms}
    if any(speaker.forms.get(one, 0.0) >= SYNONYM for one in said):
        return 1.0
    return 0.8 if any(voice.is_pronoun for voice in voices) else 0.4


_TESTS: Mapping[str, Callable[[Question, IndexedSentence], float]] = {
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


def _spans(parts: Iterable[Quantity | calendar.DateMention]) -> list[Span]:
    return [(part.start, part.end) for part in parts]


def _matches(pattern: re.Pattern[str], sentence: Annotation) -> list[Span]:
    return [match.span() for match in pattern.finditer(sentence.text)]


# Where what is asked for stands in a sentence.
SPANS: Mapping[str, Callable[[Annotation], Sequence[Span]]] = {
    "money": _prices,
    "age": lambda sentence: _matches(_AGE, sentence),
    "date": lambda one: [*_spans(one.dates), *_matches(_YEAR, one), *_matches(_TIMES, one)],
    "number": lambda sentence: _spans(_amounts(sentence)),
    "duration": lambda sentence: _spans(one for one in _amounts(sentence) if one.unit),
    "size": lambda sentence: _spans(_amounts(sentence)),
}
