import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from digest_samples import arabic, digest, ferry, french, gaza, japanese, whole, written

from briefing import load, make_digest
from briefing.render.escaping import width
from briefing.render.mail import Mail, render_mail
from briefing.render.renderer import render
from briefing.types import Change, Digest, Story

PAGE = "https://news.example/digests/2026-06-24/"


def _seven() -> Digest:
    """Seven stories, long and short, with everything around them."""
    posts = (gaza(), french(), arabic(), japanese(), written(), replace(gaza(), claims=gaza().claims[:1]))
    stories = (ferry(), *(Story(f"p{n}", s.post.title, (s,), "new") for n, s in enumerate(posts)))
    return replace(whole(), stories=stories)


def _parts(text: str) -> list[str]:
    """The stories of a mail's text part: from its numbered heading to the next heading."""
    starts = [m.start() for m in re.finditer(r"(?m)^\d+\. .*\n(?:   .*\n)*-+$", text)]
    after = re.search(r"(?m)^(?:KEY QUESTIONS|DATES AHEAD|ALSO REPORTED|--)$", text[starts[-1] :])
    ends = [*starts[1:], starts[-1] + after.start() if after else len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _words(text: str) -> int:
    return len([word for word in text.split() if set(word) - set("-=")])


def test_an_issue_of_seven_stories_can_be_finished() -> None:
    mail = render_mail(_seven(), page_url=PAGE, unsubscribe="UNSUBSCRIBE", organisation="The Desk, 1 Harbour Street")
    assert _words(mail.text) <= 900
    assert len(mail.html.encode()) <= 100_000
    stories = _parts(mail.text)
    assert len(stories) == 7
    assert all(_words(story) <= 100 for story in stories)
    lead = mail.text.partition("BOTTOM LINE")[2].partition("CORRECTIONS")[0]
    assert 0 < _words(lead) <= 60


def test_no_line_is_ever_cut() -> None:
    """Whatever the lengths: a claim stands whole in both parts, or in neither."""
    for factor in (1, 3, 12):
        long = tuple(replace(c, text=" ".join([c.text] * factor)) for c in gaza().claims)
        value = digest(replace(gaza(), claims=long))
        mail = render_mail(value)
        text = re.sub(r"\s+", " ", mail.text.replace("*", ""))
        html = re.sub(r"</?mark>", "", mail.html)
        for claim in long:
            assert (claim.text in text) == (claim.text in html)
            assert claim.text in text or claim.text[:80] not in text


def test_both_sides_of_a_disagreement_are_told_or_none() -> None:
    sides = [claim.text for claim in ferry().disagreements[0].claims]
    for words in range(0, 90, 6):
        start = " ".join(["word"] * words)
        changed = (replace(ferry().changed[0], text=f"Something new: {start}"),)
        html = re.sub(r"</?mark>", "", render_mail(replace(whole(), stories=(replace(ferry(), changed=changed),))).html)
        assert len({side in html for side in sides}) == 1


def test_the_foot_names_the_sender_and_the_way_out() -> None:
    for mail in (render_mail(whole(), unsubscribe="https://x.example/u?t=1&l=2", organisation="The Desk <Valmer>"),):
        assert 'href="https://x.example/u?t=1&amp;l=2"' in mail.html
        assert "The Desk &lt;Valmer&gt;" in mail.html
        assert "Unsubscribe: https://x.example/u?t=1&l=2\n" in mail.text
        assert "The Desk <Valmer>\n" in mail.text
    assert "Unsubscribe" not in render_mail(whole()).html


def test_markers_lead_to_the_page_or_else_to_the_source() -> None:
    on_page, alone = render_mail(whole(), page_url=PAGE), render_mail(whole())
    assert f'href="{PAGE}#s3-2"' in on_page.html
    assert f"{PAGE}#s3" in on_page.text
    assert "#:~:text=" not in on_page.html
    assert "#:~:text=2" in alone.html
    assert render_mail(whole(), page_url="javascript:alert(1)").html == alone.html


def test_a_mail_is_made_of_what_mail_programs_show() -> None:
    mail = render_mail(whole(), page_url=PAGE)
    assert not re.findall(r"<(script|details|summary|section|article|img|link|form|input|svg)\b", mail.html)
    assert not re.findall(r"display:\s*(?:grid|flex)|position:|var\(", mail.html)
    assert re.findall(r'role="presentation"', mail.html)
    assert mail.html.count("<h1") == 1


def test_subject_and_preheader_are_one_line_each() -> None:
    mail: Mail = render_mail(replace(whole(), title="A\r\nBcc: v@x.example =?utf-8?q?x?="))
    assert "\n" not in mail.subject + mail.preheader
    assert "\r" not in mail.subject
    assert "=?" not in mail.subject
    assert render_mail(whole()).subject == "Morning digest, 24 June 2026"
    assert render_mail(whole("fr")).subject == "Morning digest, 24 juin 2026"
    assert 0 < len(mail.preheader) <= 112


def test_right_to_left_mails_are_set_from_the_right() -> None:
    mail = render_mail(whole("ar"))
    assert '<html lang="ar" dir="rtl">' in mail.html
    assert 'dir="rtl" align="right"' in mail.html
    assert "border-right:3px dashed" in mail.html
    for line in mail.text.splitlines():
        assert line.count("\u2067") + line.count("\u2066") == line.count("\u2069")


def test_the_text_part_is_72_columns_wide() -> None:
    for language in ("en", "ar"):
        for line in render_mail(whole(language), page_url=PAGE).text.splitlines():
            assert width(line) <= 72 or line.startswith("https://")


def test_corrections_come_before_the_stories_with_the_words_before_and_after() -> None:
    mail = render_mail(whole())
    for text in (re.sub(r"\s+", " ", mail.text), mail.html):
        text = text[text.index("Changed at the source") :]
        assert text.index("31 votes") < text.index("21 votes") < text.index("Ferry aground")
    much = replace(whole().corrections[0], changes=tuple(Change(f"{n} " * 40, f"{n} " * 40) for n in range(9)))
    assert "More on the page" in render_mail(replace(whole(), corrections=(much,)), page_url=PAGE).html


def test_a_digest_of_nothing_is_a_mail_that_says_so() -> None:
    mail = render_mail(replace(digest(gaza()), stories=()))
    assert "No post to show." in mail.text
    assert "No post to show." in mail.html


needs_data = pytest.mark.skipif(not os.environ.get("BRIEFING_DATA"), reason="BRIEFING_DATA is not set: no real posts")


@needs_data
def test_lengths_hold_on_real_digests() -> None:
    """Digests of twenty real posts each, without a model; on the page and in the mail."""
    files = sorted(Path(os.environ["BRIEFING_DATA"], "wordpress").rglob("*.json"))
    posts = [post for path in files for post in load(path, on_error=lambda error: None)]
    digests = [make_digest(posts[start : start + 20], cache=False) for start in (0, 80)]
    for value in digests:
        assert len(value.stories) == 7
        mail = render_mail(value, page_url=PAGE, unsubscribe=PAGE, organisation="The Desk")
        assert _words(mail.text) <= 900
        assert len(mail.html.encode()) <= 100_000
        stories = _parts(mail.text)
        assert len(stories) == 7
        assert all(_words(story) <= 100 for story in stories)
        assert len(render(value, "html").encode()) <= 250_000
