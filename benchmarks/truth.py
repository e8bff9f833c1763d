"""Whether a line's mark is true: realistic slips and honest lines, on real texts, by people who had not seen the code.

    BRIEFING_DATA=… python -m benchmarks.truth [--half dev|test|all] [--show carried|withheld|lost|changed]

`tests/data/truth/slips.jsonl`: an honest line on one or two sentences of a post, and the same with one realistic slip,
in the post's language or through a translation. Texts of odd numbers were developed on, those of even numbers are
measured by default. A slip should be withheld, or be left to a reader (unread), and never be carried; an honest line
should be carried where it shortens, and never be withheld. `quotes.jsonl` and `paraphrases.jsonl`: lines on invented
passages, true ones and, of quotations, wrong ones. A wrong quotation should be withheld, or get the text's own words
back; with a true line neither should happen.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.corpus import lines, wordpress_posts
from briefing.clean.cleaner import clean
from briefing.language.annotation import Annotated, annotate
from briefing.types import Check, Claim, Post
from briefing.verify.citation import evidence
from briefing.verify.verifier import verify

FOLDER = Path(__file__).parents[1] / "tests" / "data" / "truth"
FILE = FOLDER / "slips.jsonl"
_LANGUAGES = {"cnndm_en": "en", "writers_en": "en", "orangesum_fr": "fr", "basse_es": "es"}


def rows(half: str) -> Iterator[dict[str, Any]]:
    """The rows of a half, or of "all"."""
    for text in FILE.read_text(encoding="utf-8").splitlines():
        row = json.loads(text)
        is_test = int(row["id"].partition("-")[0]) % 2 == 0
        if half == "all" or is_test == (half == "test"):
            yield row


@cache
def documents() -> dict[str, Annotated]:
    """The posts that the rows are about, by key."""
    wanted = {row["post"] for row in rows("all")}
    found = {post.key: post for _, post in wordpress_posts() if post.key in wanted}
    for name, language in _LANGUAGES.items():
        for article in lines(f"references/{name}.jsonl"):
            key = f"{name}:{article['id']}"
            if key in wanted:
                text = str(article["text"])
                html = "".join(f"<p>{part}</p>" for part in text.split("\n") if part.strip())
                found[key] = Post(key=key, title="", html=html, language=language)
    return {key: annotate(clean(post)) for key, post in found.items()}


def claim_of(line: str, row: dict[str, Any]) -> Claim:
    """A line that rests on the sentences of a row."""
    document = documents()[row["post"]]
    cited = tuple(evidence(document, number) for number in _numbers(row, document))
    translated = row["language"] if row["way"] == "translated" else None
    return Claim("c", line, cited, origin="written", translated_from=translated)


def checked(line: str, row: dict[str, Any], show: str | None = None) -> Check:
    """The check of a line that rests on the sentences of a row."""
    found = verify(claim_of(line, row), documents())
    assert found.check is not None
    _show_changed(show, row["id"], line, found)
    return found.check


def _numbers(row: dict[str, Any], document: Annotated) -> list[int]:
    """The sentences by their numbers; by their first words, where the text is split otherwise today."""
    found = []
    for number, start in zip(row["sentences"], row["starts"], strict=True):
        opening = " ".join(start.split())
        texts = {n: " ".join(one.text.split()) for n, one in enumerate(document.annotations)}
        if texts.get(number, "").startswith(opening):
            found.append(number)
        else:
            found.append(next((n for n, text in texts.items() if opening in text), number))
    return found


def passages(name: str, half: str) -> Iterator[tuple[str, Claim, Annotated]]:
    """The lines of quotes.jsonl or paraphrases.jsonl, each as "true" or "wrong", on the passage they rest on."""
    for text in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(text)
        is_test = int(row["id"].rpartition("-")[2]) % 2 == 0
        if half != "all" and is_test != (half == "test"):
            continue
        html = "".join(f"<p>{part}</p>" for part in row["text"].split("\n") if part.strip())
        document = annotate(clean(Post(key=row["id"], title="", html=html, language=row["lang"])))
        cited = tuple(evidence(document, number) for number in range(1, len(document.sentences)))
        translated = row["lang"] if row.get("line_lang", row["lang"]) != row["lang"] else None
        told = {"true": row.get("true_line") or row.get("line"), "wrong": row.get("wrong_line")}
        for sort, line in told.items():
            if line:
                yield sort, Claim("c", line, cited, origin="written", translated_from=translated), document


def print_passages(half: str, show: str | None) -> None:
    """How the lines on invented passages end."""
    for name in ("quotes", "paraphrases"):
        ends: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for sort, claim, document in passages(name, half):
            found = verify(claim, {document.key: document})
            assert found.check is not None
            way = f"{sort} {'translated' if claim.translated_from else 'own language'}"
            ends[way][_end(found.check)] += 1
            _show_changed(show, document.key, claim.text, found)
        for way, counted in sorted(ends.items()):
            _print(name, way, counted)


def _print(where: str, what: str, counted: Counter[str]) -> None:
    parts = "  ".join(f"{verdict} {n} ({n / counted.total():.0%})" for verdict, n in sorted(counted.items()))
    print(f"{where:24} {what:18} {counted.total():4}: {parts}")


def _show_changed(sort: str | None, key: str, line: str, found: Claim) -> None:
    if sort == "changed" and found.text != line:
        print(f"{key}\n    {line}\n    {found.text}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "test", "all"), default="test")
    parser.add_argument("--show", choices=("carried", "withheld", "lost", "changed"), help="print lines of a sort")
    arguments = parser.parse_args()
    ends: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows(arguments.half):
        honest, slip = checked(row["honest"], row, arguments.show), checked(row["slip"], row)
        for where in ("all", row["way"], f"{row['language']} {'→' if row['way'] == 'translated' else ''}"):
            ends[where, "honest"][honest.verdict] += 1
            ends[where, "slip"][_end(slip)] += 1
        if row["way"] != "translated":
            ends["own language", "honest"][honest.verdict] += 1
            ends["own language", "slip"][_end(slip)] += 1
        ends[f"kind: {row['kind']}", "slip"][_end(slip)] += 1
        _show(arguments.show, row, honest, slip)
    for (where, what), counted in sorted(ends.items()):
        _print(where, what, counted)
    print_passages(arguments.half, arguments.show)


def _end(check: Check) -> str:
    """How a slip ends: a repair that leaves a line to be shown is told apart."""
    return f"{check.verdict}, repaired" if check.before is not None and check.verdict != "withheld" else check.verdict


def _show(sort: str | None, row: dict[str, Any], honest: Check, slip: Check) -> None:
    if sort == "carried" and slip.verdict == "carried":
        print(f"{row['id']} {row['kind']} [{row['wrong_words']}]\n    {row['slip']}\n")
    if sort in ("withheld", "lost") and honest.verdict == {"withheld": "withheld", "lost": "unread"}[sort]:
        if sort == "lost" and row["way"] != "shortened":
            return
        print(f"{row['id']} {row['way']} {list(honest.reasons)} {list(honest.unaccounted)}\n    {row['honest']}")
        for number in row["sentences"]:
            print(f"    [{number}] {documents()[row['post']].quote(number)}")


if __name__ == "__main__":
    main()
