"""Who left is not mailed, whatever the list calls it; who did not is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmarks.subscriber_lists import lists, mistakes
from briefing.exceptions import ConfigError
from briefing.newsletter.commands import recipients_of
from briefing.newsletter.subscriber_lists import addresses_in
from briefing.newsletter.subscribers import recipients


def mailed(text: str) -> list[str]:
    return [who.address.partition("@")[0] for who in recipients(text).accepted]


@pytest.mark.parametrize("expected", lists(is_odd=True), ids=lambda row: row["kind"])
def test_the_lists_that_the_reader_was_made_with(expected: Mapping[str, Any]) -> None:
    assert mistakes(expected) == (set(), set())


@pytest.mark.parametrize(
    ("service", "text"),
    [
        ("Mailchimp", "Email Address,LEID,EUID,UNSUB_TIME\na@x.org,1,2,\nb@x.org,3,4,2026-03-08 10:00:00\n"),
        ("listmonk", "uuid,email,attributes,status\n1,a@x.org,{},enabled\n2,b@x.org,{},blocklisted\n"),
        ("Ghost", "id,email,subscribed_to_emails,labels\n1,a@x.org,true,\n2,b@x.org,false,\n"),
        ("Substack", "email,email_disabled,digest_enabled\na@x.org,FALSE,TRUE\nb@x.org,TRUE,TRUE\n"),
        ("Brevo", "EMAIL;BLOCKLISTED;ADDED_TIME\na@x.org;0;1\nb@x.org;1;1\n"),
        ("Buttondown", "email_address,type,creation_date\na@x.org,regular,1\nb@x.org,unactivated,1\n"),
        (
            "MailPoet",
            "Email,Global status,List status\na@x.org,subscribed,\nb@x.org,subscribed,unsubscribed\n",
        ),
    ],
)
def test_an_export_is_recognised_and_its_states_are_read(service: str, text: str) -> None:
    read = recipients(text)
    assert (read.service, mailed(text), [line.text for line in read.left]) == (service, ["a"], ["b@x.org"])
    assert f"an export of {service}" in read.told
    assert "1 who left" in read.told


@pytest.mark.parametrize(
    "text",
    [
        "Name,Email,Status\nA,a@x.org,active\nB,b@x.org,unsubscribed (2024)\n",
        "E-Mail-Adresse;Abgemeldet am\na@x.org;-\nb@x.org;08.03.2026\n",
        "Courriel;Désabonné(e) le;Abonné(e) ?\na@x.org;;oui\nb@x.org;;non\n",
        "Correo electrónico\tSituación\na@x.org\tactivo/a\nb@x.org\tdado/a de baja\n",
        "E-mail;Recebe o boletim?\na@x.org;sim\nb@x.org;não\n",
        "البريد الإلكتروني,الحالة\na@x.org,مشترك\nb@x.org,ألغى الاشتراك\n",
        "דוא״ל,סטטוס\na@x.org,פעיל\nb@x.org,הוסר\n",
        "email,emailBlacklisted,smsBlacklisted\na@x.org,false,true\nb@x.org,true,false\n",
        "email,keine Mails\na@x.org,nein\nb@x.org,ja\n",
        "email,what they said\na@x.org,subscribed\nb@x.org,unsubscribed\n",
        "sep=;\nemail;status\na@x.org;enabled\nb@x.org;disabled\n",
        "a@x.org, Ann\nb@x.org  # unsubscribed 8 March\n",
        "a@x.org\n# Unsubscribed:\nb@x.org\n",
        "email,status\na@x.org,active\nb@x.org,active\nB+news@x.org,unsubscribed\n",
    ],
)
def test_a_column_that_says_no_is_read(text: str) -> None:
    assert mailed(text) == ["a"]


def test_what_says_neither_is_told_and_not_mailed() -> None:
    read = recipients("email,status\na@x.org,active\nb@x.org,resting\n")
    assert [who.address for who in read.accepted] == ["a@x.org"]
    assert [line.why for line in read.rejected] == [
        "status: 'resting' says neither that they get mail nor that they left"
    ]


def test_a_column_of_another_thing_says_nothing() -> None:
    assert mailed("email,type,note\na@x.org,reader,unsubscribe the old one\nb@x.org,source,\n") == ["a", "b"]


def test_the_answers_of_services() -> None:
    member = {"name": "A", "newsletters": [{"name": "Weekly", "status": "active"}], "subscribed": True}
    members = [
        {"email": "a@x.org", **member, "email_suppression": {"suppressed": False, "info": None}},
        {"email": "b@x.org", **member, "email_suppression": {"suppressed": True, "info": {"reason": "spam"}}},
        {"email": "c@x.org", "subscribed": False, "newsletters": []},
    ]
    assert mailed(json.dumps({"members": members, "meta": {"pagination": {"page": 1}}})) == ["a"]
    subscribers = [
        {"email": f"{name}@x.org", "status": "enabled", "lists": [{"subscription_status": state, "optin": optin}]}
        for name, state, optin in (
            ("a", "confirmed", "double"),
            ("b", "unconfirmed", "single"),
            ("c", "unconfirmed", "double"),
            ("d", "unsubscribed", "single"),
        )
    ]
    assert mailed(json.dumps({"data": {"results": subscribers, "total": 4}})) == ["a", "b"]


def test_a_file_of_mailchimp_is_called_after_the_state_of_all_in_it(tmp_path: Path) -> None:
    file = tmp_path / "unsubscribed_email_audience_export_1.csv"
    file.write_text("Email Address,LEID,EUID\na@x.org,1,2\n")
    assert [line.why for line in recipients_of(file).left] == ["the list is called unsubscribed"]


@pytest.mark.parametrize(
    ("text", "page"),
    [("Имя;Почта;Статус\nА;a@x.org;активна\nБ;b@x.org;отписан\n", "cp1251"),
     ("Prénom;E-mail;État\nA;a@x.org;validé\nB;b@x.org;désabonné\n", "cp1252"),
     ("email;status\na@x.org;active\nb@x.org;unsubscribed\n", "utf-16")],
)  # fmt: skip
def test_a_list_in_a_code_page_of_an_office(text: str, page: str, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(text.encode(page))
    assert [who.address for who in recipients_of(tmp_path / "list.csv").accepted] == ["a@x.org"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Ann Lee <ann@x.org>", [("ann@x.org", "Ann Lee")]),
        ('"Lee, Ann" <ann@x.org>', [("ann@x.org", "Lee, Ann")]),
        ("ann@x.org; bob@x.org", [("ann@x.org", ""), ("bob@x.org", "")]),
        ("Ann <ann@x.org>, Bob <bob@x.org>", [("ann@x.org", "Ann"), ("bob@x.org", "Bob")]),
        ("ann(at)x.org", [("ann(at)x.org", "")]),
        ("alice@x.org)bob@evil.org", [("alice@x.org)bob@evil.org", "")]),
    ],
)
def test_the_addresses_of_a_cell(cell: str, expected: list[tuple[str, str]]) -> None:
    assert list(addresses_in(cell)) == expected


def test_names_are_taken_from_their_columns_or_from_beside_the_address() -> None:
    read = recipients("Vorname,Nachname,E-Mail\nAnn,Lee,a@x.org\nAnn,Lee,Bo Ray <b@x.org>\n")
    assert [who.name for who in read.accepted] == ["Ann Lee", "Bo Ray"]


def test_the_column_of_addresses_is_found_by_what_is_in_it() -> None:
    assert mailed("who,where to\nA,a@x.org\nB,b@x.org\n") == ["a", "b"]
    with pytest.raises(ConfigError, match="no column"):
        recipients("from,where to\na@x.org,a@x.org\n")
