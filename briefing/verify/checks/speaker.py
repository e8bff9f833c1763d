"""Speaker: who a claim says is speaking.

Catches "experts say" where none speaks, hearsay put into somebody's mouth, and a quotation given to another speaker.
Lets pass "the company" for its name, and what the post, its author or a tweet is said to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.language.annotation import Annotation
from briefing.language.attribution import Attribution
from briefing.language.entities import CASED, same_name
from briefing.language.modals import OUR_VOICES, UNNAMED
from briefing.language.patterns import alternatives
from briefing.language.rows import row_of
from briefing.language.tables import table
from briefing.language.words import Word, common_words, words
from briefing.types import Notice
from briefing.verify.claim_context import ClaimContext, Finding
from briefing.verify.doubt_scope import covers, leant_on
from briefing.verify.quoted_speech import is_name, is_torn, speech_of, speeches
from briefing.verify.speakers import can_be_one, is_said_by, told_before, voice_in, who_is_told


def knows(language: str) -> bool:
    """Whether it is known who says so in it."""
    return bool(table(language, "reporting_verbs"))


def check(context: ClaimContext) -> Iterator[Finding]:
    """A finding for a quotation given to another speaker, and for a voice that speaks nowhere."""
    yield from _misattributed(context)
    yield from _invented(context)


def _invented(context: ClaimContext) -> Iterator[Finding]:
    """A voice of the claim that speaks nowhere in the text."""
    common = common_words(context.language)
    voices = [voice for voice in context.line.attributions if not voice.is_pronoun]
    for voice in voices:
        who = [word for word in context.line.between(voice.start, voice.end) if word.key not in common]
        who = [word for word in who if not word.key.isdigit()]
        said = context.line.text[voice.start : voice.end].strip()
        if not who or any(word.key in OUR_VOICES for word in who):
            continue
        if voice.name is None and any(word.key in UNNAMED for word in who) and not _speaks(who, context):
            reason = Notice("attribution: “{said}” speaks nowhere in the text", said=said)
            yield Finding("fail", reason, (said,), row=_row_of_unnamed(who, context.line))
        elif voice.name is not None and _is_put_into_a_mouth(voice, context):
            yield Finding(
                "fail", Notice("attribution: the text does not give it as said by “{said}”", said=said), (said,)
            )


def _row_of_unnamed(who: Sequence[Word], line: Annotation) -> str | None:
    """The row of voices nobody could ring up that one of the words stands in."""
    rows = (row_of(line.text, (one.start, one.end), line.language, "modals", "unnamed") for one in who)
    return next((row for row in rows if row), None)


def _speaks(who: list[Word], context: ClaimContext) -> bool:
    """Whether such a voice stands in the text; "officials" do not in "official communiqués"."""
    for word in who:
        if word.key in context.document_lexicon.keys or (
            word.key != "officials" and word.stem in context.document_lexicon.stems
        ):
            return True
    voices = [
        sentence.text[voice.start : voice.end]
        for document in context.documents for sentence in document.annotations
        for voice in sentence.attributions
    ]  # fmt: skip
    stems = {item.stem for said in voices for item in words(said, context.language)}
    return any(word.stem in stems for word in who)


def _is_put_into_a_mouth(voice: Attribution, context: ClaimContext) -> bool:
    """Whether the sentences report it as hearsay or as somebody else's word, and this speaker speaks nowhere."""
    if context.line.script not in CASED:
        return False
    mine = [word.key for word in words(str(voice.name), context.language)]
    for document in context.documents:
        for sentence in document.annotations:
            for other in sentence.attributions:
                known = [word.key for word in sentence.between(other.start, other.end)]
                if any(same_name(one, key, sentence.language) for one in mine for key in known):
                    return False
    found = [(sentence, sentence.attributions) for sentence in leant_on(context)]
    if any(voices for _, voices in found):
        if not any(other.name for _, voices in found for other in voices):
            return False
        return not any(
            _names(mine, sentence) or any(_is_meant(voice, other, sentence, context) for other in voices)
            for sentence, voices in found
        )
    return any(
        mark.certainty == "reported"
        and covers(mark, sentence, context)
        and not _SOURCED.match(sentence.text, mark.start)
        and not (_names(mine, sentence) and _quotes(sentence, context))
        for sentence, _ in found
        for mark in sentence.hedges
    )


def _names(keys: Sequence[str], sentence: Annotation) -> bool:
    return any(same_name(one, key, sentence.language) for one in keys for key in sentence.keys)


def _quotes(sentence: Annotation, context: ClaimContext) -> bool:
    document = context.document_of(sentence)
    is_in = any(one.first <= sentence.number <= one.last for one in speeches(document))
    return is_in or is_torn(sentence.text)


def _is_meant(voice: Attribution, other: Attribution, sentence: Annotation, context: ClaimContext) -> bool:
    """Whether the line's voice can be a title, or another name, of the one whom the sentence gives it to."""
    around = told_before(context.document_of(sentence), sentence.number, sentence.number)
    return can_be_one(voice_in(context.line, voice), voice_in(sentence, other), around)


_SOURCED = re.compile(alternatives("sources", "opening"), re.IGNORECASE)


def _misattributed(context: ClaimContext) -> Iterator[Finding]:
    """A quotation is the word of the one the text gives it to; where the text does not name him there, of the one that
    the sentences before name, if that is one."""
    for span in context.line.quotations:
        claimed = None if is_name(context.line, span) else who_is_told(context.line, span)
        quoted = context.line.text[slice(*span)]
        speech = next((found for one in context.documents if (found := speech_of(quoted, one))), None)
        if claimed is None or speech is None:
            continue
        is_theirs = is_said_by(claimed, speech)
        if is_theirs is False:
            reason = Notice(
                "quote: the text does not give these words to “{said}” [{n}]", said=claimed.text, n=speech.last
            )
            yield Finding("fail", reason, (claimed.text,))
        elif is_theirs is None:
            reason = Notice("quote: whose words these are cannot be told [{n}]", n=speech.last)
            yield Finding("note", reason, (claimed.text,))
