"""A folder that changes as one: whoever looks sees all of what was there, or all of what is there now.

The new folder is built beside the old one, under a name of its own, and the two change places in one system call; what
is not ours is in both, as the same files. Where that cannot be (the folder is a mount point, or somebody works in it;
the system has no such call), the files are gathered within it first, and put in their places by whoever comes next if
this run does not get to it: then only a look in that instant sees some of either.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import re
import shutil
import stat
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from briefing.exceptions import ConfigError

# Of a folder, the names in it that a manifest says we made, which may be replaced or taken away.
MadeNames = Callable[[Path], Collection[str]]

_GATHERED, _READY, _PLAN = ".briefing-new", ".briefing-ready", "plan.json"
_MOST_OF_OTHERS = 200  # files that are not ours: with more it is no folder of ours
_PATIENCE_SECONDS = 60.0
_NAME = re.compile(r"(?!\.)[\w.-]+(?:/(?!\.)[\w.-]+)?")
_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_READING, _WRITING = os.O_RDONLY | _PLAIN, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _PLAIN


def change_folder(folder: Path, files: Mapping[str, bytes], *, made: MadeNames) -> set[str]:
    """Put the files into the folder, and take away the others of those that `made` names; which are new or changed.

    A file's name may have one folder in it ("digests/1.html"). What is not ours stays. ConfigError, and the folder as
    it was, where something that is not ours has the name of a file, or the folder cannot be written.
    """
    if wrong := [name for name in files if not _NAME.fullmatch(name)]:
        raise ValueError(f"{wrong[0]}: no name of a file in a folder of ours")
    try:
        target = Path(os.path.realpath(folder))
        target.parent.mkdir(parents=True, exist_ok=True)
        with _alone(target):
            _settle(target)
            ours = set(made(target))
            _refuse_others(folder, files, ours)
            changed = {name for name, data in files.items() if not _is_same(target / name, data)}
            if changed or any(os.path.lexists(target / name) for name in ours - files.keys()):
                _change(target, files, ours)
            return changed
    except OSError as error:
        raise ConfigError(f"{folder}: cannot be written: {error.strerror or error}") from error


def check_folder(folder: Path, names: Iterable[str], *, made: MadeNames) -> None:
    """ConfigError where files of these names cannot be put into the folder, as far as can be seen before: nothing is
    left behind."""
    try:
        target = Path(os.path.realpath(folder))
        _refuse_others(folder, names, made(target))
        with suppress(FileNotFoundError):
            os.lstat(target)  # whose name may be too long
        place = next(path for path in (target, *target.parents) if path.is_dir())
        probe = place / f"{_GATHERED}-{os.getpid()}"
        probe.mkdir()
        probe.rmdir()
    except OSError as error:
        raise ConfigError(f"{folder}: cannot be written: {error.strerror or error}") from error


def _refuse_others(folder: Path, names: Iterable[str], ours: Collection[str]) -> None:
    if os.path.lexists(folder) and not folder.is_dir():
        raise ConfigError(f"{folder}: is there already, and is no folder")
    for name in names:
        for path in (name, *map(str, Path(name).parents[:-1])):
            at = folder / path
            if os.path.lexists(at) and path not in ours and (path == name or at.is_symlink() or not at.is_dir()):
                raise ConfigError(f"{at}: is there already, and briefing did not make it; name another folder")


def _change(target: Path, files: Mapping[str, bytes], ours: set[str]) -> None:
    others = list(_others(target, ours)) if target.exists() else []
    if _may_change_places(target, others):
        beside = _beside(target)
        try:
            _build(beside, target, files, others)
            if not target.exists():
                beside.rename(target)
                return
            if _change_places(beside, target):
                _carry_late(beside, target, ours)
                return
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    _change_within(target, files, ours)


# --- beside -----------------------------------------------------------------------------------------------------------


def _beside(target: Path) -> Path:
    """Where the new folder is built: what stands there is of a run that was ended, and whole elsewhere."""
    name = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:12]
    return target.parent / f".briefing-{name}"


def _others(target: Path, ours: Collection[str]) -> Iterator[str]:
    """What is not ours in the folder: files by their names, and folders that hold none of ours."""
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target).as_posix()
        if name not in ours and (path.is_symlink() or not path.is_dir() or not any(path.iterdir())):
            yield name


def _may_change_places(target: Path, others: list[str]) -> bool:
    """Whether the folder is one that may become another: not where a shell stands, a disk is mounted, or people keep
    their things."""
    if not os.access(target.parent, os.W_OK | os.X_OK):
        return False
    if not target.exists():
        return True
    with suppress(OSError):
        found = target.stat()
        here = Path.cwd()
        return (
            _EXCHANGE is not None
            and len(others) <= _MOST_OF_OTHERS
            and found.st_uid == os.geteuid()
            and found.st_dev == target.parent.stat().st_dev
            and not os.path.ismount(target)
            and target not in (here, *here.parents, Path.home())
        )
    return False


def _build(beside: Path, target: Path, files: Mapping[str, bytes], others: list[str]) -> None:
    beside.mkdir()
    if target.exists():
        beside.chmod(stat.S_IMODE(target.stat().st_mode))
    for name, data in files.items():
        (beside / name).parent.mkdir(exist_ok=True)
        if _is_same(target / name, data):
            os.link(target / name, beside / name, follow_symlinks=False)
        else:
            _write(beside / name, data)
    for name in others:
        (beside / name).parent.mkdir(parents=True, exist_ok=True)
        if (target / name).is_dir() and not (target / name).is_symlink():
            (beside / name).mkdir(exist_ok=True)
        else:
            os.link(target / name, beside / name, follow_symlinks=False)


def _carry_late(old: Path, target: Path, ours: set[str]) -> None:
    """What came into the old folder, or was replaced there, while the new one was built."""
    for name in _others(old, ours):
        came, there = old / name, target / name
        if not os.path.lexists(there) or came.lstat().st_ino != there.lstat().st_ino:
            if came.is_dir() and not came.is_symlink():
                continue
            there.parent.mkdir(parents=True, exist_ok=True)
            came.replace(there)


def _exchange_call() -> Callable[[bytes, bytes], int] | None:
    """renameat2(2) of Linux, renamex_np(2) of macOS."""
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            at_here, exchange = -100, 2
            return lambda one, other: int(library.renameat2(at_here, one, at_here, other, exchange))
        if sys.platform == "darwin":
            swap = 2
            return lambda one, other: int(library.renamex_np(one, other, swap))
    return None


_EXCHANGE = _exchange_call()


def _change_places(one: Path, other: Path) -> bool:
    """Whether the two have changed places; not every file system can."""
    is_done = _EXCHANGE is not None and _EXCHANGE(os.fsencode(one), os.fsencode(other)) == 0
    if is_done:
        _sync(one.parent)
    return is_done


# --- within -----------------------------------------------------------------------------------------------------------


def _change_within(target: Path, files: Mapping[str, bytes], ours: set[str]) -> None:
    target.mkdir(exist_ok=True)
    gathered = target / _GATHERED
    gathered.mkdir()
    try:
        places = {name: str(number) for number, name in enumerate(files)}
        for name, place in places.items():
            _write(gathered / place, files[name])
        _write(gathered / _PLAN, json.dumps({"put": places, "drop": sorted(ours - files.keys())}).encode())
        gathered.rename(target / _READY)  # from here on it will be so
    except OSError:
        shutil.rmtree(gathered, ignore_errors=True)
        raise
    _sync(target)
    _settle(target)


def _settle(target: Path) -> None:
    """Bring to its end what a run that was ended has begun."""
    shutil.rmtree(_beside(target), ignore_errors=True)
    ready = target / _READY
    if ready.is_dir() and not ready.is_symlink():
        with suppress(OSError, ValueError, TypeError, KeyError):  # none of ours, or nothing is left of it to do
            plan = json.loads(_content(ready / _PLAN))
            for name in filter(_NAME.fullmatch, plan["drop"]):
                (target / name).unlink(missing_ok=True)
            for name, place in plan["put"].items():
                if _NAME.fullmatch(name) and place.isdecimal() and (ready / place).exists():
                    (target / name).parent.mkdir(exist_ok=True)
                    (ready / place).replace(target / name)
        shutil.rmtree(ready)
    shutil.rmtree(target / _GATHERED, ignore_errors=True)


# --- files ------------------------------------------------------------------------------------------------------------


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, _WRITING, 0o666), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _content(path: Path) -> bytes:
    """What a file holds, which is no link."""
    with os.fdopen(os.open(path, _READING), "rb") as file:
        return file.read()


def _is_same(path: Path, data: bytes) -> bool:
    with suppress(OSError):
        return stat.S_ISREG(path.lstat().st_mode) and path.lstat().st_size == len(data) and _content(path) == data
    return False


def _sync(folder: Path) -> None:
    with suppress(OSError):
        at = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(at)
        finally:
            os.close(at)


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Nobody else changes the folder meanwhile. The system holds the lock, and it ends with the process."""
    try:
        import fcntl

        at = os.open(target.parent, os.O_RDONLY)
    except (ImportError, OSError):  # Windows; a parent that is not ours to read
        yield
        return
    try:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                fcntl.flock(at, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > deadline:
                    raise ConfigError(f"{target}: another run is writing it, and does not end") from error
                time.sleep(0.02)
            except OSError:  # a file system without locks
                break
        yield
    finally:
        os.close(at)
