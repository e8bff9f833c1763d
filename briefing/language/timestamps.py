"""When a post says that it was published: a date, most often with a time and a zone, as feeds and pages write it.

It is read as it is written or not at all: nothing is filled up from today, no unknown zone is taken for UTC, and what
can be read in two ways, or holds a word that no date has, is no date.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import cache, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from briefing.language.calendar import DateMention
from briefing.language.calendar_words import calendar_words
from briefing.language.date_reading import read_dates
from briefing.language.reading import TextReading
from briefing.language.tables import languages, pattern_of, table
from briefing.language.words import fold, plain_digits

_LONGEST_CHARS = 160
_SHOWN_CHARS = 80
# Programs that mean "no date" write the years 1 and 1601, and the instant from which they count.
_YEARS = range(1700, 2200)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EVERYWHERE = ("en", "mul")
# RFC 5322 with a zone in figures; the names of the months are the parser's to know.
_MAIL = re.compile(
    r"((?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d{1,2}:\d\d(?::\d\d)?) ([+-](?:0\d|1[0-4])[0-5]\d|[A-Z]{3})"
)
# A year of two figures, which only the form of RFC 822 tells from a day.
_SHORT_YEAR = re.compile(r"((?:[A-Za-z]+, ?)?\d{1,2} [A-Za-z]{3} )(\d\d)( \d{1,2}:\d\d)")
_TWO_FIGURES = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d\d")
_IN_FIGURES = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{4}")
_FOURTEEN = re.compile(r"\d{14}")
# Seconds, or thousandths of them, since 1970, of the years 2001 to 2030; "20…" may be a year.
_SINCE_1970 = re.compile(r"1[0-8]\d{8}(?:\d{3})?")
_OFFSET = r"(?:UTC|GMT|UT)?\s?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?(?![\d:])"
_PLACE = r"[A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_-]+){1,2}"
_ZONE = re.compile(rf"{_OFFSET}|\[?(?P<place>{_PLACE})\]?|(?P<name>[^\W\d_]+)")
_BEHIND_ISO = re.compile(rf"(?<=[\dZ])\s?(?P<zone>\[(?:{_PLACE}|[A-Z]+)\]|{_OFFSET}|(?<=\d)\s?[A-Z]{{1,5}})$")
_SPACED_POINTS = re.compile(r"(?<!\d)(\d{1,2}\.) (\d{1,2}\.) (?=\d{4}(?!\d))")
_COLON_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?(?![\d:])"
_STOP_TIME = r"(?P<hour>\d{1,2})\.(?P<minute>\d{2})(?![\d.])"
_HOUR = r"(?P<hour>\d{1,2})(?![\d.:/-])"
_NO_DIGIT_BEFORE = r"(?<![\d.:/,+-])"
_GAP = re.compile(r"[\s,;|·•–—()（）\[\]]+|-(?!\d)")
_LETTERS = re.compile(r"[^\s\d,;:|·•()（）\[\]–—/-]+")
_NOTHING_TOLD = re.compile(r"[\s,;:.|·•–—()（）\[\]'’-]*")
_LEAP_SECOND = 60


def read_timestamp(text: str, *, language: str | None = None, zone: tzinfo = UTC) -> datetime | None:
    """The moment that a text gives, in UTC; None where it gives none that is sure.

    `language` (BCP 47) is that of what the text stands in: it tells whose month a word is and, by its region, which of
    two figures is the day. `zone` is the site's own, for a text that names none; a date without a time is its midnight.
    """
    plain = _normal(text)
    if not plain or len(plain) > _LONGEST_CHARS:
        return None
    try:
        moment = _read(plain, language, zone)
        return moment.astimezone(UTC) if moment and moment.year in _YEARS and moment != _EPOCH else None
    except (ValueError, OverflowError):
        return None


def as_written(text: str | None) -> str:
    """A date that cannot be read, for a person to see: on one line, and no longer than dates are."""
    return " ".join((text or "").split())[:_SHOWN_CHARS]


def _normal(text: str) -> str:
    """The text with plain digits and single spaces, without marks of direction."""
    if not text.isascii():
        text = plain_digits(unicodedata.normalize("NFKC", text)).replace("\u2212", "-")
        text = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def _read(plain: str, language: str | None, zone: tzinfo) -> datetime | None:
    if mail := _MAIL.fullmatch(plain):
        offset = _mail_zones().get(mail[2], mail[2])
        if not offset.isalpha():
            with suppress(ValueError):
                return parsedate_to_datetime(f"{mail[1]} {offset}")
    if _SINCE_1970.fullmatch(plain):
        return datetime.fromtimestamp(int(plain[:10]), UTC)
    moment = _iso(plain, language, zone)
    if moment is not None:
        return moment
    plain = _SPACED_POINTS.sub(r"\1\2", _SHORT_YEAR.sub(r"\g<1>20\2\3", plain))
    said = (language or "").partition("-")[0].lower()
    for known in filter(None, dict.fromkeys((said, "en"))):
        if moment := _in_language(plain, known, language, zone):
            return moment
    moments = {_in_language(plain, other, language, zone) for other in _languages_of(plain)} - {None}
    return moments.pop() if len(moments) == 1 else None


# --- ISO 8601 ---------------------------------------------------------------------------------------------------------


def _iso(plain: str, language: str | None, zone: tzinfo) -> datetime | None:
    """ISO 8601, also with a zone's name behind it, as in "2026-11-26 08:57 UTC" and "…+01:00[Europe/Madrid]"."""
    upper = plain.upper() if plain.isascii() else plain
    if moment := _iso_moment(upper):
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    behind = _BEHIND_ISO.search(plain)
    if not behind:
        return None
    moment = _iso_moment(plain[: behind.start()].upper())
    if moment is None:
        return None
    names = dict.fromkeys(((language or "").partition("-")[0].lower(), *_EVERYWHERE))
    named = _ZONE.fullmatch(behind["zone"].strip(" []"))
    found = named and _zone_of(named, names)
    if found is None:
        return None
    return moment if moment.tzinfo else _placed(moment, found)


def _iso_moment(text: str) -> datetime | None:
    with suppress(ValueError):
        return datetime.fromisoformat(f"{text[:8]}T{text[8:]}" if _FOURTEEN.fullmatch(text) else text)
    return None


# --- In words ---------------------------------------------------------------------------------------------------------


class _Summer(NamedTuple):
    """The name of a place's summer time, which stands for something else as well."""

    name: str
    place: ZoneInfo


_Zone = tzinfo | _Summer


class _Time(NamedTuple):
    """A time of the day, and where it stands in the text with all that belongs to it; `zone` None: none is named."""

    start: int
    end: int
    hour: int
    minute: int
    second: int
    zone: _Zone | None


def _in_language(plain: str, language: str, locale: str | None, zone: tzinfo) -> datetime | None:
    """The moment that a text gives by the words of a language."""
    time = _time(plain, language)
    rest = plain if time is None else f"{plain[: time.start]} {plain[time.end :]}"
    day = _day(" ".join(rest.split()), language, locale)
    if day is None:
        return None
    if time is None:
        return datetime(day.year, day.month, day.day, tzinfo=zone)
    second = min(time.second, _LEAP_SECOND - 1)
    moment = datetime(day.year, day.month, day.day, time.hour, time.minute, second, tzinfo=UTC)
    return _placed(moment, time.zone or zone)


def _placed(moment: datetime, zone: _Zone) -> datetime | None:
    """A clock's time in its zone, whatever zone it has now; of a summer's name None, where it is not summer there."""
    if not isinstance(zone, _Summer):
        placed = moment.replace(tzinfo=zone)
        is_real = placed.astimezone(UTC).astimezone(zone).replace(tzinfo=zone) == placed  # no clock showed 02:30
        return placed if is_real else None
    placed = moment.replace(tzinfo=zone.place)
    return placed if placed.tzname() == zone.name else None


def _time(plain: str, language: str) -> _Time | None:
    """The one time of the day in the text; None where there is none, or more than one."""
    for pattern in _time_patterns(language):
        found = [time for match in pattern.finditer(plain) if (time := _with_company(match, plain, language))]
        if found:
            return found[0] if len(found) == 1 else None
    return None


@cache
def _time_patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """How times are written in a language, the surest first; the last ones need a half of the day or a zone."""
    own = (pattern_of(entry) for entry in table(language, "clock").get("times", ()))
    patterns = (*own, _COLON_TIME, _STOP_TIME, _HOUR)
    return tuple(re.compile(_NO_DIGIT_BEFORE + pattern, re.IGNORECASE) for pattern in patterns)


def _with_company(match: re.Match[str], plain: str, language: str) -> _Time | None:
    """A time with the half of the day and the zone that stand beside it; None where it is no time."""
    parts = match.groupdict()
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    half, start = _half_before(plain, match.start(), language)
    zone: _Zone | None = None
    end = at = match.end()
    while at < len(plain):
        gap = _GAP.match(plain, at)
        at = gap.end() if gap else at
        word = _half_at(plain, at, language)
        if word and half is None:
            half, at = word
        elif (named := _ZONE.match(plain, at)) and (found := _zone_of(named, (language, *_EVERYWHERE))):
            if isinstance(zone, timezone) and isinstance(found, timezone) and zone != found:
                return None  # "+0100 (JST)"
            zone, at = zone or found, named.end()
        elif zone is not None and plain[at - 1] in "((" and (close := plain.find(")", at)) > 0:
            at = close  # "GMT+0200 (Central European Summer Time)"
        elif (word_here := _LETTERS.match(plain, at)) and _is_idle(word_here[0], language):
            at = word_here.end()
            continue
        else:
            break
        end = at
    needs_company = match.re.pattern.endswith((_STOP_TIME, _HOUR))  # "12.11" and "8" are more often something else
    hour_of_day = _hour_of_day(hour, half)
    if (needs_company and half is None and zone is None) or hour_of_day is None or minute > 59 or second > _LEAP_SECOND:
        return None
    return _Time(start, end, hour_of_day, minute, second, zone)


def _hour_of_day(hour: int, half: str | None) -> int | None:
    """The hour on a clock of 24, by the half of the day; None where there is none."""
    if half is None or hour > 12:
        return hour if hour <= 23 and half != "am" else None
    return hour % 12 + (12 if half == "pm" else 0)


@cache
def _halves(language: str) -> tuple[Mapping[str, str], re.Pattern[str], re.Pattern[str]]:
    """The words for the halves of the day, bare, with what they mean; a pattern of them, and one of the last word."""
    rows = [
        (half, row) for known in ("en", language) for half, row in table(known, "clock_names").get("halves", {}).items()
    ]
    halves = {_bare(word): half for half, row in rows for word in row.split()}
    longest = sorted(halves, key=len, reverse=True)
    words = "|".join(r"[. ]{0,2}".join(map(re.escape, word)) for word in longest)
    unspaced = "|".join(word for word in longest if not word.isascii()) or "(?!)"
    pattern = re.compile(rf"(?:{words})\.?(?![^\W\d_])", re.IGNORECASE)
    return halves, pattern, re.compile(rf"(?:{unspaced})\s?$")


def _bare(word: str) -> str:
    return "".join(filter(str.isalpha, fold(word)))


def _half_at(plain: str, at: int, language: str) -> tuple[str, int] | None:
    """The half of the day that is named from here on, and where its name ends."""
    halves, pattern, _ = _halves(language)
    match = pattern.match(plain, at)
    return (halves[_bare(match[0])], match.end()) if match else None


def _half_before(plain: str, end: int, language: str) -> tuple[str | None, int]:
    """The half of the day that is named right before a place, as in Chinese, and where its name begins."""
    halves, _, last = _halves(language)
    match = last.search(plain[:end])
    return (halves[_bare(match[0])], match.start()) if match else (None, end)


# --- Zones ------------------------------------------------------------------------------------------------------------


def _zone_of(named: re.Match[str], names: Iterable[str]) -> _Zone | None:
    """The zone that is named: an offset, a place, an abbreviation; None where it is none of these."""
    if named["sign"]:
        offset = timedelta(hours=int(named["hours"]), minutes=int(named["minutes"] or 0))
        if offset > timedelta(hours=14):
            return None
        return timezone(-offset if named["sign"] == "-" else offset)
    if named["place"]:
        with suppress(ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneInfo(named["place"])
        return None
    return next((found for one in names if (found := _abbreviations(one).get(named["name"]))), None)


@cache
def _mail_zones() -> Mapping[str, str]:
    """Offsets in the figures of RFC 5322, by the names that are read in a date of its form only."""
    rows = table("mul", "clock").get("mail_zones", {})
    return {name: offset.replace(":", "") for offset, row in rows.items() for name in row.split()}


@cache
def _abbreviations(language: str) -> Mapping[str, _Zone]:
    """Zones by their names in a language; `mul` holds those that are used everywhere."""
    known = table(language, "clock")
    found: dict[str, _Zone] = {}
    for offset, row in known.get("zones", {}).items():
        distance = timedelta(hours=int(offset[1:3]), minutes=int(offset[4:]))
        found |= dict.fromkeys(row.split(), timezone(-distance if offset[0] == "-" else distance))
    for place, row in known.get("places", {}).items():
        found |= dict.fromkeys(row.split(), ZoneInfo(place))
    for place, row in known.get("summers", {}).items():
        found |= {name: _Summer(name, ZoneInfo(place)) for name in row.split()}
    return found


# --- Days -------------------------------------------------------------------------------------------------------------


def _day(rest: str, language: str, locale: str | None) -> date | None:
    """The one day that a text without its time gives; None where it gives none, or something else besides."""
    found = read_dates(TextReading(rest, language), tuple)
    if len(found.dates) != 1 or found.unread:
        return None
    mention = found.dates[0]
    if not (mention.year and mention.month and mention.day):
        return None
    written = rest[mention.start : mention.end]
    if _TWO_FIGURES.fullmatch(written):
        return None
    around = f"{rest[: mention.start]} {rest[mention.end :]}"
    words = [word for part in around.split() for word in _LETTERS.findall(part)]
    if not _NOTHING_TOLD.fullmatch(_LETTERS.sub("", around)) or not all(_is_idle(word, language) for word in words):
        return None
    month, day = _month_and_day(mention, written, locale)
    return date(mention.year, month, day) if month and day else None


def _month_and_day(mention: DateMention, written: str, locale: str | None) -> tuple[int | None, int | None]:
    """Which is which of 03/04/2026: points are put behind the day everywhere; strokes as the locale has them."""
    if mention.other is None or not (match := _IN_FIGURES.fullmatch(written)) or match[1] == ".":
        return mention.month, mention.day
    order = _order(locale or "")
    if order == "day":
        return mention.month, mention.day
    return mention.other if order == "month" else (None, None)


@cache
def _order(locale: str) -> str:
    """What comes first in a locale's dates in figures, "day", "month" or "year"; "" where that is not told.

    English of no region may be American.
    """
    from babel import Locale, UnknownLocaleError

    if not locale or locale.lower() == "en":
        return ""
    try:
        pattern = Locale.parse(locale, sep="-").date_formats["short"].pattern
    except (UnknownLocaleError, ValueError):
        return ""
    first = next((letter for letter in pattern if letter in "dMyL"), "")
    return {"d": "day", "M": "month", "L": "month", "y": "year"}.get(first, "")


@cache
def _idle(language: str) -> frozenset[str]:
    """Words that may stand around a date, folded: weekdays in short, what CLDR or the language's table has of them."""
    rows = [table(one, "clock").get("around", "") for one in (language, "en")]
    rows += table(language, "calendar_names").get("weekdays", {}).values()
    for one in (language, "en"):
        rows += table(one, "clock_names").get("short_weekdays", {}).values()
    return frozenset(_bare(word) for row in rows for word in row.split()) - {""}


def _is_idle(word: str, language: str) -> bool:
    """Whether it tells nothing; a letter in capitals may be a zone of the military."""
    return _bare(word) in _idle(language) and not (len(word) == 1 and word.isascii() and word.isupper())


def _languages_of(plain: str) -> Iterator[str]:
    """The languages in which one of the text's words may be of the calendar or the clock."""
    written = [word.rstrip(".") for word in _LETTERS.findall(plain)]
    keys = {*map(fold, written), *map(_bare, written)}
    named = _by_first_word()
    yield from sorted({language for key in keys for language in named.get(key, ())} - {"en"})
    if any(unicodedata.name(letter, "").startswith(("CJK", "HANGUL")) for letter in plain):
        yield from ("zh", "ja", "ko")


@cache
def _by_first_word() -> Mapping[str, frozenset[str]]:
    """The languages that have a month whose name begins with a word, or know it beside a time, by that word, folded."""
    found: dict[str, set[str]] = {}
    for language in languages("calendar_names"):
        for key, names in calendar_words(language).names.items():
            if any(name.language == language and name.kind.endswith("month") for name in names):
                found.setdefault(key, set()).add(language)
        for key in _idle(language) - _idle("en"):
            found.setdefault(key, set()).add(language)
    return {key: frozenset(known) for key, known in found.items()}
