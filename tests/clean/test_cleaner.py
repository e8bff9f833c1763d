"""HTML in, numbered sentences out: what stays, what goes, and that nothing hostile costs more than a few seconds."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import briefing
from briefing.clean.cleaner import clean, plain_text
from briefing.exceptions import EmptyPostError
from briefing.types import Document, Embed, Post

EXAMPLE = Path(briefing.__file__).parent / "examples" / "moroccan-personnel-gaza.json"
SENTENCES = Path(__file__).parent.parent / "data" / "cleaner" / "moroccan-personnel-gaza.txt"
SECONDS = 20  # for a megabyte on a slow and busy machine; what is not bounded takes minutes


def document(html: str, **changes: Any) -> Document:
    return clean(
        Post(**{"key": "https://example.org/a", "title": "A title", "html": html, "language": "en", **changes})
    )


def blocks(html: str, **changes: Any) -> list[tuple[str, str]]:
    cleaned = document(html, **changes)
    return [(block.kind, cleaned.text[block.start : block.end]) for block in cleaned.blocks]


def text(html: str, **changes: Any) -> str:
    return document(html, **changes).text


def the_example() -> Document:
    raw = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    raw = raw[0] if isinstance(raw, list) else raw
    return document(raw["content"]["rendered"], title=plain_text(raw["title"]["rendered"]))


def test_example_sentence_by_sentence() -> None:
    """The sentences as they were numbered by hand."""
    expected = SENTENCES.read_text(encoding="utf-8").splitlines()
    cleaned = the_example()
    assert [cleaned.quote(sentence.number) for sentence in cleaned.sentences] == expected


@pytest.mark.parametrize(
    ("number", "start", "end"),
    [
        (2, 210, 539),
        (9, 1394, 1563),
        (10, 1565, 1628),
        (11, 1630, 1804),
        (12, 1805, 2027),
        (44, 6600, 6739),
        (45, 6740, 6853),
    ],
)
def test_example_offsets(number: int, start: int, end: int) -> None:
    sentence = the_example().sentences[number]
    assert (sentence.start, sentence.end) == (start, end)


def test_example_tweet_and_provenance() -> None:
    cleaned = the_example()
    words, byline = (block for block in cleaned.blocks if block.kind == "embed")
    assert (words.first, words.last, byline.first, byline.last) == (9, 9, 10, 10)
    assert (
        words.embed
        == byline.embed
        == Embed(
            platform="X",
            author="איתי בלומנטל 🇮🇱 Itay Blumental",
            handle="ItayBlumental",
            published="June 23, 2026",
            url="https://x.com/ItayBlumental/status/2069371568317218830",
        )
    )
    assert cleaned.provenance == (
        "The HTML carries chat-assistant markup (model gpt-5-3-mini): "
        "the text may have been drafted, edited or translated there.",
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h2>A</h2><p>B <a href='x'>c</a>.</p>", [("heading", "A"), ("paragraph", "B c.")]),
        ("<p>a</p>b<div>c<div>d</div>e</div>", [("paragraph", c) for c in "abcde"]),
        ("<ul><li>a<ol><li>b</li></ol>c</li></ul>", [("list_item", c) for c in "abc"]),
        ("<blockquote><p>a</p><p>b</p></blockquote>", [("quote", "a"), ("quote", "b")]),
        ("<table><tr><th>a<th>b<tr><td>c<td><p>d<p>e</table>", [("table_row", "a\tb"), ("table_row", "c\td e")]),
        ("<table><tr><td><h2>a</h2><p>b</p></td></tr></table>", [("heading", "a"), ("paragraph", "b")]),
        ("<figure><img alt=no><figcaption>a</figcaption></figure>", [("caption", "a")]),
        ("<div class='wp-caption'><p class='wp-caption-text'>a</p></div><p>b", [("caption", "a"), ("paragraph", "b")]),
        ("<details><summary>a</summary><p>b</p></details>", [("paragraph", "a"), ("paragraph", "b")]),
        ("<pre>a\n  b &lt;c&gt;\n\n\nd</pre>", [("code", "a\n  b <c>\nd")]),
        ("<p>a<br>b<br><br>c</p>", [("paragraph", "a\nb"), ("paragraph", "c")]),
        ("<h2>a<br><br>b</h2>", [("heading", "a\nb")]),
        ("<p>un<b>bro</b>ken<wbr>word</p>", [("paragraph", "unbrokenword")]),
        ("<p>Use &amp;amp;, not &amp;lt; or&nbsp;&lt;b&gt;</p>", [("paragraph", "Use &amp;, not &lt; or <b>")]),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字</ruby>", [("paragraph", "漢字")]),
        ("<p>a<!-- > <p>no</p> -->b<!---->c</p>", [("paragraph", "abc")]),
        ("<p>a<?php if (1<2) ?>b<![CDATA[no]]>c</p>", [("paragraph", "abc")]),
        ("<p>a<style>p > b { x: '<i>' }</style>b</p>", [("paragraph", "ab")]),
        ("<p>a</p><script>if (a<b) document.write('<p>no</p>')</script><p>b", [("paragraph", "a"), ("paragraph", "b")]),
        ("<p>a<script><!-- <script></script> no --></script>b</p>", [("paragraph", "ab")]),
        ("<xmp>a<b></xmp>c", [("code", "a<b>"), ("paragraph", "c")]),
        ("<p>a > b < c, 1 <3</p>", [("paragraph", "a > b < c, 1 <3")]),
        ("<p title='a>b<c'>d</p>", [("paragraph", "d")]),
        ("<frameset><frame></frameset><p>a", [("paragraph", "a")]),
        ("<span style='display:block'>a</span>b", [("paragraph", "a"), ("paragraph", "b")]),
    ],
)
def test_blocks(html: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(html) == expected


def test_levels() -> None:
    cleaned = document("<h3>a</h3><ul><li>b<ul><li>c</li></ul></li></ul>")
    assert [block.level for block in cleaned.blocks] == [3, 1, 2]


@pytest.mark.parametrize(("language", "expected"), [("en", "“a ‘b’ c”"), ("fr", "«a ‹b› c»"), ("tlh", "“a ‘b’ c”")])
def test_quotation_marks(language: str, expected: str) -> None:
    assert text("<p><q>a <q>b</q> c</q></p>", language=language) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("co\u00adop\u200berate\ufeff", "cooperate"),
        ("\u202eabc\u202c\x1b[0m", "abc[0m"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👨\u200d💻", "👨\u200d💻"),
        ("la\u200dtin\u200c", "latin"),
        (
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        ),
        ("a\U000e0041\U000e0042b", "ab"),
        ("\u0600١٢", "\u0600١٢"),
        ("a\u3164b\u115fc", "a bc"),
        ("a\u2028b\u3000\u00a0c\x85d", "a b c d"),
    ],
)
def test_invisible_characters(raw: str, expected: str) -> None:
    assert text(f"<p>{raw}</p>") == expected
    assert plain_text(raw) == expected


def test_half_a_surrogate_pair() -> None:
    """A post says that a character is lost; what never was a post's loses it."""
    assert text("<p>x\ud83dy</p>") == "x\ufffdy"
    assert plain_text("x\ud83dy") == "xy"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("A &amp; B &#8211; C", "A & B – C"),
        ("Use &amp;lt;b&amp;gt;", "Use &lt;b&gt;"),
        ("The <em>Foo</em>’s<br>end", "The Foo’s end"),
        (" a\u00a0 b\n", "a b"),
        ("5 < 6", "5 < 6"),
        ("<script>no</script>", ""),
        ("", ""),
    ],
)
def test_plain_text(html: str, expected: str) -> None:
    assert plain_text(html) == expected


@pytest.mark.parametrize(
    "html", ["", "  \n", "<p>&nbsp;</p>", "<script>x</script>", "<form>a</form>", "\u200b", "<img alt='x'>"]
)
def test_nothing_left(html: str) -> None:
    with pytest.raises(EmptyPostError, match="nothing is left"):
        document(html)


def test_protected() -> None:
    with pytest.raises(EmptyPostError, match="protected by a password"):
        document("<p>Enter the password</p>", is_protected=True)


EMBEDS = {
    "loose": (
        '<blockquote class="twitter-tweet">Hello <a href="https://t.co/x">pic</a> &mdash; Ann Lee (@ann_lee) '
        '<a href="https://twitter.com/ann_lee/status/1?ref_src=x">May 1, 2020</a></blockquote>',
        ["Hello pic", "— Ann Lee (@ann_lee) May 1, 2020"],
        Embed("X", "Ann Lee", "ann_lee", "May 1, 2020", "https://twitter.com/ann_lee/status/1"),
    ),
    "paragraphs": (
        '<blockquote class="twitter-tweet"><p>One.</p><p>Two.</p><p>&mdash; A (@a) <a href="http://twitter.com/a/status/2">x</a></p></blockquote>',
        ["One.\nTwo.", "— A (@a) x"],
        Embed("X", "A", "a", "x", "https://twitter.com/a/status/2"),
    ),
    "elsewhere": (
        '<blockquote class="twitter-tweet"><p>One</p>&mdash; A (@a) <a href="https://x.com.evil.example/a/status/2">x</a></blockquote>',
        ["One", "— A (@a) x"],
        Embed("X", "A", "a", "x", None),
    ),
    "bluesky": (
        '<blockquote class="bluesky-embed" data-bluesky-uri="at://d/p"><p lang="en">Sky.</p>&mdash; B C '
        '(<a href="https://bsky.app/profile/d?ref_src=embed">@b.bsky.social</a>) '
        '<a href="https://bsky.app/profile/d/post/3?ref_src=embed">2 May 2025</a></blockquote>',
        ["Sky.", "— B C (@b.bsky.social) 2 May 2025"],
        Embed("Bluesky", "B C", "b.bsky.social", "2 May 2025", "https://bsky.app/profile/d/post/3"),
    ),
    "wordpress": (
        '<blockquote class="wp-embedded-content"><a href="https://a.example/post/">A post</a></blockquote>'
        '<iframe src="x">no</iframe>',
        ["A post"],
        Embed("WordPress", url="https://a.example/post/"),
    ),
    "facebook": (
        '<div class="fb-post" data-href="https://www.facebook.com/a/posts/1?x=y"><blockquote cite="x"><p>Hi</p>'
        'Posted by <a href="https://www.facebook.com/a">A B</a> on <a href="x">Friday, 1 May 2020</a>'
        "</blockquote></div>",
        ["Hi\nPosted by A B on Friday, 1 May 2020"],
        Embed("Facebook", "A B", None, "Friday, 1 May 2020", "https://www.facebook.com/a/posts/1"),
    ),
}


@pytest.mark.parametrize("name", EMBEDS)
def test_embeds(name: str) -> None:
    html, words, embed = EMBEDS[name]
    cleaned = document(f"<p>Before.</p>{html}<p>After.</p>")
    assert [cleaned.text[block.start : block.end] for block in cleaned.blocks] == ["Before.", *words, "After."]
    assert {block.embed for block in cleaned.blocks if block.kind == "embed"} == {embed}


@pytest.mark.parametrize(
    ("html", "note"),
    [
        ("<p data-start='1' data-end='9'>a</p>" * 3, "chat-assistant markup: "),
        ("<div data-message-author-role='assistant'>a</div>", "chat-assistant markup: "),
        ("<p><font style='vertical-align: inherit;'>a</font></p>", "a browser’s page translation"),
        ("<p>a <span class='xn-location'>PARIS</span></p>", r"press-release wire’s markup \(PR Newswire\)"),
    ],
)
def test_provenance(html: str, note: str) -> None:
    (found,) = document(html).provenance
    assert re.search(note, found)


def test_builders_and_a_single_position_are_no_provenance() -> None:
    assert document("<div class='elementor' data-id='1'><p data-start='1' data-end='2'>a</p></div>").provenance == ()


WORDS = st.text(st.sampled_from("ab .!?’“\u00a0\n\u200b\u200d\u00adשَ字🙂&<>[]/"), max_size=12)
TAGS = st.sampled_from(
    [
        "p",
        "div",
        "b",
        "a",
        "span",
        "br",
        "ul",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "q",
        "blockquote",
        "pre",
        "h2",
        "script",
        "style",
        "form",
        "figcaption",
        "details",
        "button",
        "hr",
    ]
)
ATTRIBUTES = st.sampled_from(["", " hidden", " class='twitter-tweet'", " class='sharedaddy'", " style='display:block'"])
SOUP = st.lists(
    st.one_of(WORDS, st.builds("<{}{}>".format, TAGS, ATTRIBUTES), st.builds("</{}>".format, TAGS)), max_size=25
).map("".join)


@given(SOUP)
@example("<pre>\xa0<")
@example("<pre>x \u200b")
@example("<xmp> x")
def test_invariants(html: str) -> None:
    """Whatever the HTML: numbers run, offsets hold, blocks part at blank lines, no sentence is lost or invisible."""
    try:
        cleaned = document(html)
    except EmptyPostError:
        return
    assert cleaned.text.split("\n\n") == [cleaned.text[block.start : block.end] for block in cleaned.blocks]
    assert [sentence.number for sentence in cleaned.sentences] == list(range(len(cleaned.sentences)))
    end = 0
    for sentence in cleaned.sentences[1:]:
        block = cleaned.blocks[sentence.block]
        assert block.first <= sentence.number <= block.last
        assert block.start <= sentence.start < sentence.end <= block.end
        assert cleaned.text[end : sentence.start].strip() == ""
        assert cleaned.quote(sentence.number) == cleaned.quote(sentence.number).strip()
        end = sentence.end
    assert end == len(cleaned.text)
    assert cleaned.text.replace("\n", "").replace("\t", "").replace("\u200d", "").isprintable()


MEGABYTE = {
    "one block": "<p>" + "word " * 200_000,
    "one character": "a" * 1_000_000,
    "nested divs": "<div>" * 200_000 + "x",
    "nested lists": "<ul><li>x" * 50_000,
    "nested tables": "<table><tr><td>x" * 30_000,
    "rows": "<table>" + "<tr><td>x" * 50_000,
    "open formatting": "<p>" + "".join(f"<b id={n}>" for n in range(3_000)) + "<p>x" * 50_000,
    "open formatting, short": "<p>" + "".join(f"<b id={n}>" for n in range(1_500)) + "</p>" + "<p>x</p>" * 5_500,
    "attributes": "<p " + " ".join(f"a{n}=b" for n in range(60_000)) + ">x",
    "comments": "<!--" * 200_000 + "x",
    "blocks by style": '<span style="display:block">x' * 2_000,
    "tweets in tweets": '<blockquote class="twitter-tweet">x' * 2_000,
    "bylines": '<blockquote class="twitter-tweet">' + "— (@a" * 100_000,
    "brackets": "x " + "[a " * 300_000,
    "quotation marks": '<p a="' * 100_000,
    "line breaks": "x<br>" * 100_000,
}


@pytest.mark.long
@pytest.mark.parametrize("name", MEGABYTE)
def test_bounded_time(name: str) -> None:
    start = time.process_time()
    try:
        document(MEGABYTE[name])
    except EmptyPostError:
        assert name in ("comments", "quotation marks")
    assert time.process_time() - start < SECONDS
