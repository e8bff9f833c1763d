"""The figures of a text: amounts with what they count, in every digit script; no dates, times or ordinals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from briefing.language.line import Line
from briefing.language.quantities import Quantity
from briefing.language.stopwords import stopwords
from briefing.types import Span

_MONTH = (
    r"jan|feb|fév|mar|apr|avr|abr|may|mai|jun|juin|juil|jul|aug|août|ago|sep|set|oct|okt|out|nov|dec|déc|dic|dez|ene"
    r"|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру"
    r"|يناير|فبراير|مارس|أبريل|ابريل|مايو|يونيو|يوليو|أغسطس|اغسطس|سبتمبر|أكتوبر|اكتوبر|نوفمبر|ديسمبر"
    r"|ינואר|פברואר|מרץ|אפריל|מאי|יוני|יולי|אוגוסט|ספטמבר|אוקטובר|נובמבר|דצמבר|tháng|月|年|日"
)
_SCALE = (
    r"thousands?|millions?|billions?|trillions?|hundreds?|dozens?|mille|milliers?|milliards?|mil|miles|millón|millones"
    r"|milhão|milhões|bilhão|bilhões|mi|bi|Tausend|Millionen|Million|Mio|Milliarden|Milliarde|Mrd|тысяч\w*|тыс"
    r"|миллион\w*|миллиард\w*|млн|млрд|мільйон\w*|мільярд\w*|ألف|آلاف|مليون|ملايين|مليار|مليارات|אלף|אלפי|מיליון"
    r"|מיליארד|nghìn|ngàn|triệu|tỷ|tỉ|bn|k"
)
_VAGUE = (
    r"tens|dozens|scores|hundreds|thousands|millions|billions|dizaines|douzaines|centaines|milliers|millions|milliards"
    r"|decenas|docenas|cientos|centenares|miles|millones|dezenas|centenas|milhares|milhões|Dutzende|Hunderte|Tausende"
    r"|Millionen|Milliarden|десятки|сотни|тысячи|миллионы|миллиарды|тисячі|сотні|мільйони|عشرات|مئات|آلاف|ملايين"
    r"|مليارات|עשרות|מאות|אלפי|מיליוני|hàng\s(?:chục|trăm|nghìn|ngàn|triệu|tỷ)"
)
_MONEY = r"US\$|[$€£¥₽₴₪₹₫]"
_OF = r"(?:of|de|d[’']|des|do|von|من)"
_NUMBER = r"\d{1,3}(?:[.,٬\u00a0\u202f ]\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,٫]\d+)?"
_FIGURE = re.compile(
    rf"(?P<digits>(?<![A-Za-zÀ-ɏЀ-ӿ\d_.,:/#@&+-])(?:{_MONEY})?\s?(?:{_NUMBER})"
    rf"(?:\s?(?:%|％|٪|‰)|\s(?:per\scent|percent|pour\scent|por\sciento|por\scento|Prozent|процент\w*|відсотк\w*))?"
    rf"(?:[\s\u00a0-]?(?:{_SCALE})(?!\w))?(?:\s?(?:{_MONEY})|\s?[万億亿兆千]*(?:円|元|人|名|件|社|台|個|ドル|美元))?)"
    rf"(?P<counted>\s(?:{_OF}\s?)?[^\W\d_]{{3,}})?"
    rf"|(?<!\w)(?P<vague>(?:{_VAGUE})(?:\s{_OF}\s?(?:{_VAGUE}|{_SCALE}))?)(?P<of>\s(?:{_OF}\s?)?[^\W\d_]{{3,}})?(?!\w)"
    rf"|(?P<cjk>数[十百千万億]+(?:人|件|円|ドル|元|名|个|個)?|[数几][十百千万亿]+(?:人|元|美元|名|个)?)",
    re.IGNORECASE,
)
_DATE_AFTER = re.compile(rf"\.?\s?(?:de\s|d[’']|of\s|er\s)?(?:{_MONTH})", re.IGNORECASE)
_DATE_BEFORE = re.compile(rf"(?:{_MONTH})\w*\.?,?\s?$", re.IGNORECASE)
_PLAIN = re.compile(r"\d+\Z")
_NOT_COUNTED = re.compile(
    r"\s(?:and|the|was|were|has|had|for|with|from|that|which|when|who|after|before|but|its|his|her|will|are|est|les|des"
    r"|aux|dans|pour|avec|que|qui|los|las|del|para|con|por|und|der|die|das|von|vom|mit|bei|auf|que|com|uma|dos|das|than"
    r"|или|для|при|что|как|его|là|và|của|trong|cho|về)$",
    re.IGNORECASE,
)
_BELOW_IS_TRIVIAL = 10


# Languages whose plurals end in a way that tells what is counted from what only follows ("$700 million over").
_PLURAL = {
    "en": re.compile(r"(?!(?:others|less|plus|across|various|is|was|has|does|[^\W\d_]*(?:ss|ous))$)"
                     r"(?:[^\W\d_]+s|people|men|women|children|police|cattle|sheep|aircraft|troops|staff|percent)$"),
    "fr": re.compile(r"(?!(?:plus|moins|après|dans|sous|vers|hors|puis|mais|réuni\w*)$)(?:[^\W\d_]+[sx])$"),
    "es": re.compile(r"(?!(?:más|menos|tras|entonces|sus|después)$)[^\W\d_]+s$"),
    "pt": re.compile(r"(?!(?:mais|menos|após|depois|seus|suas)$)[^\W\d_]+s$"),
}  # fmt: skip
_BEFORE_NOUN = re.compile(
    r"(?:derni|premi)(?:ers|ères)|nouve(?:aux|lles)|autres|primer[oa]s|últim[oa]s|nuev[oa]s|otr[oa]s|primeir[oa]s|nov[oa]s"
    r"|grandes|petits|petites|jeunes"
)
_OF_WORD = r"(?:of|de|des|do|von|من)\s|d[’']"
_NEXT = re.compile(rf"[\s\u00a0-](?:{_OF_WORD})?([^\W\d_]{{2,}})", re.IGNORECASE)
_MOST_BETWEEN = 2  # words between an English number and its noun: "31,683 expectant fans"
# A verb behind a number counts nothing ("304 имеет").
_VERB = re.compile(r".+(?:ет|ит|ют|ят|ать|ить|ся|сь|є|ють|ати|ити)$")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,٬\u00a0\u202f ]\d{3})+(?:[.,]\d+)?$")
# The number of a law, a room, a standard, a version is a name.
_NAMED = re.compile(
    r"(?:(?<!\w)(?:ley|law|act|lei|loi|art(?:ículo|icle|igo)?|decreto|décret|resoluci[óo]n|résolution|section|chapter|page"
    r"|room|flight|route|highway|version|número|number|numéro|no|n[°º]|nº|núm|закон\w*|стать\w*|tel|phone)\.?"
    r"|(?-i:[A-Z]{2,}))\s*[:#-]?\s*$",
    re.IGNORECASE,
)


def figures(line: Line, quantities: Callable[[], Iterable[Quantity]]) -> list[Span]:
    """Where the line gives an amount, with its currency, scale and the word it counts ("tens of billions of dollars").

    In digits of every script; in words where the language is known and counts so ("eleven people", "三千人"). Not
    counted: years, days of a month, clock times, ordinals, list numbers, numbers of laws, and bare numbers below ten.
    """
    text, primary = line.text, line.language
    found = [span for match in _FIGURE.finditer(text) if (span := _span(text, match, primary))]
    written = _WRITTEN.get(primary)
    if written and written.search(text):
        found += [
            span
            for span in _in_words(text, quantities(), primary)
            if not any(span[0] < end and at < span[1] for at, end in found)
        ]
        found.sort()
    return found


_LATIN_WRITTEN = {
    "en": r"ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
    "|thousand|million|billion",
    "fr": r"dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante|cents?"
    "|mille|millions?",
    "es": r"diez|once|doce|trece|catorce|quince|dieci\w+|veint\w+|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta"
    r"|noventa|cien|ciento|\w+cient[oa]s|mil|millón|millones",
    "pt": r"dez|onze|doze|treze|quatorze|quinze|dez[aeo]\w+|vinte|trinta|quarenta|cinquenta|sessenta|setenta|oitenta"
    r"|noventa|cem|cento|\w+cent[oa]s|mil|milhão|milhões",
}  # fmt: skip
_WRITTEN = {
    language: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for language, words in _LATIN_WRITTEN.items()
}
_WRITTEN |= dict.fromkeys(("ja", "zh"), re.compile("[十百千万億亿]"))
_COUNTER = re.compile(
    r"(?:万|億|亿)?(?:人|名|件|社|店|台|個|个|円|元|ドル|美元|歳|岁|キロ|メートル|棟|校|冊|本|枚|票|か国|カ国|戸|头|頭|家|位|万)"
)


def _in_words(text: str, quantities: Iterable[Quantity], language: str) -> list[tuple[int, int]]:
    """Numbers in words from ten on, with what they count; without it they are a way of speaking."""
    spans = []
    for number in quantities:
        if not number.is_word or number.kind != "number" or max(number.readings) < _BELOW_IS_TRIVIAL:
            continue
        if language in ("ja", "zh"):
            counter = _COUNTER.match(text, number.end)
            end = counter.end() if counter else None
        else:
            end = _noun_end(text, number.end, language)
        if end is not None:
            spans.append((number.start, end))
    return spans


def _noun_end(text: str, end: int, language: str) -> int | None:
    """Where the word that a number counts ends; None where none follows."""
    plural = _PLURAL.get(language)
    between = _MOST_BETWEEN if language == "en" else 0
    at = end
    while match := _NEXT.match(text, at):
        word = match[1].lower()
        if word in _common(language) or _NOT_COUNTED.match(f" {word}"):
            return None
        if plural is None:
            return None if _VERB.match(word) or len(word) < _SHORTEST_NOUN else match.end()
        if _BEFORE_NOUN.fullmatch(word):
            at = match.end()
            continue
        if plural.match(word):
            return match.end()
        if not between:
            return None
        between -= 1
        at = match.end()
    return None


_SHORTEST_NOUN = 3
_LONGEST = 18  # digits that are read; Python refuses to make a number of more than 4,300


@cache
def _common(language: str) -> frozenset[str]:
    return stopwords(language) | frozenset("over more than about ago each either recently".split())


def _span(text: str, match: re.Match[str], language: str) -> tuple[int, int] | None:
    if match["digits"] is None:
        return match.start(), _vague_end(text, match, language)
    digits = match["digits"].strip()
    start = match.start("digits") + match["digits"].index(digits)
    end = start + len(digits)
    if end < len(text) and (text[end].isalnum() or text[end] in ":/") and not _glued(text[end]):
        return None
    is_bare = _PLAIN.match(digits) is not None
    counted = _counted_end(text, match, end, digits, language)
    if is_bare and not _is_amount(text, start, end, int(digits[:_LONGEST]), is_counted=counted is not None):
        return None
    if _BARE.match(digits) and not _stands(text, start, digits, is_counted=counted is not None):
        return None
    return start, counted or end


_BARE = re.compile(r"[\d.,٬٫\u00a0\u202f ]+\Z")


def _stands(text: str, start: int, digits: str, *, is_counted: bool) -> bool:
    """Whether a number without a unit is an amount: no name, and a decimal only beside what it counts."""
    if _NAMED.search(text, max(0, start - 24), start):
        return False
    return is_counted or _THOUSANDS.match(digits) is not None


def _vague_end(text: str, match: re.Match[str], language: str) -> int:
    """Of "tens of billions of dollars" the whole; without a word that is counted only "millions"."""
    if match["of"] is None or language not in _PLURAL:
        return match.end()
    return _noun_end(text, match.end("vague"), language) or match.end("vague")


_HAS_UNIT = re.compile(
    rf"{_MONEY}|[%％٪‰]|(?:per\scent|percent|pour\scent|por\sciento|por\scento|円|元|人)$", re.IGNORECASE
)


def _counted_end(text: str, match: re.Match[str], end: int, digits: str, language: str) -> int | None:
    if _HAS_UNIT.search(digits):
        return None
    if language:
        return _noun_end(text, end, language)
    counted = match["counted"]
    return match.end() if counted and not _NOT_COUNTED.match(counted) else None


def _glued(letter: str) -> bool:
    """Whether a letter written onto a number is a counter (Chinese, Japanese) and not part of a name."""
    return letter >= "\u3040"


def _is_amount(text: str, start: int, end: int, value: int, *, is_counted: bool) -> bool:
    """Whether a number without a unit counts something: no year, date, time, ordinal or list number."""
    if _DATE_AFTER.match(text, end) or _DATE_BEFORE.search(text, max(0, start - 14), start):
        return False
    if 1800 <= value <= 2199 and end - start == 4:
        return False
    listed = start == 0 or text[start - 1] == "\n"
    if listed and text[end : end + 1] in (".", ")"):
        return False
    return value >= _BELOW_IS_TRIVIAL and is_counted
