"""Writes what Unicode CLDR knows of languages, as Babel carries it, into tables of `briefing/language/data`.

    python cldr_tables.py  (make cldr)

Every language that has a folder there gets one file of each kind in `KINDS`: a function from the language to the text
of the file. What CLDR lacks stands in files written by hand, with nothing of these in them.
"""

from __future__ import annotations

import pickle
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel.core import get_cldr_version
from babel.localedata import exists, locale_identifiers, resolve_locale_filename

DATA = Path(__file__).parent / "briefing" / "language" / "data"
# Locales in a script that news in their language is not written in.
_OTHER_SCRIPTS = ("en_Dsrt", "en_Shaw", "hi_Latn", "kk_Arab", "zh_Latn")
# Locales whose words are a language's, too: what it inherits from, and a standard close enough to be taken for it.
_ALSO = {"nb": ("no",), "nn": ("no",), "bs": ("hr",), "sr": ("hr",)}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Not countries: groups of them, test regions, and dependencies, whose names mostly are other names and words as well
# ("Jersey", "Réunion").
_NO_COUNTRIES = frozenset(
    "AC AI AQ AS AW AX BL BM BQ BV CC CK CP CQ CW CX DG EA EU EZ FK FO GF GG GI GP GS GU HM IC IM IO JE KY MF MP MQ MS "
    "NC NF NU PF PM PN QO RE SH SJ SX TA TC TF TK UM UN VG VI WF YT XA XB ZZ".split()
)


def languages() -> tuple[str, ...]:
    """The languages that are written: those with a folder, in alphabetical order; `mul` is all of them together."""
    return tuple(sorted(path.name for path in DATA.iterdir() if path.is_dir() and path.name != "mul"))


def head() -> str:
    """The first line of every file that is written."""
    return f"# Written by `make cldr` from Unicode CLDR {get_cldr_version()} (Unicode licence): not to be edited.\n"


def calendar_names(language: str) -> str:
    """Months in all their forms, short ones apart, and weekdays; "_" stands for a space. None with a figure in it."""
    months = {str(month): list(_calendar(language, "months", month, "wide")) for month in range(1, 13)}
    short = {
        month: [name for name in _calendar(language, "months", int(month), "abbreviated") if not _is_in(name, wide)]
        for month, wide in months.items()
    }
    weekdays = {name: list(_calendar(language, "days", day, "wide")) for day, name in enumerate(_DAYS)}
    return "\n".join((_rows("months", months), _rows("short_months", short), _rows("weekdays", weekdays)))


def territories(language: str) -> str:
    """Countries, a line each: the code and its names apart by "|"."""
    found: dict[str, list[str]] = {}
    for locale in _locales(language):
        for code, name in _own(locale).get("territories", {}).items():
            if len(code) == 2 and code not in _NO_COUNTRIES and not _is_in(name, found.setdefault(code, [])):
                found[code].append(unicodedata.normalize("NFC", name).replace("\u00a0", " "))
    lines = "".join(f"{code}: {'|'.join(names)}\n" for code, names in sorted(found.items()))
    return f"countries = '''\n{lines}'''\n"


def _calendar(language: str, part: str, number: int, width: str) -> Iterator[str]:
    """What a month or day is called, inflected and standing alone, in each of the language's locales."""
    seen: list[str] = []
    for locale in _locales(language):
        for form in ("format", "stand-alone"):
            names = _own(locale).get(part, {}).get(form, {})
            name = _word(names[width].get(number, "")) if isinstance(names.get(width), dict) else ""
            if name and not any(map(str.isdigit, name)) and not _is_in(name, seen):
                seen.append(name)
                yield name


def clock_names(language: str) -> str:
    """The halves of the day, and weekdays in short: what stands beside a time, and tells apart no text."""
    halves = {half: _distinct(_half(language, half)) for half in ("am", "pm")}
    weekdays = {name: _distinct(_calendar(language, "days", day, "abbreviated")) for day, name in enumerate(_DAYS)}
    return "\n".join((_rows("halves", halves), _rows("short_weekdays", weekdays)))


def _half(language: str, half: str) -> Iterator[str]:
    for locale in _locales(language):
        for forms in _own(locale).get("day_periods", {}).values():
            for width in ("wide", "abbreviated"):
                names = forms.get(width)
                if isinstance(names, dict) and half in names:
                    yield _word(names[half])


# Magnitudes: scales, currencies, units.

# Currencies by the one word that names them all ("dollar"): it stands for the first of them.
_CURRENCIES = (
    "USD AUD CAD NZD HKD SGD",
    "GBP EGP LBP SYP SDG",
    "INR PKR LKR NPR",
    "SEK NOK DKK ISK",
    "CHF XAF XOF CDF",
    "MXN ARS CLP COP PHP",
    "IQD JOD KWD DZD TND",
    "SAR QAR OMR YER IRR",
    "MAD AED",
    "KES UGX TZS",
    "RUB BYN",
    "RON MDL",
    "TRY ITL",
    *"EUR JPY CNY UAH PLN HUF CZK BGN NGN IDR VND THB MYR KZT".split(),
)
_MEASURES = {
    "percent": "concentr-percent",
    "second": "duration-second",
    "minute": "duration-minute",
    "hour": "duration-hour",
    "day": "duration-day",
    "week": "duration-week",
    "month": "duration-month",
    "year": "duration-year",
    "decade": "duration-decade",
    "km": "length-kilometer",
    "mile": "length-mile",
    "m": "length-meter",
    "cm": "length-centimeter",
    "foot": "length-foot",
    "inch": "length-inch",
    "kg": "mass-kilogram",
    "tonne": "mass-tonne",
    "hectare": "area-hectare",
    "acre": "area-acre",
    "degree": "angle-degree",
}
# Abbreviations of the others ("in", "t", "dec") are too many other things; so are those with fewer letters.
_ABBREVIATED = {"km": 2, "cm": 2, "kg": 2, "hectare": 2, "second": 3, "minute": 3, "hour": 3}
_LEAST_POWER = 3  # of ten, in a scale
_LIKE = 3  # letters in which the name of a country and what comes from there begin alike


def magnitudes(language: str) -> str:
    """Words that multiply the digits before them, short ones apart; signs of currencies; currencies and measures."""
    scales, short = _scales(language, "long"), _scales(language, "short")
    short = {size: [one for one in words if not _is_in(one, scales.get(size, ()))] for size, words in short.items()}
    units: dict[str, list[str]] = {}
    for group in _CURRENCIES:
        told = [word for words in units.values() for word in words]
        units[group.split()[0]] = [word for word in _currency(language, group.split()) if not _is_in(word, told)]
    units |= {name: _measure(language, name) for name in _MEASURES}
    tables = {"scales": scales, "short_scales": short, "signs": _signs(language), "units": units}
    return "\n".join(_rows(name, rows) for name, rows in tables.items())


def _scales(language: str, width: str) -> dict[str, list[str]]:
    """The words of "00 thousand", by what one of them is worth."""
    found: dict[str, list[str]] = {}
    for locale in _locales(language) if width == "long" else [language]:
        formats = _own(locale).get("compact_decimal_formats", {}).get(width, {}) if exists(locale) else {}
        for forms in formats.values():
            for size, pattern in forms.items():
                digits, word = pattern.pattern.count("0"), _only_word(pattern.pattern)
                power = len(size) - digits
                if word and digits and power >= _LEAST_POWER:
                    found.setdefault(f"1e{power}", []).append(word)
    return {value: _distinct(words) for value, words in sorted(found.items(), key=lambda one: float(one[0]))}


_WORD = re.compile(r"[^\W\d_](?:[\w״׳’\u0900-\u0963\u0e00-\u0e7f\u200c]*[\w\u0900-\u0963\u0e00-\u0e7f])?")


def _only_word(pattern: str) -> str:
    """The one word of a pattern beside its number; "" where there are more, or none."""
    words = _WORD.findall(re.sub(r"\{\w+\}|'", " ", pattern))
    return _word(words[0]) if len(words) == 1 else ""


def _currency(language: str, codes: list[str]) -> list[str]:
    """The words that the names of the currencies share, or that are all of a single one's name, its country aside."""
    by_code = [[_without_country(language, code, name) for name in _currency_names(language, code)] for code in codes]
    if len(codes) == 1:
        return _distinct(words[0] for words in by_code[0] if len(words) == 1)
    others = [[word for words in names for word in words] for names in by_code[1:]]
    shared = (word for words in by_code[0] for word in words)
    return _distinct(word for word in shared if 2 * sum(_is_in(word, words) for words in others) >= len(others))


def _currency_names(language: str, code: str) -> Iterator[str]:
    for locale in _locales(language):
        for part in ("currency_names", "currency_names_plural"):
            names = _own(locale).get(part, {}).get(code, ())
            yield from (names,) if isinstance(names, str) else names.values() if isinstance(names, dict) else ()


def _without_country(language: str, code: str, name: str) -> list[str]:
    """The words of a currency's name, but for those that begin as its country does."""
    countries = (_own(locale).get("territories", {}).get(code[:2], "") for locale in _locales(language))
    beginnings = {_bare(word)[:_LIKE] for country in countries for word in country.split() if code != "EUR"}
    words = [word for word in re.split(r"[\s-]+", name) if _WORD.fullmatch(word)]
    return [_word(word) for word in words if _bare(word)[:_LIKE] not in beginnings]


def _bare(word: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(one))


def _measure(language: str, name: str) -> list[str]:
    """The words for a unit, and its abbreviations where these are no other words."""
    found: list[str] = []
    for locale in _locales(language):
        patterns = _own(locale).get("unit_patterns", {}).get(_MEASURES[name], {})
        for width, shortest in (("long", 1), ("short", _ABBREVIATED.get(name, 99))):
            for form, pattern in patterns.get(width, {}).items():
                word = _only_word(pattern.replace("{0} de ", "{0} "))
                if form != "per" and pattern.startswith("{0}") and len(word) >= shortest:
                    found.append(word)
    return _distinct(found)


def _signs(language: str) -> dict[str, list[str]]:
    """What stands beside an amount, as the language itself writes it: signs and short words, no codes."""
    known = _own(language).get("currency_symbols", {}) if exists(language) else {}
    signs = {code: re.sub(r"[\s\u200e\u200f]", "", sign).rstrip(".") for code, sign in known.items() if sign != code}
    groups = [group.split() for group in _CURRENCIES]
    return {group[0]: _distinct(signs[code] for code in group if code in signs) for group in groups}


KINDS: Mapping[str, Callable[[str], str]] = {
    "calendar_names": calendar_names,
    "clock_names": clock_names,
    "magnitudes": magnitudes,
    "territories": territories,
}


def _word(name: str) -> str:
    """A name as a table has it: without the mark of its being short, its spaces as "_"."""
    return "_".join(unicodedata.normalize("NFC", name).rstrip(".׳॰").split())


def _is_in(name: str, names: Iterable[str]) -> bool:
    return name.casefold() in map(str.casefold, names)


def _distinct(words: Iterable[str]) -> list[str]:
    kept: dict[str, str] = {}
    for word in words:
        kept.setdefault(word.casefold(), word)
    return list(kept.values())


def _rows(table: str, rows: Mapping[str, Iterable[str]]) -> str:
    lines = (f"{key} = {_quoted(' '.join(names))}\n" for key, names in rows.items() if names)
    return f"[{table}]\n{''.join(lines)}"


def _quoted(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"


def _locales(language: str) -> list[str]:
    """The locales of a language, its own first, then those of its regions."""
    own = [language, *_ALSO.get(language, ())]
    regions = sorted(name for name in locale_identifiers() if name.startswith(tuple(f"{one}_" for one in own)))
    return [name for name in (*own, *regions) if exists(name) and not name.startswith(_OTHER_SCRIPTS)]


@cache
def _own(locale: str) -> Mapping[str, Any]:
    """What a locale says itself; Babel's own reader adds what is inherited, and mixes up words of locales."""
    with Path(resolve_locale_filename(locale)).open("rb") as file:
        return dict(pickle.load(file))


def written(language: str, kind: str) -> str:
    """The text of a file."""
    return f"{head()}\n{KINDS[kind](language)}"


if __name__ == "__main__":
    for language in languages():
        for kind in KINDS:
            (DATA / language / f"{kind}.toml").write_text(written(language, kind), encoding="utf-8")
