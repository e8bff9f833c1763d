"""The checker finds what is wrong; each line of it by a message with one fault."""

from __future__ import annotations

import pytest
from sending import ORGANISATION, SENDER, issue
from test_message import NOW, TAG, TOKEN

from briefing.newsletter.message import Composer
from briefing.newsletter.message_lint import message_problems

GOOD = Composer(issue(), SENDER).compose(address="ann@example.org", name="Ann", tag=TAG, token=TOKEN, at=NOW).data
HREF = b"<a href=3D"


def test_nothing_is_wrong_with_a_good_message() -> None:
    assert message_problems(GOOD, organisation=ORGANISATION) == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (b"To: Ann", b"Bcc: v@example.org\r\nTo: Ann", "Bcc: no header of ours"),
        (b"To: Ann", b"Return-Path: v@example.org\r\nTo: Ann", "Return-Path: no header of ours"),
        (b"To: Ann", b"To: x@example.org\r\nTo: Ann", "To: 2 times"),
        (b"<ann@example.org>", b"<ann@example.org>, <bob@example.org>", "To: not exactly one"),
        (b"<ann@example.org>", b"<ann@example.org>bob@example.org", "To: not exactly one"),
        (b"Date: Mon, 23 Nov 2026 07:00:05 +0000", b"Date: 2026-11-23", "Date: not a date"),
        (b"07:00:05 +0000", b"07:00:05 GMT", "Date: not a date"),
        (b"@example.com>\r\nReply", b"@other.example>\r\nReply", "Message-ID: not of"),
        (b"<daily.example.com>", b"<daily.example.net>", "List-Id: not of"),
        (b"Precedence: bulk\r\n", b"", "Precedence: 0 times"),
        (b"auto-generated", b"no", "Auto-Submitted: not auto-generated"),
        (b"Content-Language: fr", b"Content-Language: French language", "Content-Language: no"),
        (b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", b"", "belongs to an https link"),
        (b"List-Unsubscribe: <https", b"List-Unsubscribe: =?utf-8?q?x?= <https", "folded or an encoded word"),
        (b">, <mailto", b">,\r\n <mailto", "folded or an encoded word"),
        (b"List-Unsubscribe: <https", b"List-Unsubscribe: <http", "not <https"),
        (b"MIME-Version: 1.0\r\n", b"MIME-Version: 1.0\n", "bare CR or LF"),
        (b"Subject: ", b"Subject: \xc3\xa4", "the head is not ASCII"),
        (b"Subject: ", b"Subject: " + b"x" * 999, "longer than 998"),
        (b"text/plain; charset=utf-8", b"text/plain; charset=latin-1", "text/plain: not UTF-8"),
        (b"text/plain;", b"text/html;", "not a text and an HTML part"),
        (HREF, b'<img src=3D"https://t.example/p.gif">' + HREF, "the HTML loads img: https://t.example"),
        (HREF, b'<p style=3D"background: url(https://t.example/p)">' + HREF, "the HTML loads what its style"),
        (HREF, b"<style>@import 'x';</style>" + HREF, "the HTML loads what its style"),
        (HREF, b"<b title=3D", "the HTML shows no way to unsubscribe"),
        (b"Example Desk", b"Another Desk", "does not say who sends it"),
        (HREF, b"<p>" + b"x=\r\n" * 103_000 + HREF, "Gmail"),
    ],
)
def test_a_fault_is_found(before: bytes, after: bytes, said: str) -> None:
    assert before in GOOD
    found = message_problems(GOOD.replace(before, after, 1), organisation=ORGANISATION)
    assert any(said in problem for problem in found), found


def test_images_may_be_allowed() -> None:
    with_image = GOOD.replace(HREF, b'<img src=3D"https://example.com/p.gif">' + HREF)
    assert message_problems(with_image, may_load_images=True) == []
