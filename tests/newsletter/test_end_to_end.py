"""An issue of real posts, by Postfix to a mailbox, read back from there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any, Literal

import pytest
from postfix_server import GONE, LOGIN, PACKAGES, PostfixServer, what_is_missing
from sending import NOON, OPENED, ORGANISATION, SENDER, open_outbox

from briefing.config import Newsletter, settings
from briefing.exceptions import DeliveryError
from briefing.newsletter.delivery import deliver
from briefing.newsletter.issue_content import freeze
from briefing.newsletter.mailer import Server
from briefing.newsletter.message import UNSUBSCRIBE, Composer, Issue
from briefing.newsletter.message_lint import message_problems
from briefing.newsletter.outbox import Delivery, Outbox
from briefing.newsletter.subscribers import recipients
from briefing.newsletter.unsubscribe_tokens import unsubscribe_token
from briefing.workflow.pipeline import load, make_digest

EXAMPLES = Path(__file__).parents[2] / "briefing" / "examples"
PEOPLE = f"address,name\nann@example.org,Änn «A»\nbob+news@example.org,\nCarol@EXAMPLE.org,=?utf-8?q?x?=\n{GONE},Gone\n"


@pytest.fixture(scope="module")
def postfix() -> Iterator[PostfixServer]:
    if missing := what_is_missing():
        pytest.skip(f"no Postfix on this machine: {missing} is missing (apt-get install {' '.join(PACKAGES)})")
    with PostfixServer() as started:
        yield started


@pytest.fixture(scope="module")
def issue() -> Issue:
    """An issue of the bundled posts; its subject needs encoding, one of its text's lines begins with a dot."""
    newsletter = Newsletter(name="daily", title="Le bulletin du matin – été", organisation=ORGANISATION)
    digest = make_digest(load(EXAMPLES), title=newsletter.title, engine="extractive")
    made = freeze(newsletter, settings(), digest, "{}", date(2026, 11, 23))
    return replace(made.issue, text=f".\n..two dots\n{made.issue.text}")


@pytest.fixture
def outbox(tmp_path: Path, issue: Issue) -> Iterator[Outbox]:
    opened = open_outbox(f"sqlite:///{tmp_path}/briefing.db")
    opened.queue(issue, recipients(PEOPLE).accepted)
    yield opened
    OPENED.pop().close()


def server(postfix: PostfixServer, security: Literal["starttls", "tls"] = "starttls") -> Server:
    port = postfix.port if security == "starttls" else postfix.tls_port
    user, password = LOGIN
    return Server("127.0.0.1", port, security, user, password, postfix.ca_file)


def composed(outbox: Outbox, issue: Issue, delivery: Delivery) -> bytes:
    token = unsubscribe_token(outbox.secret, newsletter=issue.newsletter, recipient=delivery.person)
    composer = Composer(issue, SENDER)
    return composer.compose(address=delivery.address, name=delivery.name, tag=delivery.tag, token=token, at=NOON).data


def taken_apart(mail: bytes) -> tuple[EmailMessage, bytes]:
    """What the way of a mail has put before it, and the mail as it was handed over."""
    mail = mail.replace(b"\n", b"\r\n")
    start = mail.index(b"\r\nDate: ") + 2
    return BytesParser(EmailMessage, policy=policy.default).parsebytes(mail[:start]), mail[start:]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_what_arrives_is_what_was_composed(
    postfix: PostfixServer, outbox: Outbox, issue: Issue, security: Literal["starttls", "tls"]
) -> None:
    counts = deliver(outbox, issue.id, SENDER, server(postfix, security))
    assert str(counts) == "4 = 3 sent + 1 refused + 0 skipped + 0 uncertain + 0 pending"
    by_address = {delivery.address: delivery for delivery in outbox.deliveries(issue.id)}
    assert by_address[GONE].reply.startswith("5.1.1")
    arrived = {}
    for way, mail in map(taken_apart, postfix.mails(3)):
        delivery = by_address[str(way["Delivered-To"])]
        assert way["Return-Path"] == f"<{SENDER.envelope(delivery.tag)}>"
        assert "ESMTPSA" in way["Received"]  # over TLS, logged in
        assert mail == composed(outbox, issue, delivery)
        assert message_problems(mail, organisation=ORGANISATION) == []
        arrived[delivery.address] = BytesParser(EmailMessage, policy=policy.default).parsebytes(mail)
    assert set(arrived) == set(by_address) - {GONE}
    for address, message in arrived.items():
        assert [box.addr_spec for box in message["To"].addresses] == [address]
        assert message["Subject"] == issue.subject
        text, html = (part.get_content().replace("\r\n", "\n") for part in message.iter_parts())
        links = [link.strip("<> ") for link in str(message["List-Unsubscribe"]).split(",")]
        assert text == issue.text.replace(UNSUBSCRIBE, links[0])
        assert UNSUBSCRIBE not in html
        assert html.count("/unsubscribe?token=") == issue.html.count(UNSUBSCRIBE)
    assert arrived["ann@example.org"]["To"].addresses[0].display_name == "Änn «A»"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"password": "wrong"}, "login refused"), ({"ca_file": None}, "certificate verify failed")],
)
def test_no_login_or_no_trust_sends_nothing(
    postfix: PostfixServer, outbox: Outbox, issue: Issue, wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(DeliveryError, match=said):
        deliver(outbox, issue.id, SENDER, replace(server(postfix), **wrong))
    assert {delivery.state for delivery in outbox.deliveries(issue.id)} == {"pending"}
