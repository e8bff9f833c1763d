"""Where sentences end: any script, offsets only, nothing lost.

One regular expression finds the candidates (a run of terminal marks with the closing quotes and brackets behind it);
what stands before and after each of them decides. The marks are those of Sentence_Terminal in Unicode's
SentenceBreakProperty.txt, and the rules are UAX #29's SB6 to SB11 with what it leaves to tailoring: abbreviations,
initials, ordinals, ellipses (three dots are a pause, four end a sentence: Chicago Manual of Style 13.53), quotations
and list numbers.

Choices that are ours:

- A quotation or parenthesis of up to `_PAIR_CHARS` characters is never cut inside, so that quoted words keep the
  "he said" that tells whose they are. A longer one is cut like other text.
- A line break inside a block (from `<br>`) ends a sentence, unless the line obviously runs on: the next line begins
  in lower case, or this one ends with a comma, a dash or an open bracket, or a Japanese line ends with a particle.
- When in doubt no cut is made: a sentence too long is still evidence, a half one may say something else.

Every step is linear in the length of the text, whatever the text: no part of a pattern can be tried twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from briefing.language.abbreviations import AbbreviationList, words_of
from briefing.language.patterns import alternatives, word_list
from briefing.language.profile import profile
from briefing.types import Span

_PAIR_CHARS = 300
_LONG_CHARS = 300
_WORD_CHARS = 24  # no abbreviation is longer

# Sentence_Break=STerm of UAX #29 (plane 0, living scripts) that end a sentence with or without a space behind.
# U+104A, Myanmar's comma, is left out.
_SPACELESS = "։؝؞؟۔܀܁܂߹।॥။።፧፨᙮។៕᠃᠉᭚᭛᭞᭟᰻᰼᱾᱿⸮꓿꛳꛷꣎꣏꤯꧈꧉꩝꩞꩟꫰꫱꯫︒︕︖﹖﹗。！？｡"
_SPACED = ".!?…‼‽⁇⁈⁉．"
_COMMON_MARKS = "?!…۔؟।。！？።။។։‼⁇⁉⁈．"
_CLOSERS = r"(?:[\"'“”’»)\]}›」』】》〉）］｝〕〗]|(?<=[^\s»])[ \u00a0\u202f]»(?![^\W_])|\[[\d*†a-z]{1,3}\]|[¹²³⁰⁴-⁹])"
_OPENERS = "⁃•\"'“”‘’„‚«»‹›([{¿¡*_—–-「『【《〈（［｛・#@"
# What quotes or brackets a passage, by the mark that opens it. No pattern looks further than `_PAIR_CHARS` or the next
# mark of its own kind, so that a text of nothing but opening marks costs no more than another.
_PAIRS = {
    opener: rf"{re.escape(opener)}[^{re.escape(opener + closers)}]{{0,{_PAIR_CHARS}}}[{re.escape(closers)}]"
    for pair in ("“”", "„“”", "«»", "»«", "()", "[]", "「」", "『』", "《》", "【】", "（）")
    for opener, closers in [(pair[0], pair[1:])]
}
_PAIRS |= {
    '"': rf'"(?<![\w.,!?]")(?=\S)[^"]{{1,{_PAIR_CHARS}}}"(?!\w)',
    " '": rf" '(?=\w)[^']{{1,{_PAIR_CHARS}}}(?:'\w[^']{{0,80}}){{0,3}}'(?!\w)",
    " ‘": rf" ‘(?=\w)[^‘’]{{1,{_PAIR_CHARS}}}(?:’\w[^‘’]{{0,80}}){{0,3}}’(?!\w)",
}
_ASCII_OPENINGS = ('"', "(", " '", "[")
_OPENINGS = tuple(_PAIRS)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
_WORD = re.compile(rf"\w{{1,{_WORD_CHARS}}}")
_ROMAN = re.compile(r"[IVXLC]{1,6}")
_EMOJI = re.compile(
    r"(?:\s?[\u2600-\u26ff\u2764\u2728\u2b50\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff][\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff]*+)++"
)
_POINTING = frozenset("👉👇👆➡▶►✅✔❌⚠📌📍🔴🔵🔹🔸🔥")
_LINE_BREAK = re.compile(r"\n\s*+")
_RUNS_ON = frozenset(",،、，-–—(（[「«“„/&+;:".replace(":", ""))
_CLOSED = frozenset("\"'”’»)]")
_PARTICLES = word_list("abbreviations", "run_on")
_BULLETS = "•⁃●▪■◦‣·∙"
_LOWER_OPENERS = frozenset(_BULLETS + "¿¡")
_ROW_CHARS = 60
_LIST_OPENERS = frozenset(_BULLETS + "(a123456789")
_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_UNUSUAL_FIRST = _LIST_OPENERS | frozenset(_SPACES)  # code, and what calls `split`, may be indented
_ITEM = re.compile(
    rf"(?P<bullet>[{_BULLETS}]?)(?P<gap>\s?)(?P<open>\(?)(?P<label>\d{{1,3}}|[a-z])(?P<close>\.\)|[.)])\s"
)
_NAME_PARTICLES = word_list("abbreviations", "name_particles")
_ELIDED = word_list("abbreviations", "elided")
# Lower-case endings with a full stop after each letter that do close a sentence: "and so on", "B.C."
_CLOSING_LETTERS = tuple(word_list("abbreviations", "closing_letters"))


class _Rules(NamedTuple):
    language: str
    ends: re.Pattern[str]
    full_stops: re.Pattern[str]  # the same, where no other mark stands in the text
    words: AbbreviationList
    tails: frozenset[str]  # the last three letters of the abbreviations that have so many


class _Search(NamedTuple):
    """A text, where a sentence may end in it (and once behind it), and the marks in it that open a quotation."""

    text: str
    rules: _Rules
    ends: list[Span]
    openings: tuple[str, ...]


def split(text: str, language: str) -> list[Span]:
    """The (start, end) offsets of the sentences of one block; only white space lies between and around them.

    `language` is a BCP 47 tag or "und": it chooses the abbreviations, never whether a script is understood.
    """
    end = len(text.rstrip())
    return split_blocks(text, [(0, end)], language)[0] if end else []


def split_blocks(text: str, blocks: Sequence[Span], language: str) -> tuple[list[Span], list[int]]:
    """The sentences of the blocks of a text in one list, and how many there are up to the end of each block.

    Blocks stand one behind another with a blank line between them, and end with something visible. The text is
    searched once as a whole: most blocks are a sentence or two, and a search for each of them takes longer.
    """
    rules = _rules(language)
    pattern = rules.full_stops if _has_only_full_stops(text) else rules.ends
    ends = [match.span() for match in pattern.finditer(text)]
    ends.append((len(text), len(text) + 1))
    openings = _ASCII_OPENINGS if text.isascii() else _OPENINGS
    search = _Search(text, rules, ends, tuple(filter(text.__contains__, openings)))
    is_single_lines = text.count("\n") == 2 * (len(blocks) - 1)  # most often: then no block need be looked at
    spans: list[Span] = []
    counts: list[int] = []
    at = 0
    for start, end in blocks:
        while ends[at][0] < start:
            at += 1
        if text[start] in _UNUSUAL_FIRST or not (is_single_lines or text.find("\n", start, end) < 0):
            at = _split_lines(search, start, end, at, spans)
        elif ends[at][1] >= end:
            spans.append((start, end))
        else:
            at = _split_line(search, start, end, at, spans)
        counts.append(len(spans))
    return spans, counts


@lru_cache(maxsize=256)
def _rules(language: str) -> _Rules:
    primary = language.replace("_", "-").split("-")[0].lower()
    marks = _SPACED + _SPACELESS
    if primary == "el":
        marks += ";\u037e"
    elif primary == "hy":
        marks = marks.replace(".", "") + ":"  # the full stop is Armenian's colon, the colon its full stop
    mark = f"[{re.escape(marks)}]"
    rest = rf"{mark}*+(?: \.(?!\.))*+{_CLOSERS}*+"
    words = words_of(primary)
    first = mark if primary in ("el", "hy") else r"\."
    tails = frozenset(word[-3:] for word in words.known if len(word) > 2)
    return _Rules(primary, re.compile(mark + rest), re.compile(first + rest), words, tails)


def _split_lines(search: _Search, start: int, end: int, at: int, spans: list[Span]) -> int:
    """As `_split_line`, for a block that may hold several lines, or a list written in a row."""
    for line_start, line_end in _lines(search.text, start, end):
        for item_start, item_end in _items(search.text, line_start, line_end):
            at = _split_line(search, item_start, item_end, at, spans)
    return at


def _lines(text: str, start: int, stop: int) -> Iterator[Span]:
    """The parts of `text[start:stop]` that line breaks separate, stripped; its last character is visible."""
    while text[start].isspace():
        start += 1
    for gap in _LINE_BREAK.finditer(text, start, stop):
        end = _line_end(text, gap.start())
        if not _runs_on(text, end, gap):
            yield start, end
            start = gap.end()
    yield start, stop


def _line_end(text: str, end: int) -> int:
    """Where the line that is broken at `end` ends, without the white space before the break."""
    while text[end - 1].isspace():
        end -= 1
    return end


def _runs_on(text: str, end: int, gap: re.Match[str]) -> bool:
    """Whether the line before this break goes on behind it."""
    if gap[0].count("\n") > 1:
        return False
    before, after = text[end - 1], text[gap.end()]
    if before in _RUNS_ON or before in _PARTICLES:
        return True
    is_within_words = before.islower() or before.isupper() or before in _CLOSED
    return is_within_words and _is_lower(after) and not text.startswith(("http", "www."), gap.end())


def _items(text: str, start: int, end: int) -> Iterator[Span]:
    """The line, or its items when it is a list written in a row: "1. One 2. Two", "a) one b) two", "• one • two"."""
    if text[start] not in _LIST_OPENERS:
        yield start, end
        return
    for cut in _item_starts(text, start, end):
        yield start, _line_end(text, cut)
        start = cut
    yield start, end


def _item_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Where the second and later items of a list written in a row begin."""
    first = _ITEM.match(text, start, end)
    if first is None:
        yield from _bullet_starts(text, start, end)
        return
    label = first["label"]
    if not first["bullet"] and label not in ("1", "a"):
        return
    at = start
    while True:
        label = str(int(label) + 1) if label.isdigit() else chr(ord(label) + 1)
        marker = f" {first['bullet']}{first['gap']}{first['open']}{label}{first['close']} "
        at = text.find(marker, at, end) + 1
        if not at:
            return
        yield at


def _bullet_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Where the second and later bullets stand in a line that begins with one."""
    if text[start] not in _BULLETS:
        return
    marker = f" {text[start]} "
    at = text.find(marker, start, end) + 1
    while at:
        yield at
        at = text.find(marker, at, end) + 1


def _split_line(search: _Search, start: int, end: int, at: int, spans: list[Span]) -> int:
    """Append the sentences of `text[start:end]`, which begins and ends with something visible.

    `at` is the index of an end no later than the first in the line; the index of one no later than the next line's is
    given back.
    """
    text, rules, ends, _ = search
    tails, line_start = rules.tails, start
    paired: Iterator[Span] | None = None
    pair_start = pair_end = -1
    while ends[at][0] < start:
        at += 1
    while True:
        mark, stop = ends[at]
        if stop >= end:
            break
        at += 1
        before = text[mark - 3 : mark]
        following = text[stop]
        if (
            following == " "
            and text[stop + 1].isupper()
            and before.islower()
            and before.isalpha()
            and before not in tails
        ):
            after = stop + 1  # nearly all ends: a word that is no abbreviation, a mark, a space, a capital
        elif following.isspace():
            stop, after = _next_visible(text, stop, end)
            if after >= end or not _ends_before_space(text, start, mark, stop, after, end, rules):
                continue
        elif _ends_without_space(text, start, mark, stop, rules):
            after = stop
        else:
            continue
        while pair_end < stop:
            if paired is None:
                paired = _pairs(search, line_start, end)
            pair_start, pair_end = next(paired, (end, end))
        if pair_start < mark and stop < pair_end:
            continue
        spans.append((start, stop))
        start = after
    spans.append((start, end))
    return at


def _has_only_full_stops(text: str) -> bool:
    """Whether no other terminal mark stands in the text; then the search is several times as fast."""
    if text.isascii():
        return "?" not in text and "!" not in text
    if len(text) < _LONG_CHARS or text[-1] >= "\u0530" or text[len(text) // 2] >= "\u3000":
        return False
    return not any(map(text.__contains__, _COMMON_MARKS))


def _pairs(search: _Search, start: int, end: int) -> Iterator[Span]:
    """The short quotations and parentheses of `text[start:end]`; a sentence does not end inside them."""
    text = search.text
    openings = [opening for opening in search.openings if text.find(opening, start, end) >= 0]
    if not openings:
        return iter(())
    return (match.span() for match in _pair_pattern("\n".join(openings)).finditer(text, start, end))


@lru_cache(maxsize=1024)
def _pair_pattern(openings: str) -> re.Pattern[str]:
    """The pattern of the pairs with these openings, joined by line breaks; fewer alternatives are found faster."""
    return re.compile("|".join(_PAIRS[opening] for opening in openings.split("\n")))


def _next_visible(text: str, stop: int, end: int) -> Span:
    """Where the sentence stops, emoji that close it included, and where the next visible character stands."""
    after = stop + 1
    while text[after].isspace():
        after += 1
    if text[after] >= "\u2600" and text[after] not in _POINTING:
        emoji = _EMOJI.match(text, stop, end)
        if emoji and (emoji.end() == end or text[emoji.end()].isspace()):
            stop = after = emoji.end()
            while after < end and text[after].isspace():
                after += 1
    return stop, after


def _ends_before_space(text: str, start: int, mark: int, stop: int, after: int, end: int, rules: _Rules) -> bool:
    """Whether the sentence that began at `start` ends with the marks `text[mark:stop]`; `after` is what follows."""
    head = after
    if not text[after].isalnum():
        while head < after + 5 and head + 1 < end and (text[head] in _OPENERS or text[head].isspace()):
            head += 1
    following = text[head]
    if _is_lower(following) and text[after] not in "#@" and not text[head + 1 : head + 2].isupper():
        return _ends_before_lower(text, mark, stop, after, end, rules)
    if text[mark] == ".":
        if text[mark + 1] == "." or (stop > mark + 2 and text[mark + 1 : mark + 3] == " ."):
            return _ends_at_dots(text, mark, stop, head, rules)
        return _ends_at_full_stop(text, start, mark, after, head, rules)
    if text[mark] == "…":
        return _ends_at_dots(text, mark, stop, head, rules)
    return text[mark] in _SPACED or not _is_spoken_on(text, mark, stop, after)


def _ends_before_lower(text: str, mark: int, stop: int, after: int, end: int, rules: _Rules) -> bool:
    """Whether a sentence in lower case begins: behind a bullet, "¿" or an ellipsis, or in a row of questions."""
    if text[after] in _LOWER_OPENERS or _starts_with_dots(text, after, stop - mark):
        return True
    if text[mark] != "?" or stop != mark + 1:
        return False
    following = rules.ends.search(text, after, min(after + _ROW_CHARS, end))
    return following is not None and following[0][0] == "?"


def _starts_with_dots(text: str, after: int, length: int) -> bool:
    """Whether an ellipsis opens what follows a single full stop: "It was so. ...and then"."""
    return length == 1 and (text.startswith("...", after) or text[after] == "…")


def _ends_at_dots(text: str, mark: int, stop: int, head: int, rules: _Rules) -> bool:
    """Whether an ellipsis ends the sentence, given that no lower case follows."""
    before = text[mark - 1] if mark else " "
    if before in "[(":
        return False
    if text[mark + 1] == " ":
        return text.count(".", mark, stop) > 3
    if before.isspace():
        return _is_starter(text, head, rules)
    return True


def _ends_at_full_stop(text: str, start: int, mark: int, after: int, head: int, rules: _Rules) -> bool:
    """Whether a single full stop ends the sentence, given that no lower case follows."""
    words = text[max(start, mark - _WORD_CHARS) : mark].rsplit(None, 1)
    if not words:
        return False
    word = words[-1].lstrip(_OPENERS)
    if not word:
        return True
    if word[-1].isdigit():
        return _ends_at_number(text, start, mark, word, head, rules)
    if not word.isalpha():
        word = re.split(r"[’')]", word)[-1]
    if not 0 < len(word) < 10:
        return True
    return _ends_at_word(text, start, mark, word, head, rules)


def _ends_at_word(text: str, start: int, mark: int, word: str, head: int, rules: _Rules) -> bool:
    lists = rules.words
    if mark > 3 and len(word) < 4 and (text.startswith(_CLOSING_LETTERS, mark - 4) or word in _CLOSING_LETTERS):
        return True
    if word in lists.never:
        return False
    if word in lists.number and text[head].isdigit():
        return False
    if len(word) < 2:
        return _ends_at_letter(text, start, mark, word, head, rules)
    if "." in word:
        return (
            max(map(len, word.split("."))) > 4
            or text.startswith(_CLOSING_LETTERS, mark - 3)
            or _is_starter(text, head, rules)
        )
    if word in lists.sometimes or (word.isupper() and _is_abbreviated_capitals(word, rules)):
        return _is_starter(text, head, rules)
    return True


def _is_abbreviated_capitals(word: str, rules: _Rules) -> bool:
    """Whether these capitals are a title in capitals ("DR. SMITH") or a regnal number that takes a full stop."""
    if word.capitalize() in rules.words.never:
        return True
    return profile(rules.language).regnal_stop and _ROMAN.fullmatch(word) is not None


def _ends_at_letter(text: str, start: int, mark: int, letter: str, head: int, rules: _Rules) -> bool:
    """Whether the sentence ends with a single letter: an initial, an abbreviation, or the last word."""
    if not letter.isalpha() or letter >= "\u0e00":
        return True
    if _opens_sentence(text, start, mark - 1):
        return False
    if letter.islower() and letter < "\u0370" and letter not in rules.words.known and text[mark - 3 : mark - 2] != ".":
        return True
    following = _WORD.match(text, head)
    return following is not None and following[0] not in _NAME_PARTICLES and _is_starter(text, head, rules)


def _ends_at_number(text: str, start: int, mark: int, word: str, head: int, rules: _Rules) -> bool:
    """Whether the sentence ends with a number: not where it numbers a list item or is an ordinal."""
    if len(word) > 3 or not word.isdigit():
        return True
    if _opens_sentence(text, start, mark - len(word)):
        return False
    return not profile(rules.language).ordinal_stop or text[head].isdigit() or _is_starter(text, head, rules)


def _opens_sentence(text: str, start: int, at: int) -> bool:
    """Whether nothing but a bullet, a bracket or a number stands between the sentence's start and `at`."""
    return at - start < 7 and not any(map(str.isalpha, text[start:at]))


def _is_starter(text: str, head: int, rules: _Rules) -> bool:
    """Whether a word stands at `head` that often opens a sentence."""
    if text[head - 1] in "¿¡":
        return True
    following = _WORD.match(text, head)
    if following is None:
        return False
    word = following[0]
    if len(word) == 1 and text[following.end() : following.end() + 1] == ".":
        return False  # one more initial
    return word in rules.words.starters or (
        word in _ELIDED and text[following.end() : following.end() + 1] in ("’", "'")
    )


def _ends_without_space(text: str, start: int, mark: int, stop: int, rules: _Rules) -> bool:
    """Whether marks with no space behind them end a sentence: those of scripts that write none, or before CJK.

    In Cyrillic and Greek, where a full stop inside a word is no file or host name, also a forgotten space.
    """
    if text[mark] in _SPACELESS:
        return not _is_spoken_on(text, mark, stop, stop)
    if text[mark] == "．":
        return not text[stop].isalnum() or _CJK.match(text, stop) is not None
    if "\u0370" <= text[mark - 1] < "\u0530" and _is_lower(text[mark - 1]) and text[stop].isupper():
        return text[mark] != "." or _ends_at_full_stop(text, start, mark, stop, stop, rules)
    if text[mark] == "…" and text[stop].isupper():
        return _is_lower(text[mark - 1])
    if text[mark] == "…" or not _CJK.match(text, stop):
        return False
    return text[mark] != "." or (mark > 0 and _CJK.match(text, mark - 1) is not None)


_SPEECH = re.compile(
    rf"[，,、：]|[ぁ-ん]|[^，。！？「“\s]{{0,6}}?(?:{alternatives('reporting_verbs', 'behind_quotation')})"
)


def _is_spoken_on(text: str, mark: int, stop: int, after: int) -> bool:
    """Whether a closed quotation is carried on by the words behind it: 「…。」と述べた, “……！”他说。"""
    return text[stop - 1] in "」』”》）)" and stop - mark > 1 and _SPEECH.match(text, after) is not None


def _is_lower(character: str) -> bool:
    """Whether this is a lower-case letter of a script that capitalises sentences; Georgian does not, yet has case."""
    return character.islower() and not "\u10d0" <= character <= "\u10ff"
