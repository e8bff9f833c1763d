"""What the loader, the cleaner and the verifier say in English, known again and said in the language of the page.

They keep whole sentences, since a document is no page; what is not known here is printed as it came.
"""

from __future__ import annotations

import re
from functools import lru_cache

from briefing.render.labels import LANGUAGES, Labels

_NOTICES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern, re.DOTALL))
    for key, pattern in {
        "category": "category “(?P<x>.*)”",
        "tag": "tag “(?P<x>.*)”",
        "headline_says": "the headline says “(?P<x>.*)”",
        "text_says": "the text says “(?P<x>.*)”",
        "dateline": "it opens with an agency’s dateline, “(?P<x>.*)”",
        "argues": r"(?P<a>\d+) questions of its own and (?P<b>\d+) of (?P<c>\d+) sentences of argument; .*",
        "chat": r"The HTML carries chat-assistant markup(?: \(model (?P<x>.*)\))?: .*",
        "translation": "The HTML carries the marks of (?P<x>.*): the text may be machine-translated .*",
        "wire": r"The HTML carries a press-release wire’s markup \((?P<x>.*)\)\.",
        "excerpt": r"The source gave only a part of this text: an excerpt, or what is shown before paying\.",
        "undated": "no date, so it cannot be told whether it falls into the period",
        "outside": "outside the period",
        "twice": "the same post came twice",
        "wording": "wording|overlap",  # "wording" in digests made before
        "names": "names",
        "absence": "absence",
        "translated": "translated: wording not checked",
        "translated_names": "translated: not checked: (?P<x>.*)",
    }.items()
)


def in_words(text: str, labels: Labels) -> str | None:
    """The sentence in the page's language; None where it is none of ours, or the page is in English anyway."""
    return _in_words(text, labels.language) if text and labels.language != "en" else None


@lru_cache(maxsize=1024)
def _in_words(text: str, language: str) -> str | None:
    labels = LANGUAGES[language]
    if rule := labels.words.get(f"rule.{text}"):
        return rule
    for key, pattern in _NOTICES:
        if match := pattern.fullmatch(text):
            found = {name: value or "" for name, value in match.groupdict().items()}
            if key == "chat" and found["x"]:
                found["x"] = labels["notice.model"].format(x=found["x"])
            return labels[f"notice.{key}"].format(**found)
    return None
