"""The commands as a person types them, in a folder with a briefing.toml: what they print, and their exit codes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pressing import ORGANISATION, PORT, RYE, Desk
from smtp_server import Act, MailServer

from briefing.cli import main
from briefing.newsletter.message_lint import message_problems
from briefing.store import Store

DAY = "2026-06-23"
TOML = f"""
[[sources]]
name = "saved"
address = "posts.json"

[[newsletters]]
name = "morning"
title = "Morning brief"
from = "Desk <news@example.com>"
recipients = "recipients.csv"
organisation = "{ORGANISATION}"
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("BRIEFING_DATABASE_URL", f"sqlite:///{tmp_path}/desk.db")
    (tmp_path / "briefing.toml").write_text(TOML, encoding="utf-8")
    Desk(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command of `briefing newsletter`: its exit code, and what it printed."""

    def command(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["newsletter", *arguments])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return int(ended.value.code or 0), printed.out, printed.err

    return command


@pytest.fixture
def mail(folder: Path, monkeypatch: pytest.MonkeyPatch) -> MailServer:
    """A server that the test starts, as `with mail:`; its port is known then."""
    for name, value in {"HOST": "127.0.0.1", "SECURITY": "none", "CONNECTIONS": "1"}.items():
        monkeypatch.setenv(f"BRIEFING_SMTP_{name}", value)
    return MailServer()


def made(run: Run) -> None:
    assert run("build", "morning", "--date", DAY)[0] == 0
    assert run("approve", "morning", DAY, "--by", "Ann")[0] == 0


def test_from_build_to_files_by_hand(run: Run, folder: Path) -> None:
    code, out, err = run("build", "morning", "--date", DAY)
    assert (code, err) == (0, "")
    assert out == f"morning/{DAY}: built in outbox/morning/{DAY}: Morning brief: {PORT[0]}\n"
    code, out, err = run("preview", "morning", DAY)
    assert (code, PORT[0] in out, ORGANISATION in out) == (0, True, True)
    assert f"in outbox/morning/{DAY}" in err
    assert run("preview", "morning", "--html", "look.html")[:2] == (0, "look.html\n")
    assert "<table" in (folder / "look.html").read_text(encoding="utf-8")
    code, out, err = run("send", "morning", DAY)
    assert (code, out) == (3, "")
    assert "not approved; `briefing newsletter approve morning 2026-06-23 --by NAME`" in err
    code, out, _ = run("approve", "morning", DAY, "--by", "Ann")
    assert (code, "approved by Ann" in out) == (0, True)
    code, out, _ = run("send", "morning", DAY)
    assert (code, "4 messages written" in out, "nobody was sent anything" in out) == (0, True, True)
    assert len(list((folder / "outbox" / "morning" / DAY).glob("*.eml"))) == 4
    assert "approved" in run("log", "morning", DAY)[1]
    assert run("status")[:2] == (0, run("status", "morning")[1])
    assert "written" in run("status")[1]


def test_diff_is_against_the_issue_before(run: Run, folder: Path) -> None:
    made(run)
    run("send", "morning", DAY)
    Desk(folder).posts(RYE)
    run("build", "morning", "--date", "2026-06-24")
    code, out, _ = run("diff", "morning")
    assert code == 0
    assert out.startswith(f"--- morning/{DAY}\n+++ morning/2026-06-24\n")
    assert "-1. Port of Sfax reopens" in out
    assert "+1. Farmers in Jutland sow less rye" in out


def test_send_and_what_follows(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, mail: MailServer) -> None:
    with mail:
        monkeypatch.setenv("BRIEFING_SMTP_PORT", str(mail.port))
        made(run)
        assert run("suppress", "P0@example.org", "--why", "asked by phone")[:2] == (0, "1 suppressed, 0 were already\n")
        assert run("unsubscribe", "morning", "p1+news@example.org")[0] == 0
        code, out, _ = run("send", "morning", DAY)
        assert code == 0
        equation = "4 = 2 sent + 0 refused + 2 skipped (1 by hand, 1 unsubscribed) + 0 uncertain + 0 pending"
        assert equation in out
        assert mail.recipients() == ["p2@example.org", "p3@example.org"]
        assert equation in run("status")[1]
        assert run("send", "morning", DAY)[0] == 0
        assert len(mail.received) == 2, "nobody twice"
        assert run("test", "morning", "me@example.org")[0] == 0
        assert mail.recipients()[-1] == "me@example.org"
        assert message_problems(mail.received[-1].data, organisation=ORGANISATION) == []
        token = re.search(rb"unsubscribe%20([a-z0-9.-]+)>", mail.received[0].data)
        assert token is not None
        (folder / "clicks.csv").write_text(f"token,at\n{token[1].decode()},2026-06-23T09:00:00Z\n", encoding="utf-8")
        assert run("import-unsubscribes", "clicks.csv")[:2] == (0, "1 suppressed, 0 were already\n")
        (folder / "bounces.csv").write_text("email,status\np3@example.org,5.1.1\nx@example.org,\n", encoding="utf-8")
        code, out, err = run("import-bounces", "bounces.csv")
        assert (code, out) == (2, "1 suppressed, 0 were already\n")
        assert "bounces.csv line 3" in err
        code, out, _ = run("correct", "morning", DAY, "--text", "It was nine.")
        assert (code, "for 2 who got the issue" in out) == (0, True)
        run("approve", "morning", f"{DAY}/1", "--by", "Ann")
        code, out, _ = run("send", "morning", f"{DAY}/1")
        assert "2 = 0 sent + 0 refused + 2 skipped (1 bounced, 1 unsubscribed)" in out


def test_an_edit_is_frozen_anew(run: Run, folder: Path) -> None:
    made(run)
    code, out, err = run("edit", "morning", DAY)
    assert (code, out) == (0, f"outbox/morning/{DAY}/edit.txt\n")
    assert "--by NAME" in err
    file = folder / "outbox" / "morning" / DAY / "edit.txt"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("title: Morning brief", "title: Evening brief"), encoding="utf-8")
    assert "frozen anew" in run("edit", "morning", DAY, "--by", "Bob")[1]
    assert "Evening brief" in run("preview", "morning", DAY)[1]
    assert run("send", "morning", DAY)[0] == 3
    assert "edited" in run("log", "morning", DAY)[1]
    file.write_text(text.replace("Repairs cost 4 million", "Repairs cost 7 million"), encoding="utf-8")
    code, out, err = run("edit", "morning", DAY)
    assert (code, out) == (5, "")
    assert "7 million" in err
    assert "Evening brief" in run("preview", "morning", DAY)[1], "as it was"


def test_an_edit_outlives_a_rebuild(run: Run, folder: Path) -> None:
    made(run)
    run("edit", "morning", DAY)
    file = folder / "outbox" / "morning" / DAY / "edit.txt"
    text = file.read_text(encoding="utf-8").replace("title: Morning brief", "title: Evening brief")
    file.write_text(text, encoding="utf-8")
    Desk(folder).posts(PORT, RYE)
    assert run("build", "morning", "--date", DAY)[0] == 0
    shown = run("preview", "morning", DAY)[1]
    assert ("Evening brief" in shown, RYE[0] in shown) == (True, True)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["build", "evening"], 4, "'evening': no newsletter of that name in briefing.toml (morning)"),
        (["build", "morning", "--date", "tomorrow"], 4, "not a date"),
        (["preview", "morning"], 4, "there is no such issue"),
        (["preview", "morning", "2026-01-01"], 4, "there is no such issue"),
        (["approve", "morning", DAY], 4, "--by"),
        (["approve", "morning", DAY, "--by", " "], 4, "--by is empty"),
        (["resend", "morning", DAY], 4, "say --uncertain"),
        (["resend", "morning", DAY, "--uncertain"], 4, "nobody of whom it is uncertain"),
        (["resume", "morning", DAY], 4, "is not paused"),
        (["correct", "morning", DAY], 4, "either --text or --file"),
        (["correct", "morning", DAY, "--text", "x"], 4, "nobody got it"),
        (["suppress", "nobody"], 4, "not one address"),
        (["test", "morning", "a@b@c"], 4, "not one address"),
        (["import-bounces", "nowhere.csv"], 4, "cannot be read"),
        (["run", "evening"], 4, "no newsletter of that name"),
    ],
)
def test_errors_are_one_clear_line(run: Run, arguments: list[str], code: int, said: str) -> None:
    if arguments[1:3] == ["morning", DAY] or arguments[0] == "test":
        run("build", "morning", "--date", DAY)
    ended, out, err = run(*arguments)
    assert (ended, out) == (code, "")
    assert said in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('from = "Desk <news@example.com>"', "", "from is not set"),
        ("news@example.com", "news@", "is no domain"),
        ('recipients = "recipients.csv"', "", "recipients is not set"),
        ("recipients.csv", "nowhere.csv", "nowhere.csv: cannot be read"),
        ('title = "Morning brief"', 'sources = ["elsewhere"]', "no source is called 'elsewhere'"),
    ],
)
def test_settings_that_are_wrong(run: Run, folder: Path, before: str, after: str, said: str) -> None:
    (folder / "briefing.toml").write_text(TOML.replace(before, after, 1), encoding="utf-8")
    code, _, err = run("build", "morning", "--date", DAY)
    assert (code, said in err) == (4, True)
    assert run("status")[1] == f"morning: no schedule\n  {DAY}  building\n    ! not built: {err.partition(': ')[2]}"


def test_a_mail_server_that_is_not_there(run: Run, monkeypatch: pytest.MonkeyPatch, mail: MailServer) -> None:
    monkeypatch.setenv("BRIEFING_SMTP_PORT", "1")
    made(run)
    code, _, err = run("send", "morning", DAY)
    assert (code, "127.0.0.1:1" in err) == (3, True)
    assert "4 = 0 sent + 0 refused + 0 skipped + 0 uncertain + 4 pending" in run("status")[1]
    assert run("test", "morning", "me@example.org")[0] == 3


def test_run_says_nothing_when_nothing_is_due(run: Run) -> None:
    assert run("run") == (0, "", "")


def test_run_in_the_wrong_folder_says_so(run: Run, folder: Path) -> None:
    """A timer with the wrong working directory would else do nothing for ever."""
    (folder / "briefing.toml").unlink()
    code, out, err = run("run", "--quiet")
    assert (code, out) == (4, "")
    assert "[[newsletters]]" in err


def test_run_beside_another_run(run: Run, folder: Path) -> None:
    with Store(f"sqlite:///{folder}/desk.db") as store, store.lease("newsletter morning", 60):
        code, out, err = run("run")
        assert (code, err) == (0, "")
        assert f"already running, process {os.getpid()}" in out
        assert run("build", "morning")[0] == 0


def test_another_secret_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With it, those who unsubscribed by a link would not be known any more."""
    code, made_here, _ = run("secret")
    assert (code, len(made_here) > 30) == (0, True)
    monkeypatch.setenv("BRIEFING_UNSUBSCRIBE_SECRET", "another")
    code, _, err = run("status")
    assert (code, "BRIEFING_UNSUBSCRIBE_SECRET" in err) == (4, True)
    monkeypatch.setenv("BRIEFING_UNSUBSCRIBE_SECRET", made_here.strip())
    assert run("status")[0] == 0


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_between_two_messages(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, mail: MailServer, number: signal.Signals
) -> None:
    """P2-3: what is in flight is finished, the rest stays pending, and the exit code is the shell's."""
    made(run)
    with mail:
        monkeypatch.setenv("BRIEFING_SMTP_PORT", str(mail.port))
        mail.script = lambda moment: Act(wait_seconds=0.4) if moment.phase == "dot" else None
        command = [sys.executable, "-m", "briefing.cli", "newsletter", "send", "morning", DAY]
        sending = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True, env=os.environ | _path())
        while not mail.received:
            time.sleep(0.02)
        sending.send_signal(number)
        _, err = sending.communicate()
        assert sending.returncode == 128 + number, err
        assert "Traceback" not in err
        assert 1 <= len(mail.received) < 4
        sent = len(mail.received)
        assert f"4 = {sent} sent + 0 refused + 0 skipped + 0 uncertain + {4 - sent} pending" in run("status")[1]
        mail.script = lambda moment: None
        run("send", "morning", DAY)
        assert sorted(mail.recipients()) == [f"p{n}@example.org" for n in range(4)]


def _path() -> dict[str, str]:
    return {"PYTHONPATH": str(Path(__file__).parents[2])}
