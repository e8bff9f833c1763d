"""Writes what Unicode CLDR knows of languages, as Babel carries it, into tables of `briefing/language/data`.

    python cldr_tables.py  (make cldr)

Every language that has a folder there gets one file of each kind in `KINDS`: a function from the language to the text
of the file. What CLDR lacks stands in files written by hand, with nothing of these in them.
"""

from __future__ import annotations

import pickle
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


KINDS: Mapping[str, Callable[[str], str]] = {"calendar_names": calendar_names, "territories": territories}


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


def _word(name: str) -> str:
    """A name as a table has it: without the mark of its being short, its spaces as "_"."""
    return "_".join(unicodedata.normalize("NFC", name).rstrip(".׳॰").split())


def _is_in(name: str, names: Iterable[str]) -> bool:
    return name.casefold() in map(str.casefold, names)


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
