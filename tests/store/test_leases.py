"""One at a time, whoever dies."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from briefing.store import Store
from briefing.store.database import Database
from briefing.store.leases import this_process
from briefing.store.tables import leases


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store(url) as made:
        yield made


def _alter(store: Store, **values: object) -> None:
    with store.database.writing() as connection:
        assert connection.execute(sa.update(leases).values(**values)).rowcount == 1


def test_one_wins_and_the_other_learns_who(store: Store) -> None:
    with store.lease("run", 60) as lease, store.lease("run", 60) as other, store.lease("else", 60) as third:
        assert (lease.is_ours, other.is_ours, third.is_ours) == (True, False, True)
        assert other.holder.pid == os.getpid()
        assert other.holder.host == this_process()["host"]
        assert other.holder.until - other.holder.taken_at == timedelta(seconds=60)
        assert not other.renew()
    with store.lease("run", 60) as lease:
        assert lease.is_ours


def test_loser_does_not_end_the_winners(store: Store) -> None:
    with store.lease("run", 60):
        for _ in range(2):
            with store.lease("run", 60) as other:
                assert not other.is_ours


def test_given_back_after_an_error(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.lease("run", 60):
        raise ZeroDivisionError
    with store.lease("run", 60) as lease:
        assert lease.is_ours


def test_ends_by_itself_and_the_late_holder_knows(store: Store) -> None:
    with store.lease("run", 0.05) as late:
        time.sleep(0.1)
        with store.lease("run", 60) as lease:
            assert lease.is_ours
            assert not late.renew()
    with store.lease("run", 60) as lease:
        assert lease.is_ours


def test_renewed(store: Store) -> None:
    with store.lease("run", 0.5) as lease:
        for _ in range(4):
            time.sleep(0.2)
            assert lease.renew()
        with store.lease("run", 60) as other:
            assert not other.is_ours


def _take_and_die(url: str) -> None:
    with Store(url) as store, store.lease("run", 3600):
        os.kill(os.getpid(), signal.SIGKILL)


def test_dead_process_holds_nothing(store: Store, url: str) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_take_and_die, args=(url,))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    with store.lease("run", 60) as lease:
        assert lease.is_ours


@pytest.mark.parametrize(
    ("values", "is_sure"),
    [
        ({"started": "7"}, True),  # the process id was given to another process
        ({"boot": "another"}, None),  # a reboot, where one host has the database
        ({"pids": "pid:[7]", "pid": 2**22 + 1}, False),  # a container, whose processes we cannot see
        ({"machine": "another", "pid": 2**22 + 1}, False),
        ({"host": "another", "boot": "another"}, False),  # a copy of this machine
    ],
)
def test_what_tells_that_the_holder_is_gone(store: Store, values: dict[str, object], is_sure: bool | None) -> None:
    with store.lease("run", 60):
        _alter(store, **values)
        with store.lease("run", 60) as other:
            assert other.is_ours is (store.database.is_sqlite if is_sure is None else is_sure)


@pytest.mark.parametrize("years", [-1, 1])
def test_clock_that_jumps_prolongs_nothing(tmp_path_factory: pytest.TempPathFactory, years: int) -> None:
    url, now = f"sqlite:///{tmp_path_factory.mktemp('clock')}/briefing.db", datetime(2026, 9, 1, tzinfo=UTC)
    later = now + timedelta(days=365 * years)
    with Store(url, now=lambda: now) as before, Store(url, now=lambda: later) as after, before.lease("run", 600):
        with before.lease("run", 60) as other:
            assert not other.is_ours
        with after.lease("run", 60) as lease:
            assert lease.is_ours


def _take(url: str, rounds: int) -> None:
    """Whoever has the lease has the counter to itself, between reading and writing it in transactions of their own."""
    done = 0
    with Store(url) as store:
        while done < rounds:
            with store.lease("run", 60) as lease:
                if not lease.is_ours:
                    continue
                number = int((store.source("n") or store.keep_failure("n", "0", lease.holder.taken_at)).last_error or 0)
                store.keep_failure("n", str(number + 1), lease.holder.taken_at)
                done += 1


@pytest.mark.long
def test_many_processes_take_turns(store: Store, url: str) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_take, args=(url, 20)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 3
    counter = store.source("n")
    assert counter is not None
    assert counter.last_error == "60"


def test_database_that_went_away_does_not_hide_the_error(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("away")
    with Store(f"sqlite:///{folder}/briefing.db") as store, pytest.raises(ZeroDivisionError), store.lease("run", 60):  # noqa: PT012
        with Database(f"sqlite:///{folder}/briefing.db").writing() as connection:
            leases.drop(connection)
        raise ZeroDivisionError
