"""Dates as texts write them: in figures, by months and weekdays, in years of other eras; and those that are not read.

A mention keeps only what it says: "June" has no day, "23 June" has no year. Each day of a range is a mention.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from briefing.language.calendar import DateMention
from briefing.language.calendar_words import CalendarName, CalendarWords, calendar_words, knows_months, spelt
from briefing.language.quantities import Quantity
from briefing.language.reading import TextReading
from briefing.language.tables import pattern_of, table
from briefing.language.words import Word, fold
from briefing.types import Span

_FIGURE = re.compile(r"\d")
_ISO = re.compile(
    r"(?<![\d.,/-])(?<!\d )(\d{4})(?:([-/.])\s?(\d{1,2})\2\s?(\d{1,2})|[-/](0[1-9]|1[0-2]))(?![\d]|[-/.]\d)"
)
_NUMERIC = re.compile(r"(?<![\d/.,])(?<!\d-)(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])")
# A day, a word and a year, where the months of the language are not known.
_WITH_A_WORD = re.compile(
    r"(?<![\d.,:/])\d{1,2}\.?\s+(?:[^\W\d_]{1,3}\s+)?[^\W\d_]{3,}\.?,?\s+(?:[^\W\d_]{1,4}\s+)?(?:19|20)\d\d(?!\d)"
)
# Years of the Hijri calendars, of the Buddhist and of the Hebrew one in our time; those of ours.
_OTHER_YEARS = (range(1300, 1500), range(2400, 2700), range(5600, 5900))
_YEARS, _LATE_YEARS, _BARE_YEARS = range(1500, 2200), range(1900, 2100), range(2300, 9999)
_LOOK_BEHIND_CHARS = 48
_BESIDE_CHARS = 24  # between a date of another calendar and the same one in ours: "10 رمضان 1445 الموافق 20 مارس 2024"


class DateReading(NamedTuple):
    """The dates of a text, in order, and where dates stand that cannot be read."""

    dates: tuple[DateMention, ...]
    unread: tuple[Span, ...]


class _Patterns(NamedTuple):
    """What stands around months in a language, and its dates in figures; `other` are of another calendar."""

    is_month_first: bool
    days: re.Pattern[str]
    days_behind: re.Pattern[str]
    year: re.Pattern[str]
    year_ahead: re.Pattern[str]
    joint: re.Pattern[str]
    in_letters: re.Pattern[str] | None
    in_words: re.Pattern[str] | None
    written: tuple[re.Pattern[str], ...]
    other: re.Pattern[str] | None


@cache
def _patterns(language: str) -> _Patterns:
    known = table(language, "calendar")

    def entries(key: str) -> str:
        return "|".join(map(pattern_of, known.get(key, ()))) or "(?!)"

    day = rf"\d{{1,2}}(?:{entries('ordinal_endings')}|\.)?"
    between = rf"\s*(?:[-–—/]|{entries('between_days')})\s*"
    joint = rf"\s*[-/]?\s*(?:{entries('before_month')})?"
    no_day = rf"(?![\d:%]|[.,]\d|\s*(?:%|{entries('no_day')}))"
    last_day = rf"(?:\s*[-–]\s*{day}|{between}{day}(?=\W*(?:\Z|[.,;)]|(?:19|20)\d\d)))?"
    behind = rf"\.?\s+(?:{entries('before_day')})?{day}{last_day}{no_day}"
    with_year = rf"\.?\s+{day}{last_day}(?=,?\s+(?:19|20)\d\d(?!\d))"
    days = sorted((word for row in known.get("days", {}).values() for word in row.split()), key=len, reverse=True)
    in_words = "|".join(days).replace("_", r"[\s\u200c-]")
    is_month_first = bool(known.get("month_first"))
    return _Patterns(
        is_month_first,
        re.compile(rf"(?<![\d.,:/])(?<!\d[-–])(?:(?:{day}\s*,\s*)*{day}{between})?{day}{joint}$", re.IGNORECASE),
        re.compile(behind if is_month_first else with_year, re.IGNORECASE),
        re.compile(
            rf"\.?[,/-]?\s*(?:{entries('before_year')})?\s*(?:(\d{{4}})|['’](\d\d))(?!\d|[.,]\d)", re.IGNORECASE
        ),
        re.compile(rf"(?<!\d)((?:19|20)\d\d)(?:{entries('behind_year')})$", re.IGNORECASE),
        re.compile(joint, re.IGNORECASE),
        re.compile(rf"(?:{entries('days_in_letters')})\s+$") if "days_in_letters" in known else None,
        re.compile(rf"(?<!\w)({in_words}){joint}$", re.IGNORECASE) if in_words else None,
        tuple(re.compile(pattern_of(entry), re.IGNORECASE) for entry in known.get("dates", ())),
        re.compile(entries("other_dates"), re.IGNORECASE) if "other_dates" in known else None,
    )


@dataclass
class _Finds:
    """What has been found in a text so far; no two of them share a character."""

    covered: bytearray
    dates: list[DateMention] = field(default_factory=list)
    weekdays: list[DateMention] = field(default_factory=list)  # that count only beside a date
    unread: list[Span] = field(default_factory=list)

    def is_free(self, start: int, end: int) -> bool:
        return not any(self.covered[start:end])

    def add(self, *mentions: DateMention) -> None:
        for mention in mentions:
            self._cover(mention.start, mention.end)
            self.dates.append(mention)

    def leave(self, start: int, end: int) -> None:
        self._cover(start, end)
        self.unread.append((start, end))

    def _cover(self, start: int, end: int) -> None:
        self.covered[start:end] = b"\1" * (end - start)


def read_dates(line: TextReading, quantities: Callable[[], Iterable[Quantity]]) -> DateReading:
    """Every date of the line. `quantities` are its numbers, asked for where a day may stand in words."""
    found = _Finds(bytearray(len(line.text)))
    if _FIGURE.search(line.plain_digits) or _patterns(line.language).other:
        _read_figures(line.plain_digits, line.language, found)
    for place in _places(line, calendar_words(line.language)):
        if found.is_free(place.start, place.end):
            _read_name(line, place, quantities, found)
    years = (one for one in _patterns(line.language).written if "month" not in one.groupindex)
    _read_written(years, line.plain_digits, line.language, found)
    if not knows_months(line.language):
        for match in _WITH_A_WORD.finditer(line.plain_digits):
            if found.is_free(*match.span()):
                found.leave(*match.span())
    beside = [day for day in found.weekdays if any(one.day and _is_beside(day, one) for one in found.dates)]
    dates = tuple(_with_weekdays(sorted((*found.dates, *beside), key=lambda mention: mention.start)))
    return DateReading(dates, tuple(sorted(span for span in found.unread if not _is_explained(span, dates))))


def _with_weekdays(mentions: list[DateMention]) -> Iterator[DateMention]:
    """ "Thursday 25 June" as one date, not as any Thursday and a 25 June."""
    last: DateMention | None = None
    for mention in mentions:
        if last and last.weekday is not None and last.day is None and mention.day and _is_beside(last, mention):
            last = replace(mention, start=last.start, weekday=last.weekday)
            continue
        if last and last.day and mention.weekday is not None and _is_beside(mention, last):
            last = replace(last, end=mention.end, weekday=mention.weekday)
            continue
        if last:
            yield last
        last = mention
    if last:
        yield last


def _is_beside(weekday: DateMention, other: DateMention) -> bool:
    """Whether a weekday stands right ahead of another date, "Thursday the 25th", or behind it, "25 June, Thursday"."""
    return 0 <= other.start - weekday.end <= 6 or 0 <= weekday.start - other.end <= 4


def _is_explained(span: Span, dates: Iterable[DateMention]) -> bool:
    """Whether the same day is told in our calendar right beside it."""
    return any(one.day and one.month and max(one.start - span[1], span[0] - one.end) <= _BESIDE_CHARS for one in dates)


# --- in figures -------------------------------------------------------------------------------------------------------


def _read_figures(plain: str, language: str, found: _Finds) -> None:
    patterns = _patterns(language)
    for match in patterns.other.finditer(plain) if patterns.other else ():
        found.leave(*match.span())
    _read_written((one for one in patterns.written if "month" in one.groupindex), plain, language, found)
    for match in _ISO.finditer(plain):
        month, day = match[3] or match[5], match[4]
        is_span = day is None and int(match[1]) % 100 < int(month)  # "2010-12" may be two years
        if found.is_free(*match.span()) and not is_span:
            _add(match.span(), match[1], ((int(month), int(day) if day else None),), language, found)
    for match in _NUMERIC.finditer(plain):
        if found.is_free(*match.span()):
            first, second = int(match[1]), int(match[3])
            _add(match.span(), match[4], ((second, first), (first, second)), language, found)


def _read_written(patterns: Iterable[re.Pattern[str]], plain: str, language: str, found: _Finds) -> None:
    for pattern in patterns:
        for match in pattern.finditer(plain):
            if found.is_free(*match.span()) and (mention := _in_groups(match, language)):
                found.add(mention)


def _add(span: Span, year: str, readings: tuple[tuple[int, int | None], ...], language: str, found: _Finds) -> None:
    """Add a date by its possible (month, day), the likelier first; leave it where a year says date and nothing fits."""
    value = _gregorian(year, language)
    fitting = [(month, day) for month, day in readings if 1 <= month <= 12 and (day is None or 1 <= day <= 31)]
    if value and fitting:
        (month, day), *others = dict.fromkeys(fitting)
        other = next(((month, day) for month, day in others if day), None)
        found.add(DateMention(*span, value, month, day, other=other))
    elif len(year) == 4 and (value in _LATE_YEARS or any(int(year) in years for years in _OTHER_YEARS)):
        found.leave(*span)


def _gregorian(year: str, language: str) -> int | None:
    """The year that two or four figures stand for; None for one of another calendar, and for none."""
    value = int(year)
    if len(year) == 2:
        return value + (2000 if value < 70 else 1900)
    bare_era = int(table(language, "calendar").get("bare_era", 0))
    value += bare_era if value in _BARE_YEARS else 0
    return value if value in _YEARS else None


def _in_groups(match: re.Match[str], language: str) -> DateMention | None:
    """A date by the named groups of a pattern: year, or era and of_era, month, day."""
    parts = match.groupdict()
    year = _gregorian(str(_value(parts["year"])), language) if parts.get("year") else None
    if parts.get("era"):
        year = _eras(language)["".join(parts["era"].split())] + _value(parts.get("of_era") or "1")
    month, day = (_value(parts[name]) if parts.get(name) else None for name in ("month", "day"))
    fits = (month is None or 1 <= month <= 12) and (day is None or 1 <= day <= 31)
    return DateMention(*match.span(), year, month, day) if fits and (year or month) else None


@cache
def _eras(language: str) -> dict[str, int]:
    """What is added to a year of an era to make it one of ours, by the word for the era."""
    rows = table(language, "calendar").get("eras", {})
    return {era: int(added) for added, row in rows.items() for era in row.split()}


_TEN = 10


def _value(figures: str) -> int:
    """A whole number below a hundred, or a year figure by figure, in ASCII or Chinese figures."""
    if figures.isdecimal():
        return int(figures)
    values = [int(unicodedata.numeric(letter)) for letter in figures]
    if max(values) < _TEN:
        return int("".join(map(str, values)))
    at = next(index for index, value in enumerate(values) if value >= _TEN)
    tens = values[at] * (values[at - 1] if at else 1)
    return tens + sum(values[at + 1 :])


# --- by name ----------------------------------------------------------------------------------------------------------


class _Place(NamedTuple):
    """A name of the calendar in a text, with the folded words next to it."""

    start: int
    end: int
    name: CalendarName
    before: str = ""
    behind: str = ""


_OTHER = ("other month", "other calendar")
_GAP = re.compile(r"[\s'’-]{1,2}")
_NEXT_TO = re.compile(r"[\s'’-]*")


def _places(line: TextReading, words: CalendarWords) -> Iterator[_Place]:
    """Where names of the calendar stand in the line."""
    if words.written:
        for match in words.written.finditer(line.text):
            name = next(name for name in words.names[fold(match.group())] if name.spelling == match.group())
            yield _Place(*match.span(), name)
    keys = [_key(line.text, word) for word in line.words]
    if words.names.keys().isdisjoint(keys):
        return
    for index, key in enumerate(keys):
        found = _named(line, keys, index, words.names.get(key, ()))
        if found and not (words.written and found.language == line.language):
            yield _place(line, index, found)


def _key(text: str, word: Word) -> str:
    """A word as names of the calendar are compared: with an ending behind an apostrophe, "Ocak'ta"."""
    written = text[word.start : word.end]
    return fold(written) if "'" in written or "’" in written else word.key


def _named(line: TextReading, keys: Sequence[str], index: int, names: Iterable[CalendarName]) -> CalendarName | None:
    """Which of the names begins with this word: the longest that is spelt so, else one with other accents."""
    rough = None
    for name in names:
        tokens = line.words[index : index + len(name.keys)]
        if tuple(keys[index : index + len(name.keys)]) != name.keys:
            continue
        if any(not _GAP.fullmatch(line.text, one.end, two.start) for one, two in pairwise(tokens)):
            continue
        if spelt(line.text[tokens[0].start : tokens[-1].end]) == name.spelling:
            return name
        rough = rough or (None if name.is_exact else name)
    return rough


def _place(line: TextReading, index: int, name: CalendarName) -> _Place:
    tokens, text = line.words, line.text
    last = index + len(name.keys)
    start, end = tokens[index].start, tokens[last - 1].end
    before = tokens[index - 1] if index and _NEXT_TO.fullmatch(text, tokens[index - 1].end, start) else None
    behind = tokens[last] if last < len(tokens) and _NEXT_TO.fullmatch(text, end, tokens[last].start) else None
    return _Place(start, end, name, before.key if before else "", behind.key if behind else "")


def _read_name(line: TextReading, place: _Place, quantities: Callable[[], Iterable[Quantity]], found: _Finds) -> None:
    kind, value = place.name.kind, place.name.value
    if kind in ("weekday", "shift"):
        mention = DateMention(place.start, place.end)
        mention = replace(mention, weekday=value) if kind == "weekday" else replace(mention, shift=value)
        if _stands(line, place):
            found.add(mention)
        elif kind == "weekday":
            found.weekdays.append(mention)
        return
    days, end, year = _around(line, place, quantities)
    if kind == "short month":
        is_meant = _is_short_month(line, place, days, year)
    else:
        is_meant = bool(days or year) or _stands(line, place)
    mentions = list(_mentions(place, days, end, year)) if is_meant else []
    if mentions and kind in _OTHER:
        found.leave(mentions[0].start, end)
    elif mentions:
        found.add(*mentions)


def _stands(line: TextReading, place: _Place) -> bool:
    """Whether a name without a number beside it names a month or day, and no person nor what else the word is."""
    name, words = place.name, calendar_words(line.language)
    written = line.text[place.start : place.end]
    if name.needs == "number" or _is_persons(line, place):
        return False
    if name.needs == "nothing" or place.behind in words.company_behind:
        return True
    is_written_so = not name.is_capital or written[0].isupper()
    return place.before in words.company and place.behind not in words.not_behind and is_written_so


def _is_persons(line: TextReading, place: _Place) -> bool:
    """Whether a capital tells that a name is no month or day, in a language that writes those small."""
    written, name = line.text[place.start : place.end], place.name
    if name.is_capital is not False or not written[0].isupper() or (written.isupper() and len(written) > 1):
        return False
    opens = _OPENING.search(line.text, max(0, place.start - 8), place.start)
    return name.is_also_name or (name.kind == "month" and not opens)


_OPENING = re.compile(r"(?:^|[.!?…:\n])\W*$")


def _is_short_month(line: TextReading, place: _Place, days: list[_Day], year: int | None) -> bool:
    """Whether a short form is a month: beside a year, or beside a day and with a full stop or a capital of its own."""
    if year or not days:
        return bool(year)
    has_mark = line.text[place.end : place.end + 1] in tuple(".॰׳'") and bool(line.text[place.end + 1 :].strip())
    return has_mark or bool(place.name.is_capital and line.text[place.start].isupper())


class _Day(NamedTuple):
    start: int
    end: int
    number: int


def _around(
    line: TextReading, place: _Place, quantities: Callable[[], Iterable[Quantity]]
) -> tuple[list[_Day], int, int | None]:
    """The days beside a month, where the date ends, and its year."""
    patterns, plain = _patterns(place.name.language), line.plain_digits
    end = _end_of_month(line, place)
    window = max(0, place.start - _LOOK_BEHIND_CHARS)
    days = _days(patterns.days.search(plain, window, place.start) or patterns.days_behind.match(plain, end))
    days = days or _day_in_words(line, place, quantities)
    end = max([end, *(day.end for day in days)])
    year = patterns.year.match(plain, end)
    if year and (value := _year(year, place, is_alone=not days)):
        return days, year.end(), value
    ahead = patterns.year_ahead.search(plain, window, min([place.start, *(day.start for day in days)]))
    return days, end, int(ahead[1]) if ahead else None


def _end_of_month(line: TextReading, place: _Place) -> int:
    """Where a month ends that is called by two names, «يوليو/تموز»."""
    slash = _SECOND_NAME.match(line.text, place.end)
    if slash:
        for name in calendar_words(line.language).names.get(fold(slash[1]), ()):
            if name.kind == "month" and name.value == place.name.value:
                return slash.end()
    return place.end


_SECOND_NAME = re.compile(r"\s?[/(]\s?([^\W\d_]+)\)?")
_DAY = re.compile(r"\d+")


def _days(match: re.Match[str] | None) -> list[_Day]:
    """The days of a range or list; none where the last of them is none."""
    if not match:
        return []
    days = [_Day(*one.span(), int(one.group())) for one in _DAY.finditer(match.string, *match.span())]
    days[-1] = days[-1]._replace(end=match.end())  # "July 19th": the year stands behind what is written onto the day
    return [day for day in days if 1 <= day.number <= 31] if 1 <= days[-1].number <= 31 else []


def _day_in_words(line: TextReading, place: _Place, quantities: Callable[[], Iterable[Quantity]]) -> list[_Day]:
    """A day in words ahead of its month: "premier mai", "the first of May"; of another calendar's, in letters."""
    patterns, plain = _patterns(place.name.language), line.plain_digits
    window = max(0, place.start - _LOOK_BEHIND_CHARS)
    if place.name.kind in _OTHER:
        letters = patterns.in_letters and patterns.in_letters.search(plain, window, place.start)
        return [_Day(*letters.span(), 0)] if letters else []
    if patterns.in_words and (words := patterns.in_words.search(plain, window, place.start)):
        return [_Day(*words.span(1), _days_in_words(place.name.language)[spelt(words[1])])]
    if not place.before or _is_persons(line, place):  # "Universidad Tres de Febrero"
        return []
    ahead = (one for one in quantities() if one.end <= place.start and one.is_word)
    return [_Day(one.start, one.end, int(max(one.readings))) for one in ahead if _is_day(one, patterns, plain, place)]


@cache
def _days_in_words(language: str) -> dict[str, int]:
    rows = table(language, "calendar").get("days", {})
    return {spelt(word.replace("_", " ")): int(day) for day, row in rows.items() for word in row.split()}


def _is_day(number: Quantity, patterns: _Patterns, plain: str, place: _Place) -> bool:
    """Whether a number in words is the day of a month: an ordinal right ahead of it, or any with "of" between."""
    joint = plain[number.end : place.start]
    if not patterns.joint.fullmatch(joint) or max(number.readings, default=0) not in range(1, 32):
        return False
    is_by_itself = number.kind == "ordinal" and not patterns.is_month_first
    return is_by_itself or (number.kind in ("ordinal", "number") and bool(joint.strip()))


def _year(match: re.Match[str], place: _Place, *, is_alone: bool) -> int | None:
    if place.name.kind in _OTHER:
        return int(match[1] or 0)
    value = _gregorian(match[1] or match[2], place.name.language)
    return value if value in (_LATE_YEARS if is_alone else _YEARS) else None


def _mentions(place: _Place, days: list[_Day], end: int, year: int | None) -> Iterator[DateMention]:
    """A mention for each day, the last to the end of the date; one of the month where there is no day."""
    month = place.name.value
    if not days:
        yield DateMention(place.start, end, year, month)
    for number, day in enumerate(days, 1):
        start = min(day.start, place.start) if number == 1 else day.start
        yield DateMention(start, end if number == len(days) else day.end, year, month, day.number)
