import pytest

from briefing.exceptions import ParseError
from briefing.sources.opml import sources_from_opml
from briefing.types import Source

NESTED = b"""<?xml version="1.0" encoding="ISO-8859-1"?>
<opml version="1.1"><head><title>Mine</title></head><body>
<outline text="Europe"><outline text="France">
  <outline type="rss" text="Le Journal d'\xe9t\xe9" xmlUrl="https://example.org/feed?a=1&b=2" htmlUrl="https://example.org"/>
  <outline title="No type" xmlurl="http://www.example.net/rss"/>
</outline></outline>
<outline text="A page" htmlUrl="https://example.com/"/>
<outline type="rss" xmlUrl="https://www.example.com/atom"/>
<outline type="rss" text="Again" xmlUrl="https://www.example.com/atom"/>
<outline type="rss" text="Bad" xmlUrl="javascript:alert(1)"/>
<outline type="rss" text="File" xmlUrl="file:///etc/hostname"/>
</body></opml>"""


def test_nested_outlines_without_types_and_with_faults() -> None:
    assert sources_from_opml(NESTED, source="list.opml") == [
        Source("Le Journal d'été", "https://example.org/feed?a=1&b=2", kind="feed", section="France"),
        Source("No type", "http://www.example.net/rss", kind="feed", section="France"),
        Source("example.com", "https://www.example.com/atom", kind="feed"),
    ]


@pytest.mark.parametrize(
    ("body", "cause"),
    [
        (b"", "not OPML"),
        (b"<html><body>Log in</body></html>", "there is no <opml>"),
        (NESTED[:300], "not OPML"),
        (b'<!DOCTYPE opml [<!ENTITY a "b">]><opml><body><outline text="&a;"/></body></opml>', "refused"),
        (b"<opml>" + b"<outline text='a'>" * 10_000, "nested too deeply"),
    ],
)
def test_what_is_no_opml_is_refused(body: bytes, cause: str) -> None:
    with pytest.raises(ParseError, match=cause):
        sources_from_opml(body, source="list.opml")


def test_an_empty_list_is_one() -> None:
    assert sources_from_opml(b"<opml><body/></opml>", source="list.opml") == []
