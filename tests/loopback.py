"""An endpoint on loopback that does what its script says: one behaviour a call, the last one for all that follow."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from briefing.model.tokens import count_tokens


@dataclass(frozen=True, slots=True)
class Received:
    """One call as it arrived; header names in lower case."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def user(self) -> str:
        """What the first user message says."""
        return str(self.body["messages"][1]["content"])

    @property
    def tokens(self) -> int:
        """What its messages cost."""
        return sum(count_tokens(message["content"]) for message in self.body["messages"])


Behaviour = Callable[[Received, asyncio.StreamWriter], Awaitable[None]]


def http(status: int, body: str | bytes, headers: Mapping[str, str] | None = None) -> Behaviour:
    """A whole response."""

    async def behave(_: Received, writer: asyncio.StreamWriter) -> None:
        writer.write(response(status, body, headers))

    return behave


def response(status: int, body: str | bytes, headers: Mapping[str, str] | None = None) -> bytes:
    """The bytes of a response."""
    content = body.encode() if isinstance(body, str) else body
    fields = {"Content-Type": "application/json", "Content-Length": str(len(content)), **(headers or {})}
    head = f"HTTP/1.1 {status} Said\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return head.encode() + b"\r\n" + content


def completion(
    text: str | None,
    *,
    finish: str = "stop",
    refusal: str | None = None,
    usage: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Behaviour:
    """A chat completion; `usage={}` for an endpoint that tells none, by default that of the prompt, 100 at least."""
    message = {"role": "assistant", "content": text, "refusal": refusal}
    body: dict[str, Any] = {"choices": [{"index": 0, "message": message, "finish_reason": finish}]}

    async def behave(received: Received, writer: asyncio.StreamWriter) -> None:
        read = {"prompt_tokens": max(100, received.tokens), "completion_tokens": 10}
        told = read if usage is None else usage
        writer.write(response(200, json.dumps(body | ({"usage": told} if told else {})), headers))

    return behave


def failure(status: int, message: str, headers: Mapping[str, str] | None = None, **fields: str | int) -> Behaviour:
    """An error in the shape that OpenAI gives it."""
    return http(status, json.dumps({"error": {"message": message, **fields}}), headers)


async def hang(_: Received, writer: asyncio.StreamWriter) -> None:
    """Nothing at all, for long."""
    await asyncio.sleep(30)


async def drip(_: Received, writer: asyncio.StreamWriter) -> None:
    """A byte now and then, for ever: no single read takes long."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _step in range(1000):
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.05)


async def reset(_: Received, writer: asyncio.StreamWriter) -> None:
    """The connection breaks before a word was said."""
    writer.transport.abort()


async def cut_short(_: Received, writer: asyncio.StreamWriter) -> None:
    """The connection breaks in the middle of the body."""
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{"choices": [')
    await writer.drain()
    writer.close()


async def flood(_: Received, writer: asyncio.StreamWriter) -> None:
    """300 MB of white space, in chunks whose end is not told."""
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _step in range(300):
        writer.write(b"100000\r\n" + b" " * 0x100000 + b"\r\n")
        await writer.drain()


class Loopback:
    """The server; `received` holds every call in the order of arrival, `most_at_once` how many it had in hand."""

    def __init__(self, *script: Behaviour) -> None:
        self.script = script
        self.received: list[Received] = []
        self.in_hand = self.most_at_once = 0
        self.url = ""
        self._calls: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Loopback:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.close()
        for call in self._calls:
            call.cancel()
        await asyncio.gather(*self._calls, return_exceptions=True)
        await self._server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = asyncio.ensure_future(self._serve(reader, writer))
        self._calls.add(call)
        call.add_done_callback(self._calls.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while not writer.is_closing():
                received = await _receive(reader)
                behaviour = self.script[min(len(self.received), len(self.script) - 1)]
                self.received.append(received)
                self.in_hand += 1
                self.most_at_once = max(self.most_at_once, self.in_hand)
                try:
                    await behaviour(received, writer)
                    await writer.drain()
                finally:
                    self.in_hand -= 1
        except (asyncio.IncompleteReadError, ConnectionError):
            return  # the client has hung up
        finally:
            writer.close()


class Served:
    """A loopback endpoint on a thread of its own."""

    def __init__(self, behave: Behaviour) -> None:
        self.server = Loopback(behave)
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever)

    def __enter__(self) -> Loopback:
        self.thread.start()
        asyncio.run_coroutine_threadsafe(self.server.__aenter__(), self.loop).result(10)
        return self.server

    def __exit__(self, *error: object) -> None:
        asyncio.run_coroutine_threadsafe(self.server.__aexit__(None, None, None), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


async def _receive(reader: asyncio.StreamReader) -> Received:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    fields = (line.partition(":") for line in head[1:] if line)
    headers = {name.lower(): value.strip() for name, _, value in fields}
    content = await reader.readexactly(int(headers.get("content-length", "0")))
    return Received(head[0].split(" ")[1], headers, json.loads(content or b"{}"))
