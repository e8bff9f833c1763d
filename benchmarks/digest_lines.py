"""Every line of the digests of all given posts, one a row, so that two states of the code can be compared.

    BRIEFING_DATA=… python -m benchmarks.digest_lines > before
    … change what is known of a language …
    BRIEFING_DATA=… python -m benchmarks.digest_lines | diff before -

A row tells where the line stands, its verdict and reasons, its speaker, how firm it is, and its words.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from benchmarks.corpus import wordpress_posts
from briefing.render.schema import to_json
from briefing.types import Post
from briefing.workflow.pipeline import make_digest

MADE_AT = datetime(2026, 11, 30, 7, tzinfo=UTC)
QUESTIONS = ("Who decided?", "How many people were hurt?", "When does it begin?")


def rows(value: Any, place: str = "") -> Iterator[str]:
    """The lines under a part of a digest's JSON, each as a row."""
    if isinstance(value, Mapping):
        if "evidence" in value and "text" in value:
            yield _row(value, place)
        for key, inner in value.items():
            yield from rows(inner, f"{place}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from rows(inner, f"{place}.{number}")
    elif place.endswith((".title", ".standing", ".answerability")) and value:
        yield f"{place}\t{_on_one_line(value)}"


def _row(claim: Mapping[str, Any], place: str) -> str:
    check = claim.get("check") or {}
    told = {key: claim[key] for key in ("kind", "certainty", "hedges", "speaker", "day") if claim.get(key)}
    told |= {key: check[key] for key in ("verdict", "reasons", "not_run") if check.get(key)}
    return f"{place}\t{json.dumps(told, ensure_ascii=False, sort_keys=True)}\t{_on_one_line(claim['text'])}"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def main() -> None:
    by_site: defaultdict[str, list[Post]] = defaultdict(list)
    for language, post in wordpress_posts():
        by_site[f"{language} {post.source}"].append(post)
    for site, posts in by_site.items():
        digest = make_digest(posts, questions=QUESTIONS, engine="extractive", made_at=MADE_AT, cache=False)
        for row in rows(json.loads(to_json(digest))):
            print(f"{site}{row}")


if __name__ == "__main__":
    main()
