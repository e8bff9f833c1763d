"""What is known of some thirty languages, on sentences that people wrote without sight of the code.

    python -m benchmarks.languages [--half dev]

`tests/data/languages` holds them; by default the half is measured that no rule was tuned on (even numbers in the ids).
Of a wrong line counts how it ends: withheld or repaired (caught), *not run* (the check that would have to find it is
not among those that passed), or told as passed. Of a true line: whether it stands as it is.
"""

from __future__ import annotations

import argparse
import json
from calendar import month_name
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from briefing.clean.cleaner import clean
from briefing.language.annotation import Annotated, annotate
from briefing.types import Check, Claim, Post
from briefing.verify.citation import evidence
from briefing.verify.verifier import verify

FOLDER = Path(__file__).parents[1] / "tests" / "data" / "languages"
# Which check would have to know the language to catch a line of this file.
_CHECKS = {"negation": {"negation"}, "dates": {"dates"}, "hedges": {"hedging", "attribution"}}


def rows(name: str, half: str) -> Iterator[dict[str, Any]]:
    """The rows of a file, of one half or of "all"."""
    for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        is_test = int(row["id"].rpartition("-")[2]) % 2 == 0
        if half == "all" or is_test == (half == "test"):
            yield row


def _document(text: str, language: str) -> Annotated:
    return annotate(clean(Post("k", "", f"<p>{text}</p>", language=language)))


def checked(line: str, sentence: str, language: str, *, is_translated: bool = False) -> Check:
    """The check of a line that rests on one sentence of a post in that language."""
    document = _document(sentence, language)
    cited = tuple(evidence(document, number) for number in range(1, len(document.sentences)))
    claim = Claim("c", line, cited, origin="written", translated_from=language if is_translated else None)
    check = verify(claim, {document.key: document}).check
    assert check is not None
    return check


def outcome(check: Check, names: set[str]) -> str:
    """How a wrong line ends: "caught", "not run", or "passed"."""
    if check.verdict == "withheld" or check.before is not None:
        return "caught"
    return "passed" if names & set(check.passed) else "not run"


Ends = Mapping[str, Counter[str]]  # by language


def line_ends(name: str, half: str) -> tuple[Ends, Ends]:
    """How the wrong lines of a file end, by language, and the verdicts on the true ones."""
    sentence, wrong = _FIELDS[name]
    wrong_ends: defaultdict[str, Counter[str]] = defaultdict(Counter)
    true_ends: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows(name, half):
        if row.get("firmness") != "asserted":
            check = checked(row[wrong], row[sentence], row["lang"])
            wrong_ends[row["lang"]][outcome(check, _CHECKS[name])] += 1
        true = row.get("true_line") or (row[wrong] if row.get("firmness") == "asserted" else row[sentence])
        true_ends[row["lang"]][checked(true, row[sentence], row["lang"]).verdict] += 1
    return wrong_ends, true_ends


_FIELDS = {"negation": ("sentence", "wrong_line"), "dates": ("text", "wrong_line"), "hedges": ("sentence", "firm_line")}


def _lines(name: str, half: str) -> None:
    wrong_ends, true_ends = line_ends(name, half)
    print(f"\n{name}: wrong lines caught, not run, passed; true ones as they stand")
    for language in sorted(true_ends):
        ends, stand = wrong_ends[language], true_ends[language]
        print(f"  {language}  {_ends(ends)}   {_standing(stand)}")
    print(f"  all {_ends(_summed(wrong_ends))}   {_standing(_summed(true_ends))}")


def _standing(verdicts: Counter[str]) -> str:
    return f"{verdicts.total() - verdicts['withheld']:2} of {verdicts.total()}"


def _ends(ends: Counter[str]) -> str:
    return "  ".join(f"{ends[end]:3}" for end in ("caught", "not run", "passed"))


def _summed(by_language: Mapping[str, Counter[str]]) -> Counter[str]:
    return sum(by_language.values(), Counter[str]())


def number_ends(half: str) -> Ends:
    """Whether a number in words is read as it is meant, as something else, told as not read, or not seen at all."""
    ends: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows("numbers", half):
        line, start = annotate(row["text"], row["lang"]), row["text"].index(row["words"])
        span = range(start, start + len(row["words"]))
        found = [one for one in line.quantities if one.start in span]
        is_right = any(float(row["value"]) in quantity.readings for quantity in found)
        is_told = any(one.start in span for one in line.unread_numbers)
        ends[row["lang"]]["right" if is_right else "wrong" if found else "not read" if is_told else "none"] += 1
    return ends


def numbers(half: str) -> None:
    ends, kinds = number_ends(half), ("right", "wrong", "not read", "none")
    print("\nnumbers in words: right, another value, told as not read, none")
    for language in sorted(ends):
        print(f"  {language}  " + "  ".join(f"{ends[language][end]:3}" for end in kinds))
    print("  all " + "  ".join(f"{_summed(ends)[end]:3}" for end in kinds))


def speaker_ends(half: str) -> Ends:
    """Whether who says it is found, somebody else is, or nobody; and whether somebody is where nobody says it."""
    ends: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows("attribution", half):
        voices = annotate(row["sentence"], row["lang"]).attributions
        said = [row["sentence"][voice.start : voice.end] for voice in voices]
        if row["who"] is None:
            ends[row["lang"]]["invented" if said else "rightly none"] += 1
        else:
            is_right = any(row["who"] in one or one in row["who"] for one in said if one.strip())
            ends[row["lang"]]["right" if is_right else "wrong" if said else "missed"] += 1
    return ends


def attribution(half: str) -> None:
    ends, kinds = speaker_ends(half), ("right", "wrong", "missed", "rightly none", "invented")
    print("\nwho says it: " + ", ".join(kinds))
    for language in sorted(ends):
        print(f"  {language}  " + "  ".join(f"{ends[language][kind]:3}" for kind in kinds))
    print("  all " + "  ".join(f"{_summed(ends)[kind]:3}" for kind in kinds))


def months(half: str) -> None:
    """Months alone and in full dates: true lines that are withheld, lines with another month told as passed."""
    withheld: defaultdict[str, Counter[str]] = defaultdict(Counter)
    passed: defaultdict[str, Counter[str]] = defaultdict(Counter)
    known = {row["id"]: row for row in rows("months", half)}
    for name, row in known.items():
        language, month = row["lang"], int(name[-2:])
        another = known[
            f"{language}-{(month + 5) % 12 + 1:02}"
        ]  # half a year on, of the same half and the same sentence
        for form in ("alone", "full"):
            sentence = row["sentence"].format(row[form])
            lines = [(row["line"].format(row[form]), row["line"].format(another[form]))]
            if language != "en":
                lines.append((_in_english(row, month, form), _in_english(row, int(another["id"][-2:]), form)))
            for is_translated, (true, wrong) in enumerate(lines):
                kind = f"{form}{' in English' * is_translated}"
                check = checked(true, sentence, language, is_translated=bool(is_translated))
                withheld[kind][language] += check.verdict == "withheld"
                check = checked(wrong, sentence, language, is_translated=bool(is_translated))
                passed[kind][language] += outcome(check, {"dates"}) == "passed"
    print("\nmonths, 12 a language: true lines withheld, lines with another month passed: " + ", ".join(withheld))
    for language in dict.fromkeys(row["lang"] for row in known.values()):
        print(
            f"  {language}  "
            + "  ".join(f"{withheld[kind][language]:3} {passed[kind][language]:3}" for kind in withheld)
        )
    total = len(known) * 2 + sum(row["lang"] != "en" for row in known.values()) * 2
    print(f"  all  {_summed(withheld).total()} and {_summed(passed).total()} of {total}")


def _in_english(row: Mapping[str, Any], month: int, form: str) -> str:
    when = f"in {month_name[month]}" if form == "alone" else f"on {row['day']} {month_name[month]} {row['year']}"
    return str(row["english"]).format(when)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("test", "dev", "all"), default="test")
    half = parser.parse_args().half
    _lines("negation", half)
    _lines("dates", half)
    months(half)
    _lines("hedges", half)
    numbers(half)
    attribution(half)


if __name__ == "__main__":
    main()
