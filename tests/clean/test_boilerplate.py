"""The drop rules: each takes what its own example shows, and ordinary text that looks alike stays."""

from __future__ import annotations

import pytest

from briefing.clean import boilerplate
from briefing.clean.cleaner import clean
from briefing.exceptions import EmptyPostError
from briefing.types import DroppedText, Post


def read(html: str) -> tuple[str, tuple[DroppedText, ...]]:
    document = clean(Post(key="https://example.org/a", title="A title", html=html, language="en"))
    return document.text, document.dropped


FURNITURE = [
    ("hidden", "<p hidden>x</p>"),
    ("hidden", "<p style='color:red;DISPLAY : none'>x</p>".replace("DISPLAY :", "display:")),
    ("hidden", "<span style='visibility: hidden'>x</span>"),
    ("hidden", "<div style='position:absolute;left:-9999px'>x</div>"),
    ("hidden", "<span style='font-size:0px'>x</span>"),
    ("hidden", "<span class='a screen-reader-text'>x</span>"),
    ("hidden", "<dialog>x</dialog>"),
    ("frame", "<noscript>x</noscript>"),
    ("frame", "<video>x</video>"),
    ("drawing", "<svg><text>x</text></svg>"),
    ("form", "<form><label>x</label></form>"),
    ("form", "<button type='button'>x</button>"),
    ("form", "<select><option>x</option></select>"),
    ("sharing row", "<div class='sharedaddy sd-block'><ul><li>x</li></ul></div>"),
    ("related posts", "<div id='jp-relatedposts'><h3>x</h3></div>"),
    ("table of contents", "<div id='ez-toc-container'><nav>x</nav></div>"),
    ("reading time", "<span class='rt-reading-time'>x</span>"),
    ("author box", "<div class='saboxplugin-wrap'>x</div>"),
    ("chat window", "<div id='thread-bottom-container'>x</div>"),
    ("translation bubble", "<div class='jfk-bubble gtx-bubble'>x</div>"),
]


@pytest.mark.parametrize(("rule", "html"), FURNITURE)
def test_dropped(rule: str, html: str) -> None:
    assert read(f"<p>before</p>{html}<p>after</p>") == ("before\n\nafter", (DroppedText(rule, "x"),))


@pytest.mark.parametrize(
    "html",
    [
        "<p aria-hidden='true'>x</p>",
        "<p hidden='until-found'>x</p>",
        "<p style='opacity:0'>x</p>",
        "<p style='margin-left:-20px;line-height:0.9;font-size:0.9em'>x</p>",
        "<dialog open>x</dialog>",
        "<details><p>x</p></details>",
        "<label>x</label>",
        "<div class='wp-block-button'><a href='#'>x</a></div>",
        "<section class='ez-toc-section'>x</section>",
        "<nav>x</nav>",
    ],
)
def test_kept(html: str) -> None:
    assert read(f"<p>before</p>{html}<p>after</p>") == ("before\n\nx\n\nafter", ())


@pytest.mark.parametrize(
    "line",
    [
        "Reading Time: 3 minutes",
        "Reading time: < 1 min",
        "Estimated reading time 4–5 minutes",
        "5 min read",
        "Temps de lecture : 2 minutes",
        "Tiempo de lectura: 3 minutos",
        "Lesezeit: ca. 4 Minuten",
        "Время чтения: 6 минут",
        "زمن القراءة: 3 دقائق",
        "この記事は約5分で読めます。",
    ],
)
def test_reading_time_lines(line: str) -> None:
    html = line.replace("<", "&lt;")
    assert read(f"<p>{html}</p><p>after</p>") == ("after", (DroppedText("reading time", line),))


@pytest.mark.parametrize(
    "line", ["Reading time is 3 days away.", "Reading takes time.", "5 min readings were taken", "Reading"]
)
def test_lines_about_reading_stay(line: str) -> None:
    assert read(f"<p>{line}</p>") == (line, ())


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p>[caption id="a" width="300"]<img> A view[/caption]</p>', "A view"),
        ("<p>[et_pb_text a=&#8221;1&#8243;]One[/et_pb_text][et_pb_text]Two[/et_pb_text]</p>", "One\nTwo"),
        ("<p>[dropcap]W[/dropcap]hile</p>", "While"),
        ("<p>[gallery ids=1,2]after</p>", "after"),
        ("<p>a [contact-form-7 id=1 title=x] b</p>", "a b"),
        ("<p>[vc_row][vc_column]x[/vc_column][/vc_row]</p>", "x"),
    ],
)
def test_shortcodes(html: str, expected: str) -> None:
    kept, dropped = read(html)
    assert kept == expected
    assert {item.rule for item in dropped} == {"shortcode"}


@pytest.mark.parametrize(
    "ordinary",
    [
        "He said “it’s [sic] fine” [12].",
        "patients [through Maple] are",
        "me [at] lists.fu-berlin.de",
        "[…] and [...] and [ ]",
        "[where x=3] holds",
        "[VIDEO] Watch",
        "a[0] = b[i]",
        "[See note / below]",
    ],
)
def test_ordinary_brackets_stay(ordinary: str) -> None:
    assert read(f"<p>{ordinary}</p>") == (ordinary, ())


def test_shortcodes_in_code_stay() -> None:
    assert read("<pre>[reply]x[/reply]</pre>") == ("[reply]x[/reply]", ())


def test_a_form_around_the_whole_post_is_no_form() -> None:
    words = "A sentence of the post. " * 20
    assert read(f"<form><p>{words}</p><button>Send</button></form>") == (words.strip(), (DroppedText("form", "Send"),))
    with pytest.raises(EmptyPostError):
        read("<form><p>Your name</p><button>Send</button></form>")


def test_dropped_inside_a_line_leaves_the_words_around_it() -> None:
    assert read("<p>one <span class='sr-only'>x</span>two<sup hidden>x</sup>three</p>")[0] == "one twothree"


def test_nothing_of_nested_furniture_escapes() -> None:
    html = (
        "<div class='sharedaddy'><div>a</div><script>b('</div>')</script><!-- </div> --><div>c</div></div><p>after</p>"
    )
    assert read(html) == ("after", (DroppedText("sharing row", "a c"),))


@pytest.mark.parametrize("rule", boilerplate.RULES, ids=lambda rule: rule.name)
def test_every_rule_explains_itself(rule: boilerplate.Rule) -> None:
    marks = (rule.elements, rule.classes, rule.ids, rule.attributes, rule.style, rule.line, rule.inside)
    assert any(marks)
    assert rule.takes
    assert rule.example
    assert rule.why.endswith(".")
