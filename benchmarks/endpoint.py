"""An OpenAI-compatible endpoint on loopback, in a process of its own: `python -m benchmarks.endpoint --rate 20`.

Prints its base URL. A token bucket of one second answers what it cannot take with 429 and `Retry-After: 1`. It bills
the bytes of the messages over four for what came in, and for what goes out any number up to the `max_tokens` asked for,
always the same for the same call. `GET /stats` tells what it did since the last `GET /reset`.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import random
import time
from collections import Counter
from typing import Any


class Bucket:
    """`rate` calls a second, and as many at once after a quiet second."""

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self.tokens = rate
        self._as_of = time.monotonic()

    def take(self) -> bool:
        """Whether one more call fits now."""
        now = time.monotonic()
        self.tokens = min(self.rate, self.tokens + (now - self._as_of) * self.rate)
        self._as_of = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True

    def headers(self) -> dict[str, str]:
        """What OpenAI tells: the limit, what is left, and when all of it is there again."""
        return {
            "x-ratelimit-limit-requests": f"{self.rate:.0f}",
            "x-ratelimit-remaining-requests": f"{int(self.tokens)}",
            "x-ratelimit-reset-requests": f"{(self.rate - self.tokens) / self.rate * 1000:.0f}ms",
        }


class Server:
    """Counts what it answered, refused and billed; `calls` is by document (the first line of the user's message)."""

    def __init__(self, *, bucket: Bucket | None, has_headers: bool, seconds: float, fault_share: float) -> None:
        self.bucket = bucket
        self.has_headers = has_headers
        self.seconds = seconds
        self.fault_share = fault_share
        self.reset()

    def reset(self) -> None:
        """Begin to count anew."""
        self.answered = self.refused = self.billed_in = self.billed_out = 0
        self.calls: Counter[str] = Counter()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, for as long as the client keeps it."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                path = head.split(" ", 2)[1]
                length = next((line[15:] for line in head.lower().split("\r\n") if line[:15] == "content-length:"), "0")
                body = await reader.readexactly(int(length))
                writer.write(await self._completion(body) if "completions" in path else self._service(path))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _service(self, path: str) -> bytes:
        if path == "/reset":
            self.reset()
        counted = ("answered", "refused", "billed_in", "billed_out", "calls")
        return _response(200, {name: getattr(self, name) for name in counted}, {})

    async def _completion(self, body: bytes) -> bytes:
        headers: dict[str, str] = {}
        is_taken = self.bucket is None or self.bucket.take()
        if self.bucket and self.has_headers:
            headers = self.bucket.headers()
        if not is_taken:
            self.refused += 1
            return _response(429, {"error": {"message": "Rate limit reached"}}, headers | {"Retry-After": "1"})
        return await self._taken(body, headers)

    async def _taken(self, body: bytes, headers: dict[str, str]) -> bytes:
        asked = json.loads(body)
        document = asked["messages"][-1]["content"].split("\n", 1)[0]
        self.calls[document] += 1
        usage = _usage(asked, body)
        await asyncio.sleep(self.seconds)
        self.billed_in += usage["prompt_tokens"]
        self.billed_out += usage["completion_tokens"]
        if random.random() < self.fault_share:
            return _response(500, {"error": {"message": "something broke after the work was done"}}, headers)
        self.answered += 1
        message = {"role": "assistant", "content": json.dumps({"line": f"What {document} says."})}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        envelope = {"id": "c", "object": "chat.completion", "created": 0, "model": asked["model"]}
        return _response(200, {**envelope, "choices": [choice], "usage": usage}, headers)


def _usage(asked: dict[str, Any], body: bytes) -> dict[str, int]:
    most = asked.get("max_completion_tokens") or asked.get("max_tokens") or 100
    spread = int.from_bytes(hashlib.sha256(body).digest()[:4], "big")
    sent = sum(len(message["content"].encode()) for message in asked["messages"]) // 4
    completion = 1 + spread % most
    return {"prompt_tokens": sent, "completion_tokens": completion, "total_tokens": sent + completion}


def _response(status: int, body: object, headers: dict[str, str]) -> bytes:
    content = json.dumps(body).encode()
    fields = {"Content-Type": "application/json", "Content-Length": str(len(content)), **headers}
    head = f"HTTP/1.1 {status} Said\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return head.encode() + b"\r\n" + content


async def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=0.0, help="calls a second; 0 for no limit")
    parser.add_argument("--headers", action="store_true", help="send x-ratelimit-* headers")
    parser.add_argument("--seconds", type=float, default=0.3, help="what one call takes")
    parser.add_argument("--faults", type=float, default=0.0, help="share of calls that are billed and answered 500")
    chosen = parser.parse_args()
    bucket = Bucket(chosen.rate) if chosen.rate else None
    served = Server(bucket=bucket, has_headers=chosen.headers, seconds=chosen.seconds, fault_share=chosen.faults)
    server = await asyncio.start_server(served.serve, "127.0.0.1", 0, backlog=512)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main())
