"""OPML in, sources out: the list of feeds that a feed reader exports."""

from __future__ import annotations

import re
from xml.parsers import expat

from briefing.exceptions import ParseError
from briefing.fetch.charset import decoded
from briefing.sources.links import site_of, web_address
from briefing.sources.xml_characters import without_unfit
from briefing.types import Source

_MOST_DEPTH = 100
_DECLARATION = re.compile(r"<\?xml\b[^>]*>", re.IGNORECASE)
_BARE_AMPERSAND = re.compile(r"&(?!#?\w{1,31};)")


class _Outlines:
    """The outlines of an OPML file, read as they come; `names` are those of the folders that are open."""

    def __init__(self, source: str) -> None:
        self.sources: dict[str, Source] = {}
        self.is_opml = False
        self._source = source
        self._names: list[str] = []

    def read(self, text: str) -> None:
        parser = expat.ParserCreate("utf-8")
        parser.EntityDeclHandler = self._refuse_entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.Parse(text.encode(), True)

    def _refuse_entity(self, *_: object) -> None:
        raise ParseError(self._source, "refused: its document type defines entities")

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        self.is_opml = self.is_opml or element.lower() == "opml"
        values = {name.lower(): " ".join(value.split()) for name, value in attributes.items()}
        name = values.get("title") or values.get("text") or ""
        self._names.append(name if element.lower() == "outline" else "")
        if len(self._names) > _MOST_DEPTH:
            raise ParseError(self._source, "refused: its outlines are nested too deeply")
        if element.lower() == "outline":
            self._add(values, name)

    def _end(self, _: str) -> None:
        self._names.pop()

    def _add(self, values: dict[str, str], name: str) -> None:
        """A feed has an `xmlUrl`, whatever its type says; an outline without one is a folder, or a link to a page."""
        address = web_address(values.get("xmlurl"))
        if address is None or address in self.sources:
            return
        self.sources[address] = Source(
            name=name or site_of(address),
            address=address,
            kind="feed",
            section=next(filter(None, reversed(self._names[:-1])), ""),
            language=values.get("language") or None,
        )


def sources_from_opml(body: bytes, *, source: str) -> list[Source]:
    """The feeds of an OPML file, in its order, each once; the folder that one lies in is its section.

    ParseError where it is no OPML, is broken, or declares entities.
    """
    text = without_unfit(decoded(body)).strip("\ufeff \t\r\n")
    if declaration := _DECLARATION.match(text):  # its encoding is no longer true
        text = text[declaration.end() :]
    outlines = _Outlines(source)
    try:
        outlines.read(_BARE_AMPERSAND.sub("&amp;", text))
    except expat.ExpatError as error:
        raise ParseError(source, f"not OPML: {error}") from error
    if not outlines.is_opml:
        raise ParseError(source, "not OPML: there is no <opml> in it")
    return list(outlines.sources.values())
