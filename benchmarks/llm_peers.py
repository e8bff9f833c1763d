"""What others do with the same documents: `python benchmarks/llm_peers.py NAME BASE_URL DOCUMENTS AT_ONCE`.

A file of its own, which imports nothing of ours, so that it runs in an environment that holds the others. Prints one
line of JSON: the seconds it took and the documents it lost, or what is not installed.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable, Coroutine
from typing import Any

SYSTEM = "Summarise the document in one line, as JSON."


def messages(number: int) -> list[dict[str, str]]:
    """What is sent of document `number`."""
    return [{"role": "system", "content": SYSTEM}, {"role": "user", "content": f"document {number}\n" + "word " * 100}]


async def semaphore(url: str, documents: int, at_once: int) -> list[Any]:
    """AsyncOpenAI behind a semaphore, its retries as they come."""
    from openai import AsyncOpenAI

    client, gate = AsyncOpenAI(api_key="none", base_url=url), asyncio.Semaphore(at_once)

    async def one(number: int) -> Any:
        async with gate:
            return await client.chat.completions.create(
                model="m",
                messages=messages(number),  # type: ignore[arg-type]  # plain dicts are what people write
                max_tokens=100,
            )

    return await asyncio.gather(*map(one, range(documents)), return_exceptions=True)


async def langchain(url: str, documents: int, at_once: int) -> list[Any]:
    """LangChain's `abatch`."""
    from langchain_openai import ChatOpenAI

    model = ChatOpenAI(model="m", api_key="none", base_url=url, max_tokens=100)
    asked = [[(message["role"], message["content"]) for message in messages(number)] for number in range(documents)]
    return list(await model.abatch(asked, config={"max_concurrency": at_once}, return_exceptions=True))


async def litellm(url: str, documents: int, at_once: int) -> list[Any]:
    """litellm's `batch_completion`, which works in threads."""
    import litellm as peer

    asked = [messages(number) for number in range(documents)]
    return await asyncio.to_thread(
        peer.batch_completion,
        model="openai/m",
        messages=asked,
        api_base=url,
        api_key="none",
        max_tokens=100,
        max_workers=at_once,
        num_retries=2,
    )


PEERS: dict[str, Callable[[str, int, int], Coroutine[Any, Any, list[Any]]]] = {
    "AsyncOpenAI + semaphore": semaphore,
    "LangChain abatch": langchain,
    "litellm batch": litellm,
}
MODULES = {"AsyncOpenAI + semaphore": "openai", "LangChain abatch": "langchain_openai", "litellm batch": "litellm"}


def main() -> None:
    """Run one of them."""
    name, url, documents, at_once = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    try:
        __import__(MODULES[name])
    except ImportError:
        print(json.dumps({"missing": MODULES[name]}))
        return
    started = time.perf_counter()
    answers = asyncio.run(PEERS[name](url, documents, at_once))
    seconds = time.perf_counter() - started
    lost = sum(isinstance(answer, BaseException) for answer in answers)
    print(json.dumps({"seconds": seconds, "lost": lost}))


if __name__ == "__main__":
    main()
