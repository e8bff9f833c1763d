"""The fetcher: who is kept out, what bombs cost, and how fast many hosts are read.

    python -m benchmarks.fetching

1. Sixty forms of private addresses × {direct, redirect, rebinding} against a canary on loopback, behind a stand-in for
   the Internet that would connect to whatever it is told.
2. Bombs: memory above the process's base, and time, each in a process of its own.
3. 200 hosts on loopback that take 100 ms each, 20 at once: our time and that of a bare httpx2 client with a semaphore,
   over the ideal. The server is a process of its own; medians of five runs, taken in turn.
"""

from __future__ import annotations

import asyncio
import gzip
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx2

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from faults import (
    PRIVATE_FORMS,
    PUBLIC,
    Behaviour,
    Internet,
    Names,
    Server,
    http,
    raw,
    response,
    without_end,
)

from briefing.exceptions import FetchError
from briefing.fetch.fetcher import Fetcher, Rules

HOSTS, DELAY_SECONDS, AT_ONCE, RUNS = 200, 0.1, 20, 5
DEADLINE_SECONDS = 3.0
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


async def is_refused(fetch: Fetcher, url: str) -> bool:
    try:
        await fetch.get(url)
    except FetchError:
        return True
    return False


async def attacks(form: str, address: str, canary: Server) -> dict[str, tuple[bool, int]]:
    """For each way in: whether it was refused, and how many connections went elsewhere than to the public address."""
    found = {}
    with Server(http(302, headers={"Location": f"http://{form}/"})) as lure, Server(raw(response(200))) as first:
        for way, url, port in (
            ("direct", f"http://{form}/", lure.port),
            ("redirect", "http://site.example/", lure.port),
            ("rebinding", "http://site.example/", first.port),
        ):
            internet = Internet({PUBLIC: port}, moved={80: canary.port})
            names = Names(site_example=[[PUBLIC], [address]], localhost=[[address]])
            async with Fetcher(Rules(pause_seconds=0), resolve=names, network=internet) as fetch:
                if way == "rebinding":
                    await fetch.get(url)
                refused = await is_refused(fetch, url)
            found[way] = (refused, sum(host != PUBLIC for host, _ in internet.connected))
    return found


async def table() -> None:
    refused = dict.fromkeys(("direct", "redirect", "rebinding"), 0)
    connects = 0
    with Server(http(200)) as four, Server(http(200), host="::1") as six:
        for form, address in PRIVATE_FORMS:
            for way, (is_out, tried) in (await attacks(form, address, six if ":" in address else four)).items():
                refused[way] += is_out
                connects += tried
        connects += four.connections + six.connections
        httpx2.get(f"http://2130706433:{four.port}/", trust_env=False)
        control = four.connections
    ways = ", ".join(f"{way} {count} of {len(PRIVATE_FORMS)}" for way, count in refused.items())
    print(f"refused: {ways}; connects {connects} (a bare client, once: {control})")


def bombs() -> dict[str, Behaviour]:
    """Each would be 1 GiB or endless."""
    packed = gzip.compress(b"\0" * 2**30, 9)
    filler = b"100000\r\n" + b"x" * 2**20 + b"\r\n"
    return {
        "gzip": http(200, packed, {"Content-Encoding": "gzip"}),
        "gzip in gzip": http(200, gzip.compress(packed), {"Content-Encoding": "gzip, gzip"}),
        "brotli": http(200, _brotli(), {"Content-Encoding": "br"}),
        "gzip, 100,000 members": http(200, gzip.compress(b"") * 100_000, {"Content-Encoding": "gzip"}),
        "endless chunks": without_end(CHUNKED, filler),
        "300 MB announced": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 300000000\r\n\r\n", b"x" * 2**20),
        "endless header": without_end(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 2**16),
        "drip": without_end(CHUNKED, b"1\r\nx\r\n", every_seconds=0.05),
    }


def _brotli() -> bytes:
    import brotli

    packer = brotli.Compressor(quality=5)
    block = b"\0" * 2**20
    return b"".join([*(packer.process(block) for _ in range(2**10)), packer.finish()])


def peak_mib() -> float:
    """This process's own peak (Linux); `getrusage` would tell the parent's, which built the bomb."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else 0.0


async def defuse(name: str) -> None:
    """Run in a process of its own."""
    rules = Rules(allow_private_hosts=frozenset({name}), deadline_seconds=DEADLINE_SECONDS)
    async with Fetcher(rules) as fetch:
        base = peak_mib()
        began = time.perf_counter()
        try:
            cause = f"{len((await fetch.get(f'http://{name}/')).body)} bytes"
        except FetchError as error:
            cause = error.cause
        print(f"{peak_mib() - base:5.1f} MiB above base, {time.perf_counter() - began:4.2f} s: {cause}")


def defused() -> None:
    print(f"bombs (cap 8 MiB, deadline {DEADLINE_SECONDS:g} s)")
    for kind, behaviour in bombs().items():
        with Server(behaviour) as server:
            command = [sys.executable, "-m", "benchmarks.fetching", "defuse", server.name]
            told = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
        print(f"  {kind:22} {told.stdout.strip()}")


async def serve() -> None:
    """Run in a process of its own: prints its port, and answers each request after the delay."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(DELAY_SECONDS)
        writer.write(response(200, b"<rss/>" * 1000, {"Connection": "close"}))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "0.0.0.0", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def ours(hosts: list[str]) -> None:
    async with Fetcher(Rules(allow_private_hosts=frozenset(hosts), most_at_once=AT_ONCE)) as fetch:
        await asyncio.gather(*(fetch.get(f"http://{host}/") for host in hosts))


async def bare(hosts: list[str]) -> None:
    slots = asyncio.Semaphore(AT_ONCE)
    async with httpx2.AsyncClient(trust_env=False) as client:

        async def one(host: str) -> None:
            async with slots:
                await client.get(f"http://{host}/")

        await asyncio.gather(*(one(host) for host in hosts))


def seconds(read: Callable[[list[str]], Awaitable[None]], hosts: list[str]) -> tuple[float, float]:
    """Of the clock, and of our processor."""

    async def run() -> tuple[float, float]:
        began, worked = time.perf_counter(), time.process_time()
        await read(hosts)
        return time.perf_counter() - began, time.process_time() - worked

    return asyncio.run(run())


def many_hosts() -> None:
    command = [sys.executable, "-m", "benchmarks.fetching", "serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        hosts = [f"127.0.1.{number}:{port}" for number in range(1, HOSTS + 1)]
        runs = [(seconds(ours, hosts), seconds(bare, hosts)) for _ in range(RUNS)]
        server.terminate()
    ideal = HOSTS * DELAY_SECONDS / AT_ONCE
    print(f"{HOSTS} hosts, {DELAY_SECONDS * 1000:.0f} ms each, {AT_ONCE} at once: ideal {ideal:.2f} s")
    for name, pairs in zip(("ours", "bare httpx2 and a semaphore"), zip(*runs, strict=True), strict=True):
        times, worked = zip(*pairs, strict=True)
        middle, best = statistics.median(times) / ideal, min(times) / ideal
        print(
            f"  {name:28} {middle:.2f} × the ideal, at best {best:.2f} ×; processor {statistics.median(worked):.2f} s"
        )


def main() -> None:
    if sys.argv[1:] == ["serve"]:
        asyncio.run(serve())
    elif sys.argv[1:2] == ["defuse"]:
        asyncio.run(defuse(sys.argv[2]))
    else:
        asyncio.run(table())
        defused()
        many_hosts()


if __name__ == "__main__":
    main()
