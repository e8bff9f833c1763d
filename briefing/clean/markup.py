"""What each tag of serialised HTML means for the words around it: one move a tag.

Elements lay out as in a browser's default style. Most tags of a post repeat, so moves are remembered by the tag's text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum
from html import unescape

from briefing.clean import boilerplate, provenance
from briefing.clean.embeds import PLATFORMS
from briefing.types import BlockKind


class Step(IntEnum):
    """What a tag does. The words behind it go on in the line after TEXT, QUOTE and SKIP, else in a new block."""

    TEXT = 0
    EDGE = 1
    BREAK = 2
    OPEN = 3
    CLOSE = 4
    LIST = 5
    LIST_END = 6
    ROW = 7
    ROW_END = 8
    CELL = 9
    QUOTE = 10
    QUOTE_END = 11
    DROP = 12
    DROP_LINE = 13
    SKIP = 14
    VERBATIM = 15
    ENCLOSE = 16
    EMBED = 17
    EMBED_END = 18


@dataclass(frozen=True, slots=True)
class Move:
    """One tag's step. `name` is the element's, `rule` the drop rule's or the platform's; `level` a heading's."""

    step: Step
    kind: BlockKind | None = None
    level: int = 0
    name: str = ""
    rule: str = ""
    is_code: bool = False
    signs: tuple[str, ...] = ()


RUN_ON = Move(Step.TEXT)
BOUNDARY = Move(Step.EDGE)
CLOSING = Move(Step.CLOSE)
BREAK = Move(Step.BREAK)
# Closing tags that the parser cannot write: the reader puts them where an element ends that a name alone cannot tell.
ENCLOSE_END = "/#block"
EMBED_END = "/#embed"

_REMEMBERED = 4096
_REMEMBERED_CHARS = 250
_ATTRIBUTE = re.compile(r'\s([^\s="]+)="([^"]*)"')
# Cheap looks at a tag before its attributes are read one by one: most say nothing that matters here.
_TELLING_STYLE = re.compile(
    r"display:|visibility:|font-size:\s*0|clip:|-\d{4}|vertical-align:\s*inherit", re.IGNORECASE
)
_TELLING_DATA = re.compile(r" data-(?:message|turn|start|testid)")
_SHOWN_AS_BLOCK = re.compile(r"display:\s*(?:block|flex|grid|table|list-item)\b", re.IGNORECASE)
_CAPTIONS = frozenset({"wp-caption-text", "gallery-caption", "wp-element-caption"})
_MARKED_CLASSES = (
    boilerplate.CLASSES.keys() | PLATFORMS.keys() | provenance.SIGN_CLASSES | _CAPTIONS | {"wp-block-verse"}
)


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VOID = _names("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr")
_RAW = frozenset(["script", "style", "iframe", "noembed", "noframes"])
_EDGES = _names(
    "address article aside body center details dialog div dl fieldset figure footer form frameset header "
    "hgroup hr html legend main nav noscript optgroup option p search section summary table tbody tfoot "
    "thead"
)
_MOVES: dict[str, Move] = dict.fromkeys(_EDGES, BOUNDARY)
_MOVES |= {f"h{level}": Move(Step.OPEN, "heading", level) for level in range(1, 7)}
_MOVES |= dict.fromkeys(("li", "dt", "dd"), Move(Step.OPEN, "list_item"))
_MOVES |= dict.fromkeys(("ul", "ol", "menu", "dir"), Move(Step.LIST))
_MOVES |= dict.fromkeys(("figcaption", "caption"), Move(Step.OPEN, "caption"))
_MOVES |= dict.fromkeys(("pre", "listing"), Move(Step.OPEN, "code", is_code=True))
_MOVES |= {name: Move(Step.VERBATIM, "code", name=name) for name in ("xmp", "plaintext")}
_MOVES |= dict.fromkeys(("td", "th"), Move(Step.CELL))
_MOVES |= {"blockquote": Move(Step.OPEN, "quote"), "tr": Move(Step.ROW), "br": BREAK, "q": Move(Step.QUOTE)}
_ENDS = {
    Step.OPEN: Step.CLOSE,
    Step.LIST: Step.LIST_END,
    Step.ROW: Step.ROW_END,
    Step.QUOTE: Step.QUOTE_END,
}
_MOVES |= {f"/{name}": replace(move, step=_ENDS.get(move.step, move.step)) for name, move in _MOVES.items()}
_MOVES = {name: CLOSING if move.step is Step.CLOSE else move for name, move in _MOVES.items()}
_MOVES |= dict.fromkeys(("/td", "/th", "/xmp", "/plaintext", *(f"/{name}" for name in _EDGES)), BOUNDARY)
_MOVES |= {ENCLOSE_END: CLOSING, EMBED_END: Move(Step.EMBED_END)}

remembered: dict[str, Move] = {}


def move_of(tag: str) -> Move:
    """The move of a tag, given its inside as serialised: `p class="lead"`, `/p`, `!--more--`."""
    name = tag.partition(" ")[0]
    move = _MOVES.get(name, RUN_ON)
    if tag[0:1] in ("!", "?"):
        move = Move(Step.SKIP, name=tag[0])
    elif tag[0:1] != "/" and name not in _VOID:
        move = _opening(name, tag, move)
    if len(tag) <= _REMEMBERED_CHARS:
        if len(remembered) >= _REMEMBERED:
            remembered.clear()
        remembered[tag] = move
    return move


def _opening(name: str, tag: str, move: Move) -> Move:
    if name in _RAW:
        return Move(Step.SKIP, name=name)
    rule = boilerplate.ELEMENTS.get(name)
    if len(tag) > len(name) and not rule:
        if not _is_telling(tag):
            return move
        return _by_attributes(name, tag, move)
    if name == "dialog":
        rule = boilerplate.HIDDEN.name
    return _dropped(name, rule, move) if rule else move


def _dropped(name: str, rule: str, move: Move) -> Move:
    """The element goes with all that is in it; as a block, it still parts what stands before from what follows."""
    return Move(Step.DROP if move.step is Step.TEXT else Step.DROP_LINE, name=name, rule=rule)


def _is_telling(tag: str) -> bool:
    """Whether the attributes of a tag may change its move, or are a sign of its making."""
    if ' class="' in tag and not _MARKED_CLASSES.isdisjoint(_value(tag, ' class="').split()):
        return True
    if ' style="' in tag and _TELLING_STYLE.search(_value(tag, ' style="')):
        return True
    if ' id="' in tag and _value(tag, ' id="') in boilerplate.IDS:
        return True
    return " hidden" in tag or (" data-" in tag and _TELLING_DATA.search(tag) is not None)


def _value(tag: str, opening: str) -> str:
    return tag.partition(opening)[2].partition('"')[0]


def _by_attributes(name: str, tag: str, move: Move) -> Move:
    attributes: dict[str, str | None] = {key: unescape(value) for key, value in _ATTRIBUTE.findall(tag)}
    if name == "body":
        return move
    if rule := boilerplate.rule_of(name, attributes):
        return replace(_dropped(name, rule, move), signs=_signs(tag, attributes))
    signs = _signs(tag, attributes)
    marked = _MARKED_CLASSES.intersection((attributes.get("class") or "").split())
    for mark in marked:
        if mark in PLATFORMS and move.step is not Step.TEXT:
            return Move(Step.EMBED, name=name, rule=PLATFORMS[mark], signs=signs)
        if mark in _CAPTIONS and move.step in (Step.EDGE, Step.TEXT, Step.OPEN) and move.kind != "caption":
            return Move(Step.ENCLOSE, "caption", name=name, signs=signs)
        if mark == "wp-block-verse" and move.is_code:
            return Move(Step.OPEN, "paragraph", is_code=True)
    if move is RUN_ON and _SHOWN_AS_BLOCK.search(attributes.get("style") or ""):
        return Move(Step.ENCLOSE, name=name, signs=signs)
    return replace(move, signs=signs) if signs else move


def _signs(tag: str, attributes: dict[str, str | None]) -> tuple[str, ...]:
    classes = map(provenance.sign_of_class, (attributes.get("class") or "").split())
    return tuple(filter(None, classes)) + provenance.signs_of(tag)
