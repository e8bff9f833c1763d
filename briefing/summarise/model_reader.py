"""The second reader: a model that sees lines and their sentences, and nothing else, and says whether these carry them.

One call for all lines of a post, an answer or the bottom line. It can say no more than yes, no or unclear, and name
words: those at fault stand in the line, those instead in its sentences, or they are not told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.exceptions import BudgetError, ModelError, PostError, ReplyError
from briefing.language.annotation import Annotated
from briefing.model.chunker import numbered_line
from briefing.model.prompts import Prompt, fence_of, render_prompt
from briefing.model.replies import LineReading, SecondReading
from briefing.model.tokens import count_tokens
from briefing.model.window import Window
from briefing.summarise.model_engine import Ask
from briefing.types import Brief, Check, Claim, Document, Notice
from briefing.verify.grounds import Place, grounds

READER = "second reader"
"""Who it was that read a line, in its check; a page has words of its own for it."""
_MOST_AT_ONCE = 40  # lines of a call, so that the reply about them fits, too
_MOST_AT_FAULT = 4
_SILENT = Notice("it said nothing of this line")


@dataclass(frozen=True, slots=True)
class _ShownLine:
    """A line as the reader sees it: itself and its label, and the sentences below it, by post and number."""

    said: str
    label: str
    sentences: tuple[tuple[Place, str], ...]

    @property
    def tokens(self) -> int:
        """What it costs at most, with none of its sentences shown already."""
        return count_tokens(_material([self]))

    def holds(self, words: str) -> bool:
        """Whether the words stand in it, or in its label."""
        return _stands_in(words, self.said) or _stands_in(words, self.label)

    def rests_on(self, words: str) -> bool:
        """Whether the words stand in one of its sentences."""
        return any(_stands_in(words, sentence) for _, sentence in self.sentences)


class ModelReader:
    """Reads lines by asking a model; `window` bounds what the lines of one call may cost."""

    def __init__(self, ask: Ask, *, window: Window | None = None, prompts: Path | None = None) -> None:
        self._ask = ask
        self._window = window or Window()
        self._prompts = prompts
        self.trouble = ""

    async def read(self, claims: Sequence[Claim], documents: Mapping[str, Annotated]) -> Sequence[Claim]:
        """The claims in their order, the unread ones with what the model says of them."""
        places: dict[_ShownLine, list[int]] = {}
        for place, claim in enumerate(claims):
            if claim.evidence and claim.check and claim.check.verdict == "unread":
                places.setdefault(_shown(claim, documents), []).append(place)
        found = list(claims)
        for line, reading in (await self._in_groups(places)).items():
            for place in places[line]:
                found[place] = _read(claims[place], line, reading)
        return found

    async def _in_groups(self, lines: Iterable[_ShownLine]) -> dict[_ShownLine, LineReading | str]:
        """What the model says of each line, in as many calls as they take."""
        frame = reading_prompt((), self._prompts)
        groups = _groups(lines, self._window.room(count_tokens(frame.system) + count_tokens(frame.user)))
        readings = await asyncio.gather(*map(self._readings, groups))
        return {
            line: said
            for group, told in zip(groups, readings, strict=True)
            for line, said in zip(group, told, strict=True)
        }

    async def _readings(self, lines: Sequence[_ShownLine]) -> list[LineReading | str]:
        """What the model says of each of the lines of one call, or why it says nothing.

        Where the server turns out to read less than that, they are shown in smaller groups.
        """
        post = lines[0].sentences[0][0][0]
        bound = self._window.most_sent
        try:
            reply = await self._ask(reading_prompt(lines, self._prompts), SecondReading, post=post)
        except ReplyError as error:
            if error.reason == "truncated" and self._window.most_sent != bound and len(lines) > 1:
                told = await self._in_groups(lines)
                return [told[line] for line in lines]
            self.trouble = error.cause
            return [self.trouble] * len(lines)
        except (PostError, ModelError, BudgetError) as error:
            self.trouble = error.cause if isinstance(error, PostError) else error.args[0]
            return [self.trouble] * len(lines)
        said = _by_number(reply)
        return [said.get(number, _SILENT) for number in range(1, len(lines) + 1)]


def reading_prompt(lines: Sequence[_ShownLine], prompts: Path | None = None) -> Prompt:
    """What the reader is sent of these lines."""
    material = _material(lines)
    return render_prompt("second_reader", brief=Brief(), folder=prompts, fence=fence_of(material), material=material)


def _shown(claim: Claim, documents: Mapping[str, Annotated]) -> _ShownLine:
    sentences = tuple((place, _sentence(documents[place[0]], place[1])) for place in grounds(claim, documents))
    return _ShownLine(_one_line(claim.text), _label(claim), sentences)


def _sentence(document: Document, number: int) -> str:
    return _one_line(document.quote(number) if number else f"Headline: {document.quote(number)}")


def _label(claim: Claim) -> str:
    """Whose word it is and how firm, as far as a page says so beside the line."""
    said = [] if claim.speaker is None else [claim.speaker.name or "", claim.speaker.voice]
    firmness = [] if claim.certainty == "asserted" else [claim.certainty]
    return "; ".join(dict.fromkeys(_one_line(words) for words in (*said, *firmness) if words.strip()))


def _material(lines: Sequence[_ShownLine]) -> str:
    """Each line with its label, and below it those of its sentences that no line before it has shown."""
    numbers: dict[Place, int] = {}
    parts = []
    for number, line in enumerate(lines, 1):
        known = [f"[{numbers[place]}]" for place, _ in line.sentences if place in numbers]
        parts.append(f"\nLine {number}: {line.said}\n" + (f"Label: {line.label}\n" if line.label else ""))
        parts += [f"Sentences above: {' '.join(known)}\n"] if known else []
        for place, sentence in line.sentences:
            if place not in numbers:
                numbers[place] = len(numbers) + 1
                parts.append(numbered_line(numbers[place], sentence))
    return "".join(parts).strip("\n")


def _groups(lines: Iterable[_ShownLine], budget: int) -> list[list[_ShownLine]]:
    """Runs of lines that fit a call; a line that alone exceeds the budget stands alone."""
    groups: list[list[_ShownLine]] = []
    left = 0
    for line in lines:
        if not groups or line.tokens > left or len(groups[-1]) == _MOST_AT_ONCE:
            groups.append([])
            left = budget
        groups[-1].append(line)
        left -= line.tokens
    return groups


def _by_number(reply: SecondReading) -> dict[int, LineReading]:
    """What is said of each line; of one that is told of twice, and not alike, nothing clear is."""
    found: dict[int, LineReading] = {}
    for reading in reply.lines:
        first = found.setdefault(reading.number, reading)
        if first.carried != reading.carried:
            found[reading.number] = first.model_copy(update={"carried": "unclear"})
    return found


def _read(claim: Claim, line: _ShownLine, reading: LineReading | str) -> Claim:
    check = claim.check or Check("unread")
    if isinstance(reading, str):
        return replace(claim, check=replace(check, reasons=(*check.reasons, _said(Notice("no answer"), (reading,)))))
    at_fault = tuple(dict.fromkeys(words for words in reading.at_fault if line.holds(words)))[:_MOST_AT_FAULT]
    if reading.carried == "yes" and not at_fault:
        return replace(claim, check=replace(check, verdict="read", reader=READER))
    told: tuple[str, ...] = (", ".join(at_fault),) if at_fault else ()
    if line.rests_on(reading.instead):
        told += (Notice("the sentences have “{other}”", other=reading.instead),)
    if reading.carried == "no":
        reasons = (_said(Notice("not carried"), told),)
        return replace(
            claim, check=replace(check, verdict="withheld", reasons=reasons, at_fault=at_fault, reader=READER)
        )
    return replace(claim, check=replace(check, reasons=(*check.reasons, _said(Notice("unclear"), told))))


def _said(verdict: Notice, told: tuple[str, ...]) -> Notice:
    if told:
        return Notice("second reader: {verdict}: {words}", verdict=verdict, words=told)
    return Notice("second reader: {verdict}", verdict=verdict)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _stands_in(words: str, text: str) -> bool:
    plain = _one_line(words).strip("“”«»\"'….,;: ").casefold()
    return bool(plain) and plain in _one_line(text).casefold()
