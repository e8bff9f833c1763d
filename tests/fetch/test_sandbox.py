"""What is parsed in a worker can be stopped, dies alone, and leaves nothing behind."""

import asyncio
import operator
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.exceptions import LoadError, ParseError
from briefing.fetch import sandbox
from briefing.fetch.sandbox import end_workers, in_worker
from briefing.sources.opml import sources_from_opml

SLEEPER = "import time; time.sleep(60)"


def work(function: Callable[..., object], *arguments: object, seconds: float = 20) -> object:
    return asyncio.run(in_worker(function, *arguments, seconds=seconds, source="example.org"))


def failure(function: Callable[..., object], *arguments: object, seconds: float = 20) -> LoadError:
    with pytest.raises(LoadError) as caught:
        work(function, *arguments, seconds=seconds)
    return caught.value


def is_running(process: int) -> bool:
    """Whether it runs; one that has ended and that nobody has asked after yet does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return state.stdout.strip()[:1] not in ("", "Z")


def wait_until_gone(process: int) -> None:
    deadline = time.monotonic() + 30
    while is_running(process):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_worker_answers_call_after_call_whatever_the_loop() -> None:
    first, second = work(os.getpid), work(os.getpid)
    assert first == second != os.getpid()


def test_calls_run_at_the_same_time() -> None:
    async def many() -> list[object]:
        calls = (in_worker(operator.mul, n, n, seconds=20, source="s") for n in range(30))
        return list(await asyncio.gather(*calls))

    assert asyncio.run(many()) == [n * n for n in range(30)]


def test_what_takes_too_long_is_killed_and_the_next_call_works() -> None:
    process = work(os.getpid)
    assert isinstance(process, int)
    began = time.monotonic()
    error = failure(time.sleep, 60, seconds=0.2)
    assert str(error) == "example.org: could not be read: it took longer than 0.2 s"
    assert time.monotonic() - began < 10
    assert not is_running(process)
    assert work(operator.add, 1, 2) == 3


def test_a_busy_loop_in_c_is_killed_too() -> None:
    assert "longer than" in str(failure(sum, range(10**12), seconds=0.2))


@pytest.mark.parametrize(("function", "argument"), [(os._exit, 0), (os._exit, 3)])
def test_a_death_is_one_failure(function: Callable[..., object], argument: int) -> None:
    assert isinstance(failure(function, argument), ParseError)
    assert work(operator.add, 1, 2) == 3


def test_errors_come_through_as_what_they_are() -> None:
    error = failure(_not_opml)
    assert (error.source, error.cause.partition(":")[0]) == ("list.opml", "not OPML")
    assert "ZeroDivisionError" in failure(operator.truediv, 1, 0).cause


def _not_opml() -> None:
    sources_from_opml(b"no", source="list.opml")


def test_a_parser_that_cannot_be_loaded_is_told() -> None:
    error = failure(_Unknown())
    assert "could not be loaded" in error.cause
    assert work(operator.add, 1, 2) == 3


class _Unknown:
    """Pickles as something that cannot be had."""

    def __call__(self) -> None:
        raise AssertionError

    def __reduce__(self) -> tuple[object, ...]:
        return __import__, ("there_is_no_such_module",)


@pytest.mark.skipif(sys.platform != "linux", reason="no other system holds a process to its address space")
def test_memory_is_capped() -> None:
    assert "too much memory" in failure(bytes, 2 * 10**9).cause


def test_what_a_parser_prints_is_no_answer() -> None:
    assert work(print, "words") is None
    assert work(os.write, 1, b"words") == 5


def test_a_call_that_is_given_up_ends_its_worker() -> None:
    end_workers()
    process = work(os.getpid)

    async def given_up() -> None:
        await asyncio.wait_for(in_worker(time.sleep, 60, seconds=60, source="s"), 0.3)

    with pytest.raises(TimeoutError):
        asyncio.run(given_up())
    assert isinstance(process, int)
    wait_until_gone(process)


# No guard: `multiprocessing` would start this script once more in each child.
SCRIPT = """
import asyncio, os
from briefing.fetch.sandbox import in_worker
print(asyncio.run(in_worker(os.getpid, seconds=20, source="s")), flush=True)
"""


def test_a_script_without_a_guard_runs_once_and_leaves_nothing(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True, timeout=60)
    (process,) = done.stdout.split()
    wait_until_gone(int(process))


def test_a_worker_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT + SLEEPER)
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        process = int(parent.stdout.readline())
        assert is_running(process)
        parent.send_signal(signal.SIGKILL)
    wait_until_gone(process)


# What a preforking server does, and `multiprocessing` where it forks. The fork lives until standard input ends.
FORKING = """
import asyncio, os, sys, warnings
from briefing.fetch.sandbox import in_worker, worker_returns
warnings.simplefilter("ignore")
print(asyncio.run(in_worker(os.getpid, seconds=20, source="s")), flush=True)
pid = os.fork()
print(worker_returns(os.getpid, seconds=20, source="s"), flush=True)
sys.stdin.read()
if pid:
    os.waitpid(pid, 0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks there")
def test_a_fork_has_workers_of_its_own(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(FORKING)
    with subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdin
        assert parent.stdout
        first, *others = (int(parent.stdout.readline()) for _ in range(3))
        assert others.count(first) == 1  # the parent's, which was at rest
        assert len(set(others)) == 2
        parent.kill()
        parent.wait()
        wait_until_gone(first)  # though the fork lives on
        (of_the_fork,) = set(others) - {first}
        assert is_running(of_the_fork)
        parent.stdin.close()
        wait_until_gone(of_the_fork)


def test_a_worker_that_takes_no_call_in_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    end_workers()
    process = work(os.getpid)
    assert isinstance(process, int)
    os.kill(process, signal.SIGSTOP)
    with monkeypatch.context() as patched:
        patched.setattr(sandbox, "_START_SECONDS", 0.5)
        assert "longer than 0.5 s" in str(failure(len, bytes(2**22)))  # more than a pipe holds
    assert not is_running(process)
    assert work(operator.add, 1, 2) == 3
