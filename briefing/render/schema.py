"""JSON in and out of our values, and its JSON Schema, from the dataclasses themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from briefing.render.escaping import json_safe
from briefing.types import Answer, Digest, Document, Summary

SCHEMA_VERSION = 2


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def to_json(value: Summary | Digest | Answer) -> str:
    """The value as indented JSON with a final newline; every field is there, empty ones too."""
    return _dumped(type(value), value)


def from_json(text: str) -> Digest:
    """The digest `to_json` wrote. ValueError where it is none, or of another version of the schema."""
    digest: Digest = _adapter(Digest).validate_json(text)
    if digest.schema_version != SCHEMA_VERSION:
        raise ValueError(f"schema_version is {digest.schema_version}; this version reads {SCHEMA_VERSION}")
    return digest


def documents_to_json(documents: Iterable[Document]) -> str:
    """The documents a digest rests on, as a JSON array with a final newline."""
    return _dumped(list[Document], list(documents))


def documents_from_json(text: str) -> list[Document]:
    """The documents `documents_to_json` wrote. ValueError where it is no such array."""
    documents: list[Document] = _adapter(list[Document]).validate_json(text)
    return documents


def _dumped(kind: Any, value: Any) -> str:
    return json_safe(_adapter(kind).dump_json(value, indent=2).decode()) + "\n"


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `digest.json`."""
    schema = _adapter(Digest).json_schema(mode="serialization")
    _describe("Digest", schema)
    for name, definition in schema.get("$defs", {}).items():
        _describe(name, definition)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Digest",
        "description": f"{schema.get('description', '')}\n\n{_OFFSETS}".strip(),
    }


def _describe(name: str, definition: dict[str, Any]) -> None:
    for field, words in _FIELDS.get(name, {}).items():
        if field in definition.get("properties", {}):
            definition["properties"][field]["description"] = words


_OFFSETS = (
    "Offsets count Unicode code points of the document's text (of its title, for sentence 0), `end` exclusive: "
    "text[start:end] == quote. They are neither bytes nor UTF-16 units, so in JavaScript split the text into code "
    "points first ([...text].slice(start, end).join(''))."
)
_SENTENCES = "numbers of sentences; 0 is the headline, the text starts at 1"
_START = "Where the quote starts, in Unicode code points of the document's text; of its title for sentence 0."
_END = "Where the quote ends (exclusive), in Unicode code points."

_FIELDS: Mapping[str, Mapping[str, str]] = {
    "Digest": {
        "title": "The digest's title.",
        "made_at": "When it was made.",
        "stories": "The stories, in the order of the page.",
        "coverage": "What the digest rests on, counted by code.",
        "language": "Language of the labels and of the page (BCP 47); text of the posts is not translated.",
        "timezone": "IANA time zone in which the page shows times.",
        "since": "Start of the period (included); null: open.",
        "until": "End of the period (excluded); null: open.",
        "length": "How much of each post is shown.",
        "files": "SHA-256 of each file rendered from this digest, by file name.",
        "schema_version": "Version of this schema.",
        "bottom_line": "What a reader of the whole digest must know, by an engine that writes.",
        "also": "Stories that are named only.",
        "corrections": "Posts that were briefed, and changed or were withdrawn at their source since.",
        "answers": "The key questions, and what the posts say to each.",
        "outlets": "What the desk notes of the sources.",
        "compared_with": "When the digest was made that standings refer to; null: there was none.",
    },
    "Story": {
        "id": "The story's name within this digest.",
        "title": "The story's title.",
        "summaries": "One summary for each post of the story.",
        "standing": "What it is since the last digest: new, update, continuing, correction; null: there was none.",
        "since": "When it was first briefed.",
        "reasons": "Why it stands where it stands.",
        "claims": "The claims of its posts merged, with the evidence from each; empty for a story of one post.",
        "changed": "The claims that were not briefed before, of an update.",
        "positions": "Who says what: actors and outlets.",
        "disagreements": "Where its posts cannot all be right.",
        "copies": "Keys of posts with another's text; they count as no source of their own.",
        "shared": "The names, numbers and rare words by which its posts were put together.",
        "section": "The desk or category it belongs to; empty: none.",
    },
    "Position": {
        "who": "The actor or outlet, as the posts name it.",
        "claims": "What it says.",
        "is_outlet": "Whether it is an outlet: one of the sources.",
    },
    "Disagreement": {
        "about": "What the claims differ on: the number, the date, who, or whether it is so.",
        "claims": "The claims, one or more a side.",
    },
    "Reason": {
        "kind": "What kind of reason it is.",
        "value": "The number of sources, the standing, the question.",
    },
    "Correction": {
        "post": "The post that changed.",
        "kind": "Whether it was changed or withdrawn.",
        "briefed_at": "When it was briefed.",
        "noticed_at": "When the change was noticed.",
        "changes": "The words before and after.",
        "lines": "Lines of ours that rested on sentences now changed or gone.",
    },
    "Change": {
        "before": "The words before; empty for what was added.",
        "after": "The words after; empty for what was taken out.",
    },
    "Answer": {
        "id": "The answer's name within this digest.",
        "question": "The question.",
        "nearest": "Sentences to look at where none answers in so many words; they are no answer.",
        "state": "answered, partly, or unanswered: not in these posts.",
        "engine": "Which engine answered.",
        "claims": "The answer: claims, the answer itself first.",
        "disputed": "What is disputed of it.",
        "missing": "What the posts do not say.",
        "positions": "Who says what to it.",
        "asked_by": "Whether the desk asks it, or the posts themselves.",
        "before": "The state of the last answer; null: there was none.",
        "before_at": "When the last answer was given.",
        "changed": "The claims that the last answer did not have.",
        "follow_ups": "Questions that the same posts do answer.",
        "passages": "How many passages were read for it.",
        "passages_left_out": "How many passages bore on it and did not fit.",
        "withheld": "Claims whose sentences do not carry them; never shown on a page.",
    },
    "Outlet": {
        "name": "The source's name.",
        "owner": "Whose it is, as the desk notes it.",
        "leaning": "Where it leans, as the desk notes it.",
        "country": "Where it is from, as the desk notes it.",
    },
    "Summary": {
        "post": "The post it sums up.",
        "engine": "extractive: sentences selected, none written; model: written by a language model and checked.",
        "genre": "What kind of text the post is.",
        "headline": "The source's headline, as far as it says more than the text.",
        "counts": "The document counted.",
        "claims": "What it reports, and what it argues (kind opinion or forecast); the ones to read first first.",
        "embeds": "Posts of other platforms embedded in it.",
        "questions": "What it asks.",
        "quotes": "Who is quoted in it.",
        "dates_ahead": "Future events it names.",
        "withheld": "Claims whose sentences do not carry them; never shown on a page.",
        "provenance": "Neutral notes on how the text was made, as far as its markup shows.",
        "unread": f"What no engine read: {_SENTENCES}.",
        "written_headline": "A headline of ours, by an engine that writes.",
        "bottom_line": "What a reader must know who reads nothing else, by an engine that writes.",
        "why_it_matters": "Why it matters, in the view of those who say so in the post.",
        "disputed": "What is disputed or unclear within the post.",
        "missing": "What the post does not say.",
    },
    "PostCard": {
        "key": "The post's identity: its canonical link, else site and id, else a hash.",
        "title": "The headline at the source.",
        "source": "Where the post comes from.",
        "url": "The post's own address.",
        "author": "The byline; null: none given.",
        "published": "When it was published.",
        "modified": "When it was last changed.",
        "language": "Language of the post (BCP 47 primary tag), or und.",
    },
    "Genre": {"kind": "What kind of text it is.", "reason": "What in the text or its source says so."},
    "Headline": {
        "text": "The headline.",
        "is_question": "Whether it asks.",
        "not_in_text": "Its words that stand nowhere in the text.",
    },
    "Counts": {
        "sentences": "How many sentences the text has.",
        "words": "How many words the text has.",
        "doubt": f"Sentences that carry words of report or doubt: {_SENTENCES}.",
        "questions": f"Sentences that ask: {_SENTENCES}.",
        "quotes": f"Sentences with quoted speech: {_SENTENCES}.",
        "speakers": "Who is said to say something, as the text names them.",
        "embeds": "How many posts of other platforms are embedded.",
        "dates_ahead": "How many future events are named.",
        "figures": "Figures, as they stand in the text.",
    },
    "Claim": {
        "id": "The claim's name within its summary.",
        "text": "The claim, as it is shown.",
        "evidence": "The sentences it rests on.",
        "kind": "Whether it states a fact, what somebody says, an opinion, a forecast or a question.",
        "speaker": "Whose word it is; null: not known.",
        "certainty": "How strongly the text puts it, never how likely it is.",
        "hedges": "The words of report or doubt in it, in the order in which they stand.",
        "origin": "selected: the post's own words; written: ours; editor: a person's.",
        "translated_from": "The language it was translated from (BCP 47); null: not translated.",
        "put_more_strongly": "Where the same post says it with less doubt.",
        "check": "The verifier's verdict; null: not checked.",
    },
    "Speaker": {
        "voice": "What the text calls it: reports, embedded tweet, the author.",
        "sourcing": "Whether the source is named, unnamed, or the author.",
        "name": "The name, where there is one.",
    },
    "Evidence": {
        "post": "The key of the post.",
        "sentence": "The number of the sentence; 0 is the headline.",
        "start": _START,
        "end": _END,
        "quote": "The sentence: text[start:end], word for word.",
        "url": "An address that opens the source on that sentence; an embed's own permalink.",
    },
    "Check": {
        "verdict": "supported, repaired or withheld.",
        "passed": "The checks that passed.",
        "not_run": "The checks that could not be made, and why.",
        "reasons": "Why the verdict is what it is.",
        "before": "The text of a repaired claim as it was.",
        "at_fault": "The words that failed.",
    },
    "NotRun": {"check": "The check that could not be made.", "why": "Why not."},
    "DateAhead": {
        "text": "The words of the date, as they stand.",
        "evidence": "The sentence that names it.",
        "day": "The day, where it can be told.",
    },
    "Coverage": {
        "sources": "The sources read.",
        "sources_failed": "The sources that could not be read, and why.",
        "posts_read": "How many posts were read: those used and those dropped.",
        "posts_used": "How many posts were used.",
        "posts_dropped": "The posts left out, and why.",
        "sentences": "How many sentences the posts used have.",
        "sentences_unread": "How many of them no engine read.",
        "claims": "How many claims are shown.",
        "withheld": "How many claims were withheld.",
        "engine": "Which engine made the claims.",
        "words_dropped": "How many words the cleaner dropped, by rule.",
        "provenance": "Notes on how texts were made, by post.",
        "fallbacks": "The posts that the model could not do and the extractive engine did, and why.",
        "model": "What was asked of a model; null: nothing.",
        "sources_stale": "The sources that could not be read now and stand here with older posts, and how old.",
    },
    "ModelUse": {
        "model": "The model's name.",
        "prompts": "Hash of the prompts.",
        "calls": "How many calls were made.",
        "answers_stored": "How many questions were answered from an earlier run, at no cost.",
        "input_tokens": "Tokens sent.",
        "output_tokens": "Tokens received.",
        "cached_tokens": "Tokens sent that the provider had cached.",
        "cost_usd": "Cost in US dollars, as a decimal; null: no price is known.",
    },
    "Failure": {"what": "What could not be used: a source, a post.", "why": "Why not."},
}
