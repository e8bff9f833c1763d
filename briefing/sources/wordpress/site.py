"""WordPress: the site, read through its REST API, and what was saved of one."""

from __future__ import annotations

import re

from briefing.exceptions import LoadError
from briefing.sources.source_kind import Body, Likeness, SourceKind, Visit
from briefing.sources.source_state import ReadResult
from briefing.sources.wordpress.rest import posts_from_responses
from briefing.sources.wordpress.wxr import is_wxr, posts_from_wxr
from briefing.types import Post

# How a JSON object, or an array of them, begins, whatever the encoding; a text may begin with a bracket too.
_JSON = re.compile(rb"[\xef\xbb\xbf\xff\xfe\s]*(?:\{\s*[\"}]|\[\s*[{\]])")
_RENDERED = re.compile(rb'"rendered"\s*:')


class WordPress(SourceKind):
    """A WordPress site, known by its API; where that is closed, what it has instead, and tomorrow the API again."""

    name = "wordpress"
    instead = ("feed",)
    narrows = True

    def sniff(self, body: Body) -> Likeness:
        """An export, or a response of the API: JSON that may be another's where its beginning shows no post."""
        if body.begins_with(b"rss") and is_wxr(body.data):
            return Likeness.SURELY
        head = body.head.replace(b"\x00", b"")
        if not _JSON.match(head):
            return Likeness.NO
        return Likeness.SURELY if _RENDERED.search(head) else Likeness.PERHAPS

    def read(self, body: Body) -> list[Post | LoadError]:
        """As `posts_from_wxr` and `posts_from_responses`."""
        if body.begins_with(b"rss"):
            return posts_from_wxr(body.data, source=body.source)
        return posts_from_responses(body.data, source=body.source)

    async def visit(self, visit: Visit) -> ReadResult | None:
        """What the API gives; None where there is none, or where it is closed."""
        from briefing.sources.wordpress.client import visit_site  # a run on saved responses asks no API

        return await visit_site(visit)
