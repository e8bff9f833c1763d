"""What kind of text a post is, where it says so: by its categories, tags, title, first and last words.

Cheap on purpose (a few microseconds a post). What only a reading of the whole text shows is told by
`briefing.summarise.document_facts.genre`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from briefing.language.patterns import alternatives, phrases, word_list
from briefing.types import Genre, GenreKind, Notice, Post

_HEAD_CHARS = 260
_TAIL_CHARS = 260

_KIND_OF: Mapping[str, GenreKind] = {
    "opinion": "opinion",
    "press_release": "press release",
    "interview": "interview",
    "live_blog": "live blog",
    "report": "report",
}
"""By what it is called in the tables, and as a group of a pattern."""


@cache
def _kind_of_term() -> Mapping[str, GenreKind]:
    return {term: kind for key, kind in _KIND_OF.items() for term in word_list("genres", key)}


@cache
def _heads() -> re.Pattern[str]:
    """How a headline opens that says its kind, the kind's name as group."""
    return re.compile(
        rf"\W{{0,2}}(?:(?P<opinion>(?:{alternatives('genres', 'opinion_heads')})\s?(?=[:|\]–—：]))"
        rf"|(?P<press_release>{alternatives('genres', 'press_release_heads')})"
        rf"|(?P<live_blog>{alternatives('genres', 'live_blog_heads')})"
        rf"|(?P<interview>(?:{alternatives('genres', 'interview_heads')})\b))",
        re.IGNORECASE,
    )


@cache
def _tails() -> re.Pattern[str]:
    """How one ends that says it."""
    return re.compile(
        rf"[:|–—(\[-]\s?(?:(?P<interview>{alternatives('genres', 'interview_tails')})"
        rf"|(?P<live_blog>{alternatives('genres', 'live_blog_tails')})"
        rf"|(?P<opinion>{alternatives('genres', 'opinion_tails')}))\W*$",
        re.IGNORECASE,
    )


@cache
def _dateline() -> re.Pattern[str]:
    """An agency's name behind whatever stands before it, or a broadcaster's behind a place."""
    return re.compile(
        rf".{{0,60}}?[(（](?:{alternatives('genres', 'agencies')})[)）]"
        rf"|[A-Z][\w, -]{{2,40}}[(](?:{alternatives('genres', 'broadcasters')})[)]"
    )


def genre_of(post: Post, title: str, text: str) -> Genre:
    """The kind of a post, with what says so; "unknown" where nothing does. `text` is its cleaned text."""
    return _by_terms(post) or _by_title(title) or _by_edges(text) or Genre("unknown")


def _by_terms(post: Post) -> Genre | None:
    for is_tag, terms in enumerate((post.categories, post.tags)):
        for term in terms:
            kind = _kind_of_term().get(term.strip().lower())
            if kind:
                return Genre(kind, Notice("tag “{x}”", x=term) if is_tag else Notice("category “{x}”", x=term))
    return None


def _by_title(title: str) -> Genre | None:
    found = _heads().match(title) or _tails().search(title, max(0, len(title) - 40))
    if found is None or found.lastgroup is None:
        return None
    words = found[found.lastgroup].strip(" :|–—")
    return Genre(_KIND_OF[found.lastgroup], Notice("the headline says “{x}”", x=words))


def _by_edges(text: str) -> Genre | None:
    """By what stands in the first and the last few hundred characters: a release's contact, a disclaimer, an agency."""
    head, tail = text[:_HEAD_CHARS].lower(), text[-_TAIL_CHARS:].lower()
    return _by_phrase(head, tail) or _by_agency(text)


def _by_phrase(head: str, tail: str) -> Genre | None:
    if words := _first("press_release_opening", head) or _first("press_release_closing", tail):
        return Genre("press release", _says(words))
    if words := _first("interview_edge", head) or _first("interview_edge", tail):
        return Genre("interview", _says(words))
    if words := _first("opinion_edge", head) or _first("opinion_edge", tail):
        return Genre("opinion", _says(f"{words} …"))
    return None


def _says(words: str) -> Notice:
    return Notice("the text says “{x}”", x=words)


def _by_agency(text: str) -> Genre | None:
    opening = text[:90]
    if "(" not in opening and "（" not in opening:
        return None
    agency = _dateline().match(opening)
    if agency is None:
        return None
    return Genre("report", Notice("it opens with an agency’s dateline, “{x}”", x=agency.group()))


def _first(key: str, text: str) -> str | None:
    for phrase in phrases("genres", key):
        if phrase in text:
            return phrase
    return None
