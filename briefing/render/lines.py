"""One claim as one line of the page: whose word it is and how firm, its words of doubt, the sentences it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import count

from briefing.language.script import direction
from briefing.render.catalogue import Catalogue
from briefing.render.escaping import host, one_line, safe_url
from briefing.render.view_model import BlockView, LineView, Link, Note, Outside, PlainWords, TextPiece
from briefing.types import Claim, DateAhead, EngineName, Evidence, PostCard, Speaker

NO_WORDS = "no words for it in "
"""How the note opens that a check does not know the claim's language; the language's name in English follows."""
_QUOTES = '“”«»" '
_RULES: Mapping[str, str] = {
    "asserted": "firm",
    "reported": "leaning",
    "alleged": "leaning",
    "conditional": "loose",
    "possible": "loose",
    "denied": "denied",
}


@dataclass(frozen=True, slots=True)
class Home:
    """A post that lines may rest on: what stands before the number in its markers, and its place among the posts."""

    prefix: str
    card: PostCard
    engine: EngineName = "extractive"
    place: int = 0


@dataclass(frozen=True, slots=True)
class Lines:
    """Lays out claims that rest on the posts of `homes`, by post key; `id` opens the names of their lines.

    `copies` are posts with another's text: their sentences are not shown beside the same ones of the original.
    """

    labels: Catalogue
    homes: Mapping[str, Home]
    id: str = ""
    copies: frozenset[str] = frozenset()
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def ours(self, text: str) -> PlainWords:
        return PlainWords(text, self.labels.direction, self.labels.language, is_ours=True)

    def line(self, claim: Claim, *, is_firmness_said: bool = False, opening: Iterable[PlainWords] = ()) -> LineView:
        """The claim; `opening` stands before whose word it is, and how firm it is is said where that is nothing new."""
        asks = claim.kind == "question"
        words = outside(claim.text, self.language(claim))
        return LineView(
            words=words,
            pieces=tuple(pieces(words.text, [one_line(hedge) for hedge in claim.hedges])),
            rule="" if asks else _RULES.get(claim.certainty, "firm"),
            voice=_capital((*opening, *self.voice(claim, is_firmness_said))),
            notes=tuple([self.note(evidence, words.text) for evidence in self.grounds(claim)]),
            stronger=() if asks else tuple([self.note(e, "") for e in claim.put_more_strongly]),
            # The source's own words need no checking against it.
            remarks=() if claim.origin == "selected" else tuple(self.remarks(claim)),
            id=self.name(),
            editors=() if claim.origin != "editor" else tuple(self.editors(claim)),
            mark=claim.check.verdict if claim.check else "",
            mark_label=self.mark_label(claim),
        )

    def checked(self, claim: Claim) -> LineView:
        """A line of a text that was checked: what is not accounted for is marked, and why it is not carried said."""
        line, check = replace(self.line(claim), voice=()), claim.check
        if check is None or check.verdict in ("carried", "read"):
            return replace(line, remarks=())
        reasons = [self.labels.sentence(reason) or reason for reason in check.reasons]
        astray = [one_line(word) for word in check.at_fault or check.unaccounted]
        said = ours_of(self.labels["semicolon"].join(reasons), self.labels)
        return replace(
            line,
            pieces=tuple(unaccounted(line.words.text, astray)),
            remarks=((self.labels[f"mark.{check.verdict}"], said),) if reasons else (),
        )

    def mark_label(self, claim: Claim) -> str:
        """Who vouches for the line, in words: by whom it was read, where it was."""
        if claim.check is None:
            return ""
        if claim.check.verdict != "read" or not claim.check.reader:
            return self.labels[f"mark.{claim.check.verdict}"]
        reader = claim.check.reader
        return self.labels["read_by"].format(who=self.labels["second_reader"] if reader == "second reader" else reader)

    def editors(self, claim: Claim) -> Iterator[PlainWords]:
        """That the line is a person's, and that it rests on nothing where it does."""
        if claim.origin == "editor":
            yield self.ours(self.labels["editor"])
            if not claim.evidence:
                yield self.ours(self.labels["no_evidence"])

    def grounds(self, claim: Claim) -> Sequence[Evidence]:
        """The sentences it rests on, without those of copies where others say the same."""
        if not self.copies:
            return claim.evidence
        return [e for e in claim.evidence if e.post not in self.copies] or claim.evidence

    def plain_line(self, text: str, language: str = "") -> LineView:
        """A line that rests on no sentence."""
        words = outside(text, language)
        return LineView(words, (TextPiece(words.text, is_doubt=False),), "", (), ())

    def ahead(self, date: DateAhead, shown: frozenset[tuple[str, int]]) -> LineView:
        """The day and its sentence; where that already stands above, no more than the words of the date."""
        evidence, day = date.evidence, self.labels.day(date.day) if date.day else ""
        language = self.homes[evidence.post].card.language if evidence.post in self.homes else ""
        words = outside(evidence.quote, language)
        voice = (self.ours(day),) if day else ()
        if (evidence.post, evidence.sentence) in shown:
            is_short = one_line(date.text) != words.text
            words = outside(date.text, language) if is_short or not day else self.ours(day)
            voice = voice if words.text != day else ()
        notes = (self.note(evidence, evidence.quote),)
        return LineView(words, (TextPiece(words.text, is_doubt=False),), "", voice, notes, id=self.name())

    def name(self) -> str:
        """The name of the next line on the page; none where the lines have no names."""
        return f"{self.id}-{next(self.numbers)}" if self.id else ""

    def language(self, claim: Claim) -> str:
        """The language of the post it rests on, of the page where it was translated, "" where there is no post."""
        if claim.translated_from:
            return self.labels.language
        return next((self.homes[e.post].card.language for e in claim.evidence if e.post in self.homes), "")

    def note(self, evidence: Evidence, beside: str) -> Note:
        home = self.homes.get(evidence.post)
        quote = outside(evidence.quote, home.card.language if home else "")
        return Note(
            marker=f"{home.prefix if home else ''}{evidence.sentence}",
            sentence=evidence.sentence,
            quote=quote,
            link=link_to(evidence.url),
            is_shown=is_whole(quote.text, beside),
            place=(home.place if home else 0, evidence.sentence),
        )

    def voice(self, claim: Claim, is_firmness_said: bool) -> Iterator[PlainWords]:
        """Whose word it is and how firm, as far as that is known; nothing where the text simply states it."""
        home = next((self.homes[e.post] for e in claim.evidence if e.post in self.homes), None)
        usual = "written" if home and home.engine == "model" else "selected"
        yield from self.editors(claim)
        if claim.origin not in (usual, "editor"):
            yield self.ours(self.labels[claim.origin])
        if claim.speaker:
            yield from (words for words in self.speaker(claim.speaker, home) if words.text)
        is_told = claim.speaker is not None and claim.speaker.sourcing != "unknown" and is_firmness_said
        if claim.kind != "question" and (claim.certainty != "asserted" or is_told):
            yield self.ours(self.labels.name("certainty", claim.certainty))
        if claim.translated_from:
            yield self.ours(self.labels["translated"])

    def speaker(self, speaker: Speaker, home: Home | None) -> Iterator[PlainWords]:
        """The name and what the text calls it; the words of the text stand in quotation marks where no name does."""
        language, author = (home.card.language, home.card.author) if home else ("", None)
        voice = one_line(speaker.voice).strip(_QUOTES)
        voice = "" if voice == speaker.sourcing else voice
        known = self.labels.get(f"voice.{voice}")
        name = outside((speaker.name or "").strip(), language)
        if speaker.sourcing == "author":
            yield self.ours(known if known and voice == "the post" else self.labels["author"])
            if name.text != author:
                yield name
        elif speaker.sourcing == "named" and name.text:
            yield name
            if voice != name.text.strip(_QUOTES):
                yield self.ours(known) if known else outside(voice, language)
        else:
            if speaker.sourcing in ("unnamed", "unknown"):
                yield self.ours(self.labels["unnamed" if speaker.sourcing == "unnamed" else "unrecognised"])
            yield self.ours(known) if known else outside(f"“{voice}”" if voice else "", language)

    def remarks(self, claim: Claim) -> Iterator[tuple[str, PlainWords]]:
        if not claim.check:
            return
        if claim.check.before is not None:  # never `before`: it is what the sentences do not carry
            reasons = self.labels["semicolon"].join(self.labels.sentence(r) or r for r in claim.check.reasons)
            yield self.labels["repaired"], ours_of(reasons, self.labels)
        for missing in claim.check.not_run:
            if missing.why.startswith(NO_WORDS):  # told once, at the story
                continue
            check, why = self.labels.name("check", missing.check), self.labels.sentence(missing.why) or missing.why
            yield self.labels["not_checked"], ours_of(f"{check}: {why}", self.labels)


def _capital(voice: Iterable[PlainWords]) -> tuple[PlainWords, ...]:
    """A line's opening begins with a capital where the word is ours; a name stays as the source writes it."""
    words = tuple(voice)
    if words and words[0].is_ours and not words[0].text[:1].isupper():
        first = words[0]
        return (PlainWords(first.text[:1].upper() + first.text[1:], first.direction, first.language, True), *words[1:])
    return words


def is_whole(quote: str, text: str) -> bool:
    """Whether the line already is the whole sentence, word for word."""
    quote = quote.strip()
    return bool(quote) and quote in one_line(text)


def all_notes(blocks: Iterable[BlockView], first: Sequence[Note] = ()) -> tuple[Note, ...]:
    """Each sentence once, in the order of the posts; shown where a line that is always visible is that sentence."""
    notes = {note.marker: note for note in first}
    for block in blocks:
        grouped = [line for group in block.groups for line in group.lines]
        for is_visible, lines in ((True, [*block.lines, *grouped]), (False, block.more)):
            for note in (note for line in lines for note in (*line.notes, *line.stronger)):
                kept = notes.get(note.marker)
                if kept is None or (note.is_shown and is_visible and not kept.is_shown):
                    notes[note.marker] = note if is_visible or not note.is_shown else replace(note, is_shown=False)
    return tuple(sorted(notes.values(), key=lambda note: note.place))


@lru_cache(maxsize=4096)
def link_to(url: str | None) -> Link | None:
    """A link of ours where the address is safe to follow, with the host that a reader judges it by."""
    safe = safe_url(url)
    if safe is None:
        return None
    match = _HOST.match(safe)
    return Link(safe, match[1] if match else host(safe))


_HOST = re.compile(r"https?://([a-z0-9._-]+)(?=[:/?#]|$)")


def pieces(text: str, hedges: Sequence[str]) -> Iterator[TextPiece]:
    """The text cut at its words of doubt, in the order in which they stand; the pieces join to the text."""
    end = 0
    for hedge in hedges:
        start = _find(hedge, text, end)
        if start < 0:
            continue
        if start > end:
            yield TextPiece(Outside(text[end:start]), is_doubt=False)
        end = start + len(hedge)
        yield TextPiece(Outside(text[start:end]), is_doubt=True)
    if end < len(text):
        yield TextPiece(Outside(text[end:]), is_doubt=False)


def unaccounted(text: str, words: Sequence[str]) -> Iterator[TextPiece]:
    """The text cut at the words that its sentences do not account for; neighbours are one piece."""
    end = 0
    for word in words:
        start = _find(word, text, end)
        if start < 0:
            continue
        if text[end:start].strip() or not end:
            yield TextPiece(Outside(text[end:start]), is_doubt=False)
            end = start
        yield TextPiece(Outside(text[end : start + len(word)]), is_doubt=False, is_unaccounted=True)
        end = start + len(word)
    yield TextPiece(Outside(text[end:]), is_doubt=False)


def _find(hedge: str, text: str, start: int) -> int:
    """Where the hedge stands from `start` on, as a word of its own if it does ("may" before the "may" of "mayor")."""
    if not hedge:
        return -1
    found = text.find(hedge, start)
    if found < 0 or not (_is_letter(text, found - 1) or _is_letter(text, found + len(hedge))):
        return found
    match = re.compile(rf"(?<!\w){re.escape(hedge)}(?!\w)").search(text, start)
    return match.start() if match else found


def _is_letter(text: str, index: int) -> bool:
    return 0 <= index < len(text) and (text[index].isalnum() or text[index] == "_")


@lru_cache(maxsize=4096)
def outside(text: str, language: str = "") -> PlainWords:
    """Text from outside, made plain; `language` is that of its post."""
    said = Outside(one_line(text))
    side = direction(said)
    return PlainWords(said, side, _language_of(said, side, language))


def ours_of(text: str, labels: Catalogue) -> PlainWords:
    """Words of ours with words from outside in them: escaped like those, in the direction and language of the page."""
    return PlainWords(Outside(one_line(text)), labels.direction, labels.language)


def named(group: str, value: str, labels: Catalogue) -> PlainWords:
    """The word for one value of an enumeration in the page's language; as it came where it is none of them."""
    known = labels.name(group, value)
    return outside(value) if known == value else ours_of(known, labels)


def notice(text: str, labels: Catalogue) -> PlainWords:
    """A sentence of ours in the page's language; anything else as it came."""
    known = labels.sentence(text)
    return outside(text) if known is None else ours_of(known, labels)


_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_HEBREW = re.compile("[\u05d0-\u05ea]")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f]")
_HEBREW_LANGUAGES = frozenset({"he", "iw", "yi", "lad"})
_ARABIC_LANGUAGES = frozenset({"ar", "fa", "ur", "ps", "sd", "ug", "ckb", "ks", "pnb", "arz", "ary"})


def _language_of(text: str, side: str, language: str) -> str:
    """The language tag of a text from a post in `language`, or of its script's best-known language where they differ.

    "" where it is not known: a voice that reads the page then guesses, which beats reading Hebrew as English.
    """
    tag, family = _tag(language)
    if side == "ltr":
        return "" if family else tag
    is_hebrew = bool(_HEBREW.search(text)) and len(_HEBREW.findall(text)) > len(_ARABIC.findall(text))
    usual = "he" if is_hebrew else "ar"
    return tag if family == usual else usual


@lru_cache(maxsize=256)
def _tag(language: str) -> tuple[str, str]:
    """The language tag, "" where it is none, and whether it is one of the Hebrew or Arabic script ("he", "ar")."""
    tag = language if _TAG.fullmatch(language) and language != "und" else ""
    primary = tag.split("-")[0].lower()
    return tag, "he" if primary in _HEBREW_LANGUAGES else "ar" if primary in _ARABIC_LANGUAGES else ""
