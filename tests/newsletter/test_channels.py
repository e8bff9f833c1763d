"""A folder of .eml files in place of a mail server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sending import NOON, ORGANISATION, SECRET, SENDER, issue, open_outbox, people

from briefing.exceptions import DeliveryError
from briefing.newsletter.channels import write_issue, write_messages
from briefing.newsletter.message_lint import message_problems


def test_every_message_as_it_would_be_sent(tmp_path: Path, url: str) -> None:
    outbox = open_outbox(url)
    outbox.queue(issue(), people(3))
    before = outbox.counts(issue().id)
    for _ in range(2):
        paths = write_messages(issue(), SENDER, people(3), tmp_path, secret=SECRET, at=NOON)
    assert [path.parent for path in paths] == [tmp_path / "daily" / "2026-01-01"] * 3
    assert sorted(path.suffix for path in paths[0].parent.iterdir()) == [".eml"] * 3 + [".html", ".json", ".txt"]
    for path in paths:
        assert message_problems(path.read_bytes(), organisation=ORGANISATION) == []
        assert path.stat().st_mode & 0o777 == 0o600
    assert outbox.counts(issue().id) == before
    assert {path.stem.split("-")[1] for path in paths} == {one.tag for one in outbox.deliveries(issue().id)}
    fewer = write_messages(issue(), SENDER, people(3)[1:], tmp_path, secret=SECRET, at=NOON)
    assert sorted(paths[0].parent.glob("*.eml")) == sorted(fewer), "nobody is left who is not among them any more"


def test_the_frozen_issue_is_written_with_its_hash(tmp_path: Path) -> None:
    at = write_issue(issue(), tmp_path)
    assert (at / "issue.html").read_text(encoding="utf-8") == issue().html
    assert (at / "issue.txt").read_text(encoding="utf-8") == issue().text
    assert json.loads((at / "issue.json").read_text(encoding="utf-8"))["hash"] == issue().hash


def test_a_link_that_lies_there_is_not_followed(tmp_path: Path) -> None:
    at = write_issue(issue(), tmp_path / "mail")
    precious = tmp_path / "precious"
    precious.write_text("x")
    for name in ("issue.html", ".issue.html.unfinished"):
        (at / name).unlink(missing_ok=True)
        (at / name).symlink_to(precious)
    write_issue(issue(), tmp_path / "mail")
    assert precious.read_text() == "x"
    assert not (at / "issue.html").is_symlink()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DeliveryError, match="cannot be written"):
        write_issue(issue(), tmp_path / "file")
