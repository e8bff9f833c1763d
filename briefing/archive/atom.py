"""The archive's Atom feed (RFC 4287) of the digests."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Sequence
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from briefing.archive.timelines import ArchivedDigest
from briefing.render.escaping import one_line

_MOST = 50
_ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold, and `one_line` leaves.
_NO_XML = re.compile("[\ufffe\uffff]")
_NAMESPACE = uuid.UUID("6f1c7b1e-6a55-5f5e-9a43-2b9f4d2b7d10")


def feed(
    stored: Sequence[ArchivedDigest], *, title: str, url: str, headlines: Callable[[ArchivedDigest], Sequence[str]]
) -> str:
    """The newest digests, the newest first; `stored` oldest first. Links are relative where no `url` is given."""
    base = url if not url or url.endswith("/") else f"{url}/"
    root = ET.Element("feed", xmlns=_ATOM)
    _add(root, "id", _id("feed", *sorted({one.series for one in stored})))
    _add(root, "title", title)
    made = [one.digest.made_at for one in stored]
    _add(root, "updated", max(made).isoformat() if made else _EPOCH)
    _add(_add(root, "author"), "name", title)
    if base:
        _add(root, "link", rel="self", href=urljoin(base, "feed.xml"))
    _add(root, "link", rel="alternate", type="text/html", href=urljoin(base, "index.html"))
    for one in list(reversed(stored))[:_MOST]:
        _entry(_add(root, "entry"), one, base, headlines(one))
    ET.indent(root, "")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


_EPOCH = "1970-01-01T00:00:00+00:00"


def _entry(entry: ET.Element, one: ArchivedDigest, base: str, headlines: Sequence[str]) -> None:
    made = one.digest.made_at
    _add(entry, "id", _id(one.series, one.since.isoformat(), one.until.isoformat()))
    _add(entry, "title", f"{one.digest.title or 'Digest'}, {made:%Y-%m-%d %H:%M} UTC")
    _add(entry, "updated", made.isoformat())
    _add(entry, "link", rel="alternate", type="text/html", href=urljoin(base, one.path))
    said = [claim.text for claim in one.digest.bottom_line] + [f"• {headline}" for headline in headlines]
    _add(entry, "summary", " ".join(said))


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, attributes)
    child.text = _NO_XML.sub("\ufffd", one_line(text)) or None
    return child


def _id(*parts: str) -> str:
    """The same for the same series and period, whenever the archive is built."""
    return uuid.uuid5(_NAMESPACE, "\n".join(parts).encode("utf-8", "replace").decode()).urn
