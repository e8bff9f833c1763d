"""Unsubscribe tokens, and the web application that takes them."""

from __future__ import annotations

import io
from typing import Any

from briefing.newsletter.unsubscribe_tokens import (
    UnsubscribeRequest,
    message_tag,
    read_token,
    recipient_id,
    unsubscribe_app,
    unsubscribe_token,
)

SECRET = b"a secret of the operator"
WHO = recipient_id(SECRET, "ann@example.org")
TOKEN = unsubscribe_token(SECRET, newsletter="daily", recipient=WHO)


def ask(token: str, method: str) -> tuple[str, list[str]]:
    """The status, and what was acted on."""
    acted: list[str] = []
    statuses: list[str] = []
    environ = {"REQUEST_METHOD": method, "QUERY_STRING": f"token={token}", "wsgi.input": io.BytesIO()}

    def start(status: str, headers: Any, _: Any = None) -> Any:
        statuses.append(status)
        assert "Location" not in dict(headers)

    assert b"".join(unsubscribe_app(SECRET, acted.append)(environ, start))
    return statuses[0], acted


def test_a_token_says_who_and_what() -> None:
    assert read_token(SECRET, TOKEN) == UnsubscribeRequest("daily", WHO)
    assert "ann" not in TOKEN
    assert "example" not in TOKEN


def test_every_byte_counts() -> None:
    """T12."""
    for position in range(len(TOKEN)):
        for other in "0aZ.-~\n":
            tampered = TOKEN[:position] + other + TOKEN[position + 1 :]
            assert tampered == TOKEN or read_token(SECRET, tampered) is None
    for wrong in ("", TOKEN[:-1], TOKEN + "0", TOKEN + "\n", TOKEN.upper(), "weekly" + TOKEN.removeprefix("daily")):
        assert read_token(SECRET, wrong) is None
    assert read_token(b"another secret", TOKEN) is None


def test_a_get_never_acts_and_a_post_does() -> None:
    for _ in range(100):
        assert ask(TOKEN, "GET") == ("200 OK", [])
    assert ask(TOKEN, "HEAD") == ("200 OK", [])
    assert ask(TOKEN, "POST") == ("200 OK", [TOKEN])
    assert ask(TOKEN[:-1], "POST") == ("404 Not Found", [])


def test_each_message_has_a_tag_of_its_own() -> None:
    tags = {
        message_tag(SECRET, issue=issue, address=address)
        for issue in ("daily/2026-01-01", "daily/2026-01-02")
        for address in ("a@example.org", "b@example.org")
    }
    assert len(tags) == 4
    assert message_tag(SECRET, issue="i", address="a") == message_tag(SECRET, issue="i", address="a")
