"""What the verifier catches and what it wrongly withholds: `python -m benchmarks.verifier` prints every figure.

BRIEFING_DATA names the folder of real posts and articles. Every rate comes with its n and a
95 % interval (Wilson; clustered by document where a document gives many cases). Thresholds were looked for on the half
"dev" of the documents (`--half dev`); the figures are those of the half "test".
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from benchmarks import perturb
from benchmarks.corpus import folder
from benchmarks.ideal import RIGHT, WRONG
from benchmarks.paraphrases import Written, written
from benchmarks.perturb import Case
from briefing.clean.cleaner import clean
from briefing.language.annotation import annotate
from briefing.language.sentences import split
from briefing.sources.files import read_files
from briefing.types import Check, Claim, Document, Post
from briefing.verify.citation import evidence
from briefing.verify.verifier import verify


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a rate."""
    if not n:
        return 0.0, 1.0
    z = 1.96
    centre = (hits + z * z / 2) / (n + z * z)
    half = z * math.sqrt(hits * (n - hits) / n + z * z / 4) / (n + z * z)
    return max(0.0, centre - half), min(1.0, centre + half)


def rate(hits: int, n: int) -> str:
    """ "97.5 % of 80 (91.3–99.3)"; under n = 40 marked as no figure to claim."""
    low, high = wilson(hits, n)
    mark = "" if n >= 40 else "  (n < 40: not claimed)"
    return f"{100 * hits / max(n, 1):5.1f} % of {n:4d} ({100 * low:.1f}–{100 * high:.1f}){mark}"


def claim(document: Document, numbers: Iterable[int], text: str) -> Claim:
    """A claim as a model would have written it, resting on these sentences."""
    return Claim("c", text, tuple(evidence(document, number) for number in numbers), origin="written")


def _check(document: Document, numbers: Iterable[int], text: str) -> Check:
    """What the verifier makes of these words, resting on these sentences."""
    check = verify(claim(document, numbers, text), {document.key: document}).check
    assert check is not None
    return check


Outcome = Literal["stands", "questioned", "repaired", "withheld"]
_QUESTIONS = ("attribution:", "certainty:", "headline:", "presupposed:", "quote:")


def outcome(check: Check) -> Outcome:
    """What the checks made of a line: whether they withheld it, changed its words, or left it to a reader with what the
    text has instead, whose word it is or how sure."""
    if check.verdict == "withheld":
        return "withheld"
    if check.before is not None:
        return "repaired"
    return "questioned" if any(reason.startswith(_QUESTIONS) for reason in check.reasons) else "stands"


def is_caught(error: str, found: Outcome) -> bool:
    """Whether that is enough for an error: a quotation must not ship as it is, anything else may go to a reader."""
    return found in ("repaired", "withheld") if error == "quote" else found != "stands"


def verdict(case: Case) -> Outcome:
    """What became of a case."""
    return outcome(_check(case.document, case.sentences, case.claim))


Caught = dict[tuple[str, str], list[bool]]  # by error and language
Verdicts = dict[tuple[str, str], list[Outcome]]  # by kind and language
Row = TypeVar("Row")


def suite(data: Path, languages: Sequence[str], part: str) -> tuple[Caught, Verdicts]:
    """The perturbation suite: whether each planted error was caught, and the verdicts on true claims."""
    caught: Caught = defaultdict(list)
    true: Verdicts = defaultdict(list)
    for language in languages:
        for case in perturb.cases(data, language, part):
            found = verdict(case)
            if case.error:
                caught[case.error, language].append(is_caught(case.error, found))
            else:
                true[case.kind, language].append(found)
    return caught, true


def _of(rows: Mapping[tuple[str, str], list[Row]], kind: str, language: str = "all") -> list[Row]:
    return [case for (k, tongue), cases in rows.items() if k == kind and language in (tongue, "all") for case in cases]


def print_suite(data: Path, languages: Sequence[str], part: str) -> None:
    caught, true = suite(data, languages, part)
    print("planted errors caught (withheld, repaired, or left to a reader with the reason; quotations not)")
    for error in dict.fromkeys(error for error, _ in caught):
        everything = _of(caught, error)
        print(f"  {error:13} all  {rate(sum(everything), len(everything))}")
        for (kind, language), hits in caught.items():
            if kind == error:
                print(f"  {'':13} {language:4} {rate(sum(hits), len(hits))}")
    print("\ntrue claims withheld (and repaired)")
    for kind in ("verbatim", "shortened"):
        for language in (*languages, "all"):
            verdicts = _of(true, kind, language)
            withheld = rate(verdicts.count("withheld"), len(verdicts))
            print(f"  {kind:10} {language:4} {withheld}; repaired {verdicts.count('repaired')}")


def paraphrases(data: Path, name: str, part: str) -> list[tuple[Written, Check]]:
    """The claims written by people ("paraphrases", or "translated"), and what was made of them."""
    return [(case, _check(case.document, range(1, case.cited + 1), case.claim)) for case in written(data, name, part)]


def print_paraphrases(data: Path, part: str) -> None:
    for name in ("paraphrases", "translated"):
        cases = paraphrases(data, name, part if name == "paraphrases" else "all")
        not_run = sum(any(item.check == "overlap" for item in check.not_run) for _, check in cases)
        more = f": wording in not_run {rate(not_run, len(cases))}" if name == "translated" else ""
        print(f"\n{name}, written by people{more}")
        by_error: dict[str, list[Outcome]] = defaultdict(list)
        for case, check in cases:
            by_error[case.error or "true"].append(outcome(check))
            if case.error is None:
                by_error[f"true {case.language}"].append(outcome(check))
        for error, verdicts in sorted(by_error.items()):
            is_true = error.startswith("true")
            hits = sum(v == "withheld" if is_true else is_caught(error, v) for v in verdicts)
            print(
                f"  {error:13} {'withheld' if is_true else 'caught  '} {rate(hits, len(verdicts))}; "
                f"repaired {verdicts.count('repaired')}"
            )


_REFERENCES = (("writers_en", "en"), ("cnndm_en", "en"), ("orangesum_fr", "fr"), ("basse_es", "es"))


def references(data: Path, part: str) -> dict[str, list[str]]:
    """The verdicts on sentences of human summaries, by file, each resting on its whole article.

    "absent" where the article lacks a name, number or date that was found at fault.
    """
    return {
        name: [
            verdict
            for record in _lines(data / "references" / f"{name}.jsonl")
            if perturb.half(record["id"]) == part
            for verdict in _of_summary(record, language)
        ]
        for name, language in _REFERENCES
    }


def print_references(data: Path, part: str) -> None:
    print("\nsentences of human summaries withheld (the whole article cited)")
    by_file = references(data, part)
    for name, verdicts in by_file.items():
        _print_references(name, verdicts)
    _print_references("all", [verdict for verdicts in by_file.values() for verdict in verdicts])


def _print_references(name: str, verdicts: list[str]) -> None:
    kept = [v for v in verdicts if v != "absent"]
    absent = len(verdicts) - len(kept)
    print(
        f"  {name:13} {rate(kept.count('withheld'), len(kept))}; "
        f"apart: {absent} with a name, number or date the article lacks"
    )


def _of_summary(record: dict[str, Any], language: str) -> Iterator[str]:
    document = perturb.article(record["id"], record["text"], language)
    given = record.get("references") or [record["reference"]]
    for reference in [item["summary"] if isinstance(item, dict) else item for item in given]:
        for start, end in split(reference, language):
            if len(reference[start:end].split()) < 4:
                continue
            check = _check(document, range(1, len(document.sentences)), reference[start:end])
            yield "absent" if check.verdict == "withheld" and _lacks(check.at_fault, document) else outcome(check)


def _lacks(words: Sequence[str], document: Document) -> bool:
    """Whether the words at fault hold a name, number or date that stands nowhere in the article, letter by letter."""
    written = frozenset(re.findall(r"\w+", document.text.casefold()))
    parts = [part for word in words for part in re.findall(r"\w+", word) if part[:1].isupper() or part[:1].isdigit()]
    named = [part for part in parts if part.casefold() not in written]
    counted = {
        number for word in words for found in annotate(word, document.language).quantities for number in found.readings
    }
    known = {number for found in annotate(document.text, document.language).quantities for number in found.readings}
    months = [
        part for word in words for part in re.findall(r"[^\W\d_]{4,}", word) if annotate(part, document.language).dates
    ]
    return bool(named) or bool(counted - known) or any(part.casefold() not in written for part in months)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)


def _withheld(document: Document, text: str, *, strict: bool = False) -> list[str]:
    """The words at fault of the sentences of a summary that are withheld (or, strictly, repaired or questioned)."""
    fault: list[str] = []
    for start, end in split(text, "en"):
        check = _check(document, range(1, len(document.sentences)), text[start:end])
        if check.verdict == "withheld" or (strict and outcome(check) != "stands"):
            fault += check.at_fault or (text[start:end],)
    return fault


Labelled = dict[str, list[tuple[int, bool]]]  # by article: whether a summary is right, and whether it stood


def summedits(data: Path) -> Labelled:
    """SummEdits' news, judged without reading the summary that was edited."""
    by_article: Labelled = defaultdict(list)
    for record in _lines(data / "factual/summedits_news.jsonl"):
        document = perturb.article(record["text"][:80], record["text"], "en")
        by_article[record["text"]].append((record["label"], not _withheld(document, record["summary"])))
    return by_article


def print_summedits(data: Path, part: str) -> None:
    by_article = summedits(data)
    rows = [row for text, row in by_article.items() if part == "all" or perturb.half(text) == part]
    draw = random.Random(3)
    resampled = sorted(
        _balanced([item for row in draw.choices(rows, k=len(rows)) for item in row])[0] for _ in range(1000)
    )
    balanced, sensitivity, specificity = _balanced([item for row in rows for item in row])
    n = sum(map(len, rows))
    print(f"\nSummEdits news ({part}): balanced accuracy {balanced:.3f} "
          f"({resampled[25]:.3f}–{resampled[974]:.3f}, clustered by "
          f"{len(rows)} articles), specificity {specificity:.3f}, sensitivity {sensitivity:.3f}, n = {n}")  # fmt: skip
    _print_halvings(list(by_article.values()))


def _print_halvings(rows: list[list[tuple[int, bool]]]) -> None:
    """How much the figure depends on which half of the articles is taken: 40 random halves."""
    halves = [random.Random(seed).sample(rows, len(rows) // 2) for seed in range(40)]
    found = sorted(_balanced([item for row in half for item in row])[0] for half in halves)
    balanced, sensitivity, specificity = _balanced([item for row in rows for item in row])
    print(
        f"  all {len(rows)} articles: balanced accuracy {balanced:.3f}, specificity {specificity:.3f}, "
        f"sensitivity {sensitivity:.3f}; over 40 random halves {found[0]:.3f}–{found[-1]:.3f}, median {found[20]:.3f}"
    )


def _balanced(items: list[tuple[int, bool]]) -> tuple[float, float, float]:
    good = [stands for label, stands in items if label]
    bad = [stands for label, stands in items if not label]
    specificity = sum(good) / max(1, len(good))
    sensitivity = sum(not stands for stands in bad) / max(1, len(bad))
    return (specificity + sensitivity) / 2, sensitivity, specificity


_EXPERTS = ("faithbench", "ragtruth_summary")


@dataclass(slots=True)
class Spans:
    """Of each summary whether experts and we found something not carried; of each span of theirs whether ours touch."""

    experts: list[bool] = field(default_factory=list)
    ours: list[bool] = field(default_factory=list)
    touched: list[bool] = field(default_factory=list)

    @property
    def hits(self) -> int:
        return sum(both == (True, True) for both in zip(self.experts, self.ours, strict=True))

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(1, sum(self.ours) + sum(self.experts))


def spans(data: Path, name: str, faults: Callable[[Document, str], list[str]]) -> Spans:
    """FaithBench or RAGTruth, judged by a function that gives the words at fault of a summary."""
    spans = Spans()
    for record in _lines(data / "factual" / f"{name}.jsonl"):
        summary, wrong = _experts(record)
        fault = faults(perturb.article(record["id"], record["text"], "en"), summary)
        spans.experts.append(bool(wrong))
        spans.ours.append(bool(fault))
        spans.touched += [any(word and (word in span or span in word) for word in fault) for span in wrong]
    return spans


def print_spans(data: Path) -> None:
    """Beside ours the check of names and numbers alone."""
    for name in _EXPERTS:
        for kind, faults in (("all checks", _not_carried), ("names and numbers", _names_and_numbers)):
            of = spans(data, name, faults)
            print(f"\n{name}, {kind}: n = {len(of.ours)}, precision {rate(of.hits, sum(of.ours))}, "
                  f"recall {rate(of.hits, sum(of.experts))}, F1 {of.f1:.3f}, "
                  f"spans touched {rate(sum(of.touched), len(of.touched))}")  # fmt: skip


def _not_carried(document: Document, text: str) -> list[str]:
    return _withheld(document, text, strict=True)


def _experts(record: dict[str, Any]) -> tuple[str, list[str]]:
    """The summary, and the words that experts mark as not carried (questionable and benign ones left out)."""
    if "response" in record:
        return record["response"], [label["text"] for label in record["labels"]]
    wrong = [
        a["summary_span"] for a in record["annotations"] if any(kind.startswith("Unwanted") for kind in a["label"])
    ]
    return record["summary"], [span for span in wrong if span]


def _names_and_numbers(document: Document, text: str) -> list[str]:
    """The simple check to compare with: capitalised words and digits of the summary that the text does not have."""
    known = set(re.findall(r"\w+", document.text.casefold()))
    words = re.findall(r"(?<=[a-z,] )[A-Z]\w+|\d+(?:[.,]\d+)*", text)
    return [word for word in words if not set(re.findall(r"\w+", word.casefold())) <= known]


def speed(data: Path) -> None:
    """Milliseconds for a story of twelve claims, the documents new each time; each the best of three runs."""
    found = [d for d in perturb.documents(data, "en") if len(perturb.sentences(d)) >= 12][:9]
    taken = []
    for document in found:
        numbers = perturb.sentences(document)[:12]
        claims = [
            claim(document, (number, number - 1 or number), _reworded(document.quote(number))) for number in numbers
        ]
        taken.append(min(_milliseconds(claims, document) for _ in range(3)))
    taken.sort()
    print(
        f"\nspeed: a story of 12 claims {taken[len(taken) // 2]:.1f} ms in the median, "
        f"{taken[-1]:.1f} ms at most, of {len(taken)} stories"
    )


def _milliseconds(claims: Sequence[Claim], document: Document) -> float:
    start = time.perf_counter()
    document = annotate(document)
    for one in claims:
        verify(one, {document.key: document})
    return 1000 * (time.perf_counter() - start)


def _reworded(text: str) -> str:
    """The sentence with its halves exchanged, so that no shortcut for verbatim claims helps."""
    words = text.rstrip(".").split()
    return " ".join((*words[len(words) // 2 :], *words[: len(words) // 2])) + "."


def ideal(data: Path) -> dict[str, list[tuple[str, Check]]]:
    """The wrong lines of a hand-written briefing's "what a bad summary does", and its right lines, on the same post."""
    post = next(item for item in read_files(data / "wordpress/moroccan-personnel-gaza.json") if isinstance(item, Post))
    document = clean(post)
    return {
        kind: [
            (text, _check(document, [_numbered(document, start) for start in starts], text)) for text, starts in lines
        ]
        for kind, lines in (("wrong", WRONG), ("right", RIGHT))
    }


_NOT_TO_BE = {"wrong": "carried", "right": "withheld"}


def print_ideal(data: Path) -> None:
    for kind, lines in ideal(data).items():
        for text, check in lines:
            if check.verdict == _NOT_TO_BE[kind]:
                print(f"  {kind} line {check.verdict}: {text} {check.reasons}")
        verdicts = [check.verdict for _, check in lines]
        counted = ", ".join(f"{verdict} {verdicts.count(verdict)}" for verdict in ("carried", "unread", "withheld"))
        print(f"IDEAL, {kind} lines: n = {len(verdicts)}: {counted}")


def figures() -> dict[str, float]:
    """What has a floor: shares of 1, the more the better, on the half "test" where there are halves."""
    data = folder()
    caught, true = suite(data, perturb.LANGUAGES, "test")
    people = paraphrases(data, "paraphrases", "test")
    summaries = [verdict for verdicts in references(data, "test").values() for verdict in verdicts]
    edits = [item for row in summedits(data).values() for item in row]
    return {
        **{f"planted errors caught: {error}": _mean(_of(caught, error)) for error, _ in caught},
        **{f"true claims kept: {kind}": _mean(v != "withheld" for v in _of(true, kind)) for kind, _ in true},
        "errors of people caught": _mean(is_caught(case.error, outcome(check)) for case, check in people if case.error),
        "true paraphrases kept": _mean(check.verdict != "withheld" for case, check in people if not case.error),
        "sentences of human summaries kept": _mean(v != "withheld" for v in summaries if v != "absent"),
        "SummEdits news, all articles: balanced accuracy": _balanced(edits)[0],
        **{f"{name}: F1": spans(data, name, _not_carried).f1 for name in _EXPERTS},
        **{
            f"IDEAL: {kind} lines not {_NOT_TO_BE[kind]}": _mean(
                check.verdict != _NOT_TO_BE[kind] for _, check in lines
            )
            for kind, lines in ideal(data).items()
        },
    }


def _mean(hits: Iterable[bool]) -> float:
    return statistics.fmean(hits)


def _numbered(document: Document, start: str) -> int:
    """The number of the sentence that begins so; "" is the headline, "@" the line that names the tweet's author."""
    if not start:
        return 0
    numbers = range(1, len(document.sentences))
    if start == "@":
        return next(number for number in numbers if "Itay Blumental" in document.quote(number))
    return next(number for number in numbers if document.quote(number).startswith(start))


def main() -> None:
    """Print the figures asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("dev", "test"), default="test")
    parser.add_argument("--languages", nargs="*", default=list(perturb.LANGUAGES))
    parser.add_argument("--only", nargs="*", default=list(_PARTS))
    options = parser.parse_args()
    data = folder()
    for part in options.only:
        _PARTS[part](data, options)


_PARTS: dict[str, Callable[[Path, argparse.Namespace], None]] = {
    "suite": lambda data, options: print_suite(data, options.languages, options.half),
    "paraphrases": lambda data, options: print_paraphrases(data, options.half),
    "references": lambda data, options: print_references(data, options.half),
    "summedits": lambda data, options: print_summedits(data, options.half),
    "spans": lambda data, _: print_spans(data),
    "ideal": lambda data, _: print_ideal(data),
    "speed": lambda data, _: speed(data),
}

if __name__ == "__main__":
    main()
