"""What the verifier catches and what it wrongly withholds: `python -m benchmarks.verifier` prints every figure.

BRIEFING_DATA names the folder of real posts and articles. Every rate comes with its n and a
95 % interval (Wilson; clustered by document where a document gives many cases). Thresholds were looked for on the half
"dev" of the documents (`--half dev`); the figures are those of the half "test".
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import perturb
from benchmarks.ideal import RIGHT, WRONG
from benchmarks.paraphrases import written
from benchmarks.perturb import Case
from briefing.clean.cleaner import clean
from briefing.language.annotation import annotate
from briefing.language.sentences import split
from briefing.sources.files import read_files
from briefing.types import Claim, Document, Post, Verdict
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


def verdict(case: Case) -> Verdict:
    """The verifier's verdict on a case."""
    check = verify(claim(case.document, case.sentences, case.claim), {case.document.key: case.document}).check
    assert check is not None
    return check.verdict


def suite(data: Path, languages: Sequence[str], part: str) -> None:
    """The perturbation suite: share of planted errors caught, and of true claims withheld or repaired."""
    caught: dict[tuple[str, str], list[bool]] = defaultdict(list)
    withheld: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
    for language in languages:
        for case in perturb.cases(data, language, part):
            found = verdict(case)
            if case.error:
                caught[case.error, language].append(found != "supported")
            else:
                withheld[case.kind, language].append(found)
    _print_caught(caught)
    print("\ntrue claims withheld (and repaired)")
    for kind in ("verbatim", "shortened"):
        for language in (*languages, "all"):
            found_ = [
                v for (k, tongue), vs in withheld.items() if k == kind and language in (tongue, "all") for v in vs
            ]
            repaired = sum(v == "repaired" for v in found_)
            print(f"  {kind:10} {language:4} {rate(found_.count('withheld'), len(found_))}; repaired {repaired}")


def _print_caught(caught: dict[tuple[str, str], list[bool]]) -> None:
    print("planted errors caught (withheld or repaired)")
    for error in dict.fromkeys(error for error, _ in caught):
        everything = [hit for (kind, _), hits in caught.items() if kind == error for hit in hits]
        print(f"  {error:13} all  {rate(sum(everything), len(everything))}")
        for (kind, language), hits in caught.items():
            if kind == error:
                print(f"  {'':13} {language:4} {rate(sum(hits), len(hits))}")


def paraphrases(data: Path, part: str) -> None:
    """The written claims: planted errors caught, true ones withheld; then the translated ones."""
    for name in ("paraphrases", "translated"):
        found: dict[str, list[Verdict]] = defaultdict(list)
        told = right = 0
        for case in written(data, name, part if name == "paraphrases" else "all"):
            check = verify(
                claim(case.document, range(1, case.cited + 1), case.claim), {case.document.key: case.document}
            ).check
            assert check is not None
            found[case.error or "true"].append(check.verdict)
            if case.error is None:
                found[f"true {case.language}"].append(check.verdict)
            told += 1
            right += any(item.check == "overlap" for item in check.not_run)
        print(
            f"\n{name}, written by people"
            + (f": wording in not_run {rate(right, told)}" if name == "translated" else "")
        )
        for error, verdicts in sorted(found.items()):
            is_true = error.startswith("true")
            hits = sum(v == "withheld" if is_true else v != "supported" for v in verdicts)
            print(
                f"  {error:13} {'withheld' if is_true else 'caught  '} {rate(hits, len(verdicts))}; "
                f"repaired {verdicts.count('repaired')}"
            )


_REFERENCES = (("writers_en", "en"), ("cnndm_en", "en"), ("orangesum_fr", "fr"), ("basse_es", "es"))


def references(data: Path, part: str) -> None:
    """Sentences of human summaries withheld, resting on the whole article; names and numbers it lacks counted apart."""
    print("\nsentences of human summaries withheld (the whole article cited)")
    total: list[str] = []
    for name, language in _REFERENCES:
        verdicts: list[str] = []
        for record in _lines(data / "references" / f"{name}.jsonl"):
            if perturb.half(record["id"]) == part:
                verdicts += _of_summary(record, language)
        total += verdicts
        _print_references(name, verdicts)
    _print_references("all", total)


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
            check = verify(
                claim(document, range(1, len(document.sentences)), reference[start:end]), {document.key: document}
            ).check
            assert check is not None
            yield "absent" if check.verdict == "withheld" and _lacks(check.at_fault, document) else str(check.verdict)


def _lacks(words: Sequence[str], document: Document) -> bool:
    """Whether the words at fault hold a name, number or date that stands nowhere in the article, letter by letter."""
    text = document.text.casefold()
    parts = [part for word in words for part in re.findall(r"\w+", word) if part[:1].isupper() or part[:1].isdigit()]
    named = [part for part in parts if part.casefold() not in text]
    counted = {
        number for word in words for found in annotate(word, document.language).quantities for number in found.readings
    }
    known = {number for found in annotate(document.text, document.language).quantities for number in found.readings}
    months = [
        part for word in words for part in re.findall(r"[^\W\d_]{4,}", word) if annotate(part, document.language).dates
    ]
    return bool(named) or bool(counted - known) or any(part.casefold() not in text for part in months)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)


def _withheld(document: Document, text: str, *, strict: bool = False) -> list[str]:
    """The words at fault of the sentences of a summary that are withheld (or, strictly, repaired)."""
    fault: list[str] = []
    for start, end in split(text, "en"):
        check = verify(
            claim(document, range(1, len(document.sentences)), text[start:end]), {document.key: document}
        ).check
        assert check is not None
        if check.verdict == "withheld" or (strict and check.verdict == "repaired"):
            fault += check.at_fault or (text[start:end],)
    return fault


def summedits(data: Path, part: str) -> None:
    """Balanced accuracy on SummEdits' news, without reading the summary that was edited; clustered by article."""
    by_article: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    for record in _lines(data / "factual/summedits_news.jsonl"):
        document = perturb.article(record["text"][:80], record["text"], "en")
        by_article[record["text"]].append((record["label"], not _withheld(document, record["summary"])))
    everything = list(by_article.values())
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
    _print_halvings(everything)


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


def spans(data: Path) -> None:
    """FaithBench and RAGTruth: "something here is not carried", and the share of the experts' spans touched.

    The lower line is the check of names and numbers alone.
    """
    for name in ("faithbench", "ragtruth_summary"):
        for kind in ("all checks", "names and numbers"):
            truth, said, touched = [], [], []
            for record in _lines(data / "factual" / f"{name}.jsonl"):
                summary, wrong = _experts(record)
                document = perturb.article(record["id"], record["text"], "en")
                fault = (
                    _withheld(document, summary, strict=True)
                    if kind == "all checks"
                    else _names_and_numbers(document, summary)
                )
                truth.append(bool(wrong))
                said.append(bool(fault))
                touched += [any(word and (word in span or span in word) for word in fault) for span in wrong]
            hits = sum(t and s for t, s in zip(truth, said, strict=True))
            print(f"\n{name}, {kind}: n = {len(truth)}, precision {rate(hits, sum(said))}, "
                  f"recall {rate(hits, sum(truth))}, F1 {2 * hits / max(1, sum(said) + sum(truth)):.3f}, "
                  f"spans touched {rate(sum(touched), len(touched))}")  # fmt: skip


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


def ideal(data: Path) -> None:
    """The wrong lines of a hand-written briefing's "what a bad summary does", and its right lines, on the same post."""
    post = next(item for item in read_files(data / "wordpress/moroccan-personnel-gaza.json") if isinstance(item, Post))
    document = clean(post)
    for kind, lines in (("wrong", WRONG), ("right", RIGHT)):
        verdicts = []
        for text, starts in lines:
            numbers = [_numbered(document, start) for start in starts]
            check = verify(claim(document, numbers, text), {document.key: document}).check
            assert check is not None
            verdicts.append(check.verdict)
            if check.verdict == ("supported" if kind == "wrong" else "withheld"):
                print(f"  {kind} line {check.verdict}: {text} {check.reasons}")
        counted = ", ".join(f"{verdict} {verdicts.count(verdict)}" for verdict in ("supported", "repaired", "withheld"))
        print(f"IDEAL, {kind} lines: n = {len(verdicts)}: {counted}")


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
    folder = os.environ.get("BRIEFING_DATA")
    if not folder:
        sys.exit("BRIEFING_DATA must name the folder of real posts and articles")
    data = Path(folder)
    for part in options.only:
        _PARTS[part](data, options)


_PARTS: dict[str, Callable[[Path, argparse.Namespace], None]] = {
    "suite": lambda data, options: suite(data, options.languages, options.half),
    "paraphrases": lambda data, options: paraphrases(data, options.half),
    "references": lambda data, options: references(data, options.half),
    "summedits": lambda data, options: summedits(data, options.half),
    "spans": lambda data, _: spans(data),
    "ideal": lambda data, _: ideal(data),
    "speed": lambda data, _: speed(data),
}

if __name__ == "__main__":
    main()
