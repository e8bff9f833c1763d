"""Small pictures for the archive, as SVG of our own numbers: no word from outside is in them but their description."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup, escape

from briefing.archive.timelines import SourceDays

_STEP, _BAR, _HEIGHT = 10, 7, 24
_WIDTH, _EDGE, _MIDDLE = 600, 14, 14
_MARK = 9


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a life: the day, and what it was (new, update, continuing, correction, answered, partly, …)."""

    day: date
    kind: str


def _svg(body: str, width: int, height: int, description: str, *, name: str, stretches: bool = False) -> Markup:
    ratio = ' preserveAspectRatio="none"' if stretches else ""
    return Markup(
        f'<svg class="{name}" role="img" aria-label="{escape(description)}" viewBox="0 0 {width} {height}"{ratio}>'
        f"{body}</svg>"
    )


def bars(source: SourceDays, days: Sequence[date], most: int, description: str, *, is_rtl: bool = False) -> Markup:
    """A bar a day, as high as the source's posts are many (by their root, so that one stays visible beside fifty)."""
    body = []
    for place, day in enumerate(days):
        x = (len(days) - 1 - place if is_rtl else place) * _STEP + (_STEP - _BAR) / 2
        if posts := source.posts.get(day, 0):
            height = max(3.0, round((_HEIGHT - 1) * (posts / most) ** 0.5, 1))
            body.append(f'<rect class="bar" x="{x}" y="{_HEIGHT - height:g}" width="{_BAR}" height="{height:g}"/>')
        elif day in source.failed:
            body.append(f'<path class="gap" d="M{x} 4L{x + _BAR} {_HEIGHT - 2}M{x + _BAR} 4L{x} {_HEIGHT - 2}"/>')
    body.append(f'<path class="base" d="M0 {_HEIGHT - 0.5}H{len(days) * _STEP}"/>')
    return _svg("".join(body), len(days) * _STEP, _HEIGHT, description, name="bars", stretches=True)


def line(marks: Sequence[Point], description: str, *, is_rtl: bool = False) -> Markup:
    """A life from its first day to its last, a mark for each telling: the shape says what it was."""
    first, last = marks[0].day, marks[-1].day
    span = max((last - first).days, 1)
    places = [_EDGE + (_WIDTH - 2 * _EDGE) * (mark.day - first).days / span for mark in marks]
    places = _apart(places)
    body = [f'<path class="base" d="M{_EDGE} {_MIDDLE}H{_WIDTH - _EDGE}"/>']
    for mark, x in zip(marks, places, strict=True):
        body.append(_shape(mark.kind, round(_WIDTH - x if is_rtl else x, 1)))
    return _svg("".join(body), _WIDTH, 2 * _MIDDLE, description, name="life")


def _apart(places: list[float]) -> list[float]:
    """The places with room between them for the marks, where there are not too many."""
    step = min(2.2 * _MARK, (_WIDTH - 2 * _EDGE) / max(1, len(places) - 1))
    for at in range(1, len(places)):
        places[at] = max(places[at], places[at - 1] + step)
    limit = float(_WIDTH - _EDGE)
    for at in range(len(places) - 1, -1, -1):
        places[at] = min(places[at], limit)
        limit = places[at] - step
    return places


def _shape(kind: str, x: float) -> str:
    half = _MARK / 2 + 1
    if kind == "correction":
        return (
            f'<path class="{kind}" d="M{x} {_MIDDLE - 8}L{x + 8:g} {_MIDDLE}L{x} {_MIDDLE + 8}L{x - 8:g} {_MIDDLE}Z"/>'
        )
    if kind in ("new", "answered"):
        return f'<rect class="{kind}" x="{x - half:g}" y="{_MIDDLE - half}" width="{2 * half}" height="{2 * half}"/>'
    radius = 6 if kind in ("update", "partly") else 4
    return f'<circle class="{kind}" cx="{x}" cy="{_MIDDLE}" r="{radius}"/>'


def last_days(days: Sequence[date], *, least: int, most: int) -> list[date]:
    """Every day of the calendar up to the last one that has a digest, so many at least and at most."""
    if not days:
        return []
    last, first = max(days), min(days)
    count = min(most, max(least, (last - first).days + 1))
    return [last - timedelta(days=back) for back in range(count - 1, -1, -1)]
