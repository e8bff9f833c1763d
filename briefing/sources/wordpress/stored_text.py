"""What WordPress makes of a stored text when it shows it: the HTML that exports and wp-cli do not have.

Done here as far as the words go: the shortcodes of its own become what they hold (wp-includes/media.php), and blank
lines part paragraphs (`wpautop`, in wp-includes/formatting.php).
"""

from __future__ import annotations

import html
import re

_BLOCK_NAMES = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|address|"
    "style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption|details|menu|"
    "summary|script|iframe|video|audio|object"
)
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCK_NAMES})\b[^<>]*>", re.IGNORECASE)
_OPENED = re.compile(rf"(?:\s*{_BLOCK_TAG.pattern})+", re.IGNORECASE)
_CLOSED = re.compile(rf"(?:{_BLOCK_TAG.pattern}\s*)+\Z", re.IGNORECASE)
_KEPT = re.compile(r"<(pre|script|style|textarea)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_CAPTION = re.compile(r"\[(?:wp_)?caption\b([^\[\]]*)\](.*?)\[/(?:wp_)?caption\]", re.DOTALL)
_CAPTION_ATTRIBUTE = re.compile(r"""\bcaption=(?:"([^"]*)"|'([^']*)')""")
_IMAGE = re.compile(r"\s*((?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?)(.*)", re.DOTALL)
_EMBED = re.compile(r"\[embed\b[^\[\]]*\]\s*([^\s\[\]<>]+)\s*\[/embed\]")
_MEDIA = re.compile(r"(?<!\[)\[/?(?:gallery|playlist|audio|video)\b[^\[\]]*\]")
_ESCAPED = re.compile(r"\[(\[[\w-]+[^\[\]]*\])\]")


def shown(stored: str) -> str:
    """The HTML of a stored text: own shortcodes read, and paragraphs marked unless the block editor marked them."""
    text = stored.replace("\r\n", "\n").replace("\r", "\n")
    if "<!-- wp:" not in text:
        text = _paragraphs(text)
    text = _CAPTION.sub(_figure, text)
    text = _EMBED.sub(lambda match: f'<p><a href="{html.escape(match[1])}">{html.escape(match[1])}</a></p>', text)
    return _ESCAPED.sub(r"\1", _MEDIA.sub("", text))


def _figure(match: re.Match[str]) -> str:
    """A caption stands behind its image, or, before WordPress 3.4, in an attribute."""
    said = _CAPTION_ATTRIBUTE.search(match[1])
    image = _IMAGE.fullmatch(match[2])
    picture, behind = (image[1], image[2]) if image else ("", match[2])
    words = behind.strip() or (said and (said[1] or said[2])) or ""
    return f"<figure>{picture}<figcaption>{words}</figcaption></figure>"


def _paragraphs(text: str) -> str:
    """The text with its paragraphs and line breaks marked; what stands in <pre> and the like is left as it is."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\n\n<pre {len(kept) - 1}>\n\n"

    text = _TAG.sub(lambda match: match[0].replace("\n", " "), _KEPT.sub(keep, text))
    parted = _BLOCK_TAG.sub(lambda match: f"{match[0]}\n\n" if match[0][1] == "/" else f"\n\n{match[0]}", text)
    pieces = (piece.strip() for piece in _BLANK_LINE.split(parted))
    marked = "\n".join(_marked(piece) for piece in pieces if piece)
    return re.sub(r"<pre (\d+)>", lambda match: kept[int(match[1])], marked)


def _marked(piece: str) -> str:
    """A paragraph of the words between block tags; none in a block that is closed where it opened, as <li>a</li>."""
    opened, closed = _OPENED.match(piece), _CLOSED.search(piece)
    start, end = opened.end() if opened else 0, closed.start() if closed else len(piece)
    if start >= end:
        return piece
    words = piece[start:end].strip().replace("\n", "<br />\n")
    is_whole = start > 0 and end < len(piece)
    return piece[:start] + (words if is_whole else f"<p>{words}</p>") + piece[end:]
