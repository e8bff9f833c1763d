"""Ways out other than a mail server: a folder of .eml files, which is what happens until a server is configured.

Nothing in the outbox changes by it: nobody was sent anything.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Final

from briefing.exceptions import DeliveryError
from briefing.newsletter.message import Composer, Issue, Sender
from briefing.newsletter.subscribers import Recipient
from briefing.newsletter.unsubscribe_tokens import message_tag, recipient_id, unsubscribe_token

ISSUE_FILES: Final = ("issue.html", "issue.txt", "issue.json")


def write_issue(issue: Issue, folder: Path) -> Path:
    """Write what was frozen into `folder/<newsletter>/<date>`: its HTML, its text, and all of it, hashed, as JSON."""
    at = _folder(issue, folder)
    rest = asdict(issue) | {"date": issue.date.isoformat(), "hash": issue.hash}
    contents = (issue.html, issue.text, json.dumps(rest, ensure_ascii=False, indent=1))
    for name, content in zip(ISSUE_FILES, contents, strict=True):
        _write(at / name, content.encode("utf-8", "replace"))
    return at


def write_messages(
    issue: Issue, sender: Sender, people: Sequence[Recipient], folder: Path, *, secret: bytes, at: datetime
) -> list[Path]:
    """Write every message as it would be sent, one .eml each, beside the frozen issue; again with the same names.

    Messages of an earlier time, for people who are not among these any more, are taken away.
    """
    composer, target = Composer(issue, sender), write_issue(issue, folder)
    paths = []
    for number, who in enumerate(people, 1):
        person = recipient_id(secret, who.normalised)
        token = unsubscribe_token(secret, newsletter=issue.newsletter, recipient=person)
        tag = message_tag(secret, issue=issue.id, address=who.normalised)
        message = composer.compose(address=who.address, name=who.name, tag=tag, token=token, at=at)
        paths.append(target / f"{number:05}-{tag}.eml")
        _write(paths[-1], message.data)
    for old in set(target.glob("[0-9]*-*.eml")) - set(paths):
        old.unlink(missing_ok=True)
    return paths


def _folder(issue: Issue, folder: Path) -> Path:
    """Its parts are a checked name, a date and a number: nothing in them leads out of the folder."""
    at = folder.joinpath(*issue.id.split("/"))
    try:
        at.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DeliveryError(f"{at}: cannot be written: {error.strerror}") from error
    return at


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, its owner's alone, and never through a link that lies there."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
        unfinished.replace(path)
    except OSError as error:
        raise DeliveryError(f"{path}: cannot be written: {error.strerror}") from error
