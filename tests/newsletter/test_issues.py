"""The life of an issue: made, approved, sent once, whatever happens between; a real mail server, files, and a feed."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from desk_days import Feed, Item
from faults import Server, http
from loopback import Served, failure
from pressing import DAY, FIRST, HOUR, MINUTE, MONDAY, ORGANISATION, PEOPLE, PORT, RYE, Desk, Pressing
from smtp_server import Act, MailServer, Moment

from briefing.exceptions import ConfigError, DeliveryError, LoadError
from briefing.newsletter.commands import HeldError
from briefing.newsletter.message_lint import message_problems


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return Desk(tmp_path)


@pytest.fixture
def mail(desk: Desk) -> Iterator[MailServer]:
    with MailServer() as server:
        desk.port = server.port
        yield server


@pytest.fixture(scope="module")
def pressing() -> Iterator[Pressing]:
    zygote = Pressing()
    yield zygote
    zygote.close()


def everybody_once(mail: MailServer) -> bool:
    return Counter(mail.recipients()) == {f"p{n}@example.org": 1 for n in range(PEOPLE)}


def test_run_makes_and_sends_what_is_due_once(desk: Desk, mail: MailServer) -> None:
    desk.now = MONDAY - MINUTE
    assert desk.run() == [], "not due yet, and not built ahead"
    desk.now = MONDAY
    assert [done.error for done in desk.run()] == [None] * 3
    assert everybody_once(mail)
    assert message_problems(mail.received[0].data, organisation=ORGANISATION) == []
    assert b"Subject: Morning brief: Port of Sfax reopens" in mail.received[0].data
    assert desk.states() == {"2026-11-23": "done"}
    for later in (MINUTE, HOUR, 23 * HOUR):
        desk.now = MONDAY + later
        assert desk.run() == []
    assert everybody_once(mail)


@pytest.mark.parametrize("slept", [HOUR, 5 * HOUR])
def test_a_machine_that_slept_catches_up(desk: Desk, mail: MailServer, slept: timedelta) -> None:
    """S5."""
    desk.now = MONDAY - MINUTE
    desk.run()
    desk.now = MONDAY + slept
    desk.run()
    assert everybody_once(mail)


def test_a_machine_that_slept_for_days_sends_one_issue(desk: Desk, mail: MailServer) -> None:
    """S6: the newest only; those before it are missed, and stay so."""
    desk.now = MONDAY - MINUTE
    desk.run()
    desk.now = MONDAY + 3 * DAY + HOUR
    said = [str(done) for done in desk.run()]
    assert [line.split(": ")[:2] for line in said[:3]] == [[f"morning/2026-11-{n}", "missed"] for n in (23, 24, 25)]
    assert everybody_once(mail)
    assert desk.states() == {"2026-11-26": "done"} | {f"2026-11-{n}": "missed" for n in (23, 24, 25)}


def test_too_late_is_missed(desk: Desk, mail: MailServer) -> None:
    desk.now = MONDAY - MINUTE
    desk.run()
    desk.now = MONDAY + 7 * HOUR
    desk.run()
    assert (desk.states(), mail.received) == ({"2026-11-23": "missed"}, [])


@pytest.mark.parametrize("leap", [timedelta(days=-365), timedelta(days=365), -2 * HOUR])
def test_a_clock_that_jumps_sends_nothing_old_or_early(desk: Desk, mail: MailServer, leap: timedelta) -> None:
    """P15-17: it is told, nothing is made, and all goes on once the clock is right again."""
    desk.run()
    desk.posts(PORT, RYE)
    desk.now = MONDAY + leap
    (told,) = desk.run()
    assert "the clock says" in str(told.error)
    assert desk.states() == {"2026-11-23": "done"}
    desk.now = MONDAY + DAY
    desk.run()
    assert desk.states() == {"2026-11-24": "done", "2026-11-23": "done"}
    assert len(mail.received) == 2 * PEOPLE


def test_a_newsletter_is_followed_from_its_first_run(desk: Desk, mail: MailServer) -> None:
    """Who sets it up at noon does not mail everybody at noon."""
    desk.now = MONDAY + 5 * HOUR
    assert desk.run() == []
    assert desk.states() == {}


def test_built_early_and_sent_when_due(desk: Desk, mail: MailServer) -> None:
    desk.changes = {"build_ahead_minutes": 60}
    desk.now = MONDAY - HOUR
    (built,) = desk.run()
    assert "built in" in built.said
    desk.posts(PORT, RYE)
    desk.now = MONDAY - MINUTE
    assert desk.run() == []
    desk.now = MONDAY
    assert [done.error for done in desk.run()] == [None, None], "queued and sent"
    assert b"Farmers" not in mail.received[0].data, "sending is only sending"


def test_approval(desk: Desk, mail: MailServer) -> None:
    desk.changes = {"approval": True}
    desk.run()
    desk.now += HOUR
    assert desk.run() == []
    with desk.press() as press:
        newsletter = press.newsletter("morning")
        (standing,) = press.standings(newsletter)
        assert "approve morning 2026-11-23 --by NAME" in standing.needs[0]
        with pytest.raises(HeldError, match="not approved"):
            press.send(newsletter, press.record(newsletter, None))
        press.approve(newsletter, press.record(newsletter, "2026-11-23"), who="Ann")
        (act,) = press.issues.acts(FIRST)
        assert (act.act, act.who, act.hash) == ("approved", "Ann", press.issues.frozen(FIRST).issue.hash)
    assert mail.received == []
    desk.run()
    assert everybody_once(mail)


def test_what_nobody_approves_in_time_is_missed_and_can_be_sent_by_hand(desk: Desk, mail: MailServer) -> None:
    desk.changes = {"approval": True}
    desk.run()
    desk.now += 7 * HOUR
    desk.run()
    assert desk.states() == {"2026-11-23": "missed"}
    with desk.press() as press:
        newsletter = press.newsletter("morning")
        done = press.approve(newsletter, press.record(newsletter, "2026-11-23"), who="Ann")
        assert "--late" in done.said
        record = press.record(newsletter, "2026-11-23")
        assert record.state == "missed"
        with pytest.raises(HeldError, match="too late"):
            press.send(newsletter, record)
        press.send(newsletter, record, is_late=True)
    assert everybody_once(mail)


@pytest.mark.parametrize("approval", [True, False])
def test_a_rejected_issue_does_not_go_out(desk: Desk, mail: MailServer, approval: bool) -> None:
    desk.changes = {"approval": approval, "build_ahead_minutes": 60}
    desk.now = MONDAY - HOUR
    desk.run()
    with desk.press() as press:
        newsletter = press.newsletter("morning")
        press.reject(press.record(newsletter, "2026-11-23"), who="Ann", why="too long")
        with pytest.raises(HeldError, match="too long"):
            press.send(newsletter, press.record(newsletter, "2026-11-23"))
    desk.now = MONDAY
    desk.run()
    assert mail.received == []
    desk.changes = {}
    desk.now += DAY
    desk.run()
    assert b"Port of Sfax" in mail.received[0].data, "its stories are told by the next one"


def edited(desk: Desk, before: str, after: str) -> None:
    """The issue's file to edit, changed."""
    file = desk.folder / "outbox" / FIRST / "edit.txt"
    file.write_text(file.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")


def test_an_edit_needs_a_new_approval(desk: Desk, mail: MailServer) -> None:
    """M25: before the first mail an edit makes other bytes; after it there is none."""
    desk.changes = {"approval": True}
    desk.run()
    with desk.press() as press:
        newsletter = press.newsletter("morning")
        record = press.record(newsletter, "2026-11-23")
        press.approve(newsletter, record, who="Ann")
        assert press.edit(newsletter, press.record(newsletter, "2026-11-23"), who="Bob")[1] is None
        edited(desk, "Morning brief", "Evening brief")
        press.edit(newsletter, press.record(newsletter, "2026-11-23"), who="Bob")
        new = press.record(newsletter, "2026-11-23")
        assert (new.state, new.hash != record.hash, new.approved_hash) == ("built", True, "")
    desk.run()
    assert mail.received == []
    with desk.press() as press:
        press.approve(newsletter, press.record(newsletter, "2026-11-23"), who="Ann")
    desk.run()
    assert everybody_once(mail)
    assert b"Subject: Evening brief" in mail.received[0].data
    with desk.press() as press:
        edited(desk, "Evening brief", "Night brief")
        with pytest.raises(ConfigError, match="went out already"):
            press.edit(newsletter, press.record(newsletter, "2026-11-23"), who="Bob")
        with pytest.raises(ConfigError, match="went out already"):
            press.build(newsletter)


def test_a_post_that_changed_holds_an_issue_that_needs_approval(desk: Desk, mail: MailServer) -> None:
    desk.changes = {"approval": True}
    desk.run()
    desk.posts((PORT[0], PORT[1].replace("4 million", "9 million")))
    with desk.press() as press:
        newsletter = press.newsletter("morning")
        with pytest.raises(HeldError, match="not as they were"):
            press.approve(newsletter, press.record(newsletter, None), who="Ann")
        assert desk.said == [f"{FIRST}: https://example.org/0: changed since the issue was built"]
        press.approve(newsletter, press.record(newsletter, None), who="Ann", as_it_is=True)
    desk.posts(RYE)
    (held,) = desk.run()
    assert "changed since it was approved" in str(held.error)
    assert desk.run() == [], "it waits, and says no more"
    assert mail.received == []
    with desk.press() as press:
        press.approve(newsletter, press.record(newsletter, None), who="Ann", as_it_is=True)
    desk.run()
    assert everybody_once(mail)


def test_a_post_that_changed_is_told_where_no_approval_is_needed(desk: Desk, mail: MailServer) -> None:
    desk.changes = {"build_ahead_minutes": 60}
    desk.now = MONDAY - HOUR
    desk.run()
    desk.posts(RYE)
    desk.now = MONDAY
    desk.run()
    assert f"{FIRST}: https://example.org/0: changed since the issue was built" in desk.said
    assert everybody_once(mail)


def test_subject_and_preheader(desk: Desk) -> None:
    """What stands in braces is filled in once: a headline may hold braces of its own."""
    desk.posts(("Port of {title} reopens", PORT[1]))
    desk.changes = {"subject": "{headline}, {date}", "preheader": "For you: {title}", "approval": True}
    desk.run()
    with desk.press() as press:
        issue = press.issues.frozen(FIRST).issue
    assert issue.subject == "Port of {title} reopens, 23 November 2026"
    assert ">For you: Morning brief</div>" in issue.html


def test_nothing_new_is_skipped_or_said(desk: Desk, mail: MailServer) -> None:
    desk.run()
    mail.received.clear()
    desk.now += DAY
    assert [str(done) for done in desk.run()] == ["morning/2026-11-24: skipped: nothing new"]
    assert mail.received == []
    desk.changes = {"when_empty": "say"}
    desk.now += DAY
    desk.run()
    assert everybody_once(mail)
    assert b"No post to show." in mail.received[0].data
    assert message_problems(mail.received[0].data, organisation=ORGANISATION) == []


def test_a_source_that_cannot_be_read_is_tried_again(desk: Desk, mail: MailServer) -> None:
    file = desk.folder / "posts.json"
    file.rename(desk.folder / "away")
    (failed,) = desk.run()
    assert isinstance(failed.error, LoadError)
    desk.now += 4 * MINUTE
    assert desk.run() == [], "not each minute"
    (desk.folder / "away").rename(file)
    desk.now += MINUTE
    desk.run()
    assert everybody_once(mail)


def test_a_source_that_stays_away_is_missed(desk: Desk, mail: MailServer) -> None:
    (desk.folder / "posts.json").unlink()
    desk.run()
    desk.now += 7 * HOUR
    (missed,) = desk.run()
    assert "no source could be read" in missed.said
    assert desk.states() == {"2026-11-23": "missed"}


def test_a_model_that_is_not_there_holds_the_issue(desk: Desk, mail: MailServer) -> None:
    """An extractive digest is written and marked, and no newsletter is sent."""
    with Served(failure(401, "Incorrect API key provided.", code="invalid_api_key")) as endpoint:
        desk.more = {"engine": "model", "openai_base_url": endpoint.url, "openai_api_key": "sk-none"}
        (held,) = desk.run()
        assert isinstance(held.error, HeldError)
        assert "401" in str(held.error)
        assert desk.run() == []
    assert mail.received == []
    assert (desk.folder / "outbox" / FIRST / "digest.json").is_file()
    with desk.press() as press:
        newsletter = press.newsletter("morning")
        (standing,) = press.standings(newsletter)
        assert standing.needs[0].startswith("held: ")
        press.approve(newsletter, press.record(newsletter, None), who="Ann")
    desk.run()
    assert everybody_once(mail), "a person may let it go out"


@pytest.mark.parametrize("phase", ["connect", "EHLO"])
def test_a_mail_server_that_is_away(desk: Desk, mail: MailServer, phase: str) -> None:
    """M1-4: nothing is claimed, the queue is intact, the next run sends."""
    mail.script = lambda moment: Act("421 later") if moment.phase == phase else None
    failed = desk.run()[-1]
    assert isinstance(failed.error, DeliveryError)
    assert f"{PEOPLE} pending" in failed.said
    mail.script = lambda moment: None
    desk.now += MINUTE
    desk.run()
    assert everybody_once(mail)


def test_a_queue_that_nobody_took_in_time_is_paused(desk: Desk, mail: MailServer) -> None:
    mail.script = lambda moment: Act("421 later") if moment.phase == "connect" else None
    desk.run()
    mail.script = lambda moment: None
    desk.now += 7 * HOUR
    (late,) = desk.run()
    assert "hours late" in str(late.error)
    assert desk.run() == []
    assert mail.received == []
    with desk.press() as press:
        newsletter = press.newsletter("morning")
        (standing,) = press.standings(newsletter)
        assert "resume morning 2026-11-23" in standing.needs[0]
        press.resume(press.record(newsletter, None))
    desk.run()
    assert everybody_once(mail)


def test_an_uncertain_one_is_shown_and_sent_again_by_hand_only(desk: Desk, mail: MailServer) -> None:
    def drop(moment: Moment) -> Act | None:
        is_it = moment.phase == "dot" and moment.recipient == "p1@example.org"
        return Act(is_drop=True) if is_it else None

    mail.script = drop
    assert desk.run()[-1].is_partly
    mail.script = lambda moment: None
    desk.now += HOUR
    assert desk.run() == []
    assert sorted(mail.recipients()) == ["p0@example.org", "p2@example.org", "p3@example.org"]
    with desk.press() as press:
        newsletter = press.newsletter("morning")
        (standing,) = press.standings(newsletter)
        assert str(standing.counts) == "4 = 3 sent + 0 refused + 0 skipped + 1 uncertain + 0 pending"
        assert "resend morning 2026-11-23 --uncertain" in standing.needs[0]
        press.resend(newsletter, press.record(newsletter, None), addresses=["p1@example.org"])
        with pytest.raises(ConfigError, match="nobody"):
            press.resend(newsletter, press.record(newsletter, None), addresses=None)
    assert everybody_once(mail)


def test_a_correction_goes_to_those_who_got_the_issue(desk: Desk, mail: MailServer) -> None:
    mail.script = lambda m: Act("550 5.1.1 no such user") if (m.phase, m.recipient[:2]) == ("RCPT", "p2") else None
    desk.run()
    mail.received.clear()
    (desk.folder / "recipients.csv").write_text("new@example.org\n", encoding="utf-8")
    desk.now += 8 * HOUR
    with desk.press() as press:
        newsletter = press.newsletter("morning")
        press.correct(newsletter, press.record(newsletter, None), "It was <b>9</b> million.\n\nWe regret the error.")
        frozen, wrong = press.preview(newsletter, press.record(newsletter, "2026-11-23/1"))
        assert (wrong, "&lt;b&gt;9" in frozen.issue.html) == ([], True)
    desk.run()
    assert sorted(mail.recipients()) == ["p0@example.org", "p1@example.org", "p3@example.org"]
    assert message_problems(mail.received[0].data, organisation=ORGANISATION) == []
    assert b"Corrections: Morning brief" in mail.received[0].data
    assert desk.states() == {"2026-11-23": "done", "2026-11-23/1": "done"}


def test_until_a_mail_server_is_set_messages_are_files(desk: Desk, mail: MailServer) -> None:
    port, desk.port = desk.port, None
    desk.run()
    files = sorted((desk.folder / "outbox" / FIRST).glob("*.eml"))
    assert len(files) == PEOPLE
    assert message_problems(files[0].read_bytes(), organisation=ORGANISATION) == []
    assert "<table" in (desk.folder / "outbox" / FIRST / "issue.html").read_text(encoding="utf-8")
    assert "<html" not in (desk.folder / "outbox" / FIRST / "fragment.html").read_text(encoding="utf-8")
    desk.port = port
    desk.run()
    assert mail.received == [], "it was written; to send it as well is for a person to say"
    with desk.press() as press:
        press.send(press.newsletter("morning"), press.record(press.newsletter("morning"), None))
    assert everybody_once(mail)


def test_written_once_more_it_is_the_same_issue(desk: Desk) -> None:
    """Somebody who tries things out, before there is a mail server."""
    desk.run()
    desk.now += HOUR
    with desk.press() as press:
        newsletter = press.newsletter("morning")
        first = press.record(newsletter, None).hash
        press.build(newsletter)
        assert press.record(newsletter, None).hash == first


def test_a_restored_database_sends_nothing_without_force(desk: Desk, mail: MailServer) -> None:
    desk.now = MONDAY - MINUTE
    desk.run()
    shutil.copy(desk.folder / "desk.db", desk.folder / "saved.db")
    desk.now = MONDAY
    desk.run()
    mail.received.clear()
    for beside in ("desk.db-wal", "desk.db-shm"):
        (desk.folder / beside).unlink(missing_ok=True)
    shutil.move(desk.folder / "saved.db", desk.folder / "desk.db")
    with pytest.raises(HeldError, match="--force"):
        desk.run()
    with desk.press() as press:
        press.build(press.newsletter("morning"))
        with pytest.raises(HeldError, match="earlier state"):
            press.send(press.newsletter("morning"), press.record(press.newsletter("morning"), None))
    assert mail.received == []
    desk.run(force=True)
    assert everybody_once(mail)


def test_a_list_that_is_missing_or_empty(desk: Desk, mail: MailServer) -> None:
    """The issue waits; nothing is half queued."""
    desk.changes = {"build_ahead_minutes": 60}
    desk.now = MONDAY - HOUR
    desk.run()
    desk.now = MONDAY
    (desk.folder / "recipients.csv").unlink()
    failed = desk.run()[-1]
    assert isinstance(failed.error, ConfigError)
    assert "recipients.csv" in str(failed.error)
    (desk.folder / "recipients.csv").write_text("# nobody\n", encoding="utf-8")
    assert "nobody" in str(desk.run()[-1].error)
    Desk(desk.folder)
    desk.run()
    assert everybody_once(mail)


def test_a_message_that_is_malformed_is_held(desk: Desk, mail: MailServer) -> None:
    """Gmail would cut it off; a person who saw that may approve it."""
    (desk.folder / "templates").mkdir()
    ours = Path("briefing/render/templates/mail.html.j2")
    text = (Path(__file__).parents[2] / ours).read_text(encoding="utf-8").replace("</body>", f"{'x ' * 60_000}</body>")
    (desk.folder / "templates" / "mail.html.j2").write_text(text, encoding="utf-8")
    desk.changes = {"templates": desk.folder / "templates"}
    assert "Gmail cuts it off" in str(desk.run()[-1].error)
    assert mail.received == []


def test_a_feed_is_asked_again_before_the_issue_goes_out(desk: Desk, mail: MailServer) -> None:
    """By one conditional request; and the next issue corrects what changed after."""
    feed = Feed([Item("port", *PORT, MONDAY - 9 * HOUR)])
    with Server(feed) as wire:
        desk.more = {"sources": ({"name": "wire", "address": f"{wire.url}/feed", "kind": "feed"},)}
        desk.changes = {"approval": True, "build_ahead_minutes": 60}
        desk.now = MONDAY - HOUR
        desk.run()
        asked = len(wire.asked)
        desk.now += MINUTE
        with desk.press() as press:
            newsletter = press.newsletter("morning")
            press.approve(newsletter, press.record(newsletter, None), who="Ann")
            assert len(wire.asked) == asked + 1
            assert wire.asked[-1].headers["if-none-match"]
        feed.items[0] = replace(feed.items[0], text=PORT[1].replace("4 million", "9 million"))
        desk.now = MONDAY
        assert "changed since it was approved" in str(desk.run()[-1].error)
        with desk.press() as press:
            press.build(newsletter)
            press.approve(newsletter, press.record(newsletter, None), who="Ann")
        desk.run()
        assert everybody_once(mail)
        assert b"9 million" in mail.received[0].data
        feed.items.append(Item("rye", *RYE, MONDAY + HOUR))
        feed.items[0] = replace(feed.items[0], text=PORT[1].replace("Eleven", "Twelve"))
        mail.received.clear()
        desk.changes = {}
        desk.now = MONDAY + DAY
        desk.run()
        assert everybody_once(mail)
        assert b"Farmers in Jutland" in mail.received[0].data
        assert b"Twelve ships" in mail.received[0].data


def test_a_site_that_takes_no_draft_keeps_no_mail_back(desk: Desk, mail: MailServer) -> None:
    """It stays owed, and is tried again, not every minute."""
    with Server(http(503)) as site:
        desk.changes = {"channels": ("mail", "wordpress")}
        desk.more = {"wordpress_url": site.url, "wordpress_user": "ann", "wordpress_password": "x"}
        desk.run()
        assert everybody_once(mail)
        asked = len(site.asked)
        assert asked
        with desk.press() as press:
            (standing,) = press.standings(press.newsletter("morning"))
            assert standing.needs == ("still to do: wordpress",)
        desk.now += MINUTE
        desk.run()
        assert len(site.asked) == asked
        desk.now += 15 * MINUTE
        desk.run()
        assert len(site.asked) > asked
    assert sum("no WordPress draft" in line for line in desk.said) == 2


def test_two_runs_at_once_send_one_issue(desk: Desk, mail: MailServer, pressing: Pressing) -> None:
    """P10-12, S7: of two processes one works, and the other says so or finds it done."""
    for day in range(6):
        desk.now = MONDAY + 7 * day * DAY
        desk.posts((f"{PORT[0]} {day}", PORT[1].replace("4", str(day + 2))))
        mail.received.clear()
        pids = [pressing.start(desk) for _ in range(2)]
        assert [pressing.wait(pid) for pid in pids] == [0, 0]
        assert everybody_once(mail), (day, mail.recipients())


def test_a_kill_at_every_commit(desk: Desk, mail: MailServer, pressing: Pressing) -> None:
    """Of all that a run does: begun, made, frozen, let out, queued, sent. The next run goes on."""
    desk.changes = {"schedule": "0 7 * * 1"}
    desk.now = MONDAY - DAY
    desk.run()
    code, kill_at, uncertain = -9, 0, 0
    while code == -9:
        kill_at += 1
        desk.now = MONDAY + 7 * kill_at * DAY
        desk.posts((f"{PORT[0]} {kill_at}", PORT[1].replace("4 million", f"{kill_at + 2} million")))
        mail.received.clear()
        code = pressing.wait(pressing.start(desk, kill_at=kill_at))
        desk.now += MINUTE
        with desk.press() as press:
            list(press.run())
            id = f"morning/{desk.now.date()}"
            counts = press.outbox.counts(id)
            states = {delivery.address: delivery.state for delivery in press.outbox.deliveries(id)}
            record = press.issues.get(id)
            assert record is not None
            assert record.state == "done"
            assert press.store.last_digest("newsletter morning") is not None
        assert (counts.is_balanced, counts.audience, counts.pending) == (True, PEOPLE, 0)
        assert max(Counter(mail.recipients()).values()) == 1
        assert {who for who, state in states.items() if state == "sent"} <= set(mail.recipients())
        uncertain += counts.uncertain
    assert code == 0
    assert kill_at > 15
    assert uncertain <= 2 * kill_at


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_the_same_in_postgresql(desk: Desk, mail: MailServer, url: str) -> None:
    desk.more = {"database_url": url}
    desk.changes = {"approval": True}
    desk.run()
    with desk.press() as press:
        newsletter = press.newsletter("morning")
        press.approve(newsletter, press.record(newsletter, None), who="Ann")
    desk.run()
    assert everybody_once(mail)
    assert desk.run() == []
