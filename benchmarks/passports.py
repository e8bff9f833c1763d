"""The page that says what is known of each language: `python -m benchmarks.passports` writes docs/passports.md.

What was measured is of the half of `tests/data/languages` that no rule was tuned on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.languages import Ends, line_ends, number_ends, speaker_ends
from briefing.language.passport import known_languages, passport
from briefing.language.profile import language_name
from briefing.verify.checks.registry import ACROSS_LANGUAGES, IN_ONE_LANGUAGE, knowing, name_of

PAGE = Path(__file__).parents[1] / "docs" / "passports.md"
_CHECKS = tuple(name_of(check) for check in (*ACROSS_LANGUAGES, *IN_ONE_LANGUAGE))
_HEAD = """# What is known of each language

Written by `make languages`: not to be edited. A check that does not know a language is *not run* on its lines, and the
page of a digest says so. How to add to a language: [languages.md](languages.md).

"""
_MEASURED = """
## Measured

On sentences written by people who had not seen the code, the half that no rule was tuned on: wrong lines (a negation
dropped or added; another month or day) caught + not run of all, so that the rest was told as passed; numbers in words
read rightly; who says it found.

"""


def known() -> list[str]:
    """The first part: a row a language, with the number of its checks and rows, and what is missing."""
    rows = ["| language | checks that know it | rows of data | checks that do not |", "|---|---|---|---|"]
    for language in sorted(known_languages(), key=lambda one: (-len(knowing(one)), one)):
        checks, data = knowing(language), sum(passport(language).values())
        missing = ", ".join(name for name in _CHECKS if name not in checks) or "none"
        name = f"{language_name(language)} (`{language}`)"
        rows.append(f"| {name} | {len(checks)} of {len(_CHECKS)} | {data} | {missing} |")
    return rows


def measured(half: str = "test") -> list[str]:
    """The second part: what becomes of sentences that were written for it."""
    negation, dates = (line_ends(name, half)[0] for name in ("negation", "dates"))
    numbers, speakers = number_ends(half), speaker_ends(half)
    rows = ["| language | negation | dates | numbers in words | who says it |", "|---|---|---|---|---|"]
    for language in sorted({*negation, *dates, *numbers, *speakers}):
        cells = [_wrong(negation, language), _wrong(dates, language)]
        cells += [_share(numbers, language, ("right",)), _share(speakers, language, ("right", "rightly none"))]
        rows.append(f"| {language_name(language)} | {' | '.join(cells)} |")
    return rows


def _wrong(ends: Ends, language: str) -> str:
    found: Mapping[str, int] = ends.get(language, {})
    caught, not_run, passed = (found.get(end, 0) for end in ("caught", "not run", "passed"))
    return f"{caught} + {not_run} of {caught + not_run + passed}" if found else ""


def _share(ends: Ends, language: str, right: Sequence[str]) -> str:
    found: Mapping[str, int] = ends.get(language, {})
    return f"{sum(found.get(end, 0) for end in right)} of {sum(found.values())}" if found else ""


def _lines() -> Iterator[str]:
    yield _HEAD
    yield from (f"{row}\n" for row in known())
    yield _MEASURED
    yield from (f"{row}\n" for row in measured())


def main() -> None:
    PAGE.write_text("".join(_lines()), encoding="utf-8")


if __name__ == "__main__":
    main()
