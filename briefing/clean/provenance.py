"""What a post's markup shows of its making: signs in the tags, and the neutral notes they give.

Signs are no proof: a text that carries a chat window's markup may have been drafted, corrected or only translated
there. Page builders and editors leave marks too; they say nothing about the words and are not noted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefing.types import Notice

CHAT_SIGN = "chat"
POSITIONS = "positions"
_MODEL = "model "
_RUN = 3  # one pair of data-start and data-end may be anything, a run of them counts characters of an answer

# Attributes of a chat window's messages: the element that holds an answer, its turn, the model that gave it.
_CHAT = re.compile(r' data-(?:message-author-role|message-model-slug|message-id|turn|turn-id)="')
_SLUG = re.compile(r' data-message-model-slug="([\w.:-]{1,40})"')
_POSITIONS = re.compile(r' data-start="\d+"(?: [^<>]*?)? ?data-end="\d+"')
# Chrome's page translation wraps every text in two of these.
_TRANSLATED = re.compile(r"^font [^<>]*vertical-align:\s*inherit")
_CLASSES = {
    "gtx-bubble": "translation a translation extension’s pop-up",
    "gtranslate_wrapper": "translation GTranslate",
    "trp-language-switcher": "translation TranslatePress",
    "trp-translated": "translation TranslatePress",
    "wglanguage-name": "translation Weglot",
    "prisna-wp-translate": "translation Google Website Translator",
    "wpml-ls": "translation WPML",
    "xn-person": "release PR Newswire",
    "xn-location": "release PR Newswire",
    "xn-chron": "release PR Newswire",
    "xn-org": "release PR Newswire",
    "xn-money": "release PR Newswire",
    "prnews_p": "release PR Newswire",
    "bwalignc": "release Business Wire",
    "bwuline": "release Business Wire",
    "bwstory": "release Business Wire",
    "gnw_heading": "release GlobeNewswire",
    "gnw-contact": "release GlobeNewswire",
}
SIGN_CLASSES = frozenset(_CLASSES)


def signs_of(tag: str) -> tuple[str, ...]:
    """The signs that one opening tag carries; `tag` is its inside as serialised (`p data-start="1" data-end="9"`)."""
    signs: list[str] = []
    if " data-" in tag:
        if _CHAT.search(tag):
            signs.append(CHAT_SIGN)
        if slug := _SLUG.search(tag):
            signs.append(_MODEL + slug[1])
        if _POSITIONS.search(tag):
            signs.append(POSITIONS)
    if _TRANSLATED.search(tag):
        signs.append("translation a browser’s page translation")
    return tuple(signs)


def sign_of_class(name: str) -> str | None:
    """The sign that a class carries, or None."""
    return _CLASSES.get(name)


def notes(signs: Mapping[str, int]) -> tuple[Notice, ...]:
    """One neutral sentence for each kind of making that the signs (how often each was seen) speak of."""
    found = []
    if signs.get(CHAT_SIGN) or signs.get(POSITIONS, 0) >= _RUN:
        models = _named(signs, _MODEL)
        found.append(_chat(models))
    if tools := _named(signs, "translation "):
        found.append(
            Notice(
                "The HTML carries the marks of {x}: the text may be machine-translated in part or in whole.", x=tools
            )
        )
    if wires := _named(signs, "release "):
        found.append(Notice("The HTML carries a press-release wire’s markup ({x}).", x=wires))
    return tuple(found)


def _chat(models: str) -> Notice:
    if not models:
        return Notice(
            "The HTML carries chat-assistant markup: the text may have been drafted, edited or translated there."
        )
    return Notice(
        "The HTML carries chat-assistant markup (model {x}): the text may have been drafted, edited or translated "
        "there.",
        x=models,
    )


def _named(signs: Mapping[str, int], prefix: str) -> str:
    return ", ".join(sorted(sign.removeprefix(prefix) for sign in signs if sign.startswith(prefix)))
