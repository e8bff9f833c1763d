"""Voices: who a claim says is speaking.

Catches "experts say" where none speaks, hearsay put into somebody's mouth, and a quotation given to another speaker.
Lets pass "the company" for its name, and what the post, its author or a tweet is said to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.language.entities import CASED, same_name
from briefing.language.hedges import Voice, attribution, marks
from briefing.language.modals import OUR_VOICES, UNNAMED
from briefing.language.quotation_marks import quotations
from briefing.language.words import Word, common_words, fold, script, words
from briefing.verify.checks.hedging import covers, leant_on
from briefing.verify.checks.quotes import plain
from briefing.verify.claim_context import Finding, Ground


def invented(ground: Ground) -> Iterator[Finding]:
    """A voice of the claim that speaks nowhere in the text."""
    common = common_words(ground.language)
    voices = [voice for voice in attribution(ground.text, ground.language) if not voice.is_pronoun]
    for voice in voices:
        who = [word for word in words(ground.text[voice.start : voice.end], ground.language) if word.key not in common]
        who = [word for word in who if not word.key.isdigit()]
        said = ground.text[voice.start : voice.end].strip()
        if not who or any(word.key in OUR_VOICES or word.key in OUR_VOICES for word in who):
            continue
        if voice.name is None and any(word.key in UNNAMED for word in who) and not _speaks(who, ground):
            yield Finding("attribution", "fail", f"attribution: “{said}” speaks nowhere in the text", (said,))
        elif voice.name is not None and _is_put_into_a_mouth(voice, ground):
            yield Finding("attribution", "fail", f"attribution: the text does not give it as said by “{said}”", (said,))


def _speaks(who: list[Word], ground: Ground) -> bool:
    """Whether such a voice stands in the text; "officials" do not in "official communiqués"."""
    for word in who:
        if word.key in ground.context.keys or (word.key != "officials" and word.stem in ground.context.stems):
            return True
    voices = [
        passage.text[voice.start : voice.end]
        for page in ground.pages for passage in page.passages
        for voice in attribution(passage.text, passage.language)
    ]  # fmt: skip
    stems = {item.stem for said in voices for item in words(said, ground.language)}
    return any(word.stem in stems for word in who)


def _is_put_into_a_mouth(voice: Voice, ground: Ground) -> bool:
    """Whether the sentences report it as hearsay or as somebody else's word, and this speaker speaks nowhere."""
    if script(ground.text) not in CASED:
        return False
    mine = [word.key for word in words(str(voice.name), ground.language)]
    for page in ground.pages:
        for passage in page.passages:
            for other in attribution(passage.text, passage.language):
                known = [word.key for word in words(passage.text[other.start : other.end], passage.language)]
                if any(same_name(one, key) for one in mine for key in known):
                    return False
    found = [(passage, attribution(passage.text, passage.language)) for passage in leant_on(ground)]
    if any(voices for _, voices in found):
        if not any(other.name for _, voices in found for other in voices):
            return False
        return not any(same_name(one, key) for one in mine for passage, _ in found for key in passage.keys)
    return any(
        mark.certainty == "reported" and covers(mark, passage, ground) and not _SOURCED.match(passage.text, mark.start)
        for passage, _ in found
        for mark in marks(passage.text, passage.language)
    )


_SOURCED = re.compile(r"(?:according|selon|d[’']après|según|de acuerdo|segundo|по |за |согласно)", re.I)


def speaker(ground: Ground) -> Iterator[Finding]:
    """A quotation is the word of the one the text gives it to."""
    for start, end in quotations(ground.text):
        claimed = [
            voice
            for voice in attribution(ground.text, ground.language)
            if voice.name and not start <= voice.start < end
        ]
        if not claimed:
            continue
        quoted = ground.text[start:end]
        yield from _speaker_of(quoted, claimed[0], ground)


def _speaker_of(quoted: str, claimed: Voice, ground: Ground) -> Iterator[Finding]:
    wanted = plain(quoted).strip(" .,;:!?'")
    for page in ground.pages:
        for passage in page.passages:
            if wanted not in plain(passage.text):
                continue
            around = page.passages[max(1, passage.number - 2) : passage.number + 3]
            voices = [voice for voice in attribution(passage.text, passage.language) if voice.name]
            near = [passage] if voices else [item for item in around if attribution(item.text, item.language)]
            names_ = [fold(part) for voice in voices for part in str(voice.name).split()]
            mine = [fold(part) for part in str(claimed.name).split() if len(part) > 2]
            there = names_ or [key for item in near for key in item.keys]
            if there and mine and not any(same_name(one, other) for one in mine for other in there):
                said = str(claimed.name)
                yield Finding(
                    "quotes",
                    "fail",
                    f"quote: the text does not give these words to “{said}” [{passage.number}]",
                    (said,),
                )
            return
