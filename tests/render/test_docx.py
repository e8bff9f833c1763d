"""The Word document, read with the library that reads what Word writes, and its footnotes as XML."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from xml.etree import ElementTree
from zipfile import ZipFile

import docx
import pytest
from digest_samples import answered, arabic, digest, empty, gaza, whole, written
from docx.document import Document

from briefing.render.renderer import render_all
from briefing.types import Answer, Digest, Summary

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def made(value: Summary | Digest | Answer) -> bytes:
    return render_all(value, ["docx"])["docx"]


def opened(value: Summary | Digest | Answer) -> Document:
    return docx.Document(io.BytesIO(made(value)))


def part(value: Summary | Digest | Answer, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(ZipFile(io.BytesIO(made(value))).read(name))


def text_of(element: ElementTree.Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


@pytest.mark.parametrize("value", [whole(), answered(), gaza(), arabic(), written(), empty()])
def test_a_page_is_a_document_that_opens(value: Summary | Digest | Answer) -> None:
    assert [paragraph.text for paragraph in opened(value).paragraphs]
    assert made(value) == made(value)


def test_every_line_of_the_text_stands_in_it() -> None:
    page = whole()
    words = "\n".join(paragraph.text for paragraph in opened(page).paragraphs)
    for story in page.stories:
        for claim in story.claims:
            assert claim.text in words


def test_every_reference_has_its_footnote_and_every_link_its_address() -> None:
    body, notes = part(whole(), "word/document.xml"), part(whole(), "word/footnotes.xml")
    referred = [int(node.get(f"{W}id", "")) for node in body.iter(f"{W}footnoteReference")]
    written_out = [int(node.get(f"{W}id", "")) for node in notes if int(node.get(f"{W}id", "")) > 0]
    assert referred == written_out == list(range(1, len(referred) + 1))
    assert referred
    for name, tree in (("document", body), ("footnotes", notes)):
        targets = {one.get("Id"): one for one in part(whole(), f"word/_rels/{name}.xml.rels")}
        for link in tree.iter(f"{W}hyperlink"):
            found = targets[link.get(f"{R}id")]
            assert found.get("TargetMode") == "External"
            assert re.match("https?://", found.get("Target", ""))


def test_a_footnote_holds_the_sentence_a_written_line_rests_on() -> None:
    page = written()
    notes = [text_of(note) for note in part(page, "word/footnotes.xml")]
    quotes = [evidence.quote for claim in page.claims for evidence in claim.evidence if evidence.quote != claim.text]
    assert quotes
    for quote in quotes:
        assert any(quote in note for note in notes), quote


def test_right_to_left_stands_right_to_left() -> None:
    body = part(arabic(), "word/document.xml")
    lines = [one for one in body.iter(f"{W}p") if re.search("[\u0621-\u064a]", text_of(one))]
    assert lines
    for line in lines:
        assert line.find(f"{W}pPr/{W}bidi") is not None, text_of(line)


def test_what_xml_cannot_write_is_left_out() -> None:
    page = digest(title="Morning \ufffe<b>brief</b> & more\x00")
    assert opened(page).paragraphs[0].text == "Morning <b>brief</b> & more"


def test_an_address_that_is_none_is_no_link() -> None:
    page = gaza()
    made_of = ZipFile(io.BytesIO(made(replace(page, post=replace(page.post, url="javascript:alert(1)")))))
    assert b"diplomatique.ma" in made_of.read("word/_rels/footnotes.xml.rels")
    assert b"javascript" not in made_of.read("word/_rels/document.xml.rels")
