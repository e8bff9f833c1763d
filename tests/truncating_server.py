"""A server on loopback that reads no more than its window of what it is sent, and answers from that part."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass, field
from typing import Any, Literal

from loopback import Received, completion, failure

from briefing.model.tokens import count_tokens

BLIND = "an answer to a part"
"""What every reply to a cut prompt says is missing."""


@dataclass
class Truncating:
    """Its vocabulary needs `ratio` times our tokens. `keeps` is what it keeps of a longer prompt, or how it refuses it;
    `counts` what it reports: what it read, nothing, 0, or only what it had not at hand from an earlier call."""

    window: int = 1_000_000
    keeps: Literal["end", "front", "n_ctx", "words"] = "end"
    ratio: float = 1.0
    counts: Literal["all", "none", "zero", "new"] = "all"
    cut: int = 0
    most_read: int = 0
    calls: int = 0
    _seen: list[str] = field(default_factory=list)

    async def __call__(self, received: Received, writer: asyncio.StreamWriter) -> None:
        self.calls += 1
        text = "\n".join(message["content"] for message in received.body["messages"])
        tokens = self._tokens(text) + 12  # what a template adds
        if tokens > self.window and self.keeps in ("n_ctx", "words"):
            await self._refusal(tokens)(received, writer)
            return
        kept = text
        if tokens > self.window:
            self.cut += 1
            chars = len(text) * self.window // tokens
            kept = text[-chars:] if self.keeps == "end" else text[:chars]
        read = min(tokens, self.window)
        self.most_read = max(self.most_read, read)
        if self.counts == "new":
            prefix = max((_common(text, other) for other in self._seen), default=0)
            read -= self._tokens(text[:prefix])
            self._seen.append(text)
        told: dict[str, Any] = {"prompt_tokens": 0 if self.counts == "zero" else read, "completion_tokens": 10}
        usage = {} if self.counts == "none" else told
        await completion(_reply(received, kept, is_cut=kept is not text), usage=usage)(received, writer)

    def _tokens(self, text: str) -> int:
        return int(count_tokens(text) * self.ratio)

    def _refusal(self, tokens: int) -> Any:
        if self.keeps == "n_ctx":
            said = "the request exceeds the available context size, try increasing it"
            return failure(400, said, type="exceed_context_size_error", n_prompt_tokens=tokens, n_ctx=self.window)
        said = f"This model's maximum context length is {self.window} tokens. However, your messages resulted in"
        return failure(400, f"{said} {tokens} tokens.", code="context_length_exceeded")


def _common(text: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = zip(text, other, strict=False)
    return next((n for n, (one, two) in enumerate(pairs) if one != two), min(len(text), len(other)))


def _reply(received: Received, kept: str, *, is_cut: bool) -> str:
    """The first sentence of what is left, as the schema wants it."""
    shown = [(int(number), text) for number, text in re.findall(r"^\[(\d+)\] (.*)$", kept, re.M) if int(number)]
    said = {"kind": "fact", "speaker": None, "voice": None, "certainty": "asserted"}
    lines = [{"text": text, "rests_on": [number], **said} for number, text in shown[:2]]
    if "what_happened" not in json.dumps(received.body.get("response_format")):
        return json.dumps({"lines": lines})
    parts = {"headline": None, "bottom_line": [], "what_happened": lines, "why_it_matters": [], "disputed": []}
    return json.dumps(parts | {"missing": [BLIND] if is_cut else []})
