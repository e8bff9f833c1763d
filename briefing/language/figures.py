"""The figures of a text: amounts with what they count, in every digit script; no dates, times or ordinals."""

from __future__ import annotations

import re

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


def figures(text: str) -> list[tuple[int, int]]:
    """Where the text gives an amount, with its currency, scale and the word it counts ("tens of billions of dollars").

    Not counted: years, days of a month, clock times, ordinals, list numbers, and bare numbers below ten.
    """
    return [span for match in _FIGURE.finditer(text) if (span := _span(text, match))]


def _span(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    if match["digits"] is None:
        return match.start(), match.end()
    digits = match["digits"].strip()
    start = match.start("digits") + match["digits"].index(digits)
    end = start + len(digits)
    bare = _PLAIN.match(digits) is not None
    if end < len(text) and (text[end].isalnum() or text[end] in ":/") and not _glued(text[end]):
        return None
    if bare and not _is_amount(text, start, end, int(digits), match["counted"]):
        return None
    counted = match["counted"]
    return start, match.end() if counted and not _NOT_COUNTED.match(counted) else end


def _glued(letter: str) -> bool:
    """Whether a letter written onto a number is a counter (Chinese, Japanese) and not part of a name."""
    return letter >= "\u3040"


def _is_amount(text: str, start: int, end: int, value: int, counted: str | None) -> bool:
    """Whether a number without a unit counts something: no year, date, time, ordinal or list number."""
    if _DATE_AFTER.match(text, end) or _DATE_BEFORE.search(text, max(0, start - 14), start):
        return False
    if 1800 <= value <= 2199 and end - start == 4:
        return False
    listed = start == 0 or text[start - 1] == "\n"
    if listed and text[end : end + 1] in (".", ")"):
        return False
    return value >= _BELOW_IS_TRIVIAL and counted is not None and not _NOT_COUNTED.match(counted)
