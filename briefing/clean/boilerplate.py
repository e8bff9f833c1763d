"""What the cleaner drops, kept apart from how: one rule each, with what it takes, an example, and why.

A rule names elements, attributes, classes, ids, inline styles, or (where markup says nothing) a pattern of words. What
no rule names stays. `docs/cleaner.md` shows the same list to readers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from briefing.language.patterns import alternatives

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason for dropping an element: any of its marks is enough.

    `classes` and `ids` are whole names, compared as written. `attributes` maps a name to the value it must have, None
    for any. `style` is searched in the inline style. `line` is matched with a whole short block of text, `inside`
    with a part of one.
    """

    name: str
    takes: str
    example: str
    why: str
    elements: frozenset[str] = _NONE
    classes: frozenset[str] = _NONE
    ids: frozenset[str] = _NONE
    attributes: tuple[tuple[str, str | None], ...] = ()
    style: re.Pattern[str] | None = None
    line: re.Pattern[str] | None = None
    inside: re.Pattern[str] | None = None


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


SCRIPT = Rule(
    "script",
    "scripts, styles and templates",
    "<script>widgets.load()</script>",
    "No reader sees them.",
    elements=_names("script style template title link meta base"),
)
FRAME = Rule(
    "frame",
    "what a browser shows only where it cannot show the frame, film, sound or drawing",
    "<video>Your browser cannot play this.</video>, <noscript>, the text inside <iframe>",
    "Stands in for something else; readers see the thing itself, or the words twice.",
    elements=_names("iframe noembed noframes noscript video audio canvas object applet"),
)
DRAWING = Rule(
    "drawing",
    "the words inside SVG drawings, and the source of a formula beside the formula",
    '<svg><text x="3">2019</text></svg>',
    "Labels at coordinates; without the drawing they are words in no order.",
    elements=_names("svg annotation annotation-xml"),
    classes=_names("katex-mathml MathJax_Preview MJX_Assistive_MathML"),
)
HIDDEN = Rule(
    "hidden",
    "elements that a browser does not show, or that are meant for screen readers only",
    '<span class="screen-reader-text">(opens in a new tab)</span>, <p hidden>, <p style="display:none">',
    "Nobody reads them on the page; hidden text is also how instructions for machines are smuggled in.",
    elements=_names("datalist"),
    classes=_names(
        "screen-reader-text screen-reader-only sr-only visually-hidden visuallyhidden assistive-text u-visually-hidden "
        "elementor-screen-only element-invisible a11y-hidden show-for-sr govuk-visually-hidden is-visually-hidden"
    ),
    attributes=(("hidden", None),),
    style=re.compile(
        r"display:\s*none|visibility:\s*(?:hidden|collapse)|(?<!-)font-size:\s*0(?:px|r?em|pt|%)?\s*(?:;|!|$)"
        r"|(?:left|top|text-indent):\s*-\d{4,}(?:px|em|rem)?|clip:\s*rect\(\s*[01](?:px)?[,\s]+[01](?:px)?[,\s]",
        re.IGNORECASE,
    ),
)
RUBY = Rule(
    "ruby reading",
    "the reading set above or beside a word, and its brackets; the word stays",
    "<ruby>Rome<rt>rohm</rt></ruby> gives Rome",
    "In running text the reading would cut the word in two.",
    elements=_names("rt rp rtc"),
)
FORM = Rule(
    "form",
    "forms, buttons and fields (not links that look like buttons); a form that encloses most of a post is no form",
    '<button type="button">Sign up</button>',
    "They ask the reader to do something and say nothing.",
    elements=_names("form button textarea select"),
    classes=_names(
        "wpcf7 wpforms-container gform_wrapper mc4wp-form wp-block-jetpack-subscriptions jetpack_subscription_widget "
        "wp-block-search wp-block-mailpoet-subscription-form-block mailpoet_form ml-form-embed nf-form-cont"
    ),
)
SHARING = Rule(
    "sharing row",
    "rows of buttons for sharing and liking",
    '<div class="sharedaddy"><h3>Share this:</h3>…</div>',
    "Furniture of the site, the same under every post.",
    classes=_names(
        "sharedaddy sd-sharing-enabled sd-sharing sd-like jetpack-likes-widget-wrapper addtoany_share_save_container "
        "addtoany_content a2a_kit addthis_toolbox addthis_inline_share_toolbox at-share-btn-elements "
        "heateor_sss_sharing_container heateor_sss_sharing_ul the_champ_sharing_container essb_links ssba ssba-wrap "
        "ssba-classic-2 ssbp-wrap swp_social_panel social-share social_share social-sharing social-share-buttons "
        "share-buttons sharing-buttons share-links sharing-links post-share post-sharing entry-share share-post "
        "sfsi_Sicons sfsiaftrpstwpr sfsibeforpstwpr wp-block-jetpack-sharing-buttons "
        "wp-block-outermost-social-sharing elementor-widget-share-buttons et_social_inline mashsb-container wpusb "
        "shareaholic-canvas dpsp-content-wrapper dpsp-networks-btns-wrapper td-post-sharing novashare-buttons "
        "scriptlesssocialsharing fcbkbttn_buttons_block juiz_sps_links tve_social_items fb-share-button fb-like "
        "twitter-share-button ssk-group sharify-container"
    ),
)
RELATED_POSTS = Rule(
    "related posts",
    "boxes that lead to other posts",
    '<div class="jp-relatedposts"><h3>Related</h3>…</div>',
    "Other posts' headlines, which would pass for words of this one.",
    classes=_names(
        "jp-relatedposts jp-relatedposts-headline wp-block-jetpack-related-posts yarpp yarpp-related "
        "yarpp-related-website crp_related crp_related_block related-posts related_posts relatedposts related-post "
        "related-articles related-stories wp_rp_wrap wp_rp_content wp_rp rp4wp-related-posts wpr-related-posts "
        "jeg_inline_related_post td-related-row td_block_related_posts penci-inline-related-posts bs-irp "
        "irp-content-wrapper internal-linking-related-contents mvt-featured-post-block read-also also-read readalso "
        "wp-block-post-navigation-link post-navigation nav-links"
    ),
    ids=_names("jp-relatedposts related-posts related_posts relatedposts"),
)
CONTENTS = Rule(
    "table of contents",
    "boxes with a table of contents",
    '<div id="ez-toc-container">…</div>',
    "Repeats the headings that follow.",
    classes=_names(
        "ez-toc-container ez-toc-counter ez-toc-widget-container lwptoc wp-block-rank-math-toc-block "
        "wp-block-yoast-seo-table-of-contents yoast-table-of-contents wp-block-table-of-contents "
        "wp-block-uagb-table-of-contents uagb-toc__wrap wp-block-kadence-tableofcontents kb-table-of-content-nav "
        "elementor-toc elementor-widget-table-of-contents simpletoc simpletoc-list simpletoc-title "
        "wp-block-simpletoc-toc wp-block-aioseo-table-of-contents aioseo-toc-contents ftwp-in-post ftwp-container "
        "toc_container toc-container table-of-contents tableofcontents toc-box joli-toc "
        "ez-toc-title ez-toc-list toc_title toc_list"
    ),
    ids=_names("ez-toc-container toc_container toc-container table-of-contents ftwp-container toc joli-toc"),
)
_BEHIND_MINUTES = alternatives("page_furniture", "minutes_of_reading")
READING_TIME = Rule(
    "reading time",
    "lines that say how long the reading takes",
    '<span class="rt-reading-time">Reading Time: 3 minutes</span>',
    "Counted by a plugin; its number would pass for a figure of the post.",
    classes=_names(
        "span-reading-time rt-reading-time bsf-rt-reading-time yoast-reading-time__wrapper wp-block-post-time-to-read "
        "reading-time reading_time post-reading-time entry-reading-time estimated-reading-time readtime read-time"
    ),
    line=re.compile(
        rf"(?:{alternatives('page_furniture', 'reading_time')})\W{{0,4}}[^\w<]{{0,4}}"
        rf"(?:{alternatives('page_furniture', 'about')})?\s?[<≈~]?\s?\d{{1,3}}\s?(?:[-–]\s?\d{{1,3}}\s?)?\w{{0,10}}\.?"
        rf"(?: (?:{_BEHIND_MINUTES}))?"
        rf"|[<≈~]?\s?\d{{1,3}}[\s-](?:min(?:ute)?s?\.?)[\s-](?:{_BEHIND_MINUTES})"
        rf"|{alternatives('page_furniture', 'reading_time_lines')}",
        re.IGNORECASE,
    ),
)
AUTHOR = Rule(
    "author box",
    "boxes in which a plugin presents the author",
    '<div class="saboxplugin-wrap">…</div>',
    "The same under every post of the author; the loader knows who wrote it.",
    classes=_names(
        "saboxplugin-wrap abh_box author-box author_box authorbox post-author-box wp-author-box m-a-box "
        "molongui-author-box pp-multiple-authors-boxes-wrapper multiple-authors-boxes wp-post-author-wrap "
        "awpa-author-block wp-block-post-author starbox author-bio-box"
    ),
)
CHAT = Rule(
    "chat window",
    "the furniture of a chat window that was pasted along with its answer",
    '<div id="thread-bottom-container">…</div>',
    "The window's own controls and labels.",
    elements=_names("message-actions sources-list"),
    ids=_names("thread-bottom-container thread-bottom prompt-textarea"),
    attributes=(("data-testid", "webpage-citation-pill"), ("data-testid", "copy-turn-action-button")),
)
BUBBLE = Rule(
    "translation bubble",
    "the pop-up of a translation extension that was saved with the post",
    '<div class="jfk-bubble gtx-bubble">…</div>',
    "Part of the editor's browser, not of the post.",
    classes=_names("jfk-bubble gtx-bubble gtx-trans-icon"),
    ids=_names("gtx-trans gtx-anchor"),
)
SHORTCODE = Rule(
    "shortcode",
    "shortcodes of plugins that are gone; the text they enclose stays, and so does ordinary text in brackets",
    '[caption width="300"]A view[/caption] gives A view; [sic] and [12] stay',
    "Commands to a program.",
    inside=re.compile(r"\[(/?)([A-Za-z][\w-]*)((?:[\s/][^\[\]]*)?)\]"),
)

RULES: tuple[Rule, ...] = (
    SCRIPT,
    FRAME,
    DRAWING,
    HIDDEN,
    RUBY,
    FORM,
    SHARING,
    RELATED_POSTS,
    CONTENTS,
    READING_TIME,
    AUTHOR,
    CHAT,
    BUBBLE,
    SHORTCODE,
)
"""In the order in which they are asked; the first that fits gives its name to what it takes."""

ELEMENTS: Mapping[str, str] = {element: rule.name for rule in reversed(RULES) for element in rule.elements}
CLASSES: Mapping[str, str] = {name: rule.name for rule in reversed(RULES) for name in rule.classes}
IDS: Mapping[str, str] = {name: rule.name for rule in reversed(RULES) for name in rule.ids}
_ATTRIBUTES = tuple((name, value, rule.name) for rule in RULES for name, value in rule.attributes)
_STYLES = tuple((rule.style, rule.name) for rule in RULES if rule.style)
_LINES = tuple((rule.line, rule.name) for rule in RULES if rule.line)
LINE_CHARS = 60

# Shortcodes that take no quoted attribute, or none at all, and are no words of a sentence.
_SHORTCODE_NAMES = _names("gallery playlist caption wp_caption toc ez-toc contact-form contact-form-7 wpforms")
_SHORTCODE_PREFIXES = ("et_pb_", "vc_", "fusion_", "av_", "su_", "wpbakery_", "mk_", "cs_", "fl_", "x_", "tve_")
_LINE_SHORTCODE = re.compile(
    r"et_pb_|vc_|fusion_|av_|su_|mk_|cs_|fl_|.*(?:caption|gallery|section|row|column|col|tab|toggle|accordion|box|text|item)s?\b"
)
_QUOTED_VALUE = re.compile("[\\s/][\\w:.-]+\\s*=\\s*[\"'“”„″′‘’«»]")
_PLAIN_VALUE = re.compile(r"[\s/][\w:.-]+=\S")
_DIGIT = re.compile(r"\d")  # every line that a rule knows has one


def rule_of(element: str, attributes: Mapping[str, str | None]) -> str | None:
    """The name of the rule that drops this element with all that is in it, or None where it stays."""
    if rule := ELEMENTS.get(element):
        return rule
    for name, value, rule in _ATTRIBUTES:
        if name in attributes and value in (None, attributes[name]) and attributes[name] != "until-found":
            return rule
    for name in (attributes.get("class") or "").split():
        if rule := CLASSES.get(name):
            return rule
    if rule := IDS.get(attributes.get("id") or ""):
        return rule
    if element == "dialog" and "open" not in attributes:
        return HIDDEN.name
    style = attributes.get("style")
    return next((rule for pattern, rule in _STYLES if style and pattern.search(style)), None)


def rule_of_line(text: str) -> str | None:
    """The name of the rule that drops this whole block of text, or None where it stays."""
    if len(text) > LINE_CHARS or not _DIGIT.search(text):
        return None
    return next((rule for pattern, rule in _LINES if pattern.fullmatch(text)), None)


def without_shortcodes(text: str, closed: frozenset[str]) -> tuple[str, list[str]]:
    """The text without its shortcodes (what they enclose stays), and the shortcodes taken out.

    `closed` names the shortcodes that are closed somewhere in the post. A run of several leaves a line break behind,
    and so does one that lays out a page; a single one inside a line leaves nothing, for it may stand inside a word.
    """
    assert SHORTCODE.inside is not None
    kept: list[str] = []
    taken: list[str] = []
    end = 0
    for match in SHORTCODE.inside.finditer(text):
        if not _is_shortcode(match, closed):
            continue
        gap = text[end : match.start()]
        if taken and not gap.strip() and kept and kept[-1] != "\n":
            kept.append("\n")
        kept.append(gap)
        if _LINE_SHORTCODE.match(match[2]):
            kept.append("\n")
        taken.append(match[0])
        end = match.end()
    return ("".join(kept) + text[end:], taken) if taken else (text, taken)


def closed_shortcodes(text: str) -> frozenset[str]:
    """The names of the shortcodes that `[/name]` closes somewhere in the text."""
    return frozenset(match[2] for match in _matches(text) if match[1])


def _matches(text: str) -> list[re.Match[str]]:
    assert SHORTCODE.inside is not None
    return list(SHORTCODE.inside.finditer(text)) if "[/" in text else []


def _is_shortcode(match: re.Match[str], closed: frozenset[str]) -> bool:
    closing, name, values = match[1], match[2], match[3]
    if closing:
        return not values
    if name.startswith(_SHORTCODE_PREFIXES):
        return True
    if not values.strip("/ "):
        return name in closed or name in _SHORTCODE_NAMES
    if name in _SHORTCODE_NAMES or name in closed or "_" in name:
        return _PLAIN_VALUE.search(values) is not None or _QUOTED_VALUE.search(values) is not None
    return _QUOTED_VALUE.search(values) is not None
