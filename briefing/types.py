"""The words of this package: frozen values that pass from stage to stage.

Offsets count Unicode code points (Python's own `str` indices), `end` exclusive. Sentence 0 is the headline, an offset
of sentence 0 points into `Document.title`; the sentences of the text start at 1 and point into `Document.text`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Any, Literal, Self

BlockKind = Literal["heading", "paragraph", "list_item", "quote", "table_row", "caption", "embed", "code"]
GenreKind = Literal["report", "opinion", "press release", "interview", "live blog", "unknown"]
ClaimKind = Literal["fact", "attributed", "opinion", "forecast", "question"]
Certainty = Literal["asserted", "reported", "alleged", "conditional", "possible", "denied"]
Sourcing = Literal["named", "unnamed", "author", "unknown"]
Origin = Literal["selected", "written", "editor"]
Verdict = Literal["carried", "read", "unread", "withheld"]
EngineName = Literal["extractive", "model"]
EngineChoice = Literal["auto", "extractive", "model"]
AnswerState = Literal["answered", "partly", "unanswered"]
Length = Literal["short", "medium", "long"]
Requirement = Literal["any", "read"]
# From the first character to behind the last.
Span = tuple[int, int]
Standing = Literal["new", "update", "continuing", "correction"]


def encodable(text: str) -> str:
    """The text as every encoder takes it: two halves of a surrogate pair are one character, half a pair is U+FFFD.

    JSON can hold such halves (RFC 8259, section 8.2), and an argument or a file name that is no UTF-8 is read as them.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _make_encodable(value: Any) -> None:
    """Of a frozen value that is being made, every text, and every text of its tuples."""
    for attribute in fields(value):
        given = getattr(value, attribute.name)
        if type(given) is str and not given.isascii():
            object.__setattr__(value, attribute.name, encodable(given))
        elif type(given) is tuple and not all(map(str.isascii, given)):
            object.__setattr__(value, attribute.name, tuple(map(encodable, given)))


class Notice(str):
    """What a reader is told by code, in English; a page puts it in words of its own language.

    `code` is the sentence with a name in braces where each of the `parameters` stands, and the message of the
    catalogues; a parameter of several parts is joined by semicolons. JSON and the console have the English.
    """

    __slots__ = ("code", "parameters")

    code: str
    parameters: Mapping[str, str | int | tuple[str, ...]]

    def __new__(cls, code: str, /, **parameters: str | int | tuple[str, ...]) -> Self:
        given = {name: _encodable_parameter(value) for name, value in parameters.items()}
        said = {name: "; ".join(value) if isinstance(value, tuple) else value for name, value in given.items()}
        notice = super().__new__(cls, code.format(**said))
        notice.code, notice.parameters = code, MappingProxyType(given)
        return notice

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(Notice, self.code, **self.parameters), ()


def _encodable_parameter(value: str | int | tuple[str, ...]) -> str | int | tuple[str, ...]:
    if isinstance(value, tuple):
        return tuple(encodable(part) for part in value)
    return encodable(value) if type(value) is str else value


@dataclass(frozen=True, slots=True)
class Source:
    """Where posts come from, and what the desk knows of it.

    `address` is a URL, a path, or "-" for standard input; `kind` None is found out. A post is kept where it is of one
    of the `categories` and `tags` (names or slugs; none given: any), holds one of the words of `include` and none of
    `exclude`. `full_text` loads the page behind a feed's excerpt. `owner`, `leaning` and `country` are shown beside
    what the source says; `weight` orders, and never hides.
    """

    name: str
    address: str
    kind: str | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    language: str | None = None
    weight: float = 1.0
    section: str = ""
    full_text: bool = False
    owner: str = ""
    leaning: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """What a source published: the record every link, name and date of ours is taken from.

    `title` is plain text (entities decoded once); `html` and `excerpt_html` are as the source gave them. Times are
    aware, in UTC. `language` is what the post or its site says of itself (BCP 47), not a guess of ours. `is_excerpt`:
    the source gave only a part of it (a feed's teaser, a paywall's stub). `image_url` is the featured image's.
    `date_text` is the date as the source wrote it, where it could not be read; `published` is then None.

    Whatever it is made of, its texts are `encodable`.
    """

    key: str
    title: str
    html: str
    source: str = ""
    url: str | None = None
    id: str | None = None
    author: str | None = None
    published: datetime | None = None
    modified: datetime | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    excerpt_html: str = ""
    is_protected: bool = False
    is_excerpt: bool = False
    image_url: str | None = None
    date_text: str = ""

    def __post_init__(self) -> None:
        _make_encodable(self)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One numbered sentence: `document.text[start:end]`, of block `block` (its index; -1 for the headline)."""

    number: int
    start: int
    end: int
    block: int


@dataclass(frozen=True, slots=True)
class Embed:
    """Whose words an embedded post of another platform are: `published` is as the embed prints it."""

    platform: str
    author: str | None = None
    handle: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document's text, in reading order: `document.text[start:end]`.

    `first` and `last` are the numbers of its sentences, both inclusive. `level` is a heading's (1 to 6) or a list
    item's depth (1 for the outermost). `embed` says whose words it is, for blocks of kind "embed".
    """

    kind: BlockKind
    start: int
    end: int
    first: int
    last: int
    level: int = 0
    embed: Embed | None = None


@dataclass(frozen=True, slots=True)
class DroppedText:
    """What a drop rule took away: the rule's name and the words that went with it (white space normalised)."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Genre:
    """What kind of text a document is, and what in the text or its source says so."""

    kind: GenreKind
    """What kind of text it is."""
    reason: str = ""
    """What in the text or its source says so."""


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned post: plain text (blocks joined by a blank line), its blocks and its numbered sentences.

    `sentences[n].number == n`: index 0 is the headline. `language` is a BCP 47 primary tag, or "und". `provenance`
    holds neutral notes on how the text was made, as far as its markup shows.
    """

    post: Post
    title: str
    text: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    language: str = "und"
    genre: Genre = Genre("unknown")
    provenance: tuple[str, ...] = ()
    dropped: tuple[DroppedText, ...] = ()

    @property
    def key(self) -> str:
        """The key of its post."""
        return self.post.key

    def quote(self, number: int) -> str:
        """The words of sentence `number`; of the headline for 0. IndexError where there is none."""
        if number < 0:
            raise IndexError(number)
        sentence = self.sentences[number]
        return (self.text if number else self.title)[sentence.start : sentence.end]


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or a part of one that alone exceeds the budget: `document.text[start:end]` under its number."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of whole sentences that fits a token budget; `tokens` is what its numbered lines cost in a prompt."""

    pieces: tuple[Piece, ...]
    tokens: int


@dataclass(frozen=True, slots=True)
class Brief:
    """For whom and how: the desk's reader, house style, output language (BCP 47; None: the source's) and length.

    What is required of a line that is shown: "read" leaves out those that neither code accounts for nor anybody read.
    """

    reader: str = ""
    house_style: str = ""
    language: str | None = None
    length: Length = "medium"
    require: Requirement = "any"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose word a claim is: `voice` is what the text calls it ("reports", "embedded tweet", "the author")."""

    voice: str
    """What the text calls it: reports, embedded tweet, the author."""
    sourcing: Sourcing
    """Whether the source is named, unnamed, or the author; unknown where code cannot tell who says it."""
    name: str | None = None
    """The name, where there is one."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim as an engine proposes it: its evidence is (post key, sentence number), nothing in it is checked yet."""

    text: str
    evidence: tuple[tuple[str, int], ...]
    kind: ClaimKind = "fact"
    speaker: Speaker | None = None
    certainty: Certainty = "asserted"
    hedges: tuple[str, ...] = ()
    origin: Origin = "selected"
    translated_from: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a model's server read of the prompts that an engine sent it, in tokens; the two counts never agree quite.

    Prompts of which it is known that not all was read are not among them: their answers are not used.
    """

    prompt_tokens: int
    """Tokens sent, as counted here (o200k_base)."""
    prompt_tokens_read: int | None = None
    """Tokens read, as the server counts them; null: it does not report them, and whether all was read is not known."""

    def __add__(self, other: Receipt) -> Receipt:
        mine, others = self.prompt_tokens_read, other.prompt_tokens_read
        read = None if mine is None or others is None else mine + others
        return Receipt(self.prompt_tokens + other.prompt_tokens, read)


@dataclass(frozen=True, slots=True)
class Drafts:
    """What an engine proposes for one document, each part in the order to show it.

    `unseen` are the numbers of the sentences that the engine did not see. The parts from `headline` on are for an
    engine that writes; `missing` are noun phrases of what the document does not say, `receipt` is what its model's
    server read.
    """

    claims: tuple[Draft, ...] = ()
    embeds: tuple[Draft, ...] = ()
    questions: tuple[Draft, ...] = ()
    quotes: tuple[Draft, ...] = ()
    unseen: tuple[int, ...] = ()
    headline: Draft | None = None
    bottom_line: tuple[Draft, ...] = ()
    why_it_matters: tuple[Draft, ...] = ()
    disputed: tuple[Draft, ...] = ()
    missing: tuple[str, ...] = ()
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class AnswerDrafts:
    """What an engine proposes as the answer to one question; `missing` are noun phrases of what is not said.

    `nearest` are sentences that share words with an unanswered question, and are no answer to it. `passages_unread` are
    the last of those given, where what the engine asks reads less than all.
    """

    state: AnswerState
    claims: tuple[Draft, ...] = ()
    disputed: tuple[Draft, ...] = ()
    missing: tuple[str, ...] = ()
    nearest: tuple[Draft, ...] = ()
    passages_unread: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence a claim rests on: `quote` is `text[start:end]` (of the title, for sentence 0); `url` opens on it."""

    post: str
    """The key of the post."""
    sentence: int
    """The number of the sentence; 0 is the headline."""
    start: int
    """Where the quote starts, in Unicode code points of the document's text; of its title for sentence 0."""
    end: int
    """Where the quote ends (exclusive), in Unicode code points."""
    quote: str
    """The sentence: text[start:end], word for word."""
    url: str | None = None
    """An address that opens the source on that sentence; an embed's own permalink."""


@dataclass(frozen=True, slots=True)
class NotRun:
    """A check that could not be made on a claim, and why."""

    check: str
    """The check that could not be made."""
    why: str
    """Why not."""


@dataclass(frozen=True, slots=True)
class Check:
    """Who vouches for a claim: what passed, what could not be run, and the reasons.

    *carried*: code accounts for every part of the line in its sentences; *read*: the words differ, and `reader` found
    them carried; *unread*: the words differ and nobody read it; *withheld*: a check failed, or a reader said no.
    `before` is the text of a repaired claim as it was; `at_fault` the words that failed; `unaccounted` those of the
    line that its sentences do not account for; `rows` are those of the language tables that found what is wrong.
    """

    verdict: Verdict
    """carried, read, unread or withheld."""
    passed: tuple[str, ...] = ()
    """The checks that passed."""
    not_run: tuple[NotRun, ...] = ()
    """The checks that could not be made, and why."""
    reasons: tuple[str, ...] = ()
    """Why the verdict is what it is."""
    before: str | None = None
    """The text of a repaired claim as it was."""
    at_fault: tuple[str, ...] = ()
    """The words that failed."""
    unaccounted: tuple[str, ...] = ()
    """The words of the line that its sentences do not account for."""
    reader: str | None = None
    """Who read it, or said no of it; null: nobody."""
    rows: tuple[str, ...] = ()
    """The rows of the language tables by which something was found: "fr/negators.opening: ne"."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of ours and the sentences it rests on.

    `certainty` is how strongly the text puts it, never how likely it is; `hedges` are the words that say so, in the
    order in which they stand. `origin` tells words selected from the post from words that were written.
    `put_more_strongly` lists where the same post says it with less doubt.
    """

    id: str
    """The claim's name within its summary."""
    text: str
    """The claim, as it is shown."""
    evidence: tuple[Evidence, ...]
    """The sentences it rests on."""
    kind: ClaimKind = "fact"
    """Whether it states a fact, what somebody says, an opinion, a forecast or a question."""
    speaker: Speaker | None = None
    """Whose word it is; null: not known."""
    certainty: Certainty = "asserted"
    """How strongly the text puts it, never how likely it is."""
    hedges: tuple[str, ...] = ()
    """The words of report or doubt in it, in the order in which they stand."""
    origin: Origin = "selected"
    """selected: the post's own words; written: ours; editor: a person's."""
    translated_from: str | None = None
    """The language it was translated from (BCP 47); null: not translated."""
    put_more_strongly: tuple[Evidence, ...] = ()
    """Where the same post says it with less doubt."""
    check: Check | None = None
    """The verifier's verdict; null: not checked."""


@dataclass(frozen=True, slots=True)
class DateAhead:
    """A future event a post names: the day where it can be told, the words as they stand, and the sentence."""

    text: str
    """The words of the date, as they stand."""
    evidence: Evidence
    """The sentence that names it."""
    day: date | None = None
    """The day, where it can be told."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The source's own headline: whether it asks, and its words that stand nowhere in the text."""

    text: str
    """The headline."""
    is_question: bool = False
    """Whether it asks."""
    not_in_text: tuple[str, ...] = ()
    """Its words that stand nowhere in the text."""


@dataclass(frozen=True, slots=True)
class Counts:
    """A document counted: the tuples hold sentence numbers, except `figures` and `speakers` (words as they stand)."""

    sentences: int
    """How many sentences the text has."""
    words: int
    """How many words the text has."""
    doubt: tuple[int, ...] = ()
    """Sentences that carry words of report or doubt: numbers of sentences; 0 is the headline, the text starts at 1."""
    questions: tuple[int, ...] = ()
    """Sentences that ask: numbers of sentences; 0 is the headline, the text starts at 1."""
    quotes: tuple[int, ...] = ()
    """Sentences with quoted speech: numbers of sentences; 0 is the headline, the text starts at 1."""
    speakers: tuple[str, ...] = ()
    """Who is said to say something, as the text names them."""
    embeds: int = 0
    """How many posts of other platforms are embedded."""
    dates_ahead: int = 0
    """How many future events are named."""
    figures: tuple[str, ...] = ()
    """Figures, as they stand in the text."""


@dataclass(frozen=True, slots=True)
class PostCard:
    """What a reader is told of a post: the post without its HTML."""

    key: str
    """The post's identity: its canonical link, else site and id, else a hash."""
    title: str
    """The headline at the source."""
    source: str
    """Where the post comes from."""
    url: str | None = None
    """The post's own address."""
    author: str | None = None
    """The byline; null: none given."""
    published: datetime | None = None
    """When it was published."""
    modified: datetime | None = None
    """When it was last changed."""
    language: str = "und"
    """Language of the post (BCP 47 primary tag), or und."""
    date_text: str = ""
    """The date as the source wrote it, where it could not be read as one; published is then null."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One document's claims, embeds, questions, quotes and dates ahead, each with its evidence.

    `claims` are what it reports and what it argues (`kind` "opinion" or "forecast"), the ones to read first first.
    `withheld` never stands on a page; `unseen` are the numbers of the sentences that no engine saw. The parts from
    `written_headline` on are a writing engine's: `claims` are then what happened, `missing` what the post does not say.
    """

    post: PostCard
    """The post it sums up."""
    engine: EngineName
    """extractive: sentences selected, none written; model: written by a language model and checked."""
    genre: Genre
    """What kind of text the post is."""
    headline: Headline
    """The source's headline, as far as it says more than the text."""
    counts: Counts
    """The document counted."""
    claims: tuple[Claim, ...] = ()
    """What it reports, and what it argues (kind opinion or forecast); the ones to read first first."""
    embeds: tuple[Claim, ...] = ()
    """Posts of other platforms embedded in it."""
    questions: tuple[Claim, ...] = ()
    """What it asks."""
    quotes: tuple[Claim, ...] = ()
    """Who is quoted in it."""
    dates_ahead: tuple[DateAhead, ...] = ()
    """Future events it names."""
    withheld: tuple[Claim, ...] = ()
    """Claims whose sentences do not carry them; never shown on a page."""
    left_out: tuple[Claim, ...] = ()
    """Claims that nobody read, where only those are shown that code accounts for or somebody read."""
    provenance: tuple[str, ...] = ()
    """Neutral notes on how the text was made, as far as its markup shows."""
    unseen: tuple[int, ...] = ()
    """What no engine saw: numbers of sentences; 0 is the headline, the text starts at 1."""
    written_headline: Claim | None = None
    """A headline of ours, by an engine that writes."""
    bottom_line: tuple[Claim, ...] = ()
    """What a reader must know who reads nothing else, by an engine that writes."""
    why_it_matters: tuple[Claim, ...] = ()
    """Why it matters, in the view of those who say so in the post."""
    disputed: tuple[Claim, ...] = ()
    """What is disputed or unclear within the post."""
    missing: tuple[str, ...] = ()
    """What the post does not say."""
    receipt: Receipt | None = None
    """What the model's server read of the post, by an engine that writes."""

    @property
    def lines(self) -> tuple[Claim, ...]:
        """Every claim that is shown, in the order of the page."""
        written = (self.written_headline,) if self.written_headline else ()
        said = self.claims + self.why_it_matters + self.disputed
        return written + self.bottom_line + self.embeds + said + self.questions + self.quotes


@dataclass(frozen=True, slots=True)
class Position:
    """What one actor, or one outlet, says in a story or answer; `who` as the posts name them."""

    who: str
    """The actor or outlet, as the posts name it."""
    claims: tuple[Claim, ...]
    """What it says."""
    is_outlet: bool = False
    """Whether it is an outlet: one of the sources."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Claims that cannot all be right, one or more a side, and on what they differ; nobody here chooses."""

    about: Literal["number", "date", "who", "whether"]
    """What the claims differ on: the number, the date, who, or whether it is so."""
    claims: tuple[Claim, ...]
    """The claims, one or more a side."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a story stands where it stands: `value` is the number of sources, the question, the section, ..."""

    kind: Literal["sources", "standing", "question", "weight", "newest"]
    """What kind of reason it is."""
    value: str = ""
    """The number of sources, the standing, the question."""


@dataclass(frozen=True, slots=True)
class Story:
    """The documents of a digest about the same thing.

    `standing` since the last digest is None where there was none; `since` is when it was first briefed. `claims` are
    those of its posts merged, each with the evidence from every post that carries it; empty for a story of one post,
    whose summary holds them. `changed` are the claims that were not briefed before (of an update). `copies` are the
    keys of posts with another's text: they count as no source of their own. `shared` are the names, numbers and rare
    words by which its posts were put together.
    """

    id: str
    """The story's name within this digest."""
    title: str
    """The story's title."""
    summaries: tuple[Summary, ...]
    """One summary for each post of the story."""
    standing: Standing | None = None
    """What it is since the last digest: new, update, continuing, correction; null: there was none."""
    since: datetime | None = None
    """When it was first briefed."""
    reasons: tuple[Reason, ...] = ()
    """Why it stands where it stands."""
    claims: tuple[Claim, ...] = ()
    """The claims of its posts merged, with the evidence from each; empty for a story of one post."""
    changed: tuple[Claim, ...] = ()
    """The claims that were not briefed before, of an update."""
    positions: tuple[Position, ...] = ()
    """Who says what: actors and outlets."""
    disagreements: tuple[Disagreement, ...] = ()
    """Where its posts cannot all be right."""
    copies: tuple[str, ...] = ()
    """Keys of posts with another's text; they count as no source of their own."""
    shared: tuple[str, ...] = ()
    """The names, numbers and rare words by which its posts were put together."""
    section: str = ""
    """The desk or category it belongs to; empty: none."""


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a post before and after; `before` is empty for what was added, `after` for what was taken out."""

    before: str
    """The words before; empty for what was added."""
    after: str
    """The words after; empty for what was taken out."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A post that was briefed, and changed or withdrawn at its source since.

    `lines` are the texts of ours that rested on sentences now changed or gone. Times are aware, in UTC.
    """

    post: PostCard
    """The post that changed."""
    kind: Literal["changed", "withdrawn"]
    """Whether it was changed or withdrawn."""
    briefed_at: datetime
    """When it was briefed."""
    noticed_at: datetime
    """When the change was noticed."""
    changes: tuple[Change, ...] = ()
    """The words before and after."""
    lines: tuple[str, ...] = ()
    """Lines of ours that rested on sentences now changed or gone."""
    was: tuple[str, ...] = ()
    """The post as it was briefed, sentence by sentence; the first is its headline."""
    grounds: tuple[tuple[int, ...], ...] = ()
    """Of each of these lines the numbers of the sentences in `was` that it rested on; none: on other posts too."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the posts say to one question; "unanswered" is shown as "not in these posts".

    `claims` open with the answer itself; `missing` are noun phrases of what is not said. `asked_by` "posts" is a
    question that they raise themselves. `before` is the state of the last answer, given at `before_at`, and `changed`
    the claims it did not have. `follow_ups` are questions that the same posts do answer. Passages (blocks of posts)
    that did not fit the budget were left out, and are counted. `nearest` are sentences to look at where none answers
    in so many words; they are no answer, and not among `lines`.
    """

    id: str
    """The answer's name within this digest."""
    question: str
    """The question."""
    state: AnswerState
    """answered, partly, or unanswered: not in these posts."""
    engine: EngineName
    """Which engine answered."""
    claims: tuple[Claim, ...] = ()
    """The answer: claims, the answer itself first."""
    disputed: tuple[Claim, ...] = ()
    """What is disputed of it."""
    missing: tuple[str, ...] = ()
    """What the posts do not say."""
    positions: tuple[Position, ...] = ()
    """Who says what to it."""
    asked_by: Literal["desk", "posts"] = "desk"
    """Whether the desk asks it, or the posts themselves."""
    before: AnswerState | None = None
    """The state of the last answer; null: there was none."""
    before_at: datetime | None = None
    """When the last answer was given."""
    changed: tuple[Claim, ...] = ()
    """The claims that the last answer did not have."""
    follow_ups: tuple[str, ...] = ()
    """Questions that the same posts do answer."""
    passages: int = 0
    """How many passages were read for it."""
    passages_left_out: int = 0
    """How many passages bore on it and did not fit."""
    withheld: tuple[Claim, ...] = ()
    """Claims whose sentences do not carry them; never shown on a page."""
    left_out: tuple[Claim, ...] = ()
    """Claims that nobody read, where only those are shown that code accounts for or somebody read."""
    nearest: tuple[Claim, ...] = ()
    """Sentences to look at where none answers in so many words; they are no answer."""

    @property
    def lines(self) -> tuple[Claim, ...]:
        """Every claim of the answer."""
        return self.claims + self.disputed


@dataclass(frozen=True, slots=True)
class Outlet:
    """What the desk notes of a source, shown beside its claims."""

    name: str
    """The source's name."""
    owner: str = ""
    """Whose it is, as the desk notes it."""
    leaning: str = ""
    """Where it leans, as the desk notes it."""
    country: str = ""
    """Where it is from, as the desk notes it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be used: what (a source, a post) and why."""

    what: str
    """What could not be used: a source, a post."""
    why: str
    """Why not."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "what", encodable(self.what))
        if type(self.why) is str:
            object.__setattr__(self, "why", encodable(self.why))


@dataclass(frozen=True, slots=True)
class ModelUse:
    """What was asked of a model, and what it took: `prompts` is their hash, `cost_usd` None where no price is known.

    `answers_stored` questions were answered from an earlier run and cost nothing.
    """

    model: str
    """The model's name."""
    prompts: str = ""
    """Hash of the prompts."""
    calls: int = 0
    """How many calls were made."""
    answers_stored: int = 0
    """How many questions were answered from an earlier run, at no cost."""
    input_tokens: int = 0
    """Tokens sent."""
    output_tokens: int = 0
    """Tokens received."""
    cached_tokens: int = 0
    """Tokens sent that the provider had cached."""
    cost_usd: Decimal | None = None
    """Cost in US dollars, as a decimal; null: no price is known."""


@dataclass(frozen=True, slots=True)
class CheckedText:
    """A text checked against posts: its sentences in order, each as a claim with the sentences that come nearest.

    `posts` are those that the evidence is of, of the `posts_read`; `language` (BCP 47) is the text's own.
    """

    lines: tuple[Claim, ...]
    """Its sentences, each with its evidence and its check; withheld ones among them."""
    posts: tuple[PostCard, ...]
    """The posts that the evidence is of."""
    posts_read: int = 0
    """How many posts it was checked against."""
    language: str = "und"
    """The language of the text (BCP 47)."""
    schema_version: int = 3
    """Version of this schema."""

    def count(self, verdict: Verdict) -> int:
        """How many of the lines have that verdict."""
        return sum(line.check is not None and line.check.verdict == verdict for line in self.lines)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a digest rests on, counted by code: `posts_read == posts_used + len(posts_dropped)`.

    `fallbacks` are the posts that the model could not do and the extractive engine did, with the reason.
    `sources_stale` are those that could not be read now and stand here with older posts, and how old.
    """

    sources: tuple[str, ...]
    """The sources read."""
    sources_failed: tuple[Failure, ...] = ()
    """The sources that could not be read, and why."""
    posts_read: int = 0
    """How many posts were read: those used and those dropped."""
    posts_used: int = 0
    """How many posts were used."""
    posts_dropped: tuple[Failure, ...] = ()
    """The posts left out, and why."""
    sentences: int = 0
    """How many sentences the posts used have."""
    sentences_unseen: int = 0
    """How many of them no engine saw."""
    claims: int = 0
    """How many claims are shown."""
    carried: int = 0
    """How many of them code accounts for."""
    read: int = 0
    """How many of them a reader read."""
    unread: int = 0
    """How many of them nobody read."""
    withheld: int = 0
    """How many claims were withheld."""
    left_out: int = 0
    """How many claims were left out because nobody read them, where that is required."""
    engine: EngineName = "extractive"
    """Which engine made the claims."""
    words_dropped: Mapping[str, int] = field(default_factory=dict)
    """How many words the cleaner dropped, by rule."""
    provenance: tuple[Failure, ...] = ()
    """Notes on how texts were made, by post."""
    fallbacks: tuple[Failure, ...] = ()
    """The posts that the model could not do and the extractive engine did, and why."""
    model: ModelUse | None = None
    """What was asked of a model; null: nothing."""
    sources_stale: tuple[Failure, ...] = ()
    """The sources that could not be read now and stand here with older posts, and how old."""
    not_posts: Mapping[str, int] = field(default_factory=dict)
    """How many items of the sources are no published posts, by state or type ("status draft", "type page")."""
    posts_written: int = 0
    """Of how many posts the lines were written by a model."""
    posts_selected: int = 0
    """Of how many posts the lines were selected, none written."""
    receipt: Receipt | None = None
    """What the model's server read of the posts that were written; null: none was."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """How the files of a digest were rendered, so that whoever has them can render them again and compare."""

    version: str
    """Version of briefing that rendered them."""
    templates: str = ""
    """SHA-256 of the templates that replaced those of briefing; empty: none did."""
    pictures: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of the address of each picture in the HTML, by the key of its post."""


@dataclass(frozen=True, slots=True)
class Digest:
    """The one object that every output is rendered from.

    `since` and `until` bound the period (aware, UTC; None: all posts of the sources given). `stories` are those told,
    `also` those named only. `compared_with` is when the digest was made that standings refer to; None: there was none.
    `files` maps the name of each file rendered from it to its SHA-256.
    """

    title: str
    """The digest's title."""
    made_at: datetime
    """When it was made."""
    stories: tuple[Story, ...]
    """The stories, in the order of the page."""
    coverage: Coverage
    """What the digest rests on, counted by code."""
    language: str = "en"
    """Language of the labels and of the page (BCP 47); text of the posts is not translated."""
    timezone: str = "UTC"
    """IANA time zone in which the page shows times."""
    since: datetime | None = None
    """Start of the period (included); null: open."""
    until: datetime | None = None
    """End of the period (excluded); null: open."""
    length: Length = "medium"
    """How much of each post is shown."""
    bottom_line: tuple[Claim, ...] = ()
    """What a reader of the whole digest must know, by an engine that writes."""
    also: tuple[Story, ...] = ()
    """Stories that are named only."""
    corrections: tuple[Correction, ...] = ()
    """Posts that were briefed, and changed or were withdrawn at their source since."""
    answers: tuple[Answer, ...] = ()
    """The key questions, and what the posts say to each."""
    outlets: tuple[Outlet, ...] = ()
    """What the desk notes of the sources."""
    compared_with: datetime | None = None
    """When the digest was made that standings refer to; null: there was none."""
    made_by: str = ""
    """Version of briefing that made it; empty: one that did not say."""
    files: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of each file rendered from this digest, by file name."""
    rendering: Rendering | None = None
    """How these files were rendered; null: by a version that did not say."""
    schema_version: int = 3
    """Version of this schema."""

    @property
    def lines(self) -> tuple[Claim, ...]:
        """Every line that it shows, in the order of the page, each once."""
        summaries = [summary for story in (*self.stories, *self.also) for summary in story.summaries]
        parts: list[Summary | Answer] = [*summaries, *self.answers]
        return (*self.bottom_line, *(claim for part in parts for claim in part.lines))
