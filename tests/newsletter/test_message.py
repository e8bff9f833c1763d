"""Messages, read back by Python's own parser and by the checker."""

from __future__ import annotations

import random
import re
import sys
from datetime import UTC, date, datetime
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage, MIMEPart
from email.parser import BytesHeaderParser, BytesParser
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sending import ORGANISATION, SENDER, issue

from briefing.exceptions import ConfigError, DeliveryError
from briefing.newsletter.message import UNSUBSCRIBE, Composer, Issue, Message, Sender, encoded, guard, header_line
from briefing.newsletter.message_lint import message_problems
from briefing.newsletter.subscribers import parse_address

NOW = datetime(2026, 11, 23, 7, 0, 5, tzinfo=UTC)
TAG = "0123456789abcdef01234567"
TOKEN = f"daily.{TAG}.{TAG}01234567"
MESSAGES = 10_000
HOSTILE = [
    "=?utf-8?q?Hi=0D=0ABcc=3A_v=40x?=",
    "=?utf-8?b?SGkNCkJjYzogdkB4?=",
    "=?utf-8?q?a?==?utf-8?q?=0ABcc:x?=",
    *(
        f"a{end}Bcc: v@x{end}{end}body"
        for end in ("\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\0\n")
    ),
    *(f"a{fold}Bcc: v@x" for fold in ("\r\n ", "\n\t", "\r\n\r\n ", "\x1c", "\x1d", "\x1e", "\u2028 ")),
    'a" <v@x>, "',
    "a <v@x>",
    "a\\",
    'a\\"',
    "v@x, w@x",
    "group: v@x;",
    "(a comment) \\(",
    "\u202egnp.exe",
    "\u2066a\u2069",
    "\ud800\udc00",
    "\udcff",
    "x" * 2000,
    "ä" * 2000,
    " ".join(["word"] * 500),
    "=?",
    "?=",
    "=?utf-8?q?=?=",
    "\x1b[31mred",
]


def hostile(number: int) -> list[str]:
    """The known ones, and random mixtures of their pieces."""
    chance = random.Random(3)
    pieces = [
        "\r",
        "\n",
        "=?",
        "?=",
        "utf-8?q?",
        "=0D=0A",
        "Bcc: v@x",
        ":",
        ",",
        ";",
        "<v@x>",
        '"',
        "\\",
        "ä",
        "\u2028",
        " ",
    ]
    mixed = ("".join(chance.choices(pieces, k=chance.randint(2, 14))) for _ in range(number - len(HOSTILE)))
    return [*HOSTILE, *mixed]


def compose(of: Issue, *, sender: Sender = SENDER, address: str = "ann@example.org", name: str = "") -> Message:
    return Composer(of, sender).compose(address=address, name=name, tag=TAG, token=TOKEN, at=NOW)


def with_subject(subject: str) -> Issue:
    plain_issue = issue()
    return Issue("daily", plain_issue.date, subject, plain_issue.html, plain_issue.text)


def read(data: bytes) -> EmailMessage:
    return BytesParser(EmailMessage, policy=policy.SMTP).parsebytes(data)


NAMES = [name for name, _ in read(compose(issue()).data).items()]


@pytest.mark.parametrize("text", hostile(200))
def test_a_hostile_text_adds_no_header(text: str) -> None:
    """T10: in the subject, and in the names of sender and recipient, and where only checked text may stand."""
    sender = Sender("news@example.com", text, bounces=SENDER.bounces, unsubscribe_url=SENDER.unsubscribe_url)
    message = compose(with_subject(text), sender=sender, name=text)
    assert [name for name, _ in read(message.data).items()] == NAMES
    assert re.findall(rb"(?m)^[^ \t\r\n:]+(?=:)", message.data.partition(b"\r\n\r\n")[0]) == [n.encode() for n in NAMES]
    assert [problem for problem in message_problems(message.data) if not problem.startswith("the ")] == []
    for make in (
        lambda: parse_address(text),
        lambda: Sender("news@example.com", unsubscribe_url=text or "x"),
        lambda: Sender("news@example.com", reply_to=text or "x"),
        lambda: Issue(text, date(2026, 1, 1), "", UNSUBSCRIBE, UNSUBSCRIBE),
        lambda: Issue("daily", date(2026, 1, 1), "", UNSUBSCRIBE, UNSUBSCRIBE, text),
    ):
        if not re.fullmatch(r"[A-Za-z]{2,8}|[a-z0-9-]{1,40}", text):
            with pytest.raises((ValueError, ConfigError)):
                make()


def test_python_before_3_13_lets_a_title_add_a_header() -> None:
    """Pinned: why the bytes are written here (CVE-2024-6923; mended in 3.11.10, 3.12.5 and 3.13)."""
    message = EmailMessage(policy=policy.SMTP)
    message["Subject"] = "=?utf-8?q?Hi=0D=0ABcc=3A_v=40x?="
    message.set_content("x")
    if sys.version_info < (3, 11, 10):
        assert b"\r\nBcc: v@x" in bytes(message) or b"\nBcc: v@x" in bytes(message)
    assert b"\nBcc" not in compose(with_subject("=?utf-8?q?Hi=0D=0ABcc=3A_v=40x?=")).data.partition(b"\r\n\r\n")[0]


def test_python_encodes_a_long_list_unsubscribe() -> None:
    """Pinned: mail programs show no one-click then. Ours is one line."""
    link = f"<https://example.com/unsubscribe?token={TOKEN}>"
    message = EmailMessage(policy=policy.SMTP)
    message["List-Unsubscribe"] = link
    assert b"=?utf-8?q?" in bytes(message)
    assert f"List-Unsubscribe: {link}, <mailto:".encode() in compose(issue()).data


def test_parseaddr_is_not_used_for_what_it_takes() -> None:
    """Pinned: alice's address in somebody else's."""
    assert parseaddr("alice@example.org)bob@evil.org")[1] in ("alice@example.org", "alice@example.orgbob@evil.org", "")
    with pytest.raises(ValueError, match="not one address"):
        parse_address("alice@example.org)bob@evil.org")


@pytest.mark.parametrize(
    "head",
    [
        b"To: a\r\nSubject: b\r\nBcc: c\r\n",
        b"To: a\r\nSubject: b\r\n\r\n",
        b"To: a\r\nSubject: b\nBcc: c\r\n",
        b"To: a\r\nSubject: b\rBcc: c\r\n",
        b"To: a\r\nSubject: \xc3\xa4\r\n",
        b"To: a\r\nSubject: " + b"x" * 999 + b"\r\n",
        b"Subject: b\r\nTo: a\r\n",
        b"To: a\r\nSubject: b",
        b"To: a\r\nSubject: \x00\r\n",
        b"",
    ],
)
def test_the_guard_alone(head: bytes) -> None:
    with pytest.raises(DeliveryError):
        guard(head, ["To", "Subject"])


def test_the_guard_lets_a_good_head_through() -> None:
    guard(b"To: a\r\nSubject: b\r\n c\r\n", ["To", "Subject"])


ALPHABETS = ("abc XYZ ,.;:<>@\"'()[]\\", "äöüßéñ ", "سلام ", "שלום ", "日本語", "🙂👩‍👩‍👧 x", "=?utf-8?q?x?= ")

LOCALS = ("ann", "b.c+d", "o'hara", "x" * 64)
DOMAINS = ("example.org", "mail.example.com", "bücher.example", "x" * 60 + ".example")


@pytest.mark.long
def test_ten_thousand_messages_say_what_was_meant() -> None:
    chance = random.Random(5)
    for number in range(MESSAGES):
        subject, name, own = (
            "".join(chance.choices(chance.choice(ALPHABETS), k=chance.randint(0, 120))) for _ in range(3)
        )
        local = f"{chance.choice(LOCALS)}{number}"[-64:]
        address = parse_address(f"{local}@{chance.choice(DOMAINS)}").address
        sender = Sender("news@example.com", own, unsubscribe_url=chance.choice(["", "https://example.com/u?l=1"]))
        message = compose(with_subject(subject), sender=sender, name=name, address=address)
        found = BytesHeaderParser().parsebytes(message.data)
        assert unfolded(found["Subject"]) == header_line(subject)
        assert mailbox(found["To"]) == (header_line(name), address)
        assert mailbox(found["From"]) == (header_line(own), "news@example.com")
        assert b"=?" not in b"".join(re.findall(rb"(?m)^List-.*$", message.data))
        assert max(map(len, message.data.split(b"\r\n"))) <= 998
        meant = [name for name in NAMES if sender.unsubscribe_url or name != "List-Unsubscribe-Post"]
        assert found.keys() == meant
        if number % 100 == 0:
            assert message_problems(message.data, organisation=ORGANISATION) == []


def unfolded(value: str) -> str:
    """By the older of Python's two parsers: the newer one puts a space between the encoded words of a name."""
    return str(make_header(decode_header(value.replace("\r\n", "").replace("\n", ""))))


def mailbox(value: str) -> tuple[str, str]:
    name, address = parseaddr(value)
    return unfolded(name), address


def content(part: MIMEPart) -> str:
    octets = part.get_payload(decode=True)
    assert isinstance(octets, bytes)
    return octets.decode().replace("\r\n", "\n")


def test_the_parts_are_what_was_frozen() -> None:
    html = f'<p>{"é" * 300} = . trailing  \n.\n..\n\tx\n</p><a href="{UNSUBSCRIBE}">out</a> {UNSUBSCRIBE}'
    text = f"{'word ' * 300}\r\nend  \n{UNSUBSCRIBE}\n"
    message = compose(Issue("daily", date(2026, 11, 23), "s", html, text, "fr"))
    text_part, html_part = (content(part) for part in read(message.data).iter_parts())
    link = f"https://example.com/unsubscribe?token={TOKEN}"
    assert html_part == html.replace(UNSUBSCRIBE, link)
    assert text_part == text.replace("\r\n", "\n").replace(UNSUBSCRIBE, link)


@given(st.text(), st.text())
def test_any_text_survives_quoted_printable(before: str, after: str) -> None:
    text = before + UNSUBSCRIBE + after
    message = compose(Issue("daily", date(2026, 11, 23), "s", UNSUBSCRIBE, text))
    said = content(next(iter(read(message.data).iter_parts())))
    meant = re.sub("\r\n?", "\n", text).encode("utf-8", "replace").decode()
    assert said == meant.replace(UNSUBSCRIBE, f"https://example.com/unsubscribe?token={TOKEN}")
    assert all(len(line) <= 998 for line in message.data.split(b"\r\n"))
    assert b"\n" not in message.data.replace(b"\r\n", b"")


@given(st.text(max_size=300))
def test_any_subject_is_read_as_meant(text: str) -> None:
    head = f"Subject: {encoded('Subject', header_line(text))}\r\n".encode("ascii")
    guard(head, ["Subject"])
    assert (read(head + b"\r\n")["Subject"] or "") == header_line(text)


def test_one_click_needs_an_https_endpoint() -> None:
    by_mail = compose(issue(), sender=Sender("news@example.com", unsubscribe_mail="leave@example.com")).data
    assert b"List-Unsubscribe-Post" not in by_mail
    assert f"List-Unsubscribe: <mailto:leave@example.com?subject=unsubscribe%20{TOKEN}>\r\n".encode() in by_mail
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in compose(issue()).data
    with pytest.raises(ConfigError, match="no https address"):
        Sender("news@example.com", unsubscribe_url="http://example.com/u")


def test_the_envelope_sender_tells_which_message_came_back() -> None:
    assert compose(issue()).sender == f"bounces+{TAG}@example.com"
    assert compose(issue(), sender=Sender("news@example.com")).sender == "news@example.com"


def test_an_issue_without_a_way_out_is_refused() -> None:
    with pytest.raises(ConfigError, match="HTML has no"):
        Issue("daily", date(2026, 11, 23), "s", "<p>", UNSUBSCRIBE)
    with pytest.raises(ConfigError, match="text has no"):
        Issue("daily", date(2026, 11, 23), "s", UNSUBSCRIBE, "")


def test_the_hash_is_of_all_that_was_frozen() -> None:
    day = date(2026, 11, 23)
    kinds = [
        ("s", "h", "t", "en"),
        ("S", "h", "t", "en"),
        ("s", "H", "t", "en"),
        ("s", "h", "T", "en"),
        ("s", "h", "t", "fr"),
    ]
    hashes = {Issue("daily", day, s, h + UNSUBSCRIBE, t + UNSUBSCRIBE, language).hash for s, h, t, language in kinds}
    assert len(hashes) == 5
