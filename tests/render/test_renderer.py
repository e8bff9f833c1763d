import html
import io
import re
import unicodedata
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest
from digest_samples import (
    GAZA,
    HEADLINE,
    SAID,
    TWEET_URL,
    answered,
    arabic,
    digest,
    empty,
    ferry,
    french,
    gaza,
    japanese,
    whole,
    written,
)
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markdown_it import MarkdownIt

from briefing.clean.boilerplate import RULES
from briefing.clean.provenance import notes
from briefing.exceptions import ConfigError
from briefing.render.catalogue import page_languages
from briefing.render.environments import Syntax, environment
from briefing.render.escaping import markdown, one_line, safe_url, width, wrap
from briefing.render.html_page import HTML
from briefing.render.layout import lay_out
from briefing.render.lines import pieces
from briefing.render.markdown_page import MARKDOWN
from briefing.render.registry import OUTPUTS, Output
from briefing.render.renderer import render, render_all
from briefing.render.subject import Subject
from briefing.render.text_page import TEXT
from briefing.types import Check, Digest, Evidence, Failure, Genre, Headline, NotRun, Story, Summary
from briefing.workflow.digest_folder import write_digest_folder

READ = ("html", "markdown", "text")
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
HOSTILE = st.lists(
    st.sampled_from([*"\\`*_{}[]()#+-.!<>|~=:&;$@/'\"", "a", "1", " ", "\n", "\t", "http://", "www.a.b"])
).map("".join)


class _Text(HTMLParser):
    """The text of a page as a reader sees it, without its style."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.hidden = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden = self.hidden or tag in ("style", "title")
        if tag not in ("mark", "bdi", "b", "strong", "em", "span", "a"):
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = self.hidden and tag not in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def _read(text: str, format: str) -> str:
    """What a reader sees, white space and isolates normalised, our own marks of doubt taken out."""
    if format == "html":
        text = "".join(_Text(text).words)
    elif format == "markdown":
        text = "".join(_Text(MarkdownIt("commonmark", {"html": True}).render(text)).words)
    else:
        text = text.replace("*", "")
    return re.sub(r"\s+", " ", re.sub("[\u2066-\u2069]", "", text))


@pytest.mark.parametrize("format", READ)
def test_every_line_shown_is_in_every_format_word_for_word(format: str) -> None:
    for summary in (gaza(), french(), arabic(), japanese(), written()):
        shown = _read(render(digest(summary), format), format).replace(" ", "")
        for claim in summary.claims + summary.embeds + summary.quotes + summary.bottom_line + summary.disputed:
            assert one_line(claim.text).replace(" ", "") in shown


@pytest.mark.parametrize("format", READ)
def test_every_sentence_of_evidence_can_be_read_and_followed(format: str) -> None:
    for summary in (gaza(), french(), arabic(), written()):
        page = render(digest(summary), format)
        shown = _read(page, format).replace(" ", "")
        for claim in summary.lines:
            for evidence in claim.evidence:
                assert one_line(evidence.quote).replace(" ", "") in shown
                assert f"[{evidence.sentence}]" in shown
                assert str(safe_url(evidence.url)) in html.unescape(page)


@pytest.mark.parametrize("format", READ)
def test_blocks_stand_in_their_order_and_only_where_they_say_something(format: str) -> None:
    order = ["Embedded", "What it reports", "What it argues", "What it asks", "Quoted", "Dates ahead"]
    whole = replace(gaza(), quotes=french().quotes, dates_ahead=french().dates_ahead)
    text = _read(render(digest(whole), format), format).casefold().partition("not written")[2]
    places = [text.index(label.casefold()) for label in order]
    assert places == sorted(places)
    bare = _read(render(digest(replace(gaza(), claims=(), embeds=(), questions=())), format), format).casefold()
    _, found, after = bare.partition("nothing in this post could be shown")
    assert found
    assert not [label for label in order if label.casefold() in after]


@pytest.mark.parametrize("format", READ)
def test_the_page_says_what_was_counted(format: str) -> None:
    text = _read(render(digest(), format), format)
    for words in (
        "6 posts read · 4 sources (1 failed) · 1 left out",
        "https://example.net/news: no answer within 20 seconds",
        "47 sentences · 10 carry words of report or doubt [2] [3] [4] [11] [12] [13] [33] [38] [45] [49] · 7 questions",
        "[5] [6] [21] [22] [23] [29] [47] · nobody quoted · 1 tweet embedded · no date ahead · 1 figure: "
        "“tens of billions of dollars”",
        "In the headline, not in the text: “personnel”, “en route”",
        "Opinion",
        "no source named; “History teaches that …”",
        "no byline · diplomatique.ma/en · 23 June 2026, 16:47 CEST, edited 17:49",
        "Claire Benoît · La Gazette de Valmer (example.org) · 23 June 2026, 11:05 CEST",
        "Selected from the source, not written",
        "Members only: the week in numbers: protected by a password",
        "sharing row: 9",
        "The HTML carries a chat assistant's markup.",
        "none withheld",
        "and 4 more [5] [6] [21] [22]",
    ):
        # In HTML the dots between counts are drawn by the style.
        assert words.replace(" ·", "") in text.replace(" ·", ""), words


@pytest.mark.parametrize("format", READ)
def test_each_line_opens_with_whose_word_it_is_and_how_firm(format: str) -> None:
    text = _read(render(digest(gaza()), format), format)
    for voice, words in (
        ("Unnamed source · “reports” · reported", "Far from"),
        ("Alleged", "Morocco is said"),
        ("Unnamed source · “available information” · conditional", "According to"),
        ("The author · possible", "It may represent"),
        ("Itay Blumental · embedded tweet", "נציגים"),
    ):
        assert re.search(re.escape(voice) + r":? [●◐○] " + re.escape(words), text), voice


@pytest.mark.parametrize("format", READ)
def test_what_was_withheld_is_counted_and_never_shown(format: str) -> None:
    page = render(digest(written()), format)
    assert "WITHHELD" not in page
    assert "1 withheld" in page


@pytest.mark.parametrize("format", READ)
def test_what_a_model_wrote_is_marked_as_written_and_checked(format: str) -> None:
    text = _read(render(digest(written()), format), format)
    for words in (
        "Written, checked against the source",
        "From the editor",
        "Our translation",
        "Not checked: names, wording: the claim is English",
        "Put more strongly in the same post",
        "Repaired after a check: place",
        "Bottom line",
        "Why it matters",
        "how many; when; whose command",
        "Headline at the source: “Moroccan",
    ):
        assert words.casefold() in text.casefold(), words
    assert "Selected from the source" not in text


def test_the_words_of_doubt_are_marked_and_the_text_stays_whole() -> None:
    assert "<mark>reports have revealed</mark> the arrival" in render(gaza(), "html")
    assert ", **reports have revealed** the arrival" in render(gaza(), "markdown")
    assert "*is said to be*" in render(gaza(), "text")
    marked = MarkdownIt("commonmark").render(render(digest(japanese()), "markdown"))
    assert "開く<strong>と発表した</strong>。" in marked


@given(ANY_TEXT, st.lists(st.text("may or。かも .*", max_size=4), max_size=4))
def test_pieces_join_to_the_text_whatever_the_hedges(text: str, hedges: list[str]) -> None:
    assert "".join(piece.text for piece in pieces(text, hedges)) == text


def test_a_hedge_is_found_as_a_word_before_it_is_found_inside_one() -> None:
    assert [p.text for p in pieces("The mayor may go.", ["may"]) if p.is_doubt] == ["may"]
    assert [p.text for p in pieces("最後という。", ["という"]) if p.is_doubt] == ["という"]
    assert next(pieces("The mayor may go.", ["may"])).text == "The mayor "


@given(st.one_of(ANY_TEXT, HOSTILE))
def test_escaped_text_is_one_paragraph_of_nothing_but_text(text: str) -> None:
    """A CommonMark parser that lets HTML through, with tables and strike-through, makes no markup of any text."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for line in (f"- x {markdown(text)}", f"- {markdown('a' + text)}", f"- **{markdown('a' + text + 'a')}** x"):
        rendered = parser.render(line)
        assert set(re.findall(r"<\s*/?\s*\w+", rendered)) <= {"<ul", "</ul", "<li", "</li", "<strong", "</strong"}
    shown = html.unescape(parser.renderInline(f"x {markdown(text)} x"))
    assert shown.split() == f"x {one_line(text)} x".split()


@pytest.mark.parametrize(
    "text",
    [
        "# a",
        "- a",
        "+ a",
        "> a",
        "1. a",
        "1) a",
        "=== a",
        "--- a",
        "~~~ a",
        "``` a",
        "| a | b |",
        "    a",
        ": a",
        "***",
    ],
)
def test_no_block_starts_in_escaped_text(text: str) -> None:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    assert [token.type for token in parser.parse(f"a\n\n{markdown(text)}")][3:] == [
        "paragraph_open",
        "inline",
        "paragraph_close",
    ]


def test_plain_text_is_72_columns_wide_but_for_addresses() -> None:
    for value in (digest(), digest(written()), digest(arabic(), language="ar"), gaza(), japanese()):
        for line in render(value, "text").splitlines():
            assert width(line) <= 72 or line.split()[-1].startswith("https://"), line


@given(ANY_TEXT, st.integers(20, 72))
def test_wrapping_loses_nothing_and_stays_in_the_columns(text: str, columns: int) -> None:
    lines = wrap("- " + one_line(text), columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(("- " + one_line(text)).split())


def test_a_word_without_end_is_cut_in_reasonable_time() -> None:
    assert len(wrap("a" * 144_000, 72)) == 2_000


@given(ANY_TEXT)
def test_no_control_character_or_bidi_control_of_a_text_reaches_a_page(text: str) -> None:
    evil = f"a\x1b[31m\x9b\u202e\u2066\u200f\x00{text}"
    for format in READ:
        page = render(digest(replace(gaza(), provenance=(evil,)), title=evil), format)
        kinds = {unicodedata.category(character) for character in page if character != "\n"}
        assert "Cc" not in kinds
        assert not set(page) & set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2028\u2029")


def test_isolates_are_closed_in_every_line_of_plain_text() -> None:
    for value in (digest(), digest(gaza(), arabic(), language="ar")):
        page = render(value, "text")
        assert "\u2067" in page or "\u2066" in page
        for line in page.splitlines():
            assert line.count("\u2067") + line.count("\u2066") == line.count("\u2069")


def test_text_in_the_direction_of_the_page_is_not_isolated() -> None:
    assert not set("\u2066\u2067\u2068\u2069") & set(render(french(), "text", language="en"))


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a?b=c&d=e#:~:text=x%2Cy,z", "https://example.org/a?b=c&d=e#:~:text=x%2Cy,z"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("https://example.org/a b\"c'<d>(e)", "https://example.org/a%20b%22c%27%3Cd%3E%28e%29"),
        ("https://exämple.org/ü", "https://xn--exmple-cua.org/%C3%BC"),
        ("https://аpple.com/", "https://xn--pple-43d.com/"),
        ("https://[::1]/x", "https://[::1]/x"),
        ("javascript:alert(1)", None),
        (" javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("JAVASCRIPT://example.org/%0Aalert(1)", None),
        ("data:text/html,<script>", None),
        ("//example.org/", None),
        ("/path", None),
        ("mailto:a@b.example", None),
        ("https://", None),
        ("https://good.example@evil.example/", None),
        ("https://good.example\\@evil.example/", None),
        ("https://exa mple.org/", None),
        ("https://example.org:99999/", None),
        ("https://example.org/\u202egpj.exe", None),
        ("", None),
        (None, None),
    ],
)
def test_only_a_plain_http_address_becomes_a_link(url: str | None, safe: str | None) -> None:
    assert safe_url(url) == safe


def test_an_address_that_is_not_safe_makes_no_link_but_keeps_the_words() -> None:
    for format in READ:
        page = render(replace(gaza(), post=replace(gaza().post, url="javascript:alert(1)")), format)
        assert "javascript" not in page
        assert "Moroccan military personnel en route to Gaza" in re.sub(r"\s+", " ", page)


def test_a_look_alike_host_is_shown_as_it_is_looked_up() -> None:
    card = replace(gaza().post, source="apple.com", url="https://аpple.com/x")
    for format in READ:
        assert "xn--pple-43d.com" in _read(render(digest(replace(gaza(), post=card)), format), format)


def test_direction_and_language_are_set_by_the_text() -> None:
    page = render(digest(), "html")
    assert '<html lang="en" dir="ltr">' in page
    mark = r'<span role="img"[^>]*>●</span> '
    assert re.search(rf'dir="rtl">\s*<p class="voice">.*\s*<div class="say" lang="he">{mark}נציגים', page)
    assert re.search(r'<h2 [^>]*dir="rtl" lang="ar"><a [^>]*>بلدية', page)
    assert re.search(f'<div class="say" lang="ja">{mark}港町', page)
    right = render(digest(gaza(), language="ar"), "html")
    assert '<html lang="ar" dir="rtl">' in right
    assert re.search(r'<li class="leaning" id="[^"]+" dir="ltr">', right)
    assert re.search(r'<h2 [^>]*dir="ltr" lang="en">', right)


@pytest.mark.parametrize("language", sorted(page_languages()))
def test_every_language_makes_every_page(language: str) -> None:
    for format in READ:
        assert render(digest(language=language), format)
        assert render(digest(written(), empty(), language=language), format)


def test_labels_follow_the_language_and_the_text_does_not() -> None:
    page = render(digest(gaza()), "text", language="fr-CA")
    assert "CE QU’IL RAPPORTE" in page
    assert "Far from humanitarian convoys" in page
    assert "23 juin 2026, 16:47 CEST, modifié 17:49" in re.sub(r"\s+", " ", page)
    assert "CE QU’IL RAPPORTE" in render(french(), "text")
    assert "WHAT IT REPORTS" in render(japanese(), "text")
    assert '"language": "fr"' in render(digest(), "json", language="fr")


def test_a_time_zone_without_letters_is_shown_by_its_distance() -> None:
    value = replace(digest(gaza()), timezone="America/Sao_Paulo")
    assert "23 June 2026, 11:47 UTC-03:00" in re.sub(r"\s+", " ", render(value, "text"))


def test_the_period_is_said() -> None:
    value = digest(gaza())
    assert "all posts of the sources given" in render(value, "text")
    between = render(replace(value, since=value.made_at, until=value.made_at), "text")
    assert "24 June 2026, 07:00 CEST to 24 June 2026, 07:00 CEST" in re.sub(r"\s+", " ", between)


def test_posts_of_one_story_keep_their_sentences_apart() -> None:
    value = digest(gaza())
    story = Story("s1", "Port and force", (french(), gaza()))
    text = _read(render(replace(value, stories=(story,)), "html"), "html")
    assert "Port and force" in text
    assert "[A1]" in text
    assert "[B13]" in text


def test_nothing_reads_as_nothing() -> None:
    value: Digest = replace(digest(gaza()), stories=())
    for format in READ:
        assert "No post to show." in render(value, format)
        assert "Untitled post" in render(digest(empty()), format)


def test_a_summary_is_a_page_of_its_own() -> None:
    page = render(gaza(), "html")
    assert page.count("<h1") == 1
    assert html.escape(HEADLINE, quote=False) in page
    assert "Coverage" in page
    assert TWEET_URL in page
    assert GAZA in page


def test_rendering_is_pure() -> None:
    for format in (*READ, "json"):
        value = digest()
        first = render(value, format)
        assert first == render(value, format)
        assert value == digest()


def test_the_page_carries_no_script_and_a_policy_that_fits_its_style() -> None:
    page = render(digest(), "html")
    assert "<script" not in page
    assert " style=" not in page
    assert "default-src 'none'; img-src data:; style-src 'sha256-" in page
    assert len(page.encode()) < 60_000


def test_no_template_turns_escaping_off() -> None:
    for template in files("briefing.render").joinpath("templates").iterdir():
        source = template.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape|Markup", source), template.name


def test_escaping_is_on_whatever_the_file_is_called_and_a_missing_name_fails() -> None:
    syntaxes: tuple[Syntax, ...] = (HTML, MARKDOWN, TEXT)
    for syntax in syntaxes:
        made = environment(syntax, "ltr")
        assert "<b>" not in made.from_string("{{ x }}").render(x="<b>") or syntax is TEXT
        with pytest.raises(UndefinedError):
            made.from_string("{{ nothing }}").render()
    assert environment(MARKDOWN, "ltr").from_string("{{ x }}").render(x="[a](b) *c*") == r"\[a\]\(b) \*c\*"
    macro = "{% macro m(x) %}*{{ x }}*{% endmacro %}{{ m(x) }}"
    assert environment(MARKDOWN, "ltr").from_string(macro).render(x="*") == r"*\**"


def test_a_template_in_the_data_prints_as_it_is() -> None:
    for format in READ:
        shown = _read(render(digest(title="{{ 7*7 }}{% raw %}"), format), format)
        assert "{{ 7*7 }}{% raw %}".replace("*", "") in shown.replace("*", "")


def test_wrong_input_says_what_it_got() -> None:
    with pytest.raises(TypeError, match="not str"):
        render("text", "html")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="unknown format 'pdf'"):
        render(digest(), "pdf")
    with pytest.raises(ConfigError, match="Mars/Olympus"):
        render(replace(digest(), timezone="Mars/Olympus"), "html")


def test_a_sentence_is_not_printed_twice_beside_itself() -> None:
    """The panel repeats a sentence only where the line does not show it whole."""
    page = render(gaza(), "html")
    assert "<blockquote" in page[page.index("Far from") : page.index("Morocco <mark>")]
    assert f'<blockquote dir="ltr" lang="en">{SAID[13]}' not in page


def test_a_quote_of_another_post_is_no_sentence_of_ours() -> None:
    other = Evidence("https://example.org/other", 3, 0, 1, "x", "https://example.org/other#:~:text=x")
    page = lay_out(replace(gaza(), claims=(replace(gaza().claims[0], evidence=(other,)),)), None)
    assert isinstance(gaza(), Summary)
    assert page.sections[0].blocks[1].lines[0].notes[0].marker == "3"


def test_a_headline_that_asks_nothing_and_adds_nothing_is_not_remarked_on() -> None:
    plain_headline = replace(gaza(), headline=Headline(HEADLINE))
    assert 'class="extra"' not in render(plain_headline, "html")


def _luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_meet_wcag_aa_in_both_schemes() -> None:
    """Text 4.5 : 1 on every ground it stands on (WCAG 2.2, 1.4.3), rules and underlines that mean something 3 : 1."""
    style = files("briefing.render").joinpath("templates/style.css").read_text(encoding="utf-8")
    schemes = re.findall(r":root \{(.*?)\}", style, flags=re.DOTALL)[:2]
    for scheme in schemes:
        colour = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", scheme))
        for ink in ("ink", "soft", "link", "alarm"):
            assert _contrast(colour[ink], colour["paper"]) >= 4.5
            assert _contrast(colour[ink], colour["panel"]) >= 4.5
        assert _contrast(colour["ink"], colour["doubt"]) >= 4.5
        for mark in ("rule", "under"):
            assert _contrast(colour[mark], colour["paper"]) >= 3


def test_every_format_is_laid_out_once_and_is_the_same() -> None:
    for value in (whole(), gaza(), answered()):
        one_by_one = {
            format: render(value, format).encode() if output.is_text else render_all(value, [format])[format]
            for format, output in OUTPUTS.items()
        }
        assert render_all(value, OUTPUTS) == one_by_one


def test_no_two_formats_are_written_to_one_file() -> None:
    assert len({output.ending for output in OUTPUTS.values()}) == len(OUTPUTS)


def archived(subject: Subject) -> bytes:
    """The page in an archive, as a test of an output that is no text."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("title", subject.page.name.text)
    return archive.getvalue()


def test_a_format_that_is_no_text_is_one_more_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(OUTPUTS, "zip", Output("zip", "application/zip", "zip", f"{__name__}:archived"))
    write_digest_folder(whole(), [], tmp_path, formats=["text", "zip"])
    with zipfile.ZipFile(tmp_path / "digest.zip") as file:
        assert file.read("title").decode() == whole().title
    with pytest.raises(ValueError, match="zip is no text"):
        render(whole(), "zip")


def test_a_fragment_can_be_pasted_anywhere() -> None:
    """No head, no style, no script, nothing folded; every piece of evidence is a link."""
    for value in (whole(), whole("ar"), gaza(), answered()):
        fragment = render(value, "fragment")
        assert not set(re.findall(r"<(html|head|body|style|details|summary|script|img|link|meta)\b", fragment))
        assert not re.search(r" (style|class|id)=", fragment)
    assert f'<a href="{GAZA}#:~:text=13">[13]</a>' in render(gaza(), "fragment")


def test_an_answer_is_a_page_of_its_own() -> None:
    cards = [summary.post for summary in ferry().summaries]
    for format in (*READ, "fragment"):
        page = render(answered(), format, posts=cards)
        text = _read(page, "html" if format == "fragment" else format)
        assert "is the coast safe to travel?" in text.casefold()
        assert "partly answered" in text.casefold()
        for words in (
            "last answer on 23 June 2026, 05:00 UTC: not in these posts",
            "when crossings resume; who inspects the ships",
            "How many were hurt?",
            "3 passages did not fit",
            "Radio Littoral",
        ):
            assert words in text, (format, words)
    assert '"state": "partly"' in render(answered(), "json")
    assert "Réponse partielle" in render(answered(), "html", language="fr")


def test_a_folder_of_templates_replaces_ours_by_name(tmp_path: Path) -> None:
    (tmp_path / "page.txt.j2").write_text("{{ page.title }}!", encoding="utf-8")
    assert render(digest(), "text", templates=tmp_path) == "Morning digest!\n"
    assert render(digest(), "html", templates=tmp_path) == render(digest(), "html")
    (tmp_path / "style.css").write_text("body { color: teal }", encoding="utf-8")
    assert "<style>body { color: teal }</style>" in render(digest(), "html", templates=tmp_path)


@pytest.mark.parametrize(
    ("template", "line"),
    [("a\n{{ page.title", 2), ("a\n\n{{ nothing }}", 3), ("{% if %}", 1), ("a\n{% include 'missing.j2' %}", 2)],
)
def test_a_template_that_fails_is_named_with_its_line(tmp_path: Path, template: str, line: int) -> None:
    (tmp_path / "page.md.j2").write_text(template, encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"page\.md\.j2:{line}: "):
        render(digest(), "markdown", templates=tmp_path)


def test_a_folder_that_replaces_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="holds none of the templates"):
        render(digest(), "markdown", templates=tmp_path)


@pytest.mark.parametrize("language", ["fr", "es", "de", "pt", "ar", "he"])
def test_no_english_of_ours_is_left_in_another_language(language: str) -> None:
    """What the loader and the verifier say in English is said in the language of the page."""
    genres = [
        Genre("opinion", "category “Editorial”"),
        Genre("report", "it opens with an agency’s dateline, “RABAT (MAP)”"),
        Genre("opinion", "7 questions of its own and 12 of 47 sentences of argument; nobody is quoted"),
        Genre("press release", "the text says “press contact”"),
        Genre("interview", "the headline says “Entretien”"),
        Genre("opinion", "tag “Opinion”"),
    ]
    check = Check("unread", not_run=(NotRun("wording", "translated: wording not checked"),))
    posts = [replace(arabic(), genre=genre) for genre in genres]
    claims = (replace(arabic().claims[0], origin="written", check=check),)
    provenance = notes({"chat": 1, "model gpt-x": 1, "translation GTranslate": 1, "release PR Newswire": 1})
    base = digest(*posts, replace(arabic(), claims=claims), language=language)
    covered = replace(
        base.coverage,
        words_dropped={rule.name: 3 for rule in RULES},
        provenance=tuple(Failure("عنوان", note) for note in provenance),
        posts_dropped=(Failure("عنوان", "outside the period"), Failure("عنوان", "the same post came twice")),
    )
    page = re.sub(r"\s+", " ", render(replace(base, coverage=covered, title="1"), "text"))
    for english in (
        *("category", "dateline", "questions of its own", "the text says", "the headline says", "tag “"),
        *("wording", "not checked", "The HTML", "may have been", "outside the period", "came twice"),
        *("sharing row", "related posts", "hidden:", "chat window", "reading time", "table of contents"),
    ):
        assert english not in page, english
    for kept in ("Editorial", "RABAT", "gpt-x", "GTranslate", "PR Newswire", "47"):
        assert kept in page


@pytest.mark.parametrize(
    ("language", "at_the_story", "counted"),
    [
        ("en", "for want of words of Finnish: negation, opposites", "of 3 checks 1 know Finnish"),
        ("de", "(Finnisch): Verneinung, Gegensätze", "1 von 3 Prüfungen kennen die Sprache (Finnisch)"),
    ],
)
@pytest.mark.parametrize("output", ["text", "markdown", "html"])
def test_a_language_that_checks_have_no_words_for_is_said_at_the_story_and_counted(
    language: str, at_the_story: str, counted: str, output: str
) -> None:
    missing = tuple(NotRun(check, "no words for it in Finnish") for check in ("negation", "polarity"))
    claim = replace(gaza().claims[0], origin="written", check=Check("unread", ("evidence", "numbers"), missing))
    summary = replace(gaza(), claims=(claim, claim))
    for value in (summary, digest(summary)):
        page = " ".join(render(value, output, language=language).replace("\\", "").split())
        assert page.count(at_the_story) == 1
        assert page.count(counted) == 1
        assert "no words for it" not in page
