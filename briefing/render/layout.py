"""A digest, summary or answer laid out as a page. Every format is rendered from it, so they cannot differ in what they
say."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, tzinfo
from itertools import chain
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from briefing.exceptions import ConfigError
from briefing.render.catalogue import Catalogue, catalogue
from briefing.render.lines import Home, Lines, all_notes, is_whole, link_to, notice, ours_of, outside
from briefing.render.rows import answer_rows, checked_rows, digest_rows, failures, summary_rows, top, without_words
from briefing.render.view_model import (
    VERDICTS,
    BlockView,
    Count,
    Fix,
    Group,
    LineView,
    Mention,
    Page,
    Part,
    PlainWords,
    Reply,
    Section,
)
from briefing.types import (
    Answer,
    CheckedText,
    Claim,
    Correction,
    Digest,
    Disagreement,
    Genre,
    Outlet,
    Position,
    PostCard,
    Reason,
    Story,
    Summary,
)

_SHOWN_NUMBERS = 12
_SHOWN_FIGURES = 4
_SHOWN_DATES = 8
_SHOWN_ANSWERS = 4
_SHOWN_SHARED = 6
_SHOWN: Mapping[str, int] = {"asks": 1, "quoted": 4}
# A block of several posts is called by a name in the plural where a language needs one.
_PLURAL = frozenset({"reports", "argues", "asks", "disputed"})
_IMAGE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/]+={0,2}")


def lay_out(
    value: Summary | Digest | Answer | CheckedText,
    language: str | None = None,
    *,
    images: Mapping[str, str] | None = None,
    posts: Iterable[PostCard] = (),
) -> Page:
    """The page of a digest, or of a single summary, answer or checked text.

    `images` holds a `data:` address for the key of a post; `posts` are those that a single answer rests on. ConfigError
    where the digest's time zone does not exist.
    """
    if isinstance(value, Summary):
        return _summary_page(value, catalogue(language or value.post.language), images or {})
    if isinstance(value, Answer):
        return _answer_page(value, catalogue(language), {card.key: card for card in posts})
    if isinstance(value, CheckedText):
        return _checked_page(value, catalogue(language or value.language))
    return _digest_page(value, catalogue(language or value.language), images or {})


def _digest_page(digest: Digest, words: Catalogue, images: Mapping[str, str]) -> Page:
    layout = _Layout(words, _zone(digest.timezone), {outlet.name: outlet for outlet in digest.outlets}, images)
    title = outside(digest.title) if digest.title else layout.ours(words["digest"])
    stories = _in_sections(digest.stories)
    homes = dict(_homes([*stories, *digest.also]))
    copies = frozenset(key for story in stories for key in story.copies)
    replies, unanswered = layout.replies(digest.answers, homes, copies)
    return Page(
        labels=words,
        name=title,
        title=title,
        made=layout.moment(digest.made_at),
        day=words.day(_local(digest.made_at, layout.zone).date()),
        period=layout.period(digest),
        compared=words["compared"].format(when=layout.moment(digest.compared_with)) if digest.compared_with else "",
        top=top(digest.coverage, words),
        failures=failures(digest.coverage.sources_failed, words),
        stale=failures(digest.coverage.sources_stale, words),
        lead=layout.block(Lines(words, homes, "lead", copies), "bottom_line", digest.bottom_line),
        fixes=tuple(map(layout.fix, digest.corrections)),
        sections=tuple(layout.sections(stories)),
        replies=replies,
        unanswered=unanswered,
        ahead=layout.ahead(stories, homes),
        also=tuple(layout.also(story, len(stories) + n) for n, story in enumerate(digest.also, 1)),
        coverage=tuple(digest_rows(digest.coverage, digest.lines, words)),
        is_written=digest.coverage.engine == "model",
    )


def _summary_page(summary: Summary, words: Catalogue, images: Mapping[str, str]) -> Page:
    layout = _Layout(words, UTC, {}, images)
    story = Story("s1", summary.post.title, (summary,))
    section = layout.section(story, 1, None, is_alone=True)
    return Page(
        labels=words,
        name=section.parts[0].headline,
        title=None,
        sections=(section,),
        coverage=tuple(summary_rows(summary, words)),
    )


def _answer_page(answer: Answer, words: Catalogue, posts: Mapping[str, PostCard]) -> Page:
    layout = _Layout(words, UTC, {}, {})
    grounds = [e for claim in _said(answer) for e in claim.evidence]
    keys = list(dict.fromkeys(evidence.post for evidence in grounds))
    letters = _letters(len(keys))
    urls = {e.post: (e.url or "").partition("#")[0] for e in reversed(grounds)}
    homes = {
        key: Home(letter, posts.get(key, PostCard(key, "", "", urls[key])), answer.engine, n)
        for n, (key, letter) in enumerate(zip(keys, letters, strict=True))
    }
    sources = tuple((home.prefix, layout.mention(home.card)) for home in homes.values())
    question = outside(answer.question)
    return Page(
        labels=words,
        name=question,
        title=None,
        replies=(layout.reply(answer, Lines(words, homes, "q1")),),
        coverage=tuple(answer_rows(answer, words)),
        sources=sources,
        is_answer=True,
    )


def _checked_page(checked: CheckedText, words: Catalogue) -> Page:
    """The text line by line; of a line that is not carried, what its sentences do not account for."""
    layout = _Layout(words, UTC, {}, {})
    letters = _letters(len(checked.posts))
    homes = {
        card.key: Home(letter, card, "model", n)
        for n, (card, letter) in enumerate(zip(checked.posts, letters, strict=True))
    }
    laid = Lines(words, homes, "t")
    lines = tuple(laid.checked(claim) for claim in checked.lines)
    return Page(
        labels=words,
        name=layout.ours(words["checked_text"]),
        title=layout.ours(words["checked_text"]),
        top=tuple(words.count(mark, checked.count(mark)) for mark in VERDICTS if checked.count(mark)),
        lead=BlockView("checked", words["checked_lines"], lines),
        lead_notes=all_notes((BlockView("checked", "", lines),)),
        sources=tuple((home.prefix, layout.mention(home.card)) for home in homes.values()),
        coverage=tuple(checked_rows(checked, words)),
    )


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ConfigError(f"time zone {name!r}: there is none of that name") from error


def _in_sections(stories: Sequence[Story]) -> list[Story]:
    """The stories of one section together, those of none first, else in the order in which the sections first come."""
    order = {name: n for n, name in reversed(list(enumerate((story.section for story in stories), 1)))}
    return sorted(stories, key=lambda story: order[story.section] if story.section else 0)


def _homes(stories: Iterable[Story]) -> Iterator[tuple[str, Home]]:
    """Where each post stands: a marker as in [3:12] or [3:B12] is sentence 12 of story 3, of its post B."""
    for number, story in enumerate(stories, 1):
        for key, home in _homes_in(story).items():
            yield key, Home(f"{number}:{home.prefix}", home.card, home.engine, number * 1000 + home.place)


def _homes_in(story: Story) -> dict[str, Home]:
    """A letter for each post of a story; a copy of another's text comes after them all."""
    ordered = sorted(story.summaries, key=lambda summary: summary.post.key in story.copies)
    own = _own(story)
    letters = _letters(len(own)) + [_letter(n) for n in range(max(1, len(own)), len(ordered) + 1)]
    return {s.post.key: Home(letters[n], s.post, s.engine, n) for n, s in enumerate(ordered)}


def _own(story: Story) -> list[Summary]:
    """The story's posts without the copies of another's text; all of them where nothing would be left."""
    return [s for s in story.summaries if s.post.key not in story.copies] or list(story.summaries)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Lays out stories in one language's labels and one time zone; `outlets` by the name of the source."""

    labels: Catalogue
    zone: tzinfo
    outlets: Mapping[str, Outlet] = field(default_factory=dict)
    images: Mapping[str, str] = field(default_factory=dict)

    def ours(self, text: str) -> PlainWords:
        return PlainWords(text, self.labels.direction, self.labels.language, is_ours=True)

    def moment(self, moment: datetime | None) -> str:
        return self.labels.at(_local(moment, self.zone)) if moment else ""

    def period(self, digest: Digest) -> str:
        words, since, until = self.labels, self.moment(digest.since), self.moment(digest.until)
        if since and until:
            return words["between"].format(since=since, until=until)
        if since:
            return words["since"].format(since=since)
        return words["until"].format(until=until) if until else words["all_posts"]

    def sections(self, stories: Sequence[Story]) -> Iterator[Section]:
        before = ""
        for number, story in enumerate(stories, 1):
            group = outside(story.section) if story.section and story.section != before else None
            before = story.section
            yield self.section(story, number, group)

    def section(self, story: Story, number: int, group: PlainWords | None, *, is_alone: bool = False) -> Section:
        own, homes = _own(story), _homes_in(story)
        is_one = len(own) == 1 and story.title in (own[0].post.title, "")
        lines = Lines(self.labels, homes, f"s{number}", frozenset(story.copies))
        parts = tuple(self.part(summary, homes[summary.post.key].prefix, lines) for summary in own)
        is_brief = story.standing == "continuing"
        blocks = () if is_brief else tuple(self.blocks(story, own, lines, has_dates=is_alone))
        written = [note for part in parts if part.written for note in part.written.notes]
        return Section(
            number=number,
            id=f"s{number}",
            title=None if is_one else outside(story.title),
            group=group,
            standing=story.standing or "",
            standing_label=self.standing(story),
            facts=tuple(self.facts(own)) if story.standing or len(story.summaries) > 1 else (),
            reasons=tuple(filter(None, map(self.reason, story.reasons))),
            shared=tuple(map(outside, story.shared[:_SHOWN_SHARED])) if len(own) > 1 else (),
            copies=tuple(self.mention(s.post) for s in story.summaries if s not in own),
            parts=parts,
            blocks=blocks,
            notes=() if is_brief else all_notes(blocks, written),
            is_brief=is_brief,
            unchecked=without_words(_lines(story, own), self.labels),
        )

    def standing(self, story: Story) -> str:
        if story.standing is None:
            return ""
        since = self.labels.day(_local(story.since, self.zone).date()) if story.since else ""
        if since and story.standing != "new":
            return self.labels[f"{story.standing}_since"].format(since=since)
        return self.labels[f"standing.{story.standing}"]

    def facts(self, own: Sequence[Summary]) -> Iterator[str]:
        """How many independent sources there are, copies left out."""
        yield self.labels.count("independent", len({summary.post.source for summary in own}))

    def reason(self, reason: Reason) -> str:
        if reason.kind == "sources":  # one is no reason
            several = reason.value.isdecimal() and int(reason.value) > 1
            return self.labels.count("sources", int(reason.value)) if several else ""
        if reason.kind == "standing":
            return (self.labels.get(f"standing.{reason.value}") or "").lower()
        return self.labels[f"reason.{reason.kind}"]

    def blocks(self, story: Story, own: Sequence[Summary], lines: Lines, *, has_dates: bool) -> Iterator[BlockView]:
        """The blocks that have something to say, in the order of the page; what changed comes first."""
        parted = _parted(story, own)
        missing = tuple(dict.fromkeys(phrase for summary in own for phrase in summary.missing))
        for key, claims in parted.items():
            if key == "positions":
                yield from self.positions(story.positions, lines, _sayings(story, parted))
            elif key == "disagree":
                yield from self.disagreements(story.disagreements, lines)
            elif key == "missing":
                yield from self.missing(missing, own, lines)
            elif block := self.block(lines, key, claims, is_plural=len(own) > 1):
                yield block
        dates = own[0].dates_ahead if has_dates else ()
        if dates:
            shown = frozenset(
                (e.post, e.sentence) for c in own[0].lines for e in c.evidence if is_whole(e.quote, c.text)
            )
            yield BlockView("ahead", self.labels["ahead"], tuple(lines.ahead(date, shown) for date in dates))

    def block(self, lines: Lines, key: str, claims: Sequence[Claim], *, is_plural: bool = False) -> BlockView | None:
        if not claims:
            return None
        laid = [lines.line(claim, is_firmness_said=key in ("reports", "changed")) for claim in claims]
        return self.folded(key, laid, _SHOWN.get(key, len(laid)), is_plural=is_plural)

    def folded(self, key: str, laid: Sequence[LineView], shown: int, *, is_plural: bool = False) -> BlockView:
        """A block that shows `shown` lines, and folds up the rest where they are more than one."""
        shown = len(laid) if len(laid) <= shown + 1 else shown
        more = tuple(laid[shown:])
        label = self.labels[f"{key}_posts" if is_plural and key in _PLURAL else key]
        return BlockView(key, label, tuple(laid[:shown]), more, self.labels.count("more", len(more)) if more else "")

    def missing(self, phrases: Sequence[str], own: Sequence[Summary], lines: Lines) -> Iterator[BlockView]:
        """What the posts do not say, in one line: there is no sentence for it to rest on."""
        if phrases:
            line = lines.plain_line(self.labels["semicolon"].join(phrases), own[0].post.language if own else "")
            yield BlockView("missing", self.labels["missing_posts" if len(own) != 1 else "missing"], (line,))

    def positions(self, positions: Sequence[Position], lines: Lines, above: Container[str]) -> Iterator[BlockView]:
        """Who says what: a line that stands above is referred to, not printed again."""
        groups = tuple(self.position(position, lines, above) for position in positions if position.claims)
        if groups:
            yield BlockView("positions", self.labels["positions"], groups=groups)

    def position(self, position: Position, lines: Lines, above: Container[str]) -> Group:
        own = [claim for claim in position.claims if claim.text not in above]
        told = [lines.note(e, "") for claim in position.claims if claim.text in above for e in lines.grounds(claim)]
        return Group(
            name=outside(position.who),
            lines=tuple(lines.line(claim) for claim in own),
            facts=self.outlet(position.who) if position.is_outlet else (),
            refs=tuple({note.marker: note for note in told}.values()),
        )

    def disagreements(self, disagreements: Sequence[Disagreement], lines: Lines) -> Iterator[BlockView]:
        """Each side's lines, opened by the outlets that carry them; nobody here chooses."""
        groups = tuple(
            Group(
                self.ours(self.labels[f"about.{one.about}"]),
                tuple(lines.line(claim, opening=self.carriers(claim, lines)) for claim in one.claims),
            )
            for one in disagreements
            if one.claims
        )
        if groups:
            yield BlockView("disagree", self.labels["disagree"], groups=groups)

    def carriers(self, claim: Claim, lines: Lines) -> tuple[PlainWords, ...]:
        names = [lines.homes[e.post].card.source for e in lines.grounds(claim) if e.post in lines.homes]
        return tuple(outside(name) for name in dict.fromkeys(names) if name)

    def outlet(self, name: str) -> tuple[PlainWords, ...]:
        """What the desk notes of a source: whose it is, where it leans, where it is."""
        noted = self.outlets.get(name)
        if not noted:
            return ()
        known = {"owner": noted.owner, "leaning": noted.leaning, "country": noted.country}
        said = ((self.labels[f"outlet.{key}"], value) for key, value in known.items() if value)
        return tuple(ours_of(label.format(value=value), self.labels) for label, value in said)

    def part(self, summary: Summary, letter: str, lines: Lines) -> Part:
        card = summary.post
        address = link_to(card.url)
        genre = summary.genre
        return Part(
            letter=letter,
            headline=self.headline(card),
            written=lines.line(summary.written_headline) if summary.written_headline else None,
            link=address,
            genre=self.genre(genre),
            reason=notice(genre.reason, self.labels),
            author=outside(card.author) if card.author else self.ours(self.labels["no_byline"]),
            source=outside(card.source),
            host=address.host if address and not _names(card.source, address.host) else "",
            outlet=self.outlet(card.source),
            published=self.published(card),
            edited=self.edited(card),
            origin=self.labels["written" if summary.engine == "model" else "selected"],
            counts=tuple(self.counts(summary)),
            headline_asks=summary.headline.is_question,
            headline_extra=tuple(outside(w, card.language) for w in summary.headline.not_in_text),
            image=_picture(self.images.get(card.key, "")),
        )

    def headline(self, card: PostCard) -> PlainWords:
        return outside(card.title, card.language) if card.title.strip() else self.ours(self.labels["untitled"])

    def published(self, card: PostCard) -> str:
        """When it was published; where that cannot be read, as the source wrote it."""
        if card.date_text and not card.published:
            return ours_of(self.labels["date_unread"].format(date=card.date_text), self.labels).text
        return self.moment(card.published) or self.labels["no_date"]

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
        counts, say, language = summary.counts, self.labels.count, summary.post.language
        yield Count(say("sentences", counts.sentences))
        yield _numbered(say("doubt", len(counts.doubt)), counts.doubt)
        if counts.questions:
            yield _numbered(say("questions", len(counts.questions)), counts.questions)
        speakers = tuple(outside(speaker, language) for speaker in counts.speakers[:_SHOWN_FIGURES])
        is_cut = len(counts.speakers) > _SHOWN_FIGURES
        yield Count(say("quotes", len(counts.quotes)))
        if speakers:
            yield Count(self.labels["voices"], words=speakers, is_quoted=False, is_cut=is_cut)
        if counts.embeds:
            yield Count(say("tweets" if _are_tweets(summary) else "embeds", counts.embeds))
        yield Count(say("ahead", counts.dates_ahead))
        if counts.figures:
            figures = tuple(outside(f, language) for f in counts.figures[:_SHOWN_FIGURES])
            text = say("figures", len(counts.figures))
            yield Count(text, words=figures, is_cut=len(counts.figures) > _SHOWN_FIGURES)

    def mention(self, card: PostCard, facts: tuple[str, ...] = (), number: int = 0) -> Mention:
        """A post in one line: its headline, or its host where no more is known of it, and where it comes from."""
        address = link_to(card.url)
        title = self.headline(card) if card.title or not address else outside(address.host)
        return Mention(title, outside(card.source), address, facts, number)

    def also(self, story: Story, number: int) -> Mention:
        """A story that is named only, by the post it is told from first."""
        own = _own(story)
        several = tuple(self.facts(own)) if len(own) > 1 else ()
        standing = (self.labels[f"standing.{story.standing}"],) if story.standing not in (None, "new") else ()
        mention = self.mention(own[0].post, (*several, *standing), number)
        return mention if len(own) == 1 or not story.title else replace(mention, title=outside(story.title))

    def fix(self, correction: Correction) -> Fix:
        said = self.labels
        briefed, noticed = map(self.moment, (correction.briefed_at, correction.noticed_at))
        language = correction.post.language
        changes = tuple(
            (outside(one.before, language) if one.before else None, outside(one.after, language) if one.after else None)
            for one in correction.changes
        )
        return Fix(
            mention=self.mention(correction.post),
            kind=correction.kind,
            label=said[f"correction.{correction.kind}"],
            when=said["corrected_at"].format(briefed=briefed, noticed=noticed),
            changes=changes,
            lines=tuple(outside(line) for line in correction.lines),
        )

    def replies(
        self, answers: Sequence[Answer], homes: Mapping[str, Home], copies: frozenset[str]
    ) -> tuple[tuple[Reply, ...], tuple[PlainWords, ...]]:
        """The questions that are answered, the whole answers first, and those that are not."""
        told = [a for state in ("answered", "partly") for a in answers if a.state == state][:_SHOWN_ANSWERS]
        unanswered = [answer for answer in answers if answer.state == "unanswered"]
        return (
            tuple(self.reply(answer, Lines(self.labels, homes, f"q{n}", copies)) for n, answer in enumerate(told, 1)),
            tuple(outside(answer.question) for answer in unanswered),
        )

    def reply(self, answer: Answer, lines: Lines) -> Reply:
        blocks = tuple(self.reply_blocks(answer, lines))
        return Reply(
            id=lines.id,
            question=outside(answer.question),
            state=answer.state,
            state_label=self.labels[f"state.{answer.state}"],
            remarks=tuple(self.reply_remarks(answer)),
            blocks=blocks,
            follow_ups=tuple(map(outside, answer.follow_ups)),
            notes=all_notes(blocks),
        )

    def reply_blocks(self, answer: Answer, lines: Lines) -> Iterator[BlockView]:
        changed = {claim.text for claim in answer.changed}
        parted = {
            "changed_answer": list(answer.changed),
            "answer": [claim for claim in answer.claims if claim.text not in changed],
            "disputed_posts": list(answer.disputed),
            "nearest": list(answer.nearest),
        }
        for key, claims in parted.items():
            if block := self.block(lines, key, claims):
                yield block
        above = {claim.text for claims in parted.values() for claim in claims}
        yield from self.positions(answer.positions, lines, above)
        yield from self.missing(answer.missing, (), lines)

    def reply_remarks(self, answer: Answer) -> Iterator[str]:
        if answer.asked_by == "posts":
            yield self.labels["asked_by_posts"]
        if answer.before and answer.before_at:
            state = self.labels[f"state.{answer.before}"].lower()
            yield self.labels["last_answer"].format(when=self.moment(answer.before_at), state=state)
        if answer.passages_left_out:
            yield self.labels.count("passages_left_out", answer.passages_left_out)

    def ahead(self, stories: Sequence[Story], homes: Mapping[str, Home]) -> BlockView | None:
        """The dates of every story that is told, the nearest first, each with its sentence."""
        dates = [d for story in stories for summary in _own(story) for d in summary.dates_ahead]
        unique = {(d.day, d.text, d.evidence.quote): d for d in dates}.values()
        ordered = sorted(unique, key=lambda d: d.day or date.max)
        lines = Lines(self.labels, homes, "ahead")
        return self.folded("ahead", [lines.ahead(d, frozenset()) for d in ordered], _SHOWN_DATES) if ordered else None


_PARTS = (
    *("changed", "bottom_line", "embedded", "disagree", "reports", "positions", "why", "argues"),
    *("disputed", "missing", "asks", "quoted"),
)


def _lines(story: Story, own: Sequence[Summary]) -> Iterator[Claim]:
    yield from (*story.claims, *story.changed)
    yield from chain.from_iterable(summary.lines for summary in own)


def _parted(story: Story, own: Sequence[Summary]) -> dict[str, list[Claim]]:
    """The story's claims by block, each in one block only; of several posts, the merged ones where there are some."""
    parted: dict[str, list[Claim]] = {key: [] for key in _PARTS}
    parted["changed"] = list(story.changed)
    said = {claim.text for claim in story.changed}
    said |= {claim.text for one in story.disagreements for claim in one.claims}
    for summary in own:
        claims = () if story.claims else summary.claims
        for key, some in _by_block(claims, summary):
            parted[key] += [claim for claim in some if claim.text not in said]
    for key, some in _by_block(story.claims, None):
        parted[key][:0] = [claim for claim in some if claim.text not in said]
    return parted


def _by_block(claims: Sequence[Claim], summary: Summary | None) -> Iterator[tuple[str, list[Claim]]]:
    argued = [claim for claim in claims if claim.kind in ("opinion", "forecast")]
    asked = [claim for claim in claims if claim.kind == "question"]
    yield "reports", [claim for claim in claims if claim.kind not in ("opinion", "forecast", "question")]
    yield "argues", argued
    yield "asks", asked + list(summary.questions if summary else ())
    if summary:
        yield "bottom_line", list(summary.bottom_line)
        yield "embedded", list(summary.embeds)
        yield "why", list(summary.why_it_matters)
        yield "disputed", list(summary.disputed)
        yield "quoted", list(summary.quotes)


def _sayings(story: Story, parted: Mapping[str, Sequence[Claim]]) -> frozenset[str]:
    """The texts of the lines that stand in the story's other blocks."""
    sides = [claim for one in story.disagreements for claim in one.claims]
    return frozenset(claim.text for claims in (*parted.values(), sides) for claim in claims)


def _said(answer: Answer) -> list[Claim]:
    """Every claim of an answer that is shown, the answer itself first."""
    return [*answer.claims, *answer.disputed, *answer.changed, *(c for p in answer.positions for c in p.claims)]


def _local(moment: datetime, zone: tzinfo) -> datetime:
    """The moment in the zone; as it is, at the ends of the calendar."""
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return moment


def _names(source: str, host: str) -> bool:
    """Whether the source is called by its host already, with or without "www."."""
    return source.split("/")[0].removeprefix("www.") == host.removeprefix("www.")


def _picture(address: str) -> str:
    """The address where it is a picture's and holds the picture itself; nothing else is ever loaded."""
    return address if _IMAGE.fullmatch(address) else ""


def _are_tweets(summary: Summary) -> bool:
    voices = [embed.speaker.voice if embed.speaker else "" for embed in summary.embeds]
    return bool(voices) and all("tweet" in voice for voice in voices)


def _numbered(text: str, numbers: Sequence[int]) -> Count:
    shown = tuple(map(str, numbers[:_SHOWN_NUMBERS]))
    return Count(text, markers=shown, is_cut=len(numbers) > _SHOWN_NUMBERS)


def _letters(number: int) -> list[str]:
    """No letter for one post, A to Z for several, then A2, B2, …; a dot keeps those apart from the number after."""
    return [""] * number if number < 2 else [_letter(n) for n in range(number)]


def _letter(index: int) -> str:
    return chr(ord("A") + index % 26) + (f"{index // 26 + 1}." if index >= 26 else "")
