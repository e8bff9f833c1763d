"""Hostile input is parsed where it can be stopped: in a child process with a deadline and a cap on its memory.

`multiprocessing`, and the pools built on it, import the caller's main script into each child: a script without an
`if __name__ == "__main__"` guard would start itself again. The children here import only what a call names, end when
their parent is gone, however it ended, and are bound to no event loop. They are started when first needed.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import copyreg
import io
import math
import os
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from briefing.exceptions import LoadError, NotAPostError, ParseError
from briefing.types import Notice

_T = TypeVar("_T")

MOST_PROCESSES = 4
# Above what a child maps when it starts: the parsers and their tables take half of it, what they read the other half.
# Where what it maps is not told, that is taken for 0.6 GB. macOS has such a limit and ignores it.
MORE_BYTES = 320 * 2**20
_MAPPED_BYTES = 580 * 2**20
_START_SECONDS = 120.0  # to start, to take the call in, and to load what it needs; a busy machine takes long
_CPU_GRACE_SECONDS = 5  # a child whose parent was killed stops itself then
_CHILD = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); from briefing.fetch.sandbox import serve; serve()"
)
_Outcome = tuple[bool, object]
_LENGTH = struct.Struct("!Q")  # of an answer, before it
_PART_BYTES = 2**20


_ENDED = Notice("could not be read: it ended the program that read it")


class _ChildDeathError(Exception):
    """The child ended before it answered; the argument says why, where it is known."""


class _Child:
    """A process that answers one call after another. Nothing here waits for it without a deadline."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,  # a buffer has a lock, and a fork would copy it as it is held
            start_new_session=True,  # Ctrl-C is for the parent to act on
        )
        assert self._process.stdin
        assert self._process.stdout
        self._calls = cast(io.FileIO, self._process.stdin)
        self._outcomes = cast(io.FileIO, self._process.stdout)
        self._is_new = True

    def ask(self, call: bytes, seconds: float, more_bytes: int) -> _Outcome:
        """Whether the call returned, and what; or the words of what it raised. _ChildDeathError without an answer."""
        request = pickle.dumps((call, seconds, more_bytes))
        with self._deadline(_START_SECONDS):
            self._send(pickle.dumps(sys.path) + request if self._is_new else request)
            self._is_new = False
            self._outcome()  # it has loaded what it needs, and begins
        with self._deadline(seconds):
            return self._outcome()

    @contextlib.contextmanager
    def _deadline(self, seconds: float) -> Iterator[None]:
        """Kill it if it takes longer to write to it and to read what it says, which then fails."""
        is_late = threading.Event()

        def stop() -> None:
            is_late.set()
            self._process.kill()

        clock = threading.Timer(seconds, stop)
        clock.daemon = True
        clock.start()
        try:
            yield
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            self.end()
            late = Notice("could not be read: it took longer than {seconds} s", seconds=f"{seconds:g}")
            raise _ChildDeathError(late if is_late.is_set() else _ENDED) from error
        finally:
            clock.cancel()

    def _send(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[self._calls.write(rest) or 0 :]

    def _outcome(self) -> _Outcome:
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size))
        outcome: _Outcome = pickle.loads(self._read(length))
        return outcome

    def _read(self, length: int) -> bytes:
        data = bytearray()
        while len(data) < length:
            part = self._outcomes.read(min(length - len(data), _PART_BYTES))
            if not part:
                raise EOFError
            data += part
        return bytes(data)

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> None:
        """Kill it, and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        self.let_go()
        _children.discard(self)

    def let_go(self) -> None:
        """Close our ends of its pipes."""
        for stream in (self._calls, self._outcomes):
            with contextlib.suppress(OSError):
                stream.close()


class _Work:
    """One call on its way. It can be given up at any time, from another thread."""

    def __init__(self, call: bytes, seconds: float, more_bytes: int) -> None:
        self._call = call
        self._seconds = seconds
        self._more_bytes = more_bytes
        self._child: _Child | None = None
        self._is_given_up = False

    def run(self) -> _Outcome:
        self._child = child = _rested()
        try:
            if self._is_given_up:
                raise _ChildDeathError(Notice("could not be read: it was given up"))
            outcome = child.ask(self._call, self._seconds, self._more_bytes)
        except BaseException:
            child.end()  # what it may still answer is no answer to the next call
            raise
        finally:
            self._child = None
        _resting.append(child)
        return outcome

    def give_up(self) -> None:
        self._is_given_up = True
        if child := self._child:
            child.kill()


def _new_threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(min(MOST_PROCESSES, os.cpu_count() or 1), "briefing-worker")


_resting: list[_Child] = []
_children: set[_Child] = set()  # at rest or at work
_threads = _new_threads()
_starting = threading.RLock()


def _rested() -> _Child:
    with contextlib.suppress(IndexError):  # none is at rest
        while True:
            child = _resting.pop()
            if child.is_alive:
                return child
            child.end()
    with _starting:
        child = _Child()
        _children.add(child)
    return child


_left_to_the_parent: list[_Child] = []  # a Popen that is dropped waits for its process


def _begin_anew() -> None:
    """In a fork of this process, whose threads have not come along, and whose children answer the one it is a fork of.

    Their pipes are closed here, or they would not hear that the other process is gone. Nobody forks while one starts.
    """
    global _threads
    _threads = _new_threads()
    _resting.clear()
    for child in _children:
        child.let_go()
    _left_to_the_parent.extend(_children)
    _children.clear()
    _starting.release()


if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(before=_starting.acquire, after_in_parent=_starting.release, after_in_child=_begin_anew)


@atexit.register
def end_workers() -> None:
    """End the children at rest; those at work end with their calls."""
    while _resting:
        _resting.pop().end()


async def in_worker(
    function: Callable[..., _T], *arguments: object, seconds: float, source: str, more_bytes: int = MORE_BYTES
) -> _T:
    """What the function returns, called in a child process; it, its arguments and what it returns must pickle.

    LoadErrors that it raises come through. ParseError says that it took longer than `seconds` (loading what it needs
    not counted), asked for more memory than a child gets (`more_bytes` above what it maps when it starts), or failed in
    any other way.
    """
    work = _Work(pickle.dumps((function, arguments)), seconds, more_bytes)
    with _in_words(source):
        try:
            outcome = await asyncio.wrap_future(_threads.submit(work.run))
        except asyncio.CancelledError:
            work.give_up()
            raise
    return cast(_T, _returned(outcome, source))


def worker_returns(
    function: Callable[..., _T], *arguments: object, seconds: float, source: str, more_bytes: int = MORE_BYTES
) -> _T:
    """As `in_worker`, for those who wait for it."""
    work = _Work(pickle.dumps((function, arguments)), seconds, more_bytes)
    with _in_words(source):
        try:
            outcome = _threads.submit(work.run).result()
        except KeyboardInterrupt:
            work.give_up()
            raise
    return cast(_T, _returned(outcome, source))


@contextlib.contextmanager
def _in_words(source: str) -> Iterator[None]:
    try:
        yield
    except _ChildDeathError as error:
        raise ParseError(source, error.args[0]) from error


def _returned(outcome: _Outcome, source: str) -> object:
    is_good, value = outcome
    if is_good:
        return value
    if isinstance(value, LoadError):
        raise value
    raise ParseError(source, Notice("could not be read: {why}", why=cast(Notice, value)))


def serve() -> None:
    """The child's life: calls in by its standard input, outcomes out by what was its standard output."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a parser prints is no answer
    mapped = _mapped_bytes()
    with contextlib.suppress(EOFError):  # the parent is gone
        while True:
            call, seconds, more_bytes = pickle.load(sys.stdin.buffer)
            _limit_memory(mapped + more_bytes)
            work, failure = _loaded(call)
            _limit_time(seconds)
            _answer(answers, (True, None))  # from here on its time counts
            _answer(answers, (False, failure) if work is None else _outcome(work))


def _answer(answers: BinaryIO, outcome: _Outcome) -> None:
    data = pickle.dumps(outcome)
    answers.write(_LENGTH.pack(len(data)) + data)
    answers.flush()


def _loaded(call: bytes) -> tuple[Callable[[], object] | None, Notice | None]:
    try:
        function, arguments = pickle.loads(call)
    except Exception as error:  # noqa: BLE001 - a module that it needs may raise anything
        return None, Notice("the parser could not be loaded ({error})", error=_words(error))
    return partial(function, *arguments), None


def _outcome(work: Callable[[], object]) -> _Outcome:
    try:
        return True, work()
    except LoadError as error:
        return False, error
    except MemoryError:
        return False, Notice("it asks for too much memory")
    except Exception as error:  # noqa: BLE001 - parsers raise anything on hostile input
        return False, Notice("the parser failed ({error})", error=_words(error))


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error)[:200]}"


def _mapped_bytes() -> int:
    """What this process maps now, as far as the system tells it."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        mapped_pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        return mapped_pages * resource.getpagesize()
    return _MAPPED_BYTES


def _limit_memory(most: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _limit_time(seconds: float) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        most = math.ceil(used.ru_utime + used.ru_stime + seconds + _CPU_GRACE_SECONDS)
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


# An exception is made again from its arguments, which are not those that these take.
copyreg.pickle(LoadError, lambda error: (LoadError, (error.source, error.cause)))
copyreg.pickle(ParseError, lambda error: (ParseError, (error.source, error.cause)))
copyreg.pickle(NotAPostError, lambda error: (NotAPostError, (error.source, error.cause)))
