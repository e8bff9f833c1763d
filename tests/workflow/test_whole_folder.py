"""A folder changes as one: killed between any two steps, or two at once, it is the old one or the new one, whole."""

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from briefing.exceptions import ConfigError
from briefing.workflow import whole_folder
from briefing.workflow.whole_folder import change_folder, check_folder

OLD = {"digest.html": b"old page", "digest.json": b"old json", "made.json": b"same", "days/1.html": b"old day"}
NEW = {"digest.md": b"new page", "digest.json": b"new json", "made.json": b"same", "days/2.html": b"new day"}
OURS = OLD.keys() | NEW.keys()
OTHERS = {"notes.txt": b"mine", "days/own.txt": b"mine too", "deep/er/x": b"and this"}
STEPS = ("open", "os.rename", "os.link", "os.mkdir", "os.rmdir", "os.remove", "os.chmod", "shutil.rmtree")

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks there")


def made(folder: Path) -> set[str]:
    return set(OURS)


def files(folder: Path) -> dict[str, bytes]:
    """What a visitor finds."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith(".briefing")}


def begin(folder: Path) -> None:
    change_folder(folder, OLD, made=made)
    for name, data in OTHERS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def killed_at(number: int, work: Callable[[], object]) -> bool:
    """Whether the work, in a process of its own, came to that step, where it was killed."""
    pid = os.fork()
    if not pid:
        reached = count(1)

        def hook(event: str, arguments: object) -> None:
            if event in STEPS and next(reached) == number:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


def same_mount(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_folder, "_EXCHANGE", None)


@forks
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of a fork where threads run
def test_a_kill_between_any_two_steps(tmp_path: Path) -> None:
    number, seen = 0, set()
    is_killed = True
    while is_killed:
        number += 1
        folder = tmp_path / str(number) / "digest"
        begin(folder)
        is_killed = killed_at(number, lambda at=folder: change_folder(at, NEW, made=made))  # type: ignore[misc]
        found = files(folder)
        assert found in (OLD | OTHERS, NEW | OTHERS), number
        seen.add(found == NEW | OTHERS)
        change_folder(folder, NEW, made=made)
        assert files(folder) == NEW | OTHERS
        assert [path.name for path in folder.parent.iterdir()] == ["digest"], "nothing is left behind"
    assert number > 20
    assert seen == {True, False}


@forks
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_where_two_folders_cannot_change_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next one who comes finishes what was begun, and takes nothing for whole before."""
    same_mount(monkeypatch)
    number, is_killed = 0, True
    while is_killed:
        number += 1
        folder = tmp_path / str(number) / "digest"
        begin(folder)
        is_killed = killed_at(number, lambda at=folder: change_folder(at, NEW, made=made))  # type: ignore[misc]
        whole_folder._settle(folder)
        assert files(folder) in (OLD | OTHERS, NEW | OTHERS), number
        change_folder(folder, NEW, made=made)
        assert files(folder) == NEW | OTHERS
        assert not list(folder.parent.rglob(".briefing*"))
    assert number > 20


@forks
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("can_exchange", [True, False])
def test_two_at_once(can_exchange: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not can_exchange:
        same_mount(monkeypatch)
    folder = tmp_path / "digest"
    begin(folder)
    for _ in range(20):
        pids = []
        for content in (OLD, NEW, OLD):
            pid = os.fork()
            if not pid:
                change_folder(folder, content, made=made)
                os._exit(0)
            pids.append(pid)
        assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids] == [0, 0, 0]
        assert files(folder) in (OLD | OTHERS, NEW | OTHERS)
    assert [path.name for path in tmp_path.iterdir()] == ["digest"]


@pytest.mark.parametrize("can_exchange", [True, False])
def test_what_is_not_ours_stays_as_it_is(can_exchange: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not can_exchange:
        same_mount(monkeypatch)
    folder = tmp_path / "digest"
    begin(folder)
    (folder / "link").symlink_to("/nowhere")
    (folder / "empty").mkdir()
    os.mkfifo(folder / "pipe")
    folder.chmod(0o750)
    inode = (folder / "notes.txt").stat().st_ino
    assert change_folder(folder, NEW, made=made) == NEW.keys() - {"made.json"}
    assert (folder / "notes.txt").stat().st_ino == inode
    assert os.readlink(folder / "link") == "/nowhere"
    assert (folder / "empty").is_dir()
    assert (folder / "pipe").is_fifo()
    assert folder.stat().st_mode & 0o777 == 0o750
    assert change_folder(folder, NEW, made=made) == set()
    (folder / "digest.html").write_bytes(b"a stranger's")
    with pytest.raises(ConfigError, match=r"digest\.html: is there already, and briefing did not make it"):
        change_folder(folder, OLD, made=lambda _: set())
    assert files(folder) == NEW | OTHERS | {"digest.html": b"a stranger's"}


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "digest", tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder.mkdir()
    (folder / "days").symlink_to(elsewhere)
    with pytest.raises(ConfigError, match="did not make it"):
        change_folder(folder, NEW, made=made)
    (folder / "days").unlink()
    (elsewhere / "kept").write_bytes(b"kept")
    (folder / "digest.json").symlink_to(elsewhere / "kept")
    change_folder(folder, NEW, made=made)  # it bears the name of ours
    assert (elsewhere / "kept").read_bytes() == b"kept"
    assert not (folder / "digest.json").is_symlink()
    linked = tmp_path / "linked"
    linked.symlink_to(folder)
    change_folder(linked, OLD, made=made)
    assert linked.is_symlink()
    assert files(folder) == OLD


def test_a_plan_from_elsewhere_writes_nothing_outside(tmp_path: Path) -> None:
    ready = tmp_path / "digest" / ".briefing-ready"
    ready.mkdir(parents=True)
    (ready / "0").write_bytes(b"evil")
    (ready / "plan.json").write_text('{"put": {"../out": "0", "a/../../out": "0"}, "drop": ["../mine"]}')
    (tmp_path / "mine").write_bytes(b"mine")
    change_folder(tmp_path / "digest", NEW, made=made)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["digest", "mine"]
    assert files(tmp_path / "digest") == NEW


def test_where_a_shell_stands_the_folder_stays_the_same_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(tmp_path / "digest")
    monkeypatch.chdir(tmp_path / "digest")
    inode = Path.cwd().stat().st_ino
    change_folder(Path(), NEW, made=made)
    assert (tmp_path / "digest").stat().st_ino == inode
    assert files(Path.cwd()) == NEW | OTHERS


def test_what_cannot_be_written_is_told_before(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder, said in (
        (tmp_path / "file", "is there already, and is no folder"),
        (tmp_path / "file" / "below", "Not a directory"),
        (tmp_path / ("n" * 300), "File name too long"),
        (Path("/proc/digest"), "cannot be written"),
    ):
        with pytest.raises(ConfigError, match=said):
            check_folder(folder, NEW, made=made)
        with pytest.raises(ConfigError):
            change_folder(folder, NEW, made=made)
    check_folder(tmp_path / "to" / "be" / "made", NEW, made=made)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_full_disk_leaves_the_old_one(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    folder = tmp_path / "digest"
    begin(folder)
    large = NEW | {"digest.md": bytes(2**20)}
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**16, most[1]))
    try:
        with pytest.raises(ConfigError, match="cannot be written"):
            change_folder(folder, large, made=made)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
        signal.signal(signal.SIGXFSZ, ignored)
    assert files(folder) == OLD | OTHERS
    assert [path.name for path in tmp_path.iterdir()] == ["digest"]
