"""`briefing doctor` and `briefing backup`, against real servers on loopback."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import postgres
import pytest
from faults import Behaviour, Server, authority, http, serving
from loopback import Served
from smtp_server import MailServer
from truncating_server import Truncating

from briefing.cli import main
from briefing.cli.doctor import MANY_RECIPIENTS
from briefing.config import settings
from briefing.store.records import SourceState
from briefing.workflow.engines import open_store

Tables = Sequence[Mapping[str, object]]
NEWSLETTER: dict[str, object] = {
    "name": "morning",
    "schedule": "0 7 * * 1-5",
    "from": "Desk <desk@example.org>",
    "organisation": "Example Desk, 1 Example Street",
    "recipients": "people.csv",
}


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("BRIEFING_", "OPENAI_", "XDG_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def set_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Writes settings: plain ones into the environment, tables into briefing.toml."""

    def write(*, sources: Tables = (), newsletters: Tables = (), **env: str) -> None:
        lines = []
        for name, tables in (("sources", sources), ("newsletters", newsletters)):
            for table in tables:
                values = {key: value for key, value in table.items() if value is not None}
                lines += [f"[[{name}]]", *(f"{key} = {json.dumps(value)}" for key, value in values.items())]
        (tmp_path / "briefing.toml").write_text("\n".join(lines))
        for name, value in env.items():
            monkeypatch.setenv(name, value)

    return write


@pytest.fixture
def doctor(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, list[str]]]:
    """Runs it; its exit code and lines."""

    def run(*arguments: str) -> tuple[int, list[str]]:
        code = briefing("doctor", *arguments)
        told = capsys.readouterr()
        assert told.err == ""
        lines = told.out.splitlines()
        assert all(line.startswith(("ok: ", "fix: ", "look: ")) for line in lines)
        return code, lines

    return run


Doctor = Callable[..., tuple[int, list[str]]]
SetUp = Callable[..., None]


def briefing(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert isinstance(stop.value.code, int)
    return stop.value.code


def fixes(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("fix: ")]


def dated(ahead: timedelta = timedelta(), age: int = 0) -> dict[str, str]:
    return {"Date": format_datetime(datetime.now(UTC) + ahead - timedelta(seconds=age), usegmt=True), "Age": str(age)}


@pytest.fixture
def authority_file(tmp_path: Path) -> str:
    authority().cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    return str(tmp_path / "authority.pem")


def test_a_fresh_start_has_nothing_to_fix(doctor: Doctor, tmp_path: Path) -> None:
    code, lines = doctor()
    assert code == 0
    assert fixes(lines) == []
    assert any(line.startswith("ok: database: ") and "integrity check is ok" in line for line in lines)
    assert any(line.startswith("ok: model: none") for line in lines)
    quiet, looks = doctor("--quiet")
    assert (quiet, [line[:11] for line in looks]) == (0, [line[:11] for line in lines if line.startswith("look: ")])


def test_a_desk_where_all_is_well(doctor: Doctor, set_up: SetUp, tmp_path: Path, authority_file: str) -> None:
    (tmp_path / "people.csv").write_text("address\nann@example.org\nbob@example.org\nann@example.org\n")
    with (
        Server(http(200, b"<html>", dated(age=600))) as site,
        MailServer(tls=serving("127.0.0.1"), login=("desk", "secret word"), size_limit=1_000_000) as mail,
    ):
        set_up(
            sources=[{"address": f"{site.url}/"}, {"address": str(tmp_path)}],
            newsletters=[NEWSLETTER | {"unsubscribe_mail": "leave@example.org"}],
            BRIEFING_ALLOW_PRIVATE_HOSTS=site.name,
            BRIEFING_TIMEZONE="Europe/Paris",
            BRIEFING_SMTP_HOST="127.0.0.1",
            BRIEFING_SMTP_PORT=str(mail.port),
            BRIEFING_SMTP_USER="desk",
            BRIEFING_SMTP_PASSWORD="secret word",
            BRIEFING_SMTP_CA_FILE=authority_file,
        )
        code, lines = doctor()
    assert (code, fixes(lines)) == (0, [])
    text = "\n".join(lines)
    assert f"ok: mail server: 127.0.0.1:{mail.port}: by verified TLS, logged in as desk, takes up to 1000000" in text
    assert "ok: sources: 2 of 2 answer" in text
    assert "ok: newsletter morning: people.csv: 2 recipients, 1 duplicate" in text
    assert "replies to desk@example.org, unsubscribing by mail to leave@example.org" in text
    assert "ok: newsletter morning: next due 20" in text
    assert "in Europe/Paris; it agrees with 1 web server" in text
    assert [line.split(":")[1] for line in lines if line.startswith("look: ")] == [" SPF", " DKIM", " DMARC", " PTR"]
    assert "secret word" not in text
    assert mail.received == []
    assert mail.seen["MAIL"] == 0
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"BRIEFING_SMTP_PASSWORD": "wrong"}, "login refused"),
        ({"BRIEFING_SMTP_CA_FILE": ""}, "BRIEFING_SMTP_CA_FILE"),
        ({"BRIEFING_SMTP_SECURITY": "none"}, "a password is not sent without TLS"),
        ({"BRIEFING_SMTP_PORT": "9"}, "look at BRIEFING_SMTP_HOST"),
    ],
)
def test_a_mail_server_that_cannot_be_used(
    doctor: Doctor, set_up: SetUp, authority_file: str, env: dict[str, str], said: str
) -> None:
    with MailServer(tls=serving("127.0.0.1"), login=("desk", "secret word")) as mail:
        given = {
            "BRIEFING_SMTP_HOST": "127.0.0.1",
            "BRIEFING_SMTP_PORT": str(mail.port),
            "BRIEFING_SMTP_USER": "desk",
            "BRIEFING_SMTP_PASSWORD": "secret word",
            "BRIEFING_SMTP_CA_FILE": authority_file,
        }
        set_up(**given | env)
        code, lines = doctor()
    assert code == (4 if "SECURITY" in next(iter(env)) else 3)
    assert [said in line for line in fixes(lines)] == [True]
    assert "secret word" not in "\n".join(lines)


WRONG: list[tuple[dict[str, object], str]] = [
    ({"recipients": "nowhere.csv"}, "nowhere.csv: cannot be read"),
    ({"recipients": "empty.csv"}, "nobody gets mail"),
    ({"recipients": "names.csv"}, "no column is called address"),
    ({"recipients": "wrong.csv"}, "1 line rejected; line 3"),
    ({"recipients": None}, "recipients is not set"),
    ({"from": None}, "from is not set"),
    ({"from": "Desk <desk at example.org>"}, "is not one address"),
    ({"reply_to": "nobody"}, "reply_to"),
    ({"organisation": None}, "organisation is not set"),
    ({"unsubscribe_url": "http://example.org/leave"}, "is no https address"),
    ({"unsubscribe_url": "https://127.0.0.1:9/leave"}, "unsubscribe_url: https://127.0.0.1:9/leave"),
    ({"sources": ["elsewhere"]}, "no source is called 'elsewhere'"),
]


def test_newsletters_that_cannot_go_out(doctor: Doctor, set_up: SetUp, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("address\nann@example.org\n")
    (tmp_path / "empty.csv").write_text("address\n")
    (tmp_path / "names.csv").write_text("who,what\nann,x\n")
    (tmp_path / "wrong.csv").write_text("address\nann@example.org\nbob at example.org\n")
    newsletters = [NEWSLETTER | wrong | {"name": f"wrong-{number}"} for number, (wrong, _) in enumerate(WRONG)]
    set_up(sources=[{"address": "."}], newsletters=newsletters)
    code, lines = doctor()
    assert code == 4
    assert len(fixes(lines)) == len(WRONG)
    for number, (_, said) in enumerate(WRONG):
        (line,) = (line for line in fixes(lines) if line.startswith(f"fix: newsletter wrong-{number}: "))
        assert said in line


def test_drafts_without_a_site(doctor: Doctor, set_up: SetUp) -> None:
    set_up(sources=[{"address": "."}], newsletters=[{"name": "drafts", "channels": ["wordpress"]}])
    code, lines = doctor()
    assert code == 4
    said = "drafts need BRIEFING_WORDPRESS_URL and BRIEFING_WORDPRESS_USER and BRIEFING_WORDPRESS_PASSWORD"
    assert fixes(lines) == [f"fix: WordPress: {said}"]


def test_many_recipients_and_no_single_click(doctor: Doctor, set_up: SetUp, tmp_path: Path) -> None:
    people = "".join(f"p{number}@example.org\n" for number in range(MANY_RECIPIENTS))
    (tmp_path / "people.csv").write_text(people)
    set_up(sources=[{"address": "."}], newsletters=[NEWSLETTER])
    code, lines = doctor()
    assert code == 0
    assert any("no unsubscribe_url" in line for line in lines)


@pytest.mark.parametrize(("ahead", "code"), [(300, 3), (-300, 3), (5, 0)])
def test_a_clock_that_is_wrong(doctor: Doctor, set_up: SetUp, ahead: int, code: int) -> None:
    with Server(http(200, b"<html>", dated(timedelta(seconds=ahead)))) as site:
        set_up(sources=[{"address": f"{site.url}/"}], BRIEFING_ALLOW_PRIVATE_HOSTS=site.name)
        found, lines = doctor()
    assert found == code
    assert [line.split(": ")[1] for line in fixes(lines)] == (["clock"] if code else [])
    if code:
        assert ("behind" if ahead > 0 else "ahead of") in fixes(lines)[0]


def test_a_clock_that_agrees_with_one_server_is_right(doctor: Doctor, set_up: SetUp) -> None:
    with Server(http(200, b"", dated(timedelta(hours=9)))) as wrong, Server(http(200, b"", dated())) as right:
        hosts = f"{wrong.name},{right.name}"
        set_up(sources=[{"address": wrong.url}, {"address": right.url}], BRIEFING_ALLOW_PRIVATE_HOSTS=hosts)
        assert doctor()[0] == 0


def test_sources_are_tried_by_one_request_and_those_left_alone_by_none(doctor: Doctor, set_up: SetUp) -> None:
    with Server(paths={"/": http(403), "/waits": http(200)}) as site:
        sources = [{"address": f"{site.url}/"}, {"address": f"{site.url}/waits"}, {"address": "nowhere.json"}]
        set_up(sources=sources, BRIEFING_ALLOW_PRIVATE_HOSTS=site.name)
        with open_store(settings()) as store:
            later = datetime.now(UTC) + timedelta(hours=1)
            store.keep_visit(SourceState(address=f"{site.url}/waits", not_before=later), [])
        code, lines = doctor()
    assert code == 3
    found = "\n".join(fixes(lines))
    for said in ("it refuses access (403)", "asked to be left alone until", "there is no such file"):
        assert said in found
    assert [asked.path for asked in site.asked] == ["/"]


CHOICE = {"index": 0, "message": {"role": "assistant", "content": ""}, "finish_reason": "length"}
COMPLETION = json.dumps({"choices": [CHOICE]}).encode()


def refusal(words: str) -> bytes:
    return json.dumps({"error": {"message": words}}).encode()


@pytest.mark.parametrize(
    ("script", "arguments", "code", "said", "calls"),
    [
        ([http(500)], (), 0, "can be reached; --ask tries key and model", 0),
        ([http(200, COMPLETION)], ("--ask",), 0, "a-model answers", 1),
        ([http(401, refusal("Incorrect API key"))], ("--ask",), 3, "Incorrect API key", 1),
        ([http(404, refusal("no such model"))], ("--ask",), 3, "is the name of the model right", 1),
        (
            [http(400, refusal("Unsupported parameter: max_completion_tokens")), http(200, COMPLETION)],
            ("--ask",),
            0,
            "a-model answers",
            2,
        ),
        (
            [http(400, refusal("Could not finish the message because max_tokens was reached"))],
            ("--ask",),
            0,
            "answers",
            1,
        ),
        ([http(200, b"<html>Hello</html>")], ("--ask",), 3, "a web page", 1),
    ],
)
def test_the_model_is_asked_for_one_token_at_most(
    doctor: Doctor, set_up: SetUp, script: list[Behaviour], arguments: tuple[str, ...], code: int, said: str, calls: int
) -> None:
    with Server(*script) as endpoint:
        set_up(OPENAI_BASE_URL=f"{endpoint.url}/v1", OPENAI_API_KEY="sk-canary-123456", BRIEFING_MODEL="a-model")
        found, lines = doctor(*arguments)
    assert found == code
    line = next(line for line in lines if ": model: " in line)
    assert said in line
    assert "canary" not in "\n".join(lines)
    assert len(endpoint.asked) == calls
    for asked in endpoint.asked:
        body = json.loads(asked.body)
        assert [body[name] for name in ("max_tokens", "max_completion_tokens") if name in body] == [1]


@pytest.mark.parametrize(
    ("server", "code", "said"),
    [
        (Truncating(4_096), 3, "the server read 4096 of "),
        (Truncating(4_096, "n_ctx"), 0, "n_ctx"),
        (Truncating(), 0, "a-model answers, and reads 2"),
        (Truncating(ratio=0.7), 0, "a-model answers, and reads 2"),
        (Truncating(counts="none"), 0, "it does not report what it reads"),
    ],
)
def test_a_model_of_ones_own_is_asked_to_read_a_long_prompt(
    doctor: Doctor, set_up: SetUp, server: Truncating, code: int, said: str
) -> None:
    with Served(server) as endpoint:
        set_up(OPENAI_BASE_URL=endpoint.url, BRIEFING_MODEL="a-model")
        found, lines = doctor("--ask")
    assert found == code
    assert said.replace("n_ctx", "but not to") in next(line for line in lines if ": model: " in line)


def test_a_second_reader_of_its_own_is_asked_too(doctor: Doctor, set_up: SetUp) -> None:
    with Server(http(200, COMPLETION)) as writer, Server(http(401, refusal("Incorrect API key"))) as reader:
        set_up(
            OPENAI_BASE_URL=f"{writer.url}/v1",
            OPENAI_API_KEY="sk-canary-writer",
            BRIEFING_SECOND_READER_URL=f"{reader.url}/v1",
            BRIEFING_SECOND_READER_MODEL="a-reader",
        )
        code, lines = doctor("--ask")
        assert [json.loads(asked.body)["model"] for asked in reader.asked] == ["a-reader"]
        assert "canary" not in json.dumps([dict(asked.headers) for asked in reader.asked])
        assert code == 3
        assert "Incorrect API key" in fixes(lines)[0]
        assert fixes(lines)[0].startswith(f"fix: second reader: {reader.url}/v1: ")
        set_up(BRIEFING_SECOND_READER="false")
        assert doctor()[0] == 0


def test_an_endpoint_out_of_reach(doctor: Doctor, set_up: SetUp) -> None:
    set_up(OPENAI_BASE_URL="http://127.0.0.1:9/v1")
    code, lines = doctor()
    assert code == 3
    assert fixes(lines) == ["fix: model: http://127.0.0.1:9/v1: Connection refused"]
    set_up(OPENAI_BASE_URL="", BRIEFING_ENGINE="model")
    code, lines = doctor()
    assert code == 4
    assert "set OPENAI_API_KEY" in fixes(lines)[0]


def test_settings_that_mean_nothing(doctor: Doctor, tmp_path: Path, set_up: SetUp) -> None:
    set_up(BRIEFING_SMPT_HOST="x", BRIEFING_SOMETHING="x")
    (tmp_path / ".env").write_text("BRIEFING_TIMEZOEN=Europe/Paris\n")
    (tmp_path / ".env").chmod(0o644)
    code, lines = doctor()
    assert code == 4
    assert [line.partition("; ")[2] for line in fixes(lines)] == [
        "did you mean BRIEFING_SMTP_HOST?",
        "did you mean BRIEFING_TIMEZONE?",
        "chmod 600 .env",
    ]
    assert any(line.startswith("look: settings: BRIEFING_SOMETHING") for line in lines)
    (tmp_path / "briefing.toml").write_text("timezon = 1\n")
    assert doctor() == (4, ["fix: settings: briefing.toml: 'timezon' is not a setting; did you mean 'timezone'?"])


def database_of(tmp_path: Path) -> Path:
    return tmp_path / "home/.local/share/briefing/briefing.db"


def test_a_database_that_others_can_read(doctor: Doctor, tmp_path: Path) -> None:
    assert doctor()[0] == 0
    database_of(tmp_path).chmod(0o644)
    code, lines = doctor()
    assert code == 3
    assert "chmod 600" in fixes(lines)[0]


def test_a_damaged_database(doctor: Doctor, tmp_path: Path) -> None:
    assert doctor()[0] == 0
    with closing(sqlite3.connect(database_of(tmp_path))) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("CREATE TABLE things (x INTEGER, y TEXT)")
        connection.execute("INSERT INTO things VALUES (1, NULL)")
        connection.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, 'y TEXT', 'y TEXT NOT NULL') WHERE name = 'things'"
        )
        connection.commit()
    code, lines = doctor()
    assert code == 4
    assert "damaged: NULL value in things.y; put a backup back" in fixes(lines)[0]


def test_a_file_that_is_no_database(doctor: Doctor, tmp_path: Path) -> None:
    database_of(tmp_path).parent.mkdir(parents=True)
    database_of(tmp_path).write_text("not a database, " * 100)
    database_of(tmp_path).chmod(0o600)
    code, lines = doctor()
    assert code == 4
    assert "not a database" in fixes(lines)[0]


def test_a_backup_and_what_putting_it_back_means(
    doctor: Doctor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_store(settings()) as store:
        store.advance_epoch()
    assert briefing("backup", "copy.db") == 0
    told = capsys.readouterr().out
    assert told.startswith("copy.db: ")
    assert f"a copy of {database_of(tmp_path)}" in told
    assert Path("copy.db").stat().st_mode & 0o777 == 0o600
    before = Path("copy.db").read_bytes()
    assert briefing("backup", "copy.db") == 4
    assert "takes the place of nothing" in capsys.readouterr().err
    assert Path("copy.db").read_bytes() == before
    with open_store(settings()) as store:
        store.advance_epoch()
    for name in ("", "-wal", "-shm"):
        database_of(tmp_path).with_name(f"briefing.db{name}").unlink(missing_ok=True)
    Path("copy.db").rename(database_of(tmp_path))
    code, lines = doctor()
    assert code == 3
    assert "was put back to an earlier state" in fixes(lines)[0]
    assert "--force" in fixes(lines)[0]


def test_postgresql(
    doctor: Doctor,
    set_up: SetUp,
    postgresql: postgres.Server,
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up(BRIEFING_DATABASE_URL=postgresql.new_database())
    code, lines = doctor()
    assert (code, fixes(lines)) == (0, [])
    assert briefing("backup", "copy.db") == 4
    assert "pg_dump" in capsys.readouterr().err
    assert not Path("copy.db").exists()
