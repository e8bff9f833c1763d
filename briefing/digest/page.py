"""What stands on the page, in its order: a digest or summary laid out for the templates, still as plain text.

Every format is rendered from this one layout, so they cannot differ in what they say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from briefing.digest.escaping import host, plain, safe_url
from briefing.digest.labels import Labels, labels
from briefing.exceptions import ConfigError
from briefing.language.script import direction
from briefing.types import (
    Claim,
    Coverage,
    DateAhead,
    Digest,
    Evidence,
    Genre,
    ModelUse,
    PostCard,
    Speaker,
    Story,
    Summary,
)

_QUOTES = '“”«»" '
_SHOWN_QUESTIONS = 1
_SHOWN_QUOTES = 4
_SHOWN_NUMBERS = 12
_SHOWN_FIGURES = 4


@dataclass(frozen=True, slots=True)
class Words:
    """Text with its direction and language ("" where unknown); `is_ours` tells labels from words from outside."""

    text: str
    direction: str
    language: str
    is_ours: bool = False

    @property
    def needs_marks(self) -> bool:
        """Whether quotation marks of ours belong around it: not where it brings its own."""
        return self.text[:1] not in tuple('“"«„「『‘')


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line; `is_doubt` where it is a word of report or doubt. A line's pieces join to its text."""

    text: str
    is_doubt: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A safe http(s) address, and its host as it is looked up."""

    url: str
    host: str


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence of evidence: `marker` as in [2]; `is_shown` where the line beside it already is that sentence."""

    marker: str
    sentence: int
    quote: Words
    link: Link | None
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One claim on the page; `rule` is how firm it is at a glance: firm, leaning, loose, denied."""

    words: Words
    pieces: tuple[Piece, ...]
    rule: str
    voice: tuple[Words, ...]
    notes: tuple[Note, ...]
    stronger: tuple[Note, ...] = ()
    remarks: tuple[tuple[str, Words], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under one label; `more` are those a reader opens only when wanted."""

    key: str
    label: str
    lines: tuple[Line, ...]
    more: tuple[Line, ...] = ()
    more_label: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """One item of the X-ray: what was counted, the sentences where it stands, the words themselves."""

    text: str
    markers: tuple[str, ...] = ()
    words: tuple[Words, ...] = ()
    is_quoted: bool = True
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One post of a story: who published it and when, what is counted in it, and its blocks."""

    headline: Words
    written: Line | None
    link: Link | None
    genre: str
    reason: Words
    author: Words
    source: Words
    host: str
    published: str
    edited: str
    origin: str
    counts: tuple[Count, ...]
    headline_asks: bool
    headline_extra: tuple[Words, ...]
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A story: its number on the page, its title where it is not simply its one post's headline, its posts."""

    number: int
    title: Words | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the coverage: what our own code counted, then items from outside, each with its reason if it has one."""

    label: str
    counted: tuple[str, ...] = ()
    items: tuple[tuple[Words, Words | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page. `title` is None for a single summary, whose headline is the page's; `lead` is the bottom line."""

    labels: Labels
    name: Words
    title: Words | None
    made: str
    period: str
    top: tuple[str, ...]
    failures: tuple[tuple[Words, Words], ...]
    lead: Block | None
    sections: tuple[Section, ...]
    coverage: tuple[Row, ...]
    has_written: bool


def lay_out(value: Summary | Digest, language: str | None) -> Page:
    """The page of a digest or of a single summary. ConfigError where the digest's time zone does not exist."""
    if isinstance(value, Summary):
        return _summary_page(value, labels(language or value.post.language))
    return _digest_page(value, labels(language or value.language))


def _digest_page(digest: Digest, words: Labels) -> Page:
    zone = _zone(digest.timezone)
    layout = _Layout(words, zone)
    title = layout.outside(digest.title) if digest.title else layout.ours(words["digest"])
    return Page(
        labels=words,
        name=title,
        title=title,
        made=words.at(digest.made_at.astimezone(zone)),
        period=_period(digest, words, zone),
        top=_top(digest.coverage, words),
        failures=layout.failures(digest.coverage),
        lead=layout.lead(digest),
        sections=tuple(layout.section(story, number) for number, story in enumerate(digest.stories, 1)),
        coverage=tuple(layout.coverage(digest.coverage)),
        has_written=digest.coverage.engine == "model",
    )


def _summary_page(summary: Summary, words: Labels) -> Page:
    layout = _Layout(words, UTC)
    part = layout.part(summary, "", frozenset({summary.post.key}))
    return Page(
        labels=words,
        name=part.headline,
        title=None,
        made="",
        period="",
        top=(),
        failures=(),
        lead=None,
        sections=(Section(1, None, (part,)),),
        coverage=tuple(layout.summary_coverage(summary)),
        has_written=summary.engine == "model",
    )


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ConfigError(f"time zone {name!r}: there is none of that name") from error


def _period(digest: Digest, words: Labels, zone: tzinfo) -> str:
    since, until = (moment and words.at(moment.astimezone(zone)) for moment in (digest.since, digest.until))
    if since and until:
        return words["between"].format(since=since, until=until)
    if since:
        return words["since"].format(since=since)
    return words["until"].format(until=until) if until else words["all_posts"]


def _top(coverage: Coverage, words: Labels) -> tuple[str, ...]:
    """What was read and what failed; what did not happen is left to the coverage."""
    counted = [("posts_read", coverage.posts_read), ("sources", len(coverage.sources))]
    optional = [("posts_dropped", len(coverage.posts_dropped)), ("withheld", coverage.withheld)]
    top = [words.count(key, number) for key, number in counted]
    if coverage.sources_failed:
        top[1] = f"{top[1]} ({words.count('sources_failed', len(coverage.sources_failed))})"
    return tuple(top + [words.count(key, number) for key, number in optional if number])


_RULES: Mapping[str, str] = {
    "asserted": "firm",
    "reported": "leaning",
    "alleged": "leaning",
    "conditional": "loose",
    "possible": "loose",
    "denied": "denied",
}
_BLOCKS = ("bottom_line", "embedded", "reports", "why", "argues", "disputed", "asks", "quoted")
_SHOWN = {"asks": _SHOWN_QUESTIONS, "quoted": _SHOWN_QUOTES}


@dataclass(frozen=True, slots=True)
class _Layout:
    """Lays out stories in one language's labels and one time zone."""

    labels: Labels
    zone: tzinfo

    def ours(self, text: str) -> Words:
        return Words(text, self.labels.direction, self.labels.language, is_ours=True)

    def outside(self, text: str, language: str = "") -> Words:
        return Words(text, direction(text), language_of(text, language))

    def moment(self, moment: datetime | None) -> str:
        return self.labels.at(_local(moment, self.zone)) if moment else ""

    def section(self, story: Story, number: int) -> Section:
        letters = _letters(len(story.summaries))
        keys = frozenset(summary.post.key for summary in story.summaries)
        parts = tuple(self.part(s, letter, keys) for s, letter in zip(story.summaries, letters, strict=True))
        is_own = len(parts) == 1 and story.title in (story.summaries[0].post.title, "")
        return Section(number, None if is_own else self.outside(story.title), parts)

    def lead(self, digest: Digest) -> Block | None:
        """The bottom line of the day, each marker as in [3:12]: sentence 12 of story 3."""
        if not digest.bottom_line:
            return None
        homes = {s.post.key: (f"{n}:", s) for n, story in enumerate(digest.stories, 1) for s in story.summaries}
        lines = tuple(
            _Lines(self, *homes[claim.evidence[0].post][::-1], homes).line(claim, "bottom_line")
            for claim in digest.bottom_line
            if claim.evidence and claim.evidence[0].post in homes
        )
        return Block("bottom_line", self.labels["bottom_line"], lines) if lines else None

    def part(self, summary: Summary, letter: str, keys: frozenset[str]) -> Part:
        card = summary.post
        lines = _Lines(self, summary, letter)
        blocks = tuple(lines.blocks())
        written = lines.line(summary.written_headline, "headline") if summary.written_headline else None
        address = link(card.url)
        return Part(
            headline=self.headline(card),
            written=written,
            link=address,
            genre=self.genre(summary.genre),
            reason=self.outside(summary.genre.reason),
            author=self.outside(card.author) if card.author else self.ours(self.labels["no_byline"]),
            source=self.outside(card.source),
            host=address.host if address and not _names(card.source, address.host) else "",
            published=self.moment(card.published) or self.labels["no_date"],
            edited=self.edited(card),
            origin=self.labels["written" if summary.engine == "model" else "selected"],
            counts=tuple(self.counts(summary)),
            headline_asks=summary.headline.is_question,
            headline_extra=tuple(self.outside(w, card.language) for w in summary.headline.not_in_text),
            blocks=blocks,
            notes=_all_notes(blocks, written),
        )

    def headline(self, card: PostCard) -> Words:
        return self.outside(card.title, card.language) if card.title.strip() else self.ours(self.labels["untitled"])

    def genre(self, genre: Genre) -> str:
        """What kind of text it is; nothing where that is not known, nor anything said of it."""
        return self.labels.name("genre", genre.kind) if genre.kind != "unknown" or genre.reason else ""

    def edited(self, card: PostCard) -> str:
        """When it was changed: hours and minutes where the day is the same, nothing where it was not changed."""
        if not card.modified or card.modified == card.published:
            return ""
        modified = _local(card.modified, self.zone)
        same_day = card.published and _local(card.published, self.zone).date() == modified.date()
        return f"{self.labels['edited']} {f'{modified:%H:%M}' if same_day else self.labels.at(modified)}"

    def counts(self, summary: Summary) -> Iterator[Count]:
        counts, say = summary.counts, self.labels.count
        yield Count(say("sentences", counts.sentences))
        yield _numbered(say("doubt", len(counts.doubt)), counts.doubt)
        if counts.questions:
            yield _numbered(say("questions", len(counts.questions)), counts.questions)
        speakers = tuple(self.outside(speaker, summary.post.language) for speaker in counts.speakers[:_SHOWN_FIGURES])
        is_cut = len(counts.speakers) > _SHOWN_FIGURES
        quoted = say("quotes", len(counts.quotes))
        yield Count(quoted, words=speakers if counts.quotes else (), is_quoted=False, is_cut=is_cut)
        if counts.embeds:
            yield Count(say("tweets" if _are_tweets(summary) else "embeds", counts.embeds))
        yield Count(say("ahead", counts.dates_ahead))
        if counts.figures:
            figures = tuple(self.outside(f, summary.post.language) for f in counts.figures[:_SHOWN_FIGURES])
            text = say("figures", len(counts.figures))
            yield Count(text, words=figures, is_cut=len(counts.figures) > _SHOWN_FIGURES)

    def failures(self, coverage: Coverage) -> tuple[tuple[Words, Words], ...]:
        return tuple((self.outside(f.what), self.outside(f.why)) for f in coverage.sources_failed)

    def coverage(self, coverage: Coverage) -> Iterator[Row]:
        say, label = self.labels.count, self.labels
        failed = self.failures(coverage)
        sources = (say("sources", len(coverage.sources)), say("sources_failed", len(failed)))
        yield Row(label["sources"], sources, tuple((self.outside(source), None) for source in coverage.sources))
        if failed:
            yield Row(label["failed"], (), failed)
        posts = (say("posts_read", coverage.posts_read), say("posts_shown", coverage.posts_used))
        yield Row(label["posts"], (*posts, say("posts_dropped", len(coverage.posts_dropped))))
        if coverage.posts_dropped:
            dropped = ((self.outside(f.what), self.outside(f.why)) for f in coverage.posts_dropped)
            yield Row(label["dropped"], (), tuple(dropped))
        yield Row(label["text"], (say("read", coverage.sentences), say("unread", coverage.sentences_unread)))
        yield self.lines(coverage.claims, coverage.withheld)
        if coverage.fallbacks:
            yield Row(
                label["fallbacks"], (), tuple((self.outside(f.what), self.outside(f.why)) for f in coverage.fallbacks)
            )
        if coverage.words_dropped:
            rules = ((self.outside(rule), self.ours(str(n))) for rule, n in coverage.words_dropped.items())
            yield Row(label["rules"], (say("words", sum(coverage.words_dropped.values())),), tuple(rules))
        if coverage.provenance:
            notes = ((self.outside(f.what), self.outside(f.why)) for f in coverage.provenance)
            yield Row(label["provenance"], (), tuple(notes))
        yield Row(label["engine"], (label.name("engine", coverage.engine),))
        if coverage.model:
            yield self.model(coverage.model)

    def model(self, use: ModelUse) -> Row:
        label = self.labels
        cost = label["price_unknown"] if use.cost_usd is None else f"{use.cost_usd:.4f} USD"
        tokens = label["tokens"].format(n=use.input_tokens, out=use.output_tokens)
        kept = (f"{use.answers_stored} {label['kept']}",) if use.answers_stored else ()
        counted = (label.count("calls", use.calls), *kept, tokens, cost)
        prompts = self.ours(f"{label['prompts']} {use.prompts}")
        return Row(label["model"], counted, ((self.outside(use.model), prompts),))

    def lines(self, shown: int, withheld: int) -> Row:
        held = self.labels.count("withheld", withheld)
        if withheld:
            held = f"{held} ({self.labels['withheld_why']})"
        return Row(self.labels["lines"], (self.labels.count("lines", shown), held))

    def summary_coverage(self, summary: Summary) -> Iterator[Row]:
        say, label = self.labels.count, self.labels
        yield Row(label["text"], (say("read", summary.counts.sentences), say("unread", len(summary.unread))))
        yield self.lines(len(summary.lines), len(summary.withheld))
        if summary.provenance:
            yield Row(label["provenance"], (), tuple((self.outside(note), None) for note in summary.provenance))
        yield Row(label["engine"], (label.name("engine", summary.engine),))


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lays out the lines of one summary; `letter` tells its sentences from those of the story's other posts.

    `homes` gives the letter of every other post that a line may rest on, by the post's key.
    """

    layout: _Layout
    summary: Summary
    letter: str
    homes: Mapping[str, tuple[str, Summary]] = field(default_factory=dict)

    @property
    def labels(self) -> Labels:
        return self.layout.labels

    @property
    def language(self) -> str:
        return self.summary.post.language

    def blocks(self) -> Iterator[Block]:
        """The blocks that have something to say, in the order of the page."""
        parted: dict[str, list[Claim]] = {key: [] for key in _BLOCKS}
        for key, claims in _claims_by_block(self.summary):
            parted[key].extend(claims)
        for key, claims in parted.items():
            if key == "asks" and self.summary.missing:
                yield self.missing(self.summary.missing)
            if claims:
                yield self.block(key, claims)
        if self.summary.dates_ahead:
            shown = {e.sentence for claim in self.summary.lines for e in claim.evidence if _is_whole(e, claim.text)}
            lines = tuple(self.ahead(date, shown) for date in self.summary.dates_ahead)
            yield Block("ahead", self.labels["ahead"], lines)

    def block(self, key: str, claims: Sequence[Claim]) -> Block:
        lines = [self.line(claim, key) for claim in claims]
        shown = _SHOWN.get(key, len(lines))
        shown = len(lines) if len(lines) <= shown + 1 else shown
        more = lines[shown:]
        label = self.labels.count("more", len(more)) if more else ""
        return Block(key, self.labels[key], tuple(lines[:shown]), tuple(more), label)

    def missing(self, phrases: Sequence[str]) -> Block:
        """What the post does not say, in one line: there is no sentence for it to rest on."""
        text = self.labels["semicolon"].join(phrases)
        line = Line(self.layout.outside(text, self.language), (Piece(text, is_doubt=False),), "", (), ())
        return Block("missing", self.labels["missing"], (line,))

    def line(self, claim: Claim, key: str) -> Line:
        return Line(
            words=self.layout.outside(claim.text, self.language),
            pieces=tuple(pieces(claim.text, claim.hedges)),
            rule=_RULES.get(claim.certainty, "firm") if claim.kind != "question" else "",
            voice=_capital(self.voice(claim, key)),
            notes=tuple(self.note(evidence, claim.text) for evidence in claim.evidence),
            stronger=tuple(self.note(e, "") for e in claim.put_more_strongly) if claim.kind != "question" else (),
            remarks=tuple(self.remarks(claim)),
        )

    def ahead(self, date: DateAhead, shown: set[int]) -> Line:
        """The day and its sentence; where that already stands on the page, no more than the words of the date."""
        quote, day = date.evidence.quote, self.labels.day(date.day) if date.day else ""
        words = self.layout.outside(quote, self.language)
        voice = (self.layout.ours(day),) if day else ()
        if date.evidence.sentence in shown:
            is_short = plain(date.text) != plain(quote)
            words = self.layout.outside(date.text, self.language) if is_short or not day else self.layout.ours(day)
            voice = voice if words.text != day else ()
        return Line(
            words=words,
            pieces=(Piece(words.text, is_doubt=False),),
            rule="",
            voice=voice,
            notes=(self.note(date.evidence, quote),),
        )

    def note(self, evidence: Evidence, beside: str) -> Note:
        own = self.letter if evidence.post == self.summary.post.key else ""
        letter, _ = self.homes.get(evidence.post, (own, None))
        return Note(
            marker=f"{letter}{evidence.sentence}",
            sentence=evidence.sentence,
            quote=self.layout.outside(evidence.quote, self.language),
            link=link(evidence.url),
            is_shown=_is_whole(evidence, beside),
        )

    def voice(self, claim: Claim, key: str) -> Iterator[Words]:
        """Whose word it is and how firm, as far as that is known; nothing where the text simply states it."""
        usual = "written" if self.summary.engine == "model" else "selected"
        if claim.origin != usual:
            yield self.layout.ours(self.labels.words.get(claim.origin, claim.origin))
        if claim.speaker:
            yield from filter(_has_text, self.speaker(claim.speaker))
        if claim.kind != "question" and (claim.certainty != "asserted" or (claim.speaker and key == "reports")):
            yield self.layout.ours(self.labels.name("certainty", claim.certainty))
        if claim.translated_from:
            yield self.layout.ours(self.labels["translated"])

    def speaker(self, speaker: Speaker) -> Iterator[Words]:
        """The name and what the text calls it; the words of the text stand in quotation marks where no name does."""
        voice = speaker.voice.strip(_QUOTES)
        voice = "" if voice == speaker.sourcing else voice
        known = self.labels.words.get(f"voice.{voice}")
        name = self.layout.outside((speaker.name or "").strip(), self.language)
        if speaker.sourcing == "author":
            yield self.layout.ours(known if known and voice == "the post" else self.labels["author"])
            if name.text != self.summary.post.author:
                yield name
        elif speaker.sourcing == "named" and name.text:
            yield name
            if voice != name.text.strip(_QUOTES):
                yield self.layout.ours(known) if known else self.layout.outside(voice, self.language)
        else:
            if speaker.sourcing == "unnamed":
                yield self.layout.ours(self.labels["unnamed"])
            quoted = f"“{voice}”" if voice else ""
            yield self.layout.ours(known) if known else self.layout.outside(quoted, self.language)

    def remarks(self, claim: Claim) -> Iterator[tuple[str, Words]]:
        if not claim.check or claim.origin == "selected":  # the source's own words need no checking against it
            return
        if claim.check.verdict == "repaired":  # never `before`: it is what the sentences do not carry
            yield self.labels["repaired"], self.layout.outside(self.labels["semicolon"].join(claim.check.reasons))
        for missing in claim.check.not_run:
            yield self.labels["not_checked"], self.layout.outside(f"{missing.check}: {missing.why}")


def _local(moment: datetime, zone: tzinfo) -> datetime:
    """The moment in the zone; as it is, at the ends of the calendar."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment


def _names(source: str, host: str) -> bool:
    """Whether the source is called by its host already, with or without "www."."""
    return source.split("/")[0].removeprefix("www.") == host.removeprefix("www.")


def _capital(voice: Iterable[Words]) -> tuple[Words, ...]:
    """A line's opening begins with a capital where the word is ours; a name stays as the source writes it."""
    words = tuple(voice)
    if words and words[0].is_ours:
        first = replace(words[0], text=words[0].text[:1].upper() + words[0].text[1:])
        return (first, *words[1:])
    return words


def _has_text(words: Words) -> bool:
    return bool(words.text)


def _claims_by_block(summary: Summary) -> Iterator[tuple[str, list[Claim]]]:
    argued = [claim for claim in summary.claims if claim.kind in ("opinion", "forecast")]
    asked = [claim for claim in summary.claims if claim.kind == "question"]
    yield "bottom_line", list(summary.bottom_line)
    yield "embedded", list(summary.embeds)
    yield "reports", [claim for claim in summary.claims if claim not in argued and claim not in asked]
    yield "why", list(summary.why_it_matters)
    yield "argues", argued
    yield "disputed", list(summary.disputed)
    yield "asks", asked + list(summary.questions)
    yield "quoted", list(summary.quotes)


def _are_tweets(summary: Summary) -> bool:
    voices = [embed.speaker.voice if embed.speaker else "" for embed in summary.embeds]
    return bool(voices) and all("tweet" in voice for voice in voices)


def _numbered(text: str, numbers: Sequence[int]) -> Count:
    shown = tuple(map(str, numbers[:_SHOWN_NUMBERS]))
    return Count(text, markers=shown, is_cut=len(numbers) > _SHOWN_NUMBERS)


def _letters(number: int) -> list[str]:
    """No letter for one post, A to Z for several, then A2, B2, …; a dot keeps those apart from the number after."""
    if number < 2:
        return [""] * number
    return [chr(ord("A") + n % 26) + (f"{n // 26 + 1}." if n >= 26 else "") for n in range(number)]


def _is_whole(evidence: Evidence, text: str) -> bool:
    """Whether the line already is the whole sentence, word for word."""
    quote = plain(evidence.quote).strip()
    return bool(quote) and quote in plain(text)


def _all_notes(blocks: Iterable[Block], written: Line | None) -> tuple[Note, ...]:
    """Each sentence once, in the order of the text; shown where a line that is always visible is that sentence."""
    notes = {note.marker: note for note in (written.notes if written else ())}
    for block in blocks:
        for is_visible, lines in ((True, block.lines), (False, block.more)):
            for note in (note for line in lines for note in (*line.notes, *line.stronger)):
                kept = notes.get(note.marker)
                if kept is None or not kept.is_shown:
                    is_shown = note.is_shown and is_visible
                    notes[note.marker] = replace(note, is_shown=is_shown)
    return tuple(sorted(notes.values(), key=lambda note: note.sentence))


def link(url: str | None) -> Link | None:
    """A link of ours where the address is safe to follow, with the host that a reader judges it by."""
    safe = safe_url(url)
    return Link(safe, host(safe)) if safe else None


def pieces(text: str, hedges: Sequence[str]) -> Iterator[Piece]:
    """The text cut at its words of doubt, in the order in which they stand; the pieces join to the text."""
    end = 0
    for hedge in hedges:
        start = _find(hedge, text, end)
        if start < 0:
            continue
        if start > end:
            yield Piece(text[end:start], is_doubt=False)
        end = start + len(hedge)
        yield Piece(text[start:end], is_doubt=True)
    if end < len(text):
        yield Piece(text[end:], is_doubt=False)


def _find(hedge: str, text: str, start: int) -> int:
    """Where the hedge stands from `start` on, as a word of its own if it does ("may" before the "may" of "mayor")."""
    if not hedge:
        return -1
    match = re.compile(rf"(?<!\w){re.escape(hedge)}(?!\w)").search(text, start)
    return match.start() if match else text.find(hedge, start)


_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_HEBREW = re.compile("[\u05d0-\u05ea]")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f]")
_HEBREW_LANGUAGES = frozenset({"he", "iw", "yi", "lad"})
_ARABIC_LANGUAGES = frozenset({"ar", "fa", "ur", "ps", "sd", "ug", "ckb", "ks", "pnb", "arz", "ary"})


def language_of(text: str, language: str) -> str:
    """The language tag of a text from a post in `language`, or of its script's best-known language where they differ.

    "" where it is not known: a voice that reads the page then guesses, which beats reading Hebrew as English.
    """
    tag = language if _TAG.fullmatch(language) and language != "und" else ""
    primary = tag.split("-")[0].lower()
    if direction(text) == "ltr":
        return "" if primary in _HEBREW_LANGUAGES | _ARABIC_LANGUAGES else tag
    is_hebrew = len(_HEBREW.findall(text)) > len(_ARABIC.findall(text))
    family, usual = (_HEBREW_LANGUAGES, "he") if is_hebrew else (_ARABIC_LANGUAGES, "ar")
    return tag if primary in family else usual
