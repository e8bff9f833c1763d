"""The figures of the whole way with a model that writes: `briefing digest` and the pipeline, against loopback.

    python -m benchmarks.whole_way [NAME …] [--quick]

tokens, again, kill, memory, long, or all of them. The posts are real (BRIEFING_DATA). The endpoint is a process of its
own that replies with the first sentence of the material, word for word, citing its number; it keeps what it was sent,
so that every figure on calls and tokens is the endpoint's own, not the client's.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import hashlib
import html
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain, cycle, islice
from operator import sub
from pathlib import Path
from typing import Any

from benchmarks.corpus import folder, wordpress_posts
from benchmarks.endpoint import Server, _response, _usage
from benchmarks.llm import stats
from benchmarks.memory import resident_mib
from briefing.clean.cleaner import clean
from briefing.exceptions import EmptyPostError
from briefing.model.prompts import TASKS, shipped
from briefing.sources.wordpress.rest import post_from
from briefing.types import Document, Post

MOST_LINE_CHARS = 1200
_NUMBERED = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_READ = re.compile(r"^Line (\d+):", re.MULTILINE)
_FENCE = re.compile(r"^=== [0-9a-f]{12} ===$", re.MULTILINE)


# The endpoint


class Copyist(Server):
    """Copies lines of what it is shown: one a document, `drawn` of a long document's part.

    Of lines to merge it keeps every second one; with `is_stubborn` all of them. `log` says of each call which task it
    was, what it sent (tokens, roughly), and when it came and was answered (monotonic seconds, the same clock for every
    process); the bodies are appended to `record`, if given.
    """

    def __init__(self, *, seconds: float, drawn: int, is_stubborn: bool, record: Path | None) -> None:
        self.drawn = drawn
        self.is_stubborn = is_stubborn
        self.record = record
        self.log: list[dict[str, Any]] = []
        super().__init__(bucket=None, has_headers=False, seconds=seconds, fault_share=0)

    def reset(self) -> None:
        """Begin to count anew."""
        super().reset()
        self.log = []

    def _service(self, path: str) -> bytes:
        return _response(200, self.log, {}) if path == "/log" else super()._service(path)

    async def _taken(self, body: bytes, headers: dict[str, str]) -> bytes:
        call = {"call": hashlib.sha256(body).hexdigest(), "came": time.monotonic(), "answered": None}
        self.log.append(call)
        asked = json.loads(body)
        call["task"] = task_of(asked)
        if self.record:
            with self.record.open("ab") as file:
                file.write(body + b"\n")
        await asyncio.sleep(self.seconds)
        message = {"role": "assistant", "content": json.dumps(self._reply(asked, str(call["task"])))}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        envelope = {"id": "c", "object": "chat.completion", "created": 0, "model": asked["model"]}
        usage = _usage(asked, body)
        call["sent"] = usage["prompt_tokens"]
        call["answered"] = time.monotonic()
        return _response(200, {**envelope, "choices": [choice], "usage": usage}, headers)

    def _reply(self, asked: dict[str, Any], task: str) -> dict[str, Any]:
        lines = [line for line in shown_in(asked) if line[0]]
        if task == "summarise_document":
            empty: dict[str, Any] = {"headline": None, "bottom_line": [], "why_it_matters": [], "disputed": []}
            return {**empty, "what_happened": [_copy(*line) for line in lines[:1]], "missing": []}
        if task == "second_reader":
            numbers = map(int, _READ.findall(asked["messages"][1]["content"]))
            return {"lines": [{"number": n, "carried": "yes", "at_fault": [], "instead": ""} for n in numbers]}
        if task == "answer_question":
            return {"state": "unanswered", "answer": [], "disputed": [], "missing": []}
        if task == "merge_claims":
            kept = lines if self.is_stubborn else lines[::2]
        else:
            kept = lines[: self.drawn if task == "summarise_chunk" else 1]
        return {"lines": [_copy(*line) for line in kept]}


def _copy(number: int, text: str) -> dict[str, Any]:
    line = {"text": text[:MOST_LINE_CHARS], "rests_on": [number], "kind": "fact"}
    return {**line, "speaker": None, "voice": None, "certainty": "asserted"}


def shown_in(asked: dict[str, Any]) -> list[tuple[int, str]]:
    """The numbered lines between the fences of a call."""
    material = _FENCE.split(asked["messages"][1]["content"])[1]
    return [(int(number), text) for number, text in _NUMBERED.findall(material)]


def task_of(asked: dict[str, Any]) -> str:
    """Which prompt a call was made of, by how its system message begins."""
    system = asked["messages"][0]["content"]
    for task in TASKS:
        if system.startswith((shipped() / task / "system.j2").read_text(encoding="utf-8").splitlines()[0]):
            return task
    return "unknown"


async def serve(arguments: Sequence[str]) -> None:
    """Be the endpoint, until killed."""
    seconds, drawn, stubborn, record = arguments
    served = Copyist(
        seconds=float(seconds),
        drawn=int(drawn),
        is_stubborn=stubborn == "stubborn",
        record=Path(record) if record else None,
    )
    server = await asyncio.start_server(served.serve, "127.0.0.1", 0, backlog=512)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await server.serve_forever()


@contextmanager
def endpoint(
    *, seconds: float = 0.02, drawn: int = 1, is_stubborn: bool = False, record: Path | None = None
) -> Iterator[str]:
    """The base URL of a fresh endpoint."""
    options = [str(seconds), str(drawn), "stubborn" if is_stubborn else "merging", str(record or "")]
    command = [sys.executable, "-m", "benchmarks.whole_way", "serve", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def log_of(url: str) -> list[dict[str, Any]]:
    """Every call that the endpoint has taken since it was reset."""
    calls: list[dict[str, Any]] = stats(url, "/log")  # type: ignore[assignment]  # this one answers with a list
    return calls


def tasks(url: str) -> str:
    """The calls by task, for a person to read."""
    counted = Counter(call["task"] for call in log_of(url))
    return ", ".join(f"{count} {task}" for task, count in sorted(counted.items())) or "none"


# The command line as people run it


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder with posts, an answers' store and a digest, and the endpoint that is asked."""

    home: Path
    url: str
    most_at_once: int = 50
    source: str = "../posts.json"

    @property
    def out(self) -> Path:
        """Where the digest is written."""
        return self.home / "out"

    def start(self) -> subprocess.Popen[str]:
        """`briefing digest` of the posts, on its way."""
        self.home.mkdir(parents=True, exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "BRIEFING_"))}
        ours = {
            "PYTHONPATH": str(Path(__file__).parents[1]),
            "OPENAI_BASE_URL": self.url,
            "BRIEFING_MODEL": "m",
            "BRIEFING_MOST_STORIES": "10000",
            "BRIEFING_MOST_AT_ONCE": str(self.most_at_once),
            "BRIEFING_DATABASE_URL": f"sqlite:///{self.home}/answers.db",
        }
        command = [sys.executable, "-m", "briefing.cli", "digest", self.source, "--out", "out"]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=self.home, env=kept | ours, stdout=pipe, stderr=pipe, text=True)

    def run(self) -> None:
        """`briefing digest` to its end."""
        with self.start() as process:
            _, said = process.communicate()
        if process.returncode:
            sys.exit(f"briefing digest ended with {process.returncode}: {said}")

    def digest(self) -> dict[str, Any]:
        """`digest.json`, without what differs between two runs that say the same: when, what it took, the hashes."""
        told: dict[str, Any] = json.loads((self.out / "digest.json").read_text(encoding="utf-8"))
        del told["made_at"], told["files"]
        told["coverage"]["model"] = {name: told["coverage"]["model"][name] for name in ("model", "prompts")}
        return told

    def same_as(self, other: Desk) -> bool:
        """Whether both digests say the same, rest on the same documents, and nothing else lies beside them."""
        ours, theirs = (sorted(path.name for path in desk.out.iterdir()) for desk in (self, other))
        documents = [(desk.out / "documents.json").read_bytes() for desk in (self, other)]
        return ours == theirs and documents[0] == documents[1] and self.digest() == other.digest()


def saved_items() -> list[tuple[dict[str, Any], Document]]:
    """Every saved post as its site served it, with its document; those with nothing to read are left out."""
    found = []
    for path in sorted((folder() / "wordpress").rglob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        for item in told if isinstance(told, list) else [told]:
            try:
                found.append((item, clean(post_from(item, source=path.name))))
            except EmptyPostError:
                continue
    return found


def some(items: Sequence[tuple[dict[str, Any], Document]], number: int) -> list[dict[str, Any]]:
    """That many posts from all sites and languages; none twice, none too short to say anything."""
    unlike = list({document.key: item for item, document in items if len(document.sentences) > 3}.values())
    return [unlike[place * len(unlike) // number] for place in range(number)]


def save(items: Sequence[dict[str, Any]], home: Path) -> None:
    (home / "posts.json").write_text(json.dumps(items), encoding="utf-8")


# The figures


def tokens(chosen: argparse.Namespace) -> None:
    """Tokens sent against tokens of the cleaned texts, for real posts of about 1,000 words."""
    from briefing.model.tokens import count_tokens

    fitting = [(item, d) for item, d in saved_items() if 800 <= len(d.text.split()) <= 1200]
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        save([item for item, _ in fitting], home)
        with endpoint(record=home / "bodies") as url:
            Desk(home / "desk", url).run()
        bodies = [json.loads(line) for line in (home / "bodies").read_text(encoding="utf-8").splitlines()]
    asked = [body for body in bodies if task_of(body) == "summarise_document"]
    assert len(asked) == len(fitting), (len(asked), len(fitting))
    languages = Counter(document.language for _, document in fitting)
    print(f"  n = {len(fitting)} posts of 800 to 1,200 words ({_listed(languages)})")
    lead = [body for body in bodies if task_of(body) == "write_lead"]
    _report_tokens(asked, lead, [count_tokens(document.text) for _, document in fitting])


def _report_tokens(asked: Sequence[dict[str, Any]], lead: Sequence[dict[str, Any]], cleaned: Sequence[int]) -> None:
    """`cleaned` are the tokens of the texts, without their headlines, which are sent too."""
    from briefing.model.tokens import count_tokens

    system, user = ([count_tokens(body["messages"][role]["content"]) for body in asked] for role in (0, 1))
    schema = sum(count_tokens(json.dumps(body["response_format"])) for body in asked)
    extra = sum(count_tokens(message["content"]) for body in lead for message in body["messages"])
    text, sent, calls = sum(cleaned), sum(system) + sum(user), len(asked)
    numbers = sum(count_tokens(f"[{number}]") for body in asked for number, _ in shown_in(body))
    rest = sum(user) - numbers - text
    print(f"  cleaned texts {text} tokens, sent {sent}: {sent / text:.3f} x")
    print(f"  a post: text {text / calls:.0f}, system prompt {sum(system) / calls:.0f}, ", end="")
    print(f"numbers {numbers / calls:.0f}, headline, facts and fences {rest / calls:.0f}")
    print(f"  with the JSON schema ({schema / calls:.0f} a post): {(sent + schema) / text:.3f} x; ", end="")
    print(f"with the bottom line's call on top: {(sent + schema + extra) / text:.3f} x")
    least = (0.6 * text - sum(user) + text) / calls
    print(
        f"  1.6 x would leave {least:.0f} tokens for the system prompt; with this one it is met by posts whose ", end=""
    )
    print(f"text has {sum(system) / calls / (1.6 - sum(user) / text):.0f} tokens")


def _listed(counted: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counted.most_common())


def again(chosen: argparse.Namespace) -> None:
    """Calls of a second run over the same posts, and after one post changed at its end, and at its start."""
    items = some(saved_items(), 20 if chosen.quick else 60)
    with tempfile.TemporaryDirectory() as name, endpoint() as url:
        home = Path(name)
        desk = Desk(home / "desk", url)
        for what, changed in (
            (f"first run, {len(items)} posts", items),
            ("second run", items),
            ("after one post's last sentence changed", _changed(items, "{} <p>It was changed at noon.</p>")),
            ("after its first sentence changed instead", _changed(items, "<p>It begins at noon now.</p> {}")),
        ):
            save(changed, home)
            stats(url, "/reset")
            desk.run()
            print(f"  {what}: {len(log_of(url))} calls ({tasks(url)})")


def _changed(items: Sequence[dict[str, Any]], how: str) -> list[dict[str, Any]]:
    """The same posts, with one in the middle changed."""
    place = len(items) // 2
    content = {**items[place]["content"], "rendered": how.format(items[place]["content"]["rendered"])}
    return [*items[:place], {**items[place], "content": content}, *items[place + 1 :]]


@dataclass(frozen=True, slots=True)
class Kill:
    """One run that was killed and then made again: calls of both, by what was sent."""

    first: Counter[str]
    both: Counter[str]
    stored: int
    open_at_endpoint: int
    is_same: bool
    had_ended: bool

    @property
    def in_flight(self) -> int:
        """Sent, and not kept when the kill came."""
        return sum(self.first.values()) - self.stored

    @property
    def twice(self) -> int:
        """Calls paid more than once."""
        return sum(count - 1 for count in self.both.values())


def kill(chosen: argparse.Namespace) -> None:
    """SIGKILL of `briefing digest` at a random moment, then a run to the end against the same store and folder.

    The first half of the time before the first call is left out: there is nothing to lose in it.
    """
    kills = 15 if chosen.quick else 50
    items = some(saved_items(), 60)
    with tempfile.TemporaryDirectory() as name, endpoint(seconds=0.3) as url:
        home = Path(name)
        save(items, home)
        whole = Desk(home / "whole", url, most_at_once=10)
        started = time.monotonic()
        whole.run()
        calls, seconds = log_of(url), time.monotonic() - started
        span = [calls[0]["came"] - started, calls[-1]["answered"] - started]
        print(f"  {len(items)} posts, unkilled: {seconds:.1f} s, ", end="")
        print(f"calls from {span[0]:.1f} to {span[1]:.1f} s, {tasks(url)}; {_facts(whole)}")
        done = [_killed(home / str(n), url, whole, random.uniform(span[0] / 2, seconds)) for n in range(kills)]
    _report_kills(done, len(calls))


def _facts(desk: Desk) -> str:
    used = desk.digest()["coverage"]
    return f"{used['claims']} lines, {used['withheld']} withheld, {len(used['fallbacks'])} fallbacks"


def _killed(home: Path, url: str, whole: Desk, after_seconds: float) -> Kill:
    from briefing.store import Store

    stats(url, "/reset")
    desk = replace(whole, home=home)
    with desk.start() as process:
        time.sleep(after_seconds)
        had_ended = process.poll() is not None
        killed_at = time.monotonic()
        process.send_signal(signal.SIGKILL)
        process.communicate()
    # What lies in the sockets still reaches the endpoint, and what it has begun it finishes, and bills.
    time.sleep(0.4)
    calls = log_of(url)
    with Store(f"sqlite:///{home}/answers.db") as store:
        stored = store.answers_info().answers
    desk.run()
    return Kill(
        first=Counter(call["call"] for call in calls),
        both=Counter(call["call"] for call in log_of(url)),
        stored=stored,
        open_at_endpoint=sum(call["answered"] is None or call["answered"] > killed_at for call in calls),
        is_same=desk.same_as(whole),
        had_ended=had_ended,
    )


def _report_kills(done: Sequence[Kill], calls: int) -> None:
    before = sum(not one.first for one in done)
    among = sum(0 < sum(one.first.values()) < calls or one.in_flight > 0 for one in done)
    print(f"  {len(done)} kills: {before} before the first call, {among} among the calls, ", end="")
    print(f"{len(done) - before - among} after the last ({sum(one.had_ended for one in done)} after the end)")
    twice, in_flight, at_endpoint = (
        [getattr(one, name) for one in done] for name in ("twice", "in_flight", "open_at_endpoint")
    )
    print(f"  calls paid twice {sum(twice)}, most in a run {max(twice)}; in flight at the kills ", end="")
    print(f"{sum(in_flight)}, of which {sum(at_endpoint)} unanswered by the endpoint, the others not yet kept")
    print(f"  worst excess over those in flight {max(map(sub, twice, in_flight))}, ", end="")
    print(f"over those unanswered {max(map(sub, twice, at_endpoint))}")
    whole = sum(len(one.both) == calls for one in done)
    print(f"  asked in all what an unkilled run asks: {whole} of {len(done)}; same digest: ", end="")
    print(f"{sum(one.is_same for one in done)} of {len(done)}")


def memory(chosen: argparse.Namespace) -> None:
    """Peak resident memory of the pipeline over many posts, above the imports with the vocabulary loaded."""
    posts = 300 if chosen.quick else 2000
    with endpoint() as url:
        command = [sys.executable, "-m", "benchmarks.whole_way", "child-memory", url, str(posts)]
        subprocess.run(command, check=True)
        stats(url, "/reset")
        _command_memory(url, posts)


def _command_memory(url: str, number: int) -> None:
    """The same through `briefing digest`, reading saved responses of 100 posts and rendering every format."""
    items = [item for item, _ in saved_items()]
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        (home / "saved").mkdir()
        for start in range(0, number, 100):
            many = [_as_number(items[n % len(items)], n) for n in range(start, min(number, start + 100))]
            (home / "saved" / f"{start:05}.json").write_text(json.dumps(many), encoding="utf-8")
        process = Desk(home / "desk", url, source="../saved").start()
        assert process.stderr is not None
        said = process.stderr.read().splitlines()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        print(f"  `briefing digest` of as many in files of 100: peak {usage.ru_maxrss / 1024:.0f} MiB in all, ", end="")
        print(f"exit {process.returncode}, {tasks(url)}: {said[:1]}")


def _as_number(item: dict[str, Any], number: int) -> dict[str, Any]:
    content = {**item["content"], "rendered": _first_sentence(number) + item["content"]["rendered"]}
    return {**item, "id": number, "link": f"https://example.org/{number}/", "content": content}


def _first_sentence(number: int) -> str:
    return f"<p>Report number {number} begins with this sentence.</p>\n"


async def run_memory(url: str, number: int) -> None:
    """In a process of its own: load, then make."""
    import jinja2  # noqa: F401

    import briefing.model.endpoint
    import briefing.summarise.extractive
    import briefing.summarise.model_engine  # noqa: F401
    from briefing.config import settings
    from briefing.model.tokens import count_tokens
    from briefing.workflow.engines import opened
    from briefing.workflow.gathering import LoadResult
    from briefing.workflow.pipeline import Plan, make

    count_tokens("the vocabulary is loaded")
    gc.collect()
    base = resident_mib()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    with Sampler(base) as sampled, tempfile.TemporaryDirectory() as home:
        config = settings(openai_base_url=url, model="m", engine="model", database_url=f"sqlite:///{home}/answers.db")
        real = [post for _, post in wordpress_posts()]
        posts = tuple(islice(_many(real), number))
        del real
        characters = sum(len(post.html) for post in posts)
        print(
            f"  imports and vocabulary {base:.0f} MiB; {number} posts of {characters / 1e6:.0f} million characters: ",
            end="",
        )
        print(f"{resident_mib() - base:+.0f}")
        done: list[int] = []

        def tell(count: int) -> None:
            done.append(count)
            if len(done) == 1 or len(done) % (number // 4) == 0:
                print(f"  {len(done)} documents done: {resident_mib() - base:+.0f} MiB", flush=True)

        started = time.monotonic()
        async with opened(config, now=datetime.now(UTC)) as found:
            made = await make(
                LoadResult(("posts",), posts),
                Plan(made_at=datetime.now(UTC), settings=config.model_copy(update={"most_stories": number})),
                found,
                tell=tell,
            )
    seconds = time.monotonic() - started
    covered = made.digest.coverage
    print(f"  {covered.posts_used} used, {len(covered.fallbacks)} fallbacks, {tasks(url)}; {seconds:.0f} s")
    print(f"  peak {high_water_mib() - base:.0f} MiB above (sampled {sampled.peak:.0f})")
    print(f"  {sampled.story()}")
    largest = max(log_of(url), key=lambda call: int(call["sent"]))
    print(f"  the largest call: {largest['task']}, some {largest['sent']} tokens (bytes over four)")


def _many(posts: Sequence[Post]) -> Iterator[Post]:
    """The real posts in turn, for ever, each with its own link and its own first sentence."""
    for number, post in enumerate(cycle(posts), 1):
        link = f"https://example.org/{number}/"
        yield replace(post, key=link, url=link, html=_first_sentence(number) + post.html)


class Sampler:
    """Resident memory above `base`, taken twenty times a second by a thread."""

    def __init__(self, base: float) -> None:
        self._base = base
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._sample)
        self.taken: list[float] = []

    def __enter__(self) -> Sampler:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._is_over.wait(0.05):
            self.taken.append(resident_mib() - self._base)

    @property
    def peak(self) -> float:
        """The most of all samples, in MiB."""
        return max(self.taken)

    def story(self) -> str:
        """The samples at every tenth of the time."""
        tenths = [self.taken[place * (len(self.taken) - 1) // 10] for place in range(11)]
        return "at every tenth of the time: " + " ".join(f"{taken:+.0f}" for taken in tenths)


def high_water_mib() -> float:
    """The most that was resident since it was last set back."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


def long(chosen: argparse.Namespace) -> None:
    """One document of 200,000 words, from real texts: does it end, and was every sentence in exactly one map call?"""
    document = long_document(200_000)
    words = len(document.text.split())
    print(f"  {words} words, {len(document.sentences) - 1} sentences")
    for what, drawn, is_stubborn in (
        ("one line a part", 1, False),
        ("60 lines a part, merging halves them", 60, False),
        ("60 lines a part, merging makes them no fewer", 60, True),
    ):
        with tempfile.TemporaryDirectory() as name:
            record = Path(name) / "bodies"
            with endpoint(drawn=drawn, is_stubborn=is_stubborn, record=record) as url:
                started = time.monotonic()
                claims = asyncio.run(_summarised(document, url, name))
                print(
                    f"  {what}: {len(log_of(url))} calls ({tasks(url)}), {time.monotonic() - started:.1f} s, ", end=""
                )
            print(f"{claims} lines; {_coverage(document, record)}")


def long_document(words: int) -> Document:
    """Texts of real posts, one after another, until there are so many words."""
    documents = [document for _, document in saved_items()]
    parts, count = [], 0
    for document in cycle(documents):
        for block in document.blocks:
            text = document.text[block.start : block.end]
            parts.append(f"<p>{html.escape(text)}</p>")
            count += len(text.split())
        if count >= words:
            break
    return clean(Post(key="long", title="All that was said", html="\n".join(parts), url="https://example.org/long/"))


async def _summarised(document: Document, url: str, home: str) -> int:
    from briefing.config import settings
    from briefing.summarise.summary import summarise_document
    from briefing.workflow.engines import brief_of, opened

    config = settings(
        openai_base_url=url,
        model="m",
        engine="model",
        input_tokens=24_000,
        database_url=f"sqlite:///{home}/answers.db",
    )
    async with opened(config, now=datetime.now(UTC)) as found:
        summary = await summarise_document(document, found.engine, brief_of(config))
    return len(summary.claims)


def _coverage(document: Document, record: Path) -> str:
    """How often each sentence stood in a map call, with its words; and the most that a call was sent."""
    from briefing.model.tokens import count_tokens

    bodies = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
    mapped = [shown_in(body) for body in bodies if task_of(body) == "summarise_chunk"]
    shown = Counter(number for number, _ in chain.from_iterable(mapped) if number)
    wrong = sum(text != " ".join(document.quote(n).split()) for n, text in chain.from_iterable(mapped) if n)
    once = sum(shown[sentence.number] == 1 for sentence in document.sentences[1:])
    most = max(sum(count_tokens(message["content"]) for message in body["messages"]) for body in bodies)
    return (
        f"{once} of {len(document.sentences) - 1} sentences in exactly one map call, {wrong} with other words, "
        f"{len(shown)} seen; most tokens in one call {most}"
    )


FIGURES = {"tokens": tokens, "again": again, "kill": kill, "memory": memory, "long": long}


def main() -> None:
    """Print the figures asked for."""
    if sys.argv[1:2] == ["serve"]:
        asyncio.run(serve(sys.argv[2:]))
        return
    if sys.argv[1:2] == ["child-memory"]:
        asyncio.run(run_memory(sys.argv[2], int(sys.argv[3])))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figures", nargs="*", choices=[*FIGURES, []], metavar="NAME")
    parser.add_argument("--quick", action="store_true")
    chosen = parser.parse_args()
    for name in chosen.figures or FIGURES:
        print(f"{name}:", flush=True)
        FIGURES[name](chosen)


if __name__ == "__main__":
    main()
