"""Every file below `briefing/language/data` is well formed; one that is not says here what is wrong with it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import pytest
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    ValidationError,
    create_model,
    model_validator,
)

from briefing.language.profile import Profile, profile
from briefing.language.quantifiers import QuantifierSort
from briefing.language.question_types import AnswerKind
from briefing.language.tables import compiled_lines, filled, kinds, languages, table
from hatch_build import compiled_tables

DATA = Path(__file__).parents[2] / "briefing" / "language" / "data"
FILES = sorted(DATA.glob("*/*.toml"))


def _distinct(entries: list[Any]) -> list[Any]:
    repeated = [entry for at, entry in enumerate(entries) if entry in entries[:at]]
    assert not repeated, f"more than once: {repeated}"
    return entries


def _normal(text: str) -> str:
    assert unicodedata.is_normalized("NFC", text), "not NFC"
    assert text == " ".join(text.split()) != "", "empty, or spaces that are too many"
    return text


def _row(text: str) -> str:
    _distinct(text.split())
    return text


Text = Annotated[str, AfterValidator(_normal)]
Word = Annotated[Text, Field(pattern=r"^\S+$")]
Words = Annotated[list[Word], AfterValidator(_distinct)]
Row = Annotated[Text, AfterValidator(_row)]
Rows = Annotated[list[Row], AfterValidator(_distinct)]
Sides = Annotated[list[Annotated[list[Row], Field(min_length=2)]], AfterValidator(_distinct)]
Pair = Annotated[list[Row], Field(min_length=2, max_length=2)]
Pairs = Annotated[list[Pair], AfterValidator(_distinct)]


class Table(BaseModel):
    """What a kind of file may hold; any other key is refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


class PatternRow(Table):
    """A pattern, with a text it must be found in and one it must not be found in."""

    pattern: str
    example: Text | None = None
    counterexample: Text | None = Field(None, alias="not")

    @model_validator(mode="after")
    def _does_what_it_says(self) -> PatternRow:
        _normal(self.pattern.strip())
        re.compile(self.pattern)
        if self.example:
            assert self.finds(self.example), f"not found in its example: {self.example}"
        if self.counterexample:
            assert not self.finds(self.counterexample), f"found: {self.counterexample}"
        return self

    def finds(self, text: str) -> bool:
        return re.search(self.pattern, text, re.IGNORECASE) is not None


def _pattern(text: str) -> str:
    re.compile(text)
    return text


Entries = Annotated[list[Annotated[Text, AfterValidator(_pattern)] | PatternRow], AfterValidator(_distinct)]


def _lists(*keys: str) -> Callable[[dict[str, Any]], object]:
    """Lists of words and patterns, under these keys and no other."""
    fields: dict[str, Any] = {key: (Entries, []) for key in keys}
    return create_model("Lists", __base__=Table, **fields).model_validate


class OpeningRow(PatternRow):
    def finds(self, text: str) -> bool:
        return re.match(self.pattern, text, re.IGNORECASE) is not None


class Abbreviations(Table):
    never: Words = []
    number: Words = []
    sometimes: Words = []
    starters: Words = []
    name_particles: Words = []
    elided: Words = []
    closing_letters: list[Text] = []
    run_on: Words = []


class Anaphora(Table):
    row: list[OpeningRow]


class Antonyms(Table):
    opposites: Pairs = []
    overstated: Pairs = []
    rise: Word = ""
    more: Word = ""
    substrings: Pairs = []
    weak: Words = []
    ambiguous: Words = []


MonthNumber = Literal["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Calendar(Table):
    any_case: Literal[True] = True
    month_first: Literal[True] = True
    bare_era: int = 0
    prefixes: Row = "-"
    endings: Row = "-"
    weekday_endings: Row = "-"
    cases: Rows = []
    exact: Row = "-"
    also_names: Row = "-"
    needs_company: Row = "-"
    needs_number: Row = "-"
    company: Row = "-"
    company_behind: Row = "-"
    not_behind: Row = "-"
    other_months: Row = "-"
    other_calendar: Row = "-"
    days_in_letters: Entries = []
    other_dates: Entries = []
    dates: Entries = []
    ordinal_endings: Entries = []
    between_days: Entries = []
    before_day: Entries = []
    before_month: Entries = []
    before_year: Entries = []
    behind_year: Entries = []
    no_day: Words = []
    eras: dict[Annotated[str, Field(pattern=r"^-?\d+$")], Row] = {}
    months: dict[MonthNumber, Row] = {}
    weekdays: dict[Weekday, Row] = {}
    days: dict[Annotated[str, Field(pattern=r"^[1-3]?\d$")], Row] = {}
    relative: dict[Literal["-2", "-1", "0", "1", "2"], Row] = {}


class CalendarNames(Table):
    months: dict[MonthNumber, Row]
    short_months: dict[MonthNumber, Row]
    weekdays: dict[Weekday, Row]


class Clock(Table):
    around: Row = "-"
    times: Entries = []
    zones: dict[Annotated[str, Field(pattern=r"^[+-]\d\d:\d\d$")], Row] = {}
    mail_zones: dict[Annotated[str, Field(pattern=r"^[+-]\d\d:\d\d$")], Row] = {}
    places: dict[Annotated[str, Field(pattern=r"^\w+/\w+$")], Row] = {}
    summers: dict[Annotated[str, Field(pattern=r"^\w+/\w+$")], Row] = {}


class ClockNames(Table):
    halves: dict[Literal["am", "pm"], Row]
    short_weekdays: dict[Weekday, Row]


class Cohyponyms(Table):
    sorts: Sides


class Side(Table):
    verbs: Row
    leads: Row


class Event(Table):
    first: list[Side]
    second: list[Side]


class ConverseVerbs(Table):
    event: list[Event]


class Compass(Table):
    """What makes another place of a name beside it; `behind` tells that it may follow the name, after `between`."""

    north: Words = []
    south: Words = []
    east: Words = []
    west: Words = []
    northeast: Words = []
    northwest: Words = []
    southeast: Words = []
    southwest: Words = []
    new: Words = []
    inner: Words = []
    outer: Words = []
    upper: Words = []
    lower: Words = []
    behind: Literal[True] = True
    between: Words = []


class NameEndings(Table):
    """Endings that stand for one another behind one base, in rows; "-" is none."""

    cases: Rows = []
    adjectives: Rows = []
    peoples: Rows = []
    plurals: Rows = []
    no_plurals: Words = []
    behind_apostrophe: Words = []


class GenericTerms(Table):
    words: Words


class IrregularForms(Table):
    """A word in its plain form, and the forms of it that no rule leads back to it."""

    forms: Rows


class WordEndings(Table):
    """Endings that Snowball keeps, behind what stands for them; for a language it does not know, those that are cut."""

    undone: Rows = []
    left: Rows = []
    cut: Words = []


def _named(row: str) -> str:
    names = row.partition(": ")[2].split("|") if row[2:4] == ": " else row.split("|")
    _distinct(names)
    for name in names:  # a mark between two names that was forgotten
        _distinct(name.split())
    return row


Named = Annotated[Text, AfterValidator(_named)]
Country = Annotated[Named, Field(pattern=r"^[A-Z]{2}: [^|]")]


class Places(Table):
    """A place under its names, of any language: apart by "|", a country's code before them."""

    countries: list[Country]
    peoples: list[Country] = []
    more_peoples: list[Country] = []
    cities: Annotated[list[Named], AfterValidator(_distinct)] = []


class Territories(Table):
    """A country a line: its code, and its names in the language apart by "|"."""

    countries: str

    @model_validator(mode="after")
    def _a_line_each(self) -> Territories:
        for line in _distinct(self.countries.splitlines()):
            assert re.fullmatch(r"[A-Z]{2}: [^|]+(?:\|[^|]+)*", _normal(line)), line
        return self


class ModalRow(PatternRow):
    says: Literal["event", "future", "past", "condition", "attitude"]


class Modals(Table):
    leaning: Words = []
    open: Words = []
    our_voices: Words = []
    unnamed: Words = []
    hanging: Entries = []
    ahead: Words = []
    done: Words = []
    coming: Entries = []
    maxims: Entries = []
    weaker_than_will: Words = []
    row: list[ModalRow] = []

    @model_validator(mode="after")
    def _has_both_tenses(self) -> Modals:
        says = {row.says for row in self.row}
        assert ("future" in says) == ("past" in says), "what is ahead is told by both: future, past"
        return self


class Negators(Table):
    negations: Words = []
    contracted: Entries = []
    denials: Words = []
    affirming: Rows = []
    opening: Words = []
    second: Words = []
    only_second: Words = []
    only_before: dict[Word, Row] = {}
    weak: Words = []
    auxiliaries: Words = []
    of_the_verb: Entries = []
    implying: Words = []
    never: Entries = []
    first_time: Words = []
    unless: Entries = []
    until_then: Entries = []
    no_need: Entries = []
    need: Entries = []
    ruling_out: Entries = []
    prefixes: Words = []
    row: list[PatternRow] = []


Number = Annotated[str, AfterValidator(lambda text: str(float(text)) and text)]


class BoundRow(PatternRow):
    bound: Literal["over", "under", "nearly", "about"]

    def finds(self, text: str) -> bool:
        """A bound is one right in front of its number only."""
        return re.search(rf"(?<!\w)(?:{self.pattern})[\s-]*(?:\d|\w+aine)", text, re.IGNORECASE) is not None


class Magnitudes(Table):
    scales: dict[Number, Row]
    short_scales: dict[Number, Row]
    signs: dict[Word, Row]
    units: dict[Word, Row]


class NumberRules(Table):
    glued: Literal[True] = True
    units_first: Literal[True] = True
    next_place: Literal[True] = True
    digits_in_a_row: Literal[True] = True
    marks_tell: Literal[True] = True
    and_behind: Literal["glued", "tens", "hundreds"] = "glued"
    and_ahead_of: list[int] = []
    to_nineteen: list[int] = []


class Quantities(Table):
    joins: Words = Field([], alias="and")
    and_written_on: Words = []
    article_written_on: Words = []
    written_on: Words = []
    alone: Words = []
    one_of_scale: Words = []
    teen: Words = []
    half: Words = []
    point: Words = []
    only_within: Words = []
    doubtful: Words = []
    classifiers: Entries = []
    particles: Words = []
    idioms: Words = []
    uncounted: Words = []
    between: Words = []
    rounded: Words = []
    over_behind: Words = []
    ordinal_before: Words = []
    percent_ahead: Entries = []
    whole_first: Entries = []
    clocks: Entries = []
    centuries: Entries = []
    grammar: NumberRules = NumberRules()
    cardinals: dict[Number, Row] = {}
    ordinals: dict[Number, Row] = {}
    nth: dict[Number, Row] = {}
    scales: dict[Number, Row] = {}
    short_scales: dict[Number, Row] = {}
    shares: dict[Number, Row] = {}
    ahead: dict[Number, Row] = {}
    fractions: dict[Number, Row] = {}
    vague: dict[Number, Row] = {}
    signs: dict[Word, Row] = {}
    units: dict[Word, Row] = {}
    holds: dict[Number, Row] = {}
    at_least: Entries = []
    at_most: Entries = []
    at_least_behind: Entries = []
    at_most_behind: Entries = []
    strict: Entries = []
    comparing: Entries = []
    idle: Words = []
    years: Words = []
    beside: Words = []
    scales_written: Entries = []
    vague_written: Entries = []
    of: Entries = []
    of_glued: Entries = []
    percent: Entries = []
    percent_written: Entries = []
    percent_of: Entries = []
    counters_behind_digits: Entries = []
    several: Entries = []
    counters: Entries = []
    not_counted: Entries = []
    not_nouns: Words = []
    counted: Entries = []
    before_noun: Entries = []
    verb_endings: Entries = []
    numbered: Entries = []
    ordinal_endings: Entries = []
    out_of: Entries = []
    out_of_near: Entries = []
    out_of_plain: Entries = []
    out_of_every: Entries = []
    row: list[BoundRow] = []


class QuestionRow(PatternRow):
    wanted: AnswerKind


class QuestionTypes(Table):
    light: Words = []
    name: Entries = []
    ending: list[Text] = []
    asking: Words = []
    follow_ups: list[Annotated[Text, Field(pattern=r"\{\}")]] = []
    implied: dict[AnswerKind, Row] = {}
    row: list[QuestionRow]


class Parts(RootModel[dict[str, Entries]]):
    """Pieces of patterns, by the name they have in them."""


class ProfileRow(Table):
    script: Literal["arabic", "cjk", "cyrillic", "devanagari", "greek", "hangul", "hebrew", "thai"] = "arabic"
    spaces: Literal[False] = False
    prefix: str = ""
    verb_first: Literal["may", "second", "always"] = "may"
    cues_behind: Literal[True] = True
    capital_nouns: Literal[True] = True
    small_peoples: Literal[True] = True
    ordinal_stop: Literal[True] = True
    regnal_stop: Literal[True] = True
    modifiers_behind: Literal[True] = True
    stemmer: Literal["no", "sr"] = "no"


class Repairs(Table):
    maxim: Annotated[Text, Field(pattern=r"\{\}")]


class StopWords(Table):
    words: Words


class SubscriberLists(Table):
    address: Row = "-"
    name: Row = "-"
    first_name: Row = "-"
    last_name: Row = "-"
    state: Row = "-"
    refusing: Row = "-"
    consenting: Row = "-"
    about: Row = "-"
    stays: Row = "-"
    left: Row = "-"
    unconfirmed: Row = "-"
    other_channels: Row = "-"
    yes: Row = "-"
    no: Row = "-"
    services: dict[Text, Row] = {}


class Synonyms(Table):
    senses: Rows = []
    related: Rows = []


def _event_words(rows: Mapping[str, Any]) -> None:
    known = table("en", "event_words")
    for name, row in rows.items():
        assert name in known, f"{name} is not told of in English"
        _row(_normal(row))


KINDS: dict[str, Callable[[dict[str, Any]], object]] = {
    "abbreviations": Abbreviations.model_validate,
    "anaphora": Anaphora.model_validate,
    "answer_types": _lists(
        "ages",
        "reasons",
        "perhaps_reasons",
        "currencies",
        "times",
        "time_units",
        "people",
        "persons",
        "inches",
        "ends",
    ),
    "antonyms": Antonyms.model_validate,
    "arguments": _lists("arguing", "addressing", "maxims", "viewpoints"),
    "authors": _lists("byline", "called"),
    "calendar": Calendar.model_validate,
    "calendar_names": CalendarNames.model_validate,
    "clock": Clock.model_validate,
    "clock_names": ClockNames.model_validate,
    "clauses": _lists(
        "end",
        "that",
        "finite",
        "predicate",
        "relative",
        "opening",
        "but",
        "beside",
        "goes_on",
        "turns",
        "choice",
        "listing",
        "condition",
        "cause",
        "causing",
        "event",
    ),
    "cohyponyms": Cohyponyms.model_validate,
    "compared_numbers": _lists("aged", "ways"),
    "compass": Compass.model_validate,
    "converse_verbs": ConverseVerbs.model_validate,
    "determiners": _lists(
        "subject",
        "bare_subjects",
        "indefinite",
        "counting",
        "governing",
        "articles",
        "behind_noun",
        "leading",
        "definite",
        "between_names",
    ),
    "cuts": _lists("asides", "turns", "turns_within"),
    "dates_ahead": _lists("cues"),
    "event_words": _event_words,
    "generic_terms": GenericTerms.model_validate,
    "genres": _lists(
        "opinion",
        "press_release",
        "interview",
        "live_blog",
        "report",
        "opinion_heads",
        "press_release_heads",
        "live_blog_heads",
        "interview_heads",
        "interview_tails",
        "live_blog_tails",
        "opinion_tails",
        "press_release_opening",
        "press_release_closing",
        "opinion_edge",
        "interview_edge",
        "agencies",
        "broadcasters",
    ),
    "headlines": _lists("phrases", "words"),
    "irregular_forms": IrregularForms.model_validate,
    "hedges": _lists("alleged", "denied", "reported", "possible", "conditional", "capitalised"),
    "magnitudes": Magnitudes.model_validate,
    "modals": Modals.model_validate,
    "name_endings": NameEndings.model_validate,
    "negators": Negators.model_validate,
    "page_furniture": _lists(
        "reading_time",
        "about",
        "minutes_of_reading",
        "reading_time_lines",
        "more",
        "first_published",
        "comments",
        "paywall",
        "signs",
        "beside",
        "ago",
        "leads_to",
    ),
    "particles": _lists("characters"),
    "parts": Parts.model_validate,
    "places": Places.model_validate,
    "passives": _lists("be", "by", "articles", "clause"),
    "post_questions": _lists("not_in_earnest"),
    "profile": ProfileRow.model_validate,
    "pronouns": _lists("subject", "behind_verb", "ending", "third_person", "they"),
    "quantifiers": _lists(*get_args(QuantifierSort), "superlatives", "among_the_most"),
    "quantities": Quantities.model_validate,
    "question_types": QuestionTypes.model_validate,
    "repairs": Repairs.model_validate,
    "reporting_verbs": _lists(
        "plain",
        "saying",
        "showing",
        "told_to",
        "body_saying",
        "before",
        "passive",
        "inverted",
        "reported",
        "when",
        "where",
        "trails",
        "leads",
        "days_between",
        "behind_quotation",
        "mood",
        "telling",
        "set_phrases",
    ),
    "sources": _lists("prepositions", "unnamed", "documents", "no_subject", "opening", "weak_cues"),
    "stop_words": StopWords.model_validate,
    "subscriber_lists": SubscriberLists.model_validate,
    "synonyms": Synonyms.model_validate,
    "territories": Territories.model_validate,
    "the_post": _lists(
        "headline",
        "itself",
        "spoken_of",
        "does_not_say",
        "not_said",
        "unsaid",
        "word_from",
        "names_of",
        "when",
        "how_many",
        "other_question",
        "why",
    ),
    "function_words": _lists(
        "articles",
        "linking",
        "perfect",
        "prepositions",
        "coordinating",
        "subordinating",
        "restricting",
        "verbal",
        "pronouns",
        "adverbs",
        "privative",
    ),
    "word_endings": WordEndings.model_validate,
    "titles": _lists("titles", "joins", "abbreviated", "particles", "offices", "institutions", "also_first_names"),
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_table_has_known_keys_and_no_entry_twice(path: Path) -> None:
    assert re.fullmatch("[a-z]{2,3}", path.parent.name), "a folder is a primary language subtag"
    KINDS[path.stem](_thawed(table(path.parent.name, path.stem)))


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.stem != "magnitudes"],
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_a_word_has_letters_of_one_script(path: Path) -> None:
    """A letter of another one that looks the same keeps a word from ever being found. CLDR has three of them."""
    entries = map(re.compile(r"\\[A-Za-z]|\[[^\]]*\]").split, _strings(table(path.parent.name, path.stem)))
    words = [word for parts in entries for part in parts for word in re.findall(r"[^\W\d_]+", part)]
    assert not [word for word in words if len(_alphabets(word)) > 1]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping | tuple):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(inner)
    elif isinstance(value, str):
        yield value


def _alphabets(word: str) -> set[str]:
    names = {unicodedata.name(letter).split()[0] for letter in word}
    return names & {"LATIN", "CYRILLIC", "GREEK", "HEBREW", "ARABIC"}


_IS_PATTERN = re.compile(r"[\\\[\](){}?*+|^$]")
# Of these a text is no pattern, though it has such characters: what is written with "{}" or "|" in it.
_NO_PATTERNS = {
    "abbreviations",
    "calendar_names",
    "clock_names",
    "genres",
    "magnitudes",
    "places",
    "territories",
    "profile",
    "repairs",
    "signs",
    "follow_ups",
    "ending",
}


def _without_example(value: Any, key: str) -> Iterator[str]:
    if key in _NO_PATTERNS:
        return
    if isinstance(value, str) and _IS_PATTERN.search(value):
        yield value
    elif isinstance(value, Mapping) and "pattern" in value:
        yield from () if "example" in value else (value["pattern"],)
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _without_example(inner, name)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _without_example(inner, key)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_pattern_has_an_example(path: Path) -> None:
    assert not list(_without_example(table(path.parent.name, path.stem), path.stem))


@pytest.mark.parametrize(
    ("content", "patterns"),
    [
        ({"words": ["the", "no."]}, []),
        ({"words": ["the", r"of\s"]}, [r"of\s"]),
        ({"row": [{"pattern": "a?"}, {"pattern": "b?", "example": "b"}], "follow_ups": ["Who is {}?"]}, ["a?"]),
    ],
)
def test_what_is_no_plain_word_is_a_pattern(content: dict[str, Any], patterns: list[str]) -> None:
    frozen = {key: tuple(value) for key, value in content.items()}
    assert list(_without_example(frozen, "clauses")) == patterns


@pytest.mark.parametrize(
    ("kind", "content", "complaint"),
    [
        ("stop_words", {"words": ["the", "a", "the"]}, "more than once"),
        ("stop_words", {"words": ["e\u0301te\u0301"]}, "not NFC"),
        ("stop_words", {"word": ["the"]}, "Extra inputs"),
        ("synonyms", {"senses": ["buy acquire buy"]}, "more than once"),
        ("antonyms", {"opposites": [["rise"]]}, "at least 2"),
        ("places", {"countries": ["KR: Korean South Korean Coréen"]}, "more than once"),
        ("anaphora", {"row": [{"pattern": "(?:it"}]}, "missing \\)|unterminated"),
        ("anaphora", {"row": [{"pattern": "it", "example": "They left."}]}, "not found in its example"),
        ("anaphora", {"row": [{"pattern": "it", "not": "It is clear."}]}, "found: It is clear"),
    ],
)
def test_a_table_that_is_wrong_is_refused(kind: str, content: dict[str, Any], complaint: str) -> None:
    with pytest.raises((ValidationError, re.error), match=complaint):
        KINDS[kind](content)


def test_what_a_wheel_holds_is_what_a_checkout_reads() -> None:
    tables = compiled_lines(compiled_tables(DATA))
    assert {kind for _, kind in tables} == set(kinds()) == set(KINDS)
    assert sorted(tables) == sorted((language, kind) for kind in kinds() for language in languages(kind))
    for (language, kind), content in tables.items():
        assert _thawed(table(language, kind)) == _filled(json.loads(content), language)


def _thawed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _thawed(inner) for key, inner in value.items()}
    return [_thawed(inner) for inner in value] if isinstance(value, tuple) else value


def _filled(value: Any, language: str) -> Any:
    if isinstance(value, dict):
        return {key: _filled(inner, language) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, language) for inner in value]
    return filled(value, language) if isinstance(value, str) else value


def test_a_pattern_may_be_made_of_parts() -> None:
    assert table("en", "parts")["be"][:2] == ("is", "are")
    assert filled(r"{{be}}\ssaid", "en").startswith("(?:is|are|")
    with pytest.raises(KeyError):
        filled("{{bee}}", "en")


def test_a_profile_says_only_what_is_not_as_in_english() -> None:
    assert set(ProfileRow.model_fields) == {field.name for field in fields(Profile)}
    assert profile("en") == profile("xx") == Profile()
    assert profile("ar").prefix
    assert not any(profile(language).spaces for language in ("ja", "th", "zh"))


@pytest.mark.parametrize("language", languages("quantities"))
def test_what_cldr_knows_is_not_typed_again(language: str) -> None:
    for name in ("scales", "units", "signs"):
        written = table(language, "magnitudes").get(name, {})
        for key, row in table(language, "quantities").get(name, {}).items():
            assert set(row.split()).isdisjoint(written.get(key, "").split()), f"{name} {key}"


def test_a_table_cannot_be_changed() -> None:
    english = table("en", "stop_words")
    assert isinstance(english["words"], tuple)
    with pytest.raises(TypeError):
        english["words"] = ()  # type: ignore[index]


@pytest.mark.parametrize("language", ["xx", "", "../en", "en/../fr"])
def test_of_a_language_without_a_table_nothing_is_known(language: str) -> None:
    assert not table(language, "stop_words")
