"""How much of what it is sent a server reads, as far as the counts in its replies tell.

A server that is sent more than its context holds may answer all the same, from what it kept of it (Ollama keeps the
end, 4,096 tokens by default, and answers 200). Only `usage.prompt_tokens` betrays it: it is held against our own count
of what was sent. Vocabularies differ, so the two counts never agree; what they have to each other is learnt from the
replies of a run, for each script, the shortest call first. A count that is too small for it, that stays where longer
prompts had the same, or that is as round as a window, is a doubt and no more: it is settled by sending the prompt once
more with a little behind it, for one token of answer. Where the count grows, all was read.

Tokens are ours (`o200k_base`) where they are called `sent`, the server's where they are called `read`.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass, field
from typing import Final, Literal

from briefing.types import Notice, Receipt

ReadShare = Literal["whole", "doubtful", "cut", "not reported"]

LEAST_SHARE: Final = 0.85
"""Of what is expected to be read; below it there is a doubt. Vocabularies in use read 0.7 to 1.6 times our count."""
LEAST_RATIO: Final = 0.5
"""No vocabulary in use makes do with less than half of our tokens."""
LEAST_JUDGED: Final = 400
"""Our tokens; what a template adds would weigh too much in shorter calls, and no server's window is smaller."""
ROUND: Final = 512
"""Windows are set to multiples of it; what a cut leaves is up to four tokens off."""
SETTLING_TOKENS: Final = 64
LEAST_MATERIAL: Final = 200
"""Our tokens; below it there is no use in asking."""
_OFF: Final = 4
_SAME: Final = 0.01


@dataclass(slots=True)
class _Ratio:
    """What a script's tokens are read as: from a call of so many of ours; a settled one is not learnt again."""

    sent: int
    value: float
    is_settled: bool = False


@dataclass(slots=True)
class Window:
    """What one model at one endpoint reads of what it is sent, for one run; shared by its client and its engines.

    `input_tokens` is what the material of a call may cost by the settings. `most_sent` is what a whole prompt may
    cost, and `most_answer` what an answer (in the server's tokens), None until the server has shown a bound; they only
    fall.
    """

    input_tokens: int = 24_000
    most_sent: int | None = None
    most_answer: int | None = None
    read_at_most: int | None = None
    settling: asyncio.Lock = field(default_factory=asyncio.Lock, repr=False)
    _ratios: dict[str, _Ratio] = field(default_factory=dict, repr=False)
    _replies: dict[str, list[tuple[int, int]]] = field(default_factory=dict, repr=False)
    _counts_only_new: bool = False
    _receipts: dict[str, Receipt] = field(default_factory=dict, repr=False)

    def judge(self, script: str, sent: int, read: int | None) -> ReadShare:
        """What the count of a reply says. What is whole is learnt from."""
        if not read or self._counts_only_new:
            return "not reported"
        if sent < LEAST_JUDGED:
            return "whole"
        if self.read_at_most is not None and abs(read - self.read_at_most) <= _SAME * read:
            return "cut"
        known = self._ratios.get(script)
        is_little = read < LEAST_SHARE * sent * (known.value if known else 1.0)
        if is_little or _is_round(read) or self._stays(script, sent, read):
            return "doubtful"
        self.learn(script, sent, read)
        return "whole"

    def settle(self, script: str, sent: int, read: int, more: int, read_with_more: int | None) -> ReadShare:
        """What is so of a doubtful reply, by what is read of the same prompt with `more` of our tokens behind it."""
        if read_with_more is None:
            return "not reported"
        if more * LEAST_RATIO <= read_with_more <= 4 * more + _OFF and read_with_more < read / 2:
            self._counts_only_new = True  # what it had at hand from the call before is not in its count
            return "not reported"
        if read_with_more - read < more * LEAST_RATIO or read < sent * LEAST_RATIO:
            return "cut"
        self.learn(script, sent, read, is_settled=True)
        return "whole"

    def learn(self, script: str, sent: int, read: int, *, is_settled: bool = False) -> None:
        """That all of a prompt was read."""
        self._replies.setdefault(script, []).append((sent, read))
        known, ratio = self._ratios.get(script), read / sent
        if is_settled:
            self._ratios[script] = _Ratio(sent, min(ratio, known.value) if known else ratio, is_settled=True)
        elif known is None or (sent < known.sent and not known.is_settled):
            self._ratios[script] = _Ratio(sent, ratio)

    def refuse(self, script: str, sent: int, *, window: int | None, prompt: int | None) -> bool:
        """That the server refused a prompt as too long for its `window`, and counts it as `prompt`, where it says so.

        Whether the prompt itself fits, and only the room for the answer was too large.
        """
        if window is None:
            self.limit(sent, sent)
            return False
        known = self._ratios.get(script)
        ratio = max(prompt / sent if prompt else known.value if known else 1.0, LEAST_RATIO)
        answer = max(window // 4, 1)
        self.most_answer = min(answer, self.most_answer or answer)
        if sent * ratio <= window * 3 / 4:
            self.most_sent = min(int(window / ratio) * 3 // 4, self.most_sent or sys.maxsize)
            return True
        self.limit(sent, int(window / ratio))
        return False

    def shrink(self, script: str, sent: int, read: int) -> None:
        """That of `sent` tokens the server read no more than `read`: from here on less is sent."""
        self.read_at_most = max(read, self.read_at_most or 0)
        known = self._ratios.get(script)
        self.limit(sent, int(read / max(known.value if known else 1.0, LEAST_RATIO)))

    def limit(self, sent: int, window: int) -> None:
        """That a prompt of `sent` tokens is too long for a window of so many of ours; a quarter is for the answer.

        What was sent before the bound was known says nothing new.
        """
        if self.most_sent is not None and sent > self.most_sent:
            return
        self.most_sent = min(window, sent) * 3 // 4

    def room(self, frame: int) -> int:
        """What the material of a call may cost whose prompt costs `frame` tokens without it; it may be below 0."""
        return self.input_tokens if self.most_sent is None else min(self.input_tokens, self.most_sent - frame)

    def note(self, post: str, receipt: Receipt) -> None:
        """Keep what was read of one call for a post."""
        known = self._receipts.get(post)
        self._receipts[post] = known + receipt if known else receipt

    def begin(self, post: str) -> None:
        """Forget what was read for a post: it is asked for anew."""
        self._receipts.pop(post, None)

    def receipt(self, post: str) -> Receipt | None:
        """What was read for a post, of the calls whose replies were used."""
        return self._receipts.get(post)

    def _stays(self, script: str, sent: int, read: int) -> bool:
        """Whether no more was read of a shorter prompt, which one vocabulary does not do."""
        return any(
            abs(read - other) <= _SAME * read and length < 0.9 * sent for length, other in self._replies.get(script, ())
        )


def not_all_read(sent: int, read: int) -> Notice:
    """Why a reply is not used."""
    return Notice(
        "the server read {read} of {sent} tokens: raise its context window (Ollama's num_ctx)", read=read, sent=sent
    )


def too_small(window: int) -> Notice:
    """Why nothing is asked."""
    return Notice("the server reads no more than {n} tokens: raise its context window (Ollama's num_ctx)", n=window)


def _is_round(read: int) -> bool:
    return min(read % ROUND, ROUND - read % ROUND) <= _OFF
