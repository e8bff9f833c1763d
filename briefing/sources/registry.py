"""The kinds of sources by their names: one more is its module, and its line here.

Nothing is loaded before it is needed: a run on saved responses asks no parser of feeds or pages.
"""

from __future__ import annotations

from functools import cache
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from briefing.sources.source_kind import Body, SourceKind

# In the order in which bytes are sniffed and an address is tried. What only reads bytes stands before WordPress, which
# takes any address of its sites; a page is what nothing else takes.
KINDS: Final = {
    "wordpress": "briefing.sources.wordpress.site:WordPress",
    "feed": "briefing.sources.feeds:Feed",
    "page": "briefing.sources.pages:WebPage",
    "files": "briefing.sources.files:Files",
}


@cache
def kind_called(name: str) -> SourceKind:
    """The kind of that name, one of KINDS."""
    kind: type[SourceKind] = resolve_name(KINDS[name])
    return kind()


def kind_of(body: Body) -> SourceKind | None:
    """The kind that bytes are of: the first that is sure, else the first that may be, None for plain text."""
    from briefing.sources.source_kind import Likeness

    likely = None
    for kind in map(kind_called, KINDS):
        likeness = kind.sniff(body)
        if likeness is Likeness.SURELY:
            return kind
        likely = likely or (kind if likeness is Likeness.PERHAPS else None)
    return likely
