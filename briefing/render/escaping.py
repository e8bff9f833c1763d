"""Outside text made harmless for one kind of output each: HTML, Markdown, plain text, JSON, and links in any of them.

Jinja2 escapes what a template prints by asking `finalize` first and HTML-escaping what is not `Markup` afterwards. The
environments of the renderer hand in the escaper of their format as `finalize`, so that no template can forget it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from urllib.parse import quote, urlsplit

# Control characters (C0, C1), the line and paragraph separators, every character of Unicode's Bidi_Control property,
# the byte order mark, and lone surrogates, which no encoder accepts.
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
_CONTROL = re.compile(f"[{_CONTROLS}]")
_SPACES = re.compile(r"[\s\u2028\u2029]+")

# Set by the renderer in plain text: what follows up to the next space is an address of ours and stays in one piece.
# Outside text cannot hold it, for `one_line` drops every control character.
KEEP = "\x02"
COLUMNS = 72
BLANKS = re.compile("\n\n\n+")

ISOLATE = {"ltr": "\u2066", "rtl": "\u2067"}
POP_ISOLATE = "\u2069"


def one_line(text: str) -> str:
    """The text on one line: white space runs become one space; control characters and bidi controls are dropped."""
    if text.isprintable() and "  " not in text:
        return text
    return _CONTROL.sub("", _SPACES.sub(" ", text))


# Backslash only what every dialect lets it escape; what some do not becomes a character reference instead.
_MARKDOWN = {character: f"\\{character}" for character in "\\`*_{}[]#"}
_MARKDOWN |= {"<": "&lt;", ">": "&gt;", "|": "&#124;", "~": "&#126;"}
_MARKDOWN_SYNTAX = re.compile(r"[\\`*_{}\[\]#<>|~&:.@!(]")  # one set of characters: anything more is ten times slower
_REFERENCE = re.compile(r"&#?\w+;")
_MARKDOWN_START = re.compile(r"(\s*)(?:([-+])|([=:])|(\d{1,9})([.)]))")


def _markdown_character(match: re.Match[str]) -> str:
    character, text, at = match[0], match.string, match.start()
    if escaped := _MARKDOWN.get(character):
        return escaped
    if character == "&":  # would be read as a character reference
        return "&#38;" if _REFERENCE.match(text, at) else "&"
    if character in "!(":  # marked takes what is escaped so for a picture within a link's text
        is_picture = text[at + 1 : at + 2] == "[" if character == "!" else text[max(0, at - 1) : at] == "]"
        return f"\\{character}" if is_picture else character
    if not _would_be_linked(character, text[max(0, at - 1) : at], text[at + 1 : at + 3]):
        return character
    return "\\." if character == "." else f"&#{ord(character)};"


def _would_be_linked(character: str, before: str, after: str) -> bool:
    """Whether some dialect would make an address of it: https://, www.example.org, a@b.example."""
    if character == ":":
        return after == "//"
    if character == ".":
        return (before.isalnum() or before == "_") and after[:1].isalpha()
    return (before.isalnum() or before in ("_", ".", "+", "-")) and (after[:1].isalnum() or after[:1] == "_")


def _markdown_start(match: re.Match[str]) -> str:
    space, marker, reference, number, stop = match.groups()
    if number:
        return f"{space}{number}\\{stop}"
    return f"{space}\\{marker}" if marker else f"{space}&#{ord(reference)};"


def markdown(text: str) -> str:
    """The text as Markdown that shows it as it is: no markup, link, image, HTML, table, list or heading comes of it."""
    text = _MARKDOWN_SYNTAX.sub(_markdown_character, one_line(text))
    start = _MARKDOWN_START.match(text)
    return _markdown_start(start) + text[start.end() :] if start else text


def json_safe(json: str) -> str:
    r"""The same JSON with `<` and every invisible control character as `\u` escapes: inert in a terminal or a page."""
    return re.sub(f"[<{_CONTROLS}\u200b\u2060-\u2065\u206a-\u206f]", lambda match: f"\\u{ord(match[0]):04x}", json)


# Addresses that come out as they went in: most of them, in a twentieth of the time.
_PLAIN_URL = re.compile(r"https?://((?:[a-z0-9-]+\.)+[a-z]+)(?:/[A-Za-z0-9/?#:@!$&+,;=%._~-]*)?")


def safe_url(url: str | None) -> str | None:
    """The address with everything but plain URL characters percent-encoded; None unless it is http(s) with a host.

    Addresses with a user name in them are refused: they exist to make `https://bank.example@evil.example` look right.
    """
    url = (url or "").strip(" ")
    if _PLAIN_URL.fullmatch(url):
        return url
    if re.search(f"[\t\n{_CONTROLS}]", url):
        return None
    try:
        parts = urlsplit(url)
        refused = parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or parts.port == 0
        ascii_host = host(url)
    except (ValueError, UnicodeError):
        return None
    if refused or not ascii_host:
        return None
    authority = ascii_host if parts.port is None else f"{ascii_host}:{parts.port}"
    rest = url[url.index("//") + 2 :][len(parts.netloc) :]
    return f"{parts.scheme}://{authority}{quote(rest, safe='/?#:@!$&+,;=%-._')}"


def host(url: str) -> str:
    """The host as it is looked up, in ASCII (`xn--…` shows what a look-alike hides). ValueError where it is none."""
    if match := _PLAIN_URL.fullmatch(url):
        return match[1]
    name = urlsplit(url).hostname or ""
    if not name.isascii():
        name = name.encode("idna").decode("ascii")
    if not re.fullmatch(r"[a-z0-9._-]+|[0-9a-f:.]+", name):
        raise ValueError(f"not a host name: {name!r}")
    return f"[{name}]" if ":" in name else name


def width(text: str) -> int:
    """The columns a terminal gives the text: two for a wide character, none for a combining or invisible one."""
    return len(text) if _NARROW.fullmatch(text) else sum(map(_character_width, text))


@lru_cache(maxsize=8192)
def _character_width(character: str) -> int:
    if character < "\u0300":
        return 1 if character >= " " else 0
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


# A line neither begins with the first nor ends with the second (the core of JIS X 4051's rules).
_NOT_FIRST = "、。，．・：；？！）］｝」』】〉》〕ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々…”’,.;:!?)]}"
_NOT_LAST = "（［｛「『【〈《〔“‘([{"


# Nothing outside of these is wide.
_MAYBE_WIDE = re.compile("[\u1100-\u115f\u231a-\u2b55\u2e80-\ud7ff\uf900-\uffff\U00010000-\U0010ffff]")


def _breakable(before: str, after: str) -> bool:
    """Whether a line may end between two characters with no space between them: beside a wide one it may."""
    if after in _NOT_FIRST or before in _NOT_LAST or not _character_width(after):
        return False
    return 2 in (_character_width(before), _character_width(after))


def _parts(word: str) -> Iterator[str]:
    """The word cut wherever a line may end in it."""
    start = 0
    for index in range(1, len(word) if _MAYBE_WIDE.search(word) else 0):
        if _breakable(word[index - 1], word[index]):
            yield word[start:index]
            start = index
    yield word[start:]


def _forced(part: str, columns: int) -> Iterator[str]:
    """The part cut at `columns` where it is longer, never before a combining mark."""
    line, used = "", 0
    for character in part:
        step = _character_width(character)
        if used + step > columns and step:
            yield line
            line, used = "", 0
        line += character
        used += step
    yield line


def _atoms(line: str, columns: int) -> Iterator[tuple[str, bool]]:
    """What may not be cut further, each with whether a space stands before it."""
    for word in line.split(" "):
        if KEEP in word or (len(word) <= columns // 2 and _NARROW.fullmatch(word)):
            yield word.replace(KEEP, ""), True
            continue
        spaced = True
        for part in _parts(word):
            for atom in _forced(part, columns) if len(part) > columns // 2 else (part,):
                yield atom, spaced
                spaced = False


_BULLET = re.compile(r"\s*(?:- |\d+\. |\[(?:[A-Z](?:\d+\.)?)?\d+\] )?")


def wrap(line: str, columns: int) -> list[str]:
    """The line as lines of at most `columns` columns, the later ones indented to the text after its bullet.

    Only an address of ours (marked `KEEP`) may be longer. Isolates are closed at the end of a line and opened again in
    the next: in plain text every line is a paragraph of its own, and a paragraph's end closes them anyway.
    """
    if len(line) <= columns and (len(line) * 2 <= columns or _NARROW.fullmatch(line)) and KEEP not in line:
        return [line]
    bullet = _BULLET.match(line)
    lead = bullet[0] if bullet else ""
    text, _, address = line[len(lead) :].partition(f" {KEEP}")
    if " " not in address and (lines := _filled(text, columns - len(lead))):
        return _indented(lead, lines, address, columns)
    return _wrapped(line, lead, columns)


def wrapped(text: str) -> str:
    """Plain text as it is sent: 72 columns, never more than one blank line."""
    text = BLANKS.sub("\n\n", text).strip()
    lines: list[str] = []
    for line in text.split("\n"):
        lines += [line] if not line else [out.rstrip() for out in wrap(line, COLUMNS)]
    return "\n".join(lines) + "\n"


# Characters of one column each: Latin, Greek, Cyrillic, Hebrew and Arabic letters, and common marks.
_NARROWS = (
    " -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0587"
    "\u05d0-\u05ea\u060c\u061b\u061f\u0621-\u064a\u0660-\u066f\u2010-\u2027"
)
_NARROW = re.compile(f"[{_NARROWS}]*")
# Of two columns each: Chinese and Japanese characters, their punctuation, and Korean syllables.
_WIDES = "\u3001-\u3029\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60"
_WIDE = re.compile(f"[{_WIDES}]")
_ISOLATES = f"{ISOLATE['ltr']}{ISOLATE['rtl']}{POP_ISOLATE}"
_ISOLATING = re.compile(f"[{_ISOLATES}]")
_KNOWN = re.compile(f"[{_NARROWS}{_WIDES}{_ISOLATES}]*")
_SECOND = "\x03"  # stands for the second column of a wide character while lines are filled


@cache
def _filling(columns: int) -> re.Pattern[str]:
    first, last = re.escape(_NOT_FIRST), re.escape(_NOT_LAST)
    beside_wide = rf"(?<![{last}])(?<![{last}]{_SECOND})(?:(?<={_SECOND})(?![{first}])|(?=[{_WIDES}])(?![{first}]))"
    text = rf"(?:[{_ISOLATES}]*[^{_ISOLATES}]){{1,{columns}}}{POP_ISOLATE}*"
    return re.compile(rf"({text})(?: +|$|(?!{_SECOND}){beside_wide})")


def _filled(text: str, columns: int) -> list[str]:
    """The text as lines as full as can be; none where a word of it is longer than a line, or a character not known."""
    if _NARROW.fullmatch(text):
        return _filled_narrow(text, columns)
    if not _KNOWN.fullmatch(text):
        return []
    if not _WIDE.search(text):
        return list(_closed(_filled_by_words(text, columns)))
    text = _WIDE.sub(rf"\g<0>{_SECOND}", re.sub(f" +({POP_ISOLATE}+)", r"\1 ", text))
    lines = _filling(columns).findall(text)
    return list(_closed([line.replace(_SECOND, "") for line in lines]) if _same(lines, text) else ())


def _filled_narrow(text: str, columns: int) -> list[str]:
    """The same for text whose characters take one column each."""
    lines, start = [], 0
    while len(text) - start > columns:
        end = text.rfind(" ", start, start + columns + 1)
        if end < start:
            return []
        lines.append(text[start:end])
        start = end + 1
    return [*lines, text[start:]]


def _filled_by_words(text: str, columns: int) -> list[str]:
    """The same for text without wide characters; isolates take no column."""
    lines: list[str] = []
    left = 0
    for word in text.split(" "):
        step = len(word) if word.isprintable() else len(_ISOLATING.sub("", word))
        if step > columns:
            return []
        if step < left:
            lines[-1] += f" {word}"
            left -= step + 1
        else:
            lines.append(word)
            left = columns - step
    return lines


def _same(lines: Iterable[str], text: str) -> bool:
    return "".join(lines).replace(" ", "") == text.replace(" ", "")


def _closed(lines: Iterable[str]) -> Iterator[str]:
    """The lines, each with its isolates closed at its end and opened again in the next."""
    opened = ""
    for line in lines:
        whole = opened + line
        opened = _opened("", whole)
        yield whole.rstrip(" ") + POP_ISOLATE * len(opened)


def _indented(lead: str, lines: list[str], address: str, columns: int) -> list[str]:
    """The lines of a text after its bullet, with an address of ours at its end if there is one."""
    if address and width(lead + lines[-1]) + 1 + len(address) <= columns:
        lines[-1] += f" {address}"
    elif address:
        lines.append(address)
    return [lead + lines[0], *(" " * len(lead) + line for line in lines[1:])]


def _wrapped(line: str, lead: str, columns: int) -> list[str]:
    indent = " " * width(lead)
    lines, current, used, opened = [], lead, width(lead), ""
    is_fresh = True
    for atom, spaced in _atoms(line[len(lead) :], columns - len(indent)):
        step = width(atom)
        if not is_fresh and used + spaced + step > columns:
            lines.append(current + POP_ISOLATE * len(opened))
            current, used, is_fresh = indent + opened, len(indent), True
        gap = " " if spaced and not is_fresh else ""
        current += gap + atom
        used += len(gap) + step
        is_fresh = False
        opened = _opened(opened, atom)
    return [*lines, current]


def _opened(opened: str, text: str) -> str:
    """The isolates still open after the text."""
    for character in "" if text.isascii() else _ISOLATING.findall(text):
        opened = opened[:-1] if character == POP_ISOLATE else opened + character
    return opened
