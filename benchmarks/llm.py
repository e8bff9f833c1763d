"""The figures of the model client, against an endpoint on loopback in a process of its own.

`python -m benchmarks.llm [NAME …] [--quick] [--peers PYTHON]`: limits, unlimited, kill, budget, memory, or all of
them. `--peers` is an interpreter whose environment holds langchain-openai and litellm, which pin an older SDK; without
it ours is tried. AsyncOpenAI is always that of our own environment. The others get fewer documents, to save time, which
flatters them: the bucket starts full, so of 200 documents at R = 50 a quarter is free.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, build_opener

from pydantic import BaseModel

from briefing.exceptions import BudgetError, PostError
from briefing.model.client import Client, ModelAnswer, Request
from briefing.model.prices import Usage
from briefing.store import Store

AT_ONCE = 50
LATENCY_SECONDS = 0.3
PEERS_FILE = Path(__file__).with_name("llm_peers.py")
PEER_NAMES = ("AsyncOpenAI + semaphore", "LangChain abatch", "litellm batch")


class Reply(BaseModel):
    """What the endpoint replies."""

    line: str


def request(number: int, *, words: int = 100, max_output_tokens: int = 100) -> Request[Reply]:
    """What is asked of document `number`."""
    system = "Summarise the document in one line, as JSON."
    return Request(f"post {number}", system, f"document {number}\n" + "word " * words, Reply, max_output_tokens)


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def endpoint(*options: str) -> Iterator[str]:
    """The base URL of a fresh endpoint."""
    command = [sys.executable, "-m", "benchmarks.endpoint", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def stats(url: str, path: str = "/stats") -> dict[str, Any]:
    """What the endpoint counted; `/reset` begins anew."""
    with build_opener(ProxyHandler({})).open(url.removesuffix("/v1") + path) as answer:
        counted: dict[str, Any] = json.load(answer)
        return counted


async def ask_all(client: Client, documents: int, **options: int) -> list[ModelAnswer[Reply] | BaseException]:
    """Every document at once, as the pipeline would."""
    asked = (client.ask(request(number, **options)) for number in range(documents))
    return await asyncio.gather(*asked, return_exceptions=True)


async def _timed(url: str, documents: int) -> tuple[float, int]:
    import briefing.model.endpoint  # noqa: F401 — the SDK's own load is no part of what is compared

    async with Client(model="m", base_url=url, now=_now, most_at_once=AT_ONCE) as client:
        started = time.perf_counter()
        answers = await ask_all(client, documents)
        return time.perf_counter() - started, sum(isinstance(answer, BaseException) for answer in answers)


def peer(python: str, name: str, url: str, documents: int) -> dict[str, Any]:
    """What one of the others did; `missing` where it is not installed."""
    command = [python, str(PEERS_FILE), name, url, str(documents), str(AT_ONCE)]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    told: dict[str, Any] = json.loads(output.strip().splitlines()[-1])
    return told


def limits(chosen: argparse.Namespace) -> None:
    """Wall time against what the limit allows, without and with rate-limit headers."""
    documents, peer_documents = (300, 100) if chosen.quick else (1000, 200)
    for rate in (20, 50):
        for options in ((), ("--headers",)):
            with endpoint("--rate", str(rate), *options) as url:
                seconds, lost = asyncio.run(_timed(url, documents))
                _report_limit("briefing", rate, options, documents, seconds, lost, stats(url))
        for name in PEER_NAMES:
            with endpoint("--rate", str(rate)) as url:
                told = peer(sys.executable if name == PEER_NAMES[0] else chosen.peers, name, url, peer_documents)
                if "missing" in told:
                    print(f"  R={rate:<3}{name:<26} not installed")
                    continue
                _report_limit(name, rate, (), peer_documents, told["seconds"], told["lost"], stats(url))


def _report_limit(
    name: str, rate: int, options: tuple[str, ...], documents: int, seconds: float, lost: int, counted: dict[str, Any]
) -> None:
    ratio = seconds / max(documents / rate, LATENCY_SECONDS)
    share = counted["refused"] / (counted["refused"] + counted["answered"])
    how = "headers" if options else "no headers"
    print(
        f"  R={rate:<3}{name:<26}{how:<12}{documents} documents {seconds:6.1f} s  {ratio:.3f} x  "
        f"lost {lost}  429 {counted['refused']} ({share:.1%})"
    )


def unlimited(chosen: argparse.Namespace) -> None:
    """Nothing held back, 50 at once: ours and bare AsyncOpenAI by turns."""
    documents, rounds = (500, 1) if chosen.quick else (1000, 3)
    ours, bare = [], []
    with endpoint() as url:
        for _ in range(rounds):
            ours.append(asyncio.run(_timed(url, documents))[0])
            bare.append(peer(sys.executable, PEER_NAMES[0], url, documents)["seconds"])
    ratio = statistics.median(mine / theirs for mine, theirs in zip(ours, bare, strict=True))
    shown = " ".join(f"{mine:.2f}/{theirs:.2f}" for mine, theirs in zip(ours, bare, strict=True))
    print(f"  {documents} documents, ours/bare in seconds: {shown}; median ratio {ratio:.3f} x")


def kill(chosen: argparse.Namespace) -> None:
    """SIGKILL at a random moment, then run again: what is paid twice against what was in flight."""
    kills, documents = (20, 60) if chosen.quick else (50, 60)
    worst, total_twice, total_flight, whole = 0, 0, 0, 0
    with endpoint("--seconds", "0.1") as url, tempfile.TemporaryDirectory() as folder:
        for number in range(kills):
            stats(url, "/reset")
            database = f"sqlite:///{folder}/{number}.db"
            _child(url, database, documents, kill_after_seconds=random.uniform(0.0, 0.6))
            with Store(database) as store:
                stored = store.answers_info().answers
            in_flight = len(stats(url)["calls"]) - stored
            _child(url, database, documents, kill_after_seconds=None)
            calls = stats(url)["calls"]
            twice = sum(count - 1 for count in calls.values())
            with Store(database) as store:
                whole += len(calls) == documents == store.answers_info().answers
            worst = max(worst, twice - in_flight)
            total_twice, total_flight = total_twice + twice, total_flight + in_flight
    print(
        f"  {kills} kills: {total_twice} calls paid twice, {total_flight} in flight at the kills; "
        f"worst excess {worst}; {whole} of {kills} whole after the second run"
    )


def _child(url: str, database: str, documents: int, *, kill_after_seconds: float | None) -> None:
    command = [sys.executable, "-m", "benchmarks.llm", "child", url, database, str(documents)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        if kill_after_seconds is not None:
            time.sleep(kill_after_seconds)
            process.send_signal(signal.SIGKILL)


async def _run_child(url: str, database: str, documents: int) -> None:
    import briefing.model.endpoint  # noqa: F401 — so that the kill falls among the calls

    with Store(database) as store:
        async with Client(model="m", base_url=url, now=_now, store=store, most_at_once=20) as client:
            print("go", flush=True)
            await ask_all(client, documents)


def price(usage: Usage) -> Decimal:
    """A made-up price: 1 and 4 dollars a million."""
    return Decimal(usage.input_tokens + 4 * usage.output_tokens) / 1_000_000


def budget(chosen: argparse.Namespace) -> None:
    """Random caps, answers of random length, one call in ten billed and lost: is a cap ever overshot?"""
    runs = 20 if chosen.quick else 100
    overshot, stopped, closest = 0, 0, 0.0
    with endpoint("--seconds", "0.005", "--faults", "0.1") as url:
        for number in range(runs):
            stats(url, "/reset")
            by_tokens = bool(number % 2)
            cap_tokens = random.randint(500, 30_000) if by_tokens else None
            cap_usd = None if by_tokens else Decimal(random.randint(500, 60_000)) / 1_000_000
            stopped += asyncio.run(_spend(url, cap_tokens, cap_usd))
            counted = stats(url)
            billed = Usage(counted["billed_in"], counted["billed_out"])
            share = billed.tokens / cap_tokens if cap_tokens else float(price(billed) / (cap_usd or Decimal(1)))
            overshot += share > 1
            closest = max(closest, share)
    print(f"  {runs} runs with random caps: {overshot} overshot, {stopped} stopped by the cap; closest {closest:.1%}")


async def _spend(url: str, max_tokens: int | None, max_usd: Decimal | None) -> bool:
    async with Client(
        model="m",
        base_url=url,
        now=_now,
        most_at_once=random.randint(1, 30),
        max_tokens=max_tokens,
        max_usd=max_usd,
        price=price,
        first_backoff_seconds=0.01,
    ) as client:
        outcomes = await ask_all(client, 40, words=random.randint(1, 200), max_output_tokens=random.randint(1, 500))
    unexpected = [one for one in outcomes if not isinstance(one, ModelAnswer | BudgetError | PostError)]
    assert not unexpected, unexpected
    return any(isinstance(one, BudgetError) for one in outcomes)


def memory(chosen: argparse.Namespace) -> None:
    """Resident memory of 2,000 calls with posts of 1,000 words, above what the imports take."""
    calls = 500 if chosen.quick else 2000
    with endpoint("--seconds", "0.05") as url:
        command = [sys.executable, "-m", "benchmarks.llm", "child-memory", url, str(calls)]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    print(f"  {calls} calls: {output.strip()}")


async def _run_memory(url: str, calls: int) -> None:
    import briefing.model.endpoint
    import briefing.model.tokens  # noqa: F401 — the vocabulary counts as an import

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory() as folder, Store(f"sqlite:///{folder}/answers.db") as store:
        async with Client(model="m", base_url=url, now=_now, store=store) as client:
            answers = await ask_all(client, calls, words=1000)
    assert not any(isinstance(answer, BaseException) for answer in answers)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{(after - before) / 1024:.0f} MB above imports ({before / 1024:.0f} MB)")


FIGURES = {"limits": limits, "unlimited": unlimited, "kill": kill, "budget": budget, "memory": memory}


def main() -> None:
    """Print the figures asked for."""
    if sys.argv[1:2] == ["child"]:
        asyncio.run(_run_child(sys.argv[2], sys.argv[3], int(sys.argv[4])))
        return
    if sys.argv[1:2] == ["child-memory"]:
        asyncio.run(_run_memory(sys.argv[2], int(sys.argv[3])))
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("figures", nargs="*", choices=[*FIGURES, []], metavar="NAME")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--peers", default=sys.executable, metavar="PYTHON")
    chosen = parser.parse_args()
    for name in chosen.figures or FIGURES:
        print(f"{name}:", flush=True)
        FIGURES[name](chosen)


if __name__ == "__main__":
    main()
