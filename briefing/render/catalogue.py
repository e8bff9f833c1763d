"""The words of the page itself, by output language, from gettext catalogues. Nothing from a post is translated here.

A language is a folder of `locale/`. Its `briefing.po` is what people edit; the build compiles it into a `briefing.mo`.
"""

from __future__ import annotations

import io
import re
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from gettext import GNUTranslations
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal

from briefing.types import Notice


class Catalogue(GNUTranslations):
    """One language's words, by key; a key that it does not have is an error, where gettext's own answer with it."""

    _catalog: dict[str | tuple[str, int], str]

    def __getitem__(self, key: str) -> str:
        return self._catalog[key]

    def get(self, key: str) -> str | None:
        return self._catalog.get(key)

    def keys(self) -> set[str]:
        """The keys of the words that no number goes with."""
        return {key for key in self._catalog if isinstance(key, str)}

    def texts(self) -> list[str]:
        """Every word and sentence of it."""
        return list(self._catalog.values())

    @property
    def language(self) -> str:
        return self.info()["language"]

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        return "rtl" if self["direction"] == "rtl" else "ltr"

    def name(self, group: str, value: str) -> str:
        """The word for one value of an enumeration, such as a certainty; the value itself where there is none."""
        return self.get(f"{group}.{value}") or value

    def count(self, key: str, number: int) -> str:
        """`number` of something, in words that agree with it; a language's own word for none where it has one."""
        none = None if number else self.get(f"count.{key}.none")
        form: int = self.plural(number)  # type: ignore[attr-defined]  # as read from the file
        return none or self._catalog[f"count.{key}", form].format(n=number)

    def sentence(self, text: str) -> str | None:
        """A notice in this language; None where it is none of ours, or in English anyway."""
        if self.language == "en":
            return None
        notice = text if isinstance(text, Notice) else _recognised(text, self.language)
        if notice is None:
            return None
        words = {name: self._filled(value) for name, value in notice.parameters.items()}
        if "language" in words:
            words["language"] = self.language_name(str(words["language"]))
        return self[notice.code].format(**words)

    def language_name(self, english: str) -> str:
        """What a language is called on this page, by its name in English; that name where CLDR has none."""
        from babel import Locale

        tags = {name: tag for tag, name in Locale.parse("en").languages.items()}
        return str(Locale.parse(self.language).languages.get(tags.get(english, ""), english))

    def _filled(self, value: str | int | tuple[str, ...]) -> str | int:
        """A parameter: what is a notice itself, or several of them, is put in words too."""
        if isinstance(value, int):
            return value
        if isinstance(value, str) and (whole := self.sentence(value)):
            return whole
        parts = value.split("; ") if isinstance(value, str) else value
        said = [self.sentence(part) for part in parts]
        if isinstance(value, str) and not any(said):
            return value
        return self["semicolon"].join(words or part for words, part in zip(said, parts, strict=True))

    def day(self, day: date) -> str:
        """The day written out, such as 23 June 2026."""
        return self["date.full"].format(day=day.day, month=self[f"month.{day.month}"], year=day.year)

    def time(self, moment: datetime) -> str:
        """Hours, minutes and time zone of an aware moment, in the zone it carries."""
        return f"{moment:%H:%M} {_zone(moment)}"

    def at(self, moment: datetime) -> str:
        """Day, time and time zone of an aware moment, in the zone it carries."""
        return self["date.moment"].format(day=self.day(moment.date()), time=self.time(moment))


def _zone(moment: datetime) -> str:
    """The zone's own letters where it has some ("CEST"), else its distance from UTC ("UTC+03:00")."""
    name = moment.tzname() or ""
    if name.isalpha():
        return name
    offset = moment.utcoffset() or timedelta()
    sign = "-" if offset < timedelta() else "+"
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f"UTC{sign}{hours:02}:{minutes:02}"


@lru_cache(maxsize=1024)
def _recognised(text: str, language: str) -> Notice | None:
    """The notice of a digest that was stored: schema 2 keeps its English only."""
    for code, pattern in _patterns(language) if len(text) <= _LONGEST_NOTICE else ():
        if match := pattern.fullmatch(text):
            return Notice(code, **match.groupdict())
    return None


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every notice that has a word of its own, with the pattern of its English; the one of most letters first."""
    codes = {code: _PARAMETER.sub("", code) for code in _catalogue(language).keys() - _catalogue("en").keys()}
    ordered = sorted((code for code, words in codes.items() if _WORD.search(words)), key=lambda c: (-len(codes[c]), c))
    patterns = (_PARAMETER_ESCAPED.sub(r"(?P<\1>.*)", re.escape(code)) for code in ordered)
    return tuple((code, re.compile(pattern, re.DOTALL)) for code, pattern in zip(ordered, patterns, strict=True))


_LONGEST_NOTICE = 2000  # code points; what is longer is nobody's notice, and a pattern takes long to see that
_PARAMETER, _PARAMETER_ESCAPED = re.compile(r"\{(\w+)\}"), re.compile(r"\\\{(\w+)\\\}")
_WORD = re.compile(r"[^\W\d_]{3,}")


def _locale() -> Traversable:
    return files("briefing.render") / "locale"


@cache
def page_languages() -> frozenset[str]:
    """The languages that a page can be in."""
    return frozenset(folder.name for folder in _locale().iterdir() if folder.is_dir())


def catalogue(language: str | None) -> Catalogue:
    """The words for a BCP 47 tag ("fr", "pt-BR"), English where there are none."""
    primary = (language or "").replace("_", "-").split("-")[0].lower()
    primary = {"iw": "he"}.get(primary, primary)
    return _catalogue(primary if primary in page_languages() else "en")


@cache
def _catalogue(language: str) -> Catalogue:
    return read_catalogue(_locale() / language / "LC_MESSAGES")


def read_catalogue(folder: Traversable) -> Catalogue:
    """The compiled catalogue of a folder; one whose source was edited since is compiled here, as the build does."""
    source, compiled = folder / "briefing.po", folder / "briefing.mo"
    text = source.read_bytes() if source.is_file() else b""  # a wheel has none
    if compiled.is_file():
        with compiled.open("rb") as file:
            messages = Catalogue(file)
        if not text or messages.info()["project-id-version"].endswith(sha256(text).hexdigest()):
            return messages
    from babel.messages.mofile import write_mo  # in a checkout only, whose tools it belongs to
    from babel.messages.pofile import read_po

    made = io.BytesIO()
    write_mo(made, read_po(io.BytesIO(text), abort_invalid=True))
    return Catalogue(io.BytesIO(made.getvalue()))
